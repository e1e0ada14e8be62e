//! `bench`: figures of this machine, not tests. Everything it reads it makes itself, the same for the same arguments.

mod data;
mod framework;
mod make;
mod notices;
mod pages;
mod report;
mod response;
mod whole_path;

use std::path::Path;

use manara_store::Db;
use serde_json::{Value, json};

use super::DONE;
use crate::cli::{Bench, BenchWork};
use crate::print;

/// Measures one thing and prints what it measured.
pub async fn run(args: Bench) -> anyhow::Result<u8> {
    match args.work {
        BenchWork::Make { what, count, file, json } => {
            make::make(what, count, &file)?;
            if json {
                let bytes = std::fs::metadata(&file)?.len();
                print::json(&json!({ "file": file.display().to_string(), "count": count, "bytes": bytes }))?;
            }
        }
        BenchWork::WholePath { report, prefix_to_as, networks, database, json: _ } => {
            whole_path::run(&report, prefix_to_as.as_deref(), networks.as_deref(), database.as_deref()).await?;
        }
        BenchWork::Read { report, json } => whole_path::read(&report, json)?,
        BenchWork::Notices { count, findings, database, json } => {
            notices::run(count, findings, database.as_deref(), Figures::new(json)).await?;
        }
        BenchWork::Data(size) => data::run(size).await?,
        BenchWork::Pages(load) => pages::run(load).await?,
        BenchWork::Response { work } => response::run(work).await?,
        BenchWork::Report { rounds, json } => report::run(rounds, Figures::new(json))?,
        BenchWork::Score { items, respondents, rounds, json } => {
            framework::score(items, respondents, rounds, Figures::new(json))?;
        }
        BenchWork::Design { blocks, rounds, json } => framework::design(blocks, rounds, Figures::new(json))?,
    }
    Ok(DONE)
}

/// What was measured: a line for people as soon as it is known, or all of it as one JSON object at the end.
pub struct Figures {
    json: bool,
    lines: Vec<Value>,
}

impl Figures {
    fn new(json: bool) -> Figures {
        Figures { json, lines: Vec::new() }
    }

    fn say(&mut self, words: &str, figures: Value) {
        match self.json {
            true => self.lines.push(figures),
            false => println!("{words}"),
        }
    }

    fn end(self) -> anyhow::Result<()> {
        if self.json {
            print::json(&json!({ "lines": self.lines }))?;
        }
        Ok(())
    }
}

/// The database that is measured: PostgreSQL when it was said, else SQLite in the folder.
async fn open_database(folder: &Path, url: Option<&str>) -> anyhow::Result<Db> {
    Ok(match url {
        Some(url) => Db::open_postgres(url).await?,
        None => Db::open_sqlite(&folder.join("manara.sqlite")).await?,
    })
}

/// A folder for what is measured, in the current one: so on the disk that is to be measured. Removed when it is dropped.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn make() -> anyhow::Result<Scratch> {
        let folder = std::env::current_dir()?.join(format!("manara-bench-{}", std::process::id()));
        std::fs::create_dir(&folder)?;
        Ok(Scratch(folder))
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
