//! Writing: a letter to the other side or to others, seen before it leaves; and a comment, which never does.

use askama::Template;
use axum::extract::{Path, RawForm, Request, State as Given};
use axum::http::StatusCode;
use manara_formats::mail::{PassageKind, fold};
use manara_net::LetterFailed;
use manara_web::{Answer, Choice, Lang, Page, PageError, Tone, Visit, Word};
use uuid::Uuid;

use super::super::fields::Fields;
use super::super::why_words;
use super::attach::{self, Offered};
use super::{MailDesk, Room, found, href, not_done, say};
use crate::jobs::{self, Draft, Preview, RECIPIENTS, ResponseError};
use crate::mail::{LANGUAGES, LetterAbout};
use crate::message::{Message, MessageFile, MessageKind};
use crate::ticket::{Kind, Ticket};
use crate::{sql_message, sql_ticket, sql_upload};

/// Observables a letter may name.
const OBSERVABLES: i64 = 50;
/// Characters of a mail that an answer quotes.
const QUOTED_CHARS: usize = 10_000;

#[derive(Template)]
#[template(path = "response/tickets/write.html")]
struct WritePage {
    page: Page,
    one: Ticket,
    id: String,
    to: String,
    subject: String,
    body: String,
    letter: String,
    language: String,
    /// The letters in force, those for a ticket of this kind, and the others.
    letters: [(&'static str, Vec<Choice>); 3],
    languages: Vec<Choice>,
    preview: Option<Preview>,
    trouble: Option<String>,
    is_kept: bool,
    /// The files that go with it.
    files: Vec<MessageFile>,
    offered: Offered,
}

impl WritePage {
    /// Whether a file of another message is chosen already.
    fn has_ticked(&self) -> bool {
        self.offered.theirs.iter().any(|(_, ticked)| *ticked)
    }

    /// What was seen may be sent.
    fn can_send(&self) -> bool {
        self.trouble.is_none() && self.preview.as_ref().is_some_and(|shown| shown.refused.is_none())
    }
}

/// What the form holds.
#[derive(Default)]
struct Written {
    id: String,
    to: String,
    subject: String,
    body: String,
    letter: String,
    language: String,
    files: Vec<MessageFile>,
    /// The draft it is written anew from; empty for none.
    again: String,
}

/// `GET /tickets/{id}/write`, with `?letter=…&language=…` for the text of a letter, `?answer=…` for a mail to quote and `?again=…` for
/// a draft that did not leave.
pub(super) async fn form(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let asked = |name: &str| visit.query(name).unwrap_or_default();
    let language = Some(asked("language")).filter(|tag| LANGUAGES.contains(&tag.as_str()));
    let mut written = Written {
        id: Uuid::now_v7().to_string(),
        to: one.correspondent.clone(),
        subject: one.subject.clone(),
        letter: asked("letter"),
        language: language.unwrap_or_else(|| one.language.clone()),
        ..Written::default()
    };
    if let Some(kind) = room.office.letters.kind(&written.letter).filter(|kind| !kind.automatic) {
        let letter = letter(&visit, &room, &one, &kind.id, &written.language).await?;
        (written.subject, written.body) = (letter.subject, letter.body);
    }
    if let Some(id) = visit.query("again") {
        written.again.clone_from(&id);
        take_again(&visit, &one, &id, &mut written).await?;
    }
    if let Some(id) = visit.query("answer").filter(|id| !id.is_empty()) {
        quote(&visit, &one, &id, &mut written).await?;
    }
    show(&visit, &room, one, written, (None, None)).await
}

pub(super) async fn letter(
    visit: &Visit,
    room: &MailDesk,
    one: &Ticket,
    kind: &str,
    language: &str,
) -> Result<manara_net::Written, PageError> {
    // As its exports, so its name: what is marked more strictly than the ticket does not leave with it.
    let incident = jobs::incident_to_export(&visit.db, &visit.viewer, one).await?;
    let observables = sql_ticket::observables_of(&visit.db, &one.id, OBSERVABLES).await?;
    let incident = incident.as_ref().map_or(("", ""), |incident| (incident.number.as_str(), incident.title.as_str()));
    let about = LetterAbout {
        report: &one.number,
        incident,
        person: &one.correspondent_name,
        observables: &observables,
        tlp: Some(one.tlp),
        team: room.office.mailbox(&one.mailbox).map_or(("", ""), |own| (own.name.as_str(), own.address.as_str())),
    };
    room.office.letters.write(language, kind, &about).map_err(|error: LetterFailed| PageError::internal(error))
}

/// Puts the text of a letter above what was typed, which stays.
async fn take_letter(
    visit: &Visit,
    room: &MailDesk,
    one: &Ticket,
    fields: &Fields,
    written: &mut Written,
) -> Result<(), PageError> {
    written.letter = fields.text("letter").to_string();
    if LANGUAGES.contains(&fields.text("language")) {
        written.language = fields.text("language").to_string();
    }
    let Some(kind) = room.office.letters.kind(&written.letter).filter(|kind| !kind.automatic) else { return Ok(()) };
    let letter = letter(visit, room, one, &kind.id, &written.language).await?;
    // Taken twice, it stands there once.
    let typed = written.body.replace("\r\n", "\n").replace(letter.body.trim(), "");
    let typed = typed.trim();
    if written.subject.trim().is_empty() || written.subject == one.subject {
        written.subject = letter.subject;
    }
    written.body = if typed.is_empty() { letter.body } else { format!("{}\n\n{typed}", letter.body.trim_end()) };
    Ok(())
}

/// A message that may leave with mail of a ticket: its own, or one of [`attach::threads`].
pub(super) async fn shown_in(visit: &Visit, one: &Ticket, id: &str) -> Result<Option<Message>, PageError> {
    let Some(message) = sql_message::get_message(&visit.db, id).await? else { return Ok(None) };
    if message.ticket_id == one.id {
        return Ok(Some(message));
    }
    let is_shown = attach::threads(visit, one).await?.contains(&message.ticket_id);
    Ok(is_shown.then_some(message))
}

/// Takes the words of a draft that did not leave.
async fn take_again(visit: &Visit, one: &Ticket, id: &str, written: &mut Written) -> Result<(), PageError> {
    let message = shown_in(visit, one, id).await?;
    let Some(message) = message.filter(|message| message.kind == MessageKind::Draft) else { return Ok(()) };
    written.to = message.recipients.split(", ").collect::<Vec<_>>().join("\n");
    (written.subject, written.body) = (message.subject, message.body);
    Ok(())
}

/// Answers one mail: whoever wrote it, what it was about, and what it said below.
async fn quote(visit: &Visit, one: &Ticket, id: &str, written: &mut Written) -> Result<(), PageError> {
    let Some(message) = shown_in(visit, one, id).await? else { return Ok(()) };
    let asked = sql_message::reply_to(&visit.db, &message.id).await?;
    if let Some(mail) = asked.or_else(|| message.from_mail.contains('@').then(|| message.from_mail.clone())) {
        written.to = mail;
    }
    if visit.query("all").is_some() {
        let mut all = vec![written.to.clone()];
        all.extend(sql_ticket::participants(&visit.db, &one.id).await?);
        // Whoever asked to be answered elsewhere is not answered twice.
        all.retain(|mail| !mail.is_empty() && (*mail == written.to || *mail != message.from_mail));
        all.sort();
        all.dedup();
        written.to = all.join("\n");
    }
    let own: String = fold(&message.body)
        .into_iter()
        .filter(|passage| passage.kind == PassageKind::Own)
        .flat_map(|passage| passage.text.lines())
        .map(|line| format!("> {line}\n"))
        .collect::<String>()
        .chars()
        .take(QUOTED_CHARS)
        .collect();
    written.body = format!("{}\n\n{own}", written.body.trim_end());
    Ok(())
}

async fn show(
    visit: &Visit,
    room: &MailDesk,
    one: Ticket,
    written: Written,
    (preview, trouble): (Option<Preview>, Option<String>),
) -> Answer {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let first = (room.first)().await?;
    let (mut in_force, mut fitting, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for kind in room.office.letters.kinds.iter().filter(|kind| !kind.automatic) {
        let group = match kind {
            kind if first.contains(&kind.id) => &mut in_force,
            kind if kind.kind == letters_of(one.kind) => &mut fitting,
            _ => &mut others,
        };
        group.push(Choice { value: kind.id.clone(), label: kind.title(visit.lang.tag()).to_string() });
    }
    let letters = [
        ("tickets-letters-in-force", in_force),
        ("tickets-letters-fitting", fitting),
        ("tickets-letters-others", others),
    ];
    let languages = LANGUAGES.iter().filter_map(|tag| {
        Lang::parse(tag).map(|lang| Choice { value: (*tag).to_string(), label: lang.name().to_string() })
    });
    let page = visit
        .page_titled(visit.t_args("tickets-write-title", &[("number", one.number.clone().into())]))
        .under("/tickets", "tickets-list-title")
        .under_named(&href(&one), &one.number);
    let page = WritePage {
        page,
        offered: attach::offered(visit, &one, &written.again).await?,
        files: written.files,
        letters,
        languages: languages.collect(),
        is_kept: super::one::is_kept(room, &one),
        one,
        id: written.id,
        to: written.to,
        subject: written.subject,
        body: written.body,
        letter: written.letter,
        language: written.language,
        preview,
        trouble,
    };
    visit.html_status(status, &page)
}

/// `POST /tickets/{id}/write`: seen first (`do=preview`), then sent (`do=send`).
pub(super) async fn write(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    request: Request,
) -> Answer {
    let one = found(&visit, &name).await?;
    let (fields, new) = attach::read(request).await?;
    let text = |name: &str| fields.text(name).to_string();
    let mut written = Written {
        // A form without one gets it now, so that what is sent twice from here is one message.
        id: Uuid::try_parse(&text("id")).unwrap_or_else(|_| Uuid::now_v7()).to_string(),
        to: text("to"),
        subject: text("subject"),
        body: text("body"),
        letter: text("letter"),
        language: Some(text("language"))
            .filter(|tag| LANGUAGES.contains(&tag.as_str()))
            .unwrap_or_else(|| one.language.clone()),
        ..Written::default()
    };
    let draft = Draft {
        id: written.id.clone(),
        // One more than may be: too many are refused, not left out.
        to: addresses(&written.to).take(RECIPIENTS + 1).collect(),
        subject: written.subject.clone(),
        body: written.body.clone(),
    };
    match attach::gather(&visit, &room, &one, &written.id, (&fields, new)).await? {
        Ok(files) => written.files = files,
        Err(trouble) => {
            // What waited before is still there.
            written.files = sql_upload::of_message(&visit.db, &written.id, &visit.viewer.name).await?;
            return show(&visit, &room, one, written, (None, Some(trouble))).await;
        }
    }
    if fields.text("do") == "letter" {
        take_letter(&visit, &room, &one, &fields, &mut written).await?;
        return show(&visit, &room, one, written, (None, None)).await;
    }
    if fields.text("do") != "send" {
        let preview = jobs::preview(&visit.db, &room.office, &one, &draft, visit.now).await?;
        let trouble = preview.refused.map(|why| why_words(&visit, why));
        return show(&visit, &room, one, written, (Some(preview), trouble)).await;
    }
    let what = (&draft, written.files.as_slice());
    match jobs::write_with_files(&visit.db, &visit.viewer, &room.office, &one.id, what, visit.now).await {
        Ok((one, message)) => {
            if message.kind == MessageKind::Draft {
                return Ok(visit.go_saying(&href(&one), Tone::Good, "tickets-did-draft", &[]));
            }
            let count = Word::from(i64::try_from(message.recipients.split(", ").count()).unwrap_or(i64::MAX));
            Ok(visit.go_saying(&href(&one), Tone::Good, "tickets-did-send", &[("count", count)]))
        }
        Err(ResponseError::Refused(why)) if why != jobs::Refusal::NoTicket => {
            let trouble = Some(why_words(&visit, why));
            show(&visit, &room, one, written, (None, trouble)).await
        }
        Err(error) => not_done(&visit, &href(&one), error),
    }
}

/// The kind of letters that are written from a ticket.
fn letters_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Report => "reporter",
        Kind::Investigation => "investigation",
        Kind::Countermeasure => "countermeasure",
    }
}

/// The addresses that are typed: one a line, or with commas or semicolons between.
fn addresses(text: &str) -> impl Iterator<Item = String> {
    text.split(['\n', ',', ';']).map(str::trim).filter(|mail| !mail.is_empty()).map(str::to_string)
}

/// `POST /tickets/{id}/comment`
pub(super) async fn comment(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let text = Fields::read(&form).text("text").to_string();
    let did = jobs::comment(&visit.db, &visit.viewer, &room.office, &one.id, &text, visit.now).await;
    say(&visit, &href(&one), did, "tickets-did-comment")
}
