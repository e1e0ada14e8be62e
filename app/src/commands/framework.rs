//! `framework`, `assess` and `design`: from answers to building blocks, from the terminal.

mod exchange;
mod figures;
mod moderate;
mod papers;
mod shown;
mod voices;
mod workshop;

pub use moderate::moderate;
pub use shown::kept_file;

use std::fs::File;
use std::path::Path;

use anyhow::{Context as _, bail};
use manara_framework::assessments::{Assessment, NewAssessment, Refused, Sheet, State, SubjectKind};
use manara_framework::catalogues::{Catalogue, Shelf, read_draft};
use manara_framework::designs::{Asked, DesignState, NewDesign};
use manara_framework::exchanges::read_answers;
use manara_framework::scoring::{Comparison, Score};
use manara_model::{Micros, Tlp, Viewer};
use serde_json::{Value, json};

use super::{DONE, FOUND, programme};
use crate::cli::{Assess, AssessAction, Design, DesignAction, Framework, FrameworkAction, Place};
use crate::house::House;
use crate::print;

/// Who the journal names for what is typed here; it sees all.
fn typist() -> Viewer {
    Viewer { name: "cli".into(), ..Viewer::system() }
}

/// Lists or checks catalogues.
pub async fn frameworks(args: Framework) -> anyhow::Result<u8> {
    match args.action {
        FrameworkAction::List { place, json } => {
            let shelf = shelf_of(&place).await?;
            if json {
                let all: Vec<Value> = shelf.all().map(|catalogue| about(catalogue)).collect();
                print::json(&all)?;
            } else {
                let head = ["id", "version", "items", "rule", "title"].map(String::from);
                let row = |one: &std::sync::Arc<Catalogue>| {
                    let told = &one.told;
                    let version = one.hash.chars().take(12).collect();
                    let counts = one.counts().assessable.to_string();
                    vec![told.ref_id.clone(), version, counts, told.rule.as_str().into(), told.name.of("en").into()]
                };
                let rows: Vec<Vec<String>> = shelf.all().map(row).collect();
                print::table(&mut std::io::stdout().lock(), &head, &rows)?;
            }
            for trouble in &shelf.left_out {
                eprintln!("left out: {trouble}");
            }
            Ok(if shelf.left_out.is_empty() { DONE } else { FOUND })
        }
        FrameworkAction::Check { place, file, json } => check(&shelf_of(&place).await?, &file, json),
        FrameworkAction::Import(args) => exchange::import(args),
        FrameworkAction::Export(args) => exchange::export(args).await,
    }
}

/// The shelf of a data folder; without one what is built in is still there to be seen.
async fn shelf_of(place: &Place) -> anyhow::Result<Shelf> {
    Ok(match place.data.is_dir() {
        true => House::open(place).await?.shelf(),
        false => Shelf::load(None),
    })
}

fn check(shelf: &Shelf, file: &Path, as_json: bool) -> anyhow::Result<u8> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).with_context(|| name.clone())?;
    match read_draft(&name, &text, &shelf.blocks) {
        Ok(catalogue) => {
            let called = format!("{}.yaml", catalogue.id());
            if file.file_name().is_some_and(|name| name != called.as_str()) {
                eprintln!("in content/frameworks it has to be called {called}");
            }
            match as_json {
                true => print::json(&about(&catalogue))?,
                false => println!("{name}: {} items, version {}", catalogue.counts().items, catalogue.hash),
            }
            Ok(DONE)
        }
        Err(troubles) => {
            match as_json {
                true => print::json(&json!({ "troubles": troubles }))?,
                false => troubles.iter().for_each(|trouble| println!("{trouble}")),
            }
            Ok(FOUND)
        }
    }
}

fn about(catalogue: &Catalogue) -> Value {
    let told = &catalogue.told;
    let profiles: Vec<&str> = told.profiles.iter().map(|profile| profile.ref_id.as_str()).collect();
    json!({ "id": told.ref_id, "version": catalogue.hash, "title": told.name.of("en"), "edition": told.edition,
        "publisher": told.publisher, "rule": told.rule.as_str(), "items": catalogue.counts(), "profiles": profiles })
}

