//! `fields`: own fields of incidents, from the terminal.

use anyhow::{Context as _, bail};
use manara_model::{Micros, Viewer};
use manara_response::Incident;
use serde_json::json;

use super::DONE;
use crate::cli::{OwnFieldsAction, OwnFieldsArgs};
use crate::house::House;
use crate::print;

/// Who the journal names for what is typed here; it sees all.
fn typist() -> Viewer {
    Viewer { name: "cli".into(), ..Viewer::system() }
}

async fn found(house: &House, name: &str) -> anyhow::Result<Incident> {
    let found = manara_response::get(&house.db, &typist(), name).await?;
    found.with_context(|| format!("there is no incident {name}; `manara incidents list` shows them"))
}

/// Lists own fields and writes their values.
pub async fn run(args: OwnFieldsArgs) -> anyhow::Result<u8> {
    match args.action {
        OwnFieldsAction::List { place, incident, language, json } => {
            let house = House::open(&place).await?;
            let (names, rows) = match incident {
                Some(name) => (["field", "title", "value"], values(&house, &name, &language).await?),
                None => (["field", "title", "kind"], defined(&house, &language)),
            };
            let names = names.map(String::from);
            match json {
                true => print::objects(&names, &rows)?,
                false => print::table(&mut std::io::stdout().lock(), &names, &rows)?,
            }
        }
        OwnFieldsAction::Set { place, incident, values, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            let content = house.work_content();
            let mut given = Vec::new();
            for pair in &values {
                let (field, value) = pair
                    .split_once('=')
                    .with_context(|| format!("{pair} is no value; expected such as affected-people=1200"))?;
                given.push((field.trim().to_string(), value.to_string()));
            }
            let (db, viewer) = (&house.db, typist());
            let did =
                manara_response::write_own_fields(db, &viewer, &content.fields, &one.id, &given, Micros::now()).await?;
            let one = match did {
                Ok(one) => one,
                Err(wrong) => {
                    let told: Vec<String> = wrong.iter().map(|(field, why)| format!("{field}: {why}")).collect();
                    bail!("nothing was written: {}; `manara fields list` shows the fields", told.join("; "));
                }
            };
            let kept = manara_response::values_in(&one.fields);
            match json {
                true => print::json(&json!({ "incident": one.number, "fields": kept }))?,
                false => println!("{}: {} values", one.number, kept.len()),
            }
        }
    }
    Ok(DONE)
}

fn defined(house: &House, language: &str) -> Vec<Vec<String>> {
    let content = house.work_content();
    let fields = content.fields.groups().flat_map(|group| &group.fields);
    fields
        .map(|field| vec![field.id.clone(), field.title.of(language).to_string(), field.kind.as_str().to_string()])
        .collect()
}

async fn values(house: &House, name: &str, language: &str) -> anyhow::Result<Vec<Vec<String>>> {
    let one = found(house, name).await?;
    let values = manara_response::own_values(&house.db, &one.id).await?;
    Ok(values.into_iter().map(|value| vec![value.field, value.title.of(language).to_string(), value.value]).collect())
}
