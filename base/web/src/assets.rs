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

/// A style sheet without comments and without the blanks that separate nothing. Texts in it stay as they are.
fn sent_sheet(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    plain.push_str(rest);
    let mut out = String::with_capacity(plain.len());
    for (at, part) in plain.split('"').enumerate() {
        if at > 0 {
            out.push('"');
        }
        match at % 2 {
            0 => squeezed(part, &mut out),
            _ => out.push_str(part),
        }
    }
    out
}

/// Adds what stands outside of texts. A blank before a colon stays: there it means "within".
fn squeezed(part: &str, out: &mut String) {
    let mut is_apart = false;
    for c in part.chars() {
        if c.is_ascii_whitespace() {
            is_apart = true;
            continue;
        }
        let joins = "{};,>!".contains(c) || out.ends_with(['{', '}', ';', ',', '>', ':']) || out.is_empty();
        if is_apart && !joins {
            out.push(' ');
        }
        is_apart = false;
        if c == '}' && out.ends_with(';') {
            out.pop();
        }
        out.push(c);
    }
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
                let text = if name.ends_with(".css") { sent_sheet(text) } else { sent(text) };
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
    use super::{FILES, sent, sent_sheet};

    /// What all style sheets together may weigh as they are sent, in bytes.
    const SHEETS_MOST: usize = 30_000;

    #[test]
    fn comments_and_indentation_stay_at_home() {
        assert_eq!(sent("// One.\n  a();\n\n/* b */\nc(); // d\n"), "a();\nc(); // d\n");
        let text = "/* One. */\na :hover, b > c + d {\n  e: f \"g ; h\" i;  /* j */\n  k: calc(1px + 2px) !important;\n}\n\n@media (l: m) { n { o: p; } }\n";
        let sheet = "a :hover,b>c + d{e:f\"g ; h\" i;k:calc(1px + 2px)!important}@media (l:m){n{o:p}}";
        assert_eq!(sent_sheet(text), sheet);
    }

    #[test]
    fn all_style_sheets_together_are_small() {
        let sheets = FILES.iter().filter(|file| file.0.ends_with(".css"));
        let all: usize = sheets.map(|(_, _, text)| sent_sheet(text).len()).sum();
        assert!(all < SHEETS_MOST, "{all}");
    }

    #[test]
    fn all_scripts_together_are_small_and_make_no_markup_of_texts() {
        let scripts: Vec<&str> = FILES.iter().filter(|file| file.0.ends_with(".js")).map(|file| file.2).collect();
        let size: usize = scripts.iter().map(|text| sent(text).len()).sum();
        assert!(scripts.len() == 3 && size < 15_000, "{size}");
        let makes =
            ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval", "Function(", "http:", "https:"];
        for (script, word) in scripts.iter().flat_map(|script| makes.map(|word| (script, word))) {
            assert!(!script.contains(word), "{word} in {}", script.lines().next().unwrap_or_default());
        }
        // A text over several lines would lose its indentation.
        assert!(scripts.iter().all(|script| script.lines().all(|line| line.matches('`').count().is_multiple_of(2))));
    }
}
