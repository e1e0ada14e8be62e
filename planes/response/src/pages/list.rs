//! The list of incidents, where many are changed at once.

use askama::Template;
use axum::extract::{RawForm, State as Given};
use manara_model::{CLASSES, Micros, Viewer};
use manara_store::{Arg, Db, Engine};
use manara_web::{
    Answer, Ask, Cell, Choice, EXPORT_MOST, Filter, Found, Key, Kind, ListSpec, ListView, Markup, Page, PageError,
    Right, Sort, Visit,
};

use super::fields::{Fields, team};
use super::{Room, best, tone};
use crate::incident::{Incident, Verdict};
use crate::own_field::{OwnField, OwnFieldKind, values_in};
use crate::sql;
use crate::words::{self, newest_in_postgres, newest_in_sqlite};

/// A live incident has no end. What few values have is kept from the indexes by what changes nothing (`|| ''`, `+ 0`): the list
/// is to be read in its order, not gathered by its state and sorted.
const LIVE: &str = "i.closed = ''";

/// What is said newest is looked through so far: parts that say the words, and incidents among them.
const SAID_IN_SQLITE: &str = concat!(
    "i.id IN (SELECT s.record_id FROM response_said s WHERE s.record_kind = 'incident' AND s.doc IN (",
    newest_in_sqlite!("?"),
    "))"
);
const SAID_IN_POSTGRES: &str = concat!(
    "i.id IN (SELECT s.record_id FROM response_said s WHERE s.record_kind = 'incident' AND s.doc IN (",
    newest_in_postgres!("?"),
    "))"
);

const fn filters(said: &'static str, written: fn(&str) -> String) -> [Filter; 15] {
    [
        Filter { name: "q", label: "response-list-search", kind: Kind::Written(written), sql: said },
        best::ORDER,
        Filter {
            name: "state",
            label: "response-field-state",
            kind: Kind::Case {
                words: "response-list-state-",
                cases: &[
                    ("live", LIVE),
                    ("new", "i.closed = '' AND (i.state || '') = 'new'"),
                    ("open", "i.closed = '' AND (i.state || '') = 'open'"),
                    ("closed", "i.closed <> ''"),
                    ("resolved", "i.closed <> '' AND (i.state || '') = 'resolved'"),
                    ("abandoned", "i.closed <> '' AND (i.state || '') = 'abandoned'"),
                    ("all", "1 = 1"),
                ],
            },
            sql: "",
        },
        Filter {
            name: "show",
            label: "response-list-show",
            kind: Kind::Case {
                words: "response-list-show-",
                cases: &[
                    ("mine", "i.owner = $2"),
                    (
                        "watched",
                        "EXISTS (SELECT 1 FROM response_watcher w WHERE w.incident_id = i.id AND w.person = $2)",
                    ),
                    ("unowned", "i.owner = ''"),
                    ("due", "i.due <> '' AND i.due < $3 AND i.closed = ''"),
                    (
                        "waits-us",
                        "i.closed = '' AND i.id IN
                        (SELECT l.incident_id FROM response_ticket t JOIN response_ticket_incident l ON l.ticket_id = t.id
                          WHERE t.closed = '' AND t.waits_for = 'us' AND t.tlp <= $1)",
                    ),
                    (
                        "waits-them",
                        "i.closed = '' AND i.id IN
                        (SELECT l.incident_id FROM response_ticket t JOIN response_ticket_incident l ON l.ticket_id = t.id
                          WHERE t.closed = '' AND t.waits_for = 'them' AND t.tlp <= $1)",
                    ),
                ],
            },
            sql: "",
        },
        Filter {
            name: "severity",
            label: "response-field-severity",
            kind: Kind::Case {
                words: "response-list-severity-",
                cases: &[
                    ("critical", "(i.severity + 0) = 4"),
                    ("high_up", "(i.severity + 0) >= 3"),
                    ("high", "(i.severity + 0) = 3"),
                    ("medium", "(i.severity + 0) = 2"),
                    ("low", "(i.severity + 0) = 1"),
                    ("info", "(i.severity + 0) = 0"),
                ],
            },
            sql: "",
        },
        Filter {
            name: "tag",
            label: "response-field-tags",
            kind: Kind::Pick,
            sql: "EXISTS (SELECT 1 FROM response_tag g WHERE g.record_id = i.id AND g.tag = ?)",
        },
        Filter {
            name: "field",
            label: "fields-filter",
            kind: Kind::Pick,
            sql: "EXISTS (SELECT 1 FROM response_field_value v WHERE v.incident_id = i.id AND v.field || '=' || v.value = ?)",
        },
        Filter {
            name: "pap",
            label: "response-field-pap",
            kind: Kind::Case {
                words: "response-pap-label-",
                cases: &[("clear", "i.pap = 0"), ("green", "i.pap = 1"), ("amber", "i.pap = 2"), ("red", "i.pap = 3")],
            },
            sql: "",
        },
        Filter { name: "owner", label: "response-field-owner", kind: Kind::Pick, sql: "i.owner = ?" },
        Filter { name: "class", label: "response-list-class", kind: Kind::Pick, sql: "i.taxonomy = ?" },
        Filter {
            name: "constituent",
            label: "response-field-constituent",
            kind: Kind::Pick,
            sql: "i.id IN (SELECT c.incident_id FROM response_incident_constituent c WHERE c.constituent_id = ?)",
        },
        Filter { name: "mailbox", label: "tickets-field-mailbox", kind: Kind::Pick, sql: "i.mailbox = ?" },
        Filter {
            name: "age",
            label: "response-list-age",
            kind: Kind::Case {
                words: "response-list-age-",
                cases: &[
                    ("day", "i.created >= $4"),
                    ("week", "i.created < $4 AND i.created >= $5"),
                    ("month", "i.created < $5 AND i.created >= $6"),
                    ("older", "i.created < $6"),
                ],
            },
            sql: "",
        },
        Filter { name: "from", label: "web-list-from", kind: Kind::FromDay, sql: "i.created >= ?" },
        Filter { name: "until", label: "web-list-until", kind: Kind::UntilDay, sql: "i.created < ?" },
    ]
}

