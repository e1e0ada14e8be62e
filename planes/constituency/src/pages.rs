//! The pages of the constituency.

pub(crate) mod many;

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_model::Micros;
use manara_store::{Db, Journal, StoreError};
use manara_web::api::{ApiAnswer, Op, limit_of, page_number, page_of, record, schema};
use manara_web::{
    Answer, Cell, Choice, EXPORT_MOST, Fault, Lang, ListView, Markup, Page, PageError, Right, Site, Tone, Undo, Visit,
    Word, local_path,
};
use serde_json::json;

use crate::api::{self, SaveError};
use crate::constituent::{AsNumber, Constituent, Criticality, Format, Reason, Role};
use crate::export::{ExportFormat, json_object};
use crate::form::{Draft, Trouble};
use crate::list::{LIST, Summary, fixed, summary};
use crate::ownership::Ownership;
use crate::report::{ImportError, ImportFormat, ImportOptions, ImportReport, Refused, Warning};
use crate::sql::State;
use crate::taxonomy::{Taxonomy, kinds, sectors};

/// The largest file that is uploaded; larger ones go through the command line.
const UPLOAD_BYTES: usize = 16 << 20;
/// How long a file that was checked waits to be confirmed.
const HELD_MINUTES: i64 = 30;
/// Files that wait at once; the oldest makes room.
const HELD_MOST: usize = 4;
/// Lines of a report, or of overlaps, on one page.
const LINES_SHOWN: usize = 1_000;
/// Characters of a pasted text that are shown again to be corrected.
const PASTE_SHOWN: usize = 200_000;

/// A fragment that another plane shows on the page of a constituent, given its id.
pub type Panel =
    Arc<dyn Fn(Visit, String) -> Pin<Box<dyn Future<Output = Result<Markup, PageError>> + Send>> + Send + Sync>;

/// What the pages keep between requests.
struct Desk {
    panels: Vec<Panel>,
    owners: Mutex<Option<Arc<Ownership>>>,
    held: Mutex<HashMap<String, Held>>,
}

/// A file that was checked and waits to be confirmed.
struct Held {
    bytes: Vec<u8>,
    options: ImportOptions,
    who: String,
    since: Micros,
}

/// The routes of this plane. `panels` are shown on the page of each constituent, in their order.
pub fn site(panels: Vec<Panel>) -> Site {
    let desk = Desk { panels, owners: Mutex::new(None), held: Mutex::new(HashMap::new()) };
    Site::<Arc<Desk>>::new()
        .page("/constituents", Right::ReadConstituents, list)
        .many(Arc::new(many::Constituents))
        .post("/constituents/bulk", Right::ChangeConstituents, change_many)
        .page("/constituents/new", Right::ChangeConstituents, new)
        .post("/constituents/new", Right::ChangeConstituents, add)
        .page("/constituents/import", Right::ChangeConstituents, import)
        .upload("/constituents/import", Right::ChangeConstituents, UPLOAD_BYTES, check_import)
        .post("/constituents/import/confirm", Right::ChangeConstituents, confirm_import)
        .page("/constituents/export/{format}", Right::ReadConstituents, export)
        .page("/constituents/overlaps", Right::ReadConstituents, overlaps)
        .api(
            Op::pages(
                "/api/v1/constituents/overlaps",
                "listOverlaps",
                Right::ReadConstituents,
                "Networks of one constituent inside, or the same as, a network of another",
                "Overlap",
            ),
            overlaps_by_program,
        )
        .api(
            Op::get(
                "/api/v1/constituents/shared-as",
                "getSharedAs",
                Right::ReadConstituents,
                "AS numbers of several constituents, and who gets what is seen there",
                "SharedAs",
            ),
            shared_as_by_program,
        )
        .schemas(overlap_schemas())
        .page("/constituents/{id}", Right::ReadConstituents, one)
        .page("/constituents/{id}/edit", Right::ChangeConstituents, edit)
        .post("/constituents/{id}/edit", Right::ChangeConstituents, change)
        .post("/constituents/{id}/remove", Right::ChangeConstituents, remove)
        .post("/constituents/{id}/restore", Right::ChangeConstituents, restore)
        .post("/constituents/{id}/merge", Right::ChangeConstituents, merge)
        .with_state(Arc::new(desk))
        .merge(crate::operations::site())
}

