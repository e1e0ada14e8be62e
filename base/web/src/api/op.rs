//! One operation of the API, described where its handler is registered.

use axum::http::Method;
use serde_json::{Value, json};

use crate::list::{Kind, ListSpec, ROWS_MOST, ROWS_SHOWN};
use crate::rights::Right;
use crate::site::FORM_BYTES;

/// A value in the query string.
#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// Its JSON schema.
    pub schema: Value,
    /// What it does, in a sentence without a full stop.
    pub says: &'static str,
    /// Whether there is no operation without it.
    pub required: bool,
}

impl Param {
    /// A value that may be left out.
    pub fn new(name: &'static str, schema: Value, says: &'static str) -> Param {
        Param { name, schema, says, required: false }
    }
}

/// What an operation takes besides its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    None,
    /// JSON of a schema.
    Json(&'static str),
    /// A file, as it is.
    File,
}

/// What an operation gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gives {
    /// A record of a schema.
    One(&'static str),
    /// A page of records of a schema.
    Page(&'static str),
    /// A record of a schema that is new.
    Made(&'static str),
    /// A file of one of these kinds.
    File(&'static [&'static str]),
    /// Events, for as long as the reader listens.
    Stream,
}

/// One operation.
#[derive(Debug, Clone)]
pub struct Op {
    /// The method.
    pub method: Method,
    /// The path with its `{placeholders}`.
    pub path: &'static str,
    /// The name programs know it by: `listFindings`.
    pub id: &'static str,
    /// What the token's scopes must hold.
    pub right: Right,
    /// What it does, in a sentence.
    pub says: &'static str,
    /// The query string.
    pub query: Vec<Param>,
    /// The body.
    pub body: Body,
    /// The answer.
    pub gives: Gives,
    /// Whether the answer has an `ETag`.
    pub has_etag: bool,
    /// Whether `If-Match` must be there.
    pub wants_match: bool,
    /// Whether the answer holds a secret that is shown this once: it is kept nowhere, so the order takes no key.
    pub shows_secret: bool,
    /// The largest body.
    pub limit_bytes: usize,
}

impl Op {
    fn new(method: Method, path: &'static str, id: &'static str, right: Right, says: &'static str, gives: Gives) -> Op {
        Op {
            method,
            path,
            id,
            right,
            says,
            query: Vec::new(),
            body: Body::None,
            gives,
            has_etag: false,
            wants_match: false,
            shows_secret: false,
            limit_bytes: FORM_BYTES,
        }
    }

    /// Reads one record.
    pub fn get(path: &'static str, id: &'static str, right: Right, says: &'static str, one: &'static str) -> Op {
        Op { has_etag: true, ..Self::new(Method::GET, path, id, right, says, Gives::One(one)) }
    }

    /// Reads a page of records; what may be asked is what the page of the team takes.
    pub fn list(
        path: &'static str,
        id: &'static str,
        right: Right,
        says: &'static str,
        spec: &'static ListSpec,
        item: &'static str,
    ) -> Op {
        let mut op = Self::new(Method::GET, path, id, right, says, Gives::Page(item));
        op.query = spec.filters.iter().map(|filter| filter_param(filter.name, &filter.kind)).collect();
        let sorts: Vec<String> =
            spec.sorts.iter().flat_map(|sort| [sort.name.to_string(), format!("-{}", sort.name)]).collect();
        op.query.push(Param::new(
            "sort",
            json!({ "type": "string", "enum": sorts }),
            "the order; - before it turns it round",
        ));
        op.paged()
    }

    /// Reads a page of something that is not a [`ListSpec`].
    pub fn pages(path: &'static str, id: &'static str, right: Right, says: &'static str, item: &'static str) -> Op {
        Self::new(Method::GET, path, id, right, says, Gives::Page(item)).paged()
    }

    fn paged(mut self) -> Op {
        self.query.push(Param::new(
            "cursor",
            json!({ "type": "string", "maxLength": 4000 }),
            "where to go on: next of the page before",
        ));
        self.query.push(Param::new(
            "limit",
            json!({ "type": "integer", "minimum": 1, "maximum": ROWS_MOST, "default": ROWS_SHOWN }),
            "how many at most",
        ));
        self
    }

    /// Reads a file.
    pub fn file(
        path: &'static str,
        id: &'static str,
        right: Right,
        says: &'static str,
        kinds: &'static [&'static str],
    ) -> Op {
        Self::new(Method::GET, path, id, right, says, Gives::File(kinds))
    }

    /// Takes the filters of a list.
    #[must_use]
    pub fn filtered(mut self, spec: &'static ListSpec) -> Op {
        self.query.extend(spec.filters.iter().map(|filter| filter_param(filter.name, &filter.kind)));
        self
    }

    /// Listens.
    pub fn stream(path: &'static str, id: &'static str, right: Right, says: &'static str) -> Op {
        Self::new(Method::GET, path, id, right, says, Gives::Stream)
    }

    /// Does something, and gives a record.
    pub fn post(path: &'static str, id: &'static str, right: Right, says: &'static str, one: &'static str) -> Op {
        Self::new(Method::POST, path, id, right, says, Gives::One(one))
    }

    /// Makes a record, and gives it.
    pub fn make(path: &'static str, id: &'static str, right: Right, says: &'static str, one: &'static str) -> Op {
        Self::new(Method::POST, path, id, right, says, Gives::Made(one))
    }

    /// Changes what is said of a record, from the state that `If-Match` names, and gives it.
    pub fn patch(path: &'static str, id: &'static str, right: Right, says: &'static str, one: &'static str) -> Op {
        Op { wants_match: true, has_etag: true, ..Self::new(Method::PATCH, path, id, right, says, Gives::One(one)) }
    }

    /// Writes the whole of a record, from the state that `If-Match` names, and gives it.
    pub fn put(path: &'static str, id: &'static str, right: Right, says: &'static str, one: &'static str) -> Op {
        Op { method: Method::PUT, ..Self::patch(path, id, right, says, one) }
    }

    /// Takes JSON of a schema.
    #[must_use]
    pub fn takes(self, schema: &'static str) -> Op {
        Op { body: Body::Json(schema), ..self }
    }

    /// Takes a file, up to so many bytes.
    #[must_use]
    pub fn takes_file(self, limit_bytes: usize) -> Op {
        Op { body: Body::File, limit_bytes, ..self }
    }

    /// Takes a value in the query string.
    #[must_use]
    pub fn with(mut self, param: Param) -> Op {
        self.query.push(param);
        self
    }

    /// Takes a value in the query string without which there is no operation.
    #[must_use]
    pub fn needs(self, param: Param) -> Op {
        self.with(Param { required: true, ..param })
    }

    /// The answer has an `ETag`.
    #[must_use]
    pub fn etag(self) -> Op {
        Op { has_etag: true, ..self }
    }

    /// The answer holds a secret that is shown this once.
    #[must_use]
    pub fn secret(self) -> Op {
        Op { shows_secret: true, ..self }
    }

    /// Whether an `Idempotency-Key` is taken: an answer is kept under it. Files are known by their bytes: the same one twice
    /// is one anyway.
    pub fn takes_key(&self) -> bool {
        self.method == Method::POST && self.body != Body::File && !self.shows_secret
    }

    /// The names of the placeholders of the path.
    pub fn placeholders(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }
}

