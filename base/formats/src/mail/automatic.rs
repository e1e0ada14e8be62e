//! Why a machine must not answer a message (RFC 3834, and what mailers do instead).

use super::{Address, Mail};

/// Why a message must never be answered by a machine. Whoever answers a machine may talk to it for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Automatic {
    /// It was sent by a program that marks what it sends, perhaps by this one.
    Loop,
    /// It is a report of a program: of delivery, of reading, of abuse.
    Report,
    /// Its return path is empty: nobody wants to hear of it.
    EmptyReturnPath,
    /// `Auto-Submitted` says that nobody wrote it.
    AutoSubmitted,
    /// A field that only machines write.
    MachineField,
    /// It came over a mailing list or was sent to many.
    List,
    /// `Precedence` says bulk, junk or list.
    Precedence,
    /// `X-Auto-Response-Suppress` asks for silence.
    Suppressed,
    /// An answer of a calendar.
    Calendar,
    /// The sender is the mail system itself.
    Daemon,
    /// The sender's address says that nobody reads answers.
    NoReply,
    /// The subject is that of an answer in absence.
    Absence,
    /// It was sent from one of our own addresses.
    OwnAddress,
}

impl Automatic {
    /// All of them, in the order in which they are asked for.
    pub const ALL: [Automatic; 13] = [
        Automatic::Loop,
        Automatic::Report,
        Automatic::EmptyReturnPath,
        Automatic::AutoSubmitted,
        Automatic::MachineField,
        Automatic::List,
        Automatic::Precedence,
        Automatic::Suppressed,
        Automatic::Calendar,
        Automatic::Daemon,
        Automatic::NoReply,
        Automatic::Absence,
        Automatic::OwnAddress,
    ];

    /// How it is stored, and the end of the key of its words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Automatic::Loop => "loop",
            Automatic::Report => "report",
            Automatic::EmptyReturnPath => "empty-return-path",
            Automatic::AutoSubmitted => "auto-submitted",
            Automatic::MachineField => "machine-field",
            Automatic::List => "list",
            Automatic::Precedence => "precedence",
            Automatic::Suppressed => "suppressed",
            Automatic::Calendar => "calendar",
            Automatic::Daemon => "daemon",
            Automatic::NoReply => "no-reply",
            Automatic::Absence => "absence",
            Automatic::OwnAddress => "own-address",
        }
    }

    /// Reads what [`Automatic::as_str`] wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == text)
    }

    /// Why a message must not be answered, from itself alone.
    pub(super) fn of(mail: &Mail) -> Option<Automatic> {
        let is = |why: Automatic| match why {
            Automatic::Loop => has_any(mail, LOOP_FIELDS),
            Automatic::Report => is_report(mail),
            Automatic::EmptyReturnPath => mail.return_path.as_deref() == Some(""),
            Automatic::AutoSubmitted => {
                mail.headers_of("auto-submitted").any(|value| !first_word(value).eq_ignore_ascii_case("no"))
            }
            Automatic::MachineField => has_any(mail, MACHINE_FIELDS),
            Automatic::List => has_any(mail, LIST_FIELDS),
            Automatic::Precedence => ["precedence", "x-precedence", "preference"]
                .iter()
                .flat_map(|name| mail.headers_of(name))
                .any(|value| PRECEDENCES.contains(&first_word(value).to_ascii_lowercase().as_str())),
            Automatic::Suppressed => mail.headers_of("x-auto-response-suppress").any(|value| {
                value
                    .split(',')
                    .any(|word| ["all", "oof", "autoreply"].contains(&word.trim().to_ascii_lowercase().as_str()))
            }),
            Automatic::Calendar => mail
                .part("text/calendar")
                .is_some_and(|part| memchr::memmem::find(&part.bytes, b"METHOD:REPLY").is_some()),
            Automatic::Daemon => sender_is(mail, |local| DAEMONS.contains(&local)),
            Automatic::NoReply => sender_is(mail, |local| {
                let plain: String = local.chars().filter(|c| c.is_alphanumeric()).collect();
                NO_REPLY.iter().any(|name| plain.starts_with(name) || plain.ends_with(name))
            }),
            Automatic::Absence => is_absence(&mail.subject),
            // The message cannot know.
            Automatic::OwnAddress => false,
        };
        Self::ALL.into_iter().find(|why| is(*why))
    }
}

