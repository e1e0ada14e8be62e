//! Building blocks: what closes gaps, what each gives and needs, and what it costs.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use manara_web::{Lang, Role};
use serde::{Deserialize, Serialize};

use crate::check::{Trouble, Troubles, read};
use crate::establish::{Establishes, Matter};
use crate::shelf::read_file;
use crate::text::Text;

/// Blocks a house may have.
const BLOCKS: usize = 2_000;
/// The file of the roles.
const ROLES: &str = "roles.yaml";
static BUILT_IN_ROLES: &str = include_str!("../../../content/blocks/roles.yaml");

/// What a block is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Machines, rooms.
    Hardware,
    /// Programs.
    Software,
    /// Laws, policies, procedures, forms.
    Documentation,
    /// Courses, exercises.
    Training,
    /// Memberships, agreements, people outside.
    Community,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] = [Self::Hardware, Self::Software, Self::Documentation, Self::Training, Self::Community];

    /// The word in files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hardware => "hardware",
            Self::Software => "software",
            Self::Documentation => "documentation",
            Self::Training => "training",
            Self::Community => "community",
        }
    }
}

/// What a block costs, from and to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Cost {
    /// In the first year.
    #[serde(default)]
    pub first_year: [i64; 2],
    /// In each further year.
    #[serde(default)]
    pub yearly: [i64; 2],
    /// In which money.
    #[serde(default)]
    pub currency: String,
}

/// One building block.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Block {
    /// Its id.
    pub ref_id: String,
    /// What it is made of.
    pub kind: Kind,
    /// Its name.
    pub name: Text,
    /// What it is.
    #[serde(default)]
    pub description: Option<Text>,
    /// The capabilities it gives.
    #[serde(default)]
    pub provides: Vec<String>,
    /// The capabilities it needs.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Blocks of one group are ways to the same end.
    #[serde(default)]
    pub ways: String,
    /// What it costs.
    #[serde(default)]
    pub cost: Cost,
    /// Days of work, from and to.
    #[serde(default)]
    pub effort_days: [i64; 2],
    /// Weeks until it is there, from and to.
    #[serde(default)]
    pub lead_weeks: [i64; 2],
    /// Whom it takes.
    #[serde(default)]
    pub roles: Vec<String>,
    /// The languages it speaks, by their tags; empty where that does not matter, or nobody said.
    #[serde(default)]
    pub languages: Vec<String>,
    /// `basic` or `enhanced`.
    #[serde(default)]
    pub stage: String,
    /// Who pays: `member-state`, `donor` or `itu`.
    #[serde(default)]
    pub payer: String,
    /// Services of Manara it switches on.
    #[serde(default)]
    pub applies: Vec<String>,
    /// What it puts in force besides.
    #[serde(default)]
    pub establishes: Establishes,
    /// What proves that it is done.
    #[serde(default)]
    pub deliverable: Option<Text>,
    /// Whether it was compared with its source.
    #[serde(default)]
    pub verified: bool,
}

#[derive(Debug, Clone, Deserialize)]
struct BlockFile {
    format: i64,
    blocks: Vec<Block>,
}

/// A capability by its id.
#[derive(Debug, Clone, Deserialize)]
struct Named {
    ref_id: String,
    name: Text,
    #[serde(default)]
    posts_per_seat: Option<f64>,
    /// The role of accounts whose rights the work takes.
    #[serde(default)]
    account: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct CapabilityFile {
    format: i64,
    capabilities: Vec<Named>,
}

#[derive(Debug, Clone, Deserialize)]
struct RoleFile {
    format: i64,
    roles: Vec<Named>,
}

/// A role of a team.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleOf {
    /// Its name.
    pub name: Text,
    /// Posts it takes to have one seat filled.
    pub posts_per_seat: f64,
    /// The role of accounts whose rights the work takes.
    pub account: Role,
}

/// All blocks, capabilities and roles.
#[derive(Debug, Clone, Default)]
pub struct Blocks {
    blocks: BTreeMap<String, Block>,
    capabilities: BTreeMap<String, Text>,
    roles: BTreeMap<String, RoleOf>,
}

