//! The life of a notice, on both databases.

use manara_model::{FindingState, Micros, Severity, Tlp, Viewer};
use manara_warning::{
    ConstituentInput, FindingInput, LeftOut, NoticeFilter, NoticePage, NoticeState, StepError, approve, attach_events,
    cancel, captured, count_by_state, finding_ids, get, list, readdress, redraft, retry, rows_for_sql, send_due,
    wanting_events,
};

use crate::house::{House, MINUTE, NOON, constituent, finding, input, on_both};

fn ids(id: &str) -> Vec<String> {
    vec![id.to_string()]
}

#[test]
fn a_finding_is_told_once_and_then_left_in_peace() {
    on_both(|house: House| async move {
        let isp = [constituent("isp", "fr")];
        let first = [finding("f1", "isp", "192.0.2.1"), finding("f2", "isp", "192.0.2.2")];
        let report = house.compose(&input(&isp, &first), NOON).await;
        assert_eq!((report.drafted.len(), report.joined.len(), report.approved), (1, 0, 0));
        let id = report.drafted[0].clone();
        let full = house.get(&id).await;
        assert_eq!(full.notice.number, "N-2026-000001");
        assert_eq!((full.notice.findings, full.notice.assets, full.notice.events), (2, 2, 6));
        assert_eq!((full.notice.language.as_str(), full.notice.state), ("fr", NoticeState::Draft));
        assert!(full.notice.subject.contains("2 systèmes infectés") && full.body.contains("192.0.2.2"));
        assert!(!full.body.contains("Pièces jointes"), "nothing is attached yet");

        let again = house.compose(&input(&isp, &first), NOON).await;
        assert_eq!((again.drafted.len(), again.joined.len(), again.left_out.pending), (0, 0, 2));

        assert_eq!(house.fill(NOON).await, 1);
        assert_eq!(house.fill(NOON).await, 0, "it is filled");
        let full = house.get(&id).await;
        assert_eq!((full.notice.attached, full.notice.filled, full.files.len()), (2, true, 2));
        assert!(full.body.contains("Les 2 événements") && full.body.contains("N-2026-000001-events.json"));

        let changed = approve(&house.db, &ids(&id), "amina", None, NOON).await.expect("approved");
        assert_eq!(changed.done, ids(&id));
        let full = house.get(&id).await;
        assert_eq!((full.notice.state, full.notice.approved_by.as_str()), (NoticeState::Queued, "amina"));
        let twice = approve(&house.db, &ids(&id), "amina", None, NOON).await.expect("approved");
        assert_eq!((twice.done, twice.refused), (ids(&id), vec![]), "a form may be sent twice");

        let report = send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, NOON).await.expect("sent");
        assert_eq!(report.sent, ids(&id));
        let report = send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, NOON).await.expect("sent");
        assert_eq!(report.sent.len(), 0, "once");
        let full = house.get(&id).await;
        assert_eq!((full.notice.state, full.notice.sent, full.notice.attempts), (NoticeState::Sent, Some(NOON), 1));
        assert_eq!(house.verbs(&id).await, ["notice_drafted", "notice_approved", "notice_queued", "notice_sent"]);
        assert_eq!(finding_ids(&house.db, &id, "", 10).await.expect("listed"), ["f1", "f2"]);
        assert_eq!(finding_ids(&house.db, &id, "f1", 10).await.expect("listed"), ["f2"]);

        let box_of = captured(&house.db, &Viewer::system(), &id).await.expect("asked");
        let message = box_of.expect("in the box");
        assert_eq!(
            (message.subject.as_str(), message.body.as_str()),
            (full.notice.subject.as_str(), full.body.as_str())
        );
        assert!(
            message.header.contains("X-TLP: TLP:AMBER")
                && message.header.contains("To: \"Abuse desk\" <abuse@isp.example>")
        );
        let raw = house.blobs.read(&message.sha256, 1 << 20).expect("kept");
        assert_eq!(raw.len() as i64, message.bytes);
        let used = manara_warning::blobs_in_use(&house.db, "", 10).await.expect("listed");
        assert_eq!(used, house.blobs.list().expect("listed"), "no blob without a row, no row without a blob");

        // After sending: only what was not told; within the quiet period nothing that was.
        let hour = Micros(NOON.0 + 60 * MINUTE);
        let third = finding("f3", "isp", "192.0.2.3");
        let worse = FindingInput { severity: Severity::Critical, last_seen: hour, ..first[0].clone() };
        let report = house.compose(&input(&isp, &[worse, first[1].clone(), third.clone()]), hour).await;
        assert_eq!((report.drafted.len(), report.left_out.quiet), (1, 1));
        let second = house.get(&report.drafted[0]).await;
        let told: Vec<&str> = second.findings.iter().map(|finding| finding.finding_id.as_str()).collect();
        assert_eq!((second.notice.number.as_str(), told), ("N-2026-000002", vec!["f1", "f3"]));

        let later = NOON.plus_days(8);
        let seen = FindingInput { last_seen: later, ..first[1].clone() };
        let report = house.compose(&input(&isp, &[seen]), later).await;
        assert_eq!((report.drafted.len(), report.left_out.quiet), (1, 0), "the quiet period is over");
    });
}

