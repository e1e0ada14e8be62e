//! `ETag`, `If-Match` and `If-None-Match` (RFC 9110): a program says which state of a record it has.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::problem::{Code, Problem};

/// An answer about a record in a state; `state` is made of letters, digits, `-`, `:`, `.` and `_`.
pub fn with_etag(state: &str, mut response: Response) -> Response {
    if let Ok(tag) = format!("\"{state}\"").parse() {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// The state of a record by what is shown of it.
pub fn etag_of(value: &serde_json::Value) -> String {
    crate::people::hashed(&value.to_string()).chars().take(32).collect()
}

/// A record whose state is what is shown of it.
pub fn record(value: &serde_json::Value) -> Response {
    with_etag(&etag_of(value), super::json(value))
}

/// What `If-Match` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match(Option<Vec<String>>);

impl<S: Sync> FromRequestParts<S> for Match {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Match(tags(&parts.headers, &header::IF_MATCH)))
    }
}

impl Match {
    /// Refuses when the program has another state of the record than this one.
    pub fn check(&self, state: &str) -> Result<(), Problem> {
        match &self.0 {
            Some(tags) if !tags.iter().any(|tag| tag == "*" || tag == state) => Err(Self::stale()),
            _ => Ok(()),
        }
    }

    /// The state to ask for again in the transaction of the change: this one when the program named it, and the empty text,
    /// for any, when it named none. Refuses when the program has another.
    pub fn expected<'s>(&self, state: &'s str) -> Result<&'s str, Problem> {
        self.check(state)?;
        let is_named = self.0.as_ref().is_some_and(|tags| tags.iter().any(|tag| tag == state));
        Ok(if is_named { state } else { "" })
    }

    /// Somebody else changed the record.
    pub fn stale() -> Problem {
        Problem::new(Code::Stale, "the record has changed since; read it again, and send its new ETag as If-Match")
    }
}

/// The tags of a header, without their quotes; `None` when the header is not there. Weak tags match nothing.
fn tags(headers: &HeaderMap, name: &HeaderName) -> Option<Vec<String>> {
    let values: Vec<&str> = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    if values.is_empty() {
        return None;
    }
    let tag = |text: &str| {
        let text = text.trim();
        if text == "*" { Some("*".to_string()) } else { Some(text.strip_prefix('"')?.strip_suffix('"')?.to_string()) }
    };
    Some(values.iter().flat_map(|value| value.split(',')).filter_map(tag).collect())
}

/// The answer, or 304 when the program has it already.
pub(super) fn unless_known(headers: &HeaderMap, response: Response) -> Response {
    let Some(known) = tags(headers, &header::IF_NONE_MATCH) else { return response };
    let Some(tag) = response.headers().get(header::ETAG).filter(|_| response.status() == StatusCode::OK) else {
        return response;
    };
    let is_known = known.iter().any(|known| known == "*" || tag.as_bytes() == format!("\"{known}\"").as_bytes());
    if !is_known {
        return response;
    }
    let mut short = StatusCode::NOT_MODIFIED.into_response();
    short.headers_mut().insert(header::ETAG, tag.clone());
    short
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, StatusCode, header};
    use axum::response::IntoResponse as _;

    use super::{Match, tags, unless_known, with_etag};

    fn headers(name: &header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name.clone(), value.parse().unwrap())])
    }

    #[test]
    fn a_state_matches_itself_and_the_star_and_nothing_else() {
        let said = |value: &str| Match(tags(&headers(&header::IF_MATCH, value), &header::IF_MATCH));
        for (value, fits) in [
            ("\"7\"", true),
            ("*", true),
            ("\"6\", \"7\"", true),
            ("\"6\"", false),
            ("7", false),
            ("W/\"7\"", false),
            ("", false),
        ] {
            assert_eq!(said(value).check("7").is_ok(), fits, "{value}");
        }
        assert!(Match(None).check("7").is_ok());
        assert_eq!(said("\"7\"").expected("7").unwrap(), "7");
        assert_eq!((said("*").expected("7").unwrap(), Match(None).expected("7").unwrap()), ("", ""));
        assert!(said("\"6\"").expected("7").is_err());
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        let answer = || with_etag("7", "body".into_response());
        let status = |value: &str| unless_known(&headers(&header::IF_NONE_MATCH, value), answer()).status();
        assert_eq!(status("\"7\""), StatusCode::NOT_MODIFIED);
        assert_eq!(status("*"), StatusCode::NOT_MODIFIED);
        assert_eq!(status("\"8\""), StatusCode::OK);
        assert_eq!(unless_known(&HeaderMap::new(), answer()).status(), StatusCode::OK);
    }
}
