//! Designs for the gaps of an assessment, side by side.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State as Given};
use axum::http::StatusCode;
use manara_document::Form;
use manara_web::{Answer, Markup, Mistake, Page, PageError, Right, Visit, Word};

use super::{Room, frame, href, profile, shown_profile};
use crate::assessment::Assessment;
use crate::catalogue::Catalogue;
use crate::design::{Ask, Chosen, Design, SERVICES, Unmet, WISHES, design as designed, read_payers};
use crate::programme::PAYERS;
use crate::score::score;
use crate::shelf::Shelf;
use crate::sql;
use crate::staffing::{CONSTITUENTS, Hours, Staffing};

#[derive(Template)]
#[template(path = "framework/design.html")]
struct DesignPage {
    page: Page,
    one: Assessment,
    catalogue: Arc<Catalogue>,
    room: Room,
    designs: Vec<Design>,
    services: String,
    budget: String,
    months: String,
    hours: String,
    constituents: String,
    /// Who pays for which block in this design, as `block=payer`.
    payers: String,
    /// The services that can be ticked, by their area.
    areas: Vec<(String, Vec<Tick>)>,
    /// What is wished besides those.
    others: String,
    /// How many people the first design takes on duty.
    staffing: Option<Staffing>,
    profile: String,
    /// The profile, when nobody chose it.
    usual: Option<String>,
    /// The name that a design was not kept under, and why not.
    refused: Option<NotKept>,
}

/// A design that was not kept.
pub(super) struct NotKept {
    /// Its aim, which says which of the forms it was.
    pub aim: String,
    /// What was typed.
    pub name: String,
    /// Why not.
    pub mistake: Mistake,
}

/// A service that can be wished.
struct Tick {
    id: String,
    name: String,
    is_chosen: bool,
}

/// The services of the catalogue of services by their area, and what is wished besides.
fn ticks(room: &Room, wished: &[String], lang: &str) -> (Vec<(String, Vec<Tick>)>, Vec<String>) {
    let (mut areas, mut others) = (Vec::<(String, Vec<Tick>)>::new(), wished.to_vec());
    let Some(services) = room.shelf.get(SERVICES) else { return (areas, others) };
    for item in services.told.items.iter().filter(|item| item.kind == "service") {
        let area = services.section(item).name.of(lang);
        if areas.last().is_none_or(|(last, _)| last != area) {
            areas.push((area.to_string(), Vec::new()));
        }
        if let Some((_, ticks)) = areas.last_mut() {
            let is_chosen = wished.contains(&item.ref_id);
            ticks.push(Tick { id: item.ref_id.clone(), name: item.name.of(lang).to_string(), is_chosen });
        }
        others.retain(|other| *other != item.ref_id);
    }
    (areas, others)
}

impl DesignPage {
    fn path(&self) -> String {
        href(&self.one)
    }

    /// Why none of them was kept, when one was to be.
    fn told(&self) -> Markup {
        self.refused.as_ref().map(|refused| refused.mistake.told()).unwrap_or_default()
    }

    /// Why this design was not kept.
    fn mistake(&self, design: &Design) -> Mistake {
        let of_it = self.refused.as_ref().filter(|refused| refused.aim == design.aim.as_str());
        of_it.map(|refused| refused.mistake.clone()).unwrap_or_default()
    }

    /// The name it would be kept under.
    fn name(&self, design: &Design) -> String {
        let of_it = self.refused.as_ref().filter(|refused| refused.aim == design.aim.as_str());
        of_it.map_or(&self.one.subject, |refused| &refused.name).clone()
    }

    fn may_keep(&self) -> bool {
        self.page.may(Right::ModerateAssessments)
    }

    fn block(&self, chosen: &Chosen) -> String {
        self.block_name(&chosen.block)
    }

    fn languages(&self, chosen: &Chosen) -> String {
        let block = self.room.shelf.blocks.get(&chosen.block);
        block.map(|block| block.language_names().join(" · ")).unwrap_or_default()
    }

    fn block_name(&self, id: &str) -> String {
        self.room.shelf.blocks.get(id).map_or(id, |block| block.name.of(self.page.lang.tag())).to_string()
    }

    fn kind_key(&self, chosen: &Chosen) -> String {
        let kind = self.room.shelf.blocks.get(&chosen.block).map_or("documentation", |block| block.kind.as_str());
        format!("framework-kind-{kind}")
    }

