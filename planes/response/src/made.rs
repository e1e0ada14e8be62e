//! A made desk of any size, to measure with: incidents, reports, messages and what they speak of, the same for the same size.
//!
//! It is written past the ways by which people and mail come in, as those take one at a time. It fills `response_number`,
//! `response_incident`, `response_incident_constituent`, `response_ticket`, `response_ticket_incident`, `response_participant`,
//! `response_message`, `response_taken`, `response_observable`, `response_said` and `response_word`, as intake would have, and
//! leaves one line in the journal. Nothing of it has findings, clocks or keys.

mod text;

use std::collections::BTreeMap;

use manara_model::{CLASSES, Micros, Severity, Tlp};
use manara_store::{Arg, Db, Engine, Journal, StoreError, Tx};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;

use crate::incident::{Impact, Incident, State, Verdict, number};
use crate::mail::hex;
use crate::message::{Message, MessageKind};
use crate::pap::Pap;
use crate::ticket::{Kind, Source, Ticket, TicketState, ticket_number};
use crate::words::{self, Formed};
use crate::{PLANE, sql, sql_import, sql_message, sql_ticket};
pub use text::{ARABIC_WORD, COMMON_WORD, MIDDLE_WORD, RARE_WORD};
use text::{Dice, Speech, Written};

/// Incidents that are laid out at once.
const CHUNK: usize = 500;
/// Transactions in which all of it is written: each leaves one piece of SQLite's index of words, and few pieces are read faster.
const PARTS: usize = 12;
/// Microseconds of a year.
const YEAR: i64 = 365 * 86_400 * 1_000_000;
/// The years it is spread over.
const YEARS: i64 = 5;
/// Mailboxes of the house.
const MAILBOXES: usize = 20;
/// Constituents that incidents are of; the first has the most.
const CONSTITUENTS: usize = 5_000;
/// Messages and observables of the incident that is looked at, and reports of the one with the most.
const LONG: (usize, usize) = (200, 100);
const WIDE: usize = 5_000;
/// Tables whose indexes are built at the end, where that is possible.
const INDEXED: [&str; 7] = [
    "response_incident",
    "response_incident_constituent",
    "response_ticket",
    "response_ticket_incident",
    "response_message",
    "response_observable",
    "response_said",
];

/// How much is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Incidents. There are three reports for two of them, four messages and three observables for each, and one writer for
    /// five.
    pub incidents: usize,
    /// The middle length of a message, in bytes, as mail with its header.
    pub message_bytes: usize,
}

/// What was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Desk {
    /// Incidents.
    pub incidents: usize,
    /// Reports.
    pub reports: usize,
    /// Messages.
    pub messages: usize,
    /// Observables.
    pub observables: usize,
    /// Bytes of what messages say.
    pub said_bytes: usize,
    /// The number of the incident with 200 messages and 100 observables.
    pub long: String,
    /// The number of the incident with 5,000 reports, or as many as a small desk has incidents.
    pub wide: String,
}

/// Makes a desk in a database that has none. `told` hears how many incidents are written.
pub async fn make(db: &Db, size: Size, now: Micros, mut told: impl FnMut(usize)) -> Result<Desk, StoreError> {
    let (send, mut chunks) = mpsc::channel(4);
    let laying = tokio::task::spawn_blocking(move || {
        let mut layer = Layer::new(size, now);
        while let Some(chunk) = layer.next() {
            if send.blocking_send(chunk).is_err() {
                return;
            }
        }
    });
    let mut desk = Desk::default();
    let mut numbers: BTreeMap<String, i64> = BTreeMap::new();
    let mut indexes = Vec::new();
    let part = size.incidents.div_ceil(PARTS).max(CHUNK);
    let mut tx = Some(begin(db, &mut indexes).await?);
    let (mut written, mut doc) = (0, 1);
    while let Some(chunk) = chunks.recv().await {
        let mut open = match tx.take() {
            Some(open) => open,
            None => db.begin().await?,
        };
        doc = chunk.write(&mut open, doc, &mut desk, &mut numbers).await?;
        written += chunk.incidents.len();
        told(desk.incidents);
        if written >= part {
            open.commit().await?;
            written = 0;
        } else {
            tx = Some(open);
        }
    }
    laying.await.map_err(|_| StoreError::NotFound("end of what was made".into()))?;
    let mut open = match tx.take() {
        Some(open) => open,
        None => db.begin().await?,
    };
    numbers.insert("said".into(), doc - 1);
    for (row, last) in &numbers {
        sql_import::take_numbers(&mut open, row, *last).await?;
    }
    for sql in indexes {
        open.run(&sql, &[]).await?;
    }
    // PostgreSQL looks at what it holds by itself, but only later.
    if open.engine() == Engine::Postgres {
        open.run_script("ANALYZE").await?;
    }
    let detail = json!({ "incidents": desk.incidents, "reports": desk.reports, "messages": desk.messages });
    Journal::write(&mut open, "bench", PLANE, "desk_made", "", &detail.to_string(), now).await?;
    open.commit().await?;
    words::as_usual(db).await?;
    Ok(desk)
}

