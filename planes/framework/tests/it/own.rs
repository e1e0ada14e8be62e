//! A team's own tasks in a programme, and its days off.

use manara_framework::catalogues::Shelf;
use manara_framework::programmes::{
    BadLine as BadDayOff, Day, DayOff, Hindrance, Names, NewProgramme, OwnTask, Part, People, Programme,
    ProgrammeError, ProgrammeForm, ProgrammeSheet, Proof, Task, TaskState, accept_task, add_own_task, change_own_task,
    nation_days_off, plan_programme, programme, programme_file, read_days_off, remove_own_task, removed_tasks,
    restore_own_task, set_days_off, set_nation_days_off, set_programme_state, status, step_task, tasks_of,
};
use manara_model::{Micros, Tlp};
use manara_web::{Lang, Words};

use crate::house::{House, NOON, duty, on_both, person};
use crate::programme::{day, days, planned, refused, setup, shelf};

/// A forge that takes a smith four weeks, after the axe and before the dock.
fn forge() -> OwnTask {
    OwnTask {
        name: "Build a <forge>".into(),
        deliverable: "A forge".into(),
        owner: "Layla".into(),
        roles: vec!["smith".into()],
        effort: [4, 20],
        money: [50, 60],
        payer: "donor".into(),
        needs: vec![1],
        needed_by: vec![3],
        ..OwnTask::default()
    }
}

async fn with_forge(house: &House, shelf: &Shelf) -> (Programme, Task) {
    let (one, _) = planned(house, shelf, People::default()).await;
    let task = add_own_task(&house.db, &duty(), &shelf.blocks, &one.id, &forge(), NOON).await.expect("added");
    (one, task)
}

fn off(days: &[(&str, &str)]) -> Vec<DayOff> {
    days.iter().map(|(at, name)| DayOff { day: day(at), name: (*name).into() }).collect()
}

fn written(one: &Programme, tasks: &[Task], shelf: &Shelf, form: ProgrammeForm) -> String {
    let words = Words::load(None).unwrap();
    let names = Names { blocks: &shelf.blocks, words: &words, lang: Lang::En };
    let stands = status(one, tasks, Day::of(NOON));
    programme_file(&ProgrammeSheet { programme: one, tasks, status: &stands, names, now: NOON }, form)
}

#[test]
fn an_own_task_is_laid_after_what_it_needs_and_moves_only_what_waits_for_it() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, task) = with_forge(&house, &shelf).await;
        assert_eq!((task.number, task.part, task.days), (7, Part::Own, 20));
        assert_eq!((task.planned_start, task.planned_end), (day("2026-01-19"), day("2026-02-13")));
        let tasks = tasks_of(&house.db, &one.id).await.unwrap();
        assert_eq!(tasks[6].name, "Build a <forge>");
        assert_eq!(tasks[2].needs, [2, 7]);
        let pairs = days(&tasks);
        assert_eq!(pairs[1], ("2026-01-19".into(), "2026-02-06".into()), "oak does not wait for the forge");
        assert_eq!(pairs[2], ("2026-02-16".into(), "2026-03-06".into()), "the dock does");
        let stands = status(&one, &tasks, day("2026-01-05"));
        assert_eq!(stands.planned_end, day("2026-04-24"), "a week later than without it");
        assert!(stands.lines[6].is_critical() && stands.lines[1].slack == 5, "{:?}", stands.lines);
        assert_eq!((stands.progress.tasks, stands.money), (7, [167, 1_150]));
        assert!(written(&one, &tasks, &shelf, ProgrammeForm::Csv).contains("7,Build a <forge>,own,,open,1,"));
        let xml = written(&one, &tasks, &shelf, ProgrammeForm::Xml);
        assert!(xml.contains("<Name>Build a &lt;forge&gt;</Name>") && xml.contains("<PredecessorUID>7</"), "{xml}");
        assert!(written(&one, &tasks, &shelf, ProgrammeForm::Ics).contains("SUMMARY:7. Build a <forge>"));
        assert_eq!(house.verbs(&one.id).await, ["programme_planned", "task_added"]);
    });
}

#[test]
fn people_who_are_busy_make_an_own_task_wait() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let one_each = People { all: None, roles: [("carpenter".to_string(), 1)].into_iter().collect() };
        let (one, before) = planned(&house, &shelf, one_each).await;
        let shelves = OwnTask { name: "Shelves".into(), roles: vec!["carpenter".into()], effort: [5, 15], ..forge() };
        let alone = OwnTask { needed_by: Vec::new(), ..shelves };
        let task = add_own_task(&house.db, &duty(), &shelf.blocks, &one.id, &alone, NOON).await.unwrap();
        // Oak takes a carpenter ten of fifteen days, the dock fifteen of fifteen: three whole weeks are free only after the dock.
        assert!(task.planned_start > before[2].planned_end, "{}", task.planned_start);
        assert_eq!(days(&tasks_of(&house.db, &one.id).await.unwrap())[..6], days(&before)[..]);
    });
}

