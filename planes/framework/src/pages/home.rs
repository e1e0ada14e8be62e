//! What can be assessed, and what was.

use askama::Template;
use axum::extract::{RawForm, State as Given};
use axum::http::StatusCode;
use manara_model::Tlp;
use manara_web::{
    Answer, Ask, Cell, Choice, Fault, Filter, Key, Kind, ListSpec, ListView, Mistake, Page, PageError, Right, Sort,
    Tone, Visit,
};

use super::fields::Fields;
use super::path::{Stage, stages};
use super::{EXPORT, Room, href, refusal_words};
use crate::assessment::{Assessment, NAME_CHARS, State, SubjectKind};
use crate::check::Trouble;
use crate::jobs::{FrameworkError, NewAssessment, Refusal};
use crate::{jobs, sql};

pub(super) static ASSESSMENTS: ListSpec = ListSpec {
    // The order of `sql::assessment`.
    columns: &[
        "a.id",
        "a.subject",
        "a.catalogue",
        "a.hash",
        "a.tlp",
        "a.state",
        "a.made_by",
        "a.made",
        "a.changed",
        "a.version",
        "a.kind",
    ],
    from: "framework_assessment a",
    only: "a.tlp <= $1",
    filters: &[
        Filter {
            name: "q",
            label: "framework-field-subject",
            kind: Kind::Contains,
            sql: r"LOWER(a.subject) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "kind",
            label: "framework-field-subject-kind",
            kind: Kind::Choice { values: &["nation", "team", "organisation"], words: "framework-subject-" },
            sql: "a.kind = ?",
        },
        Filter { name: "catalogue", label: "framework-field-catalogue", kind: Kind::Pick, sql: "a.catalogue = ?" },
        Filter {
            name: "state",
            label: "framework-field-state",
            kind: Kind::Choice { values: &["open", "closed"], words: "framework-state-" },
            sql: "a.state = ?",
        },
    ],
    sorts: &[
        Sort {
            name: "changed",
            label: "framework-field-changed",
            column: "a.changed",
            key: Key::Text,
            descending: true,
        },
        Sort { name: "made", label: "framework-field-made", column: "a.made", key: Key::Text, descending: true },
        Sort {
            name: "subject",
            label: "framework-field-subject",
            column: "a.subject",
            key: Key::Text,
            descending: false,
        },
    ],
    key: "a.id",
    key_kind: Key::Text,
};

/// The names of the columns of an export, as [`cells`] fills them.
const COLUMNS: [&str; 11] =
    ["id", "subject", "kind", "catalogue", "hash", "tlp", "state", "made_by", "made", "changed", "version"];

fn cells(one: Assessment) -> Vec<Cell> {
    vec![
        one.id.into(),
        one.subject.into(),
        SubjectKind::word(one.kind).into(),
        one.catalogue.into(),
        one.hash.into(),
        one.tlp.label().into(),
        one.state.as_str().into(),
        one.made_by.into(),
        one.made.into(),
        one.changed.into(),
        one.version.into(),
    ]
}

/// A catalogue as the list shows it.
struct Line {
    id: String,
    name: String,
    edition: String,
    version: String,
    rule_key: String,
    items: usize,
    unverified: usize,
}

#[derive(Template)]
#[template(path = "framework/framework.html")]
struct HomePage {
    page: Page,
    stages: Vec<Stage>,
    catalogues: Vec<Line>,
    left_out: Vec<Trouble>,
    list: ListView,
    rows: Vec<Assessment>,
    may_begin: bool,
    tlps: Vec<Tlp>,
    begun: Begun,
    mistake: Mistake,
    name_chars: usize,
}

/// What stands in the form that begins an assessment.
pub(super) struct Begun {
    pub catalogue: String,
    pub subject: String,
    pub kind: String,
    pub tlp: String,
}

impl Begun {
    /// Of a catalogue, with nothing typed yet.
    pub fn of(catalogue: String) -> Begun {
        Begun { catalogue, subject: String::new(), kind: String::new(), tlp: Tlp::Amber.label().into() }
    }

    /// What a form sent.
    pub fn read(fields: &Fields) -> Begun {
        let text = |name: &str| fields.text(name).to_string();
        Begun { catalogue: text("catalogue"), subject: text("subject"), kind: text("kind"), tlp: text("tlp") }
    }
}

/// Why an assessment was not begun, at the field that must be another.
pub(super) fn begin_mistake(visit: &Visit, why: Refusal) -> Mistake {
    let field = match why {
        Refusal::Name => "subject",
        Refusal::Clearance => "tlp",
        _ => "",
    };
    Mistake::at(field, refusal_words(visit, why))
}

