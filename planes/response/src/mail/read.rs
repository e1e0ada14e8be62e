//! From the bytes of a mail to what intake works with. The bytes are kept first, as they came.

use manara_crypt::Certificate;
use manara_formats::mail::{Bounce, FeedbackReport, Mail, MailError, MailLimits, Tlds, Xarf, observables};
use manara_model::{Micros, Tlp};
use manara_store::{BlobError, Blobs};

use super::nested::{Inside, inside, inside_complaint, own_words};
use super::{MailHouse, Unsealed, complaint, sealed};
use crate::mail_key::KeySource;
use crate::message::{Message, MessageFile, Seen};

/// Observables of one mail; what is more is left in its text.
const OBSERVABLES: usize = 2_000;
/// Characters of a text that is kept in a row; the whole stays in its bytes.
const TEXT_CHARS: usize = 200_000;

/// A mail that was read, with what the transport knows of it.
#[derive(Debug)]
pub struct Incoming {
    /// What it says.
    pub mail: Mail,
    /// SHA-256 of its bytes, which are kept.
    pub sha256: String,
    /// How many bytes.
    pub bytes: i64,
    /// The recipients of the envelope.
    pub to: Vec<String>,
    /// Who the sender is, if the house knows them.
    pub known: Option<Known>,
    /// Its signatures, which are checked when it is taken, and the key that opened it.
    pub sealed: Option<Unsealed>,
    /// Why it was not opened: a word; empty when there was nothing to open, or it was.
    pub sealed_fault: &'static str,
    /// Keys of its sender that it brings.
    pub offered: Vec<(Certificate, KeySource)>,
    /// Failed deliveries it tells of.
    pub bounce: Option<Bounce>,
    /// A report of abuse.
    pub feedback: Option<FeedbackReport>,
    /// A report in XARF.
    pub xarf: Option<Xarf>,
    /// What it speaks of.
    pub seen: Vec<Seen>,
    /// Its files.
    pub files: Vec<MessageFile>,
    /// Its text as it is kept.
    pub text: String,
    /// What it says beside that, when it came by the public form.
    pub form: Option<crate::public::Form>,
}

/// A sender the house knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Id of the constituent.
    pub constituent_id: String,
    /// Its name.
    pub constituent: String,
    /// The language its contacts are written to; empty when that is not known.
    pub language: String,
}

/// What was proven of a mail by its keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    /// Fingerprint of the key that signed it; of an unknown key what the signature says; empty for none.
    pub signed_by: String,
    /// What came of the check: `good`, `other-sender`, `unverified-key`, `part`, `expired-key`, `revoked-key`, `rejected-key`,
    /// `unknown-issuer`, `unknown-key`, `bad`; empty for none.
    pub signature: String,
    /// Whether it came encrypted and was opened.
    pub decrypted: bool,
    /// When it says that it was signed.
    pub made: Option<Micros>,
}

/// Why a mail was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is no mail, or larger than any may be: it will never be taken.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// Its bytes could not be kept: it is to come again.
    #[error(transparent)]
    Keep(#[from] BlobError),
}

/// Keeps the bytes of a mail and reads them.
pub fn read(house: &MailHouse, blobs: &Blobs, bytes: &[u8], to: &[String]) -> Result<Incoming, ReadError> {
    let mail = Mail::read(bytes, &MailLimits::default())?;
    let kept = blobs.keep(&mut &*bytes)?;
    let (mail, sealed, sealed_fault) = sealed::opened(house, mail, bytes);
    let incoming = looked_into(house, mail, kept.sha256, i64::try_from(bytes.len()).unwrap_or(i64::MAX), to);
    Ok(Incoming { sealed, sealed_fault, ..incoming })
}

/// A mail that was kept, as intake read it: opened with our keys where it was encrypted. Files are found by their place in it.
pub fn read_again(house: &MailHouse, bytes: &[u8]) -> Result<Mail, MailError> {
    let mail = Mail::read(bytes, &MailLimits::default())?;
    Ok(sealed::opened(house, mail, bytes).0)
}

/// Reads a mail without keeping its bytes: only to say what it is.
pub fn look_at(house: &MailHouse, bytes: &[u8]) -> Result<Incoming, MailError> {
    let mail = Mail::read(bytes, &MailLimits::default())?;
    Ok(looked_into(house, mail, String::new(), 0, &[]))
}

