//! SQL over the lake and the tables beside it.
//!
//! What is asynchronous here comes boxed: otherwise every crate that asks would compile the engine's futures anew.

use std::sync::Arc;
use std::time::Duration;

use datafusion::arrow::array::{Array, ArrayRef, AsArray as _, RecordBatch, StringBuilder};
use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::catalog::{
    CatalogProvider as _, CatalogProviderList as _, MemoryCatalogProvider, MemoryCatalogProviderList,
    MemorySchemaProvider,
};
use datafusion::common::DataFusionError;
use datafusion::datasource::MemTable;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::logical_expr::{ColumnarValue, Volatility, create_udf};
use datafusion::prelude::{SQLOptions, SessionConfig, SessionContext};
use futures::future::BoxFuture;
use futures::{StreamExt as _, TryStreamExt as _};
use manara_events::{event_schema, reject_schema};

use crate::table::{LakeFile, LakeTable};

/// Why a query gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The SQL is wrong, or needs more than it may.
    #[error("{}", plain(.0))]
    Sql(#[from] DataFusionError),
    /// It took longer than it may.
    #[error("the query took longer than {0} seconds and was stopped")]
    TooSlow(u64),
}

/// The innermost message, without the engine's wrapping.
fn plain(error: &DataFusionError) -> String {
    let text = error.find_root().strip_backtrace();
    text.lines().next().unwrap_or_default().to_string()
}

/// The answer: named columns and record batches.
#[derive(Debug, Clone)]
pub struct Rows {
    /// Names and types of the columns.
    pub schema: SchemaRef,
    /// The rows.
    pub batches: Vec<RecordBatch>,
    /// Whether there were more rows than asked for.
    pub more: bool,
}

impl Rows {
    /// The rows of one batch, all there are.
    pub fn of(batch: RecordBatch) -> Self {
        Rows { schema: batch.schema(), batches: vec![batch], more: false }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The column names.
    pub fn names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Every row as texts; null is the empty text, binary is hex, moments are RFC 3339 in UTC.
    pub fn texts(&self) -> Result<Vec<Vec<String>>, QueryError> {
        let options = FormatOptions::default().with_null("").with_timestamp_tz_format(Some("%Y-%m-%dT%H:%M:%S%.fZ"));
        let mut out = Vec::with_capacity(self.len());
        for batch in &self.batches {
            let columns = batch
                .columns()
                .iter()
                .map(|column| ArrayFormatter::try_new(column.as_ref(), &options))
                .collect::<Result<Vec<_>, _>>()
                .map_err(DataFusionError::from)?;
            for row in 0..batch.num_rows() {
                out.push(columns.iter().map(|column| column.value(row).to_string()).collect());
            }
        }
        Ok(out)
    }

    /// Every row as a JSON object; numbers stay numbers, null stays null, `extra` becomes an object again.
    pub fn json(&self) -> Result<Vec<serde_json::Map<String, serde_json::Value>>, QueryError> {
        use serde_json::Value;
        let names = self.names();
        let texts = self.texts()?;
        let mut out = Vec::with_capacity(texts.len());
        let mut rows = texts.into_iter();
        for batch in &self.batches {
            for row in 0..batch.num_rows() {
                let mut object = serde_json::Map::new();
                let Some(texts) = rows.next() else { break };
                for ((column, name), text) in batch.columns().iter().zip(&names).zip(texts) {
                    let value = if column.is_null(row) {
                        Value::Null
                    } else if column.data_type().is_integer() {
                        text.parse::<i64>().map_or(Value::String(text), Value::from)
                    } else if column.data_type().is_floating() {
                        text.parse::<f64>().map_or(Value::String(text), Value::from)
                    } else if *column.data_type() == DataType::Boolean {
                        Value::Bool(text == "true")
                    } else if name == "extra" {
                        serde_json::from_str(&text).unwrap_or(Value::String(text))
                    } else {
                        Value::String(text)
                    };
                    object.insert(name.clone(), value);
                }
                out.push(object);
            }
        }
        Ok(out)
    }
}

/// The committed files of the lake, by what they hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LakeFiles {
    /// Table `events`.
    pub events: Arc<Vec<LakeFile>>,
    /// Table `context`.
    pub context: Arc<Vec<LakeFile>>,
    /// Table `rejects`.
    pub rejects: Arc<Vec<LakeFile>>,
}

impl LakeFiles {
    fn register(&self, context: &SessionContext) -> Result<(), DataFusionError> {
        let table = |schema, files: &Arc<Vec<LakeFile>>| Arc::new(LakeTable::new(schema, Arc::clone(files)));
        context.register_table("events", table(event_schema(), &self.events))?;
        context.register_table("context", table(event_schema(), &self.context))?;
        context.register_table("rejects", table(reject_schema(), &self.rejects))?;
        Ok(())
    }
}