#[test]
fn tasks_that_would_wait_in_a_circle_are_refused_by_name() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, task) = with_forge(&house, &shelf).await;
        let place = (one.id.as_str(), task.id.as_str());
        for (needs, needed_by, round) in [
            (vec![3], vec![3], "7 Build a <forge> → 3 dock → 7 Build a <forge>"),
            (vec![6], vec![2], "2 oak → 4 trial → 5 handover → 6 closure → 7 Build a <forge> → 2 oak"),
            (vec![7], vec![], "7 Build a <forge> → 7 Build a <forge>"),
        ] {
            let said = OwnTask { needs, needed_by, ..forge() };
            let done = change_own_task(&house.db, &duty(), &shelf.blocks, place, &said, NOON).await;
            let told = done.expect_err("a circle").to_string();
            let (_, told) = told.split_once("circle: ").expect("a circle");
            let turns = |text: &str| {
                let mut all: Vec<String> = text.split(" → ").skip(1).map(String::from).collect();
                all.sort();
                all
            };
            assert_eq!(turns(told), turns(round), "{told}");
        }
        let tasks = tasks_of(&house.db, &one.id).await.unwrap();
        assert_eq!((tasks[2].needs.as_slice(), tasks[6].needs.as_slice()), ([2, 7].as_slice(), [1].as_slice()));
    });
}

#[test]
fn what_makes_no_sense_is_refused_with_its_reason() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, task) = with_forge(&house, &shelf).await;
        let (db, who, blocks) = (&house.db, &duty(), &shelf.blocks);
        for (said, why) in [
            (OwnTask { name: " ".into(), ..forge() }, Hindrance::Name),
            (OwnTask { deliverable: "a\nb".into(), ..forge() }, Hindrance::Text),
            (OwnTask { roles: vec!["sailor".into()], ..forge() }, Hindrance::Role),
            (OwnTask { effort: [5, 4], ..forge() }, Hindrance::Amount),
            (OwnTask { effort: [0, 10_001], ..forge() }, Hindrance::Amount),
            (OwnTask { money: [-1, 0], ..forge() }, Hindrance::Amount),
            (OwnTask { days: Some(0), ..forge() }, Hindrance::Amount),
            (OwnTask { needs: vec![99], ..forge() }, Hindrance::Need),
            (OwnTask { needed_by: vec![0], ..forge() }, Hindrance::Need),
        ] {
            assert_eq!(refused(add_own_task(db, who, blocks, &one.id, &said, NOON).await), why, "{said:?}");
        }
        let tasks = tasks_of(db, &one.id).await.unwrap();
        let axe = (one.id.as_str(), tasks[0].id.as_str());
        assert_eq!(refused(change_own_task(db, who, blocks, axe, &forge(), NOON).await), Hindrance::NotOwn);
        assert_eq!(refused(remove_own_task(db, who, axe, "", NOON).await), Hindrance::NotOwn);
        let stale = OwnTask { version: Some(9), ..forge() };
        let place = (one.id.as_str(), task.id.as_str());
        assert_eq!(refused(change_own_task(db, who, blocks, place, &stale, NOON).await), Hindrance::Stale);
        let stranger = person("viewer", Tlp::Green);
        assert_eq!(refused(add_own_task(db, &stranger, blocks, &one.id, &forge(), NOON).await), Hindrance::NotFound);
        step_task(db, who, axe, TaskState::Started, day("2026-01-05"), NOON).await.unwrap();
        let before_axe = OwnTask { needs: Vec::new(), needed_by: vec![1], ..forge() };
        assert_eq!(refused(add_own_task(db, who, blocks, &one.id, &before_axe, NOON).await), Hindrance::Begun);
        assert_eq!(tasks_of(db, &one.id).await.unwrap().len(), 7, "nothing of it was kept");
    });
}

