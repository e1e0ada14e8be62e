-- The mailboxes whose records a person, or a token of theirs, may see, separated by spaces; empty for all.
ALTER TABLE web_user ADD COLUMN mailboxes TEXT NOT NULL DEFAULT '';
ALTER TABLE web_token ADD COLUMN mailboxes TEXT NOT NULL DEFAULT '';
