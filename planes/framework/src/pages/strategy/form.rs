//! One form for each kind of record of the strategy: adding, changing, taking away, bringing back.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_model::Tlp;
use manara_web::{Answer, Fault, Mistake, Page, PageError, Tone, Undo, Visit, Word};

use super::super::fields::Fields;
use super::super::works::Works;
use super::super::{refusal_words, say};
use super::{frame, href};
use crate::assessment::{NAME_CHARS, day, line, words};
use crate::jobs::{self, FrameworkError, Refusal};
use crate::sql_strategy as sql;
use crate::strategy::{
    ELEMENTS, Function, LINKS, Part, Progress, REMARK_CHARS, REVIEWS, Record, Review, Stakeholder, TITLE_CHARS,
    Undertaking, goals,
};

/// How a field is written.
enum Shape {
    /// One line, so many characters.
    Line(usize),
    /// Several lines.
    Area(usize),
    /// A day.
    Day,
    /// A whole number up to this.
    Number(i64),
    /// One of these: value and words.
    Pick(Vec<(String, String)>),
}

/// A field of the form.
struct Field {
    name: String,
    label: String,
    hint: String,
    value: String,
    /// What is kept where something else was typed while somebody else changed the record.
    now: Option<String>,
    shape: Shape,
    is_wanted: bool,
}

impl Field {
    /// Whether it says what a stakeholder is to a goal.
    fn is_part(&self) -> bool {
        self.name.starts_with("part-")
    }

    /// Takes what was typed in place of what is kept, which stands beside it when `is_stale`.
    fn take(&mut self, typed: &Fields, is_stale: bool) {
        if !typed.has(&self.name) {
            return;
        }
        let typed = typed.text(&self.name).replace("\r\n", "\n");
        if is_stale && typed.trim() != self.value.trim() {
            self.now = Some(self.words_of_value());
        }
        self.value = typed;
    }

    fn words_of_value(&self) -> String {
        let words = match &self.shape {
            Shape::Pick(all) => {
                all.iter().find(|(value, _)| *value == self.value).map_or("", |(_, words)| words.as_str())
            }
            _ => self.value.as_str(),
        };
        if words.is_empty() { "–".into() } else { words.into() }
    }

    /// Whether what stands in it has the shape of the field.
    fn fits(&self) -> bool {
        let text = self.value.trim();
        match &self.shape {
            Shape::Pick(all) => all.iter().any(|(value, _)| value == text),
            _ if text.is_empty() => !self.is_wanted,
            Shape::Line(most) => line(text, *most).is_some(),
            Shape::Area(most) => words(text, *most).is_some(),
            Shape::Day => day(text).is_some(),
            Shape::Number(most) => text.parse().is_ok_and(|number| (0..=*most).contains(&number)),
        }
    }
}

/// Why a form comes back.
enum Why {
    /// The record may not be so.
    Refused(Refusal),
    /// A line of a field names what nobody knows: the field, the message, the name.
    Unknown(&'static str, &'static str, String),
}

impl Why {
    fn is_stale(&self) -> bool {
        matches!(self, Self::Refused(Refusal::Stale))
    }

    fn status(&self) -> StatusCode {
        if self.is_stale() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY }
    }

    /// In words, at the field that must be another.
    fn mistake(&self, visit: &Visit, fields: &[Field]) -> Mistake {
        let why = match self {
            Self::Refused(why) => *why,
            Self::Unknown(field, key, name) => {
                return Mistake::at(*field, visit.t_args(key, &[("name", Word::from(name.clone()))]));
            }
        };
        let many = |field: &&Field| field.value.lines().filter(|line| !line.trim().is_empty()).count() > LINKS;
        let linked = |name: &str| matches!(name, "needs" | "providers");
        let field = match why {
            Refusal::Stale => return Mistake::of_form(visit.t("web-form-stale")),
            Refusal::Clearance => fields.iter().find(|field| field.name == "tlp"),
            Refusal::Circle => fields.iter().find(|field| field.name == "needs"),
            Refusal::Accountable => {
                fields.iter().find(|field| field.is_part() && field.value == Part::Accountable.as_str())
            }
            _ => {
                let misshapen = fields.iter().find(|field| !field.fits());
                misshapen.or_else(|| fields.iter().filter(|field| linked(&field.name)).find(many))
            }
        };
        let words = match field {
            Some(Field { shape: Shape::Number(most), .. }) => {
                visit.t_args("strategy-wrong-number", &[("most", Word::from(*most))])
            }
            _ => refusal_words(visit, why),
        };
        Mistake::at(field.map_or("", |field| field.name.as_str()), words)
    }
}

