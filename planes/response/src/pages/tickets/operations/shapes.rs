//! The shapes of what programs send and get about tickets and mail.

use manara_model::CLASSES;
use manara_web::api::schema;
use serde_json::{Value, json};

use crate::attached::{Export, FILES};
use crate::incident::{Impact, TITLE_CHARS};
use crate::jobs::{MESSAGE_CHARS, RECIPIENTS, REPORTERS};
use crate::mail::LANGUAGES;
use crate::message::{DeliveryState, MessageKind};
use crate::pap::Pap;
use crate::sql_certificate::CertificateStanding;
use crate::ticket::{Kind, Source, TicketState};

/// All of them.
pub(super) fn schemas() -> Vec<(&'static str, Value)> {
    let (text, count, moment, flag) = (schema::text, schema::count, schema::moment, schema::flag);
    let classes = || schema::one_of(CLASSES.iter().map(|class| class.value));
    let types = || schema::one_of(CLASSES.iter().flat_map(|class| class.types).map(|kind| kind.value));
    let subject = || schema::words(1, TITLE_CHARS);
    let owner = || json!({ "type": "string", "maxLength": 40, "description": "a login name; empty for nobody" });
    let due = || json!({ "type": ["string", "null"], "format": "date-time" });
    let name = || schema::words(1, 200);
    let state = || schema::one_of(TicketState::ALL.map(TicketState::as_str));
    let line = || json!({ "type": "string", "maxLength": TITLE_CHARS });
    let address = || json!({ "type": "string", "maxLength": 320 });
    let ticket = || {
        vec![
            ("id", text()),
            ("number", text()),
            ("kind", schema::one_of(Kind::ALL.map(Kind::as_str))),
            ("state", state()),
            ("subject", text()),
            ("class", text()),
            ("type", text()),
            ("tlp", schema::tlp()),
            ("owner", text()),
            ("mailbox", text()),
            ("source", schema::one_of(Source::ALL.map(Source::as_str))),
            ("correspondent", text()),
            ("correspondent_name", text()),
            ("constituent_id", text()),
            ("constituent", text()),
            ("language", text()),
            ("target", text()),
            ("place", text()),
            ("merged_into", text()),
            ("opened_by", text()),
            ("version", count()),
            ("messages", count()),
            ("created", moment()),
            ("changed", moment()),
            ("acknowledged", schema::maybe_moment()),
            ("answered", schema::maybe_moment()),
            ("closed", schema::maybe_moment()),
            ("due", schema::maybe_moment()),
            ("tags", schema::many(text())),
        ]
    };
    let mut with_all = ticket();
    with_all.extend([
        ("incidents", schema::many(text())),
        ("observables", schema::many(schema::object(&[("kind", text()), ("value", text())]))),
        ("participants", schema::many(text())),
        ("happened", schema::maybe_moment()),
    ]);
    vec![
        ("Ticket", schema::object(&ticket())),
        ("TicketWhole", schema::object(&with_all)),
        (
            "TicketGiven",
            schema::given(
                2,
                &[
                    ("kind", schema::one_of(Kind::ALL.map(Kind::as_str))),
                    ("subject", subject()),
                    ("class", classes()),
                    ("type", types()),
                    ("tlp", schema::tlp()),
                    ("owner", owner()),
                    ("correspondent", address()),
                    ("correspondent_name", line()),
                    ("language", schema::one_of(LANGUAGES)),
                    ("incident", json!({ "type": "string", "maxLength": 200 })),
                    ("target", line()),
                    ("place", line()),
                    ("due", moment()),
                ],
            ),
        ),
        (
            "TicketChange",
            schema::given(
                0,
                &[
                    ("subject", subject()),
                    ("class", classes()),
                    ("type", types()),
                    ("tlp", schema::tlp()),
                    ("owner", owner()),
                    ("target", line()),
                    ("place", line()),
                    ("due", due()),
                ],
            ),
        ),
        ("TicketOwner", schema::given(1, &[("owner", owner())])),
        ("TicketMove", schema::given(1, &[("state", state())])),
        ("TicketIncident", schema::given(1, &[("incident", name())])),
        ("OtherTicket", schema::given(1, &[("other", name())])),
        (
            "LaunchGiven",
            schema::given(
                0,
                &[
                    ("title", subject()),
                    ("class", classes()),
                    ("type", types()),
                    ("impact", schema::one_of(Impact::ALL.map(Impact::as_str))),
                    ("urgency", schema::severity()),
                    ("tlp", schema::tlp()),
                    ("pap", schema::one_of(Pap::ALL.map(Pap::label))),
                    ("owner", owner()),
                    ("due", moment()),
                ],
            ),
        ),
        (
            "Message",
            schema::object(&[
                ("id", text()),
                ("kind", schema::one_of(MessageKind::ALL.map(MessageKind::as_str))),
                ("at", moment()),
                ("written", schema::maybe_moment()),
                ("message_id", text()),
                ("from_name", text()),
                ("from_mail", text()),
                ("recipients", text()),
                ("subject", text()),
                ("text", text()),
                ("automatic", text()),
                ("faults", schema::many(text())),
                ("security", text()),
                ("signed_by", text()),
                ("signed", schema::maybe_moment()),
                ("signature", text()),
                ("decrypted", flag()),
                ("who", text()),
                ("bytes", count()),
                ("facts", schema::many(schema::of("MessageFact"))),
                ("files", schema::many(schema::of("MessageFile"))),
                ("deliveries", schema::many(schema::of("MailDelivery"))),
            ]),
        ),
        ("MessageFact", schema::object(&[("name", text()), ("value", text()), ("moment", schema::maybe_moment())])),
        (
            "MessageFile",
            schema::object(&[
                ("position", count()),
                ("name", text()),
                ("media_type", text()),
                ("sha256", text()),
                ("bytes", count()),
                ("text", text()),
            ]),
        ),
        (
            "MailDelivery",
            schema::object(&[
                ("id", text()),
                ("message_id", text()),
                ("mail", text()),
                ("state", schema::one_of(DeliveryState::ALL.map(DeliveryState::as_str))),
                ("attempts", count()),
                ("queued", moment()),
                ("sent", schema::maybe_moment()),
                ("remark", text()),
            ]),
        ),
        (
            "MessageGiven",
            schema::given(
                1,
                &[
                    ("text", schema::words(1, MESSAGE_CHARS)),
                    ("subject", line()),
                    ("to", schema::some(0, RECIPIENTS, address())),
                    ("files", schema::some(0, FILES, schema::of("FileGiven"))),
                    ("exports", schema::some(0, FILES, schema::one_of(Export::ALL.map(Export::as_str)))),
                ],
            ),
        ),
        (
            "FileGiven",
            schema::given(
                2,
                &[
                    ("name", schema::words(1, 255)),
                    ("content", json!({ "type": "string", "contentEncoding": "base64" })),
                    ("media_type", json!({ "type": "string", "maxLength": 255 })),
                ],
            ),
        ),
        (
            "MailLetter",
            schema::object(&[
                ("id", text()),
                ("kind", text()),
                ("to", text()),
                ("automatic", flag()),
                ("title", json!({ "type": "object", "additionalProperties": { "type": "string" } })),
                ("use", json!({ "type": "object", "additionalProperties": { "type": "string" } })),
            ]),
        ),
        ("LetterText", schema::object(&[("subject", text()), ("text", text())])),
        (
            "ReportersGiven",
            schema::given(
                0,
                &[
                    ("text", json!({ "type": "string", "maxLength": MESSAGE_CHARS })),
                    ("subject", line()),
                    (
                        "letter",
                        json!({ "type": "string", "maxLength": 100, "description": "a letter, in the language of each" }),
                    ),
                    ("reports", schema::some(0, REPORTERS, name())),
                    ("files", schema::some(0, FILES, schema::of("FileGiven"))),
                    ("exports", schema::some(0, FILES, schema::one_of(Export::ALL.map(Export::as_str)))),
                ],
            ),
        ),
        (
            "ReportersWritten",
            schema::object(&[(
                "written",
                schema::many(schema::object(&[
                    ("ticket", text()),
                    ("message", schema::maybe_text()),
                    ("waits", flag()),
                    ("refused", schema::maybe_text()),
                    ("left_out", schema::many(text())),
                ])),
            )]),
        ),
        ("MailboxGiven", schema::given(1, &[("mailbox", address())])),
        ("CommentGiven", schema::given(1, &[("text", schema::words(1, MESSAGE_CHARS))])),
        ("MessageMove", schema::given(0, &[("to", json!({ "type": ["string", "null"], "maxLength": 200 }))])),
        (
            "MailTaken",
            schema::object(&[
                (
                    "taken",
                    schema::many(schema::object(&[
                        ("kind", text()),
                        ("message", text()),
                        ("ticket", schema::maybe_text()),
                        ("incident", schema::maybe_text()),
                        ("observables", schema::many(schema::object(&[("kind", text()), ("value", text())]))),
                        ("answered", flag()),
                        ("signed_by", schema::maybe_text()),
                        ("signature", schema::maybe_text()),
                        ("decrypted", flag()),
                        ("failed_recipient", schema::maybe_text()),
                        ("class", schema::maybe_text()),
                    ])),
                ),
                ("refused", count()),
                ("why", text()),
            ]),
        ),
        ("DecisionGiven", schema::given(1, &[("decision", schema::one_of(["join", "report", "discard"]))])),
        ("Decided", schema::object(&[("ticket", schema::maybe_text())])),
        (
            "DeadAddress",
            schema::object(&[
                ("mail", text()),
                ("state", text()),
                ("reason", text()),
                ("count", count()),
                ("since", moment()),
                ("at", moment()),
            ]),
        ),
        ("AddressGiven", schema::given(1, &[("mail", json!({ "type": "string", "maxLength": 320 }))])),
        (
            "MailCertificate",
            schema::object(&[
                ("fingerprint", text()),
                ("standing", schema::one_of(CertificateStanding::ALL.map(CertificateStanding::as_str))),
                ("name", text()),
                ("issuer", text()),
                ("mails", schema::many(text())),
                ("from", moment()),
                ("until", moment()),
                ("added", moment()),
                ("added_by", text()),
                ("used", schema::maybe_moment()),
                ("removed", schema::maybe_moment()),
            ]),
        ),
        (
            "KeysBrought",
            schema::object(&[
                ("new", schema::many(text())),
                ("renewed", schema::many(text())),
                ("same", schema::many(text())),
                ("refused", count()),
            ]),
        ),
        (
            "SuspensionGiven",
            schema::given(
                1,
                &[("mail", schema::words(3, 320)), ("reason", json!({ "type": "string", "maxLength": 200 }))],
            ),
        ),
        ("AddressSuspended", schema::object(&[("mail", text()), ("suspended", flag())])),
        ("AddressLifted", schema::object(&[("mail", text()), ("lifted", flag())])),
    ]
}
