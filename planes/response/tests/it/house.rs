//! A house for one test: a database and a policy.

use std::future::Future;

use manara_model::{FindingState, Micros, Severity, Tlp, Viewer};
use manara_response::{FindingInput, Groups, Impact, Incident, NewIncident, Policy, RuleReport, get};
use manara_store::{Blobs, Db, Journal, migrate};

/// Noon of 2026-01-15.
pub const NOON: Micros = Micros(1_768_478_400_000_000);
pub const MINUTE: i64 = 60_000_000;

pub struct House {
    pub db: Db,
    pub policy: Policy,
    pub blobs: Blobs,
    _folder: tempfile::TempDir,
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

/// A house beside another, on SQLite.
pub async fn beside() -> House {
    let folder = tempfile::tempdir().expect("a folder");
    let db = Db::open_sqlite(&folder.path().join("state.sqlite")).await.expect("SQLite");
    house(db, folder).await
}

/// A schema of its own in the test database.
async fn open_postgres(url: &str) -> Db {
    let name = format!("response_{}", uuid::Uuid::now_v7().simple());
    let admin = Db::open_postgres(url).await.expect("PostgreSQL");
    let mut tx = admin.begin().await.expect("begun");
    tx.run_script(&format!("CREATE SCHEMA {name}")).await.expect("made");
    tx.commit().await.expect("committed");
    admin.close().await;
    let joint = if url.contains('?') { '&' } else { '?' };
    Db::open_postgres(&format!("{url}{joint}options[search_path]={name}")).await.expect("PostgreSQL")
}

async fn house(db: Db, folder: tempfile::TempDir) -> House {
    migrate(&db, &[manara_store::SCHEMA, manara_web::SCHEMA, manara_response::SCHEMA]).await.expect("migrated");
    let blobs = Blobs::new(folder.path().join("blobs"));
    House { db, policy: Policy::built_in().expect("a policy"), blobs, _folder: folder }
}

pub fn person(name: &str, clearance: Tlp) -> Viewer {
    Viewer::cleared(name, clearance)
}

pub fn duty() -> Viewer {
    person("duty", Tlp::Red)
}

pub fn finding(id: &str, owner: &str, asset: &str) -> FindingInput {
    FindingInput {
        id: id.into(),
        constituent_id: owner.into(),
        constituent: format!("Constituent {owner}"),
        impact: Impact::Vital,
        taxonomy: "malicious-code".into(),
        kind: "infected-system".into(),
        subject: "citadel".into(),
        asset: asset.into(),
        severity: Severity::High,
        confidence: 0.8,
        state: FindingState::Open,
        state_since: NOON.plus_days(-1),
        last_seen: Micros(NOON.0 - MINUTE),
        feeds: vec!["sinkhole".into()],
    }
}

pub fn new(title: &str) -> NewIncident {
    NewIncident {
        id: String::new(),
        title: title.into(),
        taxonomy: "malicious-code".into(),
        kind: "infected-system".into(),
        impact: Impact::Low,
        urgency: Severity::High,
        tlp: Tlp::Amber,
        pap: manara_response::Pap::USUAL,
        owner: String::new(),
        due: None,
        constituents: Vec::new(),
    }
}

impl House {
    pub async fn open(&self, title: &str, findings: &[FindingInput], now: Micros) -> Incident {
        manara_response::open(&self.db, &duty(), &self.policy, &new(title), findings, now).await.expect("opened")
    }

    pub async fn get(&self, name: &str) -> Incident {
        get(&self.db, &Viewer::system(), name).await.expect("asked").expect("there")
    }

    /// What the flow does with the findings of a batch.
    pub async fn rules(&self, findings: &[FindingInput], now: Micros) -> RuleReport {
        let mut groups = Groups::default();
        manara_response::count_in(&self.db, &mut groups, findings).await.expect("counted");
        manara_response::open_by_rules(&self.db, &self.policy, &groups, findings, now).await.expect("judged")
    }

    pub async fn finding_ids(&self, incident: &str) -> Vec<String> {
        let linked = manara_response::findings(&self.db, incident, "", 10_000).await.expect("read");
        linked.into_iter().map(|finding| finding.finding_id).collect()
    }

    /// The verbs of the journal of an incident, oldest first.
    pub async fn verbs(&self, id: &str) -> Vec<String> {
        let entries = Journal::of_record(&self.db, "response", id, 100).await.expect("read");
        let mut verbs: Vec<String> = entries.into_iter().map(|entry| entry.verb).collect();
        verbs.reverse();
        verbs
    }
}
