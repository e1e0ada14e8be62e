-- Building blocks that were applied; `switched` are the services that this switched on, with commas.
CREATE TABLE framework_applied (
    id        TEXT PRIMARY KEY,
    block     TEXT NOT NULL,
    switched  TEXT NOT NULL,
    who       TEXT NOT NULL,
    at        TEXT NOT NULL,
    undone_by TEXT NOT NULL,
    undone    TEXT NOT NULL
);
CREATE UNIQUE INDEX framework_applied_live ON framework_applied (block) WHERE undone = '';

-- What a person has to bring and another accepts: one for each block that was applied.
CREATE TABLE framework_acceptance (
    applied_id  TEXT PRIMARY KEY REFERENCES framework_applied (id),
    person      TEXT NOT NULL,
    due         TEXT NOT NULL,
    evidence    TEXT NOT NULL,
    link        TEXT NOT NULL,
    file_name   TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    shown_by    TEXT NOT NULL,
    shown       TEXT NOT NULL,
    accepted_by TEXT NOT NULL,
    accepted    TEXT NOT NULL
);

-- Versions of documents: the current one of each language, and those that somebody has read.
CREATE TABLE framework_document (
    document   TEXT NOT NULL,
    lang       TEXT NOT NULL,
    hash       TEXT NOT NULL,
    text       TEXT NOT NULL,
    is_current BOOLEAN NOT NULL,
    at         TEXT NOT NULL,
    PRIMARY KEY (document, lang, hash)
);

-- Which version of a document somebody read last.
CREATE TABLE framework_reading (
    person   TEXT NOT NULL,
    document TEXT NOT NULL,
    lang     TEXT NOT NULL,
    hash     TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (person, document)
);

-- Answers given at the end of courses. A course passed has the number of its certificate.
CREATE TABLE framework_attempt (
    id          TEXT PRIMARY KEY,
    person      TEXT NOT NULL,
    course      TEXT NOT NULL,
    version     TEXT NOT NULL,
    lang        TEXT NOT NULL,
    answers     TEXT NOT NULL,
    points      BIGINT NOT NULL,
    questions   BIGINT NOT NULL,
    passed      BOOLEAN NOT NULL,
    certificate TEXT NOT NULL,
    at          TEXT NOT NULL
);
CREATE INDEX framework_attempt_person ON framework_attempt (person, at, id);
CREATE INDEX framework_attempt_certificate ON framework_attempt (certificate);
