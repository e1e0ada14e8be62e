//! The lists of the strategy: in pages by key, filtered, sorted, taken away.

use axum::http::StatusCode;
use manara_framework::catalogues::Shelf;
use manara_framework::strategies::{
    Function, Part, Progress, Record, Review, Stakeholder, Undertaking, remove_record, save_function, save_review,
    save_stakeholder, save_undertaking, strategy_numbers, undertakings,
};
use manara_model::Tlp;
use manara_web::Lang;
use manara_web::bulk::{Outcome, begin, go_on, rows, take_back};
use serde_json::json;

use crate::house::{House, NOON, duty, on_both, person, set_parts};
use crate::pages::{Reader, reader};

/// More than a page of each kind.
const MANY: usize = 55;

async fn full(house: &House) {
    let (db, who) = (&house.db, &duty());
    for number in 0..MANY {
        let name = format!("Person {number:02}");
        let one = Stakeholder { name, organisation: format!("Office {}", number % 3), ..Stakeholder::default() };
        save_stakeholder(db, who, &one, None, NOON).await.unwrap();
        let one = Function {
            id: String::new(),
            name: format!("Function {number:02}"),
            owner: format!("Owner {}", number % 2),
            note: String::new(),
            tlp: if number == 54 { Tlp::Red } else { Tlp::Amber },
            needs: Vec::new(),
            providers: if number % 5 == 0 { vec![("c1".into(), "Grid".into())] } else { Vec::new() },
            version: 0,
        };
        save_function(db, who, &one, NOON).await.unwrap();
        let one = Review {
            kind: if number % 2 == 0 { "law".into() } else { "exercise".into() },
            title: format!("Review {number:02}"),
            next: if number < 17 { "2020-01-10".into() } else { "2299-01-10".into() },
            ..Review::default()
        };
        save_review(db, who, &one, NOON).await.unwrap();
    }
}

/// All pages of a list, how often a word stands on each.
async fn walked(reader: &mut Reader, path: &str, word: &str) -> Vec<usize> {
    let (mut counts, mut next) = (Vec::new(), path.to_string());
    for _ in 0..9 {
        let page = reader.page(&next).await;
        counts.push(page.body.matches(word).count());
        let after = page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let after = after.map(|href| href.replace("&#38;", "&").replace("&amp;", "&"));
        match after.into_iter().find(|href| href.contains("after=") && !href.contains("lang=")) {
            Some(href) if href.starts_with('?') => next = format!("{}{href}", path.split('?').next().unwrap()),
            Some(href) => next = href,
            None => return counts,
        }
    }
    panic!("the list {path} has no end");
}

#[test]
fn every_list_goes_on_by_pages_and_is_taken_away_whole() {
    on_both(|house| async move {
        full(&house).await;
        let mut head = reader(&house, "duty", Lang::En).await;
        let at = |rest: &str| format!("/framework/strategy/{rest}");
        for (list, word) in [("functions", "Function "), ("reviews", "Review "), ("roles", "Person ")] {
            // A stakeholder stands in the matrix and in the list under it.
            let times = if list == "roles" { 2 } else { 1 };
            let found = walked(&mut head, &at(list), &format!(">{word}")).await;
            assert_eq!(found, [50 * times, 5 * times], "{list}");
        }
        for (list, rows) in [("functions", MANY + 1), ("reviews", MANY + 1)] {
            let csv = head.get(&at(&format!("{list}?format=csv"))).await;
            assert_eq!(csv.body.lines().count(), rows, "{list}");
        }
        let matrix = head.get(&at("roles?format=csv")).await;
        assert_eq!(matrix.body.lines().next().unwrap().matches("Person ").count(), MANY);
        for (path, word, want) in [
            ("functions?q=function+03", ">Function ", 1),
            ("functions?show=unprovided&rows=200", ">Function ", 44),
            ("functions?sort=-name&rows=1", ">Function 54", 1),
            ("reviews?kind=law&rows=200", ">Review ", 28),
            ("reviews?show=over&rows=200&sort=title", ">Review ", 17),
            ("roles?q=office+1&rows=200", ">Person ", 36),
            ("roles?show=accountable", ">Person ", 0),
            ("roles?show=idle&rows=200", ">Person ", 110),
        ] {
            assert_eq!(head.page(&at(path)).await.body.matches(word).count(), want, "{path}");
        }
        for bad in ["functions?sort=secret", "reviews?kind=ships", "roles?after=x"] {
            assert_eq!(head.get(&at(bad)).await.status, StatusCode::BAD_REQUEST, "{bad}");
        }
        for lang in ["ar", "fr"] {
            for list in ["functions?show=unprovided", "reviews?show=over", "roles?show=idle"] {
                head.page(&at(&format!("{list}&lang={lang}"))).await;
            }
        }
    });
}

