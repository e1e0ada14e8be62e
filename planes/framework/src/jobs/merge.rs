//! Sheets leave and come back. What a respondent said since a sheet was issued is never overwritten by it in silence.

use manara_model::{Micros, Viewer};
use manara_store::{Db, Tx};
use serde_json::json;

use super::answers::show;
use super::{FrameworkError, Given, NewVoice, Refusal, Shown, journal, new_id, open, voice};
use crate::assessment::Assessment;
use crate::canonical::{canonical, hash};
use crate::catalogue::Catalogue;
use crate::exchange::{Brought, Keys, Seal};
use crate::sheet::{Answer, Evidence, Voice};
use crate::sql;

/// An answer of a sheet that differs from one that was given since the sheet was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Its id.
    pub id: String,
    /// The respondent.
    pub voice: Voice,
    /// What came.
    pub came: Answer,
    /// What is kept, and when it was said.
    pub kept: Option<(Answer, Micros)>,
    /// The version of what is kept; another one when it changed.
    pub version: i64,
    /// When the sheet was issued.
    pub issued: Micros,
    /// When it came back.
    pub brought: Micros,
}

/// What became of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Merged {
    /// Whether the same sheet had come before: then nothing was done.
    pub again: bool,
    /// Answers that are new.
    pub new: usize,
    /// Answers that changed what the respondent had said before the sheet was issued.
    pub changed: usize,
    /// Answers that are the same.
    pub same: usize,
    /// Answers that wait for a decision.
    pub conflicts: usize,
    /// Evidence that is new.
    pub evidence: usize,
    /// What binds the answers: `no`, `digest` or `signed`.
    pub bound: &'static str,
    /// The public key they are signed by; empty without a signature.
    pub key: String,
}

/// What is issued to a respondent.
#[derive(Debug, Clone)]
pub struct Issued {
    /// Who is asked.
    pub voice: Voice,
    /// What the seal says.
    pub seal: Seal,
    /// The seal.
    pub sealed: String,
    /// What they said so far.
    pub answers: Vec<Answer>,
    /// What they showed so far.
    pub evidence: Vec<Evidence>,
}

/// Issues a sheet to a respondent, who joins by it.
pub async fn issue(
    db: &Db,
    viewer: &Viewer,
    (id, catalogue): (&str, &Catalogue),
    new: &NewVoice,
    keys: &Keys,
    lang: &str,
    now: Micros,
) -> Result<Issued, FrameworkError> {
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    let voice = voice(&mut tx, viewer, &one, new, now).await?;
    let answers = sql::answers_of_in(&mut tx, &voice.id).await?;
    let mut evidence = sql::all_evidence_in(&mut tx, id).await?;
    evidence.retain(|shown| shown.voice == voice.id);
    let seal = Seal::new(&one.id, (catalogue.id(), &one.hash), &voice.id, lang, now);
    journal(&mut tx, viewer, "sheet_issued", &one, json!({ "respondent": voice.id, "lang": lang }), now).await?;
    tx.commit().await?;
    Ok(Issued { sealed: keys.seal(&seal), voice, seal, answers, evidence })
}

/// Takes a sheet that came back. What the respondent had said when it was issued is known, so three are compared: what was then,
/// what is now, what came.
pub async fn merge(db: &Db, viewer: &Viewer, brought: &Brought, now: Micros) -> Result<Merged, FrameworkError> {
    let (id, respondent, issued) = (&brought.seal.assessment, &brought.seal.respondent, brought.seal.issued());
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    let voice = sql::voice_by_id(&mut tx, id, respondent).await?.ok_or(Refusal::NotFound)?;
    if sql::is_withdrawn(&mut tx, &voice.id).await? {
        return Err(Refusal::Withdrawn.into());
    }
    let bound = Merged { bound: brought.bound.as_str(), key: brought.bound.key().into(), ..Merged::default() };
    if !sql::note_brought(&mut tx, &brought.content, (id, &voice.id), (issued, now), &viewer.name).await? {
        return Ok(Merged { again: true, ..bound });
    }
    let (is, was) = sql::answers_then(&mut tx, &voice.id, issued).await?;
    let mut merged = bound;
    let mut shown = sql::all_evidence_in(&mut tx, id).await?;
    for (given, labels) in &brought.given {
        let came = given.answer(&voice.id);
        let kept = is.get(&came.item).map(|timed| &timed.answer);
        match fate(kept, was.get(&came.item), &came) {
            Fate::Same => merged.same += 1,
            Fate::New => {
                sql::put_answer(&mut tx, id, &came, &viewer.name, now).await?;
                merged.new += 1;
            }
            Fate::Changed => {
                sql::put_answer(&mut tx, id, &came, &viewer.name, now).await?;
                merged.changed += 1;
            }
            Fate::Conflict => {
                let ids = (new_id(now), id.as_str(), brought.content.as_str());
                sql::add_conflict(&mut tx, (&ids.0, ids.1, ids.2), &came, (issued, now)).await?;
                merged.conflicts += 1;
            }
        }
        for label in labels {
            let is_known = |one: &Evidence| one.voice == voice.id && one.item == came.item && one.label == *label;
            if !shown.iter().any(is_known) {
                let new = Shown { item: came.item.clone(), label: label.clone(), ..Shown::default() };
                shown.push(show(&mut tx, &one, &voice.id, &new, &shown, now).await?);
                merged.evidence += 1;
            }
        }
    }
    sql::note_bound(&mut tx, &brought.content, merged.bound, &merged.key).await?;
    let counts = json!({ "new": merged.new, "changed": merged.changed, "conflicts": merged.conflicts,
        "bound": merged.bound, "key": merged.key });
    journal(&mut tx, viewer, "sheet_merged", &one, counts, now).await?;
    tx.commit().await?;
    Ok(merged)
}

