//! The pages of own tasks and days off, as a reader meets them.

use axum::http::StatusCode;
use manara_framework::programmes::{Day, nation_days_off, programme, tasks_of};
use manara_model::Micros;
use manara_web::Lang;

use crate::house::{duty, on_both};
use crate::pages::reader;
use crate::programme_pages::{made, wood};

#[test]
fn a_person_adds_a_task_changes_it_and_removes_it_with_undo() {
    on_both(|house| async move {
        wood(&house);
        let mut head = reader(&house, "duty", Lang::En).await;
        let (_, programme) = made(&house, &mut head).await;
        let id = programme.rsplit('/').next().unwrap();
        let own = format!("{programme}/own");
        let form = head.page(&own).await;
        assert!(form.body.contains("1. Axe") && form.body.contains("Needed by"), "{}", form.body);
        let typed =
            [("name", "Rent a <room>"), ("effort-high", "4"), ("role", "smith"), ("needs", "1"), ("needed-by", "2")];
        let added = head.post(&own, &own, &typed).await;
        let task = added.header("location").to_string();
        let page = head.page(&task).await;
        assert!(page.body.contains("The task was added") && page.body.contains("Undo"), "{}", page.body);
        assert!(
            page.body.contains("Rent a &lt;room&gt;") || page.body.contains("Rent a &#60;room&#62;"),
            "{}",
            page.body
        );
        let whole = head.page(&programme).await;
        assert!(whole.body.contains("&#60;room&#62;"), "{}", whole.body);
        // A circle is told by names, and what was typed stands there still.
        let task_id = task.rsplit('/').next().unwrap();
        let edit = format!("{own}?task={task_id}");
        assert!(head.page(&edit).await.body.contains("value=\"Rent a &#60;room&#62;\""));
        let round =
            [("task", task_id), ("name", "Rent a room"), ("effort-high", "9"), ("needs", "3"), ("needed-by", "3")];
        let refused = head.post(&own, &edit, &round).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("in a circle") && refused.body.contains("3. Dock"), "{}", refused.body);
        assert!(refused.body.contains("value=\"9\"") && refused.body.contains("role=\"alert\""), "{}", refused.body);
        let better =
            [("task", task_id), ("name", "Rent a room"), ("effort-high", "9"), ("needs", "1"), ("needed-by", "6")];
        assert_eq!(head.post(&own, &edit, &better).await.header("location"), task);
        let tasks = tasks_of(&house.db, id).await.unwrap();
        assert_eq!(
            (tasks[6].name.as_str(), tasks[6].effort, tasks[5].needs.as_slice()),
            ("Rent a room", [9, 9], [5, 7].as_slice())
        );
        let what_if = head.page(&format!("{programme}/what-if?start=2027-01-04&weekend=sat%2Csun&people=1")).await;
        assert!(what_if.body.contains("Rent a room"), "{}", what_if.body);
        // Begun, it goes only with a reason.
        head.post(&format!("{task}/step"), &task, &[("to", "started"), ("day", "")]).await;
        let remove = format!("{own}/{task_id}/remove");
        head.post(&remove, &task, &[]).await;
        assert!(head.page(&task).await.body.contains("say why it is removed"));
        head.post(&remove, &task, &[("why", "The town lends one.")]).await;
        let page = head.page(&programme).await;
        assert!(
            page.body.contains("The task was removed") && page.body.contains("The town lends one."),
            "{}",
            page.body
        );
        assert_eq!(head.get(&task).await.status, StatusCode::NOT_FOUND);
        let back = head.post(&format!("{own}/{task_id}/restore"), &programme, &[]).await;
        assert_eq!(back.header("location"), task);
        assert!(head.page(&task).await.body.contains("The task is back"));
        for lang in ["ar", "fr"] {
            for page in [&own, &edit, &task, &programme] {
                let mark = if page.contains('?') { '&' } else { '?' };
                let reply = head.page(&format!("{page}{mark}lang={lang}")).await;
                assert!(reply.body.contains(&format!(r#"lang="{lang}""#)), "{page}");
            }
        }
    });
}

#[test]
fn days_off_are_typed_pasted_and_taken_over() {
    on_both(|house| async move {
        wood(&house);
        let mut head = reader(&house, "duty", Lang::En).await;
        let (_, path) = made(&house, &mut head).await;
        let id = path.rsplit('/').next().unwrap();
        let nation = "/framework/days-off";
        assert!(head.page(nation).await.body.contains("No days off beside the weekends"));
        let day = Day::of(Micros::now()).plus(10).to_string();
        head.post(nation, nation, &[("do", "add"), ("day", &day), ("name", "Lighthouse <day>")]).await;
        let page = head.page(nation).await;
        assert!(page.body.contains("Lighthouse &lt;day&gt;") && page.body.contains("Undo"), "{}", page.body);
        let off = format!("{path}/days-off");
        let page = head.page(&off).await;
        assert!(page.body.contains("Take over one day off of the nation"), "{}", page.body);
        head.post(&off, &off, &[("do", "nation")]).await;
        let one = programme(&house.db, &duty(), id).await.unwrap().unwrap();
        assert_eq!((one.off.len(), &one.off), (1, &nation_days_off(&house.db).await.unwrap()));
        assert!(head.page(&path).await.body.contains("A grey stripe is a day off"));
        let list = format!("{off}/list");
        let wrong = head.upload_from(&list, &off, &[("text", "2027-05-02,Nets\nsoon,Boats\n")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.body);
        assert!(wrong.body.contains("Line 2:") && wrong.body.contains("soon,Boats"), "{}", wrong.body);
        let right = head.upload_from(&list, &off, &[("text", "2027-05-02,Nets\n"), ("whole", "yes")]).await;
        assert_eq!(right.status, StatusCode::SEE_OTHER, "{}", right.body);
        assert!(head.page(&off).await.body.contains("One day was read"));
        let csv = head.get(&format!("{off}?format=csv")).await;
        assert_eq!(csv.body, "date,name\n2027-05-02,Nets\n");
        head.post(&off, &off, &[("do", "remove"), ("day", "2027-05-02")]).await;
        assert!(programme(&house.db, &duty(), id).await.unwrap().unwrap().off.is_empty());
        let long = "Boats and nets ".repeat(6);
        for (day, name, field, why) in [
            ("soon", "Boats <day>", "day", "a day is written as 2027-01-04"),
            ("2027-05-02", long.as_str(), "name", "1 to 80 characters"),
        ] {
            let wrong = head.post(&off, &off, &[("do", "add"), ("day", day), ("name", name)]).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.body);
            let name = name.replace('<', "&#60;").replace('>', "&#62;");
            let (at, kept) =
                (format!(r#"id="{field}-wrong""#), [format!(r#"value="{day}""#), format!(r#"value="{name}""#)]);
            for part in [why, "autofocus", &at, &kept[0], &kept[1]] {
                assert!(wrong.body.contains(part), "{part}: {}", wrong.body);
            }
        }
        assert!(programme(&house.db, &duty(), id).await.unwrap().unwrap().off.is_empty());
        assert_eq!(head.post(&off, &off, &[("do", "what")]).await.status, StatusCode::BAD_REQUEST);
        for lang in ["ar", "fr"] {
            for page in [nation, &off] {
                let reply = head.page(&format!("{page}?lang={lang}")).await;
                assert!(reply.body.contains(&format!(r#"lang="{lang}""#)), "{page}");
            }
        }
    });
}

#[test]
fn who_looks_on_adds_no_task_and_no_day_off() {
    on_both(|house| async move {
        wood(&house);
        let mut head = reader(&house, "duty", Lang::En).await;
        let (_, path) = made(&house, &mut head).await;
        let mut viewer = reader(&house, "viewer", Lang::En).await;
        let off = format!("{path}/days-off");
        assert!(!viewer.page(&off).await.body.contains("name=\"do\""));
        assert!(!viewer.page(&path).await.body.contains("/own\""));
        assert_eq!(viewer.get(&format!("{path}/own")).await.status, StatusCode::FORBIDDEN);
        for post in [off.clone(), format!("{path}/own"), format!("{path}/own/x/remove"), "/framework/days-off".into()] {
            assert_eq!(viewer.post(&post, &path, &[("do", "add")]).await.status, StatusCode::FORBIDDEN, "{post}");
        }
        assert_eq!(head.get("/framework/programmes/none/own").await.status, StatusCode::NOT_FOUND);
        assert_eq!(head.get("/framework/programmes/none/days-off").await.status, StatusCode::NOT_FOUND);
        assert_eq!(head.get(&format!("{path}/own?task=none")).await.status, StatusCode::NOT_FOUND);
    });
}
