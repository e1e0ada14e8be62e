//! Tasks get their days: all of them, or one and what follows from it. Rules, no store.

use std::collections::{BTreeMap, BTreeSet};

use super::chart::{Resources, working};
use super::{People, Task, TaskState, WORKING_DAYS};
use crate::hindrance::Hindrance;
use crate::plan::{Calendar, Fixed, Week, critical, level};

/// Working days a task lasts: its lead time, or as long as its work takes those who do it.
pub(super) fn lasts(task: &Task, people: &People, week: Week) -> i64 {
    let [_, weeks] = task.weeks;
    weeks.saturating_mul(week.days()).max(by_work(task, people))
}

/// Working days the work of a task takes those who do it: nobody works on one task more than a whole day.
pub(super) fn by_work(task: &Task, people: &People) -> i64 {
    let [_, effort] = task.effort;
    let roles = i64::try_from(task.roles.len()).unwrap_or(1).max(1);
    // So many of the task's people can work on it at once.
    let at_once = people.all.map_or(roles, |all| all.min(roles)).max(1);
    (effort.saturating_add(at_once - 1) / at_once).max(1)
}

/// Gives tasks their planned days.
pub(super) fn lay(tasks: &mut [Task], people: &People, calendar: &Calendar) -> Result<(), Hindrance> {
    let resources = Resources::of(tasks, people);
    let work = working(tasks, &resources);
    // Blocks that need each other in a circle are left out when they are read, so this is a design of other blocks than ours.
    let times = critical(&work).ok_or(Hindrance::Order)?;
    let placed = level(&work, &times, &resources.limits);
    if placed.iter().any(|at| at.end > WORKING_DAYS) {
        return Err(Hindrance::TooLong);
    }
    for (task, at) in tasks.iter_mut().zip(placed) {
        (task.planned_start, task.planned_end) = (calendar.day(at.start), calendar.day(at.end - 1));
    }
    Ok(())
}

/// Gives one task its days, no earlier than a working day, and moves what waits for it as far as it must and people have time.
/// Everything else stays where it is planned, and so does what is begun. The numbers of the tasks that were moved.
pub(super) fn lay_around(
    tasks: &mut [Task],
    number: i64,
    not_before: i64,
    people: &People,
    calendar: &Calendar,
) -> Result<BTreeSet<i64>, Hindrance> {
    let resources = Resources::of(tasks, people);
    let mut work = working(tasks, &resources);
    let moves = followers(tasks, number);
    for (one, task) in work.iter_mut().zip(tasks.iter()) {
        let start = calendar.number(task.planned_start);
        let is_open = task.state == TaskState::Open;
        if is_open && task.number == number {
            one.not_before = not_before;
        } else if is_open && moves.contains(&task.number) {
            one.not_before = start;
        } else if task.number == number {
            one.fixed = Some(Fixed { start, end: start + task.days });
        } else {
            one.fixed = Some(Fixed { start, end: calendar.after(task.planned_end).max(start + 1) });
        }
    }
    let times = critical(&work).ok_or(Hindrance::Order)?;
    let placed = level(&work, &times, &resources.limits);
    if placed.iter().any(|at| at.end > WORKING_DAYS) {
        return Err(Hindrance::TooLong);
    }
    let mut moved = BTreeSet::new();
    for (task, at) in tasks.iter_mut().zip(placed) {
        if task.number != number && !(moves.contains(&task.number) && task.state == TaskState::Open) {
            continue;
        }
        let (start, end) = (calendar.day(at.start), calendar.day(at.end - 1));
        // A day that somebody chose on a day off stays while it means the same.
        let is_same = calendar.number(task.planned_start) == at.start && calendar.after(task.planned_end) == at.end;
        if !is_same {
            (task.planned_start, task.planned_end) = (start, end);
            moved.insert(task.number);
        }
    }
    Ok(moved)
}