/// The first transaction: indexes away, and the index of words at ease.
async fn begin(db: &Db, indexes: &mut Vec<String>) -> Result<Tx, StoreError> {
    let mut tx = db.begin().await?;
    if tx.read_one("SELECT 1 FROM response_incident UNION SELECT 1 FROM response_ticket LIMIT 1", &[]).await?.is_some()
    {
        return Err(StoreError::Duplicate);
    }
    for table in INDEXED {
        indexes.extend(tx.drop_indexes(table).await?);
    }
    words::at_once(&mut tx).await?;
    Ok(tx)
}

/// Kind and id of a record, kind and value of an observable, and when it was seen.
type SeenRow = (&'static str, String, &'static str, String, Micros);

/// Some incidents with all that belongs to them.
#[derive(Debug, Default)]
struct Chunk {
    incidents: Vec<Incident>,
    /// Of the same incidents: id and name of their constituent.
    constituents: Vec<(String, String)>,
    tickets: Vec<Ticket>,
    /// Ticket, incident.
    ties: Vec<(String, String)>,
    messages: Vec<Message>,
    /// Name of what came in, and the message.
    taken: Vec<(String, String)>,
    observables: Vec<SeenRow>,
    said: Vec<Formed>,
    long: Option<String>,
    wide: Option<String>,
}

impl Chunk {
    /// Writes it; gives the next number for the index of words.
    async fn write(
        &self,
        tx: &mut Tx,
        doc: i64,
        desk: &mut Desk,
        numbers: &mut BTreeMap<String, i64>,
    ) -> Result<i64, StoreError> {
        sql::put_rows(tx, &self.incidents).await?;
        let named = self.incidents.iter().zip(&self.constituents);
        let args = named.flat_map(|(one, (id, name))| [Arg::from(&one.id), id.into(), name.into()]);
        let args: Vec<Arg<'_>> = args.collect();
        tx.run_many(
            "INSERT INTO response_incident_constituent (incident_id, constituent_id, name) VALUES",
            3,
            args,
            "",
        )
        .await?;
        sql_ticket::put_rows(tx, &self.tickets).await?;
        let at = self.incidents.first().map(|one| one.created).unwrap_or_default();
        sql_import::tie(tx, &self.ties, "bench", at).await?;
        let joined: Vec<(&str, &str)> =
            self.tickets.iter().map(|one| (one.id.as_str(), one.correspondent.as_str())).collect();
        sql_import::join(tx, &joined).await?;
        let messages: Vec<&Message> = self.messages.iter().collect();
        sql_message::put_rows(tx, &messages).await?;
        let (stamp, mut args) = (at.rfc3339(), Vec::with_capacity(self.taken.len() * 3));
        for (name, message) in &self.taken {
            args.extend([Arg::from(name), message.into(), (&stamp).into()]);
        }
        tx.run_many("INSERT INTO response_taken (name, message_id, at) VALUES", 3, args, "").await?;
        let seen: Vec<(&'static str, &str, &str, &str, Micros)> = self
            .observables
            .iter()
            .map(|(record_kind, id, kind, value, at)| (*record_kind, id.as_str(), *kind, value.as_str(), *at))
            .collect();
        sql_import::observe(tx, &seen).await?;
        words::add(tx, &self.said, doc).await?;
        desk.incidents += self.incidents.len();
        desk.reports += self.tickets.len();
        desk.messages += self.messages.len();
        desk.observables += self.observables.len();
        desk.said_bytes += self.messages.iter().map(|one| one.body.len()).sum::<usize>();
        desk.long = self.long.clone().unwrap_or_else(|| std::mem::take(&mut desk.long));
        desk.wide = self.wide.clone().unwrap_or_else(|| std::mem::take(&mut desk.wide));
        for one in &self.incidents {
            *numbers.entry(one.created.year()).or_default() += 1;
        }
        for one in &self.tickets {
            *numbers.entry(format!("ticket-{}", one.created.year())).or_default() += 1;
        }
        Ok(doc + i64::try_from(self.said.len()).unwrap_or_default())
    }
}

/// Lays incidents out one after the other, in the order of time.
struct Layer {
    size: Size,
    start: Micros,
    now: Micros,
    done: usize,
    dice: Dice,
    speech: Speech,
    numbers: BTreeMap<String, i64>,
    messages: usize,
    reports: usize,
}

/// What a record of the desk is of.
#[derive(Clone)]
struct About {
    taxonomy: &'static str,
    kind: &'static str,
    tlp: Tlp,
    owner: String,
    mailbox: String,
    constituent: (String, String),
}

impl Layer {
    fn new(size: Size, now: Micros) -> Layer {
        let start = Micros(now.0 - YEARS * YEAR);
        let (dice, numbers) = (Dice::new(), BTreeMap::new());
        let speech = Speech::new(size.message_bytes);
        Layer { size, start, now, done: 0, dice, speech, numbers, messages: 0, reports: 0 }
    }

