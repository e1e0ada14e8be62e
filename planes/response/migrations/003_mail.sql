-- Reports, investigations and countermeasures: the tickets that mail belongs to.
CREATE TABLE response_ticket (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    subject TEXT NOT NULL,
    taxonomy TEXT NOT NULL,
    type TEXT NOT NULL,
    tlp BIGINT NOT NULL,
    owner TEXT NOT NULL,
    -- The address it came to, which says whose mail it is.
    mailbox TEXT NOT NULL,
    -- mail, arf, xarf, web, telephone, api, import or person.
    source TEXT NOT NULL,
    -- Who is on the other side.
    correspondent TEXT NOT NULL,
    correspondent_name TEXT NOT NULL,
    constituent_id TEXT NOT NULL,
    constituent TEXT NOT NULL,
    language TEXT NOT NULL,
    -- Of a countermeasure: what is to be blocked, and where.
    target TEXT NOT NULL,
    place TEXT NOT NULL,
    merged_into TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    version BIGINT NOT NULL,
    messages BIGINT NOT NULL,
    created TEXT NOT NULL,
    changed TEXT NOT NULL,
    -- When the other side heard of us first: by a machine, by a person.
    acknowledged TEXT NOT NULL,
    answered TEXT NOT NULL,
    closed TEXT NOT NULL,
    due TEXT NOT NULL
);
CREATE INDEX response_ticket_state ON response_ticket (kind, state, created, id);
CREATE INDEX response_ticket_created ON response_ticket (kind, created, id);
CREATE INDEX response_ticket_owner ON response_ticket (owner, kind, state);
CREATE INDEX response_ticket_correspondent ON response_ticket (correspondent, created);
CREATE INDEX response_ticket_merged ON response_ticket (merged_into);

-- Which incidents a ticket belongs to.
CREATE TABLE response_ticket_incident (
    ticket_id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (ticket_id, incident_id)
);
CREATE INDEX response_ticket_incident_of ON response_ticket_incident (incident_id, ticket_id);

-- Who takes part in the mail of a ticket: an answer of theirs joins by the number in its subject.
CREATE TABLE response_participant (
    ticket_id TEXT NOT NULL,
    mail TEXT NOT NULL,
    PRIMARY KEY (ticket_id, mail)
);

CREATE TABLE response_message (
    id TEXT PRIMARY KEY,
    -- Empty while it belongs to none: held, or a machine's answer to nothing.
    ticket_id TEXT NOT NULL,
    -- in, out.
    direction TEXT NOT NULL,
    -- report, reply, bounce, automatic, quarantined, arf, xarf; sent, acknowledgement.
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    -- What it says of when it was written.
    written TEXT NOT NULL,
    message_id TEXT NOT NULL,
    in_reply_to TEXT NOT NULL,
    from_name TEXT NOT NULL,
    from_mail TEXT NOT NULL,
    recipients TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    -- Why it is automatic; empty for a person's.
    automatic TEXT NOT NULL,
    -- What was odd about its bytes, as words separated by spaces.
    faults TEXT NOT NULL,
    -- plain, or how it was protected; by which key it is signed, and what came of the check.
    security TEXT NOT NULL,
    signed_by TEXT NOT NULL,
    signature TEXT NOT NULL,
    decrypted BOOLEAN NOT NULL,
    -- The ticket a held message may belong to.
    held_for TEXT NOT NULL,
    who TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL
);
CREATE INDEX response_message_ticket ON response_message (ticket_id, at, id);
CREATE INDEX response_message_message_id ON response_message (message_id);
CREATE INDEX response_message_held ON response_message (at, id) WHERE kind = 'quarantined';
CREATE INDEX response_message_loose ON response_message (at, id) WHERE ticket_id = '';

CREATE TABLE response_attachment (
    message_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    PRIMARY KEY (message_id, position)
);
CREATE INDEX response_attachment_blob ON response_attachment (sha256);

-- What came in already, by its Message-ID and what it says: the same mail twice is one message.
CREATE TABLE response_taken (
    name TEXT PRIMARY KEY,
    message_id TEXT NOT NULL,
    at TEXT NOT NULL
);

-- Each recipient of each message we send.
CREATE TABLE response_delivery (
    id TEXT PRIMARY KEY,
    message_id TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    mail TEXT NOT NULL,
    name TEXT NOT NULL,
    -- queued, sending, sent, failed, bounced, stopped.
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    queued TEXT NOT NULL,
    sent TEXT NOT NULL,
    remark TEXT NOT NULL
);
CREATE INDEX response_delivery_message ON response_delivery (message_id, mail);
CREATE INDEX response_delivery_state ON response_delivery (state, queued, id);
CREATE INDEX response_delivery_mail ON response_delivery (mail, queued);

-- Addresses that do not work: soft, hard, or suspended by a person.
CREATE TABLE response_address (
    mail TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    count BIGINT NOT NULL,
    since TEXT NOT NULL,
    at TEXT NOT NULL
);

-- When we answered a sender by machine, to stop loops.
CREATE TABLE response_answered (
    mail TEXT NOT NULL,
    at TEXT NOT NULL,
    ticket_id TEXT NOT NULL,
    PRIMARY KEY (mail, at)
);

-- Addresses, names, hashes and the like that a record speaks of.
CREATE TABLE response_observable (
    -- ticket or incident.
    record_kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (record_id, kind, value)
);
CREATE INDEX response_observable_value ON response_observable (value, kind, record_id);

-- What is said where, and the words of it for the engine's own index; made anew from the records when it is not there, so no
-- backup holds it.
CREATE TABLE response_said (
    doc BIGINT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    record_kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    hash TEXT NOT NULL
);
-- ONLY SQLITE
CREATE VIRTUAL TABLE response_word USING fts5 (body, content='', contentless_delete=1, prefix='2 3',
    tokenize="unicode61 remove_diacritics 0");
-- ONLY POSTGRES
CREATE TABLE response_word (
    rowid BIGINT PRIMARY KEY,
    body TEXT NOT NULL,
    words TSVECTOR GENERATED ALWAYS AS (to_tsvector('simple', body)) STORED
);
CREATE INDEX response_word_words ON response_word USING GIN (words);
-- ONLY BOTH
