//! The desk at its true size: made, then served by the real program and measured through its pages, its mail door and its files.

mod at_once;
mod files;
mod many;
mod post;
mod saved;
mod served;

use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use manara_model::{Micros, Tlp, Viewer};
use manara_response::made::{self, ARABIC_WORD, COMMON_WORD, Desk, MIDDLE_WORD, RARE_WORD, Size};
use manara_response::{get, list_tickets, seek, seen_elsewhere, tickets_of_incident};
use serde_json::{Value, json};

use super::data;
use super::pages::quantiles;
use crate::cli::{BenchResponse, BenchResponseRun, Place};
use crate::house::{House, is_data_folder};
use crate::print;
use served::Served;

/// What was made, for whoever measures it.
const FILE: &str = "bench-response.json";
/// Constituents whose writers are known.
const CONSTITUENTS: u64 = 5_000;
/// Records that are found.
const FOUND: usize = 50;
/// Records whose figures are measured in one round.
const FOLLOWED: usize = 5_000;

/// Does what was typed.
pub async fn run(work: BenchResponse) -> anyhow::Result<()> {
    match work {
        BenchResponse::Make { place, incidents, message_bytes, json } => {
            make(&place, incidents, message_bytes, json).await
        }
        BenchResponse::Run(args) => measure(args).await,
    }
}

async fn make(place: &Place, incidents: u64, message_bytes: u64, as_json: bool) -> anyhow::Result<()> {
    if is_data_folder(&place.data) {
        bail!("{} is a data folder already; say another one with --data", place.data.display());
    }
    let house = House::make(place).await?;
    let begin = Instant::now();
    let now = Micros::now();
    data::constituents(&house, CONSTITUENTS, now).await?;
    let size = Size {
        incidents: usize::try_from(incidents).context("so many")?,
        message_bytes: usize::try_from(message_bytes).context("so large")?,
    };
    let mut shown = 0;
    let desk = made::make(&house.db, size, now, |done| {
        let percent = done * 100 / size.incidents;
        if percent >= shown + 5 {
            shown = percent;
            if as_json {
                return;
            }
            println!("{done:>12} incidents {percent:>3} % {:>8.1} s", begin.elapsed().as_secs_f64());
        }
    })
    .await?;
    let told = json!({ "incidents": desk.incidents, "long": desk.long, "wide": desk.wide }).to_string();
    std::fs::write(house.data.join(FILE), told)?;
    // By this `serve` knows a folder whose records are in PostgreSQL.
    std::fs::create_dir_all(house.data.join("blobs"))?;
    house.db.checkpoint_beside().await?;
    // A desk that was worked at for five years has its figures; counting them beside would be measured with everything else.
    let ground = crate::figures::ground(&house).await?;
    let (all, mut counted, mut told) = (desk.incidents + desk.reports, 0, 0);
    while manara_response::follow_figures(&house.db, &ground, now).await? {
        counted += FOLLOWED;
        let percent = (counted * 100 / all.max(1)).min(100);
        if percent >= told + 5 && !as_json {
            told = percent;
            println!("{:>24} {percent:>3} % {:>8.1} s", "their figures", begin.elapsed().as_secs_f64());
        }
    }
    house.db.close().await;
    for (what, count) in [
        ("incidents", desk.incidents),
        ("reports", desk.reports),
        ("messages", desk.messages),
        ("observables", desk.observables),
        ("bytes said", desk.said_bytes),
    ] {
        if !as_json {
            println!("{count:>14} {what}");
        }
    }
    let seconds = begin.elapsed().as_secs_f64();
    match as_json {
        true => print::json(&json!({ "incidents": desk.incidents, "reports": desk.reports, "messages": desk.messages,
            "observables": desk.observables, "said_bytes": desk.said_bytes, "seconds": seconds }))?,
        false => println!("made in {seconds:.1} s"),
    }
    Ok(())
}

/// One thing that was measured.
struct Line {
    what: String,
    times: Vec<Duration>,
    /// The most that 99 of 100 may take, in milliseconds.
    goal_ms: f64,
    /// Where it is a rate: what it is, and what is wanted.
    rate: Option<(f64, f64)>,
    remark: String,
}

impl Line {
    fn of(what: &str, times: Vec<Duration>, goal_ms: f64) -> Line {
        Line { what: what.into(), times, goal_ms, rate: None, remark: String::new() }
    }

    fn rate(what: &str, rate: f64, wanted: f64) -> Line {
        Line { what: what.into(), times: Vec::new(), goal_ms: 0.0, rate: Some((rate, wanted)), remark: String::new() }
    }

