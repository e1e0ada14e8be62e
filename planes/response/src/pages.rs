//! The pages of incidents: the list, one incident, and the forms around it.

mod best;
mod decide;
mod edit;
mod fields;
mod figures;
mod imports;
mod list;
mod many;
mod note;
mod observables;
mod one;
mod opening;
mod operations;
mod panels;
mod parting;
#[cfg(test)]
mod plans;
mod public;
mod tickets;
mod work;

use std::pin::Pin;
use std::sync::Arc;

use axum::response::Response;
use manara_model::Severity;
use manara_web::{Answer, PageError, Right, Site, Tone, Visit, Word};

use crate::incident::{FindingInput, Impact, Incident, State};
use crate::jobs::{Refusal, ResponseError};
use crate::pap::Pap;
use crate::policy::Policy;
use crate::sql;

pub use crate::timeline::Happened;
pub use figures::{FigureDesk, figures_site};
pub use imports::{ImportDesk, import_site};
pub use list::find_incidents;
pub use many::many_incidents;
pub use panels::{Panel, incidents_panel_of_constituent, incidents_panel_of_finding};
pub use public::{PublicDesk, public_site};
pub use tickets::{Contacts, MailContact, MailDesk, Take, Taken, find_tickets, many_held, many_tickets, tickets_site};
pub use work::{Bench, DaysOff, First, work_site};

type Later<T> = Pin<Box<dyn Future<Output = Result<T, PageError>> + Send>>;

/// What is known of findings by their ids; those that are not there are left out.
pub type Facts = Arc<dyn Fn(Vec<String>) -> Later<Vec<FindingInput>> + Send + Sync>;
/// What happened to findings, in the language of the visit.
pub type History = Arc<dyn Fn(Visit, Vec<String>) -> Later<Vec<Happened>> + Send + Sync>;
/// A constituent by its name: id, name and how much depends on it.
pub type Named = Arc<dyn Fn(String) -> Later<Option<(String, String, Impact)>> + Send + Sync>;

/// What the pages ask of other planes.
#[derive(Clone)]
pub struct Guests {
    /// Findings.
    pub facts: Facts,
    /// Their history.
    pub history: History,
    /// Constituents.
    pub named: Named,
}

/// What all handlers share.
struct Desk {
    policy: Arc<Policy>,
    many: Arc<many::Incidents>,
    guests: Guests,
}

type Room = Arc<Desk>;

/// The routes of the plane.
pub fn site(policy: Policy, guests: Guests) -> Site {
    let (read, handle) = (Right::ReadIncidents, Right::HandleIncidents);
    let policy = Arc::new(policy);
    let many = Arc::new(many::Incidents { policy: Arc::clone(&policy) });
    Site::<Room>::new()
        .many(many.clone())
        .page("/incidents", read, list::incidents)
        .post("/incidents/bulk", handle, list::change_many)
        .page("/incidents/new", handle, opening::form)
        .post("/incidents/new", handle, opening::open)
        .post("/incidents/gather", handle, opening::gather)
        .post("/incidents/link", handle, opening::link)
        .page("/incidents/{id}", read, one::incident)
        .page("/incidents/{id}/edit", handle, edit::form)
        .post("/incidents/{id}/edit", handle, edit::save)
        .post("/incidents/{id}/take", handle, decide::take)
        .post("/incidents/{id}/follow", read, decide::follow)
        .post("/incidents/{id}/unfollow", read, decide::unfollow)
        .post("/incidents/{id}/unlink", handle, decide::unlink)
        .post("/incidents/{id}/relate", handle, decide::relate)
        .post("/incidents/{id}/unrelate", handle, decide::unrelate)
        .post("/incidents/{id}/merge", handle, decide::merge)
        .post("/incidents/{id}/split", handle, decide::split)
        .page("/incidents/{id}/close", handle, decide::closing)
        .post("/incidents/{id}/close", handle, decide::close)
        .page("/incidents/{id}/part", handle, parting::form)
        .post("/incidents/{id}/part", handle, parting::part)
        .post("/incidents/{id}/reopen", handle, decide::reopen)
        .page("/incidents/{id}/observables", read, observables::list)
        .post("/incidents/{id}/observables", handle, observables::add)
        .post("/incidents/{id}/observables/note", handle, observables::note)
        .post("/incidents/{id}/observables/remove", handle, observables::remove)
        .post("/incidents/{id}/observables/restore", handle, observables::restore)
        .post("/incidents/{id}/notes", handle, note::add)
        .page("/incidents/{id}/notes/{note}", handle, note::form)
        .post("/incidents/{id}/notes/{note}", handle, note::save)
        .post("/incidents/{id}/notes/{note}/strike", handle, note::strike)
        .post("/incidents/{id}/notes/{note}/restore", handle, note::restore)
        .merge(operations::site())
        .with_state(Arc::new(Desk { policy, many, guests }))
}

