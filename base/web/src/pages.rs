//! The shell's own pages: about, languages, journal, people, health, errors.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use manara_model::{Entry, Micros};
use manara_store::{Row, StoreError};
use serde::Deserialize;

use crate::account;
use crate::account_tokens;
use crate::api;
use crate::design;
use crate::error::{Answer, Fault, PageError};
use crate::export::Cell;
use crate::first;
use crate::keys;
use crate::list::{Ask, Cursor, EXPORT_MOST, Filter, Found, Key, Kind, ListSpec, ListView, Sort};
use crate::local_path;
use crate::login;
use crate::mailboxes;
use crate::markup::Markup;
use crate::mistake::Mistake;
use crate::nav::{NAV, NavItem};
use crate::people::{self, NewPerson, PersonError};
use crate::people_many::{self, Accounts};
use crate::person;
use crate::preferences;
use crate::rights::{Right, Role};
use crate::services::Service;
use crate::site::Site;
use crate::undo::{Question, Undo};
use crate::views_page;
use crate::visit::{Page, Tone, Visit};
use crate::words::Lang;

/// Lines of the journal that are read at once for whoever does not see all of them, and how often for a page and for an export.
const SEEN_STEP: usize = 500;
const SEEN_STEPS: usize = 40;
const EXPORT_STEPS: usize = 1_000;

/// The routes of the shell.
pub(crate) fn site() -> Site {
    Site::new()
        .public("/login", login::form)
        .public_post("/login", login::enter)
        .public(first::FIRST_PATH, first::form)
        .public_post(first::FIRST_PATH, first::enter)
        .post("/logout", Right::Enter, login::leave)
        .page("/account", Right::Enter, account::account)
        .page("/account/settings", Right::Enter, preferences::settings)
        .post("/account/settings", Right::Enter, preferences::save)
        .post("/account/password", Right::Enter, account::change_password)
        .post("/account/sessions/{id}/end", Right::Enter, account::end_session)
        .post("/account/sessions/end-others", Right::Enter, account::end_others)
        .page("/account/tokens", Right::Enter, account_tokens::list)
        .post("/account/tokens", Right::Enter, account_tokens::make)
        .page("/account/tokens/{id}/revoke", Right::Enter, account_tokens::ask_revoke)
        .post("/account/tokens/{id}/revoke", Right::Enter, account_tokens::revoke)
        .public("/api", api::api_page)
        .public("/api/openapi.json", api::openapi)
        .public("/about", about)
        .public("/about/languages", languages)
        .public("/about/design", design::design)
        .page("/keys", Right::Enter, keys::keys)
        .page("/journal", Right::ReadJournal, journal)
        .page("/users", Right::ManageUsers, users)
        .post("/users", Right::ManageUsers, add_user)
        .many(Arc::new(Accounts))
        .post("/users/bulk", Right::ManageUsers, people_many::change_many)
        .page("/users/{id}", Right::ManageUsers, person::person)
        .post("/users/{id}/role", Right::ManageUsers, person::change_role)
        .post("/users/{id}/password", Right::ManageUsers, person::give_password)
        .page("/users/{id}/disable", Right::ManageUsers, ask_disable)
        .post("/users/{id}/disable", Right::ManageUsers, disable_user)
        .post("/users/{id}/enable", Right::ManageUsers, enable_user)
        .post("/users/{id}/sign-out", Right::ManageUsers, sign_user_out)
        .page("/users/{id}/mailboxes", Right::ManageUsers, mailboxes::form)
        .post("/users/{id}/mailboxes", Right::ManageUsers, mailboxes::limit)
        .public("/health/live", live)
        .public("/health/ready", ready)
        .merge(api::own())
        .merge(api::account())
        .merge(api::people())
        .merge(crate::bulk::pages())
        .merge(crate::bulk::operations())
        .merge(views_page::site())
}

#[derive(Template)]
#[template(path = "web/error.html")]
struct ErrorPage<'a> {
    page: Page,
    /// The list above the page that is not there.
    above: Option<&'static NavItem>,
    /// Which building blocks switch on what is off.
    establish: Option<String>,
    /// The service that is off.
    service: Option<Service>,
    /// Whether the reader may switch it on by hand.
    by_hand: bool,
    why: String,
    how: String,
    id: &'a str,
    /// Where the reader may try again.
    again: Option<String>,
    /// Whether the way on is to sign in.
    sign_in: bool,
}

