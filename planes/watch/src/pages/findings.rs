//! Findings: the list, one of them, and what people say of it.

use askama::Template;
use axum::Form;
use axum::extract::{Path, RawForm, State};
use manara_lake::Tables;
use manara_model::{Answer as Said, CLASSES, Reliability, combined_confidence};
use manara_store::{Row, StoreError};
use manara_web::{
    Answer, Cell, Choice, EXPORT_MOST, Filter, Key, Kind, ListSpec, ListView, Markup, Page, PageError, Right, Sort,
    Tone, Visit, Word,
};
use serde::Deserialize;

use super::event::{self, EventLine};
use super::{Desk, Many, Room, href_of, journal, literal, words_or_value};
use crate::finding::{Finding, SourceSeen};
use crate::sql::{self, touched};

/// Events shown on the page of a finding.
const EVENTS_SHOWN: usize = 100;
/// Seconds the events of a finding may take.
const EVENT_SECONDS: u64 = 20;

const LIVE: &str = "state IN ('open', 'notified', 'acknowledged', 'reopened')";

pub(super) static FINDINGS: ListSpec = ListSpec {
    // The order of `sql::finding_of`.
    columns: &[
        "id",
        "constituent_id",
        "constituent",
        "taxonomy",
        "type",
        "subject",
        "asset",
        "state",
        "severity",
        "confidence",
        "first_seen",
        "last_seen",
        "count",
        "sources",
        "changed_at",
        "told_at",
        "last_batch",
        "asn",
    ],
    from: "watch_finding",
    only: "",
    filters: &[
        Filter {
            name: "q",
            label: "watch-findings-text",
            kind: Kind::Contains,
            sql: r"LOWER(asset || ' ' || subject || ' ' || constituent) LIKE ? ESCAPE '\'",
        },
        Filter {
            name: "state",
            label: "watch-findings-state",
            // What is no longer as it came stands in an index of its own, which is used when its whole condition is said.
            kind: Kind::Case {
                words: "watch-findings-state-",
                cases: &[
                    ("live", LIVE),
                    ("new", "state IN ('open', 'reopened')"),
                    ("open", "state = 'open'"),
                    ("reopened", concat!(touched!(), " AND state = 'reopened'")),
                    ("notified", "state = 'notified'"),
                    ("acknowledged", "state = 'acknowledged'"),
                    ("closed", concat!(touched!(), " AND state <> 'reopened'")),
                    ("fixed", concat!(touched!(), " AND state = 'fixed'")),
                    ("false_positive", concat!(touched!(), " AND state = 'false_positive'")),
                    ("expired", concat!(touched!(), " AND state = 'expired'")),
                    ("all", "1 = 1"),
                ],
            },
            sql: "",
        },
        Filter {
            name: "severity",
            label: "watch-findings-severity",
            kind: Kind::Case {
                words: "watch-findings-severity-",
                cases: &[
                    ("critical", "severity = 4"),
                    ("high_up", "severity >= 3"),
                    ("high", "severity = 3"),
                    ("medium", "severity = 2"),
                    ("low", "severity = 1"),
                    ("info", "severity = 0"),
                ],
            },
            sql: "",
        },
        Filter { name: "class", label: "watch-findings-class", kind: Kind::Pick, sql: "taxonomy = ?" },
        Filter { name: "type", label: "watch-findings-type", kind: Kind::Pick, sql: "type = ?" },
        Filter {
            name: "constituent",
            label: "watch-findings-constituent",
            kind: Kind::Pick,
            sql: "constituent_id = ?",
        },
        Filter {
            name: "feed",
            label: "watch-findings-source",
            kind: Kind::Pick,
            sql: r#"sources LIKE '%"feed":"' || REPLACE(?, '_', '\_') || '"%' ESCAPE '\'"#,
        },
        // Those who left the constituency have no row in `watch_owner`; `none` asks for their findings.
        Filter {
            name: "sector",
            label: "watch-findings-sector",
            kind: Kind::Pick,
            sql: "CASE WHEN ? = 'none' THEN constituent_id NOT IN (SELECT id FROM watch_owner)
                ELSE constituent_id IN (SELECT id FROM watch_owner WHERE sector = ?) END",
        },
        Filter {
            name: "criticality",
            label: "watch-findings-criticality",
            kind: Kind::Choice { values: &["vital", "high", "medium", "low"], words: "watch-findings-criticality-" },
            sql: "constituent_id IN (SELECT id FROM watch_owner WHERE criticality = ?)",
        },
        Filter { name: "asn", label: "watch-findings-asn", kind: Kind::Exact, sql: "CAST(asn AS TEXT) = ?" },
        // Nothing is seen last before it is seen first: the second half finds its rows by an index.
        Filter {
            name: "first_from",
            label: "watch-findings-first-from",
            kind: Kind::FromDay,
            sql: "first_seen >= ? AND last_seen >= ?",
        },
        Filter {
            name: "first_until",
            label: "watch-findings-first-until",
            kind: Kind::UntilDay,
            sql: "first_seen < ?",
        },
        Filter {
            name: "changed_from",
            label: "watch-findings-changed-from",
            kind: Kind::FromDay,
            sql: "changed_at >= ?",
        },
        Filter {
            name: "changed_until",
            label: "watch-findings-changed-until",
            kind: Kind::UntilDay,
            sql: "changed_at < ?",
        },
        Filter { name: "from", label: "watch-findings-from", kind: Kind::FromDay, sql: "last_seen >= ?" },
        Filter { name: "until", label: "watch-findings-until", kind: Kind::UntilDay, sql: "last_seen < ?" },
    ],
    sorts: &[
        Sort {
            name: "last_seen",
            label: "watch-findings-last-seen",
            column: "last_seen",
            key: Key::Text,
            descending: true,
        },
        Sort {
            name: "severity",
            label: "watch-findings-severity",
            column: "severity",
            key: Key::IntThen("last_seen"),
            descending: true,
        },
        Sort { name: "count", label: "watch-findings-count", column: "count", key: Key::Int, descending: true },
        Sort {
            name: "confidence",
            label: "watch-findings-confidence",
            column: "CAST(confidence * 10000 AS BIGINT)",
            key: Key::Int,
            descending: true,
        },
        Sort {
            name: "constituent",
            label: "watch-findings-constituent",
            column: "constituent",
            key: Key::Text,
            descending: false,
        },
        Sort {
            name: "first_seen",
            label: "watch-findings-first-seen",
            column: "first_seen",
            key: Key::Text,
            descending: true,
        },
    ],
    key: "id",
    key_kind: Key::Text,
};

