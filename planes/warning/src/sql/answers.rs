//! Statements about answers and the help that is wanted.

use std::collections::HashMap;

use manara_model::{Micros, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::answer::{AnswerRow, Given, Said, Via};

const CURRENT: &str =
    "SELECT finding_id, asset, answer, comment FROM warning_notice_finding WHERE notice_id = $1 AND finding_id IN (…)";
const LAST: &str = "
    SELECT a.finding_id, a.answer FROM warning_answer a
     WHERE a.id = (SELECT MAX(b.id) FROM warning_answer b WHERE b.finding_id = a.finding_id) AND a.finding_id IN (…)";
const HOLDS: &str = "
    UPDATE warning_notice_finding SET answer = $2, comment = $3, answered_at = $4 WHERE notice_id = $1 AND finding_id IN (…)";
const ADD_HEAD: &str =
    "INSERT INTO warning_answer (submission, notice_id, finding_id, asset, answer, before, comment, via, at) VALUES";
const RECOUNT: &str = "
    UPDATE warning_notice SET
        answered = (SELECT COUNT(*) FROM warning_notice_finding f WHERE f.notice_id = warning_notice.id AND f.answer <> ''),
        helps = (SELECT COUNT(*) FROM warning_notice_finding f WHERE f.notice_id = warning_notice.id AND f.answer = 'help'
                    AND f.answered_at > warning_notice.help_given)
     WHERE id = $1";
const HELP_GIVEN: &str = "UPDATE warning_notice SET helps = 0, help_given = $2 WHERE id = $1 AND helps > 0";
const HELP_BACK: &str = "UPDATE warning_notice SET helps = $2, help_given = '' WHERE id = $1 AND helps = 0";
const IDS: &str = "
    SELECT finding_id FROM warning_notice_finding WHERE notice_id = $1 AND ($2 OR answer = '') ORDER BY finding_id LIMIT 200000";
const SHEET: &str = "
    SELECT finding_id, asset, subject, answer, comment FROM warning_notice_finding
     WHERE notice_id = $1 ORDER BY asset, subject, finding_id LIMIT 200000";
const COLUMNS: &str =
    "a.id, a.notice_id, n.number, n.constituent, a.finding_id, a.asset, a.answer, a.before, a.comment, a.via, a.at";
const HELPS: &str = "SELECT COUNT(*) FROM warning_notice WHERE helps > 0 AND tlp <= $1";
const UNANSWERED: &str =
    "SELECT COUNT(*) FROM warning_notice WHERE state = 'sent' AND about = '' AND answered = 0 AND tlp <= $1";
const SENT_BETWEEN: &str = "
    SELECT COUNT(*), CAST(COALESCE(SUM(findings), 0) AS BIGINT) FROM warning_notice
     WHERE sent >= $1 AND sent < $2 AND tlp <= $3";
const ANSWERS_BETWEEN: &str = "
    SELECT COUNT(*) FROM warning_answer a JOIN warning_notice n ON n.id = a.notice_id
     WHERE a.at >= $1 AND a.at < $2 AND n.tlp <= $3";
const ANSWERED_BY: &str = "
    SELECT finding_id, answer, comment, answered_at FROM warning_notice_finding
     WHERE notice_id = $1 AND answer <> '' ORDER BY answered_at DESC, finding_id LIMIT $2";

/// An answer that holds for a finding of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holding {
    pub asset: String,
    pub said: Option<Said>,
    pub comment: String,
}

/// The answer that holds, as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What was said.
    pub said: Said,
    /// The words with it.
    pub comment: String,
    /// When; `None` only in a damaged row.
    pub at: Option<Micros>,
}

fn said(row: &Row, at: usize) -> Result<Option<Said>, StoreError> {
    let word = row.text(at)?;
    match word.as_str() {
        "" => Ok(None),
        word => Said::parse(word).map(Some).ok_or_else(|| StoreError::unknown("answer", word)),
    }
}

fn answer_row(row: &Row) -> Result<AnswerRow, StoreError> {
    Ok(AnswerRow {
        id: row.int(0)?,
        notice_id: row.text(1)?,
        number: row.text(2)?,
        constituent: row.text(3)?,
        finding_id: row.text(4)?,
        asset: row.text(5)?,
        said: said(row, 6)?.ok_or_else(|| StoreError::unknown("answer", ""))?,
        before: said(row, 7)?,
        comment: row.text(8)?,
        via: row.text(9)?,
        at: row.moment(10)?,
    })
}

