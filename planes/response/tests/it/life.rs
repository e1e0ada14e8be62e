//! The life of an incident: changed by two, noted, linked, merged, split, closed, opened again.

use manara_model::{Micros, Severity, Tlp};
use manara_response::{
    Change, Closing, Impact, Incident, Refusal, ResponseError, State, Verdict, Wanted, add_note, assign, change, close,
    edit_note, get, link, list, merge, notes, relate, reopen, restore_note, split, strike_note, watch, watchers,
};

use crate::house::{House, MINUTE, NOON, duty, finding, new, on_both, person};

fn refusal<T: std::fmt::Debug>(result: Result<T, ResponseError>) -> Refusal {
    match result {
        Err(ResponseError::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn of_two_who_change_at_once_the_second_is_told() {
    on_both(|house: House| async move {
        let one = house.open("Worm at the harbour", &[], NOON).await;
        assert_eq!((one.severity, one.state), (Severity::Medium, State::New));
        assert_eq!(one.due, Some(house.policy.due(Severity::Medium, NOON)));
        let first = Change { impact: Impact::Vital, owner: "handler".into(), ..Change::of(&one) };
        let changed =
            change(&house.db, &duty(), &house.policy, &one.id, one.version, &first, NOON).await.expect("changed");
        assert_eq!((changed.severity, changed.state, changed.version), (Severity::Critical, State::Open, 2));
        let second = Change { title: "Worm at the port".into(), ..Change::of(&one) };
        let late = change(&house.db, &duty(), &house.policy, &one.id, one.version, &second, NOON).await;
        assert!(matches!(late, Err(ResponseError::Stale)), "{late:?}");
        let again = change(&house.db, &duty(), &house.policy, &one.id, one.version, &first, NOON).await.expect("twice");
        assert_eq!(again.version, 2, "the same form twice changes nothing");

        let weak = person("analyst", Tlp::Amber);
        let secret = Change { tlp: Tlp::Red, ..Change::of(&changed) };
        let why = refusal(change(&house.db, &weak, &house.policy, &one.id, 2, &secret, NOON).await);
        assert_eq!(why, Refusal::Clearance);
        change(&house.db, &duty(), &house.policy, &one.id, 2, &secret, NOON).await.expect("red");
        assert_eq!(get(&house.db, &weak, &one.number).await.expect("asked"), None, "above the clearance");
        assert!(list(&house.db, &weak, None, "", 10).await.expect("listed").is_empty());
        assert_eq!(refusal(assign(&house.db, &weak, &one.id, "analyst", NOON).await), Refusal::NotFound);
        assert_eq!(refusal(add_note(&house.db, &weak, &one.id, "x", NOON).await), Refusal::NotFound);
    });
}

#[test]
fn a_note_keeps_what_it_said_and_who_struck_it_out() {
    on_both(|house: House| async move {
        let one = house.open("One", &[], NOON).await;
        let id = add_note(&house.db, &duty(), &one.number, "Called them.\r\nNo answer.", NOON).await.expect("noted");
        let at = |minutes: i64| Micros(NOON.0 + minutes * MINUTE);
        edit_note(&house.db, &duty(), (&one.id, &id), 1, "Called them twice.", at(1)).await.expect("edited");
        let late = edit_note(&house.db, &duty(), (&one.id, &id), 1, "Never called.", at(2)).await;
        assert!(matches!(late, Err(ResponseError::Stale)));
        edit_note(&house.db, &duty(), (&one.id, &id), 1, "Called them twice.", at(2)).await.expect("sent twice");
        let note = notes(&house.db, &one.id, 10).await.expect("read").remove(0);
        assert_eq!((note.body.as_str(), note.version), ("Called them twice.", 2));
        strike_note(&house.db, &duty(), (&one.id, &id), at(3)).await.expect("struck");
        strike_note(&house.db, &duty(), (&one.id, &id), at(4)).await.expect("twice");
        let note = notes(&house.db, &one.id, 10).await.expect("read").remove(0);
        assert_eq!(note.struck, Some(("duty".to_string(), at(3))));
        let why = refusal(edit_note(&house.db, &duty(), (&one.id, &id), 2, "x", at(5)).await);
        assert_eq!(why, Refusal::NoNote);
        restore_note(&house.db, &duty(), (&one.id, &id), at(6)).await.expect("brought back");
        restore_note(&house.db, &duty(), (&one.id, &id), at(7)).await.expect("twice");
        let note = notes(&house.db, &one.id, 10).await.expect("read").remove(0);
        assert_eq!((note.struck, note.body.as_str()), (None, "Called them twice."));
        let verbs = ["incident_opened", "note_added", "note_edited", "note_struck", "note_restored"];
        assert_eq!(house.verbs(&one.id).await, verbs);
        let long = "é".repeat(20_001);
        assert_eq!(refusal(add_note(&house.db, &duty(), &one.id, &long, NOON).await), Refusal::Text);
        add_note(&house.db, &duty(), &one.id, &long[2..], NOON).await.expect("20,000 characters");
        let other = house.open("Other", &[], NOON).await;
        let why = refusal(strike_note(&house.db, &duty(), (&other.id, &id), NOON).await);
        assert_eq!(why, Refusal::NoNote, "a note belongs to one incident");
    });
}

#[test]
fn a_merger_moves_everything_and_can_be_taken_back() {
    on_both(|house: House| async move {
        let batch = [finding("f1", "a", "192.0.2.1"), finding("f2", "a", "192.0.2.2")];
        let gone = house.get(&house.rules(&batch, NOON).await.opened[0]).await;
        let whole =
            house.open("Whole", &[finding("f2", "a", "192.0.2.2"), finding("f9", "b", "203.0.113.9")], NOON).await;
        let note = add_note(&house.db, &duty(), &gone.id, "From the first", NOON).await.expect("noted");
        watch(&house.db, &duty(), &gone.id, true, NOON).await.expect("followed");
        watch(&house.db, &person("handler", Tlp::Red), &whole.id, true, NOON).await.expect("followed");

        merge(&house.db, &duty(), &house.policy, &gone.id, &whole.id, NOON).await.expect("merged");
        merge(&house.db, &duty(), &house.policy, &gone.id, &whole.id, NOON).await.expect("twice");
        assert_eq!(house.finding_ids(&whole.id).await, ["f1", "f2", "f9"]);
        let (was, now) = (house.get(&gone.id).await, house.get(&whole.id).await);
        assert_eq!((was.state, was.resolution.as_str(), &was.merged_into), (State::Abandoned, "duplicate", &whole.id));
        assert_eq!((now.findings, now.constituents.as_str()), (3, "Constituent a, Constituent b"));
        assert_eq!(notes(&house.db, &whole.id, 10).await.expect("read")[0].id, note);
        assert_eq!(watchers(&house.db, &whole.id).await.expect("read"), ["duty", "handler"]);
        assert_eq!(refusal(assign(&house.db, &duty(), &gone.id, "duty", NOON).await), Refusal::Merged);
        let report = house.rules(&[finding("f3", "a", "192.0.2.3")], NOON).await;
        assert_eq!((report.opened.len(), report.joined), (0, 1), "what is still to come goes there as well");
        assert_eq!(house.get(&whole.id).await.findings, 4);

        split(&house.db, &duty(), &gone.id, NOON).await.expect("split");
        assert_eq!(house.finding_ids(&gone.id).await, ["f1", "f2"]);
        assert_eq!(house.finding_ids(&whole.id).await, ["f2", "f3", "f9"]);
        let back = house.get(&gone.id).await;
        assert_eq!((back.state, back.resolution.as_str(), back.merged_into.as_str()), (State::New, "", ""));
        assert_eq!(notes(&house.db, &gone.id, 10).await.expect("read")[0].id, note);
        assert_eq!(watchers(&house.db, &gone.id).await.expect("read"), ["duty"]);
        assert_eq!(watchers(&house.db, &whole.id).await.expect("read"), ["handler"]);
        assert_eq!(refusal(split(&house.db, &duty(), &gone.id, NOON).await), Refusal::NotMerged);
        assert_eq!(house.rules(&[finding("f4", "a", "192.0.2.4")], NOON).await.joined, 1);
        assert_eq!(house.finding_ids(&gone.id).await, ["f1", "f2", "f4"]);

        let itself = merge(&house.db, &duty(), &house.policy, &gone.id, &gone.id, NOON).await;
        assert_eq!(refusal(itself), Refusal::Itself);
        merge(&house.db, &duty(), &house.policy, &gone.id, &whole.id, NOON).await.expect("merged again");
        let third = house.open("Third", &[], NOON).await;
        let chain = merge(&house.db, &duty(), &house.policy, &third.id, &gone.id, NOON).await;
        assert_eq!(refusal(chain), Refusal::Merged);
    });
}

#[test]
fn a_merger_never_loosens_a_marking() {
    on_both(|house: House| async move {
        let mut red = new("Red");
        red.tlp = Tlp::Red;
        let red = manara_response::open(&house.db, &duty(), &house.policy, &red, &[], NOON).await.expect("opened");
        let amber = house.open("Amber", &[], NOON).await;
        merge(&house.db, &duty(), &house.policy, &red.id, &amber.id, NOON).await.expect("merged");
        assert_eq!(house.get(&amber.id).await.tlp, Tlp::Red);
    });
}

/// Three incidents, each with a finding and a note of its own, and one finding that all have.
async fn three(house: &House) -> Vec<Incident> {
    let mut all = Vec::new();
    for (at, name) in ["a", "b", "c"].into_iter().enumerate() {
        let mut new = new(name);
        new.tlp = if at == 0 { Tlp::Red } else { Tlp::Amber };
        let found = [finding(&format!("f-{name}"), name, "192.0.2.1"), finding("f-all", "x", "192.0.2.9")];
        let one = manara_response::open(&house.db, &duty(), &house.policy, &new, &found, NOON).await.expect("opened");
        add_note(&house.db, &duty(), &one.id, name, NOON).await.expect("noted");
        all.push(one);
    }
    all
}

#[test]
fn a_chain_of_mergers_comes_apart_in_any_order() {
    on_both(|house: House| async move {
        let house = &house;
        for order in [[0, 1], [1, 0]] {
            let all = three(house).await;
            for (from, into) in [(0, 1), (1, 2)] {
                merge(&house.db, &duty(), &house.policy, &all[from].id, &all[into].id, NOON).await.expect("merged");
            }
            assert_eq!(house.finding_ids(&all[2].id).await, ["f-a", "f-all", "f-b", "f-c"]);
            for one in order {
                split(&house.db, &duty(), &all[one].id, NOON).await.expect("split");
            }
            for (before, name) in all.iter().zip(["a", "b", "c"]) {
                let now = house.get(&before.id).await;
                let mut findings = [format!("f-{name}"), "f-all".into()];
                findings.sort();
                assert_eq!(house.finding_ids(&now.id).await, findings, "{name} {order:?}");
                let noted = notes(&house.db, &now.id, 10).await.expect("read");
                let noted: Vec<&str> = noted.iter().map(|note| note.body.as_str()).collect();
                assert_eq!(noted, [name], "{order:?}");
                let stands = (now.state, now.tlp, now.pap, now.findings, now.merged_into.as_str());
                assert_eq!(stands, (before.state, before.tlp, before.pap, before.findings, ""), "{name} {order:?}");
            }
        }
    });
}

#[test]
fn what_was_closed_before_its_merger_is_closed_after_it() {
    on_both(|house: House| async move {
        let (gone, whole) = (house.open("One", &[], NOON).await, house.open("Two", &[], NOON).await);
        let closing = Closing { resolution: "resolved".into(), verdict: Verdict::Left };
        let closed = close(&house.db, &duty(), &house.policy, &gone.id, &closing, NOON).await.expect("closed");
        merge(&house.db, &duty(), &house.policy, &gone.id, &whole.id, NOON).await.expect("merged");
        let back = split(&house.db, &duty(), &gone.id, NOON).await.expect("split");
        assert_eq!((back.state, &back.resolution, back.closed), (State::Resolved, &closed.resolution, closed.closed));
        // What else is merged into it keeps its marking.
        let mut red = new("Red");
        red.tlp = Tlp::Red;
        let mut reds = Vec::new();
        for _ in 0..2 {
            let one = manara_response::open(&house.db, &duty(), &house.policy, &red, &[], NOON).await.expect("opened");
            merge(&house.db, &duty(), &house.policy, &one.id, &whole.id, NOON).await.expect("merged");
            reds.push(one);
        }
        split(&house.db, &duty(), &reds[0].id, NOON).await.expect("split");
        assert_eq!(house.get(&whole.id).await.tlp, Tlp::Red, "the other is still in it");
    });
}

#[test]
fn an_incident_is_closed_and_opened_again_only_as_the_table_allows() {
    on_both(|house: House| async move {
        let one = house.open("One", &[finding("f1", "a", "192.0.2.1")], NOON).await;
        let end = |resolution: &str, verdict| Closing { resolution: resolution.into(), verdict };
        let unknown = close(&house.db, &duty(), &house.policy, &one.id, &end("vanished", Verdict::Left), NOON).await;
        assert_eq!(refusal(unknown), Refusal::Resolution);
        let closing = end("false-alarm", Verdict::False);
        let closed = close(&house.db, &duty(), &house.policy, &one.id, &closing, NOON).await.expect("closed");
        assert_eq!((closed.state, closed.verdict, closed.closed), (State::Abandoned, Some(Verdict::False), Some(NOON)));
        let twice = close(&house.db, &duty(), &house.policy, &one.id, &closing, NOON).await.expect("twice");
        assert_eq!(twice.version, closed.version);
        let other = close(&house.db, &duty(), &house.policy, &one.id, &end("resolved", Verdict::Fixed), NOON).await;
        assert_eq!(refusal(other), Refusal::NotFrom(State::Abandoned, State::Resolved));
        assert_eq!(refusal(reopen(&house.db, &duty(), &one.id, "  ", NOON).await), Refusal::Text);
        let open = reopen(&house.db, &duty(), &one.id, "They called back.", NOON).await.expect("open");
        assert_eq!((open.state, open.verdict, open.closed), (State::Open, None, None));
        assert_eq!(notes(&house.db, &one.id, 10).await.expect("read")[0].body, "They called back.");
        assert_eq!(house.verbs(&one.id).await, ["incident_opened", "incident_closed", "incident_reopened"]);
    });
}

#[test]
fn findings_and_incidents_are_linked_once() {
    on_both(|house: House| async move {
        let one = house.open("One", &[finding("f1", "a", "192.0.2.1")], NOON).await;
        let two = house.open("Two", &[], NOON).await;
        let some = [finding("f1", "a", "192.0.2.1"), finding("f2", "b", "2001:db8::1")];
        let (linked, count) = link(&house.db, &duty(), &one.id, &some, NOON).await.expect("linked");
        assert_eq!((linked.findings, count), (2, 1));
        let (_, count) = link(&house.db, &duty(), &one.id, &some, NOON).await.expect("linked");
        assert_eq!(count, 0);
        for _ in 0..2 {
            relate(&house.db, &duty(), &two.id, &one.id, NOON).await.expect("related");
            relate(&house.db, &duty(), &one.id, &two.id, NOON).await.expect("related");
        }
        assert_eq!(house.verbs(&two.id).await, ["incident_opened", "incidents_related"]);
    });
}

#[test]
fn the_counts_of_the_home_page_are_those_of_the_lists() {
    on_both(|house: House| async move {
        house.open("Today", &[], NOON).await;
        let old = house.open("Old", &[], NOON.plus_days(-10)).await;
        assign(&house.db, &duty(), &old.id, "duty", NOON).await.expect("taken");
        let mut red = new("Red");
        red.tlp = Tlp::Red;
        manara_response::open(&house.db, &duty(), &house.policy, &red, &[], NOON).await.expect("opened");
        let counts = manara_response::counts(&house.db, &duty(), NOON).await.expect("counted");
        assert_eq!((counts.unowned, counts.mine, counts.overdue), (2, 1, 1));
        assert_eq!(counts.by_age, [(State::New, "day".to_string(), 2), (State::Open, "month".to_string(), 1)]);
        let weak = manara_response::counts(&house.db, &person("viewer", Tlp::Amber), NOON).await.expect("counted");
        assert_eq!((weak.unowned, weak.mine), (1, 0));
    });
}

#[test]
fn a_step_that_names_a_version_is_taken_in_no_other() {
    on_both(|house: House| async move {
        let one = house.open("One", &[], NOON).await;
        assign(&house.db, &duty(), &one.id, "duty", NOON).await.expect("taken");
        let late = Wanted::in_version(&one.number, Some(one.version));
        let closed = Closing { resolution: "resolved".into(), verdict: Verdict::Left };
        let did = close(&house.db, &duty(), &house.policy, late, &closed, NOON).await;
        assert!(matches!(did, Err(ResponseError::Stale)), "{did:?}");
        let now = Wanted::in_version(&one.number, Some(one.version + 1));
        assert_eq!(
            close(&house.db, &duty(), &house.policy, now, &closed, NOON).await.expect("closed").state,
            State::Resolved
        );
    });
}
