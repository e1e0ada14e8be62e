//! The list of tasks: one's own that are open, unless the reader asks for others.

use askama::Template;
use manara_model::Micros;
use manara_store::Arg;
use manara_web::{
    Answer, Ask, Cell, Choice, EXPORT_MOST, Filter, Key, Kind as Is, ListSpec, ListView, Page, Sort, Visit,
};

use super::team;
use crate::sql_task::{self, Mention, OpenTask, open_task};
use crate::texts::Texts;

/// Places where somebody was called that are shown.
const MENTIONS: i64 = 100;

/// By when a task is to be done, so that those without a time come last.
const DUE: &str = "CASE WHEN t.due = '' THEN '9' ELSE t.due END";

/// Tasks the reader may know of. `$1` is the viewer, `$2` their name, `$3` now.
pub(in crate::pages) static TASKS: ListSpec = ListSpec {
    // The order of `sql_task::open_task`.
    columns: &[
        "t.id",
        "t.incident_id",
        "t.playbook",
        "t.step",
        "t.kind",
        "t.position",
        "t.title",
        "t.body",
        "t.role",
        "t.letter",
        "t.needs",
        "t.span",
        "t.decision",
        "t.decided",
        "t.state",
        "t.reason",
        "t.owner",
        "t.due",
        "t.note",
        "t.version",
        "t.created_by",
        "t.created",
        "t.changed_by",
        "t.changed",
        "t.done_by",
        "t.done",
        "t.removed",
        "i.number",
        "i.title",
        "i.tlp",
    ],
    // CROSS keeps SQLite from going through the incidents first: tasks are read in their order.
    from: "response_task t CROSS JOIN response_incident i",
    only: "i.id = t.incident_id AND i.tlp <= $1 AND i.merged_into = '' AND t.removed = '' AND $2 <> ' ' AND $3 <> ' '",
    filters: &[
        Filter {
            name: "q",
            label: "work-list-search",
            kind: Is::Contains,
            // Among open ones alone: texts of millions that are done would be gone through one by one. Their incident is found by its
            // words at once, and leads to them.
            sql: r"t.state = 'open' AND (LOWER(t.title) LIKE ? ESCAPE '\' OR LOWER(i.number) LIKE ? ESCAPE '\'
                OR LOWER(i.title) LIKE ? ESCAPE '\')",
        },
        Filter {
            name: "state",
            label: "response-field-state",
            // Open ones have indexes of their own; the others are found in the order of all.
            kind: Is::Case {
                words: "work-task-",
                cases: &[
                    ("open", "t.state = 'open'"),
                    ("waiting", "(t.state || '') = 'waiting'"),
                    ("done", "(t.state || '') = 'done'"),
                    ("skipped", "(t.state || '') = 'skipped'"),
                    ("all", "1 = 1"),
                ],
            },
            sql: "",
        },
        Filter {
            name: "show",
            label: "response-list-show",
            kind: Is::Case {
                words: "work-list-show-",
                cases: &[
                    ("mine", "t.owner = $2"),
                    ("unowned", "t.owner = ''"),
                    ("late", "t.due <> '' AND (t.due || '') < $3 AND t.state = 'open'"),
                    ("all", "1 = 1"),
                ],
            },
            sql: "",
        },
        Filter { name: "owner", label: "work-who", kind: Is::Pick, sql: "t.owner = ?" },
        Filter {
            name: "kind",
            label: "work-list-kind",
            kind: Is::Choice { values: &["step", "own", "check", "lesson"], words: "work-list-kind-" },
            sql: "(t.kind || '') = ?",
        },
        Filter {
            name: "due",
            label: "work-list-due",
            kind: Is::UntilDay,
            sql: "CASE WHEN t.due = '' THEN '9' ELSE t.due END < ?",
        },
    ],
    sorts: &[
        Sort { name: "due", label: "work-due", column: DUE, key: Key::Text, descending: false },
        Sort {
            name: "changed",
            label: "response-field-changed",
            column: "t.changed",
            key: Key::Text,
            descending: true,
        },
    ],
    key: "t.id",
    key_kind: Key::Text,
};

/// The columns a reader may leave out, in the order of the table.
const COLUMNS: [(&str, &str); 7] = [
    ("due", "work-due"),
    ("state", "response-field-state"),
    ("owner", "work-who"),
    ("incident", "response-field-number"),
    ("kind", "work-list-kind"),
    ("changed", "response-field-changed"),
    ("tlp", "response-field-tlp"),
];

/// The choices of a filter but `all`, which is the empty one.
const STATES: [&str; 4] = ["open", "waiting", "done", "skipped"];
const SHOWS: [&str; 3] = ["mine", "unowned", "late"];

const EXPORT_COLUMNS: [&str; 16] = [
    "id",
    "incident",
    "incident_title",
    "tlp",
    "title",
    "kind",
    "playbook",
    "step",
    "state",
    "owner",
    "due",
    "created",
    "changed",
    "done",
    "done_by",
    "reason",
];

