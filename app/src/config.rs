//! `cirt.toml`, the one file of configuration.

mod edit;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use manara_web::{Usual, UsualError};
use serde::Deserialize;

pub use edit::{Change, changed};

/// The name of the file.
pub const FILE: &str = "cirt.toml";

/// The configuration of a data folder. Unknown keys are refused; every key has a default.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Name of the team, as pages and letters show it.
    pub team: String,
    /// PostgreSQL URL of the state database; empty for the SQLite file in the data folder.
    pub database: String,
    /// Host names the pages answer to, besides the address they listen on.
    pub host_names: Vec<String>,
    /// The address under which constituents reach the pages, such as `https://cirt.example.org`: what the links in letters
    /// begin with. Empty for the address the pages are served at, which is good for a rehearsal only.
    pub public_address: String,
    /// Whether readers come by https, through a proxy that adds it: cookies are then sent by https only.
    pub https: bool,
    /// Whether a proxy stands before the pages and the last address of `X-Forwarded-For` is to be believed.
    pub behind_proxy: bool,
    /// Folder that overrides the built-in content file by file; empty for none.
    pub content_folder: Option<PathBuf>,
    /// Memory queries may take together, in megabytes.
    pub query_memory_mb: Option<usize>,
    /// Rows of a file that one transaction stores; more need fewer writes and more memory.
    pub part_rows: Option<u64>,
    /// The nation: what is usual for readers who set nothing.
    pub nation: NationConfig,
    /// The public description of the team.
    pub profile: crate::profile::ProfileConfig,
    /// The API.
    pub api: ApiConfig,
    /// Webhooks.
    pub webhooks: manara_net::HookConfig,
    /// Questions to registries outside.
    pub research: manara_net::AskConfig,
    /// How mail leaves.
    pub mail: manara_net::MailConfig,
    /// Where mail is brought to us, by LMTP or SMTP, while the pages are served.
    pub inbound: Vec<manara_net::InboundConfig>,
    /// Mailboxes from which mail is fetched, while the pages are served.
    pub imap: Vec<manara_net::ImapConfig>,
    /// Notices.
    pub warning: manara_warning::Config,
    /// Incidents.
    pub response: manara_response::Config,
    /// The daily digest.
    pub digest: crate::picture::DigestConfig,
}

/// The nation the house is in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NationConfig {
    /// Two letters of ISO 3166-1; they also say how Arabic writes numbers and months there.
    pub country: String,
    /// Time zone of readers who set none; empty for UTC.
    pub zone: String,
    /// Language of readers of whom nothing is known; empty for English.
    pub language: String,
    /// Languages that can be chosen; empty for all.
    pub languages: Vec<String>,
}

impl NationConfig {
    /// What holds for readers who set nothing.
    pub fn usual(&self) -> Result<Usual, UsualError> {
        Usual::read(&self.language, &self.languages, &self.zone, &self.country)
    }
}

/// The API, as far as it is configured.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ApiConfig {
    /// How many requests a minute each token may make.
    pub requests_per_minute: u32,
}

impl Default for ApiConfig {
    fn default() -> Self {
        ApiConfig { requests_per_minute: 600 }
    }
}

/// What `init` writes.
pub const TEMPLATE: &str = "\
# Manara's configuration. Every key is optional; the values shown are the defaults.

# Name of the team, as pages and letters show it.
team = \"\"

# PostgreSQL for the state: postgres://user@host/name. Empty: SQLite in this folder.
database = \"\"

# Host names the pages answer to, besides the address they listen on.
host_names = []

# The address under which constituents reach these pages: what the links in letters begin with, such as
# \"https://cirt.example.org\". Empty: the address the pages are served at, which is good for a rehearsal only.
public_address = \"\"

# Set both when a proxy with https stands before the pages.
https = false
behind_proxy = false

# Memory queries may take together.
query_memory_mb = 256

# Rows of a file that one transaction stores, and that are read again after a crash.
part_rows = 1048576

[nation]
# Two letters of the country (ISO 3166-1).
country = \"\"
# Time zone of people who set none, such as \"Africa/Cairo\". Empty: UTC.
zone = \"\"
# Language of readers of whom nothing is known (en, ar or fr), and the languages that can be chosen. Empty: English, and all.
language = \"\"
languages = []

