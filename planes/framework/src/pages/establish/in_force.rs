//! What is in force: the posts of the team and who fills them, addresses, clocks, playbooks, letters.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use manara_web::api::{ApiAnswer, Given as Body, Op, Problem, record, schema};
use manara_web::{Answer, Page, PageError, Right, Role, Site, Tone, Visit, Word};
use serde::Deserialize;
use serde_json::Value;

use super::operations::not_done as problem;
use super::{Ground, OpenFounding, not_done};
use crate::establish::{
    EstablishError, Matter, MatterStand, NowInForce, fill_post, give_rights, in_force_json, leave_post, now_in_force,
};
use crate::pages::fields::Fields;

const HERE: &str = "/framework/in-force";

#[derive(Template)]
#[template(path = "framework/in_force.html")]
struct InForcePage {
    page: Page,
    ground: Ground,
    now: NowInForce,
    /// Who may sign in, by login name.
    team: Vec<String>,
    may_change: bool,
    may_give: bool,
}

impl InForcePage {
    fn matters(&self) -> [Matter; 4] {
        [Matter::Address, Matter::Clock, Matter::Playbook, Matter::Letter]
    }

    fn of(&self, matter: &Matter) -> Vec<&MatterStand> {
        self.now.of(*matter).collect()
    }

    fn role(&self, role: &Role) -> String {
        self.page.t(format!("web-role-{}", role.as_str()))
    }

    fn block(&self, id: &str) -> String {
        self.ground.shelf.blocks.get(id).map_or(id, |block| block.name.of(self.page.lang.tag())).to_string()
    }
}

async fn now(visit: &Visit, ground: &Ground) -> Result<NowInForce, manara_store::StoreError> {
    let holdings = ground.house.holdings().await?;
    now_in_force(&visit.db, &ground.shelf.blocks, &holdings, visit.lang.tag()).await
}

/// `GET /framework/in-force`
pub(super) async fn page(visit: Visit, Given(ground): Given<Ground>) -> Answer {
    let now = now(&visit, &ground).await?;
    let team = manara_web::team(&visit.db).await?.into_iter().map(|(name, _)| name).collect();
    let page = visit.page("establish-in-force").under("/framework/establish", "establish-title");
    let (may_change, may_give) = (visit.may(Right::ChangeRules), visit.may(Right::ManageUsers));
    visit.html(&InForcePage { page, now, team, may_change, may_give, ground })
}

/// `POST /framework/posts/{post}/fill`
pub(super) async fn fill(visit: Visit, Path(post): Path<String>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let did = fill_post(&visit.db, &post, fields.text("person").trim(), &visit.viewer.name, visit.now).await;
    match did {
        Ok(_) => Ok(visit.go_saying(HERE, Tone::Good, "establish-did-fill", &[])),
        Err(error) => not_done(&visit, HERE, error),
    }
}

/// Whom a button is about.
fn person(visit: &Visit) -> Result<String, PageError> {
    visit.query("person").filter(|name| !name.is_empty()).ok_or_else(PageError::not_found)
}

/// `POST /framework/posts/{post}/leave?person=…`
pub(super) async fn leave(visit: Visit, Path(post): Path<String>) -> Answer {
    leave_post(&visit.db, &post, &person(&visit)?, &visit.viewer.name, visit.now).await?;
    Ok(visit.go_saying(HERE, Tone::Good, "establish-did-leave", &[]))
}

/// `POST /framework/posts/{post}/rights?person=…`
pub(super) async fn rights(visit: Visit, Given(ground): Given<Ground>, Path(post): Path<String>) -> Answer {
    let person = person(&visit)?;
    match give_rights(&visit.db, &ground.shelf.blocks, (&post, &person), &visit.viewer.name, visit.now).await {
        Ok(role) => {
            let role = Word::from(visit.t(&format!("web-role-{}", role.as_str())));
            Ok(visit.go_saying(HERE, Tone::Good, "establish-did-rights", &[("person", person.into()), ("role", role)]))
        }
        Err(error) => not_done(&visit, HERE, error),
    }
}

