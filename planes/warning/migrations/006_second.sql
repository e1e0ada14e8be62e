-- Whoever approved a notice after the first person, where its marking needs two; empty for none.
ALTER TABLE warning_notice ADD COLUMN seconded TEXT NOT NULL DEFAULT '';
ALTER TABLE warning_notice ADD COLUMN seconded_by TEXT NOT NULL DEFAULT '';
