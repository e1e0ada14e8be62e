//! The form of one constituent: what a person typed, kept until it is right.

use manara_web::Lang;

use crate::cidr::Cidr;
use crate::constituent::{
    self, AsNumber, Constituent, Contact, Criticality, Domain, Format, NAME_CHARS, Reason, Role, name_key,
};
use crate::taxonomy::{OTHER, Taxonomy, Term, kinds, sectors};

/// Contact rows that are shown empty, to be filled in.
const EMPTY_ROWS: usize = 2;
/// The most contacts one form takes.
const MOST_CONTACTS: usize = 200;

/// The form as it was typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Draft {
    /// When the constituent had last changed, when the form was opened; empty for a new one.
    pub version: String,
    pub name: String,
    /// Name in each language of the product.
    pub names: Vec<(Lang, String)>,
    pub sector: String,
    pub sector_text: String,
    pub kind: String,
    pub kind_text: String,
    pub criticality: String,
    pub association: String,
    pub active: bool,
    pub networks: String,
    pub as_numbers: String,
    pub domains: String,
    pub notes: String,
    pub contacts: Vec<DraftContact>,
}

/// One contact as it was typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct DraftContact {
    pub role: String,
    pub name: String,
    pub mail: String,
    pub telephone: String,
    pub language: String,
    pub format: String,
    pub active: bool,
}

impl DraftContact {
    /// The contact in one line.
    fn line(&self) -> String {
        let active = if self.active { "" } else { "(–)" };
        let parts = [&self.role, &self.name, &self.mail, &self.telephone, &self.language, &self.format];
        let parts = parts.into_iter().map(|part| part.trim()).chain([active]).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" ")
    }

    fn is_empty(&self) -> bool {
        [&self.name, &self.mail, &self.telephone].iter().all(|text| text.trim().is_empty())
    }
}

/// A field that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trouble {
    /// Name of the field in the form.
    pub field: String,
    pub reason: Reason,
    pub found: String,
}

impl Draft {
    /// An empty form.
    pub fn new() -> Self {
        Draft {
            names: Lang::ALL.map(|lang| (lang, String::new())).to_vec(),
            sector: OTHER.into(),
            kind: OTHER.into(),
            criticality: Criticality::Medium.as_str().into(),
            active: true,
            ..Draft::default()
        }
        .with_empty_rows()
    }

    /// The form of a constituent.
    pub fn of(one: &Constituent, version: &str) -> Self {
        let lines = |items: Vec<String>| items.join("\n");
        Draft {
            version: version.into(),
            name: one.name.clone(),
            names: Lang::ALL.map(|lang| (lang, one.names.get(lang.tag()).cloned().unwrap_or_default())).to_vec(),
            sector: one.sector.id.clone(),
            sector_text: one.sector.text.clone(),
            kind: one.kind.id.clone(),
            kind_text: one.kind.text.clone(),
            criticality: one.criticality.as_str().into(),
            association: one.association.clone(),
            active: one.active,
            networks: lines(one.networks.iter().map(ToString::to_string).collect()),
            as_numbers: lines(one.as_numbers.iter().map(|n| n.0.to_string()).collect()),
            domains: lines(one.domains.iter().map(|d| d.as_str().to_string()).collect()),
            notes: one.notes.clone(),
            contacts: one
                .contacts
                .iter()
                .map(|contact| DraftContact {
                    role: contact.role.as_str().into(),
                    name: contact.name.clone(),
                    mail: contact.mail.clone(),
                    telephone: contact.telephone.clone(),
                    language: contact.language.clone(),
                    format: contact.format.as_str().into(),
                    active: contact.active,
                })
                .collect(),
        }
        .with_empty_rows()
    }

