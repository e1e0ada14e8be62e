CREATE TABLE constituency_org (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    names TEXT NOT NULL,
    sector TEXT NOT NULL,
    sector_text TEXT NOT NULL,
    criticality BIGINT NOT NULL,
    kind TEXT NOT NULL,
    kind_text TEXT NOT NULL,
    association TEXT NOT NULL,
    association_key TEXT NOT NULL,
    notes TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    search TEXT NOT NULL,
    added_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT NOT NULL,
    merged_into TEXT NOT NULL
);
CREATE UNIQUE INDEX constituency_org_name ON constituency_org (name_key) WHERE deleted_at = '';
CREATE INDEX constituency_org_association ON constituency_org (association_key);
CREATE INDEX constituency_org_changed ON constituency_org (changed_at);

CREATE TABLE constituency_network (
    org TEXT NOT NULL REFERENCES constituency_org (id),
    cidr TEXT NOT NULL,
    PRIMARY KEY (org, cidr)
);
CREATE INDEX constituency_network_cidr ON constituency_network (cidr);

CREATE TABLE constituency_as (
    org TEXT NOT NULL REFERENCES constituency_org (id),
    number BIGINT NOT NULL,
    PRIMARY KEY (org, number)
);
CREATE INDEX constituency_as_number ON constituency_as (number);

CREATE TABLE constituency_domain (
    org TEXT NOT NULL REFERENCES constituency_org (id),
    domain TEXT NOT NULL,
    PRIMARY KEY (org, domain)
);
CREATE INDEX constituency_domain_domain ON constituency_domain (domain);

CREATE TABLE constituency_contact (
    org TEXT NOT NULL REFERENCES constituency_org (id),
    position BIGINT NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    mail TEXT NOT NULL,
    telephone TEXT NOT NULL,
    language TEXT NOT NULL,
    format TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    PRIMARY KEY (org, position)
);
