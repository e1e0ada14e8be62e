//! Whoever is limited to a mailbox meets nothing of another one: on no page, in no list, by no program.

use axum::http::StatusCode;
use manara_model::{Mailboxes, Micros, Tlp, Viewer};
use manara_response::import::{FOLDERS, ImportState, imports, take_folder};
use manara_response::mail::{MailHouse, OutcomeKind, read, take};
use manara_response::{
    By, Config, Draft, Every, FigureEyes, FigureGround, FigureTable, Hours, Incident, MEASURES, MailConfig,
    MailboxConfig, NewIncident, NewTask, Period, Refusal, ResponseError, Taxonomies, Ticket, add_note, add_task,
    comment, count_figures, count_tasks, counts, deliveries_of, get, get_ticket, give_to_mailbox, hand_over, handovers,
    launch, list, list_tickets, measured, mentions, messages_of, moved_between, notes, open, open_tasks, search, seek,
    speaking_of, tag_incident, tag_ticket, take_over, tasks_of, used_tags, visible, waiting_by_owner, write_message,
};
use manara_store::Journal;
use manara_web::{NewToken, Right, Role, Wanted, make_token, set_mailboxes};

use crate::house::{House, duty, new, on_both};
use crate::pages::{Reader, door};

/// Words that stand in everything of one mailbox, and nowhere else.
const OURS: &str = "samarkand";
const SECRET: &str = "zanzibar";
const GOV: &str = "gov@cirt.example";
const EDU: &str = "edu@cirt.example";
const MINUTE: i64 = 60_000_000;

fn limited(mailboxes: &str) -> Viewer {
    Viewer { name: "handler".into(), clearance: Tlp::Red, mailboxes: Mailboxes::parse(mailboxes).expect("mailboxes") }
}

async fn office(house: &House) -> MailHouse {
    let mailbox = |address: &str| MailboxConfig { address: address.into(), ..MailboxConfig::default() };
    let mail = MailConfig { mailboxes: vec![mailbox(GOV), mailbox(EDU)], ..MailConfig::default() };
    let config = Config { mail, ..Config::default() };
    MailHouse::open(&house.db, &config, ("CIRT", "cirt@cirt.example"), "en").await.expect("mail")
}

/// A report that came to a mailbox, with an incident, a task, a note, a tag and messages; all of them say the word.
async fn case(house: &House, office: &MailHouse, (to, word): (&str, &str), at: Micros) -> (Ticket, Incident) {
    let bytes = format!(
        "From: Ana <ana@{word}.example>\r\nTo: {to}\r\nSubject: {word} help\r\nMessage-ID: <{word}@h.example>\r\n\r\n\
         http://{word}.example/x and 192.0.2.7\r\n"
    );
    let one = read(office, &house.blobs, bytes.as_bytes(), &[to.to_string()]).expect("read");
    let outcome = take(&house.db, office, &[one], at).await.expect("taken").remove(0);
    assert_eq!(outcome.kind, OutcomeKind::Report);
    let (db, duty, number) = (&house.db, duty(), outcome.ticket.expect("a number"));
    let constituents = vec![(format!("of-{word}"), word.to_string())];
    let asked = NewIncident { constituents, ..new(&format!("{word} phishing")) };
    let (ticket, incident) = launch(db, &duty, &house.policy, &number, &asked, at).await.expect("launched");
    add_note(db, &duty, &incident.id, &format!("{word} note for @handler"), at).await.expect("noted");
    comment(db, &duty, office, &ticket.number, &format!("{word} comment"), at).await.expect("commented");
    let (none, tag) = (Taxonomies::default(), [word.to_string()]);
    tag_incident(db, &duty, &none, &incident.id, (&tag, true), at).await.expect("tagged");
    tag_ticket(db, &duty, &none, &ticket.number, (&tag, true), at).await.expect("tagged");
    let task = NewTask {
        title: format!("{word} task"),
        body: String::new(),
        owner: "handler".into(),
        due: None,
        is_lesson: false,
    };
    add_task(db, &duty, &incident.id, &task, at).await.expect("a task");
    let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: format!("{word} answer") };
    write_message(db, &duty, office, &ticket.number, &draft, at).await.expect("written");
    (get_ticket(db, &duty, &ticket.id).await.expect("read").expect("there"), house.get(&incident.id).await)
}

