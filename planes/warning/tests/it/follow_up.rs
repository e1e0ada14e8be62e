//! Notices nobody answers, and mail that comes back.

use manara_model::{Micros, Tlp, Viewer};
use manara_net::{MailConfig, Mailer, SmtpConfig, Tls, TransportKind};
use manara_warning::{
    ContactInput, FindingInput, FollowInput, Followed, Given, LetterKind, Next, NoticeState, Pass, Said, Via, approve,
    bounces, captured, drop_reminders, follow_up, give_answers, send_due, unanswered_due,
};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

use crate::house::{House, NOON, constituent, finding, input, on_both};

fn ids(id: &str) -> Vec<String> {
    vec![id.to_string()]
}

async fn sent(house: &House, findings: &[FindingInput], now: Micros) -> String {
    let report = house.compose(&input(&[constituent("isp", "fr")], findings), now).await;
    house.fill(now).await;
    approve(&house.db, &report.drafted, "amina", None, now).await.expect("approved");
    send(house, now).await;
    report.drafted[0].clone()
}

async fn send(house: &House, now: Micros) -> Vec<String> {
    send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, now).await.expect("sent").sent
}

fn known(open: &[&str]) -> FollowInput {
    FollowInput {
        constituent: constituent("isp", "fr"),
        above: vec![manara_warning::ConstituentInput::default(), constituent("above", "en")],
        open: open.iter().map(ToString::to_string).collect(),
    }
}

/// What is due now, and what comes of it.
async fn round(house: &House, input: &FollowInput, now: Micros) -> Vec<Followed> {
    let (due, _) = unanswered_due(&house.db, &house.rules, "", 100, now).await.expect("asked");
    let mut done = Vec::new();
    for one in due {
        done.push(follow_up(&house.db, &one, input, &house.rules, &house.letters, now).await.expect("followed"));
    }
    done
}

#[test]
fn who_does_not_answer_is_reminded_twice_and_then_those_above_are_told() {
    on_both(|house: House| async move {
        let findings = [finding("f1", "isp", "192.0.2.1"), finding("f2", "isp", "192.0.2.2")];
        let id = sent(&house, &findings, NOON).await;
        let first = house.get(&id).await.notice;
        let open = known(&["f2"]);
        assert!(round(&house, &open, NOON.plus_days(6)).await.is_empty(), "not before its time");

        let (due, last) = unanswered_due(&house.db, &house.rules, "", 100, NOON.plus_days(7)).await.expect("asked");
        assert_eq!((due.len(), due[0].next, last.as_deref()), (1, Next::Remind, Some(id.as_str())));
        let day = NOON.plus_days(7);
        let done = follow_up(&house.db, &due[0], &open, &house.rules, &house.letters, day).await.expect("followed");
        let Followed::Reminded(reminder) = done else { panic!("{done:?}") };
        let again = follow_up(&house.db, &due[0], &open, &house.rules, &house.letters, day).await.expect("followed");
        assert_eq!(again, Followed::Nothing, "twice is once");
        let full = house.get(&reminder).await;
        assert_eq!((full.notice.letter, full.notice.about.as_str()), (LetterKind::Reminder, id.as_str()));
        assert_eq!((full.notice.findings, full.notice.state), (1, NoticeState::Queued), "a rule lets reminders go");
        assert!(full.notice.subject.contains(&first.number) && full.body.contains("192.0.2.2"), "{}", full.body);
        assert!(!full.body.contains("192.0.2.1 "), "only what is open: {}", full.body);
        assert_eq!(send(&house, day).await, ids(&reminder));
        let letter = house.links.fill(&full.body, &house.get(&reminder).await.notice);
        let link = letter.split_whitespace().find(|word| word.contains("/a/")).expect("a link").to_string();
        let token = link.rsplit('/').next().expect("a token");
        let pass = house.links.read(token).expect("ours");
        assert_eq!(pass.notice.to_string(), id, "it opens the notice it is about");
        assert_eq!(pass.expires, day.plus_days(first.answer_days + 14));

        assert!(round(&house, &open, NOON.plus_days(13)).await.is_empty());
        let done = round(&house, &open, NOON.plus_days(14)).await;
        assert!(matches!(done.as_slice(), [Followed::Reminded(_)]), "{done:?}");
        assert!(
            round(&house, &open, NOON.plus_days(40)).await.iter().all(|done| *done == Followed::Nothing),
            "the second has not left"
        );
        send(&house, NOON.plus_days(15)).await;
        assert!(round(&house, &open, NOON.plus_days(21)).await.is_empty());

        let done = round(&house, &open, NOON.plus_days(22)).await;
        let [Followed::Escalated(letter)] = done.as_slice() else { panic!("{done:?}") };
        let full = house.get(letter).await;
        assert_eq!(
            (full.notice.letter, full.notice.state),
            (LetterKind::Escalation, NoticeState::Draft),
            "a person decides"
        );
        assert_eq!(full.notice.recipients[0].mail, "abuse@above.example");
        assert_eq!(full.notice.language, "en");
        for told in ["Constituent isp", &first.number, "Constituent above", "reminded it 2 times", "one entry"] {
            let flat = full.body.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains(told), "{told} in {}", full.body);
        }
        assert!(!full.body.contains("192.0.2") && !full.body.contains("⟦"), "no rows and no link: {}", full.body);
        assert!(round(&house, &open, NOON.plus_days(90)).await.is_empty(), "once");
        assert_eq!(
            house.verbs(&id).await,
            [
                "notice_drafted",
                "notice_approved",
                "notice_queued",
                "notice_sent",
                "reminder_made",
                "reminder_made",
                "escalation_made"
            ]
        );
    });
}

