//! What applied blocks put in force, on both databases: posts, addresses, clocks, playbooks, letters.

use axum::http::StatusCode;
use manara_framework::catalogues::Shelf;
use manara_framework::establishment::{
    EstablishError, Matter, NowInForce, Outcome, Refused as EstablishRefused, apply, fill_post, give_rights, in_force,
    leave_post, now_in_force, posts, preview, undo,
};
use manara_store::Journal;
use manara_web::{Right, Role};
use serde_json::json;

use crate::founding::{Ground, later};
use crate::house::{House, on_both};
use crate::pages::Reader;
use crate::program::{Program, person, router};

async fn now(house: &House, ground: &Ground, shelf: &Shelf) -> NowInForce {
    let holdings = manara_framework::establishment::House::holdings(ground).await.unwrap();
    now_in_force(&house.db, &shelf.blocks, &holdings, "en").await.unwrap()
}

async fn verbs(house: &House, record: &str) -> Vec<String> {
    let entries = Journal::of_record(&house.db, "framework", record, 20).await.unwrap();
    entries.into_iter().rev().map(|entry| entry.verb).collect()
}

#[test]
fn every_name_a_block_puts_in_force_is_there() {
    let (shelf, holdings) = (Shelf::load(None), manara_framework::establishment::Holdings::load(None));
    let mut count = 0;
    for block in shelf.blocks.all() {
        for (matter, name) in block.establishes.all() {
            count += 1;
            match matter {
                Matter::Post => assert_ne!(shelf.blocks.role(name, "en"), name, "{}", block.ref_id),
                Matter::Address => assert!(name.chars().all(|c| c.is_ascii_lowercase()), "{}: {name}", block.ref_id),
                _ => assert!(holdings.get(matter, name).is_some(), "{}: {name}", block.ref_id),
            }
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn what_a_block_puts_in_force_is_so_until_no_block_has_it() {
    on_both(|house| async move {
        let (ground, shelf) = (Ground::of(), Shelf::load(None));
        let blocks = &shelf.blocks;
        let steps = preview(&house.db, ground.as_ref(), blocks, "team-mailbox").await.unwrap();
        let of = |name: &str| steps.iter().find(|step| step.what == name).unwrap().clone();
        assert_eq!((of("cirt").outcome, of("cirt").found.as_str()), (Outcome::Done, "cirt@siraj.example"));
        assert_eq!(of("abuse").outcome, Outcome::AlreadySo, "it is configured");
        assert!(!in_force(&house.db).await.unwrap().has_any(Matter::Address), "a preview changes nothing");

        apply(&house.db, ground.as_ref(), blocks, "team-mailbox", "duty", later(1)).await.unwrap();
        let put = in_force(&house.db).await.unwrap();
        assert_eq!(
            put.names(Matter::Address).collect::<Vec<_>>(),
            ["cirt", "security"],
            "what is configured is not the block's"
        );
        let stands = now(&house, &ground, &shelf).await;
        let ids: Vec<&str> = stands.ids(Matter::Address).into_iter().collect();
        assert_eq!(ids, ["abuse@siraj.example", "cirt@siraj.example", "security@siraj.example"]);

        // The clock is in force by its own content: the block claims nothing of it.
        apply(&house.db, ground.as_ref(), blocks, "service-levels", "duty", later(2)).await.unwrap();
        assert!(!in_force(&house.db).await.unwrap().has(Matter::Clock, "internal"));
        let clocks = now(&house, &ground, &shelf).await;
        assert!(clocks.of(Matter::Clock).any(|one| one.id == "internal" && one.by_itself && one.is_real));

        apply(&house.db, ground.as_ref(), blocks, "playbooks-core", "duty", later(3)).await.unwrap();
        apply(&house.db, ground.as_ref(), blocks, "sop-intake", "duty", later(3)).await.unwrap();
        let put = in_force(&house.db).await.unwrap();
        assert!(put.has(Matter::Playbook, "s21-phishing") && !put.has(Matter::Playbook, "s31-insider"));
        assert!(put.has(Matter::Letter, "acknowledgement"));

        let done = undo(&house.db, blocks, "team-mailbox", "duty", later(4)).await.unwrap();
        let outcomes: Vec<_> = done.steps.iter().map(|step| (step.what.as_str(), step.outcome)).collect();
        assert_eq!(outcomes, [("cirt", Outcome::Done), ("security", Outcome::Done)]);
        let ids = now(&house, &ground, &shelf).await;
        assert_eq!(ids.ids(Matter::Address).into_iter().collect::<Vec<_>>(), ["abuse@siraj.example"]);
    });
}

#[test]
fn posts_are_filled_given_their_rights_and_emptied_when_no_block_brings_them() {
    on_both(|house| async move {
        let (ground, shelf) = (Ground::of(), Shelf::load(None));
        let blocks = &shelf.blocks;
        person(&house, "amina", Role::Viewer).await;
        let refused = |error: EstablishError| match error {
            EstablishError::Refused(why) => why,
            EstablishError::Store(error) => panic!("{error}"),
        };
        let early = fill_post(&house.db, "handler", "amina", "duty", later(0)).await.unwrap_err();
        assert_eq!(refused(early), EstablishRefused::NoPost);
        let done = apply(&house.db, ground.as_ref(), blocks, "core-team-small", "duty", later(1)).await.unwrap();
        let left = done.steps.iter().filter(|step| step.name == "post" && step.outcome == Outcome::NeedsPerson).count();
        assert_eq!(left, 3, "somebody has to fill the posts");
        apply(&house.db, ground.as_ref(), blocks, "core-team-medium", "duty", later(2)).await.unwrap();
        let nobody = fill_post(&house.db, "handler", "zohra", "duty", later(3)).await.unwrap_err();
        assert_eq!(refused(nobody), EstablishRefused::NoPerson);
        assert!(fill_post(&house.db, "handler", "amina", "duty", later(3)).await.unwrap());
        assert!(!fill_post(&house.db, "handler", "amina", "duty", later(4)).await.unwrap(), "twice is once");
        fill_post(&house.db, "deputy", "amina", "duty", later(4)).await.unwrap();

        let stands = now(&house, &ground, &shelf).await;
        let post = stands.posts.iter().find(|post| post.id == "handler").unwrap();
        assert_eq!(post.blocks, ["core-team-medium", "core-team-small"]);
        assert!(!post.people[0].has_rights && post.people[0].gives == Role::Handler);
        let role = give_rights(&house.db, blocks, ("handler", "amina"), "root", later(5)).await.unwrap();
        assert_eq!(role, Role::Handler);
        assert!(manara_web::team(&house.db).await.unwrap().contains(&("amina".to_string(), Role::Handler)));
        let other = give_rights(&house.db, blocks, ("head", "amina"), "root", later(5)).await.unwrap_err();
        assert_eq!(refused(other), EstablishRefused::NotInPost);

        undo(&house.db, blocks, "core-team-medium", "duty", later(6)).await.unwrap();
        let left: Vec<String> = posts(&house.db).await.unwrap().into_iter().map(|one| one.post).collect();
        assert_eq!(left, ["handler"], "the other block still brings it");
        assert_eq!(verbs(&house, "deputy").await, ["post_filled", "post_left"]);
        assert!(leave_post(&house.db, "handler", "amina", "duty", later(7)).await.unwrap());
        assert!(!leave_post(&house.db, "handler", "amina", "duty", later(7)).await.unwrap());
        assert_eq!(verbs(&house, "handler").await, ["post_filled", "post_left"]);
    });
}

#[test]
fn the_page_and_programs_show_what_is_in_force_and_change_posts() {
    on_both(|house| async move {
        let (ground, shelf) = (Ground::of(), Shelf::load(None));
        person(&house, "duty", Role::Duty).await;
        person(&house, "root", Role::Admin).await;
        person(&house, "amina", Role::Viewer).await;
        for block in ["core-team-small", "team-mailbox", "exposure-scanner"] {
            apply(&house.db, ground.as_ref(), &shelf.blocks, block, "duty", later(1)).await.unwrap();
        }
        let mut reader = Reader::signed_in(router(&house, &ground), "duty").await;
        let page = reader.page("/framework/in-force").await.body;
        for part in
            ["Incident handler", "nobody yet", "cirt@siraj.example", "s27-vulnerable-service", "Core team of three"]
        {
            assert!(page.contains(part), "{part}: {page}");
        }
        let filled = reader.post("/framework/posts/handler/fill", "/framework/in-force", &[("person", "amina")]).await;
        assert_eq!(filled.status, StatusCode::SEE_OTHER);
        let page = reader.page("/framework/in-force").await.body;
        assert!(page.contains("lacks rights") && !page.contains("Give amina"), "only an administrator gives rights");
        let mut root = Reader::signed_in(router(&house, &ground), "root").await;
        assert!(root.page("/framework/in-force").await.body.contains("Give amina the role"));
        let block = reader.page("/framework/establish/core-team-small").await.body;
        assert!(block.contains("Post of the team"), "{block}");

        let scopes = [Right::ReadFramework, Right::ChangeRules];
        let duty = Program::of(&house, &ground, "duty", &scopes).await;
        let given = "/framework/posts/handler/rights?person=amina";
        assert_eq!(reader.post(given, "/framework/in-force", &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(root.post(given, "/framework/in-force", &[]).await.status, StatusCode::SEE_OTHER);
        let read = duty.get("/api/v1/in-force").await.json();
        let posts = read["posts"].as_array().unwrap();
        let handler = posts.iter().find(|post| post["id"] == "handler").unwrap();
        assert_eq!(handler["people"][0], json!({ "name": "amina", "account": "handler", "has_rights": true }));
        let gone = duty.post("/api/v1/posts/handler/leave", &json!({ "person": "amina" })).await.json();
        assert!(gone["posts"].as_array().unwrap().iter().all(|post| post["people"] == json!([])), "{gone}");
        let none = duty.post("/api/v1/posts/auditor/fill", &json!({ "person": "amina" })).await;
        assert_eq!(none.json()["reason"], "no-post");
    });
}
