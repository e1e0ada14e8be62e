//! Statements about any number of values: `IN (…)`, some hundred values at a time.

use std::fmt::Write as _;

use crate::{Arg, Db, Row, StoreError, Tx};

/// How many values one `IN` takes.
const AT_ONCE: usize = 500;
/// What stands in a statement where the values go.
const PLACE: &str = "(…)";

/// The statement for `count` values that are bound after `fixed` others.
fn with_places(sql: &str, fixed: usize, count: usize) -> String {
    let mut places = String::with_capacity(count * 6 + 2);
    for at in 0..count {
        let _ = write!(places, "{}${}", if at == 0 { "(" } else { ", " }, fixed + at + 1);
    }
    places.push(')');
    sql.replace(PLACE, &places)
}

fn all<'v>(fixed: &[Arg<'v>], some: &'v [impl AsRef<str>]) -> Vec<Arg<'v>> {
    fixed.iter().cloned().chain(some.iter().map(|value| Arg::Text(value.as_ref()))).collect()
}

impl Db {
    /// Asks for the rows of some values: `sql` says `IN (…)` where they go, and `$1`… are `fixed`. What `sql` says of order
    /// and number holds for each five hundred values.
    pub async fn read_in<V: AsRef<str> + Sync>(
        &self,
        sql: &str,
        fixed: &[Arg<'_>],
        values: &[V],
    ) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        for some in values.chunks(AT_ONCE) {
            rows.extend(self.read(&with_places(sql, fixed.len(), some.len()), &all(fixed, some)).await?);
        }
        Ok(rows)
    }
}

impl Tx {
    /// The same as [`Db::read_in`], inside the transaction.
    pub async fn read_in<V: AsRef<str> + Sync>(
        &mut self,
        sql: &str,
        fixed: &[Arg<'_>],
        values: &[V],
    ) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        for some in values.chunks(AT_ONCE) {
            rows.extend(self.read(&with_places(sql, fixed.len(), some.len()), &all(fixed, some)).await?);
        }
        Ok(rows)
    }

    /// Changes the rows of some values and says how many it touched; `sql` as for [`Db::read_in`].
    pub async fn run_in<V: AsRef<str> + Sync>(
        &mut self,
        sql: &str,
        fixed: &[Arg<'_>],
        values: &[V],
    ) -> Result<u64, StoreError> {
        let mut touched = 0;
        for some in values.chunks(AT_ONCE) {
            touched += self.run(&with_places(sql, fixed.len(), some.len()), &all(fixed, some)).await?;
        }
        Ok(touched)
    }
}

#[cfg(test)]
mod tests {
    use super::{Arg, Db, with_places};

    #[test]
    fn the_places_follow_what_is_bound_before() {
        assert_eq!(with_places("a = $1 AND b IN (…) LIMIT $2", 2, 3), "a = $1 AND b IN ($3, $4, $5) LIMIT $2");
    }

    async fn all_are_asked_for(db: Db) {
        let mut tx = db.begin().await.expect("begun");
        tx.run_script("CREATE TABLE boat (name TEXT PRIMARY KEY, afloat BOOLEAN)").await.expect("made");
        let names: Vec<String> = (0..1201).map(|n| format!("b{n}")).collect();
        let args = names.iter().flat_map(|name| [Arg::from(name), true.into()]);
        tx.run_many("INSERT INTO boat (name, afloat) VALUES", 2, args, "").await.expect("written");
        let sunk = &names[..600];
        let touched = tx.run_in("UPDATE boat SET afloat = $1 WHERE name IN (…)", &[false.into()], sunk).await;
        assert_eq!(touched.expect("changed"), 600);
        let afloat = "SELECT name FROM boat WHERE afloat = $1 AND name IN (…)";
        assert_eq!(tx.read_in(afloat, &[true.into()], &names).await.expect("read").len(), 601);
        tx.commit().await.expect("kept");
        assert_eq!(db.read_in(afloat, &[false.into()], &names).await.expect("read").len(), 600);
        assert!(db.read_in::<String>(afloat, &[true.into()], &[]).await.expect("read").is_empty());
    }

    #[tokio::test]
    async fn more_values_than_one_statement_takes_are_all_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        all_are_asked_for(Db::open_sqlite(&folder.path().join("state.sqlite")).await.expect("SQLite")).await;
        match crate::testing::postgres("many").await {
            Some(db) => all_are_asked_for(db).await,
            None => println!("MANARA_TEST_POSTGRES is not set: tested on SQLite only"),
        }
    }
}
