//! What the house holds: people, constituents, feeds, batches, jobs, files, backups.

use manara_model::{IpTable, Micros};
use manara_response::{KeyStanding, list_keys};
use manara_store::{Blobs, Db, Settings, StoreError};
use manara_watch::{TableKind, Watch};

use super::{Findings, Patient};
use crate::commands::backup::LAST;
use crate::mailroom::keyring_of;

const ADMINS: &str = "SELECT COUNT(*) FROM web_user WHERE role = 'admin' AND disabled = $1";
const TABLES: &str = "SELECT kind, file, entries, loaded_at FROM watch_table ORDER BY kind LIMIT 10";
const STATES: &str = "SELECT state, COUNT(*), MIN(received_at) FROM watch_batch GROUP BY state ORDER BY state LIMIT 10";
const JOBS: &str = "SELECT state, COUNT(*) FROM store_job GROUP BY state ORDER BY state LIMIT 10";
const NOTICES: &str = "SELECT state, COUNT(*) FROM warning_notice GROUP BY state ORDER BY state LIMIT 10";
const FAILED_JOB: &str = "SELECT kind, error FROM store_job WHERE state = 'failed' ORDER BY run_at DESC LIMIT 1";
/// Tables older than this no longer say who has which address.
const TABLE_DAYS: i64 = 60;
/// A batch that waits longer than this waits for nobody.
const WAIT_HOURS: i64 = 1;
/// Blobs that are looked for: those of the newest batches.
const NEWEST_BATCHES: usize = 1000;
const BACKUP_DAYS: i64 = 2;
/// Addresses that bounce that are looked at.
const BOUNCES: i64 = 10_000;
/// OpenPGP keys that are looked at.
const KEYS: i64 = 10_000;

/// All of them; a check that can't be made is a failure of its own.
pub async fn all(db: &Db, patient: &Patient, findings: &mut Findings) {
    let watch = Watch::new(db.clone(), &patient.data);
    for (name, result) in [
        ("administrators", people(db, findings).await),
        ("tables of addresses", tables(db, patient, findings).await),
        ("constituents", constituents(db, findings).await),
        ("feeds", feeds(&watch, patient, findings).await),
        ("batches", batches(db, patient, findings).await),
        ("jobs", jobs(db, findings).await),
        ("notices", notices(db, findings).await),
        ("keys", keys(db, patient, findings).await),
        ("lake files", files(&watch, findings).await),
        ("raw files", blobs(&watch, patient, findings).await),
        ("backups", backups(db, patient, findings).await),
    ] {
        if let Err(error) = result {
            findings.fail(name, error.to_string(), "look into the log of the state database");
        }
    }
}

fn days(from: Micros, to: Micros) -> i64 {
    (to.0 - from.0) / Micros::DAY
}

async fn people(db: &Db, findings: &mut Findings) -> Result<(), StoreError> {
    let admins = db.read_int(ADMINS, &[false.into()]).await?;
    let mend = "manara init makes the first one; a disabled one can be enabled in the database";
    findings.warn_unless(admins > 0, "administrators", format!("{admins} who can log in"), mend);
    Ok(())
}

/// OpenPGP keys that are believed and will not do for long.
async fn keys(db: &Db, patient: &Patient, findings: &mut Findings) -> Result<(), StoreError> {
    let warn_days = patient.config.response.mail.pgp.warn_days;
    let keys = list_keys(db, KEYS).await?;
    let believed = keys.iter().filter(|key| key.removed.is_none() && key.standing.is_believed()).count();
    let late: Vec<String> = keys
        .iter()
        .filter(|key| key.warning(warn_days, patient.now).is_some())
        .map(|key| key.certificate.facts(patient.now).mails.join(", "))
        .collect();
    let secrets = keyring_of(&patient.data).own();
    let lost = keys.iter().filter(|key| {
        let print = key.certificate.fingerprint();
        key.standing == KeyStanding::Own && !secrets.iter().any(|own| own.fingerprint() == print)
    });
    let lost = lost.count();
    if lost > 0 {
        let mend = "copy the folder keys from where its copy is kept; no backup holds it";
        findings.warn("keys", format!("the secrets of {lost} keys of ours are not in the folder keys"), mend);
    } else {
        let found = match late.as_slice() {
            [] => format!("{believed} OpenPGP keys that are believed"),
            [first, ..] => format!("{} OpenPGP keys end soon or have ended: {first}, …", late.len()),
        };
        let mend = "manara mail keys list --due; manara mail keys rotate makes a new one of ours";
        findings.warn_unless(late.is_empty(), "keys", found, mend);
    }
    Ok(())
}

