//! `users`: who may sign in, and the mailboxes they are limited to, from the terminal.

use anyhow::{Context as _, bail};
use manara_model::{Mailboxes, Micros};
use serde_json::json;

use super::{DONE, serve};
use crate::cli::{Users, UsersAction};
use crate::house::House;
use crate::print;

/// Lists, or limits.
pub async fn run(args: Users) -> anyhow::Result<u8> {
    match args.action {
        UsersAction::List { place, json } => {
            let house = House::open(&place).await?;
            list(&house, json).await?;
            house.db.close().await;
        }
        UsersAction::Limit { place, name, mailboxes, all: _, json } => {
            let house = House::open(&place).await?;
            let mailboxes = limit(&house, &mailboxes).await?;
            let mut tx = house.db.begin().await?;
            let did = manara_web::set_mailboxes(&mut tx, "cli", &name, &mailboxes, Micros::now()).await;
            did.with_context(|| format!("{name}; `manara users list` shows who there is"))?;
            tx.commit().await?;
            match json {
                true => print::json(&json!({ "name": name, "mailboxes": mailboxes.names() }))?,
                false => println!("{name}: {}", said(&mailboxes)),
            }
            house.db.close().await;
        }
    }
    Ok(DONE)
}

/// The mailboxes that are named, each one of ours; all when none is. The main one stands for what came to none, too.
pub async fn limit(house: &House, named: &[String]) -> anyhow::Result<Mailboxes> {
    let ours = serve::mailboxes(house).await?;
    let known: Vec<&str> = ours.iter().map(|(address, _)| address.as_str()).collect();
    let named: Vec<String> = named.iter().map(|name| name.trim().to_lowercase()).collect();
    if let Some(other) = named.iter().find(|name| !known.contains(&name.as_str())) {
        bail!("{other} is no mailbox of ours; expected one of {}", known.join(", "));
    }
    let mailboxes = Mailboxes::parse(&named.join(" ")).context("too many mailboxes; expected 50 at most")?;
    Ok(known.first().map_or(mailboxes.clone(), |main| mailboxes.with_usual(main)))
}

fn said(mailboxes: &Mailboxes) -> String {
    if mailboxes.is_all() { "all mailboxes".into() } else { mailboxes.addresses().collect::<Vec<_>>().join(" ") }
}

async fn list(house: &House, as_json: bool) -> anyhow::Result<()> {
    let roles = manara_web::team(&house.db).await?;
    let role = |name: &str| roles.iter().find(|(known, _)| known == name).map_or("", |(_, role)| role.as_str());
    let people = manara_web::people(&house.db).await?;
    if as_json {
        let rows: Vec<_> = people
            .iter()
            .map(|one| {
                json!({ "name": one.name, "role": role(&one.name), "clearance": one.clearance.label(),
                    "mailboxes": one.mailboxes.names() })
            })
            .collect();
        return print::json(&rows);
    }
    let names = ["name", "role", "clearance", "mailboxes"].map(String::from);
    let row = |one: &manara_web::Person| {
        vec![one.name.clone(), role(&one.name).into(), one.clearance.label().into(), said(&one.mailboxes)]
    };
    let rows: Vec<Vec<String>> = people.iter().map(row).collect();
    print::table(&mut std::io::stdout().lock(), &names, &rows)?;
    Ok(())
}
