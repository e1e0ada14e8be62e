//! Services, blocks that are applied, the manual and training, on both databases.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use manara_framework::catalogues::{OpenShelf, Shelf};
use manara_framework::courses::attempts_of;
use manara_framework::establishment::{
    Accepting, Check as HouseCheck, Clock, EstablishError, Facts, Holdings, Outcome, Proof,
    Refused as EstablishRefused, Work as HouseWork, accept, acceptance, applications, apply, assign, live_of, preview,
    refuse, show, undo,
};
use manara_framework::manuals::{Manual, count_changed, keep_current, mark_read, readings_of, written};
use manara_framework::{Papers, establish_site, site};
use manara_model::Micros;
use manara_store::{Blobs, Journal};
use manara_web::{
    Lang, NewPerson, Role, Service, Shell, WebConfig, Words, begin_basic, ensure_first_users, services, switch,
};

use crate::house::{House, NOON, on_both};
use crate::pages::{PASSWORD, Reader};

/// A house whose facts a test can change.
#[derive(Default)]
pub struct Ground {
    facts: Mutex<Facts>,
}

impl Ground {
    pub fn of() -> Arc<Ground> {
        let clock = |count| vec![Clock { severity: "critical", count }, Clock { severity: "high", count: count * 6 }];
        let facts = Facts { due_hours: clock(4), answer_days: clock(1), ..Facts::default() };
        let ground = Ground { facts: Mutex::new(facts) };
        ground.change(|facts| facts.office.name = "Siraj CIRT".into());
        Arc::new(ground)
    }

    pub fn change(&self, change: impl FnOnce(&mut Facts)) {
        change(&mut self.facts.lock().unwrap());
    }
}

impl manara_framework::establishment::House for Ground {
    fn checks(&self, service: Service) -> HouseWork<'_, Vec<HouseCheck>> {
        let check = |name, is_done| HouseCheck { name, is_done, found: String::new(), href: "/users" };
        let all = match service {
            Service::Warning => vec![check("mail", false), check("letters", true)],
            _ => Vec::new(),
        };
        Box::pin(async move { Ok(all) })
    }

    fn holdings(&self) -> HouseWork<'_, Holdings> {
        let mail = ("siraj.example".to_string(), vec!["abuse@siraj.example".to_string()]);
        let holdings = Holdings::load(None).with_mail(mail);
        Box::pin(async move { Ok(holdings) })
    }

    fn facts(&self, _: Lang) -> HouseWork<'_, Facts> {
        let facts = self.facts.lock().unwrap().clone();
        Box::pin(async move { Ok(facts) })
    }
}

async fn basic(house: &House) {
    let mut tx = house.db.begin().await.unwrap();
    begin_basic(&mut tx, "amina", NOON).await.unwrap();
    tx.commit().await.unwrap();
}

pub async fn is_on(house: &House, service: Service) -> bool {
    services(&house.db).await.unwrap().is_on(service)
}

pub fn later(minutes: i64) -> Micros {
    Micros(NOON.0 + minutes * 60_000_000)
}

#[test]
fn a_block_switches_its_service_on_once_and_taking_it_back_switches_it_off() {
    on_both(|house| async move {
        let (ground, shelf) = (Ground::of(), Shelf::load(None));
        let blocks = &shelf.blocks;
        assert!(is_on(&house, Service::Warning).await, "a house that was never switched has everything");
        basic(&house).await;
        assert!(!is_on(&house, Service::Warning).await && is_on(&house, Service::Watch).await);
        let outcomes = |steps: &[manara_framework::establishment::Step]| {
            steps.iter().map(|step| (step.name.clone(), step.outcome)).collect::<Vec<_>>()
        };
        let told = preview(&house.db, ground.as_ref(), blocks, "sop-notification").await.unwrap();
        let want = [
            ("service".to_string(), Outcome::Done),
            ("mail".to_string(), Outcome::NeedsPerson),
            ("letters".to_string(), Outcome::AlreadySo),
            ("proof".to_string(), Outcome::NeedsPerson),
        ];
        assert_eq!(outcomes(&told), want);
        assert!(!is_on(&house, Service::Warning).await, "a preview changes nothing");
        let done = apply(&house.db, ground.as_ref(), blocks, "sop-notification", "duty", later(1)).await.unwrap();
        assert_eq!(outcomes(&done.steps), want);
        assert!(is_on(&house, Service::Warning).await && !done.was_applied);
        let again = apply(&house.db, ground.as_ref(), blocks, "sop-notification", "duty", later(2)).await.unwrap();
        assert!(again.was_applied && again.id == done.id);
        assert_eq!(applications(&house.db).await.unwrap().len(), 1);
        let verbs = |record: String| {
            let db = house.db.clone();
            async move {
                let entries = Journal::of_record(&db, "framework", &record, 10).await.unwrap();
                entries.into_iter().map(|entry| entry.verb).collect::<Vec<_>>()
            }
        };
        assert_eq!(verbs(done.id.clone()).await, ["block_applied"], "twice is once");
        let back = undo(&house.db, blocks, "sop-notification", "duty", later(3)).await.unwrap();
        assert_eq!(outcomes(&back.steps), [("service".to_string(), Outcome::Done)]);
        assert!(!is_on(&house, Service::Warning).await);
        assert!(live_of(&house.db, "sop-notification").await.unwrap().is_none());
        let gone = undo(&house.db, blocks, "sop-notification", "duty", later(4)).await;
        assert!(matches!(gone, Err(EstablishError::Refused(EstablishRefused::NotApplied))));
        let none = apply(&house.db, ground.as_ref(), blocks, "no-such", "duty", later(4)).await;
        assert!(matches!(none, Err(EstablishError::Refused(EstablishRefused::NoBlock))));
    });
}

