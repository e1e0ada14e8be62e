//! A file that is read while it is kept gives what it gives when it is kept first; and what counts while a file is read: the rows
//! of the days before, and the tables in force when it began.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use manara_formats::Feed;
use manara_model::{FindingState, IpTable, Micros, Owner, Owners};
use manara_store::Journal;
use manara_watch::{
    FileHint, Ingest, IngestError, Ingested, Progress, TableKind, Tables, expire, load_table, quiet_days,
};

use crate::many::{House, on_both};

/// Four rows of three hosts, one of them twice, and a row without a time.
const REPORT: &str = "\
timestamp,severity,ip,protocol,port,brand_new
2026-11-20 10:00:00,medium,192.0.2.7,tcp,23,
2026-11-20 10:05:00,medium,192.0.2.8,tcp,23,
2026-11-20 10:05:00,medium,192.0.2.8,tcp,23,
whenever,medium,192.0.2.8,tcp,23,
2026-11-20 10:06:00,high,192.0.2.7,tcp,2323,
";
const HEADER_ALONE: &str = "timestamp,severity,ip,protocol,port,brand_new\n";
/// A report without a column for the address.
const UNREADABLE: &str = "timestamp,severity\n2026-11-20 10:00:00,medium\n";
const SUMS: &str = "
    SELECT b.state, b.sha256, b.format, CAST(b.bytes AS TEXT), CAST(b.rows AS TEXT), CAST(b.events AS TEXT),
        CAST(b.rejects AS TEXT), CAST(b.duplicates AS TEXT), CAST(b.findings_opened AS TEXT), CAST(b.parts AS TEXT),
        b.error, f.title, CAST(f.alpha AS TEXT),
        CAST((SELECT count(*) FROM watch_file) AS TEXT), CAST((SELECT count(*) FROM watch_drift) AS TEXT)
      FROM watch_batch b JOIN watch_feed f ON f.name = b.feed ORDER BY b.id LIMIT 10";
const FINDINGS: &str = "
    SELECT id, asset, subject, sources, first_seen, last_seen, CAST(confidence AS TEXT) FROM watch_finding ORDER BY id LIMIT 10";

fn now() -> Micros {
    Micros::parse_rfc3339("2026-11-21T06:00:00Z").unwrap()
}

fn hint() -> FileHint {
    FileHint { file_name: Some("2026-11-20-scan_telnet-xs-geo.csv".to_string()), ..FileHint::default() }
}

fn ingest(house: &House) -> Ingest {
    let ingest = Ingest { part_rows: 2, ..Ingest::new(house.db.clone(), house.folder.path(), Vec::new()) };
    ingest.owners.store(Arc::new(Owners {
        list: vec![Owner { id: "harbour".into(), name: "Harbour".into() }],
        networks: IpTable::build([("192.0.2.0".parse().unwrap(), 24, 0)]).0,
        ..Owners::default()
    }));
    ingest
}

fn file_of(bytes: &[u8], folder: &Path) -> File {
    let path = folder.join("report");
    File::create(&path).unwrap().write_all(bytes).unwrap();
    File::open(path).unwrap()
}

async fn take(ingest: &Ingest, file: File) -> Result<Ingested, IngestError> {
    ingest.take(file, &hint(), now(), "somebody", Arc::new(Progress::default())).await
}

/// Everything that is the same however the file was taken.
async fn outcome(ingest: &Ingest) -> Vec<String> {
    let mut all = Vec::new();
    for (sql, columns) in [(SUMS, 15), (FINDINGS, 7)] {
        for row in ingest.db.read(sql, &[]).await.unwrap() {
            all.push((0..columns).map(|at| row.text(at).unwrap()).collect::<Vec<_>>().join(" | "));
        }
    }
    let entries = Journal::after(&ingest.db, 0, 10).await.unwrap();
    all.extend(entries.iter().map(|entry| format!("{} {}", entry.who, entry.verb)));
    for sha256 in ingest.blobs.list().unwrap() {
        ingest.blobs.verify(&sha256).unwrap();
        all.push(sha256);
    }
    all
}

#[test]
fn a_file_read_while_it_is_kept_gives_what_it_gives_kept_first() {
    for report in [REPORT, HEADER_ALONE, UNREADABLE] {
        on_both(move |first: House| async move {
            let second = House::on(first.db.engine()).await;
            let (kept_first, read_first) = (ingest(&first), ingest(&second));
            kept_first.receive(&mut report.as_bytes(), &hint(), now(), "somebody").await.unwrap();
            let waiting = kept_first.waiting().await.unwrap();
            let want = kept_first.process(&waiting[0], Micros::FAR, now(), Arc::new(Progress::default())).await;
            let got = take(&read_first, file_of(report.as_bytes(), second.folder.path())).await;
            match (want, got) {
                (Ok(want), Ok(got)) => {
                    assert!(!got.known && got.batch.sha256.len() == 64);
                    let sums = |summary: &manara_watch::Summary| {
                        (summary.rows, summary.events, summary.rejects, summary.duplicates, summary.findings_opened)
                    };
                    assert_eq!(sums(&got.summary), sums(&want));
                }
                (Err(want), Err(got)) => assert_eq!(got.to_string(), want.to_string()),
                (want, got) => panic!("{report:?}: {want:?}, {got:?}"),
            }
            assert_eq!(outcome(&read_first).await, outcome(&kept_first).await, "{report:?}");
        });
    }
}

