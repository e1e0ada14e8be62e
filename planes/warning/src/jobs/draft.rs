//! Composing: findings in, drafts out.

use std::collections::{BTreeSet, HashMap};

use manara_model::{Micros, needs_second};
use manara_store::{Db, StoreError, Tx};
use serde_json::Value;

use super::{MACHINE, WarningError, journal};
use crate::compose::{Address, Bouncing, ComposeInput, ConstituentInput, FindingInput, Group, LeftOut, address, plan};
use crate::letters::{Files, LANGUAGES, LetterFacts, LetterFailed, LetterRow, Letters, More, Written};
use crate::notice::{Notice, NoticeFinding, NoticeState, number};
use crate::policy::{Approval, Judged, Rules};
use crate::sql;

/// How many constituents one transaction composes for.
const CONSTITUENTS_AT_ONCE: usize = 500;
/// How many findings it takes before it is enough.
const FINDINGS_AT_ONCE: usize = 20_000;

/// What composing did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComposeReport {
    /// Ids of new notices.
    pub drafted: Vec<String>,
    /// Ids of drafts that grew or were brought up to date.
    pub joined: Vec<String>,
    /// How many of both a rule approved.
    pub approved: usize,
    /// What was left out, and why.
    pub left_out: LeftOut,
}

/// Makes notices of findings, one for each constituent, class and day; a draft of the day grows. The same input again
/// changes nothing.
pub async fn compose_drafts(
    db: &Db,
    input: &ComposeInput,
    rules: &Rules,
    letters: &Letters,
    now: Micros,
) -> Result<ComposeReport, WarningError> {
    let mut report = ComposeReport::default();
    let (parts, unowned) = split(input);
    report.left_out.unowned = unowned;
    for part in parts {
        compose_part(db, &part, rules, letters, now, &mut report).await?;
    }
    Ok(report)
}

/// Brings the drafts of constituents in line with their contacts: whom to write to, in which language, with what attached.
/// Says which drafts changed; their attachments are asked for again. What waits for a second person is a draft again, as the first
/// approved it to somebody else; where the day has another draft, it waits for both.
pub async fn readdress(
    db: &Db,
    constituents: &[ConstituentInput],
    letters: &Letters,
    now: Micros,
) -> Result<Vec<String>, WarningError> {
    let mut changed_ids = Vec::new();
    for part in constituents.chunks(CONSTITUENTS_AT_ONCE) {
        let by_id: HashMap<&str, &ConstituentInput> =
            part.iter().map(|constituent| (constituent.id.as_str(), constituent)).collect();
        let owners: Vec<&str> = by_id.keys().copied().collect();
        let mut tx = db.begin().await?;
        sql::turn(&mut tx, now).await?;
        let bouncing = bouncing(&mut tx, part).await?;
        let ids = sql::all_drafts(&mut tx, &owners).await?;
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let heads = sql::notices(&mut tx, &ids).await?;
        let mut changed: Vec<Notice> = Vec::new();
        for mut notice in heads.into_values() {
            let Some(constituent) = by_id.get(notice.constituent_id.as_str()) else { continue };
            let Address { to, language, format } = address(&constituent.contacts, LANGUAGES, &bouncing);
            let same = (&notice.recipients, &notice.language, notice.format) == (&to, &language, format);
            if same && notice.constituent == constituent.name {
                continue;
            }
            if notice.state == NoticeState::Waiting {
                begin_anew(&mut tx, &mut notice, now).await?;
            }
            notice.constituent.clone_from(&constituent.name);
            (notice.recipients, notice.language, notice.format) = (to, language, format);
            notice.filled = false;
            changed.push(notice);
        }
        let ids: Vec<String> = changed.iter().map(|notice| notice.id.clone()).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let findings = sql::findings(&mut tx, &ids).await?;
        let mut bodies = Vec::with_capacity(changed.len());
        for notice in &mut changed {
            let told = findings.get(&notice.id).map(Vec::as_slice).unwrap_or_default();
            let letter = write_letter(letters, notice, told.iter(), Vec::new(), More::asking())?;
            notice.subject = letter.subject;
            bodies.push(letter.body);
        }
        let rows: Vec<(&Notice, &str)> = changed.iter().zip(bodies.iter().map(String::as_str)).collect();
        sql::put_notices(&mut tx, &rows).await?;
        sql::outdate_links(&mut tx, &ids).await?;
        for notice in &changed {
            let joined = [("joined", Value::from(true)), ("changed", Value::from(0))];
            journal(&mut tx, MACHINE, "notice_drafted", notice, &joined, now).await?;
        }
        tx.commit().await?;
        changed_ids.extend(changed.into_iter().map(|notice| notice.id));
    }
    Ok(changed_ids)
}

