//! What can be done to many accounts at once: switched off or on, signed out.

use std::collections::HashMap;

use axum::extract::RawForm;
use manara_store::{StoreError, Tx};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::api::{Wrong, schema};
use crate::bulk::{self, BulkRow, Did, Fields, Found, Many, Order, Work, no_change};
use crate::error::Answer;
use crate::list::ListSpec;
use crate::pages::USERS;
use crate::people::{self, role_of};
use crate::rights::{Right, Role};
use crate::visit::Visit;

const SOME: &str = "
    SELECT id, name, role, disabled, (SELECT COUNT(*) FROM web_session s WHERE s.user_id = web_user.id) FROM web_user
     WHERE id IN (…)";

/// What is done to many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
enum UserStep {
    /// They may not sign in any more.
    Disable {},
    /// They may sign in again.
    Enable {},
    /// Their sessions end.
    SignOut {},
}

impl UserStep {
    const ALL: [UserStep; 3] = [Self::Disable {}, Self::Enable {}, Self::SignOut {}];

    fn as_str(self) -> &'static str {
        match self {
            Self::Disable {} => "disable",
            Self::Enable {} => "enable",
            Self::SignOut {} => "sign-out",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == text)
    }
}

/// The accounts of the list.
#[derive(Debug)]
pub(crate) struct Accounts;

/// What can be done to many of them, as programs say it.
pub(crate) fn changes() -> Vec<Value> {
    vec![schema::object(&[("do", schema::one_of(UserStep::ALL.map(UserStep::as_str)))])]
}

/// `POST /users/bulk`: to those that are ticked, or to all that match the filters of the list it came from.
pub(crate) async fn change_many(visit: Visit, RawForm(form): RawForm) -> Answer {
    bulk::choose(visit, &Accounts, &form).await
}

fn step(change: &Value) -> Option<UserStep> {
    serde_json::from_value(change.clone()).ok()
}

/// An account as a change of many sees it.
struct One {
    name: String,
    role: Role,
    disabled: bool,
    sessions: i64,
}

async fn some(tx: &mut Tx, ids: &[String]) -> Result<HashMap<String, One>, StoreError> {
    let rows = tx.read_in(SOME, &[], ids).await?;
    let one = |row: &manara_store::Row| {
        let one = One { name: row.text(1)?, role: role_of(row, 2)?, disabled: row.bool(3)?, sessions: row.int(4)? };
        Ok((row.text(0)?, one))
    };
    rows.iter().map(one).collect()
}

/// Switches an account off or on; the reader's own and the last administrator's stay on.
async fn switch(
    tx: &mut Tx,
    order: &Order,
    (id, one): (&str, &One),
    disabled: bool,
    administrators: &mut i64,
) -> Result<Result<(), &'static str>, StoreError> {
    if one.name == order.viewer.name {
        return Ok(Err("oneself"));
    }
    if one.role == Role::Admin {
        if disabled && *administrators < 2 {
            return Ok(Err("last"));
        }
        *administrators += if disabled { -1 } else { 1 };
    }
    people::switch_with(tx, &order.viewer.name, id, disabled, &detail(order), order.now).await?;
    Ok(Ok(()))
}

fn detail(order: &Order) -> String {
    json!({ "bulk": order.id }).to_string()
}

async fn act(tx: &mut Tx, step: UserStep, order: &Order, ids: &[String]) -> Result<Vec<Did>, StoreError> {
    let mut administrators = people::administrators(tx).await?;
    let there = some(tx, ids).await?;
    let mut did = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(one) = there.get(id) else {
            did.push(Did::refused(id, "", "not-found"));
            continue;
        };
        let done = match step {
            UserStep::Disable {} if one.disabled => None,
            UserStep::Enable {} if !one.disabled => None,
            UserStep::SignOut {} if one.sessions == 0 => None,
            UserStep::Disable {} => Some(switch(tx, order, (id, one), true, &mut administrators).await?),
            UserStep::Enable {} => Some(switch(tx, order, (id, one), false, &mut administrators).await?),
            UserStep::SignOut {} if one.name == order.viewer.name => Some(Err("oneself")),
            UserStep::SignOut {} => {
                people::end_sessions_with(tx, &order.viewer.name, id, &detail(order), order.now).await?;
                Some(Ok(()))
            }
        };
        did.push(match done {
            None => Did::same(id, &one.name),
            Some(Ok(())) => Did::changed(id, &one.name, String::new(), String::new()),
            Some(Err(why)) => Did::refused(id, &one.name, why),
        });
    }
    Ok(did)
}

