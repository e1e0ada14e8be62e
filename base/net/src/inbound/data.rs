//! The bytes of a message out of what follows DATA: dots undone, and an end nobody can forge.
//!
//! Only CR LF `.` CR LF ends a message. Servers that take less for an end let a sender hide a second message, with a sender of
//! its own, inside the first (SMTP smuggling). Here a dot between line ends of which one is lone ends nothing and is told.

/// Where in a line the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// After CR LF, or at the very beginning.
    Start,
    /// After the dot at the start of a line.
    Dot,
    /// After such a dot and CR.
    DotCr,
    /// In the middle of a line.
    Text,
    /// After CR.
    Cr,
    /// After a lone CR or LF.
    Lone,
    /// After a lone CR or LF and a dot.
    LoneDot,
}

/// Reads what follows DATA, however it is cut.
#[derive(Debug)]
pub(super) struct Data {
    at: At,
    limit: usize,
    bytes: Vec<u8>,
    /// Bytes that were not kept.
    dropped: u64,
    has_room: bool,
    has_lone_ends: bool,
    is_smuggling: bool,
}

/// What is wrong with a message that came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It has more bytes than are taken.
    TooLarge,
    /// There was no memory left for it.
    NoRoom,
    /// A CR or LF stands alone, and such are not taken.
    LoneEnds,
    /// A dot alone between line ends of which one is lone.
    Smuggling,
}

impl Data {
    pub(super) fn new(limit: usize) -> Self {
        Data {
            at: At::Start,
            limit,
            bytes: Vec::new(),
            dropped: 0,
            has_room: true,
            has_lone_ends: false,
            is_smuggling: false,
        }
    }

    /// Takes what came: how many of the bytes belong to the message, and whether it ended with them.
    pub(super) fn take(&mut self, chunk: &[u8]) -> (usize, bool) {
        let mut rest = chunk;
        while let Some((&byte, after)) = rest.split_first() {
            if self.at == At::Text {
                // Most bytes are here: all up to the next CR or LF go at once.
                let length = rest.iter().position(|b| matches!(b, b'\r' | b'\n')).unwrap_or(rest.len());
                let (plain, from_end) = rest.split_at(length);
                self.keep(plain);
                rest = from_end;
                let Some((&end, after)) = rest.split_first() else { break };
                self.step(end);
                rest = after;
                continue;
            }
            rest = after;
            if self.at == At::DotCr && byte == b'\n' {
                return (chunk.len() - rest.len(), true);
            }
            self.step(byte);
        }
        (chunk.len(), false)
    }

    /// One byte that ends nothing.
    fn step(&mut self, byte: u8) {
        let before = self.at;
        if before == At::DotCr {
            // The dot was one of transparency after all; what it stood before is a lone CR.
            self.is_smuggling = true;
            self.keep(b"\r");
        }
        let is_end = matches!(byte, b'\r' | b'\n');
        if is_end && matches!(before, At::LoneDot) || before == At::Dot && byte == b'\n' {
            self.is_smuggling = true;
        }
        let after_cr = matches!(before, At::Cr | At::DotCr);
        self.has_lone_ends |= (after_cr && byte != b'\n') || (byte == b'\n' && !after_cr);
        self.at = match (before, byte) {
            (At::Start, b'.') => At::Dot,
            (At::Dot, b'\r') => At::DotCr,
            (At::Cr, b'\n') => At::Start,
            (_, b'\r') => At::Cr,
            (_, b'\n') => At::Lone,
            (At::Cr | At::DotCr | At::Lone, b'.') => At::LoneDot,
            _ => At::Text,
        };
        if !matches!(self.at, At::Dot | At::DotCr) {
            self.keep(&[byte]);
        }
    }

    fn keep(&mut self, bytes: &[u8]) {
        if self.has_room && self.dropped == 0 && self.bytes.len() + bytes.len() <= self.limit {
            self.bytes.extend_from_slice(bytes);
        } else {
            self.dropped += bytes.len() as u64;
            self.bytes = Vec::new();
        }
    }

    /// There is no memory for it: what comes is read and forgotten.
    pub(super) fn give_up(&mut self) {
        self.has_room = false;
        self.bytes = Vec::new();
    }

    /// How many bytes it holds.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether the sender goes far beyond what is taken.
    pub(super) fn is_flood(&self) -> bool {
        self.dropped > self.limit as u64
    }

