//! The public form, its receipt, and what became of a report. Nobody is signed in here.

use std::sync::Arc;

use askama::Template;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, RawForm, State};
use axum::http::StatusCode;
use manara_model::Micros;
use manara_net::LetterError;
use manara_store::Blobs;
use manara_web::{Answer, Fault, Page, PageError, Site, Visit};
use tokio::sync::Semaphore;

use super::fields::Fields;
use crate::mail::{MailHouse, ReadError, take};
use crate::message::{Message, MessageKind};
use crate::public::{
    FIELD_CHARS, FILE_BYTES, FILES, FormError, KINDS, Receipt, Report, TEXT_CHARS, fresh_tag, into_mail, receipt,
};
use crate::ticket::{Ticket, TicketState};

/// What a form with its files may weigh. More than is kept is read and thrown away, so that whoever chose too large a file gets back
/// what they wrote.
const FORM_BYTES: usize = 4 * FILE_BYTES;
/// Bytes of one field that are read.
const FIELD_BYTES: usize = 8 * TEXT_CHARS;
/// Forms that are read at once: together they take no more memory than that.
const AT_ONCE: usize = 4;
/// The short fields that become lines of the report.
const FACTS: [&str; 4] = ["where", "when", "organisation", "phone"];
/// Parts of a form that are read.
const PARTS: usize = 40;

/// What the pages of the public form work with.
pub struct PublicDesk {
    mail: Arc<MailHouse>,
    blobs: Blobs,
    /// The name of the team by language, and its mail address and telephone number, which may be empty.
    office: Box<dyn Fn(&str) -> String + Send + Sync>,
    call: (String, String),
    reading: Semaphore,
}

impl std::fmt::Debug for PublicDesk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PublicDesk").finish_non_exhaustive()
    }
}

impl PublicDesk {
    /// The desk of a house. `office` gives the name of the team in a language, `call` is its mail address and telephone number.
    pub fn new(
        mail: Arc<MailHouse>,
        blobs: Blobs,
        office: impl Fn(&str) -> String + Send + Sync + 'static,
        call: (String, String),
    ) -> Self {
        PublicDesk { mail, blobs, office: Box::new(office), call, reading: Semaphore::new(AT_ONCE) }
    }
}

type Desk = Arc<PublicDesk>;

/// The routes of the public form.
pub fn public_site(desk: PublicDesk) -> Site {
    Site::<Desk>::new()
        .link("/report", form)
        .link_post("/report", FORM_BYTES, send)
        .link("/report/follow", ask)
        .link_post("/report/follow", 16 << 10, follow)
        .link_post("/report/more", FORM_BYTES, add)
        .with_state(Arc::new(desk))
}

/// What was typed.
#[derive(Default)]
struct Typed {
    tag: String,
    kind: String,
    text: String,
    name: String,
    mail: String,
    facts: [String; 4],
    number: String,
    secret: String,
    files: Vec<(String, Vec<u8>)>,
    /// Why a file was left out.
    trouble: Option<&'static str>,
}

impl Typed {
    fn fact(&self, name: &str) -> &str {
        FACTS.iter().position(|fact| *fact == name).and_then(|at| self.facts.get(at)).map_or("", String::as_str)
    }
}

#[derive(Template)]
#[template(path = "response/public_form.html")]
struct FormPage {
    page: Page,
    office: String,
    call: (String, String),
    typed: Typed,
    tag: String,
    /// The field that is wrong, and why; the field is empty when it is the form.
    trouble: Option<(&'static str, String)>,
}

impl FormPage {
    fn kinds(&self) -> impl Iterator<Item = &'static str> {
        KINDS.iter().map(|(kind, ..)| *kind)
    }

    fn is_wrong(&self, field: &str) -> bool {
        self.trouble.as_ref().is_some_and(|(wrong, _)| *wrong == field)
    }

    fn most(&self) -> [usize; 4] {
        [TEXT_CHARS, FIELD_CHARS, FILES, FILE_BYTES >> 20]
    }
}

#[derive(Template)]
#[template(path = "response/public_receipt.html")]
struct ReceiptPage {
    page: Page,
    office: String,
    number: String,
    secret: String,
}

#[derive(Template)]
#[template(path = "response/public_ask.html")]
struct AskPage {
    page: Page,
    office: String,
    number: String,
    trouble: Option<String>,
}

