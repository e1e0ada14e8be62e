//! `manara restore`: a data folder out of a backup, which then proves itself.
//!
//! The backup is read to its end before anything is written. A mark lies in the folder until every hash, every row and
//! every finding was counted again; with it there, no other command opens the folder.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, bail};
use manara_model::Micros;
use manara_store::{
    ArchiveError, ArchiveIndex, Db, Dump, Journal, Schema, StoreError, TableSum, Tx, columns, migrate, read_archive,
    reset_counters,
};
use manara_watch::VerifyReport;
use serde::Serialize;
use tokio::sync::mpsc;

use super::backup::{Closing, FORM, Manifest};
use super::{DONE, FOUND};
use crate::cli::{Place, Restore};
use crate::config::Config;
use crate::house::{House, SCHEMAS, UNPROVEN, make_private};
use crate::print;

/// What may be in a backup besides the manifest and the tables.
const FOLDERS: &[&str] = &["lake/", "blobs/", "tables/", "content/"];
/// No manifest and no piece of a table is larger.
const PIECE_BYTES: u64 = 256 << 20;
/// Rows that a step of the tables itself writes: they come again with the backup.
const ANY_WORK: &str = "SELECT COUNT(*) FROM store_journal";
const MAIL_WAITING: &str = "SELECT COUNT(*) FROM warning_notice WHERE state = 'queued'";

/// What is printed.
#[derive(Debug, Serialize)]
struct Answer {
    data: String,
    created: String,
    rows: u64,
    files: u64,
    missing: Vec<String>,
    verified: VerifyReport,
    notes: Vec<String>,
    seconds: f64,
}

/// Runs the command.
pub async fn run(args: Restore) -> anyhow::Result<u8> {
    let start = Instant::now();
    let shown = args.file.display().to_string();
    let (manifest, index) = tokio::task::block_in_place(|| check(&args.file)).context("nothing was restored")?;
    let closing: Closing =
        serde_json::from_value(index.closing.clone()).with_context(|| format!("the index of {shown}"))?;
    let data = std::path::absolute(&args.place.data)?;
    let schemas = accept(&manifest).with_context(|| format!("{shown} can't be restored"))?;
    let db = open_empty(&args.place, &data).await?;
    let result = fill(&args, &data, &db, &schemas, &manifest, &closing).await;
    db.close().await;
    let proven = match result {
        Ok(notes) => prove(&args.place, &closing, &shown).await.map(|verified| (notes, verified)),
        Err(error) => Err(error),
    };
    let (notes, verified) = proven.with_context(|| {
        let database = if args.place.database.is_some() { ", empty the database" } else { "" };
        format!(
            "the restore failed and {} must not be used; remove the folder{database} and restore again",
            data.display()
        )
    })?;
    std::fs::remove_file(data.join(UNPROVEN))?;
    let files =
        index.entries.keys().filter(|name| FOLDERS.iter().any(|folder| name.starts_with(folder))).count() as u64;
    let answer = Answer {
        data: data.display().to_string(),
        created: manifest.created,
        rows: closing.tables.values().map(|sum| sum.rows).sum(),
        files,
        missing: closing.missing,
        verified,
        notes,
        seconds: start.elapsed().as_secs_f64(),
    };
    if args.json {
        print::json(&answer)?;
    } else {
        say(&answer);
    }
    Ok(if answer.missing.is_empty() && answer.verified.problems.is_empty() { DONE } else { FOUND })
}

fn say(answer: &Answer) {
    println!(
        "{}: as of {}, {} rows, {} files, {:.1} s",
        answer.data, answer.created, answer.rows, answer.files, answer.seconds
    );
    println!(
        "proven: {} raw files and {} lake files by their hashes, {} findings by their events",
        answer.verified.blobs, answer.verified.files, answer.verified.findings
    );
    for name in &answer.missing {
        println!("was not there when the backup was made: {name}");
    }
    for line in answer.verified.problems.iter().chain(&answer.notes) {
        println!("{line}");
    }
}