pub async fn limit(house: &House, name: &str, mailboxes: &str) {
    let mailboxes = Mailboxes::parse(mailboxes).expect("mailboxes");
    let mut tx = house.db.begin().await.expect("begun");
    assert!(set_mailboxes(&mut tx, "admin", name, &mailboxes, Micros::now()).await.expect("set"));
    assert!(!set_mailboxes(&mut tx, "admin", name, &mailboxes, Micros::now()).await.expect("set"), "it is so already");
    tx.commit().await.expect("committed");
}

async fn token(house: &House, mailboxes: &str) -> String {
    let mut tx = house.db.begin().await.expect("begun");
    let new = NewToken {
        name: format!("t{}", mailboxes.len()),
        scopes: vec![Right::ReadIncidents, Right::HandleIncidents, Right::ReadJournal],
        days: 1,
        mailboxes: Mailboxes::parse(mailboxes).expect("mailboxes"),
    };
    let token = make_token(&mut tx, "handler", "handler", &new, Micros::now()).await.expect("made");
    tx.commit().await.expect("committed");
    token
}

/// The addresses of a record's routes, filled in as its own; what is not known of it is `x`.
async fn filled(house: &House, path: &str, ticket: &Ticket, incident: &Incident) -> Option<String> {
    let of_record = |begin: &str| path.starts_with(begin) || path.starts_with(&format!("/api/v1{begin}"));
    let number = match () {
        () if of_record("/incidents/{id}") => incident.number.clone(),
        () if of_record("/tickets/{id}") => ticket.number.clone(),
        () if of_record("/mail/deliveries/{id}") => {
            let messages = messages_of(&house.db, &ticket.id, ("", ""), 50).await.expect("read");
            let ids: Vec<String> = messages.into_iter().map(|message| message.id).collect();
            deliveries_of(&house.db, &ids).await.expect("read").remove(0).id
        }
        () => return None,
    };
    let note = notes(&house.db, &incident.id, 9).await.expect("read").remove(0).id;
    let task = tasks_of(&house.db, &incident.id).await.expect("read").remove(0).id;
    let message = messages_of(&house.db, &ticket.id, ("", ""), 50).await.expect("read").remove(0).id;
    let known = [("{id}", number), ("{note}", note), ("{task}", task), ("{message}", message)];
    let path = known.iter().fold(path.to_string(), |path, (name, value)| path.replace(name, value));
    let mut filled = String::new();
    for (at, part) in path.split('/').enumerate() {
        filled.push_str(if at == 0 { "" } else { "/" });
        filled.push_str(match part {
            "{position}" => "0",
            part if part.starts_with('{') => "x",
            part => part,
        });
    }
    Some(filled)
}

async fn lines(house: &House, id: &str) -> usize {
    Journal::of_record(&house.db, "response", id, 1_000).await.expect("read").len()
}

