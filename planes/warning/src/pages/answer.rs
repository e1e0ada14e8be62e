//! What the link in a letter opens: one notice, its findings, and the answers to them. Nobody is signed in here.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Multipart, Path, RawForm, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use manara_model::{Micros, Severity};
use manara_store::{Arg, Row, StoreError};
use manara_web::{
    Answer, Cell, EXPORT_MOST, Fault, Filter, Key, Kind, Lang, ListSpec, ListView, Markup, Page, PageError, Sort, Visit,
};

use super::{Mailroom, class_key};
use crate::answer::{COMMENT_CHARS, Given, Said, Via, comment};
use crate::answer_sheet::{LineReason, RefusedLine, SHEET_BYTES, SheetError, SheetLine, read_sheet, write_sheet};
use crate::jobs::{Taken, give_answers, note_refusal, opened};
use crate::link::{Pass, Refusal};
use crate::notice::Notice;
use crate::sql;

/// What a form of answers may weigh.
pub(super) const FORM_BYTES: usize = 2 << 20;
/// What an uploaded table may weigh, with what a form puts around it.
pub(super) const UPLOAD_BYTES: usize = SHEET_BYTES + (64 << 10);
/// Fields of a form that are read: two for each row of the longest page, and some.
const FIELDS_READ: usize = 1_000;
/// Lines of a report that are shown.
const LINES_SHOWN: usize = 200;

static ROWS: ListSpec = ListSpec {
    columns: &[
        "f.finding_id",
        "f.asset",
        "f.subject",
        "f.severity",
        "f.first_seen",
        "f.last_seen",
        "f.count",
        "f.answer",
        "f.comment",
    ],
    from: "warning_notice_finding f",
    only: "f.notice_id = $1",
    filters: &[
        Filter {
            name: "q",
            label: "warning-link-search",
            kind: Kind::Contains,
            sql: r"LOWER(f.asset) LIKE ? ESCAPE '\' OR LOWER(f.subject) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "answer",
            label: "warning-link-answer",
            kind: Kind::Case {
                cases: &[
                    ("none", "f.answer = ''"),
                    ("received", "f.answer = 'received'"),
                    ("fixed", "f.answer = 'fixed'"),
                    ("false", "f.answer = 'false'"),
                    ("help", "f.answer = 'help'"),
                ],
                words: "warning-said-",
            },
            sql: "",
        },
    ],
    sorts: &[
        Sort {
            name: "severity",
            label: "warning-list-severity",
            column: "f.severity",
            key: Key::Int,
            descending: true,
        },
        Sort { name: "asset", label: "warning-one-asset", column: "f.asset", key: Key::Text, descending: false },
        Sort { name: "last", label: "warning-one-last", column: "f.last_seen", key: Key::Text, descending: true },
    ],
    key: "f.finding_id",
    key_kind: Key::Text,
};

struct Line {
    id: String,
    asset: String,
    subject: String,
    severity: Severity,
    first_seen: Micros,
    last_seen: Micros,
    count: i64,
    answer: String,
    comment: String,
}

fn line(row: &Row) -> Result<Line, StoreError> {
    Ok(Line {
        id: row.text(0)?,
        asset: row.text(1)?,
        subject: row.text(2)?,
        severity: row.severity(3)?,
        first_seen: row.moment(4)?,
        last_seen: row.moment(5)?,
        count: row.int(6)?,
        answer: row.text(7)?,
        comment: row.text(8)?,
    })
}

const EXPORT_COLUMNS: [&str; 9] =
    ["finding", "asset", "subject", "severity", "first_seen", "last_seen", "events", "answer", "comment"];

fn cells(line: Line) -> Vec<Cell> {
    vec![
        line.id.into(),
        line.asset.into(),
        line.subject.into(),
        line.severity.as_str().into(),
        line.first_seen.rfc3339().into(),
        line.last_seen.rfc3339().into(),
        line.count.into(),
        line.answer.into(),
        line.comment.into(),
    ]
}

