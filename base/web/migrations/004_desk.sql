-- What a person set for their own eyes. No row: the usual.
CREATE TABLE web_preference (
    user_id TEXT PRIMARY KEY REFERENCES web_user (id),
    region TEXT NOT NULL,
    digits TEXT NOT NULL,
    islamic BOOLEAN NOT NULL,
    zone TEXT NOT NULL,
    theme TEXT NOT NULL,
    density TEXT NOT NULL,
    keys BOOLEAN NOT NULL
);

-- A list as somebody wants to see it again. A deleted one keeps its row, so that it can come back.
CREATE TABLE web_view (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    owner TEXT NOT NULL REFERENCES web_user (id),
    shared BOOLEAN NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT NOT NULL
);
CREATE INDEX web_view_path ON web_view (path, name, id);
CREATE INDEX web_view_owner ON web_view (owner, deleted_at);
CREATE INDEX web_view_shared ON web_view (shared, deleted_at);

-- What a person sees first on a list.
CREATE TABLE web_view_default (
    user_id TEXT NOT NULL REFERENCES web_user (id),
    path TEXT NOT NULL,
    view_id TEXT NOT NULL REFERENCES web_view (id),
    PRIMARY KEY (user_id, path)
);
CREATE INDEX web_view_default_view ON web_view_default (view_id);
