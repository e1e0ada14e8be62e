//! The few files a page needs, named by their content so that browsers may keep them for ever.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

const FILES: [(&str, &str, &str); 8] = [
    ("manara.css", "text/css; charset=utf-8", include_str!("../assets/manara.css")),
    ("picture.css", "text/css; charset=utf-8", include_str!("../assets/picture.css")),
    ("framework.css", "text/css; charset=utf-8", include_str!("../assets/framework.css")),
    ("programme.css", "text/css; charset=utf-8", include_str!("../assets/programme.css")),
    ("manara.js", "text/javascript; charset=utf-8", include_str!("../assets/manara.js")),
    ("live.js", "text/javascript; charset=utf-8", include_str!("../assets/live.js")),
    ("keep.js", "text/javascript; charset=utf-8", include_str!("../assets/keep.js")),
    ("manara.svg", "image/svg+xml", include_str!("../assets/manara.svg")),
];

/// How a file that never changes is kept.
pub(crate) const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A file without indentation and without lines that are only a comment: nobody reads those in a browser.
fn sent(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    let said = lines.filter(|line| {
        !(line.is_empty()
            || line.starts_with("//")
            || (line.starts_with("/*") && line.find("*/") == line.len().checked_sub(2)))
    });
    said.flat_map(|line| [line, "\n"]).collect()
}

#[derive(Debug)]
pub(crate) struct Assets {
    served: Vec<(String, &'static str, &'static str, String)>,
}

impl Assets {
    pub(crate) fn new() -> Assets {
        let served = FILES
            .iter()
            .map(|(name, kind, text)| {
                let text = sent(text);
                let hash: String = Sha256::digest(&text).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
                (format!("/assets/{hash}/{name}"), *name, *kind, text)
            })
            .collect();
        Assets { served }
    }

    pub(crate) fn href(&self, name: &str) -> String {
        self.served.iter().find(|file| file.1 == name).map(|file| file.0.clone()).unwrap_or_default()
    }

    /// A file as it is sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.served.iter().find(|file| file.1 == name).map_or("", |file| file.3.as_str())
    }

    pub(crate) fn serve(&self, path: &str) -> Option<Response> {
        let file = self.served.iter().find(|file| file.0 == path)?;
        let headers = [(header::CONTENT_TYPE, file.2), (header::CACHE_CONTROL, FOR_EVER)];
        Some((StatusCode::OK, headers, file.3.clone()).into_response())
    }
}

#[cfg(test)]
mod tests {
    use super::{FILES, sent};

    #[test]
    fn comments_and_indentation_stay_at_home() {
        let text = "/* One. */\na {\n  b: c; /* d */\n}\n\n// e\nf(); // g\n/* h */ i {}\n";
        assert_eq!(sent(text), "a {\nb: c; /* d */\n}\nf(); // g\n/* h */ i {}\n");
    }

    #[test]
    fn all_scripts_together_are_small_and_make_no_markup_of_texts() {
        let scripts: Vec<&str> = FILES.iter().filter(|file| file.0.ends_with(".js")).map(|file| file.2).collect();
        let size: usize = scripts.iter().map(|text| sent(text).len()).sum();
        assert!(scripts.len() == 3 && size < 15 * 1024, "{size}");
        let makes =
            ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval", "Function(", "http:", "https:"];
        for (script, word) in scripts.iter().flat_map(|script| makes.map(|word| (script, word))) {
            assert!(!script.contains(word), "{word} in {}", script.lines().next().unwrap_or_default());
        }
        // A text over several lines would lose its indentation.
        assert!(scripts.iter().all(|script| script.lines().all(|line| line.matches('`').count().is_multiple_of(2))));
    }
}
