//! What if: the same design from another day or with other people, beside the programme. Nothing is kept unless it is planned.

use askama::Template;
use axum::extract::{Path, State as Given};
use manara_web::{Answer, Markup, Page, PageError, Right, Visit};
use serde::Serialize;

use super::Room;
use super::kept::{answer_of, range};
use super::programme_form::{Roles, Setting, setup, unreadable};
use super::programmes::{found, frame, href, names};
use crate::assessment::NAME_CHARS;
use crate::kept::kept_design;
use crate::plan::Day;
use crate::programme::{Part, Programme, Setup, Status, Task, draft_like, programme, programmes_of, status, tasks_of};

/// One task in both plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Moved {
    /// What it is: a block, a part that is not one, or the name of a task of the team's own.
    pub what: String,
    /// Its first and last day in the programme.
    pub before: [String; 2],
    /// In the other plan.
    pub after: [String; 2],
    /// Days its end moves; later is more.
    pub days: i64,
}

/// Holds two plans of the same design against each other: what ends on another day.
pub(super) fn moved(before: &[Task], after: &[Task]) -> Vec<Moved> {
    let key = |task: &Task| match task.part {
        Part::Block => task.block.clone(),
        Part::Own => task.name.clone(),
        part => part.as_str().to_string(),
    };
    // Own tasks may have the same name; a plan that took them along has them under their numbers.
    let is_same = |task: &Task, other: &Task| {
        task.part == other.part && key(task) == key(other) && (task.part != Part::Own || task.number == other.number)
    };
    let days = |task: &Task| [task.planned_start.to_string(), task.planned_end.to_string()];
    let each = before.iter().filter_map(|task| {
        let other = after.iter().find(|other| is_same(task, other))?;
        Some(Moved {
            what: key(task),
            before: days(task),
            after: days(other),
            days: other.planned_end.0 - task.planned_end.0,
        })
    });
    each.filter(|moved| moved.before != moved.after).collect()
}

/// What would be of a design with another setup.
pub(super) async fn planned(
    visit: &Visit,
    one: &Programme,
    setup: &Setup,
) -> Result<(Programme, Vec<Task>, Status), PageError> {
    let kept = kept_design(&visit.db, &visit.viewer, &one.design_id).await?.ok_or_else(PageError::not_found)?;
    let (design, _) = answer_of(visit, &kept).await?;
    let like = tasks_of(&visit.db, &one.id).await?;
    let tasks = draft_like(&design, setup, &like, &one.off).map_err(unreadable)?;
    let other = Programme { start: setup.start, week: setup.week, people: setup.people.clone(), ..one.clone() };
    // Looked at on its first day: nothing of it is begun.
    let status = status(&other, &tasks, other.start);
    Ok((other, tasks, status))
}

#[derive(Template)]
#[template(path = "framework/programme_what_if.html")]
struct WhatIfPage {
    page: Page,
    room: Room,
    one: Programme,
    tasks: Vec<Task>,
    status: Status,
    /// The other plan: how it stands, and whether it is a programme already.
    other: Option<(Status, Option<String>)>,
    moved: Vec<Moved>,
    programmes: Vec<Programme>,
    setting: Setting,
    roles: Roles,
    name_chars: usize,
}

impl WhatIfPage {
    fn path(&self) -> String {
        href(&self.one)
    }

    fn day(&self, day: &Day) -> Markup {
        self.page.mono(&day.to_string())
    }

    fn range(&self, of: &[i64; 2]) -> Markup {
        range(&self.page, *of)
    }

    fn name(&self, moved: &Moved) -> String {
        let key =
            |task: &&Task| task.block == moved.what || (task.block.is_empty() && task.part.as_str() == moved.what);
        let names = names(&self.page.visit, &self.room);
        self.tasks.iter().find(key).map_or_else(|| moved.what.clone(), |task| names.task(task))
    }

    fn days(&self, moved: &Moved) -> String {
        let sign = if moved.days > 0 { "+" } else { "" };
        format!("{sign}{}", self.page.visit.locale.numbers.whole(moved.days))
    }

    fn months(&self, status: &Status) -> usize {
        status.months.len()
    }

    fn may_plan(&self) -> bool {
        self.page.may(Right::ModerateAssessments)
    }
}

/// `GET /framework/programmes/{id}/what-if`, with `start`, `weekend`, `people` and `role-<id>`, or `?with=` another programme
pub(super) async fn what_if(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let (one, tasks, status_now) = found(&visit, &id).await?;
    let mut setting = Setting::of(&one);
    let mut limits = one.people.clone();
    let pairs = visit.query_pairs();
    let with = visit.query("with").filter(|with| !with.is_empty());
    let (mut other, mut changes) = (None, Vec::new());
    if let Some(with) = with {
        let second = programme(&visit.db, &visit.viewer, &with).await?;
        let second = second.filter(|second| second.design_id == one.design_id).ok_or_else(PageError::not_found)?;
        let its = tasks_of(&visit.db, &second.id).await?;
        changes = moved(&tasks, &its);
        other = Some((status(&second, &its, Day::of(visit.now)), Some(second.name)));
    } else if pairs.iter().any(|(name, _)| name == "start") {
        let setup = setup(&pairs, &setting).map_err(unreadable)?;
        let (second, its, status) = planned(&visit, &one, &setup).await?;
        changes = moved(&tasks, &its);
        (setting, limits) = (Setting::of(&second), second.people);
        other = Some((status, None));
    }
    let mut programmes = programmes_of(&visit.db, &visit.viewer, &one.design_id).await?;
    programmes.retain(|known| known.id != one.id);
    let page = frame(&visit, visit.t("programme-what-if")).under_named(&href(&one), &one.name);
    let shown = WhatIfPage {
        roles: Roles::with(&tasks, &limits, &room.shelf.blocks, &page),
        page,
        room,
        one,
        tasks,
        status: status_now,
        other,
        moved: changes,
        programmes,
        setting,
        name_chars: NAME_CHARS,
    };
    visit.html(&shown)
}
