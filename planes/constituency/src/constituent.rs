//! Whom we serve: an organisation with what it owns and how it is reached.

use std::collections::BTreeMap;
use std::fmt;

use manara_formats::is_domain;

use crate::cidr::{Cidr, CidrError};
use crate::taxonomy::{Term, kinds, sectors};

/// One organisation of the constituency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constituent {
    /// UUIDv7.
    pub id: String,
    /// The name it is listed under; no two have the same, whatever the case.
    pub name: String,
    /// The name in other languages, by language code.
    pub names: BTreeMap<String, String>,
    /// Sector, a word of `content/taxonomies/sectors.yaml`.
    pub sector: Term,
    /// How much depends on it.
    pub criticality: Criticality,
    /// Kind, a word of `content/taxonomies/kinds.yaml`.
    pub kind: Term,
    /// Name of the organisation above it, such as its provider or its association; empty for none.
    pub association: String,
    /// Anything the team wants to remember.
    pub notes: String,
    /// Whether events are matched to it and it is told.
    pub active: bool,
    /// Its networks, sorted.
    pub networks: Vec<Cidr>,
    /// Its AS numbers, sorted.
    pub as_numbers: Vec<AsNumber>,
    /// Its domains, sorted.
    pub domains: Vec<Domain>,
    /// Its contacts, sorted by role, then mail.
    pub contacts: Vec<Contact>,
}

/// How much depends on an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Criticality {
    /// Mostly itself.
    Low,
    /// Its customers.
    Medium,
    /// A sector or a region.
    High,
    /// The country.
    Vital,
}

impl Criticality {
    /// All, from least to most.
    pub const ALL: [Criticality; 4] = [Self::Low, Self::Medium, Self::High, Self::Vital];

    /// The word used in files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Vital => "vital",
        }
    }

    /// 1 for low to 4 for vital: what the database holds.
    pub fn rank(self) -> i64 {
        self as i64 + 1
    }

    /// The criticality of a rank.
    pub fn from_rank(rank: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.rank() == rank)
    }

    /// Reads the word or the rank.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL.into_iter().find(|c| c.as_str().eq_ignore_ascii_case(text) || c.rank().to_string() == text)
    }
}

/// The number of an autonomous system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsNumber(pub u32);

impl AsNumber {
    /// Reads `64512`, `AS64512` or the dotted `0.64512`; 0 and the last number are nobody's.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = match text.get(..2) {
            Some(head) if head.eq_ignore_ascii_case("AS") => text.get(2..).unwrap_or_default().trim_start(),
            _ => text,
        };
        let whole = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| digits.parse::<u32>().ok()).flatten()
        };
        let number = match digits.split_once('.') {
            Some((high, low)) => {
                let (high, low) = (whole(high)?, whole(low)?);
                (high <= 0xFFFF && low <= 0xFFFF).then_some((high << 16) | low)?
            }
            None => whole(digits)?,
        };
        (number != 0 && number != u32::MAX).then_some(AsNumber(number))
    }
}

impl fmt::Display for AsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AS{}", self.0)
    }
}

/// A domain name, in lower case and without the last dot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Domain(String);

impl Domain {
    /// Reads `ministry.example`, also as `*.ministry.example` or with a dot at either end.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("*.").or_else(|| text.strip_prefix('.')).unwrap_or(text);
        let name = text.strip_suffix('.').unwrap_or(text).to_lowercase();
        is_domain(&name).then_some(Domain(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A person or a desk of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contact {
    /// What they are asked.
    pub role: Role,
    /// Mail address; empty when there is only a telephone.
    pub mail: String,
    /// Telephone number; empty when there is only mail.
    pub telephone: String,
    /// Name of the person or the desk.
    pub name: String,
    /// Language code of what we write to them.
    pub language: String,
    /// In which form they want the events.
    pub format: Format,
    /// Whether they are told.
    pub active: bool,
}

/// What a contact is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Incidents.
    Security,
    /// Complaints about their networks.
    Abuse,
    /// Running of their systems.
    Technical,
    /// Decisions.
    Management,
}

impl Role {
    /// All.
    pub const ALL: [Role; 4] = [Self::Security, Self::Abuse, Self::Technical, Self::Management];

    /// The word used in files, tables and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Abuse => "abuse",
            Self::Technical => "technical",
            Self::Management => "management",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str().eq_ignore_ascii_case(text.trim()))
    }
}

