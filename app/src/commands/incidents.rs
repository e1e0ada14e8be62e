//! `incidents`: what the team handles, from the terminal.

use std::io::Read as _;

use anyhow::{Context as _, bail};
use manara_model::{Micros, Severity, Tlp, Viewer};
use manara_response::{
    Change, Closing, ExportDesk, FindingInput, Impact, Incident, Linked, NOTE_CHARS, NewIncident, Note, Pap, Parting,
    Policy, ReachDesk, Seen, StandingRule, State, Technique, TellsOf, ToReporters, Verdict,
};
use manara_web::{Lang, Locale};
use serde_json::json;

use super::DONE;
use crate::cli::{Incidents, IncidentsAction, Place};
use crate::house::House;
use crate::{flows, papers, print};

/// Findings and notes shown of one incident.
const SHOWN: i64 = 10_000;
/// Incidents that are found by their words.
const FOUND_MOST: usize = 200;

/// Who the journal names for what is typed here; it sees all.
fn typist() -> Viewer {
    Viewer { name: "cli".into(), ..Viewer::system() }
}

/// Lists, shows, opens, annotates or closes.
pub async fn run(args: Incidents) -> anyhow::Result<u8> {
    let now = Micros::now();
    match args.action {
        IncidentsAction::List { place, words: Some(words), best, json, .. } => {
            let house = House::open(&place).await?;
            let found = manara_response::find_incidents(&house.db, &typist(), (&words, best), FOUND_MOST, now).await;
            show_all(&found.map_err(|error| anyhow::anyhow!(error.cause))?, json)?;
        }
        IncidentsAction::List { place, state, json, .. } => list(&House::open(&place).await?, state, json).await?,
        IncidentsAction::Show { place, incident, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            show(&house, &one, json).await?;
        }
        IncidentsAction::Report { place, incident, print } => {
            let (house, policy) = house_and_policy(&place).await?;
            let one = found(&house, &incident).await?;
            let (form, lang) = print::document::asked(&print)?;
            let words = papers::words(&house.content_folder())?;
            let mut locale = Locale::from(lang);
            locale.zone = house.config.nation.usual()?.zone;
            let gathered = manara_response::gather(&house.db, &typist(), one).await?;
            let document = manara_response::report(&gathered, &policy, &words, locale, now);
            print::document::write(&papers::printer(&house), &document, form, &print)?;
        }
        IncidentsAction::Moments { place, incident, occurred, contained, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            let known = manara_response::moments_of(&house.db, &one.id).await?;
            let said = manara_response::IncidentMoments {
                occurred: said("--occurred", occurred, known.occurred)?,
                contained: said("--contained", contained, known.contained)?,
            };
            let one = manara_response::note_moments(&house.db, &typist(), &one.id, said, now).await?;
            say(&one, json)?;
        }
        IncidentsAction::Open { place, title, findings, constituents, class, impact, urgency, tlp, pap, json } => {
            let (house, policy) = house_and_policy(&place).await?;
            let known = flows::facts(&house.db, &house.watch, &findings).await?;
            if let Some(missing) = findings.iter().find(|id| !known.iter().any(|finding| finding.id == **id)) {
                bail!("there is no finding {missing}; `manara query \"SELECT id FROM findings\"` shows them");
            }
            let words = Words { title, class, impact, urgency, tlp, pap };
            let new = read_new(&house, words, &constituents, &known).await?;
            let one = manara_response::open(&house.db, &typist(), &policy, &new, &known, now).await?;
            say(&one, json)?;
        }
        IncidentsAction::Note { place, incident, text, happened, technique, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            let text = if text == "-" { standard_input()? } else { text };
            let of = TellsOf { happened: said("--happened", happened, None)?, technique };
            let id = manara_response::add_event(&house.db, &typist(), &one.id, (&text, &of), now)
                .await
                .with_context(|| format!("a note has 1 to {NOTE_CHARS} characters"))?;
            match json {
                true => print::json(&json!({ "incident": one.number, "note": id }))?,
                false => println!("{}: noted", one.number),
            }
        }
        IncidentsAction::Techniques { place, incident, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            let all = manara_response::techniques(&house.db, &one.id).await?;
            if json {
                let object = |one: &Technique| json!({ "technique": one.id, "record": one.record, "who": one.who, "at": one.at.rfc3339() });
                print::json(&all.iter().map(object).collect::<Vec<_>>())?;
            } else if all.is_empty() {
                println!("{}: no technique was named; `manara incidents tag` does", one.number);
            }
            for technique in all.iter().filter(|_| !json) {
                println!("{}  {}  {}", technique.id, technique.who, technique.at.rfc3339());
            }
        }
        IncidentsAction::Part { place, incident, title, findings, tickets, observables, json } => {
            let (house, policy) = house_and_policy(&place).await?;
            let one = found(&house, &incident).await?;
            let known = manara_response::observables_of(&house.db, &one.id, SHOWN).await?;
            if let Some(missing) = observables.iter().find(|value| !known.iter().any(|seen| seen.value == **value)) {
                bail!("{missing} is no observable of {}; `manara incidents observables` lists them", one.number);
            }
            let observables = known.into_iter().filter(|seen| observables.contains(&seen.value)).collect();
            let what = Parting { id: String::new(), title, findings, tickets, observables };
            let other = manara_response::part_incident(&house.db, &typist(), &policy, &one.id, &what, now).await?;
            say(&other, json)?;
        }
        IncidentsAction::Write { place, incident, text, subject, letter, reports, attach, export, by, json } => {
            let (house, policy) = house_and_policy(&place).await?;
            let one = found(&house, &incident).await?;
            let of = crate::mailroom::mail_house(&house).await?;
            let who = super::mail::writer(&house, by.as_deref()).await?;
            if !letter.is_empty() && of.letters.kind(&letter).is_none() {
                bail!("{letter} is no letter; `manara mail letters` lists them");
            }
            let body = if text == "-" { super::mail::standard_input()? } else { text };
            if body.trim().is_empty() && letter.is_empty() {
                bail!("there is nothing to write; give a text, or a letter by --letter");
            }
            let new = super::mail::new_files(&attach)?;
            let files = manara_response::keep_files(&house.ingest.blobs, Vec::new(), new).await?;
            let exports = super::mail::exports(&export)?;
            let what = ToReporters { id: String::new(), subject, body, letter, reports, files, exports };
            let (words, printer) = (papers::words(&house.content_folder())?, papers::printer(&house));
            let mut locale = Locale::from(Lang::En);
            locale.zone = house.config.nation.usual()?.zone;
            let exports = ExportDesk { policy: &policy, words: &words, locale, printer: &printer };
            let desk = ReachDesk { house: &of, blobs: &house.ingest.blobs, exports };
            let all = manara_response::write_to_reporters(&house.db, &who, &desk, &one, &what, now).await?;
            if json {
                let object = |one: &manara_response::Reached| {
                    json!({ "ticket": one.report.number, "message": one.did.as_ref().ok().map(|message| &message.id),
                        "refused": one.did.as_ref().err().map(|why| why.code()), "left_out": one.left_out })
                };
                print::json(&all.iter().map(object).collect::<Vec<_>>())?;
            }
            for one in all.iter().filter(|_| !json) {
                match &one.did {
                    Ok(message) => println!("{}: written to {}", one.report.number, message.recipients),
                    Err(why) => println!("{}: not written: {why}", one.report.number),
                }
                if !one.left_out.is_empty() {
                    println!(
                        "{}: left out, not valid or without a key: {}",
                        one.report.number,
                        one.left_out.join(", ")
                    );
                }
            }
        }
        IncidentsAction::Observables { place, incident, add, note, remove, restore, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            for text in &add {
                manara_response::name_observables(&house.db, &typist(), &one.id, (text, &note), now).await?;
            }
            for (values, is_listed) in [(&remove, false), (&restore, true)] {
                for value in values {
                    let all = manara_response::all_observables(&house.db, &one.id, SHOWN).await?;
                    let known = all.iter().find(|known| known.value == *value && known.removed.is_none() != is_listed);
                    let known = known.with_context(|| {
                        format!(
                            "{value} is no such observable of {}; `manara incidents observables` lists them",
                            one.number
                        )
                    })?;
                    let seen = Seen { kind: known.kind.clone(), value: known.value.clone() };
                    manara_response::list_observable(&house.db, &typist(), (&one.id, &seen), is_listed, now).await?;
                }
            }
            observables(&house, &one, json).await?;
        }
        IncidentsAction::Tag { place, incident, technique, record, remove, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            let said = (one.id.as_str(), technique.as_str(), record.as_str());
            let id = manara_response::tag_technique(&house.db, &typist(), said, !remove, now).await?;
            match json {
                true => print::json(&json!({ "incident": one.number, "technique": id, "seen": !remove }))?,
                false => println!("{}: {id} {}", one.number, if remove { "taken off" } else { "seen" }),
            }
        }
        IncidentsAction::Mailbox { place, incident, address, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            let of = crate::mailroom::mail_house(&house).await?;
            let one = manara_response::give_to_mailbox(&house.db, &typist(), &of, &one.id, &address, now).await?;
            match json {
                true => print::json(&object(&one))?,
                false => {
                    println!("{}: {}", one.number, if one.mailbox.is_empty() { "of no address" } else { &one.mailbox })
                }
            }
        }
        IncidentsAction::Review { place, incident, answers, finish, json } => {
            let house = House::open(&place).await?;
            let one = found(&house, &incident).await?;
            if !answers.is_empty() || finish {
                let content = house.work_content();
                let questions = content.questions.as_ref().context("the house has no questions of a review")?;
                let mut given = Vec::new();
                for pair in &answers {
                    let (question, answer) = pair
                        .split_once('=')
                        .with_context(|| format!("{pair} is no answer; expected such as summary=TEXT"))?;
                    if !questions.all().any(|known| known.id == question) {
                        let known: Vec<&str> = questions.all().map(|known| known.id.as_str()).collect();
                        bail!("{question} is no question; expected one of {}", known.join(", "));
                    }
                    given.push((question.to_string(), answer.to_string()));
                }
                let said = (given.as_slice(), finish);
                let named = (one.id.as_str(), None);
                manara_response::answer_review(&house.db, &typist(), questions, named, said, now).await?;
            }
            review(&house, &one, json).await?;
        }
        IncidentsAction::Mark { place, incident, tlp, pap, json } => {
            let (house, policy) = house_and_policy(&place).await?;
            let one = found(&house, &incident).await?;
            let mut change = Change::of(&one);
            if let Some(word) = tlp {
                change.tlp = marking(&word)?;
            }
            if let Some(word) = pap {
                change.pap = Pap::parse(&word)
                    .with_context(|| format!("{word} is no PAP; expected CLEAR, GREEN, AMBER or RED"))?;
            }
            let did = manara_response::change(&house.db, &typist(), &policy, &one.id, one.version, &change, now).await;
            say(&did?, json)?;
        }
        IncidentsAction::Rules { place, on, off, json } => {
            let house = House::open(&place).await?;
            for (rule, is_on) in [(on, true), (off, false)] {
                if let Some(rule) = rule {
                    manara_response::switch_rule(&house.db, &typist(), &rule, is_on, now).await?;
                }
            }
            let rules = manara_response::follow_rules(&house.db).await?;
            if json {
                let object = |one: &StandingRule| {
                    json!({ "id": one.rule.as_str(), "title": one.title.of("en"), "text": one.text.of("en"),
                        "enabled": one.is_on, "switched_by": one.switched.as_ref().map(|(who, _)| who.clone()),
                        "switched": one.switched.as_ref().map(|(_, at)| at.rfc3339()) })
                };
                print::json(&rules.iter().map(object).collect::<Vec<_>>())?;
            } else {
                for one in &rules {
                    let state = if one.is_on { "on " } else { "off" };
                    println!("{state}  {}  {}", one.rule.as_str(), one.title.of("en"));
                }
            }
        }
        IncidentsAction::Close { place, incident, resolution, verdict, json } => {
            let (house, policy) = house_and_policy(&place).await?;
            let one = found(&house, &incident).await?;
            if policy.resolution(&resolution).is_none() {
                let known: Vec<&str> = policy.resolutions.iter().map(|end| end.id.as_str()).collect();
                bail!("{resolution} is no resolution; expected {}", known.join(", "));
            }
            let verdict = Verdict::parse(&verdict)
                .with_context(|| format!("{verdict} is no verdict; expected left, fixed or false"))?;
            let closing = Closing { resolution, verdict };
            let one = manara_response::close(&house.db, &typist(), &policy, &one.id, &closing, now).await?;
            say(&one, json)?;
        }
    }
    Ok(DONE)
}

