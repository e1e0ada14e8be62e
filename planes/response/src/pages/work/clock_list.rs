//! The list of stages of clocks: those that run, unless the reader asks for those that were met.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State as Given;
use manara_model::Micros;
use manara_store::Arg;
use manara_web::{
    Answer, Ask, Cell, Choice, EXPORT_MOST, Filter, Key, Kind as Is, ListSpec, ListView, Page, Right, Sort, Visit,
};

use super::Room;
use crate::clock::Standing;
use crate::sql_clock::{self, RunningStage, running_stage};
use crate::texts::Texts;

/// Stages the reader may know of that run or were met. `$1` is the viewer, `$2` now.
pub(in crate::pages) static STAGES: ListSpec = ListSpec {
    // The order of `sql_clock::running_stage`.
    columns: &[
        "s.clock_id",
        "s.stage",
        "s.title",
        "s.recipient",
        "s.contents",
        "s.starts",
        "s.span",
        "s.time",
        "s.severities",
        "s.before",
        "s.since",
        "s.due",
        "s.running",
        "s.met",
        "s.met_by",
        "s.recorded",
        "s.remark",
        "s.told_soon",
        "s.told_late",
        "c.rule",
        "c.title",
        "c.verified",
        "i.id",
        "i.number",
        "i.title",
        "i.owner",
        "i.tlp",
    ],
    // CROSS keeps SQLite from going through the incidents first: stages are read in their order.
    from: "response_clock_stage s CROSS JOIN response_clock c CROSS JOIN response_incident i",
    only: "c.id = s.clock_id AND i.id = s.incident_id AND i.tlp <= $1 AND (s.running OR s.met <> '') AND $2 <> ' '",
    filters: &[
        Filter {
            name: "q",
            label: "work-list-search-clocks",
            kind: Is::Contains,
            sql: r"LOWER(s.title) LIKE ? ESCAPE '\' OR LOWER(c.title) LIKE ? ESCAPE '\' OR LOWER(i.number) LIKE ? ESCAPE '\'
                OR LOWER(i.title) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "state",
            label: "response-field-state",
            kind: Is::Case {
                words: "work-list-stage-",
                cases: &[
                    ("running", "s.running"),
                    ("late", "s.running AND (s.due || '') < $2"),
                    ("met", "s.met <> ''"),
                    ("met_late", "s.met <> '' AND s.due <> '' AND s.met > s.due"),
                    ("all", "1 = 1"),
                ],
            },
            sql: "",
        },
        Filter { name: "rule", label: "work-rule", kind: Is::Pick, sql: "c.rule = ?" },
        Filter { name: "stage", label: "work-stage", kind: Is::Pick, sql: "s.stage = ?" },
        Filter { name: "owner", label: "response-field-owner", kind: Is::Pick, sql: "(i.owner || '') = ?" },
        Filter { name: "due", label: "work-list-due", kind: Is::UntilDay, sql: "s.due < ?" },
    ],
    sorts: &[Sort { name: "due", label: "work-due", column: "s.due", key: Key::Text, descending: false }],
    key: "s.clock_id || '/' || s.stage",
    key_kind: Key::Text,
};

/// The columns a reader may leave out, in the order of the table.
const COLUMNS: [(&str, &str); 7] = [
    ("state", "response-field-state"),
    ("stage", "work-stage"),
    ("incident", "response-field-number"),
    ("owner", "response-field-owner"),
    ("recipient", "work-recipient"),
    ("met", "work-met"),
    ("tlp", "response-field-tlp"),
];

/// The states of the filter but `all`, which is the empty choice.
const STATES: [&str; 4] = ["running", "late", "met", "met_late"];

const EXPORT_COLUMNS: [&str; 16] = [
    "clock",
    "rule",
    "rule_title",
    "verified",
    "stage",
    "title",
    "recipient",
    "standing",
    "since",
    "due",
    "met",
    "met_by",
    "incident",
    "incident_title",
    "owner",
    "tlp",
];

