//! What the command line says: errors, logs, tables.

pub mod document;

use std::collections::BTreeMap;
use std::fmt::{self, Debug};
use std::io::{IsTerminal as _, Write};

use tracing::field::Field;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::field::MakeExt as _;
use tracing_subscriber::fmt::format::{Writer, debug_fn};

/// Characters of a statement that the log shows: some are tens of thousands long.
const STATEMENT_CHARS: usize = 200;

/// Starts the log on standard error. Logs are for operators; what a command answers goes to standard output.
pub fn start_log(verbose: u8) {
    let level = match verbose {
        0 => "warn,manara=info",
        1 => "info",
        _ => "debug",
    };
    let filter = EnvFilter::try_from_env("MANARA_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    let ansi = std::io::stderr().is_terminal();
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(ansi)
        .with_target(false)
        .fmt_fields(debug_fn(write_field).delimited(" "))
        .try_init();
}

/// Writes a field of a line of the log. What the database was asked is cut to the beginning by which it is known.
fn write_field(writer: &mut Writer<'_>, field: &Field, value: &dyn Debug) -> fmt::Result {
    match field.name() {
        "message" => write!(writer, "{value:?}"),
        "db.statement" => write!(writer, "statement={:?}", beginning(&format!("{value:?}"))),
        name => write!(writer, "{name}={value:?}"),
    }
}

/// The beginning of a statement, as `Debug` wrote it, on one line.
fn beginning(written: &str) -> String {
    let words = written.trim_matches('"').replace("\\n", " ");
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(STATEMENT_CHARS) {
        Some((at, _)) => format!("{} …", line.get(..at).unwrap_or_default()),
        None => line,
    }
}

/// An error with its causes on one line, each said once.
pub fn chain(error: &anyhow::Error) -> String {
    let mut said: Vec<String> = Vec::new();
    for cause in error.chain() {
        let text = cause.to_string();
        if !said.iter().any(|known| known.contains(&text)) {
            said.push(text);
        }
    }
    said.join(": ")
}

/// Ends the program well when nobody reads on, as in `manara … | head`: what `println!` says of it is no failure.
pub fn end_when_nobody_reads() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let told = panic.payload().downcast_ref::<String>().map_or("", String::as_str);
        if told.starts_with("failed printing to stdout") && told.contains("Broken pipe") {
            std::process::exit(0);
        }
        usual(panic);
    }));
}

/// The same for what is written to standard output otherwise.
fn or_end(written: std::io::Result<()>) -> std::io::Result<()> {
    match written {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        written => written,
    }
}

/// Prints a JSON value on one line.
pub fn json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    or_end(serde_json::to_writer(&mut out, value).map_err(std::io::Error::from))?;
    Ok(or_end(writeln!(out))?)
}

/// Prints rows as one JSON array of objects whose values are all texts.
pub fn objects(names: &[String], rows: &[Vec<String>]) -> anyhow::Result<()> {
    let object = |row: &Vec<String>| names.iter().cloned().zip(row.iter().cloned()).collect::<BTreeMap<_, _>>();
    json(&rows.iter().map(object).collect::<Vec<_>>())
}

/// Prints rows as a table whose columns are as wide as what is in them.
pub fn table(out: &mut dyn Write, names: &[String], rows: &[Vec<String>]) -> std::io::Result<()> {
    or_end(write_table(out, names, rows))
}

fn write_table(out: &mut dyn Write, names: &[String], rows: &[Vec<String>]) -> std::io::Result<()> {
    let mut widths: Vec<usize> = names.iter().map(|name| name.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count().min(120));
        }
    }
    let mut line = |cells: &[String]| -> std::io::Result<()> {
        let padded: Vec<String> = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| {
                // Control characters of hostile input must not reach the terminal.
                let clean: String = cell.chars().map(|c| if c.is_control() { '·' } else { c }).collect();
                let gap = width.saturating_sub(clean.chars().count());
                format!("{clean}{}", " ".repeat(gap))
            })
            .collect();
        writeln!(out, "{}", padded.join("  ").trim_end())
    };
    line(names)?;
    line(&widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>())?;
    for row in rows {
        line(row)?;
    }
    Ok(())
}

/// Prints rows as CSV.
pub fn csv(out: &mut dyn Write, names: &[String], rows: &[Vec<String>]) -> std::io::Result<()> {
    or_end(write_csv(out, names, rows))
}

fn write_csv(out: &mut dyn Write, names: &[String], rows: &[Vec<String>]) -> std::io::Result<()> {
    let quote = |cell: &String| match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.clone(),
    };
    for row in std::iter::once(names).chain(rows.iter().map(Vec::as_slice)) {
        writeln!(out, "{}", row.iter().map(quote).collect::<Vec<_>>().join(","))?;
    }
    Ok(())
}

/// A number of bytes as people read it.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..=9_999 => format!("{bytes} B"),
        10_000..=9_999_999 => format!("{:.1} kB", bytes as f64 / 1e3),
        10_000_000..=9_999_999_999 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn a_statement_in_the_log_is_one_short_line() {
        assert_eq!(beginning(&format!("{:?}", "\n\nSELECT a\n  FROM b\n")), "SELECT a FROM b");
        let long = format!("INSERT INTO é VALUES {}", "($1, $2),\n".repeat(5_000));
        let shown = beginning(&format!("{long:?}"));
        assert!(shown.starts_with("INSERT INTO é VALUES ($1, $2), ($1,") && shown.ends_with(" …"), "{shown}");
        assert_eq!(shown.chars().count(), 202);
        assert_eq!(beginning("\"\""), "");
    }
}
