-- A figure of quality that somebody accepted as evidence for an item. Its canonical JSON is the blob of the evidence.
CREATE TABLE framework_figure (
    evidence_id TEXT PRIMARY KEY REFERENCES framework_evidence (id),
    assessment_id TEXT NOT NULL REFERENCES framework_assessment (id),
    item TEXT NOT NULL,
    figure TEXT NOT NULL,
    revision BIGINT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    n BIGINT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    accepted_by TEXT NOT NULL,
    accepted TEXT NOT NULL
);
CREATE INDEX framework_figure_assessment ON framework_figure (assessment_id, accepted, evidence_id);

-- What domestic law says to an article, in an assessment of law.
CREATE TABLE framework_provision (
    assessment_id TEXT NOT NULL REFERENCES framework_assessment (id),
    item TEXT NOT NULL,
    citation TEXT NOT NULL,
    link TEXT NOT NULL,
    language TEXT NOT NULL,
    body TEXT NOT NULL,
    note TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (assessment_id, item)
);

-- What it said before.
CREATE TABLE framework_provision_before (
    assessment_id TEXT NOT NULL,
    item TEXT NOT NULL,
    version BIGINT NOT NULL,
    citation TEXT NOT NULL,
    link TEXT NOT NULL,
    language TEXT NOT NULL,
    body TEXT NOT NULL,
    note TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (assessment_id, item, version)
);

-- Who takes part in the national strategy.
CREATE TABLE framework_stakeholder (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    contact TEXT NOT NULL,
    added TEXT NOT NULL,
    removed TEXT NOT NULL
);
CREATE INDEX framework_stakeholder_name ON framework_stakeholder (removed, organisation, name, id);

-- What a stakeholder is to a goal: responsible, accountable, consulted or informed.
CREATE TABLE framework_part (
    stakeholder_id TEXT NOT NULL REFERENCES framework_stakeholder (id),
    item TEXT NOT NULL,
    part TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (stakeholder_id, item)
);

-- What is to be done for the strategy.
CREATE TABLE framework_action (
    id TEXT PRIMARY KEY,
    item TEXT NOT NULL,
    title TEXT NOT NULL,
    owner TEXT NOT NULL,
    due TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    tlp BIGINT NOT NULL,
    added TEXT NOT NULL,
    changed TEXT NOT NULL,
    version BIGINT NOT NULL,
    removed TEXT NOT NULL
);
CREATE INDEX framework_action_due ON framework_action (removed, due, id);

-- What the nation cannot do without.
CREATE TABLE framework_function (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    owner TEXT NOT NULL,
    note TEXT NOT NULL,
    tlp BIGINT NOT NULL,
    added TEXT NOT NULL,
    changed TEXT NOT NULL,
    version BIGINT NOT NULL,
    removed TEXT NOT NULL
);
CREATE INDEX framework_function_name ON framework_function (removed, name, id);

-- Which function cannot work without which.
CREATE TABLE framework_dependency (
    function_id TEXT NOT NULL REFERENCES framework_function (id),
    needs_id TEXT NOT NULL REFERENCES framework_function (id),
    PRIMARY KEY (function_id, needs_id)
);

-- Which constituent provides a function: its id, and a copy of its name.
CREATE TABLE framework_provider (
    function_id TEXT NOT NULL REFERENCES framework_function (id),
    constituent_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (function_id, constituent_id)
);

-- What is looked at again, and when next.
CREATE TABLE framework_review (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    owner TEXT NOT NULL,
    next TEXT NOT NULL,
    every_months BIGINT NOT NULL,
    last TEXT NOT NULL,
    added TEXT NOT NULL,
    changed TEXT NOT NULL,
    version BIGINT NOT NULL,
    removed TEXT NOT NULL
);
CREATE INDEX framework_review_next ON framework_review (removed, next, id);

-- A country the office knows, and the key its progress is signed with.
CREATE TABLE framework_country (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    region TEXT NOT NULL,
    key TEXT NOT NULL,
    added TEXT NOT NULL
);

-- The progress a country released, as it was signed. Rows are only added.
CREATE TABLE framework_progress (
    sha256 TEXT PRIMARY KEY,
    code TEXT NOT NULL REFERENCES framework_country (code),
    stage TEXT NOT NULL,
    made TEXT NOT NULL,
    content TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX framework_progress_country ON framework_progress (code, made, sha256);

-- What a person of this country released for the office.
CREATE TABLE framework_release (
    kind TEXT NOT NULL,
    record TEXT NOT NULL,
    value TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (kind, record)
);