#[derive(Template)]
#[template(path = "framework/strategy_form.html")]
struct FormPage {
    page: Page,
    action: String,
    mistake: Mistake,
    fields: Vec<Field>,
    version: i64,
    is_new: bool,
    /// Whether it is a review, which can be done.
    is_review: bool,
}

/// The kind of record an address names.
fn record_of(kind: &str) -> Result<Record, PageError> {
    Record::parse_many(kind).ok_or_else(PageError::not_found)
}

/// Where the records of a kind are listed.
fn back(record: Record) -> &'static str {
    match record {
        Record::Stakeholder => "/framework/strategy/roles",
        Record::Undertaking => "/framework/strategy/actions",
        Record::Function => "/framework/strategy/functions",
        Record::Review => "/framework/strategy/reviews",
    }
}

struct Maker<'v> {
    visit: &'v Visit,
    fields: Vec<Field>,
}

impl Maker<'_> {
    fn add(&mut self, name: &str, value: impl Into<String>, shape: Shape, is_wanted: bool) {
        let label = self.visit.t(&format!("strategy-field-{name}"));
        let (name, value) = (name.to_string(), value.into());
        self.fields.push(Field { name, label, hint: String::new(), value, now: None, shape, is_wanted });
    }

    fn hint(&mut self, key: &str) {
        if let Some(last) = self.fields.last_mut() {
            last.hint = self.visit.t(key);
        }
    }

    fn tlp(&mut self, chosen: Tlp) {
        let all = Tlp::ALL.into_iter().filter(|tlp| *tlp <= self.visit.viewer.clearance);
        let all = all.map(|tlp| (tlp.label().to_string(), tlp.label().to_string())).collect();
        self.add("tlp", chosen.label(), Shape::Pick(all), true);
    }
}

fn usual(visit: &Visit) -> Tlp {
    Tlp::Amber.min(visit.viewer.clearance)
}

/// `GET /framework/strategy/{kind}/{id}`; the id `new` is a record that is not there yet.
pub(in super::super) async fn form(
    visit: Visit,
    Given(works): Given<Works>,
    Path((kind, id)): Path<(String, String)>,
) -> Answer {
    shown(&visit, &works, (record_of(&kind)?, &id), None).await
}

/// The form of a record; a refused one with everything that was typed, and why.
async fn shown(visit: &Visit, works: &Works, (record, id): (Record, &str), refused: Option<(&Fields, Why)>) -> Answer {
    let is_new = id == "new";
    let mut maker = Maker { visit, fields: Vec::new() };
    let mut version = match record {
        Record::Stakeholder => stakeholder(&mut maker, works, id, is_new).await?,
        Record::Undertaking => undertaking(&mut maker, works, id, is_new).await?,
        Record::Function => function(&mut maker, id, is_new).await?,
        Record::Review => review(&mut maker, id, is_new).await?,
    };
    let mut fields = maker.fields;
    let (mut status, mut mistake) = (StatusCode::OK, Mistake::default());
    if let Some((typed, why)) = refused {
        for field in &mut fields {
            field.take(typed, why.is_stale());
        }
        // Only who was shown what stands now may save over it.
        if !why.is_stale() {
            version = typed.text("version").parse().unwrap_or(0);
        }
        (status, mistake) = (why.status(), why.mistake(visit, &fields));
    }
    let title = if is_new {
        format!("strategy-{}s-new", record.as_str())
    } else {
        format!("strategy-{}s-one", record.as_str())
    };
    let page = frame(visit, &title).under(back(record), list_key(record));
    let is_review = record == Record::Review;
    let action = href(record, id);
    visit.html_status(status, &FormPage { page, action, mistake, fields, version, is_new, is_review })
}

