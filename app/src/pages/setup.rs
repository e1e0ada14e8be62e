//! Setting a house up, step by step: each can be passed over and come back to.

mod mail;
mod nation;
pub(super) mod operations;

use std::sync::Arc;

use askama::Template;
use axum::extract::State as Given;
use manara_web::{Answer, Page, PageError, Right, Site, Tone, Visit};

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
    /// Lets what was written hold; what is wrong with it is for the log, and the next start says it again.
    async fn read_again(&self) -> Result<(), PageError> {
        self.reload.read_again().await.map_err(|error| PageError::internal(format!("{error:#}")))
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
    #[test]
    fn the_way_leads_from_step_to_step_and_home() {
        assert_eq!(
            ["nation", "mail", "networks", "feed"].map(super::next),
            ["/setup/mail", "/setup/networks", "/setup/feed", "/"]
        );
    }
}