    /// The fields in which two forms differ: name, and the value of each; a contact as its lines.
    pub fn differs(&self, other: &Draft) -> Vec<(&'static str, String, String)> {
        fn fields(draft: &Draft) -> [(&'static str, String); 13] {
            let names = draft.names.iter().filter(|(_, name)| !name.trim().is_empty());
            let names = names.map(|(lang, name)| format!("{}: {}", lang.tag(), name.trim())).collect::<Vec<_>>();
            let contacts = draft.contacts.iter().filter(|contact| !contact.is_empty()).map(DraftContact::line);
            let lines = |text: &str| {
                let mut lines: Vec<&str> = text.split_whitespace().collect();
                lines.sort_unstable();
                lines.join("\n")
            };
            [
                ("name", draft.name.trim().into()),
                ("names", names.join("\n")),
                ("sector", draft.sector.clone()),
                ("sector-text", draft.sector_text.trim().into()),
                ("kind", draft.kind.clone()),
                ("kind-text", draft.kind_text.trim().into()),
                ("criticality", draft.criticality.clone()),
                ("association", draft.association.trim().into()),
                ("active", if draft.active { "✓" } else { "–" }.into()),
                ("networks", lines(&draft.networks)),
                ("as-numbers", lines(&draft.as_numbers)),
                ("domains", lines(&draft.domains)),
                ("contacts", contacts.collect::<Vec<_>>().join("\n")),
            ]
        }
        let notes = |draft: &Draft| ("notes", draft.notes.replace("\r\n", "\n").trim().to_string());
        let mine = fields(self).into_iter().chain([notes(self)]);
        let others = fields(other).into_iter().chain([notes(other)]);
        mine.zip(others)
            .filter(|(mine, other)| mine.1 != other.1)
            .map(|(mine, other)| (mine.0, mine.1, other.1))
            .collect()
    }

    /// The form as it came back.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| pairs.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
        let has = |name: &str| pairs.iter().any(|(n, _)| n == name);
        let mut contacts = Vec::new();
        for at in 0..MOST_CONTACTS {
            if !has(&format!("contact-{at}-mail")) {
                break;
            }
            let part = |part: &str| value(&format!("contact-{at}-{part}"));
            contacts.push(DraftContact {
                role: part("role"),
                name: part("name"),
                mail: part("mail"),
                telephone: part("telephone"),
                language: part("language"),
                format: part("format"),
                active: has(&format!("contact-{at}-active")),
            });
        }
        contacts.retain(|contact| !contact.is_empty());
        Draft {
            version: value("version"),
            name: value("name"),
            names: Lang::ALL.map(|lang| (lang, value(&format!("name_{}", lang.tag())))).to_vec(),
            sector: value("sector"),
            sector_text: value("sector_text"),
            kind: value("kind"),
            kind_text: value("kind_text"),
            criticality: value("criticality"),
            association: value("association"),
            active: has("active"),
            networks: value("networks"),
            as_numbers: value("as_numbers"),
            domains: value("domains"),
            notes: value("notes"),
            contacts,
        }
        .with_empty_rows()
    }

    fn with_empty_rows(mut self) -> Self {
        for _ in 0..EMPTY_ROWS {
            self.contacts.push(DraftContact {
                role: Role::Security.as_str().into(),
                format: Format::Both.as_str().into(),
                active: true,
                ..DraftContact::default()
            });
        }
        self
    }

    /// The constituent that the form describes, made from the one there is, or everything that is wrong with it.
    pub fn check(&self, mut one: Constituent, language: &str) -> Result<Constituent, Vec<Trouble>> {
        let mut check = Check { troubles: Vec::new() };
        if let Some(name) = check.field("name", &self.name, constituent::name) {
            one.name = name;
        }
        for (lang, name) in &self.names {
            match check.field(&format!("name_{}", lang.tag()), name, |text| constituent::line(text, NAME_CHARS)) {
                Some(name) if !name.is_empty() => drop(one.names.insert(lang.tag().into(), name)),
                _ => drop(one.names.remove(lang.tag())),
            }
        }
        one.sector = check.term("sector", &self.sector, &self.sector_text, sectors());
        one.kind = check.term("kind", &self.kind, &self.kind_text, kinds());
        let words = Reason::Word("low, medium, high, vital");
        let criticality = |text: &str| Criticality::parse(text).ok_or(words.clone());
        one.criticality = check.field("criticality", &self.criticality, criticality).unwrap_or(one.criticality);
        one.association = check
            .field("association", &self.association, |text| constituent::line(text, NAME_CHARS))
            .unwrap_or_default();
        if !one.association.is_empty() && name_key(&one.association) == name_key(&one.name) {
            check.refuse("association", Reason::OwnAssociation, &self.association);
        }
        one.active = self.active;
        one.networks = check.list("networks", &self.networks, |text| Ok(Cidr::parse(text)?));
        one.as_numbers = check.list("as_numbers", &self.as_numbers, |t| AsNumber::parse(t).ok_or(Reason::AsNumber));
        one.domains = check.list("domains", &self.domains, |text| Domain::parse(text).ok_or(Reason::Domain));
        one.notes = check.field("notes", &self.notes, constituent::notes).unwrap_or_default();
        one.contacts = self
            .contacts
            .iter()
            .enumerate()
            .filter(|(_, contact)| !contact.is_empty())
            .filter_map(|(at, contact)| check.contact(at, contact, language))
            .collect();
        one.tidy();
        if check.troubles.is_empty() { Ok(one) } else { Err(check.troubles) }
    }
}

/// Collects what is wrong.
struct Check {
    troubles: Vec<Trouble>,
}

impl Check {
    fn refuse(&mut self, field: &str, reason: Reason, found: &str) {
        self.troubles.push(Trouble { field: field.into(), reason, found: found.trim().into() });
    }

    fn field<T>(&mut self, field: &str, text: &str, read: impl Fn(&str) -> Result<T, Reason>) -> Option<T> {
        read(text).map_err(|reason| self.refuse(field, reason, text)).ok()
    }

