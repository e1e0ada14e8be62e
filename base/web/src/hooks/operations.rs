//! Webhooks for programs.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use manara_model::{Micros, Tlp};
use manara_store::Tx;
use serde::Deserialize;
use serde_json::{Value, json};

use super::HookRules;
use super::sql::{self, Delivery, Hook, HookError, NewHook};
use crate::api::{ApiAnswer, Code, Given, Match, Op, Problem, etag_of, json_status, limit_of, page_of, record, schema};
use crate::rights::Right;
use crate::site::Site;
use crate::visit::Visit;

/// The operations.
pub(super) fn site() -> Site<HookRules> {
    let right = Right::ManageWebhooks;
    let step = |path, id, says| Op::post(path, id, right, says, "Webhook").etag();
    Site::new()
        .api(Op::pages("/api/v1/webhooks", "listWebhooks", right, "The webhooks, oldest first", "Webhook"), list)
        .api(
            Op::make(
                "/api/v1/webhooks",
                "addWebhook",
                right,
                "Makes a webhook, and gives its secret: the only time",
                "WebhookMade",
            )
            .takes("WebhookGiven")
            .secret(),
            add,
        )
        .api(Op::get("/api/v1/webhooks/{id}", "getWebhook", right, "One webhook", "Webhook"), one)
        .api(step("/api/v1/webhooks/{id}/disable", "disableWebhook", "Turns a webhook off"), disable)
        .api(
            step("/api/v1/webhooks/{id}/enable", "enableWebhook", "Turns a webhook on; it tells what it missed"),
            enable,
        )
        .api(step("/api/v1/webhooks/{id}/remove", "removeWebhook", "Removes a webhook with its deliveries"), remove)
        .api(
            Op::post(
                "/api/v1/webhooks/{id}/restore",
                "restoreWebhook",
                right,
                "Brings a webhook back that was removed in the last 30 days; it tells of what happens from now on",
                "Webhook",
            ),
            restore,
        )
        .api(
            Op::pages(
                "/api/v1/webhooks/{id}/deliveries",
                "listDeliveries",
                right,
                "What a webhook told, newest first",
                "Delivery",
            ),
            deliveries,
        )
        .api(
            step("/api/v1/webhooks/{id}/deliveries/{delivery}/again", "sendAgain", "Sends a delivery once more"),
            again,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let hook = || {
        vec![
            ("id", schema::text()),
            ("url", schema::text()),
            ("kinds", schema::many(schema::text())),
            ("tlp", schema::tlp()),
            ("made_by", schema::text()),
            ("made_at", schema::moment()),
            ("failures", schema::count()),
            ("disabled_at", schema::maybe_moment()),
            ("disabled_why", schema::text()),
        ]
    };
    let mut made = hook();
    made.push(("secret", schema::text()));
    vec![
        ("Webhook", schema::object(&hook())),
        ("WebhookMade", schema::object(&made)),
        (
            "WebhookGiven",
            schema::given(
                2,
                &[
                    ("url", schema::words(1, 500)),
                    ("kinds", schema::some(1, 100, schema::words(1, 100))),
                    ("tlp", schema::tlp()),
                ],
            ),
        ),
        (
            "Delivery",
            schema::object(&[
                ("id", schema::text()),
                ("kind", schema::text()),
                ("state", schema::one_of(["due", "done", "failed"])),
                ("attempts", schema::count()),
                ("run_at", schema::moment()),
                ("tried_at", schema::maybe_moment()),
                ("outcome", schema::text()),
            ]),
        ),
    ]
}

fn shown(hook: &Hook) -> Value {
    json!({
        "id": hook.id, "url": hook.url, "kinds": hook.kinds, "tlp": hook.tlp.label(), "made_by": hook.made_by,
        "made_at": hook.made.rfc3339(), "failures": hook.failures, "disabled_at": hook.disabled.map(Micros::rfc3339),
        "disabled_why": hook.disabled_why,
    })
}

async fn found(visit: &Visit, id: &str) -> Result<Hook, Problem> {
    sql::one_hook(&visit.db, id).await?.ok_or_else(Problem::not_found)
}

async fn list(visit: Visit) -> ApiAnswer {
    // There are fifty at most: one page holds them.
    let (_, limit) = asked(&visit)?;
    Ok(page_of(sql::hooks(&visit.db).await?.iter().take(limit).map(shown).collect(), None))
}

async fn one(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    Ok(record(&shown(&found(&visit, &id).await?)))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WebhookGiven {
    url: String,
    kinds: Vec<String>,
    tlp: Option<String>,
}

/// A webhook tells of every mailbox: a program that sees less sends nothing by one.
fn tells_all(visit: &Visit) -> Result<(), Problem> {
    let detail = "a token limited to mailboxes makes no webhook and starts none again";
    if visit.sees_less_than_its_person() { Err(Problem::new(Code::Scope, detail)) } else { Ok(()) }
}

async fn add(visit: Visit, State(rules): State<HookRules>, Given(given): Given<WebhookGiven>) -> ApiAnswer {
    tells_all(&visit)?;
    let tlp = match given.tlp {
        Some(text) => Tlp::parse(&text).ok_or_else(|| Problem::invalid("tlp", "word", &text))?,
        None => Tlp::Green,
    };
    if tlp > visit.viewer.clearance {
        return Err(Problem::invalid("tlp", "beyond", tlp.label()));
    }
    let new = NewHook { url: given.url, kinds: given.kinds, tlp };
    let mut tx = visit.db.begin().await?;
    let made =
        sql::add_hook(&mut tx, &visit.viewer.name, &new, &rules, visit.now).await.map_err(|error| match error {
            HookError::Url(why) => Problem { detail: why, ..Problem::invalid("url", "address", &new.url) },
            HookError::Kinds => Problem::invalid("kinds", "word", new.kinds.join(" ")),
            HookError::TooMany => Problem::refused("too-many", &error),
            HookError::Store(error) => error.into(),
        })?;
    tx.commit().await?;
    let mut value = shown(&made);
    if let Value::Object(value) = &mut value {
        value.insert("secret".into(), made.secret.as_str().into());
    }
    let mut response = json_status(StatusCode::CREATED, &value);
    if let Ok(path) = format!("/api/v1/webhooks/{}", made.id).parse() {
        response.headers_mut().insert(axum::http::header::LOCATION, path);
    }
    Ok(response)
}

async fn disable(visit: Visit, id: Path<String>, is: Match) -> ApiAnswer {
    switch(visit, id, is, Some("disabled by a program")).await
}

async fn enable(visit: Visit, id: Path<String>, is: Match) -> ApiAnswer {
    tells_all(&visit)?;
    switch(visit, id, is, None).await
}

/// The webhook in the transaction of its change, in the state the program has.
async fn held(tx: &mut Tx, id: &str, is: &Match) -> Result<Hook, Problem> {
    let hook = sql::hold_hook(tx, id).await?.ok_or_else(Problem::not_found)?;
    is.check(&etag_of(&shown(&hook)))?;
    Ok(hook)
}

async fn switch(visit: Visit, Path(id): Path<String>, is: Match, why: Option<&str>) -> ApiAnswer {
    let mut tx = visit.db.begin().await?;
    held(&mut tx, &id, &is).await?;
    sql::set_hook_disabled(&mut tx, &visit.viewer.name, &id, why, visit.now).await?;
    tx.commit().await?;
    Ok(record(&shown(&found(&visit, &id).await?)))
}

async fn remove(visit: Visit, Path(id): Path<String>, is: Match) -> ApiAnswer {
    let mut tx = visit.db.begin().await?;
    let hook = held(&mut tx, &id, &is).await?;
    sql::remove_hook(&mut tx, &visit.viewer.name, &id, visit.now).await?;
    tx.commit().await?;
    Ok(record(&shown(&hook)))
}

async fn restore(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    tells_all(&visit)?;
    let mut tx = visit.db.begin().await?;
    let is_back =
        sql::restore_hook(&mut tx, &visit.viewer.name, &id, visit.now).await.map_err(|error| match error {
            HookError::Store(error) => error.into(),
            other => Problem::refused("too-many", other),
        })?;
    if !is_back {
        return Err(Problem::not_found());
    }
    tx.commit().await?;
    Ok(record(&shown(&found(&visit, &id).await?)))
}

/// Where to go on, and how many.
fn asked(visit: &Visit) -> Result<(i64, usize), Problem> {
    let wrong = || Problem::new(Code::Unreadable, "cursor is next of the page before");
    let cursor = visit.query("cursor").filter(|cursor| !cursor.is_empty());
    let cursor = cursor.map_or(Some(0), |text| text.parse().ok()).filter(|cursor: &i64| *cursor >= 0);
    Ok((cursor.ok_or_else(wrong)?, limit_of(visit)?.into()))
}

async fn deliveries(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let hook = found(&visit, &id).await?;
    let (before, limit) = asked(&visit)?;
    let mut rows = sql::deliveries(&visit.db, &hook.id, before, i64::try_from(limit + 1).unwrap_or(i64::MAX)).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|last| last.journal_id().to_string());
    let item = |one: &Delivery| {
        json!({ "id": one.id, "kind": one.kind, "state": one.state, "attempts": one.attempts, "run_at": one.run_at.rfc3339(),
            "tried_at": one.tried.map(Micros::rfc3339), "outcome": one.outcome })
    };
    Ok(page_of(rows.iter().map(item).collect(), next))
}

async fn again(visit: Visit, Path((id, delivery)): Path<(String, String)>, is: Match) -> ApiAnswer {
    tells_all(&visit)?;
    let mut tx = visit.db.begin().await?;
    let hook = held(&mut tx, &id, &is).await?;
    if !sql::send_again(&mut tx, &visit.viewer.name, &id, &delivery, visit.now).await? {
        return Err(Problem::not_found());
    }
    tx.commit().await?;
    Ok(record(&shown(&hook)))
}
