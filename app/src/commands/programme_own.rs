//! `programme task` and `programme days-off`: the steps of tasks, a team's own tasks and its days off, from the terminal.

use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use manara_framework::programmes::{
    Day, DayOff, Named as NamedTask, Names, OFF_BYTES, OwnTask, PAYERS, Part, ProgrammeError, Proof, Task, TaskState,
    accept_task, add_own_task, change_own_task, days_off_text, nation_days_off, past_proof_json, past_proofs,
    read_days_off, remove_own_task, removed_tasks, restore_own_task, set_days_off, set_nation_days_off, step_task,
    task_json, tasks_of,
};
use manara_model::Micros;
use manara_web::Lang;
use serde_json::json;

use super::DONE;
use super::framework::kept_file;
use super::programme::{programme, typist, words};
use crate::cli::{DaysOffAction, DaysOffArgs, OwnTaskAction, OwnTaskArgs, Said, Step};
use crate::house::House;
use crate::print;

/// Adds, changes, removes, brings back.
pub async fn tasks(args: OwnTaskArgs) -> anyhow::Result<u8> {
    match args.action {
        OwnTaskAction::Show { place, id, number, json } => {
            let house = House::open(&place).await?;
            let tasks = tasks_of(&house.db, &programme(&house, &id).await?.id).await?;
            proven(&house, &id, numbered(&tasks, number)?, json).await
        }
        OwnTaskAction::Begin(step) => stepped(step, TaskState::Started).await,
        OwnTaskAction::Done(step) => stepped(step, TaskState::Finished).await,
        OwnTaskAction::Reopen { step, open: true } => stepped(step, TaskState::Open).await,
        OwnTaskAction::Reopen { step, open: false } => stepped(step, TaskState::Started).await,
        OwnTaskAction::Accept { place, id, number, proof, link, file, json } => {
            let house = House::open(&place).await?;
            let tasks = tasks_of(&house.db, &programme(&house, &id).await?.id).await?;
            let task = &numbered(&tasks, number)?.id;
            let proof = match file {
                Some(path) => kept(&house, &path, proof)?,
                None => Proof { words: proof, evidence: link, sha256: String::new() },
            };
            let done = accept_task(&house.db, &typist(), (&id, task), &proof, Micros::now()).await;
            stood(&house, &done.map_err(named)?, json)
        }
        OwnTaskAction::Add { place, id, said, json } => {
            let house = House::open(&place).await?;
            let tasks = tasks_of(&house.db, &programme(&house, &id).await?.id).await?;
            let last = tasks.iter().filter(|task| task.part == Part::Closure).map(|task| task.number);
            let new = OwnTask { needed_by: last.collect(), ..OwnTask::default() };
            let own = told(new, said)?;
            let blocks = &house.shelf().blocks;
            let done = add_own_task(&house.db, &typist(), blocks, &id, &own, Micros::now()).await;
            show(&house, &done.map_err(named)?, json)
        }
        OwnTaskAction::Change { place, id, number, said, json } => {
            let house = House::open(&place).await?;
            let tasks = tasks_of(&house.db, &programme(&house, &id).await?.id).await?;
            let task = numbered(&tasks, number)?;
            let own = told(known(task, &tasks), said)?;
            let blocks = &house.shelf().blocks;
            let done = change_own_task(&house.db, &typist(), blocks, (&id, &task.id), &own, Micros::now()).await;
            show(&house, &done.map_err(named)?, json)
        }
        OwnTaskAction::Remove { place, id, number, why, json } => {
            let house = House::open(&place).await?;
            let tasks = tasks_of(&house.db, &programme(&house, &id).await?.id).await?;
            let task = &numbered(&tasks, number)?.id;
            let gone = remove_own_task(&house.db, &typist(), (&id, task), &why, Micros::now()).await.map_err(named)?;
            if json { show(&house, &gone, true) } else { Ok(DONE) }
        }
        OwnTaskAction::Restore { place, id, number, json } => {
            let house = House::open(&place).await?;
            let gone = removed_tasks(&house.db, &programme(&house, &id).await?.id).await?;
            let gone = gone.iter().find(|gone| gone.task.number == number);
            let gone = gone.with_context(|| format!("no task {number} of this programme was removed"))?;
            let back = restore_own_task(&house.db, &typist(), (&id, &gone.task.id), Micros::now()).await;
            let back = back.map_err(named)?;
            if json { show(&house, &back, true) } else { Ok(DONE) }
        }
    }
}

