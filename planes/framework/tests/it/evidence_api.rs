//! Evidence of people and the end of an assessment, for programs.

use axum::http::StatusCode;
use manara_model::Tlp;
use manara_web::{Right, Role};
use serde_json::{Value, json};

use crate::founding::Ground;
use crate::house::{catalogue, on_both};
use crate::program::{Program, person};

#[test]
fn programs_show_judge_and_withdraw_evidence_and_close_an_assessment() {
    on_both(|house| async move {
        let ground = Ground::of();
        person(&house, "duty", Role::Duty).await;
        person(&house, "handler", Role::Handler).await;
        let scopes = [Right::ReadFramework, Right::AnswerAssessments, Right::ModerateAssessments];
        let duty = Program::of(&house, &ground, "duty", &scopes).await;
        let handler = Program::of(&house, &ground, "handler", &scopes[..2]).await;
        let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
        let path = format!("/api/v1/assessments/{}", one.id);
        let all = format!("{path}/evidence");
        let given = json!({ "item": "H-1", "label": "Decree 14", "expires": "2027-01-01" });
        let early = handler.post(&all, &given).await;
        assert_eq!(early.status, StatusCode::CONFLICT, "who has not answered is no respondent: {:?}", early.json());
        let said = json!({ "organisation": "Port", "answers": [{ "item": "H-1", "level": 2 }] });
        for program in [&duty, &handler] {
            assert_eq!(program.post(&format!("{path}/answers"), &said).await.status, StatusCode::OK);
        }
        let shown = handler.post(&all, &given).await;
        assert_eq!(shown.status, StatusCode::OK, "{:?}", shown.json());
        let shown = shown.json();
        assert_eq!((&shown["label"], &shown["supports"]), (&json!("Decree 14"), &Value::Null));
        let file = format!("{path}/evidence-file?item=H-1&name=minutes.txt");
        let kind = [("content-type", "application/octet-stream")];
        let kept = handler.send("POST", &file, &kind, b"We met.".to_vec()).await;
        assert_eq!(kept.status, StatusCode::OK, "{:?}", kept.json());
        assert_eq!(kept.json()["sha256"].as_str().map(str::len), Some(64));
        let bad = handler.post(&all, &json!({ "item": "No-1", "label": "x" })).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY, "{:?}", bad.json());
        duty.post(&all, &json!({ "item": "H-2", "label": "Plan" })).await;
        let count = |told: Value| told["items"].as_array().map(Vec::len);
        assert_eq!(count(handler.get(&all).await.json()), Some(2), "their own");
        assert_eq!(count(duty.get(&all).await.json()), Some(3), "all, for who moderates");

        let piece = format!("{all}/{}", shown["id"].as_str().unwrap());
        let judge = format!("{piece}/judge");
        assert_eq!(handler.post(&judge, &json!({ "supports": 2 })).await.status, StatusCode::FORBIDDEN);
        let judged = duty.post(&judge, &json!({ "supports": 2, "version": 0 })).await;
        assert_eq!((judged.status, &judged.json()["supports"]), (StatusCode::OK, &json!(2)), "{:?}", judged.json());
        let stale = duty.post(&judge, &json!({ "supports": 1, "version": 0 })).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{:?}", stale.json());
        assert_eq!(duty.post(&judge, &json!({ "supports": 77 })).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(handler.get(&piece).await.json()["supports"], 2);
        let newer = json!({ "item": "H-1", "label": "Decree 15", "replaces": shown["id"] });
        let newer = handler.post(&all, &newer).await.json();
        assert_eq!((&newer["revision"], &newer["supports"]), (&json!(2), &Value::Null), "{newer}");
        assert_eq!(handler.get(&piece).await.status, StatusCode::NOT_FOUND, "the newer one took its place");
        let gone = json!({ "item": "H-1", "label": "Decree 16", "replaces": shown["id"] });
        assert_eq!(handler.post(&all, &gone).await.status, StatusCode::NOT_FOUND);
        let piece = format!("{all}/{}", newer["id"].as_str().unwrap());
        let withdrawn = handler.send("POST", &format!("{piece}/withdraw"), &[], Vec::new()).await;
        assert_eq!(withdrawn.status, StatusCode::OK, "{:?}", withdrawn.json());
        assert_eq!(handler.get(&piece).await.status, StatusCode::NOT_FOUND);

        let close = format!("{path}/close");
        assert_eq!(handler.send("POST", &close, &[], Vec::new()).await.status, StatusCode::FORBIDDEN);
        assert_eq!(duty.send("POST", &close, &[], Vec::new()).await.json()["state"], "closed");
        assert_eq!(handler.post(&all, &given).await.status, StatusCode::CONFLICT, "nobody shows anything any more");
        assert_eq!(duty.send("POST", &format!("{path}/reopen"), &[], Vec::new()).await.json()["state"], "open");
        assert_eq!(handler.post(&all, &given).await.status, StatusCode::OK);
    });
}

#[test]
fn programs_lead_a_workshop() {
    on_both(|house| async move {
        let ground = Ground::of();
        person(&house, "duty", Role::Duty).await;
        let scopes = [Right::ReadFramework, Right::ModerateAssessments];
        let duty = Program::of(&house, &ground, "duty", &scopes).await;
        let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
        let path = format!("/api/v1/assessments/{}/workshop", one.id);
        assert_eq!(duty.get(&path).await.json()["open"], false);
        let open = duty.send("POST", &path, &[], Vec::new()).await.json();
        assert_eq!((&open["item"], open["code"].as_str().map(str::len)), (&json!("H-1"), Some(6)), "{open}");
        let step = format!("{path}/step");
        assert_eq!(duty.post(&step, &json!({ "do": "reveal" })).await.json()["revealed"], true);
        assert_eq!(duty.post(&step, &json!({ "to": "C-2" })).await.json()["item"], "C-2");
        for wrong in [json!({}), json!({ "do": "reveal", "to": "H-1" }), json!({ "to": "No-1" })] {
            assert_eq!(duty.post(&step, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
        let closed = duty.send("POST", &format!("{path}/close"), &[], Vec::new()).await.json();
        assert_eq!((&closed["open"], &closed["code"]), (&json!(false), &json!("")), "{closed}");
    });
}