/// Fields with which programs find their own mail again.
const LOOP_FIELDS: &[&str] = &[
    "x-loop",
    "x-manara-loop",
    "x-rt-loop-prevention",
    "x-otrs-loop",
    "x-znuny-loop",
    "x-zammad-send-from-postmaster",
    "x-glpi-osloop",
    "x-osticket-loop",
];

/// Fields that only programs write.
const MACHINE_FIELDS: &[&str] = &[
    "x-autoreply",
    "x-auto-reply",
    "x-autorespond",
    "x-autoresponder",
    "x-autogenerated",
    "x-autoreply-from",
    "x-mail-autoreply",
    "x-vacation",
    "x-boxtrapper",
    "x-fc-machinegenerated",
    "x-cron-env",
    "x-jira-fingerprint",
    "x-servicenow-generated",
    "x-github-reason",
    "x-gitlab-notificationreason",
    "x-ms-exchange-inbox-rules-loop",
    "x-ms-exchange-generated-message-source",
    "x-failed-recipients",
    "x-nagios-notification-type",
];

/// Fields of mailing lists and of mail to many.
const LIST_FIELDS: &[&str] = &[
    "list-id",
    "list-post",
    "list-help",
    "list-unsubscribe",
    "list-subscribe",
    "list-owner",
    "mailing-list",
    "x-mailing-list",
    "x-beenthere",
    "x-mailman-version",
    "x-listname",
    "feedback-id",
    "x-campaign",
    "x-campaignid",
];

const PRECEDENCES: &[&str] = &["bulk", "junk", "list", "auto_reply", "auto-reply"];

const DAEMONS: &[&str] =
    &["mailer-daemon", "postmaster", "daemon", "mail-daemon", "double-bounce", "bounce", "bounces", "mailerdaemon"];

/// Local parts, without anything that is no letter or digit, that say that nobody reads answers.
const NO_REPLY: &[&str] = &[
    "noreply",
    "donotreply",
    "dontreply",
    "nepasrepondre",
    "noresponder",
    "nichtantworten",
    "noresponse",
    "naoresponda",
];

/// How subjects of answers in absence begin, in small letters.
const ABSENCES: &[&str] = &[
    "out of office",
    "out of the office",
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "auto response",
    "vacation reply",
    "away from my mail",
    "réponse automatique",
    "reponse automatique",
    "absence du bureau",
    "message d'absence",
    "message d’absence",
    "absent du bureau",
    "automatische antwort",
    "abwesenheitsnotiz",
    "abwesenheit:",
    "رد تلقائي",
    "الرد التلقائي",
    "خارج المكتب",
    "respuesta automática",
    "fuera de la oficina",
    "fuera de oficina",
    "resposta automática",
    "ausência temporária",
    "risposta automatica",
    "fuori sede",
    "automatisch antwoord",
    "afwezigheid",
    "autosvar",
    "automatiskt svar",
    "automaattinen vastaus",
    "odpowiedź automatyczna",
    "automatická odpověď",
    "automatikus válasz",
    "автоответ",
    "автоматический ответ",
    "otomatik yanıt",
    "自动回复",
    "自動回覆",
    "自動応答",
    "자동 회신",
];

fn has_any(mail: &Mail, names: &[&str]) -> bool {
    let is_said = |value: &str| !matches!(first_word(value).to_ascii_lowercase().as_str(), "no" | "false" | "none");
    mail.headers.iter().any(|(name, value)| names.contains(&name.to_ascii_lowercase().as_str()) && is_said(value))
}

fn first_word(value: &str) -> &str {
    value
        .split(|c: char| c.is_whitespace() || matches!(c, ';' | '(' | ','))
        .find(|word| !word.is_empty())
        .unwrap_or_default()
}

fn is_report(mail: &Mail) -> bool {
    const REPORTS: &[&str] = &[
        "message/delivery-status",
        "message/global-delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "message/tracking-status",
    ];
    let is_multipart = mail.header("content-type").is_some_and(|value| {
        value.trim_start().get(..16).is_some_and(|begin| begin.eq_ignore_ascii_case("multipart/report"))
    });
    is_multipart || mail.parts.iter().any(|part| REPORTS.contains(&part.mime.as_str()))
}

