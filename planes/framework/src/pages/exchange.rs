//! Sheets that leave and come back, what they are at odds about, and everything to take away.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Multipart, Path, RawForm, State as Given};
use axum::response::Response;
use manara_web::{Answer, Fault, Lang, Page, PageError, Right, Tone, Visit, Word};

use super::fields::Fields;
use super::uploaded::Uploaded;
use super::{Room, frame, href, level_words, profile, say};
use crate::assessment::{Assessment, NAME_CHARS, State};
use crate::catalogue::Catalogue;
use crate::design::{Ask, design};
use crate::exchange::{
    Asked, Bad, GRID_BYTES, Heads, Keys, Measured, SheetError, SheetForm, export_answers, export_items, oscal_catalog,
    oscal_poam, oscal_results, read_form, write_catalogue, write_form, write_library,
};
use crate::jobs::{self, Conflict, FrameworkError, Merged, NewVoice};
use crate::score::{Score, score};
use crate::sheet::{Answer as Said, Sheet, Voice};
use crate::sql::{self, BroughtSheet};

/// Conflicts shown at once.
const SHOWN: i64 = 50;

#[derive(Template)]
#[template(path = "framework/exchange.html")]
struct ExchangePage {
    page: Page,
    one: Assessment,
    catalogue: Arc<Catalogue>,
    voices: Vec<Voice>,
    conflicts: Vec<Conflict>,
    waiting: i64,
    /// Rows of the sheet that just came and were not taken.
    bad: Vec<Bad>,
    /// What became of it.
    merged: Option<Merged>,
    /// The sheets that came back.
    brought: Vec<BroughtSheet>,
    public: String,
    may_moderate: bool,
    name_chars: usize,
}

impl ExchangePage {
    fn path(&self) -> String {
        href(&self.one)
    }

    fn is_open(&self) -> bool {
        self.one.state == State::Open
    }

    fn item(&self, id: &str) -> String {
        self.catalogue.item(id).map_or(id, |item| item.name.of(self.page.lang.tag())).to_string()
    }

    fn said(&self, said: &Said) -> String {
        let level = match said.not_applicable {
            true => self.page.t("framework-not-applicable"),
            false => level_words(&self.page.visit, &self.catalogue, said.level),
        };
        match said.state {
            None => level,
            Some(state) => format!("{level} · {}", self.page.t(format!("framework-action-{}", state.as_str()))),
        }
    }

    fn bound_key(&self, sheet: &BroughtSheet) -> String {
        let word = if sheet.bound.is_empty() { "unknown" } else { sheet.bound.as_str() };
        format!("exchange-bound-{word}")
    }

    fn bound_tone(&self, sheet: &BroughtSheet) -> &'static str {
        match sheet.bound.as_str() {
            "signed" => "good",
            "digest" => "info",
            _ => "mute",
        }
    }

    fn bad_key(&self, bad: &Bad) -> String {
        format!("exchange-row-{}", bad.code)
    }

    fn languages(&self) -> [(&'static str, &'static str); 3] {
        Lang::ALL.map(|lang| (lang.tag(), lang.name()))
    }

    fn tag(&self) -> &'static str {
        self.page.lang.tag()
    }
}

async fn page(visit: Visit, room: &Room, id: &str, came: Option<(Merged, Vec<Bad>)>) -> Answer {
    let (one, catalogue) = room.found(&visit, id).await?;
    let may_moderate = visit.may(Right::ModerateAssessments);
    let (merged, bad) = came.map_or((None, Vec::new()), |(merged, bad)| (Some(merged), bad));
    let (conflicts, waiting, public, voices, brought) = match may_moderate {
        false => (Vec::new(), 0, String::new(), Vec::new(), Vec::new()),
        true => (
            sql::conflicts(&visit.db, &one.id, ("", ""), SHOWN).await?,
            sql::count_conflicts(&visit.db, &one.id).await?,
            Keys::open(&visit.db).await?.public(),
            sql::voices(&visit.db, &one.id).await?,
            sql::brought_sheets(&visit.db, &one.id).await?,
        ),
    };
    let page = ExchangePage {
        page: frame(&visit, &one, "exchange-title").under_named(&href(&one), &one.subject),
        voices,
        conflicts,
        waiting,
        bad,
        merged,
        brought,
        public,
        may_moderate,
        name_chars: NAME_CHARS,
        one,
        catalogue,
    };
    visit.html(&page)
}

fn here(id: &str) -> String {
    format!("/framework/assessments/{id}/exchange")
}

/// `GET /framework/assessments/{id}/exchange`
pub(super) async fn form(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    page(visit, &room, &id, None).await
}

