//! Own fields: what a house writes down of its incidents besides what every house does. Content, `content/fields/`.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::incident::{Incident, plain};
use crate::playbook::is_id;
use crate::texts::Texts;

/// Characters of a value.
pub const VALUE_CHARS: usize = 2_000;
/// Fields of all groups together.
pub const OWN_FIELDS: usize = 200;
/// Characters of an address of the web.
const LINK_CHARS: usize = 500;
/// Digits of a number, before the point and after it.
const DIGITS: usize = 15;
/// Options of a choice.
const OPTIONS: usize = 200;
/// Characters of words.
const CHARS: usize = 500;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwnFieldKind {
    /// Words.
    Text,
    /// A number.
    Number,
    /// A day.
    Date,
    /// One of the options.
    Choice,
    /// Yes or no.
    YesNo,
    /// An address or a network of the Internet.
    Address,
    /// An address of the web.
    Link,
}

impl OwnFieldKind {
    /// All, in the order of the handbook.
    pub const ALL: [OwnFieldKind; 7] =
        [Self::Text, Self::Number, Self::Date, Self::Choice, Self::YesNo, Self::Address, Self::Link];

    /// The word of content, SQL and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Choice => "choice",
            Self::YesNo => "yes-no",
            Self::Address => "address",
            Self::Link => "link",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// One thing that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnOption {
    /// What is kept.
    pub id: String,
    /// In words.
    pub title: Texts,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnField {
    /// What it is called in the API and in tables.
    pub id: String,
    /// What a value is.
    pub kind: OwnFieldKind,
    /// In words.
    pub title: Texts,
    /// What helps to fill it in.
    #[serde(default)]
    pub hint: Texts,
    /// Whether an incident cannot be resolved without it.
    #[serde(default)]
    pub required: bool,
    /// Of a choice: what can be chosen.
    #[serde(default)]
    pub options: Vec<OwnOption>,
}

/// Fields that belong together: a file of content.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnFieldGroup {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Texts,
    /// Mail addresses of the house: only incidents with mail that came to one of them. All when none is named.
    #[serde(default)]
    pub mailboxes: Vec<String>,
    /// Names of constituents: only their incidents. All when none is named.
    #[serde(default)]
    pub constituents: Vec<String>,
    /// RSIT classes and types: only incidents of those. All when none is named.
    #[serde(default)]
    pub types: Vec<String>,
    /// The fields, in their order.
    pub fields: Vec<OwnField>,
}

/// Whose incident it is, as far as groups ask.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Belongs {
    /// Addresses its mail came to.
    pub mailboxes: Vec<String>,
    /// Names of its constituents.
    pub constituents: Vec<String>,
}

/// Why a value was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrongValue {
    /// There is no such field, or it is not for this incident.
    #[error("there is no such field for this incident")]
    Unknown,
    /// It is too long.
    #[error("it has at most {} characters", VALUE_CHARS)]
    Long,
    /// It is no number.
    #[error("it is no number; expected such as 1200 or 12.5")]
    Number,
    /// It is no day.
    #[error("it is no day; expected such as 2026-01-15")]
    Date,
    /// It is none of the options.
    #[error("it is none of the options")]
    Choice,
    /// It is neither yes nor no.
    #[error("it is neither yes nor no")]
    YesNo,
    /// It is no address.
    #[error("it is no address or network; expected such as 192.0.2.7 or 2001:db8::/32")]
    Address,
    /// It is no address of the web.
    #[error("it is no address of the web; expected such as https://example.org/page")]
    Link,
}

impl WrongValue {
    /// The last part of the message key: `fields-wrong-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Long => "long",
            Self::Number => "number",
            Self::Date => "date",
            Self::Choice => "choice",
            Self::YesNo => "yes-no",
            Self::Address => "address",
            Self::Link => "link",
        }
    }
}

