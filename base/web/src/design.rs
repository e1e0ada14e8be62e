//! How pages look: every colour and every piece of a page in all its states, from the templates the pages use.

mod palette;

use std::collections::BTreeMap;

use askama::Template;
use manara_model::{FindingState, Severity, Tlp};

use crate::charts::{Bar, bars, progress, sparkline};
use crate::compared::{Compared, Heads, compared};
use crate::error::Answer;
use crate::list::{Filter, Key, Kind, ListSpec, ListView, Sort};
use crate::markup::Markup;
use crate::stacked::{Series, stacked};
use crate::visit::{Page, Visit};

/// A list with one of each kind of filter.
static PIECES: ListSpec = ListSpec {
    columns: &["id"],
    from: "web_user",
    only: "",
    filters: &[
        Filter { name: "q", label: "web-users-name", kind: Kind::Contains, sql: "name = ?" },
        Filter {
            name: "state",
            label: "web-users-state",
            kind: Kind::Choice { values: &["low", "high"], words: "web-severity-" },
            sql: "role = ?",
        },
        Filter { name: "from", label: "web-list-from", kind: Kind::FromDay, sql: "seen_at >= ?" },
    ],
    sorts: &[
        Sort { name: "name", label: "web-users-name", column: "name", key: Key::Text, descending: false },
        Sort { name: "seen", label: "web-users-seen", column: "seen_at", key: Key::Text, descending: true },
    ],
    key: "id",
    key_kind: Key::Text,
};

/// What is read on what, in one look.
struct Shade {
    ink: String,
    ground: String,
    ratio: String,
}

/// Two colours in every look.
struct Pair {
    ink: &'static str,
    ground: &'static str,
    least: String,
    shades: Vec<Shade>,
}

#[derive(Template)]
#[template(path = "web/design.html")]
struct DesignPage {
    page: Page,
    pairs: Vec<Pair>,
    list: ListView,
    unfiltered: ListView,
    charts: Vec<Markup>,
    tones: [&'static str; 4],
    severities: Vec<Severity>,
    states: Vec<FindingState>,
    tlps: Vec<Tlp>,
    high: Severity,
    low: Severity,
    eighth: f64,
}

/// `GET /about/design`
pub(crate) async fn design(visit: Visit) -> Answer {
    let page = visit.page("design-title").under("/about", "web-about-title");
    let filtered = [("q".to_string(), "10.0.0.1".to_string()), ("state".to_string(), "high".to_string())];
    let list = PIECES.read_pairs(&filtered)?.view_of(&visit, 2, Some(("after", "x".into())));
    let unfiltered = PIECES.read_pairs(&[])?.view_of(&visit, 0, None);
    let template = DesignPage {
        pairs: pairs(&page),
        list,
        unfiltered,
        charts: charts(&page),
        tones: ["good", "warn", "bad", "info"],
        severities: Severity::ALL.to_vec(),
        states: FindingState::ALL.to_vec(),
        tlps: Tlp::ALL.to_vec(),
        high: Severity::High,
        low: Severity::Low,
        eighth: 0.125,
        page,
    };
    visit.html(&template)
}

fn pairs(page: &Page) -> Vec<Pair> {
    let css = page.visit.shell.assets.text("manara.css");
    let number = |ratio: f64| format!("{}:1", page.visit.locale.numbers.decimal(ratio, 1));
    let looks = palette::LOOKS.map(|(_, blocks)| palette::colours(css, blocks));
    let shade = |colours: &BTreeMap<String, String>, ink, ground| {
        let (ink, ground) = (colours.get(ink)?.clone(), colours.get(ground)?.clone());
        let ratio = number(palette::contrast(&ink, &ground)?);
        Some(Shade { ink, ground, ratio })
    };
    palette::PAIRS
        .iter()
        .map(|(ink, ground, least)| Pair {
            ink,
            ground,
            least: number(*least),
            shades: looks.iter().filter_map(|look| shade(look, *ink, *ground)).collect(),
        })
        .collect()
}

fn charts(page: &Page) -> Vec<Markup> {
    let tones = [("good", "low", 3), ("warn", "medium", 8), ("bad", "high", 13), ("crit", "critical", 5)];
    let words = |severity: &str| page.t(format!("web-severity-{severity}"));
    let bar = |(tone, severity, value): (&'static str, &str, i64)| {
        let href = if value > 10 { "/about/design".to_string() } else { String::new() };
        Bar { label: words(severity), value, href, tone }
    };
    let line = |(_, severity, now): (&'static str, &str, i64)| Compared {
        label: Markup::text(&words(severity)),
        href: String::new(),
        now,
        before: 7,
    };
    let days: Vec<String> = (1..=7).map(|day| format!("2026-01-0{day}")).collect();
    let points: Vec<(String, i64)> = days.iter().cloned().zip([4, 0, 7, 12, 3, 9, 6]).collect();
    let series = |severity: &str, counts: [i64; 7]| Series {
        label: words(severity),
        counts: counts.to_vec(),
        href: String::new(),
    };
    let several = [series("low", [1, 3, 2, 5, 0, 2, 4]), series("high", [2, 1, 4, 1, 3, 2, 1])];
    let t = |key: &str| page.t(key);
    let (label, now, before, change) = (t("design-what"), t("design-now"), t("design-before"), t("design-change"));
    let heads = Heads { label: &label, now: &now, before: &before, change: &change };
    vec![
        bars(page, &t("design-bars"), &tones.map(bar)),
        compared(page, &t("design-compared"), heads, &tones.map(line)),
        sparkline(page, &t("design-spark"), &points),
        stacked(page, "design", &t("design-stacked"), &days, &several),
        progress(page, &t("design-progress"), 0.4),
    ]
}
