//! The national picture: findings by whose, what and where, their sources, and how that differs from the span before.

mod tables;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::extract::{Path, State as Given};
use manara_store::Db;
use manara_watch::{Ingest, Watch};
use manara_web::api::{ApiAnswer, Op, Param, Problem, record, schema};
use manara_web::{
    Answer, Compared, Format, Heads, Markup, Page, PageError, Right, Series, Site, Visit, change, compared, json_text,
    stacked,
};
use serde_json::{Value, json};

use super::digest;
use crate::config::Config;
use crate::picture::{Place, Span, World, land};
use tables::{Facts, Member, Origin, RATED_LEAST, Sums};

/// Lines of a chart; what is beyond them is in the export.
const LINES: usize = 12;
/// Countries of the table, and operators of each.
const COUNTRIES: usize = 12;
const OPERATORS: usize = 3;
/// Countries with their letters on the map.
const NAMED_ON_MAP: usize = 8;

/// What the pages work with.
pub struct Room {
    pub(super) db: Db,
    pub(super) watch: Watch,
    pub(super) config: Arc<Config>,
    ingest: Ingest,
    world: World,
    members: Mutex<Option<(i64, Arc<Members>)>>,
}

/// The constituents, by id.
type Members = HashMap<String, Member>;

impl Room {
    /// The picture over a house's parts.
    pub fn new(db: Db, watch: Watch, ingest: Ingest, config: Arc<Config>, world: World) -> Self {
        Room { db, watch, config, ingest, world, members: Mutex::new(None) }
    }

    /// Who the constituents are; read again only when the constituency has changed.
    async fn members(&self) -> Result<Arc<Members>, PageError> {
        let generation = manara_constituency::generation(&self.db).await?;
        if let Some((known, members)) = &*self.members.lock().unwrap_or_else(PoisonError::into_inner)
            && *known == generation
        {
            return Ok(Arc::clone(members));
        }
        let all = manara_constituency::all(&self.db).await?;
        let addresses = manara_constituency::addresses(&all);
        let members = all.into_iter().map(|one| {
            let member = Member {
                addresses: addresses.get(&one.id).copied().unwrap_or(0),
                name: one.name,
                sector: one.sector.id,
            };
            (one.id, member)
        });
        let members = Arc::new(members.collect::<Members>());
        *self.members.lock().unwrap_or_else(PoisonError::into_inner) = Some((generation, Arc::clone(&members)));
        Ok(members)
    }

    /// The name of an AS number, as the tables have it.
    fn operator(&self, asn: i64) -> Option<String> {
        let tables = self.ingest.tables.load();
        u32::try_from(asn).ok().and_then(|asn| tables.as_names.get(&asn).cloned())
    }
}