impl OwnField {
    /// A value as it is kept, of what was typed; empty for none.
    pub fn read(&self, typed: &str) -> Result<String, WrongValue> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(String::new());
        }
        match self.kind {
            OwnFieldKind::Text => plain(typed, VALUE_CHARS).ok_or(WrongValue::Long),
            OwnFieldKind::Number => number(typed).ok_or(WrongValue::Number),
            OwnFieldKind::Date => {
                let day = typed.parse::<NaiveDate>().ok().filter(|_| typed.len() == 10);
                day.map(|day| day.to_string()).ok_or(WrongValue::Date)
            }
            OwnFieldKind::Choice => {
                let known = self.options.iter().find(|option| option.id == typed);
                known.map(|option| option.id.clone()).ok_or(WrongValue::Choice)
            }
            OwnFieldKind::YesNo => match typed {
                "yes" | "no" => Ok(typed.into()),
                "true" => Ok("yes".into()),
                "false" => Ok("no".into()),
                _ => Err(WrongValue::YesNo),
            },
            OwnFieldKind::Address => address(typed).ok_or(WrongValue::Address),
            OwnFieldKind::Link => link(typed).ok_or(WrongValue::Link),
        }
    }

    /// The words of a value that is chosen; empty for others.
    pub(crate) fn words_of(&self, value: &str) -> Texts {
        let option = self.options.iter().find(|option| self.kind == OwnFieldKind::Choice && option.id == value);
        option.map(|option| option.title.clone()).unwrap_or_default()
    }
}

/// A number with a point, in digits of any of our languages, without what only looks good.
fn number(typed: &str) -> Option<String> {
    // Where one reader sees thousands and another a fraction, nobody guesses.
    if typed.rsplit_once(',').is_some_and(|(_, part)| part.trim().chars().count() == 3) {
        return None;
    }
    let digit = |c: char| match c {
        '٠'..='٩' => char::from_digit(c as u32 - '٠' as u32, 10).unwrap_or(c),
        '٫' | ',' => '.',
        c => c,
    };
    let text: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '\u{202f}').map(digit).collect();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let is_digits = |text: &str| (1..=DIGITS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(whole) || !part.is_none_or(is_digits) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let part = part.map(|part| part.trim_end_matches('0')).filter(|part| !part.is_empty());
    let plain = part.map_or_else(|| whole.to_string(), |part| format!("{whole}.{part}"));
    Some(if plain == "0" { plain } else { format!("{sign}{plain}") })
}

fn address(typed: &str) -> Option<String> {
    if let Some((network, length)) = typed.split_once('/') {
        let network: IpAddr = network.parse().ok()?;
        let most = if network.is_ipv4() { 32 } else { 128 };
        let length: u8 = length.parse().ok().filter(|length| *length <= most)?;
        return Some(format!("{network}/{length}"));
    }
    typed.parse::<IpAddr>().ok().map(|address| address.to_string())
}

fn link(typed: &str) -> Option<String> {
    let (scheme, rest) = typed.split_once("://")?;
    let is_web = matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https");
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>');
    let fits = typed.chars().count() <= LINK_CHARS && !typed.contains(is_odd);
    let has_host = rest.split(['/', '?', '#']).next().is_some_and(|host| !host.is_empty());
    (is_web && fits && has_host).then(|| typed.to_string())
}

impl OwnFieldGroup {
    /// Whether it can be used.
    pub(crate) fn check(&self) -> Result<(), String> {
        is_id("group", &self.id)?;
        self.title.check("title", CHARS)?;
        if self.fields.is_empty() || self.fields.len() > OWN_FIELDS {
            return Err(format!("there are 1 to {OWN_FIELDS} fields"));
        }
        let mut seen = BTreeSet::new();
        for field in &self.fields {
            is_id("field", &field.id)?;
            if !seen.insert(&field.id) {
                return Err(format!("field {:?} stands there twice", field.id));
            }
            field.title.check(&field.id, CHARS)?;
            let is_choice = field.kind == OwnFieldKind::Choice;
            if is_choice && (field.options.is_empty() || field.options.len() > OPTIONS) {
                return Err(format!("{}: a choice has 1 to {OPTIONS} options", field.id));
            }
            if !is_choice && !field.options.is_empty() {
                return Err(format!("{}: only a choice has options", field.id));
            }
            let mut ids = BTreeSet::new();
            for option in &field.options {
                is_id(&field.id, &option.id)?;
                if !ids.insert(&option.id) {
                    return Err(format!("{}: option {:?} stands there twice", field.id, option.id));
                }
                option.title.check(&option.id, CHARS)?;
            }
        }
        Ok(())
    }

    fn is_for(&self, one: &Incident, belongs: &Belongs) -> bool {
        let any = |wanted: &[String], there: &[String]| {
            wanted.is_empty()
                || wanted.iter().any(|name| there.iter().any(|one| one.to_lowercase() == name.to_lowercase()))
        };
        let fits_type =
            self.types.is_empty() || self.types.iter().any(|word| *word == one.kind || *word == one.taxonomy);
        fits_type && any(&self.mailboxes, &belongs.mailboxes) && any(&self.constituents, &belongs.constituents)
    }
}

/// The own fields of the house, by the id of their group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnFields(BTreeMap<String, OwnFieldGroup>);

