//! Findings by the day they were first seen: kept with every change, so that no page has to count them.

use hashbrown::HashMap;
use manara_model::Micros;
use manara_store::{Arg, StoreError, Tx};

use crate::finding::Finding;

const HEAD: &str = "INSERT INTO watch_opened (day, constituent_id, taxonomy, asn, findings) VALUES";
const TAIL: &str = "ON CONFLICT (day, constituent_id, taxonomy, asn) DO UPDATE SET
    findings = watch_opened.findings + excluded.findings";
const EMPTY: &str = "DELETE FROM watch_opened";
const COUNT_ALL: &str = "
    INSERT INTO watch_opened (day, constituent_id, taxonomy, asn, findings)
    SELECT SUBSTR(first_seen, 1, 10), constituent_id, taxonomy, asn, COUNT(*) FROM watch_finding
     GROUP BY SUBSTR(first_seen, 1, 10), constituent_id, taxonomy, asn";
/// How many findings are counted under another day, owner, class or operator than their own.
const WRONG: &str = "
    SELECT COUNT(*) FROM (
        SELECT SUBSTR(first_seen, 1, 10) AS day, constituent_id, taxonomy, asn, COUNT(*) AS findings FROM watch_finding
         GROUP BY SUBSTR(first_seen, 1, 10), constituent_id, taxonomy, asn
        EXCEPT SELECT day, constituent_id, taxonomy, asn, findings FROM watch_opened) t";
const ALL: &str = "SELECT CAST(COALESCE(SUM(findings), 0) AS BIGINT) FROM watch_opened";

/// Under what a finding is counted, but for its constituent and its class.
type Place = (i64, i64);

/// What is to be added to the sums, and taken from them.
#[derive(Debug, Default)]
pub(crate) struct Opened {
    changes: HashMap<Place, HashMap<String, HashMap<String, i64>>>,
}

/// Where a finding is counted.
pub(crate) fn place(finding: &Finding) -> Place {
    place_of(finding.first_seen, finding.asn)
}

/// Where a finding of an operator that was first seen then is counted.
pub(crate) fn place_of(first_seen: Micros, asn: i64) -> Place {
    (first_seen.0.div_euclid(Micros::DAY), asn)
}

impl Opened {
    /// Counts a finding of an owner and a class that was not there.
    pub(crate) fn add(&mut self, place: Place, owner: &str, class: &str) {
        self.change(place, owner, class, 1);
    }

    /// Counts a finding that was there under another day or operator.
    pub(crate) fn moved(&mut self, before: Place, finding: &Finding) {
        if before != place(finding) {
            self.change(before, &finding.constituent_id, &finding.taxonomy, -1);
            self.change(place(finding), &finding.constituent_id, &finding.taxonomy, 1);
        }
    }

    fn change(&mut self, place: Place, owner: &str, class: &str, by: i64) {
        let owners = self.changes.entry(place).or_default();
        // Looked up before anything is copied: a part has many findings and few owners.
        if let Some(count) = owners.get_mut(owner).and_then(|classes| classes.get_mut(class)) {
            *count += by;
            return;
        }
        let classes = owners.entry(owner.to_string()).or_default();
        *classes.entry(class.to_string()).or_default() += by;
    }

    /// Writes the changes, in the order of the keys: two programs never wait for each other in a circle.
    pub(crate) async fn write(self, tx: &mut Tx) -> Result<(), StoreError> {
        let mut rows: Vec<(String, String, String, i64, i64)> = Vec::new();
        for ((day, asn), owners) in self.changes {
            let day = Micros(day.saturating_mul(Micros::DAY)).day();
            for (owner, classes) in owners {
                for (class, count) in classes.into_iter().filter(|(_, count)| *count != 0) {
                    rows.push((day.clone(), owner.clone(), class, asn, count));
                }
            }
        }
        rows.sort();
        let args = rows.into_iter().flat_map(|(day, owner, class, asn, count)| {
            [day.into(), owner.into(), class.into(), Arg::Int(asn), Arg::Int(count)]
        });
        tx.run_many(HEAD, 5, args, TAIL).await
    }
}

/// Counts all findings anew.
pub(crate) async fn count_anew(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(EMPTY, &[]).await?;
    tx.run(COUNT_ALL, &[]).await?;
    Ok(())
}

/// Whether the sums are what counting the findings gives; in words what is wrong.
pub(crate) async fn check(db: &manara_store::Db, findings: u64) -> Result<Option<String>, StoreError> {
    let (wrong, all) = (db.read_int(WRONG, &[]).await?, db.read_int(ALL, &[]).await?);
    let good = wrong == 0 && u64::try_from(all) == Ok(findings);
    Ok((!good).then(|| format!("sums of findings by day: {all} counted of {findings}, {wrong} of the sums are wrong")))
}
