//! Sending, when the mail server is not there, or the program ends in the middle.

use std::time::Duration;

use manara_net::{MailConfig, Mailer, SmtpConfig, Tls, TransportKind};
use manara_warning::{NoticeState, approve, cancel, recover, retry, send_due};

use manara_model::Micros;
use manara_warning::StepError;

use crate::house::{House, MINUTE, NOON, constituent, finding, input, on_both};

fn smtp(port: u16) -> Mailer {
    let smtp = SmtpConfig {
        host: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        timeout_seconds: 5,
        messages_per_minute: 6000,
        ..SmtpConfig::default()
    };
    let config = MailConfig {
        transport: TransportKind::Smtp,
        from: "CIRT <cirt@example.org>".into(),
        smtp,
        ..MailConfig::default()
    };
    Mailer::new(&config).expect("a mailer")
}

async fn queued(house: &House) -> String {
    let report = house.compose(&input(&[constituent("isp", "en")], &[finding("f1", "isp", "192.0.2.1")]), NOON).await;
    house.fill(NOON).await;
    approve(&house.db, &report.drafted, "amina", None, NOON).await.expect("approved");
    report.drafted[0].clone()
}

#[test]
fn a_server_that_is_not_there_is_tried_again_for_five_days() {
    on_both(|house: House| async move {
        let id = queued(&house).await;
        let port = {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("bound");
            listener.local_addr().expect("an address").port()
        };
        let mailer = smtp(port);
        let mut now = NOON;
        let mut tries = 0;
        let failed = loop {
            let report = send_due(&house.db, &house.blobs, &mailer, house.way(), None, now).await.expect("tried");
            tries += 1;
            if !report.failed.is_empty() {
                break report.failed;
            }
            assert_eq!(report.later, 1);
            let notice = house.get(&id).await.notice;
            assert_eq!((notice.state, notice.attempts, notice.sending), (NoticeState::Queued, tries, false));
            assert!(notice.error.contains("cannot reach 127.0.0.1"), "{}", notice.error);
            let minutes = match tries {
                1 => 1,
                2 => 5,
                3 => 15,
                4 => 60,
                _ => 240,
            };
            let early = Micros(now.0 + minutes * MINUTE - 1);
            assert_eq!(
                send_due(&house.db, &house.blobs, &mailer, house.way(), None, early).await.expect("tried").later,
                0,
                "not before"
            );
            now = Micros(now.0 + minutes * MINUTE);
        };
        assert_eq!(failed.first(), Some(&id));
        assert!((32..=36).contains(&tries), "{tries}");
        assert!(now > NOON.plus_days(4) && now <= NOON.plus_days(5));
        assert_eq!(house.verbs(&id).await.last().map(String::as_str), Some("notice_failed"));
        retry(&house.db, std::slice::from_ref(&id), "amina", now).await.expect("queued");
        let report = send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, now).await.expect("sent");
        assert_eq!(report.sent, [id], "a person may try once more");
    });
}

#[test]
fn a_program_that_ends_while_sending_sends_the_same_message_again() {
    on_both(|house: House| async move {
        let id = queued(&house).await;
        // A server that takes the connection and never speaks.
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("bound");
        let mailer = smtp(listener.local_addr().expect("an address").port());
        let sending = send_due(&house.db, &house.blobs, &mailer, house.way(), None, NOON);
        assert!(tokio::time::timeout(Duration::from_millis(800), sending).await.is_err(), "ended in the middle");
        let notice = house.get(&id).await.notice;
        assert_eq!((notice.state, notice.sending), (NoticeState::Queued, true));
        let refused = cancel(&house.db, std::slice::from_ref(&id), "amina", NOON).await.expect("asked").refused;
        assert_eq!(refused, [(id.clone(), StepError::BeingSent)]);
        let report = send_due(&house.db, &house.blobs, &mailer, house.way(), None, NOON).await.expect("tried");
        assert_eq!((report.sent.len(), report.later), (0, 0), "somebody has it");
        assert_eq!(recover(&house.db, NOON).await.expect("recovered"), 1);
        let report = send_due(&house.db, &house.blobs, &house.mailer, house.way(), None, NOON).await.expect("sent");
        assert_eq!(report.sent.first(), Some(&id));
        let captured = manara_warning::captured(&house.db, &manara_model::Viewer::system(), &id).await.expect("asked");
        assert_eq!(captured.expect("in the box").message_id, format!("<{id}@example.org>"), "the notice's");
    });
}
