//! What was accepted, written and judged before is kept when somebody changes it.

use axum::http::StatusCode;
use manara_framework::assessments::{NewVoice, Refusal, Shown, add_evidence, join, judge, judged, judged_before};
use manara_framework::programmes::{
    Hindrance, LineChange, LineKind, NewLine, Proof, TaskState, accept_task, add_line, change_line, lines_of,
    past_lines, past_proofs, remove_line, removed_lines, restore_line, set_line_done, set_programme_state, step_task,
    task_of, tasks_of,
};
use manara_model::{Micros, Tlp};
use manara_web::{Lang, NewToken, Right, make_token};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::house::{NOON, catalogue, duty, on_both, person};
use crate::life::why;
use crate::pages::reader;
use crate::programme::{day, planned, refused, shelf};
use crate::programme_pages::{made, wood};

const LATER: Micros = Micros(NOON.0 + 3_600_000_000);

#[test]
fn a_task_that_is_opened_again_keeps_what_proved_it() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, tasks) = planned(&house, &shelf, manara_framework::programmes::People::default()).await;
        let (db, axe) = (&house.db, (one.id.as_str(), tasks[0].id.as_str()));
        let (head, first) = (person("head", Tlp::Red), day("2026-01-05"));
        let proof = |words: &str, sha256: &str| Proof {
            words: words.into(),
            evidence: "cut.txt".into(),
            sha256: sha256.into(),
        };
        accept_task(db, &duty(), axe, &proof("It cuts.", "aa"), NOON).await.unwrap();
        assert!(past_proofs(db, axe.0, axe.1).await.unwrap().is_empty(), "it stands");
        step_task(db, &head, axe, TaskState::Started, first, LATER).await.unwrap();
        let past = past_proofs(db, axe.0, axe.1).await.unwrap();
        assert_eq!((past.len(), &past[0].proof), (1, &proof("It cuts.", "aa")));
        assert_eq!((past[0].accepted_by.as_str(), past[0].accepted), ("duty", NOON));
        assert_eq!((past[0].opened_by.as_str(), past[0].opened), ("head", LATER));
        assert_eq!((past[0].begun, past[0].done), (Some(day("2026-01-15")), Some(day("2026-01-15"))));
        // Putting back what is not accepted adds nothing; a second acceptance does, also when it goes back to the beginning.
        step_task(db, &head, axe, TaskState::Open, first, LATER).await.unwrap();
        assert_eq!(past_proofs(db, axe.0, axe.1).await.unwrap().len(), 1);
        accept_task(db, &head, axe, &proof("It cuts well.", ""), LATER).await.unwrap();
        step_task(db, &duty(), axe, TaskState::Open, first, LATER).await.unwrap();
        let past = past_proofs(db, axe.0, axe.1).await.unwrap();
        let words: Vec<&str> = past.iter().map(|past| past.proof.words.as_str()).collect();
        assert_eq!(words, ["It cuts well.", "It cuts."], "newest first");
        assert!(past[0].version > past[1].version);
        assert!(past_proofs(db, "none", axe.1).await.unwrap().is_empty(), "only of its programme");
    });
}

