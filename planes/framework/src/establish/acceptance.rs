//! What proves that a block is there: somebody brings it, somebody else accepts it. Where there is nobody else, whoever brought
//! it does, and the record says so.

use manara_model::Micros;
use manara_store::{Db, Journal, StoreError, Tx};
use manara_web::{Right, Role};
use serde_json::{Value, json};

use super::sql::{self, Acceptance};
use super::{EstablishError, Refused};
use crate::PLANE;
use crate::programme::{self, accept_block};

/// Characters of a text about a proof.
pub const ACCEPT_CHARS: usize = 500;

/// Who brings the proof of an application, and until when.
#[derive(Debug, Clone, Default)]
pub struct Accepting {
    /// Who; empty for nobody yet.
    pub person: String,
    /// A day; empty for none.
    pub due: String,
}

/// What proves that a block is there: a text, a link or a file.
#[derive(Debug, Clone, Default)]
pub struct Proof {
    /// What it is, in words.
    pub text: String,
    /// Where it is; empty for nowhere.
    pub link: String,
    /// The name of a file; empty for none.
    pub file_name: String,
    /// The hash of its bytes, which are kept.
    pub sha256: String,
}

/// Whether a person alone of all who may sign in may accept proofs: there is nobody else to ask.
pub fn is_alone(team: &[(String, Role)], who: &str) -> bool {
    let mut may = team.iter().filter(|(_, role)| role.may(Right::ChangeRules)).map(|(name, _)| name);
    may.next().is_some_and(|name| name == who) && may.next().is_none()
}

/// The task of a new application.
pub(super) async fn begin(tx: &mut Tx, applied: &str) -> Result<(), StoreError> {
    sql::put_acceptance(tx, &Acceptance { applied: applied.into(), ..Acceptance::default() }).await
}

fn line(text: &str) -> Result<String, Refused> {
    let text = text.trim();
    let is_good = text.chars().count() <= ACCEPT_CHARS && !text.chars().any(|c| c.is_control() && c != '\n');
    is_good.then(|| text.to_string()).ok_or(Refused::Text)
}

/// The acceptance of a block that was applied, held until the end of the transaction.
async fn held(tx: &mut Tx, block: &str) -> Result<Acceptance, EstablishError> {
    let one = sql::live_in(tx, block).await?.ok_or(Refused::NotApplied)?;
    Ok(sql::acceptance_in(tx, &one.id).await?.unwrap_or(Acceptance { applied: one.id, ..Acceptance::default() }))
}

async fn keep(
    mut tx: Tx,
    one: &Acceptance,
    (who, verb): (&str, &str),
    detail: Value,
    now: Micros,
) -> Result<(), EstablishError> {
    sql::put_acceptance(&mut tx, one).await?;
    Journal::write(&mut tx, who, PLANE, verb, &one.applied, &detail.to_string(), now).await?;
    Ok(tx.commit().await?)
}

/// Says who brings the proof of a block, and until when.
pub async fn assign(db: &Db, block: &str, new: &Accepting, who: &str, now: Micros) -> Result<(), EstablishError> {
    let (person, due) = (line(&new.person)?, new.due.trim().to_string());
    if !due.is_empty() && Micros::parse_rfc3339(&format!("{due}T00:00:00Z")).is_none() {
        return Err(Refused::Day.into());
    }
    let mut tx = db.begin().await?;
    let one = Acceptance { person, due, ..held(&mut tx, block).await? };
    let detail = json!({ "block": block, "person": one.person, "due": one.due });
    keep(tx, &one, (who, "proof_assigned"), detail, now).await
}

/// Shows what proves a block.
pub async fn show(db: &Db, block: &str, proof: &Proof, who: &str, now: Micros) -> Result<(), EstablishError> {
    let (text, link, file_name) = (line(&proof.text)?, line(&proof.link)?, line(&proof.file_name)?);
    if text.is_empty() && link.is_empty() && proof.sha256.is_empty() {
        return Err(Refused::Text.into());
    }
    let is_web = link.starts_with("https://") || link.starts_with("http://");
    if !link.is_empty() && (!is_web || link.contains(char::is_whitespace)) {
        return Err(Refused::Link.into());
    }
    let mut tx = db.begin().await?;
    let before = held(&mut tx, block).await?;
    if before.accepted.is_some() {
        return Err(Refused::Accepted.into());
    }
    // Another text without another file leaves the file that the same person showed before. What somebody else showed does not
    // stand under this name: they could then accept it themselves.
    let (file_name, sha256) = match proof.sha256.is_empty() && before.shown_by == who {
        true => (before.file_name.clone(), before.sha256.clone()),
        false => (file_name, proof.sha256.clone()),
    };
    let one = Acceptance { text, link, file_name, sha256, shown_by: who.into(), shown: Some(now), ..before };
    keep(tx, &one, (who, "proof_shown"), json!({ "block": block }), now).await
}

/// Accepts what was shown. Somebody else than who showed it does; a team in which nobody else may accepts its own proof, which
/// the record and the journal say for good. `seen` is when what they looked at was shown; what was shown since is not accepted
/// unseen. The tasks of the block in programmes that run are accepted with it. Gives whether it was their own.
pub async fn accept(
    db: &Db,
    block: &str,
    who: &str,
    seen: Option<Micros>,
    now: Micros,
) -> Result<bool, EstablishError> {
    let mut tx = db.begin().await?;
    let before = held(&mut tx, block).await?;
    if before.shown.is_none() {
        return Err(Refused::NothingShown.into());
    }
    if before.accepted.is_some() {
        return Ok(before.is_own());
    }
    if seen.is_some() && before.shown != seen {
        return Err(Refused::Moved.into());
    }
    let is_own = before.shown_by == who;
    if is_own && !is_alone(&manara_web::team_in(&mut tx).await?, who) {
        return Err(Refused::Own.into());
    }
    let one = Acceptance { accepted_by: who.into(), accepted: Some(now), ..before };
    accept_block(&mut tx, block, &of_task(&one), who, now).await?;
    let verb = if is_own { "own_proof_accepted" } else { "proof_accepted" };
    keep(tx, &one, (who, verb), json!({ "block": block, "own": is_own }), now).await?;
    Ok(is_own)
}

/// What proves the block, as a task of a programme says it.
fn of_task(one: &Acceptance) -> programme::Proof {
    let (words, evidence) = match (one.file_name.is_empty(), one.link.is_empty()) {
        (true, _) => (one.text.clone(), one.link.clone()),
        (false, true) => (one.text.clone(), one.file_name.clone()),
        (false, false) => (format!("{}\n{}", one.text, one.link).trim().to_string(), one.file_name.clone()),
    };
    programme::Proof { words, evidence, sha256: one.sha256.clone() }
}

/// Takes the acceptance back, or says that what was shown is not enough: it has to be shown again.
pub async fn refuse(db: &Db, block: &str, who: &str, now: Micros) -> Result<(), EstablishError> {
    let mut tx = db.begin().await?;
    let before = held(&mut tx, block).await?;
    if before.shown.is_none() {
        return Err(Refused::NothingShown.into());
    }
    let one = Acceptance { shown_by: String::new(), shown: None, accepted_by: String::new(), accepted: None, ..before };
    keep(tx, &one, (who, "proof_refused"), json!({ "block": block }), now).await
}
