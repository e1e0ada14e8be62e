//! Releasing, exporting and taking in progress.

use manara_model::{Micros, Viewer};
use manara_store::{Db, Journal, StoreError};
use serde_json::json;

use crate::PLANE;
use crate::assessment::{NAME_CHARS, line};
use crate::office::{
    CountryProgress, FORM, KPIS, OfficeRefusal, REGIONS, RELEASED, Released, STAGES, Signer, fingerprint, is_country,
    unseal,
};
use crate::score::score;
use crate::{sql, sql_office};

/// Why something of the office was not done.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// It may not be.
    #[error("{0}")]
    Refused(#[from] OfficeRefusal),
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Something a person releases for the office, or withdraws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Releasing<'a> {
    /// How the country is called.
    Name(&'a str),
    /// One of the stages.
    Stage(&'a str),
    /// A number by its name; nothing withdraws it.
    Kpi(&'a str, Option<i64>),
    /// A snapshot; false withdraws it.
    Snapshot(&'a str, bool),
}

/// Releases something, or withdraws it: what is exported next has it, or has it no more.
pub async fn release(db: &Db, viewer: &Viewer, what: Releasing<'_>, now: Micros) -> Result<(), OfficeError> {
    let value;
    let (kind, record, said) = match what {
        Releasing::Name(name) => {
            value = line(name, NAME_CHARS).ok_or(OfficeRefusal::Value)?;
            ("name", "", Some(value.as_str()))
        }
        Releasing::Stage(stage) if STAGES.contains(&stage) => ("stage", "", Some(stage)),
        Releasing::Kpi(name, number) if KPIS.contains(&name) => {
            if number.is_some_and(|number| !(0..=1_000_000_000).contains(&number)) {
                return Err(OfficeRefusal::Value.into());
            }
            value = number.map(|number| number.to_string()).unwrap_or_default();
            ("kpi", name, number.map(|_| value.as_str()))
        }
        Releasing::Snapshot(id, is_released) => {
            sql::one_snapshot(db, viewer, id).await?.ok_or(OfficeRefusal::Value)?;
            ("snapshot", id, is_released.then_some(""))
        }
        Releasing::Stage(_) | Releasing::Kpi(..) => return Err(OfficeRefusal::Value.into()),
    };
    let known = sql_office::releases(db).await?;
    let count = known.iter().filter(|one| one.kind == "snapshot").count();
    if kind == "snapshot" && said.is_some() && count >= RELEASED {
        return Err(OfficeRefusal::Value.into());
    }
    let before = known.iter().find(|one| one.kind == kind && one.record == record).map(|one| one.value.as_str());
    if before == said {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    sql_office::release(&mut tx, (kind, record), said, &viewer.name, now).await?;
    let verb = if said.is_some() { "progress_released" } else { "progress_withdrawn" };
    let detail = json!({ "kind": kind, "record": record }).to_string();
    Journal::write(&mut tx, &viewer.name, PLANE, verb, kind, &detail, now).await?;
    tx.commit().await?;
    Ok(())
}

/// What this country has released, as it would be exported now; refused while country or stage were not said. Released
/// snapshots the viewer may not see are refused to them.
pub async fn own_progress(
    db: &Db,
    viewer: &Viewer,
    country: &str,
    now: Micros,
) -> Result<CountryProgress, OfficeError> {
    let all = sql_office::releases(db).await?;
    let of = |kind: &str| all.iter().find(|one| one.kind == kind).map(|one| one.value.clone());
    let (Some(name), Some(stage), true) = (of("name"), of("stage"), is_country(country)) else {
        return Err(OfficeRefusal::Incomplete.into());
    };
    let numbers = all.iter().filter(|one| one.kind == "kpi");
    let mut assessments = Vec::new();
    for one in all.iter().filter(|one| one.kind == "snapshot") {
        let found = sql::one_snapshot(db, viewer, &one.record).await?;
        let (snapshot, sheet) = found.ok_or(OfficeRefusal::Value)?;
        let catalogue = sql::catalogue(db, &snapshot.hash).await?;
        assessments.push(Released::of(&score(&catalogue, &sheet, None)));
    }
    assessments.sort_by(|a, b| (&a.catalogue, &a.day).cmp(&(&b.catalogue, &b.day)));
    Ok(CountryProgress {
        format: FORM,
        country: country.to_string(),
        name,
        made: now.day(),
        stage,
        kpis: numbers.filter_map(|one| Some((one.record.clone(), one.value.parse().ok()?))).collect(),
        assessments,
    })
}

/// The signed file of what was released.
pub async fn export_progress(db: &Db, viewer: &Viewer, country: &str, now: Micros) -> Result<String, OfficeError> {
    let progress = own_progress(db, viewer, country, now).await?;
    let file = Signer::open(db).await?.seal(&progress);
    let mut tx = db.begin().await?;
    let detail = json!({ "stage": progress.stage, "assessments": progress.assessments.len() }).to_string();
    Journal::write(&mut tx, &viewer.name, PLANE, "progress_exported", country, &detail, now).await?;
    tx.commit().await?;
    Ok(file)
}

/// Takes in the file of a country; gives its two letters, and whether the file is new. A country that is not known, or signs with
/// another key, is taken when `print` is the fingerprint of the key, as the country told it over another way.
pub async fn import_progress(
    db: &Db,
    viewer: &Viewer,
    bytes: &[u8],
    (region, print): (&str, &str),
    now: Micros,
) -> Result<(String, bool), OfficeError> {
    let opened = unseal(bytes, now)?;
    let progress = &opened.progress;
    let code = progress.country.clone();
    let mut tx = db.begin().await?;
    let is_same = sql_office::country_key(&mut tx, &code).await?.is_some_and(|key| key == opened.key);
    let squeezed = |text: &str| -> String { text.chars().filter(char::is_ascii_hexdigit).collect() };
    if !is_same && squeezed(print).to_ascii_lowercase() != squeezed(&fingerprint(&opened.key)) {
        return Err(OfficeRefusal::Key.into());
    }
    let known = sql_office::country_region(&mut tx, &code).await?;
    let region = match (REGIONS.contains(&region), known) {
        (true, _) => region.to_string(),
        (false, Some(known)) if region.is_empty() => known,
        _ => return Err(OfficeRefusal::Region.into()),
    };
    sql_office::put_country(&mut tx, (&code, &progress.name), (&region, &opened.key), now).await?;
    let is_new = !sql_office::is_known(&mut tx, &opened.sha256).await?;
    if is_new {
        sql_office::put_progress(&mut tx, &opened.sha256, progress, &opened.content, &viewer.name, now).await?;
    }
    if is_new || !is_same {
        let detail = json!({ "sha256": opened.sha256, "stage": progress.stage, "new_key": !is_same }).to_string();
        Journal::write(&mut tx, &viewer.name, PLANE, "progress_imported", &code, &detail, now).await?;
    }
    tx.commit().await?;
    Ok((code, is_new))
}
