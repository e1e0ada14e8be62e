//! Courses as content, and how answers are marked.

use std::collections::BTreeSet;
use std::path::Path;

use include_dir::{Dir, include_dir};
use manara_web::{Lang, Service, Services, Words};
use serde::Deserialize;

use crate::check::{FILE_BYTES, Trouble, Troubles, read};
use crate::establish::Facts;
use crate::manual::{DOCUMENTS, ManualError, SaidOfHouse, fill, hash, tried};
use crate::text::Text;

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content/training");

/// Questions a course may have.
pub const QUESTIONS: usize = 50;
/// Answers a question may have.
pub const ANSWERS: usize = 10;
/// Courses a house may have.
const COURSES: usize = 200;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Choice {
    text: Text,
    #[serde(default)]
    right: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    text: Text,
    answers: Vec<Choice>,
    #[serde(default)]
    why: Option<Text>,
}

/// A course.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// Its id.
    pub ref_id: String,
    /// Its name.
    pub name: Text,
    /// The service it is about; empty for every house.
    #[serde(default)]
    pub service: String,
    /// How many of hundred answers must be right.
    pub pass_percent: i64,
    /// The documents of the manual that are read first.
    pub lessons: Vec<String>,
    questions: Vec<Question>,
}

#[derive(Debug, Deserialize)]
struct CourseFile {
    format: i64,
    courses: Vec<Course>,
}

/// A question in the reader's language, with the house's own figures in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedQuestion {
    /// What is asked.
    pub text: String,
    /// What can be answered, and whether it is right.
    pub answers: Vec<(String, bool)>,
    /// Why; empty when nothing is said.
    pub why: String,
}

impl AskedQuestion {
    /// Whether more than one answer is right.
    pub fn has_several(&self) -> bool {
        self.answers.iter().filter(|(_, right)| *right).count() > 1
    }
}

/// The questions of a course as they are asked now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The questions.
    pub questions: Vec<AskedQuestion>,
    /// Which version: the hash of all texts.
    pub version: String,
}

/// How answers were marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// For each question whether it was answered rightly.
    pub right: Vec<bool>,
    /// How many were.
    pub points: usize,
    /// Whether that is enough.
    pub passed: bool,
}

impl Course {
    /// Whether the house has it: its service is on.
    pub fn is_there(&self, services: Services) -> bool {
        Service::parse(&self.service).is_none_or(|service| services.is_on(service))
    }

    /// How many questions there are.
    pub fn count(&self) -> usize {
        self.questions.len()
    }

    /// The questions in a language.
    pub fn ask(&self, words: &Words, lang: Lang, facts: &Facts, said: &SaidOfHouse) -> Result<Asked, ManualError> {
        let say = |text: &Text| fill(text.of(lang.tag()), words, lang, facts, said);
        let mut questions = Vec::with_capacity(self.questions.len());
        let mut all = String::new();
        for question in &self.questions {
            let text = say(&question.text)?;
            let mut answers = Vec::with_capacity(question.answers.len());
            for choice in &question.answers {
                answers.push((say(&choice.text)?, choice.right));
            }
            let why = question.why.as_ref().map(say).transpose()?.unwrap_or_default();
            all.push_str(&format!("{text}\n{answers:?}\n{why}\n"));
            questions.push(AskedQuestion { text, answers, why });
        }
        Ok(Asked { questions, version: hash(&all) })
    }
}

/// Marks answers: a question is right when exactly the right answers were chosen.
pub fn mark(asked: &Asked, chosen: &[BTreeSet<usize>], pass_percent: i64) -> Marked {
    let none = BTreeSet::new();
    let right: Vec<bool> = asked
        .questions
        .iter()
        .enumerate()
        .map(|(at, question)| {
            let wanted: BTreeSet<usize> =
                question.answers.iter().enumerate().filter(|(_, (_, right))| *right).map(|(at, _)| at).collect();
            *chosen.get(at).unwrap_or(&none) == wanted
        })
        .collect();
    let points = right.iter().filter(|right| **right).count();
    let (of, got) = (i64::try_from(right.len()).unwrap_or(i64::MAX), i64::try_from(points).unwrap_or(0));
    let passed = of > 0 && got.saturating_mul(100) >= pass_percent.saturating_mul(of);
    Marked { right, points, passed }
}

