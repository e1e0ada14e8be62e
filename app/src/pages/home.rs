//! The page of the duty officer: what needs me now, and how the country stands.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::extract::State as Given;
use manara_constituency::{Criticality, sectors};
use manara_framework::catalogues::Trouble;
use manara_model::{Mailboxes, Micros, Severity, Viewer};
use manara_store::{Db, Remembered, StoreError};
use manara_watch::Watch;
use manara_web::api::{ApiAnswer, Op, record, schema};
use manara_web::{Answer, Bar, Markup, Page, PageError, Right, Site, Visit, bars, sparkline, sparkline_to};
use serde_json::{Value, json};

use super::setup::{Line, lines};
use super::tiles::{TILES, Tile, comparison, short_comparison};
use crate::house::House;
use crate::picture::{Counts, Figures, OWN, Standing, change_of, figures_of, figures_on, standing_of};
use crate::setup;
use crate::unread::Unread;

/// Days of the charts.
const DAYS: i64 = 30;
/// Lines of a chart.
const LINES: usize = 10;
/// Places where the reader was called that are counted.
const MENTIONS: i64 = 100;

/// A reader's name, clearance, mailboxes and minute.
type Reader = (String, i64, Mailboxes, i64);

/// The work on incidents that waits.
#[derive(Default)]
struct Waiting {
    /// Tasks of the reader.
    tasks: i64,
    /// Stages of clocks that are late.
    late: i64,
}

/// What the home page works with.
pub struct Home {
    pub(super) db: Db,
    pub(super) watch: Watch,
    house: House,
    standing: Mutex<Option<(i64, Arc<Standing>)>>,
    /// What is counted for a reader, by name, clearance, mailboxes and minute: some of it changes with the time alone.
    counts: Remembered<Reader, Counts>,
    waiting: Remembered<Reader, Waiting>,
    unread: Unread,
}

impl Home {
    /// The home page of a house.
    pub fn new(house: House, unread: Unread) -> Self {
        Home {
            db: house.db.clone(),
            watch: house.watch.clone(),
            house,
            standing: Mutex::new(None),
            counts: Remembered::default(),
            waiting: Remembered::default(),
            unread,
        }
    }

    /// What the watch knows of all constituents; read again only when the constituency has changed.
    async fn standing(&self) -> Result<Arc<Standing>, StoreError> {
        let generation = manara_constituency::generation(&self.db).await?;
        // What the watch knows is made anew a moment after the constituency changed: until then nothing is kept.
        let is_known = self.watch.knows_owners(generation).await?;
        if let Some((known, standing)) = &*self.standing.lock().unwrap_or_else(PoisonError::into_inner)
            && *known == generation
            && is_known
        {
            return Ok(Arc::clone(standing));
        }
        let standing = Arc::new(standing_of(&self.watch).await?);
        if is_known {
            let kept = Some((generation, Arc::clone(&standing)));
            *self.standing.lock().unwrap_or_else(PoisonError::into_inner) = kept;
        }
        Ok(standing)
    }
}

/// The page, with its right.
pub fn site(home: Arc<Home>) -> Site {
    let figure = schema::object(&[
        ("figure", schema::text()),
        ("count", schema::count()),
        ("week_before", json!({ "type": ["integer", "null"] })),
        ("href", schema::text()),
    ]);
    Site::<Arc<Home>>::new()
        .page("/", Right::Enter, show)
        .api(
            Op::get(
                "/api/v1/home",
                "getHome",
                Right::Enter,
                "What needs somebody now: the figures of the home page, as far as the scopes of the token read them",
                "Home",
            ),
            by_program,
        )
        .schemas(vec![("Home", schema::object(&[("figures", schema::many(figure))]))])
        .with_state(home)
}

/// A figure that leads to the list behind it.
struct Shown {
    href: &'static str,
    key: &'static str,
    count: i64,
    tone: &'static str,
    change: Markup,
}

