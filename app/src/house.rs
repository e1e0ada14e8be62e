//! A data folder, opened: everything the commands and the pages work with.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use anyhow::{Context as _, bail};
use arc_swap::ArcSwap;
use manara_framework::catalogues::{OpenShelf, Shelf};
use manara_framework::programmes::nation_days_off;
use manara_lake::Lake;
use manara_response::WorkContent;
use manara_store::{Db, Schema, Settings, migrate};
use manara_warning::{Letters, Links};
use manara_watch::{Ingest, Tables, Watch};

use crate::cli::Place;
use crate::config::{self, Config};
use crate::{content, flows};

/// The tables of every plane, in the order they are made and restored.
pub const SCHEMAS: &[Schema] = &[
    manara_store::SCHEMA,
    manara_web::SCHEMA,
    manara_constituency::SCHEMA,
    manara_watch::SCHEMA,
    manara_warning::SCHEMA,
    manara_response::SCHEMA,
    manara_framework::SCHEMA,
    crate::picture::SCHEMA,
];

/// This file lies in a data folder from the first byte of a restore until it has proven itself.
pub const UNPROVEN: &str = "restore.unproven";

/// Where the pages were served last.
const SERVED_AT: &str = "app.served_at";
/// Where `serve` listens unless it is told otherwise.
const FIRST_SERVED_AT: &str = "http://127.0.0.1:8080";

/// An opened data folder.
#[derive(Clone)]
pub struct House {
    /// The data folder.
    pub data: PathBuf,
    /// Its configuration.
    pub config: Arc<Config>,
    /// The state database.
    pub db: Db,
    /// The pipeline.
    pub ingest: Ingest,
    /// The watch plane.
    pub watch: Watch,
    /// SQL over the events.
    pub lake: Lake,
    /// Generation of the constituency the pipeline knows.
    owners_loaded: Arc<AtomicI64>,
    /// Stamp of the tables the pipeline knows.
    tables_loaded: Arc<ArcSwap<Option<String>>>,
    /// Playbooks, clocks and the review, read when they are asked for first.
    work: Arc<OnceLock<Arc<WorkContent>>>,
    /// The shelf that follows its files, opened when it is asked for first.
    shelf: Arc<OnceLock<OpenShelf>>,
}

impl House {
    /// Opens a data folder that is there, and brings its tables up to date.
    pub async fn open(place: &Place) -> anyhow::Result<House> {
        if !place.data.is_dir() {
            bail!(
                "there is no data folder {}; `manara init --data {}` makes one",
                place.data.display(),
                place.data.display()
            );
        }
        Self::make(place).await
    }

    /// Opens a data folder for whoever comes first: one that is not there, or has nothing in it, is made.
    pub async fn settle(place: &Place) -> anyhow::Result<House> {
        if !is_data_folder(&place.data) {
            if !is_empty(&place.data)? {
                bail!(
                    "{} holds other things and is no data folder; name one that is empty or not there (--data)",
                    place.data.display()
                );
            }
            lay(&place.data)?;
        }
        Self::make(place).await
    }

    /// Opens a data folder and makes it when it is not there.
    pub async fn make(place: &Place) -> anyhow::Result<House> {
        if place.data.join(UNPROVEN).exists() {
            bail!(
                "{} holds a restore that did not end well; remove the folder and restore again",
                place.data.display()
            );
        }
        Self::build(place).await
    }

    /// Opens a data folder even while a restore into it is not proven: for `restore` alone.
    pub async fn build(place: &Place) -> anyhow::Result<House> {
        make_private(&place.data)?;
        let data = std::path::absolute(&place.data)?;
        let config = Config::read(&data)?;
        let url = place.database.clone().or_else(|| Some(config.database.clone()).filter(|url| !url.is_empty()));
        let db = match &url {
            Some(url) => Db::open_postgres(url).await.context("PostgreSQL can't be reached")?,
            None => Db::open_sqlite(&data.join("manara.sqlite")).await.context("the state database can't be opened")?,
        };
        migrate(&db, SCHEMAS).await?;
        manara_response::prepare(&db).await.context("the index of words")?;
        let folder = config.content_folder.clone().unwrap_or_else(|| data.join("content"));
        let mut ingest = Ingest::new(db.clone(), &data, content::feeds(Some(&folder))?);
        ingest.part_rows = config.part_rows.unwrap_or(ingest.part_rows).max(1);
        let scratch = ingest.scratch_folder();
        std::fs::create_dir_all(&scratch).with_context(|| scratch.display().to_string())?;
        let lake = Lake::new(config.query_memory_mb.unwrap_or(256) << 20, &scratch)?;
        let watch = Watch::new(db.clone(), &data);
        let (owners_loaded, tables_loaded) = (Arc::new(AtomicI64::new(-1)), Arc::default());
        let (work, shelf) = (Arc::default(), Arc::default());
        Ok(House { data, config: Arc::new(config), db, ingest, watch, lake, owners_loaded, tables_loaded, work, shelf })
    }

    /// The same house with another configuration, as far as that can change while it is open: not the database, not the lake.
    pub fn with_config(&self, config: Config) -> House {
        House { config: Arc::new(config), work: Arc::default(), shelf: Arc::default(), ..self.clone() }
    }

    /// Loads the operator's tables and the owners into the pipeline, if they changed since they were loaded last.
    pub async fn load_tables(&self) -> anyhow::Result<()> {
        let owners = manara_constituency::generation(&self.db).await?;
        if self.owners_loaded.load(Ordering::Relaxed) != owners {
            self.ingest.owners.store(Arc::new(flows::owners(&self.db).await?));
            flows::tell_owners(&self.db, &self.watch, owners).await?;
            self.owners_loaded.store(owners, Ordering::Relaxed);
        }
        self.load_lookups().await
    }

