//! Incidents, tickets and notes that somebody looks for.

use manara_model::Viewer;
use manara_store::{Db, Row, StoreError};
use manara_web::{Hit, Hits, Right, SEARCH_DEPTH, Wanted};

use crate::sql_ticket;
use crate::ticket::Ticket;
use crate::words::{Found, seek};

const BY_NUMBER: &str = "SELECT number, title FROM response_incident WHERE number = $1 AND tlp <= $2";
const BY_ASSET: &str = "
    SELECT i.number, i.title FROM response_incident i
     WHERE i.tlp <= $3 AND i.id IN
           (SELECT f.incident_id FROM response_incident_finding f WHERE f.asset IN ($1, $2) AND f.removed = '')
     ORDER BY i.created DESC, i.id DESC LIMIT $4";
const BY_TAG: &str = "
    SELECT number, title FROM response_incident
     WHERE tlp <= $2 AND merged_into = '' AND id IN (SELECT record_id FROM response_tag WHERE tag = $1)
     ORDER BY created DESC, id DESC LIMIT $3";
const BY_TITLE: &str = r"
    SELECT number, title
      FROM (SELECT id, number, title, created FROM response_incident WHERE tlp <= $2
             ORDER BY created DESC, id DESC LIMIT $4) AS newest
     WHERE LOWER(title) LIKE $1 ESCAPE '\' ORDER BY created DESC, id DESC LIMIT $3";
const NOTES: &str = r"
    SELECT i.number, n.id, n.body
      FROM (SELECT id, incident_id, body FROM response_note WHERE struck_at = '' ORDER BY id DESC LIMIT $4) AS n
      JOIN response_incident i ON i.id = n.incident_id
     WHERE i.tlp <= $2 AND LOWER(n.body) LIKE $1 ESCAPE '\' ORDER BY n.id DESC LIMIT $3";

const SPEAKING: &str = "
    SELECT 'ticket' AS record, t.number, t.subject, t.created FROM response_observable o
      JOIN response_ticket t ON t.id = o.record_id WHERE o.value = $1 AND t.tlp <= $2 AND t.merged_into = ''
     UNION
    SELECT 'incident', i.number, i.title, i.created FROM response_observable o
      JOIN response_incident i ON i.id = o.record_id WHERE o.value = $1 AND i.tlp <= $2 AND i.merged_into = ''
     UNION
    SELECT 'incident', i.number, i.title, i.created FROM response_evidence e
      JOIN response_incident i ON i.id = e.incident_id WHERE e.sha256 = $1 AND e.removed = '' AND i.tlp <= $2
     ORDER BY 4 DESC, 2 DESC LIMIT $3";

/// Characters of a note that are shown around what was looked for.
const AROUND: usize = 60;

/// Incidents by number, by the address or name they are about, and by title; tickets by number and by what was written in
/// them; notes by their text.
pub async fn search(wanted: &Wanted<'_>) -> Result<Vec<Hits>, StoreError> {
    let (db, small, inside) = (wanted.db, wanted.small(), wanted.inside());
    let clearance = wanted.viewer.clearance.rank();
    let number = wanted.text.to_uppercase();
    let mut rows = db.read(BY_NUMBER, &[number.into(), clearance.into()]).await?;
    let args = [wanted.text.into(), (&small).into(), clearance.into(), wanted.limit.into()];
    rows.extend(db.read(BY_ASSET, &args).await?);
    if let Some(tag) = crate::tag::tag(wanted.text) {
        rows.extend(db.read(BY_TAG, &[tag.into(), clearance.into(), wanted.limit.into()]).await?);
    }
    let args = [(&inside).into(), clearance.into(), wanted.limit.into(), SEARCH_DEPTH.into()];
    rows.extend(db.read(BY_TITLE, &args).await?);
    let mut incidents: Vec<Hit> = Vec::new();
    for hit in rows.iter().map(incident) {
        let hit = hit?;
        if !incidents.contains(&hit) {
            incidents.push(hit);
        }
    }
    incidents.truncate(usize::try_from(wanted.limit).unwrap_or(usize::MAX));
    let tickets = tickets(wanted).await?;
    let rows = db.read(NOTES, &args).await?;
    let notes = rows.iter().map(|row| {
        let number = row.text(0)?;
        Ok(Hit {
            href: format!("/incidents/{number}"),
            name: number,
            mono: true,
            about: around(&row.text(2)?, &small, AROUND),
        })
    });
    let notes = notes.collect::<Result<_, StoreError>>()?;
    Ok(vec![
        Hits { key: "web-nav-incidents", right: Right::ReadIncidents, hits: incidents },
        Hits { key: "tickets-search", right: Right::ReadIncidents, hits: tickets },
        Hits { key: "desk-search-notes", right: Right::ReadIncidents, hits: notes },
    ])
}

