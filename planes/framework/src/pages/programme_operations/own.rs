//! Own tasks and days off for programs.

use axum::extract::{Path, State as Stated};
use manara_web::api::{ApiAnswer, Given, Op, Problem, json as answer, record, schema};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::programmes::names;
use super::super::{OpenDesk, Room};
use super::{made_at, not_done};
use crate::assessment::{COMMENT_CHARS, LABEL_CHARS, NAME_CHARS};
use crate::plan::Day;
use crate::programme::{
    DAYS_OFF, DayOff, EFFORT, MONEY, OFF_CHARS, OwnTask, PAYERS, add_own_task, change_own_task, nation_days_off,
    programme, programme_json, remove_own_task, restore_own_task, set_days_off, set_nation_days_off, task_json,
};

/// The operations.
pub(super) fn site() -> Site<OpenDesk> {
    let (read, decide) = (Right::ReadFramework, Right::ModerateAssessments);
    Site::new()
        .api(
            Op::make(
                "/api/v1/programmes/{id}/tasks",
                "addProgrammeTask",
                decide,
                "Adds a task of the team's own to a programme, and lays it",
                "Anything",
            )
            .takes("OwnTaskGiven"),
            add,
        )
        .api(
            Op::post(
                "/api/v1/programmes/{id}/tasks/{task}/own",
                "changeOwnTask",
                decide,
                "Says anew all that a task of the team's own is, and lays it again",
                "Anything",
            )
            .takes("OwnTaskGiven"),
            change,
        )
        .api(
            Op::post(
                "/api/v1/programmes/{id}/tasks/{task}/removal",
                "removeProgrammeTask",
                decide,
                "Removes a task of the team's own; with why, when work was done on it",
                "Anything",
            )
            .takes("RemovalGiven"),
            remove,
        )
        .api(
            Op::post(
                "/api/v1/programmes/{id}/tasks/{task}/restoration",
                "restoreProgrammeTask",
                decide,
                "Brings a removed task back",
                "Anything",
            ),
            restore,
        )
        .api(
            Op::post(
                "/api/v1/programmes/{id}/days-off",
                "setDaysOff",
                decide,
                "Sets the days off of a programme; what is planned from today on moves with them",
                "Programme",
            )
            .takes("DaysOff"),
            set,
        )
        .api(
            Op::get("/api/v1/programmes/{id}/days-off", "getDaysOff", read, "The days off of a programme", "DaysOff"),
            of_programme,
        )
        .api(
            Op::get(
                "/api/v1/days-off",
                "getNationDaysOff",
                read,
                "The days off a new programme begins with",
                "DaysOff",
            ),
            nation,
        )
        .api(
            Op::post(
                "/api/v1/days-off",
                "setNationDaysOff",
                decide,
                "Sets the days off a new programme begins with",
                "DaysOff",
            )
            .takes("DaysOff"),
            set_nation,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let number = |least: i64, most: i64| json!({ "type": "integer", "minimum": least, "maximum": most });
    let range = |most: i64| json!({ "type": "array", "items": number(0, most), "minItems": 2, "maxItems": 2 });
    let numbers = || schema::some(0, crate::programme::TASKS, number(1, 1_000_000));
    let day = json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });
    let off = schema::given(2, &[("day", day), ("name", schema::words(1, OFF_CHARS))]);
    vec![
        (
            "OwnTaskGiven",
            schema::given(
                1,
                &[
                    ("name", schema::words(1, NAME_CHARS)),
                    ("deliverable", schema::words(0, LABEL_CHARS)),
                    ("owner", schema::words(0, NAME_CHARS)),
                    ("roles", schema::some(0, 100, schema::words(1, 64))),
                    ("effort_days", range(EFFORT)),
                    ("days", json!({ "type": ["integer", "null"], "minimum": 1, "maximum": 2_000 })),
                    ("money", range(MONEY)),
                    ("payer", schema::one_of(std::iter::once("").chain(PAYERS))),
                    ("needs", numbers()),
                    ("needed_by", numbers()),
                    ("version", number(1, i64::MAX)),
                ],
            ),
        ),
        ("RemovalGiven", schema::given(0, &[("why", schema::words(0, COMMENT_CHARS))])),
        ("DaysOff", schema::given(1, &[("days", schema::some(0, DAYS_OFF, off))])),
    ]
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnGiven {
    name: String,
    #[serde(default)]
    deliverable: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    effort_days: [i64; 2],
    days: Option<i64>,
    #[serde(default)]
    money: [i64; 2],
    #[serde(default)]
    payer: String,
    #[serde(default)]
    needs: Vec<i64>,
    #[serde(default)]
    needed_by: Vec<i64>,
    version: Option<i64>,
}

