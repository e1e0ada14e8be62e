-- What proved a task that was accepted, until somebody opened it again.
CREATE TABLE framework_task_before (
    task_id TEXT NOT NULL REFERENCES framework_task (id),
    version BIGINT NOT NULL,
    actual_start TEXT NOT NULL,
    actual_end TEXT NOT NULL,
    proof TEXT NOT NULL,
    evidence TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    accepted_by TEXT NOT NULL,
    accepted TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    opened TEXT NOT NULL,
    PRIMARY KEY (task_id, version)
);

-- A line beside the tasks grows in version when it says something else, is removed or brought back; `removed` is empty while it is there.
ALTER TABLE framework_line ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE framework_line ADD COLUMN removed TEXT NOT NULL DEFAULT '';
ALTER TABLE framework_line ADD COLUMN removed_by TEXT NOT NULL DEFAULT '';

-- What a line said before, and who changed it.
CREATE TABLE framework_line_before (
    line_id TEXT NOT NULL REFERENCES framework_line (id),
    version BIGINT NOT NULL,
    text TEXT NOT NULL,
    likelihood BIGINT NOT NULL,
    impact BIGINT NOT NULL,
    answer TEXT NOT NULL,
    owner TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed TEXT NOT NULL,
    PRIMARY KEY (line_id, version)
);

-- Grows with every judgement of a piece of evidence; 0 while nobody judged it.
ALTER TABLE framework_evidence ADD COLUMN judgement BIGINT NOT NULL DEFAULT 0;
UPDATE framework_evidence SET judgement = 1 WHERE judged <> '';

-- What was judged of evidence before, and who judged anew.
CREATE TABLE framework_judgement_before (
    evidence_id TEXT NOT NULL REFERENCES framework_evidence (id),
    version BIGINT NOT NULL,
    supports BIGINT,
    judged_by TEXT NOT NULL,
    judged TEXT NOT NULL,
    ended_by TEXT NOT NULL,
    ended TEXT NOT NULL,
    PRIMARY KEY (evidence_id, version)
);
