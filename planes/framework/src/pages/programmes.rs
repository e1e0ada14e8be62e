//! Programmes: the list, planning one, one of them, closing it, taking it away.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_web::{
    Answer, Cell, Filter, Key, Kind, ListSpec, ListView, Markup, Mistake, Page, PageError, Right, Sort, Tone, Visit,
    progress,
};

use super::gantt::gantt;
use super::kept::{self, hindrance_words, range, refused};
use super::programme_form::{pairs, setup, usual, value};
use super::{EXPORT, Room};
use crate::assessment::{COMMENT_CHARS, LABEL_CHARS, NAME_CHARS, line};
use crate::hindrance::{Hindrance, ProgrammeError};
use crate::plan::{Day, Month};
use crate::programme::{
    self, Line, LineKind, Names, NewLine, NewProgramme, Programme, Removed, RemovedLine, Status, Task, TaskLine,
    TaskState, lines_of, plan_programme, read_programme, removed_lines, removed_tasks, status, tasks_of,
};

pub(super) static PROGRAMMES: ListSpec = ListSpec {
    // The order of `programme::sql::read`.
    columns: &[
        "p.id",
        "p.design_id",
        "d.assessment_id",
        "a.subject",
        "p.name",
        "p.start",
        "p.weekend",
        "p.people",
        "p.roles",
        "p.currency",
        "p.state",
        "p.made_by",
        "p.made",
        "p.changed",
        "p.version",
        "p.days_off",
        "a.tlp",
    ],
    from: "framework_programme p JOIN framework_design d ON d.id = p.design_id JOIN framework_assessment a ON a.id = d.assessment_id",
    only: "a.tlp <= $1",
    filters: &[
        Filter {
            name: "q",
            label: "framework-field-name",
            kind: Kind::Contains,
            sql: r"LOWER(p.name) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "state",
            label: "framework-field-state",
            kind: Kind::Choice { values: &["running", "closed"], words: "programme-state-" },
            sql: "p.state = ?",
        },
    ],
    sorts: &[
        Sort { name: "changed", label: "programme-changed", column: "p.changed", key: Key::Text, descending: true },
        Sort { name: "start", label: "programme-start", column: "p.start", key: Key::Text, descending: true },
        Sort { name: "name", label: "framework-field-name", column: "p.name", key: Key::Text, descending: false },
    ],
    key: "p.id",
    key_kind: Key::Text,
};

/// The names of the columns of an export, as [`cells`] fills them.
const COLUMNS: [&str; 13] = [
    "id",
    "name",
    "design_id",
    "assessment_id",
    "assessment",
    "tlp",
    "start",
    "currency",
    "state",
    "made_by",
    "made",
    "changed",
    "version",
];

fn cells(one: Programme) -> Vec<Cell> {
    vec![
        one.id.into(),
        one.name.into(),
        one.design_id.into(),
        one.assessment_id.into(),
        one.subject.into(),
        one.tlp.label().into(),
        one.start.to_string().into(),
        one.currency.into(),
        if one.is_closed { "closed" } else { "running" }.into(),
        one.made_by.into(),
        one.made.into(),
        one.changed.into(),
        one.version.into(),
    ]
}

#[derive(Template)]
#[template(path = "framework/programmes.html")]
struct ProgrammesPage {
    page: Page,
    list: ListView,
    rows: Vec<Programme>,
}

impl ProgrammesPage {
    fn badge(&self, one: &Programme) -> Markup {
        badge(&self.page, one)
    }

    fn day(&self, one: &Programme) -> String {
        one.start.to_string()
    }
}

fn badge(page: &Page, one: &Programme) -> Markup {
    match one.is_closed {
        true => page.badge("mute", "programme-state-closed"),
        false => page.badge("info", "programme-state-running"),
    }
}

