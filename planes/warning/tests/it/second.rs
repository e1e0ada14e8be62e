//! Notices that two people must approve, on both databases.

use std::sync::Arc;

use axum::http::StatusCode;
use manara_model::{Mailboxes, Micros, Severity, Tlp, Viewer};
use manara_store::migrate;
use manara_warning::{
    FindingInput, Mailroom, NoticeState, Office, Rules, StepError, approve, many_notices, readdress, redraft, retry,
    send_due, site, unsealed,
};
use manara_web::bulk::{Bulk, BulkRow, Outcome, begin, go_on, rows, take_back};
use manara_web::{Lang, NewPerson, Role, Shell, WebConfig, Words, ensure_first_users, set_mailboxes};
use serde_json::json;

use crate::house::{House, MINUTE, NOON, constituent, finding, input, links, on_both};
use crate::pages::Reader;

const ABOVE: Option<Tlp> = Some(Tlp::Amber);
const PASSWORD: &str = "a short sentence";

fn later(minutes: i64) -> Micros {
    Micros(NOON.0 + minutes * MINUTE)
}

fn red(id: &str, owner: &str) -> FindingInput {
    FindingInput { tlp: Tlp::Red, ..finding(id, owner, "192.0.2.1") }
}

/// A red draft for each of some constituents, complete.
async fn drafts(house: &House, owners: &[&str]) -> Vec<String> {
    let constituents: Vec<_> = owners.iter().map(|owner| constituent(owner, "en")).collect();
    let findings: Vec<_> = owners.iter().map(|owner| red(&format!("f-{owner}"), owner)).collect();
    let report = house.compose(&input(&constituents, &findings), NOON).await;
    house.fill(NOON).await;
    report.drafted
}

/// The tables of people, as far as there are any.
async fn tables(house: &House) {
    migrate(&house.db, &[manara_web::SCHEMA]).await.expect("tables");
}

async fn state(house: &House, id: &str) -> NoticeState {
    house.get(id).await.notice.state
}

async fn sent(house: &House, above: Option<Tlp>, now: Micros) -> Vec<String> {
    send_due(&house.db, &house.blobs, &house.mailer, house.way(), above, now).await.expect("sent").sent
}

#[test]
fn a_notice_above_the_level_leaves_only_after_two_different_people() {
    on_both(|house: House| async move {
        tables(&house).await;
        let ids = drafts(&house, &["a"]).await;
        let id = &ids[0];
        let first = approve(&house.db, &ids, "amina", ABOVE, later(1)).await.expect("asked");
        assert_eq!((&first.done, &first.waiting, first.refused.len()), (&ids, &ids, 0));
        assert!(sent(&house, ABOVE, later(2)).await.is_empty(), "one person is not two");
        let again = approve(&house.db, &ids, "amina", ABOVE, later(3)).await.expect("asked");
        assert_eq!(again.refused, [(id.clone(), StepError::OwnApproval)]);
        let notice = house.get(id).await.notice;
        assert_eq!((notice.state, notice.approved_by.as_str()), (NoticeState::Waiting, "amina"));
        assert!(notice.seconded.is_none() && notice.seconded_by.is_empty());

        let second = approve(&house.db, &ids, "bakary", ABOVE, later(4)).await.expect("asked");
        assert_eq!((&second.done, second.waiting.len()), (&ids, 0));
        let notice = house.get(id).await.notice;
        let who = (notice.approved_by.as_str(), notice.seconded_by.as_str(), notice.seconded);
        assert_eq!((notice.state, who), (NoticeState::Queued, ("amina", "bakary", Some(later(4)))));
        assert_eq!(sent(&house, ABOVE, later(5)).await, ids);
        let verbs = house.verbs(id).await;
        let decided: Vec<&str> = verbs.iter().map(String::as_str).filter(|verb| verb.contains("approved")).collect();
        assert_eq!(decided, ["notice_first_approved", "notice_approved"]);
    });
}

