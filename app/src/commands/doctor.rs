//! `manara doctor`: what is well, what is not, and how to mend it.

mod content;
mod machine;
mod papers;
mod records;
mod state;

use std::path::PathBuf;

use manara_model::Micros;
use serde::Serialize;

use super::{DONE, FOUND};
use crate::cli::Plain;
use crate::config::Config;
use crate::print;

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    /// As it should be.
    Ok,
    /// It works; a person should look at it.
    Warn,
    /// It does not work, or data is at risk.
    Fail,
}

/// One thing that was looked at.
#[derive(Debug, Clone, Serialize)]
struct Check {
    name: &'static str,
    state: State,
    found: String,
    /// What to do; empty when there is nothing to do.
    mend: String,
}

/// What the checks look at.
struct Patient {
    data: PathBuf,
    config: Config,
    now: Micros,
}

/// The checks so far.
#[derive(Debug, Default)]
struct Findings(Vec<Check>);

impl Findings {
    fn ok(&mut self, name: &'static str, found: impl Into<String>) {
        self.0.push(Check { name, state: State::Ok, found: found.into(), mend: String::new() });
    }

    fn warn(&mut self, name: &'static str, found: impl Into<String>, mend: impl Into<String>) {
        self.0.push(Check { name, state: State::Warn, found: found.into(), mend: mend.into() });
    }

    fn fail(&mut self, name: &'static str, found: impl Into<String>, mend: impl Into<String>) {
        self.0.push(Check { name, state: State::Fail, found: found.into(), mend: mend.into() });
    }

    /// Well when `well`; else a warning.
    fn warn_unless(&mut self, well: bool, name: &'static str, found: String, mend: impl Into<String>) {
        if well { self.ok(name, found) } else { self.warn(name, found, mend) }
    }

    /// Well when `well`; else a failure.
    fn fail_unless(&mut self, well: bool, name: &'static str, found: String, mend: impl Into<String>) {
        if well { self.ok(name, found) } else { self.fail(name, found, mend) }
    }

    fn count(&self, state: State) -> usize {
        self.0.iter().filter(|check| check.state == state).count()
    }
}

/// Runs the command: every check, whatever the ones before it found.
pub async fn run(args: Plain) -> anyhow::Result<u8> {
    let mut findings = Findings::default();
    let data = std::path::absolute(&args.place.data)?;
    machine::folder(&data, &mut findings);
    machine::limits(&mut findings);
    let config = content::configuration(&data, &mut findings);
    let patient = Patient { data, config, now: Micros::now() };
    machine::secrets(&patient, &mut findings);
    content::fonts(&mut findings);
    papers::fonts(&patient, &mut findings);
    papers::profile(&patient, &mut findings);
    content::words(&patient, &mut findings);
    content::overrides(&patient, &mut findings);
    content::mail(&patient, &mut findings).await;
    machine::clock(patient.now, &mut findings);
    match state::open(&patient, args.place.database.as_deref(), &mut findings).await {
        Some(db) if state::database(&db, &patient, &mut findings).await => {
            records::all(&db, &patient, &mut findings).await;
            db.close().await;
        }
        Some(db) => db.close().await,
        None => {}
    }
    if args.json {
        print::json(&serde_json::json!({
            "ok": findings.count(State::Ok), "warn": findings.count(State::Warn), "fail": findings.count(State::Fail),
            "checks": findings.0,
        }))?;
    } else {
        say(&findings);
    }
    Ok(if findings.count(State::Fail) == 0 { DONE } else { FOUND })
}

fn say(findings: &Findings) {
    for check in &findings.0 {
        let word = match check.state {
            State::Ok => "ok  ",
            State::Warn => "WARN",
            State::Fail => "FAIL",
        };
        println!("{word}  {:<18}  {}", check.name, check.found);
        if !check.mend.is_empty() {
            println!("      {:<18}  → {}", "", check.mend);
        }
    }
    let (ok, warn, fail) = (findings.count(State::Ok), findings.count(State::Warn), findings.count(State::Fail));
    println!("{ok} ok, {warn} to look at, {fail} to mend");
}