static ASKED_OF_SQLITE: [Filter; 15] = filters(SAID_IN_SQLITE, words::asked_of_sqlite);
static ASKED_OF_POSTGRES: [Filter; 15] = filters(SAID_IN_POSTGRES, words::asked_of_postgres);

/// How the list may be asked; the words of a text are looked for as each engine wants it.
pub(super) static INCIDENTS: ListSpec = spec(&ASKED_OF_SQLITE);
static INCIDENTS_OF_POSTGRES: ListSpec = spec(&ASKED_OF_POSTGRES);

/// The list as the database of the house is asked for it.
pub(super) fn incidents_of(db: &Db) -> &'static ListSpec {
    match db.engine() {
        Engine::Sqlite => &INCIDENTS,
        Engine::Postgres => &INCIDENTS_OF_POSTGRES,
    }
}

/// What is read of one, in the order of `sql::COLUMNS`.
const READ: [&str; 27] = [
    "i.id",
    "i.number",
    "i.title",
    "i.taxonomy",
    "i.type",
    "i.impact",
    "i.urgency",
    "i.severity",
    "i.tlp",
    "i.owner",
    "i.state",
    "i.resolution",
    "i.verdict",
    "i.merged_into",
    "i.rule",
    "i.opened_by",
    "i.version",
    "i.findings",
    "i.constituents",
    "i.created",
    "i.changed",
    "i.closed",
    "i.due",
    "i.mailbox",
    "i.pap",
    "i.tags",
    "i.fields",
];
/// What it is weighed by.
const WEIGHED: [&str; 3] = ["i.id", "i.title", "i.created"];

const fn spec(filters: &'static [Filter]) -> ListSpec {
    ListSpec {
        columns: &READ,
        from: "response_incident i",
        // Clearance; then who asks, now, and the moments a day, a week and a month ago, for the filters that need them.
        only: "i.tlp <= $1 AND $2 <> ' ' AND $3 <> ' ' AND $4 <> ' ' AND $5 <> ' ' AND $6 <> ' '",
        filters,
        sorts: &[
            Sort {
                name: "created",
                label: "response-field-created",
                column: "i.created",
                key: Key::Text,
                descending: true,
            },
            Sort {
                name: "severity",
                label: "response-field-severity",
                column: "i.severity",
                key: Key::Int,
                descending: true,
            },
            Sort {
                name: "due",
                label: "response-field-due",
                column: "CASE WHEN i.due = '' THEN '9' ELSE i.due END",
                key: Key::Text,
                descending: false,
            },
            Sort {
                name: "changed",
                label: "response-field-changed",
                column: "i.changed",
                key: Key::Text,
                descending: true,
            },
            Sort {
                name: "findings",
                label: "response-field-findings",
                column: "i.findings",
                key: Key::Int,
                descending: true,
            },
            Sort { name: "owner", label: "response-field-owner", column: "i.owner", key: Key::Text, descending: false },
        ],
        key: "i.id",
        key_kind: Key::Text,
    }
}

