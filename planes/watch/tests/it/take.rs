//! A file that is read while it is kept gives what it gives when it is kept first.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use manara_model::{IpTable, Micros, Owner, Owners};
use manara_store::{Db, Journal, migrate};
use manara_watch::{FileHint, Ingest, IngestError, Ingested, Progress};

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

async fn ingest(folder: &Path) -> Ingest {
    let db = Db::open_sqlite(&folder.join("manara.sqlite")).await.unwrap();
    migrate(&db, &[manara_store::SCHEMA, manara_watch::SCHEMA]).await.unwrap();
    let ingest = Ingest { part_rows: 2, ..Ingest::new(db, folder, Vec::new()) };
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

#[tokio::test(flavor = "multi_thread")]
async fn a_file_read_while_it_is_kept_gives_what_it_gives_kept_first() {
    for report in [REPORT, HEADER_ALONE, UNREADABLE] {
        let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (kept_first, read_first) = (ingest(first.path()).await, ingest(second.path()).await);
        kept_first.receive(&mut report.as_bytes(), &hint(), now(), "somebody").await.unwrap();
        let waiting = kept_first.waiting().await.unwrap();
        let want = kept_first.process(&waiting[0], Micros::FAR, now(), Arc::new(Progress::default())).await;
        let got = take(&read_first, file_of(report.as_bytes(), second.path())).await;
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

#[tokio::test(flavor = "multi_thread")]
async fn what_a_first_part_left_in_the_lake_is_removed_at_the_next_turn() {
    let folder = tempfile::tempdir().unwrap();
    let ingest = ingest(folder.path()).await;
    let lake = folder.path().join("lake");
    // Its bytes cannot be kept, so its first part is never listed; its files are ended all the same.
    std::fs::write(folder.path().join("blobs"), "in the way").unwrap();
    assert!(take(&ingest, file_of(REPORT.as_bytes(), folder.path())).await.is_err());
    assert!(lake_files(&lake) > 0);
    std::fs::remove_file(folder.path().join("blobs")).unwrap();
    drop(ingest.lock().await.unwrap());
    assert_eq!(lake_files(&lake), 0);
    take(&ingest, file_of(REPORT.as_bytes(), folder.path())).await.unwrap();
    drop(ingest.lock().await.unwrap());
    let listed = ingest.db.read_int("SELECT count(*) FROM watch_file", &[]).await.unwrap();
    assert!(listed > 0 && lake_files(&lake) as i64 == listed, "{listed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_are_read_once() {
    let folder = tempfile::tempdir().unwrap();
    let ingest = ingest(folder.path()).await;
    assert!(!take(&ingest, file_of(REPORT.as_bytes(), folder.path())).await.unwrap().known);
    let before = outcome(&ingest).await;
    let again = take(&ingest, file_of(REPORT.as_bytes(), folder.path())).await.unwrap();
    assert!(again.known && again.summary.rows == 5 && again.summary.duplicates == 5, "{again:?}");
    assert_eq!(outcome(&ingest).await, before);
    // As long as the first, but another: its rows are read, and only one of them is new.
    let other = REPORT.replace("2323", "2324");
    let other = take(&ingest, file_of(other.as_bytes(), folder.path())).await.unwrap();
    assert_eq!((other.known, other.summary.events, other.summary.duplicates), (false, 1, 3));
}
