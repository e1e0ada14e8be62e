//! Designs are kept, planned and carried out.

use manara_framework::assessments::{Assessment, sheet};
use manara_framework::catalogues::Shelf;
use manara_framework::designs::{
    Ask, Asked, Beside, DesignState, KeptDesign, NewDesign, design, design_answer, designs_of, keep_design,
    kept_design, kept_designs, set_design_state,
};
use manara_framework::establishment::{Proof as BlockProof, accept, apply, show};
use manara_framework::programmes::{
    Calendar, Change as TaskChange, Day, Hindrance, LineKind, Names, NewLine, NewProgramme, Part, People, Programme,
    ProgrammeError, ProgrammeForm, ProgrammeSheet, Proof, Setup, Task, TaskState, Week, accept_task, add_line,
    change_task, draft, lines_of, plan_programme, programme, programme_file, programmes_of, set_line_done,
    set_programme_state, status, step_task, tasks_of,
};
use manara_framework::scoring::score;
use manara_model::{Micros, Tlp};
use manara_web::{Lang, Words};

use crate::founding::{Ground, later};
use crate::house::{House, NOON, boats, catalogue, duty, on_both, person};

/// Blocks of a boat: an axe gives tools, oak needs tools and gives a hull, a dock needs a hull.
pub const WOOD: &str = "format: 1\nblocks:\n\
- {ref_id: axe, kind: hardware, name: {en: Axe, ar: فأس}, provides: [tools], cost: {first_year: [10, 20], currency: EUR},\n   effort_days: [1, 2], lead_weeks: [1, 2], roles: [smith], payer: member-state}\n\
- {ref_id: oak, kind: hardware, name: '=Oak, \"old\"', provides: [hull], needs: [tools], ways: wood, cost: {first_year: [100, 1000], currency: EUR},\n   effort_days: [5, 10], lead_weeks: [2, 3], roles: [carpenter], payer: donor, deliverable: {en: A hull; tight}}\n\
- {ref_id: pine, kind: hardware, name: Pine, provides: [hull], needs: [tools], ways: wood, cost: {first_year: [100, 9000], currency: EUR},\n   effort_days: [1, 2], lead_weeks: [1, 1], roles: [carpenter], payer: donor}\n\
- {ref_id: dock, kind: community, name: Dock, provides: [dry-dock], needs: [hull], cost: {first_year: [7, 70], currency: EUR},\n   effort_days: [10, 30], lead_weeks: [1, 2], roles: [smith, carpenter], payer: itu}\n";

pub fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

pub fn shelf(house: &House) -> Shelf {
    for (folder, name, text) in [("frameworks", "boats.yaml", boats("minima", 5)), ("blocks", "wood.yaml", WOOD.into())]
    {
        let folder = house.folder.path().join(folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(name), text).expect("written");
    }
    let shelf = Shelf::load(Some(house.folder.path()));
    assert!(shelf.left_out.is_empty(), "{:?}", shelf.left_out);
    shelf
}

pub fn setup(people: People) -> Setup {
    Setup { start: day("2026-01-05"), week: Week::of_country("FR"), people }
}

/// An assessment with a kept design of an axe, oak and a dock.
async fn kept(house: &House, shelf: &Shelf, tlp: Tlp) -> (Assessment, KeptDesign) {
    let boats = catalogue("minima", 5);
    let one = house.begin(&boats, tlp).await;
    let scored = score(&boats, &sheet(&house.db, &one.id, "2026-01-15").await.unwrap(), boats.profile("harbour"));
    let ask = Ask { services: vec!["dry-dock".into()], ..Ask::default() };
    let designs = design(shelf, &boats, &scored, &ask);
    let aim = designs[0].aim;
    let new = NewDesign { name: "A fleet".into(), asked: Asked::of(&ask, "harbour"), aim };
    let kept = keep_design(&house.db, &duty(), &one.id, &new, &designs, NOON).await.expect("kept");
    assert_eq!(design_answer(&house.db, &duty(), &kept.id).await.unwrap(), designs, "the whole answer is read again");
    (one, kept)
}