    /// Loads the operator's tables alone, if they changed since they were loaded last.
    pub async fn load_lookups(&self) -> anyhow::Result<()> {
        let tables = manara_watch::tables_stamp(&self.db).await?;
        if self.tables_loaded.load().as_ref().as_ref() != Some(&tables) {
            self.ingest.tables.store(Tables::open(&self.db, &self.ingest.table_folder()).await?);
            self.tables_loaded.store(Arc::new(Some(tables)));
        }
        Ok(())
    }

    /// The letters, with those of this house in place of the built-in ones.
    pub fn letters(&self) -> anyhow::Result<Letters> {
        let config = &self.config.warning;
        let letters = Letters::load(config.letters_folder.as_deref(), config.office.clone())?;
        Ok(letters.with_links(config.answer_links))
    }

    /// The links in letters: they lead to the public address, else to where the pages were served last.
    pub async fn links(&self) -> anyhow::Result<Links> {
        Ok(Links::open(&self.db, &self.address().await?, self.config.warning.link_grace_days).await?)
    }

    /// What the addresses of pages begin with, for readers elsewhere: the public address, else where they were served last.
    pub async fn address(&self) -> anyhow::Result<String> {
        Ok(match self.config.public_address.as_str() {
            "" => Settings::get(&self.db, SERVED_AT).await?.unwrap_or_else(|| FIRST_SERVED_AT.into()),
            public => public.trim_end_matches('/').to_string(),
        })
    }

    /// Remembers where the pages are served.
    pub async fn note_served_at(&self, address: SocketAddr) -> anyhow::Result<()> {
        let address = format!("http://{address}");
        if Settings::get(&self.db, SERVED_AT).await?.as_deref() != Some(address.as_str()) {
            let mut tx = self.db.begin().await?;
            Settings::set(&mut tx, SERVED_AT, &address).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Catalogues, building blocks and crosswalks: what is built in, and what lies in the content folder.
    pub fn shelf(&self) -> Shelf {
        Shelf::load(Some(&self.content_folder()))
    }

    /// The same for whoever stays: what lies in the content folder is taken over while it runs.
    pub fn open_shelf(&self) -> OpenShelf {
        self.shelf.get_or_init(|| OpenShelf::of(Some(&self.content_folder()))).clone()
    }

    /// Playbooks, clocks and the review: what is built in, and what lies in the content folder.
    pub fn work_content(&self) -> Arc<WorkContent> {
        let load = || {
            let zone = self.config.nation.usual().unwrap_or_default().zone;
            Arc::new(WorkContent::load(Some(&self.content_folder()), zone))
        };
        Arc::clone(self.work.get_or_init(load))
    }

    /// The same with the days off of the nation, as they are now: business time passes over them.
    pub async fn work_content_now(&self) -> anyhow::Result<WorkContent> {
        let off: Vec<String> = nation_days_off(&self.db).await?.into_iter().map(|off| off.day.to_string()).collect();
        let content = self.work_content();
        let hours = content.hours.clone().with_holidays(off.iter().map(String::as_str));
        Ok(WorkContent { hours, ..(*content).clone() })
    }

    /// The folder that overrides built-in content.
    pub fn content_folder(&self) -> PathBuf {
        self.config.content_folder.clone().unwrap_or_else(|| self.data.join("content"))
    }
}

/// Makes a data folder that only its owner can look into; one that is there stays as it is.
pub fn make_private(folder: &Path) -> anyhow::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(|| format!("the data folder {} can't be made", folder.display()))
}

/// Lays the ground of a house: the folder, and its configuration with what can be set in it. A configuration that is there
/// stays.
pub fn lay(folder: &Path) -> anyhow::Result<PathBuf> {
    make_private(folder)?;
    let path = std::path::absolute(folder.join(config::FILE))?;
    if !path.is_file() {
        manara_store::write_durably(&path, |file| file.write_all(config::TEMPLATE.as_bytes()))
            .with_context(|| path.display().to_string())?;
    }
    Ok(path)
}

/// Whether a folder was ever a data folder.
pub fn is_data_folder(folder: &Path) -> bool {
    folder.join("manara.sqlite").is_file() || folder.join(config::FILE).is_file() || folder.join("blobs").is_dir()
}

/// Whether there is nothing in a folder, or no folder; a file that was being written when the power went is nothing, and so is
/// what every start makes, where the records are in PostgreSQL.
fn is_empty(folder: &Path) -> anyhow::Result<bool> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error).with_context(|| folder.display().to_string()),
    };
    for entry in entries {
        let name = entry.with_context(|| folder.display().to_string())?.file_name();
        let is_nothing = name.to_string_lossy().ends_with(".part") || name == "lost+found" || name == "scratch";
        if !is_nothing {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::is_empty;

    #[test]
    fn what_a_start_leaves_behind_is_nothing_and_anything_else_is_something() {
        let folder = tempfile::tempdir().expect("a folder");
        let empty = || is_empty(folder.path()).expect("read");
        assert!(empty() && is_empty(&folder.path().join("not-there")).expect("none"));
        std::fs::create_dir(folder.path().join("scratch")).expect("made");
        std::fs::write(folder.path().join("cirt.toml.part"), "").expect("written");
        assert!(empty());
        std::fs::write(folder.path().join("letter.txt"), "").expect("written");
        assert!(!empty());
    }
}
