//! What the nation of the example has beside its team: its law, its strategy, what neighbours released, and the blocks that are
//! in force.

use std::collections::{BTreeSet, HashMap};

use anyhow::{Context as _, anyhow};
use manara_framework::assessments::{NewAssessment, NewVoice, SubjectKind};
use manara_framework::catalogues::Shelf;
use manara_framework::courses::{AskedQuestion, attempts_of, keep_attempt, mark};
use manara_framework::establishment::{EstablishError, apply, fill_post};
use manara_framework::laws::{Provision, Said, Standing, write_provision};
use manara_framework::offices::{Releasing, fingerprint, import_progress, release, unseal};
use manara_framework::strategies::{
    ELEMENTS, Function, Part, Progress, Review, Stakeholder, Undertaking, functions, reviews, save_function,
    save_review, save_stakeholder, save_undertaking, stakeholders, undertakings,
};
use manara_model::{Tlp, Viewer};
use manara_web::Lang;
use serde::Deserialize;

use super::{NATION, at, begun, part};
use crate::commands::training;
use crate::establish::{Ground, keep_manual};
use crate::house::House;

const PROVISIONS: &str = "law/provisions.csv";
const STRATEGY: &str = "strategy/strategy.json";

/// Blocks of the team that are in force, and since when.
const IN_FORCE: [(&str, &str); 9] = [
    ("core-team-small", "2026-02-15"),
    ("tracking-manara", "2026-03-01"),
    ("feeds-manara", "2026-03-01"),
    ("team-mailbox", "2026-03-15"),
    ("sop-intake", "2026-04-12"),
    ("sop-notification", "2026-04-12"),
    ("service-levels", "2026-05-10"),
    ("playbooks-core", "2026-06-14"),
    ("oncall-rota", "2026-06-14"),
];
/// Who fills which post; somebody for *analyst* is still looked for.
const POSTS: [(&str, &str); 3] = [("head", "admin"), ("handler", "handler"), ("duty-officer", "duty")];
/// Who passed which course, and when.
const PASSED: [(&str, &str, &str); 2] = [("duty", "team", "2026-10-05"), ("handler", "response", "2026-10-12")];
/// What the country says of itself for the programme office.
const STAGE: &str = "enhancement";
/// What worked on the islands, by section: one text is released, the other is still a draft.
const WORKED: [(&str, &str, bool); 2] = [
    (
        "sim3/T",
        "Sensors came last: for the first year the free daily reports of others were enough to find nine of ten infected computers.",
        true,
    ),
    ("sim3/P", "The watch hands over in writing, ten minutes before the hour.", false),
];
/// The neighbours whose files of progress came, and their region.
const NEIGHBOURS: [(&str, &str); 4] =
    [("xa", "europe"), ("xb", "africa"), ("xc", "asia-pacific"), ("xd", "asia-pacific")];

#[derive(Deserialize)]
struct Line {
    item: String,
    standing: String,
    citation: String,
    missing: String,
    note: String,
}

#[derive(Deserialize)]
struct Strategy {
    stakeholders: Vec<Taking>,
    actions: Vec<Action>,
    functions: Vec<Needed>,
    reviews: Vec<Again>,
}

#[derive(Deserialize)]
struct Taking {
    name: String,
    organisation: String,
    contact: String,
    parts: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Action {
    item: String,
    title: String,
    owner: String,
    due: String,
    progress: String,
    note: String,
}

#[derive(Deserialize)]
struct Needed {
    name: String,
    owner: String,
    note: String,
    providers: Vec<String>,
    needs: Vec<String>,
}

#[derive(Deserialize)]
struct Again {
    kind: String,
    title: String,
    owner: String,
    next: String,
    every_months: i64,
}

fn file(name: &str) -> anyhow::Result<&'static [u8]> {
    Ok(NATION.get_file(name).with_context(|| format!("the example has no {name}"))?.contents())
}

