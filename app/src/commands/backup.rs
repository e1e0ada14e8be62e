//! `manara backup`: everything in one file, while the work goes on.
//!
//! The tables are read in one snapshot; whatever file the snapshot names was whole on the disk before, so copying the files
//! afterwards needs no lock. The file is a tar stream under zstd (`zstd -d < FILE | tar x`), read again before it is called
//! a backup.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, bail};
use manara_model::Micros;
use manara_store::{
    ArchiveWriter, Column, Dump, Journal, Settings, StoreError, TableSum, Tx, columns, count_rows, read_archive,
};
use serde::{Deserialize, Serialize};

use super::{DONE, FOUND};
use crate::cli::Backup;
use crate::house::{House, SCHEMAS};
use crate::print;

/// The form of the file: grows when an older Manara could not read it.
pub const FORM: u32 = 1;
/// When the last backup was made, and where: read by `doctor`.
pub const LAST: &str = "backup.last";
/// Bytes of JSON lines in one entry: what is in memory at once.
const PIECE_BYTES: usize = 4 << 20;

// The files the snapshot names.
const LAKE_FILES: &str = "SELECT path FROM watch_file ORDER BY path";
const BLOBS: &str = "SELECT DISTINCT sha256 FROM watch_batch ORDER BY sha256";
const TABLE_FILES: &str = "SELECT file FROM watch_table ORDER BY file";

/// The first entry of a backup.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the file.
    pub form: u32,
    /// The version of the program that wrote it.
    pub version: String,
    /// When, RFC 3339.
    pub created: String,
    /// The database it was read from.
    pub engine: String,
    /// Number of the newest migration of each plane.
    pub schemas: BTreeMap<String, i64>,
    /// Tables in the order they are restored.
    pub tables: Vec<TableShape>,
    /// The folder of overrides, when it is not the one in the data folder.
    #[serde(default)]
    pub content_folder: Option<String>,
}

/// A table in the manifest.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TableShape {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of the lines.
    pub columns: Vec<Column>,
    /// How many rows the snapshot has.
    pub rows: u64,
}

/// What stands in the index at the end.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Closing {
    /// What was written of each table.
    pub tables: BTreeMap<String, TableSum>,
    /// Files the snapshot names that were not there.
    pub missing: Vec<String>,
}

/// What is printed.
#[derive(Debug, Serialize)]
struct Answer {
    file: String,
    bytes: u64,
    rows: u64,
    files: u64,
    missing: Vec<String>,
    seconds: f64,
}

/// Runs the command.
pub async fn run(args: Backup) -> anyhow::Result<u8> {
    let start = Instant::now();
    let house = House::open(&args.place).await?;
    let shown = args.file.display().to_string();
    if args.file.is_dir() {
        bail!("{shown} is a folder; name a file");
    }
    let mut writer = ArchiveWriter::create(&args.file)?;
    let mut tx = house.db.begin_snapshot().await?;
    let manifest = manifest(&house, &mut tx).await?;
    writer.add("manifest.json", &serde_json::to_vec_pretty(&manifest)?)?;
    let cirt = house.data.join("cirt.toml");
    writer.add_file("cirt.toml", &cirt)?;
    let mut files = add_folder(&mut writer, "content", &house.content_folder())?;
    let mut closing = Closing::default();
    for table in &manifest.tables {
        let sum = add_table(&mut writer, &mut tx, table).await?;
        closing.tables.insert(table.name.clone(), sum);
    }
    let named = named_files(&house, &mut tx).await?;
    drop(tx);
    tokio::task::block_in_place(|| -> anyhow::Result<()> {
        for name in &named {
            files += 1;
            if !writer.add_file(name, &house.data.join(name))? {
                closing.missing.push(name.clone());
            }
        }
        Ok(())
    })?;
    let bytes =
        tokio::task::block_in_place(|| writer.finish(serde_json::to_value(&closing)?).map_err(anyhow::Error::from))
            .context("the backup was not written")?;
    // A backup that can't be read is none.
    let read = tokio::task::block_in_place(|| read_archive(&args.file, |_, _, _| Ok(())));
    read.with_context(|| format!("{shown} was written, and can't be read again: the disk is not to be trusted"))?;
    let now = Micros::now();
    let rows = closing.tables.values().map(|sum| sum.rows).sum();
    let seconds = start.elapsed().as_secs_f64();
    let answer = Answer { file: shown, bytes, rows, files, missing: closing.missing, seconds };
    note(&house, &answer, now).await?;
    house.db.close().await;
    if args.json {
        print::json(&answer)?;
    } else {
        println!("{}: {} rows, {} files, {}, {seconds:.1} s", answer.file, rows, files, print::size(bytes));
        for name in &answer.missing {
            println!("not there: {name}");
        }
    }
    Ok(if answer.missing.is_empty() { DONE } else { FOUND })
}

