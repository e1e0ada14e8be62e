//! Incidents by rule.

use manara_model::{FindingState, Micros};
use manara_response::{Closing, FindingInput, Impact, State, Verdict};

use crate::house::{House, MINUTE, NOON, duty, finding, on_both};

#[test]
fn the_same_batch_twice_makes_one_incident_and_later_findings_join_it() {
    on_both(|house: House| async move {
        let batch = [finding("f1", "a", "192.0.2.1"), finding("f2", "a", "192.0.2.2"), finding("f3", "b", "192.0.2.3")];
        let first = house.rules(&batch, NOON).await;
        assert_eq!((first.opened.len(), first.joined), (2, 0), "one for each constituent");
        let again = house.rules(&batch, Micros(NOON.0 + MINUTE)).await;
        assert_eq!((again.opened.len(), again.joined), (0, 0));
        let one = house.get("INC-2026-0001").await;
        assert_eq!((one.findings, one.title.as_str(), one.state), (2, "citadel: Constituent a", State::New));
        assert_eq!((one.rule.is_empty(), one.owner.as_str(), one.opened_by.as_str()), (false, "", "manara"));
        assert_eq!(one.version, 1, "the second time wrote nothing");

        let mut later = batch.to_vec();
        later.push(finding("f4", "a", "192.0.2.4"));
        // What joins need not match a rule by itself.
        later.push(FindingInput { confidence: 0.1, ..finding("f5", "a", "192.0.2.5") });
        let joined = house.rules(&later, NOON.plus_days(1)).await;
        assert_eq!((joined.opened.len(), joined.joined), (0, 2));
        assert_eq!(house.get("INC-2026-0001").await.findings, 4);
        assert_eq!(house.verbs(&one.id).await, ["incident_opened", "findings_joined"]);
        let other = FindingInput { subject: "mirai".into(), ..finding("f6", "a", "192.0.2.1") };
        assert_eq!(house.rules(&[other], NOON.plus_days(1)).await.opened.len(), 1, "another matter, another incident");
        let nothing = FindingInput { impact: Impact::Low, ..finding("f7", "c", "192.0.2.9") };
        assert_eq!(house.rules(&[nothing], NOON).await, manara_response::RuleReport::default());
    });
}

#[test]
fn a_rule_leaves_alone_what_a_person_has_decided() {
    on_both(|house: House| async move {
        let batch = [finding("f1", "a", "192.0.2.1"), finding("f2", "a", "192.0.2.2")];
        let id = house.rules(&batch, NOON).await.opened[0].clone();
        let (_, count) =
            manara_response::unlink(&house.db, &duty(), &id, &["f2".into()], NOON).await.expect("unlinked");
        assert_eq!(count, 1);
        assert_eq!(house.rules(&batch, NOON.plus_days(1)).await.joined, 0, "what was taken off does not come back");

        let end = Closing { resolution: "no-answer".into(), verdict: Verdict::Left };
        let closed_at = NOON.plus_days(2);
        manara_response::close(&house.db, &duty(), &house.policy, &id, &end, closed_at).await.expect("closed");
        let settled = [batch[0].clone()];
        assert!(house.rules(&settled, NOON.plus_days(3)).await.opened.is_empty(), "seen again is no news");
        let told = FindingInput { state: FindingState::Notified, state_since: NOON.plus_days(3), ..batch[0].clone() };
        assert!(house.rules(&[told], NOON.plus_days(3)).await.opened.is_empty());
        let back = FindingInput { state: FindingState::Reopened, state_since: NOON.plus_days(4), ..batch[0].clone() };
        let new = house.rules(&[back], NOON.plus_days(4)).await.opened;
        assert_eq!(new.len(), 1, "back after it was gone is news");
        assert_ne!(new[0], id);

        // What somebody works on already needs no second incident; its matter takes later findings from then on.
        let mine = house.open("Mine", &[finding("g1", "z", "198.51.100.1")], NOON).await;
        let more = [finding("g1", "z", "198.51.100.1"), finding("g2", "z", "198.51.100.2")];
        let report = house.rules(&more, NOON).await;
        assert_eq!((report.opened.len(), report.joined), (0, 1));
        assert_eq!(house.finding_ids(&mine.id).await, ["g1", "g2"]);
    });
}

#[test]
fn numbers_have_no_gaps_within_a_year() {
    on_both(|house: House| async move {
        for at in 1..=3 {
            assert_eq!(house.open("One", &[], NOON).await.number, format!("INC-2026-{at:04}"));
        }
        let bad = manara_response::NewIncident { title: " ".into(), ..crate::house::new("") };
        manara_response::open(&house.db, &duty(), &house.policy, &bad, &[], NOON).await.expect_err("no title");
        let many: Vec<FindingInput> =
            (0..40).map(|at| finding(&format!("f{at}"), &format!("c{at}"), "192.0.2.1")).collect();
        assert_eq!(house.rules(&many, NOON).await.opened.len(), 40);
        assert_eq!(house.open("Last", &[], NOON).await.number, "INC-2026-0044");
        assert_eq!(house.open("New year", &[], NOON.plus_days(360)).await.number, "INC-2027-0001");
    });
}
