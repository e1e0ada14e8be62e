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

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn latin_1_and_utf_8_both_come_out_as_text() {
        assert_eq!(decode("é منارة".as_bytes()), "é منارة");
        assert_eq!(decode(b"caf\xe9"), "café");
        assert_eq!(decode(b""), "");
    }
}
