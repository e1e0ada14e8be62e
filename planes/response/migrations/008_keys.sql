-- Of a key: when it was last used, to the hour; when it ends, or was found revoked; when it was put away. Empty for never.
ALTER TABLE response_mail_key ADD COLUMN used TEXT NOT NULL DEFAULT '';
ALTER TABLE response_mail_key ADD COLUMN ends TEXT NOT NULL DEFAULT '';
ALTER TABLE response_mail_key ADD COLUMN removed TEXT NOT NULL DEFAULT '';

-- Certificates of S/MIME: ours without their secrets, and those that vouch for others.
CREATE TABLE response_mail_certificate (
    -- SHA-256 of the certificate: hexadecimal, capital letters.
    fingerprint TEXT PRIMARY KEY,
    -- own, trusted.
    standing TEXT NOT NULL,
    -- The certificate (DER) in base64.
    certificate TEXT NOT NULL,
    added TEXT NOT NULL,
    added_by TEXT NOT NULL,
    -- When it was last used, to the hour, and when it was put away; empty for never.
    used TEXT NOT NULL,
    removed TEXT NOT NULL
);
CREATE INDEX response_mail_certificate_added ON response_mail_certificate (added, fingerprint);
