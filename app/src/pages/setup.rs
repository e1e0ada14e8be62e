//! Setting a house up, step by step: each can be passed over and come back to.

mod mail;
mod nation;
pub(super) mod operations;

use std::sync::Arc;

use askama::Template;
use axum::extract::State as Given;
use axum::http::StatusCode;
use manara_web::{Answer, Mistake, Page, PageError, Right, Site, Tone, Visit};

use crate::config::Config;
use crate::house::House;
use crate::serving::Reload;
use crate::setup::{self, STEPS, SetError, Step};

/// What the pages work with.
pub struct Desk {
    house: House,
    reload: Reload,
}

/// The pages, with their rights.
pub fn site(house: &House, reload: &Reload) -> Site {
    let desk = Desk { house: house.clone(), reload: reload.clone() };
    Site::<Arc<Desk>>::new()
        .page("/setup/steps", Right::SetUp, steps)
        .post("/setup/dismiss", Right::SetUp, dismiss)
        .page("/setup/nation", Right::SetUp, nation::form)
        .post("/setup/nation", Right::SetUp, nation::save)
        .page("/setup/mail", Right::SetUp, mail::form)
        .post("/setup/mail", Right::SetUp, mail::save)
        .page("/setup/networks", Right::SetUp, networks)
        .page("/setup/feed", Right::SetUp, feed)
        .merge(operations::site())
        .with_state(Arc::new(desk))
}

/// A page of the way, as the list of all pages shows it.
pub struct Stage {
    /// The step.
    pub step: &'static Step,
    /// Whether the reader is there.
    pub current: bool,
}

/// The pages of the way, in order.
fn way(current: &str) -> Vec<Stage> {
    STEPS
        .iter()
        .filter(|step| step.href.starts_with("/setup/"))
        .map(|step| Stage { step, current: step.name == current })
        .collect()
}

/// Where the way goes on after a step.
fn next(current: &str) -> &'static str {
    let mut pages = STEPS.iter().filter(|step| step.href.starts_with("/setup/"));
    pages.by_ref().find(|step| step.name == current);
    pages.next().map_or("/", |step| step.href)
}

fn frame(visit: &Visit, name: &str) -> Page {
    visit.page_titled(visit.t(&format!("setup-step-{name}"))).under("/setup/steps", "setup-title")
}

/// What could not be stored, for a form: words of the program, which are English.
fn not_stored(error: SetError) -> Result<String, PageError> {
    match error {
        SetError::Store(error) => Err(error.into()),
        other => Ok(other.to_string()),
    }
}

impl Desk {
    /// What the file says, of which forms are made; what holds while nobody can read it.
    fn written(&self) -> Config {
        setup::written(&self.house.data).unwrap_or_else(|_| (*self.house.config).clone())
    }

    /// Lets what was written hold; what is wrong with it is for the log, and the next start says it again.
    async fn read_again(&self) -> Result<(), PageError> {
        self.reload.read_again().await.map_err(|error| PageError::internal(format!("{error:#}")))
    }
}

/// What the configuration says under the names of a form, and in which state.
pub(super) struct Stands {
    /// The state.
    pub version: String,
    /// Names and values.
    pub values: Vec<(String, String)>,
}

impl Stands {
    /// Whether it says something else than a form that was made of another state.
    pub fn differs(&self, version: &str, typed: &[(String, String)]) -> bool {
        !version.is_empty() && version != self.version && typed != self.values.as_slice()
    }

    /// What it says in a field where the form says something else.
    pub fn beside(&self, typed: &[(String, String)], name: &str) -> Option<String> {
        let of = |all: &[(String, String)]| {
            all.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let kept = Some(of(&self.values)).filter(|kept| *kept != of(typed))?;
        Some(if kept.is_empty() { "–".into() } else { kept })
    }
}

/// How a form is answered that was not taken, and one that was not sent yet.
pub(super) fn status(stands: Option<&Stands>, mistake: &Mistake) -> StatusCode {
    match (stands, mistake.is_some()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, false) => StatusCode::OK,
    }
}

