//! The buttons of one incident: taking, following, linking, merging, closing, opening again.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_web::{Answer, Choice, Mistake, Page, PageError, Tone, Undo, Visit, Word};

use super::fields::Fields;
use super::{Room, found, href, refused, say, why_words};
use crate::incident::{Incident, LINKED_AT_ONCE, Verdict};
use crate::jobs::{self, Closing, Refusal, ResponseError};
use crate::sql;
use crate::task::{TaskKind, TaskState};
use crate::taught::{Lesson, lessons};

/// Findings that are counted for what a verdict would teach.
const COUNTED: usize = 10_000;

/// `POST /incidents/{id}/take`
pub(super) async fn take(visit: Visit, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let did = jobs::assign(&visit.db, &visit.viewer, &one.id, &visit.viewer.name, visit.now).await;
    say(&visit, &href(&one), did, "response-did-take")
}

/// `POST /incidents/{id}/follow`
pub(super) async fn follow(visit: Visit, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let did = jobs::watch(&visit.db, &visit.viewer, &one.id, true, visit.now).await;
    say(&visit, &href(&one), did, "response-did-follow")
}

/// `POST /incidents/{id}/unfollow`
pub(super) async fn unfollow(visit: Visit, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let did = jobs::watch(&visit.db, &visit.viewer, &one.id, false, visit.now).await;
    say(&visit, &href(&one), did, "response-did-unfollow")
}

/// `POST /incidents/{id}/unlink`
pub(super) async fn unlink(visit: Visit, Path(name): Path<String>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let ids = Fields::read(&form).all("finding", LINKED_AT_ONCE);
    match jobs::unlink(&visit.db, &visit.viewer, &one.id, &ids, visit.now).await {
        Ok((_, 0)) => Ok(visit.go_saying(&href(&one), Tone::Warn, "response-chosen-no-finding", &[])),
        Ok((_, count)) => {
            let count = Word::from(i64::try_from(count).unwrap_or(i64::MAX));
            let undo = Undo::at("/incidents/link").with("into", one.number.as_str());
            let undo = ids.iter().fold(undo, |undo, id| undo.with("finding", id.as_str()));
            Ok(visit.go_undoable(&href(&one), "response-did-unlink", &[("count", count)], undo))
        }
        failed => say(&visit, &href(&one), failed, ""),
    }
}

/// The other incident that a form names by its number.
async fn other(visit: &Visit, fields: &Fields) -> Result<Option<Incident>, PageError> {
    let number = fields.text("other").trim().to_uppercase();
    Ok(sql::get(&visit.db, &visit.viewer, &number).await?)
}

fn no_other(visit: &Visit, one: &Incident) -> Answer {
    Ok(visit.go_saying(&href(one), Tone::Bad, "response-no-other", &[]))
}

/// `POST /incidents/{id}/relate`
pub(super) async fn relate(visit: Visit, Path(name): Path<String>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let Some(other) = other(&visit, &Fields::read(&form)).await? else { return no_other(&visit, &one) };
    let did = jobs::relate(&visit.db, &visit.viewer, &one.id, &other.id, visit.now).await;
    undoable(&visit, (&one, &other), did, ("response-did-relate", "unrelate"))
}

/// `POST /incidents/{id}/unrelate`
pub(super) async fn unrelate(visit: Visit, Path(name): Path<String>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let Some(other) = other(&visit, &Fields::read(&form)).await? else { return no_other(&visit, &one) };
    let did = jobs::unrelate(&visit.db, &visit.viewer, &one.id, &other.id, visit.now).await;
    undoable(&visit, (&one, &other), did, ("response-did-unrelate", "relate"))
}

