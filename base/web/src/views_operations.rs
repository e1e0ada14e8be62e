//! Saved views for programs: what each asks of its list is what the same list of the API takes.

use axum::extract::Path;
use manara_store::Tx;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::{ApiAnswer, Code, Given, Match, Op, Param, Problem, etag_of, made, record, schema};
use crate::rights::Right;
use crate::site::Site;
use crate::views::{self, NewView, View, ViewError};
use crate::views_page::may_change;
use crate::visit::Visit;

/// The operations on views.
pub(crate) fn site() -> Site {
    let (read, change) = (Right::Enter, Right::ChangeAccount);
    let step = |path, id, says| Op::post(path, id, change, says, "View").etag();
    Site::new()
        .api(
            Op::get("/api/v1/views", "listViews", read, "Saved views of the token's person and of the team", "Views")
                .with(Param::new("deleted", schema::flag(), "also those that the person deleted in the last 30 days")),
            list,
        )
        .api(
            Op::make(
                "/api/v1/views",
                "saveView",
                change,
                "Saves a view of a list; one of the same name and list of the same person takes the new filters",
                "View",
            )
            .takes("NewView"),
            save,
        )
        .api(Op::get("/api/v1/views/{id}", "getView", read, "One view", "View"), get)
        .api(
            Op::patch(
                "/api/v1/views/{id}",
                "changeView",
                change,
                "Names a view anew, gives it to the team or takes it back",
                "View",
            )
            .takes("ViewChange"),
            rename,
        )
        .api(step("/api/v1/views/{id}/delete", "deleteView", "Deletes a view; for 30 days it can be restored"), delete)
        .api(step("/api/v1/views/{id}/restore", "restoreView", "Brings a deleted view back"), restore)
        .api(step("/api/v1/views/{id}/first", "showViewFirst", "Shows it to the person first on its list"), first)
        .api(step("/api/v1/views/{id}/not-first", "showViewNotFirst", "Shows the list as it is again"), not_first)
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (text, flag) = (schema::text, schema::flag);
    let list = json!({ "type": "string", "minLength": 1, "maxLength": 200, "examples": ["/findings"] });
    let query = json!({ "type": "string", "maxLength": 2000, "examples": ["state=live&severity=high_up"] });
    let view = schema::object(&[
        ("id", text()),
        ("list", text()),
        ("name", text()),
        ("query", text()),
        ("owner", text()),
        ("shared", flag()),
        ("first", flag()),
        ("deleted", flag()),
    ]);
    vec![
        ("View", view),
        ("Views", schema::object(&[("views", schema::many(schema::of("View")))])),
        (
            "NewView",
            schema::given(
                2,
                &[
                    ("list", list),
                    ("name", schema::words(1, 60)),
                    ("query", query),
                    ("shared", flag()),
                    ("first", flag()),
                ],
            ),
        ),
        ("ViewChange", schema::given(0, &[("name", schema::words(1, 60)), ("shared", flag())])),
    ]
}

fn shown(view: &View) -> Value {
    json!({
        "id": view.id, "list": view.path, "name": view.name, "query": view.query, "owner": view.owner_name,
        "shared": view.shared, "first": view.is_default, "deleted": view.deleted,
    })
}

fn refused(error: ViewError) -> Problem {
    let detail = error.to_string();
    match error {
        ViewError::Name => Problem { detail, ..Problem::invalid("name", "bad-name", "") },
        ViewError::Query => Problem { detail, ..Problem::invalid("query", "too-long", "") },
        ViewError::TooMany => Problem::refused("too-many", detail),
        ViewError::Taken => Problem::refused("name-taken", detail),
        ViewError::Store(error) => error.into(),
    }
}

/// A view of the token's person or the team, of a list the token opens. What others deleted is not there.
async fn found(visit: &Visit, tx: &mut Tx, id: &str) -> Result<View, Problem> {
    let view = views::one(tx, &visit.user_id, id).await?;
    let is_there = |view: &View| !view.deleted || may_change(visit, view);
    view.filter(|view| is_there(view) && visit.shell.may_open(visit, &view.path)).ok_or_else(Problem::not_found)
}

/// The same to be changed, in the state the program has.
async fn held(visit: &Visit, tx: &mut Tx, id: &str, is: &Match) -> Result<View, Problem> {
    let view = found(visit, tx, id).await?;
    if !may_change(visit, &view) {
        return Err(Problem::new(Code::Scope, "the view is somebody else's; only they change it"));
    }
    is.check(&etag_of(&shown(&view)))?;
    Ok(view)
}

