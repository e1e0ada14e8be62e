//! What happens to an incident happens to its clocks: those of rules that begin by themselves are started, and all follow its
//! severity, its end and its mergers.

use manara_model::Entry;

use crate::house::House;

/// Brings the clocks of an incident in line with it.
pub async fn follow(house: &House, entry: &Entry) -> anyhow::Result<()> {
    Ok(manara_response::follow_clocks(&house.db, &house.work_content(), &entry.record, entry.at).await?)
}
