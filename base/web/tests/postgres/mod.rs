//! PostgreSQL for a test, when `MANARA_TEST_POSTGRES` is its address.

use manara_store::Db;

/// The database in a new schema of its own; `None` when there is no server to test on.
pub async fn own_schema(begins: &str) -> Option<Db> {
    let url = std::env::var("MANARA_TEST_POSTGRES").ok()?;
    let name = format!("{begins}_{}", uuid::Uuid::now_v7().simple());
    let server = Db::open_postgres(&url).await.unwrap();
    let mut tx = server.begin().await.unwrap();
    tx.run_script(&format!("CREATE SCHEMA {name}")).await.unwrap();
    tx.commit().await.unwrap();
    server.close().await;
    let joint = if url.contains('?') { '&' } else { '?' };
    Some(Db::open_postgres(&format!("{url}{joint}options[search_path]={name}")).await.unwrap())
}
