//! The form that plans an exercise or changes it.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_model::Tlp;
use manara_store::StoreError;
use manara_web::{Answer, Mistake, Page, PageError, Tone, Undo, Visit};

use super::super::works::Works;
use super::typed::Facts;
use super::{frame, href, refusal, why};
use crate::assessment::NAME_CHARS;
use crate::exercise::{
    EXERCISE_CHARS, Exercise, ExerciseKind, ExerciseRefusal, ExerciseState, MINUTES, OBJECTIVES, ORGANISATIONS,
    SCENARIO_CHARS, TAKING_PART, TakingPart, exercise, save_exercise,
};
use crate::neighbours::Neighbours;

/// The address part of an exercise that is not there yet.
const NEW: &str = "new";
/// Days from today on which a new exercise is laid until somebody says otherwise: what a tabletop takes to prepare.
const AHEAD: i64 = 42;

#[derive(Template)]
#[template(path = "framework/exercise_form.html")]
struct FormPage {
    page: Page,
    action: String,
    back: String,
    typed: Facts,
    mistake: Mistake,
    /// What is kept, when somebody else changed it meanwhile.
    now: Option<Facts>,
    is_new: bool,
    kinds: [ExerciseKind; 4],
    states: [ExerciseState; 3],
    markings: Vec<Tlp>,
    /// Characters of a line, of the scenario, of the lists.
    limits: [usize; 4],
    most: [i64; 2],
}

impl FormPage {
    /// What is kept in a field in which something else was typed while somebody else changed the exercise.
    fn now(&self, field: &str) -> Option<String> {
        let now = self.now.as_ref()?;
        let word = |prefix: &str, word: &str| self.page.t(format!("{prefix}{word}"));
        let (typed, kept, words) = match field {
            "title" => (&self.typed.title, &now.title, now.title.clone()),
            "kind" => (&self.typed.kind, &now.kind, word("exercise-kind-", &now.kind)),
            "state" => (&self.typed.state, &now.state, word("exercise-state-", &now.state)),
            "tlp" => (&self.typed.tlp, &now.tlp, now.tlp.clone()),
            "day" => (&self.typed.day, &now.day, now.day.clone()),
            "last" => (&self.typed.last, &now.last, now.last.clone()),
            "hours" => (&self.typed.hours, &now.hours, now.hours.clone()),
            "minutes" => (&self.typed.minutes, &now.minutes, now.minutes.clone()),
            "people" => (&self.typed.people, &now.people, now.people.clone()),
            "organisations" => (&self.typed.organisations, &now.organisations, now.organisations.clone()),
            "scenario" => (&self.typed.scenario, &now.scenario, now.scenario.clone()),
            _ => return None,
        };
        let is_other = typed.replace("\r\n", "\n").trim() != kept.trim();
        is_other.then(|| if words.is_empty() { "–".into() } else { words })
    }

    /// The objectives that are kept, where others were typed while somebody else changed the exercise.
    fn objectives_now(&self) -> Option<String> {
        let now = self.now.as_ref().filter(|now| now.objectives != self.typed.objectives)?;
        let texts: Vec<&str> = now.objectives.iter().map(|(_, text)| text.as_str()).collect();
        Some(if texts.is_empty() { "–".into() } else { texts.join("\n") })
    }
}

/// The field a refusal is about; empty when it is none alone.
fn field_of(typed: &Facts, refusal: ExerciseRefusal) -> String {
    let field = match refusal {
        ExerciseRefusal::Title => "title",
        ExerciseRefusal::Kind => "kind",
        ExerciseRefusal::State | ExerciseRefusal::Ahead => "state",
        ExerciseRefusal::Clearance => "tlp",
        ExerciseRefusal::Day => "day",
        ExerciseRefusal::Last => "last",
        ExerciseRefusal::Length => "hours",
        ExerciseRefusal::People => "people",
        ExerciseRefusal::Scenario => "scenario",
        ExerciseRefusal::Organisation(_) | ExerciseRefusal::TooManyOrganisations => "organisations",
        ExerciseRefusal::TooManyObjectives => "more",
        // Those that were emptied are not counted.
        ExerciseRefusal::Objective(number) => {
            let said = typed.objectives.iter().zip(1..).filter(|((_, text), _)| !text.is_empty());
            let mut places = said.map(|(_, place)| place);
            let place: Option<usize> = number.checked_sub(1).and_then(|before| places.nth(before));
            return place.map_or_else(|| "more".into(), |place| format!("objective-{place}"));
        }
        _ => "",
    };
    field.into()
}