fn cells(one: RunningStage, language: &str, now: Micros) -> Vec<Cell> {
    let standing = one.stage.standing(now);
    let (met, met_by) = one.stage.met.map_or((None, String::new()), |met| (Some(met.at), met.who));
    vec![
        one.clock.into(),
        one.rule.into(),
        one.title.of(language).into(),
        one.verified.into(),
        one.stage.stage.into(),
        one.stage.title.of(language).into(),
        one.stage.recipient.of(language).into(),
        standing.as_str().into(),
        one.stage.since.into(),
        one.stage.due.into(),
        met.into(),
        met_by.into(),
        one.number.into(),
        one.incident.into(),
        one.owner.into(),
        one.tlp.label().into(),
    ]
}

pub(super) fn fixed(visit: &Visit) -> [Arg<'static>; 2] {
    [(&visit.viewer).into(), visit.now.into()]
}

/// Whether only what is usual is asked for.
fn is_usual(ask: &Ask) -> bool {
    let others = ["q", "rule", "stage", "owner", "due"];
    ask.value("state") == Some("running") && others.iter().all(|name| ask.value(name).is_none())
}

/// The rules of the house, and the stages of all of them by their ids: what there is to choose from. What one id is called in
/// several rules stands in one line.
fn rules_and_stages(room: &Room, language: &str) -> [Vec<Choice>; 2] {
    let choice = |value: &str, label: &str| Choice { value: value.to_string(), label: label.to_string() };
    let mut titles: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for stage in room.content.rules.values().flat_map(|rule| &rule.stages) {
        let known = titles.entry(&stage.id).or_default();
        let title = stage.title.of(language);
        if !known.contains(&title) {
            known.push(title);
        }
    }
    [
        room.content.rules.values().map(|rule| choice(&rule.id, rule.title.of(language))).collect(),
        titles.into_iter().map(|(id, titles)| choice(id, &titles.join(" · "))).collect(),
    ]
}

#[derive(Template)]
#[template(path = "response/work/running.html")]
struct RunningPage {
    page: Page,
    list: ListView,
    rows: Vec<RunningStage>,
    is_usual: bool,
    late: i64,
    left_out: Vec<String>,
    now: Micros,
}

impl RunningPage {
    fn words<'t>(&self, texts: &'t Texts) -> &'t str {
        texts.of(self.page.lang.tag())
    }

    fn standing_key(&self, row: &RunningStage) -> String {
        format!("work-standing-{}", self.standing(row).as_str())
    }

    fn standing(&self, row: &RunningStage) -> Standing {
        row.stage.standing(self.now)
    }
}

/// `GET /clocks`
pub(super) async fn running(visit: Visit, Given(room): Given<Room>) -> Answer {
    let pairs = super::super::list::asked_usually(visit.query_pairs(), "state", "running");
    let ask = STAGES.read_pairs(&pairs)?.for_reader(&visit);
    let language = visit.lang.tag();
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed(&visit), EXPORT_MOST, running_stage).await?;
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(|one| cells(one, language, visit.now)).collect();
        return Ok(visit.export(format, "clocks", &EXPORT_COLUMNS, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed(&visit), running_stage).await?;
    let word = |value: &&str| Choice {
        value: (*value).to_string(),
        label: visit.t(&format!("work-list-stage-{}", value.replace('_', "-"))),
    };
    let [rules, stages] = rules_and_stages(&room, language);
    let owner = ask.value("owner").unwrap_or_default();
    let list = ask
        .view(&visit, &found)
        .with_choices("state", STATES.iter().map(word).collect())
        .with_choices("rule", rules)
        .with_choices("stage", stages)
        .with_choices("owner", super::team(&visit, owner).await?)
        .with_columns(&visit, &COLUMNS);
    let list = if ask.value("state") == Some("running") { list.with_chip(&ask, "state", "all") } else { list };
    let may_mend = visit.may(Right::ChangeRules);
    let left_out = room.content.left_out.iter().filter(|_| may_mend).map(ToString::to_string).collect();
    visit.html(&RunningPage {
        page: visit.page("work-running-title"),
        late: sql_clock::count_late_stages(&visit.db, &visit.viewer, visit.now).await?,
        list,
        rows: found.rows,
        is_usual: is_usual(&ask),
        left_out,
        now: visit.now,
    })
}
