//! Answers by the link in a letter, as a constituent and as a stranger meet it.

use axum::http::StatusCode;
use manara_model::{Micros, Viewer};
use manara_store::{Journal, JournalFilter};
use manara_warning::{
    Given, Pass, Refusal, ReturnedInput, Said, Via, answers_of_findings, answers_of_submission, approve, bounces,
    came_back, cancel, give_answers, help_given, opened, redraft, send_due,
};
use manara_web::Role;
use uuid::Uuid;

use crate::house::{House, MINUTE, NOON, constituent, finding, input, links, on_both};
use crate::pages::{Reader, Reply, door};

/// Sends one notice to each of two constituents; gives their ids.
async fn told(house: &House, now: Micros) -> (String, String) {
    let all = [constituent("a", "ar"), constituent("b", "fr")];
    let findings = [
        finding("f1", "a", "192.0.2.1"),
        finding("f2", "a", "192.0.2.2"),
        finding("f3", "a", "192.0.2.3"),
        finding("f4", "a", "192.0.2.4"),
        finding("g1", "b", "198.51.100.1"),
    ];
    let report = house.compose(&input(&all, &findings), now).await;
    house.fill(now).await;
    approve(&house.db, &report.drafted, "amina", None, now).await.expect("approved");
    assert_eq!(
        send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, now).await.expect("sent").sent.len(),
        2
    );
    (report.drafted[0].clone(), report.drafted[1].clone())
}

async fn path_of(house: &House, id: &str) -> String {
    let address = house.links.address(&house.get(id).await.notice).expect("a link");
    address.strip_prefix("https://cirt.example").expect("of the house").to_string()
}

