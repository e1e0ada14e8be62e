//! Complaints of mail providers in the abuse reporting format (RFC 5965, with RFC 6591 and RFC 6692).

use std::net::IpAddr;

use manara_model::Micros;

use super::fault::Faults;
use super::head::{Head, date};
use super::{Mail, MailLimits};
use crate::parse_ip;

/// Most values of one field.
const VALUES: usize = 100;

/// A complaint about one message.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedbackReport {
    /// What it complains of, in small letters: `abuse`, `fraud`, `virus`, `auth-failure`, …
    pub feedback_type: String,
    /// The version of the format.
    pub version: String,
    /// The program that wrote it.
    pub user_agent: Option<String>,
    /// From where the message came.
    pub source_ip: Option<IpAddr>,
    /// The port it came from (RFC 6692): behind a shared address the only way to find the source.
    pub source_port: Option<u16>,
    /// When the message came.
    pub arrival_date: Option<Micros>,
    /// How many messages it stands for.
    pub incidents: u64,
    /// The sender on the envelope, without its brackets.
    pub original_mail_from: Option<String>,
    /// The recipients on the envelope, without their brackets; often blacked out (RFC 6590).
    pub original_rcpt_to: Vec<String>,
    /// The domains it is about.
    pub reported_domains: Vec<String>,
    /// The addresses in the message that it is about.
    pub reported_uris: Vec<String>,
    /// Who took the message.
    pub reporting_mta: Option<String>,
    /// What was found about who really sent it.
    pub authentication_results: Vec<String>,
    /// What failed, for `auth-failure` (RFC 6591): `dkim`, `spf`, `dmarc`, …
    pub auth_failure: Option<String>,
    /// All fields in their order, each on one line.
    pub fields: Vec<(String, String)>,
    /// The fields of the message it is about, as far as they were sent.
    pub original_headers: Vec<(String, String)>,
    /// The `Message-ID` of that message, without its brackets.
    pub original_message_id: Option<String>,
}