impl Desk {
    /// Who owns what, read again only when it changed.
    async fn owners(&self, db: &Db) -> Result<Arc<Ownership>, StoreError> {
        let kept = self.owners.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let generation = api::generation(db).await?;
        if let Some(owners) = kept.filter(|owners| owners.generation == generation) {
            return Ok(owners);
        }
        let owners = Arc::new(api::load_ownership(db).await?);
        *self.owners.lock().unwrap_or_else(PoisonError::into_inner) = Some(owners.clone());
        Ok(owners)
    }

    /// Keeps a file until it is confirmed, and gives its key.
    fn hold(&self, file: Held) -> String {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|_, other| other.since.0 + HELD_MINUTES * 60_000_000 > file.since.0);
        while held.len() >= HELD_MOST {
            let Some(oldest) = held.iter().min_by_key(|(_, file)| file.since).map(|(key, _)| key.clone()) else {
                break;
            };
            held.remove(&oldest);
        }
        let key = uuid::Uuid::new_v4().to_string();
        held.insert(key.clone(), file);
        key
    }

    /// Takes a file that was held, if the same person asks in time.
    fn take(&self, key: &str, who: &str, now: Micros) -> Option<Held> {
        let file = self.held.lock().unwrap_or_else(PoisonError::into_inner).remove(key)?;
        (file.who == who && file.since.0 + HELD_MINUTES * 60_000_000 > now.0).then_some(file)
    }
}

/// The message of a reason.
fn words_of(page: &Page, reason: &Reason) -> String {
    let args: Vec<(&str, Word)> = reason.args().into_iter().map(|(name, value)| (name, value.into())).collect();
    page.t_args(&format!("constituency-reason-{}", reason.code()), &args)
}

fn choices(taxonomy: &'static Taxonomy, page: &Page) -> Vec<Choice> {
    let tag = page.lang.tag();
    let choice = |id: &str| Choice { value: id.into(), label: taxonomy.title(id, tag).into() };
    taxonomy.entries().iter().map(|entry| choice(&entry.id)).collect()
}

#[derive(Template)]
#[template(path = "constituency/list.html")]
struct ListPage {
    page: Page,
    list: ListView,
    rows: Vec<Summary>,
    may_change: bool,
    is_removed: bool,
    sectors: Vec<Choice>,
    criticalities: [&'static str; 4],
    offer: Markup,
    back: String,
}

impl ListPage {
    fn sector(&self, row: &Summary) -> String {
        title(sectors(), &row.sector, self.page.lang.tag())
    }

    fn kind(&self, row: &Summary) -> String {
        title(kinds(), &row.kind, self.page.lang.tag())
    }
}

/// A term in words: its title, or the text that was kept.
fn title(taxonomy: &Taxonomy, term: &crate::taxonomy::Term, language: &str) -> String {
    if term.text.is_empty() { taxonomy.title(&term.id, language).into() } else { term.text.clone() }
}

/// The label of a name in a language.
fn name_label(page: &Page, code: &str) -> String {
    match Lang::ALL.iter().find(|lang| lang.tag() == code) {
        Some(lang) => page.t(format!("constituency-field-name-{}", lang.tag())),
        None => page.t1("constituency-field-name-in", "language", code),
    }
}

fn tone(criticality: &Criticality) -> &'static str {
    match criticality {
        Criticality::Low => "mute",
        Criticality::Medium => "info",
        Criticality::High => "warn",
        Criticality::Vital => "bad",
    }
}

fn criticality_badge(page: &Page, criticality: &Criticality) -> Markup {
    page.badge(tone(criticality), &format!("constituency-criticality-{}", criticality.as_str()))
}

