-- When the moderator withdrew a respondent; empty while their answers count.
ALTER TABLE framework_respondent ADD COLUMN withdrawn TEXT NOT NULL DEFAULT '';

-- Grows with every change of what was agreed about an item, also over a time when nothing was.
ALTER TABLE framework_consensus ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- What was agreed before, and who ended it: by recording something else, or by taking it back.
CREATE TABLE framework_consensus_before (
    assessment_id TEXT NOT NULL REFERENCES framework_assessment (id),
    item TEXT NOT NULL,
    version BIGINT NOT NULL,
    level BIGINT,
    not_applicable BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    ended_by TEXT NOT NULL,
    ended TEXT NOT NULL,
    PRIMARY KEY (assessment_id, item, version)
);
