//! The observables of an incident: the list, what people say of them, and where else they were seen.

use askama::Template;
use axum::extract::{Path, RawForm};
use manara_web::{Answer, Page, PageError, Right, Undo, Visit, Word};

use super::fields::Fields;
use super::{found, href, say};
use crate::incident::{Incident, REASON_CHARS};
use crate::jobs::{self, ResponseError};
use crate::message::Seen;
use crate::observable::{Observable, SeenElsewhere, kind_key};
use crate::sql_observable;

/// Observables shown.
const SHOWN: i64 = 1_000;

#[derive(Template)]
#[template(path = "response/observables.html")]
struct ObservablesPage {
    page: Page,
    one: Incident,
    observables: Vec<Observable>,
    removed: Vec<Observable>,
    before: Vec<SeenElsewhere>,
    is_cut: bool,
    can_work: bool,
    note_chars: usize,
}

impl ObservablesPage {
    fn kind_words(&self, kind: &str) -> String {
        kind_words(&self.page.visit, kind)
    }

    fn record_words(&self, one: &SeenElsewhere) -> String {
        record_words(&self.page.visit, one)
    }

    /// Where a button about an observable leads.
    fn action(&self, one: &Observable, step: &str) -> String {
        step_href(&self.one, &one.kind, &one.value, step)
    }
}

fn step_href(one: &Incident, kind: &str, value: &str, step: &str) -> String {
    let query =
        form_urlencoded::Serializer::new(String::new()).append_pair("kind", kind).append_pair("value", value).finish();
    format!("{}/observables/{step}?{query}", href(one))
}

/// What a kind of observable is called.
pub(super) fn kind_words(visit: &Visit, kind: &str) -> String {
    kind_key(kind).map_or_else(|| kind.to_string(), |key| visit.t(&key))
}

/// What kind of record knows an observable too.
pub(super) fn record_words(visit: &Visit, one: &SeenElsewhere) -> String {
    visit.t(&format!("observables-in-{}", one.kind))
}

/// `GET /incidents/{id}/observables`
pub(super) async fn list(visit: Visit, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let mut all = sql_observable::all_observables(&visit.db, &one.id, SHOWN + 1).await?;
    let is_cut = i64::try_from(all.len()).is_ok_and(|count| count > SHOWN);
    all.truncate(usize::try_from(SHOWN).unwrap_or_default());
    let (removed, observables) = all.into_iter().partition(|one| one.removed.is_some());
    let title = visit.t_args("observables-title", &[("number", one.number.clone().into())]);
    visit.html(&ObservablesPage {
        page: visit.page_titled(title).under("/incidents", "response-list-title").under_named(&href(&one), &one.number),
        before: sql_observable::seen_elsewhere(&visit.db, &visit.viewer, &one.id).await?,
        can_work: visit.may(Right::HandleIncidents) && one.merged_into.is_empty(),
        note_chars: REASON_CHARS,
        observables,
        removed,
        is_cut,
        one,
    })
}

fn back(one: &Incident) -> String {
    format!("{}/observables", href(one))
}

/// `POST /incidents/{id}/observables`
pub(super) async fn add(visit: Visit, Path(name): Path<String>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let said = (fields.text("text"), fields.text("note"));
    match jobs::name_observables(&visit.db, &visit.viewer, &one.id, said, visit.now).await {
        Ok(all) => {
            let count = Word::from(i64::try_from(all.len()).unwrap_or(i64::MAX));
            Ok(visit.go_saying(&back(&one), manara_web::Tone::Good, "observables-did-add", &[("count", count)]))
        }
        Err(error) => say(&visit, &back(&one), Err::<(), ResponseError>(error), "observables-did-add"),
    }
}

/// The observable that a button is about.
fn asked(visit: &Visit) -> Result<Seen, PageError> {
    let (kind, value) = visit.query("kind").zip(visit.query("value")).ok_or_else(|| PageError::unreadable("value"))?;
    Ok(Seen { kind, value })
}

/// `POST /incidents/{id}/observables/note?kind=…&value=…`
pub(super) async fn note(visit: Visit, Path(name): Path<String>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let seen = asked(&visit)?;
    let text = Fields::read(&form).text("note").to_string();
    let did = jobs::note_observable(&visit.db, &visit.viewer, (&one.id, &seen), &text, visit.now).await;
    say(&visit, &back(&one), did, "observables-did-note")
}

/// `POST /incidents/{id}/observables/remove?kind=…&value=…`
pub(super) async fn remove(visit: Visit, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let seen = asked(&visit)?;
    match jobs::list_observable(&visit.db, &visit.viewer, (&one.id, &seen), false, visit.now).await {
        Ok(()) => {
            let undo = Undo::at(step_href(&one, &seen.kind, &seen.value, "restore"));
            Ok(visit.go_undoable(&back(&one), "observables-did-remove", &[], undo))
        }
        did => say(&visit, &back(&one), did, "observables-did-remove"),
    }
}

/// `POST /incidents/{id}/observables/restore?kind=…&value=…`
pub(super) async fn restore(visit: Visit, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let seen = asked(&visit)?;
    let did = jobs::list_observable(&visit.db, &visit.viewer, (&one.id, &seen), true, visit.now).await;
    say(&visit, &back(&one), did, "observables-did-restore")
}