/// In which form a contact wants the events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// CSV.
    Csv,
    /// JSON.
    Json,
    /// CSV and JSON.
    Both,
    /// PDF to read, and CSV.
    Pdf,
    /// PDF, CSV and JSON.
    All,
}

impl Format {
    /// All.
    pub const ALL: [Format; 5] = [Self::Csv, Self::Json, Self::Both, Self::Pdf, Self::All];

    /// The word used in files, tables and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Both => "both",
            Self::Pdf => "pdf",
            Self::All => "all",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.as_str().eq_ignore_ascii_case(text.trim()))
    }
}

/// Why a value cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// It has to be there.
    #[error("it is empty")]
    Empty,
    /// It is too long.
    #[error("it is longer than {0} characters")]
    TooLong(usize),
    /// It holds characters that nobody can see.
    #[error("it holds a control character")]
    Control,
    /// Not a network.
    #[error("{0}")]
    Network(#[from] CidrError),
    /// Not an AS number.
    #[error("not an AS number (1 to 4294967294, such as 64512 or AS64512)")]
    AsNumber,
    /// Not a domain.
    #[error("not a domain name such as ministry.example")]
    Domain,
    /// Not a mail address.
    #[error("not a mail address such as abuse@isp.example")]
    Mail,
    /// Not a telephone number.
    #[error("not a telephone number such as +223 20 22 00 00")]
    Telephone,
    /// Not a language code.
    #[error("not a language code such as en, ar or fr")]
    Language,
    /// Not one of the words that are allowed here.
    #[error("not one of {0}")]
    Word(&'static str),
    /// Not the id of a record.
    #[error("not an id of Manara (a UUID)")]
    Id,
    /// A contact without mail and telephone.
    #[error("a contact needs a mail address or a telephone number")]
    Unreachable,
    /// An organisation above itself.
    #[error("an organisation is not above itself")]
    OwnAssociation,
    /// Another organisation has the name.
    #[error("another organisation has this name: {owner}")]
    NameTaken {
        /// Its name.
        owner: String,
    },
    /// Another organisation owns it already.
    #[error("{owner} owns it already")]
    Owned {
        /// Name of the owner.
        owner: String,
    },
    /// The same file gives it to another organisation.
    #[error("line {line} of the same file gives it to {owner}")]
    OwnedInFile {
        /// The other line.
        line: u64,
        /// Name of the owner there.
        owner: String,
    },
    /// The same file has the organisation on another line.
    #[error("line {line} of the same file is about the same organisation")]
    TwiceInFile {
        /// The other line.
        line: u64,
    },
    /// A row has more fields than the header.
    #[error("the line has {found} fields, the header {wanted}")]
    Fields {
        /// Fields of the header.
        wanted: usize,
        /// Fields of the line.
        found: usize,
    },
    /// A quote that is never closed.
    #[error("a quote is opened and not closed")]
    OpenQuote,
    /// A row that is too long.
    #[error("the line is too long")]
    LineTooLong,
    /// A JSON value of another type.
    #[error("wanted {0}")]
    JsonType(&'static str),
}

impl Reason {
    /// The word for message keys (`constituency-reason-<code>`) and for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong(_) => "too-long",
            Self::Control => "control",
            Self::Network(CidrError::NotANetwork) => "network",
            Self::Network(CidrError::Length { .. }) => "length",
            Self::Network(CidrError::HostBits { .. }) => "host-bits",
            Self::AsNumber => "as-number",
            Self::Domain => "domain",
            Self::Mail => "mail",
            Self::Telephone => "telephone",
            Self::Language => "language",
            Self::Word(_) => "word",
            Self::Id => "id",
            Self::Unreachable => "unreachable",
            Self::OwnAssociation => "own-association",
            Self::NameTaken { .. } => "name-taken",
            Self::Owned { .. } => "owned",
            Self::OwnedInFile { .. } => "owned-in-file",
            Self::TwiceInFile { .. } => "twice-in-file",
            Self::Fields { .. } => "fields",
            Self::OpenQuote => "open-quote",
            Self::LineTooLong => "line-too-long",
            Self::JsonType(_) => "json-type",
        }
    }

    /// What the message names: argument names and values.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLong(limit) => vec![("limit", limit.to_string())],
            Self::Network(CidrError::Length { max }) => vec![("max", max.to_string())],
            Self::Network(CidrError::HostBits { meant }) => vec![("meant", meant.to_string())],
            Self::Word(words) => vec![("words", (*words).into())],
            Self::JsonType(wanted) => vec![("words", (*wanted).into())],
            Self::NameTaken { owner } | Self::Owned { owner } => vec![("owner", owner.clone())],
            Self::OwnedInFile { line, owner } => vec![("line", line.to_string()), ("owner", owner.clone())],
            Self::TwiceInFile { line } => vec![("line", line.to_string())],
            Self::Fields { wanted, found } => vec![("wanted", wanted.to_string()), ("found", found.to_string())],
            _ => Vec::new(),
        }
    }
}

