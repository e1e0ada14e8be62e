//! The way mail leaves, as a person enters it, and a letter that tries it.

use std::path::Path;

use manara_model::{Micros, Tlp};
use manara_net::{Addressee, Delivery, Letter, MailConfig, MailConfigError, Mailer, Tls, TransportKind};
use manara_web::{Lang, Words};

use super::write::{SECRET, SetError, forget_secret, keep_secret, secret_login};
use crate::config::{Change, Config};
use crate::picture::is_mail_address;

/// How long one step of a test letter may take: somebody waits for it.
const TEST_SECONDS: u64 = 10;
/// Characters of a field.
const FIELD_CHARS: usize = 200;
/// The ways of encryption, in the order of the form.
pub const WAYS: [(&str, Tls); 4] = [
    ("required", Tls::Required),
    ("wrapper", Tls::Wrapper),
    ("opportunistic", Tls::Opportunistic),
    ("none", Tls::None),
];

/// What is said of mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailForm {
    /// Whether it leaves by a server, or stays in the built-in box.
    pub leaves: bool,
    /// The name of the sender.
    pub from_name: String,
    /// The address of the sender.
    pub from_mail: String,
    /// The server.
    pub host: String,
    /// Its port.
    pub port: String,
    /// One of [`WAYS`].
    pub tls: String,
    /// The login; empty for none.
    pub login: String,
    /// The password; empty for the one that is kept.
    pub password: String,
}

/// What is wrong with it; the words are `setup-mail-<code>`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailTrouble {
    /// The sender is no address.
    #[error("sender: expected an address such as cirt@example.org")]
    Sender,
    /// There is no server.
    #[error("host: expected the name or address of the mail server")]
    Host,
    /// The port is no port.
    #[error("port: expected a number from 1 to 65535")]
    Port,
    /// The encryption is none that is known.
    #[error("tls: expected required, wrapper, opportunistic or none")]
    Tls,
    /// Mail would travel in plain text.
    #[error("tls: without encryption mail goes to this machine only")]
    PlainText,
    /// A login without a password, or a password without a login.
    #[error("login and password: both or neither")]
    Account,
    /// The password that is kept is for another server.
    #[error("password: the one that is kept was given for another host, port or encryption; give it again")]
    Password,
    /// A field is too long, or holds what is no character.
    #[error("{0}: one line of at most {FIELD_CHARS} characters")]
    Field(&'static str),
    /// Something else; in English.
    #[error("{0}")]
    Other(String),
}

impl MailTrouble {
    /// The word in message keys.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Sender => "bad-sender",
            Self::Host => "bad-host",
            Self::Port => "bad-port",
            Self::Tls => "bad-tls",
            Self::PlainText => "plain-text",
            Self::Account => "bad-account",
            Self::Password => "bad-password",
            Self::Field(_) => "bad-field",
            Self::Other(_) => "other",
        }
    }

    /// The field it is about; empty when it is none alone.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Sender => "from_mail",
            Self::Host => "host",
            Self::Port => "port",
            Self::Tls | Self::PlainText => "tls",
            Self::Account => "login",
            Self::Password => "password",
            Self::Field(field) => field,
            Self::Other(_) => "",
        }
    }
}

impl MailForm {
    /// What the configuration says now; never the password.
    pub fn of(config: &Config) -> MailForm {
        let mail = &config.mail;
        let usual = mail.from == MailConfig::default().from;
        let (name, address) = match mail.from.rsplit_once('<') {
            Some((name, rest)) => (unquoted(name.trim()), rest.trim_end_matches('>').to_string()),
            None => (String::new(), mail.from.clone()),
        };
        let way = WAYS.iter().find(|(_, tls)| *tls == mail.smtp.tls).map_or("required", |(word, _)| word);
        MailForm {
            leaves: mail.transport == TransportKind::Smtp,
            from_name: if usual { config.team.clone() } else { name },
            from_mail: if usual { String::new() } else { address },
            host: mail.smtp.host.clone(),
            port: mail.smtp.port.to_string(),
            tls: way.to_string(),
            login: secret_login(config).unwrap_or_default(),
            password: String::new(),
        }
    }

    fn tls(&self) -> Result<Tls, MailTrouble> {
        WAYS.iter().find(|(word, _)| *word == self.tls).map(|(_, tls)| *tls).ok_or(MailTrouble::Tls)
    }

    fn sender(&self) -> String {
        // The name is quoted as RFC 5322 wants it, so that any characters can be in it.
        let name = self.from_name.trim().replace('\\', "\\\\").replace('"', "\\\"");
        if name.is_empty() { self.from_mail.clone() } else { format!("\"{name}\" <{}>", self.from_mail) }
    }

