//! The tables of the state database as SQL sees them beside the events.

use std::sync::Arc;

use manara_events::arrow::array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use manara_events::arrow::datatypes::{DataType, Field, Schema};
use manara_lake::Tables;
use manara_model::{Micros, Viewer};
use manara_warning::Said;

use crate::house::House;

/// Every column of the tables beside the events: table, column, type, what it holds.
pub const COLUMNS: &[(&str, &str, &str, &str)] = &[
    ("findings", "id", "text", "id of the finding; events.finding leads here"),
    ("findings", "constituent", "text", "name of the constituent"),
    ("findings", "constituent_id", "text", "id of the constituent"),
    ("findings", "taxonomy", "text", "RSIT class"),
    ("findings", "type", "text", "RSIT type"),
    ("findings", "subject", "text", "what exactly: the malware, or the identifier"),
    ("findings", "asset", "text", "the address, name, URL or account it is about"),
    ("findings", "state", "text", "open, notified, acknowledged, fixed, false_positive, expired or reopened"),
    ("findings", "severity", "text", "info, low, medium, high or critical"),
    ("findings", "confidence", "real", "0 to 1: independent sources combined"),
    ("findings", "first_seen", "text", "earliest event, RFC 3339"),
    ("findings", "last_seen", "text", "latest event, RFC 3339"),
    ("findings", "count", "number", "events"),
    ("findings", "sources", "text", "feeds that saw it, separated by commas"),
    ("findings", "changed_at", "text", "when its state last changed"),
    ("findings", "told_at", "text", "when the constituent was last told"),
    ("constituents", "id", "text", "id of the constituent"),
    ("constituents", "name", "text", "its name"),
    ("constituents", "sector", "text", "its sector"),
    ("constituents", "kind", "text", "its kind"),
    ("constituents", "criticality", "text", "low, medium, high or vital"),
    ("constituents", "association", "text", "the organisation above it"),
    ("constituents", "networks", "text", "its networks, separated by spaces"),
    ("constituents", "as_numbers", "text", "its AS numbers, separated by spaces"),
    ("constituents", "domains", "text", "its domains, separated by spaces"),
    ("constituents", "contacts", "text", "mail addresses of its contacts, separated by spaces"),
    ("notices", "id", "text", "id of the notice"),
    ("notices", "number", "text", "its number as people say it"),
    ("notices", "constituent", "text", "name of the constituent it tells"),
    ("notices", "class", "text", "RSIT class and type"),
    ("notices", "day", "text", "the day it is about"),
    ("notices", "state", "text", "draft, waiting, approved, queued, sent, failed or cancelled"),
    ("notices", "language", "text", "language of the letter"),
    ("notices", "findings", "number", "findings in it"),
    ("notices", "events", "number", "events attached"),
    ("notices", "created", "text", "when it was drafted"),
    ("notices", "sent", "text", "when it was sent; empty when not"),
    ("notices", "letter", "text", "notice, reminder or escalation"),
    ("notices", "answered", "number", "findings of it that have an answer"),
    ("notices", "helps", "number", "findings of it that want help"),
    ("answers", "id", "number", "place among all answers, in their order"),
    ("answers", "notice_id", "text", "id of the notice"),
    ("answers", "number", "text", "number of the notice"),
    ("answers", "constituent", "text", "name of the constituent that answered"),
    ("answers", "finding", "text", "id of the finding"),
    ("answers", "asset", "text", "the asset, as the notice told it"),
    ("answers", "answer", "text", "received, fixed, false or help"),
    ("answers", "before", "text", "what was said of the finding before; empty for nothing"),
    ("answers", "comment", "text", "the words with it"),
    ("answers", "via", "text", "form or table"),
    ("answers", "at", "text", "when it was given"),
    ("incidents", "id", "text", "id of the incident"),
    ("incidents", "number", "text", "its number as people say it"),
    ("incidents", "title", "text", "its title"),
    ("incidents", "taxonomy", "text", "RSIT class"),
    ("incidents", "type", "text", "RSIT type"),
    ("incidents", "impact", "text", "low, medium, high or vital: how much depends on what is hit"),
    ("incidents", "urgency", "text", "info, low, medium, high or critical: how bad what happens there is"),
    ("incidents", "severity", "text", "what the matrix makes of impact and urgency"),
    ("incidents", "tlp", "text", "its marking"),
    ("incidents", "pap", "text", "what may be done with what it knows"),
    ("incidents", "owner", "text", "login name of whoever handles it; empty for nobody"),
    ("incidents", "state", "text", "new, open, resolved or abandoned"),
    ("incidents", "resolution", "text", "how it ended; empty while it is live"),
    ("incidents", "verdict", "text", "left, fixed or false: what the end said of its findings"),
    ("incidents", "rule", "text", "the rule that opened it; empty when a person did"),
    ("incidents", "findings", "number", "findings linked to it"),
    ("incidents", "constituents", "text", "names of its constituents"),
    ("incidents", "tags", "text", "its tags, separated by line ends"),
    ("incidents", "fields", "text", "the values of own fields as a JSON object; empty for none"),
    ("incidents", "created", "text", "when it was opened"),
    ("incidents", "changed", "text", "when it changed last"),
    ("incidents", "closed", "text", "when it was closed; empty when not"),
    ("incidents", "due", "text", "until when something is to be done; empty for never"),
    ("batches", "id", "text", "id of the batch"),
    ("batches", "feed", "text", "name of the feed"),
    ("batches", "file_name", "text", "name of the file"),
    ("batches", "format", "text", "how it was read"),
    ("batches", "received_at", "text", "when it came"),
    ("batches", "state", "text", "received, finished or failed"),
    ("batches", "sha256", "text", "of the bytes as they came"),
    ("batches", "rows", "number", "rows = events + contexts + duplicates + rejects"),
    ("batches", "events", "number", "rows that became events"),
    ("batches", "contexts", "number", "rows that became context"),
    ("batches", "duplicates", "number", "rows that were there already"),
    ("batches", "rejects", "number", "rows that could not be read"),
    ("batches", "unowned", "number", "events that belong to no constituent"),
    ("batches", "parts", "number", "transactions that stored it"),
    ("feeds", "name", "text", "name of the feed"),
    ("feeds", "title", "text", "its title"),
    ("feeds", "format", "text", "how its last batch was read"),
    ("feeds", "reliability", "real", "0 to 1: how far it can be believed"),
    ("feeds", "answers", "number", "answers that taught the reliability"),
    ("feeds", "last_received", "text", "when its last batch came"),
    ("feeds", "batches", "number", "its batches"),
    ("feeds", "events", "number", "events of all its batches"),
];

