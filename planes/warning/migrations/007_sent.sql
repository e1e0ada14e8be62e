-- Notices by when they left, for what left since a moment, whatever became of it.
CREATE INDEX warning_notice_sent ON warning_notice (sent) WHERE about = '';
