//! `research`: everything known of one address, name, hash or vulnerability.

use anyhow::Context as _;
use manara_model::Viewer;

use super::{DONE, FOUND};
use crate::cli::Research;
use crate::house::House;
use crate::pages::research::{Subject, json, records, research};
use crate::print;

/// Looks a subject up in every plane. Exit code 3 when something is known of it.
pub async fn run(args: Research) -> anyhow::Result<u8> {
    let subject = Subject::read(&args.subject).with_context(|| {
        format!(
            "nothing to look up in {:?}; expected an address, a domain, a URL, a mail address, a hash, a CVE or AS64500",
            args.subject
        )
    })?;
    let house = House::open(&args.place).await?;
    let known = research(&house, &Viewer::system(), &subject, true).await;
    let known = known.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let is_known = !known.found.is_empty() || known.events.as_ref().is_none_or(|events| !events.is_empty());
    if args.json {
        print::json(&json(Some(&subject), &known))?;
        return Ok(if is_known { FOUND } else { DONE });
    }
    let mut out = std::io::stdout().lock();
    let rows: Vec<Vec<String>> = records(&known).map(|(place, hit)| vec![place, hit.name, hit.about]).collect();
    print::table(&mut out, &["in", "name", "about"].map(String::from), &rows)?;
    match known.events {
        None => eprintln!("the events took too long to ask"),
        Some(events) => {
            let rows: Vec<Vec<String>> = events
                .into_iter()
                .map(|one| {
                    let (first, last) = (one.first.rfc3339(), one.last.rfc3339());
                    vec![one.feed, one.taxonomy, one.kind, one.events.to_string(), first, last]
                })
                .collect();
            let names = ["feed", "taxonomy", "type", "events", "first", "last"].map(String::from);
            print::table(&mut out, &names, &rows)?;
        }
    }
    Ok(if is_known { FOUND } else { DONE })
}
