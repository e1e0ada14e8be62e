//! Exercises: planned, held, withdrawn; never over somebody else's words, and never seen by who may not.

use manara_framework::enhancement::{Period, figures};
use manara_framework::exercises::{
    Attained, Exercise, ExerciseError, ExerciseKind, ExerciseRefusal, ExerciseState, Lesson, Objective, TakingPart,
    coming as coming_exercises, exercise, exercise_cases, exercises, lesson_done, note_results, restore_exercise,
    save_exercise, save_lessons, withdraw_exercise, withdrawn as withdrawn_exercises,
};
use manara_model::{Tlp, Viewer};

use crate::house::{House, NOON, duty, on_both, person};

pub fn why<T: std::fmt::Debug>(done: Result<T, ExerciseError>) -> ExerciseRefusal {
    match done {
        Err(ExerciseError::Refused(why)) => why,
        other => panic!("expected a refusal, found {other:?}"),
    }
}

/// An exercise of three objectives with two organisations.
pub fn storm(day: &str) -> Exercise {
    let objective = |text: &str| Objective { text: text.into(), ..Objective::default() };
    Exercise {
        title: "Night of the storm".into(),
        kind: ExerciseKind::Tabletop,
        minutes: 210,
        people: 12,
        scenario: "The cable is gone.\nThe port stands still.".into(),
        organisations: vec![
            TakingPart { constituent: "c1".into(), name: "Grid".into() },
            TakingPart { constituent: String::new(), name: "Harbour pilots".into() },
        ],
        objectives: vec![objective("Who leads"), objective("A second way"), objective("Help from outside")],
        ..Exercise::blank(day, Tlp::Amber)
    }
}

pub async fn held(house: &House, day: &str) -> Exercise {
    let one = save_exercise(&house.db, &duty(), (&storm(day), None), NOON).await.unwrap();
    let results = [
        (1, Some(Attained::Met), String::new()),
        (2, Some(Attained::NotMet), "Locked away".to_string()),
        (3, Some(Attained::NotTried), String::new()),
    ];
    note_results(&house.db, &duty(), (&one.id, Some(one.version)), &results, NOON).await.unwrap()
}

#[test]
fn an_exercise_lives_from_plan_to_withdrawal_and_back() {
    on_both(|house| async move {
        let (db, who) = (&house.db, &duty());
        let one = save_exercise(db, who, (&storm("2026-01-10"), None), NOON).await.unwrap();
        assert_eq!((one.version, one.made_by.as_str(), one.last.as_str()), (1, "duty", "2026-01-10"));
        assert_eq!(exercise(db, who, &one.id).await.unwrap().unwrap(), one);
        assert_eq!((one.organisations.len(), one.objectives.len(), one.lessons.len()), (2, 3, 0));
        let noted = held(&house, "2026-01-11").await;
        assert_eq!((noted.state, noted.version), (ExerciseState::Held, 2));
        assert_eq!((noted.count(Attained::Met), noted.objectives[1].remark.as_str()), (1, "Locked away"));

        // Words of an objective change, its result stays; one that is left out is gone, a new one has no result.
        let mut next = noted.clone();
        next.objectives.remove(0);
        next.objectives[0].text = "Another way".into();
        next.objectives[0].result = Some(Attained::Met);
        next.objectives.push(Objective { text: "New".into(), result: Some(Attained::Met), ..Objective::default() });
        let next = save_exercise(db, who, (&next, Some(2)), NOON).await.unwrap();
        let said: Vec<(&str, Option<Attained>)> =
            next.objectives.iter().map(|one| (one.text.as_str(), one.result)).collect();
        assert_eq!(
            said,
            [("Another way", Some(Attained::NotMet)), ("Help from outside", Some(Attained::NotTried)), ("New", None)]
        );
        assert_eq!(next.objectives[0].id, noted.objectives[1].id);

        let lesson = |text: &str, due: &str| Lesson { text: text.into(), due: due.into(), ..Lesson::default() };
        let lessons = [lesson("Move the telephone", "2026-01-20"), lesson("Ask a neighbour", "")];
        let with = save_lessons(db, who, (&next.id, Some(3)), &lessons, NOON).await.unwrap();
        let done = lesson_done(db, who, (&next.id, &with.lessons[0].id), "2026-01-15", NOON).await.unwrap();
        assert_eq!((done.lessons[0].done.as_str(), done.version), ("2026-01-15", 5));
        let twice = lesson_done(db, who, (&next.id, &with.lessons[0].id), "2026-01-15", NOON).await.unwrap();
        assert_eq!(twice.version, 5, "twice is once");
        let open = lesson_done(db, who, (&next.id, &with.lessons[0].id), "", NOON).await.unwrap();
        assert!(open.lessons[0].done.is_empty());
        let mut fewer = open.lessons.clone();
        fewer.remove(0);
        fewer[0].owner = "handler".into();
        let fewer = save_lessons(db, who, (&next.id, None), &fewer, NOON).await.unwrap();
        assert_eq!((fewer.lessons.len(), &fewer.lessons[0].id), (1, &with.lessons[1].id), "it stays the same lesson");

        let gone = withdraw_exercise(db, who, (&next.id, None), NOON).await.unwrap();
        assert!(gone.is_withdrawn && exercise(db, who, &next.id).await.unwrap().unwrap().is_withdrawn);
        assert_eq!(why(save_exercise(db, who, (&next, None), NOON).await), ExerciseRefusal::Withdrawn);
        assert_eq!(why(note_results(db, who, (&next.id, None), &[], NOON).await), ExerciseRefusal::Withdrawn);
        assert_eq!(withdrawn_exercises(db, who).await.unwrap().len(), 1);
        assert_eq!(exercises(db, who, "", 10).await.unwrap().len(), 1, "only the other one");
        assert_eq!(withdraw_exercise(db, who, (&next.id, None), NOON).await.unwrap().version, gone.version);
        let back = restore_exercise(db, who, (&next.id, None), NOON).await.unwrap();
        assert!(!back.is_withdrawn && back.lessons == fewer.lessons && back.objectives == next.objectives);
        assert_eq!(
            house.verbs(&next.id).await,
            [
                "exercise_added",
                "exercise_results_noted",
                "exercise_changed",
                "exercise_lessons_written",
                "exercise_lesson_done",
                "exercise_lesson_reopened",
                "exercise_lessons_written",
                "exercise_withdrawn",
                "exercise_restored",
            ]
        );
    });
}

