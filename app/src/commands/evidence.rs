//! `evidence`: what was secured for incidents, from the terminal.

use std::fs::File;
use std::path::Path;

use anyhow::{Context as _, bail};
use manara_model::{Micros, Viewer};
use manara_response::{Evidence, EvidenceKind, Incident, KeptFile, NewCustody, NewEvidence, Outcome};
use manara_web::Locale;
use serde_json::{Value, json};

use super::{DONE, FOUND};
use crate::cli::{EvidenceAction, EvidenceArgs};
use crate::house::House;
use crate::{papers, print};

/// Who the journal names for what is typed here; it sees all.
fn typist() -> Viewer {
    Viewer { name: "cli".into(), ..Viewer::system() }
}

/// Lists, adds, hands over, checks, gives away or prints.
pub async fn run(args: EvidenceArgs) -> anyhow::Result<u8> {
    let now = Micros::now();
    match args.action {
        EvidenceAction::List { place, incident, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            let mut all = manara_response::evidence_of(&house.db, &one.id).await?;
            all.retain(|item| item.removed.is_none());
            if json {
                print::json(&all.iter().map(object).collect::<Vec<_>>())?;
            } else if all.is_empty() {
                println!("{} has no evidence; `manara evidence add` writes a piece down", one.number);
            } else {
                let names = ["number", "kind", "acquired", "by", "kept", "sha256", "name"].map(String::from);
                let rows: Vec<Vec<String>> = all.iter().map(row).collect();
                print::table(&mut std::io::stdout().lock(), &names, &rows)?;
            }
        }
        EvidenceAction::Add { place, incident, name, kind, file, sha256, by, source, kept, at, note, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            let kind = EvidenceKind::parse(&kind).with_context(|| {
                let known = EvidenceKind::ALL.map(EvidenceKind::as_str).join(", ");
                format!("{kind} is no kind of evidence; expected one of {known}")
            })?;
            let acquired = at.as_deref().map(moment).transpose()?.unwrap_or(now);
            let new =
                NewEvidence { name, kind, note, sha256, bytes: 0, acquired, acquired_by: by, source, place: kept };
            let file = file.map(|path| keep(&house, &path)).transpose()?;
            let did = manara_response::add_evidence(&house.db, &typist(), &one.id, &new, file.as_ref(), now).await;
            say(&did?, json)?;
        }
        EvidenceAction::Hand { place, item, to, reason, from, kept, at, json } => {
            let house = House::open(&place).await?;
            let (one, item) = item_of(&house, &item).await?;
            let at = at.as_deref().map(moment).transpose()?.unwrap_or(now);
            let new = NewCustody { at, given_by: from, taken_by: to, place: kept, reason };
            let ids = (one.id.as_str(), item.id.as_str());
            say(&manara_response::hand_evidence(&house.db, &typist(), ids, None, &new, now).await?, json)?;
        }
        EvidenceAction::Check { place, item, json } => {
            let house = House::open(&place).await?;
            let (one, item) = item_of(&house, &item).await?;
            let ids = (one.id.as_str(), item.id.as_str());
            let item = manara_response::check_evidence(&house.db, &typist(), ids, &house.ingest.blobs, now).await?;
            let outcome = item.check.as_ref().map_or(Outcome::Missing, |check| check.outcome);
            match json {
                true => print::json(&object(&item))?,
                false => println!("{}: {}", item.number, outcome.as_str()),
            }
            return Ok(if outcome == Outcome::Intact { DONE } else { FOUND });
        }
        EvidenceAction::Get { place, item, out, json } => {
            let house = House::open(&place).await?;
            let (_, item) = item_of(&house, &item).await?;
            if !item.is_kept() {
                bail!("no file of {} is kept here", item.number);
            }
            let bytes = write_out(&house, &item, &out)?;
            match json {
                true => {
                    print::json(&json!({ "number": item.number, "file": out.display().to_string(), "bytes": bytes,
                    "sha256": item.sha256 }))?
                }
                false => println!("{}: {bytes} bytes in {}", item.number, out.display()),
            }
        }
        EvidenceAction::Sheet { place, incident, print } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            let (form, lang) = print::document::asked(&print)?;
            let words = papers::words(&house.content_folder())?;
            let mut locale = Locale::from(lang);
            locale.zone = house.config.nation.usual()?.zone;
            let evidence = manara_response::evidence_with_custody(&house.db, &one.id).await?;
            let document = manara_response::custody_sheet(&one, &evidence, &words, locale, now);
            print::document::write(&papers::printer(&house), &document, form, &print)?;
        }
    }
    Ok(DONE)
}

fn moment(text: &str) -> anyhow::Result<Micros> {
    Micros::parse_rfc3339(text)
        .with_context(|| format!("{text} is no moment; expected one such as 2026-01-15T12:00:00Z"))
}

async fn found(house: &House, name: &str) -> anyhow::Result<Incident> {
    let found = manara_response::get(&house.db, &typist(), name).await?;
    found.with_context(|| format!("there is no incident {name}; `manara incidents list` shows them"))
}

/// A piece by its number, and the incident it belongs to now: a merged one's evidence went over to the other.
async fn item_of(house: &House, number: &str) -> anyhow::Result<(Incident, Evidence)> {
    let unknown = || format!("there is no piece of evidence {number}; `manara evidence list INCIDENT` shows them");
    let (incident, _) = number.rsplit_once("-E").with_context(unknown)?;
    let mut one = found(house, incident).await?;
    if !one.merged_into.is_empty() {
        one = found(house, &one.merged_into.clone()).await?;
    }
    let item = manara_response::get_evidence(&house.db, &one.id, number).await?.with_context(unknown)?;
    Ok((one, item))
}

/// Puts a file among the raw files of the house.
fn keep(house: &House, path: &Path) -> anyhow::Result<KeptFile> {
    let about = || path.display().to_string();
    let mut file = File::open(path).with_context(about)?;
    let blob = tokio::task::block_in_place(|| house.ingest.blobs.keep(&mut file)).with_context(about)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(KeptFile { name, blob })
}

fn write_out(house: &House, item: &Evidence, out: &Path) -> anyhow::Result<u64> {
    let about = || out.display().to_string();
    tokio::task::block_in_place(|| {
        let mut from = house.ingest.blobs.open(&item.sha256)?;
        let mut to = File::options().create_new(true).write(true).open(out).with_context(about)?;
        let bytes = std::io::copy(&mut from, &mut to).with_context(about)?;
        to.sync_all().with_context(about)?;
        Ok(bytes)
    })
}

fn row(item: &Evidence) -> Vec<String> {
    vec![
        item.number.clone(),
        item.kind.as_str().into(),
        item.acquired.rfc3339().chars().take(16).collect(),
        item.acquired_by.clone(),
        item.place.clone(),
        item.sha256.chars().take(16).collect(),
        item.name.clone(),
    ]
}

fn object(item: &Evidence) -> Value {
    json!({ "number": item.number, "name": item.name, "kind": item.kind.as_str(), "note": item.note,
        "sha256": item.sha256, "bytes": item.bytes, "file": item.file, "acquired": item.acquired.rfc3339(),
        "acquired_by": item.acquired_by, "source": item.source, "place": item.place,
        "checked": item.check.as_ref().map(|check| check.at.rfc3339()),
        "outcome": item.check.as_ref().map(|check| check.outcome.as_str()), "version": item.version })
}

fn say(item: &Evidence, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return print::json(&object(item));
    }
    let name: String = item.name.chars().map(|c| if c.is_control() { '·' } else { c }).collect();
    println!("{}  {}  {name}", item.number, item.place);
    Ok(())
}
