//! `establish`: services, building blocks and the manual, from the terminal.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use manara_framework::catalogues::Blocks;
use manara_framework::establishment::{EstablishError, Holder, Matter, Stand, Step, in_force_json};
use manara_framework::manuals::Manual;
use manara_model::Micros;
use manara_web::{Lang, Service};
use serde_json::{Value, json};

use super::{DONE, FOUND};
use crate::cli::{Establish, EstablishAction, OnOff};
use crate::establish::{Ground, keep_manual, now_in_force, words};
use crate::house::House;
use crate::print;

/// Who the journal names for what is typed here.
const TYPIST: &str = "cli";

/// Does what was typed.
pub async fn run(args: Establish) -> anyhow::Result<u8> {
    match args.action {
        EstablishAction::List { place, service, json } => {
            let house = House::open(&place).await?;
            list(&house, service.as_deref(), json).await
        }
        EstablishAction::Apply { place, blocks, preview, json } => {
            let house = House::open(&place).await?;
            apply(&house, &blocks, preview, json).await
        }
        EstablishAction::Undo { place, block, json } => {
            let house = House::open(&place).await?;
            let shelf = house.shelf();
            let done =
                manara_framework::establishment::undo(&house.db, &shelf.blocks, &block, TYPIST, Micros::now()).await;
            let done = done.map_err(|error| told(&block, error))?;
            keep_manual(&house, Micros::now()).await?;
            show(&[json!({ "block": done.block, "steps": done.steps })], &[(done.block.as_str(), &done.steps)], json)?;
            house.db.close().await;
            Ok(DONE)
        }
        EstablishAction::Service { place, id, switch, json } => {
            let house = House::open(&place).await?;
            service(&house, id.as_deref(), switch, json).await
        }
        EstablishAction::InForce { place, json } => {
            let house = House::open(&place).await?;
            in_force(&house, json).await
        }
        EstablishAction::Post { place, post, person, rights, leave, json } => {
            let house = House::open(&place).await?;
            let (db, now) = (&house.db, Micros::now());
            if let Some(person) = person {
                manara_framework::establishment::fill_post(db, &post, &person, TYPIST, now)
                    .await
                    .map_err(|e| told(&post, e))?;
                if rights {
                    let roles = Blocks::of_roles(Some(&house.content_folder()));
                    let whom = (post.as_str(), person.as_str());
                    let did = manara_framework::establishment::give_rights(db, &roles, whom, TYPIST, now).await;
                    did.map_err(|error| told(&post, error))?;
                }
            }
            if let Some(person) = leave
                && !manara_framework::establishment::leave_post(db, &post, &person, TYPIST, now).await?
            {
                bail!("{post}: {person} does not fill this post; `manara establish in-force` shows who does");
            }
            keep_manual(&house, now).await?;
            in_force(&house, json).await
        }
        EstablishAction::Proof(args) => super::proof::run(args).await,
        EstablishAction::Manual { place, lang, out, json } => {
            let house = House::open(&place).await?;
            manual(&house, &lang, &out, json).await
        }
    }
}

fn told(block: &str, error: EstablishError) -> anyhow::Error {
    match error {
        EstablishError::Refused(why) => anyhow!("{block}: {why}"),
        EstablishError::Store(error) => error.into(),
    }
}

fn known(id: &str) -> anyhow::Result<Service> {
    let all = Service::ALL.map(Service::as_str).join(", ");
    Service::parse(id).with_context(|| format!("there is no service {id}; there are {all}"))
}

async fn list(house: &House, service: Option<&str>, as_json: bool) -> anyhow::Result<u8> {
    let service = service.map(known).transpose()?;
    let live: HashMap<String, _> = manara_framework::establishment::applications(&house.db)
        .await?
        .into_iter()
        .map(|one| (one.block.clone(), one))
        .collect();
    let proofs: HashMap<String, _> = manara_framework::establishment::acceptances(&house.db)
        .await?
        .into_iter()
        .map(|one| (one.applied.clone(), one))
        .collect();
    let shelf = house.shelf();
    let mut lines: Vec<_> = shelf
        .blocks
        .all()
        .filter(|block| service.is_none_or(|service| block.applies.iter().any(|id| id == service.as_str())))
        .map(|block| {
            let application = live.get(&block.ref_id);
            (Stand::of(application, application.and_then(|one| proofs.get(&one.id))), block)
        })
        .collect();
    lines.sort_by_key(|(stand, block)| (*stand, block.stage.clone(), block.ref_id.clone()));
    if as_json {
        let line = |(stand, block): &(Stand, &manara_framework::catalogues::Block)| {
            json!({ "id": block.ref_id, "name": block.name.of("en"), "kind": block.kind.as_str(), "stage": block.stage,
                "stand": stand.as_str(), "services": block.applies })
        };
        print::json(&lines.iter().map(line).collect::<Vec<Value>>())?;
    } else {
        let head = ["block", "stand", "stage", "kind", "services", "name"].map(String::from);
        let row = |(stand, block): &(Stand, &manara_framework::catalogues::Block)| {
            vec![
                block.ref_id.clone(),
                stand.as_str().into(),
                block.stage.clone(),
                block.kind.as_str().into(),
                block.applies.join(" "),
                block.name.of("en").into(),
            ]
        };
        let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
        print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    }
    house.db.close().await;
    Ok(DONE)
}

