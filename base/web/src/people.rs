//! People, their passwords and their sessions.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use manara_model::{Mailboxes, Micros, Tlp};
use manara_store::{Db, Journal, Row, StoreError, Tx};
use sha2::{Digest as _, Sha256};

use crate::preferences::Preferences;
use crate::rights::{Right, Role};
use crate::words::Lang;

/// A session nobody used for so long is over.
const IDLE_HOURS: i64 = 12;
/// A session is over after so long in any case.
pub(crate) const WHOLE_DAYS: i64 = 7;
/// When somebody was last seen is written down this often.
const SEEN_EVERY: i64 = 5 * 60 * 1_000_000;
/// A password is at least so long; nothing else is asked of it.
pub(crate) const PASSWORD_LEAST: usize = 12;
/// And at most so long.
pub(crate) const PASSWORD_MOST: usize = 512;

const ADD_USER: &str = "
    INSERT INTO web_user (id, name, role, lang, clearance, password, disabled, made_at, seen_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const ANYBODY: &str = "SELECT id FROM web_user LIMIT 1";
const USER_BY_NAME: &str = "SELECT id, name, role, lang, password, disabled FROM web_user WHERE name = $1";
const NAME: &str = "SELECT name FROM web_user WHERE id = $1";
const TEAM: &str = "SELECT name, role FROM web_user WHERE disabled = $1 ORDER BY name LIMIT 1000";
const CLEARED: &str =
    "SELECT name, role, mailboxes FROM web_user WHERE disabled = $1 AND clearance >= $2 ORDER BY name LIMIT 1000";
const PEOPLE: &str = "
    SELECT u.id, u.name, u.lang, u.clearance, p.region, p.digits, p.islamic, p.zone, p.theme, p.density, p.keys,
        p.live, p.keep, u.mailboxes
      FROM web_user u LEFT JOIN web_preference p ON p.user_id = u.id
     WHERE u.disabled = $1 ORDER BY u.name LIMIT 1000";
const SET_PASSWORD: &str = "UPDATE web_user SET password = $2 WHERE name = $1";
const SET_DISABLED: &str = "UPDATE web_user SET disabled = $2 WHERE id = $1";
const ROLE_OF: &str = "SELECT id, role, clearance FROM web_user WHERE name = $1";
const SET_ROLE: &str = "UPDATE web_user SET role = $2, clearance = $3 WHERE id = $1";
const ADMINISTRATORS: &str = "SELECT COUNT(*) FROM web_user WHERE role = $1 AND disabled = $2";
const MAILBOXES_OF: &str = "SELECT id, mailboxes FROM web_user WHERE name = $1";
const LIMIT_OF: &str = "SELECT name, mailboxes FROM web_user WHERE id = $1";
const SET_MAILBOXES: &str = "UPDATE web_user SET mailboxes = $2 WHERE id = $1";
const SET_SEEN: &str = "UPDATE web_user SET seen_at = $2 WHERE id = $1";
const ADD_SESSION: &str = "
    INSERT INTO web_session (id, user_id, made_at, seen_at, address, agent) VALUES ($1, $2, $3, $4, $5, $6)";
const SESSION: &str = "
    SELECT s.user_id, u.name, u.role, u.lang, u.clearance, s.seen_at,
           p.region, p.digits, p.islamic, p.zone, p.theme, p.density, p.keys, p.live, p.keep, u.mailboxes
      FROM web_session s JOIN web_user u ON u.id = s.user_id LEFT JOIN web_preference p ON p.user_id = u.id
     WHERE s.id = $1 AND s.seen_at > $2 AND s.made_at > $3 AND u.disabled = $4";
const IS_LIVE_SESSION: &str = "
    SELECT COUNT(*) FROM web_session s JOIN web_user u ON u.id = s.user_id
     WHERE s.id = $1 AND s.seen_at > $2 AND s.made_at > $3 AND u.disabled = $4 AND u.mailboxes = $5";
const SEEN: &str = "UPDATE web_session SET seen_at = $2 WHERE id = $1";
const END_SESSION: &str = "DELETE FROM web_session WHERE id = $1";
const END_SESSIONS_OF: &str = "DELETE FROM web_session WHERE user_id = $1";
const SESSIONS_OF: &str = "
    SELECT id, made_at, seen_at, address, agent FROM web_session
     WHERE user_id = $1 AND seen_at > $2 AND made_at > $3 ORDER BY seen_at DESC, id LIMIT 100";
const END_OWN_SESSION: &str = "DELETE FROM web_session WHERE id = $1 AND user_id = $2";
const END_OTHER_SESSIONS: &str = "DELETE FROM web_session WHERE user_id = $1 AND id <> $2";
const END_OLD_SESSIONS: &str = "DELETE FROM web_session WHERE seen_at < $1 OR made_at < $2";

/// Why a person cannot be added or changed.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// The name is empty, too long, or has characters a login name has not.
    #[error("a name has 2 to 40 letters, digits, dots, dashes or underscores")]
    Name,
    /// The password is too short or too long.
    #[error("a password has {PASSWORD_LEAST} to {PASSWORD_MOST} characters")]
    Password,
    /// Somebody has the name already.
    #[error("somebody has this name already")]
    Taken,
    /// There is nobody of this name.
    #[error("there is nobody of this name")]
    Nobody,
    /// Nobody would be left who may look after people.
    #[error("this is the last administrator who may sign in; make somebody else an administrator first")]
    LastAdministrator,
    /// The password could not be hashed.
    #[error("the password cannot be hashed: {0}")]
    Hash(String),
    /// The database said no.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Somebody to be added.
#[derive(Clone)]
pub struct NewPerson {
    /// Login name.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Their language.
    pub lang: Lang,
    /// Their first password.
    pub password: String,
}

impl std::fmt::Debug for NewPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewPerson").field("name", &self.name).field("role", &self.role).finish_non_exhaustive()
    }
}

