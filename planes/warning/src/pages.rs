//! The pages of notices: the list, one notice, and the built-in box.

mod answer;
mod list;
mod mailbox;
mod many;
mod one;
mod operations;
mod panels;

pub use many::many_notices;
pub use one::notice_json;
pub use panels::{Panel, answers_panel, bounces_markup};

use std::sync::Arc;

use axum::extract::{RawForm, State};
use manara_model::Tlp;
use manara_net::Mailer;
use manara_store::Blobs;
use manara_web::{Answer, Markup, Page, PageError, Right, Site, Tone, Undo, Visit, Word};

use crate::answer::Said;
use crate::config::Office;
use crate::jobs::{Changed, approve, cancel, help_given, redraft, retry};
use crate::link::Links;
use crate::notice::{NoticeState, Step, StepError};
use crate::seal::Seals;
use crate::sql;

/// What the pages need beside the state database.
pub struct Mailroom {
    /// Attachments and captured messages.
    pub blobs: Blobs,
    /// Builds messages as they will be sent.
    pub mailer: Arc<Mailer>,
    /// The links in letters.
    pub links: Links,
    /// How notices leave.
    pub seals: Seals,
    /// Who writes them.
    pub office: Office,
    /// The strictest marking for which the approval of one person is enough; none when it always is.
    pub four_eyes_above: Option<Tlp>,
}

/// Who may see a message with its link in it.
pub(crate) const WHOLE_MESSAGE: Right = Right::AnswerFindings;

/// The routes of the plane.
pub fn site(mailroom: Arc<Mailroom>) -> Site {
    Site::<Arc<Mailroom>>::new()
        .page("/notices", Right::ReadNotices, list::notices)
        .many(many_notices(mailroom.four_eyes_above))
        .post("/notices/bulk", Right::SendNotices, change_many)
        .post("/notices/bulk/help-given", Right::AnswerFindings, change_many)
        .page("/notices/mailbox", Right::ReadNotices, mailbox::messages)
        .page("/notices/mailbox/{id}", Right::ReadNotices, mailbox::message)
        // The whole message holds the link by which one answers for the constituent.
        .page("/notices/mailbox/{id}/message.eml", WHOLE_MESSAGE, mailbox::whole)
        .page("/notices/{id}", Right::ReadNotices, one::notice)
        .page("/notices/{id}/files/{name}", Right::ReadNotices, one::file)
        .post("/notices/approve", Right::SendNotices, approve_some)
        .post("/notices/cancel", Right::SendNotices, cancel_some)
        .post("/notices/redraft", Right::SendNotices, redraft_some)
        .post("/notices/retry", Right::SendNotices, retry_some)
        .post("/notices/help-given", Right::AnswerFindings, help_was_given)
        .link("/a/{token}", answer::show)
        .link_post("/a/{token}", answer::FORM_BYTES, answer::take)
        .link("/a/{token}/answers.csv", answer::table)
        .link_post("/a/{token}/table", answer::UPLOAD_BYTES, answer::upload)
        .merge(operations::site())
        .with_state(mailroom)
}

async fn approve_some(visit: Visit, State(room): State<Arc<Mailroom>>, RawForm(form): RawForm) -> Answer {
    decide(visit, &room, &form, Step::Approve).await
}

async fn cancel_some(visit: Visit, State(room): State<Arc<Mailroom>>, RawForm(form): RawForm) -> Answer {
    decide(visit, &room, &form, Step::Cancel).await
}

async fn redraft_some(visit: Visit, State(room): State<Arc<Mailroom>>, RawForm(form): RawForm) -> Answer {
    decide(visit, &room, &form, Step::Redraft).await
}

async fn retry_some(visit: Visit, State(room): State<Arc<Mailroom>>, RawForm(form): RawForm) -> Answer {
    decide(visit, &room, &form, Step::Retry).await
}

async fn help_was_given(visit: Visit, State(_): State<Arc<Mailroom>>, RawForm(form): RawForm) -> Answer {
    let Chosen { ids, back } = chosen(&form);
    let seen = sql::visible(&visit.db, &visit.viewer, &ids).await?;
    let given = help_given(&visit.db, &seen, &visit.viewer.name, visit.now).await.map_err(PageError::internal)?;
    Ok(visit.go_saying(&back, Tone::Good, "warning-did-help", &[("count", Word::from(given))]))
}

/// What a change of many is depends on `do`, and so does the right it asks for.
async fn change_many(visit: Visit, State(room): State<Arc<Mailroom>>, RawForm(form): RawForm) -> Answer {
    manara_web::bulk::choose(visit, &*many_notices(room.four_eyes_above), &form).await
}

/// The notices of a form and the page to go back to.
struct Chosen {
    ids: Vec<String>,
    back: String,
}

