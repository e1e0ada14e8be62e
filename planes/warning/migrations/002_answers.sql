-- What a notice is: a notice, a reminder of one, or a letter to those above the constituent.
ALTER TABLE warning_notice ADD COLUMN letter TEXT NOT NULL DEFAULT 'notice';
-- The notice a reminder or a letter to those above is about; empty for a notice.
ALTER TABLE warning_notice ADD COLUMN about TEXT NOT NULL DEFAULT '';
-- Grows whenever letters that may have left shall no longer open anything.
ALTER TABLE warning_notice ADD COLUMN link_generation BIGINT NOT NULL DEFAULT 0;
-- How many of its findings have an answer, and how many want help that was not given yet.
ALTER TABLE warning_notice ADD COLUMN answered BIGINT NOT NULL DEFAULT 0;
ALTER TABLE warning_notice ADD COLUMN helps BIGINT NOT NULL DEFAULT 0;
ALTER TABLE warning_notice ADD COLUMN help_given TEXT NOT NULL DEFAULT '';
-- Reminders made, when the last of them was made or sent, and when it went to those above.
ALTER TABLE warning_notice ADD COLUMN reminders BIGINT NOT NULL DEFAULT 0;
ALTER TABLE warning_notice ADD COLUMN followed TEXT NOT NULL DEFAULT '';
ALTER TABLE warning_notice ADD COLUMN escalated TEXT NOT NULL DEFAULT '';

DROP INDEX warning_notice_draft;
CREATE UNIQUE INDEX warning_notice_draft ON warning_notice (constituent_id, class, day) WHERE state = 'draft' AND about = '';
CREATE INDEX warning_notice_about ON warning_notice (about) WHERE about <> '';
-- What nobody answered and nobody took further.
CREATE INDEX warning_notice_unanswered ON warning_notice (sent, id)
 WHERE state = 'sent' AND about = '' AND answered = 0 AND escalated = '';
CREATE INDEX warning_notice_helps ON warning_notice (id) WHERE helps > 0;

-- The answer that holds for a finding of a notice.
ALTER TABLE warning_notice_finding ADD COLUMN answer TEXT NOT NULL DEFAULT '';
ALTER TABLE warning_notice_finding ADD COLUMN comment TEXT NOT NULL DEFAULT '';
ALTER TABLE warning_notice_finding ADD COLUMN answered_at TEXT NOT NULL DEFAULT '';

-- Every answer ever given, in its order. `before` is what was said of the finding last, in whatever notice.
CREATE TABLE warning_answer (
    id SERIAL_KEY,
    submission TEXT NOT NULL,
    notice_id TEXT NOT NULL,
    finding_id TEXT NOT NULL,
    asset TEXT NOT NULL,
    answer TEXT NOT NULL,
    before TEXT NOT NULL,
    comment TEXT NOT NULL,
    via TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX warning_answer_finding ON warning_answer (finding_id, id);
CREATE INDEX warning_answer_notice ON warning_answer (notice_id, id);
CREATE INDEX warning_answer_submission ON warning_answer (submission, id);

-- Mail addresses the mail server refused for good, until it takes one again.
CREATE TABLE warning_bounce (
    mail TEXT PRIMARY KEY,
    since TEXT NOT NULL,
    last TEXT NOT NULL,
    times BIGINT NOT NULL,
    said TEXT NOT NULL,
    notice_id TEXT NOT NULL
);
