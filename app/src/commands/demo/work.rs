//! The team's work on the incidents of the example: playbooks, tasks that are done, clocks that are met.

use manara_model::{Micros, Viewer};
use manara_response::{
    Incident, Moments, StageMet, State, TaskKind, TaskState, TaskStep, Trigger, apply_playbook, clocks_of, meet_stage,
    start_clock, step_task, tasks_of,
};

use crate::house::House;

/// How long the team of the example takes until it has judged and told: 40 minutes.
const PROMPT: i64 = 40 * 60 * 1_000_000;
/// Steps of a playbook that are done in an evening.
const STEPS: usize = 3;

fn handler() -> Viewer {
    Viewer { name: "handler".into(), ..Viewer::system() }
}

/// An evening's work: what was promised is noted as met, some incidents get their playbook, and steps of it are done.
pub(super) async fn evening(house: &House, evening: Micros) -> anyhow::Result<()> {
    for state in [State::New, State::Open] {
        for one in manara_response::list(&house.db, &handler(), Some(state), "", 1_000).await? {
            if one.created.day() < evening.day() {
                keep_promises(house, &one, evening).await?;
                if state == State::Open && one.number.ends_with(['1', '4', '7']) {
                    go_on(house, &one, evening).await?;
                }
            }
        }
    }
    Ok(())
}

async fn keep_promises(house: &House, one: &Incident, evening: Micros) -> anyhow::Result<()> {
    let content = house.work_content();
    for clock in clocks_of(&house.db, &one.id).await? {
        let running = clock.stages.iter().filter(|stage| stage.running && stage.trigger != Trigger::Closed);
        for stage in running.filter(|_| clock.rule == "internal") {
            let at = Some(Micros((one.created.0 + PROMPT).min(evening.0)));
            let said = StageMet { stage: stage.stage.clone(), at, remark: String::new() };
            let names = (one.id.as_str(), clock.id.as_str());
            meet_stage(&house.db, &handler(), names, None, (&said, &content.hours), evening).await?;
        }
    }
    Ok(())
}

/// Applies the playbook of its type, or does the next steps of it.
async fn go_on(house: &House, one: &Incident, evening: Micros) -> anyhow::Result<()> {
    let content = house.work_content();
    let tasks = tasks_of(&house.db, &one.id).await?;
    if tasks.is_empty() {
        if let Some(playbook) = content.offered(one).0.first() {
            apply_playbook(&house.db, &handler(), &content, (&one.id, &playbook.id), evening).await?;
        }
        return Ok(());
    }
    let is_next = |task: &&manara_response::Task| {
        task.kind == TaskKind::Step && task.state == TaskState::Open && task.decision.is_none()
    };
    for task in tasks.iter().filter(is_next).take(STEPS) {
        let with = (&TaskStep::Done(String::new()), &content.hours);
        step_task(&house.db, &handler(), (&one.id, &task.id), None, with, evening).await?;
    }
    Ok(())
}

/// The newest incident somebody works on has a duty of law.
pub(super) async fn duty(house: &House) -> anyhow::Result<()> {
    let open = manara_response::list(&house.db, &handler(), Some(State::Open), "", 1_000).await?;
    if let Some(one) = open.last() {
        let content = house.work_content();
        let from = Moments { aware: Some(one.created), ..Moments::default() };
        start_clock(&house.db, &handler(), &content, (&one.id, "nis2"), from, one.changed).await?;
        if tasks_of(&house.db, &one.id).await?.is_empty() {
            go_on(house, one, one.changed).await?;
        }
    }
    Ok(())
}
