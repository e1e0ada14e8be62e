//! Tables as JSON lines: the same text from SQLite and from PostgreSQL, so that moving between them is a restore.
//!
//! A line is an array of the row's values in the order of the columns. Numbers with a fraction are written as texts, so that
//! they come back to the last bit.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{Arg, Engine, Row, StoreError, Tx};

// Both texts side by side: name and type of every column, in order.
const COLUMNS_SQLITE: &str = "SELECT name, lower(type) FROM pragma_table_info($1) ORDER BY cid";
const COLUMNS_POSTGRES: &str = "
    SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position";
const COUNTED_COLUMNS: &str = "
    SELECT CAST(column_name AS TEXT) FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = $1 AND is_identity = 'YES'";

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    /// TEXT.
    Text,
    /// BIGINT.
    Int,
    /// DOUBLE PRECISION.
    Real,
    /// BOOLEAN.
    Bool,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
}

/// How many rows a table has and a sum over their contents that does not depend on their order: two tables of the same sum
/// hold the same rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSum {
    /// Rows.
    pub rows: u64,
    /// The SHA-256 of all lines, added up; hex.
    pub digest: String,
}

/// The sum while it grows.
#[derive(Debug, Default)]
struct Summing {
    rows: u64,
    digest: u128,
}

impl Summing {
    fn add(&mut self, line: &[u8]) {
        let hash = Sha256::digest(line);
        let half = hash.iter().take(16).fold(0u128, |sum, byte| sum << 8 | u128::from(*byte));
        self.digest = self.digest.wrapping_add(half);
        self.rows += 1;
    }

    fn sum(&self) -> TableSum {
        TableSum { rows: self.rows, digest: format!("{:032x}", self.digest) }
    }
}

/// The columns of a table; none when there is no such table.
pub async fn columns(tx: &mut Tx, table: &str) -> Result<Vec<Column>, StoreError> {
    let sql = match tx.engine() {
        Engine::Sqlite => COLUMNS_SQLITE,
        Engine::Postgres => COLUMNS_POSTGRES,
    };
    let rows = tx.read(sql, &[table.into()]).await?;
    rows.iter()
        .map(|row| {
            let (name, kind) = (row.text(0)?, row.text(1)?);
            let kind = match kind.as_str() {
                "text" => ColumnKind::Text,
                "bigint" | "integer" => ColumnKind::Int,
                "double precision" => ColumnKind::Real,
                "boolean" => ColumnKind::Bool,
                _ => {
                    return Err(StoreError::Unknown {
                        column: "the type of a column",
                        found: format!("{table}.{name} {kind}"),
                    });
                }
            };
            Ok(Column { name, kind })
        })
        .collect()
}

/// How many rows a table has.
pub async fn count_rows(tx: &mut Tx, table: &str) -> Result<u64, StoreError> {
    let row = tx.read_one(&format!("SELECT COUNT(*) FROM {}", quoted(table)), &[]).await?;
    Ok(row.map(|row| row.int(0)).transpose()?.unwrap_or(0) as u64)
}

/// Lets the keys that PostgreSQL counts itself go on after those that were loaded. SQLite does so by itself.
pub async fn reset_counters(tx: &mut Tx, table: &str) -> Result<(), StoreError> {
    if tx.engine() == Engine::Sqlite {
        return Ok(());
    }
    for row in tx.read(COUNTED_COLUMNS, &[table.into()]).await? {
        let column = row.text(0)?;
        let sql = format!(
            "SELECT setval(pg_get_serial_sequence($1, $2), COALESCE(MAX({column}), 0) + 1, FALSE) FROM {table}",
            column = quoted(&column),
            table = quoted(table),
        );
        tx.read(&sql, &[table.into(), (&column).into()]).await?;
    }
    Ok(())
}

/// One table, on its way out or in.
#[derive(Debug)]
pub struct Dump {
    table: String,
    columns: Vec<Column>,
    sum: Summing,
}

impl Dump {
    /// A table with the columns its lines have.
    pub fn new(table: &str, columns: Vec<Column>) -> Self {
        Dump { table: table.into(), columns, sum: Summing::default() }
    }

    /// What went through so far.
    pub fn sum(&self) -> TableSum {
        self.sum.sum()
    }

