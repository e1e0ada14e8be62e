//! Following up: whoever does not answer, or not all of it, is reminded; then those above it are told.
//!
//! Reminders and letters to those above are notices of their own: they are approved, sent and seen like all others.

use std::collections::HashSet;

use manara_model::Micros;
use manara_store::{Db, Tx};
use serde_json::Value;

use super::decide::queue;
use super::draft::{bouncing, judge, write_letter};
use super::{MACHINE, WarningError, journal};
use crate::compose::{Address, Bouncing, ConstituentInput, address};
use crate::letters::{LANGUAGES, LetterFailed, Letters, More, Written};
use crate::notice::{Format, LetterKind, Notice, NoticeFinding, number};
use crate::policy::{FollowUp, Next, Rules};
use crate::sql;

/// A notice nobody answered, and what is due.
#[derive(Debug, Clone, PartialEq)]
pub struct Unanswered {
    /// The notice.
    pub notice: Notice,
    /// A reminder, or a letter to those above.
    pub next: Next,
}

/// What the flow knows about a notice nobody answered.
#[derive(Debug, Clone, Default)]
pub struct FollowInput {
    /// The constituent.
    pub constituent: ConstituentInput,
    /// Those above it, the nearest first: its association, then the provider whose network it is in. Only the first that
    /// can be written to gets a letter.
    pub above: Vec<ConstituentInput>,
    /// Those findings of the notice about which there is still something to do.
    pub open: Vec<String>,
}

/// What following up a notice came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Followed {
    /// A reminder was made: its id.
    Reminded(String),
    /// A letter to those above was made: its id.
    Escalated(String),
    /// It ends here: nothing is open any more, nobody is above, or the marking does not let others know.
    Ended,
    /// Somebody else did it, or an answer came meanwhile.
    Nothing,
}

/// Notices nobody answered for which something is due, oldest first, after one of them: at most `limit` are looked at. The
/// last id looked at leads further; without one there are no more.
pub async fn unanswered_due(
    db: &Db,
    rules: &Rules,
    after: &str,
    limit: i64,
    now: Micros,
) -> Result<(Vec<Unanswered>, Option<String>), WarningError> {
    let Some(follow_up) = rules.follow_up else { return Ok((Vec::new(), None)) };
    let before = now.plus_days(-follow_up.soonest_days());
    let notices = sql::unanswered(db, before, after, limit).await?;
    let last = notices.last().map(|notice| notice.id.clone());
    let due = notices.into_iter().filter_map(|notice| match follow_up.next(&notice, now) {
        Next::Wait => None,
        next => Some(Unanswered { notice, next }),
    });
    Ok((due.collect(), last))
}

/// Makes the reminder, or the letter to those above, that is due for one notice. Again it changes nothing.
pub async fn follow_up(
    db: &Db,
    due: &Unanswered,
    input: &FollowInput,
    rules: &Rules,
    letters: &Letters,
    now: Micros,
) -> Result<Followed, WarningError> {
    let about = &due.notice;
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    if !sql::pending_about(&mut tx, &about.id).await?.is_empty() {
        return Ok(Followed::Nothing);
    }
    let all = sql::findings(&mut tx, &[&about.id]).await?.remove(&about.id).unwrap_or_default();
    // Whoever answered a part of it is asked for the rest alone.
    let rest: HashSet<String> = sql::without_answer(&mut tx, &about.id).await?.into_iter().collect();
    let asked: HashSet<&str> = input.open.iter().map(String::as_str).collect();
    let is_open =
        |finding: &NoticeFinding| asked.contains(finding.finding_id.as_str()) && rest.contains(&finding.finding_id);
    let open: Vec<NoticeFinding> = all.into_iter().filter(is_open).collect();
    let done = if open.is_empty() {
        end(&mut tx, about, "nothing_open", now).await?
    } else if due.next == Next::Remind {
        remind(&mut tx, about, input, &open, rules, letters, now).await?
    } else {
        escalate(&mut tx, about, input, &open, rules, letters, now).await?
    };
    tx.commit().await?;
    Ok(done)
}

/// Nothing follows any more.
async fn end(tx: &mut Tx, about: &Notice, why: &str, now: Micros) -> Result<Followed, WarningError> {
    if !sql::set_escalated(tx, &about.id, now).await? {
        return Ok(Followed::Nothing);
    }
    journal(tx, MACHINE, "follow_up_ended", about, &[("reason", Value::from(why))], now).await?;
    Ok(Followed::Ended)
}