async fn list(visit: Visit) -> Answer {
    let ask = LIST.read(&visit)?;
    let fixed = fixed(&ask);
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT_MOST, summary).await?;
        let head = ["id", "name", "sector", "kind", "criticality", "active", "networks", "contacts", "changed_at"];
        let cells: Vec<Vec<Cell>> = rows
            .into_iter()
            .map(|row| {
                vec![
                    row.id.into(),
                    row.name.into(),
                    row.sector.word().into(),
                    row.kind.word().into(),
                    row.criticality.as_str().into(),
                    row.active.into(),
                    row.networks.into(),
                    row.contacts.into(),
                    row.changed_at.into(),
                ]
            })
            .collect();
        return Ok(visit.export(format, "constituents", &head, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, summary).await?;
    let page = visit.page("constituency-list-title");
    let list = ask
        .view(&visit, &found)
        .with_choices("sector", choices(sectors(), &page))
        .with_choices("kind", choices(kinds(), &page));
    let columns = [
        ("sector", "constituency-field-sector"),
        ("kind", "constituency-field-kind"),
        ("criticality", "constituency-field-criticality"),
        ("networks", "constituency-field-networks"),
        ("contacts", "constituency-field-contacts"),
        ("changed", "constituency-list-changed"),
    ];
    let list = list.with_columns(&visit, &columns);
    let may_change = visit.may(Right::ChangeConstituents);
    let offer =
        if may_change { manara_web::bulk::offer(&visit, &many::Constituents).await? } else { Markup::default() };
    let back = visit.uri.path_and_query().map_or("/constituents", |path| path.as_str()).to_string();
    let is_removed = ask.value("state") == Some("removed");
    let (sectors, criticalities) = (choices(sectors(), &page), Criticality::ALL.map(Criticality::as_str));
    visit.html(&ListPage { page, list, rows: found.rows, may_change, is_removed, sectors, criticalities, offer, back })
}

/// `POST /constituents/bulk`: to those that are ticked, or to all that match the filters of the list it came from.
async fn change_many(visit: Visit, RawForm(form): RawForm) -> Answer {
    manara_web::bulk::choose(visit, &many::Constituents, &form).await
}

/// A line of the journal in words.
struct Happened {
    at: Micros,
    who: String,
    verb: String,
    parts: Vec<String>,
}

/// A network of this constituent inside another's, or the other way round.
struct Touching {
    inner: String,
    inner_owner: (String, String),
    outer: String,
    outer_owner: (String, String),
    equal: bool,
}

#[derive(Template)]
#[template(path = "constituency/one.html")]
struct OnePage {
    page: Page,
    one: Constituent,
    sector: String,
    kind: String,
    removed: bool,
    /// Id and name of the organisation it was merged into.
    merged_into: Option<(String, String)>,
    /// Id of the organisation above it.
    above: Option<String>,
    below: Vec<Summary>,
    added: Micros,
    changed: Micros,
    touching: Vec<Touching>,
    happened: Vec<Happened>,
    panels: Vec<Markup>,
    may_change: bool,
    may_read_journal: bool,
}

async fn find(visit: &Visit, id: &str) -> Result<(Constituent, State), PageError> {
    api::get(&visit.db, id).await?.ok_or_else(PageError::not_found)
}

async fn one(visit: Visit, Given(desk): Given<Arc<Desk>>, Path(id): Path<String>) -> Answer {
    let (one, state) = find(&visit, &id).await?;
    if visit.wants_json() {
        return Ok(visit.json(json_object(&one)));
    }
    let mut panels = Vec::new();
    for panel in &desk.panels {
        let panel = panel(visit.clone(), one.id.clone()).await?;
        if !panel.is_empty() {
            panels.push(panel);
        }
    }
    let above = match one.association.as_str() {
        "" => None,
        name => crate::sql::id_of_name(&visit.db, name).await?,
    };
    let merged_into = match state.merged_into.as_str() {
        "" => None,
        other => api::get(&visit.db, other).await?.map(|(other, _)| (other.id, other.name)),
    };
    let owners = desk.owners(&visit.db).await?;
    let page =
        visit.page_titled(one.name_in(visit.lang.tag()).to_string()).under("/constituents", "constituency-list-title");
    let entries = Journal::of_record(&visit.db, crate::PLANE, &one.id, 20).await?;
    let happened = entries.into_iter().map(|entry| happened(&page, entry)).collect();
    let moment = |text: &str| Micros::parse_rfc3339(text).unwrap_or_default();
    let template = OnePage {
        sector: title(sectors(), &one.sector, page.lang.tag()),
        kind: title(kinds(), &one.kind, page.lang.tag()),
        removed: !state.deleted_at.is_empty(),
        merged_into,
        above,
        below: crate::list::below(&visit.db, &one.name, 200).await?,
        added: moment(&state.added_at),
        changed: moment(&state.changed_at),
        touching: touching(&owners, |owner| owner == one.id).take(LINES_SHOWN).collect(),
        happened,
        panels,
        may_change: visit.may(Right::ChangeConstituents),
        may_read_journal: visit.may(Right::ReadJournal),
        page,
        one,
    };
    visit.html(&template)
}

