//! Changes of many notices.

use axum::http::StatusCode;
use manara_model::{Micros, Viewer};
use manara_store::{columns, migrate};
use manara_warning::{NoticeState, cancel, many_notices, send_due};
use manara_web::Role;
use manara_web::bulk::{Bulk, BulkRow, Outcome, begin, go_on, rows, take_back};
use serde_json::json;

use crate::house::{House, MINUTE, NOON, constituent, finding, input, on_both};
use crate::pages::door;

fn duty() -> Viewer {
    Viewer { name: "duty".into(), ..Viewer::system() }
}

fn later(minutes: i64) -> Micros {
    Micros(NOON.0 + minutes * MINUTE)
}

async fn make(house: &House, word: &str, ids: &[String], now: Micros) -> Bulk {
    let many = many_notices(None);
    let change = many.read(&json!({ "do": word })).expect("a change");
    let bulk = begin(&house.db, &*many, &duty(), &change, ids, "", now).await.expect("chosen");
    go_on(&house.db, &*many, &duty(), &bulk, now).await.expect("made")
}

async fn undo(house: &House, bulk: &Bulk, now: Micros) -> Vec<BulkRow> {
    take_back(&house.db, &*many_notices(None), &duty(), bulk, now).await.expect("undone");
    told(house, bulk).await
}

async fn told(house: &House, bulk: &Bulk) -> Vec<BulkRow> {
    rows(&house.db, &bulk.id, 0, 20_000).await.expect("read")
}

fn count(rows: &[BulkRow], outcome: Outcome) -> usize {
    rows.iter().filter(|row| row.outcome == outcome).count()
}

/// A draft for each of some constituents, complete.
async fn drafts(house: &House, names: &[&str]) -> Vec<String> {
    migrate(&house.db, &[manara_web::SCHEMA]).await.expect("tables");
    let constituents: Vec<_> = names.iter().map(|name| constituent(name, "en")).collect();
    let findings: Vec<_> = names.iter().map(|name| finding(&format!("f-{name}"), name, "192.0.2.1")).collect();
    house.compose(&input(&constituents, &findings), NOON).await;
    house.fill(NOON).await;
    ids(house).await
}

async fn ids(house: &House) -> Vec<String> {
    let sql = "SELECT id FROM warning_notice ORDER BY constituent_id, id LIMIT 20000";
    let rows = house.db.read(sql, &[]).await.expect("read");
    rows.iter().map(|row| row.text(0).expect("an id")).collect()
}

async fn state(house: &House, id: &str) -> NoticeState {
    house.get(id).await.notice.state
}

#[test]
fn what_has_left_stays_sent_and_the_rest_are_drafts_again() {
    on_both(|house: House| async move {
        let all = drafts(&house, &["a", "b", "c"]).await;
        let bulk = make(&house, "approve", &all[..1], later(1)).await;
        send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, later(2)).await.expect("sent");
        assert_eq!(undo(&house, &bulk, later(3)).await[0].reason, "already-sent");
        assert_eq!(state(&house, &all[0]).await, NoticeState::Sent);

        let bulk = make(&house, "approve", &all, later(4)).await;
        let report = told(&house, &bulk).await;
        assert_eq!((count(&report, Outcome::Changed), report[0].reason.as_str()), (2, "already-sent"));
        assert_eq!(report[0].name, "N-2026-000001");
        cancel(&house.db, &all[1..2], "omar", later(5)).await.expect("cancelled");
        let report = undo(&house, &bulk, later(6)).await;
        assert_eq!((report[1].reason.as_str(), report[2].outcome), ("changed", Outcome::Restored));
        assert_eq!(state(&house, &all[1]).await, NoticeState::Cancelled, "what somebody decided since stays");
        assert_eq!(state(&house, &all[2]).await, NoticeState::Draft);
        assert_eq!(house.verbs(&all[2]).await.last().map(String::as_str), Some("notice_restored"));
        send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, later(7)).await.expect("nothing");
        assert_eq!(state(&house, &all[2]).await, NoticeState::Draft, "its job is gone");
    });
}

#[test]
fn every_decision_comes_back_as_it_was() {
    on_both(|house: House| async move {
        let all = drafts(&house, &["a", "b"]).await;
        make(&house, "approve", &all[..1], later(1)).await;
        for (word, during, at) in [("cancel", NoticeState::Cancelled, 2), ("redraft", NoticeState::Draft, 4)] {
            let bulk = make(&house, word, &all, later(at)).await;
            for id in &all {
                assert_eq!(state(&house, id).await, during, "{word}");
            }
            let report = undo(&house, &bulk, later(at + 1)).await;
            assert_eq!(count(&report, Outcome::Left), 0, "{report:?}");
            let now = (state(&house, &all[0]).await, state(&house, &all[1]).await);
            assert_eq!(now, (NoticeState::Queued, NoticeState::Draft), "{word}");
            let one = house.get(&all[0]).await.notice;
            assert_eq!(one.approved_by, "duty");
        }
        let none = make(&house, "help-given", &all, later(6)).await;
        assert_eq!(count(&told(&house, &none).await, Outcome::Same), 2, "nobody wanted help");
        let none = make(&house, "retry", &all[1..], later(7)).await;
        assert_eq!(told(&house, &none).await[0].reason, "not-from");
    });
}

