//! The parts of a message: which are its text, and which hang on it.

use super::charset;
use super::fault::{Faults, MailFault};
use super::head::{Head, line_of};
use super::html::html_to_text;
use super::limits::MailLimits;
use super::part::Part;
use super::transfer;

/// In how many lines the begin of a multipart is looked for that does not name its boundary.
const GUESS_LINES: usize = 50;

/// What was found in a message.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub plain: Option<String>,
    pub html: Option<String>,
    pub parts: Vec<Part>,
    /// The protocol of a `multipart/signed` or `multipart/encrypted` anywhere in it.
    pub signed_by: Option<(bool, String)>,
}

/// How the parts of a multipart belong together.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    /// The same in several forms.
    Alternative,
    /// One after the other; those of `related` belong to its text.
    Mixed { is_related: bool },
    /// Messages.
    Digest,
}

struct Walk<'a> {
    limits: &'a MailLimits,
    faults: &'a mut Faults,
    /// How many parts were met, bodies included.
    met: usize,
    parts: Vec<Part>,
    signed_by: Option<(bool, String)>,
}

/// A text in one or both forms.
#[derive(Default)]
struct Text {
    plain: Option<String>,
    html: Option<String>,
}

/// Takes a message apart.
pub(super) fn read(head: &Head<'_>, limits: &MailLimits, faults: &mut Faults) -> Body {
    let mut walk = Walk { limits, faults, met: 0, parts: Vec::new(), signed_by: None };
    let text = walk.entity(head, None, 0);
    Body { plain: text.plain, html: text.html, parts: walk.parts, signed_by: walk.signed_by }
}