fn happened(page: &Page, entry: manara_model::Entry) -> Happened {
    let detail: serde_json::Value = serde_json::from_str(&entry.detail).unwrap_or_default();
    let parts = detail.get("parts").and_then(|parts| parts.as_array()).into_iter().flatten();
    let label = |part: &str| page.t(format!("constituency-field-{}", part.replace('_', "-")));
    Happened {
        at: entry.at,
        who: entry.who,
        verb: page.t(format!("constituency-verb-{}", entry.verb.replace('_', "-"))),
        parts: parts.filter_map(|part| part.as_str()).map(label).collect(),
    }
}

/// Overlaps of which one side is wanted.
fn touching<'a>(owners: &'a Ownership, wanted: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = Touching> + 'a {
    let side = |owner: u32| {
        let owner = owners.constituent(owner);
        owner.map_or_else(Default::default, |owner| (owner.id.clone(), owner.name.clone()))
    };
    owners.overlaps().iter().filter_map(move |overlap| {
        let (inner_owner, outer_owner) = (side(overlap.inner.owner), side(overlap.outer.owner));
        (wanted(&inner_owner.0) || wanted(&outer_owner.0)).then(|| Touching {
            inner: overlap.inner.network.to_string(),
            inner_owner,
            outer: overlap.outer.network.to_string(),
            outer_owner,
            equal: overlap.is_equal(),
        })
    })
}

#[derive(Template)]
#[template(path = "constituency/overlaps.html")]
struct OverlapsPage {
    page: Page,
    touching: Vec<Touching>,
    total: usize,
    shared: Vec<Shared>,
}

/// An AS number of several constituents.
struct Shared {
    number: AsNumber,
    owners: Vec<(String, String)>,
    winner: Option<(String, String)>,
}

async fn overlaps(visit: Visit, Given(desk): Given<Arc<Desk>>) -> Answer {
    let owners = desk.owners(&visit.db).await?;
    let format = match visit.query("format") {
        Some(text) => Some(manara_web::Format::parse(&text).ok_or_else(|| PageError::unreadable("format"))?),
        None => None,
    };
    if let Some(format) = format {
        let head = ["network", "owner", "inside", "owner_outside", "equal"];
        let cells: Vec<Vec<Cell>> = touching(&owners, |_| true)
            .map(|t| {
                vec![t.inner.into(), t.inner_owner.1.into(), t.outer.into(), t.outer_owner.1.into(), t.equal.into()]
            })
            .collect();
        return Ok(visit.export(format, "overlaps", &head, &cells));
    }
    let template = OverlapsPage {
        page: visit.page("constituency-overlaps-title").under("/constituents", "constituency-list-title"),
        touching: touching(&owners, |_| true).take(LINES_SHOWN).collect(),
        total: owners.overlaps().len(),
        shared: shared(&owners).take(LINES_SHOWN).collect(),
    };
    visit.html(&template)
}

/// AS numbers of several constituents.
fn shared(owners: &Ownership) -> impl Iterator<Item = Shared> {
    let owner = move |index: u32| owners.constituent(index).map(|owner| (owner.id.clone(), owner.name.clone()));
    owners.shared_as().iter().map(move |shared| Shared {
        number: AsNumber(shared.number),
        owners: shared.owners.iter().filter_map(|index| owner(*index)).collect(),
        winner: owners.owner_of_as(shared.number).and_then(owner),
    })
}

fn overlap_schemas() -> Vec<(&'static str, serde_json::Value)> {
    let text = schema::text;
    let owner = || schema::object(&[("id", text()), ("name", text())]);
    let maybe_owner = json!({ "anyOf": [owner(), { "type": "null" }] });
    let shared = schema::object(&[("as", text()), ("owners", schema::many(owner())), ("winner", maybe_owner)]);
    vec![
        (
            "Overlap",
            schema::object(&[
                ("network", text()),
                ("owner", owner()),
                ("inside", text()),
                ("owner_outside", owner()),
                ("equal", schema::flag()),
            ]),
        ),
        ("SharedAs", schema::object(&[("shared", schema::many(shared))])),
    ]
}

fn owner_json((id, name): &(String, String)) -> serde_json::Value {
    json!({ "id": id, "name": name })
}

