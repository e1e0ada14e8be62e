//! Bytes in any character set, as text.

use std::borrow::Cow;

use mail_parser::decoders::charsets::map::charset_decoder;

use super::fault::{Faults, MailFault};
use crate::text::decode;

/// A body as text: line ends are LF, and there are no control characters but tab and line end.
pub(super) fn body(bytes: &[u8], charset: Option<&str>, faults: &mut Faults) -> String {
    let text = read(bytes, charset, faults);
    if !text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return text.into_owned();
    }
    let mut clean = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '\n' if before == '\r' => {}
            '\r' | '\n' | '\u{85}' => clean.push('\n'),
            // A page break of an old text.
            '\u{c}' => clean.push('\n'),
            '\t' => clean.push('\t'),
            c if c.is_control() => faults.add(MailFault::ControlCharacters),
            c => clean.push(c),
        }
        before = c;
    }
    clean
}

/// The value of a field as text, its line ends kept: they say where it was folded.
pub(super) fn field(bytes: &[u8], charset: Option<&str>, faults: &mut Faults) -> String {
    let text = match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => read(bytes, charset, faults),
    };
    text.chars().filter(|c| !c.is_control() || matches!(c, '\r' | '\n' | '\t')).collect()
}

fn read<'x>(bytes: &'x [u8], charset: Option<&str>, faults: &mut Faults) -> Cow<'x, str> {
    let name =
        charset.unwrap_or_default().trim_matches(|c: char| c.is_whitespace() || "\"'".contains(c)).to_ascii_lowercase();
    match name.as_str() {
        "" => match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => {
                faults.add(MailFault::UnknownCharset);
                decode(bytes)
            }
        },
        // What calls itself so is often something else.
        "us-ascii" | "ascii" | "ansi_x3.4-1968" | "iso-8859-1" | "latin1" => decode(bytes),
        "utf-8" | "utf8" | "utf8mb4" | "unicode-1-1-utf-8" => {
            let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
            if matches!(text, Cow::Owned(_)) {
                faults.add(MailFault::BrokenText);
            }
            text
        }
        "utf-7" | "utf7" | "unicode-1-1-utf-7" | "csutf7" => Cow::Owned(utf7(bytes, faults)),
        // No reader has these two any more: they were a way to smuggle markup. Their ASCII is shown.
        "hz-gb-2312" | "iso-2022-kr" | "csiso2022kr" | "iso-2022-cn" | "replacement" => {
            faults.add(MailFault::UnknownCharset);
            decode(bytes)
        }
        name => match charset_decoder(name.as_bytes()) {
            Some(decoder) => {
                let text = decoder(bytes);
                if text.contains('\u{FFFD}') {
                    faults.add(MailFault::BrokenText);
                }
                Cow::Owned(text)
            }
            None => {
                faults.add(MailFault::UnknownCharset);
                decode(bytes)
            }
        },
    }
}

