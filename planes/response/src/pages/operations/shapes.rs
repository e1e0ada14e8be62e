//! The shapes of what programs send and get about incidents.

use manara_model::CLASSES;
use manara_web::api::schema;
use serde_json::{Value, json};

use super::NAMED_MOST;
use crate::incident::{Impact, LINKED_AT_ONCE, NOTE_CHARS, REASON_CHARS, State, TITLE_CHARS, Verdict};
use crate::pap::Pap;

/// All of them.
pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let (text, count, moment) = (schema::text, schema::count, schema::moment);
    let impact = || schema::one_of(Impact::ALL.map(Impact::as_str));
    let pap = || schema::one_of(Pap::ALL.map(Pap::label));
    let classes = || schema::one_of(CLASSES.iter().map(|class| class.value));
    let types = || schema::one_of(CLASSES.iter().flat_map(|class| class.types).map(|kind| kind.value));
    let title = || schema::words(1, TITLE_CHARS);
    let owner = || json!({ "type": "string", "maxLength": 40, "description": "a login name; empty for nobody" });
    let due = || json!({ "type": ["string", "null"], "format": "date-time" });
    let name = || schema::words(1, 200);
    let finding = || json!({ "type": "string", "pattern": "^[0-9a-f]{32}$" });
    vec![
        (
            "Incident",
            schema::object(&[
                ("id", text()),
                ("number", text()),
                ("title", text()),
                ("class", text()),
                ("type", text()),
                ("impact", impact()),
                ("urgency", schema::severity()),
                ("severity", schema::severity()),
                ("tlp", schema::tlp()),
                ("pap", pap()),
                ("owner", text()),
                ("state", schema::one_of(State::ALL.map(State::as_str))),
                ("resolution", text()),
                ("verdict", json!({ "enum": ["left", "fixed", "false", null] })),
                ("merged_into", text()),
                ("rule", text()),
                ("opened_by", text()),
                ("version", count()),
                ("findings", count()),
                ("constituents", text()),
                ("tags", schema::many(text())),
                ("fields", json!({ "type": "object", "additionalProperties": text() })),
                ("created", moment()),
                ("changed", moment()),
                ("closed", schema::maybe_moment()),
                ("due", schema::maybe_moment()),
                ("mailbox", text()),
            ]),
        ),
        (
            "IncidentGiven",
            schema::given(
                3,
                &[
                    ("title", title()),
                    ("class", classes()),
                    ("type", types()),
                    ("impact", impact()),
                    ("urgency", schema::severity()),
                    ("tlp", schema::tlp()),
                    ("pap", pap()),
                    ("owner", owner()),
                    ("due", moment()),
                    ("constituents", schema::some(0, NAMED_MOST, name())),
                    ("findings", schema::some(0, LINKED_AT_ONCE, finding())),
                ],
            ),
        ),
        (
            "IncidentChange",
            schema::given(
                0,
                &[
                    ("title", title()),
                    ("class", classes()),
                    ("type", types()),
                    ("impact", impact()),
                    ("urgency", schema::severity()),
                    ("tlp", schema::tlp()),
                    ("pap", pap()),
                    ("owner", owner()),
                    ("due", due()),
                ],
            ),
        ),
        (
            "IncidentClosing",
            schema::given(1, &[("resolution", name()), ("verdict", schema::one_of(Verdict::ALL.map(Verdict::as_str)))]),
        ),
        ("IncidentReopening", schema::given(1, &[("reason", schema::words(1, REASON_CHARS))])),
        ("OtherIncident", schema::given(1, &[("other", name())])),
        ("FindingIds", schema::given(1, &[("findings", schema::some(1, LINKED_AT_ONCE, finding()))])),
        (
            "LinkedFinding",
            schema::object(&[
                ("id", text()),
                ("constituent_id", text()),
                ("constituent", text()),
                ("type", text()),
                ("subject", text()),
                ("asset", text()),
                ("severity", schema::severity()),
                ("linked_at", moment()),
            ]),
        ),
        (
            "Note",
            schema::object(&[
                ("id", text()),
                ("text", text()),
                ("who", text()),
                ("at", moment()),
                ("version", count()),
                ("edited_by", schema::maybe_text()),
                ("edited_at", schema::maybe_moment()),
                ("struck_by", schema::maybe_text()),
                ("struck_at", schema::maybe_moment()),
                ("happened", schema::maybe_moment()),
                ("technique", schema::text()),
            ]),
        ),
        (
            "PartGiven",
            schema::given(
                1,
                &[
                    ("title", schema::words(1, TITLE_CHARS)),
                    ("findings", schema::some(0, 1_000, schema::words(1, 100))),
                    ("tickets", schema::some(0, 1_000, schema::words(1, 100))),
                    (
                        "observables",
                        schema::some(
                            0,
                            1_000,
                            schema::given(2, &[("kind", schema::words(1, 40)), ("value", schema::words(1, 2_000))]),
                        ),
                    ),
                ],
            ),
        ),
        (
            "NoteGiven",
            schema::given(
                1,
                &[
                    ("text", schema::words(1, NOTE_CHARS)),
                    ("happened", schema::moment()),
                    ("technique", json!({ "type": "string", "maxLength": 20 })),
                ],
            ),
        ),
    ]
}
