//! The moderator's view: how far answers lie apart, who is missing, what was agreed, what evidence proves.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Multipart, Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_web::{Answer, Page, PageError, Tone, Visit, Word};
use tokio::task::JoinError;

use super::fields::Fields;
use super::history::{History, agreed_words, said_words};
use super::quality::figure_words;
use super::uploaded::Uploaded;
use super::{Room, frame, href, level_words, refusal_words, say};
use crate::assessment::{Assessment, COMMENT_CHARS, NAME_CHARS, State};
use crate::catalogue::{Catalogue, Item};
use crate::exchange::read_answers;
use crate::jobs::{self, FrameworkError, Refusal, Verdict};
use crate::score::{ItemScore, score};
use crate::sheet::{Answer as Said, Consensus, Evidence, Sheet, Voice};
use crate::sql::{self, Told};
use crate::sql_figures::{Accepted, accepted_figures};
use crate::table::{HEAD, NOT_APPLICABLE, Refused, Row, TABLE_BYTES};

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
    history: History,
    /// Answers that wait for a decision.
    waiting: i64,
    /// What was typed about an item and not taken.
    typed: Option<Typed>,
    head: String,
    comment_chars: usize,
}

/// What a moderator typed about an item while somebody else recorded something.
pub(super) struct Typed {
    pub item: String,
    pub level: String,
    pub reason: String,
    /// Why it was not taken.
    pub refused: String,
}

impl Typed {
    pub(super) fn new(visit: &Visit, fields: &Fields, why: Refusal) -> Typed {
        let text = |name: &str| fields.text(name).to_string();
        let refused = refusal_words(visit, why);
        Typed { item: text("item"), level: text("level"), reason: text("reason"), refused }
    }
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

    /// Up to which level evidence was judged to prove its item.
    fn proves(&self, level: &Option<i64>) -> String {
        match level {
            None => self.page.t("framework-proves-nothing"),
            Some(_) => self.level(level),
        }
    }

    /// Value, words and whether it is the one.
    fn levels(&self, chosen: &Option<i64>) -> Vec<(i64, String, bool)> {
        let of = |value: i64| (value, self.level(&Some(value)), *chosen == Some(value));
        self.catalogue.told.scale.iter().map(|level| of(level.value)).collect()
    }

    /// What was typed about an item and not taken.
    fn typed(&self, item: &Item) -> Option<&Typed> {
        self.typed.as_ref().filter(|typed| typed.item == item.ref_id)
    }

    fn reason(&self, item: &Item) -> &str {
        let agreed = || self.agreed(item).map_or("", |agreed| agreed.reason.as_str());
        self.typed(item).map_or_else(agreed, |typed| typed.reason.as_str())
    }

    /// Value, words and whether it is chosen, for what was agreed: what was typed, else what stands, else what is claimed.
    fn choices(&self, item: &Item) -> Vec<(String, String, bool)> {
        let of_level = |level: Option<i64>| level.map(|level| level.to_string()).unwrap_or_default();
        let chosen = match (self.typed(item), self.agreed(item)) {
            (Some(typed), _) => typed.level.clone(),
            (None, Some(agreed)) if agreed.not_applicable => NOT_APPLICABLE.to_string(),
            (None, Some(agreed)) => of_level(agreed.level),
            (None, None) => of_level(self.score(item).and_then(|score| score.claimed)),
        };
        let mut all = vec![(String::new(), self.page.t("framework-agree-nothing"))];
        let scale = self.catalogue.told.scale.iter();
        all.extend(scale.map(|level| (level.value.to_string(), self.level(&Some(level.value)))));
        if item.not_applicable {
            all.push((NOT_APPLICABLE.to_string(), self.page.t("framework-not-applicable")));
        }
        all.into_iter().map(|(value, words)| (value == chosen, value, words)).map(|(is, v, w)| (v, w, is)).collect()
    }

    /// Whether the form of what was agreed stands open.
    fn is_asked(&self, item: &Item) -> bool {
        let is_apart = self.agreed(item).is_none() && self.score(item).is_some_and(|score| score.disagreement);
        is_apart || self.typed(item).is_some()
    }

    fn speaker(&self, told: &Told) -> String {
        let voice = self.sheet.voices.iter().find(|voice| voice.id == told.answer.voice);
        voice.map(|voice| format!("{} ({})", voice.name, voice.organisation)).unwrap_or_default()
    }

    fn said_words(&self, said: &Said) -> String {
        said_words(&self.page, &self.catalogue, said)
    }

    fn agreed_words(&self, agreed: &Consensus) -> String {
        agreed_words(&self.page, &self.catalogue, agreed)
    }
}

fn here(one: &str, section: &str) -> String {
    let section: String = form_urlencoded::byte_serialize(section.as_bytes()).collect();
    format!("/framework/assessments/{one}/moderate?section={section}")
}

/// `GET /framework/assessments/{id}/moderate?section=…`
pub(super) async fn form(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let asked = visit.query("section").unwrap_or_default();
    show(visit, (one, catalogue), &asked, None).await
}

