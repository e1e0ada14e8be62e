//! `replay`: history through today's mappings, tables and networks.

use manara_model::Micros;

use super::DONE;
use crate::cli::Replay;
use crate::house::House;
use crate::print;

/// Reads every batch again.
pub async fn run(args: Replay) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    house.load_tables().await?;
    let told = |done: u64, of: u64| {
        if !args.json {
            eprintln!("{done}/{of} batches");
        }
    };
    let report =
        manara_watch::replay(&house.ingest, &house.lake, args.feed.as_deref(), "cli", Micros::now(), told).await?;
    if args.json {
        print::json(&report)?;
    } else {
        println!(
            "{} batches, {} rows read again; {} findings are new, {} have no event left",
            report.batches, report.summary.rows, report.findings_new, report.findings_gone
        );
    }
    house.db.close().await;
    Ok(DONE)
}
