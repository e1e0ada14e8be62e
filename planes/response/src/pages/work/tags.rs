//! The tags of an incident or a ticket: those it has, those of the taxonomies, and one's own.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use manara_model::Tlp;
use manara_web::{Answer, Choice, Page, PageError, Right, Tone, Undo, Visit};

use super::super::fields::Fields;
use super::{Room, found, href, why};
use crate::jobs::{self, ResponseError};
use crate::sql_ticket;
use crate::tag::{TAG_CHARS, TAGS, machine_tag, tags_in, words};

/// A tag with its words, where a taxonomy knows it.
struct Line {
    tag: String,
    words: Option<(String, String)>,
}

/// The values of one predicate.
struct Group {
    title: String,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "response/work/tags.html")]
struct TagsPage {
    page: Page,
    href: String,
    title: String,
    tlp: Tlp,
    tags: Vec<Line>,
    groups: Vec<Group>,
    used: Vec<String>,
    can_work: bool,
    /// Where the list of records with a tag is.
    list: &'static str,
    most: usize,
}

impl TagsPage {
    fn list_href(&self, line: &Line) -> String {
        let tag: String = form_urlencoded::byte_serialize(line.tag.as_bytes()).collect();
        format!("{}?state=all&tag={tag}", self.list)
    }
}

fn show(visit: &Visit, room: &Room, page: TagsPage, column: &str) -> Answer {
    let language = visit.lang.tag();
    let taxonomies = &room.content.tags;
    let line = |tag: &str| Line {
        tag: tag.to_string(),
        words: words(taxonomies, tag, language).map(|(predicate, value)| (predicate.into(), value.into())),
    };
    let groups = taxonomies.values().flat_map(|taxonomy| {
        taxonomy.predicates.iter().map(|predicate| Group {
            title: format!("{} · {}", taxonomy.title.of(language), predicate.title.of(language)),
            choices: predicate
                .values
                .iter()
                .map(|value| Choice {
                    value: machine_tag(&taxonomy.namespace, &predicate.id, &value.id),
                    label: value.title.of(language).to_string(),
                })
                .collect(),
        })
    });
    visit.html(&TagsPage { tags: tags_in(column).map(line).collect(), groups: groups.collect(), ..page })
}

/// `GET /incidents/{id}/tags`
pub(super) async fn of_incident(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let used = crate::sql_tag::used_tags(&visit.db, &visit.viewer, false).await?;
    let page = TagsPage {
        page: super::page_of(&visit, &one, "tags-title"),
        href: href(&one),
        title: one.title.clone(),
        tlp: one.tlp,
        tags: Vec::new(),
        groups: Vec::new(),
        used: used.into_iter().map(|(tag, _)| tag).collect(),
        can_work: super::may_work(&visit, &one),
        list: "/incidents",
        most: TAG_CHARS,
    };
    show(&visit, &room, page, &one.tags)
}

/// `GET /tickets/{id}/tags`
pub(super) async fn of_ticket(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = sql_ticket::get_ticket(&visit.db, &visit.viewer, &name).await?.ok_or_else(PageError::not_found)?;
    let href = format!("/tickets/{}", one.number);
    let title = visit.t_args("tags-title", &[("number", one.number.clone().into())]);
    let used = crate::sql_tag::used_tags(&visit.db, &visit.viewer, true).await?;
    let page = TagsPage {
        page: visit.page_titled(title).under("/tickets", "tickets-list-title").under_named(&href, &one.number),
        href,
        title: one.subject.clone(),
        tlp: one.tlp,
        tags: Vec::new(),
        groups: Vec::new(),
        used: used.into_iter().map(|(tag, _)| tag).collect(),
        can_work: visit.may(Right::HandleIncidents),
        list: "/tickets",
        most: TAG_CHARS,
    };
    show(&visit, &room, page, &one.tags)
}

/// What a form says: the tags that are chosen, and the one that is typed.
fn sent(form: &[u8]) -> Vec<String> {
    let mut tags = Fields::read(form).all("tag", TAGS + 1);
    tags.retain(|tag| !tag.trim().is_empty());
    tags
}

fn done(visit: &Visit, href: &str, did: Result<(), ResponseError>, tags: &[String], is_there: bool) -> Answer {
    let back = format!("{href}/tags");
    match did {
        Ok(()) => {
            let (key, other) = if is_there { ("tags-did-add", "untag") } else { ("tags-did-remove", "tag") };
            match tags {
                [one] => {
                    let undo = Undo::at(format!("{href}/{other}")).with("tag", one.clone());
                    Ok(visit.go_undoable(&back, key, &[], undo))
                }
                _ => Ok(visit.go_saying(&back, Tone::Good, key, &[])),
            }
        }
        Err(error) => why(visit, &back, error),
    }
}

async fn change_incident(visit: Visit, room: Room, name: String, form: &[u8], is_there: bool) -> Answer {
    let one = found(&visit, &name).await?;
    let tags = sent(form);
    let said = (tags.as_slice(), is_there);
    let did = jobs::tag_incident(&visit.db, &visit.viewer, &room.content.tags, &one.id, said, visit.now).await;
    done(&visit, &href(&one), did.map(|_| ()), &tags, is_there)
}

async fn change_ticket(visit: Visit, room: Room, name: String, form: &[u8], is_there: bool) -> Answer {
    let one = sql_ticket::get_ticket(&visit.db, &visit.viewer, &name).await?.ok_or_else(PageError::not_found)?;
    let tags = sent(form);
    let said = (tags.as_slice(), is_there);
    let did = jobs::tag_ticket(&visit.db, &visit.viewer, &room.content.tags, &one.id, said, visit.now).await;
    done(&visit, &format!("/tickets/{}", one.number), did.map(|_| ()), &tags, is_there)
}

/// `POST /incidents/{id}/tag`
pub(super) async fn tag_incident(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    change_incident(visit, room, name, &form, true).await
}

/// `POST /incidents/{id}/untag`
pub(super) async fn untag_incident(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    change_incident(visit, room, name, &form, false).await
}

/// `POST /tickets/{id}/tag`
pub(super) async fn tag_ticket(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    change_ticket(visit, room, name, &form, true).await
}

/// `POST /tickets/{id}/untag`
pub(super) async fn untag_ticket(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    change_ticket(visit, room, name, &form, false).await
}
