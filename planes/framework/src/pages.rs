//! The pages: catalogues, assessments, answering, moderating, comparing, designing.

mod answer;
mod catalogue;
mod compare;
mod days_off;
mod design;
mod establish;
mod evidence_operations;
mod exchange;
mod exchange_api;
mod exercises;
mod fields;
mod gantt;
mod history;
mod home;
mod kept;
mod law;
mod law_operations;
mod live;
mod live_operations;
mod moderate;
pub(crate) mod office;
mod office_operations;
mod one;
mod operations;
mod own_task;
mod paper_operations;
mod papers;
mod path;
mod programme_changes;
mod programme_form;
mod programme_line;
mod programme_operations;
mod programmes;
mod radar;
mod task;
mod uploaded;
mod voices;
mod voices_api;
mod what_if;

pub use establish::{asked_json, attempt_json, establish_site, proof_json};
pub use evidence_operations::evidence_json;
mod quality;
mod seat;
mod snapshot_operations;
pub(crate) mod strategy;
mod works;
mod workshop;
mod workshop_operations;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::FromRef;
use axum::response::Response;
use manara_store::{Blobs, StoreError};
use manara_web::{Answer, Page, PageError, Right, Site, Tone, Visit, Word};

use crate::assessment::{Assessment, EVIDENCE_BYTES};
use crate::catalogue::{Catalogue, Profile};
use crate::exchange::GRID_BYTES;
use crate::jobs::{FrameworkError, Refusal};
use crate::programme::OFF_BYTES;
use crate::shelf::{OpenShelf, Shelf};
use crate::sql;
use crate::table::TABLE_BYTES;

pub use papers::{NationOf, Papers};
pub use snapshot_operations::snapshot_json;
pub use strategy::many::many_actions;
pub use voices_api::judged_json;
pub use works::works_site;
pub use workshop_operations::workshop_json;

/// Versions of catalogues that were read; a version never changes.
type Versions = Arc<Mutex<HashMap<String, Arc<Catalogue>>>>;

/// What the handlers of a request share. The shelf stays as it was when the request came.
struct Desk {
    shelf: Arc<Shelf>,
    blobs: Blobs,
    papers: Papers,
    read: Versions,
}

type Room = Arc<Desk>;

/// What the routes stand on: each request gets its desk from it, with the shelf as it is now.
#[derive(Clone)]
struct OpenDesk {
    shelf: OpenShelf,
    blobs: Blobs,
    papers: Papers,
    read: Versions,
}

impl OpenDesk {
    fn new(shelf: OpenShelf, blobs: Blobs, papers: Papers) -> OpenDesk {
        OpenDesk { shelf, blobs, papers, read: Versions::default() }
    }
}

impl FromRef<OpenDesk> for Room {
    fn from_ref(open: &OpenDesk) -> Room {
        let OpenDesk { shelf, blobs, papers, read } = open.clone();
        Arc::new(Desk { shelf: shelf.now(), blobs, papers, read })
    }
}

/// The most rows an export takes.
const EXPORT: usize = 10_000;
/// What a form of somebody without an account may weigh.
const SEAT_BYTES: usize = 64 << 10;
/// Versions of catalogues that are remembered.
const REMEMBERED: usize = 50;

