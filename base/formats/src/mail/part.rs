//! What hangs on a message.

use mail_parser::ContentType;
use sha2::{Digest, Sha256};

use super::head::{Head, decoded};
use super::one_line;

/// Longest name of a part, in characters.
const NAME_CHARS: usize = 150;

/// An attachment, or a message inside the message.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// Its file name without any folder; one is made where it has none.
    pub name: String,
    /// What it says it is, in small letters: `application/pdf`.
    pub mime: String,
    /// Its bytes, decoded for the transport and not unpacked.
    pub bytes: Vec<u8>,
    /// Whether it belongs into the text, such as a picture.
    pub inline: bool,
    /// Whether it is a message: [`crate::Mail::read`] reads its bytes.
    pub nested: bool,
}

impl Part {
    /// The SHA-256 of its bytes, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        Sha256::digest(&self.bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The name of a part from its head, or one made from its place and type.
    pub(super) fn name_of(head: &Head<'_>, mime: &str, place: usize) -> String {
        let (disposition, content_type) = (head.disposition(), head.content_type());
        let of = |field: &Option<ContentType<'_>>, name: &str| field.as_ref()?.attribute(name).map(str::to_owned);
        let name =
            of(&disposition, "filename").or_else(|| of(&content_type, "name")).map(|name| clean(&decoded(&name)));
        if mime == "application/ms-tnef" || mime == "application/vnd.ms-tnef" {
            return name.filter(|name| !name.is_empty()).unwrap_or_else(|| "winmail.dat".to_owned());
        }
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| format!("part-{place}.{}", extension(mime)))
    }
}

/// The bytes of a part may be personal and large: they are in no log.
impl std::fmt::Debug for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Part { name, mime, bytes, inline, nested } = self;
        let mut shown = f.debug_struct("Part");
        shown.field("name", name).field("mime", mime).field("bytes", &bytes.len());
        shown.field("inline", inline).field("nested", nested).finish()
    }
}

/// A file name without folders, control characters, dots at its ends, and what turns the direction of writing: with that
/// `gnp.exe` can be shown as `exe.png`.
fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let kept: String = last.chars().filter(|c| !c.is_control() && !turns(*c)).collect();
    let kept = one_line(&kept).trim_matches(['.', ' ']).to_owned();
    let chars = kept.chars().count();
    if chars <= NAME_CHARS {
        return kept;
    }
    // The end says what it is.
    let (stem, end) = kept.rsplit_once('.').filter(|(_, end)| end.len() <= 10).unwrap_or((&kept, ""));
    let stem: String = stem.chars().take(NAME_CHARS - 11).collect();
    if end.is_empty() { stem } else { format!("{stem}.{end}") }
}

/// The end of a made name.
fn extension(mime: &str) -> &'static str {
    match mime {
        "text/plain" => "txt",
        "text/html" => "html",
        "text/csv" => "csv",
        "text/calendar" => "ics",
        "text/rfc822-headers" | "message/rfc822-headers" => "headers.txt",
        "message/rfc822" | "message/global" => "eml",
        "message/delivery-status" | "message/disposition-notification" | "message/feedback-report" => "report.txt",
        "application/json" => "json",
        "application/pdf" => "pdf",
        "application/zip" => "zip",
        "application/pgp-signature" | "application/pgp-encrypted" | "application/pgp-keys" => "asc",
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => "p7s",
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => "p7m",
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, clean};

    #[test]
    fn a_name_has_no_folder_and_no_tricks() {
        for (name, expected) in [
            ("report.pdf", "report.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\tmp\\a.exe", "a.exe"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            ("a\r\nb.txt", "ab.txt"),
            ("..", ""),
            (".htaccess", "htaccess"),
            ("تقرير.pdf", "تقرير.pdf"),
        ] {
            assert_eq!(clean(name), expected, "{name:?}");
        }
        let long = format!("{}.docx", "x".repeat(400));
        assert!(clean(&long).len() <= 150 && clean(&long).ends_with(".docx"));
    }

    #[test]
    fn the_hash_is_of_the_bytes_and_the_bytes_are_not_shown() {
        let part =
            Part { name: "a".into(), mime: "text/plain".into(), bytes: b"abc".to_vec(), inline: false, nested: false };
        assert_eq!(part.sha256(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(format!("{part:?}").contains("bytes: 3"));
    }
}
