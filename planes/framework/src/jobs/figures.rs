//! A figure of quality becomes evidence when a person accepts it.

use manara_model::{Micros, Viewer};
use manara_store::Db;
use serde_json::json;

use super::answers::{Shown, show};
use super::{FrameworkError, Refusal, journal, open};
use crate::catalogue::Catalogue;
use crate::quality::{Figure, Target};
use crate::sheet::Evidence;
use crate::sql;
use crate::sql_figures::{self, Accepted};

/// Accepts a figure as evidence for an item, in the name of a respondent. Like all evidence it proves nothing until a moderator
/// looked at it. `sha256` is where its canonical JSON is kept.
pub async fn accept_figure(
    db: &Db,
    viewer: &Viewer,
    (id, voice): (&str, &str),
    (catalogue, item): (&Catalogue, &str),
    (figure, target): (&Figure, &Target),
    now: Micros,
) -> Result<Evidence, FrameworkError> {
    catalogue.item(item).filter(|item| item.assessable).ok_or(Refusal::Item)?;
    let value = figure.value.ok_or(Refusal::NoEvidence)?;
    let (_, sha256) = figure.sealed();
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    let known = sql::all_evidence_in(&mut tx, id).await?;
    if let Some(same) = known.iter().find(|known| known.item == item && known.sha256 == sha256) {
        // The same figure twice is once.
        return Ok(same.clone());
    }
    let new = Shown {
        item: item.to_string(),
        label: label(figure),
        sha256: sha256.clone(),
        expires: now.plus_days(target.valid_days).day(),
        ..Shown::default()
    };
    let evidence = show(&mut tx, &one, voice, &new, &known, now).await?;
    let accepted = Accepted {
        evidence_id: evidence.id.clone(),
        item: item.to_string(),
        figure: figure.figure.to_string(),
        revision: figure.revision,
        value,
        n: figure.n,
        first_day: figure.from.clone(),
        last_day: figure.until.clone(),
        sha256,
        accepted_by: viewer.name.clone(),
        accepted: now,
    };
    sql_figures::put(&mut tx, id, &accepted).await?;
    let detail = json!({ "item": item, "evidence": evidence.id, "figure": figure.figure });
    journal(&mut tx, viewer, "figure_accepted", &one, detail, now).await?;
    tx.commit().await?;
    Ok(evidence)
}

/// The name of the evidence: the same in every language, since it is kept.
fn label(figure: &Figure) -> String {
    let value = figure.value.map(|value| value.to_string()).unwrap_or_default();
    format!(
        "{}-{}-{}.json: {value} {}, n={}, r{}",
        figure.figure,
        figure.from,
        figure.until,
        figure.unit.as_str(),
        figure.n,
        figure.revision
    )
}
