//! What is done well where: by section of one model, how far the countries are that released it, and what worked there.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Country, Practice};
use crate::catalogue::Catalogue;

/// By which of the two figures the countries are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// What they claim.
    #[default]
    Claimed,
    /// What evidence proves.
    Supported,
}

impl By {
    /// Both of them.
    pub const ALL: [By; 2] = [Self::Claimed, Self::Supported];

    /// The word in queries and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Supported => "supported",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.as_str() == text)
    }

    fn of(self, claimed: f64, supported: f64) -> f64 {
        match self {
            Self::Claimed => claimed,
            Self::Supported => supported,
        }
    }
}

/// Where a country stands in a section.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Its two letters.
    pub country: String,
    /// In per cent of the way from the lowest to the highest level, as claimed.
    pub claimed: f64,
    /// The same as evidence proves it.
    pub supported: f64,
    /// Items that are answered.
    pub answered: i64,
    /// Items nobody answered.
    pub unanswered: i64,
    /// Items that were not compared with the source of the model.
    pub secondary: i64,
    /// The day for which it was scored.
    pub day: String,
    /// The version of the catalogue.
    pub version: String,
}

impl Spot {
    /// Whether this version of the model was answered; nothing where the model is not known.
    pub fn is_same_version(&self, version: &str) -> Option<bool> {
        (!version.is_empty()).then(|| self.version == version)
    }

    /// Whether evidence proves all that is claimed.
    pub fn is_proven(&self) -> bool {
        self.supported >= self.claimed
    }
}

/// Where this nation stands in a section.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OwnSection {
    /// As claimed.
    pub claimed: f64,
    /// As evidence proves it.
    pub supported: f64,
}

/// What this nation has to set beside the others. It stays here.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Own {
    /// The country, whose own file does not count among the others.
    pub country: String,
    /// The snapshot; empty when there is none.
    pub snapshot: String,
    /// How it is called.
    pub name: String,
    /// Its day.
    pub day: String,
    /// By section.
    pub sections: BTreeMap<String, OwnSection>,
}

/// How far the countries are in one section.
#[derive(Debug, Clone, PartialEq)]
pub struct SectionSpread {
    /// The top item.
    pub section: String,
    /// Where each country stands, the highest first.
    pub spots: Vec<Spot>,
    /// The lowest.
    pub least: f64,
    /// The lower middle.
    pub middle: f64,
    /// The highest.
    pub most: f64,
    /// Where this nation stands, when it has an assessment of the model.
    pub own: Option<OwnSection>,
    /// Its place among them all, from 1, and how many there are with it.
    pub place: Option<(usize, usize)>,
    /// What worked: the two letters of the country and its text.
    pub practices: Vec<(String, String)>,
}

impl SectionSpread {
    /// Those that stand highest; several where they stand equally high.
    pub fn highest(&self, by: By) -> impl Iterator<Item = &Spot> {
        self.spots.iter().filter(move |spot| by.of(spot.claimed, spot.supported) >= self.most)
    }

    /// Where this nation stands by one of the two figures.
    pub fn own_figure(&self, by: By) -> Option<f64> {
        self.own.map(|own| by.of(own.claimed, own.supported))
    }

    /// Whether something was not compared with the source of the model.
    pub fn is_secondary(&self) -> bool {
        self.spots.iter().any(|spot| spot.secondary > 0)
    }
}

/// The sections of a model in their order, and its version; nothing of one that is not known here.
pub fn known_sections(known: Option<&Catalogue>) -> (Vec<String>, String) {
    known.map_or_else(Default::default, |known| {
        (known.sections().into_iter().map(|section| section.ref_id.clone()).collect(), known.hash.clone())
    })
}

