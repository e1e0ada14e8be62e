//! Writing to all who reported an incident.

use askama::Template;
use axum::extract::{Path, Request, State as Given};
use axum::http::StatusCode;
use manara_web::api::{ApiAnswer, Given as Body, Problem, json as answer};
use manara_web::{Answer, Choice, Page, PageError, Tone, Visit, Word};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{found, href, why_words};
use super::operations::{FileGiven, exports_of, new_files};
use super::{MailDesk, Room, attach};
use crate::attached::{Export, FILES};
use crate::incident::{Incident, TITLE_CHARS};
use crate::jobs::{
    self, ExportDesk, REPORTERS, ReachDesk, ReachError, Reached, Refusal, Reporter, ReporterDraft, ToReporters,
};
use crate::message::MessageKind;
use crate::sql_upload;
use crate::ticket::Ticket;

/// Mails that are shown before they leave.
const SHOWN: usize = 10;

#[derive(Template)]
#[template(path = "response/tickets/reach.html")]
struct ReachPage {
    page: Page,
    one: Incident,
    written: ToReporters,
    /// Each with whether it is ticked.
    reporters: Vec<(Reporter, bool)>,
    letters: Vec<Choice>,
    /// What can be made to go with it, each with whether it is ticked.
    exports: Vec<(Choice, bool)>,
    /// What leaves, to whom.
    preview: Vec<(String, String, String)>,
    more: usize,
    /// Reports with the addresses that nothing is sent to.
    left_out: Vec<(String, String)>,
    trouble: Option<String>,
    title_chars: usize,
}

impl ReachPage {
    fn can_send(&self) -> bool {
        self.trouble.is_none() && !self.preview.is_empty()
    }

    fn has_files(&self) -> bool {
        !self.written.files.is_empty() || self.exports.iter().any(|(_, ticked)| *ticked)
    }
}

async fn show(
    visit: &Visit,
    room: &Room,
    one: Incident,
    written: ToReporters,
    (drafts, trouble): (Vec<ReporterDraft>, Option<String>),
) -> Answer {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let is_meant = |ticket: &Ticket| written.reports.is_empty() || written.reports.contains(&ticket.number);
    let reporters = jobs::reporters(&visit.db, &visit.viewer, &one).await?;
    let reporters = reporters.into_iter().map(|one| (one.clone(), is_meant(&one.report))).collect();
    let tag = visit.lang.tag();
    let kinds = room.office.letters.kinds.iter().filter(|kind| !kind.automatic && kind.kind == "reporter");
    let letters = kinds.map(|kind| Choice { value: kind.id.clone(), label: kind.title(tag).to_string() });
    let exports = Export::ALL.map(|what| {
        let label = visit.t(&format!("attach-export-{}", what.as_str()));
        (Choice { value: what.as_str().into(), label }, written.exports.contains(&what))
    });
    let exports = exports.into_iter();
    let title = visit.t_args("reach-title", &[("number", one.number.clone().into())]);
    let shown = drafts.iter().take(SHOWN).map(|ReporterDraft { report: ticket, draft, .. }| {
        let to = if draft.to.is_empty() { ticket.number.clone() } else { draft.to.join(", ") };
        let subject = if draft.subject.trim().is_empty() { &ticket.subject } else { &draft.subject };
        (to, room.office.tagged(&ticket.mailbox, &ticket.number, subject), draft.body.clone())
    });
    let left_out = drafts.iter().filter(|one| !one.left_out.is_empty());
    let page = ReachPage {
        page: visit.page_titled(title).under("/incidents", "response-list-title").under_named(&href(&one), &one.number),
        letters: letters.collect(),
        exports: exports.collect(),
        preview: shown.collect(),
        more: drafts.len().saturating_sub(SHOWN),
        left_out: left_out.map(|one| (one.report.number.clone(), one.left_out.join(", "))).collect(),
        title_chars: TITLE_CHARS,
        one,
        written,
        reporters,
        trouble,
    };
    visit.html_status(status, &page)
}

/// `GET /incidents/{id}/write`
pub(super) async fn form(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let letter = visit.query("letter").filter(|id| room.office.letters.kind(id).is_some()).unwrap_or_default();
    let written = ToReporters { id: jobs::form_id(""), letter, ..ToReporters::default() };
    show(&visit, &room, one, written, (Vec::new(), None)).await
}

