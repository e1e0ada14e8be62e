//! Opening a report, an investigation or a countermeasure by hand, changing one, and opening an incident from a report.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_model::{Micros, Severity, Tlp};
use manara_web::{Answer, Choice, Mistake, Page, PageError, Tone, Visit, Word};
use uuid::Uuid;

use super::super::fields::{Fields, classes, impacts, local_moment, local_text, paps, team, tlps, urgencies};
use super::super::{MatrixLine, matrix, why_words};
use super::{MailDesk, Room, found, href, kind_key, not_done, say};
use crate::incident::{Impact, TITLE_CHARS};
use crate::jobs::{self, MESSAGE_CHARS, NewIncident, NewTicket, Refusal, ResponseError, TicketChange};
use crate::mail::LANGUAGES;
use crate::pap::Pap;
use crate::ticket::{Kind, Source, Ticket};
use crate::{sql, sql_ticket};

/// The fields of a ticket, as a form has them.
const FIELDS: [&str; 17] = [
    "id",
    "letter",
    "kind",
    "source",
    "subject",
    "class",
    "tlp",
    "owner",
    "due",
    "correspondent",
    "correspondent_name",
    "language",
    "incident",
    "target",
    "place",
    "note",
    "version",
];

#[derive(Template)]
#[template(path = "response/tickets/form.html")]
struct FormPage {
    page: Page,
    /// Where the form goes.
    action: String,
    /// Where its reader came from.
    back: String,
    /// The ticket that is changed; nothing while it is opened.
    one: Option<Ticket>,
    /// Whether somebody else changed it while the form was open.
    is_stale: bool,
    kind: Kind,
    values: Vec<(String, String)>,
    mistake: Mistake,
    sources: Vec<Choice>,
    languages: Vec<Choice>,
    classes: Vec<(String, Vec<Choice>)>,
    tlps: Vec<Choice>,
    team: Vec<Choice>,
    title_chars: usize,
}

impl FormPage {
    fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// What stands in a field, in words, where something else was typed while somebody else changed it.
    fn now(&self, name: &str) -> Option<String> {
        let one = self.one.as_ref().filter(|_| self.is_stale)?;
        let (_, kept) = values_of(one).into_iter().find(|(field, _)| field == name)?;
        if kept == self.value(name).trim() {
            return None;
        }
        Some(match name {
            "class" => self.page.t(format!("web-type-{}", one.rsit)),
            "owner" if kept.is_empty() => self.page.t("response-nobody"),
            "due" if !kept.is_empty() => kept.replace('T', " "),
            _ if kept.is_empty() => "–".into(),
            _ => kept,
        })
    }

    fn is_countermeasure(&self) -> bool {
        self.kind == Kind::Countermeasure
    }

    fn is_report(&self) -> bool {
        self.kind == Kind::Report
    }

    /// The kinds in words, and which of them it is.
    fn kinds(&self) -> Vec<(&'static str, String, bool)> {
        Kind::ALL.iter().map(|kind| (kind.as_str(), self.page.t(kind_key(*kind)), *kind == self.kind)).collect()
    }
}

/// `GET /tickets/new?kind=…&incident=…`
pub(super) async fn form(visit: Visit, Given(room): Given<Room>) -> Answer {
    let kind = visit.query("kind").and_then(|word| Kind::parse(&word)).unwrap_or(Kind::Report);
    let number = visit.query("incident").unwrap_or_default().trim().to_uppercase();
    let incident = match number.as_str() {
        "" => None,
        number => sql::get(&visit.db, &visit.viewer, number).await?,
    };
    let (subject, class, tlp) = match &incident {
        Some(one) => (one.title.clone(), format!("{}/{}", one.taxonomy, one.kind), one.tlp),
        None => (String::new(), "other/undetermined".to_string(), Tlp::Amber),
    };
    let values = [
        ("id", Uuid::now_v7().to_string()),
        ("letter", visit.query("letter").filter(|id| room.office.letters.kind(id).is_some()).unwrap_or_default()),
        ("source", if kind == Kind::Report { "telephone" } else { "person" }.to_string()),
        ("subject", subject),
        ("class", class),
        ("tlp", tlp.label().to_string()),
        ("owner", visit.viewer.name.clone()),
        ("language", room.office.language.clone()),
        ("incident", incident.map(|one| one.number).unwrap_or_default()),
    ];
    let values = values.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
    show(&visit, None, kind, values, Mistake::default()).await
}

async fn show(
    visit: &Visit,
    one: Option<Ticket>,
    kind: Kind,
    values: Vec<(String, String)>,
    mistake: Mistake,
) -> Answer {
    let status = if mistake.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    shown(visit, status, (one, kind), values, mistake).await
}

