//! One search over all planes: each finds what is its own, here it is put together.

use std::net::IpAddr;

use askama::Template;
use axum::extract::State as Given;
use manara_store::{Db, StoreError};
use manara_web::api::{ApiAnswer, Op, Param, Problem, record, schema};
use manara_web::{Answer, Hits, Page, PageError, Right, SEARCH_CHARS, SEARCH_DEPTH, Site, Visit, Wanted};

/// Hits of each kind that are shown.
const SHOWN: i64 = 12;

/// The page, with its right.
pub fn site(db: Db) -> Site {
    Site::<Db>::new()
        .page("/search", Right::Enter, show)
        .api(
            Op::get(
                "/api/v1/search",
                "search",
                Right::Enter,
                "Records of all planes by number, name, address or words, as far as the scopes of the token read them",
                "Found",
            )
            .needs(Param::new(
                "q",
                schema::words(*SEARCH_CHARS.start(), *SEARCH_CHARS.end()),
                "what is looked for",
            )),
            search,
        )
        .schemas(vec![
            (
                "FoundRecord",
                schema::object(&[
                    ("in", schema::text()),
                    ("name", schema::text()),
                    ("about", schema::text()),
                    ("href", schema::text()),
                ]),
            ),
            ("Found", schema::object(&[("records", schema::many(schema::of("FoundRecord")))])),
        ])
        .with_state(db)
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

/// The same for programs.
async fn search(visit: Visit, Given(db): Given<Db>) -> ApiAnswer {
    let text = visit.query("q").unwrap_or_default().trim().to_string();
    if !SEARCH_CHARS.contains(&text.chars().count()) || text.contains('\0') {
        return Err(Problem::invalid("q", "length", text.chars().count()));
    }
    let wanted = Wanted { db: &db, viewer: &visit.viewer, text: &text, limit: SHOWN };
    let mut found = everywhere(&wanted).await?;
    found.retain(|hits| visit.may(hits.right));
    Ok(record(&serde_json::json!({ "records": records_json(&found) })))
}

/// The records that were found, each with the list it stands in.
pub(super) fn records_json(found: &[Hits]) -> Vec<serde_json::Value> {
    let of = |group: &Hits| {
        let place = group.key.trim_start_matches("web-nav-").trim_start_matches("desk-").to_string();
        let hits = group
            .hits
            .iter()
            .map(move |hit| serde_json::json!({ "in": place, "name": hit.name, "about": hit.about, "href": hit.href }));
        hits.collect::<Vec<_>>()
    };
    found.iter().flat_map(of).collect()
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
    let places = ["/incidents/", "/notices/", "/tickets/"];
    if let Some(hit) = exact.filter(|hit| places.iter().any(|place| hit.href.starts_with(place))) {
        return Ok(visit.go(&hit.href));
    }
    let further = if length > 0 { further(&visit, &text) } else { Vec::new() };
    visit.html(&SearchPage { page: visit.page("desk-search-title"), text, found, further, depth: SEARCH_DEPTH })
}

/// What every plane finds.
pub(super) async fn everywhere(wanted: &Wanted<'_>) -> Result<Vec<Hits>, StoreError> {
    let mut all = manara_response::search(wanted).await?;
    all.extend(manara_constituency::search(wanted).await?);
    all.extend(manara_watch::search(wanted).await?);
    all.extend(manara_warning::search(wanted).await?);
    all.extend(manara_framework::search(wanted).await?);
    Ok(all)
}

/// Lists that look through everything, and take longer.
fn further(visit: &Visit, text: &str) -> Vec<Further> {
    let ask = |path: &str, name: &str| {
        let value: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        format!("{path}{name}={value}")
    };
    let mut all = Vec::new();
    if super::research::Subject::read(text).is_some() {
        all.push(Further { key: "desk-search-research", href: ask("/research?", "q") });
    }
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

#[cfg(test)]
mod tests {
    use manara_model::{Tlp, Viewer};
    use manara_store::{Db, migrate};
    use manara_web::Wanted;

    use super::everywhere;
    use crate::house::SCHEMAS;

    /// A little of everything. Incident 2 is TLP:RED.
    const RECORDS: &str = "
        INSERT INTO constituency_org VALUES ('o1', 'Port Authority', 'port authority', '{}', 'transport', '', 3, 'agency', '',
            '', '', '', TRUE, 'port authority', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '', '');
        INSERT INTO constituency_org VALUES ('o2', 'Ministry', 'ministry', '{}', 'government', '', 3, 'agency', '',
            '', '', '', TRUE, 'ministry', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '', '');
        INSERT INTO constituency_network VALUES ('o1', '198.51.100.0/24');
        INSERT INTO constituency_network VALUES ('o2', '198.51.0.0/16');
        INSERT INTO constituency_domain VALUES ('o1', 'port.example');
        INSERT INTO constituency_as VALUES ('o2', 64500);
        INSERT INTO watch_feed VALUES ('drone-report', 'Drones', 'csv', 0.9, 1, 1, 0, 24, '', '');
        INSERT INTO watch_batch VALUES ('b1', 'drone-report', 'cafe', 'port-drones.csv', 'csv', '2026-01-01T00:00:00Z', NULL,
            'finished', 1, 1, 1, 0, 0, 0, 0, 1, 0, 1, 1, 1, '');
        INSERT INTO watch_finding VALUES ('f1', 'o1', 'Port Authority', 'malicious-code', 'infected-system', 'mirai',
            '198.51.100.7', 'open', 3, 0.9, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 1, '[]', '2026-01-01T00:00:00Z',
            '', 'b1', 64500);
        INSERT INTO response_incident VALUES ('i1', 'INC-2026-0001', 'Cranes at the port', 'other', 'other', 'low', 1, 1, 2,
            '', 'new', '', '', '', '', 'a', 1, 1, '', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '', '', '', 1, '', '');
        INSERT INTO response_incident VALUES ('i2', 'INC-2026-0002', 'A secret of the port', 'other', 'other', 'low', 1, 1, 4,
            '', 'new', '', '', '', '', 'a', 1, 1, '', '2026-01-02T00:00:00Z', '2026-01-02T00:00:00Z', '', '', '', 1, '', '');
        INSERT INTO response_incident_finding VALUES ('i1', 'f1', 'o1', 'Port Authority', 'infected-system', 'mirai',
            '198.51.100.7', '198.51.100.0/24', 3, '2026-01-01T00:00:00Z', '');
        INSERT INTO response_note VALUES ('n1', 'i1', 'They called: 100% sure it is the gantry', 'a', '2026-01-01T00:00:00Z', 1,
            '', '', '', '', '', '');
        INSERT INTO framework_exercise VALUES ('e1', 'Black gantry', 'tabletop', 'planned', '2026-03-01', '2026-03-01', 60, '', 4,
            0, 'a', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 1, '');
        INSERT INTO framework_exercise VALUES ('e2', 'Quiet harbour', 'drill', 'planned', '2026-04-01', '2026-04-01', 60, '', 2,
            0, 'a', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 1, '');
        INSERT INTO framework_exercise VALUES ('e3', 'Quiet harbour, withdrawn', 'drill', 'planned', '2026-04-01', '2026-04-01', 60,
            '', 2, 0, 'a', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 1, '2026-01-02T00:00:00Z');
        INSERT INTO framework_catalogue VALUES ('h', 'boats', '{}', '2026-01-01T00:00:00Z');
        INSERT INTO framework_assessment VALUES ('a1', 'The harbour', 'boats', 'h', 2, 'open', 'a', '2026-01-01T00:00:00Z',
            '2026-01-01T00:00:00Z', 1, '');
        INSERT INTO response_note VALUES ('n2', 'i2', 'The gantry again', 'a', '2026-01-01T00:00:00Z', 1, '', '', '', '', '', '');";

    async fn databases(folder: &std::path::Path) -> Vec<Db> {
        let mut all = vec![Db::open_sqlite(&folder.join("state.db")).await.expect("SQLite")];
        if let Ok(url) = std::env::var("MANARA_TEST_POSTGRES") {
            let name = format!("search_{}", std::process::id());
            let server = Db::open_postgres(&url).await.expect("PostgreSQL");
            let mut tx = server.begin().await.expect("a transaction");
            tx.run_script(&format!("CREATE SCHEMA {name}")).await.expect("a schema");
            tx.commit().await.expect("a schema");
            let joint = if url.contains('?') { '&' } else { '?' };
            all.push(Db::open_postgres(&format!("{url}{joint}options[search_path]={name}")).await.expect("the schema"));
        }
        for db in &all {
            migrate(db, SCHEMAS).await.expect("tables");
            let mut tx = db.begin().await.expect("a transaction");
            tx.run_script(RECORDS).await.expect("records");
            tx.commit().await.expect("records");
            manara_response::prepare(db).await.expect("the index of words");
        }
        all
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn every_plane_finds_its_own_and_nobody_finds_what_they_may_not_see() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for db in databases(folder.path()).await {
            for (text, clearance, want) in [
                ("198.51.100.7", Tlp::Red, "INC-2026-0001 | Port Authority, Ministry | 198.51.100.7"),
                ("www.Port.example", Tlp::Red, "Port Authority"),
                ("AS64500", Tlp::Red, "Ministry"),
                ("inc-2026-0002", Tlp::Red, "INC-2026-0002"),
                ("inc-2026-0002", Tlp::Amber, ""),
                ("the port", Tlp::Red, "INC-2026-0002, INC-2026-0001"),
                ("the port", Tlp::Amber, "INC-2026-0001"),
                ("GANTRY", Tlp::Red, "INC-2026-0002, INC-2026-0001 | Black gantry"),
                ("gantry", Tlp::Amber, "INC-2026-0001"),
                ("harbour", Tlp::Amber, "Quiet harbour | The harbour"),
                ("100% sure", Tlp::Amber, "INC-2026-0001"),
                ("100_ sure", Tlp::Amber, "INC-2026-0001"),
                ("100 unsure", Tlp::Amber, ""),
                ("CAFE", Tlp::Amber, "port-drones.csv"),
                ("drones", Tlp::Amber, "drone-report | port-drones.csv"),
                ("' OR 1 = 1 --", Tlp::Red, ""),
            ] {
                let viewer = Viewer::cleared("x", clearance);
                let wanted = Wanted { db: &db, viewer: &viewer, text, limit: 12 };
                let found = everywhere(&wanted).await.expect("an answer");
                let names = |hits: &manara_web::Hits| {
                    hits.hits.iter().map(|hit| hit.name.as_str()).collect::<Vec<_>>().join(", ")
                };
                let found: Vec<String> = found.iter().filter(|hits| !hits.hits.is_empty()).map(names).collect();
                assert_eq!(found.join(" | "), want, "{text} for {clearance:?}");
            }
            db.close().await;
        }
    }
}