/// Adds a person and gives their id.
pub async fn create_user(tx: &mut Tx, who: &str, person: &NewPerson, now: Micros) -> Result<String, PersonError> {
    let name = login_name(&person.name).ok_or(PersonError::Name)?;
    let password = hash(&person.password).await?;
    let id = uuid::Uuid::now_v7().to_string();
    let added = tx
        .run(
            ADD_USER,
            &[
                (&id).into(),
                (&name).into(),
                person.role.as_str().into(),
                person.lang.tag().into(),
                person.role.clearance().rank().into(),
                password.into(),
                false.into(),
                now.into(),
                "".into(),
            ],
        )
        .await;
    match added {
        Ok(_) => {}
        Err(error) if error.is_duplicate() => return Err(PersonError::Taken),
        Err(error) => return Err(error.into()),
    }
    let detail = serde_json::json!({ "name": name, "role": person.role.as_str() }).to_string();
    Journal::write(tx, who, "web", "user_added", &id, &detail, now).await?;
    Ok(id)
}

/// Adds the first people of an installation; does nothing when there is anybody already, and says so with `false`.
pub async fn ensure_first_users(db: &Db, people: &[NewPerson], now: Micros) -> Result<bool, PersonError> {
    let mut tx = db.begin().await?;
    if tx.read_one(ANYBODY, &[]).await?.is_some() {
        return Ok(false);
    }
    for person in people {
        create_user(&mut tx, "manara", person, now).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Whether anybody has an account.
pub async fn has_people(db: &Db) -> Result<bool, StoreError> {
    Ok(db.read_one(ANYBODY, &[]).await?.is_some())
}

/// Gives somebody a new password and ends their sessions.
pub async fn reset_password(
    tx: &mut Tx,
    who: &str,
    name: &str,
    password: &str,
    now: Micros,
) -> Result<(), PersonError> {
    let name = login_name(name).ok_or(PersonError::Name)?;
    let hashed = hash(password).await?;
    let user = tx.read_one(USER_BY_NAME, &[(&name).into()]).await?.ok_or(PersonError::Nobody)?;
    let id = user.text(0)?;
    tx.run(SET_PASSWORD, &[(&name).into(), hashed.into()]).await?;
    tx.run(END_SESSIONS_OF, &[(&id).into()]).await?;
    // Whoever had the old one may have made tokens with it.
    crate::tokens::revoke_all_of(tx, &id, now).await?;
    Journal::write(tx, who, "web", "password_changed", &id, &named(&name), now).await?;
    Ok(())
}

/// Gives somebody the password they chose themselves and ends their sessions but the one they are in; says how many.
pub(crate) async fn change_password(
    tx: &mut Tx,
    (user_id, name): (&str, &str),
    session: &str,
    password: &str,
    now: Micros,
) -> Result<u64, PersonError> {
    let hashed = hash(password).await?;
    tx.run(SET_PASSWORD, &[name.into(), hashed.into()]).await?;
    let ended = tx.run(END_OTHER_SESSIONS, &[user_id.into(), session.into()]).await?;
    Journal::write(tx, name, "web", "password_changed", user_id, &named(name), now).await?;
    Ok(ended)
}

/// Where somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OpenSession {
    pub id: String,
    pub made: Micros,
    pub seen: Micros,
    pub address: String,
    pub agent: String,
}

/// The open sessions of somebody, the one used last first.
pub(crate) async fn sessions_of(db: &Db, user_id: &str, now: Micros) -> Result<Vec<OpenSession>, StoreError> {
    let (idle, whole) = oldest(now);
    let rows = db.read(SESSIONS_OF, &[user_id.into(), idle.into(), whole.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(OpenSession {
                id: row.text(0)?,
                made: row.moment(1)?,
                seen: row.moment(2)?,
                address: row.text(3)?,
                agent: row.text(4)?,
            })
        })
        .collect()
}

/// Ends one session of somebody, or all but the one they are in (`None`); says how many there were.
pub(crate) async fn end_own_sessions(
    tx: &mut Tx,
    (user_id, name): (&str, &str),
    session: &str,
    one: Option<&str>,
    now: Micros,
) -> Result<u64, StoreError> {
    let ended = match one {
        Some(id) => tx.run(END_OWN_SESSION, &[id.into(), user_id.into()]).await?,
        None => tx.run(END_OTHER_SESSIONS, &[user_id.into(), session.into()]).await?,
    };
    if ended > 0 {
        Journal::write(tx, name, "web", "sessions_ended", user_id, "{}", now).await?;
    }
    Ok(ended)
}

/// Everybody who may sign in: name and role, by name.
pub async fn team(db: &Db) -> Result<Vec<(String, Role)>, StoreError> {
    let rows = db.read(TEAM, &[false.into()]).await?;
    rows.iter().map(|row| Ok((row.text(0)?, role_of(row, 1)?))).collect()
}

/// The same inside a transaction.
pub async fn team_in(tx: &mut Tx) -> Result<Vec<(String, Role)>, StoreError> {
    let rows = tx.read(TEAM, &[false.into()]).await?;
    rows.iter().map(|row| Ok((row.text(0)?, role_of(row, 1)?))).collect()
}

/// Everybody who may sign in and see what is marked so and of a mailbox (empty for what came to none; `None` where mailboxes hide
/// nothing), inside a transaction: name and role, by name.
async fn cleared_in(tx: &mut Tx, marking: Tlp, mailbox: Option<&str>) -> Result<Vec<(String, Role)>, StoreError> {
    let mut cleared = Vec::new();
    for row in tx.read(CLEARED, &[false.into(), marking.rank().into()]).await? {
        let mailboxes = mailboxes_of(&row, 2)?;
        if mailbox.is_none_or(|mailbox| mailboxes.has(mailbox)) {
            cleared.push((row.text(0)?, role_of(&row, 1)?));
        }
    }
    Ok(cleared)
}

/// Whether nobody but a person has a right and may see what is marked so and of a mailbox (`None` where mailboxes hide nothing):
/// there is nobody else to ask for a second look.
pub async fn is_alone_in(
    tx: &mut Tx,
    who: &str,
    right: Right,
    (marking, mailbox): (Tlp, Option<&str>),
) -> Result<bool, StoreError> {
    let people = cleared_in(tx, marking, mailbox).await?;
    let mut may = people.iter().filter(|(_, role)| role.may(right)).map(|(name, _)| name);
    Ok(may.next().is_some_and(|name| name == who) && may.next().is_none())
}

pub(crate) fn mailboxes_of(row: &Row, at: usize) -> Result<Mailboxes, StoreError> {
    let text = row.text(at)?;
    Mailboxes::parse(&text).ok_or_else(|| StoreError::unknown("mailboxes", text))
}

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: String,
    /// Their login name.
    pub name: String,
    /// Their language.
    pub lang: Lang,
    /// How far up the TLP ladder they look.
    pub clearance: Tlp,
    /// The mailboxes whose records they may see.
    pub mailboxes: Mailboxes,
    /// What they set; `None` when they set nothing.
    pub preferences: Option<Preferences>,
}

