//! The workshop as the one who leads it shows it on a wall: one item, how many answered, and what they said when it is uncovered.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_web::{Answer, Bar, Fault, Markup, Page, PageError, Visit, bars};

use super::fields::Fields;
use super::moderate::Typed;
use super::{Room, frame, href, level_words, say};
use crate::assessment::{Assessment, COMMENT_CHARS, State};
use crate::catalogue::{Catalogue, Item};
use crate::jobs::{self, FrameworkError, Refusal, Step, Verdict};
use crate::sheet::{Answer as Said, Voice};
use crate::sql::{self, Agreed};
use crate::table::NOT_APPLICABLE;
use crate::workshop::Workshop;

#[derive(Template)]
#[template(path = "framework/workshops.html")]
struct WorkshopsPage {
    page: Page,
    open: Vec<(Workshop, String)>,
}

/// `GET /framework/workshop`: those that go on.
pub(super) async fn list(visit: Visit) -> Answer {
    let open = sql::open_workshops(&visit.db, &visit.viewer, visit.now).await?;
    let page = WorkshopsPage { page: visit.page("workshop-all-title").under("/framework", "framework-title"), open };
    visit.html(&page)
}

#[derive(Template)]
#[template(path = "framework/workshop.html")]
struct WorkshopPage {
    page: Page,
    one: Assessment,
    catalogue: Arc<Catalogue>,
    workshop: Option<Workshop>,
    item: Option<Item>,
    number: usize,
    items: usize,
    before: Option<String>,
    after: Option<String>,
    seated: Vec<Voice>,
    answered: i64,
    spread: Markup,
    /// Without the names of those who wrote them: the room sees them.
    comments: Vec<String>,
    agreed: Option<Agreed>,
    /// What was typed and not taken.
    typed: Option<Typed>,
    address: String,
    comment_chars: usize,
}

impl WorkshopPage {
    fn path(&self) -> String {
        format!("/framework/workshop/{}", self.one.id)
    }

    fn is_open(&self) -> bool {
        self.one.state == State::Open
    }

    fn name(&self, item: &Item) -> String {
        item.name.of(self.page.lang.tag()).to_string()
    }

    fn question(&self, item: &Item) -> String {
        item.question.as_ref().map_or("", |text| text.of(self.page.lang.tag())).to_string()
    }

    fn level(&self, level: &Option<i64>) -> String {
        level_words(&self.page.visit, &self.catalogue, *level)
    }

    /// The version of what is agreed; 0 when nothing is.
    fn version(&self) -> i64 {
        self.agreed.as_ref().map_or(0, |agreed| agreed.version)
    }

    fn reason(&self) -> &str {
        self.typed.as_ref().map_or("", |typed| typed.reason.as_str())
    }

    /// Value and words of each level, for the form of what was agreed, and whether it was chosen.
    fn levels(&self, item: &Item) -> Vec<(String, String, bool)> {
        let chosen = |value: &str| self.typed.as_ref().is_some_and(|typed| typed.level == value);
        let of = |value: i64| {
            let words = level_words(&self.page.visit, &self.catalogue, Some(value));
            (value.to_string(), words, chosen(&value.to_string()))
        };
        let mut levels: Vec<_> = self.catalogue.told.scale.iter().map(|level| of(level.value)).collect();
        if item.not_applicable {
            let words = self.page.t("framework-not-applicable");
            levels.push((NOT_APPLICABLE.to_string(), words, chosen(NOT_APPLICABLE)));
        }
        levels
    }
}

/// `GET /framework/workshop/{id}`
pub(super) async fn show(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let found = room.found(&visit, &id).await?;
    wall(visit, found, None).await
}

async fn wall(visit: Visit, (one, catalogue): (Assessment, Arc<Catalogue>), typed: Option<Typed>) -> Answer {
    let workshop = sql::workshop_of(&visit.db, &one.id).await?.filter(|workshop| workshop.is_on(visit.now));
    let page = frame(&visit, &one, "workshop-title").under_named(&href(&one), &one.subject);
    let order: Vec<&Item> = catalogue.assessable().collect();
    let at = workshop.as_ref().and_then(|workshop| order.iter().position(|item| item.ref_id == workshop.item));
    let id_at = |at: Option<usize>| at.and_then(|at| order.get(at)).map(|item| item.ref_id.clone());
    let (before, after) = (id_at(at.and_then(|at| at.checked_sub(1))), id_at(at.map(|at| at + 1)));
    let item = at.and_then(|at| order.get(at)).map(|item| (*item).clone());
    let items = order.len();
    let (mut seated, mut answered, mut spread, mut comments, mut agreed) =
        (Vec::new(), 0, Markup::default(), Vec::new(), None);
    if let (Some(workshop), Some(item)) = (&workshop, &item) {
        seated = sql::seated(&visit.db, &workshop.id).await?;
        answered = sql::answered_by(&visit.db, &one.id, &item.ref_id, &workshop.id).await?;
        if workshop.revealed {
            let sheet = sql::sheet(&visit.db, &one.id, &visit.now.day()).await?;
            let said: Vec<&Said> = sheet.answers.iter().filter(|answer| answer.item == item.ref_id).collect();
            spread = spread_of(&page, &catalogue, item, &said);
            comments = said.iter().map(|answer| answer.comment.clone()).filter(|words| !words.is_empty()).collect();
            agreed = sql::agreed(&visit.db, &one.id).await?.remove(&item.ref_id);
        }
    }
    let status = if typed.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let shown = WorkshopPage {
        address: visit.own_address("/w/join"),
        page,
        workshop,
        item,
        number: at.map_or(0, |at| at + 1),
        items,
        before,
        after,
        seated,
        answered,
        spread,
        comments,
        agreed,
        typed,
        comment_chars: COMMENT_CHARS,
        one,
        catalogue,
    };
    visit.html_status(status, &shown)
}