impl Blocks {
    /// The roles of the team alone, with those of the operator's folder in place of the built-in ones: for whoever needs their names
    /// and no block.
    pub fn of_roles(folder: Option<&Path>) -> Blocks {
        let mut blocks = Blocks::default();
        // What is wrong with the files says the shelf.
        _ = blocks.add(ROLES, BUILT_IN_ROLES);
        let own = folder.map(|folder| folder.join("blocks").join(ROLES)).filter(|path| path.is_file());
        if let Some(text) = own.and_then(|path| read_file(&path).ok()).and_then(|bytes| String::from_utf8(bytes).ok()) {
            _ = blocks.add(ROLES, &text);
        }
        blocks
    }

    /// All blocks in the order of their ids.
    pub fn all(&self) -> impl Iterator<Item = &Block> {
        self.blocks.values()
    }

    /// The block of an id.
    pub fn get(&self, id: &str) -> Option<&Block> {
        self.blocks.get(id)
    }

    /// The name of a capability; its id when it has none.
    pub fn capability<'b>(&'b self, id: &'b str, lang: &str) -> &'b str {
        self.capabilities.get(id).map_or(id, |name| name.of(lang))
    }

    /// The name of a role; its id when it has none.
    pub fn role<'b>(&'b self, id: &'b str, lang: &str) -> &'b str {
        self.roles.get(id).map_or(id, |role| role.name.of(lang))
    }

    /// The roles that have a name, by their ids.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.roles.keys().map(String::as_str)
    }

    /// The role of accounts whose rights the work of a role takes.
    pub fn account(&self, id: &str) -> Role {
        self.roles.get(id).map_or(Role::Viewer, |role| role.account)
    }

    /// The posts a seat of a role takes.
    pub fn posts(&self, id: &str) -> f64 {
        self.roles.get(id).map_or(1.0, |role| role.posts_per_seat)
    }

    /// Adds the content of a file; what is there under the same id is replaced.
    pub(crate) fn add(&mut self, file: &str, text: &str) -> Result<(), Vec<Trouble>> {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        match name {
            "capabilities.yaml" => {
                let (told, _): (CapabilityFile, _) = read(file, text)?;
                let named = checked(file, text, told.format, told.capabilities)?;
                self.capabilities.extend(named.into_iter().map(|one| (one.ref_id, one.name)));
            }
            ROLES => {
                let (told, _): (RoleFile, _) = read(file, text)?;
                let named = checked(file, text, told.format, told.roles)?;
                self.roles.extend(named.into_iter().map(|one| {
                    let posts_per_seat = one.posts_per_seat.unwrap_or(1.0).clamp(0.0, 100.0);
                    let account = one.account.as_deref().and_then(Role::parse).unwrap_or(Role::Viewer);
                    (one.ref_id, RoleOf { name: one.name, posts_per_seat, account })
                }));
            }
            _ => {
                let (told, _): (BlockFile, _) = read(file, text)?;
                let mut troubles = Troubles::of(file, text);
                troubles.within("format", told.format, (1, 1), "");
                troubles.count("blocks", told.blocks.len() + self.blocks.len(), BLOCKS);
                told.blocks.iter().enumerate().for_each(|(at, block)| check(at, block, &mut troubles));
                // Sums of two currencies would be no sums.
                let stays = |known: &&Block| !told.blocks.iter().any(|block| block.ref_id == known.ref_id);
                let mut costs =
                    self.blocks.values().filter(stays).chain(&told.blocks).map(|block| &block.cost.currency);
                let currency = costs.find(|currency| !currency.is_empty()).cloned().unwrap_or_default();
                for (at, block) in told.blocks.iter().enumerate() {
                    let own = &block.cost.currency;
                    if !own.is_empty() && *own != currency {
                        let what = format!(
                            "the cost is in {own:.10}, that of the blocks that stay in {currency}; expected {currency}"
                        );
                        troubles.add(format!("blocks[{at}].cost.currency"), what, &block.ref_id, 0);
                    }
                }
                if !troubles.is_empty() {
                    return Err(troubles.end());
                }
                self.blocks.extend(told.blocks.into_iter().map(|block| (block.ref_id.clone(), block)));
            }
        }
        Ok(())
    }

    /// Takes out the blocks that need each other in a circle, and names each circle.
    pub(crate) fn break_circles(&mut self) -> Vec<Trouble> {
        let mut troubles = Vec::new();
        while let Some(circle) = self.circle() {
            let names = circle.iter().chain(circle.first()).cloned().collect::<Vec<_>>().join(" → ");
            let what = format!("these blocks need each other in a circle and are left out: {names}");
            troubles.push(Trouble { file: "content/blocks".into(), line: 0, path: String::new(), what });
            circle.iter().for_each(|id| _ = self.blocks.remove(id));
        }
        troubles
    }

    /// Blocks of which each needs what the next provides, and the last what the first does.
    fn circle(&self) -> Option<Vec<String>> {
        let mut providers: HashMap<&str, Vec<&str>> = HashMap::new();
        for block in self.blocks.values() {
            for capability in &block.provides {
                providers.entry(capability).or_default().push(&block.ref_id);
            }
        }
        let mut done: BTreeSet<&str> = BTreeSet::new();
        for start in self.blocks.keys() {
            // Depth first without recursion: the way so far, and what is still to be looked at from each place.
            let mut way: Vec<(&str, Vec<&str>)> = Vec::new();
            let mut next = Some(start.as_str());
            loop {
                if let Some(id) = next.take() {
                    if done.contains(id) {
                        // Nothing circular lies behind it.
                    } else if let Some(at) = way.iter().position(|(known, _)| *known == id) {
                        return Some(way.iter().skip(at).map(|(id, _)| (*id).to_string()).collect());
                    } else {
                        let needs = self.blocks.get(id).map(|block| block.needs.as_slice()).unwrap_or_default();
                        let of = needs.iter().filter_map(|need| providers.get(need.as_str())).flatten().copied();
                        way.push((id, of.collect()));
                    }
                }
                match way.last_mut() {
                    None => break,
                    Some((id, rest)) => match rest.pop() {
                        Some(id) => next = Some(id),
                        None => {
                            done.insert(id);
                            way.pop();
                        }
                    },
                }
            }
        }
        None
    }
}

