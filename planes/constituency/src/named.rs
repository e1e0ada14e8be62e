//! What a file says of each organisation: only what it names, each value checked.

use std::collections::{BTreeMap, HashMap};

use crate::cidr::Cidr;
use crate::constituent::{
    AsNumber, Constituent, Contact, Criticality, Domain, Format, Reason, Role, kind, language, line, mail, name,
    name_key, notes, sector, telephone, yes_no,
};
use crate::report::{ImportOptions, WarningKind};
use crate::sheet::{Sheet, SheetRow};
use crate::taxonomy::{OTHER, Term};

/// A value of a column: `None` when the file has no such column, `Some(None)` when the cell is empty.
type Cell<T> = Option<Option<T>>;

/// What a file says of one organisation.
#[derive(Debug, Default)]
pub(crate) struct Named {
    /// The line that names it first.
    pub line: u64,
    pub id: Option<String>,
    pub name: String,
    pub names: BTreeMap<String, String>,
    sector: Cell<Term>,
    criticality: Cell<Criticality>,
    kind: Cell<Term>,
    association: Cell<String>,
    notes: Cell<String>,
    active: Cell<bool>,
    /// With the line of each.
    pub networks: Option<Vec<(Cidr, u64)>>,
    pub as_numbers: Option<Vec<(AsNumber, u64)>>,
    pub domains: Option<Vec<(Domain, u64)>>,
    contacts: Option<Vec<NamedContact>>,
    abuse: Option<Vec<String>>,
}

/// What a file says of a contact; what it leaves out stays as it is.
#[derive(Debug, Clone, PartialEq)]
struct NamedContact {
    role: Role,
    mail: String,
    telephone: String,
    name: Option<String>,
    language: Option<String>,
    format: Option<Format>,
    active: Option<bool>,
}

/// What the rows of a sheet say, one for each organisation, in the order of the file. What cannot be taken is refused in
/// the sheet.
pub(crate) fn named(sheet: &mut Sheet) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for row in std::mem::take(&mut sheet.rows) {
        let Some(named) = one(&row, sheet) else { continue };
        match by_name.get(&name_key(&named.name)).and_then(|at| out.get_mut(*at)) {
            Some(first) if sheet.lines => absorb(first, named, sheet),
            Some(first) => {
                let reason = Reason::TwiceInFile { line: first.line };
                let found = named.name;
                sheet.refuse(row.line, "name", reason, &found);
            }
            None => {
                by_name.insert(name_key(&named.name), out.len());
                out.push(named);
            }
        }
    }
    refuse_two_owners(&out, sheet);
    out
}

/// Reads the cells of one row.
fn one(row: &SheetRow, sheet: &mut Sheet) -> Option<Named> {
    let mut reader = Reader { row, sheet };
    let mut named = Named { line: row.line, ..Named::default() };
    let refused = reader.sheet.refused.len();
    named.name = match name(reader.first("name").unwrap_or_default()) {
        Ok(name) => name,
        Err(reason) => {
            let found = reader.first("name").unwrap_or_default();
            reader.sheet.refuse(row.line, "name", reason, found);
            return None;
        }
    };
    named.id = reader.cell("id", id).flatten();
    for (code, text) in &row.names {
        match (language(code), line(text, crate::constituent::NAME_CHARS)) {
            (Ok(code), Ok(text)) => drop(named.names.insert(code, text)),
            (Err(reason), _) => reader.sheet.refuse(row.line, "names", reason, code),
            (_, Err(reason)) => reader.sheet.refuse(row.line, &format!("name_{code}"), reason, text),
        }
    }
    named.sector = reader.cell("sector", sector);
    reader.warn_of_text("sector", &named.sector, WarningKind::UnknownSector);
    named.kind = reader.cell("kind", kind);
    reader.warn_of_text("kind", &named.kind, WarningKind::UnknownKind);
    named.criticality = reader.cell("criticality", |text| {
        Criticality::parse(text).ok_or(Reason::Word("low, medium, high, vital, or 1 to 4"))
    });
    named.association = reader.cell("association", |text| line(text, crate::constituent::NAME_CHARS));
    if named.association.iter().flatten().any(|above| name_key(above) == name_key(&named.name)) {
        reader.sheet.refuse(row.line, "association", Reason::OwnAssociation, &named.name);
    }
    named.notes = reader.cell("notes", notes);
    named.active = reader.cell("active", yes_no);
    named.networks = reader.list("networks", |text| Ok(Cidr::parse(text)?));
    named.as_numbers = reader.list("as_numbers", |text| AsNumber::parse(text).ok_or(Reason::AsNumber));
    named.domains = reader.list("domains", |text| Domain::parse(text).ok_or(Reason::Domain));
    named.abuse = reader.list("abuse_contact", mail).map(|mails| mails.into_iter().map(|(mail, _)| mail).collect());
    named.contacts = reader.contacts();
    (reader.sheet.refused.len() == refused).then_some(named)
}

