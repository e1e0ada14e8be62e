-- The AS number of the end that is ours: who operates the network a finding is in. 0: nobody said.
ALTER TABLE watch_finding ADD COLUMN asn BIGINT NOT NULL DEFAULT 0;

-- How many there are of each, by whose, what, how bad and how it stands: counting reads nothing but the index. The state comes
-- last, so that no list takes it for its filter.
CREATE INDEX watch_finding_tally ON watch_finding (constituent_id, type, severity, state);

-- Findings by the day they were first seen: always what a GROUP BY over watch_finding says.
CREATE TABLE watch_opened (
    day TEXT NOT NULL,
    constituent_id TEXT NOT NULL,
    taxonomy TEXT NOT NULL,
    asn BIGINT NOT NULL,
    findings BIGINT NOT NULL,
    PRIMARY KEY (day, constituent_id, taxonomy, asn)
);

-- Events by day and where their source is; marking as a rank, 0 for none.
CREATE TABLE watch_origin (
    day TEXT NOT NULL,
    country TEXT NOT NULL,
    asn BIGINT NOT NULL,
    tlp BIGINT NOT NULL,
    events BIGINT NOT NULL,
    PRIMARY KEY (day, country, asn, tlp)
);

-- What the watch knows of those it finds things for: a copy, made anew when the constituency changes.
CREATE TABLE watch_owner (
    id TEXT PRIMARY KEY,
    sector TEXT NOT NULL,
    criticality TEXT NOT NULL
);

-- What was stored before is counted from the lake once, the way a replay ends.
INSERT INTO store_setting (name, value) SELECT 'watch.replay', 'yes' WHERE EXISTS (SELECT 1 FROM watch_batch)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value;