/// Reads the whole backup and gives what stands at its beginning and its end.
fn check(file: &Path) -> anyhow::Result<(Manifest, ArchiveIndex)> {
    let mut manifest: Option<Manifest> = None;
    let index = read_archive(file, |name, size, source| {
        if name != "manifest.json" {
            return Ok(());
        }
        let refused = |reason: String| ArchiveError::Refused { entry: name.into(), reason };
        let text = read_all(name, size, source)?;
        manifest = Some(serde_json::from_slice(&text).map_err(|error| refused(error.to_string()))?);
        Ok(())
    })?;
    let manifest =
        manifest.with_context(|| format!("{} has no manifest: it is no backup of Manara", file.display()))?;
    Ok((manifest, index))
}

fn read_all(name: &str, size: u64, source: &mut dyn Read) -> Result<Vec<u8>, ArchiveError> {
    let refused = |reason: String| ArchiveError::Refused { entry: name.into(), reason };
    if size > PIECE_BYTES {
        return Err(refused(format!("{size} bytes are more than a backup has in one piece")));
    }
    let mut bytes = Vec::with_capacity(size as usize);
    source.read_to_end(&mut bytes).map_err(|error| refused(error.to_string()))?;
    Ok(bytes)
}

/// The tables as they were when the backup was made; refuses what a newer Manara wrote.
fn accept(manifest: &Manifest) -> anyhow::Result<Vec<Schema>> {
    if manifest.form > FORM {
        bail!(
            "it was written by Manara {}, in a newer form than {} knows",
            manifest.version,
            env!("CARGO_PKG_VERSION")
        );
    }
    let mut schemas = Vec::new();
    for (plane, found) in &manifest.schemas {
        let schema = SCHEMAS.iter().find(|schema| schema.plane == plane);
        let known = schema.map_or(0, Schema::newest);
        if *found > known {
            return Err(StoreError::Newer { plane: plane.clone(), found: *found, known }.into());
        }
    }
    for schema in SCHEMAS {
        if let Some(number) = manifest.schemas.get(schema.plane) {
            schemas.push(schema.up_to(*number));
        }
    }
    for table in &manifest.tables {
        if !schemas.iter().any(|schema| schema.tables.contains(&table.name.as_str())) {
            bail!("it has a table {}, which this Manara does not know", table.name);
        }
    }
    Ok(schemas)
}

/// Marks the folder and opens its database; both must be empty.
async fn open_empty(place: &Place, data: &Path) -> anyhow::Result<Db> {
    let shown = data.display();
    if data.join(UNPROVEN).exists() {
        bail!("{shown} holds a restore that did not end well; remove the folder and restore again");
    }
    if data.is_dir() && std::fs::read_dir(data).with_context(|| shown.to_string())?.next().is_some() {
        bail!("{shown} is not empty; restore into a folder that is not there yet");
    }
    // Before the folder is touched: a database that is taken leaves no trace here.
    let database = match &place.database {
        Some(url) => {
            let db = Db::open_postgres(url).await.context("PostgreSQL can't be reached")?;
            let mut tx = db.begin_snapshot().await?;
            if !columns(&mut tx, "store_journal").await?.is_empty()
                && tx.read_one(ANY_WORK, &[]).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0) > 0
            {
                bail!("the database is not empty; make a new one and restore into it");
            }
            drop(tx);
            Some(db)
        }
        None => None,
    };
    make_private(data)?;
    manara_store::write_durably(&data.join(UNPROVEN), |file| {
        file.write_all(
            b"A restore into this folder has not ended, or ended badly. Remove the folder and restore again.\n",
        )
    })
    .with_context(|| shown.to_string())?;
    match database {
        Some(db) => Ok(db),
        None => Db::open_sqlite(&data.join("manara.sqlite")).await.context("the state database can't be made"),
    }
}

