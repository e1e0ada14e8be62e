//! What happens to an incident happens to its clocks: those of rules that begin by themselves are started, and all follow its
//! severity, its end and its mergers.

use anyhow::Context as _;
use manara_framework::establishment::{Matter, in_force};
use manara_model::Entry;
use serde_json::Value;

use crate::house::House;

/// Findings of a notice that are read at once.
const PAGE: i64 = 10_000;

/// Brings the clocks of an incident in line with it.
pub async fn follow(house: &House, entry: &Entry) -> anyhow::Result<()> {
    let put = in_force(&house.db).await?;
    let mut content = house.work_content_now().await?;
    // A rule that an applied block puts in force begins by itself, as one does that its file enables.
    for id in put.names(Matter::Clock) {
        if let Some(rule) = content.rules.get_mut(id) {
            rule.enabled = true;
        }
    }
    Ok(manara_response::follow_clocks(&house.db, &content, &entry.record, entry.at).await?)
}

/// A letter of a ticket left: where it went to a constituent, those concerned are told.
pub async fn told_by_letter(house: &House, entry: &Entry) -> anyhow::Result<()> {
    let detail: Value = serde_json::from_str(&entry.detail).unwrap_or_default();
    let message = detail.get("message").and_then(Value::as_str).context("a letter without its message")?;
    let Some(message) = manara_response::get_message(&house.db, message).await? else { return Ok(()) };
    let mut constituents = Vec::new();
    for mail in message.recipients.split(", ").filter(|mail| !mail.is_empty()) {
        constituents.extend(manara_constituency::writer(&house.db, mail).await?.map(|writer| writer.id));
    }
    Ok(manara_response::told_by_letter(&house.db, &entry.record, &constituents, &entry.who, entry.at).await?)
}

/// A notice left: whose findings they are is told.
pub async fn told_by_notice(house: &House, entry: &Entry) -> anyhow::Result<()> {
    let mut after = String::new();
    loop {
        let ids = manara_warning::finding_ids(&house.db, &entry.record, &after, PAGE).await?;
        let Some(last) = ids.last().cloned() else { return Ok(()) };
        manara_response::told_by_notice(&house.db, &ids, &entry.who, entry.at).await?;
        after = last;
    }
}