/// Everybody who may sign in, by name.
pub async fn people(db: &Db) -> Result<Vec<Person>, StoreError> {
    let rows = db.read(PEOPLE, &[false.into()]).await?;
    rows.iter()
        .map(|row| {
            let rank = row.int(3)?;
            Ok(Person {
                id: row.text(0)?,
                name: row.text(1)?,
                lang: Lang::parse(&row.text(2)?).unwrap_or(Lang::En),
                clearance: Tlp::from_rank(rank).ok_or_else(|| StoreError::unknown("web_user.clearance", rank))?,
                mailboxes: mailboxes_of(row, 13)?,
                preferences: Preferences::read(row, 4)?,
            })
        })
        .collect()
}

/// A password for a first login: 20 characters that are easy to tell apart.
pub fn random_password() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let bytes: [u8; 20] = rand::random();
    bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32)).copied()).map(char::from).collect()
}

/// Switches an account off, which ends its sessions, or on again.
pub async fn set_disabled(tx: &mut Tx, who: &str, id: &str, disabled: bool, now: Micros) -> Result<(), StoreError> {
    switch_with(tx, who, id, disabled, "{}", now).await
}

/// The same with what its line of the journal says besides.
pub(crate) async fn switch_with(
    tx: &mut Tx,
    who: &str,
    id: &str,
    disabled: bool,
    detail: &str,
    now: Micros,
) -> Result<(), StoreError> {
    if tx.run(SET_DISABLED, &[id.into(), disabled.into()]).await? == 0 {
        return Err(StoreError::NotFound("such person".into()));
    }
    tx.run(END_SESSIONS_OF, &[id.into()]).await?;
    if disabled {
        crate::tokens::revoke_all_of(tx, id, now).await?;
    }
    Journal::write(tx, who, "web", if disabled { "user_disabled" } else { "user_enabled" }, id, detail, now).await
}

