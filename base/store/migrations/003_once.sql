CREATE TABLE store_once (
    id TEXT PRIMARY KEY,
    asked TEXT NOT NULL,
    at TEXT NOT NULL,
    record TEXT NOT NULL,
    answer TEXT NOT NULL
);
CREATE INDEX store_once_at ON store_once (at);
