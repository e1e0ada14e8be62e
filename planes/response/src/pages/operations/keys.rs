//! OpenPGP keys for programs.

use axum::extract::Path;
use manara_crypt::KeyState;
use manara_model::Micros;
use manara_web::Visit;
use manara_web::api::{ApiAnswer, Problem, json as answer, limit_of, page_number, page_of, schema};
use serde_json::{Value, json};

use crate::jobs::{KeyProblem, KeyStep, step_key};
use crate::mail_key::{KeySource, KeyStanding, MailKey, fingerprint_key};
use crate::sql_key;

/// Pages of keys that can be turned to.
const PAGES: usize = 200;

/// What a key looks like.
pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let (text, moment) = (schema::text, schema::moment);
    vec![(
        "MailKey",
        schema::object(&[
            ("fingerprint", text()),
            ("standing", schema::one_of(KeyStanding::ALL.map(KeyStanding::as_str))),
            ("source", schema::one_of(KeySource::ALL.map(KeySource::as_str))),
            ("state", schema::one_of([KeyState::Good, KeyState::Expired, KeyState::Revoked].map(KeyState::as_str))),
            ("user_ids", schema::many(text())),
            ("mails", schema::many(text())),
            ("algorithms", text()),
            ("can_encrypt", schema::flag()),
            ("can_sign", schema::flag()),
            ("created", moment()),
            ("expires", schema::maybe_moment()),
            ("added", moment()),
            ("decided", schema::maybe_moment()),
            ("decided_by", text()),
            ("used", schema::maybe_moment()),
            ("removed", schema::maybe_moment()),
            ("certificate", text()),
        ]),
    )]
}

/// A key as programs get it.
pub(in super::super) fn shown(key: &MailKey, now: Micros) -> Value {
    let facts = key.certificate.facts(now);
    json!({
        "fingerprint": facts.fingerprint, "standing": key.standing.as_str(), "source": key.source.as_str(),
        "state": facts.state.as_str(), "user_ids": facts.user_ids, "mails": facts.mails, "algorithms": facts.algorithms,
        "can_encrypt": facts.can_encrypt, "can_sign": facts.can_sign, "created": facts.created.rfc3339(),
        "expires": facts.expires.map(Micros::rfc3339), "added": key.added.rfc3339(),
        "decided": key.decided.map(Micros::rfc3339), "decided_by": key.decided_by,
        "used": key.used.map(Micros::rfc3339), "removed": key.removed.map(Micros::rfc3339),
        "certificate": key.certificate.armored(),
    })
}

pub(super) async fn list(visit: Visit) -> ApiAnswer {
    let number = page_number(visit.query("cursor").filter(|cursor| !cursor.is_empty()), PAGES)?;
    let rows = usize::from(limit_of(&visit)?);
    let upto = (number + 1) * rows;
    let keys = sql_key::list_keys(&visit.db, i64::try_from(upto + 1).unwrap_or(i64::MAX)).await?;
    let more = keys.len() > upto && number + 1 < PAGES;
    let items = keys.iter().skip(number * rows).take(rows).map(|key| shown(key, visit.now)).collect();
    Ok(page_of(items, more.then(|| (number + 1).to_string())))
}

pub(super) async fn one(visit: Visit, Path(fingerprint): Path<String>) -> ApiAnswer {
    let name = fingerprint_key(&fingerprint);
    let key = sql_key::get_key(&visit.db, &name).await?.ok_or_else(Problem::not_found)?;
    Ok(answer(&shown(&key, visit.now)))
}

pub(super) async fn accept(visit: Visit, Path(fingerprint): Path<String>) -> ApiAnswer {
    step(&visit, &fingerprint, KeyStep::Accept).await
}

pub(super) async fn reject(visit: Visit, Path(fingerprint): Path<String>) -> ApiAnswer {
    step(&visit, &fingerprint, KeyStep::Reject).await
}

pub(super) async fn remove(visit: Visit, Path(fingerprint): Path<String>) -> ApiAnswer {
    step(&visit, &fingerprint, KeyStep::Remove).await
}

pub(super) async fn restore(visit: Visit, Path(fingerprint): Path<String>) -> ApiAnswer {
    step(&visit, &fingerprint, KeyStep::Restore).await
}

async fn step(visit: &Visit, fingerprint: &str, step: KeyStep) -> ApiAnswer {
    match step_key(&visit.db, &visit.viewer.name, (fingerprint, None), step, visit.now).await {
        Ok(key) => Ok(answer(&shown(&key, visit.now))),
        Err(problem) => Err(refused(problem)),
    }
}

/// Why nothing was done, for programs.
pub(in super::super) fn refused(problem: KeyProblem) -> Problem {
    let reason = match problem {
        KeyProblem::NotFound(_) => return Problem::not_found(),
        KeyProblem::Store(error) => return error.into(),
        KeyProblem::Disk(error) => return Problem::internal(error),
        KeyProblem::Own(_) | KeyProblem::NoOwn => "own-key",
        KeyProblem::Removed(_) => "removed-key",
        KeyProblem::Stale(_) => "stale",
        KeyProblem::DirectoryOff => "directory-off",
        KeyProblem::Address(_) => "address",
        KeyProblem::NotGivenOut(..) | KeyProblem::NotOfAddress(_) => "not-given-out",
        KeyProblem::Key(_) => "no-key",
    };
    Problem::refused(reason, problem)
}
