//! `tasks` and `clocks`: the work on incidents, from the terminal.

use anyhow::{Context as _, bail};
use manara_model::{Micros, Tlp, Viewer};
use manara_response::{
    Clock, ClockStage, Handover, Incident, Mention, Moments, NewTask, RunningStage, StageMet, Standing, Task,
    TaskState, TaskStep,
};
use serde_json::{Value, json};

use super::DONE;
use super::mail::{person, standard_input, writer};
use super::proof::typed;
use crate::cli::{Clocks, ClocksAction, Tasks, TasksAction};
use crate::house::House;
use crate::print;

/// Lines read at once.
const PAGE: i64 = 1_000;

/// Who the journal names for what is typed here; it sees all.
fn typist() -> Viewer {
    Viewer { name: "cli".into(), ..Viewer::system() }
}

async fn found(house: &House, name: &str) -> anyhow::Result<Incident> {
    let found = manara_response::get(&house.db, &typist(), name).await?;
    found.with_context(|| format!("there is no incident {name}; `manara incidents list` shows them"))
}

/// A moment that is not ahead.
fn moment(text: &str) -> anyhow::Result<Micros> {
    Micros::parse_rfc3339(text)
        .with_context(|| format!("{text} is no moment; expected one such as 2026-01-15T12:00:00Z"))
}

fn table(names: &[&str], rows: &[Vec<String>]) -> anyhow::Result<()> {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    Ok(print::table(&mut std::io::stdout().lock(), &names, rows)?)
}

fn short(moment: Option<Micros>) -> String {
    moment.map(Micros::rfc3339).unwrap_or_default().chars().take(16).collect()
}

fn handover_json(one: &Handover) -> Value {
    json!({ "id": one.id, "text": one.body, "tlp": one.tlp.label(), "who": one.who, "at": one.at.rfc3339(),
        "taken_by": one.taken.as_ref().map(|(who, _)| who.clone()),
        "taken": one.taken.as_ref().map(|(_, at)| at.rfc3339()) })
}

