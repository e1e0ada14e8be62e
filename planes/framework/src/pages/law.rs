//! The workspace of law: the gap table of a nation, and the provision of one article.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_model::Tlp;
use manara_web::{Answer, Cell, Fault, Format, Markup, Mistake, Page, PageError, Right, Tone, Visit};

use super::fields::Fields;
use super::home::{Begun, begin_mistake};
use super::works::Works;
use super::{Room, refusal_words};
use crate::assessment::{Assessment, COMMENT_CHARS, NAME_CHARS, State, SubjectKind, words};
use crate::catalogue::{Catalogue, Item};
use crate::jobs::{self, FrameworkError, NewAssessment, NewVoice, Refusal};
use crate::law::{
    BODY_CHARS, CITATION_CHARS, Group, LINK_CHARS, NOTE_CHARS, Provision, Said, Standing, Written, groups, is_law,
    night_contact,
};
use crate::score::{Score, score};
use crate::sheet::Answer as Answered;
use crate::{sql, sql_law};

/// The columns of the gap table that is taken away.
const COLUMNS: [&str; 11] =
    ["item", "article", "group", "standing", "citation", "link", "language", "text", "note", "who", "at"];

#[derive(Template)]
#[template(path = "framework/law.html")]
struct LawPage {
    page: Page,
    rows: Vec<Assessment>,
    catalogues: Vec<(String, String)>,
    tlps: Vec<Tlp>,
    may_begin: bool,
    begun: Begun,
    mistake: Mistake,
    name_chars: usize,
}

impl LawPage {
    fn name(&self, one: &Assessment) -> String {
        let found = self.catalogues.iter().find(|(id, _)| *id == one.catalogue);
        found.map_or(&one.catalogue, |(_, name)| name).clone()
    }
}

fn path(one: &Assessment) -> String {
    format!("/framework/law/{}", one.id)
}

/// Catalogues of law: id and name.
fn catalogues(room: &Room, lang: &str) -> Vec<(String, String)> {
    let all = room.shelf.all().filter(|catalogue| is_law(catalogue));
    all.map(|catalogue| (catalogue.id().to_string(), catalogue.told.name.of(lang).to_string())).collect()
}

/// `GET /framework/law`
pub(super) async fn law(visit: Visit, Given(works): Given<Works>) -> Answer {
    all(&visit, &works, Begun::of(String::new()), Mistake::default()).await
}

async fn all(visit: &Visit, works: &Works, begun: Begun, mistake: Mistake) -> Answer {
    let catalogues = catalogues(&works.desk, visit.lang.tag());
    let ids: Vec<String> = catalogues.iter().map(|(id, _)| id.clone()).collect();
    let page = LawPage {
        page: visit.page("law-title").under("/framework", "framework-title"),
        rows: sql_law::of_catalogues(&visit.db, &visit.viewer, &ids).await?,
        catalogues,
        tlps: Tlp::ALL.into_iter().filter(|tlp| *tlp <= visit.viewer.clearance).collect(),
        may_begin: visit.may(Right::ModerateAssessments),
        begun,
        mistake,
        name_chars: NAME_CHARS,
    };
    let status = if page.mistake.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    visit.html_status(status, &page)
}

/// `POST /framework/law`
pub(super) async fn begin(visit: Visit, Given(works): Given<Works>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let catalogue = works.desk.shelf.get(fields.text("catalogue")).filter(|found| is_law(found));
    let catalogue = catalogue.ok_or_else(PageError::not_found)?;
    let tlp = Tlp::parse(fields.text("tlp")).ok_or_else(|| PageError::from(Fault::Unreadable))?;
    let new = NewAssessment { subject: fields.text("subject").to_string(), kind: Some(SubjectKind::Nation), tlp };
    match jobs::begin(&visit.db, &visit.viewer, catalogue, &new, visit.now).await {
        Ok(one) => Ok(visit.go_saying(&path(&one), Tone::Good, "framework-did-begin", &[])),
        Err(FrameworkError::Refused(why)) => {
            all(&visit, &works, Begun::read(&fields), begin_mistake(&visit, why)).await
        }
        Err(FrameworkError::Store(error)) => Err(error.into()),
    }
}

/// One article of the gap table.
struct Line<'c> {
    item: &'c Item,
    standing: Standing,
    written: Option<&'c Written>,
}