async fn shown(
    visit: &Visit,
    status: StatusCode,
    (one, kind): (Option<Ticket>, Kind),
    values: Vec<(String, String)>,
    mistake: Mistake,
) -> Answer {
    let page = match &one {
        Some(one) => visit
            .page_titled(visit.t_args("response-edit-title", &[("number", one.number.clone().into())]))
            .under("/tickets", "tickets-list-title")
            .under_named(&href(one), &one.number),
        None => visit.page(title_key(kind)).under("/tickets", "tickets-list-title"),
    };
    let choice = |value: &str, label: String| Choice { value: value.to_string(), label };
    let by_hand = [Source::Telephone, Source::Person];
    let languages = LANGUAGES
        .iter()
        .filter_map(|tag| manara_web::Lang::parse(tag).map(|lang| choice(tag, lang.name().to_string())));
    let (action, back) = match &one {
        Some(one) => (format!("{}/edit", href(one)), href(one)),
        None => ("/tickets/new".to_string(), "/tickets".to_string()),
    };
    let owner = one.as_ref().map(|one| one.owner.clone()).unwrap_or_default();
    let page = FormPage {
        page,
        action,
        back,
        one,
        is_stale: status == StatusCode::CONFLICT,
        kind,
        values,
        mistake,
        sources: by_hand
            .iter()
            .map(|source| choice(source.as_str(), visit.t(&format!("tickets-source-{}", source.as_str()))))
            .collect(),
        languages: languages.collect(),
        classes: classes(visit),
        tlps: tlps(visit),
        team: team(visit, &owner).await?,
        title_chars: TITLE_CHARS,
    };
    visit.html_status(status, &page)
}

fn title_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Report => "tickets-new-report",
        Kind::Investigation => "tickets-new-investigation",
        Kind::Countermeasure => "tickets-new-countermeasure",
    }
}

/// All that a form sent, to be shown again.
fn sent(fields: &Fields) -> Vec<(String, String)> {
    let names = FIELDS.iter();
    names.map(|name| ((*name).to_string(), fields.text(name).to_string())).collect()
}

/// What is wrong with the form of a ticket, at its field.
fn mistake(visit: &Visit, why: Refusal) -> Mistake {
    let field = match why {
        Refusal::Title => "subject",
        Refusal::Class => "class",
        Refusal::Clearance => "tlp",
        Refusal::Mail => "correspondent",
        Refusal::NoIncident | Refusal::HasIncident => "incident",
        _ => "",
    };
    Mistake::at(field, why_words(visit, why))
}

/// What a form says of class, marking, owner and due time; or the field that cannot be read.
async fn common(visit: &Visit, fields: &Fields, owner: &str) -> Result<Result<Common, Mistake>, PageError> {
    let wrong = |field: &str| {
        let label = visit.t(&format!("response-field-{field}"));
        Mistake::at(field, visit.t_args("response-edit-unreadable", &[("field", label.into())]))
    };
    let Some((taxonomy, kind)) = fields.text("class").split_once('/') else { return Ok(Err(wrong("class"))) };
    let Some(tlp) = Tlp::parse(fields.text("tlp")) else { return Ok(Err(wrong("tlp"))) };
    let Ok(due) = local_moment(fields.text("due")) else { return Ok(Err(wrong("due"))) };
    let given = fields.text("owner").to_string();
    let is_known =
        given.is_empty() || given == owner || team(visit, "").await?.iter().any(|person| person.value == given);
    if !is_known {
        return Ok(Err(wrong("owner")));
    }
    Ok(Ok(Common { class: (taxonomy.to_string(), kind.to_string()), tlp, due, owner: given }))
}

struct Common {
    class: (String, String),
    tlp: Tlp,
    due: Option<Micros>,
    owner: String,
}

