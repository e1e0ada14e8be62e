//! Figures, not tests: `manara-bench whole-path` runs a made report through the whole pipeline and prints the time of each
//! stage beside a reference measured in the same run.

mod make;
mod notices;
mod whole_path;

use std::path::Path;

use manara_store::Db;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str = "manara-bench make sinkhole|eve ROWS FILE        writes a report
manara-bench make prefixes|networks COUNT FILE   writes a table
manara-bench whole-path REPORT [PREFIX-TO-AS] [NETWORKS.csv]   one file to durable storage, stage by stage
manara-bench read REPORT                         only the reader
manara-bench notices COUNT FINDINGS              a big day of notices, each of so many findings
MANARA_DATABASE=postgres://… takes PostgreSQL for the state";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["make", what, count, file] => make::make(what, count.parse()?, file),
        ["whole-path", report, rest @ ..] => whole_path::run(report, rest).await,
        ["read", report] => whole_path::read(report),
        ["notices", count, findings] => notices::run(count.parse()?, findings.parse()?).await,
        _ => {
            eprintln!("{USAGE}");
            Ok(())
        }
    }
}

/// The database that is measured: PostgreSQL when it was said, else SQLite in the folder.
async fn open_database(folder: &Path) -> anyhow::Result<Db> {
    Ok(match std::env::var("MANARA_DATABASE") {
        Ok(url) => Db::open_postgres(&url).await?,
        Err(_) => Db::open_sqlite(&folder.join("manara.sqlite")).await?,
    })
}