async fn show(
    visit: Visit,
    (one, catalogue): (Assessment, Arc<Catalogue>),
    asked: &str,
    typed: Option<Typed>,
) -> Answer {
    let sheet = sql::sheet(&visit.db, &one.id, &visit.now.day()).await?;
    let scored = score(&catalogue, &sheet, None);
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
    let items: Vec<Item> = catalogue.of_section(&section).cloned().collect();
    let ids: Vec<String> = items.iter().map(|item| item.ref_id.clone()).collect();
    let status = if typed.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let page = ModeratePage {
        page: frame(&visit, &one, "framework-moderate-title").under_named(&href(&one), &one.subject),
        sections: sections.collect(),
        items,
        history: History::of(&visit.db, &one.id, &ids).await?,
        waiting: sql::count_conflicts(&visit.db, &one.id).await?,
        typed,
        scores: scored.items.iter().map(|item| (item.item.clone(), item.clone())).collect(),
        section,
        sheet,
        figures: figures.into_iter().map(|one| (one.evidence_id.clone(), one)).collect(),
        head: HEAD.join(","),
        comment_chars: COMMENT_CHARS,
        one,
        catalogue,
    };
    visit.html_status(status, &page)
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
    // A form that does not say what it showed showed nothing.
    let seen = Some(fields.text("version").parse().unwrap_or(0));
    let (did, key) = if fields.text("level").is_empty() {
        let did = jobs::take_back(&visit.db, &visit.viewer, &one.id, (item, seen), visit.now).await;
        (did, "framework-did-take-back")
    } else {
        let verdict = Verdict {
            item: item.to_string(),
            level: fields.text("level").parse().ok(),
            not_applicable: fields.text("level") == NOT_APPLICABLE,
            reason: fields.text("reason").to_string(),
        };
        let did = jobs::agree(&visit.db, &visit.viewer, &one.id, &catalogue, (&verdict, seen), visit.now).await;
        (did, "framework-did-agree")
    };
    match did {
        Err(FrameworkError::Refused(why @ (Refusal::Stale | Refusal::Text))) => {
            let typed = Typed::new(&visit, &fields, why);
            show(visit, (one, catalogue), fields.text("section"), Some(typed)).await
        }
        did => say(&visit, &back, did, key),
    }
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
    // A form that does not say what it showed showed nothing.
    let seen = Some(fields.text("version").parse().unwrap_or(0));
    let judged = (fields.text("evidence"), fields.text("level").parse().ok(), seen);
    let did = jobs::judge(&visit.db, &visit.viewer, &one.id, &catalogue, judged, visit.now).await;
    say(&visit, &back, did, "framework-did-judge")
}

/// Reads a table of answers on a thread that may take its time: a workbook has megabytes.
pub(super) async fn read_aside(
    catalogue: Arc<Catalogue>,
    bytes: impl AsRef<[u8]> + Send + 'static,
) -> Result<Result<(Vec<Row>, Vec<Refused>), Refused>, JoinError> {
    tokio::task::spawn_blocking(move || read_answers(&catalogue, bytes.as_ref())).await
}

/// `POST /framework/assessments/{id}/table`: answers of any number of respondents.
pub(super) async fn table(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>, form: Multipart) -> Answer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let back = here(&one.id, "");
    let bytes = Uploaded::read(form, TABLE_BYTES, NAME_CHARS).await?.bytes;
    let (rows, mut bad) = match read_aside(catalogue, bytes).await.map_err(PageError::internal)? {
        Ok(read) => read,
        Err(why) => {
            let words = [("why", Word::from(why.reason))];
            return Ok(visit.go_saying(&back, Tone::Bad, "framework-refused", &words));
        }
    };
    let count = |count: usize| Word::from(i64::try_from(count).unwrap_or(i64::MAX));
    let did = jobs::give_table(&visit.db, &visit.viewer, &one.id, &rows, visit.now).await;
    let taken = match did {
        Ok(taken) => taken,
        Err(error) => return say::<()>(&visit, &back, Err(error), "framework-did-table"),
    };
    let kept = taken.kept_of(rows.len());
    bad.extend(taken.refused);
    let first = bad.first().map(|first| format!("{} {}: {}", first.line, first.column, first.reason));
    let args = [
        ("count", count(kept)),
        ("kept", count(kept)),
        ("refused", count(bad.len())),
        ("conflicts", count(taken.conflicts)),
        ("first", Word::from(first.clone().unwrap_or_default())),
    ];
    Ok(match (first, taken.conflicts) {
        (None, 0) => visit.go_saying(&back, Tone::Good, "framework-did-table", &args),
        (Some(_), 0) => visit.go_saying(&back, Tone::Warn, "framework-did-table-partly", &args),
        (None, _) => visit.go_saying(&back, Tone::Warn, "voices-did-table", &args),
        (Some(_), _) => visit.go_saying(&back, Tone::Warn, "voices-did-table-partly", &args),
    })
}
