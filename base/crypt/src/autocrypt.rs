//! The field `Autocrypt`, with which a mail brings the key of its sender.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Longest field, in bytes.
const MOST: usize = 64 << 10;

/// What the field says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Autocrypt {
    /// Whose key it is, in lower case.
    pub mail: String,
    /// Whether the sender would like answers to be encrypted.
    pub wants_encryption: bool,
    /// The key, as [`crate::read_keys`] reads it.
    pub key: Vec<u8>,
}

/// Reads the field. It counts only when its address is the sender's, and its one key has that address.
pub fn autocrypt(field: &str) -> Option<Autocrypt> {
    if field.len() > MOST {
        return None;
    }
    let (mut mail, mut wants_encryption, mut key) = (None, false, None);
    for attribute in field.split(';').map(str::trim).filter(|attribute| !attribute.is_empty()) {
        let (name, value) = attribute.split_once('=')?;
        match name.trim() {
            "addr" => mail = Some(value.trim().to_lowercase()),
            "prefer-encrypt" => wants_encryption = value.trim() == "mutual",
            "keydata" => {
                let text: String = value.chars().filter(|c| !c.is_whitespace()).collect();
                let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
                key = Some(GeneralPurpose::new(&STANDARD, config).decode(text).ok()?);
            }
            name if name.starts_with('_') => {}
            // What is not known may change what the rest means.
            _ => return None,
        }
    }
    let (mail, key) = (mail?, key?);
    (mail.contains('@') && !key.is_empty()).then_some(Autocrypt { mail, wants_encryption, key })
}

#[cfg(test)]
mod tests {
    use super::autocrypt;

    #[test]
    fn the_field_is_read_and_what_is_unknown_spoils_it() {
        let read = autocrypt("addr=Ana@Harbour.Example; prefer-encrypt=mutual; _x=1; keydata=\n AQI\n D").unwrap();
        assert_eq!((read.mail.as_str(), read.wants_encryption), ("ana@harbour.example", true));
        assert_eq!(read.key, [1, 2, 3]);
        for bad in [
            "",
            "addr=a@b.example",
            "keydata=AQID",
            "addr=a@b.example; other=1; keydata=AQID",
            "addr=a; keydata=AQID",
            "addr=a@b.example; keydata=%%",
        ] {
            assert_eq!(autocrypt(bad), None, "{bad}");
        }
    }
}
