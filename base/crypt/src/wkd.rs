//! Where a domain keeps the keys of its addresses (Web Key Directory). Only the places: fetching is somebody else's.

use sha1::{Digest as _, Sha1};

/// The alphabet of z-base-32.
const ALPHABET: &[u8; 32] = b"ybndrfg8ejkmcpqxot1uwisza345h769";

/// The two places where the key of an address may lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPlaces {
    /// On a host of its own: asked first.
    pub advanced: String,
    /// On the host of the domain: asked when the other host is not there.
    pub direct: String,
}

/// The places of an address; none when it is no address of a domain.
pub fn key_places(mail: &str) -> Option<KeyPlaces> {
    let (local, domain) = mail.trim().rsplit_once('@')?;
    let domain = domain.to_ascii_lowercase();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let is_domain =
        domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.') && !domain.contains("..");
    if local.is_empty() || mail.len() > 320 || !is_domain || !domain.chars().all(is_name) {
        return None;
    }
    let hash = key_place(local);
    let asked = escaped(local);
    Some(KeyPlaces {
        advanced: format!("https://openpgpkey.{domain}/.well-known/openpgpkey/{domain}/hu/{hash}?l={asked}"),
        direct: format!("https://{domain}/.well-known/openpgpkey/hu/{hash}?l={asked}"),
    })
}

/// The name of the file that keeps the keys of the part of an address before its `@`.
pub fn key_place(local: &str) -> String {
    z_base_32(&Sha1::digest(local.to_ascii_lowercase().as_bytes()))
}

/// Five bits a character, without padding.
fn z_base_32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut bits, mut count) = (0_u32, 0_u32);
    let letter = |five: u32| ALPHABET.get((five & 31) as usize).map_or('y', |byte| char::from(*byte));
    for byte in bytes {
        bits = (bits << 8) | u32::from(*byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            text.push(letter(bits >> count));
        }
        bits &= (1 << count) - 1;
    }
    if count > 0 {
        text.push(letter(bits << (5 - count)));
    }
    text
}

fn escaped(local: &str) -> String {
    let mut text = String::new();
    for byte in local.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::key_places;

    #[test]
    fn the_places_are_those_of_the_draft() {
        let places = key_places("Joe.Doe@Example.ORG").unwrap();
        assert_eq!(
            places.direct,
            "https://example.org/.well-known/openpgpkey/hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=Joe.Doe"
        );
        assert_eq!(
            places.advanced,
            "https://openpgpkey.example.org/.well-known/openpgpkey/example.org/hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=Joe.Doe"
        );
        assert!(key_places("a+b@c.example").unwrap().direct.ends_with("?l=a%2Bb"));
        for bad in ["", "a", "@c.example", "a@", "a@localhost", "a@b.example/../x", "a@.example", "a@b..example"] {
            assert_eq!(key_places(bad), None, "{bad}");
        }
    }
}
