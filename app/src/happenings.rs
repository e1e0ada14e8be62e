//! What programs hear of as it happens: the lines of every plane's journal that mean something outside, and who may see them.

use std::collections::HashSet;
use std::sync::Arc;

use manara_model::{Entry, Micros, Viewer};
use manara_net::{Hooks, Message, Target};
use manara_store::{Db, StoreError};
use manara_web::api::Happening;
use manara_web::{HookReport, HookRules, Outgoing, Place, Right, Shell, Site, Visible, send_hooks};

use crate::house::House;

const fn on(kind: &'static str, plane: &'static str, verb: &'static str, right: Right) -> Happening {
    Happening { kind, plane, verb, right }
}

/// Every kind of event. What is not here is heard by nobody.
const KINDS: &[Happening] = &[
    on("batch.received", "watch", "batch_received", Right::ReadBatches),
    on("batch.finished", "watch", "batch_finished", Right::ReadBatches),
    on("batch.failed", "watch", "batch_failed", Right::ReadBatches),
    on("finding.answered", "watch", "finding_answered", Right::ReadFindings),
    on("finding.reopened", "watch", "finding_reopened", Right::ReadFindings),
    on("finding.restored", "watch", "finding_restored", Right::ReadFindings),
    on("findings.expired", "watch", "findings_expired", Right::ReadFindings),
    on("notice.drafted", "warning", "notice_drafted", Right::ReadNotices),
    on("notice.first-approved", "warning", "notice_first_approved", Right::ReadNotices),
    on("notice.approved", "warning", "notice_approved", Right::ReadNotices),
    on("notice.kept-back", "warning", "notice_kept_back", Right::ReadNotices),
    on("notice.cancelled", "warning", "notice_cancelled", Right::ReadNotices),
    on("notice.restored", "warning", "notice_restored", Right::ReadNotices),
    on("notice.sent", "warning", "notice_sent", Right::ReadNotices),
    on("notice.failed", "warning", "notice_failed", Right::ReadNotices),
    on("notice.returned", "warning", "notice_returned", Right::ReadNotices),
    on("notice.answered", "warning", "answers_given", Right::ReadNotices),
    on("incident.opened", "response", "incident_opened", Right::ReadIncidents),
    on("incident.changed", "response", "incident_changed", Right::ReadIncidents),
    on("incident.noted", "response", "note_added", Right::ReadIncidents),
    on("incident.closed", "response", "incident_closed", Right::ReadIncidents),
    on("incident.reopened", "response", "incident_reopened", Right::ReadIncidents),
    on("incident.restored", "response", "incident_restored", Right::ReadIncidents),
    on("incident.merged", "response", "incident_merged", Right::ReadIncidents),
    on("clock.due_soon", "response", "stage_due_soon", Right::ReadIncidents),
    on("clock.late", "response", "stage_late", Right::ReadIncidents),
    on("report.opened", "response", "report_opened", Right::ReadIncidents),
    on("investigation.opened", "response", "investigation_opened", Right::ReadIncidents),
    on("countermeasure.opened", "response", "countermeasure_opened", Right::ReadIncidents),
    on("ticket.changed", "response", "ticket_changed", Right::ReadIncidents),
    on("ticket.moved", "response", "ticket_moved", Right::ReadIncidents),
    on("message.joined", "response", "message_joined", Right::ReadIncidents),
    on("message.held", "response", "message_held", Right::ReadIncidents),
    on("message.drafted", "response", "message_drafted", Right::ReadIncidents),
    on("message.sent", "response", "message_sent", Right::ReadIncidents),
    on("contact.dead", "response", "contact_dead", Right::ReadIncidents),
    on("constituent.added", "constituency", "added", Right::ReadConstituents),
    on("constituent.changed", "constituency", "changed", Right::ReadConstituents),
    on("constituent.removed", "constituency", "removed", Right::ReadConstituents),
    on("constituent.restored", "constituency", "restored", Right::ReadConstituents),
    on("constituent.merged", "constituency", "merged", Right::ReadConstituents),
];

const EVERYTHING: &[(&str, &str)] = &[("", "")];
/// What home, the picture and the wall count.
const COUNTED: &[(&str, &str)] =
    &[("watch", "finding"), ("watch", "batch_"), ("watch", "replayed"), ("warning", ""), ("response", "")];

/// What the page of a workshop shows.
const WORKSHOP: &[(&str, &str)] =
    &[("framework", "answers_given"), ("framework", "workshop_"), ("framework", "consensus_")];

