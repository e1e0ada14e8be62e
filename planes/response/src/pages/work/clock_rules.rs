//! The rules of clocks of the house, to read: by when who has to be told what, and where that is written.

use askama::Template;
use axum::extract::State as Given;
use manara_web::api::{ApiAnswer, schema as shape};
use manara_web::{Answer, Page, Visit};
use serde_json::{Value, json};

use super::Room;
use super::operations::paged;
use crate::clock_rule::{ClockRule, RuleStage, Trigger};
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "response/work/clock_rules.html")]
struct ClockRulesPage {
    page: Page,
    rules: Vec<ClockRule>,
}

impl ClockRulesPage {
    fn words<'t>(&self, texts: &'t Texts) -> &'t str {
        texts.of(self.page.lang.tag())
    }

    /// How long, counted from when.
    fn counted(&self, rule: &ClockRule, stage: &RuleStage) -> String {
        let span = self.page.t1(&format!("work-span-{}", stage.offset.unit_word()), "count", stage.offset.count);
        let from = match &stage.trigger {
            Trigger::Stage(name) => {
                let other = rule.stages.iter().find(|other| other.id == *name);
                let title = other.map_or(name.as_str(), |other| self.words(&other.title)).to_string();
                self.page.t1("work-from-stage", "stage", title.as_str())
            }
            trigger => self.page.t(format!("work-from-{trigger}")),
        };
        self.page.t2("work-counted", "span", span.as_str(), "from", from.as_str())
    }
}

/// `GET /clocks/rules`
pub(super) async fn rules(visit: Visit, Given(room): Given<Room>) -> Answer {
    let page = visit.page("hours-rules-title").under("/clocks", "work-running-title");
    visit.html(&ClockRulesPage { page, rules: room.content.rules.values().cloned().collect() })
}

/// The same for programs.
pub(super) async fn given(visit: Visit, Given(room): Given<Room>) -> ApiAnswer {
    let stage = |one: &RuleStage| {
        json!({ "id": one.id, "title": one.title.of("en"), "trigger": one.trigger.to_string(),
            "count": one.offset.count, "unit": one.offset.unit_word(), "recipient": one.recipient.of("en"),
            "contents": one.contents.iter().map(|line| line.of("en")).collect::<Vec<_>>() })
    };
    let of = |one: &&ClockRule| {
        json!({ "id": one.id, "title": one.title.of("en"), "source": one.source, "verified": one.verified,
            "enabled": one.enabled, "stages": one.stages.iter().map(stage).collect::<Vec<Value>>() })
    };
    paged(&visit, &room.content.rules.values().collect::<Vec<_>>(), of)
}

/// Its shape.
pub(super) fn schema() -> Value {
    let (text, flag) = (shape::text, shape::flag);
    let stage = shape::object(&[
        ("id", text()),
        ("title", text()),
        ("trigger", text()),
        ("count", shape::count()),
        ("unit", text()),
        ("recipient", text()),
        ("contents", shape::many(text())),
    ]);
    shape::object(&[
        ("id", text()),
        ("title", text()),
        ("source", text()),
        ("verified", flag()),
        ("enabled", flag()),
        ("stages", shape::many(stage)),
    ])
}
