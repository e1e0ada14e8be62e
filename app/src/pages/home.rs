//! The page of the duty officer: what needs me now, and how the country stands.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::extract::State as Given;
use manara_constituency::{Criticality, sectors};
use manara_model::{Micros, Severity};
use manara_response::State;
use manara_store::{Db, StoreError};
use manara_warning::NoticeState;
use manara_watch::{BatchState, Watch};
use manara_web::{Answer, Bar, Markup, Page, Right, Site, Visit, bars, sparkline};

/// Days of the charts.
const DAYS: i64 = 30;
/// Lines of a chart.
const LINES: usize = 10;
/// Constituents whose sector and criticality are kept at hand.
const CONSTITUENTS: usize = 100_000;

/// What the home page works with.
pub struct Home {
    db: Db,
    watch: Watch,
    standing: Mutex<Option<(i64, Arc<Standing>)>>,
}

/// Sector and criticality of each constituent, by its id.
type Standing = HashMap<String, (String, Criticality)>;

impl Home {
    /// The home page over the state database.
    pub fn new(db: Db, watch: Watch) -> Self {
        Home { db, watch, standing: Mutex::new(None) }
    }

    /// Sector and criticality of all constituents; read again only when the constituency has changed.
    async fn standing(&self) -> Result<Arc<Standing>, StoreError> {
        let generation = manara_constituency::generation(&self.db).await?;
        if let Some((known, standing)) = &*self.standing.lock().unwrap_or_else(PoisonError::into_inner)
            && *known == generation
        {
            return Ok(Arc::clone(standing));
        }
        let found = manara_constituency::list(&self.db, &manara_constituency::Filter::default(), CONSTITUENTS).await?;
        let standing: Standing = found.rows.into_iter().map(|one| (one.id, (one.sector.id, one.criticality))).collect();
        let standing = Arc::new(standing);
        *self.standing.lock().unwrap_or_else(PoisonError::into_inner) = Some((generation, Arc::clone(&standing)));
        Ok(standing)
    }
}

/// The page, with its right.
pub fn site(home: Arc<Home>) -> Site {
    Site::<Arc<Home>>::new().page("/", Right::Enter, show).with_state(home)
}

/// A figure that leads to the list behind it.
struct Tile {
    href: &'static str,
    key: &'static str,
    count: i64,
    tone: &'static str,
}

/// A line of the table severity by criticality.
struct Urgent {
    severity: Severity,
    href: String,
    counts: Vec<i64>,
    all: i64,
}

/// A line of the table of live incidents: an age, with the count and the list of each state.
struct Aged {
    key: String,
    counts: Vec<(i64, String)>,
}

/// What is to be done before anything can be seen.
struct Step {
    key: &'static str,
    how: &'static str,
    command: String,
    done: bool,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    page: Page,
    tiles: Vec<Tile>,
    quiet: bool,
    criticalities: Vec<&'static str>,
    urgent: Vec<Urgent>,
    ages: Vec<Aged>,
    first_steps: bool,
    steps: Vec<Step>,
    charts: Vec<Markup>,
}

async fn show(visit: Visit, Given(home): Given<Arc<Home>>) -> Answer {
    let page = visit.page("app-home-title");
    let steps = steps(&visit, &home).await?;
    let first_steps = steps.iter().any(|step| !step.done);
    let counts = Counts::read(&visit, &home).await?;
    let tiles = tiles(&page, &counts);
    let quiet = tiles.iter().all(|tile| tile.count == 0 || !matches!(tile.tone, "crit" | "bad" | "warn"));
    let sees_findings = visit.may(Right::ReadFindings);
    let standing = home.standing().await?;
    let urgent = if sees_findings { urgent(&counts, &standing) } else { Vec::new() };
    let mut charts = Vec::new();
    if sees_findings {
        charts.extend(finding_charts(&page, &home, &standing).await?);
    }
    if visit.may(Right::ReadFeeds) {
        charts.extend(event_chart(&page, &home, visit.now).await?);
    }
    let criticalities = Criticality::ALL.iter().rev().map(|one| one.as_str()).collect();
    let ages = if visit.may(Right::ReadIncidents) { ages(&counts.incidents) } else { Vec::new() };
    visit.html(&HomePage { page, tiles, quiet, criticalities, urgent, ages, first_steps, steps, charts })
}

/// What is counted.
struct Counts {
    /// New and reopened findings by constituent and severity.
    new: Vec<(String, Severity, i64)>,
    live: i64,
    silent: i64,
    drifting: i64,
    waiting: i64,
    failed: i64,
    notices: Vec<(NoticeState, i64)>,
    helps: i64,
    incidents: manara_response::Counts,
}