async fn house_and_policy(place: &Place) -> anyhow::Result<(House, Policy)> {
    let house = House::open(place).await?;
    let mut policy = Policy::load(house.config.response.policy_file.as_deref())?;
    policy.own_fields = house.work_content().fields.clone();
    Ok((house, policy))
}

async fn found(house: &House, name: &str) -> anyhow::Result<Incident> {
    let found = manara_response::get(&house.db, &typist(), name).await?;
    found.with_context(|| format!("there is no incident {name}; `manara incidents list` shows them"))
}

/// The moment that was typed; the one that is known when nothing was.
fn said(name: &str, text: Option<String>, known: Option<Micros>) -> anyhow::Result<Option<Micros>> {
    match text.as_deref() {
        None => Ok(known),
        Some("") => Ok(None),
        Some(text) => Micros::parse_rfc3339(text)
            .map(Some)
            .with_context(|| format!("{name} {text} is no moment; expected such as 2026-10-05T07:30:00Z")),
    }
}

/// Standard input, as far as a note may go.
fn standard_input() -> anyhow::Result<String> {
    let mut text = String::new();
    // Four bytes a character at most; one more shows that it is too long.
    std::io::stdin().lock().take(NOTE_CHARS as u64 * 4 + 1).read_to_string(&mut text)?;
    Ok(text)
}

