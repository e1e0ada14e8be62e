//! Feeds that are lists: what a copy says, a kill, silence, and history read again.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;

use manara_formats::Feed;
use manara_lake::Lake;
use manara_model::{IpTable, Micros, Owner, Owners};
use manara_store::Db;
use manara_watch::{FileHint, Ingest, Progress, Summary, expire, replay};

use crate::many;

/// A list with a remark on each entry, and one without a mapping.
const MAPPING: &str = "\
name: controllers
title: Controllers
format: csv
columns:
  address: source.ip
  remark: extra
constants:
  classification.type: c2-server
state:
  list: true
  expire_days: 7
";
const ENTRIES: &str =
    "SELECT entry, state, first_seen, last_seen, changed_at, batch FROM watch_list_entry ORDER BY feed, entry";
const FINDINGS: &str = "SELECT asset, state, CAST(count AS TEXT) FROM watch_finding ORDER BY asset";
const COMPARED: &str = "SELECT detail FROM store_journal WHERE verb = 'list_compared' ORDER BY id DESC LIMIT 1";

/// Six in the morning of a day since the first copy.
fn day(count: i64) -> Micros {
    Micros::parse_rfc3339("2026-09-01T06:00:00Z").unwrap().plus_days(count)
}

struct House {
    db: Db,
    ingest: Ingest,
    folder: tempfile::TempDir,
}

fn on_both<R: Future<Output = ()>>(test: impl Fn(House) -> R) {
    many::on_both(|house| test(House::of(house)));
}

