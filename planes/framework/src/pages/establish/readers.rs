//! Who has read what, and who passed which course.

use askama::Template;
use axum::extract::State as Given;
use manara_web::{Answer, Page, Visit};

use super::Ground;
use crate::manual::Written;
use crate::training::{Course, Reader, readers as all_readers};

#[derive(Template)]
#[template(path = "framework/manual_readers.html")]
struct ReadersPage {
    page: Page,
    documents: Vec<Written>,
    courses: Vec<String>,
    lines: Vec<Reader>,
}

/// `GET /framework/manual/readers`
pub(super) async fn readers(visit: Visit, Given(ground): Given<Ground>) -> Answer {
    let documents = ground.documents(&visit).await?;
    let courses: Vec<&Course> = ground.courses.all(visit.services).collect();
    let lines = all_readers(&visit.db, &documents, &courses, visit.lang).await?;
    let courses = courses.iter().map(|course| course.name.of(visit.lang.tag()).to_string()).collect();
    let page = visit.page("manual-readers").under("/framework/manual", "manual-title");
    visit.html(&ReadersPage { page, documents, courses, lines })
}
