//! What is in force now: who fills the posts of the team, and which addresses, clocks, playbooks and letters are.

use std::collections::BTreeSet;

use manara_store::{Db, StoreError};
use manara_web::Role;
use serde_json::{Value, json};

use super::posts::{both, covers};
use super::{Holdings, Matter, sql};
use crate::blocks::Blocks;

/// Somebody in a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Their login name.
    pub name: String,
    /// The role of their account; nothing when they may no longer sign in.
    pub role: Option<Role>,
    /// Whether that has the rights that the post takes.
    pub has_rights: bool,
    /// The role that would have them and take none away.
    pub gives: Role,
}

/// A post as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostStand {
    /// The role of the team.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The role of accounts whose rights it takes.
    pub takes: Role,
    /// Who fills it.
    pub people: Vec<Holder>,
    /// The blocks that brought it.
    pub blocks: Vec<String>,
}

/// An address, a clock, a playbook or a letter that is in force, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterStand {
    /// What it is.
    pub matter: Matter,
    /// Its id; of an address all of it, or what stands before the @ while the house has no domain of mail.
    pub id: String,
    /// What it is called; empty of an address.
    pub title: String,
    /// Whether it is in force: what is not there cannot be.
    pub is_real: bool,
    /// Whether its own content or the configuration says so by itself.
    pub by_itself: bool,
    /// The blocks that put it in force.
    pub blocks: Vec<String>,
}

/// What is in force now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NowInForce {
    /// The posts, by id.
    pub posts: Vec<PostStand>,
    /// The rest, matter by matter.
    pub matters: Vec<MatterStand>,
}

impl NowInForce {
    /// What is there of one matter.
    pub fn of(&self, matter: Matter) -> impl Iterator<Item = &MatterStand> {
        self.matters.iter().filter(move |one| one.matter == matter)
    }

    /// The ids of one matter that are really in force.
    pub fn ids(&self, matter: Matter) -> BTreeSet<&str> {
        self.of(matter).filter(|one| one.is_real).map(|one| one.id.as_str()).collect()
    }
}

/// What is in force now, in the words of a language.
pub async fn now_in_force(db: &Db, blocks: &Blocks, holdings: &Holdings, lang: &str) -> Result<NowInForce, StoreError> {
    let (put, posts, team) = (sql::in_force(db).await?, sql::posts(db).await?, manara_web::team(db).await?);
    let holder = |post: &str, name: &str| {
        let role = team.iter().find(|(known, _)| known == name).map(|(_, role)| *role);
        let takes = blocks.account(post);
        Holder {
            name: name.to_string(),
            role,
            has_rights: role.is_some_and(|role| covers(role, takes)),
            gives: both(role.unwrap_or(Role::Viewer), takes),
        }
    };
    let post = |(id, by): (&str, &BTreeSet<String>)| PostStand {
        id: id.to_string(),
        name: blocks.role(id, lang).to_string(),
        takes: blocks.account(id),
        people: posts.iter().filter(|one| one.post == id).map(|one| holder(id, &one.person)).collect(),
        blocks: by.iter().cloned().collect(),
    };
    let mut matters = Vec::new();
    let by = |matter: Matter, name: &str| -> Vec<String> {
        put.of(matter).filter(|(known, _)| *known == name).flat_map(|(_, by)| by.iter().cloned()).collect()
    };
    let address = |id: String, is_real: bool, by_itself: bool, blocks: Vec<String>| MatterStand {
        matter: Matter::Address,
        id,
        title: String::new(),
        is_real,
        by_itself,
        blocks,
    };
    for configured in &holdings.addresses {
        let is_same = |name: &&str| holdings.address(name).as_ref() == Some(configured);
        let by = put.names(Matter::Address).find(is_same).map(|name| by(Matter::Address, name));
        matters.push(address(configured.clone(), true, true, by.unwrap_or_default()));
    }
    for (name, by) in put.of(Matter::Address) {
        let whole = holdings.address(name);
        if whole.as_ref().is_some_and(|whole| holdings.addresses.contains(whole)) {
            continue;
        }
        let is_real = whole.is_some();
        matters.push(address(whole.unwrap_or(name.to_string()), is_real, false, by.iter().cloned().collect()));
    }
    for matter in [Matter::Clock, Matter::Playbook, Matter::Letter] {
        let enabled = holdings.of(matter).filter(|(_, one)| one.is_enabled).map(|(id, _)| id);
        let ids: BTreeSet<&str> = put.names(matter).chain(enabled).collect();
        for id in ids {
            let holding = holdings.get(matter, id);
            matters.push(MatterStand {
                matter,
                id: id.to_string(),
                title: holding.map(|one| one.title.of(lang).to_string()).unwrap_or_default(),
                is_real: holding.is_some(),
                by_itself: holding.is_some_and(|one| one.is_enabled),
                blocks: by(matter, id),
            });
        }
    }
    Ok(NowInForce { posts: put.of(Matter::Post).map(post).collect(), matters })
}

/// What is in force, as programs read it.
pub fn in_force_json(now: &NowInForce) -> Value {
    let holder =
        |one: &Holder| json!({ "name": one.name, "account": one.role.map(Role::as_str), "has_rights": one.has_rights });
    let post = |one: &PostStand| {
        json!({ "id": one.id, "name": one.name, "takes": one.takes.as_str(),
            "people": one.people.iter().map(holder).collect::<Vec<_>>(), "blocks": one.blocks })
    };
    let matter = |one: &MatterStand| {
        json!({ "matter": one.matter.as_str(), "id": one.id, "title": one.title, "in_force": one.is_real,
            "by_itself": one.by_itself, "blocks": one.blocks })
    };
    json!({ "posts": now.posts.iter().map(post).collect::<Vec<_>>(),
        "matters": now.matters.iter().map(matter).collect::<Vec<_>>() })
}