#[test]
fn no_route_shows_or_changes_a_record_of_another_mailbox() {
    on_both(|house: House| async move {
        let house = &house;
        let sign_in = door(house).await;
        let (office, now) = (office(house).await, Micros::now());
        let (_, seen) = case(house, &office, (GOV, OURS), now).await;
        let (ticket, incident) = case(house, &office, (EDU, SECRET), now).await;
        assert_eq!((ticket.mailbox.as_str(), incident.mailbox.as_str()), (EDU, EDU));
        limit(house, "handler", GOV).await;
        let (mut handler, mut duty_reader) = (sign_in(Role::Handler).await, sign_in(Role::Duty).await);
        let mut program = handler.stranger();
        program.bearer = token(house, "").await;
        let before =
            (incident.version, ticket.version, lines(house, &incident.id).await, lines(house, &ticket.id).await);
        let csrf = handler.get("/incidents").await.token();
        let routes = handler.routes.clone();
        let mut tried = 0;
        for (method, path) in routes.iter() {
            let Some(address) = filled(house, path, &ticket, &incident).await else { continue };
            let reader: &mut Reader = if path.starts_with("/api/") { &mut program } else { &mut handler };
            let fields = [
                ("csrf", csrf.as_str()),
                ("body", "new"),
                ("title", "new"),
                ("other", seen.number.as_str()),
                ("incident", seen.number.as_str()),
                ("owner", "handler"),
                ("reason", "new"),
                ("mailbox", GOV),
                ("version", "1"),
            ];
            let reply = reader.send(method, &address, (method != "GET").then_some(&fields[..])).await;
            assert!(!reply.body.contains(SECRET), "{method} {address}: {}", reply.body);
            if method == "GET" {
                assert_eq!(reply.status, StatusCode::NOT_FOUND, "{address}: {}", reply.body);
            } else {
                assert!(!reply.status.is_success(), "{method} {address}: {}", reply.body);
            }
            // Whoever sees all finds something there: the address is right.
            if method == "GET"
                && !address.contains("/x")
                && !path.starts_with("/api/")
                && !path.contains("{position}")
                && !path.contains("{message}")
            {
                let there = duty_reader.get(&address).await;
                assert_ne!(there.status, StatusCode::NOT_FOUND, "{address}: {}", there.body);
            }
            tried += 1;
        }
        assert!(tried > 120, "{tried} routes");
        let (one, whole) = (house.get(&incident.id).await, get_ticket(&house.db, &duty(), &ticket.id).await);
        let after = (
            one.version,
            whole.expect("read").expect("there").version,
            lines(house, &incident.id).await,
            lines(house, &ticket.id).await,
        );
        assert_eq!(after, before, "nothing was changed");
        // Lists, exports and what programs list.
        let mut listed = 0;
        for (method, path) in routes.iter().filter(|(method, _)| method == "GET") {
            if path.contains('{') || path.ends_with("/live") || path.ends_with("/stream") || path.contains("/import") {
                continue;
            }
            let reader: &mut Reader = if path.starts_with("/api/") { &mut program } else { &mut handler };
            for more in ["", "?state=", "?format=csv", "?format=json", "?measure=qualify"] {
                let reply = reader.send(method, &format!("{path}{more}"), None).await;
                assert!(!reply.body.contains(SECRET), "{path}{more}: {}", reply.body);
                assert!(!reply.body.contains(&incident.number), "{path}{more}: {}", reply.body);
                assert!(!reply.body.contains(&incident.id), "{path}{more}: {}", reply.body);
                listed += usize::from(reply.body.contains(&seen.number));
            }
        }
        assert!(listed > 5, "{listed} lists show what is theirs");
        assert!(duty_reader.page("/incidents?state=").await.body.contains(SECRET));
        let own = handler.page("/incidents?state=").await.body;
        assert!(own.contains(OURS) && own.contains(GOV), "the list says what is left out: {own}");
        assert!(!duty_reader.page("/incidents").await.body.contains("You see only incidents and reports"));
        // A token of a limited person is limited by both.
        let me = program.get("/api/v1/me").await.body;
        assert!(me.contains(GOV), "{me}");
        program.bearer = token(house, EDU).await;
        for path in ["/api/v1/incidents", "/api/v1/tickets", "/api/v1/tasks"] {
            let reply = program.get(path).await;
            assert!(!reply.body.contains(SECRET) && !reply.body.contains(OURS), "{path}: {}", reply.body);
        }
    });
}

