//! Files of other tools, taken over: how many incidents a second.

use std::fmt::Write as _;
use std::time::Instant;

use anyhow::ensure;
use manara_model::{Micros, Tlp};
use manara_response::Policy;
use manara_response::import::{Format, Reading, Takeover, run};

use super::Line;
use crate::house::House;

/// Days of five years, of which each month has 28 here.
const DAYS: u64 = 5 * 12 * 28;

/// Takes a table and an export of RTIR over, in the order in which tools write them, and a table that is in no order at all.
pub async fn measure(house: &House, records: u64) -> anyhow::Result<Vec<Line>> {
    let policy = Policy::built_in()?;
    let mut lines = Vec::new();
    for (format, order, text) in [
        (Format::Csv, "the oldest first", table(records, in_order)),
        (Format::Rtir, "the oldest first", rtir(records)),
        (Format::Csv, "years mixed", table(records, mixed)),
    ] {
        let now = Micros::now();
        // A tool of its own for each run, or the same records would be here already.
        let tool = format!("bench-{}-{}", format.as_str(), now.0);
        let mut takeover =
            Takeover::new((&house.db, &house.ingest.blobs), (&policy, "en"), (&tool, "bench"), Default::default(), now);
        let reading = Reading { format, tlp: Tlp::Amber, queues: Vec::new(), now };
        let bytes = text.len();
        let begin = Instant::now();
        let pass = run(&mut takeover, Box::new(std::io::Cursor::new(text)), reading, false, None).await?;
        let seconds = begin.elapsed().as_secs_f64();
        ensure!(pass.outcome.made.incidents == records, "{} of {records} incidents", pass.outcome.made.incidents);
        let rate = records as f64 / seconds;
        let what = format!("incidents taken over from {}, {order}", format.as_str());
        lines.push(Line::rate(&what, rate, 5_000.0).saying(format!("{records} incidents, {bytes} bytes")));
    }
    Ok(lines)
}

/// A day of five years, as records that were opened one after the other have it.
fn in_order(number: u64, records: u64) -> String {
    let day = number * DAYS / records;
    format!("{}-{:02}-{:02}", 2021 + day / (12 * 28), 1 + day / 28 % 12, 1 + day % 28)
}

/// Another year, month and day than the record before: every record changes other pages of the indexes.
fn mixed(number: u64, _: u64) -> String {
    format!("{}-{:02}-{:02}", 2021 + number % 5, 1 + number % 12, 1 + number % 28)
}

fn table(records: u64, day: fn(u64, u64) -> String) -> Vec<u8> {
    let mut text = String::from("number,title,state,severity,created,note,observables\n");
    for number in 0..records {
        let _ = writeln!(
            text,
            "B-{number},Phishing page {number},resolved,medium,{},\"A page that asks for passwords, reported by a bank.\",198.51.100.{}",
            day(number, records),
            number % 250
        );
    }
    text.into_bytes()
}

fn rtir(records: u64) -> Vec<u8> {
    let mut text = String::new();
    for number in 0..records {
        let _ = writeln!(
            text,
            "{{\"id\":{},\"Queue\":\"Incidents\",\"Status\":\"resolved\",\"Subject\":\"Phishing page {number}\",\"Created\":\"{}\",\
             \"Description\":\"A page that asks for passwords, reported by a bank.\"}}",
            number + 1,
            in_order(number, records)
        );
    }
    text.into_bytes()
}
