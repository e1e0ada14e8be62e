//! `manara verify`: everything that was ever stored, read again.

use std::time::Instant;

use super::{DONE, FOUND};
use crate::cli::Plain;
use crate::house::House;
use crate::print;

/// Runs the command. What is wrong is an answer, not an error: exit code 3.
pub async fn run(args: Plain) -> anyhow::Result<u8> {
    let start = Instant::now();
    let house = House::open(&args.place).await?;
    let report = manara_watch::verify(&house.ingest, &house.lake).await?;
    house.db.close().await;
    if args.json {
        print::json(&report)?;
    } else {
        for problem in &report.problems {
            println!("{problem}");
        }
        println!(
            "{} raw files, {} lake files, {} findings read again in {:.1} s: {}",
            report.blobs,
            report.files,
            report.findings,
            start.elapsed().as_secs_f64(),
            match report.problems.len() {
                0 => "all is as it was written".into(),
                1 => "1 problem".into(),
                count => format!("{count} problems"),
            }
        );
    }
    Ok(if report.problems.is_empty() { DONE } else { FOUND })
}
