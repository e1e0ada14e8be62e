//! A design: the building blocks that close the gaps of an assessment and bring the services that are wished.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::blocks::{Block, Blocks};
use crate::catalogue::Catalogue;
use crate::check::is_id;
use crate::programme::PAYERS;
use crate::score::Score;
use crate::shelf::Shelf;
use crate::solve::{Found, NEVER, Price, Problem, amounts, price, solve};
use crate::staffing::{Hours, Staffing, seats};

/// The catalogue whose items are services that can be wished.
pub const SERVICES: &str = "first-services";
/// Services that can be wished at once.
pub const WISHES: usize = 200;
/// Blocks whose payer can be said for one design.
pub const PAID: usize = 200;

/// What is made as small as possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aim {
    /// What the first year costs at most; then what a further year does.
    FirstYear,
    /// What a further year costs at most; then the first.
    Yearly,
    /// The days of work at most; then the first year.
    Effort,
}

impl Aim {
    /// All aims.
    pub const ALL: [Aim; 3] = [Self::FirstYear, Self::Yearly, Self::Effort];

    /// The word in message keys and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstYear => "first-year",
            Self::Yearly => "yearly",
            Self::Effort => "effort",
        }
    }

    fn price(self, block: &Block) -> Price {
        let ([_, first], [_, yearly], [_, effort]) = (block.cost.first_year, block.cost.yearly, block.effort_days);
        match self {
            Self::FirstYear => price(first, yearly),
            Self::Yearly => price(yearly, first),
            Self::Effort => price(effort, first),
        }
    }
}

/// What a design is asked to do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// Services: items of the catalogue of services, capabilities, or services of Manara.
    pub services: Vec<String>,
    /// What the first year may cost at most.
    pub budget: Option<i64>,
    /// In how many months all must be there.
    pub months: Option<i64>,
    /// When the team is to be on duty.
    pub hours: Option<Hours>,
    /// How many organisations it is to serve.
    pub constituents: Option<i64>,
    /// Who pays for which block in this design, where it is not who usually does: one of [`PAYERS`] by the id of the block.
    pub payers: BTreeMap<String, String>,
}

/// Who pays, as `block=payer` one after the other with commas; what does not fit, and what was expected.
pub fn read_payers<'t>(texts: impl IntoIterator<Item = &'t str>) -> Result<BTreeMap<String, String>, String> {
    let mut payers = BTreeMap::new();
    for one in texts.into_iter().flat_map(|text| text.split(',')).map(str::trim).filter(|one| !one.is_empty()) {
        let fits = |(block, payer): &(&str, &str)| is_id(block) && PAYERS.contains(payer);
        let Some((block, payer)) = one.split_once('=').filter(fits) else {
            return Err(format!(
                "{one:.80} says no payer; expected a block and one of {}, such as training-handling=itu",
                PAYERS.join(", ")
            ));
        };
        payers.insert(block.to_string(), payer.to_string());
        if payers.len() > PAID {
            return Err(format!("a design names the payers of at most {PAID} blocks"));
        }
    }
    Ok(payers)
}

impl Ask {
    /// Refuses payers of blocks that are not on the shelf: a slip of the pen would leave the usual payer in place.
    pub fn check(&self, shelf: &Shelf) -> Result<(), String> {
        match self.payers.keys().find(|block| shelf.blocks.get(block).is_none()) {
            None => Ok(()),
            Some(block) => Err(format!(
                "there is no block {block} to be paid for; expected one of the design, such as training-handling"
            )),
        }
    }

    /// Who pays for which block, as one text.
    pub fn payers_text(&self) -> String {
        self.payers.iter().map(|(block, payer)| format!("{block}={payer}")).collect::<Vec<_>>().join(",")
    }

    /// Services that are wished, then what the hours of duty need, and the team that fills the seats of the constituency in them.
    fn wishes(&self) -> impl Iterator<Item = &str> {
        let team = Staffing::of(self.hours.unwrap_or(Hours::Office), seats(self.constituents)).capability();
        let hours = self.hours.and_then(Hours::capability);
        self.services.iter().take(WISHES).map(String::as_str).chain(hours).chain(team)
    }
}