/// Why a complaint could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedbackError {
    /// A field that must stand there is missing.
    #[error("the complaint has no field {0}")]
    Missing(&'static str),
    /// A field that may stand once stands there twice.
    #[error("the complaint has the field {0} more than once")]
    Doubled(&'static str),
    /// A field has a value that cannot be.
    #[error("the field {field} of the complaint has the value “{found}”; {expected} is expected")]
    Wrong {
        /// The field.
        field: &'static str,
        /// What stands there, cut.
        found: String,
        /// What should.
        expected: &'static str,
    },
}

/// What each kind of complaint is in the taxonomy: class and type.
const TAXONOMY: &[(&str, (&str, &str))] = &[
    ("abuse", ("abusive-content", "spam")),
    ("opt-out", ("abusive-content", "spam")),
    ("opt-out-list", ("abusive-content", "spam")),
    ("fraud", ("fraud", "phishing")),
    ("virus", ("malicious-code", "malware-distribution")),
    ("auth-failure", ("fraud", "masquerade")),
    ("dmarc", ("fraud", "masquerade")),
    ("not-spam", ("other", "other")),
    ("other", ("other", "undetermined")),
];

impl FeedbackReport {
    /// Reads the complaint in a message; `None` if there is none. XARF 3 uses the same envelope and is read by [`super::Xarf::of`].
    #[must_use]
    pub fn of(mail: &Mail) -> Option<Result<FeedbackReport, FeedbackError>> {
        let part = mail.part("message/feedback-report")?;
        let head = Head::read(part.bytes.trim_ascii_start(), &MailLimits::default(), &mut Faults::default());
        if head.line("feedback-type").is_some_and(|kind| kind.eq_ignore_ascii_case("xarf")) {
            return None;
        }
        Some(read(&head, mail))
    }

    /// Class and type of the taxonomy.
    #[must_use]
    pub fn rsit(&self) -> (&'static str, &'static str) {
        let known = TAXONOMY.iter().find(|(kind, _)| *kind == self.feedback_type);
        known.map_or(("other", "undetermined"), |(_, found)| *found)
    }
}

fn read(head: &Head<'_>, mail: &Mail) -> Result<FeedbackReport, FeedbackError> {
    let one = |name: &'static str| match head.all(name).count() {
        0 => Err(FeedbackError::Missing(name)),
        1 => Ok(head.line(name).unwrap_or_default()),
        _ => Err(FeedbackError::Doubled(name)),
    };
    let maybe = |name: &'static str| match one(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(FeedbackError::Missing(_)) => Ok(None),
        Err(why) => Err(why),
    };
    let many = |name: &str| {
        head.all(name)
            .map(|value| bare(&super::one_line(value)))
            .filter(|value| !value.is_empty())
            .take(VALUES)
            .collect::<Vec<String>>()
    };
    let feedback_type = one("Feedback-Type")?.to_ascii_lowercase();
    let is_word = !feedback_type.is_empty() && feedback_type.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !is_word || feedback_type.len() > 60 {
        return Err(wrong("Feedback-Type", &feedback_type, "a word such as abuse"));
    }
    let version = one("Version")?;
    if version.parse::<f32>().is_err() {
        return Err(wrong("Version", &version, "a number such as 1"));
    }
    let source_ip = match maybe("Source-IP")? {
        None => None,
        Some(text) => {
            let inner = text.trim_matches(['[', ']']);
            Some(
                parse_ip(inner.strip_prefix("IPv6:").unwrap_or(inner))
                    .ok_or_else(|| wrong("Source-IP", &text, "an IP address"))?,
            )
        }
    };
    let source_port = match maybe("Source-Port")? {
        None => None,
        Some(text) => {
            let port = text.parse().ok().filter(|port| *port > 0u16);
            Some(port.ok_or_else(|| wrong("Source-Port", &text, "a number from 1 to 65535"))?)
        }
    };
    let arrival = match maybe("Arrival-Date")? {
        None => maybe("Received-Date")?,
        found => found,
    };
    let arrival_date = match arrival {
        None => None,
        Some(text) => Some(date(&text).ok_or_else(|| wrong("Arrival-Date", &text, "a date as mail writes it"))?),
    };
    let incidents = match maybe("Incidents")? {
        None => 1,
        Some(text) => text.parse().map_err(|_| wrong("Incidents", &text, "a number"))?,
    };
    let auth_failure = maybe("Auth-Failure")?.map(|value| value.to_ascii_lowercase());
    if feedback_type == "auth-failure" && auth_failure.is_none() {
        return Err(FeedbackError::Missing("Auth-Failure"));
    }
    let original = mail.parts.iter().find(|part| part.nested || part.mime.ends_with("rfc822-headers"));
    let original = original.map(|part| Head::read(&part.bytes, &MailLimits::default(), &mut Faults::default()));
    let lines =
        |head: &Head<'_>| head.fields.iter().map(|field| (field.name.clone(), field.line())).collect::<Vec<_>>();
    Ok(FeedbackReport {
        feedback_type,
        version,
        user_agent: maybe("User-Agent")?,
        source_ip,
        source_port,
        arrival_date,
        incidents,
        original_mail_from: maybe("Original-Mail-From")?.map(|value| bare(&value)),
        original_rcpt_to: many("Original-Rcpt-To"),
        reported_domains: many("Reported-Domain"),
        reported_uris: many("Reported-URI"),
        reporting_mta: maybe("Reporting-MTA")?
            .map(|value| value.split_once(';').map_or(value.clone(), |(_, name)| name.trim().to_owned())),
        authentication_results: many("Authentication-Results"),
        auth_failure,
        fields: lines(head),
        original_message_id: original.as_ref().and_then(|head| head.ids("message-id").pop()),
        original_headers: original.as_ref().map(lines).unwrap_or_default(),
    })
}

/// A value without the brackets around it.
fn bare(value: &str) -> String {
    let inner = value.trim();
    inner.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(inner).to_owned()
}

fn wrong(field: &'static str, found: &str, expected: &'static str) -> FeedbackError {
    FeedbackError::Wrong { field, found: found.chars().take(80).collect(), expected }
}

