//! A house for one test: a database, and catalogues made for it.

use std::future::Future;

use manara_framework::assessments::{Assessment, FrameworkError, NewAssessment, begin};
use manara_framework::catalogues::{Catalogue, read_catalogue};
use manara_framework::strategies::{Part, save_stakeholder, stakeholders};
use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Db, Journal, migrate};

/// Noon of 2026-01-15.
pub const NOON: Micros = Micros(1_768_478_400_000_000);

pub struct House {
    pub db: Db,
    pub folder: tempfile::TempDir,
}

/// Runs a test on SQLite, and on PostgreSQL when `MANARA_TEST_POSTGRES` names one.
pub fn on_both<F, R>(test: F)
where
    F: Fn(House) -> R,
    R: Future<Output = ()>,
{
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let folder = tempfile::tempdir().expect("a folder");
        let db = Db::open_sqlite(&folder.path().join("state.sqlite")).await.expect("SQLite");
        test(house(db, folder).await).await;
        match std::env::var("MANARA_TEST_POSTGRES") {
            Ok(url) => test(house(open_postgres(&url).await, tempfile::tempdir().expect("a folder")).await).await,
            Err(_) => println!("MANARA_TEST_POSTGRES is not set: tested on SQLite only"),
        }
    });
}

/// A schema of its own in the test database.
async fn open_postgres(url: &str) -> Db {
    let name = format!("framework_{}", uuid::Uuid::now_v7().simple());
    let admin = Db::open_postgres(url).await.expect("PostgreSQL");
    let mut tx = admin.begin().await.expect("begun");
    tx.run_script(&format!("CREATE SCHEMA {name}")).await.expect("made");
    tx.commit().await.expect("committed");
    admin.close().await;
    let joint = if url.contains('?') { '&' } else { '?' };
    Db::open_postgres(&format!("{url}{joint}options[search_path]={name}")).await.expect("PostgreSQL")
}

async fn house(db: Db, folder: tempfile::TempDir) -> House {
    migrate(&db, &[manara_store::SCHEMA, manara_web::SCHEMA, manara_framework::SCHEMA]).await.expect("migrated");
    House { db, folder }
}

pub fn person(name: &str, clearance: Tlp) -> Viewer {
    Viewer::cleared(name, clearance)
}

pub fn duty() -> Viewer {
    person("duty", Tlp::Red)
}

/// A catalogue of two sections and four items: levels 0 to 4 by minima, unless said otherwise.
pub fn boats(rule: &str, steps: i64) -> String {
    let scale: String = (0..steps).map(|value| format!("- {{value: {value}, name: Level {value}}}\n")).collect();
    format!(
        "format: 1\nref_id: boats\nrule: {rule}\nname: {{en: Boats, fr: Bateaux, ar: قوارب}}\nscale:\n{scale}\
         source: [{{id: sea, title: The sea}}]\n\
         profiles:\n- ref_id: harbour\n  name: Harbour\n  verified: true\n  minima: {{H-1: 1, H-2: 1, C-1: 1, C-2: 1}}\n\
         - ref_id: open\n  name: Open sea\n  minima: {{H-1: 1, H-2: null}}\n\
         items:\n- {{ref_id: H, name: Hull}}\n\
         - {{ref_id: H-1, parent: H, assessable: true, name: Planks, weight: 2, source: sea, blocks: [oak, pine]}}\n\
         - {{ref_id: H-2, parent: H, assessable: true, name: Keel, priority: 5, effort: 1, not_applicable: true}}\n\
         - {{ref_id: C, name: {{en: Crew, ar: الطاقم}}}}\n\
         - {{ref_id: C-1, parent: C, assessable: true, name: Captain, needs: [H-2]}}\n\
         - {{ref_id: C-2, parent: C, assessable: true, name: Cook}}\n"
    )
}

pub fn catalogue(rule: &str, steps: i64) -> Catalogue {
    read_catalogue("boats.yaml", &boats(rule, steps)).expect("a catalogue")
}

impl House {
    pub async fn begin(&self, catalogue: &Catalogue, tlp: Tlp) -> Assessment {
        let new = NewAssessment { subject: "The fleet".into(), kind: None, tlp };
        begin(&self.db, &duty(), catalogue, &new, NOON).await.expect("begun")
    }

    /// The verbs of the journal of an assessment, oldest first.
    pub async fn verbs(&self, id: &str) -> Vec<String> {
        let entries = Journal::of_record(&self.db, "framework", id, 100).await.expect("read");
        let mut verbs: Vec<String> = entries.into_iter().map(|entry| entry.verb).collect();
        verbs.reverse();
        verbs
    }
}

/// Changes what a stakeholder is to some goals, and nothing else.
pub async fn set_parts(
    db: &Db,
    who: &Viewer,
    elements: &Catalogue,
    id: &str,
    parts: &[(String, Option<Part>)],
) -> Result<String, FrameworkError> {
    let one = stakeholders(db).await?.into_iter().find(|one| one.id == id).expect("a stakeholder");
    save_stakeholder(db, who, &one, Some((elements, parts)), NOON).await
}
