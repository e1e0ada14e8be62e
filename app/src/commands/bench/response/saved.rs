//! A report that is saved with what it speaks of, and what every record of the house knows of that: each timed by itself.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::ensure;
use manara_model::{Micros, Tlp, Viewer};
use manara_response::{Kind, NewTicket, Seen, Source, open_ticket, seen_elsewhere};

use super::Line;
use crate::house::House;

/// Observables of each report that is saved.
const OBSERVABLES: usize = 5;
/// What the newest reports speak of, common things among it.
const KNOWN: &str = "
    SELECT kind, value FROM response_observable WHERE record_kind = 'ticket'
     ORDER BY record_id DESC, kind DESC, value DESC LIMIT $1";

/// Saves so many reports. The look-up is what the page of a report that was saved just now asks.
pub async fn measure(house: &House, viewer: &Viewer, rounds: u64) -> anyhow::Result<Vec<Line>> {
    let db = &house.db;
    // The first does not count: what is read from the disk for the first time is another measurement.
    let rounds = usize::try_from(rounds)? + 1;
    let wanted = i64::try_from(rounds * OBSERVABLES)?;
    let mut known: Vec<Seen> = Vec::new();
    for row in db.read(KNOWN, &[wanted.into()]).await? {
        known.push(Seen { kind: row.text(0)?, value: row.text(1)? });
    }
    ensure!(!known.is_empty(), "no report speaks of anything");
    let (mut saved, mut looked_up, mut records) = (Vec::new(), Vec::new(), 0);
    for round in 0..rounds {
        let some = known.iter().cycle().skip(round * OBSERVABLES).take(OBSERVABLES);
        let some: BTreeSet<(&str, &str)> = some.map(|seen| (seen.kind.as_str(), seen.value.as_str())).collect();
        let seen: Vec<Seen> =
            some.into_iter().map(|(kind, value)| Seen { kind: kind.into(), value: value.into() }).collect();
        let begin = Instant::now();
        let one = open_ticket(db, viewer, &report(round), &seen, Micros::now()).await?;
        let until_saved = begin.elapsed();
        let found = seen_elsewhere(db, viewer, &one.id).await?;
        let both = begin.elapsed();
        if round > 0 {
            records += found.len();
            saved.push(both);
            looked_up.push(both.saturating_sub(until_saved));
        }
    }
    let found = format!("{} records found for each", records / saved.len().max(1));
    Ok(lines(saved, looked_up, found))
}

fn lines(saved: Vec<Duration>, looked_up: Vec<Duration>, found: String) -> Vec<Line> {
    let both = format!("a report saved with {OBSERVABLES} observables, and correlated with all records");
    let alone = format!("of that the correlation: who else knows one of the {OBSERVABLES}");
    vec![Line::of(&both, saved, 1_000.0), Line::of(&alone, looked_up, 20.0).saying(found)]
}

fn report(round: usize) -> NewTicket {
    NewTicket {
        id: String::new(),
        kind: Kind::Report,
        source: Source::Person,
        subject: format!("A report that is saved, number {round}"),
        class: ("fraud".into(), "phishing".into()),
        tlp: Tlp::Amber,
        owner: String::new(),
        correspondent: String::new(),
        correspondent_name: String::new(),
        language: "en".into(),
        incident: String::new(),
        target: (String::new(), String::new()),
        due: None,
    }
}
