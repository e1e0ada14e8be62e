//! The work on incidents: playbooks, tasks, clocks, the review, mergers and what the journal says of it.

use chrono_tz::Tz;
use manara_model::{Micros, Tlp};
use manara_response::{
    Clock, Closing, Moments, NewTask, Refusal, ResponseError, StageMet, Standing, Task, TaskChange, TaskState,
    TaskStep, Verdict, WorkContent, add_note, add_task, answer_review, apply_playbook, change_task, clocks_of, close,
    follow_clocks, meet_stage, mentions, merge, open_tasks, remove_playbook, review_of, running_stages, see_mentions,
    set_moments, split, start_clock, step_task, stop_clock, tag_technique, tasks_of, techniques, tell_clocks,
};
use manara_web::{Lang, NewPerson, Role, ensure_first_users};

use crate::house::{House, MINUTE, NOON, duty, on_both, person};

const HOUR: i64 = 60 * MINUTE;

fn content() -> WorkContent {
    WorkContent::load(None, Tz::UTC)
}

fn refusal<T: std::fmt::Debug>(result: Result<T, ResponseError>) -> Refusal {
    match result {
        Err(ResponseError::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

fn at(hours: i64) -> Micros {
    Micros(NOON.0 + hours * HOUR)
}

async fn team(house: &House) {
    let person =
        |name: &str, role| NewPerson { name: name.into(), role, lang: Lang::En, password: "a short sentence".into() };
    let people = [person("duty", Role::Duty), person("omar", Role::Handler)];
    ensure_first_users(&house.db, &people, NOON).await.expect("made");
}

async fn all(house: &House, id: &str) -> Vec<Task> {
    tasks_of(&house.db, id).await.expect("read")
}

fn named<'t>(tasks: &'t [Task], step: &str) -> &'t Task {
    tasks.iter().find(|task| task.step == step).expect("a step")
}

#[test]
fn a_playbook_becomes_tasks_and_a_decision_says_which_are_needed() {
    on_both(|house: House| async move {
        let content = content();
        let one = house.open("Phishing", &[], NOON).await;
        let apply = async || apply_playbook(&house.db, &duty(), &content, (&one.number, "s21-phishing"), NOON).await;
        let count = apply().await.expect("applied");
        assert_eq!(apply().await.expect("twice"), count);
        let tasks = all(&house, &one.id).await;
        assert_eq!(tasks.len(), count);
        let states = |tasks: &[Task]| {
            ["takedown-hoster", "takedown-registrar", "takedown-service", "accounts"]
                .map(|step| named(tasks, step).state)
        };
        assert_eq!(states(&tasks), [TaskState::Waiting; 4]);
        assert_eq!(named(&tasks, "preserve").due, Some(at(1)));

        let place = named(&tasks, "place").clone();
        let step = async |id: &str, version: i64, step: TaskStep, now: Micros| {
            step_task(&house.db, &duty(), (&one.id, id), Some(version), (&step, &content.hours), now).await
        };
        let wrong = step(&place.id, 1, TaskStep::Done("nowhere".into()), at(1)).await;
        assert_eq!(refusal(wrong), Refusal::Answer);
        let waiting = named(&tasks, "accounts").id.clone();
        assert_eq!(refusal(step(&waiting, 1, TaskStep::Done(String::new()), at(1)).await), Refusal::TaskWaits);
        step(&place.id, 1, TaskStep::Done("made-for-fraud".into()), at(1)).await.expect("decided");
        step(&place.id, 1, TaskStep::Done("made-for-fraud".into()), at(1)).await.expect("twice");
        let tasks = all(&house, &one.id).await;
        use TaskState::{Done, Open, Waiting};
        assert_eq!(states(&tasks), [Open, Open, Waiting, Waiting]);
        assert_eq!(named(&tasks, "takedown-hoster").due, Some(at(5)), "four hours from the decision");
        let hoster = named(&tasks, "takedown-hoster").clone();
        step(&hoster.id, hoster.version, TaskStep::Done(String::new()), at(2)).await.expect("done");
        let stale = step(&place.id, 1, TaskStep::Reopen, at(2)).await;
        assert!(matches!(stale, Err(ResponseError::Stale)), "{stale:?}");
        step(&place.id, 2, TaskStep::Reopen, at(2)).await.expect("reopened");
        step(&place.id, 3, TaskStep::Done("service".into()), at(3)).await.expect("decided anew");
        let tasks = all(&house, &one.id).await;
        assert_eq!(states(&tasks), [Done, Waiting, Open, Waiting], "what was done stays");
        assert_eq!(refusal(step(&waiting, 1, TaskStep::Skip(" ".into()), at(3)).await), Refusal::Text);

        remove_playbook(&house.db, &duty(), (&one.id, "s21-phishing"), at(4)).await.expect("taken off");
        let left = all(&house, &one.id).await.into_iter().filter(|task| task.removed.is_none()).count();
        assert_eq!(left, 2, "what was done stays");
        apply().await.expect("applied again");
        assert!(all(&house, &one.id).await.iter().all(|task| task.removed.is_none()));
        let hidden =
            apply_playbook(&house.db, &person("weak", Tlp::Clear), &content, (&one.id, "s21-phishing"), NOON).await;
        assert_eq!(refusal(hidden), Refusal::NotFound);
        let verbs = house.verbs(&one.id).await;
        assert_eq!(verbs.iter().filter(|verb| *verb == "playbook_applied").count(), 2, "{verbs:?}");
    });
}

#[test]
fn own_tasks_call_people_and_stand_on_their_list() {
    on_both(|house: House| async move {
        team(&house).await;
        let content = content();
        let one = house.open("One", &[], NOON).await;
        let new = NewTask { title: "Call @omar".into(), owner: "omar".into(), due: Some(at(2)), ..NewTask::default() };
        let task = add_task(&house.db, &duty(), &one.id, &new, NOON).await.expect("added");
        let nobody = NewTask { owner: "nobody".into(), ..new.clone() };
        assert_eq!(refusal(add_task(&house.db, &duty(), &one.id, &nobody, NOON).await), Refusal::Person);
        assert_eq!(refusal(add_task(&house.db, &duty(), &one.id, &NewTask::default(), NOON).await), Refusal::Title);
        let omar = person("omar", Tlp::Red);
        add_note(&house.db, &duty(), &one.id, "Ask @omar, not omar@isp.example; @duty knows.", at(1))
            .await
            .expect("noted");
        let called = mentions(&house.db, &omar, 10).await.expect("read");
        assert_eq!(called.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["note", "task"]);
        assert!(mentions(&house.db, &duty(), 10).await.expect("read").is_empty(), "nobody calls themselves");
        assert!(mentions(&house.db, &person("omar", Tlp::Clear), 10).await.expect("read").is_empty());
        see_mentions(&house.db, &omar, &called[0].record, at(1)).await.expect("seen");
        assert_eq!(mentions(&house.db, &omar, 10).await.expect("read").len(), 1);

        let change = TaskChange { note: "No answer.".into(), owner: String::new(), ..TaskChange::of(&task) };
        let changed =
            change_task(&house.db, &duty(), (&one.id, &task.id), Some(1), &change, at(1)).await.expect("changed");
        assert_eq!((changed.version, changed.owner.as_str()), (2, ""));
        let stale = change_task(&house.db, &omar, (&one.id, &task.id), Some(1), &TaskChange::of(&task), at(1)).await;
        assert!(matches!(stale, Err(ResponseError::Stale)), "{stale:?}");
        let mine = |owner: &'static str| {
            let db = house.db.clone();
            async move { open_tasks(&db, &duty(), owner, "", 10).await.expect("read") }
        };
        assert_eq!((mine("omar").await.len(), mine("").await.len()), (0, 1));
        let key = mine("").await[0].key();
        assert!(
            open_tasks(&house.db, &duty(), "", &key, 10).await.expect("read").is_empty(),
            "the list goes on by its key"
        );
        let with = (&TaskStep::Remove, &content.hours);
        step_task(&house.db, &duty(), (&one.id, &task.id), None, with, at(2)).await.expect("taken away");
        assert!(mine("").await.is_empty());
        let with = (&TaskStep::Restore, &content.hours);
        step_task(&house.db, &duty(), (&one.id, &task.id), None, with, at(2)).await.expect("back");

        let tag =
            async |text: &str, is_seen| tag_technique(&house.db, &duty(), (&one.id, text, ""), is_seen, NOON).await;
        assert_eq!(refusal(tag("phishing", true).await), Refusal::Technique);
        tag("t1566.002", true).await.expect("tagged");
        tag("T1566.002", true).await.expect("twice");
        assert_eq!(techniques(&house.db, &one.id).await.expect("read").len(), 1);
        tag("T1566.002", false).await.expect("taken back");
        assert!(techniques(&house.db, &one.id).await.expect("read").is_empty());
    });
}