/// The sections of one catalogue, in the order of the model where it is known, as the newest figures of each country say. Other
/// models are other questions: no figure is made out of two of them.
pub fn spreads(countries: &[Country], catalogue: &str, order: &[String], own: &Own, by: By) -> Vec<SectionSpread> {
    let mut spots: BTreeMap<&str, Vec<Spot>> = BTreeMap::new();
    let mut practices: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    for country in countries {
        let of = country.newest.assessments.iter().filter(|one| one.catalogue == catalogue && !one.sections.is_empty());
        if let Some(newest) = of.max_by(|a, b| a.day.cmp(&b.day)) {
            for one in &newest.sections {
                spots.entry(&one.section).or_default().push(Spot {
                    country: country.code.clone(),
                    claimed: one.claimed,
                    supported: one.supported,
                    answered: one.answered,
                    unanswered: one.unanswered,
                    secondary: one.secondary,
                    day: newest.day.clone(),
                    version: newest.version.clone(),
                });
            }
        }
        for Practice { section, text, .. } in country.newest.practices.iter().filter(|one| one.catalogue == catalogue) {
            practices.entry(section).or_default().push((country.code.clone(), text.clone()));
        }
    }
    let known = order.iter().map(String::as_str);
    let others = spots.keys().chain(practices.keys()).copied();
    let mut sections: Vec<&str> = Vec::new();
    for section in known.chain(others) {
        let is_there = spots.contains_key(section) || practices.contains_key(section);
        if is_there && !sections.contains(&section) {
            sections.push(section);
        }
    }
    let all = sections.into_iter().map(|section| {
        let spots = spots.get(section).cloned().unwrap_or_default();
        let practices = practices.get(section).cloned().unwrap_or_default();
        spread(section, (spots, practices), own, by)
    });
    all.collect()
}

fn spread(
    section: &str,
    (mut spots, practices): (Vec<Spot>, Vec<(String, String)>),
    own: &Own,
    by: By,
) -> SectionSpread {
    let value = |spot: &Spot| by.of(spot.claimed, spot.supported);
    spots.sort_by(|a, b| value(b).total_cmp(&value(a)).then_with(|| a.country.cmp(&b.country)));
    // The highest first: the lower of two in the middle is the later one.
    let middle = spots.get(spots.len() / 2).map_or(0.0, value);
    let (most, least) = (spots.first().map_or(0.0, value), spots.last().map_or(0.0, value));
    let here = own.sections.get(section).copied();
    let others: Vec<&Spot> = spots.iter().filter(|spot| spot.country != own.country).collect();
    let place = here.filter(|_| !others.is_empty()).map(|here| {
        let higher = others.iter().filter(|spot| value(spot) > by.of(here.claimed, here.supported)).count();
        (higher + 1, others.len() + 1)
    });
    SectionSpread { section: section.to_string(), spots, least, middle, most, own: here, place, practices }
}

