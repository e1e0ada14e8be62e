//! Exercises as a list, their lessons as a list, and what is coming as a calendar.

pub(super) mod form;
pub(super) mod one;
pub(super) mod operations;
mod typed;

use std::collections::HashMap;

use askama::Template;
use manara_web::{
    Answer, Cell, Filter, Key, Kind, ListSpec, ListView, Markup, Page, PageError, Right, Site, Sort, Tone, Visit, Word,
};

use super::works::OpenWorks;
use crate::exercise::{
    Exercise, ExerciseError, ExerciseLine, ExerciseRefusal, ExerciseState, LESSON_COLUMNS, LINE_COLUMNS, LessonLine,
    TakingPart, coming, exercise_calendar, lesson_line, line, organisations_of, withdrawn,
};

/// Rows of an export: all there can be.
const EXPORT: usize = 10_000;
/// Exercises in the calendar.
const COMING: i64 = 500;

/// The routes.
pub(super) fn site() -> Site<OpenWorks> {
    let (read, work, decide) = (Right::ReadFramework, Right::AnswerAssessments, Right::ModerateAssessments);
    Site::new()
        .page("/framework/exercises", read, exercises)
        .page("/framework/exercises.ics", read, ics)
        .page("/framework/exercises/lessons", read, lessons)
        .page("/framework/exercises/new", decide, form::blank)
        .page("/framework/exercises/{id}", read, one::one)
        .page("/framework/exercises/{id}/edit", decide, form::form)
        .post("/framework/exercises/{id}/edit", decide, form::save)
        .post("/framework/exercises/{id}/results", work, one::results)
        .post("/framework/exercises/{id}/lessons", work, one::lessons)
        .post("/framework/exercises/{id}/lessons/{lesson}/done", work, one::done)
        .post("/framework/exercises/{id}/withdraw", decide, one::withdraw)
        .post("/framework/exercises/{id}/restore", decide, one::restore)
        .merge(operations::site())
}

pub(super) static LIST: ListSpec = ListSpec {
    columns: LINE_COLUMNS,
    from: "framework_exercise e",
    only: "e.tlp <= $1 AND e.removed = '' AND $2 <> ''",
    filters: &[
        Filter {
            name: "q",
            label: "exercise-field-title",
            kind: Kind::Contains,
            sql: r"LOWER(e.title) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "kind",
            label: "exercise-field-kind",
            kind: Kind::Choice {
                values: &["tabletop", "communication", "drill", "full-scale"],
                words: "exercise-kind-",
            },
            sql: "e.kind = ?",
        },
        Filter {
            name: "state",
            label: "exercise-field-state",
            kind: Kind::Choice { values: &["planned", "held", "called-off"], words: "exercise-state-" },
            sql: "e.state = ?",
        },
        Filter {
            name: "show",
            label: "exercise-show",
            kind: Kind::Case {
                words: "exercise-show-",
                cases: &[
                    ("coming", "e.state = 'planned' AND e.last >= $2"),
                    ("unsaid", "e.state = 'planned' AND e.last < $2"),
                    ("open", "EXISTS (SELECT 1 FROM framework_lesson n WHERE n.exercise_id = e.id AND n.done = '')"),
                ],
            },
            sql: "",
        },
    ],
    sorts: &[
        Sort { name: "day", label: "exercise-field-day", column: "e.day", key: Key::Text, descending: true },
        Sort { name: "title", label: "exercise-field-title", column: "e.title", key: Key::Text, descending: false },
        Sort { name: "people", label: "exercise-people", column: "e.people", key: Key::Int, descending: true },
    ],
    key: "e.id",
    key_kind: Key::Text,
};

static LESSONS: ListSpec = ListSpec {
    columns: LESSON_COLUMNS,
    from: "framework_lesson l JOIN framework_exercise e ON e.id = l.exercise_id",
    only: "e.tlp <= $1 AND e.removed = '' AND $2 <> ''",
    filters: &[
        Filter {
            name: "q",
            label: "exercise-lesson",
            kind: Kind::Contains,
            sql: r"LOWER(l.body || ' ' || l.owner || ' ' || e.title) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "show",
            label: "exercise-show",
            kind: Kind::Case {
                words: "exercise-show-lessons-",
                cases: &[
                    ("open", "l.done = ''"),
                    ("late", "l.done = '' AND l.due <> '' AND l.due < $2"),
                    ("done", "l.done <> ''"),
                ],
            },
            sql: "",
        },
    ],
    sorts: &[
        Sort { name: "due", label: "exercise-lesson-due", column: "l.due", key: Key::Text, descending: false },
        Sort { name: "owner", label: "exercise-lesson-owner", column: "l.owner", key: Key::Text, descending: false },
        Sort { name: "done", label: "exercise-lesson-done", column: "l.done", key: Key::Text, descending: true },
    ],
    key: "l.id",
    key_kind: Key::Text,
};