/// A number of a table that leads to the list behind it.
struct Cell {
    count: i64,
    href: String,
    change: Markup,
}

/// A line of the table severity by criticality; the last cell is of all.
struct Urgent {
    severity: Severity,
    cells: Vec<Cell>,
}

/// A line of the table of live incidents: an age, with a cell for each state.
struct Aged {
    key: String,
    cells: Vec<Cell>,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    page: Page,
    tiles: Vec<Shown>,
    compared: bool,
    quiet: bool,
    criticalities: Vec<&'static str>,
    urgent: Vec<Urgent>,
    ages: Vec<Aged>,
    /// Nothing can be seen yet.
    empty: bool,
    /// Procedures that changed since the reader read them.
    changed: i64,
    waiting: Arc<Waiting>,
    /// Places where the reader was called by name.
    mentions: usize,
    /// Content that could not be read, for whoever may mend it.
    left_out: Vec<Trouble>,
    /// What is left of setting up, for whoever does that.
    left: Vec<Line>,
    charts: Vec<Markup>,
}

async fn show(visit: Visit, Given(home): Given<Arc<Home>>) -> Answer {
    let page = visit.page("app-home-title");
    let (left, empty) = left(&visit, &home).await?;
    let standing = home.standing().await?;
    let Viewer { name, clearance, mailboxes } = visit.viewer.clone();
    let reader = (name, clearance.rank(), mailboxes, visit.now.0.div_euclid(60_000_000));
    let count = Counts::read(&home.db, &home.watch, &standing, &visit.viewer, visit.now);
    let figures = figures_of(&*home.counts.get(&home.db, reader.clone(), count).await?);
    let before = figures_on(&visit.db, &visit.viewer, &visit.now.plus_days(-7).day()).await?;
    let before = before.as_ref();
    let tiles = tiles(&page, &figures, before);
    let quiet = tiles.iter().all(|tile| tile.count == 0 || !matches!(tile.tone, "crit" | "bad" | "warn"));
    let sees_findings = visit.may(Right::ReadFindings);
    let urgent = if sees_findings { urgent(&page, &figures, before) } else { Vec::new() };
    let mut charts = Vec::new();
    if sees_findings {
        charts.extend(finding_charts(&page, &home, &standing).await?);
    }
    if visit.may(Right::ReadFeeds) {
        charts.extend(event_chart(&page, &home, visit.now).await?);
    }
    let criticalities = Criticality::ALL.iter().rev().map(|one| one.as_str()).collect();
    let ages = if visit.may(Right::ReadIncidents) { ages(&page, &figures, before) } else { Vec::new() };
    let compared = before.is_some();
    // Reading a procedure, or looking where one was called, leaves no line in the journal: these two are not remembered.
    let changed = manara_framework::manuals::count_changed(&visit.db, &visit.viewer.name).await?;
    let (mut waiting, mut mentions) = (Arc::default(), 0);
    if visit.may(Right::ReadIncidents) && page.has_page("/tasks") {
        waiting = home.waiting.get(&home.db, reader, waiting_for(&visit)).await?;
        mentions = manara_response::mentions(&visit.db, &visit.viewer, MENTIONS).await?.len();
    }
    let left_out = if visit.may(Right::ChangeRules) { home.unread.all(&home.house, visit.now) } else { Vec::new() };
    visit.html(&HomePage {
        page,
        tiles,
        compared,
        quiet,
        criticalities,
        urgent,
        ages,
        changed,
        waiting,
        mentions,
        left_out,
        empty,
        left,
        charts,
    })
}

