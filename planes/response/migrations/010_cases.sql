-- What may be done with what an incident knows: the rank of its PAP.
ALTER TABLE response_incident ADD COLUMN pap BIGINT NOT NULL DEFAULT 1;
-- The tags of response_tag, one a line, in their order.
ALTER TABLE response_incident ADD COLUMN tags TEXT NOT NULL DEFAULT '';
-- The values of response_field_value as a JSON object.
ALTER TABLE response_incident ADD COLUMN fields TEXT NOT NULL DEFAULT '';
ALTER TABLE response_ticket ADD COLUMN tags TEXT NOT NULL DEFAULT '';

-- What was secured for an incident. One that was taken off keeps its row, with when.
CREATE TABLE response_evidence (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL,
    -- INC-2026-0001-E1: it stays when the incident is merged.
    number TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- file, disk, memory, log, traffic, message, device, document or other.
    kind TEXT NOT NULL,
    note TEXT NOT NULL,
    -- Of a file, or noted by hand of what is kept elsewhere; empty when there is none.
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    -- What the file is called; empty when none is kept here.
    file TEXT NOT NULL,
    acquired TEXT NOT NULL,
    acquired_by TEXT NOT NULL,
    source TEXT NOT NULL,
    place TEXT NOT NULL,
    -- When the file was compared with its hash last, by whom, and what came of it: intact, damaged or missing.
    checked TEXT NOT NULL,
    checked_by TEXT NOT NULL,
    outcome TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    version BIGINT NOT NULL,
    removed_by TEXT NOT NULL,
    removed TEXT NOT NULL
);
CREATE INDEX response_evidence_incident ON response_evidence (incident_id, at, id);
CREATE INDEX response_evidence_sha256 ON response_evidence (sha256);

-- Through whose hands a piece of evidence went. Nothing is ever changed or removed here.
CREATE TABLE response_custody (
    evidence_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    at TEXT NOT NULL,
    given_by TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    place TEXT NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    recorded TEXT NOT NULL,
    PRIMARY KEY (evidence_id, position)
);

-- Tags of incidents and tickets, as machine tags or free words.
CREATE TABLE response_tag (
    -- incident or ticket.
    record_kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    tag TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (record_id, tag)
);
CREATE INDEX response_tag_tag ON response_tag (tag, record_id);

-- Values of fields that the house defines. Words of the field are kept as they were, so that the value stays readable.
CREATE TABLE response_field_value (
    incident_id TEXT NOT NULL,
    field TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    value TEXT NOT NULL,
    -- Of a choice: the words of what was chosen, by language.
    value_words TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (incident_id, field)
);
CREATE INDEX response_field_value_value ON response_field_value (field, value, incident_id);

-- What registries outside said of an address or a name when a person had them asked.
CREATE TABLE response_asked (
    id TEXT PRIMARY KEY,
    -- rdap or whois.
    way TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    server TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    -- What was read out of it, as JSON, and the answer as it came.
    said TEXT NOT NULL,
    answer TEXT NOT NULL
);
CREATE INDEX response_asked_value ON response_asked (value, kind, at);
