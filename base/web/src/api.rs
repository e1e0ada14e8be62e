//! What all operations of the API share: tokens, problems, preconditions, orders carried out once, and the document that
//! describes them. The operations themselves stand beside the pages of their plane.

mod account;
mod document;
mod given;
mod guard;
mod matching;
mod op;
mod own;
mod pace;
mod page;
mod people;
mod problem;
pub mod schema;
mod stream;

pub use given::{Given, limit_of, page_number, page_of, read_list, read_list_usually, read_placed};
pub use matching::{Match, etag_of, record, with_etag};
pub use op::{Body, Gives, Op, Param};
pub use problem::{ApiAnswer, Code, Problem, Wrong};
pub use stream::{Happening, LISTENERS};

pub(crate) use account::account;
pub(crate) use document::Document;
pub(crate) use guard::{arrived, guard};
pub(crate) use op::filter_param;
pub(crate) use own::{entry_json, own};
pub(crate) use pace::Pace;
pub(crate) use page::{api_page, openapi};
pub(crate) use people::{people, sees_all};
pub(crate) use problem::said;
pub(crate) use stream::stream;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

/// What every operation's path begins with.
pub const PREFIX: &str = "/api/v1/";

/// Whether a path is the API's: no cookie is read there, and every error is a problem.
pub(crate) fn is_api(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// A JSON answer.
pub fn json(value: &serde_json::Value) -> Response {
    json_status(StatusCode::OK, value)
}

/// A JSON answer with another status, such as 201 for what was made.
pub fn json_status(status: StatusCode, value: &serde_json::Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// The answer to what made a record: where it is, and what it is.
pub fn made(path: &str, value: &serde_json::Value) -> Response {
    let mut response = json_status(StatusCode::CREATED, value);
    if let Ok(path) = path.parse() {
        response.headers_mut().insert(header::LOCATION, path);
    }
    response
}
