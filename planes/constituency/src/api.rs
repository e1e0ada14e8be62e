//! What the command line, the pages and the flows ask of the constituency.

use manara_model::{Micros, new_id};
use manara_store::{Db, StoreError};
use serde_json::json;
use uuid::Uuid;

use crate::constituent::{Constituent, Reason, name_key};
use crate::export::{ExportFormat, write};
use crate::named::named;
use crate::ownership::Ownership;
use crate::plan::{Known, Step, plan};
use crate::report::{ImportError, ImportFormat, ImportOptions, ImportReport};
use crate::sheet::read_sheet;
use crate::sql::{self, Note, State, Write};

/// The largest file that is imported.
pub const IMPORT_BYTES: usize = 64 << 20;

/// Imports a file: all of it, or nothing and a report of every line that was refused.
pub async fn import(
    db: &Db,
    bytes: &[u8],
    format: ImportFormat,
    options: &ImportOptions,
    who: &str,
    now: Micros,
) -> Result<ImportReport, ImportError> {
    if bytes.len() > IMPORT_BYTES {
        return Err(ImportError::TooLarge { bytes: bytes.len(), limit: IMPORT_BYTES });
    }
    let mut sheet = read_sheet(bytes, format)?;
    let file = named(&mut sheet);
    let mut tx = db.begin().await?;
    sql::take_turn(&mut tx).await?;
    let known = Known { live: sql::load(&mut tx, "", true).await?, removed: sql::load(&mut tx, "", false).await? };
    let (steps, mut report) = plan(&known, &file, &mut sheet, options, || new_id(now));
    report.refused = sheet.refused;
    report.refused.sort_by_key(|refused| refused.line);
    report.warnings = sheet.warnings;
    report.warnings.sort_by_key(|warning| warning.line);
    if options.dry_run || !report.refused.is_empty() {
        return Ok(report); // The transaction ends with nothing written.
    }
    if !steps.is_empty() {
        carry_out(&mut tx, &steps, now).await?;
        let mut notes: Vec<Note> = steps.iter().map(note).collect();
        let detail = json!({
            "read": report.read, "added": report.added, "changed": report.changed, "unchanged": report.unchanged,
            "removed": report.removed, "replace": options.replace,
        });
        notes.push(Note { verb: "imported", record: String::new(), detail: detail.to_string() });
        sql::journal(&mut tx, who, &notes, now).await?;
        sql::bump_generation(&mut tx).await?;
    }
    tx.commit().await?;
    report.written = true;
    Ok(report)
}

async fn carry_out(tx: &mut manara_store::Tx, steps: &[Step], now: Micros) -> Result<(), StoreError> {
    for step in steps {
        if let Step::Remove(old) = step {
            sql::mark_removed(tx, &old.id, "", now).await?;
        }
    }
    let writes: Vec<Write<'_>> = steps
        .iter()
        .filter_map(|step| match step {
            Step::Add(new) => Some(Write { old: None, new }),
            Step::Restore { old, new } | Step::Change { old, new } => Some(Write { old: Some(old), new }),
            Step::Remove(_) => None,
        })
        .collect();
    sql::write(tx, &writes, now).await?;
    for step in steps {
        if let Step::Change { old, new } = step
            && old.name != new.name
        {
            // Those below follow the new name.
            sql::rename_above(tx, &old.name, &new.name, now).await?;
        }
    }
    Ok(())
}

fn note(step: &Step) -> Note {
    let (verb, one, detail) = match step {
        Step::Add(new) => ("added", new, json!({ "name": new.name })),
        Step::Restore { new, .. } => ("restored", new, json!({ "name": new.name })),
        Step::Change { old, new } => ("changed", new, json!({ "name": new.name, "parts": new.differences(old) })),
        Step::Remove(old) => ("removed", old, json!({ "name": old.name })),
    };
    Note { verb, record: one.id.clone(), detail: detail.to_string() }
}

/// Writes all constituents that are not removed as a file that [`import`] takes back.
pub async fn export(db: &Db, format: ExportFormat) -> Result<Vec<u8>, StoreError> {
    let mut tx = db.begin_snapshot().await?;
    let mut all = sql::load(&mut tx, "", true).await?;
    all.sort_by_cached_key(|one| name_key(&one.name));
    Ok(write(&all, format))
}

/// Who owns what, for the pipeline. Ask [`generation`] first: as long as it gives the number that the ownership carries,
/// nothing has changed.
pub async fn load_ownership(db: &Db) -> Result<Ownership, StoreError> {
    let mut tx = db.begin_snapshot().await?;
    let generation = sql::generation_in(&mut tx).await?;
    let all = sql::load(&mut tx, "", true).await?;
    Ok(Ownership::build(&all, generation))
}

/// A number that grows with every change of the constituency.
pub async fn generation(db: &Db) -> Result<i64, StoreError> {
    sql::generation(db).await
}

