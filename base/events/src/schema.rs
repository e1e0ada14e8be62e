//! The columns of an event in the lake: IntelMQ's 89, then ours.

use std::sync::{Arc, OnceLock};

use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use manara_model::{FIELDS, Kind};

/// The columns that are ours, after those of the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// Id of the batch the row came in.
    Batch,
    /// 1-based line of the row in its file.
    Line,
    /// Id of the constituent that owns the asset.
    ConstituentId,
    /// What the finding is about: an address, a name, a URL or an account.
    Asset,
    /// What exactly is wrong with it: the malware, or the identifier.
    Subject,
    /// Id of the finding this event belongs to.
    Finding,
    /// For context rows: `dns`, `http`, `tls`, `flow`, …; null for events.
    Context,
}

/// Our columns with their types and what they say.
pub fn own_columns() -> &'static [(Own, &'static str, &'static str)] {
    &[
        (Own::Batch, "batch", "id of the batch the row came in"),
        (Own::Line, "line", "1-based line of the row in its file"),
        (Own::ConstituentId, "constituent_id", "id of the constituent"),
        (Own::Asset, "asset", "what the finding is about: an address, a name, a URL or an account"),
        (Own::Subject, "subject", "what exactly is wrong with it: the malware, or the identifier"),
        (Own::Finding, "finding", "id of the finding the event belongs to"),
        (Own::Context, "context", "for context rows: dns, http, tls, flow, …"),
    ]
}

fn kind_type(kind: Kind, column: &str) -> DataType {
    match kind {
        Kind::Text | Kind::Ip | Kind::Json if column == "event_hash" => DataType::FixedSizeBinary(16),
        Kind::Text | Kind::Ip | Kind::Json => DataType::Utf8,
        Kind::Number => DataType::Int64,
        Kind::Real => DataType::Float64,
        Kind::Bool => DataType::Boolean,
        Kind::Time => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
    }
}

/// The schema of every event file.
pub fn event_schema() -> SchemaRef {
    static SCHEMA: OnceLock<SchemaRef> = OnceLock::new();
    Arc::clone(SCHEMA.get_or_init(|| {
        let mut fields: Vec<Field> = FIELDS
            .iter()
            .map(|spec| Field::new(spec.column, kind_type(spec.kind, spec.column), spec.column != "time"))
            .collect();
        for (own, name, _) in own_columns() {
            let kind = if *own == Own::Line { DataType::Int64 } else { DataType::Utf8 };
            fields.push(Field::new(*name, kind, true));
        }
        Arc::new(Schema::new(fields))
    }))
}

/// The schema of reject files: rows that could not be read, with line and reason.
pub fn reject_schema() -> SchemaRef {
    static SCHEMA: OnceLock<SchemaRef> = OnceLock::new();
    Arc::clone(SCHEMA.get_or_init(|| {
        let text = |name: &str| Field::new(name, DataType::Utf8, true);
        Arc::new(Schema::new(vec![
            text("batch"),
            text("feed"),
            Field::new("line", DataType::Int64, false),
            text("column"),
            text("code"),
            text("found"),
            text("raw"),
        ]))
    }))
}
