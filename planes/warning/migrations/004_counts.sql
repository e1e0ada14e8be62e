-- Notices by state are counted by the index alone.
CREATE INDEX warning_notice_counts ON warning_notice (state, tlp);