/// What holds for some findings of a notice; findings that are not of the notice are not among them.
pub(crate) async fn holding(tx: &mut Tx, notice: &str, ids: &[&str]) -> Result<HashMap<String, Holding>, StoreError> {
    let rows = tx.read_in(CURRENT, &[notice.into()], ids).await?;
    rows.iter()
        .map(|row| Ok((row.text(0)?, Holding { asset: row.text(1)?, said: said(row, 2)?, comment: row.text(3)? })))
        .collect()
}

/// What was said of findings last, in whatever notice.
pub(crate) async fn last_said(tx: &mut Tx, ids: &[&str]) -> Result<HashMap<String, Said>, StoreError> {
    let mut last = HashMap::new();
    for row in tx.read_in(LAST, &[], ids).await? {
        if let Some(said) = said(&row, 1)? {
            last.insert(row.text(0)?, said);
        }
    }
    Ok(last)
}

/// An answer about to be written, with what was said before.
pub(crate) struct Fresh<'a> {
    pub given: &'a Given,
    pub asset: &'a str,
    pub before: Option<Said>,
}

/// Writes answers: what holds now, and what was ever said.
pub(crate) async fn put_answers(
    tx: &mut Tx,
    submission: &str,
    notice: &str,
    fresh: &[Fresh<'_>],
    via: Via,
    now: Micros,
) -> Result<(), StoreError> {
    let mut alike: HashMap<(Said, &str), Vec<&str>> = HashMap::new();
    for one in fresh {
        alike.entry((one.given.said, &one.given.comment)).or_default().push(&one.given.finding_id);
    }
    for ((said, comment), ids) in alike {
        let fixed: [Arg<'_>; 4] = [notice.into(), said.as_str().into(), comment.into(), now.into()];
        tx.run_in(HOLDS, &fixed, &ids).await?;
    }
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(fresh.len() * 9);
    for one in fresh {
        args.extend([
            Arg::Text(submission),
            notice.into(),
            (&one.given.finding_id).into(),
            one.asset.into(),
            one.given.said.as_str().into(),
            one.before.map_or("", Said::as_str).into(),
            (&one.given.comment).into(),
            via.as_str().into(),
            now.into(),
        ]);
    }
    tx.run_many(ADD_HEAD, 9, args, "").await?;
    tx.run(RECOUNT, &[notice.into()]).await?;
    Ok(())
}

/// Notes that help was given; false when none was wanted.
pub(crate) async fn set_help_given(tx: &mut Tx, notice: &str, now: Micros) -> Result<bool, StoreError> {
    Ok(tx.run(HELP_GIVEN, &[notice.into(), now.into()]).await? == 1)
}

/// Notes that help is still wanted; false when it is wanted anew.
pub(crate) async fn take_help_back(tx: &mut Tx, notice: &str, helps: i64) -> Result<bool, StoreError> {
    Ok(tx.run(HELP_BACK, &[notice.into(), helps.into()]).await? == 1)
}

/// The findings of a notice that have no answer, inside a transaction.
pub(crate) async fn without_answer(tx: &mut Tx, notice: &str) -> Result<Vec<String>, StoreError> {
    tx.read(IDS, &[notice.into(), false.into()]).await?.iter().map(|row| row.text(0)).collect()
}

/// The findings of a notice: all, or only those without an answer.
pub(crate) async fn finding_ids_of(db: &Db, notice: &str, all: bool) -> Result<Vec<String>, StoreError> {
    db.read(IDS, &[notice.into(), all.into()]).await?.iter().map(|row| row.text(0)).collect()
}

/// A line of the table of a notice: finding, asset, subject, answer, comment.
pub(crate) type SheetRow = (String, String, String, Option<Said>, String);

/// The table of a notice.
pub(crate) async fn sheet_of(db: &Db, notice: &str) -> Result<Vec<SheetRow>, StoreError> {
    let rows = db.read(SHEET, &[notice.into()]).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?, row.text(2)?, said(row, 3)?, row.text(4)?))).collect()
}