async fn overlaps_by_program(visit: Visit, Given(desk): Given<Arc<Desk>>) -> ApiAnswer {
    let owners = desk.owners(&visit.db).await?;
    let limit = usize::from(limit_of(&visit)?);
    let cursor = visit.query("cursor").filter(|cursor| !cursor.is_empty());
    let all = owners.overlaps().len();
    let number = page_number(cursor, all.div_ceil(limit).max(1))?;
    let shown = |one: Touching| {
        json!({ "network": one.inner, "owner": owner_json(&one.inner_owner), "inside": one.outer,
            "owner_outside": owner_json(&one.outer_owner), "equal": one.equal })
    };
    let items = touching(&owners, |_| true).skip(number * limit).take(limit).map(shown).collect();
    let next = (all > (number + 1) * limit).then(|| (number + 1).to_string());
    Ok(page_of(items, next))
}

async fn shared_as_by_program(visit: Visit, Given(desk): Given<Arc<Desk>>) -> ApiAnswer {
    let owners = desk.owners(&visit.db).await?;
    let shown = |one: Shared| {
        json!({ "as": one.number.to_string(), "owners": one.owners.iter().map(owner_json).collect::<Vec<_>>(),
            "winner": one.winner.as_ref().map(owner_json) })
    };
    Ok(record(&json!({ "shared": shared(&owners).map(shown).collect::<Vec<_>>() })))
}

#[derive(Template)]
#[template(path = "constituency/form.html")]
struct FormPage {
    page: Page,
    /// Where the form goes.
    action: String,
    /// Where "cancel" leads.
    back: String,
    draft: Draft,
    troubles: Vec<Trouble>,
    stale: bool,
    /// What somebody else changed since the form was opened, when that is so.
    others: Vec<Changed>,
    sectors: Vec<Choice>,
    kinds: Vec<Choice>,
    /// Id of the constituent, when it is one that can be merged.
    id: String,
}

impl FormPage {
    fn reason(&self, trouble: &Trouble) -> String {
        words_of(&self.page, &trouble.reason)
    }

    /// What is wrong with a field, to stand below it.
    fn mistakes(&self, field: impl AsRef<str>) -> Markup {
        Markup::of(&Mistakes { form: self, page: &self.page, field: field.as_ref() })
    }

    /// What the field itself says when something is wrong with it.
    fn invalid(&self, field: impl AsRef<str>) -> Markup {
        let field = field.as_ref();
        match self.troubles.iter().any(|trouble| trouble.field == field) {
            true => Markup::of(&Invalid { field }),
            false => Markup::default(),
        }
    }

    /// The label of a field, for the list of mistakes.
    fn label(&self, field: &str) -> String {
        let part = match field.strip_prefix("contact-").and_then(|rest| rest.split_once('-')) {
            Some((_, part)) => format!("contact-{part}"),
            None => field.replace('_', "-"),
        };
        self.page.t(format!("constituency-field-{part}"))
    }

    fn criticalities(&self) -> [&'static str; 4] {
        Criticality::ALL.map(Criticality::as_str)
    }

    fn roles(&self) -> [&'static str; 4] {
        Role::ALL.map(Role::as_str)
    }

    fn formats(&self) -> [&'static str; 5] {
        Format::ALL.map(Format::as_str)
    }
}

#[derive(Template)]
#[template(
    source = r#"{% for trouble in form.troubles %}{% if trouble.field == field %}<p class="note bad" id="{{ field }}-wrong">{% if !trouble.found.is_empty() %}{{ page.foreign(trouble.found) }}: {% endif %}{{ form.reason(trouble) }}</p>{% endif %}{% endfor %}"#,
    ext = "html"
)]
struct Mistakes<'a> {
    form: &'a FormPage,
    page: &'a Page,
    field: &'a str,
}

#[derive(Template)]
#[template(source = r#" aria-invalid="true" aria-errormessage="{{ field }}-wrong""#, ext = "html")]
struct Invalid<'a> {
    field: &'a str,
}

/// A field that another person changed while the form was open: what is there now, and what the form holds.
struct Changed {
    field: &'static str,
    now: String,
    mine: String,
}

/// A form and what is wrong with it.
struct Filled {
    draft: Draft,
    troubles: Vec<Trouble>,
    stale: bool,
}