/// The columns a reader may leave out, in the order of the table.
const COLUMNS: [(&str, &str); 8] = [
    ("what", "watch-findings-what"),
    ("severity", "watch-findings-severity"),
    ("state", "watch-findings-state"),
    ("constituent", "watch-findings-constituent"),
    ("count", "watch-findings-count"),
    ("confidence", "watch-findings-confidence"),
    ("last_seen", "watch-findings-last-seen"),
    ("first_seen", "watch-findings-first-seen"),
];

const EXPORT_COLUMNS: [&str; 17] = [
    "id",
    "constituent",
    "constituent_id",
    "taxonomy",
    "type",
    "subject",
    "asset",
    "state",
    "severity",
    "confidence",
    "first_seen",
    "last_seen",
    "count",
    "sources",
    "changed_at",
    "told_at",
    "asn",
];

#[derive(Template)]
#[template(path = "watch/findings.html")]
struct FindingsPage {
    page: Page,
    list: ListView,
    rows: Vec<Finding>,
    none_yet: bool,
    many: Vec<Many>,
    answers: Vec<&'static str>,
    offer: Markup,
    back: String,
}

impl FindingsPage {
    fn may_choose(&self) -> bool {
        !self.many.is_empty() || !self.answers.is_empty()
    }

    fn kind(&self, finding: &Finding) -> String {
        words_or_value(&self.page, "web-type-", &finding.kind)
    }

    fn constituent_href(&self, finding: &Finding) -> String {
        href_of("/findings", "constituent", &finding.constituent_id)
    }

    fn tick_label(&self, finding: &Finding) -> String {
        self.page.t1("watch-findings-tick", "asset", finding.asset.as_str())
    }
}

/// What is asked for; live ones unless the reader says otherwise. The empty choice says: all.
pub(super) fn asked(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    let usual = match pairs.iter().find(|(name, _)| name == "state") {
        None => "live",
        Some((_, value)) if value.trim().is_empty() => "all",
        Some(_) => return pairs,
    };
    pairs.retain(|(name, _)| name != "state");
    pairs.push(("state".into(), usual.into()));
    pairs
}

