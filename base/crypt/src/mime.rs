//! The parts of a mail as bytes: what was signed is exactly what lies between two lines.

use std::borrow::Cow;

use base64::Engine as _;

/// Longest head, in bytes.
const HEAD_BYTES: usize = 256 << 10;
/// Most fields of a head.
const FIELDS: usize = 1_000;
/// Most parts of a multipart.
const PARTS: usize = 200;

/// A message or a part: its head and what follows.
#[derive(Debug, Clone)]
pub(crate) struct Entity<'a> {
    /// The fields, each with its folded lines and without its last line end.
    pub fields: Vec<Field<'a>>,
    /// What follows the empty line.
    pub body: &'a [u8],
}

/// A field of a head.
#[derive(Debug, Clone)]
pub(crate) struct Field<'a> {
    pub name: &'a str,
    /// Name, colon and value as they stand.
    pub raw: &'a str,
}

impl Field<'_> {
    /// The value on one line.
    pub(crate) fn value(&self) -> String {
        let value = self.raw.split_once(':').map_or("", |(_, value)| value);
        value.replace(['\r', '\n'], "").trim().to_string()
    }
}

/// A content type: `type/subtype` in small letters, and its parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ContentType {
    pub mime: String,
    pub parameters: Vec<(String, String)>,
}

impl ContentType {
    pub(crate) fn get(&self, name: &str) -> &str {
        self.parameters.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value.as_str())
    }
}

impl<'a> Entity<'a> {
    /// Splits the head from what follows. What is no field ends the head.
    pub(crate) fn of(bytes: &'a [u8]) -> Entity<'a> {
        let mut fields: Vec<Field<'a>> = Vec::new();
        let mut at = 0;
        while at < bytes.len() && at < HEAD_BYTES && fields.len() < FIELDS {
            let line = line_at(bytes, at);
            if line.trim_ascii().is_empty() {
                at += line.len();
                break;
            }
            if fields.is_empty() && (line.starts_with(b"From ") || line.starts_with(b">From ")) {
                at += line.len();
                continue;
            }
            let mut end = at + line.len();
            while matches!(bytes.get(end), Some(b' ' | b'\t')) && !line_at(bytes, end).trim_ascii().is_empty() {
                end += line_at(bytes, end).len();
            }
            let raw = std::str::from_utf8(bytes.get(at..end).unwrap_or_default()).unwrap_or_default();
            let raw = raw.trim_end_matches(['\r', '\n']);
            let name = raw.split_once(':').map_or("", |(name, _)| name.trim_end());
            at = end;
            // A field in another character set than UTF-8 names no type and no boundary.
            if !name.is_empty() {
                fields.push(Field { name, raw });
            }
        }
        Entity { fields, body: bytes.get(at..).unwrap_or_default() }
    }

    pub(crate) fn value(&self, name: &str) -> Option<String> {
        self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name)).map(Field::value)
    }

    pub(crate) fn content_type(&self) -> ContentType {
        self.value("content-type").map(|value| content_type(&value)).unwrap_or_default()
    }

    /// The parts of a multipart, as they stand: without the line end before the next delimiter.
    pub(crate) fn parts(&self, boundary: &str) -> Vec<&'a [u8]> {
        let mut parts = Vec::new();
        if boundary.is_empty() || boundary.len() > 200 {
            return parts;
        }
        let delimiter = format!("--{boundary}");
        let (mut at, mut start) = (0, None);
        while at < self.body.len() && parts.len() < PARTS {
            let line = line_at(self.body, at);
            let said = line.trim_ascii_end();
            let is_last = said.strip_prefix(delimiter.as_bytes()) == Some(b"--");
            if is_last || said == delimiter.as_bytes() {
                if let Some(start) = start {
                    parts.push(without_line_end(self.body.get(start..at).unwrap_or_default()));
                }
                start = (!is_last).then_some(at + line.len());
                if is_last {
                    break;
                }
            }
            at += line.len();
        }
        // The last delimiter may be lost on the way.
        if let (Some(start), true) = (start, parts.len() < PARTS) {
            parts.push(self.body.get(start..).unwrap_or_default());
        }
        parts
    }

    /// The body without its transfer encoding.
    pub(crate) fn decoded(&self) -> Cow<'a, [u8]> {
        match self.value("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
            "base64" => {
                let text: Vec<u8> = self.body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
                base64::engine::general_purpose::STANDARD.decode(text).map_or(Cow::Borrowed(self.body), Cow::Owned)
            }
            "quoted-printable" => Cow::Owned(unquoted(self.body)),
            _ => Cow::Borrowed(self.body),
        }
    }
}

