//! Lines beside the tasks of a programme are corrected, removed and brought back; what they said before is kept.

use manara_model::{Micros, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};
use serde_json::{Value, json};

use super::jobs::{journal, open};
use super::{LINES, Line, Names, line_json, sql};
use crate::assessment::{COMMENT_CHARS, LABEL_CHARS, NAME_CHARS, line, words};
use crate::hindrance::{Hindrance, ProgrammeError};

const KEEP: &str = "
    INSERT INTO framework_line_before (line_id, version, text, likelihood, impact, answer, owner, changed_by, changed)
    SELECT id, version, text, likelihood, impact, answer, owner, $2, $3 FROM framework_line WHERE id = $1";
const SAVE: &str = "
    UPDATE framework_line SET text = $3, likelihood = $4, impact = $5, answer = $6, owner = $7, version = version + 1
     WHERE programme_id = $1 AND id = $2";
const SET_REMOVED: &str = "
    UPDATE framework_line SET removed = $3, removed_by = $4, version = version + 1 WHERE programme_id = $1 AND id = $2";
const REMOVED: &str = "
    SELECT {columns}, removed, removed_by FROM framework_line
     WHERE programme_id = $1 AND removed <> '' ORDER BY kind, id LIMIT $2";
const BEFORE: &str = "
    SELECT b.version, b.text, b.likelihood, b.impact, b.answer, b.owner, b.changed_by, b.changed
      FROM framework_line_before b JOIN framework_line l ON l.id = b.line_id
     WHERE l.programme_id = $1 AND b.line_id = $2 ORDER BY b.version DESC LIMIT 200";

/// What a line says from now on; what is nothing stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineChange {
    /// What it says; empty for the usual words of a usual one.
    pub text: Option<String>,
    /// How likely a risk is: 1 to 3.
    pub likelihood: Option<i64>,
    /// How much it would cost: 1 to 3.
    pub impact: Option<i64>,
    /// What is done about it.
    pub answer: Option<String>,
    /// Who sees to it; empty for nobody.
    pub owner: Option<String>,
    /// The version that was looked at; nothing when it does not matter.
    pub version: Option<i64>,
}

/// What a line said before somebody changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastLine {
    /// Its version then.
    pub version: i64,
    /// What it said; empty for the usual words of a usual one.
    pub text: String,
    /// How likely the risk was.
    pub likelihood: i64,
    /// How much it would have cost.
    pub impact: i64,
    /// What was done about it.
    pub answer: String,
    /// Who saw to it.
    pub owner: String,
    /// Who changed it.
    pub changed_by: String,
    /// When.
    pub changed: Micros,
}

/// A line that was removed and can come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedLine {
    /// The line as it was.
    pub line: Line,
    /// When it was removed.
    pub at: Micros,
    /// By whom.
    pub by: String,
}

/// The line as it is to be.
fn changed(before: &Line, change: &LineChange) -> Result<Line, Hindrance> {
    let mut new = before.clone();
    if let Some(text) = &change.text {
        new.text = match text.trim() {
            "" if !before.code.is_empty() => String::new(),
            text => line(text, LABEL_CHARS).ok_or(Hindrance::Text)?,
        };
    }
    if let Some(answer) = &change.answer {
        new.answer = words(answer, COMMENT_CHARS).ok_or(Hindrance::Text)?;
    }
    if let Some(owner) = &change.owner {
        new.owner = match owner.trim() {
            "" => String::new(),
            name => line(name, NAME_CHARS).ok_or(Hindrance::Name)?,
        };
    }
    new.likelihood = change.likelihood.unwrap_or(before.likelihood).clamp(1, 3);
    new.impact = change.impact.unwrap_or(before.impact).clamp(1, 3);
    Ok(new)
}

/// Corrects a line; what it said is kept. Where it says that already nothing happens, whatever version was looked at.
pub async fn change_line(
    db: &Db,
    viewer: &Viewer,
    (programme, id): (&str, &str),
    change: &LineChange,
    now: Micros,
) -> Result<Line, ProgrammeError> {
    let mut tx = db.begin().await?;
    open(&mut tx, viewer, programme, now).await?;
    let before = found(&sql::lines_in(&mut tx, programme).await?, id)?;
    let mut new = changed(&before, change)?;
    if new == before {
        return Ok(before);
    }
    unmoved(&before, change.version)?;
    tx.run(KEEP, &[id.into(), (&viewer.name).into(), now.into()]).await?;
    let args: [Arg<'_>; 7] = [
        programme.into(),
        id.into(),
        (&new.text).into(),
        new.likelihood.into(),
        new.impact.into(),
        (&new.answer).into(),
        (&new.owner).into(),
    ];
    tx.run(SAVE, &args).await?;
    new.version += 1;
    let detail = json!({ "kind": new.kind.as_str(), "line": id, "version": new.version });
    journal(&mut tx, viewer, "line_changed", programme, detail, now).await?;
    tx.commit().await?;
    Ok(new)
}

