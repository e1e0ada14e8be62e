//! `mail keys`: OpenPGP keys from the terminal.

use std::io::Read as _;

use anyhow::{Context as _, bail};
use manara_crypt::KeyFacts;
use manara_model::Micros;
use manara_response::{
    Brought, CertificateProblem, KeptCertificate, KeyProblem, KeyStanding, KeyWarning, MailKey, bring_certificates,
    bring_keys, decide_key, find_keys, fingerprint_key, list_certificates, list_keys, make_key, remove_key,
    restore_key, rotate_key, shelve_certificate,
};
use serde_json::{Value, json};

use super::DONE;
use crate::cli::KeysAction;
use crate::house::House;
use crate::mailroom::{keyring, mail_house};
use crate::print;

/// Keys shown.
const SHOWN: i64 = 10_000;
/// Largest file of keys.
const FILE_BYTES: u64 = 64 << 20;
/// Who the journal names for what is typed here.
const TYPIST: &str = "cli";

/// Lists, brings, finds, prints and makes keys, and does what people decide about them.
pub async fn run(action: KeysAction) -> anyhow::Result<u8> {
    let now = Micros::now();
    match action {
        KeysAction::List { place, due, json } => {
            let house = House::open(&place).await?;
            let warn_days = house.config.response.mail.pgp.warn_days;
            let mut keys = list_keys(&house.db, SHOWN).await?;
            keys.retain(|key| !due || needs_somebody(key, warn_days, now));
            show(&keys, warn_days, now, json)?;
        }
        KeysAction::Import { place, file, accept, json } => {
            let house = House::open(&place).await?;
            let bytes = read(&file)?;
            if has_certificate(&bytes) {
                let brought = bring_certificates(&house.db, TYPIST, &keyring(&house), (&bytes, accept), now).await;
                show_certificates(&brought.with_context(|| file.clone())?, json)?;
                return Ok(DONE);
            }
            let brought = bring_keys(&house.db, TYPIST, &keyring(&house), (&bytes, accept), now).await;
            told(&brought.with_context(|| file.clone())?, json)?;
        }
        KeysAction::Export { place, fingerprint, json } => {
            let house = House::open(&place).await?;
            export(&house, fingerprint.as_deref(), now, json).await?;
        }
        KeysAction::Generate { place, user_id, days, json } => {
            let house = House::open(&place).await?;
            let days = days.unwrap_or(house.config.response.mail.pgp.valid_days);
            let user_id = user_id.unwrap_or_else(|| house.config.mail.from.clone());
            let key = make_key(&house.db, TYPIST, &keyring(&house), (&user_id, days), now).await?;
            made(&house, &key, now, json)?;
        }
        KeysAction::Rotate { place, days, json } => {
            let house = House::open(&place).await?;
            let days = days.unwrap_or(house.config.response.mail.pgp.valid_days);
            let key = rotate_key(&house.db, TYPIST, &keyring(&house), days, now).await?;
            made(&house, &key, now, json)?;
        }
        KeysAction::Accept { place, fingerprint, json } => {
            let house = House::open(&place).await?;
            let key = decide_key(&house.db, TYPIST, &fingerprint, true, now).await?;
            decided(&house, &key, now, json)?;
        }
        KeysAction::Reject { place, fingerprint, json } => {
            let house = House::open(&place).await?;
            let key = decide_key(&house.db, TYPIST, &fingerprint, false, now).await?;
            decided(&house, &key, now, json)?;
        }
        KeysAction::Remove { place, fingerprint, json } => {
            let house = House::open(&place).await?;
            shelved(&house, &fingerprint, true, now, json).await?;
        }
        KeysAction::Restore { place, fingerprint, json } => {
            let house = House::open(&place).await?;
            shelved(&house, &fingerprint, false, now, json).await?;
        }
        KeysAction::Certificates { place, json } => {
            let house = House::open(&place).await?;
            show_certificates(&list_certificates(&house.db, SHOWN).await?, json)?;
        }
        KeysAction::Find { place, address, json } => {
            let house = House::open(&place).await?;
            let mail = mail_house(&house).await?;
            told(&find_keys(&house.db, TYPIST, &mail, &address, now).await?, json)?;
        }
    }
    Ok(DONE)
}

