//! Tokens: how a person lets a program act for them, as far as they say and as long as they say.

use manara_model::{Mailboxes, Micros, Tlp};
use manara_store::{Db, Journal, Row, StoreError, Tx};

use crate::people::{hashed, login_name, mailboxes_of, random_secret, role_of};
use crate::rights::{Right, Role};

/// What every token begins with, so that a scanner for lost secrets knows one.
pub const TOKEN_BEGINS: &str = "mnr_";
/// The most days a token lasts.
pub const TOKEN_DAYS: i64 = 365;
/// Tokens one person has at once.
const MOST: i64 = 50;
/// Characters of a token that are shown later.
const PREFIX: usize = 10;
/// When a token was last used is written down this often.
const USED_EVERY: i64 = 5 * 60 * 1_000_000;

const ADD: &str = "
    INSERT INTO web_token (id, user_id, name, hash, prefix, scopes, made_at, expires_at, used_at, revoked_at, mailboxes)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', '', $9)";
const COUNT: &str = "SELECT COUNT(*) FROM web_token WHERE user_id = $1 AND revoked_at = '' AND expires_at > $2";
const TAKEN: &str =
    "SELECT 1 FROM web_token WHERE user_id = $1 AND name = $2 AND revoked_at = '' AND expires_at > $3 LIMIT 1";
const KNOWN: &str = "
    SELECT t.id, t.name, t.scopes, t.used_at, u.id, u.name, u.role, u.clearance, u.mailboxes, t.mailboxes,
           t.expires_at
      FROM web_token t JOIN web_user u ON u.id = t.user_id
     WHERE t.hash = $1 AND t.revoked_at = '' AND t.expires_at > $2 AND u.disabled = $3";
const LIVE: &str = "
    SELECT u.mailboxes, t.mailboxes FROM web_token t JOIN web_user u ON u.id = t.user_id
     WHERE t.id = $1 AND t.revoked_at = '' AND t.expires_at > $2 AND u.disabled = $3";
const USED: &str = "UPDATE web_token SET used_at = $2 WHERE id = $1";
const REVOKE: &str = "UPDATE web_token SET revoked_at = $2 WHERE id = $1 AND revoked_at = ''";
const REVOKE_ALL: &str = "UPDATE web_token SET revoked_at = $2 WHERE user_id = $1 AND revoked_at = ''";
const COLUMNS: &str =
    "t.id, u.name, t.name, t.prefix, t.scopes, t.made_at, t.expires_at, t.used_at, t.revoked_at, t.mailboxes";
const LIST: &str = "
    SELECT {} FROM web_token t JOIN web_user u ON u.id = t.user_id
     WHERE ($1 = '' OR u.name = $1) ORDER BY t.made_at DESC, t.id LIMIT 1000";
const ONE: &str = "SELECT {} FROM web_token t JOIN web_user u ON u.id = t.user_id WHERE t.id = $1";
const PERSON: &str = "SELECT id, name, role FROM web_user WHERE name = $1 AND disabled = $2";

/// Why a token is not made.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The name has other characters, or too many.
    #[error("the name of a token has 2 to 40 letters, digits, dots, dashes or underscores")]
    Name,
    /// The person has a token of this name.
    #[error("there is a token of this name; revoke it first, or take another name")]
    Taken,
    /// No scope was given, or one the person has no right to.
    #[error("a token has at least one scope, and none its person has no right to")]
    Scopes,
    /// It is to last too long, or no time at all.
    #[error("a token lasts 1 to {TOKEN_DAYS} days")]
    Days,
    /// The person has too many.
    #[error("a person has at most {MOST} tokens; revoke one first")]
    TooMany,
    /// There is nobody of this name, or they are disabled.
    #[error("there is nobody of this name who may sign in")]
    Nobody,
    /// The database said no.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl TokenError {
    /// The last part of the message key: `api-token-…`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Name => "bad-name",
            Self::Taken => "taken",
            Self::Scopes => "bad-scopes",
            Self::Days => "bad-days",
            Self::TooMany => "too-many",
            Self::Nobody | Self::Store(_) => "nobody",
        }
    }
}

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// What its person calls it; the journal names it so.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Right>,
    /// How long.
    pub days: i64,
    /// The mailboxes whose records it may see, of those its person may.
    pub mailboxes: Mailboxes,
}