impl Block {
    /// The names of the languages it speaks, each in itself; the tag of one that has no name here.
    pub fn language_names(&self) -> Vec<String> {
        self.languages.iter().map(|tag| Lang::parse(tag).map_or(tag.clone(), |lang| lang.name().to_string())).collect()
    }
}

fn checked(file: &str, text: &str, format: i64, named: Vec<Named>) -> Result<Vec<Named>, Vec<Trouble>> {
    let mut troubles = Troubles::of(file, text);
    troubles.within("format", format, (1, 1), "");
    troubles.count("list", named.len(), BLOCKS);
    for (at, one) in named.iter().enumerate() {
        troubles.id(&format!("[{at}].ref_id"), &one.ref_id);
        troubles.text(&format!("[{at}].name"), &one.name, &one.ref_id);
        if let Some(account) = one.account.as_deref().filter(|account| Role::parse(account).is_none()) {
            let all = Role::ALL.map(Role::as_str).join(", ");
            let what = format!("{account:.40} is no role of accounts; expected one of {all}");
            troubles.add(format!("[{at}].account"), what, &one.ref_id, 0);
        }
    }
    if troubles.is_empty() { Ok(named) } else { Err(troubles.end()) }
}

fn check(at: usize, block: &Block, troubles: &mut Troubles<'_>) {
    let id = block.ref_id.as_str();
    let path = |part: &str| format!("blocks[{at}].{part}");
    troubles.id(&path("ref_id"), id);
    troubles.text(&path("name"), &block.name, id);
    let lists = [
        ("provides", &block.provides),
        ("needs", &block.needs),
        ("roles", &block.roles),
        ("languages", &block.languages),
    ];
    for (part, ids) in lists {
        troubles.count(&path(part), ids.len(), 50);
        ids.iter().for_each(|id| troubles.id(&path(part), id));
    }
    for matter in Matter::ALL {
        let (part, names) = (path(&format!("establishes.{}", matter.as_str())), block.establishes.names(matter));
        troubles.count(&part, names.len(), 50);
        names.iter().for_each(|name| troubles.id(&part, name));
    }
    if !block.ways.is_empty() {
        troubles.id(&path("ways"), &block.ways);
    }
    for (part, [low, high], most) in [
        ("cost.first_year", block.cost.first_year, 1_000_000_000),
        ("cost.yearly", block.cost.yearly, 1_000_000_000),
        ("effort_days", block.effort_days, 100_000),
        ("lead_weeks", block.lead_weeks, 1_000),
    ] {
        troubles.within(&path(part), low, (0, most), id);
        troubles.within(&path(part), high, (low.max(0), most), id);
    }
}
