//! One search over all planes: each finds what is its own, here it is put together.

use std::net::IpAddr;

use askama::Template;
use axum::extract::State as Given;
use manara_store::{Db, StoreError};
use manara_web::{Answer, Hits, Page, PageError, Right, SEARCH_CHARS, SEARCH_DEPTH, Site, Visit, Wanted};

/// Hits of each kind that are shown.
const SHOWN: i64 = 12;

/// The page, with its right.
pub fn site(db: Db) -> Site {
    Site::<Db>::new().page("/search", Right::Enter, show).with_state(db)
}

/// A list that can be asked further: what it is, and where.
struct Further {
    key: &'static str,
    href: String,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    page: Page,
    text: String,
    found: Vec<Hits>,
    further: Vec<Further>,
    depth: i64,
}

async fn show(visit: Visit, Given(db): Given<Db>) -> Answer {
    let text = visit.query("q").unwrap_or_default().trim().to_string();
    let length = text.chars().count();
    if length > *SEARCH_CHARS.end() || text.contains('\0') {
        return Err(PageError::unreadable("a text to look for has at most 200 characters"));
    }
    let mut found = Vec::new();
    if SEARCH_CHARS.contains(&length) {
        let wanted = Wanted { db: &db, viewer: &visit.viewer, text: &text, limit: SHOWN };
        found = everywhere(&wanted).await?;
        found.retain(|hits| !hits.hits.is_empty() && visit.may(hits.right));
    }
    if visit.wants_json() {
        return Ok(visit.json(json(&visit, &found)));
    }
    // A number names one record: whoever types it wants to be there.
    let exact = found.iter().flat_map(|hits| &hits.hits).find(|hit| hit.mono && hit.name == text.to_uppercase());
    if let Some(hit) = exact.filter(|hit| hit.href.starts_with("/incidents/") || hit.href.starts_with("/notices/")) {
        return Ok(visit.go(&hit.href));
    }
    let further = if length > 0 { further(&visit, &text) } else { Vec::new() };
    visit.html(&SearchPage { page: visit.page("desk-search-title"), text, found, further, depth: SEARCH_DEPTH })
}

async fn everywhere(wanted: &Wanted<'_>) -> Result<Vec<Hits>, StoreError> {
    let mut all = manara_response::search(wanted).await?;
    all.extend(manara_constituency::search(wanted).await?);
    all.extend(manara_watch::search(wanted).await?);
    all.extend(manara_warning::search(wanted).await?);
    Ok(all)
}

/// Lists that look through everything, and take longer.
fn further(visit: &Visit, text: &str) -> Vec<Further> {
    let ask = |path: &str, name: &str| {
        let value: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        format!("{path}{name}={value}")
    };
    let mut all = Vec::new();
    if visit.may(Right::ReadEvents) {
        if text.parse::<IpAddr>().is_ok() {
            all.push(Further { key: "desk-search-events-from", href: ask("/events?", "source_ip") });
            all.push(Further { key: "desk-search-events-to", href: ask("/events?", "destination_ip") });
        } else {
            all.push(Further { key: "desk-search-events", href: ask("/events?", "q") });
        }
    }
    if visit.may(Right::ReadFindings) {
        all.push(Further { key: "desk-search-findings", href: ask("/findings?state=all&", "q") });
    }
    if visit.may(Right::ReadIncidents) {
        all.push(Further { key: "desk-search-incidents", href: ask("/incidents?state=all&", "q") });
    }
    if visit.may(Right::ReadNotices) {
        all.push(Further { key: "desk-search-all-notices", href: ask("/notices?", "q") });
    }
    all
}

/// The same for the palette.
fn json(visit: &Visit, found: &[Hits]) -> String {
    let groups: Vec<serde_json::Value> = found
        .iter()
        .map(|group| {
            let hits: Vec<serde_json::Value> = group
                .hits
                .iter()
                .map(|hit| serde_json::json!({ "href": hit.href, "name": hit.name, "mono": hit.mono, "about": hit.about }))
                .collect();
            serde_json::json!({ "title": visit.t(group.key), "hits": hits })
        })
        .collect();
    serde_json::json!({ "groups": groups }).to_string()
}