#[test]
fn a_second_batch_of_the_day_joins_the_draft() {
    on_both(|house: House| async move {
        let both = [constituent("a", "en"), constituent("b", "ar")];
        let a1 = finding("a1", "a", "192.0.2.1");
        let b1 = finding("b1", "b", "198.51.100.1");
        let report = house.compose(&input(&both, &[a1.clone(), b1]), NOON).await;
        assert_eq!(report.drafted.len(), 2);
        let a = report.drafted[0].clone();
        let stale: Vec<_> = wanting_events(&house.db, 10, 10).await.expect("listed");
        assert_eq!(stale.len(), 2);

        let grown = FindingInput { count: 9, last_seen: NOON, ..a1 };
        let a2 = finding("a2", "a", "192.0.2.2");
        let report = house.compose(&input(&both, &[grown, a2]), Micros(NOON.0 + MINUTE)).await;
        assert_eq!((report.drafted.len(), report.joined.clone()), (0, ids(&a)));
        let full = house.get(&a).await;
        assert_eq!((full.notice.findings, full.notice.events, full.notice.filled), (2, 12, false));
        assert!(full.notice.subject.contains("2 systems infected"), "{}", full.notice.subject);

        let fillings = stale
            .iter()
            .map(|wanting| manara_warning::Filling {
                notice_id: wanting.notice_id.clone(),
                findings: wanting.findings.len(),
                columns: vec!["source.ip".into()],
                rows: vec![vec!["192.0.2.1".into()]],
                total: 70_000,
            })
            .collect();
        let filled = attach_events(&house.db, &house.blobs, (&house.letters, &house.press), fillings, NOON)
            .await
            .expect("attached");
        assert_eq!(filled, 1, "what has grown since is asked for again");
        let wanting = wanting_events(&house.db, 10, 10).await.expect("listed");
        assert_eq!((wanting.len(), wanting[0].notice_id.as_str(), wanting[0].findings.len()), (1, a.as_str(), 2));
        let b = house.get(&report_other(&house, &a).await).await;
        assert!(b.notice.attached == 1 && b.notice.events == 70_000 && b.body.contains("70000"), "{}", b.body);

        // Growing takes the attachments back.
        assert_eq!(house.fill(NOON).await, 1);
        let a3 = finding("a3", "a", "192.0.2.3");
        house.compose(&input(&both, &[a3]), Micros(NOON.0 + 2 * MINUTE)).await;
        assert!(!house.get(&a).await.notice.filled);
        assert_eq!(house.fill(NOON).await, 1);
        let full = house.get(&a).await;
        assert_eq!((full.notice.attached, full.files[0].rows, full.files.len()), (3, 3, 2));
    });
}

async fn report_other(house: &House, not: &str) -> String {
    let all = list(&house.db, &Viewer::system(), &NoticeFilter::default(), NoticePage { before: "", limit: 10 }).await;
    all.expect("listed").into_iter().map(|notice| notice.id).find(|id| id != not).expect("another")
}

