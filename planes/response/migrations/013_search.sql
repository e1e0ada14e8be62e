-- Notes that went over to another incident in a merger lead to that one, also where they are looked for.
UPDATE response_said SET record_id = (SELECT n.incident_id FROM response_note n WHERE n.id = response_said.name)
 WHERE record_kind = 'incident' AND EXISTS
       (SELECT 1 FROM response_note n WHERE n.id = response_said.name AND n.incident_id <> response_said.record_id);
