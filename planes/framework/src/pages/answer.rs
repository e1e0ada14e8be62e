//! Answering for oneself: one section a page.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Multipart, Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_web::{Answer, Fault, Mistake, Page, PageError, Tone, Undo, Visit, Word};

use super::fields::Fields;
use super::history::said_words;
use super::quality::figure_words;
use super::uploaded::{Uploaded, kept_evidence};
use super::{Room, frame, href, level_words, refusal_words, refused, say};
use crate::assessment::{Assessment, COMMENT_CHARS, EVIDENCE_BYTES, LABEL_CHARS, NAME_CHARS, State, line};
use crate::catalogue::{Catalogue, Item};
use crate::jobs::{self, FrameworkError, NewVoice, Refusal, Seen, Shown};
use crate::sheet::{Action, Answer as Said, Evidence, Voice};
use crate::sql::{self, Told};
use crate::sql_figures::{Accepted, accepted_figures};
use crate::table::NOT_APPLICABLE;
use crate::text::Text;

/// A section in the row above the form.
struct Step {
    id: String,
    name: String,
    answered: usize,
    items: usize,
    current: bool,
}

#[derive(Template)]
#[template(path = "framework/answer.html")]
struct AnswerPage {
    page: Page,
    one: Assessment,
    catalogue: Arc<Catalogue>,
    voice: Option<Voice>,
    steps: Vec<Step>,
    section: String,
    items: Vec<Item>,
    /// What stands in the form: what was typed and not taken, else what was said.
    said: HashMap<String, Said>,
    /// What is kept, with its version.
    told: HashMap<String, Told>,
    /// The items that were not taken because somebody else changed them.
    moved: Vec<String>,
    /// Why nothing was taken, or how much was not.
    mistake: Mistake,
    joining: Joining,
    is_withdrawn: bool,
    evidence: Vec<Evidence>,
    /// Evidence that is a figure of this Manara, by its id.
    figures: HashMap<String, Accepted>,
    limits: [usize; 3],
}

impl AnswerPage {
    fn path(&self) -> String {
        href(&self.one)
    }

    fn is_open(&self) -> bool {
        self.one.state == State::Open && !self.is_withdrawn
    }

    fn is_closed(&self) -> bool {
        self.one.state == State::Closed
    }

    /// The version of the answer that stands; 0 when none does.
    fn version(&self, item: &Item) -> i64 {
        self.told.get(&item.ref_id).map_or(0, |told| told.version)
    }

    /// What somebody else said of an item since the form was made.
    fn moved(&self, item: &Item) -> Option<&Told> {
        self.told.get(&item.ref_id).filter(|_| self.moved.contains(&item.ref_id))
    }

    fn said_words(&self, said: &Said) -> String {
        said_words(&self.page, &self.catalogue, said)
    }

    /// What a piece of evidence is; a figure in the reader's words.
    fn label(&self, evidence: &Evidence) -> String {
        self.figures.get(&evidence.id).map_or_else(|| evidence.label.clone(), |one| figure_words(&self.page, one))
    }

    fn words(&self, text: &Text) -> String {
        text.of(self.page.lang.tag()).to_string()
    }

    /// Value, words and whether it is what the respondent said.
    fn levels(&self, item: &Item) -> Vec<(String, String, bool)> {
        let said = self.said.get(&item.ref_id);
        let of = |value: i64| {
            let words = level_words(&self.page.visit, &self.catalogue, Some(value));
            (value.to_string(), words, said.and_then(|said| said.level) == Some(value))
        };
        let mut levels: Vec<_> = self.catalogue.told.scale.iter().map(|level| of(level.value)).collect();
        if item.not_applicable {
            let is_said = said.is_some_and(|said| said.not_applicable);
            levels.push((NOT_APPLICABLE.to_string(), self.page.t("framework-not-applicable"), is_said));
        }
        let is_nothing = !levels.iter().any(|(_, _, is_said)| *is_said);
        levels.insert(0, (String::new(), self.page.t("framework-no-answer"), is_nothing));
        levels
    }