/// The same for programs. `version` is that of the catalogue as it is known here.
pub fn spreads_json(all: &[SectionSpread], (catalogue, version): (&str, &str), own: &Own, by: By) -> Value {
    let spot = |spot: &Spot| {
        json!({ "country": spot.country, "claimed": spot.claimed, "supported": spot.supported,
            "is_proven": spot.is_proven(), "answered": spot.answered, "unanswered": spot.unanswered,
            "secondary": spot.secondary, "day": spot.day, "version": spot.version,
            "is_same_version": spot.is_same_version(version) })
    };
    let section = |one: &SectionSpread| {
        let highest: Vec<&str> = one.highest(by).map(|spot| spot.country.as_str()).collect();
        let practice = |(country, text): &(String, String)| json!({ "country": country, "text": text });
        let number = |number: f64| (!one.spots.is_empty()).then_some(number);
        json!({ "section": one.section, "n": one.spots.len(), "least": number(one.least), "middle": number(one.middle),
            "most": number(one.most), "highest": highest, "countries": one.spots.iter().map(spot).collect::<Vec<_>>(),
            "practices": one.practices.iter().map(practice).collect::<Vec<_>>(),
            "own": one.own.map(|here| json!({ "claimed": here.claimed, "supported": here.supported,
                "place": one.place.map(|(place, _)| place), "of": one.place.map(|(_, of)| of) })) })
    };
    let own = (!own.snapshot.is_empty()).then(|| json!({ "snapshot": own.snapshot, "name": own.name, "day": own.day }));
    json!({ "catalogue": catalogue, "version": version, "by": by.as_str(), "own": own,
        "sections": all.iter().map(section).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{By, Own, OwnSection, spreads, spreads_json};
    use crate::office::{Country, CountryProgress, Practice, Released, ReleasedFigures, ReleasedSection};

    fn country(code: &str, all: &[(&str, &str, &str, f64, f64)]) -> Country {
        let mut assessments: Vec<Released> = Vec::new();
        for (catalogue, day, section, claimed, supported) in all {
            let known = assessments.iter_mut().find(|one| one.catalogue == *catalogue && one.day == *day);
            let section = ReleasedSection {
                section: (*section).into(),
                answered: 4,
                claimed: *claimed,
                supported: *supported,
                ..ReleasedSection::default()
            };
            match known {
                Some(one) => one.sections.push(section),
                None => assessments.push(Released {
                    catalogue: (*catalogue).into(),
                    version: "a".repeat(64),
                    rules: 1,
                    day: (*day).into(),
                    figures: ReleasedFigures::default(),
                    sections: vec![section],
                }),
            }
        }
        let newest = CountryProgress {
            format: 1,
            country: code.into(),
            name: code.into(),
            made: "2026-01-15".into(),
            stage: "design".into(),
            kpis: BTreeMap::new(),
            assessments,
            practices: vec![Practice { catalogue: "boats".into(), section: "H".into(), text: format!("{code} did") }],
        };
        Country { code: code.into(), name: code.into(), region: "europe".into(), newest, files: 1 }
    }

    #[test]
    fn each_model_and_section_stands_for_itself() {
        let all = [
            country("XA", &[("boats", "2026-01-01", "H", 50.0, 10.0), ("ships", "2026-01-01", "H", 90.0, 0.0)]),
            country("XB", &[("boats", "2025-01-01", "H", 99.0, 0.0), ("boats", "2026-01-02", "H", 20.0, 20.0)]),
            country("XC", &[("boats", "2026-01-03", "H", 50.0, 0.0), ("boats", "2026-01-03", "C", 5.0, 0.0)]),
            country("XD", &[("boats", "2026-01-03", "H", 40.0, 0.0)]),
        ];
        let own = Own {
            country: "XD".into(),
            sections: BTreeMap::from([("H".to_string(), OwnSection { claimed: 50.0, supported: 15.0 })]),
            ..Own::default()
        };
        let order = ["H".to_string(), "C".to_string()];
        let found = spreads(&all, "boats", &order, &own, By::Claimed);
        assert_eq!(found.iter().map(|one| one.section.as_str()).collect::<Vec<_>>(), ["H", "C"]);
        let hull = &found[0];
        assert_eq!((hull.least, hull.middle, hull.most, hull.spots.len()), (20.0, 40.0, 50.0, 4), "the newest of each");
        assert_eq!(hull.highest(By::Claimed).map(|spot| spot.country.as_str()).collect::<Vec<_>>(), ["XA", "XC"]);
        assert_eq!(hull.place, Some((1, 4)), "equal to the highest; our own file is not one of the others");
        assert_eq!((hull.practices.len(), found[1].place, found[1].own), (4, None, None));
        assert!(!hull.spots[0].is_proven());
        let proven = spreads(&all, "boats", &order, &own, By::Supported);
        assert_eq!(proven[0].highest(By::Supported).map(|spot| spot.country.as_str()).collect::<Vec<_>>(), ["XB"]);
        assert_eq!(proven[0].place, Some((2, 4)));
        assert_eq!(spreads(&all, "ships", &[], &own, By::Claimed).len(), 1, "another model, another list");
        let told = spreads_json(&found, ("boats", ""), &own, By::Claimed);
        assert_eq!((&told["sections"][0]["n"], &told["sections"][0]["own"]["place"]), (&4.into(), &1.into()));
        assert!(told["sections"][0]["countries"][0]["is_same_version"].is_null(), "a model that is not known here");
        assert!(told.get("n").is_none() && told["own"].is_null(), "no figure over sections");
    }
}