#[test]
fn taking_back_leaves_what_others_want_or_changed() {
    on_both(|house| async move {
        let (ground, shelf) = (Ground::of(), Shelf::load(None));
        let blocks = &shelf.blocks;
        basic(&house).await;
        // Two blocks want the service; the first switched it on.
        for (at, block) in ["sop-notification", "botnet-group"].into_iter().enumerate() {
            apply(&house.db, ground.as_ref(), blocks, block, "duty", later(at as i64)).await.unwrap();
        }
        let back = undo(&house.db, blocks, "sop-notification", "duty", later(5)).await.unwrap();
        assert_eq!(back.steps.iter().map(|step| step.outcome).collect::<Vec<_>>(), [Outcome::Stays]);
        assert!(is_on(&house, Service::Warning).await, "another block wants it");
        undo(&house.db, blocks, "botnet-group", "duty", later(6)).await.unwrap();
        assert!(is_on(&house, Service::Warning).await, "that one had switched nothing on");
        // Switched off and on by hand since: it is no longer the block's.
        for (on, minute) in [(false, 7), (true, 9)] {
            let mut tx = house.db.begin().await.unwrap();
            assert!(switch(&mut tx, Service::Warning, on, ("admin", ""), later(minute)).await.unwrap());
            tx.commit().await.unwrap();
            if !on {
                apply(&house.db, ground.as_ref(), blocks, "sop-notification", "duty", later(8)).await.unwrap();
                let mut tx = house.db.begin().await.unwrap();
                switch(&mut tx, Service::Warning, false, ("admin", ""), later(8)).await.unwrap();
                tx.commit().await.unwrap();
            }
        }
        undo(&house.db, blocks, "sop-notification", "duty", later(10)).await.unwrap();
        assert!(is_on(&house, Service::Warning).await, "a person decided since");
        let mut tx = house.db.begin().await.unwrap();
        let never = switch(&mut tx, Service::Framework, false, ("admin", ""), later(11)).await.unwrap();
        assert!(!never, "where services are switched on is never off");
    });
}

