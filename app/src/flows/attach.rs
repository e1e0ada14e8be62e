//! The exact events of a notice, from the lake into its attachments.

use std::collections::HashMap;
use std::sync::Arc;

use manara_events::arrow::array::RecordBatch;
use manara_lake::Rows;
use manara_model::{FIELDS, Micros};
use manara_warning::{ATTACHMENT_ROWS, Filling, Press, Wanting};

use crate::house::House;
use crate::papers;

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

/// Notices looked at, at once.
const AT_ONCE: i64 = 500;
/// Notices printed in one round: mail, clocks and answers wait as long, and whoever prints a page waits for each.
const PRINTED: i64 = 20;
/// Events held at once, about: what one query may bring for the notices it is for.
const EVENTS: i64 = 100_000;

/// Attaches their events to all notices that want them.
pub async fn events(house: &House, now: Micros) -> anyhow::Result<()> {
    let mut pages = PRINTED;
    let mut wanting = manara_warning::wanting_events(&house.db, AT_ONCE, pages).await?;
    // Letters and words are read only where something is to be written.
    if wanting.is_empty() {
        return Ok(());
    }
    let letters = house.letters()?;
    let press = Press { words: Arc::new(papers::words(&house.content_folder())?), printer: papers::printer(house) };
    loop {
        // Also what found the printer busy: it is asked for again next time.
        pages -= wanting.iter().map(|one| i64::from(one.has_pages)).sum::<i64>();
        let mut filled = 0;
        for some in groups(&wanting) {
            let fillings = fill(house, some).await?;
            filled += manara_warning::attach_events(&house.db, &house.ingest.blobs, (&letters, &press), fillings, now)
                .await?;
        }
        if filled == 0 {
            // Nothing wants any; or all drafts at hand grew meanwhile: they are asked for again next time.
            return Ok(());
        }
        wanting = manara_warning::wanting_events(&house.db, AT_ONCE, pages).await?;
    }
}

/// Notices whose events together are about as many as may be held; at least one.
fn groups(wanting: &[Wanting]) -> impl Iterator<Item = &[Wanting]> {
    let mut held = 0;
    let events = |one: &Wanting| {
        let all: i64 = one.findings.iter().map(|finding| finding.count).sum();
        all.min(ATTACHMENT_ROWS as i64)
    };
    wanting.chunk_by(move |one, next| {
        held += events(one);
        let fits = held + events(next) <= EVENTS;
        if !fits {
            held = 0;
        }
        fits
    })
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
    // Not sorted by the query: that would hold every wide row at once.
    let sql = format!(
        "SELECT finding, {names} FROM events
          WHERE time >= TIMESTAMP '{first}' AND time <= TIMESTAMP '{last}' AND finding IN ({})",
        if ids.is_empty() { "''".to_string() } else { ids.join(", ") },
    );
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
    let mut outcome = Ok(());
    let mut take = |batch: RecordBatch| match Rows::of(batch).texts() {
        Ok(rows) => {
            for mut row in rows.into_iter().filter(|row| !row.is_empty()) {
                let finding = row.remove(0);
                if let Some(filling) = notice_of.get(finding.as_str()).and_then(|at| fillings.get_mut(*at)) {
                    filling.total += 1;
                    filling.rows.push(row);
                    if filling.rows.len() >= 2 * ATTACHMENT_ROWS {
                        keep_newest(&mut filling.rows);
                    }
                }
            }
        }
        Err(error) => outcome = Err(error),
    };
    house.lake.fold(&sql, &house.watch.files().await?, &mut take).await?;
    outcome?;
    fillings.iter_mut().for_each(|filling| keep_newest(&mut filling.rows));
    Ok(fillings)
}

/// Newest first (the first column is the time), and of those no more than an attachment takes.
fn keep_newest(rows: &mut Vec<Vec<String>>) {
    rows.sort_unstable_by(|one, other| other.cmp(one));
    rows.truncate(ATTACHMENT_ROWS);
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;
    use manara_warning::{ATTACHMENT_ROWS, Wanting, WantingFinding};

    use super::{EVENTS, groups};

    fn wanting(count: i64) -> Wanting {
        let finding = WantingFinding {
            id: String::new(),
            asset: String::new(),
            subject: String::new(),
            first_seen: Micros(0),
            last_seen: Micros(0),
            count,
        };
        Wanting {
            notice_id: String::new(),
            number: String::new(),
            constituent_id: String::new(),
            taxonomy: String::new(),
            kind: String::new(),
            has_pages: false,
            findings: vec![finding],
        }
    }

    #[test]
    fn a_query_brings_no_more_than_may_be_held() {
        let counts = [10, 20, EVENTS * 9, 60_000, 40_000, 10_000, 1];
        let all: Vec<Wanting> = counts.map(wanting).to_vec();
        let sizes: Vec<usize> = groups(&all).map(<[Wanting]>::len).collect();
        assert_eq!(sizes.iter().sum::<usize>(), counts.len(), "every notice once: {sizes:?}");
        for some in groups(&all) {
            let held: i64 = some.iter().map(|one| one.findings[0].count.min(ATTACHMENT_ROWS as i64)).sum();
            assert!(held <= EVENTS, "{held}");
        }
        assert_eq!(groups(&[]).count(), 0);
    }
}
