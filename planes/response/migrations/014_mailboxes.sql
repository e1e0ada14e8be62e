-- With the eyes of which mailboxes a handover was written; empty for all.
ALTER TABLE response_handover ADD COLUMN mailboxes TEXT NOT NULL DEFAULT '';

-- What home counts for whoever sees some mailboxes alone is counted by an index alone, too.
DROP INDEX response_incident_counts;
CREATE INDEX response_incident_counts ON response_incident (state, created, tlp, owner, due, mailbox);
