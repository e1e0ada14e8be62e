//! The pages of kept designs and programmes, as a reader meets them.

use axum::http::StatusCode;
use manara_framework::catalogues::Shelf;
use manara_framework::designs::{design_answer, kept_designs};
use manara_framework::programmes::{Day, programmes, tasks_of};
use manara_model::{Micros, Tlp};
use manara_web::Lang;

use crate::house::{House, catalogue, duty, on_both};
use crate::pages::{Reader, reader};
use crate::programme::WOOD;

pub fn wood(house: &House) {
    let folder = house.folder.path().join("blocks");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("wood.yaml"), WOOD).expect("written");
}

/// An assessment, a kept and accepted design and a programme that began some days ago, made on the pages.
pub async fn made(house: &House, duty_officer: &mut Reader) -> (String, String) {
    let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
    let page = format!("/framework/assessments/{}/design", one.id);
    let shown = duty_officer.page(&format!("{page}?services=dry-dock&profile=harbour")).await;
    assert!(shown.body.contains("Keep this design"), "{}", shown.body);
    let fields = [("name", "A <fleet>"), ("aim", "first-year"), ("profile", "harbour"), ("services", "dry-dock")];
    let kept = duty_officer.post(&format!("/framework/assessments/{}/designs", one.id), &page, &fields).await;
    let design = kept.header("location").to_string();
    assert!(design.starts_with("/framework/designs/"), "{design}");
    duty_officer.post(&format!("{design}/state"), &design, &[("to", "accepted")]).await;
    let start = Day::of(Micros::now()).plus(-3).to_string();
    let fields =
        [("name", ""), ("start", start.as_str()), ("weekend", "fri,sat"), ("people", "3"), ("role-smith", "1")];
    let planned = duty_officer.post(&format!("{design}/programmes"), &design, &fields).await;
    let programme = planned.header("location").to_string();
    assert!(programme.starts_with("/framework/programmes/"), "{programme}");
    (design, programme)
}

