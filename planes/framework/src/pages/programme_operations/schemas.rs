//! What operations on kept designs and programmes take and give.

use manara_web::api::schema;
use serde_json::{Value, json};

use crate::assessment::{COMMENT_CHARS, LABEL_CHARS, NAME_CHARS};
use crate::design::{PAID, WISHES};
use crate::kept::DesignState;
use crate::plan::WEEKENDS;
use crate::programme::{LineKind, PAYERS, PEOPLE};
use crate::staffing::{CONSTITUENTS, Hours};

/// The schemas by name.
pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let text = schema::text;
    let day = || json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });
    let maybe = |least: i64, most: i64| json!({ "type": ["integer", "null"], "minimum": least, "maximum": most });
    let degree = || json!({ "type": "integer", "minimum": 1, "maximum": 3 });
    let limits =
        json!({ "type": "object", "additionalProperties": { "type": "integer", "minimum": 1, "maximum": PEOPLE } });
    let services = schema::some(0, WISHES, schema::words(1, 64));
    vec![
        (
            "Design",
            schema::object(&[
                ("id", text()),
                ("assessment", text()),
                ("subject", text()),
                ("name", text()),
                ("asked", json!({ "type": "object" })),
                ("aim", text()),
                ("sha256", text()),
                ("state", schema::one_of(DesignState::ALL.map(DesignState::as_str))),
                ("made_by", text()),
                ("made", schema::moment()),
                ("changed", schema::moment()),
            ]),
        ),
        (
            "DesignGiven",
            schema::given(
                1,
                &[
                    ("assessment", schema::words(1, 64)),
                    ("name", schema::words(0, NAME_CHARS)),
                    ("profile", schema::words(0, 64)),
                    ("services", services),
                    ("budget", maybe(0, 1_000_000_000_000)),
                    ("months", maybe(0, 1_200)),
                    ("hours", schema::one_of(Hours::ALL.map(Hours::as_str))),
                    ("constituents", maybe(0, CONSTITUENTS)),
                    (
                        "payers",
                        json!({ "type": "object", "maxProperties": PAID, "additionalProperties": schema::one_of(PAYERS) }),
                    ),
                    ("aim", schema::one_of(["first-year", "yearly", "effort"])),
                ],
            ),
        ),
        ("DesignStateGiven", schema::given(1, &[("state", schema::one_of(DesignState::ALL.map(DesignState::as_str)))])),
        (
            "Programme",
            schema::object(&[
                ("id", text()),
                ("name", text()),
                ("design", text()),
                ("assessment", text()),
                ("subject", text()),
                ("tlp", schema::tlp()),
                ("state", schema::one_of(["running", "closed"])),
                ("start", day()),
                ("weekend", schema::one_of(WEEKENDS)),
                ("people", maybe(1, PEOPLE)),
                ("roles", limits.clone()),
                ("currency", text()),
                ("days_off", json!({ "type": "array", "items": { "type": "object" } })),
                ("made_by", text()),
                ("made", schema::moment()),
                ("changed", schema::moment()),
            ]),
        ),
        (
            "ProgrammeGiven",
            schema::given(
                2,
                &[
                    ("design", schema::words(1, 64)),
                    ("start", day()),
                    ("name", schema::words(0, NAME_CHARS)),
                    ("weekend", schema::one_of(WEEKENDS)),
                    ("people", maybe(1, PEOPLE)),
                    ("roles", limits),
                    ("like", schema::words(0, 64)),
                ],
            ),
        ),
        ("ProgrammeStateGiven", schema::given(1, &[("state", schema::one_of(["running", "closed"]))])),
        (
            "ProgrammeLine",
            schema::object(&[
                ("id", text()),
                ("kind", schema::one_of(LineKind::ALL.map(LineKind::as_str))),
                ("text", text()),
                ("likelihood", degree()),
                ("impact", degree()),
                ("answer", text()),
                ("owner", text()),
                ("done_by", text()),
                ("done", schema::maybe_moment()),
                ("version", schema::count()),
            ]),
        ),
        (
            "LineGiven",
            schema::given(
                2,
                &[
                    ("kind", schema::one_of(LineKind::ALL.map(LineKind::as_str))),
                    ("text", schema::words(1, LABEL_CHARS)),
                    ("likelihood", degree()),
                    ("impact", degree()),
                    ("answer", schema::words(0, COMMENT_CHARS)),
                    ("owner", schema::words(0, NAME_CHARS)),
                ],
            ),
        ),
        ("TickGiven", schema::given(1, &[("done", schema::flag())])),
        ("Ticked", schema::object(&[("done", schema::flag())])),
        ("StepGiven", schema::given(1, &[("to", schema::one_of(["open", "started", "finished"])), ("day", day())])),
        (
            "TaskProof",
            schema::given(
                0,
                &[("proof", schema::words(0, COMMENT_CHARS)), ("evidence", schema::words(0, LABEL_CHARS))],
            ),
        ),
        (
            "ProgrammeTaskGiven",
            schema::given(
                0,
                &[
                    ("owner", schema::words(0, NAME_CHARS)),
                    ("start", day()),
                    ("end", day()),
                    ("version", json!({ "type": "integer", "minimum": 1 })),
                ],
            ),
        ),
    ]
}
