//! Notices for programs.

use std::sync::Arc;

use axum::extract::{Path, State};
use manara_model::Micros;
use manara_store::Arg;
use manara_web::api::{
    ApiAnswer, Given, Match, Op, Problem, json as answer, page_of, read_list, record, schema, with_etag,
};
use manara_web::{Right, Site, Visit};
use serde_json::{Value, json};

use super::list::{Line, NOTICES, line};
use super::one::{self, ANSWERS_SHOWN, HISTORY_SHOWN, Leaving, leaving, notice_json, whole};
use super::{Mailroom, many_notices};
use crate::answer::Said;
use crate::jobs::{Decider, decide_one};
use crate::notice::{LetterKind, NoticeState, Step, StepError};
use crate::sql::{self, FullNotice};

/// The operations.
pub(super) fn site() -> Site<Arc<Mailroom>> {
    let (read, send) = (Right::ReadNotices, Right::SendNotices);
    let step = |path, id, says| Op::post(path, id, send, says, "Notice").etag();
    Site::new()
        .api(
            Op::list("/api/v1/notices", "listNotices", read, "What constituents are told", &NOTICES, "NoticeLine"),
            list,
        )
        .api(Op::get("/api/v1/notices/{id}", "getNotice", read, "One notice, by its id or its number", "Notice"), get)
        .api(
            Op::get(
                "/api/v1/notices/{id}/preview",
                "previewNotice",
                read,
                "The letter as it will leave or as it left, its link covered; leaves is empty where it left and that was not noted",
                "Letter",
            ),
            preview,
        )
        .api(
            Op::file(
                "/api/v1/notices/{id}/files/{name}",
                "getNoticeFile",
                read,
                "An attachment",
                &["application/json", "text/csv", "application/pdf"],
            ),
            file,
        )
        .api(step("/api/v1/notices/{id}/approve", "approveNotice", "Says that a draft may go; of one that two people must approve, the state is waiting after the first"), approve_one)
        .api(step("/api/v1/notices/{id}/cancel", "cancelNotice", "Says that a notice shall not go"), cancel_one)
        .api(step("/api/v1/notices/{id}/redraft", "redraftNotice", "Takes a decision back"), redraft_one)
        .api(step("/api/v1/notices/{id}/retry", "retryNotice", "Queues a notice that failed once more"), retry_one)
        .api(
            Op::post(
                "/api/v1/notices/{id}/help-given",
                "helpGiven",
                Right::AnswerFindings,
                "Notes that help was given",
                "Notice",
            )
            .etag(),
            help_was_given,
        )
        .api(
            manara_web::bulk::op(
                "/api/v1/notices/bulk",
                "decideNotices",
                read,
                "Decides the same of many notices: of those of some ids, or of all that match a filter; 10,000 at most. \
                 What the change itself asks for is asked, too: notices:send, or findings:answer for help-given",
                "NoticeBulk",
            ),
            bulk,
        )
        .merge(super::mailbox::operations())
        .schemas(schemas())
        .schemas(vec![("NoticeBulk", manara_web::bulk::schema(&NOTICES, &super::many::changes()))])
}