#[test]
fn a_line_is_corrected_removed_and_brought_back() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, _) = planned(&house, &shelf, manara_framework::programmes::People::default()).await;
        let (db, id) = (&house.db, one.id.as_str());
        let new = NewLine {
            kind: LineKind::Risk,
            text: "A storm".into(),
            likelihood: 1,
            impact: 2,
            answer: "Wait".into(),
            owner: "Layla".into(),
        };
        let risk = add_line(db, &duty(), id, &new, NOON).await.unwrap();
        let at = (id, risk.id.as_str());
        let change = LineChange {
            text: Some("A long storm".into()),
            likelihood: Some(3),
            version: Some(1),
            ..LineChange::default()
        };
        let now = change_line(db, &person("head", Tlp::Red), at, &change, LATER).await.unwrap();
        assert_eq!((now.version, now.weight(), now.answer.as_str(), now.owner.as_str()), (2, 6, "Wait", "Layla"));
        assert_eq!(
            change_line(db, &duty(), at, &change, LATER).await.unwrap().version,
            2,
            "the same form twice is once"
        );
        let other = LineChange { text: Some("Fog".into()), ..change.clone() };
        assert_eq!(refused(change_line(db, &duty(), at, &other, LATER).await), Hindrance::StaleLine);
        let empty = LineChange { text: Some(String::new()), version: None, ..change.clone() };
        assert_eq!(refused(change_line(db, &duty(), at, &empty, LATER).await), Hindrance::Text);
        let past = past_lines(db, id, &risk.id).await.unwrap();
        assert_eq!((past.len(), past[0].text.as_str(), past[0].likelihood, past[0].version), (1, "A storm", 1, 1));
        assert_eq!((past[0].changed_by.as_str(), past[0].changed), ("head", LATER));
        // A usual line takes words of the team's, and gives them back.
        let usual = lines_of(db, id).await.unwrap().into_iter().find(|line| line.code == "money").unwrap();
        let said = |text: &str| LineChange { text: Some(text.into()), ..LineChange::default() };
        let paid = change_line(db, &duty(), (id, &usual.id), &said("The donor was told"), LATER).await.unwrap();
        assert_eq!((paid.code.as_str(), paid.text.as_str()), ("money", "The donor was told"));
        assert_eq!(change_line(db, &duty(), (id, &usual.id), &said(""), LATER).await.unwrap().text, "");
        // Removed it is nowhere; it comes back as it was, ticked off or not.
        set_line_done(db, &duty(), at, true, LATER).await.unwrap();
        assert_eq!(refused(remove_line(db, &duty(), at, Some(1), LATER).await), Hindrance::StaleLine);
        remove_line(db, &duty(), at, Some(2), LATER).await.unwrap();
        assert!(!lines_of(db, id).await.unwrap().iter().any(|line| line.id == risk.id));
        assert_eq!(refused(change_line(db, &duty(), at, &said("x"), LATER).await), Hindrance::NotFound);
        assert_eq!(refused(set_line_done(db, &duty(), at, false, LATER).await), Hindrance::NotFound);
        let gone = removed_lines(db, id).await.unwrap();
        assert_eq!((gone.len(), gone[0].by.as_str(), gone[0].line.text.as_str()), (1, "duty", "A long storm"));
        let back = restore_line(db, &duty(), at, LATER).await.unwrap();
        assert_eq!((back.text.as_str(), back.done, back.version), ("A long storm", Some(LATER), 4));
        assert_eq!(restore_line(db, &duty(), at, LATER).await.unwrap().version, 4, "it is there");
        assert_eq!(refused(restore_line(db, &duty(), (id, "none"), LATER).await), Hindrance::NotFound);
        assert!(removed_lines(db, id).await.unwrap().is_empty());
        let verbs = house.verbs(id).await;
        let want = [
            "programme_planned",
            "line_added",
            "line_changed",
            "line_changed",
            "line_changed",
            "line_done",
            "line_removed",
            "line_restored",
        ];
        assert_eq!(verbs, want);
        let hidden = remove_line(db, &person("x", Tlp::Green), at, None, LATER).await;
        assert_eq!(refused(hidden), Hindrance::NotFound);
    });
}

#[test]
fn a_closed_programme_keeps_its_lines_and_removed_ones_hold_nothing_up() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, tasks) = planned(&house, &shelf, manara_framework::programmes::People::default()).await;
        let (db, id) = (&house.db, one.id.as_str());
        let proof = Proof { words: "Seen".into(), ..Proof::default() };
        for task in &tasks {
            accept_task(db, &duty(), (id, &task.id), &proof, NOON).await.unwrap();
        }
        let lines = lines_of(db, id).await.unwrap();
        let (kept, gone) = lines.split_first().unwrap();
        for line in gone {
            remove_line(db, &duty(), (id, &line.id), None, NOON).await.unwrap();
        }
        assert_eq!(refused(set_programme_state(db, &duty(), id, true, NOON).await), Hindrance::Unfinished);
        set_line_done(db, &duty(), (id, &kept.id), true, NOON).await.unwrap();
        assert!(set_programme_state(db, &duty(), id, true, NOON).await.unwrap().is_closed);
        let change = LineChange { text: Some("x".into()), ..LineChange::default() };
        assert_eq!(refused(change_line(db, &duty(), (id, &kept.id), &change, NOON).await), Hindrance::Closed);
        assert_eq!(refused(remove_line(db, &duty(), (id, &kept.id), None, NOON).await), Hindrance::Closed);
        assert_eq!(refused(restore_line(db, &duty(), (id, &gone[0].id), NOON).await), Hindrance::Closed);
    });
}

