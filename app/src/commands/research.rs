//! `research`: everything known of one address, name, hash or vulnerability.

use anyhow::Context as _;
use manara_model::{Micros, Viewer};
use manara_response::Way;

use super::{DONE, FOUND};
use crate::asking::ask;
use crate::cli::Research;
use crate::house::House;
use crate::pages::research::{Subject, asked_json, json, records, research};
use crate::print;

/// Looks a subject up in every plane, or has a registry asked. Exit code 3 when something is known of it.
pub async fn run(args: Research) -> anyhow::Result<u8> {
    let subject = Subject::read(&args.subject).with_context(|| {
        format!(
            "nothing to look up in {:?}; expected an address, a domain, a URL, a mail address, a hash, a CVE or AS64500",
            args.subject
        )
    })?;
    let house = House::open(&args.place).await?;
    if let Some(word) = &args.ask {
        return outside(&house, &subject, word, &args).await;
    }
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

/// Has a registry asked.
async fn outside(house: &House, subject: &Subject, word: &str, args: &Research) -> anyhow::Result<u8> {
    let way = Way::parse(word).with_context(|| format!("{word} is no way to ask; expected rdap or whois"))?;
    let typist = Viewer { name: "cli".into(), ..Viewer::system() };
    let asked = ask(house, &typist, subject, (way, args.incident.as_str()), Micros::now()).await?;
    if args.json {
        print::json(&asked_json(&asked))?;
        return Ok(DONE);
    }
    let said = &asked.said;
    println!("asked of {} at {}", asked.server, asked.at.rfc3339());
    let rows: Vec<Vec<String>> = [
        ("name", said.name.clone()),
        ("handle", said.handle.clone()),
        ("range", said.range.clone()),
        ("country", said.country.clone()),
        ("holder", said.holders.join(", ")),
        ("registrar", said.registrar.clone()),
        ("abuse", said.abuse.join(", ")),
        ("registered", said.registered.clone()),
        ("expires", said.expires.clone()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| vec![name.to_string(), value])
    .collect();
    print::table(&mut std::io::stdout().lock(), &["what", "says"].map(String::from), &rows)?;
    Ok(DONE)
}
