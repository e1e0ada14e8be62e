CREATE TABLE web_token (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES web_user (id),
    name TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    prefix TEXT NOT NULL,
    scopes TEXT NOT NULL,
    made_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT NOT NULL,
    revoked_at TEXT NOT NULL
);
CREATE INDEX web_token_user ON web_token (user_id);
