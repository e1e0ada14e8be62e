//! The objects of a JSON file, one by one: in an array, in the list of an answer (`{"items": […]}`), or one after another.
//!
//! Only brackets and quotes are followed here, so that no more than one object is in memory; an object is read as JSON by
//! whoever asked for it. A broken one costs itself: the next line that begins as it began is an object again.

use std::io::{ErrorKind, Read};

use super::RECORD_BYTES;

/// The members of an answer that hold the list.
const LISTS: [&[u8]; 4] = [b"items", b"cases", b"tickets", b"data"];
/// Bytes read at once.
const AT_ONCE: usize = 256 << 10;
/// The longest of them.
const NAME_BYTES: usize = 8;

/// One object as it stands in the file.
#[derive(Debug)]
pub(super) struct Object {
    /// Which, and on which line it begins.
    pub place: String,
    /// Its bytes, or why they are no object.
    pub text: Result<Vec<u8>, &'static str>,
    /// Whether it has too many bytes.
    pub is_too_long: bool,
}

/// Finds the objects of a stream.
pub(super) struct Objects<R> {
    input: R,
    /// What was read and not looked at yet.
    read: Vec<u8>,
    at: usize,
    mode: Mode,
    line: u64,
    /// How many blanks the line has so far; `None` once it has more than blanks.
    indent: Option<usize>,
    /// How many objects were begun.
    number: u64,
    /// Whether the objects stand in the list of an answer.
    is_inside_list: bool,
    has_mark: bool,
    item: Item,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Between two objects.
    Between,
    /// Inside one.
    Inside,
    /// Behind the list of an answer, up to the end of the answer.
    Behind,
    /// Behind something broken, up to a line that begins an object.
    Lost,
}

/// The object at hand.
#[derive(Debug, Default)]
struct Item {
    bytes: Vec<u8>,
    line: u64,
    /// The blanks before it, when it begins a line.
    indent: Option<usize>,
    depth: usize,
    /// One bit for each open bracket, the innermost lowest: set for an array.
    arrays: u64,
    in_text: bool,
    is_escaped: bool,
    is_too_long: bool,
    /// The last byte that was no blank.
    last: u8,
    /// The text that is read on the first level, and whether it names a list.
    name: Vec<u8>,
    names_list: bool,
}

impl<R: Read> Objects<R> {
    pub(super) fn new(input: R) -> Self {
        Objects {
            input,
            read: Vec::new(),
            at: 0,
            mode: Mode::Between,
            line: 1,
            indent: Some(0),
            number: 0,
            is_inside_list: false,
            has_mark: true,
            item: Item::default(),
        }
    }

    /// Takes one byte; gives the object it ends.
    fn take(&mut self, byte: u8) -> Option<Object> {
        let indent = self.indent;
        match byte {
            b'\n' => {
                self.line += 1;
                self.indent = Some(0);
            }
            b' ' | b'\t' => self.indent = indent.map(|blanks| blanks + 1),
            _ => self.indent = None,
        }
        match self.mode {
            Mode::Between => self.between(byte, indent),
            Mode::Inside => self.inside(byte, indent),
            Mode::Behind => {
                self.item.follow(byte);
                if self.item.depth == 0 {
                    self.mode = Mode::Between;
                }
                None
            }
            Mode::Lost => {
                if byte == b'{' && indent.is_some() && (self.item.indent.is_none() || self.item.indent == indent) {
                    self.begin(indent);
                }
                None
            }
        }
    }

    fn begin(&mut self, indent: Option<usize>) {
        self.number += 1;
        self.item = Item { line: self.line, indent, bytes: Vec::with_capacity(1_024), ..Item::default() };
        self.item.add(b'{');
        self.item.follow(b'{');
        self.mode = Mode::Inside;
    }

