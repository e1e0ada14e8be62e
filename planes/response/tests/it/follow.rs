//! What follows by itself between incidents and what belongs to them: mergers, answers by mail, times, owners, ends.

use manara_model::{Micros, Tlp};
use manara_response::mail::{MailHouse, Outcome, OutcomeKind, read, take};
use manara_response::{
    Config, Incident, Kind, NewTicket, Seen, Source, Ticket, TicketState, get_ticket, launch, link_ticket, merge,
    note_moments, observables_of, open_ticket, relate, split, tag_technique, techniques, tickets_of_incident,
};

use crate::house::{House, MINUTE, NOON, duty, new, on_both};

const ANA: &str = "Ana <ana@harbour.example>";

pub fn mail(from: &str, subject: &str, id: &str, more: &str, body: &str) -> Vec<u8> {
    format!(
        "Return-Path: <{}>\r\nFrom: {from}\r\nTo: cirt@cirt.example\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\n\
         Date: Thu, 15 Jan 2026 11:00:00 +0000\r\n{more}Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n",
        from.rsplit_once('<').map_or(from, |(_, mail)| mail).trim_end_matches('>')
    )
    .into_bytes()
}

pub async fn office(house: &House) -> MailHouse {
    MailHouse::open(&house.db, &Config::default(), ("CIRT", "cirt@cirt.example"), "en").await.expect("mail")
}

pub async fn brought(house: &House, office: &MailHouse, bytes: &[u8], now: Micros) -> Outcome {
    let one = read(office, &house.blobs, bytes, &["cirt@cirt.example".to_string()]).expect("read");
    take(&house.db, office, &[one], now).await.expect("taken").remove(0)
}

pub fn later(minutes: i64) -> Micros {
    Micros(NOON.0 + minutes * MINUTE)
}

pub fn ask(kind: Kind, incident: &str) -> NewTicket {
    NewTicket {
        id: String::new(),
        kind,
        source: Source::Person,
        subject: "please look".into(),
        class: ("other".into(), "undetermined".into()),
        tlp: Tlp::Amber,
        owner: String::new(),
        correspondent: "noc@isp.example".into(),
        correspondent_name: String::new(),
        language: "en".into(),
        incident: incident.into(),
        target: (String::new(), String::new()),
        due: None,
    }
}

pub async fn standing(house: &House, number: &str) -> Ticket {
    get_ticket(&house.db, &duty(), number).await.expect("asked").expect("there")
}

async fn numbers(house: &House, incident: &Incident) -> Vec<String> {
    let mut all: Vec<String> = tickets_of_incident(&house.db, &duty(), &incident.id, 100)
        .await
        .expect("read")
        .into_iter()
        .map(|one| one.number)
        .collect();
    all.sort();
    all
}

/// An incident with a report, an investigation and a countermeasure; its tickets by number.
async fn with_all(house: &House, office: &MailHouse, name: &str) -> (Incident, Vec<String>) {
    let first = mail(ANA, name, &format!("{name}@harbour.example"), "", &format!("see {name}.evil.example"));
    let report = brought(house, office, &first, NOON).await.ticket.expect("a number");
    let (_, incident) =
        launch(&house.db, &duty(), &house.policy, &report, &new(name), later(1)).await.expect("launched");
    for kind in [Kind::Investigation, Kind::Countermeasure] {
        open_ticket(&house.db, &duty(), &ask(kind, &incident.number), &[], later(2)).await.expect("opened");
    }
    let all = numbers(house, &incident).await;
    (incident, all)
}

