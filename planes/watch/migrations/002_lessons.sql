-- What the last word about a finding taught each of its sources, so that it can be taken back.
CREATE TABLE watch_lesson (
    finding TEXT NOT NULL,
    feed TEXT NOT NULL,
    confirmed BOOLEAN NOT NULL,
    PRIMARY KEY (finding, feed)
);

-- What was mended lately: how long it takes.
CREATE INDEX watch_finding_changed ON watch_finding (state, changed_at);