fn tag(reply: &Reply) -> String {
    let (_, rest) = reply.body.split_once(r#"name="tag" value=""#).expect("a form");
    rest.split('"').next().expect("a tag").to_string()
}

fn upload(tag: &str, table: &str) -> String {
    format!(
        "--edge\r\ncontent-disposition: form-data; name=\"tag\"\r\n\r\n{tag}\r\n\
         --edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{table}\r\n--edge--\r\n"
    )
}

async fn entries(house: &House, verb: &str) -> Vec<manara_model::Entry> {
    let all = Journal::page(&house.db, &JournalFilter::default(), 1_000).await.expect("read");
    all.into_iter().filter(|entry| entry.verb == verb).collect()
}

#[test]
fn a_letter_that_came_back_is_noted_once_however_much_was_done_since() {
    on_both(|house: House| async move {
        let (id, _) = told(&house, NOON).await;
        let failed = [ReturnedInput { mail: "abuse@a.example".into(), may_help: true, said: "mailbox full".into() }];
        let heard = async || came_back(&house.db, (&id, "report-1"), &failed, NOON).await.expect("noted");
        assert_eq!(heard().await, 1);
        let mut tx = house.db.begin().await.expect("begun");
        let lines = vec![("notice_opened", id.as_str(), "{}"); 1_100];
        Journal::write_many(&mut tx, "manara", "warning", &lines, NOON).await.expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(heard().await, 0);
    });
}

async fn said(house: &House, finding: &str) -> Vec<(Said, String)> {
    let rows = answers_of_findings(&house.db, &Viewer::system(), &[finding.to_string()], 50).await.expect("read");
    rows.into_iter().map(|row| (row.said, row.comment)).collect()
}

#[test]
fn a_constituent_answers_its_own_rows_in_its_language_without_an_account() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let now = Micros::now();
        let (a, b) = told(&house, now).await;
        let mut duty = sign_in(Role::Duty).await;
        let mut reader = Reader { router: duty.router.clone(), cookies: Vec::new() };
        let path = path_of(&house, &a).await;

        let page = reader.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains(r#"lang="ar" dir="rtl""#) && page.body.contains("Constituent a"), "{}", page.body);
        for asset in ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"] {
            assert!(page.body.contains(&format!(r#"<bdi dir="ltr" class="mono">{asset}</bdi>"#)), "{asset}");
        }
        for foreign in
            ["198.51.100.1", "Constituent b", "/findings", "/notices", "/logout", "/login", "<script", " style="]
        {
            assert!(!page.body.contains(foreign), "{foreign} in {}", page.body);
        }
        assert_eq!(page.header("set-cookie"), "", "no cookie at all");
        assert!(reader.cookies.is_empty());
        assert_eq!((page.header("referrer-policy"), page.header("cache-control")), ("no-referrer", "no-store"));
        assert!(page.header("content-security-policy").contains("default-src 'none'"));
        for lang in ["en", "fr"] {
            let mut other = Reader { router: duty.router.clone(), cookies: Vec::new() };
            let page = other.page(&format!("{path}?lang={lang}")).await;
            assert!(page.contains(&format!(r#"lang="{lang}" dir="ltr""#)), "{page}");
        }
        assert_eq!(house.get(&a).await.notice.answered, 0, "to look is not to answer");

        // Rows: one fixed, one with a comment and no answer, one nonsense.
        let tag = tag(&page);
        let rows = [
            ("tag", tag.as_str()),
            ("for", "rows"),
            ("answer.f1", "fixed"),
            ("comment.f1", "patched"),
            ("answer.f2", ""),
            ("comment.f2", "and now?"),
            ("answer.f3", "perhaps"),
            ("answer.g1", "fixed"),
        ];
        let reply = reader.send("POST", &path, Some(&rows)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reply.body.contains("and now?") && reply.body.contains("هناك تعليق بلا رد"), "{}", reply.body);
        assert_eq!(said(&house, "f1").await, [(Said::Fixed, "patched".to_string())], "good rows are kept");
        assert!(said(&house, "f2").await.is_empty() && said(&house, "g1").await.is_empty(), "of another notice");

        let rows = [("tag", tag.as_str()), ("answer.f1", "fixed"), ("comment.f1", "patched"), ("answer.f2", "false")];
        let reply = reader.send("POST", &path, Some(&rows)).await;
        assert_eq!(
            (reply.status, reply.header("location")),
            (StatusCode::SEE_OTHER, &*format!("{path}?kept=1&same=1"))
        );
        let reply = reader.send("POST", &path, Some(&rows)).await;
        assert_eq!(reply.header("location"), format!("{path}?kept=0&same=2"), "the same form twice is one answer");
        assert_eq!(said(&house, "f1").await.len(), 1);
        reader.page(&format!("{path}?kept=1&same=1")).await;

        // One answer for all that have none; then somebody changes their mind.
        let all = [("tag", tag.as_str()), ("for", "all"), ("said", "help"), ("which", "open"), ("comment", "call us")];
        let reply = reader.send("POST", &path, Some(&all)).await;
        assert_eq!(reply.header("location"), format!("{path}?kept=2&same=0"));
        let rows = [("tag", tag.as_str()), ("answer.f3", "received")];
        reader.send("POST", &path, Some(&rows)).await;
        let f3 = answers_of_findings(&house.db, &Viewer::system(), &["f3".to_string()], 10).await.expect("read");
        assert_eq!((f3[0].said, f3[0].before, f3[1].said), (Said::Received, Some(Said::Help), Said::Help));
        let notice = house.get(&a).await.notice;
        assert_eq!((notice.answered, notice.helps), (4, 1));

        // The table: good lines are kept, the others told.
        let table = reader.get(&format!("{path}/answers.csv")).await;
        assert!(
            table.header("content-disposition").contains("N-2026")
                || table.header("content-disposition").contains("-answers.csv")
        );
        assert!(
            table.body.contains("finding,asset,subject,answer,comment\r\nf1,192.0.2.1,citadel,fixed,patched"),
            "{}",
            table.body
        );
        let filled = table.body.replace("f2,192.0.2.2,citadel,false,", "f2,192.0.2.2,citadel,corrigé,now")
            + "g1,x,x,fixed,\r\nf9,x,x,fixed,\r\nf1,x,x,perhaps,\r\n";
        let kind = "multipart/form-data; boundary=edge";
        let reply = reader.send_body("POST", &format!("{path}/table"), kind, upload(&tag, &filled)).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
        assert_eq!(reply.body.matches("هذا المكتشف ليس من هذا الإشعار").count(), 2, "{}", reply.body);
        assert!(reply.body.contains("الرد ليس واحدًا من"), "{}", reply.body);
        assert_eq!(said(&house, "f2").await.first(), Some(&(Said::Fixed, "now".to_string())));
        let reply = reader.send_body("POST", &format!("{path}/table"), kind, upload(&tag, "a,b\n")).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reply.body.contains("finding"), "{}", reply.body);

        // A form that our page did not make changes nothing.
        for wrong in ["", "AAAA", &links().form_tag("another")] {
            let rows = [("tag", wrong), ("answer.f1", "false")];
            assert_eq!(reader.send("POST", &path, Some(&rows)).await.status, StatusCode::NOT_FOUND);
            let reply = reader
                .send_body("POST", &format!("{path}/table"), kind, upload(wrong, "finding,answer\nf1,false\n"))
                .await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(said(&house, "f1").await.len(), 1);

        // What the team sees.
        let given = entries(&house, "answers_given").await;
        assert!(given.iter().all(|entry| entry.record == a && entry.who == "constituent"), "{given:?}");
        let one = duty.page(&format!("/notices/{a}")).await;
        assert!(one.contains("patched") && one.contains("/notices/help-given"), "{one}");
        assert!(!one.contains("/a/") && !one.contains("⟦"), "the link is not for everybody: {one}");
        assert!(duty.page("/notices?answered=help").await.contains(&house.get(&a).await.notice.number));
        let none = duty.page("/notices?answered=none").await;
        assert!(
            none.contains(&house.get(&b).await.notice.number) && !none.contains(&house.get(&a).await.notice.number)
        );
        assert!(duty.page("/notices?answered=all").await.contains(&house.get(&a).await.notice.number));
        let message = duty.page(&format!("/notices/mailbox/{a}")).await;
        assert!(message.contains(&path), "in the box the letter stands as it left");
        let mut viewer = sign_in(Role::Viewer).await;
        let message = viewer.page(&format!("/notices/mailbox/{a}")).await;
        assert!(!message.contains("/a/") && message.contains("lien de cette notification"), "{message}");
        assert_eq!(viewer.get(&format!("/notices/mailbox/{a}/message.eml")).await.status, StatusCode::FORBIDDEN);
        let reply = duty.post("/notices/help-given", "/notices", &[("id", &a), ("back", "/notices")]).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER);
        assert_eq!(house.get(&a).await.notice.helps, 0);
        assert_eq!(help_given(&house.db, std::slice::from_ref(&a), "duty", Micros::now()).await.expect("noted"), 0);

        // Somebody of the team who opens the link is nobody there.
        let page = duty.get(&path).await;
        assert!(
            page.status == StatusCode::OK && !page.body.contains("/logout") && page.header("set-cookie").is_empty()
        );
    });
}

#[test]
fn every_bad_link_gets_the_same_page_and_is_written_down_without_the_link() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let now = Micros::now();
        let (a, b) = told(&house, now).await;
        let reader = sign_in(Role::Viewer).await;
        let (good, other) = (path_of(&house, &a).await, path_of(&house, &b).await);
        let id = Uuid::parse_str(&a).expect("an id");

        // A notice that waits in the queue, is made a draft again, and leaves later.
        let report = house.compose(&input(&[constituent("c", "en")], &[finding("h1", "c", "203.0.113.1")]), now).await;
        let c = report.drafted[0].clone();
        house.fill(now).await;
        let draft = links().token(Uuid::parse_str(&c).expect("an id"), now.plus_days(9), 0);
        let drafted = format!("/a/{draft}");
        assert_eq!(opened(&house.db, &links(), &draft, now).await.expect("asked").err(), Some(Refusal::NotSent));
        approve(&house.db, &report.drafted, "amina", None, now).await.expect("approved");
        let old = path_of(&house, &c).await;
        let old_token = old.trim_start_matches("/a/").to_string();
        assert!(opened(&house.db, &links(), &old_token, now).await.expect("asked").is_ok(), "it may have left");
        redraft(&house.db, &report.drafted, "amina", now).await.expect("a draft");
        approve(&house.db, &report.drafted, "amina", None, Micros(now.0 + MINUTE)).await.expect("approved");
        send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, Micros(now.0 + MINUTE))
            .await
            .expect("sent");
        let new = path_of(&house, &c).await;
        assert_ne!(old, new);

        let expired = format!("/a/{}", links().token(id, Micros(now.0 - MINUTE), 0));
        let swapped = format!("{}{}", &good[..41], &other[41..]);
        let stranger =
            format!("/a/{}", manara_warning::Links::with_key(&[8; 32], "", 1).token(id, now.plus_days(9), 0));
        let nobody = format!("/a/{}", links().token(Uuid::from_u128(7), now.plus_days(9), 0));
        let bad = [
            (expired.as_str(), "expired"),
            (&swapped, "forged"),
            (&stranger, "forged"),
            (&nobody, "not_sent"),
            (&old, "outdated"),
            (&drafted, "outdated"),
            ("/a/nonsense", "forged"),
            ("/a/%FF%FE", "forged"),
            (&format!("/a/{}", "A".repeat(5_000)), "forged"),
        ];
        let mut bodies = Vec::new();
        for (path, reason) in bad {
            let mut anybody = Reader { router: reader.router.clone(), cookies: Vec::new() };
            let reply = anybody.get(path).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{reason} {path}");
            assert_eq!(reply.header("set-cookie"), "");
            bodies.push(reply.body);
            let newest = entries(&house, "link_refused").await.remove(0);
            let detail: serde_json::Value = serde_json::from_str(&newest.detail).expect("JSON");
            assert_eq!(detail["reason"], reason, "{path}");
            let token = path.trim_start_matches("/a/");
            assert!(!newest.detail.contains(token) && !newest.record.contains(token), "{newest:?}");
        }
        assert!(bodies.iter().all(|body| *body == bodies[0]), "one and the same page");
        for told in ["Constituent", "192.0.2", "N-20"] {
            assert!(!bodies[0].contains(told), "{told} in {}", bodies[0]);
        }
        let mut anybody = Reader { router: reader.router.clone(), cookies: Vec::new() };
        for path in [&good, &new] {
            assert_eq!(anybody.get(path).await.status, StatusCode::OK, "the good ones still work");
        }
        // Somebody who tries many is slowed down and fills no journal; a good link still works from there.
        let mut statuses = Vec::new();
        for at in 0..40 {
            statuses.push(anybody.get(&format!("/a/guess{at}")).await.status);
        }
        assert_eq!(statuses.last(), Some(&StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
        assert!(entries(&house, "link_refused").await.len() <= 20);
        assert_eq!(anybody.get(&good).await.status, StatusCode::OK);
        for lang in ["en", "ar", "fr"] {
            let mut anybody =
                Reader { router: reader.router.clone(), cookies: vec![("manara-lang".into(), lang.into())] };
            let page = anybody.get("/a/nonsense").await;
            assert!(page.body.contains(&format!(r#"<html lang="{lang}""#)), "{}", page.body);
        }
    });
}

#[test]
fn an_answer_that_comes_after_the_notice_was_taken_back_is_refused() {
    on_both(|house: House| async move {
        let report = house.compose(&input(&[constituent("a", "en")], &[finding("f1", "a", "192.0.2.1")]), NOON).await;
        let id = report.drafted[0].clone();
        house.fill(NOON).await;
        approve(&house.db, &report.drafted, "amina", None, NOON).await.expect("approved");
        let pass = Pass { notice: Uuid::parse_str(&id).expect("an id"), expires: NOON.plus_days(20), generation: 0 };
        let given = [Given { finding_id: "f1".into(), said: Said::Fixed, comment: String::new() }];
        let taken = give_answers(&house.db, pass, &given, Via::Form, NOON).await.expect("asked").expect("taken");
        assert_eq!((taken.changed, taken.same, taken.unknown.len()), (1, 0, 0));
        let entry = entries(&house, "answers_given").await.remove(0);
        let detail: serde_json::Value = serde_json::from_str(&entry.detail).expect("JSON");
        let submission = detail["submission"].as_str().expect("a submission");
        let rows = answers_of_submission(&house.db, submission, 0, 10).await.expect("read");
        assert_eq!((rows.len(), rows[0].before, rows[0].via.as_str()), (1, None, "form"));
        assert!(answers_of_submission(&house.db, submission, rows[0].id, 10).await.expect("read").is_empty());
        cancel(&house.db, &report.drafted, "amina", NOON).await.expect("cancelled");
        let refused = give_answers(&house.db, pass, &given, Via::Form, NOON).await.expect("asked");
        assert_eq!(refused.err(), Some(Refusal::Outdated));
        let late = Pass { generation: 1, ..pass };
        assert_eq!(
            give_answers(&house.db, late, &given, Via::Form, NOON).await.expect("asked").err(),
            Some(Refusal::NotSent)
        );
        assert!(bounces(&house.db, &["abuse@a.example".into()]).await.expect("read").is_empty());
    });
}