    fn states(&self, item: &Item) -> Vec<(&'static str, String, bool)> {
        let said = self.said.get(&item.ref_id).and_then(|said| said.state);
        let of = |action: Action| {
            (action.as_str(), self.page.t(format!("framework-action-{}", action.as_str())), said == Some(action))
        };
        Action::ALL.map(of).to_vec()
    }

    fn comment(&self, item: &Item) -> &str {
        self.said.get(&item.ref_id).map_or("", |said| said.comment.as_str())
    }

    fn shown(&self, item: &Item) -> Vec<&Evidence> {
        self.evidence.iter().filter(|one| one.item == item.ref_id).collect()
    }

    fn next(&self) -> Option<&Step> {
        self.steps.iter().skip_while(|step| !step.current).nth(1)
    }
}

fn here(one: &Assessment, section: &str) -> String {
    let section: String = form_urlencoded::byte_serialize(section.as_bytes()).collect();
    format!("{}/answer?section={section}", href(one))
}

/// What stands in the form of whoever takes part for the first time.
#[derive(Default)]
struct Joining {
    organisation: String,
    role: String,
}

/// What came and was not taken.
#[derive(Default)]
struct Came {
    status: StatusCode,
    /// What was typed.
    typed: Vec<jobs::Given>,
    /// The items that somebody else changed meanwhile.
    moved: Vec<String>,
    joining: Joining,
    mistake: Mistake,
}

impl Came {
    /// What a form said that may not be so.
    fn refused(mistake: Mistake) -> Came {
        Came { status: StatusCode::UNPROCESSABLE_ENTITY, mistake, ..Came::default() }
    }
}

/// `GET /framework/assessments/{id}/answer?section=…`
pub(super) async fn form(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let asked = visit.query("section").unwrap_or_default();
    show_form(visit, (one, catalogue), &asked, Came::default()).await
}

async fn show_form(visit: Visit, (one, catalogue): (Assessment, Arc<Catalogue>), asked: &str, came: Came) -> Answer {
    let own = sql::respondent_of(&visit.db, &one.id, &visit.viewer.name).await?;
    let told = match &own {
        Some(own) => sql::told_of(&visit.db, &own.voice.id).await?,
        None => HashMap::new(),
    };
    let sections = catalogue.sections();
    let current = sections.iter().find(|section| section.ref_id == asked).or(sections.first());
    let section = current.map(|section| section.ref_id.clone()).unwrap_or_default();
    let is_answered = |item: &&Item| {
        let said = told.get(&item.ref_id).map(|told| &told.answer);
        said.is_some_and(|said| said.level.is_some() || said.not_applicable)
    };
    let steps = sections.iter().map(|step| Step {
        id: step.ref_id.clone(),
        name: step.name.of(visit.lang.tag()).to_string(),
        answered: catalogue.of_section(&step.ref_id).filter(is_answered).count(),
        items: catalogue.of_section(&step.ref_id).count(),
        current: step.ref_id == section,
    });
    let steps: Vec<Step> = steps.collect();
    let mut evidence = sql::all_evidence(&visit.db, &one.id).await?;
    evidence.retain(|shown| own.as_ref().is_some_and(|own| own.voice.id == shown.voice));
    let figures = accepted_figures(&visit.db, &one.id).await?;
    let mut said: HashMap<String, Said> = told.iter().map(|(item, told)| (item.clone(), told.answer.clone())).collect();
    said.extend(came.typed.iter().map(|given| (given.item.clone(), given.answer(""))));
    let page = AnswerPage {
        page: frame(&visit, &one, "framework-answer-title").under_named(&href(&one), &one.subject),
        items: catalogue.of_section(&section).cloned().collect(),
        is_withdrawn: own.as_ref().is_some_and(|own| own.is_withdrawn),
        voice: own.map(|own| own.voice),
        steps,
        section,
        said,
        told,
        moved: came.moved,
        mistake: came.mistake,
        joining: came.joining,
        evidence,
        figures: figures.into_iter().map(|one| (one.evidence_id.clone(), one)).collect(),
        limits: [NAME_CHARS, COMMENT_CHARS, LABEL_CHARS],
        one,
        catalogue,
    };
    visit.html_status(came.status, &page)
}

