//! An assessment from its beginning to its end, on both databases.

use manara_framework::assessments::{
    FrameworkError, Given, NewVoice, Refusal, Shown, State, Verdict, add_evidence, agree, get, give, give_table,
    history, join, judge, one_snapshot, read_table, set_state, sheet, take_back, take_snapshot,
};
use manara_framework::scoring::score;
use manara_model::Tlp;

use crate::house::{NOON, catalogue, duty, on_both, person};

fn voice(name: &str) -> NewVoice {
    NewVoice { name: name.into(), organisation: "Port".into(), role: "captain".into(), person: name.into() }
}

fn said(item: &str, level: i64) -> Given {
    Given { item: item.into(), level: Some(level), ..Given::default() }
}

pub fn why<T>(did: Result<T, FrameworkError>) -> Option<Refusal> {
    match did {
        Err(FrameworkError::Refused(why)) => Some(why),
        _ => None,
    }
}

#[test]
fn everybody_answers_for_themselves_and_nothing_is_lost() {
    on_both(|house| async move {
        let boats = catalogue("minima", 5);
        let one = house.begin(&boats, Tlp::Amber).await;
        let mut together = Vec::new();
        for number in 0..50 {
            let (db, id, boats) = (house.db.clone(), one.id.clone(), boats.clone());
            together.push(tokio::spawn(async move {
                let voice = join(&db, &duty(), &id, &voice(&format!("r{number}")), NOON).await.unwrap();
                for item in ["H-1", "H-2", "C-1", "C-2"] {
                    let level = number % 5;
                    give(&db, &duty(), (&id, &voice.id), &boats, &[said(item, level)], NOON).await.unwrap();
                }
            }));
        }
        for task in together {
            task.await.unwrap();
        }
        let all = sheet(&house.db, &one.id, "2026-01-15").await.unwrap();
        assert_eq!((all.voices.len(), all.answers.len()), (50, 200));
    });
}

#[test]
fn what_was_said_before_is_kept_and_a_snapshot_stays() {
    on_both(|house| async move {
        let boats = catalogue("minima", 5);
        let one = house.begin(&boats, Tlp::Amber).await;
        let ana = join(&house.db, &duty(), &one.id, &voice("ana"), NOON).await.unwrap();
        let ids = (one.id.as_str(), ana.id.as_str());
        assert_eq!(give(&house.db, &duty(), ids, &boats, &[said("H-1", 1)], NOON).await.unwrap(), 1);
        let taken = take_snapshot(&house.db, &duty(), &one.id, "first", NOON).await.unwrap();
        assert_eq!(give(&house.db, &duty(), ids, &boats, &[said("H-1", 1)], NOON).await.unwrap(), 0, "the same");
        assert_eq!(give(&house.db, &duty(), ids, &boats, &[said("H-1", 3)], NOON).await.unwrap(), 1);
        let before = history(&house.db, &ana.id, "H-1").await.unwrap();
        assert_eq!((before.len(), before[0].0.level, before[0].1.as_str()), (1, Some(1), "duty"));
        let (kept, then) = one_snapshot(&house.db, &duty(), &taken.id).await.unwrap().unwrap();
        assert_eq!((kept.sha256.len(), then.answers[0].level), (64, Some(1)));
        assert!(one_snapshot(&house.db, &person("x", Tlp::Green), &taken.id).await.unwrap().is_none());
        set_state(&house.db, &duty(), &one.id, State::Closed, NOON).await.unwrap();
        let late = give(&house.db, &duty(), ids, &boats, &[said("H-1", 4)], NOON).await;
        assert_eq!(why(late), Some(Refusal::Closed));
        let verbs = house.verbs(&one.id).await;
        let expected = [
            "assessment_begun",
            "respondent_joined",
            "answers_given",
            "snapshot_taken",
            "answers_given",
            "assessment_closed",
        ];
        assert_eq!(verbs, expected);
    });
}

#[test]
fn a_moderator_agrees_and_judges_with_reasons() {
    on_both(|house| async move {
        let boats = catalogue("minima", 5);
        let one = house.begin(&boats, Tlp::Amber).await;
        let table = "item,respondent,organisation,role,level,state,comment,evidence\n\
            H-1,Ana,Port,,1,,,Log\nH-1,Ben,Yard,,4,,,\n";
        let (rows, refused) = read_table(&boats, table.as_bytes()).unwrap();
        assert!(refused.is_empty());
        give_table(&house.db, &duty(), &one.id, &rows, NOON).await.unwrap();
        give_table(&house.db, &duty(), &one.id, &rows, NOON).await.unwrap();
        let all = sheet(&house.db, &one.id, "2026-01-15").await.unwrap();
        assert_eq!((all.voices.len(), all.answers.len(), all.evidence.len()), (2, 2, 1), "twice is once");
        let mut verdict = Verdict { item: "H-1".into(), level: Some(2), not_applicable: false, reason: String::new() };
        assert_eq!(why(agree(&house.db, &duty(), &one.id, &boats, (&verdict, None), NOON).await), Some(Refusal::Text));
        verdict.reason = "seen in the dock".into();
        agree(&house.db, &duty(), &one.id, &boats, (&verdict, None), NOON).await.unwrap();
        let paper = all.evidence[0].id.as_str();
        judge(&house.db, &duty(), &one.id, &boats, (paper, Some(1), None), NOON).await.unwrap();
        let judged = judge(&house.db, &duty(), &one.id, &boats, ("no", Some(1), None), NOON).await;
        assert_eq!(why(judged), Some(Refusal::NoEvidence));
        let found = score(&boats, &sheet(&house.db, &one.id, "2026-01-15").await.unwrap(), None);
        assert_eq!((found.items[0].claimed, found.items[0].supported), (Some(2), Some(1)));
        take_back(&house.db, &duty(), &one.id, ("H-1", None), NOON).await.unwrap();
        let found = score(&boats, &sheet(&house.db, &one.id, "2026-01-15").await.unwrap(), None);
        assert_eq!(found.items[0].claimed, Some(1), "the lower middle");
    });
}

#[test]
fn who_may_not_see_an_assessment_cannot_touch_it() {
    on_both(|house| async move {
        let boats = catalogue("minima", 5);
        let one = house.begin(&boats, Tlp::Red).await;
        let viewer = person("viewer", Tlp::Amber);
        assert!(get(&house.db, &viewer, &one.id).await.unwrap().is_none());
        assert_eq!(why(join(&house.db, &viewer, &one.id, &voice("v"), NOON).await), Some(Refusal::NotFound));
        assert_eq!(why(take_snapshot(&house.db, &viewer, &one.id, "x", NOON).await), Some(Refusal::NotFound));
        let ana = join(&house.db, &duty(), &one.id, &voice("ana"), NOON).await.unwrap();
        let ids = (one.id.as_str(), ana.id.as_str());
        let new = Shown { item: "H-1".into(), label: "Log".into(), expires: "soon".into(), ..Shown::default() };
        assert_eq!(why(add_evidence(&house.db, &duty(), ids, &boats, &new, NOON).await), Some(Refusal::Day));
        let bad = give(&house.db, &duty(), ids, &boats, &[said("H-1", 1), said("H-1", 9)], NOON).await;
        assert_eq!(why(bad), Some(Refusal::Level));
        assert!(sheet(&house.db, &one.id, "2026-01-15").await.unwrap().answers.is_empty(), "all or none");
    });
}