    /// The message, or why it is none. Whether lone CR and LF make it none is for the caller to say.
    pub(super) fn finish(self, is_strict: bool) -> Result<Vec<u8>, Fault> {
        if self.is_smuggling {
            Err(Fault::Smuggling)
        } else if is_strict && self.has_lone_ends {
            Err(Fault::LoneEnds)
        } else if !self.has_room {
            Err(Fault::NoRoom)
        } else if self.dropped > 0 {
            Err(Fault::TooLarge)
        } else {
            Ok(self.bytes)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

    use super::{Data, Fault};

    /// What a careful sender makes of a message: every line that begins with a dot gets another.
    fn stuffed(message: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut is_start = true;
        for (at, &byte) in message.iter().enumerate() {
            if is_start && byte == b'.' {
                out.push(b'.');
            }
            out.push(byte);
            is_start = byte == b'\n' && at > 0 && message[at - 1] == b'\r';
        }
        if !message.is_empty() && !message.ends_with(b"\r\n") {
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(b".\r\n");
        out
    }

    /// Feeds it whole; gives what belonged to the message.
    fn fed(bytes: &[u8]) -> (Data, usize, bool) {
        let mut data = Data::new(1 << 20);
        let (used, is_done) = data.take(bytes);
        (data, used, is_done)
    }

    #[test]
    fn dots_are_undone_and_what_follows_is_left() {
        for (sent, message) in [
            (&b".\r\n"[..], &b""[..]),
            (b"a\r\n.\r\n", b"a\r\n"),
            (b"..\r\n.\r\n", b".\r\n"),
            (b"a\r\n..b\r\n.c\r\n.\r\n", b"a\r\n.b\r\nc\r\n"),
            (b"\r\n\r\n.\r\n", b"\r\n\r\n"),
            (b"a\0b\xff\r\n.\r\n", b"a\0b\xff\r\n"),
            (b"a.\r\n.\r\n", b"a.\r\n"),
        ] {
            let with_next = [sent, b"QUIT\r\n"].concat();
            let (data, used, is_done) = fed(&with_next);
            assert!(is_done && used == sent.len(), "{sent:?} {used}");
            assert!(!data.has_lone_ends);
            assert_eq!(data.finish(false), Ok(message.to_vec()), "{sent:?}");
        }
    }

    #[test]
    fn nothing_but_the_whole_end_ends_a_message() {
        for end in ["\n.\n", "\n.\r\n", "\r.\r", "\r.\r\n", "\r\n.\n", "\r\n.\r", "\n.\r", "\r.\n", "\r\n\x00.\r\n"] {
            let sent = format!("Subject: x\r\n\r\ntext{end}MAIL FROM:<forged@example.org>\r\n");
            let (mut data, used, is_done) = fed(sent.as_bytes());
            assert!(!is_done && used == sent.len(), "{end:?} ended it");
            assert_eq!(data.take(b".\r\nrest"), (3, true), "{end:?}");
            let is_plain = end.contains('\0');
            assert_eq!(data.has_lone_ends, !is_plain, "{end:?}");
            assert_eq!(data.finish(false) == Err(Fault::Smuggling), !is_plain, "{end:?}");
        }
    }

    #[test]
    fn lone_line_ends_are_seen_but_kept() {
        for text in ["a\nb\r\n", "a\rb\r\n", "\n\r\n", "a\r\r\n", "a\n\r\n", "\n..\r\n", "a\r.b\r\n"] {
            let (data, _, is_done) = fed(format!("{text}.\r\n").as_bytes());
            assert!(is_done && data.has_lone_ends, "{text:?}");
            let (strict, ..) = fed(format!("{text}.\r\n").as_bytes());
            assert_eq!(strict.finish(true), Err(Fault::LoneEnds), "{text:?}");
            assert_eq!(data.finish(false), Ok(text.as_bytes().to_vec()), "{text:?}");
        }
    }

    #[test]
    fn what_is_too_large_is_read_to_its_end_and_not_kept() {
        for (limit, result) in [(5, Ok(b"abc\r\n".to_vec())), (4, Err(Fault::TooLarge)), (0, Err(Fault::TooLarge))] {
            let mut data = Data::new(limit);
            assert_eq!(data.take(b"abc\r\n.\r\n"), (8, true));
            assert_eq!(data.finish(false), result, "{limit}");
        }
        let mut data = Data::new(10);
        data.take(&[b'x'; 11]);
        assert!(!data.is_flood() && data.len() == 0);
        data.take(b"y");
        assert!(data.is_flood());
        let mut data = Data::new(10);
        data.take(b"abc\r\n");
        data.give_up();
        assert_eq!(data.len(), 0);
        assert_eq!(data.take(b"d\r\n.\r\n"), (6, true));
        assert_eq!(data.finish(false), Err(Fault::NoRoom));
    }

    /// Bytes of which most matter to the reader.
    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(
            prop_oneof![4 => Just(b'.'), 4 => Just(b'\r'), 4 => Just(b'\n'), 2 => Just(b'a'), 1 => any::<u8>()],
            0..60,
        )
    }

    /// Messages of proper lines.
    fn lines() -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(
            prop::collection::vec(prop_oneof![Just(b'.'), Just(b'a'), Just(0), Just(0xff)], 0..4),
            0..20,
        )
        .prop_map(|lines| lines.into_iter().flat_map(|line| [line, b"\r\n".to_vec()].concat()).collect())
    }

    proptest! {
        #[test]
        fn what_is_sent_is_what_arrives(message in lines()) {
            let sent = stuffed(&message);
            let (data, used, is_done) = fed(&sent);
            prop_assert!(is_done && used == sent.len() && !data.has_lone_ends);
            prop_assert_eq!(data.finish(false), Ok(message));
        }

        #[test]
        fn however_it_is_cut_it_is_the_same(sent in bytes(), cuts in prop::collection::vec(1usize..7, 0..60)) {
            let (whole, used, is_done) = fed(&sent);
            let mut cut = Data::new(1 << 20);
            let mut cut_used = 0;
            let mut cut_done = false;
            let mut rest = &sent[..];
            let mut sizes = cuts.into_iter().chain(std::iter::repeat(3));
            while !rest.is_empty() && !cut_done {
                let (now, later) = rest.split_at(sizes.next().unwrap_or(1).min(rest.len()));
                let (count, done) = cut.take(now);
                cut_used += count;
                cut_done = done;
                rest = later;
            }
            prop_assert_eq!((cut_used, cut_done), (used, is_done));
            prop_assert_eq!(cut.has_lone_ends, whole.has_lone_ends);
            prop_assert_eq!(cut.finish(false), whole.finish(false));
        }

        #[test]
        fn it_ends_where_the_five_bytes_are_and_nowhere_else(sent in bytes()) {
            // As if the line of the command DATA stood before it.
            let with_line = [b"\r\n", &sent[..]].concat();
            let end = with_line.windows(5).position(|five| five == b"\r\n.\r\n").map(|at| at + 3);
            let (_, used, is_done) = fed(&sent);
            prop_assert_eq!(is_done.then_some(used), end);
        }
    }
}