/// Keeps where a table differs from what somebody with an account says, for a person to decide; gives how many answers wait. What was
/// decided about the same answer, while the same was kept, is decided.
pub(super) async fn differ(
    tx: &mut Tx,
    viewer: &Viewer,
    one: &Assessment,
    voice: &str,
    given: &[Given],
    now: Micros,
) -> Result<usize, FrameworkError> {
    let (is, waiting) = (sql::answers_timed(tx, voice).await?, sql::waiting_of(tx, voice).await?);
    let mut conflicts = 0;
    for said in given {
        let came = said.answer(voice);
        let kept = is.get(&came.item);
        if kept.map_or(said.is_nothing(), |kept| kept.answer == came) {
            continue;
        }
        if !waiting.contains(&came) {
            let version = kept.map_or(0, |kept| kept.version);
            let told = json!({ "table": one.id, "answer": came, "version": version });
            let content = hash(&canonical(&told));
            if !sql::note_brought(tx, &content, (&one.id, voice), (now, now), &viewer.name).await? {
                continue;
            }
            sql::add_conflict(tx, (&new_id(now), &one.id, &content), &came, (now, now)).await?;
        }
        conflicts += 1;
    }
    Ok(conflicts)
}

/// What becomes of an answer that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It says what is kept, or what was said when the sheet was issued and was not touched in it.
    Same,
    /// Nothing was said of the item.
    New,
    /// It changes what has stood since before the sheet was issued.
    Changed,
    /// Something else was said since.
    Conflict,
}

fn fate(kept: Option<&Answer>, was: Option<&Answer>, came: &Answer) -> Fate {
    match kept {
        None => Fate::New,
        Some(kept) if kept == came || was == Some(came) => Fate::Same,
        Some(kept) if was == Some(kept) => Fate::Changed,
        Some(_) => Fate::Conflict,
    }
}

/// Decides about a conflict: takes what came, or leaves what is kept. `version` is that of what is kept, as the decider saw it.
pub async fn settle(
    db: &Db,
    viewer: &Viewer,
    (id, conflict): (&str, &str),
    takes: bool,
    version: i64,
    now: Micros,
) -> Result<(), FrameworkError> {
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    settle_in(&mut tx, viewer, id, conflict, (takes, version), now).await?;
    let detail = json!({ "conflict": conflict, "taken": takes });
    journal(&mut tx, viewer, "conflict_settled", &one, detail, now).await?;
    tx.commit().await?;
    Ok(())
}

async fn settle_in(
    tx: &mut Tx,
    viewer: &Viewer,
    id: &str,
    conflict: &str,
    (takes, version): (bool, i64),
    now: Micros,
) -> Result<(), FrameworkError> {
    let found = sql::conflict_in(tx, id, conflict).await?.ok_or(Refusal::Settled)?;
    if found.version != version {
        return Err(Refusal::Changed.into());
    }
    let decision = if takes { "taken" } else { "kept" };
    if !sql::decide(tx, conflict, decision, &viewer.name, now).await? {
        return Err(Refusal::Settled.into());
    }
    if takes {
        sql::put_answer(tx, id, &found.came, &viewer.name, now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Fate, fate};
    use crate::sheet::Answer;

    fn answer(level: i64) -> Answer {
        let (voice, item, comment) = ("v".into(), "H-1".into(), String::new());
        Answer { voice, item, level: Some(level), not_applicable: false, state: None, comment }
    }

    #[test]
    fn only_what_was_said_since_is_a_conflict() {
        let (one, two, three) = (answer(1), answer(2), answer(3));
        for (kept, was, came, expected) in [
            (None, None, &one, Fate::New),
            (Some(&one), Some(&one), &one, Fate::Same),
            (Some(&one), None, &one, Fate::Same),
            (Some(&one), Some(&one), &two, Fate::Changed),
            (Some(&two), Some(&one), &one, Fate::Same),
            (Some(&two), Some(&one), &three, Fate::Conflict),
            (Some(&two), None, &three, Fate::Conflict),
        ] {
            assert_eq!(fate(kept, was, came), expected, "{kept:?} {was:?} {came:?}");
        }
    }
}