pub(super) async fn list(visit: Visit, State(room): State<Room>) -> Answer {
    let ask = FINDINGS.read_pairs(&asked(visit.query_pairs()))?.for_reader(&visit);
    let read = |row: &Row| sql::finding_of(row).map(|(finding, _)| finding);
    if let Some(format) = ask.format() {
        let found = ask.fetch_all(&visit.db, &[], EXPORT_MOST, read).await?;
        let cells: Vec<_> = found.into_iter().map(cells).collect();
        return Ok(visit.export(format, "findings", &EXPORT_COLUMNS, &cells));
    }
    let found = ask.fetch(&visit.db, &[], read).await?;
    let owners = room.watch.constituents_with_findings(ask.value("constituent").unwrap_or_default()).await?;
    let feeds = room.watch.feed_names().await?;
    let sectors = (room.guests.sectors)(&visit);
    let none_yet = found.rows.is_empty() && !room.watch.has_findings().await?;
    let states = FINDINGS_STATES.iter().map(|value| choice(&visit, "watch-findings-state-", value)).collect();
    let classes = CLASSES.iter().map(|class| choice(&visit, "web-class-", class.value)).collect();
    let types =
        CLASSES.iter().flat_map(|class| class.types).map(|kind| choice(&visit, "web-type-", kind.value)).collect();
    let list = ask
        .view(&visit, &found)
        .with_choices("state", states)
        .with_choices("class", classes)
        .with_choices("type", types)
        .with_choices("sector", sectors)
        .with_choices("constituent", owners.iter().cloned().map(|(value, label)| Choice { value, label }).collect())
        .with_choices("feed", feeds.into_iter().map(|name| Choice { value: name.clone(), label: name }).collect());
    let list = if ask.value("state") == Some("live") { list.with_chip(&ask, "state", "all") } else { list };
    let many: Vec<Many> = room.guests.many.iter().filter(|many| visit.may(many.right)).copied().collect();
    let may_answer = visit.may(Right::AnswerFindings);
    let answers = if may_answer { ANSWERS.map(|(word, _)| word).to_vec() } else { Vec::new() };
    let offer =
        if may_answer { manara_web::bulk::offer(&visit, &super::many::Findings).await? } else { Markup::default() };
    let list = list.with_columns(&visit, &COLUMNS);
    let back = visit.uri.path_and_query().map_or("/findings", |path| path.as_str()).to_string();
    let page = visit.page("watch-findings-title");
    visit.html(&FindingsPage { page, list, rows: found.rows, none_yet, many, answers, offer, back })
}

/// The states of the filter but `all`, which is the empty choice.
const FINDINGS_STATES: [&str; 10] =
    ["live", "new", "open", "reopened", "notified", "acknowledged", "closed", "fixed", "false_positive", "expired"];

fn choice(visit: &Visit, words: &str, value: &str) -> Choice {
    Choice { value: value.to_string(), label: visit.t(&format!("{words}{}", value.replace('_', "-"))) }
}

fn cells(one: Finding) -> Vec<Cell> {
    let sources = one.sources.iter().map(|source| source.feed.as_str()).collect::<Vec<_>>().join(" ");
    vec![
        one.id.into(),
        one.constituent.into(),
        one.constituent_id.into(),
        one.taxonomy.into(),
        one.kind.into(),
        one.subject.into(),
        one.asset.into(),
        one.state.as_str().into(),
        one.severity.as_str().into(),
        one.confidence.into(),
        one.first_seen.into(),
        one.last_seen.into(),
        one.count.into(),
        sources.into(),
        one.changed_at.into(),
        one.told_at.into(),
        one.asn.into(),
    ]
}

/// One source of a finding, with how far it is believed.
struct SourceLine {
    feed: String,
    count: i64,
    reliability: Reliability,
    mean: f64,
}

/// What the reader may answer, and what comes of it.
pub(super) const ANSWERS: [(&str, Said); 4] =
    [("acknowledged", Said::Received), ("fixed", Said::Fixed), ("false", Said::False), ("undo", Said::Undone)];

