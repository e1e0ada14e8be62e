//! The own fields of an incident: what the house writes down of it besides what every house does.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_web::{Answer, Choice, Page, PageError, Tone, Undo, Visit};

use super::super::fields::Fields;
use super::{Room, found, href, may_work, page_of, why};
use crate::incident::Incident;
use crate::jobs::{self, ResponseError, Wanted};
use crate::own_field::{OWN_FIELDS, OwnField, OwnFieldKind, OwnValue, VALUE_CHARS, values_in};
use crate::sql_field;

/// A field with the value that is in the form.
struct Line {
    id: String,
    kind: OwnFieldKind,
    title: String,
    hint: String,
    is_required: bool,
    value: String,
    options: Vec<Choice>,
    trouble: Option<String>,
}

/// Fields that belong together.
struct Group {
    title: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "response/work/own_fields.html")]
struct OwnFieldsPage {
    page: Page,
    one: Incident,
    groups: Vec<Group>,
    /// Values of fields that are no longer defined, or not for this incident.
    earlier: Vec<OwnValue>,
    trouble: Option<String>,
    can_work: bool,
    most: usize,
}

impl OwnFieldsPage {
    fn href(&self) -> String {
        href(&self.one)
    }

    fn title<'v>(&self, value: &'v OwnValue) -> &'v str {
        value.title.of(self.page.lang.tag())
    }

    fn value(&self, value: &OwnValue) -> String {
        shown(&self.page.visit, value)
    }
}

/// A value in the reader's words.
pub(in crate::pages) fn shown(visit: &Visit, value: &OwnValue) -> String {
    match value.kind {
        OwnFieldKind::YesNo => visit.t(&format!("fields-{}", value.value)),
        OwnFieldKind::Choice if !value.words.is_empty() => value.words.of(visit.lang.tag()).to_string(),
        _ => value.value.clone(),
    }
}

/// The name under which the undo sends `id=value`.
const WAS: &str = "was";

type Typed = BTreeMap<String, String>;

async fn show(
    visit: &Visit,
    room: &Room,
    one: Incident,
    typed: Option<&Typed>,
    (troubles, trouble): (&BTreeMap<String, String>, Option<String>),
) -> Answer {
    let language = visit.lang.tag();
    let belongs = sql_field::belongs(&visit.db, &one.id).await?;
    let values = sql_field::own_values(&visit.db, &one.id).await?;
    let value_of = |id: &str| {
        let kept = values.iter().find(|value| value.field == id).map(|value| value.value.clone());
        typed.and_then(|typed| typed.get(id).cloned()).or(kept).unwrap_or_default()
    };
    let line = |field: &OwnField| Line {
        id: field.id.clone(),
        kind: field.kind,
        title: field.title.of(language).to_string(),
        hint: field.hint.of(language).to_string(),
        is_required: field.required,
        value: value_of(&field.id),
        options: field
            .options
            .iter()
            .map(|option| Choice { value: option.id.clone(), label: option.title.of(language).to_string() })
            .collect(),
        trouble: troubles.get(&field.id).cloned(),
    };
    let groups: Vec<Group> = room
        .content
        .fields
        .of(&one, &belongs)
        .map(|group| Group {
            title: group.title.of(language).to_string(),
            lines: group.fields.iter().map(line).collect(),
        })
        .collect();
    let is_known = |value: &OwnValue| room.content.fields.find(&one, &belongs, &value.field).is_some();
    let earlier = values.iter().filter(|value| !is_known(value)).cloned().collect();
    let status = match (troubles.is_empty(), trouble.is_some()) {
        (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, true) => StatusCode::CONFLICT,
        (true, false) => StatusCode::OK,
    };
    visit.html_status(
        status,
        &OwnFieldsPage {
            page: page_of(visit, &one, "fields-title"),
            groups,
            earlier,
            trouble,
            can_work: may_work(visit, &one),
            most: VALUE_CHARS,
            one,
        },
    )
}

/// `GET /incidents/{id}/fields`
pub(super) async fn form(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    show(&visit, &room, one, None, (&BTreeMap::new(), None)).await
}

/// `POST /incidents/{id}/fields`
pub(super) async fn save(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let mut typed: Typed = fields
        .all("field", OWN_FIELDS)
        .into_iter()
        .map(|id| {
            let value = fields.text(&format!("f-{id}")).to_string();
            (id, value)
        })
        .collect();
    // What the undo brings back.
    for was in fields.all(WAS, OWN_FIELDS) {
        let (id, value) = was.split_once('=').ok_or_else(|| PageError::unreadable(WAS))?;
        typed.insert(id.to_string(), value.to_string());
    }
    if typed.is_empty() {
        return Err(PageError::unreadable("field"));
    }
    let given: Vec<(String, String)> = typed.clone().into_iter().collect();
    let wanted = Wanted::in_version(&one.id, Some(fields.int("version")));
    let fields = &room.content.fields;
    match jobs::write_own_fields(&visit.db, &visit.viewer, fields, wanted, &given, visit.now).await {
        Ok(Ok(saved)) => {
            let (before, after) = (values_in(&one.fields), values_in(&saved.fields));
            let mut undo = Undo::at(format!("{}/fields", href(&one))).with("version", saved.version.to_string());
            let mut is_changed = false;
            for id in typed.keys().filter(|id| before.get(*id) != after.get(*id)) {
                is_changed = true;
                undo = undo.with(WAS, format!("{id}={}", before.get(id).map_or("", String::as_str)));
            }
            match is_changed {
                true => Ok(visit.go_undoable(&href(&one), "fields-did-save", &[], undo)),
                false => Ok(visit.go_saying(&href(&one), Tone::Good, "fields-did-save", &[])),
            }
        }
        Ok(Err(wrong)) => {
            let words = |(id, why): (String, crate::own_field::WrongValue)| {
                (id, visit.t(&format!("fields-wrong-{}", why.code())))
            };
            let troubles: BTreeMap<String, String> = wrong.into_iter().map(words).collect();
            let trouble = Some(visit.t("fields-wrong"));
            show(&visit, &room, one, Some(&typed), (&troubles, trouble)).await
        }
        Err(ResponseError::Stale) => {
            let now = found(&visit, &one.id).await?;
            show(&visit, &room, now, Some(&typed), (&BTreeMap::new(), Some(visit.t("fields-stale")))).await
        }
        Err(error) => why(&visit, &href(&one), error),
    }
}
