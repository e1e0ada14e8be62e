//! `digest`: what happened on a day, as its readers get it by mail.

use anyhow::{Context as _, bail};
use manara_model::{Micros, Viewer};
use manara_web::{Lang, Person, Words, people};
use serde_json::json;

use super::DONE;
use crate::cli::DigestArgs;
use crate::house::House;
use crate::picture::{Digest, Wish, in_words, stop_wish, wish_for, wishes};
use crate::print;

/// Prints the digest of a day.
pub async fn run(args: DigestArgs) -> anyhow::Result<u8> {
    let now = Micros::now();
    if args.readers || args.wanted_by.is_some() || args.unwanted_by.is_some() {
        return readers(args, now).await;
    }
    let day = match &args.day {
        None => now.plus_days(-1),
        Some(text) => Micros::parse_rfc3339(&format!("{text}T00:00:00Z"))
            .filter(|_| text.len() == 10)
            .with_context(|| format!("{text} is no day; expected one such as 2026-01-15"))?,
    };
    let lang = Lang::parse(&args.language)
        .with_context(|| format!("{} is no language; expected en, ar or fr", args.language))?;
    let house = House::open(&args.place).await?;
    let digest = Digest::read(&house.db, &house.watch, &Viewer::system(), day, now).await?;
    if args.json {
        print::json(&digest.json())?;
    } else {
        let folder = house.content_folder().join("lang");
        let words = Words::load(folder.is_dir().then_some(folder).as_deref())?;
        let (subject, text) = in_words(&words, lang, &house.config.team, &digest, None);
        print!("{subject}\n\n{text}");
    }
    house.db.close().await;
    Ok(DONE)
}

/// Who asked for it, and who does or does no more.
async fn readers(args: DigestArgs, now: Micros) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    let team = people(&house.db).await?;
    let named = |name: &str| -> anyhow::Result<&Person> {
        team.iter()
            .find(|person| person.name == name.to_lowercase())
            .with_context(|| format!("there is nobody called {name}"))
    };
    if let Some(name) = &args.wanted_by {
        let person = named(name)?;
        let mail = args.mail.clone().unwrap_or_default();
        let wish = Wish { user_id: person.id.clone(), mail, hour: i64::from(args.hour) };
        if !wish.is_good() {
            bail!("expected a mail address such as head@cirt.example, and an hour from 0 to 23");
        }
        wish_for(&house.db, "cli", &wish, now).await?;
        match args.json {
            true => print::json(&json!({ "name": person.name, "mail": wish.mail, "hour": wish.hour }))?,
            false => println!("{} gets it at {}, at {:02}:00 of their own clock", person.name, wish.mail, wish.hour),
        }
    } else if let Some(name) = &args.unwanted_by {
        let was = stop_wish(&house.db, "cli", &named(name)?.id, now).await?;
        match args.json {
            true => print::json(&json!({ "name": name, "stopped": was }))?,
            false => println!("{name} {}", if was { "gets it no more" } else { "did not get it" }),
        }
    } else {
        let all = wishes(&house.db).await?;
        let of = |wish: &Wish| team.iter().find(|person| person.id == wish.user_id).map(|person| person.name.clone());
        let rows = all.iter().filter_map(|wish| Some((of(wish)?, wish)));
        if args.json {
            let rows = rows.map(|(name, wish)| json!({ "name": name, "mail": wish.mail, "hour": wish.hour }));
            print::json(&rows.collect::<Vec<_>>())?;
        } else {
            let names = ["name", "mail", "hour"].map(String::from);
            let rows: Vec<_> = rows.map(|(name, wish)| vec![name, wish.mail.clone(), wish.hour.to_string()]).collect();
            print::table(&mut std::io::stdout().lock(), &names, &rows)?;
        }
    }
    house.db.close().await;
    Ok(DONE)
}
