//! JSON read in place: one pass checks a text and notes where its values stand, without a tree and without recursion.
//!
//! A row of a feed is small, read once, and most of it goes on as it stands into `extra`. So the values keep their own
//! text: no number loses a digit, and what nobody asks for is never decoded.

use std::borrow::Cow;

use crate::limits::Limits;

/// Where the values of one text stand. Used again for every row.
#[derive(Debug, Default)]
pub(crate) struct Tape {
    nodes: Vec<Node>,
    open: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    key: (u32, u32),
    value: (u32, u32),
    /// The node after this one and all that is inside it.
    next: u32,
    kind: Kind,
    key_escaped: bool,
    escaped: bool,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Bool,
    Number,
    Text,
    Array,
    Object,
}

/// Why a text is no JSON for us, as a code of [`crate::Reject::CODES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JsonError {
    /// The grammar is broken at this byte.
    Syntax(usize),
    /// It nests deeper than the limit.
    Deep,
}

impl JsonError {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Syntax(_) => "bad-json",
            Self::Deep => "too-deep",
        }
    }
}

/// A value in its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Json<'a> {
    nodes: &'a [Node],
    text: &'a str,
    at: usize,
}

impl Tape {
    /// Checks a whole text (RFC 8259, one value) and gives its value.
    pub(crate) fn parse<'a>(&'a mut self, text: &'a str, limits: &Limits) -> Result<Json<'a>, JsonError> {
        self.note(text.as_bytes(), limits.json_depth)?;
        Ok(Json { nodes: &self.nodes, text, at: 0 })
    }

    fn note(&mut self, bytes: &[u8], depth: usize) -> Result<(), JsonError> {
        self.nodes.clear();
        self.open.clear();
        if u32::try_from(bytes.len()).is_err() {
            return Err(JsonError::Syntax(0));
        }
        let mut at = blank(bytes, 0);
        loop {
            let (mut key, mut key_escaped) = ((0, 0), false);
            if self.inside() == Some(Kind::Object) {
                let (end, escaped) = string(bytes, at)?;
                (key, key_escaped) = ((at as u32 + 1, end as u32 - 1), escaped);
                at = blank(bytes, end);
                if bytes.get(at) != Some(&b':') {
                    return Err(JsonError::Syntax(at));
                }
                at = blank(bytes, at + 1);
            }
            let node = |kind, to: usize, escaped, next: usize| Node {
                key,
                value: (at as u32, to as u32),
                next: next as u32,
                kind,
                key_escaped,
                escaped,
            };
            let index = self.nodes.len();
            match bytes.get(at) {
                Some(b'"') => {
                    let (end, escaped) = string(bytes, at)?;
                    self.nodes.push(node(Kind::Text, end, escaped, index + 1));
                    at = end;
                }
                Some(first @ (b'{' | b'[')) => {
                    if self.open.len() >= depth {
                        return Err(JsonError::Deep);
                    }
                    let kind = if *first == b'{' { Kind::Object } else { Kind::Array };
                    self.nodes.push(node(kind, at, false, index + 1));
                    self.open.push(index as u32);
                    at = blank(bytes, at + 1);
                    // `first + 2` is the closing partner of both kinds of bracket.
                    if bytes.get(at) != Some(&(first + 2)) {
                        continue;
                    }
                }
                Some(b'-' | b'0'..=b'9') => {
                    let end = number(bytes, at)?;
                    self.nodes.push(node(Kind::Number, end, false, index + 1));
                    at = end;
                }
                Some(_) => {
                    let rest = bytes.get(at..).unwrap_or_default();
                    let (kind, len) = match rest {
                        [b't', b'r', b'u', b'e', ..] => (Kind::Bool, 4),
                        [b'f', b'a', b'l', b's', b'e', ..] => (Kind::Bool, 5),
                        [b'n', b'u', b'l', b'l', ..] => (Kind::Null, 4),
                        _ => return Err(JsonError::Syntax(at)),
                    };
                    self.nodes.push(node(kind, at + len, false, index + 1));
                    at += len;
                }
                None => return Err(JsonError::Syntax(at)),
            }
            // After a value: as many closings as there are, then a comma or the end.
            loop {
                at = blank(bytes, at);
                match (self.inside(), bytes.get(at)) {
                    (None, None) => return Ok(()),
                    (Some(_), Some(b',')) => {
                        at = blank(bytes, at + 1);
                        break;
                    }
                    (Some(Kind::Object), Some(b'}')) | (Some(Kind::Array), Some(b']')) => {
                        at += 1;
                        let next = self.nodes.len() as u32;
                        if let Some(node) = self.open.pop().and_then(|open| self.nodes.get_mut(open as usize)) {
                            node.value.1 = at as u32;
                            node.next = next;
                        }
                    }
                    _ => return Err(JsonError::Syntax(at)),
                }
            }
        }
    }

