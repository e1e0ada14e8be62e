//! Mail: how it comes in, which ticket it belongs to, and how it leaves.

mod complaint;
mod intake;
mod keyring;
mod letters;
mod mailbox;
mod nested;
mod protection;
mod read;
mod returned;
mod sealed;
mod send;
mod thread;
mod token;

pub use complaint::{Fact, facts_of, happened};
pub use intake::{Outcome, OutcomeKind, SEND_JOB, take, take_past, taken_already};
pub(crate) use intake::{UNCLASSIFIED, answered, language_of};
pub use keyring::Keyring;
pub(crate) use letters::built_in_title;
pub use letters::{IncidentLetters, LANGUAGES, LetterAbout, LetterKind};
pub use mailbox::Mailbox;
pub use protection::{Protection, protection};
pub use read::{Incoming, Known, Proof, ReadError, look_at, read, read_again, seen_in};
pub(crate) use read::{KeptSays, kept_says, seen_in_kept};
pub(crate) use sealed::SIGNATURES;
pub use sealed::Unsealed;
pub(crate) use send::Sealed;
pub use send::{PostError, Posted, due, lift, recover, retry, send, stop, suspend};
pub(crate) use thread::whole;
pub(crate) use token::hex;
pub use token::{Tokens, is_number, number_in, tag, tagged};

use manara_model::Tlp;
use manara_net::{FetchConfig, FetchError, Fetcher, LetterFailed};
use manara_store::{Db, StoreError};

use crate::policy::{Policy, PolicyError};
use crate::{Config, MailConfig, PgpConfig, SmimeConfig};

/// What intake has to know of the house.
#[derive(Debug)]
pub struct MailHouse {
    /// The name in the tag of subjects: `[NAME #2026-0001234]`.
    pub tag: String,
    /// Our own addresses in lower case, the usual one first.
    pub addresses: Vec<String>,
    /// Those of them that serve a part of the constituency each.
    pub mailboxes: Vec<Mailbox>,
    /// The tokens of this house.
    pub tokens: Tokens,
    /// The language of whom nothing is known.
    pub language: String,
    /// The letters.
    pub letters: IncidentLetters,
    /// Whether senders of reports hear by machine that they were received.
    pub acknowledge: bool,
    /// Minutes that pass between two automatic answers to one address.
    pub minutes_between: i64,
    /// Automatic answers to one address in 24 hours.
    pub answers_a_day: i64,
    /// The strictest marking that may leave as plain mail.
    pub plain_up_to: Tlp,
    /// The strictest marking whose mail leaves without a second person; none: all mail does.
    pub four_eyes_above: Option<Tlp>,
    /// Whether our addresses work with a detail behind a plus, so that answers and bounces come to an address of their own.
    pub plus_addresses: bool,
    /// What is done with OpenPGP.
    pub pgp: PgpConfig,
    /// What is done with S/MIME.
    pub smime: SmimeConfig,
    /// Our own keys.
    pub keyring: Keyring,
    /// What looks up keys at the domains of their addresses; none when nobody allowed it.
    pub directory: Option<Fetcher>,
    /// Until when a report that came in is due.
    pub policy: Policy,
}