/// How many said what: everybody's answers, those of the room and those that came by other ways.
fn spread_of(page: &Page, catalogue: &Catalogue, item: &Item, said: &[&Said]) -> Markup {
    let count = |is_it: &dyn Fn(&Said) -> bool| {
        i64::try_from(said.iter().filter(|answer| is_it(answer)).count()).unwrap_or(i64::MAX)
    };
    let bar = |label: String, value: i64| Bar { label, value, href: String::new(), tone: "info" };
    let mut all: Vec<Bar> = catalogue
        .told
        .scale
        .iter()
        .map(|level| {
            let words = level_words(&page.visit, catalogue, Some(level.value));
            bar(words, count(&|answer| answer.level == Some(level.value)))
        })
        .collect();
    if item.not_applicable {
        all.push(bar(page.t("framework-not-applicable"), count(&|answer| answer.not_applicable)));
    }
    bars(page, &page.t("workshop-spread"), &all)
}

fn here(id: &str) -> String {
    format!("/framework/workshop/{id}")
}

/// `POST /framework/workshop/{id}/open`
pub(super) async fn open(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let did = jobs::open_workshop(&visit.db, &visit.viewer, &one.id, &catalogue, visit.now).await;
    say(&visit, &here(&one.id), did, "workshop-did-open")
}

/// `POST /framework/workshop/{id}/step`
pub(super) async fn step(
    visit: Visit,
    Given(room): Given<Room>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let fields = Fields::read(&form);
    let step = match (fields.text("do"), fields.text("to")) {
        ("reveal", _) => Step::Reveal,
        ("cover", _) => Step::Cover,
        (_, item) if !item.is_empty() => Step::To(item.to_string()),
        _ => return Err(Fault::Unreadable.into()),
    };
    match jobs::step_workshop(&visit.db, &visit.viewer, &one.id, &catalogue, &step, visit.now).await {
        // The wall shows what happened; a message would stand before the question.
        Ok(()) => Ok(visit.go(&here(&one.id))),
        Err(error) => say::<()>(&visit, &here(&one.id), Err(error), "workshop-did-open"),
    }
}

/// `POST /framework/workshop/{id}/close`
pub(super) async fn close(visit: Visit, Path(id): Path<String>) -> Answer {
    let did = jobs::close_workshop(&visit.db, &visit.viewer, &id, visit.now).await;
    say(&visit, &here(&id), did, "workshop-did-close")
}

/// `POST /framework/workshop/{id}/release`
pub(super) async fn release(visit: Visit, Path(id): Path<String>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let did = jobs::release_seat(&visit.db, &visit.viewer, &id, fields.text("respondent"), visit.now).await;
    say(&visit, &here(&id), did, "workshop-did-release")
}

/// `POST /framework/workshop/{id}/agree`: what the room agreed about the item.
pub(super) async fn agree(
    visit: Visit,
    Given(room): Given<Room>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let fields = Fields::read(&form);
    let level = fields.text("level");
    if level.is_empty() {
        return Err(PageError::unreadable("a level is missing"));
    }
    let verdict = Verdict {
        item: fields.text("item").to_string(),
        level: level.parse().ok(),
        not_applicable: level == NOT_APPLICABLE,
        reason: fields.text("reason").to_string(),
    };
    // A form that does not say what it showed showed nothing.
    let seen = Some(fields.text("version").parse().unwrap_or(0));
    match jobs::agree(&visit.db, &visit.viewer, &one.id, &catalogue, (&verdict, seen), visit.now).await {
        Err(FrameworkError::Refused(why @ (Refusal::Stale | Refusal::Text))) => {
            let typed = Typed::new(&visit, &fields, why);
            wall(visit, (one, catalogue), Some(typed)).await
        }
        did => say(&visit, &here(&one.id), did, "framework-did-agree"),
    }
}
