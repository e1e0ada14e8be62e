//! The pages of webhooks, for the administrator.

use askama::Template;
use axum::extract::{Path, RawForm, State};
use axum::http::StatusCode;
use manara_model::Tlp;

use super::HookRules;
use super::operations;
use super::sql::{self, Delivery, Hook, HookError, NewHook};
use crate::error::{Answer, PageError};
use crate::mistake::Mistake;
use crate::rights::Right;
use crate::site::Site;
use crate::undo::Undo;
use crate::visit::{Page, Tone, Visit};

/// Deliveries shown of one webhook.
const SHOWN: i64 = 100;

/// The pages and the operations.
pub(crate) fn site(rules: HookRules) -> Site {
    let right = Right::ManageWebhooks;
    Site::<HookRules>::new()
        .page("/webhooks", right, list)
        .post("/webhooks", right, add)
        .page("/webhooks/{id}", right, one)
        .post("/webhooks/{id}/disable", right, disable)
        .post("/webhooks/{id}/enable", right, enable)
        .post("/webhooks/{id}/remove", right, remove)
        .post("/webhooks/{id}/restore", right, restore)
        .post("/webhooks/{id}/deliveries/{delivery}/again", right, again)
        .merge(operations::site())
        .with_state(rules)
}

#[derive(Template)]
#[template(path = "web/hooks.html")]
struct HooksPage {
    page: Page,
    rows: Vec<Hook>,
    removed: Vec<Hook>,
    made: Option<Hook>,
    mistake: Mistake,
    url: String,
    kinds: Vec<(&'static str, bool)>,
    tlps: Vec<(&'static str, bool)>,
}

impl HooksPage {
    fn host(&self, hook: &Hook) -> String {
        sql::host_of(&hook.url).to_string()
    }
}

#[derive(Template)]
#[template(path = "web/hook.html")]
struct HookPage {
    page: Page,
    hook: Hook,
    rows: Vec<Delivery>,
}

impl HookPage {
    fn tone(&self, one: &Delivery) -> &'static str {
        match (one.state.as_str(), one.attempts) {
            ("done", _) => "good",
            ("failed", _) => "bad",
            (_, 0) => "info",
            _ => "warn",
        }
    }

    fn state_key(&self, one: &Delivery) -> String {
        format!("hook-state-{}", one.state)
    }

    fn again_href(&self, one: &Delivery) -> String {
        format!("/webhooks/{}/deliveries/{}/again", self.hook.id, one.id)
    }
}

async fn list(visit: Visit, State(rules): State<HookRules>) -> Answer {
    let new = NewHook { url: String::new(), kinds: Vec::new(), tlp: Tlp::Green };
    show(&visit, &rules, StatusCode::OK, &new, None, Mistake::default()).await
}

async fn show(
    visit: &Visit,
    rules: &HookRules,
    status: StatusCode,
    new: &NewHook,
    made: Option<Hook>,
    mistake: Mistake,
) -> Answer {
    let page = HooksPage {
        page: visit.page("hook-title"),
        rows: sql::hooks(&visit.db).await?,
        removed: sql::removed_hooks(&visit.db, visit.now).await?,
        made,
        mistake,
        url: new.url.clone(),
        kinds: rules.kinds.iter().map(|one| (one.kind, new.kinds.iter().any(|kind| kind == one.kind))).collect(),
        tlps: Tlp::ALL
            .iter()
            .filter(|tlp| **tlp <= visit.viewer.clearance)
            .map(|tlp| (tlp.label(), *tlp == new.tlp))
            .collect(),
    };
    visit.html_status(status, &page)
}

async fn add(visit: Visit, State(rules): State<HookRules>, RawForm(form): RawForm) -> Answer {
    let mut new = NewHook { url: String::new(), kinds: Vec::new(), tlp: Tlp::Green };
    for (name, value) in form_urlencoded::parse(&form).take(200) {
        match name.as_ref() {
            "url" => new.url = value.trim().to_string(),
            "kind" => new.kinds.push(value.into_owned()),
            "tlp" => {
                let offered = Tlp::parse(&value).filter(|tlp| *tlp <= visit.viewer.clearance);
                new.tlp = offered.ok_or_else(|| PageError::unreadable("tlp"))?;
            }
            _ => {}
        }
    }
    let mut tx = visit.db.begin().await?;
    let mistake = match sql::add_hook(&mut tx, &visit.viewer.name, &new, &rules, visit.now).await {
        Ok(made) => {
            tx.commit().await?;
            let blank = NewHook { url: String::new(), kinds: Vec::new(), tlp: Tlp::Green };
            return show(&visit, &rules, StatusCode::OK, &blank, Some(made), Mistake::default()).await;
        }
        Err(HookError::Store(error)) => return Err(error.into()),
        Err(HookError::Url(why)) => Mistake::at("url", visit.t_args("hook-bad-url", &[("why", why.into())])),
        Err(HookError::Kinds) => Mistake::at("kind", visit.t("hook-bad-kinds")),
        Err(HookError::TooMany) => Mistake::of_form(visit.t("hook-too-many")),
    };
    drop(tx);
    show(&visit, &rules, StatusCode::UNPROCESSABLE_ENTITY, &new, None, mistake).await
}

async fn one(visit: Visit, Path(id): Path<String>) -> Answer {
    let hook = sql::one_hook(&visit.db, &id).await?.ok_or_else(PageError::not_found)?;
    let rows = sql::deliveries(&visit.db, &hook.id, 0, SHOWN).await?;
    let page = visit.page_titled(sql::host_of(&hook.url).to_string()).under("/webhooks", "hook-title");
    visit.html(&HookPage { page, hook, rows })
}

async fn disable(visit: Visit, Path(id): Path<String>) -> Answer {
    let why = visit.t("hook-by-hand");
    switch(visit, id, Some(why)).await
}

async fn enable(visit: Visit, Path(id): Path<String>) -> Answer {
    switch(visit, id, None).await
}

async fn switch(visit: Visit, id: String, why: Option<String>) -> Answer {
    let hook = sql::one_hook(&visit.db, &id).await?.ok_or_else(PageError::not_found)?;
    let mut tx = visit.db.begin().await?;
    sql::set_hook_disabled(&mut tx, &visit.viewer.name, &hook.id, why.as_deref(), visit.now).await?;
    tx.commit().await?;
    let key = if why.is_some() { "hook-was-disabled" } else { "hook-was-enabled" };
    Ok(visit.go_saying(&format!("/webhooks/{}", hook.id), Tone::Good, key, &[]))
}

async fn remove(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut tx = visit.db.begin().await?;
    let was_there = sql::remove_hook(&mut tx, &visit.viewer.name, &id, visit.now).await?;
    tx.commit().await?;
    if !was_there {
        return Ok(visit.go_saying("/webhooks", Tone::Warn, "hook-was-not-there", &[]));
    }
    Ok(visit.go_undoable("/webhooks", "hook-was-removed", &[], Undo::at(format!("/webhooks/{id}/restore"))))
}

async fn restore(visit: Visit, Path(id): Path<String>) -> Answer {
    let mut tx = visit.db.begin().await?;
    let (tone, key) = match sql::restore_hook(&mut tx, &visit.viewer.name, &id, visit.now).await {
        Ok(true) => (Tone::Good, "live-webhook-restored"),
        Ok(false) => (Tone::Bad, "live-webhook-not-restored"),
        Err(HookError::Store(error)) => return Err(error.into()),
        Err(_) => (Tone::Bad, "hook-too-many"),
    };
    tx.commit().await?;
    Ok(visit.go_saying("/webhooks", tone, key, &[]))
}

async fn again(visit: Visit, Path((id, delivery)): Path<(String, String)>) -> Answer {
    let mut tx = visit.db.begin().await?;
    if !sql::send_again(&mut tx, &visit.viewer.name, &id, &delivery, visit.now).await? {
        return Err(PageError::not_found());
    }
    tx.commit().await?;
    Ok(visit.go_saying(&format!("/webhooks/{id}"), Tone::Good, "hook-sends-again", &[]))
}
