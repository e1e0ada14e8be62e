//! The figures of home and wall: one table.

use manara_web::{Markup, Page, Right, Word, change};

/// A figure, who sees it, and the list behind it.
pub struct Tile {
    /// Its name in [`crate::picture::Figures`].
    pub figure: &'static str,
    /// Who sees it.
    pub right: Right,
    /// The list that has as many rows.
    pub href: &'static str,
    /// Its words.
    pub key: &'static str,
    /// How it feels when it is not nought.
    tone: &'static str,
    /// Whether it is shown at nought too.
    pub always: bool,
}

impl Tile {
    /// How it feels: at nought all is well.
    pub fn tone_of(&self, count: i64) -> &'static str {
        match self.tone {
            "plain" => "plain",
            _ if count == 0 => "good",
            tone => tone,
        }
    }
}

const fn tile(
    figure: &'static str,
    right: Right,
    href: &'static str,
    key: &'static str,
    tone: &'static str,
    always: bool,
) -> Tile {
    Tile { figure, right, href, key, tone, always }
}

/// All of them, in order.
pub const TILES: &[Tile] = &[
    tile(
        "new-high",
        Right::ReadFindings,
        "/findings?state=new&severity=high_up&sort=-severity",
        "app-home-new-high",
        "crit",
        true,
    ),
    tile("new", Right::ReadFindings, "/findings?state=new", "app-home-new", "bad", true),
    tile("reopened", Right::ReadFindings, "/findings?state=reopened", "picture-home-reopened", "bad", false),
    tile("drafts", Right::ReadNotices, "/notices?state=draft", "app-home-drafts", "warn", true),
    tile("second", Right::ReadNotices, "/notices?state=waiting", "app-home-second", "warn", false),
    tile("unanswered", Right::ReadNotices, "/notices?answered=none", "picture-home-unanswered", "warn", true),
    tile("help", Right::ReadNotices, "/notices?answered=help", "app-home-help", "bad", false),
    tile("notices-failed", Right::ReadNotices, "/notices?state=failed", "app-home-notices-failed", "bad", false),
    tile("unowned", Right::ReadIncidents, "/incidents?show=unowned", "app-home-unowned", "bad", true),
    tile("mine", Right::HandleIncidents, "/incidents?show=mine", "app-home-mine", "plain", true),
    tile("overdue", Right::ReadIncidents, "/incidents?show=due&sort=due", "app-home-overdue", "crit", false),
    tile("reports", Right::ReadIncidents, "/tickets?show=unowned", "tickets-home-unowned", "bad", false),
    tile("answers", Right::HandleIncidents, "/tickets?show=answers", "tickets-home-answers", "warn", false),
    tile("held", Right::HandleIncidents, "/mail/held", "tickets-home-held", "warn", false),
    tile("release", Right::HandleIncidents, "/mail/drafts?show=others", "tickets-home-release", "warn", false),
    tile(
        "undelivered",
        Right::HandleIncidents,
        "/mail/queue?show=undelivered",
        "tickets-home-undelivered",
        "bad",
        false,
    ),
    tile("silent", Right::ReadFeeds, "/feeds?show=silent", "app-home-silent", "bad", true),
    tile("drift", Right::ReadFeeds, "/feeds?show=drift", "app-home-drift", "warn", false),
    tile("waiting", Right::ReadBatches, "/batches?state=received", "app-home-waiting", "info", false),
    tile("failed", Right::ReadBatches, "/batches?state=failed", "app-home-failed", "bad", false),
    tile("live", Right::ReadFindings, "/findings", "app-home-live", "plain", true),
];

/// How a figure differs from that of the same weekday a week ago, in words; nothing when none was noted then.
pub fn comparison(page: &Page, difference: Option<i64>) -> Markup {
    let Some(difference) = difference else { return Markup::default() };
    let count: Word = difference.unsigned_abs().into();
    Markup::text(&match difference {
        1.. => page.t_args("picture-more", &[("count", count)]),
        0 => page.t("picture-same"),
        _ => page.t_args("picture-fewer", &[("count", count)]),
    })
}

/// The same for a cell of a table: the number with its sign; the words are in the hint above the table.
pub fn short_comparison(page: &Page, difference: Option<i64>) -> Markup {
    difference.filter(|difference| *difference != 0).map_or_else(Markup::default, |difference| change(page, difference))
}
