//! The constituency for programs.

mod shapes;

use axum::body::Bytes;
use axum::extract::Path;
use manara_web::api::{
    ApiAnswer, Code, Given, Match, Op, Param, Problem, Wrong, made, page_of, read_list, schema, with_etag,
};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::{self, IMPORT_BYTES, SaveError};
use crate::constituent::{Constituent, Criticality, Format};
use crate::export::{ExportFormat, json_object};
use crate::form::{Draft, DraftContact, Trouble};
use crate::list::{LIST, Summary, fixed, summary};
use crate::report::{ImportError, ImportFormat, ImportOptions, ImportReport};
use crate::sql::State;
use crate::taxonomy::{OTHER, Taxonomy, kinds, sectors};

/// Networks, AS numbers or domains one request gives.
const LIST_MOST: usize = 10_000;
/// Contacts one request gives.
const CONTACTS_MOST: usize = 200;

/// The operations.
pub(crate) fn site() -> Site {
    let (read, change) = (Right::ReadConstituents, Right::ChangeConstituents);
    let form =
        Param::new("format", schema::one_of(ExportFormat::ALL.map(ExportFormat::as_str)), "the form of the file");
    let flag = |name, says| Param::new(name, schema::flag(), says);
    Site::new()
        .api(
            Op::list(
                "/api/v1/constituents",
                "listConstituents",
                read,
                "Whom the team serves",
                &LIST,
                "ConstituentLine",
            ),
            list,
        )
        .api(
            Op::make("/api/v1/constituents", "addConstituent", change, "Adds a constituent", "Constituent")
                .takes("ConstituentGiven")
                .etag(),
            add,
        )
        .api(
            Op::file(
                "/api/v1/constituents/export",
                "exportConstituents",
                read,
                "All constituents as a file that an import takes back",
                &["application/json", "text/csv"],
            )
            .needs(form),
            export,
        )
        .api(
            Op::post(
                "/api/v1/constituents/import",
                "importConstituents",
                change,
                "Imports a file, CSV or JSON: all of it, or nothing and a report of every line that was refused",
                "ImportReport",
            )
            .takes_file(IMPORT_BYTES)
            .with(flag("dry_run", "only tell what would be done"))
            .with(flag("replace", "remove what the file does not name")),
            import,
        )
        .api(
            Op::get(
                "/api/v1/constituents/{id}",
                "getConstituent",
                read,
                "One constituent, by its id or its name",
                "Constituent",
            ),
            one,
        )
        .api(
            Op::put(
                "/api/v1/constituents/{id}",
                "putConstituent",
                change,
                "Writes the whole of a constituent",
                "Constituent",
            )
            .takes("ConstituentGiven"),
            put,
        )
        .api(
            Op::post(
                "/api/v1/constituents/{id}/remove",
                "removeConstituent",
                change,
                "Removes a constituent; restore takes it back",
                "Constituent",
            )
            .etag(),
            remove,
        )
        .api(
            Op::post(
                "/api/v1/constituents/{id}/restore",
                "restoreConstituent",
                change,
                "Takes a removal or a merger back",
                "Constituent",
            )
            .etag(),
            restore,
        )
        .api(
            Op::post(
                "/api/v1/constituents/{id}/merge",
                "mergeConstituent",
                change,
                "Merges a constituent into another, and gives that one",
                "Constituent",
            )
            .takes("ConstituentMerge")
            .etag(),
            merge,
        )
        .api(
            manara_web::bulk::op(
                "/api/v1/constituents/bulk",
                "changeConstituents",
                change,
                "Changes many constituents the same way: those of some ids, or all that match a filter; 10,000 at most",
                "ConstituentBulk",
            ),
            bulk,
        )
        .schemas(shapes::schemas())
        .schemas(vec![("ConstituentBulk", manara_web::bulk::schema(&LIST, &crate::pages::many::changes()))])
}

async fn bulk(visit: Visit, Given(given): Given<Value>) -> ApiAnswer {
    manara_web::bulk::program(visit, &crate::pages::many::Constituents, given).await
}

