//! The public form: what people without an account report, and how they look after it.
//!
//! What a form says is put into a mail of our own making and goes the way of all mail, so that it is kept, searched and answered
//! alike. Whoever sent it gets the number of the report and a secret; both together show what became of it.

use manara_model::{Micros, Tlp};
use manara_net::{
    Addressee, Attached, Conversation, Letter, LetterError, MailConfig, MailConfigError, Mailer, SmtpConfig,
};
use manara_store::{Blobs, Db, StoreError, Tx};
use sha2::{Digest as _, Sha256};

use crate::incident::{plain, title};
use crate::mail::{Incoming, MailHouse, ReadError, hex, read};
use crate::message::{Message, MessageKind};
use crate::ticket::Ticket;
use crate::{sql_message, sql_ticket};

/// Characters of what happened.
pub const TEXT_CHARS: usize = 20_000;
/// Characters of each of the short fields.
pub const FIELD_CHARS: usize = 300;
/// Files of one form.
pub const FILES: usize = 5;
/// Bytes of all files of one form.
pub const FILE_BYTES: usize = 8 << 20;

/// The mail that is made of a form: its files take a third more than they have, and the text is little beside them.
const MAIL_BYTES: u64 = 2 * FILE_BYTES as u64;
/// Messages of a report that are looked through.
const MESSAGES: i64 = 1_000;
/// Nobody fills in the form faster.
const SECONDS_AT_LEAST: i64 = 3;
/// A form older than this is to be opened again.
const SECONDS_AT_MOST: i64 = 24 * 3600;
/// How the messages of the form are marked among those of a ticket.
pub(crate) const BY_FORM: &str = "form";

/// What people call what happened, and its RSIT class and type.
pub const KINDS: [(&str, &str, &str); 9] = [
    ("phishing", "fraud", "phishing"),
    ("malware", "malicious-code", "infected-system"),
    ("account", "intrusions", "unprivileged-account-compromise"),
    ("website", "intrusions", "application-compromise"),
    ("outage", "availability", "outage"),
    ("leak", "information-content-security", "data-leak"),
    ("fraud", "fraud", "masquerade"),
    ("abuse", "abusive-content", "violence"),
    ("other", "other", "undetermined"),
];

/// A form that was filled in.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// A word of [`KINDS`]; empty for an addition.
    pub kind: String,
    /// What happened.
    pub text: String,
    /// Name and mail address of whoever reports; both may be empty.
    pub from: (String, String),
    /// Further lines with their labels, such as where and when.
    pub facts: Vec<(String, String)>,
    /// What stands before the first words of the text in the subject.
    pub subject: String,
    /// Names and bytes of the files.
    pub files: Vec<(String, Vec<u8>)>,
    /// The language of the form.
    pub language: String,
}

/// What a form says beside the mail it became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Name and mail address of whoever reports, as they say; both may be empty.
    pub from: (String, String),
    /// RSIT class and type.
    pub class: (&'static str, &'static str),
    /// The language of the form.
    pub language: String,
    /// SHA-256 of the secret, in hex.
    pub receipt: String,
    /// Id of the ticket it adds to; empty for a new report.
    pub adds_to: String,
}