/// What was typed of a new incident.
struct Words {
    title: String,
    class: Option<String>,
    impact: Option<String>,
    urgency: Option<String>,
    tlp: String,
    pap: String,
}

async fn read_new(
    house: &House,
    words: Words,
    constituents: &[String],
    findings: &[FindingInput],
) -> anyhow::Result<NewIncident> {
    let worst = findings.iter().max_by_key(|finding| finding.severity);
    let mut impact = findings.iter().map(|finding| finding.impact).max();
    let mut named = Vec::new();
    for name in constituents {
        let (one, _) = manara_constituency::get(&house.db, name)
            .await?
            .with_context(|| format!("there is no constituent {name}; `manara constituency list` shows them"))?;
        impact = impact.max(Some(flows::impact(one.criticality)));
        named.push((one.id, one.name));
    }
    let class = words.class.or_else(|| worst.map(|worst| format!("{}/{}", worst.taxonomy, worst.kind)));
    let class = class.unwrap_or_else(|| "other/undetermined".into());
    let (taxonomy, kind) = class
        .split_once('/')
        .filter(|(taxonomy, kind)| manara_model::is_known(taxonomy, kind))
        .with_context(|| format!("{class} is no class of the taxonomy; expected such as malicious-code/c2-server"))?;
    if let Some(word) = &words.impact {
        let given = Impact::parse(word);
        impact = Some(given.with_context(|| format!("{word} is no impact; expected low, medium, high or vital"))?);
    }
    let urgency = match &words.urgency {
        Some(word) => Severity::parse(word)
            .with_context(|| format!("{word} is no urgency; expected info, low, medium, high or critical"))?,
        None => worst.map_or(Severity::Medium, |worst| worst.severity),
    };
    let tlp = marking(&words.tlp)?;
    Ok(NewIncident {
        id: String::new(),
        title: words.title,
        taxonomy: taxonomy.into(),
        kind: kind.into(),
        impact: impact.unwrap_or(Impact::Low),
        urgency,
        tlp,
        pap: Pap::parse(&words.pap)
            .with_context(|| format!("{} is no PAP; expected CLEAR, GREEN, AMBER or RED", words.pap))?,
        owner: String::new(),
        due: None,
        constituents: named,
    })
}

