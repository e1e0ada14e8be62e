//! Exercises, figures as evidence and snapshots, for programs.

use axum::http::StatusCode;
use manara_framework::assessments::sheet;
use manara_framework::catalogues::Shelf;
use manara_framework::enhancement::accepted_figures;
use manara_model::Tlp;
use manara_web::{Right, Role};
use serde_json::{Value, json};

use crate::founding::Ground;
use crate::house::{House, catalogue, on_both};
use crate::program::{Program, person};

/// Programs of somebody who decides, of somebody who works, and of somebody who looks on.
async fn programs(house: &House) -> [Program; 3] {
    let ground = Ground::of();
    person(house, "duty", Role::Duty).await;
    person(house, "handler", Role::Handler).await;
    person(house, "viewer", Role::Viewer).await;
    let scopes = [Right::ReadFramework, Right::AnswerAssessments, Right::ModerateAssessments];
    [
        Program::of(house, &ground, "duty", &scopes).await,
        Program::of(house, &ground, "handler", &scopes[..2]).await,
        Program::of(house, &ground, "viewer", &scopes[..1]).await,
    ]
}

fn given(title: &str) -> Value {
    json!({ "title": title, "kind": "drill", "day": "2026-01-10", "minutes": 90, "organisations": ["c1", "Pilots"],
        "objectives": [{ "text": "Who leads" }, { "text": "A second way" }] })
}

#[test]
fn programs_plan_change_note_and_withdraw_exercises() {
    on_both(|house| async move {
        let [duty, handler, viewer] = programs(&house).await;
        let all = "/api/v1/exercises";
        assert_eq!(handler.post(all, &given("Storm")).await.status, StatusCode::FORBIDDEN);
        let made = duty.post(all, &given("Storm")).await;
        assert_eq!(made.status, StatusCode::CREATED, "{:?}", made.json());
        let one = made.json();
        assert_eq!(one["organisations"][0], json!({ "constituent": "c1", "name": "Grid" }));
        assert_eq!(one["organisations"][1], json!({ "constituent": null, "name": "Pilots" }));
        assert_eq!(
            (&one["tlp"], &one["last"], &one["state"]),
            (&json!("TLP:AMBER"), &json!("2026-01-10"), &json!("planned"))
        );
        let path = format!("{all}/{}", one["id"].as_str().unwrap());
        let read = viewer.get(&path).await;
        assert_eq!((read.status, &read.json(), &read.etag), (StatusCode::OK, &one, &made.etag));

        let change =
            json!({ "day": "2026-01-12", "objectives": [{ "id": one["objectives"][1]["id"], "text": "Another way" }] });
        assert_eq!(duty.give("PATCH", &path, &[], &change).await.status, StatusCode::PRECONDITION_REQUIRED);
        let tag = [("if-match", made.etag.as_str())];
        let changed = duty.give("PATCH", &path, &tag, &change).await;
        assert_eq!(changed.status, StatusCode::OK, "{:?}", changed.json());
        assert_eq!((&changed.json()["last"], &changed.json()["title"]), (&json!("2026-01-12"), &json!("Storm")));
        assert_eq!(changed.json()["objectives"][0]["id"], one["objectives"][1]["id"]);
        assert_eq!(duty.give("PATCH", &path, &tag, &change).await.status, StatusCode::PRECONDITION_FAILED);

        let results = format!("{path}/results");
        let noted = json!({ "results": [{ "objective": 1, "result": "partly", "remark": "Late" }] });
        assert_eq!(viewer.post(&results, &noted).await.status, StatusCode::FORBIDDEN);
        let held = handler.post(&results, &noted).await.json();
        assert_eq!((&held["state"], &held["objectives"][0]["result"]), (&json!("held"), &json!("partly")));
        let again = json!({ "results": [{ "objective": 1, "result": "met" }] });
        let again = handler.post(&results, &again).await.json();
        assert_eq!(
            (&again["objectives"][0]["result"], &again["objectives"][0]["remark"]),
            (&json!("met"), &json!("Late"))
        );

        let lessons = format!("{path}/lessons");
        let learnt = json!({ "lessons": [{ "text": "Move the telephone", "owner": "handler", "due": "2026-03-01" }] });
        let written = handler.give("PUT", &lessons, &[("if-match", "*")], &learnt).await;
        assert_eq!(written.status, StatusCode::OK, "{:?}", written.json());
        let lesson = written.json()["lessons"][0]["id"].as_str().unwrap().to_string();
        let done = handler.post(&format!("{lessons}/{lesson}/done"), &json!({ "day": "2026-01-15" })).await;
        assert_eq!(done.json()["lessons"][0]["done"], "2026-01-15");
        assert_eq!(
            handler.post(&format!("{lessons}/none/done"), &json!({ "day": "" })).await.status,
            StatusCode::NOT_FOUND
        );

        let list = viewer.get(&format!("{all}?state=held&kind=drill")).await.json();
        assert_eq!((&list["items"][0]["met"], &list["items"][0]["open_lessons"]), (&json!(1), &json!(0)));
        assert_eq!(duty.post(&format!("{path}/withdraw"), &json!(null)).await.json()["withdrawn"], true);
        assert!(viewer.get(all).await.json()["items"].as_array().unwrap().is_empty());
        let refused = handler.post(&results, &noted).await;
        assert_eq!((refused.status, &refused.json()["reason"]), (StatusCode::CONFLICT, &json!("withdrawn")));
        assert_eq!(duty.post(&format!("{path}/restore"), &json!(null)).await.json()["withdrawn"], false);
    });
}

