//! `training`: courses, certificates, and who has read what, from the terminal.

use std::collections::BTreeSet;

use anyhow::{Context as _, anyhow, bail};
use manara_framework::courses::{
    Asked as CourseAsked, Attempt, Course, Courses, Known, asked_json, attempt_json, attempts_before, certificate,
    keep_attempt, mark as mark_answers, readers as manual_readers, readers_json,
};
use manara_framework::manuals::{Manual, ManualError, said, written};
use manara_model::Micros;
use manara_web::{Lang, Right};
use serde_json::{Value, json};

use super::proof::{may, typed};
use super::{DONE, FOUND};
use crate::cli::{Training, TrainingAction};
use crate::establish::{Ground, words};
use crate::house::House;
use crate::print;

/// Attempts that are read at once.
const ROWS: i64 = 500;

/// Does what was typed.
pub async fn run(args: Training) -> anyhow::Result<u8> {
    let (house, code) = match args.action {
        TrainingAction::List { place, lang, json } => {
            let house = House::open(&place).await?;
            let code = list(&house, known(&lang)?, json).await?;
            (house, code)
        }
        TrainingAction::Ask { place, course, lang, json } => {
            let house = House::open(&place).await?;
            let code = ask(&house, &course, known(&lang)?, json).await?;
            (house, code)
        }
        TrainingAction::Answer { place, course, by, lang, version, answers, json } => {
            let house = House::open(&place).await?;
            let code = answer(&house, (&course, known(&lang)?), &by, &version, &answers, json).await?;
            (house, code)
        }
        TrainingAction::Attempts { place, person, json } => {
            let house = House::open(&place).await?;
            attempts(&house, &person, json).await?;
            (house, DONE)
        }
        TrainingAction::Certificate { place, number, json } => {
            let house = House::open(&place).await?;
            let code = check(&house, &number, json).await?;
            (house, code)
        }
        TrainingAction::Readers { place, json } => {
            let house = House::open(&place).await?;
            let code = readers(&house, json).await?;
            (house, code)
        }
    };
    house.db.close().await;
    Ok(code)
}

fn known(lang: &str) -> anyhow::Result<Lang> {
    Lang::parse(lang).with_context(|| format!("{lang} is no language of Manara; expected en, ar or fr"))
}

fn table(head: &[&str], rows: &[Vec<String>]) -> anyhow::Result<()> {
    let head: Vec<String> = head.iter().map(ToString::to_string).collect();
    Ok(print::table(&mut std::io::stdout().lock(), &head, rows)?)
}

async fn list(house: &House, lang: Lang, as_json: bool) -> anyhow::Result<u8> {
    let (courses, services) = (Courses::load(Some(&house.content_folder())), manara_web::services(&house.db).await?);
    let all: Vec<&Course> = courses.all(services).collect();
    if as_json {
        let line = |course: &&Course| {
            json!({ "id": course.ref_id, "name": course.name.of(lang.tag()), "service": course.service,
                "questions": course.count(), "pass_percent": course.pass_percent, "lessons": course.lessons })
        };
        print::json(&all.iter().map(line).collect::<Vec<_>>())?;
        return Ok(DONE);
    }
    let row = |course: &&Course| {
        let (questions, pass) = (course.count().to_string(), format!("{} %", course.pass_percent));
        vec![course.ref_id.clone(), questions, pass, course.service.clone(), course.name.of(lang.tag()).to_string()]
    };
    table(&["course", "questions", "to pass", "service", "name"], &all.iter().map(row).collect::<Vec<_>>())?;
    Ok(DONE)
}

/// A course of a service that is on, as it is asked now.
pub async fn asked(house: &House, id: &str, lang: Lang) -> anyhow::Result<(Course, CourseAsked)> {
    let (courses, services) = (Courses::load(Some(&house.content_folder())), manara_web::services(&house.db).await?);
    let course = courses.all(services).find(|course| course.ref_id == id).cloned();
    let course = course.with_context(|| format!("there is no course {id}; `manara training list` shows them"))?;
    let ground = Ground::new(house)?;
    let facts = manara_framework::establishment::House::facts(&ground, lang).await?;
    let asked = course.ask(&words(house)?, lang, &facts, &said(&house.db).await?);
    let asked = asked.map_err(|error: ManualError| anyhow!("{id}: {error}"))?;
    Ok((course, asked))
}

async fn ask(house: &House, id: &str, lang: Lang, as_json: bool) -> anyhow::Result<u8> {
    let (course, asked) = asked(house, id, lang).await?;
    if as_json {
        print::json(&asked_json(&course, &asked, lang.tag()))?;
        return Ok(DONE);
    }
    println!("{}  {}", course.ref_id, course.name.of(lang.tag()));
    println!("version {}", asked.version);
    for (at, question) in asked.questions.iter().enumerate() {
        println!("\n{}. {}{}", at + 1, question.text, if question.has_several() { " [+]" } else { "" });
        for (at, (text, _)) in question.answers.iter().enumerate() {
            println!("   {}  {text}", at + 1);
        }
    }
    Ok(DONE)
}

