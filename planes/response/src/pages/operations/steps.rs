//! What programs do to an incident: the buttons of its page.

use axum::extract::{Path, State as Stated};
use manara_web::Visit;
use manara_web::api::{ApiAnswer, Given, Match, Problem};
use serde::Deserialize;

use super::super::Room;
use super::{facts, matched, not_done, now_as, whole, word};
use crate::incident::{Incident, LINKED_AT_ONCE, Verdict};
use crate::jobs::{self, Closing, Wanted};
use crate::sql;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FindingIds {
    findings: Vec<String>,
}

/// The incident a program named, in the version its `If-Match` names: asked again in the transaction of the change.
fn at<'a>(one: &'a Incident, is: &Match) -> Wanted<'a> {
    let state = one.version.to_string();
    let is_named = is.expected(&state).is_ok_and(|expected| !expected.is_empty());
    Wanted::in_version(&one.id, is_named.then_some(one.version))
}

pub(super) async fn link(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(name): Path<String>,
    is: Match,
    Given(given): Given<FindingIds>,
) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    let findings = facts(&room, given.findings).await?;
    let did = jobs::link(&visit.db, &visit.viewer, at(&one, &is), &findings, visit.now).await;
    whole(&did.map_err(not_done)?.0)
}

pub(super) async fn unlink(
    visit: Visit,
    Path(name): Path<String>,
    is: Match,
    Given(given): Given<FindingIds>,
) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    if given.findings.len() > LINKED_AT_ONCE {
        return Err(Problem::invalid("findings", "too-many", given.findings.len()));
    }
    let did = jobs::unlink(&visit.db, &visit.viewer, at(&one, &is), &given.findings, visit.now).await;
    whole(&did.map_err(not_done)?.0)
}

pub(super) async fn take(visit: Visit, Path(name): Path<String>, is: Match) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    let did = jobs::assign(&visit.db, &visit.viewer, at(&one, &is), &visit.viewer.name, visit.now).await;
    whole(&did.map_err(not_done)?)
}

pub(super) async fn follow(visit: Visit, path: Path<String>, is: Match) -> ApiAnswer {
    set_following(visit, path, is, true).await
}

pub(super) async fn unfollow(visit: Visit, path: Path<String>, is: Match) -> ApiAnswer {
    set_following(visit, path, is, false).await
}

async fn set_following(visit: Visit, Path(name): Path<String>, is: Match, following: bool) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    let did = jobs::watch(&visit.db, &visit.viewer, at(&one, &is), following, visit.now).await;
    whole(&did.map_err(not_done)?)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClosingGiven {
    resolution: String,
    verdict: Option<String>,
}

pub(super) async fn close(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(name): Path<String>,
    is: Match,
    Given(given): Given<ClosingGiven>,
) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    let verdict = given.verdict.map_or(Ok(Verdict::Left), |text| word("verdict", &text, Verdict::parse))?;
    let closing = Closing { resolution: given.resolution, verdict };
    let did = jobs::close(&visit.db, &visit.viewer, &room.policy, at(&one, &is), &closing, visit.now).await;
    whole(&did.map_err(not_done)?)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReopeningGiven {
    reason: String,
}

pub(super) async fn reopen(
    visit: Visit,
    Path(name): Path<String>,
    is: Match,
    Given(given): Given<ReopeningGiven>,
) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    let did = jobs::reopen(&visit.db, &visit.viewer, at(&one, &is), &given.reason, visit.now).await;
    whole(&did.map_err(not_done)?)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OtherGiven {
    other: String,
}

/// The id of the other incident that a program names by its id or number.
async fn other(visit: &Visit, given: &OtherGiven) -> Result<String, Problem> {
    let found = sql::get(&visit.db, &visit.viewer, given.other.trim()).await?;
    found.map(|other| other.id).ok_or_else(|| Problem::invalid("other", "not-found", &given.other))
}

pub(super) async fn merge(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(name): Path<String>,
    is: Match,
    Given(given): Given<OtherGiven>,
) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    let into = other(&visit, &given).await?;
    let did = jobs::merge(&visit.db, &visit.viewer, &room.policy, at(&one, &is), &into, visit.now).await;
    whole(&did.map_err(not_done)?)
}

pub(super) async fn split(visit: Visit, Path(name): Path<String>, is: Match) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    jobs::split(&visit.db, &visit.viewer, at(&one, &is), visit.now).await.map_err(not_done)?;
    now_as(&visit, &one.id).await
}

pub(super) async fn relate(
    visit: Visit,
    Path(name): Path<String>,
    is: Match,
    Given(given): Given<OtherGiven>,
) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    let other = other(&visit, &given).await?;
    jobs::relate(&visit.db, &visit.viewer, at(&one, &is), &other, visit.now).await.map_err(not_done)?;
    now_as(&visit, &one.id).await
}

pub(super) async fn unrelate(
    visit: Visit,
    Path(name): Path<String>,
    is: Match,
    Given(given): Given<OtherGiven>,
) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    let other = other(&visit, &given).await?;
    jobs::unrelate(&visit.db, &visit.viewer, at(&one, &is), &other, visit.now).await.map_err(not_done)?;
    now_as(&visit, &one.id).await
}
