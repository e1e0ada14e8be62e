-- Mail that leaves when a second person has seen it, and what that person said.
CREATE TABLE response_release (
    message_id TEXT PRIMARY KEY,
    ticket_id TEXT NOT NULL,
    -- waiting, released, returned or withdrawn.
    state TEXT NOT NULL,
    written_by TEXT NOT NULL,
    asked TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- Its writer let it go, because there is nobody else who may.
    is_own BOOLEAN NOT NULL
);
CREATE INDEX response_release_waiting ON response_release (asked, message_id) WHERE state = 'waiting';
CREATE INDEX response_release_ticket ON response_release (ticket_id);

-- The address of ours that an incident is of: that of its first report, until somebody says otherwise.
ALTER TABLE response_incident ADD COLUMN mailbox TEXT NOT NULL DEFAULT '';
CREATE INDEX response_incident_mailbox ON response_incident (mailbox, state, created);
