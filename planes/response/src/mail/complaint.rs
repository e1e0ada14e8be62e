//! What a complaint says in its fields, ARF or XARF: lines below the text of its message, for the eye, for search and for programs.

use manara_formats::mail::{FeedbackReport, Xarf, XarfContact, XarfVersion};
use manara_model::Micros;

use super::read::clean;
use crate::message::{Message, MessageKind};

/// The line that begins the facts in the text of a message, of each form.
const MARKS: [&str; 4] = ["[ARF]", "[XARF 4]", "[XARF 3]", "[XARF 0.2]"];
/// Facts of one complaint, and characters of each and of all.
const FACTS: usize = 100;
const VALUE_CHARS: usize = 1_000;
const ALL_CHARS: usize = 20_000;
/// Characters of the values that observables are looked for in.
const SAID_CHARS: usize = 200_000;

/// The facts that have a name in every language: as they are written, the name for programs, and the key of its words. All others
/// keep the name their form gives them.
const NAMES: &[(&str, &str, &str)] = &[
    ("Type", "type", "tickets-fact-type"),
    ("Happened", "happened", "tickets-fact-happened"),
    ("Source", "source", "tickets-fact-source"),
    ("Source port", "source_port", "tickets-fact-source-port"),
    ("Destination", "destination", "tickets-fact-destination"),
    ("Destination port", "destination_port", "tickets-fact-destination-port"),
    ("Web address", "url", "tickets-fact-url"),
    ("Domain", "domain", "tickets-fact-domain"),
    ("Reporter", "reporter", "tickets-fact-reporter"),
    ("Sent by", "sender", "tickets-fact-sender"),
    ("Report number", "report_id", "tickets-fact-report-id"),
    ("Messages", "incidents", "tickets-fact-incidents"),
    ("Original sender", "mail_from", "tickets-fact-mail-from"),
    ("Original recipient", "rcpt_to", "tickets-fact-rcpt-to"),
    ("Description", "description", "tickets-fact-description"),
    ("Confidence", "confidence", "tickets-fact-confidence"),
    ("Tags", "tags", "tickets-fact-tags"),
    ("Evidence", "evidence", "tickets-fact-evidence"),
];

/// Fields that are among the facts above, by their letters and digits.
const TOLD: &[&str] = &[
    "xarfversion",
    "version",
    "reportid",
    "timestamp",
    "date",
    "sourceidentifier",
    "source",
    "sourceip",
    "sourceport",
    "category",
    "type",
    "reporttype",
    "destinationip",
    "destinationport",
    "url",
    "description",
    "attackdescription",
    "confidence",
    "tags",
    "feedbacktype",
    "arrivaldate",
    "receiveddate",
    "incidents",
    "originalmailfrom",
    "originalrcptto",
    "reporteddomain",
    "reporteduri",
    "reportingmta",
];

/// One thing that a complaint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is, as it stands in the text.
    pub name: String,
    /// One line.
    pub value: String,
}

impl Fact {
    /// The key of what it is, where it has words of its own.
    #[must_use]
    pub fn key(&self) -> Option<&'static str> {
        NAMES.iter().find(|(name, ..)| *name == self.name).map(|(.., key)| *key)
    }

    /// What it is, for programs.
    #[must_use]
    pub fn code(&self) -> &str {
        NAMES.iter().find(|(name, ..)| *name == self.name).map_or(self.name.as_str(), |(_, code, _)| *code)
    }

    /// The moment it says, with its zone, when it is one.
    #[must_use]
    pub fn moment(&self) -> Option<Micros> {
        (self.name == "Happened").then(|| self.value.split(' ').next().and_then(Micros::parse_rfc3339)).flatten()
    }
}

/// The facts of the complaint in a mail, as lines that begin with their mark; empty when there is none.
pub(super) fn lines(feedback: Option<&FeedbackReport>, xarf: Option<&Xarf>) -> String {
    let (mark, facts) = match (xarf, feedback) {
        (Some(xarf), _) => (mark_of(xarf.version), of_xarf(xarf)),
        (None, Some(feedback)) => ("[ARF]", of_feedback(feedback)),
        (None, None) => return String::new(),
    };
    let mut text = mark.to_string();
    let mut left = ALL_CHARS;
    for (name, value) in facts.into_iter().take(FACTS) {
        let line = format!("\n{name}: {}", one_line(&value));
        left = left.saturating_sub(line.chars().count());
        if left == 0 {
            break;
        }
        text.push_str(&line);
    }
    text
}

/// What is said of where it came from and what it is about, to look for observables in: neither who complains nor who got it.
pub(super) fn said(feedback: Option<&FeedbackReport>, xarf: Option<&Xarf>) -> String {
    let mut all: Vec<String> = Vec::new();
    let mut fields: &[(String, String)] = &[];
    if let Some(one) = feedback {
        all.extend(one.source_ip.map(|ip| ip.to_string()));
        all.extend(one.reported_domains.iter().chain(&one.reported_uris).chain(&one.original_mail_from).cloned());
    }
    if let Some(one) = xarf {
        all.push(one.source.clone());
        all.extend(one.destination_ip.map(|ip| ip.to_string()));
        all.extend(one.url.iter().chain(&one.description).cloned());
        fields = &one.fields;
    }
    // Of the other fields, those that name who was hit stay out.
    let is_victim = |name: &str| name.ends_with("to") || name.contains("recipient") || name.contains("useragent");
    let more = fields.iter().filter(|(name, _)| {
        let plain = plain_name(name);
        !TOLD.contains(&plain.as_str()) && !is_victim(&plain)
    });
    all.extend(more.map(|(_, value)| value.clone()));
    clean(&all.join("\n"), SAID_CHARS)
}

