//! Finished pieces of HTML.

use std::fmt::{self, Write as _};

use askama::filters::HtmlSafe;
use manara_model::escaped;

/// HTML that is finished: templates show it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup(pub(crate) String);

impl Markup {
    /// A text, escaped.
    pub fn text(text: &str) -> Markup {
        Markup(escaped(text))
    }

    /// A template, rendered.
    pub fn of(template: &impl askama::Template) -> Markup {
        // A template fails only when a value's `Display` fails, and ours do not.
        Markup(template.render().unwrap_or_default())
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is anything to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// An address, a hash, an id, a host name: always from left to right, set apart from the sentence around it.
pub fn mono(text: &str) -> Markup {
    Markup(format!(r#"<bdi dir="ltr" class="mono">{}</bdi>"#, escaped(&visible_controls(text))))
}

/// Words of a person or of the world outside: their own direction, set apart from the sentence around them.
pub fn foreign(text: &str) -> Markup {
    Markup(format!(r#"<bdi dir="auto">{}</bdi>"#, escaped(&visible_controls(text))))
}

/// A state or a severity, in words; the colour only helps. `tone` is one of `plain good warn bad crit mute info`.
pub fn badge(tone: &str, text: &str) -> Markup {
    Markup(format!(r#"<span class="badge {}">{}</span>"#, escaped(tone), escaped(text)))
}

/// The text with characters that change direction or do not show made visible, as `⟨202E⟩`.
pub fn visible_controls(text: &str) -> String {
    let hidden = |c: char| {
        matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
            || (c.is_control() && c != '\n' && c != '\t')
    };
    if !text.contains(hidden) {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if hidden(c) {
            let _ = write!(out, "⟨{:04X}⟩", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{foreign, mono};

    #[test]
    fn words_from_outside_cannot_become_markup_or_turn_the_line() {
        assert_eq!(mono("<b>\"&'").as_str(), "<bdi dir=\"ltr\" class=\"mono\">&lt;b&gt;&quot;&amp;&#39;</bdi>");
        assert_eq!(foreign("abc\u{202e}exe").as_str(), "<bdi dir=\"auto\">abc⟨202E⟩exe</bdi>");
        assert_eq!(foreign("منارة").as_str(), "<bdi dir=\"auto\">منارة</bdi>");
    }
}