/// Rows read at once from the state database.
const PAGE: usize = 20_000;

/// Cells of one table, column by column in the order of [`COLUMNS`].
struct Cells {
    name: &'static str,
    texts: Vec<Vec<String>>,
}

impl Cells {
    fn new(name: &'static str) -> Self {
        Cells { name, texts: vec![Vec::new(); COLUMNS.iter().filter(|column| column.0 == name).count()] }
    }

    fn push(&mut self, row: Vec<String>) {
        for (column, cell) in self.texts.iter_mut().zip(row) {
            column.push(cell);
        }
    }

    fn finish(self) -> anyhow::Result<(&'static str, RecordBatch)> {
        let mut fields = Vec::new();
        let mut arrays: Vec<ArrayRef> = Vec::new();
        for ((_, column, kind, _), cells) in COLUMNS.iter().filter(|column| column.0 == self.name).zip(self.texts) {
            let (kind, array): (DataType, ArrayRef) = match *kind {
                "number" => (
                    DataType::Int64,
                    Arc::new(cells.iter().map(|cell| cell.parse::<i64>().ok()).collect::<Int64Array>()),
                ),
                "real" => (
                    DataType::Float64,
                    Arc::new(cells.iter().map(|cell| cell.parse::<f64>().ok()).collect::<Float64Array>()),
                ),
                _ => (DataType::Utf8, Arc::new(StringArray::from(cells))),
            };
            fields.push(Field::new(*column, kind, true));
            arrays.push(array);
        }
        Ok((self.name, RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)?))
    }
}

/// The tables of those names, read from the state database, as far as the viewer may see their rows; names that are none of
/// these are passed over.
pub async fn beside(house: &House, viewer: &Viewer, names: &[String]) -> anyhow::Result<Tables> {
    let mut tables = Vec::new();
    let wants = |name: &str| names.iter().any(|wanted| wanted == name);
    if wants("findings") {
        tables.push(findings(house).await?.finish()?);
    }
    if wants("constituents") {
        tables.push(constituents(house).await?.finish()?);
    }
    if wants("notices") {
        tables.push(notices(house, viewer).await?.finish()?);
    }
    if wants("answers") {
        tables.push(answers(house, viewer).await?.finish()?);
    }
    if wants("incidents") {
        tables.push(incidents(house, viewer).await?.finish()?);
    }
    if wants("batches") {
        tables.push(batches(house).await?.finish()?);
    }
    if wants("feeds") {
        tables.push(feeds(house).await?.finish()?);
    }
    Ok(tables)
}

fn moment(time: Option<Micros>) -> String {
    time.map(Micros::rfc3339).unwrap_or_default()
}