#[derive(Template)]
#[template(path = "watch/finding.html")]
struct FindingPage {
    page: Page,
    finding: Finding,
    sources: Vec<SourceLine>,
    sure: String,
    answers: Vec<&'static str>,
    reads_events: bool,
    events: Vec<EventLine>,
    more_events: bool,
    events_trouble: Option<String>,
    journal: Vec<journal::Line>,
    panels: Vec<Markup>,
}

impl FindingPage {
    fn words(&self, prefix: &str, value: &str) -> String {
        words_or_value(&self.page, prefix, value)
    }

    fn events_href(&self) -> String {
        href_of("/events", "finding", &self.finding.id)
    }

    fn same_asset_href(&self) -> String {
        format!("{}&state=all", href_of("/findings", "q", &self.finding.asset))
    }

    fn constituent_href(&self) -> String {
        href_of("/findings", "constituent", &self.finding.constituent_id)
    }

    fn days_left(&self) -> i64 {
        crate::expiry::quiet_days(&self.finding.kind)
    }
}

pub(super) fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

pub(super) async fn finding_of(room: &Desk, id: &str) -> Result<Finding, PageError> {
    if !is_id(id) {
        return Err(PageError::not_found());
    }
    room.watch.finding(id).await?.ok_or_else(PageError::not_found)
}

pub(super) async fn one(visit: Visit, State(room): State<Room>, Path(id): Path<String>) -> Answer {
    let finding = finding_of(&room, &id).await?;
    let page = visit.page_titled(finding.asset.clone()).under("/findings", "watch-findings-title");
    let sources = sources(&room, &finding.sources).await?;
    let sure = sure(&page, &sources);
    let reads_events = visit.may(Right::ReadEvents);
    let (mut events, mut more_events, mut events_trouble) = (Vec::new(), false, None);
    if reads_events {
        match events_of(&room, &visit, &finding).await? {
            Ok((found, more)) => (events, more_events) = (found, more),
            Err(trouble) => events_trouble = Some(trouble),
        }
    }
    let answers = match visit.may(Right::AnswerFindings) {
        true => ANSWERS
            .iter()
            .filter(|(_, said)| finding.state.after(*said) != finding.state)
            .map(|(word, _)| *word)
            .collect(),
        false => Vec::new(),
    };
    let journal = journal::of_record(&visit.db, &page, &finding.id).await?;
    let mut panels = Vec::new();
    for panel in &room.guests.panels {
        panels.push(panel(visit.clone(), finding.id.clone()).await?);
    }
    panels.retain(|panel| !panel.is_empty());
    visit.html(&FindingPage {
        page,
        finding,
        sources,
        sure,
        answers,
        reads_events,
        events,
        more_events,
        events_trouble,
        journal,
        panels,
    })
}

async fn sources(room: &Desk, seen: &[SourceSeen]) -> Result<Vec<SourceLine>, StoreError> {
    let mut lines = Vec::new();
    for source in seen {
        let known = room.watch.reliability(&source.feed).await?;
        let reliability = known.unwrap_or(Reliability { alpha: 1.0, beta: 1.0, n: 0 });
        lines.push(SourceLine {
            feed: source.feed.clone(),
            count: source.count,
            mean: reliability.mean(),
            reliability,
        });
    }
    Ok(lines)
}

/// How the confidence comes about, in a sentence.
fn sure(page: &Page, sources: &[SourceLine]) -> String {
    let percent = |part: f64| Word::from(page.visit.locale.numbers.percent(part));
    let confidence = combined_confidence(sources.iter().map(|source| source.mean));
    match sources {
        [] => page.t("watch-finding-sure-none"),
        [one] => page.t_args(
            "watch-finding-sure-one",
            &[("feed", one.feed.clone().into()), ("mean", percent(one.mean)), ("count", one.reliability.n.into())],
        ),
        many => page.t_args(
            "watch-finding-sure-many",
            &[
                ("count", i64::try_from(many.len()).unwrap_or(i64::MAX).into()),
                ("confidence", page.visit.locale.numbers.decimal(confidence * 100.0, 1).into()),
                ("wrong", page.visit.locale.numbers.decimal((1.0 - confidence) * 100.0, 1).into()),
            ],
        ),
    }
}

