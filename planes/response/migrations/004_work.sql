-- Which playbooks were applied to an incident. One that was taken off keeps its row, with when.
CREATE TABLE response_playbook (
    incident_id TEXT NOT NULL,
    playbook TEXT NOT NULL,
    title TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    removed TEXT NOT NULL,
    PRIMARY KEY (incident_id, playbook)
);

-- What is to be done for an incident. Words are kept as they were when the playbook was applied, by language, as JSON.
CREATE TABLE response_task (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL,
    playbook TEXT NOT NULL,
    step TEXT NOT NULL,
    -- step, check, own or lesson.
    kind TEXT NOT NULL,
    position BIGINT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    role TEXT NOT NULL,
    letter TEXT NOT NULL,
    -- Steps that come before, separated by spaces.
    needs TEXT NOT NULL,
    span TEXT NOT NULL,
    decision TEXT NOT NULL,
    decided TEXT NOT NULL,
    -- waiting, open, done or skipped.
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    owner TEXT NOT NULL,
    due TEXT NOT NULL,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed TEXT NOT NULL,
    done_by TEXT NOT NULL,
    done TEXT NOT NULL,
    removed TEXT NOT NULL
);
CREATE INDEX response_task_incident ON response_task (incident_id, position, id);
CREATE INDEX response_task_owner ON response_task (owner, state, due, id);
CREATE INDEX response_task_due ON response_task (state, due, id);

-- By when who has to be told what. Words of the rule are kept as they were when the clock was started.
CREATE TABLE response_clock (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL,
    rule TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    verified BOOLEAN NOT NULL,
    -- From which moments its stages are counted; empty while that has not happened.
    aware TEXT NOT NULL,
    reported TEXT NOT NULL,
    classified TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    version BIGINT NOT NULL,
    stopped_by TEXT NOT NULL,
    stopped TEXT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (incident_id, rule)
);

CREATE TABLE response_clock_stage (
    clock_id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    position BIGINT NOT NULL,
    title TEXT NOT NULL,
    recipient TEXT NOT NULL,
    contents TEXT NOT NULL,
    starts TEXT NOT NULL,
    span TEXT NOT NULL,
    time TEXT NOT NULL,
    -- Severities it is for, and stages it comes before, separated by spaces.
    severities TEXT NOT NULL,
    before TEXT NOT NULL,
    -- Since when it is counted and until when; empty while that is not known.
    since TEXT NOT NULL,
    due TEXT NOT NULL,
    -- Whether it runs: of a live clock, counted, for the severity the incident has, and not met.
    running BOOLEAN NOT NULL,
    -- When it was met, by whom it was recorded, and when.
    met TEXT NOT NULL,
    met_by TEXT NOT NULL,
    recorded TEXT NOT NULL,
    remark TEXT NOT NULL,
    -- When it was told that it is due soon, and that it is late.
    told_soon TEXT NOT NULL,
    told_late TEXT NOT NULL,
    PRIMARY KEY (clock_id, stage)
);
CREATE INDEX response_clock_stage_incident ON response_clock_stage (incident_id, clock_id, position);
CREATE INDEX response_clock_stage_due ON response_clock_stage (due, clock_id, stage) WHERE running;

-- What the team says of an incident when it looks back.
CREATE TABLE response_review (
    incident_id TEXT PRIMARY KEY,
    begun_by TEXT NOT NULL,
    begun TEXT NOT NULL,
    finished_by TEXT NOT NULL,
    finished TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE response_review_answer (
    incident_id TEXT NOT NULL,
    question TEXT NOT NULL,
    position BIGINT NOT NULL,
    -- text, yes-no, choice or scale.
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    answer TEXT NOT NULL,
    answer_words TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (incident_id, question)
);

-- Who was called by name in a note or a task.
CREATE TABLE response_mention (
    person TEXT NOT NULL,
    record_id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    -- note or task.
    kind TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    seen TEXT NOT NULL,
    PRIMARY KEY (person, record_id)
);
CREATE INDEX response_mention_person ON response_mention (person, seen, at);
CREATE INDEX response_mention_incident ON response_mention (incident_id);

-- Techniques of MITRE ATT&CK that were seen in an incident; of a note or a task when its id stands there.
CREATE TABLE response_technique (
    incident_id TEXT NOT NULL,
    technique TEXT NOT NULL,
    record_id TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (incident_id, technique, record_id)
);

-- What one shift tells the next.
CREATE TABLE response_handover (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    tlp BIGINT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    taken TEXT NOT NULL
);
CREATE INDEX response_handover_at ON response_handover (at, id);
