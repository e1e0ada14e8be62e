//! `law` and `strategy`, from the terminal.

use anyhow::{Context as _, bail};
use manara_framework::assessments::{FrameworkError, NewVoice, Refusal};
use manara_framework::laws::{Provision, Said, Standing, is_law, provisions, write_provision};
use manara_framework::strategies::{
    Function, Part, Progress, REVIEWS, Record, Review, Stakeholder, Undertaking, calendar, functions, remove_record,
    restore_record, review_done, review_json, reviews, save_function, save_review, save_stakeholder, save_undertaking,
    strategy_json, undertakings,
};
use manara_model::{Micros, Tlp, Viewer};
use manara_web::{Lang, Words};
use serde_json::{Value, json};

use super::{DONE, FOUND};
use crate::cli::{Law, LawAction, Strategy, StrategyAction};
use crate::house::House;
use crate::print;

/// Bytes of a provision's text that are read; more is refused by the plane.
const TEXT_BYTES: u64 = 1 << 20;

/// Who the journal names for what is typed here; it sees all.
fn typist() -> Viewer {
    Viewer { name: "cli".into(), ..Viewer::system() }
}

/// Shows a gap table, or writes a line of it.
pub async fn law(args: Law) -> anyhow::Result<u8> {
    let now = Micros::now();
    let (place, id) = match &args.action {
        LawAction::Show { place, id, .. } | LawAction::Write { place, id, .. } => (place.clone(), id.clone()),
    };
    let house = House::open(&place).await?;
    let one = manara_framework::assessments::get(&house.db, &typist(), &id).await?;
    let one = one.with_context(|| format!("there is no assessment {id}; `manara assess list` shows them"))?;
    let catalogue = manara_framework::assessments::catalogue(&house.db, &one.hash).await?;
    if !is_law(&catalogue) {
        bail!("{id} is an assessment of {}, which is no catalogue of law", catalogue.id());
    }
    match args.action {
        LawAction::Show { json, .. } => {
            let sheet = manara_framework::assessments::sheet(&house.db, &one.id, &now.day()).await?;
            let score = manara_framework::scoring::score(&catalogue, &sheet, None);
            let written = provisions(&house.db, &one.id).await?;
            let lines: Vec<Value> = score
                .items
                .iter()
                .map(|item| {
                    let said = written.iter().find(|said| said.item == item.item);
                    let of = |text: fn(&Provision) -> &String| said.map_or("", |said| text(&said.provision));
                    json!({ "item": item.item, "group": item.section, "standing": Standing::of(&catalogue, item).as_str(),
                        "citation": of(|one| &one.citation), "link": of(|one| &one.link),
                        "language": of(|one| &one.language), "text": of(|one| &one.body), "note": of(|one| &one.note),
                        "who": said.map(|said| said.who.clone()), "at": said.map(|said| said.at.rfc3339()) })
                })
                .collect();
            if json {
                let groups = manara_framework::laws::groups(&catalogue, &score);
                let groups: Vec<Value> = groups
                    .iter()
                    .map(|group| json!({ "group": group.section, "covered": group.claimed, "proven": group.supported }))
                    .collect();
                print::json(&json!({ "subject": one.subject, "groups": groups, "articles": lines }))?;
            } else {
                let head = ["item", "standing", "citation"];
                let cell = |line: &Value, name: &str| line[name].as_str().unwrap_or_default().to_string();
                let rows: Vec<Vec<String>> =
                    lines.iter().map(|line| head.map(|name| cell(line, name)).to_vec()).collect();
                print::table(&mut std::io::stdout().lock(), &head.map(String::from), &rows)?;
            }
        }
        LawAction::Write { item, standing, citation, link, language, text, note, organisation, json, .. } => {
            let standing = match &standing {
                None => None,
                Some(word) => Some(
                    Standing::parse(word)
                        .filter(|found| *found != Standing::Open)
                        .with_context(|| format!("{word} is no standing; expected covered, partly, no or n/a"))?,
                ),
            };
            let body = match &text {
                None => String::new(),
                Some(path) => read(path).with_context(|| path.display().to_string())?,
            };
            let person = typist().name;
            let said = Said { item, standing, missing: None };
            let provision = Provision { citation, link, language, body, note };
            let new = NewVoice { name: person.clone(), organisation, role: String::new(), person };
            let about = (one.id.as_str(), &catalogue);
            let is_new = write_provision(&house.db, &typist(), about, &new, &said, &provision, now).await?;
            match (json, is_new) {
                (true, _) => print::json(&json!({ "id": one.id, "item": said.item, "changed": is_new }))?,
                (false, true) => println!("written"),
                (false, false) => println!("the same as before"),
            }
        }
    }
    Ok(DONE)
}

