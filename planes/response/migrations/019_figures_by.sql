-- The countries and AS numbers of the addresses a record is about, and the techniques of ATT&CK that were seen in it, each
-- separated by spaces. Made anew with the other cases.
ALTER TABLE response_case ADD COLUMN countries TEXT NOT NULL DEFAULT '';
ALTER TABLE response_case ADD COLUMN asns TEXT NOT NULL DEFAULT '';
ALTER TABLE response_case ADD COLUMN techniques TEXT NOT NULL DEFAULT '';
ALTER TABLE response_case_life ADD COLUMN countries TEXT NOT NULL DEFAULT '';
ALTER TABLE response_case_life ADD COLUMN asns TEXT NOT NULL DEFAULT '';
ALTER TABLE response_case_life ADD COLUMN techniques TEXT NOT NULL DEFAULT '';