#[test]
fn nothing_is_written_over_what_somebody_else_wrote() {
    on_both(|house| async move {
        let (db, who) = (&house.db, &duty());
        let one = save_exercise(db, who, (&storm("2026-01-10"), None), NOON).await.unwrap();
        let other = Exercise { title: "Another title".into(), ..one.clone() };
        save_exercise(db, who, (&other, Some(1)), NOON).await.unwrap();
        assert_eq!(why(save_exercise(db, who, (&one, Some(1)), NOON).await), ExerciseRefusal::Stale);
        assert_eq!(why(note_results(db, who, (&one.id, Some(1)), &[], NOON).await), ExerciseRefusal::Stale);
        assert_eq!(why(save_lessons(db, who, (&one.id, Some(1)), &[], NOON).await), ExerciseRefusal::Stale);
        assert_eq!(why(withdraw_exercise(db, who, (&one.id, Some(1)), NOON).await), ExerciseRefusal::Stale);
        let stands = exercise(db, who, &one.id).await.unwrap().unwrap();
        assert_eq!((stands.title.as_str(), stands.version), ("Another title", 2), "a refused change is not counted");
        assert_eq!(house.verbs(&one.id).await, ["exercise_added", "exercise_changed"]);
    });
}

#[test]
fn what_makes_no_sense_is_refused_and_says_where() {
    on_both(|house| async move {
        let (db, who) = (&house.db, &duty());
        let future = save_exercise(db, who, (&storm("2026-03-01"), None), NOON).await.unwrap();
        let which = (future.id.as_str(), None);
        assert_eq!(why(note_results(db, who, which, &[], NOON).await), ExerciseRefusal::Ahead);
        let off = Exercise { state: ExerciseState::CalledOff, day: "2026-01-02".into(), ..storm("2026-01-02") };
        let off = save_exercise(db, who, (&off, None), NOON).await.unwrap();
        assert_eq!(why(note_results(db, who, (&off.id, None), &[], NOON).await), ExerciseRefusal::CalledOff);
        let one = held(&house, "2026-01-10").await;
        let result = [(4, Some(Attained::Met), String::new())];
        let refused = why(note_results(db, who, (&one.id, None), &result, NOON).await);
        assert_eq!((refused, refused.number()), (ExerciseRefusal::NoObjective(4), 4));
        let result = [(1, None, "x".repeat(2_001))];
        assert_eq!(why(note_results(db, who, (&one.id, None), &result, NOON).await), ExerciseRefusal::Remark(1));
        assert_eq!(why(lesson_done(db, who, (&one.id, "none"), "", NOON).await), ExerciseRefusal::NoLesson);
        assert_eq!(
            why(save_exercise(db, who, (&Exercise { id: "none".into(), ..one.clone() }, None), NOON).await),
            ExerciseRefusal::NotFound
        );
        // A lesson of another exercise is a new one here: it is not moved.
        let lesson = Lesson { text: "Here".into(), ..Lesson::default() };
        let here = save_lessons(db, who, (&one.id, None), &[lesson], NOON).await.unwrap();
        let stolen = save_lessons(db, who, (&off.id, None), &here.lessons, NOON).await.unwrap();
        assert_ne!(stolen.lessons[0].id, here.lessons[0].id);
        assert_eq!(exercise(db, who, &one.id).await.unwrap().unwrap().lessons, here.lessons);
    });
}

