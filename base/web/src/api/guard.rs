//! What every request of a program passes before its handler: who it is, whether it may, how often, and whether it was done.

use std::sync::Arc;

use axum::body::{Body as HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use manara_model::Viewer;
use manara_store::{Acting, Once, StoreError, Turn};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::matching::unless_known;
use super::op::{Gives, Op};
use super::problem::{Code, Problem, said};
use crate::tokens;
use crate::visit::Visit;

/// The header that makes an order one that is carried out once.
const KEY: &str = "idempotency-key";
/// Characters of such a key.
pub(super) const KEY_CHARS: usize = 100;
/// An answer that is kept weighs at most so much.
const ANSWER_BYTES: usize = 4 * 1024 * 1024;

/// The visit of a program: signed in by its token and by nothing else.
pub(crate) async fn arrived(visit: Visit, headers: &HeaderMap) -> Result<Visit, StoreError> {
    let mut visit = Visit { wants_json: true, ..visit.into_stranger() };
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(secret) = bearer.and_then(|value| value.split_once(' ')) else { return Ok(visit) };
    if !secret.0.eq_ignore_ascii_case("bearer") {
        return Ok(visit);
    }
    let Some(known) = tokens::known(&visit.db, secret.1.trim(), visit.now).await? else {
        visit.is_guessing = !visit.may_guess();
        return Ok(visit);
    };
    visit.viewer = Viewer { name: known.person, clearance: known.clearance, mailboxes: known.mailboxes };
    visit.role = Some(known.role);
    visit.user_id = known.user_id;
    visit.token = Some(Arc::new(known.token));
    Ok(visit)
}

/// Runs an operation for whoever may.
pub(crate) async fn guard(op: Arc<Op>, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Visit>().cloned() else {
        return Problem::internal("an operation outside the shell").into_response();
    };
    let headers = request.headers().clone();
    let response = match admitted(&op, &visit, &headers) {
        Ok(token) => run(&op, &visit, token, &headers, request, next).await,
        Err(problem) => Err(problem),
    };
    let mut response = response.unwrap_or_else(Problem::into_response);
    if op.method == Method::GET && !matches!(op.gives, Gives::Stream) {
        response = unless_known(&headers, response);
        let kept = HeaderValue::from_static("private, no-cache");
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(kept);
    }
    response
}

/// The id and the name of the token, when the request may be run.
fn admitted(op: &Op, visit: &Visit, headers: &HeaderMap) -> Result<(String, String), Problem> {
    if visit.is_guessing {
        return Err(Problem { retry_after: Some(15 * 60), ..Problem::new(Code::TooMany, "too many wrong tokens") });
    }
    let Some(token) = &visit.token else {
        return Err(Problem::new(
            Code::Token,
            "send Authorization: Bearer and a token that is neither expired nor revoked",
        ));
    };
    if let Some(seconds) = visit.shell.pace.count(&token.id, visit.now) {
        let detail = "this token asked too often; Retry-After says how many seconds to wait";
        return Err(Problem { retry_after: Some(seconds), ..Problem::new(Code::TooMany, detail) });
    }
    if let Some(service) = visit.services.missing(op.path, Some(op.right)) {
        let detail = format!(
            "the service {} is not switched on; an administrator does so, or a building block",
            service.as_str()
        );
        return Err(Problem::new(Code::ServiceOff, detail));
    }
    if !visit.may(op.right) {
        let scope = op.right.scope().unwrap_or_default();
        let detail = format!("the operation wants the scope {scope}, and that its person has that right");
        return Err(Problem::new(Code::Scope, detail));
    }
    if visit.uri.path().contains("%00") || pairs_hold_nul(visit) {
        return Err(Problem::new(Code::Unreadable, "the address holds a NUL character; no text of ours has one"));
    }
    let known = |name: &str| op.query.iter().any(|param| param.name == name);
    let pairs = visit.query_pairs();
    if let Some((name, _)) = pairs.iter().find(|(name, _)| !known(name)) {
        return Err(Problem::new(Code::Unreadable, format!("there is no parameter {name:?} here")));
    }
    if let Some(missing) = op.query.iter().find(|param| param.required && !pairs.iter().any(|(n, _)| n == param.name)) {
        return Err(Problem::new(Code::Unreadable, format!("the parameter {} is missing", missing.name)));
    }
    if op.wants_match && !headers.contains_key(header::IF_MATCH) {
        let detail = "send the ETag of the record as If-Match, or * for whatever is there";
        return Err(Problem::new(Code::MatchWanted, detail));
    }
    Ok((token.id.clone(), token.name.clone()))
}

fn pairs_hold_nul(visit: &Visit) -> bool {
    visit.query_pairs().iter().any(|(name, value)| name.contains('\0') || value.contains('\0'))
}

async fn run(
    op: &Op,
    visit: &Visit,
    (token_id, token): (String, String),
    headers: &HeaderMap,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let key = match headers.get(KEY).filter(|_| op.takes_key()) {
        Some(key) => key_of(key)?,
        None => return Ok(Acting { token, order: None }.scope(next.run(request)).await),
    };
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, op.limit_bytes).await.map_err(|_| Problem::from(Code::TooLarge))?;
    let order = hex(&[token_id.as_bytes(), b"\n", key.as_bytes()]);
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let target = parts.uri.path_and_query().map_or("", |target| target.as_str());
    let asked = hex(&[target.as_bytes(), b"\n", kind, b"\n", &bytes]);
    match Once::begin(&visit.db, &order, &asked, visit.now).await? {
        Turn::Yours => {}
        Turn::Answered(kept) => return again(&kept),
        Turn::Running => return Err(Problem { retry_after: Some(5), ..Code::Running.into() }),
        Turn::Done(record) => return Err(Problem { record: Some(record.into()), ..Code::Done.into() }),
        Turn::OtherOrder => return Err(Problem::new(Code::KeyReused, "take a new Idempotency-Key for every order")),
    }
    let request = Request::from_parts(parts, HttpBody::from(bytes));
    let acting = Acting { token, order: Some(order.clone()) };
    let response = acting.scope(next.run(request)).await;
    if response.status().is_server_error() {
        Once::undone(&visit.db, &order).await?;
        return Ok(response);
    }
    // A problem is written now, so that the same one is given again.
    keep(visit, &order, said(visit, response)).await
}