/// The figures for programs: one for each tile, with its list.
async fn by_program(visit: Visit, Given(home): Given<Arc<Home>>) -> ApiAnswer {
    let standing = home.standing().await?;
    let counts = Counts::read(&home.db, &home.watch, &standing, &visit.viewer, visit.now).await?;
    let figures = figures_of(&counts);
    let before = figures_on(&visit.db, &visit.viewer, &visit.now.plus_days(-7).day()).await?;
    let of = |tile: &Tile| {
        let before = before.as_ref().filter(|_| !OWN.contains(&tile.figure));
        json!({
            "figure": tile.figure, "count": figures.get(tile.figure).copied().unwrap_or(0),
            "week_before": before.map(|before| before.get(tile.figure).copied().unwrap_or(0)), "href": tile.href,
        })
    };
    let shown: Vec<Value> = TILES.iter().filter(|tile| visit.may(tile.right)).map(of).collect();
    Ok(record(&json!({ "figures": shown })))
}

async fn waiting_for(visit: &Visit) -> Result<Waiting, StoreError> {
    Ok(Waiting {
        tasks: manara_response::count_tasks(&visit.db, &visit.viewer).await?,
        late: manara_response::count_late_stages(&visit.db, &visit.viewer, visit.now).await?,
    })
}

/// The figures, as far as the reader's rights go; troubles that are not there are not shown.
fn tiles(page: &Page, figures: &Figures, before: Option<&Figures>) -> Vec<Shown> {
    let shown = |tile: &'static Tile| {
        let count = figures.get(tile.figure).copied().unwrap_or(0);
        // What is one's own differs from person to person: it is compared with nothing.
        let before = before.filter(|_| !OWN.contains(&tile.figure));
        (page.may(tile.right) && (tile.always || count > 0)).then(|| Shown {
            href: tile.href,
            key: tile.key,
            count,
            tone: tile.tone_of(count),
            change: comparison(page, change_of(count, before, tile.figure)),
        })
    };
    TILES.iter().filter_map(shown).collect()
}

/// A number of a table with its list.
fn cell(page: &Page, figures: &Figures, before: Option<&Figures>, name: &str, href: String) -> Cell {
    let count = figures.get(name).copied().unwrap_or(0);
    Cell { count, href, change: short_comparison(page, change_of(count, before, name)) }
}

/// New findings, the worst first, by how much hangs on whom they concern.
fn urgent(page: &Page, figures: &Figures, before: Option<&Figures>) -> Vec<Urgent> {
    let mut lines = Vec::new();
    for severity in Severity::ALL.into_iter().rev() {
        let word = severity.as_str();
        let all = format!("new/{word}");
        if !figures.contains_key(&all) {
            continue;
        }
        let href = format!("/findings?state=new&severity={word}");
        let of = |criticality: Criticality| {
            let criticality = criticality.as_str();
            let href = format!("{href}&criticality={criticality}");
            cell(page, figures, before, &format!("new/{word}/{criticality}"), href)
        };
        let mut cells: Vec<Cell> = Criticality::ALL.into_iter().rev().map(of).collect();
        cells.push(cell(page, figures, before, &all, href.clone()));
        lines.push(Urgent { severity, cells });
    }
    lines
}

/// Live incidents by age and state; nothing when there are none.
fn ages(page: &Page, figures: &Figures, before: Option<&Figures>) -> Vec<Aged> {
    if figures.get("incidents").is_none_or(|count| *count == 0) {
        return Vec::new();
    }
    let line = |age: &str| Aged {
        key: format!("response-list-age-{age}"),
        cells: ["new", "open"]
            .into_iter()
            .map(|state| {
                let href = format!("/incidents?state={state}&age={age}");
                cell(page, figures, before, &format!("incidents/{state}/{age}"), href)
            })
            .collect(),
    };
    ["day", "week", "month", "older"].into_iter().map(line).collect()
}

