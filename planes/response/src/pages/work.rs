//! The work on incidents: tasks, clocks, the review, the report; what waits for oneself, and what one shift tells the next.

mod clock_list;
mod clock_rules;
mod clocks;
mod desk;
mod evidence;
mod hours;
pub(super) mod operations;
mod own_fields;
mod panel;
mod paper;
mod review;
mod rules;
mod tags;
mod task_list;
mod tasks;

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::response::Response;
use manara_document::Printer;
use manara_store::Blobs;
use manara_web::{Answer, Choice, Page, PageError, Right, Site, Tone, Visit};

use super::{found, href, refused};
use crate::content::WorkContent;
use crate::evidence::EVIDENCE_BYTES;
use crate::hours::Hours;
use crate::incident::Incident;
use crate::jobs::ResponseError;
use crate::policy::Policy;

#[cfg(test)]
pub(super) use clock_list::STAGES;
pub(super) use own_fields::shown as own_value_shown;
pub(super) use panel::{panel, work_of};
#[cfg(test)]
pub(super) use task_list::TASKS;

/// What the work on incidents is done with.
#[derive(Clone)]
pub struct Bench {
    /// Playbooks, rules of clocks, hours, questions.
    pub content: WorkContent,
    /// The policy of incidents.
    pub policy: Policy,
    /// What reports are printed with.
    pub printer: Printer,
    /// Where the files of evidence are.
    pub blobs: Blobs,
    /// The playbooks that stand first where several fit.
    pub first: First,
    /// The days off of the nation: days of rest besides those of the hours.
    pub days_off: DaysOff,
}

impl Bench {
    /// The hours of work with the days off of the nation, as they are now. What is counted already keeps its time.
    async fn hours(&self) -> Result<Hours, PageError> {
        let off = (self.days_off)().await?;
        Ok(self.content.hours.clone().with_holidays(off.iter().map(|(day, _)| day.as_str())))
    }

    /// The content with those hours.
    async fn content(&self) -> Result<WorkContent, PageError> {
        Ok(WorkContent { hours: self.hours().await?, ..self.content.clone() })
    }
}

/// Ids of what an applied block put in force, as they are when they are asked for.
pub type First = Arc<dyn Fn() -> super::Later<BTreeSet<String>> + Send + Sync>;

/// Days off as `2026-12-25` with their names, as they are when they are asked for.
pub type DaysOff = Arc<dyn Fn() -> super::Later<Vec<(String, String)>> + Send + Sync>;

type Room = Arc<Bench>;