/// All courses.
#[derive(Debug, Clone, Default)]
pub struct Courses {
    courses: Vec<Course>,
    /// Files that were left out, and why.
    pub left_out: Vec<Trouble>,
}

impl Courses {
    /// What is built in, then what lies in `training` of the operator's folder, which wins by id. A file that cannot be read is
    /// left out and told of.
    pub fn load(folder: Option<&Path>) -> Courses {
        let mut all = Courses::default();
        let mut files: Vec<_> = BUILT_IN.files().collect();
        files.sort_by_key(|file| file.path());
        for file in files {
            all.take(&format!("content/training/{}", file.path().display()), file.contents(), false);
        }
        let own = folder.map(|folder| folder.join("training")).filter(|folder| folder.is_dir());
        let entries = own.and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten();
        let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).take(COURSES).collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.is_file()) {
            let name = path.display().to_string();
            match std::fs::read(path) {
                Ok(bytes) => all.take(&name, &bytes, true),
                Err(error) => all.left_out.push(whole(&name, error.to_string())),
            }
        }
        for trouble in &all.left_out {
            tracing::error!(%trouble, "left out of the courses");
        }
        all
    }

    /// An own file is tried in every language; of the built-in ones a test does that.
    fn take(&mut self, file: &str, bytes: &[u8], is_own: bool) {
        if !file.ends_with(".yaml") {
            return;
        }
        let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= FILE_BYTES);
        let Some(text) = text else {
            return self.left_out.push(whole(file, "it is not UTF-8, or too long; save it as UTF-8".into()));
        };
        match read_courses(file, text, is_own) {
            Ok(courses) => {
                for course in courses {
                    self.courses.retain(|known| known.ref_id != course.ref_id);
                    self.courses.push(course);
                }
            }
            Err(troubles) => self.left_out.extend(troubles),
        }
    }

    /// The courses of the services that are on.
    pub fn all(&self, services: Services) -> impl Iterator<Item = &Course> {
        self.courses.iter().filter(move |course| course.is_there(services))
    }

    /// The course of an id, whatever is on.
    pub fn get(&self, id: &str) -> Option<&Course> {
        self.courses.iter().find(|course| course.ref_id == id)
    }
}

fn whole(file: &str, what: String) -> Trouble {
    Trouble { file: file.into(), line: 0, path: String::new(), what }
}

/// In which language a question cannot be written from the facts of a house, and why.
fn unwritten(question: &Question) -> Option<(Lang, String)> {
    let answers = question.answers.iter().map(|choice| &choice.text);
    let texts = || std::iter::once(&question.text).chain(answers.clone()).chain(&question.why);
    let wrong = |lang: Lang| texts().find_map(|text| tried(text.of(lang.tag()), lang).err());
    Lang::ALL.into_iter().find_map(|lang| Some((lang, wrong(lang)?.1)))
}

