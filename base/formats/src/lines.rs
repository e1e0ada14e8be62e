//! Lines of a stream, numbered, bounded, without copying.

use std::io::Read;

use crate::Limits;

/// One line: its number, its bytes without the line end, and whether it was cut at the limit.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// 1-based number.
    pub number: u64,
    /// The bytes, without LF or CRLF.
    pub bytes: &'a [u8],
    /// The line is longer than the limit; `bytes` is its beginning, the rest was passed over.
    pub cut: bool,
}

/// A buffer over a stream that hands out whole lines and can look past the next one.
pub struct Lines<R> {
    input: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    number: u64,
    done: bool,
    limit: usize,
    /// The beginning of a line that was cut.
    head: Vec<u8>,
}

impl<R: Read> Lines<R> {
    /// Starts on a stream. A UTF-8 byte order mark at its beginning is passed over.
    pub fn new(input: R, limits: &Limits) -> Self {
        let capacity = (1 << 20).max(limits.row_bytes * 2);
        Lines {
            input,
            buffer: vec![0; capacity],
            start: 0,
            end: 0,
            number: 0,
            done: false,
            limit: limits.row_bytes,
            head: Vec::new(),
        }
    }

    /// Moves what is left to the front and reads more. False at the end of the stream or when the buffer is full.
    fn fill(&mut self) -> std::io::Result<bool> {
        if self.done {
            return Ok(false);
        }
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        let first = self.number == 0 && self.end < 3;
        loop {
            let Some(space) = self.buffer.get_mut(self.end..).filter(|space| !space.is_empty()) else {
                return Ok(false);
            };
            match self.input.read(space) {
                Ok(0) => {
                    self.done = true;
                    break;
                }
                Ok(got) => self.end += got,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            if !first || self.end >= 3 {
                break;
            }
        }
        if first && self.buffer.starts_with(b"\xEF\xBB\xBF") && self.end >= 3 {
            self.start = 3;
        }
        Ok(true)
    }

    /// Where the line that begins `offset` bytes ahead ends: (its end, where the next begins), both ahead of `start`.
    fn find_end(&mut self, offset: usize) -> std::io::Result<Option<(usize, usize)>> {
        let mut searched = offset;
        loop {
            let ahead = self.buffer.get(self.start..self.end).unwrap_or_default();
            if let Some(at) = ahead.get(searched..).and_then(|rest| memchr::memchr(b'\n', rest)) {
                return Ok(Some((searched + at, searched + at + 1)));
            }
            searched = ahead.len();
            if !self.fill()? {
                let ahead = self.end - self.start;
                return Ok((ahead > offset).then_some((ahead, ahead)));
            }
        }
    }

    /// How many bytes ahead the line starting `offset` bytes ahead ends; `None` at the end of the stream.
    /// At most the buffer's size is looked at.
    pub(crate) fn peek_end(&mut self, offset: usize) -> std::io::Result<Option<usize>> {
        Ok(self.find_end(offset)?.map(|(_, next)| next))
    }

    /// The next `len` bytes without taking them.
    pub(crate) fn ahead(&self, len: usize) -> &[u8] {
        self.buffer.get(self.start..(self.start + len).min(self.end)).unwrap_or_default()
    }

    /// Takes `len` bytes that hold `lines` whole lines, and gives them with the number of the first.
    pub(crate) fn take(&mut self, len: usize, lines: u64) -> (u64, &[u8]) {
        let number = self.number + 1;
        self.number += lines;
        let from = self.start;
        self.start = (self.start + len).min(self.end);
        (number, self.buffer.get(from..self.start).unwrap_or_default())
    }

    /// The next line; `None` at the end of the stream.
    #[expect(clippy::should_implement_trait, reason = "the line borrows the buffer, which Iterator cannot say")]
    pub fn next(&mut self) -> std::io::Result<Option<Line<'_>>> {
        let Some((end, next)) = self.find_end(0)? else { return Ok(None) };
        if end > self.limit || (next == end && !self.done) {
            return self.next_cut().map(Some);
        }
        let (number, bytes) = self.take(next, 1);
        let bytes = bytes.get(..end).unwrap_or_default();
        Ok(Some(Line { number, bytes: bytes.strip_suffix(b"\r").unwrap_or(bytes), cut: false }))
    }

    /// A line longer than the limit: keeps its beginning, passes over the rest.
    fn next_cut(&mut self) -> std::io::Result<Line<'_>> {
        self.head = self.ahead(self.limit.min(4_096)).to_vec();
        loop {
            let ahead = self.buffer.get(self.start..self.end).unwrap_or_default();
            if let Some(at) = memchr::memchr(b'\n', ahead) {
                self.start += at + 1;
                break;
            }
            self.start = self.end;
            if !self.fill()? {
                break;
            }
        }
        self.number += 1;
        Ok(Line { number: self.number, bytes: &self.head, cut: true })
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;
    use crate::Limits;

    fn all(input: &[u8], limit: usize) -> Vec<(u64, String, bool)> {
        let limits = Limits { row_bytes: limit, ..Limits::default() };
        let mut lines = Lines::new(input, &limits);
        let mut out = Vec::new();
        while let Some(line) = lines.next().expect("reading memory cannot fail") {
            out.push((line.number, String::from_utf8_lossy(line.bytes).into_owned(), line.cut));
        }
        out
    }

    #[test]
    fn lines_are_numbered_and_lose_bom_and_line_ends() {
        let want = [(1, "a", false), (2, "", false), (3, "b", false)].map(|(n, t, c)| (n, t.to_string(), c));
        assert_eq!(all(b"\xEF\xBB\xBFa\r\n\nb", 100), want);
        assert_eq!(all(b"", 100), []);
    }

    #[test]
    fn a_line_over_the_limit_is_cut_and_the_next_is_whole() {
        let mut input = vec![b'x'; 3 << 20];
        input.extend_from_slice(b"\nnext\n");
        let got = all(&input, 1 << 16);
        assert_eq!(got.len(), 2);
        assert!(got[0].2 && got[0].1.starts_with("xxx"));
        assert_eq!(got[1], (2, "next".to_string(), false));
    }
}