async fn tables(db: &Db, patient: &Patient, findings: &mut Findings) -> Result<(), StoreError> {
    let mut loaded = Vec::new();
    let mut old = Vec::new();
    let mut lost = Vec::new();
    for row in db.read(TABLES, &[]).await? {
        let (kind, file, age) = (row.text(0)?, row.text(1)?, days(row.moment(3)?, patient.now));
        match std::fs::read(patient.data.join("tables").join(&file)) {
            Err(error) => lost.push(format!("{file}: {error}")),
            Ok(bytes) if kind != TableKind::AsNames.as_str() && IpTable::from_bytes(&bytes).is_err() => {
                lost.push(format!("{file} is damaged"));
            }
            Ok(_) => {}
        }
        if age > TABLE_DAYS {
            old.push(format!("{kind} ({age} days)"));
        }
        loaded.push(format!("{kind}: {}", row.int(2)?));
    }
    let lacking: Vec<&str> = TableKind::ALL
        .iter()
        .map(|kind| kind.as_str())
        .filter(|kind| !loaded.iter().any(|text| text.starts_with(kind)))
        .collect();
    findings.warn_unless(
        lacking.is_empty(),
        "tables of addresses",
        if lacking.is_empty() { loaded.join(", ") } else { format!("not loaded: {}", lacking.join(", ")) },
        "manara enrich load --prefix-to-as FILE --delegated FILE --as-names FILE; without them events lack AS and country",
    );
    findings.warn_unless(
        old.is_empty(),
        "age of tables",
        if old.is_empty() { format!("none is older than {TABLE_DAYS} days") } else { old.join(", ") },
        "load fresh ones: manara enrich load",
    );
    findings.fail_unless(
        lost.is_empty(),
        "files of tables",
        if lost.is_empty() { "all are there and can be read".into() } else { lost.join(", ") },
        "load them again: manara enrich load",
    );
    Ok(())
}

async fn constituents(db: &Db, findings: &mut Findings) -> Result<(), StoreError> {
    let all = manara_constituency::all(db).await?;
    let active = all.iter().filter(|one| one.active).count();
    findings.warn_unless(active > 0, "constituents", format!("{active} are served"), "manara constituency import FILE");
    let silent: Vec<&str> = all
        .iter()
        .filter(|one| one.active && !one.contacts.iter().any(|contact| contact.active && !contact.mail.is_empty()))
        .map(|one| one.name.as_str())
        .collect();
    findings.warn_unless(
        silent.is_empty(),
        "contacts",
        match silent.as_slice() {
            [] => "every constituent can be reached by mail".into(),
            [first, ..] => format!("{} have no contact with mail, such as {first}", silent.len()),
        },
        "add a contact on the constituent's page, or import them again",
    );
    let live = |mail: &str| {
        let is_it = |contact: &manara_constituency::Contact| contact.active && contact.mail.to_lowercase() == mail;
        all.iter().find(|one| one.active && one.contacts.iter().any(is_it))
    };
    let dead: Vec<String> = manara_warning::all_bounces(db, BOUNCES)
        .await?
        .iter()
        .filter_map(|bounce| live(&bounce.mail).map(|one| format!("{} of {}", bounce.mail, one.name)))
        .collect();
    findings.warn_unless(
        dead.is_empty(),
        "dead contacts",
        match dead.first() {
            None => "mail to every contact arrives, as far as anybody said".into(),
            Some(first) => format!("mail to {} comes back, such as {first}", dead.len()),
        },
        "correct or replace them on the constituent's page",
    );
    let ownership = manara_constituency::load_ownership(db).await?;
    let equal: Vec<String> = ownership
        .overlaps()
        .iter()
        .filter(|overlap| overlap.is_equal())
        .map(|overlap| overlap.inner.network.to_string())
        .collect();
    let nested = ownership.overlaps().len() - equal.len();
    findings.warn_unless(
        equal.is_empty(),
        "overlapping networks",
        match equal.first() {
            None => format!("no network has two owners; {nested} lie inside another's, the inner one wins"),
            Some(first) => format!("{} networks have two owners, such as {first}", equal.len()),
        },
        "manara constituency overlaps shows them",
    );
    Ok(())
}

async fn feeds(watch: &Watch, patient: &Patient, findings: &mut Findings) -> Result<(), StoreError> {
    let feeds = watch.feeds("").await?;
    let silent: Vec<String> = feeds
        .iter()
        .filter_map(|feed| feed.silent_since(patient.now).map(|since| format!("{} since {}", feed.name, since.day())))
        .collect();
    findings.warn_unless(
        silent.is_empty(),
        "feeds",
        match silent.first() {
            None => format!("{} feeds, none silent", feeds.len()),
            Some(first) => format!("{} of {} are silent, such as {first}", silent.len(), feeds.len()),
        },
        "ask whoever sends it, or look at what fetches it",
    );
    Ok(())
}