async fn findings(house: &House) -> anyhow::Result<Cells> {
    let mut cells = Cells::new("findings");
    let mut after = String::new();
    loop {
        let page = house.watch.findings("id > $1", &[(&after).into()], "id", PAGE).await?;
        let Some(last) = page.last() else { return Ok(cells) };
        after = last.id.clone();
        for one in page {
            let sources = one.sources.iter().map(|source| source.feed.as_str()).collect::<Vec<_>>().join(",");
            cells.push(vec![
                one.id,
                one.constituent,
                one.constituent_id,
                one.taxonomy,
                one.kind,
                one.subject,
                one.asset,
                one.state.as_str().into(),
                one.severity.as_str().into(),
                one.confidence.to_string(),
                one.first_seen.rfc3339(),
                one.last_seen.rfc3339(),
                one.count.to_string(),
                sources,
                one.changed_at.rfc3339(),
                moment(one.told_at),
            ]);
        }
    }
}

async fn constituents(house: &House) -> anyhow::Result<Cells> {
    let mut cells = Cells::new("constituents");
    for one in manara_constituency::all(&house.db).await? {
        let join = |texts: Vec<String>| texts.join(" ");
        cells.push(vec![
            one.id,
            one.name,
            one.sector.id,
            one.kind.id,
            one.criticality.as_str().into(),
            one.association,
            join(one.networks.iter().map(ToString::to_string).collect()),
            join(one.as_numbers.iter().map(|number| number.0.to_string()).collect()),
            join(one.domains.iter().map(|domain| domain.as_str().to_string()).collect()),
            join(one.contacts.iter().map(|contact| contact.mail.clone()).collect()),
        ]);
    }
    Ok(cells)
}

async fn notices(house: &House, viewer: &Viewer) -> anyhow::Result<Cells> {
    let mut cells = Cells::new("notices");
    let mut after = String::new();
    loop {
        let page = manara_warning::rows_for_sql(&house.db, viewer, &after, PAGE as i64).await?;
        let Some(last) = page.last() else { return Ok(cells) };
        after = last.id.clone();
        for one in page {
            cells.push(vec![
                one.id,
                one.number,
                one.constituent,
                one.class,
                one.day,
                one.state,
                one.language,
                one.findings.to_string(),
                one.events.to_string(),
                one.created.rfc3339(),
                moment(one.sent),
                one.letter,
                one.answered.to_string(),
                one.helps.to_string(),
            ]);
        }
    }
}

async fn answers(house: &House, viewer: &Viewer) -> anyhow::Result<Cells> {
    let mut cells = Cells::new("answers");
    let mut after = 0;
    loop {
        let page = manara_warning::answers_for_sql(&house.db, viewer, after, PAGE as i64).await?;
        let Some(last) = page.last() else { return Ok(cells) };
        after = last.id;
        for one in page {
            cells.push(vec![
                one.id.to_string(),
                one.notice_id,
                one.number,
                one.constituent,
                one.finding_id,
                one.asset,
                one.said.as_str().into(),
                one.before.map(Said::as_str).unwrap_or_default().into(),
                one.comment,
                one.via,
                one.at.rfc3339(),
            ]);
        }
    }
}

async fn incidents(house: &House, viewer: &Viewer) -> anyhow::Result<Cells> {
    let mut cells = Cells::new("incidents");
    let mut after = String::new();
    loop {
        let page = manara_response::list(&house.db, viewer, None, &after, PAGE as i64).await?;
        let Some(last) = page.last() else { return Ok(cells) };
        after = last.id.clone();
        for one in page {
            cells.push(vec![
                one.id,
                one.number,
                one.title,
                one.taxonomy,
                one.kind,
                one.impact.as_str().into(),
                one.urgency.as_str().into(),
                one.severity.as_str().into(),
                one.tlp.label().into(),
                one.pap.label().into(),
                one.owner,
                one.state.as_str().into(),
                one.resolution,
                one.verdict.map_or("", manara_response::Verdict::as_str).into(),
                one.rule,
                one.findings.to_string(),
                one.constituents,
                one.tags,
                one.fields,
                one.created.rfc3339(),
                one.changed.rfc3339(),
                moment(one.closed),
                moment(one.due),
            ]);
        }
    }
}

async fn batches(house: &House) -> anyhow::Result<Cells> {
    let mut cells = Cells::new("batches");
    for one in house.watch.batches("1 = 1", &[], "received_at, id", 1_000_000).await? {
        cells.push(vec![
            one.id,
            one.feed,
            one.file_name,
            one.format,
            one.received_at.rfc3339(),
            one.state.as_str().into(),
            one.sha256,
            one.rows.to_string(),
            one.events.to_string(),
            one.contexts.to_string(),
            one.duplicates.to_string(),
            one.rejects.to_string(),
            one.unowned.to_string(),
            one.parts.to_string(),
        ]);
    }
    Ok(cells)
}

async fn feeds(house: &House) -> anyhow::Result<Cells> {
    let mut cells = Cells::new("feeds");
    for one in house.watch.feeds("").await? {
        cells.push(vec![
            one.name.clone(),
            one.title.clone(),
            one.format.clone(),
            one.reliability.mean().to_string(),
            one.reliability.n.to_string(),
            moment(one.last_received),
            one.batches.to_string(),
            one.events.to_string(),
        ]);
    }
    Ok(cells)
}