/// The pages, with their rights.
pub fn site(room: Arc<Room>) -> Site {
    Site::<Arc<Room>>::new()
        .page("/picture", Right::ReadFindings, show)
        .api(
            Op::get(
                "/api/v1/picture/{table}",
                "getPicture",
                Right::ReadFindings,
                "A table of the national picture: days, sectors, classes, operators, constituents, rates, countries or sources",
                "PictureTable",
            )
            .with(Param::new(
                "days",
                schema::one_of(["1", "7", "30", "90"]),
                "how many days up to today; 7 without it",
            )),
            table,
        )
        .api(
            Op::get(
                "/api/v1/digest",
                "getDigest",
                Right::ReadFindings,
                "What happened on a day, as its readers get it by mail",
                "Digest",
            )
            .with(Param::new(
                "day",
                json!({ "type": "string", "format": "date" }),
                "the day in UTC; yesterday without it",
            )),
            digest::by_program,
        )
        .api(
            Op::get(
                "/api/v1/digest/wish",
                "getDigestWish",
                Right::ReadFindings,
                "Whether the token's person gets the digest by mail, where and when",
                "DigestWish",
            ),
            digest::wish_by_program,
        )
        .api(
            Op::post(
                "/api/v1/digest/wish",
                "wantDigest",
                Right::ChangeAccount,
                "Sends the digest to the token's person from now on, at an hour of their own clock",
                "DigestWish",
            )
            .takes("DigestWanted"),
            digest::want_by_program,
        )
        .api(
            Op::post(
                "/api/v1/digest/wish/stop",
                "stopDigest",
                Right::ChangeAccount,
                "Sends it to them no more",
                "DigestWish",
            ),
            digest::stop_by_program,
        )
        .schemas(vec![
            (
                "PictureTable",
                schema::object(&[
                    ("table", schema::text()),
                    ("from", schema::text()),
                    ("until", schema::text()),
                    ("rows", schema::many(json!({ "type": "object" }))),
                ]),
            ),
            (
                "DigestWish",
                schema::object(&[
                    ("wanted", schema::flag()),
                    ("mail", schema::maybe_text()),
                    ("hour", json!({ "type": ["integer", "null"], "minimum": 0, "maximum": 23 })),
                ]),
            ),
            (
                "DigestWanted",
                schema::given(
                    2,
                    &[
                        ("mail", schema::words(3, 254)),
                        ("hour", json!({ "type": "integer", "minimum": 0, "maximum": 23 })),
                    ],
                ),
            ),
            (
                "Digest",
                schema::object(&[
                    ("day", schema::text()),
                    ("counts", json!({ "type": "object", "additionalProperties": { "type": "integer" } })),
                    ("silent_feeds", schema::many(schema::text())),
                ]),
            ),
        ])
        .page("/picture/digest", Right::ReadFindings, digest::show)
        .post("/picture/digest", Right::ReadFindings, digest::want)
        .post("/picture/digest/stop", Right::ReadFindings, digest::stop)
        .with_state(room)
}

/// A link of the choice of spans.
struct Choice {
    href: String,
    key: &'static str,
    current: bool,
}

/// A figure of the span.
struct Tile {
    href: String,
    key: &'static str,
    count: i64,
    change: Markup,
}

/// A chart with the name of its table in exports.
struct Chart {
    table: &'static str,
    markup: Markup,
    hint: &'static str,
}

/// A line of findings per thousand addresses.
struct Rate {
    href: String,
    name: String,
    findings: i64,
    addresses: u64,
    shown: String,
    width: f64,
}

/// A dot of the map.
struct Dot {
    at: Place,
    radius: f64,
    code: String,
    named: bool,
    title: String,
}

/// A country of the table of sources, with its operators.
struct Country {
    name: String,
    code: String,
    href: String,
    events: i64,
    share: f64,
    change: Markup,
    operators: Vec<Operator>,
}

/// A line of it.
struct Operator {
    name: Markup,
    href: String,
    events: i64,
}

#[derive(Template)]
#[template(path = "picture.html")]
struct PicturePage {
    page: Page,
    days: i64,
    spans: Vec<Choice>,
    since: String,
    until: String,
    tiles: Vec<Tile>,
    nothing: bool,
    trend: Markup,
    charts: Vec<Chart>,
    rates: Vec<Rate>,
    land: &'static str,
    dots: Vec<Dot>,
    off_map: i64,
    countries: Vec<Country>,
    other_countries: usize,
}

impl PicturePage {
    fn take(&self, table: &str) -> Markup {
        Markup::of(&Take { page: &self.page, days: self.days, table })
    }
}

#[derive(Template)]
#[template(path = "picture/take.html")]
struct Take<'a> {
    page: &'a Page,
    days: i64,
    table: &'a str,
}

/// A line of the list behind a number of the picture.
struct Line {
    name: Markup,
    href: String,
    now: i64,
    before: i64,
    change: Markup,
}

/// The list behind a number of the picture: what is counted there, a line for each.
#[derive(Template)]
#[template(path = "picture/list.html")]
struct ListPage {
    page: Page,
    days: i64,
    since: String,
    until: String,
    table: &'static str,
    /// The words over what is counted, and over how many there are of it.
    heads: (&'static str, &'static str),
    lines: Vec<Line>,
}