async fn bulk(visit: Visit, State(room): State<Arc<Mailroom>>, Given(given): Given<Value>) -> ApiAnswer {
    manara_web::bulk::program(visit, &*many_notices(room.four_eyes_above), given).await
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (text, count, moment) = (schema::text, schema::count, schema::moment);
    let said = || {
        let words: Vec<Value> = Said::ALL.iter().map(|said| said.as_str().into()).chain([Value::Null]).collect();
        json!({ "enum": words })
    };
    let states = || schema::one_of(NoticeState::ALL.map(NoticeState::as_str));
    let letters = || schema::one_of(LetterKind::ALL.map(LetterKind::as_str));
    let finding = schema::object(&[
        ("finding", text()),
        ("asset", text()),
        ("subject", text()),
        ("severity", schema::severity()),
        ("first_seen", moment()),
        ("last_seen", moment()),
        ("events", count()),
        ("answer", said()),
        ("comment", schema::maybe_text()),
        ("answered_at", schema::maybe_moment()),
    ]);
    let answer = schema::object(&[
        ("at", moment()),
        ("finding", text()),
        ("asset", text()),
        ("answer", said()),
        ("before", said()),
        ("comment", text()),
        ("via", text()),
    ]);
    vec![
        (
            "NoticeLine",
            schema::object(&[
                ("id", text()),
                ("number", text()),
                ("letter", text()),
                ("state", states()),
                ("constituent", text()),
                ("constituent_id", text()),
                ("class", text()),
                ("day", text()),
                ("language", text()),
                ("tlp", schema::tlp()),
                ("severity", schema::severity()),
                ("findings", count()),
                ("assets", count()),
                ("events", count()),
                ("answered", count()),
                ("helps", count()),
                ("created", moment()),
                ("sent", schema::maybe_moment()),
                ("error", text()),
                ("approved_by", text()),
                ("seconded_by", text()),
            ]),
        ),
        (
            "Notice",
            schema::object(&[
                ("id", text()),
                ("number", text()),
                ("letter", letters()),
                ("state", states()),
                ("constituent", text()),
                ("constituent_id", text()),
                ("class", text()),
                ("day", text()),
                ("language", text()),
                ("tlp", schema::tlp()),
                ("subject", text()),
                ("severity", schema::severity()),
                ("recipients", schema::many(text())),
                ("created", moment()),
                ("approved", schema::maybe_moment()),
                ("approved_by", text()),
                ("seconded", schema::maybe_moment()),
                ("seconded_by", text()),
                ("rule", text()),
                ("sent", schema::maybe_moment()),
                ("error", text()),
                ("answered", count()),
                ("helps", count()),
                ("reminders", count()),
                ("files", schema::many(schema::object(&[("name", text()), ("bytes", count()), ("sha256", text())]))),
                ("findings", schema::many(finding)),
                ("answers", schema::many(answer)),
            ]),
        ),
        (
            "Letter",
            schema::object(&[
                ("header", text()),
                ("body", text()),
                ("language", text()),
                ("leaves", schema::one_of(["", "plain", "signed", "encrypted", "no-key"])),
                ("problem", text()),
            ]),
        ),
    ]
}

fn short(line: &Line) -> Value {
    json!({
        "id": line.id, "number": line.number, "letter": line.letter, "state": line.state.as_str(),
        "constituent": line.constituent, "constituent_id": line.constituent_id, "class": line.class, "day": line.day,
        "language": line.language, "tlp": line.tlp.label(), "severity": line.severity.as_str(),
        "findings": line.findings, "assets": line.assets, "events": line.events, "answered": line.answered,
        "helps": line.helps, "created": line.created.rfc3339(), "sent": line.sent.map(Micros::rfc3339),
        "error": line.error, "approved_by": line.approved_by, "seconded_by": line.seconded_by,
    })
}

