-- OpenPGP keys: certificates of others, and ours without their secrets.
CREATE TABLE response_mail_key (
    -- Hexadecimal, capital letters.
    fingerprint TEXT PRIMARY KEY,
    -- own, unverified, accepted, rejected.
    standing TEXT NOT NULL,
    -- generated, imported, attached, autocrypt.
    source TEXT NOT NULL,
    -- The certificate in base64, with what its own key signed alone.
    certificate TEXT NOT NULL,
    added TEXT NOT NULL,
    -- When somebody decided about it, and who; empty for nobody.
    decided TEXT NOT NULL,
    decided_by TEXT NOT NULL
);
CREATE INDEX response_mail_key_added ON response_mail_key (added, fingerprint);

-- The addresses in the user ids of a key.
CREATE TABLE response_mail_key_address (
    mail TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (mail, fingerprint)
);
CREATE INDEX response_mail_key_address_of ON response_mail_key_address (fingerprint);

-- The ids of a key and its subkeys, by which a signature names it.
CREATE TABLE response_mail_key_id (
    key_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (key_id, fingerprint)
);
CREATE INDEX response_mail_key_id_of ON response_mail_key_id (fingerprint);
