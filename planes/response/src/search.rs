//! Incidents, tickets and notes that somebody looks for.

use manara_model::Viewer;
use manara_store::{Arg, Db, Row, StoreError};
use manara_web::{Hit, Hits, Right, Wanted};

use crate::sql_ticket;
use crate::ticket::Ticket;
use crate::words::{Found, form, rows_saying, seek, terms};

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
const BY_TITLE: &str = "
    SELECT i.number, i.title FROM {said} w
      JOIN response_said s ON s.doc = w.doc JOIN response_incident i ON i.id = s.name
     WHERE i.tlp <= $2 ORDER BY i.created DESC, i.id DESC LIMIT $3";
const NOTES: &str = "
    SELECT i.number, n.id, n.body FROM {said} w
      JOIN response_said s ON s.doc = w.doc JOIN response_note n ON n.id = s.name
      JOIN response_incident i ON i.id = n.incident_id
     WHERE i.tlp <= $2 AND n.struck_at = '' ORDER BY n.id DESC LIMIT $3";

/// Of the newest: some things are spoken of by a great part of all records.
const SPEAKING: &str = "
    SELECT 'ticket' AS record, t.number, t.subject, t.created FROM
        (SELECT record_id FROM response_observable WHERE value = $1 AND removed = '' ORDER BY record_id DESC LIMIT 1000) o
      JOIN response_ticket t ON t.id = o.record_id WHERE t.tlp <= $2 AND t.merged_into = ''
     UNION
    SELECT 'incident', i.number, i.title, i.created FROM
        (SELECT record_id FROM response_observable WHERE value = $1 AND removed = '' ORDER BY record_id DESC LIMIT 1000) o
      JOIN response_incident i ON i.id = o.record_id WHERE i.tlp <= $2 AND i.merged_into = ''
     UNION
    SELECT 'incident', i.number, i.title, i.created FROM response_evidence e
      JOIN response_incident i ON i.id = e.incident_id WHERE e.sha256 = $1 AND e.removed = '' AND i.tlp <= $2
     ORDER BY 4 DESC, 2 DESC LIMIT $3";

/// Characters of a note that are shown around what was looked for.
const AROUND: usize = 60;

/// Incidents by number, by the address or name they are about, and by the words of their title; tickets by number and by what
/// was written in them; notes by their words.
pub async fn search(wanted: &Wanted<'_>) -> Result<Vec<Hits>, StoreError> {
    let (db, small) = (wanted.db, wanted.small());
    let eyes = Arg::from(wanted.viewer);
    let number = wanted.text.to_uppercase();
    let mut rows = db.read(BY_NUMBER, &[number.into(), eyes.clone()]).await?;
    let args = [wanted.text.into(), (&small).into(), eyes.clone(), wanted.limit.into()];
    rows.extend(db.read(BY_ASSET, &args).await?);
    if let Some(tag) = crate::tag::tag(wanted.text) {
        rows.extend(db.read(BY_TAG, &[tag.into(), eyes.clone(), wanted.limit.into()]).await?);
    }
    let more = [eyes, wanted.limit.into()];
    rows.extend(rows_saying(db, BY_TITLE, wanted.text, &more).await?);
    let mut incidents: Vec<Hit> = Vec::new();
    for hit in rows.iter().map(incident) {
        let hit = hit?;
        if !incidents.contains(&hit) {
            incidents.push(hit);
        }
    }
    incidents.truncate(usize::try_from(wanted.limit).unwrap_or(usize::MAX));
    let tickets = tickets(wanted).await?;
    let rows = rows_saying(db, NOTES, wanted.text, &more).await?;
    let terms = terms(wanted.text);
    let notes = rows.iter().map(|row| {
        let number = row.text(0)?;
        Ok(Hit {
            href: format!("/incidents/{number}"),
            name: number,
            mono: true,
            about: around(&row.text(2)?, &terms, AROUND),
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
    let rows = db.read(SPEAKING, &[value.into(), viewer.into(), limit.into()]).await?;
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

/// The part of a text around the first word that was looked for, in one line.
fn around(text: &str, terms: &[Vec<String>], most: usize) -> String {
    let pieces: Vec<&str> = text.split_whitespace().collect();
    let line = pieces.join(" ");
    let is_wanted = |word: &str| terms.iter().filter_map(|term| term.first()).any(|first| word.starts_with(first));
    let mut at = 0;
    for piece in pieces {
        // What is written without blanks is one piece of many words, a word for about each of its characters.
        if let Some(words_before) = form(piece).split(' ').position(is_wanted) {
            at += words_before;
            break;
        }
        at += piece.chars().count() + 1;
    }
    let count = line.chars().count();
    let at = if at >= count { 0 } else { at };
    let from = at.saturating_sub(most / 2);
    let part: String = line.chars().skip(from).take(most + most / 2).collect();
    let (before, after) = (from > 0, from + part.chars().count() < count);
    format!("{}{part}{}", if before { "…" } else { "" }, if after { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::around;
    use crate::words::terms;

    #[test]
    fn a_note_is_shown_around_what_was_looked_for() {
        assert_eq!(around("short", &terms("short"), 60), "short");
        let long = format!("{} Néedle {}", "before ".repeat(20), "after ".repeat(20));
        let shown = around(&long, &terms("needl"), 20);
        assert!(shown.contains("Néedle") && shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        assert!(shown.chars().count() < 40);
        assert_eq!(around("منارة\nفي البحر", &terms("بحر"), 60), "منارة في البحر");
        assert!(around(&"İ".repeat(500), &terms("x"), 10).chars().count() < 20, "what grows in small letters");
        let shown = around(&format!("{}東京大学{}", "海".repeat(100), "山".repeat(100)), &terms("東京"), 20);
        assert!(shown.contains("東京大学") && shown.chars().count() < 40, "{shown}");
        assert_eq!(around("", &terms("x"), 10), "");
    }
}
