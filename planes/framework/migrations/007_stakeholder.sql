-- How often a stakeholder was changed: the second of two people is told, and nothing is overwritten.
ALTER TABLE framework_stakeholder ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