fn refused<T: std::fmt::Debug>(did: Result<T, EstablishError>) -> EstablishRefused {
    match did {
        Err(EstablishError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_block_with_nothing_to_switch_is_a_task_that_somebody_else_accepts() {
    on_both(|house| async move {
        let (ground, shelf) = (Ground::of(), Shelf::load(None));
        let (db, block) = (&house.db, "power-backup");
        let proof = Proof { text: "Ran for 4 hours on 12 January".into(), ..Proof::default() };
        let early = show(db, block, &proof, "handler", NOON).await;
        assert!(matches!(early, Err(EstablishError::Refused(EstablishRefused::NotApplied))));
        let done = apply(db, ground.as_ref(), &shelf.blocks, block, "duty", NOON).await.unwrap();
        let bad = Accepting { person: "omar".into(), due: "tomorrow".into() };
        assert_eq!(refused(assign(db, block, &bad, "duty", NOON).await), EstablishRefused::Day);
        let good = Accepting { person: "omar".into(), due: "2026-03-01".into() };
        assign(db, block, &good, "duty", NOON).await.unwrap();
        assert_eq!(refused(accept(db, block, "duty", None, NOON).await), EstablishRefused::NothingShown);
        assert_eq!(refused(show(db, block, &Proof::default(), "omar", NOON).await), EstablishRefused::Text);
        for link in ["javascript:alert(1)", "https://a b.example", "ftp://a.example"] {
            let proof = Proof { link: link.into(), ..Proof::default() };
            assert_eq!(refused(show(db, block, &proof, "omar", NOON).await), EstablishRefused::Link, "{link}");
        }
        show(db, block, &proof, "omar", later(1)).await.unwrap();
        assert_eq!(refused(accept(db, block, "omar", None, later(2)).await), EstablishRefused::Own);
        refuse(db, block, "duty", later(3)).await.unwrap();
        assert_eq!(refused(accept(db, block, "duty", None, later(3)).await), EstablishRefused::NothingShown);
        let file = Proof { file_name: "a.txt".into(), sha256: "ab".repeat(32), ..Proof::default() };
        show(db, block, &file, "omar", later(3)).await.unwrap();
        show(db, block, &proof, "duty", later(4)).await.unwrap();
        let kept = acceptance(db, &done.id).await.unwrap().unwrap();
        assert_eq!(
            (kept.sha256.as_str(), kept.shown_by.as_str()),
            ("", "duty"),
            "nobody's file stands under another name"
        );
        show(db, block, &proof, "omar", later(4)).await.unwrap();
        let moved = accept(db, block, "duty", Some(later(3)), later(5)).await;
        assert_eq!(refused(moved), EstablishRefused::Moved, "what was shown since was not looked at");
        accept(db, block, "duty", Some(later(4)), later(5)).await.unwrap();
        accept(db, block, "duty", None, later(6)).await.unwrap();
        let kept = acceptance(db, &done.id).await.unwrap().unwrap();
        assert_eq!((kept.accepted_by.as_str(), kept.accepted), ("duty", Some(later(5))), "twice is once");
        assert_eq!((kept.person.as_str(), kept.due.as_str()), ("omar", "2026-03-01"));
        assert_eq!(refused(show(db, block, &proof, "omar", later(7)).await), EstablishRefused::Accepted);
        let verbs = house.verbs(&done.id).await;
        let want = [
            "block_applied",
            "proof_assigned",
            "proof_shown",
            "proof_refused",
            "proof_shown",
            "proof_shown",
            "proof_shown",
            "proof_accepted",
        ];
        assert_eq!(verbs, want);
    });
}

#[test]
fn whoever_read_an_older_text_is_asked_to_read_again() {
    on_both(|house| async move {
        // The folder of the database lives as long as the whole house does.
        let house = &house;
        let (ground, manual, db) = (Ground::of(), Manual::load(None), &house.db);
        let words = || Ok(Words::built_in().unwrap());
        assert_eq!(keep_current(db, ground.as_ref(), &manual, words, NOON).await.unwrap(), 0, "the first is no change");
        let built_in = Words::built_in().unwrap();
        let all = written(db, ground.as_ref(), &manual, &built_in, Lang::Fr).await.unwrap();
        let of = |id: &str| all.iter().find(|one| one.id == id).unwrap();
        for id in ["incident", "sharing"] {
            mark_read(db, "omar", Lang::Fr, of(id), later(1)).await.unwrap();
        }
        assert_eq!(count_changed(db, "omar").await.unwrap(), 0);
        let never = || -> Result<Words, manara_framework::manuals::ManualError> { panic!("nothing changed") };
        assert_eq!(keep_current(db, ground.as_ref(), &manual, never, later(2)).await.unwrap(), 0);
        // Another clock changes the procedure that names it, in three languages, and no other.
        ground.change(|facts| facts.due_hours[0].count = 3);
        let changed = keep_current(db, ground.as_ref(), &manual, words, later(3)).await.unwrap();
        assert_eq!(
            (changed, count_changed(db, "omar").await.unwrap(), count_changed(db, "amina").await.unwrap()),
            (3, 1, 0)
        );
        let now = written(db, ground.as_ref(), &manual, &built_in, Lang::Fr).await.unwrap();
        mark_read(db, "omar", Lang::Fr, now.iter().find(|one| one.id == "incident").unwrap(), later(4)).await.unwrap();
        assert_eq!(count_changed(db, "omar").await.unwrap(), 0);
        assert_eq!(readings_of(db, "omar").await.unwrap().len(), 2);
        // Back to what it was: the text is the old one again, and what was read last is another.
        ground.change(|facts| facts.due_hours[0].count = 4);
        keep_current(db, ground.as_ref(), &manual, words, later(5)).await.unwrap();
        assert_eq!(count_changed(db, "omar").await.unwrap(), 1);
        // A service that is off takes its documents with it.
        let mut tx = db.begin().await.unwrap();
        switch(&mut tx, Service::Response, false, ("admin", ""), later(6)).await.unwrap();
        tx.commit().await.unwrap();
        keep_current(db, ground.as_ref(), &manual, words, later(7)).await.unwrap();
        assert_eq!(count_changed(db, "omar").await.unwrap(), 0);
        let off = written(db, ground.as_ref(), &manual, &built_in, Lang::En).await.unwrap();
        assert!(off.iter().all(|one| one.id != "incident") && off.iter().any(|one| one.id == "sharing"));
    });
}

/// The shell over the plane with what establishes, and somebody signed in.
async fn reader(house: &House, ground: &Arc<Ground>, name: &str, lang: Lang) -> Reader {
    let roles = [("admin", Role::Admin), ("duty", Role::Duty), ("handler", Role::Handler), ("viewer", Role::Viewer)];
    let people: Vec<NewPerson> = roles
        .iter()
        .map(|(name, role)| NewPerson { name: (*name).into(), role: *role, lang, password: PASSWORD.into() })
        .collect();
    ensure_first_users(&house.db, &people, Micros::now()).await.unwrap();
    let (shelf, blobs) = (OpenShelf::of(None), Blobs::new(house.folder.path().join("blobs")));
    let shell = Shell::new(house.db.clone(), Words::built_in().unwrap(), WebConfig::default());
    let pages = Shell::own_site()
        .merge(establish_site(
            shelf.clone(),
            blobs.clone(),
            Arc::clone(ground) as Arc<dyn manara_framework::establishment::House>,
            None,
        ))
        .merge(site(shelf, blobs, Papers::default()));
    Reader::signed_in(shell.router(pages), name).await
}

#[test]
fn the_pages_lead_from_a_service_that_is_off_to_its_block_and_its_certificate() {
    on_both(|house| async move {
        basic(&house).await;
        let ground = Ground::of();
        let mut admin = reader(&house, &ground, "admin", Lang::En).await;
        // What is off says so, and leads on.
        let off = admin.get("/account/tokens").await;
        assert_eq!(off.status, StatusCode::FORBIDDEN, "{}", off.body);
        assert!(off.body.contains("This service is not switched on"), "{}", off.body);
        assert!(off.body.contains("/framework/establish?service=api") && off.body.contains("/framework/services"));
        assert!(off.body.contains("Switch it on by hand"));
        let list = admin.page("/framework/services").await;
        assert!(list.body.contains("Interfaces for programs"), "{}", list.body);
        let did = admin.post("/framework/services/api", "/framework/services", &[("on", "yes")]).await;
        assert_eq!((did.status, did.header("location")), (StatusCode::SEE_OTHER, "/framework/services"));
        admin.page("/account/tokens").await;
        let ask = admin.page("/framework/services/api/off").await;
        assert!(ask.body.contains("All data is kept"), "{}", ask.body);
        assert_eq!(admin.get("/framework/services/framework/off").await.status, StatusCode::NOT_FOUND);

        let mut duty = reader(&house, &ground, "duty", Lang::En).await;
        duty.get("/?lang=ar").await;
        let blocks = duty.page("/framework/establish?service=warning").await;
        assert!(blocks.body.contains("/framework/establish/sop-notification"), "{}", blocks.body);
        assert!(!blocks.body.contains("/framework/establish/power-backup"));
        let one = "/framework/establish/sop-notification";
        let before = duty.page(one).await;
        assert!(before.body.contains("سيُنفَّذ") && before.body.contains(&format!(r#"action="{one}/apply""#)));
        let did = duty.post(&format!("{one}/apply"), one, &[]).await;
        assert_eq!(did.header("location"), one);
        assert!(is_on(&house, Service::Warning).await);
        let after = duty.page(one).await;
        assert!(after.body.contains(&format!(r#"action="{one}/undo""#)), "{}", after.body);
        let no_block = duty.get("/framework/establish/no-such").await;
        assert_eq!(no_block.status, StatusCode::NOT_FOUND);

        // The manual has its procedures now, and its course.
        let manual = duty.page("/framework/manual").await;
        assert!(
            manual.body.contains("/framework/manual/finding-to-notice") && !manual.body.contains("manual/daily-digest")
        );
        let page = duty.page("/framework/manual/finding-to-notice").await;
        let (_, rest) = page.body.split_once(r#"name="version" value=""#).expect("a version");
        let version = rest.split('"').next().unwrap().to_string();
        let read = "/framework/manual/finding-to-notice/read";
        duty.post(read, "/framework/manual/finding-to-notice", &[("version", "another")]).await;
        assert!(readings_of(&house.db, "duty").await.unwrap().is_empty(), "another text was read");
        duty.post(read, "/framework/manual/finding-to-notice", &[("version", &version)]).await;
        assert_eq!(readings_of(&house.db, "duty").await.unwrap().len(), 1);
        ground.change(|facts| facts.answer_days[0].count = 2);
        let changed = duty.page("/framework/manual/finding-to-notice").await;
        assert!(changed.body.contains("<ins") && changed.body.contains("<del"), "{}", changed.body);
        duty.page("/framework/manual/whole").await;
        let readers = duty.page("/framework/manual/readers").await;
        assert!(readers.body.contains("handler"), "{}", readers.body);
        let kept = duty.post("/framework/manual/facts", "/framework/manual/facts", &[("head", "<b>Amina</b>")]).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        let duty_day = duty.page("/framework/manual/duty-day").await;
        assert!(duty_day.body.contains("&#60;b&#62;Amina&#60;/b&#62;"), "{}", duty_day.body);
        let long = "x".repeat(301);
        let refused = duty.post("/framework/manual/facts", "/framework/manual/facts", &[("head", &long)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        // Who opened the form before that is told, and decides.
        let facts = "/framework/manual/facts";
        let late = duty.post(facts, facts, &[("head", "Basma"), ("police", "110"), ("was-head", "")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        for part in [r#"value="Basma""#, r#"value="110""#, r#"name="was-head" value="&#60;b&#62;Amina&#60;/b&#62;""#] {
            assert!(late.body.contains(part), "{part}: {}", late.body);
        }
        assert_eq!(late.body.matches("القيمة الحالية:").count(), 2, "of the head and of the police: {}", late.body);
        assert!(duty.page(facts).await.body.contains("Amina"), "nothing was overwritten");
        let meant = [("head", "Basma"), ("police", "110"), ("was-head", "<b>Amina</b>")];
        for _ in 0..2 {
            assert_eq!(duty.post(facts, facts, &meant).await.status, StatusCode::SEE_OTHER, "sent twice is once");
        }
    });
}

#[test]
fn a_course_is_passed_by_right_answers_alone_and_its_certificate_can_be_checked() {
    on_both(|house| async move {
        let ground = Ground::of();
        let mut viewer = reader(&house, &ground, "viewer", Lang::En).await;
        let page = viewer.page("/framework/training/response").await;
        assert!(page.body.contains("/framework/manual/incident"), "the lessons are there: {}", page.body);
        assert!(
            page.body.contains(r#"<bdi dir="auto">4</bdi>"#) && page.body.contains(r#"<bdi dir="auto">24</bdi>"#),
            "{}",
            page.body
        );
        let wrong = viewer.post("/framework/training/response", "/framework/training/response", &[("q0", "1")]).await;
        let result = viewer.page(wrong.header("location")).await;
        assert!(result.body.contains("Not passed: 0 of 4"), "{}", result.body);
        let right = [("q0", "0"), ("q1", "0"), ("q1", "1"), ("q2", "1"), ("q3", "0")];
        let did = viewer.post("/framework/training/response", "/framework/training/response", &right).await;
        let result = viewer.page(did.header("location")).await;
        assert!(result.body.contains("Passed: 4 of 4"), "{}", result.body);
        let tried = attempts_of(&house.db, "viewer").await.unwrap();
        let numbers: BTreeSet<&str> = tried.iter().map(|one| one.certificate.as_str()).collect();
        assert_eq!((tried.len(), tried[0].passed, numbers.len()), (2, true, 2), "{tried:?}");
        let certificate = viewer.page(&format!("/framework/certificates/{}", tried[0].certificate)).await;
        assert!(certificate.body.contains("Siraj CIRT") && certificate.body.contains("viewer"), "{}", certificate.body);

        // Others check the number, and do not see what was answered.
        let mut handler = reader(&house, &ground, "handler", Lang::En).await;
        let number = tried[0].certificate.to_lowercase();
        let found = handler.get(&format!("/framework/training?number={number}")).await;
        assert_eq!(found.header("location"), format!("/framework/certificates/{}", tried[0].certificate));
        assert_eq!(handler.get(&format!("/framework/attempts/{}", tried[0].id)).await.status, StatusCode::NOT_FOUND);
        let unknown = handler.page("/framework/training?number=C-2026-NONE").await;
        assert!(unknown.body.contains("no certificate of this number"), "{}", unknown.body);
        assert_eq!(handler.get("/framework/training/no-such").await.status, StatusCode::NOT_FOUND);
        // The questions changed: the old answers stay, without them.
        ground.change(|facts| facts.due_hours[0].count = 2);
        let later = viewer.page(&format!("/framework/attempts/{}", tried[0].id)).await;
        assert!(later.body.contains("can no longer be shown"), "{}", later.body);
    });
}
