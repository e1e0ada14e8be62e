//! A batch that was stored to its last part and not ended: what a kill between the two leaves.

use std::sync::Arc;

use manara_model::Micros;
use manara_watch::{FileHint, Ingest, Progress};

use crate::many::{House, on_both};

/// Two columns that its type does not have, so that the first part holds drift too.
const REPORT: &str = "\
timestamp,severity,ip,protocol,port,brand_new,newer_still
2026-11-20 10:00:00,medium,192.0.2.7,tcp,23,,
2026-11-20 10:05:00,medium,192.0.2.8,tcp,23,,
2026-11-20 10:06:00,medium,192.0.2.9,tcp,23,,
";
const HEADER_ALONE: &str = "timestamp,severity,ip,protocol,port,brand_new\n";

#[test]
fn a_batch_killed_before_its_end_only_ends() {
    for (report, parts) in [(REPORT, 2), (HEADER_ALONE, 1)] {
        on_both(move |house: House| async move {
            let db = &house.db;
            let ingest = Ingest { part_rows: 2, ..Ingest::new(db.clone(), house.folder.path(), Vec::new()) };
            let file_name = Some("2026-11-20-scan_telnet-xs-geo.csv".to_string());
            let hint = FileHint { file_name, ..FileHint::default() };
            let now = Micros::parse_rfc3339("2026-11-21T06:00:00Z").unwrap();
            ingest.receive(&mut report.as_bytes(), &hint, now, "somebody").await.unwrap();
            let mut stored = Vec::new();
            for _ in 0..2 {
                let waiting = ingest.waiting().await.unwrap();
                assert_eq!(waiting.len(), 1);
                ingest.process(&waiting[0], now, now, Arc::new(Progress::default())).await.unwrap();
                let sums = "SELECT rows, events, parts,
                        (SELECT count(*) FROM watch_drift), (SELECT count(*) FROM watch_file)
                    FROM watch_batch WHERE state = 'finished'";
                let row = db.read_one(sums, &[]).await.unwrap().unwrap();
                stored.push((0..5).map(|at| row.int(at).unwrap()).collect::<Vec<_>>());
                let mut tx = db.begin().await.unwrap();
                tx.run("UPDATE watch_batch SET state = 'received', finished_at = NULL", &[]).await.unwrap();
                tx.commit().await.unwrap();
            }
            assert_eq!(stored[0][2], parts);
            assert_eq!(stored[0], stored[1]);
        });
    }
}
