//! The national strategy at work: who is what to which goal, what is to be done, what the nation cannot do without, and when
//! something is looked at again.

mod calendar;

use manara_model::Tlp;

pub use calendar::calendar;

use crate::assessment::{NAME_CHARS, day, line, words};
use crate::catalogue::{Catalogue, Item};
use crate::jobs::Refusal;

/// The catalogue whose goals stakeholders have parts in.
pub const ELEMENTS: &str = "five-elements";
/// Characters of a title.
pub const TITLE_CHARS: usize = 200;
/// Characters of a note.
pub const REMARK_CHARS: usize = 4_000;
/// Records of each kind.
pub const RECORDS: i64 = 10_000;
/// What a function may need, and who may provide it.
pub const LINKS: usize = 100;

/// The goals of the five elements.
pub fn goals(catalogue: &Catalogue) -> impl Iterator<Item = &Item> {
    catalogue.assessable().filter(|item| item.kind == "goal")
}

/// Which kind of record of the strategy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record {
    /// Somebody who takes part.
    Stakeholder,
    /// Something to be done.
    Undertaking,
    /// Something the nation cannot do without.
    Function,
    /// Something to be looked at again.
    Review,
}

impl Record {
    /// All of them.
    pub const ALL: [Record; 4] = [Self::Stakeholder, Self::Undertaking, Self::Function, Self::Review];

    /// Its table. Never from outside: this is the only way a table gets into a statement.
    pub(crate) fn table(self) -> &'static str {
        match self {
            Self::Stakeholder => "framework_stakeholder",
            Self::Undertaking => "framework_action",
            Self::Function => "framework_function",
            Self::Review => "framework_review",
        }
    }

    /// The word in verbs of the journal, addresses and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stakeholder => "stakeholder",
            Self::Undertaking => "action",
            Self::Function => "function",
            Self::Review => "review",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|record| record.as_str() == text)
    }

    /// Reads the word as lists and addresses have it: of several.
    pub(crate) fn parse_many(text: &str) -> Option<Self> {
        text.strip_suffix('s').and_then(Self::parse)
    }
}

/// Somebody who takes part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stakeholder {
    /// Its id; empty for a new one.
    pub id: String,
    /// A person or an office.
    pub name: String,
    /// Whose.
    pub organisation: String,
    /// How to reach them.
    pub contact: String,
    /// How often it was changed; 0 for a new one.
    pub version: i64,
}

/// What a stakeholder is to a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Does it.
    Responsible,
    /// Answers for it; one for each goal.
    Accountable,
    /// Is asked before.
    Consulted,
    /// Is told after.
    Informed,
}

impl Part {
    /// All parts.
    pub const ALL: [Part; 4] = [Self::Responsible, Self::Accountable, Self::Consulted, Self::Informed];

    /// The word in SQL, forms and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Responsible => "responsible",
            Self::Accountable => "accountable",
            Self::Consulted => "consulted",
            Self::Informed => "informed",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.as_str() == text)
    }
}

/// How far an undertaking is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Progress {
    /// Not begun.
    #[default]
    Planned,
    /// Somebody works on it.
    Doing,
    /// Done.
    Done,
    /// It will not be done.
    Dropped,
}

impl Progress {
    /// All of them.
    pub const ALL: [Progress; 4] = [Self::Planned, Self::Doing, Self::Done, Self::Dropped];

    /// The word in SQL, forms and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Doing => "doing",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|progress| progress.as_str() == text)
    }

    /// Whether there is something left to do.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Planned | Self::Doing)
    }
}

/// Something to be done: an action of the strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undertaking {
    /// Its id; empty for a new one.
    pub id: String,
    /// The goal or step it serves; empty for none.
    pub item: String,
    /// What is to be done.
    pub title: String,
    /// Who does it.
    pub owner: String,
    /// The last day, as 2026-11-22; empty for none.
    pub due: String,
    /// How far it is.
    pub progress: Progress,
    /// More.
    pub note: String,
    /// Who may see it.
    pub tlp: Tlp,
    /// Grows with every change.
    pub version: i64,
}

impl Undertaking {
    /// Whether its day is over and it is not done.
    pub fn is_late(&self, today: &str) -> bool {
        self.progress.is_live() && !self.due.is_empty() && self.due.as_str() < today
    }
}

/// Something the nation cannot do without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its id; empty for a new one.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who answers for it.
    pub owner: String,
    /// More.
    pub note: String,
    /// Who may see it.
    pub tlp: Tlp,
    /// Functions without which it cannot work: ids.
    pub needs: Vec<String>,
    /// Constituents that provide it: id and name.
    pub providers: Vec<(String, String)>,
    /// Grows with every change.
    pub version: i64,
}

/// What is looked at again.
pub const REVIEWS: [&str; 4] = ["strategy", "law", "assessment", "exercise"];

/// Something to be looked at again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// Its id; empty for a new one.
    pub id: String,
    /// One of [`REVIEWS`].
    pub kind: String,
    /// Of what.
    pub title: String,
    /// Who sees to it.
    pub owner: String,
    /// The next day.
    pub next: String,
    /// After how many months again; 0 for once.
    pub every_months: i64,
    /// The day it was done last; empty for never.
    pub last: String,
    /// Grows with every change.
    pub version: i64,
}

