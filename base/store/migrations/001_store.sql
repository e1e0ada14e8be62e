CREATE TABLE store_journal (
    id SERIAL_KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    plane TEXT NOT NULL,
    verb TEXT NOT NULL,
    record TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX store_journal_record ON store_journal (plane, record, id);

CREATE TABLE store_job (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    run_at TEXT NOT NULL,
    error TEXT NOT NULL
);
CREATE INDEX store_job_due ON store_job (state, run_at);

CREATE TABLE store_setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE store_flow (
    name TEXT PRIMARY KEY,
    journal_id BIGINT NOT NULL
);
