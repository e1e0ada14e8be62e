//! Whose mail it is: the constituent of a contact, else the one whose domain the address is in.

use manara_store::{Db, Row, StoreError};

/// Labels of a name that are looked up, from its end.
const LABELS: usize = 6;

const BY_CONTACT: &str = "
    SELECT o.id, o.name, c.language FROM constituency_contact c JOIN constituency_org o ON o.id = c.org
     WHERE LOWER(c.mail) = $1 AND c.active = TRUE AND o.active = TRUE AND o.deleted_at = ''
     ORDER BY o.id, c.position LIMIT 1";
const BY_DOMAIN: &str = "
    SELECT o.id, o.name, COALESCE((SELECT MIN(c.language) FROM constituency_contact c WHERE c.org = o.id AND c.active = TRUE
            AND c.position = (SELECT MIN(f.position) FROM constituency_contact f WHERE f.org = o.id AND f.active = TRUE)), ''),
           d.domain
      FROM constituency_domain d JOIN constituency_org o ON o.id = d.org
     WHERE o.active = TRUE AND o.deleted_at = '' AND d.domain IN (…)";

/// A constituent that writes to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// Id of the constituent.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The language its contact is written to; may be empty.
    pub language: String,
}

/// The constituent that an address writes for; `None` for strangers.
pub async fn writer(db: &Db, address: &str) -> Result<Option<Writer>, StoreError> {
    let address = address.trim().to_lowercase();
    let Some((_, domain)) = address.rsplit_once('@') else { return Ok(None) };
    if let Some(row) = db.read_one(BY_CONTACT, &[address.as_str().into()]).await? {
        return read(&row).map(Some);
    }
    let labels: Vec<&str> = domain.split('.').filter(|label| !label.is_empty()).collect();
    let names: Vec<String> = (0..labels.len())
        .rev()
        .take(LABELS)
        .filter_map(|from| labels.get(from..))
        .map(|labels| labels.join("."))
        .collect();
    let rows = db.read_in(BY_DOMAIN, &[], &names).await?;
    let mut closest: Option<(usize, Writer)> = None;
    for row in &rows {
        let length = row.text(3)?.len();
        if closest.as_ref().is_none_or(|(known, _)| *known < length) {
            closest = Some((length, read(row)?));
        }
    }
    Ok(closest.map(|(_, writer)| writer))
}

fn read(row: &Row) -> Result<Writer, StoreError> {
    Ok(Writer { id: row.text(0)?, name: row.text(1)?, language: row.text(2)? })
}