/// The id of a record.
fn id(text: &str) -> Result<String, Reason> {
    uuid::Uuid::try_parse(text.trim()).map(|id| id.hyphenated().to_string()).map_err(|_| Reason::Id)
}

/// Reads the cells of a row and refuses what cannot be taken.
struct Reader<'a> {
    row: &'a SheetRow,
    sheet: &'a mut Sheet,
}

impl<'a> Reader<'a> {
    fn items(&self, column: &str) -> Option<&'a [String]> {
        self.row.cells.get(column).map(Vec::as_slice)
    }

    fn first(&self, column: &str) -> Option<&'a str> {
        self.items(column)?.first().map(String::as_str)
    }

    fn cell<T>(&mut self, column: &str, read: impl Fn(&str) -> Result<T, Reason>) -> Cell<T> {
        let text = match self.items(column)?.first() {
            Some(text) if !text.trim().is_empty() => text,
            _ => return Some(None),
        };
        match read(text) {
            Ok(value) => Some(Some(value)),
            Err(reason) => {
                self.sheet.refuse(self.row.line, column, reason, text);
                Some(None)
            }
        }
    }

    fn list<T>(&mut self, column: &str, read: impl Fn(&str) -> Result<T, Reason>) -> Option<Vec<(T, u64)>> {
        let items = self.items(column)?;
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            match read(item) {
                Ok(value) => out.push((value, self.row.line)),
                Err(reason) => self.sheet.refuse(self.row.line, column, reason, item),
            }
        }
        Some(out)
    }

    fn warn_of_text(&mut self, column: &str, term: &Cell<Term>, kind: WarningKind) {
        if let Some(Some(term)) = term
            && term.id == OTHER
            && !term.text.is_empty()
        {
            self.sheet.warn(self.row.line, column, kind, &term.text);
        }
    }

    /// The contacts: lists that run side by side.
    fn contacts(&mut self) -> Option<Vec<NamedContact>> {
        const COLUMNS: [&str; 7] = [
            "contact_role",
            "contact_mail",
            "contact_phone",
            "contact_name",
            "contact_language",
            "contact_format",
            "contact_active",
        ];
        let columns = COLUMNS.map(|column| self.items(column));
        if columns.iter().all(Option::is_none) {
            return None;
        }
        let count = columns.iter().flatten().map(|items| items.len()).max().unwrap_or(0);
        let mut out: Vec<NamedContact> = Vec::with_capacity(count);
        for at in 0..count {
            let texts = columns.map(|items| {
                let text = items.and_then(|items| items.get(at)).map(|text| text.trim());
                text.filter(|text| !text.is_empty())
            });
            if let Some(contact) = self.contact(texts)
                && !out.contains(&contact)
            {
                out.push(contact);
            }
        }
        Some(out)
    }

    fn contact(&mut self, texts: [Option<&str>; 7]) -> Option<NamedContact> {
        let [role, mail_text, phone, contact_name, code, format, active] = texts;
        let before = self.sheet.refused.len();
        let words = "security, abuse, technical, management";
        let role = self.value("contact_role", role, |text| Role::parse(text).ok_or(Reason::Word(words)));
        let mail = self.value("contact_mail", mail_text, mail);
        let telephone = self.value("contact_phone", phone, telephone);
        let name = self.value("contact_name", contact_name, |text| line(text, crate::constituent::NAME_CHARS));
        let language = self.value("contact_language", code, language);
        let words = "csv, json, both, pdf, all";
        let format = self.value("contact_format", format, |text| Format::parse(text).ok_or(Reason::Word(words)));
        let active = self.value("contact_active", active, yes_no);
        if self.sheet.refused.len() > before {
            return None;
        }
        if mail.is_none() && telephone.is_none() {
            let found = name.or(contact_name.map(str::to_string)).unwrap_or_default();
            self.sheet.refuse(self.row.line, "contact_mail", Reason::Unreachable, &found);
            return None;
        }
        Some(NamedContact {
            role: role.unwrap_or(Role::Security),
            mail: mail.unwrap_or_default(),
            telephone: telephone.unwrap_or_default(),
            name,
            language,
            format,
            active,
        })
    }

    fn value<T>(&mut self, column: &str, text: Option<&str>, read: impl Fn(&str) -> Result<T, Reason>) -> Option<T> {
        match read(text?) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.sheet.refuse(self.row.line, column, reason, text.unwrap_or_default());
                None
            }
        }
    }
}