/// Begins, answers, moderates, scores, reports and compares.
pub async fn assess(args: Assess) -> anyhow::Result<u8> {
    let now = Micros::now();
    match args.action {
        AssessAction::List { place, json } => list(&House::open(&place).await?, json).await?,
        AssessAction::New { place, catalogue, subject, kind, tlp, json } => {
            let house = House::open(&place).await?;
            let shelf = house.shelf();
            let catalogue = shelf
                .get(&catalogue)
                .with_context(|| format!("there is no catalogue {catalogue}; `manara framework list` shows them"))?;
            let tlp = Tlp::parse(&tlp)
                .with_context(|| format!("{tlp} is no marking; expected CLEAR, GREEN, AMBER, AMBER+STRICT or RED"))?;
            let new = NewAssessment { subject, kind: kind_of(kind.as_deref())?, tlp };
            let one = manara_framework::assessments::begin(&house.db, &typist(), catalogue, &new, now).await?;
            match json {
                true => print::json(&shown(&one))?,
                false => println!("{}", one.id),
            }
        }
        AssessAction::Answer { place, id, file, json } => {
            let house = House::open(&place).await?;
            let (one, catalogue) = found(&house, &id).await?;
            let (rows, refused) = read_answers(&catalogue, &exchange::read_file(&file)?)
                .map_err(|why| anyhow::anyhow!("{}: {}", file.display(), told(&why)))?;
            let taken = manara_framework::assessments::give_table(&house.db, &typist(), &one.id, &rows, now).await?;
            return voices::say_table(json, &one.id, rows.len(), taken, refused);
        }
        AssessAction::Moderate { place, id, file, json } => {
            let house = House::open(&place).await?;
            let (one, catalogue) = found(&house, &id).await?;
            let text = File::open(&file).with_context(|| file.display().to_string())?;
            let (lines, refused) = moderate(&house.db, &typist(), &one, &catalogue, text, now).await?;
            return say_taken(json, &json!({ "kept": lines, "refused": refused }), &refused);
        }
        AssessAction::Score { place, id, profile, json } => {
            let house = House::open(&place).await?;
            let state = Stood::of(&house, &id, now).await?;
            let score = state.score(profile.as_deref())?;
            match json {
                true => print::json(&score)?,
                false => say_score(&state.catalogue, &score)?,
            }
        }
        AssessAction::Report { place, id, profile, print } => {
            let house = House::open(&place).await?;
            let state = Stood::of(&house, &id, now).await?;
            papers::report(&house, &state, profile.as_deref(), &print)?;
        }
        AssessAction::Close { place, id, json } => set(&place, &id, State::Closed, json).await?,
        AssessAction::Reopen { place, id, json } => set(&place, &id, State::Open, json).await?,
        AssessAction::Snapshot { place, id, name, json } => {
            let house = House::open(&place).await?;
            let (one, _) = found(&house, &id).await?;
            let taken = manara_framework::assessments::take_snapshot(&house.db, &typist(), &one.id, &name, now).await?;
            match json {
                true => print::json(&json!({ "id": taken.id, "assessment": one.id, "sha256": taken.sha256 }))?,
                false => println!("{}", taken.id),
            }
        }
        AssessAction::Snapshots(args) => return figures::list_snapshots(args).await,
        AssessAction::Figures(args) => return figures::figures(args).await,
        AssessAction::Accept(args) => return figures::accept(args).await,
        AssessAction::Export(args) => return exchange::export_assessment(args).await,
        AssessAction::Sheet(args) => return exchange::sheet(args).await,
        AssessAction::Merge(args) => return exchange::merge(args).await,
        AssessAction::Seal(args) => return exchange::seal(&args),
        AssessAction::Key(args) => return exchange::key(&args),
        AssessAction::Conflicts(args) => return exchange::conflicts(args).await,
        AssessAction::Settle(args) => return exchange::settle(args).await,
        AssessAction::Edit(args) => return voices::edit(args).await,
        AssessAction::Respondent(args) => return voices::respondent(args).await,
        AssessAction::Evidence(args) => return shown::evidence(args).await,
        AssessAction::Workshop(args) => return workshop::workshop(args).await,
        AssessAction::History(args) => return voices::history(args).await,
        AssessAction::Compare { place, before, after, json } => {
            let house = House::open(&place).await?;
            let comparison = compared(&house, &before, &after, now).await?;
            match json {
                true => print::json(&comparison)?,
                false => say_comparison(&comparison)?,
            }
        }
    }
    Ok(DONE)
}

