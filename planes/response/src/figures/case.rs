//! What is measured of one record: pure, from the facts that are known of it.

use manara_model::{Micros, Tlp};

use super::course::Course;
use crate::hours::Hours;
use crate::incident::{Incident, State, Verdict};
use crate::message::DeliveryState;
use crate::policy::DUPLICATE;
use crate::ticket::{Kind, Source, Ticket};

/// The address of a ticket that came to none of its own.
const USUAL: &str = "usual";
/// Characters of whom a countermeasure went to.
const HOSTER_CHARS: usize = 100;

/// Where some network addresses are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origins {
    /// Their countries, each once.
    pub countries: Vec<String>,
    /// Their AS numbers, each once: `AS64500`.
    pub asns: Vec<String>,
}

/// By what the cases of a record are told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traits {
    /// Who may see it.
    pub tlp: Tlp,
    /// RSIT class.
    pub taxonomy: String,
    /// RSIT type.
    pub kind: String,
    /// How bad; empty for what has no severity.
    pub severity: String,
    /// The address of ours it came to; empty for none.
    pub mailbox: String,
    /// How it came.
    pub source: String,
    /// The sectors of its constituents, each once.
    pub sectors: Vec<String>,
    /// Where the addresses it is about are.
    pub origins: Origins,
    /// The techniques of ATT&CK that were seen in it, each once.
    pub techniques: Vec<String>,
}

/// One thing that was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What.
    pub measure: &'static str,
    /// Which of several of one record.
    pub part: String,
    /// When it counts.
    pub at: Micros,
    /// Seconds by the calendar, 0 or 1, or how many.
    pub value: i64,
    /// Seconds in the hours of work; the same as the value where that is no time.
    pub business: i64,
    /// The stage of a clock, with its rule; empty for everything else.
    pub stage: String,
    /// Whom a countermeasure went to; empty for everything else.
    pub hoster: String,
    /// The end of the name a countermeasure is about; empty for everything else.
    pub tld: String,
}

fn count(measure: &'static str, part: impl Into<String>, at: Micros, value: i64) -> Case {
    let (stage, hoster, tld) = Default::default();
    Case { measure, part: part.into(), at, value, business: value, stage, hoster, tld }
}

/// How long something took. What ended before it began was said wrongly, and is no case.
fn time(measure: &'static str, from: Option<Micros>, until: Option<Micros>, hours: &Hours) -> Option<Case> {
    let (from, until) = (from?, until?);
    (from <= until).then(|| Case {
        measure,
        part: String::new(),
        at: until,
        value: (until.0 - from.0) / 1_000_000,
        business: hours.worked(from, until),
        stage: String::new(),
        hoster: String::new(),
        tld: String::new(),
    })
}

/// A stage of a clock, as far as it is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StageFacts {
    /// The clock.
    pub clock: String,
    /// The rule, and its stage.
    pub name: String,
    /// Until when it was to be met.
    pub due: Micros,
    /// When it was.
    pub met: Option<Micros>,
}

/// What is known of an incident.
#[derive(Debug, Clone)]
pub(crate) struct IncidentFacts {
    /// The incident.
    pub one: Incident,
    /// Its course.
    pub course: Course,
    /// When it began, as people say.
    pub occurred: Option<Micros>,
    /// When it was contained, as people say.
    pub contained: Option<Micros>,
    /// When we wrote first in an investigation or a countermeasure of it.
    pub first_letter: Option<Micros>,
    /// Mails that came in and went out.
    pub mails: (i64, i64),
    /// Constituents.
    pub organisations: i64,
    /// Mailbox and source of the first report; empty for none.
    pub report: Option<(String, String)>,
    /// The sectors of its constituents.
    pub sectors: Vec<String>,
    /// Where the addresses it is about are.
    pub origins: Origins,
    /// The techniques of ATT&CK that were seen in it.
    pub techniques: Vec<String>,
    /// Stages of its clocks that were met, or are late.
    pub stages: Vec<StageFacts>,
}

impl IncidentFacts {
    /// By what its cases are told apart.
    pub fn traits(&self) -> Traits {
        let one = &self.one;
        let by_itself = if one.rule.is_empty() { "person" } else { "rule" };
        let (mailbox, source) = match &self.report {
            Some((mailbox, source)) => (mailbox_of(mailbox), source.clone()),
            None => (String::new(), by_itself.into()),
        };
        Traits {
            tlp: one.tlp,
            taxonomy: one.taxonomy.clone(),
            kind: one.kind.clone(),
            severity: one.severity.as_str().into(),
            mailbox,
            source,
            sectors: self.sectors.clone(),
            origins: self.origins.clone(),
            techniques: self.techniques.clone(),
        }
    }
}

