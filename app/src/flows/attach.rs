//! The exact events of a notice, from the lake into its attachments.

use std::collections::HashMap;

use manara_model::{FIELDS, Micros};
use manara_warning::{Filling, Wanting};

use crate::house::House;

/// Columns a constituent gets: what helps it find the host. One table for CSV and JSON.
const COLUMNS: &[&str] = &[
    "time",
    "source_ip",
    "source_port",
    "source_asn",
    "source_country",
    "source_reverse_dns",
    "source_fqdn",
    "source_url",
    "source_account",
    "source_local_hostname",
    "destination_ip",
    "destination_port",
    "destination_fqdn",
    "destination_url",
    "destination_urlpath",
    "protocol_transport",
    "protocol_application",
    "taxonomy",
    "type",
    "identifier",
    "malware_name",
    "severity",
    "event_description_text",
    "feed",
    "extra",
];

/// Notices filled with one query.
const AT_ONCE: i64 = 100;
/// Events read with one query; a notice keeps at most what the warning plane allows.
const EVENTS: usize = 200_000;

/// Attaches their events to all notices that want them.
pub async fn events(house: &House, now: Micros) -> anyhow::Result<()> {
    let letters = house.letters()?;
    loop {
        let wanting = manara_warning::wanting_events(&house.db, AT_ONCE).await?;
        if wanting.is_empty() {
            return Ok(());
        }
        let fillings = fill(house, &wanting).await?;
        if manara_warning::attach_events(&house.db, &house.ingest.blobs, &letters, fillings, now).await? == 0 {
            // All drafts at hand grew meanwhile: they are asked for again next time.
            return Ok(());
        }
    }
}

async fn fill(house: &House, wanting: &[Wanting]) -> anyhow::Result<Vec<Filling>> {
    let mut notice_of: HashMap<&str, usize> = HashMap::new();
    for (at, notice) in wanting.iter().enumerate() {
        for finding in &notice.findings {
            notice_of.insert(finding.id.as_str(), at);
        }
    }
    let spans = wanting.iter().flat_map(|notice| &notice.findings);
    let (first, last) = spans.fold((Micros(i64::MAX), Micros(i64::MIN)), |(first, last), finding| {
        (first.min(finding.first_seen), last.max(finding.last_seen))
    });
    let ids: Vec<String> = notice_of.keys().map(|id| format!("'{id}'")).collect();
    let names = COLUMNS.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT finding, {names} FROM events
          WHERE time >= TIMESTAMP '{first}' AND time <= TIMESTAMP '{last}' AND finding IN ({})
          ORDER BY time DESC",
        if ids.is_empty() { "''".to_string() } else { ids.join(", ") },
    );
    let rows = house.lake.query(&sql, house.watch.files().await?, Vec::new(), EVENTS, 300).await?;
    let columns: Vec<String> = COLUMNS
        .iter()
        .map(|name| FIELDS.iter().find(|spec| spec.column == *name).map_or(*name, |spec| spec.intelmq).to_string())
        .collect();
    let mut fillings: Vec<Filling> = wanting
        .iter()
        .map(|notice| Filling {
            notice_id: notice.notice_id.clone(),
            findings: notice.findings.len(),
            columns: columns.clone(),
            rows: Vec::new(),
            total: 0,
        })
        .collect();
    for mut row in rows.texts()? {
        if row.is_empty() {
            continue;
        }
        let finding = row.remove(0);
        if let Some(filling) = notice_of.get(finding.as_str()).and_then(|at| fillings.get_mut(*at)) {
            filling.total += 1;
            if filling.rows.len() < manara_warning::ATTACHMENT_ROWS {
                filling.rows.push(row);
            }
        }
    }
    Ok(fillings)
}