/// Closes an assessment, or opens it again.
async fn set(place: &Place, id: &str, to: State, as_json: bool) -> anyhow::Result<()> {
    let house = House::open(place).await?;
    let (one, _) = found(&house, id).await?;
    let now = manara_framework::assessments::set_state(&house.db, &typist(), &one.id, to, Micros::now()).await?;
    match as_json {
        true => print::json(&shown(&now)),
        false => {
            println!("{}  {}", now.id, now.state.as_str());
            Ok(())
        }
    }
}

/// An assessment as it stands, or as a snapshot kept it.
struct Stood {
    assessment: Assessment,
    catalogue: Catalogue,
    sheet: Sheet,
    /// When it was so.
    at: Micros,
}

impl Stood {
    async fn of(house: &House, id: &str, now: Micros) -> anyhow::Result<Stood> {
        if let Some((snapshot, sheet)) = manara_framework::assessments::one_snapshot(&house.db, &typist(), id).await? {
            let (assessment, _) = found(house, &snapshot.assessment_id).await?;
            let catalogue = manara_framework::assessments::catalogue(&house.db, &snapshot.hash).await?;
            return Ok(Stood { assessment, catalogue, sheet, at: snapshot.at });
        }
        let (assessment, catalogue) = found(house, id).await?;
        let sheet = manara_framework::assessments::sheet(&house.db, &assessment.id, &now.day()).await?;
        let at = assessment.changed;
        Ok(Stood { assessment, catalogue, sheet, at })
    }

    /// The figures a report and a design are made of, as on the pages: by the usual profile when none is named, by none when the
    /// name is empty.
    fn usual_score(&self, profile: Option<&str>) -> anyhow::Result<Score> {
        let usual = || self.catalogue.usual_profile().map(|profile| profile.ref_id.as_str());
        self.score(profile.or_else(usual).filter(|profile| !profile.is_empty()))
    }

    fn score(&self, profile: Option<&str>) -> anyhow::Result<Score> {
        let profile = match profile {
            None => None,
            Some(id) => Some(self.catalogue.profile(id).with_context(|| {
                let all: Vec<&str> = self.catalogue.told.profiles.iter().map(|one| one.ref_id.as_str()).collect();
                match all.is_empty() {
                    true => format!("{} has no profiles", self.catalogue.id()),
                    false => format!("there is no profile {id}; expected {}", all.join(", ")),
                }
            })?),
        };
        Ok(manara_framework::scoring::score(&self.catalogue, &self.sheet, profile))
    }
}

async fn found(house: &House, id: &str) -> anyhow::Result<(Assessment, Catalogue)> {
    let one = manara_framework::assessments::get(&house.db, &typist(), id)
        .await?
        .with_context(|| format!("there is no assessment {id}; `manara assess list` shows them"))?;
    let catalogue = manara_framework::assessments::catalogue(&house.db, &one.hash).await?;
    Ok((one, catalogue))
}

async fn compared(house: &House, before: &str, after: &str, now: Micros) -> anyhow::Result<Comparison> {
    let (before, after) = (Stood::of(house, before, now).await?, Stood::of(house, after, now).await?);
    let shelf = house.shelf();
    let (old, new) = (before.catalogue.id().to_string(), after.catalogue.id().to_string());
    let name = |item: &str| shelf.name_before(&old, &new, item);
    if old != new && !after.catalogue.assessable().any(|item| name(&item.ref_id).is_some()) {
        bail!("{old} and {new} are different models and no crosswalk says which of their items are equal");
    }
    let (earlier, later) = (before.score(None)?, after.score(None)?);
    Ok(manara_framework::scoring::compare((&before.catalogue, &earlier), (&after.catalogue, &later), name))
}

/// The kind of subject that was typed.
fn kind_of(text: Option<&str>) -> anyhow::Result<Option<SubjectKind>> {
    let read = |text: &str| {
        let all = SubjectKind::ALL.map(SubjectKind::as_str).join(", ");
        SubjectKind::parse(text).with_context(|| format!("{text} is no kind of subject; expected {all}"))
    };
    text.map(read).transpose()
}