#[test]
fn what_is_counted_found_and_opened_is_of_ones_own_mailboxes() {
    on_both(|house: House| async move {
        let house = &house;
        let _ = door(house).await;
        let (office, db, now) = (office(house).await, &house.db, Micros::now());
        let (_, gov) = case(house, &office, (GOV, OURS), now).await;
        let (ticket, edu) = case(house, &office, (EDU, SECRET), now).await;
        let (one, other, both) = (limited(GOV), limited(EDU), limited(&format!("{EDU} {GOV}")));
        assert_eq!(get(db, &one, &edu.id).await.expect("asked"), None);
        assert_eq!(get_ticket(db, &one, &ticket.number).await.expect("asked"), None);
        let both_ids = [gov.id.clone(), edu.id.clone()];
        assert_eq!(visible(db, &one, &both_ids).await.expect("asked"), both_ids[..1]);
        assert_eq!(list(db, &both, None, "", 9).await.expect("read").len(), 2);
        assert_eq!(list(db, &one, None, "", 9).await.expect("read").len(), 1);
        assert_eq!(list_tickets(db, &one, None, None, 9).await.expect("read").len(), 1);
        assert!(list(db, &limited("usual"), None, "", 9).await.expect("read").is_empty());
        for (viewer, count) in [(&one, 1), (&other, 1), (&both, 2), (&duty(), 2)] {
            let live: i64 = counts(db, viewer, now).await.expect("counted").by_age.iter().map(|(_, _, n)| n).sum();
            assert_eq!(live, count, "{viewer:?}");
            let handler = Viewer { name: "handler".into(), ..(*viewer).clone() };
            assert_eq!(count_tasks(db, &handler).await.expect("counted"), count);
            assert_eq!(open_tasks(db, viewer, "", "", 9).await.expect("read").len() as i64, count);
            assert_eq!(mentions(db, &handler, 9).await.expect("read").len() as i64, count);
            assert_eq!(list_tickets(db, viewer, None, None, 9).await.expect("read").len() as i64, count);
            let (opened, _) = moved_between(db, viewer, now, Micros(now.0 + MINUTE)).await.expect("counted");
            assert_eq!(opened, count);
            let waiting: i64 = waiting_by_owner(db, viewer).await.expect("read").iter().map(|one| one.open).sum();
            assert_eq!(waiting, count);
            assert_eq!(used_tags(db, viewer, false).await.expect("read").len() as i64, count);
            // The report and the incident of each.
            assert_eq!(speaking_of(db, viewer, "192.0.2.7", 9).await.expect("read").len() as i64, 2 * count);
        }
        for (text, found) in [(SECRET, false), (OURS, true), (edu.number.as_str(), false), (gov.number.as_str(), true)]
        {
            let hits = search(&Wanted { db, viewer: &one, text, limit: 9 }).await.expect("searched");
            assert_eq!(hits.iter().any(|hits| !hits.hits.is_empty()), found, "{text}");
            let hits = search(&Wanted { db, viewer: &duty(), text, limit: 9 }).await.expect("searched");
            assert!(hits.iter().any(|hits| !hits.hits.is_empty()), "{text}");
        }
        assert!(seek(db, &one, SECRET, 9).await.expect("sought").is_empty());
        // Figures of one's own mailboxes are parts of those of all.
        let ground = FigureGround { hours: Hours::default(), ..FigureGround::default() };
        count_figures(db, &ground, now).await.expect("counted");
        let period = Period::of(now, Every::Month, &ground.hours);
        let table = async |viewer: &Viewer| {
            let eyes = FigureEyes { viewer: viewer.clone(), hours: ground.hours.clone(), now };
            FigureTable::read(db, period, (By::All, ""), eyes).await.expect("read")
        };
        let (all, mine, theirs) = (table(&duty()).await, table(&one).await, table(&other).await);
        assert!(!all.is_empty() && !mine.is_empty());
        for measure in MEASURES {
            let n = |table: &FigureTable| table.line(measure.id).expect("a line").figure.n;
            assert_eq!(n(&mine) + n(&theirs), n(&all), "{}", measure.id);
            let cases = measured(db, &one, measure.id, (now.plus_days(-1), now.plus_days(1)), 99).await.expect("read");
            assert!(cases.len() as i64 <= n(&all), "{}", measure.id);
        }
        // Open is what was opened before the moment.
        let backlog = MEASURES.iter().find(|one| one.id == "backlog").expect("a measure");
        for (viewer, count) in [(&duty(), 2), (&one, 1), (&other, 1)] {
            let eyes = FigureEyes { viewer: viewer.clone(), hours: ground.hours.clone(), now: Micros(now.0 + MINUTE) };
            let table = FigureTable::read(db, period, (By::All, ""), eyes).await.expect("read");
            let parts = table.parts(db, backlog, By::Constituent).await.expect("read");
            assert_eq!(parts.len(), count, "{viewer:?}: {parts:?}");
        }
        assert_eq!(mine.values(db, By::Mailbox).await.expect("read"), [GOV]);
        assert_eq!(mine.course(db, &MEASURES[0], 2).await.expect("read").len(), 2);
        // What somebody opens they see; what they may not see they cannot give away to.
        let opened = open(db, &one, &house.policy, &new("A call"), &[], now).await.expect("opened");
        assert_eq!((opened.mailbox.as_str(), house.open("A call", &[], now).await.mailbox.as_str()), (GOV, ""));
        let given = give_to_mailbox(db, &one, &office, &opened.id, EDU, now).await;
        assert!(matches!(given, Err(ResponseError::Refused(Refusal::UnseenMailbox))), "{given:?}");
        let given = give_to_mailbox(db, &one, &office, &opened.id, "", now).await;
        assert!(matches!(given, Err(ResponseError::Refused(Refusal::UnseenMailbox))), "{given:?}");
        assert_eq!(give_to_mailbox(db, &both, &office, &opened.id, EDU, now).await.expect("given").mailbox, EDU);
        // A handover is read by whoever sees all its writer sees.
        hand_over(db, &duty(), ("of the whole house", Tlp::Amber), now).await.expect("written");
        let of_gov = hand_over(db, &one, ("of one mailbox", Tlp::Amber), now).await.expect("written");
        for (viewer, count) in [(&one, 1), (&other, 0), (&both, 1), (&duty(), 2)] {
            assert_eq!(handovers(db, viewer, 9).await.expect("read").len(), count, "{viewer:?}");
        }
        for _ in 0..3 {
            hand_over(db, &duty(), ("of the whole house", Tlp::Amber), now).await.expect("written");
        }
        let newest = handovers(db, &one, 1).await.expect("read");
        assert_eq!(
            newest.iter().map(|one| &one.id).collect::<Vec<_>>(),
            [&of_gov.id],
            "what it cannot read takes no room"
        );
        take_over(db, &other, &of_gov.id, now).await.expect("asked");
        assert!(handovers(db, &one, 9).await.expect("read")[0].taken.is_none());
    });
}