#[derive(Template)]
#[template(path = "framework/law_one.html")]
struct OnePage {
    page: Page,
    one: Assessment,
    catalogue: Arc<Catalogue>,
    score: Score,
    groups: Vec<Group>,
    written: Vec<Written>,
}

impl OnePage {
    fn path(&self) -> String {
        path(&self.one)
    }

    fn lang(&self) -> &'static str {
        self.page.lang.tag()
    }

    fn name(&self, id: &str) -> String {
        self.catalogue.item(id).map_or(id, |item| item.name.of(self.lang())).to_string()
    }

    fn words(&self, item: &Item) -> String {
        item.name.of(self.lang()).to_string()
    }

    fn lines<'p>(&'p self, section: &'p str) -> Vec<Line<'p>> {
        let of = |item| Line {
            item,
            standing: standing(&self.catalogue, &self.score, item),
            written: self.written.iter().find(|written| written.item == item.ref_id),
        };
        self.catalogue.of_section(section).map(of).collect()
    }

    fn badge(&self, standing: &Standing) -> Markup {
        badge(&self.page, *standing)
    }

    fn night(&self) -> Vec<(&Item, Standing)> {
        night_contact(&self.catalogue, &self.score)
    }

    /// How many duties are kept, and of how many that apply.
    fn ready(&self) -> (usize, usize) {
        let night = self.night();
        let of = |wanted: Standing| night.iter().filter(|(_, standing)| *standing == wanted).count();
        (of(Standing::Covered), night.len() - of(Standing::NotApplicable))
    }

    fn percent(&self, part: &Option<f64>) -> String {
        part.map_or("–".into(), |part| self.page.visit.locale.numbers.percent(part / 100.0))
    }

    fn is_open(&self) -> bool {
        self.one.state == State::Open
    }
}

fn standing(catalogue: &Catalogue, score: &Score, item: &Item) -> Standing {
    let found = score.items.iter().find(|found| found.item == item.ref_id);
    found.map_or(Standing::Open, |found| Standing::of(catalogue, found))
}

fn badge(page: &Page, standing: Standing) -> Markup {
    let (tone, key) = word(standing);
    page.badge(tone, key)
}

/// How a standing feels, and its words.
fn word(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Covered => ("good", "law-standing-covered"),
        Standing::Partly => ("warn", "law-standing-partly"),
        Standing::No => ("bad", "law-standing-no"),
        Standing::NotApplicable => ("mute", "framework-not-applicable"),
        Standing::Open => ("mute", "law-standing-open"),
    }
}

/// The assessment of an address with its catalogue, if it is one of law.
async fn found(visit: &Visit, works: &Works, id: &str) -> Result<(Assessment, Arc<Catalogue>), PageError> {
    let (one, catalogue) = works.desk.found(visit, id).await?;
    if is_law(&catalogue) { Ok((one, catalogue)) } else { Err(PageError::not_found()) }
}

/// `GET /framework/law/{id}`
pub(super) async fn one(visit: Visit, Given(works): Given<Works>, Path(id): Path<String>) -> Answer {
    let (one, catalogue) = found(&visit, &works, &id).await?;
    let said = sql::sheet(&visit.db, &one.id, &visit.now.day()).await?;
    let scored = score(&catalogue, &said, None);
    let written = sql_law::provisions(&visit.db, &one.id).await?;
    if let Some(format) = visit.query("format").and_then(|text| Format::parse(&text)) {
        let rows = table(&catalogue, &scored, &written, visit.lang.tag());
        return Ok(visit.export(format, &format!("law-{}", visit.now.day()), &COLUMNS, &rows));
    }
    let title = visit.t_args("law-one-title", &[("subject", one.subject.clone().into())]);
    let page = visit.page_titled(title).under("/framework", "framework-title").under("/framework/law", "law-title");
    visit.html(&OnePage { page, groups: groups(&catalogue, &scored), one, catalogue, score: scored, written })
}

