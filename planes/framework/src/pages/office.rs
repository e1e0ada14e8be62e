//! The programme office: what this country releases, and what other countries did.

pub(super) mod practice;

use std::fmt::Write as _;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Multipart, RawForm, State as Given};
use axum::http::StatusCode;
use manara_store::StoreError;
use manara_web::api::{ApiAnswer, Op, record};
use manara_web::{Answer, Format, Markup, Mistake, Page, PageError, Right, Tone, Visit, Word};
use serde_json::{Value, json};

use super::Room;
use super::fields::Fields;
use super::uploaded::Uploaded;
use super::works::Works;
use crate::assessment::NAME_CHARS;
use crate::canonical::canonical;
use crate::catalogue::Catalogue;
use crate::jobs::{OfficeError, Refusal, Releasing, export_progress, import_progress, own_progress, release};
use crate::office::{
    By, Country, CountryProgress, KPIS, MOST, OfficeRefusal, PRACTICE_CHARS, PROGRESS_BYTES, REGIONS, STAGES,
    SectionSpread, Signer, Spot, fingerprint, kpi,
};
use crate::sql_office::{self, Releasable, Release};
use practice::{COLUMNS, Compared, compared_catalogues};

fn country_name(works: &Works, page: &Page, code: &str) -> String {
    let own = works.beside.place(code, page.lang.tag()).and_then(|(_, _, name)| name);
    let key = format!("country-{}", code.to_ascii_lowercase());
    own.unwrap_or_else(|| {
        let words = page.t(&key);
        if words == key { code.to_string() } else { words }
    })
}

fn catalogue_name(room: &Room, lang: &str, id: &str) -> String {
    room.shelf.get(id).map_or(id, |catalogue| catalogue.told.name.of(lang)).to_string()
}

#[derive(Template)]
#[template(path = "framework/office.html")]
struct OfficePage {
    page: Page,
    works: Works,
    countries: Vec<Country>,
    /// Catalogues of which somebody released figures.
    catalogues: Vec<String>,
    chosen: String,
    compared: Compared,
    map: Markup,
    may_import: bool,
}

impl OfficePage {
    fn name(&self, one: &Country) -> String {
        country_name(&self.works, &self.page, &one.code)
    }

    fn catalogue(&self, id: &str) -> String {
        catalogue_name(&self.works.desk, self.page.lang.tag(), id)
    }

    fn stage_key(&self, stage: &str) -> String {
        format!("office-stage-{stage}")
    }

    fn region_key(&self, region: &str) -> String {
        format!("office-region-{region}")
    }

    fn kpi_key(&self, name: &str) -> String {
        format!("office-kpi-{name}")
    }

    fn kpis(&self) -> [(&'static str, usize, i64); 3] {
        KPIS.map(|name| {
            let (said, sum) = kpi(&self.countries, name);
            (name, said, sum)
        })
    }

    fn said(&self, one: &Country, name: &str) -> Markup {
        one.newest.kpis.get(name).map_or_else(|| Markup::text("–"), |number| self.page.n(*number))
    }

    fn kpi_names(&self) -> [&'static str; 3] {
        KPIS
    }

    /// Regions with countries, each with how many stand at which stage.
    fn regions(&self) -> Vec<(&'static str, [usize; 4])> {
        let of = |region: &&'static str| {
            let here = self.countries.iter().filter(|one| one.region == **region);
            let stages: Vec<&str> = here.map(|one| one.newest.stage.as_str()).collect();
            (*region, STAGES.map(|stage| stages.iter().filter(|found| **found == stage).count()))
        };
        REGIONS.iter().map(of).filter(|(_, counts)| counts.iter().sum::<usize>() > 0).collect()
    }

    fn stages(&self) -> [&'static str; 4] {
        STAGES
    }

    fn all_regions(&self) -> [&'static str; 6] {
        REGIONS
    }

    /// What countries released of the chosen catalogue: the newest of each.
    fn compared(&self) -> Vec<(&Country, &crate::office::Released)> {
        let mut found = Vec::new();
        for one in &self.countries {
            let of = one.newest.assessments.iter().filter(|released| released.catalogue == self.chosen);
            found.extend(of.max_by(|a, b| a.day.cmp(&b.day)).map(|released| (one, released)));
        }
        found
    }

    fn bys(&self) -> [By; 2] {
        By::ALL
    }

