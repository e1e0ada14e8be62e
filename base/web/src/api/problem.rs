//! What went wrong with a request, as RFC 9457 wants it told: with a code that stays the same from version to version.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use manara_store::StoreError;
use serde_json::{Value, json};
use tracing::{error, info};

use crate::error::{DATABASE_AGAIN_SECONDS, Fault, PageError};
use crate::visit::Visit;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:ident;)*) => {
        /// The stable code of a problem; the words are `api-problem-<code>`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $name),*
        }
        impl Code {
            /// All codes.
            pub const ALL: &[Code] = &[$(Self::$name),*];

            /// The word in the problem.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The HTTP status.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status),* }
            }
        }
    };
}

codes! {
    /// The request cannot be read: a parameter, or JSON that is none.
    Unreadable = "unreadable", BAD_REQUEST;
    /// There is no token, or it is unknown, expired or revoked.
    Token = "token", UNAUTHORIZED;
    /// The token lacks the scope, or its person the right.
    Scope = "scope", FORBIDDEN;
    /// The operation is of a service that is not switched on, or the API is not.
    ServiceOff = "service-off", FORBIDDEN;
    /// There is no such record, or the token's person may not see it.
    NotFound = "not-found", NOT_FOUND;
    /// The path takes no such method.
    Method = "method", METHOD_NOT_ALLOWED;
    /// The body did not come in time.
    TooSlow = "too-slow", REQUEST_TIMEOUT;
    /// What is asked does not follow from where the record stands; `reason` says why.
    Refused = "refused", CONFLICT;
    /// The order with this key is being carried out.
    Running = "running", CONFLICT;
    /// The order with this key was done, and its answer was lost; `record` says what it made or changed.
    Done = "done", CONFLICT;
    /// The record is not in the state that `If-Match` names.
    Stale = "stale", PRECONDITION_FAILED;
    /// The body is too large.
    TooLarge = "too-large", PAYLOAD_TOO_LARGE;
    /// The body is of another kind than the operation takes.
    MediaType = "media-type", UNSUPPORTED_MEDIA_TYPE;
    /// The server is asked under a name it does not know.
    UnknownHost = "unknown-host", MISDIRECTED_REQUEST;
    /// A value makes no sense; `errors` says which.
    Invalid = "invalid", UNPROCESSABLE_ENTITY;
    /// The key was used for another order.
    KeyReused = "key-reused", UNPROCESSABLE_ENTITY;
    /// The operation wants `If-Match`.
    MatchWanted = "match-wanted", PRECONDITION_REQUIRED;
    /// Too many requests.
    TooMany = "too-many", TOO_MANY_REQUESTS;
    /// A fault of ours.
    Internal = "internal", INTERNAL_SERVER_ERROR;
    /// The server cannot answer now.
    Unavailable = "unavailable", SERVICE_UNAVAILABLE;
    /// The database cannot be reached, or is busy for others.
    Database = "database", SERVICE_UNAVAILABLE;
}

impl From<Fault> for Code {
    fn from(fault: Fault) -> Code {
        match fault {
            Fault::Unreadable | Fault::StaleForm => Code::Unreadable,
            Fault::SignIn => Code::Token,
            Fault::Forbidden => Code::Scope,
            Fault::ServiceOff => Code::ServiceOff,
            Fault::NotFound => Code::NotFound,
            Fault::Method => Code::Method,
            Fault::TooSlow => Code::TooSlow,
            Fault::Conflict => Code::Refused,
            Fault::TooLarge => Code::TooLarge,
            Fault::UnknownHost => Code::UnknownHost,
            Fault::TooMany => Code::TooMany,
            Fault::Internal => Code::Internal,
            Fault::Unavailable | Fault::Overdue => Code::Unavailable,
            Fault::Database => Code::Database,
        }
    }
}

/// One value that makes no sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Which: a member of the body, or a parameter.
    pub field: String,
    /// A stable code.
    pub code: String,
    /// What was found.
    pub found: String,
}

/// A request that was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What went wrong.
    pub code: Code,
    /// More, for whoever writes the program; in English.
    pub detail: String,
    /// Why it was refused: a stable code of the plane.
    pub reason: Option<&'static str>,
    /// What makes no sense.
    pub errors: Vec<Wrong>,
    /// What was done already, as `plane/record`.
    pub record: Option<Box<str>>,
    /// Seconds to wait.
    pub retry_after: Option<u32>,
    /// Why, for the log.
    pub cause: String,
}

impl Problem {
    /// A problem with words for whoever writes the program.
    pub fn new(code: Code, detail: impl std::fmt::Display) -> Problem {
        Problem { detail: detail.to_string(), ..code.into() }
    }

