//! What is left of setting up.

use manara_model::Micros;
use manara_store::{Db, Journal, Settings, StoreError};
use manara_watch::Watch;

use crate::config::Config;

/// The setting that says that nobody wants to be reminded.
const DISMISSED: &str = "app.setup_dismissed";

/// A thing to be done first. The words are `setup-step-<name>` and `setup-step-<name>-how`.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub name: &'static str,
    /// The page that does it; empty when only the command line does.
    pub href: &'static str,
    /// The command that does it, without its data folder.
    pub command: &'static str,
}

/// All steps, in the order of the wizard.
pub const STEPS: [Step; 6] = [
    Step { name: "nation", href: "/setup/nation", command: "setup nation --country EG --zone Africa/Cairo" },
    Step { name: "mail", href: "/setup/mail", command: "setup mail --from cirt@example.org --host mail.example.org" },
    Step { name: "networks", href: "/setup/networks", command: "constituency import constituents.csv" },
    Step { name: "feed", href: "/setup/feed", command: "ingest report.csv" },
    Step {
        name: "tables",
        href: "",
        command: "enrich load --prefix-to-as prefixes.txt --delegated delegated.txt --as-names names.txt",
    },
    Step { name: "people", href: "/users", command: "" },
];

/// Every step, and whether it is done.
pub async fn steps(db: &Db, watch: &Watch, config: &Config) -> Result<Vec<(&'static Step, bool)>, StoreError> {
    let mut all = Vec::with_capacity(STEPS.len());
    for step in &STEPS {
        let done = match step.name {
            "nation" => !config.nation.country.is_empty(),
            "mail" => config.mail.transport == manara_net::TransportKind::Smtp,
            "networks" => manara_constituency::count(db).await? > 0,
            "feed" => watch.has_batches().await?,
            "tables" => watch.has_tables().await?,
            _ => manara_web::team(db).await?.len() > 1,
        };
        all.push((step, done));
    }
    Ok(all)
}

/// Whether nobody wants to be reminded.
pub async fn is_dismissed(db: &Db) -> Result<bool, StoreError> {
    Ok(Settings::get(db, DISMISSED).await?.is_some())
}

/// Lets the home page say no more of it.
pub async fn dismiss(db: &Db, who: &str, now: Micros) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    Settings::set(&mut tx, DISMISSED, who).await?;
    Journal::write(&mut tx, who, "app", "setup_dismissed", "", "{}", now).await?;
    tx.commit().await
}
