-- Who asked for the daily digest on its page: where to, and at which hour of their own clock.
CREATE TABLE app_digest_reader (
    user_id TEXT PRIMARY KEY,
    mail TEXT NOT NULL,
    hour BIGINT NOT NULL,
    since TEXT NOT NULL
);