pub async fn planned(house: &House, shelf: &Shelf, people: People) -> (Programme, Vec<Task>) {
    let (_, kept) = kept(house, shelf, Tlp::Amber).await;
    let new = NewProgramme { design: kept.id, name: String::new(), setup: setup(people), like: String::new() };
    let one = plan_programme(&house.db, &duty(), &new, NOON).await.expect("planned");
    let tasks = tasks_of(&house.db, &one.id).await.unwrap();
    (one, tasks)
}

#[test]
fn an_accepted_proof_of_a_block_accepts_its_task_in_programmes_that_run() {
    on_both(|house| async move {
        let (shelf, ground, db) = (shelf(&house), Ground::of(), &house.db);
        let (one, _) = planned(&house, &shelf, People::default()).await;
        apply(db, ground.as_ref(), &shelf.blocks, "axe", "amina", later(1)).await.unwrap();
        let proof =
            BlockProof { text: "It cuts".into(), link: "https://boats.example/axe".into(), ..BlockProof::default() };
        show(db, "axe", &proof, "omar", later(2)).await.unwrap();
        let of_axe = || async {
            tasks_of(db, &one.id).await.unwrap().into_iter().find(|task| task.block == "axe").expect("a task")
        };
        assert_eq!(of_axe().await.state, TaskState::Open, "shown is not accepted");
        accept(db, "axe", "amina", None, later(3)).await.unwrap();
        let task = of_axe().await;
        assert_eq!(
            (task.state, task.accepted_by.as_str(), task.accepted),
            (TaskState::Accepted, "amina", Some(later(3)))
        );
        assert_eq!((task.proof.as_str(), task.evidence.as_str()), ("It cuts", "https://boats.example/axe"));
        assert!(house.verbs(&one.id).await.contains(&"task_accepted".to_string()));
        let others = tasks_of(db, &one.id).await.unwrap();
        assert!(others.iter().filter(|task| task.block != "axe").all(|task| task.state == TaskState::Open));
    });
}

pub fn refused<T: std::fmt::Debug>(done: Result<T, ProgrammeError>) -> Hindrance {
    match done.expect_err("refused") {
        ProgrammeError::Refused(why) => why,
        other => panic!("{other}"),
    }
}

pub fn days(tasks: &[Task]) -> Vec<(String, String)> {
    tasks.iter().map(|task| (task.planned_start.to_string(), task.planned_end.to_string())).collect()
}

