//! Clocks: started by rule or by hand, met, stopped; told of when they are due soon or late.

use manara_model::{Micros, Viewer};
use manara_store::{Db, StoreError, Tx};
use serde_json::json;

use super::{MACHINE, Refusal, ResponseError, begin, journal, new_id, workable};
use crate::clock::{Clock, ClockStage, Followed, Met, Moments, Standing};
use crate::clock_rule::{ClockRule, Trigger};
use crate::content::WorkContent;
use crate::hours::Hours;
use crate::incident::{Incident, REASON_CHARS, plain};
use crate::ticket::{Kind, Ticket};
use crate::{sql_clock, sql_ticket};

/// Incidents that are told of in one round.
const ROUND: i64 = 500;

/// What clocks follow of an incident.
fn followed(one: &Incident) -> Followed {
    Followed { severity: one.severity, closed: one.closed, is_merged: !one.merged_into.is_empty() }
}

/// When it was reported: the earliest of the reports of an incident, else its opening.
async fn reported(tx: &mut Tx, one: &Incident) -> Result<Micros, StoreError> {
    let first = sql_ticket::first_report(tx, &one.id).await?;
    Ok(first.map_or(one.created, |first| first.min(one.created)))
}

/// Begins the name of every stage that the first answer of a person meets.
const ACKNOWLEDGE: &str = "acknowledge";
/// Begins the name of every stage that the first letter or notice to a constituent concerned meets.
const NOTIFY: &str = "notify";

/// Meets the stages of a clock that run and wait for the first answer to a report; false when there are none.
fn acknowledge(clock: &mut Clock, at: Micros, who: &str, now: Micros) -> bool {
    let waits = |stage: &ClockStage| stage.stage.starts_with(ACKNOWLEDGE) && stage.trigger == Trigger::Reported;
    meet(clock, waits, at, who, now)
}

/// Meets those stages of a clock that run; false when there are none.
fn meet(clock: &mut Clock, waits: impl Fn(&ClockStage) -> bool, at: Micros, who: &str, now: Micros) -> bool {
    let mut is_met = false;
    for stage in clock.stages.iter_mut().filter(|stage| waits(stage)) {
        if stage.running && stage.met.is_none() {
            stage.met = Some(Met { at, who: who.to_string(), recorded: now, remark: String::new() });
            stage.running = false;
            is_met = true;
        }
    }
    is_met
}

/// A letter of a ticket went to constituents: that tells those concerned, by every clock of its incidents. An incident that names
/// its constituents is told of to one of them, another to any.
pub async fn told_by_letter(
    db: &Db,
    ticket: &str,
    constituents: &[String],
    who: &str,
    at: Micros,
) -> Result<(), ResponseError> {
    if constituents.is_empty() {
        return Ok(());
    }
    let mut tx = begin(db, at).await?;
    let mut is_met = false;
    for id in sql_ticket::incidents_of(&mut tx, ticket).await? {
        let named = crate::sql::constituents_in(&mut tx, &id).await?;
        if named.is_empty() || named.iter().any(|one| constituents.contains(one)) {
            is_met |= notified(&mut tx, &id, who, at).await?;
        }
    }
    if is_met {
        tx.commit().await?;
    }
    Ok(())
}

/// A notice about findings went to whose they are: that tells those concerned, by every clock of the live incidents they belong to.
pub async fn told_by_notice(db: &Db, findings: &[String], who: &str, at: Micros) -> Result<(), ResponseError> {
    let mut tx = begin(db, at).await?;
    let mut is_met = false;
    for id in crate::sql::live_of_findings(&mut tx, findings).await? {
        is_met |= notified(&mut tx, &id, who, at).await?;
    }
    if is_met {
        tx.commit().await?;
    }
    Ok(())
}

/// Meets the stages of an incident that wait for a constituent concerned to be told; false when there are none.
async fn notified(tx: &mut Tx, id: &str, who: &str, at: Micros) -> Result<bool, StoreError> {
    let Some(one) = crate::sql::get_in(tx, &Viewer::system(), id).await?.filter(|one| one.state.is_live()) else {
        return Ok(false);
    };
    let mut is_met = false;
    for mut clock in sql_clock::clocks_in(tx, &one.id).await? {
        let waits = |stage: &ClockStage| stage.stage.starts_with(NOTIFY);
        if clock.stopped.is_some() || !meet(&mut clock, waits, at, who, at) {
            continue;
        }
        clock.version += 1;
        sql_clock::put_clock(tx, &clock).await?;
        let more = json!({ "clock": clock.id, "rule": clock.rule, "stage": NOTIFY });
        journal(tx, who, "stage_met", &one, more, at).await?;
        is_met = true;
    }
    Ok(is_met)
}

