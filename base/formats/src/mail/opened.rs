//! A message whose payload was decrypted: which of the two heads counts (RFC 9788).

use super::Mail;
use super::head::Head;

/// What the head of a decrypted or signed payload says about its own fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderProtection {
    /// The fields are copies of the outer ones (`hp="clear"`).
    Clear,
    /// The fields are the true ones, the outer ones may be hidden (`hp="cipher"`).
    Cipher,
    /// The same in the form from before the standard (`protected-headers="v1"`).
    Draft,
}

impl HeaderProtection {
    pub(super) fn of(head: &Head<'_>) -> Option<HeaderProtection> {
        let content_type = head.content_type()?;
        let value = |name: &str| content_type.attribute(name).unwrap_or_default().to_ascii_lowercase();
        match (value("hp").as_str(), value("protected-headers").as_str()) {
            ("cipher", _) => Some(HeaderProtection::Cipher),
            ("clear", _) => Some(HeaderProtection::Clear),
            (_, "v1") => Some(HeaderProtection::Draft),
            _ => None,
        }
    }
}

impl Mail {
    /// This message with what its payload turned out to say: `inner` is the decrypted payload, read by [`Mail::read`]. Text and
    /// parts are the payload's. Subject, date, recipients and ids are, too, where the payload says that it protects them.
    ///
    /// The sender, the return path and the fields of the way stay those of the message: anybody can encrypt to us.
    #[must_use]
    pub fn opened(self, inner: Mail) -> Mail {
        let is_protected = inner.protection.is_some();
        let mut mail = Mail {
            text: inner.text,
            html: inner.html,
            parts: inner.parts,
            protection: inner.protection,
            automatic: self.automatic.or(inner.automatic),
            ..self
        };
        for fault in inner.faults {
            if !mail.faults.contains(&fault) && fault != super::MailFault::NoSender {
                mail.faults.push(fault);
            }
        }
        if is_protected {
            let list = |inner: Vec<_>, outer: Vec<_>| if inner.is_empty() { outer } else { inner };
            let ids = |inner: Vec<String>, outer: Vec<String>| if inner.is_empty() { outer } else { inner };
            mail.subject = if inner.subject.is_empty() { mail.subject } else { inner.subject };
            mail.date = inner.date.or(mail.date);
            mail.message_id = inner.message_id.or(mail.message_id);
            mail.in_reply_to = ids(inner.in_reply_to, mail.in_reply_to);
            mail.references = ids(inner.references, mail.references);
            mail.reply_to = list(inner.reply_to, mail.reply_to);
            mail.to = list(inner.to, mail.to);
            mail.cc = list(inner.cc, mail.cc);
        }
        mail
    }

    /// The fields that stood outside, as a protected payload keeps them (`HP-Outer`): name and value.
    pub fn outer_fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers_of("hp-outer")
            .filter_map(|value| value.split_once(':'))
            .map(|(name, value)| (name.trim(), value.trim()))
    }
}

#[cfg(test)]
mod tests {
    use crate::mail::{HeaderProtection, Mail, MailLimits};

    fn read(text: &str) -> Mail {
        Mail::read(text.as_bytes(), &MailLimits::default()).unwrap()
    }

    const OUTER: &str = "From: ana@example.org\nSubject: [...]\nMessage-ID: <1@example.org>\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\nx\n--b--\n";

    #[test]
    fn a_hidden_subject_comes_from_the_payload() {
        let inner = read(
            "From: ana@example.org\nSubject: =?UTF-8?Q?D=C3=A9tails?= [CIRT #7]\nHP-Outer: Subject: [...]\nHP-Outer: From: ana@example.org\n\
             Content-Type: text/plain; charset=utf-8; hp=\"cipher\"; hp-legacy-display=\"1\"\n\nSubject: Détails [CIRT #7]\n\nThe text.\n",
        );
        assert_eq!(inner.outer_fields().next(), Some(("Subject", "[...]")));
        let mail = read(OUTER).opened(inner);
        assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("Détails [CIRT #7]", "The text.\n"));
        assert_eq!(mail.protection, Some(HeaderProtection::Cipher));
        assert_eq!(mail.message_id.as_deref(), Some("1@example.org"));
        assert!(mail.security.is_encrypted());
    }

    #[test]
    fn the_sender_stays_the_outer_one_and_an_unprotected_payload_changes_the_text_alone() {
        let inner =
            read("From: head@cirt.example\nSubject: false\nContent-Type: text/plain; protected-headers=\"v1\"\n\nx");
        let mail = read(OUTER).opened(inner);
        assert_eq!(mail.from.map(|from| from.address).as_deref(), Some("ana@example.org"));
        assert_eq!(mail.subject, "false");
        let mail = read(OUTER).opened(read("Subject: unsaid\nContent-Type: text/plain\n\nonly text"));
        assert_eq!((mail.subject.as_str(), mail.text.as_str(), mail.protection), ("[...]", "only text", None));
    }
}
