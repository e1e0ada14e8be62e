//! The shapes of what programs send and get about constituents.

use manara_web::api::schema;
use serde_json::{Value, json};

use super::{CONTACTS_MOST, LIST_MOST};
use crate::constituent::{Criticality, Format, NAME_CHARS, NOTES_CHARS, Role};
use crate::taxonomy::{Taxonomy, kinds, sectors};

/// All of them.
pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let terms = |taxonomy: &'static Taxonomy| {
        let says = format!(
            "one of {}, or words of your own",
            taxonomy.entries().iter().map(|e| e.id.as_str()).collect::<Vec<_>>().join(", ")
        );
        json!({ "type": "string", "maxLength": NAME_CHARS, "description": says })
    };
    let contact = |mail: Value| {
        vec![
            ("role", schema::one_of(Role::ALL.map(Role::as_str))),
            ("mail", mail),
            ("telephone", schema::text()),
            ("name", schema::text()),
            ("language", schema::text()),
            ("format", schema::one_of(Format::ALL.map(Format::as_str))),
            ("active", schema::flag()),
        ]
    };
    let names = json!({ "type": "object", "additionalProperties": { "type": "string" }, "description": "the name in other languages, by language code" });
    let names_given = schema::given(
        0,
        &[
            ("en", schema::words(0, NAME_CHARS)),
            ("ar", schema::words(0, NAME_CHARS)),
            ("fr", schema::words(0, NAME_CHARS)),
        ],
    );
    let criticality = schema::one_of(Criticality::ALL.map(Criticality::as_str));
    let number = json!({ "type": "integer", "minimum": 0, "maximum": 4_294_967_295_u64 });
    let refused = schema::object(&[
        ("line", schema::count()),
        ("column", schema::text()),
        ("code", schema::text()),
        ("found", schema::text()),
    ]);
    vec![
        (
            "ConstituentLine",
            schema::object(&[
                ("id", schema::text()),
                ("name", schema::text()),
                ("names", names.clone()),
                ("sector", schema::text()),
                ("kind", schema::text()),
                ("criticality", criticality.clone()),
                ("active", schema::flag()),
                ("networks", schema::count()),
                ("contacts", schema::count()),
                ("changed_at", schema::moment()),
            ]),
        ),
        (
            "Constituent",
            schema::object(&[
                ("id", schema::text()),
                ("name", schema::text()),
                ("names", names),
                ("sector", schema::text()),
                ("kind", schema::text()),
                ("criticality", criticality.clone()),
                ("association", schema::text()),
                ("networks", schema::many(schema::text())),
                ("as_numbers", schema::many(number.clone())),
                ("domains", schema::many(schema::text())),
                ("contacts", schema::many(schema::object(&contact(schema::text())))),
                ("active", schema::flag()),
                ("notes", schema::text()),
                ("changed_at", schema::moment()),
                ("removed_at", schema::maybe_moment()),
                ("merged_into", schema::maybe_text()),
            ]),
        ),
        (
            "ConstituentGiven",
            schema::given(
                1,
                &[
                    ("name", schema::words(1, NAME_CHARS)),
                    ("names", names_given),
                    ("sector", terms(sectors())),
                    ("kind", terms(kinds())),
                    ("criticality", criticality),
                    ("association", schema::words(0, NAME_CHARS)),
                    ("networks", schema::some(0, LIST_MOST, schema::words(1, 64))),
                    ("as_numbers", schema::some(0, LIST_MOST, number)),
                    ("domains", schema::some(0, LIST_MOST, schema::words(1, 253))),
                    ("contacts", schema::some(0, CONTACTS_MOST, schema::given(1, &contact(schema::words(0, 254))))),
                    ("active", schema::flag()),
                    ("notes", schema::words(0, NOTES_CHARS)),
                ],
            ),
        ),
        ("ConstituentMerge", schema::given(1, &[("into", schema::words(1, NAME_CHARS))])),
        (
            "ImportReport",
            schema::object(&[
                ("written", schema::flag()),
                ("read", schema::count()),
                ("added", schema::count()),
                ("changed", schema::count()),
                ("unchanged", schema::count()),
                ("removed", schema::count()),
                ("refused", schema::many(refused.clone())),
                ("warnings", schema::many(refused)),
            ]),
        ),
    ]
}
