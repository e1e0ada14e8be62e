// What every target holds of every row, shared with `include!`.
use manara_formats::{Drift, Limits, Outcome, Reject, Row, Sink, Stop, to_intelmq};
use manara_model::{Field, Micros};

#[allow(dead_code, reason = "not every reader is told the time")]
const OBSERVED: Micros = Micros(1_768_435_200_000_000);

fn limits() -> Limits {
    Limits { row_bytes: 16 << 10, row_lines: 50, columns: 200, decompressed_bytes: 4 << 20, ..Limits::default() }
}

struct Checked;

impl Sink for Checked {
    fn row(&mut self, row: Row<'_>) -> Result<(), Stop> {
        assert!(row.get(Field::Time).is_some());
        assert!(row.line > 0);
        for (at, (field, _)) in row.fields.iter().enumerate() {
            assert!(row.fields.iter().skip(at + 1).all(|(other, _)| other != field), "{field:?} twice");
        }
        if !row.extra.is_empty() {
            serde_json::from_str::<serde_json::Value>(row.extra).expect("extra is JSON");
        }
        if row.outcome == Outcome::Event {
            assert!(row.get(Field::Type).is_some());
        }
        serde_json::from_str::<serde_json::Value>(&to_intelmq(&row.fields, row.extra)).expect("an event is JSON");
        Ok(())
    }

    fn reject(&mut self, reject: Reject) -> Result<(), Stop> {
        assert!(Reject::CODES.contains(&reject.code), "{}", reject.code);
        Ok(())
    }

    fn drift(&mut self, _: Drift) {}
}
