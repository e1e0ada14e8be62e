//! What is done to the lines beside the tasks: risks, handover, closure.

use manara_model::{Micros, Viewer};
use manara_store::Db;
use serde_json::json;

use super::jobs::{journal, open};
use super::{LINES, Line, LineKind, sql};
use crate::assessment::{COMMENT_CHARS, LABEL_CHARS, NAME_CHARS, line, words};
use crate::hindrance::{Hindrance, ProgrammeError};
use crate::jobs::new_id;

/// A line to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    /// What it is.
    pub kind: LineKind,
    /// What it says.
    pub text: String,
    /// How likely a risk is: 1 to 3.
    pub likelihood: i64,
    /// How much it would cost: 1 to 3.
    pub impact: i64,
    /// What is done about it.
    pub answer: String,
    /// Who sees to it.
    pub owner: String,
}

impl Line {
    /// A line that says nothing yet.
    pub(super) fn empty() -> Line {
        Line {
            id: String::new(),
            kind: LineKind::Risk,
            code: String::new(),
            text: String::new(),
            likelihood: 1,
            impact: 1,
            answer: String::new(),
            owner: String::new(),
            done_by: String::new(),
            done: None,
            version: 1,
        }
    }

    /// How much a risk weighs: 1 to 9.
    pub fn weight(&self) -> i64 {
        self.likelihood * self.impact
    }
}

/// Adds a line to a programme.
pub async fn add_line(
    db: &Db,
    viewer: &Viewer,
    programme: &str,
    new: &NewLine,
    now: Micros,
) -> Result<Line, ProgrammeError> {
    let owner = match new.owner.trim() {
        "" => String::new(),
        name => line(name, NAME_CHARS).ok_or(Hindrance::Name)?,
    };
    let one = Line {
        id: new_id(now),
        kind: new.kind,
        text: line(&new.text, LABEL_CHARS).ok_or(Hindrance::Text)?,
        likelihood: new.likelihood.clamp(1, 3),
        impact: new.impact.clamp(1, 3),
        answer: words(&new.answer, COMMENT_CHARS).ok_or(Hindrance::Text)?,
        owner,
        ..Line::empty()
    };
    let mut tx = db.begin().await?;
    open(&mut tx, viewer, programme, now).await?;
    if sql::count_lines(&mut tx, programme).await? >= LINES {
        return Err(Hindrance::TooMany.into());
    }
    sql::put_line(&mut tx, programme, &one).await?;
    let detail = json!({ "kind": one.kind.as_str(), "line": one.id });
    journal(&mut tx, viewer, "line_added", programme, detail, now).await?;
    tx.commit().await?;
    Ok(one)
}

/// Ticks a line off, or puts it back.
pub async fn set_line_done(
    db: &Db,
    viewer: &Viewer,
    (programme, id): (&str, &str),
    is_done: bool,
    now: Micros,
) -> Result<(), ProgrammeError> {
    let mut tx = db.begin().await?;
    open(&mut tx, viewer, programme, now).await?;
    let lines = sql::lines_in(&mut tx, programme).await?;
    let before = lines.iter().find(|line| line.id == id).ok_or(Hindrance::NotFound)?;
    if before.done.is_some() != is_done {
        sql::set_done(&mut tx, (programme, id), is_done.then_some((viewer.name.as_str(), now))).await?;
        let verb = if is_done { "line_done" } else { "line_put_back" };
        let detail = json!({ "kind": before.kind.as_str(), "line": id });
        journal(&mut tx, viewer, verb, programme, detail, now).await?;
    }
    tx.commit().await?;
    Ok(())
}
