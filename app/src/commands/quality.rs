//! `quality`: the figures of quality, from the terminal.

use anyhow::Context as _;
use manara_framework::enhancement::{Figure, Period, QualityLine, Unit};
use manara_model::{Micros, Viewer};

use super::{DONE, FOUND};
use crate::cli::Quality;
use crate::house::House;
use crate::neighbours::Beside;
use crate::print;

/// Prints the figures; the exit code says whether a target was missed.
pub async fn run(args: Quality) -> anyhow::Result<u8> {
    let now = Micros::now();
    let period = Period::read(&args.from, &args.to, now).with_context(|| {
        format!("--from and --to are days in order, such as 2026-11-22, {} at most", Period::MOST_DAYS)
    })?;
    let house = House::open(&args.place).await?;
    let beside = Beside::of(&house);
    let targets = house.shelf().targets;
    let viewer = Viewer { name: "cli".into(), ..Viewer::system() };
    let quality = manara_framework::enhancement::quality(&beside, &targets, &viewer, period, now).await?;
    if args.json {
        print::json(&quality.json())?;
    } else {
        println!("{} to {}", period.from.day(), period.last_day());
        let head = ["figure", "value", "p90", "n", "waiting", "target", "met"].map(String::from);
        let rows: Vec<Vec<String>> = quality.lines.iter().map(row).collect();
        print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    }
    Ok(if quality.lines.iter().any(|line| line.is_met == Some(false)) { FOUND } else { DONE })
}

fn number(figure: &Figure, value: Option<f64>) -> String {
    match (value, figure.unit) {
        (None, _) => "no case".into(),
        (Some(value), Unit::Share) => format!("{:.1}%", value * 100.0),
        (Some(value), unit) => format!("{value} {}", unit.as_str()),
    }
}

fn row(line: &QualityLine) -> Vec<String> {
    let figure = &line.figure;
    let target = line.target.as_ref().map(|target| {
        let sign = if target.at_most.is_some() { "<=" } else { ">=" };
        format!("{sign} {}", number(figure, target.number()))
    });
    vec![
        figure.figure.into(),
        number(figure, figure.value),
        figure.p90.map_or(String::new(), |p90| number(figure, Some(p90))),
        figure.n.to_string(),
        figure.waiting.to_string(),
        target.unwrap_or_default(),
        line.is_met.map_or(String::new(), |is_met| if is_met { "yes" } else { "no" }.into()),
    ]
}