    fn inside(&self) -> Option<Kind> {
        let open = *self.open.last()?;
        self.nodes.get(open as usize).map(|node| node.kind)
    }
}

fn blank(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(at) {
        at += 1;
    }
    at
}

/// The end of the string that begins at `at`, and whether it holds escapes.
fn string(bytes: &[u8], at: usize) -> Result<(usize, bool), JsonError> {
    if bytes.get(at) != Some(&b'"') {
        return Err(JsonError::Syntax(at));
    }
    let mut at = at + 1;
    let mut escaped = false;
    loop {
        at = special(bytes, at);
        match bytes.get(at) {
            Some(b'"') => return Ok((at + 1, escaped)),
            Some(b'\\') => {
                escaped = true;
                at = escape(bytes, at).ok_or(JsonError::Syntax(at))?;
            }
            _ => return Err(JsonError::Syntax(at)),
        }
    }
}

/// The next quote, backslash or control character, eight bytes at a time.
fn special(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    while let Some(word) = bytes.get(at..at + 8).and_then(|eight| <[u8; 8]>::try_from(eight).ok()) {
        let word = u64::from_le_bytes(word);
        let (quote, slash) = (word ^ (ONES * 0x22), word ^ (ONES * 0x5c));
        let found = (quote.wrapping_sub(ONES) & !quote)
            | (slash.wrapping_sub(ONES) & !slash)
            | (word.wrapping_sub(ONES * 0x20) & !word);
        let found = found & HIGH;
        if found != 0 {
            // The lowest mark is exact: borrows only reach upwards.
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while let Some(byte) = bytes.get(at) {
        if *byte < 0x20 || *byte == b'"' || *byte == b'\\' {
            break;
        }
        at += 1;
    }
    at
}

/// The end of the escape that begins at `at`; `None` when it is none. Half a surrogate pair is none.
fn escape(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at + 1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(at + 2),
        b'u' => match hex4(bytes, at + 2)? {
            0xD800..=0xDBFF => {
                let pair =
                    bytes.get(at + 6..at + 8) == Some(b"\\u") && matches!(hex4(bytes, at + 8), Some(0xDC00..=0xDFFF));
                pair.then_some(at + 12)
            }
            0xDC00..=0xDFFF => None,
            _ => Some(at + 6),
        },
        _ => None,
    }
}

fn hex4(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.iter().try_fold(0, |sum, byte| Some(sum * 16 + (*byte as char).to_digit(16)?))
}

/// The end of the number that begins at `at`. A number beyond the range of a double is none: nobody could read it.
fn number(bytes: &[u8], start: usize) -> Result<usize, JsonError> {
    let digits = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    };
    let mut at = start + usize::from(bytes.get(start) == Some(&b'-'));
    let whole = at;
    at = digits(at);
    if at == whole || (bytes.get(whole) == Some(&b'0') && at > whole + 1) {
        return Err(JsonError::Syntax(at));
    }
    if bytes.get(at) == Some(&b'.') {
        let fraction = at + 1;
        at = digits(fraction);
        if at == fraction {
            return Err(JsonError::Syntax(at));
        }
    }
    let mut huge = at - start > 300;
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = at;
        at = digits(exponent);
        if at == exponent {
            return Err(JsonError::Syntax(at));
        }
        huge = true;
    }
    let finite = || {
        let text = std::str::from_utf8(bytes.get(start..at)?).ok()?;
        text.parse::<f64>().ok().filter(|number| number.is_finite())
    };
    if huge && finite().is_none() {
        return Err(JsonError::Syntax(start));
    }
    Ok(at)
}

