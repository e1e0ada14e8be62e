//! One event as a line of a table.

use manara_lake::Rows;
use manara_model::{Micros, Severity, Tlp, Viewer};
use manara_web::PageError;

use super::literal;

/// What is read for a line, in the order [`EventLine`] reads it.
const COLUMNS: [&str; 20] = [
    "time",
    "feed",
    "batch",
    "line",
    "source_ip",
    "source_port",
    "source_asn",
    "source_country",
    "destination_ip",
    "destination_port",
    "taxonomy",
    "type",
    "identifier",
    "severity",
    "constituent",
    "constituent_id",
    "asset",
    "subject",
    "finding",
    "context",
];

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct EventLine {
    pub time: Micros,
    pub feed: String,
    pub batch: String,
    pub line: i64,
    pub source: End,
    pub asn: String,
    pub country: String,
    pub destination: End,
    pub kind: String,
    pub severity: Option<Severity>,
    pub constituent: String,
    pub constituent_id: String,
    pub asset: String,
    pub subject: String,
    pub finding: String,
    pub context: String,
}

/// Where something came from or went to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct End {
    pub ip: String,
    pub port: String,
}

impl End {
    /// Address and port as people write them; IPv6 in brackets when there is a port.
    pub fn text(&self) -> String {
        match (self.ip.as_str(), self.port.as_str()) {
            (ip, "") => ip.to_string(),
            ("", port) => format!(":{port}"),
            (ip, port) if ip.contains(':') => format!("[{ip}]:{port}"),
            (ip, port) => format!("{ip}:{port}"),
        }
    }
}

/// The columns as SQL.
pub(super) fn columns() -> String {
    names(&COLUMNS)
}

/// Names as SQL, whatever words they are.
pub(super) fn names(columns: &[&str]) -> String {
    columns.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

/// A moment as SQL.
pub(super) fn moment(moment: Micros) -> String {
    literal(&moment.rfc3339())
}

/// The rule of row visibility as SQL: `None` when the viewer sees all. What has no marking is ours to show.
pub(crate) fn visible(viewer: &Viewer) -> Option<String> {
    hidden(viewer).map(|hidden| format!("(\"tlp\" IS NULL OR NOT ({hidden}))"))
}

/// What the viewer may not see, as SQL; `None` when there is no such marking.
pub(super) fn hidden(viewer: &Viewer) -> Option<String> {
    let labels: Vec<String> = Tlp::ALL
        .into_iter()
        .filter(|tlp| !manara_model::may_see(viewer, *tlp))
        .flat_map(|tlp| [literal(tlp.label()), literal(tlp.label().trim_start_matches("TLP:"))])
        .collect();
    (!labels.is_empty()).then(|| format!("upper(\"tlp\") IN ({})", labels.join(", ")))
}

/// The rows of an answer to [`columns`].
pub(super) fn lines(rows: &Rows) -> Result<Vec<EventLine>, PageError> {
    rows.texts().map_err(PageError::internal)?.into_iter().map(line).collect()
}

fn line(cells: Vec<String>) -> Result<EventLine, PageError> {
    let cells: [String; 20] =
        cells.try_into().map_err(|_| PageError::internal("an event with other columns than asked for"))?;
    let [
        time,
        feed,
        batch,
        line,
        source_ip,
        source_port,
        asn,
        country,
        destination_ip,
        destination_port,
        _taxonomy,
        kind,
        identifier,
        severity,
        constituent,
        constituent_id,
        asset,
        subject,
        finding,
        context,
    ] = cells;
    Ok(EventLine {
        time: Micros::parse_rfc3339(&time).ok_or_else(|| PageError::internal(format!("an event at {time:?}")))?,
        feed,
        batch,
        line: line.parse().unwrap_or_default(),
        source: End { ip: source_ip, port: source_port },
        asn,
        country,
        destination: End { ip: destination_ip, port: destination_port },
        kind,
        severity: Severity::parse(&severity),
        constituent,
        constituent_id,
        asset,
        subject: if subject.is_empty() { identifier } else { subject },
        finding,
        context,
    })
}

#[cfg(test)]
mod tests {
    use manara_model::{Tlp, Viewer};

    use super::{COLUMNS, End, line, visible};

    #[test]
    fn a_line_reads_its_columns_by_position() {
        let mut cells: Vec<String> = COLUMNS.iter().map(|name| (*name).to_string()).collect();
        cells[0] = "2026-11-21T10:00:00.5Z".into();
        cells[3] = "7".into();
        cells[13] = "high".into();
        let event = line(cells.clone()).unwrap();
        assert_eq!((event.time.0 % 1_000_000, event.line, event.kind.as_str()), (500_000, 7, "type"));
        assert_eq!(event.severity, manara_model::Severity::parse("high"));
        assert_eq!((event.asset.as_str(), event.finding.as_str()), ("asset", "finding"));
        cells.pop();
        assert!(line(cells).is_err());
    }

    #[test]
    fn an_address_with_its_port_is_unambiguous() {
        let end = |ip: &str, port: &str| End { ip: ip.into(), port: port.into() }.text();
        assert_eq!(end("192.0.2.1", "23"), "192.0.2.1:23");
        assert_eq!(end("2001:db8::1", "23"), "[2001:db8::1]:23");
        assert_eq!(end("2001:db8::1", ""), "2001:db8::1");
    }

    #[test]
    fn sql_hides_exactly_what_the_viewer_may_not_see() {
        let viewer = |clearance| Viewer::cleared("x", clearance);
        assert_eq!(visible(&viewer(Tlp::Red)), None);
        let amber = visible(&viewer(Tlp::Amber)).unwrap();
        assert!(
            amber.contains("'TLP:RED'") && amber.contains("'AMBER+STRICT'") && !amber.contains("'AMBER'"),
            "{amber}"
        );
    }
}