    fn by_key(&self, by: &By) -> String {
        format!("office-by-{}", by.as_str())
    }

    /// What the links to take the table away begin with.
    fn take(&self) -> String {
        let query = [("catalogue", self.chosen.as_str()), ("by", self.compared.by.as_str())];
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        format!("/framework/office?{query}&format=")
    }

    fn country_of(&self, code: &str) -> String {
        country_name(&self.works, &self.page, code)
    }

    fn is_own(&self, code: &str) -> bool {
        code == self.compared.own.country
    }

    /// A figure of a section in per cent.
    fn percent(&self, number: &f64) -> Markup {
        self.page.percent(&(number / 100.0))
    }

    fn own_figure(&self, one: &SectionSpread) -> Option<f64> {
        one.own_figure(self.compared.by)
    }

    fn highest<'s>(&self, one: &'s SectionSpread) -> Vec<&'s Spot> {
        one.highest(self.compared.by).collect()
    }

    fn has_practices(&self) -> bool {
        self.compared.sections.iter().any(|one| !one.practices.is_empty())
    }

    fn is_secondary(&self) -> bool {
        self.compared.sections.iter().any(SectionSpread::is_secondary)
    }

    fn part(&self, part: &Option<f64>) -> String {
        part.map_or("–".into(), |part| self.page.visit.locale.numbers.percent(part / 100.0))
    }

    fn mean(&self, mean: &Option<f64>) -> String {
        mean.map_or("–".into(), |mean| self.page.visit.locale.numbers.decimal(mean, 1))
    }
}

/// The map with a numbered dot for each country, by its stage; the table beside it says the same.
fn map(works: &Works, page: &Page, countries: &[Country]) -> Markup {
    let mut dots = String::new();
    for one in countries {
        if let Some((x, y, _)) = works.beside.place(&one.code, page.lang.tag()) {
            let number = STAGES.iter().position(|stage| *stage == one.newest.stage).map_or(0, |at| at + 1);
            let _ = write!(
                dots,
                r#"<g class="{}"><title>{}</title><circle cx="{x:.1}" cy="{y:.1}" r="4.5"/><text x="{x:.1}" y="{y:.1}">{number}</text></g>"#,
                Markup::text(&one.newest.stage),
                Markup::text(&country_name(works, page, &one.code))
            );
        }
    }
    Markup::of(&Map { land: works.beside.land(), dots, label: page.t("office-map") })
}

#[derive(Template)]
#[template(
    source = r#"<svg class="world office" dir="ltr" viewBox="0 0 360 145" role="img" aria-label="{{ label }}"><path class="land" transform="scale(.5)" d="{{ land }}"/>{{ dots|safe }}</svg>"#,
    ext = "html"
)]
struct Map {
    land: &'static str,
    dots: String,
    label: String,
}

/// The model a reader meets first: the one that most countries released, the first of several by name.
fn usual(countries: &[Country], catalogues: &[String]) -> Option<String> {
    let count = |id: &String| {
        countries.iter().filter(|one| one.newest.assessments.iter().any(|known| known.catalogue == *id)).count()
    };
    catalogues.iter().rev().max_by_key(|id| count(id)).cloned()
}

/// `GET /framework/office`
pub(super) async fn office(visit: Visit, Given(works): Given<Works>) -> Answer {
    let format = match visit.query("format").as_deref() {
        None | Some("") => None,
        Some(text) => Some(Format::parse(text).ok_or_else(|| PageError::unreadable("format is csv, json or xlsx"))?),
    };
    let by = match visit.query("by").as_deref() {
        None | Some("") => By::default(),
        Some(text) => By::parse(text).ok_or_else(|| PageError::unreadable("by is claimed or supported"))?,
    };
    let countries = sql_office::countries(&visit.db).await?;
    let catalogues = compared_catalogues(&countries);
    let asked = visit.query("catalogue").filter(|asked| catalogues.contains(asked));
    let chosen = asked.or_else(|| usual(&countries, &catalogues)).unwrap_or_default();
    let compared = Compared::of(&visit, &works, &countries, (chosen.clone(), by)).await?;
    if let Some(format) = format {
        return Ok(visit.export(format, &format!("practice-{chosen}"), &COLUMNS, &compared.rows()));
    }
    let page = visit.page("office-title").under("/framework", "framework-title");
    let page = OfficePage {
        chosen,
        compared,
        map: map(&works, &page, &countries),
        page,
        countries,
        catalogues,
        may_import: visit.may(Right::ModerateAssessments),
        works,
    };
    visit.html(&page)
}

