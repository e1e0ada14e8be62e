//! The programme of the example: the design of last year's assessment, accepted and under way.

use std::collections::BTreeMap;

use anyhow::{Context as _, anyhow};
use manara_framework::assessments::{Assessment, sheet};
use manara_framework::catalogues::Catalogue;
use manara_framework::designs::{
    Ask, Asked, Design, DesignState, KeptDesign, NewDesign, designs_of, keep_design, set_design_state,
};
use manara_framework::programmes::{
    Change as TaskChange, Day, LineKind, NewLine, NewProgramme, People, Proof, Setup, Task, TaskState, Week,
    accept_task, add_line, change_task, lines_of, plan_programme, programmes_of, read_days_off, set_nation_days_off,
    step_task, tasks_of,
};
use manara_framework::scoring::score;
use manara_model::{Micros, Viewer};
use serde::Deserialize;

use super::{NATION, at};
use crate::house::House;

/// The profile the team wants to meet.
const PROFILE: &str = "manara-starter";
/// The services of the larger design that is left: analysis of artefacts, and data for situational awareness.
const WIDER: [&str; 2] = ["6.3", "8.1"];
/// Who pays otherwise than usual: ITU agreed to hold the first courses.
const PAID: [(&str, &str); 2] = [("training-handling", "itu"), ("training-communication", "itu")];
/// When the design is kept, when it is accepted, and the day the programme begins.
const KEPT: &str = "2025-12-03";
const ACCEPTED: &str = "2025-12-17";
const BEGINS: &str = "2026-02-01";
/// The last day anything is done: the story ends there.
const LAST: &str = "2026-11-19";
/// So many people, and the days off of the islands.
const PEOPLE: i64 = 4;
const WEEKEND: &str = "fri,sat";
/// Of so many tasks one takes longer than planned.
const ONE_OF: i64 = 6;

#[derive(Deserialize)]
struct Risk {
    text: String,
    likelihood: i64,
    impact: i64,
    answer: String,
    owner: String,
}

/// Keeps a design of an assessment, accepts it, plans its programme, and does what was done of it, as far as it is not
/// there already.
pub(super) async fn load(house: &House, one: &Assessment, catalogue: &Catalogue) -> anyhow::Result<()> {
    let duty = Viewer { name: "duty".into(), ..Viewer::system() };
    let profile = catalogue.profile(PROFILE).with_context(|| format!("{} has no profile {PROFILE}", catalogue.id()))?;
    let scored = score(catalogue, &sheet(&house.db, &one.id, KEPT).await?, Some(profile));
    let payers = BTreeMap::from(PAID.map(|(block, payer)| (block.to_string(), payer.to_string())));
    let (shelf, ask) = (house.shelf(), Ask { payers, ..Ask::default() });
    let designs = tokio::task::block_in_place(|| manara_framework::designs::design(&shelf, catalogue, &scored, &ask));
    let aim = designs.first().context("the example has no design")?.aim;
    let new = NewDesign { name: "Siraj CIRT: to the starter profile".into(), asked: Asked::of(&ask, PROFILE), aim };
    let kept = keep(house, &duty, one, &new, &designs).await?;
    // A larger one that was looked at and left: too dear for the first year.
    let ask = Ask { services: WIDER.map(String::from).to_vec(), ..ask };
    let wider = tokio::task::block_in_place(|| manara_framework::designs::design(&shelf, catalogue, &scored, &ask));
    let new = NewDesign { name: "Siraj CIRT: with forensics".into(), asked: Asked::of(&ask, PROFILE), aim };
    let left = keep(house, &duty, one, &new, &wider).await?;
    set_design_state(&house.db, &duty, &left.id, DesignState::Withdrawn, at(ACCEPTED, 9)?).await?;
    set_design_state(&house.db, &duty, &kept.id, DesignState::Accepted, at(ACCEPTED, 10)?).await?;
    let setup = Setup {
        start: day(BEGINS)?,
        week: Week::parse(WEEKEND).context("the example's weekend")?,
        people: People { all: Some(PEOPLE), ..People::default() },
    };
    let off = NATION.get_file("programme/days-off.csv").context("the example has no days off")?.contents();
    let off = read_days_off(off).map_err(|wrong| {
        anyhow!("days-off.csv: {}", wrong.iter().map(|bad| bad.to_string()).collect::<Vec<_>>().join("; "))
    })?;
    set_nation_days_off(&house.db, &duty, &off, at(ACCEPTED, 10)?).await?;
    let planned = programmes_of(&house.db, &duty, &kept.id).await?;
    let new = NewProgramme { design: kept.id, name: "Siraj CIRT 2026".into(), setup, like: String::new() };
    let programme = match planned.into_iter().next() {
        Some(programme) => programme,
        None => plan_programme(&house.db, &duty, &new, at(ACCEPTED, 11)?).await?,
    };
    let mut tasks = tasks_of(&house.db, &programme.id).await?;
    tasks.sort_by_key(|task| (task.planned_start, task.number));
    let mut done: Vec<i64> = Vec::new();
    for task in &tasks {
        if work_on(house, &duty, &programme.id, task, &done).await? {
            done.push(task.number);
        }
    }
    let written = lines_of(&house.db, &programme.id).await?;
    let risks = NATION.get_file("programme/risks.csv").context("the example has no risks")?.contents();
    for risk in csv::Reader::from_reader(risks).deserialize() {
        let Risk { text, likelihood, impact, answer, owner } = risk?;
        if written.iter().any(|line| line.text == text) {
            continue;
        }
        let new = NewLine { kind: LineKind::Risk, text, likelihood, impact, answer, owner };
        add_line(&house.db, &duty, &programme.id, &new, at(ACCEPTED, 12)?).await?;
    }
    Ok(())
}

