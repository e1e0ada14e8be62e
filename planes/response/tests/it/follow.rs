//! Automatic rules between incidents and what belongs to them: mergers, answers by mail, times, owners, ends.

use std::io::{BufRead as _, BufReader, Write as _};

use manara_model::{Micros, Tlp};
use manara_net::{MailConfig as Outwards, Mailer, SmtpConfig, Tls, TransportKind};
use manara_response::change as change_incident;
use manara_response::mail::{MailHouse, Outcome, OutcomeKind, Posted, due as mail_due, read, retry, send, take};
use manara_response::{
    Change, Closing, Config, Decision, DeliveryState, Draft, Incident, IncidentMoments, Kind, NewTicket, Seen, Source,
    Taxonomies, Ticket, TicketChange, TicketState, Verdict, WorkContent, assign, assign_ticket, change_ticket,
    clocks_of, close, decide_held, deliveries_of, follow_clocks, follow_rules, get_ticket, give_to_mailbox, launch,
    link_ticket, mentions, merge, merge_ticket, move_ticket, note_moments, observables_of, open_ticket, participants,
    relate, split, split_ticket, switch_rule, tag_technique, tag_ticket, techniques, tickets_of_incident,
    told_by_letter, told_by_notice, unlink_ticket, watch, write_message,
};

use crate::house::{House, MINUTE, NOON, duty, finding, new, on_both, person};

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

/// The address that mail of a name speaks of.
fn address(name: &str) -> String {
    format!("192.0.2.{}", name.len())
}

/// An incident with a report, an investigation and a countermeasure; its tickets by number.
async fn with_all(house: &House, office: &MailHouse, name: &str) -> (Incident, Vec<String>) {
    let first = mail(ANA, name, &format!("{name}@harbour.example"), "", &format!("see {}", address(name)));
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
        let moments = IncidentMoments { occurred: Some(NOON.plus_days(-1)), contained: None };
        note_moments(&house.db, &duty(), &gone.id, moments, later(3)).await.expect("noted");
        let seen = async |one: &Incident| -> Vec<Seen> { observables_of(&house.db, &one.id, 100).await.expect("read") };
        let before = (seen(&gone).await, seen(&whole).await);

        merge(&house.db, &duty(), &house.policy, &gone.id, &whole.id, later(4)).await.expect("merged");
        let mut all: Vec<String> = theirs.iter().chain(&ours).cloned().collect();
        all.push(both.clone());
        all.sort();
        assert_eq!(numbers(house, &whole).await, all);
        assert_eq!(numbers(house, &gone).await, std::slice::from_ref(&both), "what both have stays on both");
        let values: Vec<String> = seen(&whole).await.into_iter().map(|one| one.value).collect();
        assert!(["gone", "whole"].iter().all(|name| values.contains(&address(name))), "{values:?}");
        assert_eq!(techniques(&house.db, &whole.id).await.expect("read").len(), 1);
        let report = standing(house, &theirs[0]).await;
        assert!(report.state.is_live(), "it goes on with the other");
        assert_eq!(house.verbs(&report.id).await.last().map(String::as_str), Some("ticket_linked"));

        // The other ends; whoever reported the first writes again.
        let closing = Closing { resolution: "resolved".into(), verdict: Verdict::Left };
        close(&house.db, &duty(), &house.policy, &whole.id, &closing, later(5)).await.expect("closed");
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

/// A block that was asked for by mail: its number, and what an answer to that mail refers to.
async fn asked(house: &House, office: &MailHouse, incident: &str) -> (String, String) {
    let block = open_ticket(&house.db, &duty(), &ask(Kind::Countermeasure, incident), &[], later(2)).await;
    let block = block.expect("opened");
    let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Please block.".into() };
    let (_, sent) = write_message(&house.db, &duty(), office, &block.number, &draft, later(3)).await.expect("written");
    (block.number, format!("In-Reply-To: <{}>\r\n", sent.message_id))
}

#[test]
fn only_an_answer_of_whoever_was_asked_that_says_done_confirms_a_block() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let incident = house.open("one", &[], NOON).await;
        let (number, answer) = asked(house, &office, &incident.number).await;
        let tag = format!("Re: [CIRT #{number}] block");
        for (at, (from, subject, more, body, verb)) in [
            ("noc@isp.example", "Re: block", answer.as_str(), "Which one do you mean?", "answer_unclear"),
            ("noc@isp.example", "Re: block", &answer, "NO, our terms forbid it.", "answer_declined"),
            ("noc@isp.example", "Re: block", &answer, "> Please answer DONE\r\n\r\nWe look into it.", "answer_unclear"),
            ("boss@isp.example", "Re: block", &answer, "DONE", "message_joined"),
            ("noc@isp.example", &tag, "", "DONE", "message_joined"),
        ]
        .into_iter()
        .enumerate()
        {
            let bytes = mail(from, subject, &format!("{at}@isp.example"), more, body);
            let one = brought(house, &office, &bytes, later(10 + i64::try_from(at).unwrap_or(0))).await;
            assert_eq!(one.ticket.as_ref(), Some(&number), "{body}");
            let block = standing(house, &number).await;
            assert_eq!(block.state, TicketState::PendingActivation, "{from} {body}");
            assert_eq!(house.verbs(&block.id).await.last().map(String::as_str), Some(verb), "{from} {body}");
        }
        let called = mentions(&house.db, &duty(), 10).await.expect("read");
        assert_eq!(
            called.iter().filter(|one| one.kind == "ticket").map(|one| &one.number).collect::<Vec<_>>(),
            [&number]
        );
        let done = mail("noc@isp.example", "Re: block", "done@isp.example", &answer, "Done, since 10:00.");
        brought(house, &office, &done, later(20)).await;
        assert_eq!(standing(house, &number).await.state, TicketState::Active);

        // Where the rule is off, a person says so.
        switch_rule(&house.db, &duty(), "countermeasure-confirmed-by-mail", false, later(21)).await.expect("off");
        let (number, answer) = asked(house, &office, &incident.number).await;
        brought(house, &office, &mail("noc@isp.example", "x", "d2@isp.example", &answer, "DONE"), later(22)).await;
        assert_eq!(standing(house, &number).await.state, TicketState::PendingActivation);
        let rules = follow_rules(&house.db).await.expect("read");
        let off: Vec<&str> = rules.iter().filter(|one| !one.is_on).map(|one| one.rule.as_str()).collect();
        assert_eq!(off, ["countermeasure-confirmed-by-mail"]);
    });
}

