//! The good practice of one model: its sections, who stands highest in each, and what worked there.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State as Given;
use manara_store::StoreError;
use manara_web::api::{ApiAnswer, Code, Op, Param, Problem, record, schema};
use manara_web::{Cell, Markup, Right, Visit};
use serde_json::Value;

use super::Works;
use crate::jobs::own_standing;
use crate::office::{By, Country, Own, SectionSpread, Spot, known_sections, spreads, spreads_json};
use crate::sql_office;

/// The columns of the table that is taken away.
pub(super) const COLUMNS: [&str; 14] = [
    "catalogue",
    "section",
    "name",
    "country",
    "claimed",
    "supported",
    "answered",
    "unanswered",
    "secondary",
    "day",
    "version",
    "is_same_version",
    "is_highest",
    "what_worked",
];

/// The comparison of one model.
pub(super) struct Compared {
    pub catalogue: String,
    /// The version that is known here; empty when the model is not.
    pub version: String,
    pub by: By,
    pub own: Own,
    pub sections: Vec<SectionSpread>,
    /// The names of the sections in the reader's language.
    names: BTreeMap<String, String>,
}

impl Compared {
    pub(super) async fn of(
        visit: &Visit,
        works: &Works,
        countries: &[Country],
        (catalogue, by): (String, By),
    ) -> Result<Compared, StoreError> {
        let own = own_standing(&visit.db, &visit.viewer, &works.beside.nation(), &catalogue).await?;
        let known = works.desk.shelf.get(&catalogue);
        let (order, version) = known_sections(known.map(Arc::as_ref));
        let sections = spreads(countries, &catalogue, &order, &own, by);
        let name = |one: &SectionSpread| {
            let item = known.and_then(|known| known.item(&one.section))?;
            Some((one.section.clone(), item.name.of(visit.lang.tag()).to_string()))
        };
        let names = sections.iter().filter_map(name).collect();
        Ok(Compared { catalogue, version, by, own, names, sections })
    }

    /// The name of a section; nothing where the model is not known here.
    pub(super) fn name(&self, section: &str) -> &str {
        self.names.get(section).map_or("", String::as_str)
    }

    /// Whether somebody answered another version of the model than the one that is known here.
    pub(super) fn is_other(&self, spot: &Spot) -> bool {
        spot.is_same_version(&self.version) == Some(false)
    }

    /// The row of a section as a picture; the numbers stand beside it.
    pub(super) fn picture(&self, one: &SectionSpread) -> Markup {
        if one.spots.is_empty() {
            return Markup::default();
        }
        let own = one.own_figure(self.by);
        Markup::of(&Range { from: one.least, wide: (one.most - one.least).max(0.5), middle: one.middle, own })
    }

    /// One row for each country of each section.
    pub(super) fn rows(&self) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        for one in &self.sections {
            let head = || [Cell::from(&self.catalogue), Cell::from(&one.section), Cell::from(self.name(&one.section))];
            let highest: Vec<&str> = one.highest(self.by).map(|spot| spot.country.as_str()).collect();
            for spot in &one.spots {
                let worked = one.practices.iter().find(|(country, _)| *country == spot.country);
                let figures: [Cell; 11] = [
                    (&spot.country).into(),
                    spot.claimed.into(),
                    spot.supported.into(),
                    spot.answered.into(),
                    spot.unanswered.into(),
                    spot.secondary.into(),
                    (&spot.day).into(),
                    (&spot.version).into(),
                    spot.is_same_version(&self.version).map_or(Cell::Null, Cell::from),
                    highest.contains(&spot.country.as_str()).into(),
                    worked.map_or(Cell::Null, |(_, text)| text.into()),
                ];
                rows.push(head().into_iter().chain(figures).collect());
            }
            // Whoever released a text and no figures of the section.
            let alone = one.practices.iter().filter(|(code, _)| !one.spots.iter().any(|spot| spot.country == *code));
            for (country, text) in alone {
                let nothing = std::iter::repeat_with(|| Cell::Null).take(9);
                rows.push(head().into_iter().chain([country.into()]).chain(nothing).chain([text.into()]).collect());
            }
        }
        rows
    }

    pub(super) fn json(&self) -> Value {
        spreads_json(&self.sections, (&self.catalogue, &self.version), &self.own, self.by)
    }
}

