//! A workshop, and fifty who answer in it at once, on both databases.

use manara_framework::assessments::{
    FrameworkError, Given, NewVoice, Refusal, State, give, history, join, set_state, sheet,
};
use manara_framework::workshops::{
    Step, answer_from_seat, close_workshop, hidden, open_workshop, read_code, release_seat, seat, seated, sit,
    step_workshop, workshop_of,
};
use manara_model::{Micros, Tlp};

use crate::house::{NOON, catalogue, duty, on_both, person};

fn guest(name: &str) -> NewVoice {
    NewVoice { name: name.into(), organisation: "Port".into(), role: String::new(), person: String::new() }
}

fn said(item: &str, level: i64) -> Given {
    Given { item: item.into(), level: Some(level), ..Given::default() }
}

fn why<T>(did: Result<T, FrameworkError>) -> Option<Refusal> {
    match did {
        Err(FrameworkError::Refused(why)) => Some(why),
        Err(FrameworkError::Store(error)) => panic!("{error}"),
        Ok(_) => None,
    }
}

#[test]
fn fifty_answer_at_once_and_no_answer_is_lost() {
    on_both(|house| async move {
        let boats = catalogue("minima", 5);
        let one = house.begin(&boats, Tlp::Amber).await;
        let code = open_workshop(&house.db, &duty(), &one.id, &boats, NOON).await.unwrap().code;
        let mut together = Vec::new();
        for number in 0..50_i64 {
            let (db, code, boats) = (house.db.clone(), code.clone(), boats.clone());
            together.push(tokio::spawn(async move {
                let secret = sit(&db, &code, &guest(&format!("r{number}")), NOON).await.unwrap();
                for (round, at) in (0_i64..).zip([NOON, Micros(NOON.0 + 1)]) {
                    for item in ["H-1", "H-2", "C-1", "C-2"] {
                        let given = said(item, (number + round) % 5);
                        answer_from_seat(&db, &secret, &boats, &given, at).await.unwrap();
                    }
                }
            }));
        }
        for task in together {
            task.await.unwrap();
        }
        let all = sheet(&house.db, &one.id, "2026-01-15").await.unwrap();
        assert_eq!((all.voices.len(), all.answers.len()), (50, 200));
        for voice in &all.voices {
            let number: i64 = voice.name[1..].parse().unwrap();
            for item in ["H-1", "H-2", "C-1", "C-2"] {
                let now = all.answers.iter().find(|one| one.voice == voice.id && one.item == item).unwrap();
                let before = history(&house.db, &voice.id, item).await.unwrap();
                let levels: Vec<Option<i64>> = before.iter().map(|(answer, _, _)| answer.level).collect();
                assert_eq!(
                    (now.level, levels),
                    (Some((number + 1) % 5), vec![Some(number % 5)]),
                    "{} {item}",
                    voice.name
                );
            }
        }
    });
}

#[test]
fn a_code_lets_in_until_the_workshop_is_over_and_nobody_becomes_somebody_else() {
    on_both(|house| async move {
        let (db, boats) = (&house.db, catalogue("minima", 5));
        let one = house.begin(&boats, Tlp::Red).await;
        let of_account = NewVoice { person: "sara".into(), ..guest("Sara") };
        let sara = join(db, &duty(), &one.id, &of_account, NOON).await.unwrap();
        give(db, &duty(), (&one.id, &sara.id), &boats, &[said("H-1", 4)], NOON).await.unwrap();
        assert_eq!(why(sit(db, "ABC234", &guest("Ana"), NOON).await), Some(Refusal::NoWorkshop));
        let low = person("viewer", Tlp::Amber);
        assert_eq!(why(open_workshop(db, &low, &one.id, &boats, NOON).await), Some(Refusal::NotFound));
        let room = open_workshop(db, &duty(), &one.id, &boats, NOON).await.unwrap();
        assert_eq!((read_code(&room.shown_code()).as_deref(), room.item.as_str()), (Some(room.code.as_str()), "H-1"));
        assert_eq!(why(sit(db, &room.code, &guest("Sara"), NOON).await), Some(Refusal::NameTaken), "has an account");
        assert_eq!(why(sit(db, &room.code, &guest(" "), NOON).await), Some(Refusal::Name));
        let secret = sit(db, &room.code, &guest("Ana"), NOON).await.unwrap();
        assert_eq!(why(sit(db, &room.code, &guest("Ana"), NOON).await), Some(Refusal::NameTaken), "sits there");
        let ana = seated(db, &room.id).await.unwrap().pop().unwrap();
        answer_from_seat(db, &secret, &boats, &said("H-1", 2), NOON).await.unwrap();
        assert_eq!(why(answer_from_seat(db, &secret, &boats, &said("H-1", 9), NOON).await), Some(Refusal::Level));
        assert_eq!(why(answer_from_seat(db, "other", &boats, &said("H-1", 1), NOON).await), Some(Refusal::NoWorkshop));
        release_seat(db, &duty(), &one.id, &ana.id, NOON).await.unwrap();
        assert_eq!(why(answer_from_seat(db, &secret, &boats, &said("H-1", 3), NOON).await), Some(Refusal::NoWorkshop));
        let again = sit(db, &room.code, &guest("Ana"), NOON).await.unwrap();
        answer_from_seat(db, &again, &boats, &said("H-1", 1), NOON).await.unwrap();
        assert_eq!(history(db, &ana.id, "H-1").await.unwrap().len(), 1, "the same respondent");
        for (step, item, revealed) in [
            (Step::Reveal, "H-1", true),
            (Step::To("C-2".into()), "C-2", false),
            (Step::Reveal, "C-2", true),
            (Step::Cover, "C-2", false),
        ] {
            step_workshop(db, &duty(), &one.id, &boats, &step, NOON).await.unwrap();
            let now = workshop_of(db, &one.id).await.unwrap().unwrap();
            assert_eq!((now.item.as_str(), now.revealed), (item, revealed), "{step:?}");
        }
        assert_eq!(
            why(step_workshop(db, &duty(), &one.id, &boats, &Step::To("H".into()), NOON).await),
            Some(Refusal::Item)
        );
        let late = Micros(NOON.0 + 11 * 3_600_000_000);
        assert_eq!(why(sit(db, &room.code, &guest("Ben"), late).await), Some(Refusal::NoWorkshop), "the code expires");
        assert_eq!(why(answer_from_seat(db, &again, &boats, &said("H-1", 1), late).await), Some(Refusal::NoWorkshop));
        let second = open_workshop(db, &duty(), &one.id, &boats, NOON).await.unwrap();
        assert_eq!(
            why(sit(db, &room.code, &guest("Ben"), NOON).await),
            Some(Refusal::NoWorkshop),
            "one workshop at a time"
        );
        assert_ne!(second.code, room.code);
        close_workshop(db, &duty(), &one.id, NOON).await.unwrap();
        assert!(seat(db, "x", NOON).await.unwrap().is_none() && workshop_of(db, &one.id).await.unwrap().is_none());
        set_state(db, &duty(), &one.id, State::Closed, NOON).await.unwrap();
        assert_eq!(why(open_workshop(db, &duty(), &one.id, &boats, NOON).await), Some(Refusal::Closed));
        assert!(hidden(db, &duty(), std::slice::from_ref(&one.id)).await.unwrap().is_empty());
        assert!(hidden(db, &low, std::slice::from_ref(&one.id)).await.unwrap().contains(&one.id));
    });
}