    /// A field that may be empty.
    fn part(&mut self, field: &str, text: &str, read: impl Fn(&str) -> Result<String, Reason>) -> String {
        if text.trim().is_empty() { String::new() } else { self.field(field, text, read).unwrap_or_default() }
    }

    fn term(&mut self, field: &str, id: &str, text: &str, taxonomy: &Taxonomy) -> Term {
        let text = self.field(&format!("{field}_text"), text, |text| constituent::line(text, NAME_CHARS));
        match text {
            Some(text) if id == OTHER && !text.is_empty() => taxonomy.term(&text),
            _ if taxonomy.has(id) => Term { id: id.into(), text: String::new() },
            _ => Term::other(),
        }
    }

    fn list<T>(&mut self, field: &str, text: &str, read: impl Fn(&str) -> Result<T, Reason>) -> Vec<T> {
        let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'));
        words.filter(|word| !word.is_empty()).filter_map(|word| self.field(field, word, &read)).collect()
    }

    fn contact(&mut self, at: usize, draft: &DraftContact, language: &str) -> Option<Contact> {
        let field = |part: &str| format!("contact-{at}-{part}");
        let before = self.troubles.len();
        let words = Reason::Word("security, abuse, technical, management");
        let role = self.field(&field("role"), &draft.role, |text| Role::parse(text).ok_or(words.clone()));
        let mail = self.part(&field("mail"), &draft.mail, constituent::mail);
        let telephone = self.part(&field("telephone"), &draft.telephone, constituent::telephone);
        let name = self.part(&field("name"), &draft.name, |text| constituent::line(text, NAME_CHARS));
        let code = self.part(&field("language"), &draft.language, constituent::language);
        let words = Reason::Word("csv, json, both, pdf, all");
        let format = self.field(&field("format"), &draft.format, |text| Format::parse(text).ok_or(words.clone()));
        if self.troubles.len() == before && mail.is_empty() && telephone.is_empty() {
            self.refuse(&field("mail"), Reason::Unreachable, &draft.name);
        }
        if self.troubles.len() > before {
            return None;
        }
        Some(Contact {
            role: role?,
            mail,
            telephone,
            name,
            language: if code.is_empty() { language.into() } else { code },
            format: format?,
            active: draft.active,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Draft;
    use crate::constituent::{Constituent, Role};

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
    }

    #[test]
    fn a_form_becomes_a_constituent_and_the_constituent_the_same_form() {
        let typed = pairs(&[
            ("name", " Isle Bank "),
            ("name_ar", "مصرف الجزيرة"),
            ("sector", "finance"),
            ("kind", "other"),
            ("kind_text", "Bank"),
            ("criticality", "vital"),
            ("active", "on"),
            ("networks", "192.0.2.0/24, 2001:db8::/32\r\n198.51.100.7"),
            ("as_numbers", "AS64500"),
            ("domains", "isle.example"),
            ("contact-0-mail", ""),
            ("contact-1-mail", "abuse@isle.example"),
            ("contact-1-role", "abuse"),
            ("contact-1-format", "json"),
        ]);
        let one = Draft::read(&typed).check(Constituent::named("id".into(), String::new()), "fr").expect("taken");
        assert_eq!((one.name.as_str(), one.kind.id.as_str(), one.networks.len()), ("Isle Bank", "bank", 3));
        assert_eq!(
            (one.contacts.len(), one.contacts[0].role, one.contacts[0].language.as_str()),
            (1, Role::Abuse, "fr")
        );
        let again = Draft::of(&one, "v").check(one.clone(), "en").expect("taken");
        assert_eq!(again, one);
    }

    #[test]
    fn every_mistake_is_told_at_its_field_and_what_was_typed_is_kept() {
        let typed = pairs(&[
            ("name", ""),
            ("sector", "no such sector"),
            ("criticality", "5"),
            ("networks", "192.0.2.1/24 10.0.0.0/8 nonsense"),
            ("contact-0-mail", "abuse"),
            ("contact-0-role", "abuse"),
            ("contact-0-format", "both"),
            ("contact-1-mail", ""),
            ("contact-1-name", "Nobody"),
            ("contact-1-role", "abuse"),
            ("contact-1-format", "both"),
        ]);
        let draft = Draft::read(&typed);
        let troubles = draft.check(Constituent::named("id".into(), String::new()), "en").expect_err("refused");
        let got: Vec<(&str, &str, &str)> =
            troubles.iter().map(|t| (t.field.as_str(), t.reason.code(), t.found.as_str())).collect();
        assert_eq!(
            got,
            [
                ("name", "empty", ""),
                ("criticality", "word", "5"),
                ("networks", "host-bits", "192.0.2.1/24"),
                ("networks", "network", "nonsense"),
                ("contact-0-mail", "mail", "abuse"),
                ("contact-1-mail", "unreachable", "Nobody"),
            ]
        );
        assert_eq!(draft.networks, "192.0.2.1/24 10.0.0.0/8 nonsense");
    }
}
