-- What a countermeasure asked for goes to, and the end of the name it is about; made anew with the other cases.
ALTER TABLE response_case ADD COLUMN hoster TEXT NOT NULL DEFAULT '';
ALTER TABLE response_case ADD COLUMN tld TEXT NOT NULL DEFAULT '';

-- From when until when somebody, or nobody, had an incident that was to be worked on; no backup holds it.
CREATE TABLE response_case_owner (
    record_id TEXT NOT NULL,
    at TEXT NOT NULL,
    until TEXT NOT NULL,
    opened TEXT NOT NULL,
    owner TEXT NOT NULL,
    tlp BIGINT NOT NULL,
    PRIMARY KEY (record_id, at)
);
CREATE INDEX response_case_owner_until ON response_case_owner (until, at);
