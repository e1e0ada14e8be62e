//! Incidents for programs.

pub(super) mod keys;
mod notes;
mod observables;
mod shapes;
mod steps;

use axum::extract::{Path, State as Stated};
use manara_model::{Micros, Severity, Tlp};
use manara_web::api::{ApiAnswer, Given, Match, Op, Problem, json as answer, limit_of, made, page_of, with_etag};
use manara_web::{Right, Site, Visit};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::best;
use super::fields::team;
use super::list::{INCIDENTS, incidents_of, listed};
use super::{Desk, Room};
use crate::incident::{Impact, Incident, LINKED_AT_ONCE, Linked, Verdict};
use crate::jobs::{self, Change, NewIncident, Refusal, ResponseError};
use crate::pap::Pap;
use crate::sql;

/// Constituents that are named by hand.
const NAMED_MOST: usize = 50;

/// The operations.
pub(super) fn site() -> Site<Room> {
    let (read, handle) = (Right::ReadIncidents, Right::HandleIncidents);
    let step = |path, id, says| Op::post(path, id, handle, says, "Incident").etag();
    Site::new()
        .api(
            Op::list("/api/v1/incidents", "listIncidents", read, "What the team handles", &INCIDENTS, "Incident"),
            list,
        )
        .api(
            Op::make(
                "/api/v1/incidents",
                "openIncident",
                handle,
                "Opens an incident, with findings or without",
                "Incident",
            )
            .takes("IncidentGiven")
            .etag(),
            open,
        )
        .api(
            Op::get("/api/v1/incidents/{id}", "getIncident", read, "One incident, by its id or its number", "Incident"),
            one,
        )
        .api(
            Op::patch(
                "/api/v1/incidents/{id}",
                "changeIncident",
                handle,
                "Changes what is said of an incident",
                "Incident",
            )
            .takes("IncidentChange"),
            change,
        )
        .api(
            Op::pages(
                "/api/v1/incidents/{id}/findings",
                "listIncidentFindings",
                read,
                "The findings of an incident",
                "LinkedFinding",
            ),
            findings,
        )
        .api(
            step("/api/v1/incidents/{id}/link", "linkFindings", "Links findings to an incident").takes("FindingIds"),
            steps::link,
        )
        .api(
            step("/api/v1/incidents/{id}/unlink", "unlinkFindings", "Takes findings off an incident")
                .takes("FindingIds"),
            steps::unlink,
        )
        .api(
            step("/api/v1/incidents/{id}/take", "takeIncident", "Gives an incident to the person of the token"),
            steps::take,
        )
        .api(
            Op::post(
                "/api/v1/incidents/{id}/follow",
                "followIncident",
                read,
                "Puts an incident on the list of the person of the token",
                "Incident",
            )
            .etag(),
            steps::follow,
        )
        .api(
            Op::post("/api/v1/incidents/{id}/unfollow", "unfollowIncident", read, "Takes it off that list", "Incident")
                .etag(),
            steps::unfollow,
        )
        .api(
            step("/api/v1/incidents/{id}/close", "closeIncident", "Closes an incident").takes("IncidentClosing"),
            steps::close,
        )
        .api(
            step("/api/v1/incidents/{id}/reopen", "reopenIncident", "Opens an incident again")
                .takes("IncidentReopening"),
            steps::reopen,
        )
        .api(
            step(
                "/api/v1/incidents/{id}/merge",
                "mergeIncident",
                "Merges an incident into another, and gives that one",
            )
            .takes("OtherIncident"),
            steps::merge,
        )
        .api(step("/api/v1/incidents/{id}/split", "splitIncident", "Takes a merger back"), steps::split)
        .api(
            step("/api/v1/incidents/{id}/relate", "relateIncident", "Says that two incidents belong together")
                .takes("OtherIncident"),
            steps::relate,
        )
        .api(
            step("/api/v1/incidents/{id}/unrelate", "unrelateIncident", "Takes that back").takes("OtherIncident"),
            steps::unrelate,
        )
        .api(
            Op::pages(
                "/api/v1/incidents/{id}/notes",
                "listNotes",
                read,
                "The notes of an incident, newest first",
                "Note",
            ),
            notes::list,
        )
        .api(
            Op::make("/api/v1/incidents/{id}/notes", "addNote", handle, "Writes a note", "Note")
                .takes("NoteGiven")
                .etag(),
            notes::add,
        )
        .api(
            Op::put(
                "/api/v1/incidents/{id}/notes/{note}",
                "editNote",
                handle,
                "Words a note anew; its wordings are kept",
                "Note",
            )
            .takes("NoteGiven"),
            notes::edit,
        )
        .api(
            Op::post(
                "/api/v1/incidents/{id}/notes/{note}/strike",
                "strikeNote",
                handle,
                "Strikes a note out; it stays where it is",
                "Note",
            )
            .etag(),
            notes::strike,
        )
        .api(
            manara_web::bulk::op(
                "/api/v1/incidents/bulk",
                "changeIncidents",
                handle,
                "Changes many incidents the same way: those of some ids, or all that match a filter; 10,000 at most",
                "IncidentBulk",
            ),
            bulk,
        )
        .api(
            Op::post(
                "/api/v1/incidents/{id}/notes/{note}/restore",
                "restoreNote",
                handle,
                "Brings a note back that was struck out",
                "Note",
            )
            .etag(),
            notes::restore,
        )
        .api(
            Op::pages("/api/v1/mail-keys", "listMailKeys", read, "OpenPGP keys of mail, newest first", "MailKey"),
            keys::list,
        )
        .api(
            Op::get("/api/v1/mail-keys/{fingerprint}", "getMailKey", read, "One key, by its fingerprint", "MailKey"),
            keys::one,
        )
        .api(
            Op::post(
                "/api/v1/mail-keys/{fingerprint}/accept",
                "acceptMailKey",
                handle,
                "Says that a person made sure whose key it is: what it signs is believed",
                "MailKey",
            ),
            keys::accept,
        )
        .api(
            Op::post(
                "/api/v1/mail-keys/{fingerprint}/reject",
                "rejectMailKey",
                handle,
                "Says that a key is not believed",
                "MailKey",
            ),
            keys::reject,
        )
        .api(
            Op::post(
                "/api/v1/mail-keys/{fingerprint}/remove",
                "removeMailKey",
                handle,
                "Puts a key away: it is kept, and counts for nothing",
                "MailKey",
            ),
            keys::remove,
        )
        .api(
            Op::post(
                "/api/v1/mail-keys/{fingerprint}/restore",
                "restoreMailKey",
                handle,
                "Brings back a key that was put away, as it stood",
                "MailKey",
            ),
            keys::restore,
        )
        .api(
            Op::make(
                "/api/v1/incidents/{id}/part",
                "partIncident",
                handle,
                "Divides an incident: what is named goes to a new one, which it gives; merging that back takes it back",
                "Incident",
            )
            .takes("PartGiven"),
            super::parting::by_program,
        )
        .merge(observables::site())
        .schemas(keys::schemas())
        .schemas(shapes::schemas())
        .schemas(vec![("IncidentBulk", manara_web::bulk::schema(&INCIDENTS, &super::many::changes()))])
}