/// A person of ours answered a report for the first time: that acknowledges it, by every clock of its incidents.
pub(super) async fn acknowledged(tx: &mut Tx, ticket: &Ticket, who: &str, now: Micros) -> Result<(), StoreError> {
    if ticket.kind != Kind::Report {
        return Ok(());
    }
    for id in sql_ticket::incidents_of(tx, &ticket.id).await? {
        let Some(one) = crate::sql::get_in(tx, &Viewer::system(), &id).await? else { continue };
        if !one.state.is_live() {
            continue;
        }
        for mut clock in sql_clock::clocks_in(tx, &one.id).await? {
            if clock.stopped.is_some() || !acknowledge(&mut clock, now, who, now) {
                continue;
            }
            clock.version += 1;
            sql_clock::put_clock(tx, &clock).await?;
            let more = json!({ "clock": clock.id, "rule": clock.rule, "stage": ACKNOWLEDGE, "ticket": ticket.number });
            journal(tx, who, "stage_met", &one, more, now).await?;
        }
    }
    Ok(())
}

/// A clock of a rule, as it begins.
fn begun(rule: &ClockRule, one: &Incident, from: Moments, who: &str, now: Micros) -> Clock {
    Clock {
        id: new_id(now),
        incident_id: one.id.clone(),
        rule: rule.id.clone(),
        title: rule.title.clone(),
        source: rule.source.clone(),
        verified: rule.verified,
        from,
        started: (who.to_string(), now),
        version: 1,
        stopped: None,
        reason: String::new(),
        stages: rule.stages.iter().map(ClockStage::of).collect(),
    }
}

/// Starts the clock of a rule for an incident. What is not said of its beginning is the opening of the incident, and
/// of when it was reported the first of its reports. A clock that is there
/// already stays; one that was stopped goes on.
pub async fn start_clock(
    db: &Db,
    viewer: &Viewer,
    content: &WorkContent,
    (name, rule): (&str, &str),
    from: Moments,
    now: Micros,
) -> Result<Clock, ResponseError> {
    let rule = content.rules.get(rule).ok_or(Refusal::NoClock)?;
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, name.into()).await?;
    if [from.aware, from.reported, from.classified].into_iter().flatten().any(|moment| moment > now) {
        return Err(Refusal::Future.into());
    }
    let known = sql_clock::clocks_in(&mut tx, &one.id).await?.into_iter().find(|clock| clock.rule == rule.id);
    if let Some(mut clock) = known {
        if clock.stopped.take().is_some() {
            clock.reason.clear();
            clock.follow(followed(&one), &content.hours);
            put(&mut tx, &mut clock, &one, &viewer.name, "clock_resumed", now).await?;
            tx.commit().await?;
        }
        return Ok(clock);
    }
    let from = Moments {
        aware: from.aware.or(Some(one.created)),
        reported: from.reported.or(Some(reported(&mut tx, &one).await?)),
        classified: from.classified.or(Some(one.created)),
    };
    let mut clock = begun(rule, &one, from, &viewer.name, now);
    clock.follow(followed(&one), &content.hours);
    sql_clock::put_clock(&mut tx, &clock).await?;
    let more = json!({ "clock": clock.id, "rule": clock.rule });
    journal(&mut tx, &viewer.name, "clock_started", &one, more, now).await?;
    tx.commit().await?;
    Ok(clock)
}

async fn put(
    tx: &mut Tx,
    clock: &mut Clock,
    one: &Incident,
    who: &str,
    verb: &str,
    now: Micros,
) -> Result<(), ResponseError> {
    clock.version += 1;
    sql_clock::put_clock(tx, clock).await?;
    let more = json!({ "clock": clock.id, "rule": clock.rule });
    Ok(journal(tx, who, verb, one, more, now).await?)
}

async fn standing_clock(
    tx: &mut Tx,
    viewer: &Viewer,
    (name, id): (&str, &str),
    version: Option<i64>,
) -> Result<(Incident, Clock), ResponseError> {
    let one = workable(tx, viewer, name.into()).await?;
    let clocks = sql_clock::clocks_in(tx, &one.id).await?;
    let clock = clocks.into_iter().find(|clock| clock.id == id || clock.rule == id).ok_or(Refusal::NoClock)?;
    if version.is_some_and(|version| version != clock.version) {
        return Err(ResponseError::Stale);
    }
    Ok((one, clock))
}

