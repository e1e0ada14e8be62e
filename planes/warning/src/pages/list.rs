//! The list of notices, where many are decided about at once.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use manara_model::{Micros, Severity, Tlp};
use manara_store::{Arg, Row, StoreError};
use manara_web::{
    Answer, Cell, Choice, EXPORT_MOST, Filter, Key, Kind, ListSpec, ListView, Markup, Page, Right, Sort, Visit,
};

use super::{Mailroom, class_key, tone};
use crate::notice::NoticeState;
use crate::sql;

pub(super) static NOTICES: ListSpec = ListSpec {
    columns: &[
        "n.id",
        "n.number",
        "n.constituent_id",
        "n.constituent",
        "n.class",
        "n.day",
        "n.language",
        "n.state",
        "n.tlp",
        "n.severity",
        "n.findings",
        "n.assets",
        "n.events",
        "n.filled",
        "n.created",
        "n.sent",
        "n.error",
        "n.letter",
        "n.answered",
        "n.helps",
        "n.approved_by",
        "n.seconded_by",
    ],
    from: "warning_notice n",
    only: "n.tlp <= $1",
    filters: &[
        Filter {
            name: "q",
            label: "warning-list-search",
            kind: Kind::Contains,
            sql: r"LOWER(n.constituent) LIKE ? ESCAPE '\' OR LOWER(n.number) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "state",
            label: "warning-list-state",
            kind: Kind::Choice {
                values: &["draft", "waiting", "approved", "queued", "sent", "failed", "cancelled"],
                words: "warning-state-",
            },
            sql: "n.state = ?",
        },
        Filter {
            name: "answered",
            label: "warning-list-answered",
            kind: Kind::Case {
                cases: &[
                    ("none", "n.state = 'sent' AND n.about = '' AND n.answered = 0"),
                    ("some", "n.about = '' AND n.answered > 0 AND n.answered < n.findings"),
                    ("all", "n.about = '' AND n.answered > 0 AND n.answered >= n.findings"),
                    ("help", "n.helps > 0"),
                ],
                words: "warning-answered-",
            },
            sql: "",
        },
        Filter {
            name: "letter",
            label: "warning-list-letter",
            kind: Kind::Choice { values: &["notice", "reminder", "escalation"], words: "warning-letter-" },
            sql: "n.letter = ?",
        },
        Filter { name: "class", label: "warning-list-class", kind: Kind::Pick, sql: "n.class = ?" },
        Filter {
            name: "constituent",
            label: "warning-list-constituent",
            kind: Kind::Pick,
            sql: "n.constituent_id = ?",
        },
        Filter {
            name: "language",
            label: "warning-list-language",
            kind: Kind::Choice { values: &["en", "ar", "fr"], words: "web-lang-" },
            sql: "n.language = ?",
        },
        Filter { name: "from", label: "web-list-from", kind: Kind::FromDay, sql: "n.created >= ?" },
        Filter { name: "until", label: "web-list-until", kind: Kind::UntilDay, sql: "n.created < ?" },
    ],
    sorts: &[
        Sort { name: "created", label: "warning-list-created", column: "n.created", key: Key::Text, descending: true },
        Sort {
            name: "severity",
            label: "warning-list-severity",
            column: "n.severity",
            key: Key::Int,
            descending: true,
        },
        Sort {
            name: "findings",
            label: "warning-list-findings",
            column: "n.findings",
            key: Key::Int,
            descending: true,
        },
        Sort {
            name: "constituent",
            label: "warning-list-constituent",
            column: "n.constituent",
            key: Key::Text,
            descending: false,
        },
        Sort { name: "sent", label: "warning-list-sent", column: "n.sent", key: Key::Text, descending: true },
    ],
    key: "n.id",
    key_kind: Key::Text,
};

/// The columns a reader may leave out, in the order of the table.
const COLUMNS: [(&str, &str); 11] = [
    ("constituent", "warning-list-constituent"),
    ("class", "warning-list-class"),
    ("state", "warning-list-state"),
    ("severity", "warning-list-severity"),
    ("findings", "warning-list-findings"),
    ("events", "warning-list-events"),
    ("answered", "warning-list-answered"),
    ("language", "warning-list-language"),
    ("tlp", "warning-list-tlp"),
    ("created", "warning-list-created"),
    ("sent", "warning-list-sent"),
];

pub(super) struct Line {
    pub id: String,
    pub number: String,
    pub constituent_id: String,
    pub constituent: String,
    pub class: String,
    pub day: String,
    pub language: String,
    pub state: NoticeState,
    pub tlp: Tlp,
    pub severity: Severity,
    pub findings: i64,
    pub assets: i64,
    pub events: i64,
    pub filled: bool,
    pub created: Micros,
    pub sent: Option<Micros>,
    pub error: String,
    pub letter: String,
    pub answered: i64,
    pub helps: i64,
    pub approved_by: String,
    pub seconded_by: String,
}

impl Line {
    fn class_key(&self) -> String {
        class_key(&self.class)
    }
    fn tone(&self) -> &'static str {
        tone(self.state)
    }
    /// Whoever approved it first, as long as a second person is waited for.
    fn waits_after(&self) -> Option<&str> {
        (self.state == NoticeState::Waiting && !self.approved_by.is_empty()).then_some(&self.approved_by)
    }
    fn state_key(&self) -> String {
        format!("warning-state-{}", self.state.as_str())
    }
}