fn standing(clock: &Clock, stage: &str, now: Micros) -> Standing {
    clock.stages.iter().find(|one| one.stage == stage).expect("a stage").standing(now)
}

#[test]
fn a_clock_tells_once_and_late_is_never_hidden() {
    on_both(|house: House| async move {
        let content = content();
        let one = house.open("Breach", &[], NOON).await;
        let ahead = Moments { aware: Some(at(1)), ..Moments::default() };
        let refused = start_clock(&house.db, &duty(), &content, (&one.id, "nis2"), ahead, NOON).await;
        assert_eq!(refusal(refused), Refusal::Future);
        let start =
            async |now| start_clock(&house.db, &duty(), &content, (&one.id, "nis2"), Moments::default(), now).await;
        let clock = start(NOON).await.expect("started");
        assert_eq!(start(NOON).await.expect("twice").id, clock.id);
        assert_eq!(clock.stages[0].due, Some(at(24)));
        assert_eq!(tell_clocks(&house.db, at(17)).await.expect("told").len(), 0);
        assert_eq!(tell_clocks(&house.db, at(19)).await.expect("told").len(), 1, "soon");
        assert_eq!(tell_clocks(&house.db, at(20)).await.expect("told").len(), 0, "once");
        let late = tell_clocks(&house.db, at(25)).await.expect("told");
        assert!(late.len() == 1 && late[0].is_late && late[0].stage == "early-warning");
        assert_eq!(tell_clocks(&house.db, at(26)).await.expect("told").len(), 0);
        let rows = running_stages(&house.db, &duty(), "", 10).await.expect("read");
        assert_eq!(
            rows.iter().map(|row| row.stage.stage.as_str()).collect::<Vec<_>>(),
            ["early-warning", "notification"]
        );
        assert_eq!(running_stages(&house.db, &duty(), &rows[0].key(), 10).await.expect("read").len(), 1);
        assert!(running_stages(&house.db, &person("weak", Tlp::Clear), "", 10).await.expect("read").is_empty());

        let meet = async |stage: &str, met: Option<Micros>, now| {
            let said = StageMet { stage: stage.into(), at: met, remark: "By phone.".into() };
            meet_stage(&house.db, &duty(), (&one.id, "nis2"), None, (&said, &content.hours), now).await
        };
        assert_eq!(refusal(meet("early-warning", Some(at(99)), at(26)).await), Refusal::Future);
        assert_eq!(refusal(meet("nothing", Some(at(1)), at(26)).await), Refusal::NoClock);
        let clock = meet("early-warning", Some(at(25)), at(26)).await.expect("met");
        assert_eq!(standing(&clock, "early-warning", at(26)), Standing::MetLate);
        let clock = meet("notification", Some(at(30)), at(30)).await.expect("met");
        assert_eq!(standing(&clock, "notification", at(30)), Standing::Met);
        // A month after 2026-01-16 18:00.
        let due = Micros::parse_rfc3339("2026-02-16T18:00:00Z");
        assert_eq!(clock.stages.iter().find(|stage| stage.stage == "final").expect("there").due, due);
        let clock = meet("notification", None, at(31)).await.expect("taken back");
        assert_eq!(standing(&clock, "final", at(31)), Standing::Waiting);
        let earlier = Moments { aware: Some(Micros(NOON.0 - HOUR)), ..clock.from };
        let version = Some(clock.version);
        let moved =
            set_moments(&house.db, &duty(), (&one.id, "nis2"), version, (earlier, &content.hours), at(31)).await;
        let moved = moved.expect("moved");
        assert_eq!(moved.stages[0].due, Some(at(24)), "what was met keeps its time");
        assert_eq!(moved.stages[1].due, Some(at(71)));
        let stopped =
            stop_clock(&house.db, &duty(), (&one.id, "nis2"), None, ("No duty.", &content.hours), at(32)).await;
        assert!(stopped.expect("stopped").stages.iter().all(|stage| !stage.running));
        assert!(running_stages(&house.db, &duty(), "", 10).await.expect("read").is_empty());
        assert!(start(at(33)).await.expect("goes on").stages[1].running);
        let verbs = house.verbs(&one.id).await;
        for verb in [
            "clock_started",
            "stage_due_soon",
            "stage_late",
            "stage_met",
            "stage_unmet",
            "clock_changed",
            "clock_stopped",
            "clock_resumed",
        ] {
            assert!(verbs.iter().any(|known| known == verb), "{verb}: {verbs:?}");
        }
    });
}

