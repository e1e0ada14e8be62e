//! Services, building blocks that are applied, the manual, training.

mod in_force;
mod list;
mod manual;
mod one;
mod operations;
mod proof_operations;
mod readers;
mod services;
mod training;
mod training_operations;

pub use proof_operations::proof_json;
pub use training_operations::{asked_json, attempt_json};

use std::path::Path;
use std::sync::Arc;

use axum::extract::FromRef;
use axum::response::Response;
use manara_store::Blobs;
use manara_web::{Answer, PageError, Right, Site, Tone, Visit, Word};

use crate::assessment::EVIDENCE_BYTES;
use crate::blocks::Blocks;
use crate::check::Trouble;
use crate::establish::{EstablishError, House, Matter, Refused, Step};
use crate::manual::{Manual, ManualError, Written, written};
use crate::shelf::{OpenShelf, Shelf};
use crate::training::Courses;

/// What the handlers of a request share. The shelf stays as it was when the request came.
struct Founding {
    shelf: Arc<Shelf>,
    house: Arc<dyn House>,
    manual: Arc<Manual>,
    courses: Arc<Courses>,
    blobs: Blobs,
}

type Ground = Arc<Founding>;

/// What the routes stand on: each request gets its ground from it, with the shelf as it is now.
#[derive(Clone)]
struct OpenFounding {
    shelf: OpenShelf,
    house: Arc<dyn House>,
    manual: Arc<Manual>,
    courses: Arc<Courses>,
    blobs: Blobs,
}

impl FromRef<OpenFounding> for Ground {
    fn from_ref(open: &OpenFounding) -> Ground {
        let OpenFounding { shelf, house, manual, courses, blobs } = open.clone();
        Arc::new(Founding { shelf: shelf.now(), house, manual, courses, blobs })
    }
}

/// The routes of establishment. `folder` is the operator's content.
pub fn establish_site(shelf: OpenShelf, blobs: Blobs, house: Arc<dyn House>, folder: Option<&Path>) -> Site {
    let (read, change) = (Right::ReadFramework, Right::ChangeRules);
    let (manual, courses) = (Arc::new(Manual::load(folder)), Arc::new(Courses::load(folder)));
    let ground = OpenFounding { shelf, house, manual, courses, blobs };
    Site::<OpenFounding>::new()
        .page("/framework/services", read, services::services)
        .page("/framework/services/{id}/off", Right::SwitchServices, services::ask)
        .post("/framework/services/{id}", Right::SwitchServices, services::switch)
        .page("/framework/establish", read, list::blocks)
        .page("/framework/establish/{id}", read, one::block)
        .page("/framework/establish/{id}/proof", read, one::file)
        .post("/framework/establish/{id}/apply", change, one::apply)
        .post("/framework/establish/{id}/undo", change, one::undo)
        .post("/framework/establish/{id}/assign", change, one::assign)
        .post("/framework/establish/{id}/accept", change, one::accept)
        .post("/framework/establish/{id}/refuse", change, one::refuse)
        .upload("/framework/establish/{id}/proof", Right::AnswerAssessments, EVIDENCE_BYTES + 65_536, one::show)
        .page("/framework/in-force", read, in_force::page)
        .post("/framework/posts/{post}/fill", change, in_force::fill)
        .post("/framework/posts/{post}/leave", change, in_force::leave)
        .post("/framework/posts/{post}/rights", Right::ManageUsers, in_force::rights)
        .page("/framework/manual", read, manual::contents)
        .page("/framework/manual/facts", change, manual::facts)
        .post("/framework/manual/facts", change, manual::keep_facts)
        .page("/framework/manual/readers", change, readers::readers)
        .page("/framework/manual/whole", read, manual::whole)
        .page("/framework/manual/{document}", read, manual::document)
        .post("/framework/manual/{document}/read", read, manual::mark)
        .page("/framework/training", read, training::courses)
        .page("/framework/training/{course}", read, training::course)
        .post("/framework/training/{course}", read, training::answer)
        .page("/framework/attempts/{id}", read, training::attempt)
        .page("/framework/certificates/{number}", read, training::certificate)
        .merge(operations::site())
        .merge(in_force::site())
        .merge(proof_operations::site())
        .merge(training_operations::site())
        .with_state(ground)
}

impl Founding {
    /// The documents of the house in the reader's language.
    async fn documents(&self, visit: &Visit) -> Result<Vec<Written>, PageError> {
        written(&visit.db, self.house.as_ref(), &self.manual, visit.words(), visit.lang).await.map_err(not_written)
    }
}

/// What was left out of the content, for who may mend it.
fn mendable(visit: &Visit, left_out: &[Trouble]) -> Vec<Trouble> {
    if visit.may(Right::ChangeRules) { left_out.to_vec() } else { Vec::new() }
}

fn not_written(error: ManualError) -> PageError {
    match error {
        ManualError::Text(why) => PageError::internal(why),
        ManualError::Store(error) => error.into(),
    }
}

/// What a button did, or why not, on the page it came from.
fn say<T>(visit: &Visit, back: &str, did: Result<T, EstablishError>, key: &'static str) -> Answer {
    match did {
        Ok(_) => Ok(visit.go_saying(back, Tone::Good, key, &[])),
        Err(error) => not_done(visit, back, error),
    }
}

fn not_done(visit: &Visit, back: &str, error: EstablishError) -> Answer {
    match error {
        EstablishError::Refused(Refused::NoBlock) => Err(PageError::not_found()),
        EstablishError::Refused(why) => Ok(refused(visit, back, why.code())),
        EstablishError::Store(error) => Err(error.into()),
    }
}

fn refused(visit: &Visit, back: &str, code: &str) -> Response {
    let words = visit.t(&format!("establish-refused-{code}"));
    visit.go_saying(back, Tone::Bad, "framework-refused", &[("why", Word::from(words))])
}

/// What a step is, in words.
fn step_words(visit: &Visit, blocks: &Blocks, step: &Step) -> String {
    match step.name.as_str() {
        "service" => {
            visit.t_args("establish-step-service", &[("service", visit.t(&format!("service-{}", step.service)).into())])
        }
        "proof" => visit.t("establish-step-proof"),
        "post" => {
            let name = blocks.role(&step.what, visit.lang.tag()).to_string();
            visit.t_args("establish-step-post", &[("what", name.into())])
        }
        name if Matter::parse(name).is_some() => {
            visit.t_args(&format!("establish-step-{name}"), &[("what", step.what.clone().into())])
        }
        name => visit.t(&format!("establish-check-{name}")),
    }
}
