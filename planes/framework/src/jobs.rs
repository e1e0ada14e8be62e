//! What is done to assessments. Every function is one transaction with its line of the journal.

mod answers;
mod figures;
mod judge;
mod law;
mod merge;
mod office;
mod seen;
mod strategy;
mod strategy_many;
mod voices;
mod workshop;

pub(crate) use manara_model::new_id;
use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Db, Journal, StoreError, Tx};
use serde_json::{Value, json};

use crate::PLANE;
use crate::assessment::{Assessment, NAME_CHARS, Snapshot, State, SubjectKind, line};
use crate::canonical::{canonical, hash};
use crate::catalogue::Catalogue;
use crate::score::RULES;
use crate::sheet::Sheet;
use crate::sql;

pub use answers::{Given, Shown, Taken, add_evidence, give, give_table, restore_evidence, take_evidence_back};
pub use figures::accept_figure;
pub use judge::{Verdict, agree, judge, take_back};
pub use law::write_provision;
pub(crate) use law::write_seen_provision;
pub use merge::{Conflict, Issued, Merged, issue, merge, settle};
pub use office::{OfficeError, Releasing, export_progress, import_progress, own_progress, own_standing, release};
pub use seen::{Moved, Saved, Seen, give_seen};
pub use strategy::{
    remove_record, restore_record, review_done, save_function, save_review, save_stakeholder, save_undertaking,
};
pub(crate) use strategy_many::{ActionStep, restore_states, set_states};
pub use voices::{NewFacts, edit, join, restore, withdraw};
use voices::{speaker, voice};
pub use workshop::{Step, answer_from_seat, close_workshop, open_workshop, release_seat, sit, step_workshop};

/// Why something was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is not there, or may not be seen.
    #[error("there is no such assessment")]
    NotFound,
    /// It takes no answers any more.
    #[error("the assessment is closed")]
    Closed,
    /// A name, an organisation, a role or a subject is empty or too long.
    #[error("a name has 1 to {NAME_CHARS} characters on one line")]
    Name,
    /// A comment, a reason or the name of a document is too long or empty.
    #[error("the text is empty or too long")]
    Text,
    /// The item is not one that is answered.
    #[error("there is no such item to answer")]
    Item,
    /// The level is not of the scale.
    #[error("the level is not of the scale")]
    Level,
    /// The item cannot be answered with "does not apply".
    #[error("this item always applies")]
    Applies,
    /// The day cannot be read.
    #[error("a day is written as 2026-11-22")]
    Day,
    /// The marking is stricter than what the person may see.
    #[error("the marking is stricter than what you may see")]
    Clearance,
    /// There are as many as there may be.
    #[error("there are as many as there may be")]
    TooMany,
    /// There is no such evidence.
    #[error("there is no such evidence")]
    NoEvidence,
    /// The figure is another one by now.
    #[error("the figure is another one by now")]
    FigureMoved,
    /// The address is none of the web.
    #[error("an address begins with https:// or http:// and has no spaces")]
    Link,
    /// It would need itself.
    #[error("a function cannot need itself")]
    Circle,
    /// Somebody else changed it since the page was made.
    #[error("somebody else changed it since")]
    Stale,
    /// Two would answer for one goal.
    #[error("somebody else answers for this goal already")]
    Accountable,
    /// The language is no tag.
    #[error("a language is a tag such as ar, fr or en")]
    Language,
    /// Somebody decided about it already.
    #[error("it is decided already")]
    Settled,
    /// What is kept changed since it was looked at.
    #[error("it changed since you looked at it")]
    Changed,
    /// The workshop is over, or the code is none.
    #[error("there is no such workshop, or it is over")]
    NoWorkshop,
    /// Somebody answers under this name and organisation already.
    #[error(
        "somebody else answers under this name and organisation already; ask the moderator, or name your part of the organisation too"
    )]
    NameTaken,
    /// There is no such respondent.
    #[error("there is no such respondent")]
    NoRespondent,
    /// The moderator withdrew the respondent.
    #[error("the moderator withdrew this respondent; restore them first")]
    Withdrawn,
}

