//! Posts of the team: an applied block brings them, people with accounts fill them, and an account may be given the rights its
//! post takes.

use manara_model::Micros;
use manara_store::{Db, Journal, StoreError, Tx};
use manara_web::{Right, Role};
use serde_json::json;

use super::matter::Matter;
use super::{EstablishError, Refused, sql};
use crate::PLANE;
use crate::blocks::Blocks;

/// Somebody in a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The role of the team.
    pub post: String,
    /// The login name.
    pub person: String,
    /// Who said so.
    pub who: String,
    /// When.
    pub at: Micros,
}

/// Whether a role of accounts has every right of another.
pub fn covers(has: Role, takes: Role) -> bool {
    Right::ALL.into_iter().all(|right| has.may(right) || !takes.may(right))
}

/// The role with the fewest rights that has those of both.
pub fn both(one: Role, other: Role) -> Role {
    let fits = |role: &Role| covers(*role, one) && covers(*role, other);
    Role::ALL.into_iter().rev().find(fits).unwrap_or(Role::Admin)
}

/// The post must be in force, and the person one who may sign in; gives the role of their account.
async fn held(tx: &mut Tx, post: &str, person: &str) -> Result<Role, EstablishError> {
    if !sql::in_force_in(tx).await?.has(Matter::Post, post) {
        return Err(Refused::NoPost.into());
    }
    let team = manara_web::team_in(tx).await?;
    let role = team.into_iter().find(|(name, _)| name == person).map(|(_, role)| role);
    Ok(role.ok_or(Refused::NoPerson)?)
}

/// Puts somebody who may sign in into a post. False when they fill it already.
pub async fn fill_post(db: &Db, post: &str, person: &str, who: &str, now: Micros) -> Result<bool, EstablishError> {
    let mut tx = db.begin().await?;
    held(&mut tx, post, person).await?;
    let one = Post { post: post.into(), person: person.into(), who: who.into(), at: now };
    let did = sql::add_post(&mut tx, &one).await?;
    if did {
        let detail = json!({ "post": post, "person": person }).to_string();
        Journal::write(&mut tx, who, PLANE, "post_filled", post, &detail, now).await?;
        tx.commit().await?;
    }
    Ok(did)
}

/// Takes somebody out of a post. False when they did not fill it.
pub async fn leave_post(db: &Db, post: &str, person: &str, who: &str, now: Micros) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    let did = left(&mut tx, post, person, who, now).await?;
    tx.commit().await?;
    Ok(did)
}

async fn left(tx: &mut Tx, post: &str, person: &str, who: &str, now: Micros) -> Result<bool, StoreError> {
    let did = sql::remove_post(tx, post, person).await?;
    if did {
        let detail = json!({ "post": post, "person": person }).to_string();
        Journal::write(tx, who, PLANE, "post_left", post, &detail, now).await?;
    }
    Ok(did)
}

/// Empties a post that is no longer in force.
pub(super) async fn empty(tx: &mut Tx, post: &str, who: &str, now: Micros) -> Result<(), StoreError> {
    for one in sql::posts_in(tx).await?.into_iter().filter(|one| one.post == post) {
        left(tx, post, &one.person, who, now).await?;
    }
    Ok(())
}

/// Gives the account of somebody in a post the rights that the post takes, and takes none away; says which role it has now.
pub async fn give_rights(
    db: &Db,
    blocks: &Blocks,
    (post, person): (&str, &str),
    who: &str,
    now: Micros,
) -> Result<Role, EstablishError> {
    let mut tx = db.begin().await?;
    let has = held(&mut tx, post, person).await?;
    if !sql::posts_in(&mut tx).await?.iter().any(|one| one.post == post && one.person == person) {
        return Err(Refused::NotInPost.into());
    }
    let role = both(has, blocks.account(post));
    if role != has {
        manara_web::set_role(&mut tx, who, person, role, now).await?;
        tx.commit().await?;
    }
    Ok(role)
}

#[cfg(test)]
mod tests {
    use manara_web::Role;

    use super::{both, covers};

    #[test]
    fn rights_are_given_and_none_is_taken() {
        for (has, takes, want) in [
            (Role::Viewer, Role::Handler, Role::Handler),
            (Role::Handler, Role::Viewer, Role::Handler),
            (Role::Handler, Role::Analyst, Role::Duty),
            (Role::Analyst, Role::Handler, Role::Duty),
            (Role::Duty, Role::Handler, Role::Duty),
            (Role::Duty, Role::Admin, Role::Admin),
            (Role::Admin, Role::Analyst, Role::Admin),
        ] {
            assert_eq!(both(has, takes), want, "{has:?} {takes:?}");
            assert!(covers(want, has) && covers(want, takes));
        }
        assert!(!covers(Role::Handler, Role::Analyst) && !covers(Role::Analyst, Role::Handler));
    }
}
