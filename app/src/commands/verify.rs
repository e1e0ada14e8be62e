//! `manara verify`: everything that was ever stored, read again.

use std::time::Instant;

use manara_watch::VerifyReport;

use super::{DONE, FOUND};
use crate::cli::Plain;
use crate::house::House;
use crate::print;

/// Blobs that are looked for at once.
const AT_ONCE: i64 = 100_000;
/// The bytes of mails and the files of evidence that records name, sorted, after one of them.
const NAMED: &str = "
    SELECT sha256 FROM (SELECT sha256 FROM response_message UNION SELECT sha256 FROM response_evidence WHERE file <> '')
        AS kept
     WHERE sha256 > $1 ORDER BY sha256 LIMIT $2";

/// Runs the command. What is wrong is an answer, not an error: exit code 3.
pub async fn run(args: Plain) -> anyhow::Result<u8> {
    let start = Instant::now();
    let house = House::open(&args.place).await?;
    let mut report = manara_watch::verify(&house.ingest, &house.lake).await?;
    look_for_named(&house, &mut report).await?;
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

/// Tells what notices, mails and evidence name and is not there: what is there was read already, with all other blobs.
async fn look_for_named(house: &House, report: &mut VerifyReport) -> anyhow::Result<()> {
    let mut tell = |page: &[String], by: &str| {
        for sha256 in page.iter().filter(|sha256| !house.ingest.blobs.has(sha256)) {
            report.problems.push(format!("blob {sha256} is not there; {by} names it"));
        }
        page.last().cloned()
    };
    let mut after = String::new();
    loop {
        let page = manara_warning::blobs_in_use(&house.db, &after, AT_ONCE).await?;
        let Some(last) = tell(&page, "a notice") else { break };
        after = last;
    }
    after.clear();
    loop {
        let mut page = Vec::new();
        for row in house.db.read(NAMED, &[(&after).into(), AT_ONCE.into()]).await? {
            page.push(row.text(0)?);
        }
        let Some(last) = tell(&page, "a mail or a piece of evidence") else { return Ok(()) };
        after = last;
    }
}
