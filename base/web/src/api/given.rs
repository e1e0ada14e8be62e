//! What a program sends: JSON of one shape, and what it asks of a list.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::problem::{Code, Problem};
use crate::list::{Ask, ListSpec, ROWS_MOST, ROWS_SHOWN};
use crate::visit::Visit;

/// What a cursor is, for those who send something else.
const CURSOR: &str = "cursor is next of the page before, with the same sort";

/// The JSON body of a request.
#[derive(Debug)]
pub struct Given<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Given<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(Problem::new(Code::MediaType, "send the body as application/json"));
        }
        let bytes =
            Bytes::from_request(request, state).await.map_err(|error| match error.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => Problem::from(Code::TooLarge),
                _ => Code::Unreadable.into(),
            })?;
        if holds_nul(&bytes) {
            return Err(Problem::new(Code::Invalid, "the body holds a NUL character; no text of ours has one"));
        }
        match serde_json::from_slice(&bytes) {
            Ok(given) => Ok(Given(given)),
            Err(error) if error.is_data() => Err(Problem::new(Code::Invalid, error)),
            Err(error) => Err(Problem::new(Code::Unreadable, format!("the body is not JSON: {error}"))),
        }
    }
}

/// Whether a text of the JSON holds the character that PostgreSQL cannot store.
fn holds_nul(bytes: &[u8]) -> bool {
    fn within(value: &serde_json::Value) -> bool {
        match value {
            serde_json::Value::String(text) => text.contains('\0'),
            serde_json::Value::Array(items) => items.iter().any(within),
            serde_json::Value::Object(members) => {
                members.iter().any(|(name, value)| name.contains('\0') || within(value))
            }
            _ => false,
        }
    }
    // Seldom written, so it is seldom looked for.
    bytes.windows(6).any(|part| part == b"\\u0000") && serde_json::from_slice(bytes).is_ok_and(|value| within(&value))
}

/// What is asked of a list: its filters and sorts as the page takes them, `cursor` and `limit`. Without a filter it is all
/// there is.
pub fn read_list(spec: &'static ListSpec, visit: &Visit) -> Result<Ask, Problem> {
    asked(spec, &read_pairs(visit)?)
}

/// The same for a list with a filter that is set unless the program sets it: its name and value.
pub fn read_list_usually(spec: &'static ListSpec, visit: &Visit, usual: (&str, &str)) -> Result<Ask, Problem> {
    let mut pairs = read_pairs(visit)?;
    if !pairs.iter().any(|(name, value)| name == usual.0 && !value.trim().is_empty()) {
        pairs.push((usual.0.into(), usual.1.into()));
    }
    asked(spec, &pairs)
}

/// Reads the pairs, and names them in a refusal as programs do.
fn asked(spec: &'static ListSpec, pairs: &[(String, String)]) -> Result<Ask, Problem> {
    spec.read_pairs(pairs).map_err(|error| {
        let mut problem = Problem::from(error);
        if problem.detail.ends_with(" after") {
            problem.detail = CURSOR.into();
        }
        problem
    })
}

fn read_pairs(visit: &Visit) -> Result<Vec<(String, String)>, Problem> {
    let mut pairs = visit.query_pairs();
    for (name, value) in &mut pairs {
        match name.as_str() {
            "cursor" => *name = "after".into(),
            "limit" => {
                read_limit(value)?;
                *name = "rows".into();
            }
            _ => {}
        }
    }
    Ok(pairs)
}

/// The same for a list that goes on by places of its own: what is asked, and the `cursor` as it came.
pub fn read_placed(spec: &'static ListSpec, visit: &Visit) -> Result<(Ask, Option<String>), Problem> {
    let pairs = read_pairs(visit)?;
    let (placed, rest): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| name == "after");
    let cursor = placed.into_iter().map(|(_, cursor)| cursor).find(|cursor| !cursor.is_empty());
    Ok((asked(spec, &rest)?, cursor))
}

/// How many records a page is to have: `limit`, or 50 when it does not say. For lists that no [`ListSpec`] describes.
pub fn limit_of(visit: &Visit) -> Result<u16, Problem> {
    visit.query("limit").map_or(Ok(ROWS_SHOWN), |text| read_limit(&text))
}

fn read_limit(text: &str) -> Result<u16, Problem> {
    let limit = text.parse().ok().filter(|limit| (1..=ROWS_MOST).contains(limit));
    limit.ok_or_else(|| Problem::new(Code::Unreadable, format!("limit is a whole number from 1 to {ROWS_MOST}")))
}

/// A cursor that is the number of a page.
pub fn page_number(cursor: Option<String>, pages: usize) -> Result<usize, Problem> {
    let number = cursor.map_or(Some(0), |text| text.parse().ok()).filter(|number| *number < pages);
    number.ok_or_else(|| Problem::new(Code::Unreadable, CURSOR))
}

/// A page of records, and where the next begins.
pub fn page_of(items: Vec<serde_json::Value>, next: Option<String>) -> Response {
    super::json(&json!({ "items": items, "next": next }))
}