#[test]
fn the_overview_counts_what_a_reader_may_see_without_reading_it_all() {
    on_both(|house| async move {
        full(&house).await;
        let (db, who) = (&house.db, &duty());
        for (title, due, progress) in [
            ("Late", "2026-01-14", Progress::Doing),
            ("Today", "2026-01-15", Progress::Planned),
            ("Done", "2026-01-01", Progress::Done),
            ("Some day", "", Progress::Planned),
        ] {
            let one = Undertaking {
                id: String::new(),
                item: String::new(),
                title: title.into(),
                owner: String::new(),
                due: due.into(),
                progress,
                note: String::new(),
                tlp: Tlp::Amber,
                version: 0,
            };
            save_undertaking(db, who, None, &one, NOON).await.unwrap();
        }
        let seen = strategy_numbers(db, who, "2026-01-15").await.unwrap();
        assert_eq!((seen.stakeholders, seen.live, seen.late, seen.functions, seen.unprovided), (55, 3, 1, 55, 44));
        let less = strategy_numbers(db, &person("viewer", Tlp::Amber), "2026-01-15").await.unwrap();
        assert_eq!((less.functions, less.unprovided), (54, 43));
        let nothing = strategy_numbers(db, &person("viewer", Tlp::Clear), "2026-01-15").await.unwrap();
        assert_eq!((nothing.live, nothing.functions), (0, 0));
        let shelf = Shelf::load(None);
        let elements = shelf.get("five-elements").unwrap();
        let mut head = reader(&house, "duty", Lang::En).await;
        assert!(head.page("/framework/strategy").await.body.contains("NS-G1"), "nobody answers for it");
        let one = Stakeholder { name: "Minister".into(), organisation: "Z".into(), ..Stakeholder::default() };
        let id = save_stakeholder(db, who, &one, None, NOON).await.unwrap();
        let part = vec![("NS-G1".to_string(), Some(Part::Accountable))];
        set_parts(db, who, elements, &id, &part).await.unwrap();
        assert!(!head.page("/framework/strategy").await.body.contains("NS-G1"));
        // Who answers for it stands on the second page; the first counts it all the same.
        let first = head.page("/framework/strategy/roles").await;
        let (_, row) = first.body.split_once("NS-G1").expect("the goal");
        let (row, _) = row.split_once("</tr>").expect("its row");
        assert!(!row.contains("Nobody answers") && !row.contains("<abbr"), "{row}");
        assert!(head.page("/framework/strategy/roles?show=accountable").await.body.contains(">Minister<"));
        remove_record(db, who, Record::Stakeholder, &id, NOON).await.unwrap();
        assert!(head.page("/framework/strategy").await.body.contains("NS-G1"));
    });
}

#[test]
fn many_actions_get_another_state_with_one_undo() {
    on_both(|house| async move {
        let db = &house.db;
        let mut ids = Vec::new();
        for (title, tlp) in [("Law", Tlp::Amber), ("Drill", Tlp::Amber), ("Secret", Tlp::Red)] {
            let one = Undertaking {
                id: String::new(),
                item: String::new(),
                title: title.into(),
                owner: String::new(),
                due: String::new(),
                progress: Progress::Planned,
                note: String::new(),
                tlp,
                version: 0,
            };
            ids.push(save_undertaking(db, &duty(), None, &one, NOON).await.unwrap());
        }
        // Drill, Law, Secret.
        let states = async || {
            let mut all = undertakings(db, &duty()).await.unwrap();
            all.sort_by(|a, b| a.title.cmp(&b.title));
            all.into_iter().map(|one| one.progress).collect::<Vec<_>>()
        };
        let many = manara_framework::many_actions();
        for bad in [json!({}), json!({ "do": "state" }), json!({ "do": "state", "state": "lost" }), json!([1])] {
            assert!(many.read(&bad).is_err(), "{bad}");
        }
        let change = many.read(&json!({ "do": "state", "state": "done" })).unwrap();
        // Nobody changes what they may not see.
        let blind = person("blind", Tlp::Amber);
        let bulk = begin(db, &*many, &blind, &change, &ids, "", NOON).await.unwrap();
        let bulk = go_on(db, &*many, &blind, &bulk, NOON).await.unwrap();
        assert_eq!(states().await, [Progress::Done, Progress::Done, Progress::Planned]);
        let told = rows(db, &bulk.id, 0, 10).await.unwrap();
        assert_eq!((told[2].outcome, told[2].name.as_str()), (Outcome::Refused, ""));
        // Somebody changes one of them since: that one stays.
        let mut drill = undertakings(db, &duty()).await.unwrap().into_iter().find(|one| one.title == "Drill").unwrap();
        drill.note = "Held in May".into();
        save_undertaking(db, &duty(), None, &drill, NOON).await.unwrap();
        take_back(db, &*many, &blind, &bulk, NOON).await.unwrap();
        assert_eq!(states().await, [Progress::Done, Progress::Planned, Progress::Planned]);

        // The same by the form of the list.
        let mut head = reader(&house, "duty", Lang::En).await;
        let list = "/framework/strategy/actions";
        let fields = [("do", "state"), ("to", "doing"), ("id", ids[0].as_str()), ("back", list)];
        let did = head.post(&format!("{list}/bulk"), list, &fields).await;
        assert_eq!((did.status, did.header("location")), (StatusCode::SEE_OTHER, list));
        assert_eq!(states().await, [Progress::Done, Progress::Doing, Progress::Planned]);
        assert!(head.page(list).await.body.contains("State: In progress"));
    });
}