/// Why what a form says was not taken.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// The tag is none of ours.
    #[error("the form is none of this house")]
    Foreign,
    /// It was sent faster than anybody types.
    #[error("the form was sent at once")]
    TooFast,
    /// It is older than a day.
    #[error("the form is too old")]
    TooOld,
    /// What happened is not said, or takes too many words.
    #[error("the text is empty or too long")]
    Text,
    /// The mail address cannot be one.
    #[error("the mail address cannot be one")]
    Mail,
    /// It could not be made a mail.
    #[error(transparent)]
    Letter(#[from] LetterError),
    /// The address of the house cannot be one.
    #[error(transparent)]
    Sender(#[from] MailConfigError),
    /// It could not be read or kept.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// A tag for a fresh form: a random name, the second it was made, and the proof that it is ours.
pub fn fresh_tag(house: &MailHouse, now: Micros) -> String {
    let name: [u8; 12] = rand::random();
    let said = format!("{}.{}", hex(&name), now.0 / 1_000_000);
    let proof = house.tokens.form_tag(&said);
    format!("{said}.{proof}")
}

/// Reads the tag of a form; gives its name and the moment it was made.
fn read_tag(house: &MailHouse, tag: &str, now: Micros) -> Result<(String, Micros), FormError> {
    let (said, proof) = tag.rsplit_once('.').ok_or(FormError::Foreign)?;
    if tag.len() > 200 || !house.tokens.is_form_tag(said, proof) {
        return Err(FormError::Foreign);
    }
    let (name, second) = said.split_once('.').ok_or(FormError::Foreign)?;
    let second: i64 = second.parse().map_err(|_| FormError::Foreign)?;
    let age = now.0 / 1_000_000 - second;
    if age < SECONDS_AT_LEAST {
        return Err(FormError::TooFast);
    }
    if age > SECONDS_AT_MOST {
        return Err(FormError::TooOld);
    }
    Ok((name.to_string(), Micros(second.saturating_mul(1_000_000))))
}

/// The secret of a form by its name: the same for the same form, so that one that is sent twice has one receipt.
fn secret_of(house: &MailHouse, name: &str) -> String {
    let mut secret = house.tokens.receipt(name).to_uppercase();
    for at in [15, 10, 5] {
        if secret.is_char_boundary(at) {
            secret.insert(at, '-');
        }
    }
    secret
}

/// A text with the digits of ASCII, whichever a keyboard writes: an Arabic or Persian one has its own.
fn plain_digits(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(u32::from(c) - 0x6f0, 10),
        other => Some(other),
    };
    text.chars().filter_map(plain).collect()
}

/// What is kept of a secret, however it was typed.
fn kept_of(secret: &str) -> String {
    let plain: String = plain_digits(secret).chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    hex(&Sha256::digest(plain.to_ascii_uppercase().as_bytes()))
}

/// Makes a mail of a form and keeps it. Gives what intake takes, and the secret of the receipt.
///
/// `adds_to` is the id of the ticket it adds to, and the secret by which that was opened.
pub fn into_mail(
    house: &MailHouse,
    blobs: &Blobs,
    tag: &str,
    report: &Report,
    adds_to: Option<(&str, &str)>,
    now: Micros,
) -> Result<(Incoming, String), FormError> {
    let (name, made) = read_tag(house, tag, now)?;
    let text = plain(&report.text, TEXT_CHARS).ok_or(FormError::Text)?;
    let (from_name, from_mail) = (title(&report.from.0).unwrap_or_default(), report.from.1.trim().to_lowercase());
    let reply_to = (!from_mail.is_empty()).then(|| Addressee { name: from_name.clone(), mail: from_mail.clone() });
    let first: String = text.lines().next().unwrap_or_default().chars().take(80).collect();
    let facts = report.facts.iter().filter(|(_, value)| !value.trim().is_empty());
    let facts: Vec<String> = facts
        .map(|(label, value)| {
            let value: String = manara_net::guest_text(value, FIELD_CHARS);
            format!("{label}: {value}")
        })
        .collect();
    let body = if facts.is_empty() { text.clone() } else { format!("{}\n\n{text}", facts.join("\n")) };
    let letter = Letter {
        id: format!("form-{name}"),
        reference: String::new(),
        // Of the form and not of the click, so that one that is sent twice is the same mail.
        date: made,
        to: vec![Addressee { name: String::new(), mail: house.address().into() }],
        subject: title(&format!("{}: {first}", report.subject)).unwrap_or_default(),
        text: body,
        language: report.language.clone(),
        tlp: Tlp::Amber,
        attachments: report
            .files
            .iter()
            .map(|(name, bytes)| Attached {
                name: name.clone(),
                media_type: "application/octet-stream".into(),
                bytes: bytes.clone(),
            })
            .collect(),
    };
    let conversation = Conversation { reply_to, ..Conversation::default() };
    // It goes to nobody: what mail servers take says nothing of it.
    let mailer = Mailer::new(&MailConfig {
        from: house.address().into(),
        smtp: SmtpConfig { max_message_bytes: MAIL_BYTES, ..SmtpConfig::default() },
        ..MailConfig::default()
    })?;
    let mail = mailer.build_in(&letter, &conversation).map_err(|error| match error {
        LetterError::Address(_) => FormError::Mail,
        other => FormError::Letter(other),
    })?;
    let mut one = read(house, blobs, &mail.bytes, &[house.address().to_string()])?;
    // The mail around it bears our mark, but a person filled the form in.
    one.mail.automatic = None;
    let class = KINDS.iter().find(|(kind, ..)| *kind == report.kind);
    let (class, secret, adds_to) = match adds_to {
        Some((ticket, secret)) => (("other", "undetermined"), secret.to_string(), ticket.to_string()),
        None => (class.map_or(("other", "undetermined"), |(_, a, b)| (*a, *b)), secret_of(house, &name), String::new()),
    };
    one.form = Some(Form {
        from: (from_name, from_mail),
        class,
        language: report.language.clone(),
        receipt: kept_of(&secret),
        adds_to,
    });
    Ok((one, secret))
}

/// Keeps the receipt of a new report.
pub(crate) async fn put_receipt(tx: &mut Tx, ticket_id: &str, form: &Form, now: Micros) -> Result<(), StoreError> {
    const PUT: &str = "
        INSERT INTO response_receipt (ticket_id, secret_sha256, created) VALUES ($1, $2, $3)";
    tx.run(PUT, &[ticket_id.into(), (&form.receipt).into(), now.into()]).await?;
    Ok(())
}

/// What whoever reported may see of their report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The report.
    pub ticket: Ticket,
    /// What they wrote and what they were answered, oldest first.
    pub messages: Vec<Message>,
}

