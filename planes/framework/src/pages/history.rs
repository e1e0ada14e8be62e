//! What was said and agreed about items before, for the page of the moderator and for programs.

use std::collections::HashMap;

use manara_store::{Db, StoreError};
use manara_web::Page;

use super::level_words;
use crate::catalogue::Catalogue;
use crate::sheet::{Answer as Said, Consensus};
use crate::sql::{self, Agreed, Judged, Told};

/// What stands about some items, and what it was before.
pub(super) struct History {
    pub told: Vec<Told>,
    /// Newest first.
    pub told_before: Vec<Told>,
    pub agreed: HashMap<String, Agreed>,
    /// Newest first.
    pub agreed_before: Vec<Agreed>,
    /// By evidence.
    pub judged: HashMap<String, Judged>,
    /// Newest first.
    pub judged_before: Vec<Judged>,
}

impl History {
    pub(super) async fn of(db: &Db, assessment: &str, items: &[String]) -> Result<History, StoreError> {
        Ok(History {
            told: sql::told(db, assessment, items).await?,
            told_before: sql::told_before(db, assessment, items).await?,
            agreed: sql::agreed(db, assessment).await?,
            agreed_before: sql::agreed_before(db, assessment, items).await?,
            judged: sql::judged(db, assessment).await?,
            judged_before: sql::judged_before(db, assessment, items).await?,
        })
    }

    /// The version of what is agreed about an item; 0 when nothing is.
    pub(super) fn version(&self, item: &str) -> i64 {
        self.agreed.get(item).map_or(0, |agreed| agreed.version)
    }

    /// What was said of an item, newest first: each answer that another followed, and that which followed.
    pub(super) fn told_of(&self, item: &str) -> Vec<&Told> {
        let of = |told: &&Told| told.answer.item == item;
        let before: Vec<&Told> = self.told_before.iter().filter(of).collect();
        let has_before = |told: &&Told| before.iter().any(|old| old.answer.voice == told.answer.voice);
        let mut all: Vec<&Told> = self.told.iter().filter(of).filter(has_before).collect();
        all.extend(before.iter().copied());
        all.sort_by_key(|told| std::cmp::Reverse((told.at, told.version)));
        all
    }

    /// What was agreed about an item before, newest first.
    pub(super) fn agreed_of(&self, item: &str) -> Vec<&Agreed> {
        self.agreed_before.iter().filter(|agreed| agreed.consensus.item == item).collect()
    }

    /// What stands of a piece of evidence, when somebody judged it.
    pub(super) fn judgement(&self, evidence: &str) -> Option<&Judged> {
        self.judged.get(evidence)
    }

    /// The version of what stands of a piece of evidence; 0 while nobody judged it.
    pub(super) fn judgement_version(&self, evidence: &str) -> i64 {
        self.judgement(evidence).map_or(0, |judged| judged.version)
    }

    /// What was judged of a piece of evidence before, newest first.
    pub(super) fn judged_of(&self, evidence: &str) -> Vec<&Judged> {
        self.judged_before.iter().filter(|judged| judged.evidence == evidence).collect()
    }
}

/// What somebody says of an item, in words.
pub(super) fn said_words(page: &Page, catalogue: &Catalogue, said: &Said) -> String {
    let level = of_level(page, catalogue, said.not_applicable, said.level);
    match said.state {
        None => level,
        Some(state) => format!("{level} · {}", page.t(format!("framework-action-{}", state.as_str()))),
    }
}

/// What was agreed about an item, in words.
pub(super) fn agreed_words(page: &Page, catalogue: &Catalogue, agreed: &Consensus) -> String {
    of_level(page, catalogue, agreed.not_applicable, agreed.level)
}

fn of_level(page: &Page, catalogue: &Catalogue, not_applicable: bool, level: Option<i64>) -> String {
    if not_applicable { page.t("framework-not-applicable") } else { level_words(&page.visit, catalogue, level) }
}
