//! Every statement of the plane, and the rows they give.

mod answers;
mod bounces;
mod follow_up;

use std::collections::HashMap;

use manara_model::{Micros, Tlp, Viewer};
use manara_net::Addressee;
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::compose::{Known, Pending, Told};
use crate::notice::{Format, LetterKind, Notice, NoticeFile, NoticeFinding, NoticeState};

pub(crate) use answers::{
    Fresh, finding_ids_of, holding, last_said, put_answers, set_help_given, sheet_of, take_help_back, without_answer,
};
pub use answers::{
    Held, ToldSums, answers_for_sql, answers_of_findings, answers_of_notice, answers_of_submission, count_helps,
    count_unanswered, held_of, told_between,
};
pub use bounces::{Bounce, all_bounces, bounces};
pub(crate) use bounces::{bounces_in, mail_key, set_bounced, set_recovered};
pub(crate) use follow_up::{pending_about, related, set_escalated, set_followed, set_heard, set_reminded, unanswered};

/// The columns of [`notice`], in its order.
pub(crate) const NOTICE_COLUMNS: &str = "id, number, constituent_id, constituent, class, day, language, format, tlp, state, \
     recipients, subject, severity, confidence, findings, assets, events, attached, filled, answer_days, created, approved, \
     approved_by, rule, queued, sent, attempts, sending, error, rounds, letter, about, link_generation, answered, helps, \
     reminders, followed, escalated, seconded, seconded_by";

const TURN: &str = "
    INSERT INTO warning_turn (name, at) VALUES ('notices', $1) ON CONFLICT (name) DO UPDATE SET at = excluded.at";
const ALL_DRAFTS: &str = "
    SELECT id FROM warning_notice WHERE state IN ('draft', 'waiting') AND about = '' AND constituent_id IN (…)";
const OUTDATE: &str = "UPDATE warning_notice SET link_generation = link_generation + 1 WHERE about = '' AND id IN (…)";
const NUMBERS: &str = "
    INSERT INTO warning_number (year, last) VALUES ($1, $2)
    ON CONFLICT (year) DO UPDATE SET last = warning_number.last + excluded.last RETURNING last";
// With many values in an IN, SQLite would walk all notices of a state; `|| ''` keeps it to the findings asked for.
const PENDING: &str = "
    SELECT f.finding_id, n.id, n.state, f.severity, f.last_seen, f.count
      FROM warning_notice_finding f JOIN warning_notice n ON n.id = f.notice_id
     WHERE ((n.state || '') IN ('draft', 'waiting', 'approved', 'queued', 'failed')
        OR ((n.state || '') = 'cancelled' AND n.cancelled_on = $1))
       AND f.finding_id IN (…)";
const TOLD: &str = "SELECT constituent_id, class, asset, at, severity FROM warning_told WHERE asset IN (…)";
const DRAFTS: &str = "
    SELECT constituent_id, class, id FROM warning_notice WHERE (state || '') = 'draft' AND about = '' AND day = $1
       AND constituent_id IN (…)";
const FINDINGS: &str = "
    SELECT notice_id, finding_id, asset, subject, severity, first_seen, last_seen, count
      FROM warning_notice_finding WHERE notice_id IN (…)";
const FILES: &str = "
    SELECT notice_id, name, media_type, sha256, bytes, rows FROM warning_attachment WHERE notice_id IN (…)";
const BODIES: &str = "SELECT id, body FROM warning_notice WHERE id IN (…)";
const WANTING: &str = "
    SELECT id FROM warning_notice WHERE filled = FALSE AND state <> 'cancelled' AND (format IN ('pdf', 'all')) = $1
     ORDER BY id LIMIT $2";
const OTHER_DRAFT: &str = "
    SELECT id FROM warning_notice
     WHERE constituent_id = $1 AND class = $2 AND day = $3 AND state = 'draft' AND about = '' AND id <> $4 LIMIT 1";

const PUT_HEAD: &str = "INSERT INTO warning_notice (id, number, constituent_id, constituent, class, day, language, format, \
     tlp, state, recipients, subject, body, severity, confidence, findings, assets, events, attached, filled, answer_days, \
     created, approved, approved_by, rule, queued, sent, cancelled_on, attempts, sending, error, rounds, letter, about, \
     link_generation) VALUES";
const PUT_TAIL: &str = "ON CONFLICT (id) DO UPDATE SET constituent = excluded.constituent, language = excluded.language, \
     format = excluded.format, tlp = excluded.tlp, state = excluded.state, recipients = excluded.recipients, \
     subject = excluded.subject, body = excluded.body, severity = excluded.severity, confidence = excluded.confidence, \
     findings = excluded.findings, assets = excluded.assets, events = excluded.events, attached = excluded.attached, \
     filled = excluded.filled, answer_days = excluded.answer_days, approved = excluded.approved, \
     approved_by = excluded.approved_by, rule = excluded.rule";
