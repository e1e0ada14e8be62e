//! Encoded words that were cut in pieces, put together again.

use std::borrow::Cow;

use super::transfer::{base64, to_base64};

/// One `=?charset?B?…?=`.
struct Word<'x> {
    charset: &'x str,
    bytes: Vec<u8>,
    /// How many bytes of the text it takes.
    len: usize,
}

/// Joins encoded words that follow each other in one character set: a character may be cut between them, and each alone would
/// give two broken halves.
pub(super) fn joined(value: &str) -> Cow<'_, str> {
    if !value.contains("=?") {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find("=?") {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let Some(mut word) = word(here) else {
            out.push_str("=?");
            rest = here.get(2..).unwrap_or_default();
            continue;
        };
        rest = here.get(word.len..).unwrap_or_default();
        let mut pieces = 1;
        while let Some(next) = self::word(rest.trim_start()) {
            let is_same = next.charset.eq_ignore_ascii_case(word.charset) && rest.starts_with(char::is_whitespace);
            if !is_same {
                break;
            }
            pieces += 1;
            word.bytes.extend_from_slice(&next.bytes);
            rest = rest.trim_start().get(next.len..).unwrap_or_default();
        }
        if pieces > 1 {
            out.push_str("=?");
            out.push_str(word.charset);
            out.push_str("?B?");
            to_base64(&word.bytes, &mut out);
            out.push_str("?=");
        } else {
            out.push_str(here.get(..word.len).unwrap_or_default());
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The encoded word at the beginning of a text.
fn word(text: &str) -> Option<Word<'_>> {
    let inner = text.strip_prefix("=?")?;
    let (charset, inner) = inner.split_once('?')?;
    let charset = charset.split_once('*').map_or(charset, |(charset, _)| charset);
    let is_charset = (2..=40).contains(&charset.len())
        && charset.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:+".contains(&b));
    let (coding, inner) = inner.split_once('?')?;
    let (content, after) = inner.split_once("?=")?;
    if !is_charset || content.len() > 4_096 || content.contains(['\n', '\r']) {
        return None;
    }
    let bytes = match coding {
        "b" | "B" => base64(content.as_bytes()).0,
        "q" | "Q" => quoted(content.as_bytes())?,
        _ => return None,
    };
    Some(Word { charset, bytes, len: text.len() - after.len() })
}

/// The Q coding of encoded words.
fn quoted(content: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(content.len());
    let mut rest = content.iter();
    while let Some(&byte) = rest.next() {
        match byte {
            b'_' => bytes.push(b' '),
            b'=' => {
                let (high, low) = (char::from(*rest.next()?).to_digit(16)?, char::from(*rest.next()?).to_digit(16)?);
                bytes.push(u8::try_from(high * 16 + low).ok()?);
            }
            byte => bytes.push(byte),
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::joined;
    use crate::mail::head::decoded;

    #[test]
    fn words_that_follow_each_other_are_one() {
        assert_eq!(joined("no word"), "no word");
        assert_eq!(joined("=?UTF-8?Q?caf=C3=A9?="), "=?UTF-8?Q?caf=C3=A9?=", "one word stays as it is");
        assert_eq!(joined("=?UTF-8?Q?caf=C3?= =?utf-8?B?qQ==?= au lait"), "=?UTF-8?B?Y2Fmw6k=?= au lait");
        assert_eq!(joined("=?a?= =?UTF-8?Q?x?=y"), "=?a?= =?UTF-8?Q?x?=y");
    }

    #[test]
    fn subjects_are_decoded() {
        for (value, expected) in [
            ("plain", "plain"),
            ("=?UTF-8?Q?caf=C3?=\r\n =?UTF-8?Q?=A9_noir?=", "café noir"),
            ("Re: =?windows-1256?B?49Hf0iDH4cPj5A==?=", "Re: مركز الأمن"),
            ("=?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?=", "テスト"),
            ("=?KOI8-R?Q?=F0=D2=C9=D7=C5=D4?=", "Привет"),
            ("=?GB18030?B?suLK1A==?=", "测试"),
            ("=?x-nobody-knows?Q?abc?=", "abc"),
            ("a\r\n\tb", "a b"),
            ("=?UTF-8?Q?broken", "=?UTF-8?Q?broken"),
        ] {
            assert_eq!(decoded(value), expected, "{value}");
        }
    }
}
