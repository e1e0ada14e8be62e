-- Whoever changes several notices holds this row, on both engines.
CREATE TABLE warning_turn (
    name TEXT PRIMARY KEY,
    at TEXT NOT NULL
);

CREATE TABLE warning_number (
    year TEXT PRIMARY KEY,
    last BIGINT NOT NULL
);

CREATE TABLE warning_notice (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    constituent_id TEXT NOT NULL,
    constituent TEXT NOT NULL,
    class TEXT NOT NULL,
    day TEXT NOT NULL,
    language TEXT NOT NULL,
    format TEXT NOT NULL,
    tlp BIGINT NOT NULL,
    state TEXT NOT NULL,
    recipients TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    severity BIGINT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    findings BIGINT NOT NULL,
    assets BIGINT NOT NULL,
    events BIGINT NOT NULL,
    attached BIGINT NOT NULL,
    filled BOOLEAN NOT NULL,
    answer_days BIGINT NOT NULL,
    created TEXT NOT NULL,
    approved TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    rule TEXT NOT NULL,
    queued TEXT NOT NULL,
    sent TEXT NOT NULL,
    cancelled_on TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    sending TEXT NOT NULL,
    error TEXT NOT NULL,
    rounds BIGINT NOT NULL
);
CREATE INDEX warning_notice_state ON warning_notice (state, created, id);
CREATE INDEX warning_notice_constituent ON warning_notice (constituent_id, day, class);
CREATE INDEX warning_notice_created ON warning_notice (created, id);
-- One draft for each constituent, class and day.
CREATE UNIQUE INDEX warning_notice_draft ON warning_notice (constituent_id, class, day) WHERE state = 'draft';
-- What still wants its events.
CREATE INDEX warning_notice_wanting ON warning_notice (id) WHERE filled = FALSE AND state <> 'cancelled';

CREATE TABLE warning_notice_finding (
    notice_id TEXT NOT NULL,
    finding_id TEXT NOT NULL,
    asset TEXT NOT NULL,
    subject TEXT NOT NULL,
    severity BIGINT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (notice_id, finding_id)
);
CREATE INDEX warning_notice_finding_finding ON warning_notice_finding (finding_id);

CREATE TABLE warning_attachment (
    notice_id TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    rows BIGINT NOT NULL,
    PRIMARY KEY (notice_id, name)
);
CREATE INDEX warning_attachment_blob ON warning_attachment (sha256);

-- When each asset was told of, last: the quiet period.
CREATE TABLE warning_told (
    asset TEXT NOT NULL,
    class TEXT NOT NULL,
    constituent_id TEXT NOT NULL,
    at TEXT NOT NULL,
    severity BIGINT NOT NULL,
    notice_id TEXT NOT NULL,
    PRIMARY KEY (asset, class, constituent_id)
);

-- The built-in box: messages that did not leave the house.
CREATE TABLE warning_captured (
    message_id TEXT PRIMARY KEY,
    notice_id TEXT NOT NULL,
    at TEXT NOT NULL,
    tlp BIGINT NOT NULL,
    sender TEXT NOT NULL,
    recipients TEXT NOT NULL,
    subject TEXT NOT NULL,
    language TEXT NOT NULL,
    header TEXT NOT NULL,
    body TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL
);
CREATE INDEX warning_captured_at ON warning_captured (at, message_id);
CREATE INDEX warning_captured_notice ON warning_captured (notice_id);