/// The answers that hold in a notice, by finding.
pub async fn held_of(db: &Db, notice: &str, limit: i64) -> Result<HashMap<String, Held>, StoreError> {
    let mut held = HashMap::new();
    for row in db.read(ANSWERED_BY, &[notice.into(), limit.into()]).await? {
        if let Some(said) = said(&row, 1)? {
            held.insert(row.text(0)?, Held { said, comment: row.text(2)?, at: row.opt_moment(3)? });
        }
    }
    Ok(held)
}

/// The answers of one submission, in their order, after one of them: for the flow that moves findings.
pub async fn answers_of_submission(
    db: &Db,
    submission: &str,
    after: i64,
    limit: i64,
) -> Result<Vec<AnswerRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM warning_answer a JOIN warning_notice n ON n.id = a.notice_id
          WHERE a.submission = $1 AND a.id > $2 ORDER BY a.id LIMIT $3"
    );
    db.read(&sql, &[submission.into(), after.into(), limit.into()]).await?.iter().map(answer_row).collect()
}

/// What was ever said of some findings, newest first, as far as the viewer may see the notices.
pub async fn answers_of_findings(
    db: &Db,
    viewer: &Viewer,
    findings: &[String],
    limit: i64,
) -> Result<Vec<AnswerRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM warning_answer a JOIN warning_notice n ON n.id = a.notice_id
          WHERE n.tlp <= $1 AND a.finding_id IN (…) ORDER BY a.id DESC LIMIT $2"
    );
    let rows = db.read_in(&sql, &[viewer.clearance.rank().into(), limit.into()], findings).await?;
    let mut all: Vec<AnswerRow> = rows.iter().map(answer_row).collect::<Result<_, _>>()?;
    all.sort_by_key(|answer| std::cmp::Reverse(answer.id));
    all.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(all)
}

/// What was ever said of the findings of a notice, newest first, as far as the viewer may see it.
pub async fn answers_of_notice(
    db: &Db,
    viewer: &Viewer,
    notice: &str,
    limit: i64,
) -> Result<Vec<AnswerRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM warning_answer a JOIN warning_notice n ON n.id = a.notice_id
          WHERE a.notice_id = $1 AND n.tlp <= $2 ORDER BY a.id DESC LIMIT $3"
    );
    let args: [Arg<'_>; 3] = [notice.into(), viewer.clearance.rank().into(), limit.into()];
    db.read(&sql, &args).await?.iter().map(answer_row).collect()
}

/// The rows of the SQL table `answers`, in their order, after one of them.
pub async fn answers_for_sql(db: &Db, viewer: &Viewer, after: i64, limit: i64) -> Result<Vec<AnswerRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM warning_answer a JOIN warning_notice n ON n.id = a.notice_id
          WHERE a.id > $1 AND n.tlp <= $3 ORDER BY a.id LIMIT $2"
    );
    db.read(&sql, &[after.into(), limit.into(), viewer.clearance.rank().into()]).await?.iter().map(answer_row).collect()
}

/// How many notices nobody has answered.
pub async fn count_unanswered(db: &Db, viewer: &Viewer) -> Result<i64, StoreError> {
    db.read_int(UNANSWERED, &[viewer.clearance.rank().into()]).await
}

/// What was said and answered in a span of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ToldSums {
    /// Notices that left, reminders and letters to those above among them.
    pub notices: i64,
    /// Findings they told of.
    pub findings: i64,
    /// Answers that came.
    pub answers: i64,
}

/// What left and what was answered from a moment until before another, as far as a viewer may see it.
pub async fn told_between(db: &Db, viewer: &Viewer, from: Micros, until: Micros) -> Result<ToldSums, StoreError> {
    let args: [Arg<'_>; 3] = [from.into(), until.into(), viewer.clearance.rank().into()];
    let answers = db.read_int(ANSWERS_BETWEEN, &args).await?;
    Ok(match db.read_one(SENT_BETWEEN, &args).await? {
        Some(row) => ToldSums { notices: row.int(0)?, findings: row.int(1)?, answers },
        None => ToldSums { answers, ..ToldSums::default() },
    })
}

/// How many notices want help.
pub async fn count_helps(db: &Db, viewer: &Viewer) -> Result<i64, StoreError> {
    db.read_int(HELPS, &[viewer.clearance.rank().into()]).await
}
