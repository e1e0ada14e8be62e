//! Accounts for programs: the list, a new one, another role, a new password, off and on.

use axum::extract::Path;
use serde::Deserialize;
use serde_json::{Value, json};

use super::given::Given;
use super::op::Op;
use super::problem::{ApiAnswer, Code, Problem};
use super::{made, page_of, read_list, schema};
use crate::mailboxes;
use crate::pages::USERS;
use crate::people::{self, NewPerson, PersonError};
use crate::people_many;
use crate::person::{Account, account, one};
use crate::rights::{Right, Role};
use crate::site::Site;
use crate::visit::Visit;
use crate::words::Lang;

/// The operations on accounts.
pub(crate) fn people() -> Site {
    let manage = Right::ManageUsers;
    let post = |path, id, says| Op::post(path, id, manage, says, "User");
    Site::new()
        .api(Op::list("/api/v1/users", "listUsers", manage, "Accounts, by name", &USERS, "User"), list)
        .api(Op::make("/api/v1/users", "addUser", manage, "Adds an account", "User").takes("NewUser"), add)
        .api(
            crate::bulk::op(
                "/api/v1/users/bulk",
                "changeUsers",
                manage,
                "Switches many accounts off or on, or ends their sessions: those of some ids, or all that match a filter; 10,000 at most",
                "UserBulk",
            ),
            bulk,
        )
        .schemas(vec![("UserBulk", crate::bulk::schema(&USERS, &people_many::changes()))])
        .api(Op::get("/api/v1/users/{id}", "getUser", manage, "One account", "User"), get)
        .api(
            post("/api/v1/users/{id}/role", "setUserRole", "Gives an account another role and ends its sessions")
                .takes("NewRole"),
            set_role,
        )
        .api(
            post(
                "/api/v1/users/{id}/password",
                "setUserPassword",
                "Gives an account a new password, ends its sessions and revokes its tokens",
            )
            .takes("NewPassword"),
            set_password,
        )
        .api(
            post("/api/v1/users/{id}/disable", "disableUser", "Switches an account off, for good for its tokens"),
            disable,
        )
        .api(post("/api/v1/users/{id}/enable", "enableUser", "Switches an account on again"), enable)
        .api(
            post(
                "/api/v1/users/{id}/mailboxes",
                "limitUser",
                "Lets an account see the incidents and tickets of some mailboxes alone; of all again when none is named",
            )
            .takes("UserMailboxes"),
            set_mailboxes,
        )
        .api(post("/api/v1/users/{id}/sign-out", "signUserOut", "Ends the sessions of an account"), sign_out)
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let role = || schema::one_of(Role::ALL.map(Role::as_str));
    let lang = || schema::one_of(Lang::ALL.map(Lang::tag));
    let password = || schema::words(people::PASSWORD_LEAST, people::PASSWORD_MOST);
    vec![
        (
            "User",
            schema::object(&[
                ("id", schema::text()),
                ("name", schema::text()),
                ("role", role()),
                ("language", lang()),
                ("disabled", schema::flag()),
                ("seen", schema::maybe_moment()),
                ("sessions", schema::count()),
                ("mailboxes", schema::many(schema::text())),
            ]),
        ),
        (
            "NewUser",
            schema::given(
                3,
                &[("name", schema::words(2, 40)), ("role", role()), ("password", password()), ("language", lang())],
            ),
        ),
        ("UserMailboxes", schema::given(1, &[("mailboxes", schema::some(0, 50, schema::words(3, 254)))])),
        ("NewRole", schema::given(1, &[("role", role())])),
        ("NewPassword", schema::given(1, &[("password", password())])),
    ]
}

fn user_json(one: &Account) -> Value {
    json!({
        "id": one.id, "name": one.name, "role": one.role.as_str(), "language": one.lang, "disabled": one.disabled,
        "seen": one.seen.map(manara_model::Micros::rfc3339), "sessions": one.sessions,
        "mailboxes": one.mailboxes.names(),
    })
}

/// What cannot be done with an account, as programs are told.
fn problem(error: PersonError) -> Problem {
    match error {
        PersonError::Store(error) => error.into(),
        PersonError::Hash(cause) => Problem::internal(cause),
        PersonError::Nobody => Problem::not_found(),
        PersonError::LastAdministrator => Problem::refused("last-administrator", error),
        PersonError::Taken => Problem::refused("name-taken", error),
        PersonError::Name | PersonError::Password => Problem::new(Code::Invalid, error),
    }
}

/// The account of the path. One's own is another's to change.
async fn others(visit: &Visit, id: &str) -> Result<Account, Problem> {
    sees_all(visit)?;
    let one = one(&visit.db, id).await?.ok_or_else(Problem::not_found)?;
    match one.id == visit.user_id {
        true => Err(Problem::refused("oneself", "this is the account of the token; another administrator changes it")),
        false => Ok(one),
    }
}