async fn bulk(visit: Visit, Stated(room): Stated<Room>, Given(given): Given<Value>) -> ApiAnswer {
    let change = given.get("change");
    if let (Some("assign"), Some(person)) = (
        change.and_then(|change| change.get("do")).and_then(Value::as_str),
        change.and_then(|change| change.get("person")).and_then(Value::as_str),
    ) {
        knows_owner(&visit, person, "").await?;
    }
    manara_web::bulk::program(visit, &*room.many, given).await
}

/// An incident as programs get it.
pub(super) fn incident_shown(one: &Incident) -> Value {
    shown(one)
}

fn shown(one: &Incident) -> Value {
    json!({
        "id": one.id, "number": one.number, "title": one.title, "class": one.taxonomy, "type": one.kind,
        "impact": one.impact.as_str(), "urgency": one.urgency.as_str(), "severity": one.severity.as_str(),
        "tlp": one.tlp.label(), "pap": one.pap.label(), "owner": one.owner, "state": one.state.as_str(), "resolution": one.resolution,
        "verdict": one.verdict.map(Verdict::as_str), "merged_into": one.merged_into, "rule": one.rule,
        "opened_by": one.opened_by, "version": one.version, "findings": one.findings, "constituents": one.constituents,
        "tags": one.tag_list(), "fields": crate::own_field::values_in(&one.fields),
        "created": one.created.rfc3339(), "changed": one.changed.rfc3339(), "closed": one.closed.map(Micros::rfc3339),
        "due": one.due.map(Micros::rfc3339), "mailbox": one.mailbox,
    })
}

/// An incident with its version as its state.
fn whole(one: &Incident) -> ApiAnswer {
    Ok(with_etag(&one.version.to_string(), answer(&shown(one))))
}

/// An incident as it is after what was done.
async fn now_as(visit: &Visit, id: &str) -> ApiAnswer {
    whole(&found(visit, id).await?)
}