async fn finding_charts(page: &Page, home: &Home, standing: &Standing) -> Result<Vec<Markup>, StoreError> {
    let tallies = home.watch.tallies().await?;
    let by_constituent = tallies.live_by_constituent();
    let most: Vec<&str> = by_constituent.iter().take(LINES).map(|(id, _)| id.as_str()).collect();
    let names = home.watch.constituent_names(&most).await?;
    let mut charts = Vec::new();
    let constituents = by_constituent.iter().take(LINES).map(|(id, count)| Bar {
        label: names.get(id).cloned().unwrap_or_default(),
        value: *count,
        href: format!("/findings?constituent={id}"),
        tone: "bad",
    });
    add(&mut charts, page, "app-home-by-constituent", constituents.collect());
    let types = tallies.live_by_type().into_iter().take(LINES).map(|(kind, count)| Bar {
        label: page.t(format!("web-type-{kind}")),
        value: count,
        href: format!("/findings?type={kind}"),
        tone: "plain",
    });
    add(&mut charts, page, "app-home-by-type", types.collect());
    let of_sectors = tallies.live_by_sector(standing).into_iter().take(LINES).map(|(sector, count)| Bar {
        label: sectors().title(&sector, page.lang.tag()).to_string(),
        value: count,
        href: format!("/findings?sector={sector}"),
        tone: "info",
    });
    add(&mut charts, page, "app-home-by-sector", of_sectors.collect());
    charts.extend(trend(page, home, page.visit.now).await?);
    Ok(charts)
}

fn add(charts: &mut Vec<Markup>, page: &Page, key: &str, lines: Vec<Bar>) {
    if !lines.is_empty() {
        charts.push(bars(page, &page.t(key), &lines));
    }
}

/// Findings still live at the end of each day, and findings mended on each day.
async fn trend(page: &Page, home: &Home, now: Micros) -> Result<Vec<Markup>, StoreError> {
    let since = first_day(now);
    let trend = home.watch.finding_trend(since).await?;
    if trend.is_empty() {
        return Ok(Vec::new());
    }
    let mut live = trend.live_before;
    let (mut standing, mut fixed) = (Vec::new(), Vec::new());
    for day in last_days(now) {
        let of = |counts: &HashMap<String, i64>| counts.get(&day).copied().unwrap_or(0);
        live += of(&trend.opened) - of(&trend.closed);
        fixed.push((day.clone(), of(&trend.fixed)));
        standing.push((day, live.max(0)));
    }
    let mut charts = vec![sparkline(page, &page.t("app-home-live-chart"), &standing)];
    if fixed.iter().any(|(_, count)| *count > 0) {
        let of_day = |day: &str| format!("/findings?state=fixed&changed_from={day}&changed_until={day}");
        charts.push(sparkline_to(page, &page.t("app-home-fixed-chart"), &fixed, of_day));
    }
    Ok(charts)
}

async fn event_chart(page: &Page, home: &Home, now: Micros) -> Result<Option<Markup>, StoreError> {
    let days = home.watch.events_by_day(first_day(now), "").await?;
    if days.is_empty() {
        return Ok(None);
    }
    let counts: HashMap<String, i64> = days.into_iter().map(|(day, events, _)| (day, events)).collect();
    let points: Vec<(String, i64)> =
        last_days(now).into_iter().map(|day| (day.clone(), counts.get(&day).copied().unwrap_or(0))).collect();
    Ok(Some(sparkline(page, &page.t("app-home-events-chart"), &points)))
}

/// The last days, oldest first.
fn last_days(now: Micros) -> Vec<String> {
    (0..DAYS).rev().map(|back| now.plus_days(-back).day()).collect()
}

fn first_day(now: Micros) -> Micros {
    let first = now.plus_days(-(DAYS - 1));
    Micros(first.0 - first.0.rem_euclid(Micros::DAY))
}

/// What is left of setting up, for those who may and until they want to hear no more of it; and whether there is nothing to
/// see yet.
async fn left(visit: &Visit, home: &Home) -> Result<(Vec<Line>, bool), PageError> {
    let empty = manara_constituency::count(&home.db).await? == 0 || !home.watch.has_batches().await?;
    if !visit.may(Right::ManageUsers) || setup::is_dismissed(&home.db).await? {
        return Ok((Vec::new(), empty));
    }
    let lines = lines(&home.house).await?;
    let done = lines.iter().all(|line| line.done);
    Ok((if done { Vec::new() } else { lines }, empty))
}
