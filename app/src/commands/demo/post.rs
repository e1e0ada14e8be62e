//! The mail of the example: what people and machines wrote to the team, through the true intake, and what it answered.

use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use manara_model::{Micros, Severity, Tlp, Viewer};
use manara_net::Mailer;
use manara_response::mail::{MailHouse, Outcome, due, send};
use manara_response::{
    Draft, Impact, Kind, NewIncident, NewTicket, Policy, Source, launch, open_ticket, write_message,
};

use super::{NATION, at};
use crate::house::House;
use crate::mailroom::{deliver, mail_house};

/// What the team makes on the day; with the moment, it is the end of the id.
const WRITTEN: i64 = 1;
const LAUNCHED: i64 = 2;
const OPENED: i64 = 3;

/// A day of mail: a report and its answers, an investigation whose mail comes back, a complaint, a stranger, and a report that
/// nobody has taken up. A mail that comes again and an id that is there already change nothing.
pub(super) async fn load(house: &House, mailer: &Mailer, day: &str) -> anyhow::Result<()> {
    let desk = Desk { house, mailer, office: Arc::new(mail_house(house).await?) };
    let handler = Viewer { name: "handler".into(), ..Viewer::system() };
    let report = desk.bring("report.eml", &[], at(day, 7)?).await?;
    let number = report.ticket.context("a report without a number")?;
    let db = &house.db;
    let thanks = "Good morning,\n\nThank you for telling us. This is not your bank: please enter nothing there.\nDo you still have the message?";
    desk.write(&handler, &number, thanks, at(day, 8)?).await?;
    let names = [("{number}", number.as_str())];
    desk.bring("reply.eml", &names, at(day, 9)?).await?;
    let new = NewIncident {
        id: id(at(day, 10)?, LAUNCHED),
        title: "Phishing in the name of the Harbour Bank".into(),
        taxonomy: "fraud".into(),
        kind: "phishing".into(),
        impact: Impact::High,
        urgency: Severity::High,
        tlp: Tlp::Amber,
        pap: manara_response::Pap::USUAL,
        owner: handler.name.clone(),
        due: None,
        constituents: Vec::new(),
    };
    let (_, incident) = launch(db, &handler, &Policy::built_in()?, &number, &new, at(day, 10)?).await?;
    let ask = |kind: Kind, now: Micros, subject: &str, correspondent: &str, target: &str| NewTicket {
        id: id(now, OPENED),
        kind,
        source: Source::Person,
        subject: subject.into(),
        class: ("fraud".into(), "phishing".into()),
        tlp: Tlp::Green,
        owner: handler.name.clone(),
        correspondent: correspondent.into(),
        correspondent_name: String::new(),
        language: "en".into(),
        incident: incident.number.clone(),
        target: (target.into(), "the islands' resolvers".into()),
        due: None,
    };
    let now = at(day, 10)?;
    let page = ask(Kind::Investigation, now, "Please take a phishing page down", "abuse@hosting.example", "");
    let page = open_ticket(db, &handler, &page, &[], now).await?;
    let text = "Good day,\n\nthe page harbour-bank[.]login-siraj[.]example pretends to be a bank and asks for cards.\nPlease take it down, and keep its logs.";
    let sent = desk.write(&handler, &page.number, text, at(day, 11)?).await?;
    desk.bring("bounce.eml", &[("{message}", sent.as_str())], at(day, 12)?).await?;
    let now = at(day, 12)?;
    let block = ask(Kind::Countermeasure, now, "Block a phishing domain", "noc@isp.example", "login-siraj.example");
    let block = open_ticket(db, &handler, &block, &[], now).await?;
    let text = "Please let your resolvers answer nothing for login-siraj[.]example until we say otherwise.";
    desk.write(&handler, &block.number, text, at(day, 13)?).await?;
    desk.bring("complaint.eml", &[], at(day, 13)?).await?;
    desk.bring("stranger.eml", &names, at(day, 14)?).await?;
    desk.bring("arabic.eml", &[], at(day, 15)?).await?;
    Ok(())
}

/// The id of what is made at a moment of the story, the same in every demo.
fn id(now: Micros, what: i64) -> String {
    let millis = now.0 / 1_000;
    format!("{:08x}-{:04x}-7000-8000-{what:012x}", millis >> 16, millis & 0xffff)
}

/// Where the mail of the example comes in and leaves.
struct Desk<'a> {
    house: &'a House,
    mailer: &'a Mailer,
    office: Arc<MailHouse>,
}

impl Desk<'_> {
    /// A mail of the example comes in, with names filled in.
    async fn bring(&self, file: &str, names: &[(&str, &str)], now: Micros) -> anyhow::Result<Outcome> {
        let name = format!("mail/{file}");
        let text = NATION.get_file(&name).and_then(|file| file.contents_utf8());
        let mut text = text.with_context(|| format!("the example has no {name}"))?.to_string();
        for (from, to) in names.iter().chain(&[("{address}", self.office.address())]) {
            text = text.replace(from, to);
        }
        let bytes = text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes();
        let to = vec![self.office.address().to_string()];
        let taken = deliver(self.house, &self.office, bytes, to, now).await;
        let outcome = taken.map_err(|error| anyhow!("{name}: {error}"))?;
        self.send(now).await?;
        Ok(outcome)
    }

    /// Somebody of the team writes; gives the Message-ID.
    async fn write(&self, who: &Viewer, number: &str, text: &str, now: Micros) -> anyhow::Result<String> {
        let draft = Draft { id: id(now, WRITTEN), to: Vec::new(), subject: String::new(), body: text.into() };
        let (_, message) = write_message(&self.house.db, who, &self.office, number, &draft, now).await?;
        self.send(now).await?;
        Ok(message.message_id)
    }

    async fn send(&self, now: Micros) -> anyhow::Result<()> {
        let jobs = due(&self.house.db, now).await?;
        send(&self.house.db, &self.house.ingest.blobs, self.mailer, &self.office, &jobs, now).await?;
        Ok(())
    }
}