/// Says from which moments a clock is counted; stages that were met stay as they are.
pub async fn set_moments(
    db: &Db,
    viewer: &Viewer,
    (name, id): (&str, &str),
    version: Option<i64>,
    (from, hours): (Moments, &Hours),
    now: Micros,
) -> Result<Clock, ResponseError> {
    if [from.aware, from.reported, from.classified].into_iter().flatten().any(|moment| moment > now) {
        return Err(Refusal::Future.into());
    }
    let mut tx = begin(db, now).await?;
    let (one, mut clock) = standing_clock(&mut tx, viewer, (name, id), version).await?;
    if clock.from == from {
        return Ok(clock); // The form may be sent twice.
    }
    clock.from = from;
    clock.follow(followed(&one), hours);
    put(&mut tx, &mut clock, &one, &viewer.name, "clock_changed", now).await?;
    tx.commit().await?;
    Ok(clock)
}

/// Records that a stage was met, and when; or, without a moment, that it was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageMet {
    /// The id of the stage.
    pub stage: String,
    /// When.
    pub at: Option<Micros>,
    /// What is said about it.
    pub remark: String,
}

/// Records that a stage of a clock was met, or takes that back. Late stays late: the time it was due is kept beside it.
pub async fn meet_stage(
    db: &Db,
    viewer: &Viewer,
    (name, id): (&str, &str),
    version: Option<i64>,
    (said, hours): (&StageMet, &Hours),
    now: Micros,
) -> Result<Clock, ResponseError> {
    if said.at.is_some_and(|at| at > now) {
        return Err(Refusal::Future.into());
    }
    let remark = match said.remark.trim() {
        "" => String::new(),
        remark => plain(remark, REASON_CHARS).ok_or(Refusal::Text)?,
    };
    let mut tx = begin(db, now).await?;
    let (one, mut clock) = standing_clock(&mut tx, viewer, (name, id), None).await?;
    let stage = clock.stages.iter_mut().find(|stage| stage.stage == said.stage).ok_or(Refusal::NoClock)?;
    let is_same = match (&stage.met, said.at) {
        (Some(met), Some(at)) => met.at == at && met.remark == remark,
        (None, None) => true,
        _ => false,
    };
    if is_same {
        return Ok(clock); // The form may be sent twice.
    }
    if version.is_some_and(|version| version != clock.version) {
        return Err(ResponseError::Stale);
    }
    stage.met = said.at.map(|at| Met { at, who: viewer.name.clone(), recorded: now, remark });
    let standing = stage.standing(now);
    let verb = if said.at.is_some() { "stage_met" } else { "stage_unmet" };
    clock.version += 1;
    clock.follow(followed(&one), hours);
    sql_clock::put_clock(&mut tx, &clock).await?;
    let late = standing == Standing::MetLate;
    let more = json!({ "clock": clock.id, "rule": clock.rule, "stage": said.stage, "late": late });
    journal(&mut tx, &viewer.name, verb, &one, more, now).await?;
    tx.commit().await?;
    Ok(clock)
}

/// Stops a clock for a reason: it was not needed. Starting its rule again lets it go on.
pub async fn stop_clock(
    db: &Db,
    viewer: &Viewer,
    (name, id): (&str, &str),
    version: Option<i64>,
    (reason, hours): (&str, &Hours),
    now: Micros,
) -> Result<Clock, ResponseError> {
    let reason = plain(reason, REASON_CHARS).ok_or(Refusal::Text)?;
    let mut tx = begin(db, now).await?;
    let (one, mut clock) = standing_clock(&mut tx, viewer, (name, id), None).await?;
    if clock.stopped.is_some() {
        return Ok(clock); // The button may be pressed twice.
    }
    if version.is_some_and(|version| version != clock.version) {
        return Err(ResponseError::Stale);
    }
    (clock.stopped, clock.reason) = (Some((viewer.name.clone(), now)), reason);
    clock.follow(followed(&one), hours);
    put(&mut tx, &mut clock, &one, &viewer.name, "clock_stopped", now).await?;
    tx.commit().await?;
    Ok(clock)
}

/// What figures count of a clock: the stages that were met, and those that are told to be late and still run.
fn counted(clock: &Clock) -> Vec<(String, Option<Micros>, Option<Micros>)> {
    let is_decided = |stage: &&ClockStage| stage.met.is_some() || (stage.running && stage.told_late.is_some());
    let of = |stage: &ClockStage| (stage.stage.clone(), stage.due, stage.met.as_ref().map(|met| met.at));
    clock.stages.iter().filter(is_decided).map(of).collect()
}

