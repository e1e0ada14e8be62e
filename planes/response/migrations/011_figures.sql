-- What people say of an incident besides: when it began, and when it was contained.
CREATE TABLE response_moment (
    incident_id TEXT NOT NULL,
    -- occurred or contained.
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    noted TEXT NOT NULL,
    PRIMARY KEY (incident_id, name)
);

-- What was measured of the work on one record; made anew from the records and the journal when it is not there, so no backup
-- holds the tables that follow.
CREATE TABLE response_case (
    record_id TEXT NOT NULL,
    measure TEXT NOT NULL,
    -- Which of several of one record: a stage, a delivery, an end.
    part TEXT NOT NULL,
    at TEXT NOT NULL,
    -- Seconds, 0 or 1, or how many; the same in working time, where it is a time.
    value BIGINT NOT NULL,
    business BIGINT NOT NULL,
    tlp BIGINT NOT NULL,
    taxonomy TEXT NOT NULL,
    type TEXT NOT NULL,
    severity TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    source TEXT NOT NULL,
    -- Separated by spaces.
    sectors TEXT NOT NULL,
    stage TEXT NOT NULL,
    PRIMARY KEY (record_id, measure, part)
);
CREATE INDEX response_case_at ON response_case (measure, at, record_id, part);

-- From when until when an incident was to be worked on; far ahead while it still is.
CREATE TABLE response_case_life (
    record_id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    until TEXT NOT NULL,
    tlp BIGINT NOT NULL,
    taxonomy TEXT NOT NULL,
    type TEXT NOT NULL,
    severity TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    source TEXT NOT NULL,
    sectors TEXT NOT NULL
);
CREATE INDEX response_case_life_until ON response_case_life (until, at);
CREATE INDEX response_case_life_at ON response_case_life (at);

-- What is made of the cases of a period, up to a marking: 2026-10, 2026-Q4, 2026.
CREATE TABLE response_figure (
    period TEXT NOT NULL,
    measure TEXT NOT NULL,
    -- all, class, type, severity, sector, mailbox, source or stage, and which.
    dimension TEXT NOT NULL,
    value TEXT NOT NULL,
    tlp BIGINT NOT NULL,
    n BIGINT NOT NULL,
    total BIGINT NOT NULL,
    median BIGINT NOT NULL,
    p90 BIGINT NOT NULL,
    p95 BIGINT NOT NULL,
    business_median BIGINT NOT NULL,
    business_p90 BIGINT NOT NULL,
    business_p95 BIGINT NOT NULL,
    PRIMARY KEY (period, dimension, value, measure, tlp)
);

-- How often the cases of a period changed, and how often they had when it was counted last: of how many, and when.
CREATE TABLE response_figure_period (
    period TEXT PRIMARY KEY,
    touched BIGINT NOT NULL,
    counted BIGINT NOT NULL,
    cases BIGINT NOT NULL,
    counted_at TEXT NOT NULL
);

-- How far the cases follow the journal, and what they were measured with.
CREATE TABLE response_figure_place (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- What became of the letters of a ticket.
CREATE INDEX response_delivery_ticket ON response_delivery (ticket_id, id);
