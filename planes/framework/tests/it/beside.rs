//! A house beside the plane, with a few cases and two constituents.

use std::collections::HashMap;

use manara_framework::enhancement::{Asked, Case, Cases, Neighbours, Period};
use manara_model::{Micros, Viewer};

pub struct Quiet;

impl Neighbours for Quiet {
    fn cases<'a>(&'a self, viewer: &'a Viewer, _: Period, now: Micros) -> Asked<'a, Vec<Cases>> {
        let of = |measure: &'static str, values: &[Option<f64>]| Cases {
            measure,
            cases: values.iter().map(|value| Case { at: now, value: *value, count: 1 }).collect(),
            is_cut: false,
        };
        // Whoever sees less has fewer cases.
        let seen: &[Option<f64>] = if viewer.clearance == manara_model::Tlp::Red {
            &[Some(1.5), Some(2.0), Some(30.0), None]
        } else {
            &[Some(1.5)]
        };
        let all = vec![
            of("acknowledge", seen),
            of("answered", &[Some(1.0), Some(0.0), Some(0.0)]),
            of("trained", &[Some(1.0), Some(1.0), Some(0.0)]),
        ];
        Box::pin(async move { Ok(all) })
    }

    fn constituents<'a>(&'a self, ids: &'a [String]) -> Asked<'a, HashMap<String, String>> {
        Box::pin(async move {
            let mut found = HashMap::new();
            for id in ids {
                found.extend(self.constituent(id).await?);
            }
            Ok(found)
        })
    }

    fn nation(&self) -> String {
        "XA".into()
    }

    fn place(&self, country: &str, _: &str) -> Option<(f64, f64, Option<String>)> {
        match country {
            "XA" => Some((150.0, 60.0, Some("Aldermere".into()))),
            "EG" => Some((210.0, 58.0, None)),
            _ => None,
        }
    }

    fn land(&self) -> &'static str {
        "M0 0l 1 0 0 2z"
    }

    fn constituent<'a>(&'a self, name: &'a str) -> Asked<'a, Option<(String, String)>> {
        let all = [("c1", "Grid"), ("c2", "Water <works>")];
        let found = all.into_iter().find(|(id, known)| *id == name || *known == name);
        Box::pin(async move { Ok(found.map(|(id, name)| (id.to_string(), name.to_string()))) })
    }
}
