//! Findings that nobody sees any more.

use manara_formats::Feed;
use manara_model::{FindingState, Micros};
use manara_store::{Arg, Journal};
use manara_watch::expire;

use crate::many::{FINDINGS, House, NOON, id, on_both};

/// A type of each kind, and the days of silence that it lives.
const QUIET: [(&str, i64); 3] = [("infected-system", 14), ("scanner", 7), ("vulnerable-system", 30)];
/// When the state of all of them changed last.
const BEFORE: Micros = Micros(1_700_000_000_000_000);

/// A feed that says how long what it saw lives.
const SINKHOLE: &str = "\
name: sinkhole
title: Sinkhole
format: csv
columns:
  address: source.ip
constants:
  classification.type: infected-system
expire_days: 3
";

/// A finding, as far as its end is concerned.
struct Quiet {
    kind: &'static str,
    state: FindingState,
    last_seen: Micros,
    sources: &'static str,
}

/// Notes findings; each is known by its place.
async fn note(house: &House, all: &[Quiet]) {
    let mut tx = house.db.begin().await.unwrap();
    let args = all.iter().enumerate().flat_map(|(at, one)| {
        [
            Arg::from(id(at)),
            "c".into(),
            "Harbour".into(),
            "other".into(),
            one.kind.into(),
            "something".into(),
            format!("192.0.2.{at}").into(),
            one.state.as_str().into(),
            2i64.into(),
            0.8.into(),
            BEFORE.into(),
            one.last_seen.into(),
            1i64.into(),
            one.sources.into(),
            BEFORE.into(),
            "".into(),
            "b".into(),
            0i64.into(),
        ] as [Arg<'_>; 18]
    });
    tx.run_many(FINDINGS, 18, args, "").await.unwrap();
    tx.commit().await.unwrap();
}

/// Where each stands now, and since when.
async fn stand(house: &House) -> Vec<(FindingState, Micros)> {
    house.all().await.into_iter().map(|(_, state, changed_at, _)| (state, changed_at)).collect()
}

/// Of which types findings expired, and how many, as the journal says.
async fn told(house: &House) -> Vec<(String, i64)> {
    let entries = Journal::after(&house.db, 0, 100).await.unwrap();
    let told = entries.into_iter().filter(|entry| entry.verb == "findings_expired").map(|entry| {
        let detail: serde_json::Value = serde_json::from_str(&entry.detail).unwrap();
        (entry.record, detail["findings"].as_i64().unwrap())
    });
    told.collect()
}

#[test]
fn a_finding_expires_when_it_was_silent_for_the_days_of_its_type() {
    on_both(|house: House| async move {
        let mut all = Vec::new();
        for (kind, days) in QUIET {
            let edge = NOON.plus_days(-days);
            for last_seen in [edge.plus_days(-1), Micros(edge.0 - 1), edge, edge.plus_days(1)] {
                let sources = r#"[{"feed":"sinkhole","count":1}]"#;
                all.extend(FindingState::ALL.map(|state| Quiet { kind, state, last_seen, sources }));
            }
        }
        note(&house, &all).await;
        let live = FindingState::ALL.into_iter().filter(|state| state.is_live()).count();
        assert_eq!(expire(&house.db, &[], NOON).await.unwrap(), (QUIET.len() * 2 * live) as u64);
        let now = stand(&house).await;
        assert_eq!(now.len(), all.len());
        for (one, now) in all.iter().zip(&now) {
            let days = QUIET.iter().find(|(kind, _)| *kind == one.kind).unwrap().1;
            let is_gone = one.state.is_live() && one.last_seen < NOON.plus_days(-days);
            let want = if is_gone { (FindingState::Expired, NOON) } else { (one.state, BEFORE) };
            assert_eq!(*now, want, "{} {:?} {:?}", one.kind, one.state, one.last_seen);
        }
        let each = QUIET.map(|(kind, _)| (kind.to_string(), 2 * live as i64));
        assert_eq!(told(&house).await, each);
        // It may run any number of times.
        assert_eq!(expire(&house.db, &[], NOON).await.unwrap(), 0);
        assert_eq!((stand(&house).await, told(&house).await.len()), (now, QUIET.len()));
    });
}

#[test]
fn a_feed_may_say_how_long_what_it_alone_saw_lives() {
    on_both(|house: House| async move {
        let feed = Feed::from_yaml("sinkhole", SINKHOLE).unwrap();
        let edge = NOON.plus_days(-3);
        let one = |sources: &'static str, last_seen: Micros| Quiet {
            kind: "infected-system",
            state: FindingState::Notified,
            last_seen,
            sources,
        };
        let alone = r#"[{"feed":"sinkhole","count":1}]"#;
        let all = [
            one(alone, Micros(edge.0 - 1)),
            one(alone, edge),
            one(r#"[{"feed":"sinkhole","count":1},{"feed":"telnet","count":1}]"#, Micros(edge.0 - 1)),
            one(r#"[{"feed":"darknet","count":1},{"feed":"sinkhole","count":1}]"#, Micros(edge.0 - 1)),
            one(r#"[{"feed":"sinkhole-two","count":1}]"#, Micros(edge.0 - 1)),
        ];
        note(&house, &all).await;
        let feeds = [feed];
        assert_eq!(expire(&house.db, &feeds, NOON).await.unwrap(), 1);
        let mut want = vec![(FindingState::Notified, BEFORE); all.len()];
        want[0] = (FindingState::Expired, NOON);
        assert_eq!(stand(&house).await, want);
        assert_eq!(expire(&house.db, &feeds, NOON).await.unwrap(), 0);
    });
}
