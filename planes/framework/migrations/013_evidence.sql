-- Evidence of which a newer writing takes the place: what it replaces, and which writing it is, from 1.
ALTER TABLE framework_evidence ADD COLUMN replaces TEXT NOT NULL DEFAULT '';
ALTER TABLE framework_evidence ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
-- What kind of thing is assessed: nation, team or organisation; empty where nobody said.
ALTER TABLE framework_assessment ADD COLUMN kind TEXT NOT NULL DEFAULT '';
