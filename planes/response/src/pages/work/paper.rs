//! The report of an incident: on a page, and to take away.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State as Given};
use manara_document::{Document, Form, PrintError, html_parts};
use manara_web::{Answer, Lang, Locale, Page, PageError, Tone, Visit, Word};

use super::{Room, found, href, page_of};
use crate::incident::Incident;
use crate::report::{gather, report as written};

/// The forms a report is given away in.
pub(super) const FORMS: [&str; 4] = ["pdf", "docx", "html", "md"];

#[derive(Template)]
#[template(path = "response/work/report.html")]
struct ReportPage {
    page: Page,
    one: Incident,
    /// Escaped by its printer.
    body: String,
    lang: Lang,
    langs: [Lang; 3],
    forms: [&'static str; 4],
}

impl ReportPage {
    fn href(&self) -> String {
        href(&self.one)
    }
}

/// The report of an incident in a language, its moments on the reader's clock.
pub(super) async fn document(visit: &Visit, room: &Room, one: Incident, lang: Lang) -> Result<Document, PageError> {
    let gathered = gather(&visit.db, &visit.viewer, one).await?;
    Ok(written(&gathered, &room.policy, visit.words(), locale(visit, lang), visit.now))
}

/// How numbers and moments are written in a language, on the reader's clock.
pub(super) fn locale(visit: &Visit, lang: Lang) -> Locale {
    let mut locale: Locale = if lang == visit.lang { visit.locale } else { lang.into() };
    locale.zone = visit.locale.zone;
    locale
}

/// The language that is asked for; the reader's when none is.
pub(super) fn language(visit: &Visit) -> Lang {
    visit.query("in").and_then(|tag| Lang::parse(&tag)).unwrap_or(visit.lang)
}

/// Prints where nobody waits for the thread.
pub(super) async fn printed(
    room: &Room,
    document: Document,
    form: Form,
) -> Result<Result<Vec<u8>, PrintError>, PageError> {
    let room = Arc::clone(room);
    tokio::task::spawn_blocking(move || room.printer.print(&document, form)).await.map_err(PageError::internal)
}

/// `GET /incidents/{id}/report?format=…&in=…`; without a format as a page.
pub(super) async fn report(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let lang = language(&visit);
    let document = document(&visit, &room, one.clone(), lang).await?;
    let Some(format) = visit.query("format") else {
        return visit.html(&ReportPage {
            page: page_of(&visit, &one, "work-report-title"),
            body: html_parts(&document),
            lang,
            langs: Lang::ALL,
            forms: FORMS,
            one,
        });
    };
    let form = Form::parse(&format).ok_or_else(|| PageError::unreadable("format is one of pdf, docx, html and md"))?;
    match printed(&room, document, form).await? {
        Ok(bytes) => {
            let file = format!("{}-{}.{}", one.number, lang.tag(), form.as_str());
            Ok(visit.download(&file, form.content_type(), bytes))
        }
        Err(why) => {
            tracing::warn!(%why, "a report of an incident was not printed");
            let back = format!("{}/report", href(&one));
            let why = Word::from(why.to_string());
            Ok(visit.go_saying(&back, Tone::Bad, "document-not-printed", &[("why", why)]))
        }
    }
}
