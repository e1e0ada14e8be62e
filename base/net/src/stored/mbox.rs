//! The three kinds of mbox that are still met.
//!
//! In all of them a message begins with a line `From ` at the beginning of the file or after an empty line. They differ in how a
//! line of a text that looks the same is told from it, and no file says which kind it is: whoever hands it over has to know.

use std::io::{BufRead as _, BufReader, Read};

use super::{StoredMail, StoredMailError};

/// What begins a message.
const BEGIN: &[u8] = b"From ";
/// How much of a sender is kept.
const SENDER_CHARS: usize = 320;

/// The kind of an mbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MboxKind {
    /// A `>` was put before `From `. Where the text had one already nobody knows any more: it is left as it is.
    Mboxo,
    /// One more `>` was put before every `From `, however many it had. It is taken away.
    Mboxrd,
    /// Nothing was changed: the header `Content-Length` says how long a text is. Where it is missing or larger than any message
    /// that is taken, the text ends as in the others.
    Mboxcl2,
}

impl MboxKind {
    /// All of them.
    pub const ALL: [MboxKind; 3] = [MboxKind::Mboxo, MboxKind::Mboxrd, MboxKind::Mboxcl2];

    /// The name people know it by.
    pub fn as_str(self) -> &'static str {
        match self {
            MboxKind::Mboxo => "mboxo",
            MboxKind::Mboxrd => "mboxrd",
            MboxKind::Mboxcl2 => "mboxcl2",
        }
    }

    /// The kind of a name.
    pub fn parse(text: &str) -> Option<MboxKind> {
        MboxKind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Reads the messages of an mbox, one after the other.
pub struct Mbox<R> {
    input: BufReader<R>,
    kind: MboxKind,
    limit: usize,
    number: u64,
    /// The line that begins the next message, once it was met.
    begin: Option<Vec<u8>>,
    is_over: bool,
}

impl<R> std::fmt::Debug for Mbox<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mbox").field("kind", &self.kind).field("number", &self.number).finish_non_exhaustive()
    }
}

/// A message while it is read.
#[derive(Default)]
struct Growing {
    bytes: Vec<u8>,
    is_too_large: bool,
    /// An empty line: the next one tells whether it belongs to the message.
    pending: Vec<u8>,
}

impl Growing {
    /// Adds the empty line that was pending, and a line.
    fn add(&mut self, line: &[u8], limit: usize) {
        let pending = std::mem::take(&mut self.pending);
        for part in [pending.as_slice(), line] {
            self.is_too_large |= self.bytes.len() + part.len() > limit;
            if !self.is_too_large {
                self.bytes.extend_from_slice(part);
            }
        }
        if self.is_too_large {
            self.bytes = Vec::new();
        }
    }
}

impl<R: Read> Mbox<R> {
    /// The messages of a file. One with more bytes than the limit is told and passed over.
    pub fn new(input: R, kind: MboxKind, limit: usize) -> Self {
        Mbox { input: BufReader::new(input), kind, limit, number: 0, begin: None, is_over: false }
    }