/// The line that begins at a place, with its end.
fn line_at(bytes: &[u8], at: usize) -> &[u8] {
    let rest = bytes.get(at..).unwrap_or_default();
    let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
    rest.get(..end).unwrap_or_default()
}

fn without_line_end(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

/// Every line end as mail has it on its way: that form is what was signed.
pub(crate) fn canonical(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 40);
    let mut before = 0;
    for byte in bytes {
        if *byte == b'\n' && before != b'\r' {
            out.push(b'\r');
        }
        out.push(*byte);
        before = *byte;
    }
    out
}

fn unquoted(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let digit = |at: usize| body.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut at = 0;
    while let Some(byte) = body.get(at) {
        if *byte != b'=' {
            out.push(*byte);
            at += 1;
        } else if let (Some(high), Some(low)) = (digit(at + 1), digit(at + 2)) {
            out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
            at += 3;
        } else {
            let line = line_at(body, at);
            // A soft line break; anything else is left as it is.
            if line.get(1..).unwrap_or_default().trim_ascii().is_empty() {
                at += line.len();
            } else {
                out.push(b'=');
                at += 1;
            }
        }
    }
    out
}

fn content_type(value: &str) -> ContentType {
    let mut pieces = pieces(value).into_iter();
    let mime = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
    let parameters = pieces
        .filter_map(|piece| {
            let (name, value) = piece.split_once('=')?;
            let value = value.trim();
            let inner = value.strip_prefix('"').map(|value| value.strip_suffix('"').unwrap_or(value));
            let value = inner.map_or_else(|| value.to_string(), |inner| inner.replace('\\', ""));
            Some((name.trim().to_ascii_lowercase(), value))
        })
        .collect();
    ContentType { mime, parameters }
}

/// The pieces between semicolons that stand in no quotes.
fn pieces(value: &str) -> Vec<String> {
    let (mut pieces, mut piece) = (Vec::new(), String::new());
    let (mut is_quoted, mut is_escaped) = (false, false);
    for c in value.chars() {
        match c {
            ';' if !is_quoted => pieces.push(std::mem::take(&mut piece)),
            _ => {
                if c == '"' && !is_escaped {
                    is_quoted = !is_quoted;
                }
                is_escaped = c == '\\' && !is_escaped;
                piece.push(c);
            }
        }
        if pieces.len() > 20 {
            return pieces;
        }
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Entity, canonical, unquoted};

    #[test]
    fn parts_are_the_very_bytes_between_the_delimiters() {
        let mail = b"Subject: x\r\nContent-Type: multipart/signed;\r\n boundary=\"a;b\"; micalg=pgp-sha256\r\n\r\nbefore\r\n--a;b\r\nA: 1\r\n\r\none\r\n\r\n--a;b \r\n\r\ntwo\r\n--a;b--\r\nafter";
        let entity = Entity::of(mail);
        let content_type = entity.content_type();
        assert_eq!((content_type.mime.as_str(), content_type.get("micalg")), ("multipart/signed", "pgp-sha256"));
        let parts = entity.parts(content_type.get("boundary"));
        assert_eq!(parts, [&b"A: 1\r\n\r\none\r\n"[..], b"\r\ntwo"]);
        assert_eq!(Entity::of(b"A: b\n\n--x\n\nlost").parts("x"), [&b"\nlost"[..]]);
        assert!(Entity::of(b"").parts("").is_empty());
    }

    #[test]
    fn encodings_and_line_ends_are_undone() {
        assert_eq!(unquoted(b"a=20b=\r\nc=ZZ="), b"a bc=ZZ");
        assert_eq!(canonical(b"a\nb\r\nc\n"), b"a\r\nb\r\nc\r\n");
        assert_eq!(Entity::of(b"Content-Transfer-Encoding: base64\n\naGk=\n").decoded().as_ref(), b"hi");
    }
}
