//! What a mailbox server says, read as RFC 3501 and RFC 9051 write it; only what we ask for.

/// A piece of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A line, or the part of one before or after counted bytes.
    Line(Vec<u8>),
    /// Counted bytes; `None` when they were more than are taken.
    Counted(Option<Vec<u8>>),
}

/// One answer, however many lines it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Response(pub(super) Vec<Piece>);

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Ok,
    No,
    Bad,
}

/// What was told of a message.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fetched {
    pub(super) uid: Option<u32>,
    pub(super) size: Option<u64>,
    pub(super) body: Option<Body>,
}

/// The bytes of a message.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Body {
    Whole(Vec<u8>),
    TooLarge,
}

/// How many bytes a line announces at its end, as `{123}`.
pub(super) fn announced(line: &[u8]) -> Option<u64> {
    let inner = line.strip_suffix(b"}")?;
    let at = inner.iter().rposition(|&b| b == b'{')?;
    let digits = inner.get(at + 1..)?;
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    let is_number = !digits.is_empty() && digits.len() <= 12 && digits.iter().all(u8::is_ascii_digit);
    if is_number { std::str::from_utf8(digits).ok()?.parse().ok() } else { None }
}

impl Response {
    /// The first line, which says what it is about.
    fn head(&self) -> &[u8] {
        match self.0.first() {
            Some(Piece::Line(line)) => line,
            _ => &[],
        }
    }

    /// The first line as text.
    fn text(&self) -> String {
        String::from_utf8_lossy(self.head()).into_owned()
    }

    /// How the command with this tag ended, and in which words.
    pub(super) fn ended(&self, tag: &str) -> Option<(Status, String)> {
        let text = self.text();
        let (status, words) = status(text.strip_prefix(tag)?.strip_prefix(' ')?)?;
        Some((status, words.to_string()))
    }

    /// The greeting or another word of the server about itself: its kind, such as OK or BYE, and its words.
    pub(super) fn about_itself(&self) -> Option<(String, String)> {
        let text = self.text();
        let rest = text.strip_prefix("* ")?;
        let (kind, words) = rest.split_once(' ').unwrap_or((rest, ""));
        let kind = kind.to_ascii_uppercase();
        ["OK", "NO", "BAD", "BYE", "PREAUTH"].contains(&kind.as_str()).then(|| (kind, words.to_string()))
    }

    /// Whether the server waits for more of the command.
    pub(super) fn wants_more(&self) -> bool {
        self.head().first() == Some(&b'+')
    }

