//! Constituents that somebody looks for.

use manara_store::{Row, StoreError};
use manara_web::{Hit, Hits, Right, Wanted};

use crate::cidr::Cidr;
use crate::constituent::{AsNumber, Domain};

const BY_NETWORK: &str = "
    SELECT o.id, o.name, n.cidr FROM constituency_network n JOIN constituency_org o ON o.id = n.org
     WHERE o.deleted_at = '' AND n.cidr IN (…)";
const BY_DOMAIN: &str = "
    SELECT o.id, o.name, d.domain FROM constituency_domain d JOIN constituency_org o ON o.id = d.org
     WHERE o.deleted_at = '' AND d.domain IN (…)";
const BY_AS: &str = "
    SELECT o.id, o.name, 'AS' || CAST(a.number AS TEXT) FROM constituency_as a JOIN constituency_org o ON o.id = a.org
     WHERE o.deleted_at = '' AND a.number = $1 ORDER BY o.name_key, o.id LIMIT $2";
const BY_WORDS: &str = r"
    SELECT o.id, o.name, '' FROM constituency_org o
     WHERE o.deleted_at = '' AND o.search LIKE $1 ESCAPE '\' ORDER BY o.name_key, o.id LIMIT $2";

/// Constituents by an address or network of theirs, a domain or a name under it, an AS number, and by name.
pub async fn search(wanted: &Wanted<'_>) -> Result<Vec<Hits>, StoreError> {
    let db = wanted.db;
    let mut rows = Vec::new();
    if let Ok(network) = Cidr::parse(wanted.text) {
        let around: Vec<String> = network.around().map(|network| network.to_string()).collect();
        rows.extend(db.read_in(BY_NETWORK, &[], &around).await?);
    } else if let Some(domain) = Domain::parse(wanted.text) {
        rows.extend(db.read_in(BY_DOMAIN, &[], &parents(domain.as_str())).await?);
    }
    if let Some(number) = AsNumber::parse(wanted.text) {
        rows.extend(db.read(BY_AS, &[i64::from(number.0).into(), wanted.limit.into()]).await?);
    }
    // The longest network or name is the nearest.
    let mut near: Vec<(usize, Hit)> = Vec::new();
    for row in &rows {
        let (hit, exact) = hit(row)?;
        near.push((exact, hit));
    }
    near.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.href.cmp(&b.1.href)));
    let mut hits: Vec<Hit> = near.into_iter().map(|(_, hit)| hit).collect();
    for row in db.read(BY_WORDS, &[wanted.inside().into(), wanted.limit.into()]).await? {
        let (hit, _) = hit(&row)?;
        if !hits.iter().any(|known| known.href == hit.href) {
            hits.push(hit);
        }
    }
    hits.truncate(usize::try_from(wanted.limit).unwrap_or(usize::MAX));
    Ok(vec![Hits { key: "web-nav-constituents", right: Right::ReadConstituents, hits }])
}

/// A name and every name above it.
fn parents(domain: &str) -> Vec<String> {
    let mut all = vec![domain.to_string()];
    let mut rest = domain;
    while let Some((_, above)) = rest.split_once('.') {
        all.push(above.to_string());
        rest = above;
    }
    all
}

/// A constituent with what of it was found, and how exact that is: the length of the prefix or of the name.
fn hit(row: &Row) -> Result<(Hit, usize), StoreError> {
    let owned = row.text(2)?;
    let exact = owned.rsplit_once('/').and_then(|(_, len)| len.parse().ok()).unwrap_or(owned.len());
    let href = format!("/constituents/{}", row.text(0)?);
    Ok((Hit { href, name: row.text(1)?, mono: false, about: owned }, exact))
}

#[cfg(test)]
mod tests {
    use super::parents;

    #[test]
    fn a_name_is_looked_for_with_all_names_above_it() {
        assert_eq!(parents("www.port.example"), ["www.port.example", "port.example", "example"]);
        assert_eq!(parents("example"), ["example"]);
    }
}
