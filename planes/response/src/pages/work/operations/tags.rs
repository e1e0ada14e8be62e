//! Tags for programs.

use axum::extract::{Path, State as Stated};
use manara_web::api::{ApiAnswer, Given, Op, Problem, json as answer, schema, with_etag};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::Room;
use super::{found, not_done, paged, words};
use crate::jobs;
use crate::sql_ticket;
use crate::tag::{TAG_CHARS, TAGS, Taxonomy};

/// The operations.
pub(super) fn site() -> Site<Room> {
    let (read, handle) = (Right::ReadIncidents, Right::HandleIncidents);
    let step = |path, id, says, one| Op::post(path, id, handle, says, one).takes("TagsGiven").etag();
    Site::new()
        .api(
            Op::pages("/api/v1/taxonomies", "listTaxonomies", read, "The taxonomies of tags of the house", "Taxonomy"),
            taxonomies,
        )
        .api(step("/api/v1/incidents/{id}/tag", "tagIncident", "Puts tags on an incident", "Incident"), tag_incident)
        .api(
            step("/api/v1/incidents/{id}/untag", "untagIncident", "Takes tags off an incident", "Incident"),
            untag_incident,
        )
        .api(
            step(
                "/api/v1/tickets/{id}/tag",
                "tagTicket",
                "Puts tags on a report, an investigation or a countermeasure",
                "Ticket",
            ),
            tag_ticket,
        )
        .api(step("/api/v1/tickets/{id}/untag", "untagTicket", "Takes such tags off", "Ticket"), untag_ticket)
        .schemas(schemas())
}

async fn taxonomies(visit: Visit, Stated(room): Stated<Room>) -> ApiAnswer {
    let all: Vec<&Taxonomy> = room.content.tags.values().collect();
    paged(&visit, &all, |one| {
        let value = |value: &crate::tag::TagValue| json!({ "id": value.id, "title": words(&value.title) });
        let predicate = |one: &crate::tag::Predicate| {
            json!({ "id": one.id, "title": words(&one.title), "only_one": one.only_one,
                "values": one.values.iter().map(value).collect::<Vec<_>>() })
        };
        json!({ "namespace": one.namespace, "title": words(&one.title), "purpose": words(&one.purpose),
            "predicates": one.predicates.iter().map(predicate).collect::<Vec<_>>() })
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TagsGiven {
    tags: Vec<String>,
}

async fn of_incident(visit: &Visit, room: &Room, name: &str, given: &TagsGiven, is_there: bool) -> ApiAnswer {
    let one = found(visit, name).await?;
    let said = (given.tags.as_slice(), is_there);
    let did = jobs::tag_incident(&visit.db, &visit.viewer, &room.content.tags, &one.id, said, visit.now).await;
    let one = did.map_err(not_done)?;
    Ok(with_etag(&one.version.to_string(), answer(&super::super::super::operations::incident_shown(&one))))
}

async fn of_ticket(visit: &Visit, room: &Room, name: &str, given: &TagsGiven, is_there: bool) -> ApiAnswer {
    let one = sql_ticket::get_ticket(&visit.db, &visit.viewer, name).await?.ok_or_else(Problem::not_found)?;
    let said = (given.tags.as_slice(), is_there);
    let did = jobs::tag_ticket(&visit.db, &visit.viewer, &room.content.tags, &one.id, said, visit.now).await;
    let one = did.map_err(not_done)?;
    Ok(with_etag(&one.version.to_string(), answer(&super::super::super::tickets::ticket_shown(&one))))
}

async fn tag_incident(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(name): Path<String>,
    Given(given): Given<TagsGiven>,
) -> ApiAnswer {
    of_incident(&visit, &room, &name, &given, true).await
}

async fn untag_incident(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(name): Path<String>,
    Given(given): Given<TagsGiven>,
) -> ApiAnswer {
    of_incident(&visit, &room, &name, &given, false).await
}

async fn tag_ticket(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(name): Path<String>,
    Given(given): Given<TagsGiven>,
) -> ApiAnswer {
    of_ticket(&visit, &room, &name, &given, true).await
}

async fn untag_ticket(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(name): Path<String>,
    Given(given): Given<TagsGiven>,
) -> ApiAnswer {
    of_ticket(&visit, &room, &name, &given, false).await
}

fn schemas() -> Vec<(&'static str, Value)> {
    let texts = || json!({ "type": "object", "additionalProperties": { "type": "string" } });
    let value = schema::object(&[("id", schema::text()), ("title", texts())]);
    let predicate = schema::object(&[
        ("id", schema::text()),
        ("title", texts()),
        ("only_one", schema::flag()),
        ("values", schema::many(value)),
    ]);
    vec![
        ("TagsGiven", schema::given(1, &[("tags", schema::some(1, TAGS, schema::words(1, TAG_CHARS)))])),
        (
            "Taxonomy",
            schema::object(&[
                ("namespace", schema::text()),
                ("title", texts()),
                ("purpose", texts()),
                ("predicates", schema::many(predicate)),
            ]),
        ),
    ]
}
