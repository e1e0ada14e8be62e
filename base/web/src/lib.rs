//! The server shell: who is there and what they may, forms, lists, layout, and words in the reader's language.

mod account;
mod account_tokens;
pub mod api;
mod assets;
pub mod bulk;
mod charts;
mod columns;
mod compared;
mod csrf;
mod design;
mod error;
mod export;
mod first;
mod follower;
mod hooks;
mod keys;
mod list;
mod live;
mod locale;
mod login;
mod mailboxes;
mod markup;
mod mistake;
mod nav;
mod pages;
mod people;
mod people_many;
mod person;
mod preferences;
mod replaceable;
mod rights;
mod scopes;
mod search;
mod services;
mod shell;
mod site;
mod stacked;
mod throttle;
mod tokens;
mod undo;
mod usual;
mod views;
mod views_operations;
mod views_page;
mod visit;
mod words;

pub use charts::{Bar, bars, progress, sparkline, sparkline_to};
pub use compared::{Compared, Heads, change, compared};
pub use error::{Answer, Fault, PageError};
pub use export::{Cell, Format, csv_text, json_text, mark_pages, marked_properties, xlsx_bytes, xlsx_marked};
pub use first::{FIRST_PATH, FirstToken, first_token};
pub use follower::Visible;
pub use hooks::{
    Delivery, Hook, HookError, HookReport, HookRules, NewHook, Outgoing, add_hook, deliveries, hooks, remove_hook,
    restore_hook, send_again, send_hooks, set_hook_disabled,
};
pub use list::{Ask, Choice, EXPORT_MOST, Filter, Found, Key, Kind, ListSpec, ListView, Sort};
pub use live::{PAGES, PAGES_OF_SESSION, Place};
pub use locale::{Digits, Locale, Numbers, REGIONS, Region};
pub use markup::{Markup, badge, foreign, mono, visible_controls};
pub use mistake::Mistake;
pub use nav::{NAV, NavItem};
pub use people::{
    NewPerson, Person, PersonError, change_role, create_user, ensure_first_users, has_people, is_alone_in, people,
    random_password, reset_password, set_disabled, set_mailboxes, set_role, team, team_in,
};
pub use preferences::{Density, Preferences, Theme, zones};
pub use replaceable::Replaceable;
pub use rights::{RIGHTS, Right, Role};
pub use search::{Hit, Hits, SEARCH_CHARS, SEARCH_DEPTH, Wanted};
pub use services::{Service, Services, Switch, begin_basic, services, switch, switches, switches_in};
pub use shell::{Shell, WebConfig, serve};
pub use site::{Need, RouteLine, Site};
pub use stacked::{KINDS, Series, stacked};
pub use tokens::{NewToken, TOKEN_BEGINS, TOKEN_DAYS, Token, TokenError, make_token, revoke_token, tokens};
pub use undo::{Question, Undo};
pub use usual::{Usual, UsualError};
pub use visit::{IntoCount, IntoWord, NavLink, Page, Said, Tone, Visit};
pub use words::{Lang, Word, Words, WordsError};

use manara_store::{Migration, Schema};

/// The tables of this crate.
pub const SCHEMA: Schema = Schema {
    plane: "web",
    tables: &[
        "web_user",
        "web_session",
        "web_token",
        "web_hook",
        "web_delivery",
        "web_preference",
        "web_view",
        "web_view_default",
        "web_bulk",
        "web_bulk_row",
    ],
    migrations: &[
        Migration { number: 1, sql: include_str!("../migrations/001_web.sql") },
        Migration { number: 2, sql: include_str!("../migrations/002_tokens.sql") },
        Migration { number: 3, sql: include_str!("../migrations/003_hooks.sql") },
        Migration { number: 4, sql: include_str!("../migrations/004_desk.sql") },
        Migration { number: 5, sql: include_str!("../migrations/005_bulk.sql") },
        Migration { number: 6, sql: include_str!("../migrations/006_live.sql") },
        Migration { number: 7, sql: include_str!("../migrations/007_mailboxes.sql") },
    ],
};

/// The path when it leads to a page of ours and nowhere else.
pub fn local_path(path: &str) -> Option<&str> {
    let starts_well = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\");
    (starts_well && path.len() < 2000 && path.chars().all(|c| c.is_ascii_graphic() && c != '\\')).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn a_way_back_leads_only_to_ourselves() {
        for good in ["/", "/findings?state=open&q=a%20b", "/a/b#c"] {
            assert_eq!(local_path(good), Some(good));
        }
        for bad in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "findings",
            "/a\r\nSet-Cookie: x",
            "/\u{202e}",
            "/a\\b",
        ] {
            assert_eq!(local_path(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn the_style_sheets_are_small_and_know_no_left_or_right() {
        let sheets = [
            (include_str!("../assets/manara.css"), 30),
            (include_str!("../assets/picture.css"), 8),
            (include_str!("../assets/framework.css"), 8),
            (include_str!("../assets/programme.css"), 3),
        ];
        for (css, most) in sheets {
            assert!(css.len() < most * 1024);
            for word in ["left", "right", "http", "@import", "url("] {
                assert!(!css.replace("brightness", "").contains(word), "{word}");
            }
        }
    }
}