/// The routes of the plane.
pub fn site(shelf: OpenShelf, blobs: Blobs, papers: Papers) -> Site {
    let (read, say, moderate) = (Right::ReadFramework, Right::AnswerAssessments, Right::ModerateAssessments);
    Site::<OpenDesk>::new()
        .page("/framework", read, home::framework)
        .page("/framework/catalogues/{id}", read, catalogue::catalogue)
        .page("/framework/compare", read, compare::compare)
        .post("/framework/assessments", moderate, home::begin)
        .page("/framework/assessments/{id}", read, one::assessment)
        .page("/framework/assessments/{id}/report", read, papers::report)
        .page("/framework/assessments/{id}/design", read, design::design)
        .page("/framework/assessments/{id}/design/document", read, papers::design)
        .page("/framework/assessments/{id}/answer", say, answer::form)
        .post("/framework/assessments/{id}/answer", say, answer::save)
        .post("/framework/assessments/{id}/join", say, answer::join)
        .upload("/framework/assessments/{id}/evidence", say, EVIDENCE_BYTES + 65_536, answer::show)
        .post("/framework/assessments/{id}/evidence/{evidence}/remove", say, answer::take_back)
        .page("/framework/assessments/{id}/evidence/{evidence}", read, answer::file)
        .page("/framework/assessments/{id}/moderate", moderate, moderate::form)
        .post("/framework/assessments/{id}/moderate", moderate, moderate::agree)
        .post("/framework/assessments/{id}/judge", moderate, moderate::judge)
        .upload("/framework/assessments/{id}/table", moderate, TABLE_BYTES + 65_536, moderate::table)
        .post("/framework/assessments/{id}/snapshot", moderate, one::snapshot)
        .post("/framework/assessments/{id}/close", moderate, one::close)
        .post("/framework/assessments/{id}/reopen", moderate, one::reopen)
        .page("/framework/assessments/{id}/exchange", read, exchange::form)
        .page("/framework/assessments/{id}/export", read, exchange::export)
        .page("/framework/catalogues/{id}/export", read, exchange::catalogue)
        .post("/framework/assessments/{id}/sheets", moderate, exchange::issue)
        .upload("/framework/assessments/{id}/sheets/back", moderate, GRID_BYTES + 65_536, exchange::back)
        .post("/framework/assessments/{id}/conflicts/{conflict}", moderate, exchange::settle)
        .post("/framework/assessments/{id}/edit", moderate, voices::edit)
        .post("/framework/assessments/{id}/respondents/{respondent}/withdraw", moderate, voices::withdraw)
        .post("/framework/assessments/{id}/respondents/{respondent}/restore", moderate, voices::restore)
        .page("/framework/workshop", moderate, workshop::list)
        .page("/framework/workshop/{id}", moderate, workshop::show)
        .post("/framework/workshop/{id}/open", moderate, workshop::open)
        .post("/framework/workshop/{id}/step", moderate, workshop::step)
        .post("/framework/workshop/{id}/agree", moderate, workshop::agree)
        .post("/framework/workshop/{id}/release", moderate, workshop::release)
        .post("/framework/workshop/{id}/close", moderate, workshop::close)
        .link("/w/join", seat::form)
        .link_post("/w/join", SEAT_BYTES, seat::join)
        .link("/w/{token}", seat::item)
        .link_post("/w/{token}", SEAT_BYTES, seat::answer)
        .merge(exchange_api::site())
        .merge(voices_api::site())
        .merge(evidence_operations::site())
        .merge(workshop_operations::site())
        .merge(snapshot_operations::site())
        .merge(operations::site())
        .merge(programme_site())
        .merge(programme_operations::site())
        .merge(paper_operations::site())
        .with_state(OpenDesk::new(shelf, blobs, papers))
}

/// The routes of kept designs and programmes.
fn programme_site() -> Site<OpenDesk> {
    let (read, work, decide) = (Right::ReadFramework, Right::AnswerAssessments, Right::ModerateAssessments);
    let task = "/framework/programmes/{id}/tasks/{task}";
    Site::new()
        .post("/framework/assessments/{id}/designs", decide, kept::keep)
        .page("/framework/designs", read, kept::designs)
        .page("/framework/designs/{id}", read, kept::kept_one)
        .page("/framework/designs/{id}/document", read, papers::kept)
        .post("/framework/designs/{id}/state", decide, kept::state)
        .post("/framework/designs/{id}/programmes", decide, programmes::plan)
        .page("/framework/programmes", read, programmes::programmes)
        .page("/framework/programmes/{id}", read, programmes::one)
        .page("/framework/programmes/{id}/what-if", read, what_if::what_if)
        .page("/framework/programmes/{id}/export", read, programme_changes::export)
        .post("/framework/programmes/{id}/state", decide, programme_changes::state)
        .post("/framework/programmes/{id}/lines", work, programme_changes::add)
        .post("/framework/programmes/{id}/lines/{line}", work, programme_changes::tick)
        .page("/framework/programmes/{id}/lines/{line}", work, programme_line::form)
        .post("/framework/programmes/{id}/lines/{line}/change", work, programme_line::change)
        .post("/framework/programmes/{id}/lines/{line}/remove", work, programme_line::remove)
        .post("/framework/programmes/{id}/lines/{line}/restore", work, programme_line::restore)
        .page(task, read, task::one)
        .page("/framework/programmes/{id}/tasks/{task}/evidence", read, task::evidence)
        .post("/framework/programmes/{id}/tasks/{task}/step", work, task::step)
        .post("/framework/programmes/{id}/tasks/{task}/change", decide, task::change)
        .upload("/framework/programmes/{id}/tasks/{task}/accept", decide, EVIDENCE_BYTES + 65_536, task::accept)
        .page("/framework/programmes/{id}/own", decide, own_task::form)
        .post("/framework/programmes/{id}/own", decide, own_task::save)
        .post("/framework/programmes/{id}/own/{task}/remove", decide, own_task::remove)
        .post("/framework/programmes/{id}/own/{task}/restore", decide, own_task::restore)
        .page("/framework/days-off", read, days_off::nation)
        .post("/framework/days-off", decide, days_off::change_nation)
        .upload("/framework/days-off/list", decide, OFF_BYTES + 65_536, days_off::list_nation)
        .page("/framework/programmes/{id}/days-off", read, days_off::one)
        .post("/framework/programmes/{id}/days-off", decide, days_off::change_one)
        .upload("/framework/programmes/{id}/days-off/list", decide, OFF_BYTES + 65_536, days_off::list_one)
}

