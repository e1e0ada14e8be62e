//! Statements about clocks and reviews.

use std::collections::HashMap;

use manara_model::{Micros, Severity, Tlp, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::clock::{Clock, ClockStage, Met, Moments};
use crate::clock_rule::Trigger;
use crate::hours::{Span, Time};
use crate::texts::Texts;

const COLUMNS: &str = "id, incident_id, rule, title, source, verified, aware, reported, classified, who, at, version, stopped_by, \
     stopped, reason";
const PUT_HEAD: &str = "INSERT INTO response_clock (id, incident_id, rule, title, source, verified, aware, reported, classified, \
     who, at, version, stopped_by, stopped, reason) VALUES";
const PUT_TAIL: &str = "ON CONFLICT (id) DO UPDATE SET aware = excluded.aware, reported = excluded.reported, \
     classified = excluded.classified, version = excluded.version, stopped_by = excluded.stopped_by, \
     stopped = excluded.stopped, reason = excluded.reason";
const WIDTH: usize = 15;
const STAGE_COLUMNS: &str = "s.clock_id, s.stage, s.title, s.recipient, s.contents, s.starts, s.span, s.time, s.severities, \
     s.before, s.since, s.due, s.running, s.met, s.met_by, s.recorded, s.remark, s.told_soon, s.told_late";
const PUT_STAGE_HEAD: &str = "INSERT INTO response_clock_stage (clock_id, incident_id, stage, position, title, recipient, \
     contents, starts, span, time, severities, before, since, due, running, met, met_by, recorded, remark, told_soon, \
     told_late) VALUES";
const PUT_STAGE_TAIL: &str = "ON CONFLICT (clock_id, stage) DO UPDATE SET since = excluded.since, due = excluded.due, \
     running = excluded.running, met = excluded.met, met_by = excluded.met_by, recorded = excluded.recorded, \
     remark = excluded.remark, told_soon = excluded.told_soon, told_late = excluded.told_late";
const STAGE_WIDTH: usize = 21;
/// Clocks of an incident, and stages of all of them.
const CLOCKS: i64 = 100;
const STAGES: i64 = 4_000;
const OF_INCIDENT: &str = "SELECT {} FROM response_clock WHERE incident_id = $1 ORDER BY at, id LIMIT $2";
const STAGES_OF: &str = "
    SELECT {} FROM response_clock_stage s WHERE s.incident_id = $1 ORDER BY s.clock_id, s.position LIMIT $2";
/// In the order in which they are due, after one of them.
const RUNNING: &str = "
    SELECT {}, c.rule, c.title, c.verified, i.id, i.number, i.title, i.owner, i.tlp
      FROM response_clock_stage s JOIN response_clock c ON c.id = s.clock_id
      JOIN response_incident i ON i.id = s.incident_id
     WHERE s.running AND i.tlp <= $1 AND s.due >= $2 AND (s.due || s.clock_id || s.stage) > $3
     ORDER BY s.due, s.clock_id || '/' || s.stage LIMIT $4";
const COUNT_LATE: &str = "
    SELECT COUNT(*) FROM response_clock_stage s JOIN response_incident i ON i.id = s.incident_id
     WHERE s.running AND i.tlp <= $1 AND s.due < $2";
/// Nobody's time is longer than the first part; what was told is not told again.
const TO_TELL: &str = "
    SELECT DISTINCT s.incident_id, s.due FROM response_clock_stage s
     WHERE s.running AND s.due < $1 AND (s.told_soon = '' OR (s.told_late = '' AND s.due < $2))
     ORDER BY s.due, s.incident_id LIMIT $3";
const NEVER_HAD: &str = "
    SELECT id FROM response_incident i WHERE NOT EXISTS
        (SELECT 1 FROM response_clock c WHERE c.incident_id = i.id AND c.rule = $1)
       AND i.id = $2";

const BEGIN_REVIEW: &str = "
    INSERT INTO response_review (incident_id, begun_by, begun, finished_by, finished, version) VALUES ($1, $2, $3, '', '', 1)
    ON CONFLICT (incident_id) DO UPDATE SET version = response_review.version + 1";
const FINISH_REVIEW: &str = "
    UPDATE response_review SET finished_by = $2, finished = $3, version = version + 1 WHERE incident_id = $1";
const REVIEW: &str =
    "SELECT begun_by, begun, finished_by, finished, version FROM response_review WHERE incident_id = $1";
const PUT_ANSWER: &str = "INSERT INTO response_review_answer (incident_id, question, position, kind, words, answer, answer_words, \
     who, at) VALUES";
const PUT_ANSWER_TAIL: &str = "ON CONFLICT (incident_id, question) DO UPDATE SET position = excluded.position, \
     kind = excluded.kind, words = excluded.words, answer = excluded.answer, answer_words = excluded.answer_words, \
     who = excluded.who, at = excluded.at";
const ANSWERS: &str = "
    SELECT question, kind, words, answer, answer_words, who, at FROM response_review_answer
     WHERE incident_id = $1 ORDER BY position, question LIMIT 500";

fn clock(row: &Row) -> Result<Clock, StoreError> {
    let stopped = row.opt_moment(13)?;
    Ok(Clock {
        id: row.text(0)?,
        incident_id: row.text(1)?,
        rule: row.text(2)?,
        title: Texts::read(&row.text(3)?),
        source: row.text(4)?,
        verified: row.bool(5)?,
        from: Moments { aware: row.opt_moment(6)?, reported: row.opt_moment(7)?, classified: row.opt_moment(8)? },
        started: (row.text(9)?, row.moment(10)?),
        version: row.int(11)?,
        stopped: stopped.map(|at| row.text(12).map(|who| (who, at))).transpose()?,
        reason: row.text(14)?,
        stages: Vec::new(),
    })
}

fn stage(row: &Row) -> Result<ClockStage, StoreError> {
    let (starts, span, time) = (row.text(5)?, row.text(6)?, row.text(7)?);
    let words = |at: usize| -> Result<Vec<String>, StoreError> {
        Ok(row.text(at)?.split_whitespace().map(str::to_string).collect())
    };
    let met = match row.opt_moment(13)? {
        Some(at) => Some(Met { at, who: row.text(14)?, recorded: row.moment(15)?, remark: row.text(16)? }),
        None => None,
    };
    Ok(ClockStage {
        stage: row.text(1)?,
        title: Texts::read(&row.text(2)?),
        recipient: Texts::read(&row.text(3)?),
        contents: serde_json::from_str(&row.text(4)?).unwrap_or_default(),
        trigger: Trigger::parse(&starts).ok_or_else(|| StoreError::unknown("starts", starts))?,
        span: Span::parse(&span).ok_or_else(|| StoreError::unknown("span", span))?,
        time: Time::parse(&time).ok_or_else(|| StoreError::unknown("time", time))?,
        severities: words(8)?.iter().filter_map(|word| Severity::parse(word)).collect(),
        before: words(9)?,
        since: row.opt_moment(10)?,
        due: row.opt_moment(11)?,
        running: row.bool(12)?,
        met,
        told_soon: row.opt_moment(17)?,
        told_late: row.opt_moment(18)?,
    })
}

fn together(clocks: &[Row], stages: &[Row]) -> Result<Vec<Clock>, StoreError> {
    let mut of: HashMap<String, Vec<ClockStage>> = HashMap::new();
    for row in stages {
        of.entry(row.text(0)?).or_default().push(stage(row)?);
    }
    clocks
        .iter()
        .map(|row| {
            let mut one = clock(row)?;
            one.stages = of.remove(&one.id).unwrap_or_default();
            Ok(one)
        })
        .collect()
}

/// The clocks of an incident with their stages, the oldest first.
pub async fn clocks_of(db: &Db, incident: &str) -> Result<Vec<Clock>, StoreError> {
    let clocks = db.read(&OF_INCIDENT.replace("{}", COLUMNS), &[incident.into(), CLOCKS.into()]).await?;
    let stages = db.read(&STAGES_OF.replace("{}", STAGE_COLUMNS), &[incident.into(), STAGES.into()]).await?;
    together(&clocks, &stages)
}

pub(crate) async fn clocks_in(tx: &mut Tx, incident: &str) -> Result<Vec<Clock>, StoreError> {
    let clocks = tx.read(&OF_INCIDENT.replace("{}", COLUMNS), &[incident.into(), CLOCKS.into()]).await?;
    let stages = tx.read(&STAGES_OF.replace("{}", STAGE_COLUMNS), &[incident.into(), STAGES.into()]).await?;
    together(&clocks, &stages)
}

/// Writes a clock with its stages, new or changed.
pub(crate) async fn put_clock(tx: &mut Tx, one: &Clock) -> Result<(), StoreError> {
    let (stopped_by, stopped) = one.stopped.as_ref().map_or(("", None), |(who, at)| (who.as_str(), Some(*at)));
    let args: Vec<Arg<'_>> = vec![
        (&one.id).into(),
        (&one.incident_id).into(),
        (&one.rule).into(),
        one.title.stored().into(),
        (&one.source).into(),
        one.verified.into(),
        one.from.aware.into(),
        one.from.reported.into(),
        one.from.classified.into(),
        (&one.started.0).into(),
        one.started.1.into(),
        one.version.into(),
        stopped_by.into(),
        stopped.into(),
        (&one.reason).into(),
    ];
    tx.run_many(PUT_HEAD, WIDTH, args, PUT_TAIL).await?;
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(one.stages.len() * STAGE_WIDTH);
    for (position, stage) in (0i64..).zip(&one.stages) {
        let met = stage.met.as_ref();
        let severities: Vec<&str> = stage.severities.iter().map(|severity| severity.as_str()).collect();
        args.extend([
            (&one.id).into(),
            (&one.incident_id).into(),
            (&stage.stage).into(),
            position.into(),
            stage.title.stored().into(),
            stage.recipient.stored().into(),
            serde_json::to_string(&stage.contents).unwrap_or_default().into(),
            stage.trigger.to_string().into(),
            stage.span.to_string().into(),
            stage.time.as_str().into(),
            severities.join(" ").into(),
            stage.before.join(" ").into(),
            stage.since.into(),
            stage.due.into(),
            stage.running.into(),
            met.map(|met| met.at).into(),
            met.map_or("", |met| met.who.as_str()).into(),
            met.map(|met| met.recorded).into(),
            met.map_or("", |met| met.remark.as_str()).into(),
            stage.told_soon.into(),
            stage.told_late.into(),
        ]);
    }
    tx.run_many(PUT_STAGE_HEAD, STAGE_WIDTH, args, PUT_STAGE_TAIL).await?;
    Ok(())
}