#[derive(askama::Template)]
#[template(
    source = r#"<svg class="bar range" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true"><rect class="span" x="{{ from }}" y="3" width="{{ wide }}" height="6"/><rect class="middle" x="{{ middle }}" y="1" width="1" height="10"/>{% if let Some(own) = own %}<rect class="own" x="{{ own }}" y="0" width="1.5" height="12"/>{% endif %}</svg>"#,
    ext = "html"
)]
struct Range {
    from: f64,
    wide: f64,
    middle: f64,
    own: Option<f64>,
}

/// The catalogues of which somebody released figures by section, or a text.
pub(super) fn compared_catalogues(countries: &[Country]) -> Vec<String> {
    let figures = countries.iter().flat_map(|one| &one.newest.assessments).map(|one| one.catalogue.clone());
    let texts = countries.iter().flat_map(|one| &one.newest.practices).map(|one| one.catalogue.clone());
    let mut all: Vec<String> = figures.chain(texts).collect();
    all.sort();
    all.dedup();
    all
}

/// The operation for programs.
pub(in super::super) fn operation() -> Op {
    let says = "By section of one model: the lowest, the middle and the highest of the countries that released it, who stands \
                highest, where this nation stands, and what worked; figures are in per cent of the way from the lowest to the \
                highest level of the model, and no two models are ever made into one";
    Op::get("/api/v1/office/practice", "getGoodPractice", Right::ReadFramework, says, "GoodPractice")
        .with(Param::new("catalogue", schema::words(1, 64), "the model: the id of its catalogue"))
        .with(Param::new(
            "by",
            schema::one_of(By::ALL.map(By::as_str)),
            "whether what is claimed or what evidence proves orders the countries; claimed when nothing is said",
        ))
}

/// The form of its answer.
pub(in super::super) fn schemas() -> Vec<(&'static str, Value)> {
    let text = schema::text;
    let number = || serde_json::json!({ "type": "number", "minimum": 0, "maximum": 100 });
    let or_none = |one: Value| serde_json::json!({ "anyOf": [one, { "type": "null" }] });
    let count = || serde_json::json!({ "type": "integer", "minimum": 0 });
    let country = schema::object(&[
        ("country", text()),
        ("claimed", number()),
        ("supported", number()),
        ("is_proven", schema::flag()),
        ("answered", count()),
        ("unanswered", count()),
        ("secondary", count()),
        ("day", text()),
        ("version", text()),
        ("is_same_version", or_none(schema::flag())),
    ]);
    let own = schema::object(&[
        ("claimed", number()),
        ("supported", number()),
        ("place", or_none(count())),
        ("of", or_none(count())),
    ]);
    let section = schema::object(&[
        ("section", text()),
        ("n", count()),
        ("least", or_none(number())),
        ("middle", or_none(number())),
        ("most", or_none(number())),
        ("highest", schema::many(text())),
        ("countries", schema::many(country)),
        ("practices", schema::many(schema::object(&[("country", text()), ("text", text())]))),
        ("own", or_none(own)),
    ]);
    let snapshot = schema::object(&[("snapshot", text()), ("name", text()), ("day", text())]);
    vec![(
        "GoodPractice",
        schema::object(&[
            ("catalogue", text()),
            ("version", text()),
            ("by", schema::one_of(By::ALL.map(By::as_str))),
            ("own", or_none(snapshot)),
            ("sections", schema::many(section)),
        ]),
    )]
}

/// `GET /api/v1/office/practice`
pub(in super::super) async fn asked(visit: Visit, Given(works): Given<Works>) -> ApiAnswer {
    let by = match visit.query("by").as_deref() {
        None | Some("") => By::default(),
        Some(word) => {
            By::parse(word).ok_or_else(|| Problem::new(Code::Unreadable, "by is one of claimed and supported"))?
        }
    };
    let catalogue = visit.query("catalogue").filter(|id| crate::check::is_id(id));
    let catalogue =
        catalogue.ok_or_else(|| Problem::new(Code::Unreadable, "catalogue is the id of a model, such as sim3"))?;
    let countries = sql_office::countries(&visit.db).await?;
    let compared = Compared::of(&visit, &works, &countries, (catalogue, by)).await?;
    Ok(record(&compared.json()))
}