    fn saying(self, remark: impl Into<String>) -> Line {
        Line { remark: remark.into(), ..self }
    }
}

async fn measure(args: BenchResponseRun) -> anyhow::Result<()> {
    let told = std::fs::read_to_string(args.place.data.join(FILE))
        .with_context(|| format!("{} was not made by `bench response make`", args.place.data.display()))?;
    let told: Value = serde_json::from_str(&told).context(FILE)?;
    let word = |name: &str| told.get(name).and_then(Value::as_str).unwrap_or_default().to_string();
    let desk = Desk { long: word("long"), wide: word("wide"), ..Desk::default() };
    let house = House::open(&args.place).await?;
    let mut lines = Vec::new();
    let mut served = Served::begin(&args.place, &house).await?;
    lines.push(Line::of("ready, from start to the line that says where it is", vec![served.ready], 1_000.0));
    let measured = all(&args, &house, &served, &desk, &mut lines).await;
    served.end(&house).await?;
    house.db.close().await;
    measured?;
    show(&args, lines)
}

async fn all(
    args: &BenchResponseRun,
    house: &House,
    served: &Served,
    desk: &Desk,
    lines: &mut Vec<Line>,
) -> anyhow::Result<()> {
    pages(args, house, served, desk, lines).await?;
    inside(args, house, desk, lines).await?;
    if args.mails > 0 {
        lines.extend(post::measure(&served.lmtp, args.mails).await?);
    }
    if args.records > 0 {
        lines.extend(files::measure(house, args.records).await?);
    }
    if args.seconds > 0 {
        lines.extend(at_once::measure(house, served, args.seconds).await?);
    }
    Ok(())
}

/// Every page by one reader, one after the other.
async fn pages(
    args: &BenchResponseRun,
    house: &House,
    served: &Served,
    desk: &Desk,
    lines: &mut Vec<Line>,
) -> anyhow::Result<()> {
    let viewer = Viewer::system();
    let long = get(&house.db, &viewer, &desk.long).await?.context("the long incident is gone")?;
    let of_long = tickets_of_incident(&house.db, &viewer, &long.id, 1).await?;
    let ticket = of_long.first().context("the long incident has no report")?.number.clone();
    let mut wanted: Vec<(String, f64)> = Vec::new();
    for path in [
        "/about",
        "/incidents",
        "/incidents?sort=due",
        "/incidents?sort=severity",
        "/incidents?sort=owner",
        "/incidents?show=unowned",
        "/incidents?show=due",
        "/incidents?state=all",
        "/incidents?state=all&sort=severity",
        "/incidents?state=closed&class=fraud",
        "/incidents?state=all&constituent=bench-00000",
        "/incidents?state=all&constituent=bench-03000",
        "/tickets",
        "/tickets?sort=due",
        "/tickets?sort=owner",
        "/tickets?kind=report&show=unanswered",
        "/tickets?state=all",
        "/tickets?state=all&mailbox=desk3%40cirt.example",
        "/tickets?state=all&constituent=bench-03000",
        "/tickets?state=all&correspondent=person7%40org7.example",
    ] {
        wanted.push((path.into(), 50.0));
    }
    for path in [format!("/incidents/{}", desk.long), format!("/incidents/{}", desk.wide), format!("/tickets/{ticket}")]
    {
        wanted.push((path, 80.0));
    }
    let two = format!("{COMMON_WORD}+phishing");
    let arabic: String = form_urlencoded::byte_serialize(ARABIC_WORD.as_bytes()).collect();
    for word in [RARE_WORD, MIDDLE_WORD, COMMON_WORD, "inci", &two, "16.0.3.7", &arabic] {
        wanted.push((format!("/search?q={word}"), 100.0));
        wanted.push((format!("/tickets?state=all&q={word}"), 100.0));
        wanted.push((format!("/incidents?state=all&q={word}"), 100.0));
        wanted.push((format!("/tickets?state=all&order=best&q={word}"), 400.0));
        wanted.push((format!("/incidents?state=all&order=best&q={word}"), 400.0));
    }
    // What was made ends today, so that the year before is a whole one.
    let year = Micros::now().plus_days(-365).day();
    let year = year.get(..4).unwrap_or_default();
    for path in ["/", "/figures/response", &format!("/figures/response?period={year}")] {
        wanted.push((path.into(), 300.0));
    }
    for (path, goal) in wanted {
        // Once before it counts: what is read from the disk for the first time is another measurement.
        served.seat.open(&path).await?;
        let mut times = Vec::new();
        let begin = Instant::now();
        for _ in 0..args.rounds {
            times.push(served.seat.open(&path).await?.0);
            // A page that is far from its goal needs no more to be told.
            if begin.elapsed() > Duration::from_secs(20) && times.len() >= 5 {
                break;
            }
        }
        lines.push(Line::of(&path, times, goal));
    }
    Ok(())
}