/// A block of a design.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Chosen {
    /// Its id.
    pub block: String,
    /// The items and services it is there for, directly or because of what another block needs.
    pub because: Vec<String>,
    /// The blocks of the design that need what it gives.
    pub needed_by: Vec<String>,
    /// The first week it can be there.
    pub week: i64,
    /// What the first year costs, from and to.
    pub first_year: [i64; 2],
    /// What a further year costs, from and to.
    pub yearly: [i64; 2],
    /// Days of work, from and to.
    pub effort_days: [i64; 2],
    /// Weeks until it is there, from and to.
    pub lead_weeks: [i64; 2],
    /// Whom it takes.
    pub roles: Vec<String>,
    /// Who pays for it: an assumption of the block, unless it was said for this design.
    pub payer: String,
    /// Whether who pays was said for this design.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub payer_is_said: bool,
    /// The capabilities it needs. A programme is made of what stands here, whatever becomes of the block.
    pub needs: Vec<String>,
    /// The capabilities it gives.
    pub provides: Vec<String>,
}

/// A wish that is not met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unmet {
    /// The item or the service.
    pub wish: String,
    /// Why: one of [`REASONS`].
    pub why: &'static str,
    /// The block, the capability, the week or the money it is about.
    pub about: String,
}

/// Why a wish is not met.
pub const REASONS: [&str; 5] = ["no-block", "unknown", "nobody-provides", "too-late", "over-budget"];

/// Posts of a role.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Posts {
    /// The role.
    pub role: String,
    /// How many posts keep its seat filled.
    pub posts: f64,
}

/// A complete set of blocks.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Design {
    /// What was made as small as possible.
    pub aim: Aim,
    /// Whether it is proven that nothing does it for less.
    pub proven: bool,
    /// The blocks, whoever provides before whoever needs.
    pub blocks: Vec<Chosen>,
    /// What the first year costs, from and to.
    pub first_year: [i64; 2],
    /// What a further year costs, from and to.
    pub yearly: [i64; 2],
    /// The money.
    pub currency: String,
    /// Days of work, from and to.
    pub effort_days: [i64; 2],
    /// The week by which all is there.
    pub weeks: i64,
    /// Who pays what of the first year at most.
    pub payers: BTreeMap<String, i64>,
    /// Whom it takes.
    pub staff: Vec<Posts>,
    /// The items and services that are met.
    pub met: Vec<String>,
    /// What is not met, and why.
    pub unmet: Vec<Unmet>,
}

impl Design {
    /// The same design, with who pays as it was said for it.
    fn paid_by(mut self, payers: &BTreeMap<String, String>) -> Design {
        for chosen in &mut self.blocks {
            if let Some(payer) = payers.get(&chosen.block) {
                chosen.payer.clone_from(payer);
                chosen.payer_is_said = true;
            }
        }
        self.payers.clear();
        for chosen in &self.blocks {
            *self.payers.entry(chosen.payer.clone()).or_default() += chosen.first_year[1];
        }
        self
    }

    /// How many people it takes on duty: in the hours its blocks allow, for the constituency that was asked for.
    pub fn staffing(&self, ask: &Ask) -> Staffing {
        let gives =
            |capability: &str| self.blocks.iter().any(|chosen| chosen.provides.iter().any(|given| given == capability));
        Staffing::of(Hours::of(ask.hours, gives), seats(ask.constituents))
    }
}

/// A wish: every one of its requirements, each met by one of some blocks.
struct Wish {
    name: String,
    any_of: Vec<Vec<usize>>,
}

/// The blocks by number.
struct Table<'b> {
    blocks: Vec<&'b Block>,
    places: HashMap<&'b str, usize>,
    problem: Problem,
    capabilities: Vec<&'b str>,
}