fn due(one: &Ticket, at: Option<Micros>) -> TicketChange {
    TicketChange { due: at, ..TicketChange::of(one) }
}

#[test]
fn an_incident_is_due_with_the_most_urgent_of_its_tickets_at_every_change() {
    on_both(|house: House| async move {
        let house = &house;
        let incident = house.open("one", &[], NOON).await;
        let own = incident.due.expect("by policy");
        let of = async || house.get(&incident.id).await.due;
        let mut tickets = Vec::new();
        for _ in 0..2 {
            let new = ask(Kind::Investigation, &incident.number);
            tickets.push(open_ticket(&house.db, &duty(), &new, &[], later(1)).await.expect("opened"));
        }
        let set = async |at: usize, to: Option<Micros>| {
            let one = standing(house, &tickets[at].number).await;
            change_ticket(&house.db, &duty(), &one.number, one.version, &due(&one, to), later(2)).await.expect("set");
        };
        set(0, Some(later(60))).await;
        assert_eq!(of().await, Some(later(60)));
        set(1, Some(later(30))).await;
        assert_eq!(of().await, Some(later(30)));
        set(1, Some(Micros(own.0 + MINUTE))).await;
        assert_eq!(of().await, Some(later(60)));
        move_ticket(&house.db, &duty(), &tickets[0].number, None, TicketState::Resolved, later(3)).await.expect("done");
        assert_eq!(of().await, Some(own), "never later than by itself");
        move_ticket(&house.db, &duty(), &tickets[0].number, None, TicketState::Open, later(4)).await.expect("open");
        assert_eq!(of().await, Some(later(60)));
        // What a person says of the incident is its own from then on.
        let one = house.get(&incident.id).await;
        let change = Change { due: Some(later(45)), ..Change::of(&one) };
        change_incident(&house.db, &duty(), &house.policy, &one.id, one.version, &change, later(5)).await.expect("set");
        set(0, Some(later(90))).await;
        assert_eq!(of().await, Some(later(45)));
        unlink_ticket(&house.db, &duty(), &tickets[0].number, &incident.number, later(6)).await.expect("taken off");
        assert_eq!(of().await, Some(later(45)));
    });
}

