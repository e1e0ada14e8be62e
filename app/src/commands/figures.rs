//! `figures`: how long the work on reports and incidents took, from the terminal.

use std::io::Write as _;

use anyhow::{Context as _, bail};
use manara_document::Form;
use manara_model::{Micros, Tlp, Viewer};
use manara_response::{
    By, Every, Figure, FigureEyes, FigureLine, FigurePaper, FigureTable, MeasureCounts, Period, count_figures,
    figure_paper, recount_figures, value_words,
};
use manara_web::csv_text;

use super::DONE;
use crate::cli::{Figures, FiguresAction, Print, ResponseFigures};
use crate::house::House;
use crate::print::{self, document};
use crate::{figures, papers};

/// Prints figures.
pub async fn run(args: Figures) -> anyhow::Result<u8> {
    match args.action {
        FiguresAction::Response(args) => response(args).await,
    }
}

async fn response(args: ResponseFigures) -> anyhow::Result<u8> {
    let (tlp, (by, mut value)) = (marking(&args.tlp)?, chosen(&args.of)?);
    let house = House::open(&args.place).await?;
    if by == By::Constituent {
        let found = manara_constituency::get(&house.db, &value).await?;
        let found = found.with_context(|| format!("--of constituent:{value}: no constituent has this name or id"))?;
        value = found.0.id;
    }
    house.load_lookups().await?;
    let (ground, now) = (figures::ground(&house).await?, Micros::now());
    let period = match args.period.as_str() {
        "" => Period::of(now, Every::Month, &ground.hours),
        name => Period::parse(name)
            .with_context(|| format!("--period {name} is none; expected such as 2026-10, 2026-Q4 or 2026"))?,
    };
    match args.recount {
        true => recount_figures(&house.db, &ground, now).await?,
        false => count_figures(&house.db, &ground, now).await?,
    }
    let eyes = FigureEyes { viewer: Viewer::cleared("cli", tlp), hours: ground.hours.clone(), now };
    let table = FigureTable::read(&house.db, period, (by, &value), eyes).await?;
    match args.format.as_str() {
        "table" => show(&table)?,
        "json" => print::json(&table.json())?,
        "csv" => {
            let (head, rows) = table.cells();
            give(&args, csv_text(head, &rows).as_bytes())?;
        }
        _ => paper(&house, &args, table, now).await?,
    }
    house.db.close().await;
    Ok(DONE)
}

fn marking(text: &str) -> anyhow::Result<Tlp> {
    Tlp::parse(text).with_context(|| format!("--tlp {text} is none; expected clear, green, amber, amber+strict or red"))
}

/// By what and which: `severity:high`.
fn chosen(text: &str) -> anyhow::Result<(By, String)> {
    if text.is_empty() {
        return Ok((By::All, String::new()));
    }
    let found = text.split_once(':').and_then(|(by, value)| By::parse(by).map(|by| (by, value.to_string())));
    let known = By::ALL.map(By::as_str).join(", ");
    found
        .filter(|(by, value)| *by != By::All && !value.is_empty())
        .with_context(|| format!("--of {text} says nothing; expected such as severity:high, with one of {known}"))
}

fn give(args: &ResponseFigures, bytes: &[u8]) -> anyhow::Result<()> {
    match &args.out {
        Some(path) => manara_store::write_durably(&std::path::absolute(path)?, |file| file.write_all(bytes))
            .with_context(|| path.display().to_string()),
        None => Ok(std::io::stdout().lock().write_all(bytes)?),
    }
}

async fn paper(house: &House, args: &ResponseFigures, table: FigureTable, now: Micros) -> anyhow::Result<()> {
    if Form::parse(&args.format).is_none() {
        bail!("{} is no format; expected table, csv, json, pdf, docx, html or md", args.format);
    }
    // Only a report speaks of contacts and notices.
    figures::note_contacts(house, now).await?;
    figures::note_notices(house, now).await?;
    let asked = Print { lang: args.lang.clone(), format: args.format.clone(), out: args.out.clone() };
    let (form, lang) = document::asked(&asked)?;
    let words = papers::words(&house.content_folder())?;
    let paper = FigurePaper::gather(&house.db, table, papers::team(house, lang)).await?;
    let content = house.work_content();
    let stage = |name: &str, lang: &str| content.stage_title(name, lang);
    let named = |by: By, value: &str| value_words(&words, lang, (by, value), &figures::sector, &stage);
    let page = figure_paper(&paper, &words, lang.into(), &named, now);
    document::write(&papers::printer(house), &page, form, &asked)
}

fn show(table: &FigureTable) -> anyhow::Result<()> {
    println!("{}, up to {}", table.period, table.tlp.label());
    let head = ["figure", "n", "median", "p90", "p95", "working median", "before", "change"].map(String::from);
    let rows: Vec<Vec<String>> = table.lines.iter().map(row).collect();
    print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    Ok(())
}

fn row(line: &FigureLine) -> Vec<String> {
    let counts = line.measure.counts;
    let value = |figure: &Figure, value: i64| match (figure.n, counts) {
        (0, _) => "no case".to_string(),
        (_, MeasureCounts::Time) => long(value),
        (_, MeasureCounts::Number) => value.to_string(),
        (_, MeasureCounts::Share) => format!("{:.1}%", figure.share().unwrap_or_default() * 100.0),
    };
    let figure = &line.figure;
    let [median, p90, p95] = figure.calendar;
    let beyond = |number: i64| match counts {
        MeasureCounts::Share => String::new(),
        _ => value(figure, number),
    };
    let change = line.change().map(|change| match counts {
        MeasureCounts::Share => format!("{:+.1} points", change.by * 100.0),
        _ => format!("{:+.0}%", change.by * 100.0),
    });
    vec![
        line.measure.id.into(),
        figure.n.to_string(),
        value(figure, median),
        beyond(p90),
        beyond(p95),
        if counts == MeasureCounts::Time { value(figure, figure.median(true)) } else { String::new() },
        value(&line.before, line.before.median(false)),
        change.unwrap_or_default(),
    ]
}

fn long(seconds: i64) -> String {
    match seconds {
        ..120 => format!("{seconds} s"),
        120..7_200 => format!("{:.1} min", seconds as f64 / 60.0),
        7_200..172_800 => format!("{:.1} h", seconds as f64 / 3_600.0),
        _ => format!("{:.1} d", seconds as f64 / 86_400.0),
    }
}