/// Takes the first approval of a notice back, which was of another letter.
async fn begin_anew(tx: &mut Tx, notice: &mut Notice, now: Micros) -> Result<(), StoreError> {
    let from = [("from", Value::from(notice.state.as_str()))];
    let verb = if sql::has_other_draft(tx, notice).await? {
        "notice_kept_back"
    } else {
        // At once, so that of two notices of one day only the first becomes the draft.
        sql::set_redrafted(tx, &notice.id).await?;
        notice.state = NoticeState::Draft;
        "notice_redrafted"
    };
    (notice.approved, notice.approved_by) = (None, String::new());
    journal(tx, MACHINE, verb, notice, &from, now).await
}

/// The mail addresses of constituents that bounce.
pub(super) async fn bouncing(tx: &mut Tx, constituents: &[ConstituentInput]) -> Result<Bouncing, StoreError> {
    let mails = constituents.iter().flat_map(|one| one.contacts.iter().map(|contact| contact.mail.as_str()));
    let mails: Vec<&str> = mails.filter(|mail| !mail.is_empty()).collect();
    Ok(sql::bounces_in(tx, &mails).await?.into_iter().map(|bounce| bounce.mail).collect())
}

/// The input in parts of some hundred constituents, and how many findings belong to none.
fn split(input: &ComposeInput) -> (Vec<ComposeInput>, usize) {
    let mut of_owner: HashMap<&str, Vec<&FindingInput>> = HashMap::new();
    for finding in &input.findings {
        of_owner.entry(finding.constituent_id.as_str()).or_default().push(finding);
    }
    let mut parts: Vec<ComposeInput> = Vec::new();
    let mut part = ComposeInput::default();
    for constituent in &input.constituents {
        let Some(findings) = of_owner.remove(constituent.id.as_str()) else { continue };
        part.constituents.push(constituent.clone());
        part.findings.extend(findings.into_iter().cloned());
        if part.constituents.len() >= CONSTITUENTS_AT_ONCE || part.findings.len() >= FINDINGS_AT_ONCE {
            parts.push(std::mem::take(&mut part));
        }
    }
    if !part.findings.is_empty() {
        parts.push(part);
    }
    (parts, of_owner.values().map(Vec::len).sum())
}

/// A notice about to be written.
struct Draft {
    notice: Notice,
    letter: Written,
    /// The findings that are new or changed.
    changed: Vec<NoticeFinding>,
    is_new: bool,
    automatic: bool,
}