fn read(path: &std::path::Path) -> std::io::Result<String> {
    use std::io::Read as _;
    let mut text = String::new();
    std::fs::File::open(path)?.take(TEXT_BYTES).read_to_string(&mut text)?;
    Ok(text)
}

fn marking(text: &str) -> anyhow::Result<Tlp> {
    let expected = "expected CLEAR, GREEN, AMBER, AMBER+STRICT or RED";
    Tlp::parse(text).with_context(|| format!("{text} is no marking; {expected}"))
}

/// A goal and what somebody is to it: `NS-G2=accountable`.
fn part(text: &str) -> anyhow::Result<(String, Option<Part>)> {
    let (goal, word) = text.split_once('=').with_context(|| format!("{text} is no part; expected GOAL=WORD"))?;
    let part = Part::parse(word).with_context(|| {
        let all = Part::ALL.map(Part::as_str).join(", ");
        format!("{word} is nothing one can be to a goal; expected {all}")
    })?;
    Ok((goal.to_string(), Some(part)))
}

/// A kind of record by its word.
fn record(kind: &str) -> anyhow::Result<Record> {
    let all = Record::ALL.map(Record::as_str).join(", ");
    Record::parse(kind).with_context(|| format!("{kind} is no kind of record; expected one of {all}"))
}

fn known_progress(text: &str) -> anyhow::Result<Progress> {
    let all = Progress::ALL.map(Progress::as_str).join(", ");
    Progress::parse(text).with_context(|| format!("{text} is no progress; expected one of {all}"))
}

/// A record as `strategy show --json` has it.
async fn whole(house: &House, record: Record, id: &str) -> anyhow::Result<Value> {
    let all = strategy_json(&house.db, &typist(), &Micros::now().day()).await?;
    let list = all.get(format!("{}s", record.as_str())).and_then(Value::as_array);
    let found = list.and_then(|list| list.iter().find(|one| one.get("id").and_then(Value::as_str) == Some(id)));
    found.cloned().with_context(|| format!("there is no {} {id}", record.as_str()))
}

/// Says what was added: its id, or the whole record.
async fn added(house: &House, record: Record, id: &str, json: bool) -> anyhow::Result<u8> {
    match json {
        true => print::json(&whole(house, record, id).await?)?,
        false => println!("{id}"),
    }
    Ok(DONE)
}