/// The gap table, a line for each article.
pub(super) fn table(catalogue: &Catalogue, score: &Score, written: &[Written], lang: &str) -> Vec<Vec<Cell>> {
    let row = |item: &Item| {
        let found = written.iter().find(|written| written.item == item.ref_id);
        let of = |text: fn(&Provision) -> &String| found.map_or("", |found| text(&found.provision)).into();
        vec![
            Cell::from(&item.ref_id),
            item.name.of(lang).into(),
            catalogue.section(item).name.of(lang).into(),
            standing(catalogue, score, item).as_str().into(),
            of(|one| &one.citation),
            of(|one| &one.link),
            of(|one| &one.language),
            of(|one| &one.body),
            of(|one| &one.note),
            found.map_or("", |found| found.who.as_str()).into(),
            found.map(|found| found.at).into(),
        ]
    };
    catalogue.assessable().map(row).collect()
}

/// What stands in the form besides the provision.
#[derive(Debug, Clone, Default)]
struct Typed {
    organisation: String,
    standing: Option<Standing>,
    missing: String,
    /// The version of the provision that its reader saw; 0 when there was none.
    version: i64,
}

/// A form that was not taken: what was typed, and why not.
struct NotTaken {
    typed: Typed,
    provision: Provision,
    why: Refusal,
}

impl NotTaken {
    /// The field that must be another; empty when it is none alone.
    fn field(&self) -> &'static str {
        let is_long = |text: &str, most: usize| words(text, most).is_none();
        match self.why {
            Refusal::Name | Refusal::NameTaken => "organisation",
            Refusal::Link => "link",
            Refusal::Language => "language",
            Refusal::Level | Refusal::Applies => "standing",
            Refusal::Text if is_long(&self.typed.missing, COMMENT_CHARS) => "missing",
            Refusal::Text if is_long(&self.provision.body, BODY_CHARS) => "body",
            Refusal::Text if is_long(&self.provision.note, NOTE_CHARS) => "note",
            Refusal::Text => "citation",
            _ => "",
        }
    }

    fn is_stale(&self) -> bool {
        self.why == Refusal::Stale
    }

    fn status(&self) -> StatusCode {
        if self.is_stale() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY }
    }

    fn mistake(&self, visit: &Visit) -> Mistake {
        match self.why {
            Refusal::Stale => Mistake::of_form(visit.t("web-form-stale")),
            why => Mistake::at(self.field(), refusal_words(visit, why)),
        }
    }
}

#[derive(Template)]
#[template(path = "framework/law_article.html")]
struct ArticlePage {
    page: Page,
    mistake: Mistake,
    typed: Typed,
    one: Assessment,
    catalogue: Arc<Catalogue>,
    item: Item,
    standing: Standing,
    provision: Provision,
    before: Vec<Written>,
    written: Option<Written>,
    /// Whether somebody else wrote while the form was open.
    is_stale: bool,
    has_joined: bool,
    may_write: bool,
    limits: [usize; 6],
}

impl ArticlePage {
    fn path(&self) -> String {
        path(&self.one)
    }

    fn lang(&self) -> &'static str {
        self.page.lang.tag()
    }

    fn badge(&self) -> Markup {
        badge(&self.page, self.standing)
    }

    /// What is kept in a field, where something else was typed while somebody else wrote.
    fn now(&self, name: &str) -> Option<String> {
        let of = |provision: &Provision| match name {
            "citation" => provision.citation.clone(),
            "link" => provision.link.clone(),
            "language" => provision.language.clone(),
            "body" => provision.body.clone(),
            _ => provision.note.clone(),
        };
        let kept = self.written.as_ref().filter(|_| self.is_stale).map(|written| of(&written.provision))?;
        let is_other = of(&self.provision).replace("\r\n", "\n").trim() != kept;
        is_other.then(|| if kept.is_empty() { "–".into() } else { kept })
    }

    fn section(&self) -> String {
        self.catalogue.section(&self.item).name.of(self.lang()).to_string()
    }

    /// What can be said: value, words, whether it was.
    fn choices(&self) -> Vec<(String, String, bool)> {
        let all = [Standing::Covered, Standing::Partly, Standing::No, Standing::NotApplicable];
        let fits = |standing: &Standing| *standing != Standing::NotApplicable || self.item.not_applicable;
        let choice = |standing: Standing| {
            (standing.as_str().to_string(), self.page.t(word(standing).1), self.typed.standing == Some(standing))
        };
        all.into_iter().filter(fits).map(choice).collect()
    }
}