/// Shows what an incident speaks of, and where else that was seen.
async fn observables(house: &House, one: &Incident, as_json: bool) -> anyhow::Result<()> {
    let all = manara_response::all_observables(&house.db, &one.id, SHOWN).await?;
    let before = manara_response::seen_elsewhere(&house.db, &typist(), &one.id).await?;
    if as_json {
        let object = |one: &manara_response::Observable| {
            json!({ "kind": one.kind, "value": one.value, "source": one.source, "who": one.who, "at": one.at.rfc3339(),
                "note": one.note, "removed": one.removed.map(Micros::rfc3339) })
        };
        let elsewhere = |one: &manara_response::SeenElsewhere| json!({ "value": one.value, "kind": one.kind, "number": one.number, "title": one.title });
        let seen: Vec<serde_json::Value> = before.iter().map(elsewhere).collect();
        let all: Vec<serde_json::Value> = all.iter().map(object).collect();
        return print::json(&json!({ "incident": one.number, "observables": all, "seen_before": seen }));
    }
    let listed = all.iter().filter(|one| one.removed.is_none());
    let rows: Vec<Vec<String>> =
        listed.map(|one| vec![one.kind.clone(), clean(&one.value), one.who.clone(), clean(&one.note)]).collect();
    print::table(&mut std::io::stdout().lock(), &["kind", "value", "by", "note"].map(String::from), &rows)?;
    for other in &before {
        println!("{} was seen before: {} {}  {}", clean(&other.value), other.kind, other.number, clean(&other.title));
    }
    Ok(())
}