/// Switches back what still stands as the change left it. Sessions that were ended are over.
async fn undo(tx: &mut Tx, step: UserStep, order: &Order, rows: &[BulkRow]) -> Result<Vec<Did>, StoreError> {
    let mut administrators = people::administrators(tx).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.record.clone()).collect();
    let there = some(tx, &ids).await?;
    let mut did = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(one) = there.get(&row.record) else {
            did.push(Did::left(row, "not-found"));
            continue;
        };
        let was_disabled = match step {
            UserStep::Disable {} => false,
            UserStep::Enable {} => true,
            UserStep::SignOut {} => {
                did.push(Did::left(row, "sessions"));
                continue;
            }
        };
        if one.disabled == was_disabled {
            did.push(Did::left(row, "changed"));
            continue;
        }
        match switch(tx, order, (&row.record, one), was_disabled, &mut administrators).await? {
            Ok(()) => did.push(Did::restored(row)),
            Err(why) => did.push(Did::left(row, why)),
        }
    }
    Ok(did)
}

impl Many for Accounts {
    fn plane(&self) -> &'static str {
        "web"
    }

    fn name(&self) -> &'static str {
        "users"
    }

    fn list(&self) -> (&'static str, &'static str) {
        ("/users", "web-users-title")
    }

    fn spec(&self) -> &'static ListSpec {
        &USERS
    }

    fn right(&self, _: &Value) -> Right {
        Right::ManageUsers
    }

    fn opens_all(&self) -> bool {
        true
    }

    fn form(&self, _: &Visit, fields: &Fields) -> Option<Value> {
        Some(json!({ "do": UserStep::parse(fields.text("do"))?.as_str() }))
    }

    fn read(&self, change: &Value) -> Result<Value, Wrong> {
        let step = step(change).ok_or_else(|| no_change(change))?;
        Ok(json!({ "do": step.as_str() }))
    }

    fn matching<'a>(&'a self, visit: &'a Visit, pairs: Vec<(String, String)>, most: usize) -> Found<'a> {
        Box::pin(async move {
            let ask = USERS.read_pairs(&pairs)?.for_reader(visit);
            Ok(ask.fetch_all(&visit.db, &[], most, |row| row.text(0)).await?)
        })
    }

    fn says(&self, visit: &Visit, change: &Value) -> String {
        step(change).map_or_else(String::new, |step| visit.t(&format!("bulk-users-{}", step.as_str())))
    }

    fn warns(&self, visit: &Visit, change: &Value) -> String {
        match step(change) {
            Some(UserStep::Disable {}) => visit.t("bulk-users-disable-warns"),
            Some(UserStep::SignOut {}) => visit.t("bulk-users-sign-out-warns"),
            _ => String::new(),
        }
    }

    fn own_reason(&self, reason: &str) -> String {
        format!("bulk-users-why-{reason}")
    }

    fn act<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, records: &'a [String]) -> Work<'a> {
        Box::pin(async move {
            let Some(step) = step(&order.change) else { return Ok(Vec::new()) };
            act(tx, step, order, records).await
        })
    }

    fn undo<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, rows: &'a [BulkRow]) -> Work<'a> {
        Box::pin(async move {
            let Some(step) = step(&order.change) else { return Ok(Vec::new()) };
            undo(tx, step, order, rows).await
        })
    }
}
