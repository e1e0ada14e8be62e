//! A letter that the work on an incident asks for: what it is for, and where it is written.

use askama::Template;
use axum::extract::{Path, State as Given};
use manara_web::api::{ApiAnswer, Problem, json as answer};
use manara_web::{Answer, Page, PageError, Right, Visit};
use serde_json::{Value, json};

use super::super::work::operations::paged;
use super::super::{found, href};
use super::{Room, kind_key};
use crate::incident::Incident;
use crate::mail::LetterKind;
use crate::ticket::{Kind, Ticket};

#[derive(Template)]
#[template(path = "response/tickets/letter.html")]
struct LetterPage {
    page: Page,
    one: Incident,
    letter: LetterKind,
    /// The tickets of the incident it can be written from.
    tickets: Vec<Ticket>,
    /// The kinds of tickets it can be written from that may be opened for it.
    fresh: Vec<(&'static str, &'static str)>,
    is_for_reporters: bool,
    can_work: bool,
}

impl LetterPage {
    fn title(&self) -> &str {
        self.letter.title(self.page.lang.tag())
    }

    fn purpose(&self) -> &str {
        self.letter.purpose(self.page.lang.tag())
    }

    fn kind_words(&self, one: &Ticket) -> String {
        self.page.t(kind_key(one.kind))
    }
}

/// From which kind of ticket a letter is written.
fn kind_of(letter: &LetterKind) -> Kind {
    Kind::parse(&letter.to).unwrap_or(Kind::Investigation)
}

/// `GET /incidents/{id}/letters/{letter}`
pub(super) async fn letter(visit: Visit, Given(room): Given<Room>, Path((name, id)): Path<(String, String)>) -> Answer {
    let one = found(&visit, &name).await?;
    let letter = room.office.letters.kind(&id).filter(|kind| !kind.automatic).ok_or_else(PageError::not_found)?.clone();
    let kind = kind_of(&letter);
    let mut tickets = super::of_incident(&visit, &one.id).await?;
    tickets.retain(|ticket| ticket.kind == kind && ticket.state.is_live());
    let fresh = match kind {
        Kind::Report => Vec::new(),
        Kind::Investigation => vec![("investigation", "tickets-new-investigation")],
        Kind::Countermeasure => vec![("countermeasure", "tickets-new-countermeasure")],
    };
    visit.html(&LetterPage {
        page: visit
            .page_titled(letter.title(visit.lang.tag()).to_string())
            .under("/incidents", "response-list-title")
            .under_named(&href(&one), &one.number),
        is_for_reporters: kind == Kind::Report,
        can_work: visit.may(Right::HandleIncidents) && one.merged_into.is_empty() && one.state.is_live(),
        tickets,
        fresh,
        letter,
        one,
    })
}

/// `GET /api/v1/letters`
pub(super) async fn list(visit: Visit, Given(room): Given<Room>) -> ApiAnswer {
    paged(&visit, &room.office.letters.kinds, shown)
}

fn shown(one: &LetterKind) -> Value {
    json!({ "id": one.id, "kind": one.kind, "to": one.to, "automatic": one.automatic, "title": one.title,
        "use": one.purpose })
}

/// `GET /api/v1/tickets/{id}/letters/{letter}?language=…`
pub(super) async fn of_ticket(
    visit: Visit,
    Given(room): Given<Room>,
    Path((name, id)): Path<(String, String)>,
) -> ApiAnswer {
    let one = crate::sql_ticket::get_ticket(&visit.db, &visit.viewer, &name).await?.ok_or_else(Problem::not_found)?;
    let kind = room.office.letters.kind(&id).filter(|kind| !kind.automatic).ok_or_else(Problem::not_found)?;
    let language = visit.query("language").unwrap_or_else(|| one.language.clone());
    let written = super::write::letter(&visit, &room, &one, &kind.id, &language).await?;
    Ok(answer(&json!({ "subject": written.subject, "text": written.body })))
}
