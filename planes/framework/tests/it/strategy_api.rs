//! The strategy and the programme office, written by programs.

use axum::http::StatusCode;
use manara_web::{Right, Role};
use serde_json::{Value, json};

use crate::founding::Ground;
use crate::house::{House, on_both};
use crate::program::{Program, person};

async fn programs(house: &House) -> [Program; 2] {
    let ground = Ground::of();
    person(house, "duty", Role::Duty).await;
    person(house, "viewer", Role::Viewer).await;
    let scopes = [Right::ReadFramework, Right::ModerateAssessments];
    [Program::of(house, &ground, "duty", &scopes).await, Program::of(house, &ground, "viewer", &scopes[..1]).await]
}

#[test]
fn programs_write_every_kind_of_record_of_the_strategy() {
    on_both(|house| async move {
        let [duty, viewer] = programs(&house).await;
        let list = "/api/v1/strategy/stakeholders";
        let given = json!({ "name": "Cabinet", "organisation": "Prime Minister", "parts": { "NS-G2": "accountable" } });
        assert_eq!(viewer.post(list, &given).await.status, StatusCode::FORBIDDEN);
        let made = duty.post(list, &given).await;
        assert_eq!((made.status, &made.json()["parts"]["NS-G2"]), (StatusCode::CREATED, &json!("accountable")));
        let path = format!("{list}/{}", made.json()["id"].as_str().unwrap());
        let read = viewer.get(&path).await;
        assert_eq!((&read.json(), &read.etag), (&made.json(), &made.etag));
        let tag = [("if-match", made.etag.as_str())];
        let next = json!({ "name": "Cabinet", "organisation": "Prime Minister", "contact": "pm@xa.example" });
        let put = duty.give("PUT", &path, &tag, &next).await;
        assert_eq!((put.status, &put.json()["parts"]), (StatusCode::OK, &json!({})), "{:?}", put.json());
        assert_eq!(duty.give("PUT", &path, &tag, &next).await.status, StatusCode::PRECONDITION_FAILED);
        let wrong = json!({ "name": "x", "organisation": "y", "parts": { "NO-1": "accountable" } });
        assert_eq!(duty.post(list, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        let given = json!({ "title": "Name the leads", "due": "2020-01-31" });
        let action = duty.post("/api/v1/strategy/actions", &given).await.json();
        assert_eq!((&action["state"], &action["is_late"]), (&json!("planned"), &json!(true)), "{action}");
        let done = json!({ "title": "Name the leads", "state": "done" });
        let path = format!("/api/v1/strategy/actions/{}", action["id"].as_str().unwrap());
        assert_eq!(duty.give("PUT", &path, &[("if-match", "*")], &done).await.json()["state"], "done");

        let list = "/api/v1/strategy/functions";
        let power = duty.post(list, &json!({ "name": "Power", "providers": ["Grid"] })).await.json();
        assert_eq!(power["providers"][0]["constituent"], "c1", "{power}");
        let water = json!({ "name": "Water", "needs": [power["id"]] });
        assert_eq!(duty.post(list, &water).await.json()["needs"], json!([power["id"]]));
        for wrong in [json!({ "name": "x", "needs": ["no-such"] }), json!({ "name": "x", "providers": ["Nobody"] })] {
            assert_eq!(duty.post(list, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }

        let list = "/api/v1/strategy/reviews";
        let given = json!({ "kind": "law", "title": "Law 12", "next": "2026-01-31", "every_months": 12 });
        let review = duty.post(list, &given).await.json();
        let path = format!("{list}/{}", review["id"].as_str().unwrap());
        let did = duty.send("POST", &format!("{path}/done"), &[], Vec::new()).await;
        assert!(did.status == StatusCode::OK && did.json()["last"] != "", "{:?}", did.json());
        assert_eq!((&did.json()["version"], &did.json()["owner"]), (&json!(2), &json!("")));
        let remove = duty.send("POST", &format!("{path}/remove"), &[], Vec::new()).await;
        assert_eq!((remove.status, duty.get(&path).await.status), (StatusCode::OK, StatusCode::NOT_FOUND));
        assert_eq!(duty.send("POST", &format!("{path}/restore"), &[], Vec::new()).await.status, StatusCode::OK);
        assert_eq!(duty.get(&path).await.status, StatusCode::OK);
        let nothing = duty.send("POST", "/api/v1/strategy/kings/x/remove", &[], Vec::new()).await;
        assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn programs_release_export_and_take_in_progress() {
    on_both(|house| async move {
        let [duty, viewer] = programs(&house).await;
        let path = "/api/v1/office/progress";
        let export = || duty.send("POST", "/api/v1/office/export", &[], Vec::new());
        assert_eq!(export().await.status, StatusCode::CONFLICT, "nothing was released");
        let half = json!({ "name": "Aldermere", "stage": "moon", "kpis": { "teams": 1 } });
        assert_eq!(duty.post(path, &half).await.status, StatusCode::CONFLICT);
        for named in ["snapshots", "sections"] {
            let half = json!({ "name": "Aldermere", "stage": "design", named: { "no-such": true } });
            assert_eq!(duty.post(path, &half).await.status, StatusCode::CONFLICT, "{named}");
        }
        assert_eq!(viewer.get(path).await.json()["releases"], json!([]), "a part of what was refused");
        let given = json!({ "name": "Aldermere", "stage": "design", "kpis": { "teams": 1, "repelled": null } });
        assert_eq!(viewer.post(path, &given).await.status, StatusCode::FORBIDDEN);
        let told = duty.post(path, &given).await.json();
        assert_eq!((&told["country"], told["releases"].as_array().map(Vec::len)), (&json!("XA"), Some(3)), "{told}");
        assert_eq!(viewer.get(path).await.json()["releases"], told["releases"]);
        let sealed = export().await.json();
        assert_eq!(sealed["fingerprint"], told["fingerprint"]);
        let file = sealed["file"].as_str().unwrap().as_bytes().to_vec();
        let kind = [("content-type", "application/octet-stream")];
        let bare = duty.send("POST", "/api/v1/office/import?region=europe", &kind, file.clone()).await;
        assert_eq!(bare.status, StatusCode::CONFLICT, "a key nobody vouched for");
        let print = sealed["fingerprint"].as_str().unwrap().replace(' ', "");
        let import = format!("/api/v1/office/import?region=europe&fingerprint={print}");
        let taken = duty.send("POST", &import, &kind, file.clone()).await;
        assert_eq!(taken.json(), json!({ "country": "XA", "is_new": true }));
        assert_eq!(duty.send("POST", &import, &kind, file).await.json()["is_new"], Value::Bool(false));
        let one = json!({ "catalogue": "sim3", "section": "O", "text": "Two pages, signed.", "release": false });
        let draft = duty.post(path, &json!({ "practices": [one] })).await.json();
        assert!(draft["leaves"].get("practices").is_none() && draft["leaves"]["country"] == "XA", "{draft}");
        let one = json!({ "catalogue": "sim3", "section": "O", "text": "Two pages, signed.", "release": true });
        let told = duty.post(path, &json!({ "practices": [one] })).await.json();
        assert_eq!(told["leaves"]["practices"][0]["section"], "O", "{told}");
        let file = export().await.json()["file"].as_str().unwrap().as_bytes().to_vec();
        assert_eq!(duty.send("POST", &import, &kind, file).await.json()["is_new"], Value::Bool(true));
        let practice = "/api/v1/office/practice";
        let found = viewer.get(&format!("{practice}?catalogue=sim3&by=supported")).await.json();
        assert_eq!(found["sections"][0]["practices"][0]["text"], "Two pages, signed.", "{found}");
        for wrong in ["", "?catalogue=a%20b", "?catalogue=sim3&by=luck"] {
            assert_eq!(viewer.get(&format!("{practice}{wrong}")).await.status, StatusCode::BAD_REQUEST, "{wrong}");
        }
        let gone = json!({ "practices": [{ "catalogue": "sim3", "section": "O", "text": null }] });
        assert!(duty.post(path, &gone).await.json()["leaves"].get("practices").is_none());
        let early = json!({ "sections": { "no-such": true } });
        assert_eq!(duty.post(path, &early).await.status, StatusCode::CONFLICT);
        let withdrawn = duty.post(path, &json!({ "kpis": { "teams": null } })).await.json();
        assert_eq!(withdrawn["releases"].as_array().map(Vec::len), Some(2), "{withdrawn}");
    });
}