fn sender_is(mail: &Mail, rule: impl Fn(&str) -> bool) -> bool {
    let path = mail.return_path.as_ref().map(|address| Address { name: None, address: address.clone() });
    mail.from.iter().chain(path.as_ref()).any(|sender| rule(&sender.local()))
}

/// An answer in absence by a mailer that writes no field about it, such as old Notes and GroupWise.
fn is_absence(subject: &str) -> bool {
    let subject = subject.trim().to_lowercase();
    let plain =
        ["re:", "tr:", "aw:", "رد:"].iter().find_map(|prefix| subject.strip_prefix(prefix)).unwrap_or(&subject).trim();
    ABSENCES.iter().any(|begin| plain.starts_with(begin))
        || plain.ends_with("is out of the office")
        || plain.ends_with("is out of the office.")
        || plain.contains(" is out of the office (")
}

#[cfg(test)]
mod tests {
    use super::{Automatic, is_absence};
    use crate::mail::{Mail, MailLimits};

    fn why(head: &str) -> Option<Automatic> {
        let bytes =
            format!("From: Ana <ana@example.org>\nTo: team@cirt.example\nSubject: A question\n{head}\n\nHello\n");
        Mail::read(bytes.as_bytes(), &MailLimits::default()).unwrap().automatic
    }

    #[test]
    fn a_reason_survives_its_text() {
        for reason in Automatic::ALL {
            assert_eq!(Automatic::parse(reason.as_str()), Some(reason));
        }
    }

    #[test]
    fn people_are_answered() {
        for head in [
            "X-Mailer: Something",
            "Auto-Submitted: no",
            "auto-submitted:  No (really)",
            "Precedence: first-class",
            "X-Auto-Response-Suppress: DR, RN",
            "X-Auto-Response-Suppress: None",
            "X-Autoreply: no",
            "Return-Path: <ana@example.org>",
            "Subject: Re: we are out of office chairs",
        ] {
            assert_eq!(why(head), None, "{head}");
        }
    }

    #[test]
    fn machines_are_not() {
        for (head, expected) in [
            ("Return-Path: <>", Automatic::EmptyReturnPath),
            ("Return-Path: < >", Automatic::EmptyReturnPath),
            ("Auto-Submitted: auto-replied", Automatic::AutoSubmitted),
            ("AUTO-SUBMITTED: Auto-Generated; owner-email=x", Automatic::AutoSubmitted),
            ("Precedence: bulk", Automatic::Precedence),
            ("X-Precedence: auto_reply", Automatic::Precedence),
            ("List-Id: <x.example.org>", Automatic::List),
            ("X-Loop: team@cirt.example", Automatic::Loop),
            ("X-Auto-Response-Suppress: DR, OOF, AutoReply", Automatic::Suppressed),
            ("X-Autoreply: yes", Automatic::MachineField),
            ("Return-Path: <MAILER-DAEMON@example.org>", Automatic::Daemon),
            ("Return-Path: <no-reply@example.org>", Automatic::NoReply),
        ] {
            assert_eq!(why(head), Some(expected), "{head}");
        }
    }

    #[test]
    fn own_mail_is_told_by_whoever_knows_the_own_addresses() {
        let own = ["cert@cirt.example".to_owned()];
        let mail = |from: &str| Mail::read(format!("From: {from}\n\nx").as_bytes(), &MailLimits::default()).unwrap();
        assert_eq!(mail("CERT@cirt.example").unanswerable(&own), Some(Automatic::OwnAddress));
        assert_eq!(mail("ana@example.org").unanswerable(&own), None);
    }

    #[test]
    fn absences_are_told_by_how_a_subject_begins() {
        for subject in [
            "Automatic reply: [CIRT #4]",
            "Réponse automatique : Avis",
            "رد تلقائي: بلاغ",
            "Ana B is out of the office.",
        ] {
            assert!(is_absence(subject), "{subject}");
        }
        assert!(!is_absence("Phishing by a false out of office answer"));
    }
}
