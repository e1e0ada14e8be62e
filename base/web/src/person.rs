//! One account, for whoever looks after people: another role, a new password.

use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use manara_model::{Mailboxes, Micros};
use manara_store::{Db, Row, StoreError};
use serde::Deserialize;

use crate::error::{Answer, PageError};
use crate::login::from_person;
use crate::mistake::Mistake;
use crate::people::{self, PersonError, role_of};
use crate::rights::Role;
use crate::undo::Undo;
use crate::visit::{Page, Tone, Visit};

const ONE: &str = "
    SELECT id, name, role, lang, disabled, seen_at, (SELECT COUNT(*) FROM web_session s WHERE s.user_id = web_user.id),
           mailboxes
      FROM web_user WHERE id = $1";

/// An account as its page and the API show it.
pub(crate) struct Account {
    pub id: String,
    pub name: String,
    pub role: Role,
    pub lang: String,
    pub disabled: bool,
    pub seen: Option<Micros>,
    pub sessions: i64,
    /// The mailboxes whose incidents and tickets they may see.
    pub mailboxes: Mailboxes,
}

/// Reads the columns of [`crate::pages::USERS`].
pub(crate) fn account(row: &Row) -> Result<Account, StoreError> {
    Ok(Account {
        id: row.text(0)?,
        name: row.text(1)?,
        role: role_of(row, 2)?,
        lang: row.text(3)?,
        disabled: row.bool(4)?,
        seen: Micros::parse_rfc3339(&row.text(5)?),
        sessions: row.int(6)?,
        mailboxes: people::mailboxes_of(row, 7)?,
    })
}

/// The account with an id.
pub(crate) async fn one(db: &Db, id: &str) -> Result<Option<Account>, StoreError> {
    db.read_one(ONE, &[id.into()]).await?.as_ref().map(account).transpose()
}

#[derive(Template)]
#[template(path = "web/person.html")]
struct PersonPage {
    page: Page,
    one: Account,
    /// The password that was just made.
    secret: Option<String>,
    mistake: Mistake,
    least: usize,
}

impl PersonPage {
    fn is_me(&self) -> bool {
        self.one.id == self.page.visit.user_id
    }

    fn roles(&self) -> Vec<Role> {
        Role::ALL.into_iter().rev().collect()
    }
}

/// `GET /users/{id}`
pub(crate) async fn person(visit: Visit, Path(id): Path<String>) -> Answer {
    let one = found(&visit, &id).await?;
    show(&visit, StatusCode::OK, one, None, Mistake::default())
}

async fn found(visit: &Visit, id: &str) -> Result<Account, PageError> {
    one(&visit.db, id).await?.ok_or_else(PageError::not_found)
}

fn show(visit: &Visit, status: StatusCode, one: Account, secret: Option<String>, mistake: Mistake) -> Answer {
    let page = visit.page_titled(one.name.clone()).under("/users", "web-users-title");
    visit.html_status(status, &PersonPage { page, one, secret, mistake, least: people::PASSWORD_LEAST })
}

#[derive(Deserialize)]
pub(crate) struct NewRole {
    #[serde(default)]
    role: String,
}

/// `POST /users/{id}/role`
pub(crate) async fn change_role(visit: Visit, Path(id): Path<String>, Form(form): Form<NewRole>) -> Answer {
    let role = Role::parse(&form.role).ok_or_else(|| PageError::unreadable("role"))?;
    let one = found(&visit, &id).await?;
    let here = format!("/users/{id}");
    if id == visit.user_id {
        return Ok(visit.go_saying(&here, Tone::Bad, "web-person-own", &[]));
    }
    let mut tx = visit.db.begin().await?;
    match people::change_role(&mut tx, &visit.viewer.name, &one.name, role, visit.now).await {
        Ok(true) => {
            tx.commit().await?;
            let undo = Undo::at(format!("{here}/role")).with("role", one.role.as_str());
            Ok(visit.go_undoable(&here, "web-person-role-did", &[("name", one.name.into())], undo))
        }
        Ok(false) => Ok(visit.go_saying(&here, Tone::Good, "web-person-role-same", &[("name", one.name.into())])),
        Err(PersonError::LastAdministrator) => Ok(visit.go_saying(&here, Tone::Bad, "web-person-last", &[])),
        Err(other) => Err(from_person(other)),
    }
}

#[derive(Deserialize)]
pub(crate) struct NewPassword {
    #[serde(default)]
    password: String,
}

/// `POST /users/{id}/password`: what is typed, or one that is made and shown in this answer and nowhere else.
pub(crate) async fn give_password(visit: Visit, Path(id): Path<String>, Form(form): Form<NewPassword>) -> Answer {
    let before = found(&visit, &id).await?;
    let here = format!("/users/{id}");
    if id == visit.user_id {
        return Ok(visit.go_saying(&here, Tone::Bad, "web-person-own", &[]));
    }
    let is_made = form.password.is_empty();
    let password = if is_made { people::random_password() } else { form.password };
    let mut tx = visit.db.begin().await?;
    match people::reset_password(&mut tx, &visit.viewer.name, &before.name, &password, visit.now).await {
        Ok(()) => tx.commit().await?,
        Err(PersonError::Password) => {
            drop(tx);
            let least = i64::try_from(people::PASSWORD_LEAST).unwrap_or_default();
            let words = visit.t_args("web-users-bad-password", &[("count", least.into())]);
            let mistake = Mistake::at("password", words);
            return show(&visit, StatusCode::UNPROCESSABLE_ENTITY, before, None, mistake);
        }
        Err(other) => return Err(from_person(other)),
    }
    if !is_made {
        return Ok(visit.go_saying(&here, Tone::Good, "web-person-password-did", &[("name", before.name.into())]));
    }
    let after = found(&visit, &id).await?;
    show(&visit, StatusCode::OK, after, Some(password), Mistake::default())
}