fn form(visit: &Visit, known: Option<&Constituent>, filled: Filled) -> Answer {
    let page = match known {
        Some(one) => visit
            .page("constituency-edit-title")
            .under("/constituents", "constituency-list-title")
            .under_named(&format!("/constituents/{}", one.id), &one.name),
        None => visit.page("constituency-new-title").under("/constituents", "constituency-list-title"),
    };
    let status = match (filled.stale, filled.troubles.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::OK,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let others = match known {
        Some(now) if filled.stale => {
            let changed = filled.draft.differs(&Draft::of(now, ""));
            changed.into_iter().map(|(field, mine, now)| Changed { field, now, mine }).collect()
        }
        _ => Vec::new(),
    };
    let template = FormPage {
        action: known.map_or("/constituents/new".into(), |one| format!("/constituents/{}/edit", one.id)),
        back: known.map_or("/constituents".into(), |one| format!("/constituents/{}", one.id)),
        sectors: choices(sectors(), &page),
        kinds: choices(kinds(), &page),
        id: known.map_or_else(String::new, |one| one.id.clone()),
        draft: filled.draft,
        troubles: filled.troubles,
        stale: filled.stale,
        others,
        page,
    };
    visit.html_status(status, &template)
}

async fn new(visit: Visit) -> Answer {
    form(&visit, None, Filled { draft: Draft::new(), troubles: Vec::new(), stale: false })
}

/// What a refused save says at the fields of the form.
fn troubles_of_save(error: SaveError) -> Result<(Vec<Trouble>, bool), PageError> {
    match error {
        SaveError::Refused(errors) => {
            let trouble =
                |e: api::FieldError| Trouble { field: e.column.to_string(), reason: e.reason, found: e.found };
            Ok((errors.into_iter().map(trouble).collect(), false))
        }
        SaveError::Stale => Ok((Vec::new(), true)),
        SaveError::NotFound => Err(PageError::not_found()),
        SaveError::Store(error) => Err(error.into()),
    }
}

async fn add(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Answer {
    let draft = Draft::read(&pairs);
    let new = match draft.check(Constituent::named(String::new(), String::new()), visit.lang.tag()) {
        Ok(new) => new,
        Err(troubles) => return form(&visit, None, Filled { draft, troubles, stale: false }),
    };
    let name = new.name.clone();
    match api::add(&visit.db, new, &visit.viewer.name, visit.now).await {
        Ok(id) => {
            let args = [("name", name.into())];
            Ok(visit.go_saying(&format!("/constituents/{id}"), Tone::Good, "constituency-said-added", &args))
        }
        Err(error) => {
            let (troubles, stale) = troubles_of_save(error)?;
            form(&visit, None, Filled { draft, troubles, stale })
        }
    }
}

async fn edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let (one, state) = find(&visit, &id).await?;
    if !state.deleted_at.is_empty() {
        return Err(PageError::not_found());
    }
    let draft = Draft::of(&one, &state.changed_at);
    form(&visit, Some(&one), Filled { draft, troubles: Vec::new(), stale: false })
}

async fn change(visit: Visit, Path(id): Path<String>, Form(pairs): Form<Vec<(String, String)>>) -> Answer {
    let (one, _) = find(&visit, &id).await?;
    let draft = Draft::read(&pairs);
    let new = match draft.check(one.clone(), visit.lang.tag()) {
        Ok(new) => new,
        Err(troubles) => return form(&visit, Some(&one), Filled { draft, troubles, stale: false }),
    };
    let name = new.name.clone();
    match api::change(&visit.db, new, &draft.version, &visit.viewer.name, visit.now).await {
        Ok(()) => {
            let args = [("name", name.into())];
            Ok(visit.go_saying(&format!("/constituents/{}", one.id), Tone::Good, "constituency-said-changed", &args))
        }
        Err(error) => {
            let (troubles, stale) = troubles_of_save(error)?;
            if !stale {
                return form(&visit, Some(&one), Filled { draft, troubles, stale });
            }
            // Nothing typed is lost: the form comes back with it, beside what is there now, and saves over that.
            let (now, state) = find(&visit, &one.id).await?;
            let draft = Draft { version: state.changed_at, ..draft };
            form(&visit, Some(&now), Filled { draft, troubles, stale })
        }
    }
}

async fn remove(visit: Visit, Path(id): Path<String>) -> Answer {
    let (one, _) = find(&visit, &id).await?;
    let here = format!("/constituents/{}", one.id);
    match api::remove(&visit.db, &one.id, "", &visit.viewer.name, visit.now).await {
        Ok(()) | Err(SaveError::NotFound) => {
            let undo = Undo::at(format!("{here}/restore"));
            Ok(visit.go_undoable(&here, "constituency-said-removed", &[("name", one.name.into())], undo))
        }
        Err(SaveError::Store(error)) => Err(error.into()),
        Err(error) => Err(PageError::internal(error)),
    }
}

async fn restore(visit: Visit, Path(id): Path<String>) -> Answer {
    let (one, _) = find(&visit, &id).await?;
    let here = format!("/constituents/{}", one.id);
    match api::restore(&visit.db, &one.id, "", &visit.viewer.name, visit.now).await {
        Ok(()) => Ok(visit.go_saying(&here, Tone::Good, "constituency-said-restored", &[("name", one.name.into())])),
        Err(SaveError::Refused(errors)) => {
            let taken: Vec<String> = errors.iter().map(|error| error.found.clone()).collect();
            let args = [("taken", taken.join(", ").into())];
            Ok(visit.go_saying(&here, Tone::Bad, "constituency-said-not-restored", &args))
        }
        Err(SaveError::NotFound) => Err(PageError::not_found()),
        Err(SaveError::Store(error)) => Err(error.into()),
        Err(error) => Err(PageError::internal(error)),
    }
}

async fn merge(visit: Visit, Path(id): Path<String>, Form(pairs): Form<Vec<(String, String)>>) -> Answer {
    let (one, _) = find(&visit, &id).await?;
    let into = pairs.iter().find(|(name, _)| name == "into").map(|(_, value)| value.trim()).unwrap_or_default();
    let edit = format!("/constituents/{}/edit", one.id);
    let other = match api::get(&visit.db, into).await? {
        Some((other, state)) if other.id != one.id && state.deleted_at.is_empty() => other,
        _ => {
            let args = [("name", into.to_string().into())];
            return Ok(visit.go_saying(&edit, Tone::Bad, "constituency-said-merge-unknown", &args));
        }
    };
    match api::merge(&visit.db, (&one.id, ""), &other.id, &visit.viewer.name, visit.now).await {
        Ok(()) => {
            let args = [("name", one.name.into()), ("into", other.name.into())];
            let undo = Undo::at(format!("/constituents/{}/restore", one.id));
            Ok(visit.go_undoable(&format!("/constituents/{}", other.id), "constituency-said-merged", &args, undo))
        }
        Err(SaveError::NotFound) => Err(PageError::not_found()),
        Err(SaveError::Store(error)) => Err(error.into()),
        Err(error) => Err(PageError::internal(error)),
    }
}

async fn export(visit: Visit, Path(format): Path<String>) -> Answer {
    let format = ExportFormat::parse(&format).ok_or_else(PageError::not_found)?;
    let bytes = api::export(&visit.db, format).await?;
    Ok(visit.download(format.file_name(), format.media_type(), bytes))
}

#[derive(Template)]
#[template(path = "constituency/import.html")]
struct ImportPage {
    page: Page,
    /// Why the file could not be read at all.
    trouble: Option<String>,
    report: Option<ImportReport>,
    replace: bool,
    /// Key of the file that waits to be confirmed.
    held: Option<String>,
    /// What was pasted, to be corrected.
    paste: String,
    /// Where the reader goes on when it is done; empty for the list.
    then: String,
}

impl ImportPage {
    fn reason(&self, refused: &Refused) -> String {
        words_of(&self.page, &refused.reason)
    }

    fn warning(&self, warning: &Warning) -> String {
        let args: Vec<(&str, Word)> =
            warning.kind.args().into_iter().map(|(name, value)| (name, value.into())).collect();
        self.page.t_args(&format!("constituency-warning-{}", warning.kind.code()), &args)
    }

    fn most(&self) -> usize {
        LINES_SHOWN
    }
}

fn import_page(visit: &Visit, status: StatusCode, fill: impl FnOnce(&mut ImportPage)) -> Answer {
    let page = visit.page("constituency-import-title").under("/constituents", "constituency-list-title");
    let mut template = ImportPage {
        page,
        trouble: None,
        report: None,
        replace: false,
        held: None,
        paste: String::new(),
        then: String::new(),
    };
    fill(&mut template);
    visit.html_status(status, &template)
}

async fn import(visit: Visit) -> Answer {
    import_page(&visit, StatusCode::OK, |_| {})
}

/// What an import that could not begin says.
fn import_trouble(visit: &Visit, error: ImportError) -> Result<String, PageError> {
    let (code, args): (&str, Vec<(&str, Word)>) = match error {
        ImportError::Empty => ("empty", vec![]),
        ImportError::TooLarge { limit, .. } => {
            ("too-large", vec![("limit", i64::try_from(limit >> 20).unwrap_or(0).into())])
        }
        ImportError::NoNameColumn { found } => ("no-name", vec![("found", found.into())]),
        ImportError::ColumnTwice { first, second } => {
            ("twice", vec![("first", first.into()), ("second", second.into())])
        }
        ImportError::Json { line, column, reason } => {
            let args = [("line", line.to_string()), ("column", column.to_string()), ("reason", reason)];
            ("json", args.into_iter().map(|(name, value)| (name, value.into())).collect())
        }
        ImportError::Io(error) => return Err(PageError::internal(error)),
        ImportError::Store(error) => return Err(error.into()),
    };
    Ok(visit.t_args(&format!("constituency-import-error-{code}"), &args))
}

async fn check_import(visit: Visit, Given(desk): Given<Arc<Desk>>, mut form: Multipart) -> Answer {
    let (mut bytes, mut paste, mut then) = (Vec::new(), String::new(), String::new());
    let mut options = ImportOptions { dry_run: true, language: visit.lang.tag().into(), ..ImportOptions::default() };
    while let Some(field) = form.next_field().await.map_err(|_| PageError::from(Fault::TooLarge))? {
        match field.name() {
            Some("file") => bytes = field.bytes().await.map_err(|_| PageError::from(Fault::TooLarge))?.to_vec(),
            Some("paste") => paste = field.text().await.map_err(|_| PageError::from(Fault::TooLarge))?,
            Some("then") => then = way_on(&field.text().await.map_err(|_| PageError::from(Fault::TooLarge))?),
            Some("replace") => options.replace = true,
            _ => {}
        }
    }
    // A file that was chosen counts more than what stands in the field from before.
    if bytes.is_empty() {
        bytes = paste.clone().into_bytes();
    }
    if paste.len() > PASTE_SHOWN {
        paste.clear();
    }
    let replace = options.replace;
    match api::import(&visit.db, &bytes, ImportFormat::Auto, &options, &visit.viewer.name, visit.now).await {
        Ok(report) => {
            let changes = report.added + report.changed + report.removed > 0;
            let held = (report.refused.is_empty() && changes).then(|| {
                let options = ImportOptions { dry_run: false, ..options };
                desk.hold(Held { bytes, options, who: visit.viewer.name.clone(), since: visit.now })
            });
            let status = if report.refused.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            import_page(&visit, status, |page| {
                page.report = Some(report);
                page.held = held;
                page.replace = replace;
                (page.paste, page.then) = (paste, then);
            })
        }
        Err(error) => {
            let trouble = import_trouble(&visit, error)?;
            import_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, |page| {
                page.trouble = Some(trouble);
                page.replace = replace;
                (page.paste, page.then) = (paste, then);
            })
        }
    }
}

