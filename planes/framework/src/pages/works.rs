//! The pages of what goes on after a design: quality, law, strategy, office.

use std::sync::Arc;

use axum::extract::FromRef;
use manara_store::Blobs;
use manara_web::{Right, Site};

use super::strategy::{self, form};
use super::{
    OpenDesk, Room, exercises, law, law_operations, live, live_operations, office, office_operations, quality,
};
use crate::neighbours::Neighbours;
use crate::office::PROGRESS_BYTES;
use crate::shelf::OpenShelf;

/// What the handlers of these pages share.
pub(super) struct Works {
    /// Catalogues and files.
    pub desk: Room,
    /// The other planes.
    pub beside: Arc<dyn Neighbours>,
}

/// What the routes of these pages stand on.
#[derive(Clone)]
pub(super) struct OpenWorks {
    desk: OpenDesk,
    beside: Arc<dyn Neighbours>,
}

impl FromRef<OpenWorks> for Works {
    fn from_ref(open: &OpenWorks) -> Works {
        Works { desk: Room::from_ref(&open.desk), beside: Arc::clone(&open.beside) }
    }
}

/// The routes.
pub fn works_site(shelf: OpenShelf, blobs: Blobs, beside: Arc<dyn Neighbours>) -> Site {
    let (read, say, moderate) = (Right::ReadFramework, Right::AnswerAssessments, Right::ModerateAssessments);
    let desk = OpenDesk::new(shelf, blobs, super::Papers::default());
    Site::<OpenWorks>::new()
        .page("/framework/quality", read, quality::quality)
        .page("/framework/assessments/{id}/figures", read, live::figures)
        .post("/framework/assessments/{id}/figures", say, live::accept)
        .page("/framework/law", read, law::law)
        .post("/framework/law", moderate, law::begin)
        .page("/framework/law/{id}", read, law::one)
        .page("/framework/law/{id}/{item}", read, law::article)
        .post("/framework/law/{id}/{item}", say, law::write)
        .page("/framework/strategy", read, strategy::home)
        .page("/framework/strategy/roles", read, strategy::roles)
        .page("/framework/strategy/actions", read, strategy::actions)
        .page("/framework/strategy/functions", read, strategy::functions)
        .page("/framework/strategy/reviews", read, strategy::reviews)
        .page("/framework/strategy/reviews.ics", read, strategy::ics)
        .page("/framework/strategy/{kind}/{id}", moderate, form::form)
        .post("/framework/strategy/{kind}/{id}", moderate, form::save)
        .post("/framework/strategy/{kind}/{id}/remove", moderate, form::remove)
        .post("/framework/strategy/{kind}/{id}/restore", moderate, form::restore)
        .post("/framework/strategy/reviews/{id}/done", moderate, form::done)
        .page("/framework/office", read, office::office)
        .upload("/framework/office", moderate, PROGRESS_BYTES + 65_536, office::import)
        .page("/framework/progress", read, office::progress)
        .post("/framework/progress", moderate, office::say_own)
        .post("/framework/progress/snapshot", moderate, office::snapshot)
        .post("/framework/progress/practice", moderate, office::write_practice)
        .post("/framework/progress/export", moderate, office::export)
        .api(office::operation(), office::asked)
        .api(office::practice::operation(), office::practice::asked)
        .schemas(office::practice::schemas())
        .api(quality::operation(), quality::asked)
        .api(strategy::operations::operation(), strategy::operations::asked)
        .api(law_operations::read(), law_operations::list)
        .api(law_operations::write(), law_operations::put)
        .merge(strategy::operations::lists())
        .merge(strategy::writes::site())
        .merge(strategy::many::site())
        .merge(office_operations::site())
        .merge(exercises::site())
        .merge(live_operations::site())
        .schemas(law_operations::schemas())
        .schemas(vec![("Quality", serde_json::json!({ "type": "object" }))])
        .with_state(OpenWorks { desk, beside })
}