/// Removes a line. It keeps all it says, and [`restore_line`] brings it back.
pub async fn remove_line(
    db: &Db,
    viewer: &Viewer,
    (programme, id): (&str, &str),
    version: Option<i64>,
    now: Micros,
) -> Result<Line, ProgrammeError> {
    let mut tx = db.begin().await?;
    open(&mut tx, viewer, programme, now).await?;
    let mut one = found(&sql::lines_in(&mut tx, programme).await?, id)?;
    unmoved(&one, version)?;
    tx.run(SET_REMOVED, &[programme.into(), id.into(), now.into(), (&viewer.name).into()]).await?;
    let detail = json!({ "kind": one.kind.as_str(), "line": id });
    journal(&mut tx, viewer, "line_removed", programme, detail, now).await?;
    tx.commit().await?;
    one.version += 1;
    Ok(one)
}

/// Brings a removed line back as it was; one that is there stays.
pub async fn restore_line(
    db: &Db,
    viewer: &Viewer,
    (programme, id): (&str, &str),
    now: Micros,
) -> Result<Line, ProgrammeError> {
    let mut tx = db.begin().await?;
    open(&mut tx, viewer, programme, now).await?;
    if let Ok(there) = found(&sql::lines_in(&mut tx, programme).await?, id) {
        return Ok(there);
    }
    let gone = removed_in(&mut tx, programme).await?;
    let mut one = gone.into_iter().map(|gone| gone.line).find(|line| line.id == id).ok_or(Hindrance::NotFound)?;
    tx.run(SET_REMOVED, &[programme.into(), id.into(), "".into(), "".into()]).await?;
    let detail = json!({ "kind": one.kind.as_str(), "line": id });
    journal(&mut tx, viewer, "line_restored", programme, detail, now).await?;
    tx.commit().await?;
    one.version += 1;
    Ok(one)
}

fn found(lines: &[Line], id: &str) -> Result<Line, Hindrance> {
    lines.iter().find(|line| line.id == id).cloned().ok_or(Hindrance::NotFound)
}

fn unmoved(line: &Line, seen: Option<i64>) -> Result<(), Hindrance> {
    if seen.is_none_or(|seen| seen == line.version) { Ok(()) } else { Err(Hindrance::StaleLine) }
}

fn removed(row: &Row) -> Result<RemovedLine, StoreError> {
    Ok(RemovedLine { line: sql::line(row)?, at: row.moment(11)?, by: row.text(12)? })
}

async fn removed_in(tx: &mut Tx, programme: &str) -> Result<Vec<RemovedLine>, StoreError> {
    let sql = REMOVED.replace("{columns}", sql::LINE_COLUMNS);
    tx.read(&sql, &[programme.into(), LINES.into()]).await?.iter().map(removed).collect()
}

/// The lines of a programme that were removed, by kind.
pub async fn removed_lines(db: &Db, programme: &str) -> Result<Vec<RemovedLine>, StoreError> {
    let sql = REMOVED.replace("{columns}", sql::LINE_COLUMNS);
    db.read(&sql, &[programme.into(), LINES.into()]).await?.iter().map(removed).collect()
}

/// What a line of a programme said before, newest first.
pub async fn past_lines(db: &Db, programme: &str, id: &str) -> Result<Vec<PastLine>, StoreError> {
    let past = |row: &Row| {
        Ok(PastLine {
            version: row.int(0)?,
            text: row.text(1)?,
            likelihood: row.int(2)?,
            impact: row.int(3)?,
            answer: row.text(4)?,
            owner: row.text(5)?,
            changed_by: row.text(6)?,
            changed: row.moment(7)?,
        })
    };
    db.read(BEFORE, &[programme.into(), id.into()]).await?.iter().map(past).collect()
}

/// What a line said before, as programs read it.
pub fn past_line_json(past: &PastLine, line: &Line, names: &Names<'_>) -> Value {
    let text = if past.text.is_empty() { names.usual_line(line) } else { past.text.clone() };
    json!({
        "version": past.version, "text": text, "likelihood": past.likelihood, "impact": past.impact,
        "answer": past.answer, "owner": past.owner, "changed_by": past.changed_by, "changed": past.changed.rfc3339(),
    })
}

/// A line that was removed, as programs read it.
pub fn removed_line_json(gone: &RemovedLine, names: &Names<'_>) -> Value {
    let mut value = line_json(&gone.line, names);
    if let Some(members) = value.as_object_mut() {
        members.insert("removed_by".into(), gone.by.clone().into());
        members.insert("removed".into(), gone.at.rfc3339().into());
    }
    value
}

#[cfg(test)]
mod tests {
    use super::{LineChange, changed};
    use crate::hindrance::Hindrance;
    use crate::programme::{Line, LineKind};

    #[test]
    fn what_is_not_said_stays_and_a_usual_line_gets_its_words_back() {
        let own = Line { text: "The donor leaves".into(), owner: "Layla".into(), ..Line::empty() };
        let likely = LineChange { likelihood: Some(9), ..LineChange::default() };
        let new = changed(&own, &likely).unwrap();
        assert_eq!((new.likelihood, new.text.as_str(), new.owner.as_str()), (3, "The donor leaves", "Layla"));
        let nobody = LineChange { owner: Some(" ".into()), ..LineChange::default() };
        assert_eq!(changed(&own, &nobody).unwrap().owner, "");
        let empty = LineChange { text: Some(" ".into()), ..LineChange::default() };
        assert_eq!(changed(&own, &empty), Err(Hindrance::Text), "a line that somebody wrote says something");
        let usual = Line { kind: LineKind::Closure, code: "money".into(), text: "Paid".into(), ..Line::empty() };
        assert_eq!(changed(&usual, &empty).unwrap().text, "");
    }
}