/// An error in the reader's language: what, why, and what to do.
pub(crate) fn error_page(visit: &Visit, fault: Fault) -> Response {
    let word = |part: &str| visit.t(&format!("web-error-{}-{part}", fault.code()));
    if visit.wants_json {
        let problem = serde_json::json!({
            "type": "about:blank",
            "title": word("title"),
            "status": fault.status().as_u16(),
            "detail": word("why"),
            "code": fault.code(),
            "id": visit.id,
            "instance": visit.instance(),
        });
        let kind = [(header::CONTENT_TYPE, "application/problem+json; charset=utf-8")];
        return (fault.status(), kind, problem.to_string()).into_response();
    }
    let path = visit.uri.path();
    let above = NAV.iter().find(|item| item.href != "/" && item.is_of(path) && visit.shell.may_open(visit, item.href));
    // Answers to forms stand at addresses that are no page: the way up is still known.
    let page = visit.page_titled(word("title"));
    let page = match above {
        Some(item) => page.under(item.href, item.key),
        None => page,
    };
    // A page that was only read can be read again; what a form sent is sent again from its own page.
    let same = visit.uri.path_and_query().map_or("/", |path| path.as_str());
    let again = (fault == Fault::Database).then(|| local_path(same).unwrap_or("/").to_string());
    let sign_in = visit.role.is_none();
    let of = NAV.iter().find(|item| item.href != "/" && item.is_of(path)).map(|item| item.right);
    // What is off is switched on by a building block, or by hand.
    let service = visit.services.missing(path, of).filter(|_| fault == Fault::ServiceOff);
    let establish = (fault == Fault::ServiceOff).then(|| match service {
        Some(service) => format!("/framework/establish?service={}", service.as_str()),
        None => "/framework/establish".to_string(),
    });
    let establish = establish.filter(|_| visit.shell.may_open(visit, "/framework/establish"));
    let by_hand =
        fault == Fault::ServiceOff && visit.may(Right::SwitchServices) && visit.shell.has_page("/framework/services");
    let template = ErrorPage {
        page,
        above,
        establish,
        service,
        by_hand,
        why: word("why"),
        how: word("how"),
        id: &visit.id,
        again,
        sign_in,
    };
    let mut response = (fault.status(), template.render().unwrap_or_default()).into_response();
    if matches!(fault, Fault::TooMany | Fault::Unavailable | Fault::Overdue) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

#[derive(Template)]
#[template(path = "web/about.html")]
struct AboutPage {
    page: Page,
    version: &'static str,
}

async fn about(visit: Visit) -> Answer {
    visit.html(&AboutPage { page: visit.page("web-about-title"), version: env!("CARGO_PKG_VERSION") })
}

#[derive(Template)]
#[template(path = "web/languages.html")]
struct LanguagesPage {
    page: Page,
    languages: Vec<(Lang, Vec<String>)>,
}

async fn languages(visit: Visit) -> Answer {
    let missing = visit.shell.words.missing();
    let languages = Lang::ALL
        .into_iter()
        .map(|lang| (lang, missing.iter().filter(|(of, _)| *of == lang).map(|(_, key)| key.clone()).collect()))
        .collect();
    let page = visit.page("web-languages-title").under("/about", "web-about-title");
    visit.html(&LanguagesPage { page, languages })
}

/// How the journal may be asked.
pub(crate) static JOURNAL: ListSpec = ListSpec {
    columns: &["id", "at", "who", "plane", "verb", "record", "detail"],
    from: "store_journal",
    only: "",
    filters: &[
        Filter {
            name: "q",
            label: "web-journal-text",
            kind: Kind::Contains,
            sql: r"LOWER(detail) LIKE ? ESCAPE '\' OR LOWER(record) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "plane",
            label: "web-journal-plane",
            kind: Kind::Choice {
                values: &["watch", "warning", "response", "constituency", "framework", "web", "app", "store"],
                words: "web-plane-",
            },
            sql: "plane = ?",
        },
        // Somebody's own doing, and that of their tokens: `sara/nightly`.
        Filter {
            name: "who",
            label: "web-journal-who",
            kind: Kind::Exact,
            sql: r"who = ? OR who LIKE REPLACE(?, '_', '\_') || '/%' ESCAPE '\'",
        },
        Filter { name: "verb", label: "web-journal-verb", kind: Kind::Contains, sql: r"verb LIKE ? ESCAPE '\'" },
        Filter { name: "record", label: "web-journal-record", kind: Kind::Exact, sql: "record = ?" },
        Filter { name: "from", label: "web-list-from", kind: Kind::FromDay, sql: "at >= ?" },
        Filter { name: "until", label: "web-list-until", kind: Kind::UntilDay, sql: "at < ?" },
    ],
    sorts: &[Sort { name: "when", label: "web-journal-when", column: "id", key: Key::Int, descending: true }],
    key: "id",
    key_kind: Key::Int,
};

#[derive(Template)]
#[template(path = "web/journal.html")]
struct JournalPage {
    page: Page,
    list: ListView,
    rows: Vec<Entry>,
}

impl JournalPage {
    /// The detail's names and values.
    fn pairs(&self, entry: &Entry) -> Vec<(String, String)> {
        let Ok(serde_json::Value::Object(pairs)) = serde_json::from_str(&entry.detail) else {
            return vec![(String::new(), entry.detail.clone())];
        };
        let plain = |value: serde_json::Value| match value {
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        };
        pairs.into_iter().map(|(name, value)| (name, plain(value))).collect()
    }

    fn plane(&self, entry: &Entry) -> String {
        self.page.t(format!("web-plane-{}", entry.plane))
    }

    /// The verb in words when there are any, else as it is written.
    fn verb(&self, entry: &Entry) -> String {
        let key = format!("{}-verb-{}", entry.plane, entry.verb.replace('_', "-"));
        let words = &self.page.visit.shell.words;
        if words.has(Lang::En, &key) { self.page.t(key) } else { entry.verb.replace('_', " ") }
    }
}

async fn journal(visit: Visit) -> Answer {
    let ask = JOURNAL.read(&visit)?;
    if let Some(format) = ask.format() {
        let rows = match visit.viewer.mailboxes.is_all() {
            true => ask.fetch_all(&visit.db, &[], EXPORT_MOST, entry).await?,
            false => seen_lines(&visit, &ask, None, (EXPORT_MOST, EXPORT_STEPS)).await?.rows,
        };
        let cells: Vec<_> = rows
            .into_iter()
            .map(|e| {
                vec![
                    e.id.into(),
                    e.at.into(),
                    e.who.into(),
                    e.plane.into(),
                    e.verb.into(),
                    e.record.into(),
                    e.detail.into(),
                ]
            })
            .collect();
        return Ok(visit.export(format, "journal", JOURNAL.columns, &cells));
    }
    let found = lines(&visit, &ask).await?;
    let columns = [
        ("who", "web-journal-who"),
        ("plane", "web-journal-plane"),
        ("verb", "web-journal-verb"),
        ("record", "web-journal-record"),
        ("detail", "web-journal-detail"),
    ];
    let list = ask.view(&visit, &found).with_columns(&visit, &columns);
    visit.html(&JournalPage { page: visit.page("web-journal-title"), list, rows: found.rows })
}

/// A page of the journal, of the lines its reader may see.
pub(crate) async fn lines(visit: &Visit, ask: &Ask) -> Result<Found<Entry>, StoreError> {
    match visit.viewer.mailboxes.is_all() {
        true => ask.fetch(&visit.db, &[], entry).await,
        false => seen_lines(visit, ask, ask.begins().cloned(), (ask.rows(), SEEN_STEPS)).await,
    }
}

/// The same for whoever sees some mailboxes alone: the journal is read on until there are as many as were asked for, so that no page
/// is short because of what it leaves out. Who sees next to nothing of it reads a bounded part at once, and goes on from there.
async fn seen_lines(
    visit: &Visit,
    ask: &Ask,
    mut after: Option<Cursor>,
    (most, steps): (usize, usize),
) -> Result<Found<Entry>, StoreError> {
    let mut kept: Vec<Entry> = Vec::new();
    for _ in 0..steps {
        let (placed, more) = ask.rows_after(&visit.db, after.as_ref(), SEEN_STEP, entry).await?;
        let all = placed.iter().map(|(line, _)| line.clone()).collect();
        let seen = visit.shell.seen_entries(&visit.viewer, all).await?;
        let is_full = kept.len() + seen.len() > most;
        kept.extend(seen);
        kept.truncate(most);
        let last = match (is_full, kept.last()) {
            (true, Some(last)) => placed.iter().find(|(line, _)| line.id == last.id),
            _ => placed.last(),
        };
        let last = last.map(|(_, place)| place.clone());
        if is_full {
            // The last that is kept may be of the step before.
            let next = last.or(after).map(|place| ask.written(&place));
            return Ok(Found::new(kept, next));
        }
        if !more {
            return Ok(Found::new(kept, None));
        }
        after = last;
    }
    Ok(Found::new(kept, after.map(|place| ask.written(&place))))
}

pub(crate) fn entry(row: &Row) -> Result<Entry, StoreError> {
    Ok(Entry {
        id: row.int(0)?,
        at: row.moment(1)?,
        who: row.text(2)?,
        plane: row.text(3)?,
        verb: row.text(4)?,
        record: row.text(5)?,
        detail: row.text(6)?,
    })
}

pub(crate) static USERS: ListSpec = ListSpec {
    columns: &[
        "id",
        "name",
        "role",
        "lang",
        "disabled",
        "seen_at",
        "(SELECT COUNT(*) FROM web_session s WHERE s.user_id = web_user.id)",
        "mailboxes",
    ],
    from: "web_user",
    only: "",
    filters: &[
        Filter { name: "q", label: "web-users-name", kind: Kind::Contains, sql: r"name LIKE ? ESCAPE '\'" },
        Filter {
            name: "role",
            label: "web-users-role",
            kind: Kind::Choice { values: &["admin", "duty", "handler", "analyst", "viewer"], words: "web-role-" },
            sql: "role = ?",
        },
    ],
    sorts: &[
        Sort { name: "name", label: "web-users-name", column: "name", key: Key::Text, descending: false },
        Sort { name: "seen", label: "web-users-seen", column: "seen_at", key: Key::Text, descending: true },
    ],
    key: "id",
    key_kind: Key::Text,
};

struct UserRow {
    id: String,
    name: String,
    role: String,
    lang: String,
    disabled: bool,
    seen: Option<Micros>,
    sessions: i64,
    /// The addresses they are limited to; nothing for all.
    mailboxes: String,
}

#[derive(Template)]
#[template(path = "web/users.html")]
struct UsersPage {
    page: Page,
    list: ListView,
    rows: Vec<UserRow>,
    /// The last change of many accounts, to take back.
    offer: Markup,
    back: String,
    form: NewUser,
    mistake: Mistake,
}

impl UsersPage {
    /// Whether there is more than one mailbox somebody could be limited to.
    fn has_mailboxes(&self) -> bool {
        self.page.visit.shell.config.mailboxes.len() > 1
    }

    fn is_me(&self, row: &UserRow) -> bool {
        row.id == self.page.visit.user_id
    }
}

#[derive(Deserialize, Default)]
struct NewUser {
    #[serde(default)]
    name: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    lang: String,
    #[serde(default)]
    password: String,
}

async fn users(visit: Visit) -> Answer {
    users_page(&visit, StatusCode::OK, NewUser::default(), Mistake::default()).await
}

async fn users_page(visit: &Visit, status: StatusCode, form: NewUser, mistake: Mistake) -> Answer {
    let ask = USERS.read(visit)?;
    if let Some(format) = ask.format() {
        let head = ["id", "name", "role", "lang", "disabled", "seen", "sessions"];
        let cells = |row: &Row| {
            let seen = Micros::parse_rfc3339(&row.text(5)?);
            let texts = [row.text(0)?, row.text(1)?, row.text(2)?, row.text(3)?].map(Cell::from);
            Ok(texts.into_iter().chain([row.bool(4)?.into(), seen.into(), row.int(6)?.into()]).collect::<Vec<_>>())
        };
        let rows = ask.fetch_all(&visit.db, &[], EXPORT_MOST, cells).await?;
        return Ok(visit.export(format, "users", &head, &rows));
    }
    let found = ask
        .fetch(&visit.db, &[], |row| {
            Ok(UserRow {
                id: row.text(0)?,
                name: row.text(1)?,
                role: row.text(2)?,
                lang: row.text(3)?,
                disabled: row.bool(4)?,
                seen: Micros::parse_rfc3339(&row.text(5)?),
                sessions: row.int(6)?,
                mailboxes: mailboxes::in_words(&people::mailboxes_of(row, 7)?),
            })
        })
        .await?;
    let columns = [
        ("role", "web-users-role"),
        ("lang", "web-users-lang"),
        ("seen", "web-users-seen"),
        ("sessions", "web-users-sessions"),
        ("state", "web-users-state"),
        ("mailboxes", "mailboxes-title"),
        ("actions", "web-list-actions"),
    ];
    let list = ask.view(visit, &found).with_columns(visit, &columns);
    let offer = crate::bulk::offer(visit, &Accounts).await?;
    let back = visit.uri.path_and_query().map_or("/users", |path| path.as_str()).to_string();
    let page = visit.page("web-users-title");
    visit.html_status(status, &UsersPage { page, list, rows: found.rows, offer, back, form, mistake })
}

async fn add_user(visit: Visit, Form(form): Form<NewUser>) -> Answer {
    let role = Role::parse(&form.role).ok_or_else(|| PageError::unreadable("role"))?;
    let lang = Lang::parse(&form.lang).ok_or_else(|| PageError::unreadable("lang"))?;
    let person = NewPerson { name: form.name.clone(), role, lang, password: form.password.clone() };
    let mut tx = visit.db.begin().await?;
    let mistake = match people::create_user(&mut tx, &visit.viewer.name, &person, visit.now).await {
        Ok(_) => {
            tx.commit().await?;
            let args = [("name", person.name.into())];
            return Ok(visit.go_saying("/users", Tone::Good, "web-users-added", &args));
        }
        Err(PersonError::Name) => Mistake::at("name", visit.t("web-users-bad-name")),
        Err(PersonError::Password) => {
            let least = i64::try_from(people::PASSWORD_LEAST).unwrap_or_default();
            Mistake::at("password", visit.t_args("web-users-bad-password", &[("count", least.into())]))
        }
        Err(PersonError::Taken) => Mistake::at("name", visit.t("web-users-taken")),
        Err(other) => return Err(login::from_person(other)),
    };
    drop(tx);
    users_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, NewUser { password: String::new(), ..form }, mistake).await
}