/// What a button of the office did, or why not.
fn told<T>(visit: &Visit, back: &str, did: Result<T, OfficeError>, key: &'static str) -> Answer {
    match did {
        Ok(_) => Ok(visit.go_saying(back, Tone::Good, key, &[])),
        Err(OfficeError::Refused(why)) => {
            let words = visit.t(&format!("office-refused-{}", why.code()));
            Ok(visit.go_saying(back, Tone::Bad, "framework-refused", &[("why", Word::from(words))]))
        }
        Err(OfficeError::Store(error)) => Err(error.into()),
    }
}

/// `POST /framework/office`: takes in the file of a country.
pub(super) async fn import(visit: Visit, form: Multipart) -> Answer {
    let form = Uploaded::read(form, PROGRESS_BYTES, NAME_CHARS).await?;
    let of = (form.fields.text("region").trim(), form.fields.text("fingerprint"));
    let did = import_progress(&visit.db, &visit.viewer, &form.bytes, of, visit.now).await;
    told(&visit, "/framework/office", did, "office-did-import")
}

#[derive(Template)]
#[template(path = "framework/progress.html")]
struct ProgressPage {
    page: Page,
    room: Room,
    country: String,
    mistake: Mistake,
    typed: Typed,
    releases: Vec<Release>,
    snapshots: Vec<Releasable>,
    print: String,
    may_release: bool,
    name_chars: usize,
    practice_chars: usize,
    most: i64,
    /// What would leave now; nothing while the country or its stage was not said, or where the reader may not see all of it.
    leaves: Result<CountryProgress, OfficeRefusal>,
}

