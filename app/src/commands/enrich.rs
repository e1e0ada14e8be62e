//! `enrich`: the tables that fill what the sources do not say.

use anyhow::{Context as _, bail};
use manara_model::Micros;
use manara_watch::{TableKind, load_table};
use serde_json::json;

use super::DONE;
use crate::cli::{Enrich, EnrichAction};
use crate::house::House;
use crate::print;

const LOADED: &str =
    "SELECT kind, source_name, entries, refused, loaded_at, sha256 FROM watch_table ORDER BY kind LIMIT 10";

/// Loads or lists tables.
pub async fn run(args: Enrich) -> anyhow::Result<u8> {
    match args.action {
        EnrichAction::Load { place, prefix_to_as, delegated, as_names, json } => {
            let files = [
                (TableKind::PrefixToAs, prefix_to_as),
                (TableKind::Delegated, delegated),
                (TableKind::AsNames, as_names),
            ];
            if files.iter().all(|(_, file)| file.is_none()) {
                bail!("which table? give --prefix-to-as FILE, --delegated FILE or --as-names FILE");
            }
            let house = House::make(&place).await?;
            for (kind, file) in files {
                let Some(file) = file else { continue };
                let name = file.display().to_string();
                let mut source = std::fs::File::open(&file).with_context(|| name.clone())?;
                let folder = house.ingest.table_folder();
                let report = load_table(&house.db, &folder, kind, &name, &mut source, "cli", Micros::now()).await?;
                if json {
                    print::json(
                        &json!({ "table": kind.as_str(), "entries": report.entries, "refused": report.refused_count,
                        "refused_lines": report.refused, "sha256": report.sha256 }),
                    )?;
                    continue;
                }
                println!("{}: {} entries from {name}", kind.as_str(), report.entries);
                for (line, found) in &report.refused {
                    println!("  line {line}: {found:?} is no entry");
                }
                if report.refused_count > report.refused.len() as u64 {
                    println!(
                        "  and {} more lines that are no entries",
                        report.refused_count - report.refused.len() as u64
                    );
                }
            }
            house.db.close().await;
        }
        EnrichAction::List { place, json } => {
            let house = House::open(&place).await?;
            let mut rows = Vec::new();
            for row in house.db.read(LOADED, &[]).await? {
                let numbers = (row.int(2)?, row.int(3)?);
                rows.push(vec![
                    row.text(0)?,
                    row.text(1)?,
                    numbers.0.to_string(),
                    numbers.1.to_string(),
                    row.text(4)?,
                    row.text(5)?,
                ]);
            }
            let names = ["table", "source", "entries", "refused", "loaded_at", "sha256"].map(String::from);
            if json {
                print::objects(&names, &rows)?;
            } else if rows.is_empty() {
                println!("no table is loaded; `manara enrich load --prefix-to-as FILE` loads one");
            } else {
                print::table(&mut std::io::stdout().lock(), &names, &rows)?;
            }
        }
    }
    Ok(DONE)
}
