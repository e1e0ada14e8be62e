//! The section `[response]` of the configuration.

use std::path::PathBuf;

use serde::Deserialize;

/// The section `[response]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// A policy of incidents instead of the built-in one.
    pub policy_file: Option<PathBuf>,
    /// Letters of incidents instead of the built-in ones: `<language>/incident/<name>.txt`.
    pub letters_folder: Option<PathBuf>,
    /// Mail of reports, investigations and countermeasures.
    pub mail: MailConfig,
    /// The form on which everybody may report.
    pub public: PublicConfig,
}

/// The section `[response.public]`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PublicConfig {
    /// Whether the form is there.
    pub form: bool,
}

impl Default for PublicConfig {
    fn default() -> Self {
        PublicConfig { form: true }
    }
}

/// The section `[response.mail]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailConfig {
    /// The name in the tag of subjects, `[NAME #2026-0001234]`; empty for `CIRT`. Changing it lets no old subject join any more.
    pub tag: String,
    /// Our own addresses, the usual one first; empty for the sender of `[mail]`.
    pub addresses: Vec<String>,
    /// Addresses that serve a part of the constituency each, under a name of its own.
    pub mailboxes: Vec<MailboxConfig>,
    /// Whether senders of reports hear by machine that they were received.
    pub acknowledge: bool,
    /// Minutes that pass between two automatic answers to one address.
    pub minutes_between: i64,
    /// Automatic answers to one address in 24 hours.
    pub answers_a_day: i64,
    /// The strictest marking that may leave as plain mail.
    pub plain_up_to: String,
    /// The strictest marking whose mail, and whose notices, leave without a second person; empty: all do.
    pub four_eyes_above: String,
    /// Whether mail to `cirt+anything@…` arrives as mail to `cirt@…` does (`recipient_delimiter` of Postfix).
    pub plus_addresses: bool,
    /// OpenPGP.
    pub pgp: PgpConfig,
    /// S/MIME.
    pub smime: SmimeConfig,
}

/// The section `[response.mail.smime]`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SmimeConfig {
    /// Whether mail with S/MIME is opened and checked.
    pub on: bool,
    /// Whether mail that leaves unencrypted is signed with our certificate, in place of our OpenPGP key.
    pub sign: bool,
}

impl Default for SmimeConfig {
    fn default() -> Self {
        SmimeConfig { on: true, sign: false }
    }
}

/// One of `[[response.mail.mailboxes]]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailboxConfig {
    /// The address that mail comes to and leaves from.
    pub address: String,
    /// Who writes: in the sender and under letters; empty for the name of the team.
    pub name: String,
    /// The name in the tag of its subjects; empty for the usual one. A tag of before goes on joining.
    pub tag: String,
    /// The language of its letters to whom nothing is known of; empty for the usual one.
    pub language: String,
}

/// The section `[response.mail.pgp]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PgpConfig {
    /// Whether signed and encrypted mail is opened and checked, and mail leaves signed and encrypted.
    pub on: bool,
    /// Whether mail that leaves is signed when there is a key of ours.
    pub sign: bool,
    /// Days before its end from which on a key is warned of.
    pub warn_days: i64,
    /// Days that a key of ours is valid from its making on.
    pub valid_days: u32,
    /// Looking up keys at the domains of their addresses.
    pub directory: DirectoryConfig,
}

/// The section `[response.mail.pgp.directory]`: Web Key Directory.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DirectoryConfig {
    /// Whether keys may be looked up at the domains of their addresses: those learn then that we write to them.
    pub on: bool,
    /// Whether a key that a domain gives out is accepted at once, without a person.
    pub accept: bool,
    /// A PEM file of certificate authorities to trust beside the system's.
    pub extra_root_file: Option<PathBuf>,
    /// Host and port on this machine that are asked without https in place of every domain. For tests.
    pub instead: String,
}

impl Default for PgpConfig {
    fn default() -> Self {
        PgpConfig { on: true, sign: true, warn_days: 30, valid_days: 730, directory: DirectoryConfig::default() }
    }
}

impl Default for MailConfig {
    fn default() -> Self {
        MailConfig {
            tag: String::new(),
            addresses: Vec::new(),
            mailboxes: Vec::new(),
            acknowledge: true,
            minutes_between: 10,
            answers_a_day: 5,
            plain_up_to: "AMBER".into(),
            four_eyes_above: String::new(),
            plus_addresses: false,
            pgp: PgpConfig::default(),
            smime: SmimeConfig::default(),
        }
    }
}
