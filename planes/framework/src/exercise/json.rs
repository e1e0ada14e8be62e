//! An exercise as programs read it.

use serde_json::{Value, json};

use super::{Exercise, ExerciseLine};

/// An exercise, whole.
pub fn exercise_json(one: &Exercise) -> Value {
    let constituent = |id: &str| (!id.is_empty()).then(|| id.to_string());
    let organisations = one.organisations.iter();
    let organisations = organisations.map(|at| json!({ "constituent": constituent(&at.constituent), "name": at.name }));
    let objectives = one.objectives.iter().map(|objective| {
        json!({ "id": objective.id, "text": objective.text, "result": objective.result.map(|result| result.as_str()),
            "remark": objective.remark })
    });
    let lessons = one.lessons.iter().map(|lesson| {
        json!({ "id": lesson.id, "text": lesson.text, "owner": lesson.owner, "due": lesson.due, "done": lesson.done })
    });
    json!({ "id": one.id, "title": one.title, "kind": one.kind.as_str(), "state": one.state.as_str(), "day": one.day,
        "last": one.last, "minutes": one.minutes, "scenario": one.scenario, "tlp": one.tlp.label(), "people": one.people,
        "organisations": organisations.collect::<Vec<_>>(), "objectives": objectives.collect::<Vec<_>>(),
        "lessons": lessons.collect::<Vec<_>>(), "made_by": one.made_by, "changed": one.changed.rfc3339(),
        "withdrawn": one.is_withdrawn })
}

/// An exercise in a list.
pub fn exercise_line_json(one: &ExerciseLine) -> Value {
    json!({ "id": one.id, "title": one.title, "kind": one.kind.as_str(), "state": one.state.as_str(), "day": one.day,
        "last": one.last, "minutes": one.minutes, "tlp": one.tlp.label(), "people": one.people,
        "organisations": one.organisations, "objectives": one.objectives, "met": one.met, "lessons": one.lessons,
        "open_lessons": one.open_lessons })
}