/// Files to their places, rows into their tables, the configuration made to fit; gives what a person should know.
async fn fill(
    args: &Restore,
    data: &Path,
    db: &Db,
    schemas: &[Schema],
    manifest: &Manifest,
    closing: &Closing,
) -> anyhow::Result<Vec<String>> {
    migrate(db, schemas).await?;
    let (send, mut pieces) = mpsc::channel::<(String, Vec<u8>)>(2);
    let (file, folder) = (args.file.clone(), data.to_path_buf());
    let reader = tokio::task::spawn_blocking(move || unpack(&file, &folder, &send));
    let mut tx = db.begin().await?;
    for table in schemas.iter().rev().flat_map(|schema| schema.tables.iter().rev()) {
        tx.run(&format!("DELETE FROM {table}"), &[]).await?; // What the steps themselves wrote.
    }
    let loaded = load(&mut tx, manifest, &mut pieces).await;
    drop(pieces);
    let read = reader.await?;
    let sums = loaded?;
    read?;
    for table in &manifest.tables {
        reset_counters(&mut tx, &table.name).await?;
    }
    compare("read from the backup", manifest, closing, &sums)?;
    tx.commit().await?;
    compare("found in the database", manifest, closing, &count_again(db, manifest).await?)?;
    let mut notes = fit_config(args, data)?;
    if let Some(folder) = &manifest.content_folder {
        notes.push(format!(
            "content_folder in cirt.toml names {folder}; the files of the backup are in {}/content",
            data.display()
        ));
    }
    Ok(notes)
}

/// Unpacks files and hands on the pieces of tables. Runs beside the database.
fn unpack(file: &Path, data: &Path, send: &mpsc::Sender<(String, Vec<u8>)>) -> Result<ArchiveIndex, ArchiveError> {
    let mut folders: BTreeMap<PathBuf, ()> = BTreeMap::new();
    let index = read_archive(file, |name, size, source| {
        let refused = |reason: &str| ArchiveError::Refused { entry: name.into(), reason: reason.into() };
        if name == "manifest.json" {
            return Ok(());
        }
        if let Some((table, _)) = name.strip_prefix("state/").and_then(|rest| rest.split_once('/')) {
            let piece = read_all(name, size, source)?;
            return send.blocking_send((table.into(), piece)).map_err(|_| refused("its rows were not taken"));
        }
        if name != "cirt.toml" && !FOLDERS.iter().any(|folder| name.starts_with(folder)) {
            return Err(ArchiveError::Name(name.into()));
        }
        let path = data.join(name);
        let disk = |error| ArchiveError::Disk { path: path.display().to_string(), error };
        let folder = path.parent().unwrap_or(data);
        if folders.insert(folder.to_path_buf(), ()).is_none() {
            std::fs::create_dir_all(folder).map_err(disk)?;
        }
        let mut options = File::options();
        options.create_new(true).write(true);
        #[cfg(unix)]
        if name == "cirt.toml" {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        let mut out = options.open(&path).map_err(disk)?;
        std::io::copy(source, &mut out).map_err(disk)?;
        out.sync_all().map_err(disk)
    })?;
    for folder in folders.keys() {
        let disk = |error| ArchiveError::Disk { path: folder.display().to_string(), error };
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(disk)?;
    }
    Ok(index)
}

async fn load(
    tx: &mut Tx,
    manifest: &Manifest,
    pieces: &mut mpsc::Receiver<(String, Vec<u8>)>,
) -> anyhow::Result<BTreeMap<String, TableSum>> {
    let mut dumps = BTreeMap::new();
    for table in &manifest.tables {
        let own = columns(tx, &table.name).await?;
        if let Some(column) = table.columns.iter().find(|column| !own.contains(column)) {
            bail!("table {} has no column {} of this kind", table.name, column.name);
        }
        dumps.insert(table.name.clone(), Dump::new(&table.name, table.columns.clone()));
    }
    while let Some((table, piece)) = pieces.recv().await {
        let dump = dumps.get_mut(&table).with_context(|| format!("the manifest has no table {table}"))?;
        dump.read(tx, &piece).await.with_context(|| format!("table {table}"))?;
    }
    Ok(dumps.into_iter().map(|(name, dump)| (name, dump.sum())).collect())
}

async fn count_again(db: &Db, manifest: &Manifest) -> anyhow::Result<BTreeMap<String, TableSum>> {
    let mut tx = db.begin_snapshot().await?;
    let mut sums = BTreeMap::new();
    for table in &manifest.tables {
        let mut dump = Dump::new(&table.name, table.columns.clone());
        dump.write(&mut tx, 1 << 20, |_| Ok(())).await?;
        sums.insert(table.name.clone(), dump.sum());
    }
    Ok(sums)
}

fn compare(
    what: &str,
    manifest: &Manifest,
    closing: &Closing,
    sums: &BTreeMap<String, TableSum>,
) -> anyhow::Result<()> {
    for table in &manifest.tables {
        let (want, got) = (closing.tables.get(&table.name), sums.get(&table.name));
        let rows = |sum: Option<&TableSum>| sum.map_or(0, |sum| sum.rows);
        if rows(want) != table.rows || rows(got) != table.rows {
            bail!("table {}: {} rows were backed up, {} were {what}", table.name, table.rows, rows(got));
        }
        if want != got {
            bail!("table {}: the rows {what} are others than those that were backed up", table.name);
        }
    }
    Ok(())
}

/// Lets `cirt.toml` name the database that was restored into, and no other.
fn fit_config(args: &Restore, data: &Path) -> anyhow::Result<Vec<String>> {
    let path = data.join("cirt.toml");
    let wanted = args.place.database.clone().unwrap_or_default();
    let had = Config::read(data)?.database;
    if had == wanted {
        return Ok(Vec::new());
    }
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(|| path.display().to_string()),
    };
    manara_store::write_durably(&path, |file| file.write_all(with_database(&text, &wanted).as_bytes()))?;
    #[cfg(unix)]
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(vec![match wanted.is_empty() {
        true => "cirt.toml named a PostgreSQL database; it now names none, as the state was restored into this folder"
            .into(),
        false => "cirt.toml now names the database that was restored into".into(),
    }])
}

