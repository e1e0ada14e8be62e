//! One line beside the tasks of a programme: corrected, removed, brought back, with what it said before.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_web::{Answer, Mistake, Page, PageError, Tone, Undo, Visit};

use super::Room;
use super::fields::Fields;
use super::kept::{hindrance_words, refused};
use super::programmes::{frame, href, names};
use crate::assessment::{COMMENT_CHARS, LABEL_CHARS, NAME_CHARS};
use crate::hindrance::{Hindrance, ProgrammeError};
use crate::programme::{
    Line, LineChange, LineKind, Names, PastLine, Programme, change_line, lines_of, past_lines, programme, remove_line,
    restore_line,
};

#[derive(Template)]
#[template(path = "framework/programme_line.html")]
struct LinePage {
    page: Page,
    room: Room,
    one: Programme,
    /// The line as it is kept.
    line: Line,
    /// The line as the form shows it: what was typed and not taken, else what is kept.
    typed: Line,
    past: Vec<PastLine>,
    mistake: Mistake,
    /// Whether somebody else changed it meanwhile.
    is_stale: bool,
    limits: [usize; 3],
}

impl LinePage {
    fn path(&self) -> String {
        format!("{}/lines/{}", href(&self.one), self.line.id)
    }

    fn programme_path(&self) -> String {
        href(&self.one)
    }

    fn names(&self) -> Names<'_> {
        names(&self.page.visit, &self.room)
    }

    fn is_risk(&self) -> bool {
        self.line.kind == LineKind::Risk
    }

    fn is_usual(&self) -> bool {
        !self.line.code.is_empty()
    }

    fn what_key(&self) -> &'static str {
        if self.is_risk() { "programme-risk" } else { "programme-item" }
    }

    /// What the kept line says.
    fn says(&self) -> String {
        self.names().line(&self.line)
    }

    /// What stands in the field.
    fn text(&self) -> String {
        self.names().line(&self.typed)
    }

    fn usual(&self) -> String {
        self.names().usual_line(&self.line)
    }

    fn said(&self, past: &PastLine) -> String {
        if past.text.is_empty() { self.usual() } else { past.text.clone() }
    }

    fn degree_key(&self, degree: &i64) -> String {
        format!("programme-degree-{}", (*degree).clamp(1, 3))
    }

    /// The degrees of a risk: value, words, whether it is the one.
    fn degrees(&self, chosen: &i64) -> [(i64, String, bool); 3] {
        [1, 2, 3].map(|degree| (degree, self.page.t(self.degree_key(&degree)), degree == *chosen))
    }
}

