//! What a text names that can be looked up: addresses, names, hashes, vulnerabilities, also where they were made harmless on
//! purpose (`hxxp://example[.]org`).
//!
//! The text is passed over a fixed number of times, whatever it is: first harmless forms become plain ones, with a map of where
//! each byte came from, then each run of characters without a blank is looked at once.

mod kind;
mod names;
mod numbers;
mod refang;
mod words;

use std::collections::HashSet;
use std::net::IpAddr;
use std::ops::Range;

pub use kind::ObservableKind;
pub use names::Tlds;

use refang::Plain;

/// Most observables of one text.
const OBSERVABLES: usize = 10_000;
/// How much of a text is looked at, in bytes.
const TEXT_BYTES: usize = 4 << 20;
/// Longest URL and longest word, in bytes.
const URL_BYTES: usize = 2_048;
const WORD_BYTES: usize = 1_000;

/// Something that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observable {
    /// What it is.
    pub kind: ObservableKind,
    /// It in one form: small letters, harmless forms undone, names in ASCII.
    pub value: String,
    /// The same in its own script, where that differs: `منارة.example`.
    pub shown: Option<String>,
    /// Where it stands for the first time: a range of bytes of the text.
    pub at: Range<usize>,
}

/// What a text names, each once, in the order in which it is named; at most ten thousand.
#[must_use]
pub fn observables(text: &str, tlds: &Tlds) -> Vec<Observable> {
    scan(text, tlds).0
}

/// The observables, and how many bytes were looked at for them.
fn scan(text: &str, tlds: &Tlds) -> (Vec<Observable>, usize) {
    let text = text.get(..text.floor_char_boundary(TEXT_BYTES)).unwrap_or_default();
    let plain = Plain::of(text);
    let mut scanner = Scanner {
        plain: &plain,
        tlds,
        found: Vec::new(),
        known: HashSet::new(),
        before: String::new(),
        steps: plain.steps,
    };
    let mut begin = 0;
    for (at, c) in plain.text.char_indices() {
        if words::parts(c) {
            scanner.token(begin, at);
            begin = at + c.len_utf8();
        }
    }
    scanner.token(begin, plain.text.len());
    scanner.steps += plain.text.len();
    (scanner.found, scanner.steps)
}

/// Walks over the plain text.
struct Scanner<'x> {
    plain: &'x Plain,
    tlds: &'x Tlds,
    found: Vec<Observable>,
    known: HashSet<(ObservableKind, String)>,
    /// The word before, in small letters: “version 1.2.3.4” is no address.
    before: String,
    steps: usize,
}