/// How many constituents there are.
pub async fn count(db: &Db) -> Result<i64, StoreError> {
    sql::count(db).await
}

/// How many constituents each sector has, by the id of the sector.
pub async fn count_by_sector(db: &Db) -> Result<Vec<(String, i64)>, StoreError> {
    sql::count_by_sector(db).await
}

/// The sector of each constituent: id and id.
pub async fn sectors_by_id(db: &Db) -> Result<Vec<(String, String)>, StoreError> {
    sql::sectors_by_id(db).await
}

/// One constituent with its state, by its id or its name; removed ones by their id only.
pub async fn get(db: &Db, id_or_name: &str) -> Result<Option<(Constituent, State)>, StoreError> {
    let id = match Uuid::try_parse(id_or_name) {
        Ok(id) => id.hyphenated().to_string(),
        Err(_) => match sql::id_of_name(db, id_or_name.trim()).await? {
            Some(id) => id,
            None => return Ok(None),
        },
    };
    let mut tx = db.begin_snapshot().await?;
    let Some(state) = sql::state(&mut tx, &id).await? else { return Ok(None) };
    let one = sql::load(&mut tx, &id, state.deleted_at.is_empty()).await?.pop();
    Ok(one.map(|one| (one, state)))
}

/// All constituents that are not removed, with all they own.
pub async fn all(db: &Db) -> Result<Vec<Constituent>, StoreError> {
    let mut tx = db.begin_snapshot().await?;
    sql::load(&mut tx, "", true).await
}

/// A value that cannot be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The column, as files call it.
    pub column: &'static str,
    /// Why.
    pub reason: Reason,
    /// The value.
    pub found: String,
}

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Some values belong to others.
    #[error("{}", .0.iter().map(|e| format!("{} {}: {}", e.column, e.found, e.reason)).collect::<Vec<_>>().join("; "))]
    Refused(Vec<FieldError>),
    /// Somebody else changed it since it was read.
    #[error("somebody else changed it in the meantime")]
    Stale,
    /// There is no such constituent.
    #[error("there is no such constituent")]
    NotFound,
    /// The state database.
    #[error("{0}")]
    Store(#[from] StoreError),
}

/// Adds a constituent, whose id is given by this function and returned.
pub async fn add(db: &Db, mut new: Constituent, who: &str, now: Micros) -> Result<String, SaveError> {
    new.id = new_id(now);
    new.tidy();
    let mut tx = db.begin().await?;
    sql::take_turn(&mut tx).await?;
    refuse_taken(&mut tx, &new).await?;
    let step = Step::Add(new);
    finish(tx, &step, who, now).await?;
    match step {
        Step::Add(new) => Ok(new.id),
        _ => Err(SaveError::NotFound),
    }
}

/// Changes a constituent. `version` is the [`State::changed_at`] that was read; empty to change whatever is there. Those
/// that name it as the organisation above them follow a new name.
pub async fn change(db: &Db, mut new: Constituent, version: &str, who: &str, now: Micros) -> Result<(), SaveError> {
    new.tidy();
    let mut tx = db.begin().await?;
    sql::take_turn(&mut tx).await?;
    let state = sql::state(&mut tx, &new.id).await?.ok_or(SaveError::NotFound)?;
    let old = sql::load(&mut tx, &new.id, true).await?.pop().ok_or(SaveError::NotFound)?;
    if !version.is_empty() && state.changed_at != version {
        return Err(SaveError::Stale);
    }
    if old == new {
        return Ok(()); // The form may be sent twice.
    }
    refuse_taken(&mut tx, &new).await?;
    finish(tx, &Step::Change { old, new }, who, now).await
}

/// Removes a constituent; [`restore`] takes it back. `version` as for [`change`].
pub async fn remove(db: &Db, id: &str, version: &str, who: &str, now: Micros) -> Result<(), SaveError> {
    let mut tx = db.begin().await?;
    sql::take_turn(&mut tx).await?;
    is_as(&mut tx, id, version).await?;
    let old = sql::load(&mut tx, id, true).await?.pop().ok_or(SaveError::NotFound)?;
    finish(tx, &Step::Remove(old), who, now).await
}

