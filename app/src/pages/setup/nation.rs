//! The step of the nation: country, time zone, languages, name of the team.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State as Given;
use axum::http::StatusCode;
use manara_web::{Answer, Choice, Lang, Page, Tone, Visit, zones};

use super::{Desk, Stage, frame, next, not_stored, way};
use crate::picture::countries;
use crate::setup::{self, Nation};

#[derive(Template)]
#[template(path = "setup/nation.html")]
struct NationPage {
    page: Page,
    way: Vec<Stage>,
    next: &'static str,
    nation: Nation,
    countries: Vec<Choice>,
    zones: Vec<&'static str>,
    trouble: Option<String>,
}

impl NationPage {
    fn offers(&self, lang: &Lang) -> bool {
        self.nation.languages.iter().any(|tag| tag == lang.tag())
    }
}

/// `GET /setup/nation`
pub async fn form(visit: Visit, Given(desk): Given<Arc<Desk>>) -> Answer {
    show(&visit, StatusCode::OK, Nation::of(&desk.house.config), None)
}

fn show(visit: &Visit, status: StatusCode, nation: Nation, trouble: Option<String>) -> Answer {
    let mut countries: Vec<Choice> = countries()
        .map(|code| Choice { value: code.to_string(), label: visit.t(&format!("country-{}", code.to_lowercase())) })
        .collect();
    countries.sort_by(|a, b| a.label.cmp(&b.label));
    let page = frame(visit, "nation");
    let (way, next, zones) = (way("nation"), next("nation"), zones().collect());
    visit.html_status(status, &NationPage { page, way, next, nation, countries, zones, trouble })
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
    if let Err(trouble) = nation.check() {
        let words = visit.t(&format!("setup-nation-{}", trouble.code()));
        return show(&visit, StatusCode::UNPROCESSABLE_ENTITY, nation, Some(words));
    }
    let (data, who) = (&desk.house.data, &visit.viewer.name);
    if let Err(error) = setup::store(&visit.db, data, who, "nation_set", &nation.changes(), visit.now).await {
        let trouble = visit.t_args("setup-not-stored", &[("why", not_stored(error)?.into())]);
        return show(&visit, StatusCode::UNPROCESSABLE_ENTITY, nation, Some(trouble));
    }
    desk.read_again().await?;
    Ok(visit.go_saying(next("nation"), Tone::Good, "setup-stored", &[]))
}
