//! `webhooks`: what happens, told to an address outside, from the terminal.

use anyhow::bail;
use manara_model::{Micros, Tlp};
use manara_web::{Hook, NewHook, add_hook, hooks, remove_hook};
use serde_json::json;

use super::DONE;
use crate::cli::{Webhooks, WebhooksAction};
use crate::house::House;
use crate::{happenings, print};

/// Who the journal names for what is typed here.
const TYPIST: &str = "cli";

/// Lists, makes or removes.
pub async fn run(args: Webhooks) -> anyhow::Result<u8> {
    let now = Micros::now();
    match args.action {
        WebhooksAction::List { place, json } => list(&hooks(&House::open(&place).await?.db).await?, json)?,
        WebhooksAction::Add { place, url, kinds, tlp, json } => {
            let house = House::open(&place).await?;
            let Some(tlp) = Tlp::parse(&tlp) else {
                bail!("{tlp} is no marking; expected CLEAR, GREEN, AMBER, AMBER+STRICT or RED")
            };
            let rules = happenings::rules(&house);
            if let Some(wrong) = kinds.iter().find(|kind| !rules.kinds.iter().any(|known| known.kind == **kind)) {
                let known: Vec<&str> = rules.kinds.iter().map(|one| one.kind).collect();
                bail!("there is no kind {wrong}; expected {}", known.join(", "));
            }
            let mut tx = house.db.begin().await?;
            let made = add_hook(&mut tx, TYPIST, &NewHook { url, kinds, tlp }, &rules, now).await?;
            tx.commit().await?;
            match json {
                true => print::json(&json!({ "id": made.id, "secret": made.secret }))?,
                false => println!("{}\n{}", made.id, made.secret),
            }
        }
        WebhooksAction::Remove { place, webhook, json } => {
            let house = House::open(&place).await?;
            let mut tx = house.db.begin().await?;
            if !remove_hook(&mut tx, TYPIST, &webhook, now).await? {
                bail!("there is no webhook {webhook}; `manara webhooks list` shows them");
            }
            tx.commit().await?;
            match json {
                true => print::json(&json!({ "id": webhook, "removed": true }))?,
                false => println!("{webhook}: removed"),
            }
        }
    }
    Ok(DONE)
}

fn list(all: &[Hook], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        let rows: Vec<_> = all
            .iter()
            .map(|hook| {
                json!({
                    "id": hook.id, "url": hook.url, "kinds": hook.kinds, "tlp": hook.tlp.label(), "made_by": hook.made_by,
                    "made": hook.made.rfc3339(), "failures": hook.failures,
                    "disabled": hook.disabled.map(Micros::rfc3339), "disabled_why": hook.disabled_why,
                })
            })
            .collect();
        return print::json(&rows);
    }
    let names = ["id", "url", "kinds", "tlp", "state"].map(String::from);
    let state = |hook: &Hook| match (&hook.disabled, hook.failures) {
        (Some(_), _) => format!("off: {}", hook.disabled_why),
        (None, 0) => "on".to_string(),
        (None, failures) => format!("failing ({failures})"),
    };
    let row = |hook: &Hook| {
        vec![hook.id.clone(), hook.url.clone(), hook.kinds.join(" "), hook.tlp.label().into(), state(hook)]
    };
    print::table(&mut std::io::stdout().lock(), &names, &all.iter().map(row).collect::<Vec<_>>())?;
    Ok(())
}