/// `POST /framework/assessments/{id}/join`
pub(super) async fn join(
    visit: Visit,
    Given(room): Given<Room>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let fields = Fields::read(&form);
    let new = NewVoice {
        name: visit.viewer.name.clone(),
        organisation: fields.text("organisation").to_string(),
        role: fields.text("role").to_string(),
        person: visit.viewer.name.clone(),
    };
    match jobs::join(&visit.db, &visit.viewer, &id, &new, visit.now).await {
        Err(FrameworkError::Refused(why)) if why != Refusal::NotFound => {
            let field = match why {
                Refusal::Name if line(&new.organisation, NAME_CHARS).is_some() => "role",
                Refusal::Name | Refusal::NameTaken => "organisation",
                _ => "",
            };
            let joining = Joining { organisation: new.organisation, role: new.role };
            let came = Came { joining, ..Came::refused(Mistake::at(field, refusal_words(&visit, why))) };
            let found = room.found(&visit, &id).await?;
            show_form(visit.at(&format!("/framework/assessments/{id}/answer")), found, "", came).await
        }
        did => say(&visit, &format!("/framework/assessments/{id}/answer"), did, "framework-did-join"),
    }
}

/// The respondent the reader is.
async fn own(visit: &Visit, one: &Assessment) -> Result<Voice, PageError> {
    sql::voice_of(&visit.db, &one.id, &visit.viewer.name).await?.ok_or_else(|| Fault::Conflict.into())
}

/// `POST /framework/assessments/{id}/answer`
pub(super) async fn save(
    visit: Visit,
    Given(room): Given<Room>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let voice = own(&visit, &one).await?;
    let fields = Fields::read(&form);
    let section = fields.text("section");
    let mut seen = Vec::new();
    for item in catalogue.of_section(section).filter(|item| fields.has(&format!("level-{}", item.ref_id))) {
        let text = |part: &str| fields.text(&format!("{part}-{}", item.ref_id));
        let level = match text("level") {
            "" | NOT_APPLICABLE => None,
            text => match text.parse() {
                Ok(level) => Some(level),
                Err(_) => return Ok(refused(&visit, &here(&one, section), Refusal::Level)),
            },
        };
        let given = jobs::Given {
            item: item.ref_id.clone(),
            level,
            not_applicable: text("level") == NOT_APPLICABLE,
            state: Action::parse(text("state")),
            comment: text("comment").to_string(),
        };
        // A form that does not say what it showed showed nothing.
        seen.push(Seen { given, version: text("version").parse().unwrap_or(0) });
    }
    let next = if fields.text("go").is_empty() { section } else { fields.text("go") };
    let ids = (one.id.as_str(), voice.id.as_str());
    let did = jobs::give_seen(&visit.db, &visit.viewer, ids, &catalogue, &seen, visit.now).await;
    let count = |count: usize| Word::from(i64::try_from(count).unwrap_or(i64::MAX));
    let came = match did {
        Ok(saved) if saved.moved.is_empty() => {
            let count = [("count", count(saved.changed))];
            return Ok(visit.go_saying(&here(&one, next), Tone::Good, "framework-did-answer", &count));
        }
        Ok(saved) => {
            let args = [("count", count(saved.moved.len())), ("saved", count(saved.changed))];
            Came {
                status: StatusCode::CONFLICT,
                mistake: Mistake::of_form(visit.t_args("voices-moved-some", &args)),
                moved: saved.moved.iter().map(|moved| moved.given.item.clone()).collect(),
                typed: saved.moved.into_iter().map(|moved| moved.given).collect(),
                joining: Joining::default(),
            }
        }
        Err(FrameworkError::Refused(Refusal::NotFound)) => return Err(PageError::not_found()),
        Err(FrameworkError::Refused(why @ (Refusal::Closed | Refusal::Withdrawn))) => {
            return Ok(refused(&visit, &here(&one, section), why));
        }
        Err(FrameworkError::Refused(why)) => Came {
            typed: seen.into_iter().map(|seen| seen.given).collect(),
            ..Came::refused(Mistake::of_form(refusal_words(&visit, why)))
        },
        Err(FrameworkError::Store(error)) => return Err(error.into()),
    };
    let section = section.to_string();
    show_form(visit, (one, catalogue), &section, came).await
}

