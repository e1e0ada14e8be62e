//! Establishment for programs, on both databases.

use std::sync::Arc;

use axum::http::StatusCode;
use manara_framework::catalogues::Shelf;
use manara_framework::establishment::{
    Accepting, EstablishError, Refused as EstablishRefused, accept, acceptance, apply, assign, undo,
};
use manara_model::Micros;
use manara_store::Journal;
use manara_web::{NewToken, Right, Role, Service, make_token};
use serde_json::{Value, json};

use crate::founding::{Ground, is_on};
use crate::house::{House, NOON, on_both};
use crate::program::{Program, person};

pub const BLOCK: &str = "power-backup";
const SHA256_OF_RAN: &str = "c8fc6bf296faa18d058b23f9a467243a6f0a176f8d2c407e9c9ea06165da95f6";

pub async fn applied(house: &House, ground: &Arc<Ground>) -> String {
    let shelf = Shelf::load(None);
    apply(&house.db, ground.as_ref(), &shelf.blocks, BLOCK, "amina", NOON).await.unwrap().id
}

#[test]
fn programs_show_assign_accept_and_refuse_proofs_as_their_people_may() {
    on_both(|house| async move {
        let ground = Ground::of();
        person(&house, "duty", Role::Duty).await;
        person(&house, "lina", Role::Duty).await;
        person(&house, "handler", Role::Handler).await;
        let scopes = [Right::ReadFramework, Right::AnswerAssessments, Right::ChangeRules];
        let duty = Program::of(&house, &ground, "duty", &scopes).await;
        let handler = Program::of(&house, &ground, "handler", &scopes[..2]).await;
        let path = format!("/api/v1/blocks/{BLOCK}");
        assert_eq!(duty.get(&format!("{path}/proof")).await.status, StatusCode::NOT_FOUND, "it was not applied");
        assert_eq!(duty.post(&format!("{path}/apply"), &json!(null)).await.status, StatusCode::OK);
        let begun = duty.get(&format!("{path}/proof")).await;
        assert_eq!((begun.json()["stand"].clone(), begun.json()["own"].clone()), (json!("begun"), json!(false)));
        // The same rights as on the pages: a handler brings, and decides nothing.
        for step in ["assign", "accept", "refuse"] {
            let told = handler.post(&format!("{path}/{step}"), &json!({})).await;
            assert_eq!(told.status, StatusCode::FORBIDDEN, "{step}");
        }
        let nothing = duty.post(&format!("{path}/accept"), &json!(null)).await;
        assert_eq!((nothing.status, nothing.json()["reason"].clone()), (StatusCode::CONFLICT, json!("nothing-shown")));
        let bad = duty.post(&format!("{path}/assign"), &json!({ "person": "handler", "due": "soon" })).await;
        assert_eq!(bad.json()["reason"], "day");
        let assigned = duty.post(&format!("{path}/assign"), &json!({ "person": "handler", "due": "2026-12-31" })).await;
        assert_eq!((assigned.status, assigned.json()["due"].clone()), (StatusCode::OK, json!("2026-12-31")));
        assert_ne!(assigned.etag, begun.etag);
        // Whoever has an older state of the proof is told so.
        let given = json!({ "text": "Ran for 4 hours", "link": "https://port.example/log" });
        let stale = handler.give("POST", &format!("{path}/proof"), &[("if-match", &begun.etag)], &given).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let key = [("idempotency-key", "once"), ("if-match", assigned.etag.as_str())];
        let shown = handler.give("POST", &format!("{path}/proof"), &key, &given).await;
        assert_eq!((shown.status, shown.json()["shown_by"].clone()), (StatusCode::OK, json!("handler")));
        let again = handler.give("POST", &format!("{path}/proof"), &key, &given).await;
        assert_eq!((again.status, again.body), (StatusCode::OK, shown.body), "carried out once");
        let file = format!("{path}/proof/file?name=run.log&text=The%20log");
        let kept = handler.send("POST", &file, &[("content-type", "application/octet-stream")], b"ran".to_vec()).await;
        assert_eq!(kept.status, StatusCode::OK, "{}", String::from_utf8_lossy(&kept.body));
        assert_eq!(kept.json()["sha256"], SHA256_OF_RAN);
        let empty = handler.send("POST", &file, &[("content-type", "application/octet-stream")], Vec::new()).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(duty.get(&format!("{path}/proof/file")).await.body, b"ran");
        assert_eq!(duty.post(&format!("{path}/refuse"), &json!(null)).await.json()["shown"], json!(null));
        duty.post(&format!("{path}/proof"), &given).await;
        let own = duty.post(&format!("{path}/accept"), &json!(null)).await;
        assert_eq!(own.json()["reason"], "own", "lina could");
        handler.post(&format!("{path}/proof"), &given).await;
        let accepted = duty.post(&format!("{path}/accept"), &json!(null)).await.json();
        assert_eq!((accepted["stand"].clone(), accepted["accepted_by"].clone()), (json!("in-place"), json!("duty")));
        let undone = duty.post(&format!("{path}/undo"), &json!(null)).await;
        assert_eq!(undone.status, StatusCode::OK);
        assert_eq!(duty.get("/api/v1/blocks/no-such/proof").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_service_is_switched_by_hand_only_with_the_scope_for_it() {
    on_both(|house| async move {
        let ground = Ground::of();
        person(&house, "admin", Role::Admin).await;
        person(&house, "duty", Role::Duty).await;
        let admin = Program::of(&house, &ground, "admin", &[Right::ReadFramework, Right::SwitchServices]).await;
        let reads = Program::of(&house, &ground, "admin", &[Right::ReadFramework, Right::ChangeRules]).await;
        let off = json!({ "on": false });
        assert_eq!(reads.post("/api/v1/services/warning", &off).await.status, StatusCode::FORBIDDEN);
        let mut tx = house.db.begin().await.unwrap();
        let new = NewToken {
            name: "duty".into(),
            scopes: vec![Right::SwitchServices],
            days: 1,
            mailboxes: Default::default(),
        };
        assert!(make_token(&mut tx, "duty", "duty", &new, Micros::now()).await.is_err(), "a duty officer may not");
        drop(tx);
        let told = admin.post("/api/v1/services/warning", &off).await;
        assert_eq!((told.status, told.json()["on"].clone()), (StatusCode::OK, json!(false)));
        assert_eq!((told.json()["who"].clone(), told.json()["by_block"].clone()), (json!("admin"), json!(false)));
        assert!(!is_on(&house, Service::Warning).await);
        admin.post("/api/v1/services/warning", &json!({ "on": true })).await;
        assert!(is_on(&house, Service::Warning).await);
        let never = admin.post("/api/v1/services/framework", &off).await;
        assert_eq!((never.status, never.json()["reason"].clone()), (StatusCode::CONFLICT, json!("never-off")));
        assert_eq!(admin.post("/api/v1/services/notices", &off).await.status, StatusCode::NOT_FOUND);
        assert_eq!(admin.post("/api/v1/services/warning", &json!({})).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let entries = Journal::of_record(&house.db, "web", "warning", 10).await.unwrap();
        assert!(entries.iter().any(|entry| entry.who == "admin/admin-switchservices"), "{entries:?}");
    });
}

#[test]
fn programs_take_courses_check_certificates_and_see_who_has_to_read_again() {
    on_both(|house| async move {
        let ground = Ground::of();
        person(&house, "duty", Role::Duty).await;
        person(&house, "viewer", Role::Viewer).await;
        let viewer = Program::of(&house, &ground, "viewer", &[Right::ReadFramework]).await;
        let duty = Program::of(&house, &ground, "duty", &[Right::ReadFramework, Right::ChangeRules]).await;
        let courses = viewer.get("/api/v1/courses").await.json();
        let response = courses["items"].as_array().unwrap().iter().find(|one| one["id"] == "response").unwrap().clone();
        assert_eq!((response["questions"].clone(), response["passed"].clone()), (json!(4), json!(null)));
        let course = viewer.get("/api/v1/courses/response").await;
        let text = String::from_utf8_lossy(&course.body).into_owned();
        assert!(!text.contains("right"), "what is right is not told: {text}");
        let version = course.json()["version"].as_str().unwrap().to_string();
        let path = "/api/v1/courses/response/attempts";
        let tried = |version: &str, answers: Value| json!({ "version": version, "answers": answers });
        let other = viewer.post(path, &tried("another", json!([[0], [0, 1], [1], [0]]))).await;
        assert_eq!((other.status, other.json()["reason"].clone()), (StatusCode::CONFLICT, json!("other-questions")));
        for bad in [json!([[0]]), json!([[0], [0, 1], [1], [9]])] {
            let told = viewer.post(path, &tried(&version, bad)).await;
            assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let wrong = viewer.post(path, &tried(&version, json!([[1], [], [], []]))).await;
        assert_eq!((wrong.status, wrong.json()["passed"].clone()), (StatusCode::CREATED, json!(false)));
        let key = [("idempotency-key", "my-quiz")];
        let body = tried(&version, json!([[0], [1, 0], [1], [0]]));
        let passed = viewer.give("POST", path, &key, &body).await.json();
        assert_eq!(viewer.give("POST", path, &key, &body).await.json(), passed, "one attempt");
        assert_eq!((passed["points"].clone(), passed["right"].clone()), (json!(4), json!([true, true, true, true])));
        let page = viewer.get("/api/v1/attempts?limit=1").await.json();
        assert_eq!(page["items"][0]["id"], passed["id"], "the newest first");
        let next = viewer.get(&format!("/api/v1/attempts?cursor={}", page["next"].as_str().unwrap())).await.json();
        assert_eq!((next["items"][0]["id"].clone(), next["next"].clone()), (wrong.json()["id"].clone(), json!(null)));
        assert_eq!(viewer.get("/api/v1/attempts?person=duty").await.status, StatusCode::FORBIDDEN);
        let seen = duty.get("/api/v1/attempts?person=viewer").await.json();
        assert_eq!(seen["items"].as_array().unwrap().len(), 2);
        let one = format!("/api/v1/attempts/{}", passed["id"].as_str().unwrap());
        assert_eq!(viewer.get(&one).await.json()["right"], passed["right"]);
        let number = passed["certificate"].as_str().unwrap();
        let certificate = duty.get(&format!("/api/v1/certificates/{}", number.to_lowercase())).await.json();
        assert_eq!(
            (certificate["person"].clone(), certificate["team"].clone()),
            (json!("viewer"), json!("Siraj CIRT"))
        );
        assert_eq!(duty.get("/api/v1/certificates/C-2026-NONE").await.status, StatusCode::NOT_FOUND);
        assert_eq!(viewer.get("/api/v1/courses/no-such").await.status, StatusCode::NOT_FOUND);

        // Who has read what, and who has to read it again.
        let manual = viewer.get("/api/v1/manual").await.json();
        let incident = manual["items"].as_array().unwrap().iter().find(|one| one["id"] == "incident").unwrap().clone();
        let read = "/api/v1/manual/incident/read";
        let other = viewer.post(read, &json!({ "version": "another" })).await;
        assert_eq!(other.json()["reason"], "other-version");
        assert_eq!(viewer.post(read, &json!({ "version": incident["version"] })).await.status, StatusCode::OK);
        assert_eq!(viewer.get("/api/v1/manual/readers").await.status, StatusCode::FORBIDDEN);
        let stand = || async {
            let all = duty.get("/api/v1/manual/readers").await.json();
            let one = all["items"].as_array().unwrap().iter().find(|one| one["name"] == "viewer").unwrap().clone();
            let of = |list: &str, id: &str| {
                one[list].as_array().unwrap().iter().find(|line| line["id"] == id).unwrap().clone()
            };
            let courses = of("courses", "response")["passed"].is_string();
            (of("documents", "incident")["stand"].clone(), of("documents", "sharing")["stand"].clone(), courses)
        };
        assert_eq!(stand().await, (json!("current"), json!("never"), true));
        ground.change(|facts| facts.due_hours[0].count = 3);
        assert_eq!(stand().await, (json!("changed"), json!("never"), true));

        // What people say for the manual is written from the state that was read.
        let facts = duty.get("/api/v1/manual/facts").await;
        let given = json!({ "hours": "24/7", "handover": "", "head": "Amina", "police": "", "backup_place": "" });
        let path = "/api/v1/manual/facts";
        assert_eq!(duty.give("PUT", path, &[], &given).await.status, StatusCode::PRECONDITION_REQUIRED);
        let put = duty.give("PUT", path, &[("if-match", &facts.etag)], &given).await;
        assert_eq!((put.status, put.json()), (StatusCode::OK, given.clone()));
        let stale = duty.give("PUT", path, &[("if-match", &facts.etag)], &given).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let long = json!({ "hours": "a\nb", "handover": "", "head": "", "police": "", "backup_place": "" });
        let refused = duty.give("PUT", path, &[("if-match", "*")], &long).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(viewer.give("PUT", path, &[("if-match", "*")], &given).await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_refused_day_or_an_undone_block_changes_no_proof() {
    on_both(|house| async move {
        let (ground, db, shelf) = (Ground::of(), &house.db, Shelf::load(None));
        let application = applied(&house, &ground).await;
        let before = acceptance(db, &application).await.unwrap();
        let bad = Accepting { person: "x".repeat(501), due: String::new() };
        assert!(assign(db, BLOCK, &bad, "amina", NOON).await.is_err());
        assert_eq!(acceptance(db, &application).await.unwrap(), before);
        undo(db, &shelf.blocks, BLOCK, "amina", NOON).await.unwrap();
        let gone = accept(db, BLOCK, "amina", None, NOON).await;
        assert!(matches!(gone, Err(EstablishError::Refused(EstablishRefused::NotApplied))), "{gone:?}");
    });
}