# The public description of the team: RFC 2350 and security.txt (docs/handbook/documents.md).
[profile]
# Whether everybody may read /rfc2350 and /.well-known/security.txt.
published = false

# Questions to registries outside (RDAP and whois), only when a person presses the button.
[research]
# Whether they may be asked: whoever it is about may notice the question.
ask = false
# Where the lists of registries come from when the folder rdap in the data folder has none; empty to fetch none.
bootstrap_address = \"https://data.iana.org/rdap/\"
# The server of whois that is asked first.
whois_server = \"whois.iana.org\"
# Questions a minute of the whole house, and hours in which an answer is shown again instead of asking anew.
questions_per_minute = 10
keep_hours = 24

[api]
# How many requests a minute each token may make.
requests_per_minute = 600

[mail]
# \"capture\" keeps mail in the built-in box (Notices > Mail box); \"smtp\" sends it.
transport = \"capture\"

# Mail of reports and investigations (docs/handbook/response.md).
[response.mail]
# The name in the tag of subjects: [CIRT #2026-0001234].
tag = \"CIRT\"
# Our addresses, the usual one first. Empty: the sender of [mail].
addresses = []
# Whether senders of reports hear by machine that they were received.
acknowledge = true
# The strictest marking that may leave as plain mail.
plain_up_to = \"AMBER\"
# The strictest marking whose mail and notices leave without a second person; empty: all do.
four_eyes_above = \"\"
# Whether mail to cirt+anything@ arrives as mail to cirt@ does.
plus_addresses = false

# Addresses for parts of the constituency, each with a name, a tag and a language of its own:
# [[response.mail.mailboxes]]
# address = \"gov@cirt.example\"
# name = \"CIRT for government\"
# tag = \"GOV\"
# language = \"fr\"

# Signed and encrypted mail; `manara mail keys generate` makes the key.
[response.mail.pgp]
on = true
# Whether mail that leaves is signed when there is a key of ours.
sign = true
# Days before its end from which on a key is warned of, and days that a key of ours is valid.
warn_days = 30
valid_days = 730

# Keys of others, looked up at the domains of their addresses. A domain learns by it that somebody here writes to it.
[response.mail.pgp.directory]
on = false
# Whether a key that a domain gives out is accepted at once, without a person.
accept = false

# S/MIME; `manara mail keys import FILE` brings our certificate, and with --accept those who vouch for others.
[response.mail.smime]
on = true
# Whether mail that leaves unencrypted is signed with our certificate, in place of our OpenPGP key.
sign = false

# Whether everybody may report at /report, without an account.
[response.public]
form = true

# Where the site's mail server brings mail to, and mailboxes to fetch it from:
# [[inbound]]
# protocol = \"lmtp\"                   # or smtp
# listen = \"127.0.0.1:2424\"
# [[imap]]
# host = \"mail.cirt.example\"
# credentials_file = \"imap.secret\"    # two lines: login, password

# A mail each morning about the day before. People ask for it themselves (Picture > Daily digest); addresses without an
# account are named here:
# [digest]
# at = \"06:00\"                        # UTC
# [[digest.to]]
# mail = \"head@cirt.example\"
# language = \"en\"                     # or ar, fr
# marking = \"AMBER\"                   # what is marked more strictly is not counted
";

impl Config {
    /// Reads `cirt.toml` of a data folder; a folder without one has the defaults.
    pub fn read(data: &Path) -> anyhow::Result<Config> {
        let path = data.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Config::default()),
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        Self::of(&text, data).with_context(|| format!("{} is not a valid configuration", path.display()))
    }

    /// The configuration a text says, for a data folder.
    pub fn of(text: &str, data: &Path) -> anyhow::Result<Config> {
        let mut config: Config = toml::from_str(text)?;
        config.nation.usual().context("section [nation]")?;
        // A file that is named without its folder lies in the data folder.
        if let Some(file) = &mut config.mail.smtp.credentials_file {
            *file = data.join(&*file);
        }
        for imap in &mut config.imap {
            if let Some(file) = &mut imap.credentials_file {
                *file = data.join(&*file);
            }
        }
        if let Some(dkim) = &mut config.mail.dkim {
            dkim.key_file = data.join(&dkim.key_file);
        }
        Ok(config)
    }
}
