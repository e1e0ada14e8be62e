//! `tags`: tags of incidents and tickets, from the terminal.

use anyhow::Context as _;
use manara_model::{Micros, Viewer};
use serde_json::json;

use super::DONE;
use crate::cli::{Place, TagsAction, TagsArgs};
use crate::house::House;
use crate::print;

/// Who the journal names for what is typed here; it sees all.
fn typist() -> Viewer {
    Viewer { name: "cli".into(), ..Viewer::system() }
}

/// Lists tags, puts them on and takes them off.
pub async fn run(args: TagsArgs) -> anyhow::Result<u8> {
    match args.action {
        TagsAction::List { place, known: true, language, json } => known(&place, &language, json).await?,
        TagsAction::List { place, known: false, json, .. } => used(&place, json).await?,
        TagsAction::Add { place, record, tags, json } => change(&place, &record, (&tags, true), json).await?,
        TagsAction::Remove { place, record, tags, json } => change(&place, &record, (&tags, false), json).await?,
    }
    Ok(DONE)
}

async fn known(place: &Place, language: &str, as_json: bool) -> anyhow::Result<()> {
    let house = House::open(place).await?;
    let content = house.work_content();
    let mut rows = Vec::new();
    for taxonomy in content.tags.values() {
        for predicate in &taxonomy.predicates {
            for value in &predicate.values {
                let tag = format!("{}:{}=\"{}\"", taxonomy.namespace, predicate.id, value.id);
                rows.push(vec![tag, predicate.title.of(language).into(), value.title.of(language).into()]);
            }
        }
    }
    let names = ["tag", "of", "means"].map(String::from);
    match as_json {
        true => print::objects(&names, &rows),
        false => Ok(print::table(&mut std::io::stdout().lock(), &names, &rows)?),
    }
}

async fn used(place: &Place, as_json: bool) -> anyhow::Result<()> {
    let house = House::open(place).await?;
    let mut rows = Vec::new();
    for (of, of_tickets) in [("incidents", false), ("tickets", true)] {
        for (tag, count) in manara_response::used_tags(&house.db, &typist(), of_tickets).await? {
            rows.push(vec![tag, of.to_string(), count.to_string()]);
        }
    }
    let names = ["tag", "on", "count"].map(String::from);
    match as_json {
        true => print::objects(&names, &rows),
        false => Ok(print::table(&mut std::io::stdout().lock(), &names, &rows)?),
    }
}

async fn change(place: &Place, record: &str, (tags, is_there): (&[String], bool), as_json: bool) -> anyhow::Result<()> {
    let house = House::open(place).await?;
    let (db, viewer, now) = (&house.db, typist(), Micros::now());
    let content = house.work_content();
    let (number, column) = match manara_response::get(db, &viewer, record).await? {
        Some(one) => {
            let said = (tags, is_there);
            let one = manara_response::tag_incident(db, &viewer, &content.tags, &one.id, said, now).await?;
            (one.number, one.tags)
        }
        None => {
            let one = manara_response::get_ticket(db, &viewer, record)
                .await?
                .with_context(|| format!("there is no incident, report, investigation or countermeasure {record}"))?;
            let said = (tags, is_there);
            let one = manara_response::tag_ticket(db, &viewer, &content.tags, &one.id, said, now).await?;
            (one.number, one.tags)
        }
    };
    let tags: Vec<&str> = column.lines().collect();
    match as_json {
        true => print::json(&json!({ "number": number, "tags": tags })),
        false => {
            println!("{number}: {}", if tags.is_empty() { "no tags".into() } else { tags.join(" ") });
            Ok(())
        }
    }
}