#[test]
fn a_rule_approves_and_what_is_approved_waits_for_its_events() {
    on_both(|house: House| async move {
        let exposed = FindingInput {
            taxonomy: "vulnerable".into(),
            kind: "weak-crypto".into(),
            severity: Severity::Low,
            ..finding("v1", "isp", "192.0.2.1")
        };
        let nobody = ConstituentInput { contacts: vec![], ..constituent("quiet", "en") };
        let mute = FindingInput { constituent_id: "quiet".into(), id: "v2".into(), ..exposed.clone() };
        let report = house.compose(&input(&[constituent("isp", "en"), nobody], &[exposed, mute]), NOON).await;
        assert_eq!((report.drafted.len(), report.approved), (2, 1), "without an address a person decides");
        let id = report.drafted[0].clone();
        let full = house.get(&id).await;
        assert_eq!((full.notice.state, full.notice.approved_by.as_str()), (NoticeState::Approved, "manara"));
        assert_eq!(full.notice.rule, "routine exposures are told at once");
        assert!(
            send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, NOON)
                .await
                .expect("sent")
                .sent
                .is_empty()
        );
        assert_eq!(house.fill(NOON).await, 2);
        assert_eq!(house.get(&id).await.notice.state, NoticeState::Queued);
        assert_eq!(
            send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, NOON).await.expect("sent").sent,
            ids(&id)
        );
        let refused = approve(&house.db, &ids(&report.drafted[1]), "amina", None, NOON).await.expect("asked").refused;
        assert_eq!(refused, [(report.drafted[1].clone(), StepError::NoRecipient)]);
    });
}

#[test]
fn no_more_notices_are_printed_at_once_than_asked_for_and_none_holds_the_others_back() {
    on_both(|house: House| async move {
        let mut all = ["a", "b", "c"].map(|id| constituent(id, "en"));
        for one in &mut all[..2] {
            one.contacts[0].format = "pdf".into();
        }
        let findings = ["a", "b", "c"].map(|owner| finding(&format!("f-{owner}"), owner, "192.0.2.1"));
        house.compose(&input(&all, &findings), NOON).await;
        for (pages, want) in [(0, (1, 0)), (1, (2, 1)), (10, (3, 2))] {
            let wanting = wanting_events(&house.db, 10, pages).await.expect("listed");
            let printed = wanting.iter().filter(|one| one.has_pages).count();
            assert_eq!((wanting.len(), printed), want, "{pages}");
        }
    });
}

#[test]
fn a_contact_found_later_gets_the_draft() {
    on_both(|house: House| async move {
        let found = constituent("isp", "ar");
        let nobody = ConstituentInput { contacts: vec![], ..found.clone() };
        let one = finding("f1", "isp", "192.0.2.1");
        let id = house.compose(&input(&[nobody], &[one]), NOON).await.drafted[0].clone();
        house.fill(NOON).await;
        let changed =
            readdress(&house.db, std::slice::from_ref(&found), &house.letters, NOON).await.expect("readdressed");
        assert_eq!(changed, ids(&id));
        let full = house.get(&id).await;
        assert_eq!((full.notice.recipients.len(), full.notice.language.as_str(), full.notice.filled), (1, "ar", false));
        assert!(full.body.contains("تحية طيبة"));
        assert!(readdress(&house.db, &[found], &house.letters, NOON).await.expect("readdressed").is_empty());
        house.fill(NOON).await;
        approve(&house.db, &ids(&id), "amina", None, NOON).await.expect("approved");
        assert_eq!(
            send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, NOON).await.expect("sent").sent,
            ids(&id)
        );
    });
}