/// `POST /tickets/new`
pub(super) async fn open(visit: Visit, Given(room): Given<Room>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let kind = Kind::parse(fields.text("kind")).ok_or_else(|| PageError::unreadable("kind"))?;
    let common = match common(&visit, &fields, "").await? {
        Ok(common) => common,
        Err(mistake) => return show(&visit, None, kind, sent(&fields), mistake).await,
    };
    let text = |name: &str| fields.text(name).trim().to_string();
    let source =
        Source::parse(fields.text("source")).filter(|source| matches!(source, Source::Telephone | Source::Person));
    let language = Some(text("language")).filter(|tag| LANGUAGES.contains(&tag.as_str()));
    let new = NewTicket {
        id: text("id"),
        kind,
        source: source.unwrap_or(Source::Person),
        subject: text("subject"),
        class: common.class,
        tlp: common.tlp,
        owner: common.owner,
        correspondent: text("correspondent"),
        correspondent_name: text("correspondent_name"),
        language: language.unwrap_or_else(|| room.office.language.clone()),
        incident: text("incident").to_uppercase(),
        target: (text("target"), text("place")),
        due: common.due,
    };
    let note = text("note");
    if !note.is_empty() && crate::incident::plain(&note, MESSAGE_CHARS).is_none() {
        let mistake = Mistake::at("note", why_words(&visit, Refusal::Text));
        return show(&visit, None, kind, sent(&fields), mistake).await;
    }
    let seen = crate::mail::seen_in(&room.office, &format!("{}\n{}\n{note}", new.subject, new.target.0));
    match jobs::open_ticket(&visit.db, &visit.viewer, &new, &seen, visit.now).await {
        Ok(one) => {
            if !note.is_empty() && one.created == visit.now {
                let noted = jobs::comment(&visit.db, &visit.viewer, &room.office, &one.id, &note, visit.now).await;
                if let Err(error) = noted {
                    return not_done(&visit, &href(&one), error);
                }
            }
            let number = Word::from(one.number.clone());
            let next = match text("letter") {
                letter if room.office.letters.kind(&letter).is_some() => {
                    format!("{}/write?letter={letter}", href(&one))
                }
                _ => href(&one),
            };
            Ok(visit.go_saying(&next, Tone::Good, "tickets-did-open", &[("number", number)]))
        }
        Err(ResponseError::Refused(Refusal::NotFound)) => {
            let mistake = Mistake::at("incident", visit.t("response-no-other"));
            show(&visit, None, kind, sent(&fields), mistake).await
        }
        Err(ResponseError::Refused(why)) => show(&visit, None, kind, sent(&fields), mistake(&visit, why)).await,
        Err(error) => not_done(&visit, "/tickets", error),
    }
}

/// `GET /tickets/{id}/edit`
pub(super) async fn edit_form(visit: Visit, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let values = values_of(&one);
    let kind = one.kind;
    show(&visit, Some(one), kind, values, Mistake::default()).await
}

fn values_of(one: &Ticket) -> Vec<(String, String)> {
    let values = [
        ("subject", one.subject.clone()),
        ("class", format!("{}/{}", one.taxonomy, one.rsit)),
        ("tlp", one.tlp.label().to_string()),
        ("owner", one.owner.clone()),
        ("due", local_text(one.due)),
        ("target", one.target.clone()),
        ("place", one.place.clone()),
        ("version", one.version.to_string()),
    ];
    values.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
}

/// `POST /tickets/{id}/edit`
pub(super) async fn edit(visit: Visit, Path(name): Path<String>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let (fields, kind) = (Fields::read(&form), one.kind);
    let common = match common(&visit, &fields, &one.owner).await? {
        Ok(common) => common,
        Err(mistake) => return show(&visit, Some(one), kind, sent(&fields), mistake).await,
    };
    let change = TicketChange {
        subject: fields.text("subject").to_string(),
        class: common.class,
        tlp: common.tlp,
        owner: common.owner,
        target: match kind {
            Kind::Countermeasure => (fields.text("target").to_string(), fields.text("place").to_string()),
            _ => (one.target.clone(), one.place.clone()),
        },
        due: common.due,
    };
    let version = fields.int("version");
    match jobs::change_ticket(&visit.db, &visit.viewer, &one.id, version, &change, visit.now).await {
        // What the reader wrote stays in the form, what stands now is beside it, and the next save is meant.
        Err(ResponseError::Stale) => {
            let now = found(&visit, &one.id).await?;
            let mut values = sent(&fields);
            for (name, value) in &mut values {
                if name == "version" {
                    *value = now.version.to_string();
                }
            }
            let mistake = Mistake::of_form(visit.t("web-form-stale"));
            shown(&visit, StatusCode::CONFLICT, (Some(now), kind), values, mistake).await
        }
        Err(ResponseError::Refused(why @ (Refusal::Title | Refusal::Class | Refusal::Clearance))) => {
            show(&visit, Some(one), kind, sent(&fields), mistake(&visit, why)).await
        }
        did => say(&visit, &href(&one), did, "tickets-did-change"),
    }
}

#[derive(Template)]
#[template(path = "response/tickets/incident.html")]
struct IncidentPage {
    page: Page,
    one: Ticket,
    values: Vec<(String, String)>,
    mistake: Mistake,
    classes: Vec<(String, Vec<Choice>)>,
    impacts: Vec<Choice>,
    urgencies: Vec<Choice>,
    tlps: Vec<Choice>,
    paps: Vec<Choice>,
    team: Vec<Choice>,
    matrix: Vec<MatrixLine>,
    title_chars: usize,
}