/// Longest name, in characters.
pub const NAME_CHARS: usize = 200;
/// Longest note, in characters.
pub const NOTES_CHARS: usize = 10_000;

/// A line of text: trimmed, inner white space single.
pub fn line(text: &str, limit: usize) -> Result<String, Reason> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().any(hidden) {
        return Err(Reason::Control);
    }
    if text.chars().count() > limit { Err(Reason::TooLong(limit)) } else { Ok(text) }
}

/// Characters that nobody sees and that turn or break what is shown.
fn hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// A name, which is never empty.
pub fn name(text: &str) -> Result<String, Reason> {
    let name = line(text, NAME_CHARS)?;
    if name.is_empty() { Err(Reason::Empty) } else { Ok(name) }
}

/// What makes two names the same.
pub fn name_key(name: &str) -> String {
    name.to_lowercase()
}

/// Notes: several lines, trimmed, line ends as `\n`.
pub fn notes(text: &str) -> Result<String, Reason> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    if text.chars().any(|c| hidden(c) && c != '\n' && c != '\t') {
        return Err(Reason::Control);
    }
    if text.chars().count() > NOTES_CHARS { Err(Reason::TooLong(NOTES_CHARS)) } else { Ok(text.into()) }
}

/// A mail address, with or without `mailto:` or angle brackets; the domain in lower case.
pub fn mail(text: &str) -> Result<String, Reason> {
    let text = text.trim();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let text = text.strip_prefix('<').and_then(|t| t.strip_suffix('>')).unwrap_or(text);
    let (local, domain) = text.rsplit_once('@').ok_or(Reason::Mail)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let dots = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
    if local.is_empty() || local.len() > 64 || !local.chars().all(plain) || !dots || !domain.is_ascii() {
        return Err(Reason::Mail);
    }
    let domain = Domain::parse(domain).filter(|parsed| parsed.as_str().len() == domain.len()).ok_or(Reason::Mail)?;
    Ok(format!("{local}@{}", domain.as_str()))
}

/// A telephone number as people write it.
pub fn telephone(text: &str) -> Result<String, Reason> {
    let text = line(text, 50)?;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text.chars().all(|c| c.is_ascii_digit() || " +-().,/x#*".contains(c));
    if plain && digits >= 3 { Ok(text) } else { Err(Reason::Telephone) }
}

/// A language code: `fr`, or `pt-br`.
pub fn language(text: &str) -> Result<String, Reason> {
    let code = text.trim().to_ascii_lowercase().replace('_', "-");
    let mut parts = code.split('-');
    let first = parts.next().is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase()));
    let rest = parts.all(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    if first && rest && code.len() <= 20 { Ok(code) } else { Err(Reason::Language) }
}