/// Brings the clocks of an incident in line with it, and starts those of rules that begin by themselves, if it never had one. The same
/// incident again changes nothing.
pub async fn follow_clocks(db: &Db, content: &WorkContent, id: &str, now: Micros) -> Result<(), ResponseError> {
    let mut tx = begin(db, now).await?;
    let Some(one) = crate::sql::get_in(&mut tx, &Viewer::system(), id).await? else { return Ok(()) };
    let mut is_changed = false;
    let reported = reported(&mut tx, &one).await?;
    for mut clock in sql_clock::clocks_in(&mut tx, &one.id).await? {
        // An earlier report was linked since; what a person said of the moment stays.
        let is_usual = clock.from.reported == Some(one.created) || clock.started.0 == MACHINE && clock.version == 1;
        let is_earlier = is_usual && clock.from.reported.is_some_and(|at| at > reported);
        let before = counted(&clock);
        if is_earlier {
            clock.from.reported = Some(reported);
        }
        if clock.follow(followed(&one), &content.hours) || is_earlier {
            sql_clock::put_clock(&mut tx, &clock).await?;
            is_changed = true;
        }
        // Figures follow the journal.
        if counted(&clock) != before {
            let more = json!({ "clock": clock.id, "rule": clock.rule });
            journal(&mut tx, MACHINE, "clock_adjusted", &one, more, now).await?;
        }
    }
    // What ended long ago needs no new clock.
    if one.state.is_live() && one.merged_into.is_empty() {
        for rule in content.rules.values().filter(|rule| rule.enabled) {
            if !sql_clock::never_had(&mut tx, &rule.id, &one.id).await? {
                continue;
            }
            let at = Some(one.created);
            let moments = Moments { aware: at, reported: Some(reported), classified: at };
            let mut clock = begun(rule, &one, moments, MACHINE, now);
            clock.follow(followed(&one), &content.hours);
            // Whoever was answered before the clock began is acknowledged.
            if let Some((at, who)) = sql_ticket::first_answer(&mut tx, &one.id).await?
                && acknowledge(&mut clock, at, &who, now)
            {
                clock.follow(followed(&one), &content.hours);
            }
            sql_clock::put_clock(&mut tx, &clock).await?;
            let more = json!({ "clock": clock.id, "rule": clock.rule });
            journal(&mut tx, MACHINE, "clock_started", &one, more, now).await?;
            is_changed = true;
        }
    }
    if is_changed {
        tx.commit().await?;
    }
    Ok(())
}

/// A stage of which something was told: it is due soon, or late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The incident.
    pub incident: Incident,
    /// The clock, as it stands.
    pub clock: Clock,
    /// The id of the stage.
    pub stage: String,
    /// Whether it is late, and not only soon due.
    pub is_late: bool,
}

/// Tells of stages that are due soon or late, each once: in the journal, and by what it gives back.
pub async fn tell_clocks(db: &Db, now: Micros) -> Result<Vec<Told>, ResponseError> {
    let mut told = Vec::new();
    for id in sql_clock::to_tell(db, now, ROUND).await? {
        let mut tx = begin(db, now).await?;
        let Some(one) = crate::sql::get_in(&mut tx, &Viewer::system(), &id).await? else { continue };
        for mut clock in sql_clock::clocks_in(&mut tx, &one.id).await? {
            let mut new = Vec::new();
            for stage in clock.stages.iter_mut().filter(|stage| stage.running) {
                let is_late = match stage.standing(now) {
                    Standing::Late if stage.told_late.is_none() => true,
                    Standing::Soon if stage.told_soon.is_none() => false,
                    _ => continue,
                };
                // Whoever hears that it is late needs not hear that it was due soon.
                stage.told_soon = stage.told_soon.or(Some(now));
                if is_late {
                    stage.told_late = Some(now);
                }
                new.push((stage.stage.clone(), is_late));
            }
            if new.is_empty() {
                continue;
            }
            sql_clock::put_clock(&mut tx, &clock).await?;
            for (stage, is_late) in new {
                let verb = if is_late { "stage_late" } else { "stage_due_soon" };
                let more = json!({ "clock": clock.id, "rule": clock.rule, "stage": stage });
                journal(&mut tx, MACHINE, verb, &one, more, now).await?;
                told.push(Told { incident: one.clone(), clock: clock.clone(), stage, is_late });
            }
        }
        tx.commit().await?;
    }
    Ok(told)
}