/// An account opens all its person may see: a program that sees less neither makes one nor changes one.
pub(crate) fn sees_all(visit: &Visit) -> Result<(), Problem> {
    let detail = "a token limited to mailboxes adds and changes no accounts";
    if visit.sees_less_than_its_person() { Err(Problem::new(Code::Scope, detail)) } else { Ok(()) }
}

async fn told(visit: &Visit, id: &str) -> ApiAnswer {
    let one = one(&visit.db, id).await?.ok_or_else(Problem::not_found)?;
    Ok(super::json(&user_json(&one)))
}

async fn list(visit: Visit) -> ApiAnswer {
    let found = read_list(&USERS, &visit)?.fetch(&visit.db, &[], account).await?;
    let next = found.next();
    Ok(page_of(found.rows.iter().map(user_json).collect(), next))
}

async fn bulk(visit: Visit, Given(given): Given<Value>) -> ApiAnswer {
    crate::bulk::program(visit, &people_many::Accounts, given).await
}

async fn get(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let one = one(&visit.db, &id).await?.ok_or_else(Problem::not_found)?;
    Ok(super::record(&user_json(&one)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewUser {
    name: String,
    role: String,
    password: String,
    #[serde(default)]
    language: Option<String>,
}

async fn add(visit: Visit, Given(new): Given<NewUser>) -> ApiAnswer {
    sees_all(&visit)?;
    let role = read_role(&new.role)?;
    let lang = match &new.language {
        None => Lang::En,
        Some(tag) => Lang::parse(tag).ok_or_else(|| Problem::invalid("language", "unknown", tag))?,
    };
    let person = NewPerson { name: new.name, role, lang, password: new.password };
    let mut tx = visit.db.begin().await?;
    let id = people::create_user(&mut tx, &visit.viewer.name, &person, visit.now).await.map_err(problem)?;
    tx.commit().await?;
    let one = one(&visit.db, &id).await?.ok_or_else(Problem::not_found)?;
    Ok(made(&format!("/api/v1/users/{id}"), &user_json(&one)))
}

fn read_role(text: &str) -> Result<Role, Problem> {
    Role::parse(text).ok_or_else(|| Problem::invalid("role", "unknown", text))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewRole {
    role: String,
}

async fn set_role(visit: Visit, Path(id): Path<String>, Given(new): Given<NewRole>) -> ApiAnswer {
    let role = read_role(&new.role)?;
    let one = others(&visit, &id).await?;
    let mut tx = visit.db.begin().await?;
    people::change_role(&mut tx, &visit.viewer.name, &one.name, role, visit.now).await.map_err(problem)?;
    tx.commit().await?;
    told(&visit, &id).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    password: String,
}

async fn set_password(visit: Visit, Path(id): Path<String>, Given(new): Given<NewPassword>) -> ApiAnswer {
    let one = others(&visit, &id).await?;
    let mut tx = visit.db.begin().await?;
    let done = people::reset_password(&mut tx, &visit.viewer.name, &one.name, &new.password, visit.now).await;
    done.map_err(problem)?;
    tx.commit().await?;
    told(&visit, &id).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UserMailboxes {
    mailboxes: Vec<String>,
}

async fn set_mailboxes(visit: Visit, Path(id): Path<String>, Given(given): Given<UserMailboxes>) -> ApiAnswer {
    let one = others(&visit, &id).await?;
    let chosen = mailboxes::named(&visit, &given.mailboxes)
        .ok_or_else(|| Problem::invalid("mailboxes", "address", given.mailboxes.join(" ")))?;
    // Whoever sees some mailboxes opens no others for anybody.
    if !chosen.are_within(&visit.viewer.mailboxes) {
        return Err(Problem::invalid("mailboxes", "beyond", given.mailboxes.join(" ")));
    }
    let mut tx = visit.db.begin().await?;
    people::set_mailboxes(&mut tx, &visit.viewer.name, &one.name, &chosen, visit.now).await.map_err(problem)?;
    tx.commit().await?;
    told(&visit, &id).await
}

async fn disable(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    switch(visit, id, true).await
}

async fn enable(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    switch(visit, id, false).await
}

async fn switch(visit: Visit, id: String, disabled: bool) -> ApiAnswer {
    others(&visit, &id).await?;
    let mut tx = visit.db.begin().await?;
    people::switch_account(&mut tx, &visit.viewer.name, &id, disabled, visit.now).await.map_err(problem)?;
    tx.commit().await?;
    told(&visit, &id).await
}

async fn sign_out(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    sees_all(&visit)?;
    one(&visit.db, &id).await?.ok_or_else(Problem::not_found)?;
    let mut tx = visit.db.begin().await?;
    people::end_sessions_of(&mut tx, &visit.viewer.name, &id, visit.now).await?;
    tx.commit().await?;
    told(&visit, &id).await
}