#[test]
fn a_changed_task_is_laid_again_and_the_same_twice_changes_nothing() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, task) = with_forge(&house, &shelf).await;
        let (db, who, blocks) = (&house.db, &duty(), &shelf.blocks);
        let place = (one.id.as_str(), task.id.as_str());
        let same = change_own_task(db, who, blocks, place, &OwnTask { days: Some(20), ..forge() }, NOON).await.unwrap();
        assert_eq!(same.version, 1);
        let longer = OwnTask { days: Some(25), version: Some(1), name: "A forge".into(), ..forge() };
        let changed = change_own_task(db, who, blocks, place, &longer, NOON).await.unwrap();
        assert_eq!((changed.planned_end, changed.version), (day("2026-02-20"), 2));
        let tasks = tasks_of(db, &one.id).await.unwrap();
        assert_eq!(
            (tasks[6].name.as_str(), tasks[6].version, tasks[2].planned_start),
            ("A forge", 2, day("2026-02-23"))
        );
        // Without the dock waiting, nothing moves back by itself.
        let apart = OwnTask { needed_by: vec![6], ..longer };
        change_own_task(db, who, blocks, place, &OwnTask { version: Some(2), ..apart }, NOON).await.unwrap();
        let tasks = tasks_of(db, &one.id).await.unwrap();
        assert_eq!((tasks[2].needs.as_slice(), tasks[2].planned_start), ([2].as_slice(), day("2026-02-23")));
        assert_eq!(tasks[5].needs, [5, 7]);
        assert_eq!(house.verbs(&one.id).await, ["programme_planned", "task_added", "task_changed", "task_changed"]);
    });
}

#[test]
fn a_task_is_removed_and_comes_back_with_its_proof_and_what_waited_for_it() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, task) = with_forge(&house, &shelf).await;
        let (db, who) = (&house.db, &duty());
        let place = (one.id.as_str(), task.id.as_str());
        let proof = Proof { words: "It glows.".into(), ..Proof::default() };
        accept_task(db, who, place, &proof, NOON).await.unwrap();
        assert_eq!(refused(remove_own_task(db, who, place, " ", NOON).await), Hindrance::Why);
        remove_own_task(db, who, place, "The town lends us one.", NOON).await.unwrap();
        let tasks = tasks_of(db, &one.id).await.unwrap();
        assert_eq!((tasks.len(), tasks[2].needs.as_slice()), (6, [2].as_slice()));
        let gone = removed_tasks(db, &one.id).await.unwrap().remove(0);
        assert_eq!((gone.why.as_str(), gone.by.as_str(), gone.at), ("The town lends us one.", "duty", NOON));
        assert_eq!((gone.needed_by.as_slice(), gone.task.proof.as_str()), ([3].as_slice(), "It glows."));
        assert_eq!(
            refused(step_task(db, who, place, TaskState::Open, day("2026-01-05"), NOON).await),
            Hindrance::NotFound
        );
        let other = OwnTask { name: "An anvil".into(), needs: Vec::new(), needed_by: Vec::new(), ..forge() };
        let other = add_own_task(db, who, &shelf.blocks, &one.id, &other, NOON).await.unwrap();
        assert_eq!(other.number, 8, "the number of a removed task is not given again");
        let back = restore_own_task(db, who, place, NOON).await.unwrap();
        assert_eq!((back.state, back.proof.as_str()), (TaskState::Accepted, "It glows."));
        restore_own_task(db, who, place, NOON).await.unwrap();
        let tasks = tasks_of(db, &one.id).await.unwrap();
        assert_eq!((tasks.len(), tasks[2].needs.as_slice(), tasks[6].version), (8, [2, 7].as_slice(), back.version));
        assert!(removed_tasks(db, &one.id).await.unwrap().is_empty());
        let verbs = house.verbs(&one.id).await;
        assert_eq!(verbs[2..], ["task_accepted", "task_removed", "task_added", "task_restored"]);
        let none = restore_own_task(db, who, (&one.id, "none"), NOON).await;
        assert_eq!(refused(none), Hindrance::NotFound);
        assert_eq!(refused(set_programme_state(db, who, &one.id, true, NOON).await), Hindrance::Unfinished);
    });
}

#[test]
fn another_programme_of_the_design_takes_own_tasks_and_days_off_along() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, _) = with_forge(&house, &shelf).await;
        let (db, who) = (&house.db, &duty());
        set_days_off(db, who, &one.id, &off(&[("2026-01-20", "Nets")]), NOON).await.unwrap();
        set_nation_days_off(db, who, &off(&[("2026-01-21", "Lighthouse")]), NOON).await.unwrap();
        let new = |like: &str| NewProgramme {
            design: one.design_id.clone(),
            name: "Second".into(),
            setup: setup(People::default()),
            like: like.into(),
        };
        let second = plan_programme(db, who, &new(&one.id), NOON).await.unwrap();
        let second = programme(db, who, &second.id).await.unwrap().unwrap();
        assert_eq!(second.off, off(&[("2026-01-20", "Nets"), ("2026-01-21", "Lighthouse")]));
        let tasks = tasks_of(db, &second.id).await.unwrap();
        assert_eq!(
            (tasks.len(), tasks[6].name.as_str(), tasks[2].needs.as_slice()),
            (7, "Build a <forge>", [2, 7].as_slice())
        );
        assert_eq!((tasks[6].planned_start, tasks[6].planned_end), (day("2026-01-19"), day("2026-02-17")));
        let plain = plan_programme(db, who, &new(""), NOON).await.unwrap();
        assert_eq!(plain.off, off(&[("2026-01-21", "Lighthouse")]));
        assert_eq!(tasks_of(db, &plain.id).await.unwrap().len(), 6);
        let stranger = plan_programme(db, who, &new("none"), NOON).await;
        assert_eq!(refused(stranger), Hindrance::NotFound);
    });
}

