//! What the pages of incidents ask of findings, notices and constituents.

use std::sync::Arc;

use manara_framework::establishment::Matter;
use manara_model::{Entry, FindingState, Micros};
use manara_response::import::ImportRoom;
use manara_response::{Guests, Happened, ImportDesk, MailContact, MailDesk, Policy};
use manara_store::{Db, Journal};
use manara_watch::Watch;
use manara_web::{PageError, Right, Visit};

use crate::flows;
use crate::house::House;
use crate::mailroom::{NotTaken, deliver, mail_house, old_mails};
use crate::print;

/// Lines of findings a timeline takes.
const LINES: i64 = 2_000;
/// Notices a timeline takes.
const NOTICES: i64 = 200;
/// Answers a timeline takes.
const ANSWERS: i64 = 1_000;

/// The three things asked, over a house.
pub fn guests(house: &House) -> Guests {
    let (watch, db) = (house.watch.clone(), house.db.clone());
    let asked = (watch.clone(), db.clone());
    Guests {
        facts: Arc::new(move |ids| {
            let (watch, db) = asked.clone();
            Box::pin(async move { Ok(flows::facts(&db, &watch, &ids).await?) })
        }),
        history: Arc::new(move |visit, ids| {
            let watch = watch.clone();
            Box::pin(async move { history(&visit, &watch, &ids).await })
        }),
        named: Arc::new(move |name| {
            let db = db.clone();
            Box::pin(async move { named(&db, &name).await })
        }),
    }
}

/// What the pages of tickets and mail work with.
pub async fn mail_desk(house: &House, policy: Policy) -> anyhow::Result<MailDesk> {
    let office = Arc::new(mail_house(house).await?);
    let (taker, of) = (house.clone(), Arc::clone(&office));
    let db = house.db.clone();
    Ok(MailDesk {
        policy,
        office,
        blobs: house.ingest.blobs.clone(),
        first: in_force(house, Matter::Letter),
        take: Arc::new(move |bytes| {
            let (house, office) = (taker.clone(), Arc::clone(&of));
            Box::pin(async move {
                match deliver(&house, &office, bytes, Vec::new(), Micros::now()).await {
                    Ok(outcome) => Ok(Ok(outcome)),
                    Err(NotTaken::Never(error)) => Ok(Err(error.to_string())),
                    Err(NotTaken::Later(error)) => Err(PageError::internal(print::chain(&error))),
                }
            })
        }),
        contacts: Arc::new(move || {
            let db = db.clone();
            Box::pin(async move { contacts(&db).await })
        }),
        printer: crate::papers::printer(house),
    })
}

/// What files of other tools are taken over with, on the pages.
pub async fn import_desk(house: &House) -> anyhow::Result<ImportDesk> {
    let policy = Policy::load(house.config.response.policy_file.as_deref())?;
    let room = ImportRoom { mails: old_mails(house).await?, policy };
    Ok(ImportDesk { room, scratch: house.ingest.scratch_folder() })
}

/// The contacts of constituents that mail goes to, by constituent.
async fn contacts(db: &Db) -> Result<Vec<MailContact>, PageError> {
    let mut all = Vec::new();
    for one in manara_constituency::all(db).await?.into_iter().filter(|one| one.active) {
        for contact in one.contacts.into_iter().filter(|contact| contact.active && !contact.mail.is_empty()) {
            all.push(MailContact {
                constituent: one.name.clone(),
                href: format!("/constituents/{}", one.id),
                name: contact.name,
                mail: contact.mail,
            });
        }
    }
    Ok(all)
}

async fn named(db: &Db, name: &str) -> Result<Option<(String, String, manara_response::Impact)>, PageError> {
    let found = manara_constituency::get(db, name).await?.filter(|(_, state)| state.deleted_at.is_empty());
    Ok(found.map(|(one, _)| (one.id, one.name, flows::impact(one.criticality))))
}

/// What happened to findings: how they moved, the notices that told of them, and what their constituents answered.
async fn history(visit: &Visit, watch: &Watch, ids: &[String]) -> Result<Vec<Happened>, PageError> {
    let mut all = Vec::new();
    if visit.may(Right::ReadFindings) {
        let assets = watch.assets(ids).await?;
        for entry in Journal::of_records(&visit.db, "watch", ids, LINES).await? {
            let label = assets.get(&entry.record).cloned().unwrap_or_default();
            all.push(Happened {
                what: words(visit, &entry),
                href: format!("/findings/{}", entry.record),
                label,
                at: entry.at,
                who: entry.who,
            });
        }
    }
    if visit.may(Right::ReadNotices) {
        for notice in manara_warning::sent_of_findings(&visit.db, &visit.viewer, ids, NOTICES).await? {
            let Some(at) = notice.sent else { continue };
            all.push(Happened {
                at,
                who: notice.approved_by,
                what: visit.t_args("app-incident-notice-sent", &[("constituent", notice.constituent.into())]),
                label: notice.number,
                href: format!("/notices/{}", notice.id),
            });
        }
        for answer in manara_warning::answers_of_findings(&visit.db, &visit.viewer, ids, ANSWERS).await? {
            let said = visit.t(&format!("warning-said-{}", answer.said.as_str()));
            let what = match answer.comment.as_str() {
                "" => visit.t_args("app-incident-answered", &[("said", said.into())]),
                comment => {
                    let args = [("said", said.into()), ("comment", comment.to_string().into())];
                    visit.t_args("app-incident-answered-saying", &args)
                }
            };
            all.push(Happened {
                at: answer.at,
                who: answer.constituent,
                what,
                label: answer.asset,
                href: format!("/findings/{}", answer.finding_id),
            });
        }
    }
    Ok(all)
}

/// A line of the journal of a finding in words: where it stands since, where the line says so.
fn words(visit: &Visit, entry: &Entry) -> String {
    let detail: serde_json::Value = serde_json::from_str(&entry.detail).unwrap_or_default();
    let to = detail.get("to").and_then(serde_json::Value::as_str).and_then(FindingState::parse);
    let to = to.or_else(|| (entry.verb == "finding_reopened").then_some(FindingState::Reopened));
    match to {
        Some(state) => {
            let state = visit.t(&format!("web-state-{}", state.as_str().replace('_', "-")));
            visit.t_args("app-incident-finding-moved", &[("state", state.into())])
        }
        None => visit.t(&format!("watch-verb-{}", entry.verb.replace('_', "-"))),
    }
}

/// What applied blocks put in force of a matter: it is offered before the rest.
pub fn in_force(house: &House, matter: Matter) -> manara_response::First {
    let db = house.db.clone();
    Arc::new(move || {
        let db = db.clone();
        Box::pin(async move {
            let put = manara_framework::establishment::in_force(&db).await?;
            Ok(put.names(matter).map(String::from).collect())
        })
    })
}

/// The days off of the nation: business time of clocks passes over them.
pub fn nation_days_off(house: &House) -> manara_response::DaysOff {
    let db = house.db.clone();
    Arc::new(move || {
        let db = db.clone();
        Box::pin(async move {
            let off = manara_framework::programmes::nation_days_off(&db).await?;
            Ok(off.into_iter().map(|off| (off.day.to_string(), off.name)).collect())
        })
    })
}