/// Shows the strategy, adds to it, takes away from it, writes the calendar.
pub async fn strategy(args: Strategy) -> anyhow::Result<u8> {
    let now = Micros::now();
    let today = now.day();
    match args.action {
        StrategyAction::Show { place, json } => {
            let house = House::open(&place).await?;
            let actions = undertakings(&house.db, &typist()).await?;
            if json {
                print::json(&strategy_json(&house.db, &typist(), &today).await?)?;
            } else {
                let head = ["due", "state", "late", "owner", "title"].map(String::from);
                let row = |one: &Undertaking| {
                    let late = if one.is_late(&today) { "late" } else { "" };
                    let state = one.progress.as_str();
                    vec![one.due.clone(), state.into(), late.into(), one.owner.clone(), one.title.clone()]
                };
                let rows: Vec<Vec<String>> = actions.iter().map(row).collect();
                print::table(&mut std::io::stdout().lock(), &head, &rows)?;
            }
            Ok(if actions.iter().any(|one| one.is_late(&today)) { FOUND } else { DONE })
        }
        StrategyAction::Add { place, title, item, owner, due, tlp, json } => {
            let house = House::open(&place).await?;
            let tlp = marking(&tlp)?;
            let progress = Progress::Planned;
            let (id, note) = (String::new(), String::new());
            let one = Undertaking { id, item, title, owner, due, progress, note, tlp, version: 0 };
            let shelf = house.shelf();
            let elements = shelf.get(manara_framework::strategies::ELEMENTS).map(|found| &**found);
            let id = save_undertaking(&house.db, &typist(), elements, &one, now).await?;
            added(&house, Record::Undertaking, &id, json).await
        }
        StrategyAction::Stakeholder { place, name, organisation, contact, parts, json } => {
            let house = House::open(&place).await?;
            let parts: Vec<(String, Option<Part>)> =
                parts.iter().map(|text| part(text)).collect::<anyhow::Result<_>>()?;
            let shelf = house.shelf();
            let elements =
                shelf.get(manara_framework::strategies::ELEMENTS).context("there are no goals to take part in")?;
            let one = Stakeholder { name, organisation, contact, ..Stakeholder::default() };
            let parts = Some((&**elements, parts.as_slice()));
            let id = save_stakeholder(&house.db, &typist(), &one, parts, now).await?;
            added(&house, Record::Stakeholder, &id, json).await
        }
        StrategyAction::Function { place, name, owner, note, needs, provider, tlp, json } => {
            let house = House::open(&place).await?;
            let known = functions(&house.db, &typist()).await?;
            let of = |need: &String| {
                let found = known.iter().find(|one| one.name == *need).map(|one| one.id.clone());
                found.with_context(|| format!("there is no critical function {need}"))
            };
            let needs = needs.iter().map(of).collect::<anyhow::Result<_>>()?;
            let mut providers = Vec::with_capacity(provider.len());
            for name in provider {
                let found = manara_constituency::get(&house.db, &name).await?;
                let (found, _) = found.with_context(|| format!("there is no constituent {name}"))?;
                providers.push((found.id, found.name));
            }
            let (id, tlp) = (String::new(), marking(&tlp)?);
            let one = Function { id, name, owner, note, tlp, needs, providers, version: 0 };
            let id = save_function(&house.db, &typist(), &one, now).await?;
            added(&house, Record::Function, &id, json).await
        }
        StrategyAction::Review { place, kind, title, next, owner, every, json } => {
            let house = House::open(&place).await?;
            let one = Review { kind, title, owner, next, every_months: every, ..Review::default() };
            let saved = save_review(&house.db, &typist(), &one, now).await;
            let id = saved.with_context(|| format!("expected a kind of {} and a day", REVIEWS.join(", ")))?;
            added(&house, Record::Review, &id, json).await
        }
        StrategyAction::Done { place, id, json } => {
            let house = House::open(&place).await?;
            let all = reviews(&house.db).await?;
            let one = all.iter().find(|one| one.id == id).with_context(|| format!("there is no review {id}"))?;
            let next = review_done(&house.db, &typist(), one, now).await?;
            match json {
                true => {
                    let mut told = review_json(&next);
                    // What is looked at once is gone with that, so it is not read again.
                    if let Some(members) = told.as_object_mut() {
                        members.insert("removed".into(), (next.every_months == 0).into());
                    }
                    print::json(&told)?;
                }
                false => println!("{}", next.next),
            }
            Ok(DONE)
        }
        StrategyAction::Change { place, id, title, item, owner, due, progress, note, tlp, version, json } => {
            let house = House::open(&place).await?;
            let was = undertakings(&house.db, &typist()).await?.into_iter().find(|one| one.id == id);
            let was =
                was.with_context(|| format!("there is no action {id}; `manara strategy show --json` shows them"))?;
            let one = Undertaking {
                title: title.unwrap_or(was.title),
                item: item.unwrap_or(was.item),
                owner: owner.unwrap_or(was.owner),
                due: due.unwrap_or(was.due),
                progress: progress.map_or(Ok(was.progress), |text| known_progress(&text))?,
                note: note.unwrap_or(was.note),
                tlp: tlp.map_or(Ok(was.tlp), |text| marking(&text))?,
                id: was.id,
                version: version.unwrap_or(was.version),
            };
            let shelf = house.shelf();
            let elements = shelf.get(manara_framework::strategies::ELEMENTS).map(|found| &**found);
            match save_undertaking(&house.db, &typist(), elements, &one, now).await {
                Err(FrameworkError::Refused(Refusal::Stale)) => {
                    bail!(
                        "{}: somebody else changed the action since; see with `manara strategy show --json` what it says \
                         now, and change it again with the version that stands there",
                        one.id
                    )
                }
                done => done?,
            };
            if json {
                print::json(&whole(&house, Record::Undertaking, &one.id).await?)?;
            }
            Ok(DONE)
        }
        StrategyAction::Restore { place, kind, id, json } => {
            let house = House::open(&place).await?;
            let of = record(&kind)?;
            let did = restore_record(&house.db, &typist(), of, &id, now).await;
            did.with_context(|| format!("{kind} {id}"))?;
            if json {
                print::json(&whole(&house, of, &id).await?)?;
            }
            Ok(DONE)
        }
        StrategyAction::Remove { place, kind, id, json } => {
            let house = House::open(&place).await?;
            let did = remove_record(&house.db, &typist(), record(&kind)?, &id, now).await;
            did.with_context(|| format!("{kind} {id}; `manara strategy show --json` shows them"))?;
            if json {
                print::json(&json!({ "kind": kind, "id": id, "removed": true }))?;
            }
            Ok(DONE)
        }
        StrategyAction::Calendar { place, lang, out } => {
            let house = House::open(&place).await?;
            let lang = Lang::parse(&lang).with_context(|| format!("{lang} is no language; expected en, ar or fr"))?;
            let folder = house.content_folder().join("lang");
            let words = Words::load(folder.is_dir().then_some(folder.as_path()))?;
            let all = reviews(&house.db).await?;
            let text = calendar(
                &all,
                |one| format!("{}: {}", words.t(lang, &format!("strategy-review-{}", one.kind)), one.title),
                now,
            );
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