/// UTF-7 (RFC 2152): `+` and base64 of UTF-16, up to `-` or anything that is no base64.
fn utf7(bytes: &[u8], faults: &mut Faults) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'+' {
            if byte > 127 {
                faults.add(MailFault::BrokenText);
                text.push(char::REPLACEMENT_CHARACTER);
            } else {
                text.push(char::from(byte));
            }
            continue;
        }
        let len = after.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/')).count();
        let (coded, end) = after.split_at_checked(len).unwrap_or((after, &[]));
        rest = end.strip_prefix(b"-").unwrap_or(end);
        if coded.is_empty() {
            text.push('+');
            continue;
        }
        let (wide, _) = super::transfer::base64(coded);
        let units = wide.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair));
        for unit in char::decode_utf16(units) {
            if unit.is_err() {
                faults.add(MailFault::BrokenText);
            }
            text.push(unit.unwrap_or(char::REPLACEMENT_CHARACTER));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{body, field};
    use crate::mail::MailFault;
    use crate::mail::fault::Faults;

    fn read(bytes: &[u8], charset: &str) -> (String, Vec<MailFault>) {
        let mut faults = Faults::default();
        let text = body(bytes, Some(charset).filter(|name| !name.is_empty()), &mut faults);
        (text, faults.into_vec())
    }

    #[test]
    fn every_character_set_that_letters_come_in_is_read() {
        for (charset, bytes, expected) in [
            ("utf-8", "é منارة".as_bytes(), "é منارة"),
            ("UTF8", "\u{feff}é".as_bytes(), "é"),
            ("us-ascii", b"plain", "plain"),
            ("US-ASCII", "é".as_bytes(), "é"),
            ("iso-8859-1", b"caf\xe9", "café"),
            ("\"ISO-8859-15\"", b"5 \xa4", "5 €"),
            ("windows-1252", b"\x935\x94 \x80", "“5” €"),
            ("windows-1256", b"\xe3\xd1\xdf\xd2 \xc7\xe1\xc3\xe3\xe4", "مركز الأمن"),
            ("cp1256", b"\xe3\xd1\xdf\xd2", "مركز"),
            ("iso-8859-6", b"\xe5\xd1\xe3\xd2", "مركز"),
            ("windows-1251", b"\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"),
            ("KOI8-R", b"\xf0\xd2\xc9\xd7\xc5\xd4", "Привет"),
            ("koi8-u", b"\xf0\xd2\xc9\xd7\xa6\xd4", "Привіт"),
            ("GB18030", b"\xb2\xe2\xca\xd4 \x81\x30\x81\x30", "测试 \u{80}"),
            ("gb2312", b"\xb2\xe2\xca\xd4", "测试"),
            ("big5", b"\xa7A\xa6n", "你好"),
            ("ISO-2022-JP", b"\x1b$B%F%9%H\x1b(B ok", "テスト ok"),
            ("shift_jis", b"\x83e\x83X\x83g", "テスト"),
            ("euc-jp", b"\xa5\xc6\xa5\xb9\xa5\xc8", "テスト"),
            ("euc-kr", b"\xbe\xc8\xb3\xe7", "안녕"),
            ("utf-7", b"+BkUGMQZDBjI-, 2 +- 2 +AD0 4", "مركز, 2 + 2 = 4"),
            ("utf-16", b"\xff\xfea\x00\xe9\x00", "aé"),
            ("utf-16be", b"\x06\x45\x06\x31", "مر"),
            ("cp850", b"\x82", "é"),
            ("macintosh", b"\x8e", "é"),
            ("", "é".as_bytes(), "é"),
        ] {
            let expected: String = expected.chars().filter(|c| *c != '\u{80}').collect();
            let (text, faults) = read(bytes, charset);
            assert_eq!(text, expected, "{charset}");
            assert!(faults.iter().all(|fault| *fault == MailFault::ControlCharacters), "{charset}: {faults:?}");
        }
    }

    #[test]
    fn what_is_broken_is_told_and_the_rest_is_read() {
        for (charset, bytes, expected, fault) in [
            ("utf-8", &b"caf\xe9 au"[..], "caf\u{fffd} au", MailFault::BrokenText),
            ("", b"caf\xe9", "café", MailFault::UnknownCharset),
            ("x-made-up", b"caf\xe9", "café", MailFault::UnknownCharset),
            ("hz-gb-2312", b"~{VPND~} ok", "~{VPND~} ok", MailFault::UnknownCharset),
            ("utf-7", b"a\xe9", "a\u{fffd}", MailFault::BrokenText),
            ("utf-8", b"a\0b\x07c", "abc", MailFault::ControlCharacters),
            ("shift_jis", b"\x83", "\u{fffd}", MailFault::BrokenText),
        ] {
            assert_eq!(read(bytes, charset), (expected.to_owned(), vec![fault]), "{charset}");
        }
    }

    #[test]
    fn all_line_ends_become_one() {
        assert_eq!(read(b"a\r\nb\rc\n\x0cd", "utf-8").0, "a\nb\nc\n\nd");
    }

    #[test]
    fn fields_keep_their_folding_and_lose_what_is_no_character() {
        let mut faults = Faults::default();
        assert_eq!(field(b"a\r\n b\0", None, &mut faults), "a\r\n b");
        assert_eq!(field(b"\xe3\xd1", Some("windows-1256"), &mut faults), "مر");
        assert_eq!(faults.into_vec(), []);
    }
}
