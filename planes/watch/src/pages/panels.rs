//! What the watch shows on pages of other planes.

use std::sync::Arc;

use askama::Template;
use manara_web::{Markup, Page, PageError, Right, Visit};

use super::{Panel, href_of, words_or_value};
use crate::finding::Finding;
use crate::sql::Watch;

/// Findings shown.
const SHOWN: usize = 10;

#[derive(Template)]
#[template(path = "watch/parts/of_constituent.html")]
struct OfConstituent {
    page: Page,
    id: String,
    live: i64,
    findings: Vec<Finding>,
}

impl OfConstituent {
    fn kind(&self, finding: &Finding) -> String {
        words_or_value(&self.page, "web-type-", &finding.kind)
    }

    fn href(&self) -> String {
        href_of("/findings", "constituent", &self.id)
    }
}

/// The live findings of a constituent, for its page.
pub fn findings_panel(watch: Watch) -> Panel {
    Arc::new(move |visit, id| {
        let watch = watch.clone();
        Box::pin(async move { findings_of(&watch, &visit, id).await })
    })
}

async fn findings_of(watch: &Watch, visit: &Visit, id: String) -> Result<Markup, PageError> {
    if !visit.may(Right::ReadFindings) {
        return Ok(Markup::default());
    }
    let condition = "constituent_id = $1 AND state IN ('open', 'notified', 'acknowledged', 'reopened')";
    let order = "severity DESC, last_seen DESC, id";
    let findings = watch.findings(condition, &[(&id).into()], order, SHOWN).await?;
    let live = watch.count_live_of(&id).await?;
    Ok(Markup::of(&OfConstituent { page: visit.fragment(), id, live, findings }))
}