async fn batches(db: &Db, patient: &Patient, findings: &mut Findings) -> Result<(), StoreError> {
    let (mut waiting, mut failed, mut oldest) = (0, 0, None);
    for row in db.read(STATES, &[]).await? {
        match row.text(0)?.as_str() {
            "received" => (waiting, oldest) = (row.int(1)?, Some(row.moment(2)?)),
            "failed" => failed = row.int(1)?,
            _ => {}
        }
    }
    let late = oldest.is_some_and(|oldest| patient.now.0 - oldest.0 > WAIT_HOURS * 3_600_000_000);
    findings.warn_unless(
        !late,
        "waiting batches",
        format!("{waiting}"),
        "manara work goes on with them; so does manara serve",
    );
    findings.warn_unless(
        failed == 0,
        "failed batches",
        format!("{failed}"),
        "their pages say why; ingest the file again with --type",
    );
    Ok(())
}

async fn jobs(db: &Db, findings: &mut Findings) -> Result<(), StoreError> {
    let (mut due, mut failed) = (0, 0);
    for row in db.read(JOBS, &[]).await? {
        match row.text(0)?.as_str() {
            "due" => due = row.int(1)?,
            "failed" => failed = row.int(1)?,
            _ => {}
        }
    }
    let last = match db.read_one(FAILED_JOB, &[]).await? {
        Some(row) => format!("; the last: {} ({})", row.text(0)?, row.text(1)?),
        None => String::new(),
    };
    findings.warn_unless(
        failed == 0,
        "jobs",
        format!("{due} due, {failed} given up{last}"),
        "mend the cause, then do the work by hand",
    );
    Ok(())
}

async fn notices(db: &Db, findings: &mut Findings) -> Result<(), StoreError> {
    let mut failed = 0;
    let mut queued = 0;
    for row in db.read(NOTICES, &[]).await? {
        match row.text(0)?.as_str() {
            "failed" => failed = row.int(1)?,
            "queued" => queued = row.int(1)?,
            _ => {}
        }
    }
    findings.warn_unless(
        failed == 0,
        "notices",
        format!("{queued} queued, {failed} failed"),
        "correct the address on the notice's page and retry",
    );
    Ok(())
}

async fn files(watch: &Watch, findings: &mut Findings) -> Result<(), StoreError> {
    let files = watch.files().await?;
    let all: Vec<_> = files.events.iter().chain(files.context.iter()).chain(files.rejects.iter()).collect();
    let wrong: Vec<String> = all
        .iter()
        .filter(|file| std::fs::metadata(&file.path).map(|meta| meta.len()).ok() != Some(file.bytes))
        .map(|file| file.path.display().to_string())
        .collect();
    findings.fail_unless(
        wrong.is_empty(),
        "lake files",
        match wrong.first() {
            None => format!("{} files, all there in their size", all.len()),
            Some(first) => format!("{} of {} are gone or of another size, such as {first}", wrong.len(), all.len()),
        },
        "manara replay makes them again from the raw files; or restore a backup",
    );
    Ok(())
}

async fn blobs(watch: &Watch, patient: &Patient, findings: &mut Findings) -> Result<(), StoreError> {
    let blobs = Blobs::new(patient.data.join("blobs"));
    let batches = watch.batches("1 = 1", &[], "received_at DESC", NEWEST_BATCHES).await?;
    let gone: Vec<&str> =
        batches.iter().filter(|batch| !blobs.has(&batch.sha256)).map(|batch| batch.file_name.as_str()).collect();
    findings.fail_unless(
        gone.is_empty(),
        "raw files",
        match gone.first() {
            None => format!("those of the newest {} batches are there", batches.len()),
            Some(first) => format!("{} are gone, such as that of {first}", gone.len()),
        },
        "restore a backup, or copy the file out of one; manara verify reads every byte",
    );
    Ok(())
}

async fn backups(db: &Db, patient: &Patient, findings: &mut Findings) -> Result<(), StoreError> {
    let text = Settings::get(db, LAST).await?.unwrap_or_default();
    let last: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let at = last.get("at").and_then(|at| at.as_str()).and_then(Micros::parse_rfc3339);
    let file = last.get("file").and_then(|file| file.as_str()).unwrap_or_default();
    let mend = "manara backup FILE, every day, to another machine";
    match at {
        None => findings.warn("backups", "none was ever made", mend),
        Some(at) => {
            let found = format!("the last is of {}: {file}", at.rfc3339());
            findings.warn_unless(days(at, patient.now) <= BACKUP_DAYS, "backups", found, mend);
        }
    }
    Ok(())
}