/// The same text with another `database` among its first keys.
fn with_database(text: &str, url: &str) -> String {
    let line = format!("database = {}\n", toml::Value::String(url.into()));
    let mut out = String::with_capacity(text.len() + line.len());
    let (mut done, mut in_section) = (false, false);
    for old in text.split_inclusive('\n') {
        in_section |= old.trim_start().starts_with('[');
        let is_key = !in_section && old.split_once('=').is_some_and(|(key, _)| key.trim() == "database");
        out.push_str(if is_key { &line } else { old });
        done |= is_key;
    }
    if done { out } else { format!("{line}{out}") }
}

/// Reads everything again in the new place. What was missing when the backup was made may be missing here.
async fn prove(place: &Place, closing: &Closing, file: &str) -> anyhow::Result<VerifyReport> {
    let house = House::build(place).await?;
    let report = manara_watch::verify(&house.ingest, &house.lake).await?;
    if closing.missing.is_empty() && !report.problems.is_empty() {
        house.db.close().await;
        bail!("{}", report.problems.join("; "));
    }
    let waiting = house.db.read_int(MAIL_WAITING, &[]).await?;
    if waiting > 0 {
        tracing::warn!(waiting, "notices wait to be sent: they leave as soon as `manara serve` runs here");
    }
    let now = Micros::now();
    let detail =
        serde_json::json!({ "file": file, "blobs": report.blobs, "files": report.files, "findings": report.findings });
    let mut tx = house.db.begin().await?;
    Journal::write(&mut tx, "manara", "store", "restored", file, &detail.to_string(), now).await?;
    tx.commit().await?;
    house.db.close().await;
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn only_the_database_of_the_configuration_changes() {
        for (text, want) in [
            ("", "database = \"u\"\n"),
            ("team = \"a\"\ndatabase = \"old\"\n[mail]\n", "team = \"a\"\ndatabase = \"u\"\n[mail]\n"),
            ("[mail]\ndatabase = \"not ours\"\n", "database = \"u\"\n[mail]\ndatabase = \"not ours\"\n"),
            ("# database = \"x\"\n", "database = \"u\"\n# database = \"x\"\n"),
        ] {
            assert_eq!(with_database(text, "u"), want);
        }
    }
}
