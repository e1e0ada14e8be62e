//! The navigation: one table.

use crate::rights::Right;

/// One entry.
#[derive(Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Where it leads. It is shown when a plane has registered that page.
    pub href: &'static str,
    /// Its words.
    pub key: &'static str,
    /// Who sees it.
    pub right: Right,
}

impl NavItem {
    /// Whether a path is this entry's page or lies under it.
    pub fn is_of(&self, path: &str) -> bool {
        match self.href {
            "/" => path == "/",
            href => path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        }
    }
}

/// All entries, in order.
pub const NAV: [NavItem; 13] = [
    NavItem { href: "/", key: "web-nav-home", right: Right::Enter },
    NavItem { href: "/picture", key: "web-nav-picture", right: Right::ReadFindings },
    NavItem { href: "/findings", key: "web-nav-findings", right: Right::ReadFindings },
    NavItem { href: "/incidents", key: "web-nav-incidents", right: Right::ReadIncidents },
    NavItem { href: "/tickets", key: "tickets-nav", right: Right::ReadIncidents },
    NavItem { href: "/events", key: "web-nav-events", right: Right::ReadEvents },
    NavItem { href: "/notices", key: "web-nav-notices", right: Right::ReadNotices },
    NavItem { href: "/constituents", key: "web-nav-constituents", right: Right::ReadConstituents },
    NavItem { href: "/framework", key: "framework-nav", right: Right::ReadFramework },
    NavItem { href: "/feeds", key: "web-nav-feeds", right: Right::ReadFeeds },
    NavItem { href: "/batches", key: "web-nav-batches", right: Right::ReadBatches },
    NavItem { href: "/journal", key: "web-nav-journal", right: Right::ReadJournal },
    NavItem { href: "/users", key: "web-nav-users", right: Right::ManageUsers },
];
