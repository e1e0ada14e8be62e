//! CSV and TSV rows that survive what breaks the usual readers.
//!
//! A quote that is opened and never closed makes an RFC 4180 reader swallow the rest of the file. Here a row whose quotes
//! do not close within the limits, or that only closes by eating its neighbours, costs that one line; the next line is a
//! row again. A row is framed by counting quotes, so that the usual row (quotes even) costs one pass of `memchr`.

use std::borrow::Cow;
use std::io::Read;

use crate::{Limits, Lines};

/// The fields of one row. Used again for every row.
#[derive(Debug, Default)]
pub struct Record {
    /// Begin, end and whether it holds doubled quotes, of every field in the row's bytes.
    fields: Vec<(u32, u32, bool)>,
}

impl Record {
    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The bytes of a field, without its quotes; copied only where a doubled quote has to become one.
    pub fn get<'a>(&self, raw: &'a [u8], at: usize) -> Option<Cow<'a, [u8]>> {
        let &(from, to, doubled) = self.fields.get(at)?;
        let bytes = raw.get(from as usize..to as usize)?;
        if !doubled {
            return Some(Cow::Borrowed(bytes));
        }
        let mut out = Vec::with_capacity(bytes.len());
        let mut rest = bytes;
        while let Some(quote) = memchr::memchr(b'"', rest) {
            let (head, tail) = rest.split_at(quote + 1);
            out.extend_from_slice(head);
            rest = tail.strip_prefix(b"\"").unwrap_or(tail);
        }
        out.extend_from_slice(rest);
        Some(Cow::Owned(out))
    }

    /// Whether a field is there and has nothing in it.
    #[inline]
    pub fn is_blank(&self, at: usize) -> bool {
        self.fields.get(at).is_some_and(|&(from, to, _)| from == to)
    }

    /// The same for a row that is text already.
    #[inline]
    pub fn text<'a>(&self, raw: &'a str, at: usize) -> Option<Cow<'a, str>> {
        let &(from, to, doubled) = self.fields.get(at)?;
        let text = raw.get(from as usize..to as usize)?;
        Some(if doubled { Cow::Owned(text.replace("\"\"", "\"")) } else { Cow::Borrowed(text) })
    }

    /// Splits a whole row. Lenient: what follows a closing quote belongs to the field.
    pub fn split(&mut self, raw: &[u8], delimiter: u8) {
        self.fields.clear();
        let mut at = 0;
        loop {
            let rest = raw.get(at..).unwrap_or_default();
            if rest.first() == Some(&b'"') {
                let (end, doubled) = closing_quote(rest);
                let after = at + end + 1;
                self.fields.push((at as u32 + 1, (at + end) as u32, doubled));
                match raw.get(after) {
                    Some(byte) if *byte == delimiter => at = after + 1,
                    None => return,
                    Some(_) => match raw.get(after..).and_then(|tail| memchr::memchr(delimiter, tail)) {
                        Some(next) => {
                            // Text after the closing quote: the field is taken as it stands, quotes and all.
                            self.fields.pop();
                            self.fields.push((at as u32, (after + next) as u32, false));
                            at = after + next + 1;
                        }
                        None => {
                            self.fields.pop();
                            self.fields.push((at as u32, raw.len() as u32, false));
                            return;
                        }
                    },
                }
            } else {
                // Most fields are short: a plain loop beats a call of memchr.
                match rest.iter().position(|byte| *byte == delimiter) {
                    Some(len) => {
                        self.fields.push((at as u32, (at + len) as u32, false));
                        at += len + 1;
                    }
                    None => {
                        self.fields.push((at as u32, raw.len() as u32, false));
                        return;
                    }
                }
            }
        }
    }
}

/// Where the quote that closes `rest` (which begins with one) stands, and whether doubled quotes were passed.
fn closing_quote(rest: &[u8]) -> (usize, bool) {
    let mut at = 1;
    let mut doubled = false;
    while let Some(found) = rest.get(at..).and_then(|tail| memchr::memchr(b'"', tail)) {
        if rest.get(at + found + 1) == Some(&b'"') {
            doubled = true;
            at += found + 2;
        } else {
            return (at + found, doubled);
        }
    }
    (rest.len(), doubled)
}

/// The delimiter by which the first line of a text has most columns with a known name; of equals the last.
pub fn delimiter_of(text: &str, delimiters: &[u8], is_known: impl Fn(&str) -> bool) -> u8 {
    let first = text.trim_start().lines().next().unwrap_or_default();
    let mut record = Record::default();
    let known = |delimiter: &u8| {
        record.split(first.as_bytes(), *delimiter);
        (0..record.len()).filter(|at| record.text(first, *at).is_some_and(|name| is_known(&name))).count()
    };
    delimiters.iter().copied().max_by_key(known).unwrap_or(b',')
}

/// One framed row.
#[derive(Debug)]
pub struct CsvRow<'a> {
    /// 1-based line on which it begins.
    pub line: u64,
    /// Its bytes, without the line end.
    pub raw: &'a [u8],
    /// Why it is none, as a code of [`crate::Reject::CODES`]; `None` for a good row.
    pub broken: Option<&'static str>,
}

/// The rows of a CSV or TSV stream.
pub struct CsvRows<R> {
    lines: Lines<R>,
    delimiter: u8,
    row_bytes: usize,
    row_lines: usize,
}

impl<R: Read> CsvRows<R> {
    /// Starts on a stream.
    pub fn new(input: R, delimiter: u8, limits: &Limits) -> Self {
        CsvRows {
            lines: Lines::new(input, limits),
            delimiter,
            row_bytes: limits.row_bytes,
            row_lines: limits.row_lines,
        }
    }