impl<'b> Table<'b> {
    fn new(blocks: &'b Blocks, months: Option<i64>) -> Table<'b> {
        let blocks: Vec<&Block> = blocks.all().collect();
        let names: BTreeSet<&str> =
            blocks.iter().flat_map(|block| block.needs.iter().chain(&block.provides)).map(String::as_str).collect();
        let capabilities: Vec<&str> = names.into_iter().collect();
        let number: HashMap<&str, usize> = capabilities.iter().enumerate().map(|(at, name)| (*name, at)).collect();
        let mut problem = Problem {
            providers: vec![Vec::new(); capabilities.len()],
            // A year has 52 weeks; what is not there by the end of the last whole week is late.
            by_week: months.map(|months| months.clamp(0, 1_200) * 52 / 12),
            ..Problem::default()
        };
        for (at, block) in blocks.iter().enumerate() {
            let [_, weeks] = block.lead_weeks;
            problem.weeks.push(weeks);
            let wanted: BTreeSet<usize> =
                block.needs.iter().filter_map(|need| number.get(need.as_str()).copied()).collect();
            problem.needs.push(wanted.into_iter().collect());
            let given: BTreeSet<usize> =
                block.provides.iter().filter_map(|give| number.get(give.as_str()).copied()).collect();
            for give in given {
                if let Some(providers) = problem.providers.get_mut(give) {
                    providers.push(at);
                }
            }
        }
        let places = blocks.iter().enumerate().map(|(at, block)| (block.ref_id.as_str(), at)).collect();
        Table { blocks, places, problem, capabilities }
    }

    /// Blocks as requirements: ways to the same end are one. A block that is not there is passed over where others are; the error is
    /// the first, where none is.
    fn any_of(&self, ids: &[String]) -> Result<Vec<Vec<usize>>, String> {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let is_there = |id: &String| self.places.contains_key(id.as_str());
        if let Some(first) = ids.first().filter(|_| !ids.iter().any(is_there)) {
            return Err(first.clone());
        }
        for id in ids {
            let Some(at) = self.places.get(id.as_str()).copied() else { continue };
            let ways = self.blocks.get(at).map(|block| block.ways.clone()).unwrap_or_default();
            let key = if ways.is_empty() { format!("block {id}") } else { format!("ways {ways}") };
            groups.entry(key).or_default().push(at);
        }
        Ok(groups.into_values().collect())
    }

    /// The problem of some wishes for an aim.
    fn of(&self, wishes: &[&Wish], aim: Aim) -> Problem {
        let mut problem = self.problem.clone();
        problem.prices = self.blocks.iter().map(|block| aim.price(block)).collect();
        for any in wishes.iter().flat_map(|wish| &wish.any_of) {
            problem.wishes.push(problem.providers.len());
            problem.providers.push(any.clone());
        }
        problem
    }
}

/// Designs for each aim, all within the budget; the first is for the first year. What the budget leaves out is the same in all: wishes are taken in their order
/// (services first, then gaps by rank) as long as the cheapest set stays within it.
pub fn design(shelf: &Shelf, catalogue: &Catalogue, score: &Score, ask: &Ask) -> Vec<Design> {
    let table = Table::new(&shelf.blocks, ask.months);
    let mut unmet = Vec::new();
    let mut wishes = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for service in ask.wishes().filter(|service| seen.insert(service)) {
        match service_blocks(shelf, &table, service) {
            Some(any_of) => wishes.push(Wish { name: service.into(), any_of }),
            None => unmet.push(Unmet { wish: service.into(), why: "unknown", about: service.into() }),
        }
    }
    for item in wanted_items(catalogue, score) {
        let ids = catalogue.item(&item).map(|item| item.blocks.as_slice()).unwrap_or_default();
        match table.any_of(ids) {
            Ok(any_of) if !any_of.is_empty() => wishes.push(Wish { name: item, any_of }),
            Ok(_) => unmet.push(Unmet { wish: item, why: "no-block", about: String::new() }),
            Err(about) => unmet.push(Unmet { wish: item, why: "no-block", about }),
        }
    }
    let earliest = table.problem.earliest();
    wishes.retain(|wish| match impossible(&table, wish, &earliest) {
        Some((why, about)) => {
            unmet.push(Unmet { wish: wish.name.clone(), why, about });
            false
        }
        None => true,
    });
    let kept = within_budget(&table, &wishes, ask.budget, &mut unmet);
    let solved = Aim::ALL.map(|aim| {
        let mut problem = table.of(&kept, aim);
        let first_year = |block: &&Block| block.cost.first_year[1];
        problem.limit = ask.budget.map(|most| (table.blocks.iter().map(first_year).collect(), most));
        solve(&problem).map(|found| told(&table, &kept, aim, found, &unmet, shelf))
    });
    solved.into_iter().flatten().map(|found| found.paid_by(&ask.payers)).collect()
}

/// The items that have a gap, by rank. Where no target is known, the items at the lowest level: without a profile of any item, with
/// one of those it names.
fn wanted_items(catalogue: &Catalogue, score: &Score) -> Vec<String> {
    let mut wanted: Vec<String> = score.gaps.iter().map(|gap| gap.item.clone()).collect();
    let (low, _) = catalogue.ends();
    let profile = score.profile.as_deref().and_then(|profile| catalogue.profile(profile));
    let is_asked = |item: &str| profile.is_none_or(|profile| profile.minima.contains_key(item));
    let without =
        score.items.iter().filter(|item| item.gap.is_none() && item.claimed == Some(low) && is_asked(&item.item));
    wanted.extend(without.map(|item| item.item.clone()));
    wanted
}

fn service_blocks(shelf: &Shelf, table: &Table<'_>, service: &str) -> Option<Vec<Vec<usize>>> {
    let item = shelf.get(SERVICES).and_then(|services| services.item(service));
    if let Some(any_of) = item.and_then(|item| table.any_of(&item.blocks).ok()).filter(|any_of| !any_of.is_empty()) {
        return Some(any_of);
    }
    if let Ok(at) = table.capabilities.binary_search(&service) {
        let providers = table.problem.providers.get(at).filter(|providers| !providers.is_empty());
        if let Some(providers) = providers {
            return Some(vec![providers.clone()]);
        }
    }
    let of = table.blocks.iter().filter(|block| block.applies.iter().any(|applied| applied == service));
    let ids: Vec<String> = of.map(|block| block.ref_id.clone()).collect();
    table.any_of(&ids).ok().filter(|any_of| !any_of.is_empty())
}

/// Why no set of blocks can meet a wish, whatever it costs.
fn impossible(table: &Table<'_>, wish: &Wish, earliest: &[i64]) -> Option<(&'static str, String)> {
    for any in &wish.any_of {
        let first = any.iter().filter_map(|block| earliest.get(*block)).min().copied().unwrap_or(NEVER);
        if first >= NEVER {
            return Some((
                "nobody-provides",
                any.first().map_or_else(String::new, |block| missing(table, *block, earliest)),
            ));
        }
        if table.problem.by_week.is_some_and(|last| first > last) {
            return Some(("too-late", first.to_string()));
        }
    }
    None
}

/// The capability nobody gives that keeps a block from being built.
fn missing(table: &Table<'_>, block: usize, earliest: &[i64]) -> String {
    let mut block = block;
    for _ in 0..table.blocks.len() {
        let needs = table.problem.needs.get(block).map(Vec::as_slice).unwrap_or_default();
        let Some(need) = needs.iter().find(|need| table.problem.earliest_of(**need, earliest) >= NEVER) else { break };
        match table.problem.providers.get(*need).and_then(|providers| providers.first()) {
            Some(provider) => block = *provider,
            None => return table.capabilities.get(*need).copied().unwrap_or_default().to_string(),
        }
    }
    table.blocks.get(block).map(|block| block.ref_id.clone()).unwrap_or_default()
}

/// The wishes that fit into the budget, in their order.
fn within_budget<'w>(
    table: &Table<'_>,
    wishes: &'w [Wish],
    budget: Option<i64>,
    unmet: &mut Vec<Unmet>,
) -> Vec<&'w Wish> {
    let cost = |some: &[&Wish]| solve(&table.of(some, Aim::FirstYear)).map_or(i64::MAX, |found| amounts(found.price).0);
    let all: Vec<&Wish> = wishes.iter().collect();
    let Some(budget) = budget else { return all };
    if cost(&all) <= budget {
        return all;
    }
    let mut kept: Vec<&Wish> = Vec::new();
    for wish in wishes {
        kept.push(wish);
        let needed = cost(&kept);
        if needed > budget {
            kept.pop();
            unmet.push(Unmet { wish: wish.name.clone(), why: "over-budget", about: needed.to_string() });
        }
    }
    kept
}

