//! Incidents that may have to do with one another: suggested with the reasons, and related by a person.

use axum::http::StatusCode;
use manara_response::{FindingInput, Incident, Reason, merge, name_observables, relate, split, unrelate};
use manara_web::{Lang, Role, Words};

use crate::follow::later;
use crate::house::{House, duty, finding, on_both};
use crate::pages::{Reader, door};

/// The incidents of a list of the page by its heading, in its order: number, and what stands under it.
fn listed(page: &str, heading: &str) -> Vec<(String, String)> {
    let Some((_, rest)) = page.split_once(&format!("<h3>{heading}</h3>")) else { return Vec::new() };
    let list = rest.split("</ul>").next().unwrap_or_default();
    let line = |line: &str| {
        let (_, address) = line.split_once("href=\"/incidents/").expect("a link");
        let number = address.split('"').next().expect("a number").to_string();
        let (_, small) = line.split_once("<small class=\"mute\">").unwrap_or_default();
        let small = small.split("</small>").next().unwrap_or_default();
        let words = small.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        (number, words.collect::<String>())
    };
    list.split("<li>").skip(1).map(line).collect()
}

async fn suggested(reader: &mut Reader, one: &Incident) -> Vec<(String, String)> {
    listed(&reader.page(&format!("/incidents/{}", one.number)).await.body, "May be related")
}

async fn related(reader: &mut Reader, one: &Incident) -> Vec<String> {
    let page = reader.page(&format!("/incidents/{}", one.number)).await.body;
    listed(&page, "Related").into_iter().map(|(number, _)| number).collect()
}

async fn open(house: &House, title: &str, at: i64) -> Incident {
    house.open(title, &[], later(at)).await
}

/// An incident of one finding: its id, its constituent, its asset and its subject.
async fn found(house: &House, (id, owner, asset, subject): (&str, &str, &str, &str), at: i64) -> Incident {
    let one = FindingInput { subject: subject.into(), ..finding(id, owner, asset) };
    house.open(id, &[one], later(at)).await
}

async fn speaks(house: &House, one: &Incident, of: &str) {
    name_observables(&house.db, &duty(), &one.id, (of, ""), later(90)).await.expect("named");
}

#[test]
fn every_reason_is_told_in_its_words_the_strongest_first() {
    on_both(|house| async move {
        let house = &house;
        let one = found(house, ("f1", "a", "192.0.2.1", "citadel"), 1).await;
        let asset = found(house, ("f2", "b", "192.0.2.1", "mirai"), 2).await;
        let observable = open(house, "The same name", 3).await;
        let net = found(house, ("f4", "c", "192.0.2.77", "qbot"), 4).await;
        let subject = found(house, ("f5", "d", "198.51.100.9", "citadel"), 5).await;
        let constituent = found(house, ("f6", "a", "203.0.113.9", "ramnit"), 6).await;
        let all = found(house, ("f7", "a", "192.0.2.1", "citadel"), 7).await;
        found(house, ("f8", "z", "198.51.100.200", "gozi"), 8).await;
        for incident in [&one, &observable, &all] {
            speaks(house, incident, "evil[.]example.com").await;
        }
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let want = [
            (
                &all,
                "same asset 192.0.2.1 · same observable evil.example.com · neighbouring addresses 192.0.2.0/24 · \
                 same subject citadel · same constituent Constituent a",
            ),
            (&constituent, "same constituent Constituent a"),
            (&subject, "same subject citadel"),
            (&net, "neighbouring addresses 192.0.2.0/24"),
            (&observable, "same observable evil.example.com"),
            (&asset, "same asset 192.0.2.1 · neighbouring addresses 192.0.2.0/24"),
        ];
        let want: Vec<(String, String)> =
            want.iter().map(|(one, words)| (one.number.clone(), (*words).to_string())).collect();
        assert_eq!(suggested(&mut reader, &one).await, want, "what shares nothing is not suggested");

        // Each reason has its words in every language.
        let words = Words::built_in().expect("words");
        for (role, lang) in [(Role::Duty, Lang::En), (Role::Handler, Lang::Ar), (Role::Analyst, Lang::Fr)] {
            let mut reader = sign_in(role).await;
            let page = reader.page(&format!("/incidents/{}", one.number)).await.body;
            let lines = listed(&page, &words.t(lang, "response-one-suggested"));
            let (_, told) = lines.into_iter().find(|(number, _)| *number == all.number).expect("there");
            let mut rest = told.as_str();
            for reason in Reason::ALL {
                let word = words.t(lang, &format!("response-related-{}", reason.as_str()));
                let (_, after) = rest.split_once(&word).unwrap_or_else(|| panic!("{word} is not in {told}"));
                rest = after;
            }
        }
    });
}

#[test]
fn what_very_many_incidents_know_relates_none_of_them() {
    on_both(|house| async move {
        let house = &house;
        let rare = open(house, "The same rare name", 1).await;
        speaks(house, &rare, "rare[.]example.com").await;
        let wave = async |at: i64| {
            let one = open(house, &format!("Wave {at}"), at).await;
            speaks(house, &one, "common[.]example.com").await;
            one
        };
        let mut waves = Vec::new();
        for at in 2..22 {
            waves.push(wave(at).await);
        }
        let one = open(house, "One", 30).await;
        speaks(house, &one, "common[.]example.com rare[.]example.com").await;
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let newest: Vec<(String, String)> = waves
            .iter()
            .rev()
            .map(|wave| (wave.number.clone(), "same observable common.example.com".to_string()))
            .collect();
        assert_eq!(suggested(&mut reader, &one).await, newest, "twenty are still few");

        let last = wave(22).await;
        let only = [(rare.number.clone(), "same observable rare.example.com".to_string())];
        assert_eq!(suggested(&mut reader, &one).await, only, "the rare name is no longer hidden by the common one");
        assert!(suggested(&mut reader, &last).await.is_empty(), "they are not related to one another");
        // That it was seen before is told all the same.
        let page = reader.page(&format!("/incidents/{}", one.number)).await.body;
        assert!(page.contains("Wave 22") && page.contains("Wave 21"), "{page}");
    });
}

