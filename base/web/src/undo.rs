//! What takes a change back, offered beside the message that tells of it; and the question before what nothing takes back.

use askama::Template;

use crate::error::Answer;
use crate::markup::Markup;
use crate::visit::{Page, Visit};

/// Where the button that takes a change back posts, and with which fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    action: String,
    fields: Vec<(&'static str, String)>,
}

impl Undo {
    /// A form to an address of ours.
    pub fn at(action: impl Into<String>) -> Undo {
        Undo { action: action.into(), fields: Vec::new() }
    }

    /// With a field; the same name may come several times.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Undo {
        self.fields.push((name, value.into()));
        self
    }

    /// The button, with its form around it.
    pub(crate) fn button(&self, page: &Page) -> Markup {
        Markup::of(&Button { page, undo: self })
    }
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<form method="post" action="{{ undo.action }}" class="inline">{{ page.csrf() }}{% for (name, value) in undo.fields %}<input type="hidden" name="{{ name }}" value="{{ value }}">{% endfor %}<button>{{ page.t("live-undo") }}</button></form>"#
)]
struct Button<'a> {
    page: &'a Page,
    undo: &'a Undo,
}

/// Something that nothing takes back: it is asked for first, and done by a second form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What happens and why it can't be undone, already in words.
    pub words: String,
    /// What the button says.
    pub button: &'static str,
    /// Where the answer "yes" posts.
    pub action: String,
    /// What it sends along.
    pub fields: Vec<(&'static str, String)>,
    /// Where "no" leads.
    pub back: String,
}

#[derive(Template)]
#[template(path = "web/question.html")]
struct QuestionPage {
    page: Page,
    question: Question,
}

impl Visit {
    /// Asks before something that nothing takes back.
    pub fn ask(&self, page: Page, question: Question) -> Answer {
        self.html(&QuestionPage { page, question })
    }
}
