//! What came back: which address a message did not reach, and whether there is hope.

mod kind;
mod report;
mod text;

use super::Mail;
use super::head::Head;
use super::{MailLimits, one_line};

/// Most recipients of one bounce.
const RECIPIENTS: usize = 500;
/// Longest reason, in bytes.
const REASON_BYTES: usize = 600;

/// Whether writing to an address again has any sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BounceKind {
    /// The address is wrong or closed: do not write there again.
    Hard,
    /// This message did not arrive, or not yet: full, busy, too large, refused for what it says.
    Soft,
    /// It did not arrive, and nobody says why.
    Unknown,
}

impl BounceKind {
    /// All of them.
    pub const ALL: [BounceKind; 3] = [BounceKind::Hard, BounceKind::Soft, BounceKind::Unknown];

    /// How it is stored, and the end of the key of its words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            BounceKind::Hard => "hard",
            BounceKind::Soft => "soft",
            BounceKind::Unknown => "unknown",
        }
    }

    /// Reads what [`BounceKind::as_str`] wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// One address that a message did not reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// The address as we wrote it, where the report says so, else where it ended.
    pub address: String,
    /// The enhanced status code (RFC 3463): `5.1.1`.
    pub status: Option<String>,
    /// Whether there is hope.
    pub kind: BounceKind,
    /// Whether it is only late: the mail system still tries.
    pub is_delayed: bool,
    /// What the mail system said, on one line; perhaps empty.
    pub reason: String,
}

/// A message that came back, or is late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// The addresses that it did not reach. There may be none where only the message is known.
    pub recipients: Vec<Failed>,
    /// The `Message-ID` of the message that did not arrive, without its brackets.
    pub original_message_id: Option<String>,
}

impl Bounce {
    /// Reads a bounce: by the standard (RFC 3464 in RFC 6522) or as mail systems write them for people. Reports of delivery, of
    /// reading (RFC 8098) and answers in absence are none.
    #[must_use]
    pub fn of(mail: &Mail) -> Option<Bounce> {
        let is_receipt = mail.part("message/disposition-notification").is_some()
            || mail
                .header("content-type")
                .is_some_and(|value| value.to_ascii_lowercase().contains("disposition-notification"));
        if is_receipt || mail.part("message/feedback-report").is_some() {
            return None;
        }
        let status = mail.part("message/delivery-status").or_else(|| mail.part("message/global-delivery-status"));
        let recipients = match status.map(|part| report::recipients(&part.bytes, mail)) {
            // Everything arrived.
            Some(Some(recipients)) if recipients.is_empty() => return None,
            Some(Some(recipients)) => recipients,
            // A report without a field that says anything is read as text.
            Some(None) | None => text::recipients(mail)?,
        };
        let original_message_id = original_id(mail);
        if recipients.is_empty() && original_message_id.is_none() {
            return None;
        }
        Some(Bounce { recipients, original_message_id })
    }
}

/// The id of the message that came back: from its copy, else from what the report refers to.
fn original_id(mail: &Mail) -> Option<String> {
    let copy = original(mail).and_then(|head| head.0.ids("message-id").pop());
    let written = || {
        let line = mail
            .text
            .lines()
            .find(|line| line.get(..11).is_some_and(|name| name.eq_ignore_ascii_case("message-id:")))?;
        let (_, id) = line.split_once('<')?;
        Some(id.split_once('>')?.0.trim().to_owned()).filter(|id| !id.is_empty() && id.len() <= 998)
    };
    copy.or_else(written).or_else(|| mail.in_reply_to.last().cloned()).or_else(|| mail.references.last().cloned())
}

/// The head of the message that came back, from its copy in a part.
struct Original<'x>(Head<'x>);

fn original(mail: &Mail) -> Option<Original<'_>> {
    const COPIES: &[&str] = &[
        "message/rfc822",
        "message/global",
        "text/rfc822-headers",
        "message/rfc822-headers",
        "message/global-headers",
    ];
    let part = mail.parts.iter().find(|part| COPIES.contains(&part.mime.as_str()))?;
    Some(Original(Head::read(&part.bytes, &MailLimits::default(), &mut super::fault::Faults::default())))
}

/// A reason on one line, cut.
fn reason(text: &str) -> String {
    let line = one_line(text);
    line.get(..line.floor_char_boundary(REASON_BYTES)).unwrap_or_default().to_owned()
}

/// Adds an address once. What has no domain is none that we wrote to: a damaged copy may say anything.
fn add(found: &mut Vec<Failed>, failed: Failed) {
    let is_known = found.iter().any(|other| other.address.eq_ignore_ascii_case(&failed.address));
    if failed.address.contains('@') && !is_known && found.len() < RECIPIENTS {
        found.push(failed);
    }
}
