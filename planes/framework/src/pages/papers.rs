//! The report of an assessment and the document of a design, to take away.

use std::pin::Pin;
use std::sync::Arc;

use axum::extract::{Path, State as Given};
use manara_document::{Document, Form, PrintError, Printer};
use manara_store::StoreError;
use manara_web::{Answer, Lang, PageError, Tone, Visit};

use super::design::asked;
use super::{Room, shown_profile};
use crate::assessment::Assessment;
use crate::catalogue::Catalogue;
use crate::design::{Ask, Design, design as designed};
use crate::design_document::{DesignPaper, Nation, design_document};
use crate::kept::{design_answer, kept_design};
use crate::report::{Report, report as reported};
use crate::score::{Score, score};
use crate::sheet::Sheet;
use crate::sql;
use crate::wording::Wording;

/// Asks for the nation as it stands, in a language.
pub type NationOf = Arc<dyn Fn(Lang) -> Pin<Box<dyn Future<Output = Result<Nation, StoreError>> + Send>> + Send + Sync>;

/// What documents are printed with.
#[derive(Clone, Default)]
pub struct Papers {
    /// The printer.
    pub printer: Printer,
    /// What the rest of the house knows of the nation; nothing when nobody can say.
    pub nation: Option<NationOf>,
}

impl std::fmt::Debug for Papers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Papers").field("printer", &self.printer).finish_non_exhaustive()
    }
}

/// An assessment with its figures: as it stands, or as `?snapshot=` kept it; by the usual profile when `?profile=` is not there.
pub(super) struct Scored {
    pub one: Assessment,
    pub catalogue: Arc<Catalogue>,
    pub sheet: Sheet,
    pub score: Score,
}

impl Scored {
    pub(super) async fn of(visit: &Visit, room: &Room, id: &str) -> Result<Scored, PageError> {
        let (one, now) = room.found(visit, id).await?;
        let (catalogue, sheet) = match visit.query("snapshot").filter(|id| !id.is_empty()) {
            None => (now, sql::sheet(&visit.db, &one.id, &visit.now.day()).await?),
            Some(taken) => {
                let found = sql::one_snapshot(&visit.db, &visit.viewer, &taken).await?;
                let found = found.filter(|(snapshot, _)| snapshot.assessment_id == one.id);
                let (snapshot, sheet) = found.ok_or_else(PageError::not_found)?;
                (room.version(visit, &snapshot.hash).await?, sheet)
            }
        };
        let (profile, _) = shown_profile(visit, &catalogue)?;
        let score = score(&catalogue, &sheet, profile);
        Ok(Scored { one, catalogue, sheet, score })
    }

    pub(super) fn report(&self, visit: &Visit, room: &Room, lang: Lang) -> Document {
        reported(&Report {
            assessment: &self.one,
            catalogue: &self.catalogue,
            sheet: &self.sheet,
            score: &self.score,
            blocks: &room.shelf.blocks,
            words: visit.words(),
            lang,
        })
    }
}

/// The form and the language that are asked for.
pub(super) fn wanted(visit: &Visit) -> Result<(Form, Lang), PageError> {
    let form = visit.query("format").map_or(Some(Form::Pdf), |text| Form::parse(&text));
    let form = form.ok_or_else(|| PageError::unreadable("format is one of pdf, docx, html and md"))?;
    let lang = visit.query("in").and_then(|tag| Lang::parse(&tag)).unwrap_or(visit.lang);
    Ok((form, lang))
}

/// Prints where nobody waits for the thread.
pub(super) async fn printed(
    room: &Room,
    document: Document,
    form: Form,
) -> Result<Result<Vec<u8>, PrintError>, PageError> {
    let printer = room.papers.printer.clone();
    tokio::task::spawn_blocking(move || printer.print(&document, form)).await.map_err(PageError::internal)
}

