//! Findings, feeds and batches that somebody looks for.

use manara_store::StoreError;
use manara_web::{Hit, Hits, Right, SEARCH_DEPTH, Wanted};

const FINDINGS: &str = "
    SELECT id, asset, subject, constituent FROM watch_finding WHERE asset IN ($1, $2) OR id = $2
     ORDER BY last_seen DESC, id DESC LIMIT $3";
const FEEDS: &str = r"
    SELECT name, title FROM watch_feed WHERE LOWER(name || ' ' || title) LIKE $1 ESCAPE '\' ORDER BY name LIMIT $2";
const BATCHES: &str = r"
    SELECT id, file_name, feed FROM watch_batch WHERE sha256 = $1 OR id = $1
     UNION
    SELECT id, file_name, feed
      FROM (SELECT id, file_name, feed FROM watch_batch ORDER BY received_at DESC, id DESC LIMIT $4) AS newest
     WHERE LOWER(file_name) LIKE $2 ESCAPE '\'
     ORDER BY 1 DESC LIMIT $3";

/// Findings of an address, a name or an id; feeds by name or title; batches by hash, id or name of the file.
pub async fn search(wanted: &Wanted<'_>) -> Result<Vec<Hits>, StoreError> {
    let (db, small, inside) = (wanted.db, wanted.small(), wanted.inside());
    let rows = db.read(FINDINGS, &[wanted.text.into(), (&small).into(), wanted.limit.into()]).await?;
    let findings = rows.iter().map(|row| {
        let (subject, constituent) = (row.text(2)?, row.text(3)?);
        let parts = [subject, constituent].into_iter().filter(|part| !part.is_empty());
        Ok(Hit {
            href: format!("/findings/{}", row.text(0)?),
            name: row.text(1)?,
            mono: true,
            about: parts.collect::<Vec<_>>().join(" · "),
        })
    });
    let findings = findings.collect::<Result<_, StoreError>>()?;
    let rows = db.read(FEEDS, &[(&inside).into(), wanted.limit.into()]).await?;
    let feeds = rows.iter().map(|row| {
        let name = row.text(0)?;
        Ok(Hit { href: format!("/feeds/{name}"), name, mono: true, about: row.text(1)? })
    });
    let feeds = feeds.collect::<Result<_, StoreError>>()?;
    let args = [(&small).into(), (&inside).into(), wanted.limit.into(), SEARCH_DEPTH.into()];
    let rows = db.read(BATCHES, &args).await?;
    let batches = rows.iter().map(|row| {
        Ok(Hit { href: format!("/batches/{}", row.text(0)?), name: row.text(1)?, mono: true, about: row.text(2)? })
    });
    let batches = batches.collect::<Result<_, StoreError>>()?;
    Ok(vec![
        Hits { key: "web-nav-findings", right: Right::ReadFindings, hits: findings },
        Hits { key: "web-nav-feeds", right: Right::ReadFeeds, hits: feeds },
        Hits { key: "web-nav-batches", right: Right::ReadBatches, hits: batches },
    ])
}
