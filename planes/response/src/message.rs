//! A message of a ticket, and how it fared with each of its recipients.

use manara_model::Micros;

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessageKind {
    /// It opened a report.
    Report,
    /// It joined a ticket.
    Reply,
    /// A mail server says that a message of ours did not arrive.
    Bounce,
    /// A machine sent it, and it opened nothing.
    Automatic,
    /// A stranger knew the number of a ticket: a person decides.
    Quarantined,
    /// A report of abuse in the form of RFC 5965.
    Arf,
    /// A report in the form of XARF.
    Xarf,
    /// A person of ours wrote it.
    Sent,
    /// A machine of ours said that a report was received.
    Acknowledgement,
    /// A person of ours noted it for the others of ours.
    Comment,
    /// A person of ours wrote it, and nobody has let it go yet.
    Draft,
}

impl MessageKind {
    /// All.
    pub const ALL: [MessageKind; 11] = [
        Self::Report,
        Self::Reply,
        Self::Bounce,
        Self::Automatic,
        Self::Quarantined,
        Self::Arf,
        Self::Xarf,
        Self::Sent,
        Self::Acknowledgement,
        Self::Comment,
        Self::Draft,
    ];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Reply => "reply",
            Self::Bounce => "bounce",
            Self::Automatic => "automatic",
            Self::Quarantined => "quarantined",
            Self::Arf => "arf",
            Self::Xarf => "xarf",
            Self::Sent => "sent",
            Self::Acknowledgement => "acknowledgement",
            Self::Comment => "comment",
            Self::Draft => "draft",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether it left the house.
    pub fn is_ours(self) -> bool {
        matches!(self, Self::Sent | Self::Acknowledgement)
    }

    /// Which way it went, as it is stored: `in`, `out`, or `own` for what stays inside.
    pub(crate) fn direction(self) -> &'static str {
        match self {
            Self::Comment | Self::Draft => "own",
            kind if kind.is_ours() => "out",
            _ => "in",
        }
    }
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// UUIDv7.
    pub id: String,
    /// The ticket; empty while it belongs to none.
    pub ticket_id: String,
    /// What it is.
    pub kind: MessageKind,
    /// When it came, or was written here.
    pub at: Micros,
    /// What it says of when it was written.
    pub written: Option<Micros>,
    /// Message-ID without the angle brackets; empty when it has none.
    pub message_id: String,
    /// The Message-ID it answers; empty for none.
    pub in_reply_to: String,
    /// Name of the sender; may be empty.
    pub from_name: String,
    /// Address of the sender; may be empty.
    pub from_mail: String,
    /// To whom, as the header says it.
    pub recipients: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// Why it is a machine's: a word; empty for a person's.
    pub automatic: String,
    /// What was odd about its bytes: words with spaces between.
    pub faults: String,
    /// How it was protected: `plain`, or a word for the form.
    pub security: String,
    /// Fingerprint of the key that signed it; empty for none.
    pub signed_by: String,
    /// What came of the check of the signature: a word; empty for none.
    pub signature: String,
    /// Whether it came encrypted and was opened.
    pub decrypted: bool,
    /// Id of the ticket a held message may belong to; empty for none.
    pub held_for: String,
    /// Login name of whoever wrote it here; empty for what came in.
    pub who: String,
    /// SHA-256 of its bytes, which are kept as they came; empty for what is not sent yet.
    pub sha256: String,
    /// How many bytes.
    pub bytes: i64,
}

impl Message {
    /// A message of plain text without its bytes: what a person wrote here. What else is known of it is set by whoever makes it.
    pub(crate) fn ours(
        (id, kind): (String, MessageKind),
        ticket_id: &str,
        (who, body): (&str, String),
        at: Micros,
    ) -> Message {
        Message {
            id,
            ticket_id: ticket_id.into(),
            kind,
            at,
            written: None,
            message_id: String::new(),
            in_reply_to: String::new(),
            from_name: String::new(),
            from_mail: String::new(),
            recipients: String::new(),
            subject: String::new(),
            body,
            automatic: String::new(),
            faults: String::new(),
            security: "plain".into(),
            signed_by: String::new(),
            signature: String::new(),
            decrypted: false,
            held_for: String::new(),
            who: who.into(),
            sha256: String::new(),
            bytes: 0,
        }
    }
}

/// A file of a message. Its bytes are within those of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageFile {
    /// Its place among the parts of the message.
    pub position: i64,
    /// File name; may be empty.
    pub name: String,
    /// Such as `text/plain`.
    pub media_type: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// How many bytes.
    pub bytes: i64,
    /// What it says, when it is a message itself; empty for others.
    pub text: String,
}

/// How a message of ours fared with one recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryState {
    /// It waits for its turn, or to be tried again.
    Queued,
    /// It is being handed over.
    Sending,
    /// The mail server took it.
    Sent,
    /// It will never be taken.
    Failed,
    /// It was taken, and came back.
    Bounced,
    /// Somebody stopped it before it left.
    Stopped,
    /// It leaves when a second person lets it go.
    Waiting,
}

impl DeliveryState {
    /// All.
    pub const ALL: [DeliveryState; 7] =
        [Self::Queued, Self::Sending, Self::Sent, Self::Failed, Self::Bounced, Self::Stopped, Self::Waiting];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Bounced => "bounced",
            Self::Stopped => "stopped",
            Self::Waiting => "waiting",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// One recipient of a message of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailDelivery {
    /// UUIDv7.
    pub id: String,
    /// The message.
    pub message_id: String,
    /// The ticket.
    pub ticket_id: String,
    /// Address.
    pub mail: String,
    /// Name; may be empty.
    pub name: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried in vain.
    pub attempts: i64,
    /// Since when it waits.
    pub queued: Micros,
    /// When the mail server took it.
    pub sent: Option<Micros>,
    /// What the mail server said last.
    pub remark: String,
}

/// Something a record speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Seen {
    /// `ip`, `domain`, `url`, `mail`, `hash_sha256`, `cve`, and so on.
    pub kind: String,
    /// Its usual form.
    pub value: String,
}
