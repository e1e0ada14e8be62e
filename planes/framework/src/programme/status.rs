//! How a programme stands on a day: what is critical, what is late, what is earned, when it will end. A rule, no store.

use serde::Serialize;

use super::chart::{Resources, working};
use super::{Programme, Task, TaskState};
use crate::plan::{Calendar, Day, Due, Fixed, Month, Times, Work, by_month, critical, level};

/// What is late about a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// It should have begun.
    Start,
    /// It should be done.
    End,
}

impl Late {
    /// The word in JSON and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
        }
    }
}

/// What follows for one task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLine {
    /// Working days it can be late without moving the end, if people did not count.
    pub slack: i64,
    /// The last day it can be done without moving the end, if people did not count.
    pub late_end: Day,
    /// What is late about it.
    pub late: Option<Late>,
    /// The day it was begun, or will be as things stand.
    pub forecast_start: Day,
    /// The day it was done, or will be as things stand.
    pub forecast_end: Day,
}

impl TaskLine {
    /// Whether it lies on the critical path: any delay of it moves the end.
    pub fn is_critical(&self) -> bool {
        self.slack <= 0
    }
}

/// How far a programme is, in tasks and in days of work at the upper end of their range.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Tasks.
    pub tasks: i64,
    /// Tasks that are accepted.
    pub accepted: i64,
    /// Tasks that are done and wait to be accepted.
    pub finished: i64,
    /// Tasks that are begun.
    pub started: i64,
    /// Tasks that are late.
    pub late: i64,
    /// Days of work of all tasks.
    pub work: i64,
    /// Days of work of tasks that are accepted: what is earned.
    pub earned: i64,
    /// Days of work of tasks that should be done by now.
    pub planned: i64,
}

impl Progress {
    /// What is earned, as a part of all work.
    pub fn earned_part(&self) -> f64 {
        self.earned as f64 / self.work.max(1) as f64
    }

    /// What should be earned by now, as a part of all work.
    pub fn planned_part(&self) -> f64 {
        self.planned as f64 / self.work.max(1) as f64
    }
}

/// How a programme stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The day it is looked at.
    pub today: Day,
    /// What follows for each task, in their order.
    pub lines: Vec<TaskLine>,
    /// Its last day as planned.
    pub planned_end: Day,
    /// Its last day if people did not count.
    pub shortest_end: Day,
    /// Its last day as things stand.
    pub forecast_end: Day,
    /// How far it is.
    pub progress: Progress,
    /// What each month costs as planned.
    pub months: Vec<Month>,
    /// What all of it costs, from and to.
    pub money: [i64; 2],
}

/// How a programme stands on a day.
///
/// The forecast lays what is not begun again, around what is done and begun: nothing of it begins before today, nor before its
/// planned day; what is begun takes as long as planned, and at least until today.
pub fn status(programme: &Programme, tasks: &[Task], today: Day) -> Status {
    let calendar = programme.calendar();
    let resources = Resources::of(tasks, &programme.people);
    let mut work = working(tasks, &resources);
    let times = critical(&work).unwrap_or_else(|| vec![Times::default(); work.len()]);
    let shortest = times.iter().map(|time| time.early_end).max().unwrap_or(0);
    for (one, task) in work.iter_mut().zip(tasks) {
        stands(one, task, &calendar, today);
    }
    let placed = level(&work, &times, &resources.limits);
    let lines = tasks.iter().zip(&times).zip(&placed).map(|((task, time), at)| TaskLine {
        slack: time.slack(),
        late_end: calendar.day(time.late_end - 1),
        late: late(task, today),
        forecast_start: task.actual_start.unwrap_or_else(|| calendar.day(at.start)),
        forecast_end: task.actual_end.unwrap_or_else(|| calendar.day(at.end - 1)),
    });
    let lines: Vec<TaskLine> = lines.collect();
    let last = |days: &mut dyn Iterator<Item = Day>| days.max().unwrap_or(programme.start);
    let due = tasks.iter().map(|task| Due {
        start: calendar.number(task.planned_start),
        end: calendar.after(task.planned_end),
        payer: task.payer.clone(),
        money: task.money,
    });
    Status {
        today,
        planned_end: last(&mut tasks.iter().map(|task| task.planned_end)),
        shortest_end: calendar.day(shortest - 1),
        forecast_end: last(&mut lines.iter().map(|line| line.forecast_end)),
        progress: progress(tasks, &lines, today),
        months: by_month(&due.collect::<Vec<_>>(), &calendar),
        money: tasks.iter().fold([0, 0], |[low, high], task| [low + task.money[0], high + task.money[1]]),
        lines,
    }
}

/// Puts work where its task stands on a day.
fn stands(one: &mut Work, task: &Task, calendar: &Calendar, today: Day) {
    let begun = task.actual_start.map(|day| calendar.number(day));
    match (task.state, begun) {
        (TaskState::Open, _) | (_, None) => {
            one.not_before = calendar.number(today).max(calendar.number(task.planned_start));
        }
        (TaskState::Started, Some(start)) => {
            let end = (start + task.days).max(calendar.after(today));
            one.fixed = Some(Fixed { start, end });
        }
        (TaskState::Finished | TaskState::Accepted, Some(start)) => {
            let end = task.actual_end.map_or(start + task.days, |day| calendar.after(day));
            one.fixed = Some(Fixed { start, end: end.max(start + 1) });
        }
    }
}

fn late(task: &Task, today: Day) -> Option<Late> {
    match task.state {
        TaskState::Open | TaskState::Started if task.planned_end < today => Some(Late::End),
        TaskState::Open if task.planned_start < today => Some(Late::Start),
        _ => None,
    }
}

fn progress(tasks: &[Task], lines: &[TaskLine], today: Day) -> Progress {
    let mut sum = Progress::default();
    for (task, line) in tasks.iter().zip(lines) {
        let [_, effort] = task.effort;
        sum.tasks += 1;
        sum.work += effort;
        sum.late += i64::from(line.late.is_some());
        sum.planned += if task.planned_end < today { effort } else { 0 };
        match task.state {
            TaskState::Open => {}
            TaskState::Started => sum.started += 1,
            TaskState::Finished => sum.finished += 1,
            TaskState::Accepted => {
                sum.accepted += 1;
                sum.earned += effort;
            }
        }
    }
    sum
}