    /// The next line with its end; nothing at the end of the file. One that is longer than any message comes in parts.
    fn line(&mut self) -> std::io::Result<Vec<u8>> {
        let mut line = Vec::new();
        let longest = (self.limit as u64).saturating_add(BEGIN.len() as u64);
        (&mut self.input).take(longest).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    /// The first line of the next message; `None` when there is none.
    fn begin(&mut self) -> Result<Option<Vec<u8>>, StoredMailError> {
        if self.number > 0 {
            return Ok(self.begin.take());
        }
        let line = self.line().map_err(|error| StoredMailError::Broken { place: "1".into(), error })?;
        if !line.is_empty() && !line.starts_with(BEGIN) {
            return Err(StoredMailError::NoMbox);
        }
        Ok((!line.is_empty()).then_some(line))
    }

    /// All lines up to the next message or the end of the file.
    fn message(&mut self) -> std::io::Result<Growing> {
        let mut growing = Growing::default();
        let mut may_end = false;
        let mut is_header = true;
        // A line that is longer than any message comes in parts: only its first one begins it.
        let mut begins_line = true;
        // How long the text is said to be, and how much of it was read.
        let (mut counted, mut length) = (0, 0);
        loop {
            let line = self.line()?;
            if line.is_empty() {
                return Ok(growing);
            }
            let is_begin = std::mem::replace(&mut begins_line, line.ends_with(b"\n"));
            if is_begin && may_end && length >= counted && line.starts_with(BEGIN) {
                self.begin = Some(line);
                return Ok(growing);
            }
            let is_empty = is_begin && matches!(line.as_slice(), b"\n" | b"\r\n");
            if !is_header {
                length += line.len();
            } else if self.kind == MboxKind::Mboxcl2 {
                // What is longer than any message is not believed: it would swallow all that follows.
                counted = content_length(&line).filter(|count| *count <= self.limit).unwrap_or(counted);
            }
            is_header &= !is_empty;
            may_end = is_empty;
            if is_empty {
                growing.add(&[], self.limit);
                growing.pending = line;
            } else {
                growing.add(self.kind.unquoted(&line), self.limit);
            }
        }
    }
}

impl MboxKind {
    /// The line as it was before it was stored.
    fn unquoted(self, line: &[u8]) -> &[u8] {
        let shorter = line.strip_prefix(b">").filter(|_| self == MboxKind::Mboxrd);
        let is_quoted = |rest: &&[u8]| rest.iter().position(|&b| b != b'>').is_some_and(|at| starts_at(rest, at));
        shorter.filter(is_quoted).unwrap_or(line)
    }
}

fn starts_at(line: &[u8], at: usize) -> bool {
    line.get(at..).is_some_and(|rest| rest.starts_with(BEGIN))
}

/// The length a header line tells, when it is that line.
fn content_length(line: &[u8]) -> Option<usize> {
    let (name, value) = std::str::from_utf8(line).ok()?.split_once(':')?;
    if name.eq_ignore_ascii_case("Content-Length") { value.trim().parse().ok() } else { None }
}

/// The sender in the line that begins a message; nobody for reports on delivery.
fn sender(begin: &[u8]) -> String {
    let text = String::from_utf8_lossy(begin);
    let word: String = text.split_whitespace().nth(1).unwrap_or_default().chars().take(SENDER_CHARS).collect();
    if ["MAILER-DAEMON", "-", "<>"].contains(&word.as_str()) { String::new() } else { crate::one_line(&word) }
}

impl<R: Read> Iterator for Mbox<R> {
    type Item = Result<StoredMail, StoredMailError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let begin = match self.begin() {
            Ok(Some(begin)) => begin,
            Ok(None) => {
                self.is_over = true;
                return None;
            }
            Err(error) => {
                self.is_over = true;
                return Some(Err(error));
            }
        };
        self.number += 1;
        let place = self.number.to_string();
        Some(match self.message() {
            Ok(growing) if growing.is_too_large => Err(StoredMailError::TooLarge { place, limit: self.limit }),
            Ok(growing) => Ok(StoredMail { place, sender: sender(&begin), bytes: growing.bytes }),
            Err(error) => {
                self.is_over = true;
                Err(StoredMailError::Broken { place, error })
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

    use super::{Mbox, MboxKind, sender};
    use crate::stored::StoredMailError;

    /// The texts of the messages, or what is wrong.
    fn read(file: &[u8], kind: MboxKind, limit: usize) -> Vec<Result<String, String>> {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        Mbox::new(file, kind, limit)
            .map(|mail| mail.map(|mail| text(mail.bytes)).map_err(|error| error.to_string()))
            .collect()
    }

    #[test]
    fn the_kinds_differ_in_what_looks_like_a_beginning() {
        let file =
            b"From a@b.example Thu Jan  1 00:00:00 2026\nContent-Length: 22\n\n>From x\n>>From y\n>z\nFrom w\n\n\
            From c@d.example Thu Jan  1 00:00:00 2026\r\nSubject: two\r\n\r\n\r\nbody\r\n\r\n\r\n";
        let header = "Content-Length: 22\n\n";
        for (kind, first) in [
            (MboxKind::Mboxo, ">From x\n>>From y\n>z\nFrom w\n"),
            (MboxKind::Mboxrd, "From x\n>From y\n>z\nFrom w\n"),
            (MboxKind::Mboxcl2, ">From x\n>>From y\n>z\nFrom w\n"),
        ] {
            let expected = [format!("{header}{first}"), "Subject: two\r\n\r\n\r\nbody\r\n\r\n".into()].map(Ok);
            assert_eq!(read(file, kind, 1000), expected, "{kind:?}");
        }
    }

    #[test]
    fn a_counted_text_may_hold_anything_but_not_the_rest_of_the_file() {
        let inner = "one\n\nFrom me to you\n\n";
        let next = "From b\nSubject: next\n\ntext\n\n";
        for (count, messages) in [("20", 2), ("x", 3), ("0", 3), ("19", 2), ("99999999999", 3), ("-1", 3)] {
            let file = format!("From a\ncontent-length: {count}\n\n{inner}\n{next}");
            let read = read(file.as_bytes(), MboxKind::Mboxcl2, 500);
            assert_eq!(read.len(), messages, "{count}: {read:?}");
            assert_eq!(read.last(), Some(&Ok("Subject: next\n\ntext\n".to_string())), "{count}");
        }
        let counted = format!("From a\nContent-Length: 20\n\n{inner}\n{next}");
        assert_eq!(read(counted.as_bytes(), MboxKind::Mboxcl2, 500)[0], Ok(format!("Content-Length: 20\n\n{inner}")));
    }

    #[test]
    fn what_is_too_large_is_told_and_the_next_is_read() {
        let long = "x".repeat(100);
        let file = format!("From a\n{long}\nFrom in a line\n\nFrom b\nshort\n\nFrom c\n{}", "short\n".repeat(10));
        let too_large = |number: u32| Err(format!("message {number} has more than 20 bytes"));
        assert_eq!(read(file.as_bytes(), MboxKind::Mboxrd, 20), [too_large(1), Ok("short\n".into()), too_large(3)]);
        assert_eq!(read(b"From a\n12345\n\n", MboxKind::Mboxo, 6), [Ok("12345\n".into())]);
        assert_eq!(read(b"From a\n123456\n\n", MboxKind::Mboxo, 6).len(), 1);
    }

    #[test]
    fn what_is_no_mbox_is_said_to_be_none() {
        assert!(read(b"", MboxKind::Mboxo, 10).is_empty());
        assert_eq!(read(b"From a", MboxKind::Mboxo, 10), [Ok(String::new())]);
        for bad in ["Subject: x\n\nbody\n", "\nFrom a\n\n", ">From a\n"] {
            let read: Vec<_> = Mbox::new(bad.as_bytes(), MboxKind::Mboxo, 100).collect();
            assert!(matches!(read[..], [Err(StoredMailError::NoMbox)]), "{bad:?}");
        }
        for (begin, known) in [
            ("From a@b.example Thu", "a@b.example"),
            ("From MAILER-DAEMON Thu", ""),
            ("From ", ""),
            ("From \u{202e}x y", "x"),
        ] {
            assert_eq!(sender(begin.as_bytes()), known, "{begin}");
        }
        for kind in MboxKind::ALL {
            assert_eq!(MboxKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(MboxKind::parse("mbox"), None);
    }

    /// Lines of which most look like a beginning.
    fn lines() -> impl Strategy<Value = Vec<String>> {
        let line = prop_oneof![
            Just(String::new()),
            Just("From me".to_string()),
            Just(">From me".to_string()),
            Just(">>From".to_string()),
            Just("text".to_string()),
        ];
        prop::collection::vec(line, 0..8)
    }

    proptest! {
        #[test]
        fn what_was_stored_as_mboxrd_is_read_as_it_was(messages in prop::collection::vec(lines(), 0..5)) {
            let mut file = String::new();
            for lines in &messages {
                file.push_str("From a@b.example Thu Jan  1 00:00:00 2026\nSubject: x\n\n");
                for line in lines {
                    let is_beginning = line.trim_start_matches('>').starts_with("From ");
                    file.push_str(&format!("{}{line}\n", if is_beginning { ">" } else { "" }));
                }
                file.push('\n');
            }
            let read: Vec<String> = read(file.as_bytes(), MboxKind::Mboxrd, 10_000).into_iter().map(Result::unwrap).collect();
            let expected: Vec<String> = messages.iter().map(|lines| {
                format!("Subject: x\n\n{}", lines.iter().map(|line| format!("{line}\n")).collect::<String>())
            }).collect();
            prop_assert_eq!(read, expected);
        }

        #[test]
        fn no_file_is_too_strange(
            file in prop::collection::vec(prop_oneof![3 => Just(b'\n'), 2 => Just(b'>'), 1 => any::<u8>()], 0..200),
            limit in 0usize..50,
        ) {
            let file = [b"From a\n".as_slice(), &file].concat();
            for kind in MboxKind::ALL {
                for mail in Mbox::new(file.as_slice(), kind, limit).flatten() {
                    prop_assert!(mail.bytes.len() <= limit);
                }
            }
        }
    }
}
