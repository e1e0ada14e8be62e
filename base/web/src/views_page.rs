//! Views on pages: saving one from a list, and the page where they are renamed, shared, deleted and brought back.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use manara_store::Tx;
use serde::Deserialize;

use crate::error::{Answer, Fault, PageError};
use crate::rights::Right;
use crate::site::Site;
use crate::undo::Undo;
use crate::views::{self, NewView, View, ViewError};
use crate::views_operations;
use crate::visit::{Page, Tone, Visit};

const HERE: &str = "/account/views";

/// The routes of views.
pub(crate) fn site() -> Site {
    Site::new()
        .page(HERE, Right::Enter, all)
        .merge(views_operations::site())
        .post("/account/views", Right::Enter, save)
        .post("/account/views/{id}", Right::Enter, rename)
        .post("/account/views/{id}/delete", Right::Enter, delete)
        .post("/account/views/{id}/restore", Right::Enter, restore)
        .post("/account/views/{id}/first", Right::Enter, first)
        .post("/account/views/{id}/not-first", Right::Enter, not_first)
}

#[derive(Template)]
#[template(path = "web/views.html")]
struct ViewsPage {
    page: Page,
    /// Lists with their views.
    lists: Vec<(String, Vec<View>)>,
    deleted: Vec<View>,
    may_share: bool,
}

impl ViewsPage {
    fn may_change(&self, view: &View) -> bool {
        may_change(&self.page.visit, view)
    }
}

/// Whether a view is the reader's to change.
pub(crate) fn may_change(visit: &Visit, view: &View) -> bool {
    view.owner == visit.user_id || visit.may(Right::ManageUsers)
}

async fn all(visit: Visit) -> Answer {
    let mut lists: Vec<(String, Vec<View>)> = Vec::new();
    let mut deleted = Vec::new();
    for view in views::of_person(&visit.db, &visit.user_id, visit.now).await? {
        // The list may be one that this person's role does not open.
        if !visit.shell.may_open(&visit, &view.path) {
            continue;
        }
        if view.deleted {
            deleted.push(view);
            continue;
        }
        match lists.last_mut().filter(|(path, _)| *path == view.path) {
            Some((_, of_list)) => of_list.push(view),
            None => lists.push((view.path.clone(), vec![view])),
        }
    }
    let page = visit.page("desk-views-title").under("/account", "web-account-title");
    visit.html(&ViewsPage { may_share: visit.may(Right::ShareViews), page, lists, deleted })
}

#[derive(Deserialize)]
struct Saved {
    #[serde(default)]
    path: String,
    #[serde(default)]
    query: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    shared: String,
    #[serde(default)]
    first: String,
}

async fn save(visit: Visit, Form(given): Form<Saved>) -> Answer {
    if !visit.shell.may_open(&visit, &given.path) {
        return Err(PageError::unreadable("a view of no list"));
    }
    let back = format!("{}?{}", given.path, given.query);
    let shared = !given.shared.is_empty();
    if shared && !visit.may(Right::ShareViews) {
        return Err(Fault::Forbidden.into());
    }
    let first = !given.first.is_empty();
    let wanted = NewView { path: &given.path, query: &given.query, name: &given.name, shared: Some(shared), first };
    let mut tx = visit.db.begin().await?;
    let me = (visit.user_id.as_str(), visit.viewer.name.as_str());
    match views::save(&mut tx, me, &wanted, visit.now).await {
        Ok(view) => {
            tx.commit().await?;
            Ok(visit.go_saying(&view.href(), Tone::Good, "desk-views-saved", &[("name", view.name.clone().into())]))
        }
        Err(error) => refused(&visit, &back, error),
    }
}

#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    name: String,
    #[serde(default)]
    shared: String,
}

async fn rename(visit: Visit, Path(id): Path<String>, Form(given): Form<Named>) -> Answer {
    let mut tx = visit.db.begin().await?;
    let view = changeable(&visit, &mut tx, &id).await?;
    let shared = !given.shared.is_empty();
    if shared && !view.shared && !visit.may(Right::ShareViews) {
        return Err(Fault::Forbidden.into());
    }
    match views::rename(&mut tx, &visit.viewer.name, &view, (&given.name, shared), visit.now).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(visit.go_saying(HERE, Tone::Good, "desk-views-renamed", &[]))
        }
        Err(error) => refused(&visit, HERE, error),
    }
}

async fn delete(visit: Visit, Path(id): Path<String>) -> Answer {
    set_deleted(visit, &id, true).await
}

async fn restore(visit: Visit, Path(id): Path<String>) -> Answer {
    set_deleted(visit, &id, false).await
}

async fn set_deleted(visit: Visit, id: &str, deleted: bool) -> Answer {
    let mut tx = visit.db.begin().await?;
    let view = changeable(&visit, &mut tx, id).await?;
    match views::set_deleted(&mut tx, &visit.viewer.name, &view, deleted, visit.now).await {
        Ok(()) => {
            tx.commit().await?;
            let args = [("name", view.name.into())];
            if deleted {
                let undo = Undo::at(format!("{HERE}/{id}/restore"));
                return Ok(visit.go_undoable(HERE, "desk-views-deleted", &args, undo));
            }
            Ok(visit.go_saying(HERE, Tone::Good, "desk-views-restored", &args))
        }
        Err(error) => refused(&visit, HERE, error),
    }
}

async fn first(visit: Visit, Path(id): Path<String>) -> Answer {
    set_default(visit, &id, true).await
}

async fn not_first(visit: Visit, Path(id): Path<String>) -> Answer {
    set_default(visit, &id, false).await
}

async fn set_default(visit: Visit, id: &str, first: bool) -> Answer {
    let mut tx = visit.db.begin().await?;
    let view = views::one(&mut tx, &visit.user_id, id).await?.filter(|view| !view.deleted);
    let view = view.ok_or_else(PageError::not_found)?;
    views::set_default(&mut tx, &visit.user_id, &view, first).await?;
    tx.commit().await?;
    let key = if first { "desk-views-is-first" } else { "desk-views-not-first" };
    Ok(visit.go_saying(HERE, Tone::Good, key, &[("name", view.name.into())]))
}

/// The view, when the reader may change it.
async fn changeable(visit: &Visit, tx: &mut Tx, id: &str) -> Result<View, PageError> {
    let view = views::one(tx, &visit.user_id, id).await?.ok_or_else(PageError::not_found)?;
    if may_change(visit, &view) { Ok(view) } else { Err(Fault::Forbidden.into()) }
}

fn refused(visit: &Visit, back: &str, error: ViewError) -> Answer {
    let key = match error {
        ViewError::Store(error) => return Err(error.into()),
        ViewError::Name => "desk-views-bad-name",
        ViewError::TooMany => "desk-views-too-many",
        ViewError::Query => "desk-views-too-long",
        ViewError::Taken => "desk-views-taken",
    };
    Ok(visit.go_saying(back, Tone::Bad, key, &[]))
}