/// `GET /users/{id}/disable`: the tokens of a person who is switched off don't come back, so it is asked first.
async fn ask_disable(visit: Visit, Path(id): Path<String>) -> Answer {
    let name = people::name_of(&visit.db, &id).await?.ok_or_else(PageError::not_found)?;
    let question = Question {
        words: visit.t_args("live-ask-disable", &[("name", name.into())]),
        button: "web-users-disable",
        action: format!("/users/{id}/disable"),
        fields: Vec::new(),
        back: "/users".into(),
    };
    visit.ask(visit.page("live-ask-disable-title").under("/users", "web-users-title"), question)
}

async fn disable_user(visit: Visit, Path(id): Path<String>) -> Answer {
    switch_user(visit, id, true).await
}

async fn enable_user(visit: Visit, Path(id): Path<String>) -> Answer {
    switch_user(visit, id, false).await
}

async fn switch_user(visit: Visit, id: String, disabled: bool) -> Answer {
    if id == visit.user_id {
        return Ok(visit.go_saying("/users", Tone::Bad, "web-users-not-oneself", &[]));
    }
    let mut tx = visit.db.begin().await?;
    match people::switch_account(&mut tx, &visit.viewer.name, &id, disabled, visit.now).await {
        Ok(()) => tx.commit().await?,
        Err(PersonError::LastAdministrator) => {
            return Ok(visit.go_saying("/users", Tone::Bad, "web-person-last", &[]));
        }
        Err(other) => return Err(login::from_person(other)),
    }
    if disabled {
        let undo = Undo::at(format!("/users/{id}/enable"));
        return Ok(visit.go_undoable("/users", "web-users-was-disabled", &[], undo));
    }
    Ok(visit.go_saying("/users", Tone::Good, "web-users-was-enabled", &[]))
}

async fn sign_user_out(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut tx = visit.db.begin().await?;
    let ended = people::end_sessions_of(&mut tx, &visit.viewer.name, &id, visit.now).await?;
    tx.commit().await?;
    let count = i64::try_from(ended).unwrap_or(i64::MAX);
    Ok(visit.go_saying("/users", Tone::Good, "web-users-signed-out", &[("count", count.into())]))
}

async fn live() -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "live\n").into_response()
}

async fn ready(visit: Visit) -> Answer {
    match visit.db.read_int("SELECT COUNT(*) FROM store_flow", &[]).await {
        Ok(_) => Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "ready\n").into_response()),
        Err(error) if error.is_away() => Err(error.into()),
        Err(error) => Err(PageError { fault: Fault::Unavailable, cause: error.to_string() }),
    }
}
