//! The public description of the team, for programs of the administrator.

use std::sync::Arc;

use axum::extract::State as Stated;
use manara_document::Form as Printed;
use manara_framework::reports::Wording;
use manara_web::api::{ApiAnswer, Given, Match, Op, Param, Problem, etag_of, record, schema};
use manara_web::{Lang, Right, Site, Visit};
use serde_json::{Map, Value, json};

use super::{Desk, printed};
use crate::pages::setup::operations::not_stored;
use crate::profile::{FIELDS, Facts, ProfileConfig, TEXTS, changes};
use crate::setup;

const PATH: &str = "/api/v1/profile";

/// The kinds of file it is printed as.
const KINDS: [&str; 4] = [
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/html",
    "text/markdown",
];

/// The operations.
pub(super) fn site() -> Site<Arc<Desk>> {
    let right = Right::SetUp;
    let reads = "What is written for RFC 2350 and security.txt, and which fields RFC 2350 asks for are missing";
    Site::new()
        .api(Op::get(PATH, "getProfile", right, reads, "Profile"), get)
        .api(
            Op::put(PATH, "setProfile", right, "Writes all of it; what is left out is emptied", "Profile")
                .takes("ProfileGiven"),
            set,
        )
        .api(
            Op::file("/api/v1/profile/document", "printProfile", right, "The description as a file", &KINDS).with(
                Param::new(
                    "format",
                    schema::one_of(Printed::ALL.map(Printed::as_str)),
                    "the kind of file; pdf without it",
                ),
            ),
            print,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let line = || json!({ "type": "string", "maxLength": 300 });
    let texts: Vec<(&str, Value)> =
        Lang::ALL.map(|lang| (lang.tag(), json!({ "type": "string", "maxLength": 1_000 }))).into();
    let mut members = vec![("published", schema::flag())];
    members.extend(FIELDS.map(|field| (field.key, line())));
    members.extend(TEXTS.map(|key| (key, schema::given(0, &texts))));
    let given = schema::given(1, &members);
    let missing = schema::object(&[("field", schema::text()), ("key", schema::text())]);
    members.push(("missing", schema::many(missing)));
    vec![("Profile", schema::object(&members)), ("ProfileGiven", given)]
}

/// What is written, without what is missing.
pub(super) fn written(config: &ProfileConfig) -> Map<String, Value> {
    let mut all = Map::from_iter([("published".to_string(), Value::from(config.published))]);
    all.extend(FIELDS.map(|field| (field.key.to_string(), config.value(field.key).into())));
    let texts = |key: &str| {
        let of = |lang: Lang| (lang.tag().to_string(), Value::from(config.written(key, lang)));
        Value::Object(Lang::ALL.map(of).into_iter().filter(|(_, text)| text != "").collect())
    };
    all.extend(TEXTS.map(|key| (key.to_string(), texts(key))));
    all
}

/// The record as it travels.
async fn shown(visit: &Visit, desk: &Desk, config: &ProfileConfig) -> Result<Value, Problem> {
    // In one language for everybody: the record has one state, whoever reads it.
    let facts = Facts { config: config.clone(), ..Facts::of(&desk.house, visit.words(), Lang::En).await? };
    let (_, missing) = facts.page(&desk.shelf.now(), Wording { words: visit.words(), lang: Lang::En });
    let missing = missing.iter().map(|one| json!({ "field": one.field, "key": one.key }));
    let mut all = written(config);
    all.insert("missing".into(), missing.collect());
    Ok(Value::Object(all))
}

async fn get(visit: Visit, Stated(desk): Stated<Arc<Desk>>) -> ApiAnswer {
    let config = setup::written(&desk.house.data).map_err(not_stored)?;
    Ok(record(&shown(&visit, &desk, &config.profile).await?))
}

/// What stands under the name of a field of the form: `address`, `hours_en`.
fn value(given: &Map<String, Value>, name: &str) -> String {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().trim().to_string();
    if name == "published" {
        let is_on = given.get(name).and_then(Value::as_bool).unwrap_or_default();
        return if is_on { "on".into() } else { String::new() };
    }
    match name.rsplit_once('_').filter(|(key, _)| TEXTS.contains(key)) {
        Some((key, tag)) => text(given.get(key).and_then(|texts| texts.get(tag))),
        None => text(given.get(name)),
    }
}

/// Refuses what is no member, or of another kind.
fn check(given: &Map<String, Value>) -> Result<(), Problem> {
    if !given.get("published").is_some_and(Value::is_boolean) {
        return Err(Problem::invalid("published", "missing", ""));
    }
    for (name, found) in given {
        let is_text = FIELDS.iter().any(|field| field.key == name) && found.is_string();
        let is_tagged = |(tag, text): (&String, &Value)| Lang::parse(tag).is_some() && text.is_string();
        let are_texts =
            TEXTS.contains(&name.as_str()) && found.as_object().is_some_and(|texts| texts.iter().all(is_tagged));
        if !(name == "published" || is_text || are_texts) {
            return Err(Problem::invalid(name, "unknown", found));
        }
    }
    Ok(())
}

async fn set(
    visit: Visit,
    Stated(desk): Stated<Arc<Desk>>,
    is: Match,
    Given(given): Given<Map<String, Value>>,
) -> ApiAnswer {
    check(&given)?;
    let changes = changes(|name| value(&given, name)).map_err(|why| {
        let (code, key) = why.code();
        Problem { detail: why.to_string(), ..Problem::invalid(key, code, value(&given, key)) }
    })?;
    let held = setup::hold(&visit.db, &desk.house.data).await.map_err(not_stored)?;
    is.check(&etag_of(&shown(&visit, &desk, &held.config.profile).await?))?;
    let config = held.store(&visit.viewer.name, "profile_set", &changes, visit.now).await.map_err(not_stored)?;
    desk.reload.read_again().await.map_err(|error| Problem::internal(format!("{error:#}")))?;
    Ok(record(&shown(&visit, &desk, &config.profile).await?))
}

async fn print(visit: Visit, Stated(desk): Stated<Arc<Desk>>) -> ApiAnswer {
    let (name, form, bytes) = printed(&visit, &desk).await?.map_err(|why| Problem::refused("not-printed", why))?;
    Ok(visit.download(&name, form.content_type(), bytes))
}
