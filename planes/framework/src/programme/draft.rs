//! From a design to tasks with their days: a rule, no store.

use std::collections::{BTreeMap, BTreeSet};

use super::days_off::{DayOff, days_of};
use super::lay::{lasts, lay};
use super::own::{OWN, kept_in};
use super::{PEOPLE, Part, People, TASKS, Task, TaskState, WORKING_DAYS};
use crate::design::{Chosen, Design};
use crate::hindrance::Hindrance;
use crate::plan::{Calendar, Day, Week};

/// What follows the blocks: what it is, days of work, weeks, both from and to. Planning assumptions of ours.
const AFTER: [(Part, [i64; 2], [i64; 2]); 3] =
    [(Part::Trial, [10, 20], [3, 4]), (Part::Handover, [3, 5], [1, 2]), (Part::Closure, [2, 4], [1, 1])];
/// Who leads what is not a block.
const LEADS: &str = "head";

/// From when and with whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// The first day.
    pub start: Day,
    /// Which days are worked.
    pub week: Week,
    /// Who there is.
    pub people: People,
}

/// The tasks of a design, each after what it needs, and laid where people have time for it. Their ids are still empty.
///
/// A block lasts as many weeks as its lead time says at most, and longer when its work does not fit into them: nobody works on one
/// task more than a whole day. After the blocks come the trial, the handover and the closure.
pub fn draft(design: &Design, setup: &Setup) -> Result<Vec<Task>, Hindrance> {
    draft_like(design, setup, &[], &[])
}

/// The same with the own tasks of a programme of that design, and with days off.
pub(crate) fn draft_like(
    design: &Design,
    setup: &Setup,
    like: &[Task],
    off: &[DayOff],
) -> Result<Vec<Task>, Hindrance> {
    if design.blocks.is_empty() {
        return Err(Hindrance::NoBlocks);
    }
    if design.blocks.len() + AFTER.len() > TASKS - OWN {
        return Err(Hindrance::TooMany);
    }
    let is_limit = |people: i64| (1..=PEOPLE).contains(&people);
    if !setup.people.all.into_iter().chain(setup.people.roles.values().copied()).all(is_limit) {
        return Err(Hindrance::People);
    }
    let calendar = Calendar::without(setup.start, setup.week, &days_of(off));
    let mut tasks: Vec<Task> = Vec::with_capacity(design.blocks.len() + AFTER.len());
    let needs = needs(design);
    for (number, chosen) in (1..).zip(&design.blocks) {
        let mut task = empty(number, Part::Block, calendar.day(0));
        task.block.clone_from(&chosen.block);
        task.needs = needs.get(&number).into_iter().flatten().copied().collect();
        task.roles.clone_from(&chosen.roles);
        task.payer.clone_from(&chosen.payer);
        (task.weeks, task.effort, task.money) = (chosen.lead_weeks, chosen.effort_days, chosen.first_year);
        tasks.push(task);
    }
    let mut before: Vec<i64> = tasks.iter().map(|task| task.number).collect();
    for (number, (part, effort, weeks)) in (1 + i64::try_from(tasks.len()).unwrap_or(0)..).zip(AFTER) {
        let mut task = empty(number, part, calendar.day(0));
        (task.effort, task.weeks) = (effort, weeks);
        task.needs = std::mem::replace(&mut before, vec![number]);
        task.roles = vec![LEADS.to_string()];
        tasks.push(task);
    }
    for task in &mut tasks {
        let unique: BTreeSet<String> = task.roles.drain(..).collect();
        task.roles = unique.into_iter().collect();
        task.days = lasts(task, &setup.people, setup.week);
    }
    kept_in(&mut tasks, like, &setup.people);
    let known: BTreeSet<&String> = tasks.iter().flat_map(|task| &task.roles).collect();
    if setup.people.roles.keys().any(|role| !known.contains(role)) {
        return Err(Hindrance::Role);
    }
    if tasks.iter().map(|task| task.days).fold(0, i64::saturating_add) > WORKING_DAYS.saturating_mul(8) {
        return Err(Hindrance::TooLong);
    }
    lay(&mut tasks, &setup.people, &calendar)?;
    Ok(tasks)
}

pub(super) fn empty(number: i64, part: Part, day: Day) -> Task {
    Task {
        id: String::new(),
        number,
        part,
        block: String::new(),
        name: String::new(),
        deliverable: String::new(),
        needs: Vec::new(),
        roles: Vec::new(),
        effort: [0, 0],
        weeks: [0, 0],
        days: 1,
        money: [0, 0],
        payer: String::new(),
        owner: String::new(),
        planned_start: day,
        planned_end: day,
        actual_start: None,
        actual_end: None,
        state: TaskState::Open,
        proof: String::new(),
        evidence: String::new(),
        sha256: String::new(),
        accepted_by: String::new(),
        accepted: None,
        version: 1,
    }
}

/// The numbers of the tasks each task needs: of the blocks that give what it needs, the one that is there first.
fn needs(design: &Design) -> BTreeMap<i64, BTreeSet<i64>> {
    let mut gives: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    let numbered = || (1_i64..).zip(&design.blocks);
    for (number, chosen) in numbered() {
        for capability in &chosen.provides {
            let first = gives.entry(capability).or_insert((chosen.week, number));
            *first = (*first).min((chosen.week, number));
        }
    }
    let of = |(number, chosen): (i64, &Chosen)| {
        let from = chosen.needs.iter().filter_map(|need| gives.get(need.as_str())).map(|(_, from)| *from);
        (number, from.filter(|from| *from != number).collect())
    };
    numbered().map(of).collect()
}