impl Desk {
    /// A version of a catalogue as it was kept.
    async fn version(&self, visit: &Visit, hash: &str) -> Result<Arc<Catalogue>, StoreError> {
        let known = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(hash).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let catalogue = Arc::new(sql::catalogue(&visit.db, hash).await?);
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if read.len() >= REMEMBERED {
            read.clear();
        }
        read.insert(hash.to_string(), Arc::clone(&catalogue));
        Ok(catalogue)
    }

    /// The assessment of an address with its catalogue, if the reader may see it.
    async fn found(&self, visit: &Visit, id: &str) -> Result<(Assessment, Arc<Catalogue>), PageError> {
        let one = sql::get(&visit.db, &visit.viewer, id).await?.ok_or_else(PageError::not_found)?;
        let catalogue = self.version(visit, &one.hash).await?;
        Ok((one, catalogue))
    }
}

/// The profile that `?profile=` names.
fn profile<'c>(visit: &Visit, catalogue: &'c Catalogue) -> Result<Option<&'c Profile>, PageError> {
    match visit.query("profile").filter(|id| !id.is_empty()) {
        None => Ok(None),
        Some(id) => match catalogue.profile(&id) {
            Some(profile) => Ok(Some(profile)),
            None => Err(PageError::unreadable("there is no such profile")),
        },
    }
}

/// The profile a page is read by, and whether nobody chose it: what `?profile=` names, none when it is there and empty, else the
/// usual one of the catalogue.
fn shown_profile<'c>(visit: &Visit, catalogue: &'c Catalogue) -> Result<(Option<&'c Profile>, bool), PageError> {
    match visit.query("profile") {
        None => Ok((catalogue.usual_profile(), true)),
        Some(_) => Ok((profile(visit, catalogue)?, false)),
    }
}

fn href(one: &Assessment) -> String {
    format!("/framework/assessments/{}", one.id)
}

/// The frame of a page of an assessment.
fn frame(visit: &Visit, one: &Assessment, key: &str) -> Page {
    let title = visit.t_args(key, &[("subject", one.subject.clone().into())]);
    visit.page_titled(title).under("/framework", "framework-title")
}

/// What a button did, or why not, on the page it came from.
fn say<T>(visit: &Visit, back: &str, did: Result<T, FrameworkError>, key: &'static str) -> Answer {
    match did {
        Ok(_) => Ok(visit.go_saying(back, Tone::Good, key, &[])),
        Err(FrameworkError::Refused(Refusal::NotFound)) => Err(PageError::not_found()),
        Err(FrameworkError::Refused(why)) => Ok(refused(visit, back, why)),
        Err(FrameworkError::Store(error)) => Err(error.into()),
    }
}

fn refused(visit: &Visit, back: &str, why: Refusal) -> Response {
    let words = visit.t(&format!("framework-refused-{}", why.code()));
    visit.go_saying(back, Tone::Bad, "framework-refused", &[("why", Word::from(words))])
}

/// Why something was not done, in a sentence.
fn refusal_words(visit: &Visit, why: Refusal) -> String {
    let words = visit.t(&format!("framework-refused-{}", why.code()));
    visit.t_args("framework-refused", &[("why", Word::from(words))])
}

/// A level in words: number and name.
fn level_words(visit: &Visit, catalogue: &Catalogue, level: Option<i64>) -> String {
    match level {
        None => "–".into(),
        Some(value) => {
            let name = catalogue.level(value).map_or("", |level| level.name.of(visit.lang.tag()));
            format!("{} · {name}", visit.locale.numbers.whole(value))
        }
    }
}