/// A sheet for a respondent, sealed.
pub(super) async fn sheet_for(
    visit: &Visit,
    (one, catalogue): (&Assessment, &Catalogue),
    new: &NewVoice,
    (lang, form): (Lang, SheetForm),
) -> Result<(String, Vec<u8>), FrameworkError> {
    let keys = Keys::open(&visit.db).await?;
    let issued = jobs::issue(&visit.db, &visit.viewer, (&one.id, catalogue), new, &keys, lang.tag(), visit.now).await?;
    let asked = Asked {
        assessment: one,
        catalogue,
        voice: &issued.voice,
        answers: &issued.answers,
        evidence: &issued.evidence,
        seal: &issued.sealed,
        words: visit.words(),
        lang,
    };
    let bytes = write_form(&asked, form).map_err(|error| manara_store::StoreError::unknown("a sheet", error))?;
    // Files of several respondents lie beside each other: told apart by the end of their ids.
    let short: String = issued.voice.id.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
    let marking = one.tlp.in_file_name();
    Ok((format!("{}-{}-{marking}-{short}.{}", one.catalogue, visit.now.day(), form.as_str()), bytes))
}

/// `POST /framework/assessments/{id}/sheets`: issues a sheet.
pub(super) async fn issue(
    visit: Visit,
    Given(room): Given<Room>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let fields = Fields::read(&form);
    let lang = Lang::parse(fields.text("in")).unwrap_or(visit.lang);
    let form = SheetForm::parse(fields.text("format")).ok_or_else(|| PageError::from(Fault::Unreadable))?;
    let new = NewVoice {
        name: fields.text("name").to_string(),
        organisation: fields.text("organisation").to_string(),
        role: fields.text("role").to_string(),
        person: String::new(),
    };
    match sheet_for(&visit, (&one, &catalogue), &new, (lang, form)).await {
        Ok((name, bytes)) => Ok(visit.download(&name, form.media_type(), bytes)),
        Err(error) => say::<()>(&visit, &here(&one.id), Err(error), "exchange-title"),
    }
}

/// Takes a sheet that came back.
pub(super) async fn take(
    visit: &Visit,
    (one, catalogue): (&Assessment, &Catalogue),
    bytes: &[u8],
) -> Result<Result<(Merged, Vec<Bad>), SheetError>, FrameworkError> {
    let (keys, heads) = (Keys::open(&visit.db).await?, Heads::of(visit.words()));
    match read_form(one, catalogue, &keys, &heads, bytes) {
        Err(why) => Ok(Err(why)),
        Ok(brought) => {
            let merged = jobs::merge(&visit.db, &visit.viewer, &brought, visit.now).await?;
            Ok(Ok((merged, brought.bad)))
        }
    }
}

/// `POST /framework/assessments/{id}/sheets/back`: a sheet that was filled in.
pub(super) async fn back(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>, form: Multipart) -> Answer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let bytes = Uploaded::read(form, GRID_BYTES, NAME_CHARS).await?.bytes;
    match take(&visit, (&one, &catalogue), &bytes).await {
        Ok(Ok((merged, bad))) if bad.is_empty() => {
            let count = |count: usize| Word::from(i64::try_from(count).unwrap_or(i64::MAX));
            let args = [
                ("new", count(merged.new)),
                ("changed", count(merged.changed)),
                ("same", count(merged.same)),
                ("conflicts", count(merged.conflicts)),
            ];
            let (tone, key) = match (merged.again, merged.conflicts) {
                (true, _) => (Tone::Warn, "exchange-did-again"),
                (false, 0) => (Tone::Good, "exchange-did-merge"),
                (false, _) => (Tone::Warn, "exchange-did-merge-conflicts"),
            };
            Ok(visit.go_saying(&here(&one.id), tone, key, &args))
        }
        Ok(Ok(came)) => page(visit, &room, &id, Some(came)).await,
        Ok(Err(why)) => {
            let words = visit.t(&format!("exchange-sheet-bad-{}", why.code()));
            Ok(visit.go_saying(&here(&one.id), Tone::Bad, "framework-refused", &[("why", Word::from(words))]))
        }
        Err(error) => say::<()>(&visit, &here(&one.id), Err(error), "exchange-title"),
    }
}

/// `POST /framework/assessments/{id}/conflicts/{conflict}`: what came is taken, or what is kept stays.
pub(super) async fn settle(
    visit: Visit,
    Path((id, conflict)): Path<(String, String)>,
    RawForm(form): RawForm,
) -> Answer {
    let fields = Fields::read(&form);
    let takes = match fields.text("decision") {
        "take" => true,
        "keep" => false,
        _ => return Err(Fault::Unreadable.into()),
    };
    let Ok(version) = fields.text("version").parse::<i64>() else { return Err(Fault::Unreadable.into()) };
    let did = jobs::settle(&visit.db, &visit.viewer, (&id, &conflict), takes, version, visit.now).await;
    say(&visit, &here(&id), did, "exchange-did-settle")
}

