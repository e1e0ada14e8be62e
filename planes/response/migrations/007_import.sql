-- What was taken over from other tools: the record there, and the record here. The same again adds nothing.
CREATE TABLE response_imported (
    -- Where it comes from and what it is called there: rtir/1234.
    name TEXT PRIMARY KEY,
    -- incident, report, investigation or countermeasure.
    record_kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX response_imported_record ON response_imported (record_id);

-- Links to records that have not come yet: they are made when the other end is taken over.
CREATE TABLE response_imported_waiting (
    name TEXT NOT NULL,
    waits_for TEXT NOT NULL,
    PRIMARY KEY (name, waits_for)
);
CREATE INDEX response_imported_waiting_for ON response_imported_waiting (waits_for);
