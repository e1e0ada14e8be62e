//! Reports and design documents, into a file or to standard output.

use anyhow::{Context as _, bail};
use manara_framework::designs::{Ask, Design, DesignPaper};
use manara_framework::reports::{Report, Wording};
use manara_framework::scoring::Score;
use manara_model::Micros;

use super::super::programme;
use super::Stood;
use crate::cli::{Print, Wishes};
use crate::house::House;
use crate::papers;
use crate::print::document;

/// Prints the report of an assessment.
pub fn report(house: &House, state: &Stood, profile: Option<&str>, print: &Print) -> anyhow::Result<()> {
    let (form, lang) = document::asked(print)?;
    let words = papers::words(&house.content_folder())?;
    let (shelf, score) = (house.shelf(), state.usual_score(profile)?);
    let report = manara_framework::reports::report(&Report {
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

/// Prints the document of what an id names: a kept design, or the design that closes the gaps of an assessment or a snapshot.
pub async fn design_of(house: &House, id: &str, wishes: &Wishes, print: &Print) -> anyhow::Result<()> {
    if manara_framework::designs::kept_design(&house.db, &super::typist(), id).await?.is_some() {
        if wishes.is_any() {
            bail!(
                "the kept design {id} has its own wishes; leave out --profile and what is wished, or name an assessment"
            );
        }
        return kept_design(house, id, print).await;
    }
    let state = Stood::of(house, id, Micros::now()).await;
    let state = state.with_context(|| format!("{id} is no kept design, and no assessment or snapshot either"))?;
    design(house, &state, wishes, print).await
}

/// Prints the document of the design that closes the gaps.
pub async fn design(house: &House, state: &Stood, wishes: &Wishes, print: &Print) -> anyhow::Result<()> {
    let (shelf, score) = (house.shelf(), state.usual_score(wishes.profile.as_deref())?);
    let ask = wishes.ask();
    ask.check(&shelf).map_err(anyhow::Error::msg)?;
    let designs =
        tokio::task::block_in_place(|| manara_framework::designs::design(&shelf, &state.catalogue, &score, &ask));
    write(house, state, &score, &designs, &ask, print).await
}

/// Prints the document of a design as it was kept: the alternative that was chosen stands first.
async fn kept_design(house: &House, id: &str, print: &Print) -> anyhow::Result<()> {
    let kept = programme::found(house, id).await?;
    let mut designs = manara_framework::designs::design_answer(&house.db, &super::typist(), id).await?;
    designs.sort_by_key(|design| design.aim != kept.aim);
    let state = Stood::of(house, &kept.assessment_id, Micros::now()).await?;
    let profile = Some(kept.asked.profile.as_str()).filter(|profile| !profile.is_empty());
    write(house, &state, &state.score(profile)?, &designs, &kept.asked.ask(), print).await
}

async fn write(
    house: &House,
    state: &Stood,
    score: &Score,
    designs: &[Design],
    ask: &Ask,
    print: &Print,
) -> anyhow::Result<()> {
    let (form, lang) = document::asked(print)?;
    let words = papers::words(&house.content_folder())?;
    let nation = papers::nation(house, &words, lang).await?;
    let made = manara_framework::designs::design_document(&DesignPaper {
        assessment: &state.assessment,
        catalogue: &state.catalogue,
        score,
        designs,
        ask,
        shelf: &house.shelf(),
        nation: &nation,
        wording: Wording { words: &words, lang },
    });
    let made = made.context("there is no design: the search ended without a complete set")?;
    document::write(&papers::printer(house), &made, form, print)
}