async fn compose_part(
    db: &Db,
    input: &ComposeInput,
    rules: &Rules,
    letters: &Letters,
    now: Micros,
    report: &mut ComposeReport,
) -> Result<(), WarningError> {
    let day = now.day();
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    let finding_ids: Vec<&str> = input.findings.iter().map(|finding| finding.id.as_str()).collect();
    let assets: BTreeSet<&str> = input.findings.iter().map(|finding| finding.asset.as_str()).collect();
    let assets: Vec<&str> = assets.into_iter().collect();
    let owners: Vec<&str> = input.constituents.iter().map(|constituent| constituent.id.as_str()).collect();
    let known = sql::known(&mut tx, &finding_ids, &assets, &owners, &day).await?;
    let bouncing = bouncing(&mut tx, &input.constituents).await?;
    let (groups, left_out) = plan(input, &known, rules.quiet_days, now);
    report.left_out = report.left_out.plus(left_out);
    if groups.is_empty() {
        return Ok(());
    }
    let grown: Vec<&str> = groups.iter().filter_map(|group| group.draft.as_deref()).collect();
    let heads = sql::notices(&mut tx, &grown).await?;
    let mut told_so_far = sql::findings(&mut tx, &grown).await?;
    let year = day.get(..4).unwrap_or("0000");
    let new = groups.len() - grown.len();
    let mut next = if new > 0 { sql::take_numbers(&mut tx, year, new).await? } else { 0 };
    let mut drafts = Vec::with_capacity(groups.len());
    for group in &groups {
        let head = group.draft.as_ref().and_then(|id| heads.get(id));
        let before = group.draft.as_ref().and_then(|id| told_so_far.remove(id)).unwrap_or_default();
        let notice = match head {
            Some(head) => head.clone(),
            None => {
                next += 1;
                Notice::draft(number(year, next - 1), day.clone(), now)
            }
        };
        drafts.push(write(input, group, notice, head.is_none(), before, rules, letters, &bouncing, now)?);
    }
    let rows: Vec<(&Notice, &str)> = drafts.iter().map(|draft| (&draft.notice, draft.letter.body.as_str())).collect();
    sql::put_notices(&mut tx, &rows).await?;
    let rows: Vec<(&str, &NoticeFinding)> = drafts
        .iter()
        .flat_map(|draft| draft.changed.iter().map(|finding| (draft.notice.id.as_str(), finding)))
        .collect();
    sql::put_findings(&mut tx, &rows).await?;
    for draft in &drafts {
        let joined = [("joined", Value::from(!draft.is_new)), ("changed", Value::from(draft.changed.len()))];
        journal(&mut tx, MACHINE, "notice_drafted", &draft.notice, &joined, now).await?;
        if draft.automatic {
            let rule = [("rule", Value::from(draft.notice.rule.as_str()))];
            journal(&mut tx, MACHINE, "notice_approved", &draft.notice, &rule, now).await?;
        }
    }
    tx.commit().await?;
    for draft in drafts {
        report.approved += usize::from(draft.automatic);
        if draft.is_new { &mut report.drafted } else { &mut report.joined }.push(draft.notice.id);
    }
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "all are needed once, by one caller")]
fn write(
    input: &ComposeInput,
    group: &Group,
    mut notice: Notice,
    is_new: bool,
    before: Vec<NoticeFinding>,
    rules: &Rules,
    letters: &Letters,
    bouncing: &Bouncing,
    now: Micros,
) -> Result<Draft, LetterFailed> {
    let constituent = input.constituents.get(group.constituent).cloned().unwrap_or_default();
    let added: Vec<&FindingInput> = group.findings.iter().filter_map(|at| input.findings.get(*at)).collect();
    let Address { to, language, format } = address(&constituent.contacts, LANGUAGES, bouncing);
    notice.constituent_id = constituent.id;
    notice.constituent = constituent.name;
    notice.class.clone_from(&group.class);
    notice.recipients = to;
    notice.language = language;
    notice.format = format;
    for finding in &added {
        notice.tlp = notice.tlp.max(finding.tlp);
        notice.severity = notice.severity.max(finding.severity);
        notice.confidence = notice.confidence.min(finding.confidence);
    }
    let changed: Vec<NoticeFinding> = added.iter().map(|finding| told(finding)).collect();
    let mut all: HashMap<&str, &NoticeFinding> =
        before.iter().map(|finding| (finding.finding_id.as_str(), finding)).collect();
    all.extend(changed.iter().map(|finding| (finding.finding_id.as_str(), finding)));
    let assets: BTreeSet<&str> = all.values().map(|finding| finding.asset.as_str()).collect();
    notice.findings = count(all.len());
    notice.assets = count(assets.len());
    notice.events = all.values().map(|finding| finding.count).sum();
    notice.attached = 0;
    notice.filled = false;
    notice.answer_days = rules.answer_days(notice.severity);
    let automatic = judge(rules, &mut notice, &constituent.criticality, now);
    let letter = write_letter(letters, &notice, all.into_values(), Vec::new(), More::asking())?;
    notice.subject.clone_from(&letter.subject);
    Ok(Draft { notice, letter, changed, is_new, automatic })
}

/// Lets the rules decide about a notice; true when one of them approved it.
pub(super) fn judge(rules: &Rules, notice: &mut Notice, criticality: &str, now: Micros) -> bool {
    let rule = rules.decide(Judged {
        class: &notice.class,
        criticality,
        severity: notice.severity,
        confidence: notice.confidence,
        findings: notice.findings,
        letter: notice.letter,
    });
    notice.rule = rule.map(|rule| rule.name.clone()).unwrap_or_default();
    // Without an address there is nothing to approve; a person must look for one. A rule is nobody's second pair of eyes.
    let automatic = rule.is_some_and(|rule| rule.approve == Approval::Automatic)
        && !notice.recipients.is_empty()
        && !needs_second(rules.four_eyes_above, notice.tlp);
    if automatic {
        notice.state = NoticeState::Approved;
        notice.approved = Some(now);
        notice.approved_by = MACHINE.into();
    }
    automatic
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn told(finding: &FindingInput) -> NoticeFinding {
    NoticeFinding {
        finding_id: finding.id.clone(),
        asset: finding.asset.clone(),
        subject: finding.subject.clone(),
        severity: finding.severity,
        first_seen: finding.first_seen,
        last_seen: finding.last_seen,
        count: finding.count,
    }
}

/// Writes the letter of a notice.
pub(super) fn write_letter<'a>(
    letters: &Letters,
    notice: &Notice,
    findings: impl Iterator<Item = &'a NoticeFinding>,
    files: Vec<String>,
    more: More<'_>,
) -> Result<Written, LetterFailed> {
    let contact = match notice.recipients.as_slice() {
        [one] => one.name.as_str(),
        _ => "",
    };
    letters.write(&LetterFacts {
        number: &notice.number,
        day: &notice.day,
        language: &notice.language,
        class: &notice.class,
        tlp: notice.tlp,
        constituent: &notice.constituent,
        contact,
        answer_days: notice.answer_days,
        more,
        rows: findings
            .map(|finding| LetterRow {
                asset: &finding.asset,
                subject: &finding.subject,
                severity: finding.severity,
                first_seen: finding.first_seen,
                last_seen: finding.last_seen,
                count: finding.count,
            })
            .collect(),
        files: Files { names: files, attached: notice.attached, events: notice.events },
    })
}
