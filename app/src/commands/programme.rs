//! `design list`, `design show` and `programme`: what was kept, and how it is carried out, from the terminal.

use anyhow::{Context as _, bail};
use manara_framework::designs::{Design, KeptDesign, design_answer, kept_design, kept_designs};
use manara_framework::programmes::{
    Day, Names, NewProgramme, People, Programme, ProgrammeForm, ProgrammeSheet, Setup, Week, lines_of, plan_programme,
    programme_file, programmes, set_programme_state, status, status_json, tasks_of,
};
use manara_model::{Micros, Viewer};
use manara_web::{Lang, Words};
use serde_json::{Value, json};

use super::DONE;
use crate::cli::{PlanArgs, Programme as ProgrammeArgs, ProgrammeAction};
use crate::house::House;
use crate::print;

/// Who the journal names for what is typed here; it sees all.
pub(super) fn typist() -> Viewer {
    Viewer { name: "cli".into(), ..Viewer::system() }
}

/// A kept design as JSON, without its answer.
pub fn design_shown(one: &KeptDesign) -> Value {
    json!({ "id": one.id, "assessment": one.assessment_id, "subject": one.subject, "name": one.name,
        "asked": one.asked, "aim": one.aim.as_str(), "sha256": one.sha256, "state": one.state.as_str(),
        "made_by": one.made_by, "made": one.made.rfc3339(), "changed": one.changed.rfc3339() })
}

/// Lists the designs that were kept.
pub async fn designs(house: &House, as_json: bool) -> anyhow::Result<u8> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let some = kept_designs(&house.db, &typist(), &after, 500).await?;
        let Some(last) = some.last() else { break };
        after.clone_from(&last.id);
        all.extend(some);
    }
    if as_json {
        print::json(&all.iter().map(design_shown).collect::<Vec<_>>())?;
        return Ok(DONE);
    }
    let head = ["id", "state", "aim", "changed", "name", "assessment"].map(String::from);
    let row = |one: &KeptDesign| {
        let (state, aim) = (one.state.as_str().into(), one.aim.as_str().into());
        vec![one.id.clone(), state, aim, one.changed.rfc3339(), one.name.clone(), one.subject.clone()]
    };
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    Ok(DONE)
}

/// Shows a kept design with the whole answer of the solver.
pub async fn design(house: &House, id: &str, as_json: bool) -> anyhow::Result<u8> {
    let one = found(house, id).await?;
    let answer = design_answer(&house.db, &typist(), id).await?;
    if as_json {
        let mut value = design_shown(&one);
        if let Some(members) = value.as_object_mut() {
            members.insert("answer".into(), serde_json::to_value(&answer)?);
        }
        print::json(&value)?;
        return Ok(DONE);
    }
    println!("{}  {}  {}  {}", one.id, one.state.as_str(), one.name, one.subject);
    println!("answer {}", one.sha256);
    for design in &answer {
        let Design { first_year: [low, high], weeks, .. } = design;
        let mark = if design.aim == one.aim { "chosen" } else { "" };
        let blocks = design.blocks.len();
        println!(
            "{:<10} {blocks} blocks, first year {low} to {high} {}, {weeks} weeks  {mark}",
            design.aim.as_str(),
            design.currency
        );
    }
    Ok(DONE)
}

pub async fn found(house: &House, id: &str) -> anyhow::Result<KeptDesign> {
    let kept = kept_design(&house.db, &typist(), id).await?;
    kept.with_context(|| format!("there is no kept design {id}; `manara design list` shows them"))
}

