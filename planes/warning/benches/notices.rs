//! How long a big day takes: 20,000 notices composed, filled, approved and queued, then put into the built-in box.
//!
//! `cargo bench -p manara-warning`, on SQLite; with `MANARA_TEST_POSTGRES=postgres://…` on PostgreSQL as well.
//! `NOTICES=…` changes the number, `FINDINGS=…` the findings of each.

use std::time::Instant;

use manara_model::{FindingState, Micros, Severity, Tlp};
use manara_net::Mailer;
use manara_store::{Blobs, Db, migrate};
use manara_warning::{
    ComposeInput, ConstituentInput, ContactInput, Filling, FindingInput, Letters, Links, Office, Rules, approve,
    attach_events, compose_drafts, send_due, wanting_events,
};

type Failed = Box<dyn std::error::Error>;

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn big_day(notices: usize, findings: usize, now: Micros) -> ComposeInput {
    let constituents = (0..notices).map(|n| ConstituentInput {
        id: format!("c{n}"),
        name: format!("Constituent {n}"),
        sector: "telecom".into(),
        criticality: "low".into(),
        contacts: vec![ContactInput {
            name: "Abuse desk".into(),
            mail: format!("abuse@c{n}.example"),
            role: "abuse".into(),
            language: ["en", "ar", "fr"].get(n % 3).unwrap_or(&"en").to_string(),
            format: "both".into(),
        }],
    });
    let all = (0..notices * findings).map(|n| FindingInput {
        id: format!("f{n:012}"),
        constituent_id: format!("c{}", n / findings),
        taxonomy: "malicious-code".into(),
        kind: "infected-system".into(),
        asset: format!("10.{}.{}.{}", n >> 16 & 255, n >> 8 & 255, n & 255),
        subject: "citadel".into(),
        severity: Severity::High,
        confidence: 0.8,
        state: FindingState::Open,
        state_since: None,
        first_seen: now.plus_days(-1),
        last_seen: now,
        count: 3,
        tlp: Tlp::Amber,
    });
    ComposeInput { constituents: constituents.collect(), findings: all.collect() }
}

async fn run(name: &str, db: Db) -> Result<(), Failed> {
    let folder = std::env::temp_dir().join(format!("manara-bench-{}", uuid::Uuid::now_v7()));
    let blobs = Blobs::new(folder.join("blobs"));
    let (rules, letters) = (Rules::built_in()?, Letters::built_in(Office::default())?);
    let mailer = Mailer::capture("CIRT <cirt@example.org>")?;
    let now = Micros::now();
    let (notices, findings) = (number("NOTICES", 20_000), number("FINDINGS", 5));
    let input = big_day(notices, findings, now);
    migrate(&db, &[manara_store::SCHEMA, manara_warning::SCHEMA]).await?;
    println!("{name}: {notices} notices of {findings} findings");
    let say = |what: &str, start: Instant, count: usize| {
        let seconds = start.elapsed().as_secs_f64();
        println!("  {what:<22} {seconds:>7.2} s  {:>8.0} /s", count as f64 / seconds);
    };
    let start = Instant::now();
    let report = compose_drafts(&db, &input, &rules, &letters, now).await?;
    say("compose", start, report.drafted.len());
    let start = Instant::now();
    let again = compose_drafts(&db, &input, &rules, &letters, now).await?;
    say("compose again", start, again.left_out.pending / findings.max(1));
    let start = Instant::now();
    let changed = approve(&db, &report.drafted, "bench", now).await?;
    say("approve", start, changed.done.len());
    let start = Instant::now();
    let mut filled = 0;
    loop {
        let wanting = wanting_events(&db, 200).await?;
        if wanting.is_empty() {
            break;
        }
        let fillings = wanting.into_iter().map(|wanting| Filling {
            notice_id: wanting.notice_id,
            findings: wanting.findings.len(),
            columns: ["time.source", "source.ip", "source.port", "malware.name"].map(String::from).to_vec(),
            rows: wanting
                .findings
                .iter()
                .flat_map(|finding| {
                    (0..3).map(|port| {
                        vec![
                            finding.last_seen.rfc3339(),
                            finding.asset.clone(),
                            port.to_string(),
                            finding.subject.clone(),
                        ]
                    })
                })
                .collect(),
            total: 0,
        });
        filled += attach_events(&db, &blobs, &letters, fillings.collect(), now).await?;
    }
    say("attach and queue", start, filled);
    let start = Instant::now();
    let links = Links::with_key(&[7; 32], "https://cirt.example", 14);
    let mut sent = 0;
    loop {
        let report = send_due(&db, &blobs, &mailer, &links, now).await?;
        if report.sent.is_empty() {
            break;
        }
        sent += report.sent.len();
    }
    say("into the box", start, sent);
    db.close().await;
    let _ = std::fs::remove_dir_all(folder);
    Ok(())
}

fn main() -> Result<(), Failed> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let folder = tempfile::tempdir()?;
        run("SQLite", Db::open_sqlite(&folder.path().join("state.sqlite")).await?).await?;
        if let Ok(url) = std::env::var("MANARA_TEST_POSTGRES") {
            let name = format!("bench_{}", uuid::Uuid::now_v7().simple());
            let admin = Db::open_postgres(&url).await?;
            let mut tx = admin.begin().await?;
            tx.run_script(&format!("CREATE SCHEMA {name}")).await?;
            tx.commit().await?;
            let joint = if url.contains('?') { '&' } else { '?' };
            run("PostgreSQL", Db::open_postgres(&format!("{url}{joint}options[search_path]={name}")).await?).await?;
        }
        Ok(())
    })
}
