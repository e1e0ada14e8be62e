//! The watch for programs: findings, events, batches, feeds, SQL.

mod batches;
mod events;
mod feeds;
mod findings;

use manara_formats::Reject;
use manara_model::FindingState;
use manara_web::api::{Op, Param, schema};
use manara_web::{Right, Site};
use serde_json::{Value, json};

use super::batch::REJECTS;
use super::batches::BATCHES;
use super::events::{EVENTS, INTELMQ_KIND};
use super::feeds::{ENTRIES, FEEDS};
use super::findings::{ANSWERS, FINDINGS};
use super::hand_in::WORD;
use super::{Room, UPLOAD_BYTES, sql_box};

/// The operations.
pub(super) fn site() -> Site<Room> {
    let word = |name, says| Param::new(name, schema::words(0, WORD), says);
    Site::new()
        .api(
            Op::list(
                "/api/v1/findings",
                "listFindings",
                Right::ReadFindings,
                "What is wrong with which asset",
                &FINDINGS,
                "Finding",
            ),
            findings::list,
        )
        .api(
            Op::get("/api/v1/findings/{id}", "getFinding", Right::ReadFindings, "One finding", "Finding"),
            findings::one,
        )
        .api(
            Op::post(
                "/api/v1/findings/{id}/answer",
                "answerFinding",
                Right::AnswerFindings,
                "Says something of a finding for its constituent",
                "Finding",
            )
            .takes("FindingAnswer")
            .etag(),
            findings::answer,
        )
        .api(
            manara_web::bulk::op(
                "/api/v1/findings/bulk",
                "answerFindings",
                Right::AnswerFindings,
                "Says the same of many findings: of those of some ids, or of all that match a filter; 10,000 at most",
                "FindingBulk",
            ),
            findings::bulk,
        )
        .api(
            Op::list(
                "/api/v1/events",
                "listEvents",
                Right::ReadEvents,
                "Single events, newest first",
                &EVENTS,
                "Event",
            ),
            events::list,
        )
        .api(
            Op::file(
                "/api/v1/events/intelmq",
                "exportIntelmq",
                Right::ReadEvents,
                "Events as JSON lines with IntelMQ's keys, newest first; 50,000 at most",
                &[INTELMQ_KIND],
            )
            .filtered(&EVENTS),
            events::intelmq,
        )
        .api(
            Op::post(
                "/api/v1/query",
                "runQuery",
                Right::ReadEvents,
                "Asks in SQL; reads only, 1,000 rows at most",
                "Rows",
            )
            .takes("Query"),
            events::query,
        )
        .api(
            Op::list("/api/v1/feeds", "listFeeds", Right::ReadFeeds, "Whatever sends batches", &FEEDS, "Feed"),
            feeds::list,
        )
        .api(Op::get("/api/v1/feeds/{name}", "getFeed", Right::ReadFeeds, "One feed", "Feed"), feeds::one)
        .api(
            Op::list(
                "/api/v1/feeds/{name}/entries",
                "listEntries",
                Right::ReadFeeds,
                "What stands on a feed that is a list, and what stood there",
                &ENTRIES,
                "FeedEntry",
            ),
            feeds::entries,
        )
        .api(
            Op::list(
                "/api/v1/batches",
                "listBatches",
                Right::ReadBatches,
                "What arrived, and what became of every row",
                &BATCHES,
                "Batch",
            ),
            batches::list,
        )
        .api(
            Op::post(
                "/api/v1/batches",
                "handIn",
                Right::RunBatches,
                "Hands a file in; it is kept, then read in the background",
                "Received",
            )
            .takes_file(UPLOAD_BYTES)
            .with(word("file_name", "the name of the file; for many formats it says what the file is"))
            .with(word("feed", "the feed, when the name and the beginning of the file do not tell"))
            .with(word("type", "the report type or format, such as scan_telnet or suricata")),
            batches::hand_in,
        )
        .api(Op::get("/api/v1/batches/{id}", "getBatch", Right::ReadBatches, "One batch", "Batch"), batches::one)
        .api(
            Op::list(
                "/api/v1/batches/{id}/rejects",
                "listRejects",
                Right::ReadBatches,
                "The rows of a batch that could not be read",
                &REJECTS,
                "Reject",
            ),
            batches::rejects,
        )
        .api(
            Op::file(
                "/api/v1/batches/{id}/raw",
                "getRaw",
                Right::ReadEvents,
                "The bytes of a batch as they arrived",
                &["application/octet-stream"],
            ),
            batches::raw,
        )
        .api(
            Op::post(
                "/api/v1/batches/{id}/process",
                "processBatch",
                Right::RunBatches,
                "Goes on with a batch that waits",
                "Batch",
            )
            .etag(),
            batches::process,
        )
        .schemas(schemas())
        .schemas(vec![("FindingBulk", manara_web::bulk::schema(&FINDINGS, &super::many::changes()))])
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (text, count, moment) = (schema::text, schema::count, schema::moment);
    let maybe_text = || schema::maybe_text();
    let number = || json!({ "type": ["integer", "null"] });
    let source = schema::object(&[("feed", text()), ("events", count())]);
    let event: Vec<(&str, Value)> = events::COLUMNS
        .iter()
        .map(|column| match *column {
            "time" => (*column, moment()),
            "line" => (*column, count()),
            "source_port" | "source_asn" | "destination_port" => (*column, number()),
            "extra" => (*column, json!({})),
            _ => (*column, maybe_text()),
        })
        .collect();
    vec![
        (
            "Finding",
            schema::object(&[
                ("id", text()),
                ("constituent_id", text()),
                ("constituent", text()),
                ("class", text()),
                ("type", text()),
                ("subject", text()),
                ("asset", text()),
                ("state", schema::one_of(FindingState::ALL.map(FindingState::as_str))),
                ("severity", schema::severity()),
                ("confidence", schema::part()),
                ("first_seen", moment()),
                ("last_seen", moment()),
                ("events", count()),
                ("sources", schema::many(source)),
                ("changed_at", moment()),
                ("told_at", schema::maybe_moment()),
            ]),
        ),
        ("FindingAnswer", schema::given(1, &[("answer", schema::one_of(ANSWERS.map(|(word, _)| word)))])),
        ("Event", schema::object(&event)),
        ("Query", schema::given(1, &[("sql", schema::words(1, sql_box::LENGTH))])),
        (
            "Rows",
            schema::object(&[
                ("columns", schema::many(text())),
                ("rows", schema::many(json!({ "type": "object" }))),
                ("more", schema::flag()),
            ]),
        ),
        (
            "Feed",
            schema::object(&[
                ("name", text()),
                ("title", text()),
                ("format", text()),
                ("reliability", schema::part()),
                ("answers", count()),
                ("silent_hours", count()),
                ("silent_since", schema::maybe_moment()),
                ("last_received", schema::maybe_moment()),
                ("last_event", schema::maybe_moment()),
                ("batches", count()),
                ("events", count()),
                ("rejects", count()),
                ("duplicates", count()),
                ("drift", count()),
            ]),
        ),
        (
            "FeedEntry",
            schema::object(&[
                ("entry", text()),
                ("state", schema::one_of(["listed", "delisted", "expired"])),
                ("first_seen", moment()),
                ("last_seen", moment()),
                ("changed_at", moment()),
            ]),
        ),
        (
            "Batch",
            schema::object(&[
                ("id", text()),
                ("feed", text()),
                ("file_name", text()),
                ("format", text()),
                ("sha256", text()),
                ("bytes", count()),
                ("received_at", moment()),
                ("finished_at", schema::maybe_moment()),
                ("state", schema::one_of(["received", "finished", "failed"])),
                ("rows", count()),
                ("events", count()),
                ("contexts", count()),
                ("duplicates", count()),
                ("rejects", count()),
                ("unowned", count()),
                ("findings_opened", count()),
                ("findings_updated", count()),
                ("generation", count()),
                ("error", text()),
            ]),
        ),
        ("Received", schema::object(&[("known", schema::flag()), ("batch", schema::of("Batch"))])),
        (
            "Reject",
            schema::object(&[
                ("line", count()),
                ("column", text()),
                ("code", schema::one_of(Reject::CODES.iter().copied())),
                ("found", text()),
                ("raw", maybe_text()),
            ]),
        ),
    ]
}