/// A stage that runs or was met, with what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningStage {
    /// The stage.
    pub stage: ClockStage,
    /// The clock.
    pub clock: String,
    /// The id of its rule.
    pub rule: String,
    /// What the rule is called.
    pub title: Texts,
    /// Whether somebody compared the rule with its source.
    pub verified: bool,
    /// The incident.
    pub incident_id: String,
    /// Its number.
    pub number: String,
    /// Its title.
    pub incident: String,
    /// Who handles it.
    pub owner: String,
    /// Who may know of it.
    pub tlp: Tlp,
}

impl RunningStage {
    /// Where the next page of a list goes on.
    pub fn key(&self) -> String {
        format!("{}{}{}", self.stage.due.map(Micros::rfc3339).unwrap_or_default(), self.clock, self.stage.stage)
    }
}

/// Stages that run and a viewer may see, in the order in which they are due.
pub async fn running_stages(
    db: &Db,
    viewer: &Viewer,
    after: &str,
    limit: i64,
) -> Result<Vec<RunningStage>, StoreError> {
    // The moment at the beginning of the key lets the index of due times be entered where the page begins.
    let from = after.get(..27).unwrap_or_default();
    let args: [Arg<'_>; 4] = [viewer.into(), from.into(), after.into(), limit.clamp(1, 20_000).into()];
    let rows = db.read(&RUNNING.replace("{}", STAGE_COLUMNS), &args).await?;
    rows.iter().map(running_stage).collect()
}

/// Reads a row of [`STAGE_COLUMNS`], and after them rule, title and verified of the clock, then id, number, title, owner and TLP
/// of the incident.
pub(crate) fn running_stage(row: &Row) -> Result<RunningStage, StoreError> {
    let tlp = row.int(26)?;
    Ok(RunningStage {
        stage: stage(row)?,
        clock: row.text(0)?,
        rule: row.text(19)?,
        title: Texts::read(&row.text(20)?),
        verified: row.bool(21)?,
        incident_id: row.text(22)?,
        number: row.text(23)?,
        incident: row.text(24)?,
        owner: row.text(25)?,
        tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
    })
}

/// How many stages that run are late.
pub async fn count_late_stages(db: &Db, viewer: &Viewer, now: Micros) -> Result<i64, StoreError> {
    db.read_int(COUNT_LATE, &[viewer.into(), now.into()]).await
}

/// Incidents with a stage of which something may have to be told, those due first.
pub(crate) async fn to_tell(db: &Db, now: Micros, limit: i64) -> Result<Vec<String>, StoreError> {
    // A stage is due soon a day before at most.
    let args = [now.plus_days(1).into(), now.into(), limit.into()];
    let rows = db.read(TO_TELL, &args).await?;
    let mut ids: Vec<String> = rows.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?;
    ids.dedup();
    Ok(ids)
}

/// Whether an incident never had a clock of a rule.
pub(crate) async fn never_had(tx: &mut Tx, rule: &str, incident: &str) -> Result<bool, StoreError> {
    Ok(tx.read_one(NEVER_HAD, &[rule.into(), incident.into()]).await?.is_some())
}

/// A review: who began it, who finished it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Who began it, and when.
    pub begun: (String, Micros),
    /// Who finished it, and when.
    pub finished: Option<(String, Micros)>,
    /// Counts its changes.
    pub version: i64,
    /// Its answers.
    pub answers: Vec<ReviewAnswer>,
}