const PUT_FINDING_HEAD: &str = "INSERT INTO warning_notice_finding (notice_id, finding_id, asset, subject, severity, first_seen, \
     last_seen, count) VALUES";
const PUT_FINDING_TAIL: &str = "ON CONFLICT (notice_id, finding_id) DO UPDATE SET asset = excluded.asset, \
     subject = excluded.subject, severity = excluded.severity, first_seen = excluded.first_seen, \
     last_seen = excluded.last_seen, count = excluded.count";
const DROP_FILES: &str = "DELETE FROM warning_attachment WHERE notice_id IN (…)";
const PUT_FILE_HEAD: &str = "INSERT INTO warning_attachment (notice_id, name, media_type, sha256, bytes, rows) VALUES";

const APPROVED: &str = "
    UPDATE warning_notice
       SET state = 'approved', approved = $1, approved_by = $2, seconded = $3, seconded_by = $4, error = ''
     WHERE id IN (…)";
const WAITING: &str = "
    UPDATE warning_notice
       SET state = 'waiting', approved = $1, approved_by = $2, seconded = '', seconded_by = '', cancelled_on = '', error = ''
     WHERE id IN (…)";
const SECONDED: &str =
    "UPDATE warning_notice SET state = 'approved', seconded = $1, seconded_by = $2, error = '' WHERE id IN (…)";
// What a rule approved, nobody has.
const HELD: &str = "
    UPDATE warning_notice
       SET state = 'waiting', seconded = '', seconded_by = '', sending = '', queued = '',
           approved = CASE WHEN approved_by = $2 THEN '' ELSE approved END,
           approved_by = CASE WHEN approved_by = $2 THEN '' ELSE approved_by END
     WHERE id = $1 AND state = 'queued' AND sending = ''";
const QUEUED: &str = "
    UPDATE warning_notice SET state = 'queued', queued = $1, rounds = rounds + 1, attempts = 0, error = '', sending = ''
     WHERE id IN (…)";
const CANCELLED: &str = "
    UPDATE warning_notice SET state = 'cancelled', cancelled_on = $1, sending = '', error = '',
        link_generation = CASE WHEN about = '' THEN link_generation + 1 ELSE link_generation END
     WHERE id IN (…)";
const REDRAFTED: &str = "
    UPDATE warning_notice
       SET state = 'draft', approved = '', approved_by = '', seconded = '', seconded_by = '', queued = '', cancelled_on = '', error = '', attempts = 0,
           link_generation = CASE WHEN about = '' THEN link_generation + 1 ELSE link_generation END
     WHERE id = $1";
const CLAIM: &str =
    "UPDATE warning_notice SET sending = $2 WHERE id = $1 AND state = 'queued' AND sending = '' AND rounds = $3";
const RECOVER: &str = "UPDATE warning_notice SET sending = '' WHERE state = 'queued' AND sending <> ''";
const SENT: &str = "
    UPDATE warning_notice SET state = 'sent', sent = $2, attempts = attempts + 1, sending = '', error = $3
     WHERE id = $1 AND state = 'queued'";
const LATER: &str = "
    UPDATE warning_notice SET attempts = attempts + 1, sending = '', error = $2 WHERE id = $1 AND state = 'queued'";
const FAILED: &str = "
    UPDATE warning_notice SET state = 'failed', attempts = attempts + 1, sending = '', error = $2
     WHERE id = $1 AND state = 'queued'";
const RETURNED: &str = "UPDATE warning_notice SET state = 'failed', error = $2 WHERE id = $1 AND state = 'sent'";
const FAILED_AGAIN: &str =
    "UPDATE warning_notice SET state = 'failed', cancelled_on = '', error = $2, sending = '' WHERE id = $1";
const TELL: &str = "
    INSERT INTO warning_told (asset, class, constituent_id, at, severity, notice_id)
    SELECT asset, $2, $3, $4, MAX(severity), $1 FROM warning_notice_finding WHERE notice_id = $1 GROUP BY asset
    ON CONFLICT (asset, class, constituent_id)
    DO UPDATE SET at = excluded.at, severity = excluded.severity, notice_id = excluded.notice_id";
const CAPTURE_HEAD: &str = "INSERT INTO warning_captured (message_id, notice_id, at, tlp, sender, recipients, subject, \
     language, header, body, sha256, bytes) VALUES";
const CAPTURE_TAIL: &str = "ON CONFLICT (message_id) DO UPDATE SET at = excluded.at, recipients = excluded.recipients, \
     subject = excluded.subject, header = excluded.header, body = excluded.body, sha256 = excluded.sha256, \
     bytes = excluded.bytes";

const BODY: &str = "SELECT body FROM warning_notice WHERE id = $1 AND tlp <= $2";
const FINDING_IDS: &str = "
    SELECT finding_id FROM warning_notice_finding WHERE notice_id = $1 AND finding_id > $2 ORDER BY finding_id LIMIT $3";