/// `POST /framework/assessments/{id}/evidence`: a document by its name or address, or a file.
pub(super) async fn show(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>, form: Multipart) -> Answer {
    let (one, catalogue) = room.found(&visit, &id).await?;
    let voice = own(&visit, &one).await?;
    let form = Uploaded::read(form, EVIDENCE_BYTES, LABEL_CHARS).await?;
    let text = |name: &str| form.fields.text(name).to_string();
    let section = text("section");
    let label = text("label");
    let mut new = Shown {
        item: text("item"),
        label: if label.is_empty() { form.file_name.clone() } else { label },
        expires: text("expires"),
        replaces: text("replaces"),
        ..Shown::default()
    };
    new.sha256 = form.keep(&room.blobs).await?;
    let ids = (one.id.as_str(), voice.id.as_str());
    let did = jobs::add_evidence(&visit.db, &visit.viewer, ids, &catalogue, &new, visit.now).await;
    say(&visit, &here(&one, &section), did, "framework-did-show")
}

/// `POST /framework/assessments/{id}/evidence/{evidence}/remove`; with `undo` it is shown again.
pub(super) async fn take_back(
    visit: Visit,
    Path((id, evidence)): Path<(String, String)>,
    RawForm(form): RawForm,
) -> Answer {
    let one = sql::get(&visit.db, &visit.viewer, &id).await?.ok_or_else(PageError::not_found)?;
    let voice = own(&visit, &one).await?;
    let ids = (one.id.as_str(), voice.id.as_str());
    let back = format!("{}/answer", href(&one));
    if Fields::read(&form).text("undo") == "1" {
        let did = jobs::restore_evidence(&visit.db, &visit.viewer, ids, &evidence, visit.now).await;
        return say(&visit, &back, did, "framework-did-show-again");
    }
    match jobs::take_evidence_back(&visit.db, &visit.viewer, ids, &evidence, visit.now).await {
        Ok(()) => {
            let undo = Undo::at(format!("{}/evidence/{evidence}/remove", href(&one))).with("undo", "1");
            Ok(visit.go_undoable(&back, "framework-did-take-back", &[], undo))
        }
        did => say(&visit, &back, did, "framework-did-take-back"),
    }
}

/// `GET /framework/assessments/{id}/evidence/{evidence}`: the file, never shown inline.
pub(super) async fn file(
    visit: Visit,
    Given(room): Given<Room>,
    Path((id, evidence)): Path<(String, String)>,
) -> Answer {
    let one = sql::get(&visit.db, &visit.viewer, &id).await?.ok_or_else(PageError::not_found)?;
    let shown = sql::one_evidence(&visit.db, &one.id, &evidence).await?;
    let shown = shown.filter(|shown| !shown.sha256.is_empty()).ok_or_else(PageError::not_found)?;
    let bytes = kept_evidence(&room.blobs, &shown.sha256).await?;
    Ok(visit.download(&shown.label, "application/octet-stream", bytes))
}