/// An answer of a review; the words of the question are kept as they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewAnswer {
    /// The id of the question.
    pub question: String,
    /// How it is answered.
    pub kind: String,
    /// What was asked.
    pub words: Texts,
    /// What was answered.
    pub answer: String,
    /// The same in words, where it was chosen.
    pub answer_words: Texts,
    /// Who said it.
    pub who: String,
    /// When.
    pub at: Micros,
}

fn review(row: &Row, answers: &[Row]) -> Result<Review, StoreError> {
    let finished_by = row.text(2)?;
    let answer = |row: &Row| {
        Ok(ReviewAnswer {
            question: row.text(0)?,
            kind: row.text(1)?,
            words: Texts::read(&row.text(2)?),
            answer: row.text(3)?,
            answer_words: Texts::read(&row.text(4)?),
            who: row.text(5)?,
            at: row.moment(6)?,
        })
    };
    Ok(Review {
        begun: (row.text(0)?, row.moment(1)?),
        finished: row.opt_moment(3)?.map(|at| (finished_by, at)),
        version: row.int(4)?,
        answers: answers.iter().map(answer).collect::<Result<_, StoreError>>()?,
    })
}

/// The review of an incident, if one was begun.
pub async fn review_of(db: &Db, incident: &str) -> Result<Option<Review>, StoreError> {
    let Some(row) = db.read_one(REVIEW, &[incident.into()]).await? else { return Ok(None) };
    review(&row, &db.read(ANSWERS, &[incident.into()]).await?).map(Some)
}

