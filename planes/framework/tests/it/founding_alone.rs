//! What a team of one may do with its own proof, and how many of a team know their work, on both databases.

use axum::http::StatusCode;
use manara_framework::courses::{Courses, Knowing, knowing};
use manara_framework::establishment::{
    EstablishError, Proof, Refused as EstablishRefused, accept, acceptance, refuse, show,
};
use manara_framework::manuals::{Manual, keep_current, written};
use manara_model::Micros;
use manara_store::Journal;
use manara_web::{Lang, Right, Role, Service, Words, set_disabled, switch};
use serde_json::json;

use crate::founding::{Ground, later};
use crate::founding_api::{BLOCK, applied};
use crate::house::on_both;
use crate::pages::Reader;
use crate::program::{Program, person, router};

#[test]
fn who_alone_may_accept_accepts_their_own_proof_and_that_stays_written() {
    on_both(|house| async move {
        let (ground, db) = (Ground::of(), &house.db);
        person(&house, "amina", Role::Duty).await;
        person(&house, "omar", Role::Handler).await;
        let application = applied(&house, &ground).await;
        let proof = Proof { text: "Ran for 4 hours".into(), ..Proof::default() };
        let kept = || async { acceptance(db, &application).await.unwrap().unwrap() };
        // A handler brings proofs and accepts none, so there is nobody else for amina to ask.
        show(db, BLOCK, &proof, "amina", later(1)).await.unwrap();
        assert!(accept(db, BLOCK, "amina", None, later(2)).await.unwrap(), "it was their own");
        assert!(kept().await.is_own());
        assert!(accept(db, BLOCK, "amina", None, later(3)).await.unwrap(), "twice is once");
        assert_eq!(kept().await.accepted, Some(later(2)));
        let entry = Journal::of_record(db, "framework", &application, 10).await.unwrap();
        let entry = entry.iter().find(|entry| entry.verb == "own_proof_accepted").expect("a line that says so");
        assert!(entry.detail.contains(r#""own":true"#), "{}", entry.detail);
        // Another one who may accept, and the rule of four eyes holds again.
        let other = person(&house, "lina", Role::Duty).await;
        refuse(db, BLOCK, "lina", later(4)).await.unwrap();
        show(db, BLOCK, &proof, "amina", later(5)).await.unwrap();
        let own = accept(db, BLOCK, "amina", None, later(6)).await;
        assert!(matches!(own, Err(EstablishError::Refused(EstablishRefused::Own))), "{own:?}");
        assert!(kept().await.accepted.is_none());
        assert!(!accept(db, BLOCK, "lina", None, later(7)).await.unwrap());
        assert!(!kept().await.is_own());
        // Whoever may no longer sign in is nobody to ask.
        refuse(db, BLOCK, "amina", later(8)).await.unwrap();
        show(db, BLOCK, &proof, "amina", later(9)).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        set_disabled(&mut tx, "tests", &other, true, later(10)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(accept(db, BLOCK, "amina", None, later(11)).await.unwrap());
        // One who brought it and is not that person, is another.
        refuse(db, BLOCK, "amina", later(12)).await.unwrap();
        show(db, BLOCK, &proof, "omar", later(13)).await.unwrap();
        let own = accept(db, BLOCK, "omar", None, later(14)).await;
        assert!(matches!(own, Err(EstablishError::Refused(EstablishRefused::Own))), "omar may not accept at all");
        assert!(!accept(db, BLOCK, "amina", None, later(15)).await.unwrap());
    });
}

#[test]
fn the_page_offers_what_a_team_of_one_may_do_and_marks_it() {
    on_both(|house| async move {
        let ground = Ground::of();
        person(&house, "amina", Role::Duty).await;
        applied(&house, &ground).await;
        let page = format!("/framework/establish/{BLOCK}");
        let mut amina = Reader::signed_in(router(&house, &ground), "amina").await;
        let done = amina.upload(&format!("{page}/proof"), &page, &[("text", "Ran"), ("link", "")], "run.log").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let alone = amina.page(&page).await.body;
        let (_, rest) = alone.split_once(&format!(r#"action="{page}/accept?shown="#)).expect("a button");
        let accept = format!("{page}/accept?shown={}", rest.split('"').next().unwrap());
        assert!(alone.contains("Accept your own proof") && alone.contains("Nobody else here may accept it"), "{alone}");
        person(&house, "lina", Role::Admin).await;
        let two = amina.page(&page).await.body;
        assert!(!two.contains(&format!(r#"action="{page}/accept?"#)), "somebody else accepts it: {two}");
        assert!(two.contains("whoever shows it cannot accept it"), "{two}");
        let refused = amina.post(&accept, &page, &[]).await;
        assert_eq!(refused.status, StatusCode::SEE_OTHER);
        let id = manara_web::people(&house.db).await.unwrap().into_iter().find(|one| one.name == "lina").unwrap().id;
        let mut tx = house.db.begin().await.unwrap();
        set_disabled(&mut tx, "tests", &id, true, Micros::now()).await.unwrap();
        tx.commit().await.unwrap();
        let unseen = format!("{page}/accept?shown=1");
        amina.post(&unseen, &page, &[]).await;
        assert!(amina.page(&page).await.body.contains("something else was shown since"));
        amina.post(&accept, &page, &[]).await;
        for (lang, mark) in [("ar", "قبله من عرضه"), ("fr", "par qui l’a montré"), ("en", "by the one who showed it")]
        {
            amina.get(&format!("/?lang={lang}")).await;
            let marked = amina.page(&page).await.body;
            assert!(marked.contains(mark), "{lang}: {marked}");
        }
    });
}

#[test]
fn how_many_know_their_work_is_counted_from_what_they_passed_and_read() {
    on_both(|house| async move {
        // The folder of the database lives as long as the whole house does.
        let house = &house;
        let (ground, db, courses, manual) = (Ground::of(), &house.db, Courses::load(None), Manual::load(None));
        let services = || async { manara_web::services(db).await.unwrap() };
        let now = Micros::now();
        let count = |at: Micros| {
            let courses = &courses;
            async move { knowing(db, courses, services().await, at).await.unwrap() }
        };
        assert_eq!(count(now).await, Knowing::default(), "nobody, and no manual was kept");
        for (name, role) in [("duty", Role::Duty), ("viewer", Role::Viewer), ("omar", Role::Handler)] {
            person(house, name, role).await;
        }
        let gone = person(house, "gone", Role::Handler).await;
        let viewer = Program::of(house, &ground, "viewer", &[Right::ReadFramework]).await;
        let leaving = Program::of(house, &ground, "gone", &[Right::ReadFramework]).await;
        let version = viewer.get("/api/v1/courses/response").await.json()["version"].clone();
        let right = json!({ "version": version, "answers": [[0], [0, 1], [1], [0]] });
        for program in [&viewer, &leaving] {
            assert_eq!(program.post("/api/v1/courses/response/attempts", &right).await.status, StatusCode::CREATED);
        }
        let words = || Ok(Words::built_in().unwrap());
        keep_current(db, ground.as_ref(), &manual, words, now).await.unwrap();
        let all = written(db, ground.as_ref(), &manual, &Words::built_in().unwrap(), Lang::Ar).await.unwrap();
        for (at, one) in all.iter().enumerate() {
            manara_framework::manuals::mark_read(db, "omar", Lang::Ar, one, now).await.unwrap();
            if at > 0 {
                manara_framework::manuals::mark_read(db, "duty", Lang::Ar, one, now).await.unwrap();
            }
        }
        let mut tx = db.begin().await.unwrap();
        set_disabled(&mut tx, "tests", &gone, true, now).await.unwrap();
        tx.commit().await.unwrap();
        let soon = Micros(now.0 + 60_000_000);
        assert_eq!(
            count(soon).await,
            Knowing { people: 3, trained: 1, manual_read: Some(1) },
            "all but one is not all"
        );
        assert_eq!(count(now.plus_days(366)).await.trained, 0, "a certificate says something for a year");
        // A clock changed: who had read the procedure has to read it again.
        ground.change(|facts| facts.due_hours[0].count = 3);
        keep_current(db, ground.as_ref(), &manual, words, soon).await.unwrap();
        assert_eq!(count(soon).await.manual_read, Some(0));
        // What the certificate is of was switched off.
        let mut tx = db.begin().await.unwrap();
        switch(&mut tx, Service::Response, false, ("admin", ""), soon).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(count(soon).await.trained, 0);
    });
}
