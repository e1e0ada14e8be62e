-- Files that wait for the message they were brought for; they leave this table with it, or after some days.
CREATE TABLE response_upload (
    message_id TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (message_id, name)
);
CREATE INDEX response_upload_at ON response_upload (at);

-- What people say of an observable, who named it, and since when it counts no more; empty while it does.
ALTER TABLE response_observable ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE response_observable ADD COLUMN who TEXT NOT NULL DEFAULT '';
ALTER TABLE response_observable ADD COLUMN removed TEXT NOT NULL DEFAULT '';

-- A note may tell of something that happened at another time, and by which technique.
ALTER TABLE response_note ADD COLUMN happened TEXT NOT NULL DEFAULT '';
ALTER TABLE response_note ADD COLUMN technique TEXT NOT NULL DEFAULT '';

-- Who is to write next, by who wrote last: us, them, or empty while nobody did.
ALTER TABLE response_ticket ADD COLUMN waits_for TEXT NOT NULL DEFAULT '';
UPDATE response_ticket SET waits_for = COALESCE(
    (SELECT CASE WHEN m.direction = 'in' THEN 'us' ELSE 'them' END FROM response_message m
      WHERE m.ticket_id = response_ticket.id AND m.kind IN ('report', 'reply', 'arf', 'xarf', 'sent')
      ORDER BY m.at DESC, m.id DESC LIMIT 1), '')
 WHERE closed = '';
CREATE INDEX response_ticket_waits ON response_ticket (waits_for, created, id) WHERE closed = '';

-- What an attached message says.
ALTER TABLE response_attachment ADD COLUMN text TEXT NOT NULL DEFAULT '';
-- Where an answer to a message goes, if not to its sender.
ALTER TABLE response_message ADD COLUMN reply_to TEXT NOT NULL DEFAULT '';