/// Adds what a later line says of the same organisation. Lists grow; of two values the first counts.
fn absorb(first: &mut Named, later: Named, sheet: &mut Sheet) {
    fn scalar<T: PartialEq>(first: &mut Cell<T>, later: Cell<T>) -> bool {
        match (first.as_ref().and_then(Option::as_ref), later) {
            (Some(value), Some(Some(other))) => *value != other,
            (None, Some(Some(other))) => {
                *first = Some(Some(other));
                false
            }
            _ => false,
        }
    }
    fn list<T>(first: &mut Option<Vec<T>>, later: Option<Vec<T>>) {
        if let Some(mut later) = later {
            first.get_or_insert_default().append(&mut later);
        }
    }
    let differing = [
        ("id", later.id.is_some() && first.id.is_some() && first.id != later.id),
        ("sector", scalar(&mut first.sector, later.sector)),
        ("criticality", scalar(&mut first.criticality, later.criticality)),
        ("kind", scalar(&mut first.kind, later.kind)),
        ("association", scalar(&mut first.association, later.association)),
        ("notes", scalar(&mut first.notes, later.notes)),
        ("active", scalar(&mut first.active, later.active)),
    ];
    for (column, differs) in differing {
        if differs {
            sheet.warn(later.line, column, WarningKind::Differs { line: first.line }, &later.name);
        }
    }
    for (code, name) in later.names {
        let known = first.names.entry(code).or_default();
        if known.is_empty() {
            *known = name;
        }
    }
    list(&mut first.networks, later.networks);
    list(&mut first.as_numbers, later.as_numbers);
    list(&mut first.domains, later.domains);
    for contact in later.contacts.into_iter().flatten() {
        let contacts = first.contacts.get_or_insert_default();
        if !contacts.contains(&contact) {
            contacts.push(contact);
        }
    }
    for mail in later.abuse.into_iter().flatten() {
        let mails = first.abuse.get_or_insert_default();
        if !mails.contains(&mail) {
            mails.push(mail);
        }
    }
}

/// Refuses a network or a domain that the file gives to two organisations.
fn refuse_two_owners(all: &[Named], sheet: &mut Sheet) {
    let mut networks: HashMap<Cidr, (u64, usize)> = HashMap::new();
    let mut domains: HashMap<&str, (u64, usize)> = HashMap::new();
    let owner = |at: usize| all.get(at).map_or_else(String::new, |named| named.name.clone());
    for (at, named) in all.iter().enumerate() {
        for (network, line) in named.networks.iter().flatten() {
            let (first, by) = *networks.entry(*network).or_insert((*line, at));
            if by != at {
                let reason = Reason::OwnedInFile { line: first, owner: owner(by) };
                sheet.refuse(*line, "networks", reason, &network.to_string());
            }
        }
        for (domain, line) in named.domains.iter().flatten() {
            let (first, by) = *domains.entry(domain.as_str()).or_insert((*line, at));
            if by != at {
                let reason = Reason::OwnedInFile { line: first, owner: owner(by) };
                sheet.refuse(*line, "domains", reason, domain.as_str());
            }
        }
    }
}