#[test]
fn owners_go_both_ways_and_a_ticket_that_is_opened_again_opens_its_incident() {
    on_both(|house: House| async move {
        let house = &house;
        let incident = house.open("one", &[], NOON).await;
        let new = ask(Kind::Investigation, &incident.number);
        let first = open_ticket(&house.db, &duty(), &new, &[], later(1)).await.expect("opened");
        let second = open_ticket(&house.db, &duty(), &new, &[], later(1)).await.expect("opened");
        assign_ticket(&house.db, &duty(), &second.number, "lea", later(2)).await.expect("given");
        assert_eq!(house.get(&incident.id).await.owner, "lea", "nobody had it");
        assign_ticket(&house.db, &duty(), &first.number, "omar", later(3)).await.expect("given");
        assert_eq!(house.get(&incident.id).await.owner, "lea", "somebody has it");
        assign(&house.db, &duty(), &incident.id, "duty", later(4)).await.expect("given");
        assert_eq!(standing(house, &second.number).await.owner, "duty", "it had the former owner");
        assert_eq!(standing(house, &first.number).await.owner, "omar", "chosen on purpose");

        let closing = Closing { resolution: "resolved".into(), verdict: Verdict::Left };
        close(&house.db, &duty(), &house.policy, &incident.id, &closing, later(5)).await.expect("closed");
        assert_eq!(standing(house, &first.number).await.state, TicketState::Resolved);
        move_ticket(&house.db, &duty(), &first.number, None, TicketState::Open, later(6)).await.expect("open again");
        assert!(house.get(&incident.id).await.state.is_live(), "a person did it");
        assert!(house.verbs(&incident.id).await.contains(&"incident_reopened".to_string()));
    });
}

#[test]
fn who_owns_or_follows_an_incident_is_called_when_a_block_is_lifted() {
    on_both(|house: House| async move {
        let house = &house;
        let incident = house.open("one", &[], NOON).await;
        assign(&house.db, &duty(), &incident.id, "omar", later(1)).await.expect("given");
        watch(&house.db, &person("lea", Tlp::Red), &incident.id, true, later(1)).await.expect("followed");
        let new = ask(Kind::Countermeasure, &incident.number);
        let block = open_ticket(&house.db, &duty(), &new, &[], later(2)).await.expect("opened");
        for to in [TicketState::Active, TicketState::PendingRemoval, TicketState::Removed] {
            move_ticket(&house.db, &duty(), &block.number, None, to, later(3)).await.expect("moved");
        }
        for name in ["omar", "lea"] {
            let called = mentions(&house.db, &person(name, Tlp::Red), 10).await.expect("read");
            assert_eq!(called.iter().map(|one| &one.number).collect::<Vec<_>>(), [&block.number], "{name}");
        }
        assert!(mentions(&house.db, &person("omar", Tlp::Clear), 10).await.expect("read").is_empty());
    });
}

#[test]
fn a_ticket_that_is_merged_takes_what_it_knows_along_and_gets_it_back() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let mut numbers = Vec::new();
        for name in ["one", "third"] {
            let bytes = mail(ANA, name, &format!("{name}@harbour.example"), "", &format!("see {}", address(name)));
            numbers.push(brought(house, &office, &bytes, NOON).await.ticket.expect("a number"));
        }
        let one = standing(house, &numbers[0]).await;
        change_ticket(&house.db, &duty(), &one.number, one.version, &due(&one, Some(later(30))), later(1))
            .await
            .expect("set");
        let taxonomies = Taxonomies::new();
        tag_ticket(&house.db, &duty(), &taxonomies, &one.number, (&["urgent".to_string()], true), later(1))
            .await
            .expect("tagged");
        let (gone, whole) = (standing(house, &numbers[0]).await, standing(house, &numbers[1]).await);
        let seen = async |one: &Ticket| -> Vec<Seen> { observables_of(&house.db, &one.id, 100).await.expect("read") };
        let before = (seen(&gone).await, seen(&whole).await);
        merge_ticket(&house.db, &duty(), &gone.number, &whole.number, later(2)).await.expect("merged");
        let joined = standing(house, &whole.number).await;
        assert_eq!((joined.due, joined.tags.as_str()), (Some(later(30)), "urgent"));
        let values: Vec<String> = seen(&joined).await.into_iter().map(|one| one.value).collect();
        assert!(["one", "third"].iter().all(|name| values.contains(&address(name))), "{values:?}");
        split_ticket(&house.db, &duty(), &gone.number, later(3)).await.expect("split");
        let (back, left) = (standing(house, &gone.number).await, standing(house, &whole.number).await);
        assert_eq!((back.due, back.tags.as_str()), (gone.due, gone.tags.as_str()));
        assert_eq!((left.due, left.tags.as_str()), (whole.due, ""));
        assert_eq!((seen(&back).await, seen(&left).await), before);
    });
}

#[test]
fn mail_that_a_person_lets_in_opens_again_what_was_closed() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let (incident, all) = with_all(house, &office, "one").await;
        let closing = Closing { resolution: "resolved".into(), verdict: Verdict::Left };
        close(&house.db, &duty(), &house.policy, &incident.id, &closing, later(5)).await.expect("closed");
        let tag = format!("Re: [CIRT #{}] one", all[0]);
        let held = brought(house, &office, &mail("x@else.example", &tag, "x@else.example", "", "back"), later(6)).await;
        assert_eq!(held.kind, OutcomeKind::Quarantined);
        assert!(!house.get(&incident.id).await.state.is_live());
        decide_held(&house.db, &duty(), (&office, &house.blobs), &held.message, Decision::Join, later(7))
            .await
            .expect("let in");
        assert_eq!(standing(house, &all[0]).await.state, TicketState::Open);
        assert!(house.get(&incident.id).await.state.is_live());
    });
}

