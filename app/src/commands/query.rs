//! `query`: SQL over events, findings, constituents and notices.

use std::io::Write as _;

use anyhow::bail;
use manara_events::own_columns;
use manara_model::{FIELDS, Viewer};

use super::DONE;
use crate::cli::{Query, RowFormat};
use crate::house::House;
use crate::{print, tables};

/// Asks, or prints the schema.
pub async fn run(args: Query) -> anyhow::Result<u8> {
    let format = if args.json { RowFormat::Json } else { args.format };
    if args.schema {
        return schema(format);
    }
    let house = House::open(&args.place).await?;
    let sql = args.sql.unwrap_or_default();
    let wanted = house.lake.tables_of(&sql);
    let beside = tables::beside(&house, &Viewer::system(), &wanted).await?;
    let rows = house.lake.query(&sql, house.watch.files().await?, beside, args.limit, args.seconds).await?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match format {
        RowFormat::Json => {
            drop(out);
            print::json(&rows.json()?)?;
        }
        RowFormat::Csv => print::csv(&mut out, &rows.names(), &rows.texts()?)?,
        RowFormat::Table => print::table(&mut out, &rows.names(), &rows.texts()?)?,
        RowFormat::Intelmq => match manara_watch::intelmq_lines(&rows)? {
            Some(lines) => out.write_all(lines.as_bytes())?,
            None => bail!("no column of the answer is a field of an event; ask for * or for columns of --schema"),
        },
    }
    if rows.more {
        eprintln!("more rows follow; --limit shows more than {}", args.limit);
    }
    Ok(DONE)
}

fn schema(format: RowFormat) -> anyhow::Result<u8> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for table in ["events", "context"] {
        for spec in FIELDS {
            rows.push(vec![
                table.into(),
                spec.column.into(),
                format!("{:?}", spec.kind).to_lowercase(),
                spec.intelmq.into(),
            ]);
        }
        for (_, name, says) in own_columns() {
            rows.push(vec![
                table.into(),
                (*name).into(),
                if *name == "line" { "number" } else { "text" }.into(),
                (*says).into(),
            ]);
        }
    }
    for (name, says) in [
        ("batch", "id of the batch"),
        ("feed", "name of the feed"),
        ("line", "1-based line of the row in its file"),
        ("column", "the column it is about"),
        ("code", "why it could not be read"),
        ("found", "what stood there"),
        ("raw", "the row, shortened"),
    ] {
        rows.push(vec![
            "rejects".into(),
            name.into(),
            if name == "line" { "number" } else { "text" }.into(),
            says.into(),
        ]);
    }
    for (table, name, kind, says) in tables::COLUMNS {
        rows.push(vec![(*table).into(), (*name).into(), (*kind).into(), (*says).into()]);
    }
    rows.push(vec![
        "function".into(),
        "extra_get(extra, name)".into(),
        "text".into(),
        "one value out of the JSON object in extra".into(),
    ]);
    if format == RowFormat::Intelmq {
        bail!("the schema is no event; expected --format table, csv or json");
    }
    let names = ["table", "column", "type", "holds"].map(String::from);
    let mut out = std::io::stdout().lock();
    match format {
        RowFormat::Json => {
            drop(out);
            print::objects(&names, &rows)?;
        }
        RowFormat::Csv => print::csv(&mut out, &names, &rows)?,
        RowFormat::Table | RowFormat::Intelmq => print::table(&mut out, &names, &rows)?,
    }
    Ok(DONE)
}