/// Every page that tells of changes, with the lines it shows: plane, and how the verb begins.
const PLACES: &[Place] = &[
    Place { path: "/", lines: COUNTED },
    Place { path: "/wall", lines: COUNTED },
    Place { path: "/picture", lines: COUNTED },
    Place { path: "/findings", lines: &[("watch", "finding"), ("watch", "batch_finished"), ("watch", "replayed")] },
    Place { path: "/incidents", lines: &[("response", "")] },
    Place { path: "/tickets", lines: &[("response", "")] },
    Place { path: "/notices", lines: &[("warning", "")] },
    Place { path: "/constituents", lines: &[("constituency", "")] },
    Place { path: "/feeds", lines: &[("watch", "batch_"), ("watch", "list_compared")] },
    Place { path: "/batches", lines: &[("watch", "batch_"), ("watch", "replayed")] },
    Place { path: "/framework/workshop", lines: WORKSHOP },
    Place { path: "/journal", lines: EVERYTHING },
];

/// The stream of events, pages that hear of changes, and webhooks.
pub fn site(house: &House) -> Site {
    Shell::listening_site(&house.db, KINDS, PLACES, eyes(&house.db)).merge(Shell::hooks_site(rules(house)))
}

/// Which lines of the journal a viewer may see.
pub fn eyes(db: &Db) -> Visible {
    let db = db.clone();
    Arc::new(move |viewer, entries| {
        let db = db.clone();
        Box::pin(async move { visible(&db, &viewer, entries).await })
    })
}

/// What webhooks may tell of, and where they may go.
pub fn rules(house: &House) -> HookRules {
    let inside = |url: &str| Target::parse(url, true).map(drop).map_err(|error| error.to_string());
    let outside = |url: &str| Target::parse(url, false).map(drop).map_err(|error| error.to_string());
    HookRules { kinds: KINDS, check: if house.config.webhooks.allow_loopback { inside } else { outside } }
}

/// Tells what is new, and tries again what is due.
pub async fn tell(house: &House, now: Micros) -> anyhow::Result<HookReport> {
    let is_on = manara_web::services(&house.db).await?.is_on(manara_web::Service::Api);
    if !is_on || manara_web::hooks(&house.db).await?.is_empty() {
        return Ok(HookReport::default());
    }
    let hooks = Hooks::new(&house.config.webhooks)?;
    let send: Outgoing = Arc::new(move |url, secret, id, at, body| {
        let hooks = hooks.clone();
        Box::pin(async move {
            let call = move || hooks.send(&url, &secret, Message { id: &id, at, body: &body });
            let sent = tokio::task::spawn_blocking(call).await.map_err(|error| error.to_string())?;
            sent.map_err(|error| error.to_string())
        })
    });
    Ok(send_hooks(&house.db, &rules(house), &eyes(&house.db), &send, now).await?)
}

/// Entries about records that the viewer may see: notices, incidents and assessments have markings of their own.
async fn visible(db: &Db, viewer: &Viewer, entries: Vec<Entry>) -> Result<Vec<Entry>, StoreError> {
    let records = |plane: &str| -> Vec<String> {
        entries.iter().filter(|entry| entry.plane == plane).map(|entry| entry.record.clone()).collect()
    };
    let (notices, incidents, assessments) = (records("warning"), records("response"), records("framework"));
    let mut seen: HashSet<String> = manara_warning::visible(db, viewer, &notices).await?.into_iter().collect();
    seen.extend(manara_response::visible(db, viewer, &incidents).await?);
    let has_marking = |entry: &Entry| matches!(entry.plane.as_str(), "warning" | "response");
    let hidden = manara_framework::workshops::hidden(db, viewer, &assessments).await?;
    let mut entries = entries;
    entries.retain(|entry| !has_marking(entry) || seen.contains(&entry.record));
    entries.retain(|entry| entry.plane != "framework" || !hidden.contains(&entry.record));
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{KINDS, PLACES};

    #[test]
    fn every_place_is_a_path_of_its_own() {
        let paths: BTreeSet<&str> = PLACES.iter().map(|one| one.path).collect();
        assert_eq!(paths.len(), PLACES.len());
        assert!(PLACES.iter().all(|one| one.path.starts_with('/') && !one.lines.is_empty()));
    }

    #[test]
    fn every_kind_is_a_name_of_its_own_and_of_its_own_line() {
        let names: BTreeSet<&str> = KINDS.iter().map(|one| one.kind).collect();
        let lines: BTreeSet<(&str, &str)> = KINDS.iter().map(|one| (one.plane, one.verb)).collect();
        assert_eq!((names.len(), lines.len()), (KINDS.len(), KINDS.len()));
        assert!(KINDS.iter().all(|one| one.right.scope().is_some()), "every kind can be heard with some scope");
    }
}
