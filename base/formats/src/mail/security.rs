//! How a message looks signed or encrypted.

use super::head::Head;

/// What a message looks like. Nothing was verified and nothing decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Security {
    /// Neither signed nor encrypted.
    #[default]
    Plain,
    /// OpenPGP, the signature in a part of its own (RFC 3156).
    PgpMimeSigned,
    /// OpenPGP, the message in a part (RFC 3156).
    PgpMimeEncrypted,
    /// OpenPGP in the middle of the text.
    PgpInline,
    /// S/MIME, signed (RFC 8551).
    SmimeSigned,
    /// S/MIME, encrypted, perhaps signed inside (RFC 8551).
    SmimeEncrypted,
}

impl Security {
    /// All of them.
    pub const ALL: [Security; 6] = [
        Security::Plain,
        Security::PgpMimeSigned,
        Security::PgpMimeEncrypted,
        Security::PgpInline,
        Security::SmimeSigned,
        Security::SmimeEncrypted,
    ];

    /// How it is stored, and the end of the key of its words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Security::Plain => "plain",
            Security::PgpMimeSigned => "pgp-mime-signed",
            Security::PgpMimeEncrypted => "pgp-mime-encrypted",
            Security::PgpInline => "pgp-inline",
            Security::SmimeSigned => "smime-signed",
            Security::SmimeEncrypted => "smime-encrypted",
        }
    }

    /// Reads what [`Security::as_str`] wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|security| security.as_str() == text)
    }

    /// Whether the text can only be read with a key.
    #[must_use]
    pub fn is_encrypted(self) -> bool {
        matches!(self, Security::PgpMimeEncrypted | Security::SmimeEncrypted)
    }

    /// From the type of the message, its text, and the protocol of a signed or encrypted multipart in it.
    pub(super) fn of(head: &Head<'_>, text: &str, wrapped: Option<(bool, String)>) -> Security {
        if let Some((is_encrypted, protocol)) = wrapped {
            return match (is_encrypted, protocol.contains("pkcs7")) {
                (true, _) => Security::PgpMimeEncrypted,
                (false, true) => Security::SmimeSigned,
                (false, false) => Security::PgpMimeSigned,
            };
        }
        let content_type = head.content_type();
        if let Some(found) = &content_type
            && found.ctype() == "application"
            && matches!(found.subtype(), Some("pkcs7-mime" | "x-pkcs7-mime"))
        {
            let kind = found.attribute("smime-type").unwrap_or_default().to_ascii_lowercase();
            return if kind == "signed-data" { Security::SmimeSigned } else { Security::SmimeEncrypted };
        }
        let is_armoured = ["-----BEGIN PGP MESSAGE-----", "-----BEGIN PGP SIGNED MESSAGE-----"]
            .iter()
            .any(|mark| text.starts_with(mark) || text.contains(&format!("\n{mark}")));
        if is_armoured { Security::PgpInline } else { Security::Plain }
    }
}

#[cfg(test)]
mod tests {
    use super::Security;
    use crate::mail::{Mail, MailLimits};

    fn of(text: &str) -> Security {
        Mail::read(text.as_bytes(), &MailLimits::default()).unwrap().security
    }

    #[test]
    fn what_is_signed_or_encrypted_is_told_by_its_form() {
        let multipart = |sub: &str, protocol: &str| {
            of(&format!(
                "Content-Type: multipart/{sub}; protocol=\"{protocol}\"; boundary=b\n\n--b\n\nx\n--b\nContent-Type: {protocol}\n\ny\n--b--\n"
            ))
        };
        for (found, expected) in [
            (of("From: a@b.example\n\nplain"), Security::Plain),
            (multipart("signed", "application/pgp-signature"), Security::PgpMimeSigned),
            (multipart("encrypted", "application/pgp-encrypted"), Security::PgpMimeEncrypted),
            (multipart("signed", "application/pkcs7-signature"), Security::SmimeSigned),
            (of("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nx"), Security::SmimeEncrypted),
            (of("Content-Type: application/x-pkcs7-mime; smime-type=signed-data\n\nx"), Security::SmimeSigned),
            (of("Content-Type: application/pkcs7-mime; name=smime.p7m\n\nx"), Security::SmimeEncrypted),
            (of("From: a\n\nhi\n-----BEGIN PGP SIGNED MESSAGE-----\n"), Security::PgpInline),
            (of("From: a\n\n> -----BEGIN PGP MESSAGE-----\n"), Security::Plain),
            // What some servers make of an encrypted message on its way.
            (
                of(
                    "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\ny\n--b--",
                ),
                Security::PgpMimeEncrypted,
            ),
        ] {
            assert_eq!(found, expected);
            assert_eq!(Security::parse(found.as_str()), Some(found));
        }
    }
}
