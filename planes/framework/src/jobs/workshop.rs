//! What happens in a workshop. Who joins by its code is a respondent like others, and answers as one.

use manara_model::{Micros, Tlp, Viewer};
use manara_store::Db;
use serde_json::json;

use super::answers::put;
use super::{FrameworkError, Given, NewVoice, Refusal, journal, new_id, open, voice};
use crate::canonical::hash;
use crate::catalogue::Catalogue;
use crate::sheet::Voice;
use crate::sql;
use crate::workshop::{HOURS, Workshop, new_code, new_seat};

/// Tries for a code that no other workshop has.
const TRIES: usize = 20;

/// A step of the one who leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To an item, its answers covered.
    To(String),
    /// The answers to the current item are shown.
    Reveal,
    /// They are covered again.
    Cover,
}

/// Opens a workshop at the first item; one that was open is closed.
pub async fn open_workshop(
    db: &Db,
    viewer: &Viewer,
    id: &str,
    catalogue: &Catalogue,
    now: Micros,
) -> Result<Workshop, FrameworkError> {
    let item = catalogue.assessable().next().map(|item| item.ref_id.clone()).ok_or(Refusal::Item)?;
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    sql::close_workshops(&mut tx, id).await?;
    let mut code = None;
    for _ in 0..TRIES {
        let fresh = new_code().ok_or(Refusal::TooMany)?;
        if sql::workshop_by_code(&mut tx, &fresh, now).await?.is_none() {
            code = Some(fresh);
            break;
        }
    }
    let workshop = Workshop {
        id: new_id(now),
        assessment_id: one.id.clone(),
        code: code.ok_or(Refusal::TooMany)?,
        is_open: true,
        item,
        revealed: false,
        expires: Micros(now.0.saturating_add(HOURS * 3_600_000_000)),
        made_by: viewer.name.clone(),
        version: 1,
    };
    sql::put_workshop(&mut tx, &workshop, now).await?;
    journal(&mut tx, viewer, "workshop_opened", &one, json!({ "workshop": workshop.id }), now).await?;
    tx.commit().await?;
    Ok(workshop)
}

/// Takes a step.
pub async fn step_workshop(
    db: &Db,
    viewer: &Viewer,
    id: &str,
    catalogue: &Catalogue,
    step: &Step,
    now: Micros,
) -> Result<(), FrameworkError> {
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    let workshop = sql::workshop_of_in(&mut tx, id).await?.filter(|workshop| workshop.is_on(now));
    let workshop = workshop.ok_or(Refusal::NoWorkshop)?;
    let (item, revealed, verb) = match step {
        Step::To(item) => {
            catalogue.item(item).filter(|item| item.assessable).ok_or(Refusal::Item)?;
            (item.as_str(), false, "workshop_moved")
        }
        Step::Reveal => (workshop.item.as_str(), true, "workshop_revealed"),
        Step::Cover => (workshop.item.as_str(), false, "workshop_covered"),
    };
    sql::step_workshop(&mut tx, &workshop.id, item, revealed).await?;
    journal(&mut tx, viewer, verb, &one, json!({ "item": item }), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends the workshop of an assessment: its code lets nobody in, and its seats open nothing any more.
pub async fn close_workshop(db: &Db, viewer: &Viewer, id: &str, now: Micros) -> Result<(), FrameworkError> {
    let mut tx = db.begin().await?;
    let one = super::held(&mut tx, viewer, id, now).await?;
    if sql::close_workshops(&mut tx, id).await? > 0 {
        journal(&mut tx, viewer, "workshop_closed", &one, json!({}), now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Frees the seat of a respondent, so that they can sit down with another telephone.
pub async fn release_seat(
    db: &Db,
    viewer: &Viewer,
    id: &str,
    respondent: &str,
    now: Micros,
) -> Result<(), FrameworkError> {
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    let workshop = sql::workshop_of_in(&mut tx, id).await?.ok_or(Refusal::NoWorkshop)?;
    if sql::release_seat(&mut tx, &workshop.id, respondent, now).await? == 0 {
        return Err(Refusal::NotFound.into());
    }
    journal(&mut tx, viewer, "workshop_seat_released", &one, json!({ "respondent": respondent }), now).await?;
    tx.commit().await?;
    Ok(())
}

/// In whose name those without an account act. What they may do is answer, and nothing else: their code or their seat was proven.
fn guest() -> Viewer {
    Viewer::cleared("workshop", Tlp::Red)
}

/// Lets somebody in by a code; gives the secret of their seat. Nobody becomes a respondent whom somebody else is.
pub async fn sit(db: &Db, code: &str, new: &NewVoice, now: Micros) -> Result<String, FrameworkError> {
    let mut tx = db.begin().await?;
    let workshop = sql::workshop_by_code(&mut tx, code, now).await?.ok_or(Refusal::NoWorkshop)?;
    let one = open(&mut tx, &guest(), &workshop.assessment_id, now).await?;
    let before = sql::count_voices(&mut tx, &one.id).await?;
    let new = NewVoice { person: String::new(), ..new.clone() };
    let voice = voice(&mut tx, &guest(), &one, &new, now).await?;
    let is_new = sql::count_voices(&mut tx, &one.id).await? > before;
    if !is_new {
        let (ever, live, person) = sql::seats_of(&mut tx, &voice.id, now).await?;
        if ever == 0 || live > 0 || !person.is_empty() {
            return Err(Refusal::NameTaken.into());
        }
    }
    let secret = new_seat().ok_or(Refusal::TooMany)?;
    sql::add_seat(&mut tx, &hash(&secret), &workshop.id, &voice.id, now).await?;
    journal(&mut tx, &guest(), "workshop_joined", &one, json!({ "respondent": voice.id }), now).await?;
    tx.commit().await?;
    Ok(secret)
}

/// Takes the answer of whoever sits at an address; gives how many answers are new or different.
pub async fn answer_from_seat(
    db: &Db,
    secret: &str,
    catalogue: &Catalogue,
    given: &Given,
    now: Micros,
) -> Result<usize, FrameworkError> {
    let (voice, assessment): (Voice, String) = sql::seat(db, &hash(secret), now).await?.ok_or(Refusal::NoWorkshop)?;
    let given = given.checked(catalogue)?;
    let mut tx = db.begin().await?;
    let one = open(&mut tx, &guest(), &assessment, now).await?;
    if one.hash != catalogue.hash {
        return Err(Refusal::Item.into());
    }
    let changed = put(&mut tx, &guest(), &one, &voice.id, &[given], now).await?;
    if changed > 0 {
        journal(&mut tx, &guest(), "answers_given", &one, json!({ "answers": changed }), now).await?;
    }
    tx.commit().await?;
    Ok(changed)
}
