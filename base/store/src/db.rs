//! One database of two kinds, and one way to ask it.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use futures::TryStreamExt as _;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, Row as _};

/// What can go wrong with the state database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database is not there, or said no.
    #[error("state database: {0}")]
    Database(#[from] sqlx::Error),
    /// A row is already there.
    #[error("it is there already")]
    Duplicate,
    /// What is asked for is not there.
    #[error("there is no {0}")]
    NotFound(String),
    /// The tables are of a newer Manara.
    #[error("the tables of {plane} are of a newer version ({found}); this Manara knows up to {known}")]
    Newer {
        /// Whose tables.
        plane: String,
        /// Number of the newest migration in the database.
        found: i64,
        /// Number of the newest this program has.
        known: i64,
    },
    /// A value in the database is not what the program writes there.
    #[error("{column} holds {found}, which this Manara does not know")]
    Unknown {
        /// The column.
        column: &'static str,
        /// What it holds.
        found: String,
    },
    /// A file could not be written or read.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: String,
        /// Why.
        error: std::io::Error,
    },
}

impl StoreError {
    /// Whether the statement broke a uniqueness rule.
    pub fn is_duplicate(&self) -> bool {
        match self {
            Self::Duplicate => true,
            Self::Database(sqlx::Error::Database(error)) => error.is_unique_violation(),
            _ => false,
        }
    }
}

/// Which kind of database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite in a file of the data folder.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// A value bound to `$1`, `$2`, …
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    /// TEXT.
    Text(&'a str),
    /// TEXT that may be NULL.
    OptText(Option<&'a str>),
    /// BIGINT.
    Int(i64),
    /// BIGINT that may be NULL.
    OptInt(Option<i64>),
    /// DOUBLE PRECISION.
    Real(f64),
    /// DOUBLE PRECISION that may be NULL.
    OptReal(Option<f64>),
    /// BOOLEAN.
    Bool(bool),
    /// BOOLEAN that may be NULL.
    OptBool(Option<bool>),
    /// TEXT, owned.
    Owned(String),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(text)
    }
}
impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(text)
    }
}
impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Owned(text)
    }
}
impl<'a> From<Option<&'a str>> for Arg<'a> {
    fn from(text: Option<&'a str>) -> Self {
        Arg::OptText(text)
    }
}
impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Arg::Int(number)
    }
}
impl From<Option<i64>> for Arg<'_> {
    fn from(number: Option<i64>) -> Self {
        Arg::OptInt(number)
    }
}
impl From<f64> for Arg<'_> {
    fn from(number: f64) -> Self {
        Arg::Real(number)
    }
}
impl From<bool> for Arg<'_> {
    fn from(value: bool) -> Self {
        Arg::Bool(value)
    }
}
impl From<manara_model::Micros> for Arg<'_> {
    fn from(moment: manara_model::Micros) -> Self {
        Arg::Owned(moment.rfc3339())
    }
}

/// One row of an answer; columns by position, from 0.
pub enum Row {
    /// From SQLite.
    Lite(SqliteRow),
    /// From PostgreSQL.
    Pg(PgRow),
}

