-- A version of a catalogue, whole, as it was when somebody began to answer it.
CREATE TABLE framework_catalogue (
    hash TEXT PRIMARY KEY,
    catalogue TEXT NOT NULL,
    content TEXT NOT NULL,
    kept TEXT NOT NULL
);

CREATE TABLE framework_assessment (
    id TEXT PRIMARY KEY,
    subject TEXT NOT NULL,
    catalogue TEXT NOT NULL,
    hash TEXT NOT NULL REFERENCES framework_catalogue (hash),
    tlp BIGINT NOT NULL,
    state TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made TEXT NOT NULL,
    changed TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX framework_assessment_made ON framework_assessment (made, id);
CREATE INDEX framework_assessment_changed ON framework_assessment (changed, id);
CREATE INDEX framework_assessment_subject ON framework_assessment (subject, id);

CREATE TABLE framework_respondent (
    id TEXT PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES framework_assessment (id),
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    role TEXT NOT NULL,
    person TEXT NOT NULL,
    added TEXT NOT NULL,
    UNIQUE (assessment_id, name, organisation)
);
CREATE INDEX framework_respondent_person ON framework_respondent (assessment_id, person);

CREATE TABLE framework_answer (
    respondent_id TEXT NOT NULL REFERENCES framework_respondent (id),
    item TEXT NOT NULL,
    assessment_id TEXT NOT NULL REFERENCES framework_assessment (id),
    level BIGINT,
    not_applicable BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    comment TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (respondent_id, item)
);
CREATE INDEX framework_answer_assessment ON framework_answer (assessment_id, item, respondent_id);

-- What an answer was before.
CREATE TABLE framework_answer_before (
    respondent_id TEXT NOT NULL,
    item TEXT NOT NULL,
    version BIGINT NOT NULL,
    level BIGINT,
    not_applicable BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    comment TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (respondent_id, item, version)
);

CREATE TABLE framework_evidence (
    id TEXT PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES framework_assessment (id),
    respondent_id TEXT NOT NULL REFERENCES framework_respondent (id),
    item TEXT NOT NULL,
    label TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    expires TEXT NOT NULL,
    supports BIGINT,
    judged_by TEXT NOT NULL,
    judged TEXT NOT NULL,
    added TEXT NOT NULL,
    removed TEXT NOT NULL
);
CREATE INDEX framework_evidence_assessment ON framework_evidence (assessment_id, item, id);

CREATE TABLE framework_consensus (
    assessment_id TEXT NOT NULL REFERENCES framework_assessment (id),
    item TEXT NOT NULL,
    level BIGINT,
    not_applicable BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (assessment_id, item)
);

-- How an assessment stood at a moment. Rows are only added.
CREATE TABLE framework_snapshot (
    id TEXT PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES framework_assessment (id),
    name TEXT NOT NULL,
    hash TEXT NOT NULL REFERENCES framework_catalogue (hash),
    rules BIGINT NOT NULL,
    sheet TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX framework_snapshot_assessment ON framework_snapshot (assessment_id, at, id);