fn list_key(record: Record) -> &'static str {
    match record {
        Record::Stakeholder => "strategy-roles",
        Record::Undertaking => "strategy-actions",
        Record::Function => "strategy-functions",
        Record::Review => "strategy-reviews",
    }
}

async fn stakeholder(maker: &mut Maker<'_>, works: &Works, id: &str, is_new: bool) -> Result<i64, PageError> {
    let visit = maker.visit;
    let found = sql::one_stakeholder(&visit.db, id).await?;
    let one = known(found, is_new, Stakeholder::default())?;
    let version = one.version;
    maker.add("name", one.name, Shape::Line(NAME_CHARS), true);
    maker.add("organisation", one.organisation, Shape::Line(NAME_CHARS), true);
    maker.add("contact", one.contact, Shape::Line(NAME_CHARS), false);
    if is_new {
        return Ok(0);
    }
    let parts = sql::parts_of(&visit.db, std::slice::from_ref(&one.id)).await?;
    let lang = visit.lang.tag();
    for goal in works.desk.shelf.get(ELEMENTS).iter().flat_map(|catalogue| goals(catalogue)) {
        let own = parts.get(&(one.id.clone(), goal.ref_id.clone()));
        let words = |part: Part| (part.as_str().to_string(), visit.t(&format!("strategy-part-{}", part.as_str())));
        let all = [(String::new(), "–".to_string())].into_iter().chain(Part::ALL.map(words)).collect();
        maker.fields.push(Field {
            name: format!("part-{}", goal.ref_id),
            label: format!("{} {}", goal.ref_id, goal.name.of(lang)),
            hint: String::new(),
            value: own.map_or("", |part| part.as_str()).to_string(),
            now: None,
            shape: Shape::Pick(all),
            is_wanted: false,
        });
    }
    Ok(version)
}

async fn undertaking(maker: &mut Maker<'_>, works: &Works, id: &str, is_new: bool) -> Result<i64, PageError> {
    let visit = maker.visit;
    let found = sql::one_undertaking(&visit.db, &visit.viewer, id).await?;
    let new = Undertaking {
        id: String::new(),
        item: String::new(),
        title: String::new(),
        owner: String::new(),
        due: String::new(),
        progress: Progress::Planned,
        note: String::new(),
        tlp: usual(visit),
        version: 0,
    };
    let one = known(found, is_new, new)?;
    let lang = visit.lang.tag();
    let items = works.desk.shelf.get(ELEMENTS).map(|catalogue| {
        let item =
            |item: &crate::catalogue::Item| (item.ref_id.clone(), format!("{} {}", item.ref_id, item.name.of(lang)));
        catalogue.assessable().map(item).collect::<Vec<_>>()
    });
    let items = [(String::new(), "–".to_string())].into_iter().chain(items.unwrap_or_default()).collect();
    maker.add("title", one.title, Shape::Line(TITLE_CHARS), true);
    maker.add("item", one.item, Shape::Pick(items), false);
    maker.add("owner", one.owner, Shape::Line(NAME_CHARS), false);
    maker.add("due", one.due, Shape::Day, false);
    let state = |state: Progress| (state.as_str().to_string(), visit.t(&format!("strategy-state-{}", state.as_str())));
    maker.add("state", one.progress.as_str(), Shape::Pick(Progress::ALL.map(state).to_vec()), true);
    maker.add("note", one.note, Shape::Area(REMARK_CHARS), false);
    maker.tlp(one.tlp);
    Ok(one.version)
}

