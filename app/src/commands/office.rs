//! `office`: the programme office, from the terminal.

use std::io::Read as _;

use anyhow::Context as _;
use manara_framework::offices::{
    By, PROGRESS_BYTES, Releasing, Signer, countries, export_progress, fingerprint, import_progress, known_sections,
    office_json, own_progress, own_standing, release, spreads, spreads_json,
};
use manara_model::{Micros, Viewer};
use serde_json::{Value, json};

use super::DONE;
use crate::cli::{Office, OfficeAction};
use crate::house::House;
use crate::print;

/// Who the journal names for what is typed here; it sees all.
fn typist() -> Viewer {
    Viewer { name: "cli".into(), ..Viewer::system() }
}

/// Shows, releases, exports and imports.
pub async fn run(args: Office) -> anyhow::Result<u8> {
    let now = Micros::now();
    match args.action {
        OfficeAction::Show { place, json } => {
            let house = House::open(&place).await?;
            if json {
                print::json(&office_json(&house.db).await?)?;
            } else {
                let head = ["country", "region", "stage", "made", "name"].map(String::from);
                let all = countries(&house.db).await?;
                let rows: Vec<Vec<String>> = all
                    .into_iter()
                    .map(|one| vec![one.code, one.region, one.newest.stage, one.newest.made, one.name])
                    .collect();
                print::table(&mut std::io::stdout().lock(), &head, &rows)?;
            }
        }
        OfficeAction::Release { place, name, stage, strategies, teams, repelled, snapshot, sections, json } => {
            let house = House::open(&place).await?;
            let numbers = [("strategies", strategies), ("teams", teams), ("repelled", repelled)];
            let what = name.iter().map(|name| Releasing::Name(name));
            let what = what.chain(stage.iter().map(|stage| Releasing::Stage(stage)));
            let said = numbers.iter().filter(|(_, number)| number.is_some());
            let what = what.chain(said.map(|(name, number)| Releasing::Kpi(name, *number)));
            let what = what.chain(snapshot.iter().map(|id| Releasing::Snapshot(id, true)));
            let what = what.chain(sections.iter().map(|id| Releasing::Sections(id, true)));
            release_all(&house, what, json).await?;
        }
        OfficeAction::Withdraw { place, number, snapshot, sections, json } => {
            let house = House::open(&place).await?;
            let what = number.iter().map(|name| Releasing::Kpi(name, None));
            let what = what.chain(snapshot.iter().map(|id| Releasing::Snapshot(id, false)));
            let what = what.chain(sections.iter().map(|id| Releasing::Sections(id, false)));
            release_all(&house, what, json).await?;
        }
        OfficeAction::Practice { place, about, text, release: is_released, json, .. } => {
            let house = House::open(&place).await?;
            let what = Releasing::text(&about, text.as_deref(), is_released);
            if release_all(&house, what.into_iter(), json).await? && !json {
                println!("the text that was released is withdrawn; the next file has it no more");
            }
        }
        OfficeAction::Preview { place, json } => preview(&House::open(&place).await?, json).await?,
        OfficeAction::Compare { place, catalogue, by, json } => {
            compare(&House::open(&place).await?, &catalogue, by, json).await?;
        }
        OfficeAction::Export { place, out, json } => {
            let house = House::open(&place).await?;
            let file = export_progress(&house.db, &typist(), &house.config.nation.country, now).await?;
            manara_store::write_durably(&std::path::absolute(&out)?, |to| to.write_all(file.as_bytes()))?;
            let mark = fingerprint(&Signer::open(&house.db).await?.key());
            match json {
                true => print::json(&json!({ "file": out.display().to_string(), "fingerprint": mark }))?,
                false => println!("{mark}"),
            }
        }
        OfficeAction::Import { place, file, region, fingerprint, json } => {
            let house = House::open(&place).await?;
            let mut bytes = Vec::new();
            let most = PROGRESS_BYTES as u64 + 1;
            let opened = std::fs::File::open(&file).with_context(|| file.display().to_string())?;
            opened.take(most).read_to_end(&mut bytes)?;
            let from = (region.as_str(), fingerprint.as_str());
            let (code, is_new) = import_progress(&house.db, &typist(), &bytes, from, now)
                .await
                .with_context(|| file.display().to_string())?;
            match (json, is_new) {
                (true, _) => print::json(&json!({ "country": code, "new": is_new }))?,
                (false, true) => println!("{code} taken"),
                (false, false) => println!("{code} was there already"),
            }
        }
    }
    Ok(DONE)
}

