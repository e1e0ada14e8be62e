//! What the plane shows on pages of others.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use askama::Template;
use manara_web::{Markup, Page, PageError, Right, Visit};

use crate::answer::AnswerRow;
use crate::sql::{self, Bounce};

/// Answers shown.
const SHOWN: i64 = 20;

/// A fragment on the page of another plane's record, given its id; empty when there is nothing to say.
pub type Panel =
    Arc<dyn Fn(Visit, String) -> Pin<Box<dyn Future<Output = Result<Markup, PageError>> + Send>> + Send + Sync>;

#[derive(Template)]
#[template(path = "warning/parts/answers.html")]
struct Answers {
    page: Page,
    last: AnswerRow,
    earlier: Vec<AnswerRow>,
}

/// What the constituent said of a finding: the last word, and what it said before.
pub fn answers_panel() -> Panel {
    Arc::new(|visit, finding| Box::pin(async move { answers(&visit, &finding).await }))
}

async fn answers(visit: &Visit, finding: &str) -> Result<Markup, PageError> {
    if !visit.may(Right::ReadNotices) {
        return Ok(Markup::default());
    }
    let mut rows = sql::answers_of_findings(&visit.db, &visit.viewer, &[finding.to_string()], SHOWN).await?.into_iter();
    let Some(last) = rows.next() else { return Ok(Markup::default()) };
    Ok(Markup::of(&Answers { page: visit.fragment(), last, earlier: rows.collect() }))
}

#[derive(Template)]
#[template(path = "warning/parts/bounces.html")]
struct Bounces {
    page: Page,
    bounces: Vec<Bounce>,
}

/// Which of some mail addresses bounce, for the page of whose they are.
pub async fn bounces_markup(visit: &Visit, mails: &[String]) -> Result<Markup, PageError> {
    let bounces = sql::bounces(&visit.db, mails).await?;
    if bounces.is_empty() {
        return Ok(Markup::default());
    }
    Ok(Markup::of(&Bounces { page: visit.fragment(), bounces }))
}
