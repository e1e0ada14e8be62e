//! The figures of the model in words.

use manara_document::Cell;

use super::Report;
use crate::catalogue::Rule;

impl Report<'_> {
    pub(super) fn figures(&self) -> Vec<(String, Cell)> {
        let (figures, wording) = (&self.score.figures, self.wording());
        let count = |count: usize| Cell::Number(wording.count(count));
        let decimal = |number: f64| Cell::Number(wording.decimal(number));
        let percent = |number: f64| Cell::Number(format!("{} %", wording.decimal(number)));
        let known = [
            ("framework-figure-answered", Some(count(figures.answered))),
            ("framework-figure-unanswered", Some(count(figures.unanswered))),
            ("framework-figure-not-applicable", Some(count(figures.not_applicable))),
            ("framework-figure-percent-claimed", figures.percent_claimed.map(percent)),
            ("framework-figure-percent-supported", figures.percent_supported.map(percent)),
            ("framework-figure-points-claimed", figures.points_claimed.map(decimal)),
            ("framework-figure-points-supported", figures.points_supported.map(decimal)),
            ("framework-figure-points-applicable", figures.points_applicable.map(decimal)),
            ("framework-figure-below", figures.below.map(count)),
            ("framework-figure-unknown-minima", figures.unknown_minima.map(count)),
            ("framework-figure-mean", figures.mean_ours.map(decimal)),
        ];
        let mut pairs: Vec<(String, Cell)> =
            known.into_iter().filter_map(|(key, value)| Some((self.t(key), value?))).collect();
        if self.score.profile.is_some() {
            let meets = |meets: Option<bool>| {
                Cell::Text(self.t(match meets {
                    Some(true) => "framework-meets-yes",
                    Some(false) => "framework-meets-no",
                    None => "framework-meets-unknown",
                }))
            };
            pairs.push((self.t("framework-figure-meets-claimed"), meets(figures.meets_claimed)));
            pairs.push((self.t("framework-figure-meets-supported"), meets(figures.meets_supported)));
        }
        if self.catalogue.told.rule == Rule::Status {
            for at in &figures.levels {
                pairs.push((self.level(Some(at.level)).text().to_string(), count(at.claimed)));
            }
        }
        pairs
    }
}
