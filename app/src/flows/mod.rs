//! What crosses planes: the causality of the product on one screen.
//!
//! A flow follows one verb of the journal. It is called once for every entry, in order, again after a crash, and so it is
//! idempotent by the entry's record.

mod answered;
mod attach;
mod clocks;
mod follow_up;
mod incidents;
mod notify;
mod returned;

pub use follow_up::{FollowedUp, run as follow_up};
pub use notify::draft_last;

use std::pin::Pin;

use anyhow::Context as _;
use manara_model::{Entry, Micros, Owners};
use manara_store::{Db, Journal};
use manara_web::Service;

use crate::house::House;

type Work<'a> = Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + 'a>>;

/// One line of the table.
struct Flow {
    name: &'static str,
    plane: &'static str,
    verb: &'static str,
    /// The service it works for; while that is off the entries are passed over.
    service: Service,
    run: for<'a> fn(&'a House, &'a Entry) -> Work<'a>,
}

const fn on(
    name: &'static str,
    plane: &'static str,
    verb: &'static str,
    service: Service,
    run: for<'a> fn(&'a House, &'a Entry) -> Work<'a>,
) -> Flow {
    Flow { name, plane, verb, service, run }
}

/// Every flow there is.
const FLOWS: &[Flow] = &[
    on("notify-owners", "watch", "batch_finished", Service::Warning, |house, entry| {
        Box::pin(notify::draft_notices(house, entry))
    }),
    on("answered", "warning", "answers_given", Service::Watch, |house, entry| {
        Box::pin(answered::move_findings(house, entry))
    }),
    on("told", "warning", "notice_sent", Service::Watch, |house, entry| Box::pin(notify::mark_told(house, entry))),
    on("returned", "response", "mail_returned", Service::Warning, |house, entry| {
        Box::pin(returned::note(house, entry))
    }),
    on("open-incidents", "watch", "batch_finished", Service::Response, |house, entry| {
        Box::pin(incidents::open_by_rules(house, entry))
    }),
    on("taught", "response", "incident_closed", Service::Watch, |house, entry| {
        Box::pin(incidents::teach(house, entry))
    }),
    on("untaught", "response", "incident_restored", Service::Watch, |house, entry| {
        Box::pin(incidents::unteach(house, entry))
    }),
    on("clocks-opened", "response", "incident_opened", Service::Response, |house, entry| {
        Box::pin(clocks::follow(house, entry))
    }),
    on("clocks-changed", "response", "incident_changed", Service::Response, |house, entry| {
        Box::pin(clocks::follow(house, entry))
    }),
    // A report that came earlier says since when it is known; an answer ends what its stages come before.
    on("clocks-linked", "response", "ticket_linked", Service::Response, |house, entry| {
        Box::pin(clocks::follow(house, entry))
    }),
    // After the clocks of what was opened have begun, and before what was met moves their other stages.
    on("clocks-told", "response", "message_written", Service::Response, |house, entry| {
        Box::pin(clocks::told_by_letter(house, entry))
    }),
    on("clocks-told-second", "response", "message_released", Service::Response, |house, entry| {
        Box::pin(clocks::told_by_letter(house, entry))
    }),
    on("clocks-told-alone", "response", "own_message_released", Service::Response, |house, entry| {
        Box::pin(clocks::told_by_letter(house, entry))
    }),
    on("clocks-noticed", "warning", "notice_sent", Service::Response, |house, entry| {
        Box::pin(clocks::told_by_notice(house, entry))
    }),
    on("clocks-met", "response", "stage_met", Service::Response, |house, entry| Box::pin(clocks::follow(house, entry))),
    on("clocks-closed", "response", "incident_closed", Service::Response, |house, entry| {
        Box::pin(clocks::follow(house, entry))
    }),
    on("clocks-reopened", "response", "incident_reopened", Service::Response, |house, entry| {
        Box::pin(clocks::follow(house, entry))
    }),
    on("clocks-restored", "response", "incident_restored", Service::Response, |house, entry| {
        Box::pin(clocks::follow(house, entry))
    }),
    on("clocks-merged", "response", "incident_merged", Service::Response, |house, entry| {
        Box::pin(clocks::follow(house, entry))
    }),
    on("clocks-joined", "response", "incident_joined", Service::Response, |house, entry| {
        Box::pin(clocks::follow(house, entry))
    }),
    on("clocks-split", "response", "incident_split", Service::Response, |house, entry| {
        Box::pin(clocks::follow(house, entry))
    }),
    on("clocks-parted", "response", "incident_parted", Service::Response, |house, entry| {
        Box::pin(clocks::follow(house, entry))
    }),
    on("mail-due-soon", "response", "stage_due_soon", Service::Response, |house, entry| {
        Box::pin(crate::alarm::write(house, entry))
    }),
    on("mail-late", "response", "stage_late", Service::Response, |house, entry| {
        Box::pin(crate::alarm::write(house, entry))
    }),
];

const CURSOR: &str = "SELECT journal_id FROM store_flow WHERE name = $1";
const MOVE: &str = "
    INSERT INTO store_flow (name, journal_id) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET journal_id = excluded.journal_id";

/// Runs every flow up to the end of the journal, then attaches the events that drafts still want. Says how many entries were
/// followed.
pub async fn run_due(house: &House, now: Micros) -> anyhow::Result<usize> {
    let mut followed = 0;
    let services = manara_web::services(&house.db).await?;
    for flow in FLOWS {
        let mut cursor = house.db.read_int(CURSOR, &[flow.name.into()]).await?;
        loop {
            let entries = Journal::after(&house.db, cursor, 500).await?;
            let Some(last) = entries.last().map(|entry| entry.id) else { break };
            let is_on = services.is_on(flow.service);
            let wanted = |entry: &&Entry| is_on && entry.plane == flow.plane && entry.verb == flow.verb;
            for entry in entries.iter().filter(wanted) {
                (flow.run)(house, entry)
                    .await
                    .with_context(|| format!("flow {} at journal entry {}", flow.name, entry.id))?;
                move_to(house, flow.name, entry.id).await?;
                followed += 1;
            }
            cursor = last;
            move_to(house, flow.name, cursor).await?;
        }
    }
    Box::pin(attach::events(house, now)).await?;
    Ok(followed)
}

async fn move_to(house: &House, flow: &str, cursor: i64) -> anyhow::Result<()> {
    let mut tx = house.db.begin().await?;
    tx.run(MOVE, &[flow.into(), cursor.into()]).await?;
    tx.commit().await?;
    Ok(())
}

pub use incidents::{facts, impact};

/// Tells the watch of which sector and how critical each constituent is, unless it knows them as they are now.
pub async fn tell_owners(db: &Db, watch: &manara_watch::Watch, generation: i64) -> anyhow::Result<()> {
    if watch.knows_owners(generation).await? {
        return Ok(());
    }
    let facts: Vec<manara_watch::OwnerFacts> = manara_constituency::all(db)
        .await?
        .into_iter()
        .map(|one| manara_watch::OwnerFacts {
            id: one.id,
            sector: one.sector.id,
            criticality: one.criticality.as_str().into(),
        })
        .collect();
    Ok(manara_watch::know_owners(db, generation, &facts).await?)
}

/// The owners as the constituency knows them.
pub async fn owners(db: &Db) -> anyhow::Result<Owners> {
    Ok(manara_constituency::load_ownership(db).await?.into_owners())
}