/// Lists, plans, shows, writes.
pub async fn run(args: ProgrammeArgs) -> anyhow::Result<u8> {
    match args.action {
        ProgrammeAction::List { place, json } => list(&House::open(&place).await?, json).await,
        ProgrammeAction::Plan(args) => plan(args).await,
        ProgrammeAction::Status { place, id, lang, json } => show(&House::open(&place).await?, &id, &lang, json).await,
        ProgrammeAction::Apply { place, id, blocks, preview, json } => {
            let house = House::open(&place).await?;
            let one = programme(&house, &id).await?;
            let tasks = tasks_of(&house.db, &one.id).await?;
            let of_programme: Vec<String> =
                tasks.into_iter().map(|task| task.block).filter(|block| !block.is_empty()).collect();
            if let Some(other) = blocks.iter().find(|block| !of_programme.contains(block)) {
                bail!("{other} is no block of this programme; its blocks: {}", of_programme.join(", "));
            }
            let wanted = |block: &String| blocks.is_empty() || blocks.contains(block);
            let chosen: Vec<String> = of_programme.iter().filter(|block| wanted(block)).cloned().collect();
            super::establish::apply(&house, &chosen, preview, json).await
        }
        ProgrammeAction::Close { place, id, json } => set_closed(&House::open(&place).await?, (&id, true), json).await,
        ProgrammeAction::Reopen { place, id, json } => {
            set_closed(&House::open(&place).await?, (&id, false), json).await
        }
        ProgrammeAction::Task(args) => super::programme_own::tasks(args).await,
        ProgrammeAction::Line(args) => super::programme_lines::run(args).await,
        ProgrammeAction::DaysOff(args) => super::programme_own::days_off(args).await,
        ProgrammeAction::Export { place, id, format, lang, out } => {
            let form = ProgrammeForm::parse(&format)
                .with_context(|| format!("{format} is no format; expected csv, xml or ics"))?;
            let house = House::open(&place).await?;
            let (one, lang) = (programme(&house, &id).await?, language(&lang)?);
            let tasks = tasks_of(&house.db, &one.id).await?;
            let now = Micros::now();
            let stands = status(&one, &tasks, Day::of(now));
            let (words, shelf) = (words(&house)?, house.shelf());
            let names = Names { blocks: &shelf.blocks, words: &words, lang };
            let sheet = ProgrammeSheet { programme: &one, tasks: &tasks, status: &stands, names, now };
            let text = programme_file(&sheet, form);
            match out {
                Some(path) => {
                    manara_store::write_durably(&std::path::absolute(path)?, |file| file.write_all(text.as_bytes()))?;
                }
                None => print!("{text}"),
            }
            Ok(DONE)
        }
    }
}

/// Closes a programme, or opens it again.
async fn set_closed(house: &House, (id, is_closed): (&str, bool), as_json: bool) -> anyhow::Result<u8> {
    let one = programme(house, id).await?;
    let one = set_programme_state(&house.db, &typist(), &one.id, is_closed, Micros::now()).await?;
    match as_json {
        true => print::json(&manara_framework::programmes::programme_json(&one))?,
        false => println!("{}  {}", one.id, if one.is_closed { "closed" } else { "running" }),
    }
    Ok(DONE)
}

fn language(tag: &str) -> anyhow::Result<Lang> {
    Lang::parse(tag).with_context(|| format!("{tag} is no language; expected en, ar or fr"))
}

pub(super) fn words(house: &House) -> anyhow::Result<Words> {
    let folder = house.content_folder().join("lang");
    Ok(Words::load(folder.is_dir().then_some(folder.as_path()))?)
}

pub(super) async fn programme(house: &House, id: &str) -> anyhow::Result<Programme> {
    let one = manara_framework::programmes::programme(&house.db, &typist(), id).await?;
    one.with_context(|| format!("there is no programme {id}; `manara programme list` shows them"))
}

async fn list(house: &House, as_json: bool) -> anyhow::Result<u8> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let some = programmes(&house.db, &typist(), &after, 500).await?;
        let Some(last) = some.last() else { break };
        after.clone_from(&last.id);
        all.extend(some);
    }
    if as_json {
        print::json(&all.iter().map(manara_framework::programmes::programme_json).collect::<Vec<_>>())?;
        return Ok(DONE);
    }
    let head = ["id", "state", "start", "name", "assessment"].map(String::from);
    let row = |one: &Programme| {
        let state = if one.is_closed { "closed" } else { "running" };
        vec![one.id.clone(), state.into(), one.start.to_string(), one.name.clone(), one.subject.clone()]
    };
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    Ok(DONE)
}