/// Shows what was said in the review of an incident.
async fn review(house: &House, one: &Incident, as_json: bool) -> anyhow::Result<()> {
    let review = manara_response::review_of(&house.db, &one.id).await?;
    let answers = review.iter().flat_map(|review| &review.answers).filter(|answer| !answer.answer.is_empty());
    let rows: Vec<Vec<String>> =
        answers.map(|answer| vec![answer.question.clone(), answer.who.clone(), answer.answer.clone()]).collect();
    let is_finished = review.as_ref().is_some_and(|review| review.finished.is_some());
    if as_json {
        let said = |row: &Vec<String>| json!({ "question": row.first(), "who": row.get(1), "answer": row.get(2) });
        let answers: Vec<serde_json::Value> = rows.iter().map(said).collect();
        return print::json(&json!({ "incident": one.number, "finished": is_finished, "answers": answers }));
    }
    println!("{}: {}", one.number, if is_finished { "the review is finished" } else { "the review is not finished" });
    Ok(print::table(&mut std::io::stdout().lock(), &["question", "who", "answer"].map(String::from), &rows)?)
}

fn marking(word: &str) -> anyhow::Result<Tlp> {
    Tlp::parse(word).with_context(|| format!("{word} is no marking; expected CLEAR, GREEN, AMBER, AMBER+STRICT or RED"))
}

async fn list(house: &House, state: Option<String>, as_json: bool) -> anyhow::Result<()> {
    let state = match &state {
        Some(word) => Some(
            State::parse(word)
                .with_context(|| format!("{word} is no state; expected new, open, resolved or abandoned"))?,
        ),
        None => None,
    };
    let mut all = Vec::new();
    let mut after = String::new();
    loop {
        let page = manara_response::list(&house.db, &typist(), state, &after, 1_000).await?;
        let Some(last) = page.last() else { break };
        after = last.id.clone();
        all.extend(page);
    }
    all.sort_by(|a, b| (a.created, a.number.len(), &a.number).cmp(&(b.created, b.number.len(), &b.number)));
    show_all(&all, as_json)
}

