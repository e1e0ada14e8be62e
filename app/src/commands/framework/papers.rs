//! Reports and design documents, into a file or to standard output.

use anyhow::Context as _;
use manara_framework::{Ask, DesignPaper, Report, Wording};

use super::State;
use crate::cli::Print;
use crate::house::House;
use crate::papers;
use crate::print::document;

/// Prints the report of an assessment.
pub fn report(house: &House, state: &State, profile: Option<&str>, print: &Print) -> anyhow::Result<()> {
    let (form, lang) = document::asked(print)?;
    let words = papers::words(&house.content_folder())?;
    let (shelf, score) = (house.shelf(), state.score(profile)?);
    let report = manara_framework::report(&Report {
        assessment: &state.assessment,
        catalogue: &state.catalogue,
        sheet: &state.sheet,
        score: &score,
        blocks: &shelf.blocks,
        words: &words,
        lang,
    });
    document::write(&papers::printer(house), &report, form, print)
}

/// Prints the document of the design that closes the gaps.
pub async fn design(
    house: &House,
    state: &State,
    profile: Option<&str>,
    ask: &Ask,
    print: &Print,
) -> anyhow::Result<()> {
    let (form, lang) = document::asked(print)?;
    let words = papers::words(&house.content_folder())?;
    let nation = papers::nation(house, &words, lang).await?;
    let (shelf, score) = (house.shelf(), state.score(profile)?);
    let designs = tokio::task::block_in_place(|| manara_framework::design(&shelf, &state.catalogue, &score, ask));
    let made = manara_framework::design_document(&DesignPaper {
        assessment: &state.assessment,
        catalogue: &state.catalogue,
        score: &score,
        designs: &designs,
        ask,
        shelf: &shelf,
        nation: &nation,
        wording: Wording { words: &words, lang },
    });
    let made = made.context("there is no design: the search ended without a complete set")?;
    document::write(&papers::printer(house), &made, form, print)
}
