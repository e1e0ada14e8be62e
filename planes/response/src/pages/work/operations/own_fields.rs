//! Own fields for programs.

use std::collections::BTreeMap;

use axum::extract::{Path, State as Stated};
use manara_web::api::{ApiAnswer, Given, Match, Op, Problem, json as answer, schema, with_etag};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::Room;
use super::{found, not_done, paged, words};
use crate::jobs::{self, Wanted};
use crate::own_field::{OWN_FIELDS, OwnField, OwnFieldGroup, OwnFieldKind, VALUE_CHARS};

/// The operations.
pub(super) fn site() -> Site<Room> {
    let (read, handle) = (Right::ReadIncidents, Right::HandleIncidents);
    Site::new()
        .api(
            Op::pages(
                "/api/v1/own-fields",
                "listOwnFields",
                read,
                "The own fields of the house, by group",
                "OwnFields",
            ),
            list,
        )
        .api(
            Op::post(
                "/api/v1/incidents/{id}/fields",
                "writeOwnFields",
                handle,
                "Writes values of own fields, all or none; an empty one takes a value away",
                "Incident",
            )
            .takes("OwnFieldsGiven")
            .etag(),
            write,
        )
        .schemas(schemas())
}

async fn list(visit: Visit, Stated(room): Stated<Room>) -> ApiAnswer {
    let all: Vec<&OwnFieldGroup> = room.content.fields.groups().collect();
    paged(&visit, &all, |group| {
        let option = |one: &crate::own_field::OwnOption| json!({ "id": one.id, "title": words(&one.title) });
        let field = |one: &OwnField| {
            json!({ "id": one.id, "kind": one.kind.as_str(), "title": words(&one.title), "hint": words(&one.hint),
                "required": one.required, "options": one.options.iter().map(option).collect::<Vec<_>>() })
        };
        json!({ "id": group.id, "title": words(&group.title), "mailboxes": group.mailboxes,
            "constituents": group.constituents, "types": group.types,
            "fields": group.fields.iter().map(field).collect::<Vec<_>>() })
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnFieldsGiven {
    values: BTreeMap<String, String>,
}

async fn write(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(name): Path<String>,
    is: Match,
    Given(given): Given<OwnFieldsGiven>,
) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let state = one.version.to_string();
    let is_named = !is.expected(&state)?.is_empty();
    let wanted = Wanted::in_version(&one.id, is_named.then_some(one.version));
    let values: Vec<(String, String)> = given.values.into_iter().take(OWN_FIELDS + 1).collect();
    let fields = &room.content.fields;
    let did = jobs::write_own_fields(&visit.db, &visit.viewer, fields, wanted, &values, visit.now).await;
    match did.map_err(not_done)? {
        Ok(one) => {
            let shown = super::super::super::operations::incident_shown(&one);
            Ok(with_etag(&one.version.to_string(), answer(&shown)))
        }
        Err(wrong) => {
            let (field, why) = wrong.into_iter().next().ok_or_else(|| Problem::internal("nothing was wrong"))?;
            let problem = Problem::invalid(&format!("values.{field}"), why.code(), "");
            Err(Problem { detail: format!("{field}: {why}"), ..problem })
        }
    }
}

fn schemas() -> Vec<(&'static str, Value)> {
    let text = schema::text;
    let texts = || json!({ "type": "object", "additionalProperties": { "type": "string" } });
    let names = || schema::many(text());
    let field = schema::object(&[
        ("id", text()),
        ("kind", schema::one_of(OwnFieldKind::ALL.map(OwnFieldKind::as_str))),
        ("title", texts()),
        ("hint", texts()),
        ("required", schema::flag()),
        ("options", schema::many(schema::object(&[("id", text()), ("title", texts())]))),
    ]);
    vec![
        (
            "OwnFields",
            schema::object(&[
                ("id", text()),
                ("title", texts()),
                ("mailboxes", names()),
                ("constituents", names()),
                ("types", names()),
                ("fields", schema::many(field)),
            ]),
        ),
        (
            "OwnFieldsGiven",
            schema::given(
                1,
                &[(
                    "values",
                    json!({ "type": "object", "additionalProperties": schema::words(0, VALUE_CHARS),
                        "description": "values by the id of their field" }),
                )],
            ),
        ),
    ]
}