/// The text of a message without its facts, and the facts; what is no complaint has none.
#[must_use]
pub fn facts_of(message: &Message) -> (&str, Vec<Fact>) {
    let whole = message.body.as_str();
    if !matches!(message.kind, MessageKind::Arf | MessageKind::Xarf) {
        return (whole, Vec::new());
    }
    // The last that is a line of its own is ours: no value has a line end.
    let is_line = |at: usize| at == 0 || whole.get(..at).is_some_and(|before| before.ends_with('\n'));
    let begin = MARKS.iter().filter_map(|mark| {
        let line = format!("{mark}\n");
        let (at, _) = whole.rmatch_indices(&line).find(|(at, _)| is_line(*at))?;
        Some((at, mark.len()))
    });
    let Some((at, length)) = begin.max() else { return (whole, Vec::new()) };
    let (text, told) = (whole.get(..at).unwrap_or_default(), whole.get(at + length..).unwrap_or_default());
    let fact = |line: &str| {
        let (name, value) = line.split_once(": ")?;
        Some(Fact { name: name.into(), value: value.into() })
    };
    (text.trim_end(), told.lines().filter_map(fact).take(FACTS).collect())
}

/// When that happened which a message complains of.
#[must_use]
pub fn happened(message: &Message) -> Option<Micros> {
    facts_of(message).1.iter().find_map(Fact::moment)
}

fn mark_of(version: XarfVersion) -> &'static str {
    match version {
        XarfVersion::V4 => "[XARF 4]",
        XarfVersion::V3 => "[XARF 3]",
        XarfVersion::V02 => "[XARF 0.2]",
    }
}

fn of_xarf(one: &Xarf) -> Vec<(String, String)> {
    let mut facts = Facts::default();
    facts.add("Type", format!("{}/{}", one.category, one.kind));
    facts.add("Happened", moment(one.timestamp, as_written(&one.fields, &["timestamp", "date"])));
    facts.add("Source", one.source.clone());
    facts.add_all("Source port", one.source_port.map(|port| port.to_string()));
    facts.add_all("Destination", one.destination_ip.map(|ip| ip.to_string()));
    facts.add_all("Destination port", one.destination_port.map(|port| port.to_string()));
    facts.add_all("Web address", one.url.clone().filter(|url| *url != one.source));
    facts.add_all("Description", one.description.clone());
    facts.add("Reporter", contact(&one.reporter));
    if one.sender != one.reporter {
        facts.add("Sent by", contact(&one.sender));
    }
    facts.add_all("Report number", one.report_id.clone());
    facts.add_all("Confidence", one.confidence.map(|sure| sure.to_string()));
    facts.add("Tags", one.tags.join(", "));
    for piece in &one.evidence {
        let (size, hash) = (format!("{} bytes", piece.bytes.len()), piece.hash.as_deref().unwrap_or_default());
        let parts = [piece.mime.as_str(), &size, &piece.description, hash];
        facts.add("Evidence", parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "));
    }
    facts.rest(&one.fields);
    facts.0
}

fn of_feedback(one: &FeedbackReport) -> Vec<(String, String)> {
    let mut facts = Facts::default();
    facts.add("Type", one.feedback_type.clone());
    let written = as_written(&one.fields, &["arrivaldate", "receiveddate"]);
    facts.add_all("Happened", one.arrival_date.map(|at| moment(at, written)));
    facts.add_all("Source", one.source_ip.map(|ip| ip.to_string()));
    facts.add_all("Source port", one.source_port.map(|port| port.to_string()));
    facts.add_all("Original sender", one.original_mail_from.clone());
    facts.add_all("Original recipient", one.original_rcpt_to.clone());
    facts.add_all("Domain", one.reported_domains.clone());
    facts.add_all("Web address", one.reported_uris.clone());
    facts.add_all("Reporter", one.reporting_mta.clone());
    if one.incidents != 1 {
        facts.add("Messages", one.incidents.to_string());
    }
    facts.rest(&one.fields);
    facts.0
}

/// Facts in their order: a name, and what is said.
#[derive(Default)]
struct Facts(Vec<(String, String)>);

impl Facts {
    fn add(&mut self, name: &str, value: String) {
        if !value.trim().is_empty() {
            self.0.push((name.into(), value));
        }
    }

    fn add_all(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        for value in values {
            self.add(name, value);
        }
    }

    /// What else stands in the form, by its own names.
    fn rest(&mut self, fields: &[(String, String)]) {
        for (name, value) in fields {
            let is_name = !name.contains(':') && !NAMES.iter().any(|(known, ..)| known == name);
            if is_name && !TOLD.contains(&plain_name(name).as_str()) {
                self.add(&one_line(name), value.clone());
            }
        }
    }
}

/// A moment in UTC, and how the form writes it where that says more, such as another zone.
fn moment(at: Micros, written: Option<&str>) -> String {
    let utc = at.rfc3339();
    match written.filter(|written| Micros::parse_rfc3339(written) != Some(at) || !written.ends_with(['Z', 'z'])) {
        Some(written) => format!("{utc} ({written})"),
        None => utc,
    }
}

fn as_written<'a>(fields: &'a [(String, String)], names: &[&str]) -> Option<&'a str> {
    let found = fields.iter().find(|(name, _)| names.contains(&plain_name(name).as_str()));
    found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
}