#[test]
fn a_merger_takes_reports_and_all_that_is_known_along_and_gives_them_back() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let (gone, theirs) = with_all(house, &office, "gone").await;
        let (whole, ours) = with_all(house, &office, "whole").await;
        let third = house.open("third", &[], NOON).await;
        let both = brought(house, &office, &mail(ANA, "both", "b@harbour.example", "", "x"), NOON).await;
        let both = both.ticket.expect("a number");
        for incident in [&gone.number, &whole.number] {
            link_ticket(&house.db, &duty(), &both, incident, later(3)).await.expect("linked");
        }
        relate(&house.db, &duty(), &gone.id, &third.id, later(3)).await.expect("related");
        relate(&house.db, &duty(), &gone.id, &whole.id, later(3)).await.expect("related");
        tag_technique(&house.db, &duty(), (&gone.id, "T1566", ""), true, later(3)).await.expect("tagged");
        let moments = manara_response::IncidentMoments { occurred: Some(NOON.plus_days(-1)), contained: None };
        note_moments(&house.db, &duty(), &gone.id, moments, later(3)).await.expect("noted");
        let seen = async |one: &Incident| -> Vec<Seen> { observables_of(&house.db, &one.id, 100).await.expect("read") };
        let before = (seen(&gone).await, seen(&whole).await);

        merge(&house.db, &duty(), &house.policy, &gone.id, &whole.id, later(4)).await.expect("merged");
        let mut all: Vec<String> = theirs.iter().chain(&ours).cloned().collect();
        all.push(both.clone());
        all.sort();
        assert_eq!(numbers(house, &whole).await, all);
        assert_eq!(numbers(house, &gone).await, std::slice::from_ref(&both), "what both have stays on both");
        let domains: Vec<String> = seen(&whole).await.into_iter().map(|one| one.value).collect();
        assert!(["gone", "whole"].iter().all(|name| domains.contains(&format!("{name}.evil.example"))), "{domains:?}");
        assert_eq!(techniques(&house.db, &whole.id).await.expect("read").len(), 1);
        let report = standing(house, &theirs[0]).await;
        assert!(report.state.is_live(), "it goes on with the other");
        assert_eq!(house.verbs(&report.id).await.last().map(String::as_str), Some("ticket_linked"));

        // The other ends; whoever reported the first writes again.
        let closing =
            manara_response::Closing { resolution: "resolved".into(), verdict: manara_response::Verdict::Left };
        manara_response::close(&house.db, &duty(), &house.policy, &whole.id, &closing, later(5)).await.expect("closed");
        assert_eq!(standing(house, &theirs[0]).await.state, TicketState::Resolved);
        let again = mail(ANA, "Re: gone", "a@harbour.example", "References: <gone@harbour.example>\r\n", "still there");
        let one = brought(house, &office, &again, later(6)).await;
        assert_eq!((one.kind, one.incident.as_ref()), (OutcomeKind::Reply, Some(&whole.number)));
        assert!(house.get(&whole.id).await.state.is_live());
        assert!(!house.get(&gone.id).await.state.is_live());

        split(&house.db, &duty(), &gone.id, later(7)).await.expect("split");
        for (incident, own) in [(&gone, &theirs), (&whole, &ours)] {
            let mut own = own.clone();
            own.push(both.clone());
            own.sort();
            assert_eq!(numbers(house, incident).await, own);
        }
        assert_eq!((seen(&gone).await, seen(&whole).await), before);
        assert_eq!(techniques(&house.db, &gone.id).await.expect("read").len(), 1);
        assert_eq!(techniques(&house.db, &whole.id).await.expect("read").len(), 0);
    });
}

#[test]
fn what_lies_on_incidents_that_were_merged_before_goes_over() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let (gone, theirs) = with_all(house, &office, "gone").await;
        let (between, _) = with_all(house, &office, "between").await;
        let (whole, _) = with_all(house, &office, "whole").await;
        let mut tx = house.db.begin().await.expect("begun");
        for (one, into) in [(&gone, &between), (&between, &whole)] {
            let sql = "UPDATE response_incident SET merged_into = $2 WHERE id = $1";
            tx.run(sql, &[(&one.id).into(), (&into.id).into()]).await.expect("merged");
        }
        let script = include_str!("../../migrations/016_follow.sql").split("-- What an incident would be due").next();
        tx.run_script(script.expect("a script")).await.expect("mended");
        tx.commit().await.expect("committed");
        assert_eq!(numbers(house, &whole).await.len(), 9);
        assert!(numbers(house, &gone).await.is_empty() && numbers(house, &between).await.is_empty());
        split(&house.db, &duty(), &between.id, later(9)).await.expect("split");
        assert_eq!(numbers(house, &whole).await.len(), 6);
        assert!(theirs.iter().all(|number| number.starts_with("2026-")));
    });
}