fn key_of(value: &HeaderValue) -> Result<String, Problem> {
    let text = value.to_str().unwrap_or_default();
    let fits = (1..=KEY_CHARS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    let detail = "an Idempotency-Key has 1 to 100 visible ASCII characters";
    if fits { Ok(text.to_string()) } else { Err(Problem::new(Code::Unreadable, detail)) }
}

fn hex(parts: &[&[u8]]) -> String {
    let sum = parts.iter().fold(Sha256::new(), |sum, part| sum.chain_update(part));
    sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The headers of an answer that are kept with it.
const KEPT: [header::HeaderName; 4] = [header::CONTENT_TYPE, header::ETAG, header::LOCATION, header::RETRY_AFTER];

/// Keeps an answer for the next time.
async fn keep(visit: &Visit, order: &str, response: Response) -> Result<Response, Problem> {
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, ANSWER_BYTES).await.map_err(Problem::internal)?;
    let headers: Vec<(String, String)> = KEPT
        .iter()
        .filter_map(|name| Some((name.to_string(), parts.headers.get(name)?.to_str().ok()?.to_string())))
        .collect();
    let kept = json!({ "status": parts.status.as_u16(), "headers": headers, "body": String::from_utf8_lossy(&bytes) });
    Once::answered(&visit.db, order, &kept.to_string()).await?;
    Ok(Response::from_parts(parts, HttpBody::from(bytes)))
}

/// An answer that was given before.
fn again(kept: &str) -> Result<Response, Problem> {
    let kept: Value = serde_json::from_str(kept).map_err(Problem::internal)?;
    let status = kept.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.ok_or_else(|| Problem::internal("a kept answer without a status"))?;
    let body = kept.get("body").and_then(Value::as_str).unwrap_or_default().to_string();
    let mut response = (status, body).into_response();
    response.headers_mut().remove(header::CONTENT_TYPE);
    let headers = kept.get("headers").cloned().unwrap_or_default();
    let headers: Vec<(String, String)> = serde_json::from_value(headers).map_err(Problem::internal)?;
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (header::HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
    super::problem::mark_written(&mut response);
    Ok(response)
}