/// What no page shows by itself.
async fn inside(args: &BenchResponseRun, house: &House, desk: &Desk, lines: &mut Vec<Line>) -> anyhow::Result<()> {
    let (db, viewer) = (&house.db, Viewer::cleared("bench", Tlp::Red));
    let rounds = usize::try_from(args.rounds).unwrap_or(usize::MAX);
    for word in [RARE_WORD, MIDDLE_WORD, COMMON_WORD, ARABIC_WORD] {
        let mut times = Vec::new();
        seek(db, &viewer, word, FOUND).await?;
        for _ in 0..rounds {
            let begin = Instant::now();
            ensure!(!seek(db, &viewer, word, FOUND).await?.is_empty(), "nothing says {word}");
            times.push(begin.elapsed());
        }
        lines.push(Line::of(&format!("newest {FOUND} that say {word}"), times, 100.0));
    }
    let mut times = Vec::new();
    for one in list_tickets(db, &viewer, None, None, args.rounds as i64).await? {
        let begin = Instant::now();
        seen_elsewhere(db, &viewer, &one.id).await?;
        times.push(begin.elapsed());
    }
    lines.push(Line::of("correlate a report that was kept: who else knows what it speaks of", times, 20.0));
    let long = get(db, &viewer, &desk.long).await?.context("the long incident is gone")?;
    // Once before it counts, as with pages.
    seen_elsewhere(db, &viewer, &long.id).await?;
    let mut times = Vec::new();
    for _ in 0..rounds {
        let begin = Instant::now();
        seen_elsewhere(db, &viewer, &long.id).await?;
        times.push(begin.elapsed());
    }
    lines.push(Line::of("correlate an incident: who else knows one of its 100 observables", times, 20.0));
    lines.extend(saved::measure(house, &viewer, args.rounds).await?);
    lines.extend(many::measure(house, &viewer, &desk.wide).await?);
    Ok(())
}

fn show(args: &BenchResponseRun, mut lines: Vec<Line>) -> anyhow::Result<()> {
    let reference = lines.iter_mut().find(|line| line.what == "/about").map(|line| quantiles(&mut line.times)[0]);
    let reference = reference.unwrap_or(1.0).max(1e-6);
    if args.json {
        let all: Vec<Value> = lines
            .iter_mut()
            .map(|line| {
                let [p50, p99, most] = quantiles(&mut line.times);
                match line.rate {
                    Some((rate, wanted)) => json!({ "what": line.what, "a_second": rate, "wanted": wanted,
                        "kept": rate >= wanted, "remark": line.remark }),
                    None => json!({ "what": line.what, "times": line.times.len(), "p50_ms": p50, "p99_ms": p99,
                        "most_ms": most, "goal_ms": line.goal_ms, "kept": p99 <= line.goal_ms,
                        "times_reference": p50 / reference, "remark": line.remark }),
                }
            })
            .collect();
        return print::json(&json!({ "reference_ms": reference, "lines": all }));
    }
    println!("the reference is /about, which asks for no record: {reference:.2} ms in the middle");
    let names = ["what", "times", "median", "99 %", "longest", "goal", "", "× reference", "remark"].map(String::from);
    let rows: Vec<Vec<String>> = lines
        .iter_mut()
        .map(|line| {
            let [p50, p99, most] = quantiles(&mut line.times);
            let kept = |is: bool| if is { "kept" } else { "MISSED" }.to_string();
            match line.rate {
                Some((rate, wanted)) => vec![
                    line.what.clone(),
                    String::new(),
                    format!("{rate:.0}/s"),
                    String::new(),
                    String::new(),
                    format!("{wanted:.0}/s"),
                    kept(rate >= wanted),
                    String::new(),
                    line.remark.clone(),
                ],
                None => vec![
                    line.what.clone(),
                    line.times.len().to_string(),
                    format!("{p50:.1} ms"),
                    format!("{p99:.1}"),
                    format!("{most:.1}"),
                    format!("{:.0}", line.goal_ms),
                    kept(p99 <= line.goal_ms),
                    format!("{:.1}", p50 / reference),
                    line.remark.clone(),
                ],
            }
        })
        .collect();
    print::table(&mut std::io::stdout().lock(), &names, &rows)?;
    Ok(())
}
