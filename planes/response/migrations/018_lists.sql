-- The lists of tasks, of stages of clocks and of mail that did not leave are read in their order, however many there are.
DROP INDEX response_task_owner;
DROP INDEX response_task_due;
CREATE INDEX response_task_changed ON response_task (changed, id) WHERE removed = '';
CREATE INDEX response_task_due ON response_task ((CASE WHEN due = '' THEN '9' ELSE due END), id) WHERE removed = '';
CREATE INDEX response_task_owner ON response_task (owner, (CASE WHEN due = '' THEN '9' ELSE due END), id) WHERE removed = '';
CREATE INDEX response_task_open_changed ON response_task (changed, id) WHERE removed = '' AND state = 'open';
CREATE INDEX response_task_open_due ON response_task ((CASE WHEN due = '' THEN '9' ELSE due END), id)
    WHERE removed = '' AND state = 'open';
CREATE INDEX response_task_open_owner ON response_task (owner, (CASE WHEN due = '' THEN '9' ELSE due END), id)
    WHERE removed = '' AND state = 'open';

-- Most stages are for another severity than their incident has: the list has those that run or were met.
DROP INDEX response_clock_stage_due;
CREATE INDEX response_clock_stage_counted ON response_clock_stage (due, (clock_id || '/' || stage)) WHERE running OR met <> '';
CREATE INDEX response_clock_stage_due ON response_clock_stage (due, (clock_id || '/' || stage)) WHERE running;

CREATE INDEX response_address_at ON response_address (at, mail);
CREATE INDEX response_delivery_waiting ON response_delivery (queued, id) WHERE state <> 'sent' AND state <> 'waiting';