/// Something in a form that was not taken.
struct Trouble {
    asset: String,
    key: String,
}

/// What was typed and not taken, by finding: answer and comment.
type Typed = HashMap<String, (String, String)>;

#[derive(Template)]
#[template(path = "warning/answer.html")]
struct AnswerPage {
    page: Page,
    office: String,
    notice: Notice,
    class_key: String,
    due: Micros,
    until: Micros,
    list: ListView,
    rows: Vec<Line>,
    tag: String,
    action: String,
    token: String,
    kept: Option<(i64, i64)>,
    troubles: Vec<Trouble>,
}

impl AnswerPage {
    fn answers(&self) -> [Said; 4] {
        Said::ALL
    }

    fn comment_chars(&self) -> usize {
        COMMENT_CHARS
    }

    fn label(&self, key: &str, asset: &str) -> String {
        self.page.t1(key, "asset", asset)
    }

    fn tlp_key(&self) -> String {
        format!("warning-tlp-{}", self.notice.tlp.label().trim_start_matches("TLP:").to_lowercase().replace('+', "-"))
    }
}

#[derive(Template)]
#[template(path = "warning/answer_refused.html")]
struct RefusedPage {
    page: Page,
    office: String,
    mail: String,
    phone: String,
}

#[derive(Template)]
#[template(path = "warning/answer_report.html")]
struct ReportPage {
    page: Page,
    office: String,
    token: String,
    trouble: Option<String>,
    taken: Taken,
    blank: usize,
    refused: Vec<RefusedLine>,
    more: usize,
}

impl ReportPage {
    fn reason(&self, reason: &LineReason) -> String {
        self.page.t1(&format!("warning-sheet-{}", reason.code()), "most", COMMENT_CHARS)
    }
}

/// Who was let in: the request in the right language, the notice and the pass.
struct Admitted {
    visit: Visit,
    notice: Notice,
    pass: Pass,
    token: String,
}

type Asked = Result<Path<String>, PathRejection>;

/// Lets in whoever has a good link; all others get one and the same page, whatever is wrong.
async fn admit(mut visit: Visit, room: &Mailroom, path: Asked) -> Result<Result<Admitted, Response>, PageError> {
    let token = path.map(|Path(token)| token).unwrap_or_default();
    match opened(&visit.db, &room.links, &token, visit.now).await? {
        Ok((notice, pass)) => {
            let lang = visit.lang_chosen.or(Lang::parse(&notice.language)).unwrap_or(visit.lang);
            visit.speak(lang);
            Ok(Ok(Admitted { visit, notice, pass, token }))
        }
        Err(refusal) => Ok(Err(refuse(&visit, room, &token, refusal).await?)),
    }
}

async fn refuse(visit: &Visit, room: &Mailroom, token: &str, refusal: Refusal) -> Answer {
    // What is asked for too often is refused all the same, and no longer written down.
    let status = match visit.may_guess() {
        true => {
            note_refusal(&visit.db, &room.links, token, refusal, visit.address(), visit.now).await?;
            StatusCode::NOT_FOUND
        }
        false => StatusCode::TOO_MANY_REQUESTS,
    };
    let mut page = visit.page("warning-link-refused-title");
    page.languages.clear();
    let lang = page.lang.tag();
    let office = &room.office;
    let shown = RefusedPage {
        office: office.name(lang).to_string(),
        mail: office.mail.clone(),
        phone: office.phone.clone(),
        page,
    };
    visit.html_status(status, &shown)
}

/// `GET /a/{token}`
pub(super) async fn show(visit: Visit, State(room): State<Arc<Mailroom>>, path: Asked) -> Answer {
    match admit(visit, &room, path).await? {
        Ok(admitted) => show_page(&admitted, &room, StatusCode::OK, Vec::new(), &Typed::new()).await,
        Err(refused) => Ok(refused),
    }
}