impl ListPage {
    fn take(&self) -> Markup {
        Markup::of(&Take { page: &self.page, days: self.days, table: self.table })
    }
}

/// Counts what the picture of a span is made of.
async fn facts_of<'a>(
    room: &'a Room,
    visit: &Visit,
    span: Span,
    (members, operator): (&'a Members, &'a (dyn Fn(i64) -> Option<String> + Sync)),
) -> Result<Facts<'a>, PageError> {
    let (now, before) = (span.now(visit.now), span.before(visit.now));
    let (found, was, by_day, origins, origins_before) = tokio::try_join!(
        room.watch.opened(&now),
        room.watch.opened(&before),
        room.watch.opened_by_day(&now),
        room.watch.origins(&now, &visit.viewer),
        room.watch.origins(&before, &visit.viewer),
    )?;
    let (each, world) = (span.each(visit.now), &room.world);
    Ok(Facts { days: now, each, found, was, by_day, origins, origins_before, members, operator, world })
}

/// A table of the picture for programs: the same as its export.
async fn table(visit: Visit, Given(room): Given<Arc<Room>>, Path(name): Path<String>) -> ApiAnswer {
    let span = match visit.query("days") {
        None => Span::Week,
        Some(text) => Span::parse(&text).ok_or_else(|| Problem::invalid("days", "unknown", &text))?,
    };
    let members = room.members().await?;
    let operator = |asn: i64| room.operator(asn);
    let facts = facts_of(&room, &visit, span, (&members, &operator)).await?;
    let (head, rows) = facts.export(&visit.page("picture-title"), &name).ok_or_else(Problem::not_found)?;
    let rows: Value = serde_json::from_str(&json_text(&head, &rows)).map_err(Problem::internal)?;
    Ok(record(&json!({ "table": name, "from": facts.days.from, "until": facts.days.until, "rows": rows })))
}

async fn show(visit: Visit, Given(room): Given<Arc<Room>>) -> Answer {
    let span = match visit.query("days").as_deref() {
        None | Some("") => Span::Week,
        Some(text) => Span::parse(text).ok_or_else(|| PageError::unreadable("days is none of 1, 7, 30, 90"))?,
    };
    let format = match visit.query("format").as_deref() {
        None | Some("") => None,
        Some(text) => Some(Format::parse(text).ok_or_else(|| PageError::unreadable("format"))?),
    };
    let members = room.members().await?;
    let operator = |asn: i64| room.operator(asn);
    let facts = facts_of(&room, &visit, span, (&members, &operator)).await?;
    if format.is_none()
        && let Some(list) = list(&visit, &facts, span)
    {
        return visit.html(&list);
    }
    let page = visit.page("picture-title");
    if let Some(format) = format {
        let name = visit.query("table").unwrap_or_default();
        let (head, rows) = facts.export(&page, &name).ok_or_else(|| PageError::unreadable("there is no such table"))?;
        let file = format!("{name}-{}-{}", facts.days.from, facts.days.until);
        return Ok(visit.export(format, &file, &head, &rows));
    }
    let dots = dots(&page, &facts);
    let countries = facts.countries();
    visit.html(&PicturePage {
        days: span.days(),
        spans: spans(span),
        since: facts.days.from.clone(),
        until: facts.days.until.clone(),
        tiles: tiles(&page, &facts, span),
        nothing: facts.found.is_empty() && facts.origins.is_empty(),
        trend: trend(&page, &facts),
        charts: charts(&page, &facts),
        rates: rates(&page, &facts),
        land: land(),
        off_map: facts
            .origins
            .iter()
            .filter(|one| room.world.place(&one.country).is_none())
            .map(|one| one.events)
            .sum(),
        dots,
        other_countries: countries.len().saturating_sub(COUNTRIES),
        countries: table_of(&page, &facts, countries),
        page,
    })
}

fn spans(current: Span) -> Vec<Choice> {
    let choice = |span: Span| Choice {
        href: format!("/picture?days={}", span.days()),
        key: match span {
            Span::Day => "picture-span-day",
            Span::Week => "picture-span-week",
            Span::Month => "picture-span-month",
            Span::Quarter => "picture-span-quarter",
        },
        current: span == current,
    };
    Span::ALL.into_iter().map(choice).collect()
}