/// Why mail cannot be handled as it is configured.
#[derive(Debug, thiserror::Error)]
pub enum MailHouseError {
    /// A word of the configuration.
    #[error("[response.mail] {key} = {found:?}; expected {expected}")]
    Config {
        /// Which.
        key: &'static str,
        /// What stands there.
        found: String,
        /// What should.
        expected: &'static str,
    },
    /// What keys are looked up with.
    #[error("[response.mail.pgp.directory] {0}")]
    Directory(#[from] FetchError),
    /// The policy of incidents.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// A letter.
    #[error(transparent)]
    Letter(#[from] LetterFailed),
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The strictest marking whose mail and notices leave without a second person; none when all do.
pub fn four_eyes_above(mail: &MailConfig) -> Result<Option<Tlp>, MailHouseError> {
    match mail.four_eyes_above.trim() {
        "" => Ok(None),
        word => Tlp::parse(word).map(Some).ok_or_else(|| MailHouseError::Config {
            key: "four_eyes_above",
            found: word.into(),
            expected: "CLEAR, GREEN, AMBER, AMBER+STRICT, RED, or nothing: one person is always enough",
        }),
    }
}

impl MailHouse {
    /// The mail of a house as it is configured. `sender` is the address of `[mail]`, `team` the name letters are signed with,
    /// `language` that of whom nothing is known.
    pub async fn open(
        db: &Db,
        config: &Config,
        (team, sender): (&str, &str),
        language: &str,
    ) -> Result<Self, MailHouseError> {
        let mail = &config.mail;
        let wrong = |key, found: &str, expected| MailHouseError::Config { key, found: found.into(), expected };
        let tag = if mail.tag.trim().is_empty() { "CIRT" } else { mail.tag.trim() };
        if tag.chars().any(|c| matches!(c, '[' | ']' | '#') || c.is_control()) || tag.chars().count() > 40 {
            return Err(wrong("tag", tag, "a short name without brackets and #"));
        }
        let given = mail.addresses.iter().map(String::as_str).filter(|mail| !mail.trim().is_empty());
        let mut addresses: Vec<String> = given.map(mail_key).collect();
        if addresses.is_empty() {
            addresses.push(mail_key(sender));
        }
        if let Some(bad) = addresses.iter().find(|mail| !mail.contains('@')) {
            return Err(wrong("addresses", bad, "mail addresses such as cirt@cirt.example"));
        }
        let mut mailboxes = Vec::with_capacity(mail.mailboxes.len());
        for one in &mail.mailboxes {
            let made = Mailbox::of(one, (team, tag), language)
                .map_err(|(key, found, expected)| wrong(key, found, expected))?;
            if !addresses.contains(&made.address) {
                addresses.push(made.address.clone());
            }
            mailboxes.push(made);
        }
        let plain_up_to = Tlp::parse(&mail.plain_up_to)
            .ok_or_else(|| wrong("plain_up_to", &mail.plain_up_to, "CLEAR, GREEN, AMBER, AMBER+STRICT or RED"))?;
        let four_eyes_above = four_eyes_above(mail)?;
        let directory = match mail.pgp.on && mail.pgp.directory.on {
            true => Some(Fetcher::new(&FetchConfig {
                extra_root_file: mail.pgp.directory.extra_root_file.clone(),
                instead: mail.pgp.directory.instead.clone(),
            })?),
            false => None,
        };
        let team = (team.to_string(), addresses.first().cloned().unwrap_or_default());
        Ok(MailHouse {
            tag: tag.into(),
            tokens: Tokens::open(db).await?,
            language: if language.is_empty() { "en".into() } else { language.into() },
            letters: IncidentLetters::load(config.letters_folder.as_deref(), team)?,
            acknowledge: mail.acknowledge,
            minutes_between: mail.minutes_between.max(0),
            answers_a_day: mail.answers_a_day.max(0),
            plain_up_to,
            four_eyes_above,
            plus_addresses: mail.plus_addresses,
            pgp: mail.pgp.clone(),
            smime: mail.smime,
            keyring: Keyring::default(),
            directory,
            policy: Policy::load(config.policy_file.as_deref())?,
            addresses,
            mailboxes,
        })
    }

    /// The same house with the folder of its secret keys.
    #[must_use]
    pub fn with_keyring(self, keyring: Keyring) -> Self {
        MailHouse { keyring, ..self }
    }

    /// The address of ours that answers come to and mail leaves from.
    pub fn address(&self) -> &str {
        self.addresses.first().map_or("", String::as_str)
    }

    /// The Message-ID of a message of a ticket, without angle brackets.
    pub fn message_id(&self, message: &str, number: &str) -> String {
        let domain = self.address().rsplit_once('@').map_or("localhost", |(_, domain)| domain);
        format!("{}@{domain}", self.tokens.message_id(message, number))
    }

    /// Where answers to a ticket of an address go, if not to that address.
    pub fn reply_address(&self, mailbox: &str, number: &str) -> Option<String> {
        self.plus_addresses.then(|| self.tokens.reply_address(self.sender(mailbox), number))
    }

    /// Where the bounce of a delivery goes, if not to the address it left from.
    pub fn bounce_address(&self, mailbox: &str, delivery: &str) -> Option<String> {
        self.plus_addresses.then(|| self.tokens.bounce_address(self.sender(mailbox), delivery))
    }

    /// What serves a part of the constituency under an address, if something does.
    pub fn mailbox(&self, address: &str) -> Option<&Mailbox> {
        self.mailboxes.iter().find(|one| one.address == address)
    }

    /// The address that mail of a ticket leaves from: its mailbox, or the usual one.
    pub fn sender(&self, mailbox: &str) -> &str {
        self.mailbox(mailbox).map_or_else(|| self.address(), |one| one.address.as_str())
    }

    /// The subject of a ticket with its tag.
    pub fn tagged(&self, mailbox: &str, number: &str, subject: &str) -> String {
        tagged(self.mailbox(mailbox).map_or(self.tag.as_str(), |one| one.tag.as_str()), number, subject)
    }

    /// The number that a tag of this house says in a subject: the usual tag, or that of a mailbox.
    pub fn number_in(&self, subject: &str) -> Option<String> {
        let mut tags = std::iter::once(&self.tag).chain(self.mailboxes.iter().map(|one| &one.tag));
        tags.find_map(|tag| number_in(tag, subject))
    }

    /// Whether an address is one of ours, with or without a detail behind a plus.
    pub fn is_ours(&self, address: &str) -> bool {
        let plain = without_detail(&mail_key(address));
        self.addresses.contains(&plain)
    }
}

/// An address as it is compared: lower case, no white space around.
pub fn mail_key(address: &str) -> String {
    address.trim().to_lowercase()
}

/// An address without what follows a plus.
pub(crate) fn without_detail(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => format!("{}@{domain}", local.split('+').next().unwrap_or_default()),
        None => address.to_string(),
    }
}