/// A step on the list of steps.
pub struct Line {
    /// The step.
    pub step: &'static Step,
    /// Whether it is done.
    pub done: bool,
    /// The command that does it, as it is typed on this machine; empty for none.
    pub command: String,
}

/// The steps as the home page and the list show them.
pub async fn lines(house: &House) -> Result<Vec<Line>, PageError> {
    let data = house.data.display().to_string();
    let data = if data.contains(' ') { format!("'{data}'") } else { data };
    let steps = setup::steps(&house.db, &house.watch, &house.config).await?;
    Ok(steps
        .into_iter()
        .map(|(step, done)| {
            let command = match step.command {
                "" => String::new(),
                command => format!("manara {command} --data {data}"),
            };
            Line { step, done, command }
        })
        .collect())
}

#[derive(Template)]
#[template(path = "setup/steps.html")]
struct StepsPage {
    page: Page,
    lines: Vec<Line>,
    dismissed: bool,
}

/// `GET /setup/steps`
async fn steps(visit: Visit, Given(desk): Given<Arc<Desk>>) -> Answer {
    let lines = lines(&desk.house).await?;
    let dismissed = setup::is_dismissed(&visit.db).await?;
    visit.html(&StepsPage { page: visit.page("setup-title"), lines, dismissed })
}

/// `POST /setup/dismiss`
async fn dismiss(visit: Visit) -> Answer {
    setup::dismiss(&visit.db, &visit.viewer.name, visit.now).await?;
    Ok(visit.go_saying("/", Tone::Good, "setup-dismissed", &[]))
}

#[derive(Template)]
#[template(path = "setup/networks.html")]
struct NetworksPage {
    page: Page,
    way: Vec<Stage>,
    next: &'static str,
    count: i64,
}

/// `GET /setup/networks`
async fn networks(visit: Visit) -> Answer {
    let count = manara_constituency::count(&visit.db).await?;
    let page = frame(&visit, "networks");
    visit.html(&NetworksPage { page, way: way("networks"), next: next("networks"), count })
}

#[derive(Template)]
#[template(path = "setup/feed.html")]
struct FeedPage {
    page: Page,
    way: Vec<Stage>,
    next: &'static str,
    owners: i64,
}

/// `GET /setup/feed`
async fn feed(visit: Visit, Given(desk): Given<Arc<Desk>>) -> Answer {
    // The networks of the step before are known before the first file comes, not only at the next round of work.
    desk.house.load_tables().await.map_err(|error| PageError::internal(format!("{error:#}")))?;
    let owners = manara_constituency::count(&visit.db).await?;
    visit.html(&FeedPage { page: frame(&visit, "feed"), way: way("feed"), next: next("feed"), owners })
}

#[cfg(test)]
mod tests {
    use super::Stands;

    #[test]
    fn only_who_saw_another_state_and_says_something_else_is_told() {
        let of = |text: &str| vec![("zone".to_string(), text.to_string()), ("host".to_string(), String::new())];
        let stands = Stands { version: "2".into(), values: of("Asia/Muscat") };
        for (version, zone, differs) in [
            ("1", "Africa/Cairo", true),
            ("2", "Africa/Cairo", false),
            ("", "Africa/Cairo", false),
            ("1", "Asia/Muscat", false),
        ] {
            assert_eq!(stands.differs(version, &of(zone)), differs, "{version} {zone}");
        }
        assert_eq!(stands.beside(&of("Africa/Cairo"), "zone").as_deref(), Some("Asia/Muscat"));
        assert_eq!(stands.beside(&of("Africa/Cairo"), "host"), None, "the same in both");
        let typed = vec![("zone".to_string(), String::new()), ("host".to_string(), "mail".to_string())];
        assert_eq!(stands.beside(&typed, "host").as_deref(), Some("–"), "nothing stands there");
    }

    #[test]
    fn the_way_leads_from_step_to_step_and_home() {
        assert_eq!(
            ["nation", "mail", "networks", "feed"].map(super::next),
            ["/setup/mail", "/setup/networks", "/setup/feed", "/"]
        );
    }
}
