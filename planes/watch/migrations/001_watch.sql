CREATE TABLE watch_feed (
    name TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    format TEXT NOT NULL,
    accuracy DOUBLE PRECISION NOT NULL,
    alpha DOUBLE PRECISION NOT NULL,
    beta DOUBLE PRECISION NOT NULL,
    answers BIGINT NOT NULL,
    silent_hours BIGINT NOT NULL,
    last_received TEXT NOT NULL,
    last_event TEXT NOT NULL
);

CREATE TABLE watch_batch (
    id TEXT PRIMARY KEY,
    feed TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    file_name TEXT NOT NULL,
    format TEXT NOT NULL,
    received_at TEXT NOT NULL,
    finished_at TEXT,
    state TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    rows BIGINT NOT NULL,
    events BIGINT NOT NULL,
    contexts BIGINT NOT NULL,
    rejects BIGINT NOT NULL,
    duplicates BIGINT NOT NULL,
    unowned BIGINT NOT NULL,
    findings_opened BIGINT NOT NULL,
    findings_updated BIGINT NOT NULL,
    parts BIGINT NOT NULL,
    generation BIGINT NOT NULL,
    millis BIGINT NOT NULL,
    error TEXT NOT NULL,
    UNIQUE (feed, sha256)
);
CREATE INDEX watch_batch_feed ON watch_batch (feed, received_at);
CREATE INDEX watch_batch_received ON watch_batch (received_at, id);

CREATE TABLE watch_file (
    batch TEXT NOT NULL,
    part BIGINT NOT NULL,
    kind TEXT NOT NULL,
    generation BIGINT NOT NULL,
    path TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    hash TEXT NOT NULL,
    rows BIGINT NOT NULL,
    time_min BIGINT NOT NULL,
    time_max BIGINT NOT NULL,
    PRIMARY KEY (batch, part, kind)
);

CREATE TABLE watch_drift (
    batch TEXT NOT NULL,
    kind TEXT NOT NULL,
    column_name TEXT NOT NULL,
    PRIMARY KEY (batch, kind, column_name)
);

CREATE TABLE watch_finding (
    id TEXT PRIMARY KEY,
    constituent_id TEXT NOT NULL,
    constituent TEXT NOT NULL,
    taxonomy TEXT NOT NULL,
    type TEXT NOT NULL,
    subject TEXT NOT NULL,
    asset TEXT NOT NULL,
    state TEXT NOT NULL,
    severity BIGINT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    count BIGINT NOT NULL,
    sources TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    told_at TEXT NOT NULL,
    last_batch TEXT NOT NULL
);
CREATE INDEX watch_finding_constituent ON watch_finding (constituent_id, last_seen);
CREATE INDEX watch_finding_last_seen ON watch_finding (last_seen, id);

CREATE TABLE watch_list_entry (
    feed TEXT NOT NULL,
    entry TEXT NOT NULL,
    hash TEXT NOT NULL,
    state TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    batch TEXT NOT NULL,
    PRIMARY KEY (feed, entry)
);

CREATE TABLE watch_table (
    kind TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    source_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    entries BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    loaded_at TEXT NOT NULL
);