/// Begins a task, ends it, or puts it back.
async fn stepped(step: Step, to: TaskState) -> anyhow::Result<u8> {
    let Step { place, id, number, day, json } = step;
    let now = Micros::now();
    let day = match day {
        None => Day::of(now),
        Some(text) => {
            Day::parse(&text).with_context(|| format!("{text} is no day; expected one such as 2027-01-04"))?
        }
    };
    let house = House::open(&place).await?;
    let tasks = tasks_of(&house.db, &programme(&house, &id).await?.id).await?;
    let task = &numbered(&tasks, number)?.id;
    let done = step_task(&house.db, &typist(), (&id, task), to, day, now).await;
    stood(&house, &done.map_err(named)?, json)
}

/// Keeps a file that proves a task.
fn kept(house: &House, path: &Path, words: String) -> anyhow::Result<Proof> {
    let (evidence, sha256) = kept_file(house, path)?;
    Ok(Proof { words, evidence, sha256 })
}

/// Prints how a task stands after a step.
fn stood(house: &House, task: &Task, as_json: bool) -> anyhow::Result<u8> {
    if as_json {
        return show(house, task, true);
    }
    println!("{} {}", task.number, task.state.as_str());
    Ok(DONE)
}

/// Why not, with what the reader can do about it.
fn named(error: ProgrammeError) -> anyhow::Error {
    match error {
        ProgrammeError::Circle(round) => {
            let all = round.iter().chain(round.first());
            let all: Vec<String> = all.map(|NamedTask { number, name }| format!("{number} {name}")).collect();
            anyhow::anyhow!(
                "these tasks would wait for each other in a circle: {}; leave one of them out of --needs or --needed-by",
                all.join(" → ")
            )
        }
        other => other.into(),
    }
}

fn numbered(tasks: &[Task], number: i64) -> anyhow::Result<&Task> {
    let task = tasks.iter().find(|task| task.number == number);
    task.with_context(|| format!("the programme has no task {number}; `manara programme status` shows them"))
}

/// What a task says already.
fn known(task: &Task, tasks: &[Task]) -> OwnTask {
    let waits = tasks.iter().filter(|other| other.needs.contains(&task.number));
    OwnTask {
        name: task.name.clone(),
        deliverable: task.deliverable.clone(),
        owner: task.owner.clone(),
        roles: task.roles.clone(),
        effort: task.effort,
        days: Some(task.days),
        money: task.money,
        payer: task.payer.clone(),
        needs: task.needs.clone(),
        needed_by: waits.map(|other| other.number).collect(),
        version: Some(task.version),
    }
}

/// Puts what is typed over what is there.
fn told(own: OwnTask, said: Said) -> anyhow::Result<OwnTask> {
    if let Some(payer) = said.payer.as_ref().filter(|payer| !payer.is_empty() && !PAYERS.contains(&payer.as_str())) {
        bail!("{payer} pays for nothing here; expected one of {}", PAYERS.join(" "));
    }
    let range = |given: Option<String>, usual: [i64; 2]| given.map_or(Ok(usual), |text| range(&text));
    Ok(OwnTask {
        name: said.name.unwrap_or(own.name),
        deliverable: said.deliverable.unwrap_or(own.deliverable),
        owner: said.owner.unwrap_or(own.owner),
        roles: said.roles.unwrap_or(own.roles),
        effort: range(said.effort, own.effort)?,
        days: said.days.or(own.days),
        money: range(said.money, own.money)?,
        payer: said.payer.unwrap_or(own.payer),
        needs: said.needs.unwrap_or(own.needs),
        needed_by: said.needed_by.unwrap_or(own.needed_by),
        version: own.version,
    })
}