#[test]
fn mail_feeds_no_incident_and_is_not_searched_where_those_rules_are_off() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let (incident, all) = with_all(house, &office, "one").await;
        let of = async |id: &str| -> Vec<String> {
            let all = observables_of(&house.db, id, 100).await.expect("read");
            all.into_iter().map(|one| one.value).filter(|value| value.starts_with("203.0.113.")).collect()
        };
        let ticket = standing(house, &all[0]).await.id;
        let tag = format!("Re: [CIRT #{}] one", all[0]);
        let let_in = async |from: &str, id: &str, body: &str, at: i64| {
            let held = brought(house, &office, &mail(from, &tag, id, "", body), later(at)).await;
            decide_held(&house.db, &duty(), (&office, &house.blobs), &held.message, Decision::Join, later(at))
                .await
                .expect("let in");
        };
        switch_rule(&house.db, &duty(), "merge-observables", false, later(5)).await.expect("off");
        let_in("x@else.example", "1@else.example", "see 203.0.113.1", 6).await;
        assert_eq!((of(&ticket).await, of(&incident.id).await), (vec!["203.0.113.1".to_string()], Vec::new()));
        switch_rule(&house.db, &duty(), "merge-observables", true, later(7)).await.expect("on");
        switch_rule(&house.db, &duty(), "extract-observables", false, later(7)).await.expect("off");
        // It takes part by now: it needs nobody who lets it in.
        let more = mail("x@else.example", &tag, "2@else.example", "", "see 203.0.113.2");
        brought(house, &office, &more, later(8)).await;
        let_in("y@else.example", "3@else.example", "see 203.0.113.3", 9).await;
        assert_eq!((of(&ticket).await.len(), of(&incident.id).await.len()), (1, 0));
    });
}

/// What a mail system says of a delivery, by the standard.
pub fn returned(original: &str, at: usize, action: &str, status: &str) -> Vec<u8> {
    format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: cirt@cirt.example\r\nSubject: Undelivered\r\n\
         Message-ID: <b{at}@mx.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
         no\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Final-Recipient: rfc822; noc@isp.example\r\nAction: {action}\r\nStatus: {status}\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{original}>\r\n\r\n--b--\r\n"
    )
    .into_bytes()
}

/// State and count of the addresses that do not work.
async fn troubled(house: &House) -> Vec<(String, i64)> {
    let rows = house.db.read("SELECT state, count FROM response_address ORDER BY mail LIMIT 10", &[]).await;
    let rows = rows.expect("read");
    rows.iter().map(|row| (row.text(0).expect("a state"), row.int(1).expect("a count"))).collect()
}

#[test]
fn only_soft_bounces_in_a_row_suspend_an_address_and_what_is_late_does_not_count() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let incident = house.open("one", &[], NOON).await;
        let ticket = open_ticket(&house.db, &duty(), &ask(Kind::Investigation, &incident.number), &[], NOON).await;
        let ticket = ticket.expect("opened");
        let state = async || troubled(house).await.into_iter().next();
        let day = |day: i64| Micros(NOON.0 + day * 1_440 * MINUTE);
        let write = async |at: Micros| {
            let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Please.".into() };
            let did = write_message(&house.db, &duty(), &office, &ticket.number, &draft, at).await;
            let message = did.expect("written").1;
            let mut tx = house.db.begin().await.expect("begun");
            let sql = "UPDATE response_delivery SET state = 'sent', sent = $2 WHERE message_id = $1";
            tx.run(sql, &[(&message.id).into(), at.into()]).await.expect("sent");
            tx.commit().await.expect("committed");
            message.message_id
        };
        let first = write(day(0)).await;
        for at in 0..6 {
            brought(house, &office, &returned(&first, at, "delayed", "4.4.1"), later(10)).await;
        }
        assert_eq!(state().await, None, "it is only late");
        for at in 1..=2 {
            let id = write(day(at)).await;
            let bounce = returned(&id, 10 + usize::try_from(at).unwrap_or(0), "failed", "4.2.2");
            brought(house, &office, &bounce, Micros(day(at).0 + MINUTE)).await;
        }
        assert_eq!(state().await, Some(("soft".to_string(), 2)));
        // One arrives in between.
        write(day(3)).await;
        let id = write(day(9)).await;
        brought(house, &office, &returned(&id, 20, "failed", "4.2.2"), Micros(day(9).0 + MINUTE)).await;
        assert_eq!(state().await, Some(("soft".to_string(), 1)), "in a row");
        let called = mentions(&house.db, &duty(), 10).await.expect("read");
        assert_eq!(called.iter().map(|one| &one.number).collect::<Vec<_>>(), [&ticket.number]);
    });
}