/// The state of an assessment, or of a snapshot of it by `?snapshot=`.
async fn state(visit: &Visit, room: &Room, id: &str) -> Result<Shown, PageError> {
    let (one, catalogue) = room.found(visit, id).await?;
    let (catalogue, sheet, at) = match visit.query("snapshot").filter(|id| !id.is_empty()) {
        None => (catalogue, sql::sheet(&visit.db, &one.id, &visit.now.day()).await?, one.changed),
        Some(taken) => {
            let found = sql::one_snapshot(&visit.db, &visit.viewer, &taken).await?;
            let found = found.filter(|(snapshot, _)| snapshot.assessment_id == one.id);
            let (snapshot, sheet) = found.ok_or_else(PageError::not_found)?;
            (room.version(visit, &snapshot.hash).await?, sheet, snapshot.at)
        }
    };
    let score = score(&catalogue, &sheet, profile(visit, &catalogue)?);
    Ok(Shown { one, catalogue, sheet, score, at })
}

struct Shown {
    one: Assessment,
    catalogue: Arc<Catalogue>,
    sheet: Sheet,
    score: Score,
    at: manara_model::Micros,
}

/// The language that `?in=` names, else the reader's.
fn language(visit: &Visit) -> Lang {
    visit.query("in").and_then(|tag| Lang::parse(&tag)).unwrap_or(visit.lang)
}

/// `GET /framework/assessments/{id}/export?format=…`
pub(super) async fn export(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    exported(&visit, room, &id).await
}

/// What is taken away of an assessment.
pub(super) async fn exported(visit: &Visit, room: Room, id: &str) -> Result<Response, PageError> {
    let word = visit.query("format").unwrap_or_default();
    let lang = language(visit);
    let shown = state(visit, &room, id).await?;
    let marking = shown.one.tlp.in_file_name();
    let name = |end: &str| format!("{}-{}-{marking}-{end}", shown.one.catalogue, shown.score.day);
    if let Some(form) = SheetForm::parse(&word) {
        let bytes =
            export_answers(&shown.sheet, shown.one.tlp, form, lang.dir() == "rtl").map_err(PageError::internal)?;
        return Ok(visit.download(&name(&format!("answers.{}", form.as_str())), form.media_type(), bytes));
    }
    let measured = || Measured::new(&shown.one, &shown.catalogue, (&shown.sheet, &shown.score), shown.at, lang.tag());
    match word.as_str() {
        "oscal-ar" => {
            let text = oscal_results(&measured());
            Ok(visit.download(&name("assessment-results.json"), "application/json; charset=utf-8", text))
        }
        "oscal-poam" => {
            let (solver, catalogue, score) = (Arc::clone(&room), Arc::clone(&shown.catalogue), shown.score.clone());
            let solve = move || design(&solver.shelf, &catalogue, &score, &Ask::default());
            let designs = tokio::task::spawn_blocking(solve).await.map_err(PageError::internal)?;
            let text = oscal_poam(&measured(), &room.shelf.blocks, designs.first());
            Ok(visit.download(&name("poam.json"), "application/json; charset=utf-8", text))
        }
        _ => Err(PageError::unreadable("format is csv, xlsx, oscal-ar or oscal-poam")),
    }
}

/// `GET /framework/catalogues/{id}/export?format=…`
pub(super) async fn catalogue(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    catalogue_exported(&visit, &room, &id)
}

/// What is taken away of a catalogue.
pub(super) fn catalogue_exported(visit: &Visit, room: &Room, id: &str) -> Result<Response, PageError> {
    let one = room.shelf.get(id).ok_or_else(PageError::not_found)?;
    let lang = language(visit);
    let (end, kind, bytes) = match visit.query("format").unwrap_or_default().as_str() {
        "ciso" => ("ciso.yaml", "application/yaml; charset=utf-8", write_library(one).into_bytes()),
        "yaml" => ("yaml", "application/yaml; charset=utf-8", write_catalogue(one).into_bytes()),
        "oscal" => ("oscal.json", "application/json; charset=utf-8", oscal_catalog(one, lang.tag()).into_bytes()),
        "xlsx" => ("xlsx", SheetForm::Xlsx.media_type(), export_items(one, lang).map_err(PageError::internal)?),
        _ => return Err(PageError::unreadable("format is ciso, oscal, yaml or xlsx")),
    };
    Ok(visit.download(&format!("{}.{end}", one.id()), kind, bytes))
}
