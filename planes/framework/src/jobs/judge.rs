//! What the moderator records: what was agreed, and what evidence proves.

use manara_model::{Micros, Viewer};
use manara_store::Db;
use serde_json::json;

use super::{FrameworkError, Refusal, journal, open};
use crate::assessment::{COMMENT_CHARS, words};
use crate::catalogue::Catalogue;
use crate::sheet::Consensus;
use crate::sql::{self, Agreed};

/// What was agreed about an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The item.
    pub item: String,
    /// The level.
    pub level: Option<i64>,
    /// Whether it does not apply.
    pub not_applicable: bool,
    /// Why.
    pub reason: String,
}

/// Records what was agreed, with its reason; what was agreed before is kept. `seen` is the version that stood on the form, 0 when
/// nothing did: another one is refused. Without it whatever stands is replaced.
pub async fn agree(
    db: &Db,
    viewer: &Viewer,
    id: &str,
    catalogue: &Catalogue,
    (verdict, seen): (&Verdict, Option<i64>),
    now: Micros,
) -> Result<(), FrameworkError> {
    let item = catalogue.item(&verdict.item).filter(|item| item.assessable).ok_or(Refusal::Item)?;
    if verdict.not_applicable && !item.not_applicable {
        return Err(Refusal::Applies.into());
    }
    let is_level = verdict.level.is_some_and(|level| catalogue.level(level).is_some());
    if is_level == verdict.not_applicable {
        return Err(Refusal::Level.into());
    }
    let reason = words(&verdict.reason, COMMENT_CHARS).filter(|reason| !reason.is_empty()).ok_or(Refusal::Text)?;
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    let new = Consensus {
        item: verdict.item.clone(),
        level: verdict.level.filter(|_| !verdict.not_applicable),
        not_applicable: verdict.not_applicable,
        reason,
        who: viewer.name.clone(),
    };
    let stands = sql::agreed_in(&mut tx, id, &new.item).await?;
    if stands.as_ref().is_some_and(|stands| says_the_same(&stands.consensus, &new)) {
        // The same form twice is once, whatever it saw.
        return Ok(());
    }
    unmoved(stands.as_ref(), seen)?;
    sql::end_consensus(&mut tx, id, &new.item, &viewer.name, now).await?;
    sql::put_consensus(&mut tx, id, &new, now).await?;
    journal(&mut tx, viewer, "consensus_recorded", &one, json!({ "item": new.item }), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Who records it is no part of what is recorded.
fn says_the_same(one: &Consensus, other: &Consensus) -> bool {
    (one.level, one.not_applicable, &one.reason) == (other.level, other.not_applicable, &other.reason)
}

/// Refuses when something else stands than the moderator saw; the version of nothing is 0.
fn unmoved(stands: Option<&Agreed>, seen: Option<i64>) -> Result<(), Refusal> {
    let version = stands.map_or(0, |stands| stands.version);
    if seen.is_none_or(|seen| seen == version) { Ok(()) } else { Err(Refusal::Stale) }
}

/// Takes back what was agreed about an item; what it was is kept. `seen` is as for [`agree`].
pub async fn take_back(
    db: &Db,
    viewer: &Viewer,
    id: &str,
    (item, seen): (&str, Option<i64>),
    now: Micros,
) -> Result<(), FrameworkError> {
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    let Some(stands) = sql::agreed_in(&mut tx, id, item).await? else { return Ok(()) };
    unmoved(Some(&stands), seen)?;
    sql::end_consensus(&mut tx, id, item, &viewer.name, now).await?;
    journal(&mut tx, viewer, "consensus_taken_back", &one, json!({ "item": item }), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Records up to which level evidence proves its item; what was judged before is kept. `seen` is the version that stood on the
/// form, 0 when nobody had judged: another one is refused. Without it whatever stands is replaced.
pub async fn judge(
    db: &Db,
    viewer: &Viewer,
    id: &str,
    catalogue: &Catalogue,
    (evidence, supports, seen): (&str, Option<i64>, Option<i64>),
    now: Micros,
) -> Result<(), FrameworkError> {
    if supports.is_some_and(|level| catalogue.level(level).is_none()) {
        return Err(Refusal::Level.into());
    }
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    let stands = sql::judged_in(&mut tx, id, evidence).await?.ok_or(Refusal::NoEvidence)?;
    if stands.at.is_some() && stands.supports == supports {
        // The same form twice is once, whatever it saw.
        return Ok(());
    }
    if seen.is_some_and(|seen| seen != stands.version) {
        return Err(Refusal::Stale.into());
    }
    sql::judge(&mut tx, evidence, supports, &viewer.name, now).await?;
    journal(&mut tx, viewer, "evidence_judged", &one, json!({ "evidence": evidence }), now).await?;
    tx.commit().await?;
    Ok(())
}
