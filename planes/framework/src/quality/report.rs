//! The figures of a period with their targets and their course.

use manara_model::{Micros, Viewer};
use manara_store::StoreError;
use serde_json::{Value, json};

use super::{Figure, MEASURES, Month, Period, Target, Targets, figures, month, months};
use crate::neighbours::Neighbours;

/// One figure with what belongs to it.
#[derive(Debug, Clone)]
pub struct QualityLine {
    /// The figure.
    pub figure: Figure,
    /// Its course; empty when it has none.
    pub months: Vec<Month>,
    /// What it is to reach.
    pub target: Option<Target>,
    /// Whether it does; nothing without a case or a target.
    pub is_met: Option<bool>,
}

/// All figures of a period, in the order of [`MEASURES`].
#[derive(Debug, Clone)]
pub struct Quality {
    /// The period.
    pub period: Period,
    /// The figures.
    pub lines: Vec<QualityLine>,
}

/// The figures as a viewer may see them.
pub async fn quality(
    beside: &dyn Neighbours,
    targets: &Targets,
    viewer: &Viewer,
    period: Period,
    now: Micros,
) -> Result<Quality, StoreError> {
    let cases = beside.cases(viewer, month::wanted(&period), now).await?;
    let lines = MEASURES.iter().zip(figures(&cases, &period)).map(|(measure, figure)| {
        let target = targets.get(measure.id).cloned();
        let of = cases.iter().find(|cases| cases.measure == measure.id);
        let is_met = target.as_ref().and_then(|target| target.is_met(&figure));
        QualityLine { months: months(measure, of, &period), target, is_met, figure }
    });
    Ok(Quality { period, lines: lines.collect() })
}

impl Quality {
    /// The line of a measure.
    pub fn line(&self, measure: &str) -> Option<&QualityLine> {
        self.lines.iter().find(|line| line.figure.figure == measure)
    }

    /// As a program reads it. A figure without a case has no value.
    pub fn json(&self) -> Value {
        let lines = self.lines.iter().map(|line| {
            let (_, sha256) = line.figure.sealed();
            let href = line.figure.measure().map_or("", |measure| measure.href);
            let target = line.target.as_ref().map(|target| {
                json!({ "at_most": target.at_most, "at_least": target.at_least, "is_met": line.is_met,
                    "blocks": target.blocks, "items": target.items.iter()
                        .map(|speaks| json!({ "catalogue": speaks.catalogue, "item": speaks.item })).collect::<Vec<_>>() })
            });
            json!({ "figure": line.figure, "sha256": sha256, "href": href, "months": line.months, "target": target })
        });
        json!({ "from": self.period.from.day(), "until": self.period.last_day(), "figures": lines.collect::<Vec<_>>() })
    }
}