#[test]
fn clocks_follow_the_incident_and_go_over_with_a_merger() {
    on_both(|house: House| async move {
        let content = content();
        let one = house.open("One", &[], NOON).await;
        follow_clocks(&house.db, &content, &one.id, NOON).await.expect("followed");
        follow_clocks(&house.db, &content, &one.id, at(1)).await.expect("twice");
        let clocks = clocks_of(&house.db, &one.id).await.expect("read");
        assert_eq!(clocks.iter().map(|clock| clock.rule.as_str()).collect::<Vec<_>>(), ["internal"]);
        assert!(clocks[0].stages.iter().any(|stage| stage.running));
        apply_playbook(&house.db, &duty(), &content, (&one.id, "s21-phishing"), NOON).await.expect("applied");
        let whole = house.open("Whole", &[], NOON).await;
        merge(&house.db, &duty(), &house.policy, &one.id, &whole.id, at(2)).await.expect("merged");
        assert!(all(&house, &one.id).await.is_empty() && !all(&house, &whole.id).await.is_empty());
        assert_eq!(clocks_of(&house.db, &whole.id).await.expect("read").len(), 1);
        assert!(!clocks_of(&house.db, &whole.id).await.expect("read")[0].stages.is_empty());
        split(&house.db, &duty(), &one.id, at(3)).await.expect("split");
        assert!(!all(&house, &one.id).await.is_empty() && all(&house, &whole.id).await.is_empty());
        assert_eq!(clocks_of(&house.db, &one.id).await.expect("read").len(), 1);
    });
}

