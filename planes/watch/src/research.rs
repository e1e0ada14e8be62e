//! What the events say of one address, name, hash or vulnerability.

use manara_lake::{Lake, QueryError};
use manara_model::{Micros, Viewer};
use manara_store::StoreError;

use crate::pages::{literal, visible};
use crate::sql::Watch;

/// Kinds of events that are shown.
const SHOWN: usize = 50;

/// Events of one feed and one class that name something.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Named {
    /// The feed.
    pub feed: String,
    /// RSIT class and type; empty where the feed did not say.
    pub taxonomy: String,
    /// RSIT type.
    #[serde(rename = "type")]
    pub kind: String,
    /// How many.
    pub events: i64,
    /// The earliest of them.
    #[serde(serialize_with = "rfc3339")]
    pub first: Micros,
    /// The latest of them.
    #[serde(serialize_with = "rfc3339")]
    pub last: Micros,
}

fn rfc3339<S: serde::Serializer>(moment: &Micros, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&moment.rfc3339())
}

/// Why the events could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum ResearchError {
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The events.
    #[error(transparent)]
    Query(#[from] QueryError),
}

/// The columns in which something of a kind may stand; none for what events do not name.
///
/// The kinds are those of observables: `ip`, `domain`, `url`, `mail`, `hash_md5`, `hash_sha1`, `hash_sha256`, `cve`, `asn`.
fn columns(kind: &str) -> &'static [&'static str] {
    match kind {
        "ip" => &["source_ip", "destination_ip", "asset"],
        "domain" => &["source_fqdn", "destination_fqdn", "source_reverse_dns", "destination_reverse_dns", "asset"],
        "url" => &["source_url", "destination_url", "asset"],
        "mail" => &["source_account", "destination_account", "asset"],
        "hash_md5" => &["malware_hash_md5"],
        "hash_sha1" => &["malware_hash_sha1"],
        "hash_sha256" => &["malware_hash_sha256"],
        "cve" => &["subject", "identifier", "product_vulnerabilities"],
        "asn" => &["source_asn", "destination_asn"],
        _ => &[],
    }
}

/// The statement; `None` when no column could name it.
fn statement(viewer: &Viewer, kind: &str, value: &str) -> Option<String> {
    let columns = columns(kind);
    let wanted: Vec<String> = match kind {
        "asn" => {
            let digits = value.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let number: u32 = digits.parse().ok()?;
            columns.iter().map(|column| format!("\"{column}\" = {number}")).collect()
        }
        // A vulnerability is named in capital letters, alone or among others.
        "cve" => {
            let name = literal(&format!("%{}%", value.to_ascii_lowercase()));
            columns.iter().map(|column| format!("lower(\"{column}\") LIKE {name}")).collect()
        }
        _ => {
            let name = literal(value);
            columns.iter().map(|column| format!("\"{column}\" = {name}")).collect()
        }
    };
    if wanted.is_empty() {
        return None;
    }
    let mut all: Vec<String> = visible(viewer).into_iter().collect();
    all.push(format!("({})", wanted.join(" OR ")));
    Some(format!(
        "SELECT \"feed\", coalesce(\"taxonomy\", ''), coalesce(\"type\", ''), count(*), \
                CAST(min(\"time\") AS BIGINT), CAST(max(\"time\") AS BIGINT) AS latest \
           FROM events WHERE {} GROUP BY 1, 2, 3 ORDER BY latest DESC LIMIT {SHOWN}",
        all.join(" AND ")
    ))
}

/// What the events say of something, newest first, as far as the viewer may see them; within `seconds`.
pub async fn named_in_events(
    watch: &Watch,
    lake: &Lake,
    viewer: &Viewer,
    (kind, value): (&str, &str),
    seconds: u64,
) -> Result<Vec<Named>, ResearchError> {
    let Some(sql) = statement(viewer, kind, value) else { return Ok(Vec::new()) };
    let rows = lake.query(&sql, watch.files().await?, Vec::new(), SHOWN, seconds).await?;
    let number = |text: Option<&String>| text.and_then(|text| text.parse::<i64>().ok()).unwrap_or_default();
    let text = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
    let named = rows.texts()?.into_iter().map(|row| Named {
        feed: text(&row, 0),
        taxonomy: text(&row, 1),
        kind: text(&row, 2),
        events: number(row.get(3)),
        first: Micros(number(row.get(4))),
        last: Micros(number(row.get(5))),
    });
    Ok(named.collect())
}

#[cfg(test)]
mod tests {
    use manara_model::Viewer;

    use super::statement;

    #[test]
    fn nothing_that_is_typed_becomes_sql() {
        let viewer = Viewer::system();
        let hostile = statement(&viewer, "domain", "a' OR '1' = '1").expect("SQL");
        assert!(hostile.contains("'a'' OR ''1'' = ''1'"), "{hostile}");
        assert_eq!(statement(&viewer, "asn", "AS1; DROP TABLE events"), None);
        assert!(statement(&viewer, "asn", "as64500").expect("SQL").contains("\"source_asn\" = 64500"));
        assert_eq!(statement(&viewer, "cidr", "192.0.2.0/24"), None);
    }
}
