//! Figures as evidence, and the snapshots of an assessment.

use anyhow::{Context as _, bail};
use manara_framework::assessments::{NewVoice, Snapshot, join, snapshot_json, snapshots};
use manara_framework::enhancement::{Figure, Offer, Unit, accept_figure, accepted_figures, offers, offers_json};
use manara_model::Micros;
use serde_json::{Value, json};

use super::{found, typist};
use crate::cli::{AssessAccept, AssessFigures, AssessSnapshots};
use crate::commands::DONE;
use crate::house::House;
use crate::neighbours::Beside;
use crate::print;

/// Lists the figures on offer.
pub async fn figures(args: AssessFigures) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    let (one, _) = found(&house, &args.id).await?;
    let accepted = accepted_figures(&house.db, &one.id).await?;
    let (beside, targets) = (Beside::of(&house), house.shelf().targets);
    let (offers, empty) = offers(&beside, &targets, &typist(), (&one, &accepted), Micros::now()).await?;
    if args.json {
        print::json(&offers_json(&offers, &empty, &accepted))?;
        return Ok(DONE);
    }
    let head = ["item", "figure", "value", "n", "from", "until", "sha256", "accepted"].map(String::from);
    let row = |offer: &Offer| {
        let figure = &offer.figure;
        vec![
            offer.item.clone(),
            figure.figure.into(),
            value(figure),
            figure.n.to_string(),
            figure.from.clone(),
            figure.until.clone(),
            offer.sha256.chars().take(12).collect(),
            if offer.is_accepted { "yes" } else { "" }.into(),
        ]
    };
    let rows: Vec<Vec<String>> = offers.iter().map(row).collect();
    print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    if !empty.is_empty() {
        println!("without a case: {}", empty.join(", "));
    }
    Ok(DONE)
}

fn value(figure: &Figure) -> String {
    match (figure.value, figure.unit) {
        (None, _) => String::new(),
        (Some(value), Unit::Share) => format!("{:.1}%", value * 100.0),
        (Some(value), unit) => format!("{value} {}", unit.as_str()),
    }
}

/// Accepts a figure as evidence.
pub async fn accept(args: AssessAccept) -> anyhow::Result<u8> {
    let now = Micros::now();
    let house = House::open(&args.place).await?;
    let (one, catalogue) = found(&house, &args.id).await?;
    let accepted = accepted_figures(&house.db, &one.id).await?;
    let (beside, targets) = (Beside::of(&house), house.shelf().targets);
    let (offers, _) = offers(&beside, &targets, &typist(), (&one, &accepted), now).await?;
    let is_it = |offer: &&Offer| offer.figure.figure == args.figure && offer.item == args.item;
    let shown = format!("`manara assess figures {}` shows those on offer", one.id);
    let offer = offers
        .iter()
        .find(is_it)
        .with_context(|| format!("the figure {} is not on offer for the item {}; {shown}", args.figure, args.item))?;
    if args.sha256.as_ref().is_some_and(|wanted| wanted.len() < 8 || !offer.sha256.starts_with(wanted)) {
        bail!("the figure {} is another one by now, {}; {shown}", args.figure, offer.sha256);
    }
    let target = targets.get(offer.figure.figure).context("the figure has no target")?;
    let person = typist().name;
    let new = NewVoice { name: person.clone(), organisation: args.organisation, role: String::new(), person };
    let voice = join(&house.db, &typist(), &one.id, &new, now).await?;
    let (text, _) = offer.figure.sealed();
    tokio::task::block_in_place(|| house.ingest.blobs.keep(&mut text.as_bytes()))?;
    let (ids, about) = ((one.id.as_str(), voice.id.as_str()), (&catalogue, offer.item.as_str()));
    let kept = accept_figure(&house.db, &typist(), ids, about, (&offer.figure, target), now).await?;
    match args.json {
        true => print::json(&json!({ "id": kept.id, "item": kept.item, "label": kept.label, "sha256": kept.sha256,
            "expires": kept.expires, "supports": kept.supports }))?,
        false => println!("{}", kept.id),
    }
    Ok(DONE)
}

/// Lists the snapshots of an assessment.
pub async fn list_snapshots(args: AssessSnapshots) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    let (one, _) = found(&house, &args.id).await?;
    let all = snapshots(&house.db, &one.id).await?;
    if args.json {
        print::json(&all.iter().map(snapshot_json).collect::<Vec<Value>>())?;
        return Ok(DONE);
    }
    let head = ["id", "at", "who", "sha256", "name"].map(String::from);
    let row = |one: &Snapshot| {
        vec![one.id.clone(), one.at.rfc3339(), one.who.clone(), one.sha256.chars().take(12).collect(), one.name.clone()]
    };
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    Ok(DONE)
}
