//! JSON objects of a stream, one by one: one a line, or wherever they stand in an array or a file laid out for people.

use std::borrow::Cow;
use std::io::{self, Read};

use crate::draft::Place;
use crate::json::{Json, Tape, check_object};
use crate::{ExtraJson, Limits, Lines, ReadError, Reject, Sink, Stop, decode};

/// Gives each object of a stream that has one on each line; every other line that is not blank is a reject.
pub(crate) fn each_line(
    input: impl Read,
    time_column: &str,
    limits: &Limits,
    sink: &mut dyn Sink,
    mut read: impl FnMut(Place<'_>, Json<'_>, &mut ExtraJson, &mut dyn Sink) -> Result<(), Stop>,
) -> Result<(), ReadError> {
    let mut lines = Lines::new(input, limits);
    let mut object = Object::default();
    let mut empty = true;
    while let Some(line) = lines.next()? {
        if line.bytes.trim_ascii().is_empty() && !line.cut {
            continue;
        }
        empty = false;
        let place = Place { line: line.number, raw: line.bytes, time_column, nth: 0 };
        object.read(place, line.cut.then_some("too-long"), limits, sink, &mut read)?;
    }
    if empty { Err(ReadError::Empty) } else { Ok(()) }
}

/// Gives each object of a stream, whether they stand one a line, one after another, in an array, or over many lines.
pub(crate) fn each_item(
    input: impl Read,
    time_column: &str,
    limits: &Limits,
    sink: &mut dyn Sink,
    mut read: impl FnMut(Place<'_>, Json<'_>, &mut ExtraJson, &mut dyn Sink) -> Result<(), Stop>,
) -> Result<(), ReadError> {
    let mut items = Items::new(input, limits);
    let mut object = Object::default();
    while let Some(item) = items.next()? {
        let place = Place { line: item.line, raw: item.raw, time_column, nth: 0 };
        object.read(place, item.broken, limits, sink, &mut read)?;
    }
    if items.empty { Err(ReadError::Empty) } else { Ok(()) }
}

/// What is used again for every object.
#[derive(Default)]
struct Object {
    tape: Tape,
    extra: ExtraJson,
}

impl Object {
    fn read(
        &mut self,
        place: Place<'_>,
        broken: Option<&'static str>,
        limits: &Limits,
        sink: &mut dyn Sink,
        read: &mut impl FnMut(Place<'_>, Json<'_>, &mut ExtraJson, &mut dyn Sink) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let text = match broken {
            Some(code) => Err(code),
            None => check_object(&mut self.tape, decode(place.raw), limits),
        };
        self.extra.clear();
        match text {
            Ok(text) => read(place, self.tape.again(&text), &mut self.extra, sink),
            Err(code) => {
                let head = place.raw.get(..place.raw.len().min(200)).unwrap_or_default();
                let found: Cow<'_, str> = String::from_utf8_lossy(head);
                sink.reject(Reject::new(place.line, "", code, found.trim(), place.raw))
            }
        }
    }
}

/// One object as it stands in the stream.
#[derive(Debug)]
pub(crate) struct Item<'a> {
    pub(crate) line: u64,
    pub(crate) raw: &'a [u8],
    /// Why it is none.
    pub(crate) broken: Option<&'static str>,
}

/// Finds the objects. One that is broken costs itself: the next line that begins one is an object again.
pub(crate) struct Items<R> {
    input: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    line: u64,
    done: bool,
    limit: usize,
    head: Vec<u8>,
    /// Nothing but blanks and brackets so far.
    pub(crate) empty: bool,
}

/// How much of a row that is too long is kept for its reject.
const HEAD: usize = 4_096;
/// Most lines of a broken object that are looked at again.
const LOOK_AGAIN: usize = 16;

impl<R: Read> Items<R> {
    pub(crate) fn new(input: R, limits: &Limits) -> Self {
        let buffer = vec![0; (256 << 10).max(limits.row_bytes.saturating_add(64 << 10))];
        Items {
            input,
            buffer,
            start: 0,
            end: 0,
            line: 1,
            done: false,
            limit: limits.row_bytes,
            head: Vec::new(),
            empty: true,
        }
    }

