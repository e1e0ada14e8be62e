//! Webhooks and their deliveries as they are kept.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use manara_model::{Micros, Tlp};
use manara_store::{Arg, Db, Journal, Row, StoreError, Tx};

/// Webhooks there may be.
const MOST: i64 = 50;
/// How long a removed webhook can be brought back.
const RESTORABLE_DAYS: i64 = 30;

const COLUMNS: &str = "h.id, h.url, h.secret, h.kinds, h.tlp, h.made_by, h.made_at, h.journal_id, h.failures, h.disabled_at, h.disabled_why";
const HOLD: &str = "UPDATE web_hook SET failures = failures WHERE id = $1";
const LIST: &str = "SELECT {} FROM web_hook h WHERE h.removed_at = '' ORDER BY h.made_at, h.id LIMIT 1000";
const ONE: &str = "SELECT {} FROM web_hook h WHERE h.id = $1 AND h.removed_at = ''";
const REMOVED: &str = "SELECT {} FROM web_hook h WHERE h.removed_at > $1 ORDER BY h.removed_at DESC, h.id LIMIT 100";
const COUNT: &str = "SELECT COUNT(*) FROM web_hook WHERE removed_at = ''";
const NEWEST: &str = "SELECT COALESCE(MAX(id), 0) FROM store_journal";
const ADD: &str = "
    INSERT INTO web_hook (id, url, secret, kinds, tlp, made_by, made_at, journal_id, failures, disabled_at, disabled_why)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '', '')";
const REMOVE: &str = "UPDATE web_hook SET removed_at = $2 WHERE id = $1 AND removed_at = ''";
/// What was due when it was removed isn't told any more, and what happened since isn't either.
const FORGET_DUE: &str = "DELETE FROM web_delivery WHERE hook_id = $1 AND state = 'due'";
const RESTORE: &str = "
    UPDATE web_hook SET removed_at = '', journal_id = $3, failures = 0 WHERE id = $1 AND removed_at > $2";
const FORGET_DELIVERIES: &str = "
    DELETE FROM web_delivery
     WHERE hook_id IN (SELECT id FROM web_hook WHERE removed_at <> '' AND removed_at < $1)";
const FORGET_HOOKS: &str = "DELETE FROM web_hook WHERE removed_at <> '' AND removed_at < $1";
const DISABLE: &str = "UPDATE web_hook SET disabled_at = $2, disabled_why = $3 WHERE id = $1 AND disabled_at = ''";
const ENABLE: &str =
    "UPDATE web_hook SET disabled_at = '', disabled_why = '', failures = 0 WHERE id = $1 AND disabled_at <> ''";
const MOVE: &str = "UPDATE web_hook SET journal_id = $2 WHERE id = $1 AND journal_id < $2";
const COUNT_FAILURES: &str = "UPDATE web_hook SET failures = $2 WHERE id = $1";
const ADD_DELIVERY: &str = "
    INSERT INTO web_delivery (id, hook_id, journal_id, kind, body, state, attempts, run_at, made_at, tried_at, outcome)
    VALUES ($1, $2, $3, $4, $5, 'due', 0, $6, $6, '', '') ON CONFLICT (id) DO NOTHING";
const DELIVERY: &str = "d.id, d.hook_id, d.kind, d.body, d.state, d.attempts, d.run_at, d.tried_at, d.outcome";
const DUE: &str = "
    SELECT {} FROM web_delivery d JOIN web_hook h ON h.id = d.hook_id
     WHERE d.state = 'due' AND d.run_at <= $1 AND h.disabled_at = '' AND h.removed_at = '' ORDER BY d.run_at, d.id LIMIT $2";
const OF_HOOK: &str = "
    SELECT {} FROM web_delivery d WHERE d.hook_id = $1 AND d.journal_id < $2 ORDER BY d.journal_id DESC LIMIT $3";
const TRIED: &str = "
    UPDATE web_delivery SET state = $2, attempts = attempts + 1, run_at = $3, tried_at = $4, outcome = $5 WHERE id = $1";