    /// The first thing that is wrong; `before` is the configuration whose password an empty one stands for.
    pub fn check(&self, before: &Config) -> Result<(), MailTrouble> {
        let texts = [
            ("from_name", &self.from_name),
            ("from_mail", &self.from_mail),
            ("host", &self.host),
            ("login", &self.login),
            ("password", &self.password),
        ];
        let is_bad = |text: &str| text.chars().count() > FIELD_CHARS || text.chars().any(char::is_control);
        if let Some((field, _)) = texts.into_iter().find(|(_, text)| is_bad(text)) {
            return Err(MailTrouble::Field(field));
        }
        if !is_mail_address(&self.from_mail) {
            return Err(MailTrouble::Sender);
        }
        let is_account = self.password.is_empty() && secret_login(before).as_ref() == Some(&self.login);
        // A password that nobody is shown goes to no server that it was not given for.
        let known = MailForm::of(before);
        let is_there = (&self.host, &self.port, &self.tls) == (&known.host, &known.port, &known.tls);
        if is_account && !is_there && !self.login.is_empty() {
            return Err(MailTrouble::Password);
        }
        if !is_account && self.login.is_empty() != self.password.is_empty() {
            return Err(MailTrouble::Account);
        }
        let plain_host = |c: char| c.is_ascii_alphanumeric() || ".-:_".contains(c);
        if self.leaves && (self.host.is_empty() || !self.host.chars().all(plain_host)) {
            return Err(MailTrouble::Host);
        }
        let port: u16 = self.port.parse().ok().filter(|port| *port > 0).ok_or(MailTrouble::Port)?;
        let mut config = before.mail.clone();
        config.from = self.sender();
        config.transport = if self.leaves { TransportKind::Smtp } else { TransportKind::Capture };
        (config.smtp.host, config.smtp.port, config.smtp.tls) = (self.host.clone(), port, self.tls()?);
        config.smtp.credentials_file = None; // It is written when everything else is right.
        match Mailer::new(&config) {
            Ok(_) => Ok(()),
            Err(MailConfigError::Address { .. }) => Err(MailTrouble::Sender),
            Err(MailConfigError::PlainText(_)) => Err(MailTrouble::PlainText),
            Err(other) => Err(MailTrouble::Other(other.to_string())),
        }
    }

    /// Keeps the account in its file and gives everything else as changes of `cirt.toml`.
    pub fn keep(&self, data: &Path, before: &Config) -> Result<Vec<Change>, SetError> {
        let port: i64 = self.port.parse().unwrap_or(587);
        let mut changes = vec![
            Change::set("mail", "transport", if self.leaves { "smtp" } else { "capture" }),
            Change::set("mail", "from", self.sender()),
            Change::set("mail.smtp", "host", self.host.as_str()),
            Change::set("mail.smtp", "port", port),
            Change::set("mail.smtp", "tls", self.tls.as_str()),
        ];
        if self.login.is_empty() {
            forget_secret(data)?;
            changes.push(Change::remove("mail.smtp", "credentials_file"));
        } else if !self.password.is_empty() {
            keep_secret(data, &self.login, &self.password)?;
            changes.push(Change::set("mail.smtp", "credentials_file", SECRET));
        } else if let Some(file) = &before.mail.smtp.credentials_file {
            // The password that is kept stays where it is.
            let file = file.strip_prefix(data).unwrap_or(file);
            changes.push(Change::set("mail.smtp", "credentials_file", file.display().to_string()));
        }
        Ok(changes)
    }
}

/// A name without the quotes around it.
fn unquoted(name: &str) -> String {
    let inside = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.map_or_else(|| name.to_string(), |inside| inside.replace("\\\"", "\"").replace("\\\\", "\\"))
}

