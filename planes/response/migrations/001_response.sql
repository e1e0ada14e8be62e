-- Whoever changes incidents holds this row, on both engines.
CREATE TABLE response_turn (
    name TEXT PRIMARY KEY,
    at TEXT NOT NULL
);

CREATE TABLE response_number (
    year TEXT PRIMARY KEY,
    last BIGINT NOT NULL
);

CREATE TABLE response_incident (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    taxonomy TEXT NOT NULL,
    type TEXT NOT NULL,
    impact TEXT NOT NULL,
    urgency BIGINT NOT NULL,
    severity BIGINT NOT NULL,
    tlp BIGINT NOT NULL,
    owner TEXT NOT NULL,
    state TEXT NOT NULL,
    resolution TEXT NOT NULL,
    verdict TEXT NOT NULL,
    merged_into TEXT NOT NULL,
    rule TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    version BIGINT NOT NULL,
    findings BIGINT NOT NULL,
    constituents TEXT NOT NULL,
    created TEXT NOT NULL,
    changed TEXT NOT NULL,
    closed TEXT NOT NULL,
    due TEXT NOT NULL
);
CREATE INDEX response_incident_state ON response_incident (state, created, id);
CREATE INDEX response_incident_created ON response_incident (created, id);
CREATE INDEX response_incident_changed ON response_incident (changed, id);
CREATE INDEX response_incident_owner ON response_incident (owner, state);
CREATE INDEX response_incident_merged ON response_incident (merged_into);

-- What an incident was called. It stays here, because the journal is read by people who may not see every incident.
CREATE TABLE response_title (
    incident_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (incident_id, version)
);

CREATE TABLE response_incident_constituent (
    incident_id TEXT NOT NULL,
    constituent_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (incident_id, constituent_id)
);
CREATE INDEX response_incident_constituent_of ON response_incident_constituent (constituent_id, incident_id);

-- What is known of a finding of the watch, for lists and for likeness. A finding that was taken off keeps its row, with
-- when, so that no rule puts it back.
CREATE TABLE response_incident_finding (
    incident_id TEXT NOT NULL,
    finding_id TEXT NOT NULL,
    constituent_id TEXT NOT NULL,
    constituent TEXT NOT NULL,
    type TEXT NOT NULL,
    subject TEXT NOT NULL,
    asset TEXT NOT NULL,
    net TEXT NOT NULL,
    severity BIGINT NOT NULL,
    linked_at TEXT NOT NULL,
    removed TEXT NOT NULL,
    PRIMARY KEY (incident_id, finding_id)
);
CREATE INDEX response_incident_finding_finding ON response_incident_finding (finding_id, incident_id);
CREATE INDEX response_incident_finding_asset ON response_incident_finding (asset, incident_id);
CREATE INDEX response_incident_finding_net ON response_incident_finding (net, incident_id);
CREATE INDEX response_incident_finding_subject ON response_incident_finding (subject, type, incident_id);

-- Which incident takes the findings of one constituent, type and subject that a rule cares for.
CREATE TABLE response_key (
    name TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL
);
CREATE INDEX response_key_incident ON response_key (incident_id);

CREATE TABLE response_note (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL,
    body TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    version BIGINT NOT NULL,
    edited_by TEXT NOT NULL,
    edited_at TEXT NOT NULL,
    struck_by TEXT NOT NULL,
    struck_at TEXT NOT NULL
);
CREATE INDEX response_note_incident ON response_note (incident_id, at, id);

-- What a note said before it was edited.
CREATE TABLE response_note_before (
    note_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (note_id, version)
);

CREATE TABLE response_watcher (
    incident_id TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (incident_id, person)
);
CREATE INDEX response_watcher_person ON response_watcher (person, incident_id);

-- Related by hand; the smaller id first.
CREATE TABLE response_related (
    incident_id TEXT NOT NULL,
    other_id TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (incident_id, other_id)
);
CREATE INDEX response_related_other ON response_related (other_id);

-- What went over when one incident was merged into another, so that it can come back.
CREATE TABLE response_moved (
    from_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (from_id, kind, record)
);

CREATE TABLE response_bulk (
    id TEXT PRIMARY KEY,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    rows BIGINT NOT NULL,
    undone TEXT NOT NULL
);
CREATE INDEX response_bulk_who ON response_bulk (who, at);

-- How each incident stood before a change of many.
CREATE TABLE response_bulk_row (
    bulk_id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    owner TEXT NOT NULL,
    state TEXT NOT NULL,
    resolution TEXT NOT NULL,
    verdict TEXT NOT NULL,
    closed TEXT NOT NULL,
    PRIMARY KEY (bulk_id, incident_id)
);
