//! The API for people: `/api`, and the document for programs.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use super::document::tag;
use super::op::Op;
use super::problem::Code;
use crate::error::Answer;
use crate::rights::Right;
use crate::visit::{Page, Visit};

/// The operations about one thing.
struct Group {
    name: &'static str,
    ops: Vec<Line>,
}

struct Line {
    method: String,
    path: &'static str,
    id: &'static str,
    says: &'static str,
    scope: &'static str,
    body: &'static str,
}

#[derive(Template)]
#[template(path = "web/api.html")]
struct ApiPage {
    page: Page,
    groups: Vec<Group>,
    scopes: Vec<&'static str>,
    codes: &'static [Code],
    /// Where the API is: `https://cirt.example.org`.
    base: String,
}

impl ApiPage {
    fn code_words(&self, code: &Code) -> String {
        self.page.t(format!("api-problem-{}", code.as_str()))
    }

    fn scope_words(&self, scope: &str) -> String {
        self.page.t(format!("api-scope-{}", scope.replace(':', "-")))
    }
}

fn line(op: &Op) -> Line {
    Line {
        method: op.method.to_string(),
        path: op.path,
        id: op.id,
        says: op.says,
        scope: op.right.scope().unwrap_or_default(),
        body: match op.body {
            super::Body::Json(name) => name,
            super::Body::File => "application/octet-stream",
            super::Body::None => "",
        },
    }
}

/// `GET /api`
pub(crate) async fn api_page(visit: Visit) -> Answer {
    let mut groups: Vec<Group> = Vec::new();
    if let Some(document) = visit.shell.document.get() {
        for op in &document.ops {
            match groups.iter_mut().find(|group| group.name == tag(op)) {
                Some(group) => group.ops.push(line(op)),
                None => groups.push(Group { name: tag(op), ops: vec![line(op)] }),
            }
        }
    }
    visit.html(&ApiPage {
        page: visit.page("api-title"),
        groups,
        scopes: Right::scoped().filter_map(Right::scope).collect(),
        codes: Code::ALL,
        base: format!("{}://{}", if visit.shell.config.https { "https" } else { "http" }, visit.host),
    })
}

/// `GET /api/openapi.json`
pub(crate) async fn openapi(visit: Visit) -> Response {
    let text = visit.shell.document.get().map(|document| document.text.clone()).unwrap_or_default();
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}