const AGAIN: &str = "UPDATE web_delivery SET state = 'due', attempts = 0, run_at = $3 WHERE id = $1 AND hook_id = $2";
const FORGET: &str = "DELETE FROM web_delivery WHERE state <> 'due' AND made_at < $1";

/// Why a webhook is not made.
#[derive(Debug, thiserror::Error)]
pub enum HookError {
    /// The address may not be called.
    #[error("{0}")]
    Url(String),
    /// No kind of event, or one there is not.
    #[error("a webhook has at least one kind of event, and none there is not")]
    Kinds,
    /// There are too many.
    #[error("there are {MOST} webhooks, and no more than that; remove one first")]
    TooMany,
    /// The database said no.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A webhook to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHook {
    /// Where it goes.
    pub url: String,
    /// What it tells of.
    pub kinds: Vec<String>,
    /// The strictest marking of records it tells of.
    pub tlp: Tlp,
}

/// A webhook.
#[derive(Clone, PartialEq, Eq)]
pub struct Hook {
    /// UUIDv7.
    pub id: String,
    /// Where it goes.
    pub url: String,
    /// What its messages are signed with.
    pub secret: String,
    /// What it tells of.
    pub kinds: Vec<String>,
    /// The strictest marking of records it tells of.
    pub tlp: Tlp,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub made: Micros,
    /// How far in the journal it told.
    pub journal_id: i64,
    /// Tries that failed, one after the other.
    pub failures: i64,
    /// Since when it is off.
    pub disabled: Option<Micros>,
    /// Why.
    pub disabled_why: String,
}

impl std::fmt::Debug for Hook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hook").field("id", &self.id).field("url", &self.url).finish_non_exhaustive()
    }
}

/// One thing told, or to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The same at every try.
    pub id: String,
    /// Whose.
    pub hook_id: String,
    /// The kind of event.
    pub kind: String,
    /// JSON.
    pub body: String,
    /// `due`, `done` or `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next.
    pub run_at: Micros,
    /// When it was tried last.
    pub tried: Option<Micros>,
    /// What came of that: a status, or why it did not arrive.
    pub outcome: String,
}

impl Delivery {
    /// The line of the journal it tells of: the last part of its id.
    pub fn journal_id(&self) -> i64 {
        self.id.rsplit('_').next().and_then(|id| id.parse().ok()).unwrap_or_default()
    }
}

fn hook(row: &Row) -> Result<Hook, StoreError> {
    let rank = row.int(4)?;
    Ok(Hook {
        id: row.text(0)?,
        url: row.text(1)?,
        secret: row.text(2)?,
        kinds: row.text(3)?.split(' ').map(str::to_string).collect(),
        tlp: Tlp::from_rank(rank).ok_or_else(|| StoreError::unknown("web_hook.tlp", rank))?,
        made_by: row.text(5)?,
        made: row.moment(6)?,
        journal_id: row.int(7)?,
        failures: row.int(8)?,
        disabled: row.opt_moment(9)?,
        disabled_why: row.text(10)?,
    })
}

fn delivery(row: &Row) -> Result<Delivery, StoreError> {
    Ok(Delivery {
        id: row.text(0)?,
        hook_id: row.text(1)?,
        kind: row.text(2)?,
        body: row.text(3)?,
        state: row.text(4)?,
        attempts: row.int(5)?,
        run_at: row.moment(6)?,
        tried: row.opt_moment(7)?,
        outcome: row.text(8)?,
    })
}

/// All webhooks, oldest first.
pub async fn hooks(db: &Db) -> Result<Vec<Hook>, StoreError> {
    db.read(&LIST.replace("{}", COLUMNS), &[]).await?.iter().map(hook).collect()
}

pub(crate) async fn one_hook(db: &Db, id: &str) -> Result<Option<Hook>, StoreError> {
    db.read_one(&ONE.replace("{}", COLUMNS), &[id.into()]).await?.as_ref().map(hook).transpose()
}

