//! What each figure is to reach, which items it speaks to, and what mends it: `content/enhancement/targets.yaml`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::{Figure, Unit, measure_of};
use crate::check::{FILE_BYTES, Trouble, Troubles, read};
use crate::text::Text;

const BUILT_IN: &str = include_str!("../../../../content/enhancement/targets.yaml");
/// Where the operator's own file lies in the content folder.
const OWN: &str = "enhancement/targets.yaml";
/// Items or blocks a figure may name.
const NAMED: usize = 100;

fn half_a_year() -> i64 {
    180
}

/// An item a figure says something about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Speaks {
    /// Its catalogue.
    pub catalogue: String,
    /// Its id there.
    pub item: String,
}

/// What a figure is to reach.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Target {
    /// The measure.
    pub ref_id: String,
    /// What it must not pass.
    #[serde(default)]
    pub at_most: Option<f64>,
    /// What it must reach.
    #[serde(default)]
    pub at_least: Option<f64>,
    /// Why so, in words.
    pub why: Text,
    /// For how many days a figure that was accepted as evidence counts.
    #[serde(default = "half_a_year")]
    pub valid_days: i64,
    /// The items it speaks to.
    #[serde(default)]
    pub items: Vec<Speaks>,
    /// The building blocks that mend it.
    #[serde(default)]
    pub blocks: Vec<String>,
}

impl Target {
    /// Whether a figure reaches it; nothing for one without a case.
    pub fn is_met(&self, figure: &Figure) -> Option<bool> {
        let value = figure.value?;
        Some(self.at_most.is_none_or(|most| value <= most) && self.at_least.is_none_or(|least| value >= least))
    }

    /// The number it names.
    pub fn number(&self) -> Option<f64> {
        self.at_most.or(self.at_least)
    }
}

#[derive(Deserialize)]
struct TargetFile {
    format: i64,
    targets: Vec<Target>,
}

/// All targets, by their measure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Targets(BTreeMap<String, Target>);

impl Targets {
    /// Those that are built in, with those of the operator's file in their place. A file that is wrong is left out and told of.
    pub(crate) fn load(folder: Option<&Path>, left_out: &mut Vec<Trouble>) -> Targets {
        let mut targets = Targets::default();
        targets.take(&format!("content/{OWN}"), BUILT_IN, left_out);
        if let Some(path) = folder.map(|folder| folder.join(OWN)) {
            let file = path.display().to_string();
            match read_text(&path) {
                Ok(text) => targets.take(&file, &text, left_out),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => {
                    left_out.push(Trouble { file, line: 0, path: String::new(), what: error.to_string() });
                }
            }
        }
        targets
    }

    fn take(&mut self, file: &str, text: &str, left_out: &mut Vec<Trouble>) {
        match read_targets(file, text) {
            Ok(all) => self.0.extend(all.into_iter().map(|target| (target.ref_id.clone(), target))),
            Err(troubles) => left_out.extend(troubles),
        }
    }

