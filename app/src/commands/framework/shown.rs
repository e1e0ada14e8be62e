//! Evidence of an assessment: what respondents show.

use std::path::Path;

use anyhow::{Context as _, bail};
use manara_framework::assessments::{
    EVIDENCE_BYTES, Evidence, LABEL_CHARS, Shown, add_evidence, all_evidence, evidence_json, take_evidence_back,
};
use manara_model::Micros;
use serde_json::json;

use super::{found, typist};
use crate::cli::{AssessEvidence, ShowArgs, ShownAction};
use crate::commands::DONE;
use crate::house::House;
use crate::print;

/// Lists, shows, takes back.
pub async fn evidence(args: AssessEvidence) -> anyhow::Result<u8> {
    match args.action {
        ShownAction::List { place, id, json } => list(&House::open(&place).await?, &id, json).await,
        ShownAction::Add(args) => add(args).await,
        ShownAction::Withdraw { place, id, evidence, json } => {
            let house = House::open(&place).await?;
            let (one, _) = found(&house, &id).await?;
            let all = all_evidence(&house.db, &one.id).await?;
            let shown = all.iter().find(|shown| shown.id == evidence);
            let unknown = || format!("there is no evidence {evidence}; `manara assess evidence list {id}` shows it");
            let ids = (one.id.as_str(), shown.with_context(unknown)?.voice.as_str());
            take_evidence_back(&house.db, &typist(), ids, &evidence, Micros::now()).await?;
            if json {
                print::json(&json!({ "assessment": one.id, "id": evidence, "withdrawn": true }))?;
            }
            Ok(DONE)
        }
    }
}

async fn list(house: &House, id: &str, as_json: bool) -> anyhow::Result<u8> {
    let (one, _) = found(house, id).await?;
    let all = all_evidence(&house.db, &one.id).await?;
    if as_json {
        print::json(&all.iter().map(evidence_json).collect::<Vec<_>>())?;
        return Ok(DONE);
    }
    let head = ["id", "item", "respondent", "writing", "proves", "until", "what"].map(String::from);
    let row = |one: &Evidence| {
        let (writing, proves) = (one.revision.to_string(), super::level(one.supports));
        let (id, item, voice) = (one.id.clone(), one.item.clone(), one.voice.clone());
        vec![id, item, voice, writing, proves, one.expires.clone(), one.label.clone()]
    };
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    Ok(DONE)
}

async fn add(args: ShowArgs) -> anyhow::Result<u8> {
    let ShowArgs { place, id, item, respondent, link, file, expires, replaces, json } = args;
    let house = House::open(&place).await?;
    let (one, catalogue) = found(&house, &id).await?;
    let (label, sha256) = match file {
        Some(path) => kept_file(&house, &path)?,
        None => (link.unwrap_or_default(), String::new()),
    };
    let new = Shown { item, label, sha256, expires, replaces };
    let ids = (one.id.as_str(), respondent.as_str());
    let shown = add_evidence(&house.db, &typist(), ids, &catalogue, &new, Micros::now()).await;
    let shown = shown.with_context(|| {
        format!(
            "evidence of {respondent} for {}; `manara assess respondent list {id}` shows who may show some",
            new.item
        )
    })?;
    match json {
        true => print::json(&evidence_json(&shown))?,
        false => println!("{}", shown.id),
    }
    Ok(DONE)
}

/// Keeps a file that proves something; gives its name and its hash.
pub fn kept_file(house: &House, path: &Path) -> anyhow::Result<(String, String)> {
    let about = || path.display().to_string();
    let mut file = std::fs::File::open(path).with_context(about)?;
    let bytes = file.metadata().with_context(about)?.len();
    if bytes == 0 || bytes > EVIDENCE_BYTES as u64 {
        bail!("{}: a file of evidence has 1 to {EVIDENCE_BYTES} bytes; this one has {bytes}", path.display());
    }
    let blob = tokio::task::block_in_place(|| house.ingest.blobs.keep(&mut file)).with_context(about)?;
    // What a name has at most: a longer one would be refused, and the file is not called otherwise by that.
    let name = path.file_name().map(|name| name.to_string_lossy().chars().take(LABEL_CHARS).collect());
    Ok((name.unwrap_or_default(), blob.sha256))
}
