//! A form is taken only from our own page: by where the browser says it comes from, and by the token in it.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::StreamExt as _;
use subtle::ConstantTimeEq as _;

use crate::error::{Fault, PageError};
use crate::visit::Visit;

/// The token's first field has to be within so many bytes of a form with files.
const HEAD_BYTES: usize = 8 * 1024;

/// The token as it stands in a page: masked anew each time, so that compression cannot give it away.
pub(crate) fn masked(secret: &[u8; 32]) -> String {
    let pad: [u8; 32] = rand::random();
    let mut both = pad.to_vec();
    both.extend(pad.iter().zip(secret).map(|(p, s)| p ^ s));
    URL_SAFE_NO_PAD.encode(both)
}

fn is_right(token: &str, secret: &[u8; 32]) -> bool {
    let Ok(both) = URL_SAFE_NO_PAD.decode(token) else { return false };
    let Some((pad, mixed)) = both.split_at_checked(32).filter(|(_, mixed)| mixed.len() == 32) else { return false };
    let plain: Vec<u8> = pad.iter().zip(mixed).map(|(p, m)| p ^ m).collect();
    plain.ct_eq(secret.as_slice()).into()
}

/// The request again when it is ours; the body is read as far as the token needs.
pub(crate) async fn checked(visit: &Visit, request: Request, limit_bytes: usize) -> Result<Request, PageError> {
    if !from_our_page(request.headers(), &visit.host) {
        return Err(Fault::StaleForm.into());
    }
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (parts, body) = request.into_parts();
    let (token, body) = match kind.as_str() {
        "multipart/form-data" => {
            let (head, body) = peeked(body).await?;
            (token_of_parts(&head), body)
        }
        "application/x-www-form-urlencoded" => {
            let bytes = axum::body::to_bytes(body, limit_bytes).await.map_err(|_| PageError::from(Fault::TooLarge))?;
            let token = form_urlencoded::parse(&bytes).find(|(name, _)| name == "csrf").map(|(_, v)| v.into_owned());
            (token, Body::from(bytes))
        }
        _ => return Err(PageError::unreadable(format!("a form of kind {kind:?}"))),
    };
    if !token.is_some_and(|token| is_right(&token, &visit.csrf_secret)) {
        return Err(Fault::StaleForm.into());
    }
    Ok(Request::from_parts(parts, body))
}

/// Browsers say where a form comes from; what says nothing is left to the token.
fn from_our_page(headers: &HeaderMap, host: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => true,
        Some(_) => false,
        None => match text("origin") {
            // Under `no-referrer` a browser without Sec-Fetch-Site writes `null` even for our own page.
            None | Some("null") => true,
            Some(origin) => origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host)),
        },
    }
}

async fn peeked(body: Body) -> Result<(Vec<u8>, Body), PageError> {
    let mut stream = body.into_data_stream();
    let mut head: Vec<u8> = Vec::new();
    while head.len() < HEAD_BYTES && token_of_parts(&head).is_none() {
        match stream.next().await {
            Some(Ok(bytes)) => head.extend_from_slice(&bytes),
            Some(Err(error)) => return Err(PageError::unreadable(error)),
            None => break,
        }
    }
    let first = futures::stream::once(std::future::ready(Ok::<_, axum::Error>(Bytes::from(head.clone()))));
    Ok((head, Body::from_stream(first.chain(stream))))
}

/// The value of the first part when it is named `csrf` and has arrived whole.
fn token_of_parts(head: &[u8]) -> Option<String> {
    let head = head.get(..head.len().min(HEAD_BYTES))?;
    let text = String::from_utf8_lossy(head);
    let (part_head, rest) = text.split_once("\r\n\r\n")?;
    let disposition = part_head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    if !disposition.contains("name=\"csrf\"") || disposition.contains("filename") {
        return None;
    }
    let (value, _) = rest.split_once("\r\n")?;
    Some(value.to_string())
}

#[cfg(test)]
mod tests {
    use super::{from_our_page, is_right, masked, token_of_parts};
    use axum::http::HeaderMap;

    #[test]
    fn a_token_is_right_only_for_its_secret() {
        let (ours, other) = ([7; 32], [8; 32]);
        let token = masked(&ours);
        assert!(is_right(&token, &ours));
        assert!(!is_right(&token, &other));
        assert_ne!(token, masked(&ours), "masked anew");
        for bad in ["", "x", "====", &token[..20], &format!("{token}AA")] {
            assert!(!is_right(bad, &ours), "{bad}");
        }
    }

    #[test]
    fn a_form_from_elsewhere_is_refused() {
        for (site, origin, want) in [
            (Some("same-origin"), Some("null"), true),
            (Some("none"), None, true),
            (Some("cross-site"), Some("http://cirt.example"), false),
            (Some("same-site"), None, false),
            (None, Some("https://cirt.example"), true),
            (None, Some("https://evil.example"), false),
            (None, Some("null"), true),
            (None, None, true),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(site) = site {
                headers.insert("sec-fetch-site", site.parse().unwrap());
            }
            if let Some(origin) = origin {
                headers.insert("origin", origin.parse().unwrap());
            }
            assert_eq!(from_our_page(&headers, "cirt.example"), want, "{site:?} {origin:?}");
        }
    }

    #[test]
    fn only_the_first_part_can_be_the_token() {
        let head = "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\ntok\r\n--b";
        assert_eq!(token_of_parts(head.as_bytes()).as_deref(), Some("tok"));
        let file = "--b\r\nContent-Disposition: form-data; name=\"csrf\"; filename=\"x\"\r\n\r\ntok\r\n--b";
        assert_eq!(token_of_parts(file.as_bytes()), None);
        let second = format!("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n{head}");
        assert_eq!(token_of_parts(second.as_bytes()), None);
    }
}