    fn next(&mut self) -> Option<Chunk> {
        if self.done >= self.size.incidents {
            return None;
        }
        let mut chunk = Chunk::default();
        let until = (self.done + CHUNK).min(self.size.incidents);
        while self.done < until {
            self.incident(&mut chunk);
            self.done += 1;
        }
        Some(chunk)
    }

    /// When the n-th incident was opened: evenly over the years, the last a minute ago.
    fn moment(&self) -> Micros {
        let span = i128::from(self.now.0 - self.start.0 - 120_000_000);
        let at = span * self.done as i128 / self.size.incidents.max(1) as i128;
        Micros(self.start.0 + i64::try_from(at).unwrap_or_default())
    }

    fn take_number(&mut self, row: String) -> i64 {
        let last = self.numbers.entry(row).or_default();
        *last += 1;
        *last
    }

    fn incident(&mut self, chunk: &mut Chunk) {
        let at = self.moment();
        // The two that pages are measured with are among the newest, and live.
        let from_end = self.size.incidents - self.done;
        let (is_long, is_wide) = (from_end == 1, from_end == 2.min(self.size.incidents));
        let is_live = is_long || is_wide || self.dice.below(100) < 2 || (from_end < 2_000 && self.dice.below(10) < 6);
        let about = self.about(is_live);
        let year = at.year();
        let count = self.take_number(year.clone());
        let Written { text: title, formed } = self.speech.title(&mut self.dice);
        let severity = [Severity::Low, Severity::Medium, Severity::Medium, Severity::High, Severity::Critical]
            .get(self.dice.below(5) as usize)
            .copied()
            .unwrap_or(Severity::Low);
        let closed = (!is_live).then(|| self.later(at, 20 * 86_400));
        let state = match (is_live, about.owner.is_empty(), self.dice.below(20)) {
            (true, true, _) => State::New,
            (true, false, _) => State::Open,
            (false, _, 0) => State::Abandoned,
            (false, ..) => State::Resolved,
        };
        let one = Incident {
            id: self.dice.id(at),
            number: number(&year, count),
            title,
            taxonomy: about.taxonomy.into(),
            kind: about.kind.into(),
            impact: Impact::Medium,
            urgency: severity,
            severity,
            tlp: about.tlp,
            owner: about.owner.clone(),
            state,
            resolution: match state {
                State::Resolved => "resolved".into(),
                State::Abandoned => "no-answer".into(),
                State::New | State::Open => String::new(),
            },
            verdict: (!is_live).then_some(Verdict::Left),
            merged_into: String::new(),
            rule: String::new(),
            opened_by: "bench".into(),
            version: 1,
            findings: 0,
            constituents: about.constituent.1.clone(),
            created: at,
            changed: closed.unwrap_or_else(|| self.later(at, 86_400)),
            closed,
            due: is_live.then(|| self.later(at, 5 * 86_400)),
            mailbox: about.mailbox.clone(),
            pap: Pap::USUAL,
            tags: String::new(),
            fields: String::new(),
        };
        chunk.said.push(Formed::of(
            &one.id,
            "incident",
            &one.id,
            format!("{} {formed} {}", words::form(&one.number), words::form(&one.constituents)),
        ));
        let reports = match (is_wide, self.done % 2) {
            (true, _) => WIDE.min(self.size.incidents),
            (false, 0) => 2,
            (false, _) => 1,
        };
        let first = chunk.observables.len();
        for _ in 0..reports {
            self.report(chunk, &one, &about, is_long);
        }
        // What its reports speak of, the incident speaks of; of one that is measured it is all of it.
        let passed_on = if is_long { LONG.1 } else { 1 };
        let seen: Vec<_> = chunk.observables.iter().skip(first).take(passed_on).cloned().collect();
        for (_, _, kind, value, at) in seen {
            chunk.observables.push(("incident", one.id.clone(), kind, value, at));
        }
        if is_long {
            chunk.long = Some(one.number.clone());
        }
        if is_wide {
            chunk.wide = Some(one.number.clone());
        }
        chunk.constituents.push(about.constituent);
        chunk.incidents.push(one);
    }

