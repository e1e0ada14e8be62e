//! Respondents, what was said before, and what an assessment is called.

use anyhow::Context as _;
use manara_framework::assessments::{
    Agreed, Answer, Consensus, Evidence, NOT_APPLICABLE, NewFacts, Refused, Respondent, Taken, Told, agreed,
    agreed_before, judged, judged_before, judged_json, respondents, sheet, told, told_before,
};
use manara_model::{Micros, Tlp};
use serde_json::{Value, json};

use super::{found, told as told_line, typist};
use crate::cli::{AssessEdit, AssessHistory, AssessRespondent, RespondentAction};
use crate::commands::{DONE, FOUND};
use crate::house::House;
use crate::print;

/// Says what became of a table of answers.
pub fn say_table(as_json: bool, id: &str, rows: usize, taken: Taken, mut refused: Vec<Refused>) -> anyhow::Result<u8> {
    let kept = taken.kept_of(rows);
    refused.extend(taken.refused);
    if as_json {
        let waits = taken.conflicts;
        print::json(&json!({ "kept": kept, "changed": taken.changed, "conflicts": waits, "refused": refused }))?;
    } else {
        println!("{kept} rows kept, {} refused", refused.len());
        if taken.conflicts > 0 {
            let waits = taken.conflicts;
            println!("{waits} differ from what people with an account say; `manara assess conflicts {id}` shows them");
        }
        refused.iter().for_each(|why| println!("{}", told_line(why)));
    }
    Ok(if refused.is_empty() && taken.conflicts == 0 { DONE } else { FOUND })
}

/// Changes subject or marking.
pub async fn edit(args: AssessEdit) -> anyhow::Result<u8> {
    let tlp = match &args.tlp {
        None => None,
        Some(text) => Some(
            Tlp::parse(text)
                .with_context(|| format!("{text} is no marking; expected CLEAR, GREEN, AMBER, AMBER+STRICT or RED"))?,
        ),
    };
    let house = House::open(&args.place).await?;
    let (one, _) = found(&house, &args.id).await?;
    let new = NewFacts { subject: args.subject, kind: super::kind_of(args.kind.as_deref())?, tlp };
    let asked = (one.id.as_str(), args.version);
    let now = manara_framework::assessments::edit(&house.db, &typist(), asked, &new, Micros::now())
        .await
        .with_context(|| format!("assessment {} of version {}", one.id, one.version))?;
    match args.json {
        true => print::json(&super::shown(&now))?,
        false => println!("{}  {}  {}", now.id, now.tlp.label(), now.subject),
    }
    Ok(DONE)
}

/// Lists, withdraws or restores respondents.
pub async fn respondent(args: AssessRespondent) -> anyhow::Result<u8> {
    let (place, id, respondent, withdraws, as_json) = match args.action {
        RespondentAction::List { place, id, json } => return list(&House::open(&place).await?, &id, json).await,
        RespondentAction::Withdraw { place, id, respondent, json } => (place, id, respondent, true, json),
        RespondentAction::Restore { place, id, respondent, json } => (place, id, respondent, false, json),
    };
    let house = House::open(&place).await?;
    let (one, _) = found(&house, &id).await?;
    let (ids, who, now) = ((one.id.as_str(), respondent.as_str()), typist(), Micros::now());
    let did = match withdraws {
        true => manara_framework::assessments::withdraw(&house.db, &who, ids, now).await,
        false => manara_framework::assessments::restore(&house.db, &who, ids, now).await,
    };
    did.with_context(|| format!("respondent {respondent}; `manara assess respondent list {id}` shows them"))?;
    if as_json {
        let all = respondents(&house.db, &one.id).await?;
        print::json(&all.iter().find(|one| one.voice.id == respondent).map(respondent_json))?;
    }
    Ok(DONE)
}

fn respondent_json(one: &Respondent) -> Value {
    let voice = &one.voice;
    json!({ "id": voice.id, "name": voice.name, "organisation": voice.organisation, "role": voice.role,
        "person": one.person, "withdrawn": one.is_withdrawn })
}

async fn list(house: &House, id: &str, as_json: bool) -> anyhow::Result<u8> {
    let (one, _) = found(house, id).await?;
    let all = respondents(&house.db, &one.id).await?;
    if as_json {
        print::json(&all.iter().map(respondent_json).collect::<Vec<_>>())?;
        return Ok(DONE);
    }
    let head = ["id", "name", "organisation", "account", "state"].map(String::from);
    let row = |one: &Respondent| {
        let state = if one.is_withdrawn { "withdrawn" } else { "counts" };
        let voice = &one.voice;
        vec![voice.id.clone(), voice.name.clone(), voice.organisation.clone(), one.person.clone(), state.into()]
    };
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    Ok(DONE)
}