#[test]
fn a_design_is_kept_whole_accepted_and_withdrawn() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, kept) = kept(&house, &shelf, Tlp::Red).await;
        assert_eq!((kept.sha256.len(), kept.state, kept.asked.profile.as_str()), (64, DesignState::Draft, "harbour"));
        let (kept, before) = set_design_state(&house.db, &duty(), &kept.id, DesignState::Accepted, NOON).await.unwrap();
        assert_eq!((kept.state, kept.version, before), (DesignState::Accepted, 2, DesignState::Draft));
        set_design_state(&house.db, &duty(), &kept.id, DesignState::Accepted, NOON).await.unwrap();
        set_design_state(&house.db, &duty(), &kept.id, DesignState::Withdrawn, NOON).await.unwrap();
        let new = NewProgramme {
            design: kept.id.clone(),
            name: String::new(),
            setup: setup(People::default()),
            like: String::new(),
        };
        let planned = plan_programme(&house.db, &duty(), &new, NOON).await;
        assert_eq!(refused(planned), Hindrance::Withdrawn);
        set_design_state(&house.db, &duty(), &kept.id, DesignState::Draft, NOON).await.unwrap();
        assert_eq!(
            house.verbs(&kept.id).await,
            ["design_kept", "design_accepted", "design_withdrawn", "design_put_back"]
        );
        assert_eq!(designs_of(&house.db, &duty(), &one.id).await.unwrap().len(), 1);
        assert_eq!(kept_designs(&house.db, &duty(), "", 10).await.unwrap().len(), 1);
        let stranger = person("viewer", Tlp::Amber);
        assert_eq!(kept_design(&house.db, &stranger, &kept.id).await.unwrap(), None);
        assert!(design_answer(&house.db, &stranger, &kept.id).await.is_err());
        let hidden = set_design_state(&house.db, &stranger, &kept.id, DesignState::Accepted, NOON).await;
        assert_eq!(refused(hidden), Hindrance::NotFound);
        assert_eq!(refused(plan_programme(&house.db, &stranger, &new, NOON).await), Hindrance::NotFound);
        let bad = NewDesign { name: "\n".into(), asked: Asked::default(), aim: kept.aim };
        assert_eq!(refused(keep_design(&house.db, &duty(), &one.id, &bad, &[], NOON).await), Hindrance::Name);
        let bad = NewDesign { name: "x".into(), ..bad };
        assert_eq!(refused(keep_design(&house.db, &duty(), &one.id, &bad, &[], NOON).await), Hindrance::Aim);
    });
}

#[test]
fn a_programme_follows_what_blocks_need_and_ends_with_its_closure() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, tasks) = planned(&house, &shelf, People::default()).await;
        let what = |task: &Task| if task.part == Part::Block { task.block.clone() } else { task.part.as_str().into() };
        let told: Vec<String> = tasks.iter().map(what).collect();
        assert_eq!(told, ["axe", "oak", "dock", "trial", "handover", "closure"]);
        let pairs = days(&tasks);
        let want = [
            ("2026-01-05", "2026-01-16"),
            ("2026-01-19", "2026-02-06"),
            // Thirty days of work by two people take three weeks, though the dock could be there in two.
            ("2026-02-09", "2026-02-27"),
            ("2026-03-02", "2026-03-27"),
            ("2026-03-30", "2026-04-10"),
            ("2026-04-13", "2026-04-17"),
        ];
        assert_eq!(pairs, want.map(|(from, until)| (from.to_string(), until.to_string())));
        assert_eq!((one.name.as_str(), one.currency.as_str()), ("A fleet", "EUR"));
        let stands = status(&one, &tasks, day("2026-01-05"));
        assert_eq!(
            (stands.planned_end, stands.forecast_end, stands.shortest_end),
            (day("2026-04-17"), day("2026-04-17"), day("2026-04-17"))
        );
        assert_eq!((stands.money, stands.months.len()), ([117, 1_090], 2));
        assert_eq!(stands.months[0].payers["member-state"], [10, 20]);
        assert!(stands.lines.iter().all(|line| line.is_critical() && line.late.is_none()));
        // One person alone takes longer for the dock.
        let (_, alone) = planned(&house, &shelf, People { all: Some(1), ..People::default() }).await;
        assert_eq!(days(&alone)[2], ("2026-02-09".to_string(), "2026-03-20".to_string()));
        assert_eq!(programmes_of(&house.db, &duty(), &one.design_id).await.unwrap().len(), 1);
    });
}

#[test]
fn what_cannot_be_planned_is_refused_with_its_reason() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (_, kept) = kept(&house, &shelf, Tlp::Amber).await;
        let answer = design_answer(&house.db, &duty(), &kept.id).await.unwrap().remove(0);
        let with = |role: &str, people: i64| {
            setup(People { all: None, roles: [(role.to_string(), people)].into_iter().collect() })
        };
        assert_eq!(draft(&answer, &with("sailor", 1)), Err(Hindrance::Role));
        assert_eq!(draft(&answer, &with("smith", 0)), Err(Hindrance::People));
        assert!(draft(&answer, &with("smith", 1)).is_ok());
        let nothing = manara_framework::designs::Design { blocks: Vec::new(), ..answer.clone() };
        assert_eq!(draft(&nothing, &setup(People::default())), Err(Hindrance::NoBlocks));
        let mut endless = answer;
        endless.blocks[1].effort_days = [100_000, 100_000];
        assert_eq!(draft(&endless, &setup(People::default())), Err(Hindrance::TooLong));
        assert_eq!(Beside::of(&endless, &nothing).first, ["axe", "dock", "oak"]);
    });
}