    /// What is asked does not follow from where the record stands.
    pub fn refused(reason: &'static str, detail: impl std::fmt::Display) -> Problem {
        Problem { reason: Some(reason), ..Self::new(Code::Refused, detail) }
    }

    /// One value makes no sense.
    pub fn invalid(field: &str, code: &str, found: impl std::fmt::Display) -> Problem {
        let wrong = Wrong { field: field.into(), code: code.into(), found: found.to_string() };
        Problem { errors: vec![wrong], ..Code::Invalid.into() }
    }

    /// There is no such record, or this token's person may not see it.
    pub fn not_found() -> Problem {
        Code::NotFound.into()
    }

    /// A fault of ours, with its cause for the log.
    pub fn internal(cause: impl std::fmt::Display) -> Problem {
        Problem { cause: cause.to_string(), ..Code::Internal.into() }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Problem {
        Problem {
            code,
            detail: String::new(),
            reason: None,
            errors: Vec::new(),
            record: None,
            retry_after: None,
            cause: String::new(),
        }
    }
}

impl From<PageError> for Problem {
    fn from(error: PageError) -> Problem {
        let mut problem: Problem = Code::from(error.fault).into();
        // What cannot be read is the caller's own; every other cause is for the log.
        if error.fault == Fault::Unreadable {
            problem.detail.clone_from(&error.cause);
        }
        problem.cause = error.cause;
        problem.retry_after = (error.fault == Fault::Database).then_some(DATABASE_AGAIN_SECONDS);
        problem
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Problem {
        PageError::from(error).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        // The shell finds the problem in the extensions and writes it with the id of the request.
        let mut response = self.code.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What a handler of the API gives.
pub type ApiAnswer = Result<Response, Problem>;

/// Every answer that is an error becomes a problem, with an id that is also in the log.
pub(crate) fn said(visit: &Visit, response: Response) -> Response {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let extensions = response.extensions();
    if extensions.get::<Rendered>().is_some() {
        return response;
    }
    let problem = match (extensions.get::<Problem>(), extensions.get::<PageError>()) {
        (Some(problem), _) => problem.clone(),
        (None, Some(error)) => error.clone().into(),
        (None, None) if status == StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::MediaType.into(),
        (None, None) => Code::from(Fault::of_status(status)).into(),
    };
    let path = visit.uri.path();
    if problem.code.status().is_server_error() {
        error!(id = visit.id, path, cause = problem.cause, "a request of a program failed");
    } else {
        info!(id = visit.id, path, code = problem.code.as_str(), cause = problem.cause, "a request was refused");
    }
    let mut said = written(visit, &problem);
    if let Some(allow) = response.headers().get(header::ALLOW) {
        said.headers_mut().insert(header::ALLOW, allow.clone());
    }
    said
}

/// Marks a problem that is written already.
#[derive(Debug, Clone, Copy)]
struct Rendered;

/// Characters of a detail, and of a value that makes no sense: what was sent is not sent back whole.
const DETAIL_CHARS: usize = 500;
const FOUND_CHARS: usize = 200;

fn short(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// Marks an answer as one that is to leave as it is.
pub(super) fn mark_written(response: &mut Response) {
    response.extensions_mut().insert(Rendered);
}

/// A problem as it travels.
fn written(visit: &Visit, problem: &Problem) -> Response {
    let code = problem.code;
    let mut body = json!({
        "type": format!("/api#{}", code.as_str()),
        "title": visit.t(&format!("api-problem-{}", code.as_str())),
        "status": code.status().as_u16(),
        "code": code.as_str(),
        "id": visit.id,
        "instance": visit.instance(),
    });
    let mut add = |name: &str, value: Value| {
        if let Value::Object(body) = &mut body {
            body.insert(name.into(), value);
        }
    };
    if !problem.detail.is_empty() {
        add("detail", short(&problem.detail, DETAIL_CHARS).into());
    }
    if let Some(reason) = problem.reason {
        add("reason", reason.into());
    }
    if let Some(record) = &problem.record {
        add("record", record.as_ref().into());
    }
    if !problem.errors.is_empty() {
        let wrong =
            |one: &Wrong| json!({ "field": one.field, "code": one.code, "found": short(&one.found, FOUND_CHARS) });
        add("errors", problem.errors.iter().map(wrong).collect());
    }
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    let mut response = (code.status(), kind, body.to_string()).into_response();
    if code == Code::Token {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"manara\""));
    }
    if let Some(seconds) = problem.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    mark_written(&mut response);
    response
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Code;

    #[test]
    fn every_code_is_one_word_of_its_own_with_a_status_of_an_error() {
        let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(code.status().is_client_error() || code.status().is_server_error(), "{code:?}");
            assert!(code.as_str().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{code:?}");
        }
    }
}