/// The list behind the number of constituents or of countries, when that is asked for.
fn list(visit: &Visit, facts: &Facts<'_>, span: Span) -> Option<ListPage> {
    let (table, title, heads, sums) = match visit.query("table").as_deref() {
        Some("constituents") => {
            let heads = ("picture-constituent", "picture-findings-short");
            ("constituents", "picture-hit", heads, facts.by_constituent())
        }
        Some("countries") => {
            ("countries", "picture-countries", ("picture-country", "picture-events"), facts.known_countries())
        }
        _ => return None,
    };
    let page = visit.page(title).under("/picture", "picture-title");
    let line = |one: Sums| {
        let (name, href) = match table {
            "constituents" => {
                let name = page.foreign(facts.constituent_name(&one.key));
                (name, facts.findings_href(&format!("constituent={}", one.key)))
            }
            _ => {
                let name = page.foreign(&facts.country_name(&page, &one.key));
                (name, facts.events_href(&page, &format!("source_country={}", one.key)))
            }
        };
        Line { name, href, now: one.now, before: one.before, change: change(&page, one.now - one.before) }
    };
    let lines = sums.into_iter().filter(|one| one.now > 0).map(line).collect();
    let (since, until) = (facts.days.from.clone(), facts.days.until.clone());
    Some(ListPage { days: span.days(), since, until, table, heads, lines, page })
}

fn tiles(page: &Page, facts: &Facts<'_>, span: Span) -> Vec<Tile> {
    let (owners, countries) = (facts.by_constituent(), facts.known_countries());
    let now = |sums: &[Sums]| as_count(sums.iter().filter(|one| one.now > 0).count());
    let before = |sums: &[Sums]| as_count(sums.iter().filter(|one| one.before > 0).count());
    let list_href = |table: &str| format!("/picture?days={}&table={table}", span.days());
    let findings = |sums: &[manara_watch::OpenedSum]| sums.iter().map(|one| one.findings).sum::<i64>();
    let events = |origins: &[Origin]| origins.iter().map(|one| one.events).sum::<i64>();
    [
        (facts.findings_href(""), "picture-findings", findings(&facts.found), findings(&facts.was)),
        (list_href("constituents"), "picture-hit", now(&owners), before(&owners)),
        (facts.events_href(page, ""), "picture-events", events(&facts.origins), events(&facts.origins_before)),
        (list_href("countries"), "picture-countries", now(&countries), before(&countries)),
    ]
    .into_iter()
    .map(|(href, key, count, before)| Tile { href, key, count, change: change(page, count - before) })
    .collect()
}

fn as_count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn trend(page: &Page, facts: &Facts<'_>) -> Markup {
    let series: Vec<Series> = facts
        .series()
        .into_iter()
        .map(|(class, counts)| Series {
            label: match class.as_str() {
                "" => page.t("picture-other-classes"),
                class => page.t(format!("web-class-{class}")),
            },
            counts,
            // Several classes have no list in common.
            href: match class.as_str() {
                "" => String::new(),
                class => format!("/findings?state=all&first_from=DAY&first_until=DAY&class={class}"),
            },
        })
        .collect();
    stacked(page, "by-day", &page.t("picture-by-day"), &facts.each, &series)
}

/// The lines of a table as a chart, the greatest first.
fn chart(
    page: &Page,
    table: &'static str,
    (title, head): (&str, &str),
    hint: &'static str,
    sums: Vec<Sums>,
    label: impl Fn(&str) -> (Markup, String),
) -> Option<Chart> {
    let lines: Vec<Compared> = sums
        .into_iter()
        .take(LINES)
        .map(|one| {
            let (label, href) = label(&one.key);
            Compared { label, href: if one.now > 0 { href } else { String::new() }, now: one.now, before: one.before }
        })
        .collect();
    let (now, before, change) = (page.t("picture-now"), page.t("picture-before"), page.t("picture-change"));
    let heads = Heads { label: &page.t(head), now: &now, before: &before, change: &change };
    (!lines.is_empty()).then(|| Chart { table, markup: compared(page, &page.t(title), heads, &lines), hint })
}