/// Shows what was said and agreed about an item.
pub async fn history(args: AssessHistory) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    let (one, catalogue) = found(&house, &args.id).await?;
    let item = catalogue.item(&args.item).filter(|item| item.assessable);
    let item = item.with_context(|| format!("there is no item {} to answer", args.item))?.ref_id.clone();
    let items = std::slice::from_ref(&item);
    let (now, before) = (told(&house.db, &one.id, items).await?, told_before(&house.db, &one.id, items).await?);
    let stands = agreed(&house.db, &one.id).await?.remove(&item);
    let earlier = agreed_before(&house.db, &one.id, items).await?;
    let mut evidence = sheet(&house.db, &one.id, &Micros::now().day()).await?.evidence;
    evidence.retain(|shown| shown.item == item);
    let (judged, judged_earlier) = (judged(&house.db, &one.id).await?, judged_before(&house.db, &one.id, items).await?);
    let all = respondents(&house.db, &one.id).await?;
    let speaker = |answer: &Answer| all.iter().find(|one| one.voice.id == answer.voice).map(|one| &one.voice);
    if args.json {
        let said = |told: &Told| {
            let voice = speaker(&told.answer);
            json!({ "respondent": voice.map(|voice| &voice.name), "organisation": voice.map(|voice| &voice.organisation),
                "level": told.answer.level, "not_applicable": told.answer.not_applicable, "state": told.answer.state,
                "comment": told.answer.comment, "who": told.who, "at": told.at.rfc3339(), "version": told.version })
        };
        let answers: Vec<Value> = now.iter().map(said).collect();
        let before: Vec<Value> = before.iter().map(said).collect();
        let earlier: Vec<Value> = earlier.iter().map(agreed_shown).collect();
        let shown = |one: &Evidence| {
            let earlier = judged_earlier.iter().filter(|judged| judged.evidence == one.id);
            json!({ "id": one.id, "label": one.label, "sha256": one.sha256,
                "judged": judged.get(&one.id).map(judged_json),
                "judged_before": earlier.map(judged_json).collect::<Vec<_>>() })
        };
        print::json(&json!({ "item": item, "answers": answers, "answers_before": before,
            "agreed": stands.as_ref().map(agreed_shown), "agreed_before": earlier,
            "evidence": evidence.iter().map(shown).collect::<Vec<_>>() }))?;
        return Ok(DONE);
    }
    let head = ["what", "version", "level", "when", "who", "words"].map(String::from);
    let mut rows = Vec::new();
    for (what, agreed) in stands.iter().map(|one| ("agreed", one)).chain(earlier.iter().map(|one| ("was agreed", one)))
    {
        let Consensus { level, not_applicable, reason, who, .. } = &agreed.consensus;
        let level = level_of(*level, *not_applicable);
        let (version, at) = (agreed.version.to_string(), agreed.at.rfc3339());
        rows.push(vec![what.to_string(), version, level, at, who.clone(), reason.clone()]);
    }
    for (what, told) in now.iter().map(|one| ("says", one)).chain(before.iter().map(|one| ("said", one))) {
        let name = speaker(&told.answer).map_or("", |voice| voice.name.as_str());
        let level = level_of(told.answer.level, told.answer.not_applicable);
        let (version, at, words) = (told.version.to_string(), told.at.rfc3339(), told.answer.comment.clone());
        rows.push(vec![format!("{name} {what}"), version, level, at, told.who.clone(), words]);
    }
    for one in &evidence {
        let standing = judged.get(&one.id).map(|judged| ("proves", judged)).into_iter();
        let of = judged_earlier.iter().filter(|judged| judged.evidence == one.id);
        for (what, judged) in standing.chain(of.map(|judged| ("proved", judged))) {
            let at = judged.at.map(|at| at.rfc3339()).unwrap_or_default();
            let (level, version) = (super::level(judged.supports), judged.version.to_string());
            rows.push(vec![what.to_string(), version, level, at, judged.who.clone(), one.label.clone()]);
        }
    }
    print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    Ok(DONE)
}

fn agreed_shown(one: &Agreed) -> Value {
    let agreed = &one.consensus;
    let ended = one.ended.as_ref().map(|(who, at)| json!({ "who": who, "at": at.rfc3339() }));
    json!({ "level": agreed.level, "not_applicable": agreed.not_applicable, "reason": agreed.reason, "who": agreed.who,
        "at": one.at.rfc3339(), "version": one.version, "ended": ended })
}

fn level_of(level: Option<i64>, not_applicable: bool) -> String {
    if not_applicable { NOT_APPLICABLE.into() } else { super::level(level) }
}
