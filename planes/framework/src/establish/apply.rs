//! Applying a block, and taking that back: each one transaction with its lines of the journal.

use std::collections::BTreeSet;

use manara_model::Micros;
use manara_store::{Db, Journal};
use manara_web::Service;
use serde::Serialize;
use serde_json::json;

use super::house::House;
use super::matter::Matter;
use super::posts::{self, Post};
use super::sql::{self, Application};
use super::{EstablishError, Holdings, acceptance};
use crate::PLANE;
use crate::blocks::{Block, Blocks};
use crate::jobs::new_id;

/// Why something was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no such block.
    #[error("there is no such building block; `manara establish list` shows them")]
    NoBlock,
    /// The block was not applied.
    #[error("the building block was not applied, or that was taken back")]
    NotApplied,
    /// A text is too long, or one that is wanted is not there.
    #[error("the text is too long, or nothing was said")]
    Text,
    /// An address is none.
    #[error("a link begins with https:// or http:// and has at most 500 characters")]
    Link,
    /// A day cannot be read.
    #[error("a day is written as 2026-11-22")]
    Day,
    /// There is nothing to accept.
    #[error("nothing was shown that could be accepted")]
    NothingShown,
    /// It was accepted before.
    #[error("it was accepted already; refuse it first")]
    Accepted,
    /// Who brings the proof does not accept it.
    #[error("somebody else than who shows it accepts it; only a person who alone may accept, accepts their own")]
    Own,
    /// Something else was shown since.
    #[error("something else was shown since; look at it first")]
    Moved,
    /// No applied block brings the post.
    #[error("no applied building block brings this post; `manara establish in-force` shows those there are")]
    NoPost,
    /// Nobody of the name may sign in.
    #[error("nobody of this name may sign in; the page of people shows who may")]
    NoPerson,
    /// The person does not fill the post.
    #[error("the person does not fill this post")]
    NotInPost,
}

impl Refused {
    /// The last part of the message key: `establish-refused-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoBlock => "no-block",
            Self::NotApplied => "not-applied",
            Self::Text => "text",
            Self::Link => "link",
            Self::Day => "day",
            Self::NothingShown => "nothing-shown",
            Self::Accepted => "accepted",
            Self::Own => "own",
            Self::Moved => "moved",
            Self::NoPost => "no-post",
            Self::NoPerson => "no-person",
            Self::NotInPost => "not-in-post",
        }
    }
}

/// How a step came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It was done; in a preview: it will be.
    Done,
    /// It stood so already.
    AlreadySo,
    /// A person has to do it.
    NeedsPerson,
    /// It stays, although it was to be taken back: it is wanted otherwise, or was changed since.
    Stays,
}

impl Outcome {
    /// The word in JSON and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::AlreadySo => "already-so",
            Self::NeedsPerson => "needs-person",
            Self::Stays => "stays",
        }
    }
}

/// One step of applying a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What: `service`, `proof`, a matter that is put in force (`post`, `address`, `clock`, `playbook`, `letter`), or the name
    /// of a check.
    pub name: String,
    /// Which of the matter; empty for the others.
    pub what: String,
    /// Of which service; empty for none.
    pub service: String,
    /// How it came out.
    pub outcome: Outcome,
    /// What was found.
    pub found: String,
    /// The page that does it.
    pub href: String,
}

/// A block that was applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Applied {
    /// The application.
    pub id: String,
    /// The block.
    pub block: String,
    /// Whether it was applied before, and nothing was left to do.
    pub was_applied: bool,
    /// Every step.
    pub steps: Vec<Step>,
}

/// An application that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Undone {
    /// The block.
    pub block: String,
    /// Every step.
    pub steps: Vec<Step>,
}

fn known<'b>(blocks: &'b Blocks, id: &str) -> Result<&'b Block, Refused> {
    blocks.get(id).ok_or(Refused::NoBlock)
}

/// The services a block applies; a name this program does not know is nothing it can switch.
fn services_of(block: &Block) -> impl Iterator<Item = Service> {
    block.applies.iter().filter_map(|id| Service::parse(id))
}

fn switched(service: Service, outcome: Outcome) -> Step {
    let href = service.href().to_string();
    Step {
        name: "service".into(),
        what: String::new(),
        service: service.as_str().into(),
        outcome,
        found: String::new(),
        href,
    }
}

fn proof(block: &Block, outcome: Outcome) -> Step {
    let href = format!("/framework/establish/{}", block.ref_id);
    Step { name: "proof".into(), what: String::new(), service: String::new(), outcome, found: String::new(), href }
}