#[test]
fn what_a_program_says_badly_is_named() {
    on_both(|house| async move {
        let [duty, _, viewer] = programs(&house).await;
        let all = "/api/v1/exercises";
        for (member, value) in [
            ("title", json!("")),
            ("kind", json!("party")),
            ("day", json!("soon")),
            ("last", json!("2026-01-01")),
            ("minutes", json!(-1)),
            ("people", json!(100_001)),
            ("tlp", json!("PINK")),
            ("state", json!("over")),
            ("organisations", json!([""])),
            ("objectives", json!([{ "text": "x".repeat(301) }])),
        ] {
            let mut given = given("Storm");
            given[member] = value;
            let told = duty.post(all, &given).await;
            assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{member}: {:?}", told.json());
            assert_eq!(told.json()["errors"][0]["field"], member, "{:?}", told.json());
        }
        let mut more = given("Storm");
        more["colour"] = json!("red");
        assert_eq!(duty.post(all, &more).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(duty.post(all, &json!({ "title": "Storm" })).await.json()["errors"][0]["field"], "kind");
        let mut red = given("Storm");
        red["tlp"] = json!("RED");
        let made = duty.post(all, &red).await;
        let path = format!("{all}/{}", made.json()["id"].as_str().unwrap());
        assert_eq!(viewer.get(&path).await.status, StatusCode::NOT_FOUND);
        let results = json!({ "results": [{ "objective": 9, "result": "met" }] });
        assert_eq!(duty.post(&format!("{path}/results"), &results).await.json()["errors"][0]["field"], "results");
        let results = json!({ "results": [{ "objective": 1, "result": "well" }] });
        assert_eq!(duty.post(&format!("{path}/results"), &results).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn programs_accept_a_figure_as_evidence_once_and_only_as_it_was_read() {
    on_both(|house| async move {
        let [duty, _, viewer] = programs(&house).await;
        let shelf = Shelf::load(None);
        let one = house.begin(shelf.get("first-services").unwrap(), Tlp::Amber).await;
        let path = format!("/api/v1/assessments/{}/figures", one.id);
        let offers = viewer.get(&path).await.json();
        let of = |item: &str| {
            let all = offers["offers"].as_array().unwrap();
            all.iter().find(|offer| offer["item"] == item && offer["figure"]["figure"] == "acknowledge").cloned()
        };
        let offer = of("6.1.2").expect("an offer");
        assert_eq!((&offer["accepted"], &offers["accepted"]), (&json!(false), &json!([])));
        assert!(offers["without_case"].as_array().unwrap().contains(&json!("notify")));
        let said = |sha256: &Value| json!({ "figure": "acknowledge", "item": "6.1.2", "sha256": sha256, "organisation": "Team" });
        assert_eq!(viewer.post(&path, &said(&offer["sha256"])).await.status, StatusCode::FORBIDDEN);
        let moved = duty.post(&path, &said(&json!("0".repeat(64)))).await;
        assert_eq!((moved.status, &moved.json()["reason"]), (StatusCode::CONFLICT, &json!("figure-moved")));
        assert!(sheet(&house.db, &one.id, "2026-01-15").await.unwrap().voices.is_empty(), "nobody joined for nothing");
        let read = duty.get(&path).await.json();
        let offer = read["offers"].as_array().unwrap().iter().find(|offer| offer["item"] == "6.1.2").unwrap();
        let kept = duty.post(&path, &said(&offer["sha256"])).await;
        assert_eq!(kept.status, StatusCode::OK, "{:?}", kept.json());
        assert_eq!((&kept.json()["sha256"], &kept.json()["supports"]), (&offer["sha256"], &Value::Null));
        let again = duty.post(&path, &said(&offer["sha256"])).await;
        assert_eq!(again.json(), kept.json(), "twice is once");
        assert_eq!(accepted_figures(&house.db, &one.id).await.unwrap().len(), 1);
        let now = duty.get(&path).await.json();
        assert_eq!(now["accepted"][0]["evidence"], kept.json()["id"]);
        let wrong =
            json!({ "figure": "acknowledge", "item": "9.9.9", "sha256": offer["sha256"], "organisation": "Team" });
        assert_eq!(duty.post(&path, &wrong).await.json()["reason"], "figure-moved", "it bears on no such item");
    });
}

#[test]
fn programs_take_list_read_and_compare_snapshots() {
    on_both(|house| async move {
        let [duty, handler, viewer] = programs(&house).await;
        let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
        let path = format!("/api/v1/assessments/{}", one.id);
        let all = format!("{path}/snapshots");
        let answers = |level: i64| json!({ "organisation": "Team", "answers": [{ "item": "H-1", "level": level }] });
        assert_eq!(duty.post(&format!("{path}/answers"), &answers(1)).await.status, StatusCode::OK);
        assert_eq!(handler.post(&all, &json!({ "name": "May" })).await.status, StatusCode::FORBIDDEN);
        let bad = duty.post(&all, &json!({ "name": " " })).await;
        assert_eq!((bad.status, &bad.json()["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("name")));
        let taken = duty.post(&all, &json!({ "name": "May" })).await;
        assert_eq!(taken.status, StatusCode::CREATED, "{:?}", taken.json());
        let snapshot = taken.json()["id"].as_str().unwrap().to_string();
        assert_eq!(duty.post(&format!("{path}/answers"), &answers(3)).await.status, StatusCode::OK);

        let list = viewer.get(&all).await.json();
        assert_eq!((list["items"].as_array().unwrap().len(), &list["items"][0]["name"]), (1, &json!("May")));
        let read = viewer.get(&format!("{all}/{snapshot}?profile=harbour")).await.json();
        let level = |score: &Value| {
            let items = score["items"].as_array().unwrap();
            items.iter().find(|item| item["item"] == "H-1").unwrap()["claimed"].clone()
        };
        assert_eq!((level(&read["score"]), &read["sha256"]), (json!(1), &taken.json()["sha256"]));
        let scored = viewer.get(&format!("/api/v1/assessments/{snapshot}/score")).await.json();
        assert_eq!((level(&scored), level(&viewer.get(&format!("{path}/score")).await.json())), (json!(1), json!(3)));
        let since = viewer.get(&format!("{path}/since/{snapshot}")).await.json();
        let line = since["lines"].as_array().unwrap().iter().find(|line| line["item"] == "H-1").unwrap();
        assert_eq!((&line["claimed_before"], &line["claimed_after"]), (&json!(1), &json!(3)), "{line}");
        let other = house.begin(&catalogue("minima", 5), Tlp::Red).await;
        assert_eq!(
            viewer.get(&format!("/api/v1/assessments/{}/snapshots/{snapshot}", other.id)).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            viewer.get(&format!("/api/v1/assessments/{}/snapshots", other.id)).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(viewer.get(&format!("{all}/{snapshot}?profile=none")).await.status, StatusCode::BAD_REQUEST);
    });
}
