//! The shell's own operations: who asks, and the journal.

use manara_model::Entry;
use serde_json::{Value, json};

use super::op::Op;
use super::problem::ApiAnswer;
use super::{page_of, read_list, schema};
use crate::pages::{JOURNAL, lines};
use crate::rights::{Right, Role};
use crate::site::Site;
use crate::visit::Visit;

/// The operations of the shell.
pub(crate) fn own() -> Site {
    Site::new()
        .api(Op::get("/api/v1/me", "getMe", Right::Enter, "Whom the token stands for, and what it may", "Me"), me)
        .api(
            Op::list(
                "/api/v1/journal",
                "listJournal",
                Right::ReadJournal,
                "What was done, newest first",
                &JOURNAL,
                "Entry",
            ),
            journal,
        )
        .schemas(vec![
            (
                "Me",
                schema::object(&[
                    ("person", schema::text()),
                    ("role", schema::one_of(Role::ALL.map(Role::as_str))),
                    ("clearance", schema::tlp()),
                    ("mailboxes", schema::many(schema::text())),
                    ("token", schema::text()),
                    ("scopes", schema::many(schema::text())),
                ]),
            ),
            (
                "Entry",
                schema::object(&[
                    ("id", schema::count()),
                    ("at", schema::moment()),
                    ("who", schema::text()),
                    ("plane", schema::text()),
                    ("verb", schema::text()),
                    ("record", schema::text()),
                    ("detail", json!({ "type": "object" })),
                ]),
            ),
        ])
}

async fn me(visit: Visit) -> ApiAnswer {
    let token = visit.token.as_deref();
    let scopes = token.iter().flat_map(|token| &token.scopes).filter(|right| visit.may(**right));
    let me = json!({
        "person": visit.viewer.name,
        "role": visit.role.map(Role::as_str),
        "clearance": visit.viewer.clearance.label(),
        "mailboxes": visit.viewer.mailboxes.names(),
        "token": token.map(|token| token.name.as_str()),
        "scopes": scopes.filter_map(|right| right.scope()).collect::<Vec<_>>(),
    });
    Ok(super::record(&me))
}

/// A line of the journal as it travels.
pub(crate) fn entry_json(entry: &Entry) -> Value {
    // A detail is an object; what is none is given as a text of one.
    let detail = match serde_json::from_str(&entry.detail) {
        Ok(detail @ Value::Object(_)) => detail,
        _ => json!({ "text": entry.detail }),
    };
    json!({
        "id": entry.id, "at": entry.at.rfc3339(), "who": entry.who, "plane": entry.plane, "verb": entry.verb,
        "record": entry.record, "detail": detail,
    })
}

async fn journal(visit: Visit) -> ApiAnswer {
    let found = lines(&visit, &read_list(&JOURNAL, &visit)?).await?;
    Ok(page_of(found.rows.iter().map(entry_json).collect(), found.next()))
}