/// The operations.
pub(super) fn site() -> Site<OpenFounding> {
    let change = Right::ChangeRules;
    let post = |path, id, right, says| Op::post(path, id, right, says, "InForce").takes("PostGiven");
    Site::new()
        .api(
            Op::get(
                "/api/v1/in-force",
                "getInForce",
                Right::ReadFramework,
                "The posts of the team with who fills them, and the addresses, clocks, playbooks and letters in force",
                "InForce",
            ),
            read,
        )
        .api(
            post("/api/v1/posts/{post}/fill", "fillPost", change, "Puts somebody who may sign in into a post"),
            fill_by_program,
        )
        .api(post("/api/v1/posts/{post}/leave", "leavePost", change, "Takes somebody out of a post"), leave_by_program)
        .api(
            post(
                "/api/v1/posts/{post}/rights",
                "givePostRights",
                Right::ManageUsers,
                "Gives somebody who fills a post the role it takes",
            ),
            rights_by_program,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (text, flag) = (schema::text, schema::flag);
    let roles = || schema::one_of(Role::ALL.map(Role::as_str));
    vec![
        ("PostGiven", schema::given(1, &[("person", schema::words(1, 40))])),
        ("PostHolder", schema::object(&[("name", text()), ("account", schema::maybe_text()), ("has_rights", flag())])),
        (
            "PostOfTeam",
            schema::object(&[
                ("id", text()),
                ("name", text()),
                ("takes", roles()),
                ("people", schema::many(schema::of("PostHolder"))),
                ("blocks", schema::many(text())),
            ]),
        ),
        (
            "MatterInForce",
            schema::object(&[
                ("matter", schema::one_of(["address", "clock", "playbook", "letter"])),
                ("id", text()),
                ("title", text()),
                ("in_force", flag()),
                ("by_itself", flag()),
                ("blocks", schema::many(text())),
            ]),
        ),
        (
            "InForce",
            schema::object(&[
                ("posts", schema::many(schema::of("PostOfTeam"))),
                ("matters", schema::many(schema::of("MatterInForce"))),
            ]),
        ),
    ]
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PostGiven {
    person: String,
}

async fn read(visit: Visit, Given(ground): Given<Ground>) -> ApiAnswer {
    Ok(record(&in_force_json(&now(&visit, &ground).await?)))
}

async fn fill_by_program(
    visit: Visit,
    Given(ground): Given<Ground>,
    Path(post): Path<String>,
    Body(given): Body<PostGiven>,
) -> ApiAnswer {
    fill_post(&visit.db, &post, given.person.trim(), &visit.viewer.name, visit.now).await.map_err(problem)?;
    read(visit, Given(ground)).await
}

async fn leave_by_program(
    visit: Visit,
    Given(ground): Given<Ground>,
    Path(post): Path<String>,
    Body(given): Body<PostGiven>,
) -> ApiAnswer {
    let did = leave_post(&visit.db, &post, given.person.trim(), &visit.viewer.name, visit.now).await;
    did.map_err(EstablishError::from).map_err(problem)?;
    read(visit, Given(ground)).await
}

async fn rights_by_program(
    visit: Visit,
    Given(ground): Given<Ground>,
    Path(post): Path<String>,
    Body(given): Body<PostGiven>,
) -> ApiAnswer {
    let person = given.person.trim();
    if person.to_lowercase() == visit.viewer.name {
        let why = "this is the account of the token; another administrator changes it";
        return Err(Problem::refused("oneself", why));
    }
    let did = give_rights(&visit.db, &ground.shelf.blocks, (&post, person), &visit.viewer.name, visit.now).await;
    did.map_err(problem)?;
    read(visit, Given(ground)).await
}