fn charts(page: &Page, facts: &Facts<'_>) -> Vec<Chart> {
    let by_sector = chart(page, "sectors", ("picture-by-sector", "picture-sector"), "", facts.by_sector(), |sector| {
        let label = facts.sector_title(page, sector);
        let value = if sector.is_empty() { "none" } else { sector };
        (Markup::text(&label), facts.findings_href(&format!("sector={value}")))
    });
    let by_class = chart(page, "classes", ("picture-by-class", "picture-class"), "", facts.by_class(), |class| {
        (Markup::text(&page.t(format!("web-class-{class}"))), facts.findings_href(&format!("class={class}")))
    });
    let hint = "picture-by-operator-hint";
    let by_operator =
        chart(page, "operators", ("picture-by-operator", "picture-operator"), hint, facts.by_operator(), |asn| {
            (facts.operator_label(page, asn.parse().unwrap_or(0)), facts.findings_href(&format!("asn={asn}")))
        });
    [by_sector, by_class, by_operator].into_iter().flatten().collect()
}

fn rates(page: &Page, facts: &Facts<'_>) -> Vec<Rate> {
    let mut all = facts.rates();
    all.retain(|one| one.addresses >= RATED_LEAST);
    let most = all.iter().map(|one| one.rate).fold(0.0, f64::max);
    all.into_iter()
        .take(LINES)
        .map(|one| Rate {
            href: facts.findings_href(&format!("constituent={}", one.id)),
            name: one.name,
            findings: one.findings,
            addresses: one.addresses,
            shown: page.lang.decimal(one.rate, 2),
            width: if most > 0.0 { (one.rate / most * 1000.0).round() / 10.0 } else { 0.0 },
        })
        .collect()
}

fn dots(page: &Page, facts: &Facts<'_>) -> Vec<Dot> {
    let countries = facts.countries();
    let most = countries.iter().map(|one| one.now).max().unwrap_or(0).max(1) as f64;
    let dot = |(rank, one): (usize, &Sums)| {
        let at = facts.world.place(&one.key)?;
        Some(Dot {
            at,
            // The area says how many.
            radius: (((one.now as f64 / most).sqrt() * 12.0).max(1.2) * 10.0).round() / 10.0,
            named: rank < NAMED_ON_MAP,
            title: format!("{}: {}", facts.country_name(page, &one.key), page.lang.number(one.now)),
            code: one.key.clone(),
        })
    };
    countries.iter().filter(|one| one.now > 0).enumerate().filter_map(dot).collect()
}

fn table_of(page: &Page, facts: &Facts<'_>, countries: Vec<Sums>) -> Vec<Country> {
    let all = facts.origins.iter().map(|one| one.events).sum::<i64>().max(1) as f64;
    let href = |more: String| facts.events_href(page, &more);
    countries
        .into_iter()
        .filter(|one| one.now > 0)
        .take(COUNTRIES)
        .map(|one| {
            let of = facts.origins.iter().filter(|origin| origin.country == one.key).take(OPERATORS);
            let origin = |asn: i64| match (one.key.as_str(), asn) {
                ("", _) | (_, 0) => String::new(),
                (country, asn) => href(format!("source_country={country}&source_asn={asn}")),
            };
            let operators = of.map(|origin_sum| Operator {
                name: facts.operator_label(page, origin_sum.asn),
                href: origin(origin_sum.asn),
                events: origin_sum.events,
            });
            Country {
                operators: operators.collect(),
                name: facts.country_name(page, &one.key),
                href: if one.key.is_empty() { String::new() } else { href(format!("source_country={}", one.key)) },
                share: one.now as f64 / all,
                change: change(page, one.now - one.before),
                events: one.now,
                code: one.key,
            }
        })
        .collect()
}
