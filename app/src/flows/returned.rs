//! Mail that came back and is none of a ticket may be a letter of the warning plane.

use anyhow::Context as _;
use manara_model::Entry;
use manara_warning::ReturnedInput;
use serde_json::Value;

use crate::house::House;

/// Tells the notice that came back, if it was one. The Message-ID of a notice begins with its id.
pub async fn note(house: &House, entry: &Entry) -> anyhow::Result<()> {
    let detail: Value = serde_json::from_str(&entry.detail).unwrap_or_default();
    let original =
        detail.get("original").and_then(Value::as_str).context("mail that came back without its Message-ID")?;
    let notice = original.split('@').next().unwrap_or_default();
    let failed: Vec<ReturnedInput> =
        detail.get("failed").and_then(Value::as_array).into_iter().flatten().map(failed).collect();
    manara_warning::came_back(&house.db, (notice, &entry.record), &failed, entry.at).await?;
    Ok(())
}

fn failed(one: &Value) -> ReturnedInput {
    let text = |name: &str| one.get(name).and_then(Value::as_str).unwrap_or_default().to_string();
    ReturnedInput { mail: text("mail"), may_help: text("kind") == "soft", said: text("said") }
}