fn duty() -> Viewer {
    Viewer { name: "duty".into(), ..Viewer::system() }
}

/// Law, strategy, office, and the blocks in force; what is there already stays.
pub(super) async fn load(house: &House) -> anyhow::Result<()> {
    let shelf = house.shelf();
    part(house, "law", law(house, &shelf)).await?;
    part(house, "strategy", strategy(house, &shelf)).await?;
    part(house, "office", office(house)).await?;
    part(house, "in-force", in_force(house, &shelf)).await?;
    part(house, "courses", courses(house)).await
}

async fn law(house: &House, shelf: &Shelf) -> anyhow::Result<()> {
    let now = at("2026-11-18", 10)?;
    let catalogue = &**shelf.get("cybercrime-law").context("the example's law is held against cybercrime-law")?;
    let new = NewAssessment { subject: "Siraj Islands".into(), kind: Some(SubjectKind::Nation), tlp: Tlp::Green };
    let one = begun(house, &duty(), catalogue, &new, now).await?;
    let lawyer =
        NewVoice { name: "duty".into(), organisation: "Siraj CIRT".into(), role: String::new(), person: "duty".into() };
    for line in csv::Reader::from_reader(file(PROVISIONS)?).deserialize() {
        let Line { item, standing, citation, missing, note } = line?;
        let found = Standing::parse(&standing);
        let standing = Some(found.with_context(|| format!("{PROVISIONS}: {item}: no standing {standing}"))?);
        let provision = Provision { citation, link: String::new(), language: String::new(), body: String::new(), note };
        let said = Said { item, standing, missing: Some(missing) };
        write_provision(&house.db, &duty(), (&one.id, catalogue), &lawyer, &said, &provision, now).await?;
    }
    Ok(())
}

async fn strategy(house: &House, shelf: &Shelf) -> anyhow::Result<()> {
    let now = at("2026-09-25", 10)?;
    let all: Strategy = serde_json::from_slice(file(STRATEGY)?).context(STRATEGY)?;
    let elements = &**shelf.get(ELEMENTS).with_context(|| format!("the strategy is held by {ELEMENTS}"))?;
    let known = stakeholders(&house.db).await?;
    for one in all.stakeholders.into_iter().filter(|one| known.iter().all(|known| known.name != one.name)) {
        let part = |(item, part): &(String, String)| {
            let found = Part::parse(part).ok_or_else(|| anyhow!("{STRATEGY}: {item}: no part {part}"))?;
            Ok((item.clone(), Some(found)))
        };
        let parts: Vec<(String, Option<Part>)> = one.parts.iter().map(part).collect::<anyhow::Result<_>>()?;
        let Taking { name, organisation, contact, .. } = one;
        let new = Stakeholder { name, organisation, contact, ..Stakeholder::default() };
        save_stakeholder(&house.db, &duty(), &new, Some((elements, parts.as_slice())), now).await?;
    }
    let known = undertakings(&house.db, &duty()).await?;
    let is_new = |one: &Action| known.iter().all(|known| known.title != one.title);
    for Action { item, title, owner, due, progress, note } in all.actions.into_iter().filter(is_new) {
        let progress = Progress::parse(&progress).with_context(|| format!("{STRATEGY}: no progress {progress}"))?;
        let new =
            Undertaking { id: String::new(), item, title, owner, due, progress, note, tlp: Tlp::Green, version: 0 };
        save_undertaking(&house.db, &duty(), Some(elements), &new, now).await?;
    }
    let known = functions(&house.db, &duty()).await?;
    let mut known: HashMap<String, String> = known.into_iter().map(|one| (one.name, one.id)).collect();
    for Needed { name, owner, note, providers, needs } in all.functions {
        if known.contains_key(&name) {
            continue;
        }
        let id = |need: &String| known.get(need).cloned().with_context(|| format!("{STRATEGY}: {name} needs {need}"));
        let needs = needs.iter().map(id).collect::<anyhow::Result<_>>()?;
        let mut by = Vec::with_capacity(providers.len());
        for provider in providers {
            let (constituent, _) = manara_constituency::get(&house.db, &provider)
                .await?
                .with_context(|| format!("{STRATEGY}: no constituent {provider}"))?;
            by.push((constituent.id, constituent.name));
        }
        let new = Function {
            id: String::new(),
            name: name.clone(),
            owner,
            note,
            tlp: Tlp::Amber,
            needs,
            providers: by,
            version: 0,
        };
        known.insert(name, save_function(&house.db, &duty(), &new, now).await?);
    }
    let known = reviews(&house.db).await?;
    let is_new = |one: &Again| known.iter().all(|known| known.title != one.title);
    for Again { kind, title, owner, next, every_months } in all.reviews.into_iter().filter(is_new) {
        let new = Review { kind, title, owner, next, every_months, ..Review::default() };
        save_review(&house.db, &duty(), &new, now).await?;
    }
    Ok(())
}