impl Refusal {
    /// The last part of the message key: `framework-refused-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Closed => "closed",
            Self::Name => "name",
            Self::Text => "text",
            Self::Item => "item",
            Self::Level => "level",
            Self::Applies => "applies",
            Self::Day => "day",
            Self::Clearance => "clearance",
            Self::TooMany => "too-many",
            Self::NoEvidence => "no-evidence",
            Self::FigureMoved => "figure-moved",
            Self::Circle => "circle",
            Self::Stale => "stale",
            Self::Accountable => "accountable",
            Self::Link => "link",
            Self::Language => "language",
            Self::Settled => "settled",
            Self::Changed => "changed",
            Self::NoWorkshop => "no-workshop",
            Self::NameTaken => "name-taken",
            Self::NoRespondent => "no-respondent",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub enum FrameworkError {
    /// It may not be.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An assessment to begin.
#[derive(Debug, Clone)]
pub struct NewAssessment {
    /// What is assessed.
    pub subject: String,
    /// What kind of thing it is; nothing where nobody said.
    pub kind: Option<SubjectKind>,
    /// Who may see it.
    pub tlp: Tlp,
}

/// A respondent who joins.
#[derive(Debug, Clone, Default)]
pub struct NewVoice {
    /// Their name.
    pub name: String,
    /// Whom they speak for.
    pub organisation: String,
    /// What they are there.
    pub role: String,
    /// Their login name, when they have an account.
    pub person: String,
}

/// Begins an assessment. The catalogue is kept whole, so that it can be scored by the same words for ever.
pub async fn begin(
    db: &Db,
    viewer: &Viewer,
    catalogue: &Catalogue,
    new: &NewAssessment,
    now: Micros,
) -> Result<Assessment, FrameworkError> {
    let subject = line(&new.subject, NAME_CHARS).ok_or(Refusal::Name)?;
    if new.tlp > viewer.clearance {
        return Err(Refusal::Clearance.into());
    }
    let one = Assessment {
        id: new_id(now),
        subject,
        kind: new.kind,
        catalogue: catalogue.id().into(),
        hash: catalogue.hash.clone(),
        tlp: new.tlp,
        state: State::Open,
        made_by: viewer.name.clone(),
        made: now,
        changed: now,
        version: 1,
    };
    let mut tx = db.begin().await?;
    sql::keep_catalogue(&mut tx, catalogue, now).await?;
    sql::put(&mut tx, &one).await?;
    journal(&mut tx, viewer, "assessment_begun", &one, json!({ "catalogue": one.catalogue }), now).await?;
    tx.commit().await?;
    Ok(one)
}

/// Closes an assessment, or opens it again.
pub async fn set_state(
    db: &Db,
    viewer: &Viewer,
    id: &str,
    state: State,
    now: Micros,
) -> Result<Assessment, FrameworkError> {
    let mut tx = db.begin().await?;
    let one = held(&mut tx, viewer, id, now).await?;
    if one.state != state {
        sql::set_state(&mut tx, id, state, now).await?;
        let verb = match state {
            State::Open => "assessment_reopened",
            State::Closed => "assessment_closed",
        };
        journal(&mut tx, viewer, verb, &one, json!({}), now).await?;
    }
    let one = sql::get_in(&mut tx, viewer, id).await?.ok_or(Refusal::NotFound)?;
    tx.commit().await?;
    Ok(one)
}

/// Keeps how an assessment stands, for ever.
pub async fn take_snapshot(
    db: &Db,
    viewer: &Viewer,
    id: &str,
    name: &str,
    now: Micros,
) -> Result<Snapshot, FrameworkError> {
    let name = line(name, NAME_CHARS).ok_or(Refusal::Name)?;
    let mut tx = db.begin().await?;
    // While the row is held nobody says anything, so that what is read now is what is kept.
    let one = held(&mut tx, viewer, id, now).await?;
    let sheet = kept(&sql::sheet_in(&mut tx, id, &now.day()).await?)?;
    let snapshot = Snapshot {
        id: new_id(now),
        assessment_id: one.id.clone(),
        name,
        hash: one.hash.clone(),
        rules: RULES,
        sha256: hash(&sheet),
        who: viewer.name.clone(),
        at: now,
    };
    sql::add_snapshot(&mut tx, &snapshot, &sheet).await?;
    journal(&mut tx, viewer, "snapshot_taken", &one, json!({ "snapshot": snapshot.id }), now).await?;
    tx.commit().await?;
    Ok(snapshot)
}

fn kept(sheet: &Sheet) -> Result<String, StoreError> {
    let value = serde_json::to_value(sheet).map_err(|error| StoreError::unknown("sheet", error))?;
    Ok(canonical(&value))
}

/// An assessment that nobody else changes until the transaction ends.
async fn held(tx: &mut Tx, viewer: &Viewer, id: &str, now: Micros) -> Result<Assessment, FrameworkError> {
    // Seen first: what may not be seen is not touched.
    sql::get_in(tx, viewer, id).await?.ok_or(Refusal::NotFound)?;
    sql::touch(tx, id, now).await?;
    Ok(sql::get_in(tx, viewer, id).await?.ok_or(Refusal::NotFound)?)
}

/// The same of one that takes answers.
async fn open(tx: &mut Tx, viewer: &Viewer, id: &str, now: Micros) -> Result<Assessment, FrameworkError> {
    let one = held(tx, viewer, id, now).await?;
    if one.state == State::Open { Ok(one) } else { Err(Refusal::Closed.into()) }
}

/// Writes one line of the journal. Never what was said, nor the subject: who reads the journal may not see every assessment.
async fn journal(
    tx: &mut Tx,
    viewer: &Viewer,
    verb: &str,
    one: &Assessment,
    detail: Value,
    now: Micros,
) -> Result<(), StoreError> {
    Journal::write(tx, &viewer.name, PLANE, verb, &one.id, &detail.to_string(), now).await
}