/// Releases and withdraws; says whether something that was released was withdrawn.
async fn release_all<'a>(house: &House, what: impl Iterator<Item = Releasing<'a>>, json: bool) -> anyhow::Result<bool> {
    let what: Vec<Releasing<'_>> = what.collect();
    // First what can be seen of each before: what is wrong in one leaves the others as they were.
    for one in &what {
        one.known(&house.db, &typist()).await.with_context(|| named(one))?;
    }
    let told: Vec<Value> = what.iter().map(told).collect();
    let mut is_withdrawn = false;
    for one in what {
        is_withdrawn |= release(&house.db, &typist(), one, Micros::now()).await.with_context(|| named(&one))?;
    }
    if json {
        print::json(&json!({ "changed": told, "withdrawn": is_withdrawn }))?;
    }
    Ok(is_withdrawn)
}

/// What is released or withdrawn, for programs.
fn told(what: &Releasing<'_>) -> Value {
    match what {
        Releasing::Name(name) => json!({ "what": "name", "value": name }),
        Releasing::Stage(stage) => json!({ "what": "stage", "value": stage }),
        Releasing::Kpi(name, number) => json!({ "what": "number", "name": name, "value": number }),
        Releasing::Snapshot(id, is_released) => json!({ "what": "snapshot", "id": id, "released": is_released }),
        Releasing::Sections(id, is_released) => json!({ "what": "sections", "id": id, "released": is_released }),
        Releasing::Practice(place, text) => json!({ "what": "text", "about": place, "released": text.is_some() }),
        Releasing::Draft(place, text) => json!({ "what": "draft", "about": place, "kept": text.is_some() }),
    }
}

/// What is released or withdrawn, in words.
fn named(what: &Releasing<'_>) -> String {
    match what {
        Releasing::Name(name) => format!("the name {name}"),
        Releasing::Stage(stage) => format!("the stage {stage}"),
        Releasing::Kpi(name, _) => format!("the number {name}"),
        Releasing::Snapshot(id, _) => format!("the snapshot {id}"),
        Releasing::Sections(id, _) => format!("the figures by section of the snapshot {id}"),
        Releasing::Practice(place, _) => format!("the text about {place}"),
        Releasing::Draft(place, _) => format!("the draft about {place}"),
    }
}

/// Exactly what would leave now.
async fn preview(house: &House, json: bool) -> anyhow::Result<()> {
    let leaves = own_progress(&house.db, &typist(), &house.config.nation.country, Micros::now()).await?;
    if json {
        return print::json(&serde_json::to_value(&leaves)?);
    }
    let mut rows: Vec<Vec<String>> =
        [("country", &leaves.country), ("name", &leaves.name), ("made", &leaves.made), ("stage", &leaves.stage)]
            .map(|(what, value)| vec![what.to_string(), String::new(), value.clone()])
            .to_vec();
    rows.extend(leaves.kpis.iter().map(|(name, number)| vec!["number".into(), name.clone(), number.to_string()]));
    for one in &leaves.assessments {
        let of = format!("{} {}", one.catalogue, one.day);
        let all = format!("{} answered, {} not", one.figures.answered, one.figures.unanswered);
        rows.push(vec!["assessment".into(), of, all]);
        for section in &one.sections {
            let figures = format!("claimed {} %, supported {} %", section.claimed, section.supported);
            rows.push(vec!["section".into(), format!("{}/{}", one.catalogue, section.section), figures]);
        }
    }
    let texts = leaves.practices.iter();
    rows.extend(texts.map(|one| vec!["text".into(), format!("{}/{}", one.catalogue, one.section), one.text.clone()]));
    print::table(&mut std::io::stdout().lock(), &["what", "of", "value"].map(String::from), &rows)?;
    Ok(())
}

/// The countries by section of one model.
async fn compare(house: &House, catalogue: &str, by: By, json: bool) -> anyhow::Result<()> {
    let (shelf, all) = (house.shelf(), countries(&house.db).await?);
    let (order, version) = known_sections(shelf.get(catalogue).map(AsRef::as_ref));
    let own = own_standing(&house.db, &typist(), &house.config.nation.country, catalogue).await?;
    let found = spreads(&all, catalogue, &order, &own, by);
    if json {
        return print::json(&spreads_json(&found, (catalogue, &version), &own, by));
    }
    let head = ["section", "n", "least", "middle", "most", "highest", "own", "what worked"].map(String::from);
    let percent = |one: &manara_framework::offices::SectionSpread, number: f64| match one.spots.is_empty() {
        true => String::new(),
        false => number.to_string(),
    };
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|one| {
            let highest: Vec<&str> = one.highest(by).map(|spot| spot.country.as_str()).collect();
            let worked: Vec<String> = one.practices.iter().map(|(code, text)| format!("{code}: {text}")).collect();
            vec![
                one.section.clone(),
                one.spots.len().to_string(),
                percent(one, one.least),
                percent(one, one.middle),
                percent(one, one.most),
                highest.join(" "),
                one.own_figure(by).map(|own| own.to_string()).unwrap_or_default(),
                worked.join(" | "),
            ]
        })
        .collect();
    print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    Ok(())
}
