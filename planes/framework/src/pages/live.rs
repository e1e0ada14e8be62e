//! What this Manara can show for an assessment: figures, offered as evidence.

use std::io::Cursor;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use manara_store::StoreError;
use manara_web::{Answer, Page, PageError, Right, Visit};

use super::fields::Fields;
use super::quality::in_words;
use super::works::Works;
use super::{frame, href, say};
use crate::assessment::{Assessment, State};
use crate::catalogue::Catalogue;
use crate::jobs::{FrameworkError, Refusal};
use crate::quality::measure_of;
use crate::quality::{Figure, Offer, offers};
use crate::sheet::Voice;
use crate::sql_figures::{Accepted, accepted_figures};
use crate::{jobs, sql};

#[derive(Template)]
#[template(path = "framework/live_figures.html")]
struct FiguresPage {
    page: Page,
    one: Assessment,
    catalogue: Arc<Catalogue>,
    offers: Vec<Offer>,
    /// Figures that speak to items of this catalogue, and have no case yet.
    empty: Vec<&'static str>,
    accepted: Vec<Accepted>,
    voice: Option<Voice>,
    may_accept: bool,
}

impl FiguresPage {
    fn path(&self) -> String {
        href(&self.one)
    }

    fn short(&self, hash: &str) -> String {
        hash.chars().take(12).collect()
    }

    fn item(&self, id: &str) -> String {
        self.catalogue.item(id).map_or(id, |item| item.name.of(self.page.lang.tag())).to_string()
    }

    fn value(&self, figure: &Figure) -> String {
        figure.value.map(|value| in_words(&self.page, figure.unit, value)).unwrap_or_default()
    }

    fn value_then(&self, one: &Accepted) -> String {
        match measure_of(&one.figure) {
            Some(measure) => in_words(&self.page, measure.unit, one.value),
            None => one.value.to_string(),
        }
    }

    fn name_key(&self, figure: &str) -> String {
        match measure_of(figure) {
            Some(measure) => format!("quality-figure-{}", measure.id),
            None => "quality-figure-gone".into(),
        }
    }
}

/// The figures for a catalogue: those with cases, for each item they speak to, and the names of those without.
pub(super) async fn offered(
    visit: &Visit,
    works: &Works,
    one: &Assessment,
    accepted: &[Accepted],
) -> Result<(Vec<Offer>, Vec<&'static str>), StoreError> {
    offers(&*works.beside, &works.desk.shelf.targets, &visit.viewer, (one, accepted), visit.now).await
}

/// `GET /framework/assessments/{id}/figures`
pub(super) async fn figures(visit: Visit, Given(works): Given<Works>, Path(id): Path<String>) -> Answer {
    let (one, catalogue) = works.desk.found(&visit, &id).await?;
    let accepted = accepted_figures(&visit.db, &one.id).await?;
    let (offers, empty) = offered(&visit, &works, &one, &accepted).await?;
    let voice = sql::voice_of(&visit.db, &one.id, &visit.viewer.name).await?;
    let may_accept = visit.may(Right::AnswerAssessments) && one.state == State::Open;
    let page = frame(&visit, &one, "quality-live-title").under_named(&href(&one), &one.subject);
    visit.html(&FiguresPage { page, one, catalogue, offers, empty, accepted, voice, may_accept })
}

/// `POST /framework/assessments/{id}/figures`: accepts a figure as it is now, if it is the one the page showed.
pub(super) async fn accept(
    visit: Visit,
    Given(works): Given<Works>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let fields = Fields::read(&form);
    let (one, catalogue) = works.desk.found(&visit, &id).await?;
    let back = format!("{}/figures", href(&one));
    let voice = sql::voice_of(&visit.db, &one.id, &visit.viewer.name).await?.ok_or_else(PageError::not_found)?;
    let (offers, _) = offered(&visit, &works, &one, &[]).await?;
    let wanted = (fields.text("figure"), fields.text("item"), fields.text("sha256"));
    let is_it = |offer: &&Offer| (offer.figure.figure, offer.item.as_str(), offer.sha256.as_str()) == wanted;
    let found = offers.iter().find(is_it);
    let target = found.and_then(|offer| works.desk.shelf.targets.get(offer.figure.figure));
    let Some((offer, target)) = found.zip(target) else {
        // It moved on since the page was made: the person looks at the new one first.
        let gone: Result<(), FrameworkError> = Err(Refusal::FigureMoved.into());
        return say(&visit, &back, gone, "quality-did-accept");
    };
    keep(&works, offer.figure.sealed().0).await?;
    let ids = (one.id.as_str(), voice.id.as_str());
    let about = (&*catalogue, offer.item.as_str());
    let did = jobs::accept_figure(&visit.db, &visit.viewer, ids, about, (&offer.figure, target), visit.now).await;
    say(&visit, &back, did, "quality-did-accept")
}

/// Keeps the canonical JSON of a figure, under the hash that the evidence names.
pub(super) async fn keep(works: &Works, text: String) -> Result<(), PageError> {
    let desk = Arc::clone(&works.desk);
    let kept = tokio::task::spawn_blocking(move || desk.blobs.keep(&mut Cursor::new(text.into_bytes())));
    kept.await.map_err(PageError::internal)?.map_err(PageError::internal)?;
    Ok(())
}
