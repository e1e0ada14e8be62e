//! The reader's own account: a new password, and where one is signed in.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use serde::Deserialize;

use crate::error::{Answer, Fault, PageError};
use crate::login::from_person;
use crate::mistake::Mistake;
use crate::people::{self, OpenSession, PersonError};
use crate::rights::Right;
use crate::visit::{Page, Tone, Visit};

#[derive(Template)]
#[template(path = "web/account.html")]
struct AccountPage {
    page: Page,
    sessions: Vec<OpenSession>,
    mistake: Mistake,
    least: usize,
}

impl AccountPage {
    fn is_here(&self, session: &OpenSession) -> bool {
        session.id == self.page.visit.session
    }
}

pub(crate) async fn account(visit: Visit) -> Answer {
    show(&visit, StatusCode::OK, Mistake::default()).await
}

async fn show(visit: &Visit, status: StatusCode, mistake: Mistake) -> Answer {
    let sessions = people::sessions_of(&visit.db, &visit.user_id, visit.now).await?;
    let page = visit.page("web-account-title");
    visit.html_status(status, &AccountPage { page, sessions, mistake, least: people::PASSWORD_LEAST })
}

#[derive(Deserialize)]
pub(crate) struct Passwords {
    #[serde(default)]
    current: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

pub(crate) async fn change_password(visit: Visit, Form(given): Form<Passwords>) -> Answer {
    let shell = visit.shell.clone();
    let name = visit.viewer.name.clone();
    let refuse = |field: &str, words: String| show(&visit, StatusCode::UNPROCESSABLE_ENTITY, Mistake::at(field, words));
    if given.new != given.again {
        return refuse("again", visit.t("web-account-differ")).await;
    }
    if given.new == given.current {
        return refuse("new", visit.t("web-account-same")).await;
    }
    if let Some(minutes) = shell.throttle.wait_minutes(&name, &visit.address, visit.now) {
        return refuse("", visit.t_args("web-login-wait", &[("count", minutes.into())])).await;
    }
    // Counted before the check, as at the door: a browser left open is no way to guess the password.
    shell.throttle.failed(&name, &visit.address, visit.now);
    let turn = shell.hashing.acquire().await.map_err(PageError::internal)?;
    if people::verified(&visit.db, &name, &given.current).await.map_err(from_person)?.is_none() {
        return refuse("current", visit.t("web-account-wrong")).await;
    }
    shell.throttle.succeeded(&name);
    let mut tx = visit.db.begin().await?;
    let me = (visit.user_id.as_str(), name.as_str());
    let ended = match people::change_password(&mut tx, me, &visit.session, &given.new, visit.now).await {
        Ok(ended) => ended,
        Err(PersonError::Password) => {
            drop(tx);
            let least = i64::try_from(people::PASSWORD_LEAST).unwrap_or_default();
            return refuse("new", visit.t_args("web-users-bad-password", &[("count", least.into())])).await;
        }
        Err(other) => return Err(from_person(other)),
    };
    drop(turn);
    tx.commit().await?;
    let count = i64::try_from(ended).unwrap_or(i64::MAX);
    Ok(visit.go_saying("/account", Tone::Good, "web-account-changed", &[("count", count.into())]))
}

pub(crate) async fn end_session(visit: Visit, Path(id): Path<String>) -> Answer {
    if id == visit.session {
        return Err(Fault::Conflict.into()); // Signing out is how one leaves oneself.
    }
    end(visit, Some(id)).await
}

pub(crate) async fn end_others(visit: Visit) -> Answer {
    end(visit, None).await
}

async fn end(visit: Visit, one: Option<String>) -> Answer {
    let mut tx = visit.db.begin().await?;
    let me = (visit.user_id.as_str(), visit.viewer.name.as_str());
    let ended = people::end_own_sessions(&mut tx, me, &visit.session, one.as_deref(), visit.now).await?;
    tx.commit().await?;
    let count = i64::try_from(ended).unwrap_or(i64::MAX);
    Ok(visit.go_saying("/account", Tone::Good, "web-users-signed-out", &[("count", count.into())]))
}
