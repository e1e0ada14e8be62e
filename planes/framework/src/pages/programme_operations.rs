//! Kept designs and programmes for programs.

mod lines;
mod own;
mod schemas;
mod tasks;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State as Stated};
use axum::response::Response;
use manara_web::api::{
    ApiAnswer, Code, Given, Op, Param, Problem, etag_of, json as answer, made, page_of, read_list, record, schema,
    with_etag,
};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::kept::DESIGNS;
use super::programme_form::setup;
use super::programmes::{PROGRAMMES, found, names};
use super::what_if::{moved, planned};
use super::{OpenDesk, Room};
use crate::assessment::{EVIDENCE_BYTES, LABEL_CHARS};
use crate::check::is_id;
use crate::design::{Ask, PAID, WISHES, design};
use crate::hindrance::{Hindrance, ProgrammeError};
use crate::kept::{self, Asked, DesignState, KeptDesign, NewDesign, design_answer, kept_design, read_kept_design};
use crate::plan::{Day, WEEKENDS, Week};
use crate::programme::{
    NewProgramme, PAYERS, PEOPLE, People, ProgrammeForm, ProgrammeSheet, Setup, Status, lines_of, plan_programme,
    programme_file, programme_json, read_programme, set_programme_state, status_json,
};
use crate::score::score;
use crate::sql;
use crate::staffing::{CONSTITUENTS, Hours};

