//! Figures that bear on items of an assessment, and may be shown there as evidence.

use manara_model::{Micros, Viewer};
use manara_store::StoreError;
use serde_json::{Value, json};

use super::{Figure, Period, Targets, quality};
use crate::assessment::Assessment;
use crate::neighbours::Neighbours;
use crate::sql_figures::Accepted;

/// Days up to today a figure on offer is made of.
const DAYS: i64 = 90;

/// A figure that is offered for an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The figure as it is now.
    pub figure: Figure,
    /// The SHA-256 of its canonical JSON.
    pub sha256: String,
    /// The item it bears on.
    pub item: String,
    /// Until when it would count.
    pub expires: String,
    /// Whether this very figure is evidence for the item already.
    pub is_accepted: bool,
}

/// What is on offer for an assessment: a figure for each item it bears on, and the names of those that have no case yet.
pub async fn offers(
    beside: &dyn Neighbours,
    targets: &Targets,
    viewer: &Viewer,
    (one, accepted): (&Assessment, &[Accepted]),
    now: Micros,
) -> Result<(Vec<Offer>, Vec<&'static str>), StoreError> {
    let period = Period::up_to(now, DAYS);
    // Whoever sees the assessment sees the figure: it is made of what all of them may see.
    let eyes = Viewer { clearance: viewer.clearance.min(one.tlp), ..viewer.clone() };
    let all = quality(beside, targets, &eyes, period, now).await?;
    let (mut offers, mut empty) = (Vec::new(), Vec::new());
    for line in &all.lines {
        let Some(target) = &line.target else { continue };
        let mut items = target.items.iter().filter(|speaks| speaks.catalogue == one.catalogue).peekable();
        if line.figure.value.is_none() {
            empty.extend(items.peek().map(|_| line.figure.figure));
            continue;
        }
        let (_, sha256) = line.figure.sealed();
        for speaks in items {
            let is_accepted = accepted.iter().any(|known| known.item == speaks.item && known.sha256 == sha256);
            offers.push(Offer {
                figure: line.figure.clone(),
                sha256: sha256.clone(),
                item: speaks.item.clone(),
                expires: now.plus_days(target.valid_days).day(),
                is_accepted,
            });
        }
    }
    Ok((offers, empty))
}

/// What is on offer and what was accepted, as a program reads it.
pub fn offers_json(offers: &[Offer], empty: &[&'static str], accepted: &[Accepted]) -> Value {
    let offers = offers.iter().map(|offer| {
        json!({ "item": offer.item, "figure": offer.figure, "sha256": offer.sha256, "expires": offer.expires,
            "accepted": offer.is_accepted })
    });
    let accepted = accepted.iter().map(|one| {
        json!({ "evidence": one.evidence_id, "item": one.item, "figure": one.figure, "revision": one.revision,
            "value": one.value, "n": one.n, "from": one.first_day, "until": one.last_day, "sha256": one.sha256,
            "who": one.accepted_by, "at": one.accepted.rfc3339() })
    });
    json!({ "offers": offers.collect::<Vec<_>>(), "without_case": empty, "accepted": accepted.collect::<Vec<_>>() })
}
