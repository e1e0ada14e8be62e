//! Who knows what: which documents of the manual somebody read as they are, and which courses they passed.

use std::collections::{BTreeMap, HashMap, HashSet};

use manara_model::Micros;
use manara_store::{Db, StoreError};
use manara_web::{Lang, Role, Services, team};
use serde_json::{Value, json};

use super::course::{Course, Courses};
use super::sql::best_of_all;
use crate::manual::{Reading, Written, readings, sql};

/// Days for which a certificate says something.
pub const VALID_DAYS: i64 = 365;

/// Whether a reader knows a document as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It was never read.
    Never,
    /// Another version was read: it is to be read again.
    Changed,
    /// It was read as it is.
    Current,
}

impl Known {
    /// All.
    pub const ALL: [Known; 3] = [Self::Never, Self::Changed, Self::Current];

    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Changed => "changed",
            Self::Current => "current",
        }
    }

    /// A version read in another language counts by the current version of that language.
    pub fn of(
        reading: Option<&Reading>,
        current: &HashMap<(String, String), String>,
        one: &Written,
        lang: Lang,
    ) -> Known {
        match reading {
            None => Self::Never,
            Some(reading) if reading.lang == lang.tag() && reading.hash == one.hash => Self::Current,
            Some(reading) if reading.lang == lang.tag() => Self::Changed,
            Some(reading) => match current.get(&(one.id.to_string(), reading.lang.clone())) {
                Some(hash) if *hash == reading.hash => Self::Current,
                _ => Self::Changed,
            },
        }
    }
}

/// The current versions, by document and language.
pub async fn current_versions(db: &Db) -> Result<HashMap<(String, String), String>, StoreError> {
    Ok(sql::current(db).await?.into_iter().map(|(document, lang, hash)| ((document, lang), hash)).collect())
}

/// A person of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Their name.
    pub name: String,
    /// What they are here.
    pub role: Role,
    /// Whether they know each document, in the order of the manual, and when they read it last.
    pub read: Vec<(Known, Option<Micros>)>,
    /// When they passed each course last, in the order of the courses.
    pub passed: Vec<Option<Micros>>,
}

/// Everybody who may sign in, with what they read and passed.
pub async fn readers(
    db: &Db,
    documents: &[Written],
    courses: &[&Course],
    lang: Lang,
) -> Result<Vec<Reader>, StoreError> {
    let current = current_versions(db).await?;
    let all: HashMap<(String, String), Reading> = readings(db)
        .await?
        .into_iter()
        .map(|reading| ((reading.person.clone(), reading.document.clone()), reading))
        .collect();
    let best: HashMap<(String, String), Micros> =
        best_of_all(db).await?.into_iter().map(|(person, course, at)| ((person, course), at)).collect();
    let reader = |(name, role): (String, Role)| {
        let read = |one: &Written| {
            let reading = all.get(&(name.clone(), one.id.to_string()));
            (Known::of(reading, &current, one, lang), reading.map(|reading| reading.at))
        };
        let passed = |course: &&Course| best.get(&(name.clone(), course.ref_id.clone())).copied();
        Reader {
            read: documents.iter().map(read).collect(),
            passed: courses.iter().map(passed).collect(),
            name: name.clone(),
            role,
        }
    };
    Ok(team(db).await?.into_iter().map(reader).collect())
}

/// The same as programs read it: documents and courses by their ids.
pub fn readers_json(all: &[Reader], documents: &[&str], courses: &[&Course]) -> Vec<Value> {
    let moment = |at: &Option<Micros>| at.map(|at| at.rfc3339());
    let line = |one: &Reader| {
        let read = documents.iter().zip(&one.read);
        let read = read.map(|(id, (known, at))| json!({ "id": id, "stand": known.as_str(), "read": moment(at) }));
        let passed = courses.iter().zip(&one.passed);
        let passed = passed.map(|(course, at)| json!({ "id": course.ref_id, "passed": moment(at) }));
        json!({ "name": one.name, "role": one.role.as_str(), "documents": read.collect::<Vec<_>>(),
            "courses": passed.collect::<Vec<_>>() })
    };
    all.iter().map(line).collect()
}

/// How many of the team know what they should, as it stands now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Knowing {
    /// Everybody who may sign in.
    pub people: i64,
    /// Of those, who passed a course of a service that is on within [`VALID_DAYS`].
    pub trained: i64,
    /// Of those, who read every document as it is; nothing while no version of any document was kept.
    pub manual_read: Option<i64>,
}

/// Counts who knows what. Names do not leave.
pub async fn knowing(db: &Db, courses: &Courses, services: Services, now: Micros) -> Result<Knowing, StoreError> {
    let offered: HashSet<&str> = courses.all(services).map(|course| course.ref_id.as_str()).collect();
    let since = now.plus_days(-VALID_DAYS);
    let certified: HashSet<String> = best_of_all(db)
        .await?
        .into_iter()
        .filter(|(_, course, at)| offered.contains(course.as_str()) && since < *at && *at <= now)
        .map(|(person, ..)| person)
        .collect();
    let current = sql::current(db).await?;
    let wanted: HashSet<&str> = current.iter().map(|(document, ..)| document.as_str()).collect();
    let versions: HashSet<(&str, &str, &str)> =
        current.iter().map(|(document, lang, hash)| (document.as_str(), lang.as_str(), hash.as_str())).collect();
    let mut read: BTreeMap<String, usize> = BTreeMap::new();
    for one in readings(db).await? {
        if versions.contains(&(one.document.as_str(), one.lang.as_str(), one.hash.as_str())) {
            *read.entry(one.person).or_default() += 1;
        }
    }
    let team = team(db).await?;
    let count = |is_so: &dyn Fn(&str) -> bool| {
        i64::try_from(team.iter().filter(|(name, _)| is_so(name)).count()).unwrap_or(i64::MAX)
    };
    let knows = |name: &str| read.get(name).is_some_and(|documents| *documents == wanted.len());
    Ok(Knowing {
        people: count(&|_| true),
        trained: count(&|name| certified.contains(name)),
        manual_read: (!wanted.is_empty()).then(|| count(&knows)),
    })
}