/// `POST /incidents/{id}/write`: seen first (`do=preview`), then sent (`do=send`).
pub(super) async fn write(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    request: Request,
) -> Answer {
    let one = found(&visit, &name).await?;
    let (fields, new) = attach::read(request).await?;
    let text = |name: &str| fields.text(name).to_string();
    let exports = fields.all("export", FILES).iter().map(|word| Export::parse(word)).collect::<Option<Vec<_>>>();
    let mut written = ToReporters {
        id: jobs::form_id(fields.text("id")),
        subject: text("subject"),
        body: text("body"),
        letter: Some(text("letter")).filter(|id| room.office.letters.kind(id).is_some()).unwrap_or_default(),
        reports: fields.all("report", REPORTERS),
        files: Vec::new(),
        exports: exports.ok_or_else(|| PageError::unreadable("export"))?,
    };
    match attach::brought(&visit, &room, &written.id, (&fields, new)).await? {
        Ok(files) => written.files = files,
        Err(trouble) => {
            // What waited before is still there.
            written.files = sql_upload::of_message(&visit.db, &written.id, &visit.viewer.name).await?;
            return show(&visit, &room, one, written, (Vec::new(), Some(trouble))).await;
        }
    }
    let nobody = written.reports.is_empty().then_some(Refusal::NoRecipient);
    let nothing = (written.body.trim().is_empty() && written.letter.is_empty()).then_some(Refusal::Text);
    if let Some(why) = nobody.or(nothing) {
        let trouble = Some(why_words(&visit, why));
        return show(&visit, &room, one, written, (Vec::new(), trouble)).await;
    }
    if fields.text("do") != "send" {
        return match jobs::drafts_to_reporters(&visit.db, &visit.viewer, &room.office, &one, &written, visit.now).await
        {
            Ok(drafts) => {
                let mut trouble = None;
                for ReporterDraft { report: ticket, draft, .. } in &drafts {
                    let seen = jobs::preview(&visit.db, &room.office, ticket, draft, visit.now).await?;
                    if let Some(why) = seen.refused.or(written.fits(&one, ticket).err()) {
                        let number = Word::from(ticket.number.clone());
                        let args = [("number", number), ("why", why_words(&visit, why).into())];
                        trouble = Some(visit.t_args("reach-refused", &args));
                        break;
                    }
                }
                show(&visit, &room, one, written, (drafts, trouble)).await
            }
            Err(error) => {
                let trouble = Some(words(&visit, error)?);
                show(&visit, &room, one, written, (Vec::new(), trouble)).await
            }
        };
    }
    let desk = desk(&visit, &room);
    let did = jobs::write_to_reporters(&visit.db, &visit.viewer, &desk, &one, &written, visit.now).await;
    match did {
        Ok(all) => {
            // The mails have them now.
            sql_upload::set(&visit.db, &written.id, &visit.viewer.name, &[], visit.now).await?;
            let count = |number: usize| Word::from(i64::try_from(number).unwrap_or(i64::MAX));
            let refused: Vec<Refusal> = all.iter().filter_map(|one| one.did.as_ref().err().copied()).collect();
            let done = count(all.len() - refused.len());
            let Some(first) = refused.first() else {
                return Ok(visit.go_saying(&href(&one), Tone::Good, "reach-did", &[("count", done)]));
            };
            let why = Word::from(why_words(&visit, *first));
            let args = [("count", done), ("refused", count(refused.len())), ("why", why)];
            Ok(visit.go_saying(&href(&one), Tone::Warn, "reach-did-some", &args))
        }
        Err(error) => {
            let trouble = Some(words(&visit, error)?);
            show(&visit, &room, one, written, (Vec::new(), trouble)).await
        }
    }
}

/// What is written and attached with.
fn desk<'a>(visit: &'a Visit, room: &'a MailDesk) -> ReachDesk<'a> {
    let exports =
        ExportDesk { policy: &room.policy, words: visit.words(), locale: visit.locale, printer: &room.printer };
    ReachDesk { house: &room.office, blobs: &room.blobs, exports }
}

fn words(visit: &Visit, error: ReachError) -> Result<String, PageError> {
    match error {
        ReachError::Refused(why) => Ok(why_words(visit, why)),
        ReachError::Letter(error) => Err(PageError::internal(error)),
        ReachError::Store(error) => Err(error.into()),
        ReachError::Made(why) => Ok(visit.t_args("document-not-printed", &[("why", Word::from(why))])),
    }
}

/// What a program writes to all who reported.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReachGiven {
    #[serde(default)]
    text: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    letter: String,
    #[serde(default)]
    reports: Vec<String>,
    #[serde(default)]
    files: Vec<FileGiven>,
    #[serde(default)]
    exports: Vec<String>,
}

/// `POST /api/v1/incidents/{id}/write`
pub(super) async fn by_program(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    Body(given): Body<ReachGiven>,
) -> ApiAnswer {
    let one = crate::sql::get(&visit.db, &visit.viewer, &name).await?.ok_or_else(Problem::not_found)?;
    if !given.letter.is_empty() && room.office.letters.kind(&given.letter).is_none() {
        return Err(Problem::invalid("letter", "not-found", &given.letter));
    }
    if given.text.trim().is_empty() && given.letter.is_empty() {
        return Err(Problem::invalid("text", Refusal::Text.code(), ""));
    }
    let what = ToReporters {
        id: String::new(),
        subject: given.subject,
        body: given.text,
        letter: given.letter,
        reports: given.reports,
        files: new_files(&room, given.files).await?,
        exports: exports_of(&given.exports)?,
    };
    let desk = desk(&visit, &room);
    let did = jobs::write_to_reporters(&visit.db, &visit.viewer, &desk, &one, &what, visit.now).await;
    let all = did.map_err(|error| match error {
        ReachError::Made(why) => Problem::internal(why),
        ReachError::Refused(why) => Problem::refused(why.code(), why),
        ReachError::Letter(error) => Problem::internal(error),
        ReachError::Store(error) => error.into(),
    })?;
    let of = |Reached { report, did, left_out }: &Reached| match did {
        Ok(message) => json!({ "ticket": report.number, "message": message.id,
            "waits": message.kind == MessageKind::Draft, "refused": Value::Null, "left_out": left_out }),
        Err(why) => json!({ "ticket": report.number, "message": Value::Null, "waits": false, "refused": why.code(),
            "left_out": left_out }),
    };
    Ok(answer(&json!({ "written": all.iter().map(of).collect::<Vec<Value>>() })))
}
