-- Files of other tools that somebody brought: each is tried out first, then taken over.
CREATE TABLE response_import (
    id TEXT PRIMARY KEY,
    -- rtir, thehive, csv or mbox.
    format TEXT NOT NULL,
    tool TEXT NOT NULL,
    tlp BIGINT NOT NULL,
    -- Queues of RT, one a line: 3=incidents.
    queues TEXT NOT NULL,
    mbox_kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    -- trying, tried, taking, done, failed or stopped.
    state TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    -- When it was seen at work last: one that was not for a while was interrupted.
    changed TEXT NOT NULL,
    records BIGINT NOT NULL,
    already BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    -- What would be made, or was; and the first records. As JSON.
    made TEXT NOT NULL,
    first TEXT NOT NULL,
    -- Why the file could not be read on, or the work could not go on.
    fault TEXT NOT NULL
);
CREATE INDEX response_import_at ON response_import (at, id);

-- What was refused of such a file, and where it stands.
CREATE TABLE response_import_refused (
    import_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    place TEXT NOT NULL,
    name TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (import_id, position)
);

-- Lists of a million records. What is merged into nothing is nearly everything, and no way to anything.
DROP INDEX response_incident_merged;
CREATE INDEX response_incident_merged ON response_incident (merged_into) WHERE merged_into <> '';
DROP INDEX response_ticket_merged;
CREATE INDEX response_ticket_merged ON response_ticket (merged_into) WHERE merged_into <> '';
DROP INDEX response_ticket_state;
DROP INDEX response_ticket_owner;

-- Every order in which incidents are listed, of all and of the few that are live.
CREATE INDEX response_incident_severity ON response_incident (severity, id);
CREATE INDEX response_incident_findings ON response_incident (findings, id);
CREATE INDEX response_incident_due ON response_incident ((CASE WHEN due = '' THEN '9' ELSE due END), id);
CREATE INDEX response_incident_of_owner ON response_incident (owner, created, id);
CREATE INDEX response_incident_closed ON response_incident (closed, tlp) WHERE closed <> '';
CREATE INDEX response_incident_live ON response_incident (created, id) WHERE closed = '';
CREATE INDEX response_incident_live_severity ON response_incident (severity, id) WHERE closed = '';
CREATE INDEX response_incident_live_findings ON response_incident (findings, id) WHERE closed = '';
CREATE INDEX response_incident_live_due ON response_incident ((CASE WHEN due = '' THEN '9' ELSE due END), id) WHERE closed = '';
CREATE INDEX response_incident_live_changed ON response_incident (changed, id) WHERE closed = '';
CREATE INDEX response_incident_live_owner ON response_incident (owner, id) WHERE closed = '';
CREATE INDEX response_incident_live_of_owner ON response_incident (owner, created, id) WHERE closed = '';

-- The same of tickets.
CREATE INDEX response_ticket_owner ON response_ticket (owner, id);
CREATE INDEX response_ticket_newest ON response_ticket (created, id);
CREATE INDEX response_ticket_changed ON response_ticket (changed, id);
CREATE INDEX response_ticket_due ON response_ticket ((CASE WHEN due = '' THEN '9' ELSE due END), id);
CREATE INDEX response_ticket_of_owner ON response_ticket (owner, created, id);
CREATE INDEX response_ticket_constituent ON response_ticket (constituent_id, created, id);
CREATE INDEX response_ticket_live ON response_ticket (created, id) WHERE closed = '';
CREATE INDEX response_ticket_live_changed ON response_ticket (changed, id) WHERE closed = '';
CREATE INDEX response_ticket_live_due ON response_ticket ((CASE WHEN due = '' THEN '9' ELSE due END), id) WHERE closed = '';
CREATE INDEX response_ticket_live_owner ON response_ticket (owner, id) WHERE closed = '';
CREATE INDEX response_ticket_live_of_owner ON response_ticket (owner, created, id) WHERE closed = '';

-- What home counts.
CREATE INDEX response_ticket_unowned ON response_ticket (tlp) WHERE owner = '' AND closed = '' AND merged_into = '';
CREATE INDEX response_ticket_unanswered ON response_ticket (tlp) WHERE (kind || '') = 'report' AND closed = '' AND answered = ''
    AND correspondent <> '' AND source IN ('mail', 'web', 'telephone', 'person') AND merged_into = '';
