-- What an application put in force besides its services: posts of the team, mail addresses, clocks, playbooks, letters. It is in
-- force as long as the application is not taken back.
CREATE TABLE framework_in_force (
    applied_id TEXT NOT NULL REFERENCES framework_applied (id),
    matter     TEXT NOT NULL,
    name       TEXT NOT NULL,
    PRIMARY KEY (applied_id, matter, name)
);

-- Who fills a post of the team.
CREATE TABLE framework_post (
    post   TEXT NOT NULL,
    person TEXT NOT NULL,
    who    TEXT NOT NULL,
    at     TEXT NOT NULL,
    PRIMARY KEY (post, person)
);
