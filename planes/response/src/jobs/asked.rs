//! Keeping what registries outside said.

use manara_model::{Micros, Viewer};
use manara_store::{Db, Journal, StoreError};
use serde_json::json;

use super::{Refusal, ResponseError, begin, journal, new_id};
use crate::asked::{Asked, Said, Way};
use crate::incident::Incident;
use crate::{PLANE, sql, sql_asked};

/// What an answer was about: its kind, and the value.
pub type AskedAbout<'a> = (&'a str, &'a str);

/// The incident a question belongs to, if its PAP allows that somebody outside is asked.
pub async fn may_ask(db: &Db, viewer: &Viewer, incident: &str) -> Result<Incident, ResponseError> {
    let one = sql::get(db, viewer, incident).await?.ok_or(Refusal::NotFound)?;
    if !one.pap.allows_asking() {
        return Err(Refusal::Pap.into());
    }
    Ok(one)
}

/// Keeps an answer with its line of the journal: of the incident it was asked for, or of itself. What it was about never stands
/// there.
pub async fn keep_asked(
    db: &Db,
    viewer: &Viewer,
    (kind, value): AskedAbout<'_>,
    (way, server, said, answer): (Way, &str, Said, String),
    incident: Option<&Incident>,
    now: Micros,
) -> Result<Asked, StoreError> {
    let one = Asked {
        id: new_id(now),
        way,
        kind: kind.into(),
        value: value.into(),
        server: server.into(),
        who: viewer.name.clone(),
        at: now,
        said,
        answer,
    };
    let mut tx = begin(db, now).await?;
    sql_asked::put_asked(&mut tx, &one, incident.map_or("", |incident| incident.id.as_str())).await?;
    let more = json!({ "way": way.as_str(), "server": one.server });
    match incident {
        Some(incident) => journal(&mut tx, &viewer.name, "registry_asked", incident, more, now).await?,
        None => Journal::write(&mut tx, &viewer.name, PLANE, "registry_asked", &one.id, &more.to_string(), now).await?,
    }
    tx.commit().await?;
    Ok(one)
}