/// Lists tasks and playbooks, and works on them.
pub async fn tasks(args: Tasks) -> anyhow::Result<u8> {
    let now = Micros::now();
    match args.action {
        TasksAction::List { place, incident, owner, language, json } => {
            let house = House::open(&place).await?;
            let rows = match incident {
                Some(name) => of_incident(&house, &name, &owner).await?,
                None => open_tasks(&house, &owner).await?,
            };
            if json {
                print::json(&rows.iter().map(|(number, task)| task_json(number, task)).collect::<Vec<_>>())?;
            } else if rows.is_empty() {
                println!("there is no such task; `manara tasks apply` makes tasks of a playbook");
            } else {
                let row = |(number, task): &(String, Task)| {
                    let title = task.title.of(&language).to_string();
                    let state = task.state.as_str().to_string();
                    vec![number.clone(), task.id.clone(), state, short(task.due), task.owner.clone(), title]
                };
                let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
                table(&["incident", "task", "state", "due", "owner", "title"], &rows)?;
            }
        }
        TasksAction::Handovers { place, json } => {
            let house = House::open(&place).await?;
            let all = manara_response::handovers(&house.db, &typist(), PAGE).await?;
            if json {
                print::json(&all.iter().map(handover_json).collect::<Vec<_>>())?;
            } else if all.is_empty() {
                println!("no shift told the next anything; `manara tasks hand-over` does");
            }
            for one in all.iter().filter(|_| !json) {
                let taken = one.taken.as_ref().map(|(who, _)| format!(", taken over by {who}")).unwrap_or_default();
                println!(
                    "{}  {}  {}  {}{taken}\n{}\n",
                    one.id,
                    one.at.rfc3339(),
                    one.tlp.label(),
                    one.who,
                    clean(&one.body)
                );
            }
        }
        TasksAction::HandOver { place, text, tlp, by, json } => {
            let house = House::open(&place).await?;
            let who = writer(&house, by.as_deref()).await?;
            let marking = Tlp::parse(&tlp)
                .with_context(|| format!("{tlp} is no marking; expected CLEAR, GREEN, AMBER, AMBER+STRICT or RED"))?;
            let body = if text == "-" { standard_input()? } else { text };
            let one = typed(manara_response::hand_over(&house.db, &who, (&body, marking), now)).await?;
            match json {
                true => print::json(&handover_json(&one))?,
                false => println!("{}: told", one.id),
            }
        }
        TasksAction::TakeOver { place, handover, by, json } => {
            let house = House::open(&place).await?;
            let who = person(&house, &by).await?;
            typed(manara_response::take_over(&house.db, &who, &handover, now)).await?;
            let all = manara_response::handovers(&house.db, &who, PAGE).await?;
            let one = all.into_iter().find(|one| one.id == handover);
            let one = one.with_context(|| format!("there is no {handover}; `manara tasks handovers` shows them"))?;
            match json {
                true => print::json(&handover_json(&one))?,
                false => println!("{}: taken over", one.id),
            }
        }
        TasksAction::Mentions { place, person: name, seen, json } => {
            let house = House::open(&place).await?;
            let who = person(&house, &name).await?;
            let all = manara_response::mentions(&house.db, &who, PAGE).await?;
            if json {
                let object = |one: &Mention| {
                    json!({ "kind": one.kind, "record": one.record, "who": one.who, "at": one.at.rfc3339(),
                        "incident": one.number, "title": one.incident })
                };
                print::json(&all.iter().map(object).collect::<Vec<_>>())?;
            } else if all.is_empty() {
                println!("nobody has called {name} since they looked");
            } else {
                let row = |one: &Mention| {
                    vec![one.number.clone(), one.kind.clone(), one.who.clone(), one.at.rfc3339(), clean(&one.incident)]
                };
                table(&["incident", "where", "by", "at", "title"], &all.iter().map(row).collect::<Vec<_>>())?;
            }
            for one in all.iter().filter(|_| seen) {
                typed(manara_response::see_mentions(&house.db, &who, &one.record, now)).await?;
            }
        }
        TasksAction::Playbooks { place, json } => {
            let house = House::open(&place).await?;
            let content = house.work_content();
            if json {
                let one = |one: &manara_response::Playbook| {
                    json!({ "id": one.id, "title": one.title, "types": one.types, "steps": one.steps.len(),
                        "checks": one.closing.len() })
                };
                print::json(&content.playbooks.values().map(one).collect::<Vec<_>>())?;
            } else {
                let row = |one: &manara_response::Playbook| {
                    vec![one.id.clone(), one.title.of("en").to_string(), one.types.join(", ")]
                };
                table(&["id", "title", "types"], &content.playbooks.values().map(row).collect::<Vec<_>>())?;
            }
        }
        TasksAction::Apply { place, incident, playbook, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            let content = house.work_content_now().await?;
            if !content.playbooks.contains_key(&playbook) {
                bail!("there is no playbook {playbook}; `manara tasks playbooks` shows them");
            }
            let names = (one.id.as_str(), playbook.as_str());
            let count = manara_response::apply_playbook(&house.db, &typist(), &content, names, now).await?;
            match json {
                true => print::json(&json!({ "incident": one.number, "playbook": playbook, "tasks": count }))?,
                false => println!("{}: {count} tasks of {playbook}", one.number),
            }
        }
        TasksAction::Add { place, incident, title, owner, due, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            let due = due.as_deref().map(moment).transpose()?;
            let new = NewTask { title, owner, due, ..NewTask::default() };
            let task = manara_response::add_task(&house.db, &typist(), &one.id, &new, now).await?;
            say_task(&one, &task, json)?;
        }
        TasksAction::Done { place, incident, task, answer, json } => {
            step(&place, (&incident, &task), TaskStep::Done(answer), json, now).await?;
        }
        TasksAction::Skip { place, incident, task, reason, json } => {
            step(&place, (&incident, &task), TaskStep::Skip(reason), json, now).await?;
        }
    }
    Ok(DONE)
}