fn show_all(all: &[Incident], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return print::json(&all.iter().map(object).collect::<Vec<_>>());
    }
    if all.is_empty() {
        println!("there is no such incident; rules open them from findings, and `manara incidents open` does");
        return Ok(());
    }
    let names = ["number", "state", "severity", "owner", "findings", "due", "title"].map(String::from);
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    print::table(&mut std::io::stdout().lock(), &names, &rows)?;
    Ok(())
}

fn row(one: &Incident) -> Vec<String> {
    vec![
        one.number.clone(),
        one.state.as_str().into(),
        one.severity.as_str().into(),
        one.owner.clone(),
        one.findings.to_string(),
        one.due.map(Micros::rfc3339).unwrap_or_default().chars().take(16).collect(),
        one.title.clone(),
    ]
}

fn object(one: &Incident) -> serde_json::Value {
    json!({ "id": one.id, "number": one.number, "title": one.title, "class": one.taxonomy, "type": one.kind,
        "impact": one.impact.as_str(), "urgency": one.urgency.as_str(), "severity": one.severity.as_str(),
        "tlp": one.tlp.label(), "pap": one.pap.label(), "owner": one.owner, "state": one.state.as_str(), "resolution": one.resolution,
        "verdict": one.verdict.map(Verdict::as_str), "rule": one.rule, "findings": one.findings,
        "constituents": one.constituents, "tags": one.tag_list(),
        "fields": manara_response::values_in(&one.fields), "created": one.created.rfc3339(), "changed": one.changed.rfc3339(),
        "closed": one.closed.map(Micros::rfc3339), "due": one.due.map(Micros::rfc3339), "mailbox": one.mailbox })
}

async fn show(house: &House, one: &Incident, as_json: bool) -> anyhow::Result<()> {
    let findings = manara_response::worst_findings(&house.db, &one.id, SHOWN).await?;
    let mut notes = manara_response::notes(&house.db, &one.id, SHOWN).await?;
    notes.reverse();
    if as_json {
        let mut object = object(one);
        if let Some(map) = object.as_object_mut() {
            map.insert("linked".into(), findings.iter().map(linked).collect());
            map.insert("notes".into(), notes.iter().map(note).collect());
        }
        return print::json(&object);
    }
    let marks = format!("{}  {}", one.tlp.label(), one.pap.label());
    println!("{}  {}  {}  {marks}", one.number, one.state.as_str(), one.severity.as_str());
    println!("{}", clean(&one.title));
    println!("constituents: {}", clean(&one.constituents));
    println!("owner: {}", if one.owner.is_empty() { "nobody" } else { &one.owner });
    for finding in &findings {
        println!("  {}  {}  {}  {}", finding.finding_id, clean(&finding.asset), finding.kind, clean(&finding.subject));
    }
    for note in notes.iter().filter(|note| note.struck.is_none()) {
        println!("\n{}  {}\n{}", note.at.rfc3339(), note.who, clean(&note.body));
    }
    Ok(())
}

/// A text without what could command a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '·' } else { c }).collect()
}

fn linked(one: &Linked) -> serde_json::Value {
    json!({ "id": one.finding_id, "asset": one.asset, "subject": one.subject, "type": one.kind,
        "constituent": one.constituent, "severity": one.severity.as_str() })
}

fn note(one: &Note) -> serde_json::Value {
    json!({ "id": one.id, "at": one.at.rfc3339(), "who": one.who, "text": one.body,
        "struck": one.struck.as_ref().map(|(_, at)| at.rfc3339()) })
}

fn say(one: &Incident, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return print::json(&object(one));
    }
    println!("{}  {}  {}  {}", one.number, one.state.as_str(), one.severity.as_str(), clean(&one.title));
    Ok(())
}
