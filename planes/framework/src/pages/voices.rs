//! What the moderator says of respondents and of an assessment itself.

use axum::extract::{Path, RawForm};
use manara_model::Tlp;
use manara_web::{Answer, Fault, Visit};

use super::fields::Fields;
use super::say;
use crate::assessment::SubjectKind;
use crate::jobs::{self, NewFacts};

fn here(id: &str) -> String {
    format!("/framework/assessments/{id}")
}

/// `POST /framework/assessments/{id}/edit`: what is assessed, and who may see it.
pub(super) async fn edit(visit: Visit, Path(id): Path<String>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let Some(tlp) = Tlp::parse(fields.text("tlp")) else { return Err(Fault::Unreadable.into()) };
    let Ok(version) = fields.text("version").parse::<i64>() else { return Err(Fault::Unreadable.into()) };
    let kind = SubjectKind::parse(fields.text("kind"));
    let new = NewFacts { subject: Some(fields.text("subject").to_string()), kind, tlp: Some(tlp) };
    let did = jobs::edit(&visit.db, &visit.viewer, (&id, Some(version)), &new, visit.now).await;
    say(&visit, &here(&id), did, "voices-did-edit")
}

/// `POST /framework/assessments/{id}/respondents/{respondent}/withdraw`
pub(super) async fn withdraw(visit: Visit, Path((id, respondent)): Path<(String, String)>) -> Answer {
    let did = jobs::withdraw(&visit.db, &visit.viewer, (&id, &respondent), visit.now).await;
    say(&visit, &format!("{}#respondents", here(&id)), did, "voices-did-withdraw")
}

/// `POST /framework/assessments/{id}/respondents/{respondent}/restore`
pub(super) async fn restore(visit: Visit, Path((id, respondent)): Path<(String, String)>) -> Answer {
    let did = jobs::restore(&visit.db, &visit.viewer, (&id, &respondent), visit.now).await;
    say(&visit, &format!("{}#respondents", here(&id)), did, "voices-did-restore")
}
