//! `password`: a new password for somebody, from the host.

use anyhow::Context as _;
use manara_model::Micros;
use manara_web::{random_password, reset_password};
use serde_json::json;

use super::DONE;
use crate::cli::Password;
use crate::house::House;
use crate::print;

/// Sets the password and ends the person's sessions.
pub async fn run(args: Password) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    let (password, given) = match &args.password_file {
        Some(file) => {
            (std::fs::read_to_string(file).with_context(|| file.display().to_string())?.trim_end().to_string(), true)
        }
        None => (random_password(), false),
    };
    let mut tx = house.db.begin().await?;
    reset_password(&mut tx, "cli", &args.name, &password, Micros::now()).await?;
    tx.commit().await?;
    house.db.close().await;
    if args.json {
        let shown = (!given).then_some(&password);
        print::json(&json!({ "name": args.name, "password": shown }))?;
        return Ok(DONE);
    }
    match given {
        true => println!("{} has a new password", args.name),
        false => println!("{} has a new password: {password}  (shown this once)", args.name),
    }
    Ok(DONE)
}