#[derive(Template)]
#[template(path = "response/public_follow.html")]
struct FollowPage {
    page: Page,
    office: String,
    ticket: Ticket,
    messages: Vec<Message>,
    secret: String,
    tag: String,
    text: String,
    added: bool,
    trouble: Option<String>,
}

impl FollowPage {
    /// Where the report is, in a word for people outside.
    fn state(&self) -> &'static str {
        match self.ticket.state {
            TicketState::New => "new",
            TicketState::Open => "open",
            _ => "closed",
        }
    }

    fn state_key(&self) -> String {
        format!("public-state-{}", self.state())
    }

    fn tone(&self) -> &'static str {
        match self.state() {
            "new" => "mute",
            "open" => "warn",
            _ => "good",
        }
    }

    fn is_ours(&self, message: &Message) -> bool {
        message.kind == MessageKind::Sent
    }

    fn most(&self) -> [usize; 4] {
        [TEXT_CHARS, FIELD_CHARS, FILES, FILE_BYTES >> 20]
    }
}

fn office(desk: &PublicDesk, page: &Page) -> String {
    (desk.office)(page.lang.tag())
}

/// `GET /report`
async fn form(visit: Visit, State(desk): State<Desk>) -> Answer {
    form_page(&visit, &desk, StatusCode::OK, Typed::default(), None)
}

