//! When an incident began and when it was contained, as somebody of the team notes it.

use manara_model::{Micros, Viewer};
use manara_store::Db;
use serde_json::json;

use super::{Refusal, ResponseError, Wanted, begin, finish, workable};
use crate::incident::Incident;
use crate::sql_figures;

/// What people say of an incident's course besides its state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IncidentMoments {
    /// When it began, where the incident happened.
    pub occurred: Option<Micros>,
    /// When it stopped spreading.
    pub contained: Option<Micros>,
}

/// Notes when an incident began and when it was contained; what is not said is not known any more.
pub async fn note_moments<'a>(
    db: &Db,
    viewer: &Viewer,
    name: impl Into<Wanted<'a>>,
    moments: IncidentMoments,
    now: Micros,
) -> Result<Incident, ResponseError> {
    if [moments.occurred, moments.contained].into_iter().flatten().any(|moment| moment > now) {
        return Err(Refusal::Future.into());
    }
    let mut tx = begin(db, now).await?;
    let one = workable(&mut tx, viewer, name.into()).await?;
    if sql_figures::moments_in(&mut tx, &one.id).await? == moments {
        return Ok(one); // The form may be sent twice.
    }
    sql_figures::put_moments(&mut tx, &one.id, moments, &viewer.name, now).await?;
    let text = |moment: Option<Micros>| moment.map(Micros::rfc3339).unwrap_or_default();
    let more = json!({ "occurred": text(moments.occurred), "contained": text(moments.contained) });
    finish(tx, one, &viewer.name, "moments_noted", more, now).await
}