pub(crate) fn filter_param(name: &'static str, kind: &Kind) -> Param {
    let text = json!({ "type": "string", "maxLength": 200 });
    let (schema, says) = match kind {
        Kind::Exact | Kind::Pick => (text, "equal to"),
        Kind::Contains => (text, "holds this text, whatever its case"),
        Kind::Written(_) => (text, "what is looked for"),
        Kind::Choice { values, .. } => (json!({ "type": "string", "enum": values }), "one of"),
        Kind::Case { cases, .. } => {
            let values: Vec<&str> = cases.iter().map(|case| case.0).collect();
            (json!({ "type": "string", "enum": values }), "one of")
        }
        Kind::FromDay => (json!({ "type": "string", "format": "date" }), "from this day on, in UTC"),
        Kind::UntilDay => (json!({ "type": "string", "format": "date" }), "until this day, in UTC, this day included"),
    };
    Param::new(name, schema, says)
}

#[cfg(test)]
mod tests {
    use super::Op;
    use crate::rights::Right;

    #[test]
    fn an_operation_knows_its_placeholders() {
        let op = Op::get("/api/v1/a/{id}/b/{name}", "x", Right::Enter, "", "X");
        assert_eq!(op.placeholders().collect::<Vec<_>>(), ["id", "name"]);
        assert!(!op.takes_key() && op.has_etag && !op.wants_match);
        assert!(Op::post("/api/v1/a", "x", Right::Enter, "", "X").takes_key());
        assert!(!Op::post("/api/v1/a", "x", Right::Enter, "", "X").takes_file(1).takes_key());
    }
}