pub(crate) async fn review_in(tx: &mut Tx, incident: &str) -> Result<Option<Review>, StoreError> {
    let Some(row) = tx.read_one(REVIEW, &[incident.into()]).await? else { return Ok(None) };
    review(&row, &tx.read(ANSWERS, &[incident.into()]).await?).map(Some)
}

/// Writes answers of a review, and begins it when it was not.
pub(crate) async fn put_answers(
    tx: &mut Tx,
    incident: &str,
    answers: &[(i64, ReviewAnswer)],
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(BEGIN_REVIEW, &[incident.into(), who.into(), now.into()]).await?;
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(answers.len() * 9);
    for (position, one) in answers {
        args.extend([
            incident.into(),
            (&one.question).into(),
            (*position).into(),
            (&one.kind).into(),
            one.words.stored().into(),
            (&one.answer).into(),
            one.answer_words.stored().into(),
            (&one.who).into(),
            one.at.into(),
        ]);
    }
    tx.run_many(PUT_ANSWER, 9, args, PUT_ANSWER_TAIL).await?;
    Ok(())
}

/// Finishes a review, or lets it go on.
pub(crate) async fn finish_review(
    tx: &mut Tx,
    incident: &str,
    finished: Option<(&str, Micros)>,
) -> Result<(), StoreError> {
    let (who, at) = finished.map_or(("", None), |(who, at)| (who, Some(at)));
    tx.run(FINISH_REVIEW, &[incident.into(), who.into(), at.into()]).await.map(|_| ())
}
