//! Changing what an incident says: title, class, severity, marking, owner, due.

use manara_model::{Micros, Severity, Tlp, Viewer};
use manara_store::Db;
use serde_json::json;

use super::follow::give_tickets;
use super::{Refusal, ResponseError, Wanted, begin, finish, standing, workable};
use crate::incident::{Impact, Incident, State, title};
use crate::pap::Pap;
use crate::policy::Policy;
use crate::sql;

/// What a form says of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// One line.
    pub title: String,
    /// RSIT class.
    pub taxonomy: String,
    /// RSIT type.
    pub kind: String,
    /// How much depends on what is hit.
    pub impact: Impact,
    /// How bad what happens there is.
    pub urgency: Severity,
    /// How far it may travel.
    pub tlp: Tlp,
    /// What may be done with what it knows.
    pub pap: Pap,
    /// Login name of whoever handles it; empty for nobody.
    pub owner: String,
    /// Until when something is to be done.
    pub due: Option<Micros>,
}

impl Change {
    /// What an incident says now.
    pub fn of(one: &Incident) -> Change {
        Change {
            title: one.title.clone(),
            taxonomy: one.taxonomy.clone(),
            kind: one.kind.clone(),
            impact: one.impact,
            urgency: one.urgency,
            tlp: one.tlp,
            pap: one.pap,
            owner: one.owner.clone(),
            due: one.due,
        }
    }

    /// The value of a field as text.
    pub fn value(&self, field: Field) -> String {
        match field {
            Field::Title => self.title.clone(),
            Field::Class => format!("{}/{}", self.taxonomy, self.kind),
            Field::Impact => self.impact.as_str().into(),
            Field::Urgency => self.urgency.as_str().into(),
            Field::Tlp => self.tlp.label().into(),
            Field::Pap => self.pap.label().into(),
            Field::Owner => self.owner.clone(),
            Field::Due => self.due.map(Micros::rfc3339).unwrap_or_default(),
        }
    }
}

/// What of an incident a form changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The title.
    Title,
    /// Class and type.
    Class,
    /// The impact.
    Impact,
    /// The urgency.
    Urgency,
    /// The marking.
    Tlp,
    /// What may be done with what it knows.
    Pap,
    /// The owner.
    Owner,
    /// The due time.
    Due,
}

impl Field {
    /// All, in the order of the form.
    pub const ALL: [Field; 8] =
        [Self::Title, Self::Class, Self::Impact, Self::Urgency, Self::Tlp, Self::Pap, Self::Owner, Self::Due];

    /// The name in forms, in the journal and in message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Class => "class",
            Self::Impact => "impact",
            Self::Urgency => "urgency",
            Self::Tlp => "tlp",
            Self::Pap => "pap",
            Self::Owner => "owner",
            Self::Due => "due",
        }
    }
}

/// Changes an incident, if it is still in the version the form was filled in from.
pub async fn change(
    db: &Db,
    viewer: &Viewer,
    policy: &Policy,
    name: &str,
    version: i64,
    change: &Change,
    now: Micros,
) -> Result<Incident, ResponseError> {
    let new_title = title(&change.title).ok_or(Refusal::Title)?;
    if !manara_model::is_known(&change.taxonomy, &change.kind) {
        return Err(Refusal::Class.into());
    }
    if change.tlp > viewer.clearance {
        return Err(Refusal::Clearance.into());
    }
    let change = Change { title: new_title, ..change.clone() };
    let mut tx = begin(db, now).await?;
    let mut one = workable(&mut tx, viewer, name.into()).await?;
    let before = Change::of(&one);
    if before == change {
        return Ok(one); // The form may be sent twice.
    }
    if one.version != version {
        return Err(ResponseError::Stale);
    }
    let mut changes: Vec<[String; 3]> = Field::ALL
        .into_iter()
        .filter(|field| before.value(*field) != change.value(*field))
        .map(|field| match field {
            // The journal is read by people who may not see the incident: the words stay beside it.
            Field::Title => [field.as_str().into(), String::new(), String::new()],
            _ => [field.as_str().into(), before.value(field), change.value(field)],
        })
        .collect();
    let version = one.version + 1;
    if before.title != change.title {
        sql::put_title(&mut tx, (&one.id, version), &before.title, &change.title).await?;
    }
    let severity = policy.severity(change.impact, change.urgency);
    if severity != one.severity {
        changes.push(["severity".into(), one.severity.as_str().into(), severity.as_str().into()]);
    }
    one.title = change.title;
    (one.taxonomy, one.kind) = (change.taxonomy, change.kind);
    (one.impact, one.urgency, one.severity) = (change.impact, change.urgency, severity);
    (one.tlp, one.pap, one.due) = (change.tlp, change.pap, change.due);
    changes.extend(give(&mut one, &change.owner));
    give_tickets(&mut tx, &[(&one, before.owner.as_str())], now).await?;
    let more = json!({ "changes": changes, "version": version });
    finish(tx, one, &viewer.name, "incident_changed", more, now).await
}

/// Gives an incident to somebody, or to nobody. Who takes a new one up opens it.
pub async fn assign<'a>(
    db: &Db,
    viewer: &Viewer,
    name: impl Into<Wanted<'a>>,
    owner: &str,
    now: Micros,
) -> Result<Incident, ResponseError> {
    let mut tx = begin(db, now).await?;
    let mut one = workable(&mut tx, viewer, name.into()).await?;
    if one.owner == owner {
        return Ok(one); // The button may be pressed twice.
    }
    let former = one.owner.clone();
    let mut changes = vec![["owner".to_string(), former.clone(), owner.to_string()]];
    changes.extend(give(&mut one, owner));
    give_tickets(&mut tx, &[(&one, former.as_str())], now).await?;
    finish(tx, one, &viewer.name, "incident_changed", json!({ "changes": changes }), now).await
}

/// Sets the owner; says the change of the state when there is one.
pub(super) fn give(one: &mut Incident, owner: &str) -> Option<[String; 3]> {
    one.owner = owner.to_string();
    if owner.is_empty() || one.state != State::New {
        return None;
    }
    one.state = State::Open;
    Some(["state".into(), State::New.as_str().into(), State::Open.as_str().into()])
}

/// Follows an incident, or no longer.
pub async fn watch<'a>(
    db: &Db,
    viewer: &Viewer,
    name: impl Into<Wanted<'a>>,
    watching: bool,
    now: Micros,
) -> Result<Incident, ResponseError> {
    let mut tx = begin(db, now).await?;
    let one = standing(&mut tx, viewer, name.into()).await?;
    if sql::set_watching(&mut tx, &one.id, &viewer.name, watching).await? {
        let verb = if watching { "incident_followed" } else { "incident_unfollowed" };
        super::journal(&mut tx, &viewer.name, verb, &one, json!({}), now).await?;
        tx.commit().await?;
    }
    Ok(one)
}
