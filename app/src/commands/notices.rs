//! `notices`: what we tell constituents, from the terminal.

use anyhow::{Context as _, bail};
use manara_model::{Micros, Viewer};
use manara_warning::{Changed, FullNotice, LetterKind, Notice, NoticeFilter, NoticePage, NoticeState};
use serde_json::json;

use super::{DONE, FAILED};
use crate::cli::{Notices, NoticesAction};
use crate::house::House;
use crate::print;

/// Lists, shows or decides.
pub async fn run(args: Notices) -> anyhow::Result<u8> {
    let now = Micros::now();
    match args.action {
        NoticesAction::List { place, state, unanswered, json } => {
            let house = House::open(&place).await?;
            let state = match &state {
                Some(word) => Some(NoticeState::parse(word).with_context(|| {
                    format!("{word} is no state; expected draft, waiting, approved, queued, sent, failed or cancelled")
                })?),
                None => None,
            };
            let filter = NoticeFilter { state, unanswered, ..NoticeFilter::default() };
            let mut notices = Vec::new();
            let mut before = String::new();
            loop {
                let page = NoticePage { before: &before, limit: 1_000 };
                let more = manara_warning::list(&house.db, &Viewer::system(), &filter, page).await?;
                let Some(last) = more.last() else { break };
                before = last.id.clone();
                notices.extend(more);
            }
            show_list(&notices, json)?;
        }
        NoticesAction::Show { place, notice, json } => {
            let house = House::open(&place).await?;
            let found = match manara_warning::get_by_number(&house.db, &Viewer::system(), &notice).await? {
                Some(found) => Some(found),
                None => manara_warning::get(&house.db, &Viewer::system(), &notice).await?,
            };
            let Some(full) = found else { bail!("there is no notice {notice}; `manara notices list` shows them") };
            if json {
                return show_json(&house, &full).await;
            }
            println!(
                "{}  {}  {}  {}",
                full.notice.number,
                full.notice.state.as_str(),
                full.notice.tlp.label(),
                full.notice.constituent
            );
            match (full.notice.approved_by.as_str(), full.notice.seconded_by.as_str()) {
                ("", _) if full.notice.state == NoticeState::Waiting => {
                    println!("Its marking needs two people; nobody has approved it yet");
                }
                ("", _) => {}
                (first, "") if full.notice.state == NoticeState::Waiting => {
                    println!("Approved by {first}; its marking needs a second person");
                }
                (first, "") => println!("Approved by {first}"),
                (first, second) => println!("Approved by {first}, then by {second}"),
            }
            if !full.notice.error.is_empty() {
                println!("It has not left: {}", full.notice.error);
            }
            // The link is the constituent's: a screen is no place for it.
            let body = house.links().await?.cover(&full.body, &full.notice, "[the link of this notice]");
            println!("Subject: {}\n\n{body}", full.notice.subject);
            show_answers(&house, &full).await?;
        }
        NoticesAction::Approve(decision) => {
            let house = House::open(&decision.place).await?;
            let ids = chosen(&house, &decision.notices, decision.all, NoticeState::Draft).await?;
            let above = crate::mailroom::four_eyes_above(&house)?;
            return say(&manara_warning::approve(&house.db, &ids, "cli", above, now).await?, decision.json);
        }
        NoticesAction::Cancel(decision) => {
            let house = House::open(&decision.place).await?;
            let ids = chosen(&house, &decision.notices, decision.all, NoticeState::Draft).await?;
            return say(&manara_warning::cancel(&house.db, &ids, "cli", now).await?, decision.json);
        }
        NoticesAction::Redraft(decision) => {
            let house = House::open(&decision.place).await?;
            let ids = chosen(&house, &decision.notices, decision.all, NoticeState::Cancelled).await?;
            return say(&manara_warning::redraft(&house.db, &ids, "cli", now).await?, decision.json);
        }
        NoticesAction::Retry(decision) => {
            let house = House::open(&decision.place).await?;
            let ids = chosen(&house, &decision.notices, decision.all, NoticeState::Failed).await?;
            return say(&manara_warning::retry(&house.db, &ids, "cli", now).await?, decision.json);
        }
    }
    Ok(DONE)
}

/// Answers shown with a notice.
const ANSWERS: i64 = 100_000;

async fn show_json(house: &House, full: &FullNotice) -> anyhow::Result<u8> {
    let held = manara_warning::held_of(&house.db, &full.notice.id, ANSWERS).await?;
    let history = manara_warning::answers_of_notice(&house.db, &Viewer::system(), &full.notice.id, ANSWERS).await?;
    print::json(&manara_warning::notice_json(full, &held, &history))?;
    Ok(DONE)
}

