//! Rows appended, columns out.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use arrow::array::{
    ArrayRef, BooleanBuilder, FixedSizeBinaryBuilder, Float64Builder, Int64Builder, RecordBatch, StringBuilder,
    TimestampMicrosecondBuilder, new_null_array,
};
use arrow::datatypes::{DataType, SchemaRef};
use arrow::error::ArrowError;
use manara_model::{FIELDS, Field, Micros};

use crate::schema::{Own, event_schema};

/// Rows of the arrays that empty columns share.
const SHARED_ROWS: usize = 16 * 1024;

enum Builder {
    None,
    Text(StringBuilder),
    Number(Int64Builder),
    Real(Float64Builder),
    Bool(BooleanBuilder),
    Time(TimestampMicrosecondBuilder),
    Hash(FixedSizeBinaryBuilder),
}

/// Columns under construction. A column that no row sets costs nothing; a row sets only what it has.
pub struct Columns {
    schema: SchemaRef,
    builders: Vec<Builder>,
    room: Vec<Room>,
    rows: usize,
}

/// How much a column will probably hold.
#[derive(Clone, Copy, Default)]
struct Room {
    rows: usize,
    bytes: usize,
}

impl Default for Columns {
    fn default() -> Self {
        Self::new()
    }
}

macro_rules! pad {
    ($builder:expr, $row:expr) => {{
        use arrow::array::ArrayBuilder as _;
        while $builder.len() < $row {
            $builder.append_null();
        }
    }};
}

impl Columns {
    /// Columns of events, empty.
    pub fn new() -> Self {
        let schema = event_schema();
        let builders = schema.fields().iter().map(|_| Builder::None).collect();
        Columns { schema, builders, room: Vec::new(), rows: 0 }
    }

    /// How many rows are finished.
    pub fn rows(&self) -> usize {
        self.rows
    }

    fn slot(&mut self, at: usize) -> Option<&mut Builder> {
        let builder = self.builders.get_mut(at)?;
        if matches!(builder, Builder::None) {
            let room = self.room.get(at).copied().unwrap_or_default();
            *builder = match self.schema.fields().get(at)?.data_type() {
                DataType::Int64 => Builder::Number(Int64Builder::with_capacity(room.rows)),
                DataType::Float64 => Builder::Real(Float64Builder::with_capacity(room.rows)),
                DataType::Boolean => Builder::Bool(BooleanBuilder::with_capacity(room.rows)),
                DataType::Timestamp(..) => {
                    Builder::Time(TimestampMicrosecondBuilder::with_capacity(room.rows).with_timezone("UTC"))
                }
                DataType::FixedSizeBinary(_) => Builder::Hash(FixedSizeBinaryBuilder::with_capacity(room.rows, 16)),
                _ => Builder::Text(StringBuilder::with_capacity(room.rows, room.bytes)),
            };
        }
        Some(builder)
    }

    /// Empty columns with room for as many rows as these have, so that filling them does not move what is there.
    #[must_use]
    pub fn like(&self) -> Self {
        let room = |builder: &Builder| {
            let bytes = match builder {
                Builder::None => return Room::default(),
                Builder::Text(builder) => builder.values_slice().len(),
                _ => 0,
            };
            Room { rows: self.rows, bytes: bytes + bytes / 8 }
        };
        Columns { room: self.builders.iter().map(room).collect(), ..Self::new() }
    }

    fn place(own: Own) -> usize {
        FIELDS.len() + own as usize
    }

    fn put_text(&mut self, at: usize, text: &str) {
        let rows = self.rows;
        if let Some(Builder::Text(builder)) = self.builders.get_mut(at) {
            pad!(builder, rows);
            builder.append_value(text);
        } else if let Some(Builder::Text(builder)) = self.slot(at) {
            pad!(builder, rows);
            builder.append_value(text);
        }
    }

    /// Sets a text of the current row. Each field at most once a row.
    pub fn text(&mut self, field: Field, text: &str) {
        self.put_text(field as usize, text);
    }

    /// Sets an address of the current row.
    pub fn ip(&mut self, field: Field, address: IpAddr) {
        let mut buffer = [0u8; 46];
        let text = text_of_ip(address, &mut buffer);
        self.put_text(field as usize, text);
    }

    /// Sets a number of the current row.
    pub fn number(&mut self, field: Field, number: i64) {
        let rows = self.rows;
        if let Some(Builder::Number(builder)) = self.slot(field as usize) {
            pad!(builder, rows);
            builder.append_value(number);
        }
    }

    /// Sets a floating point number of the current row.
    pub fn real(&mut self, field: Field, number: f64) {
        let rows = self.rows;
        if let Some(Builder::Real(builder)) = self.slot(field as usize) {
            pad!(builder, rows);
            builder.append_value(number);
        }
    }

    /// Sets a truth value of the current row.
    pub fn bool(&mut self, field: Field, value: bool) {
        let rows = self.rows;
        if let Some(Builder::Bool(builder)) = self.slot(field as usize) {
            pad!(builder, rows);
            builder.append_value(value);
        }
    }

    /// Sets a moment of the current row.
    pub fn time(&mut self, field: Field, moment: Micros) {
        let rows = self.rows;
        if let Some(Builder::Time(builder)) = self.slot(field as usize) {
            pad!(builder, rows);
            builder.append_value(moment.0);
        }
    }

