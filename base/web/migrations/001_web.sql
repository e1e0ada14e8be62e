CREATE TABLE web_user (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    lang TEXT NOT NULL,
    clearance BIGINT NOT NULL,
    password TEXT NOT NULL,
    disabled BOOLEAN NOT NULL,
    made_at TEXT NOT NULL,
    seen_at TEXT NOT NULL
);

CREATE TABLE web_session (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES web_user (id),
    made_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
);
CREATE INDEX web_session_user ON web_session (user_id);