impl HomePage {
    fn kind(&self, one: &Assessment) -> String {
        one.kind.map_or("–".into(), |kind| self.page.t(self.kind_key(kind.as_str())))
    }

    fn kinds(&self) -> [&'static str; 3] {
        SubjectKind::ALL.map(SubjectKind::as_str)
    }

    fn kind_key(&self, kind: &str) -> String {
        format!("framework-subject-{kind}")
    }

    fn href(&self, one: &Assessment) -> String {
        href(one)
    }

    fn tone(&self, one: &Assessment) -> &'static str {
        if one.state == State::Open { "info" } else { "mute" }
    }

    fn state_key(&self, one: &Assessment) -> String {
        format!("framework-state-{}", one.state.as_str())
    }

    fn name(&self, one: &Assessment) -> String {
        self.catalogues.iter().find(|line| line.id == one.catalogue).map_or(&one.catalogue, |line| &line.name).clone()
    }
}

/// `GET /framework`
pub(super) async fn framework(visit: Visit, Given(room): Given<Room>) -> Answer {
    let begun = Begun::of(visit.query("begin").unwrap_or_default());
    shown(&visit, &room, begun, (StatusCode::OK, Mistake::default())).await
}

async fn shown(visit: &Visit, room: &Room, begun: Begun, (status, mistake): (StatusCode, Mistake)) -> Answer {
    let ask: Ask = ASSESSMENTS.read(visit)?;
    let fixed = [visit.viewer.clearance.rank().into()];
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT, sql::assessment).await?;
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(cells).collect();
        return Ok(visit.export(format, "assessments", &COLUMNS, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, sql::assessment).await?;
    let lang = visit.lang.tag();
    let choices: Vec<Choice> = room
        .shelf
        .all()
        .map(|one| Choice { value: one.id().to_string(), label: one.told.name.of(lang).to_string() })
        .collect();
    let columns = [
        ("kind", "framework-field-subject-kind"),
        ("catalogue", "framework-field-catalogue"),
        ("state", "framework-field-state"),
        ("changed", "framework-field-changed"),
        ("made", "framework-field-made"),
        ("tlp", "framework-field-tlp"),
    ];
    let list = ask.view(visit, &found).with_choices("catalogue", choices).with_columns(visit, &columns);
    let catalogues = room.shelf.all().map(|one| {
        let counts = one.counts();
        Line {
            id: one.id().to_string(),
            name: one.told.name.of(lang).to_string(),
            edition: one.told.edition.clone(),
            version: one.hash.chars().take(12).collect(),
            rule_key: format!("framework-rule-{}", one.told.rule.as_str()),
            items: counts.assessable,
            unverified: counts.unverified,
        }
    });
    let page = visit.page("framework-title");
    let page = HomePage {
        stages: stages(&visit.db, &visit.viewer, &page).await?,
        page,
        catalogues: catalogues.collect(),
        left_out: room.shelf.left_out.clone(),
        list,
        rows: found.rows,
        may_begin: visit.may(Right::ModerateAssessments),
        tlps: Tlp::ALL.into_iter().filter(|tlp| *tlp <= visit.viewer.clearance).collect(),
        begun,
        mistake,
        name_chars: NAME_CHARS,
    };
    visit.html_status(status, &page)
}

/// `POST /framework/assessments`
pub(super) async fn begin(visit: Visit, Given(room): Given<Room>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let catalogue = room.shelf.get(fields.text("catalogue")).ok_or_else(PageError::not_found)?;
    let tlp = Tlp::parse(fields.text("tlp")).ok_or_else(|| PageError::from(Fault::Unreadable))?;
    let kind = SubjectKind::parse(fields.text("kind"));
    let new = NewAssessment { subject: fields.text("subject").to_string(), kind, tlp };
    match jobs::begin(&visit.db, &visit.viewer, catalogue, &new, visit.now).await {
        Ok(one) => Ok(visit.go_saying(&href(&one), Tone::Good, "framework-did-begin", &[])),
        Err(FrameworkError::Refused(why)) => {
            // The list on the page is sorted and filtered where it stands, not where the form went.
            let visit = visit.at("/framework");
            let mistake = begin_mistake(&visit, why);
            shown(&visit, &room, Begun::read(&fields), (StatusCode::UNPROCESSABLE_ENTITY, mistake)).await
        }
        Err(FrameworkError::Store(error)) => Err(error.into()),
    }
}