    fn wish(&self, id: &str) -> String {
        let lang = self.page.lang.tag();
        let item = self.catalogue.item(id).map(|item| item.name.of(lang).to_string());
        let service =
            || self.room.shelf.get(SERVICES).and_then(|all| all.item(id)).map(|item| item.name.of(lang).to_string());
        item.or_else(service).unwrap_or_else(|| self.room.shelf.blocks.capability(id, lang).to_string())
    }

    fn role(&self, id: &str) -> String {
        self.room.shelf.blocks.role(id, self.page.lang.tag()).to_string()
    }

    fn why_key(&self, unmet: &Unmet) -> String {
        format!("framework-unmet-{}", unmet.why)
    }

    fn about(&self, unmet: &Unmet) -> String {
        match unmet.why {
            "too-late" | "over-budget" => {
                unmet.about.parse().map_or(unmet.about.clone(), |number| self.page.visit.locale.numbers.whole(number))
            }
            "nobody-provides" => self.room.shelf.blocks.capability(&unmet.about, self.page.lang.tag()).to_string(),
            _ => unmet.about.clone(),
        }
    }

    fn range(&self, [low, high]: &[i64; 2]) -> Markup {
        let numbers = self.page.visit.locale.numbers;
        match low == high {
            true => Markup::text(&numbers.whole(*low)),
            false => {
                Markup::text(&self.page.t2("framework-range", "low", numbers.whole(*low), "high", numbers.whole(*high)))
            }
        }
    }

    fn decimal(&self, number: &f64) -> String {
        self.page.visit.locale.numbers.digits(&number.to_string())
    }

    fn forms(&self) -> [(&'static str, &'static str); 4] {
        Form::ALL.map(|form| (form.as_str(), form.name()))
    }

    /// The document of the first design, as it was asked for.
    fn paper(&self, form: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("format", form);
        // An empty profile is a choice, too.
        query.append_pair("profile", &self.profile);
        let asked = [
            ("services", &self.services),
            ("budget", &self.budget),
            ("months", &self.months),
            ("hours", &self.hours),
            ("constituents", &self.constituents),
            ("payer", &self.payers),
        ];
        query.extend_pairs(asked.into_iter().filter(|(_, value)| !value.is_empty()));
        format!("{}/design/document?{}", self.path(), query.finish())
    }

    fn hours_choices(&self) -> [&'static str; 4] {
        Hours::ALL.map(Hours::as_str)
    }

    fn hours_key(&self, hours: &str) -> String {
        format!("document-hours-{hours}")
    }

    fn ticked(&self) -> usize {
        self.areas.iter().flat_map(|(_, ticks)| ticks).filter(|tick| tick.is_chosen).count()
    }

    /// How many people it takes, in a sentence.
    fn staffing_words(&self, staffing: &Staffing) -> String {
        let hours = self.page.t(format!("document-hours-{}", staffing.hours.as_str()));
        let args = [
            ("hours", Word::from(hours)),
            ("seats", Word::from(i64::from(staffing.seats))),
            ("people", Word::from(i64::from(staffing.people))),
        ];
        self.page.visit.t_args("framework-design-staffing", &args)
    }

    fn aim_key(&self, design: &Design) -> String {
        format!("framework-aim-{}", design.aim.as_str())
    }

    /// The blocks of all designs, each once, for the form of who pays.
    fn paid(&self) -> Vec<&Chosen> {
        let mut all: Vec<&Chosen> = self.designs.iter().flat_map(|design| &design.blocks).collect();
        all.sort_by(|a, b| a.block.cmp(&b.block));
        all.dedup_by(|a, b| a.block == b.block);
        all
    }

    /// Who usually pays for a block.
    fn usual_payer(&self, chosen: &Chosen) -> &str {
        self.room.shelf.blocks.get(&chosen.block).map_or("", |block| block.payer.as_str())
    }

    fn payer_choices(&self) -> [&'static str; 3] {
        PAYERS
    }

    fn is_said(&self, chosen: &Chosen, payer: &str) -> bool {
        chosen.payer_is_said && chosen.payer == payer
    }

    fn said_count(&self) -> usize {
        self.paid().into_iter().filter(|chosen| chosen.payer_is_said).count()
    }

    fn payer_key(&self, payer: &str) -> String {
        match payer {
            "member-state" | "donor" | "itu" => format!("framework-payer-{payer}"),
            _ => "framework-payer-nobody".into(),
        }
    }
}

/// A whole number of the query string, when there is one.
fn number(visit: &Visit, name: &str, most: i64) -> Result<Option<i64>, PageError> {
    match visit.query(name).map(|text| text.trim().to_string()).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => match text.parse().ok().filter(|number| (0..=most).contains(number)) {
            Some(number) => Ok(Some(number)),
            None => Err(PageError::unreadable(format!("{name} is a whole number up to {most}"))),
        },
    }
}