impl<'a> Json<'a> {
    fn node(&self) -> Option<&'a Node> {
        self.nodes.get(self.at)
    }

    /// What it is.
    pub(crate) fn kind(&self) -> Kind {
        self.node().map_or(Kind::Null, |node| node.kind)
    }

    /// Its own text, quotes and brackets included.
    pub(crate) fn raw(&self) -> &'a str {
        self.node().and_then(|node| self.text.get(node.value.0 as usize..node.value.1 as usize)).unwrap_or("null")
    }

    /// The text of a string.
    pub(crate) fn text(&self) -> Option<Cow<'a, str>> {
        let node = self.node().filter(|node| node.kind == Kind::Text)?;
        let inner = self.text.get(node.value.0 as usize + 1..node.value.1 as usize - 1)?;
        Some(if node.escaped { Cow::Owned(unescape(inner)) } else { Cow::Borrowed(inner) })
    }

    /// The text of a string, number or boolean; nothing for null, arrays and objects.
    pub(crate) fn scalar(&self) -> Option<Cow<'a, str>> {
        match self.kind() {
            Kind::Text => self.text(),
            Kind::Number | Kind::Bool => Some(Cow::Borrowed(self.raw())),
            Kind::Null | Kind::Array | Kind::Object => None,
        }
    }

    /// A whole number that is not negative.
    pub(crate) fn whole(&self) -> Option<u64> {
        (self.kind() == Kind::Number).then(|| self.raw().parse().ok())?
    }

    /// The members of an object, or the items of an array with empty names; nothing for others.
    pub(crate) fn members(&self) -> Members<'a> {
        let (at, end) = match self.node() {
            Some(node) if matches!(node.kind, Kind::Array | Kind::Object) => (self.at + 1, node.next as usize),
            _ => (0, 0),
        };
        Members { nodes: self.nodes, text: self.text, at, end }
    }

    /// The items of an array, or the value itself when it is none: feeds write one value both ways.
    pub(crate) fn items(&self) -> impl Iterator<Item = Json<'a>> + use<'a> {
        let alone = (self.kind() != Kind::Array && self.kind() != Kind::Null).then_some(*self);
        let inside = if self.kind() == Kind::Array { Some(self.members()) } else { None };
        alone.into_iter().chain(inside.into_iter().flatten().map(|(_, item)| item))
    }

    /// The member with this name.
    pub(crate) fn get(&self, name: &str) -> Option<Json<'a>> {
        if self.kind() != Kind::Object {
            return None;
        }
        self.members().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The value at a dotted path. A name that holds dots itself is found too; a number picks from an array.
    pub(crate) fn path(&self, path: &str) -> Option<Json<'a>> {
        if let Some(value) = self.get(path) {
            return Some(value);
        }
        if self.kind() == Kind::Array {
            let (first, rest) = path.split_once('.').unwrap_or((path, ""));
            let item = self.members().nth(first.parse().ok()?).map(|(_, item)| item)?;
            return if rest.is_empty() { Some(item) } else { item.path(rest) };
        }
        path.match_indices('.').find_map(|(dot, _)| {
            let (first, rest) = (path.get(..dot)?, path.get(dot + 1..)?);
            self.get(first)?.path(rest)
        })
    }
}

/// Walks what is directly inside an object or array.
pub(crate) struct Members<'a> {
    nodes: &'a [Node],
    text: &'a str,
    at: usize,
    end: usize,
}

impl<'a> Iterator for Members<'a> {
    type Item = (Cow<'a, str>, Json<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        let node = self.nodes.get(self.at)?;
        let value = Json { nodes: self.nodes, text: self.text, at: self.at };
        self.at = node.next as usize;
        let key = self.text.get(node.key.0 as usize..node.key.1 as usize).unwrap_or_default();
        Some((if node.key_escaped { Cow::Owned(unescape(key)) } else { Cow::Borrowed(key) }, value))
    }
}

