-- The findings of one severity, in the order of the list: where nearly all or hardly any match, its first page is found at once.
CREATE INDEX watch_finding_severity_seen ON watch_finding (severity, last_seen, id);