#[test]
fn tasks_are_begun_done_accepted_and_opened_again() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, tasks) = planned(&house, &shelf, People::default()).await;
        let (id, axe) = (one.id.as_str(), (one.id.as_str(), tasks[0].id.as_str()));
        let (db, who) = (&house.db, &duty());
        let monday = day("2026-01-05");
        assert_eq!(refused(step_task(db, who, axe, TaskState::Finished, monday, NOON).await), Hindrance::Step);
        let early = step_task(db, who, axe, TaskState::Started, day("2026-03-01"), NOON).await;
        assert_eq!(refused(early), Hindrance::Day, "what is yet to come has not happened");
        step_task(db, who, axe, TaskState::Started, monday, NOON).await.unwrap();
        assert_eq!(
            refused(step_task(db, who, axe, TaskState::Finished, day("2026-01-02"), NOON).await),
            Hindrance::Day
        );
        step_task(db, who, axe, TaskState::Finished, day("2026-01-09"), NOON).await.unwrap();
        assert_eq!(refused(accept_task(db, who, axe, &Proof::default(), NOON).await), Hindrance::Proof);
        let proof = Proof { words: "It cuts.".into(), evidence: "https://example.org/axe".into(), ..Proof::default() };
        let accepted = accept_task(db, who, axe, &proof, NOON).await.unwrap();
        assert_eq!((accepted.state, accepted.accepted_by.as_str()), (TaskState::Accepted, "duty"));
        assert_eq!(refused(accept_task(db, who, axe, &proof, NOON).await), Hindrance::Step);
        let kept = tasks_of(db, id).await.unwrap();
        assert_eq!(
            (kept[0].actual_end, kept[0].proof.as_str(), kept[0].accepted),
            (Some(day("2026-01-09")), "It cuts.", Some(NOON))
        );
        let stands = status(&one, &kept, day("2026-01-15"));
        assert_eq!((stands.progress.accepted, stands.progress.earned, stands.progress.planned), (1, 2, 0));
        // The axe was there a week early, but nothing begins before its planned day.
        assert_eq!(stands.forecast_end, day("2026-04-17"));
        let again = step_task(db, who, axe, TaskState::Started, monday, NOON).await.unwrap();
        assert_eq!((again.proof.as_str(), again.accepted, again.actual_start), ("", None, Some(monday)));
        let verbs = house.verbs(id).await;
        assert_eq!(verbs, ["programme_planned", "task_started", "task_finished", "task_accepted", "task_reopened"]);
        let hidden = step_task(db, &person("x", Tlp::Green), axe, TaskState::Open, monday, NOON).await;
        assert_eq!(refused(hidden), Hindrance::NotFound);
        assert_eq!(
            refused(step_task(db, who, (id, "none"), TaskState::Started, monday, NOON).await),
            Hindrance::NotFound
        );
    });
}

#[test]
fn what_is_late_moves_the_end_and_is_named() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, tasks) = planned(&house, &shelf, People::default()).await;
        let stands = status(&one, &tasks, day("2026-01-15"));
        let late: Vec<i64> = tasks
            .iter()
            .zip(&stands.lines)
            .filter(|(_, line)| line.late.is_some())
            .map(|(task, _)| task.number)
            .collect();
        assert_eq!((late, stands.progress.late), (vec![1], 1));
        assert_eq!(stands.lines[0].forecast_end, day("2026-01-28"), "ten working days from today");
        assert_eq!((stands.planned_end, stands.forecast_end), (day("2026-04-17"), day("2026-04-29")));
        let later = status(&one, &tasks, day("2026-01-20"));
        assert_eq!((later.progress.late, later.progress.planned), (2, 2), "the axe should be done, oak begun");
    });
}

