//! One answer to many findings, and its undo; and how lists of them are found.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use manara_model::{Answer, FindingState, Micros, Viewer};
use manara_store::{Arg, Db, Engine, StoreError, Tx, migrate};
use manara_watch::{TOUCHED, Watch, answer, answer_because, many_findings, take_back};
use manara_web::api::Wrong;
use manara_web::bulk::{self, Bulk, BulkRow, BulkState, Fields, Found, Many, Order, Outcome, Work, begin, go_on, rows};
use manara_web::{ListSpec, Right, Visit};
use serde_json::{Value, json};

/// Noon of 2026-01-15.
pub(crate) const NOON: Micros = Micros(1_768_478_400_000_000);

fn later(minutes: i64) -> Micros {
    Micros(NOON.0 + minutes * 60_000_000)
}

fn sara() -> Viewer {
    Viewer { name: "sara".into(), ..Viewer::system() }
}

pub(crate) struct House {
    pub(crate) db: Db,
    pub(crate) watch: Watch,
    pub(crate) folder: tempfile::TempDir,
}

/// Runs a test on SQLite, and on PostgreSQL when `MANARA_TEST_POSTGRES` names one.
pub(crate) fn on_both<R: Future<Output = ()>>(test: impl Fn(House) -> R) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        test(House::on(Engine::Sqlite).await).await;
        if std::env::var("MANARA_TEST_POSTGRES").is_err() {
            println!("MANARA_TEST_POSTGRES is not set: tested on SQLite only");
            return;
        }
        test(House::on(Engine::Postgres).await).await;
    });
}

/// A schema of its own in the PostgreSQL of the tests.
async fn postgres() -> Db {
    let url = std::env::var("MANARA_TEST_POSTGRES").unwrap();
    let name = format!("watch_{}", uuid::Uuid::now_v7().simple());
    let admin = Db::open_postgres(&url).await.unwrap();
    let mut tx = admin.begin().await.unwrap();
    tx.run_script(&format!("CREATE SCHEMA {name}")).await.unwrap();
    tx.commit().await.unwrap();
    admin.close().await;
    let joint = if url.contains('?') { '&' } else { '?' };
    Db::open_postgres(&format!("{url}{joint}options[search_path]={name}")).await.unwrap()
}

const FEED: &str = "
    INSERT INTO watch_feed (name, title, format, accuracy, alpha, beta, answers, silent_hours, last_received, last_event)
    VALUES ('sinkhole', 'Sinkhole', 'csv', 0.8, 8, 2, 0, 36, '', '')";
pub(crate) const FINDINGS: &str = "
    INSERT INTO watch_finding (id, constituent_id, constituent, taxonomy, type, subject, asset, state, severity, confidence,
        first_seen, last_seen, count, sources, changed_at, told_at, last_batch, asn) VALUES";

pub(crate) fn id(at: usize) -> String {
    format!("{at:032x}")
}

