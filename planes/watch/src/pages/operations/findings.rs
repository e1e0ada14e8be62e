//! Findings for programs.

use axum::extract::{Path, State};
use manara_model::Micros;
use manara_store::Row;
use manara_web::Visit;
use manara_web::api::{ApiAnswer, Given, Match, Problem, etag_of, page_of, read_list, record};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::Room;
use super::super::findings::{ANSWERS, FINDINGS, finding_of};
use crate::finding::Finding;
use crate::sql;

fn shown(one: &Finding) -> Value {
    let sources = one.sources.iter().map(|source| json!({ "feed": source.feed, "events": source.count }));
    json!({
        "id": one.id, "constituent_id": one.constituent_id, "constituent": one.constituent, "class": one.taxonomy,
        "type": one.kind, "subject": one.subject, "asset": one.asset, "state": one.state.as_str(),
        "severity": one.severity.as_str(), "confidence": one.confidence, "first_seen": one.first_seen.rfc3339(),
        "last_seen": one.last_seen.rfc3339(), "events": one.count, "sources": sources.collect::<Vec<_>>(),
        "changed_at": one.changed_at.rfc3339(), "told_at": one.told_at.map(Micros::rfc3339),
    })
}

/// The state of a finding, as its `ETag` names it.
fn state(one: &Finding) -> String {
    etag_of(&shown(one))
}

/// One answer to many.
pub(super) async fn bulk(visit: Visit, Given(given): Given<Value>) -> ApiAnswer {
    manara_web::bulk::program(visit, &super::super::many::Findings, given).await
}

pub(super) async fn list(visit: Visit) -> ApiAnswer {
    let read = |row: &Row| sql::finding_of(row).map(|(finding, _)| finding);
    let found = read_list(&FINDINGS, &visit)?.fetch(&visit.db, &[], read).await?;
    let next = found.next();
    Ok(page_of(found.rows.iter().map(shown).collect(), next))
}

pub(super) async fn one(State(room): State<Room>, Path(id): Path<String>) -> ApiAnswer {
    Ok(record(&shown(&finding_of(&room, &id).await?)))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerGiven {
    answer: String,
}

pub(super) async fn answer(
    visit: Visit,
    State(room): State<Room>,
    Path(id): Path<String>,
    is: Match,
    Given(given): Given<AnswerGiven>,
) -> ApiAnswer {
    let said = ANSWERS.iter().find(|(word, _)| *word == given.answer).map(|(_, said)| *said);
    let said = said.ok_or_else(|| Problem::invalid("answer", "word", &given.answer))?;
    let before = finding_of(&room, &id).await?;
    let now_as = state(&before);
    let expected = (is.expected(&now_as)?, state as fn(&Finding) -> String);
    let did = crate::answers::answer_one(&visit.db, &before.id, said, expected, &visit.viewer.name, visit.now).await?;
    did.ok_or_else(Match::stale)?;
    Ok(record(&shown(&finding_of(&room, &id).await?)))
}