/// The finished files of the lake.
fn lake_files(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .map(|path| match path.is_dir() {
            true => lake_files(&path),
            false => usize::from(path.extension().is_some_and(|ending| ending == "parquet")),
        })
        .sum()
}

#[test]
fn what_a_first_part_left_in_the_lake_is_removed_at_the_next_turn() {
    on_both(|house: House| async move {
        let (ingest, folder) = (ingest(&house), house.folder.path());
        let lake = folder.join("lake");
        // Its bytes cannot be kept, so its first part is never listed; its files are ended all the same.
        std::fs::write(folder.join("blobs"), "in the way").unwrap();
        assert!(take(&ingest, file_of(REPORT.as_bytes(), folder)).await.is_err());
        assert!(lake_files(&lake) > 0);
        std::fs::remove_file(folder.join("blobs")).unwrap();
        drop(ingest.lock().await.unwrap());
        assert_eq!(lake_files(&lake), 0);
        take(&ingest, file_of(REPORT.as_bytes(), folder)).await.unwrap();
        drop(ingest.lock().await.unwrap());
        let listed = ingest.db.read_int("SELECT count(*) FROM watch_file", &[]).await.unwrap();
        assert!(listed > 0 && lake_files(&lake) as i64 == listed, "{listed}");
    });
}

#[test]
fn the_same_bytes_are_read_once() {
    on_both(|house: House| async move {
        let (ingest, folder) = (ingest(&house), house.folder.path());
        assert!(!take(&ingest, file_of(REPORT.as_bytes(), folder)).await.unwrap().known);
        let before = outcome(&ingest).await;
        let again = take(&ingest, file_of(REPORT.as_bytes(), folder)).await.unwrap();
        assert!(again.known && again.summary.rows == 5 && again.summary.duplicates == 5, "{again:?}");
        assert_eq!(outcome(&ingest).await, before);
        // As long as the first, but another: its rows are read, and only one of them is new.
        let other = REPORT.replace("2323", "2324");
        let other = take(&ingest, file_of(other.as_bytes(), folder)).await.unwrap();
        assert_eq!((other.known, other.summary.events, other.summary.duplicates), (false, 1, 3));
    });
}

const LOGINS: &str = "\
name: logins
title: Logins
format: csv
columns:
  seen: time.source
  address: source.ip
constants:
  classification.type: brute-force
";

#[test]
fn the_same_row_is_a_duplicate_within_the_days_of_its_feed_and_not_after() {
    const HALF_A_DAY: i64 = Micros::DAY / 2;
    for (said, days) in [("dedup_days: 1\n", 1), ("", 30)] {
        on_both(move |house: House| async move {
            let feed = Feed::from_yaml("logins", &format!("{LOGINS}{said}")).unwrap();
            let ingest = Ingest { feeds: Arc::new(vec![feed]), ..ingest(&house) };
            let hint = FileHint { feed: Some("logins".into()), ..FileHint::default() };
            let edge = days * Micros::DAY;
            // Counted from the arrival of the row that was kept: one that was a duplicate makes it no longer.
            let arrivals = [
                (0, true),
                (HALF_A_DAY, false),
                (edge, false),
                (edge + 1, true),
                (edge + HALF_A_DAY, false),
                (2 * edge + 1, false),
                (2 * edge + 2, true),
            ];
            for (at, (later, is_new)) in arrivals.into_iter().enumerate() {
                let own = format!("2026-11-20 11:00:0{at},192.0.2.9");
                let text = format!("seen,address\n2026-11-20 10:00:00,192.0.2.7\n{own}\n");
                let file = file_of(text.as_bytes(), house.folder.path());
                let came = Micros(now().0 + later);
                let taken = ingest.take(file, &hint, came, "somebody", Arc::default()).await.unwrap();
                assert!(!taken.known, "another file");
                let got = (taken.summary.events, taken.summary.duplicates, taken.summary.rejects);
                assert_eq!(got, if is_new { (2, 0, 0) } else { (1, 1, 0) }, "{days} days, file {at}");
            }
        });
    }
}