const FINDINGS_OF: &str = "
    SELECT notice_id, finding_id, asset, subject, severity, first_seen, last_seen, count
      FROM warning_notice_finding WHERE notice_id = $1 ORDER BY severity DESC, last_seen DESC, finding_id LIMIT $2";
const FILES_OF: &str = "
    SELECT notice_id, name, media_type, sha256, bytes, rows FROM warning_attachment WHERE notice_id = $1 ORDER BY name LIMIT 10";
const LAST_ANSWER: &str = "SELECT id FROM warning_answer WHERE notice_id = $1 ORDER BY id DESC LIMIT 1";
const STATES: &str = "SELECT state, COUNT(*) FROM warning_notice WHERE tlp <= $1 GROUP BY state LIMIT 10";
const FOR_SQL: &str = "
    SELECT id, number, constituent, class, day, state, language, findings, events, created, sent, letter, answered, helps
      FROM warning_notice WHERE id > $1 AND tlp <= $3 ORDER BY id LIMIT $2";
const CAPTURED: &str = "
    SELECT message_id, notice_id, at, sender, recipients, subject, language, header, body, sha256, bytes, tlp
      FROM warning_captured WHERE notice_id = $1 AND tlp <= $2 ORDER BY at DESC LIMIT 1";
const CLASSES: &str = "SELECT DISTINCT class FROM warning_notice WHERE tlp <= $1 ORDER BY class LIMIT 100";
const CONSTITUENT: &str = "
    SELECT constituent FROM warning_notice WHERE constituent_id = $1 AND tlp <= $2 ORDER BY id DESC LIMIT 1";
const VISIBLE: &str = "SELECT id FROM warning_notice WHERE tlp <= $1 AND id IN (…)";
const BLOBS: &str = "
    SELECT sha256 FROM (SELECT sha256 FROM warning_attachment UNION SELECT sha256 FROM warning_captured) AS kept
     WHERE sha256 > $1 ORDER BY sha256 LIMIT $2";

/// Recipients as the column holds them: a JSON array of name and mail.
pub(crate) fn recipients_text(to: &[Addressee]) -> String {
    let pairs: Vec<[&str; 2]> = to.iter().map(|to| [to.name.as_str(), to.mail.as_str()]).collect();
    serde_json::to_string(&pairs).unwrap_or_else(|_| "[]".into())
}

pub(crate) fn recipients(text: &str) -> Result<Vec<Addressee>, StoreError> {
    let pairs: Vec<[String; 2]> = serde_json::from_str(text).map_err(|_| StoreError::unknown("recipients", text))?;
    Ok(pairs.into_iter().map(|[name, mail]| Addressee { name, mail }).collect())
}

/// Reads a row of [`NOTICE_COLUMNS`].
pub(crate) fn notice(row: &Row) -> Result<Notice, StoreError> {
    let (tlp, state) = (row.int(8)?, row.text(9)?);
    Ok(Notice {
        id: row.text(0)?,
        number: row.text(1)?,
        constituent_id: row.text(2)?,
        constituent: row.text(3)?,
        class: row.text(4)?,
        day: row.text(5)?,
        language: row.text(6)?,
        format: Format::parse(&row.text(7)?),
        tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
        state: NoticeState::parse(&state).ok_or_else(|| StoreError::unknown("state", state))?,
        recipients: recipients(&row.text(10)?)?,
        subject: row.text(11)?,
        severity: row.severity(12)?,
        confidence: row.real(13)?,
        findings: row.int(14)?,
        assets: row.int(15)?,
        events: row.int(16)?,
        attached: row.int(17)?,
        filled: row.bool(18)?,
        answer_days: row.int(19)?,
        created: row.moment(20)?,
        approved: row.opt_moment(21)?,
        approved_by: row.text(22)?,
        rule: row.text(23)?,
        queued: row.opt_moment(24)?,
        sent: row.opt_moment(25)?,
        attempts: row.int(26)?,
        sending: !row.text(27)?.is_empty(),
        error: row.text(28)?,
        rounds: row.int(29)?,
        letter: letter_kind(row.text(30)?)?,
        about: row.text(31)?,
        link_generation: row.int(32)?,
        answered: row.int(33)?,
        helps: row.int(34)?,
        reminders: row.int(35)?,
        followed: row.opt_moment(36)?,
        escalated: row.opt_moment(37)?,
        seconded: row.opt_moment(38)?,
        seconded_by: row.text(39)?,
    })
}

fn letter_kind(word: String) -> Result<LetterKind, StoreError> {
    LetterKind::parse(&word).ok_or_else(|| StoreError::unknown("letter", word))
}