async fn step(
    place: &crate::cli::Place,
    (incident, named): (&str, &str),
    step: TaskStep,
    as_json: bool,
    now: Micros,
) -> anyhow::Result<()> {
    let house = House::open(place).await?;
    let one = found(&house, incident).await?;
    let all = manara_response::tasks_of(&house.db, &one.id).await?;
    let task = all
        .iter()
        .find(|task| task.id == named || task.step == named)
        .with_context(|| format!("there is no task {named}; `manara tasks list --incident {incident}` shows them"))?;
    if let (TaskStep::Done(answer), Some(decision)) = (&step, &task.decision)
        && !decision.answers.iter().any(|known| known.id == *answer)
    {
        let known: Vec<&str> = decision.answers.iter().map(|answer| answer.id.as_str()).collect();
        bail!("it is a decision; --answer is one of {}", known.join(", "));
    }
    let content = house.work_content_now().await?;
    let names = (one.id.as_str(), task.id.as_str());
    let with = (&step, &content.hours);
    let task = manara_response::step_task(&house.db, &typist(), names, None, with, now).await?;
    say_task(&one, &task, as_json)
}

async fn open_tasks(house: &House, owner: &str) -> anyhow::Result<Vec<(String, Task)>> {
    let mut all = Vec::new();
    let mut after = String::new();
    loop {
        let page = manara_response::open_tasks(&house.db, &typist(), owner, &after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.key();
        all.extend(page.into_iter().map(|one| (one.number, one.task)));
    }
    Ok(all)
}

async fn of_incident(house: &House, name: &str, owner: &str) -> anyhow::Result<Vec<(String, Task)>> {
    let one = found(house, name).await?;
    let all = manara_response::tasks_of(&house.db, &one.id).await?;
    let wanted = |task: &Task| task.removed.is_none() && (owner.is_empty() || task.owner == owner);
    Ok(all.into_iter().filter(wanted).map(|task| (one.number.clone(), task)).collect())
}

fn task_json(number: &str, task: &Task) -> Value {
    json!({ "incident": number, "id": task.id, "playbook": task.playbook, "step": task.step, "kind": task.kind.as_str(),
        "state": task.state.as_str(), "title": task.title, "owner": task.owner, "due": task.due.map(Micros::rfc3339),
        "decided": task.decided, "reason": task.reason, "version": task.version,
        "needed": task.state != TaskState::Waiting })
}

fn say_task(one: &Incident, task: &Task, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return print::json(&task_json(&one.number, task));
    }
    println!("{}  {}  {}", one.number, task.state.as_str(), clean(task.title.of("en")));
    Ok(())
}

/// A text without what could command a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '·' } else { c }).collect()
}