/// The two tables of the operator that say this of the whole network.
async fn tables(ingest: &Ingest, asn: &str, country: &str) -> Arc<Tables> {
    let folder = ingest.table_folder();
    for (kind, text) in [
        (TableKind::PrefixToAs, format!("192.0.2.0/24\t{asn}\n")),
        (TableKind::Delegated, format!("docrir|{country}|ipv4|192.0.2.0|256|20260101|assigned\n")),
    ] {
        load_table(&ingest.db, &folder, kind, "a file", &mut text.as_bytes(), "somebody", now()).await.unwrap();
    }
    Tables::open(&ingest.db, &folder).await.unwrap()
}

/// Where the events come from, and how many.
async fn origins(ingest: &Ingest) -> Vec<String> {
    let sql = "SELECT country, CAST(asn AS TEXT), CAST(SUM(events) AS TEXT) FROM watch_origin
        GROUP BY country, asn ORDER BY country, asn LIMIT 10";
    let rows = ingest.db.read(sql, &[]).await.unwrap();
    rows.iter().map(|row| [0, 1, 2].map(|at| row.text(at).unwrap()).join(" ")).collect()
}

#[test]
fn tables_loaded_while_a_batch_is_read_count_from_the_next_batch_on() {
    on_both(|house: House| async move {
        let ingest = ingest(&house);
        let (old, new) = (tables(&ingest, "64496", "XA").await, tables(&ingest, "64497", "XB").await);
        ingest.tables.store(old);
        let report = |day: u32| {
            let row = |n: u32| format!("2026-11-{day} 10:00:{n:02},medium,192.0.2.{n},tcp,23,\n");
            format!("{HEADER_ALONE}{}", (0..20).map(row).collect::<String>())
        };
        ingest.receive(&mut report(20).as_bytes(), &hint(), now(), "somebody").await.unwrap();
        let waiting = ingest.waiting().await.unwrap();
        let progress = Arc::new(Progress::default());
        // As long as somebody else writes, no part is stored, and the rows after the next part wait.
        let writing = house.db.begin().await.unwrap();
        let swapped = async {
            let until = Instant::now() + Duration::from_secs(60);
            while progress.rows.load(Ordering::Relaxed) == 0 {
                assert!(Instant::now() < until, "no row was read in a minute");
                tokio::task::yield_now().await;
            }
            ingest.tables.store(new);
            let read = progress.rows.load(Ordering::Relaxed);
            writing.commit().await.unwrap();
            read
        };
        let process = ingest.process(&waiting[0], Micros::FAR, now(), Arc::clone(&progress));
        let (summary, read) = tokio::join!(process, swapped);
        assert_eq!(summary.unwrap().events, 20);
        assert!(read < 20, "the tables changed before the last row");
        assert_eq!(origins(&ingest).await, ["XA 64496 20"]);
        take(&ingest, file_of(report(19).as_bytes(), house.folder.path())).await.unwrap();
        assert_eq!(origins(&ingest).await, ["XA 64496 20", "XB 64497 20"]);
    });
}

#[test]
fn what_expired_and_is_seen_again_is_reopened() {
    on_both(|house: House| async move {
        let ingest = ingest(&house);
        take(&ingest, file_of(REPORT.as_bytes(), house.folder.path())).await.unwrap();
        let found = house.watch.findings("1 = 1", &[], "id", 10).await.unwrap();
        assert!(found.len() > 1 && found.iter().all(|finding| finding.state == FindingState::Open), "{found:?}");
        let gone = |finding: &manara_watch::Finding| finding.last_seen.plus_days(quiet_days(&finding.kind));
        let first = found.iter().map(gone).min().unwrap();
        let last = found.iter().map(gone).max().unwrap();
        assert_eq!(expire(&house.db, &[], first).await.unwrap(), 0);
        assert_eq!(expire(&house.db, &[], Micros(last.0 + 1)).await.unwrap(), found.len() as u64);
        assert_eq!(house.watch.findings("state = 'expired'", &[], "id", 10).await.unwrap().len(), found.len());

        let again = format!("{HEADER_ALONE}{} 10:00:00,medium,192.0.2.8,tcp,23,\n", last.plus_days(1).day());
        let file = file_of(again.as_bytes(), house.folder.path());
        let came = last.plus_days(2);
        let taken = ingest.take(file, &hint(), came, "somebody", Arc::default()).await.unwrap();
        assert_eq!((taken.summary.findings_opened, taken.summary.findings_updated), (1, 0));
        let reopened = house.watch.findings("state = 'reopened'", &[], "id", 10).await.unwrap();
        assert_eq!(reopened.len(), 1);
        assert_eq!((reopened[0].asset.as_str(), reopened[0].changed_at), ("192.0.2.8", came));
        assert_eq!(house.watch.findings("state = 'expired'", &[], "id", 10).await.unwrap().len(), found.len() - 1);
    });
}
