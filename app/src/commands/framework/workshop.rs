//! The workshop of an assessment, led from the terminal while people sit on the pages.

use anyhow::Context as _;
use manara_framework::workshops::{Step, close_workshop, open_workshop, release_seat, step_workshop, workshop_json};
use manara_model::Micros;
use serde_json::Value;

use super::{found, typist};
use crate::cli::{AssessWorkshop, WorkshopAction, WorkshopOf};
use crate::commands::DONE;
use crate::house::House;
use crate::print;

/// Leads, and says how the workshop stands after it.
pub async fn workshop(args: AssessWorkshop) -> anyhow::Result<u8> {
    let (of, step) = match args.action {
        WorkshopAction::Show(of) => (of, Lead::Show),
        WorkshopAction::Open(of) => (of, Lead::Open),
        WorkshopAction::To { of, item } => (of, Lead::Step(Step::To(item))),
        WorkshopAction::Reveal(of) => (of, Lead::Step(Step::Reveal)),
        WorkshopAction::Cover(of) => (of, Lead::Step(Step::Cover)),
        WorkshopAction::Release { of, respondent } => (of, Lead::Release(respondent)),
        WorkshopAction::Close(of) => (of, Lead::Close),
    };
    let WorkshopOf { place, id, json } = of;
    let house = House::open(&place).await?;
    let (one, catalogue) = found(&house, &id).await?;
    let (db, who, now) = (&house.db, typist(), Micros::now());
    match step {
        Lead::Show => {}
        Lead::Open => _ = open_workshop(db, &who, &one.id, &catalogue, now).await?,
        Lead::Step(step) => step_workshop(db, &who, &one.id, &catalogue, &step, now).await?,
        Lead::Release(respondent) => release_seat(db, &who, &one.id, &respondent, now).await.with_context(|| {
            format!("the seat of {respondent}; `manara assess workshop show {id}` lists who sits there")
        })?,
        Lead::Close => close_workshop(db, &who, &one.id, now).await?,
    }
    say(&workshop_json(db, &one.id, now).await?, json)
}

/// What whoever leads does.
enum Lead {
    Show,
    Open,
    Step(Step),
    Release(String),
    Close,
}

fn say(workshop: &Value, as_json: bool) -> anyhow::Result<u8> {
    if as_json {
        print::json(workshop)?;
        return Ok(DONE);
    }
    if workshop["open"] != true {
        println!("no workshop goes on");
        return Ok(DONE);
    }
    let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_string();
    let answers = if workshop["revealed"] == true { "shown" } else { "covered" };
    println!("code {}  until {}", text(workshop, "code"), text(workshop, "expires"));
    println!("item {}  {} answered, {answers}", text(workshop, "item"), workshop["answered"]);
    let head = ["respondent", "name", "organisation"];
    let seats = workshop["seats"].as_array().into_iter().flatten();
    let rows: Vec<Vec<String>> = seats.map(|seat| head.map(|name| text(seat, name)).to_vec()).collect();
    if !rows.is_empty() {
        print::table(&mut std::io::stdout().lock(), &head.map(String::from), &rows)?;
    }
    Ok(DONE)
}