#[test]
fn what_is_not_marked_so_strictly_needs_one_and_a_draft_begins_anew() {
    on_both(|house: House| async move {
        tables(&house).await;
        let report = house.compose(&input(&[constituent("a", "en")], &[finding("f1", "a", "192.0.2.1")]), NOON).await;
        house.fill(NOON).await;
        approve(&house.db, &report.drafted, "amina", ABOVE, later(1)).await.expect("approved");
        assert_eq!(sent(&house, ABOVE, later(2)).await, report.drafted);

        let ids = drafts(&house, &["b"]).await;
        approve(&house.db, &ids, "amina", ABOVE, later(3)).await.expect("approved");
        assert_eq!(redraft(&house.db, &ids, "amina", later(4)).await.expect("taken back").done, ids);
        let notice = house.get(&ids[0]).await.notice;
        assert_eq!((notice.state, notice.approved_by.as_str()), (NoticeState::Draft, ""));
        approve(&house.db, &ids, "bakary", ABOVE, later(5)).await.expect("approved");
        assert_eq!(state(&house, &ids[0]).await, NoticeState::Waiting, "what one said before counts no more");
    });
}

#[test]
fn no_rule_approves_what_two_people_must() {
    on_both(|mut house: House| async move {
        tables(&house).await;
        let exposed = FindingInput {
            taxonomy: "vulnerable".into(),
            kind: "weak-crypto".into(),
            severity: Severity::Low,
            ..red("v1", "isp")
        };
        house.rules = Rules::built_in().expect("rules").with_four_eyes(ABOVE);
        let report = house.compose(&input(&[constituent("isp", "en")], &[exposed]), NOON).await;
        assert_eq!((report.drafted.len(), report.approved), (1, 0));
        house.fill(NOON).await;
        let notice = house.get(&report.drafted[0]).await.notice;
        assert_eq!((notice.state, notice.rule.is_empty()), (NoticeState::Draft, false));
        assert!(sent(&house, ABOVE, later(1)).await.is_empty());
    });
}

#[test]
fn the_last_door_keeps_back_what_was_approved_before_the_setting() {
    on_both(|house: House| async move {
        tables(&house).await;
        let ids = drafts(&house, &["a"]).await;
        approve(&house.db, &ids, "amina", None, later(1)).await.expect("approved");
        assert_eq!(state(&house, &ids[0]).await, NoticeState::Queued);
        assert!(sent(&house, ABOVE, later(2)).await.is_empty());
        assert_eq!(state(&house, &ids[0]).await, NoticeState::Waiting);
        assert_eq!(house.verbs(&ids[0]).await.last().map(String::as_str), Some("notice_kept_back"));
        assert!(sent(&house, ABOVE, later(3)).await.is_empty(), "its job is gone");
        assert_eq!(
            retry(&house.db, &ids, "amina", later(4)).await.expect("asked").refused[0].1.code(),
            "not-from",
            "trying again is no way around"
        );
        let own = approve(&house.db, &ids, "amina", ABOVE, later(5)).await.expect("asked").refused;
        assert_eq!(own, [(ids[0].clone(), StepError::OwnApproval)]);
        approve(&house.db, &ids, "bakary", ABOVE, later(6)).await.expect("approved");
        assert_eq!(sent(&house, ABOVE, later(7)).await, ids);

        // What a rule let go before nobody has approved: two people do.
        let exposed = FindingInput {
            taxonomy: "vulnerable".into(),
            kind: "weak-crypto".into(),
            severity: Severity::Low,
            ..red("v1", "isp")
        };
        let ruled = house.compose(&input(&[constituent("isp", "en")], &[exposed]), later(8)).await.drafted;
        house.fill(later(8)).await;
        assert_eq!(state(&house, &ruled[0]).await, NoticeState::Queued);
        assert!(sent(&house, ABOVE, later(9)).await.is_empty());
        assert_eq!(house.get(&ruled[0]).await.notice.approved_by, "");
        for (who, want) in [("amina", NoticeState::Waiting), ("bakary", NoticeState::Queued)] {
            approve(&house.db, &ruled, who, ABOVE, later(10)).await.expect("approved");
            assert_eq!(state(&house, &ruled[0]).await, want, "{who}");
        }
        assert_eq!(sent(&house, ABOVE, later(11)).await, ruled);
    });
}

