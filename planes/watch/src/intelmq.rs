//! Events of the lake as IntelMQ reads them: a JSON object a line, with its keys.

use manara_formats::{Value, to_intelmq};
use manara_lake::{QueryError, Rows};
use manara_model::{FIELDS, Field, FieldSpec, Kind, Micros};

/// The columns of an answer that are fields of an event, by their place; the others have no key of IntelMQ.
fn fields_of(rows: &Rows) -> Vec<(usize, &'static FieldSpec)> {
    let spec = |name: &String| FIELDS.iter().find(|spec| spec.column == name.as_str());
    rows.names().iter().enumerate().filter_map(|(at, name)| Some((at, spec(name)?))).collect()
}

/// The rows of an answer, one event a line. What is null is left out, and so is a column that is no field of an event;
/// `None` when no column is one.
pub fn intelmq_lines(rows: &Rows) -> Result<Option<String>, QueryError> {
    let fields = fields_of(rows);
    if fields.is_empty() {
        return Ok(None);
    }
    let mut lines = String::new();
    // Batch by batch: the texts of all columns of all rows at once would take many times the lines' memory.
    for batch in &rows.batches {
        for row in Rows::of(batch.clone()).texts()? {
            let cell = |at: usize| row.get(at).map(String::as_str).unwrap_or_default();
            let values: Vec<(Field, Value<'_>)> =
                fields.iter().filter_map(|(at, spec)| Some((spec.field, value(spec.kind, cell(*at))?))).collect();
            let extra = fields.iter().find(|(_, spec)| spec.field == Field::Extra).map(|(at, _)| cell(*at));
            lines.push_str(&to_intelmq(&values, extra.unwrap_or_default()));
            lines.push('\n');
        }
    }
    Ok(Some(lines))
}

/// A value as the lake writes it in a text; nothing when there is none.
fn value(kind: Kind, text: &str) -> Option<Value<'_>> {
    if text.is_empty() {
        return None;
    }
    match kind {
        Kind::Text | Kind::Json => Some(Value::Text(text.into())),
        Kind::Ip => text.parse().ok().map(Value::Ip),
        Kind::Number => text.parse().ok().map(Value::Number),
        Kind::Real => text.parse().ok().map(Value::Real),
        Kind::Bool => text.parse().ok().map(Value::Bool),
        Kind::Time => Micros::parse_rfc3339(text).map(Value::Time),
    }
}

#[cfg(test)]
mod tests {
    use manara_formats::Value;
    use manara_model::{Kind, Micros};

    use super::value;

    #[test]
    fn what_the_lake_wrote_is_read_again_as_what_it_was() {
        assert_eq!(value(Kind::Number, "443"), Some(Value::Number(443)));
        assert_eq!(value(Kind::Ip, "2001:db8::1"), "2001:db8::1".parse().ok().map(Value::Ip));
        assert_eq!(value(Kind::Bool, "false"), Some(Value::Bool(false)));
        assert_eq!(value(Kind::Time, "1970-01-01T00:00:01.000000Z"), Some(Value::Time(Micros(1_000_000))));
        assert_eq!((value(Kind::Text, ""), value(Kind::Ip, "nonsense")), (None, None));
    }
}
