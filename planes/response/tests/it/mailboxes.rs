//! Addresses that serve a part of the constituency each.

use manara_model::Micros;
use manara_net::{MailConfig as Outwards, Mailer};
use manara_response::mail::{MailHouse, Outcome, due, read, send, take};
use manara_response::{
    Config, Draft, MailConfig, MailboxConfig, Refusal, ResponseError, Ticket, get_ticket, give_to_mailbox, launch,
    messages_of, write_message,
};

use crate::house::{House, MINUTE, NOON, duty, new, on_both};

fn later(minutes: i64) -> Micros {
    Micros(NOON.0 + minutes * MINUTE)
}

pub async fn office(house: &House) -> MailHouse {
    let mailbox = |address: &str, name: &str, tag: &str, language: &str| MailboxConfig {
        address: address.into(),
        name: name.into(),
        tag: tag.into(),
        language: language.into(),
    };
    let mail = MailConfig {
        mailboxes: vec![
            mailbox("Gov@cirt.example", "CIRT for government", "GOV", "fr"),
            mailbox("edu@cirt.example", "", "", ""),
        ],
        plus_addresses: true,
        ..MailConfig::default()
    };
    let config = Config { mail, ..Config::default() };
    MailHouse::open(&house.db, &config, ("CIRT", "cirt@cirt.example"), "en").await.expect("mail")
}

async fn bring(house: &House, office: &MailHouse, (id, subject): (&str, &str), to: &str, at: i64) -> Outcome {
    let bytes = format!(
        "From: Ana <ana@harbour.example>\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{id}@h.example>\r\n\r\n192.0.2.7\r\n"
    );
    let one = read(office, &house.blobs, bytes.as_bytes(), &[to.to_string()]).expect("read");
    take(&house.db, office, &[one], later(at)).await.expect("taken").remove(0)
}

async fn ticket(house: &House, name: &str) -> Ticket {
    get_ticket(&house.db, &duty(), name).await.expect("asked").expect("there")
}

#[test]
fn mail_is_answered_from_the_address_it_came_to_and_an_incident_moves_with_all_of_its_own() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house).await;
        assert_eq!(office.addresses, ["cirt@cirt.example", "gov@cirt.example", "edu@cirt.example"]);
        let number = bring(house, &office, ("1", "help"), "gov@cirt.example", 0).await.ticket.expect("a number");
        let report = ticket(house, &number).await;
        assert_eq!((report.mailbox.as_str(), report.language.as_str()), ("gov@cirt.example", "fr"));
        let all = messages_of(&house.db, &report.id, ("", ""), 9).await.expect("read");
        let answer = all.iter().find(|one| one.kind.is_ours()).expect("an acknowledgement");
        assert_eq!(answer.from_mail, "gov@cirt.example");
        assert!(answer.subject.starts_with(&format!("[GOV #{number}]")), "{}", answer.subject);
        assert!(answer.body.contains("CIRT for government") && answer.body.contains("numéro"), "{}", answer.body);
        let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Bonjour.".into() };
        let (_, sent) = write_message(&house.db, &duty(), &office, &number, &draft, later(1)).await.expect("written");
        let mailer = Mailer::new(&Outwards { from: "CIRT <cirt@cirt.example>".into(), ..Outwards::default() });
        let jobs = due(&house.db, later(2)).await.expect("asked");
        let mailer = mailer.expect("made");
        send(&house.db, &house.blobs, &mailer, &office, &jobs, later(2)).await.expect("sent");
        let all = messages_of(&house.db, &report.id, ("", ""), 9).await.expect("read");
        let kept = all.iter().find(|one| one.id == sent.id).expect("there");
        let bytes = house.blobs.read(&kept.sha256, 1 << 20).expect("kept");
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("From: \"CIRT for government\" <gov@cirt.example>"), "{text}");
        assert!(text.contains(&format!("Reply-To: gov+{number}.")), "{text}");
        // Both tags join, whoever takes part.
        for (at, tag) in [(3, "GOV"), (4, "CIRT")] {
            let subject = format!("Re: [{tag} #{number}] help");
            let reply = bring(house, &office, (tag, &subject), "gov@cirt.example", at).await;
            assert_eq!(reply.ticket.as_ref(), Some(&number), "{tag}");
        }
        // The incident is of the address of its report, and moves with it.
        let (_, incident) =
            launch(&house.db, &duty(), &house.policy, &number, &new("Phishing"), later(5)).await.expect("launched");
        assert_eq!(house.get(&incident.id).await.mailbox, "gov@cirt.example");
        let nowhere = give_to_mailbox(&house.db, &duty(), &office, &incident.id, "x@y.example", later(6)).await;
        assert!(matches!(nowhere, Err(ResponseError::Refused(Refusal::Mailbox))), "{nowhere:?}");
        for _ in 0..2 {
            let moved = give_to_mailbox(&house.db, &duty(), &office, &incident.id, "edu@cirt.example", later(7)).await;
            assert_eq!(moved.expect("moved").mailbox, "edu@cirt.example");
        }
        assert_eq!(ticket(house, &number).await.mailbox, "edu@cirt.example");
        let verbs = house.verbs(&report.id).await;
        assert_eq!(verbs.iter().filter(|verb| *verb == "ticket_changed").count(), 1, "{verbs:?}");
    });
}
