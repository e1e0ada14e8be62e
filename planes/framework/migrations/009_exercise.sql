-- An exercise the nation holds. It belongs to no assessment: several may show it.
CREATE TABLE framework_exercise (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    day TEXT NOT NULL,
    last TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    scenario TEXT NOT NULL,
    tlp BIGINT NOT NULL,
    people BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    made TEXT NOT NULL,
    changed TEXT NOT NULL,
    version BIGINT NOT NULL,
    removed TEXT NOT NULL
);
CREATE INDEX framework_exercise_day ON framework_exercise (removed, day, id);
CREATE INDEX framework_exercise_last ON framework_exercise (removed, last, id);

-- Who takes part: a constituent by its id with a copy of its name, or anybody else by name alone.
CREATE TABLE framework_exercise_organisation (
    exercise_id TEXT NOT NULL REFERENCES framework_exercise (id),
    place BIGINT NOT NULL,
    constituent_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (exercise_id, place)
);

-- What an exercise is to show, and whether it did; the result is empty until somebody says it.
CREATE TABLE framework_objective (
    id TEXT PRIMARY KEY,
    exercise_id TEXT NOT NULL REFERENCES framework_exercise (id),
    place BIGINT NOT NULL,
    body TEXT NOT NULL,
    result TEXT NOT NULL,
    remark TEXT NOT NULL
);
CREATE INDEX framework_objective_exercise ON framework_objective (exercise_id, place);

-- What was learnt, who carries it out, until when, and the day it was done.
CREATE TABLE framework_lesson (
    id TEXT PRIMARY KEY,
    exercise_id TEXT NOT NULL REFERENCES framework_exercise (id),
    place BIGINT NOT NULL,
    body TEXT NOT NULL,
    owner TEXT NOT NULL,
    due TEXT NOT NULL,
    done TEXT NOT NULL
);
CREATE INDEX framework_lesson_exercise ON framework_lesson (exercise_id, place);
CREATE INDEX framework_lesson_due ON framework_lesson (due, id);
CREATE INDEX framework_lesson_done ON framework_lesson (done, id);