impl OwnFields {
    /// Takes a group, in place of one of the same id. A field has one meaning in the whole house.
    pub(crate) fn take(&mut self, group: OwnFieldGroup) -> Result<(), String> {
        let others = self.0.values().filter(|other| other.id != group.id);
        let others: Vec<&OwnField> = others.flat_map(|other| &other.fields).collect();
        if let Some(twice) = group.fields.iter().find(|field| others.iter().any(|other| other.id == field.id)) {
            return Err(format!("field {:?} stands in another file too", twice.id));
        }
        if others.len() + group.fields.len() > OWN_FIELDS {
            return Err(format!("the house has at most {OWN_FIELDS} fields"));
        }
        self.0.insert(group.id.clone(), group);
        Ok(())
    }

    /// The groups, in the order of their ids.
    pub fn groups(&self) -> impl Iterator<Item = &OwnFieldGroup> {
        self.0.values()
    }

    /// The groups for an incident.
    pub fn of<'f>(&'f self, one: &'f Incident, belongs: &'f Belongs) -> impl Iterator<Item = &'f OwnFieldGroup> {
        self.0.values().filter(move |group| group.is_for(one, belongs))
    }

    /// A field of an incident.
    pub fn find<'f>(&'f self, one: &'f Incident, belongs: &'f Belongs, id: &str) -> Option<&'f OwnField> {
        self.of(one, belongs).flat_map(|group| &group.fields).find(|field| field.id == id)
    }

    /// Whether there is a field without which an incident cannot be resolved.
    pub(crate) fn has_required(&self) -> bool {
        self.0.values().flat_map(|group| &group.fields).any(|field| field.required)
    }

    /// The fields without which an incident cannot be resolved and that have no value.
    pub fn missing<'f>(&'f self, one: &'f Incident, belongs: &'f Belongs) -> Vec<&'f OwnField> {
        let values = values_in(&one.fields);
        let fields = self.of(one, belongs).flat_map(|group| &group.fields);
        fields.filter(|field| field.required && !values.contains_key(&field.id)).collect()
    }
}

/// The values of an incident, out of its column.
pub fn values_in(column: &str) -> BTreeMap<String, String> {
    serde_json::from_str(column).unwrap_or_default()
}

/// Values as the column of an incident holds them.
pub(crate) fn column_of(values: &[(OwnField, String)]) -> String {
    let all: BTreeMap<&str, &str> = values.iter().map(|(field, value)| (field.id.as_str(), value.as_str())).collect();
    serde_json::to_string(&all).unwrap_or_default()
}

/// A value with the words its field had when it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnValue {
    /// The field.
    pub field: String,
    /// What it was.
    pub kind: OwnFieldKind,
    /// What it was called.
    pub title: Texts,
    /// What is kept.
    pub value: String,
    /// Of a choice: its words.
    pub words: Texts,
    /// Who wrote it, and when.
    pub written: (String, manara_model::Micros),
}

#[cfg(test)]
mod tests {
    use manara_model::{Micros, Severity, Tlp};

    use super::{Belongs, OwnField, OwnFieldGroup, OwnFields, WrongValue};
    use crate::incident::{Impact, Incident, State};
    use crate::pap::Pap;

    fn field(kind: &str) -> OwnField {
        let options = if kind == "choice" { "[{ id: a, title: { en: A } }]" } else { "[]" };
        serde_yaml_ng::from_str(&format!("{{ id: x, kind: {kind}, title: {{ en: X }}, options: {options} }}")).unwrap()
    }

    #[test]
    fn a_value_is_kept_in_one_form_or_refused_with_the_reason() {
        use WrongValue as No;
        for (kind, typed, want) in [
            ("text", " a\r\nb ", Ok("a\nb")),
            ("text", " ", Ok("")),
            ("number", "007", Ok("7")),
            ("number", "-1 200,50", Ok("-1200.5")),
            ("number", "١٢٫٥", Ok("12.5")),
            ("number", "-0", Ok("0")),
            ("number", "1,200", Err(No::Number)),
            ("number", "1e9", Err(No::Number)),
            ("number", "1.2.3", Err(No::Number)),
            ("number", "1234567890123456", Err(No::Number)),
            ("date", "2026-01-15", Ok("2026-01-15")),
            ("date", "2026-02-30", Err(No::Date)),
            ("date", "15/01/2026", Err(No::Date)),
            ("choice", "a", Ok("a")),
            ("choice", "b", Err(No::Choice)),
            ("yes-no", "true", Ok("yes")),
            ("yes-no", "maybe", Err(No::YesNo)),
            ("address", "2001:DB8::1", Ok("2001:db8::1")),
            ("address", "192.0.2.0/24", Ok("192.0.2.0/24")),
            ("address", "192.0.2.0/33", Err(No::Address)),
            ("address", "bank.example", Err(No::Address)),
            ("link", "https://example.org/a?b", Ok("https://example.org/a?b")),
            ("link", "javascript:alert(1)", Err(No::Link)),
            ("link", "https://", Err(No::Link)),
        ] {
            assert_eq!(field(kind).read(typed), want.map(str::to_string), "{kind} {typed:?}");
        }
        assert_eq!(field("text").read(&"x".repeat(2_001)), Err(No::Long));
    }