macro_rules! getter {
    ($(#[$doc:meta])* $name:ident -> $type:ty) => {
        $(#[$doc])*
        pub fn $name(&self, at: usize) -> Result<$type, StoreError> {
            Ok(match self {
                Row::Lite(row) => row.try_get(at)?,
                Row::Pg(row) => row.try_get(at)?,
            })
        }
    };
}

impl Row {
    getter!(/// A TEXT.
        text -> String);
    getter!(/// A TEXT that may be NULL.
        opt_text -> Option<String>);
    getter!(/// A BIGINT.
        int -> i64);
    getter!(/// A BIGINT that may be NULL.
        opt_int -> Option<i64>);
    getter!(/// A DOUBLE PRECISION.
        real -> f64);
    getter!(/// A DOUBLE PRECISION that may be NULL.
        opt_real -> Option<f64>);
    getter!(/// A BOOLEAN.
        bool -> bool);
    getter!(/// A BOOLEAN that may be NULL.
        opt_bool -> Option<bool>);

    /// A TEXT that holds a moment as [`manara_model::Micros::rfc3339`] writes it.
    pub fn moment(&self, at: usize) -> Result<manara_model::Micros, StoreError> {
        let text = self.text(at)?;
        manara_model::Micros::parse_rfc3339(&text).ok_or(StoreError::Unknown { column: "a time", found: text })
    }
}

/// The state database.
///
/// SQLite has one writing connection and several reading ones (WAL); `synchronous=FULL`, because NORMAL loses what was
/// acknowledged when the power goes.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file.
    Lite {
        /// The one connection that writes.
        writer: SqlitePool,
        /// The connections that read.
        readers: SqlitePool,
    },
    /// A server.
    Pg(PgPool),
}

/// A transaction. Dropped without [`Tx::commit`], it never was.
pub enum Tx {
    /// In SQLite.
    Lite(sqlx::Transaction<'static, sqlx::Sqlite>),
    /// In PostgreSQL.
    Pg(sqlx::Transaction<'static, sqlx::Postgres>),
}

macro_rules! bind_all {
    ($query:expr, $args:expr) => {{
        let mut query = $query;
        for arg in $args {
            query = match arg {
                Arg::Text(text) => query.bind(text.to_string()),
                Arg::OptText(text) => query.bind(text.map(str::to_string)),
                Arg::Int(number) => query.bind(*number),
                Arg::OptInt(number) => query.bind(*number),
                Arg::Real(number) => query.bind(*number),
                Arg::OptReal(number) => query.bind(*number),
                Arg::Bool(value) => query.bind(*value),
                Arg::OptBool(value) => query.bind(*value),
                Arg::Owned(text) => query.bind(text.clone()),
            };
        }
        query
    }};
}

impl Db {
    /// Opens (and makes) the SQLite file.
    pub async fn open_sqlite(path: &Path) -> Result<Db, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(60))
            .pragma("trusted_schema", "OFF")
            .pragma("cache_size", "-16000")
            .pragma("journal_size_limit", "67108864");
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        let readers = SqlitePoolOptions::new().max_connections(4).min_connections(0).connect_lazy_with(options);
        Ok(Db::Lite { writer, readers })
    }

    /// Connects to PostgreSQL by a `postgres://` URL.
    pub async fn open_postgres(url: &str) -> Result<Db, StoreError> {
        let options = PgConnectOptions::from_str(url)?;
        Ok(Db::Pg(
            PgPoolOptions::new()
                .max_connections(8)
                .acquire_timeout(Duration::from_secs(30))
                .connect_with(options)
                .await?,
        ))
    }

    /// Which kind it is.
    pub fn engine(&self) -> Engine {
        match self {
            Db::Lite { .. } => Engine::Sqlite,
            Db::Pg(_) => Engine::Postgres,
        }
    }

    /// Closes all connections; SQLite writes its log back into the file.
    pub async fn close(&self) {
        match self {
            Db::Lite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Db::Pg(pool) => pool.close().await,
        }
    }

    /// Asks outside a transaction.
    pub async fn read(&self, sql: &str, args: &[Arg<'_>]) -> Result<Vec<Row>, StoreError> {
        Ok(match self {
            Db::Lite { readers, .. } => {
                let rows = bind_all!(sqlx::query(AssertSqlSafe(sql)), args).fetch_all(readers).await?;
                rows.into_iter().map(Row::Lite).collect()
            }
            Db::Pg(pool) => {
                let rows = bind_all!(sqlx::query(AssertSqlSafe(sql)), args).fetch_all(pool).await?;
                rows.into_iter().map(Row::Pg).collect()
            }
        })
    }

    /// Asks for at most one row.
    pub async fn read_one(&self, sql: &str, args: &[Arg<'_>]) -> Result<Option<Row>, StoreError> {
        Ok(self.read(sql, args).await?.into_iter().next())
    }

    /// Asks for one number, such as a count.
    pub async fn read_int(&self, sql: &str, args: &[Arg<'_>]) -> Result<i64, StoreError> {
        match self.read_one(sql, args).await? {
            Some(row) => row.int(0),
            None => Ok(0),
        }
    }

    /// Begins a transaction that may write. In SQLite it waits for its turn.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Db::Lite { writer, .. } => Tx::Lite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Db::Pg(pool) => Tx::Pg(pool.begin().await?),
        })
    }

    /// Begins a transaction that reads one state of the whole database, for a backup.
    pub async fn begin_snapshot(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Db::Lite { readers, .. } => Tx::Lite(readers.begin().await?),
            Db::Pg(pool) => Tx::Pg(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?),
        })
    }
}

