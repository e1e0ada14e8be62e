//! Notices that somebody looks for.

use manara_store::StoreError;
use manara_web::{Hit, Hits, Right, SEARCH_DEPTH, Wanted};

const BY_NUMBER: &str = "SELECT id, number, constituent, subject FROM warning_notice WHERE number = $1 AND tlp <= $2";
const BY_WORDS: &str = r"
    SELECT id, number, constituent, subject
      FROM (SELECT id, number, constituent, subject, created FROM warning_notice WHERE tlp <= $2
             ORDER BY created DESC, id DESC LIMIT $4) AS newest
     WHERE LOWER(constituent || ' ' || subject) LIKE $1 ESCAPE '\' ORDER BY created DESC, id DESC LIMIT $3";

/// Notices by number, by whom they are for and by subject.
pub async fn search(wanted: &Wanted<'_>) -> Result<Vec<Hits>, StoreError> {
    let clearance = wanted.viewer.clearance.rank();
    let mut rows = wanted.db.read(BY_NUMBER, &[wanted.text.to_uppercase().into(), clearance.into()]).await?;
    if rows.is_empty() {
        let args = [wanted.inside().into(), clearance.into(), wanted.limit.into(), SEARCH_DEPTH.into()];
        rows = wanted.db.read(BY_WORDS, &args).await?;
    }
    let notices = rows.iter().map(|row| {
        let (constituent, subject) = (row.text(2)?, row.text(3)?);
        let parts = [constituent, subject].into_iter().filter(|part| !part.is_empty());
        Ok(Hit {
            href: format!("/notices/{}", row.text(0)?),
            name: row.text(1)?,
            mono: true,
            about: parts.collect::<Vec<_>>().join(" · "),
        })
    });
    let hits = notices.collect::<Result<_, StoreError>>()?;
    Ok(vec![Hits { key: "web-nav-notices", right: Right::ReadNotices, hits }])
}