/// Says what was done, and offers the way back where something was.
fn undoable(
    visit: &Visit,
    (one, other): (&Incident, &Incident),
    did: Result<bool, jobs::ResponseError>,
    (said, back): (&'static str, &str),
) -> Answer {
    match did {
        Ok(true) => {
            let undo = Undo::at(format!("{}/{back}", href(one))).with("other", other.number.clone());
            Ok(visit.go_undoable(&href(one), said, &[], undo))
        }
        did => say(visit, &href(one), did, said),
    }
}

/// `POST /incidents/{id}/merge`
pub(super) async fn merge(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let Some(other) = other(&visit, &Fields::read(&form)).await? else { return no_other(&visit, &one) };
    let did = jobs::merge(&visit.db, &visit.viewer, &room.policy, &one.id, &other.id, visit.now).await;
    if did.is_ok() {
        let undo = Undo::at(format!("{}/split", href(&one)));
        return Ok(visit.go_undoable(&href(&other), "response-did-merge", &[], undo));
    }
    say(&visit, &href(&one), did, "response-did-merge")
}

/// `POST /incidents/{id}/split`
pub(super) async fn split(visit: Visit, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let did = jobs::split(&visit.db, &visit.viewer, &one.id, visit.now).await;
    say(&visit, &href(&one), did, "response-did-split")
}

/// `POST /incidents/{id}/reopen`
pub(super) async fn reopen(visit: Visit, Path(name): Path<String>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let reason = Fields::read(&form).text("reason").to_string();
    let did = jobs::reopen(&visit.db, &visit.viewer, &one.id, &reason, visit.now).await;
    say(&visit, &href(&one), did, "response-did-reopen")
}

#[derive(Template)]
#[template(path = "response/close.html")]
struct ClosePage {
    page: Page,
    one: Incident,
    resolutions: Vec<Choice>,
    resolution: String,
    verdict: String,
    lessons: Vec<Lesson>,
    /// Closing checks and other tasks that are open, by their titles.
    open: [Vec<String>; 2],
    mistake: Mistake,
}

impl ClosePage {
    fn verdict_key(&self, lesson: &Lesson) -> String {
        format!("response-close-{}", lesson.verdict.as_str())
    }

    /// How often a feed would be confirmed or contradicted.
    fn taught(&self, lesson: &Lesson, count: &usize) -> String {
        self.page.t1(&format!("response-close-{}-feed", lesson.verdict.as_str()), "count", *count)
    }
}

/// `GET /incidents/{id}/close`
pub(super) async fn closing(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    close_page(&visit, &room, one, &Fields::read(b""), None).await
}

async fn close_page(visit: &Visit, room: &Room, one: Incident, fields: &Fields, trouble: Option<Refusal>) -> Answer {
    let mut ids = Vec::new();
    let mut after = String::new();
    while ids.len() < COUNTED {
        let more = sql::findings(&visit.db, &one.id, &after, 1_000).await?;
        let Some(last) = more.last() else { break };
        after = last.finding_id.clone();
        ids.extend(more.into_iter().map(|finding| finding.finding_id));
    }
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = visit
        .page_titled(visit.t_args("response-close-title", &[("number", one.number.clone().into())]))
        .under("/incidents", "response-list-title")
        .under_named(&href(&one), &one.number);
    let choice = |end: &crate::policy::Resolution| Choice {
        value: end.id.clone(),
        label: format!(
            "{} ({})",
            end.title(visit.lang.tag()),
            visit.t(&format!("response-state-{}", end.state.as_str()))
        ),
    };
    let page = ClosePage {
        page,
        resolutions: room.policy.resolutions.iter().map(choice).collect(),
        resolution: fields.text("resolution").to_string(),
        verdict: if fields.text("verdict").is_empty() { "left" } else { fields.text("verdict") }.to_string(),
        lessons: lessons(&room.facts(ids).await?),
        open: open_tasks(visit, &one).await?,
        mistake: trouble.map(|why| Mistake::at("resolution", why_words(visit, why))).unwrap_or_default(),
        one,
    };
    visit.html_status(status, &page)
}

/// The titles of the closing checks that are open, and of the other tasks.
async fn open_tasks(visit: &Visit, one: &Incident) -> Result<[Vec<String>; 2], PageError> {
    let tasks = crate::sql_task::tasks_of(&visit.db, &one.id).await?;
    let of = |is_check: bool| {
        let open = tasks.iter().filter(|task| task.counts() && task.state == TaskState::Open);
        let of = open.filter(|task| (task.kind == TaskKind::Check) == is_check);
        of.map(|task| task.title.of(visit.lang.tag()).to_string()).collect()
    };
    Ok([of(true), of(false)])
}

/// `POST /incidents/{id}/close`
pub(super) async fn close(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let verdict = Verdict::parse(fields.text("verdict")).ok_or_else(|| PageError::unreadable("verdict"))?;
    let closing = Closing { resolution: fields.text("resolution").to_string(), verdict };
    match jobs::close(&visit.db, &visit.viewer, &room.policy, &one.id, &closing, visit.now).await {
        Err(ResponseError::Refused(Refusal::Resolution)) => {
            close_page(&visit, &room, one, &fields, Some(Refusal::Resolution)).await
        }
        Err(ResponseError::Refused(why)) => refused(&visit, &href(&one), why),
        did => {
            let key = if verdict == Verdict::Left { "response-did-close" } else { "response-did-close-and-teach" };
            say(&visit, &href(&one), did, key)
        }
    }
}