/// Makes an account one of another role, and lets it see as far as that role does unless somebody set how far it sees. Where it
/// is of that role already nothing is done, and `false` says so.
pub async fn set_role(tx: &mut Tx, who: &str, name: &str, role: Role, now: Micros) -> Result<bool, StoreError> {
    let row = tx.read_one(ROLE_OF, &[name.into()]).await?;
    let row = row.ok_or_else(|| StoreError::NotFound("such person".into()))?;
    let (id, before, clearance) = (row.text(0)?, role_of(&row, 1)?, row.int(2)?);
    if before == role {
        return Ok(false);
    }
    let clearance = if clearance == before.clearance().rank() { role.clearance().rank() } else { clearance };
    tx.run(SET_ROLE, &[(&id).into(), role.as_str().into(), clearance.into()]).await?;
    let detail = serde_json::json!({ "name": name, "before": before.as_str(), "role": role.as_str() }).to_string();
    Journal::write(tx, who, "web", "role_changed", &id, &detail, now).await?;
    Ok(true)
}

/// The name of an account, and the mailboxes it may see.
pub(crate) async fn limit_of(db: &Db, id: &str) -> Result<Option<(String, Mailboxes)>, StoreError> {
    let row = db.read_one(LIMIT_OF, &[id.into()]).await?;
    row.map(|row| Ok((row.text(0)?, mailboxes_of(&row, 1)?))).transpose()
}

/// Lets an account see the incidents and tickets of some mailboxes alone, or of all again. Where it is so already nothing is
/// done, and `false` says so.
pub async fn set_mailboxes(
    tx: &mut Tx,
    who: &str,
    name: &str,
    mailboxes: &Mailboxes,
    now: Micros,
) -> Result<bool, PersonError> {
    let name = login_name(name).ok_or(PersonError::Nobody)?;
    let row = tx.read_one(MAILBOXES_OF, &[(&name).into()]).await?.ok_or(PersonError::Nobody)?;
    let (id, before, after) = (row.text(0)?, row.text(1)?, mailboxes.as_text());
    if before == after {
        return Ok(false);
    }
    tx.run(SET_MAILBOXES, &[(&id).into(), (&after).into()]).await?;
    let detail = serde_json::json!({ "name": name, "before": before, "mailboxes": after }).to_string();
    Journal::write(tx, who, "web", "mailboxes_changed", &id, &detail, now).await?;
    Ok(true)
}

/// The same when a person says so: their sessions end, for a page that is open would go on with the rights it had. The last
/// administrator who may sign in stays one.
pub async fn change_role(tx: &mut Tx, who: &str, name: &str, role: Role, now: Micros) -> Result<bool, PersonError> {
    let name = login_name(name).ok_or(PersonError::Nobody)?;
    let row = tx.read_one(ROLE_OF, &[(&name).into()]).await?.ok_or(PersonError::Nobody)?;
    let (id, before) = (row.text(0)?, role_of(&row, 1)?);
    let did = set_role(tx, who, &name, role, now).await?;
    if did {
        tx.run(END_SESSIONS_OF, &[(&id).into()]).await?;
    }
    if did && before == Role::Admin {
        still_administered(tx).await?;
    }
    Ok(did)
}

