//! `feeds`: who sends what, how much, how well, and since when not.

use manara_formats::ReportType;
use manara_model::Micros;
use serde_json::json;

use super::DONE;
use crate::cli::Feeds;
use crate::config::Config;
use crate::house::House;
use crate::{content, print};

/// Lists feeds, one feed, or what can be read.
pub async fn run(args: Feeds) -> anyhow::Result<u8> {
    if args.known {
        return known(&args).await;
    }
    let house = House::open(&args.place).await?;
    let now = Micros::now();
    let feeds = house.watch.feeds(args.name.as_deref().unwrap_or("")).await?;
    if let Some(name) = &args.name
        && feeds.is_empty()
    {
        anyhow::bail!("no batch of a feed {name} has come; `manara feeds` lists those that sent something");
    }
    let time = |moment: Option<Micros>| moment.map(Micros::rfc3339).unwrap_or_default();
    if args.json {
        let mut out = Vec::new();
        for feed in &feeds {
            let drift = house.watch.drift_of_feed(&feed.name).await?;
            let drift: Vec<_> = drift
                .into_iter()
                .map(|(kind, column, batches, first, last)| json!({ "kind": kind, "column": column, "batches": batches, "first": first, "last": last }))
                .collect();
            out.push(json!({
                "name": feed.name, "title": feed.title, "format": feed.format, "batches": feed.batches, "events": feed.events,
                "rejects": feed.rejects, "duplicates": feed.duplicates, "last_received": time(feed.last_received),
                "last_event": time(feed.last_event), "lag_seconds": feed.lag_seconds(), "silent_since": time(feed.silent_since(now)),
                "reliability": feed.reliability.mean(), "answers": feed.reliability.n, "drift": drift,
            }));
        }
        print::json(&out)?;
        return Ok(DONE);
    }
    if feeds.is_empty() {
        println!(
            "no feed has sent anything yet; `manara ingest FILE` reads a first file, `manara feeds --known` lists what can be read"
        );
        return Ok(DONE);
    }
    let names = ["feed", "batches", "events", "rejects", "duplicates", "last received", "reliability", "silent since"]
        .map(String::from);
    let rows: Vec<Vec<String>> = feeds
        .iter()
        .map(|feed| {
            vec![
                feed.name.clone(),
                feed.batches.to_string(),
                feed.events.to_string(),
                feed.rejects.to_string(),
                feed.duplicates.to_string(),
                time(feed.last_received),
                format!("{:.2} (n={})", feed.reliability.mean(), feed.reliability.n),
                time(feed.silent_since(now)),
            ]
        })
        .collect();
    print::table(&mut std::io::stdout().lock(), &names, &rows)?;
    if let Some(name) = &args.name {
        let drift = house.watch.drift_of_feed(name).await?;
        if !drift.is_empty() {
            println!();
            let names = ["drift", "column", "batches", "first", "last"].map(String::from);
            let rows: Vec<Vec<String>> = drift
                .into_iter()
                .map(|(kind, column, batches, first, last)| vec![kind, column, batches.to_string(), first, last])
                .collect();
            print::table(&mut std::io::stdout().lock(), &names, &rows)?;
        }
    }
    Ok(DONE)
}

async fn known(args: &Feeds) -> anyhow::Result<u8> {
    let folder = match Config::read(&args.place.data)?.content_folder {
        Some(folder) => folder,
        None => args.place.data.join("content"),
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for feed in content::feeds(Some(&folder))? {
        rows.push(vec![feed.name.clone(), "mapping".into(), feed.title.clone()]);
    }
    for report in ReportType::all() {
        rows.push(vec![format!("shadowserver-{}", report.id), "shadowserver".into(), report.name.clone()]);
    }
    for format in ["suricata", "zeek", "idea", "intelmq", "list"] {
        rows.push(vec![format.into(), "format".into(), String::new()]);
    }
    if args.json {
        print::json(
            &rows
                .iter()
                .map(|row| json!({ "name": row.first(), "kind": row.get(1), "title": row.get(2) }))
                .collect::<Vec<_>>(),
        )?;
    } else {
        print::table(&mut std::io::stdout().lock(), &["feed", "kind", "title"].map(String::from), &rows)?;
    }
    Ok(DONE)
}