impl IncidentPage {
    fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// Whether an investigation is launched with it, and who is asked.
    fn also(&self, name: &str) -> &str {
        self.value(name)
    }

    /// Nobody else has it yet.
    fn is_clash(&self, _: &str) -> bool {
        false
    }
}

/// `GET /tickets/{id}/incident`
pub(super) async fn incident_form(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let values = [
        ("id", Uuid::now_v7().to_string()),
        ("title", one.subject.clone()),
        ("class", format!("{}/{}", one.taxonomy, one.rsit)),
        ("impact", "low".to_string()),
        ("urgency", "medium".to_string()),
        ("tlp", one.tlp.label().to_string()),
        ("pap", Pap::USUAL.label().to_string()),
        ("owner", if one.owner.is_empty() { visit.viewer.name.clone() } else { one.owner.clone() }),
        ("due", String::new()),
    ];
    let values = values.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
    show_incident(&visit, &room, one, values, Mistake::default()).await
}

async fn show_incident(
    visit: &Visit,
    room: &MailDesk,
    one: Ticket,
    values: Vec<(String, String)>,
    mistake: Mistake,
) -> Answer {
    let status = if mistake.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page =
        visit.page("response-new-title").under("/tickets", "tickets-list-title").under_named(&href(&one), &one.number);
    let page = IncidentPage {
        page,
        values,
        mistake,
        classes: classes(visit),
        impacts: impacts(visit),
        urgencies: urgencies(visit),
        tlps: tlps(visit),
        paps: paps(visit),
        team: team(visit, &one.owner).await?,
        matrix: matrix(&room.policy, None),
        title_chars: TITLE_CHARS,
        one,
    };
    visit.html_status(status, &page)
}

/// `POST /tickets/{id}/incident`
pub(super) async fn incident(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let names = ["id", "title", "class", "impact", "urgency", "tlp", "pap", "owner", "due", "also", "also_to"];
    let sent = || names.map(|name| (name.to_string(), fields.text(name).to_string())).to_vec();
    let common = match common(&visit, &fields, &one.owner).await? {
        Ok(common) => common,
        Err(mistake) => return show_incident(&visit, &room, one, sent(), mistake).await,
    };
    let asks = fields.text("also") == "1";
    if asks && jobs::mail_address(fields.text("also_to")).is_err() {
        let mistake = Mistake::at("also_to", why_words(&visit, Refusal::Mail));
        return show_incident(&visit, &room, one, sent(), mistake).await;
    }
    let new = NewIncident {
        id: fields.text("id").to_string(),
        title: fields.text("title").to_string(),
        taxonomy: common.class.0,
        kind: common.class.1,
        impact: Impact::parse(fields.text("impact")).ok_or_else(|| PageError::unreadable("impact"))?,
        urgency: Severity::parse(fields.text("urgency")).ok_or_else(|| PageError::unreadable("urgency"))?,
        tlp: common.tlp,
        pap: match fields.text("pap") {
            "" => Pap::USUAL,
            word => Pap::parse(word).ok_or_else(|| PageError::unreadable("pap"))?,
        },
        owner: common.owner,
        due: common.due,
        constituents: Vec::new(),
    };
    let whom = asks.then_some((fields.text("also_to").trim(), room.office.language.as_str()));
    match jobs::launch_asking(&visit.db, &visit.viewer, &room.policy, &one.id, (&new, whom), visit.now).await {
        Ok((_, whole, asked)) => {
            let number = Word::from(whole.number.clone());
            let next = asked.map_or_else(|| super::super::href(&whole), |asked| format!("{}/write", href(&asked)));
            Ok(visit.go_saying(&next, Tone::Good, "response-did-open", &[("number", number)]))
        }
        Err(ResponseError::Refused(why)) if why != Refusal::NoTicket => {
            let field = if why == Refusal::Title { "title" } else { "" };
            show_incident(&visit, &room, one, sent(), Mistake::at(field, why_words(&visit, why))).await
        }
        Err(error) => not_done(&visit, &href(&one), error),
    }
}

/// The tickets of an incident for its page: as far as the reader may see them.
pub(in super::super) async fn of_incident(visit: &Visit, id: &str) -> Result<Vec<Ticket>, PageError> {
    /// Tickets of an incident that its page shows.
    const SHOWN: i64 = 200;
    Ok(sql_ticket::tickets_of_incident(&visit.db, &visit.viewer, id, SHOWN).await?)
}