/// Reads `5` and `analyst=2`.
fn people(given: &[String]) -> anyhow::Result<People> {
    let mut people = People::default();
    for text in given.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        let number = |text: &str| {
            let read = text.trim().parse::<i64>().ok().filter(|number| *number >= 1);
            read.with_context(|| format!("{text} is no number of people; expected one such as 5, or analyst=2"))
        };
        match text.split_once('=') {
            Some((role, count)) => _ = people.roles.insert(role.trim().to_string(), number(count)?),
            None => people.all = Some(number(text)?),
        }
    }
    Ok(people)
}

async fn plan(args: PlanArgs) -> anyhow::Result<u8> {
    let start = Day::parse(&args.start)
        .with_context(|| format!("{} is no day; expected one such as 2027-01-04", args.start))?;
    let people = people(&args.people)?;
    let house = House::open(&args.place).await?;
    found(&house, &args.design).await?;
    let week = match &args.weekend {
        None => Week::of_country(&house.config.nation.country),
        Some(text) => Week::parse(text).with_context(|| {
            format!("{text} is no weekend; expected one of {}", manara_framework::programmes::WEEKENDS.join(" "))
        })?,
    };
    let new = NewProgramme {
        design: args.design,
        name: args.name,
        setup: Setup { start, week, people },
        like: String::new(),
    };
    let one = plan_programme(&house.db, &typist(), &new, Micros::now()).await?;
    if !args.json {
        println!("{}", one.id);
        return Ok(DONE);
    }
    told(&house, &one, Lang::En).await
}

/// Prints how a programme stands as JSON.
async fn told(house: &House, one: &Programme, lang: Lang) -> anyhow::Result<u8> {
    let (tasks, lines) = (tasks_of(&house.db, &one.id).await?, lines_of(&house.db, &one.id).await?);
    let stands = status(one, &tasks, Day::of(Micros::now()));
    let (words, shelf) = (words(house)?, house.shelf());
    let names = Names { blocks: &shelf.blocks, words: &words, lang };
    print::json(&status_json(one, &tasks, &lines, &stands, &names))?;
    Ok(DONE)
}

async fn show(house: &House, id: &str, lang: &str, as_json: bool) -> anyhow::Result<u8> {
    let (one, lang) = (programme(house, id).await?, language(lang)?);
    if as_json {
        return told(house, &one, lang).await;
    }
    let tasks = tasks_of(&house.db, &one.id).await?;
    if tasks.is_empty() {
        bail!("the programme {id} has no tasks");
    }
    let stands = status(&one, &tasks, Day::of(Micros::now()));
    let (words, shelf) = (words(house)?, house.shelf());
    let names = Names { blocks: &shelf.blocks, words: &words, lang };
    let so_far = &stands.progress;
    println!("{}  {}", one.name, one.subject);
    println!("{} of {} tasks accepted, {} late", so_far.accepted, so_far.tasks, so_far.late);
    println!("{} of {} days of work earned, {} planned by today", so_far.earned, so_far.work, so_far.planned);
    println!("ends {} as planned, {} as things stand", stands.planned_end, stands.forecast_end);
    let head = ["", "task", "state", "from", "until", "slack", "late"].map(String::from);
    let rows = tasks.iter().zip(&stands.lines).map(|(task, line)| {
        vec![
            task.number.to_string(),
            names.task(task),
            task.state.as_str().into(),
            task.planned_start.to_string(),
            task.planned_end.to_string(),
            if line.is_critical() { "critical".into() } else { line.slack.to_string() },
            line.late.map_or("", |late| late.as_str()).into(),
        ]
    });
    print::table(&mut std::io::stdout().lock(), &head, &rows.collect::<Vec<_>>())?;
    Ok(DONE)
}

#[cfg(test)]
mod tests {
    use super::people;

    #[test]
    fn people_are_told_as_a_number_or_by_role() {
        let read = |given: &[&str]| people(&given.iter().map(ToString::to_string).collect::<Vec<_>>());
        let told = read(&["5", "analyst=2", " head = 1"]).unwrap();
        assert_eq!((told.all, told.roles["analyst"], told.roles["head"]), (Some(5), 2, 1));
        assert!(read(&[]).unwrap().roles.is_empty());
        for bad in ["0", "many", "head=", "head=-1"] {
            assert!(read(&[bad]).unwrap_err().to_string().contains("expected one such as 5"), "{bad}");
        }
    }
}
