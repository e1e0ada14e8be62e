//! `setup`: what the pages under *Setting up* do, from the host.

use anyhow::{Context as _, bail};
use manara_model::Micros;
use manara_web::{Lang, Words};
use serde_json::{Value, json};

use super::{DONE, FAILED};
use crate::cli::{Setup, SetupAction, SetupMail, SetupNation, SetupTest};
use crate::house::House;
use crate::picture::is_mail_address;
use crate::print;
use crate::setup::{self, MailForm, Nation, test_letter};

/// Who did it, for the journal.
const WHO: &str = "cli";

/// Does what was asked for.
pub async fn run(args: Setup) -> anyhow::Result<u8> {
    match args.action {
        SetupAction::List { place, json } => {
            let house = House::open(&place).await?;
            let steps = setup::steps(&house.db, &house.watch, &house.config).await?;
            house.db.close().await;
            if json {
                print::json(
                    &steps.iter().map(|(step, done)| json!({ "step": step.name, "done": done })).collect::<Vec<_>>(),
                )?;
                return Ok(DONE);
            }
            for (step, done) in steps {
                let state = if done { "done" } else { "to do" };
                let how = match (done, step.command, step.href) {
                    (true, ..) => String::new(),
                    (false, "", href) => format!("on the page {href}"),
                    (false, command, _) => format!("manara {command}"),
                };
                println!("{:<10} {state:<6} {how}", step.name);
            }
            Ok(DONE)
        }
        SetupAction::Nation(args) => nation(*args).await,
        SetupAction::Mail(args) => mail(*args).await,
        SetupAction::TestLetter(args) => letter(args).await,
    }
}

async fn nation(args: SetupNation) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    let mut nation = Nation::of(&house.config);
    let given =
        [(&mut nation.country, args.country), (&mut nation.zone, args.zone), (&mut nation.language, args.language)];
    for (value, given) in given {
        if let Some(given) = given {
            *value = given;
        }
    }
    if !args.offer.is_empty() {
        nation.languages = args.offer;
    }
    for (lang, name) in [("en", args.name_en), ("ar", args.name_ar), ("fr", args.name_fr)] {
        if let Some(name) = name {
            nation.names.insert(lang.to_string(), name);
        }
    }
    nation.check()?;
    setup::store(&house.db, &house.data, WHO, "nation_set", &nation.changes(), Micros::now()).await?;
    house.db.close().await;
    let told = json!({ "country": nation.country, "zone": nation.zone, "language": nation.language,
        "languages": nation.languages, "names": nation.names });
    stored(&house, args.json, told)
}

async fn mail(args: SetupMail) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    let mut form = MailForm::of(&house.config);
    form.leaves = !args.capture;
    let given = [
        (&mut form.from_mail, args.from),
        (&mut form.from_name, args.from_name),
        (&mut form.host, args.host),
        (&mut form.port, args.port.map(|port| port.to_string())),
        (&mut form.tls, args.tls),
        (&mut form.login, args.login),
    ];
    for (value, given) in given {
        if let Some(given) = given {
            *value = given;
        }
    }
    if let Some(file) = &args.password_file {
        let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        form.password = text.trim_end().to_string();
    }
    let held = setup::hold(&house.db, &house.data).await?;
    form.check(&held.config)?;
    let changes = form.keep(&house.data, &held.config)?;
    held.store(WHO, "mail_set", &changes, Micros::now()).await?;
    house.db.close().await;
    // The password is nobody's business.
    let told = json!({ "leaves": form.leaves, "from": form.from_mail, "from_name": form.from_name, "host": form.host,
        "port": form.port, "tls": form.tls, "login": form.login });
    stored(&house, args.json, told)
}

/// Says what is set now, and where.
fn stored(house: &House, as_json: bool, mut told: Value) -> anyhow::Result<u8> {
    let file = house.data.join("cirt.toml").display().to_string();
    if !as_json {
        println!("stored in {file}; a running server takes it up at its next start");
        return Ok(DONE);
    }
    if let Some(members) = told.as_object_mut() {
        members.insert("file".into(), file.into());
    }
    print::json(&told)?;
    Ok(DONE)
}

async fn letter(args: SetupTest) -> anyhow::Result<u8> {
    if !is_mail_address(&args.mail) {
        bail!("{:?} is no mail address; expected one such as duty@cirt.example", args.mail);
    }
    let lang = Lang::parse(&args.language)
        .with_context(|| format!("{} is no language; expected en, ar or fr", args.language))?;
    let house = House::open(&args.place).await?;
    let folder = house.content_folder().join("lang");
    let words = Words::load(folder.is_dir().then_some(folder).as_deref())?;
    let config = &house.config;
    let said = test_letter(&config.mail, &words, lang, &config.team, &args.mail, Micros::now()).await;
    house.db.close().await;
    match said {
        Ok(said) if args.json => {
            print::json(&json!({ "mail": args.mail, "sent": said.is_some(), "said": said }))?;
            return Ok(if said.is_some() { DONE } else { FAILED });
        }
        Ok(Some(said)) => println!("the mail server took it: {said}"),
        Ok(None) => {
            println!("mail stays in the built-in box (transport = \"capture\"), so nothing was sent");
            return Ok(FAILED);
        }
        Err(said) => bail!("the mail server did not take it: {said}"),
    }
    Ok(DONE)
}
