//! What stands in the fields of the forms about an exercise, as it was typed.

use super::super::fields::Fields;
use super::super::programme_form::{pairs, value};
use crate::exercise::{
    Attained, Exercise, ExerciseKind, ExerciseRefusal, ExerciseState, LESSONS, Lesson, OBJECTIVES, ORGANISATIONS,
    Objective,
};
use manara_model::Tlp;

/// Rows for new lessons.
const SPARE: usize = 3;
/// Characters of a line that are looked at: longer ones are refused by what they are.
const LINE: usize = 1_000;

/// The form of the facts.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub version: String,
    pub title: String,
    pub kind: String,
    pub state: String,
    pub day: String,
    pub last: String,
    pub hours: String,
    pub minutes: String,
    pub people: String,
    pub tlp: String,
    pub scenario: String,
    /// One name or id of a constituent, or one name of somebody else, a line.
    pub organisations: String,
    /// The objectives there are: id and text.
    pub objectives: Vec<(String, String)>,
    /// More of them, one a line.
    pub more: String,
}

impl Facts {
    pub fn of(one: &Exercise) -> Facts {
        let number = |number: i64| if number == 0 { String::new() } else { number.to_string() };
        let names: Vec<&str> = one.organisations.iter().map(|one| one.name.as_str()).collect();
        Facts {
            version: one.version.to_string(),
            title: one.title.clone(),
            kind: one.kind.as_str().into(),
            state: one.state.as_str().into(),
            day: one.day.clone(),
            last: if one.last == one.day { String::new() } else { one.last.clone() },
            hours: number(one.minutes / 60),
            minutes: number(one.minutes % 60),
            people: number(one.people),
            tlp: one.tlp.label().into(),
            scenario: one.scenario.clone(),
            organisations: names.join("\n"),
            objectives: one.objectives.iter().map(|one| (one.id.clone(), one.text.clone())).collect(),
            more: String::new(),
        }
    }

    pub fn read(form: &[u8]) -> Facts {
        let pairs = pairs(form);
        let one = |name: &str| value(&pairs, name).trim().to_string();
        let all =
            |name: &'static str| pairs.iter().filter(move |(found, _)| found == name).map(|(_, value)| value.trim());
        let objectives = all("objective-id").zip(all("objective")).take(OBJECTIVES + 1);
        Facts {
            version: one("version"),
            title: one("title"),
            kind: one("kind"),
            state: one("state"),
            day: one("day"),
            last: one("last"),
            hours: one("hours"),
            minutes: one("minutes"),
            people: one("people"),
            tlp: one("tlp"),
            scenario: one("scenario"),
            organisations: one("organisations"),
            objectives: objectives.map(|(id, text)| (id.to_string(), text.to_string())).collect(),
            more: one("more"),
        }
    }

    /// The names of who takes part.
    pub fn names(&self) -> Vec<String> {
        lines(&self.organisations, ORGANISATIONS)
    }

    /// The exercise it says; who takes part is left to whoever knows the constituents.
    pub fn said(&self, id: &str) -> Result<Exercise, ExerciseRefusal> {
        let number = |text: &str, why: ExerciseRefusal| match text {
            "" => Ok(0),
            text => text.parse::<i64>().ok().filter(|number| (0..=1_000_000).contains(number)).ok_or(why),
        };
        let hours = number(&self.hours, ExerciseRefusal::Length)?;
        let minutes = number(&self.minutes, ExerciseRefusal::Length)?;
        // An objective whose text was taken away is taken away.
        let known = self.objectives.iter().filter(|(_, text)| !text.is_empty()).cloned();
        let more = lines(&self.more, OBJECTIVES).into_iter().map(|text| (String::new(), text));
        let objectives = known.chain(more).map(|(id, text)| Objective { id, text, ..Objective::default() });
        let tlp = Tlp::parse(&self.tlp).ok_or(ExerciseRefusal::Clearance)?;
        Ok(Exercise {
            id: id.to_string(),
            title: self.title.clone(),
            kind: ExerciseKind::parse(&self.kind).ok_or(ExerciseRefusal::Kind)?,
            state: ExerciseState::parse(&self.state).ok_or(ExerciseRefusal::State)?,
            last: self.last.clone(),
            minutes: hours * 60 + minutes,
            scenario: self.scenario.clone(),
            people: number(&self.people, ExerciseRefusal::People)?,
            objectives: objectives.collect(),
            ..Exercise::blank(&self.day, tlp)
        })
    }
}

/// The lines of a text that say something, and one more than there may be.
fn lines(text: &str, most: usize) -> Vec<String> {
    let all = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(most + 1);
    all.map(|line| line.chars().take(LINE).collect()).collect()
}

/// What came of one objective, as it stands in the form.
#[derive(Debug, Clone, Default)]
pub(super) struct Came {
    pub text: String,
    pub result: String,
    pub remark: String,
}

/// The form of the results.
pub(super) fn came_of(one: &Exercise) -> Vec<Came> {
    let of = |objective: &Objective| Came {
        text: objective.text.clone(),
        result: objective.result.map_or("", Attained::as_str).into(),
        remark: objective.remark.clone(),
    };
    one.objectives.iter().map(of).collect()
}

