//! What buttons on the page of a programme do: closing it, its lines, taking it away.

use axum::extract::{Path, RawForm, State as Given};
use manara_web::{Answer, Fault, PageError, Tone, Undo, Visit};

use super::Room;
use super::fields::Fields;
use super::kept::refused;
use super::programmes::{NotTaken, found, names, shown};
use crate::hindrance::{Hindrance, ProgrammeError};
use crate::programme::{
    LineKind, NewLine, ProgrammeForm, ProgrammeSheet, add_line, programme_file, set_line_done, set_programme_state,
};

/// `POST /framework/programmes/{id}/state`
pub(super) async fn state(visit: Visit, Path(id): Path<String>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let is_closed = match fields.text("to") {
        "closed" => true,
        "running" => false,
        _ => return Err(Fault::Unreadable.into()),
    };
    let here = format!("/framework/programmes/{id}");
    match set_programme_state(&visit.db, &visit.viewer, &id, is_closed, visit.now).await {
        Ok(_) => {
            let (key, back) = match is_closed {
                true => ("programme-did-close", "running"),
                false => ("programme-did-reopen", "closed"),
            };
            Ok(visit.go_undoable(&here, key, &[], Undo::at(format!("{here}/state")).with("to", back)))
        }
        Err(error) => refused(&visit, &here, error),
    }
}

/// `POST /framework/programmes/{id}/lines`: a risk, something to hand over, something that closing takes.
pub(super) async fn add(
    visit: Visit,
    Given(room): Given<Room>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let fields = Fields::read(&form);
    let here = format!("/framework/programmes/{id}");
    let new = NewLine {
        kind: LineKind::parse(fields.text("kind")).ok_or_else(|| PageError::from(Fault::Unreadable))?,
        text: fields.text("text").to_string(),
        likelihood: fields.text("likelihood").parse().unwrap_or(1),
        impact: fields.text("impact").parse().unwrap_or(1),
        answer: fields.text("answer").to_string(),
        owner: fields.text("owner").to_string(),
    };
    match add_line(&visit.db, &visit.viewer, &id, &new, visit.now).await {
        Ok(_) => Ok(visit.go_saying(&here, Tone::Good, "programme-did-line", &[])),
        Err(ProgrammeError::Refused(why)) if why != Hindrance::NotFound => {
            shown(&visit.at(&here), &room, &id, NotTaken { typed: new, why }).await
        }
        Err(error) => refused(&visit, &here, error),
    }
}

/// `POST /framework/programmes/{id}/lines/{line}`: ticked off, or put back.
pub(super) async fn tick(visit: Visit, Path((id, line)): Path<(String, String)>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let is_done = fields.text("done") == "yes";
    let here = format!("/framework/programmes/{id}");
    match set_line_done(&visit.db, &visit.viewer, (&id, &line), is_done, visit.now).await {
        Ok(()) => {
            let back = if is_done { "no" } else { "yes" };
            let undo = Undo::at(format!("{here}/lines/{line}")).with("done", back);
            let key = if is_done { "programme-did-tick" } else { "programme-did-untick" };
            Ok(visit.go_undoable(&here, key, &[], undo))
        }
        Err(error) => refused(&visit, &here, error),
    }
}

/// `GET /framework/programmes/{id}/export?format=csv|xml|ics`
pub(super) async fn export(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let asked = visit.query("format").unwrap_or_else(|| "csv".into());
    let form = ProgrammeForm::parse(&asked)
        .ok_or_else(|| PageError::unreadable(format!("{asked:.20} is no format; expected csv, xml or ics")))?;
    let (one, tasks, status) = found(&visit, &id).await?;
    let sheet =
        ProgrammeSheet { programme: &one, tasks: &tasks, status: &status, names: names(&visit, &room), now: visit.now };
    Ok(visit.download(&sheet.file_name(Some(visit.lang.tag()), form), form.media_type(), programme_file(&sheet, form)))
}