    /// Sets the hash of the row as it arrived.
    pub fn hash(&mut self, hash: u128) {
        let rows = self.rows;
        if let Some(Builder::Hash(builder)) = self.slot(Field::EventHash as usize) {
            pad!(builder, rows);
            let _ = builder.append_value(hash.to_be_bytes());
        }
    }

    /// Sets one of our texts of the current row.
    pub fn own(&mut self, own: Own, text: &str) {
        self.put_text(Self::place(own), text);
    }

    /// Sets the line of the current row.
    pub fn line(&mut self, line: u64) {
        let rows = self.rows;
        if let Some(Builder::Number(builder)) = self.slot(Self::place(Own::Line)) {
            pad!(builder, rows);
            builder.append_value(line as i64);
        }
    }

    /// Ends the current row.
    pub fn end_row(&mut self) {
        self.rows += 1;
    }

    /// All rows as one record batch; the columns are empty again.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        let rows = self.rows;
        let mut arrays: Vec<ArrayRef> = Vec::with_capacity(self.builders.len());
        for (at, (builder, field)) in self.builders.iter_mut().zip(self.schema.fields()).enumerate() {
            arrays.push(match builder {
                Builder::None => nothing(at, field.data_type(), rows),
                Builder::Text(b) => {
                    pad!(b, rows);
                    Arc::new(b.finish())
                }
                Builder::Number(b) => {
                    pad!(b, rows);
                    Arc::new(b.finish())
                }
                Builder::Real(b) => {
                    pad!(b, rows);
                    Arc::new(b.finish())
                }
                Builder::Bool(b) => {
                    pad!(b, rows);
                    Arc::new(b.finish())
                }
                Builder::Time(b) => {
                    pad!(b, rows);
                    Arc::new(b.finish())
                }
                Builder::Hash(b) => {
                    pad!(b, rows);
                    Arc::new(b.finish())
                }
            });
        }
        self.rows = 0;
        RecordBatch::try_new(Arc::clone(&self.schema), arrays)
    }
}

/// A column without any value. Most columns of most feeds are: they share one array.
fn nothing(at: usize, kind: &DataType, rows: usize) -> ArrayRef {
    static SHARED: OnceLock<Vec<ArrayRef>> = OnceLock::new();
    let make = || event_schema().fields().iter().map(|field| new_null_array(field.data_type(), SHARED_ROWS)).collect();
    match SHARED.get_or_init(make).get(at) {
        Some(array) if rows <= SHARED_ROWS => array.slice(0, rows),
        _ => new_null_array(kind, rows),
    }
}

/// An address as text, into a buffer: the canonical form of RFC 5952 for IPv6.
pub fn text_of_ip(address: IpAddr, buffer: &mut [u8; 46]) -> &str {
    use std::io::Write as _;
    let mut rest = &mut buffer[..];
    let room = rest.len();
    match address {
        IpAddr::V4(v4) => {
            let mut len = 0;
            for (at, octet) in v4.octets().into_iter().enumerate() {
                if at > 0 {
                    len += put(rest, len, b'.');
                }
                if octet >= 100 {
                    len += put(rest, len, b'0' + octet / 100);
                }
                if octet >= 10 {
                    len += put(rest, len, b'0' + octet / 10 % 10);
                }
                len += put(rest, len, b'0' + octet % 10);
            }
            std::str::from_utf8(buffer.get(..len).unwrap_or_default()).unwrap_or_default()
        }
        IpAddr::V6(v6) => {
            let _ = write!(rest, "{v6}");
            let len = room - rest.len();
            std::str::from_utf8(buffer.get(..len).unwrap_or_default()).unwrap_or_default()
        }
    }
}

fn put(buffer: &mut [u8], at: usize, byte: u8) -> usize {
    if let Some(place) = buffer.get_mut(at) {
        *place = byte;
    }
    1
}

#[cfg(test)]
mod tests {
    use arrow::array::Array as _;
    use manara_model::{Field, Micros};

    use super::{Columns, text_of_ip};

    #[test]
    fn a_row_sets_only_what_it_has() {
        let mut columns = Columns::new();
        columns.time(Field::Time, Micros(1));
        columns.text(Field::Comment, "first");
        columns.end_row();
        columns.time(Field::Time, Micros(2));
        columns.number(Field::SourcePort, 80);
        columns.end_row();
        let batch = columns.finish().expect("columns of one length");
        assert_eq!(batch.num_rows(), 2);
        let nulls = |name: &str| batch.column_by_name(name).expect("a column").null_count();
        assert_eq!((nulls("time"), nulls("comment"), nulls("source_port"), nulls("extra")), (0, 1, 1, 2));
        assert_eq!(columns.rows(), 0);
    }

    #[test]
    fn addresses_are_written_in_their_canonical_text() {
        let mut buffer = [0; 46];
        for text in [
            "0.0.0.0",
            "255.255.255.255",
            "10.20.30.4",
            "1.100.99.9",
            "2001:db8::1",
            "::",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        ] {
            assert_eq!(text_of_ip(text.parse().expect("an address"), &mut buffer), text);
        }
    }
}