    /// Hands over all rows in pieces of about `piece_bytes`.
    pub async fn write(
        &mut self,
        tx: &mut Tx,
        piece_bytes: usize,
        mut take: impl FnMut(&[u8]) -> Result<(), StoreError> + Send,
    ) -> Result<(), StoreError> {
        let sql = format!("SELECT {} FROM {}", self.names(), quoted(&self.table));
        let mut piece = Vec::with_capacity(piece_bytes + 4096);
        let (columns, sum) = (&self.columns, &mut self.sum);
        tx.each(&sql, &[], |row| {
            let start = piece.len();
            write_line(&mut piece, columns, &row)?;
            sum.add(piece.get(start..).unwrap_or_default());
            piece.push(b'\n');
            if piece.len() >= piece_bytes {
                take(&piece)?;
                piece.clear();
            }
            Ok(())
        })
        .await?;
        if !piece.is_empty() {
            take(&piece)?;
        }
        Ok(())
    }

    /// Inserts the rows of a piece.
    pub async fn read(&mut self, tx: &mut Tx, piece: &[u8]) -> Result<(), StoreError> {
        let head = format!("INSERT INTO {} ({}) VALUES", quoted(&self.table), self.names());
        let mut args: Vec<Arg<'_>> = Vec::new();
        for line in piece.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            self.sum.add(line);
            let wrong = || StoreError::Unknown {
                column: "a line of the backup",
                found: format!(
                    "{}: {}",
                    self.table,
                    String::from_utf8_lossy(line).chars().take(80).collect::<String>()
                ),
            };
            let values: Vec<Value> = serde_json::from_slice(line).map_err(|_| wrong())?;
            if values.len() != self.columns.len() {
                return Err(wrong());
            }
            for (value, column) in values.into_iter().zip(&self.columns) {
                args.push(arg(value, column.kind).ok_or_else(wrong)?);
            }
        }
        tx.run_many(&head, self.columns.len(), args, "").await
    }

    fn names(&self) -> String {
        self.columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ")
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn write_line(out: &mut Vec<u8>, columns: &[Column], row: &Row) -> Result<(), StoreError> {
    for (at, column) in columns.iter().enumerate() {
        out.push(if at == 0 { b'[' } else { b',' });
        let value = match column.kind {
            ColumnKind::Text => row.opt_text(at)?.map(Value::String),
            ColumnKind::Int => row.opt_int(at)?.map(Value::from),
            ColumnKind::Real => row.opt_real(at)?.map(|number| Value::String(number.to_string())),
            ColumnKind::Bool => row.opt_bool(at)?.map(Value::Bool),
        };
        let file = |error: serde_json::Error| StoreError::File { path: "memory".into(), error: error.into() };
        serde_json::to_writer(&mut *out, &value).map_err(file)?;
    }
    out.push(b']');
    Ok(())
}

fn arg(value: Value, kind: ColumnKind) -> Option<Arg<'static>> {
    Some(match (kind, value) {
        (ColumnKind::Text, Value::String(text)) => Arg::Owned(text),
        (ColumnKind::Text, Value::Null) => Arg::OptText(None),
        (ColumnKind::Int, Value::Number(number)) => Arg::Int(number.as_i64()?),
        (ColumnKind::Int, Value::Null) => Arg::OptInt(None),
        (ColumnKind::Real, Value::String(text)) => Arg::Real(text.parse().ok()?),
        (ColumnKind::Real, Value::Null) => Arg::OptReal(None),
        (ColumnKind::Bool, Value::Bool(value)) => Arg::Bool(value),
        (ColumnKind::Bool, Value::Null) => Arg::OptBool(None),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{ColumnKind, Dump, columns, count_rows, reset_counters};
    use crate::{Db, Migration, Schema, StoreError, Tx, migrate, testing};

    const THING: Schema = Schema {
        plane: "thing",
        tables: &["thing"],
        migrations: &[Migration {
            number: 1,
            sql: "
        CREATE TABLE thing (
            id SERIAL_KEY,
            name TEXT NOT NULL,
            \"count\" BIGINT,
            share DOUBLE PRECISION,
            active BOOLEAN,
            note TEXT
        )",
        }],
    };

    /// The table without a row: what a transaction does to it is never committed.
    async fn house(db: &Db) -> Tx {
        migrate(db, &[THING]).await.unwrap();
        db.begin().await.unwrap()
    }

    async fn rows_come_back(from: &Db, to: &Db) {
        let (mut from, mut to) = (house(from).await, house(to).await);
        let awkward = "a\"b\\c\n\u{1f5fc}\u{202e}منارة";
        for n in 0..500i64 {
            let share = (n as f64 + 0.1) / 3.0;
            let args = [awkward.into(), (n.wrapping_mul(i64::MAX / 7)).into(), share.into(), (n % 2 == 0).into()];
            tx_insert(&mut from, &args).await;
        }
        tx_insert(&mut from, &["".into(), None::<i64>.into(), crate::Arg::OptReal(None), crate::Arg::OptBool(None)])
            .await;
        let known = columns(&mut from, "thing").await.unwrap();
        assert_eq!(known.len(), 6);
        assert_eq!(known[3].kind, ColumnKind::Real);
        assert_eq!(columns(&mut to, "thing").await.unwrap(), known, "both engines say the same of their columns");
        let mut out = Dump::new("thing", known.clone());
        let mut pieces = Vec::new();
        out.write(&mut from, 4_000, |piece| {
            pieces.push(piece.to_vec());
            Ok(())
        })
        .await
        .unwrap();
        assert!(pieces.len() > 3, "the rows come in pieces");
        let mut into = Dump::new("thing", known.clone());
        for piece in pieces.iter().rev() {
            into.read(&mut to, piece).await.unwrap();
        }
        assert_eq!(into.sum(), out.sum());
        assert_eq!(count_rows(&mut to, "thing").await.unwrap(), 501);
        let mut again = Dump::new("thing", known);
        again.write(&mut to, 1_000_000, |_| Ok(())).await.unwrap();
        assert_eq!(again.sum(), out.sum(), "what is in the table is what was in the other");
        reset_counters(&mut to, "thing").await.unwrap();
        tx_insert(&mut to, &["next".into(), 1.into(), 0.5.into(), true.into()]).await;
        assert_eq!(count_rows(&mut to, "thing").await.unwrap(), 502, "the keys go on after those that were loaded");
    }

    async fn tx_insert(tx: &mut Tx, args: &[crate::Arg<'_>]) {
        tx.run("INSERT INTO thing (name, \"count\", share, active, note) VALUES ($1, $2, $3, $4, NULL)", args)
            .await
            .unwrap();
    }

    #[tokio::test]
    async fn rows_come_back_to_the_last_bit() {
        let folder = tempfile::tempdir().unwrap();
        let one = Db::open_sqlite(&folder.path().join("one")).await.unwrap();
        let two = Db::open_sqlite(&folder.path().join("two")).await.unwrap();
        rows_come_back(&one, &two).await;
        let (Some(three), Some(four)) = (testing::postgres("dump").await, testing::postgres("dump").await) else {
            println!("MANARA_TEST_POSTGRES is not set: tested on SQLite only");
            return;
        };
        rows_come_back(&three, &four).await;
        rows_come_back(&one, &three).await;
        rows_come_back(&four, &two).await;
    }

    async fn refuses_what_is_no_row(db: &Db) {
        let mut tx = house(db).await;
        let known = columns(&mut tx, "thing").await.unwrap();
        for line in [
            "nonsense",
            "[]",
            "[1,2,3,\"0.1\",true,null]",
            "[1,\"a\",3,\"x\",true,null]",
            "[1,\"a\",3.5,\"0\",true,null]",
        ] {
            let read = Dump::new("thing", known.clone()).read(&mut tx, line.as_bytes()).await;
            assert!(matches!(read, Err(StoreError::Unknown { .. })), "{line}");
        }
        assert_eq!(columns(&mut tx, "no_such_table").await.unwrap(), []);
    }

    #[tokio::test]
    async fn a_line_that_is_no_row_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        refuses_what_is_no_row(&Db::open_sqlite(&folder.path().join("to")).await.unwrap()).await;
        match testing::postgres("dump").await {
            Some(db) => refuses_what_is_no_row(&db).await,
            None => println!("MANARA_TEST_POSTGRES is not set: tested on SQLite only"),
        }
    }
}