/// What was chosen of each question: `2` or `1,3`, counted from one.
fn chosen(answers: &[String], asked: &CourseAsked) -> anyhow::Result<Vec<BTreeSet<usize>>> {
    if answers.len() != asked.questions.len() {
        bail!("the course has {} questions; {} were answered", asked.questions.len(), answers.len());
    }
    let read = |(at, (text, question)): (usize, (&String, &manara_framework::courses::AskedQuestion))| {
        let most = question.answers.len();
        let number = |part: &str| {
            let number = part.trim().parse::<usize>().ok().filter(|number| (1..=most).contains(number));
            let number = number.with_context(|| format!("question {}: {part} is no number from 1 to {most}", at + 1));
            number.map(|number| number - 1)
        };
        text.split(',').map(number).collect::<anyhow::Result<BTreeSet<usize>>>()
    };
    answers.iter().zip(&asked.questions).enumerate().map(read).collect()
}

async fn answer(
    house: &House,
    (id, lang): (&str, Lang),
    by: &str,
    version: &str,
    answers: &[String],
    as_json: bool,
) -> anyhow::Result<u8> {
    may(house, by, Right::ReadFramework).await?;
    let (course, asked) = asked(house, id, lang).await?;
    if asked.version != version {
        bail!(
            "the questions are others by now, or another language was asked for; run `manara training ask {id}` again"
        );
    }
    let chosen = chosen(answers, &asked)?;
    let marked = mark_answers(&asked, &chosen, course.pass_percent);
    let answers: Vec<Vec<usize>> = chosen.into_iter().map(|chosen| chosen.into_iter().collect()).collect();
    let of = (&course, &asked, lang);
    let kept = typed(keep_attempt(&house.db, by, of, &answers, &marked, Micros::now())).await?;
    match as_json {
        true => print::json(&attempt_json(&kept, Some(&marked.right)))?,
        false if kept.passed => println!("passed: {} of {}, {}", kept.points, kept.questions, kept.certificate),
        false => println!("not passed: {} of {}", kept.points, kept.questions),
    }
    Ok(if kept.passed { DONE } else { FOUND })
}

async fn attempts(house: &House, person: &str, as_json: bool) -> anyhow::Result<()> {
    let (mut all, mut before): (Vec<Attempt>, String) = Default::default();
    loop {
        let some = attempts_before(&house.db, person, &before, ROWS).await?;
        let Some(last) = some.last() else { break };
        before.clone_from(&last.id);
        all.extend(some);
    }
    if as_json {
        return print::json(&all.iter().map(|one| attempt_json(one, None)).collect::<Vec<_>>());
    }
    let row = |one: &Attempt| {
        let points = format!("{} of {}", one.points, one.questions);
        vec![one.at.rfc3339(), one.course.clone(), one.lang.clone(), points, one.certificate.clone()]
    };
    table(&["at", "course", "lang", "points", "certificate"], &all.iter().map(row).collect::<Vec<_>>())
}

async fn check(house: &House, number: &str, as_json: bool) -> anyhow::Result<u8> {
    let Some(one) = certificate(&house.db, &number.to_uppercase()).await? else {
        eprintln!("there is no certificate {number}");
        return Ok(FOUND);
    };
    match as_json {
        true => print::json(&json!({ "number": one.certificate, "person": one.person, "course": one.course,
            "points": one.points, "questions": one.questions, "at": one.at.rfc3339() }))?,
        false => println!("{}  {}  {}  {}", one.certificate, one.person, one.course, one.at.rfc3339()),
    }
    Ok(DONE)
}

async fn readers(house: &House, as_json: bool) -> anyhow::Result<u8> {
    let (ground, texts) = (Ground::new(house)?, Manual::load(Some(&house.content_folder())));
    let documents = written(&house.db, &ground, &texts, &words(house)?, Lang::En).await?;
    let (courses, services) = (Courses::load(Some(&house.content_folder())), manara_web::services(&house.db).await?);
    let courses: Vec<&Course> = courses.all(services).collect();
    let all = manual_readers(&house.db, &documents, &courses, Lang::En).await?;
    let is_left = all.iter().any(|one| one.read.iter().any(|(known, _)| *known != Known::Current));
    if as_json {
        let ids: Vec<&str> = documents.iter().map(|one| one.id).collect();
        print::json(&Value::from(readers_json(&all, &ids, &courses)))?;
    } else {
        let row = |one: &manara_framework::courses::Reader| {
            let count = |wanted: Known| one.read.iter().filter(|(known, _)| *known == wanted).count().to_string();
            let passed = one.passed.iter().flatten().count();
            let role = one.role.as_str().to_string();
            let passed = format!("{passed} of {}", courses.len());
            vec![one.name.clone(), role, count(Known::Current), count(Known::Changed), count(Known::Never), passed]
        };
        let head = ["person", "role", "read", "to read again", "never read", "courses passed"];
        table(&head, &all.iter().map(row).collect::<Vec<_>>())?;
    }
    Ok(if is_left { FOUND } else { DONE })
}