#[test]
fn an_answer_ends_the_reminders_and_so_does_a_mended_system() {
    on_both(|house: House| async move {
        let id = sent(&house, &[finding("f1", "isp", "192.0.2.1")], NOON).await;
        let done = round(&house, &known(&["f1"]), NOON.plus_days(7)).await;
        let [Followed::Reminded(reminder)] = done.as_slice() else { panic!("{done:?}") };
        let pass = Pass::of(&id, 0).expect("an id");
        let given = [Given { finding_id: "f1".into(), said: Said::Received, comment: String::new() }];
        give_answers(&house.db, pass, &given, Via::Form, NOON.plus_days(7)).await.expect("asked").expect("taken");
        assert_eq!(drop_reminders(&house.db, &id, NOON.plus_days(7)).await.expect("dropped"), 1);
        assert_eq!(drop_reminders(&house.db, &id, NOON.plus_days(7)).await.expect("dropped"), 0);
        assert_eq!(house.get(reminder).await.notice.state, NoticeState::Cancelled);
        assert!(send(&house, NOON.plus_days(7)).await.is_empty());
        assert!(round(&house, &known(&["f1"]), NOON.plus_days(60)).await.is_empty());

        let other = sent(&house, &[finding("f2", "isp", "192.0.2.2")], NOON).await;
        assert_eq!(round(&house, &known(&[]), NOON.plus_days(7)).await, [Followed::Ended], "nothing is open");
        assert_eq!(house.verbs(&other).await.last().map(String::as_str), Some("follow_up_ended"));
        assert!(round(&house, &known(&[]), NOON.plus_days(60)).await.is_empty());
    });
}

#[test]
fn who_answered_a_part_is_reminded_of_the_rest() {
    on_both(|house: House| async move {
        let findings = ["f1", "f2", "f3"].map(|id| finding(id, "isp", &format!("192.0.2.{}", &id[1..])));
        let id = sent(&house, &findings, NOON).await;
        let open = known(&["f1", "f2", "f3"]);
        let done = round(&house, &open, NOON.plus_days(7)).await;
        let [Followed::Reminded(first)] = done.as_slice() else { panic!("{done:?}") };
        let pass = Pass::of(&id, 0).expect("an id");
        let given = [Given { finding_id: "f1".into(), said: Said::Fixed, comment: String::new() }];
        let answered = NOON.plus_days(8);
        give_answers(&house.db, pass, &given, Via::Form, answered).await.expect("asked").expect("taken");
        assert_eq!(drop_reminders(&house.db, &id, answered).await.expect("dropped"), 1);
        assert_eq!(house.get(first).await.notice.state, NoticeState::Cancelled, "it still asked for all");
        assert!(round(&house, &open, NOON.plus_days(14)).await.is_empty(), "its days begin anew with the answer");
        let done = round(&house, &open, NOON.plus_days(15)).await;
        let [Followed::Reminded(second)] = done.as_slice() else { panic!("{done:?}") };
        let full = house.get(second).await;
        assert_eq!(full.notice.findings, 2, "the rest alone");
        // Lines are broken where they are full.
        let words: Vec<&str> = full.body.split_whitespace().collect();
        assert!(words.join(" ").contains("Merci des réponses que nous avons reçues."), "{}", full.body);
        assert!(!words.contains(&"192.0.2.1") && words.contains(&"192.0.2.2"), "{}", full.body);
    });
}