fn contact(one: &XarfContact) -> String {
    match one.org.trim() {
        "" => one.contact.clone(),
        org => format!("{org} <{}>", one.contact),
    }
}

/// The letters and digits of a field's name, in small letters: its forms differ in the rest.
fn plain_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    clean(&words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "), VALUE_CHARS)
}

#[cfg(test)]
mod tests {
    use manara_formats::mail::{FeedbackReport, Mail, MailLimits, Xarf};

    use super::{NAMES, lines, said};

    fn sample(name: &str) -> Mail {
        let path = format!("{}/../../base/formats/tests/mail/{name}", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(&path).unwrap_or_else(|why| panic!("{path}: {why}"));
        Mail::read(&bytes, &MailLimits::default()).expect("a mail")
    }

    #[test]
    fn a_complaint_of_a_provider_tells_its_fields() {
        let mail = sample("arf/full.eml");
        let found = FeedbackReport::of(&mail).expect("a complaint").expect("read");
        let text = lines(Some(&found), None);
        for line in [
            "[ARF]\nType: abuse\n",
            "\nHappened: 2026-01-08T18:00:00.000000Z (Thu, 08 Jan 2026 14:00:00 EDT)\n",
            "\nSource: 192.0.2.1\nSource port: 50000\n",
            "\nOriginal recipient: user@p.example\n",
            "\nReporter: mail.p.example\n",
            "\nMessages: 12\n",
            "\nRemoval-Recipient: user@p.example",
        ] {
            assert!(text.contains(line), "{line:?} in {text}");
        }
        let said = said(Some(&found), None);
        assert!(said.contains("spam@y.example") && said.contains("earn.html"), "{said}");
        assert!(!said.contains("user@p.example"), "{said}");
    }

    #[test]
    fn an_automated_report_tells_its_fields() {
        for name in ["xarf/mail/v4-attached.eml", "xarf/mail/v4-in-text.eml"] {
            let mail = sample(name);
            let found = Xarf::of(&mail).expect("a report").expect("read");
            let text = lines(None, Some(&found));
            for line in [
                "[XARF 4]\nType: connection/login_attack\nHappened: 2026-01-08T09:15:00.000000Z\n",
                "\nSource: 192.0.2.66\nSource port: 40000\nDestination: 198.51.100.9\nDestination port: 22\n",
                "\nReporter: Honeypots of Example <abuse@honey.example>\n",
                "\nSent by: Sender of Example <out@sender.example>\n",
                "\nReport number: 0f8fad5b-d9cb-469f-a165-70867728950e\n",
                "\nTags: attack:ssh\n",
                "\nprotocol: tcp",
            ] {
                assert!(text.contains(line), "{line:?} in {text}");
            }
            let said = said(None, Some(&found));
            assert!(said.contains("192.0.2.66") && said.contains("198.51.100.9"), "{said}");
            assert!(!said.contains("honey.example") && !said.contains("sender.example"), "{said}");
        }
    }

    #[test]
    fn a_zone_is_kept_and_no_value_makes_a_line_of_its_own() {
        let json = r#"{"xarf_version": "4.2.0", "report_id": "0f8fad5b-d9cb-469f-a165-70867728950e",
            "timestamp": "2026-01-08T11:15:00+02:00", "reporter": {"org": "H", "contact": "a@h.example", "domain": "h.example"},
            "sender": {"org": "H", "contact": "a@h.example", "domain": "h.example"}, "source_identifier": "192.0.2.66",
            "category": "connection", "type": "login_attack", "source_port": 40000, "first_seen": "2026-01-08T09:00:00Z",
            "protocol": "tcp", "destination_ip": "198.51.100.9", "description": "one\n[ARF]\nType: other"}"#;
        let found = Xarf::read(json.as_bytes()).expect("read");
        let text = lines(None, Some(&found));
        assert!(text.contains("\nHappened: 2026-01-08T09:15:00.000000Z (2026-01-08T11:15:00+02:00)\n"), "{text}");
        assert!(text.contains("\nDescription: one [ARF] Type: other\n"), "{text}");
        assert!(!text.contains("Sent by"), "the same as who reports: {text}");
    }

    #[test]
    fn every_fact_has_its_own_name_for_programs() {
        let mut codes: Vec<&str> = NAMES.iter().map(|(_, code, _)| *code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), NAMES.len());
    }
}
