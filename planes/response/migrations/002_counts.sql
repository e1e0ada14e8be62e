-- What lists and home count is counted by an index alone.
CREATE INDEX response_incident_counts ON response_incident (state, created, tlp, owner, due);
DROP INDEX response_incident_owner;
CREATE INDEX response_incident_owner ON response_incident (owner, state, tlp);
DROP INDEX response_incident_constituent_of;
CREATE INDEX response_incident_constituent_of ON response_incident_constituent (constituent_id, incident_id, name);