fn may_share(visit: &Visit) -> Result<(), Problem> {
    let detail = "giving a view to the team wants the scope views:share, and that its person has that right";
    if visit.may(Right::ShareViews) { Ok(()) } else { Err(Problem::new(Code::Scope, detail)) }
}

/// The view as it is now; what was done is kept.
async fn done(visit: &Visit, mut tx: Tx, id: &str) -> ApiAnswer {
    let view = views::one(&mut tx, &visit.user_id, id).await?.ok_or_else(Problem::not_found)?;
    tx.commit().await?;
    Ok(record(&shown(&view)))
}

async fn list(visit: Visit) -> ApiAnswer {
    let all = views::of_person(&visit.db, &visit.user_id, visit.now).await?;
    let with_deleted = match visit.query("deleted").as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Problem::new(Code::Unreadable, "deleted is true or false")),
    };
    let is_asked = |view: &&View| with_deleted || !view.deleted;
    let seen = all.iter().filter(is_asked).filter(|view| visit.shell.may_open(&visit, &view.path));
    let views: Vec<Value> = seen.map(shown).collect();
    Ok(record(&json!({ "views": views })))
}

async fn get(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let mut tx = visit.db.begin_snapshot().await?;
    let view = found(&visit, &mut tx, &id).await?;
    Ok(record(&shown(&view)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ViewGiven {
    list: String,
    name: String,
    #[serde(default)]
    query: String,
    /// Whether the team has it; as it is for one that is there, else not.
    shared: Option<bool>,
    #[serde(default)]
    first: bool,
}

async fn save(visit: Visit, Given(given): Given<ViewGiven>) -> ApiAnswer {
    if !visit.shell.may_open(&visit, &given.list) {
        return Err(Problem::invalid("list", "unknown", &given.list));
    }
    if given.shared == Some(true) {
        may_share(&visit)?;
    }
    let (path, query, name) = (&given.list, &given.query, &given.name);
    let wanted = NewView { path, query, name, shared: given.shared, first: given.first };
    let mut tx = visit.db.begin().await?;
    let me = (visit.user_id.as_str(), visit.viewer.name.as_str());
    let view = views::save(&mut tx, me, &wanted, visit.now).await.map_err(refused)?;
    tx.commit().await?;
    Ok(made(&format!("/api/v1/views/{}", view.id), &shown(&view)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ViewChange {
    name: Option<String>,
    shared: Option<bool>,
}

async fn rename(visit: Visit, Path(id): Path<String>, is: Match, Given(given): Given<ViewChange>) -> ApiAnswer {
    let mut tx = visit.db.begin().await?;
    let view = held(&visit, &mut tx, &id, &is).await?;
    let shared = given.shared.unwrap_or(view.shared);
    if shared && !view.shared {
        may_share(&visit)?;
    }
    let name = given.name.unwrap_or_else(|| view.name.clone());
    views::rename(&mut tx, &visit.viewer.name, &view, (&name, shared), visit.now).await.map_err(refused)?;
    done(&visit, tx, &id).await
}

async fn delete(visit: Visit, Path(id): Path<String>, is: Match) -> ApiAnswer {
    set_deleted(visit, &id, &is, true).await
}

async fn restore(visit: Visit, Path(id): Path<String>, is: Match) -> ApiAnswer {
    set_deleted(visit, &id, &is, false).await
}

async fn set_deleted(visit: Visit, id: &str, is: &Match, deleted: bool) -> ApiAnswer {
    let mut tx = visit.db.begin().await?;
    let view = held(&visit, &mut tx, id, is).await?;
    if view.deleted != deleted {
        views::set_deleted(&mut tx, &visit.viewer.name, &view, deleted, visit.now).await.map_err(refused)?;
    }
    done(&visit, tx, id).await
}

async fn first(visit: Visit, Path(id): Path<String>, is: Match) -> ApiAnswer {
    set_first(visit, &id, &is, true).await
}

async fn not_first(visit: Visit, Path(id): Path<String>, is: Match) -> ApiAnswer {
    set_first(visit, &id, &is, false).await
}

/// What somebody sees first is their own choice: of any view they have.
async fn set_first(visit: Visit, id: &str, is: &Match, first: bool) -> ApiAnswer {
    let mut tx = visit.db.begin().await?;
    let view = found(&visit, &mut tx, id).await?;
    is.check(&etag_of(&shown(&view)))?;
    if view.deleted {
        return Err(Problem::not_found());
    }
    views::set_default(&mut tx, &visit.user_id, &view, first).await?;
    done(&visit, tx, id).await
}
