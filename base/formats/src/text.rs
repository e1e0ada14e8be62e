//! Text of unknown encoding.

use std::borrow::Cow;

/// Bytes as text: UTF-8 where they are UTF-8, else Windows-1252, the superset of Latin-1 that such files are in. No
/// byte is lost and nothing fails.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// A whole file of text, as spreadsheets write them: UTF-16 or UTF-8 with its byte order mark, else as [`decode`].
pub fn decode_file(bytes: &[u8]) -> Cow<'_, str> {
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks::<2>().0.iter().map(|pair| read(*pair));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => Cow::Owned(wide(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Cow::Owned(wide(rest, u16::from_be_bytes)),
        [0xEF, 0xBB, 0xBF, rest @ ..] => decode(rest),
        _ => decode(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_file};

    #[test]
    fn a_byte_order_mark_says_how_a_file_is_written_and_is_no_part_of_it() {
        for bytes in [&b"\xFF\xFEa\0\x45\x06"[..], b"\xFE\xFF\0a\x06\x45", b"\xEF\xBB\xBFa\xD9\x85", b"a\xD9\x85"] {
            assert_eq!(decode_file(bytes), "aم");
        }
        assert_eq!(decode_file(b"\xFF\xFE\x00\xD8"), "\u{FFFD}", "half a pair");
    }

    #[test]
    fn latin_1_and_utf_8_both_come_out_as_text() {
        assert_eq!(decode("é منارة".as_bytes()), "é منارة");
        assert_eq!(decode(b"caf\xe9"), "café");
        assert_eq!(decode(b""), "");
    }
}