/// The text of a string whose escapes were checked.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let mut letters = after.chars();
        match letters.next() {
            Some('u') => {
                let high = hex4(after.as_bytes(), 1).unwrap_or(0xFFFD);
                let (code, len) = match high {
                    0xD800..=0xDBFF => {
                        let low = hex4(after.as_bytes(), 7).unwrap_or(0xDC00);
                        (0x10000 + ((high - 0xD800) << 10) + (low & 0x3FF), 11)
                    }
                    _ => (high, 5),
                };
                out.push(char::from_u32(code).unwrap_or('\u{FFFD}'));
                rest = after.get(len..).unwrap_or_default();
                continue;
            }
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some(other) => out.push(other),
            None => {}
        }
        rest = letters.as_str();
    }
    out.push_str(rest);
    out
}

/// Mends what programs that write JSON by hand get wrong inside strings: raw control characters, escapes that are none
/// (`\x41`), halves of surrogate pairs. `None` when there was nothing of the kind.
pub(crate) fn mend(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut at, mut copied, mut inside) = (0, 0, false);
    while let Some(byte) = bytes.get(at) {
        let mut end = at + 1;
        let patch: Option<Cow<'_, str>> = match byte {
            b'"' => {
                inside = !inside;
                None
            }
            0..0x20 if inside => Some(Cow::Owned(format!("\\u{byte:04x}"))),
            b'\\' if inside => match escape(bytes, at) {
                Some(next) => {
                    end = next;
                    None
                }
                None if hex4(bytes, at + 2).is_some() && bytes.get(at + 1) == Some(&b'u') => {
                    end = at + 6;
                    Some(Cow::Borrowed("\\ufffd"))
                }
                None => Some(Cow::Borrowed("\\\\")),
            },
            _ => None,
        };
        if let Some(patch) = patch {
            out.push_str(text.get(copied..at).unwrap_or_default());
            out.push_str(&patch);
            copied = end;
        }
        at = end;
    }
    if copied == 0 {
        return None;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Some(out)
}

/// What is read of a text that must be one JSON object: the text itself, or a mended one.
pub(crate) fn check_object<'a>(
    tape: &mut Tape,
    text: Cow<'a, str>,
    limits: &Limits,
) -> Result<Cow<'a, str>, &'static str> {
    let kind = |tape: &mut Tape, text: &str| tape.parse(text, limits).map(|json| json.kind());
    let (text, found) = match kind(tape, &text) {
        Err(JsonError::Syntax(_)) => match mend(&text) {
            Some(mended) => {
                let found = kind(tape, &mended);
                (Cow::Owned(mended), found)
            }
            None => return Err("bad-json"),
        },
        found => (text, found),
    };
    match found {
        Ok(Kind::Object) => Ok(text),
        Ok(_) => Err("bad-json"),
        Err(error) => Err(error.code()),
    }
}