/// The columns a reader may leave out, in the order of the table.
const COLUMNS: [(&str, &str); 13] = [
    ("title", "response-field-title"),
    ("severity", "response-field-severity"),
    ("state", "response-field-state"),
    ("owner", "response-field-owner"),
    ("constituent", "response-field-constituent"),
    ("findings", "response-field-findings"),
    ("due", "response-field-due"),
    ("created", "response-field-created"),
    ("changed", "response-field-changed"),
    ("tlp", "response-field-tlp"),
    ("mailbox", "tickets-field-mailbox"),
    ("pap", "response-field-pap"),
    ("tags", "response-field-tags"),
];

/// The states of the filter but `all`, which is the empty choice.
const STATES: [&str; 6] = ["live", "new", "open", "closed", "resolved", "abandoned"];

pub(super) const EXPORT_COLUMNS: [&str; 24] = [
    "id",
    "number",
    "title",
    "class",
    "type",
    "impact",
    "urgency",
    "severity",
    "tlp",
    "pap",
    "owner",
    "state",
    "resolution",
    "verdict",
    "rule",
    "findings",
    "constituents",
    "tags",
    "fields",
    "created",
    "changed",
    "closed",
    "due",
    "mailbox",
];

/// The column of an own field is called as it, so that a table that comes back fills it; unless a column is called so already.
fn own_column(field: &OwnField) -> String {
    if EXPORT_COLUMNS.contains(&field.id.as_str()) { format!("field_{}", field.id) } else { field.id.clone() }
}

/// The values of own fields, in their order; numbers as such.
fn own_cells(own: &[&OwnField], one: &Incident) -> Vec<Cell> {
    let values = values_in(&one.fields);
    let cell = |field: &&OwnField| match (values.get(&field.id), field.kind) {
        (None, _) => Cell::Null,
        (Some(value), OwnFieldKind::Number) => match (value.parse::<i64>(), value.parse::<f64>()) {
            (Ok(whole), _) => Cell::Int(whole),
            (Err(_), Ok(number)) => Cell::Real(number),
            (Err(_), Err(_)) => value.as_str().into(),
        },
        (Some(value), _) => value.as_str().into(),
    };
    own.iter().map(cell).collect()
}

/// The cells of an incident in the order of [`EXPORT_COLUMNS`].
pub(super) fn cells(one: Incident) -> Vec<Cell> {
    vec![
        one.id.into(),
        one.number.into(),
        one.title.into(),
        one.taxonomy.into(),
        one.kind.into(),
        one.impact.as_str().into(),
        one.urgency.as_str().into(),
        one.severity.as_str().into(),
        one.tlp.label().into(),
        one.pap.label().into(),
        one.owner.into(),
        one.state.as_str().into(),
        one.resolution.into(),
        one.verdict.map_or("", crate::incident::Verdict::as_str).into(),
        one.rule.into(),
        one.findings.into(),
        one.constituents.into(),
        one.tags.replace('\n', " ").into(),
        one.fields.into(),
        one.created.into(),
        one.changed.into(),
        one.closed.into(),
        one.due.into(),
        one.mailbox.into(),
    ]
}

pub(super) fn fixed(visit: &Visit) -> [Arg<'static>; 6] {
    fixed_for(&visit.viewer, visit.now)
}

fn fixed_for(viewer: &Viewer, now: Micros) -> [Arg<'static>; 6] {
    [
        viewer.into(),
        viewer.name.clone().into(),
        now.into(),
        now.plus_days(-1).into(),
        now.plus_days(-7).into(),
        now.plus_days(-30).into(),
    ]
}