/// The newest events of a finding and whether there are more; or what went wrong, in words.
async fn events_of(
    room: &Desk,
    visit: &Visit,
    finding: &Finding,
) -> Result<Result<(Vec<EventLine>, bool), String>, PageError> {
    let visible = event::visible(&visit.viewer).map(|rule| format!(" AND {rule}")).unwrap_or_default();
    let sql = format!(
        "SELECT {columns} FROM events WHERE finding = {id} AND \"time\" >= {first} AND \"time\" <= {last}{visible}
          ORDER BY \"time\" DESC, batch DESC, line DESC LIMIT {limit}",
        columns = event::columns(),
        id = literal(&finding.id),
        first = event::moment(finding.first_seen),
        last = event::moment(finding.last_seen),
        limit = EVENTS_SHOWN + 1,
    );
    let files = room.watch.files().await?;
    match room.query(&sql, files, Tables::new(), EVENTS_SHOWN, EVENT_SECONDS).await {
        Ok(rows) => Ok(Ok((event::lines(&rows)?, rows.more))),
        Err(error) => {
            tracing::warn!(finding = finding.id, %error, "events of a finding");
            Ok(Err(visit.t("watch-events-trouble")))
        }
    }
}

/// `POST /findings/bulk`: one answer to those that are ticked, or to all that match the filters of the list.
pub(super) async fn change_many(visit: Visit, RawForm(form): RawForm) -> Answer {
    manara_web::bulk::choose(visit, &super::many::Findings, &form).await
}

#[derive(Deserialize)]
pub(super) struct AnswerForm {
    #[serde(default)]
    answer: String,
}

pub(super) async fn answer(
    visit: Visit,
    State(room): State<Room>,
    Path(id): Path<String>,
    Form(form): Form<AnswerForm>,
) -> Answer {
    let said = ANSWERS.iter().find(|(word, _)| *word == form.answer).map(|(_, said)| *said);
    let said = said.ok_or_else(|| PageError::unreadable("answer"))?;
    let before = finding_of(&room, &id).await?;
    let answered = crate::answers::answer(&visit.db, &[before.id], said, &visit.viewer.name, visit.now).await?;
    if !answered.missing.is_empty() {
        return Err(PageError::not_found());
    }
    let path = format!("/findings/{id}");
    if answered.changed.is_empty() {
        return Ok(visit.go_saying(&path, Tone::Warn, "watch-finding-unchanged", &[]));
    }
    let after = finding_of(&room, &id).await?.state;
    let state = visit.t(&format!("web-state-{}", after.as_str().replace('_', "-")));
    Ok(visit.go_saying(&path, Tone::Good, "watch-finding-answered", &[("state", state.into())]))
}

#[cfg(test)]
mod tests {
    use manara_model::{Answer as Said, FindingState};
    use manara_web::Kind;

    use super::{ANSWERS, FINDINGS, FINDINGS_STATES, is_id};

    #[test]
    fn an_id_is_32_hex_digits_and_nothing_else() {
        assert!(is_id("0123456789abcdef0123456789abcdef"));
        for bad in [
            "",
            "0123456789abcdef0123456789abcde",
            "0123456789ABCDEF0123456789abcdef",
            "0123456789abcdef0123456789abcde'",
        ] {
            assert!(!is_id(bad), "{bad}");
        }
    }

    #[test]
    fn the_state_filter_offers_every_state() {
        let filter = FINDINGS.filters.iter().find(|filter| filter.name == "state").unwrap();
        let Kind::Case { cases, .. } = &filter.kind else { panic!("the state filter has cases") };
        let offered: Vec<&str> = cases.iter().map(|case| case.0).filter(|case| *case != "all").collect();
        assert_eq!(offered, FINDINGS_STATES);
        for state in FindingState::ALL {
            assert!(offered.contains(&state.as_str()), "{state:?}");
        }
    }

    #[test]
    fn a_finding_offers_only_answers_that_change_it() {
        let offers = |state: FindingState| -> Vec<&str> {
            ANSWERS.iter().filter(|(_, said)| state.after(*said) != state).map(|(word, _)| *word).collect()
        };
        assert_eq!(offers(FindingState::Open), ["acknowledged", "fixed", "false"]);
        assert_eq!(offers(FindingState::Fixed), ["false", "undo"]);
        assert_eq!(offers(FindingState::FalsePositive), ["undo"]);
        assert_eq!(FindingState::Open.after(Said::Undone), FindingState::Open);
    }
}