/// A token as it is listed. The token itself is nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// UUIDv7.
    pub id: String,
    /// Whose.
    pub person: String,
    /// Its name.
    pub name: String,
    /// How it begins.
    pub prefix: String,
    /// What it may do, as far as its person may.
    pub scopes: Vec<String>,
    /// Since when.
    pub made: Micros,
    /// Until when.
    pub expires: Micros,
    /// When it was last used, to five minutes.
    pub used: Option<Micros>,
    /// When it was revoked.
    pub revoked: Option<Micros>,
    /// The mailboxes whose records it may see, of those its person may.
    pub mailboxes: Mailboxes,
}

impl Token {
    /// Whether it still opens anything.
    pub fn is_live(&self, now: Micros) -> bool {
        self.revoked.is_none() && self.expires > now
    }
}

/// A token at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AtWork {
    pub id: String,
    pub name: String,
    pub scopes: Vec<Right>,
    pub expires: Micros,
    /// Whether it sees fewer mailboxes than its person.
    pub narrowed: bool,
}

/// Whoever a token stands for.
pub(crate) struct Known {
    pub token: AtWork,
    pub user_id: String,
    pub person: String,
    pub role: Role,
    pub clearance: Tlp,
    pub mailboxes: Mailboxes,
}

/// Makes a token for somebody and gives it: the only time it is seen. `who` makes it.
pub async fn make_token(
    tx: &mut Tx,
    who: &str,
    person: &str,
    new: &NewToken,
    now: Micros,
) -> Result<String, TokenError> {
    let name = login_name(&new.name).ok_or(TokenError::Name)?;
    if !(1..=TOKEN_DAYS).contains(&new.days) {
        return Err(TokenError::Days);
    }
    let person = login_name(person).ok_or(TokenError::Nobody)?;
    let row = tx.read_one(PERSON, &[(&person).into(), false.into()]).await?.ok_or(TokenError::Nobody)?;
    let (user_id, role) = (row.text(0)?, role_of(&row, 2)?);
    let scopes: Vec<&str> =
        new.scopes.iter().filter(|right| role.may(**right)).filter_map(|right| right.scope()).collect();
    if scopes.is_empty() || scopes.len() != new.scopes.len() {
        return Err(TokenError::Scopes);
    }
    if tx.read_one(TAKEN, &[(&user_id).into(), (&name).into(), now.into()]).await?.is_some() {
        return Err(TokenError::Taken);
    }
    let has = tx.read_one(COUNT, &[(&user_id).into(), now.into()]).await?.map_or(Ok(0), |row| row.int(0))?;
    if has >= MOST {
        return Err(TokenError::TooMany);
    }
    let secret = format!("{TOKEN_BEGINS}{}", random_secret());
    let prefix: String = secret.chars().take(PREFIX).collect();
    let (id, expires) = (uuid::Uuid::now_v7().to_string(), now.plus_days(new.days));
    let scopes = scopes.join(" ");
    let args = [
        (&id).into(),
        (&user_id).into(),
        (&name).into(),
        hashed(&secret).into(),
        prefix.into(),
        (&scopes).into(),
        now.into(),
        expires.into(),
        new.mailboxes.as_text().into(),
    ];
    tx.run(ADD, &args).await?;
    let detail = serde_json::json!({ "name": name, "person": person, "scopes": scopes, "expires": expires.rfc3339(),
        "mailboxes": new.mailboxes.as_text() });
    Journal::write(tx, who, "web", "token_made", &id, &detail.to_string(), now).await?;
    Ok(secret)
}

