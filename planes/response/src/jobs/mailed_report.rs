//! The report that a mail becomes: by itself as it comes in, by a decision about one that is held, or out of another ticket.

use manara_model::{Micros, Tlp};
use manara_store::{StoreError, Tx};

use super::new_id;
use crate::mail::{MailHouse, mail_key};
use crate::message::Message;
use crate::ticket::{Kind, Source, Ticket, ticket_number};
use crate::{sql_import, sql_ticket};

/// Who takes part in a report at first, besides us.
const TAKERS: usize = 100;

/// What a report does not have from its message.
pub(crate) struct ReportAbout<'a> {
    /// Class and type.
    pub class: (&'a str, &'a str),
    /// Who may know of it.
    pub tlp: Tlp,
    /// The address of ours it is of; empty for none.
    pub mailbox: String,
    /// How it came.
    pub source: Source,
    /// Where answers go.
    pub correspondent: String,
    /// Id and name of the constituent it is of; empty when nobody knows.
    pub constituent: (String, String),
    /// The language answers are written in.
    pub language: String,
    /// Who opens it.
    pub who: &'a str,
}

/// The report of one message: new, of nobody, due by nothing yet. It is not written.
pub(crate) async fn report_from(
    tx: &mut Tx,
    message: &Message,
    about: ReportAbout<'_>,
    now: Micros,
) -> Result<Ticket, StoreError> {
    let year = now.year();
    let ((taxonomy, rsit), (constituent_id, constituent)) = (about.class, about.constituent);
    Ok(Ticket {
        id: new_id(now),
        number: ticket_number(&year, sql_ticket::take_number(tx, &year).await?),
        kind: Kind::Report,
        state: Kind::Report.first(),
        subject: message.subject.clone(),
        taxonomy: taxonomy.into(),
        rsit: rsit.into(),
        tlp: about.tlp,
        owner: String::new(),
        mailbox: about.mailbox,
        source: about.source,
        correspondent: about.correspondent,
        correspondent_name: message.from_name.clone(),
        constituent_id,
        constituent,
        language: about.language,
        target: String::new(),
        place: String::new(),
        merged_into: String::new(),
        opened_by: about.who.into(),
        version: 1,
        messages: 1,
        created: message.at,
        changed: now,
        acknowledged: None,
        answered: None,
        closed: None,
        due: None,
        tags: String::new(),
    })
}

/// Lets those take part in a report who have to do with its message: its sender, where answers are asked to, and who was written
/// to besides us.
pub(super) async fn join_takers(
    tx: &mut Tx,
    house: &MailHouse,
    ticket: &Ticket,
    message: &Message,
) -> Result<(), StoreError> {
    let mut all: Vec<String> = [message.from_mail.as_str(), ticket.correspondent.as_str()]
        .into_iter()
        .chain(message.recipients.split(", "))
        .map(mail_key)
        .filter(|mail| mail.contains('@') && mail.len() <= 320 && !house.is_ours(mail))
        .take(TAKERS)
        .collect();
    all.sort();
    all.dedup();
    let joined: Vec<(&str, &str)> = all.iter().map(|mail| (ticket.id.as_str(), mail.as_str())).collect();
    sql_import::join(tx, &joined).await
}
