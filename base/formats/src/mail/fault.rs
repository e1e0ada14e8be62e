//! What is wrong with a message: what is told, and what refuses it.

/// Why a message could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// Nothing but blanks.
    #[error("the message is empty")]
    Empty,
    /// Larger than [`crate::MailLimits::bytes`].
    #[error("the message has {bytes} bytes; at most {most} are taken")]
    TooLarge {
        /// What it has.
        bytes: usize,
        /// What is taken.
        most: usize,
    },
    /// It does not begin with a field such as `From: somebody`.
    #[error("this is no mail: it does not begin with a field such as “From: …”")]
    NoHead,
}

/// What of a message is not as the standards say. It was read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MailFault {
    /// A line of the head is no field; what follows was taken as the body.
    HeadBroken,
    /// The head is longer than the limit, its end was left out.
    HeadCut,
    /// A field is longer than the limit, its end was left out.
    FieldCut,
    /// A field that may stand once stands there twice; the first counts.
    DoubledField,
    /// There is no address of a sender.
    NoSender,
    /// A field has more addresses than the limit; the rest was left out.
    RecipientsCut,
    /// Parts stand deeper inside each other than the limit; they are kept unread.
    TooDeep,
    /// There are more parts than the limit; the rest was left out.
    TooManyParts,
    /// A multipart says no boundary, or one that is not there; it was read as text.
    BoundaryMissing,
    /// The last boundary is missing: the message was probably cut on its way.
    BoundaryOpen,
    /// A way of coding for the transport that nobody knows; the bytes are kept as they came.
    UnknownEncoding,
    /// Bytes that the way of coding does not have; they were passed over.
    BrokenEncoding,
    /// A character set that nobody knows; it was read as UTF-8 or Windows-1252.
    UnknownCharset,
    /// Bytes that the character set does not have; they are shown as �.
    BrokenText,
    /// Control characters in the text, such as NUL; they were left out.
    ControlCharacters,
    /// The text is longer than the limit, its end was left out.
    TextCut,
}

impl MailFault {
    /// All of them.
    pub const ALL: [MailFault; 16] = [
        MailFault::HeadBroken,
        MailFault::HeadCut,
        MailFault::FieldCut,
        MailFault::DoubledField,
        MailFault::NoSender,
        MailFault::RecipientsCut,
        MailFault::TooDeep,
        MailFault::TooManyParts,
        MailFault::BoundaryMissing,
        MailFault::BoundaryOpen,
        MailFault::UnknownEncoding,
        MailFault::BrokenEncoding,
        MailFault::UnknownCharset,
        MailFault::BrokenText,
        MailFault::ControlCharacters,
        MailFault::TextCut,
    ];

    /// How it is stored, and the end of the key of its words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            MailFault::HeadBroken => "head-broken",
            MailFault::HeadCut => "head-cut",
            MailFault::FieldCut => "field-cut",
            MailFault::DoubledField => "doubled-field",
            MailFault::NoSender => "no-sender",
            MailFault::RecipientsCut => "recipients-cut",
            MailFault::TooDeep => "too-deep",
            MailFault::TooManyParts => "too-many-parts",
            MailFault::BoundaryMissing => "boundary-missing",
            MailFault::BoundaryOpen => "boundary-open",
            MailFault::UnknownEncoding => "unknown-encoding",
            MailFault::BrokenEncoding => "broken-encoding",
            MailFault::UnknownCharset => "unknown-charset",
            MailFault::BrokenText => "broken-text",
            MailFault::ControlCharacters => "control-characters",
            MailFault::TextCut => "text-cut",
        }
    }

    /// Reads what [`MailFault::as_str`] wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.as_str() == text)
    }
}

/// The faults of a message, each once, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<MailFault>);

impl Faults {
    pub(super) fn add(&mut self, fault: MailFault) {
        if !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }

    pub(super) fn into_vec(self) -> Vec<MailFault> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::MailFault;

    #[test]
    fn a_fault_survives_its_text() {
        for fault in MailFault::ALL {
            assert_eq!(MailFault::parse(fault.as_str()), Some(fault));
        }
        assert_eq!(MailFault::parse("else"), None);
    }
}
