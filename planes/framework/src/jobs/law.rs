//! Writing down what domestic law says to an article, and how far it covers it.

use manara_model::{Micros, Viewer};
use manara_store::Db;
use serde_json::json;

use super::answers::{Given, put};
use super::{FrameworkError, NewVoice, Refusal, journal, open, voice};
use crate::catalogue::Catalogue;
use crate::law::{Provision, Said, Standing, is_law};
use crate::sheet::Answer;
use crate::{sql, sql_law};

/// Writes a provision and the answer of whoever writes it, together; gives whether anything is new or different. Somebody who has
/// not joined yet joins as `new`.
pub async fn write_provision(
    db: &Db,
    viewer: &Viewer,
    (id, catalogue): (&str, &Catalogue),
    new: &NewVoice,
    said: &Said,
    provision: &Provision,
    now: Micros,
) -> Result<bool, FrameworkError> {
    write_seen_provision(db, viewer, (id, catalogue), new, said, (provision, None), now).await
}

/// The same over the version whoever writes has seen, 0 for none: when somebody else wrote since, nothing is written.
pub(crate) async fn write_seen_provision(
    db: &Db,
    viewer: &Viewer,
    (id, catalogue): (&str, &Catalogue),
    new: &NewVoice,
    said: &Said,
    (provision, seen): (&Provision, Option<i64>),
    now: Micros,
) -> Result<bool, FrameworkError> {
    if !is_law(catalogue) {
        return Err(Refusal::NotFound.into());
    }
    let provision = provision.checked()?;
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    let voice = voice(&mut tx, viewer, &one, new, now).await?;
    let given = given(&sql::answers_of_in(&mut tx, &voice.id).await?, catalogue, said).checked(catalogue)?;
    let is_said = put(&mut tx, viewer, &one, &voice.id, std::slice::from_ref(&given), now).await? > 0;
    let before = sql_law::one_in(&mut tx, id, &given.item).await?;
    let version = before.as_ref().map_or(0, |written| written.version);
    let is_written = before.map(|written| written.provision).unwrap_or_default() != provision;
    // Who says what stands there anyway takes nothing away: the form may be sent twice.
    if is_written && seen.is_some_and(|seen| seen != version) {
        return Err(Refusal::Stale.into());
    }
    if is_written {
        sql_law::put(&mut tx, id, &given.item, &provision, &viewer.name, now).await?;
    }
    if is_said || is_written {
        journal(&mut tx, viewer, "provision_written", &one, json!({ "item": given.item }), now).await?;
    }
    tx.commit().await?;
    Ok(is_said || is_written)
}

/// The answer after what was said; what was not said stays as it was.
fn given(answers: &[Answer], catalogue: &Catalogue, said: &Said) -> Given {
    let before = answers.iter().find(|answer| answer.item == said.item);
    let mut given = Given {
        item: said.item.clone(),
        level: before.and_then(|answer| answer.level),
        not_applicable: before.is_some_and(|answer| answer.not_applicable),
        state: before.and_then(|answer| answer.state),
        comment: before.map(|answer| answer.comment.clone()).unwrap_or_default(),
    };
    if let Some(standing) = said.standing {
        given.level = standing.level(catalogue);
        given.not_applicable = standing == Standing::NotApplicable;
    }
    if let Some(missing) = &said.missing {
        given.comment.clone_from(missing);
    }
    given
}
