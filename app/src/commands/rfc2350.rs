//! `rfc2350`: the public description of the team, from the living configuration.

use std::io::Write as _;

use anyhow::Context as _;
use manara_framework::reports::Wording;
use serde_json::json;

use super::{DONE, FOUND};
use crate::cli::Rfc2350;
use crate::house::House;
use crate::papers;
use crate::print::{self, document};
use crate::profile::{Facts, security_txt};

/// Prints the page or the file; what is missing stands in its place as still to be written, goes to standard error, and makes exit
/// code 3.
pub async fn run(args: Rfc2350) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    let (form, lang) = document::asked(&args.print)?;
    let words = papers::words(&house.content_folder())?;
    let facts = Facts::of(&house, &words, lang).await?;
    if args.security_txt {
        let text = security_txt(&facts).context(
            "security.txt needs [warning.office] mail, or a phone that begins with +, and [profile] reviewed in cirt.toml",
        )?;
        match &args.print.out {
            Some(path) => {
                manara_store::write_durably(&std::path::absolute(path)?, |file| file.write_all(text.as_bytes()))?
            }
            None => print!("{text}"),
        }
        return Ok(DONE);
    }
    let (page, missing) = facts.draft(&house.shelf(), Wording { words: &words, lang });
    if args.json {
        let missing: Vec<_> =
            missing.iter().map(|one| json!({ "field": one.field, "title": one.title, "key": one.key })).collect();
        print::json(&json!({ "published": house.config.profile.published, "missing": missing }))?;
    } else {
        document::write(&papers::printer(&house), &page, form, &args.print)?;
        let mut error = std::io::stderr().lock();
        for one in &missing {
            writeln!(error, "missing: {} {}  {}", one.field, one.title, one.key)?;
        }
    }
    Ok(if missing.is_empty() { DONE } else { FOUND })
}