fn needs_somebody(key: &MailKey, warn_days: i64, now: Micros) -> bool {
    key.mark() == KeyStanding::Unverified.as_str() || key.warning(warn_days, now).is_some()
}

fn show(keys: &[MailKey], warn_days: i64, now: Micros, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return print::json(&keys.iter().map(|key| object(key, warn_days, now)).collect::<Vec<_>>());
    }
    if keys.is_empty() {
        println!(
            "there are no such keys; `manara mail keys generate` makes one of ours, `import` brings those of others"
        );
        return Ok(());
    }
    let names = ["fingerprint", "standing", "state", "until", "user id", "algorithms", "warning"].map(String::from);
    let row = |key: &MailKey| {
        let facts = key.certificate.facts(now);
        vec![
            facts.fingerprint.clone(),
            key.mark().into(),
            facts.state.as_str().into(),
            facts.expires.map_or_else(|| "-".into(), Micros::day),
            facts.user_ids.first().cloned().unwrap_or_default(),
            facts.algorithms.clone(),
            key.warning(warn_days, now).map_or_else(String::new, warning),
        ]
    };
    print::table(&mut std::io::stdout().lock(), &names, &keys.iter().map(row).collect::<Vec<_>>())?;
    Ok(())
}

fn warning(one: KeyWarning) -> String {
    match one {
        KeyWarning::Revoked => "was taken back".into(),
        KeyWarning::Expired => "has expired".into(),
        KeyWarning::Expires(days) => format!("expires in {days} days"),
    }
}

fn object(key: &MailKey, warn_days: i64, now: Micros) -> Value {
    let KeyFacts { fingerprint, user_ids, mails, created, expires, algorithms, state, can_encrypt, can_sign } =
        key.certificate.facts(now);
    let warning = key.warning(warn_days, now);
    let left = match warning {
        Some(KeyWarning::Expires(days)) => Some(days),
        _ => None,
    };
    json!({ "fingerprint": fingerprint, "standing": key.standing.as_str(), "state": state.as_str(), "user_ids": user_ids,
        "mails": mails, "created": created.rfc3339(), "expires": expires.map(Micros::rfc3339), "algorithms": algorithms,
        "can_encrypt": can_encrypt, "can_sign": can_sign, "source": key.source.as_str(), "added": key.added.rfc3339(),
        "decided": key.decided.map(Micros::rfc3339), "decided_by": key.decided_by,
        "used": key.used.map(Micros::rfc3339), "removed": key.removed.map(Micros::rfc3339),
        "warning": warning.map(KeyWarning::as_str), "days_left": left })
}

fn read(file: &str) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match file {
        "-" => std::io::stdin().lock().take(FILE_BYTES).read_to_end(&mut bytes).context("standard input")?,
        path => {
            let opened = std::fs::File::open(path).with_context(|| path.to_string())?;
            opened.take(FILE_BYTES).read_to_end(&mut bytes).with_context(|| path.to_string())?
        }
    };
    Ok(bytes)
}

fn told(brought: &Brought, as_json: bool) -> anyhow::Result<()> {
    let Brought { new, renewed, same, own, refused } = brought;
    if as_json {
        return print::json(&json!({ "new": new, "renewed": renewed, "same": same, "own": own, "refused": refused }));
    }
    for (what, list) in [("new", new), ("renewed", renewed), ("here already", same), ("ours, with its secret", own)] {
        for fingerprint in list {
            println!("{fingerprint}  {what}");
        }
    }
    if *refused > 0 {
        println!("{refused} could not be read");
    }
    Ok(())
}