impl<'x> Scanner<'x> {
    fn piece(&self, begin: usize, end: usize) -> &'x str {
        self.plain.text.get(begin..end).unwrap_or_default()
    }

    fn add(&mut self, kind: ObservableKind, value: String, shown: Option<String>, begin: usize, end: usize) {
        if self.found.len() < OBSERVABLES && self.known.insert((kind, value.clone())) {
            self.found.push(Observable { kind, value, shown, at: self.plain.origin(begin, end) });
        }
    }

    /// A run without blanks and quotation marks: URLs first, what is between them in pieces.
    fn token(&mut self, begin: usize, end: usize) {
        let mut at = begin;
        while at < end && self.found.len() < OBSERVABLES {
            let rest = self.piece(at, end);
            let Some(colon) = rest.find("://") else { break };
            self.steps += colon + 3;
            let (before, _) = rest.split_at(colon);
            let scheme_len = before.bytes().rev().take(12).take_while(u8::is_ascii_alphabetic).count();
            let scheme_at = colon - scheme_len;
            let scheme = before.get(scheme_at..).unwrap_or_default().to_ascii_lowercase();
            if !words::SCHEMES.contains(&scheme.as_str()) {
                self.pieces(at, at + colon);
                at += colon + 3;
                continue;
            }
            self.pieces(at, at + scheme_at);
            let url_at = at + scheme_at;
            let url_end = self.url_end(url_at, end);
            self.url(&scheme, url_at, url_end);
            at = url_end.max(at + colon + 3);
        }
        self.pieces(at, end);
    }

    /// Where a URL that begins here ends: before the marks of the sentence around it.
    fn url_end(&mut self, begin: usize, end: usize) -> usize {
        let whole = self.piece(begin, end);
        let mut len = whole.len();
        // Another URL behind a comma is none of its parts.
        for (at, _) in whole.match_indices("://").skip(1) {
            let scheme_len = whole.bytes().take(at).rev().take(12).take_while(u8::is_ascii_alphabetic).count();
            let border = at - scheme_len;
            if border > 0 && matches!(whole.as_bytes().get(border - 1), Some(b',' | b';' | b')' | b']')) {
                len = border - 1;
                break;
            }
        }
        self.steps += len;
        let url = whole.get(..len).unwrap_or(whole);
        let mut open = [('(', ')'), ('[', ']'), ('{', '}')].map(|(left, right)| {
            let count = |c: char| url.matches(c).count();
            (right, count(right).saturating_sub(count(left)))
        });
        let mut kept = url;
        while let Some(last) = kept.chars().next_back() {
            let unbalanced = open.iter_mut().find(|(right, more)| *right == last && *more > 0);
            match unbalanced {
                Some((_, more)) => *more -= 1,
                None if words::ENDS.contains(last) => {}
                None => break,
            }
            kept = kept.get(..kept.len() - last.len_utf8()).unwrap_or_default();
        }
        begin + kept.len()
    }

    /// A URL with its host.
    fn url(&mut self, scheme: &str, begin: usize, end: usize) {
        let url = self.piece(begin, end);
        if url.len() > URL_BYTES {
            return;
        }
        let rest = url.get(scheme.len() + 3..).unwrap_or_default();
        let border = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(border);
        let (user, host_port) = authority.rsplit_once('@').map_or(("", authority), |(user, host)| (user, host));
        let (host, port) = match host_port.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
            Some((inner, port)) => (inner, port),
            None => host_port.split_at(host_port.find(':').unwrap_or(host_port.len())),
        };
        let host_at =
            begin + scheme.len() + 3 + authority.len() - host_port.len() + usize::from(host_port.starts_with('['));
        let port = if port.len() > 1 && port.starts_with(':') && port.bytes().skip(1).all(|b| b.is_ascii_digit()) {
            port
        } else {
            ""
        };
        let user = if user.is_empty() { String::new() } else { format!("{user}@") };
        let path = if path.is_empty() { "/" } else { path };
        if let Some(ip) = numbers::ip(host) {
            let shown = if ip.is_ipv6() { format!("[{ip}]") } else { ip.to_string() };
            self.add(ObservableKind::Url, format!("{scheme}://{user}{shown}{port}{path}"), None, begin, end);
            self.add(ObservableKind::Ip, ip.to_string(), None, host_at, host_at + host.len());
        } else if let Some(name) = names::domain(host, self.tlds) {
            let shown = name.shown.as_ref().map(|shown| format!("{scheme}://{user}{shown}{port}{path}"));
            self.add(ObservableKind::Url, format!("{scheme}://{user}{}{port}{path}", name.value), shown, begin, end);
            self.add(ObservableKind::Domain, name.value, name.shown, host_at, host_at + host.len());
        }
    }

    /// What is between URLs.
    fn pieces(&mut self, begin: usize, end: usize) {
        let text = self.piece(begin, end);
        self.steps += text.len();
        let mut at = 0;
        while at < text.len() {
            let rest = text.get(at..).unwrap_or_default();
            let len = rest.find(|c| !words::is_inner(c)).unwrap_or(rest.len());
            if len > 0 {
                let is_path = at > 0 && matches!(text.as_bytes().get(at - 1), Some(b'\\' | b'~' | b'$'));
                self.split(begin + at, begin + at + len, is_path);
            }
            at += len + rest.get(len..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        }
    }

    /// A piece, at the borders between scripts that are written without blanks beside Latin letters: “بexample.org”.
    fn split(&mut self, begin: usize, end: usize, is_path: bool) {
        let piece = self.piece(begin, end);
        if piece.is_ascii() {
            return self.slashes(begin, end, is_path);
        }
        let mut at = begin;
        let mut before: Option<bool> = None;
        for (place, c) in piece.char_indices() {
            let is_apart = if c.is_ascii_alphanumeric() { Some(false) } else { words::stands_apart(c).then_some(true) };
            if let (Some(before), Some(now)) = (before, is_apart)
                && before != now
            {
                self.slashes(at, begin + place, is_path);
                at = begin + place;
            }
            // A dot or dash between two scripts belongs to a name of both.
            before = is_apart;
        }
        self.slashes(at, end, is_path);
    }

    /// Networks, and names with a path behind them.
    fn slashes(&mut self, begin: usize, end: usize, is_path: bool) {
        let piece = self.piece(begin, end);
        self.steps += piece.len();
        let Some(slash) = piece.find('/') else {
            self.colons(begin, end, is_path);
            return;
        };
        let (first, rest) = piece.split_at(slash);
        if let Some(cidr) = numbers::cidr(first, rest.get(1..).unwrap_or_default()) {
            let len = slash + 1 + cidr.len;
            let kind = if cidr.is_host { ObservableKind::Ip } else { ObservableKind::Cidr };
            self.add(kind, cidr.value, None, begin, begin + len);
            return;
        }
        let known = self.found.len();
        if !first.is_empty() {
            self.colons(begin, begin + slash, is_path);
        }
        // What follows a name or an address is its path. What follows anything else is a path of files, mostly.
        if self.found.len() > known || self.is_known(first) {
            return;
        }
        // A program with its version: `Agent/1.2.3.4`.
        if first.starts_with(|c: char| c.is_ascii_uppercase()) && first.bytes().all(|b| b.is_ascii_alphabetic()) {
            "version".clone_into(&mut self.before);
        }
        let mut at = begin + slash + 1;
        for segment in rest.get(1..).unwrap_or_default().split('/') {
            self.colons(at, at + segment.len(), true);
            at += segment.len() + 1;
        }
    }

    /// Whether a piece names what was found before.
    fn is_known(&self, piece: &str) -> bool {
        let lower = piece.to_ascii_lowercase();
        lower.len() <= 255
            && [ObservableKind::Domain, ObservableKind::Ip]
                .into_iter()
                .any(|kind| self.known.contains(&(kind, lower.clone())))
    }

    /// Addresses of six; and what stands before and behind a colon.
    fn colons(&mut self, begin: usize, end: usize, is_path: bool) {
        let piece = self.piece(begin, end);
        self.steps += piece.len();
        if let Some(ip) = numbers::ipv6(piece) {
            let trimmed = piece.trim_end_matches('.').len();
            self.add(ObservableKind::Ip, ip.to_string(), None, begin, begin + trimmed);
            return;
        }
        let mut at = begin;
        for word in piece.split(':') {
            let inner = words::bare(word);
            if !inner.is_empty() {
                let from = at + word.find(inner).unwrap_or_default();
                self.word(from, from + inner.len(), is_path);
            }
            at += word.len() + 1;
        }
    }

    /// One word without colon and slash: a mail address, or what stands between the `@`.
    fn word(&mut self, begin: usize, end: usize, is_path: bool) {
        let word = self.piece(begin, end);
        self.steps += word.len();
        if word.len() > WORD_BYTES {
            return;
        }
        if let Some((local, domain)) = word.split_once('@')
            && let Some(name) = names::domain(domain, self.tlds).filter(|_| names::is_local(local))
        {
            let shown = name.shown.map(|shown| format!("{local}@{shown}"));
            self.add(ObservableKind::Mail, format!("{}@{}", local.to_lowercase(), name.value), shown, begin, end);
            return;
        }
        let mut at = begin;
        for piece in word.split('@') {
            self.bare(at, at + piece.len(), is_path);
            at += piece.len() + 1;
        }
    }

    /// One word without any of these.
    fn bare(&mut self, begin: usize, end: usize, is_path: bool) {
        let word = self.piece(begin, end);
        let before = std::mem::take(&mut self.before);
        self.before = word.get(..word.floor_char_boundary(20)).unwrap_or_default().to_lowercase();
        if let Some(kind) = numbers::hash(word) {
            self.add(kind, word.to_ascii_lowercase(), None, begin, end);
        } else if let Some(cve) = numbers::cve(word, &before) {
            self.add(ObservableKind::Cve, cve, None, begin, end);
        } else if let Some(asn) = numbers::asn(word, &before) {
            self.add(ObservableKind::Asn, asn, None, begin, end);
        } else if word.starts_with(|c: char| c.is_ascii_digit())
            && word.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-')
        {
            self.addresses(word, begin, &before);
        } else if !is_path {
            let is_defanged = self.plain.is_defanged(begin, end);
            if let Some(name) = names::domain(word, self.tlds).filter(|_| is_defanged || !names::is_no_name(word)) {
                self.add(ObservableKind::Domain, name.value, name.shown, begin, end);
            }
        }
    }

    /// Addresses of four numbers, perhaps two with a dash between them.
    fn addresses(&mut self, word: &str, begin: usize, before: &str) {
        if words::VERSIONS.contains(&before) && !self.plain.is_defanged(begin, begin + word.len()) {
            return;
        }
        let mut at = begin;
        for piece in word.split('-') {
            if let Some(ip @ IpAddr::V4(_)) = numbers::ip(piece) {
                self.add(ObservableKind::Ip, ip.to_string(), None, at, at + piece.len());
            }
            at += piece.len() + 1;
        }
    }
}

#[cfg(test)]
mod tests;