fn cells(one: OpenTask, language: &str) -> Vec<Cell> {
    let (done_by, done) = one.task.done.map_or((String::new(), None), |(who, at)| (who, Some(at)));
    vec![
        one.task.id.into(),
        one.number.into(),
        one.incident.into(),
        one.tlp.label().into(),
        one.task.title.of(language).into(),
        one.task.kind.as_str().into(),
        one.task.playbook.into(),
        one.task.step.into(),
        one.task.state.as_str().into(),
        one.task.owner.into(),
        one.task.due.into(),
        one.task.created.1.into(),
        one.task.changed.1.into(),
        done.into(),
        done_by.into(),
        one.task.reason.into(),
    ]
}

pub(super) fn fixed(visit: &Visit) -> [Arg<'static>; 3] {
    [(&visit.viewer).into(), visit.viewer.name.clone().into(), visit.now.into()]
}

/// What is asked for: open ones unless the reader says otherwise, and one's own unless they say whose. The empty choice says: all.
fn asked(pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut pairs = super::super::list::asked_usually(pairs, "state", "open");
    if pairs.iter().any(|(name, value)| name == "owner" && !value.trim().is_empty()) {
        // Who names a person does not ask for oneself.
        pairs.retain(|(name, value)| !(name == "show" && value == "mine"));
        return pairs;
    }
    super::super::list::asked_usually(pairs, "show", "mine")
}

/// Whether only what is usual is asked for.
fn is_usual(ask: &Ask) -> bool {
    let is = |name, value| ask.value(name) == Some(value);
    is("state", "open") && is("show", "mine") && ["q", "kind", "due"].iter().all(|name| ask.value(name).is_none())
}

#[derive(Template)]
#[template(path = "response/work/mine.html")]
struct MinePage {
    page: Page,
    mentions: Vec<Mention>,
    list: ListView,
    rows: Vec<OpenTask>,
    is_all: bool,
    is_usual: bool,
    /// What was looked for among more than open ones, of which the list does not look.
    looked_for: Option<String>,
    now: Micros,
}

impl MinePage {
    /// Where what is done is found by its words.
    fn incidents_href(&self, words: &str) -> String {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", words).finish();
        format!("/incidents?state=all&{query}")
    }

    fn words<'t>(&self, texts: &'t Texts) -> &'t str {
        texts.of(self.page.lang.tag())
    }

    fn state_key(&self, row: &OpenTask) -> String {
        format!("work-task-{}", row.task.state.as_str())
    }

    fn kind_key(&self, row: &OpenTask) -> String {
        format!("work-list-kind-{}", row.task.kind.as_str())
    }

    fn place(&self, mention: &Mention) -> String {
        match mention.kind.as_str() {
            "mail" => format!("/tickets/{}#message-{}", mention.number, mention.record),
            "task" => format!("/incidents/{}/tasks/{}", mention.number, mention.record),
            "ticket" => format!("/tickets/{}", mention.number),
            _ => format!("/incidents/{}#note-{}", mention.number, mention.record),
        }
    }
}

/// `GET /tasks`; `?show=all` shows those of everybody.
pub(super) async fn mine(visit: Visit) -> Answer {
    let ask = TASKS.read_pairs(&asked(visit.query_pairs()))?.for_reader(&visit);
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed(&visit), EXPORT_MOST, open_task).await?;
        let language = visit.lang.tag();
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(|one| cells(one, language)).collect();
        return Ok(visit.export(format, "tasks", &EXPORT_COLUMNS, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed(&visit), open_task).await?;
    let words = |begins: &str, values: &[&str]| -> Vec<Choice> {
        let of = |value: &&str| Choice { value: (*value).to_string(), label: visit.t(&format!("{begins}{value}")) };
        values.iter().map(of).collect()
    };
    let owner = ask.value("owner").unwrap_or_default();
    let list = ask
        .view(&visit, &found)
        .with_choices("state", words("work-task-", &STATES))
        .with_choices("show", words("work-list-show-", &SHOWS))
        .with_choices("owner", team(&visit, owner).await?)
        .with_columns(&visit, &COLUMNS);
    let list = if ask.value("state") == Some("open") { list.with_chip(&ask, "state", "all") } else { list };
    let list = if ask.value("show") == Some("mine") { list.with_chip(&ask, "show", "all") } else { list };
    visit.html(&MinePage {
        page: visit.page("work-mine-title"),
        mentions: sql_task::mentions(&visit.db, &visit.viewer, MENTIONS).await?,
        list,
        rows: found.rows,
        is_all: ask.value("show") != Some("mine"),
        is_usual: is_usual(&ask),
        looked_for: ask.value("q").filter(|_| ask.value("state") != Some("open")).map(str::to_string),
        now: visit.now,
    })
}