/// What a block puts in force, as it stands: `known` is what this application put in force before.
fn matters_of(
    block: &Block,
    holdings: &Holdings,
    posts: &[Post],
    known: &BTreeSet<(Matter, String)>,
) -> Vec<(Matter, Step)> {
    let step = |(matter, name): (Matter, &str)| {
        let is_known = known.contains(&(matter, name.to_string()));
        let stands = |is_so: bool| if is_so || is_known { Outcome::AlreadySo } else { Outcome::Done };
        let (outcome, found, href) = match matter {
            Matter::Post => {
                let people: Vec<&str> =
                    posts.iter().filter(|one| one.post == name).map(|one| one.person.as_str()).collect();
                let outcome = if people.is_empty() { Outcome::NeedsPerson } else { stands(false) };
                (outcome, people.join(", "), "/framework/in-force")
            }
            Matter::Address => match holdings.address(name) {
                None => (Outcome::NeedsPerson, String::new(), "/setup/mail"),
                Some(address) => (stands(holdings.addresses.contains(&address)), address, ""),
            },
            Matter::Clock | Matter::Playbook | Matter::Letter => match holdings.get(matter, name) {
                None => (Outcome::NeedsPerson, String::new(), ""),
                Some(holding) => (stands(holding.is_enabled), String::new(), ""),
            },
        };
        let (name, what, href) = (matter.as_str().to_string(), name.to_string(), href.to_string());
        (matter, Step { name, what, service: String::new(), outcome, found, href })
    };
    block.establishes.all().into_iter().map(step).collect()
}

/// What else belongs to the services of a block, as it stands.
async fn checked(house: &dyn House, block: &Block) -> Result<Vec<Step>, EstablishError> {
    let mut steps = Vec::new();
    for service in services_of(block) {
        for check in house.checks(service).await? {
            let outcome = if check.is_done { Outcome::AlreadySo } else { Outcome::NeedsPerson };
            steps.push(Step {
                name: check.name.into(),
                what: String::new(),
                service: service.as_str().into(),
                outcome,
                found: check.found,
                href: check.href.into(),
            });
        }
    }
    Ok(steps)
}

/// What applying a block will do, and what is left for people then.
pub async fn preview(db: &Db, house: &dyn House, blocks: &Blocks, id: &str) -> Result<Vec<Step>, EstablishError> {
    let block = known(blocks, id)?;
    let on = manara_web::services(db).await?;
    let outcome = |service: &Service| if on.is_on(*service) { Outcome::AlreadySo } else { Outcome::Done };
    let mut steps: Vec<Step> = services_of(block).map(|service| switched(service, outcome(&service))).collect();
    let live = sql::live_of(db, id).await?;
    let known = match &live {
        Some(one) => sql::in_force_of(db, &one.id).await?,
        None => BTreeSet::new(),
    };
    let (holdings, posts) = (house.holdings().await?, sql::posts(db).await?);
    steps.extend(matters_of(block, &holdings, &posts, &known).into_iter().map(|(_, step)| step));
    steps.extend(checked(house, block).await?);
    let accepted = match &live {
        Some(one) => sql::acceptance(db, &one.id).await?.is_some_and(|one| one.accepted.is_some()),
        None => false,
    };
    steps.push(proof(block, if accepted { Outcome::AlreadySo } else { Outcome::NeedsPerson }));
    Ok(steps)
}

