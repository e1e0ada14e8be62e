//! What the transport made of bytes, undone: base64 and quoted-printable. Whatever does not belong there is passed over.

use std::borrow::Cow;

use super::fault::{Faults, MailFault};

/// The bytes of a body in the coding that its head names.
pub(super) fn decode<'x>(body: &'x [u8], coding: Option<&str>, faults: &mut Faults) -> Cow<'x, [u8]> {
    let coding = coding.unwrap_or_default().trim().to_ascii_lowercase();
    let (bytes, is_broken) = match coding.as_str() {
        "" | "7bit" | "8bit" | "binary" => return Cow::Borrowed(body),
        "base64" => base64(body),
        "quoted-printable" => quoted_printable(body),
        _ => {
            faults.add(MailFault::UnknownEncoding);
            return Cow::Borrowed(body);
        }
    };
    if is_broken {
        faults.add(MailFault::BrokenEncoding);
    }
    Cow::Owned(bytes)
}

/// The bytes, and whether anything stood there that base64 does not have.
pub(super) fn base64(text: &[u8]) -> (Vec<u8>, bool) {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut group, mut digits, mut is_broken) = (0u32, 0u32, false);
    let flush = |group: u32, digits: u32, bytes: &mut Vec<u8>| match digits {
        2 => bytes.push((group >> 4) as u8),
        3 => bytes.extend_from_slice(&[(group >> 10) as u8, (group >> 2) as u8]),
        _ => {}
    };
    for &byte in text {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                flush(group, digits, &mut bytes);
                (group, digits) = (0, 0);
                continue;
            }
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            _ => {
                is_broken = true;
                continue;
            }
        };
        (group, digits) = (group << 6 | u32::from(digit), digits + 1);
        if digits == 4 {
            bytes.extend_from_slice(&[(group >> 16) as u8, (group >> 8) as u8, group as u8]);
            (group, digits) = (0, 0);
        }
    }
    flush(group, digits, &mut bytes);
    (bytes, is_broken)
}

/// Writes bytes as base64.
pub(super) fn to_base64(bytes: &[u8], out: &mut String) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |value: u32| DIGITS.get((value & 63) as usize).map_or('A', |&digit| char::from(digit));
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or_default());
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        out.push(digit(group >> 18));
        out.push(digit(group >> 12));
        out.push(if three.len() > 1 { digit(group >> 6) } else { '=' });
        out.push(if three.len() > 2 { digit(group) } else { '=' });
    }
}

/// The bytes, and whether a `=` stood there that is none of quoted-printable; it is kept.
fn quoted_printable(text: &[u8]) -> (Vec<u8>, bool) {
    let mut bytes = Vec::with_capacity(text.len());
    let mut is_broken = false;
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'=' => {
                let hex = |at: usize| after.get(at).and_then(|&b| char::from(b).to_digit(16));
                if let (Some(high), Some(low)) = (hex(0), hex(1)) {
                    bytes.push((high * 16 + low) as u8);
                    rest = after.get(2..).unwrap_or_default();
                } else if let Some(soft) = soft_end(after) {
                    rest = after.get(soft..).unwrap_or_default();
                } else {
                    is_broken = true;
                    bytes.push(b'=');
                }
            }
            // Blanks at the end of a line were added on the way.
            b' ' | b'\t' => {
                let blanks = 1 + after.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
                let next = after.get(blanks - 1..).unwrap_or_default();
                if !(next.is_empty() || next.starts_with(b"\n") || next.starts_with(b"\r\n")) {
                    bytes.extend(std::iter::once(byte).chain(after.iter().take(blanks - 1).copied()));
                }
                rest = next;
            }
            byte => bytes.push(byte),
        }
    }
    (bytes, is_broken)
}

/// How many bytes a soft line end takes after its `=`.
fn soft_end(after: &[u8]) -> Option<usize> {
    let blanks = after.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    match after.get(blanks..)? {
        [] => Some(blanks),
        [b'\n', ..] => Some(blanks + 1),
        [b'\r', b'\n', ..] => Some(blanks + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{base64, quoted_printable, to_base64};
    use proptest::prelude::*;

    #[test]
    fn base64_is_read_with_what_happened_to_it() {
        for (text, expected, is_broken) in [
            ("aGVsbG8=", "hello", false),
            ("aGVs\r\nbG8=\r\n", "hello", false),
            ("aGVsbG8", "hello", false),
            ("aGVs!bG8=", "hello", true),
            ("aGVsbG8=IHlvdQ==", "hello you", false),
            ("", "", false),
            ("=", "", false),
        ] {
            assert_eq!(base64(text.as_bytes()), (expected.as_bytes().to_vec(), is_broken), "{text}");
        }
    }

    #[test]
    fn quoted_printable_is_read_with_what_happened_to_it() {
        for (text, expected, is_broken) in [
            ("caf=C3=A9", "café", false),
            ("caf=c3=a9 ", "café", false),
            ("a=\r\nb=\nc", "abc", false),
            ("a = b", "a = b", true),
            ("a  \r\nb \tc", "a\r\nb \tc", false),
            ("=", "", false),
            ("=4", "=4", true),
        ] {
            assert_eq!(quoted_printable(text.as_bytes()), (expected.as_bytes().to_vec(), is_broken), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_as_base64_is_read_again(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut text = String::new();
            to_base64(&bytes, &mut text);
            prop_assert_eq!(base64(text.as_bytes()), (bytes, false));
        }

        #[test]
        fn nothing_grows_by_being_decoded(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(base64(&bytes).0.len() <= bytes.len());
            prop_assert!(quoted_printable(&bytes).0.len() <= bytes.len());
        }
    }
}
