//! Harmless forms of names and addresses, made plain again.

use std::ops::Range;

/// Longest inside of a bracket that stands for a sign.
const BRACKET_BYTES: usize = 12;

/// A text in plain form, and where each of its bytes came from.
pub(super) struct Plain {
    pub text: String,
    /// The place in the text as it came, for each byte.
    from: Vec<u32>,
    /// How many bytes were looked at.
    pub steps: usize,
}

impl Plain {
    pub(super) fn of(text: &str) -> Plain {
        let mut plain =
            Plain { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()), steps: 0 };
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let rest = text.get(at..).unwrap_or_default();
            plain.steps += c.len_utf8();
            at += match c {
                '[' | '(' | '{' | '<' => plain.bracket(rest, at),
                '.' if rest.starts_with(".]") && plain.is_after_word() && starts_word(rest.get(2..)) => {
                    plain.put(".", at, 2)
                }
                '\\' if rest.starts_with("\\.") && plain.is_after_word() && starts_word(rest.get(2..)) => {
                    plain.put(".", at, 2)
                }
                ':' if rest.starts_with(":\\\\") && plain.is_after_scheme() => plain.put("://", at, 3),
                'h' | 'H' | 'f' | 'F' if !plain.is_after_word() => plain.scheme(rest, at, c),
                // Dashes of typesetting.
                '\u{2010}'..='\u{2015}' | '\u{2212}' => plain.put("-", at, c.len_utf8()),
                // What is not seen.
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
                    c.len_utf8()
                }
                c => plain.copy(c, at),
            };
        }
        plain
    }

    /// Where a range of the plain text stood.
    pub(super) fn origin(&self, begin: usize, end: usize) -> Range<usize> {
        let at = |place: usize| self.from.get(place).map(|from| *from as usize);
        let first = at(begin).unwrap_or_default();
        let last = end.checked_sub(1).and_then(at).unwrap_or(first);
        first..last + 1
    }

    /// Whether a range was written in a harmless form.
    pub(super) fn is_defanged(&self, begin: usize, end: usize) -> bool {
        self.origin(begin, end).len() != end - begin
    }

    fn copy(&mut self, c: char, at: usize) -> usize {
        self.text.push(c);
        self.from.extend((at..at + c.len_utf8()).map(|place| place as u32));
        c.len_utf8()
    }

    /// Writes something else for so many bytes.
    fn put(&mut self, text: &str, at: usize, len: usize) -> usize {
        self.text.push_str(text);
        // The first byte stands at the begin of what was there, the last one at its end.
        self.from.extend(std::iter::repeat_n(at as u32, text.len().saturating_sub(1)));
        self.from.push((at + len - 1) as u32);
        len
    }

    fn is_after_word(&self) -> bool {
        self.text.chars().next_back().is_some_and(char::is_alphanumeric)
    }

    /// Whether the text ends with `http` or `https`.
    fn is_after_scheme(&self) -> bool {
        let text = self.text.strip_suffix(['s', 'S']).unwrap_or(&self.text);
        let tail = text.len().checked_sub(4).and_then(|begin| text.get(begin..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case("http"))
    }

    /// `[.]`, `(dot)`, `{at}`, `[://]` and the like; a bracket of its own otherwise.
    fn bracket(&mut self, rest: &str, at: usize) -> usize {
        let open = rest.chars().next().unwrap_or('[');
        let close = match open {
            '(' => ')',
            '{' => '}',
            '<' => '>',
            _ => ']',
        };
        let inner = rest.get(1..).unwrap_or_default();
        let near = inner.get(..inner.floor_char_boundary(BRACKET_BYTES)).unwrap_or_default();
        self.steps += near.len();
        let sign = near.split_once(close).and_then(|(inside, _)| Some((sign(inside)?, inside.len() + 2)));
        let Some((sign, len)) = sign else {
            // Half a bracket: `example[.org`.
            if open == '[' && inner.starts_with('.') && self.is_after_word() && starts_word(inner.get(1..)) {
                return self.put(".", at, 2);
            }
            return self.copy(open, at);
        };
        let after = rest.get(len..).unwrap_or_default();
        if sign != "." && sign != "@" {
            return self.put(sign, at, len);
        }
        // One blank on each side belongs to it: `user [at] example [dot] org`.
        let is_spaced = self.text.ends_with(' ') && after.starts_with(' ') && starts_word(after.get(1..));
        let before = self.text.trim_end_matches(' ');
        if is_spaced && before.len() + 1 == self.text.len() && before.ends_with(char::is_alphanumeric) {
            self.text.pop();
            self.from.pop();
            return self.put(sign, at, len + 1);
        }
        if self.is_after_word() || starts_word(Some(after)) {
            return self.put(sign, at, len);
        }
        self.copy(open, at)
    }

    /// `hxxp`, `h**p`, `fxp` at the begin of a word.
    fn scheme(&mut self, rest: &str, at: usize, c: char) -> usize {
        let begins = |form: &str| rest.get(..form.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(form));
        let is_end = |len: usize| {
            let after = rest.get(len..).unwrap_or_default();
            let after = after.strip_prefix(['s', 'S']).unwrap_or(after);
            after.starts_with([':', '[', '(', '{', '_'])
        };
        self.steps += 4;
        for (form, plain) in
            [("hxxp", "http"), ("h**p", "http"), ("hxtp", "http"), ("htxp", "http"), ("h..p", "http"), ("fxp", "ftp")]
        {
            if begins(form) && is_end(form.len()) {
                return self.put(plain, at, form.len());
            }
        }
        self.copy(c, at)
    }
}