#[test]
fn who_may_not_see_an_exercise_cannot_touch_it_and_its_figures_leave_it_out() {
    on_both(|house| async move {
        let (db, head) = (&house.db, &duty());
        let red = Exercise { tlp: Tlp::Red, ..held(&house, "2026-01-10").await };
        let red = save_exercise(db, head, (&red, None), NOON).await.unwrap();
        let low = person("viewer", Tlp::Amber);
        assert_eq!(exercise(db, &low, &red.id).await.unwrap(), None);
        assert_eq!(why(withdraw_exercise(db, &low, (&red.id, None), NOON).await), ExerciseRefusal::NotFound);
        assert_eq!(why(save_lessons(db, &low, (&red.id, None), &[], NOON).await), ExerciseRefusal::NotFound);
        assert_eq!(why(save_exercise(db, &low, (&red, None), NOON).await), ExerciseRefusal::Clearance);
        assert!(exercises(db, &low, "", 10).await.unwrap().is_empty());
        let ahead = Exercise { tlp: Tlp::Red, ..storm("2026-02-01") };
        save_exercise(db, head, (&ahead, None), NOON).await.unwrap();
        assert_eq!(coming_exercises(db, head, "2026-01-15", 10).await.unwrap().len(), 1);
        assert!(coming_exercises(db, &low, "2026-01-15", 10).await.unwrap().is_empty());
        let of = |viewer: Viewer| {
            let db = db.clone();
            async move {
                let period = Period::up_to(NOON, 30);
                let cases = exercise_cases(&db, &viewer, period, NOON).await.unwrap();
                figures(&cases, &period).into_iter().find(|one| one.figure == "exercises").unwrap().n
            }
        };
        assert_eq!((of(head.clone()).await, of(low).await), (1, 0));
    });
}

#[test]
fn figures_are_made_of_what_was_held_met_and_carried_out() {
    on_both(|house| async move {
        let (db, who) = (&house.db, &duty());
        let one = held(&house, "2026-01-10").await;
        save_exercise(db, who, (&storm("2026-01-12"), None), NOON).await.unwrap(); // nobody said that it was held
        save_exercise(db, who, (&storm("2026-01-15"), None), NOON).await.unwrap(); // it is today
        let off = Exercise { state: ExerciseState::CalledOff, ..storm("2026-01-09") };
        save_exercise(db, who, (&off, None), NOON).await.unwrap();
        let gone = held(&house, "2026-01-08").await;
        withdraw_exercise(db, who, (&gone.id, None), NOON).await.unwrap();
        held(&house, "2025-11-01").await; // before the period
        let lesson = |due: &str, done: &str| Lesson {
            text: "Learnt".into(),
            due: due.into(),
            done: done.into(),
            ..Lesson::default()
        };
        let lessons = [
            lesson("2026-01-14", "2026-01-12"),
            lesson("2026-01-11", "2026-01-12"),
            lesson("2026-01-13", ""),
            lesson("2026-01-15", ""),
            lesson("", "2026-01-12"),
            lesson("2026-06-30", "2026-01-13"),
        ];
        save_lessons(db, who, (&one.id, None), &lessons, NOON).await.unwrap();
        let period = Period::up_to(NOON, 30);
        let cases = exercise_cases(db, who, period, NOON).await.unwrap();
        let all = figures(&cases, &period);
        let of = |name: &str| {
            let figure = all.iter().find(|figure| figure.figure == name).unwrap();
            (figure.value, figure.n, figure.waiting)
        };
        assert_eq!(of("exercises"), (Some(1.0), 2, 1));
        assert_eq!(of("exercise-objectives"), (Some(0.5), 2, 1), "one met, one not, one not tried");
        assert_eq!(of("exercise-lessons"), (Some(0.5), 4, 1), "two in time, one too late, one not done");
    });
}