fn finding(row: &Row) -> Result<(String, NoticeFinding), StoreError> {
    let finding = NoticeFinding {
        finding_id: row.text(1)?,
        asset: row.text(2)?,
        subject: row.text(3)?,
        severity: row.severity(4)?,
        first_seen: row.moment(5)?,
        last_seen: row.moment(6)?,
        count: row.int(7)?,
    };
    Ok((row.text(0)?, finding))
}

fn file(row: &Row) -> Result<NoticeFile, StoreError> {
    Ok(NoticeFile {
        notice_id: row.text(0)?,
        name: row.text(1)?,
        media_type: row.text(2)?,
        sha256: row.text(3)?,
        bytes: row.int(4)?,
        rows: row.int(5)?,
    })
}

/// Waits for its turn: whoever changes several notices does it alone.
pub(crate) async fn turn(tx: &mut Tx, now: Micros) -> Result<(), StoreError> {
    tx.run(TURN, &[now.into()]).await?;
    Ok(())
}

/// Takes so many numbers of a year; gives the first of them.
pub(crate) async fn take_numbers(tx: &mut Tx, year: &str, count: usize) -> Result<i64, StoreError> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let row = tx.read_one(NUMBERS, &[year.into(), count.into()]).await?;
    Ok(row.ok_or_else(|| StoreError::NotFound("number".into()))?.int(0)? - count + 1)
}

/// What is known of some findings, assets and constituents.
pub(crate) async fn known(
    tx: &mut Tx,
    finding_ids: &[&str],
    assets: &[&str],
    constituent_ids: &[&str],
    day: &str,
) -> Result<Known, StoreError> {
    let mut known = Known::default();
    for row in tx.read_in(PENDING, &[day.into()], finding_ids).await? {
        let pending = match row.text(2)?.as_str() {
            "draft" => Pending::Draft {
                notice_id: row.text(1)?,
                severity: row.severity(3)?,
                last_seen: row.moment(4)?,
                count: row.int(5)?,
            },
            _ => Pending::Fixed,
        };
        // A finding may be in a draft and, after an undo, in another notice: what cannot be changed decides.
        if known.pending.get(&row.text(0)?) != Some(&Pending::Fixed) {
            known.pending.insert(row.text(0)?, pending);
        }
    }
    for row in tx.read_in(TOLD, &[], assets).await? {
        let told = Told { at: row.moment(3)?, severity: row.severity(4)? };
        known.told.insert((row.text(0)?, row.text(1)?, row.text(2)?), told);
    }
    for row in tx.read_in(DRAFTS, &[day.into()], constituent_ids).await? {
        known.drafts.insert((row.text(0)?, row.text(1)?), row.text(2)?);
    }
    Ok(known)
}

/// Ids of all drafts of some constituents, and of what waits for a second person.
pub(crate) async fn all_drafts(tx: &mut Tx, constituent_ids: &[&str]) -> Result<Vec<String>, StoreError> {
    tx.read_in(ALL_DRAFTS, &[], constituent_ids).await?.iter().map(|row| row.text(0)).collect()
}

/// Notices by id.
pub(crate) async fn notices(tx: &mut Tx, ids: &[&str]) -> Result<HashMap<String, Notice>, StoreError> {
    let sql = format!("SELECT {NOTICE_COLUMNS} FROM warning_notice WHERE id IN (…)");
    let rows = tx.read_in(&sql, &[], ids).await?;
    rows.iter().map(|row| notice(row).map(|notice| (notice.id.clone(), notice))).collect()
}

/// The findings of notices, by notice.
pub(crate) async fn findings(tx: &mut Tx, ids: &[&str]) -> Result<HashMap<String, Vec<NoticeFinding>>, StoreError> {
    let mut all: HashMap<String, Vec<NoticeFinding>> = HashMap::new();
    for row in tx.read_in(FINDINGS, &[], ids).await? {
        let (notice_id, finding) = finding(&row)?;
        all.entry(notice_id).or_default().push(finding);
    }
    Ok(all)
}

/// The files of notices, by notice, in the order of their names.
pub(crate) async fn files(tx: &mut Tx, ids: &[&str]) -> Result<HashMap<String, Vec<NoticeFile>>, StoreError> {
    let mut all: HashMap<String, Vec<NoticeFile>> = HashMap::new();
    for row in tx.read_in(FILES, &[], ids).await? {
        let file = file(&row)?;
        all.entry(file.notice_id.clone()).or_default().push(file);
    }
    for files in all.values_mut() {
        files.sort_by(|a, b| a.name.cmp(&b.name));
    }
    Ok(all)
}