#[test]
fn mail_of_a_folder_is_taken_once_and_listed_with_other_imports() {
    on_both(|house: House| async move {
        let room = crate::imports::room(&house).await;
        let folder = tempfile::tempdir().expect("a folder");
        let mail = |n: usize| {
            format!("From: a@h.example\r\nSubject: s{n}\r\nMessage-ID: <{n}@h.example>\r\n\r\nHello {n}.\r\n")
        };
        for n in 0..3 {
            std::fs::write(folder.path().join(format!("{n}.eml")), mail(n)).expect("written");
        }
        std::fs::write(folder.path().join("3.eml"), vec![b'x'; 2 << 20]).expect("written");
        let mails = || manara_net::Maildir::of_files(folder.path(), 1 << 20).expect("opened");
        let (now, who) = (Micros::now(), "cli");
        let tried = take_folder(&room.mails, ("eml", mails(), "old"), (who, true), now).await.expect("tried");
        assert_eq!(tried.outcome.made.messages, 3, "{tried:?}");
        assert!(imports(&house.db, &duty(), 9).await.expect("read").is_empty(), "a trial is not kept");
        for (messages, already) in [(3, 0), (0, 3)] {
            let taken = take_folder(&room.mails, ("eml", mails(), "old"), (who, false), now).await.expect("taken");
            assert_eq!((taken.outcome.made.messages, taken.outcome.already), (messages, already), "{taken:?}");
            assert_eq!(taken.refused.len(), 1, "{taken:?}");
        }
        let kept = imports(&house.db, &duty(), 9).await.expect("read");
        assert_eq!(kept.len(), 2);
        let first = kept.iter().find(|one| one.already == 0).expect("the first");
        assert!(FOLDERS.contains(&first.format.as_str()) && first.file_name == "old");
        assert_eq!((first.state, first.records, first.refused), (ImportState::Done, 4, 1));
        assert_eq!(first.next(now), None);
        assert!(imports(&house.db, &limited(GOV), 9).await.expect("read").is_empty());
        assert_eq!(list_tickets(&house.db, &duty(), None, None, 9).await.expect("read").len(), 3);
    });
}
