//! Exercises, assessments and programmes that somebody looks for.

use manara_store::{Row, StoreError};
use manara_web::{Hit, Hits, Right, SEARCH_DEPTH, Wanted};

const EXERCISES: &str = r"
    SELECT id, title, day
      FROM (SELECT id, title, day FROM framework_exercise WHERE tlp <= $2 AND removed = ''
             ORDER BY day DESC, id DESC LIMIT $4) AS newest
     WHERE LOWER(title) LIKE $1 ESCAPE '\' ORDER BY day DESC, id DESC LIMIT $3";
const ASSESSMENTS: &str = r"
    SELECT id, subject, catalogue
      FROM (SELECT id, subject, catalogue FROM framework_assessment WHERE tlp <= $2 ORDER BY id DESC LIMIT $4) AS newest
     WHERE LOWER(subject) LIKE $1 ESCAPE '\' ORDER BY id DESC LIMIT $3";
const PROGRAMMES: &str = r"
    SELECT id, name, subject
      FROM (SELECT p.id, p.name, a.subject
              FROM framework_programme p JOIN framework_design d ON d.id = p.design_id
              JOIN framework_assessment a ON a.id = d.assessment_id
             WHERE a.tlp <= $2 ORDER BY p.id DESC LIMIT $4) AS newest
     WHERE LOWER(name) LIKE $1 ESCAPE '\' ORDER BY id DESC LIMIT $3";

/// Exercises by title, assessments by subject, programmes by name.
pub async fn search(wanted: &Wanted<'_>) -> Result<Vec<Hits>, StoreError> {
    let (inside, clearance) = (wanted.inside(), wanted.viewer.clearance.rank());
    let mut all = Vec::new();
    for (key, path, sql) in [
        ("exercise-title", "/framework/exercises/", EXERCISES),
        ("framework-assessments", "/framework/assessments/", ASSESSMENTS),
        ("programme-title", "/framework/programmes/", PROGRAMMES),
    ] {
        let args = [(&inside).into(), clearance.into(), wanted.limit.into(), SEARCH_DEPTH.into()];
        let rows = wanted.db.read(sql, &args).await?;
        let hit = |row: &Row| {
            let href = format!("{path}{}", row.text(0)?);
            Ok(Hit { href, name: row.text(1)?, mono: false, about: row.text(2)? })
        };
        let hits = rows.iter().map(hit).collect::<Result<_, StoreError>>()?;
        all.push(Hits { key, right: Right::ReadFramework, hits });
    }
    Ok(all)
}
