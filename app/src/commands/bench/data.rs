//! A house of any size, made through the pipeline and the planes as real work would make it.

use std::fs::File;
use std::time::Instant;

use anyhow::{Context as _, bail};
use manara_constituency::{ImportFormat, ImportOptions};
use manara_model::{Micros, Severity, Viewer};
use manara_response::{Impact, NewIncident, Policy};
use manara_watch::FileHint;
use manara_web::bulk::{BULK_MOST, begin, go_on};
use serde_json::json;

use super::{Figures, make};
use crate::cli::BenchData;
use crate::flows;
use crate::house::{House, is_data_folder};

/// Days the events are spread over, the last one today.
const DAYS: u64 = 30;

/// Makes the folder and fills it.
pub async fn run(size: BenchData) -> anyhow::Result<()> {
    if is_data_folder(&size.place.data) {
        bail!("{} is a data folder already; say another one with --data", size.place.data.display());
    }
    let house = House::make(&size.place).await?;
    let begin = Instant::now();
    let mut figures = Figures::new(size.json);
    let mut say = |what: &str, count: u64| {
        let seconds = begin.elapsed().as_secs_f64();
        let words = format!("{count:>12} {what:<14} {seconds:>8.1} s");
        figures.say(&words, json!({ "what": what, "count": count, "so_far_seconds": seconds }));
    };
    let now = Micros::now();
    let start = now.plus_days(-(DAYS as i64));
    constituents(&house, size.constituents, start).await?;
    say("constituents", size.constituents);
    house.load_tables().await?;
    let mut events = 0;
    for day in 0..DAYS {
        events += one_day(&house, &size, start.plus_days(day as i64 + 1)).await?;
    }
    say("events", events);
    let findings = house.watch.tallies().await?.all();
    say("findings", findings as u64);
    flows::draft_last(&house).await?;
    let notices = house.db.read_int("SELECT count(*) FROM warning_notice", &[]).await?;
    say("notices", notices as u64);
    incidents(&house, size.incidents, now).await?;
    say("incidents", size.incidents);
    house.db.close().await;
    figures.end()
}

/// Each with two networks of the made table.
pub(super) async fn constituents(house: &House, count: u64, now: Micros) -> anyhow::Result<()> {
    let mut csv = Vec::new();
    make::networks(&mut csv, count * 2)?;
    let report =
        manara_constituency::import(&house.db, &csv, ImportFormat::Csv, &ImportOptions::default(), "bench", now)
            .await?;
    match report.refused.first() {
        Some(refused) => bail!("line {} of the made constituents is refused: {}", refused.line, refused.found),
        None => Ok(()),
    }
}

/// A day's report through the pipeline; gives its events.
async fn one_day(house: &House, size: &BenchData, day: Micros) -> anyhow::Result<u64> {
    let name = format!("{}-event4_sinkhole_http-zz-geo.csv", day.day());
    let path = house.ingest.scratch_folder().join(&name);
    let report = make::Sinkhole { rows: size.events / DAYS, hosts: size.findings, repeats: false, day };
    report.write(&path)?;
    let hint = FileHint { file_name: Some(name.clone()), ..FileHint::default() };
    let received = house.ingest.receive(&mut File::open(&path)?, &hint, day, "bench").await?;
    std::fs::remove_file(&path)?;
    let batch = house.watch.batch(&received.batch).await?.context("the batch is not there")?;
    let summary = house.ingest.process(&batch, Micros::FAR, day, Default::default()).await.context(name)?;
    Ok(summary.events as u64)
}

/// Opened by hand over the last weeks, two findings each; three in five are closed, one in five is somebody's.
async fn incidents(house: &House, count: u64, now: Micros) -> anyhow::Result<()> {
    let (viewer, policy) = (Viewer { name: "bench".into(), ..Viewer::system() }, Policy::built_in()?);
    let mut ids = Vec::new();
    let mut after = String::new();
    while (ids.len() as u64) < count {
        let findings = house.watch.findings("id > $1", &[(&after).into()], "id", 1_000).await?;
        let Some(last) = findings.last() else { bail!("there are not enough findings for {count} incidents") };
        after = last.id.clone();
        let names: Vec<String> = findings.into_iter().map(|finding| finding.id).collect();
        let facts = flows::facts(&house.db, &house.watch, &names).await?;
        for pair in facts.chunks(2).take((count as usize).saturating_sub(ids.len())) {
            let Some(first) = pair.first() else { continue };
            let new = NewIncident {
                id: String::new(),
                title: format!("{} at {}", first.subject, first.constituent),
                taxonomy: first.taxonomy.clone(),
                kind: first.kind.clone(),
                impact: [Impact::Low, Impact::Medium, Impact::High].get(ids.len() % 3).copied().unwrap_or(Impact::Low),
                urgency: [Severity::Low, Severity::High].get(ids.len() % 2).copied().unwrap_or(Severity::Low),
                tlp: manara_model::Tlp::Amber,
                pap: manara_response::Pap::USUAL,
                owner: String::new(),
                due: None,
                constituents: Vec::new(),
            };
            let hours_ago = (count as i64 - ids.len() as i64) * (DAYS as i64 * 24) / count as i64;
            let at = Micros(now.0 - hours_ago * 3_600_000_000);
            let one = manara_response::open(&house.db, &viewer, &policy, &new, pair, at).await?;
            ids.push(one.id);
        }
    }
    let closed = ids.len() * 3 / 5;
    let taken = closed + ids.len() / 5;
    let many = manara_response::many_incidents(policy);
    let close = json!({ "do": "close", "resolution": "resolved", "verdict": "left" });
    for (range, change) in [(0..closed, close), (closed..taken, json!({ "do": "assign", "person": "bench" }))] {
        for some in ids.get(range).unwrap_or_default().chunks(BULK_MOST) {
            let chosen = begin(&house.db, &*many, &viewer, &change, some, "", now).await?;
            go_on(&house.db, &*many, &viewer, &chosen, now).await?;
        }
    }
    Ok(())
}