/// One webhook, held until the transaction ends: nobody else changes it meanwhile.
pub(crate) async fn hold_hook(tx: &mut Tx, id: &str) -> Result<Option<Hook>, StoreError> {
    tx.run(HOLD, &[id.into()]).await?;
    tx.read_one(&ONE.replace("{}", COLUMNS), &[id.into()]).await?.as_ref().map(hook).transpose()
}

/// Makes a webhook with a new secret; it tells of what happens from now on.
pub async fn add_hook(
    tx: &mut Tx,
    who: &str,
    new: &NewHook,
    rules: &super::HookRules,
    now: Micros,
) -> Result<Hook, HookError> {
    (rules.check)(&new.url).map_err(HookError::Url)?;
    let mut kinds = new.kinds.clone();
    kinds.sort();
    kinds.dedup();
    if kinds.is_empty() || kinds.iter().any(|kind| !rules.kinds.iter().any(|known| known.kind == kind)) {
        return Err(HookError::Kinds);
    }
    let int = |row: Option<Row>| row.map_or(Ok(0), |row| row.int(0));
    if int(tx.read_one(COUNT, &[]).await?)? >= MOST {
        return Err(HookError::TooMany);
    }
    let newest = int(tx.read_one(NEWEST, &[]).await?)?;
    let key: [u8; 32] = rand::random();
    let made = Hook {
        id: uuid::Uuid::now_v7().to_string(),
        url: new.url.clone(),
        secret: format!("whsec_{}", STANDARD.encode(key)),
        kinds,
        tlp: new.tlp,
        made_by: who.into(),
        made: now,
        journal_id: newest,
        failures: 0,
        disabled: None,
        disabled_why: String::new(),
    };
    let kinds = made.kinds.join(" ");
    let args: [Arg<'_>; 8] = [
        (&made.id).into(),
        (&made.url).into(),
        (&made.secret).into(),
        (&kinds).into(),
        made.tlp.rank().into(),
        who.into(),
        now.into(),
        newest.into(),
    ];
    tx.run(ADD, &args).await?;
    let detail = serde_json::json!({ "host": host_of(&made.url), "kinds": kinds, "tlp": made.tlp.label() });
    Journal::write(tx, who, "web", "webhook_made", &made.id, &detail.to_string(), now).await?;
    Ok(made)
}

/// The host of an address: the path may be a secret of its own, so the journal does not have it.
pub(crate) fn host_of(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', '?']).next().unwrap_or_default()
}

/// The webhooks that can be brought back, the last removed first.
pub(crate) async fn removed_hooks(db: &Db, now: Micros) -> Result<Vec<Hook>, StoreError> {
    let since = now.plus_days(-RESTORABLE_DAYS);
    db.read(&REMOVED.replace("{}", COLUMNS), &[since.into()]).await?.iter().map(hook).collect()
}

/// Removes a webhook; whether it was there. It can be brought back for a while; then it is forgotten with its secret.
pub async fn remove_hook(tx: &mut Tx, who: &str, id: &str, now: Micros) -> Result<bool, StoreError> {
    forget_removed(tx, now).await?;
    tx.run(FORGET_DUE, &[id.into()]).await?;
    let was_there = tx.run(REMOVE, &[id.into(), now.into()]).await? > 0;
    if was_there {
        Journal::write(tx, who, "web", "webhook_removed", id, "{}", now).await?;
    }
    Ok(was_there)
}

/// Brings a removed webhook back; whether that could be. It tells of what happens from now on.
pub async fn restore_hook(tx: &mut Tx, who: &str, id: &str, now: Micros) -> Result<bool, HookError> {
    let int = |row: Option<Row>| row.map_or(Ok(0), |row| row.int(0));
    if int(tx.read_one(COUNT, &[]).await?)? >= MOST {
        return Err(HookError::TooMany);
    }
    let newest = int(tx.read_one(NEWEST, &[]).await?)?;
    let since = now.plus_days(-RESTORABLE_DAYS);
    let is_back = tx.run(RESTORE, &[id.into(), since.into(), newest.into()]).await? > 0;
    if is_back {
        Journal::write(tx, who, "web", "webhook_restored", id, "{}", now).await?;
    }
    Ok(is_back)
}