fn read_courses(file: &str, text: &str, is_own: bool) -> Result<Vec<Course>, Vec<Trouble>> {
    let (told, _): (CourseFile, _) = read(file, text)?;
    let mut troubles = Troubles::of(file, text);
    troubles.within("format", told.format, (1, 1), "");
    troubles.count("courses", told.courses.len(), COURSES);
    for course in &told.courses {
        let id = course.ref_id.as_str();
        troubles.id("ref_id", id);
        troubles.text("name", &course.name, id);
        troubles.within("pass_percent", course.pass_percent, (1, 100), id);
        troubles.count("questions", course.questions.len(), QUESTIONS);
        if !course.service.is_empty() && Service::parse(&course.service).is_none() {
            troubles.add("service", format!("there is no service {:.60}", course.service), id, 0);
        }
        for lesson in course.lessons.iter().filter(|lesson| !DOCUMENTS.iter().any(|known| known.id == **lesson)) {
            troubles.add("lessons", format!("the manual has no document {lesson:.60}"), id, 0);
        }
        if course.questions.is_empty() {
            troubles.add("questions", "expected at least one question", id, 0);
        }
        for (at, question) in course.questions.iter().enumerate() {
            let path = format!("questions[{at}]");
            troubles.text(&format!("{path}.text"), &question.text, id);
            troubles.count(&format!("{path}.answers"), question.answers.len(), ANSWERS);
            question.answers.iter().for_each(|choice| troubles.text(&format!("{path}.answers"), &choice.text, id));
            if question.answers.len() < 2 || !question.answers.iter().any(|choice| choice.right) {
                troubles.add(format!("{path}.answers"), "expected two answers or more, of which one is right", id, 0);
            }
            if let Some((lang, why)) = unwritten(question).filter(|_| is_own) {
                let what = format!("in {}: {why}; expected names of facts between {{{{ and }}}}", lang.tag());
                troubles.add(path, what, id, 0);
            }
        }
    }
    if troubles.is_empty() { Ok(told.courses) } else { Err(troubles.end()) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use manara_web::{Lang, Service, Services, Words};
    use proptest::prelude::*;

    use super::{Asked, AskedQuestion, Courses, mark, read_courses};
    use crate::establish::{Clock, Facts};
    use crate::manual::SaidOfHouse;

    #[test]
    fn every_course_asks_in_every_language_and_has_a_right_answer() {
        let (words, all) = (Words::built_in().unwrap(), Courses::load(None));
        assert!(all.left_out.is_empty(), "{:?}", all.left_out);
        let clock = |count| vec![Clock { severity: "critical", count }, Clock { severity: "high", count: count * 2 }];
        let facts = Facts { due_hours: clock(4), answer_days: clock(1), ..Facts::default() };
        for service in Service::ALL.iter().filter(|service| **service != Service::Framework) {
            assert!(all.all(Services::default()).any(|course| course.service == service.as_str()), "{service:?}");
        }
        for course in all.all(Services::default()) {
            for lang in Lang::ALL {
                assert!(course.name.has(lang.tag()), "{}", course.ref_id);
                assert!(course.questions.iter().all(|question| question.text.has(lang.tag())), "{}", course.ref_id);
                let asked = course.ask(&words, lang, &facts, &SaidOfHouse::default()).unwrap();
                for question in &asked.questions {
                    let texts: BTreeSet<&String> = question.answers.iter().map(|(text, _)| text).collect();
                    assert_eq!(texts.len(), question.answers.len(), "{}: two answers are the same", question.text);
                }
            }
        }
    }

    #[test]
    fn a_bad_course_is_told_with_its_place() {
        let bad = "format: 1\ncourses:\n- ref_id: a\n  name: A\n  service: nothing\n  pass_percent: 300\n  lessons: [no-such]\n  \
                   questions: [{text: Q, answers: [{text: one}]}]\n";
        let told: Vec<String> =
            read_courses("a.yaml", bad, true).unwrap_err().iter().map(ToString::to_string).collect();
        let told = told.join("\n");
        for part in ["a.yaml:3", "pass_percent", "no service nothing", "no document no-such", "of which one is right"] {
            assert!(told.contains(part), "{part}: {told}");
        }
        let bad = "format: 1\ncourses:\n- ref_id: b\n  name: B\n  pass_percent: 50\n  lessons: []\n  questions:\n  \
                   - {text: {en: Q, fr: '{{ nothing.here }}'}, answers: [{text: one, right: true}, {text: two}]}\n";
        let told = read_courses("b.yaml", bad, true).unwrap_err();
        assert_eq!((told.len(), told[0].line, told[0].path.as_str()), (1, 3, "questions[0]"), "{told:?}");
        assert!(told[0].what.starts_with("in fr: ") && told[0].what.contains("names of facts"), "{told:?}");
    }

    proptest! {
        #[test]
        fn only_exactly_the_right_answers_are_right(right in proptest::collection::vec(proptest::collection::vec(any::<bool>(), 2..5), 1..8), flip in any::<u16>(), least in 1_i64..=100) {
            let questions = right.iter().map(|answers| AskedQuestion { text: String::new(), answers: answers.iter().map(|right| (String::new(), *right)).collect(), why: String::new() });
            let asked = Asked { questions: questions.collect(), version: String::new() };
            let mut chosen: Vec<BTreeSet<usize>> = right.iter().map(|answers| (0..answers.len()).filter(|at| answers[*at]).collect()).collect();
            prop_assert!(mark(&asked, &chosen, 100).passed);
            let at = usize::from(flip) % chosen.len();
            if !chosen[at].remove(&0) {
                chosen[at].insert(0);
            }
            let marked = mark(&asked, &chosen, least);
            prop_assert_eq!(marked.points, right.len() - 1);
            prop_assert!(!marked.right[at]);
            prop_assert_eq!(marked.passed, (right.len() as i64 - 1) * 100 >= least * right.len() as i64);
        }
    }
}
