//! `constituency`: who we serve, in and out.

use std::io::{Read as _, Write as _};

use anyhow::Context as _;
use manara_constituency::{ExportFormat, Filter, ImportFormat, ImportOptions};
use manara_model::Micros;
use manara_web::{Lang, Words};
use serde_json::json;

use super::{DONE, FAILED};
use crate::cli::{Constituency, ConstituencyAction};
use crate::house::House;
use crate::print;

/// Imports, exports, lists, or shows overlaps.
pub async fn run(args: Constituency) -> anyhow::Result<u8> {
    match args.action {
        ConstituencyAction::Import { place, file, dry_run, replace, json } => {
            let house = House::make(&place).await?;
            let mut bytes = Vec::new();
            let name = file.display().to_string();
            if file.as_os_str() == "-" {
                std::io::stdin().lock().read_to_end(&mut bytes)?;
            } else {
                bytes = std::fs::read(&file).with_context(|| name.clone())?;
            }
            let options = ImportOptions { dry_run, replace, ..ImportOptions::default() };
            let report =
                manara_constituency::import(&house.db, &bytes, ImportFormat::Auto, &options, "cli", Micros::now())
                    .await
                    .with_context(|| name.clone())?;
            let words = Words::built_in()?;
            let reason = |reason: &manara_constituency::Reason| {
                let args: Vec<(&str, manara_web::Word)> =
                    reason.args().into_iter().map(|(key, value)| (key, value.into())).collect();
                words.t_args(Lang::En, &format!("constituency-reason-{}", reason.code()), &args)
            };
            if json {
                let refused: Vec<_> = report
                    .refused
                    .iter()
                    .map(|r| json!({ "line": r.line, "column": r.column, "code": r.reason.code(), "reason": reason(&r.reason), "found": r.found }))
                    .collect();
                let warnings: Vec<_> = report
                    .warnings
                    .iter()
                    .map(|w| json!({ "line": w.line, "column": w.column, "found": w.found }))
                    .collect();
                print::json(&json!({ "read": report.read, "added": report.added, "changed": report.changed,
                    "unchanged": report.unchanged, "removed": report.removed, "written": report.written,
                    "refused": refused, "warnings": warnings }))?;
            } else {
                for refused in &report.refused {
                    println!(
                        "{name}, line {}, {}: {} ({:?})",
                        refused.line,
                        refused.column,
                        reason(&refused.reason),
                        refused.found
                    );
                }
                println!(
                    "{} constituents read: {} added, {} changed, {} unchanged, {} removed; {} lines refused, {} warnings",
                    report.read,
                    report.added,
                    report.changed,
                    report.unchanged,
                    report.removed,
                    report.refused.len(),
                    report.warnings.len()
                );
                match (report.refused.is_empty(), dry_run) {
                    (false, _) => println!("nothing was written: mend the lines above and import again"),
                    (true, true) => println!("dry run: nothing was written"),
                    (true, false) => {}
                }
            }
            house.db.close().await;
            Ok(if report.refused.is_empty() { DONE } else { FAILED })
        }
        ConstituencyAction::Export { place, format, out } => {
            let house = House::open(&place).await?;
            let format = ExportFormat::parse(&format)
                .with_context(|| format!("--format {format} is not known; expected csv, networks or json"))?;
            let bytes = manara_constituency::export(&house.db, format).await?;
            match out {
                Some(path) => manara_store::write_durably(&std::path::absolute(&path)?, |file| file.write_all(&bytes))
                    .with_context(|| path.display().to_string())?,
                None => std::io::stdout().lock().write_all(&bytes)?,
            }
            Ok(DONE)
        }
        ConstituencyAction::List { place, json } => {
            let house = House::open(&place).await?;
            let page = manara_constituency::list(&house.db, &Filter::default(), 10_000).await?;
            let names = ["name", "sector", "kind", "criticality", "networks", "contacts", "id"].map(String::from);
            let rows: Vec<Vec<String>> = page
                .rows
                .iter()
                .map(|one| {
                    let numbers = (one.networks.to_string(), one.contacts.to_string());
                    vec![
                        one.name.clone(),
                        one.sector.id.clone(),
                        one.kind.id.clone(),
                        one.criticality.as_str().into(),
                        numbers.0,
                        numbers.1,
                        one.id.clone(),
                    ]
                })
                .collect();
            if json {
                print::objects(&names, &rows)?;
            } else if rows.is_empty() {
                println!("there is no constituent yet; `manara constituency import FILE` brings them in");
            } else {
                print::table(&mut std::io::stdout().lock(), &names, &rows)?;
            }
            Ok(DONE)
        }
        ConstituencyAction::Overlaps { place, json } => {
            let house = House::open(&place).await?;
            let ownership = manara_constituency::load_ownership(&house.db).await?;
            let name = |owner: u32| ownership.constituent(owner).map_or_else(String::new, |one| one.name.clone());
            let rows: Vec<Vec<String>> = ownership
                .overlaps()
                .iter()
                .map(|overlap| {
                    vec![
                        overlap.inner.network.to_string(),
                        name(overlap.inner.owner),
                        overlap.outer.network.to_string(),
                        name(overlap.outer.owner),
                    ]
                })
                .collect();
            let names = ["network", "owner (wins)", "inside", "of"].map(String::from);
            if json {
                print::json(&rows.iter().map(|row| json!({ "inner": row.first(), "inner_owner": row.get(1), "outer": row.get(2), "outer_owner": row.get(3) })).collect::<Vec<_>>())?;
            } else if rows.is_empty() {
                println!("no networks of different owners overlap");
            } else {
                print::table(&mut std::io::stdout().lock(), &names, &rows)?;
            }
            Ok(DONE)
        }
    }
}