/// Lists clocks and rules, and works on them.
pub async fn clocks(args: Clocks) -> anyhow::Result<u8> {
    let now = Micros::now();
    match args.action {
        ClocksAction::List { place, incident, language, json } => {
            let house = House::open(&place).await?;
            let rows = match incident {
                Some(name) => stages_of(&house, &name).await?,
                None => running(&house).await?,
            };
            if json {
                let one = |(number, rule, stage): &Line| stage_json(number, rule, stage, now);
                print::json(&rows.iter().map(one).collect::<Vec<_>>())?;
            } else if rows.is_empty() {
                println!("no clock runs; `manara clocks start` starts one");
            } else {
                let row = |(number, rule, stage): &Line| {
                    let title = stage.title.of(&language).to_string();
                    let standing = stage.standing(now).as_str().to_string();
                    vec![short(stage.due), standing, number.clone(), rule.clone(), stage.stage.clone(), title]
                };
                let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
                table(&["due", "state", "incident", "rule", "stage", "title"], &rows)?;
            }
        }
        ClocksAction::Rules { place, json } => {
            let house = House::open(&place).await?;
            let content = house.work_content();
            let row = |one: &manara_response::ClockRule| {
                let flag = |is_so: bool| if is_so { "yes" } else { "no" }.to_string();
                vec![
                    one.id.clone(),
                    flag(one.enabled),
                    flag(one.verified),
                    one.title.of("en").to_string(),
                    one.source.clone(),
                ]
            };
            let names = ["id", "enabled", "verified", "title", "source"];
            let rows: Vec<Vec<String>> = content.rules.values().map(row).collect();
            match json {
                true => print::objects(&names.map(String::from), &rows)?,
                false => table(&names, &rows)?,
            }
        }
        ClocksAction::Hours { place, json } => {
            let house = House::open(&place).await?;
            let hours = house.work_content_now().await?.hours;
            let (week, [from, until], rests) = (hours.week(), hours.span(), hours.rests(now));
            if json {
                print::json(&json!({ "zone": hours.zone.name(), "days": week, "from": from, "until": until,
                    "days_off": rests }))?;
            } else {
                println!("{}  {from}-{until}  {}", week.join(", "), hours.zone.name());
                for day in rests {
                    println!("off  {day}");
                }
            }
        }
        ClocksAction::Start { place, incident, rule, aware, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            let content = house.work_content_now().await?;
            if !content.rules.contains_key(&rule) {
                bail!("there is no rule {rule}; `manara clocks rules` shows them");
            }
            let from = Moments { aware: aware.as_deref().map(moment).transpose()?, ..Moments::default() };
            let names = (one.id.as_str(), rule.as_str());
            let clock = manara_response::start_clock(&house.db, &typist(), &content, names, from, now).await?;
            say_clock(&one, &clock, json, now)?;
        }
        ClocksAction::Met { place, incident, rule, stage, at, remark, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            let at = at.as_deref().map(moment).transpose()?.or(Some(now));
            let said = StageMet { stage, at, remark };
            let content = house.work_content_now().await?;
            let names = (one.id.as_str(), rule.as_str());
            let did =
                manara_response::meet_stage(&house.db, &typist(), names, None, (&said, &content.hours), now).await;
            let clock = did.with_context(|| {
                format!("{rule} {}; `manara clocks list --incident {incident}` shows clocks and stages", said.stage)
            })?;
            say_clock(&one, &clock, json, now)?;
        }
        ClocksAction::Stop { place, incident, rule, reason, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            let content = house.work_content_now().await?;
            let names = (one.id.as_str(), rule.as_str());
            let with = (reason.as_str(), &content.hours);
            let clock = manara_response::stop_clock(&house.db, &typist(), names, None, with, now).await?;
            say_clock(&one, &clock, json, now)?;
        }
    }
    Ok(DONE)
}

/// Number of the incident, id of the rule, and a stage.
type Line = (String, String, ClockStage);

async fn running(house: &House) -> anyhow::Result<Vec<Line>> {
    let mut all = Vec::new();
    let mut after = String::new();
    loop {
        let page = manara_response::running_stages(&house.db, &typist(), &after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = RunningStage::key(last);
        all.extend(page.into_iter().map(|one| (one.number, one.rule, one.stage)));
    }
    Ok(all)
}

async fn stages_of(house: &House, name: &str) -> anyhow::Result<Vec<Line>> {
    let one = found(house, name).await?;
    let clocks = manara_response::clocks_of(&house.db, &one.id).await?;
    let of = |clock: Clock| {
        let (number, rule) = (one.number.clone(), clock.rule);
        clock.stages.into_iter().map(move |stage| (number.clone(), rule.clone(), stage))
    };
    Ok(clocks.into_iter().flat_map(of).collect())
}

fn stage_json(number: &str, rule: &str, stage: &ClockStage, now: Micros) -> Value {
    json!({ "incident": number, "rule": rule, "stage": stage.stage, "title": stage.title, "recipient": stage.recipient,
        "due": stage.due.map(Micros::rfc3339), "standing": stage.standing(now).as_str(),
        "met": stage.met.as_ref().map(|met| met.at.rfc3339()),
        "remark": stage.met.as_ref().map(|met| met.remark.clone()) })
}

fn say_clock(one: &Incident, clock: &Clock, as_json: bool, now: Micros) -> anyhow::Result<()> {
    if as_json {
        let stages: Vec<Value> =
            clock.stages.iter().map(|stage| stage_json(&one.number, &clock.rule, stage, now)).collect();
        return print::json(&json!({ "incident": one.number, "rule": clock.rule, "verified": clock.verified,
            "stopped": clock.stopped.is_some(), "stages": stages }));
    }
    for stage in clock.stages.iter().filter(|stage| stage.standing(now) != Standing::Off) {
        println!("{}  {}  {}  {}", one.number, clock.rule, stage.stage, stage.standing(now).as_str());
    }
    Ok(())
}