#[test]
fn decisions_can_be_taken_back_until_it_has_left() {
    on_both(|house: House| async move {
        let isp = [constituent("isp", "en")];
        let one = input(&isp, &[finding("f1", "isp", "192.0.2.1")]);
        let id = house.compose(&one, NOON).await.drafted[0].clone();
        house.fill(NOON).await;
        approve(&house.db, &ids(&id), "amina", None, NOON).await.expect("approved");
        assert_eq!(redraft(&house.db, &ids(&id), "amina", NOON).await.expect("undone").done, ids(&id));
        assert_eq!(house.get(&id).await.notice.state, NoticeState::Draft);
        assert!(
            send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, NOON)
                .await
                .expect("sent")
                .sent
                .is_empty()
        );

        cancel(&house.db, &ids(&id), "amina", NOON).await.expect("cancelled");
        let same_day = house.compose(&one, Micros(NOON.0 + MINUTE)).await;
        assert_eq!((same_day.drafted.len(), same_day.left_out.pending), (0, 1), "not again on that day");
        let next_day = house.compose(&one, NOON.plus_days(1)).await;
        assert_eq!(next_day.drafted.len(), 1);

        let two = input(&isp, &[finding("f2", "isp", "192.0.2.2")]);
        let other = house.compose(&two, NOON).await.drafted[0].clone();
        let refused = redraft(&house.db, &ids(&id), "amina", NOON).await.expect("asked").refused;
        assert_eq!(refused, [(id.clone(), StepError::OtherDraft)], "one draft for each day");
        cancel(&house.db, &ids(&other), "amina", NOON).await.expect("cancelled");
        let both = vec![id.clone(), other.clone()];
        let changed = redraft(&house.db, &both, "amina", NOON).await.expect("asked");
        assert_eq!((changed.done, changed.refused), (ids(&id), vec![(other, StepError::OtherDraft)]));

        house.fill(NOON).await;
        approve(&house.db, &ids(&id), "amina", None, NOON).await.expect("approved");
        assert_eq!(
            send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, NOON).await.expect("sent").sent,
            ids(&id)
        );
        for refused in [
            cancel(&house.db, &ids(&id), "amina", NOON).await.expect("asked").refused,
            redraft(&house.db, &ids(&id), "amina", NOON).await.expect("asked").refused,
            retry(&house.db, &ids(&id), "amina", NOON).await.expect("asked").refused,
        ] {
            assert_eq!(refused, [(id.clone(), StepError::AlreadySent)]);
        }
        let refused = approve(&house.db, &ids("nonsense"), "amina", None, NOON).await.expect("asked").refused;
        assert_eq!(refused, [("nonsense".to_string(), StepError::NotFound)]);
        assert_eq!(
            house.verbs(&id).await,
            [
                "notice_drafted",
                "notice_approved",
                "notice_queued",
                "notice_redrafted",
                "notice_cancelled",
                "notice_redrafted",
                "notice_approved",
                "notice_queued",
                "notice_sent"
            ]
        );
    });
}

#[test]
fn nobody_sees_what_is_marked_above_them() {
    on_both(|house: House| async move {
        let isp = [constituent("isp", "en")];
        let red = FindingInput { tlp: Tlp::Red, kind: "c2-server".into(), ..finding("f1", "isp", "192.0.2.1") };
        let amber = finding("f2", "isp", "192.0.2.2");
        let report = house.compose(&input(&isp, &[red, amber]), NOON).await;
        let analyst = Viewer::cleared("amina", Tlp::Amber);
        let page = NoticePage { before: "", limit: 10 };
        let seen = list(&house.db, &analyst, &NoticeFilter::default(), page).await.expect("listed");
        assert_eq!(seen.iter().map(|notice| notice.tlp).collect::<Vec<_>>(), [Tlp::Amber]);
        assert!(get(&house.db, &analyst, &report.drafted[0]).await.expect("asked").is_none());
        assert_eq!(count_by_state(&house.db, &analyst).await.expect("counted"), [(NoticeState::Draft, 1)]);
        assert_eq!(count_by_state(&house.db, &Viewer::system()).await.expect("counted"), [(NoticeState::Draft, 2)]);
        let filter = NoticeFilter { class: "malicious-code/c2-server".into(), ..NoticeFilter::default() };
        assert_eq!(list(&house.db, &Viewer::system(), &filter, page).await.expect("listed").len(), 1);
        let rows = rows_for_sql(&house.db, &Viewer::system(), "", 10).await.expect("listed");
        assert_eq!((rows.len(), rows[0].findings, rows[0].state.as_str(), rows[0].sent), (2, 1, "draft", None));
        assert!(rows_for_sql(&house.db, &Viewer::system(), &rows[1].id, 10).await.expect("listed").is_empty());
    });
}

#[test]
fn what_does_not_belong_is_counted_and_left_out() {
    on_both(|house: House| async move {
        let closed = FindingInput { state: FindingState::FalsePositive, ..finding("f1", "isp", "192.0.2.1") };
        let unowned = finding("f2", "nobody", "192.0.2.2");
        let report = house.compose(&input(&[constituent("isp", "en")], &[closed, unowned]), NOON).await;
        assert_eq!(report.left_out, LeftOut { closed: 1, unowned: 1, ..LeftOut::default() });
        assert!(report.drafted.is_empty());
        let year = house
            .compose(&input(&[constituent("isp", "en")], &[finding("f3", "isp", "192.0.2.3")]), NOON.plus_days(365))
            .await;
        assert_eq!(house.get(&year.drafted[0]).await.notice.number, "N-2027-000001");
    });
}
