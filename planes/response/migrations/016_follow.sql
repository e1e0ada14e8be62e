-- What was merged before all that an incident knows went over: it goes now, and comes back when the merger is taken back.
-- The way to the end of each chain of mergers.
CREATE TABLE response_mend (
    from_id TEXT PRIMARY KEY,
    into_id TEXT NOT NULL
);
INSERT INTO response_mend (from_id, into_id)
WITH RECURSIVE chain (from_id, into_id, steps) AS (
    SELECT id, merged_into, 1 FROM response_incident WHERE merged_into <> ''
    UNION ALL
    SELECT c.from_id, i.merged_into, c.steps + 1 FROM chain c JOIN response_incident i ON i.id = c.into_id
     WHERE i.merged_into <> '' AND c.steps < 20
)
SELECT c.from_id, c.into_id FROM chain c
 WHERE NOT EXISTS (SELECT 1 FROM response_incident i WHERE i.id = c.into_id AND i.merged_into <> '');

INSERT INTO response_moved (from_id, kind, record)
SELECT m.from_id, 'ticket', o.ticket_id FROM response_mend m JOIN response_ticket_incident o ON o.incident_id = m.from_id
 WHERE NOT EXISTS (SELECT 1 FROM response_ticket_incident t WHERE t.incident_id = m.into_id AND t.ticket_id = o.ticket_id)
   AND NOT EXISTS (SELECT 1 FROM response_mend n JOIN response_ticket_incident t ON t.incident_id = n.from_id
                    WHERE n.into_id = m.into_id AND n.from_id < m.from_id AND t.ticket_id = o.ticket_id)
ON CONFLICT (from_id, kind, record) DO NOTHING;
UPDATE response_ticket_incident SET incident_id = (SELECT m.into_id FROM response_mend m WHERE m.from_id = response_ticket_incident.incident_id)
 WHERE EXISTS (SELECT 1 FROM response_mend m JOIN response_moved v ON v.from_id = m.from_id AND v.kind = 'ticket'
                WHERE m.from_id = response_ticket_incident.incident_id
                  AND v.record = response_ticket_incident.ticket_id);

INSERT INTO response_moved (from_id, kind, record)
SELECT m.from_id, 'observable', o.kind || ' ' || o.value FROM response_mend m JOIN response_observable o ON o.record_id = m.from_id
 WHERE NOT EXISTS (SELECT 1 FROM response_observable t WHERE t.record_id = m.into_id AND t.kind = o.kind AND t.value = o.value)
   AND NOT EXISTS (SELECT 1 FROM response_mend n JOIN response_observable t ON t.record_id = n.from_id
                    WHERE n.into_id = m.into_id AND n.from_id < m.from_id AND t.kind = o.kind AND t.value = o.value)
ON CONFLICT (from_id, kind, record) DO NOTHING;
UPDATE response_observable SET record_id = (SELECT m.into_id FROM response_mend m WHERE m.from_id = response_observable.record_id)
 WHERE EXISTS (SELECT 1 FROM response_mend m JOIN response_moved v ON v.from_id = m.from_id AND v.kind = 'observable'
                WHERE m.from_id = response_observable.record_id
                  AND v.record = response_observable.kind || ' ' || response_observable.value);

INSERT INTO response_moved (from_id, kind, record)
SELECT m.from_id, 'technique', o.technique || ' ' || o.record_id FROM response_mend m JOIN response_technique o ON o.incident_id = m.from_id
 WHERE NOT EXISTS (SELECT 1 FROM response_technique t WHERE t.incident_id = m.into_id AND t.technique = o.technique AND t.record_id = o.record_id)
   AND NOT EXISTS (SELECT 1 FROM response_mend n JOIN response_technique t ON t.incident_id = n.from_id
                    WHERE n.into_id = m.into_id AND n.from_id < m.from_id AND t.technique = o.technique AND t.record_id = o.record_id)
ON CONFLICT (from_id, kind, record) DO NOTHING;
UPDATE response_technique SET incident_id = (SELECT m.into_id FROM response_mend m WHERE m.from_id = response_technique.incident_id)
 WHERE EXISTS (SELECT 1 FROM response_mend m JOIN response_moved v ON v.from_id = m.from_id AND v.kind = 'technique'
                WHERE m.from_id = response_technique.incident_id
                  AND v.record = response_technique.technique || ' ' || response_technique.record_id);

INSERT INTO response_moved (from_id, kind, record)
SELECT m.from_id, 'moment', o.name FROM response_mend m JOIN response_moment o ON o.incident_id = m.from_id
 WHERE NOT EXISTS (SELECT 1 FROM response_moment t WHERE t.incident_id = m.into_id AND t.name = o.name)
   AND NOT EXISTS (SELECT 1 FROM response_mend n JOIN response_moment t ON t.incident_id = n.from_id
                    WHERE n.into_id = m.into_id AND n.from_id < m.from_id AND t.name = o.name)
ON CONFLICT (from_id, kind, record) DO NOTHING;
UPDATE response_moment SET incident_id = (SELECT m.into_id FROM response_mend m WHERE m.from_id = response_moment.incident_id)
 WHERE EXISTS (SELECT 1 FROM response_mend m JOIN response_moved v ON v.from_id = m.from_id AND v.kind = 'moment'
                WHERE m.from_id = response_moment.incident_id
                  AND v.record = response_moment.name);

INSERT INTO response_moved (from_id, kind, record)
SELECT DISTINCT m.from_id, 'mention', o.record_id FROM response_mend m JOIN response_mention o ON o.incident_id = m.from_id
 WHERE o.record_id <> ''
ON CONFLICT (from_id, kind, record) DO NOTHING;
UPDATE response_mention SET incident_id = (SELECT m.into_id FROM response_mend m WHERE m.from_id = response_mention.incident_id)
 WHERE EXISTS (SELECT 1 FROM response_mend m WHERE m.from_id = response_mention.incident_id);
DROP TABLE response_mend;

-- What an incident would be due at without what belongs to it, and what was made of the two.
CREATE TABLE response_due (
    incident_id TEXT PRIMARY KEY,
    own TEXT NOT NULL,
    made TEXT NOT NULL
);
INSERT INTO response_due (incident_id, own, made)
SELECT i.id, '', i.due FROM response_incident i WHERE i.closed = '' AND i.due <> '' AND EXISTS
       (SELECT 1 FROM response_ticket_incident l JOIN response_ticket t ON t.id = l.ticket_id
         WHERE l.incident_id = i.id AND t.due = i.due AND t.closed = '');

-- Rules of what follows by itself that somebody switched on or off; the others stand as content has them.
CREATE TABLE response_automation (
    rule TEXT PRIMARY KEY,
    enabled BOOLEAN NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);

-- When the writer of a message signed it, as the signature says.
CREATE TABLE response_signed (
    message_id TEXT PRIMARY KEY,
    at TEXT NOT NULL
);