    /// What is listed after a word, such as `CAPABILITY` or `SEARCH`.
    fn listed(&self, word: &str) -> Option<Vec<String>> {
        let text = self.text();
        let rest = text.strip_prefix("* ")?;
        let (first, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        first.eq_ignore_ascii_case(word).then(|| rest.split_whitespace().map(str::to_string).collect())
    }

    /// What the server can, in capitals.
    pub(super) fn capabilities(&self) -> Option<Vec<String>> {
        Some(self.listed("CAPABILITY")?.into_iter().map(|word| word.to_ascii_uppercase()).collect())
    }

    /// The messages a search found.
    pub(super) fn found(&self) -> Option<Vec<u32>> {
        Some(self.listed("SEARCH")?.iter().filter_map(|word| word.parse().ok()).collect())
    }

    /// Whether a folder of the asked name was listed.
    pub(super) fn is_folder(&self) -> bool {
        self.listed("LIST").is_some()
    }

    /// Whether it says that messages came.
    pub(super) fn is_news(&self) -> bool {
        let text = self.text().to_ascii_uppercase();
        let numbered = text.strip_prefix("* ").and_then(|rest| rest.split_once(' '));
        numbered
            .is_some_and(|(number, word)| number.parse::<u32>().is_ok() && ["EXISTS", "RECENT"].contains(&word.trim()))
    }

    /// What is told of one message.
    pub(super) fn fetched(self) -> Option<Fetched> {
        let mut tokens = Tokens::of(self);
        let begins = [tokens.next()?, tokens.next()?, tokens.next()?, tokens.next()?];
        let [Token::Word(star), Token::Word(number), Token::Word(word), Token::Open] = begins else { return None };
        let is_fetch = star == "*" && number.parse::<u32>().is_ok() && word.eq_ignore_ascii_case("FETCH");
        if !is_fetch {
            return None;
        }
        let mut fetched = Fetched::default();
        loop {
            let key = match tokens.next()? {
                Token::Word(key) => key.to_ascii_uppercase(),
                Token::Close => return Some(fetched),
                _ => return None,
            };
            match (key.as_str(), tokens.next()?) {
                ("UID", Token::Word(number)) => fetched.uid = number.parse().ok(),
                ("RFC822.SIZE", Token::Word(number)) => fetched.size = number.parse().ok(),
                ("BODY[]", Token::Text(bytes)) => fetched.body = Some(bytes.map_or(Body::TooLarge, Body::Whole)),
                (_, Token::Open) => tokens.pass_over(),
                (_, Token::Close) => return None,
                _ => {}
            }
        }
    }
}

fn status(text: &str) -> Option<(Status, &str)> {
    let (word, words) = text.split_once(' ').unwrap_or((text, ""));
    let status = match word.to_ascii_uppercase().as_str() {
        "OK" => Status::Ok,
        "NO" => Status::No,
        "BAD" => Status::Bad,
        _ => return None,
    };
    Some((status, words))
}

/// A part of what is told of a message.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Word(String),
    /// A quoted string or counted bytes; `None` when they were more than are taken.
    Text(Option<Vec<u8>>),
}

/// Takes an answer apart.
struct Tokens {
    pieces: std::vec::IntoIter<Piece>,
    line: std::iter::Peekable<std::vec::IntoIter<u8>>,
}

impl Tokens {
    fn of(response: Response) -> Self {
        Tokens { pieces: response.0.into_iter(), line: Vec::new().into_iter().peekable() }
    }

    /// Passes over what follows an opening parenthesis, up to its end.
    fn pass_over(&mut self) {
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Some(Token::Open) => depth += 1,
                Some(Token::Close) => depth -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }

    /// A string between quotes, of which the first is already taken.
    fn quoted(&mut self) -> Token {
        let mut text = Vec::new();
        while let Some(byte) = self.line.next() {
            match byte {
                b'\\' => text.extend(self.line.next()),
                b'"' => break,
                _ => text.push(byte),
            }
        }
        Token::Text(Some(text))
    }

    fn word(&mut self, first: u8) -> Token {
        let mut word = vec![first];
        while let Some(byte) = self.line.next_if(|byte| !matches!(byte, b' ' | b'(' | b')' | b'"' | b'{')) {
            word.push(byte);
        }
        Token::Word(String::from_utf8_lossy(&word).into_owned())
    }
}

impl Iterator for Tokens {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            match self.line.next() {
                None => match self.pieces.next()? {
                    Piece::Line(line) => self.line = line.into_iter().peekable(),
                    Piece::Counted(bytes) => return Some(Token::Text(bytes)),
                },
                Some(b' ') => {}
                Some(b'(') => return Some(Token::Open),
                Some(b')') => return Some(Token::Close),
                Some(b'"') => return Some(self.quoted()),
                // What is announced here comes as a piece of its own.
                Some(b'{') => self.line = Vec::new().into_iter().peekable(),
                Some(byte) => return Some(self.word(byte)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};

    use super::{Body, Fetched, Piece, Response, Status, announced};

    fn line(text: &str) -> Response {
        Response(vec![Piece::Line(text.into())])
    }

