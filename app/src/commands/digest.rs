//! `digest`: what happened on a day, as its readers get it by mail.

use anyhow::Context as _;
use manara_model::{Micros, Viewer};
use manara_web::{Lang, Words};

use super::DONE;
use crate::cli::DigestArgs;
use crate::house::House;
use crate::picture::{Digest, in_words};
use crate::print;

/// Prints the digest of a day.
pub async fn run(args: DigestArgs) -> anyhow::Result<u8> {
    let now = Micros::now();
    let day = match &args.day {
        None => now.plus_days(-1),
        Some(text) => Micros::parse_rfc3339(&format!("{text}T00:00:00Z"))
            .filter(|_| text.len() == 10)
            .with_context(|| format!("{text} is no day; expected one such as 2026-01-15"))?,
    };
    let lang = Lang::parse(&args.language)
        .with_context(|| format!("{} is no language; expected en, ar or fr", args.language))?;
    let house = House::open(&args.place).await?;
    let digest = Digest::read(&house.db, &house.watch, &Viewer::system(), day, now).await?;
    if args.json {
        print::json(&digest.json())?;
    } else {
        let folder = house.content_folder().join("lang");
        let words = Words::load(folder.is_dir().then_some(folder).as_deref())?;
        let (subject, text) = in_words(&words, lang, &house.config.team, &digest);
        print!("{subject}\n\n{text}");
    }
    house.db.close().await;
    Ok(DONE)
}
