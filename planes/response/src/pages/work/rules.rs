//! The rules of what follows by itself: what each does, whether it is on, and its switch.

use askama::Template;
use axum::extract::{Path, RawForm};
use manara_model::Micros;
use manara_web::api::{ApiAnswer, Given, Op, Problem, json as answer, schema};
use manara_web::{Answer, Page, PageError, Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::fields::Fields;
use super::{Room, say};
use crate::automation::{FollowRule, StandingRule, follow_rules, switch_rule};
use crate::jobs::{Refusal, ResponseError};
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "response/work/rules.html")]
struct RulesPage {
    page: Page,
    rules: Vec<StandingRule>,
    may_switch: bool,
}

impl RulesPage {
    fn words<'t>(&self, texts: &'t Texts) -> &'t str {
        texts.of(self.page.lang.tag())
    }

    fn state(&self, rule: &StandingRule) -> &'static str {
        if rule.is_on { "rules-on" } else { "rules-off" }
    }

    fn tone(&self, rule: &StandingRule) -> &'static str {
        if rule.is_on { "good" } else { "mute" }
    }
}

/// `GET /incidents/rules`
pub(super) async fn rules(visit: Visit) -> Answer {
    visit.html(&RulesPage {
        page: visit.page("rules-title").under("/incidents", "response-list-title"),
        rules: follow_rules(&visit.db).await?,
        may_switch: visit.may(Right::ChangeRules),
    })
}

/// `POST /incidents/rules`
pub(super) async fn switch(visit: Visit, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let is_on = fields.text("enabled") == "1";
    let did = switch_rule(&visit.db, &visit.viewer, fields.text("rule"), is_on, visit.now).await;
    if matches!(did, Err(ResponseError::Refused(Refusal::NoRule))) {
        return Err(PageError::not_found());
    }
    say(&visit, "/incidents/rules", did, if is_on { "rules-did-on" } else { "rules-did-off" })
}

/// The operations.
pub(super) fn site() -> Site<Room> {
    Site::new()
        .api(
            Op::pages(
                "/api/v1/incident-rules",
                "listIncidentRules",
                Right::ReadIncidents,
                "What follows by itself between incidents and what belongs to them",
                "IncidentRule",
            ),
            list,
        )
        .api(
            Op::post(
                "/api/v1/incident-rules/{rule}/switch",
                "switchIncidentRule",
                Right::ChangeRules,
                "Switches such a rule on or off",
                "IncidentRule",
            )
            .takes("IncidentRuleSwitch"),
            switch_by_program,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        (
            "IncidentRule",
            schema::object(&[
                ("id", schema::one_of(FollowRule::ALL.map(FollowRule::as_str))),
                ("title", schema::text()),
                ("text", schema::text()),
                ("enabled", schema::flag()),
                ("switched_by", schema::maybe_text()),
                ("switched", schema::maybe_moment()),
            ]),
        ),
        ("IncidentRuleSwitch", schema::given(1, &[("enabled", schema::flag())])),
    ]
}

fn shown(visit: &Visit, one: &StandingRule) -> Value {
    let language = visit.lang.tag();
    json!({ "id": one.rule.as_str(), "title": one.title.of(language), "text": one.text.of(language), "enabled": one.is_on,
        "switched_by": one.switched.as_ref().map(|(who, _)| who.clone()),
        "switched": one.switched.as_ref().map(|(_, at)| Micros::rfc3339(*at)) })
}

async fn list(visit: Visit) -> ApiAnswer {
    let all = follow_rules(&visit.db).await?;
    super::operations::paged(&visit, &all, |one| shown(&visit, one))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Switched {
    enabled: bool,
}

async fn switch_by_program(visit: Visit, Path(rule): Path<String>, Given(given): Given<Switched>) -> ApiAnswer {
    switch_rule(&visit.db, &visit.viewer, &rule, given.enabled, visit.now).await.map_err(|error| match error {
        ResponseError::Store(error) => error.into(),
        _ => Problem::not_found(),
    })?;
    let all = follow_rules(&visit.db).await?;
    let one = all.iter().find(|one| one.rule.as_str() == rule).ok_or_else(Problem::not_found)?;
    Ok(answer(&shown(&visit, one)))
}