impl Named {
    /// The organisation as it is after the file. With `replace`, what a column leaves empty is emptied.
    pub fn applied_to(&self, old: Constituent, options: &ImportOptions) -> Constituent {
        fn set<T: Clone>(target: &mut T, cell: &Cell<T>, replace: bool, empty: T) {
            match cell {
                Some(Some(value)) => *target = value.clone(),
                Some(None) if replace => *target = empty,
                _ => {}
            }
        }
        fn add<T: Clone>(target: &mut Vec<T>, named: &Option<Vec<(T, u64)>>, replace: bool) {
            if let Some(named) = named {
                if replace {
                    target.clear();
                }
                target.extend(named.iter().map(|(item, _)| item.clone()));
            }
        }
        let replace = options.replace;
        let mut new = old.clone();
        new.name = self.name.clone();
        for (code, name) in &self.names {
            if !name.is_empty() {
                new.names.insert(code.clone(), name.clone());
            } else if replace {
                new.names.remove(code);
            }
        }
        set(&mut new.sector, &self.sector, replace, Term::other());
        set(&mut new.kind, &self.kind, replace, Term::other());
        set(&mut new.criticality, &self.criticality, replace, Criticality::Medium);
        set(&mut new.association, &self.association, replace, String::new());
        set(&mut new.notes, &self.notes, replace, String::new());
        set(&mut new.active, &self.active, replace, true);
        add(&mut new.networks, &self.networks, replace);
        add(&mut new.as_numbers, &self.as_numbers, replace);
        add(&mut new.domains, &self.domains, replace);
        self.set_contacts(&mut new, &old, options);
        new.tidy();
        new
    }

    /// Contacts are set role by role: a file that names an abuse contact names all of them.
    fn set_contacts(&self, new: &mut Constituent, old: &Constituent, options: &ImportOptions) {
        let abuse = self.abuse.iter().flatten().map(|mail| NamedContact {
            role: Role::Abuse,
            mail: mail.clone(),
            telephone: String::new(),
            name: None,
            language: None,
            format: None,
            active: None,
        });
        let named: Vec<NamedContact> = self.contacts.iter().flatten().cloned().chain(abuse).collect();
        let of_contacts = |contact: &Contact| {
            let named = self.contacts.iter().flatten().any(|one| one.role == contact.role);
            named || (options.replace && self.contacts.is_some())
        };
        // The column of abuse contacts knows mail addresses only, and leaves a telephone alone.
        let of_abuse = |contact: &Contact| {
            let named = self.abuse.as_ref().is_some_and(|mails| options.replace || !mails.is_empty());
            named && contact.role == Role::Abuse && !contact.mail.is_empty()
        };
        new.contacts.retain(|contact| !of_contacts(contact) && !of_abuse(contact));
        for one in named {
            let known = old.contacts.iter().find(|contact| {
                let same = if one.mail.is_empty() {
                    contact.telephone == one.telephone
                } else {
                    contact.mail.eq_ignore_ascii_case(&one.mail)
                };
                same && contact.role == one.role
            });
            let kept = |part: fn(&Contact) -> String| known.map(part);
            let telephone =
                Some(one.telephone).filter(|t| !t.is_empty() || (options.replace && self.contacts.is_some()));
            new.contacts.push(Contact {
                role: one.role,
                mail: one.mail,
                telephone: telephone.or_else(|| kept(|c| c.telephone.clone())).unwrap_or_default(),
                name: one.name.or_else(|| kept(|c| c.name.clone())).unwrap_or_default(),
                language: one
                    .language
                    .or_else(|| kept(|c| c.language.clone()))
                    .unwrap_or_else(|| options.language.clone()),
                format: one.format.or_else(|| known.map(|c| c.format)).unwrap_or(Format::Both),
                active: one.active.or_else(|| known.map(|c| c.active)).unwrap_or(true),
            });
        }
    }

    /// The line that names a network.
    pub fn line_of_network(&self, network: Cidr) -> Option<u64> {
        self.networks.iter().flatten().find(|(named, _)| *named == network).map(|(_, line)| *line)
    }

    /// The line that names a domain.
    pub fn line_of_domain(&self, domain: &Domain) -> Option<u64> {
        self.domains.iter().flatten().find(|(named, _)| named == domain).map(|(_, line)| *line)
    }

    /// The organisation that the file names above this one.
    pub fn association(&self) -> Option<&str> {
        self.association.iter().flatten().next().map(String::as_str)
    }
}