fn href(id: &str) -> String {
    format!("/framework/exercises/{id}")
}

fn frame(visit: &Visit, title: String) -> Page {
    visit.page_titled(title).under("/framework", "framework-title").under("/framework/exercises", "exercise-title")
}

/// How far an exercise is, as a coloured word; one whose days are over asks for a word.
fn state_badge(page: &Page, state: ExerciseState, is_unsaid: bool) -> Markup {
    let tone = match state {
        ExerciseState::Planned if is_unsaid => return page.badge("warn", "exercise-unsaid"),
        ExerciseState::Planned => "info",
        ExerciseState::Held => "good",
        ExerciseState::CalledOff => "mute",
    };
    page.badge(tone, &format!("exercise-state-{}", state.as_str()))
}

/// Hours and minutes in words; nothing while nobody said how long.
fn length(page: &Page, minutes: i64) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let hours_words = page.t1("exercise-hours", "count", hours);
    let rest_words = page.t1("exercise-minutes", "count", rest);
    match (hours, rest) {
        (0, 0) => "–".into(),
        (_, 0) => hours_words,
        (0, _) => rest_words,
        _ => page.t_args("exercise-length", &[("hours", hours_words.into()), ("minutes", rest_words.into())]),
    }
}

/// Why something was not done, in the reader's words.
fn why(visit: &Visit, refusal: ExerciseRefusal) -> String {
    let number = Word::from(refusal.number());
    let words = visit.t_args(&format!("exercise-refused-{}", refusal.code()), &[("number", number)]);
    visit.t_args("framework-refused", &[("why", Word::from(words))])
}

/// A refusal that can be told on a form; what is not there, and what the database says, ends the request.
fn refusal(error: ExerciseError) -> Result<ExerciseRefusal, PageError> {
    match error {
        ExerciseError::Refused(ExerciseRefusal::NotFound) => Err(PageError::not_found()),
        ExerciseError::Refused(why) => Ok(why),
        ExerciseError::Store(error) => Err(error.into()),
    }
}

/// What a button did, or why not, on the page it came from.
fn say(visit: &Visit, back: &str, did: Result<Exercise, ExerciseError>, key: &'static str) -> Answer {
    match did {
        Ok(_) => Ok(visit.go_saying(back, Tone::Good, key, &[])),
        Err(error) => {
            let refusal = refusal(error)?;
            let number = Word::from(refusal.number());
            let words = visit.t_args(&format!("exercise-refused-{}", refusal.code()), &[("number", number)]);
            Ok(visit.go_saying(back, Tone::Bad, "framework-refused", &[("why", Word::from(words))]))
        }
    }
}

#[derive(Template)]
#[template(path = "framework/exercises.html")]
struct ListPage {
    page: Page,
    list: ListView,
    rows: Vec<ExerciseLine>,
    /// What was withdrawn, for those who may bring it back.
    withdrawn: Vec<Exercise>,
    today: String,
    may_change: bool,
}

impl ListPage {
    fn href(&self, id: &str) -> String {
        href(id)
    }

    fn state(&self, one: &ExerciseLine) -> Markup {
        state_badge(&self.page, one.state, one.is_unsaid(&self.today))
    }

    fn met(&self, one: &ExerciseLine) -> String {
        match one.state {
            _ if one.objectives == 0 => "–".into(),
            ExerciseState::Held => self.page.t2("exercise-met-short", "met", one.met, "count", one.objectives),
            ExerciseState::Planned => self.page.t("exercise-met-not-yet"),
            ExerciseState::CalledOff => "–".into(),
        }
    }
}

const COLUMNS: [&str; 15] = [
    "id",
    "title",
    "kind",
    "state",
    "day",
    "last",
    "minutes",
    "tlp",
    "people",
    "organisations",
    "objectives",
    "met",
    "lessons",
    "open_lessons",
    "names",
];

