CREATE TABLE web_hook (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    kinds TEXT NOT NULL,
    tlp BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    journal_id BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    disabled_at TEXT NOT NULL,
    disabled_why TEXT NOT NULL
);

CREATE TABLE web_delivery (
    id TEXT PRIMARY KEY,
    hook_id TEXT NOT NULL REFERENCES web_hook (id),
    journal_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    run_at TEXT NOT NULL,
    made_at TEXT NOT NULL,
    tried_at TEXT NOT NULL,
    outcome TEXT NOT NULL
);
CREATE INDEX web_delivery_due ON web_delivery (state, run_at);
CREATE INDEX web_delivery_hook ON web_delivery (hook_id, journal_id);