/// `GET /framework/law/{id}/{item}`
pub(super) async fn article(
    visit: Visit,
    Given(works): Given<Works>,
    Path((id, item)): Path<(String, String)>,
) -> Answer {
    shown(&visit, &works, (&id, &item), None).await
}

/// The page of an article; after a refusal with what was typed.
async fn shown(visit: &Visit, works: &Works, (id, item): (&str, &str), not_taken: Option<NotTaken>) -> Answer {
    let (one, catalogue) = found(visit, works, id).await?;
    let item = catalogue.item(item).filter(|item| item.assessable).ok_or_else(PageError::not_found)?.clone();
    let said = sql::sheet(&visit.db, &one.id, &visit.now.day()).await?;
    let voice = sql::voice_of(&visit.db, &one.id, &visit.viewer.name).await?;
    let is_own =
        |answer: &&Answered| voice.as_ref().is_some_and(|voice| voice.id == answer.voice) && answer.item == item.ref_id;
    let own = said.answers.iter().find(is_own);
    let written = sql_law::provisions(&visit.db, &one.id).await?.into_iter().find(|one| one.item == item.ref_id);
    let title = format!("{} {}", item.ref_id, item.name.of(visit.lang.tag()));
    let stands = written.as_ref().map_or(0, |written| written.version);
    let is_stale = not_taken.as_ref().is_some_and(NotTaken::is_stale);
    let (status, typed, provision, mistake) = match not_taken {
        None => {
            let typed = Typed {
                organisation: String::new(),
                standing: own.map(|own| Standing::said(&catalogue, own.level, own.not_applicable)),
                missing: own.map(|own| own.comment.clone()).unwrap_or_default(),
                version: stands,
            };
            let provision = written.as_ref().map(|written| written.provision.clone()).unwrap_or_default();
            (StatusCode::OK, typed, provision, Mistake::default())
        }
        Some(refused) => {
            let (status, mistake) = (refused.status(), refused.mistake(visit));
            // Whoever reads what stands now and saves again decides for their own words.
            let version = if is_stale { stands } else { refused.typed.version };
            (status, Typed { version, ..refused.typed }, refused.provision, mistake)
        }
    };
    let page = ArticlePage {
        mistake,
        typed,
        provision,
        page: visit.page_titled(title).under("/framework/law", "law-title").under_named(&path(&one), &one.subject),
        standing: standing(&catalogue, &score(&catalogue, &said, None), &item),
        before: sql_law::provisions_before(&visit.db, &one.id, &item.ref_id).await?,
        written,
        is_stale,
        has_joined: voice.is_some(),
        may_write: visit.may(Right::AnswerAssessments) && one.state == State::Open,
        limits: [CITATION_CHARS, LINK_CHARS, BODY_CHARS, NOTE_CHARS, COMMENT_CHARS, NAME_CHARS],
        one,
        catalogue,
        item,
    };
    visit.html_status(status, &page)
}

/// `POST /framework/law/{id}/{item}`
pub(super) async fn write(
    visit: Visit,
    Given(works): Given<Works>,
    Path((id, item)): Path<(String, String)>,
    RawForm(form): RawForm,
) -> Answer {
    let (one, catalogue) = found(&visit, &works, &id).await?;
    let fields = Fields::read(&form);
    let text = |name: &str| fields.text(name).to_string();
    let standing = Standing::parse(fields.text("standing"));
    let said = Said { item: item.clone(), standing, missing: Some(text("missing")) };
    let provision = Provision {
        citation: text("citation"),
        link: text("link"),
        language: text("language"),
        body: text("body"),
        note: text("note"),
    };
    let person = visit.viewer.name.clone();
    let new = NewVoice { name: person.clone(), organisation: text("organisation"), role: String::new(), person };
    let about = (one.id.as_str(), &*catalogue);
    let version = fields.text("version").parse().unwrap_or(0);
    let seen = (&provision, Some(version));
    let did = jobs::write_seen_provision(&visit.db, &visit.viewer, about, &new, &said, seen, visit.now).await;
    match did {
        Err(FrameworkError::Refused(why)) if why != Refusal::NotFound => {
            let typed = Typed { organisation: text("organisation"), standing, missing: text("missing"), version };
            shown(&visit, &works, (&id, &item), Some(NotTaken { typed, provision, why })).await
        }
        did => super::say(&visit, &format!("{}/{item}", path(&one)), did, "law-did-write"),
    }
}
