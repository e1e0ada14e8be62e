//! Incidents and notes are found by their words in every language of ours, at once, and no longer than they say them.

use manara_model::{Tlp, Viewer};
use manara_response::{
    Change, Kind, NewTicket, add_note, change, edit_note, find_incidents, find_tickets, merge, notes, open_ticket,
    prepare, restore_note, search, seek, split, strike_note,
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

#[test]
fn what_is_called_so_comes_before_what_says_it_more_often_and_before_what_is_newer() {
    on_both(|house: House| async move {
        let at = |minutes: i64| manara_model::Micros(NOON.0 + minutes * MINUTE);
        let called = house.open("Phishing bank", &[], at(0)).await;
        let in_title = house.open("A bank was imitated: phishing", &[], at(1)).await;
        let often = house.open("Somebody called", &[], at(2)).await;
        let newer = house.open("Somebody wrote", &[], at(3)).await;
        for (one, count) in [(&often, 3), (&newer, 1)] {
            for number in 0..count {
                let note = format!("A phishing of the bank, {number}");
                add_note(&house.db, &duty(), &one.id, &note, at(4)).await.expect("noted");
            }
        }
        let hidden = manara_response::NewIncident { tlp: Tlp::Red, ..new("Phishing bank") };
        manara_response::open(&house.db, &duty(), &house.policy, &hidden, &[], at(5)).await.expect("opened");
        let guest = person("guest", Tlp::Amber);
        let numbers = async |best: bool, most: usize| {
            let found = find_incidents(&house.db, &guest, ("phishing bank", best), most, at(6)).await.expect("found");
            found.into_iter().map(|one| one.number).collect::<Vec<_>>()
        };
        let want = [&called, &in_title, &often, &newer].map(|one| one.number.clone());
        assert_eq!(numbers(true, 50).await, want);
        assert_eq!(numbers(true, 2).await, want[..2]);
        assert_eq!(numbers(false, 50).await, [&newer, &often, &in_title, &called].map(|one| one.number.clone()));
        // Tickets are weighed the same way.
        let mut tickets = Vec::new();
        for (minute, subject) in ["Phishing bank", "They call it phishing, says the bank"].into_iter().enumerate() {
            let wanted = NewTicket { subject: subject.into(), ..crate::figures::ticket(Kind::Report, "") };
            let opened = open_ticket(&house.db, &duty(), &wanted, &[], at(minute as i64)).await.expect("opened");
            tickets.push(opened.number);
        }
        let found = find_tickets(&house.db, &duty(), ("phishing bank", true), 50, at(6)).await.expect("found");
        assert_eq!(found.into_iter().map(|one| one.number).collect::<Vec<_>>(), tickets);
        for text in ["xyz", "--", "\"", "NEAR("] {
            assert!(find_incidents(&house.db, &guest, (text, true), 50, at(6)).await.expect("found").is_empty());
        }
    });
}

#[test]
fn the_best_are_turned_over_page_by_page() {
    on_both(|house: House| async move {
        for number in 0..7 {
            let title = if number % 2 == 0 { "A lantern" } else { "A lantern in the night" };
            house.open(title, &[], manara_model::Micros(NOON.0 + number * MINUTE)).await;
        }
        let sign_in = crate::pages::door(&house).await;
        let mut reader = sign_in(manara_web::Role::Duty).await;
        let whole = find_incidents(&house.db, &duty(), ("lantern", true), 50, NOON).await.expect("found");
        let whole: Vec<String> = whole.into_iter().map(|one| one.number).collect();
        assert_eq!(whole.len(), 7);
        let mut path = "/incidents?q=lantern&order=best&rows=3".to_string();
        let mut seen: Vec<String> = Vec::new();
        loop {
            let page = reader.page(&path).await.body;
            let shown = whole.iter().filter(|number| page.contains(&format!("href=\"/incidents/{number}\"")));
            let mut shown: Vec<&String> = shown.collect();
            shown.sort_by_key(|number| page.find(&format!("href=\"/incidents/{number}\"")));
            seen.extend(shown.into_iter().cloned());
            let Some((_, next)) = page.split_once("rel=\"next\" href=\"") else { break };
            path = next.split('"').next().expect("an address").replace("&#38;", "&").replace("&amp;", "&");
            assert!(path.contains("order=best") && seen.len() < 7, "{path}");
        }
        assert_eq!(seen, whole);
        let refused = reader.get("/incidents?q=lantern&order=best&after=nowhere").await;
        assert_eq!(refused.status, 400);
    });
}