/// The routes of the work on incidents.
pub fn work_site(bench: Bench) -> Site {
    let (read, handle) = (Right::ReadIncidents, Right::HandleIncidents);
    Site::<Room>::new()
        .page("/tasks", read, task_list::mine)
        .post("/tasks/seen", read, desk::seen)
        .page("/handover", handle, desk::handover)
        .post("/handover", handle, desk::hand_over)
        .post("/handover/{id}/take", handle, desk::take_over)
        .page("/clocks", read, clock_list::running)
        .page("/clocks/hours", read, hours::hours)
        .page("/incidents/rules", read, rules::rules)
        .post("/incidents/rules", Right::ChangeRules, rules::switch)
        .page("/clocks/rules", read, clock_rules::rules)
        .page("/incidents/{id}/tasks", read, tasks::tasks)
        .post("/incidents/{id}/tasks", handle, tasks::add)
        .post("/incidents/{id}/playbooks", handle, tasks::apply)
        .post("/incidents/{id}/playbooks/{playbook}/remove", handle, tasks::remove)
        .page("/incidents/{id}/tasks/{task}", read, tasks::one)
        .post("/incidents/{id}/tasks/{task}", handle, tasks::change)
        .post("/incidents/{id}/tasks/{task}/{step}", handle, tasks::step)
        .post("/incidents/{id}/techniques", handle, tasks::tag)
        .post("/incidents/{id}/techniques/remove", handle, tasks::untag)
        .page("/incidents/{id}/clocks", read, clocks::clocks)
        .post("/incidents/{id}/clocks", handle, clocks::start)
        .post("/incidents/{id}/clocks/{clock}/moments", handle, clocks::moments)
        .post("/incidents/{id}/clocks/{clock}/met", handle, clocks::met)
        .post("/incidents/{id}/clocks/{clock}/unmet", handle, clocks::unmet)
        .post("/incidents/{id}/clocks/{clock}/stop", handle, clocks::stop)
        .post("/incidents/{id}/moments", handle, clocks::note)
        .page("/incidents/{id}/review", read, review::form)
        .post("/incidents/{id}/review", handle, review::answer)
        .page("/incidents/{id}/report", read, paper::report)
        .page("/incidents/{id}/evidence", read, evidence::list)
        .upload("/incidents/{id}/evidence", handle, EVIDENCE_BYTES + 65_536, evidence::add)
        .page("/incidents/{id}/evidence/{item}", read, evidence::one)
        .page("/incidents/{id}/evidence/{item}/file", read, evidence::file)
        .upload("/incidents/{id}/evidence/{item}/file", handle, EVIDENCE_BYTES + 65_536, evidence::bring)
        .post("/incidents/{id}/evidence/{item}/hand", handle, evidence::hand)
        .post("/incidents/{id}/evidence/{item}/check", handle, evidence::check)
        .post("/incidents/{id}/evidence/{item}/remove", handle, evidence::remove)
        .post("/incidents/{id}/evidence/{item}/restore", handle, evidence::restore)
        .page("/incidents/{id}/custody", read, evidence::sheet)
        .page("/incidents/{id}/fields", read, own_fields::form)
        .post("/incidents/{id}/fields", handle, own_fields::save)
        .page("/incidents/{id}/tags", read, tags::of_incident)
        .post("/incidents/{id}/tag", handle, tags::tag_incident)
        .post("/incidents/{id}/untag", handle, tags::untag_incident)
        .page("/tickets/{id}/tags", read, tags::of_ticket)
        .post("/tickets/{id}/tag", handle, tags::tag_ticket)
        .post("/tickets/{id}/untag", handle, tags::untag_ticket)
        .merge(operations::site())
        .with_state(Arc::new(bench))
}

/// What a button did, or why not, on the page it came from.
fn say<T>(visit: &Visit, back: &str, did: Result<T, ResponseError>, key: &'static str) -> Answer {
    match did {
        Ok(_) => Ok(visit.go_saying(back, Tone::Good, key, &[])),
        Err(error) => why(visit, back, error),
    }
}

fn why(visit: &Visit, back: &str, error: ResponseError) -> Answer {
    match error {
        ResponseError::Refused(why) => refused(visit, back, why),
        ResponseError::Stale => Ok(stale(visit, back)),
        ResponseError::Store(error) => Err(error.into()),
    }
}

fn stale(visit: &Visit, back: &str) -> Response {
    visit.go_saying(back, Tone::Bad, "response-stale", &[])
}

/// The version a button was shown with.
fn seen_version(visit: &Visit) -> Option<i64> {
    visit.query("version").map(|text| text.parse().unwrap_or(-1))
}

/// A page about one incident.
fn page_of(visit: &Visit, one: &Incident, key: &str) -> Page {
    let title = visit.t_args(key, &[("number", one.number.clone().into())]);
    visit.page_titled(title).under("/incidents", "response-list-title").under_named(&href(one), &one.number)
}

/// Whether the reader may work on an incident.
fn may_work(visit: &Visit, one: &Incident) -> bool {
    visit.may(Right::HandleIncidents) && one.merged_into.is_empty()
}

async fn team(visit: &Visit, owner: &str) -> Result<Vec<Choice>, PageError> {
    Ok(super::fields::team(visit, owner).await?)
}