    fn about(&mut self, is_live: bool) -> About {
        let class = CLASSES.get(self.dice.below(CLASSES.len() as u64) as usize);
        let kind = class.and_then(|class| class.types.get(self.dice.below(class.types.len() as u64) as usize));
        // The first constituents have by far the most.
        let place =
            (self.dice.below(CONSTITUENTS as u64) * self.dice.below(CONSTITUENTS as u64)) as usize / CONSTITUENTS;
        let owner =
            if is_live && self.dice.below(3) == 0 { String::new() } else { format!("handler{}", self.dice.below(50)) };
        About {
            taxonomy: class.map_or("other", |class| class.value),
            kind: kind.map_or("undetermined", |kind| kind.value),
            tlp: [Tlp::Green, Tlp::Amber, Tlp::Amber, Tlp::AmberStrict]
                .get(self.dice.below(4) as usize)
                .copied()
                .unwrap_or(Tlp::Amber),
            owner,
            mailbox: format!("desk{}@cirt.example", self.dice.below(MAILBOXES as u64)),
            constituent: (format!("bench-{place:05}"), format!("Organisation {place:05}")),
        }
    }

    /// A moment after another, not after now.
    fn later(&mut self, at: Micros, seconds: u64) -> Micros {
        let more = i64::try_from(self.dice.below(seconds * 1_000_000)).unwrap_or_default();
        Micros((at.0 + more).min(self.now.0))
    }

