-- A sheet of answers that came back, by what was said in it: the same sheet twice changes nothing.
CREATE TABLE framework_brought (
    content TEXT PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES framework_assessment (id),
    respondent_id TEXT NOT NULL REFERENCES framework_respondent (id),
    issued TEXT NOT NULL,
    brought TEXT NOT NULL,
    who TEXT NOT NULL
);

-- An answer of a sheet that differs from one given since the sheet was issued: a person decides.
CREATE TABLE framework_conflict (
    id TEXT PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES framework_assessment (id),
    respondent_id TEXT NOT NULL REFERENCES framework_respondent (id),
    item TEXT NOT NULL,
    content TEXT NOT NULL REFERENCES framework_brought (content),
    level BIGINT,
    not_applicable BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    comment TEXT NOT NULL,
    issued TEXT NOT NULL,
    brought TEXT NOT NULL,
    decision TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided TEXT NOT NULL
);
CREATE INDEX framework_conflict_open ON framework_conflict (assessment_id, decision, item, id);

CREATE TABLE framework_workshop (
    id TEXT PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES framework_assessment (id),
    code TEXT NOT NULL,
    state TEXT NOT NULL,
    item TEXT NOT NULL,
    revealed BOOLEAN NOT NULL,
    expires TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX framework_workshop_assessment ON framework_workshop (assessment_id, state, made);
CREATE INDEX framework_workshop_code ON framework_workshop (code, state);

-- Who joined a workshop by its code. The address of their page is known by its hash alone.
CREATE TABLE framework_seat (
    token_hash TEXT PRIMARY KEY,
    workshop_id TEXT NOT NULL REFERENCES framework_workshop (id),
    respondent_id TEXT NOT NULL REFERENCES framework_respondent (id),
    seated TEXT NOT NULL,
    released TEXT NOT NULL
);
CREATE INDEX framework_seat_workshop ON framework_seat (workshop_id, respondent_id);