/// A mail server that says to recipients and to messages what it is told to.
fn relay(to_recipient: &'static str, to_message: &'static str) -> u16 {
    relay_for(move |_| to_recipient, to_message)
}

/// A mail server that says something else to each recipient.
fn relay_for(to_recipient: impl Fn(&str) -> &'static str + Send + 'static, to_message: &'static str) -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { return };
            // Whoever hangs up ends the conversation and not the server.
            let _ = converse(&stream, &to_recipient, to_message);
        }
    });
    port
}

fn converse(
    mut stream: &std::net::TcpStream,
    to_recipient: &impl Fn(&str) -> &'static str,
    to_message: &'static str,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    let mut is_message = false;
    stream.write_all(b"220 relay.example\r\n")?;
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let said = match line.trim_end().get(..4).unwrap_or(line.trim_end()) {
            "." if is_message => {
                is_message = false;
                to_message
            }
            _ if is_message => continue,
            "RCPT" => to_recipient(&line),
            "DATA" => {
                is_message = true;
                "354 go on"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        stream.write_all(format!("{said}\r\n").as_bytes())?;
    }
}

/// What hands mail over to a server of a test.
fn mailer(port: u16, messages_per_minute: u32) -> Mailer {
    let host = "127.0.0.1".into();
    let smtp = SmtpConfig { host, port, tls: Tls::None, messages_per_minute, ..SmtpConfig::default() };
    let from = "CIRT <cirt@cirt.example>".into();
    Mailer::new(&Outwards { transport: TransportKind::Smtp, from, smtp, ..Outwards::default() }).expect("a mailer")
}

/// A letter of an investigation to some recipients; the id of its message.
async fn letter(house: &House, office: &MailHouse, to: &[&str]) -> String {
    let incident = house.open("one", &[], NOON).await;
    let ticket = open_ticket(&house.db, &duty(), &ask(Kind::Investigation, &incident.number), &[], NOON).await;
    let ticket = ticket.expect("opened");
    let to = to.iter().map(|mail| (*mail).to_string()).collect();
    let draft = Draft { id: String::new(), to, subject: String::new(), body: "Please.".into() };
    let did = write_message(&house.db, &duty(), office, &ticket.number, &draft, later(1)).await;
    did.expect("written").1.id
}

/// Sends what is due at a moment.
async fn post(house: &House, office: &MailHouse, mailer: &Mailer, now: Micros) -> Posted {
    let jobs = mail_due(&house.db, now).await.expect("asked");
    send(&house.db, &house.blobs, mailer, office, &jobs, now).await.expect("tried")
}

#[test]
fn what_is_put_off_is_tried_again_when_its_time_has_come_and_then_leaves_once() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let message = letter(house, &office, &["noc@isp.example"]).await;
        let second = |of: Micros, seconds: i64| Micros(of.0 + seconds * 1_000_000);
        let standing = async || {
            let one = deliveries_of(&house.db, std::slice::from_ref(&message)).await.expect("read").remove(0);
            (one.state, one.attempts)
        };
        let put_off = Posted { later: 1, ..Posted::default() };
        let full = mailer(relay("451 4.2.2 the box is full today", "250 ok"), 120);
        let mut now = later(3);
        // By RFC 5321: the second try after a minute, the third after five more, the fourth after fifteen.
        for (attempts, minutes) in [(1, 1), (2, 5), (3, 15)] {
            assert_eq!(post(house, &office, &full, now).await, put_off, "{attempts}");
            assert_eq!(standing().await, (DeliveryState::Queued, attempts));
            let next = Micros(now.0 + minutes * MINUTE);
            assert_eq!(post(house, &office, &full, second(next, -1)).await, Posted::default(), "{attempts}: too early");
            now = next;
        }
        let said = deliveries_of(&house.db, std::slice::from_ref(&message)).await.expect("read").remove(0).remark;
        assert!(said.contains("the box is full today"), "{said}");
        assert!(troubled(house).await.is_empty(), "whose box is full today has one tomorrow");
        // A server that is down is not asked for each message.
        let other = letter(house, &office, &["abuse@isp.example"]).await;
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let down = mailer(nobody.local_addr().expect("an address").port(), 120);
        drop(nobody);
        assert_eq!(post(house, &office, &down, now).await, put_off);
        let waits = [message.clone(), other];
        let tried = deliveries_of(&house.db, &waits).await.expect("read");
        assert_eq!(tried.iter().map(|one| one.attempts).sum::<i64>(), 4, "one of the two: {tried:?}");
        let well = mailer(relay("250 ok", "250 ok"), 120);
        let all = Posted { sent: 2, ..Posted::default() };
        assert_eq!(post(house, &office, &well, Micros(now.0 + 60 * MINUTE)).await, all);
        assert_eq!(standing().await.0, DeliveryState::Sent);
        assert_eq!(post(house, &office, &well, Micros(now.0 + 600 * MINUTE)).await, Posted::default());
    });
}