/// The operations.
pub(super) fn site() -> Site<OpenDesk> {
    let (read, work, decide) = (Right::ReadFramework, Right::AnswerAssessments, Right::ModerateAssessments);
    let whom = |name, says| Param::new(name, json!({ "type": "integer", "minimum": 1, "maximum": PEOPLE }), says);
    let one = "/api/v1/programmes/{id}";
    let task = "/api/v1/programmes/{id}/tasks/{task}";
    Site::new()
        .api(
            Op::list("/api/v1/designs", "listDesigns", read, "The designs that were kept", &DESIGNS, "Design"),
            designs,
        )
        .api(
            Op::make("/api/v1/designs", "keepDesign", decide, "Solves, and keeps the whole answer", "Design")
                .takes("DesignGiven")
                .etag(),
            keep,
        )
        .api(
            Op::get("/api/v1/designs/{id}", "getDesign", read, "A kept design with the whole answer", "Anything"),
            one_design,
        )
        .api(
            Op::post("/api/v1/designs/{id}/state", "decideDesign", decide, "Accepts, withdraws, puts back", "Design")
                .takes("DesignStateGiven"),
            decide_design,
        )
        .api(Op::list("/api/v1/programmes", "listProgrammes", read, "The programmes", &PROGRAMMES, "Programme"), list)
        .api(
            Op::make(
                "/api/v1/programmes",
                "planProgramme",
                decide,
                "Plans a programme from a kept design",
                "Programme",
            )
            .takes("ProgrammeGiven")
            .etag(),
            plan,
        )
        .api(Op::get(one, "getProgramme", read, "A programme with its tasks and how it stands today", "Anything"), get)
        .api(
            Op::get(
                "/api/v1/programmes/{id}/what-if",
                "whatIfProgramme",
                read,
                "The same design from another day or with other people, beside the programme",
                "Anything",
            )
            .with(Param::new("start", schema::words(10, 10), "the first day, as 2027-01-04"))
            .with(Param::new("weekend", schema::one_of(WEEKENDS), "the days off"))
            .with(whom("people", "people all together; those of the programme when neither they nor a role are said"))
            .with(whom("role-analyst", "people of a role, here the analyst; one for each role")),
            what_if,
        )
        .api(
            Op::file(
                "/api/v1/programmes/{id}/export",
                "exportProgramme",
                read,
                "The programme as a file",
                &["text/csv", "application/xml", "text/calendar"],
            )
            .with(Param::new("format", schema::one_of(["csv", "xml", "ics"]), "the form of the file")),
            export,
        )
        .api(
            Op::post(
                "/api/v1/programmes/{id}/state",
                "closeProgramme",
                decide,
                "Closes it, or opens it again",
                "Programme",
            )
            .takes("ProgrammeStateGiven"),
            set_state,
        )
        .api(
            Op::post(
                "/api/v1/programmes/{id}/lines",
                "addLine",
                work,
                "Adds a risk, or a line of handover or closure",
                "ProgrammeLine",
            )
            .takes("LineGiven"),
            tasks::line,
        )
        .api(
            Op::post(
                "/api/v1/programmes/{id}/lines/{line}",
                "tickLine",
                work,
                "Ticks a line off, or puts it back",
                "Ticked",
            )
            .takes("TickGiven"),
            tasks::tick,
        )
        .api(
            Op::get(
                task,
                "getProgrammeTask",
                read,
                "One task, with what proved it before it was opened again",
                "Anything",
            ),
            tasks::get_task,
        )
        .api(
            Op::post(
                "/api/v1/programmes/{id}/tasks/{task}/step",
                "stepTask",
                work,
                "Begins a task, ends it, or puts it back",
                "Anything",
            )
            .takes("StepGiven"),
            tasks::step,
        )
        .api(
            Op::post(
                "/api/v1/programmes/{id}/tasks/{task}/acceptance",
                "acceptTask",
                decide,
                "Accepts a task with what proves it",
                "Anything",
            )
            .takes("TaskProof"),
            tasks::accept,
        )
        .api(
            Op::post(
                "/api/v1/programmes/{id}/tasks/{task}/acceptance-file",
                "acceptTaskByFile",
                decide,
                "Accepts a task with a file that proves it",
                "Anything",
            )
            .takes_file(EVIDENCE_BYTES)
            .needs(Param::new("name", schema::words(1, LABEL_CHARS), "what the file is called"))
            .with(Param::new("proof", schema::words(0, 2_000), "what proves it, in words")),
            tasks::accept_file,
        )
        .api(
            Op::file(
                "/api/v1/programmes/{id}/tasks/{task}/evidence",
                "getTaskEvidence",
                read,
                "The file that proved a task",
                &["application/octet-stream"],
            )
            .with(Param::new("version", schema::count(), "that of an acceptance before, by its version")),
            tasks::evidence,
        )
        .api(
            Op::post(
                "/api/v1/programmes/{id}/tasks/{task}/change",
                "changeProgrammeTask",
                decide,
                "Changes who sees to a task, and its days",
                "Anything",
            )
            .takes("ProgrammeTaskGiven"),
            tasks::change,
        )
        .schemas(schemas::schemas())
        .merge(own::site())
        .merge(lines::site())
}

/// A kept design without its answer.
pub(super) fn design_shown(one: &KeptDesign) -> Value {
    json!({
        "id": one.id, "assessment": one.assessment_id, "subject": one.subject, "name": one.name, "asked": one.asked,
        "aim": one.aim.as_str(), "sha256": one.sha256, "state": one.state.as_str(), "made_by": one.made_by,
        "made": one.made.rfc3339(), "changed": one.changed.rfc3339(),
    })
}

fn not_done(error: ProgrammeError) -> Problem {
    let why = match error {
        ProgrammeError::Refused(why) => why,
        ProgrammeError::Circle(_) => return Problem::refused("circle", error),
        ProgrammeError::Store(error) => return error.into(),
    };
    hindered(why)
}

fn hindered(why: Hindrance) -> Problem {
    let field = match why {
        Hindrance::NotFound => return Problem::not_found(),
        Hindrance::Name => "name",
        Hindrance::Text => "text",
        Hindrance::Day => "day",
        Hindrance::Aim => "aim",
        Hindrance::Weekend => "weekend",
        Hindrance::People => "people",
        Hindrance::Role => "roles",
        Hindrance::Proof => "proof",
        Hindrance::Need => "needs",
        Hindrance::Amount => "effort_days",
        Hindrance::Why => "why",
        _ => return Problem::refused(why.code(), why),
    };
    Problem { detail: why.to_string(), ..Problem::invalid(field, why.code(), "") }
}

