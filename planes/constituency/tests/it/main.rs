//! The stores of this plane, on SQLite always and on PostgreSQL when `MANARA_TEST_POSTGRES` is its address
//! (`postgres://user@host/database`): the same suite, each test in a schema of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod files;
mod life;
mod many;
mod pages;
mod speed;

use std::future::Future;

use manara_constituency::{ImportFormat, ImportOptions, ImportReport, SCHEMA, import};
use manara_model::Micros;
use manara_store::{Db, migrate};

/// A moment for all tests.
pub const NOW: Micros = Micros(1_768_435_200_000_000);

/// Runs a test on a fresh database of each kind.
pub fn on_both<F: Future<Output = ()>>(test: impl Fn(Db) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&folder.path().join("state.sqlite")).await.unwrap();
        migrate(&db, &[manara_store::SCHEMA, SCHEMA]).await.unwrap();
        test(db.clone()).await;
        db.close().await;
        let Ok(url) = std::env::var("MANARA_TEST_POSTGRES") else { return };
        let name = format!("t{}", uuid::Uuid::new_v4().simple());
        let server = Db::open_postgres(&url).await.unwrap();
        let script = async |sql: String| {
            let mut tx = server.begin().await.unwrap();
            tx.run_script(&sql).await.unwrap();
            tx.commit().await.unwrap();
        };
        script(format!("CREATE SCHEMA {name}")).await;
        let with = if url.contains('?') { '&' } else { '?' };
        let db = Db::open_postgres(&format!("{url}{with}options[search_path]={name}")).await.unwrap();
        migrate(&db, &[manara_store::SCHEMA, SCHEMA]).await.unwrap();
        test(db.clone()).await;
        db.close().await;
        script(format!("DROP SCHEMA {name} CASCADE")).await;
        server.close().await;
    });
}

/// Imports a text.
pub async fn take(db: &Db, text: &str, options: &ImportOptions) -> ImportReport {
    import(db, text.as_bytes(), ImportFormat::Auto, options, "amina", NOW).await.unwrap()
}

/// The counts of a report.
pub fn counts(report: &ImportReport) -> [usize; 5] {
    [report.read, report.added, report.changed, report.unchanged, report.removed]
}

/// Everything that was refused, one line of text for each.
pub fn refused(report: &ImportReport) -> Vec<String> {
    report.refused.iter().map(|r| format!("{} {}: {} [{}]", r.line, r.column, r.reason, r.found)).collect()
}

/// Every warning, one line of text for each.
pub fn warned(report: &ImportReport) -> Vec<String> {
    report.warnings.iter().map(|w| format!("{} {}: {} [{}]", w.line, w.column, w.kind, w.found)).collect()
}