#[test]
fn one_approval_under_a_milder_setting_is_one_when_it_is_strict_again() {
    on_both(|house: House| async move {
        tables(&house).await;
        let ids = drafts(&house, &["a"]).await;
        approve(&house.db, &ids, "amina", ABOVE, later(1)).await.expect("approved");
        approve(&house.db, &ids, "amina", None, later(2)).await.expect("approved");
        let notice = house.get(&ids[0]).await.notice;
        let who = (notice.approved_by.as_str(), notice.seconded_by.as_str());
        assert_eq!((notice.state, who), (NoticeState::Queued, ("amina", "")), "nobody approved second");
        assert!(sent(&house, ABOVE, later(3)).await.is_empty());
        assert_eq!(state(&house, &ids[0]).await, NoticeState::Waiting);
        let own = approve(&house.db, &ids, "amina", ABOVE, later(4)).await.expect("asked").refused;
        assert_eq!(own, [(ids[0].clone(), StepError::OwnApproval)]);
        approve(&house.db, &ids, "bakary", ABOVE, later(5)).await.expect("approved");
        assert_eq!(sent(&house, ABOVE, later(6)).await, ids);
    });
}

#[test]
fn a_contact_corrected_meanwhile_takes_the_first_approval_back() {
    on_both(|house: House| async move {
        tables(&house).await;
        let ids = drafts(&house, &["a"]).await;
        approve(&house.db, &ids, "amina", ABOVE, later(1)).await.expect("approved");
        let moved = [constituent("a", "fr")];
        assert_eq!(readdress(&house.db, &moved, &house.letters, later(2)).await.expect("readdressed"), ids);
        let notice = house.get(&ids[0]).await.notice;
        let stands = (notice.state, notice.language.as_str(), notice.approved, notice.approved_by.as_str());
        assert_eq!(stands, (NoticeState::Draft, "fr", None, ""));
        approve(&house.db, &ids, "bakary", ABOVE, later(3)).await.expect("approved");
        assert_eq!(state(&house, &ids[0]).await, NoticeState::Waiting);

        // Another draft of the day stands beside what waits.
        let more = [red("f-more", "a")];
        let other = house.compose(&input(&[constituent("a", "fr")], &more), later(4)).await.drafted;
        let again = [constituent("a", "ar")];
        let changed = readdress(&house.db, &again, &house.letters, later(5)).await.expect("readdressed");
        assert_eq!((changed.len(), other.len()), (2, 1));
        let notice = house.get(&ids[0]).await.notice;
        let stands = (notice.state, notice.language.as_str(), notice.approved_by.as_str());
        assert_eq!(stands, (NoticeState::Waiting, "ar", ""), "both approve it anew");
        assert_eq!(state(&house, &other[0]).await, NoticeState::Draft);
    });
}

