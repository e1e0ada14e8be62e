-- What binds the answers of a sheet that came back: `no`, `digest` or `signed`, and then by which public key. Of sheets that came before
-- nothing is known, which is empty.
ALTER TABLE framework_brought ADD COLUMN bound TEXT NOT NULL DEFAULT '';
ALTER TABLE framework_brought ADD COLUMN bound_by TEXT NOT NULL DEFAULT '';
