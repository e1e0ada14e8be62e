//! One decision about many mails that are held, and its undo: each a part of it, in the transaction it is given.

use manara_store::{Blobs, StoreError, Tx};
use manara_web::bulk::{BulkRow, Did, Order};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::messages::report_of_held;
use super::tickets::ticket_detail;
use super::{Refusal, write_lines};
use crate::mail::MailHouse;
use crate::message::{Message, MessageKind};
use crate::ticket::TicketState;
use crate::{sql, sql_message, sql_ticket};

/// What is decided about many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum HeldStep {
    /// Each is a report of its own.
    Report {},
    /// They are nothing; they stay where they are kept.
    Discard {},
}

impl HeldStep {
    pub(crate) const ALL: [HeldStep; 2] = [Self::Report {}, Self::Discard {}];

    /// The word in forms and for programs.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Report {} => "report",
            Self::Discard {} => "discard",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == text)
    }
}

/// What brings a mail back.
#[derive(Debug, Serialize, Deserialize)]
struct Before {
    /// Id of the ticket it names.
    held_for: String,
    /// Id of the report it became; empty when it was discarded.
    report: String,
}

/// What people call a mail.
fn name(one: &Message) -> &str {
    if one.subject.is_empty() { &one.from_mail } else { &one.subject }
}

/// Decides about mails, as far as the tickets they name may be seen.
pub(crate) async fn change_many_held(
    tx: &mut Tx,
    (house, blobs): (&MailHouse, &Blobs),
    step: HeldStep,
    order: &Order,
    ids: &[String],
) -> Result<Vec<Did>, StoreError> {
    sql::turn(tx, order.now).await?;
    let mails = sql_message::some_in(tx, ids).await?;
    let named: Vec<&str> = mails.values().map(|one| one.held_for.as_str()).filter(|id| !id.is_empty()).collect();
    let seen = sql_ticket::some(tx, &order.viewer, &named).await?;
    let (mut did, mut lines) = (Vec::with_capacity(ids.len()), Vec::new());
    for id in ids {
        let Some(one) = mails.get(id) else {
            did.push(Did::refused(id, "", "not-found"));
            continue;
        };
        if one.kind != MessageKind::Quarantined || !seen.contains_key(&one.held_for) {
            // What a mail is that nobody has to decide about is not told here: its ticket may be one nobody here sees.
            did.push(Did::refused(id, "", Refusal::NoMessage.code()));
            continue;
        }
        let mut before = Before { held_for: one.held_for.clone(), report: String::new() };
        let after = match step {
            HeldStep::Discard {} => {
                sql_message::discard(tx, id).await?;
                lines.push((one.held_for.clone(), json!({ "message": id, "bulk": order.id }).to_string()));
                String::new()
            }
            HeldStep::Report {} => {
                let says = crate::mail::kept_says(house, blobs, one).await;
                let asked = sql_message::reply_to_in(tx, id).await?.unwrap_or_else(|| one.from_mail.clone());
                let mail = (one, seen.get(&one.held_for), asked, &says);
                let report = report_of_held(tx, &order.viewer, house, mail, &order.id, order.now).await?;
                before.report = report.id;
                report.version.to_string()
            }
        };
        did.push(Did::changed(id, name(one), json!(before).to_string(), after));
    }
    write_lines(tx, &order.viewer.name, "message_discarded", &lines, order.now).await?;
    Ok(did)
}

/// Holds them again. A report that one became is rejected, unless somebody did anything with it since: then both stay.
pub(crate) async fn undo_many_held(tx: &mut Tx, order: &Order, rows: &[BulkRow]) -> Result<Vec<Did>, StoreError> {
    sql::turn(tx, order.now).await?;
    let before: Vec<Option<Before>> = rows.iter().map(|row| serde_json::from_str(&row.before).ok()).collect();
    let asked = before.iter().flatten().flat_map(|one| [one.held_for.as_str(), one.report.as_str()]);
    let asked: Vec<&str> = asked.filter(|id| !id.is_empty()).collect();
    let mut tickets = sql_ticket::some(tx, &order.viewer, &asked).await?;
    let mut did = Vec::with_capacity(rows.len());
    let (mut held, mut lines, mut rejected) = (Vec::new(), Vec::new(), Vec::new());
    for (row, before) in rows.iter().zip(before) {
        let Some(before) = before.filter(|before| tickets.contains_key(&before.held_for)) else {
            did.push(Did::left(row, "not-found"));
            continue;
        };
        let report = match before.report.as_str() {
            "" => None,
            id => match tickets.remove(id).filter(|one| one.version.to_string() == row.after) {
                Some(one) => Some(one),
                None => {
                    did.push(Did::left(row, "changed"));
                    continue;
                }
            },
        };
        let kind = if report.is_some() { MessageKind::Report } else { MessageKind::Automatic };
        if !sql_message::hold_again(tx, &row.record, &before.held_for, (&before.report, kind)).await? {
            did.push(Did::left(row, "changed"));
            continue;
        }
        let (message, bulk) = (&row.record, &order.id);
        match report {
            None => held.push((before.held_for, json!({ "message": message, "bulk": bulk }).to_string())),
            Some(mut one) => {
                let (from, to) = (one.state.as_str(), TicketState::Rejected.as_str());
                let more = json!({ "message": message, "bulk": bulk, "from": from, "to": to });
                one.set_state(TicketState::Rejected, order.now);
                one.messages -= 1;
                one.version += 1;
                one.changed = order.now;
                lines.push((one.id.clone(), ticket_detail(&one, more)));
                rejected.push(one);
            }
        }
        did.push(Did::restored(row));
    }
    sql_ticket::put(tx, &rejected).await?;
    write_lines(tx, &order.viewer.name, "message_held_again", &held, order.now).await?;
    write_lines(tx, &order.viewer.name, "ticket_restored", &lines, order.now).await?;
    Ok(did)
}
