-- Of a key: when it was last used, to the hour; when it ends, or was found revoked; when it was put away. Empty for never.
ALTER TABLE response_mail_key ADD COLUMN used TEXT NOT NULL DEFAULT '';
ALTER TABLE response_mail_key ADD COLUMN ends TEXT NOT NULL DEFAULT '';
ALTER TABLE response_mail_key ADD COLUMN removed TEXT NOT NULL DEFAULT '';
