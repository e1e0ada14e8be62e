//! `notices`: what we tell constituents, from the terminal.

use anyhow::{Context as _, bail};
use manara_model::{Micros, Viewer};
use manara_warning::{Changed, Notice, NoticeFilter, NoticePage, NoticeState};
use serde_json::json;

use super::{DONE, FAILED};
use crate::cli::{Notices, NoticesAction};
use crate::house::House;
use crate::print;

/// Lists, shows or decides.
pub async fn run(args: Notices) -> anyhow::Result<u8> {
    let now = Micros::now();
    match args.action {
        NoticesAction::List { place, state, json } => {
            let house = House::open(&place).await?;
            let state = match &state {
                Some(word) => Some(NoticeState::parse(word).with_context(|| {
                    format!("{word} is no state; expected draft, approved, queued, sent, failed or cancelled")
                })?),
                None => None,
            };
            let filter = NoticeFilter { state, ..NoticeFilter::default() };
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
        NoticesAction::Show { place, notice } => {
            let house = House::open(&place).await?;
            let found = match manara_warning::get_by_number(&house.db, &Viewer::system(), &notice).await? {
                Some(found) => Some(found),
                None => manara_warning::get(&house.db, &Viewer::system(), &notice).await?,
            };
            let Some(full) = found else { bail!("there is no notice {notice}; `manara notices list` shows them") };
            println!(
                "{}  {}  {}  {}",
                full.notice.number,
                full.notice.state.as_str(),
                full.notice.tlp.label(),
                full.notice.constituent
            );
            println!("Subject: {}\n\n{}", full.notice.subject, full.body);
        }
        NoticesAction::Approve(decision) => {
            let house = House::open(&decision.place).await?;
            let ids = chosen(&house, &decision.notices, decision.all, NoticeState::Draft).await?;
            return say(&manara_warning::approve(&house.db, &ids, "cli", now).await?, decision.json);
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

/// The ids of the notices that were named by number or id, or of all in a state.
async fn chosen(house: &House, named: &[String], all: bool, state: NoticeState) -> anyhow::Result<Vec<String>> {
    if all {
        let filter = NoticeFilter { state: Some(state), ..NoticeFilter::default() };
        let page = NoticePage { before: "", limit: 10_000 };
        let notices = manara_warning::list(&house.db, &Viewer::system(), &filter, page).await?;
        return Ok(notices.into_iter().map(|notice| notice.id).collect());
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
                    "events": one.events, "subject": one.subject, "error": one.error })
            })
            .collect();
        return print::json(&objects);
    }
    if notices.is_empty() {
        println!("there is no such notice; `manara work` drafts them from new findings");
        return Ok(());
    }
    let names = ["number", "state", "day", "constituent", "class", "findings", "language"].map(String::from);
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
                one.language.clone(),
            ]
        })
        .collect();
    print::table(&mut std::io::stdout().lock(), &names, &rows)?;
    Ok(())
}

fn say(changed: &Changed, json: bool) -> anyhow::Result<u8> {
    let refused: Vec<_> = changed.refused.iter().map(|(id, why)| (id.clone(), why.to_string())).collect();
    if json {
        print::json(&json!({ "done": changed.done, "refused": refused }))?;
    } else {
        println!("{} notices", changed.done.len());
        for (id, why) in &refused {
            println!("  {id}: {why}");
        }
    }
    Ok(if changed.done.is_empty() && !refused.is_empty() { FAILED } else { DONE })
}