/// So many open findings of one feed; every second of them is critical.
async fn findings(house: &House, count: usize) -> Vec<String> {
    let ids: Vec<String> = (0..count).map(id).collect();
    let mut tx = house.db.begin().await.unwrap();
    tx.run(FEED, &[]).await.unwrap();
    let args = ids.iter().enumerate().flat_map(|(at, id)| {
        [
            Arg::from(id),
            "c".into(),
            "Harbour".into(),
            "malicious-code".into(),
            "infected-system".into(),
            "mirai".into(),
            format!("192.0.2.{at}").into(),
            "open".into(),
            (if at % 2 == 0 { 4i64 } else { 3 }).into(),
            0.8.into(),
            NOON.plus_days(-2).into(),
            later(-(at as i64)).into(),
            1i64.into(),
            r#"[{"feed":"sinkhole","count":1}]"#.into(),
            NOON.plus_days(-2).into(),
            "".into(),
            "b".into(),
            0i64.into(),
        ] as [Arg<'_>; 18]
    });
    tx.run_many(FINDINGS, 18, args, "").await.unwrap();
    tx.commit().await.unwrap();
    ids
}

impl House {
    /// An empty one in a database of a kind.
    pub(crate) async fn on(engine: Engine) -> House {
        let folder = tempfile::tempdir().unwrap();
        let db = match engine {
            Engine::Sqlite => Db::open_sqlite(&folder.path().join("state.sqlite")).await.unwrap(),
            Engine::Postgres => postgres().await,
        };
        migrate(&db, &[manara_store::SCHEMA, manara_web::SCHEMA, manara_watch::SCHEMA]).await.unwrap();
        let watch = Watch::new(db.clone(), folder.path());
        House { db, watch, folder }
    }

    /// How often the feed was right and wrong, beside what is assumed of it, and how many answers it learnt from.
    async fn learnt(&self) -> (i64, i64, i64) {
        let row = self.db.read_one("SELECT alpha, beta, answers FROM watch_feed", &[]).await.unwrap().unwrap();
        (row.real(0).unwrap() as i64 - 8, row.real(1).unwrap() as i64 - 2, row.int(2).unwrap())
    }

    /// Every finding, and where it stands since when. How sure we are of it follows its sources, and not one word.
    pub(crate) async fn all(&self) -> Vec<(String, FindingState, Micros, Option<Micros>)> {
        let all = self.watch.findings("1 = 1", &[], "id", 20_000).await.unwrap();
        all.into_iter().map(|one| (one.id, one.state, one.changed_at, one.told_at)).collect()
    }

    async fn make(&self, word: &str, ids: &[String], now: Micros) -> Bulk {
        let bulk = begin(&self.db, &*many_findings(), &sara(), &json!({ "do": word }), ids, "", now).await.unwrap();
        go_on(&self.db, &*many_findings(), &sara(), &bulk, now).await.unwrap()
    }

    async fn undo(&self, bulk: &Bulk, now: Micros) -> Vec<BulkRow> {
        bulk::take_back(&self.db, &*many_findings(), &sara(), bulk, now).await.unwrap();
        self.told(bulk).await
    }

    async fn told(&self, bulk: &Bulk) -> Vec<BulkRow> {
        rows(&self.db, &bulk.id, 0, 20_000).await.unwrap()
    }
}

fn count(rows: &[BulkRow], outcome: Outcome) -> usize {
    rows.iter().filter(|row| row.outcome == outcome).count()
}

#[test]
fn ten_thousand_are_answered_and_the_undo_brings_back_all_but_what_changed_since() {
    on_both(|house: House| async move {
        let ids = findings(&house, 10_000).await;
        let before = house.all().await;
        let bulk = house.make("fixed", &ids, later(1)).await;
        assert_eq!(bulk.state, BulkState::Done);
        assert_eq!(count(&house.told(&bulk).await, Outcome::Changed), 10_000);
        assert_eq!(house.learnt().await, (10_000, 0, 10_000));
        let lines = "SELECT COUNT(*) FROM store_journal WHERE plane = 'watch' AND verb = 'finding_answered'";
        assert_eq!(house.db.read_int(lines, &[]).await.unwrap(), 10_000);

        answer(&house.db, &ids[..1], Answer::Undone, "omar", later(2)).await.unwrap();
        let report = house.undo(&bulk, later(3)).await;
        assert_eq!((count(&report, Outcome::Restored), count(&report, Outcome::Left)), (9_999, 1));
        assert_eq!((report[0].outcome, report[0].reason.as_str()), (Outcome::Left, "changed"));
        assert_eq!(house.learnt().await, (0, 0, 0));
        let after = house.all().await;
        for (before, after) in before.iter().zip(&after).skip(1) {
            assert_eq!(before, after);
        }
        assert!(house.folder.path().exists());
    });
}

#[test]
fn a_word_that_stood_in_the_place_of_another_gives_its_place_back() {
    on_both(|house: House| async move {
        let ids = findings(&house, 2).await;
        house.make("fixed", &ids, later(1)).await;
        let wrong = house.make("false", &ids, later(2)).await;
        assert_eq!(house.learnt().await, (2, 2, 4));
        assert_eq!(count(&house.undo(&wrong, later(3)).await, Outcome::Restored), 2);
        assert_eq!(house.learnt().await, (2, 0, 2));
        let undone = house.make("undo", &ids, later(4)).await;
        assert_eq!(house.learnt().await, (0, 0, 0));
        assert_eq!(count(&house.undo(&undone, later(5)).await, Outcome::Restored), 2);
        assert_eq!(house.learnt().await, (2, 0, 2));
        house.make("undo", &ids, later(6)).await;
        assert_eq!(house.learnt().await, (0, 0, 0), "what came back can be taken back again");
        let again = house.make("undo", &ids, later(7)).await;
        assert_eq!(count(&house.told(&again).await, Outcome::Same), 2);
    });
}

#[test]
fn what_was_answered_for_a_reason_is_taken_back_for_it_and_no_other() {
    on_both(|house: House| async move {
        let ids = findings(&house, 3).await;
        let before = house.all().await;
        answer_because(&house.db, &ids, Answer::Fixed, "bulk/one", "sara", later(1)).await.unwrap();
        assert_eq!(take_back(&house.db, &ids, "bulk/two", "sara", later(2)).await.unwrap(), 0);
        answer(&house.db, &ids[..1], Answer::False, "omar", later(3)).await.unwrap();
        assert_eq!(take_back(&house.db, &ids, "bulk/one", "sara", later(4)).await.unwrap(), 2);
        assert_eq!(take_back(&house.db, &ids, "bulk/one", "sara", later(5)).await.unwrap(), 0, "twice is once");
        assert_eq!(house.all().await[1..], before[1..]);
    });
}

/// What fails in its second part, as when the disk is full or the machine stops.
#[derive(Debug)]
struct Breaking(Arc<dyn Many>, AtomicUsize);

impl Many for Breaking {
    fn plane(&self) -> &'static str {
        self.0.plane()
    }
    fn list(&self) -> (&'static str, &'static str) {
        self.0.list()
    }
    fn spec(&self) -> &'static ListSpec {
        self.0.spec()
    }
    fn right(&self, change: &Value) -> Right {
        self.0.right(change)
    }
    fn form(&self, visit: &Visit, fields: &Fields) -> Option<Value> {
        self.0.form(visit, fields)
    }
    fn read(&self, change: &Value) -> Result<Value, Wrong> {
        self.0.read(change)
    }
    fn matching<'a>(&'a self, visit: &'a Visit, pairs: Vec<(String, String)>, most: usize) -> Found<'a> {
        self.0.matching(visit, pairs, most)
    }
    fn says(&self, visit: &Visit, change: &Value) -> String {
        self.0.says(visit, change)
    }
    fn warns(&self, visit: &Visit, change: &Value) -> String {
        self.0.warns(visit, change)
    }
    fn own_reason(&self, reason: &str) -> String {
        self.0.own_reason(reason)
    }
    fn act<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, records: &'a [String]) -> Work<'a> {
        Box::pin(async move {
            let did = self.0.act(tx, order, records).await?;
            if self.1.fetch_add(1, Ordering::Relaxed) == 1 { Err(StoreError::NotFound("room".into())) } else { Ok(did) }
        })
    }
    fn undo<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, rows: &'a [BulkRow]) -> Work<'a> {
        self.0.undo(tx, order, rows)
    }
}

