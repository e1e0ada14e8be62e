//! From when and with whom a programme is planned: what the forms send, and what they show.

use manara_web::{Mistake, Page, PageError, Visit};

use crate::blocks::Blocks;
use crate::design::Design;
use crate::hindrance::Hindrance;
use crate::plan::{Day, WEEKENDS, Week};
use crate::programme::{PEOPLE, People, Programme, Setup, Task};

/// What the fields of the form hold.
#[derive(Debug, Clone, Default)]
pub(super) struct Setting {
    /// The first day.
    pub start: String,
    /// The days off.
    pub weekend: String,
    /// People all together; may be empty.
    pub people: String,
    /// The same as numbers, with those of each role.
    pub limits: People,
    /// Why it was not taken.
    pub mistake: Mistake,
}

impl Setting {
    /// Of a programme.
    pub fn of(one: &Programme) -> Setting {
        Setting {
            start: one.start.to_string(),
            weekend: one.week.as_text(),
            people: one.people.all.map(|all| all.to_string()).unwrap_or_default(),
            limits: one.people.clone(),
            mistake: Mistake::default(),
        }
    }

    /// The weekends with their message keys, and whether it is this one.
    pub fn weekends(&self) -> Vec<(&'static str, String, bool)> {
        let key = |weekend: &str| format!("programme-weekend-{}", weekend.replace(',', "-"));
        WEEKENDS.map(|weekend| (weekend, key(weekend), weekend == self.weekend)).to_vec()
    }

    /// What can be typed as a limit.
    pub fn most(&self) -> i64 {
        PEOPLE
    }
}

/// The roles a limit can be set for: id, name and what the field holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Roles(pub Vec<(String, String, String)>);

impl Roles {
    /// Of a design, without limits.
    pub fn of(design: &Design, blocks: &Blocks, page: &Page) -> Roles {
        let name = |id: &str| blocks.role(id, page.lang.tag()).to_string();
        Roles(design.staff.iter().map(|post| (post.role.clone(), name(&post.role), String::new())).collect())
    }

    /// Of tasks, with the limits of a programme.
    pub fn with(tasks: &[Task], people: &People, blocks: &Blocks, page: &Page) -> Roles {
        let mut ids: Vec<&String> = tasks.iter().flat_map(|task| &task.roles).collect();
        ids.sort();
        ids.dedup();
        let limit = |id: &String| people.roles.get(id).map(i64::to_string).unwrap_or_default();
        let each = ids.into_iter().map(|id| (id.clone(), blocks.role(id, page.lang.tag()).to_string(), limit(id)));
        Roles(each.collect())
    }
}

/// What a new programme begins with: the next working day, and the weekend of the house's country.
pub(super) fn usual(visit: &Visit) -> Setting {
    let week = Week::of_country(visit.country());
    let today = Day::of(visit.now);
    let start = (1..=7).map(|days| today.plus(days)).find(|day| week.is_worked(*day)).unwrap_or(today);
    Setting { start: start.to_string(), weekend: week.as_text(), ..Setting::default() }
}

/// Reads what a form or a query string says: `start`, `weekend`, `people` and `role-<id>`.
pub(super) fn setup(pairs: &[(String, String)], usual: &Setting) -> Result<Setup, Hindrance> {
    let text = |name: &str| pairs.iter().find(|(found, _)| found == name).map(|(_, value)| value.trim());
    let people = |value: &str| -> Result<Option<i64>, Hindrance> {
        match value {
            "" => Ok(None),
            text => match text.parse().ok().filter(|people| (1..=PEOPLE).contains(people)) {
                Some(people) => Ok(Some(people)),
                None => Err(Hindrance::People),
            },
        }
    };
    // Who says nothing of people means those there are.
    let is_said = pairs.iter().any(|(name, _)| name == "people" || name.starts_with("role-"));
    let mut limits = if is_said { People::default() } else { usual.limits.clone() };
    if is_said {
        limits.all = people(text("people").unwrap_or_default())?;
    }
    for (name, value) in pairs {
        if let Some(role) = name.strip_prefix("role-")
            && let Some(limit) = people(value.trim())?
        {
            limits.roles.insert(role.chars().take(64).collect(), limit);
        }
    }
    let weekend = text("weekend").filter(|weekend| !weekend.is_empty()).unwrap_or(&usual.weekend);
    Ok(Setup {
        start: Day::parse(text("start").unwrap_or(&usual.start)).ok_or(Hindrance::Day)?,
        week: Week::parse(weekend).ok_or(Hindrance::Weekend)?,
        people: limits,
    })
}

/// The pairs of a form.
pub(super) fn pairs(form: &[u8]) -> Vec<(String, String)> {
    let pairs = form_urlencoded::parse(form).take(2_000);
    pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

/// The first value of a name.
pub(super) fn value<'p>(pairs: &'p [(String, String)], name: &str) -> &'p str {
    pairs.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.as_str())
}

/// Why a query string is not taken.
pub(super) fn unreadable(why: Hindrance) -> PageError {
    PageError::unreadable(why)
}

#[cfg(test)]
mod tests {
    use super::{People, Setting, pairs, setup};
    use crate::hindrance::Hindrance;

    #[test]
    fn a_form_says_from_when_and_with_whom() {
        let limits = People { all: Some(3), roles: [("head".to_string(), 2)].into_iter().collect() };
        let usual = Setting {
            start: "2027-01-04".into(),
            weekend: "sat,sun".into(),
            people: "3".into(),
            limits,
            ..Setting::default()
        };
        let read = |form: &str| setup(&pairs(form.as_bytes()), &usual);
        let got = read("start=2027-02-01&weekend=fri%2Csat&people=4&role-head=1&role-analyst=").unwrap();
        assert_eq!(
            (got.start.to_string(), got.week.as_text(), got.people.all),
            ("2027-02-01".into(), "fri,sat".into(), Some(4))
        );
        assert_eq!(got.people.roles.into_iter().collect::<Vec<_>>(), [("head".to_string(), 1)]);
        assert_eq!(read("").unwrap().start.to_string(), "2027-01-04");
        assert_eq!(
            read("start=2027-02-01").unwrap().people,
            usual.limits,
            "who says nothing of people means those there are"
        );
        assert_eq!(read("people=").unwrap().people, People::default(), "as many as it takes");
        for (form, why) in [
            ("start=soon", Hindrance::Day),
            ("weekend=mon", Hindrance::Weekend),
            ("people=0", Hindrance::People),
            ("role-head=many", Hindrance::People),
        ] {
            assert_eq!(read(form).unwrap_err(), why, "{form}");
        }
    }
}