pub(super) fn line(row: &Row) -> Result<Line, StoreError> {
    let (state, tlp) = (row.text(7)?, row.int(8)?);
    Ok(Line {
        id: row.text(0)?,
        number: row.text(1)?,
        constituent_id: row.text(2)?,
        constituent: row.text(3)?,
        class: row.text(4)?,
        day: row.text(5)?,
        language: row.text(6)?,
        state: NoticeState::parse(&state).ok_or_else(|| StoreError::unknown("state", state))?,
        tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
        severity: row.severity(9)?,
        findings: row.int(10)?,
        assets: row.int(11)?,
        events: row.int(12)?,
        filled: row.bool(13)?,
        created: row.moment(14)?,
        sent: row.opt_moment(15)?,
        error: row.text(16)?,
        letter: row.text(17)?,
        answered: row.int(18)?,
        helps: row.int(19)?,
        approved_by: row.text(20)?,
        seconded_by: row.text(21)?,
    })
}

const EXPORT_COLUMNS: [&str; 21] = [
    "id",
    "number",
    "constituent_id",
    "constituent",
    "class",
    "day",
    "language",
    "state",
    "tlp",
    "severity",
    "findings",
    "assets",
    "events",
    "created",
    "sent",
    "error",
    "letter",
    "answered",
    "helps",
    "approved_by",
    "seconded_by",
];

fn cells(line: Line) -> Vec<Cell> {
    vec![
        line.id.into(),
        line.number.into(),
        line.constituent_id.into(),
        line.constituent.into(),
        line.class.into(),
        line.day.into(),
        line.language.into(),
        line.state.as_str().into(),
        line.tlp.label().into(),
        line.severity.as_str().into(),
        line.findings.into(),
        line.assets.into(),
        line.events.into(),
        line.created.rfc3339().into(),
        line.sent.map(Micros::rfc3339).unwrap_or_default().into(),
        line.error.into(),
        line.letter.into(),
        line.answered.into(),
        line.helps.into(),
        line.approved_by.into(),
        line.seconded_by.into(),
    ]
}

/// How many notices a state has, with the link to them.
struct StateTile {
    href: String,
    key: String,
    count: i64,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "warning/notices.html")]
struct NoticesPage {
    page: Page,
    list: ListView,
    rows: Vec<Line>,
    tiles: Vec<StateTile>,
    may_send: bool,
    may_answer: bool,
    offer: Markup,
    is_capture: bool,
    /// The strictest marking for which one person is enough.
    four_eyes_above: Option<Tlp>,
    back: String,
}

/// `GET /notices`
pub(super) async fn notices(visit: Visit, State(room): State<Arc<Mailroom>>) -> Answer {
    let ask = NOTICES.read(&visit)?;
    let fixed: [Arg<'_>; 1] = [visit.viewer.clearance.rank().into()];
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT_MOST, line).await?;
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(cells).collect();
        return Ok(visit.export(format, "notices", &EXPORT_COLUMNS, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, line).await?;
    let classes = sql::classes(&visit.db, &visit.viewer).await?;
    let classes =
        classes.into_iter().map(|class| Choice { label: visit.t(&class_key(&class)), value: class }).collect();
    let mut list = ask.view(&visit, &found).with_choices("class", classes);
    // Thousands of constituents are no choice: the field is a name to search, and this filter comes from links.
    let constituent = match ask.value("constituent") {
        Some(id) => {
            let name = sql::constituent_name(&visit.db, &visit.viewer, id).await?.unwrap_or_else(|| id.to_string());
            vec![Choice { value: id.to_string(), label: name }]
        }
        None => {
            let mut seen: Vec<Choice> = Vec::new();
            for row in &found.rows {
                if !seen.iter().any(|choice| choice.value == row.constituent_id) {
                    seen.push(Choice { value: row.constituent_id.clone(), label: row.constituent.clone() });
                }
            }
            seen.sort_by(|a, b| a.label.cmp(&b.label));
            seen
        }
    };
    let (may_send, may_answer) = (visit.may(Right::SendNotices), visit.may(Right::AnswerFindings));
    let may_choose = may_send || may_answer;
    let offer = if may_choose {
        manara_web::bulk::offer(&visit, &*super::many_notices(room.four_eyes_above)).await?
    } else {
        Markup::default()
    };
    list = list.with_choices("constituent", constituent).with_columns(&visit, &COLUMNS);
    let counts = sql::count_by_state(&visit.db, &visit.viewer).await?;
    let tiles = counts
        .into_iter()
        .map(|(state, count)| StateTile {
            href: format!("/notices?state={}", state.as_str()),
            key: format!("warning-state-{}", state.as_str()),
            count,
            tone: tone(state),
        })
        .collect();
    let back = visit.uri.path_and_query().map_or("/notices", |path| path.as_str()).to_string();
    visit.html(&NoticesPage {
        may_send,
        may_answer,
        offer,
        is_capture: room.mailer.is_capture(),
        four_eyes_above: room.four_eyes_above,
        page: visit.page("warning-list-title"),
        list,
        rows: found.rows,
        tiles,
        back,
    })
}

impl NoticesPage {
    fn may_choose(&self) -> bool {
        self.may_send || self.may_answer
    }

    fn tick(&self, line: &Line) -> Markup {
        // The label is for those who cannot see which row the box stands in.
        let label = self.page.t1("warning-list-tick", "number", line.number.as_str());
        Markup::of(&Tick { id: &line.id, label: &label })
    }
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<input type="checkbox" form="many" name="id" value="{{ id }}" aria-label="{{ label }}">"#
)]
struct Tick<'a> {
    id: &'a str,
    label: &'a str,
}
