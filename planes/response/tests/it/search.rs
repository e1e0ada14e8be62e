//! Incidents and notes are found by their words in every language of ours, at once, and no longer than they say them.

use manara_model::{Tlp, Viewer};
use manara_response::{
    Change, add_note, change, edit_note, merge, notes, prepare, restore_note, search, seek, split, strike_note,
};
use manara_web::Wanted;

use crate::house::{House, MINUTE, NOON, duty, new, on_both, person};

/// The names of what is found of a kind.
async fn found(house: &House, viewer: &Viewer, key: &str, text: &str) -> Vec<String> {
    let wanted = Wanted { db: &house.db, viewer, text, limit: 5 };
    let all = search(&wanted).await.expect("looked for");
    let hits = all.into_iter().find(|hits| hits.key == key).expect("the kind").hits;
    hits.into_iter().map(|hit| hit.name).collect()
}

const INCIDENTS: &str = "web-nav-incidents";
const NOTES: &str = "desk-search-notes";

/// What is said, and how else somebody may write what they look for.
const SAID: [(&str, &[&str]); 6] = [
    ("هجوم على مَدرسة الأمل", &["مدرسه", "المدرسة", "أمل", "مـــدرسة الامل"]),
    ("Élève piégé à l’hôpital", &["eleve", "PIÉGÉ hopital", "hôp"]),
    ("東京大学から漏えい", &["東京大", "東京大学", "大学", "大", "漏えい", "大学 漏え"]),
    ("Взлом ёлочной лавки", &["взлом", "ЁЛОЧНОЙ", "елочной лавк"]),
    ("Straße nach ﬁnd.example", &["straße", "find.example"]),
    ("بلاغ رقم ٢٠٢٦", &["2026", "٢٠٢٦"]),
];

#[test]
fn incidents_and_notes_are_found_in_every_language_at_once() {
    on_both(|house: House| async move {
        for (at, (said, asked)) in SAID.into_iter().enumerate() {
            let now = manara_model::Micros(NOON.0 + at as i64 * MINUTE);
            let titled = house.open(said, &[], now).await;
            let noted = house.open("Nothing", &[], now).await;
            add_note(&house.db, &duty(), &noted.id, said, now).await.expect("noted");
            for text in asked {
                // The number of incidents is one of their words, too.
                let incidents = found(&house, &duty(), INCIDENTS, text).await;
                assert!(incidents.contains(&titled.number), "{text} of {said}: {incidents:?}");
                assert_eq!(found(&house, &duty(), NOTES, text).await, [noted.number.as_str()], "{text} of {said}");
            }
        }
        for text in ["مدارس", "xyz", "--", "\"", "a' OR 1=1", "NEAR(", "*", ":*"] {
            assert!(found(&house, &duty(), NOTES, text).await.is_empty(), "{text}");
        }
    });
}

#[test]
fn what_is_worded_anew_struck_or_merged_is_found_as_it_is_now() {
    on_both(|house: House| async move {
        let (one, other) = (house.open("First", &[], NOON).await, house.open("Second", &[], NOON).await);
        let note = add_note(&house.db, &duty(), &one.id, "A lantern", NOON).await.expect("noted");
        let names = (one.id.as_str(), note.as_str());
        edit_note(&house.db, &duty(), names, 1, "A beacon", NOON).await.expect("worded anew");
        assert!(found(&house, &duty(), NOTES, "lantern").await.is_empty());
        assert_eq!(found(&house, &duty(), NOTES, "beacon").await, [one.number.as_str()]);
        strike_note(&house.db, &duty(), names, NOON).await.expect("struck");
        assert!(found(&house, &duty(), NOTES, "beacon").await.is_empty());
        restore_note(&house.db, &duty(), names, NOON).await.expect("restored");
        assert_eq!(found(&house, &duty(), NOTES, "beacon").await, [one.number.as_str()]);
        let leads_to = async |number: &str| {
            let said = seek(&house.db, &duty(), "beacon", 5).await.expect("looked for");
            let [manara_response::Found::Incident(whole)] = said.as_slice() else { panic!("{said:?}") };
            assert_eq!((whole.number.as_str(), 1), (number, notes(&house.db, &whole.id, 5).await.expect("read").len()));
            assert_eq!(found(&house, &duty(), NOTES, "beacon").await, [number]);
        };
        merge(&house.db, &duty(), &house.policy, one.id.as_str(), &other.id, NOON).await.expect("merged");
        leads_to(&other.number).await;
        split(&house.db, &duty(), one.id.as_str(), NOON).await.expect("split");
        leads_to(&one.number).await;
        let one = house.get(&one.id).await;
        let other_title = Change { title: "Third".into(), ..Change::of(&one) };
        change(&house.db, &duty(), &house.policy, &one.id, one.version, &other_title, NOON).await.expect("changed");
        assert!(found(&house, &duty(), INCIDENTS, "first").await.is_empty());
        assert_eq!(found(&house, &duty(), INCIDENTS, "third").await, [one.number.as_str()]);
    });
}

#[test]
fn nobody_finds_what_they_may_not_see_and_old_data_is_found_after_the_next_start() {
    on_both(|house: House| async move {
        let red = manara_response::NewIncident { tlp: Tlp::Red, ..new("Hidden lantern") };
        let one = manara_response::open(&house.db, &duty(), &house.policy, &red, &[], NOON).await.expect("opened");
        add_note(&house.db, &duty(), &one.id, "A lantern", NOON).await.expect("noted");
        let guest = person("guest", Tlp::Amber);
        for key in [INCIDENTS, NOTES] {
            assert!(found(&house, &guest, key, "lantern").await.is_empty(), "{key}");
        }
        // No backup holds the index: it is made anew.
        let mut tx = house.db.begin().await.expect("begun");
        tx.run_script("DELETE FROM response_word; DELETE FROM response_said;").await.expect("emptied");
        tx.commit().await.expect("committed");
        assert!(found(&house, &duty(), NOTES, "lantern").await.is_empty());
        prepare(&house.db).await.expect("made anew");
        for key in [INCIDENTS, NOTES] {
            assert_eq!(found(&house, &duty(), key, "lantern").await, [one.number.as_str()], "{key}");
        }
    });
}