async fn show_page(
    admitted: &Admitted,
    room: &Mailroom,
    status: StatusCode,
    troubles: Vec<Trouble>,
    typed: &Typed,
) -> Answer {
    let Admitted { visit, notice, pass, token } = admitted;
    let ask = ROWS.read(visit)?;
    let fixed: [Arg<'_>; 1] = [(&notice.id).into()];
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT_MOST, line).await?;
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(cells).collect();
        return Ok(visit.export(format, &notice.number, &EXPORT_COLUMNS, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, line).await?;
    let list = ask.view(visit, &found);
    let mut rows = found.rows;
    for row in &mut rows {
        if let Some((answer, comment)) = typed.get(&row.id) {
            row.answer.clone_from(answer);
            row.comment.clone_from(comment);
        }
    }
    let number = |name: &str| visit.query(name).and_then(|text| text.parse::<u32>().ok()).map(i64::from);
    let kept = number("kept").zip(number("same")).filter(|_| status == StatusCode::OK);
    let title = visit.t_args("warning-link-title", &[("number", notice.number.clone().into())]);
    let page = visit.page_titled(title);
    let shown = AnswerPage {
        office: room.office.name(page.lang.tag()).to_string(),
        class_key: class_key(&notice.class),
        due: notice.sent.or(notice.queued).unwrap_or(notice.created).plus_days(notice.answer_days),
        until: pass.expires,
        notice: notice.clone(),
        tag: room.links.form_tag(token),
        action: format!("/a/{token}{}", question(visit)),
        token: token.clone(),
        list,
        rows,
        kept,
        troubles,
        page,
    };
    visit.html_status(status, &shown)
}

/// The query string of the list, without what the last form had to say.
fn question(visit: &Visit) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let pairs = visit.query_pairs().into_iter();
    query.extend_pairs(pairs.filter(|(name, _)| !matches!(name.as_str(), "kept" | "same" | "lang" | "format")));
    let query = query.finish();
    if query.is_empty() { query } else { format!("?{query}") }
}

/// `POST /a/{token}`: the rows of a page, or one answer for many.
pub(super) async fn take(
    visit: Visit,
    State(room): State<Arc<Mailroom>>,
    path: Asked,
    RawForm(form): RawForm,
) -> Answer {
    let admitted = match admit(visit, &room, path).await? {
        Ok(admitted) => admitted,
        Err(refused) => return Ok(refused),
    };
    let pairs: HashMap<String, String> = form_urlencoded::parse(&form)
        .take(FIELDS_READ)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let visit = &admitted.visit;
    if !room.links.is_form_tag(&admitted.token, pairs.get("tag").map_or("", String::as_str)) {
        return refuse(visit, &room, &admitted.token, Refusal::ForeignForm).await;
    }
    let read = match pairs.get("for").map(String::as_str) {
        Some("all") => for_all(&admitted, &pairs).await?,
        _ => for_rows(visit, &pairs),
    };
    let taken = match give_answers(&visit.db, admitted.pass, &read.given, Via::Form, visit.now).await? {
        Ok(taken) => taken,
        Err(refusal) => return refuse(visit, &room, &admitted.token, refusal).await,
    };
    if !read.troubles.is_empty() {
        return show_page(&admitted, &room, StatusCode::UNPROCESSABLE_ENTITY, read.troubles, &read.typed).await;
    }
    let joint = if question(visit).is_empty() { "?" } else { "&" };
    let back = format!("/a/{}{}{joint}kept={}&same={}", admitted.token, question(visit), taken.changed, taken.same);
    Ok(visit.go(&back))
}

/// A form, read.
#[derive(Default)]
struct Read {
    given: Vec<Given>,
    troubles: Vec<Trouble>,
    typed: Typed,
}