fn mailbox_of(mailbox: &str) -> String {
    if mailbox.is_empty() { USUAL.into() } else { mailbox.into() }
}

/// From when until when an incident was to be worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Life {
    /// When it was opened.
    pub at: Micros,
    /// When it was closed; far ahead while it is not.
    pub until: Micros,
}

/// The life of an incident.
pub(crate) fn life(of: &IncidentFacts) -> Life {
    Life { at: of.one.created, until: of.one.closed.unwrap_or(Micros::FAR) }
}

/// From when until when somebody, or nobody, had an incident that was to be worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holding {
    /// Since when.
    pub at: Micros,
    /// Until when; far ahead while it goes on.
    pub until: Micros,
    /// Login name; empty for nobody.
    pub owner: String,
}

/// Who had an incident in its life, the first first. What the record says now holds after the last change.
pub(crate) fn holdings(of: &IncidentFacts) -> Vec<Holding> {
    let life = life(of);
    let mut all = Vec::new();
    let mut hold = |at: Micros, until: Micros, owner: &str| {
        if at < until {
            all.push(Holding { at, until, owner: owner.to_string() });
        }
    };
    let mut begun = life.at;
    for change in &of.course.owners {
        let until = change.at.max(begun).min(life.until);
        hold(begun, until, &change.from);
        begun = begun.max(until);
    }
    hold(begun, life.until, &of.one.owner);
    all
}

/// What is measured of an incident.
pub(crate) fn incident_cases(of: &IncidentFacts, hours: &Hours) -> Vec<Case> {
    let one = &of.one;
    let opened = Some(one.created);
    let mut cases = Vec::new();
    if let Some(closed) = one.closed {
        let is_duplicate = !one.merged_into.is_empty() || one.resolution == DUPLICATE;
        cases.push(count("duplicate", "", closed, i64::from(is_duplicate)));
    }
    if !one.merged_into.is_empty() {
        // The work on it is that on the other.
        return cases;
    }
    let begun = of.course.taken_up.or(opened);
    cases.extend(
        [
            time("detect", of.occurred, opened, hours),
            time("triage", opened, of.course.taken_up, hours),
            time("take-up", of.occurred, of.course.taken_up, hours),
            time("notify", opened, of.first_letter, hours),
            time("contain", begun, of.contained, hours),
            time("resolve", begun, one.closed.filter(|_| one.state == State::Resolved), hours),
        ]
        .into_iter()
        .flatten(),
    );
    if let Some(closed) = one.closed {
        cases.push(count("false", "", closed, i64::from(one.verdict == Some(Verdict::False))));
        if of.first_letter.is_some_and(|letter| letter <= closed) {
            cases.push(count("fixed", "", closed, i64::from(one.verdict == Some(Verdict::Fixed))));
        }
        cases.push(count("mails-in", "", closed, of.mails.0));
        cases.push(count("mails-out", "", closed, of.mails.1));
        cases.push(count("organisations", "", closed, of.organisations));
    }
    let known = of.course.ends.iter().filter(|end| !end.by_merging);
    let mut ends: Vec<(Micros, bool)> = known.map(|end| (end.at, end.is_reopened)).collect();
    if ends.is_empty() {
        // Taken over from another tool: of its course only the end is known.
        ends.extend(one.closed.map(|closed| (closed, false)));
    }
    for (part, (at, is_reopened)) in ends.into_iter().enumerate() {
        cases.push(count("reopened", part.to_string(), at, i64::from(is_reopened)));
    }
    for stage in &of.stages {
        let in_time = stage.met.is_some_and(|met| met <= stage.due);
        let mut case = count("in-time", format!("{} {}", stage.clock, stage.name), stage.due, i64::from(in_time));
        case.stage.clone_from(&stage.name);
        cases.push(case);
    }
    cases
}