async fn list(visit: Visit) -> ApiAnswer {
    let fixed: [Arg<'_>; 1] = [visit.viewer.clearance.rank().into()];
    let found = read_list(&NOTICES, &visit)?.fetch(&visit.db, &fixed, line).await?;
    let next = found.next();
    Ok(page_of(found.rows.iter().map(short).collect(), next))
}

/// A notice with all that is known of it but the letter.
async fn shown(visit: &Visit, full: &FullNotice) -> Result<Value, Problem> {
    let held = sql::held_of(&visit.db, &full.notice.id, ANSWERS_SHOWN).await?;
    let answers = sql::answers_of_notice(&visit.db, &visit.viewer, &full.notice.id, HISTORY_SHOWN).await?;
    let mut value = notice_json(full, &held, &answers);
    let one = &full.notice;
    let files = full.files.iter().map(|file| json!({ "name": file.name, "bytes": file.bytes, "sha256": file.sha256 }));
    if let Value::Object(value) = &mut value {
        value.insert("severity".into(), one.severity.as_str().into());
        value.insert("recipients".into(), one.recipients.iter().map(one::addressee).collect());
        value.insert("created".into(), one.created.rfc3339().into());
        value.insert("approved".into(), one.approved.map(Micros::rfc3339).into());
        value.insert("seconded".into(), one.seconded.map(Micros::rfc3339).into());
        value.insert("rule".into(), one.rule.as_str().into());
        value.insert("error".into(), one.error.as_str().into());
        value.insert("files".into(), files.collect());
    }
    Ok(value)
}

/// A notice with its state.
async fn found(visit: &Visit, id: &str) -> ApiAnswer {
    let full = whole(visit, id).await?;
    // Before the answers are read: what comes in between is in another state than this one names.
    let state = sql::state_of(&visit.db, &full.notice).await?;
    Ok(with_etag(&state, answer(&shown(visit, &full).await?)))
}

async fn get(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    found(&visit, &id).await
}

async fn preview(visit: Visit, State(room): State<Arc<Mailroom>>, Path(id): Path<String>) -> ApiAnswer {
    let FullNotice { notice, body, files, .. } = whole(&visit, &id).await?;
    let Leaving { leaves, header, problem } = leaving(&visit, &room, &notice, &body, &files).await?;
    // A link opens the constituent's own page: whoever looks on does not get it.
    let body = room.links.cover(&body, &notice, &visit.t("warning-one-link-here"));
    Ok(record(&json!({ "header": header, "body": body, "language": notice.language, "leaves": leaves,
        "problem": problem })))
}

async fn file(visit: Visit, room: State<Arc<Mailroom>>, path: Path<(String, String)>) -> ApiAnswer {
    Ok(one::file(visit, room, path).await?)
}

async fn approve_one(visit: Visit, room: State<Arc<Mailroom>>, id: Path<String>, is: Match) -> ApiAnswer {
    decide(visit, &room, id, is, Step::Approve).await
}

async fn cancel_one(visit: Visit, room: State<Arc<Mailroom>>, id: Path<String>, is: Match) -> ApiAnswer {
    decide(visit, &room, id, is, Step::Cancel).await
}

async fn redraft_one(visit: Visit, room: State<Arc<Mailroom>>, id: Path<String>, is: Match) -> ApiAnswer {
    decide(visit, &room, id, is, Step::Redraft).await
}

async fn retry_one(visit: Visit, room: State<Arc<Mailroom>>, id: Path<String>, is: Match) -> ApiAnswer {
    decide(visit, &room, id, is, Step::Retry).await
}

async fn decide(visit: Visit, room: &Mailroom, id: Path<String>, is: Match, step: Step) -> ApiAnswer {
    change(visit, room, id, is, Some(step)).await
}

async fn help_was_given(visit: Visit, room: State<Arc<Mailroom>>, id: Path<String>, is: Match) -> ApiAnswer {
    change(visit, &room, id, is, None).await
}

/// Takes a step, or notes that help was given, if the notice is in the state the program has.
async fn change(visit: Visit, room: &Mailroom, Path(id): Path<String>, is: Match, step: Option<Step>) -> ApiAnswer {
    let notice = whole(&visit, &id).await?.notice;
    let state = sql::state_of(&visit.db, &notice).await?;
    let expected = is.expected(&state)?;
    let by = Decider { who: &visit.viewer.name, bulk: "", above: room.four_eyes_above };
    let did = decide_one(&visit.db, (&notice.id, expected), by, step, visit.now).await;
    let did = did.map_err(Problem::internal)?.ok_or_else(Match::stale)?;
    match did.refused.first() {
        Some((_, StepError::NotFound)) => Err(Problem::not_found()),
        Some((_, why)) => Err(Problem::refused(why.code(), why)),
        None => found(&visit, &notice.id).await,
    }
}