#[test]
fn a_strict_marking_and_an_empty_chair_above_end_it() {
    on_both(|house: House| async move {
        for (tlp, above, reason) in [(Tlp::AmberStrict, true, "marking"), (Tlp::Amber, false, "nobody_above")] {
            let name = format!("{reason}-finding");
            let id = sent(&house, &[FindingInput { tlp, ..finding(&name, "isp", &format!("{reason}.example")) }], NOON)
                .await;
            let mut open = known(&[&name]);
            if !above {
                open.above.clear();
            }
            for day in [7, 14] {
                round(&house, &open, NOON.plus_days(day)).await;
                send(&house, NOON.plus_days(day)).await;
            }
            assert_eq!(round(&house, &open, NOON.plus_days(21)).await, [Followed::Ended], "{reason}");
            let entries = manara_store::Journal::of_record(&house.db, "warning", &id, 1).await.expect("read");
            assert!(entries[0].detail.contains(reason), "{}", entries[0].detail);
        }
    });
}

/// A mail server that refuses everybody whose address begins with a word, for good.
async fn server(refused: &'static str) -> Mailer {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("bound");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let (read, mut write) = stream.into_split();
                let mut lines = BufReader::new(read).lines();
                let mut data = false;
                let _ = write.write_all(b"220 test\r\n").await;
                while let Ok(Some(line)) = lines.next_line().await {
                    let reply = match line.to_ascii_uppercase() {
                        _ if data && line != "." => continue,
                        _ if data => {
                            data = false;
                            "250 taken\r\n"
                        }
                        word if word.starts_with("RCPT") && line.contains(&format!("<{refused}")) => {
                            "550 5.1.1 no such user here\r\n"
                        }
                        word if word.starts_with("DATA") => {
                            data = true;
                            "354 go on\r\n"
                        }
                        word if word.starts_with("QUIT") => "221 bye\r\n",
                        _ => "250 well\r\n",
                    };
                    if write.write_all(reply.as_bytes()).await.is_err() {
                        break;
                    }
                }
            });
        }
    });
    let smtp = SmtpConfig {
        host: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        messages_per_minute: 6000,
        ..SmtpConfig::default()
    };
    let config =
        MailConfig { transport: TransportKind::Smtp, from: "cirt@example.org".into(), smtp, ..MailConfig::default() };
    Mailer::new(&config).expect("a mailer")
}

#[test]
fn mail_that_comes_back_is_noted_and_the_next_notice_goes_to_another_contact() {
    on_both(|house: House| async move {
        let mut isp = constituent("isp", "en");
        let gone = ContactInput { mail: "Gone@isp.example".into(), ..isp.contacts[0].clone() };
        let noc = ContactInput { role: "noc".into(), mail: "noc@isp.example".into(), ..isp.contacts[0].clone() };
        isp.contacts = vec![gone.clone(), noc];
        let mailer = server("Gone").await;
        let tell = async |contacts: &[ContactInput], name: &str, mailer: &Mailer, now: Micros| {
            let isp = manara_warning::ConstituentInput { contacts: contacts.to_vec(), ..isp.clone() };
            let report = house.compose(&input(&[isp], &[finding(name, "isp", name)]), now).await;
            house.fill(now).await;
            approve(&house.db, &report.drafted, "amina", None, now).await.expect("approved");
            send_due(&house.db, &house.blobs, mailer, house.way(), None, now).await.expect("tried");
            house.get(&report.drafted[0]).await.notice
        };
        let first = tell(&isp.contacts, "one.example", &mailer, NOON).await;
        assert_eq!((first.state, first.recipients[0].mail.as_str()), (NoticeState::Failed, "Gone@isp.example"));
        let bounced = bounces(&house.db, &["gone@ISP.example".into()]).await.expect("read");
        assert_eq!((bounced.len(), bounced[0].since, bounced[0].times), (1, NOON, 1));
        assert!(
            bounced[0].said.contains("550") && bounced[0].said.contains("no such user here"),
            "{}",
            bounced[0].said
        );
        assert!(house.verbs(&first.id).await.contains(&"contact_bounced".to_string()));

        let second = tell(&isp.contacts, "two.example", &mailer, NOON.plus_days(1)).await;
        let to: Vec<&str> = second.recipients.iter().map(|to| to.mail.as_str()).collect();
        assert_eq!((second.state, to), (NoticeState::Sent, vec!["noc@isp.example"]));
        assert_eq!(bounces(&house.db, &["gone@isp.example".into()]).await.expect("read").len(), 1);

        // Nobody else is left, and meanwhile the desk is back.
        let kinder = server("nobody").await;
        let third = tell(std::slice::from_ref(&gone), "three.example", &kinder, NOON.plus_days(2)).await;
        assert_eq!((third.state, third.recipients.len()), (NoticeState::Sent, 1), "{}", third.error);
        assert!(bounces(&house.db, &["gone@isp.example".into()]).await.expect("read").is_empty(), "taken again");
        assert!(captured(&house.db, &Viewer::system(), &third.id).await.expect("asked").is_none(), "it really left");
    });
}