#[test]
fn days_off_move_what_is_planned_from_today_on_and_come_back_as_they_went() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, before) = planned(&house, &shelf, People::default()).await;
        let (db, who) = (&house.db, &duty());
        let feast = off(&[("2026-01-20", "Nets"), ("2026-01-21", "Nets & boats"), ("2026-01-24", "On a Saturday")]);
        let with = set_days_off(db, who, &one.id, &feast, NOON).await.unwrap();
        let tasks = tasks_of(db, &one.id).await.unwrap();
        let pairs = days(&tasks);
        assert_eq!(pairs[0], days(&before)[0], "the axe ends before them");
        assert_eq!(pairs[1], ("2026-01-19".into(), "2026-02-10".into()), "oak lasts two days longer");
        assert_eq!(pairs[2], ("2026-02-11".into(), "2026-03-03".into()), "and the dock follows");
        let kept = programme(db, who, &one.id).await.unwrap().unwrap();
        assert_eq!((&kept.off, &kept.off), (&feast, &with.off));
        let stands = status(&kept, &tasks, day("2026-01-05"));
        assert_eq!(stands.planned_end, stands.forecast_end, "the schedule counts as the plan does");
        assert!(stands.lines.iter().all(|line| line.is_critical()));
        let xml = written(&kept, &tasks, &shelf, ProgrammeForm::Xml);
        let (_, exceptions) = xml.split_once("<Exceptions>").expect("exceptions");
        let (exceptions, _) = exceptions.split_once("</Exceptions>").unwrap();
        assert_eq!(exceptions.matches("<Exception>").count(), 3);
        assert!(
            exceptions.contains("<FromDate>2026-01-21T00:00:00</FromDate>") && exceptions.contains("Nets &amp; boats")
        );
        let back = set_days_off(db, who, &one.id, &[], NOON).await.unwrap();
        assert!(back.off.is_empty());
        assert_eq!(days(&tasks_of(db, &one.id).await.unwrap()), days(&before));
        // What is past stays as it was planned.
        set_days_off(db, who, &one.id, &off(&[("2026-01-06", "Past")]), NOON).await.unwrap();
        assert_eq!(days(&tasks_of(db, &one.id).await.unwrap()), days(&before));
        set_days_off(db, who, &one.id, &off(&[("2026-01-06", "Past")]), NOON).await.unwrap();
        assert_eq!(house.verbs(&one.id).await, ["programme_planned", "days_off_set", "days_off_set", "days_off_set"]);
    });
}

#[test]
fn days_off_have_limits_and_those_of_the_nation_move_nobody() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, before) = planned(&house, &shelf, People::default()).await;
        let (db, who) = (&house.db, &duty());
        for (bad, why) in [
            (off(&[("2026-01-20", "")]), Hindrance::Name),
            (off(&[("2026-01-20", "A"), ("2026-01-20", "B")]), Hindrance::Day),
            ((0..481).map(|days| DayOff { day: Day(20_000 + days), name: "x".into() }).collect(), Hindrance::TooMany),
        ] {
            assert_eq!(refused(set_days_off(db, who, &one.id, &bad, NOON).await), why);
            assert_eq!(refused(set_nation_days_off(db, who, &bad, NOON).await), why);
        }
        let stranger = person("viewer", Tlp::Green);
        assert_eq!(refused(set_days_off(db, &stranger, &one.id, &[], NOON).await), Hindrance::NotFound);
        let read = read_days_off(b"date,name\n2026-01-20,Nets\n2026-05-02,\"Boats, and nets\"\n").unwrap();
        set_nation_days_off(db, who, &read, NOON).await.unwrap();
        set_nation_days_off(db, who, &read, NOON).await.unwrap();
        assert_eq!(nation_days_off(db).await.unwrap(), read);
        assert_eq!(days(&tasks_of(db, &one.id).await.unwrap()), days(&before));
        assert_eq!(house.verbs("days-off").await, ["nation_days_off_set"]);
        let wrong: Vec<BadDayOff> = read_days_off(b"soon,X").unwrap_err();
        assert_eq!(wrong[0].to_string(), "line 1: \"soon\": a day is written as 2027-01-04");
        let later = Micros(NOON.0 + Micros::DAY);
        assert!(matches!(
            set_days_off(db, who, "none", &[], later).await,
            Err(ProgrammeError::Refused(Hindrance::NotFound))
        ));
    });
}