/// Where the reader goes on, when it is a page of ours.
fn way_on(then: &str) -> String {
    local_path(then).unwrap_or_default().to_string()
}

async fn confirm_import(
    visit: Visit,
    Given(desk): Given<Arc<Desk>>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let value = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let key = value("held").unwrap_or_default();
    let then = value("then").and_then(local_path).unwrap_or("/constituents");
    let Some(held) = desk.take(key, &visit.viewer.name, visit.now) else {
        return Ok(visit.go_saying("/constituents/import", Tone::Bad, "constituency-said-held-gone", &[]));
    };
    let done =
        api::import(&visit.db, &held.bytes, ImportFormat::Auto, &held.options, &visit.viewer.name, visit.now).await;
    match done {
        Ok(report) if report.written => {
            let count = |number: usize| Word::from(i64::try_from(number).unwrap_or(i64::MAX));
            let args = [
                ("added", count(report.added)),
                ("changed", count(report.changed)),
                ("removed", count(report.removed)),
            ];
            Ok(visit.go_saying(then, Tone::Good, "constituency-said-imported", &args))
        }
        // Somebody changed the constituency after the file was checked.
        Ok(report) => import_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, |page| page.report = Some(report)),
        Err(error) => {
            let trouble = import_trouble(&visit, error)?;
            import_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, |page| page.trouble = Some(trouble))
        }
    }
}
