//! The moderator's view: how far answers lie apart, who is missing, what was agreed, what evidence proves.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Multipart, Path, RawForm, State as Given};
use manara_web::{Answer, Page, Tone, Visit, Word};

use super::fields::Fields;
use super::quality::figure_words;
use super::uploaded::Uploaded;
use super::{Room, frame, href, level_words, say};
use crate::assessment::{Assessment, COMMENT_CHARS, NAME_CHARS, State};
use crate::catalogue::{Catalogue, Item};
use crate::exchange::read_answers;
use crate::jobs::{self, Verdict};
use crate::score::{ItemScore, score};
use crate::sheet::{Answer as Said, Consensus, Evidence, Sheet, Voice};
use crate::sql;
use crate::sql_figures::{Accepted, accepted_figures};
use crate::table::{HEAD, NOT_APPLICABLE, TABLE_BYTES};

#[derive(Template)]
#[template(path = "framework/moderate.html")]
struct ModeratePage {
    page: Page,
    one: Assessment,
    catalogue: Arc<Catalogue>,
    sections: Vec<(String, String, bool, usize)>,
    section: String,
    items: Vec<Item>,
    scores: HashMap<String, ItemScore>,
    sheet: Sheet,
    /// Evidence that is a figure of this Manara, by its id.
    figures: HashMap<String, Accepted>,
    head: String,
    comment_chars: usize,
}

impl ModeratePage {
    fn path(&self) -> String {
        href(&self.one)
    }

    fn is_open(&self) -> bool {
        self.one.state == State::Open
    }

    fn name(&self, item: &Item) -> String {
        item.name.of(self.page.lang.tag()).to_string()
    }

    fn level(&self, level: &Option<i64>) -> String {
        level_words(&self.page.visit, &self.catalogue, *level)
    }

    fn score(&self, item: &Item) -> Option<&ItemScore> {
        self.scores.get(&item.ref_id)
    }

    /// Who said what of an item.
    fn answers(&self, item: &Item) -> Vec<(&Voice, &Said)> {
        let of = |voice: &'_ Voice| {
            self.sheet.answers.iter().find(|answer| answer.voice == voice.id && answer.item == item.ref_id)
        };
        self.sheet.voices.iter().filter_map(|voice| Some((voice, of(voice)?))).collect()
    }

    /// Who said nothing of it.
    fn missing(&self, item: &Item) -> Vec<&Voice> {
        let is_said = |voice: &Voice| {
            let of = |answer: &Said| answer.voice == voice.id && answer.item == item.ref_id;
            self.sheet.answers.iter().any(|one| of(one) && (one.level.is_some() || one.not_applicable))
        };
        self.sheet.voices.iter().filter(|voice| !is_said(voice)).collect()
    }

    fn claim(&self, said: &Said) -> String {
        if said.not_applicable { self.page.t("framework-not-applicable") } else { self.level(&said.level) }
    }

    fn action_key(&self, said: &Said) -> String {
        said.state.map(|state| format!("framework-action-{}", state.as_str())).unwrap_or_default()
    }

    fn agreed(&self, item: &Item) -> Option<&Consensus> {
        self.sheet.consensus.iter().find(|agreed| agreed.item == item.ref_id)
    }

    fn evidence(&self, item: &Item) -> Vec<&Evidence> {
        self.sheet.evidence.iter().filter(|shown| shown.item == item.ref_id).collect()
    }

    /// What a piece of evidence is; a figure in the reader's words.
    fn label(&self, evidence: &Evidence) -> String {
        self.figures.get(&evidence.id).map_or_else(|| evidence.label.clone(), |one| figure_words(&self.page, one))
    }

    fn is_expired(&self, evidence: &Evidence) -> bool {
        evidence.is_expired(&self.sheet.day)
    }

    /// Value, words and whether it is the one.
    fn levels(&self, chosen: &Option<i64>) -> Vec<(i64, String, bool)> {
        let of = |value: i64| (value, self.level(&Some(value)), *chosen == Some(value));
        self.catalogue.told.scale.iter().map(|level| of(level.value)).collect()
    }

    fn suggested(&self, item: &Item) -> Option<i64> {
        self.agreed(item).map_or_else(|| self.score(item).and_then(|score| score.claimed), |agreed| agreed.level)
    }
}

fn here(one: &str, section: &str) -> String {
    let section: String = form_urlencoded::byte_serialize(section.as_bytes()).collect();
    format!("/framework/assessments/{one}/moderate?section={section}")
}