    /// Reads more behind what is there; false at the end of the stream, or when the buffer is full.
    fn fill(&mut self) -> io::Result<bool> {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        while !self.done {
            let Some(space) = self.buffer.get_mut(self.end..).filter(|space| !space.is_empty()) else {
                return Ok(false);
            };
            match self.input.read(space) {
                Ok(0) => self.done = true,
                Ok(got) => {
                    self.end += got;
                    return Ok(true);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }

    /// The byte `ahead` of the start; `None` at the end of the stream or of the buffer.
    fn byte(&mut self, ahead: usize) -> io::Result<Option<u8>> {
        if self.start + ahead >= self.end && !self.fill()? {
            return Ok(None);
        }
        Ok(self.buffer.get(self.start..self.end).and_then(|bytes| bytes.get(ahead)).copied())
    }

    fn skip(&mut self, len: usize) {
        let bytes = self.buffer.get(self.start..(self.start + len).min(self.end)).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
        self.start += bytes.len();
    }

    /// What of a broken object is passed over: only its first line when an object seems to begin on one of the next, as
    /// when a line was cut behind a colon. Only short ones are looked at again, so that hostile input stays linear.
    fn first_line(&self, len: usize) -> usize {
        let bytes = self.buffer.get(self.start..self.start + len).unwrap_or_default();
        let ends: Vec<usize> = memchr::memchr_iter(b'\n', bytes).take(LOOK_AGAIN + 1).collect();
        let begins = ends.iter().any(|end| bytes.get(end + 1) == Some(&b'{'));
        match ends.first() {
            Some(first) if begins && ends.len() <= LOOK_AGAIN => *first,
            _ => len,
        }
    }

    pub(crate) fn next(&mut self) -> io::Result<Option<Item<'_>>> {
        loop {
            let Some(byte) = self.byte(0)? else { return Ok(None) };
            let mark = self.line == 1 && byte == 0xEF && self.byte(1)? == Some(0xBB) && self.byte(2)? == Some(0xBF);
            match byte {
                _ if mark => self.skip(3),
                // 0x1e begins each text of a JSON text sequence (RFC 7464).
                b' ' | b'\t' | b'\n' | b'\r' | b'[' | b']' | b',' | 0x1e => self.skip(1),
                _ => break,
            }
        }
        self.empty = false;
        let line = self.line;
        let mut scan = Scan::default();
        let (mut ahead, mut kept) = (0, true);
        let found = loop {
            if ahead > self.limit {
                // Too long: its head is kept, and the search goes on for where it ends.
                if kept {
                    let bytes = self.buffer.get(self.start..self.end).unwrap_or_default();
                    self.head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default().to_vec();
                    kept = false;
                }
                self.skip(ahead);
                ahead = 0;
            }
            let Some(byte) = self.byte(ahead)? else { break Step::Broken(ahead) };
            match scan.step(byte, ahead) {
                Step::More => ahead += 1,
                found => break found,
            }
        };
        let (len, broken) = match found {
            Step::Whole => (ahead + 1, None),
            Step::Broken(len) => (len.min(ahead), Some("bad-json")),
            Step::More => (ahead, Some("bad-json")),
        };
        let len = match broken {
            Some(_) if kept => self.first_line(len),
            _ => len,
        };
        let from = self.start;
        self.skip(len);
        if !kept {
            return Ok(Some(Item { line, raw: &self.head, broken: Some("too-long") }));
        }
        let raw = self.buffer.get(from..self.start).unwrap_or_default();
        Ok(Some(Item { line, raw: raw.trim_ascii_end(), broken }))
    }
}

/// Follows the brackets and strings of one object.
#[derive(Debug, Default)]
struct Scan {
    depth: usize,
    /// One bit for each open bracket, the innermost lowest: set for an array.
    arrays: u64,
    inside_text: bool,
    escaped: bool,
    /// The last byte that was no blank.
    last: u8,
    /// Where the line began, while only blanks were seen on it.
    line_start: Option<usize>,
}

enum Step {
    More,
    Whole,
    /// It is none; what is left of it ends here.
    Broken(usize),
}

impl Scan {
    fn step(&mut self, byte: u8, at: usize) -> Step {
        if self.inside_text {
            match byte {
                b'\n' => return Step::Broken(at),
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => {
                    self.inside_text = false;
                    self.last = b'"';
                }
                _ => {}
            }
            return Step::More;
        }
        match byte {
            b'\n' if self.depth == 0 => return Step::Broken(at),
            b'\n' => {
                self.line_start = Some(at);
                return Step::More;
            }
            b' ' | b'\t' | b'\r' => return Step::More,
            b'{' if self.depth == 0 && at > 0 => {}
            b'{' | b'[' => {
                let inside_array = self.arrays & 1 == 1;
                let fits = self.last == b':' || (inside_array && matches!(self.last, b'[' | b','));
                if let Some(start) = self.line_start.filter(|_| byte == b'{' && !fits && self.depth <= 64) {
                    return Step::Broken(start);
                }
                self.depth += 1;
                self.arrays = self.arrays << 1 | u64::from(byte == b'[');
            }
            b'}' | b']' if self.depth > 0 => {
                self.depth -= 1;
                self.arrays >>= 1;
                if self.depth == 0 {
                    return Step::Whole;
                }
            }
            b'"' if self.depth > 0 => self.inside_text = true,
            _ => {}
        }
        self.line_start = None;
        self.last = byte;
        Step::More
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Items;
    use crate::Limits;

    fn all(input: &[u8], limit: usize) -> Vec<(u64, String, Option<&'static str>)> {
        let limits = Limits { row_bytes: limit, ..Limits::default() };
        let mut items = Items::new(input, &limits);
        let mut out = Vec::new();
        while let Some(item) = items.next().expect("reading memory cannot fail") {
            out.push((item.line, String::from_utf8_lossy(item.raw).into_owned(), item.broken));
        }
        out
    }

    fn good(line: u64, text: &str) -> (u64, String, Option<&'static str>) {
        (line, text.to_string(), None)
    }

    fn bad(line: u64, text: &str) -> (u64, String, Option<&'static str>) {
        (line, text.to_string(), Some("bad-json"))
    }

    #[test]
    fn objects_are_found_however_they_stand() {
        for (input, want) in [
            ("{\"a\":1}\n{\"b\":2}\r\n\n", vec![good(1, "{\"a\":1}"), good(2, "{\"b\":2}")]),
            (
                "\u{feff}[{\"a\":\"}\\\"]\"},\n {\"b\":[{}]}]",
                vec![good(1, "{\"a\":\"}\\\"]\"}"), good(2, "{\"b\":[{}]}")],
            ),
            ("{\n \"a\": {\n  \"b\": [\n{}\n] } }\n", vec![good(1, "{\n \"a\": {\n  \"b\": [\n{}\n] } }")]),
            ("\u{1e}{}{}", vec![good(1, "{}"), good(1, "{}")]),
            ("[]\n", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(all(input.as_bytes(), 1_000), want, "{input}");
        }
    }

    #[test]
    fn a_broken_object_costs_only_itself() {
        for (input, want) in [
            ("{\"a\":1\n{\"b\":2}\n", vec![bad(1, "{\"a\":1"), good(2, "{\"b\":2}")]),
            ("{\"a\":1,\n{\"b\":2}\n", vec![bad(1, "{\"a\":1,"), good(2, "{\"b\":2}")]),
            ("{\"a\":\"x\n{\"b\":2}\n", vec![bad(1, "{\"a\":\"x"), good(2, "{\"b\":2}")]),
            ("nonsense\n{\"b\":2}\n{", vec![bad(1, "nonsense"), good(2, "{\"b\":2}"), bad(3, "{")]),
            ("{\"a\":\n{\"b\":2}\n{\"c\":3}", vec![bad(1, "{\"a\":"), good(2, "{\"b\":2}"), good(3, "{\"c\":3}")]),
            ("{\"a\":\n{\"b\":2}\n", vec![bad(1, "{\"a\":"), good(2, "{\"b\":2}")]),
            ("x{\"b\":2}", vec![bad(1, "x{\"b\":2}")]),
        ] {
            assert_eq!(all(input.as_bytes(), 1_000), want, "{input}");
        }
    }

    #[test]
    fn an_object_over_the_limit_is_passed_over_even_on_one_line() {
        let long = format!("[{{\"a\":\"{}\"}},{{\"b\":1}}]", "x".repeat(600_000));
        let got = all(long.as_bytes(), 1_000);
        assert_eq!(got.len(), 2);
        assert_eq!((got[0].0, got[0].2, got[0].1.len()), (1, Some("too-long"), 4_096));
        assert_eq!(got[1], good(1, "{\"b\":1}"));
    }

    proptest! {
        #[test]
        fn every_byte_is_in_one_item_or_is_punctuation(input in "[\\[\\]{}:,\"\\\\a1 \n]{0,60}") {
            let plain = |text: &str| text.chars().filter(|c| !" \n[],".contains(*c)).collect::<String>();
            let items = all(input.as_bytes(), 1_000);
            let joined: String = items.iter().map(|(_, text, _)| plain(text)).collect();
            prop_assert_eq!(joined, plain(&input));
        }
    }
}