fn told(table: &Table<'_>, wishes: &[&Wish], aim: Aim, found: Found, unmet: &[Unmet], shelf: &Shelf) -> Design {
    let chosen: BTreeSet<usize> = found.blocks.iter().copied().collect();
    let needed_by = |block: usize| -> Vec<usize> {
        let gives =
            |need: &usize| table.problem.providers.get(*need).is_some_and(|providers| providers.contains(&block));
        let needs = |other: &usize| table.problem.needs.get(*other).is_some_and(|needs| needs.iter().any(gives));
        chosen.iter().copied().filter(needs).collect()
    };
    // Only what is chosen counts for when something is there.
    let weeks = table.problem.earliest_among(|block| chosen.contains(&block));
    let mut blocks: Vec<Chosen> = Vec::new();
    for &at in &chosen {
        let Some(block) = table.blocks.get(at) else { continue };
        let mut because = BTreeSet::new();
        let mut asked = vec![at];
        let mut looked: BTreeSet<usize> = BTreeSet::new();
        while let Some(next) = asked.pop() {
            if looked.insert(next) {
                let of = wishes.iter().filter(|wish| wish.any_of.iter().any(|any| any.contains(&next)));
                because.extend(of.map(|wish| wish.name.clone()));
                asked.extend(needed_by(next));
            }
        }
        blocks.push(Chosen {
            block: block.ref_id.clone(),
            // In the order of the wishes.
            because: wishes.iter().map(|wish| wish.name.clone()).filter(|name| because.contains(name)).collect(),
            needed_by: needed_by(at).into_iter().filter_map(|at| Some(table.blocks.get(at)?.ref_id.clone())).collect(),
            week: weeks.get(at).copied().filter(|week| *week < NEVER).unwrap_or(0),
            first_year: block.cost.first_year,
            yearly: block.cost.yearly,
            effort_days: block.effort_days,
            lead_weeks: block.lead_weeks,
            roles: block.roles.clone(),
            payer: block.payer.clone(),
            payer_is_said: false,
            needs: block.needs.clone(),
            provides: block.provides.clone(),
        });
    }
    blocks.sort_by(|a, b| (a.week, &a.block).cmp(&(b.week, &b.block)));
    let sum = |of: fn(&Chosen) -> [i64; 2]| {
        blocks.iter().map(of).fold([0, 0], |[low, high], [from, to]| [low + from, high + to])
    };
    let full = |chosen: &Chosen| table.places.get(chosen.block.as_str()).and_then(|at| table.blocks.get(*at)).copied();
    let mut roles: BTreeSet<&str> = BTreeSet::new();
    for block in blocks.iter().filter_map(full) {
        roles.extend(block.roles.iter().map(String::as_str));
    }
    Design {
        aim,
        proven: found.proven,
        first_year: sum(|one| one.first_year),
        yearly: sum(|one| one.yearly),
        effort_days: sum(|one| one.effort_days),
        currency: blocks
            .iter()
            .filter_map(full)
            .map(|block| block.cost.currency.clone())
            .find(|c| !c.is_empty())
            .unwrap_or_default(),
        weeks: blocks.iter().map(|one| one.week).max().unwrap_or(0),
        payers: BTreeMap::new(),
        staff: roles.into_iter().map(|role| Posts { role: role.into(), posts: shelf.blocks.posts(role) }).collect(),
        met: wishes.iter().map(|wish| wish.name.clone()).collect(),
        unmet: unmet.to_vec(),
        blocks,
    }
}
