//! Answers and what is shown for them.

use std::collections::HashMap;

use manara_model::{Micros, Viewer};
use manara_store::{Db, Tx};
use serde_json::json;

use super::merge::differ;
use super::{FrameworkError, NewVoice, Refusal, journal, new_id, open, speaker};
use crate::assessment::{Assessment, COMMENT_CHARS, EVIDENCE, LABEL_CHARS, day, line, words};
use crate::catalogue::{Catalogue, Rule};
use crate::sheet::{Action, Answer, Evidence};
use crate::sql;
use crate::table::{Refused, Row};

/// What somebody says of one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The item.
    pub item: String,
    /// The level.
    pub level: Option<i64>,
    /// Whether it does not apply.
    pub not_applicable: bool,
    /// How far action is.
    pub state: Option<Action>,
    /// In their words.
    pub comment: String,
}

impl Given {
    /// It as the answer of a respondent.
    pub(crate) fn answer(&self, voice: &str) -> Answer {
        Answer {
            voice: voice.to_string(),
            item: self.item.clone(),
            level: self.level,
            not_applicable: self.not_applicable,
            state: self.state,
            comment: self.comment.clone(),
        }
    }

    /// Whether nothing is said at all.
    pub(super) fn is_nothing(&self) -> bool {
        *self == Given { item: self.item.clone(), ..Given::default() }
    }

    /// What is wrong with it by the catalogue. A model of states takes the state for a level that is not said.
    pub(crate) fn checked(&self, catalogue: &Catalogue) -> Result<Given, Refusal> {
        let item = catalogue.item(&self.item).filter(|item| item.assessable).ok_or(Refusal::Item)?;
        let comment = words(&self.comment, COMMENT_CHARS).ok_or(Refusal::Text)?;
        if self.level.is_some_and(|level| catalogue.level(level).is_none()) {
            return Err(Refusal::Level);
        }
        if self.not_applicable && !item.not_applicable {
            return Err(Refusal::Applies);
        }
        let steps = &catalogue.told.scale;
        let of_state = self.state.filter(|_| catalogue.told.rule == Rule::Status && steps.len() == Action::ALL.len());
        let of_state = of_state.and_then(|state| steps.get(state as usize)).map(|level| level.value);
        let level = self.level.or(of_state).filter(|_| !self.not_applicable);
        Ok(Given { level, comment, ..self.clone() })
    }
}

/// What somebody shows for an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// The item.
    pub item: String,
    /// The name of a document, an address, or the name of a file.
    pub label: String,
    /// The SHA-256 of the file.
    pub sha256: String,
    /// The last day it counts.
    pub expires: String,
    /// The id of what the same respondent showed for the same item, of which this is a newer writing; empty for none.
    pub replaces: String,
}

/// Takes the answers of one respondent; what they said before is kept. Gives how many are new or different.
pub async fn give(
    db: &Db,
    viewer: &Viewer,
    (id, voice): (&str, &str),
    catalogue: &Catalogue,
    given: &[Given],
    now: Micros,
) -> Result<usize, FrameworkError> {
    let given: Vec<Given> = given.iter().map(|one| one.checked(catalogue)).collect::<Result<_, _>>()?;
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    let changed = put(&mut tx, viewer, &one, voice, &given, now).await?;
    if changed > 0 {
        journal(&mut tx, viewer, "answers_given", &one, json!({ "answers": changed }), now).await?;
    }
    tx.commit().await?;
    Ok(changed)
}

pub(super) async fn put(
    tx: &mut Tx,
    viewer: &Viewer,
    one: &Assessment,
    voice: &str,
    given: &[Given],
    now: Micros,
) -> Result<usize, FrameworkError> {
    if sql::is_withdrawn(tx, voice).await? {
        return Err(Refusal::Withdrawn.into());
    }
    let before = sql::answers_of_in(tx, voice).await?;
    let before: HashMap<&str, &Answer> = before.iter().map(|answer| (answer.item.as_str(), answer)).collect();
    let mut changed = 0;
    for said in given {
        let answer = said.answer(voice);
        match before.get(said.item.as_str()) {
            Some(known) if **known == answer => continue,
            None if said.is_nothing() => continue,
            _ => sql::put_answer(tx, &one.id, &answer, &viewer.name, now).await?,
        }
        changed += 1;
    }
    Ok(changed)
}

/// What became of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Answers that are new or different.
    pub changed: usize,
    /// Answers that wait for a decision: somebody with an account says something else.
    pub conflicts: usize,
    /// Rows of respondents whom the moderator withdrew.
    pub refused: Vec<Refused>,
}

impl Taken {
    /// How many of the rows that were given count now.
    pub fn kept_of(&self, rows: usize) -> usize {
        rows.saturating_sub(self.refused.len() + self.conflicts)
    }
}

