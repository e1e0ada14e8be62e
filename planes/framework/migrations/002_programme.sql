-- A design that was kept: what was asked, and the whole answer of the solver, which never changes. Only its state does.
CREATE TABLE framework_design (
    id TEXT PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES framework_assessment (id),
    name TEXT NOT NULL,
    asked TEXT NOT NULL,
    aim TEXT NOT NULL,
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made TEXT NOT NULL,
    changed TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX framework_design_assessment ON framework_design (assessment_id, id);
CREATE INDEX framework_design_changed ON framework_design (changed, id);
CREATE INDEX framework_design_made ON framework_design (made, id);
CREATE INDEX framework_design_name ON framework_design (name, id);

-- A programme: how a kept design is carried out. Days are texts such as 2027-01-04.
CREATE TABLE framework_programme (
    id TEXT PRIMARY KEY,
    design_id TEXT NOT NULL REFERENCES framework_design (id),
    name TEXT NOT NULL,
    start TEXT NOT NULL,
    weekend TEXT NOT NULL,
    people BIGINT,
    roles TEXT NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made TEXT NOT NULL,
    changed TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX framework_programme_design ON framework_programme (design_id, id);
CREATE INDEX framework_programme_changed ON framework_programme (changed, id);
CREATE INDEX framework_programme_start ON framework_programme (start, id);
CREATE INDEX framework_programme_name ON framework_programme (name, id);

CREATE TABLE framework_task (
    id TEXT PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES framework_programme (id),
    number BIGINT NOT NULL,
    part TEXT NOT NULL,
    block TEXT NOT NULL,
    needs TEXT NOT NULL,
    roles TEXT NOT NULL,
    effort_low BIGINT NOT NULL,
    effort_high BIGINT NOT NULL,
    weeks_low BIGINT NOT NULL,
    weeks_high BIGINT NOT NULL,
    days BIGINT NOT NULL,
    money_low BIGINT NOT NULL,
    money_high BIGINT NOT NULL,
    payer TEXT NOT NULL,
    owner TEXT NOT NULL,
    planned_start TEXT NOT NULL,
    planned_end TEXT NOT NULL,
    actual_start TEXT NOT NULL,
    actual_end TEXT NOT NULL,
    state TEXT NOT NULL,
    proof TEXT NOT NULL,
    evidence TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    accepted_by TEXT NOT NULL,
    accepted TEXT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (programme_id, number)
);

-- What is written beside the tasks: risks, what is handed over, what closing takes.
CREATE TABLE framework_line (
    id TEXT PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES framework_programme (id),
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    likelihood BIGINT NOT NULL,
    impact BIGINT NOT NULL,
    answer TEXT NOT NULL,
    owner TEXT NOT NULL,
    done_by TEXT NOT NULL,
    done TEXT NOT NULL
);
CREATE INDEX framework_line_programme ON framework_line (programme_id, kind, id);
