//! What a moderator records, from a table: `item,level,reason,proves`, and `version` when it is to be what was seen.

use std::io::Read;

use anyhow::{Context as _, bail};
use manara_framework::assessments::{Agreed, Assessment, FrameworkError, NOT_APPLICABLE, Refusal, Refused, Verdict};
use manara_framework::catalogues::Catalogue;
use manara_model::{Micros, Viewer};
use manara_store::Db;

const COLUMNS: [&str; 4] = ["item", "level", "reason", "proves"];

/// Carries out a table; gives how many lines were taken, and those that were not.
pub async fn moderate(
    db: &Db,
    viewer: &Viewer,
    one: &Assessment,
    catalogue: &Catalogue,
    input: impl Read,
    now: Micros,
) -> anyhow::Result<(usize, Vec<Refused>)> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input.take(8 << 20));
    let head = reader.headers()?.clone();
    let place = |name: &str| head.iter().position(|found| found.trim().eq_ignore_ascii_case(name));
    let mut places = [0; COLUMNS.len()];
    for (slot, name) in places.iter_mut().zip(COLUMNS) {
        *slot = place(name).with_context(|| format!("the column {name} is missing; expected {}", COLUMNS.join(",")))?;
    }
    let version_place = place("version");
    let evidence = manara_framework::assessments::sheet(db, &one.id, &now.day()).await?.evidence;
    let (mut taken, mut refused) = (0, Vec::new());
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let [item, level, reason, proves] = places.map(|at| record.get(at).unwrap_or_default().trim().to_string());
        let mut done = Ok(());
        if !level.is_empty() {
            let not_applicable = level.eq_ignore_ascii_case(NOT_APPLICABLE);
            let verdict = Verdict { item: item.clone(), level: level.parse().ok(), not_applicable, reason };
            let seen = version_place.and_then(|at| record.get(at)).map(str::trim).filter(|text| !text.is_empty());
            let seen = match seen.map(str::parse::<i64>).transpose() {
                Ok(seen) => seen,
                Err(_) => {
                    let reason = "the version is a whole number; `manara assess history` shows it".into();
                    refused.push(Refused { line, column: "version", reason });
                    continue;
                }
            };
            done = manara_framework::assessments::agree(db, viewer, &one.id, catalogue, (&verdict, seen), now).await;
        }
        if let Some(level) = proves.parse::<i64>().ok().filter(|_| done.is_ok()) {
            for shown in evidence.iter().filter(|shown| shown.item == item) {
                let judged = (shown.id.as_str(), Some(level), None);
                done = manara_framework::assessments::judge(db, viewer, &one.id, catalogue, judged, now).await;
                if done.is_err() {
                    break;
                }
            }
        }
        match done {
            Ok(()) => taken += 1,
            Err(FrameworkError::Refused(Refusal::Stale)) => {
                let stands = manara_framework::assessments::agreed(db, &one.id).await?.remove(&item);
                refused.push(Refused { line, column: "version", reason: stale(stands.as_ref()) });
            }
            Err(FrameworkError::Refused(why)) => {
                refused.push(Refused { line, column: "level", reason: why.to_string() })
            }
            Err(FrameworkError::Store(error)) => bail!(error),
        }
    }
    Ok((taken, refused))
}

fn stale(stands: Option<&Agreed>) -> String {
    match stands {
        None => "nothing is agreed any more (version 0)".into(),
        Some(stands) => {
            let agreed = &stands.consensus;
            let level = agreed.level.map_or(NOT_APPLICABLE.to_string(), |level| level.to_string());
            format!("{} recorded {level} meanwhile (version {}): {}", agreed.who, stands.version, agreed.reason)
        }
    }
}