/// Yes or no, as files write it.
pub fn yes_no(text: &str) -> Result<bool, Reason> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "true" | "1" | "y" | "oui" | "vrai" | "on" | "نعم" => Ok(true),
        "no" | "false" | "0" | "n" | "non" | "faux" | "off" | "لا" => Ok(false),
        _ => Err(Reason::Word("yes, no")),
    }
}

impl Constituent {
    /// An organisation of which only the name is known.
    pub fn named(id: String, name: String) -> Self {
        Constituent {
            id,
            name,
            names: BTreeMap::new(),
            sector: Term::other(),
            criticality: Criticality::Medium,
            kind: Term::other(),
            association: String::new(),
            notes: String::new(),
            active: true,
            networks: Vec::new(),
            as_numbers: Vec::new(),
            domains: Vec::new(),
            contacts: Vec::new(),
        }
    }

    /// Brings the lists into their order, each thing once.
    pub fn tidy(&mut self) {
        self.networks.sort_unstable();
        self.networks.dedup();
        self.as_numbers.sort_unstable();
        self.as_numbers.dedup();
        self.domains.sort_unstable();
        self.domains.dedup();
        self.contacts.sort();
        self.contacts.dedup_by(|a, b| (a.role, &a.mail, &a.telephone) == (b.role, &b.mail, &b.telephone));
    }

    /// Which parts differ from another, as words for the journal.
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        [
            ("name", self.name != other.name),
            ("names", self.names != other.names),
            ("sector", self.sector != other.sector),
            ("criticality", self.criticality != other.criticality),
            ("kind", self.kind != other.kind),
            ("association", self.association != other.association),
            ("notes", self.notes != other.notes),
            ("active", self.active != other.active),
            ("networks", self.networks != other.networks),
            ("as_numbers", self.as_numbers != other.as_numbers),
            ("domains", self.domains != other.domains),
            ("contacts", self.contacts != other.contacts),
        ]
        .into_iter()
        .filter_map(|(part, differs)| differs.then_some(part))
        .collect()
    }

    /// What the text filter of the list looks through, in lower case.
    pub fn search_text(&self) -> String {
        let mut text = self.name.clone();
        for part in self.names.values().chain([&self.sector.text, &self.kind.text]) {
            if !part.is_empty() {
                text.push('\n');
                text.push_str(part);
            }
        }
        text.to_lowercase()
    }

    /// The name in a language, else the name it is listed under.
    pub fn name_in(&self, language: &str) -> &str {
        self.names.get(language).unwrap_or(&self.name)
    }
}

/// The term of a sector as text.
pub fn sector(text: &str) -> Result<Term, Reason> {
    Ok(sectors().term(&line(text, NAME_CHARS)?))
}

/// The term of a kind as text.
pub fn kind(text: &str) -> Result<Term, Reason> {
    Ok(kinds().term(&line(text, NAME_CHARS)?))
}

#[cfg(test)]
mod tests {
    use super::{AsNumber, Criticality, Domain, Reason, language, line, mail, name, notes, telephone, yes_no};

    #[test]
    fn every_reason_and_warning_has_its_words_in_every_language() {
        use crate::cidr::{Cidr, CidrError};
        use crate::report::WarningKind;
        let meant = Cidr::parse("192.0.2.0/24").expect("a network");
        let owner = || "x".to_string();
        let reasons = [
            Reason::Empty,
            Reason::TooLong(1),
            Reason::Control,
            Reason::Network(CidrError::NotANetwork),
            Reason::Network(CidrError::Length { max: 32 }),
            Reason::Network(CidrError::HostBits { meant }),
            Reason::AsNumber,
            Reason::Domain,
            Reason::Mail,
            Reason::Telephone,
            Reason::Language,
            Reason::Word("a"),
            Reason::Id,
            Reason::Unreachable,
            Reason::OwnAssociation,
            Reason::NameTaken { owner: owner() },
            Reason::Owned { owner: owner() },
            Reason::OwnedInFile { line: 1, owner: owner() },
            Reason::TwiceInFile { line: 1 },
            Reason::Fields { wanted: 1, found: 2 },
            Reason::OpenQuote,
            Reason::LineTooLong,
            Reason::JsonType("a"),
        ];
        let warnings = [
            WarningKind::UnknownColumn,
            WarningKind::UnknownSector,
            WarningKind::UnknownKind,
            WarningKind::UnknownAssociation,
            WarningKind::SharedAs { owner: owner() },
            WarningKind::Differs { line: 1 },
        ];
        let words = manara_web::Words::built_in().expect("words");
        let keys = reasons.iter().map(|r| (format!("constituency-reason-{}", r.code()), r.args()));
        for (key, args) in keys.chain(warnings.iter().map(|w| (format!("constituency-warning-{}", w.code()), w.args())))
        {
            let args: Vec<(&str, manara_web::Word)> =
                args.into_iter().map(|(name, value)| (name, value.into())).collect();
            for lang in manara_web::Lang::ALL {
                let text = words.t_args(lang, &key, &args);
                assert!(words.has(lang, &key) && !text.contains("{$"), "{key} {lang:?}: {text}");
            }
        }
    }

