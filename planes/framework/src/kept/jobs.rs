//! What is done to kept designs. Every function is one transaction with its line of the journal.

use manara_model::{Micros, Viewer};
use manara_store::{Db, Journal, StoreError};
use serde_json::{Value, json};

use super::{Asked, DESIGNS, DesignState, KeptDesign, sql};
use crate::PLANE;
use crate::assessment::{NAME_CHARS, line};
use crate::canonical::{canonical, hash};
use crate::design::{Aim, Design};
use crate::hindrance::{Hindrance, ProgrammeError};
use crate::jobs::new_id;
use crate::sql as assessments;

/// A design to keep.
#[derive(Debug, Clone)]
pub struct NewDesign {
    /// How it is called.
    pub name: String,
    /// What was asked.
    pub asked: Asked,
    /// Which of the answers is chosen.
    pub aim: Aim,
}

/// Keeps the whole answer of the solver, with the design that was chosen.
pub async fn keep_design(
    db: &Db,
    viewer: &Viewer,
    assessment: &str,
    new: &NewDesign,
    designs: &[Design],
    now: Micros,
) -> Result<KeptDesign, ProgrammeError> {
    let name = line(&new.name, NAME_CHARS).ok_or(Hindrance::Name)?;
    let chosen = designs.iter().find(|design| design.aim == new.aim).ok_or(Hindrance::Aim)?;
    if chosen.blocks.is_empty() {
        return Err(Hindrance::NoBlocks.into());
    }
    let written = |value: serde_json::Result<Value>| match value {
        Ok(value) => Ok(canonical(&value)),
        Err(error) => Err(StoreError::unknown("framework_design", error)),
    };
    let (asked, content) = (written(serde_json::to_value(&new.asked))?, written(serde_json::to_value(designs))?);
    let mut tx = db.begin().await?;
    let of = assessments::get_in(&mut tx, viewer, assessment).await?.ok_or(Hindrance::NotFound)?;
    if sql::count(&mut tx, assessment).await? >= DESIGNS {
        return Err(Hindrance::TooMany.into());
    }
    let one = KeptDesign {
        id: new_id(now),
        assessment_id: of.id,
        subject: of.subject,
        name,
        asked: new.asked.clone(),
        aim: new.aim,
        sha256: hash(&content),
        state: DesignState::Draft,
        made_by: viewer.name.clone(),
        made: now,
        changed: now,
        version: 1,
    };
    sql::put(&mut tx, &one, &asked, &content).await?;
    // Never the name: who reads the journal may not see every assessment.
    let detail = json!({ "assessment": one.assessment_id, "aim": one.aim.as_str(), "sha256": one.sha256 });
    Journal::write(&mut tx, &viewer.name, PLANE, "design_kept", &one.id, &detail.to_string(), now).await?;
    tx.commit().await?;
    Ok(one)
}

/// Accepts a design, withdraws it, or puts it back among the drafts. Gives the design, and where it stood.
pub async fn set_design_state(
    db: &Db,
    viewer: &Viewer,
    id: &str,
    state: DesignState,
    now: Micros,
) -> Result<(KeptDesign, DesignState), ProgrammeError> {
    let mut tx = db.begin().await?;
    let before = sql::design_in(&mut tx, viewer, id).await?.ok_or(Hindrance::NotFound)?;
    if before.state != state {
        sql::set_state(&mut tx, id, state, now).await?;
        let verb = match state {
            DesignState::Draft => "design_put_back",
            DesignState::Accepted => "design_accepted",
            DesignState::Withdrawn => "design_withdrawn",
        };
        let detail = json!({ "assessment": before.assessment_id, "from": before.state.as_str() });
        Journal::write(&mut tx, &viewer.name, PLANE, verb, id, &detail.to_string(), now).await?;
    }
    let one = sql::design_in(&mut tx, viewer, id).await?.ok_or(Hindrance::NotFound)?;
    tx.commit().await?;
    Ok((one, before.state))
}