/// The tickets and incidents whose text speaks of an observable, the newest first, as far as the viewer may see them.
pub async fn speaking_of(db: &Db, viewer: &Viewer, value: &str, limit: i64) -> Result<Vec<Hit>, StoreError> {
    let rows = db.read(SPEAKING, &[value.into(), viewer.clearance.rank().into(), limit.into()]).await?;
    rows.iter()
        .map(|row| {
            let (record, number) = (row.text(0)?, row.text(1)?);
            let folder = if record == "ticket" { "tickets" } else { "incidents" };
            Ok(Hit { href: format!("/{folder}/{number}"), name: number, mono: true, about: row.text(2)? })
        })
        .collect()
}

/// The ticket of a number, and those that say all the words, what was said last first.
async fn tickets(wanted: &Wanted<'_>) -> Result<Vec<Hit>, StoreError> {
    let mut hits: Vec<Hit> = Vec::new();
    if crate::mail::is_number(wanted.text)
        && let Some(one) = sql_ticket::get_ticket(wanted.db, wanted.viewer, wanted.text).await?
    {
        hits.push(of_ticket(one));
    }
    let most = usize::try_from(wanted.limit).unwrap_or_default();
    // Incidents that say the words are found among the others: there must be room for both.
    for found in seek(wanted.db, wanted.viewer, wanted.text, 4 * most).await? {
        let Found::Ticket(one) = found else { continue };
        let hit = of_ticket(*one);
        if hits.len() < most && !hits.contains(&hit) {
            hits.push(hit);
        }
    }
    Ok(hits)
}

fn of_ticket(one: Ticket) -> Hit {
    Hit { href: format!("/tickets/{}", one.number), name: one.number, mono: true, about: one.subject }
}

fn incident(row: &Row) -> Result<Hit, StoreError> {
    let number = row.text(0)?;
    Ok(Hit { href: format!("/incidents/{number}"), name: number, mono: true, about: row.text(1)? })
}

/// The part of a text around what was looked for, in one line.
fn around(text: &str, small: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let small_line = line.to_lowercase();
    // Small letters may be more or fewer bytes than what they came from: counted are characters.
    let at = small_line.find(small).and_then(|byte| small_line.get(..byte)).map_or(0, |before| before.chars().count());
    let from = at.saturating_sub(most / 2);
    let part: String = line.chars().skip(from).take(most + small.chars().count()).collect();
    let (before, after) = (from > 0, from + part.chars().count() < line.chars().count());
    format!("{}{part}{}", if before { "…" } else { "" }, if after { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::around;

    #[test]
    fn a_note_is_shown_around_what_was_looked_for() {
        assert_eq!(around("short", "short", 60), "short");
        let long = format!("{} needle {}", "before ".repeat(20), "after ".repeat(20));
        let shown = around(&long, "needle", 20);
        assert!(shown.contains("needle") && shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        assert!(shown.chars().count() < 40);
        assert_eq!(around("منارة\nفي البحر", "البحر", 60), "منارة في البحر");
        assert!(around(&"İ".repeat(500), "x", 10).chars().count() < 20, "what grows in small letters");
    }
}