/// What stands in the forms.
struct Typed {
    name: String,
    stage: String,
    /// Each of [`KPIS`] with its number.
    numbers: [(&'static str, String); 3],
    /// The section whose text is in the form, as `catalogue/section`.
    about: String,
    text: String,
}

impl Typed {
    /// What is kept, with the text of a section.
    fn of(releases: &[Release], about: String) -> Typed {
        let find = |kind: &str, record: &str| {
            let found = releases.iter().find(|one| one.kind == kind && one.record == record);
            found.map(|one| one.value.clone())
        };
        let text = find("practice", &about).or_else(|| find("draft", &about));
        Typed {
            name: find("name", "").unwrap_or_default(),
            stage: find("stage", "").unwrap_or_default(),
            numbers: KPIS.map(|name| (name, find("kpi", name).unwrap_or_default())),
            text: text.unwrap_or_default(),
            about,
        }
    }
}

/// A model with its sections, to choose from.
struct Model {
    name: String,
    /// The place of each, as `catalogue/section`, and its name.
    sections: Vec<(String, String)>,
}

impl ProgressPage {
    /// Why nothing can leave.
    fn why(&self, refusal: &OfficeRefusal) -> String {
        let why = self.page.t(format!("office-refused-{}", refusal.code()));
        self.page.t1("office-leaves-none", "why", why)
    }

    fn is_released(&self, one: &Releasable) -> bool {
        self.releases.iter().any(|known| known.kind == "snapshot" && known.record == one.id)
    }

    fn by_section(&self, one: &Releasable) -> bool {
        self.releases.iter().any(|known| known.kind == "sections" && known.record == one.id)
    }

    fn models(&self) -> Vec<Model> {
        let lang = self.page.lang.tag();
        let model = |one: &Arc<Catalogue>| Model {
            name: one.told.name.of(lang).to_string(),
            sections: one
                .sections()
                .into_iter()
                .map(|section| (format!("{}/{}", one.id(), section.ref_id), section.name.of(lang).to_string()))
                .collect(),
        };
        self.room.shelf.all().map(model).collect()
    }

    /// The texts that were written, released or not.
    fn texts(&self) -> Vec<&Release> {
        let mut all: Vec<&Release> =
            self.releases.iter().filter(|one| ["practice", "draft"].contains(&one.kind.as_str())).collect();
        all.sort_by(|a, b| a.record.cmp(&b.record));
        all
    }

    fn section(&self, catalogue: &str, section: &str) -> String {
        let item = self.room.shelf.get(catalogue).and_then(|known| known.item(section));
        item.map_or(section, |item| item.name.of(self.page.lang.tag())).to_string()
    }

    /// A section by its place, with its model.
    fn place(&self, place: &str) -> String {
        match place.split_once('/') {
            Some((catalogue, section)) => {
                format!("{} · {}", self.catalogue(catalogue), self.section(catalogue, section))
            }
            None => place.to_string(),
        }
    }

    fn percent(&self, number: &f64) -> Markup {
        self.page.percent(&(number / 100.0))
    }

    /// What is signed, letter by letter.
    fn signed(&self, leaves: &CountryProgress) -> String {
        canonical(&serde_json::to_value(leaves).unwrap_or_default())
    }

    fn kpi_key(&self, name: &str) -> String {
        format!("office-kpi-{name}")
    }

    fn stage_key(&self, stage: &str) -> String {
        format!("office-stage-{stage}")
    }

    fn stages(&self) -> [&'static str; 4] {
        STAGES
    }

    fn catalogue(&self, id: &str) -> String {
        catalogue_name(&self.room, self.page.lang.tag(), id)
    }
}

/// What would leave now, or why nothing can.
pub(super) async fn leaves(visit: &Visit, country: &str) -> Result<Result<CountryProgress, OfficeRefusal>, StoreError> {
    match own_progress(&visit.db, &visit.viewer, country, visit.now).await {
        Ok(leaves) => Ok(Ok(leaves)),
        Err(OfficeError::Refused(why)) => Ok(Err(why)),
        Err(OfficeError::Store(error)) => Err(error),
    }
}

/// `GET /framework/progress`
pub(super) async fn progress(visit: Visit, Given(works): Given<Works>) -> Answer {
    let releases = sql_office::releases(&visit.db).await?;
    let typed = Typed::of(&releases, visit.query("about").unwrap_or_default());
    shown(&visit, &works, (releases, typed), Mistake::default()).await
}

/// The page of what this country releases; after a refusal with what was typed, and why it was not taken.
async fn shown(visit: &Visit, works: &Works, (releases, typed): (Vec<Release>, Typed), mistake: Mistake) -> Answer {
    let page = visit.page("office-own-title").under("/framework", "framework-title");
    let country = works.beside.nation();
    let leaves = leaves(visit, &country).await?;
    let status = if mistake.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = ProgressPage {
        country,
        mistake,
        typed,
        leaves,
        practice_chars: PRACTICE_CHARS,
        most: MOST,
        snapshots: sql_office::releasable(&visit.db, &visit.viewer).await?,
        print: fingerprint(&Signer::open(&visit.db).await?.key()),
        may_release: visit.may(Right::ModerateAssessments),
        name_chars: NAME_CHARS,
        room: Arc::clone(&works.desk),
        page: page.under("/framework/office", "office-title"),
        releases,
    };
    visit.html_status(status, &page)
}

/// Why something was not released, in a sentence.
fn refusal_words(visit: &Visit, why: OfficeRefusal) -> String {
    let words = visit.t(&format!("office-refused-{}", why.code()));
    visit.t_args("framework-refused", &[("why", Word::from(words))])
}

/// `POST /framework/progress`: name, stage and numbers.
pub(super) async fn say_own(visit: Visit, Given(works): Given<Works>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let all = own(&fields);
    // First all of it: what is wrong in one field leaves the others as they were.
    let wrong = all.iter().find_map(|(field, one)| Some((*field, *one, one.checked().err()?)));
    if let Some((field, one, why)) = wrong {
        let words = match one {
            Releasing::Name(_) => super::refusal_words(&visit, Refusal::Name),
            Releasing::Kpi(..) => visit.t_args("strategy-wrong-number", &[("most", Word::from(MOST))]),
            _ => refusal_words(&visit, why),
        };
        let releases = sql_office::releases(&visit.db).await?;
        let text = |name: &str| fields.text(name).to_string();
        let numbers = KPIS.map(|name| (name, text(name)));
        let kept = Typed::of(&releases, String::new());
        let typed = Typed { name: text("name"), stage: text("stage"), numbers, ..kept };
        return shown(&visit, &works, (releases, typed), Mistake::at(field, words)).await;
    }
    for (_, one) in all {
        if let Err(error) = release(&visit.db, &visit.viewer, one, visit.now).await {
            return told::<()>(&visit, "/framework/progress", Err(error), "office-did-release");
        }
    }
    told(&visit, "/framework/progress", Ok(()), "office-did-release")
}

/// What the form says, each with its field.
fn own(fields: &Fields) -> Vec<(&'static str, Releasing<'_>)> {
    let number = |name: &'static str| {
        let number = match fields.text(name).trim() {
            "" => None,
            // What is no number is refused like one out of bounds.
            text => Some(text.parse().unwrap_or(-1)),
        };
        (name, Releasing::Kpi(name, number))
    };
    let words = [("name", Releasing::Name(fields.text("name"))), ("stage", Releasing::Stage(fields.text("stage")))];
    words.into_iter().chain(KPIS.map(number)).collect()
}

/// `POST /framework/progress/snapshot`: releases one, or withdraws it.
pub(super) async fn snapshot(visit: Visit, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let (id, is_released) = (fields.text("snapshot"), fields.text("release") == "yes");
    let what = match fields.text("part") {
        "sections" => Releasing::Sections(id, is_released),
        _ => Releasing::Snapshot(id, is_released),
    };
    let did = release(&visit.db, &visit.viewer, what, visit.now).await;
    let key = if is_released { "office-did-release" } else { "office-did-withdraw" };
    told(&visit, "/framework/progress", did, key)
}

/// `POST /framework/progress/practice`: keeps a text about a section, releases it, or takes it away.
pub(super) async fn write_practice(visit: Visit, Given(works): Given<Works>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let (db, viewer, now) = (&visit.db, &visit.viewer, visit.now);
    let (about, text) = (fields.text("about"), fields.text("text"));
    let (text, is_released, key) = match fields.text("do") {
        "release" => (Some(text), true, "office-did-release"),
        "keep" => (Some(text), false, "office-did-draft"),
        "remove" => (None, false, "office-did-remove"),
        _ => return Err(PageError::unreadable("do is keep, release or remove")),
    };
    let mut key = key;
    for one in Releasing::text(about, text, is_released) {
        match release(db, viewer, one, now).await {
            Ok(true) if key == "office-did-draft" => key = "office-did-draft-withdraw",
            Ok(_) => {}
            Err(OfficeError::Refused(why)) => {
                let field = match why {
                    OfficeRefusal::Section => "about",
                    OfficeRefusal::Practice => "text",
                    _ => "",
                };
                let releases = sql_office::releases(&visit.db).await?;
                let kept = Typed::of(&releases, about.to_string());
                let typed = Typed { text: fields.text("text").to_string(), ..kept };
                let mistake = Mistake::at(field, refusal_words(&visit, why));
                return shown(&visit.at("/framework/progress"), &works, (releases, typed), mistake).await;
            }
            Err(OfficeError::Store(error)) => return Err(error.into()),
        }
    }
    told(&visit, "/framework/progress", Ok(()), key)
}

/// `POST /framework/progress/export`: the signed file.
pub(super) async fn export(visit: Visit, Given(works): Given<Works>) -> Answer {
    let country = works.beside.nation();
    match export_progress(&visit.db, &visit.viewer, &country, visit.now).await {
        Ok(file) => {
            let name = format!("progress-{country}-{}.json", visit.now.day());
            Ok(visit.download(&name, "application/json; charset=utf-8", file))
        }
        Err(error) => told::<()>(&visit, "/framework/progress", Err(error), "office-did-release"),
    }
}

/// What the office knows, for programs.
pub async fn office_json(db: &manara_store::Db) -> Result<Value, manara_store::StoreError> {
    let countries = sql_office::countries(db).await?;
    let kpis: serde_json::Map<String, Value> = KPIS
        .iter()
        .map(|name| {
            let (said, sum) = kpi(&countries, name);
            ((*name).to_string(), json!({ "countries": said, "sum": sum }))
        })
        .collect();
    let one =
        |one: &Country| json!({ "country": one.code, "region": one.region, "files": one.files, "newest": one.newest });
    Ok(json!({ "countries": countries.iter().map(one).collect::<Vec<_>>(), "kpis": kpis }))
}

/// The operation for programs.
pub(super) fn operation() -> Op {
    let says = "Countries with the newest progress each released, and the sums of their numbers";
    Op::get("/api/v1/office", "getOffice", Right::ReadFramework, says, "Anything")
}

pub(super) async fn asked(visit: Visit) -> ApiAnswer {
    Ok(record(&office_json(&visit.db).await?))
}