fn shown(visit: &Visit, id: &str, typed: Facts, mistake: Mistake, now: Option<Facts>) -> Answer {
    let is_new = id == NEW;
    let status = match (&now, mistake.is_some()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, false) => StatusCode::OK,
    };
    let title = visit.t(if is_new { "exercise-new" } else { "exercise-edit" });
    let markings = Tlp::ALL.into_iter().filter(|tlp| *tlp <= visit.viewer.clearance);
    let page = FormPage {
        page: frame(visit, title),
        action: format!("{}/edit", href(id)),
        back: if is_new { "/framework/exercises".into() } else { href(id) },
        typed,
        mistake,
        now,
        is_new,
        kinds: ExerciseKind::ALL,
        states: ExerciseState::ALL,
        markings: markings.collect(),
        limits: [EXERCISE_CHARS, SCENARIO_CHARS, OBJECTIVES * (EXERCISE_CHARS + 1), ORGANISATIONS * (NAME_CHARS + 1)],
        most: [MINUTES / 60, TAKING_PART],
    };
    visit.html_status(status, &page)
}

/// `GET /framework/exercises/new`
pub(super) async fn blank(visit: Visit) -> Answer {
    let day = visit.now.plus_days(AHEAD).day();
    let one = Exercise::blank(&day, Tlp::Amber.min(visit.viewer.clearance));
    shown(&visit, NEW, Facts::of(&Exercise { last: day, ..one }), Mistake::default(), None)
}

/// `GET /framework/exercises/{id}/edit`
pub(super) async fn form(visit: Visit, Path(id): Path<String>) -> Answer {
    let one = exercise(&visit.db, &visit.viewer, &id).await?.ok_or_else(PageError::not_found)?;
    if one.is_withdrawn {
        // Restored first: its page has the button.
        return Ok(visit.go(&href(&id)));
    }
    shown(&visit, &id, Facts::of(&one), Mistake::default(), None)
}

/// `POST /framework/exercises/{id}/edit`: plans an exercise where the id is `new`, else changes it.
pub(super) async fn save(
    visit: Visit,
    Given(works): Given<Works>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let mut typed = Facts::read(&form);
    let is_new = id == NEW;
    let seen = Some(typed.version.parse().unwrap_or(0));
    let done = match typed.said(if is_new { "" } else { &id }) {
        Ok(mut one) => {
            one.organisations = named(&*works.beside, &typed.names()).await?;
            save_exercise(&visit.db, &visit.viewer, (&one, seen), visit.now).await
        }
        Err(why) => Err(why.into()),
    };
    match done {
        Ok(one) if is_new => {
            let undo = Undo::at(format!("{}/withdraw", href(&one.id)));
            Ok(visit.go_undoable(&href(&one.id), "exercise-did-add", &[], undo))
        }
        Ok(one) => Ok(visit.go_saying(&href(&one.id), Tone::Good, "exercise-did-change", &[])),
        Err(error) => {
            let refusal = refusal(error)?;
            if refusal == ExerciseRefusal::Stale {
                // Whoever reads that and saves again decides for their own words.
                let now = exercise(&visit.db, &visit.viewer, &id).await?.ok_or_else(PageError::not_found)?;
                typed.version = now.version.to_string();
                let mistake = Mistake::of_form(visit.t("web-form-stale"));
                return shown(&visit, &id, typed, mistake, Some(Facts::of(&now)));
            }
            let mistake = Mistake::at(field_of(&typed, refusal), why(&visit, refusal));
            shown(&visit, &id, typed, mistake, None)
        }
    }
}

/// Who takes part: whoever is a constituent of the house by name or id, and everybody else by name.
pub(super) async fn named(beside: &dyn Neighbours, names: &[String]) -> Result<Vec<TakingPart>, StoreError> {
    let mut found = Vec::with_capacity(names.len().min(ORGANISATIONS + 1));
    for name in names.iter().take(ORGANISATIONS + 1) {
        let known = beside.constituent(name).await?;
        let (constituent, name) = known.unwrap_or_else(|| (String::new(), name.clone()));
        found.push(TakingPart { constituent, name });
    }
    Ok(found)
}