/// The letters of notices, by notice.
pub(crate) async fn bodies(tx: &mut Tx, ids: &[&str]) -> Result<HashMap<String, String>, StoreError> {
    tx.read_in(BODIES, &[], ids).await?.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// Ids of notices that want their events, with pages to read or without, oldest first.
pub(crate) async fn wanting(tx: &mut Tx, has_pages: bool, limit: i64) -> Result<Vec<String>, StoreError> {
    tx.read(WANTING, &[has_pages.into(), limit.into()]).await?.iter().map(|row| row.text(0)).collect()
}

/// Whether the day has another draft for the same constituent and class.
pub(crate) async fn has_other_draft(tx: &mut Tx, notice: &Notice) -> Result<bool, StoreError> {
    let args: [Arg<'_>; 4] =
        [(&notice.constituent_id).into(), (&notice.class).into(), (&notice.day).into(), (&notice.id).into()];
    Ok(tx.read_one(OTHER_DRAFT, &args).await?.is_some())
}

/// Writes notices, new or grown, with their letters.
pub(crate) async fn put_notices(tx: &mut Tx, notices: &[(&Notice, &str)]) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(notices.len() * 35);
    for (notice, body) in notices {
        args.extend([
            (&notice.id).into(),
            (&notice.number).into(),
            (&notice.constituent_id).into(),
            (&notice.constituent).into(),
            (&notice.class).into(),
            (&notice.day).into(),
            (&notice.language).into(),
            notice.format.as_str().into(),
            notice.tlp.rank().into(),
            notice.state.as_str().into(),
            recipients_text(&notice.recipients).into(),
            (&notice.subject).into(),
            (*body).into(),
            notice.severity.rank().into(),
            notice.confidence.into(),
            notice.findings.into(),
            notice.assets.into(),
            notice.events.into(),
            notice.attached.into(),
            notice.filled.into(),
            notice.answer_days.into(),
            notice.created.into(),
            notice.approved.into(),
            (&notice.approved_by).into(),
            (&notice.rule).into(),
            notice.queued.into(),
            notice.sent.into(),
            "".into(),
            notice.attempts.into(),
            "".into(),
            (&notice.error).into(),
            notice.rounds.into(),
            notice.letter.as_str().into(),
            (&notice.about).into(),
            notice.link_generation.into(),
        ] as [Arg<'_>; 35]);
    }
    tx.run_many(PUT_HEAD, 35, args, PUT_TAIL).await
}

/// Writes findings of notices, new or brought up to date.
pub(crate) async fn put_findings(tx: &mut Tx, findings: &[(&str, &NoticeFinding)]) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(findings.len() * 8);
    for (notice_id, finding) in findings {
        args.extend([
            Arg::Text(notice_id),
            (&finding.finding_id).into(),
            (&finding.asset).into(),
            (&finding.subject).into(),
            finding.severity.rank().into(),
            finding.first_seen.into(),
            finding.last_seen.into(),
            finding.count.into(),
        ]);
    }
    tx.run_many(PUT_FINDING_HEAD, 8, args, PUT_FINDING_TAIL).await
}

/// Replaces the files of notices.
pub(crate) async fn put_files(tx: &mut Tx, notice_ids: &[&str], files: &[NoticeFile]) -> Result<(), StoreError> {
    tx.run_in(DROP_FILES, &[], notice_ids).await?;
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(files.len() * 6);
    for file in files {
        args.extend([
            Arg::from(&file.notice_id),
            (&file.name).into(),
            (&file.media_type).into(),
            (&file.sha256).into(),
            file.bytes.into(),
            file.rows.into(),
        ]);
    }
    tx.run_many(PUT_FILE_HEAD, 6, args, "").await
}

/// Says who approved notices and when, and who after them where that was needed (empty for nobody).
pub(crate) async fn set_approved(
    tx: &mut Tx,
    ids: &[&str],
    (who, approved): (&str, Micros),
    (second, seconded): (&str, Micros),
) -> Result<(), StoreError> {
    let seconded = (!second.is_empty()).then_some(seconded);
    tx.run_in(APPROVED, &[approved.into(), who.into(), seconded.into(), second.into()], ids).await.map(|_| ())
}

/// Lets notices wait for a second person after a first (empty for nobody), who approved them at a moment.
pub(crate) async fn set_waiting(tx: &mut Tx, ids: &[&str], who: &str, approved: Micros) -> Result<(), StoreError> {
    let approved = (!who.is_empty()).then_some(approved);
    tx.run_in(WAITING, &[approved.into(), who.into()], ids).await.map(|_| ())
}

/// Says who approved notices as the second person.
pub(crate) async fn set_seconded(tx: &mut Tx, ids: &[&str], who: &str, now: Micros) -> Result<(), StoreError> {
    tx.run_in(SECONDED, &[now.into(), who.into()], ids).await.map(|_| ())
}

/// Keeps a notice back that lacks a second person; `machine` is the name rules approve under. False when it is queued no more.
pub(crate) async fn set_held(tx: &mut Tx, id: &str, machine: &str) -> Result<bool, StoreError> {
    Ok(tx.run(HELD, &[id.into(), machine.into()]).await? > 0)
}

pub(crate) async fn set_queued(tx: &mut Tx, ids: &[&str], now: Micros) -> Result<(), StoreError> {
    tx.run_in(QUEUED, &[now.into()], ids).await.map(|_| ())
}

pub(crate) async fn set_cancelled(tx: &mut Tx, ids: &[&str], now: Micros) -> Result<(), StoreError> {
    tx.run_in(CANCELLED, &[now.day().into()], ids).await.map(|_| ())
}

pub(crate) async fn set_redrafted(tx: &mut Tx, id: &str) -> Result<(), StoreError> {
    tx.run(REDRAFTED, &[id.into()]).await.map(|_| ())
}

/// Puts a notice back among those that failed.
pub(crate) async fn set_failed_again(tx: &mut Tx, id: &str, error: &str) -> Result<(), StoreError> {
    tx.run(FAILED_AGAIN, &[id.into(), error.into()]).await.map(|_| ())
}

/// Lets no link of notices open anything any more.
pub(crate) async fn outdate_links(tx: &mut Tx, ids: &[&str]) -> Result<(), StoreError> {
    tx.run_in(OUTDATE, &[], ids).await.map(|_| ())
}

/// Marks a queued notice as being sent; false when somebody else has it, or it is queued no more.
pub(crate) async fn claim(tx: &mut Tx, id: &str, rounds: i64, now: Micros) -> Result<bool, StoreError> {
    Ok(tx.run(CLAIM, &[id.into(), now.into(), rounds.into()]).await? == 1)
}

pub(crate) async fn recover(tx: &mut Tx) -> Result<u64, StoreError> {
    tx.run(RECOVER, &[]).await
}

/// Marks a notice as sent and its assets as told; false when it was not queued.
pub(crate) async fn set_sent(tx: &mut Tx, notice: &Notice, remark: &str, now: Micros) -> Result<bool, StoreError> {
    if tx.run(SENT, &[(&notice.id).into(), now.into(), remark.into()]).await? == 0 {
        return Ok(false);
    }
    let args: [Arg<'_>; 4] = [(&notice.id).into(), (&notice.class).into(), (&notice.constituent_id).into(), now.into()];
    tx.run(TELL, &args).await?;
    if notice.letter == LetterKind::Reminder {
        set_followed(tx, &notice.about, now).await?;
    }
    Ok(true)
}

pub(crate) async fn set_later(tx: &mut Tx, id: &str, error: &str) -> Result<bool, StoreError> {
    Ok(tx.run(LATER, &[id.into(), error.into()]).await? == 1)
}

pub(crate) async fn set_failed(tx: &mut Tx, id: &str, error: &str) -> Result<bool, StoreError> {
    Ok(tx.run(FAILED, &[id.into(), error.into()]).await? == 1)
}

/// Marks a notice that was sent as one that reached nobody; false when it was not sent.
pub(crate) async fn set_returned(tx: &mut Tx, id: &str, error: &str) -> Result<bool, StoreError> {
    Ok(tx.run(RETURNED, &[id.into(), error.into()]).await? == 1)
}

/// A message in the built-in box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// `<id@domain>`.
    pub message_id: String,
    /// The notice it carried.
    pub notice_id: String,
    /// When it would have left.
    pub at: Micros,
    /// How far it may travel.
    pub tlp: Tlp,
    /// The sender.
    pub sender: String,
    /// Who would have got it.
    pub recipients: Vec<Addressee>,
    /// The subject.
    pub subject: String,
    /// Language of the text.
    pub language: String,
    /// The header block, as it would have travelled.
    pub header: String,
    /// The text.
    pub body: String,
    /// The blob of the whole message.
    pub sha256: String,
    /// Its size.
    pub bytes: i64,
}

/// Writes messages into the built-in box.
pub(crate) async fn put_captured(tx: &mut Tx, messages: &[Captured]) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(messages.len() * 12);
    for message in messages {
        args.extend([
            (&message.message_id).into(),
            (&message.notice_id).into(),
            message.at.into(),
            message.tlp.rank().into(),
            (&message.sender).into(),
            recipients_text(&message.recipients).into(),
            (&message.subject).into(),
            (&message.language).into(),
            (&message.header).into(),
            (&message.body).into(),
            (&message.sha256).into(),
            message.bytes.into(),
        ] as [Arg<'_>; 12]);
    }
    tx.run_many(CAPTURE_HEAD, 12, args, CAPTURE_TAIL).await
}

/// The message of a notice in the built-in box.
pub async fn captured(db: &Db, viewer: &Viewer, notice_id: &str) -> Result<Option<Captured>, StoreError> {
    let args: [Arg<'_>; 2] = [notice_id.into(), viewer.clearance.rank().into()];
    let Some(row) = db.read_one(CAPTURED, &args).await? else { return Ok(None) };
    let tlp = row.int(11)?;
    Ok(Some(Captured {
        message_id: row.text(0)?,
        notice_id: row.text(1)?,
        at: row.moment(2)?,
        tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
        sender: row.text(3)?,
        recipients: recipients(&row.text(4)?)?,
        subject: row.text(5)?,
        language: row.text(6)?,
        header: row.text(7)?,
        body: row.text(8)?,
        sha256: row.text(9)?,
        bytes: row.int(10)?,
    }))
}

/// A notice with its letter, findings and files.
#[derive(Debug, Clone, PartialEq)]
pub struct FullNotice {
    /// The notice.
    pub notice: Notice,
    /// Its letter, without the subject.
    pub body: String,
    /// Its findings, the worst first; at most a thousand.
    pub findings: Vec<NoticeFinding>,
    /// Its files.
    pub files: Vec<NoticeFile>,
}

/// One notice by its id.
pub async fn get(db: &Db, viewer: &Viewer, id: &str) -> Result<Option<FullNotice>, StoreError> {
    full(db, viewer, "id", id).await
}

/// One notice by its number.
pub async fn get_by_number(db: &Db, viewer: &Viewer, number: &str) -> Result<Option<FullNotice>, StoreError> {
    full(db, viewer, "number", number).await
}

async fn full(db: &Db, viewer: &Viewer, column: &'static str, value: &str) -> Result<Option<FullNotice>, StoreError> {
    let sql = format!("SELECT {NOTICE_COLUMNS} FROM warning_notice WHERE {column} = $1 AND tlp <= $2");
    let rank = viewer.clearance.rank();
    let Some(row) = db.read_one(&sql, &[value.into(), rank.into()]).await? else { return Ok(None) };
    let notice = notice(&row)?;
    let body = match db.read_one(BODY, &[(&notice.id).into(), rank.into()]).await? {
        Some(row) => row.text(0)?,
        None => return Ok(None),
    };
    let findings = findings_of(db, &notice.id, 1000).await?;
    let files = files_of(db, &notice.id).await?;
    Ok(Some(FullNotice { notice, body, findings, files }))
}

/// The state of a notice, as its `ETag` names it: another one after every change of it or of what was answered.
fn state_text(notice: &Notice, last_answer: Option<Row>) -> Result<String, StoreError> {
    let last = last_answer.map_or(Ok(0), |row| row.int(0))?;
    Ok(manara_web::api::etag_of(&serde_json::json!([format!("{notice:?}"), last])))
}

/// The state of a notice that was read.
pub(crate) async fn state_of(db: &Db, notice: &Notice) -> Result<String, StoreError> {
    state_text(notice, db.read_one(LAST_ANSWER, &[(&notice.id).into()]).await?)
}

/// The same inside a transaction.
pub(crate) async fn state_in(tx: &mut Tx, notice: &Notice) -> Result<String, StoreError> {
    state_text(notice, tx.read_one(LAST_ANSWER, &[(&notice.id).into()]).await?)
}

/// The findings of a notice, the worst first.
pub(crate) async fn findings_of(db: &Db, notice_id: &str, limit: i64) -> Result<Vec<NoticeFinding>, StoreError> {
    let rows = db.read(FINDINGS_OF, &[notice_id.into(), limit.into()]).await?;
    rows.iter().map(|row| finding(row).map(|(_, finding)| finding)).collect()
}

/// The files of a notice.
pub(crate) async fn files_of(db: &Db, notice_id: &str) -> Result<Vec<NoticeFile>, StoreError> {
    db.read(FILES_OF, &[notice_id.into()]).await?.iter().map(file).collect()
}

/// The findings a notice tells of, by id, after one of them; for the flow that moves them to notified.
pub async fn finding_ids(db: &Db, notice_id: &str, after: &str, limit: i64) -> Result<Vec<String>, StoreError> {
    let rows = db.read(FINDING_IDS, &[notice_id.into(), after.into(), limit.into()]).await?;
    rows.iter().map(|row| row.text(0)).collect()
}

/// Which notices are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoticeFilter {
    /// Only in this state.
    pub state: Option<NoticeState>,
    /// Only of this constituent.
    pub constituent_id: String,
    /// Only of this class.
    pub class: String,
    /// Only of this day.
    pub day: String,
    /// Only notices that were sent and have no answer at all.
    pub unanswered: bool,
}

/// Which part of the list, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticePage<'a> {
    /// Only before this id; empty for the newest.
    pub before: &'a str,
    /// At most so many.
    pub limit: i64,
}

/// Notices, newest first.
pub async fn list(
    db: &Db,
    viewer: &Viewer,
    filter: &NoticeFilter,
    page: NoticePage<'_>,
) -> Result<Vec<Notice>, StoreError> {
    let sql = format!(
        "SELECT {NOTICE_COLUMNS} FROM warning_notice
          WHERE tlp <= $1 AND ($2 = '' OR state = $2) AND ($3 = '' OR constituent_id = $3) AND ($4 = '' OR class = $4)
            AND ($5 = '' OR day = $5) AND ($6 = '' OR id < $6)
            AND (NOT $8 OR (state = 'sent' AND about = '' AND answered = 0)) ORDER BY id DESC LIMIT $7"
    );
    let args: [Arg<'_>; 8] = [
        viewer.clearance.rank().into(),
        filter.state.map_or("", NoticeState::as_str).into(),
        (&filter.constituent_id).into(),
        (&filter.class).into(),
        (&filter.day).into(),
        page.before.into(),
        page.limit.clamp(1, 1000).into(),
        filter.unanswered.into(),
    ];
    db.read(&sql, &args).await?.iter().map(notice).collect()
}

/// The sent notices that told of some findings, newest first.
pub async fn sent_of_findings(
    db: &Db,
    viewer: &Viewer,
    findings: &[String],
    limit: i64,
) -> Result<Vec<Notice>, StoreError> {
    let sql = format!(
        "SELECT {NOTICE_COLUMNS} FROM warning_notice WHERE tlp <= $1 AND state = 'sent' AND id IN
            (SELECT notice_id FROM warning_notice_finding WHERE finding_id IN (…))
          ORDER BY id DESC LIMIT $2"
    );
    let rows = db.read_in(&sql, &[viewer.clearance.rank().into(), limit.clamp(1, 1000).into()], findings).await?;
    let mut all: Vec<Notice> = rows.iter().map(notice).collect::<Result<_, _>>()?;
    all.sort_by(|a, b| b.id.cmp(&a.id));
    all.dedup_by(|a, b| a.id == b.id);
    all.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(all)
}

/// How many notices are in each state.
pub async fn count_by_state(db: &Db, viewer: &Viewer) -> Result<Vec<(NoticeState, i64)>, StoreError> {
    let rows = db.read(STATES, &[viewer.clearance.rank().into()]).await?;
    let mut counts = Vec::new();
    for row in &rows {
        let word = row.text(0)?;
        counts.push((NoticeState::parse(&word).ok_or_else(|| StoreError::unknown("state", word))?, row.int(1)?));
    }
    counts.sort();
    Ok(counts)
}

/// The classes that have notices.
pub(crate) async fn classes(db: &Db, viewer: &Viewer) -> Result<Vec<String>, StoreError> {
    db.read(CLASSES, &[viewer.clearance.rank().into()]).await?.iter().map(|row| row.text(0)).collect()
}

/// A constituent's name, as its newest notice has it.
pub(crate) async fn constituent_name(db: &Db, viewer: &Viewer, id: &str) -> Result<Option<String>, StoreError> {
    let row = db.read_one(CONSTITUENT, &[id.into(), viewer.clearance.rank().into()]).await?;
    row.map(|row| row.text(0)).transpose()
}

/// Which of some ids the viewer may see.
pub async fn visible(db: &Db, viewer: &Viewer, ids: &[String]) -> Result<Vec<String>, StoreError> {
    db.read_in(VISIBLE, &[viewer.clearance.rank().into()], ids).await?.iter().map(|row| row.text(0)).collect()
}

/// A row of the SQL table `notices`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// UUIDv7.
    pub id: String,
    /// `N-2026-000123`.
    pub number: String,
    /// The name of the constituent.
    pub constituent: String,
    /// Taxonomy and type.
    pub class: String,
    /// `YYYY-MM-DD`.
    pub day: String,
    /// The word of the state.
    pub state: String,
    /// The language.
    pub language: String,
    /// How many findings.
    pub findings: i64,
    /// How many events.
    pub events: i64,
    /// When it was made.
    pub created: Micros,
    /// When it was sent.
    pub sent: Option<Micros>,
    /// The word of what it is.
    pub letter: String,
    /// How many of its findings have an answer.
    pub answered: i64,
    /// How many of them want help.
    pub helps: i64,
}

/// The rows of the SQL table `notices`, by id, after one of them.
pub async fn rows_for_sql(db: &Db, viewer: &Viewer, after_id: &str, limit: i64) -> Result<Vec<NoticeRow>, StoreError> {
    let rows = db.read(FOR_SQL, &[after_id.into(), limit.into(), viewer.clearance.rank().into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(NoticeRow {
                id: row.text(0)?,
                number: row.text(1)?,
                constituent: row.text(2)?,
                class: row.text(3)?,
                day: row.text(4)?,
                state: row.text(5)?,
                language: row.text(6)?,
                findings: row.int(7)?,
                events: row.int(8)?,
                created: row.moment(9)?,
                sent: row.opt_moment(10)?,
                letter: row.text(11)?,
                answered: row.int(12)?,
                helps: row.int(13)?,
            })
        })
        .collect()
}

/// The SHA-256 of every blob the plane needs, sorted, after one of them: for `verify` and `backup`.
pub async fn blobs_in_use(db: &Db, after: &str, limit: i64) -> Result<Vec<String>, StoreError> {
    db.read(BLOBS, &[after.into(), limit.into()]).await?.iter().map(|row| row.text(0)).collect()
}
