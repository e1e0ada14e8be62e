//! Mail that came back: it goes to the record of the delivery, and says whether the address works.
//!
//! Only a bounce that proves itself does so: by the address it came to, which is one delivery's alone, or by the Message-ID of
//! a message we sent to that recipient. Anything else could be sent by anybody to silence an address.

use manara_formats::mail::{Bounce, BounceKind, Failed};
use manara_model::Viewer;
use manara_store::{Journal, StoreError, Tx};
use serde_json::json;
use uuid::Uuid;

use super::intake::When;
use super::read::{Incoming, clean};
use super::{MailHouse, mail_key};
use crate::jobs::{MACHINE, call_handler};
use crate::message::{DeliveryState, MailDelivery};
use crate::{PLANE, sql_message, sql_ticket};

/// Soft bounces in a row after which nothing more is sent to an address until a person allows it.
const SOFT_UNTIL_SUSPENDED: i64 = 5;
/// After how many days a delivery that was taken and did not come back is believed to have arrived.
const DAYS_UNTIL_ARRIVED: i64 = 3;
/// Recipients of one bounce that are looked at.
const RECIPIENTS: usize = 100;

/// Which delivery came back.
#[derive(Debug, Default)]
pub(super) struct Returned {
    /// The ticket of the delivery; empty when none was found.
    pub ticket_id: String,
    /// Its recipient.
    pub mail: Option<String>,
}

/// Notes what a bounce says of our deliveries and their addresses. What came back and is none of them may be of another plane:
/// `mail_returned` tells it.
pub(super) async fn note(
    tx: &mut Tx,
    house: &MailHouse,
    one: &Incoming,
    (report, bounce): (&str, &Bounce),
    when: When,
) -> Result<Returned, StoreError> {
    let mut returned = Returned::default();
    let by_address = one.to.iter().find_map(|to| house.tokens.delivery_of(to));
    let failed = bounce.recipients.first();
    if let Some(id) = by_address
        && let Some(delivery) = sql_message::delivery_in(tx, &id).await?
    {
        let usual = Failed {
            address: String::new(),
            status: None,
            kind: BounceKind::Unknown,
            is_delayed: false,
            reason: String::new(),
        };
        came_back(tx, delivery, failed.unwrap_or(&usual), &mut returned, when).await?;
        return Ok(returned);
    }
    let Some(message_id) = &bounce.original_message_id else { return Ok(returned) };
    let mut others = Vec::new();
    for failed in bounce.recipients.iter().take(RECIPIENTS) {
        let deliveries = sql_message::deliveries_of_mail(tx, message_id, &mail_key(&failed.address)).await?;
        if deliveries.is_empty() && !failed.is_delayed {
            others.push(json!({ "mail": clean(&mail_key(&failed.address), 320), "kind": failed.kind.as_str(),
                "said": clean(&failed.reason, 500) }));
        }
        for delivery in deliveries {
            came_back(tx, delivery, failed, &mut returned, when).await?;
        }
    }
    // Other planes name their mail by ids like ours; of anything else there is nothing to tell.
    let names_one = message_id.split('@').next().is_some_and(|id| Uuid::try_parse(id).is_ok());
    if names_one && !others.is_empty() {
        let detail = when.dated(json!({ "original": clean(message_id, 250), "failed": others }));
        Journal::write(tx, MACHINE, PLANE, "mail_returned", report, &detail, when.now).await?;
    }
    Ok(returned)
}

async fn came_back(
    tx: &mut Tx,
    mut delivery: MailDelivery,
    failed: &Failed,
    returned: &mut Returned,
    when: When,
) -> Result<(), StoreError> {
    let reason = clean(&failed.reason, 500);
    returned.ticket_id.clone_from(&delivery.ticket_id);
    returned.mail = Some(delivery.mail.clone());
    if failed.is_delayed {
        // Their mail system still tries: nothing has come back yet.
        delivery.remark.clone_from(&reason);
        sql_message::set_delivery(tx, &delivery).await?;
        let detail = json!({ "mail": delivery.mail, "state": "delayed", "said": reason });
        return Journal::write(
            tx,
            MACHINE,
            PLANE,
            "delivery_delayed",
            &delivery.ticket_id,
            &when.dated(detail),
            when.now,
        )
        .await;
    }
    let mut before = sql_message::address(tx, &delivery.mail).await?;
    if before.as_ref().is_some_and(|(state, _)| state == "soft")
        && sql_message::was_taken_since(tx, &delivery.mail, when.at.plus_days(-DAYS_UNTIL_ARRIVED)).await?
    {
        // Something arrived in between: they are not in a row.
        before = None;
    }
    let count = before.as_ref().map_or(0, |(_, count)| *count) + 1;
    let state = match failed.kind {
        BounceKind::Hard => "hard",
        _ if before.as_ref().is_some_and(|(state, _)| state == "hard") => "hard",
        _ if count >= SOFT_UNTIL_SUSPENDED => "suspended",
        _ => "soft",
    };
    sql_message::set_address(tx, &delivery.mail, (state, &reason), count, when.at).await?;
    delivery.state = DeliveryState::Bounced;
    delivery.remark = reason;
    sql_message::set_delivery(tx, &delivery).await?;
    // The handler hears of it: whoever was written to did not get it.
    let verb = if state == "soft" { "delivery_failed" } else { "contact_dead" };
    let detail = json!({ "mail": delivery.mail, "state": state, "said": delivery.remark });
    Journal::write(tx, MACHINE, PLANE, verb, &delivery.ticket_id, &when.dated(detail), when.now).await?;
    let writer = sql_message::get_in(tx, &delivery.message_id).await?.map(|message| message.who).unwrap_or_default();
    if let Some(ticket) = sql_ticket::get_in(tx, &Viewer::system(), &delivery.ticket_id).await? {
        call_handler(tx, &ticket, &writer, when.now).await?;
    }
    Ok(())
}