/// Reads `5` and `5-8`.
fn range(text: &str) -> anyhow::Result<[i64; 2]> {
    let number = |text: &str| text.trim().parse::<i64>().ok();
    let (low, high) = text.split_once('-').unwrap_or((text, text));
    match (number(low), number(high)) {
        (Some(low), Some(high)) => Ok([low, high]),
        _ => bail!("{text} is no range; expected a whole number such as 5, or 5-8"),
    }
}

fn show(house: &House, task: &Task, as_json: bool) -> anyhow::Result<u8> {
    if !as_json {
        println!("{}", task.number);
        return Ok(DONE);
    }
    let (words, shelf) = (words(house)?, house.shelf());
    print::json(&task_json(task, None, &Names { blocks: &shelf.blocks, words: &words, lang: Lang::En }))?;
    Ok(DONE)
}

/// Prints how a task stands, with what proves it and what proved it before.
async fn proven(house: &House, id: &str, task: &Task, as_json: bool) -> anyhow::Result<u8> {
    let past = past_proofs(&house.db, id, &task.id).await?;
    let (words, shelf) = (words(house)?, house.shelf());
    let names = Names { blocks: &shelf.blocks, words: &words, lang: Lang::En };
    if as_json {
        let mut value = task_json(task, None, &names);
        if let Some(members) = value.as_object_mut() {
            members.insert("accepted_before".into(), past.iter().map(past_proof_json).collect());
        }
        print::json(&value)?;
        return Ok(DONE);
    }
    println!("{} {}  {}", task.number, names.task(task), task.state.as_str());
    let head = ["accepted", "by", "proof", "document", "file", "opened again", "by"].map(String::from);
    let mut rows = Vec::new();
    if let Some(at) = task.accepted {
        let proof = [task.proof.clone(), task.evidence.clone(), task.sha256.clone()];
        rows.push([vec![at.rfc3339(), task.accepted_by.clone()], proof.to_vec(), vec![String::new(); 2]].concat());
    }
    for one in past {
        let proof = [one.proof.words, one.proof.evidence, one.proof.sha256];
        let opened = vec![one.opened.rfc3339(), one.opened_by];
        rows.push([vec![one.accepted.rfc3339(), one.accepted_by], proof.to_vec(), opened].concat());
    }
    if !rows.is_empty() {
        print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    }
    Ok(DONE)
}

/// Prints and sets days off.
pub async fn days_off(args: DaysOffArgs) -> anyhow::Result<u8> {
    match args.action {
        DaysOffAction::List { place, id, json } => {
            let house = House::open(&place).await?;
            let off: Vec<DayOff> = match id {
                None => nation_days_off(&house.db).await?,
                Some(id) => programme(&house, &id).await?.off,
            };
            if json {
                print::json(&off)?;
            } else {
                print!("{}", days_off_text(&off));
            }
            Ok(DONE)
        }
        DaysOffAction::Set { place, id, file, json } => {
            let mut bytes = Vec::new();
            // One byte more shows that it is too large.
            let most = OFF_BYTES as u64 + 1;
            match file.to_str() {
                Some("-") => std::io::stdin().take(most).read_to_end(&mut bytes)?,
                _ => {
                    let open = std::fs::File::open(&file).with_context(|| file.display().to_string())?;
                    open.take(most).read_to_end(&mut bytes)?
                }
            };
            let off = read_days_off(&bytes).map_err(|wrong| {
                let lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
                anyhow::anyhow!("{}: nothing was changed\n{}", file.display(), lines.join("\n"))
            })?;
            let house = House::open(&place).await?;
            match &id {
                None => set_nation_days_off(&house.db, &typist(), &off, Micros::now()).await?,
                Some(id) => {
                    programme(&house, id).await?;
                    set_days_off(&house.db, &typist(), id, &off, Micros::now()).await?;
                }
            }
            match json {
                true => print::json(&json!({ "programme": id, "days_off": off }))?,
                false => println!("{} days off", off.len()),
            }
            Ok(DONE)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn a_range_is_one_number_or_two() {
        assert_eq!((range("5").unwrap(), range(" 5 - 8 ").unwrap()), ([5, 5], [5, 8]));
        for bad in ["", "much", "5-", "-5", "5-8-9"] {
            assert!(range(bad).unwrap_err().to_string().contains("expected a whole number"), "{bad}");
        }
    }
}