/// `GET /framework/assessments/{id}/moderate?section=…`
pub(super) async fn form(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let sheet = sql::sheet(&visit.db, &one.id, &visit.now.day()).await?;
    let scored = score(&catalogue, &sheet, None);
    let asked = visit.query("section").unwrap_or_default();
    let all = catalogue.sections();
    let current = all.iter().find(|section| section.ref_id == asked).or(all.first());
    let section = current.map(|section| section.ref_id.clone()).unwrap_or_default();
    let apart = |section: &str| {
        let is_apart = |item: &&ItemScore| item.section == section && item.disagreement && !item.agreed;
        scored.items.iter().filter(is_apart).count()
    };
    let sections = all.iter().map(|one| {
        let name = one.name.of(visit.lang.tag()).to_string();
        (one.ref_id.clone(), name, one.ref_id == section, apart(&one.ref_id))
    });
    let figures = accepted_figures(&visit.db, &one.id).await?;
    let page = ModeratePage {
        page: frame(&visit, &one, "framework-moderate-title").under_named(&href(&one), &one.subject),
        sections: sections.collect(),
        items: catalogue.of_section(&section).cloned().collect(),
        scores: scored.items.iter().map(|item| (item.item.clone(), item.clone())).collect(),
        section,
        sheet,
        figures: figures.into_iter().map(|one| (one.evidence_id.clone(), one)).collect(),
        head: HEAD.join(","),
        comment_chars: COMMENT_CHARS,
        one,
        catalogue,
    };
    visit.html(&page)
}

/// `POST /framework/assessments/{id}/moderate`: what was agreed about an item, or that nothing is.
pub(super) async fn agree(
    visit: Visit,
    Given(room): Given<Room>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let fields = Fields::read(&form);
    let back = here(&one.id, fields.text("section"));
    let item = fields.text("item");
    if fields.text("level").is_empty() {
        let did = jobs::take_back(&visit.db, &visit.viewer, &one.id, item, visit.now).await;
        return say(&visit, &back, did, "framework-did-take-back");
    }
    let verdict = Verdict {
        item: item.to_string(),
        level: fields.text("level").parse().ok(),
        not_applicable: fields.text("level") == NOT_APPLICABLE,
        reason: fields.text("reason").to_string(),
    };
    let did = jobs::agree(&visit.db, &visit.viewer, &one.id, &catalogue, &verdict, visit.now).await;
    say(&visit, &back, did, "framework-did-agree")
}

/// `POST /framework/assessments/{id}/judge`: what a piece of evidence proves.
pub(super) async fn judge(
    visit: Visit,
    Given(room): Given<Room>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let fields = Fields::read(&form);
    let back = here(&one.id, fields.text("section"));
    let judged = (fields.text("evidence"), fields.text("level").parse().ok());
    let did = jobs::judge(&visit.db, &visit.viewer, &one.id, &catalogue, judged, visit.now).await;
    say(&visit, &back, did, "framework-did-judge")
}

/// `POST /framework/assessments/{id}/table`: answers of any number of respondents.
pub(super) async fn table(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>, form: Multipart) -> Answer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let back = here(&one.id, "");
    let bytes = Uploaded::read(form, TABLE_BYTES, NAME_CHARS).await?.bytes;
    let (rows, bad) = match read_answers(&catalogue, &bytes) {
        Ok(read) => read,
        Err(why) => {
            let words = [("why", Word::from(why.reason))];
            return Ok(visit.go_saying(&back, Tone::Bad, "framework-refused", &words));
        }
    };
    let count = |count: usize| Word::from(i64::try_from(count).unwrap_or(i64::MAX));
    let did = jobs::give_table(&visit.db, &visit.viewer, &one.id, &rows, visit.now).await;
    match (did, bad.first()) {
        (Ok(_), Some(first)) => {
            let first_words = format!("{} {}: {}", first.line, first.column, first.reason);
            let args = [("kept", count(rows.len())), ("refused", count(bad.len())), ("first", Word::from(first_words))];
            Ok(visit.go_saying(&back, Tone::Warn, "framework-did-table-partly", &args))
        }
        (Ok(_), None) => Ok(visit.go_saying(&back, Tone::Good, "framework-did-table", &[("count", count(rows.len()))])),
        (Err(error), _) => say::<()>(&visit, &back, Err(error), "framework-did-table"),
    }
}