fn starts_word(text: Option<&str>) -> bool {
    text.and_then(|text| text.chars().next()).is_some_and(char::is_alphanumeric)
}

/// What the inside of a bracket stands for.
fn sign(inside: &str) -> Option<&'static str> {
    match inside.trim().to_ascii_lowercase().as_str() {
        "." | "dot" | "d0t" | "punkt" | "point" | "punto" | "نقطة" => Some("."),
        "@" | "at" | "arobase" => Some("@"),
        ":" => Some(":"),
        "://" => Some("://"),
        "/" => Some("/"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Plain;

    #[test]
    fn harmless_forms_become_plain() {
        for (text, expected) in [
            ("hxxp://example[.]org", "http://example.org"),
            ("hXXps[:]//example(.)org", "https://example.org"),
            ("h**p://example{.}org", "http://example.org"),
            ("hxxp[://]example[dot]org[/]a", "http://example.org/a"),
            ("http:\\\\example.org", "http://example.org"),
            ("example (dot) org", "example.org"),
            ("ana [at] example [dot] org", "ana@example.org"),
            ("ana(@)example.org", "ana@example.org"),
            ("192[.]0[.]2[.]1", "192.0.2.1"),
            ("192.0.2[.1", "192.0.2.1"),
            ("example.]org", "example.org"),
            ("example\\.org", "example.org"),
            ("exam\u{200b}ple.org", "example.org"),
            ("CVE–2026–1234", "CVE-2026-1234"),
            ("a [b] (c) {d} <e> [.] ", "a [b] (c) {d} <e> [.] "),
            ("shxxp", "shxxp"),
            ("the house", "the house"),
        ] {
            assert_eq!(Plain::of(text).text, expected, "{text}");
        }
    }

    #[test]
    fn the_map_leads_back() {
        let text = "é hxxp://example[.]org.";
        let plain = Plain::of(text);
        let begin = plain.text.find("example").unwrap();
        let range = plain.origin(begin, begin + "example.org".len());
        assert_eq!(&text[range], "example[.]org");
        assert!(plain.is_defanged(begin, begin + 11) && !plain.is_defanged(begin, begin + 7));
    }
}