fn cells(one: ExerciseLine, named: &HashMap<String, Vec<TakingPart>>) -> Vec<Cell> {
    let names = named.get(&one.id).into_iter().flatten().map(|one| one.name.as_str());
    let names = names.collect::<Vec<_>>().join("; ");
    vec![
        one.id.into(),
        one.title.into(),
        one.kind.as_str().into(),
        one.state.as_str().into(),
        one.day.into(),
        one.last.into(),
        one.minutes.into(),
        one.tlp.label().into(),
        one.people.into(),
        one.organisations.into(),
        one.objectives.into(),
        // What was not held met nothing and missed nothing.
        (one.state == ExerciseState::Held).then_some(one.met).into(),
        one.lessons.into(),
        one.open_lessons.into(),
        names.into(),
    ]
}

/// `GET /framework/exercises`
async fn exercises(visit: Visit) -> Answer {
    let ask = LIST.read(&visit)?;
    let today = visit.now.day();
    let fixed = [visit.viewer.clearance.rank().into(), (&today).into()];
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT, line).await?;
        let ids: Vec<String> = rows.iter().map(|one| one.id.clone()).collect();
        let named = organisations_of(&visit.db, &ids).await?;
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(|one| cells(one, &named)).collect();
        return Ok(visit.export(format, "exercises", &COLUMNS, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, line).await?;
    let columns = [
        ("kind", "exercise-field-kind"),
        ("state", "exercise-field-state"),
        ("people", "exercise-people"),
        ("met", "exercise-met"),
        ("lessons", "exercise-open-lessons"),
        ("tlp", "framework-field-tlp"),
    ];
    let list = ask.view(&visit, &found).with_columns(&visit, &columns);
    let may_change = visit.may(Right::ModerateAssessments);
    let withdrawn = if may_change { withdrawn(&visit.db, &visit.viewer).await? } else { Vec::new() };
    let page = visit.page("exercise-title").under("/framework", "framework-title");
    visit.html(&ListPage { page, list, rows: found.rows, withdrawn, today: today.clone(), may_change })
}

/// `GET /framework/exercises.ics`: what is planned and not over.
async fn ics(visit: Visit) -> Answer {
    let all = coming(&visit.db, &visit.viewer, &visit.now.day(), COMING).await?;
    let title = |one: &Exercise| format!("{}: {}", visit.t(&format!("exercise-kind-{}", one.kind.as_str())), one.title);
    let text = exercise_calendar(&all, title, visit.now);
    Ok(visit.download("exercises.ics", "text/calendar; charset=utf-8", text))
}

#[derive(Template)]
#[template(path = "framework/exercise_lessons.html")]
struct LessonsPage {
    page: Page,
    list: ListView,
    rows: Vec<LessonLine>,
    today: String,
    may_work: bool,
}

impl LessonsPage {
    fn href(&self, one: &LessonLine) -> String {
        href(&one.exercise)
    }

    fn is_late(&self, one: &LessonLine) -> bool {
        one.lesson.is_late(&self.today)
    }

    fn done(&self, one: &LessonLine) -> String {
        format!("{}/lessons/{}/done?back=list", href(&one.exercise), one.lesson.id)
    }
}

/// `GET /framework/exercises/lessons`
async fn lessons(visit: Visit) -> Answer {
    let ask = LESSONS.read(&visit)?;
    let today = visit.now.day();
    let fixed = [visit.viewer.clearance.rank().into(), (&today).into()];
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT, lesson_line).await?;
        let head = ["id", "exercise", "title", "lesson", "owner", "due", "done"];
        let cells = rows.into_iter().map(|one| {
            let lesson = one.lesson;
            [lesson.id, one.exercise, one.title, lesson.text, lesson.owner, lesson.due, lesson.done]
                .map(Cell::from)
                .to_vec()
        });
        return Ok(visit.export(format, "lessons", &head, &cells.collect::<Vec<_>>()));
    }
    let found = ask.fetch(&visit.db, &fixed, lesson_line).await?;
    let columns = [("owner", "exercise-lesson-owner"), ("done", "exercise-lesson-done"), ("exercise", "exercise-one")];
    let list = ask.view(&visit, &found).with_columns(&visit, &columns);
    let may_work = visit.may(Right::AnswerAssessments);
    let page = frame(&visit, visit.t("exercise-lessons"));
    visit.html(&LessonsPage { page, list, rows: found.rows, today: today.clone(), may_work })
}