impl Desk {
    async fn facts(&self, ids: Vec<String>) -> Result<Vec<FindingInput>, PageError> {
        if ids.is_empty() { Ok(Vec::new()) } else { (self.guests.facts)(ids).await }
    }

    /// The words of a resolution.
    fn resolution(&self, visit: &Visit, id: &str) -> String {
        self.policy.resolution(id).map_or(id, |resolution| resolution.title(visit.lang.tag())).to_string()
    }
}

/// The incident of an address, if the reader may see it.
async fn found(visit: &Visit, name: &str) -> Result<Incident, PageError> {
    sql::get(&visit.db, &visit.viewer, name).await?.ok_or_else(PageError::not_found)
}

fn href(one: &Incident) -> String {
    format!("/incidents/{}", one.number)
}

/// What a button did, or why not, on the page it came from.
fn say<T>(visit: &Visit, back: &str, did: Result<T, ResponseError>, key: &'static str) -> Answer {
    match did {
        Ok(_) => Ok(visit.go_saying(back, Tone::Good, key, &[])),
        Err(ResponseError::Refused(why)) => refused(visit, back, why),
        Err(ResponseError::Stale) => Ok(visit.go_saying(back, Tone::Bad, "response-stale", &[])),
        Err(ResponseError::Store(error)) => Err(error.into()),
    }
}

fn refused(visit: &Visit, back: &str, why: Refusal) -> Answer {
    if why == Refusal::NotFound {
        return Err(PageError::not_found());
    }
    Ok(saying_why(visit, back, why))
}

fn saying_why(visit: &Visit, back: &str, why: Refusal) -> Response {
    visit.go_saying(back, Tone::Bad, "response-refused", &[("why", Word::from(why_words(visit, why)))])
}

fn why_words(visit: &Visit, why: Refusal) -> String {
    visit.t(&format!("response-refused-{}", why.code()))
}

/// The tone of a state's badge.
fn tone(state: State) -> &'static str {
    match state {
        State::New => "bad",
        State::Open => "warn",
        State::Resolved => "good",
        State::Abandoned => "mute",
    }
}

/// The tone of a PAP's badge.
fn pap_tone(pap: Pap) -> &'static str {
    match pap {
        Pap::Clear => "mute",
        Pap::Green => "good",
        Pap::Amber => "warn",
        Pap::Red => "bad",
    }
}

/// A line of the matrix: impact, and the severity for each urgency.
struct MatrixLine {
    impact: Impact,
    cells: Vec<(Severity, bool)>,
}

/// The matrix, with the cell of an incident marked.
fn matrix(policy: &Policy, at: Option<(Impact, Severity)>) -> Vec<MatrixLine> {
    Impact::ALL
        .into_iter()
        .rev()
        .map(|impact| MatrixLine {
            impact,
            cells: Severity::ALL
                .into_iter()
                .map(|urgency| (policy.severity(impact, urgency), at == Some((impact, urgency))))
                .collect(),
        })
        .collect()
}