/// Sends a letter that says that mail leaves, and gives what the server said to it; nothing when it stays in the house.
pub async fn test_letter(
    config: &MailConfig,
    words: &Words,
    lang: Lang,
    team: &str,
    to: &str,
    now: Micros,
) -> Result<Option<String>, String> {
    let mut config = config.clone();
    config.smtp.timeout_seconds = config.smtp.timeout_seconds.min(TEST_SECONDS);
    let mailer = Mailer::new(&config).map_err(|error| error.to_string())?;
    let team = if team.is_empty() { words.t(lang, "web-name") } else { team.to_string() };
    let plain = |text: String| text.replace(['\u{2068}', '\u{2069}'], "");
    let letter = Letter {
        id: format!("test-{}", now.0),
        reference: "test".into(),
        date: now,
        to: vec![Addressee { name: String::new(), mail: to.to_string() }],
        subject: plain(words.t_args(lang, "setup-mail-letter-subject", &[("team", team.clone().into())])),
        text: format!("{}\n", plain(words.t_args(lang, "setup-mail-letter", &[("team", team.into())]))),
        language: lang.tag().to_string(),
        tlp: Tlp::Clear,
        attachments: Vec::new(),
    };
    let mail = mailer.build(&letter).map_err(|error| error.to_string())?;
    let sent = mailer.send(&mail).await;
    mailer.close().await;
    match sent {
        Ok(Delivery::Accepted { response, .. }) => Ok(Some(response)),
        Ok(Delivery::Captured) => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::{MailForm, MailTrouble};
    use crate::config::{Config, TEMPLATE, changed};

    fn form() -> MailForm {
        MailForm {
            leaves: true,
            from_name: "الفريق \"الوطني\"".into(),
            from_mail: "cirt@example.org".into(),
            host: "mail.example.org".into(),
            port: "587".into(),
            tls: "required".into(),
            login: "cirt".into(),
            password: "open sesame".into(),
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_entered_is_what_the_configuration_says_and_the_password_is_apart() {
        let folder = tempfile::tempdir().expect("a folder");
        let before = Config::of(TEMPLATE, folder.path()).expect("valid");
        assert_eq!(form().check(&before), Ok(()));
        let text = changed(TEMPLATE, &form().keep(folder.path(), &before).expect("kept")).expect("changed");
        assert!(!text.contains("sesame"), "{text}");
        let after = Config::of(&text, folder.path()).expect("valid");
        assert!(manara_net::Mailer::new(&after.mail).is_ok(), "the file of the password is as the mailer wants it");
        let read = MailForm::of(&after);
        assert_eq!((read.login.as_str(), read.password.as_str(), read.leaves), ("cirt", "", true));
        assert_eq!((read.host.as_str(), read.from_mail.as_str()), ("mail.example.org", "cirt@example.org"));
        assert_eq!(read.from_name, form().from_name);
        // The password need not be typed again, until the login is another one.
        let again = MailForm { password: String::new(), ..form() };
        assert_eq!(again.check(&after), Ok(()));
        let text = changed(&text, &again.keep(folder.path(), &after).expect("kept")).expect("changed");
        assert!(text.contains("credentials_file = \"mail.secret\""), "{text}");
        // Nor does it go to another server, or by another way, unless it is given again.
        let elsewhere = MailForm { host: "mail.example.net".into(), ..again.clone() };
        assert_eq!(elsewhere.check(&after), Err(MailTrouble::Password));
        assert_eq!(MailForm { leaves: false, ..elsewhere.clone() }.check(&after), Err(MailTrouble::Password));
        assert_eq!(MailForm { tls: "opportunistic".into(), ..again.clone() }.check(&after), Err(MailTrouble::Password));
        assert_eq!(MailForm { password: "open sesame".into(), ..elsewhere }.check(&after), Ok(()));
        assert_eq!(MailForm { login: "other".into(), ..again }.check(&after), Err(MailTrouble::Account));
        let none = MailForm { login: String::new(), password: String::new(), ..form() };
        let text = changed(&text, &none.keep(folder.path(), &after).expect("kept")).expect("changed");
        let after = Config::of(&text, folder.path()).expect("valid");
        assert!(after.mail.smtp.credentials_file.is_none() && !folder.path().join("mail.secret").exists(), "{text}");
    }

    #[test]
    fn nonsense_is_told() {
        let before = Config::default();
        let of = |change: fn(&mut MailForm)| {
            let mut form = form();
            change(&mut form);
            form.check(&before)
        };
        assert_eq!(of(|f| f.from_mail = "nobody".into()), Err(MailTrouble::Sender));
        assert_eq!(of(|f| f.host = String::new()), Err(MailTrouble::Host));
        assert_eq!(of(|f| f.host = "a b".into()), Err(MailTrouble::Host));
        assert_eq!(of(|f| f.port = "0".into()), Err(MailTrouble::Port));
        assert_eq!(of(|f| f.tls = "perhaps".into()), Err(MailTrouble::Tls));
        assert_eq!(of(|f| f.tls = "none".into()), Err(MailTrouble::PlainText));
        assert_eq!(of(|f| f.password = String::new()), Err(MailTrouble::Account));
        assert_eq!(of(|f| f.login = "a\nb".into()), Err(MailTrouble::Field("login")));
        assert_eq!(of(|f| (f.leaves, f.host) = (false, String::new())), Ok(()));
    }
}