impl Walk<'_> {
    /// One message or part. `within` says what it is a part of.
    fn entity(&mut self, head: &Head<'_>, within: Option<Kind>, depth: usize) -> Text {
        self.met += 1;
        let content_type = head.content_type();
        let (main, sub) = match &content_type {
            // `Content-Type: text` of old mailers.
            Some(found) if found.ctype() == "text" && found.subtype().is_none() => {
                ("text".to_owned(), "plain".to_owned())
            }
            Some(found) => (found.ctype().to_owned(), found.subtype().unwrap_or_default().to_owned()),
            None if within == Some(Kind::Digest) => ("message".to_owned(), "rfc822".to_owned()),
            None => ("text".to_owned(), "plain".to_owned()),
        };
        if main == "multipart" {
            let boundary =
                content_type.as_ref().and_then(|found| found.attribute("boundary")).unwrap_or_default().trim_end();
            let most = self.limits.parts.saturating_sub(self.met) + 1;
            let (mut pieces, is_closed) = pieces(head.body, boundary.as_bytes(), most);
            if boundary.is_empty() || pieces.is_empty() {
                self.faults.add(MailFault::BoundaryMissing);
                pieces =
                    guessed(head.body).map(|boundary| self::pieces(head.body, boundary, most).0).unwrap_or_default();
            } else if !is_closed {
                self.faults.add(MailFault::BoundaryOpen);
            }
            if !pieces.is_empty() {
                if matches!(sub.as_str(), "signed" | "encrypted") && self.signed_by.is_none() {
                    let protocol =
                        content_type.as_ref().and_then(|found| found.attribute("protocol")).unwrap_or_default();
                    self.signed_by = Some((sub == "encrypted", protocol.to_ascii_lowercase()));
                }
                if depth < self.limits.depth {
                    return self.multipart(&pieces, &sub, depth);
                }
                self.faults.add(MailFault::TooDeep);
                self.keep(head, "application/octet-stream", false, false);
                return Text::default();
            }
            return self.text(head, "plain", false);
        }
        let mime = format!("{main}/{sub}");
        let disposition = head.disposition();
        let is_attached = disposition.as_ref().is_some_and(|found| found.ctype() == "attachment");
        let has_name = disposition.as_ref().is_some_and(|found| found.has_attribute("filename"))
            || content_type.as_ref().is_some_and(|found| found.has_attribute("name"));
        if main == "text" && matches!(sub.as_str(), "plain" | "html") && !is_attached && (!has_name || within.is_none())
        {
            let is_legacy =
                content_type.as_ref().is_some_and(|found| found.attribute("hp-legacy-display") == Some("1"));
            return self.text(head, &sub, is_legacy);
        }
        // Some servers take the wrapping of an encrypted message apart.
        if mime == "application/pgp-encrypted" && self.signed_by.is_none() {
            self.signed_by = Some((true, mime.clone()));
        }
        let is_message = matches!(mime.as_str(), "message/rfc822" | "message/global");
        let is_inline = !is_attached
            && (within == Some(Kind::Mixed { is_related: true })
                || disposition.is_some()
                || head.all("content-id").next().is_some());
        self.keep(head, &mime, is_inline && !is_message, is_message);
        Text::default()
    }

    /// The parts between the boundaries.
    fn multipart(&mut self, pieces: &[&[u8]], sub: &str, depth: usize) -> Text {
        let kind = match sub {
            "alternative" => Kind::Alternative,
            "digest" => Kind::Digest,
            sub => Kind::Mixed { is_related: sub == "related" },
        };
        let mut texts = Vec::new();
        for piece in pieces {
            if self.met >= self.limits.parts {
                self.faults.add(MailFault::TooManyParts);
                break;
            }
            let head = Head::read(piece, self.limits, self.faults);
            texts.push(self.entity(&head, Some(kind), depth + 1));
        }
        match kind {
            Kind::Alternative => alternative(texts),
            Kind::Mixed { .. } | Kind::Digest => mixed(texts, self.limits.text_bytes),
        }
    }

    /// A body of text.
    fn text(&mut self, head: &Head<'_>, sub: &str, is_legacy: bool) -> Text {
        let bytes = transfer::decode(head.body, head.line("content-transfer-encoding").as_deref(), self.faults);
        let most = self.limits.text_bytes;
        if bytes.len() > most {
            self.faults.add(MailFault::TextCut);
        }
        let bytes = bytes.get(..most).unwrap_or(bytes.as_ref());
        let content_type = head.content_type();
        let charset = content_type.as_ref().and_then(|found| found.attribute("charset"));
        let mut text = charset::body(bytes, charset, self.faults);
        if sub == "html" {
            return Text { plain: None, html: Some(text) };
        }
        // Mailers that do not know of protected fields are shown them at the begin of the text (RFC 9788).
        if is_legacy && let Some((_, rest)) = text.split_once("\n\n") {
            text = rest.to_owned();
        }
        if content_type
            .as_ref()
            .is_some_and(|found| found.attribute("format").is_some_and(|form| form.eq_ignore_ascii_case("flowed")))
        {
            let deletes = content_type.as_ref().and_then(|found| found.attribute("delsp"));
            text = flowed(&text, deletes.is_some_and(|value| value.eq_ignore_ascii_case("yes")));
        }
        Text { plain: Some(text), html: None }
    }

    /// Keeps a part as it is.
    fn keep(&mut self, head: &Head<'_>, mime: &str, inline: bool, nested: bool) {
        let bytes =
            transfer::decode(head.body, head.line("content-transfer-encoding").as_deref(), self.faults).into_owned();
        let name = Part::name_of(head, mime, self.parts.len() + 1);
        self.parts.push(Part { name, mime: mime.to_owned(), bytes, inline, nested });
    }
}

/// The best of the same text in several forms: the last that has something to say.
fn alternative(texts: Vec<Text>) -> Text {
    let mut best = Text::default();
    for text in texts {
        let says = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        if says(&text.plain) || best.plain.is_none() {
            best.plain = text.plain.or(best.plain);
        }
        if says(&text.html) || best.html.is_none() {
            best.html = text.html.or(best.html);
        }
    }
    // A plain form without a word beside a written HTML is no form of the same.
    if best.html.is_some() && best.plain.as_ref().is_some_and(|plain| plain.trim().is_empty()) {
        best.plain = None;
    }
    best
}

/// Texts one after the other. Where one is plain, all become plain.
fn mixed(texts: Vec<Text>, most: usize) -> Text {
    let is_plain = texts.iter().any(|text| text.plain.is_some());
    let mut whole = Text::default();
    for text in texts {
        if let Some(plain) = text.plain.or_else(|| text.html.as_deref().filter(|_| is_plain).map(html_to_text)) {
            append(whole.plain.get_or_insert_default(), &plain, most);
        }
        if let Some(html) = text.html {
            append(whole.html.get_or_insert_default(), &html, most);
        }
    }
    whole
}

fn append(whole: &mut String, text: &str, most: usize) {
    if !whole.is_empty() && !whole.ends_with('\n') {
        whole.push('\n');
    }
    let room = most.saturating_sub(whole.len());
    whole.push_str(text.get(..text.floor_char_boundary(room)).unwrap_or_default());
}