#[test]
fn who_may_not_see_a_notice_decides_nothing_of_it() {
    on_both(|house: House| async move {
        let all = drafts(&house, &["a"]).await;
        let many = many_notices(None);
        let low = Viewer::cleared("low", manara_model::Tlp::Green);
        let change = json!({ "do": "cancel" });
        let bulk = begin(&house.db, &*many, &low, &change, &all, "", NOON).await.expect("chosen");
        go_on(&house.db, &*many, &low, &bulk, NOON).await.expect("made");
        assert_eq!(told(&house, &bulk).await[0].reason, "not-found");
        assert_eq!(state(&house, &all[0]).await, NoticeState::Draft);
    });
}

#[test]
fn ten_thousand_are_approved_and_drafts_again() {
    on_both(|house: House| async move {
        drafts(&house, &["a"]).await;
        let mut tx = house.db.begin().await.expect("begun");
        // The same draft for many constituents: writing ten thousand letters is not what is tested here.
        let columns = columns(&mut tx, "warning_notice").await.expect("columns");
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        let values: Vec<String> = names
            .iter()
            .map(|name| match *name {
                "id" | "number" | "constituent_id" => format!("w.{name} || '-' || CAST(n.i AS TEXT)"),
                "filled" => "FALSE".into(),
                name => format!("w.{name}"),
            })
            .collect();
        let copy = format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
             INSERT INTO warning_notice ({}) SELECT {} FROM warning_notice w, n",
            names.join(", "),
            values.join(", ")
        );
        tx.run_script(&copy).await.expect("copied");
        tx.commit().await.expect("kept");
        let all = ids(&house).await;
        assert_eq!(all.len(), 10_000);
        let bulk = make(&house, "approve", &all, later(1)).await;
        assert_eq!(count(&told(&house, &bulk).await, Outcome::Changed), 10_000);
        assert_eq!(state(&house, &all[5_000]).await, NoticeState::Approved);
        assert_eq!(count(&undo(&house, &bulk, later(2)).await, Outcome::Restored), 10_000);
        assert_eq!(state(&house, &all[5_000]).await, NoticeState::Draft);
    });
}

#[test]
fn all_that_match_are_counted_and_confirmed_first() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let all = drafts(&house, &["a", "b"]).await;
        let mut admin = sign_in(Role::Admin).await;
        let list = admin.page("/notices?q=constituent").await;
        assert!(list.contains("/notices/bulk/help-given") && list.contains("All that match the filters"), "{list}");
        let fields = [("do", "approve"), ("all", "1"), ("back", "/notices?q=constituent")];
        let chosen = admin.post("/notices/bulk", "/notices", &fields).await;
        let bulk = chosen.header("location").to_string();
        let confirm = admin.page(&bulk).await;
        assert!(confirm.contains("records match."), "{confirm}");
        assert!(confirm.contains("A letter that was sent cannot be recalled."), "{confirm}");
        assert_eq!(state(&house, &all[0]).await, NoticeState::Draft, "nothing was changed yet");
        let early = admin.post(&format!("{bulk}/undo"), &bulk, &[]).await;
        assert_eq!(early.status, StatusCode::CONFLICT);
        admin.post(&format!("{bulk}/do"), &bulk, &[]).await;
        assert_eq!(state(&house, &all[0]).await, NoticeState::Queued);
        let report = admin.page(&bulk).await;
        assert!(report.contains("N-2026-000001") && report.contains(&format!("{bulk}/undo")), "{report}");
        let back = [("back", "/notices?q=constituent")];
        let undone = admin.post(&format!("{bulk}/undo"), &bulk, &back).await;
        assert_eq!(undone.header("location"), "/notices?q=constituent");
        assert!(admin.page("/notices").await.contains("as they were before"));
        assert_eq!(state(&house, &all[1]).await, NoticeState::Draft);

        let ticked = [("do", "cancel"), ("id", all[0].as_str()), ("back", "//evil.example")];
        let said = admin.post("/notices/bulk", "/notices", &ticked).await;
        assert_eq!(said.header("location"), "/notices");
        assert_eq!(state(&house, &all[0]).await, NoticeState::Cancelled, "what is ticked is changed at once");
        assert_eq!(admin.post("/notices/bulk", "/notices", &[("do", "burn")]).await.status, StatusCode::BAD_REQUEST);
        let mut viewer = sign_in(Role::Viewer).await;
        let denied = viewer.post("/notices/bulk", "/notices", &fields).await;
        assert_eq!(denied.status, StatusCode::FORBIDDEN);
        assert_eq!(viewer.get(&bulk).await.status, StatusCode::NOT_FOUND);
    });
}