#[test]
fn no_more_leave_in_a_minute_than_may() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        for mail in ["noc@isp.example", "abuse@isp.example"] {
            letter(house, &office, &[mail]).await;
        }
        let slow = mailer(relay("250 ok", "250 ok"), 1);
        // Far ahead, where the clock of this machine is not.
        let ahead = NOON.plus_days(36_500);
        let one = Posted { sent: 1, ..Posted::default() };
        for (seconds, want) in [(0, &one), (30, &Posted::default()), (60, &one), (120, &Posted::default())] {
            let now = Micros(ahead.0 + seconds * 1_000_000);
            assert_eq!(post(house, &office, &slow, now).await, *want, "after {seconds} s");
        }
    });
}

#[test]
fn what_becomes_of_a_letter_is_told_of_each_recipient_apart() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let message = letter(house, &office, &["gone@isp.example", "noc@isp.example"]).await;
        let standing = async || {
            let mut all = deliveries_of(&house.db, std::slice::from_ref(&message)).await.expect("read");
            all.sort_by(|one, other| one.mail.cmp(&other.mail));
            all
        };
        let picky =
            relay_for(|line| if line.contains("gone@") { "550 5.1.1 no such user" } else { "250 ok" }, "250 ok");
        let mixed = Posted { sent: 1, failed: 1, later: 0 };
        assert_eq!(post(house, &office, &mailer(picky, 120), later(3)).await, mixed);
        let all = standing().await;
        let told = |one: &manara_response::MailDelivery| (one.mail.clone(), one.state, one.sent);
        let noc = ("noc@isp.example".to_string(), DeliveryState::Sent, Some(later(3)));
        let gone = ("gone@isp.example".to_string(), DeliveryState::Failed, None);
        assert_eq!(all.iter().map(told).collect::<Vec<_>>(), [gone, noc.clone()]);
        // To the one again, and not to the other.
        assert!(retry(&house.db, "duty", &all[0].id, later(4)).await.expect("asked"));
        assert!(!retry(&house.db, "duty", &all[1].id, later(4)).await.expect("asked"), "it is there");
        let well = mailer(relay("250 ok", "250 ok"), 120);
        assert_eq!(post(house, &office, &well, later(5)).await, Posted { sent: 1, ..Posted::default() });
        let gone = ("gone@isp.example".to_string(), DeliveryState::Sent, Some(later(5)));
        assert_eq!(standing().await.iter().map(told).collect::<Vec<_>>(), [gone, noc]);
    });
}

#[test]
fn what_fails_because_of_us_says_nothing_of_the_address() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let incident = house.open("one", &[], NOON).await;
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let down = nobody.local_addr().expect("an address").port();
        drop(nobody);
        for (what, port, days, tlp, is_dead) in [
            ("no key", relay("250 ok", "250 ok"), 0, Tlp::Red, false),
            ("too large", relay("250 ok", "552 5.3.4 too large"), 0, Tlp::Amber, false),
            ("listed", relay("554 5.7.1 your address is on a list", "250 ok"), 0, Tlp::Amber, false),
            ("away for a week", down, 7, Tlp::Amber, false),
            ("nobody", relay("550 5.1.1 no such user", "250 ok"), 0, Tlp::Amber, true),
        ] {
            let ticket = open_ticket(&house.db, &duty(), &ask(Kind::Investigation, &incident.number), &[], NOON).await;
            let ticket = ticket.expect("opened");
            let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Please.".into() };
            let did = write_message(&house.db, &duty(), &office, &ticket.number, &draft, later(1)).await;
            let (ticket, message) = did.expect("written");
            // Made stricter after it was written.
            let change = TicketChange { tlp, ..TicketChange::of(&ticket) };
            change_ticket(&house.db, &duty(), &ticket.number, ticket.version, &change, later(2))
                .await
                .expect("changed");
            let mailer = mailer(port, 120);
            let now = Micros(later(3).0 + days * 1_440 * MINUTE);
            let jobs = mail_due(&house.db, now).await.expect("asked");
            let posted = send(&house.db, &house.blobs, &mailer, &office, &jobs, now).await.expect("tried");
            assert_eq!(posted.failed, 1, "{what}: {posted:?}");
            let deliveries = deliveries_of(&house.db, std::slice::from_ref(&message.id)).await.expect("read");
            assert_eq!(deliveries[0].state, DeliveryState::Failed, "{what}");
            assert_eq!(troubled(house).await.len(), usize::from(is_dead), "{what}");
            let verb = if is_dead { "contact_dead" } else { "delivery_failed" };
            assert!(house.verbs(&ticket.id).await.contains(&verb.to_string()), "{what}");
            let called = mentions(&house.db, &duty(), 10).await.expect("read");
            assert!(called.iter().any(|one| one.number == ticket.number), "{what}");
        }
    });
}

