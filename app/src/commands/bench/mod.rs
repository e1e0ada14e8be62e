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

use super::DONE;
use crate::cli::{Bench, BenchWork};

/// Measures one thing and prints what it measured.
pub async fn run(args: Bench) -> anyhow::Result<u8> {
    match args.work {
        BenchWork::Make { what, count, file } => make::make(what, count, &file)?,
        BenchWork::WholePath { report, prefix_to_as, networks, database } => {
            whole_path::run(&report, prefix_to_as.as_deref(), networks.as_deref(), database.as_deref()).await?;
        }
        BenchWork::Read { report } => whole_path::read(&report)?,
        BenchWork::Notices { count, findings, database } => notices::run(count, findings, database.as_deref()).await?,
        BenchWork::Data(size) => data::run(size).await?,
        BenchWork::Pages(load) => pages::run(load).await?,
        BenchWork::Response { work } => response::run(work).await?,
        BenchWork::Report { rounds } => report::run(rounds)?,
        BenchWork::Score { items, respondents, rounds } => framework::score(items, respondents, rounds)?,
        BenchWork::Design { blocks, rounds } => framework::design(blocks, rounds)?,
    }
    Ok(DONE)
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
