//! Respondents, what was said before and who moderates, on the pages and for programs.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use manara_framework::assessments::{NewVoice, agreed, get, give_table, join, read_table, respondents, sheet};
use manara_framework::exchanges::count_conflicts;
use manara_model::{Micros, Tlp};
use manara_web::{Lang, NewToken, Right, make_token};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::house::{House, NOON, catalogue, duty, on_both};
use crate::pages::{Reader, Reply, reader};

const DAY: &str = "2026-01-15";

async fn table(house: &House, id: &str, text: &str) {
    let (rows, refused) = read_table(&catalogue("minima", 5), text.as_bytes()).unwrap();
    assert!(refused.is_empty(), "{refused:?}");
    give_table(&house.db, &duty(), id, &rows, NOON).await.unwrap();
}

/// Hands a table in on the page of the moderator, and gives the page that follows.
async fn hand_in(reader: &mut Reader, path: &str, text: &str) -> Reply {
    let moderate = format!("{path}/moderate");
    let token = reader.get(&moderate).await.token();
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--edge\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"a.csv\"\r\n\r\n{text}\r\n--edge--\r\n"
    );
    let sent = reader.send_body("POST", &format!("{path}/table"), "multipart/form-data; boundary=edge", body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    reader.page(&moderate).await
}

#[test]
fn a_person_becomes_the_respondent_a_table_made_and_a_table_takes_nothing_from_them() {
    on_both(|house| async move {
        let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
        let path = format!("/framework/assessments/{}", one.id);
        let answer = format!("{path}/answer");
        table(&house, &one.id, "item,respondent,organisation,level\nH-1,duty,CIRT,2\n").await;
        let mut duty = reader(&house, "duty", Lang::En).await;
        duty.post(&format!("{path}/join"), &answer, &[("organisation", "CIRT")]).await;
        let form = duty.page(&answer).await;
        assert!(form.body.contains(r#"name="level-H-1" value="2" checked"#), "{}", form.body);
        let fields = [("section", "H"), ("level-H-1", "3"), ("version-H-1", "1")];
        assert_eq!(duty.post(&answer, &answer, &fields).await.status, StatusCode::SEE_OTHER);
        let text = "item,respondent,organisation,level\nH-1,duty,CIRT,0\nH-1,Ben,Yard,4\nH-1,Ben,Yard,3";
        let page = hand_in(&mut duty, &path, text).await;
        for words in ["Lines taken: 1", "wait for your decision", "Lines refused: 1", "4 item", "exchange#conflicts"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        assert_eq!(count_conflicts(&house.db, &one.id).await.unwrap(), 1);
        let exchange = duty.page(&format!("{path}/exchange")).await;
        assert!(exchange.body.contains("by a table") && exchange.body.contains("Take what came"), "{}", exchange.body);
        let said = sheet(&house.db, &one.id, DAY).await.unwrap();
        let own = said.voices.iter().find(|voice| voice.name == "duty").unwrap();
        assert_eq!(said.answers.iter().find(|one| one.voice == own.id).unwrap().level, Some(3));
        let text = "item,respondent,organisation,level\nH-1,duty,CIRT,1";
        let page = hand_in(&mut duty, &path, text).await;
        assert!(page.body.contains("One line differs from what a person with an account"), "{}", page.body);
        // Whoever is somebody else is told so.
        let mut handler = reader(&house, "handler", Lang::En).await;
        let eve =
            NewVoice { name: "handler".into(), organisation: "CIRT".into(), role: String::new(), person: "eve".into() };
        join(&house.db, &crate::house::duty(), &one.id, &eve, NOON).await.unwrap();
        let join = format!("{path}/join");
        let told = handler.post(&join, &answer, &[("organisation", "CIRT"), ("role", "smith")]).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
        let at = "somebody else answers under this name and organisation";
        for part in [at, r#"id="organisation-wrong""#, r#"value="CIRT""#, r#"value="smith""#, "autofocus"] {
            assert!(told.body.contains(part), "{part}: {}", told.body);
        }
        let long = "smith ".repeat(30);
        let told = handler.post(&join, &answer, &[("organisation", "Yard"), ("role", &long)]).await;
        assert!(told.body.contains(r#"id="role-wrong""#) && told.body.contains(r#"value="Yard""#), "{}", told.body);
    });
}

#[test]
fn an_old_page_of_answers_says_what_is_kept_and_keeps_what_was_typed() {
    on_both(|house| async move {
        let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
        let path = format!("/framework/assessments/{}", one.id);
        let answer = format!("{path}/answer");
        let mut duty = reader(&house, "duty", Lang::En).await;
        duty.post(&format!("{path}/join"), &answer, &[("organisation", "CIRT")]).await;
        let first = [("section", "H"), ("level-H-1", "1"), ("version-H-1", "0"), ("comment-H-1", "wet")];
        duty.post(&answer, &answer, &first).await;
        let form = duty.page(&answer).await;
        assert!(form.body.contains(r#"name="version-H-1" value="1""#), "{}", form.body);
        let second = [("section", "H"), ("level-H-1", "2"), ("version-H-1", "1"), ("comment-H-1", "dry")];
        duty.post(&answer, &answer, &second).await;
        // The tab of before: H-1 is changed in it, H-2 is new.
        let old = [
            ("section", "H"),
            ("level-H-1", "4"),
            ("version-H-1", "1"),
            ("comment-H-1", "soaked"),
            ("level-H-2", "3"),
            ("version-H-2", "0"),
            ("go", "C"),
        ];
        let told = duty.post(&answer, &answer, &old).await;
        assert_eq!(told.status, StatusCode::CONFLICT);
        for words in
            ["One answer was not saved", "2 · Level 2", ">soaked</textarea>", r#"name="version-H-1" value="2""#]
        {
            assert!(told.body.contains(words), "{words}: {}", told.body);
        }
        assert!(told.body.contains("dry") && told.body.contains(r#"name="level-H-1" value="4" checked"#));
        let said = sheet(&house.db, &one.id, DAY).await.unwrap();
        let levels: Vec<_> = said.answers.iter().map(|one| (one.item.as_str(), one.level)).collect();
        assert_eq!(levels, [("H-1", Some(2)), ("H-2", Some(3))]);
        let now = [("section", "H"), ("level-H-1", "4"), ("version-H-1", "2"), ("comment-H-1", "soaked")];
        assert_eq!(duty.post(&answer, &answer, &now).await.status, StatusCode::SEE_OTHER);
        let moderate = duty.page(&format!("{path}/moderate")).await;
        for words in ["What it was before", "wet", "dry", "soaked"] {
            assert!(moderate.body.contains(words), "{words}: {}", moderate.body);
        }
        let long = "x".repeat(2_001);
        let long = [("section", "H"), ("level-H-1", "4"), ("version-H-1", "3"), ("comment-H-1", long.as_str())];
        let refused = duty.post(&answer, &answer, &long).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(&"x".repeat(2_001)), "what was typed is kept");
        for lang in ["ar", "fr"] {
            for page in [&path, &answer, &format!("{path}/moderate"), &format!("{path}/exchange")] {
                duty.page(&format!("{page}?lang={lang}")).await;
            }
        }
    });
}

#[test]
fn evidence_that_was_taken_back_is_shown_again_by_the_undo_beside_the_message() {
    on_both(|house| async move {
        let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
        let path = format!("/framework/assessments/{}", one.id);
        let answer = format!("{path}/answer");
        let mut duty = reader(&house, "duty", Lang::En).await;
        duty.post(&format!("{path}/join"), &answer, &[("organisation", "CIRT")]).await;
        let shown = [("section", "H"), ("item", "H-1"), ("label", "Minutes")];
        duty.upload(&format!("{path}/evidence"), &answer, &shown, "minutes.txt").await;
        let shown = async || sheet(&house.db, &one.id, DAY).await.unwrap().evidence;
        let id = shown().await[0].id.clone();
        let remove = format!("{path}/evidence/{id}/remove");
        duty.post(&remove, &answer, &[]).await;
        assert!(shown().await.is_empty());
        let told = duty.page(&answer).await;
        for part in [format!(r#"action="{remove}""#), r#"name="undo" value="1""#.into(), ">Undo</button>".into()] {
            assert!(told.body.contains(&part), "{part}: {}", told.body);
        }
        for _ in 0..2 {
            duty.post(&remove, &answer, &[("undo", "1")]).await;
            assert!(duty.page(&answer).await.body.contains("The evidence is there again"), "sent twice is once");
        }
        assert_eq!(shown().await.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), [id.as_str()]);
        assert_eq!(house.verbs(&one.id).await.iter().filter(|verb| *verb == "evidence_restored").count(), 1);
        // What a newer writing replaced does not come back beside it.
        let newer = [("section", "H"), ("item", "H-1"), ("label", "Minutes, signed"), ("replaces", id.as_str())];
        duty.upload(&format!("{path}/evidence"), &answer, &newer, "signed.txt").await;
        duty.post(&remove, &answer, &[("undo", "1")]).await;
        assert!(duty.page(&answer).await.body.contains("there is no such evidence"));
        assert_eq!(shown().await.iter().map(|one| one.label.as_str()).collect::<Vec<_>>(), ["Minutes, signed"]);
    });
}

#[test]
fn of_two_moderators_the_second_sees_what_the_first_recorded() {
    on_both(|house| async move {
        let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
        let moderate = format!("/framework/assessments/{}/moderate", one.id);
        let mut duty = reader(&house, "duty", Lang::En).await;
        let fields = |level, reason, version| {
            [("section", "H"), ("item", "H-1"), ("level", level), ("reason", reason), ("version", version)]
        };
        let first = duty.post(&moderate, &moderate, &fields("1", "dock", "0")).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER);
        let late = duty.post(&moderate, &moderate, &fields("4", "ocean", "0")).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        for words in
            ["1 · Level 1", "dock", ">ocean</textarea>", r#"name="version" value="1""#, "somebody else changed it"]
        {
            assert!(late.body.contains(words), "{words}: {}", late.body);
        }
        let stands = agreed(&house.db, &one.id).await.unwrap();
        assert_eq!(stands["H-1"].consensus.level, Some(1));
        duty.post(&moderate, &moderate, &fields("4", "ocean", "1")).await;
        let page = duty.page(&moderate).await;
        assert!(page.body.contains("Agreed before") && page.body.contains("dock"), "{}", page.body);
        assert_eq!(duty.post(&moderate, &moderate, &fields("", "", "1")).await.status, StatusCode::CONFLICT);
        assert_eq!(duty.post(&moderate, &moderate, &fields("", "", "2")).await.status, StatusCode::SEE_OTHER);
        assert!(agreed(&house.db, &one.id).await.unwrap().is_empty());
        // On the wall of a workshop, too.
        let wall = format!("/framework/workshop/{}", one.id);
        duty.post(&format!("{wall}/open"), &wall, &[]).await;
        duty.post(&format!("{wall}/step"), &wall, &[("do", "reveal")]).await;
        let agree = format!("{wall}/agree");
        duty.post(&agree, &wall, &[("item", "H-1"), ("level", "2"), ("reason", "room"), ("version", "0")]).await;
        let late = [("item", "H-1"), ("level", "3"), ("reason", "hall"), ("version", "0")];
        let late = duty.post(&agree, &wall, &late).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        for words in ["room", ">hall</textarea>", r#"name="version" value="3""#, r#"value="3" selected"#] {
            assert!(late.body.contains(words), "{words}: {}", late.body);
        }
    });
}

#[test]
fn a_moderator_changes_the_marking_and_withdraws_who_does_not_count() {
    on_both(|house| async move {
        let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
        let path = format!("/framework/assessments/{}", one.id);
        table(&house, &one.id, "item,respondent,organisation,level\nH-1,Ana,Port,2\nH-1,Ben,Yard,4\n").await;
        let ben = respondents(&house.db, &one.id).await.unwrap().pop().unwrap().voice.id;
        let mut duty = reader(&house, "duty", Lang::En).await;
        let withdraw = format!("{path}/respondents/{ben}/withdraw");
        duty.post(&withdraw, &path, &[]).await;
        let page = duty.page(&path).await;
        assert!(page.body.contains("<h3>Withdrawn") && page.body.contains("count nowhere"), "{}", page.body);
        assert!(!duty.page(&format!("{path}/moderate")).await.body.contains("Ben"));
        let report = duty.get(&format!("{path}/report?format=md&in=en")).await;
        assert!(report.body.contains("Port") && !report.body.contains("Yard"), "{}", report.body);
        duty.post(&format!("{path}/respondents/{ben}/restore"), &path, &[]).await;
        assert!(!duty.page(&path).await.body.contains("<h3>Withdrawn"));
        let fields = |subject, tlp, version| [("subject", subject), ("tlp", tlp), ("version", version)];
        duty.post(&format!("{path}/edit"), &path, &fields("The <navy>", "AMBER+STRICT", "1")).await;
        let page = duty.page(&path).await;
        assert!(page.body.contains("The &#60;navy&#62;") && page.body.contains("was changed"), "{}", page.body);
        duty.post(&format!("{path}/edit"), &path, &fields("The fleet", "CLEAR", "1")).await;
        let page = duty.page(&path).await;
        assert!(page.body.contains("somebody else changed it since"), "{}", page.body);
        assert_eq!(get(&house.db, &crate::house::duty(), &one.id).await.unwrap().unwrap().tlp, Tlp::AmberStrict);
        let mut handler = reader(&house, "handler", Lang::En).await;
        let page = handler.page(&path).await;
        assert!(!page.body.contains("/withdraw") && !page.body.contains(&format!("{path}/edit")), "{}", page.body);
        for refused in [&withdraw, &format!("{path}/edit")] {
            let did = handler.post(refused, &format!("{path}/answer"), &[]).await;
            assert_eq!(did.status, StatusCode::FORBIDDEN, "{refused}");
        }
    });
}

#[test]
fn programs_edit_withdraw_agree_and_read_what_was_before() {
    on_both(|house| async move {
        let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
        let router = crate::pages::program(&house).await.0;
        let mut tx = house.db.begin().await.unwrap();
        let scopes = vec![Right::ReadFramework, Right::ModerateAssessments, Right::AnswerAssessments];
        let new = NewToken { name: "voices".into(), scopes, days: 1, mailboxes: Default::default() };
        let token = make_token(&mut tx, "duty", "duty", &new, Micros::now()).await.unwrap();
        tx.commit().await.unwrap();
        let ask = async |method: &str, path: String, is: &str, body: Value| {
            let mut request = Request::builder()
                .method(method)
                .uri(path)
                .header("host", "127.0.0.1:8080")
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", "application/json");
            if !is.is_empty() {
                request = request.header("if-match", is);
            }
            let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
            let answer = router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
            let etag = answer.headers().get("etag").map_or("", |etag| etag.to_str().unwrap()).to_string();
            let status = answer.status().as_u16();
            let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            (status, etag, serde_json::from_slice::<Value>(&bytes).unwrap_or_default())
        };
        let path = format!("/api/v1/assessments/{}", one.id);
        let given = |organisation: &str, level: i64| json!({ "organisation": organisation, "answers": [{ "item": "H-1", "level": level }] });
        let answers = || format!("{path}/answers");
        // Another person is known as the owner of the token there: nothing is written into their voice.
        let eve =
            NewVoice { name: "duty".into(), organisation: "CIRT".into(), role: String::new(), person: "eve".into() };
        join(&house.db, &duty(), &one.id, &eve, NOON).await.unwrap();
        let (status, _, told) = ask("POST", answers(), "", given("CIRT", 1)).await;
        assert_eq!((status, told["reason"].as_str()), (409, Some("name-taken")), "{told}");
        assert!(sheet(&house.db, &one.id, DAY).await.unwrap().answers.is_empty());
        assert_eq!(ask("POST", answers(), "", given("Port", 1)).await.0, 200);
        assert_eq!(ask("POST", answers(), "", given("Yard", 3)).await.0, 200, "they are one, wherever they are from");
        assert_eq!(respondents(&house.db, &one.id).await.unwrap().len(), 2);

        let consensus = || format!("{path}/items/H-1/consensus");
        let (_, etag, nothing) = ask("GET", consensus(), "", Value::Null).await;
        assert_eq!((etag.as_str(), &nothing["agreed"]), ("\"0\"", &Value::Null));
        let verdict = |level: i64| json!({ "level": level, "reason": "seen" });
        assert_eq!(ask("PUT", consensus(), "", verdict(1)).await.0, 428);
        let (status, etag, stands) = ask("PUT", consensus(), "\"0\"", verdict(1)).await;
        assert_eq!((status, etag.as_str(), stands["agreed"]["level"].as_i64()), (200, "\"1\"", Some(1)), "{stands}");
        assert_eq!(ask("PUT", consensus(), "\"0\"", verdict(2)).await.0, 412);
        assert_eq!(ask("PUT", consensus(), "\"1\"", verdict(2)).await.0, 200);
        assert_eq!(ask("PUT", consensus(), "*", json!({})).await.2["agreed"], Value::Null);
        let none = format!("{path}/items/H/consensus");
        assert_eq!(ask("GET", none, "", Value::Null).await.0, 404);
        let (status, _, history) = ask("GET", format!("{path}/items/H-1/history"), "", Value::Null).await;
        assert_eq!(status, 200);
        assert_eq!(history["answers"][0]["level"], 3);
        assert_eq!(
            (&history["answers_before"][0]["level"], &history["answers_before"][0]["who"]),
            (&1.into(), &"duty".into())
        );
        assert_eq!(history["agreed_before"].as_array().unwrap().len(), 2);
        assert_eq!(history["agreed_before"][0]["ended"]["who"], "duty");

        let (_, _, all) = ask("GET", format!("{path}/respondents"), "", Value::Null).await;
        let who = all["items"].as_array().unwrap().iter().find(|one| one["person"] == "duty").unwrap();
        let who = format!("{path}/respondents/{}", who["id"].as_str().unwrap());
        let (status, _, gone) = ask("POST", format!("{who}/withdraw"), "", Value::Null).await;
        assert_eq!((status, gone["withdrawn"].as_bool()), (200, Some(true)), "{gone}");
        let (status, _, told) = ask("POST", answers(), "", given("Port", 2)).await;
        assert_eq!((status, told["reason"].as_str()), (409, Some("withdrawn")));
        assert_eq!(ask("POST", format!("{who}/restore"), "", Value::Null).await.2["withdrawn"], false);
        let stray = format!("{path}/respondents/none/withdraw");
        assert_eq!(ask("POST", stray, "", Value::Null).await.0, 404);

        let (_, etag, _) = ask("GET", path.clone(), "", Value::Null).await;
        let (status, _, now) = ask("PATCH", path.clone(), &etag, json!({ "tlp": "GREEN" })).await;
        assert_eq!(
            (status, now["tlp"].as_str(), now["subject"].as_str()),
            (200, Some("TLP:GREEN"), Some("The fleet")),
            "{now}"
        );
        assert_eq!(ask("PATCH", path.clone(), &etag, json!({ "subject": "The navy" })).await.0, 412);
        assert_eq!(ask("PATCH", path.clone(), "", json!({ "subject": "The navy" })).await.0, 428);
        assert_eq!(ask("PATCH", path.clone(), "*", json!({ "subject": "The navy" })).await.0, 200);
        assert_eq!(ask("PATCH", path.clone(), "*", json!({ "subject": " " })).await.0, 422);
    });
}
