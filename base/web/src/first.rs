//! The door before anybody has a key: a token from the terminal makes the first administrator, once.

use askama::Template;
use axum::Form;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use manara_model::Micros;
use manara_store::{Db, Journal, Settings, StoreError};
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;
use subtle::ConstantTimeEq as _;

use crate::api;
use crate::error::{Answer, Fault, PageError};
use crate::login;
use crate::mistake::Mistake;
use crate::people::{self, NewPerson, PersonError};
use crate::rights::Role;
use crate::services;
use crate::visit::{Page, Visit};

/// Where the first administrator is made.
pub const FIRST_PATH: &str = "/setup";
/// Where the administrator goes on.
const NEXT_PATH: &str = "/setup/nation";
/// What is left to be set up.
const STEPS_PATH: &str = "/setup/steps";
/// The setting that holds the hash of the token.
const TOKEN: &str = "web.first_token";
/// How long a token is good for.
const TOKEN_HOURS: i64 = 24;

/// The token that makes the first administrator.
pub struct FirstToken {
    /// What is typed, in groups of five.
    pub token: String,
    /// Until when it is good.
    pub until: Micros,
}

impl std::fmt::Debug for FirstToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FirstToken").field("until", &self.until).finish_non_exhaustive()
    }
}

/// The token as the database keeps it.
#[derive(Serialize, Deserialize)]
struct Kept {
    hash: String,
    until: String,
}

/// A new token for the first administrator; `None` when there is anybody. The token made before is worth nothing then.
pub async fn first_token(db: &Db, now: Micros) -> Result<Option<FirstToken>, StoreError> {
    if people::has_people(db).await? {
        return Ok(None);
    }
    let plain = people::random_password();
    let until = Micros(now.0 + TOKEN_HOURS * 3_600_000_000);
    let kept = Kept { hash: people::hashed(&plain), until: until.rfc3339() };
    let value = serde_json::to_string(&kept).map_err(|error| StoreError::unknown(TOKEN, error))?;
    let mut tx = db.begin().await?;
    Settings::set(&mut tx, TOKEN, &value).await?;
    Journal::write(&mut tx, "manara", "web", "first_token_made", "", "{}", now).await?;
    tx.commit().await?;
    let groups: Vec<&str> = (0..plain.len()).step_by(5).filter_map(|at| plain.get(at..at + 5)).collect();
    Ok(Some(FirstToken { token: groups.join("-"), until }))
}

/// What is served instead of anything else as long as nobody has an account.
pub(crate) async fn instead(visit: &Visit, method: &Method) -> Option<Response> {
    let path = visit.uri.path();
    if path.starts_with("/health/") {
        return None;
    }
    match is_over(visit).await {
        Ok(true) => None,
        Ok(false) if path == FIRST_PATH => None,
        Ok(false) if method == Method::GET && !visit.wants_json && !api::is_api(path) => Some(visit.go(FIRST_PATH)),
        Ok(false) => Some(PageError::from(Fault::SignIn).into_response()),
        Err(error) => Some(PageError::from(error).into_response()),
    }
}

/// Whether there is somebody, or nobody is to be made here.
async fn is_over(visit: &Visit) -> Result<bool, StoreError> {
    let shell = &visit.shell;
    if !shell.config.first_run || shell.inhabited.load(Ordering::Relaxed) {
        return Ok(true);
    }
    let anybody = people::has_people(&visit.db).await?;
    shell.inhabited.store(anybody, Ordering::Relaxed);
    Ok(anybody)
}

#[derive(Template)]
#[template(path = "web/first.html")]
struct FirstPage {
    page: Page,
    given: Given,
    mistake: Mistake,
    least: usize,
}