async fn remind(
    tx: &mut Tx,
    about: &Notice,
    input: &FollowInput,
    open: &[NoticeFinding],
    rules: &Rules,
    letters: &Letters,
    now: Micros,
) -> Result<Followed, WarningError> {
    if !sql::set_reminded(tx, &about.id, about.reminders, now).await? {
        return Ok(Followed::Nothing);
    }
    let bouncing = bouncing(tx, std::slice::from_ref(&input.constituent)).await?;
    let facts = Facts { about, input, open, above: "", letter: LetterKind::Reminder };
    let to = address(&input.constituent.contacts, LANGUAGES, &bouncing);
    Ok(Followed::Reminded(make(tx, &facts, to, rules, letters, now).await?))
}

async fn escalate(
    tx: &mut Tx,
    about: &Notice,
    input: &FollowInput,
    open: &[NoticeFinding],
    rules: &Rules,
    letters: &Letters,
    now: Micros,
) -> Result<Followed, WarningError> {
    if !FollowUp::may_escalate(about.tlp) {
        return end(tx, about, "marking", now).await;
    }
    let bouncing = bouncing(tx, &input.above).await?;
    let Some((above, to)) = reachable(&input.above, &bouncing) else {
        return end(tx, about, "nobody_above", now).await;
    };
    if !sql::set_escalated(tx, &about.id, now).await? {
        return Ok(Followed::Nothing);
    }
    let facts = Facts { about, input, open, above: &above.name, letter: LetterKind::Escalation };
    Ok(Followed::Escalated(make(tx, &facts, to, rules, letters, now).await?))
}

/// The first of those above who can be written to.
fn reachable<'a>(above: &'a [ConstituentInput], bouncing: &Bouncing) -> Option<(&'a ConstituentInput, Address)> {
    above
        .iter()
        .map(|one| (one, address(&one.contacts, LANGUAGES, bouncing)))
        .find(|(_, address)| !address.to.is_empty())
}

/// What a letter about a notice is made of.
struct Facts<'a> {
    about: &'a Notice,
    input: &'a FollowInput,
    open: &'a [NoticeFinding],
    above: &'a str,
    letter: LetterKind,
}

/// Makes a notice about a notice.
async fn make(
    tx: &mut Tx,
    facts: &Facts<'_>,
    to: Address,
    rules: &Rules,
    letters: &Letters,
    now: Micros,
) -> Result<String, WarningError> {
    let Facts { about, open, letter, .. } = facts;
    let year = now.year();
    let first = sql::take_numbers(tx, &year, 1).await?;
    let mut notice = Notice::draft(number(&year, first), now.day(), now);
    let assets: std::collections::BTreeSet<&str> = open.iter().map(|finding| finding.asset.as_str()).collect();
    notice.constituent_id.clone_from(&about.constituent_id);
    notice.constituent.clone_from(&facts.input.constituent.name);
    notice.class.clone_from(&about.class);
    notice.language = to.language;
    notice.format = Format::Both;
    notice.recipients = to.to;
    notice.tlp = about.tlp;
    notice.severity = open.iter().map(|finding| finding.severity).max().unwrap_or(about.severity);
    notice.confidence = about.confidence;
    notice.findings = i64::try_from(open.len()).unwrap_or(i64::MAX);
    notice.assets = i64::try_from(assets.len()).unwrap_or(i64::MAX);
    notice.events = open.iter().map(|finding| finding.count).sum();
    notice.answer_days = about.answer_days;
    // Nothing is attached: the events went with the notice.
    notice.filled = true;
    notice.letter = *letter;
    notice.about.clone_from(&about.id);
    notice.link_generation = about.link_generation;
    let automatic = judge(rules, &mut notice, &facts.input.constituent.criticality, now);
    let written = write(&notice, facts, letters)?;
    notice.subject = written.subject;
    sql::put_notices(tx, &[(&notice, &written.body)]).await?;
    let more = [("letter", Value::from(letter.as_str())), ("about", Value::from(about.number.as_str()))];
    journal(tx, MACHINE, "notice_drafted", &notice, &more, now).await?;
    let verb = if *letter == LetterKind::Reminder { "reminder_made" } else { "escalation_made" };
    journal(tx, MACHINE, verb, about, &[("number", Value::from(notice.number.as_str()))], now).await?;
    if automatic {
        journal(tx, MACHINE, "notice_approved", &notice, &[("rule", Value::from(notice.rule.as_str()))], now).await?;
        queue(tx, std::slice::from_ref(&notice), MACHINE, now).await?;
    }
    Ok(notice.id)
}

fn write(notice: &Notice, facts: &Facts<'_>, letters: &Letters) -> Result<Written, LetterFailed> {
    let first_day = facts.about.sent.unwrap_or(facts.about.created).day();
    let is_reminder = facts.letter == LetterKind::Reminder;
    let more = More {
        letter: facts.letter.as_str(),
        asks: is_reminder,
        first_number: &facts.about.number,
        first_day: &first_day,
        above: facts.above,
        reminders: facts.about.reminders + i64::from(is_reminder),
        partly: facts.about.answered > 0,
    };
    write_letter(letters, notice, facts.open.iter(), Vec::new(), more)
}
