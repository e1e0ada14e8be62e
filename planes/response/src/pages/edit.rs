//! The form of what an incident says. Of two people who fill it in at once, the second chooses, field by field.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_model::{Severity, Tlp};
use manara_web::{Answer, Choice, Markup, Page, PageError, Visit};

use super::fields::{Fields, classes, impacts, local_moment, local_text, paps, team, tlps, urgencies};
use super::one::value;
use super::{MatrixLine, Room, found, href, matrix, refused, say, why_words};
use crate::incident::{Impact, Incident, TITLE_CHARS};
use crate::jobs::{self, Change, Field, Refusal, ResponseError};
use crate::pap::Pap;

/// A field that two people gave different values: whose is ticked at first, and both.
struct Clash {
    field: Field,
    mine: String,
    theirs: String,
    mine_shown: Markup,
    theirs_shown: Markup,
    prefer_mine: bool,
}

#[derive(Template)]
#[template(path = "response/edit.html")]
struct EditPage {
    page: Page,
    one: Incident,
    /// The value of every field, as the form has it.
    values: Vec<(Field, String)>,
    clashes: Vec<Clash>,
    trouble: Option<String>,
    classes: Vec<(String, Vec<Choice>)>,
    impacts: Vec<Choice>,
    urgencies: Vec<Choice>,
    tlps: Vec<Choice>,
    paps: Vec<Choice>,
    team: Vec<Choice>,
    matrix: Vec<MatrixLine>,
    title_chars: usize,
}

impl EditPage {
    fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(field, _)| field.as_str() == name).map_or("", |(_, value)| value.as_str())
    }

    fn is_clash(&self, name: &str) -> bool {
        self.clashes.iter().any(|clash| clash.field.as_str() == name)
    }

    fn label(&self, clash: &Clash) -> String {
        self.page.t(format!("response-field-{}", clash.field.as_str()))
    }

    /// What the record holds: the next form tells by it what its reader changed.
    fn was(&self) -> Vec<(&'static str, String)> {
        written(&Change::of(&self.one)).into_iter().map(|(field, value)| (field.as_str(), value)).collect()
    }
}

/// The values of a form, field by field.
fn written(change: &Change) -> Vec<(Field, String)> {
    let value = |field| match field {
        Field::Due => local_text(change.due),
        other => change.value(other),
    };
    Field::ALL.into_iter().map(|field| (field, value(field))).collect()
}

/// `GET /incidents/{id}/edit`
pub(super) async fn form(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let values = written(&Change::of(&one));
    show(&visit, &room, one, values, Vec::new(), None).await
}

async fn show(
    visit: &Visit,
    room: &Room,
    one: Incident,
    values: Vec<(Field, String)>,
    clashes: Vec<Clash>,
    trouble: Option<String>,
) -> Answer {
    let status = match (clashes.is_empty(), trouble.is_some()) {
        (false, _) => StatusCode::CONFLICT,
        (true, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, false) => StatusCode::OK,
    };
    let page = visit
        .page_titled(visit.t_args("response-edit-title", &[("number", one.number.clone().into())]))
        .under("/incidents", "response-list-title")
        .under_named(&href(&one), &one.number);
    let page = EditPage {
        page,
        values,
        clashes,
        trouble,
        classes: classes(visit),
        impacts: impacts(visit),
        urgencies: urgencies(visit),
        tlps: tlps(visit),
        paps: paps(visit),
        team: team(visit, &one.owner).await?,
        matrix: matrix(&room.policy, Some((one.impact, one.urgency))),
        title_chars: TITLE_CHARS,
        one,
    };
    visit.html_status(status, &page)
}

/// What a form says; a value that cannot be read is refused with the words of the field.
fn read(visit: &Visit, fields: &Fields) -> Result<Change, String> {
    let wrong = |field: Field| {
        let label = visit.t(&format!("response-field-{}", field.as_str()));
        visit.t_args("response-edit-unreadable", &[("field", label.into())])
    };
    let (taxonomy, kind) = fields.text("class").split_once('/').ok_or_else(|| wrong(Field::Class))?;
    Ok(Change {
        title: fields.text("title").to_string(),
        taxonomy: taxonomy.to_string(),
        kind: kind.to_string(),
        impact: Impact::parse(fields.text("impact")).ok_or_else(|| wrong(Field::Impact))?,
        urgency: Severity::parse(fields.text("urgency")).ok_or_else(|| wrong(Field::Urgency))?,
        tlp: Tlp::parse(fields.text("tlp")).ok_or_else(|| wrong(Field::Tlp))?,
        pap: Pap::parse(fields.text("pap")).ok_or_else(|| wrong(Field::Pap))?,
        owner: fields.text("owner").to_string(),
        due: local_moment(fields.text("due")).map_err(|()| wrong(Field::Due))?,
    })
}

/// `POST /incidents/{id}/edit`
pub(super) async fn save(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let sent: Vec<(Field, String)> =
        Field::ALL.into_iter().map(|field| (field, fields.text(field.as_str()).to_string())).collect();
    let change = match read(&visit, &fields) {
        Ok(change) => change,
        Err(trouble) => return show(&visit, &room, one, sent, Vec::new(), Some(trouble)).await,
    };
    if change.owner != one.owner
        && !team(&visit, "").await?.iter().any(|person| person.value == change.owner)
        && !change.owner.is_empty()
    {
        return Err(PageError::unreadable("owner"));
    }
    let did = jobs::change(&visit.db, &visit.viewer, &room.policy, &one.id, fields.int("version"), &change, visit.now);
    match did.await {
        Err(ResponseError::Stale) => {
            let now = found(&visit, &one.id).await?;
            let clashes = clashes(&visit, &Change::of(&now), &change, &fields);
            show(&visit, &room, now, sent, clashes, None).await
        }
        Err(ResponseError::Refused(why @ (Refusal::Title | Refusal::Class | Refusal::Clearance))) => {
            let trouble = why_words(&visit, why);
            show(&visit, &room, one, sent, Vec::new(), Some(trouble)).await
        }
        Err(ResponseError::Refused(why)) => refused(&visit, &href(&one), why),
        did => say(&visit, &href(&one), did, "response-did-change"),
    }
}

/// Every field in which the form and the record differ. The reader's value is ticked where the reader changed it.
fn clashes(visit: &Visit, theirs: &Change, mine: &Change, fields: &Fields) -> Vec<Clash> {
    let page = visit.fragment();
    let pairs = written(theirs).into_iter().zip(written(mine));
    pairs
        .filter(|((_, theirs), (_, mine))| theirs != mine)
        .map(|((field, theirs_text), (_, mine_text))| Clash {
            field,
            mine_shown: value(&page, field.as_str(), &mine.value(field)),
            theirs_shown: value(&page, field.as_str(), &theirs.value(field)),
            prefer_mine: fields.text(&format!("was-{}", field.as_str())) != mine_text,
            mine: mine_text,
            theirs: theirs_text,
        })
        .collect()
}
