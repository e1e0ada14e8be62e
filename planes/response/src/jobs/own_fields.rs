//! Values of own fields.

use manara_model::{Micros, Viewer};
use manara_store::Db;
use serde_json::json;

use super::{Refusal, ResponseError, Wanted, begin, finish, workable};
use crate::incident::Incident;
use crate::own_field::{OwnFields, WrongValue, values_in};
use crate::sql_field;

/// What came of writing values: the incident, or every value that was not taken with the reason.
pub type OwnWritten = Result<Incident, Vec<(String, WrongValue)>>;

/// Writes values of own fields, all or none; an empty one takes a value away, also of a field that is no longer defined.
pub async fn write_own_fields<'a>(
    db: &Db,
    viewer: &Viewer,
    fields: &OwnFields,
    name: impl Into<Wanted<'a>>,
    given: &[(String, String)],
    now: Micros,
) -> Result<OwnWritten, ResponseError> {
    let wanted = name.into();
    let mut tx = begin(db, now).await?;
    let mut one = workable(&mut tx, viewer, Wanted::from(wanted.name)).await?;
    let belongs = sql_field::belongs_in(&mut tx, &one.id).await?;
    let before = values_in(&one.fields);
    let (mut wrong, mut changed) = (Vec::new(), Vec::new());
    for (id, typed) in given {
        let was = before.get(id).map_or("", String::as_str);
        match fields.find(&one, &belongs, id) {
            Some(field) => match field.read(typed) {
                Ok(value) if value == was => {}
                Ok(value) => changed.push((id.clone(), Some(field.clone()), value)),
                Err(why) => wrong.push((id.clone(), why)),
            },
            None if typed.trim() == was => {}
            None if typed.trim().is_empty() => changed.push((id.clone(), None, String::new())),
            None => wrong.push((id.clone(), WrongValue::Unknown)),
        }
    }
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    if changed.is_empty() {
        return Ok(Ok(one)); // The form may be sent twice.
    }
    if wanted.version.is_some_and(|version| version != one.version) {
        return Err(ResponseError::Stale);
    }
    for (id, field, value) in &changed {
        match field {
            Some(field) => sql_field::put_value(&mut tx, &one.id, (field, value), &viewer.name, now).await?,
            None => {
                sql_field::drop_value(&mut tx, &one.id, id).await?;
            }
        }
    }
    one.fields = sql_field::column_in(&mut tx, &one.id).await?;
    // Values never stand in the journal: those who read it may not see the incident.
    let ids: Vec<&str> = changed.iter().map(|(id, ..)| id.as_str()).collect();
    let more = json!({ "field": ids.join(" ") });
    Ok(Ok(finish(tx, one, &viewer.name, "fields_changed", more, now).await?))
}

/// Whether an incident can be resolved: every field that is required then has a value.
pub(super) async fn nothing_missing(
    tx: &mut manara_store::Tx,
    fields: &OwnFields,
    one: &Incident,
) -> Result<(), ResponseError> {
    if !fields.has_required() {
        return Ok(());
    }
    let belongs = sql_field::belongs_in(tx, &one.id).await?;
    match fields.missing(one, &belongs).is_empty() {
        true => Ok(()),
        false => Err(Refusal::FieldsMissing.into()),
    }
}
