//! The events as a table: the files of the manifest, and only those.
//!
//! A file that a crash left behind is not in the manifest and so is not there: the lake never shows half a batch.

use std::path::PathBuf;
use std::sync::Arc;

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::{DFSchema, Result, ScalarValue, ToDFSchema as _};
use datafusion::datasource::TableType;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::{FileGroup, FileScanConfigBuilder, ParquetSource};
use datafusion::datasource::source::DataSourceExec;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::logical_expr::utils::conjunction;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator, TableProviderFilterPushDown};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::empty::EmptyExec;

/// One committed file of the lake, as the manifest knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LakeFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// Name of the feed.
    pub feed: String,
    /// Id of the batch.
    pub batch: String,
    /// Earliest event, microseconds since 1970.
    pub time_min: i64,
    /// Latest event, microseconds since 1970.
    pub time_max: i64,
}

/// A table over committed files.
#[derive(Debug)]
pub struct LakeTable {
    schema: SchemaRef,
    files: Arc<Vec<LakeFile>>,
}

impl LakeTable {
    /// A table over these files.
    pub fn new(schema: SchemaRef, files: Arc<Vec<LakeFile>>) -> Self {
        LakeTable { schema, files }
    }
}

#[async_trait::async_trait]
impl TableProvider for LakeTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    fn supports_filters_pushdown(&self, filters: &[&Expr]) -> Result<Vec<TableProviderFilterPushDown>> {
        // Files and row groups are passed over by the filters; the rows themselves are filtered above.
        Ok(vec![TableProviderFilterPushDown::Inexact; filters.len()])
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let wanted: Vec<&LakeFile> =
            self.files.iter().filter(|file| filters.iter().all(|f| may_match(file, f))).collect();
        if wanted.is_empty() {
            let schema = match projection {
                Some(columns) => Arc::new(self.schema.project(columns)?),
                None => self.schema(),
            };
            return Ok(Arc::new(EmptyExec::new(schema)));
        }
        let mut source = ParquetSource::new(self.schema());
        if let Some(filter) = conjunction(filters.to_vec()) {
            let schema: DFSchema = Arc::clone(&self.schema).to_dfschema()?;
            source = source.with_predicate(state.create_physical_expr(filter, &schema)?);
        }
        // Files go round to as many groups as there are cores to read them.
        let groups_wanted = state.config().target_partitions().clamp(1, wanted.len());
        let mut groups: Vec<Vec<PartitionedFile>> = vec![Vec::new(); groups_wanted];
        for (file, at) in wanted.iter().zip((0..groups_wanted).cycle()) {
            if let Some(group) = groups.get_mut(at) {
                group.push(PartitionedFile::new(file.path.display().to_string(), file.bytes));
            }
        }
        let config = FileScanConfigBuilder::new(ObjectStoreUrl::local_filesystem(), Arc::new(source))
            .with_file_groups(groups.into_iter().map(FileGroup::new).collect())
            .with_projection_indices(projection.cloned())?
            .with_limit(limit)
            .build();
        Ok(DataSourceExec::from_data_source(config))
    }
}

/// Whether a file may hold a row that passes the filter, by what the manifest knows: time, feed and batch.
fn may_match(file: &LakeFile, filter: &Expr) -> bool {
    let Expr::BinaryExpr(BinaryExpr { left, op, right }) = filter else { return true };
    if *op == Operator::And {
        return may_match(file, left) && may_match(file, right);
    }
    if *op == Operator::Or {
        return may_match(file, left) || may_match(file, right);
    }
    let (column, value, op) = match (left.as_ref(), right.as_ref()) {
        (Expr::Column(column), Expr::Literal(value, _)) => (column, value, *op),
        (Expr::Literal(value, _), Expr::Column(column)) => match op.swap() {
            Some(op) => (column, value, op),
            None => return true,
        },
        _ => return true,
    };
    match column.name.as_str() {
        "time" => {
            let ScalarValue::TimestampMicrosecond(Some(moment), _) = value else { return true };
            match op {
                Operator::Gt => file.time_max > *moment,
                Operator::GtEq => file.time_max >= *moment,
                Operator::Lt => file.time_min < *moment,
                Operator::LtEq => file.time_min <= *moment,
                Operator::Eq => file.time_min <= *moment && *moment <= file.time_max,
                _ => true,
            }
        }
        name @ ("feed" | "batch") if op == Operator::Eq => {
            let text = match value {
                ScalarValue::Utf8(Some(text))
                | ScalarValue::Utf8View(Some(text))
                | ScalarValue::LargeUtf8(Some(text)) => text,
                _ => return true,
            };
            if name == "feed" { file.feed == *text } else { file.batch == *text }
        }
        _ => true,
    }
}
