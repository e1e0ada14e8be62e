-- Storing a day's new findings is mostly keeping indexes. What nobody has touched yet is not looked for by its last change.
DROP INDEX watch_finding_changed;
CREATE INDEX watch_finding_changed ON watch_finding (state, changed_at)
    WHERE state IN ('reopened', 'fixed', 'false_positive', 'expired');

-- The list by how bad findings are puts those that are equally bad by when they were seen: the other index has that order.
DROP INDEX watch_finding_severity;
