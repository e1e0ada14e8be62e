//! How much is known of the constituents, for figures of quality.

use manara_store::{Db, StoreError};

const COVERAGE: &str = "
    SELECT COUNT(*),
        CAST(COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM constituency_contact c
            WHERE c.org = o.id AND c.active = TRUE AND c.mail <> '') THEN 1 ELSE 0 END), 0) AS BIGINT),
        CAST(COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM constituency_network n WHERE n.org = o.id)
            OR EXISTS (SELECT 1 FROM constituency_as a WHERE a.org = o.id)
            OR EXISTS (SELECT 1 FROM constituency_domain d WHERE d.org = o.id) THEN 1 ELSE 0 END), 0) AS BIGINT)
      FROM constituency_org o WHERE o.deleted_at = '' AND o.active = TRUE LIMIT 1";

/// Each active constituent with each of its active mail addresses; with an empty one when it has none.
const MAILS: &str = "
    SELECT o.id, COALESCE(c.mail, '') FROM constituency_org o
      LEFT JOIN constituency_contact c ON c.org = o.id AND c.active = TRUE
     WHERE o.deleted_at = '' AND o.active = TRUE ORDER BY o.id, c.position LIMIT 1000000";

/// The mail addresses of the active constituents: id and address, an empty one for a constituent without.
pub async fn contact_mails(db: &Db) -> Result<Vec<(String, String)>, StoreError> {
    db.read(MAILS, &[]).await?.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// How many constituents there are, and of how many the team knows whom to write to and what is theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// Active constituents.
    pub all: i64,
    /// Those with an active contact that has a mail address.
    pub with_contacts: i64,
    /// Those with a network, an AS number or a domain.
    pub with_networks: i64,
}

/// Counts the active constituents.
pub async fn coverage(db: &Db) -> Result<Coverage, StoreError> {
    match db.read_one(COVERAGE, &[]).await? {
        Some(row) => Ok(Coverage { all: row.int(0)?, with_contacts: row.int(1)?, with_networks: row.int(2)? }),
        None => Ok(Coverage { all: 0, with_contacts: 0, with_networks: 0 }),
    }
}
