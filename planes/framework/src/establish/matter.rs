//! What a block puts in force besides its services: posts of the team, mail addresses, clocks, playbooks, letters.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

/// What can be put in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// A post of the team: a role that somebody fills.
    Post,
    /// An address of the team's mail, known by what stands before the @.
    Address,
    /// A rule of times to keep.
    Clock,
    /// Tasks for one kind of incident.
    Playbook,
    /// A letter about incidents.
    Letter,
}

impl Matter {
    /// All, in the order they are shown.
    pub const ALL: [Matter; 5] = [Self::Post, Self::Address, Self::Clock, Self::Playbook, Self::Letter];

    /// The word in SQL, JSON and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Address => "address",
            Self::Clock => "clock",
            Self::Playbook => "playbook",
            Self::Letter => "letter",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// What a block puts in force, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Establishes {
    /// Roles of the team.
    #[serde(default)]
    pub posts: Vec<String>,
    /// What stands before the @ of addresses.
    #[serde(default)]
    pub addresses: Vec<String>,
    /// Ids of files in `content/clocks`.
    #[serde(default)]
    pub clocks: Vec<String>,
    /// Ids of files in `content/playbooks`.
    #[serde(default)]
    pub playbooks: Vec<String>,
    /// Ids of letters about incidents.
    #[serde(default)]
    pub letters: Vec<String>,
}

impl Establishes {
    /// The names of one matter.
    pub fn names(&self, matter: Matter) -> &[String] {
        match matter {
            Matter::Post => &self.posts,
            Matter::Address => &self.addresses,
            Matter::Clock => &self.clocks,
            Matter::Playbook => &self.playbooks,
            Matter::Letter => &self.letters,
        }
    }

    /// Everything, each once.
    pub fn all(&self) -> BTreeSet<(Matter, &str)> {
        let of = |matter| self.names(matter).iter().map(move |name| (matter, name.as_str()));
        Matter::ALL.into_iter().flat_map(of).collect()
    }
}

/// What applied blocks put in force, and which blocks did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InForce(BTreeMap<Matter, BTreeMap<String, BTreeSet<String>>>);

impl InForce {
    pub(super) fn add(&mut self, matter: Matter, name: String, block: String) {
        self.0.entry(matter).or_default().entry(name).or_default().insert(block);
    }

    /// Whether applied blocks put it in force.
    pub fn has(&self, matter: Matter, name: &str) -> bool {
        self.0.get(&matter).is_some_and(|names| names.contains_key(name))
    }

    /// Whether applied blocks put anything of this matter in force.
    pub fn has_any(&self, matter: Matter) -> bool {
        self.0.get(&matter).is_some_and(|names| !names.is_empty())
    }

    /// The names of a matter, with the blocks that put each in force.
    pub fn of(&self, matter: Matter) -> impl Iterator<Item = (&str, &BTreeSet<String>)> {
        self.0.get(&matter).into_iter().flatten().map(|(name, blocks)| (name.as_str(), blocks))
    }

    /// The names of a matter.
    pub fn names(&self, matter: Matter) -> impl Iterator<Item = &str> {
        self.of(matter).map(|(name, _)| name)
    }
}