/// Applies a block: its services are switched on, and what proves it becomes somebody's task. Twice is once: what stands so
/// already stays, and what was switched off meanwhile is switched on again.
pub async fn apply(
    db: &Db,
    house: &dyn House,
    blocks: &Blocks,
    id: &str,
    who: &str,
    now: Micros,
) -> Result<Applied, EstablishError> {
    let block = known(blocks, id)?;
    let (rest, holdings) = (checked(house, block).await?, house.holdings().await?);
    let mut tx = db.begin().await?;
    let before = sql::live_in(&mut tx, id).await?;
    let application = before.clone().unwrap_or_else(|| Application {
        id: new_id(now),
        block: id.into(),
        switched: Vec::new(),
        who: who.into(),
        at: now,
        undone: None,
    });
    let mut switches: BTreeSet<String> = application.switched.iter().cloned().collect();
    let (mut steps, mut changed) = (Vec::new(), before.is_none());
    for service in services_of(block) {
        let did = manara_web::switch(&mut tx, service, true, (who, &application.id), now).await?;
        if did {
            switches.insert(service.as_str().into());
        }
        changed |= did;
        steps.push(switched(service, if did { Outcome::Done } else { Outcome::AlreadySo }));
    }
    let known = sql::in_force_of_in(&mut tx, &application.id).await?;
    let matters = matters_of(block, &holdings, &sql::posts_in(&mut tx).await?, &known);
    // What the content or the configuration has in force by itself is not this block's, and stays when the block goes.
    let is_ours = |(matter, step): &&(Matter, Step)| *matter == Matter::Post || step.outcome != Outcome::AlreadySo;
    let put: Vec<(Matter, String)> = matters
        .iter()
        .filter(is_ours)
        .map(|(matter, step)| (*matter, step.what.clone()))
        .filter(|one| !known.contains(one))
        .collect();
    changed |= !put.is_empty();
    steps.extend(matters.into_iter().map(|(_, step)| step));
    if changed {
        let switched: Vec<String> = switches.into_iter().collect();
        sql::put(&mut tx, &application, &switched).await?;
        if before.is_none() {
            acceptance::begin(&mut tx, &application.id).await?;
        }
        for (matter, name) in &put {
            sql::put_in_force(&mut tx, &application.id, *matter, name).await?;
        }
        let mut detail = json!({ "block": id, "switched": switched.join(", ") });
        if let (Some(detail), false) = (detail.as_object_mut(), put.is_empty()) {
            let put: Vec<String> = put.iter().map(|(matter, name)| format!("{} {name}", matter.as_str())).collect();
            detail.insert("in_force".into(), put.join(", ").into());
        }
        let detail = detail.to_string();
        Journal::write(&mut tx, who, PLANE, "block_applied", &application.id, &detail, now).await?;
        tx.commit().await?;
    }
    let accepted = sql::acceptance(db, &application.id).await?.is_some_and(|one| one.accepted.is_some());
    steps.extend(rest);
    steps.push(proof(block, if accepted { Outcome::AlreadySo } else { Outcome::NeedsPerson }));
    Ok(Applied { id: application.id, block: id.into(), was_applied: !changed, steps })
}

/// Takes an application back: a service it switched on is switched off, if nobody switched it since and no other applied block
/// wants it. What it put in force is no longer, unless another applied block has it; posts that end so are empty. Data stays.
pub async fn undo(db: &Db, blocks: &Blocks, id: &str, who: &str, now: Micros) -> Result<Undone, EstablishError> {
    let block = known(blocks, id)?;
    let mut tx = db.begin().await?;
    let one = sql::live_in(&mut tx, id).await?.ok_or(Refused::NotApplied)?;
    let others: Vec<Application> =
        sql::all_live_in(&mut tx).await?.into_iter().filter(|other| other.id != one.id).collect();
    let wanted = |service: Service| {
        let mut blocks = others.iter().filter_map(|other| blocks.get(&other.block));
        blocks.any(|other| services_of(other).any(|of| of == service))
    };
    let switches = manara_web::switches_in(&mut tx).await?;
    let mut steps = Vec::new();
    for service in one.switched.iter().filter_map(|id| Service::parse(id)) {
        let is_ours = switches.get(service.as_str()).is_some_and(|switch| switch.on && switch.cause == one.id);
        let taken_back = is_ours && !wanted(service);
        if taken_back {
            manara_web::switch(&mut tx, service, false, (who, &one.id), now).await?;
        }
        steps.push(switched(service, if taken_back { Outcome::Done } else { Outcome::Stays }));
    }
    let put = sql::in_force_of_in(&mut tx, &one.id).await?;
    sql::set_undone(&mut tx, &one.id, who, now).await?;
    let still = sql::in_force_in(&mut tx).await?;
    for (matter, what) in put {
        let outcome = if still.has(matter, &what) { Outcome::Stays } else { Outcome::Done };
        if matter == Matter::Post && outcome == Outcome::Done {
            posts::empty(&mut tx, &what, who, now).await?;
        }
        let (name, found, href) = (matter.as_str().to_string(), String::new(), String::new());
        steps.push(Step { name, what, service: String::new(), outcome, found, href });
    }
    Journal::write(&mut tx, who, PLANE, "block_undone", &one.id, &json!({ "block": id }).to_string(), now).await?;
    tx.commit().await?;
    Ok(Undone { block: block.ref_id.clone(), steps })
}

/// The capabilities a block needs that no applied block gives.
pub(crate) fn missing_needs<'b>(blocks: &'b Blocks, block: &'b Block, live: &[Application]) -> Vec<&'b str> {
    let given: BTreeSet<&str> = live
        .iter()
        .filter_map(|one| blocks.get(&one.block))
        .flat_map(|block| block.provides.iter().map(String::as_str))
        .collect();
    block.needs.iter().map(String::as_str).filter(|need| !given.contains(need)).collect()
}