#[cfg(test)]
mod tests {
    use super::{FeedbackError, FeedbackReport, TAXONOMY};
    use crate::mail::{Mail, MailLimits};
    use manara_model::CLASSES;

    fn report(fields: &str) -> Option<Result<FeedbackReport, FeedbackError>> {
        let text = format!(
            "From: feedback@provider.example\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nA complaint.\n\
             --b\nContent-Type: message/feedback-report\n\n{fields}\n--b\nContent-Type: message/rfc822\n\nFrom: x@y.example\nMessage-ID: <9@y.example>\n\nBuy\n--b--\n"
        );
        FeedbackReport::of(&Mail::read(text.as_bytes(), &MailLimits::default()).unwrap())
    }

    #[test]
    fn a_complaint_is_read_field_by_field() {
        let found = report(
            "Feedback-Type: abuse\nUser-Agent: SomeGenerator/1.0\nVersion: 1\nOriginal-Mail-From: <x@y.example>\nOriginal-Rcpt-To: <a@p.example>\n\
             Original-Rcpt-To: <b@p.example>\nArrival-Date: Thu, 8 Jan 2026 10:00:00 +0100\nReporting-MTA: dns; mx.p.example\nSource-IP: 192.0.2.1\n\
             Source-Port: 4711\nIncidents: 3\nReported-Domain: y.example\nReported-URI: http://y.example/a\nAuthentication-Results: mx.p.example;\n spf=fail\n",
        )
        .unwrap()
        .unwrap();
        assert_eq!((found.feedback_type.as_str(), found.rsit()), ("abuse", ("abusive-content", "spam")));
        assert_eq!((found.source_ip, found.source_port, found.incidents), ("192.0.2.1".parse().ok(), Some(4711), 3));
        assert_eq!(found.arrival_date.unwrap().rfc3339(), "2026-01-08T09:00:00.000000Z");
        assert_eq!(found.original_mail_from.as_deref(), Some("x@y.example"));
        assert_eq!(found.original_rcpt_to, ["a@p.example", "b@p.example"]);
        assert_eq!(found.reporting_mta.as_deref(), Some("mx.p.example"));
        assert_eq!(found.authentication_results, ["mx.p.example; spf=fail"]);
        assert_eq!(found.original_message_id.as_deref(), Some("9@y.example"));
        assert_eq!(found.original_headers.len(), 2);
    }

    #[test]
    fn a_complaint_that_is_none_says_why() {
        for (fields, expected) in [
            ("Version: 1\n", "the complaint has no field Feedback-Type"),
            ("Feedback-Type: abuse\n", "the complaint has no field Version"),
            (
                "Feedback-Type: abuse\nFeedback-Type: fraud\nVersion: 1\n",
                "the complaint has the field Feedback-Type more than once",
            ),
            (
                "Feedback-Type: abuse\nVersion: one\n",
                "the field Version of the complaint has the value “one”; a number such as 1 is expected",
            ),
            (
                "Feedback-Type: abuse\nVersion: 1\nSource-IP: 300.1.1.1\n",
                "the field Source-IP of the complaint has the value “300.1.1.1”; an IP address is expected",
            ),
            (
                "Feedback-Type: abuse\nVersion: 1\nSource-Port: 0\n",
                "the field Source-Port of the complaint has the value “0”; a number from 1 to 65535 is expected",
            ),
            (
                "Feedback-Type: abuse\nVersion: 1\nArrival-Date: soon\n",
                "the field Arrival-Date of the complaint has the value “soon”; a date as mail writes it is expected",
            ),
            ("Feedback-Type: auth-failure\nVersion: 1\n", "the complaint has no field Auth-Failure"),
        ] {
            assert_eq!(report(fields).unwrap().unwrap_err().to_string(), expected);
        }
        assert_eq!(report("Feedback-Type: xarf\n"), None, "another format in the same envelope");
    }

    #[test]
    fn every_kind_is_in_the_taxonomy() {
        for (_, (class, kind)) in TAXONOMY {
            let found = CLASSES.iter().find(|known| known.value == *class).expect(class);
            assert!(found.types.iter().any(|known| known.value == *kind), "{class}/{kind}");
        }
    }
}
