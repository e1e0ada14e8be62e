//! `role`: another role for somebody, from the host.

use anyhow::bail;
use manara_model::Micros;
use manara_web::{Role, change_role};
use serde_json::json;

use super::DONE;
use crate::cli::RoleArgs;
use crate::house::House;
use crate::print;

/// Changes the role and ends the person's sessions.
pub async fn run(args: RoleArgs) -> anyhow::Result<u8> {
    let Some(role) = Role::parse(&args.role) else {
        let known = Role::ALL.map(Role::as_str).join(", ");
        bail!("there is no role {}; expected {known}", args.role)
    };
    let house = House::open(&args.place).await?;
    let mut tx = house.db.begin().await?;
    let changed = change_role(&mut tx, "cli", &args.name, role, Micros::now()).await?;
    tx.commit().await?;
    house.db.close().await;
    match (args.json, changed) {
        (true, _) => print::json(&json!({ "name": args.name, "role": role.as_str(), "changed": changed }))?,
        (false, true) => println!("{}: {}", args.name, role.as_str()),
        (false, false) => println!("{} is {} already; nothing was changed", args.name, role.as_str()),
    }
    Ok(DONE)
}
