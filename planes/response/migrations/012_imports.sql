-- Files of other tools that somebody brought: each is tried out first, then taken over.
CREATE TABLE response_import (
    id TEXT PRIMARY KEY,
    -- rtir, thehive, csv or mbox.
    format TEXT NOT NULL,
    tool TEXT NOT NULL,
    tlp BIGINT NOT NULL,
    -- Queues of RT, one a line: 3=incidents.
    queues TEXT NOT NULL,
    mbox_kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    -- trying, tried, taking, done, failed or stopped.
    state TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    -- When it was seen at work last: one that was not for a while was interrupted.
    changed TEXT NOT NULL,
    records BIGINT NOT NULL,
    already BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    -- What would be made, or was; and the first records. As JSON.
    made TEXT NOT NULL,
    first TEXT NOT NULL,
    -- Why the file could not be read on, or the work could not go on.
    fault TEXT NOT NULL
);
CREATE INDEX response_import_at ON response_import (at, id);

-- What was refused of such a file, and where it stands.
CREATE TABLE response_import_refused (
    import_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    place TEXT NOT NULL,
    name TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (import_id, position)
);