impl Counts {
    async fn read(visit: &Visit, home: &Home) -> Result<Counts, StoreError> {
        let feeds = home.watch.feeds("").await?;
        let batches = home.watch.count_batches().await?;
        let of = |state: BatchState| batches.iter().filter(|(found, _)| *found == state).map(|(_, count)| *count).sum();
        let states = home.watch.count_findings().await?;
        Ok(Counts {
            new: home.watch.count_new().await?,
            live: states.iter().filter(|(state, _)| state.is_live()).map(|(_, count)| *count).sum(),
            silent: as_count(feeds.iter().filter(|feed| feed.silent_since(visit.now).is_some()).count()),
            drifting: as_count(home.watch.drifting().await?.len()),
            waiting: of(BatchState::Received),
            failed: of(BatchState::Failed),
            notices: manara_warning::count_by_state(&home.db, &visit.viewer).await?,
            helps: manara_warning::count_helps(&home.db, &visit.viewer).await?,
            incidents: manara_response::counts(&home.db, &visit.viewer, visit.now).await?,
        })
    }

    fn new_at_least(&self, least: Severity) -> i64 {
        self.new.iter().filter(|(_, severity, _)| *severity >= least).map(|(_, _, count)| *count).sum()
    }

    fn notices(&self, wanted: NoticeState) -> i64 {
        self.notices.iter().filter(|(state, _)| *state == wanted).map(|(_, count)| *count).sum()
    }
}

fn as_count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The figures, as far as the reader's rights go; troubles that are not there are not shown.
fn tiles(page: &Page, counts: &Counts) -> Vec<Tile> {
    let toned = |tone: &'static str, count: i64| if count > 0 { tone } else { "good" };
    let always = |right, href, key, count, tone| (right, Tile { href, key, count, tone: toned(tone, count) }, true);
    let trouble =
        |right, href, key, count, tone| (right, Tile { href, key, count, tone: toned(tone, count) }, count > 0);
    let (bad, new) = (counts.new_at_least(Severity::High), counts.new_at_least(Severity::Info));
    let drafts = counts.notices(NoticeState::Draft);
    let incidents = &counts.incidents;
    let all = [
        always(
            Right::ReadFindings,
            "/findings?state=new&severity=high_up&sort=-severity",
            "app-home-new-high",
            bad,
            "crit",
        ),
        always(Right::ReadFindings, "/findings?state=new", "app-home-new", new, "bad"),
        always(Right::ReadNotices, "/notices?state=draft", "app-home-drafts", drafts, "warn"),
        trouble(Right::ReadNotices, "/notices?answered=help", "app-home-help", counts.helps, "bad"),
        trouble(
            Right::ReadNotices,
            "/notices?state=failed",
            "app-home-notices-failed",
            counts.notices(NoticeState::Failed),
            "bad",
        ),
        always(Right::ReadIncidents, "/incidents?show=unowned", "app-home-unowned", incidents.unowned, "bad"),
        (
            Right::HandleIncidents,
            Tile { href: "/incidents?show=mine", key: "app-home-mine", count: incidents.mine, tone: "plain" },
            true,
        ),
        trouble(Right::ReadIncidents, "/incidents?show=due&sort=due", "app-home-overdue", incidents.overdue, "crit"),
        always(Right::ReadFeeds, "/feeds?show=silent", "app-home-silent", counts.silent, "bad"),
        trouble(Right::ReadFeeds, "/feeds?show=drift", "app-home-drift", counts.drifting, "warn"),
        trouble(Right::ReadBatches, "/batches?state=received", "app-home-waiting", counts.waiting, "info"),
        trouble(Right::ReadBatches, "/batches?state=failed", "app-home-failed", counts.failed, "bad"),
        (
            Right::ReadFindings,
            Tile { href: "/findings?state=live", key: "app-home-live", count: counts.live, tone: "plain" },
            true,
        ),
    ];
    all.into_iter().filter(|(right, _, shown)| *shown && page.may(*right)).map(|(_, tile, _)| tile).collect()
}

/// New findings, the worst first, by how much hangs on whom they concern.
fn urgent(counts: &Counts, standing: &Standing) -> Vec<Urgent> {
    let mut lines = Vec::new();
    for severity in Severity::ALL.into_iter().rev() {
        let of_severity: Vec<_> = counts.new.iter().filter(|(_, found, _)| *found == severity).collect();
        let all: i64 = of_severity.iter().map(|(_, _, count)| *count).sum();
        if all == 0 {
            continue;
        }
        let of = |wanted: Criticality| -> i64 {
            let is = |id: &str| standing.get(id).is_some_and(|(_, criticality)| *criticality == wanted);
            of_severity.iter().filter(|(id, _, _)| is(id)).map(|(_, _, count)| *count).sum()
        };
        lines.push(Urgent {
            severity,
            href: format!("/findings?state=new&severity={}", severity.as_str()),
            counts: Criticality::ALL.into_iter().rev().map(of).collect(),
            all,
        });
    }
    lines
}