/// Switches an account off or on again; the last administrator who may sign in stays on.
pub(crate) async fn switch_account(
    tx: &mut Tx,
    who: &str,
    id: &str,
    disabled: bool,
    now: Micros,
) -> Result<(), PersonError> {
    set_disabled(tx, who, id, disabled, now).await?;
    if disabled { still_administered(tx).await } else { Ok(()) }
}

/// Refuses what would leave nobody who may look after people. Asked after the change was journalled: writers of the journal take
/// turns, so two administrators cannot take the role from each other at once.
async fn still_administered(tx: &mut Tx) -> Result<(), PersonError> {
    if administrators(tx).await? > 0 { Ok(()) } else { Err(PersonError::LastAdministrator) }
}

/// How many administrators may sign in. Writers take turns, so it stays true until this one is done.
pub(crate) async fn administrators(tx: &mut Tx) -> Result<i64, StoreError> {
    let row = tx.read_one(ADMINISTRATORS, &[Role::Admin.as_str().into(), false.into()]).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// A name in the form it is kept: small letters.
pub(crate) fn login_name(name: &str) -> Option<String> {
    let name = name.trim().to_lowercase();
    let length = name.chars().count();
    let fits = (2..=40).contains(&length) && name.chars().all(|c| c.is_alphanumeric() || ".-_".contains(c));
    fits.then_some(name)
}

fn named(name: &str) -> String {
    serde_json::json!({ "name": name }).to_string()
}

/// What is known of somebody who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub id: String,
    pub user_id: String,
    pub name: String,
    pub role: Role,
    pub lang: Lang,
    pub clearance: Tlp,
    /// The mailboxes whose records they may see.
    pub mailboxes: Mailboxes,
    /// What they set; `None` when they set nothing.
    pub preferences: Option<Preferences>,
}

/// Whether a session goes on, of somebody who may see these mailboxes still.
pub(crate) async fn is_live_session(db: &Db, id: &str, mailboxes: &Mailboxes, now: Micros) -> Result<bool, StoreError> {
    let (idle, whole) = oldest(now);
    let args = [id.into(), idle.into(), whole.into(), false.into(), mailboxes.as_text().into()];
    Ok(db.read_int(IS_LIVE_SESSION, &args).await? > 0)
}

/// The session of a cookie, when it is not over. What a page asks by itself is no use of it (`is_used`).
pub(crate) async fn session(db: &Db, secret: &str, is_used: bool, now: Micros) -> Result<Option<Session>, StoreError> {
    let id = hashed(secret);
    let (idle, whole) = oldest(now);
    let found = db.read_one(SESSION, &[(&id).into(), idle.into(), whole.into(), false.into()]).await?;
    let Some(row) = found else { return Ok(None) };
    if is_used && row.moment(5)?.0 + SEEN_EVERY < now.0 {
        match note_seen(db, &id, now).await {
            // Who only reads need not wait for those who write.
            Err(error) if error.is_away() => {}
            other => other?,
        }
    }
    let unknown = |column, found: String| StoreError::Unknown { column, found };
    Ok(Some(Session {
        id,
        user_id: row.text(0)?,
        name: row.text(1)?,
        role: role_of(&row, 2)?,
        lang: Lang::parse(&row.text(3)?).unwrap_or(Lang::En),
        clearance: Tlp::from_rank(row.int(4)?).ok_or_else(|| unknown("web_user.clearance", String::new()))?,
        mailboxes: mailboxes_of(&row, 15)?,
        preferences: Preferences::read(&row, 6)?,
    }))
}

async fn note_seen(db: &Db, session: &str, now: Micros) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    tx.run(SEEN, &[session.into(), now.into()]).await?;
    tx.commit().await
}

pub(crate) fn role_of(row: &Row, at: usize) -> Result<Role, StoreError> {
    let text = row.text(at)?;
    Role::parse(&text).ok_or(StoreError::Unknown { column: "web_user.role", found: text })
}

fn oldest(now: Micros) -> (Micros, Micros) {
    (Micros(now.0 - IDLE_HOURS * 3_600_000_000), now.plus_days(-WHOLE_DAYS))
}