async fn function(maker: &mut Maker<'_>, id: &str, is_new: bool) -> Result<i64, PageError> {
    let visit = maker.visit;
    let found = sql::one_function(&visit.db, &visit.viewer, id).await?;
    let new = Function {
        id: String::new(),
        name: String::new(),
        owner: String::new(),
        note: String::new(),
        tlp: usual(visit),
        needs: Vec::new(),
        providers: Vec::new(),
        version: 0,
    };
    let one = known(found, is_new, new)?;
    let mut links = sql::links(&visit.db, &visit.viewer, std::slice::from_ref(&one.id)).await?;
    let needs = links.needs.remove(&one.id).unwrap_or_default().into_iter().map(|(_, name)| name);
    let providers = one.providers.iter().map(|(_, name)| name.clone());
    maker.add("name", one.name, Shape::Line(NAME_CHARS), true);
    maker.add("owner", one.owner, Shape::Line(NAME_CHARS), false);
    maker.add("needs", needs.collect::<Vec<_>>().join("\n"), Shape::Area(LINKS * (NAME_CHARS + 1)), false);
    maker.hint("strategy-field-needs-how");
    maker.add("providers", providers.collect::<Vec<_>>().join("\n"), Shape::Area(LINKS * 300), false);
    maker.hint("strategy-field-providers-how");
    maker.add("note", one.note, Shape::Area(REMARK_CHARS), false);
    maker.tlp(one.tlp);
    Ok(one.version)
}

async fn review(maker: &mut Maker<'_>, id: &str, is_new: bool) -> Result<i64, PageError> {
    let visit = maker.visit;
    let found = sql::one_review(&visit.db, id).await?;
    let new =
        Review { kind: "strategy".into(), next: visit.now.plus_days(365).day(), every_months: 12, ..Review::default() };
    let one = known(found, is_new, new)?;
    let kinds = REVIEWS.map(|kind| (kind.to_string(), visit.t(&format!("strategy-review-{kind}"))));
    maker.add("kind", one.kind, Shape::Pick(kinds.to_vec()), true);
    maker.add("title", one.title, Shape::Line(TITLE_CHARS), true);
    maker.add("owner", one.owner, Shape::Line(NAME_CHARS), false);
    maker.add("next", one.next, Shape::Day, true);
    maker.add("every", one.every_months.to_string(), Shape::Number(120), true);
    maker.add("last", one.last, Shape::Day, false);
    Ok(one.version)
}

fn known<T>(found: Option<T>, is_new: bool, new: T) -> Result<T, PageError> {
    match (is_new, found) {
        (true, _) => Ok(new),
        (false, Some(found)) => Ok(found),
        (false, None) => Err(PageError::not_found()),
    }
}

/// `POST /framework/strategy/{kind}/{id}`
pub(in super::super) async fn save(
    visit: Visit,
    Given(works): Given<Works>,
    Path((kind, id)): Path<(String, String)>,
    RawForm(form): RawForm,
) -> Answer {
    let record = record_of(&kind)?;
    let fields = Fields::read(&form);
    let own = if id == "new" { String::new() } else { id.clone() };
    let text = |name: &str| fields.text(name).to_string();
    let version = fields.text("version").parse().unwrap_or(0);
    let tlp = || Tlp::parse(fields.text("tlp")).ok_or_else(|| PageError::from(Fault::Unreadable));
    let done = match record {
        Record::Stakeholder => {
            let one = Stakeholder {
                id: own,
                name: text("name"),
                organisation: text("organisation"),
                contact: text("contact"),
                version,
            };
            save_stakeholder(&visit, &works, &fields, one).await
        }
        Record::Undertaking => {
            let one = Undertaking {
                id: own,
                item: text("item"),
                title: text("title"),
                owner: text("owner"),
                due: text("due"),
                progress: Progress::parse(fields.text("state")).unwrap_or_default(),
                note: text("note"),
                tlp: tlp()?,
                version,
            };
            let catalogue = works.desk.shelf.get(ELEMENTS).map(|found| &**found);
            jobs::save_undertaking(&visit.db, &visit.viewer, catalogue, &one, visit.now).await
        }
        Record::Function => {
            let one = Function {
                id: own,
                name: text("name"),
                owner: text("owner"),
                note: text("note"),
                tlp: tlp()?,
                needs: Vec::new(),
                providers: Vec::new(),
                version,
            };
            match linked(&visit, &works, &fields, one).await? {
                Ok(one) => jobs::save_function(&visit.db, &visit.viewer, &one, visit.now).await,
                // A name nobody knows is told, so that it can be mended.
                Err(why) => return shown(&visit, &works, (record, &id), Some((&fields, why))).await,
            }
        }
        Record::Review => {
            let one = Review {
                id: own,
                kind: text("kind"),
                title: text("title"),
                owner: text("owner"),
                next: text("next"),
                every_months: fields.text("every").trim().parse().unwrap_or(-1),
                last: text("last"),
                version,
            };
            jobs::save_review(&visit.db, &visit.viewer, &one, visit.now).await
        }
    };
    match done {
        Ok(_) => Ok(visit.go_saying(back(record), Tone::Good, "strategy-did-save", &[])),
        Err(FrameworkError::Refused(Refusal::NotFound)) => Err(PageError::not_found()),
        Err(FrameworkError::Refused(why)) => {
            shown(&visit, &works, (record, &id), Some((&fields, Why::Refused(why)))).await
        }
        Err(FrameworkError::Store(error)) => Err(error.into()),
    }
}

