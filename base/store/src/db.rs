//! One database of two kinds, and one way to ask it.

use std::borrow::Cow;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use futures::TryStreamExt as _;
use futures::future::{BoxFuture, join};
use manara_model::{Mailboxes, Viewer};
use sqlx::postgres::{PgArguments, PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{Arguments as _, AssertSqlSafe, Database, Row as _};
use tokio::task::JoinHandle;

use crate::eyes::seen;
use crate::patience::{in_time, is_away};

/// Whoever writes into PostgreSQL waits for their turn, as in SQLite; the turn ends with the transaction. It is a turn among those
/// who use the same schema; the number is any that other programs of the database don't use.
const BEGIN_TURN: &str = "BEGIN; SELECT pg_advisory_xact_lock(77210001, hashtext(current_schema()))";
const INDEXES_OF: &str =
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL ORDER BY name";

/// The page cache of a SQLite connection, in kilobytes as SQLite counts them.
const CACHE: &str = "-16000";
/// While transactions change pages all over the tables: so many changed pages stay in memory until the commit, since one that makes
/// room is written twice.
const KEPT: &str = "-96000";
/// While a great part of a table is written in its order: as pages are hardly met again, more of them in memory gained nothing.
const KEPT_IN_ORDER: &str = "-32000";
/// While transactions change pages all over the tables: so much of the log waits until it is written back, since a page that
/// several of them change is written back once.
const KEPT_LOG: u32 = 32_768;
/// While indexes are built: what does not fit is sorted in pieces of this size, each beside the reading of the next, and a piece
/// stays in the cache of a core.
const SORTED_AT_ONCE: &str = "-2000";
/// Pages of log after which a commit writes them back into the file, as SQLite does when nothing is said.
const CHECKPOINT_PAGES: u32 = 1000;

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
    /// A statement is to look with the eyes of somebody who sees some mailboxes alone, and does not compare any marking: nothing
    /// is asked.
    #[error("a statement cannot be limited to mailboxes: it has no tlp <= ${0}")]
    Limitless(usize),
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
    /// A value that the program never writes there.
    pub fn unknown(column: &'static str, found: impl ToString) -> Self {
        Self::Unknown { column, found: found.to_string() }
    }

    /// Whether the database is not there, or lets nobody in now: the same may work a little later.
    pub fn is_away(&self) -> bool {
        matches!(self, Self::Database(error) if is_away(error))
    }

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
    /// TEXT that many rows have: bound without a copy.
    Shared(Arc<str>),
    /// BIGINT: how far a viewer may see, for `tlp <= $1`. Where the viewer is limited to mailboxes, the statement asks for
    /// them as well: the table must have the column `mailbox`.
    Eyes(i64, Mailboxes),
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
impl From<Arc<str>> for Arg<'_> {
    fn from(text: Arc<str>) -> Self {
        Arg::Shared(text)
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
impl From<&Viewer> for Arg<'_> {
    fn from(viewer: &Viewer) -> Self {
        Arg::Eyes(viewer.clearance.rank(), viewer.mailboxes.clone())
    }
}
/// No moment is the empty text: see [`Row::opt_moment`].
impl From<Option<manara_model::Micros>> for Arg<'_> {
    fn from(moment: Option<manara_model::Micros>) -> Self {
        Arg::Owned(moment.map(manara_model::Micros::rfc3339).unwrap_or_default())
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

    /// A TEXT that holds a moment, or nothing for none.
    pub fn opt_moment(&self, at: usize) -> Result<Option<manara_model::Micros>, StoreError> {
        match self.text(at)?.is_empty() {
            true => Ok(None),
            false => self.moment(at).map(Some),
        }
    }

    /// A BIGINT that holds a severity by its rank.
    pub fn severity(&self, at: usize) -> Result<manara_model::Severity, StoreError> {
        let rank = self.int(at)?;
        manara_model::Severity::from_rank(rank).ok_or_else(|| StoreError::unknown("severity", rank))
    }

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

/// Values in the form their database takes them.
enum Bound {
    Lite(SqliteArguments),
    Pg(PgArguments),
}

/// A text as both databases take it: PostgreSQL refuses the character NUL, which files of others may hold, so that it is kept as
/// U+FFFD, the sign for what can't be shown.
fn storable(text: &str) -> Cow<'_, str> {
    match text.contains('\0') {
        true => Cow::Owned(text.replace('\0', "\u{fffd}")),
        false => Cow::Borrowed(text),
    }
}

macro_rules! bind {
    ($into:expr, $args:expr) => {{
        let mut into = $into;
        for arg in $args {
            match arg {
                Arg::Text(text) => into.add(storable(text)),
                Arg::OptText(text) => into.add(text.map(storable)),
                Arg::Int(number) | Arg::Eyes(number, _) => into.add(number),
                Arg::OptInt(number) => into.add(number),
                Arg::Real(number) => into.add(number),
                Arg::OptReal(number) => into.add(number),
                Arg::Bool(value) => into.add(value),
                Arg::OptBool(value) => into.add(value),
                Arg::Owned(text) => match storable(&text) {
                    Cow::Borrowed(_) => into.add(text),
                    Cow::Owned(text) => into.add(text),
                },
                Arg::Shared(text) => match storable(&text) {
                    Cow::Borrowed(_) => into.add(text),
                    Cow::Owned(text) => into.add(text),
                },
            }
            .map_err(sqlx::Error::Encode)?;
        }
        into
    }};
}

/// A statement with its values, for SQLite or PostgreSQL.
macro_rules! query {
    ($database:ident, $sql:expr, $args:expr) => {
        sqlx::query_with(
            AssertSqlSafe($sql),
            bind!(<sqlx::$database as Database>::Arguments::default(), $args.iter().cloned()),
        )
    };
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
            .pragma("cache_size", CACHE)
            .pragma("journal_size_limit", "67108864")
            // Sorting for an index beside the reading of the table.
            .pragma("threads", "2");
        // It lives as long as the work: to close the last connection is to write the log back, and whoever wants to begin would
        // wait for that, after very much was written for longer than anybody waits.
        let writer =
            SqlitePoolOptions::new().max_connections(1).max_lifetime(None).connect_with(options.clone()).await?;
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

    /// After transactions that took indexes away or kept pages, however they ended: writes the log of SQLite back into the file, on a
    /// connection that reads, while others go on writing, then lets all be as usual. What is in the log is as safe as what is in
    /// the file. Whoever begins another such transaction waits for the end of it first: only a log that is written back is begun
    /// anew, and one that never is grows with all that is written.
    pub fn checkpoint_beside(&self) -> JoinHandle<()> {
        let db = self.clone();
        tokio::spawn(async move {
            let Db::Lite { writer, readers } = db else { return };
            let written = run_on(&readers, "PRAGMA wal_checkpoint(PASSIVE)").await;
            // A bound for pages kept that is below the size of the cache says: that size.
            let usual = format!(
                "PRAGMA cache_size = {CACHE}; PRAGMA cache_spill = 1; PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}"
            );
            let usual = run_on(&writer, &usual).await;
            match written.and(usual) {
                // Closing writes it back, too.
                Ok(_) | Err(sqlx::Error::PoolClosed) => {}
                Err(error) => {
                    tracing::warn!(%error, "the log of the state database was not written back; a later commit does it")
                }
            }
        })
    }

    /// Asks outside a transaction.
    pub async fn read(&self, sql: &str, args: &[Arg<'_>]) -> Result<Vec<Row>, StoreError> {
        let sql = &*seen(sql, args)?;
        Ok(match self {
            Db::Lite { readers, .. } => {
                let mut reader = in_time(readers.acquire()).await?;
                let rows = query!(Sqlite, sql, args).fetch_all(&mut *reader).await?;
                rows.into_iter().map(Row::Lite).collect()
            }
            Db::Pg(pool) => {
                let mut reader = in_time(pool.acquire()).await?;
                // How many records say a word is known of the word alone: a plan that is kept for all words gathers every record
                // before the newest, which takes seconds where a great part of them says it.
                let is_for_all = !sql.contains("to_tsquery");
                let rows = query!(Postgres, sql, args).persistent(is_for_all).fetch_all(&mut *reader).await?;
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

    /// Begins a transaction that may write, when it is its turn: one writes at a time, so that what it has read stays true
    /// until it commits, and no two can wait for each other.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Db::Lite { writer, .. } => Tx::Lite(in_time(writer.begin_with("BEGIN IMMEDIATE")).await?),
            Db::Pg(pool) => Tx::Pg(in_time(pool.begin_with(BEGIN_TURN)).await?),
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
        let sql = &*seen(sql, args)?;
        Ok(match self {
            Tx::Lite(tx) => query!(Sqlite, sql, args).execute(&mut **tx).await?.rows_affected(),
            Tx::Pg(tx) => query!(Postgres, sql, args).execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// Asks inside the transaction.
    pub async fn read(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<Vec<Row>, StoreError> {
        let sql = &*seen(sql, args)?;
        Ok(match self {
            Tx::Lite(tx) => {
                let rows = query!(Sqlite, sql, args).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Lite).collect()
            }
            Tx::Pg(tx) => {
                let rows = query!(Postgres, sql, args).fetch_all(&mut **tx).await?;
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
        let sql = &*seen(sql, args)?;
        match self {
            Tx::Lite(tx) => {
                let mut rows = query!(Sqlite, sql, args).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    take(Row::Lite(row))?;
                }
            }
            Tx::Pg(tx) => {
                let mut rows = query!(Postgres, sql, args).fetch(&mut **tx);
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
    /// `ON CONFLICT …`), `width` the number of columns; `args` gives the rows one after the other. The values of a
    /// statement are drawn and bound while the one before it runs.
    pub fn run_many<'t, 'a: 't>(
        &'t mut self,
        head: &'t str,
        width: usize,
        args: impl IntoIterator<Item = Arg<'a>, IntoIter: Send + 't>,
        tail: &'t str,
    ) -> BoxFuture<'t, Result<(), StoreError>> {
        self.run_many_alike(head, Vec::new(), width, args, tail)
    }

    /// The same as [`Tx::run_many`] for rows whose first columns are the same in all of them: `alike` are their values, bound
    /// once a statement, and `width` counts the columns after them.
    pub fn run_many_alike<'t, 'a: 't>(
        &'t mut self,
        head: &'t str,
        alike: Vec<Arg<'a>>,
        width: usize,
        args: impl IntoIterator<Item = Arg<'a>, IntoIter: Send + 't>,
        tail: &'t str,
    ) -> BoxFuture<'t, Result<(), StoreError>> {
        // PostgreSQL takes 65,535 parameters, SQLite 32,766: stay under both, and the statement text small.
        let most = (8_000 / width.max(1)).max(1) * width.max(1);
        let engine = self.engine();
        let mut args = args.into_iter();
        Box::pin(async move {
            let mut text = String::new();
            let mut text_count = 0;
            let (mut bound, mut count) = bind_some(engine, &mut args, most, &alike)?;
            while count > 0 {
                if count != text_count {
                    text = values(head, &alike_places(count, alike.len()), &self.places(count), width, tail);
                    text_count = count;
                }
                let (done, next) =
                    join(self.run_bound(&text, bound), async { bind_some(engine, &mut args, most, &alike) }).await;
                done?;
                (bound, count) = next?;
            }
            Ok(())
        })
    }

    async fn run_bound(&mut self, sql: &str, bound: Bound) -> Result<(), StoreError> {
        match (self, bound) {
            (Tx::Lite(tx), Bound::Lite(args)) => {
                sqlx::query_with(AssertSqlSafe(sql), args).execute(&mut **tx).await?;
            }
            (Tx::Pg(tx), Bound::Pg(args)) => {
                sqlx::query_with(AssertSqlSafe(sql), args).execute(&mut **tx).await?;
            }
            _ => return Err(sqlx::Error::Configuration("values of another database".into()).into()),
        }
        Ok(())
    }

    /// For transactions that change pages all over the tables: until [`Db::checkpoint_beside`] more pages are kept in memory, so
    /// that none is written before the commit, and the log of SQLite is written back less often.
    pub async fn keep_pages(&mut self) -> Result<(), StoreError> {
        if self.engine() == Engine::Sqlite {
            self.run(&format!("PRAGMA cache_spill = {KEPT}"), &[]).await?;
            self.run(&format!("PRAGMA wal_autocheckpoint = {KEPT_LOG}"), &[]).await?;
        }
        Ok(())
    }

    /// Takes the indexes of a table away, for writing a great part of it at once, and says how each is made again within
    /// the same transaction: an index that is built at the end costs a small part of one that is kept in order row by row.
    /// Only in SQLite, where readers go on with the state before; PostgreSQL would make them wait. From then until
    /// [`Db::checkpoint_beside`] more pages are kept in memory, and no commit writes the log back.
    pub async fn drop_indexes(&mut self, table: &str) -> Result<Vec<String>, StoreError> {
        if self.engine() == Engine::Postgres {
            return Ok(Vec::new());
        }
        self.run(&format!("PRAGMA cache_spill = {KEPT_IN_ORDER}"), &[]).await?;
        self.run("PRAGMA wal_autocheckpoint = 0", &[]).await?;
        let mut made_by = Vec::new();
        for row in self.read(INDEXES_OF, &[table.into()]).await? {
            self.run(&format!("DROP INDEX {}", row.text(0)?), &[]).await?;
            made_by.push(row.text(1)?);
        }
        Ok(made_by)
    }

    /// Makes the indexes again that [`Tx::drop_indexes`] took away.
    pub async fn make_indexes(&mut self, made_by: Vec<String>) -> Result<(), StoreError> {
        if !made_by.is_empty() {
            self.run(&format!("PRAGMA cache_size = {SORTED_AT_ONCE}"), &[]).await?;
        }
        for index in &made_by {
            self.run(index, &[]).await?;
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

async fn run_on(pool: &SqlitePool, sql: &str) -> Result<(), sqlx::Error> {
    let mut connection = pool.acquire().await?;
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *connection).await.map(|_| ())
}

/// Draws and binds at most `most` values, and behind them those that all rows have; says how many were drawn.
fn bind_some<'a>(
    engine: Engine,
    args: &mut impl Iterator<Item = Arg<'a>>,
    most: usize,
    alike: &[Arg<'a>],
) -> Result<(Bound, usize), StoreError> {
    let mut count = 0;
    let some = args.by_ref().take(most).inspect(|_| count += 1).chain(alike.iter().cloned());
    let bound = match engine {
        Engine::Sqlite => Bound::Lite(bind!(SqliteArguments::default(), some)),
        Engine::Postgres => Bound::Pg(bind!(PgArguments::default(), some)),
    };
    Ok((bound, count))
}

/// The places of the values that all rows have: they are bound behind `count` others. In SQLite a place with a number does not
/// count among those without one.
fn alike_places(count: usize, alike: usize) -> String {
    (count + 1..=count + alike).map(|place| format!("${place}, ")).collect()
}

fn values(head: &str, alike: &str, places: &[String], width: usize, tail: &str) -> String {
    let rows: Vec<String> = places.chunks(width.max(1)).map(|row| format!("({alike}{})", row.join(", "))).collect();
    format!("{head} {} {tail}", rows.join(", "))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Arg, Db};

    async fn one_writes_at_a_time(db: Db) {
        let mut tx = db.begin().await.expect("begun");
        tx.run_script(
            "CREATE TABLE boat (name TEXT PRIMARY KEY, crew BIGINT); INSERT INTO boat VALUES ('a', 0), ('b', 0)",
        )
        .await
        .expect("made");
        tx.commit().await.expect("kept");
        // Half begin with one boat, half with the other: by rows alone they would wait for each other for ever.
        let all = (0..16).map(|n| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut tx = db.begin().await.expect("begun");
                let order = if n % 2 == 0 { ["a", "b"] } else { ["b", "a"] };
                for name in order {
                    let crew =
                        tx.read_one("SELECT crew FROM boat WHERE name = $1", &[name.into()]).await.expect("read");
                    let crew = crew.expect("a boat").int(0).expect("a number");
                    let more = [name.into(), (crew + 1).into()];
                    tx.run("UPDATE boat SET crew = $2 WHERE name = $1", &more).await.expect("no deadlock");
                    tokio::task::yield_now().await;
                }
                tx.commit().await.expect("kept");
            })
        });
        for one in all.collect::<Vec<_>>() {
            one.await.expect("ended");
        }
        // What each has read stayed true until it wrote.
        for boat in ["a", "b"] {
            let crew = db.read_int("SELECT crew FROM boat WHERE name = $1", &[boat.into()]).await.expect("read");
            assert_eq!(crew, 16, "{boat}");
        }

        let mut tx = db.begin().await.expect("begun");
        let names = ["c\0d", "e"];
        tx.run_many(
            "INSERT INTO boat (name, crew) VALUES",
            2,
            names.iter().flat_map(|name| [(*name).into(), 1.into()]),
            "",
        )
        .await
        .expect("a NUL is no reason to refuse");
        // More than one statement takes, the last one shorter.
        let many: Vec<Arc<str>> = (0..12_345).map(|n| Arc::from(format!("m{n:05}"))).collect();
        let args = many.iter().flat_map(|name| [Arg::Shared(Arc::clone(name)), Arg::Text(name.get(..2).unwrap_or(""))]);
        let head = "INSERT INTO boat (crew, port, name, berth) VALUES";
        tx.run_script("ALTER TABLE boat ADD COLUMN port TEXT; ALTER TABLE boat ADD COLUMN berth TEXT")
            .await
            .expect("added");
        tx.run_many_alike(head, vec![99.into(), "a port".into()], 2, args, "").await.expect("rows that are alike");
        tx.commit().await.expect("kept");
        let alike = "SELECT COUNT(*) FROM boat WHERE crew = 99 AND port = 'a port' AND SUBSTR(name, 1, 2) = berth";
        assert_eq!(db.read_int(alike, &[]).await.expect("counted"), 12_345);
        assert_eq!(
            db.read_int("SELECT crew FROM boat WHERE name = $1", &["c\u{fffd}d".into()]).await.expect("read"),
            1
        );
        assert_eq!(
            db.read_int("SELECT crew FROM boat WHERE name = $1", &["c\0d".to_string().into()]).await.expect("read"),
            1
        );
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn one_writes_at_a_time_and_any_text_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        one_writes_at_a_time(Db::open_sqlite(&folder.path().join("state.sqlite")).await.expect("SQLite")).await;
        match crate::testing::postgres("db").await {
            Some(db) => one_writes_at_a_time(db).await,
            None => println!("MANARA_TEST_POSTGRES is not set: tested on SQLite only"),
        }
    }
}