/// The incident of a path, if the person of the token may see it.
async fn found(visit: &Visit, name: &str) -> Result<Incident, Problem> {
    sql::get(&visit.db, &visit.viewer, name).await?.ok_or_else(Problem::not_found)
}

/// The same, in the state the program has.
async fn matched(visit: &Visit, name: &str, is: &Match) -> Result<Incident, Problem> {
    let one = found(visit, name).await?;
    is.check(&one.version.to_string())?;
    Ok(one)
}

pub(super) fn not_done(error: ResponseError) -> Problem {
    let why = match error {
        ResponseError::Refused(why) => why,
        ResponseError::Stale => return Match::stale(),
        ResponseError::Store(error) => return error.into(),
    };
    let field = match why {
        Refusal::NotFound | Refusal::NoNote | Refusal::NoObservable => return Problem::not_found(),
        Refusal::Title => "title",
        Refusal::Text | Refusal::Observable => "text",
        Refusal::Class => "class",
        Refusal::Resolution => "resolution",
        Refusal::Clearance => "tlp",
        _ => return Problem::refused(why.code(), why),
    };
    Problem { detail: why.to_string(), ..Problem::invalid(field, why.code(), "") }
}

async fn list(visit: Visit) -> ApiAnswer {
    let (ask, place) = best::read_for_programs(incidents_of(&visit.db), &visit)?;
    let (found, _) = listed(&visit.db, &visit.viewer, (&ask, place.as_deref()), visit.now).await?;
    let next = found.next();
    Ok(page_of(found.rows.iter().map(shown).collect(), next))
}

async fn one(visit: Visit, Path(name): Path<String>) -> ApiAnswer {
    now_as(&visit, &name).await
}

async fn findings(visit: Visit, Path(name): Path<String>) -> ApiAnswer {
    let one = found(&visit, &name).await?;
    let after = visit.query("cursor").unwrap_or_default();
    let rows = i64::from(limit_of(&visit)?);
    let mut linked = sql::findings(&visit.db, &one.id, &after, rows + 1).await?;
    let more = linked.len() > usize::try_from(rows).unwrap_or_default();
    linked.truncate(usize::try_from(rows).unwrap_or_default());
    let next = linked.last().filter(|_| more).map(|last| last.finding_id.clone());
    let item = |one: &Linked| {
        json!({ "id": one.finding_id, "constituent_id": one.constituent_id, "constituent": one.constituent, "type": one.kind,
            "subject": one.subject, "asset": one.asset, "severity": one.severity.as_str(), "linked_at": one.linked_at.rfc3339() })
    };
    Ok(page_of(linked.iter().map(item).collect(), next))
}

/// An incident to be opened, as a program gives it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IncidentGiven {
    title: String,
    class: String,
    r#type: String,
    impact: Option<String>,
    urgency: Option<String>,
    tlp: Option<String>,
    pap: Option<String>,
    #[serde(default)]
    owner: String,
    due: Option<String>,
    #[serde(default)]
    constituents: Vec<String>,
    #[serde(default)]
    findings: Vec<String>,
}

async fn open(visit: Visit, Stated(room): Stated<Room>, Given(given): Given<IncidentGiven>) -> ApiAnswer {
    let findings = facts(&room, given.findings).await?;
    if given.constituents.len() > NAMED_MOST {
        return Err(Problem::invalid("constituents", "too-many", given.constituents.len()));
    }
    let mut constituents = Vec::new();
    let mut impact = findings.iter().map(|finding| finding.impact).max();
    for name in given.constituents {
        let known = (room.guests.named)(name.clone()).await?;
        let (id, name, weight) = known.ok_or_else(|| Problem::invalid("constituents", "not-found", &name))?;
        impact = impact.max(Some(weight));
        constituents.push((id, name));
    }
    constituents.sort();
    constituents.dedup_by(|a, b| a.0 == b.0);
    let worst = findings.iter().map(|finding| finding.severity).max();
    knows_owner(&visit, &given.owner, "").await?;
    let new = NewIncident {
        id: String::new(),
        title: given.title,
        taxonomy: given.class,
        kind: given.r#type,
        impact: given
            .impact
            .map(|text| word("impact", &text, Impact::parse))
            .transpose()?
            .or(impact)
            .unwrap_or(Impact::Low),
        urgency: given
            .urgency
            .map(|text| word("urgency", &text, Severity::parse))
            .transpose()?
            .or(worst)
            .unwrap_or(Severity::Medium),
        tlp: given.tlp.map_or(Ok(Tlp::Amber), |text| word("tlp", &text, Tlp::parse))?,
        pap: given.pap.map_or(Ok(Pap::USUAL), |text| word("pap", &text, Pap::parse))?,
        owner: given.owner,
        due: given.due.map(|text| word("due", &text, moment)).transpose()?,
        constituents,
    };
    let one = jobs::open(&visit.db, &visit.viewer, &room.policy, &new, &findings, visit.now).await.map_err(not_done)?;
    Ok(with_etag(&one.version.to_string(), made(&format!("/api/v1/incidents/{}", one.number), &shown(&one))))
}

