-- What is known of an address, and which file a hash names.
CREATE INDEX watch_finding_asset ON watch_finding (asset, last_seen);
CREATE INDEX watch_batch_sha256 ON watch_batch (sha256);
-- The list of findings by how bad they are.
CREATE INDEX watch_finding_severity ON watch_finding (severity, id);