impl Read {
    fn refuse(&mut self, visit: &Visit, id: &str, asset: &str, reason: LineReason, typed: (&str, &str)) {
        let most = i64::try_from(COMMENT_CHARS).unwrap_or(i64::MAX);
        let key = visit.t_args(&format!("warning-sheet-{}", reason.code()), &[("most", most.into())]);
        self.troubles.push(Trouble { asset: asset.into(), key });
        self.typed.insert(id.into(), (typed.0.into(), typed.1.into()));
    }
}

fn for_rows(visit: &Visit, pairs: &HashMap<String, String>) -> Read {
    let mut read = Read::default();
    let mut answers: Vec<(&str, &str)> =
        pairs.iter().filter_map(|(name, value)| Some((name.strip_prefix("answer.")?, value.as_str()))).collect();
    answers.sort_unstable();
    for (id, answer) in answers {
        let words = pairs.get(&format!("comment.{id}")).map_or("", String::as_str);
        let asset = pairs.get(&format!("asset.{id}")).map_or("", String::as_str);
        if answer.is_empty() {
            if !words.trim().is_empty() {
                read.refuse(visit, id, asset, LineReason::CommentAlone, (answer, words));
            }
            continue;
        }
        match (Said::parse(answer), comment(words)) {
            (None, _) => read.refuse(visit, id, asset, LineReason::NoAnswer, ("", words)),
            (_, None) => read.refuse(visit, id, asset, LineReason::CommentTooLong, (answer, words)),
            (Some(said), Some(comment)) => read.given.push(Given { finding_id: id.into(), said, comment }),
        }
    }
    read
}

async fn for_all(admitted: &Admitted, pairs: &HashMap<String, String>) -> Result<Read, PageError> {
    let text = |name: &str| pairs.get(name).map_or("", String::as_str);
    let visit = &admitted.visit;
    let mut read = Read::default();
    match (Said::parse(text("said")), comment(text("comment"))) {
        (None, _) => read.refuse(visit, "", "", LineReason::NoAnswer, ("", "")),
        (_, None) => read.refuse(visit, "", "", LineReason::CommentTooLong, ("", "")),
        (Some(said), Some(comment)) => {
            let ids = sql::finding_ids_of(&visit.db, &admitted.notice.id, text("which") == "all").await?;
            let given = |finding_id| Given { finding_id, said, comment: comment.clone() };
            read.given = ids.into_iter().map(given).collect();
        }
    }
    Ok(read)
}

/// `GET /a/{token}/answers.csv`: the table to fill in.
pub(super) async fn table(visit: Visit, State(room): State<Arc<Mailroom>>, path: Asked) -> Answer {
    let Admitted { visit, notice, .. } = match admit(visit, &room, path).await? {
        Ok(admitted) => admitted,
        Err(refused) => return Ok(refused),
    };
    let rows = sql::sheet_of(&visit.db, &notice.id).await?;
    let lines = rows.iter().map(|(finding_id, asset, subject, said, comment)| SheetLine {
        finding_id,
        asset,
        subject,
        said: *said,
        comment,
    });
    Ok(visit.download(&format!("{}-answers.csv", notice.number), "text/csv; charset=utf-8", write_sheet(lines)))
}

