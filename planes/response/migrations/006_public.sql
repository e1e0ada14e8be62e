-- The secret by which whoever reported on the public form looks after their report.
CREATE TABLE response_receipt (
    ticket_id TEXT PRIMARY KEY,
    secret_sha256 TEXT NOT NULL,
    created TEXT NOT NULL
);
