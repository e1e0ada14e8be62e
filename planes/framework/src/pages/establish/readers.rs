//! Who has read what, and who passed which course.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Given;
use manara_model::Micros;
use manara_web::{Answer, Page, Role, Visit, team};

use super::Ground;
use super::manual::{Known, current};
use crate::manual::{Reading, Written, readings};
use crate::training::best_of_all;

/// A person with what they read, in the order of the manual, and what they passed, in the order of the courses.
struct Line {
    name: String,
    role: Role,
    read: Vec<(Known, Option<Micros>)>,
    passed: Vec<Option<Micros>>,
}

#[derive(Template)]
#[template(path = "framework/manual_readers.html")]
struct ReadersPage {
    page: Page,
    documents: Vec<Written>,
    courses: Vec<String>,
    lines: Vec<Line>,
}

/// `GET /framework/manual/readers`
pub(super) async fn readers(visit: Visit, Given(ground): Given<Ground>) -> Answer {
    let documents = ground.documents(&visit).await?;
    let current = current(&visit).await?;
    let all: HashMap<(String, String), Reading> = readings(&visit.db)
        .await?
        .into_iter()
        .map(|reading| ((reading.person.clone(), reading.document.clone()), reading))
        .collect();
    let best: HashMap<(String, String), Micros> =
        best_of_all(&visit.db).await?.into_iter().map(|(person, course, at)| ((person, course), at)).collect();
    let courses: Vec<(&str, String)> = ground
        .courses
        .all(visit.services)
        .map(|course| (course.ref_id.as_str(), course.name.of(visit.lang.tag()).to_string()))
        .collect();
    let line = |(name, role): (String, Role)| {
        let read = |one: &Written| {
            let reading = all.get(&(name.clone(), one.id.to_string()));
            (Known::of(reading, &current, one, visit.lang), reading.map(|reading| reading.at))
        };
        let passed = |(id, _): &(&str, String)| best.get(&(name.clone(), (*id).to_string())).copied();
        Line {
            role,
            read: documents.iter().map(read).collect(),
            passed: courses.iter().map(passed).collect(),
            name: name.clone(),
        }
    };
    let lines = team(&visit.db).await?.into_iter().map(line).collect();
    let courses = courses.iter().map(|(_, name)| name.clone()).collect();
    let page = visit.page("manual-readers").under("/framework/manual", "manual-title");
    visit.html(&ReadersPage { page, documents, courses, lines })
}