async fn show_answers(house: &House, full: &FullNotice) -> anyhow::Result<()> {
    let held = manara_warning::held_of(&house.db, &full.notice.id, ANSWERS).await?;
    if held.is_empty() {
        return Ok(());
    }
    println!("\n{} of {} findings answered\n", full.notice.answered, full.notice.findings);
    let names = ["asset", "subject", "answer", "at", "comment"].map(String::from);
    let rows: Vec<Vec<String>> = full
        .findings
        .iter()
        .filter_map(|finding| {
            let held = held.get(&finding.finding_id)?;
            let at = held.at.map(Micros::rfc3339).unwrap_or_default();
            let comment = held.comment.replace('\n', " ");
            Some(vec![finding.asset.clone(), finding.subject.clone(), held.said.as_str().into(), at, comment])
        })
        .collect();
    print::table(&mut std::io::stdout().lock(), &names, &rows)?;
    Ok(())
}

/// The ids of the notices that were named by number or id, or of all in a state.
async fn chosen(house: &House, named: &[String], all: bool, state: NoticeState) -> anyhow::Result<Vec<String>> {
    if all {
        let filter = NoticeFilter { state: Some(state), ..NoticeFilter::default() };
        let page = NoticePage { before: "", limit: 10_000 };
        let notices = manara_warning::list(&house.db, &Viewer::system(), &filter, page).await?;
        // What goes to others than the constituent is decided one by one.
        let of_constituent = notices.into_iter().filter(|notice| notice.letter != LetterKind::Escalation);
        return Ok(of_constituent.map(|notice| notice.id).collect());
    }
    if named.is_empty() {
        bail!("which notices? give numbers such as N-2026-000001, or --all");
    }
    let mut ids = Vec::new();
    for name in named {
        match manara_warning::get_by_number(&house.db, &Viewer::system(), name).await? {
            Some(found) => ids.push(found.notice.id),
            None => ids.push(name.clone()),
        }
    }
    Ok(ids)
}

fn show_list(notices: &[Notice], json: bool) -> anyhow::Result<()> {
    if json {
        let objects: Vec<_> = notices
            .iter()
            .map(|one| {
                json!({ "id": one.id, "number": one.number, "state": one.state.as_str(), "constituent": one.constituent,
                    "class": one.class, "day": one.day, "language": one.language, "tlp": one.tlp.label(), "findings": one.findings,
                    "letter": one.letter.as_str(), "answered": one.answered, "helps": one.helps,
                    "reminders": one.reminders, "events": one.events, "subject": one.subject, "error": one.error,
                    "approved_by": one.approved_by, "seconded_by": one.seconded_by })
            })
            .collect();
        return print::json(&objects);
    }
    if notices.is_empty() {
        println!("there is no such notice; `manara work` drafts them from new findings");
        return Ok(());
    }
    let names =
        ["number", "state", "day", "constituent", "class", "findings", "answered", "language"].map(String::from);
    let rows: Vec<Vec<String>> = notices
        .iter()
        .map(|one| {
            vec![
                one.number.clone(),
                one.state.as_str().into(),
                one.day.clone(),
                one.constituent.clone(),
                one.class.clone(),
                one.findings.to_string(),
                answered(one),
                one.language.clone(),
            ]
        })
        .collect();
    print::table(&mut std::io::stdout().lock(), &names, &rows)?;
    Ok(())
}

/// How many findings have an answer; whether help is wanted; or what the notice is.
fn answered(one: &Notice) -> String {
    match (one.letter, one.helps) {
        (LetterKind::Notice, 0) => one.answered.to_string(),
        (LetterKind::Notice, _) => format!("{}, help wanted", one.answered),
        (other, _) => other.as_str().into(),
    }
}

fn say(changed: &Changed, json: bool) -> anyhow::Result<u8> {
    let refused: Vec<_> = changed.refused.iter().map(|(id, why)| (id.clone(), why.to_string())).collect();
    if json {
        print::json(&json!({ "done": changed.done, "waiting": changed.waiting, "refused": refused }))?;
    } else {
        println!("{} notices", changed.done.len());
        if !changed.waiting.is_empty() {
            println!("{} of them wait for the approval of a second person", changed.waiting.len());
        }
        for (id, why) in &refused {
            println!("  {id}: {why}");
        }
    }
    Ok(if changed.done.is_empty() && !refused.is_empty() { FAILED } else { DONE })
}
