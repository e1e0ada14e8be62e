//! Changes of many constituents.

use manara_constituency::{Criticality, ImportOptions, SaveError, change, get, many_constituents, remove, restore};
use manara_model::{Micros, Viewer};
use manara_store::{Db, migrate};
use manara_web::bulk::{Bulk, BulkRow, Outcome, begin, go_on, rows, take_back};
use serde_json::{Value, json};

use crate::{NOW, on_both, take};

fn amina() -> Viewer {
    Viewer { name: "amina".into(), ..Viewer::system() }
}

fn later(minutes: i64) -> Micros {
    Micros(NOW.0 + minutes * 60_000_000)
}

async fn tables(db: &Db) {
    migrate(db, &[manara_store::SCHEMA, manara_web::SCHEMA, manara_constituency::SCHEMA]).await.unwrap();
}

async fn make(db: &Db, change: &Value, ids: &[String], now: Micros) -> Bulk {
    let many = many_constituents();
    let change = many.read(change).unwrap();
    let bulk = begin(db, &*many, &amina(), &change, ids, "", now).await.unwrap();
    go_on(db, &*many, &amina(), &bulk, now).await.unwrap()
}

async fn undo(db: &Db, bulk: &Bulk, now: Micros) -> Vec<BulkRow> {
    take_back(db, &*many_constituents(), &amina(), bulk, now).await.unwrap();
    told(db, bulk).await
}

async fn told(db: &Db, bulk: &Bulk) -> Vec<BulkRow> {
    rows(db, &bulk.id, 0, 20_000).await.unwrap()
}

fn count(rows: &[BulkRow], outcome: Outcome) -> usize {
    rows.iter().filter(|row| row.outcome == outcome).count()
}

async fn ids(db: &Db) -> Vec<String> {
    let mut all = manara_constituency::all(db).await.unwrap();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all.into_iter().map(|one| one.id).collect()
}

const THREE: &str = "\
name,sector,criticality,association,networks,domains
Alpha,energy,low,,192.0.2.0/26,alpha.example
Beta,finance,high,Alpha,192.0.2.64/26,beta.example
Gamma,energy,medium,,192.0.2.128/26,gamma.example
";

#[test]
fn what_is_set_comes_back_where_nobody_changed_it_since() {
    on_both(|db| async move {
        tables(&db).await;
        take(&db, THREE, &ImportOptions::default()).await;
        let ids = ids(&db).await;
        let bulk = make(&db, &json!({ "do": "criticality", "value": "high" }), &ids, later(1)).await;
        let report = told(&db, &bulk).await;
        assert_eq!((count(&report, Outcome::Changed), count(&report, Outcome::Same)), (2, 1));
        let (mut beta, state) = get(&db, &ids[2]).await.unwrap().unwrap();
        assert_eq!(beta.criticality, Criticality::High);
        beta.notes = "called".into();
        change(&db, beta, &state.changed_at, "omar", later(2)).await.unwrap();
        let report = undo(&db, &bulk, later(3)).await;
        assert_eq!((count(&report, Outcome::Restored), count(&report, Outcome::Left)), (1, 1));
        assert_eq!(get(&db, &ids[0]).await.unwrap().unwrap().0.criticality, Criticality::Low);

        let under = make(&db, &json!({ "do": "association", "value": " Alpha " }), &ids, later(4)).await;
        let reasons: Vec<String> = told(&db, &under).await.into_iter().map(|row| row.reason).collect();
        assert_eq!(reasons, ["own-association", "", ""], "Alpha is not above itself, Beta is under it already");
        undo(&db, &under, later(5)).await;
        assert_eq!(get(&db, &ids[2]).await.unwrap().unwrap().0.association, "");
        let sector = make(&db, &json!({ "do": "sector", "value": "health" }), &ids, later(6)).await;
        assert_eq!(get(&db, &ids[1]).await.unwrap().unwrap().0.sector.id, "health");
        undo(&db, &sector, later(7)).await;
        assert_eq!(get(&db, &ids[1]).await.unwrap().unwrap().0.sector.id, "finance");
        let generation = manara_constituency::generation(&db).await.unwrap();
        make(&db, &json!({ "do": "restore" }), &ids, later(8)).await;
        assert_eq!(manara_constituency::generation(&db).await.unwrap(), generation, "nothing was changed");
    });
}

#[test]
fn what_was_removed_comes_back_unless_others_own_it_now() {
    on_both(|db| async move {
        tables(&db).await;
        take(&db, THREE, &ImportOptions::default()).await;
        let old = ids(&db).await;
        let bulk = make(&db, &json!({ "do": "remove" }), &old, later(1)).await;
        assert_eq!(count(&told(&db, &bulk).await, Outcome::Changed), 3);
        assert!(ids(&db).await.is_empty());
        take(&db, "name,networks\nDelta,192.0.2.128/26\n", &ImportOptions::default()).await;
        let report = undo(&db, &bulk, later(2)).await;
        assert_eq!((count(&report, Outcome::Restored), report[2].reason.as_str()), (2, "taken"));
        assert_eq!(ids(&db).await.len(), 3);
        let again = make(&db, &json!({ "do": "criticality", "value": "low" }), &old[2..], later(3)).await;
        assert_eq!(told(&db, &again).await[0].reason, "removed");
    });
}

#[test]
fn a_removal_that_names_a_version_is_of_that_version() {
    on_both(|db| async move {
        take(&db, THREE, &ImportOptions::default()).await;
        let id = ids(&db).await.remove(0);
        let (mut one, state) = get(&db, &id).await.unwrap().unwrap();
        one.notes = "called".into();
        change(&db, one, &state.changed_at, "omar", later(1)).await.unwrap();
        let late = remove(&db, &id, &state.changed_at, "amina", later(2)).await;
        assert!(matches!(late, Err(SaveError::Stale)), "{late:?}");
        remove(&db, &id, "", "amina", later(2)).await.unwrap();
        let late = restore(&db, &id, &state.changed_at, "amina", later(3)).await;
        assert!(matches!(late, Err(SaveError::Stale)), "{late:?}");
    });
}

#[test]
fn ten_thousand_are_changed_and_changed_back() {
    on_both(|db| async move {
        tables(&db).await;
        let mut file = String::from("name,sector,criticality,networks\n");
        for at in 0..10_000 {
            file.push_str(&format!("Constituent {at:05},energy,low,10.{}.{}.0/24\n", at / 250, at % 250));
        }
        take(&db, &file, &ImportOptions::default()).await;
        let ids = ids(&db).await;
        for step in [json!({ "do": "criticality", "value": "vital" }), json!({ "do": "remove" })] {
            let bulk = make(&db, &step, &ids, later(1)).await;
            assert_eq!(count(&told(&db, &bulk).await, Outcome::Changed), 10_000);
            assert_eq!(count(&undo(&db, &bulk, later(2)).await, Outcome::Restored), 10_000);
        }
        assert_eq!(manara_constituency::count(&db).await.unwrap(), 10_000);
    });
}
