//! The way from an assessment to a team that gets better: four stages, how far each is, and its pages.

use manara_model::Viewer;
use manara_store::{Db, StoreError};
use manara_web::Page;

/// How much there is of each stage, as far as the viewer may see it.
const COUNTS: &str = "
    SELECT (SELECT COUNT(*) FROM framework_assessment WHERE tlp <= $1),
           (SELECT COUNT(*) FROM framework_design d JOIN framework_assessment a ON a.id = d.assessment_id WHERE a.tlp <= $1),
           (SELECT COUNT(*) FROM framework_applied WHERE undone = ''),
           (SELECT COUNT(*) FROM framework_figure f JOIN framework_assessment a ON a.id = f.assessment_id WHERE a.tlp <= $1)";

/// One stage.
pub(super) struct Stage {
    /// Its word: also its colour on the map of the office.
    pub id: &'static str,
    /// Assessments, designs, applied blocks, figures accepted as evidence.
    pub count: usize,
    /// Addresses and the keys of their words, those alone that are there.
    pub pages: Vec<(&'static str, &'static str)>,
}

type Link = (&'static str, &'static str);

const STAGES: [(&str, &[Link]); 4] = [
    ("assessment", &[("/framework/law", "law-title"), ("/framework/compare", "framework-compare-title")]),
    ("design", &[("/framework/designs", "programme-designs"), ("/framework/programmes", "programme-title")]),
    (
        "establishment",
        &[
            ("/framework/establish", "establish-title"),
            ("/framework/in-force", "establish-in-force"),
            ("/framework/services", "establish-services"),
            ("/framework/manual", "manual-title"),
            ("/framework/training", "training-title"),
        ],
    ),
    (
        "enhancement",
        &[
            ("/framework/quality", "quality-title"),
            ("/framework/exercises", "exercise-title"),
            ("/framework/strategy", "strategy-title"),
            ("/framework/office", "office-title"),
        ],
    ),
];

/// The stages as they stand.
pub(super) async fn stages(db: &Db, viewer: &Viewer, page: &Page) -> Result<Vec<Stage>, StoreError> {
    let row = db.read_one(COUNTS, &[viewer.clearance.rank().into()]).await?;
    let count = |at: usize| match &row {
        Some(row) => Ok(usize::try_from(row.int(at)?).unwrap_or_default()),
        None => Ok(0),
    };
    let stage = |(at, (id, links)): (usize, (&'static str, &'static [Link]))| {
        let pages = links.iter().copied().filter(|(path, _)| page.has_page(path)).collect();
        count(at).map(|count| Stage { id, count, pages })
    };
    STAGES.into_iter().enumerate().map(stage).collect()
}