fn name(text: &str) -> Result<String, Refusal> {
    line(text, NAME_CHARS).ok_or(Refusal::Name)
}

fn perhaps(text: &str) -> Result<String, Refusal> {
    if text.trim().is_empty() { Ok(String::new()) } else { name(text) }
}

impl Stakeholder {
    pub(crate) fn checked(&self) -> Result<Stakeholder, Refusal> {
        Ok(Stakeholder {
            id: self.id.clone(),
            name: name(&self.name)?,
            organisation: name(&self.organisation)?,
            contact: perhaps(&self.contact)?,
            version: self.version,
        })
    }
}

impl Undertaking {
    pub(crate) fn checked(&self, catalogue: Option<&Catalogue>) -> Result<Undertaking, Refusal> {
        if !self.item.is_empty() && catalogue.and_then(|found| found.item(&self.item)).is_none() {
            return Err(Refusal::Item);
        }
        Ok(Undertaking {
            title: line(&self.title, TITLE_CHARS).ok_or(Refusal::Text)?,
            owner: perhaps(&self.owner)?,
            due: day(&self.due).ok_or(Refusal::Day)?,
            note: words(&self.note, REMARK_CHARS).ok_or(Refusal::Text)?,
            ..self.clone()
        })
    }
}

impl Function {
    pub(crate) fn checked(&self) -> Result<Function, Refusal> {
        if self.needs.len() > LINKS || self.providers.len() > LINKS {
            return Err(Refusal::TooMany);
        }
        if !self.id.is_empty() && self.needs.contains(&self.id) {
            return Err(Refusal::Circle);
        }
        Ok(Function {
            name: name(&self.name)?,
            owner: perhaps(&self.owner)?,
            note: words(&self.note, REMARK_CHARS).ok_or(Refusal::Text)?,
            ..self.clone()
        })
    }
}

impl Review {
    pub(crate) fn checked(&self) -> Result<Review, Refusal> {
        if !REVIEWS.contains(&self.kind.as_str()) {
            return Err(Refusal::Item);
        }
        if !(0..=120).contains(&self.every_months) {
            return Err(Refusal::TooMany);
        }
        Ok(Review {
            title: line(&self.title, TITLE_CHARS).ok_or(Refusal::Text)?,
            owner: perhaps(&self.owner)?,
            next: day(&self.next).filter(|day| !day.is_empty()).ok_or(Refusal::Day)?,
            last: day(&self.last).ok_or(Refusal::Day)?,
            ..self.clone()
        })
    }

    /// The same after it was done on a day: the next time is counted from the day it was due.
    pub(crate) fn done(&self, today: &str) -> Review {
        let mut next = later(&self.next, self.every_months);
        // What was missed is not made up for: the next day lies ahead.
        while self.every_months > 0 && next.as_str() <= today {
            next = later(&next, self.every_months);
        }
        Review { last: today.to_string(), next, ..self.clone() }
    }
}

/// A day so many months later; the last day of the month where the month is shorter.
fn later(day: &str, months: i64) -> String {
    let part = |from: usize, to: usize| day.get(from..to).and_then(|text| text.parse::<i64>().ok()).unwrap_or(1);
    let at = part(0, 4) * 12 + part(5, 7) - 1 + months;
    let (year, month) = (at.div_euclid(12).min(9_999), at.rem_euclid(12) + 1);
    let is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let last = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    format!("{year:04}-{month:02}-{:02}", part(8, 10).min(last))
}

#[cfg(test)]
mod tests {
    use manara_model::Tlp;

    use super::{Progress, Review, Undertaking, goals, later};
    use crate::shelf::Shelf;

    #[test]
    fn eleven_goals_have_parts_to_give() {
        let shelf = Shelf::load(None);
        assert_eq!(goals(shelf.get("five-elements").expect("the five elements")).count(), 11);
    }

    #[test]
    fn an_undertaking_is_late_only_while_something_is_left_to_do() {
        let mut one = Undertaking {
            id: String::new(),
            item: String::new(),
            title: "Name the leads".into(),
            owner: String::new(),
            due: "2026-01-14".into(),
            progress: Progress::Doing,
            note: String::new(),
            tlp: Tlp::Amber,
            version: 1,
        };
        assert!(one.is_late("2026-01-15") && !one.is_late("2026-01-14"));
        one.progress = Progress::Done;
        assert!(!one.is_late("2026-01-15"));
    }

    #[test]
    fn a_review_that_was_done_comes_again_and_lies_ahead() {
        let one = Review { next: "2026-01-31".into(), every_months: 1, ..Review::default() };
        assert_eq!(one.done("2026-01-30").next, "2026-02-28");
        assert_eq!(one.done("2026-06-10").next, "2026-06-28");
        let once = Review { every_months: 0, ..one };
        assert_eq!(
            (once.done("2026-06-10").next.as_str(), once.done("2026-06-10").last.as_str()),
            ("2026-01-31", "2026-06-10")
        );
        assert_eq!((later("2027-11-30", 3).as_str(), later("2026-12-01", 12).as_str()), ("2028-02-29", "2027-12-01"));
    }
}