/// What the country released, and what its neighbours did.
async fn office(house: &House) -> anyhow::Result<()> {
    let now = at("2026-11-19", 9)?;
    for what in [Releasing::Name("Siraj Islands"), Releasing::Stage(STAGE), Releasing::Kpi("strategies", Some(1))] {
        release(&house.db, &duty(), what, now).await?;
    }
    // The newest of the two assessments, by section, too.
    let taken = manara_framework::offices::releasable(&house.db, &duty()).await?;
    let newest = taken.first().context("the example has no snapshot to release")?;
    for what in [Releasing::Snapshot(&newest.id, true), Releasing::Sections(&newest.id, true)] {
        release(&house.db, &duty(), what, now).await?;
    }
    for (place, text, is_released) in WORKED {
        for what in Releasing::text(place, Some(text), is_released) {
            release(&house.db, &duty(), what, now).await?;
        }
    }
    for (code, region) in NEIGHBOURS {
        let name = format!("office/{code}.json");
        let bytes = file(&name)?;
        // The fingerprint a country tells over the telephone is that of its key.
        let print = fingerprint(&unseal(bytes, now).with_context(|| name.clone())?.key);
        import_progress(&house.db, &duty(), bytes, (region, &print), now).await.context(name)?;
    }
    Ok(())
}

/// Courses that were passed: every question answered right.
async fn courses(house: &House) -> anyhow::Result<()> {
    for (person, course, day) in PASSED {
        let (course, asked) = training::asked(house, course, Lang::En).await?;
        if attempts_of(&house.db, person).await?.iter().any(|one| one.course == course.ref_id) {
            continue;
        }
        let right = |question: &AskedQuestion| -> BTreeSet<usize> {
            let right = question.answers.iter().enumerate().filter(|(_, (_, is_right))| *is_right);
            right.map(|(at, _)| at).collect()
        };
        let chosen: Vec<BTreeSet<usize>> = asked.questions.iter().map(right).collect();
        let marked = mark(&asked, &chosen, course.pass_percent);
        let answers: Vec<Vec<usize>> = chosen.into_iter().map(|one| one.into_iter().collect()).collect();
        keep_attempt(&house.db, person, (&course, &asked, Lang::En), &answers, &marked, at(day, 10)?).await?;
    }
    Ok(())
}

async fn in_force(house: &House, shelf: &Shelf) -> anyhow::Result<()> {
    let (ground, mut last) = (Ground::new(house)?, at("2026-02-15", 9)?);
    let told = |name: &str, error: EstablishError| anyhow!("{name}: {error:?}");
    for (block, day) in IN_FORCE {
        last = at(day, 9)?;
        apply(&house.db, &ground, &shelf.blocks, block, "admin", last).await.map_err(|error| told(block, error))?;
    }
    for (post, person) in POSTS {
        fill_post(&house.db, post, person, "admin", last).await.map_err(|error| told(post, error))?;
    }
    keep_manual(house, last).await?;
    Ok(())
}