fn shown(one: &Assessment) -> Value {
    json!({ "id": one.id, "subject": one.subject, "kind": one.kind.map(SubjectKind::as_str),
        "catalogue": one.catalogue, "version": one.hash, "tlp": one.tlp.label(), "state": one.state.as_str(),
        "made": one.made.rfc3339(), "changed": one.changed.rfc3339() })
}

async fn list(house: &House, as_json: bool) -> anyhow::Result<()> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let some = manara_framework::assessments::list(&house.db, &typist(), &after, 500).await?;
        let Some(last) = some.last() else { break };
        after.clone_from(&last.id);
        all.extend(some);
    }
    if as_json {
        return print::json(&all.iter().map(shown).collect::<Vec<_>>());
    }
    let head = ["id", "catalogue", "state", "changed", "subject"].map(String::from);
    let row = |one: &Assessment| {
        vec![
            one.id.clone(),
            one.catalogue.clone(),
            one.state.as_str().into(),
            one.changed.rfc3339(),
            one.subject.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    Ok(())
}

fn told(why: &Refused) -> String {
    let column = if why.column.is_empty() { String::new() } else { format!(", {}", why.column) };
    format!("line {}{column}: {}", why.line, why.reason)
}

fn say_taken(as_json: bool, report: &Value, refused: &[Refused]) -> anyhow::Result<u8> {
    if as_json {
        print::json(report)?;
    } else {
        println!("{} rows kept, {} refused", report["kept"], refused.len());
        refused.iter().for_each(|why| println!("{}", told(why)));
    }
    Ok(if refused.is_empty() { DONE } else { FOUND })
}

fn level(level: Option<i64>) -> String {
    level.map_or("–".into(), |level| level.to_string())
}

fn say_score(catalogue: &Catalogue, score: &Score) -> anyhow::Result<()> {
    let figures = &score.figures;
    println!("{} {} rule {} day {}", score.catalogue, score.version, score.rule, score.day);
    println!(
        "{} respondents; {} items answered, {} not, {} do not apply",
        score.respondents, figures.answered, figures.unanswered, figures.not_applicable
    );
    let figures = serde_json::to_value(figures)?;
    for (name, value) in figures.as_object().into_iter().flatten().filter(|(_, value)| !value.is_array()) {
        println!("{name}: {value}");
    }
    let head = ["item", "claimed", "supported", "gap", "title"].map(String::from);
    let rows: Vec<Vec<String>> = score
        .items
        .iter()
        .map(|item| {
            let title = catalogue.item(&item.item).map_or("", |found| found.name.of("en"));
            let claimed = if item.not_applicable { "n/a".into() } else { level(item.claimed) };
            vec![item.item.clone(), claimed, level(item.supported), level(item.gap), title.to_string()]
        })
        .collect();
    print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    Ok(())
}

fn say_comparison(comparison: &Comparison) -> anyhow::Result<()> {
    for (change, count) in &comparison.counts {
        println!("{}: {count}", change.as_str());
    }
    let head = ["item", "change", "before", "after"].map(String::from);
    let rows: Vec<Vec<String>> = comparison
        .lines
        .iter()
        .map(|line| {
            let change = line.change.as_str().to_string();
            vec![line.item.clone(), change, level(line.claimed_before), level(line.claimed_after)]
        })
        .collect();
    print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    Ok(())
}

/// Finds designs, keeps them, shows and decides what was kept.
pub async fn design(args: Design) -> anyhow::Result<u8> {
    let (place, assessment, wishes, keep, json) = match args.action {
        DesignAction::List { place, json } => return programme::designs(&House::open(&place).await?, json).await,
        DesignAction::Show { place, id, json } => {
            return programme::design(&House::open(&place).await?, &id, json).await;
        }
        DesignAction::Decide { place, id, state, json } => return decide(&place, &id, &state, json).await,
        DesignAction::Solve { place, assessment, wishes, keep, aim, json } => {
            let aim = manara_framework::designs::aim(&aim)
                .with_context(|| format!("{aim} is no aim; expected first-year, yearly or effort"))?;
            (place, assessment, wishes, keep.map(|name| (name, aim)), json)
        }
        DesignAction::Document { place, id, assessment, wishes, print } => {
            let house = House::open(&place).await?;
            match id {
                Some(id) => papers::design_of(&house, &id, &wishes, &print).await?,
                None => {
                    let state = Stood::of(&house, &assessment.unwrap_or_default(), Micros::now()).await?;
                    papers::design(&house, &state, &wishes, &print).await?;
                }
            }
            return Ok(DONE);
        }
    };
    let house = House::open(&place).await?;
    let state = Stood::of(&house, &assessment, Micros::now()).await?;
    let (score, ask) = (state.usual_score(wishes.profile.as_deref())?, wishes.ask());
    let profile = score.profile.as_deref().unwrap_or_default();
    let shelf = house.shelf();
    ask.check(&shelf).map_err(anyhow::Error::msg)?;
    let designs =
        tokio::task::block_in_place(|| manara_framework::designs::design(&shelf, &state.catalogue, &score, &ask));
    let best = designs.first().context("there is no design: the search ended without a complete set")?;
    let kept = match keep {
        None => None,
        Some((name, aim)) => {
            let name = if name.is_empty() { state.assessment.subject.clone() } else { name };
            let new = NewDesign { name, asked: Asked::of(&ask, profile), aim };
            let of = &state.assessment.id;
            Some(manara_framework::designs::keep_design(&house.db, &typist(), of, &new, &designs, Micros::now()).await?)
        }
    };
    if json {
        let mut value = costed(best)?;
        if let Some(map) = value.as_object_mut() {
            let others: Vec<Value> = designs.iter().skip(1).map(costed).collect::<anyhow::Result<_>>()?;
            map.insert("assessment".into(), state.assessment.id.clone().into());
            map.insert("staffing".into(), serde_json::to_value(best.staffing(&ask))?);
            map.insert("profile".into(), score.profile.clone().into());
            map.insert("alternatives".into(), others.into());
            if let Some(kept) = &kept {
                map.insert("id".into(), kept.id.clone().into());
                map.insert("kept".into(), programme::design_shown(kept));
            }
        }
        print::json(&value)?;
    } else {
        match score.profile.as_deref() {
            Some(profile) => println!("gaps to the profile {profile}"),
            None => println!("gaps to no profile"),
        }
        let [low, high] = best.first_year;
        println!("{} blocks, first year {low} to {high} {}, {} weeks", best.blocks.len(), best.currency, best.weeks);
        let staffing = best.staffing(&ask);
        println!("{} seats, {} people on duty, {}", staffing.seats, staffing.people, staffing.hours.as_str());
        for chosen in &best.blocks {
            let [low, high] = chosen.first_year;
            println!("{}  {low} to {high}  because of {}", chosen.block, chosen.because.join(", "));
        }
        best.unmet.iter().for_each(|unmet| println!("not met: {}  {}  {}", unmet.wish, unmet.why, unmet.about));
        if let Some(kept) = &kept {
            println!("kept as {}", kept.id);
        }
    }
    Ok(if best.unmet.is_empty() { DONE } else { FOUND })
}

/// A design as JSON, with what it costs in one place.
fn costed(design: &manara_framework::designs::Design) -> anyhow::Result<Value> {
    let mut value = serde_json::to_value(design)?;
    if let Some(map) = value.as_object_mut() {
        let cost = json!({ "currency": design.currency, "first_year": design.first_year, "yearly": design.yearly,
            "payers": design.payers });
        map.insert("cost".into(), cost);
    }
    Ok(value)
}

async fn decide(place: &Place, id: &str, state: &str, as_json: bool) -> anyhow::Result<u8> {
    let to = DesignState::parse(state)
        .with_context(|| format!("{state} is no state; expected accepted, withdrawn or draft"))?;
    let house = House::open(place).await?;
    let (one, _) = manara_framework::designs::set_design_state(&house.db, &typist(), id, to, Micros::now())
        .await
        .with_context(|| format!("design {id}; `manara design list` shows them"))?;
    match as_json {
        true => print::json(&programme::design_shown(&one))?,
        false => println!("{}  {}", one.id, one.state.as_str()),
    }
    Ok(DONE)
}
