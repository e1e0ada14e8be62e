//! Text from the pieces of a document: lines, lists, tables, quotations, links.

use super::{TEXT_BYTES, Tag, entities};

/// Deepest quotation and list that is shown as such.
const DEPTH: usize = 8;
/// Most links that are open at a time.
const LINKS: usize = 50;

/// Writes the text.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) out: String,
    /// Line ends that the next word brings.
    breaks: usize,
    /// A blank that the next word of the line brings.
    is_spaced: bool,
    /// A border between cells that the next word of the row brings.
    is_cell: bool,
    quotes: usize,
    /// How many `pre` are open.
    plain: usize,
    /// The lists that are open: the number of the next entry, or none.
    lists: Vec<Option<u32>>,
    /// The links that are open: where their text begins, and where they lead.
    links: Vec<(usize, String)>,
}

impl Writer {
    pub(super) fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let mut resolved = String::with_capacity(text.len());
        entities(text, &mut resolved);
        if self.plain > 0 {
            for (at, line) in resolved.split('\n').enumerate() {
                if at > 0 {
                    self.breaks = (self.breaks + 1).min(2);
                }
                self.word(line.trim_end_matches('\r'));
            }
            return;
        }
        self.is_spaced |= resolved.starts_with(char::is_whitespace);
        for word in resolved.split_whitespace() {
            self.word(word);
            self.is_spaced = true;
        }
        self.is_spaced = resolved.ends_with(char::is_whitespace);
    }

    /// Writes a word after whatever it brings.
    fn word(&mut self, word: &str) {
        if word.is_empty() || self.out.len() + word.len() > TEXT_BYTES {
            return;
        }
        let is_new_line = self.breaks > 0 || self.out.is_empty();
        if is_new_line {
            if !self.out.is_empty() {
                self.out.extend(std::iter::repeat_n('\n', self.breaks.min(2)));
            }
            self.out.extend(std::iter::repeat_n("> ", self.quotes));
        } else if self.is_cell {
            self.out.push_str(" | ");
        } else if self.is_spaced {
            self.out.push(' ');
        }
        (self.breaks, self.is_spaced, self.is_cell) = (0, false, false);
        self.out.extend(word.chars().filter(|c| !c.is_control() || *c == '\t'));
    }

    /// The next word stands on a line of its own, or after an empty one.
    fn line(&mut self, breaks: usize) {
        self.breaks = self.breaks.max(breaks);
        self.is_cell = false;
    }

    pub(super) fn tag(&mut self, tag: &Tag<'_>) {
        match (tag.name.as_str(), tag.is_close) {
            ("br", _) => {
                self.breaks = (self.breaks + 1).min(2);
                self.is_cell = false;
            }
            ("p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "dl", _) => self.line(2),
            ("hr", _) => {
                self.line(1);
                self.word("----");
                self.line(1);
            }
            ("ul" | "ol", false) => {
                self.line(1);
                if self.lists.len() < DEPTH {
                    self.lists.push((tag.name == "ol").then_some(1));
                }
            }
            ("ul" | "ol", true) => {
                self.line(1);
                self.lists.pop();
            }
            ("li", false) => {
                self.line(1);
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}.", *number - 1)
                    }
                    _ => "-".to_owned(),
                };
                self.word(&mark);
                self.is_spaced = true;
            }
            ("td" | "th", false) => self.is_cell |= self.breaks == 0 && !self.out.is_empty(),
            ("blockquote", false) => {
                self.line(2);
                self.quotes = (self.quotes + 1).min(DEPTH);
            }
            ("blockquote", true) => {
                self.line(2);
                self.quotes = self.quotes.saturating_sub(1);
            }
            ("pre" | "textarea" | "listing" | "xmp", is_close) => {
                self.line(2);
                self.plain = if is_close { self.plain.saturating_sub(1) } else { self.plain + 1 };
            }
            (
                "div" | "tr" | "li" | "dt" | "dd" | "section" | "article" | "header" | "footer" | "form" | "fieldset"
                | "address" | "center" | "main" | "nav" | "aside" | "figure" | "figcaption" | "caption" | "option"
                | "body" | "head",
                _,
            ) => self.line(1),
            ("a", false) => {
                if self.links.len() < LINKS
                    && let Some(link) = tag.attribute("href")
                {
                    self.links.push((self.out.len(), link));
                }
            }
            ("a", true) => self.close_link(),
            ("img", false) => {
                if let Some(alt) = tag.attribute("alt").filter(|alt| !alt.trim().is_empty()) {
                    self.text(&format!("[{}]", alt.trim()));
                }
            }
            _ => {}
        }
    }

    /// Writes where a link leads, if its text does not say it.
    fn close_link(&mut self) {
        let Some((begin, link)) = self.links.pop() else { return };
        let link: String = link.trim().chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let scheme = link.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).unwrap_or_default();
        if !matches!(scheme.as_str(), "http" | "https" | "ftp" | "mailto" | "tel") {
            return;
        }
        let shown = self.out.get(begin..).unwrap_or_default().trim().trim_end_matches('/');
        let bare =
            link.strip_prefix("mailto:").or_else(|| link.strip_prefix("tel:")).unwrap_or(&link).trim_end_matches('/');
        if shown == bare || shown == link {
            return;
        }
        self.is_spaced = true;
        if shown.is_empty() { self.word(bare) } else { self.word(&format!("({bare})")) }
    }

    pub(super) fn finish(mut self) -> String {
        while !self.links.is_empty() {
            self.close_link();
        }
        let end = self.out.trim_end().len();
        self.out.truncate(end);
        self.out
    }
}
