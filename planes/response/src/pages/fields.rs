//! What a form sent, and choices shown in it.

use manara_model::{CLASSES, Micros, Severity, Tlp};
use manara_web::{Choice, Right, Role, Visit};

use crate::incident::{Impact, LINKED_AT_ONCE};
use crate::pap::Pap;

/// The names and values of a form.
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads a form; what is more than any form of ours has is left out.
    pub fn read(form: &[u8]) -> Fields {
        let pairs = form_urlencoded::parse(form).take(4 * LINKED_AT_ONCE);
        Fields(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// What was read elsewhere, such as a form with a file.
    pub fn of(pairs: Vec<(String, String)>) -> Fields {
        Fields(pairs)
    }

    /// The first value of a name; empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.as_str())
    }

    /// All values of a name, at most so many, each once.
    pub fn all(&self, name: &str, most: usize) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for (_, value) in self.0.iter().filter(|(found, _)| found == name) {
            if values.len() < most && seen.insert(value.as_str()) {
                values.push(value.clone());
            }
        }
        values
    }

    /// A number; 0 when there is none.
    pub fn int(&self, name: &str) -> i64 {
        self.text(name).parse().unwrap_or_default()
    }

    /// The page to go back to, when it begins as it should.
    pub fn back(&self, begins: &str) -> String {
        let back = self.text("back");
        if back.starts_with(begins) { back.to_string() } else { begins.to_string() }
    }
}

/// A moment as `<input type="datetime-local">` has it.
pub(super) fn local_text(moment: Option<Micros>) -> String {
    moment.map(|moment| moment.utc().format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
}

/// The moment of such an input, in UTC; nothing when it is empty, and `Err` when it cannot be read.
pub(super) fn local_moment(text: &str) -> Result<Option<Micros>, ()> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let moment =
        text.get(..16).filter(|_| text.len() <= 19).and_then(|text| Micros::parse_rfc3339(&format!("{text}:00Z")));
    let years = |moment: &Micros| (1970..=9999).contains(&moment.utc().format("%Y").to_string().parse().unwrap_or(0));
    moment.filter(years).map(Some).ok_or(())
}

fn choice(visit: &Visit, value: &str, words: &str) -> Choice {
    Choice { value: value.to_string(), label: visit.t(words) }
}

/// Every class and type, as `taxonomy/type`.
pub(super) fn classes(visit: &Visit) -> Vec<(String, Vec<Choice>)> {
    let types = |class: &manara_model::Class| {
        let of = |kind: &manara_model::Type| {
            choice(visit, &format!("{}/{}", class.value, kind.value), &format!("web-type-{}", kind.value))
        };
        class.types.iter().map(of).collect()
    };
    CLASSES.iter().map(|class| (visit.t(&format!("web-class-{}", class.value)), types(class))).collect()
}

/// Every impact, the most first.
pub(super) fn impacts(visit: &Visit) -> Vec<Choice> {
    let of = |impact: &Impact| choice(visit, impact.as_str(), &format!("response-impact-{}", impact.as_str()));
    Impact::ALL.iter().rev().map(of).collect()
}

/// Every urgency, the worst first.
pub(super) fn urgencies(visit: &Visit) -> Vec<Choice> {
    let of = |severity: &Severity| choice(visit, severity.as_str(), &format!("web-severity-{}", severity.as_str()));
    Severity::ALL.iter().rev().map(of).collect()
}

/// The markings the reader may see.
pub(super) fn tlps(visit: &Visit) -> Vec<Choice> {
    let seen = Tlp::ALL.into_iter().filter(|tlp| *tlp <= visit.viewer.clearance);
    seen.map(|tlp| Choice { value: tlp.label().into(), label: tlp.label().into() }).collect()
}

/// Every PAP, the freest first, each with what it allows.
pub(super) fn paps(visit: &Visit) -> Vec<Choice> {
    let of = |pap: Pap| {
        let says = visit.t(&format!("response-pap-{}", pap.as_str()));
        Choice { value: pap.label().into(), label: format!("{} · {says}", pap.label()) }
    };
    Pap::ALL.map(of).to_vec()
}

/// Whoever may handle incidents; and whoever has this one, even if they may no longer.
pub(super) async fn team(visit: &Visit, owner: &str) -> Result<Vec<Choice>, manara_store::StoreError> {
    let people = manara_web::team(&visit.db).await?;
    let mut names: Vec<String> =
        people.into_iter().filter(|(_, role)| Role::may(*role, Right::HandleIncidents)).map(|(name, _)| name).collect();
    if !owner.is_empty() && !names.iter().any(|name| name == owner) {
        names.push(owner.to_string());
    }
    Ok(names.into_iter().map(|name| Choice { value: name.clone(), label: name }).collect())
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;

    use super::{Fields, local_moment, local_text};

    #[test]
    fn a_form_is_read_as_far_as_it_makes_sense() {
        let fields = Fields::read(b"id=1&id=2&id=1&title=A%20b&version=x&back=%2F%2Fevil.example");
        assert_eq!(fields.all("id", 10), ["1", "2"]);
        assert_eq!(fields.all("id", 1), ["1"]);
        assert_eq!((fields.text("title"), fields.text("none"), fields.int("version")), ("A b", "", 0));
        assert_eq!(fields.back("/incidents"), "/incidents");
        assert_eq!(Fields::read(b"back=%2Fincidents%3Fq%3Da").back("/incidents"), "/incidents?q=a");
    }

    #[test]
    fn a_due_time_comes_back_as_it_went() {
        let noon = Micros::parse_rfc3339("2026-01-15T12:30:00Z");
        assert_eq!(local_text(noon), "2026-01-15T12:30");
        assert_eq!(local_moment("2026-01-15T12:30"), Ok(noon));
        assert_eq!(local_moment("2026-01-15T12:30:00"), Ok(noon));
        assert_eq!(local_moment(" "), Ok(None));
        for bad in ["tomorrow", "2026-13-01T00:00", "2026-01-15", "é2026-01-15T12:3", "0000-01-01T00:00"] {
            assert_eq!(local_moment(bad), Err(()), "{bad}");
        }
    }
}
