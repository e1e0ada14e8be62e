//! How long a big day takes: notices composed, approved, filled and queued, then put into the built-in box.

use std::sync::Arc;
use std::time::Instant;

use manara_document::Printer;
use manara_model::{FindingState, Micros, Severity, Tlp};
use manara_net::Mailer;
use manara_store::{Blobs, migrate};
use manara_warning::{
    ComposeInput, ConstituentInput, ContactInput, Filling, FindingInput, Letters, Links, Office, Press, Rules, approve,
    attach_events, compose_drafts, send_due, unsealed, wanting_events,
};
use manara_web::Words;
use serde_json::json;

use super::{Figures, Scratch, open_database};

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

/// Composes and queues `notices` notices of `findings` findings each, one line a step.
pub async fn run(notices: usize, findings: usize, database: Option<&str>, mut figures: Figures) -> anyhow::Result<()> {
    let folder = Scratch::make()?;
    let db = open_database(folder.path(), database).await?;
    let blobs = Blobs::new(folder.path().join("blobs"));
    let (rules, letters) = (Rules::built_in()?, Letters::built_in(Office::default())?);
    let press = Press { words: Arc::new(Words::built_in()?), printer: Printer::new(None) };
    let mailer = Mailer::capture("CIRT <cirt@example.org>")?;
    let now = Micros::now();
    let input = big_day(notices, findings, now);
    migrate(&db, &[manara_store::SCHEMA, manara_warning::SCHEMA]).await?;
    let begin = Instant::now();
    let mut say = |what: &str, start: Instant, count: usize| {
        let (seconds, so_far) = (start.elapsed().as_secs_f64(), begin.elapsed().as_secs_f64());
        let words = format!("{what:<18} {seconds:>7.2} s  {:>8.0} /s  {so_far:>7.2} s so far", count as f64 / seconds);
        figures.say(&words, json!({ "what": what, "count": count, "seconds": seconds, "so_far_seconds": so_far }));
    };
    let start = Instant::now();
    let report = compose_drafts(&db, &input, &rules, &letters, now).await?;
    say("compose", start, report.drafted.len());
    let start = Instant::now();
    let again = compose_drafts(&db, &input, &rules, &letters, now).await?;
    say("compose again", start, again.left_out.pending / findings.max(1));
    let start = Instant::now();
    let changed = approve(&db, &report.drafted, "bench", None, now).await?;
    say("approve", start, changed.done.len());
    let start = Instant::now();
    let mut filled = 0;
    loop {
        let wanting = wanting_events(&db, 200, 200).await?;
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
        filled += attach_events(&db, &blobs, (&letters, &press), fillings.collect(), now).await?;
    }
    say("attach and queue", start, filled);
    let start = Instant::now();
    let links = Links::with_key(&[7; 32], "https://cirt.example", 14);
    let mut sent = 0;
    loop {
        let report = send_due(&db, &blobs, &mailer, (&links, &unsealed()), None, now).await?;
        if report.sent.is_empty() {
            break;
        }
        sent += report.sent.len();
    }
    say("into the box", start, sent);
    db.close().await;
    figures.end()
}