/// Reads the boxes that were ticked, or all that were shown when the button for all was used.
fn chosen(form: &[u8]) -> Chosen {
    let pairs: Vec<(String, String)> =
        form_urlencoded::parse(form).map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    let values = |wanted: &str| -> Vec<String> {
        pairs.iter().filter(|(name, _)| name == wanted).map(|(_, value)| value.clone()).take(1000).collect()
    };
    let ids = if values("all").is_empty() { values("id") } else { values("shown") };
    let back = values("back").into_iter().next().filter(|back| back.starts_with("/notices"));
    Chosen { ids, back: back.unwrap_or_else(|| "/notices".into()) }
}

async fn decide(visit: Visit, room: &Mailroom, form: &[u8], step: Step) -> Answer {
    let Chosen { ids, back } = chosen(form);
    if ids.is_empty() {
        return Ok(visit.go_saying(&back, Tone::Warn, "warning-chosen-none", &[]));
    }
    let seen = sql::visible(&visit.db, &visit.viewer, &ids).await?;
    let who = visit.viewer.name.as_str();
    let (changed, key) = match step {
        Step::Approve => (approve(&visit.db, &seen, who, room.four_eyes_above, visit.now).await, "warning-did-approve"),
        Step::Cancel => (cancel(&visit.db, &seen, who, visit.now).await, "warning-did-cancel"),
        Step::Retry => (retry(&visit.db, &seen, who, visit.now).await, "warning-did-retry"),
        _ => (redraft(&visit.db, &seen, who, visit.now).await, "warning-did-redraft"),
    };
    let changed = changed.map_err(PageError::internal)?;
    if step == Step::Cancel && changed.refused.is_empty() {
        let undo = Undo::at("/notices/redraft").with("back", back.as_str());
        let undo = changed.done.iter().fold(undo, |undo, id| undo.with("id", id.as_str()));
        return Ok(visit.go_undoable(&back, key, &[("count", Word::from(changed.done.len()))], undo));
    }
    Ok(say(&visit, &back, key, &changed))
}

/// Says how many were changed; when some were not, how many and why the first of them was not.
fn say(visit: &Visit, back: &str, key: &'static str, changed: &Changed) -> axum::response::Response {
    let count = |n: usize| Word::from(n);
    match changed.refused.first() {
        // Approved by the first of two people.
        None if !changed.waiting.is_empty() => {
            let key = "warning-did-first";
            let approved = changed.done.len() - changed.waiting.len();
            let args = [("count", count(changed.waiting.len())), ("approved", count(approved))];
            visit.go_saying(back, Tone::Warn, key, &args)
        }
        None => visit.go_saying(back, Tone::Good, key, &[("count", count(changed.done.len()))]),
        Some((_, why)) => {
            let args = [
                ("done", count(changed.done.len())),
                ("refused", count(changed.refused.len())),
                ("why", Word::from(why_words(visit, *why))),
            ];
            visit.go_saying(back, Tone::Warn, "warning-did-some", &args)
        }
    }
}

fn why_words(visit: &Visit, why: StepError) -> String {
    visit.t(&format!("warning-refused-{}", why.code()))
}

/// The tone of a state's badge.
fn tone(state: NoticeState) -> &'static str {
    match state {
        NoticeState::Draft | NoticeState::Waiting => "warn",
        NoticeState::Approved | NoticeState::Queued => "info",
        NoticeState::Sent => "good",
        NoticeState::Failed => "bad",
        NoticeState::Cancelled => "mute",
    }
}

/// What a constituent said, in words.
pub(crate) fn said_badge(page: &Page, said: &Said) -> Markup {
    let tone = match said {
        Said::Received => "info",
        Said::Fixed => "good",
        Said::False => "mute",
        Said::Help => "warn",
    };
    page.badge(tone, &format!("warning-said-{}", said.as_str()))
}

/// The words of a class: the name of its type.
fn class_key(class: &str) -> String {
    let (_, kind) = crate::notice::class_parts(class);
    format!("web-type-{kind}")
}

#[cfg(test)]
mod tests {
    use super::chosen;

    #[test]
    fn the_ticked_boxes_are_read_or_all_that_were_shown() {
        let form = "csrf=x&back=%2Fnotices%3Fstate%3Ddraft&shown=1&id=1&shown=2&shown=3&id=3";
        let some = chosen(form.as_bytes());
        assert_eq!((some.ids, some.back.as_str()), (vec!["1".to_string(), "3".to_string()], "/notices?state=draft"));
        let all = chosen(format!("{form}&all=1").as_bytes());
        assert_eq!(all.ids, ["1", "2", "3"]);
        assert_eq!(chosen(b"back=%2F%2Fevil.example&id=1").back, "/notices");
        assert!(chosen(b"csrf=x").ids.is_empty());
    }
}