impl Tape {
    /// The value of the text that [`check_object`] has just read.
    pub(crate) fn again<'a>(&'a self, text: &'a str) -> Json<'a> {
        Json { nodes: &self.nodes, text, at: 0 }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::{Json, JsonError, Kind, Tape, check_object, mend};
    use crate::Limits;

    fn to_serde(json: Json<'_>) -> serde_json::Value {
        use serde_json::Value;
        match json.kind() {
            Kind::Null => Value::Null,
            Kind::Bool => Value::Bool(json.raw() == "true"),
            Kind::Number => serde_json::from_str(json.raw()).expect("a checked number"),
            Kind::Text => Value::String(json.text().expect("a string").into_owned()),
            Kind::Array => Value::Array(json.items().map(to_serde).collect()),
            Kind::Object => Value::Object(json.members().map(|(k, v)| (k.into_owned(), to_serde(v))).collect()),
        }
    }

    fn same_as_serde(text: &str) {
        let limits = Limits { json_depth: 120, ..Limits::default() };
        let mut tape = Tape::default();
        let ours = tape.parse(text, &limits).map(to_serde).ok();
        let theirs = serde_json::from_str::<serde_json::Value>(text).ok();
        assert_eq!(ours, theirs, "{text}");
    }

    #[test]
    fn it_agrees_with_serde_json_on_what_is_json() {
        for text in [
            "",
            " ",
            "1",
            "-0",
            "01",
            "1.",
            ".5",
            "1e5",
            "1E+",
            "-",
            "1e999",
            "nul",
            "null",
            "true ",
            "[]",
            "[1,]",
            "[,1]",
            "{}",
            "{\"a\":1,}",
            "{\"a\"}",
            "{a:1}",
            "[1 2]",
            "{\"a\":{\"b\":[1,{\"c\":null}]}} ",
            "{} x",
            "]",
            "}",
            "[}",
            "\"",
            "\"a",
            r#""\u00e9\n\"\/""#,
            r#""\ud83d\ude00""#,
            r#""\ud83d""#,
            r#""\ude00""#,
            r#""\x41""#,
            "\"\t\"",
            "\"a\u{7f}é😀\"",
            "\"12345678\\\"\"",
            "[[[[]]]]",
            "18446744073709551616",
            "0.1e-2",
        ] {
            same_as_serde(text);
        }
    }

    #[test]
    fn what_nests_too_deep_is_refused_before_it_is_walked() {
        let deep = "[".repeat(1_000_000);
        assert_eq!(Tape::default().parse(&deep, &Limits::default()).map(|_| ()), Err(JsonError::Deep));
        let just = format!("{}{}", "[".repeat(32), "]".repeat(32));
        assert!(Tape::default().parse(&just, &Limits::default()).is_ok());
    }

    #[test]
    fn values_are_found_by_name_and_by_path() {
        let text = r#"{"a":{"b":[{"c":7},"x"]},"d.e":true,"f":null,"g\u0041":"h"}"#;
        let mut tape = Tape::default();
        let json = tape.parse(text, &Limits::default()).expect("JSON");
        assert_eq!(json.path("a.b.0.c").and_then(|v| v.whole()), Some(7));
        assert_eq!(json.path("a.b.1").and_then(|v| v.text()).as_deref(), Some("x"));
        assert_eq!(json.path("d.e").map(|v| v.raw()), Some("true"));
        assert_eq!(json.get("f").and_then(|v| v.scalar()), None);
        assert_eq!(json.get("gA").and_then(|v| v.text()).as_deref(), Some("h"));
        assert!(json.path("a.b.2").is_none() && json.path("a.x").is_none() && json.path("").is_none());
    }

    #[test]
    fn strings_written_by_hand_are_mended() {
        let mut tape = Tape::default();
        for (text, want) in [
            ("{\"a\":\"x\ty\"}", "x\ty"),
            (r#"{"a":"\x41"}"#, "\\x41"),
            (r#"{"a":"\ud800."}"#, "\u{FFFD}."),
            (r#"{"a":"\\\q"}"#, "\\\\q"),
        ] {
            let text = check_object(&mut tape, Cow::Borrowed(text), &Limits::default()).expect("mended");
            assert_eq!(tape.again(&text).get("a").and_then(|v| v.text()).as_deref(), Some(want));
        }
        assert_eq!(mend("{\"a\":1"), None);
        assert_eq!(check_object(&mut tape, Cow::Borrowed("[1]"), &Limits::default()), Err("bad-json"));
    }

    proptest! {
        #[test]
        fn any_text_is_json_to_us_when_it_is_to_serde_json(text in "[\\[\\]{}:,\"\\\\ua0-9eE+.tfn \\-]{0,24}") {
            same_as_serde(&text);
        }

        #[test]
        fn json_cut_and_spliced_is_json_to_us_when_it_is_to_serde_json(from in 0usize..60, to in 0usize..60, text in "\\PC{0,3}") {
            let whole = r#"{"a":[1,-2.5e3,"é\u00e9\n"],"b":{"c":null,"d":true}}"#;
            let letters: Vec<char> = whole.chars().collect();
            let (from, to) = (from.min(letters.len()), to.min(letters.len()));
            let mixed: String = letters[..from].iter().chain(text.chars().collect::<Vec<_>>().iter()).chain(&letters[to..]).collect();
            same_as_serde(&mixed);
        }

        #[test]
        fn mending_never_breaks_what_is_whole(text in "\\PC{0,20}") {
            let whole = serde_json::to_string(&text).expect("a string");
            prop_assert_eq!(mend(&whole), None);
        }
    }
}
