//! `establish proof`: what proves a building block, from the terminal, in the name of a person.

use anyhow::{Context as _, anyhow, bail};
use manara_framework::establishment::{Accepting, EstablishError, Proof, acceptance, live_of, proof_json};
use manara_model::Micros;
use manara_store::Acting;
use manara_web::{Right, team};
use serde_json::Value;

use super::DONE;
use super::framework::kept_file;
use crate::cli::{ProofAction, ProofArgs};
use crate::house::House;
use crate::print;

/// Does what was typed.
pub async fn run(args: ProofArgs) -> anyhow::Result<u8> {
    let now = Micros::now();
    let (place, block, as_json) = match &args.action {
        ProofAction::Show { place, block, json }
        | ProofAction::Bring { place, block, json, .. }
        | ProofAction::Assign { place, block, json, .. }
        | ProofAction::Accept { place, block, json, .. }
        | ProofAction::Refuse { place, block, json, .. } => (place.clone(), block.clone(), *json),
    };
    let house = House::open(&place).await?;
    let db = &house.db;
    let did = match &args.action {
        ProofAction::Show { .. } => Ok(()),
        ProofAction::Bring { by, text, link, file, .. } => {
            may(&house, by, Right::AnswerAssessments).await?;
            let (file_name, sha256) = match file {
                Some(path) => kept_file(&house, path)?,
                None => Default::default(),
            };
            let proof = Proof { text: text.clone(), link: link.clone(), file_name, sha256 };
            typed(manara_framework::establishment::show(db, &block, &proof, by, now)).await
        }
        ProofAction::Assign { person, due, .. } => {
            let new = Accepting { person: person.clone(), due: due.clone() };
            manara_framework::establishment::assign(db, &block, &new, "cli", now).await
        }
        ProofAction::Accept { by, .. } => {
            may(&house, by, Right::ChangeRules).await?;
            typed(manara_framework::establishment::accept(db, &block, by, None, now)).await.map(|_| ())
        }
        ProofAction::Refuse { by, .. } => {
            may(&house, by, Right::ChangeRules).await?;
            typed(manara_framework::establishment::refuse(db, &block, by, now)).await
        }
    };
    did.map_err(|error| match error {
        EstablishError::Refused(why) => anyhow!("{block}: {why}"),
        EstablishError::Store(error) => error.into(),
    })?;
    let stands = stands(&house, &block).await?;
    house.db.close().await;
    if as_json {
        print::json(&stands)?;
        return Ok(DONE);
    }
    let head = ["what", "is"].map(String::from);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_string);
    let members = stands.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    let rows: Vec<Vec<String>> = members.map(|(name, value)| vec![name.replace('_', " "), text(value)]).collect();
    print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    Ok(DONE)
}

/// Does something for a person; the journal names them, and that it was typed.
pub async fn typed<F: Future>(work: F) -> F::Output {
    Acting { token: "cli".into(), order: None }.scope(work).await
}

/// Whether somebody may sign in and has a right.
pub async fn may(house: &House, person: &str, right: Right) -> anyhow::Result<()> {
    let team = team(&house.db).await?;
    let (_, role) = team.iter().find(|(name, _)| name == person).with_context(|| {
        let all: Vec<&str> = team.iter().map(|(name, _)| name.as_str()).collect();
        format!("nobody who may sign in is called {person}; there are {}", all.join(", "))
    })?;
    if !role.may(right) {
        bail!("{person} is {} here and may not do this; {}", role.as_str(), who_may(right));
    }
    Ok(())
}

fn who_may(right: Right) -> String {
    let roles = manara_web::Role::ALL.into_iter().filter(|role| role.may(right));
    format!("those who may are {}", roles.map(manara_web::Role::as_str).collect::<Vec<_>>().join(", "))
}

async fn stands(house: &House, block: &str) -> anyhow::Result<Value> {
    let one = live_of(&house.db, block).await?;
    let one = one.with_context(|| format!("{block}: the building block was not applied, or that was taken back"))?;
    let proof = acceptance(&house.db, &one.id).await?.unwrap_or_default();
    Ok(proof_json(block, &proof))
}