impl Tx {
    /// Which kind of database it is in.
    pub fn engine(&self) -> Engine {
        match self {
            Tx::Lite(_) => Engine::Sqlite,
            Tx::Pg(_) => Engine::Postgres,
        }
    }

    /// Runs a statement and says how many rows it touched.
    pub async fn run(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<u64, StoreError> {
        Ok(match self {
            Tx::Lite(tx) => bind_all!(sqlx::query(AssertSqlSafe(sql)), args).execute(&mut **tx).await?.rows_affected(),
            Tx::Pg(tx) => bind_all!(sqlx::query(AssertSqlSafe(sql)), args).execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// Asks inside the transaction.
    pub async fn read(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<Vec<Row>, StoreError> {
        Ok(match self {
            Tx::Lite(tx) => {
                let rows = bind_all!(sqlx::query(AssertSqlSafe(sql)), args).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Lite).collect()
            }
            Tx::Pg(tx) => {
                let rows = bind_all!(sqlx::query(AssertSqlSafe(sql)), args).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Pg).collect()
            }
        })
    }

    /// Asks for any number of rows and hands them over one by one, so that memory does not grow with them.
    pub async fn each(
        &mut self,
        sql: &str,
        args: &[Arg<'_>],
        mut take: impl FnMut(Row) -> Result<(), StoreError> + Send,
    ) -> Result<(), StoreError> {
        match self {
            Tx::Lite(tx) => {
                let mut rows = bind_all!(sqlx::query(AssertSqlSafe(sql)), args).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    take(Row::Lite(row))?;
                }
            }
            Tx::Pg(tx) => {
                let mut rows = bind_all!(sqlx::query(AssertSqlSafe(sql)), args).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    take(Row::Pg(row))?;
                }
            }
        }
        Ok(())
    }

    /// Asks for at most one row.
    pub async fn read_one(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<Option<Row>, StoreError> {
        Ok(self.read(sql, args).await?.into_iter().next())
    }

    /// Runs several statements without arguments, as migrations are.
    pub async fn run_script(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Tx::Lite(tx) => sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut **tx).await.map(|_| ())?,
            Tx::Pg(tx) => sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut **tx).await.map(|_| ())?,
        }
        Ok(())
    }

    /// Writes many rows with few statements: `head` is `INSERT INTO t (a, b) VALUES`, `tail` what follows the rows (such as
    /// `ON CONFLICT …`), `width` the number of columns; `args` holds the rows one after the other.
    pub async fn run_many(&mut self, head: &str, width: usize, args: &[Arg<'_>], tail: &str) -> Result<(), StoreError> {
        // PostgreSQL takes 65,535 parameters, SQLite 32,766: stay under both, and the statement text small.
        let rows_at_once = (8_000 / width.max(1)).max(1);
        let mut text = String::new();
        let mut text_rows = 0;
        for chunk in args.chunks(rows_at_once * width.max(1)) {
            let rows = chunk.len() / width.max(1);
            if rows != text_rows {
                let places = self.places(rows * width);
                text = values(head, &places, width, tail);
                text_rows = rows;
            }
            self.run(&text, chunk).await?;
        }
        Ok(())
    }

    /// `count` places for values, from the first on. SQLite looks a `$n` up by its name, one after the other, so that a
    /// statement with thousands of them takes time in their square; a bare `?` costs nothing.
    pub fn places(&self, count: usize) -> Vec<String> {
        match self {
            Tx::Lite(_) => vec!["?".to_string(); count],
            Tx::Pg(_) => (1..=count).map(|n| format!("${n}")).collect(),
        }
    }

    /// Makes it so.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Tx::Lite(tx) => tx.commit().await?,
            Tx::Pg(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

fn values(head: &str, places: &[String], width: usize, tail: &str) -> String {
    let rows: Vec<String> = places.chunks(width.max(1)).map(|row| format!("({})", row.join(", "))).collect();
    format!("{head} {} {tail}", rows.join(", "))
}