#[test]
fn a_relation_is_made_and_taken_back_with_undo_and_stands_on_both() {
    on_both(|house| async move {
        let house = &house;
        let (first, second) = (open(house, "First", 1).await, open(house, "Second", 2).await);
        for one in [&first, &second] {
            speaks(house, one, "drop[.]example.com").await;
        }
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let path = format!("/incidents/{}", first.number);
        let form = [("other", second.number.as_str())];
        assert_eq!(suggested(&mut reader, &first).await.len(), 1);
        reader.post(&format!("{path}/relate"), &path, &form).await;
        let page = reader.page(&path).await.body;
        assert!(page.contains("The two incidents are related now."), "{page}");
        let undo = format!("action=\"{path}/unrelate\"");
        assert_eq!(page.matches(&undo).count(), 2, "beside the message, and in the list: {page}");
        for (one, other) in [(&first, &second), (&second, &first)] {
            assert_eq!(related(&mut reader, one).await, std::slice::from_ref(&other.number));
            assert!(suggested(&mut reader, one).await.is_empty(), "what is related needs no suggestion");
            let page = reader.page(&format!("/incidents/{}", one.number)).await.body;
            let line = format!("related it to <a href=\"/incidents/{}\">", other.number);
            assert!(page.contains(&line), "the timeline says it: {page}");
        }
        // Said twice, it is one relation, and the message offers to take nothing back.
        reader.post(&format!("{path}/relate"), &path, &form).await;
        assert_eq!(reader.page(&path).await.body.matches(&undo).count(), 1);

        reader.post(&format!("{path}/unrelate"), &path, &form).await;
        let page = reader.page(&path).await.body;
        let redo = format!("<form method=\"post\" action=\"{path}/relate\" class=\"inline\">");
        assert!(page.contains("The two incidents are no longer related.") && page.contains(&redo), "{page}");
        for (one, other) in [(&first, &second), (&second, &first)] {
            assert!(related(&mut reader, one).await.is_empty());
            assert_eq!(suggested(&mut reader, one).await[0].0, other.number);
            assert_eq!(house.verbs(&one.id).await[2..], ["incidents_related", "incidents_unrelated"]);
        }
        reader.post(&format!("{path}/unrelate"), &path, &form).await;
        assert!(!reader.page(&path).await.body.contains(&redo), "nothing was taken back");
        reader.post(&format!("{path}/relate"), &path, &form).await;
        assert_eq!(related(&mut reader, &second).await, [first.number.as_str()]);
        let mut viewer = sign_in(Role::Viewer).await;
        let refused = viewer.post(&format!("{path}/unrelate"), &path, &form).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert_eq!(related(&mut viewer, &first).await, [second.number.as_str()]);
    });
}

#[test]
fn a_relation_goes_along_with_a_merger_and_comes_back_with_its_undo() {
    on_both(|house| async move {
        let house = &house;
        let db = &house.db;
        let (gone, whole) = (open(house, "Gone", 1).await, open(house, "Whole", 2).await);
        let (third, both) = (open(house, "Third", 3).await, open(house, "Of both", 4).await);
        for one in [&gone, &whole, &third] {
            speaks(house, one, "drop[.]example.com").await;
        }
        for (one, other) in [(&gone, &third), (&gone, &both), (&whole, &both)] {
            assert!(relate(db, &duty(), &one.id, &other.id, later(91)).await.expect("related"));
        }
        let sign_in = door(house).await;
        let mut reader = sign_in(Role::Duty).await;
        let numbers = |all: &[&Incident]| all.iter().map(|one| one.number.clone()).collect::<Vec<_>>();

        merge(db, &duty(), &house.policy, &gone.id, &whole.id, later(92)).await.expect("merged");
        assert_eq!(related(&mut reader, &whole).await, numbers(&[&both, &third]));
        assert_eq!(related(&mut reader, &third).await, numbers(&[&whole]));
        assert!(suggested(&mut reader, &third).await.is_empty(), "what was merged speaks through the other");

        split(db, &duty(), &gone.id, later(93)).await.expect("split");
        assert_eq!(related(&mut reader, &gone).await, numbers(&[&both, &third]));
        assert_eq!(related(&mut reader, &whole).await, numbers(&[&both]));
        assert_eq!(related(&mut reader, &third).await, numbers(&[&gone]));
        assert_eq!(related(&mut reader, &both).await, numbers(&[&whole, &gone]));

        // What somebody takes back meanwhile does not come back.
        merge(db, &duty(), &house.policy, &gone.id, &whole.id, later(94)).await.expect("merged");
        assert!(unrelate(db, &duty(), &third.id, &whole.id, later(95)).await.expect("taken back"));
        split(db, &duty(), &gone.id, later(96)).await.expect("split");
        assert!(related(&mut reader, &third).await.is_empty());
        assert_eq!(related(&mut reader, &gone).await, numbers(&[&both]));
    });
}