/// `GET /framework/programmes`
pub(super) async fn programmes(visit: Visit) -> Answer {
    let ask = PROGRAMMES.read(&visit)?;
    let fixed = [visit.viewer.clearance.rank().into()];
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT, read_programme).await?;
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(cells).collect();
        return Ok(visit.export(format, "programmes", &COLUMNS, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, read_programme).await?;
    let columns = [
        ("assessment", "programme-assessment"),
        ("state", "framework-field-state"),
        ("start", "programme-start"),
        ("changed", "programme-changed"),
        ("by", "programme-made-by"),
    ];
    let list = ask.view(&visit, &found).with_columns(&visit, &columns);
    let page = visit.page("programme-title").under("/framework", "framework-title");
    visit.html(&ProgrammesPage { page, list, rows: found.rows })
}

/// `POST /framework/designs/{id}/programmes`
pub(super) async fn plan(
    visit: Visit,
    Given(room): Given<Room>,
    Path(design): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let pairs = pairs(&form);
    let done = match setup(&pairs, &usual(&visit)) {
        Ok(setup) => {
            let text = |name: &str| value(&pairs, name).to_string();
            let new = NewProgramme { design: design.clone(), name: text("name"), setup, like: text("like") };
            plan_programme(&visit.db, &visit.viewer, &new, visit.now).await
        }
        Err(why) => Err(why.into()),
    };
    match done {
        Ok(one) => Ok(visit.go_saying(&href(&one), Tone::Good, "programme-did-plan", &[])),
        Err(ProgrammeError::Refused(why)) if why != Hindrance::NotFound => {
            kept::shown(&visit, &room, &design, Some((pairs, why))).await
        }
        Err(error) => refused(&visit, &format!("/framework/designs/{design}"), error),
    }
}

/// The page of a programme.
pub(super) fn href(one: &Programme) -> String {
    format!("/framework/programmes/{}", one.id)
}

/// The frame of a page of a programme.
pub(super) fn frame(visit: &Visit, title: String) -> Page {
    visit.page_titled(title).under("/framework", "framework-title").under("/framework/programmes", "programme-title")
}

/// A programme with its tasks and how it stands today, if the reader may see it.
pub(super) async fn found(visit: &Visit, id: &str) -> Result<(Programme, Vec<Task>, Status), PageError> {
    let one = programme::programme(&visit.db, &visit.viewer, id).await?.ok_or_else(PageError::not_found)?;
    let tasks = tasks_of(&visit.db, &one.id).await?;
    let status = status(&one, &tasks, Day::of(visit.now));
    Ok((one, tasks, status))
}

/// The words of the reader.
pub(super) fn names<'a>(visit: &'a Visit, room: &'a Room) -> Names<'a> {
    Names { blocks: &room.shelf.blocks, words: visit.words(), lang: visit.lang }
}

/// How a task's state looks.
pub(super) fn task_badge(page: &Page, state: TaskState) -> Markup {
    let tone = match state {
        TaskState::Open => "mute",
        TaskState::Started => "info",
        TaskState::Finished => "warn",
        TaskState::Accepted => "good",
    };
    page.badge(tone, &format!("programme-task-{}", state.as_str()))
}

/// A task as the table shows it.
struct Row<'p> {
    task: &'p Task,
    line: &'p TaskLine,
}

/// A line that was not taken.
pub(super) struct NotTaken {
    pub typed: NewLine,
    pub why: Hindrance,
}

impl NotTaken {
    /// The field that must be another; empty when it is none alone.
    fn field(&self) -> &'static str {
        match self.why {
            Hindrance::Name => "owner",
            Hindrance::Text if line(&self.typed.text, LABEL_CHARS).is_none() => "text",
            Hindrance::Text => "answer",
            _ => "",
        }
    }
}

#[derive(Template)]
#[template(path = "framework/programme.html")]
struct ProgrammePage {
    page: Page,
    room: Room,
    one: Programme,
    tasks: Vec<Task>,
    lines: Vec<Line>,
    status: Status,
    gantt: Markup,
    removed: Vec<Removed>,
    removed_lines: Vec<RemovedLine>,
    mistake: Mistake,
    /// The line that was typed and not taken.
    typed: Option<NewLine>,
    limits: [usize; 3],
}

