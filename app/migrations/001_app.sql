-- What the home page showed at the end of each day, for each clearance: what a later day is compared with.
CREATE TABLE app_figure (
    day TEXT NOT NULL,
    clearance BIGINT NOT NULL,
    figure TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (day, clearance, figure)
);

-- One daily digest for a day and a reader. `state`: due, sent, kept (in the house), failed.
CREATE TABLE app_digest (
    day TEXT NOT NULL,
    mail TEXT NOT NULL,
    language TEXT NOT NULL,
    clearance BIGINT NOT NULL,
    state TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    made_at TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    error TEXT NOT NULL,
    PRIMARY KEY (day, mail)
);
