//! The step of the nation: country, time zone, languages, name of the team.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State as Given;
use manara_web::api::etag_of;
use manara_web::{Answer, Choice, Lang, Mistake, Page, Tone, Visit, zones};

use super::operations::nation_json;
use super::{Desk, Stage, Stands, frame, next, not_stored, status, way};
use crate::config::Config;
use crate::picture::countries;
use crate::setup::{self, Nation, NationTrouble, SetError};

#[derive(Template)]
#[template(path = "setup/nation.html")]
struct NationPage {
    page: Page,
    way: Vec<Stage>,
    next: &'static str,
    nation: Nation,
    /// The state the form was made of.
    version: String,
    /// What stands by now, when somebody else changed it meanwhile.
    stands: Option<Stands>,
    countries: Vec<Choice>,
    zones: Vec<&'static str>,
    mistake: Mistake,
}

impl NationPage {
    fn offers(&self, lang: &Lang) -> bool {
        self.nation.languages.iter().any(|tag| tag == lang.tag())
    }

    fn named(&self, lang: &Lang) -> String {
        format!("name_{}", lang.tag())
    }

    /// What stands now, in words, where something else was typed.
    fn now(&self, name: &str) -> Option<String> {
        let kept = self.stands.as_ref()?.beside(&values(&self.nation), name)?;
        let named = |tag: &str| Lang::parse(tag).map(Lang::name);
        Some(match name {
            "country" => self.countries.iter().find(|one| one.value == kept).map_or(kept, |one| one.label.clone()),
            "language" | "languages" => kept.split(' ').filter_map(named).collect::<Vec<_>>().join(" · "),
            _ => kept,
        })
    }
}

/// What is said of the nation, by the names of the form.
fn values(nation: &Nation) -> Vec<(String, String)> {
    let is_offered = |tag: &&str| nation.languages.iter().any(|one| one == *tag);
    let offered: Vec<&str> = Lang::ALL.map(Lang::tag).into_iter().filter(is_offered).collect();
    let all = [
        ("country", nation.country.clone()),
        ("zone", nation.zone.clone()),
        ("language", nation.language.clone()),
        ("languages", offered.join(" ")),
    ];
    let names = Lang::ALL.map(|lang| (format!("name_{}", lang.tag()), nation.name(&lang).to_string()));
    all.into_iter().map(|(name, value)| (name.to_string(), value)).chain(names).collect()
}

/// What the configuration says of it.
fn standing(config: &Config) -> Stands {
    Stands { version: etag_of(&nation_json(config)), values: values(&Nation::of(config)) }
}

/// `GET /setup/nation`
pub async fn form(visit: Visit, Given(desk): Given<Arc<Desk>>) -> Answer {
    let config = desk.written();
    let version = standing(&config).version;
    show(&visit, Nation::of(&config), version, None, Mistake::default())
}

fn show(visit: &Visit, nation: Nation, version: String, stands: Option<Stands>, mistake: Mistake) -> Answer {
    let mut countries: Vec<Choice> = countries()
        .map(|code| Choice { value: code.to_string(), label: visit.t(&format!("country-{}", code.to_lowercase())) })
        .collect();
    countries.sort_by(|a, b| a.label.cmp(&b.label));
    let page = frame(visit, "nation");
    let (way, next, zones) = (way("nation"), next("nation"), zones().collect());
    let status = status(stands.as_ref(), &mistake);
    visit.html_status(status, &NationPage { page, way, next, nation, version, stands, countries, zones, mistake })
}

/// What is wrong with it, at its field.
fn mistake(visit: &Visit, nation: &Nation, trouble: NationTrouble) -> Mistake {
    let words = visit.t(&format!("setup-nation-{}", trouble.code()));
    if trouble != NationTrouble::Name {
        return Mistake::at(trouble.field(), words);
    }
    let is_bad = |lang: &Lang| {
        let names = [(lang.tag().to_string(), nation.name(lang).to_string())].into();
        Nation { names, ..nation.clone() }.check() == Err(NationTrouble::Name)
    };
    let field = Lang::ALL.into_iter().find(is_bad).map(|lang| format!("name_{}", lang.tag()));
    Mistake::at(field.unwrap_or_default(), words)
}

/// Stores it; or gives what stands instead, when that is something else than the form was made of.
async fn store(visit: &Visit, desk: &Desk, nation: &Nation, version: &str) -> Result<Option<Stands>, SetError> {
    let held = setup::hold(&visit.db, &desk.house.data).await?;
    let stands = standing(&held.config);
    if stands.differs(version, &values(nation)) {
        return Ok(Some(stands));
    }
    held.store(&visit.viewer.name, "nation_set", &nation.changes(), visit.now).await?;
    Ok(None)
}

/// `POST /setup/nation`
pub async fn save(visit: Visit, Given(desk): Given<Arc<Desk>>, Form(pairs): Form<Vec<(String, String)>>) -> Answer {
    let value = |name: &str| {
        let found = pairs.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.trim().to_string()).unwrap_or_default()
    };
    let names = Lang::ALL.map(|lang| (lang.tag().to_string(), value(&format!("name_{}", lang.tag()))));
    let nation = Nation {
        country: value("country"),
        zone: value("zone"),
        language: value("language"),
        languages: pairs.iter().filter(|(name, _)| name == "languages").map(|(_, tag)| tag.clone()).take(10).collect(),
        names: names.into(),
    };
    let version = value("version");
    if let Err(trouble) = nation.check() {
        let mistake = mistake(&visit, &nation, trouble);
        return show(&visit, nation, version, None, mistake);
    }
    match store(&visit, &desk, &nation, &version).await {
        Ok(None) => {}
        Ok(Some(stands)) => {
            // Whoever reads what stands now and saves again decides for their own words.
            let version = stands.version.clone();
            return show(&visit, nation, version, Some(stands), Mistake::of_form(visit.t("web-form-stale")));
        }
        Err(error) => {
            let words = visit.t_args("setup-not-stored", &[("why", not_stored(error)?.into())]);
            return show(&visit, nation, version, None, Mistake::of_form(words));
        }
    }
    desk.read_again().await?;
    Ok(visit.go_saying(next("nation"), Tone::Good, "setup-stored", &[]))
}