/// A page of the list, or of the best of it; how many were weighed, where older ones that say the words were not.
pub(super) async fn listed(
    db: &Db,
    viewer: &Viewer,
    (ask, place): (&Ask, Option<&str>),
    now: Micros,
) -> Result<(Found<Incident>, Option<usize>), PageError> {
    let fixed = fixed_for(viewer, now);
    if !best::is_wanted(ask) {
        return Ok((ask.fetch(db, &fixed, sql::incident).await?, None));
    }
    let best = best::best(db, (ask, "incident", &WEIGHED), place, &fixed).await?;
    let rows = sql::some_of(db, viewer, &best.ids).await?;
    Ok(best.page(rows))
}

/// Incidents that say all the words, as far as the viewer may see them: the newest first, or the best; 200 at most.
pub async fn find_incidents(
    db: &Db,
    viewer: &Viewer,
    (text, is_best_first): (&str, bool),
    most: usize,
    now: Micros,
) -> Result<Vec<Incident>, PageError> {
    let ask = incidents_of(db).read_pairs(&best::looking_for(text, is_best_first, most))?;
    Ok(listed(db, viewer, (&ask, None), now).await?.0.rows)
}

/// What is asked for; live ones unless the reader says otherwise. The empty choice says: all.
pub(super) fn asked(pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    asked_usually(pairs, "state", "live")
}

/// What is asked for, with a filter that is set unless the reader says otherwise. Its empty choice says: all.
pub(super) fn asked_usually(mut pairs: Vec<(String, String)>, filter: &str, usual: &str) -> Vec<(String, String)> {
    let set = match pairs.iter().find(|(name, _)| name == filter) {
        None => Some(usual),
        Some((_, value)) if value.trim().is_empty() => Some("all"),
        Some(_) => None,
    };
    if let Some(set) = set {
        pairs.retain(|(name, _)| name != filter);
        pairs.push((filter.into(), set.into()));
    }
    pairs
}

#[derive(Template)]
#[template(path = "response/incidents.html")]
struct IncidentsPage {
    page: Page,
    list: ListView,
    rows: Vec<Incident>,
    none_yet: bool,
    /// How many were weighed, where not all that say the words were.
    cut: Option<usize>,
    may_handle: bool,
    team: Vec<Choice>,
    resolutions: Vec<Choice>,
    verdicts: [&'static str; 3],
    tags: Vec<Choice>,
    offer: Markup,
    back: String,
    now: Micros,
}

impl IncidentsPage {
    fn tone(&self, row: &Incident) -> &'static str {
        tone(row.state)
    }

    fn state_key(&self, row: &Incident) -> String {
        format!("response-state-{}", row.state.as_str())
    }

    fn kind(&self, row: &Incident) -> String {
        self.page.t(format!("web-type-{}", row.kind))
    }