#[test]
fn a_person_keeps_a_design_plans_it_and_accepts_a_task() {
    on_both(|house| async move {
        wood(&house);
        let mut duty_officer = reader(&house, "duty", Lang::En).await;
        assert!(duty_officer.page("/framework/designs").await.body.contains("No design is kept yet"));
        assert!(duty_officer.page("/framework/programmes").await.body.contains("No programme yet"));
        let (design, programme) = made(&house, &mut duty_officer).await;
        let kept = kept_designs(&house.db, &duty(), "", 9).await.unwrap().remove(0);
        assert_eq!(design_answer(&house.db, &duty(), &kept.id).await.unwrap()[0].blocks.len(), 3);
        let page = duty_officer.page(&design).await;
        assert!(page.body.contains("A &#60;fleet&#62;") && page.body.contains("Accepted"), "{}", page.body);
        let first = &design_answer(&house.db, &duty(), &kept.id).await.unwrap()[0].blocks[0];
        let name = Shelf::load(Some(house.folder.path())).blocks.get(&first.block).unwrap().name.of("en").to_string();
        assert!(page.body.contains(&format!("{design}/document?format=pdf")));
        let paper = duty_officer.get(&format!("{design}/document?format=md")).await;
        assert!(paper.status == StatusCode::OK && paper.body.contains(&name), "{name}: {}", paper.body);
        assert_eq!(duty_officer.get("/framework/designs/none/document").await.status, StatusCode::NOT_FOUND);
        assert!(duty_officer.page("/framework/designs?state=accepted").await.body.contains("&lt;fleet&gt;"));
        let page = duty_officer.page(&programme).await;
        assert!(
            page.body.contains("<svg")
                && page.body.contains("Critical path")
                && page.body.contains("should have begun")
        );
        let id = programme.rsplit('/').next().unwrap();
        let tasks = tasks_of(&house.db, id).await.unwrap();
        let task = format!("{programme}/tasks/{}", tasks[0].id);
        duty_officer.page(&task).await;
        duty_officer.post(&format!("{task}/step"), &task, &[("to", "started"), ("day", "")]).await;
        let page = duty_officer.page(&task).await;
        assert!(page.body.contains("The task has begun") && page.body.contains("Undo"), "{}", page.body);
        let soon = duty_officer.post(&format!("{task}/step"), &task, &[("to", "finished"), ("day", "soon")]).await;
        assert_eq!(soon.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(soon.body.contains("a day is written as 2027-01-04") && soon.body.contains(r#"value="soon""#));
        duty_officer.post(&format!("{task}/step"), &task, &[("to", "finished"), ("day", "")]).await;
        let change = [("owner", "Layla"), ("start", "2020-01-01"), ("end", "2020-01-02"), ("version", "3")];
        let early = duty_officer.post(&format!("{task}/change"), &task, &change).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in
            ["begins after what it needs", r#"value="Layla""#, r#"value="2020-01-01" required aria-invalid="true""#]
        {
            assert!(early.body.contains(part), "{part}: {}", early.body);
        }
        let stale = duty_officer
            .post(&format!("{task}/change"), &task, &[change[0], change[1], change[2], ("version", "1")])
            .await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        for part in ["Somebody else changed this", r#"value="Layla""#, r#"name="version" value="3""#, "Stands now"] {
            assert!(stale.body.contains(part), "{part}: {}", stale.body);
        }
        let long = "x".repeat(600);
        let refused = duty_officer
            .upload(&format!("{task}/accept"), &task, &[("proof", "It cuts."), ("evidence", long.as_str())], "cut.txt")
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        for part in [">It cuts.</textarea>", long.as_str(), r#"id="evidence-wrong""#, "Choose the file again"] {
            assert!(refused.body.contains(part), "{part}: {}", refused.body);
        }
        let accepted = duty_officer.upload(&format!("{task}/accept"), &task, &[("proof", "It cuts.")], "cut.txt").await;
        assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.body);
        let page = duty_officer.page(&task).await;
        assert!(page.body.contains("It cuts.") && page.body.contains("cut.txt"), "{}", page.body);
        let file = duty_officer.get(&format!("{task}/evidence")).await;
        assert_eq!((file.status, file.body.as_str()), (StatusCode::OK, "the file"));
        assert!(file.header("content-disposition").starts_with("attachment"));
        let risk = [("kind", "risk"), ("text", "A <storm>"), ("likelihood", "3"), ("impact", "2"), ("answer", "Wait")];
        duty_officer.post(&format!("{programme}/lines"), &programme, &risk).await;
        let page = duty_officer.page(&programme).await;
        assert!(page.body.contains("A &lt;storm&gt;"), "{}", page.body);
        let long = "storm ".repeat(100);
        for (fields, field, kept) in [
            (
                [("kind", "risk"), ("text", "A <flood>"), ("owner", long.as_str()), ("impact", "3")],
                "owner",
                "A &#60;flood&#62;",
            ),
            ([("kind", "handover"), ("text", long.as_str()), ("owner", ""), ("impact", "")], "text", long.as_str()),
        ] {
            let refused = duty_officer.post(&format!("{programme}/lines"), &programme, &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
            let at = format!(r#"id="{field}-wrong""#);
            for part in [kept, &at, "<details open>", "autofocus"] {
                assert_eq!(refused.body.matches(part).count(), 1, "{part}: {}", refused.body);
            }
        }
        let what_if =
            duty_officer.page(&format!("{programme}/what-if?start=2027-01-04&weekend=sat%2Csun&people=1")).await;
        assert!(what_if.body.contains("Tasks on other days") && what_if.body.contains("2027-"), "{}", what_if.body);
        for form in ["csv", "xml", "ics"] {
            let file = duty_officer.get(&format!("{programme}/export?format={form}")).await;
            assert!(file.header("content-disposition").contains(&format!(".{form}")), "{form}");
        }
        duty_officer.post(&format!("{programme}/state"), &programme, &[("to", "closed")]).await;
        assert!(duty_officer.page(&programme).await.body.contains("is not accepted yet"));
        assert_eq!(programmes(&house.db, &duty(), "", 9).await.unwrap().len(), 1);
    });
}

#[test]
fn a_refused_beginning_and_a_refused_design_keep_what_was_typed() {
    on_both(|house| async move {
        wood(&house);
        let mut head = reader(&house, "duty", Lang::En).await;
        let long = "Kept ".repeat(40);
        let fields = [("catalogue", "first-services"), ("subject", long.as_str()), ("kind", ""), ("tlp", "TLP:GREEN")];
        let refused = head.post("/framework/assessments", "/framework", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in [
            long.as_str(),
            r#"aria-describedby="subject-wrong""#,
            r#"value="TLP:GREEN" selected"#,
            r#"value="first-services" selected"#,
        ] {
            assert!(refused.body.contains(part), "{part}: {}", refused.body);
        }
        assert!(!refused.body.contains(r#"href="/framework/assessments?"#), "the list stays where it is");
        let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
        let page = format!("/framework/assessments/{}/design?services=dry-dock&profile=harbour", one.id);
        let fields = [("name", long.as_str()), ("aim", "effort"), ("profile", "harbour"), ("services", "dry-dock")];
        let refused = head.post(&format!("/framework/assessments/{}/designs", one.id), &page, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!((refused.body.matches(&long).count(), refused.body.matches(r#"id="name-wrong""#).count()), (1, 1));
        let (design, _) = made(&house, &mut head).await;
        let fields = [("name", "Kept"), ("start", "2027-02-01"), ("weekend", "fri,sat"), ("people", "0")];
        let refused = head.post(&format!("{design}/programmes"), &design, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in [r#"value="Kept""#, r#"value="2027-02-01""#, r#"value="fri,sat" selected"#, r#"id="people-wrong""#]
        {
            assert!(refused.body.contains(part), "{part}: {}", refused.body);
        }
    });
}

#[test]
fn two_designs_stand_side_by_side_and_their_pages_speak_three_languages() {
    on_both(|house| async move {
        wood(&house);
        let mut duty_officer = reader(&house, "duty", Lang::En).await;
        let (design, programme) = made(&house, &mut duty_officer).await;
        let kept = kept_designs(&house.db, &duty(), "", 9).await.unwrap().remove(0);
        let fields = [("name", "Less"), ("aim", "effort"), ("profile", "harbour"), ("services", "dry-dock")];
        let back = format!("/framework/assessments/{}/design", kept.assessment_id);
        let second =
            duty_officer.post(&format!("/framework/assessments/{}/designs", kept.assessment_id), &back, &fields).await;
        let second = second.header("location").rsplit('/').next().unwrap().to_string();
        let beside = duty_officer.page(&format!("{design}?with={second}")).await;
        assert!(beside.body.contains("Blocks only here") && beside.body.contains("Pine"), "{}", beside.body);
        let id = programme.rsplit('/').next().unwrap();
        let task = tasks_of(&house.db, id).await.unwrap().remove(3);
        let task = format!("{programme}/tasks/{}", task.id);
        let what_if = format!("{programme}/what-if");
        for lang in ["ar", "fr"] {
            let mut other = reader(&house, "duty", Lang::En).await;
            for page in ["/framework/designs", "/framework/programmes", &design, &programme, &task, &what_if] {
                let reply = other.page(&format!("{page}?lang={lang}")).await;
                assert!(reply.body.contains(&format!(r#"lang="{lang}""#)), "{page}");
            }
        }
    });
}

#[test]
fn who_looks_on_changes_nothing_and_who_works_accepts_nothing() {
    on_both(|house| async move {
        wood(&house);
        let mut duty_officer = reader(&house, "duty", Lang::En).await;
        let (design, programme) = made(&house, &mut duty_officer).await;
        let id = programme.rsplit('/').next().unwrap();
        let task = format!("{programme}/tasks/{}", tasks_of(&house.db, id).await.unwrap()[0].id);
        let mut viewer = reader(&house, "viewer", Lang::En).await;
        for page in [&design, &programme, &task] {
            let reply = viewer.page(page).await;
            assert!(!reply.body.contains("/step\"") && !reply.body.contains("/state\""), "{}", reply.body);
        }
        let mut handler = reader(&house, "handler", Lang::En).await;
        for (path, want) in [
            (format!("{design}/state"), StatusCode::FORBIDDEN),
            (format!("{programme}/state"), StatusCode::FORBIDDEN),
            (format!("{task}/change"), StatusCode::FORBIDDEN),
            (format!("{task}/step"), StatusCode::SEE_OTHER),
        ] {
            let reply = handler.post(&path, &task, &[("to", "started")]).await;
            assert_eq!(reply.status, want, "{path}");
        }
        for missing in ["/framework/designs/none", "/framework/programmes/none", &format!("{programme}/tasks/none")] {
            assert_eq!(viewer.get(missing).await.status, StatusCode::NOT_FOUND, "{missing}");
        }
        assert_eq!(viewer.get(&format!("{programme}/export?format=doc")).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(viewer.get(&format!("{programme}/what-if?start=soon")).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(viewer.get(&format!("{task}/evidence")).await.status, StatusCode::NOT_FOUND);
    });
}
