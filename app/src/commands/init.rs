//! `init`: a data folder, its configuration and its first administrator.

use anyhow::{Context as _, bail};
use manara_model::Micros;
use manara_web::{Lang, NewPerson, Role, ensure_first_users, has_people, random_password};
use serde_json::json;

use super::DONE;
use crate::cli::Init;
use crate::house::{House, is_data_folder, lay};
use crate::print;

/// Makes the folder. In one that is there already only an administrator is made, and only as long as there is nobody.
pub async fn run(args: Init) -> anyhow::Result<u8> {
    let was_there = is_data_folder(&args.place.data);
    let (password, given) = match &args.password_file {
        Some(file) => {
            (std::fs::read_to_string(file).with_context(|| file.display().to_string())?.trim_end().to_string(), true)
        }
        None => (random_password(), false),
    };
    let path = lay(&args.place.data)?;
    let house = House::make(&args.place).await?;
    if was_there && has_people(&house.db).await? {
        bail!("{} is a data folder with people already; nothing was changed", args.place.data.display());
    }
    let admin = NewPerson { name: args.admin.clone(), role: Role::Admin, lang: Lang::En, password: password.clone() };
    let made = ensure_first_users(&house.db, &[admin], Micros::now()).await?;
    house.db.close().await;
    if args.json {
        let shown = if given || !made { None } else { Some(&password) };
        print::json(&json!({ "data": house.data, "admin": args.admin, "password": shown }))?;
        return Ok(DONE);
    }
    println!("data folder    {}", house.data.display());
    println!("configuration  {}", path.display());
    match (made, given) {
        (true, false) => println!("administrator  {}, password {password}  (shown this once)", args.admin),
        (true, true) => println!("administrator  {}", args.admin),
        (false, _) => println!("administrator  the database has people already; none was added"),
    }
    println!(
        "next           manara constituency import FILE, manara ingest FILE, manara serve --data {}",
        args.place.data.display()
    );
    Ok(DONE)
}
