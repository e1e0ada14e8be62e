//! One file to durable storage, stage by stage.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read as _;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use manara_formats::{Drift, Limits, Reject, ReportType, Row, Shadowserver, Sink, Stop, read_suricata};
use manara_model::{IpTable, Micros, Owner, Owners};
use manara_store::migrate;
use manara_watch::{FileHint, Ingest, Progress, TableKind, Tables, load_table};

use super::{Scratch, open_database};
use crate::print;

/// Runs the whole path and prints one JSON object.
pub async fn run(
    report: &str,
    prefix_to_as: Option<&str>,
    networks: Option<&str>,
    database: Option<&str>,
) -> anyhow::Result<()> {
    let data = Scratch::make()?;
    let db = open_database(data.path(), database).await?;
    migrate(&db, &[manara_store::SCHEMA, manara_watch::SCHEMA]).await?;
    let ingest = Ingest::new(db.clone(), data.path(), Vec::new());
    let now = Micros::now();
    if let Some(table) = prefix_to_as {
        let mut file = File::open(table)?;
        load_table(&db, &ingest.table_folder(), TableKind::PrefixToAs, table, &mut file, "bench", now).await?;
        ingest.tables.store(Tables::open(&db, &ingest.table_folder()).await?);
    }
    if let Some(networks) = networks {
        ingest.owners.store(Arc::new(owners(networks)?));
    }
    let reference = reference(report)?;
    let start = Instant::now();
    let hint = FileHint { file_name: Some(report.into()), kind: kind_of(report), ..FileHint::default() };
    let progress = Arc::new(Progress::default());
    let summary = ingest.take(File::open(report)?, &hint, now, "bench", progress).await?.summary;
    let seconds = start.elapsed().as_secs_f64();
    let peak = std::fs::read_to_string("/proc/self/status")?;
    let peak_kb = peak
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|l| l.trim().trim_end_matches(" kB").parse::<f64>().ok());
    let answer = serde_json::json!({
        "rows": summary.rows, "events": summary.events, "duplicates": summary.duplicates, "rejects": summary.rejects,
        "findings_opened": summary.findings_opened, "seconds": seconds, "rows_per_second": summary.rows as f64 / seconds,
        "stages_ms": summary.stages, "peak_mb": peak_kb.map(|kb| kb * 1024.0 / 1e6),
        "reference_ms": reference.as_millis() as u64, "times_reference": seconds / reference.as_secs_f64(),
    });
    println!("{answer}");
    db.close().await;
    Ok(())
}

/// What every program has to do at least: read the bytes and find the line ends.
fn reference(report: &str) -> anyhow::Result<std::time::Duration> {
    let start = Instant::now();
    let (mut file, mut chunk, mut lines) = (File::open(report)?, vec![0; 1 << 20], 0);
    loop {
        let got = file.read(&mut chunk)?;
        if got == 0 {
            break;
        }
        lines += memchr::memchr_iter(b'\n', chunk.get(..got).unwrap_or_default()).count();
    }
    anyhow::ensure!(lines > 0, "{report} has no lines");
    Ok(start.elapsed())
}

fn kind_of(report: &str) -> Option<String> {
    report
        .ends_with(".json")
        .then(|| "suricata".to_string())
        .or_else(|| ReportType::id_in_file_name(report).is_none().then(|| "event4_sinkhole_http".to_string()))
}

fn owners(networks: &str) -> anyhow::Result<Owners> {
    let mut owners = Owners::default();
    let mut places: HashMap<String, u32> = HashMap::new();
    let mut prefixes: Vec<(IpAddr, u8, u32)> = Vec::new();
    for line in std::fs::read_to_string(networks)?.lines().skip(1) {
        let mut words = line.split(',');
        let (Some(cidr), Some(_), Some(org)) = (words.next(), words.next(), words.next()) else { continue };
        let Some((address, len)) = cidr.split_once('/') else { continue };
        let place = *places.entry(org.to_string()).or_insert_with(|| {
            owners.list.push(Owner { id: format!("{:036}", owners.list.len()), name: org.to_string() });
            owners.list.len() as u32 - 1
        });
        prefixes.push((address.parse()?, len.parse()?, place));
    }
    owners.networks = IpTable::build(prefixes).0;
    Ok(owners)
}

/// Counts and forgets.
#[derive(Default)]
struct Count {
    rows: u64,
    rejects: u64,
}

impl Sink for Count {
    fn row(&mut self, row: Row<'_>) -> Result<(), Stop> {
        self.rows += u64::from(!row.fields.is_empty());
        Ok(())
    }
    fn reject(&mut self, _: Reject) -> Result<(), Stop> {
        self.rejects += 1;
        Ok(())
    }
    fn drift(&mut self, _: Drift) {}
}

/// Only the reader, on one core.
pub fn read(report: &str, json: bool) -> anyhow::Result<()> {
    let reference = reference(report)?;
    let mut count = Count::default();
    let start = Instant::now();
    match kind_of(report).as_deref() {
        Some("suricata") => read_suricata(File::open(report)?, &Limits::default(), &mut count)?,
        kind => {
            let kind = kind.or_else(|| ReportType::id_in_file_name(report)).unwrap_or("event4_sinkhole_http");
            Shadowserver::of_type(kind).read(File::open(report)?, &Limits::default(), &mut count)?;
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    if json {
        return print::json(&serde_json::json!({ "rows": count.rows, "rejects": count.rejects, "seconds": seconds,
            "rows_per_second": (count.rows + count.rejects) as f64 / seconds,
            "reference_ms": reference.as_millis() as u64, "times_reference": seconds / reference.as_secs_f64() }));
    }
    println!(
        "{} rows, {} rejects in {seconds:.2} s: {:.0} rows/s, {:.1} times the reference",
        count.rows,
        count.rejects,
        (count.rows + count.rejects) as f64 / seconds,
        seconds / reference.as_secs_f64()
    );
    Ok(())
}