    fn report(&mut self, chunk: &mut Chunk, of: &Incident, about: &About, is_long: bool) {
        let at = self.later(of.created, 3_600);
        let year = at.year();
        let count = self.take_number(format!("ticket-{year}"));
        let id = self.dice.id(at);
        let Written { text: subject, formed } = self.speech.title(&mut self.dice);
        let writer = self.dice.below((self.size.incidents as u64 / 5).max(10));
        let correspondent = format!("person{writer}@org{}.example", writer % 977);
        let messages = match (is_long, self.reports % 3) {
            (true, _) => LONG.0,
            (false, 0) => 2,
            (false, _) => 3,
        };
        self.reports += 1;
        let (mut last, mut answered) = (at, None);
        for place in 0..messages {
            let ours = place % 3 == 1;
            last = if place == 0 { at } else { self.later(last, 86_400) };
            if ours && answered.is_none() {
                answered = Some(last);
            }
            self.message(chunk, (&id, &subject, &correspondent, &about.mailbox), (place, ours, last));
        }
        // Four observables for three reports.
        let seen = if is_long { LONG.1 } else { 1 + usize::from(self.reports.is_multiple_of(3)) };
        for number in 0..seen {
            let (kind, value) = if is_long { often_seen(number) } else { self.observable() };
            chunk.observables.push(("ticket", id.clone(), kind, value, at));
        }
        let closed = of.closed.map(|closed| closed.max(last).min(self.now));
        let state = match (closed, answered) {
            (Some(_), _) => TicketState::Resolved,
            (None, Some(_)) => TicketState::Open,
            (None, None) => TicketState::New,
        };
        let number = ticket_number(&year, count);
        let name = format!("Person {writer}");
        let said = format!("{} {formed} {} {}", words::form(&number), words::form(&correspondent), words::form(&name));
        chunk.said.push(Formed::of(&id, "ticket", &id, said));
        chunk.ties.push((id.clone(), of.id.clone()));
        chunk.tickets.push(Ticket {
            id,
            number,
            kind: Kind::Report,
            state,
            subject,
            taxonomy: about.taxonomy.into(),
            rsit: about.kind.into(),
            tlp: about.tlp,
            owner: about.owner.clone(),
            mailbox: about.mailbox.clone(),
            source: Source::Mail,
            correspondent,
            correspondent_name: name,
            constituent_id: about.constituent.0.clone(),
            constituent: about.constituent.1.clone(),
            language: "en".into(),
            target: String::new(),
            place: String::new(),
            merged_into: String::new(),
            opened_by: "manara".into(),
            version: 1,
            messages: i64::try_from(messages).unwrap_or_default(),
            created: at,
            changed: closed.unwrap_or(last),
            acknowledged: Some(at),
            answered,
            closed,
            due: closed.is_none().then(|| self.later(at, 5 * 86_400)),
            tags: String::new(),
        });
    }

    fn message(
        &mut self,
        chunk: &mut Chunk,
        (ticket, subject, correspondent, mailbox): (&str, &str, &str, &str),
        (place, ours, at): (usize, bool, Micros),
    ) {
        let id = self.dice.id(at);
        let Written { text: body, formed } = self.speech.body(&mut self.dice, self.messages);
        self.messages += 1;
        let (from, to) = if ours { (mailbox, correspondent) } else { (correspondent, mailbox) };
        let message_id = format!("{}@{}", id, if ours { "cirt.example" } else { "org.example" });
        let bytes = i64::try_from(body.len() + text::HEADER_BYTES).unwrap_or(i64::MAX);
        let said = format!("{} {} {formed}", words::form(subject), words::form(from));
        chunk.said.push(Formed::of(&id, "ticket", ticket, said));
        if !ours {
            chunk.taken.push((hex(&Sha256::digest(id.as_bytes())), id.clone()));
        }
        let kind = match (ours, place) {
            (true, _) => MessageKind::Sent,
            (false, 0) => MessageKind::Report,
            (false, _) => MessageKind::Reply,
        };
        chunk.messages.push(Message {
            written: Some(at),
            message_id,
            from_mail: from.into(),
            recipients: to.into(),
            subject: subject.into(),
            bytes,
            ..Message::ours((id, kind), ticket, (if ours { "bench" } else { "" }, body), at)
        });
    }

    /// Addresses are seen again and again, some far more than others; names sometimes; hashes nearly never.
    fn observable(&mut self) -> (&'static str, String) {
        let pool = (self.size.incidents as u64 / 4).max(50);
        let often = self.dice.below(pool) * self.dice.below(pool) / pool * self.dice.below(pool) / pool;
        match self.dice.below(10) {
            0..6 => ("ip", address(often)),
            6..9 => ("domain", format!("host{often}.example")),
            _ => ("hash_sha256", hex(&Sha256::digest(self.dice.next().to_be_bytes()))),
        }
    }
}

/// The n-th of those that are seen most often: addresses and names in turn.
fn often_seen(number: usize) -> (&'static str, String) {
    let rank = number as u64 / 2;
    if number.is_multiple_of(2) { ("ip", address(rank)) } else { ("domain", format!("host{rank}.example")) }
}

fn address(rank: u64) -> String {
    let host = 0x1000_0000_u32.wrapping_add(u32::try_from(rank).unwrap_or_default().wrapping_mul(7_919));
    std::net::Ipv4Addr::from(host).to_string()
}
