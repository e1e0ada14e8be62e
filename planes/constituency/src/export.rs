//! The constituency as a file that an import takes back.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::constituent::{Constituent, Contact, Role};
use crate::sheet::{join, neutral};

/// In which form a file is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// CSV with one line for each network: `cidr,asn,org,sector,abuse_contact`.
    Networks,
    /// CSV with one line for each organisation and everything of it.
    Csv,
    /// A JSON array with one organisation on each line and everything of it.
    Json,
}

impl ExportFormat {
    /// All.
    pub const ALL: [ExportFormat; 3] = [Self::Networks, Self::Csv, Self::Json];

    /// The word used on the command line and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Networks => "networks",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.as_str() == text)
    }

    /// The name of the file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Networks => "constituency-networks.csv",
            Self::Csv => "constituency.csv",
            Self::Json => "constituency.json",
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Networks | Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

/// Writes organisations in a form.
pub fn write(all: &[Constituent], format: ExportFormat) -> Vec<u8> {
    match format {
        ExportFormat::Networks => networks(all),
        ExportFormat::Csv => full(all),
        ExportFormat::Json => json(all),
    }
    .into_bytes()
}

/// One line for each network. An organisation with more AS numbers than networks has lines without a network.
fn networks(all: &[Constituent]) -> String {
    let mut out = Csv::default();
    out.line(["cidr", "asn", "org", "sector", "abuse_contact"]);
    for one in all {
        let abuse: Vec<&str> = one
            .contacts
            .iter()
            .filter(|c| c.role == Role::Abuse)
            .map(|c| c.mail.as_str())
            .filter(|m| !m.is_empty())
            .collect();
        let abuse = abuse.join(";");
        for at in 0..one.networks.len().max(one.as_numbers.len()).max(1) {
            let network = one.networks.get(at).map(ToString::to_string).unwrap_or_default();
            let number = one.as_numbers.get(at).or(one.as_numbers.last()).map(|n| n.0.to_string()).unwrap_or_default();
            out.line([network.as_str(), &number, &one.name, one.sector.word(), &abuse]);
        }
    }
    out.text
}

fn full(all: &[Constituent]) -> String {
    let languages: BTreeSet<&str> = all.iter().flat_map(|one| one.names.keys().map(String::as_str)).collect();
    let mut out = Csv::default();
    let names = languages.iter().map(|code| format!("name_{code}"));
    let before = ["id", "name"].map(str::to_string);
    let after = [
        "sector",
        "kind",
        "criticality",
        "association",
        "networks",
        "as_numbers",
        "domains",
        "contact_role",
        "contact_name",
        "contact_mail",
        "contact_phone",
        "contact_language",
        "contact_format",
        "contact_active",
        "active",
        "notes",
    ]
    .map(str::to_string);
    out.line(before.into_iter().chain(names).chain(after));
    for one in all {
        let contacts = |part: fn(&Contact) -> &str| join(one.contacts.iter().map(part));
        let mut cells = vec![one.id.clone(), one.name.clone()];
        cells.extend(languages.iter().map(|code| one.names.get(*code).cloned().unwrap_or_default()));
        cells.extend([
            one.sector.word().to_string(),
            one.kind.word().to_string(),
            one.criticality.as_str().to_string(),
            one.association.clone(),
            join(one.networks.iter().map(ToString::to_string)),
            join(one.as_numbers.iter().map(|n| n.0.to_string())),
            join(one.domains.iter().map(|d| d.as_str())),
            contacts(|c| c.role.as_str()),
            contacts(|c| &c.name),
            contacts(|c| &c.mail),
            contacts(|c| &c.telephone),
            contacts(|c| &c.language),
            contacts(|c| c.format.as_str()),
            contacts(|c| yes_no(c.active)),
            yes_no(one.active).to_string(),
            one.notes.clone(),
        ]);
        out.line(cells);
    }
    out.text
}

fn yes_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

/// Lines of CSV as RFC 4180 wants them, with no cell that a spreadsheet takes for a formula.
#[derive(Default)]
struct Csv {
    text: String,
}

impl Csv {
    fn line(&mut self, cells: impl IntoIterator<Item = impl AsRef<str>>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            let cell = neutral(cell.as_ref());
            // Semicolons and tabs too: a spreadsheet of another language splits at them.
            if cell.contains([',', ';', '\t', '"', '\r', '\n']) || cell.starts_with(' ') || cell.ends_with(' ') {
                self.text.push('"');
                self.text.push_str(&cell.replace('"', "\"\""));
                self.text.push('"');
            } else {
                self.text.push_str(&cell);
            }
        }
        self.text.push_str("\r\n");
    }
}

/// An organisation as JSON shows it.
#[derive(Serialize)]
struct JsonOrg<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    names: &'a std::collections::BTreeMap<String, String>,
    sector: &'a str,
    kind: &'a str,
    criticality: &'a str,
    association: &'a str,
    networks: Vec<String>,
    as_numbers: Vec<u32>,
    domains: Vec<&'a str>,
    contacts: Vec<JsonContact<'a>>,
    active: bool,
    notes: &'a str,
}

#[derive(Serialize)]
struct JsonContact<'a> {
    role: &'a str,
    name: &'a str,
    mail: &'a str,
    telephone: &'a str,
    language: &'a str,
    format: &'a str,
    active: bool,
}

/// One organisation as a JSON object.
pub fn json_object(one: &Constituent) -> String {
    let org = JsonOrg {
        id: &one.id,
        name: &one.name,
        names: &one.names,
        sector: one.sector.word(),
        kind: one.kind.word(),
        criticality: one.criticality.as_str(),
        association: &one.association,
        networks: one.networks.iter().map(ToString::to_string).collect(),
        as_numbers: one.as_numbers.iter().map(|n| n.0).collect(),
        domains: one.domains.iter().map(|d| d.as_str()).collect(),
        contacts: one
            .contacts
            .iter()
            .map(|c| JsonContact {
                role: c.role.as_str(),
                name: &c.name,
                mail: &c.mail,
                telephone: &c.telephone,
                language: &c.language,
                format: c.format.as_str(),
                active: c.active,
            })
            .collect(),
        active: one.active,
        notes: &one.notes,
    };
    serde_json::to_string(&org).unwrap_or_default()
}

fn json(all: &[Constituent]) -> String {
    let lines: Vec<String> = all.iter().map(json_object).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}