    /// The target of a measure.
    pub fn get(&self, measure: &str) -> Option<&Target> {
        self.0.get(measure)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Target> {
        self.0.values()
    }
}

fn read_text(path: &Path) -> std::io::Result<String> {
    use std::io::Read as _;
    let mut text = String::new();
    // One byte more shows that it is too long.
    std::fs::File::open(path)?.take(FILE_BYTES as u64 + 1).read_to_string(&mut text)?;
    Ok(text)
}

fn read_targets(file: &str, text: &str) -> Result<Vec<Target>, Vec<Trouble>> {
    let (told, _): (TargetFile, _) = read(file, text)?;
    let mut troubles = Troubles::of(file, text);
    troubles.within("format", told.format, (1, 1), "");
    troubles.count("targets", told.targets.len(), NAMED);
    for (at, target) in told.targets.iter().enumerate() {
        let (path, id) = (|name: &str| format!("targets[{at}].{name}"), target.ref_id.as_str());
        let Some(measure) = measure_of(id) else {
            let all: Vec<&str> = super::MEASURES.iter().map(|measure| measure.id).collect();
            troubles.add(path("ref_id"), format!("{id:.80} is no figure; expected {}", all.join(", ")), id, 0);
            continue;
        };
        let limit = if measure.less_is_better { target.at_most } else { target.at_least };
        let name = if measure.less_is_better { "at_most" } else { "at_least" };
        let most = if measure.unit == Unit::Share { 1.0 } else { 100_000.0 };
        let fits = limit.is_some_and(|limit| (0.0..=most).contains(&limit));
        if !fits || (target.at_most.is_some() && target.at_least.is_some()) {
            troubles.add(path(name), format!("expected {name} alone, from 0 to {most}"), id, 0);
        }
        troubles.text(&path("why"), &target.why, id);
        troubles.within(&path("valid_days"), target.valid_days, (1, 3_650), id);
        troubles.count(&path("items"), target.items.len(), NAMED);
        troubles.count(&path("blocks"), target.blocks.len(), NAMED);
        for speaks in &target.items {
            troubles.id(&path("items"), &speaks.catalogue);
            troubles.id(&path("items"), &speaks.item);
        }
        target.blocks.iter().for_each(|block| troubles.id(&path("blocks"), block));
    }
    if troubles.is_empty() { Ok(told.targets) } else { Err(troubles.end()) }
}

#[cfg(test)]
mod tests {
    use super::{Targets, read_targets};
    use crate::quality::MEASURES;
    use crate::shelf::Shelf;

    #[test]
    fn every_figure_has_a_target_whose_items_and_blocks_are_there() {
        let shelf = Shelf::load(None);
        assert!(shelf.left_out.is_empty(), "{:?}", shelf.left_out);
        for measure in MEASURES {
            let target = shelf.targets.get(measure.id).unwrap_or_else(|| panic!("no target for {}", measure.id));
            assert!(["en", "fr", "ar"].iter().all(|lang| target.why.has(lang)), "{}", measure.id);
            assert!(!target.items.is_empty() && !target.blocks.is_empty(), "{}", measure.id);
            for speaks in &target.items {
                let item = shelf.get(&speaks.catalogue).and_then(|catalogue| catalogue.item(&speaks.item));
                assert!(item.is_some_and(|item| item.assessable), "{}: {speaks:?}", measure.id);
            }
            for block in &target.blocks {
                assert!(shelf.blocks.get(block).is_some(), "{}: no block {block}", measure.id);
            }
        }
    }

    #[test]
    fn the_operators_targets_win_and_wrong_ones_are_told_of() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("enhancement")).expect("a folder");
        let path = folder.path().join("enhancement/targets.yaml");
        std::fs::write(&path, "format: 1\ntargets:\n- {ref_id: notify, at_most: 2, why: ours}\n").expect("written");
        let mut left_out = Vec::new();
        let targets = Targets::load(Some(folder.path()), &mut left_out);
        assert!(left_out.is_empty(), "{left_out:?}");
        let at_most = |id: &str| targets.get(id).and_then(|target| target.at_most);
        assert_eq!((at_most("notify"), at_most("acknowledge").is_some()), (Some(2.0), true));
        for (text, says) in [
            ("format: 1\ntargets:\n- {ref_id: speed, at_most: 2, why: x}\n", "is no figure"),
            ("format: 1\ntargets:\n- {ref_id: notify, at_least: 2, why: x}\n", "at_most alone"),
            ("format: 1\ntargets:\n- {ref_id: answered, at_least: 90, why: x}\n", "from 0 to 1"),
            ("format: 1\ntargets:\n- {ref_id: notify, at_most: 2, why: x, valid_days: 0}\n", "out of bounds"),
            ("format: 9\ntargets: []\n", "out of bounds"),
        ] {
            let told: Vec<String> =
                read_targets("t.yaml", text).expect_err(text).iter().map(ToString::to_string).collect();
            assert!(told.iter().any(|line| line.contains(says)), "{told:?}");
        }
    }
}