/// The bytes between the lines of a boundary, at most so many, and whether its end was found.
fn pieces<'x>(body: &'x [u8], boundary: &[u8], most: usize) -> (Vec<&'x [u8]>, bool) {
    let mut pieces = Vec::new();
    let mut begin = None;
    let mut at = 0;
    while at < body.len() && pieces.len() < most {
        let line = line_of(body.get(at..).unwrap_or_default());
        if let Some(is_end) = boundary_line(line, boundary) {
            if let Some(begin) = begin {
                pieces.push(without_line_end(body.get(begin..at).unwrap_or_default()));
            }
            begin = Some(at + line.len());
            if is_end {
                return (pieces, true);
            }
        }
        at += line.len();
    }
    if pieces.len() >= most {
        return (pieces, true);
    }
    if let Some(begin) = begin {
        pieces.push(body.get(begin..).unwrap_or_default());
    }
    (pieces, false)
}

/// The boundary of a multipart that does not name it: what stands after the dashes of the first line that has some, if
/// such a line ends it, too.
fn guessed(body: &[u8]) -> Option<&[u8]> {
    let mut lines = body.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end).take(GUESS_LINES);
    let boundary = lines.find_map(|line| line.strip_prefix(b"--")).filter(|name| (1..=70).contains(&name.len()))?;
    let is_end = |line: &[u8]| boundary_line(line, boundary) == Some(true);
    body.split(|byte| *byte == b'\n').any(is_end).then_some(boundary)
}

/// Whether a line is the boundary, and whether it is the last one.
fn boundary_line(line: &[u8], boundary: &[u8]) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary)?.trim_ascii_end();
    match rest {
        b"" => Some(false),
        b"--" => Some(true),
        _ => None,
    }
}

/// The line end before a boundary belongs to the boundary.
fn without_line_end(piece: &[u8]) -> &[u8] {
    let piece = piece.strip_suffix(b"\n").unwrap_or(piece);
    piece.strip_suffix(b"\r").unwrap_or(piece)
}

/// Lines that end in a blank go on in the next one (RFC 3676), within one depth of quotation. The signature mark stays.
fn flowed(text: &str, deletes: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let depth = content.bytes().take_while(|byte| *byte == b'>').count();
        let stuffed = content.get(depth..).unwrap_or_default();
        let inner = stuffed.strip_prefix(' ').unwrap_or(stuffed);
        let is_mark = inner == "-- ";
        match open {
            Some(before) if before == depth && !is_mark => {}
            Some(_) => {
                out.push('\n');
                open = None;
            }
            None => {}
        }
        if open.is_none() && depth > 0 {
            out.extend(std::iter::repeat_n('>', depth));
            out.push(' ');
        }
        open = (inner.ends_with(' ') && !is_mark && line.ends_with('\n')).then_some(depth);
        out.push_str(if open.is_some() && deletes { inner.strip_suffix(' ').unwrap_or(inner) } else { inner });
        if open.is_none() && line.ends_with('\n') {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{flowed, guessed, pieces};

    #[test]
    fn the_line_end_before_a_boundary_is_no_part_of_a_piece() {
        let body = b"preamble\r\n--x\r\none\r\n--x \r\n\r\ntwo\n\n--x--\r\nepilogue";
        assert_eq!(pieces(body, b"x", 10), (vec![&b"one"[..], b"\r\ntwo\n"], true));
        assert_eq!(pieces(b"--x\none\n--xy\nstill\n", b"x", 10), (vec![&b"one\n--xy\nstill\n"[..]], false));
        assert_eq!(guessed(b"\n--x\none\n--x--\n"), Some(&b"x"[..]));
        assert_eq!((guessed(b"--x\none\n"), guessed(b"a\n--\nb")), (None, None));
        assert_eq!(pieces(b"--x\n1\n--x\n2\n--x\n3\n--x--", b"x", 2).0.len(), 2);
    }

    #[test]
    fn flowing_lines_are_joined_within_their_quotation() {
        assert_eq!(flowed("one \ntwo\n", false), "one two\n");
        assert_eq!(flowed("> one \n> two \nthree\n", false), "> one two \nthree\n");
        assert_eq!(flowed("a\n-- \nAna\n", false), "a\n-- \nAna\n");
        assert_eq!(flowed(" >stuffed\n", false), ">stuffed\n");
        assert_eq!(flowed("ab \ncd\n", true), "abcd\n");
    }
}