#[test]
fn whoever_is_alone_approves_both_times_and_the_journal_says_so() {
    on_both(|house: House| async move {
        tables(&house).await;
        let person = NewPerson { name: "amina".into(), role: Role::Duty, lang: Lang::En, password: PASSWORD.into() };
        ensure_first_users(&house.db, &[person], NOON).await.expect("made");
        let ids = drafts(&house, &["a"]).await;
        for (minute, want) in [(1, NoticeState::Waiting), (2, NoticeState::Queued)] {
            approve(&house.db, &ids, "amina", ABOVE, later(minute)).await.expect("approved");
            assert_eq!(state(&house, &ids[0]).await, want);
        }
        let entries = manara_store::Journal::of_record(&house.db, "warning", &ids[0], 100).await.expect("read");
        let second = entries.iter().find(|entry| entry.verb == "notice_approved").expect("a line");
        assert!(second.detail.contains(r#""own":true"#), "{}", second.detail);
        assert_eq!(sent(&house, ABOVE, later(3)).await, ids);
    });
}

#[test]
fn whoever_is_limited_to_a_mailbox_is_a_second_person_for_notices() {
    on_both(|house: House| async move {
        tables(&house).await;
        let person =
            |name: &str| NewPerson { name: name.into(), role: Role::Duty, lang: Lang::En, password: PASSWORD.into() };
        ensure_first_users(&house.db, &[person("amina"), person("bakary")], NOON).await.expect("made");
        let gov = Mailboxes::parse("gov@cirt.example").expect("a mailbox");
        let mut tx = house.db.begin().await.expect("begun");
        assert!(set_mailboxes(&mut tx, "root", "bakary", &gov, NOON).await.expect("limited"));
        tx.commit().await.expect("kept");
        let ids = drafts(&house, &["a", "b"]).await;
        approve(&house.db, &ids, "amina", ABOVE, later(1)).await.expect("approved");
        let own = approve(&house.db, &ids, "amina", ABOVE, later(2)).await.expect("asked").refused;
        assert!(own.iter().all(|(_, why)| *why == StepError::OwnApproval) && own.len() == 2, "{own:?}");
        approve(&house.db, &ids[..1], "bakary", ABOVE, later(3)).await.expect("approved");
        assert_eq!(sent(&house, ABOVE, later(4)).await, ids[..1]);
        assert_eq!(state(&house, &ids[1]).await, NoticeState::Waiting);
    });
}

fn person(name: &str) -> Viewer {
    Viewer { name: name.into(), ..Viewer::system() }
}

/// Approves many as one person; gives what came of it, and the change.
async fn approve_many(house: &House, who: &str, ids: &[String], now: Micros) -> (Bulk, Vec<BulkRow>) {
    make(house, (who, "approve"), ids, now).await
}

async fn make(house: &House, (who, word): (&str, &str), ids: &[String], now: Micros) -> (Bulk, Vec<BulkRow>) {
    let (many, viewer) = (many_notices(ABOVE), person(who));
    let change = many.read(&json!({ "do": word })).expect("a change");
    let bulk = begin(&house.db, &*many, &viewer, &change, ids, "", now).await.expect("chosen");
    let bulk = go_on(&house.db, &*many, &viewer, &bulk, now).await.expect("made");
    let rows = rows(&house.db, &bulk.id, 0, 100).await.expect("read");
    (bulk, rows)
}

#[test]
fn many_are_approved_by_one_then_by_another_and_each_step_comes_back() {
    on_both(|house: House| async move {
        tables(&house).await;
        let ids = drafts(&house, &["a", "b"]).await;
        let states = async |want: NoticeState| {
            for id in &ids {
                assert_eq!(state(&house, id).await, want);
            }
        };
        let (_, report) = approve_many(&house, "amina", &ids, later(1)).await;
        assert!(report.iter().all(|row| row.outcome == Outcome::Changed), "{report:?}");
        states(NoticeState::Waiting).await;
        let (_, again) = approve_many(&house, "amina", &ids, later(2)).await;
        assert!(again.iter().all(|row| row.reason == "own-approval"), "{again:?}");
        assert!(sent(&house, ABOVE, later(2)).await.is_empty());

        let (second, _) = approve_many(&house, "bakary", &ids, later(3)).await;
        states(NoticeState::Queued).await;
        take_back(&house.db, &*many_notices(ABOVE), &person("bakary"), &second, later(4)).await.expect("undone");
        states(NoticeState::Waiting).await;
        let notice = house.get(&ids[0]).await.notice;
        assert_eq!((notice.approved_by.as_str(), notice.approved), ("amina", Some(later(1))));
        assert!(sent(&house, ABOVE, later(5)).await.is_empty(), "the jobs are gone");
        approve_many(&house, "bakary", &ids, later(6)).await;
        assert_eq!(sent(&house, ABOVE, later(7)).await.len(), 2);

        let more = drafts(&house, &["c"]).await;
        let (bulk, _) = approve_many(&house, "amina", &more, later(8)).await;
        take_back(&house.db, &*many_notices(ABOVE), &person("amina"), &bulk, later(9)).await.expect("undone");
        let notice = house.get(&more[0]).await.notice;
        assert_eq!((notice.state, notice.approved_by.as_str()), (NoticeState::Draft, ""));
    });
}

#[test]
fn an_undo_brings_no_approval_back_over_a_letter_written_anew() {
    on_both(|house: House| async move {
        tables(&house).await;
        let ids = drafts(&house, &["a", "b"]).await;
        for (who, minute) in [("amina", 1), ("bakary", 2)] {
            approve(&house.db, &ids, who, ABOVE, later(minute)).await.expect("approved");
        }
        let (bulk, _) = make(&house, ("amina", "redraft"), &ids, later(3)).await;
        let moved = constituent("a", "fr");
        let anew = readdress(&house.db, &[moved], &house.letters, later(4)).await.expect("readdressed");
        assert_eq!(anew, ids[..1]);
        take_back(&house.db, &*many_notices(ABOVE), &person("amina"), &bulk, later(5)).await.expect("undone");
        let report = rows(&house.db, &bulk.id, 0, 100).await.expect("read");
        assert_eq!((report[0].outcome, report[0].reason.as_str()), (Outcome::Left, "changed"));
        assert_eq!(report[1].outcome, Outcome::Restored);
        let notice = house.get(&ids[0]).await.notice;
        let who = (notice.approved_by.as_str(), notice.seconded_by.as_str());
        assert_eq!((notice.state, who), (NoticeState::Draft, ("", "")));
        let notice = house.get(&ids[1]).await.notice;
        let when = (notice.approved, notice.seconded);
        assert_eq!((notice.state, when), (NoticeState::Queued, (Some(later(1)), Some(later(2)))));
    });
}

#[test]
fn the_page_says_who_approved_first_and_the_list_shows_what_waits() {
    on_both(|house: House| async move {
        tables(&house).await;
        let person =
            |name: &str, role| NewPerson { name: name.into(), role, lang: Lang::En, password: PASSWORD.into() };
        let people = [person("amina", Role::Duty), person("bakary", Role::Duty), person("root", Role::Admin)];
        ensure_first_users(&house.db, &people, Micros::now()).await.expect("made");
        let shell = Shell::new(house.db.clone(), Words::built_in().expect("words"), WebConfig::default());
        let mailroom = Mailroom {
            blobs: house.blobs.clone(),
            mailer: Arc::new(manara_net::Mailer::capture("CIRT <cirt@example.org>").expect("mailer")),
            links: links(),
            seals: unsealed(),
            office: Office::default(),
            four_eyes_above: ABOVE,
        };
        let router = shell.router(Shell::own_site().merge(site(Arc::new(mailroom))));
        let sign_in = async |name: &str| {
            let mut reader = Reader { router: router.clone(), cookies: Vec::new() };
            let fields = [("name", name), ("password", PASSWORD), ("next", "/notices")];
            let reply = reader.post("/login", "/login", &fields).await;
            assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
            reader
        };
        let ids = drafts(&house, &["a"]).await;
        let (path, id) = (format!("/notices/{}", ids[0]), ids[0].as_str());
        // On SQLite and PostgreSQL the clearance of a duty officer reaches to the strictest marking.
        let mut amina = sign_in("amina").await;
        assert!(amina.page(&path).await.contains("Its marking needs two people"));
        assert!(amina.page("/notices").await.contains("needs two people: after the first approval"));
        amina.post("/notices/approve", "/notices", &[("back", &path), ("id", id)]).await;
        let waits = amina.page(&path).await;
        assert!(waits.contains("waits for a second person") && waits.contains("You approved it first"), "{waits}");
        amina.post("/notices/approve", "/notices", &[("back", &path), ("id", id)]).await;
        assert!(amina.page(&path).await.contains("needs the approval of somebody else"));
        assert_eq!(state(&house, id).await, NoticeState::Waiting);

        let mut bakary = sign_in("bakary").await;
        let list = bakary.page("/notices?state=waiting").await;
        assert!(list.contains("N-2026-000001") && list.contains("approved first by"), "{list}");
        assert!(bakary.page(&path).await.contains("One person approved it"));
        bakary.post("/notices/approve", "/notices", &[("back", &path), ("id", id)]).await;
        assert_eq!(state(&house, id).await, NoticeState::Queued);
        let done = bakary.page(&path).await;
        assert!(done.contains("Approved second") && done.contains("amina") && done.contains("bakary"), "{done}");
    });
}
