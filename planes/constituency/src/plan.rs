//! From what is there and what a file says to what is to be written.

use std::collections::{HashMap, HashSet};

use crate::cidr::Cidr;
use crate::constituent::{Constituent, Reason, name_key};
use crate::named::Named;
use crate::report::{ImportOptions, ImportReport, WarningKind};
use crate::sheet::Sheet;

/// What the database holds.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Those that are served, in the order of their ids.
    pub live: Vec<Constituent>,
    /// Those that were removed.
    pub removed: Vec<Constituent>,
}

/// One thing to write.
#[derive(Debug, PartialEq)]
pub(crate) enum Step {
    Add(Constituent),
    /// From the table of the removed, with new content.
    Restore {
        old: Constituent,
        new: Constituent,
    },
    Change {
        old: Constituent,
        new: Constituent,
    },
    Remove(Constituent),
}

/// Where an organisation that a file names is found.
enum Found {
    Live(usize),
    Removed(usize),
    Nowhere,
}

/// What is to be done to bring the database to what a file says. What cannot be is refused in the sheet.
pub(crate) fn plan(
    known: &Known,
    named: &[Named],
    sheet: &mut Sheet,
    options: &ImportOptions,
    new_id: impl Fn() -> String,
) -> (Vec<Step>, ImportReport) {
    let live = Index::of(&known.live);
    let removed = Index::of(&known.removed);
    let mut steps = Vec::new();
    let mut unchanged = 0;
    let mut touched: HashSet<usize> = HashSet::new();
    // What each named organisation is afterwards, for the checks below.
    let mut after: Vec<(Constituent, Option<&Named>)> = Vec::new();
    for one in named {
        let found = live.find(one).map(Found::Live).or_else(|| removed.find(one).map(Found::Removed));
        match found.unwrap_or(Found::Nowhere) {
            Found::Live(at) => {
                let Some(old) = known.live.get(at) else { continue };
                if !touched.insert(at) {
                    let reason = Reason::NameTaken { owner: old.name.clone() };
                    sheet.refuse(one.line, "name", reason, &one.name);
                    continue;
                }
                let new = one.applied_to(old.clone(), options);
                after.push((new.clone(), Some(one)));
                if new == *old {
                    unchanged += 1;
                } else {
                    steps.push(Step::Change { old: old.clone(), new });
                }
            }
            Found::Removed(at) => {
                let Some(old) = known.removed.get(at) else { continue };
                // What it owned then may be somebody else's now: it comes back with what the file says.
                let new = one.applied_to(Constituent::named(old.id.clone(), one.name.clone()), options);
                after.push((new.clone(), Some(one)));
                steps.push(Step::Restore { old: old.clone(), new });
            }
            Found::Nowhere => {
                let id = one.id.clone().unwrap_or_else(&new_id);
                let new = one.applied_to(Constituent::named(id, one.name.clone()), options);
                after.push((new.clone(), Some(one)));
                steps.push(Step::Add(new));
            }
        }
    }
    let mut removed_count = 0;
    let mut stays: Vec<(Constituent, Option<&Named>)> = Vec::new();
    for (_, one) in known.live.iter().enumerate().filter(|(at, _)| !touched.contains(at)) {
        if options.replace {
            removed_count += 1;
            steps.push(Step::Remove(one.clone()));
        } else {
            stays.push((one.clone(), None));
        }
    }
    stays.append(&mut after);
    check(&stays, sheet);
    let count = |wanted: fn(&Step) -> bool| steps.iter().filter(|step| wanted(step)).count();
    let report = ImportReport {
        read: sheet.read,
        added: count(|step| matches!(step, Step::Add(_) | Step::Restore { .. })),
        changed: count(|step| matches!(step, Step::Change { .. })),
        unchanged,
        removed: removed_count,
        ..ImportReport::default()
    };
    (steps, report)
}

/// Organisations by id and by name.
struct Index {
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
}

impl Index {
    fn of(all: &[Constituent]) -> Self {
        let each = || all.iter().enumerate();
        Index {
            by_id: each().map(|(at, one)| (one.id.clone(), at)).collect(),
            by_name: each().map(|(at, one)| (name_key(&one.name), at)).collect(),
        }
    }

    fn find(&self, named: &Named) -> Option<usize> {
        let by_id = named.id.as_ref().and_then(|id| self.by_id.get(id));
        by_id.or_else(|| self.by_name.get(&name_key(&named.name))).copied()
    }
}

/// Refuses what two organisations would own or be called; those that stay as they are come first.
fn check(all: &[(Constituent, Option<&Named>)], sheet: &mut Sheet) {
    let mut ids: HashMap<&str, u64> = HashMap::new();
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut networks: HashMap<Cidr, usize> = HashMap::new();
    let mut domains: HashMap<&str, usize> = HashMap::new();
    let mut numbers: HashMap<u32, usize> = HashMap::new();
    let owner = |at: usize| all.get(at).map_or_else(String::new, |(one, _)| one.name.clone());
    for (at, (one, named)) in all.iter().enumerate() {
        let line = named.map_or(0, |named| named.line);
        if let Some(first) = ids.insert(&one.id, line) {
            sheet.refuse(line, "id", Reason::TwiceInFile { line: first }, &one.id);
        }
        let by = *names.entry(name_key(&one.name)).or_insert(at);
        if by != at {
            sheet.refuse(line, "name", Reason::NameTaken { owner: owner(by) }, &one.name);
        }
        for network in &one.networks {
            let by = *networks.entry(*network).or_insert(at);
            // Two owners within the file are refused already, with both lines.
            let in_file =
                |at: usize| all.get(at).is_some_and(|(_, n)| n.is_some_and(|n| n.line_of_network(*network).is_some()));
            if by != at && !(in_file(by) && in_file(at)) {
                let line = named.and_then(|named| named.line_of_network(*network)).unwrap_or(line);
                sheet.refuse(line, "networks", Reason::Owned { owner: owner(by) }, &network.to_string());
            }
        }
        for domain in &one.domains {
            let by = *domains.entry(domain.as_str()).or_insert(at);
            let in_file =
                |at: usize| all.get(at).is_some_and(|(_, n)| n.is_some_and(|n| n.line_of_domain(domain).is_some()));
            if by != at && !(in_file(by) && in_file(at)) {
                let line = named.and_then(|named| named.line_of_domain(domain)).unwrap_or(line);
                sheet.refuse(line, "domains", Reason::Owned { owner: owner(by) }, domain.as_str());
            }
        }
        for number in &one.as_numbers {
            let by = *numbers.entry(number.0).or_insert(at);
            if let Some(named) = named
                && by != at
                && let Some((_, line)) = named.as_numbers.iter().flatten().find(|(n, _)| n == number)
            {
                let kind = WarningKind::SharedAs { owner: owner(by) };
                sheet.warn(*line, "as_numbers", kind, &number.0.to_string());
            }
        }
    }
    for (one, named) in all {
        if let Some(named) = named
            && named.association().is_some_and(|above| !names.contains_key(&name_key(above)))
        {
            sheet.warn(named.line, "association", WarningKind::UnknownAssociation, &one.association);
        }
    }
}
