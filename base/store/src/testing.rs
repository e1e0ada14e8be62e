//! What the tests of this crate share.

use crate::Db;

/// A schema of its own in the PostgreSQL of the tests, if there is one.
pub(crate) async fn postgres(name: &str) -> Option<Db> {
    let url = std::env::var("MANARA_TEST_POSTGRES").ok()?;
    let name = format!("{name}_{}", uuid::Uuid::now_v7().simple());
    let admin = Db::open_postgres(&url).await.expect("PostgreSQL");
    let mut tx = admin.begin().await.expect("begun");
    tx.run_script(&format!("CREATE SCHEMA {name}")).await.expect("made");
    tx.commit().await.expect("committed");
    let joint = if url.contains('?') { '&' } else { '?' };
    Some(Db::open_postgres(&format!("{url}{joint}options[search_path]={name}")).await.expect("again"))
}