async fn export(house: &House, fingerprint: Option<&str>, now: Micros, as_json: bool) -> anyhow::Result<()> {
    let keys = list_keys(&house.db, SHOWN).await?;
    let found = match fingerprint.map(fingerprint_key) {
        Some(name) => {
            let mut ending = keys.iter().filter(|key| key.certificate.fingerprint().ends_with(&name));
            let found = ending.next().filter(|_| name.len() >= 16);
            if ending.next().is_some() {
                bail!("{name} is the end of several fingerprints; name the whole");
            }
            found
        }
        None => {
            let current = keyring(house).current(now).map(|own| own.fingerprint());
            keys.iter().find(|key| Some(key.certificate.fingerprint()) == current)
        }
    };
    let key = found.with_context(|| match fingerprint {
        Some(name) => format!("there is no key {name}; `manara mail keys` shows them with their fingerprints"),
        None => "there is no key of ours that signs; `manara mail keys generate` makes one".into(),
    })?;
    let armored = key.certificate.armored();
    match as_json {
        true => print::json(&json!({ "fingerprint": key.certificate.fingerprint(), "certificate": armored }))?,
        false => print!("{armored}"),
    }
    Ok(())
}

fn made(house: &House, key: &MailKey, now: Micros, as_json: bool) -> anyhow::Result<()> {
    let warn_days = house.config.response.mail.pgp.warn_days;
    if as_json {
        return print::json(&object(key, warn_days, now));
    }
    let facts = key.certificate.facts(now);
    println!("{}  {}", facts.fingerprint, facts.user_ids.first().map_or("", String::as_str));
    println!(
        "good until {}; its secret is in {}, which no backup holds: keep a copy",
        facts.expires.map_or_else(|| "for ever".into(), Micros::day),
        house.data.join("keys").display()
    );
    println!("`manara mail keys export` prints what others need");
    Ok(())
}

/// Puts a key, or a certificate, away or brings it back.
async fn shelved(house: &House, name: &str, is_removed: bool, now: Micros, as_json: bool) -> anyhow::Result<()> {
    let key = match is_removed {
        true => remove_key(&house.db, TYPIST, name, now).await,
        false => restore_key(&house.db, TYPIST, name, now).await,
    };
    match key {
        Ok(key) => decided(house, &key, now, as_json),
        Err(not_found @ KeyProblem::NotFound(_)) => {
            match shelve_certificate(&house.db, TYPIST, name, is_removed, now).await {
                Ok(one) => show_certificates(&[one], as_json),
                Err(CertificateProblem::NotFound(_)) => Err(not_found.into()),
                Err(error) => Err(error.into()),
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether a file is of certificates and not of keys.
fn has_certificate(bytes: &[u8]) -> bool {
    const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";
    bytes.first() == Some(&0x30) || bytes.windows(BEGIN.len()).any(|window| window == BEGIN)
}

fn show_certificates(all: &[KeptCertificate], as_json: bool) -> anyhow::Result<()> {
    let mark = |one: &KeptCertificate| if one.removed.is_some() { "removed" } else { one.standing.as_str() };
    if as_json {
        let object = |one: &KeptCertificate| {
            let facts = one.certificate.facts();
            json!({ "fingerprint": facts.fingerprint, "standing": mark(one), "name": facts.name, "issuer": facts.issuer,
                "mails": facts.mails, "from": facts.from.rfc3339(), "until": facts.until.rfc3339(),
                "is_authority": facts.is_authority, "added": one.added.rfc3339(), "added_by": one.added_by,
                "used": one.used.map(Micros::rfc3339) })
        };
        return print::json(&all.iter().map(object).collect::<Vec<_>>());
    }
    if all.is_empty() {
        println!(
            "there are no certificates; `manara mail keys import FILE` brings ours, or with --accept an authority"
        );
        return Ok(());
    }
    let names = ["fingerprint", "standing", "until", "name", "made by", "addresses"].map(String::from);
    let row = |one: &KeptCertificate| {
        let facts = one.certificate.facts();
        vec![facts.fingerprint, mark(one).into(), facts.until.day(), facts.name, facts.issuer, facts.mails.join(" ")]
    };
    print::table(&mut std::io::stdout().lock(), &names, &all.iter().map(row).collect::<Vec<_>>())?;
    Ok(())
}

fn decided(house: &House, key: &MailKey, now: Micros, as_json: bool) -> anyhow::Result<()> {
    match as_json {
        true => print::json(&object(key, house.config.response.mail.pgp.warn_days, now))?,
        false => println!("{}  {}", key.certificate.fingerprint(), key.mark()),
    }
    Ok(())
}