/// `POST /a/{token}/table`: the table, filled in. Good lines are kept, the others are told.
pub(super) async fn upload(
    visit: Visit,
    State(room): State<Arc<Mailroom>>,
    path: Asked,
    headers: HeaderMap,
    parts: Multipart,
) -> Answer {
    let admitted = match admit(visit, &room, path).await? {
        Ok(admitted) => admitted,
        Err(refused) => return Ok(refused),
    };
    let visit = &admitted.visit;
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > UPLOAD_BYTES) {
        return report(&admitted, &room, Err(SheetError::TooLarge(SHEET_BYTES))).await;
    }
    let (tag, bytes) = uploaded(parts).await?;
    if !room.links.is_form_tag(&admitted.token, &tag) {
        return refuse(visit, &room, &admitted.token, Refusal::ForeignForm).await;
    }
    let ids: HashSet<String> = sql::finding_ids_of(&visit.db, &admitted.notice.id, true).await?.into_iter().collect();
    let sheet = match read_sheet(&bytes, |id| ids.contains(id)) {
        Ok(sheet) => sheet,
        Err(error) => return report(&admitted, &room, Err(error)).await,
    };
    let given: Vec<Given> = sheet.given.into_iter().map(|(_, given)| given).collect();
    match give_answers(&visit.db, admitted.pass, &given, Via::Table, visit.now).await? {
        Ok(taken) => report(&admitted, &room, Ok((taken, sheet.blank, sheet.refused))).await,
        Err(refusal) => refuse(visit, &room, &admitted.token, refusal).await,
    }
}

/// The tag and the file of an upload; the tag stands first.
async fn uploaded(mut parts: Multipart) -> Result<(String, Vec<u8>), PageError> {
    let unreadable = |error: axum::extract::multipart::MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => PageError::from(Fault::TooLarge),
        _ => PageError::unreadable(error),
    };
    let (mut tag, mut bytes) = (String::new(), Vec::new());
    for _ in 0..4 {
        let Some(part) = parts.next_field().await.map_err(unreadable)? else { break };
        match part.name().unwrap_or_default() {
            "tag" => tag = part.text().await.map_err(unreadable)?,
            "file" => bytes = part.bytes().await.map_err(unreadable)?.to_vec(),
            _ => {}
        }
    }
    Ok((tag, bytes))
}

type Outcome = Result<(Taken, usize, Vec<RefusedLine>), SheetError>;

async fn report(admitted: &Admitted, room: &Mailroom, outcome: Outcome) -> Answer {
    let Admitted { visit, notice, token, .. } = admitted;
    let title = visit.t_args("warning-link-title", &[("number", notice.number.clone().into())]);
    let mut page = visit.page_titled(title);
    // The answer to a form has no address of its own that a switch of language could lead to.
    page.languages.clear();
    let (status, trouble, (taken, blank, mut refused)) = match outcome {
        Ok(done) => (StatusCode::OK, None, done),
        Err(error) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Some(sheet_trouble(visit, &error)), (Taken::default(), 0, Vec::new()))
        }
    };
    let more = refused.len().saturating_sub(LINES_SHOWN);
    refused.truncate(LINES_SHOWN);
    let office = room.office.name(page.lang.tag()).to_string();
    visit.html_status(status, &ReportPage { page, office, token: token.clone(), trouble, taken, blank, refused, more })
}

fn sheet_trouble(visit: &Visit, error: &SheetError) -> String {
    match error {
        SheetError::Empty => visit.t("warning-sheet-empty"),
        SheetError::TooLarge(bytes) => {
            let megabytes = i64::try_from(bytes >> 20).unwrap_or(i64::MAX);
            visit.t_args("warning-sheet-too-large", &[("megabytes", megabytes.into())])
        }
        SheetError::NoColumn(column, found) => visit.t_args(
            "warning-sheet-no-column",
            &[("column", (*column).to_string().into()), ("found", found.clone().into())],
        ),
        SheetError::ColumnTwice(column) => {
            visit.t_args("warning-sheet-column-twice", &[("column", (*column).to_string().into())])
        }
        SheetError::Unreadable(_) => visit.t("warning-sheet-unreadable"),
    }
}

/// A field of the form that says which link it belongs to.
fn tag_field(tag: &str) -> Markup {
    Markup::of(&TagField { tag })
}

#[derive(Template)]
#[template(ext = "html", source = r#"<input type="hidden" name="tag" value="{{ tag }}">"#)]
struct TagField<'a> {
    tag: &'a str,
}

impl AnswerPage {
    fn tag_field(&self) -> Markup {
        tag_field(&self.tag)
    }
}