    /// The next row that is not blank, split into `record`. `width` is how many fields the header has, 0 for the header
    /// itself. A broken row is given with its reason and an empty record.
    pub fn next(&mut self, record: &mut Record, width: usize) -> std::io::Result<Option<CsvRow<'_>>> {
        loop {
            let Some(first) = self.lines.peek_end(0)? else { return Ok(None) };
            let head = self.lines.ahead(first);
            if trim(head).is_empty() {
                self.lines.take(first, 1);
                continue;
            }
            if trim(head).len() > self.row_bytes || (first >= self.row_bytes && !head.ends_with(b"\n")) {
                record.fields.clear();
                let Some(line) = self.lines.next()? else { return Ok(None) };
                return Ok(Some(CsvRow { line: line.number, raw: line.bytes, broken: Some("too-long") }));
            }
            if quotes(head).is_multiple_of(2) {
                let (line, bytes) = self.lines.take(first, 1);
                let raw = trim(bytes);
                record.split(raw, self.delimiter);
                return Ok(Some(CsvRow { line, raw, broken: None }));
            }
            return self.next_open(record, width, first).map(Some);
        }
    }

    /// A row whose first line leaves a quote open: tries to close it within the limits.
    fn next_open(&mut self, record: &mut Record, width: usize, first: usize) -> std::io::Result<CsvRow<'_>> {
        let mut end = first;
        let mut open = true;
        let mut lines = 1;
        while open && lines < self.row_lines {
            let Some(next) = self.lines.peek_end(end)? else { break };
            if next > self.row_bytes {
                break;
            }
            let more = self.lines.ahead(next);
            open = quotes(more.get(end..).unwrap_or_default()).is_multiple_of(2);
            end = next;
            lines += 1;
        }
        if !open {
            record.split(trim(self.lines.ahead(end)), self.delimiter);
            if width == 0 || record.len() == width {
                let (line, bytes) = self.lines.take(end, lines as u64);
                return Ok(CsvRow { line, raw: trim(bytes), broken: None });
            }
        }
        // A stray quote inside a field that is not quoted leaves the line whole: take it if it has the right width.
        record.split(trim(self.lines.ahead(first)), self.delimiter);
        let whole = width > 0 && record.len() == width && {
            let line = trim(self.lines.ahead(first));
            record.fields.last().is_none_or(|&(from, to, _)| {
                // The last field must not itself be the one left open.
                !(line.get((from as usize).wrapping_sub(1)) == Some(&b'"') && to as usize == line.len())
            })
        };
        if !whole {
            record.fields.clear();
        }
        let (line, bytes) = self.lines.take(first, 1);
        Ok(CsvRow { line, raw: trim(bytes), broken: (!whole).then_some("open-quote") })
    }
}

fn quotes(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'"', bytes).count()
}

fn trim(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::{CsvRows, Record};
    use crate::Limits;

    type Got = (u64, Vec<String>, Option<&'static str>);

    fn all(input: &[u8], width: usize) -> Vec<Got> {
        let mut rows = CsvRows::new(input, b',', &Limits::default());
        let mut record = Record::default();
        let mut out = Vec::new();
        while let Some(row) = rows.next(&mut record, width).expect("reading memory cannot fail") {
            let fields = (0..record.len())
                .map(|at| String::from_utf8_lossy(&record.get(row.raw, at).expect("within len")).into_owned())
                .collect();
            out.push((row.line, fields, row.broken));
        }
        out
    }

    fn good(line: u64, fields: &[&str]) -> Got {
        (line, fields.iter().map(|f| f.to_string()).collect(), None)
    }

    #[test]
    fn rows_are_read_as_rfc_4180_says() {
        assert_eq!(
            all(b"a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\n", 2),
            [good(1, &["a", "b"]), good(2, &["x, y", "say \"hi\""])]
        );
        assert_eq!(all(b"\"two\nlines\",b\n\nc,d", 2), [good(1, &["two\nlines", "b"]), good(4, &["c", "d"])]);
        assert_eq!(all(b"a,,\n,\n", 0), [good(1, &["a", "", ""]), good(2, &["", ""])]);
        assert_eq!(all(b"", 2), []);
    }

    #[test]
    fn an_open_quote_costs_its_own_line_only() {
        let got = all(b"a,b\n\"open,c\nd,e\nf,g\n", 2);
        assert_eq!(got[0], good(1, &["a", "b"]));
        assert_eq!((got[1].0, got[1].2), (2, Some("open-quote")));
        assert_eq!(got[2..], [good(3, &["d", "e"]), good(4, &["f", "g"])]);
    }

    #[test]
    fn a_stray_quote_inside_a_plain_field_is_just_a_letter() {
        assert_eq!(all(b"5\" disk,b\nc,d\n", 2), [good(1, &["5\" disk", "b"]), good(2, &["c", "d"])]);
        assert_eq!(all(b"a,5\" disk\nc,3\" tape\n", 2), [good(1, &["a", "5\" disk"]), good(2, &["c", "3\" tape"])]);
    }

    #[test]
    fn a_row_longer_than_the_limit_is_refused_and_the_next_is_read() {
        let mut input = b"a,b\n".to_vec();
        input.extend(std::iter::repeat_n(b'x', 5 << 20));
        input.extend_from_slice(b"\nc,d\n");
        let got = all(&input, 2);
        assert_eq!((got[1].0, got[1].2), (2, Some("too-long")));
        assert_eq!(got[2], good(3, &["c", "d"]));
    }
}