/// A constituent as a program gives it. What is left out is as on an empty form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConstituentGiven {
    name: String,
    #[serde(default)]
    names: NamesGiven,
    #[serde(default)]
    sector: String,
    #[serde(default)]
    kind: String,
    #[serde(default = "medium")]
    criticality: String,
    #[serde(default)]
    association: String,
    #[serde(default)]
    networks: Vec<String>,
    #[serde(default)]
    as_numbers: Vec<u32>,
    #[serde(default)]
    domains: Vec<String>,
    #[serde(default)]
    contacts: Vec<ContactGiven>,
    #[serde(default = "yes")]
    active: bool,
    #[serde(default)]
    notes: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct NamesGiven {
    en: String,
    ar: String,
    fr: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ContactGiven {
    role: String,
    #[serde(default)]
    mail: String,
    #[serde(default)]
    telephone: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    language: String,
    #[serde(default = "both")]
    format: String,
    #[serde(default = "yes")]
    active: bool,
}

fn medium() -> String {
    Criticality::Medium.as_str().into()
}

fn both() -> String {
    Format::Both.as_str().into()
}

fn yes() -> bool {
    true
}

impl ConstituentGiven {
    /// The same as the form would have it: one way to check both.
    fn draft(self) -> Result<Draft, Problem> {
        for (field, count) in
            [("networks", self.networks.len()), ("as_numbers", self.as_numbers.len()), ("domains", self.domains.len())]
        {
            if count > LIST_MOST {
                return Err(Problem::invalid(field, "too-many", count));
            }
        }
        if self.contacts.len() > CONTACTS_MOST {
            return Err(Problem::invalid("contacts", "too-many", self.contacts.len()));
        }
        let term = |word: &str, taxonomy: &Taxonomy| match taxonomy.has(word) || word.is_empty() {
            true => (if word.is_empty() { OTHER.to_string() } else { word.to_string() }, String::new()),
            false => (OTHER.to_string(), word.to_string()),
        };
        let (sector, sector_text) = term(&self.sector, sectors());
        let (kind, kind_text) = term(&self.kind, kinds());
        let NamesGiven { en, ar, fr } = self.names;
        Ok(Draft {
            version: String::new(),
            name: self.name,
            names: vec![(manara_web::Lang::En, en), (manara_web::Lang::Ar, ar), (manara_web::Lang::Fr, fr)],
            sector,
            sector_text,
            kind,
            kind_text,
            criticality: self.criticality,
            association: self.association,
            active: self.active,
            networks: self.networks.join("\n"),
            as_numbers: self.as_numbers.iter().map(u32::to_string).collect::<Vec<_>>().join("\n"),
            domains: self.domains.join("\n"),
            notes: self.notes,
            contacts: self
                .contacts
                .into_iter()
                .map(|contact| DraftContact {
                    role: contact.role,
                    name: contact.name,
                    mail: contact.mail,
                    telephone: contact.telephone,
                    language: contact.language,
                    format: contact.format,
                    active: contact.active,
                })
                .collect(),
        })
    }
}

fn checked(given: ConstituentGiven, before: Constituent, visit: &Visit) -> Result<Constituent, Problem> {
    let wrong =
        |trouble: Trouble| Wrong { field: trouble.field, code: trouble.reason.code().into(), found: trouble.found };
    given
        .draft()?
        .check(before, visit.lang.tag())
        .map_err(|troubles| Problem { errors: troubles.into_iter().map(wrong).collect(), ..Code::Invalid.into() })
}

fn not_saved(error: SaveError) -> Problem {
    match error {
        SaveError::Refused(errors) => {
            let wrong =
                |e: api::FieldError| Wrong { field: e.column.into(), code: e.reason.code().into(), found: e.found };
            Problem { errors: errors.into_iter().map(wrong).collect(), ..Code::Invalid.into() }
        }
        SaveError::Stale => Match::stale(),
        SaveError::NotFound => Problem::not_found(),
        SaveError::Store(error) => error.into(),
    }
}

fn line(one: &Summary) -> Value {
    json!({
        "id": one.id, "name": one.name, "names": one.names, "sector": one.sector.word(), "kind": one.kind.word(),
        "criticality": one.criticality.as_str(), "active": one.active, "networks": one.networks, "contacts": one.contacts,
        "changed_at": one.changed_at.rfc3339(),
    })
}

fn whole(one: &Constituent, state: &State) -> Result<Value, Problem> {
    let mut value: Value = serde_json::from_str(&json_object(one)).map_err(Problem::internal)?;
    let text = |text: &str| if text.is_empty() { Value::Null } else { text.into() };
    if let Value::Object(value) = &mut value {
        value.entry("names").or_insert_with(|| json!({}));
        value.insert("changed_at".into(), text(&state.changed_at));
        value.insert("removed_at".into(), text(&state.deleted_at));
        value.insert("merged_into".into(), text(&state.merged_into));
    }
    Ok(value)
}

async fn found(visit: &Visit, id: &str) -> Result<(Constituent, State), Problem> {
    api::get(&visit.db, id).await?.ok_or_else(Problem::not_found)
}

async fn shown(visit: &Visit, id: &str) -> ApiAnswer {
    let (one, state) = found(visit, id).await?;
    Ok(with_etag(&state.changed_at, manara_web::api::json(&whole(&one, &state)?)))
}

async fn list(visit: Visit) -> ApiAnswer {
    let ask = read_list(&LIST, &visit)?;
    let found = ask.fetch(&visit.db, &fixed(&ask), summary).await?;
    let next = found.next();
    Ok(page_of(found.rows.iter().map(line).collect(), next))
}

async fn one(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    shown(&visit, &id).await
}

async fn add(visit: Visit, Given(given): Given<ConstituentGiven>) -> ApiAnswer {
    let new = checked(given, Constituent::named(String::new(), String::new()), &visit)?;
    let id = api::add(&visit.db, new, &visit.viewer.name, visit.now).await.map_err(not_saved)?;
    let (one, state) = found(&visit, &id).await?;
    Ok(with_etag(&state.changed_at, made(&format!("/api/v1/constituents/{id}"), &whole(&one, &state)?)))
}

async fn put(visit: Visit, Path(id): Path<String>, is: Match, Given(given): Given<ConstituentGiven>) -> ApiAnswer {
    let (old, state) = found(&visit, &id).await?;
    if !state.deleted_at.is_empty() {
        return Err(Problem::refused("removed", "the constituent was removed; restore takes it back"));
    }
    is.check(&state.changed_at)?;
    let id = old.id.clone();
    // What is written is the whole: nothing of the old but its id, and names in languages the pages do not speak.
    let new = checked(given, old, &visit)?;
    api::change(&visit.db, new, &state.changed_at, &visit.viewer.name, visit.now).await.map_err(not_saved)?;
    shown(&visit, &id).await
}

async fn remove(visit: Visit, Path(id): Path<String>, is: Match) -> ApiAnswer {
    let (one, state) = found(&visit, &id).await?;
    if state.deleted_at.is_empty() {
        let version = is.expected(&state.changed_at)?;
        api::remove(&visit.db, &one.id, version, &visit.viewer.name, visit.now).await.map_err(not_saved)?;
    }
    shown(&visit, &one.id).await
}

async fn restore(visit: Visit, Path(id): Path<String>, is: Match) -> ApiAnswer {
    let (one, state) = found(&visit, &id).await?;
    let version = is.expected(&state.changed_at)?;
    api::restore(&visit.db, &one.id, version, &visit.viewer.name, visit.now).await.map_err(not_saved)?;
    shown(&visit, &one.id).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MergeGiven {
    into: String,
}

async fn merge(visit: Visit, Path(id): Path<String>, is: Match, Given(given): Given<MergeGiven>) -> ApiAnswer {
    let (one, state) = found(&visit, &id).await?;
    let version = is.expected(&state.changed_at)?;
    let other = api::get(&visit.db, &given.into).await?.filter(|(_, state)| state.deleted_at.is_empty());
    let (other, _) = other.ok_or_else(|| Problem::invalid("into", "not-found", &given.into))?;
    if other.id == one.id {
        return Err(Problem::invalid("into", "itself", &given.into));
    }
    api::merge(&visit.db, (&one.id, version), &other.id, &visit.viewer.name, visit.now).await.map_err(not_saved)?;
    shown(&visit, &other.id).await
}

async fn export(visit: Visit) -> ApiAnswer {
    let word = visit.query("format").unwrap_or_default();
    let format =
        ExportFormat::parse(&word).ok_or_else(|| Problem::new(Code::Unreadable, "format is networks, csv or json"))?;
    let bytes = api::export(&visit.db, format).await?;
    Ok(visit.download(format.file_name(), format.media_type(), bytes))
}

/// A parameter that is true or false; false when it is not there.
fn flag(visit: &Visit, name: &str) -> Result<bool, Problem> {
    let text = visit.query(name);
    let value = text.as_deref().map_or(Ok(false), str::parse);
    value.map_err(|_| Problem::new(Code::Unreadable, format!("{name} is true or false")))
}

async fn import(visit: Visit, bytes: Bytes) -> ApiAnswer {
    let (dry_run, replace) = (flag(&visit, "dry_run")?, flag(&visit, "replace")?);
    let options = ImportOptions { dry_run, replace, language: visit.lang.tag().into() };
    let report = api::import(&visit.db, &bytes, ImportFormat::Auto, &options, &visit.viewer.name, visit.now).await;
    match report {
        Ok(report) => Ok(manara_web::api::json(&report_json(&report))),
        Err(ImportError::Io(error)) => Err(Problem::internal(error)),
        Err(ImportError::Store(error)) => Err(error.into()),
        Err(why) => Err(Problem::new(Code::Invalid, why)),
    }
}

fn report_json(report: &ImportReport) -> Value {
    let refused = report.refused.iter();
    let warnings = report.warnings.iter();
    json!({
        "written": report.written, "read": report.read, "added": report.added, "changed": report.changed,
        "unchanged": report.unchanged, "removed": report.removed,
        "refused": refused
            .map(|one| json!({ "line": one.line, "column": one.column, "code": one.reason.code(), "found": one.found }))
            .collect::<Vec<_>>(),
        "warnings": warnings
            .map(|one| json!({ "line": one.line, "column": one.column, "code": one.kind.code(), "found": one.found }))
            .collect::<Vec<_>>(),
    })
}