/// Revokes a token, of `person` alone or (when empty) of anybody; whether it was there to be revoked.
pub async fn revoke_token(tx: &mut Tx, who: &str, person: &str, id: &str, now: Micros) -> Result<bool, StoreError> {
    let Some(row) = tx.read_one(&ONE.replace("{}", COLUMNS), &[id.into()]).await? else { return Ok(false) };
    let token = token(&row)?;
    if !person.is_empty() && token.person != person || tx.run(REVOKE, &[id.into(), now.into()]).await? == 0 {
        return Ok(false);
    }
    let detail = serde_json::json!({ "name": token.name, "person": token.person }).to_string();
    Journal::write(tx, who, "web", "token_revoked", id, &detail, now).await?;
    Ok(true)
}

/// Revokes every token of somebody: theirs are not to come back with them.
pub(crate) async fn revoke_all_of(tx: &mut Tx, user_id: &str, now: Micros) -> Result<u64, StoreError> {
    tx.run(REVOKE_ALL, &[user_id.into(), now.into()]).await
}

/// The tokens of somebody, or (when empty) of everybody, the newest first.
pub async fn tokens(db: &Db, person: &str) -> Result<Vec<Token>, StoreError> {
    db.read(&LIST.replace("{}", COLUMNS), &[person.into()]).await?.iter().map(token).collect()
}

fn token(row: &Row) -> Result<Token, StoreError> {
    Ok(Token {
        id: row.text(0)?,
        person: row.text(1)?,
        name: row.text(2)?,
        prefix: row.text(3)?,
        scopes: row.text(4)?.split(' ').map(str::to_string).collect(),
        made: row.moment(5)?,
        expires: row.moment(6)?,
        used: row.opt_moment(7)?,
        revoked: row.opt_moment(8)?,
        mailboxes: mailboxes_of(row, 9)?,
    })
}

/// Whether a token is still valid, and lets these mailboxes be seen still.
pub(crate) async fn is_live(db: &Db, id: &str, mailboxes: &Mailboxes, now: Micros) -> Result<bool, StoreError> {
    match db.read_one(LIVE, &[id.into(), now.into(), false.into()]).await? {
        Some(row) => Ok(mailboxes_of(&row, 0)?.and(&mailboxes_of(&row, 1)?) == *mailboxes),
        None => Ok(false),
    }
}

/// Whoever a token stands for, when it is valid.
pub(crate) async fn known(db: &Db, secret: &str, now: Micros) -> Result<Option<Known>, StoreError> {
    if !secret.starts_with(TOKEN_BEGINS) || secret.len() > 100 {
        return Ok(None);
    }
    let Some(row) = db.read_one(KNOWN, &[hashed(secret).into(), now.into(), false.into()]).await? else {
        return Ok(None);
    };
    let id = row.text(0)?;
    if row.opt_moment(3)?.is_none_or(|used| used.0 + USED_EVERY < now.0) {
        let mut tx = db.begin().await?;
        tx.run(USED, &[(&id).into(), now.into()]).await?;
        tx.commit().await?;
    }
    let rank = row.int(7)?;
    let of_person = mailboxes_of(&row, 8)?;
    let mailboxes = of_person.and(&mailboxes_of(&row, 9)?);
    Ok(Some(Known {
        // A scope of a newer Manara opens nothing here.
        token: AtWork {
            id,
            name: row.text(1)?,
            scopes: row.text(2)?.split(' ').filter_map(Right::of_scope).collect(),
            expires: row.moment(10)?,
            narrowed: mailboxes != of_person,
        },
        user_id: row.text(4)?,
        person: row.text(5)?,
        role: role_of(&row, 6)?,
        clearance: Tlp::from_rank(rank).ok_or_else(|| StoreError::unknown("web_user.clearance", rank))?,
        mailboxes,
    }))
}
