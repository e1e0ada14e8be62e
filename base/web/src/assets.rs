//! The few files a page needs, named by their content so that browsers may keep them for ever.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

const FILES: [(&str, &str, &str); 5] = [
    ("manara.css", "text/css; charset=utf-8", include_str!("../assets/manara.css")),
    ("picture.css", "text/css; charset=utf-8", include_str!("../assets/picture.css")),
    ("framework.css", "text/css; charset=utf-8", include_str!("../assets/framework.css")),
    ("manara.js", "text/javascript; charset=utf-8", include_str!("../assets/manara.js")),
    ("manara.svg", "image/svg+xml", include_str!("../assets/manara.svg")),
];

/// How a file that never changes is kept.
pub(crate) const FOR_EVER: &str = "public, max-age=31536000, immutable";

#[derive(Debug)]
pub(crate) struct Assets {
    served: Vec<(String, &'static str, &'static str, &'static str)>,
}

impl Assets {
    pub(crate) fn new() -> Assets {
        let served = FILES
            .iter()
            .map(|(name, kind, text)| {
                let hash: String = Sha256::digest(text).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
                (format!("/assets/{hash}/{name}"), *name, *kind, *text)
            })
            .collect();
        Assets { served }
    }

    pub(crate) fn href(&self, name: &str) -> String {
        self.served.iter().find(|file| file.1 == name).map(|file| file.0.clone()).unwrap_or_default()
    }

    pub(crate) fn serve(&self, path: &str) -> Option<Response> {
        let file = self.served.iter().find(|file| file.0 == path)?;
        let headers = [(header::CONTENT_TYPE, file.2), (header::CACHE_CONTROL, FOR_EVER)];
        Some((StatusCode::OK, headers, file.3).into_response())
    }
}
