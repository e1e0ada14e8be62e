//! What documents of the house are printed with: the fonts, and what is known of the nation.

use std::path::Path;
use std::sync::Arc;

use manara_constituency::sectors;
use manara_document::Printer;
use manara_framework::Papers;
use manara_framework::designs::Nation;
use manara_store::StoreError;
use manara_web::{Lang, Words};

use crate::house::House;

/// Prints with the fonts of the system, and those of `content/fonts` before them.
pub fn printer(house: &House) -> Printer {
    Printer::new(Some(house.content_folder().join("fonts")))
}

/// The messages of the house.
pub fn words(content: &Path) -> anyhow::Result<Words> {
    let folder = content.join("lang");
    Ok(Words::load(folder.is_dir().then_some(folder.as_path()))?)
}

/// What the pages of frameworks print with.
pub fn papers(house: &House) -> anyhow::Result<Papers> {
    let asked = house.clone();
    let words = Arc::new(words(&house.content_folder())?);
    Ok(Papers {
        printer: printer(house),
        nation: Some(Arc::new(move |lang| {
            let (house, words) = (asked.clone(), Arc::clone(&words));
            Box::pin(async move { nation(&house, &words, lang).await })
        })),
    })
}

/// The nation as it is configured and as its constituency stands.
pub async fn nation(house: &House, words: &Words, lang: Lang) -> Result<Nation, StoreError> {
    let config = &house.config;
    let country = config.nation.country.to_lowercase();
    let counts = manara_constituency::count_by_sector(&house.db).await?;
    let sector = |(id, count): (String, i64)| (sectors().title(&id, lang.tag()).to_string(), count);
    let offered = config.nation.usual().unwrap_or_default().offered;
    Ok(Nation {
        country: if country.is_empty() { String::new() } else { words.t(lang, &format!("country-{country}")) },
        team: team(house, lang),
        sectors: counts.into_iter().map(sector).collect(),
        languages: offered.iter().map(|lang| lang.name().to_string()).collect(),
    })
}

/// The name of the team in a language; empty as long as nobody gave it one.
pub fn team(house: &House, lang: Lang) -> String {
    let office = &house.config.warning.office;
    match office.name == manara_warning::Office::default().name {
        true => house.config.team.clone(),
        false => office.name(lang.tag()).to_string(),
    }
}