    fn between(&mut self, byte: u8, indent: Option<usize>) -> Option<Object> {
        match byte {
            b'{' => self.begin(indent),
            b']' if self.is_inside_list => {
                self.is_inside_list = false;
                self.item = Item { depth: 1, ..Item::default() };
                self.mode = Mode::Behind;
            }
            // 0x1e begins each text of a JSON text sequence (RFC 7464).
            b' ' | b'\t' | b'\r' | b'\n' | b'[' | b']' | b',' | 0x1e => {}
            // The mark of UTF-8 at the very beginning.
            0xEF | 0xBB | 0xBF if self.has_mark => {
                self.indent = Some(0);
                return None;
            }
            _ => {
                self.number += 1;
                self.item = Item { line: self.line, ..Item::default() };
                self.mode = Mode::Lost;
                return Some(self.end(Err("this is no JSON object")));
            }
        }
        self.has_mark = false;
        None
    }

    fn inside(&mut self, byte: u8, indent: Option<usize>) -> Option<Object> {
        if byte == b'\n' && self.item.in_text {
            self.mode = Mode::Lost;
            return Some(self.end(Err("a line ends inside a text")));
        }
        let begins_another = byte == b'{' && indent.is_some() && indent == self.item.indent && !self.item.fits();
        if begins_another {
            let broken = self.end(Err("the next object begins before its end"));
            self.begin(indent);
            return Some(broken);
        }
        if self.item.names_list && byte == b'[' && self.item.depth == 1 && !self.item.in_text {
            // It is no record, but the answer that holds them.
            self.number -= 1;
            self.is_inside_list = true;
            self.mode = Mode::Between;
            return None;
        }
        self.item.add(byte);
        self.item.follow(byte);
        if self.item.depth > 0 {
            return None;
        }
        self.mode = Mode::Between;
        let bytes = std::mem::take(&mut self.item.bytes);
        Some(self.end(Ok(bytes)))
    }

    fn end(&self, text: Result<Vec<u8>, &'static str>) -> Object {
        let is_too_long = self.item.is_too_long;
        let place = format!("item {}, line {}", self.number, self.item.line);
        Object { place, text: if is_too_long { Err("it is too long") } else { text }, is_too_long }
    }
}

impl Item {
    fn add(&mut self, byte: u8) {
        if self.bytes.len() < RECORD_BYTES {
            self.bytes.push(byte);
        } else {
            self.is_too_long = true;
        }
    }

    /// Whether an object may begin here.
    fn fits(&self) -> bool {
        let in_array = self.arrays & 1 == 1;
        // Deeper than this nobody remembers which bracket is open: the text decides when it is read.
        self.in_text || self.depth > 64 || self.last == b':' || (in_array && matches!(self.last, b'[' | b','))
    }

    /// Follows the brackets and texts.
    fn follow(&mut self, byte: u8) {
        if self.in_text {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => {
                    self.in_text = false;
                    self.last = byte;
                }
                _ => {}
            }
            if self.in_text && self.depth == 1 && self.name.len() <= NAME_BYTES {
                self.name.push(byte);
            }
            return;
        }
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => return,
            b'"' => {
                self.in_text = true;
                self.name.clear();
            }
            b'{' | b'[' => {
                self.depth += 1;
                self.arrays = self.arrays << 1 | u64::from(byte == b'[');
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                self.arrays >>= 1;
            }
            _ => {}
        }
        self.names_list = byte == b':' && self.depth == 1 && LISTS.contains(&self.name.as_slice());
        self.last = byte;
    }
}

impl<R: Read> Iterator for Objects<R> {
    type Item = std::io::Result<Object>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            while let Some(byte) = self.read.get(self.at).copied() {
                self.at += 1;
                if let Some(object) = self.take(byte) {
                    return Some(Ok(object));
                }
            }
            self.at = 0;
            self.read.resize(AT_ONCE, 0);
            match self.input.read(&mut self.read) {
                Ok(0) => {
                    self.read.clear();
                    let is_cut = self.mode == Mode::Inside;
                    self.mode = Mode::Between;
                    return is_cut.then(|| Ok(self.end(Err("the file ends inside it"))));
                }
                Ok(count) => self.read.truncate(count),
                Err(error) => {
                    self.read.clear();
                    if error.kind() != ErrorKind::Interrupted {
                        return Some(Err(error));
                    }
                }
            }
        }
    }
}