/// What is known of findings; all of them must be there.
async fn facts(room: &Desk, mut ids: Vec<String>) -> Result<Vec<crate::incident::FindingInput>, Problem> {
    ids.sort();
    ids.dedup();
    if ids.len() > LINKED_AT_ONCE {
        return Err(Problem::invalid("findings", "too-many", ids.len()));
    }
    let found = room.facts(ids.clone()).await?;
    match ids.iter().find(|id| !found.iter().any(|known| known.id == **id)) {
        Some(missing) => Err(Problem::invalid("findings", "not-found", missing)),
        None => Ok(found),
    }
}

/// Whether somebody may be given incidents.
async fn knows_owner(visit: &Visit, owner: &str, before: &str) -> Result<(), Problem> {
    let is_known =
        owner.is_empty() || owner == before || team(visit, "").await?.iter().any(|person| person.value == owner);
    if is_known { Ok(()) } else { Err(Problem::invalid("owner", "not-found", owner)) }
}

pub(super) fn word<T>(field: &str, text: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, Problem> {
    read(text).ok_or_else(|| Problem::invalid(field, "word", text))
}

/// A moment whose text sorts: from the year 0 to 9999.
pub(super) fn moment(text: &str) -> Option<Micros> {
    let moment = Micros::parse_rfc3339(text)?;
    let year = moment.rfc3339();
    (year.len() == 27 && year.starts_with(|c: char| c.is_ascii_digit())).then_some(moment)
}

/// What a program changes: only what it names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IncidentChange {
    title: Option<String>,
    class: Option<String>,
    r#type: Option<String>,
    impact: Option<String>,
    urgency: Option<String>,
    tlp: Option<String>,
    pap: Option<String>,
    owner: Option<String>,
    /// Not named is left; null is none.
    #[serde(default, deserialize_with = "named")]
    due: Option<Option<String>>,
}

fn named<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}

async fn change(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(name): Path<String>,
    is: Match,
    Given(given): Given<IncidentChange>,
) -> ApiAnswer {
    let one = matched(&visit, &name, &is).await?;
    let mut change = Change::of(&one);
    if let Some(owner) = given.owner {
        knows_owner(&visit, &owner, &one.owner).await?;
        change.owner = owner;
    }
    change.title = given.title.unwrap_or(change.title);
    change.taxonomy = given.class.unwrap_or(change.taxonomy);
    change.kind = given.r#type.unwrap_or(change.kind);
    change.impact = given.impact.map_or(Ok(change.impact), |text| word("impact", &text, Impact::parse))?;
    change.urgency = given.urgency.map_or(Ok(change.urgency), |text| word("urgency", &text, Severity::parse))?;
    change.tlp = given.tlp.map_or(Ok(change.tlp), |text| word("tlp", &text, Tlp::parse))?;
    change.pap = given.pap.map_or(Ok(change.pap), |text| word("pap", &text, Pap::parse))?;
    if let Some(due) = given.due {
        change.due = due.map(|text| word("due", &text, moment)).transpose()?;
    }
    let did = jobs::change(&visit.db, &visit.viewer, &room.policy, &one.id, one.version, &change, visit.now).await;
    whole(&did.map_err(not_done)?)
}

#[cfg(test)]
mod tests {
    use super::{IncidentChange, moment};

    #[test]
    fn what_is_not_named_is_left_and_null_is_none() {
        let read = |text: &str| serde_json::from_str::<IncidentChange>(text).map(|change| change.due);
        assert_eq!(read("{}").unwrap(), None);
        assert_eq!(read(r#"{"due":null}"#).unwrap(), Some(None));
        assert_eq!(read(r#"{"due":"x"}"#).unwrap(), Some(Some("x".into())));
        assert!(read(r#"{"dew":null}"#).is_err());
    }

    #[test]
    fn a_due_time_sorts_as_text() {
        assert!(moment("2026-01-15T12:30:00Z").is_some() && moment("2026-01-15T12:30:00+02:00").is_some());
        for bad in ["", "tomorrow", "2026-13-01T00:00:00Z", "+12026-01-01T00:00:00Z"] {
            assert!(moment(bad).is_none(), "{bad}");
        }
    }
}