    #[test]
    fn as_numbers_are_read_as_people_write_them() {
        for (text, want) in [
            ("64512", Some(64512)),
            (" AS64512 ", Some(64512)),
            ("as 4200000000", Some(4_200_000_000)),
            ("1.0", Some(65536)),
            ("0", None),
            ("4294967295", None),
            ("4294967296", None),
            ("ASX", None),
            ("+5", None),
            ("1.70000", None),
            ("", None),
            ("é", None),
        ] {
            assert_eq!(AsNumber::parse(text).map(|n| n.0), want, "{text}");
        }
    }

    #[test]
    fn domains_and_mails_are_brought_into_one_form() {
        for (text, want) in [
            ("Ministry.Example.", Some("ministry.example")),
            ("*.isp.example", Some("isp.example")),
            (".isp.example", Some("isp.example")),
            ("192.0.2.1", None),
            ("localhost", None),
            ("-x.example", None),
            ("a b.example", None),
        ] {
            assert_eq!(Domain::parse(text).as_ref().map(Domain::as_str), want, "{text}");
        }
        for (text, want) in [
            ("Abuse@ISP.Example", Ok("Abuse@isp.example")),
            (" mailto:abuse@isp.example", Ok("abuse@isp.example")),
            ("<abuse@isp.example>", Ok("abuse@isp.example")),
            ("abuse+x@isp.example", Ok("abuse+x@isp.example")),
            ("abuse", Err(Reason::Mail)),
            ("@isp.example", Err(Reason::Mail)),
            ("a b@isp.example", Err(Reason::Mail)),
            ("a@b@isp.example", Err(Reason::Mail)),
            ("a@*.isp.example", Err(Reason::Mail)),
            ("a..b@isp.example", Err(Reason::Mail)),
            ("a@isp.example\r\nBcc: b@isp.example", Err(Reason::Mail)),
        ] {
            assert_eq!(mail(text), want.map(str::to_string), "{text}");
        }
    }

    #[test]
    fn small_values_are_read_or_refused() {
        assert_eq!(name("  Ministry \n of  Energy "), Ok("Ministry of Energy".into()));
        assert_eq!(name(" "), Err(Reason::Empty));
        assert_eq!(line("a\u{0}b", 9), Err(Reason::Control));
        assert_eq!(line("abc", 2), Err(Reason::TooLong(2)));
        assert_eq!(notes("a\r\nb\tc \n"), Ok("a\nb\tc".into()));
        assert_eq!(telephone("+223 20 22-00-00"), Ok("+223 20 22-00-00".into()));
        assert_eq!(telephone("call me"), Err(Reason::Telephone));
        assert_eq!(language("FR"), Ok("fr".into()));
        assert_eq!(language("pt_BR"), Ok("pt-br".into()));
        assert_eq!(language("french"), Err(Reason::Language));
        assert_eq!(yes_no("Oui"), Ok(true));
        assert_eq!(yes_no("maybe"), Err(Reason::Word("yes, no")));
        assert_eq!(Criticality::parse("4"), Some(Criticality::Vital));
        assert_eq!(Criticality::parse("HIGH"), Some(Criticality::High));
        assert_eq!(Criticality::parse("5"), None);
    }
}