/// Live incidents by age and state; nothing when there are none.
fn ages(counts: &manara_response::Counts) -> Vec<Aged> {
    if counts.by_age.is_empty() {
        return Vec::new();
    }
    let of = |age: &str, wanted: State| -> i64 {
        let same = |(state, of, _): &&(State, String, i64)| *state == wanted && of == age;
        counts.by_age.iter().filter(same).map(|(_, _, count)| *count).sum()
    };
    let line = |age: &str| Aged {
        key: format!("response-list-age-{age}"),
        counts: [State::New, State::Open]
            .into_iter()
            .map(|state| (of(age, state), format!("/incidents?state={}&age={age}", state.as_str())))
            .collect(),
    };
    ["day", "week", "month", "older"].into_iter().map(line).collect()
}

async fn finding_charts(page: &Page, home: &Home, standing: &Standing) -> Result<Vec<Markup>, StoreError> {
    let by_constituent = home.watch.live_by_constituent().await?;
    let mut by_sector: BTreeMap<&str, i64> = BTreeMap::new();
    for (id, _, count) in &by_constituent {
        if let Some((sector, _)) = standing.get(id) {
            *by_sector.entry(sector).or_default() += count;
        }
    }
    let mut charts = Vec::new();
    let constituents = by_constituent.iter().take(LINES).map(|(id, name, count)| Bar {
        label: name.clone(),
        value: *count,
        href: format!("/findings?constituent={id}"),
        tone: "bad",
    });
    add(&mut charts, page, "app-home-by-constituent", constituents.collect());
    let types = home.watch.live_by_type().await?;
    let types = types.into_iter().take(LINES).map(|(kind, count)| Bar {
        label: page.t(format!("web-type-{kind}")),
        value: count,
        href: format!("/findings?type={kind}"),
        tone: "plain",
    });
    add(&mut charts, page, "app-home-by-type", types.collect());
    let mut of_sectors: Vec<_> = by_sector.into_iter().collect();
    of_sectors.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let of_sectors = of_sectors.into_iter().take(LINES).map(|(sector, count)| Bar {
        label: sectors().title(sector, page.lang.tag()).to_string(),
        value: count,
        href: if page.may(Right::ReadConstituents) { format!("/constituents?sector={sector}") } else { String::new() },
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
        charts.push(sparkline(page, &page.t("app-home-fixed-chart"), &fixed));
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

/// What is to be done first, with the commands as they are typed on this machine.
async fn steps(visit: &Visit, home: &Home) -> Result<Vec<Step>, StoreError> {
    // Where the data lies is for those who run the machine.
    let data = match visit.may(Right::ManageUsers) {
        true => home.watch.data.display().to_string(),
        false => "DIR".to_string(),
    };
    let data = if data.contains(' ') { format!("'{data}'") } else { data };
    let step =
        |key, how, command: &str, done| Step { key, how, command: format!("manara {command} --data {data}"), done };
    Ok(vec![
        step(
            "app-first-constituents",
            "app-first-constituents-how",
            "constituency import constituents.csv",
            manara_constituency::count(&home.db).await? > 0,
        ),
        step(
            "app-first-tables",
            "app-first-tables-how",
            "enrich load --prefix-to-as prefixes.txt --delegated delegated.txt",
            home.watch.has_tables().await?,
        ),
        step("app-first-feed", "app-first-feed-how", "ingest report.csv", home.watch.has_batches().await?),
    ])
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use manara_constituency::Criticality;
    use manara_model::Severity;
    use manara_warning::NoticeState;

    use super::{Counts, urgent};

    #[test]
    fn the_worst_comes_first_and_every_finding_is_counted_once() {
        let counts = Counts {
            new: vec![
                ("ministry".into(), Severity::High, 2),
                ("isp".into(), Severity::High, 30),
                ("isp".into(), Severity::Critical, 1),
                ("gone".into(), Severity::Low, 4),
            ],
            live: 37,
            silent: 0,
            drifting: 0,
            waiting: 0,
            failed: 0,
            notices: vec![(NoticeState::Draft, 3)],
            helps: 0,
            incidents: manara_response::Counts::default(),
        };
        let standing = HashMap::from([
            ("ministry".to_string(), ("government".to_string(), Criticality::Vital)),
            ("isp".to_string(), ("telecom".to_string(), Criticality::High)),
        ]);
        let lines: Vec<_> =
            urgent(&counts, &standing).into_iter().map(|line| (line.severity, line.counts, line.all)).collect();
        let want = vec![
            (Severity::Critical, vec![0, 1, 0, 0], 1),
            (Severity::High, vec![2, 30, 0, 0], 32),
            (Severity::Low, vec![0, 0, 0, 0], 4),
        ];
        assert_eq!(lines, want);
        assert_eq!((counts.new_at_least(Severity::High), counts.notices(NoticeState::Draft)), (33, 3));
    }
}
