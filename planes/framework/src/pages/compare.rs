//! Two assessments or snapshots, item by item.

use std::sync::Arc;

use askama::Template;
use axum::extract::State as Given;
use manara_web::{Answer, Page, PageError, Visit};

use super::{Room, level_words};
use crate::assessment::Assessment;
use crate::catalogue::Catalogue;
use crate::compare::{Change, Comparison, Line, compare as compared};
use crate::score::{Score, score};
use crate::sql;

/// Assessments that can be chosen.
const CHOICES: i64 = 200;

/// What stands on one side.
struct Side {
    subject: String,
    when: String,
    catalogue: Arc<Catalogue>,
    score: Score,
}

#[derive(Template)]
#[template(path = "framework/compare.html")]
struct ComparePage {
    page: Page,
    all: Vec<Assessment>,
    before: String,
    after: String,
    sides: Option<(Side, Side)>,
    found: Option<Comparison>,
    /// They are different models that nothing relates.
    is_apart: bool,
}

impl ComparePage {
    /// Whether what was chosen is none of the assessments in the list.
    fn is_snapshot(&self, id: &str) -> bool {
        !id.is_empty() && !self.all.iter().any(|one| one.id == id)
    }

    fn name(&self, line: &Line) -> String {
        let of = |catalogue: &Catalogue| {
            catalogue.item(&line.item).map(|item| item.name.of(self.page.lang.tag()).to_string())
        };
        let found = self.sides.as_ref().and_then(|(before, after)| {
            if line.change == Change::Gone { of(&before.catalogue) } else { of(&after.catalogue) }
        });
        found.unwrap_or_else(|| line.item.clone())
    }

    fn was(&self, level: &Option<i64>) -> String {
        self.sides.as_ref().map_or("–".into(), |(side, _)| level_words(&self.page.visit, &side.catalogue, *level))
    }

    fn is(&self, level: &Option<i64>) -> String {
        self.sides.as_ref().map_or("–".into(), |(_, side)| level_words(&self.page.visit, &side.catalogue, *level))
    }

    fn tone(&self, change: &Change) -> &'static str {
        match change {
            Change::Better => "good",
            Change::Worse => "bad",
            Change::New | Change::Gone => "info",
            Change::Same | Change::Open => "mute",
        }
    }

    fn key(&self, change: &Change) -> String {
        format!("framework-change-{}", change.as_str())
    }
}

async fn side(visit: &Visit, room: &Room, id: &str) -> Result<Side, PageError> {
    let (one, hash, sheet, when) = match sql::one_snapshot(&visit.db, &visit.viewer, id).await? {
        Some((snapshot, sheet)) => {
            let one = sql::get(&visit.db, &visit.viewer, &snapshot.assessment_id).await?;
            (one.ok_or_else(PageError::not_found)?, snapshot.hash, sheet, snapshot.at)
        }
        None => {
            let one = sql::get(&visit.db, &visit.viewer, id).await?.ok_or_else(PageError::not_found)?;
            let sheet = sql::sheet(&visit.db, &one.id, &visit.now.day()).await?;
            let (hash, when) = (one.hash.clone(), one.changed);
            (one, hash, sheet, when)
        }
    };
    let catalogue = room.version(visit, &hash).await?;
    let score = score(&catalogue, &sheet, None);
    Ok(Side { subject: one.subject, when: when.day(), catalogue, score })
}

/// `GET /framework/compare?before=…&after=…`
pub(super) async fn compare(visit: Visit, Given(room): Given<Room>) -> Answer {
    let (before, after) = (visit.query("before").unwrap_or_default(), visit.query("after").unwrap_or_default());
    let (mut sides, mut found, mut is_apart) = (None, None, false);
    if !before.is_empty() && !after.is_empty() {
        let (old, new) = (side(&visit, &room, &before).await?, side(&visit, &room, &after).await?);
        let name = |item: &str| room.shelf.name_before(old.catalogue.id(), new.catalogue.id(), item);
        is_apart = !new.catalogue.assessable().any(|item| name(&item.ref_id).is_some());
        if !is_apart {
            found = Some(compared((&old.catalogue, &old.score), (&new.catalogue, &new.score), name));
        }
        sides = Some((old, new));
    }
    if visit.query("format").as_deref() == Some("json") {
        return Ok(visit.json(serde_json::to_string(&found).map_err(PageError::internal)?));
    }
    let page = ComparePage {
        page: visit.page("framework-compare-title").under("/framework", "framework-title"),
        all: sql::newest(&visit.db, &visit.viewer, CHOICES).await?,
        before,
        after,
        sides,
        found,
        is_apart,
    };
    visit.html(&page)
}
