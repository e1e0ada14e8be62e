//! One catalogue: what is asked, where it comes from, and what closes a gap.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State as Given};
use manara_web::{Answer, Page, PageError, Right, Visit};

use super::Room;
use crate::catalogue::{Catalogue, Item};
use crate::text::Text;

#[derive(Template)]
#[template(path = "framework/catalogue.html")]
struct CataloguePage {
    page: Page,
    one: Arc<Catalogue>,
    room: Room,
    may_begin: bool,
}

impl CataloguePage {
    fn words(&self, text: &Text) -> String {
        text.of(self.page.lang.tag()).to_string()
    }

    fn rule_key(&self) -> String {
        format!("framework-rule-{}-how", self.one.told.rule.as_str())
    }

    fn block(&self, id: &str) -> String {
        self.room.shelf.blocks.get(id).map_or(id, |block| block.name.of(self.page.lang.tag())).to_string()
    }

    fn source(&self, item: &Item) -> String {
        let source = self.one.told.source.iter().find(|source| source.id == item.source);
        source.map_or(item.source.as_str(), |source| source.title.as_str()).to_string()
    }
}

/// `GET /framework/catalogues/{id}`
pub(super) async fn catalogue(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let one = Arc::clone(room.shelf.get(&id).ok_or_else(PageError::not_found)?);
    if visit.wants_json() || visit.query("format").as_deref() == Some("json") {
        return Ok(visit.json(one.text.clone()));
    }
    let title = one.told.name.of(visit.lang.tag()).to_string();
    let page = CataloguePage {
        page: visit.page_titled(title).under("/framework", "framework-title"),
        may_begin: visit.may(Right::ModerateAssessments),
        one,
        room,
    };
    visit.html(&page)
}