/// The file, or the page it was asked from with the reason why there is none.
async fn file(visit: &Visit, room: &Room, document: Document, form: Form, name: &str, back: &str) -> Answer {
    match printed(room, document, form).await? {
        Ok(bytes) => Ok(visit.download(&format!("{name}.{}", form.as_str()), form.content_type(), bytes)),
        Err(why) => {
            tracing::warn!(%why, "a document was not printed");
            Ok(visit.go_saying(back, Tone::Bad, "document-not-printed", &[("why", why.to_string().into())]))
        }
    }
}

/// `GET /framework/assessments/{id}/report?format=…&in=…`
pub(super) async fn report(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let scored = Scored::of(&visit, &room, &id).await?;
    let (form, lang) = wanted(&visit)?;
    let name = format!("{}-{}-{}", scored.one.catalogue, scored.score.day, lang.tag());
    let document = scored.report(&visit, &room, lang);
    file(&visit, &room, document, form, &name, &super::href(&scored.one)).await
}

/// `GET /framework/assessments/{id}/design/document?format=…&in=…`, for the design that is asked for as on its page
pub(super) async fn design(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let scored = Scored::of(&visit, &room, &id).await?;
    let (form, lang) = wanted(&visit)?;
    let back = format!("{}/design", super::href(&scored.one));
    let name = format!("design-{}-{}", scored.score.day, lang.tag());
    match paper(&visit, &room, scored, lang).await? {
        Some(document) => file(&visit, &room, document, form, &name, &back).await,
        None => Err(PageError::not_found()),
    }
}

/// `GET /framework/designs/{id}/document?format=…&in=…`
pub(super) async fn kept(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let (form, lang) = wanted(&visit)?;
    let (document, day) = kept_paper(&visit, &room, &id, lang).await?;
    let name = format!("design-{day}-{}", lang.tag());
    file(&visit, &room, document, form, &name, &format!("/framework/designs/{id}")).await
}

/// The document of the design that is asked for.
pub(super) async fn paper(
    visit: &Visit,
    room: &Room,
    scored: Scored,
    lang: Lang,
) -> Result<Option<Document>, PageError> {
    let ask = asked(visit, &room.shelf)?;
    let solving = {
        let (room, catalogue, score, ask) =
            (Arc::clone(room), Arc::clone(&scored.catalogue), scored.score.clone(), ask.clone());
        tokio::task::spawn_blocking(move || designed(&room.shelf, &catalogue, &score, &ask))
    };
    let designs = solving.await.map_err(PageError::internal)?;
    written(visit, room, &scored, (&designs, &ask), lang).await
}

/// The document of a kept design as it was kept, the alternative that was chosen first, with its day.
pub(super) async fn kept_paper(
    visit: &Visit,
    room: &Room,
    id: &str,
    lang: Lang,
) -> Result<(Document, String), PageError> {
    let kept = kept_design(&visit.db, &visit.viewer, id).await?.ok_or_else(PageError::not_found)?;
    let mut designs = design_answer(&visit.db, &visit.viewer, id).await?;
    designs.sort_by_key(|design| design.aim != kept.aim);
    let (one, catalogue) = room.found(visit, &kept.assessment_id).await?;
    let sheet = sql::sheet(&visit.db, &one.id, &visit.now.day()).await?;
    let score = score(&catalogue, &sheet, catalogue.profile(&kept.asked.profile));
    let scored = Scored { one, catalogue, sheet, score };
    let made = written(visit, room, &scored, (&designs, &kept.asked.ask()), lang).await?;
    Ok((made.ok_or_else(PageError::not_found)?, scored.score.day))
}

async fn written(
    visit: &Visit,
    room: &Room,
    scored: &Scored,
    (designs, ask): (&[Design], &Ask),
    lang: Lang,
) -> Result<Option<Document>, PageError> {
    let nation = match &room.papers.nation {
        Some(nation) => nation(lang).await?,
        None => Nation::default(),
    };
    Ok(design_document(&DesignPaper {
        assessment: &scored.one,
        catalogue: &scored.catalogue,
        score: &scored.score,
        designs,
        ask,
        shelf: &room.shelf,
        nation: &nation,
        wording: Wording { words: visit.words(), lang },
    }))
}