async fn shown(
    visit: &Visit,
    room: &Room,
    (id, line): (&str, &str),
    typed: Option<&LineChange>,
    why: Option<Hindrance>,
) -> Answer {
    let one = programme(&visit.db, &visit.viewer, id).await?.ok_or_else(PageError::not_found)?;
    let lines = lines_of(&visit.db, &one.id).await?;
    let line = lines.into_iter().find(|known| known.id == line).ok_or_else(PageError::not_found)?;
    let text = |typed: &Option<String>, kept: &String| typed.clone().unwrap_or_else(|| kept.clone());
    let as_typed = typed.map_or_else(
        || line.clone(),
        |typed| Line {
            text: text(&typed.text, &line.text),
            likelihood: typed.likelihood.unwrap_or(line.likelihood),
            impact: typed.impact.unwrap_or(line.impact),
            answer: text(&typed.answer, &line.answer),
            owner: text(&typed.owner, &line.owner),
            ..line.clone()
        },
    );
    let mistake = |why: Hindrance| {
        let is_text_wrong = typed.and_then(|typed| typed.text.as_ref()).is_some_and(|text| {
            let is_usual = text.is_empty() && !line.code.is_empty();
            !is_usual && crate::assessment::line(text, LABEL_CHARS).is_none()
        });
        let field = match why {
            Hindrance::Name => "owner",
            Hindrance::Text if is_text_wrong => "text",
            Hindrance::Text => "answer",
            _ => "",
        };
        Mistake::at(field, hindrance_words(visit, why))
    };
    let status = match why {
        None => StatusCode::OK,
        Some(Hindrance::StaleLine) => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = LinePage {
        page: frame(visit, visit.t("lines-title")).under_named(&href(&one), &one.name),
        past: past_lines(&visit.db, &one.id, &line.id).await?,
        mistake: why.map(mistake).unwrap_or_default(),
        is_stale: why == Some(Hindrance::StaleLine),
        limits: [NAME_CHARS, LABEL_CHARS, COMMENT_CHARS],
        room: room.clone(),
        one,
        line,
        typed: as_typed,
    };
    visit.html_status(status, &page)
}

/// `GET /framework/programmes/{id}/lines/{line}`
pub(super) async fn form(visit: Visit, Given(room): Given<Room>, Path((id, line)): Path<(String, String)>) -> Answer {
    shown(&visit, &room, (&id, &line), None, None).await
}

/// `POST /framework/programmes/{id}/lines/{line}/change`: what it says from now on.
pub(super) async fn change(
    visit: Visit,
    Given(room): Given<Room>,
    Path((id, line)): Path<(String, String)>,
    RawForm(form): RawForm,
) -> Answer {
    let fields = Fields::read(&form);
    let text = |name: &str| fields.has(name).then(|| fields.text(name).to_string());
    // Typed as it is shown, a usual line keeps its words in every language.
    let is_usual = text("text").is_some_and(|typed| typed.trim() == fields.text("usual"));
    let change = LineChange {
        text: if is_usual { Some(String::new()) } else { text("text") },
        likelihood: fields.text("likelihood").parse().ok(),
        impact: fields.text("impact").parse().ok(),
        answer: text("answer"),
        owner: text("owner"),
        // A form that does not say what it showed showed nothing.
        version: Some(fields.text("version").parse().unwrap_or(0)),
    };
    match change_line(&visit.db, &visit.viewer, (&id, &line), &change, visit.now).await {
        Ok(_) => {
            let here = format!("/framework/programmes/{id}");
            Ok(visit.go_saying(&here, Tone::Good, "lines-did-change", &[]))
        }
        Err(ProgrammeError::Refused(
            why @ (Hindrance::StaleLine | Hindrance::Text | Hindrance::Name | Hindrance::Closed),
        )) => shown(&visit, &room, (&id, &line), Some(&change), Some(why)).await,
        Err(error) => refused(&visit, &format!("/framework/programmes/{id}"), error),
    }
}

/// `POST /framework/programmes/{id}/lines/{line}/remove`, of the `version` that was shown.
pub(super) async fn remove(
    visit: Visit,
    Given(room): Given<Room>,
    Path((id, line)): Path<(String, String)>,
    RawForm(form): RawForm,
) -> Answer {
    let seen = Some(Fields::read(&form).text("version").parse().unwrap_or(0));
    let here = format!("/framework/programmes/{id}");
    match remove_line(&visit.db, &visit.viewer, (&id, &line), seen, visit.now).await {
        Ok(_) => {
            let undo = Undo::at(format!("{here}/lines/{line}/restore"));
            Ok(visit.go_undoable(&here, "lines-did-remove", &[], undo))
        }
        Err(ProgrammeError::Refused(why @ Hindrance::StaleLine)) => {
            shown(&visit, &room, (&id, &line), None, Some(why)).await
        }
        Err(error) => refused(&visit, &here, error),
    }
}

/// `POST /framework/programmes/{id}/lines/{line}/restore`
pub(super) async fn restore(visit: Visit, Path((id, line)): Path<(String, String)>) -> Answer {
    let here = format!("/framework/programmes/{id}");
    match restore_line(&visit.db, &visit.viewer, (&id, &line), visit.now).await {
        Ok(_) => Ok(visit.go_saying(&here, Tone::Good, "lines-did-restore", &[])),
        Err(error) => refused(&visit, &here, error),
    }
}
