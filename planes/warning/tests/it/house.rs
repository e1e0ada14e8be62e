//! A house for one test: a database, blobs, rules, letters.

use std::future::Future;
use std::sync::Arc;

use manara_document::Printer;
use manara_model::{FindingState, Micros, Severity, Tlp, Viewer};
use manara_net::Mailer;
use manara_store::{Blobs, Db, Journal, migrate};
use manara_warning::{
    ComposeInput, ConstituentInput, ContactInput, Filling, FindingInput, FullNotice, Letters, Links, Office, Press,
    Rules, Seals, attach_events, get, unsealed, wanting_events,
};
use manara_web::Words;

/// Noon of 2026-01-15.
pub const NOON: Micros = Micros(1_768_478_400_000_000);
pub const MINUTE: i64 = 60_000_000;

pub struct House {
    pub db: Db,
    pub blobs: Blobs,
    pub rules: Rules,
    pub letters: Letters,
    pub press: Press,
    pub mailer: Mailer,
    pub links: Links,
    pub seals: Seals,
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

/// A schema of its own in the test database.
pub async fn open_postgres(url: &str) -> Db {
    let name = format!("warning_{}", uuid::Uuid::now_v7().simple());
    let admin = Db::open_postgres(url).await.expect("PostgreSQL");
    let mut tx = admin.begin().await.expect("begun");
    tx.run_script(&format!("CREATE SCHEMA {name}")).await.expect("made");
    tx.commit().await.expect("committed");
    admin.close().await;
    let joint = if url.contains('?') { '&' } else { '?' };
    Db::open_postgres(&format!("{url}{joint}options[search_path]={name}")).await.expect("PostgreSQL")
}

pub async fn house(db: Db, folder: tempfile::TempDir) -> House {
    migrate(&db, &[manara_store::SCHEMA, manara_warning::SCHEMA]).await.expect("migrated");
    House {
        db,
        blobs: Blobs::new(folder.path().join("blobs")),
        rules: Rules::built_in().expect("rules"),
        letters: Letters::built_in(Office::default()).expect("letters"),
        press: Press { words: Arc::new(Words::built_in().expect("words")), printer: Printer::new(None) },
        mailer: Mailer::capture("CIRT <cirt@example.org>").expect("mailer"),
        links: links(),
        seals: unsealed(),
        _folder: folder,
    }
}

/// Links by a key of the tests.
pub fn links() -> Links {
    Links::with_key(&[7; 32], "https://cirt.example", 14)
}

pub fn constituent(id: &str, language: &str) -> ConstituentInput {
    ConstituentInput {
        id: id.into(),
        name: format!("Constituent {id}"),
        sector: "telecom".into(),
        criticality: "low".into(),
        contacts: vec![ContactInput {
            name: "Abuse desk".into(),
            mail: format!("abuse@{id}.example"),
            role: "abuse".into(),
            language: language.into(),
            format: "both".into(),
        }],
    }
}

pub fn finding(id: &str, owner: &str, asset: &str) -> FindingInput {
    FindingInput {
        id: id.into(),
        constituent_id: owner.into(),
        taxonomy: "malicious-code".into(),
        kind: "infected-system".into(),
        asset: asset.into(),
        subject: "citadel".into(),
        severity: Severity::High,
        confidence: 0.8,
        state: FindingState::Open,
        state_since: None,
        first_seen: NOON.plus_days(-1),
        last_seen: Micros(NOON.0 - MINUTE),
        count: 3,
        tlp: Tlp::Amber,
    }
}

pub fn input(constituents: &[ConstituentInput], findings: &[FindingInput]) -> ComposeInput {
    ComposeInput { constituents: constituents.to_vec(), findings: findings.to_vec() }
}

impl House {
    /// The links of letters, and how they leave.
    pub fn way(&self) -> (&Links, &Seals) {
        (&self.links, &self.seals)
    }

    pub async fn compose(&self, input: &ComposeInput, now: Micros) -> manara_warning::ComposeReport {
        manara_warning::compose_drafts(&self.db, input, &self.rules, &self.letters, now).await.expect("composed")
    }

    /// Attaches one event for each finding of every notice that wants them.
    pub async fn fill(&self, now: Micros) -> usize {
        let wanting = wanting_events(&self.db, 100_000, 100).await.expect("listed");
        let fillings = wanting
            .iter()
            .map(|wanting| Filling {
                notice_id: wanting.notice_id.clone(),
                findings: wanting.findings.len(),
                columns: ["time.source", "source.ip", "malware.name"].map(String::from).to_vec(),
                rows: wanting
                    .findings
                    .iter()
                    .map(|finding| vec![finding.last_seen.rfc3339(), finding.asset.clone(), finding.subject.clone()])
                    .collect(),
                total: 0,
            })
            .collect();
        attach_events(&self.db, &self.blobs, (&self.letters, &self.press), fillings, now).await.expect("attached")
    }

    pub async fn get(&self, id: &str) -> FullNotice {
        get(&self.db, &Viewer::system(), id).await.expect("asked").expect("there")
    }

    /// The verbs of the journal of a notice, oldest first.
    pub async fn verbs(&self, id: &str) -> Vec<String> {
        let mut verbs: Vec<String> = Journal::of_record(&self.db, "warning", id, 100)
            .await
            .expect("read")
            .into_iter()
            .map(|entry| entry.verb)
            .collect();
        verbs.reverse();
        verbs
    }
}
