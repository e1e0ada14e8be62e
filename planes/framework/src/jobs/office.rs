//! Releasing, exporting and taking in progress.

use manara_model::{Micros, Viewer};
use manara_store::{Db, Journal, StoreError};
use serde_json::json;

use crate::PLANE;
use crate::assessment::{NAME_CHARS, line};
use crate::check::is_id;
use crate::office::{
    CountryProgress, FORM, KPIS, MOST, OfficeRefusal, Own, OwnSection, PRACTICES, Practice, REGIONS, RELEASED,
    Released, SECTIONS, STAGES, Signer, fingerprint, is_country, paragraph, unseal,
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
    /// A snapshot; false withdraws it, and its figures by section with it.
    Snapshot(&'a str, bool),
    /// The figures by section of a snapshot that is released; false withdraws them.
    Sections(&'a str, bool),
    /// What worked: the section as `catalogue/section`, and the text as it stands in the next file; nothing withdraws it.
    Practice(&'a str, Option<&'a str>),
    /// The same as a draft that stays here; nothing throws it away.
    Draft(&'a str, Option<&'a str>),
}

impl<'a> Releasing<'a> {
    /// A text about a section: released, kept as a draft, or, where there is none, taken away however it was kept.
    pub fn text(place: &'a str, text: Option<&'a str>, is_released: bool) -> Vec<Releasing<'a>> {
        match (text, is_released) {
            (None, _) => vec![Self::Practice(place, None), Self::Draft(place, None)],
            (text, true) => vec![Self::Practice(place, text)],
            (text, false) => vec![Self::Draft(place, text)],
        }
    }

    /// Whether it can be said, and whether what it names is here for the viewer.
    pub async fn known(&self, db: &Db, viewer: &Viewer) -> Result<(), OfficeError> {
        self.checked()?;
        if let Self::Snapshot(id, _) | Self::Sections(id, _) = *self {
            sql::one_snapshot(db, viewer, id).await?.ok_or(OfficeRefusal::Value)?;
        }
        Ok(())
    }

    /// Whether it can be said at all; whether what it names is here, only the database knows.
    pub fn checked(&self) -> Result<(), OfficeRefusal> {
        let is = |fits: bool| if fits { Ok(()) } else { Err(OfficeRefusal::Value) };
        match *self {
            Self::Name(name) => is(line(name, NAME_CHARS).is_some()),
            Self::Stage(stage) => is(STAGES.contains(&stage)),
            Self::Kpi(name, number) => {
                is(KPIS.contains(&name) && number.is_none_or(|number| (0..=MOST).contains(&number)))
            }
            Self::Snapshot(..) | Self::Sections(..) => Ok(()),
            Self::Practice(place, text) | Self::Draft(place, text) => practice(place, text).map(|_| ()),
        }
    }
}

/// What is kept of a text of a section: released, or a draft.
const PRACTICE: &str = "practice";
const DRAFT: &str = "draft";
const WHOLE: &str = "snapshot";
const BY_SECTION: &str = "sections";

/// A section by its place: `catalogue/section`.
fn about(place: &str) -> Option<(&str, &str)> {
    place.split_once('/').filter(|(catalogue, section)| is_id(catalogue) && is_id(section))
}

/// A text of a section, checked.
fn practice(place: &str, text: Option<&str>) -> Result<Option<String>, OfficeRefusal> {
    about(place).ok_or(OfficeRefusal::Section)?;
    text.map(|text| paragraph(text).ok_or(OfficeRefusal::Practice)).transpose()
}

/// Releases something, or withdraws it: what is exported next has it, or has it no more. Says whether something that was released
/// was withdrawn.
pub async fn release(db: &Db, viewer: &Viewer, what: Releasing<'_>, now: Micros) -> Result<bool, OfficeError> {
    what.known(db, viewer).await?;
    let value;
    let (kind, record, said) = match what {
        Releasing::Name(name) => {
            value = line(name, NAME_CHARS).ok_or(OfficeRefusal::Value)?;
            ("name", "", Some(value.as_str()))
        }
        Releasing::Stage(stage) => ("stage", "", Some(stage)),
        Releasing::Kpi(name, number) => {
            value = number.map(|number| number.to_string()).unwrap_or_default();
            ("kpi", name, number.map(|_| value.as_str()))
        }
        Releasing::Snapshot(id, is_released) => (WHOLE, id, is_released.then_some("")),
        Releasing::Sections(id, is_released) => (BY_SECTION, id, is_released.then_some("")),
        Releasing::Practice(place, text) => {
            let is_released = text.is_some();
            value = practice(place, text)?.unwrap_or_default();
            (PRACTICE, place, is_released.then_some(value.as_str()))
        }
        Releasing::Draft(place, text) => {
            let is_kept = text.is_some();
            value = practice(place, text)?.unwrap_or_default();
            (DRAFT, place, is_kept.then_some(value.as_str()))
        }
    };
    if kind == BY_SECTION && said.is_some() {
        sections_fit(db, viewer, record).await?;
    }
    let mut tx = db.begin().await?;
    let known = sql_office::releases_now(&mut tx).await?;
    let find = |kind: &str| known.iter().find(|one| one.kind == kind && one.record == record);
    let count = known.iter().filter(|one| one.kind == kind).count();
    let is_new = said.is_some() && find(kind).is_none();
    let most = if [PRACTICE, DRAFT].contains(&kind) { PRACTICES } else { RELEASED };
    if is_new && !["name", "stage", "kpi"].contains(&kind) && count >= most {
        return Err(OfficeRefusal::TooMany.into());
    }
    if kind == BY_SECTION && said.is_some() && find(WHOLE).is_none() {
        return Err(OfficeRefusal::Whole.into());
    }
    // A text is released or a draft, never both; figures by section go with those of the whole.
    let ends = match kind {
        PRACTICE if said.is_some() => Some(DRAFT),
        DRAFT if said.is_some() => Some(PRACTICE),
        // A whole that is released anew leaves alone, whatever was left of an earlier time.
        WHOLE if said.is_none() || find(WHOLE).is_none() => Some(BY_SECTION),
        _ => None,
    };
    let ends = ends.filter(|kind| find(kind).is_some());
    if find(kind).map(|one| one.value.as_str()) == said && ends.is_none() {
        return Ok(false);
    }
    let is_withdrawn = (said.is_none() && kind != DRAFT && find(kind).is_some()) || ends == Some(PRACTICE);
    sql_office::release(&mut tx, (kind, record), said, &viewer.name, now).await?;
    if let Some(other) = ends {
        sql_office::release(&mut tx, (other, record), None, &viewer.name, now).await?;
    }
    let verb = match said {
        Some(_) if kind == DRAFT => "progress_drafted",
        None if kind == DRAFT => "progress_removed",
        Some(_) => "progress_released",
        None => "progress_withdrawn",
    };
    let detail = |kind: &str| json!({ "kind": kind, "record": record }).to_string();
    Journal::write(&mut tx, &viewer.name, PLANE, verb, kind, &detail(kind), now).await?;
    if ends == Some(PRACTICE) {
        Journal::write(&mut tx, &viewer.name, PLANE, "progress_withdrawn", PRACTICE, &detail(PRACTICE), now).await?;
    }
    tx.commit().await?;
    Ok(is_withdrawn)
}

/// Refuses a snapshot whose sections, with those that are released, would be more than a file may have.
async fn sections_fit(db: &Db, viewer: &Viewer, id: &str) -> Result<(), OfficeError> {
    let known = sql_office::releases(db).await?;
    let others = known.iter().filter(|one| one.kind == BY_SECTION && one.record != id).map(|one| one.record.as_str());
    let mut count = 0;
    for id in others.chain([id]) {
        let Some((snapshot, sheet)) = sql::one_snapshot(db, viewer, id).await? else { continue };
        let catalogue = sql::catalogue(db, &snapshot.hash).await?;
        count += Released::by_section(&score(&catalogue, &sheet, None), &catalogue).sections.len();
    }
    if count > SECTIONS { Err(OfficeRefusal::Sections.into()) } else { Ok(()) }
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
        let scored = score(&catalogue, &sheet, None);
        let by_section = all.iter().any(|two| two.kind == BY_SECTION && two.record == one.record);
        assessments.push(if by_section { Released::by_section(&scored, &catalogue) } else { Released::of(&scored) });
    }
    assessments.sort_by(|a, b| (&a.catalogue, &a.day).cmp(&(&b.catalogue, &b.day)));
    if assessments.iter().map(|one| one.sections.len()).sum::<usize>() > SECTIONS {
        return Err(OfficeRefusal::Sections.into());
    }
    let written = all.iter().filter(|one| one.kind == PRACTICE).filter_map(|one| {
        let (catalogue, section) = about(&one.record)?;
        Some(Practice { catalogue: catalogue.into(), section: section.into(), text: one.value.clone() })
    });
    let mut practices: Vec<Practice> = written.collect();
    practices.sort();
    Ok(CountryProgress {
        format: FORM,
        country: country.to_string(),
        name,
        made: now.day(),
        stage,
        kpis: numbers.filter_map(|one| Some((one.record.clone(), one.value.parse().ok()?))).collect(),
        assessments,
        practices,
    })
}

