//! What happens to an incident happens to its clocks: those of rules that begin by themselves are started, and all follow its
//! severity, its end and its mergers.

use manara_framework::establishment::{Matter, in_force};
use manara_model::Entry;

use crate::house::House;

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