    #[test]
    fn a_field_has_one_meaning_in_the_house() {
        let group = |id: &str, field: &str| -> OwnFieldGroup {
            let text = format!(
                "{{ id: {id}, title: {{ en: G }}, fields: [{{ id: {field}, kind: text, title: {{ en: F }} }}] }}"
            );
            serde_yaml_ng::from_str(&text).unwrap()
        };
        let mut all = OwnFields::default();
        all.take(group("one", "ref")).unwrap();
        assert!(all.take(group("two", "ref")).unwrap_err().contains("another file"));
        all.take(group("one", "ref")).expect("the same group again wins");
        assert!(group("one", "A b").check().is_err() && group("one", "ab").check().is_ok());
    }

    /// An incident of a type, without a value in any field.
    fn incident(kind: &str) -> Incident {
        let (text, at) = (String::new, Micros(0));
        Incident {
            id: text(),
            number: text(),
            title: text(),
            taxonomy: "fraud".into(),
            kind: kind.into(),
            impact: Impact::Low,
            urgency: Severity::Low,
            severity: Severity::Low,
            tlp: Tlp::Amber,
            pap: Pap::USUAL,
            owner: text(),
            state: State::New,
            resolution: text(),
            verdict: None,
            merged_into: text(),
            rule: text(),
            opened_by: text(),
            version: 1,
            findings: 0,
            constituents: text(),
            tags: text(),
            fields: text(),
            created: at,
            changed: at,
            closed: None,
            due: None,
            mailbox: text(),
        }
    }

    #[test]
    fn a_group_is_for_its_mailboxes_and_constituents_alone() {
        let mut all = OwnFields::default();
        for (id, more) in [
            ("all", ""),
            ("gov", "mailboxes: [gov@cirt.example, edu@cirt.example],"),
            ("port", "constituents: [Harbour Port],"),
            ("both", "types: [phishing], mailboxes: [gov@cirt.example], constituents: [Harbour Port],"),
        ] {
            let text = format!(
                "{{ id: {id}, title: {{ en: G }}, {more} fields: [{{ id: ref-{id}, kind: text, required: true, title: {{ en: F }} }}] }}"
            );
            let group: OwnFieldGroup = serde_yaml_ng::from_str(&text).unwrap();
            group.check().unwrap();
            all.take(group).unwrap();
        }
        let list = |words: &str| -> Vec<String> {
            words.split(',').filter(|word| !word.is_empty()).map(str::to_string).collect()
        };
        for (kind, mailboxes, constituents, want) in [
            ("phishing", "", "", "all"),
            ("phishing", "cirt@cirt.example", "Other Port", "all"),
            ("phishing", "cirt@cirt.example,GOV@cirt.example", "", "all,gov"),
            ("phishing", "edu@cirt.example", "harbour port,Other Port", "all,gov,port"),
            ("phishing", "gov@cirt.example", "Harbour Port", "all,both,gov,port"),
            ("masquerade", "gov@cirt.example", "Harbour Port", "all,gov,port"),
        ] {
            let belongs = Belongs { mailboxes: list(mailboxes), constituents: list(constituents) };
            let (one, want) = (incident(kind), list(want));
            let groups: Vec<&str> = all.of(&one, &belongs).map(|group| group.id.as_str()).collect();
            assert_eq!(groups, want, "{kind} {belongs:?}");
            // What is asked of the others is not asked here, and not found either.
            let missing: Vec<&str> = all.missing(&one, &belongs).iter().map(|field| field.id.as_str()).collect();
            let fields: Vec<String> = want.iter().map(|id| format!("ref-{id}")).collect();
            assert_eq!(missing, fields, "{kind} {belongs:?}");
            for id in ["all", "gov", "port", "both"] {
                let found = all.find(&one, &belongs, &format!("ref-{id}"));
                assert_eq!(found.is_some(), want.iter().any(|one| one == id), "{kind} {id}");
            }
        }
    }
}