#[test]
fn what_was_interrupted_goes_on_where_it_stopped_or_goes_back_as_far_as_it_went() {
    on_both(|house: House| async move {
        let ids = findings(&house, 1_200).await;
        let before = house.all().await;
        for goes_on in [false, true] {
            let breaking = Breaking(many_findings(), AtomicUsize::new(0));
            let change = json!({ "do": "false" });
            let bulk = begin(&house.db, &breaking, &sara(), &change, &ids, "", later(1)).await.unwrap();
            assert!(go_on(&house.db, &breaking, &sara(), &bulk, later(1)).await.is_err());
            let report = house.told(&bulk).await;
            assert_eq!((count(&report, Outcome::Changed), count(&report, Outcome::Waiting)), (1_000, 200));
            assert_eq!(house.learnt().await, (0, 1_000, 1_000));
            let bulk = bulk::last(&house.db, "watch", "sara", later(0)).await.unwrap().unwrap();
            assert_eq!(bulk.state, BulkState::Begun);
            if goes_on {
                let done = go_on(&house.db, &breaking, &sara(), &bulk, later(2)).await.unwrap();
                assert_eq!((done.state, house.learnt().await), (BulkState::Done, (0, 1_200, 1_200)));
                let again = go_on(&house.db, &breaking, &sara(), &bulk, later(3)).await.unwrap();
                assert_eq!((again.state, house.learnt().await), (BulkState::Done, (0, 1_200, 1_200)), "twice is once");
            } else {
                let report = house.undo(&bulk, later(2)).await;
                assert_eq!((count(&report, Outcome::Restored), count(&report, Outcome::Waiting)), (1_000, 200));
                assert_eq!(house.all().await, before);
            }
        }
    });
}

#[test]
fn the_list_of_one_severity_is_found_by_its_index() {
    on_both(|house: House| async move {
        findings(&house, 10_000).await;
        let list = "SELECT id, last_seen FROM watch_finding
             WHERE (state IN ('open', 'notified', 'acknowledged', 'reopened')) AND (severity = 4)
             ORDER BY last_seen DESC, id DESC LIMIT 51";
        let (explain, at) = match house.db.engine() {
            Engine::Sqlite => ("EXPLAIN QUERY PLAN", 3),
            Engine::Postgres => ("EXPLAIN", 0),
        };
        let mut tx = house.db.begin().await.unwrap();
        // Nearly all match: what was sorted before the first page came.
        tx.run_script("UPDATE watch_finding SET severity = 4; ANALYZE").await.unwrap();
        let plan = tx.read(&format!("{explain} {list}"), &[]).await.unwrap();
        let plan: Vec<String> = plan.iter().map(|row| row.text(at).unwrap()).collect();
        let plan = plan.join("\n");
        // PostgreSQL may as well go through all in the order of the list when nearly all match.
        let in_order = house.db.engine() == Engine::Postgres && plan.contains("watch_finding_last_seen");
        assert!(plan.contains("watch_finding_severity_seen") || in_order, "{plan}");
        assert!(!plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "found in its order: {plan}");
        // What hardly any finding is, the index of what is no longer as it came knows.
        let fixed = format!(
            "SELECT id FROM watch_finding WHERE {TOUCHED}
             AND state = 'fixed' AND changed_at >= '2026' ORDER BY changed_at DESC LIMIT 10"
        );
        let plan = tx.read(&format!("{explain} {fixed}"), &[]).await.unwrap();
        assert!(plan.iter().any(|row| row.text(at).unwrap().contains("watch_finding_changed")), "{fixed}");
    });
}
