//! `office`: the programme office, from the terminal.

use std::io::Read as _;

use anyhow::Context as _;
use manara_framework::offices::{
    PROGRESS_BYTES, Releasing, Signer, countries, export_progress, fingerprint, import_progress, office_json, release,
};
use manara_model::{Micros, Viewer};

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
        OfficeAction::Release { place, name, stage, strategies, teams, repelled, snapshot } => {
            let house = House::open(&place).await?;
            let numbers = [("strategies", strategies), ("teams", teams), ("repelled", repelled)];
            let what = name.iter().map(|name| Releasing::Name(name));
            let what = what.chain(stage.iter().map(|stage| Releasing::Stage(stage)));
            let said = numbers.iter().filter(|(_, number)| number.is_some());
            let what = what.chain(said.map(|(name, number)| Releasing::Kpi(name, *number)));
            let what = what.chain(snapshot.iter().map(|id| Releasing::Snapshot(id, true)));
            for one in what {
                release(&house.db, &typist(), one, now).await.with_context(|| format!("{one:?}"))?;
            }
        }
        OfficeAction::Export { place, out } => {
            let house = House::open(&place).await?;
            let file = export_progress(&house.db, &typist(), &house.config.nation.country, now).await?;
            manara_store::write_durably(&std::path::absolute(out)?, |to| to.write_all(file.as_bytes()))?;
            println!("{}", fingerprint(&Signer::open(&house.db).await?.key()));
        }
        OfficeAction::Import { place, file, region, fingerprint } => {
            let house = House::open(&place).await?;
            let mut bytes = Vec::new();
            let most = PROGRESS_BYTES as u64 + 1;
            let opened = std::fs::File::open(&file).with_context(|| file.display().to_string())?;
            opened.take(most).read_to_end(&mut bytes)?;
            let from = (region.as_str(), fingerprint.as_str());
            let (code, is_new) = import_progress(&house.db, &typist(), &bytes, from, now)
                .await
                .with_context(|| file.display().to_string())?;
            println!("{code} {}", if is_new { "taken" } else { "was there already" });
        }
    }
    Ok(DONE)
}