/// Tables beside the events, made by the caller when a query names them.
pub type Tables = Vec<(&'static str, RecordBatch)>;

/// The lake, ready for SQL.
#[derive(Clone)]
pub struct Lake {
    /// Settings and functions, without tables: to make it costs more than many a query.
    state: SessionState,
}

impl Lake {
    /// A lake whose queries together take at most `memory_bytes`; what does not fit spills to `spill_folder`.
    pub fn new(memory_bytes: usize, spill_folder: &std::path::Path) -> Result<Self, QueryError> {
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(FairSpillPool::new(memory_bytes)))
            .with_temp_file_path(spill_folder)
            .build_arc()?;
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let mut config = SessionConfig::new().with_target_partitions(cores).with_information_schema(true);
        config.options_mut().execution.parquet.pushdown_filters = true;
        config.options_mut().execution.parquet.reorder_filters = true;
        config.options_mut().execution.time_zone = Some("UTC".into());
        let context = SessionContext::new_with_config_rt(config, runtime);
        context.register_udf(create_udf(
            "extra_get",
            vec![DataType::Utf8, DataType::Utf8],
            DataType::Utf8,
            Volatility::Immutable,
            Arc::new(extra_get),
        ));
        Ok(Lake { state: context.state() })
    }

    /// A place of its own for the tables of one query.
    fn context(&self) -> Result<SessionContext, QueryError> {
        let names = &self.state.config().options().catalog;
        let (schema, catalog, catalogs) =
            (MemorySchemaProvider::new(), MemoryCatalogProvider::new(), MemoryCatalogProviderList::new());
        catalog.register_schema(&names.default_schema, Arc::new(schema))?;
        catalogs.register_catalog(names.default_catalog.clone(), Arc::new(catalog));
        let state =
            SessionStateBuilder::new_from_existing(self.state.clone()).with_catalog_list(Arc::new(catalogs)).build();
        Ok(SessionContext::new_with_state(state))
    }

    /// The names of the tables a query reads, so that only those are made. SQL that does not parse names none.
    pub fn tables_of(&self, sql: &str) -> Vec<String> {
        let state = &self.state;
        let Ok(statement) = state.sql_to_statement(sql, &datafusion::config::Dialect::PostgreSQL) else {
            return Vec::new();
        };
        let tables = state.resolve_table_references(&statement).unwrap_or_default();
        tables.iter().map(|table| table.table().to_string()).collect()
    }

    /// Runs one reading statement and gives at most `limit` rows, within `seconds`.
    pub fn query<'a>(
        &'a self,
        sql: &'a str,
        files: LakeFiles,
        tables: Tables,
        limit: usize,
        seconds: u64,
    ) -> BoxFuture<'a, Result<Rows, QueryError>> {
        Box::pin(async move {
            let work = async {
                let context = self.context()?;
                files.register(&context)?;
                for (name, batch) in tables {
                    context.register_table(name, Arc::new(MemTable::try_new(batch.schema(), vec![vec![batch]])?))?;
                }
                let only_reading =
                    SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
                let frame = context.sql_with_options(sql, only_reading).await?;
                let schema = Arc::new(frame.schema().as_arrow().clone());
                let mut stream = frame.execute_stream().await?;
                let mut batches = Vec::new();
                let mut rows = 0;
                let mut more = false;
                while let Some(batch) = stream.next().await {
                    let batch = batch?;
                    if rows + batch.num_rows() > limit {
                        batches.push(batch.slice(0, limit - rows));
                        more = true;
                        break;
                    }
                    rows += batch.num_rows();
                    batches.push(batch);
                }
                Ok(Rows { schema, batches, more })
            };
            match tokio::time::timeout(Duration::from_secs(seconds), work).await {
                Ok(answer) => answer,
                Err(_) => Err(QueryError::TooSlow(seconds)),
            }
        })
    }

    /// Runs a statement of our own over the events and hands each batch of the answer to `take`: for folds over all.
    pub fn fold<'a>(
        &'a self,
        sql: &'a str,
        files: &'a LakeFiles,
        take: &'a mut (dyn FnMut(RecordBatch) + Send),
    ) -> BoxFuture<'a, Result<(), QueryError>> {
        Box::pin(async move {
            let context = self.context()?;
            files.register(&context)?;
            let mut stream = context.sql(sql).await?.execute_stream().await?;
            while let Some(batch) = stream.try_next().await? {
                take(batch);
            }
            Ok(())
        })
    }
}

/// `extra_get(extra, 'name')`: the text of one value of the JSON object in `extra`; null where there is none.
fn extra_get(args: &[ColumnarValue]) -> datafusion::common::Result<ColumnarValue> {
    let arrays = ColumnarValue::values_to_arrays(args)?;
    let [objects, names] = arrays.as_slice() else {
        return Err(DataFusionError::Execution("extra_get takes the column and a name".into()));
    };
    let (objects, names) = (objects.as_string::<i32>(), names.as_string::<i32>());
    let mut out = StringBuilder::new();
    for row in 0..objects.len() {
        let value = if objects.is_valid(row) && names.is_valid(row) {
            serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(objects.value(row))
                .ok()
                .and_then(|mut object| object.remove(names.value(row)))
        } else {
            None
        };
        match value {
            Some(serde_json::Value::String(text)) => out.append_value(text),
            Some(serde_json::Value::Null) | None => out.append_null(),
            Some(other) => out.append_value(other.to_string()),
        }
    }
    Ok(ColumnarValue::Array(Arc::new(out.finish()) as ArrayRef))
}