#[test]
fn a_task_moves_only_between_its_neighbours() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, tasks) = planned(&house, &shelf, People::default()).await;
        let (db, who, oak) = (&house.db, &duty(), (one.id.as_str(), tasks[1].id.as_str()));
        let change = |from: &str, until: &str| TaskChange {
            owner: "Layla".into(),
            start: day(from),
            end: day(until),
            version: Some(1),
        };
        for (from, until) in [("2026-01-16", "2026-02-06"), ("2026-01-19", "2026-02-09"), ("2026-02-01", "2026-01-30")]
        {
            assert_eq!(refused(change_task(db, who, oak, &change(from, until), NOON).await), Hindrance::Order);
        }
        let moved = change_task(db, who, oak, &change("2026-01-26", "2026-02-06"), NOON).await.unwrap();
        assert_eq!((moved.days, moved.owner.as_str()), (10, "Layla"));
        assert_eq!(
            refused(change_task(db, who, oak, &change("2026-01-19", "2026-02-06"), NOON).await),
            Hindrance::Stale
        );
        assert_eq!(house.verbs(&one.id).await, ["programme_planned", "task_changed"]);
    });
}

#[test]
fn a_programme_is_closed_when_all_of_it_is_accepted_and_ticked_off() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, tasks) = planned(&house, &shelf, People::default()).await;
        let (db, who, id) = (&house.db, &duty(), one.id.as_str());
        let risk = NewLine {
            kind: LineKind::Risk,
            text: "A storm".into(),
            likelihood: 9,
            impact: 2,
            answer: String::new(),
            owner: String::new(),
        };
        let risk = add_line(db, who, id, &risk, NOON).await.unwrap();
        assert_eq!(risk.weight(), 6, "nothing is likelier than high");
        assert_eq!(refused(set_programme_state(db, who, id, true, NOON).await), Hindrance::Unfinished);
        let proof = Proof { words: "Seen".into(), ..Proof::default() };
        for task in &tasks {
            accept_task(db, who, (id, &task.id), &proof, NOON).await.unwrap();
        }
        assert_eq!(refused(set_programme_state(db, who, id, true, NOON).await), Hindrance::Unfinished);
        let lines = lines_of(db, id).await.unwrap();
        assert_eq!((lines.len(), lines[0].code.as_str()), (10, "accepted"));
        for line in lines.iter().filter(|line| line.kind != LineKind::Risk) {
            set_line_done(db, who, (id, &line.id), true, NOON).await.unwrap();
        }
        assert!(set_programme_state(db, who, id, true, NOON).await.unwrap().is_closed);
        assert_eq!(refused(accept_task(db, who, (id, &tasks[0].id), &proof, NOON).await), Hindrance::Closed);
        assert_eq!(refused(set_line_done(db, who, (id, &risk.id), true, NOON).await), Hindrance::Closed);
        assert!(!set_programme_state(db, who, id, false, NOON).await.unwrap().is_closed);
        assert_eq!(programme(db, &person("x", Tlp::Green), id).await.unwrap(), None);
    });
}

/// The elements of a text in their order, and that each ends where it must.
fn elements(xml: &str) -> Vec<String> {
    let (mut open, mut all): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for part in xml.split('<').skip(1) {
        let (tag, _) = part.split_once('>').expect("an element ends");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "elements end in their order");
        } else if !tag.starts_with('?') {
            let name = tag.split(' ').next().unwrap().to_string();
            all.push(name.clone());
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    all
}

