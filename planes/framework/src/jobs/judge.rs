//! What the moderator records: what was agreed, and what evidence proves.

use manara_model::{Micros, Viewer};
use manara_store::Db;
use serde_json::json;

use super::{FrameworkError, Refusal, journal, open};
use crate::assessment::{COMMENT_CHARS, words};
use crate::catalogue::Catalogue;
use crate::sheet::Consensus;
use crate::sql;

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

/// Records what was agreed, with its reason.
pub async fn agree(
    db: &Db,
    viewer: &Viewer,
    id: &str,
    catalogue: &Catalogue,
    verdict: &Verdict,
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
    let agreed = Consensus {
        item: verdict.item.clone(),
        level: verdict.level.filter(|_| !verdict.not_applicable),
        not_applicable: verdict.not_applicable,
        reason,
        who: viewer.name.clone(),
    };
    sql::put_consensus(&mut tx, id, &agreed, now).await?;
    journal(&mut tx, viewer, "consensus_recorded", &one, json!({ "item": agreed.item, "level": agreed.level }), now)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Takes back what was agreed about an item.
pub async fn take_back(db: &Db, viewer: &Viewer, id: &str, item: &str, now: Micros) -> Result<(), FrameworkError> {
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    if sql::drop_consensus(&mut tx, id, item).await? > 0 {
        journal(&mut tx, viewer, "consensus_taken_back", &one, json!({ "item": item }), now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Records up to which level evidence proves its item; nothing takes that back.
pub async fn judge(
    db: &Db,
    viewer: &Viewer,
    id: &str,
    catalogue: &Catalogue,
    (evidence, supports): (&str, Option<i64>),
    now: Micros,
) -> Result<(), FrameworkError> {
    if supports.is_some_and(|level| catalogue.level(level).is_none()) {
        return Err(Refusal::Level.into());
    }
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    if sql::judge(&mut tx, (id, evidence), supports, &viewer.name, now).await? == 0 {
        return Err(Refusal::NoEvidence.into());
    }
    let detail = json!({ "evidence": evidence, "supports": supports });
    journal(&mut tx, viewer, "evidence_judged", &one, detail, now).await?;
    tx.commit().await?;
    Ok(())
}
