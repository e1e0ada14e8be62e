-- Whether pages tell of changes, and whether browsers keep what was written until it is sent.
ALTER TABLE web_preference ADD COLUMN live BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE web_preference ADD COLUMN keep BOOLEAN NOT NULL DEFAULT TRUE;

-- A webhook that was removed keeps its row for a while, so that it can come back.
ALTER TABLE web_hook ADD COLUMN removed_at TEXT NOT NULL DEFAULT '';
