-- A team's own tasks in a programme: what no block says of them. A task that was removed keeps its row, so that it can come back;
-- `needed_by` says then which tasks waited for it.
ALTER TABLE framework_task ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE framework_task ADD COLUMN deliverable TEXT NOT NULL DEFAULT '';
ALTER TABLE framework_task ADD COLUMN removed TEXT NOT NULL DEFAULT '';
ALTER TABLE framework_task ADD COLUMN removed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE framework_task ADD COLUMN removed_why TEXT NOT NULL DEFAULT '';
ALTER TABLE framework_task ADD COLUMN needed_by TEXT NOT NULL DEFAULT '[]';

-- The days off of a programme beside its weekends: a JSON list of day and name.
ALTER TABLE framework_programme ADD COLUMN days_off TEXT NOT NULL DEFAULT '[]';

-- The days off of the nation, which a new programme begins with.
CREATE TABLE framework_day_off (
    day TEXT PRIMARY KEY,
    name TEXT NOT NULL
);

-- Which functions cannot work without one, and what a part is to whom: asked for by pages of lists.
CREATE INDEX framework_dependency_needs ON framework_dependency (needs_id, function_id);
CREATE INDEX framework_part_part ON framework_part (part, item, stakeholder_id);