/// The results as they were typed over those that stand there.
pub(super) fn read_came(one: &Exercise, fields: &Fields) -> Vec<Came> {
    let mut all = came_of(one);
    for (came, number) in all.iter_mut().zip(1..) {
        came.result = fields.text(&format!("result-{number}")).to_string();
        came.remark = fields.text(&format!("remark-{number}")).to_string();
    }
    all
}

/// What the form of the results says.
pub(super) fn said_came(all: &[Came]) -> Result<Vec<(usize, Option<Attained>, String)>, ExerciseRefusal> {
    let said = |(came, number): (&Came, usize)| {
        let result = match came.result.as_str() {
            "" => None,
            word => Some(Attained::parse(word).ok_or(ExerciseRefusal::Result(number))?),
        };
        Ok((number, result, came.remark.clone()))
    };
    all.iter().zip(1..).map(said).collect()
}

/// The form of the lessons: those there are, and rows for new ones.
pub(super) fn lessons_of(one: &Exercise) -> Vec<Lesson> {
    let spare = SPARE.min(LESSONS.saturating_sub(one.lessons.len()));
    one.lessons.iter().cloned().chain(std::iter::repeat_n(Lesson::default(), spare)).collect()
}

/// The lessons as they were typed.
pub(super) fn read_lessons(form: &[u8]) -> Vec<Lesson> {
    let pairs = pairs(form);
    let all = |name: &'static str| {
        let found = pairs.iter().filter(move |(found, _)| found == name).map(|(_, value)| value.trim().to_string());
        found.take(LESSONS + SPARE + 1)
    };
    let rows = all("lesson-id").zip(all("lesson")).zip(all("owner")).zip(all("due")).zip(all("done"));
    rows.map(|((((id, text), owner), due), done)| Lesson { id, text, owner, due, done }).collect()
}

/// What the form of the lessons says: a row without a word is none.
pub(super) fn said_lessons(all: &[Lesson]) -> Vec<Lesson> {
    let is_said = |one: &&Lesson| !(one.text.is_empty() && one.owner.is_empty() && one.due.is_empty());
    // A lesson whose text alone was taken away is taken away.
    let is_gone = |one: &&Lesson| !one.id.is_empty() && one.text.is_empty();
    all.iter().filter(is_said).filter(|one| !is_gone(one)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::{Came, Facts, read_lessons, said_came, said_lessons};
    use crate::exercise::{Attained, ExerciseKind, ExerciseRefusal};

    #[test]
    fn a_form_says_an_exercise() {
        let form = b"title=Storm&kind=drill&state=planned&day=2026-03-01&hours=1&minutes=30&people=&tlp=GREEN\
            &objective-id=o1&objective=Reach+all&objective-id=o2&objective=&more=Decide%0D%0A%0D%0ATell&organisations=Grid%0AWater";
        let typed = Facts::read(form);
        let one = typed.said("x").expect("an exercise");
        assert_eq!((one.id.as_str(), one.kind, one.minutes, one.people), ("x", ExerciseKind::Drill, 90, 0));
        let objectives: Vec<(&str, &str)> =
            one.objectives.iter().map(|one| (one.id.as_str(), one.text.as_str())).collect();
        assert_eq!(objectives, [("o1", "Reach all"), ("", "Decide"), ("", "Tell")], "an empty one is taken away");
        assert_eq!(typed.names(), ["Grid", "Water"]);
        let with = |more: &str| {
            let mut form = String::from_utf8_lossy(form).replace("hours=1&", "");
            form.push_str(more);
            Facts::read(form.as_bytes()).said("").err()
        };
        assert_eq!(with("&hours=soon"), Some(ExerciseRefusal::Length));
        assert_eq!(with("&hours=-1"), Some(ExerciseRefusal::Length));
        assert_eq!(Facts::read(b"kind=party&tlp=RED&state=held").said("").err(), Some(ExerciseRefusal::Kind));
        assert_eq!(Facts::read(b"").said("").err(), Some(ExerciseRefusal::Clearance));
    }

    #[test]
    fn results_and_lessons_are_read_row_by_row() {
        let came = |result: &str| Came { result: result.into(), ..Came::default() };
        let said = said_came(&[came("met"), came("")]).expect("results");
        assert_eq!((said[0].1, said[1].1, said[1].0), (Some(Attained::Met), None, 2));
        assert_eq!(said_came(&[came("met"), came("well")]).err(), Some(ExerciseRefusal::Result(2)));
        let form = b"lesson-id=a&lesson=One&owner=&due=&done=&lesson-id=b&lesson=&owner=X&due=&done=\
            &lesson-id=&lesson=New&owner=&due=2026-01-01&done=&lesson-id=&lesson=&owner=&due=&done=";
        let typed = read_lessons(form);
        let said: Vec<String> = said_lessons(&typed).into_iter().map(|one| one.text).collect();
        assert_eq!((typed.len(), said), (4, vec!["One".to_string(), "New".to_string()]));
        let forgotten = read_lessons(b"lesson-id=&lesson=&owner=Somebody&due=&done=");
        assert_eq!(said_lessons(&forgotten).len(), 1, "told that its text is missing");
    }
}
