//! The made desk: it is what intake would have made, and its lists are read from indexes.

use manara_response::made::{COMMON_WORD, MIDDLE_WORD, Size, make};
use manara_response::{get, messages_of, observables_of, prepare, seek, tickets_of_incident};
use manara_store::Engine;

use crate::house::{House, NOON, duty, on_both};

const SIZE: Size = Size { incidents: 1_200, message_bytes: 1_600 };

#[test]
fn a_made_desk_holds_what_it_says_and_is_found_by_its_words() {
    on_both(|house: House| async move {
        // All of it, or its folder would be gone by now.
        let house = &house;
        let mut told = 0;
        let desk = make(&house.db, SIZE, NOON, |done| told = done).await.expect("made");
        assert_eq!((told, desk.incidents), (1_200, 1_200));
        let count = async |table: &str| {
            house.db.read_int(&format!("SELECT COUNT(*) FROM {table}"), &[]).await.expect("counted") as usize
        };
        assert_eq!(count("response_incident").await, desk.incidents);
        assert_eq!(count("response_ticket").await, desk.reports);
        assert_eq!(count("response_message").await, desk.messages);
        assert_eq!(count("response_said").await, desk.incidents + desk.reports + desk.messages);
        // Nothing is left for the index to be filled with.
        let before = count("response_said").await;
        prepare(&house.db).await.expect("nothing to do");
        assert_eq!(count("response_said").await, before);
        for word in [COMMON_WORD, MIDDLE_WORD] {
            assert!(!seek(&house.db, &duty(), word, 50).await.expect("found").is_empty(), "{word}");
        }
        let long = get(&house.db, &duty(), &desk.long).await.expect("read").expect("there");
        let tickets = tickets_of_incident(&house.db, &duty(), &long.id, 10).await.expect("read");
        assert_eq!(messages_of(&house.db, &tickets[0].id, ("", ""), 1_000).await.expect("read").len(), 200);
        assert_eq!(observables_of(&house.db, &long.id, 1_000).await.expect("read").len(), 100);
        let wide = get(&house.db, &duty(), &desk.wide).await.expect("read").expect("there");
        assert_eq!(tickets_of_incident(&house.db, &duty(), &wide.id, 10_000).await.expect("read").len(), 1_200);
        assert!(make(&house.db, SIZE, NOON, |_| ()).await.is_err(), "there is one already");
        if house.db.engine() == Engine::Sqlite {
            let rows = house.db.read("PRAGMA integrity_check", &[]).await.expect("checked");
            assert_eq!(rows[0].text(0).expect("a word"), "ok");
        }
    });
}