impl ProgrammePage {
    fn path(&self) -> String {
        href(&self.one)
    }

    fn names(&self) -> Names<'_> {
        names(&self.page.visit, &self.room)
    }

    fn badge(&self) -> Markup {
        badge(&self.page, &self.one)
    }

    fn rows(&self) -> Vec<Row<'_>> {
        self.tasks.iter().zip(&self.status.lines).map(|(task, line)| Row { task, line }).collect()
    }

    fn late(&self) -> Vec<Row<'_>> {
        self.rows().into_iter().filter(|row| row.line.late.is_some()).collect()
    }

    fn task_href(&self, task: &Task) -> String {
        format!("{}/tasks/{}", self.path(), task.id)
    }

    fn name(&self, task: &Task) -> String {
        self.names().task(task)
    }

    fn roles(&self, task: &Task) -> String {
        self.names().roles(task).join(" · ")
    }

    fn state(&self, task: &Task) -> Markup {
        task_badge(&self.page, task.state)
    }

    fn late_key(&self, row: &Row<'_>) -> &'static str {
        match row.line.late {
            Some(programme::Late::Start) => "programme-late-start",
            _ => "programme-late-end",
        }
    }

    fn moved(&self, row: &Row<'_>) -> bool {
        row.line.forecast_end != row.task.planned_end
    }

    fn day(&self, day: &Day) -> Markup {
        self.page.mono(&day.to_string())
    }

    fn needs(&self, task: &Task) -> String {
        task.needs
            .iter()
            .map(|need| self.page.visit.locale.numbers.digits(&need.to_string()))
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn range(&self, money: &[i64; 2]) -> Markup {
        range(&self.page, *money)
    }

    fn payers(&self) -> Vec<String> {
        let mut payers: Vec<String> =
            self.status.months.iter().flat_map(|month| month.payers.keys().cloned()).collect();
        payers.sort();
        payers.dedup();
        payers
    }

    fn payer(&self, payer: &str) -> String {
        self.names().payer(payer)
    }

    fn paid(&self, month: &Month, payer: &str) -> Markup {
        month.payers.get(payer).map_or_else(|| Markup::text("–"), |money| range(&self.page, *money))
    }

    fn of_kind(&self, kind: &str) -> Vec<&Line> {
        let mut lines: Vec<&Line> = self.lines.iter().filter(|line| line.kind.as_str() == kind).collect();
        if kind == "risk" {
            lines.sort_by_key(|line| (line.done.is_some(), -line.weight()));
        }
        lines
    }

    fn line_text(&self, line: &Line) -> String {
        self.names().line(line)
    }

    /// Whether the form that adds such a line was refused, and so is shown unfolded.
    fn is_refused(&self, kind: &str) -> bool {
        self.typed.as_ref().is_some_and(|typed| typed.kind.as_str() == kind)
    }

    /// What stands in the form that adds such a line.
    fn typed(&self, kind: &str) -> NewLine {
        let typed = self.typed.clone().filter(|typed| typed.kind.as_str() == kind);
        typed.unwrap_or_else(|| NewLine {
            kind: LineKind::parse(kind).unwrap_or(LineKind::Risk),
            text: String::new(),
            likelihood: 2,
            impact: 2,
            answer: String::new(),
            owner: String::new(),
        })
    }

    /// What is wrong in that form.
    fn wrong(&self, kind: &str) -> Mistake {
        if self.is_refused(kind) { self.mistake.clone() } else { Mistake::default() }
    }

    /// The degrees of a risk: value, words, whether it is the one.
    fn degrees(&self, chosen: &i64) -> [(i64, String, bool); 3] {
        [1, 2, 3].map(|degree| (degree, self.page.t(self.degree_key(&degree)), degree == *chosen))
    }

    /// What kind of line it is, in one word.
    fn kind_key(&self, line: &Line) -> String {
        format!("lines-kind-{}", line.kind.as_str())
    }

    fn weight_tone(&self, line: &Line) -> &'static str {
        match line.weight() {
            6.. => "bad",
            3..6 => "warn",
            _ => "mute",
        }
    }

    fn degree_key(&self, degree: &i64) -> String {
        format!("programme-degree-{}", (*degree).clamp(1, 3))
    }

    fn bar(&self, key: &str, part: f64) -> Markup {
        progress(&self.page, &self.page.t(key), part)
    }

    /// What the bars of the picture mean: class, words, and the sign beside the critical ones.
    fn key(&self) -> [(&'static str, &'static str, &'static str); 6] {
        [
            ("open", "programme-task-open", ""),
            ("started", "programme-task-started", ""),
            ("late", "programme-late", ""),
            ("finished", "programme-task-finished", ""),
            ("accepted", "programme-task-accepted", ""),
            ("open critical", "programme-critical", "◆ "),
        ]
    }

    /// The lists to tick off: kind, heading, button.
    fn lists(&self) -> [(&'static str, &'static str, &'static str); 2] {
        [
            ("handover", "programme-handover", "programme-handover-add"),
            ("closure", "programme-closure", "programme-closure-add"),
        ]
    }

    fn earned(&self) -> f64 {
        self.status.progress.earned_part()
    }

    fn planned(&self) -> f64 {
        self.status.progress.planned_part()
    }

    fn may_work(&self) -> bool {
        !self.one.is_closed && self.page.may(Right::AnswerAssessments)
    }

    fn may_decide(&self) -> bool {
        self.page.may(Right::ModerateAssessments)
    }

    fn is_late(&self) -> bool {
        self.status.forecast_end > self.status.planned_end
    }

    fn limits_told(&self) -> Vec<(String, i64)> {
        let all = self.one.people.all.map(|all| (self.page.t("programme-people"), all));
        let role = |(role, people): (&String, &i64)| (self.names().role(role), *people);
        all.into_iter().chain(self.one.people.roles.iter().map(role)).collect()
    }

    fn weekend_key(&self) -> String {
        format!("programme-weekend-{}", self.one.week.as_text().replace(',', "-"))
    }
}

/// `GET /framework/programmes/{id}`
pub(super) async fn one(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let (one, tasks, status) = found(&visit, &id).await?;
    let lines = lines_of(&visit.db, &one.id).await?;
    if visit.query("format").as_deref() == Some("json") {
        let told = programme::status_json(&one, &tasks, &lines, &status, &names(&visit, &room));
        return Ok(visit.json(told.to_string()));
    }
    page(&visit, &room, (one, tasks, lines, status), None).await
}

/// The page of a programme with a line that was not taken, and why.
pub(super) async fn shown(visit: &Visit, room: &Room, id: &str, not_taken: NotTaken) -> Answer {
    let (one, tasks, status) = found(visit, id).await?;
    let lines = lines_of(&visit.db, &one.id).await?;
    page(visit, room, (one, tasks, lines, status), Some(not_taken)).await
}

async fn page(
    visit: &Visit,
    room: &Room,
    (one, tasks, lines, status): (Programme, Vec<Task>, Vec<Line>, Status),
    not_taken: Option<NotTaken>,
) -> Answer {
    let (removed, removed_lines) = (removed_tasks(&visit.db, &one.id).await?, removed_lines(&visit.db, &one.id).await?);
    let page = frame(visit, one.name.clone());
    let (code, mistake) = match &not_taken {
        None => (StatusCode::OK, Mistake::default()),
        Some(refused) => {
            let mistake = Mistake::at(refused.field(), hindrance_words(visit, refused.why));
            (StatusCode::UNPROCESSABLE_ENTITY, mistake)
        }
    };
    let shown = ProgrammePage {
        gantt: gantt(&page, &one, &tasks, &status),
        page,
        room: room.clone(),
        one,
        tasks,
        lines,
        status,
        removed,
        removed_lines,
        mistake,
        typed: not_taken.map(|refused| refused.typed),
        limits: [NAME_CHARS, LABEL_CHARS, COMMENT_CHARS],
    };
    visit.html_status(code, &shown)
}