/// The tasks that wait for one, at once or through others, and itself.
fn followers(tasks: &[Task], number: i64) -> BTreeSet<i64> {
    let mut found = BTreeSet::from([number]);
    let mut look = vec![number];
    while let Some(before) = look.pop() {
        for task in tasks.iter().filter(|task| task.needs.contains(&before)) {
            if found.insert(task.number) {
                look.push(task.number);
            }
        }
    }
    found
}

/// Tasks that wait for each other in a circle, each before the one that waits for it; nothing when there is no circle.
pub(super) fn circle(tasks: &[Task]) -> Option<Vec<i64>> {
    let mut left: BTreeMap<i64, &Task> = tasks.iter().map(|task| (task.number, task)).collect();
    loop {
        let is_ready = |task: &Task| !task.needs.iter().any(|need| left.contains_key(need));
        let ready: Vec<i64> = left.values().filter(|task| is_ready(task)).map(|task| task.number).collect();
        if ready.is_empty() {
            break;
        }
        ready.iter().for_each(|number| _ = left.remove(number));
    }
    // Each of the rest waits for another of the rest: following them comes back to where it has been.
    let mut way: Vec<i64> = Vec::new();
    let mut next = *left.keys().next()?;
    loop {
        if let Some(at) = way.iter().position(|number| *number == next) {
            let mut circle: Vec<i64> = way.split_off(at);
            circle.reverse();
            return Some(circle);
        }
        way.push(next);
        next = left.get(&next)?.needs.iter().copied().find(|need| left.contains_key(need))?;
    }
}

#[cfg(test)]
mod tests {
    use super::super::Part;
    use super::super::draft::empty;
    use super::{circle, lay_around};
    use crate::plan::{Calendar, Day, Week};
    use crate::programme::{People, Task, TaskState};

    /// Tasks of one week each, one after the other as their needs say.
    fn tasks(needs: &[&[i64]]) -> Vec<Task> {
        let calendar = calendar();
        let each = (1_i64..).zip(needs).map(|(number, needs)| {
            let mut task = empty(number, Part::Own, calendar.day(0));
            (task.needs, task.days) = (needs.to_vec(), 5);
            (task.planned_start, task.planned_end) = (calendar.day((number - 1) * 5), calendar.day(number * 5 - 1));
            task
        });
        each.collect()
    }

    fn calendar() -> Calendar {
        Calendar::new(Day::parse("2027-01-04").unwrap(), Week::of_country("FR"))
    }

    #[test]
    fn a_circle_is_named_in_the_order_of_waiting() {
        assert_eq!(circle(&tasks(&[&[], &[1], &[2]])), None);
        assert_eq!(circle(&tasks(&[&[], &[1, 4], &[2], &[3]])), Some(vec![3, 4, 2]));
        assert_eq!(circle(&tasks(&[&[1]])), Some(vec![1]));
        assert_eq!(circle(&tasks(&[&[9]])), None, "what is not there holds nothing up");
    }

    #[test]
    fn only_what_waits_for_a_task_moves_with_it_and_never_what_is_begun() {
        let mut all = tasks(&[&[], &[1], &[2], &[2]]);
        all[3].state = TaskState::Started;
        all[0].days = 8;
        let moved = lay_around(&mut all, 1, 0, &People::default(), &calendar()).unwrap();
        assert_eq!(moved.into_iter().collect::<Vec<_>>(), [1, 2, 3]);
        let days: Vec<String> = all.iter().map(|task| task.planned_start.to_string()).collect();
        assert_eq!(days, ["2027-01-04", "2027-01-14", "2027-01-21", "2027-01-25"]);
        assert!(lay_around(&mut all, 1, 0, &People::default(), &calendar()).unwrap().is_empty(), "twice is once");
    }

    #[test]
    fn what_is_laid_goes_around_the_people_who_are_busy() {
        let mut all = tasks(&[&[], &[]]);
        for task in &mut all {
            (task.roles, task.effort) = (vec!["head".into()], [5, 5]);
        }
        let one = People { all: Some(1), ..People::default() };
        all[1].planned_start = all[0].planned_start;
        lay_around(&mut all, 2, 0, &one, &calendar()).unwrap();
        assert_eq!(all[1].planned_start.to_string(), "2027-01-11");
    }
}