/// Takes a removal or a merger back. What others own meanwhile is refused; what a merger gave to another comes back.
/// `version` as for [`change`].
pub async fn restore(db: &Db, id: &str, version: &str, who: &str, now: Micros) -> Result<(), SaveError> {
    let mut tx = db.begin().await?;
    sql::take_turn(&mut tx).await?;
    let state = sql::state(&mut tx, id).await?.ok_or(SaveError::NotFound)?;
    is_as(&mut tx, id, version).await?;
    if state.deleted_at.is_empty() {
        return Ok(()); // The button may be pressed twice.
    }
    let one = sql::load(&mut tx, id, false).await?.pop().ok_or(SaveError::NotFound)?;
    let mut notes =
        vec![Note { verb: "restored", record: one.id.clone(), detail: json!({ "name": one.name }).to_string() }];
    if !state.merged_into.is_empty()
        && let Some(old) = sql::load(&mut tx, &state.merged_into, true).await?.pop()
    {
        let mut new = old.clone();
        new.networks.retain(|network| !one.networks.contains(network));
        new.domains.retain(|domain| !one.domains.contains(domain));
        if new != old {
            sql::write(&mut tx, &[Write { old: Some(&old), new: &new }], now).await?;
            notes.push(note(&Step::Change { old, new }));
        }
    }
    refuse_taken(&mut tx, &one).await?;
    sql::mark_restored(&mut tx, id, now).await?;
    sql::journal(&mut tx, who, &notes, now).await?;
    sql::bump_generation(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Merges one constituent into another: all that it owns, and all that name it as the one above them, go over; then it is
/// removed. [`restore`] takes it back, but for contacts and AS numbers, which both then have. `version`, of the one that goes
/// over, as for [`change`].
pub async fn merge(
    db: &Db,
    (from, version): (&str, &str),
    into: &str,
    who: &str,
    now: Micros,
) -> Result<(), SaveError> {
    let mut tx = db.begin().await?;
    sql::take_turn(&mut tx).await?;
    is_as(&mut tx, from, version).await?;
    let gone = sql::load(&mut tx, from, true).await?.pop().ok_or(SaveError::NotFound)?;
    let old = sql::load(&mut tx, into, true).await?.pop().ok_or(SaveError::NotFound)?;
    if gone.id == old.id {
        return Err(SaveError::NotFound);
    }
    let new = merged(&gone, &old);
    sql::mark_removed(&mut tx, &gone.id, &old.id, now).await?;
    sql::write(&mut tx, &[Write { old: Some(&old), new: &new }], now).await?;
    sql::rename_above(&mut tx, &gone.name, &new.name, now).await?;
    let detail = json!({ "name": gone.name, "into": new.id, "into_name": new.name }).to_string();
    let notes = [Note { verb: "merged", record: gone.id, detail }, note(&Step::Change { old, new })];
    sql::journal(&mut tx, who, &notes, now).await?;
    sql::bump_generation(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Refuses when the constituent changed since the version that was read.
async fn is_as(tx: &mut manara_store::Tx, id: &str, version: &str) -> Result<(), SaveError> {
    let state = sql::state(tx, id).await?.ok_or(SaveError::NotFound)?;
    if version.is_empty() || state.changed_at == version { Ok(()) } else { Err(SaveError::Stale) }
}

/// One constituent with all that another one owns.
fn merged(gone: &Constituent, into: &Constituent) -> Constituent {
    let mut new = into.clone();
    new.networks.extend(&gone.networks);
    new.as_numbers.extend(&gone.as_numbers);
    new.domains.extend(gone.domains.iter().cloned());
    new.contacts.extend(gone.contacts.iter().cloned());
    for (code, name) in &gone.names {
        new.names.entry(code.clone()).or_insert_with(|| name.clone());
    }
    if name_key(&new.association) == name_key(&gone.name) {
        new.association = gone.association.clone();
    }
    if name_key(&new.association) == name_key(&new.name) {
        new.association.clear();
    }
    new.tidy();
    new
}

async fn finish(mut tx: manara_store::Tx, step: &Step, who: &str, now: Micros) -> Result<(), SaveError> {
    carry_out(&mut tx, std::slice::from_ref(step), now).await?;
    sql::journal(&mut tx, who, &[note(step)], now).await?;
    sql::bump_generation(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Refuses a name, a network or a domain that another constituent has.
async fn refuse_taken(tx: &mut manara_store::Tx, one: &Constituent) -> Result<(), SaveError> {
    let mut errors = Vec::new();
    if let Some(owner) = sql::name_taken(tx, &one.name, &one.id).await? {
        errors.push(FieldError { column: "name", reason: Reason::NameTaken { owner }, found: one.name.clone() });
    }
    if !one.association.is_empty() && name_key(&one.association) == name_key(&one.name) {
        let found = one.association.clone();
        errors.push(FieldError { column: "association", reason: Reason::OwnAssociation, found });
    }
    for network in &one.networks {
        if let Some(owner) = sql::network_taken(tx, *network, &one.id).await? {
            errors.push(FieldError { column: "networks", reason: Reason::Owned { owner }, found: network.to_string() });
        }
    }
    for domain in &one.domains {
        if let Some(owner) = sql::domain_taken(tx, domain.as_str(), &one.id).await? {
            let found = domain.as_str().to_string();
            errors.push(FieldError { column: "domains", reason: Reason::Owned { owner }, found });
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(SaveError::Refused(errors)) }
}