/// The services a text names.
pub(super) fn services(text: &str) -> Vec<String> {
    let split = text.split([',', ' ', '\n']).map(str::trim).filter(|service| !service.is_empty());
    split.take(WISHES).map(|service| service.chars().take(64).collect()).collect()
}

/// What the query string asks for; services are ticked, named in a text, or both.
pub(super) fn asked(visit: &Visit, shelf: &Shelf) -> Result<Ask, PageError> {
    let named = visit.query_pairs().into_iter().filter(|(name, _)| name == "services");
    let named: Vec<String> = named.map(|(_, value)| value).collect();
    let hours = visit.query("hours").filter(|text| !text.is_empty());
    let all = || Hours::ALL.map(Hours::as_str).join(", ");
    let hours = match hours.map(|text| Hours::parse(&text).ok_or(text)).transpose() {
        Ok(hours) => hours,
        Err(text) => return Err(PageError::unreadable(format!("hours is one of {}, not {text:.40}", all()))),
    };
    let said: Vec<String> =
        visit.query_pairs().into_iter().filter(|(name, _)| name == "payer").map(|(_, value)| value).collect();
    let ask = Ask {
        services: services(&named.join(",")),
        payers: read_payers(said.iter().map(String::as_str)).map_err(PageError::unreadable)?,
        hours,
        constituents: number(visit, "constituents", CONSTITUENTS)?,
        budget: number(visit, "budget", 1_000_000_000_000)?,
        months: number(visit, "months", 1_200)?,
    };
    ask.check(shelf).map_err(PageError::unreadable)?;
    Ok(ask)
}

/// `GET /framework/assessments/{id}/design`
pub(super) async fn design(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let ask = asked(&visit, &room.shelf)?;
    // A program gets what it asks for; a page that is opened by its address alone is read by the usual profile.
    let is_json = visit.query("format").as_deref() == Some("json");
    let (profile, is_usual) =
        if is_json { (profile(&visit, &catalogue)?, false) } else { shown_profile(&visit, &catalogue)? };
    let usual = profile.filter(|_| is_usual).map(|profile| profile.name.of(visit.lang.tag()).to_string());
    let sheet = sql::sheet(&visit.db, &one.id, &visit.now.day()).await?;
    let scored = score(&catalogue, &sheet, profile);
    let profile = profile.map(|profile| profile.ref_id.clone()).unwrap_or_default();
    let asked_for = ask.clone();
    let designs = {
        let (room, catalogue) = (Arc::clone(&room), Arc::clone(&catalogue));
        tokio::task::spawn_blocking(move || designed(&room.shelf, &catalogue, &scored, &ask))
    };
    let designs: Vec<Design> = designs.await.map_err(PageError::internal)?;
    if is_json {
        return Ok(visit.json(serde_json::to_string(&designs).map_err(PageError::internal)?));
    }
    let solved = Solved { ask: asked_for, designs, profile, usual };
    shown(&visit, &room, (one, catalogue), solved, None)
}

/// What was asked of the solver, and its answer.
pub(super) struct Solved {
    pub ask: Ask,
    pub designs: Vec<Design>,
    /// The id of the profile the gaps were measured by; empty for none.
    pub profile: String,
    /// Its name, when nobody chose it.
    pub usual: Option<String>,
}

/// The designs side by side; with the form of one that was not kept.
pub(super) fn shown(
    visit: &Visit,
    room: &Room,
    (one, catalogue): (Assessment, Arc<Catalogue>),
    solved: Solved,
    refused: Option<NotKept>,
) -> Answer {
    let Solved { ask, designs, profile, usual } = solved;
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (areas, others) = ticks(room, &ask.services, visit.lang.tag());
    let page = DesignPage {
        areas,
        others: others.join(", "),
        staffing: designs.first().map(|first| first.staffing(&ask)),
        hours: ask.hours.map(|hours| hours.as_str().to_string()).unwrap_or_default(),
        constituents: ask.constituents.map(|number| number.to_string()).unwrap_or_default(),
        page: frame(visit, &one, "framework-design-title").under_named(&href(&one), &one.subject),
        one,
        catalogue,
        designs,
        services: ask.services.join(", "),
        payers: ask.payers_text(),
        budget: ask.budget.map(|number| number.to_string()).unwrap_or_default(),
        months: ask.months.map(|number| number.to_string()).unwrap_or_default(),
        profile,
        usual,
        refused,
        room: Arc::clone(room),
    };
    visit.html_status(status, &page)
}