/// Saves a stakeholder, and with one that is known what it is to the goals.
async fn save_stakeholder(
    visit: &Visit,
    works: &Works,
    fields: &Fields,
    one: Stakeholder,
) -> Result<String, FrameworkError> {
    let catalogue = works.desk.shelf.get(ELEMENTS).filter(|_| !one.id.is_empty());
    let said = catalogue.into_iter().flat_map(|catalogue| goals(catalogue)).filter_map(|goal| {
        let name = format!("part-{}", goal.ref_id);
        fields.has(&name).then(|| (goal.ref_id.clone(), Part::parse(fields.text(&name))))
    });
    let said: Vec<(String, Option<Part>)> = said.collect();
    let parts = catalogue.map(|catalogue| (&**catalogue, said.as_slice()));
    jobs::save_stakeholder(&visit.db, &visit.viewer, &one, parts, visit.now).await
}

/// A function with what its form names, one a line; or the line that nobody knows.
async fn linked(
    visit: &Visit,
    works: &Works,
    fields: &Fields,
    mut one: Function,
) -> Result<Result<Function, Why>, PageError> {
    let lines = |name: &str| -> Vec<String> {
        let all = fields.text(name).lines().map(str::trim).filter(|line| !line.is_empty());
        all.take(LINKS + 1).map(|line| line.chars().take(300).collect()).collect()
    };
    for name in lines("needs") {
        match sql::function_named(&visit.db, &visit.viewer, &name).await? {
            Some(other) => one.needs.push(other),
            None => return Ok(Err(Why::Unknown("needs", "strategy-no-function", name))),
        }
    }
    for name in lines("providers") {
        match works.beside.constituent(&name).await? {
            Some(found) => one.providers.push(found),
            None => return Ok(Err(Why::Unknown("providers", "strategy-no-constituent", name))),
        }
    }
    Ok(Ok(one))
}

/// `POST /framework/strategy/{kind}/{id}/remove`
pub(in super::super) async fn remove(visit: Visit, Path((kind, id)): Path<(String, String)>) -> Answer {
    let record = record_of(&kind)?;
    match jobs::remove_record(&visit.db, &visit.viewer, record, &id, visit.now).await {
        Ok(()) => {
            let undo = Undo::at(format!("{}/restore", href(record, &id)));
            Ok(visit.go_undoable(back(record), "strategy-did-remove", &[], undo))
        }
        did => say(&visit, back(record), did, "strategy-did-remove"),
    }
}

/// `POST /framework/strategy/{kind}/{id}/restore`
pub(in super::super) async fn restore(visit: Visit, Path((kind, id)): Path<(String, String)>) -> Answer {
    let record = record_of(&kind)?;
    let did = jobs::restore_record(&visit.db, &visit.viewer, record, &id, visit.now).await;
    say(&visit, back(record), did, "strategy-did-restore")
}

/// `POST /framework/strategy/reviews/{id}/done`
pub(in super::super) async fn done(visit: Visit, Path(id): Path<String>) -> Answer {
    let found = sql::one_review(&visit.db, &id).await?;
    let mut one = found.ok_or_else(PageError::not_found)?;
    // As the page showed it: the button pressed twice is one review.
    one.version = visit.query("version").unwrap_or_default().parse().map_err(PageError::unreadable)?;
    let did = jobs::review_done(&visit.db, &visit.viewer, &one, visit.now).await;
    say(&visit, back(Record::Review), did, "strategy-did-review")
}
