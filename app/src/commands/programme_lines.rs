//! `programme line`: risks, and what is handed over and closed, from the terminal.

use anyhow::Context as _;
use manara_framework::programmes::{
    Line as ProgrammeLine, LineChange, LineKind, Names, NewLine, add_line, change_line, line_json, lines_of,
    past_line_json, past_lines, remove_line, removed_line_json, removed_lines, restore_line, set_line_done,
};
use manara_model::Micros;
use manara_web::Lang;
use serde_json::{Value, json};

use super::DONE;
use super::programme::{programme, typist, words};
use crate::cli::{LineAction, LineArgs};
use crate::house::House;
use crate::print;

/// Lists, shows, adds, corrects, ticks, removes, brings back.
pub async fn run(args: LineArgs) -> anyhow::Result<u8> {
    let now = Micros::now();
    match args.action {
        LineAction::List { place, id, json } => list(&House::open(&place).await?, &id, json).await?,
        LineAction::Show { place, id, line, json } => show(&House::open(&place).await?, (&id, &line), json).await?,
        LineAction::Add { place, id, kind, said, json } => {
            let kind = LineKind::parse(&kind)
                .with_context(|| format!("{kind} is no kind of line; expected risk, handover or closure"))?;
            let house = House::open(&place).await?;
            programme(&house, &id).await?;
            let new = NewLine {
                kind,
                text: said.text.unwrap_or_default(),
                likelihood: said.likelihood.unwrap_or(1),
                impact: said.impact.unwrap_or(1),
                answer: said.answer.unwrap_or_default(),
                owner: said.owner.unwrap_or_default(),
            };
            let line = add_line(&house.db, &typist(), &id, &new, now).await?;
            match json {
                true => told(&house, &line)?,
                false => println!("{}", line.id),
            }
        }
        LineAction::Change { place, id, line, said, version, json } => {
            let house = House::open(&place).await?;
            found(&house, &id, &line).await?;
            let change = LineChange {
                text: said.text,
                likelihood: said.likelihood,
                impact: said.impact,
                answer: said.answer,
                owner: said.owner,
                version,
            };
            let line = change_line(&house.db, &typist(), (&id, &line), &change, now).await?;
            if json {
                told(&house, &line)?;
            }
        }
        LineAction::Tick { place, id, line, back, json } => {
            let house = House::open(&place).await?;
            found(&house, &id, &line).await?;
            set_line_done(&house.db, &typist(), (&id, &line), !back, now).await?;
            if json {
                told(&house, &found(&house, &id, &line).await?)?;
            }
        }
        LineAction::Remove { place, id, line, version, json } => {
            let house = House::open(&place).await?;
            found(&house, &id, &line).await?;
            let line = remove_line(&house.db, &typist(), (&id, &line), version, now).await?;
            if json {
                let gone = removed_lines(&house.db, &id).await?.into_iter().find(|gone| gone.line.id == line.id);
                let (words, shelf) = (words(&house)?, house.shelf());
                let names = Names { blocks: &shelf.blocks, words: &words, lang: Lang::En };
                print::json(&gone.map(|gone| removed_line_json(&gone, &names)))?;
            }
        }
        LineAction::Restore { place, id, line, json } => {
            let house = House::open(&place).await?;
            programme(&house, &id).await?;
            let done = restore_line(&house.db, &typist(), (&id, &line), now).await;
            let line =
                done.with_context(|| format!("line {line}; `manara programme line list {id}` shows what was removed"))?;
            if json {
                told(&house, &line)?;
            }
        }
    }
    Ok(DONE)
}

/// Prints a line as JSON.
fn told(house: &House, line: &ProgrammeLine) -> anyhow::Result<()> {
    let (words, shelf) = (words(house)?, house.shelf());
    print::json(&line_json(line, &Names { blocks: &shelf.blocks, words: &words, lang: Lang::En }))
}

async fn found(house: &House, id: &str, line: &str) -> anyhow::Result<ProgrammeLine> {
    programme(house, id).await?;
    let line =
        lines_of(&house.db, id).await?.into_iter().find(|known| known.id == line).with_context(|| {
            format!("the programme has no line {line}; `manara programme line list {id}` shows them")
        })?;
    Ok(line)
}

async fn list(house: &House, id: &str, as_json: bool) -> anyhow::Result<()> {
    programme(house, id).await?;
    let (lines, gone) = (lines_of(&house.db, id).await?, removed_lines(&house.db, id).await?);
    let (words, shelf) = (words(house)?, house.shelf());
    let names = Names { blocks: &shelf.blocks, words: &words, lang: Lang::En };
    if as_json {
        let items: Vec<Value> = lines.iter().map(|line| line_json(line, &names)).collect();
        let removed: Vec<Value> = gone.iter().map(|gone| removed_line_json(gone, &names)).collect();
        return print::json(&json!({ "items": items, "removed": removed }));
    }
    let head = ["id", "kind", "state", "version", "text", "owner"].map(String::from);
    let row = |line: &ProgrammeLine, state: &str| {
        let (kind, version) = (line.kind.as_str().to_string(), line.version.to_string());
        vec![line.id.clone(), kind, state.to_string(), version, names.line(line), line.owner.clone()]
    };
    let there = lines.iter().map(|line| row(line, if line.done.is_some() { "done" } else { "open" }));
    let rows: Vec<Vec<String>> = there.chain(gone.iter().map(|gone| row(&gone.line, "removed"))).collect();
    print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    Ok(())
}

async fn show(house: &House, (id, line): (&str, &str), as_json: bool) -> anyhow::Result<()> {
    let line = found(house, id, line).await?;
    let past = past_lines(&house.db, id, &line.id).await?;
    let (words, shelf) = (words(house)?, house.shelf());
    let names = Names { blocks: &shelf.blocks, words: &words, lang: Lang::En };
    if as_json {
        let mut value = line_json(&line, &names);
        if let Some(members) = value.as_object_mut() {
            members.insert("before".into(), past.iter().map(|past| past_line_json(past, &line, &names)).collect());
        }
        return print::json(&value);
    }
    let head = ["version", "text", "likelihood", "impact", "owner", "answer", "changed", "by"].map(String::from);
    let kept = [names.line(&line), line.likelihood.to_string(), line.impact.to_string(), line.owner.clone()];
    let mut rows = vec![[vec![line.version.to_string()], kept.to_vec(), vec![line.answer.clone()]].concat()];
    for old in &past {
        let text = if old.text.is_empty() { names.usual_line(&line) } else { old.text.clone() };
        let (likelihood, impact) = (old.likelihood.to_string(), old.impact.to_string());
        let (version, at) = (old.version.to_string(), old.changed.rfc3339());
        let (owner, answer, by) = (old.owner.clone(), old.answer.clone(), old.changed_by.clone());
        rows.push(vec![version, text, likelihood, impact, owner, answer, at, by]);
    }
    rows.iter_mut().for_each(|row| row.resize(head.len(), String::new()));
    print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    Ok(())
}
