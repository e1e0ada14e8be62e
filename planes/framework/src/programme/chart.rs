//! Tasks as work with loads: what the rules of planning take.

use std::collections::{BTreeMap, BTreeSet};

use super::{People, Task};
use crate::plan::{WHOLE, Work};

/// Whose time is counted: everybody's together first, then each role's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resources {
    /// The roles, in their order; the resource of the first is 1.
    pub roles: Vec<String>,
    /// What there is of each, in thousandths of a person; nothing says nothing.
    pub limits: Vec<Option<i64>>,
}

impl Resources {
    /// Of the roles of some tasks, with the people there are.
    pub fn of(tasks: &[Task], people: &People) -> Resources {
        let roles: BTreeSet<&String> = tasks.iter().flat_map(|task| &task.roles).collect();
        let roles: Vec<String> = roles.into_iter().cloned().collect();
        let whole = |people: i64| people.saturating_mul(WHOLE);
        let each = roles.iter().map(|role| people.roles.get(role).copied().map(whole));
        let limits = std::iter::once(people.all.map(whole)).chain(each).collect();
        Resources { roles, limits }
    }
}

/// What a task takes of one role on each of its days, in thousandths of a person. It is rounded down, so that what fits together
/// on paper fits together here.
pub(super) fn load(effort: i64, roles: usize, days: i64) -> i64 {
    let roles = i64::try_from(roles).unwrap_or(i64::MAX);
    effort.saturating_mul(WHOLE) / roles.saturating_mul(days).max(1)
}

/// Tasks as work. What is not there of their needs is passed over.
pub fn working(tasks: &[Task], resources: &Resources) -> Vec<Work> {
    let places: BTreeMap<i64, usize> = tasks.iter().enumerate().map(|(at, task)| (task.number, at)).collect();
    let of = |task: &Task| {
        let [_, effort] = task.effort;
        let load = load(effort, task.roles.len(), task.days);
        let all = load.saturating_mul(i64::try_from(task.roles.len()).unwrap_or(0));
        let each = task.roles.iter().filter_map(|role| resources.roles.binary_search(role).ok());
        Work {
            days: task.days,
            needs: task.needs.iter().filter_map(|need| places.get(need).copied()).collect(),
            loads: std::iter::once((0, all)).chain(each.map(|at| (at + 1, load))).collect(),
            fixed: None,
            not_before: 0,
        }
    };
    tasks.iter().map(of).collect()
}
