//! What stands in each field of the page, and where a missing one is set.

use manara_document::{Cell, Part, Table};
use manara_framework::reports::Wording;
use manara_model::CLASSES;
use manara_web::Word;

use super::{Facts, PAGE};

/// What stands in a field.
pub enum Value {
    /// One value beside its title.
    One(Cell),
    /// Parts below their title.
    Parts(Vec<Part>),
}

/// The value of a field; nothing when what it needs is not configured.
pub fn value(facts: &Facts, field: &str, wording: Wording<'_>) -> Option<Value> {
    let filled = |cell: Cell| (!cell.text().trim().is_empty()).then_some(Value::One(cell));
    let id = |text: &str| filled(Cell::Id(text.to_string()));
    let one = |text: &str| filled(Cell::Text(text.to_string()));
    match field {
        "T1.1" => one(&facts.reviewed(wording)?),
        "T1.3" if !facts.address.is_empty() => id(&format!("{}{PAGE}", facts.address)),
        "T2.1" => one(&facts.team),
        "T2.2" => one(&facts.config.address),
        "T2.3" => id(&facts.zone),
        "T2.4" => id(&facts.phone),
        "T2.6" => id(&facts.config.emergency),
        "T2.7" => id(&facts.mail),
        "T2.8" if !facts.config.key_fingerprint.is_empty() => {
            let known = [facts.config.key_fingerprint.as_str(), facts.config.key_url.as_str()];
            id(known.join("  ").trim())
        }
        "T2.10" => id(&facts.url),
        "T2.11" => one(facts.config.text("hours", wording.lang)?),
        _ => parts(facts, field, wording).map(Value::Parts),
    }
}

/// The parts of a field that takes more than a line.
fn parts(facts: &Facts, field: &str, wording: Wording<'_>) -> Option<Vec<Part>> {
    let config = &facts.config;
    let t = |key: &str| wording.words.t(wording.lang, key);
    let with = |key: &str, name: &'static str, value: &str| {
        wording.words.t_args(wording.lang, key, &[(name, Word::from(value.to_string()))])
    };
    let words = |text: String| Some(vec![Part::Words(text)]);
    let plain = |text: &str| (!text.is_empty()).then(|| vec![Part::Words(text.to_string())]);
    let text = |key: &str| config.text(key, wording.lang).and_then(plain);
    match field {
        "T3.1" => text("mission"),
        "T3.2" if !facts.sectors.is_empty() => {
            let row = |(sector, count): &(String, i64)| {
                vec![Cell::Text(sector.clone()), Cell::Number(wording.lang.number(*count))]
            };
            let head = vec![t("document-field-sector"), t("document-field-constituents")];
            let rows = facts.sectors.iter().map(row).collect();
            Some(vec![
                Part::Words(t("profile-constituency")),
                Part::Table(Table { caption: String::new(), head, rows }),
            ])
        }
        "T3.3" => text("sponsor"),
        "T3.4" => text("authority"),
        "T4.1" => {
            let mut parts = text("support")?;
            parts.push(Part::Words(t("profile-incident-types")));
            let items = CLASSES.iter().map(|class| t(&format!("web-class-{}", class.value))).collect();
            parts.push(Part::List { numbered: false, items });
            Some(parts)
        }
        "T4.2" => words(t("profile-disclosure")),
        "T4.3" if !facts.mail.is_empty() => {
            let mut parts = vec![Part::Words(with("profile-communication", "mail", &facts.mail))];
            if !config.key_fingerprint.is_empty() {
                parts.push(Part::Words(t("profile-communication-key")));
            }
            Some(parts)
        }
        "T5.1" => words(t("profile-response")),
        "T5.1.1" => words(t("profile-triage")),
        "T5.1.2" if facts.sends_mail => words(t("profile-coordination")),
        "T5.2" if facts.has_feeds => words(t("profile-proactive")),
        "T6" if !facts.mail.is_empty() => {
            let mut parts = vec![Part::Words(with("profile-report", "mail", &facts.mail))];
            if facts.has_links && facts.sends_mail {
                parts.push(Part::Words(t("profile-report-link")));
            }
            Some(parts)
        }
        "T7" => text("disclaimer"),
        _ => None,
    }
}

/// Where a field that has to be there is set; nothing for one that may be missing.
pub fn key(field: &str) -> Option<&'static str> {
    Some(match field {
        "T1.1" => "[profile] reviewed",
        "T1.3" => "public_address",
        "T2.1" => "[warning.office] name",
        "T2.2" => "[profile] address",
        "T2.3" => "[nation] zone",
        "T2.4" => "[warning.office] phone",
        "T2.7" | "T4.3" | "T6" => "[warning.office] mail",
        "T2.8" => "[profile] key_fingerprint",
        "T2.11" => "[profile] hours",
        "T3.1" => "[profile] mission",
        "T3.2" => "manara constituency import",
        "T3.3" => "[profile] sponsor",
        "T3.4" => "[profile] authority",
        "T4.1" => "[profile] support",
        "T7" => "[profile] disclaimer",
        _ => return None,
    })
}