#[derive(Deserialize, Default)]
pub(crate) struct Given {
    #[serde(default)]
    token: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

/// `GET /setup`
pub(crate) async fn form(visit: Visit) -> Answer {
    if is_over(&visit).await? {
        let signed_in = visit.role.is_some();
        return Ok(visit.go(if signed_in { STEPS_PATH } else { "/login" }));
    }
    show(&visit, StatusCode::OK, Given::default(), Mistake::default())
}

fn show(visit: &Visit, status: StatusCode, given: Given, mistake: Mistake) -> Answer {
    // What was typed stays, but for the secrets a look over the shoulder would give away.
    let given = Given { password: String::new(), again: String::new(), ..given };
    let page = visit.page("setup-first-title");
    visit.html_status(status, &FirstPage { page, given, mistake, least: people::PASSWORD_LEAST })
}

/// `POST /setup`
pub(crate) async fn enter(visit: Visit, headers: HeaderMap, Form(given): Form<Given>) -> Answer {
    if is_over(&visit).await? {
        return Err(PageError::not_found());
    }
    // Counted before the check, so that many tries at once are counted too.
    if !visit.may_guess() {
        return Err(Fault::TooMany.into());
    }
    let Some(kept) = right_token(&visit, &given.token).await? else {
        let mut tx = visit.db.begin().await?;
        let detail = serde_json::json!({ "address": visit.address }).to_string();
        Journal::write(&mut tx, "manara", "web", "first_token_refused", "", &detail, visit.now).await?;
        tx.commit().await?;
        return refuse(&visit, given, StatusCode::FORBIDDEN, ("token", "setup-first-wrong"));
    };
    if given.password != given.again {
        return refuse(&visit, given, StatusCode::UNPROCESSABLE_ENTITY, ("again", "web-account-differ"));
    }
    let shell = visit.shell.clone();
    let turn = shell.hashing.acquire().await.map_err(PageError::internal)?;
    let name = given.name.trim().to_lowercase();
    let person =
        NewPerson { name: name.clone(), role: Role::Admin, lang: visit.lang, password: given.password.clone() };
    let mut tx = visit.db.begin().await?;
    // Whoever takes the token away is the one: of two at once the other finds it gone.
    if !Settings::take(&mut tx, TOKEN, &kept).await? {
        return refuse(&visit, given, StatusCode::FORBIDDEN, ("token", "setup-first-wrong"));
    }
    let id = match people::create_user(&mut tx, &name, &person, visit.now).await {
        Ok(id) => id,
        Err(PersonError::Name) => {
            return refuse(&visit, given, StatusCode::UNPROCESSABLE_ENTITY, ("name", "web-users-bad-name"));
        }
        Err(PersonError::Password) => {
            let least = i64::try_from(people::PASSWORD_LEAST).unwrap_or_default();
            let trouble = visit.t_args("web-users-bad-password", &[("count", least.into())]);
            return show(&visit, StatusCode::UNPROCESSABLE_ENTITY, given, Mistake::at("password", trouble));
        }
        Err(other) => return Err(login::from_person(other)),
    };
    drop(turn);
    services::begin_basic(&mut tx, &name, visit.now).await?;
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let secret = people::begin_session(&mut tx, (&id, &name), (&visit.address, agent), visit.now).await?;
    tx.commit().await?;
    shell.inhabited.store(true, Ordering::Relaxed);
    Ok(login::entered(&visit, if shell.has_page(NEXT_PATH) { NEXT_PATH } else { "/" }, &secret))
}

fn refuse(visit: &Visit, given: Given, status: StatusCode, (field, key): (&str, &str)) -> Answer {
    show(visit, status, given, Mistake::at(field, visit.t(key)))
}

/// The kept token when this is it and its time is not over.
async fn right_token(visit: &Visit, typed: &str) -> Result<Option<String>, PageError> {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).take(100).collect();
    let typed = people::hashed(&plain.to_ascii_lowercase());
    let Some(value) = Settings::get(&visit.db, TOKEN).await? else { return Ok(None) };
    let kept: Kept = serde_json::from_str(&value).map_err(PageError::internal)?;
    let in_time = Micros::parse_rfc3339(&kept.until).is_some_and(|until| visit.now < until);
    let is_right: bool = typed.as_bytes().ct_eq(kept.hash.as_bytes()).into();
    Ok((is_right && in_time).then_some(value))
}
