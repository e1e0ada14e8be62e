-- What happened on a day: the daily digest asks for it.
CREATE INDEX store_journal_at ON store_journal (at, id);
