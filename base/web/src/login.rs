//! Signing in and out, and the reader's own account.

use askama::Template;
use axum::Form;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use manara_store::Journal;
use serde::Deserialize;

use crate::error::{Answer, Fault, PageError};
use crate::local_path;
use crate::people::{self, PersonError, WHOLE_DAYS};
use crate::visit::{Page, Visit};

#[derive(Template)]
#[template(path = "web/login.html")]
struct LoginPage {
    page: Page,
    next: String,
    name: String,
    trouble: Option<String>,
}

/// Sends somebody who is not signed in to the login page, and back afterwards; programs get 401.
pub(crate) fn ask_to_sign_in(visit: &Visit, method: &Method) -> Response {
    if visit.wants_json || method != Method::GET {
        return PageError::from(Fault::SignIn).into_response();
    }
    let asked = visit.uri.path_and_query().map_or("/", |path| path.as_str());
    let next: String = form_urlencoded::byte_serialize(asked.as_bytes()).collect();
    visit.go(&if asked == "/" { "/login".to_string() } else { format!("/login?next={next}") })
}

pub(crate) async fn form(visit: Visit) -> Answer {
    let next = visit.query("next").unwrap_or_default();
    if visit.role.is_some() {
        return Ok(visit.go(&next));
    }
    visit.html(&LoginPage { page: visit.page("web-login-title"), next, name: String::new(), trouble: None })
}

#[derive(Deserialize)]
pub(crate) struct Credentials {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

pub(crate) async fn enter(visit: Visit, headers: HeaderMap, Form(given): Form<Credentials>) -> Answer {
    let shell = visit.shell.clone();
    let account = given.name.trim().to_lowercase();
    if let Some(minutes) = shell.throttle.wait_minutes(&account, &visit.address, visit.now) {
        let trouble = visit.t_args("web-login-wait", &[("count", minutes.into())]);
        return refused(&visit, given, StatusCode::TOO_MANY_REQUESTS, trouble);
    }
    // Counted before the check, so that many tries at once are counted too.
    shell.throttle.failed(&account, &visit.address, visit.now);
    let turn = shell.hashing.acquire().await.map_err(PageError::internal)?;
    let verified = people::verified(&visit.db, &given.name, &given.password).await.map_err(from_person)?;
    drop(turn);
    let Some((user_id, name)) = verified else {
        // A name nobody has may be a password in the wrong field: it is not written down.
        let mut tx = visit.db.begin().await?;
        let detail = serde_json::json!({ "address": visit.address }).to_string();
        let record = people::id_of(&mut tx, &given.name).await?.unwrap_or_default();
        Journal::write(&mut tx, "manara", "web", "login_failed", &record, &detail, visit.now).await?;
        tx.commit().await?;
        let trouble = visit.t("web-login-wrong");
        return refused(&visit, given, StatusCode::UNPROCESSABLE_ENTITY, trouble);
    };
    shell.throttle.succeeded(&account);
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut tx = visit.db.begin().await?;
    people::end_session(&mut tx, &visit.session).await?;
    let secret = people::begin_session(&mut tx, (&user_id, &name), (&visit.address, agent), visit.now).await?;
    tx.commit().await?;
    Ok(entered(&visit, &given.next, &secret))
}

/// Sends somebody on who is signed in from now on.
pub(crate) fn entered(visit: &Visit, path: &str, secret: &str) -> Response {
    let mut response = visit.go(path);
    let cookies = response.headers_mut();
    cookies.append(header::SET_COOKIE, visit.shell.cookie("session", secret, WHOLE_DAYS * 86_400));
    cookies.append(header::SET_COOKIE, visit.shell.cookie("seed", "", 0));
    response
}

fn refused(visit: &Visit, given: Credentials, status: StatusCode, trouble: String) -> Answer {
    let next = local_path(&given.next).unwrap_or_default().to_string();
    let page = visit.page("web-login-title");
    visit.html_status(status, &LoginPage { page, next, name: given.name, trouble: Some(trouble) })
}

pub(crate) async fn leave(visit: Visit, _request: Request) -> Answer {
    let mut tx = visit.db.begin().await?;
    people::end_session(&mut tx, &visit.session).await?;
    Journal::write(&mut tx, &visit.viewer.name, "web", "logged_out", &visit.user_id, "{}", visit.now).await?;
    tx.commit().await?;
    let mut response = visit.go("/login");
    response.headers_mut().append(header::SET_COOKIE, visit.shell.cookie("session", "", 0));
    Ok(response)
}

pub(crate) fn from_person(error: PersonError) -> PageError {
    match error {
        PersonError::Store(error) => error.into(),
        PersonError::Hash(cause) => PageError::internal(cause),
        PersonError::Taken | PersonError::LastAdministrator => Fault::Conflict.into(),
        PersonError::Nobody => Fault::NotFound.into(),
        other => PageError::unreadable(other),
    }
}
