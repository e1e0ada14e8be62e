//! How much of a message is read.

/// The limits of reading one message. All input is hostile. Nothing is decompressed, so memory is a small multiple of `bytes`.
#[derive(Debug, Clone)]
pub struct MailLimits {
    /// Largest message, in bytes. A larger one is refused.
    pub bytes: usize,
    /// How deep multiparts may stand inside each other; what is deeper becomes a part, unread.
    pub depth: usize,
    /// Most parts, bodies included; what comes after is left out.
    pub parts: usize,
    /// Longest head of a message or part, in bytes.
    pub head_bytes: usize,
    /// Longest value of one field, in bytes.
    pub field_bytes: usize,
    /// Most fields of one head.
    pub fields: usize,
    /// Most addresses of one field.
    pub recipients: usize,
    /// Longest text and HTML, in bytes each.
    pub text_bytes: usize,
}

impl Default for MailLimits {
    fn default() -> Self {
        MailLimits {
            // More than the doors offer to take, for what is written before a mail on its way in.
            bytes: 32 << 20,
            depth: 12,
            parts: 200,
            head_bytes: 256 << 10,
            field_bytes: 16 << 10,
            fields: 1_000,
            recipients: 500,
            text_bytes: 2 << 20,
        }
    }
}
