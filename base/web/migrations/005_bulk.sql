-- Changes of many records: what was chosen, what is to be done with it, how far it is.
CREATE TABLE web_bulk (
    id TEXT PRIMARY KEY,
    plane TEXT NOT NULL,
    change TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    rows BIGINT NOT NULL,
    back TEXT NOT NULL,
    state TEXT NOT NULL,
    ended TEXT NOT NULL
);
CREATE INDEX web_bulk_who ON web_bulk (who, plane, at);
CREATE INDEX web_bulk_at ON web_bulk (at);

-- What became of each record; `before` is what brings it back, `after` how it stood when the change was made.
CREATE TABLE web_bulk_row (
    bulk TEXT NOT NULL,
    place BIGINT NOT NULL,
    record TEXT NOT NULL,
    name TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (bulk, place)
);
CREATE INDEX web_bulk_row_outcome ON web_bulk_row (bulk, outcome, place);