    fn tick(&self, row: &Incident) -> Markup {
        // The label is for those who cannot see which row the box stands in.
        let label = self.page.t1("response-list-tick", "number", row.number.as_str());
        tick(&row.id, &label)
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

/// The box by which a row is chosen.
pub(super) fn tick(id: &str, label: &str) -> Markup {
    Markup::of(&Tick { id, label })
}

/// `GET /incidents`
pub(super) async fn incidents(visit: Visit, Given(room): Given<Room>) -> Answer {
    let (ask, place) = best::read(incidents_of(&visit.db), asked(visit.query_pairs()))?;
    let ask = ask.for_reader(&visit);
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed(&visit), EXPORT_MOST, sql::incident).await?;
        let own: Vec<&OwnField> = room.policy.own_fields.groups().flat_map(|group| &group.fields).collect();
        let names: Vec<String> = own.iter().map(|field| own_column(field)).collect();
        let head: Vec<&str> = EXPORT_COLUMNS.into_iter().chain(names.iter().map(String::as_str)).collect();
        let cells = rows.into_iter().map(|one| {
            let values = own_cells(&own, &one);
            let mut row = cells(one);
            row.extend(values);
            row
        });
        return Ok(visit.export(format, "incidents", &head, &cells.collect::<Vec<_>>()));
    }
    let (found, cut) = listed(&visit.db, &visit.viewer, (&ask, place.as_deref()), visit.now).await?;
    let words = |prefix: &str, value: &str| Choice {
        value: value.to_string(),
        label: visit.t(&format!("{prefix}{}", value.replace('_', "-"))),
    };
    let mut constituents = sql::named(&visit.db, &visit.viewer).await?;
    if let Some(id) = ask.value("constituent").filter(|id| !constituents.iter().any(|(known, _)| known == id)) {
        let name = sql::constituent_name(&visit.db, &visit.viewer, id).await?.unwrap_or_else(|| id.to_string());
        constituents.push((id.to_string(), name));
    }
    let constituents = constituents.into_iter().map(|(value, label)| Choice { value, label }).collect();
    let owners = sql::owners(&visit.db, &visit.viewer).await?;
    let mailboxes = sql::mailboxes(&visit.db, &visit.viewer).await?;
    let list = best::around(&visit, &ask, &found)
        .with_choices("state", STATES.iter().map(|state| words("response-list-state-", state)).collect())
        .with_choices("class", CLASSES.iter().map(|class| words("web-class-", class.value)).collect())
        .with_choices("owner", owners.into_iter().map(|name| Choice { value: name.clone(), label: name }).collect())
        .with_choices("constituent", constituents)
        .with_choices("mailbox", mailboxes.into_iter().map(|one| Choice { value: one.clone(), label: one }).collect())
        .with_choices("field", field_choices(&visit).await?)
        .with_choices("tag", tag_choices(&visit, false).await?);
    let list = if ask.value("state") == Some("live") { list.with_chip(&ask, "state", "all") } else { list };
    let may_handle = visit.may(Right::HandleIncidents);
    let list = list.with_columns(&visit, &COLUMNS);
    let offer = if may_handle { manara_web::bulk::offer(&visit, &*room.many).await? } else { Markup::default() };
    let back = visit.uri.path_and_query().map_or("/incidents", |path| path.as_str()).to_string();
    visit.html(&IncidentsPage {
        none_yet: found.rows.is_empty() && !sql::any(&visit.db, &visit.viewer).await?,
        team: if may_handle { team(&visit, "").await? } else { Vec::new() },
        resolutions: room
            .policy
            .resolutions
            .iter()
            .map(|end| Choice { value: end.id.clone(), label: end.title(visit.lang.tag()).to_string() })
            .collect(),
        page: visit.page("response-list-title"),
        list,
        rows: found.rows,
        cut,
        may_handle,
        verdicts: Verdict::ALL.map(Verdict::as_str),
        tags: tag_choices(&visit, false).await?,
        offer,
        back,
        now: visit.now,
    })
}

/// The values of own fields in use.
async fn field_choices(visit: &Visit) -> Result<Vec<Choice>, PageError> {
    let language = visit.lang.tag();
    let of = |(field, value, title, words): crate::sql_field::Used| {
        let said = if words.is_empty() { value.as_str() } else { words.of(language) };
        Choice { value: format!("{field}={value}"), label: format!("{}: {said}", title.of(language)) }
    };
    Ok(crate::sql_field::used(&visit.db, &visit.viewer).await?.into_iter().map(of).collect())
}

/// The tags in use.
pub(super) async fn tag_choices(visit: &Visit, of_tickets: bool) -> Result<Vec<Choice>, PageError> {
    let used = crate::sql_tag::used_tags(&visit.db, &visit.viewer, of_tickets).await?;
    Ok(used.into_iter().map(|(tag, _)| Choice { value: tag.clone(), label: tag }).collect())
}

/// `POST /incidents/bulk`: to those that are ticked, or to all that match the filters of the list it came from.
pub(super) async fn change_many(visit: Visit, Given(room): Given<Room>, RawForm(form): RawForm) -> Answer {
    choose(visit, &*room.many, &form).await
}

/// What the form of a list does to many; only somebody of the team is given anything.
pub(super) async fn choose(visit: Visit, many: &dyn manara_web::bulk::Many, form: &[u8]) -> Answer {
    let fields = Fields::read(form);
    let person = fields.text("person");
    if fields.text("do") == "assign"
        && !person.is_empty()
        && !team(&visit, "").await?.iter().any(|known| known.value == person)
    {
        return Err(PageError::unreadable("person"));
    }
    manara_web::bulk::choose(visit, many, form).await
}