    #[test]
    fn answers_are_read() {
        assert_eq!(line("A1 OK [READ-WRITE] done").ended("A1"), Some((Status::Ok, "[READ-WRITE] done".into())));
        assert_eq!(line("a1 ok").ended("A1"), None, "tags are ours");
        assert_eq!(line("A1 no").ended("A1"), Some((Status::No, String::new())));
        assert_eq!(line("A12 OK x").ended("A1"), None);
        assert_eq!(line("* BYE tired").about_itself(), Some(("BYE".into(), "tired".into())));
        assert_eq!(line("* 3 EXISTS").about_itself(), None);
        assert_eq!(line("* CAPABILITY IMAP4rev1 idle").capabilities(), Some(vec!["IMAP4REV1".into(), "IDLE".into()]));
        assert_eq!(line("* SEARCH 3 1 x 99999999999").found(), Some(vec![3, 1]));
        assert_eq!(line("* SEARCH").found(), Some(vec![]));
        assert_eq!(line("* SEARCHING 1").found(), None);
        assert!(line("* LIST (\\HasNoChildren) \"/\" Done").is_folder() && line("+ idling").wants_more());
        for (text, is_news) in [("* 3 EXISTS", true), ("* 1 recent", true), ("* 3 EXPUNGE", false), ("* EXISTS", false)]
        {
            assert_eq!(line(text).is_news(), is_news, "{text}");
        }
    }

    #[test]
    fn messages_are_read() {
        let whole = Response(vec![
            Piece::Line(b"* 2 FETCH (FLAGS (\\Seen (odd)) UID 7 X \"a\\\") {\" BODY[] {5}".to_vec()),
            Piece::Counted(Some(b"a)\r\nb".to_vec())),
            Piece::Line(b" RFC822.SIZE 5)".to_vec()),
        ]);
        let expected = Fetched { uid: Some(7), size: Some(5), body: Some(Body::Whole(b"a)\r\nb".to_vec())) };
        assert_eq!(whole.fetched(), Some(expected));
        let large = Response(vec![
            Piece::Line(b"* 2 FETCH (BODY[] {5}".to_vec()),
            Piece::Counted(None),
            Piece::Line(b" UID 7)".to_vec()),
        ]);
        assert_eq!(large.fetched().and_then(|fetched| fetched.body), Some(Body::TooLarge));
        let short = line("* 2 FETCH (UID 7 BODY[] \"text\")").fetched().expect("read");
        assert_eq!(short.body, Some(Body::Whole(b"text".to_vec())));
        let gone = line("* 2 FETCH (UID 7 BODY[] NIL)").fetched().expect("read");
        assert_eq!((gone.uid, gone.body), (Some(7), None));
        for bad in ["* 2 FETCH (UID 7", "* 2 FETCH UID 7", "* x FETCH ()", "* 2 FETCH (UID)", "* 2 STORE ()", "", "*"] {
            assert_eq!(line(bad).fetched(), None, "{bad}");
        }
    }

    #[test]
    fn counted_bytes_are_announced_at_the_end() {
        for (text, count) in [
            ("BODY[] {12}", Some(12)),
            ("{0}", Some(0)),
            ("{7+}", Some(7)),
            ("{12} ", None),
            ("{}", None),
            ("{-1}", None),
            ("}", None),
            ("{9999999999999}", None),
        ] {
            assert_eq!(announced(text.as_bytes()), count, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_answer_is_too_strange(pieces in prop::collection::vec(prop_oneof![
            "[*A1+ ]{0,3}[A-Z0-9a-z(){}\\[\\]\"\\\\ ]{0,40}".prop_map(|text| Piece::Line(text.into_bytes())),
            "\\* 1 FETCH \\((UID|BODY\\[\\]|FLAGS|[() \"{}0-9])*".prop_map(|text| Piece::Line(text.into_bytes())),
            prop::collection::vec(any::<u8>(), 0..9).prop_map(Piece::Line),
            Just(Piece::Counted(None)),
            Just(Piece::Counted(Some(b"x".to_vec()))),
        ], 0..5)) {
            let response = Response(pieces);
            let _ = (response.found(), response.ended("A1"), response.is_news(), response.about_itself());
            let _ = (response.capabilities(), response.wants_more(), response.is_folder(), response.fetched());
        }
    }
}