#[test]
fn clocks_count_from_the_first_report_and_an_answer_acknowledges_it() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let content = WorkContent::load(None, chrono_tz::Tz::UTC);
        let report = brought(house, &office, &mail(ANA, "one", "1@harbour.example", "", "x"), NOON).await;
        let report = report.ticket.expect("a number");
        let launched = launch(&house.db, &duty(), &house.policy, &report, &new("one"), later(120)).await;
        let (_, incident) = launched.expect("launched");
        follow_clocks(&house.db, &content, &incident.id, later(121)).await.expect("followed");
        let clock = async || clocks_of(&house.db, &incident.id).await.expect("read").remove(0);
        assert_eq!(clock().await.from.reported, Some(NOON));
        assert_eq!(clock().await.from.aware, Some(later(120)));
        // An earlier one is linked.
        let earlier = brought(house, &office, &mail(ANA, "two", "2@harbour.example", "", "y"), later(-60)).await;
        let earlier = earlier.ticket.expect("a number");
        link_ticket(&house.db, &duty(), &earlier, &incident.number, later(122)).await.expect("linked");
        follow_clocks(&house.db, &content, &incident.id, later(123)).await.expect("followed");
        assert_eq!(clock().await.from.reported, Some(later(-60)));
        let met = async || {
            let all = clock().await.stages.into_iter().filter(|stage| stage.stage.starts_with("acknowledge"));
            all.filter_map(|stage| stage.met.map(|met| (met.at, met.who))).collect::<Vec<_>>()
        };
        assert!(met().await.is_empty());
        let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "We look.".into() };
        write_message(&house.db, &duty(), &office, &report, &draft, later(130)).await.expect("written");
        let met = met().await;
        assert!(!met.is_empty() && met.iter().all(|one| *one == (later(130), "duty".to_string())), "{met:?}");
        assert!(house.verbs(&incident.id).await.contains(&"stage_met".to_string()));
    });
}

#[test]
fn the_first_letter_to_a_constituent_concerned_meets_the_stage_that_waits_for_it() {
    on_both(|house: House| async move {
        let house = &house;
        let content = WorkContent::load(None, chrono_tz::Tz::UTC);
        let named = [finding("f1", "a", "192.0.2.1")];
        let incident = house.open("one", &named, NOON).await;
        follow_clocks(&house.db, &content, &incident.id, later(1)).await.expect("followed");
        let new = ask(Kind::Investigation, &incident.number);
        let ticket = open_ticket(&house.db, &duty(), &new, &[], later(2)).await.expect("opened");
        let met = async |incident: &Incident| {
            let all = clocks_of(&house.db, &incident.id).await.expect("read").remove(0).stages;
            let all = all.into_iter().filter(|stage| stage.stage.starts_with("notify"));
            all.filter_map(|stage| stage.met.map(|met| (met.at, met.who))).collect::<Vec<_>>()
        };
        let tell = async |who: &[String], at| told_by_letter(&house.db, &ticket.id, who, "duty", later(at)).await;
        tell(&[], 3).await.expect("told");
        tell(&["b".to_string()], 4).await.expect("told");
        assert!(met(&incident).await.is_empty(), "nobody concerned");
        for at in [5, 6] {
            tell(&["b".to_string(), "a".to_string()], at).await.expect("told");
        }
        assert_eq!(met(&incident).await, [(later(5), "duty".to_string())]);
        let verbs = house.verbs(&incident.id).await;
        assert_eq!(verbs.iter().filter(|verb| *verb == "stage_met").count(), 1);
        // A notice about one of its findings tells as well.
        let other = house.open("two", &named, later(6)).await;
        follow_clocks(&house.db, &content, &other.id, later(7)).await.expect("followed");
        told_by_notice(&house.db, &["f9".to_string()], "duty", later(8)).await.expect("told");
        assert!(met(&other).await.is_empty());
        told_by_notice(&house.db, &["f1".to_string()], "duty", later(9)).await.expect("told");
        assert_eq!(met(&other).await, [(later(9), "duty".to_string())]);
    });
}