impl OwnGiven {
    fn said(self) -> Result<OwnTask, Problem> {
        if !self.payer.is_empty() && !PAYERS.contains(&self.payer.as_str()) {
            return Err(Problem::invalid("payer", "word", self.payer));
        }
        Ok(OwnTask {
            name: self.name,
            deliverable: self.deliverable,
            owner: self.owner,
            roles: self.roles,
            effort: self.effort_days,
            days: self.days,
            money: self.money,
            payer: self.payer,
            needs: self.needs,
            needed_by: self.needed_by,
            version: self.version,
        })
    }
}

async fn add(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path(id): Path<String>,
    Given(given): Given<OwnGiven>,
) -> ApiAnswer {
    let said = given.said()?;
    let done = add_own_task(&visit.db, &visit.viewer, &room.shelf.blocks, &id, &said, visit.now).await;
    let value = task_json(&done.map_err(not_done)?, None, &names(&visit, &room));
    Ok(made_at(&format!("programmes/{id}/tasks"), &value))
}

async fn change(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((id, task)): Path<(String, String)>,
    Given(given): Given<OwnGiven>,
) -> ApiAnswer {
    let said = given.said()?;
    let blocks = &room.shelf.blocks;
    let done = change_own_task(&visit.db, &visit.viewer, blocks, (&id, &task), &said, visit.now).await;
    Ok(answer(&task_json(&done.map_err(not_done)?, None, &names(&visit, &room))))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RemovalGiven {
    #[serde(default)]
    why: String,
}

async fn remove(
    visit: Visit,
    Stated(room): Stated<Room>,
    Path((id, task)): Path<(String, String)>,
    Given(given): Given<RemovalGiven>,
) -> ApiAnswer {
    let done = remove_own_task(&visit.db, &visit.viewer, (&id, &task), &given.why, visit.now).await;
    Ok(answer(&task_json(&done.map_err(not_done)?, None, &names(&visit, &room))))
}

async fn restore(visit: Visit, Stated(room): Stated<Room>, Path((id, task)): Path<(String, String)>) -> ApiAnswer {
    let done = restore_own_task(&visit.db, &visit.viewer, (&id, &task), visit.now).await.map_err(not_done)?;
    Ok(answer(&task_json(&done, None, &names(&visit, &room))))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DayGiven {
    day: String,
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DaysGiven {
    days: Vec<DayGiven>,
}

impl DaysGiven {
    fn read(self) -> Result<Vec<DayOff>, Problem> {
        let one = |given: DayGiven| match Day::parse(&given.day) {
            Some(day) => Ok(DayOff { day, name: given.name }),
            None => Err(Problem::invalid("days", "day", given.day)),
        };
        self.days.into_iter().map(one).collect()
    }
}

async fn set(visit: Visit, Path(id): Path<String>, Given(given): Given<DaysGiven>) -> ApiAnswer {
    let off = given.read()?;
    let one = set_days_off(&visit.db, &visit.viewer, &id, &off, visit.now).await.map_err(not_done)?;
    Ok(answer(&programme_json(&one)))
}

async fn of_programme(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let one = programme(&visit.db, &visit.viewer, &id).await?.ok_or_else(Problem::not_found)?;
    Ok(record(&json!({ "days": one.off })))
}

async fn nation(visit: Visit) -> ApiAnswer {
    Ok(record(&json!({ "days": nation_days_off(&visit.db).await? })))
}

async fn set_nation(visit: Visit, Given(given): Given<DaysGiven>) -> ApiAnswer {
    let off = given.read()?;
    set_nation_days_off(&visit.db, &visit.viewer, &off, visit.now).await.map_err(not_done)?;
    Ok(answer(&json!({ "days": nation_days_off(&visit.db).await? })))
}
