//! Provisions for programs.

use axum::extract::{Path, State as Stated};
use manara_web::api::{ApiAnswer, Given, Op, Problem, json as answer, record, schema};
use manara_web::{Right, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::operations::not_done;
use super::works::Works;
use crate::jobs::{self, NewVoice};
use crate::law::{BODY_CHARS, CITATION_CHARS, LINK_CHARS, NOTE_CHARS, Provision, Said, Standing, Written, is_law};
use crate::score::score;
use crate::{sql, sql_law};

const PATH: &str = "/api/v1/assessments/{id}/provisions";

pub(super) fn read() -> Op {
    Op::get(PATH, "listProvisions", Right::ReadFramework, "The gap table of an assessment of law", "Anything")
}

pub(super) fn write() -> Op {
    let says = "Writes what domestic law says to an article, and how far it covers it";
    Op::post(PATH, "writeProvision", Right::AnswerAssessments, says, "AnswersTaken").takes("ProvisionGiven")
}

pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let given = schema::given(
        2,
        &[
            ("item", schema::words(1, 64)),
            ("organisation", schema::words(1, crate::assessment::NAME_CHARS)),
            ("standing", json!({ "enum": ["covered", "partly", "no", "n/a"] })),
            ("missing", schema::words(0, crate::assessment::COMMENT_CHARS)),
            ("citation", schema::words(0, CITATION_CHARS)),
            ("link", schema::words(0, LINK_CHARS)),
            ("language", schema::words(0, 12)),
            ("text", schema::words(0, BODY_CHARS)),
            ("note", schema::words(0, NOTE_CHARS)),
        ],
    );
    vec![("ProvisionGiven", given)]
}

pub(super) async fn list(visit: Visit, Stated(works): Stated<Works>, Path(id): Path<String>) -> ApiAnswer {
    let one = sql::get(&visit.db, &visit.viewer, &id).await?.ok_or_else(Problem::not_found)?;
    let catalogue = works.desk.version(&visit, &one.hash).await?;
    if !is_law(&catalogue) {
        return Err(Problem::not_found());
    }
    let scored = score(&catalogue, &sql::sheet(&visit.db, &id, &visit.now.day()).await?, None);
    let written = sql_law::provisions(&visit.db, &id).await?;
    let shown = |found: &Written| {
        let one = &found.provision;
        json!({ "citation": one.citation, "link": one.link, "language": one.language, "text": one.body, "note": one.note,
            "who": found.who, "at": found.at.rfc3339() })
    };
    let line = |item: &crate::score::ItemScore| {
        let found = written.iter().find(|found| found.item == item.item).map(shown);
        json!({ "item": item.item, "group": item.section, "standing": Standing::of(&catalogue, item).as_str(),
            "provision": found })
    };
    Ok(record(&json!({ "items": scored.items.iter().map(line).collect::<Vec<_>>() })))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProvisionGiven {
    item: String,
    organisation: String,
    standing: Option<String>,
    missing: Option<String>,
    #[serde(default)]
    citation: String,
    #[serde(default)]
    link: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    note: String,
}

pub(super) async fn put(
    visit: Visit,
    Stated(works): Stated<Works>,
    Path(id): Path<String>,
    Given(given): Given<ProvisionGiven>,
) -> ApiAnswer {
    let one = sql::get(&visit.db, &visit.viewer, &id).await?.ok_or_else(Problem::not_found)?;
    let catalogue = works.desk.version(&visit, &one.hash).await?;
    let standing = match &given.standing {
        None => None,
        Some(word) => {
            let found = Standing::parse(word).filter(|found| *found != Standing::Open);
            Some(found.ok_or_else(|| Problem::invalid("standing", "word", word))?)
        }
    };
    let said = Said { item: given.item, standing, missing: given.missing };
    let provision = Provision {
        citation: given.citation,
        link: given.link,
        language: given.language,
        body: given.text,
        note: given.note,
    };
    let person = visit.viewer.name.clone();
    let new = NewVoice { name: person.clone(), organisation: given.organisation, role: String::new(), person };
    let about = (one.id.as_str(), &*catalogue);
    let done = jobs::write_provision(&visit.db, &visit.viewer, about, &new, &said, &provision, visit.now);
    let changed = done.await.map_err(not_done)?;
    Ok(answer(&json!({ "changed": i64::from(changed) })))
}
