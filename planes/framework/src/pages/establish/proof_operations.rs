//! What proves a block, and the switch of a service, for programs.

use axum::body::Bytes;
use axum::extract::{Path, State as Stated};
use manara_web::api::{ApiAnswer, Given, Match, Op, Param, Problem, etag_of, json as answer, record, schema};
use manara_web::{Right, Service, Site, Visit, switches};
use serde::Deserialize;
use serde_json::{Value, json};

use super::operations::not_done;
use super::{Ground, OpenFounding};
use crate::assessment::EVIDENCE_BYTES;
use crate::establish::{
    ACCEPT_CHARS, Acceptance, Accepting, Proof, Stand, accept as accepted, acceptance, assign as assigned, live_of,
    refuse as refused, show as shown,
};
use crate::pages::uploaded::{Uploaded, kept_evidence};

const PROOF: &str = "/api/v1/blocks/{id}/proof";
const FILE: &str = "/api/v1/blocks/{id}/proof/file";

/// The operations.
pub(super) fn site() -> Site<OpenFounding> {
    let (read, change, say) = (Right::ReadFramework, Right::ChangeRules, Right::AnswerAssessments);
    let step = |path, id, right, says| Op::post(path, id, right, says, "BlockProof").etag();
    let words = |name, says| Param::new(name, schema::words(0, ACCEPT_CHARS), says);
    Site::new()
        .api(Op::get(PROOF, "getProof", read, "What proves an applied block, and who accepted it", "BlockProof"), one)
        .api(
            step(PROOF, "showProof", say, "Shows what proves a block, in words or as a link").takes("ProofGiven"),
            show,
        )
        .api(
            step(FILE, "showProofFile", say, "Shows a file that proves a block; it is kept with its hash")
                .takes_file(EVIDENCE_BYTES)
                .needs(Param::new("name", schema::words(1, ACCEPT_CHARS), "what the file is called"))
                .with(words("text", "what it is, in words"))
                .with(words("link", "where it is besides")),
            show_file,
        )
        .api(Op::file(FILE, "getProofFile", read, "The file that was shown", &["application/octet-stream"]), file)
        .api(
            step("/api/v1/blocks/{id}/assign", "assignProof", change, "Says who brings the proof, and until when")
                .takes("ProofAssigned"),
            assign,
        )
        .api(
            step(
                "/api/v1/blocks/{id}/accept",
                "acceptProof",
                change,
                "Accepts what was shown; one's own only where nobody else may accept",
            ),
            accept,
        )
        .api(
            step("/api/v1/blocks/{id}/refuse", "refuseProof", change, "Says that what was shown is not enough"),
            refuse,
        )
        .api(
            Op::post(
                "/api/v1/services/{id}",
                "switchService",
                Right::SwitchServices,
                "Switches a service on or off by hand; its data stays",
                "ServiceSwitched",
            )
            .takes("SwitchGiven"),
            switch,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (text, words) = (schema::text, || schema::words(0, ACCEPT_CHARS));
    vec![
        (
            "BlockProof",
            schema::object(&[
                ("block", text()),
                ("application", text()),
                ("stand", schema::one_of(Stand::ALL.map(Stand::as_str))),
                ("person", text()),
                ("due", text()),
                ("text", text()),
                ("link", text()),
                ("file_name", text()),
                ("sha256", text()),
                ("shown_by", text()),
                ("shown", schema::maybe_moment()),
                ("accepted_by", text()),
                ("accepted", schema::maybe_moment()),
                ("own", schema::flag()),
            ]),
        ),
        ("ProofGiven", schema::given(0, &[("text", words()), ("link", words())])),
        ("ProofAssigned", schema::given(0, &[("person", words()), ("due", schema::words(0, 10))])),
        ("SwitchGiven", schema::given(1, &[("on", schema::flag())])),
        (
            "ServiceSwitched",
            schema::object(&[
                ("id", text()),
                ("name", text()),
                ("on", schema::flag()),
                ("basic", schema::flag()),
                ("who", text()),
                ("at", schema::maybe_moment()),
                ("by_block", schema::flag()),
            ]),
        ),
    ]
}

/// A proof as programs read it.
pub fn proof_json(block: &str, one: &Acceptance) -> Value {
    let stand = if one.accepted.is_some() { Stand::InPlace } else { Stand::Begun };
    json!({ "block": block, "application": one.applied, "stand": stand.as_str(), "person": one.person, "due": one.due,
        "text": one.text, "link": one.link, "file_name": one.file_name, "sha256": one.sha256, "shown_by": one.shown_by,
        "shown": one.shown.map(|at| at.rfc3339()), "accepted_by": one.accepted_by,
        "accepted": one.accepted.map(|at| at.rfc3339()), "own": one.is_own() })
}

/// The proof of a block that is applied.
async fn found(visit: &Visit, ground: &Ground, id: &str) -> Result<Acceptance, Problem> {
    ground.shelf.blocks.get(id).ok_or_else(Problem::not_found)?;
    let one = live_of(&visit.db, id).await?.ok_or_else(Problem::not_found)?;
    let proof = acceptance(&visit.db, &one.id).await?;
    Ok(proof.unwrap_or(Acceptance { applied: one.id, ..Acceptance::default() }))
}

/// Refuses when the program has another state of the proof.
async fn matched(visit: &Visit, ground: &Ground, id: &str, is: &Match) -> Result<(), Problem> {
    is.check(&etag_of(&proof_json(id, &found(visit, ground, id).await?)))
}

async fn now_stands(visit: &Visit, ground: &Ground, id: &str) -> ApiAnswer {
    Ok(record(&proof_json(id, &found(visit, ground, id).await?)))
}

async fn one(visit: Visit, Stated(ground): Stated<Ground>, Path(id): Path<String>) -> ApiAnswer {
    now_stands(&visit, &ground, &id).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProofGiven {
    #[serde(default)]
    text: String,
    #[serde(default)]
    link: String,
}

async fn show(
    visit: Visit,
    Stated(ground): Stated<Ground>,
    Path(id): Path<String>,
    is: Match,
    Given(given): Given<ProofGiven>,
) -> ApiAnswer {
    matched(&visit, &ground, &id, &is).await?;
    let proof = Proof { text: given.text, link: given.link, ..Proof::default() };
    shown(&visit.db, &id, &proof, &visit.viewer.name, visit.now).await.map_err(not_done)?;
    now_stands(&visit, &ground, &id).await
}

async fn show_file(
    visit: Visit,
    Stated(ground): Stated<Ground>,
    Path(id): Path<String>,
    is: Match,
    bytes: Bytes,
) -> ApiAnswer {
    matched(&visit, &ground, &id, &is).await?;
    let asked = |name: &str| visit.query(name).unwrap_or_default();
    let file_name = asked("name").trim().to_string();
    if file_name.is_empty() || file_name.chars().count() > ACCEPT_CHARS || file_name.chars().any(char::is_control) {
        return Err(Problem::invalid("name", "words", &file_name));
    }
    if bytes.is_empty() {
        return Err(Problem::invalid("file", "empty", ""));
    }
    let file = Uploaded::of(&file_name, bytes);
    let sha256 = file.keep(&ground.blobs).await?;
    let proof = Proof { text: asked("text"), link: asked("link"), file_name, sha256 };
    shown(&visit.db, &id, &proof, &visit.viewer.name, visit.now).await.map_err(not_done)?;
    now_stands(&visit, &ground, &id).await
}

async fn file(visit: Visit, Stated(ground): Stated<Ground>, Path(id): Path<String>) -> ApiAnswer {
    let proof = found(&visit, &ground, &id).await?;
    if proof.sha256.is_empty() {
        return Err(Problem::not_found());
    }
    let bytes = kept_evidence(&ground.blobs, &proof.sha256).await?;
    Ok(visit.download(&proof.file_name, "application/octet-stream", bytes))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProofAssigned {
    #[serde(default)]
    person: String,
    #[serde(default)]
    due: String,
}

async fn assign(
    visit: Visit,
    Stated(ground): Stated<Ground>,
    Path(id): Path<String>,
    is: Match,
    Given(given): Given<ProofAssigned>,
) -> ApiAnswer {
    matched(&visit, &ground, &id, &is).await?;
    let new = Accepting { person: given.person, due: given.due };
    assigned(&visit.db, &id, &new, &visit.viewer.name, visit.now).await.map_err(not_done)?;
    now_stands(&visit, &ground, &id).await
}

async fn accept(visit: Visit, Stated(ground): Stated<Ground>, Path(id): Path<String>, is: Match) -> ApiAnswer {
    matched(&visit, &ground, &id, &is).await?;
    accepted(&visit.db, &id, &visit.viewer.name, None, visit.now).await.map_err(not_done)?;
    now_stands(&visit, &ground, &id).await
}

async fn refuse(visit: Visit, Stated(ground): Stated<Ground>, Path(id): Path<String>, is: Match) -> ApiAnswer {
    matched(&visit, &ground, &id, &is).await?;
    refused(&visit.db, &id, &visit.viewer.name, visit.now).await.map_err(not_done)?;
    now_stands(&visit, &ground, &id).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SwitchGiven {
    on: bool,
}

async fn switch(visit: Visit, Path(id): Path<String>, Given(given): Given<SwitchGiven>) -> ApiAnswer {
    let service = Service::parse(&id).ok_or_else(Problem::not_found)?;
    if !given.on && !service.can_be_off() {
        let why = "this service is never off: it is where the others are switched on";
        return Err(Problem::refused("never-off", why));
    }
    let mut tx = visit.db.begin().await?;
    manara_web::switch(&mut tx, service, given.on, (&visit.viewer.name, ""), visit.now).await?;
    tx.commit().await?;
    let switches = switches(&visit.db).await?;
    let last = switches.get(service.as_str());
    Ok(answer(&json!({ "id": service.as_str(), "name": visit.t(&format!("service-{}", service.as_str())),
        "on": manara_web::services(&visit.db).await?.is_on(service), "basic": service.is_basic(),
        "who": last.map(|last| last.who.as_str()).unwrap_or_default(), "at": last.map(|last| last.at.as_str()),
        "by_block": last.is_some_and(|last| !last.cause.is_empty()) })))
}