fn made_at(folder: &str, value: &Value) -> Response {
    let path = format!("/api/v1/{folder}/{}", value.get("id").and_then(Value::as_str).unwrap_or_default());
    with_etag(&etag_of(value), made(&path, value))
}

async fn designs(visit: Visit) -> ApiAnswer {
    let fixed = [visit.viewer.clearance.rank().into()];
    let found = read_list(&DESIGNS, &visit)?.fetch(&visit.db, &fixed, read_kept_design).await?;
    let next = found.next();
    Ok(page_of(found.rows.iter().map(design_shown).collect(), next))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DesignGiven {
    assessment: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    profile: String,
    #[serde(default)]
    services: Vec<String>,
    budget: Option<i64>,
    months: Option<i64>,
    hours: Option<Hours>,
    constituents: Option<i64>,
    #[serde(default)]
    payers: BTreeMap<String, String>,
    aim: Option<String>,
}

async fn keep(visit: Visit, Stated(room): Stated<Room>, Given(given): Given<DesignGiven>) -> ApiAnswer {
    for (field, number, most) in [
        ("budget", given.budget, 1_000_000_000_000),
        ("months", given.months, 1_200),
        ("constituents", given.constituents, CONSTITUENTS),
    ] {
        if let Some(found) = number.filter(|number| !(0..=most).contains(number)) {
            return Err(Problem::invalid(field, "range", found));
        }
    }
    if given.services.len() > WISHES || given.services.iter().any(|service| service.chars().count() > 64) {
        return Err(Problem::invalid("services", "too-many", given.services.len()));
    }
    let is_payer = |(block, payer): (&String, &String)| is_id(block) && PAYERS.contains(&payer.as_str());
    if given.payers.len() > PAID || !given.payers.iter().all(is_payer) {
        return Err(Problem::invalid("payers", "word", PAYERS.join(", ")));
    }
    let aim = given.aim.as_deref().unwrap_or("first-year");
    let aim = kept::aim(aim).ok_or_else(|| Problem::invalid("aim", "word", aim))?;
    let of = sql::get(&visit.db, &visit.viewer, &given.assessment).await?.ok_or_else(Problem::not_found)?;
    let catalogue = room.version(&visit, &of.hash).await?;
    let profile = match given.profile.as_str() {
        "" => None,
        id => Some(catalogue.profile(id).ok_or_else(|| Problem::invalid("profile", "not-found", id))?),
    };
    let score = score(&catalogue, &sql::sheet(&visit.db, &of.id, &visit.now.day()).await?, profile);
    let DesignGiven { services, budget, months, hours, constituents, payers, .. } = given;
    let ask = Ask { services, budget, months, hours, constituents, payers };
    ask.check(&room.shelf).map_err(|why| Problem { detail: why, ..Problem::invalid("payers", "not-found", "") })?;
    let asked = Asked::of(&ask, &given.profile);
    let solved = {
        let (room, catalogue) = (Arc::clone(&room), Arc::clone(&catalogue));
        tokio::task::spawn_blocking(move || design(&room.shelf, &catalogue, &score, &ask))
    };
    let designs = solved.await.map_err(Problem::internal)?;
    let name = if given.name.trim().is_empty() { of.subject } else { given.name };
    let new = NewDesign { name, asked, aim };
    let kept = kept::keep_design(&visit.db, &visit.viewer, &given.assessment, &new, &designs, visit.now).await;
    Ok(made_at("designs", &design_shown(&kept.map_err(not_done)?)))
}

async fn one_design(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let one = kept_design(&visit.db, &visit.viewer, &id).await?.ok_or_else(Problem::not_found)?;
    let mut value = design_shown(&one);
    let whole = design_answer(&visit.db, &visit.viewer, &id).await?;
    if let Some(members) = value.as_object_mut() {
        members.insert("answer".into(), serde_json::to_value(whole).map_err(Problem::internal)?);
    }
    Ok(record(&value))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StateGiven {
    state: String,
}

async fn decide_design(visit: Visit, Path(id): Path<String>, Given(given): Given<StateGiven>) -> ApiAnswer {
    let to = DesignState::parse(&given.state).ok_or_else(|| Problem::invalid("state", "word", &given.state))?;
    let done = kept::set_design_state(&visit.db, &visit.viewer, &id, to, visit.now).await.map_err(not_done)?;
    Ok(answer(&design_shown(&done.0)))
}

async fn list(visit: Visit) -> ApiAnswer {
    let fixed = [visit.viewer.clearance.rank().into()];
    let found = read_list(&PROGRAMMES, &visit)?.fetch(&visit.db, &fixed, read_programme).await?;
    let next = found.next();
    Ok(page_of(found.rows.iter().map(programme_json).collect(), next))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProgrammeGiven {
    design: String,
    start: String,
    #[serde(default)]
    name: String,
    weekend: Option<String>,
    people: Option<i64>,
    #[serde(default)]
    roles: BTreeMap<String, i64>,
    #[serde(default)]
    like: String,
}

async fn plan(visit: Visit, Given(given): Given<ProgrammeGiven>) -> ApiAnswer {
    let start = Day::parse(&given.start).ok_or_else(|| Problem::invalid("start", "day", &given.start))?;
    let week = match &given.weekend {
        None => Week::of_country(visit.country()),
        Some(text) => Week::parse(text).ok_or_else(|| Problem::invalid("weekend", "word", text))?,
    };
    let setup = Setup { start, week, people: People { all: given.people, roles: given.roles } };
    let new = NewProgramme { design: given.design, name: given.name, setup, like: given.like };
    let one = plan_programme(&visit.db, &visit.viewer, &new, visit.now).await.map_err(not_done)?;
    Ok(made_at("programmes", &programme_json(&one)))
}

async fn get(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    let (one, tasks, status) = found(&visit, &id).await?;
    let lines = lines_of(&visit.db, &id).await?;
    Ok(record(&status_json(&one, &tasks, &lines, &status, &names(&visit, &room))))
}

async fn what_if(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let (one, tasks, status) = found(&visit, &id).await?;
    let setup = setup(&visit.query_pairs(), &super::programme_form::Setting::of(&one)).map_err(hindered)?;
    let (_, its, other) = planned(&visit, &one, &setup).await?;
    let told = |status: &Status| {
        json!({ "end": status.planned_end.to_string(), "shortest_end": status.shortest_end.to_string(),
            "money": status.money, "months": status.months })
    };
    Ok(record(&json!({ "programme": told(&status), "other": told(&other), "moved": moved(&tasks, &its) })))
}

async fn export(visit: Visit, Stated(room): Stated<Room>, Path(id): Path<String>) -> ApiAnswer {
    let asked = visit.query("format").unwrap_or_else(|| "csv".into());
    let form =
        ProgrammeForm::parse(&asked).ok_or_else(|| Problem::new(Code::Unreadable, "format is csv, xml or ics"))?;
    let (one, tasks, status) = found(&visit, &id).await?;
    let names = names(&visit, &room);
    let sheet = ProgrammeSheet { programme: &one, tasks: &tasks, status: &status, names, now: visit.now };
    Ok(visit.download(&sheet.file_name(None, form), form.media_type(), programme_file(&sheet, form)))
}

async fn set_state(visit: Visit, Path(id): Path<String>, Given(given): Given<StateGiven>) -> ApiAnswer {
    let is_closed = match given.state.as_str() {
        "closed" => true,
        "running" => false,
        other => return Err(Problem::invalid("state", "word", other)),
    };
    let done = set_programme_state(&visit.db, &visit.viewer, &id, is_closed, visit.now).await.map_err(not_done)?;
    Ok(answer(&programme_json(&done)))
}
