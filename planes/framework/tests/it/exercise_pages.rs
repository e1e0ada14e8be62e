//! The pages of exercises, as a reader meets them.

use axum::http::StatusCode;
use manara_framework::exercises::{Exercise, Lesson, exercise, save_exercise, save_lessons};
use manara_model::Tlp;
use manara_web::Lang;

use crate::exercise::{held, storm};
use crate::house::{NOON, duty, on_both};
use crate::pages::{Reader, Reply, reader};

const NEW: &str = "/framework/exercises/new";

/// The exercise a reply leads to.
fn id_of(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    reply.header("location").rsplit('/').next().unwrap().split('?').next().unwrap().to_string()
}

async fn planned(reader: &mut Reader, more: &[(&str, &str)]) -> Reply {
    let mut fields = vec![
        ("title", "Storm <night>"),
        ("kind", "tabletop"),
        ("state", "planned"),
        ("tlp", "AMBER"),
        ("day", "2026-01-10"),
        ("hours", "3"),
        ("minutes", "30"),
        ("people", "12"),
        ("organisations", "Grid\r\nHarbour pilots\r\n"),
        ("more", "Who leads\r\nA second way\r\n"),
        ("scenario", "The cable is gone."),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(more);
    reader.post("/framework/exercises/new/edit", NEW, &fields).await
}

#[test]
fn an_exercise_is_planned_held_and_learnt_from_on_pages() {
    on_both(|house| async move {
        let mut head = reader(&house, "duty", Lang::En).await;
        assert!(head.page("/framework").await.body.contains(r#"href="/framework/exercises""#));
        assert!(head.page("/framework/exercises").await.body.contains("Plan a tabletop of three hours"));
        let id = id_of(&planned(&mut head, &[]).await);
        let at = |rest: &str| format!("/framework/exercises/{id}{rest}");
        let page = head.page(&at("")).await.body;
        assert!(
            head.page("/framework/exercises").await.body.contains(">not held yet<"),
            "nothing was met or missed yet"
        );
        for words in [
            "Storm &#60;night&#62;",
            "3 hours 30 minutes",
            r#"href="/constituents/c1""#,
            "Harbour pilots",
            "Who leads",
            "The cable is gone.",
            "Was it held?",
            "The exercise is planned.",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let results =
            [("version", "1"), ("result-1", "met"), ("remark-1", ""), ("result-2", "partly"), ("remark-2", "Late")];
        let noted = head.post(&at("/results"), &at(""), &results).await;
        assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
        let page = head.page(&at("")).await.body;
        for words in ["1 of 2 objectives met", "Met in part", "Late", ">Held<"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let lessons = [
            ("version", "2"),
            ("lesson-id", ""),
            ("lesson", "Move the telephone"),
            ("owner", "handler"),
            ("due", "2026-01-01"),
            ("done", ""),
        ];
        head.post(&at("/lessons"), &at(""), &lessons).await;
        let list = head.page("/framework/exercises/lessons?show=late").await.body;
        assert!(list.contains("Move the telephone") && list.contains(">Late<"), "{list}");
        let one = exercise(&house.db, &duty(), &id).await.unwrap().unwrap();
        let done = at(&format!("/lessons/{}/done?back=list", one.lessons[0].id));
        head.post(&done, "/framework/exercises/lessons", &[]).await;
        let list = head.page("/framework/exercises/lessons").await.body;
        assert!(list.contains("Noted as done today."), "{list}");
        let undone = at(&format!("/lessons/{}/done?undo=yes", one.lessons[0].id));
        head.post(&undone, &at(""), &[]).await;
        assert!(head.page(&at("")).await.body.contains("The lesson is open again."));

        let edit = head.page(&at("/edit")).await.body;
        assert!(edit.contains(r#"name="objective" value="Who leads""#), "{edit}");
        head.post(&at("/withdraw"), &at(""), &[]).await;
        let list = head.page("/framework/exercises").await.body;
        assert!(list.contains("One withdrawn exercise") && list.contains("The exercise was withdrawn."), "{list}");
        assert!(head.page(&at("")).await.body.contains("It counts nowhere until it is restored"));
        assert_eq!(head.get(&at("/edit")).await.status, StatusCode::SEE_OTHER, "restored first");
        head.post(&at("/restore"), &at(""), &[]).await;
        assert!(head.page(&at("")).await.body.contains("The exercise is back."));
        for lang in ["ar", "fr"] {
            for path in [at(""), at("/edit"), "/framework/exercises".into(), "/framework/exercises/lessons".into()] {
                head.page(&format!("{path}?lang={lang}")).await;
            }
            head.page(&format!("{NEW}?lang={lang}")).await;
        }
    });
}

#[test]
fn a_form_that_is_refused_keeps_what_was_typed() {
    on_both(|house| async move {
        let mut head = reader(&house, "duty", Lang::En).await;
        for (field, value, says) in [
            ("title", " ", "the title has 1 to 300 characters"),
            ("day", "soon", "write the first day as 2026-11-22"),
            ("last", "2026-01-09", "it is not before the first"),
            ("hours", "many", "hours and minutes are whole numbers"),
            ("people", "-1", "the number of people"),
            ("kind", "party", "choose a kind"),
            ("state", "", "choose a state"),
            ("tlp", "PINK", "choose a marking"),
        ] {
            let reply = planned(&mut head, &[(field, value)]).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {}", reply.body);
            assert!(reply.body.contains(says) && reply.body.contains("Harbour pilots"), "{field}: {}", reply.body);
        }
        let long = format!("Good\r\n{}", "x".repeat(301));
        let reply = planned(&mut head, &[("more", &long)]).await;
        assert!(reply.body.contains("objective 2: the text has 1 to 300 characters"), "{}", reply.body);
        let names = format!("Grid\r\n{}", "x".repeat(121));
        let reply = planned(&mut head, &[("organisations", &names)]).await;
        assert!(reply.body.contains("organisation 2: a name has"), "{}", reply.body);

        let one = held(&house, "2026-01-10").await;
        let at = |rest: &str| format!("/framework/exercises/{}{rest}", one.id);
        let old = [("version", "1"), ("result-1", "not-met"), ("remark-1", "My words")];
        let stale = head.post(&at("/results"), &at(""), &old).await;
        assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(stale.body.contains("somebody else changed the exercise") && stale.body.contains("My words"));
        assert!(stale.body.contains(r#"name="version" value="2""#), "saving again decides for one's own words");
        let bad =
            [("version", "2"), ("lesson-id", ""), ("lesson", ""), ("owner", "Somebody"), ("due", ""), ("done", "")];
        let refused = head.post(&at("/lessons"), &at(""), &bad).await;
        assert!(
            refused.body.contains("lesson 1: the text has") && refused.body.contains("Somebody"),
            "{}",
            refused.body
        );
        let form = [
            ("version", "1"),
            ("title", "Mine"),
            ("kind", "drill"),
            ("state", "held"),
            ("tlp", "AMBER"),
            ("day", "2026-01-10"),
        ];
        let stale = head.post(&at("/edit"), &at("/edit"), &form).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(
            stale.body.contains("Somebody else changed this") && stale.body.contains("Stands now"),
            "{}",
            stale.body
        );
        assert!(stale.body.contains("Mine") && stale.body.contains(r#"name="version" value="2""#), "{}", stale.body);
    });
}

#[test]
fn lists_are_filtered_sorted_paged_and_taken_away() {
    on_both(|house| async move {
        let (db, who) = (&house.db, &duty());
        for number in 0..55 {
            let title = format!("Exercise {number:02}");
            let tlp = if number == 54 { Tlp::Red } else { Tlp::Amber };
            let day = if number < 3 { "2299-01-10".to_string() } else { format!("2026-01-{:02}", number % 12 + 1) };
            save_exercise(db, who, (&Exercise { title, tlp, ..storm(&day) }, None), NOON).await.unwrap();
        }
        let one = held(&house, "2025-12-01").await;
        let lesson = Lesson { text: "Learnt".into(), ..Lesson::default() };
        save_lessons(db, who, (&one.id, None), &[lesson], NOON).await.unwrap();
        let mut head = reader(&house, "duty", Lang::En).await;
        let at = |rest: &str| format!("/framework/exercises{rest}");
        for (path, rows) in [
            ("", 50),
            ("?rows=200", 55),
            ("?q=exercise+07", 1),
            ("?show=coming", 3),
            ("?show=unsaid&rows=200", 52),
            ("?kind=drill", 0),
            ("?state=held", 0),
        ] {
            let page = head.page(&at(path)).await.body;
            assert_eq!(page.matches(">Exercise ").count(), rows, "{path}");
        }
        let open = head.page(&at("?show=open")).await.body;
        assert!(open.contains(&one.id) && open.contains(">1 of 3<"), "{open}");
        let csv = head.get(&at("?format=csv")).await;
        assert_eq!(csv.body.lines().count(), 57);
        assert!(csv.body.contains("Grid; Harbour pilots"), "{}", csv.body);
        assert_eq!(head.get(&at("?format=json&q=exercise+07")).await.body.matches("Exercise 07").count(), 1);
        assert!(head.get(&at("/lessons?format=csv")).await.body.contains("Learnt"));
        let calendar = head.get(&at(".ics")).await;
        assert_eq!(calendar.body.matches("BEGIN:VEVENT").count(), 3, "{}", calendar.body);
        assert!(calendar.body.contains("SUMMARY:Tabletop: Exercise 00"), "{}", calendar.body);
        for bad in ["?sort=secret", "?kind=ships", "?after=x", "/lessons?show=x"] {
            assert_eq!(head.get(&at(bad)).await.status, StatusCode::BAD_REQUEST, "{bad}");
        }
    });
}

#[test]
fn everybody_does_what_their_role_lets_them() {
    on_both(|house| async move {
        let one = held(&house, "2026-01-10").await;
        let at = |rest: &str| format!("/framework/exercises/{}{rest}", one.id);
        let mut handler = reader(&house, "handler", Lang::En).await;
        let page = handler.page(&at("")).await.body;
        assert!(page.contains("Note the results") && page.contains("Write lessons") && !page.contains("/withdraw"));
        assert_eq!(handler.get(&at("/edit")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(handler.get(NEW).await.status, StatusCode::FORBIDDEN);
        let noted = handler.post(&at("/results"), &at(""), &[("version", "2"), ("result-1", "partly")]).await;
        assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
        let mut viewer = reader(&house, "viewer", Lang::En).await;
        let page = viewer.page(&at("")).await.body;
        assert!(!page.contains("Note the results") && !page.contains("Write lessons") && page.contains("Who leads"));
        assert_eq!(viewer.post(&at("/results"), &at(""), &[]).await.status, StatusCode::FORBIDDEN);
        let red = Exercise { tlp: Tlp::Red, ..storm("2026-01-12") };
        let red = save_exercise(&house.db, &duty(), (&red, None), NOON).await.unwrap();
        assert_eq!(viewer.get(&format!("/framework/exercises/{}", red.id)).await.status, StatusCode::NOT_FOUND);
        assert!(!viewer.page("/framework/exercises").await.body.contains(&red.id));
    });
}