/// Applies blocks one after the other, or says what that would do.
pub async fn apply(house: &House, blocks: &[String], only_preview: bool, as_json: bool) -> anyhow::Result<u8> {
    let (shelf, ground) = (house.shelf(), Ground::new(house)?);
    let mut all: Vec<(&str, Vec<Step>)> = Vec::new();
    for block in blocks {
        let steps = if only_preview {
            manara_framework::establishment::preview(&house.db, &ground, &shelf.blocks, block).await
        } else {
            let done =
                manara_framework::establishment::apply(&house.db, &ground, &shelf.blocks, block, TYPIST, Micros::now())
                    .await;
            done.map(|done| done.steps)
        };
        all.push((block, steps.map_err(|error| told(block, error))?));
    }
    if !only_preview {
        keep_manual(house, Micros::now()).await?;
    }
    let values: Vec<Value> = all.iter().map(|(block, steps)| json!({ "block": block, "steps": steps })).collect();
    let lines: Vec<(&str, &Vec<Step>)> = all.iter().map(|(block, steps)| (*block, steps)).collect();
    show(&values, &lines, as_json)?;
    house.db.close().await;
    let is_left = |step: &Step| step.outcome == manara_framework::establishment::Outcome::NeedsPerson;
    Ok(if all.iter().any(|(_, steps)| steps.iter().any(is_left)) { FOUND } else { DONE })
}

fn show(values: &[Value], lines: &[(&str, &Vec<Step>)], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return print::json(&values);
    }
    let head = ["block", "step", "of", "outcome", "found"].map(String::from);
    let rows: Vec<Vec<String>> = lines
        .iter()
        .flat_map(|(block, steps)| {
            steps.iter().map(move |step| {
                let outcome = step.outcome.as_str().to_string();
                let of = if step.what.is_empty() { &step.service } else { &step.what };
                vec![(*block).to_string(), step.name.clone(), of.clone(), outcome, step.found.clone()]
            })
        })
        .collect();
    Ok(print::table(&mut std::io::stdout().lock(), &head, &rows)?)
}

async fn in_force(house: &House, as_json: bool) -> anyhow::Result<u8> {
    let now = now_in_force(house, Lang::En).await?;
    if as_json {
        print::json(&in_force_json(&now))?;
    } else {
        let head = ["what", "id", "stands", "blocks"].map(String::from);
        let person = |one: &Holder| match (one.role, one.has_rights) {
            (None, _) => format!("{} (may no longer sign in)", one.name),
            (Some(_), true) => one.name.clone(),
            (Some(role), false) => format!("{} ({}: lacks rights)", one.name, role.as_str()),
        };
        let mut rows: Vec<Vec<String>> = Vec::new();
        for post in &now.posts {
            let people = post.people.iter().map(person).collect::<Vec<_>>().join(", ");
            let people = if people.is_empty() { "nobody".into() } else { people };
            rows.push(vec![Matter::Post.as_str().into(), post.id.clone(), people, post.blocks.join(" ")]);
        }
        for one in &now.matters {
            let stands = match (one.is_real, one.by_itself) {
                (true, true) => "in force by itself",
                (true, false) => "in force",
                (false, _) if one.matter == Matter::Address => "waits for a domain of mail",
                (false, _) => "not in the content",
            };
            rows.push(vec![one.matter.as_str().into(), one.id.clone(), stands.into(), one.blocks.join(" ")]);
        }
        print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    }
    house.db.close().await;
    Ok(DONE)
}

async fn service(house: &House, id: Option<&str>, switch: Option<OnOff>, as_json: bool) -> anyhow::Result<u8> {
    let chosen = id.map(known).transpose()?;
    if let (Some(service), Some(switch)) = (chosen, switch) {
        if switch == OnOff::Off && !service.can_be_off() {
            bail!("the service {} is never off: it is where the others are switched on", service.as_str());
        }
        let mut tx = house.db.begin().await?;
        manara_web::switch(&mut tx, service, switch == OnOff::On, (TYPIST, ""), Micros::now()).await?;
        tx.commit().await?;
        keep_manual(house, Micros::now()).await?;
    }
    let services = manara_web::services(&house.db).await?;
    let shown: Vec<Service> =
        Service::ALL.into_iter().filter(|one| chosen.is_none_or(|chosen| chosen == *one)).collect();
    if as_json {
        let line = |service: &Service| json!({ "id": service.as_str(), "on": services.is_on(*service), "basic": service.is_basic() });
        print::json(&shown.iter().map(line).collect::<Vec<Value>>())?;
    } else {
        let head = ["service", "is", "begins"].map(String::from);
        let row = |service: &Service| {
            let is = if services.is_on(*service) { "on" } else { "off" };
            let begins = if service.is_basic() { "first day" } else { "with its block" };
            vec![service.as_str().into(), is.into(), begins.into()]
        };
        let rows: Vec<Vec<String>> = shown.iter().map(row).collect();
        print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    }
    house.db.close().await;
    Ok(DONE)
}

async fn manual(house: &House, lang: &str, out: &Path, as_json: bool) -> anyhow::Result<u8> {
    let lang = Lang::parse(lang).with_context(|| format!("{lang} is no language of Manara; expected en, ar or fr"))?;
    let (ground, texts) = (Ground::new(house)?, Manual::load(Some(&house.content_folder())));
    let all = manara_framework::manuals::written(&house.db, &ground, &texts, &words(house)?, lang).await?;
    std::fs::create_dir_all(out).with_context(|| out.display().to_string())?;
    let mut files = Vec::new();
    for (at, one) in all.iter().enumerate() {
        let name = format!("{:02}-{}.md", at + 1, one.id);
        let path = out.join(&name);
        let text = format!("# {}\n\n{}\n<!-- {} -->\n", one.title, one.text, one.hash);
        std::fs::write(&path, text).with_context(|| path.display().to_string())?;
        files.push(json!({ "file": name, "title": one.title, "version": one.hash }));
    }
    match as_json {
        true => print::json(&files)?,
        false => println!("{} documents in {}", files.len(), out.display()),
    }
    house.db.close().await;
    Ok(DONE)
}