/// The report of a number and its secret; nothing when one of them is wrong.
pub async fn receipt(db: &Db, number: &str, secret: &str) -> Result<Option<Receipt>, StoreError> {
    const BY_SECRET: &str = "
        SELECT r.ticket_id FROM response_receipt r JOIN response_ticket t ON t.id = r.ticket_id
        WHERE t.number = $1 AND r.secret_sha256 = $2";
    let number = plain_digits(number.trim());
    let row = db.read_one(BY_SECRET, &[(&number).into(), kept_of(secret).into()]).await?;
    let Some(id) = row.map(|row| row.text(0)).transpose()? else { return Ok(None) };
    let viewer = manara_model::Viewer::system();
    let Some(ticket) = sql_ticket::get_ticket(db, &viewer, &id).await? else { return Ok(None) };
    let all = sql_message::messages_of(db, &ticket.id, ("", ""), MESSAGES).await?;
    let messages = all.into_iter().filter(|message| is_theirs(&ticket, message)).collect();
    Ok(Some(Receipt { ticket, messages }))
}

/// Whether a message is between them and us: others may be written to in the same ticket.
fn is_theirs(ticket: &Ticket, message: &Message) -> bool {
    let to_them = || {
        let mut recipients = message.recipients.split(", ");
        message.recipients.is_empty() || recipients.any(|mail| !mail.is_empty() && mail == ticket.correspondent)
    };
    match message.kind {
        MessageKind::Sent => to_them(),
        _ => message.security == BY_FORM,
    }
}

#[cfg(test)]
mod tests {
    use super::{KINDS, kept_of};

    #[test]
    fn every_kind_has_a_class_of_rsit() {
        for (kind, class, of) in KINDS {
            assert!(manara_model::is_known(class, of), "{kind}");
        }
    }

    #[test]
    fn a_secret_is_the_same_however_it_is_typed() {
        assert_eq!(kept_of("ABCDE-FGHIJ"), kept_of(" abcde fghij"));
        assert_eq!(kept_of("A1B2-90"), kept_of("a١b٢-۹۰"), "by an Arabic or a Persian keyboard, too");
        assert_ne!(kept_of("A1B2-90"), kept_of("a٢b١-۹۰"));
        assert_ne!(kept_of("ABCDE-FGHIJ"), kept_of("ABCDE-FGHIK"));
    }
}
