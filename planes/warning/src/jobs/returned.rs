//! A letter that was taken came back later: its address does not work, and a letter that reached nobody has failed.

use manara_model::Micros;
use manara_store::{Db, Journal};
use serde_json::Value;

use super::{MACHINE, PLANE, WarningError, journal};
use crate::notice::{NoticeState, Step};
use crate::sql;

/// The lines of the journal that name a report.
const REPORTED: [&str; 2] = ["contact_delayed", "contact_bounced"];

/// An address that a letter did not reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedInput {
    /// The address, as the report says it.
    pub mail: String,
    /// Whether writing there again may help.
    pub may_help: bool,
    /// What the mail system said.
    pub said: String,
}

/// Notes that a notice came back from some of its recipients. `report` is the id of what says so: heard again, nothing more is
/// noted. What names no notice that was sent, or nobody it was sent to, is believed of nobody. Says how many were noted.
pub async fn came_back(
    db: &Db,
    (notice_id, report): (&str, &str),
    failed: &[ReturnedInput],
    now: Micros,
) -> Result<usize, WarningError> {
    let mut tx = db.begin().await?;
    sql::turn(&mut tx, now).await?;
    let Some(notice) = sql::notices(&mut tx, &[notice_id]).await?.remove(notice_id) else { return Ok(0) };
    let was_sent = notice.sent.is_some() && notice.state.after(Step::Return).is_ok();
    let lines = Journal::of_records_by(&mut tx, PLANE, &REPORTED, &[&notice.id]).await?;
    if !was_sent || lines.iter().any(|line| line.detail.contains(report)) {
        return Ok(0);
    }
    let keys: Vec<String> = notice.recipients.iter().map(|to| sql::mail_key(&to.mail)).collect();
    let mut noted = 0;
    for one in failed.iter().filter(|one| keys.contains(&sql::mail_key(&one.mail))) {
        let more =
            [("mail", Value::from(one.mail.as_str())), ("said", one.said.as_str().into()), ("report", report.into())];
        let verb = match one.may_help {
            true => "contact_delayed",
            false => {
                sql::set_bounced(&mut tx, &one.mail, &one.said, &notice.id, now).await?;
                "contact_bounced"
            }
        };
        journal(&mut tx, MACHINE, verb, &notice, &more, now).await?;
        noted += 1;
    }
    let mails: Vec<&str> = keys.iter().map(String::as_str).collect();
    let dead = sql::bounces_in(&mut tx, &mails).await?;
    let is_dead = |mail: &String| dead.iter().any(|bounce| bounce.mail == *mail);
    if noted > 0 && notice.state == NoticeState::Sent && keys.iter().all(is_dead) {
        let said: Vec<String> = dead.iter().map(|bounce| format!("{}: {}", bounce.mail, bounce.said)).collect();
        let said = said.join("; ");
        if sql::set_returned(&mut tx, &notice.id, &said).await? {
            let more = [("error", Value::from(said)), ("report", report.into())];
            journal(&mut tx, MACHINE, "notice_returned", &notice, &more, now).await?;
        }
    }
    tx.commit().await?;
    Ok(noted)
}