async fn manifest(house: &House, tx: &mut Tx) -> anyhow::Result<Manifest> {
    let mut tables = Vec::new();
    for table in SCHEMAS.iter().flat_map(|schema| schema.tables) {
        let rows = count_rows(tx, table).await?;
        tables.push(TableShape { name: (*table).into(), columns: columns(tx, table).await?, rows });
    }
    let schemas = SCHEMAS.iter().map(|schema| (schema.plane.to_string(), schema.newest()));
    Ok(Manifest {
        form: FORM,
        version: env!("CARGO_PKG_VERSION").into(),
        created: Micros::now().rfc3339(),
        engine: format!("{:?}", house.db.engine()).to_lowercase(),
        schemas: schemas.collect(),
        tables,
        content_folder: house.config.content_folder.as_ref().map(|folder| folder.display().to_string()),
    })
}

async fn add_table(writer: &mut ArchiveWriter, tx: &mut Tx, table: &TableShape) -> Result<TableSum, StoreError> {
    let mut dump = Dump::new(&table.name, table.columns.clone());
    let mut number = 0;
    dump.write(tx, PIECE_BYTES, |piece| {
        number += 1;
        let name = format!("state/{}/{number:06}.jsonl", table.name);
        // Through the store's own error: what went wrong with the file is told all the same.
        writer.add(&name, piece).map_err(|error| StoreError::File { path: name, error: std::io::Error::other(error) })
    })
    .await?;
    Ok(dump.sum())
}

/// Every file the snapshot names, as it lies in the data folder; sorted, each once.
async fn named_files(house: &House, tx: &mut Tx) -> anyhow::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for row in tx.read(LAKE_FILES, &[]).await? {
        names.insert(row.text(0)?);
    }
    for row in tx.read(BLOBS, &[]).await? {
        let path = house.ingest.blobs.path(&row.text(0)?);
        names.insert(path.strip_prefix(&house.data)?.display().to_string());
    }
    // Other planes keep bytes too (attachments, messages): whatever blob is there now holds all that the snapshot names.
    for sha256 in house.ingest.blobs.list()? {
        let path = house.ingest.blobs.path(&sha256);
        names.insert(path.strip_prefix(&house.data)?.display().to_string());
    }
    for row in tx.read(TABLE_FILES, &[]).await? {
        names.insert(format!("tables/{}", row.text(0)?));
    }
    Ok(names)
}

/// The files of a folder and the folders in it; links and half-written files are passed over.
fn add_folder(writer: &mut ArchiveWriter, name: &str, folder: &Path) -> anyhow::Result<u64> {
    if !folder.is_dir() {
        return Ok(0);
    }
    let mut count = 0;
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).with_context(|| folder.display().to_string())?.collect::<Result<_, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type()?);
        let Some(own) = path.file_name().and_then(|own| own.to_str()).filter(|own| !own.ends_with(".part")) else {
            continue;
        };
        let name = format!("{name}/{own}");
        if kind.is_dir() {
            count += add_folder(writer, &name, &path)?;
        } else if kind.is_file() && writer.add_file(&name, &path)? {
            count += 1;
        }
    }
    Ok(count)
}

async fn note(house: &House, answer: &Answer, now: Micros) -> anyhow::Result<()> {
    let detail = serde_json::json!({ "bytes": answer.bytes, "rows": answer.rows, "files": answer.files }).to_string();
    let last = serde_json::json!({ "at": now.rfc3339(), "file": answer.file }).to_string();
    let mut tx = house.db.begin().await?;
    Journal::write(&mut tx, "manara", "store", "backed_up", &answer.file, &detail, now).await?;
    Settings::set(&mut tx, LAST, &last).await?;
    tx.commit().await?;
    Ok(())
}