/// What this nation has of a model, as far as a viewer may see it: a released snapshot before others, then the newest. Nothing of
/// it leaves by being looked at.
pub async fn own_standing(db: &Db, viewer: &Viewer, country: &str, catalogue: &str) -> Result<Own, StoreError> {
    let mut own = Own { country: country.to_string(), ..Own::default() };
    let released = sql_office::releases(db).await?;
    let is_released = |id: &str| released.iter().any(|one| one.kind == WHOLE && one.record == id);
    let all = sql_office::releasable(db, viewer).await?;
    let of: Vec<_> = all.iter().filter(|one| one.catalogue == catalogue && one.is_national()).collect();
    let Some(chosen) = of.iter().find(|one| is_released(&one.id)).or(of.first()) else { return Ok(own) };
    let Some((snapshot, sheet)) = sql::one_snapshot(db, viewer, &chosen.id).await? else { return Ok(own) };
    let version = sql::catalogue(db, &snapshot.hash).await?;
    let scored = score(&version, &sheet, None);
    let released = Released::by_section(&scored, &version);
    own.sections = released
        .sections
        .into_iter()
        .map(|one| (one.section, OwnSection { claimed: one.claimed, supported: one.supported }))
        .collect();
    (own.snapshot, own.name, own.day) = (chosen.id.clone(), chosen.name.clone(), scored.day);
    Ok(own)
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