/// Checks a name and a password; an unknown or disabled name takes as long as a wrong password.
pub(crate) async fn verified(db: &Db, name: &str, password: &str) -> Result<Option<(String, String)>, PersonError> {
    let found = match login_name(name) {
        Some(name) => db.read_one(USER_BY_NAME, &[name.into()]).await?,
        None => None,
    };
    let (person, stored) = match found {
        Some(row) if !row.bool(5)? => (Some((row.text(0)?, row.text(1)?)), row.text(4)?),
        _ => (None, dummy_hash().await?),
    };
    let password = password.to_string();
    let right = tokio::task::spawn_blocking(move || {
        let Ok(parsed) = PasswordHash::new(&stored) else { return false };
        password.len() <= PASSWORD_MOST * 4 && argon().verify_password(password.as_bytes(), &parsed).is_ok()
    })
    .await
    .map_err(|error| PersonError::Hash(error.to_string()))?;
    Ok(person.filter(|_| right))
}

/// Begins a session and gives its secret, which only the browser keeps.
pub(crate) async fn begin_session(
    tx: &mut Tx,
    (user_id, name): (&str, &str),
    (address, agent): (&str, &str),
    now: Micros,
) -> Result<String, StoreError> {
    let secret = random_secret();
    let (idle, whole) = oldest(now);
    tx.run(END_OLD_SESSIONS, &[idle.into(), whole.into()]).await?;
    let agent: String = agent.chars().take(200).collect();
    tx.run(
        ADD_SESSION,
        &[hashed(&secret).into(), user_id.into(), now.into(), now.into(), address.into(), agent.into()],
    )
    .await?;
    tx.run(SET_SEEN, &[user_id.into(), now.into()]).await?;
    Journal::write(tx, name, "web", "logged_in", user_id, "{}", now).await?;
    Ok(secret)
}

pub(crate) async fn end_session(tx: &mut Tx, id: &str) -> Result<u64, StoreError> {
    tx.run(END_SESSION, &[id.into()]).await
}

/// 256 random bits.
pub(crate) fn random_secret() -> String {
    let bytes: [u8; 32] = rand::random();
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Eight letters to find a request in the log.
pub(crate) fn short_id() -> String {
    let bytes: [u8; 5] = rand::random();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How a secret is kept: by its SHA-256.
pub(crate) fn hashed(secret: &str) -> String {
    Sha256::digest(secret).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// 19 MiB, two passes, one lane: the interactive parameters OWASP names.
fn argon() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1024, 2, 1, None).unwrap_or_default())
}

async fn hash(password: &str) -> Result<String, PersonError> {
    if !(PASSWORD_LEAST..=PASSWORD_MOST).contains(&password.chars().count()) {
        return Err(PersonError::Password);
    }
    let password = password.to_string();
    let hashed = tokio::task::spawn_blocking(move || argon().hash_password(password.as_bytes()).map(|h| h.to_string()));
    hashed
        .await
        .map_err(|error| PersonError::Hash(error.to_string()))?
        .map_err(|error| PersonError::Hash(error.to_string()))
}

async fn dummy_hash() -> Result<String, PersonError> {
    static DUMMY: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();
    DUMMY.get_or_try_init(|| hash("nobody has this password")).await.cloned()
}

/// The id of whoever has a name.
pub(crate) async fn id_of(tx: &mut Tx, name: &str) -> Result<Option<String>, StoreError> {
    let Some(name) = login_name(name) else { return Ok(None) };
    match tx.read_one(USER_BY_NAME, &[name.into()]).await? {
        Some(row) => Ok(Some(row.text(0)?)),
        None => Ok(None),
    }
}

/// The name of a person.
pub(crate) async fn name_of(db: &Db, id: &str) -> Result<Option<String>, StoreError> {
    db.read_one(NAME, &[id.into()]).await?.map(|row| row.text(0)).transpose()
}

/// Ends all sessions of somebody and says how many there were.
pub(crate) async fn end_sessions_of(tx: &mut Tx, who: &str, user_id: &str, now: Micros) -> Result<u64, StoreError> {
    end_sessions_with(tx, who, user_id, "{}", now).await
}

/// The same with what its line of the journal says besides.
pub(crate) async fn end_sessions_with(
    tx: &mut Tx,
    who: &str,
    user_id: &str,
    detail: &str,
    now: Micros,
) -> Result<u64, StoreError> {
    let ended = tx.run(END_SESSIONS_OF, &[user_id.into()]).await?;
    Journal::write(tx, who, "web", "sessions_ended", user_id, detail, now).await?;
    Ok(ended)
}
