//! What establishing asks of the rest of the house. Planes don't know each other: the program brings it in.

use std::collections::BTreeMap;
use std::pin::Pin;

use manara_store::StoreError;
use manara_web::{Lang, Service};
use serde::Serialize;

use super::Holdings;

/// Something that is being found out.
pub type Work<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// One thing that a service needs besides its switch, as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its name: the words are `establish-check-<name>`, and `establish-check-<name>-how` while it is not done.
    pub name: &'static str,
    /// Whether it is as it should be.
    pub is_done: bool,
    /// What was found; empty when there is nothing more to say.
    pub found: String,
    /// The page that does it; empty when only the command line or the configuration does.
    pub href: &'static str,
}

/// The house, as far as establishing looks at it.
pub trait House: Send + Sync {
    /// What belongs to a service besides its switch.
    fn checks(&self, service: Service) -> Work<'_, Vec<Check>>;

    /// What of this house a block can put in force.
    fn holdings(&self) -> Work<'_, Holdings>;

    /// What documents say of this house, in a language.
    fn facts(&self, lang: Lang) -> Work<'_, Facts>;
}

/// A time by severity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clock {
    /// The severity, as messages name it.
    pub severity: &'static str,
    /// Hours or days.
    pub count: i64,
}

/// Who writes the letters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Office {
    /// Name of the team.
    pub name: String,
    /// Its mail address; empty when none is set.
    pub mail: String,
    /// Its telephone; empty when none is set.
    pub phone: String,
    /// Its site; empty when none is set.
    pub url: String,
}

/// A post of the team.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PostFact {
    /// What it is called in the language.
    pub name: String,
    /// Who fills it.
    pub people: Vec<String>,
}

/// What follows when nobody answers a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FollowUpFacts {
    /// Days until a reminder.
    pub after_days: i64,
    /// How many reminders.
    pub reminders: i64,
    /// Days after the last one until those above are told; nothing for never.
    pub escalate_after_days: Option<i64>,
}

/// What documents say of this house.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// Who writes.
    pub office: Office,
    /// The address of the pages.
    pub address: String,
    /// The country's two letters; empty when not set.
    pub country: String,
    /// The time zone.
    pub zone: String,
    /// The languages that are offered, by tag.
    pub languages: Vec<String>,
    /// Whether mail leaves the machine.
    pub mail_leaves: bool,
    /// The sender of mail; empty when not set.
    pub sender: String,
    /// Login names by role.
    pub people: BTreeMap<String, Vec<String>>,
    /// The posts of the team that are in force, with who fills each.
    pub posts: Vec<PostFact>,
    /// The addresses that mail to the team is taken at.
    pub addresses: Vec<String>,
    /// Hours until an incident is due, the worst first.
    pub due_hours: Vec<Clock>,
    /// Days until an answer is due, the worst first.
    pub answer_days: Vec<Clock>,
    /// Days an asset is left in peace.
    pub quiet_days: i64,
    /// What follows when nobody answers.
    pub follow_up: Option<FollowUpFacts>,
    /// Whether letters carry a link to answer by.
    pub answer_links: bool,
    /// Feeds that files came of, by name.
    pub feeds: Vec<String>,
    /// How incidents may end, in the language.
    pub resolutions: Vec<String>,
    /// When the daily digest leaves, in UTC.
    pub digest_at: String,
    /// The data folder.
    pub data: String,
    /// The services that are on, by id.
    pub services: Vec<String>,
}