#[test]
fn a_programme_is_taken_away_as_table_plan_and_calendar() {
    on_both(|house| async move {
        let shelf = shelf(&house);
        let (one, tasks) = planned(&house, &shelf, People { all: Some(2), ..People::default() }).await;
        let change = TaskChange {
            owner: "=1+1".into(),
            start: tasks[0].planned_start,
            end: tasks[0].planned_end,
            version: None,
        };
        change_task(&house.db, &duty(), (&one.id, &tasks[0].id), &change, NOON).await.unwrap();
        let tasks = tasks_of(&house.db, &one.id).await.unwrap();
        let (words, stands) = (Words::built_in().unwrap(), status(&one, &tasks, day("2026-01-05")));
        let file = |lang: Lang, form: ProgrammeForm| {
            let names = Names { blocks: &shelf.blocks, words: &words, lang };
            let sheet = ProgrammeSheet { programme: &one, tasks: &tasks, status: &stands, names, now: NOON };
            programme_file(&sheet, form)
        };
        let csv = file(Lang::En, ProgrammeForm::Csv);
        assert_eq!(csv.lines().count(), 7, "{csv}");
        assert!(csv.contains("'=1+1") && csv.contains("\"'=Oak, \"\"old\"\"\""), "no cell is a formula: {csv}");
        assert!(csv.lines().skip(1).all(|line| line.ends_with(",TLP:AMBER")), "who may see it: {csv}");
        assert!(file(Lang::Ar, ProgrammeForm::Csv).contains("فأس"));
        let xml = file(Lang::En, ProgrammeForm::Xml);
        let all = elements(&xml);
        assert_eq!(all.iter().filter(|name| *name == "Task").count(), 6);
        assert_eq!(all.iter().filter(|name| *name == "PredecessorUID").count(), 7);
        assert_eq!(all[..2], ["Project", "SaveVersion"], "the schema wants it, and wants it first");
        for want in [
            "<CurrencyCode>EUR</CurrencyCode>",
            "<Title>A fleet</Title>\n  <Category>TLP:AMBER</Category>\n  <CreationDate>",
            "<StartDate>2026-01-05T08:00:00</StartDate>",
            "<Duration>PT80H0M0S</Duration>",
            "<Name>=Oak, &quot;old&quot;</Name>",
            "<DayType>1</DayType>\n          <DayWorking>0</DayWorking>",
        ] {
            assert!(xml.contains(want), "{want}\n{xml}");
        }
        let ics = file(Lang::En, ProgrammeForm::Ics);
        assert!(ics.split("\r\n").all(|line| line.len() <= 75) && !ics.replace("\r\n", "").contains('\n'));
        let plain = ics.replace("\r\n ", "");
        assert_eq!(plain.matches("BEGIN:VEVENT").count(), 6);
        for want in [
            &format!("UID:{}@manara\r\n", tasks[0].id),
            "DTSTAMP:20260115T120000Z\r\n",
            "DTSTART;VALUE=DATE:20260105\r\nDTEND;VALUE=DATE:20260117\r\n",
            "SUMMARY:2. =Oak\\, \"old\"\r\n",
            "DESCRIPTION:TLP:AMBER\\nA hull\\; tight\\ncarpenter\r\n",
            "X-MANARA-TLP:TLP:AMBER\r\n",
            "CLASS:CONFIDENTIAL\r\n",
        ] {
            assert!(plain.contains(want), "{want}\n{plain}");
        }
        assert_eq!(ics, file(Lang::En, ProgrammeForm::Ics), "the same bytes");
    });
}

#[test]
fn working_days_of_a_programme_are_those_of_its_country() {
    let calendar = Calendar::new(Day::of(NOON), Week::of_country("EG"));
    assert_eq!(calendar.day(1), day("2026-01-18"), "Thursday is followed by Sunday");
    assert_eq!(Day::of(Micros(NOON.0)).to_string(), "2026-01-15");
}