fn looked_into(house: &MailHouse, mail: Mail, sha256: String, bytes: i64, to: &[String]) -> Incoming {
    let bounce = Bounce::of(&mail);
    let feedback = FeedbackReport::of(&mail).and_then(Result::ok);
    let xarf = Xarf::of(&mail).and_then(Result::ok);
    let facts = complaint::lines(feedback.as_ref(), xarf.as_ref());
    let own = clean(&mail.text, TEXT_CHARS.saturating_sub(facts.chars().count() + 2));
    // What machines tell has its own fields, and brings the mail it is about: a bounce our own.
    let inside = match (&bounce, &feedback, &xarf) {
        (Some(_), ..) => Inside::default(),
        (None, None, None) => inside(&mail),
        (_, _, xarf) => inside_complaint(&mail, xarf.as_ref()),
    };
    let files = mail
        .parts
        .iter()
        .enumerate()
        .map(|(position, part)| MessageFile {
            position: i64::try_from(position).unwrap_or(i64::MAX),
            name: clean(&part.name, 255),
            media_type: clean(&part.mime, 100),
            sha256: part.sha256(),
            bytes: i64::try_from(part.bytes.len()).unwrap_or(i64::MAX),
            text: inside.texts.get(&position).cloned().unwrap_or_default(),
        })
        .collect();
    // A report that stands in the text as JSON names its sender there, too.
    let is_fields = xarf.is_some() && own.trim_start().starts_with('{');
    let words = if is_fields { String::new() } else { own_words(&own) };
    let fields = complaint::said(feedback.as_ref(), xarf.as_ref());
    let seen = seen_in(house, &format!("{fields}\n{}\n{words}\n{}", mail.subject, inside.said));
    let text = match (facts.is_empty(), own.trim().is_empty()) {
        (true, _) => own,
        (false, true) => facts,
        (false, false) => format!("{}\n\n{facts}", own.trim_end()),
    };
    Incoming {
        sha256,
        bytes,
        to: to.iter().take(1_000).map(|mail| super::mail_key(mail)).collect(),
        known: None,
        sealed: None,
        sealed_fault: "",
        offered: sealed::offered(house, &mail),
        bounce,
        feedback,
        xarf,
        seen,
        files,
        text,
        form: None,
        mail,
    }
}

/// What a text speaks of, without what is ours.
pub fn seen_in(house: &MailHouse, text: &str) -> Vec<Seen> {
    let our_domains: Vec<&str> =
        house.addresses.iter().filter_map(|mail| mail.rsplit_once('@')).map(|(_, domain)| domain).collect();
    let mut seen: Vec<Seen> = Vec::new();
    let mut known = std::collections::HashSet::new();
    for one in observables(text, Tlds::built_in()) {
        let kind = one.kind.as_str();
        let ours = match kind {
            "mail" => house.is_ours(&one.value),
            "domain" => our_domains.contains(&one.value.as_str()),
            _ => false,
        };
        if !ours && known.insert((kind, one.value.clone())) {
            seen.push(Seen { kind: kind.into(), value: one.value });
        }
        if seen.len() >= OBSERVABLES {
            break;
        }
    }
    seen
}

/// What a message that is kept speaks of in the words of its sender.
fn seen_in_message(house: &MailHouse, one: &Message) -> Vec<Seen> {
    seen_in(house, &format!("{}\n{}", one.subject, own_words(&one.body)))
}

/// What a mail that is kept says of itself.
#[derive(Debug, Default)]
pub(crate) struct KeptSays {
    /// What it speaks of, with all that hangs on it.
    pub seen: Vec<Seen>,
    /// The marking it says, if it says one.
    pub tlp: Option<Tlp>,
}

/// What a message that is kept says: its mail is read again. Of one whose bytes cannot be read, what its words say.
pub(crate) async fn kept_says(house: &MailHouse, blobs: &Blobs, one: &Message) -> KeptSays {
    let by_words = || KeptSays { seen: seen_in_message(house, one), tlp: marking_in(&one.subject) };
    if one.sha256.is_empty() {
        return by_words();
    }
    let (blobs, sha256, limits) = (blobs.clone(), one.sha256.clone(), MailLimits::default());
    let reading = tokio::task::spawn_blocking(move || {
        let bytes = blobs.read(&sha256, limits.bytes as u64)?;
        let mail = Mail::read(&bytes, &limits);
        Ok::<_, BlobError>((bytes, mail))
    });
    let (bytes, mail) = match reading.await {
        Ok(Ok((bytes, Ok(mail)))) => (bytes, mail),
        Ok(Ok((_, Err(_)))) => return by_words(),
        Ok(Err(error)) => {
            tracing::warn!(%error, message = %one.id, "the bytes of a mail are not there: its text alone is looked into");
            return by_words();
        }
        Err(error) => {
            tracing::warn!(%error, message = %one.id, "the bytes of a mail were not read: its text alone is looked into");
            return by_words();
        }
    };
    let mail = sealed::opened(house, mail, &bytes).0;
    let tlp = marking_of(&mail);
    KeptSays { seen: looked_into(house, mail, String::new(), 0, &[]).seen, tlp }
}

/// What a message that is kept speaks of, as [`kept_says`] reads it.
pub(crate) async fn seen_in_kept(house: &MailHouse, blobs: &Blobs, one: &Message) -> Vec<Seen> {
    kept_says(house, blobs, one).await.seen
}

/// The marking a mail says, in its subject or in a field of its header.
pub(super) fn marking_of(mail: &Mail) -> Option<Tlp> {
    marking_in(&mail.subject).or_else(|| mail.header("X-TLP").and_then(marking_in))
}

/// The marking a text says, such as `TLP:RED`; the strictest of several.
fn marking_in(text: &str) -> Option<Tlp> {
    let upper = text.to_uppercase();
    upper
        .split("TLP:")
        .skip(1)
        .filter_map(|rest| {
            let word: String = rest.trim_start().chars().take_while(|c| c.is_ascii_alphabetic() || *c == '+').collect();
            Tlp::parse(&word)
        })
        .max_by_key(|tlp| tlp.rank())
}

/// A text as a row may hold it: bounded, without NUL.
pub(crate) fn clean(text: &str, most: usize) -> String {
    text.chars().filter(|c| *c != '\0').take(most).collect()
}
