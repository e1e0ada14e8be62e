//! The keys of the pages: one table, shown as a page, and told to the script.

use askama::Template;

use crate::error::Answer;
use crate::nav::{NAV, NavItem};
use crate::visit::{Page, Visit};

/// After `g`: which letter leads where.
const GO: [(&str, &str, &str); 19] = [
    ("h", "/", "web-nav-home"),
    ("f", "/findings", "web-nav-findings"),
    ("i", "/incidents", "web-nav-incidents"),
    ("r", "/tickets", "tickets-nav"),
    ("m", "/mail", "tickets-mail-title"),
    ("t", "/tasks", "work-mine-title"),
    ("k", "/clocks", "work-running-title"),
    ("o", "/handover", "work-handover-title"),
    ("e", "/events", "web-nav-events"),
    ("n", "/notices", "web-nav-notices"),
    ("c", "/constituents", "web-nav-constituents"),
    ("d", "/feeds", "web-nav-feeds"),
    ("b", "/batches", "web-nav-batches"),
    ("j", "/journal", "web-nav-journal"),
    ("u", "/users", "web-nav-users"),
    ("a", "/account", "web-account-title"),
    ("s", "/account/settings", "desk-settings-title"),
    ("v", "/account/views", "desk-views-title"),
    ("l", "/search", "desk-search-title"),
];

/// Every other key, with the message that says what it does.
const KEYS: [(&str, &str); 10] = [
    ("Ctrl K", "desk-key-palette"),
    ("/", "desk-key-palette"),
    ("?", "desk-key-keys"),
    ("j", "desk-key-next"),
    ("k", "desk-key-before"),
    ("o", "desk-key-open"),
    ("x", "desk-key-tick"),
    ("n", "desk-key-page"),
    ("p", "desk-key-first"),
    ("Esc", "desk-key-close"),
];

impl NavItem {
    /// The letter that leads here after `g`; empty when there is none.
    pub fn letter(&self) -> &'static str {
        GO.iter().find(|(_, href, _)| *href == self.href).map_or("", |(letter, _, _)| letter)
    }
}

/// A page that can be gone to.
struct Place {
    letter: &'static str,
    href: &'static str,
    words: String,
}

/// The pages the reader may open: those with a letter first, then entries of the navigation without one.
fn places(visit: &Visit) -> Vec<Place> {
    let lettered = GO.iter().map(|(letter, href, key)| (*letter, *href, *key));
    let others = NAV.iter().filter(|item| item.letter().is_empty()).map(|item| ("", item.href, item.key));
    lettered
        .chain(others)
        .filter(|(_, href, _)| visit.shell.may_open(visit, href))
        .map(|(letter, href, key)| Place { letter, href, words: visit.t(key) })
        .collect()
}

#[derive(Template)]
#[template(path = "web/keys.html")]
struct KeysPage {
    page: Page,
    places: Vec<Place>,
    keys: &'static [(&'static str, &'static str)],
}

/// `GET /keys`: the page, or for the script the same as JSON.
pub(crate) async fn keys(visit: Visit) -> Answer {
    let places = places(&visit);
    if !visit.wants_json() {
        let page = visit.page("desk-keys-title").under("/account", "web-account-title");
        return visit.html(&KeysPage { page, places, keys: &KEYS });
    }
    let pages: Vec<serde_json::Value> = places
        .iter()
        .map(|place| serde_json::json!({ "key": place.letter, "href": place.href, "name": place.words }))
        .collect();
    let told = serde_json::json!({
        "title": visit.t("desk-palette-title"),
        "search": visit.t("desk-search-text"),
        "none": visit.t("desk-search-none"),
        "failed": visit.t("desk-palette-failed"),
        "pages": pages,
    });
    Ok(visit.json(told.to_string()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{GO, KEYS};
    use crate::words::{Lang, Words};

    const SCRIPT: &str = include_str!("../assets/manara.js");

    #[test]
    fn a_letter_leads_to_one_page_and_every_key_has_its_words() {
        let letters: BTreeSet<_> = GO.iter().map(|(letter, _, _)| letter).collect();
        let hrefs: BTreeSet<_> = GO.iter().map(|(_, href, _)| href).collect();
        assert_eq!((letters.len(), hrefs.len()), (GO.len(), GO.len()));
        let words = Words::built_in().unwrap();
        let all = GO.iter().map(|(_, _, key)| key).chain(KEYS.iter().map(|(_, key)| key));
        assert!(all.clone().all(|key| words.has(Lang::En, key)), "{:?}", all.collect::<Vec<_>>());
    }

    #[test]
    fn the_script_knows_every_key() {
        for (key, _) in KEYS.iter().filter(|(key, _)| key.len() == 1) {
            assert!(SCRIPT.contains(&format!("\"{key}\"")) || SCRIPT.contains(&format!("{key}: \".pager")), "{key}");
        }
    }
}