/// The design of a name, kept now if it is not there.
async fn keep(
    house: &House,
    duty: &Viewer,
    one: &Assessment,
    new: &NewDesign,
    designs: &[Design],
) -> anyhow::Result<KeptDesign> {
    let known = designs_of(&house.db, duty, &one.id).await?;
    match known.into_iter().find(|known| known.name == new.name) {
        Some(known) => Ok(known),
        None => Ok(keep_design(&house.db, duty, &one.id, new, designs, at(KEPT, 10)?).await?),
    }
}

/// What the team did of a task by the end of the story, as far as it is not there; whether it is accepted.
async fn work_on(house: &House, duty: &Viewer, programme: &str, task: &Task, done: &[i64]) -> anyhow::Result<bool> {
    let place = (programme, task.id.as_str());
    let is_late = task.number % ONE_OF == ONE_OF - 1;
    let owner = if task.roles.iter().any(|role| role == "head") { "duty" } else { "handler" };
    let change = TaskChange { owner: owner.into(), start: task.planned_start, end: task.planned_end, version: None };
    change_task(&house.db, duty, place, &change, at(ACCEPTED, 12)?).await?;
    let last = day(LAST)?;
    if task.planned_start > last || !task.needs.iter().all(|need| done.contains(need)) {
        return Ok(false);
    }
    let worker = Viewer { name: owner.into(), ..Viewer::system() };
    if task.state == TaskState::Open {
        step_task(&house.db, &worker, place, TaskState::Started, task.planned_start, noon(task.planned_start)).await?;
    }
    if task.planned_end > last || is_late {
        return Ok(false);
    }
    if matches!(task.state, TaskState::Open | TaskState::Started) {
        step_task(&house.db, &worker, place, TaskState::Finished, task.planned_end, noon(task.planned_end)).await?;
    }
    let seen = task.planned_end.plus(1);
    if seen > last {
        return Ok(false);
    }
    let proof = Proof {
        words: "Shown to the head of the team and used for a day.".into(),
        evidence: format!("Minutes of {seen}"),
        sha256: String::new(),
    };
    if task.state != TaskState::Accepted {
        accept_task(&house.db, duty, place, &proof, noon(seen)).await?;
    }
    Ok(true)
}

fn day(text: &str) -> anyhow::Result<Day> {
    Day::parse(text).ok_or_else(|| anyhow!("{text} is no day"))
}

fn noon(day: Day) -> Micros {
    Micros(day.moment().0 + Micros::DAY / 2)
}
