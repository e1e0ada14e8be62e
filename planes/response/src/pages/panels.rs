//! What incidents show on pages of other planes.

use std::pin::Pin;
use std::sync::Arc;

use askama::Template;
use manara_web::{Markup, Page, PageError, Right, Visit};

use super::tone;
use crate::incident::Incident;
use crate::sql;

/// A fragment for the page of another plane's record, given its id; empty when there is nothing to say.
pub type Panel =
    Arc<dyn Fn(Visit, String) -> Pin<Box<dyn Future<Output = Result<Markup, PageError>> + Send>> + Send + Sync>;

#[derive(Template)]
#[template(path = "response/parts/panel.html")]
struct PanelPart {
    page: Page,
    incidents: Vec<Incident>,
    /// The finding from which one can be opened; empty on the page of a constituent.
    finding: String,
    constituent: String,
}

impl PanelPart {
    fn tone(&self, one: &Incident) -> &'static str {
        tone(one.state)
    }

    fn state_key(&self, one: &Incident) -> String {
        format!("response-state-{}", one.state.as_str())
    }
}

/// The incidents of a finding, and the way to open one.
pub fn incidents_panel_of_finding() -> Panel {
    Arc::new(|visit, finding| {
        Box::pin(async move {
            if !visit.may(Right::ReadIncidents) {
                return Ok(Markup::default());
            }
            let incidents = sql::of_finding(&visit.db, &visit.viewer, &finding).await?;
            if incidents.is_empty() && !visit.may(Right::HandleIncidents) {
                return Ok(Markup::default());
            }
            let finding = if visit.may(Right::HandleIncidents) { finding } else { String::new() };
            let part = PanelPart { page: visit.fragment(), incidents, finding, constituent: String::new() };
            Ok(Markup::of(&part))
        })
    })
}

/// The live incidents of a constituent.
pub fn incidents_panel_of_constituent() -> Panel {
    Arc::new(|visit, constituent| {
        Box::pin(async move {
            if !visit.may(Right::ReadIncidents) {
                return Ok(Markup::default());
            }
            let incidents = sql::of_constituent(&visit.db, &visit.viewer, &constituent).await?;
            if incidents.is_empty() {
                return Ok(Markup::default());
            }
            Ok(Markup::of(&PanelPart { page: visit.fragment(), incidents, finding: String::new(), constituent }))
        })
    })
}
