//! The OpenAPI 3.1 document, put together from the descriptions that stand beside the handlers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::guard::KEY_CHARS;
use super::op::{Body, Gives, Op};
use super::problem::Code;
use super::schema;
use crate::rights::Right;

/// What the API does, and the document that says so.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// Every operation, in the order of the paths.
    pub ops: Vec<Arc<Op>>,
    /// The document as JSON text.
    pub text: String,
}

impl Document {
    pub(crate) fn new(mut ops: Vec<Arc<Op>>, schemas: &[(&'static str, Value)]) -> Document {
        ops.sort_by_key(|op| (op.path, op.method.to_string()));
        let text = document(&ops, schemas).to_string();
        Document { ops, text }
    }
}

fn document(ops: &[Arc<Op>], schemas: &[(&'static str, Value)]) -> Value {
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for op in ops {
        let method = op.method.as_str().to_ascii_lowercase();
        paths.entry(op.path).or_default().insert(method, operation(op));
    }
    let mut known: Map<String, Value> = schemas.iter().map(|(name, schema)| ((*name).into(), schema.clone())).collect();
    known.insert("Problem".into(), problem());
    let tags: BTreeSet<&str> = ops.iter().map(|op| tag(op)).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Manara",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Everything the pages of a national CIRT do, for programs.",
            "description": "Every operation wants a token, made by a person at /account/tokens, as `Authorization: Bearer mnr_…`. \
                A token does what its scopes say and its person may. Errors are problems (RFC 9457) with a stable `code`. \
                Lists go on by `cursor`. Times are RFC 3339 in UTC. See /api for people.",
            "license": { "name": "Apache 2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }],
        "tags": tags.iter().map(|tag| json!({ "name": tag })).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "schemas": known,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "description": scopes() } },
        },
    })
}

fn scopes() -> String {
    let scopes: Vec<&str> = Right::scoped().filter_map(Right::scope).collect();
    format!("A token of a person. Scopes: {}.", scopes.join(", "))
}

/// The part of the path that says what an operation is about.
pub(crate) fn tag(op: &Op) -> &'static str {
    op.path.strip_prefix(super::PREFIX).and_then(|rest| rest.split('/').next()).unwrap_or_default()
}

fn operation(op: &Op) -> Value {
    let scope = op.right.scope().map_or("Any token.".to_string(), |scope| format!("Scope: `{scope}`."));
    let mut operation = json!({
        "operationId": op.id,
        "tags": [tag(op)],
        "summary": op.says,
        "description": scope,
        "parameters": parameters(op),
        "responses": responses(op),
    });
    let content = match &op.body {
        Body::None => return operation,
        Body::Json(name) => json!({ "application/json": { "schema": schema::of(name) } }),
        Body::File => json!({ "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } }),
    };
    if let Value::Object(operation) = &mut operation {
        operation.insert("requestBody".into(), json!({ "required": true, "content": content }));
    }
    operation
}

fn parameters(op: &Op) -> Vec<Value> {
    let mut all: Vec<Value> = op
        .placeholders()
        .map(|name| {
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string", "minLength": 1, "maxLength": 200 },
                "description": "as the record itself says it" })
        })
        .collect();
    all.extend(op.query.iter().map(|param| {
        json!({ "name": param.name, "in": "query", "required": param.required, "schema": param.schema, "description": param.says })
    }));
    let header = |name: &str, required: bool, schema: Value, says: &str| json!({ "name": name, "in": "header", "required": required, "schema": schema, "description": says });
    if op.has_etag && op.method == Method::GET {
        all.push(header("If-None-Match", false, schema::text(), "an ETag; 304 when the record still has it"));
    }
    if op.method != Method::GET && takes_match(op) {
        all.push(header("If-Match", op.wants_match, schema::text(), "the ETag the record is to have; * for any"));
    }
    if op.takes_key() {
        let says = "a name for this order: the same one again, within 24 hours, gives the same answer and does nothing";
        let schema = json!({ "type": "string", "pattern": format!("^[!-~]{{1,{KEY_CHARS}}}$") });
        all.push(header("Idempotency-Key", false, schema, says));
    }
    all
}

/// Whether the operation is about one record that is there.
fn takes_match(op: &Op) -> bool {
    op.has_etag && op.method != Method::GET
}

fn responses(op: &Op) -> Map<String, Value> {
    let mut all = Map::new();
    let mut headers = Map::new();
    let text = |says: &str| json!({ "description": says, "schema": { "type": "string" } });
    if op.has_etag {
        headers.insert("ETag".into(), text("the state of the record"));
    }
    let of_json = |schema: Value| json!({ "application/json": { "schema": schema } });
    let (status, says, content) = match &op.gives {
        Gives::One(name) => ("200", "the record", of_json(schema::of(name))),
        Gives::Made(name) => {
            headers.insert("Location".into(), text("where the record is"));
            ("201", "the record that was made", of_json(schema::of(name)))
        }
        Gives::Page(name) => {
            let page = schema::object(&[("items", schema::many(schema::of(name))), ("next", schema::maybe_text())]);
            ("200", "the records, and where the next page begins; null when there is none", of_json(page))
        }
        Gives::File(kinds) => {
            let content = kinds.iter().map(|kind| ((*kind).into(), json!({}))).collect::<Map<String, Value>>();
            ("200", "the file", Value::Object(content))
        }
        Gives::Stream => {
            ("200", "events, as they happen", json!({ "text/event-stream": { "schema": { "type": "string" } } }))
        }
    };
    all.insert(status.into(), json!({ "description": says, "headers": headers, "content": content }));
    if op.has_etag && op.method == Method::GET {
        all.insert("304".into(), json!({ "description": "the record still has that ETag" }));
    }
    let mut codes: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for code in Code::ALL.iter().filter(|code| may_give(op, **code)) {
        codes.entry(code.status().as_u16()).or_default().push(code.as_str());
    }
    for (status, codes) in codes {
        let content = json!({ "application/problem+json": { "schema": schema::of("Problem") } });
        all.insert(status.to_string(), json!({ "description": codes.join(", "), "content": content }));
    }
    all
}

/// Whether an operation may end with a problem.
fn may_give(op: &Op, code: Code) -> bool {
    let writes = op.method != Method::GET;
    match code {
        Code::Refused => writes,
        Code::Running | Code::Done | Code::KeyReused => op.takes_key(),
        Code::Stale => takes_match(op),
        Code::MatchWanted => op.wants_match,
        Code::TooLarge | Code::MediaType | Code::TooSlow => op.body != Body::None || op.takes_key(),
        Code::Invalid => true,
        Code::Method => false,
        Code::NotFound => op.placeholders().next().is_some() || writes,
        _ => true,
    }
}

fn problem() -> Value {
    let wrong = schema::object(&[("field", schema::text()), ("code", schema::text()), ("found", schema::text())]);
    schema::given(
        6,
        &[
            ("type", json!({ "type": "string", "format": "uri-reference" })),
            ("title", schema::text()),
            ("status", json!({ "type": "integer", "minimum": 400, "maximum": 599 })),
            ("code", schema::one_of(Code::ALL.iter().map(|code| code.as_str()))),
            ("id", schema::text()),
            ("instance", json!({ "type": "string", "format": "uri-reference" })),
            ("detail", schema::text()),
            ("reason", schema::text()),
            ("record", schema::text()),
            ("errors", schema::many(wrong)),
        ],
    )
}
