-- For which incident a registry was asked; empty for none. Its line of the journal was written at the same moment.
ALTER TABLE response_asked ADD COLUMN incident_id TEXT NOT NULL DEFAULT '';
UPDATE response_asked SET incident_id = COALESCE(
    (SELECT MAX(i.id) FROM store_journal j JOIN response_incident i ON i.id = j.record
      WHERE j.at = response_asked.at AND j.who = response_asked.who AND j.plane = 'response' AND j.verb = 'registry_asked'), '');
