//! Who speaks in an assessment: whose voice is whose, who does not count, and what the moderator says of the assessment itself.

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Db, Tx};
use serde_json::json;

use super::{FrameworkError, NewVoice, Refusal, held, journal, new_id, open};
use crate::assessment::{Assessment, NAME_CHARS, SubjectKind, VOICES, line};
use crate::sheet::Voice;
use crate::sql::{self, Respondent};

/// What is changed of an assessment itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewFacts {
    /// What is assessed; nothing leaves it.
    pub subject: Option<String>,
    /// What kind of thing it is; nothing leaves it.
    pub kind: Option<SubjectKind>,
    /// Who may see it; nothing leaves it.
    pub tlp: Option<Tlp>,
}

/// Adds a respondent, or finds the one that somebody is.
pub async fn join(db: &Db, viewer: &Viewer, id: &str, new: &NewVoice, now: Micros) -> Result<Voice, FrameworkError> {
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    let voice = voice(&mut tx, viewer, &one, new, now).await?;
    tx.commit().await?;
    Ok(voice)
}

/// The respondent somebody is, one whose answers count.
pub(super) async fn voice(
    tx: &mut Tx,
    viewer: &Viewer,
    one: &Assessment,
    new: &NewVoice,
    now: Micros,
) -> Result<Voice, FrameworkError> {
    let speaker = speaker(tx, viewer, one, new, now).await?;
    if speaker.is_withdrawn { Err(Refusal::Withdrawn.into()) } else { Ok(speaker.voice) }
}

/// The respondent somebody is. Whoever has an account finds their own, whatever name they give; one that nobody sat down as and that
/// belongs to no account becomes theirs; one of somebody else is refused. Who has no account is known by name and organisation.
pub(super) async fn speaker(
    tx: &mut Tx,
    viewer: &Viewer,
    one: &Assessment,
    new: &NewVoice,
    now: Micros,
) -> Result<Respondent, FrameworkError> {
    if !new.person.is_empty()
        && let Some(own) = sql::speaker_of(tx, &one.id, &new.person).await?
    {
        return Ok(own);
    }
    let text = |text: &str| line(text, NAME_CHARS).ok_or(Refusal::Name);
    let (name, organisation) = (text(&new.name)?, text(&new.organisation)?);
    let role = if new.role.trim().is_empty() { String::new() } else { text(&new.role)? };
    match sql::speaker_named(tx, &one.id, (&name, &organisation)).await? {
        Some(known) if new.person.is_empty() => return Ok(known),
        Some(known) => return claimed(tx, viewer, one, known, &new.person, now).await,
        None => {}
    }
    if sql::count_voices(tx, &one.id).await? >= i64::try_from(VOICES).unwrap_or(i64::MAX) {
        return Err(Refusal::TooMany.into());
    }
    let voice = Voice { id: new_id(now), name, organisation, role };
    sql::add_voice(tx, &one.id, &voice, &new.person, now).await?;
    journal(tx, viewer, "respondent_joined", one, json!({}), now).await?;
    Ok(Respondent { voice, person: new.person.clone(), is_withdrawn: false })
}

async fn claimed(
    tx: &mut Tx,
    viewer: &Viewer,
    one: &Assessment,
    known: Respondent,
    person: &str,
    now: Micros,
) -> Result<Respondent, FrameworkError> {
    let (ever_seated, _, _) = sql::seats_of(tx, &known.voice.id, now).await?;
    if !known.person.is_empty() || ever_seated > 0 {
        return Err(Refusal::NameTaken.into());
    }
    sql::claim(tx, &known.voice.id, person).await?;
    journal(tx, viewer, "respondent_claimed", one, json!({ "respondent": known.voice.id }), now).await?;
    Ok(Respondent { person: person.to_string(), ..known })
}

/// Withdraws a respondent: what they said and showed counts nowhere any more. It is kept, and [`restore`] brings it back.
pub async fn withdraw(
    db: &Db,
    viewer: &Viewer,
    (id, respondent): (&str, &str),
    now: Micros,
) -> Result<(), FrameworkError> {
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    sql::voice_by_id(&mut tx, id, respondent).await?.ok_or(Refusal::NoRespondent)?;
    if sql::withdraw(&mut tx, respondent, now).await? {
        journal(&mut tx, viewer, "respondent_withdrawn", &one, json!({ "respondent": respondent }), now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Lets a respondent who was withdrawn count again.
pub async fn restore(
    db: &Db,
    viewer: &Viewer,
    (id, respondent): (&str, &str),
    now: Micros,
) -> Result<(), FrameworkError> {
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    sql::voice_by_id(&mut tx, id, respondent).await?.ok_or(Refusal::NoRespondent)?;
    if sql::restore(&mut tx, respondent).await? {
        journal(&mut tx, viewer, "respondent_restored", &one, json!({ "respondent": respondent }), now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Changes the subject or the marking of an assessment, up to what the viewer may see. `seen` is the version they saw; without it
/// whatever stands is changed.
pub async fn edit(
    db: &Db,
    viewer: &Viewer,
    (id, seen): (&str, Option<i64>),
    new: &NewFacts,
    now: Micros,
) -> Result<Assessment, FrameworkError> {
    let subject = match &new.subject {
        None => None,
        Some(text) => Some(line(text, NAME_CHARS).ok_or(Refusal::Name)?),
    };
    if new.tlp.is_some_and(|tlp| tlp > viewer.clearance) {
        return Err(Refusal::Clearance.into());
    }
    let mut tx = db.begin().await?;
    let mut one = held(&mut tx, viewer, id, now).await?;
    let (subject, tlp) = (subject.unwrap_or_else(|| one.subject.clone()), new.tlp.unwrap_or(one.tlp));
    let kind = new.kind.or(one.kind);
    if (&subject, kind, tlp) == (&one.subject, one.kind, one.tlp) {
        return Ok(one);
    }
    if seen.is_some_and(|seen| seen != one.version) {
        return Err(Refusal::Stale.into());
    }
    sql::edit(&mut tx, id, (&subject, kind, tlp), now).await?;
    let detail = json!({ "subject_changed": subject != one.subject, "tlp": [one.tlp.label(), tlp.label()] });
    journal(&mut tx, viewer, "assessment_edited", &one, detail, now).await?;
    tx.commit().await?;
    (one.subject, one.kind, one.tlp, one.changed, one.version) = (subject, kind, tlp, now, one.version + 1);
    Ok(one)
}