#[test]
fn a_report_is_due_by_the_policy_until_it_is_answered_or_belongs_to_an_incident() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        let mut numbers = Vec::new();
        for name in ["one", "two", "three"] {
            let bytes = mail(ANA, name, &format!("{name}@harbour.example"), "", "x");
            numbers.push(brought(house, &office, &bytes, NOON).await.ticket.expect("a number"));
        }
        let by_policy = office.policy.report_due(NOON);
        assert_eq!(by_policy, Some(NOON.plus_days(1)));
        for number in &numbers {
            assert_eq!(standing(house, number).await.due, by_policy);
        }
        let [first, second, third] = numbers.as_slice() else { panic!("{numbers:?}") };
        let mut reader = crate::pages::door(house).await(manara_web::Role::Duty).await;
        let overdue = reader.page("/tickets?show=due").await.body;
        assert!(overdue.contains(first.as_str()), "{overdue}");
        let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "We look.".into() };
        write_message(&house.db, &duty(), &office, first, &draft, later(1)).await.expect("written");
        assert_eq!(standing(house, first).await.due, None, "answered");
        let (ticket, incident) =
            launch(&house.db, &duty(), &house.policy, second, &new("two"), later(2)).await.expect("launched");
        assert_eq!((ticket.due, incident.due), (None, Some(house.policy.due(incident.severity, later(2)))));
        // What a person says stays.
        let one = standing(house, third).await;
        let by_hand = Some(later(30));
        change_ticket(&house.db, &duty(), third, one.version, &due(&one, by_hand), later(3)).await.expect("set");
        write_message(&house.db, &duty(), &office, third, &draft, later(4)).await.expect("written");
        assert_eq!(standing(house, third).await.due, by_hand);
    });
}

#[test]
fn tickets_that_were_merged_one_into_the_next_come_apart_in_any_order() {
    on_both(|house: House| async move {
        let house = &house;
        let office = office(house).await;
        for (round, order) in [[0, 1], [1, 0]].into_iter().enumerate() {
            let mut all = Vec::new();
            for name in ["a", "bb", "ccc"] {
                let id = format!("{name}{round}@{name}.example");
                let from = format!("{name}@{name}.example");
                let bytes = mail(&from, name, &id, "", &format!("see {}", address(name)));
                all.push(brought(house, &office, &bytes, NOON).await.ticket.expect("a number"));
            }
            let incident = house.open("one", &[], NOON).await;
            link_ticket(&house.db, &duty(), &all[0], &incident.number, NOON).await.expect("linked");
            for (from, into) in [(0, 1), (1, 2)] {
                merge_ticket(&house.db, &duty(), &all[from], &all[into], later(1)).await.expect("merged");
            }
            let whole = standing(house, &all[2]).await;
            let of = async |id: &str| {
                let seen: Vec<Seen> = observables_of(&house.db, id, 100).await.expect("read");
                let seen = seen.into_iter().filter(|one| one.kind == "ip").map(|one| one.value);
                seen.collect::<std::collections::BTreeSet<_>>()
            };
            assert_eq!(of(&whole.id).await.len(), 3);
            for one in order {
                split_ticket(&house.db, &duty(), &all[one], later(2)).await.expect("split");
            }
            for (number, name) in all.iter().zip(["a", "bb", "ccc"]) {
                let one = standing(house, number).await;
                assert_eq!(of(&one.id).await, std::iter::once(address(name)).collect(), "{name} {order:?}");
                assert!(one.merged_into.is_empty() && one.state.is_live());
                let mine = participants(&house.db, &one.id).await.expect("read");
                assert_eq!(mine, [format!("{name}@{name}.example")], "{name} {order:?}");
            }
            assert_eq!(numbers(house, &incident).await, [all[0].clone()], "{order:?}");
        }
    });
}

#[test]
fn a_ticket_that_another_live_incident_holds_stays_in_its_mailbox() {
    on_both(|house: House| async move {
        let house = &house;
        let office = crate::mailboxes::office(house).await;
        let (incident, own) = with_all(house, &office, "one").await;
        let other = house.open("other", &[], NOON).await;
        link_ticket(&house.db, &duty(), &own[0], &other.number, later(3)).await.expect("linked");
        let before = standing(house, &own[0]).await.mailbox;
        let given = give_to_mailbox(&house.db, &duty(), &office, &incident.number, "edu@cirt.example", later(4)).await;
        assert_eq!(given.expect("given").mailbox, "edu@cirt.example");
        assert_eq!(standing(house, &own[0]).await.mailbox, before, "the other needs it");
        assert_eq!(standing(house, &own[1]).await.mailbox, "edu@cirt.example");
    });
}