/// What is known of a ticket.
#[derive(Debug, Clone)]
pub(crate) struct TicketFacts {
    /// The ticket.
    pub one: Ticket,
    /// Since when it belongs to an incident.
    pub linked: Option<Micros>,
    /// Since when a countermeasure held, the first time.
    pub active: Option<Micros>,
    /// When we wrote first, and when they wrote first after that.
    pub letters: (Option<Micros>, Option<Micros>),
    /// The sector of its constituent; empty for none.
    pub sector: String,
    /// Where the addresses it is about are.
    pub origins: Origins,
    /// Each letter to each recipient: id, since when it waits, what became of it.
    pub deliveries: Vec<(String, Micros, DeliveryState)>,
}

impl TicketFacts {
    /// By what its cases are told apart.
    pub fn traits(&self) -> Traits {
        let one = &self.one;
        Traits {
            tlp: one.tlp,
            taxonomy: one.taxonomy.clone(),
            kind: one.rsit.clone(),
            severity: String::new(),
            mailbox: mailbox_of(&one.mailbox),
            source: one.source.as_str().into(),
            sectors: if self.sector.is_empty() { Vec::new() } else { vec![self.sector.clone()] },
            origins: self.origins.clone(),
            techniques: Vec::new(),
        }
    }
}

/// What is measured of a ticket.
pub(crate) fn ticket_cases(of: &TicketFacts, hours: &Hours) -> Vec<Case> {
    let one = &of.one;
    let opened = Some(one.created);
    let mut cases = Vec::new();
    for (id, queued, state) in &of.deliveries {
        let arrived = match state {
            DeliveryState::Sent => 1,
            DeliveryState::Failed | DeliveryState::Bounced => 0,
            DeliveryState::Queued | DeliveryState::Sending | DeliveryState::Stopped | DeliveryState::Waiting => {
                continue;
            }
        };
        cases.push(count("delivered", id, *queued, arrived));
    }
    if !one.merged_into.is_empty() {
        return cases;
    }
    match one.kind {
        Kind::Report => {
            let decided = of.linked.into_iter().chain(one.closed).min();
            cases.extend(time("reply-machine", opened, one.acknowledged, hours));
            cases.extend(time("reply-person", opened, one.answered, hours));
            cases.extend(time("qualify", opened, decided, hours));
            cases.push(count("promoted", "", one.created, i64::from(of.linked.is_some())));
            cases.push(count("portal", "", one.created, i64::from(one.source == Source::Web)));
        }
        Kind::Countermeasure => {
            let case = time("takedown", opened, of.active, hours);
            cases.extend(case.map(|case| Case { hoster: hoster(one), tld: tld(&one.target), ..case }));
        }
        Kind::Investigation => {}
    }
    if let (false, Some(asked)) = (one.kind == Kind::Report, of.letters.0) {
        cases.push(count("answered", "", asked, i64::from(of.letters.1.is_some())));
    }
    cases
}

/// Whom a countermeasure went to: the domain of the address that was written to, else the place as it was said.
fn hoster(one: &Ticket) -> String {
    let domain = one.correspondent.rsplit_once('@').map(|(_, domain)| domain.trim()).unwrap_or_default();
    let said = if domain.is_empty() { one.place.as_str() } else { domain };
    let words: Vec<String> = said.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ").chars().take(HOSTER_CHARS).collect()
}

/// The last part of the name in an address, a URL or a mail address; empty where there is no name.
fn tld(target: &str) -> String {
    let text = target.trim().replace("[.]", ".").to_lowercase();
    let rest = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host).trim_end_matches('.');
    match host.rsplit_once('.') {
        Some((before, last))
            if !before.is_empty()
                && (2..=63).contains(&last.chars().count())
                && (last.starts_with("xn--") || last.chars().all(char::is_alphabetic)) =>
        {
            last.to_string()
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::tld;

    #[test]
    fn the_end_of_a_name_is_found_in_whatever_names_it() {
        for (target, want) in [
            ("login.bank.example", "example"),
            ("HXXPS://Login.Bank[.]Example:8443/a.b?c=d.e", "example"),
            ("http://user@name.test/", "test"),
            ("somebody@mail.example.", "example"),
            ("xn--e1a4c.xn--p1ai", "xn--p1ai"),
            ("пример.рф", "рф"),
            ("192.0.2.1", ""),
            ("http://192.0.2.1/x.php", ""),
            ("2001:db8::1", ""),
            ("[2001:db8::1]:80", ""),
            ("localhost", ""),
            (".example", ""),
            ("a.b", ""),
            ("", ""),
        ] {
            assert_eq!(tld(target), want, "{target}");
        }
    }
}