#[test]
fn a_review_is_of_a_closed_incident_and_needs_what_is_required() {
    on_both(|house: House| async move {
        let content = content();
        let questions = content.questions.as_ref().expect("questions");
        let one = house.open("One", &[], NOON).await;
        apply_playbook(&house.db, &duty(), &content, (&one.id, "s21-phishing"), NOON).await.expect("applied");
        let say = async |answers: &[(&str, &str)], is_finished: bool, version: Option<i64>| {
            let given: Vec<(String, String)> =
                answers.iter().map(|(id, answer)| (id.to_string(), answer.to_string())).collect();
            answer_review(&house.db, &duty(), questions, (&one.id, version), (&given, is_finished), at(1)).await
        };
        assert_eq!(refusal(say(&[("summary", "A worm.")], false, None).await), Refusal::NotClosed);
        let closing = Closing { resolution: "resolved".into(), verdict: Verdict::Left };
        close(&house.db, &duty(), &house.policy, &one.id, &closing, at(1))
            .await
            .expect("closed in spite of open checks");
        assert_eq!(refusal(say(&[("cause", "nobody knows")], false, None).await), Refusal::Answer);
        assert_eq!(refusal(say(&[("nothing", "x")], false, None).await), Refusal::Answer);
        say(&[("summary", "A worm."), ("cause", "setting"), ("playbook", "4")], false, Some(0))
            .await
            .expect("answered");
        say(&[("summary", "A worm.")], false, None).await.expect("twice");
        assert!(matches!(say(&[("summary", "B")], false, Some(0)).await, Err(ResponseError::Stale)));
        assert_eq!(refusal(say(&[], true, None).await), Refusal::Required);
        let rest: Vec<(&str, &str)> = questions
            .all()
            .filter(|question| question.required)
            .map(|question| (question.id.as_str(), question.options.first().map_or("5", |option| option.id.as_str())))
            .collect();
        say(&rest, true, None).await.expect("finished");
        let review = review_of(&house.db, &one.id).await.expect("read").expect("there");
        assert!(review.finished.is_some() && review.answers.len() == rest.len());
        let journal = manara_store::Journal::of_record(&house.db, "response", &one.id, 100).await.expect("read");
        let closed = journal.iter().find(|entry| entry.verb == "incident_closed").expect("closed");
        assert!(closed.detail.contains("\"checks_open\":5"), "{}", closed.detail);
        assert!(!journal.iter().any(|entry| entry.detail.contains("worm")), "words stay out of the journal");
    });
}