/// Forgets webhooks that were removed long ago.
async fn forget_removed(tx: &mut Tx, now: Micros) -> Result<(), StoreError> {
    let since = now.plus_days(-RESTORABLE_DAYS);
    tx.run(FORGET_DELIVERIES, &[since.into()]).await?;
    tx.run(FORGET_HOOKS, &[since.into()]).await?;
    Ok(())
}

/// Turns a webhook off, with a word of why, or on again; whether that changed anything.
pub async fn set_hook_disabled(
    tx: &mut Tx,
    who: &str,
    id: &str,
    why: Option<&str>,
    now: Micros,
) -> Result<bool, StoreError> {
    let (changed, verb) = match why {
        Some(why) => (tx.run(DISABLE, &[id.into(), now.into(), why.into()]).await?, "webhook_disabled"),
        None => (tx.run(ENABLE, &[id.into()]).await?, "webhook_enabled"),
    };
    if changed > 0 {
        let detail = serde_json::json!({ "why": why }).to_string();
        Journal::write(tx, who, "web", verb, id, &detail, now).await?;
    }
    Ok(changed > 0)
}

/// Deliveries of a webhook, newest first, before a line of the journal (0 for the newest).
pub async fn deliveries(db: &Db, hook: &str, before: i64, limit: i64) -> Result<Vec<Delivery>, StoreError> {
    let before = if before > 0 { before } else { i64::MAX };
    let args: [Arg<'_>; 3] = [hook.into(), before.into(), limit.into()];
    db.read(&OF_HOOK.replace("{}", DELIVERY), &args).await?.iter().map(delivery).collect()
}

/// Sends a delivery once more; whether it was there.
pub async fn send_again(tx: &mut Tx, who: &str, hook: &str, id: &str, now: Micros) -> Result<bool, StoreError> {
    let was_there = tx.run(AGAIN, &[id.into(), hook.into(), now.into()]).await? > 0;
    if was_there {
        let detail = serde_json::json!({ "delivery": id }).to_string();
        Journal::write(tx, who, "web", "webhook_sent_again", hook, &detail, now).await?;
    }
    Ok(was_there)
}

pub(super) async fn move_to(tx: &mut Tx, hook: &str, journal_id: i64) -> Result<(), StoreError> {
    tx.run(MOVE, &[hook.into(), journal_id.into()]).await.map(|_| ())
}

pub(super) async fn add_delivery(
    tx: &mut Tx,
    hook: &str,
    (journal_id, kind, body): (i64, &str, &str),
    now: Micros,
) -> Result<(), StoreError> {
    let id = format!("msg_{}_{journal_id}", hook.replace('-', ""));
    let args: [Arg<'_>; 6] = [id.into(), hook.into(), journal_id.into(), kind.into(), body.into(), now.into()];
    tx.run(ADD_DELIVERY, &args).await.map(|_| ())
}

pub(super) async fn due(db: &Db, now: Micros, limit: i64) -> Result<Vec<Delivery>, StoreError> {
    db.read(&DUE.replace("{}", DELIVERY), &[now.into(), limit.into()]).await?.iter().map(delivery).collect()
}

/// Notes what came of a try: when it is tried next, if it is.
pub(super) async fn tried(
    tx: &mut Tx,
    one: &Delivery,
    (state, next): (&str, Micros),
    outcome: &str,
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(TRIED, &[(&one.id).into(), state.into(), next.into(), now.into(), outcome.into()]).await.map(|_| ())
}

pub(super) async fn count_failures(tx: &mut Tx, hook: &str, failures: i64) -> Result<(), StoreError> {
    tx.run(COUNT_FAILURES, &[hook.into(), failures.into()]).await.map(|_| ())
}

/// Forgets deliveries that ended before a moment, and webhooks that were removed long ago.
pub(super) async fn forget(tx: &mut Tx, before: Micros, now: Micros) -> Result<u64, StoreError> {
    forget_removed(tx, now).await?;
    tx.run(FORGET, &[before.into()]).await
}
