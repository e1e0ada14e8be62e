//! Which ticket a mail belongs to, in this order: by a token of ours, by the mails it answers, by the number in its subject.
//!
//! A token proves that the writer had a mail of ours, and the Message-ID of a mail we have is known to those who had it. A
//! number proves nothing: who takes part joins by it, a stranger is held until a person decides.

use manara_model::Viewer;
use manara_store::{StoreError, Tx};

use super::read::Incoming;
use super::{MailHouse, mail_key};
use crate::ticket::Ticket;
use crate::{sql_message, sql_ticket};

/// How often a merged ticket leads to another before we stop following.
const MERGERS: usize = 20;

/// Where a mail belongs.
#[derive(Debug)]
pub(super) enum Place {
    /// To a ticket: it answers what we wrote, or what is there.
    In(Box<Ticket>),
    /// To a ticket that its subject names; its sender takes part. Anybody could write so.
    Named(Box<Ticket>),
    /// It names a ticket, but comes from a stranger.
    Held(Box<Ticket>),
    /// To none that is there.
    Nowhere,
}

/// Finds the ticket of a mail.
pub(super) async fn place(tx: &mut Tx, house: &MailHouse, one: &Incoming) -> Result<Place, StoreError> {
    if let Some(number) = by_token(house, one)
        && let Some(ticket) = whole(tx, &number).await?
    {
        return Ok(Place::In(Box::new(ticket)));
    }
    // What it answers says more than what that answered.
    for answered in [&one.mail.in_reply_to, &one.mail.references] {
        let answered: Vec<&str> = answered.iter().map(String::as_str).filter(|id| !id.is_empty()).collect();
        if !answered.is_empty()
            && let [ticket_id] = sql_message::tickets_of(tx, &answered).await?.as_slice()
            && let Some(ticket) = whole(tx, ticket_id).await?
        {
            return Ok(Place::In(Box::new(ticket)));
        }
    }
    let named = match house.number_in(&one.mail.subject) {
        Some(number) => whole(tx, &number).await?,
        None => None,
    };
    let named = match named {
        // The tag of another tool whose tickets were taken over proves as little as ours.
        None => by_foreign_tag(tx, &one.mail.subject).await?,
        ours => ours,
    };
    let Some(ticket) = named else { return Ok(Place::Nowhere) };
    let sender = one.mail.from.as_ref().map(|from| mail_key(&from.address)).unwrap_or_default();
    let takes_part = sql_ticket::takes_part(tx, &ticket.id, &sender).await?;
    let ticket = Box::new(ticket);
    Ok(if takes_part { Place::Named(ticket) } else { Place::Held(ticket) })
}

/// The ticket that was taken over from RT under the number that a subject says as RT does: `[rt.example.org #1234]`. The name
/// before the number is that of the tool it was imported as, or the usual one.
async fn by_foreign_tag(tx: &mut Tx, subject: &str) -> Result<Option<Ticket>, StoreError> {
    let Some((name, number)) = foreign_tag(subject) else { return Ok(None) };
    let names = [format!("{name}/{number}"), format!("{}/{number}", crate::import::Format::Rtir.as_str())];
    let asked: Vec<&str> = names.iter().map(String::as_str).collect();
    let known = crate::sql_import::imported_in(tx, &asked).await?;
    match names.iter().find_map(|name| known.get(name)).filter(|known| known.kind != "incident") {
        Some(known) => whole(tx, &known.id).await,
        None => Ok(None),
    }
}

/// Name and number of the first tag of a subject that has the form of RT's.
fn foreign_tag(subject: &str) -> Option<(String, String)> {
    subject.split('[').skip(1).find_map(|rest| {
        let (inside, _) = rest.split_once(']')?;
        let (name, number) = inside.rsplit_once('#')?;
        let (name, number) = (name.trim(), number.trim());
        let is_number = !number.is_empty() && number.len() <= 12 && number.chars().all(|c| c.is_ascii_digit());
        (is_number && !name.is_empty() && name.len() <= 100).then(|| (name.to_string(), number.to_string()))
    })
}

/// The number of the ticket whose token the mail carries: in an address it came to, or in a Message-ID it answers.
fn by_token(house: &MailHouse, one: &Incoming) -> Option<String> {
    let addressed = one.to.iter().map(String::as_str);
    let written = one.mail.to.iter().chain(&one.mail.cc).map(|to| to.address.as_str());
    let answered = one.mail.in_reply_to.iter().chain(&one.mail.references).map(String::as_str);
    addressed.chain(written).chain(answered).find_map(|text| house.tokens.ticket_of(text))
}

/// A ticket, or the one it was merged into.
pub(crate) async fn whole(tx: &mut Tx, name: &str) -> Result<Option<Ticket>, StoreError> {
    let mut found = sql_ticket::get_in(tx, &Viewer::system(), name).await?;
    for _ in 0..MERGERS {
        match &found {
            Some(one) if !one.merged_into.is_empty() => {
                found = sql_ticket::get_in(tx, &Viewer::system(), &one.merged_into.clone()).await?;
            }
            _ => break,
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::foreign_tag;

    #[test]
    fn a_tag_of_rt_is_known_by_its_form() {
        let tag = |subject: &str| foreign_tag(subject);
        let want = Some(("rt.cert.example".to_string(), "1234".to_string()));
        assert_eq!(tag("Re: [rt.cert.example #1234] Phishing"), want);
        assert_eq!(tag("[list] Re: [rt.cert.example #1234] Phishing"), want);
        for not in ["[CIRT #2026-0001234] x", "Re: #1234", "[ #12]", "[rt #]", "[rt #99999999999999]", "[rt 12"] {
            assert_eq!(tag(not), None, "{not}");
        }
    }
}
