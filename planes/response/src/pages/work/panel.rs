//! What the page of an incident shows of the work on it.

use askama::Template;
use manara_model::Micros;
use manara_web::{Markup, Page, PageError, Right, Visit, progress};

use crate::clock::{Clock, ClockStage, Standing};
use crate::evidence::Evidence;
use crate::incident::Incident;
use crate::sql_clock::{self, Review};
use crate::sql_evidence;
use crate::sql_task;
use crate::task::{Progress, Task, TaskState};
use crate::texts::Texts;

/// Tasks, stages and pieces of evidence that the page of an incident shows.
const SHOWN: usize = 5;

#[derive(Template)]
#[template(path = "response/work/panel.html")]
struct PanelPart<'p> {
    page: Page,
    one: &'p Incident,
    progress: Progress,
    open: Vec<Task>,
    stages: Vec<(Texts, ClockStage)>,
    review: Option<Review>,
    evidence: Vec<Evidence>,
    has_clocks: bool,
    may_handle: bool,
    now: Micros,
}

impl PanelPart<'_> {
    fn words<'t>(&self, texts: &'t Texts) -> &'t str {
        texts.of(self.page.lang.tag())
    }

    fn standing(&self, stage: &ClockStage) -> Standing {
        stage.standing(self.now)
    }

    fn standing_key(&self, stage: &ClockStage) -> String {
        format!("work-standing-{}", self.standing(stage).as_str())
    }

    fn bar(&self) -> Markup {
        let words = self.page.t2("work-progress", "ended", self.progress.ended, "count", self.progress.all);
        let part = self.progress.ended as f64 / self.progress.all.max(1) as f64;
        progress(&self.page, &words, part)
    }

    fn is_reviewed(&self) -> bool {
        self.review.as_ref().is_some_and(|review| review.finished.is_some())
    }
}

/// The tasks that come next, the stages that run, and the ways to the rest.
pub(in crate::pages) async fn panel(
    visit: &Visit,
    one: &Incident,
    tasks: &[Task],
    clocks: &[Clock],
) -> Result<Markup, PageError> {
    let mut open: Vec<Task> =
        tasks.iter().filter(|task| task.removed.is_none() && task.state == TaskState::Open).cloned().collect();
    open.sort_by_key(|task| (task.due.is_none(), task.due, task.position));
    open.truncate(SHOWN);
    let running = |clock: &Clock| -> Vec<(Texts, ClockStage)> {
        let stages = clock.stages.iter().filter(|stage| stage.running);
        stages.map(|stage| (clock.title.clone(), stage.clone())).collect()
    };
    let mut stages: Vec<(Texts, ClockStage)> = clocks.iter().flat_map(running).collect();
    stages.sort_by_key(|(_, stage)| stage.due);
    stages.truncate(SHOWN);
    let mut evidence = sql_evidence::evidence_of(&visit.db, &one.id).await?;
    evidence.retain(|item| item.removed.is_none());
    evidence.truncate(SHOWN);
    let part = PanelPart {
        page: visit.fragment(),
        one,
        progress: Progress::of(tasks, visit.now),
        open,
        stages,
        review: sql_clock::review_of(&visit.db, &one.id).await?,
        evidence,
        has_clocks: !clocks.is_empty(),
        may_handle: visit.may(Right::HandleIncidents) && one.merged_into.is_empty(),
        now: visit.now,
    };
    Ok(Markup::of(&part))
}

/// The tasks and clocks of an incident.
pub(in crate::pages) async fn work_of(visit: &Visit, one: &Incident) -> Result<(Vec<Task>, Vec<Clock>), PageError> {
    let tasks = sql_task::tasks_of(&visit.db, &one.id).await?;
    let clocks = sql_clock::clocks_of(&visit.db, &one.id).await?;
    Ok((tasks, clocks))
}