/// Takes the rows of a table of answers, of any number of respondents. Whoever has an account answers for themselves: what a row says
/// in their name waits for a decision where it differs.
pub async fn give_table(
    db: &Db,
    viewer: &Viewer,
    id: &str,
    rows: &[Row],
    now: Micros,
) -> Result<Taken, FrameworkError> {
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    let mut by_voice: Vec<((&str, &str), Vec<&Row>)> = Vec::new();
    let mut places: HashMap<(&str, &str), usize> = HashMap::new();
    for row in rows {
        let key = (row.respondent.as_str(), row.organisation.as_str());
        let place = *places.entry(key).or_insert(by_voice.len());
        match by_voice.get_mut(place) {
            Some((_, of)) => of.push(row),
            None => by_voice.push((key, vec![row])),
        }
    }
    let mut shown = sql::all_evidence_in(&mut tx, id).await?;
    let mut taken = Taken::default();
    for ((name, organisation), rows) in by_voice {
        let role = rows.iter().map(|row| row.role.as_str()).find(|role| !role.is_empty()).unwrap_or_default();
        let new =
            NewVoice { name: name.into(), organisation: organisation.into(), role: role.into(), person: String::new() };
        let speaker = speaker(&mut tx, viewer, &one, &new, now).await?;
        if speaker.is_withdrawn {
            let reason = Refusal::Withdrawn.to_string();
            let refused = |row: &&Row| Refused { line: row.line, column: "respondent", reason: reason.clone() };
            taken.refused.extend(rows.iter().map(refused));
            continue;
        }
        let voice = speaker.voice;
        let given: Vec<Given> = rows.iter().map(|row| row.given.clone()).collect();
        match speaker.person.is_empty() {
            true => taken.changed += put(&mut tx, viewer, &one, &voice.id, &given, now).await?,
            false => taken.conflicts += differ(&mut tx, viewer, &one, &voice.id, &given, now).await?,
        }
        for row in rows {
            for label in &row.evidence {
                let is_known =
                    |one: &Evidence| one.voice == voice.id && one.item == row.given.item && one.label == *label;
                if !shown.iter().any(is_known) {
                    let new = Shown { item: row.given.item.clone(), label: label.clone(), ..Shown::default() };
                    shown.push(show(&mut tx, &one, &voice.id, &new, &shown, now).await?);
                }
            }
        }
    }
    let counts = json!({ "answers": taken.changed, "conflicts": taken.conflicts });
    journal(&mut tx, viewer, "answers_given", &one, counts, now).await?;
    tx.commit().await?;
    Ok(taken)
}

pub(super) async fn show(
    tx: &mut Tx,
    one: &Assessment,
    voice: &str,
    new: &Shown,
    known: &[Evidence],
    now: Micros,
) -> Result<Evidence, FrameworkError> {
    if sql::is_withdrawn(tx, voice).await? {
        return Err(Refusal::Withdrawn.into());
    }
    // In tables `|` stands between the labels of a row.
    let label = line(&new.label.replace('|', "/"), LABEL_CHARS).ok_or(Refusal::Text)?;
    let expires = day(&new.expires).ok_or(Refusal::Day)?;
    let own: Vec<&Evidence> = known.iter().filter(|one| one.voice == voice && one.item == new.item).collect();
    let before = match new.replaces.as_str() {
        "" => None,
        id => Some(*own.iter().find(|one| one.id == id).ok_or(Refusal::NoEvidence)?),
    };
    if before.is_none() && own.len() >= EVIDENCE {
        return Err(Refusal::TooMany.into());
    }
    let evidence = Evidence {
        id: new_id(now),
        item: new.item.clone(),
        voice: voice.into(),
        label,
        sha256: new.sha256.clone(),
        expires,
        // What the writing before it proved, this one does not prove by itself.
        supports: None,
        revision: before.map_or(1, |before| before.revision + 1),
    };
    if let Some(before) = before {
        sql::remove_evidence(tx, &one.id, &before.id, now).await?;
    }
    sql::add_evidence(tx, &one.id, (&evidence, &new.replaces), now).await?;
    Ok(evidence)
}

/// Adds evidence of a respondent. It proves nothing until a moderator looked at it.
pub async fn add_evidence(
    db: &Db,
    viewer: &Viewer,
    (id, voice): (&str, &str),
    catalogue: &Catalogue,
    new: &Shown,
    now: Micros,
) -> Result<Evidence, FrameworkError> {
    catalogue.item(&new.item).filter(|item| item.assessable).ok_or(Refusal::Item)?;
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    let known = sql::all_evidence_in(&mut tx, id).await?;
    let evidence = show(&mut tx, &one, voice, new, &known, now).await?;
    let mut detail = json!({ "item": new.item, "evidence": evidence.id });
    if let (Some(detail), false) = (detail.as_object_mut(), new.replaces.is_empty()) {
        detail.insert("replaces".into(), new.replaces.clone().into());
    }
    journal(&mut tx, viewer, "evidence_added", &one, detail, now).await?;
    tx.commit().await?;
    Ok(evidence)
}

/// Takes evidence of a respondent back. The row stays, out of sight.
pub async fn take_evidence_back(
    db: &Db,
    viewer: &Viewer,
    (id, voice): (&str, &str),
    evidence: &str,
    now: Micros,
) -> Result<(), FrameworkError> {
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    let known = sql::all_evidence_in(&mut tx, id).await?;
    if !known.iter().any(|known| known.id == evidence && known.voice == voice) {
        return Err(Refusal::NoEvidence.into());
    }
    sql::remove_evidence(&mut tx, id, evidence, now).await?;
    journal(&mut tx, viewer, "evidence_removed", &one, json!({ "evidence": evidence }), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Shows evidence again that its respondent took back.
pub async fn restore_evidence(
    db: &Db,
    viewer: &Viewer,
    (id, voice): (&str, &str),
    evidence: &str,
    now: Micros,
) -> Result<(), FrameworkError> {
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    if sql::is_withdrawn(&mut tx, voice).await? {
        return Err(Refusal::Withdrawn.into());
    }
    let is_back = sql::restore_evidence(&mut tx, (id, voice), evidence).await?;
    let own: Vec<Evidence> =
        sql::all_evidence_in(&mut tx, id).await?.into_iter().filter(|known| known.voice == voice).collect();
    let back = own.iter().find(|known| known.id == evidence).ok_or(Refusal::NoEvidence)?;
    if own.iter().filter(|known| known.item == back.item).count() > EVIDENCE {
        return Err(Refusal::TooMany.into());
    }
    if is_back {
        journal(&mut tx, viewer, "evidence_restored", &one, json!({ "evidence": evidence }), now).await?;
    }
    tx.commit().await?;
    Ok(())
}