impl House {
    fn of(many::House { db, folder, .. }: many::House) -> House {
        let ingest = Ingest::new(db.clone(), folder.path(), vec![Feed::from_yaml("controllers", MAPPING).unwrap()]);
        ingest.owners.store(Arc::new(Owners {
            list: vec![Owner { id: "harbour".into(), name: "Harbour".into() }],
            networks: IpTable::build([("192.0.2.0".parse().unwrap(), 24, 0)]).0,
            ..Owners::default()
        }));
        House { db, ingest, folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A copy of the list comes: pairs of an address's last number and a remark.
    async fn copy(&self, entries: &[(u8, &str)], at: Micros) -> Summary {
        let lines: String = entries.iter().map(|(host, remark)| format!("192.0.2.{host},{remark}\n")).collect();
        self.brings("controllers", "feed:controllers", &format!("address,remark\n{lines}"), at).await
    }

    async fn brings(&self, feed: &str, kind: &str, text: &str, at: Micros) -> Summary {
        let hint = FileHint { feed: Some(feed.into()), kind: Some(kind.into()), file_name: None };
        let path = self.path().join("copy");
        std::fs::write(&path, text).unwrap();
        let file = std::fs::File::open(&path).unwrap();
        self.ingest.take(file, &hint, at, "somebody", Arc::new(Progress::default())).await.unwrap().summary
    }

    async fn rows(&self, sql: &str, columns: usize) -> Vec<Vec<String>> {
        let rows = self.db.read(sql, &[]).await.unwrap();
        rows.iter().map(|row| (0..columns).map(|at| row.text(at).unwrap()).collect()).collect()
    }

    /// The last number and the state of each entry.
    async fn entries(&self) -> Vec<(String, String)> {
        let rows = self.rows(ENTRIES, 2).await;
        rows.into_iter().map(|row| (row[0].trim_start_matches("192.0.2.").to_string(), row[1].clone())).collect()
    }

    /// The last number, the state and the count of each finding.
    async fn findings(&self) -> Vec<String> {
        let rows = self.rows(FINDINGS, 3).await;
        rows.into_iter().map(|row| format!("{} {} {}", row[0].trim_start_matches("192.0.2."), row[1], row[2])).collect()
    }

    /// What the last copy was found to say: new, changed, unchanged, delisted, findings that expired.
    async fn compared(&self) -> [i64; 5] {
        let row = self.db.read_one(COMPARED, &[]).await.unwrap().unwrap();
        let detail: serde_json::Value = serde_json::from_str(&row.text(0).unwrap()).unwrap();
        ["new", "changed", "unchanged", "delisted", "findings_expired"].map(|name| detail[name].as_i64().unwrap())
    }

    async fn replays(&self, at: Micros) {
        let lake = Lake::new(64 << 20, &self.path().join("spill")).unwrap();
        replay(&self.ingest, &lake, None, "somebody", at, |_, _| ()).await.unwrap();
    }
}

fn states(entries: &[(&str, &str)]) -> Vec<(String, String)> {
    entries.iter().map(|(entry, state)| (entry.to_string(), state.to_string())).collect()
}

#[test]
fn what_is_on_a_list_lives_and_what_leaves_it_expires() {
    on_both(|house: House| async move {
        let first = house.copy(&[(1, "a"), (2, "b")], day(0)).await;
        assert_eq!((first.rows, first.events, first.duplicates), (2, 2, 0));
        assert_eq!(house.compared().await, [2, 0, 0, 0, 0]);

        let second = house.copy(&[(1, "a"), (2, "other"), (3, "c")], day(1)).await;
        assert_eq!((second.rows, second.events, second.duplicates), (3, 2, 1));
        assert_eq!(house.compared().await, [1, 1, 1, 0, 0]);
        assert_eq!(house.findings().await, ["1 open 1", "2 open 2", "3 open 1"]);

        house.copy(&[(1, "a"), (3, "c")], day(2)).await;
        assert_eq!(house.compared().await, [0, 0, 2, 1, 1]);
        assert_eq!(house.entries().await, states(&[("1", "listed"), ("2", "delisted"), ("3", "listed")]));
        assert_eq!(house.findings().await, ["1 open 1", "2 expired 2", "3 open 1"]);

        // Nothing new is said of what stays on it, for longer than findings of that type live without a sign; the same bytes are
        // a copy, too.
        for at in (5..=50).step_by(5) {
            let again = house.copy(&[(1, "a"), (3, "c")], day(at)).await;
            assert_eq!((again.events, again.duplicates), (0, 2));
            assert_eq!(expire(&house.db, &house.ingest.feeds, day(at)).await.unwrap(), 0, "day {at}");
        }
        assert_eq!(house.entries().await, states(&[("1", "listed"), ("2", "delisted"), ("3", "listed")]));
        assert_eq!(house.findings().await, ["1 open 1", "2 expired 2", "3 open 1"]);

        // What comes back is new, and its finding is reopened.
        house.copy(&[(1, "a"), (2, "back"), (3, "c")], day(51)).await;
        assert_eq!(house.compared().await, [1, 0, 2, 0, 0]);
        assert_eq!(house.findings().await, ["1 open 1", "2 reopened 3", "3 open 1"]);

        // A list that falls silent says nothing any more of what it had.
        assert_eq!(expire(&house.db, &house.ingest.feeds, day(58)).await.unwrap(), 0);
        assert_eq!(expire(&house.db, &house.ingest.feeds, day(59)).await.unwrap(), 2);
        assert_eq!(house.entries().await, states(&[("1", "expired"), ("2", "expired"), ("3", "expired")]));
        assert_eq!(
            house.findings().await,
            ["1 expired 1", "2 reopened 3", "3 expired 1"],
            "the second was seen lately"
        );
        assert_eq!(expire(&house.db, &house.ingest.feeds, day(66)).await.unwrap(), 1);

        // Its newest copy ends the silence; an older one does not.
        house.copy(&[(1, "a"), (3, "c")], day(67)).await;
        assert_eq!(house.entries().await, states(&[("1", "expired"), ("2", "expired"), ("3", "expired")]));
        house.copy(&[(1, "a"), (2, "back"), (3, "c")], day(68)).await;
        assert_eq!(house.entries().await, states(&[("1", "listed"), ("2", "listed"), ("3", "listed")]));
    });
}

#[test]
fn a_list_without_a_mapping_falls_silent_too() {
    on_both(|house: House| async move {
        house.brings("blocked", "list", "192.0.2.9\n", day(0)).await;
        assert_eq!(house.entries().await, states(&[("9", "listed")]));
        expire(&house.db, &house.ingest.feeds, day(7)).await.unwrap();
        assert_eq!(house.entries().await, states(&[("9", "listed")]));
        expire(&house.db, &house.ingest.feeds, day(8)).await.unwrap();
        assert_eq!(house.entries().await, states(&[("9", "expired")]));
    });
}

#[test]
fn a_copy_killed_before_its_end_is_still_compared_as_a_whole() {
    on_both(|house: House| async move {
        house.copy(&[(1, "a"), (2, "b")], day(0)).await;
        let before = house.rows(ENTRIES, 6).await;
        house.copy(&[(1, "a"), (3, "c")], day(1)).await;
        let (entries, findings) = (house.rows(ENTRIES, 6).await, house.findings().await);
        assert_eq!(findings, ["1 open 1", "2 expired 1", "3 open 1"]);

        // The part is stored, and the list is not compared yet.
        let mut tx = house.db.begin().await.unwrap();
        let wait = "UPDATE watch_batch SET state = 'received', finished_at = NULL WHERE received_at = $1";
        assert_eq!(tx.run(wait, &[day(1).into()]).await.unwrap(), 1);
        tx.run("DELETE FROM watch_list_entry WHERE entry = '192.0.2.3'", &[]).await.unwrap();
        for row in &before {
            let sql =
                "UPDATE watch_list_entry SET state = $2, last_seen = $3, changed_at = $4, batch = $5 WHERE entry = $1";
            let [entry, state, _, last, changed, batch] = row.as_slice() else { panic!("{row:?}") };
            tx.run(sql, &[entry.into(), state.into(), last.into(), changed.into(), batch.into()]).await.unwrap();
        }
        tx.run("UPDATE watch_finding SET state = 'open' WHERE asset = '192.0.2.2'", &[]).await.unwrap();
        tx.commit().await.unwrap();

        let waiting = house.ingest.waiting().await.unwrap();
        house.ingest.process(&waiting[0], Micros::FAR, day(1), Arc::new(Progress::default())).await.unwrap();
        assert_eq!(house.rows(ENTRIES, 6).await, entries);
        assert_eq!(house.findings().await, findings);
        assert_eq!(house.compared().await, [1, 0, 1, 1, 1]);
    });
}

#[test]
fn history_read_again_leaves_lists_as_they_are() {
    on_both(|house: House| async move {
        house.copy(&[(1, "a"), (2, "b")], day(0)).await;
        house.copy(&[(1, "a"), (3, "c")], day(1)).await;
        house.copy(&[(1, "a"), (2, "b"), (3, "d")], day(2)).await;
        house.copy(&[(1, "a"), (2, "b"), (3, "d")], day(9)).await;
        let (entries, findings) = (house.rows(ENTRIES, 6).await, house.findings().await);
        assert_eq!(findings, ["1 open 1", "2 reopened 2", "3 open 2"]);
        house.replays(day(10)).await;
        assert_eq!(house.rows(ENTRIES, 6).await, entries);
        assert_eq!(house.findings().await, findings);

        // It goes on from there.
        let next = house.copy(&[(1, "a"), (3, "d")], day(11)).await;
        assert_eq!((next.events, next.duplicates), (0, 2));
        assert_eq!(house.compared().await, [0, 0, 2, 1, 1]);
        assert_eq!(house.findings().await, ["1 open 1", "2 expired 2", "3 open 2"]);
    });
}