#[test]
fn a_new_judgement_keeps_the_one_before() {
    on_both(|house| async move {
        let (db, boats) = (&house.db, catalogue("minima", 5));
        let one = house.begin(&boats, Tlp::Amber).await;
        let ana = NewVoice { name: "Ana".into(), organisation: "Port".into(), ..NewVoice::default() };
        let ana = join(db, &duty(), &one.id, &ana, NOON).await.unwrap();
        let log = Shown { item: "H-1".into(), label: "Log".into(), ..Shown::default() };
        let log = add_evidence(db, &duty(), (&one.id, &ana.id), &boats, &log, NOON).await.unwrap();
        let items = ["H-1".to_string()];
        assert!(judged(db, &one.id).await.unwrap().is_empty());
        let of = |level: Option<i64>, seen: i64| (log.id.as_str(), level, Some(seen));
        let head = person("head", Tlp::Red);
        judge(db, &duty(), &one.id, &boats, of(Some(2), 0), NOON).await.unwrap();
        judge(db, &duty(), &one.id, &boats, of(Some(2), 0), LATER).await.unwrap();
        assert!(judged_before(db, &one.id, &items).await.unwrap().is_empty(), "the same form twice is once");
        let late = judge(db, &head, &one.id, &boats, of(Some(4), 0), LATER).await;
        assert_eq!(why(late), Some(Refusal::Stale));
        judge(db, &head, &one.id, &boats, of(None, 1), LATER).await.unwrap();
        let stands = judged(db, &one.id).await.unwrap().remove(&log.id).unwrap();
        assert_eq!((stands.version, stands.supports, stands.who.as_str(), stands.at), (2, None, "head", Some(LATER)));
        let before = judged_before(db, &one.id, &items).await.unwrap();
        assert_eq!((before.len(), before[0].supports, before[0].who.as_str()), (1, Some(2), "duty"));
        assert_eq!((before[0].at, before[0].ended.clone()), (Some(NOON), Some(("head".to_string(), LATER))));
        assert!(judged_before(db, &one.id, &["C-1".to_string()]).await.unwrap().is_empty());
        // On the page of the moderator and for programs.
        let path = format!("/framework/assessments/{}", one.id);
        let mut reader = reader(&house, "duty", Lang::En).await;
        let page = reader.page(&format!("{path}/moderate")).await;
        for words in ["Judged once before", "2 · Level 2", r#"name="version" value="2""#] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let fields = [("evidence", log.id.as_str()), ("level", "3"), ("version", "1")];
        reader.post(&format!("{path}/judge"), &format!("{path}/moderate"), &fields).await;
        let page = reader.page(&format!("{path}/moderate")).await;
        assert!(page.body.contains("somebody else changed it since"), "{}", page.body);
        let told =
            asked(&house, "GET", &format!("/api/v1/assessments/{}/items/H-1/history", one.id), Value::Null).await;
        assert_eq!(told.0, 200, "{}", told.1);
        let evidence = &told.1["evidence"][0];
        assert_eq!((&evidence["judged"]["judged_by"], &evidence["judged"]["version"]), (&json!("head"), &json!(2)));
        assert_eq!(evidence["judged_before"][0]["supports"], 2);
    });
}

/// What a program of the duty officer is told.
async fn asked(house: &crate::house::House, method: &str, path: &str, body: Value) -> (u16, Value) {
    let router = reader(house, "duty", Lang::En).await.router;
    let mut tx = house.db.begin().await.unwrap();
    let scopes = vec![Right::ReadFramework, Right::ModerateAssessments, Right::AnswerAssessments];
    let new = NewToken { name: uuid::Uuid::now_v7().to_string(), scopes, days: 1, mailboxes: Default::default() };
    let token = make_token(&mut tx, "duty", "duty", &new, Micros::now()).await.unwrap();
    tx.commit().await.unwrap();
    let request = axum::http::Request::builder()
        .method(method)
        .uri(path)
        .header("host", "127.0.0.1:8080")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json");
    let body = if body.is_null() { axum::body::Body::empty() } else { axum::body::Body::from(body.to_string()) };
    let answer = router.oneshot(request.body(body).unwrap()).await.unwrap();
    let status = answer.status().as_u16();
    let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

#[test]
fn a_person_corrects_a_line_and_sees_what_it_said_and_what_proved_a_task() {
    on_both(|house| async move {
        wood(&house);
        let mut head = reader(&house, "duty", Lang::En).await;
        let (_, programme) = made(&house, &mut head).await;
        let id = programme.rsplit('/').next().unwrap();
        let task = tasks_of(&house.db, id).await.unwrap().remove(0);
        let path = format!("{programme}/tasks/{}", task.id);
        head.upload(&format!("{path}/accept"), &path, &[("proof", "It <cuts>.")], "cut.txt").await;
        head.post(&format!("{path}/step"), &path, &[("to", "started"), ("day", "")]).await;
        let page = head.page(&path).await;
        for words in ["Accepted once before", "It &lt;cuts&gt;.", "cut.txt", "evidence?version="] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let (_, rest) = page.body.split_once("evidence?version=").unwrap();
        let version = rest.split('"').next().unwrap();
        let file = head.get(&format!("{path}/evidence?version={version}")).await;
        assert_eq!((file.status, file.body.as_str()), (StatusCode::OK, "the file"));
        assert_eq!(head.get(&format!("{path}/evidence?version=99")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(head.get(&format!("{path}/evidence")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(task_of(&house.db, id, &task.id).await.unwrap().unwrap().proof, "");
        let told = asked(&house, "GET", &format!("/api/v1/programmes/{id}/tasks/{}", task.id), Value::Null).await.1;
        assert_eq!(told["accepted_before"][0]["proof"], "It <cuts>.", "{told}");

        let risk = [("kind", "risk"), ("text", "A <storm>"), ("likelihood", "3"), ("impact", "2"), ("answer", "Wait")];
        head.post(&format!("{programme}/lines"), &programme, &risk).await;
        let line = lines_of(&house.db, id).await.unwrap().into_iter().find(|line| line.kind == LineKind::Risk).unwrap();
        let path = format!("{programme}/lines/{}", line.id);
        assert!(head.page(&programme).await.body.contains(&format!("href=\"{path}\"")));
        let page = head.page(&path).await;
        assert!(page.body.contains("value=\"A &#60;storm&#62;\""), "{}", page.body);
        let fields = |text: &'static str, version: &'static str| {
            [
                ("text", text),
                ("likelihood", "1"),
                ("impact", "1"),
                ("answer", "Go"),
                ("owner", "Ali"),
                ("version", version),
            ]
        };
        let done = head.post(&format!("{path}/change"), &path, &fields("A <long> storm", "1")).await;
        assert_eq!(done.header("location"), programme);
        assert!(head.page(&programme).await.body.contains("The line was corrected"));
        // The tab of before: what is kept is shown beside what was typed.
        let stale = head.post(&format!("{path}/change"), &path, &fields("Fog", "1")).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        for words in ["somebody else changed this line", "A &lt;long&gt; storm", "value=\"Fog\"", "value=\"2\""] {
            assert!(stale.body.contains(words), "{words}: {}", stale.body);
        }
        let empty = head.post(&format!("{path}/change"), &path, &fields(" ", "2")).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("role=\"alert\"") && empty.body.contains("What it said before"), "{}", empty.body);
        let old = head.post(&format!("{path}/remove"), &path, &[("version", "1")]).await;
        assert_eq!(old.status, StatusCode::CONFLICT);
        head.post(&format!("{path}/remove"), &path, &[("version", "2")]).await;
        let page = head.page(&programme).await;
        for words in ["The line was removed", "Undo", "One removed line", "Bring back"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        assert_eq!(head.get(&path).await.status, StatusCode::NOT_FOUND);
        head.post(&format!("{path}/restore"), &programme, &[]).await;
        assert!(head.page(&programme).await.body.contains("The line is back"));
        // A usual line that is sent as it is shown keeps its words in every language.
        let usual = lines_of(&house.db, id).await.unwrap().into_iter().find(|line| line.code == "money").unwrap();
        let usual_path = format!("{programme}/lines/{}", usual.id);
        let words = "Accounts are settled with everybody who paid.";
        let same = [("text", words), ("usual", words), ("version", "1")];
        head.post(&format!("{usual_path}/change"), &usual_path, &same).await;
        let kept = lines_of(&house.db, id).await.unwrap().into_iter().find(|line| line.code == "money").unwrap();
        assert_eq!((kept.text.as_str(), kept.version), ("", 1));
        for lang in ["ar", "fr"] {
            for page in [&path, &usual_path, &programme] {
                let reply = head.page(&format!("{page}?lang={lang}")).await;
                assert!(reply.body.contains(&format!(r#"lang="{lang}""#)), "{page}");
            }
        }
        let mut viewer = reader(&house, "viewer", Lang::En).await;
        assert_eq!(viewer.get(&path).await.status, StatusCode::FORBIDDEN);
        assert!(!viewer.page(&programme).await.body.contains(&path), "who looks on is offered nothing");
    });
}

#[test]
fn programs_correct_and_remove_lines() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, _) = planned(&house, &shelf, manara_framework::programmes::People::default()).await;
        let lines = format!("/api/v1/programmes/{}/lines", one.id);
        let made = asked(&house, "POST", &lines, json!({ "kind": "risk", "text": "Fog" })).await;
        let line = format!("{lines}/{}", made.1["id"].as_str().unwrap());
        let (status, now) =
            asked(&house, "POST", &format!("{line}/change"), json!({ "text": "Dew", "version": 1 })).await;
        assert_eq!((status, &now["text"], &now["version"]), (200, &json!("Dew"), &json!(2)), "{now}");
        let (status, told) =
            asked(&house, "POST", &format!("{line}/change"), json!({ "text": "Ice", "version": 1 })).await;
        assert_eq!((status, &told["reason"]), (409, &json!("stale-line")), "{told}");
        let (_, whole) = asked(&house, "GET", &line, Value::Null).await;
        assert_eq!((&whole["before"][0]["text"], &whole["before"][0]["changed_by"]), (&json!("Fog"), &json!("duty")));
        assert_eq!(asked(&house, "POST", &format!("{line}/removal"), json!({ "version": 2 })).await.0, 200);
        assert_eq!(asked(&house, "GET", &line, Value::Null).await.0, 404);
        let (_, all) = asked(&house, "GET", &lines, Value::Null).await;
        assert_eq!((all["items"].as_array().unwrap().len(), &all["removed"][0]["text"]), (9, &json!("Dew")), "{all}");
        assert_eq!(asked(&house, "POST", &format!("{line}/restoration"), Value::Null).await.1["text"], "Dew");
        assert_eq!(asked(&house, "GET", "/api/v1/programmes/none/lines", Value::Null).await.0, 404);
    });
}

#[test]
fn every_table_of_the_plane_is_backed_up() {
    let scripts = manara_framework::SCHEMA.migrations.iter().map(|migration| migration.sql);
    let mut made: Vec<&str> = scripts
        .flat_map(|sql| sql.split("CREATE TABLE ").skip(1))
        .map(|rest| rest.split([' ', '(', '\n']).next().unwrap())
        .collect();
    let mut listed = manara_framework::SCHEMA.tables.to_vec();
    made.sort_unstable();
    listed.sort_unstable();
    assert_eq!(made, listed, "what is not listed is not backed up");
}

#[test]
fn what_was_judged_before_the_history_began_is_the_first_judgement() {
    on_both(|house| async move {
        let db = &house.db;
        let boats = catalogue("minima", 5);
        let one = house.begin(&boats, Tlp::Amber).await;
        let ana = NewVoice { name: "Ana".into(), organisation: "Port".into(), ..NewVoice::default() };
        let ana = join(db, &duty(), &one.id, &ana, NOON).await.unwrap();
        let log = Shown { item: "H-1".into(), label: "Log".into(), ..Shown::default() };
        let log = add_evidence(db, &duty(), (&one.id, &ana.id), &boats, &log, NOON).await.unwrap();
        // As the step to this version leaves what an older one judged.
        let mut tx = db.begin().await.unwrap();
        let old =
            "UPDATE framework_evidence SET supports = 2, judged_by = 'duty', judged = $2, judgement = 1 WHERE id = $1";
        tx.run(old, &[(&log.id).into(), NOON.into()]).await.unwrap();
        tx.commit().await.unwrap();
        judge(db, &person("head", Tlp::Red), &one.id, &boats, (&log.id, Some(3), Some(1)), LATER).await.unwrap();
        let before = judged_before(db, &one.id, &["H-1".to_string()]).await.unwrap();
        assert_eq!((before.len(), before[0].version, before[0].supports), (1, 1, Some(2)));
        assert_eq!(judged(db, &one.id).await.unwrap()[&log.id].version, 2);
    });
}