fn form_page(
    visit: &Visit,
    desk: &PublicDesk,
    status: StatusCode,
    typed: Typed,
    trouble: Option<(&'static str, String)>,
) -> Answer {
    let page = visit.page("public-title");
    // A form that was refused for its text alone goes on; its tag is good for a day.
    let tag = if typed.tag.is_empty() { fresh_tag(&desk.mail, visit.now) } else { typed.tag.clone() };
    let shown = FormPage { office: office(desk, &page), call: desk.call.clone(), page, typed, tag, trouble };
    visit.html_status(status, &shown)
}

/// `POST /report`
async fn send(visit: Visit, State(desk): State<Desk>, parts: Multipart) -> Answer {
    let typed = read(&desk, parts).await?;
    if let Some(trouble) = typed.trouble {
        return refuse_form(&visit, &desk, typed, ("files", trouble));
    }
    if !visit.may_report() {
        return refuse_form(&visit, &desk, typed, ("", "public-refused-many"));
    }
    let label = |fact: &str| {
        let asked = visit.t(&format!("public-{fact}"));
        asked.trim_end_matches(['?', '؟', '\u{a0}', ' ']).to_string()
    };
    let kind = if KINDS.iter().any(|(kind, ..)| *kind == typed.kind) { typed.kind.as_str() } else { "other" };
    let report = Report {
        kind: kind.into(),
        text: typed.text.clone(),
        from: (typed.name.clone(), typed.mail.clone()),
        facts: FACTS.iter().zip(&typed.facts).map(|(fact, value)| (label(fact), value.clone())).collect(),
        subject: visit.t(&format!("public-kind-{kind}")),
        files: typed.files.clone(),
        language: visit.lang.tag().into(),
    };
    match taken(&visit, &desk, &typed.tag, report, None).await? {
        Ok((number, secret)) => {
            let mut page = visit.page("public-thanks");
            page.languages.clear();
            visit.html(&ReceiptPage { office: office(&desk, &page), page, number, secret })
        }
        Err(wrong) => {
            let fresh = matches!(wrong, ("", "public-refused-foreign" | "public-refused-old"));
            let typed = if fresh { Typed { tag: String::new(), ..typed } } else { typed };
            refuse_form(&visit, &desk, typed, wrong)
        }
    }
}

fn refuse_form(visit: &Visit, desk: &PublicDesk, typed: Typed, (field, key): (&'static str, &str)) -> Answer {
    let status =
        if key == "public-refused-many" { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::UNPROCESSABLE_ENTITY };
    let words = why(visit, key);
    form_page(visit, desk, status, typed, Some((field, words)))
}

fn why(visit: &Visit, key: &str) -> String {
    let megabytes = i64::try_from(FILE_BYTES >> 20).unwrap_or(i64::MAX);
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    visit.t_args(
        key,
        &[("chars", number(TEXT_CHARS).into()), ("files", number(FILES).into()), ("megabytes", megabytes.into())],
    )
}

type Wrong = (&'static str, &'static str);

/// Takes a form to durable storage: the number of the report and its secret, or the field that is wrong and why.
async fn taken(
    visit: &Visit,
    desk: &Desk,
    tag: &str,
    report: Report,
    adds_to: Option<(String, String)>,
) -> Result<Result<(String, String), Wrong>, PageError> {
    let (of, tag, now) = (Arc::clone(desk), tag.to_string(), visit.now);
    let made = tokio::task::spawn_blocking(move || {
        let adds_to = adds_to.as_ref().map(|(ticket, secret)| (ticket.as_str(), secret.as_str()));
        into_mail(&of.mail, &of.blobs, &tag, &report, adds_to, now)
    });
    let (mail, secret) = match made.await.map_err(PageError::internal)? {
        Ok(made) => made,
        Err(error) => return refusal(error).map(Err),
    };
    let outcomes = take(&visit.db, &desk.mail, &[mail], Micros::now().max(visit.now)).await?;
    let number = outcomes.into_iter().next().and_then(|outcome| outcome.ticket);
    let number = number.ok_or_else(|| PageError::internal("a report without a number"))?;
    Ok(Ok((number, secret)))
}

fn refusal(error: FormError) -> Result<Wrong, PageError> {
    Ok(match error {
        FormError::Foreign => ("", "public-refused-foreign"),
        FormError::TooFast => ("", "public-refused-fast"),
        FormError::TooOld => ("", "public-refused-old"),
        FormError::Text => ("text", "public-refused-text"),
        FormError::Mail => ("mail", "public-refused-mail"),
        FormError::Read(ReadError::Mail(_)) | FormError::Letter(LetterError::TooLarge { .. }) => {
            ("files", "public-refused-size")
        }
        error => return Err(PageError::internal(error)),
    })
}

/// `GET /report/follow`
async fn ask(visit: Visit, State(desk): State<Desk>) -> Answer {
    let page = visit.page("public-follow");
    visit.html(&AskPage { office: office(&desk, &page), page, number: String::new(), trouble: None })
}

/// `POST /report/follow`
async fn follow(visit: Visit, State(desk): State<Desk>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let (number, secret) = (fields.text("number").trim().to_string(), fields.text("secret").to_string());
    match found(&visit, &number, &secret).await? {
        Ok(receipt) => follow_page(&visit, &desk, receipt, secret, StatusCode::OK, Told::default()),
        Err((status, key)) => refuse_follow(&visit, &desk, number, status, key),
    }
}

type NotShown = (StatusCode, &'static str);

/// The report of a number and its secret. Who guesses is stopped; who is wrong hears the same, whatever is wrong.
async fn found(visit: &Visit, number: &str, secret: &str) -> Result<Result<Receipt, NotShown>, PageError> {
    if let Some(receipt) = receipt(&visit.db, number, secret).await? {
        return Ok(Ok(receipt));
    }
    Ok(Err(match visit.may_guess() {
        true => (StatusCode::NOT_FOUND, "public-refused-receipt"),
        false => (StatusCode::TOO_MANY_REQUESTS, "public-refused-many"),
    }))
}

fn refuse_follow(visit: &Visit, desk: &PublicDesk, number: String, status: StatusCode, key: &str) -> Answer {
    let page = visit.page("public-follow");
    let trouble = Some(why(visit, key));
    visit.html_status(status, &AskPage { office: office(desk, &page), page, number, trouble })
}

/// What the page of a report says beside the report.
#[derive(Default)]
struct Told {
    added: bool,
    trouble: Option<String>,
    text: String,
}

fn follow_page(
    visit: &Visit,
    desk: &PublicDesk,
    receipt: Receipt,
    secret: String,
    status: StatusCode,
    told: Told,
) -> Answer {
    let title = visit.t_args("public-follow-title", &[("number", receipt.ticket.number.clone().into())]);
    let mut page = visit.page_titled(title);
    // The answer to a form has no address of its own that a switch of language could lead to.
    page.languages.clear();
    let shown = FollowPage {
        office: office(desk, &page),
        page,
        ticket: receipt.ticket,
        messages: receipt.messages,
        secret,
        tag: fresh_tag(&desk.mail, visit.now),
        text: told.text,
        added: told.added,
        trouble: told.trouble,
    };
    visit.html_status(status, &shown)
}

/// `POST /report/more`
async fn add(visit: Visit, State(desk): State<Desk>, parts: Multipart) -> Answer {
    let typed = read(&desk, parts).await?;
    let receipt = match found(&visit, &typed.number, &typed.secret).await? {
        Ok(receipt) => receipt,
        Err((status, key)) => return refuse_follow(&visit, &desk, typed.number, status, key),
    };
    let wrong = match typed.trouble {
        Some(key) => Some(key),
        None if !visit.may_report() => Some("public-refused-many"),
        None => None,
    };
    let wrong = match wrong {
        Some(key) => Some(key),
        None => {
            let report = Report {
                text: typed.text.clone(),
                from: (receipt.ticket.correspondent_name.clone(), receipt.ticket.correspondent.clone()),
                subject: visit.t("public-addition"),
                files: typed.files.clone(),
                language: visit.lang.tag().into(),
                ..Report::default()
            };
            let adds_to = Some((receipt.ticket.id.clone(), typed.secret.clone()));
            taken(&visit, &desk, &typed.tag, report, adds_to).await?.err().map(|(_, key)| key)
        }
    };
    if let Some(key) = wrong {
        let told = Told { added: false, trouble: Some(why(&visit, key)), text: typed.text };
        return follow_page(&visit, &desk, receipt, typed.secret, StatusCode::UNPROCESSABLE_ENTITY, told);
    }
    match found(&visit, &typed.number, &typed.secret).await? {
        Ok(receipt) => {
            follow_page(&visit, &desk, receipt, typed.secret, StatusCode::OK, Told { added: true, ..Told::default() })
        }
        Err((status, key)) => refuse_follow(&visit, &desk, typed.number, status, key),
    }
}

/// Reads a form with files; what is too much of it is said and left out.
async fn read(desk: &PublicDesk, mut parts: Multipart) -> Result<Typed, PageError> {
    let _turn = desk.reading.acquire().await.map_err(PageError::internal)?;
    let mut typed = Typed::default();
    let mut bytes = 0;
    for _ in 0..PARTS {
        let Some(part) = parts.next_field().await.map_err(unreadable)? else { break };
        let name = part.name().unwrap_or_default().to_string();
        if name == "files" {
            // Some browsers send the whole path.
            let file =
                part.file_name().and_then(|path| path.rsplit(['/', '\\']).next()).unwrap_or_default().to_string();
            let (content, count) = first_bytes(part, FILE_BYTES.saturating_sub(bytes)).await?;
            if count == 0 {
                continue; // What a browser sends when no file was chosen.
            }
            bytes = bytes.saturating_add(count);
            if typed.files.len() >= FILES {
                typed.trouble = Some("public-refused-files");
            } else if bytes > FILE_BYTES {
                typed.trouble = Some("public-refused-size");
            } else {
                typed.files.push((manara_net::guest_text(&file, 200), content));
            }
            continue;
        }
        let text = text(part).await?;
        match name.as_str() {
            "tag" => typed.tag = text,
            "kind" => typed.kind = text,
            "text" => typed.text = text,
            "name" => typed.name = text,
            "mail" => typed.mail = text,
            "number" => typed.number = text.trim().into(),
            "secret" => typed.secret = text,
            _ => {
                if let Some(kept) = FACTS.iter().position(|fact| *fact == name).and_then(|at| typed.facts.get_mut(at)) {
                    *kept = text;
                }
            }
        }
    }
    Ok(typed)
}

async fn text(part: Field<'_>) -> Result<String, PageError> {
    let (bytes, _) = first_bytes(part, FIELD_BYTES).await?;
    Ok(String::from_utf8_lossy(&bytes).chars().take(2 * TEXT_CHARS).collect())
}

/// The first bytes of a part, at most so many, and how many it has; the rest is read and thrown away.
async fn first_bytes(mut part: Field<'_>, most: usize) -> Result<(Vec<u8>, usize), PageError> {
    let (mut first, mut count) = (Vec::new(), 0_usize);
    while let Some(piece) = part.chunk().await.map_err(unreadable)? {
        let room = most.saturating_sub(first.len()).min(piece.len());
        first.extend_from_slice(piece.get(..room).unwrap_or_default());
        count = count.saturating_add(piece.len());
    }
    Ok((first, count))
}

fn unreadable(error: MultipartError) -> PageError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => PageError::from(Fault::TooLarge),
        _ => PageError::unreadable(error),
    }
}
