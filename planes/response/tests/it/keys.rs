//! Keys that mails bring, what people decide about them, and what signatures are worth by that.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use manara_crypt::{OwnKey, protect};
use manara_model::Micros;
use manara_net::{MailConfig, Mailer};
use manara_response::mail::{Keyring, MailHouse, Outcome, due, read, read_again, send, take};
use manara_response::{
    Config, DeliveryState, Draft, KeyProblem, KeySource, KeyStanding, bring_keys, decide_key, deliveries_of, keyless,
    list_keys, make_key, messages_of, rotate_key, write_message,
};

use crate::house::{House, MINUTE, NOON, duty, on_both};

fn later(minutes: i64) -> Micros {
    Micros(NOON.0 + minutes * MINUTE)
}

fn ana() -> OwnKey {
    OwnKey::generate("Ana <ana@harbour.example>", 730, NOON).expect("made")
}

async fn office(house: &House, keyring: &Keyring) -> MailHouse {
    let office = MailHouse::open(&house.db, &Config::default(), ("CIRT", "cirt@cirt.example"), "en").await;
    office.expect("mail").with_keyring(keyring.clone())
}

/// A mail that brings the key of its sender in its head, signed by a key.
fn signed(id: &str, from: &str, subject: &str, brings: &OwnKey, by: &OwnKey) -> Vec<u8> {
    let key = STANDARD.encode(brings.certificate().bytes());
    let key = key.as_bytes().chunks(70).map(|line| format!("\r\n {}", String::from_utf8_lossy(line)));
    let mail = format!(
        "From: {from}\r\nTo: cirt@cirt.example\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\n\
         Autocrypt: addr=ana@harbour.example; keydata={}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe text of {id}.\r\n",
        key.collect::<String>()
    );
    protect(mail.as_bytes(), Some(by), &[], NOON).expect("signed")
}

async fn bring(house: &House, office: &MailHouse, bytes: &[u8], now: Micros) -> Outcome {
    let one = read(office, &house.blobs, bytes, &[]).expect("read");
    take(&house.db, office, &[one], now).await.expect("taken").remove(0)
}

#[test]
fn a_key_that_a_mail_brings_is_believed_when_a_person_says_so() {
    on_both(|house| async move {
        let house = &house;
        let office = office(house, &Keyring::default()).await;
        let (ana, eve) = (ana(), OwnKey::generate("Eve <ana@harbour.example>", 730, NOON).expect("made"));
        let print = ana.fingerprint();
        let from = "Ana <ana@harbour.example>";
        let first = bring(house, &office, &signed("1@h.example", from, "one", &ana, &ana), NOON).await;
        assert_eq!((first.signed_by.as_ref(), first.signature.as_str()), (Some(&print), "unverified-key"));
        let keys = list_keys(&house.db, 10).await.expect("listed");
        assert_eq!((keys.len(), keys[0].standing, keys[0].source), (1, KeyStanding::Unverified, KeySource::Autocrypt));
        let hers = ["ana@harbour.example".to_string()];
        assert_eq!(keyless(&house.db, &hers, NOON).await.expect("asked"), hers, "nobody accepted it yet");
        // The end of a fingerprint is enough; what is too short or unknown names none.
        let accepted =
            decide_key(&house.db, "duty", &print[24..].to_lowercase(), true, later(1)).await.expect("accepted");
        assert_eq!((accepted.standing, accepted.decided_by.as_str()), (KeyStanding::Accepted, "duty"));
        for name in [&print[32..], "0123456789ABCDEF", ""] {
            let refused = decide_key(&house.db, "duty", name, true, later(1)).await;
            assert!(matches!(refused, Err(KeyProblem::NotFound(_))), "{name}: {refused:?}");
        }
        assert!(keyless(&house.db, &hers, later(2)).await.expect("asked").is_empty());
        let second = bring(house, &office, &signed("2@h.example", from, "two", &ana, &ana), later(2)).await;
        assert_eq!(second.signature, "good");
        let bob =
            bring(house, &office, &signed("3@h.example", "Bob <bob@x.example>", "three", &ana, &ana), later(3)).await;
        assert_eq!((bob.signed_by.as_ref(), bob.signature.as_str()), (Some(&print), "other-sender"));
        // Another key with her name is another key.
        let false_one = bring(house, &office, &signed("4@h.example", from, "four", &eve, &eve), later(4)).await;
        assert_eq!(false_one.signature, "unverified-key");
        decide_key(&house.db, "duty", &eve.fingerprint(), false, later(5)).await.expect("rejected");
        let false_one = bring(house, &office, &signed("5@h.example", from, "five", &eve, &eve), later(6)).await;
        assert_eq!((false_one.signed_by, false_one.signature.as_str()), (None, "rejected-key"));
        // What was changed on its way is bad; what a stranger signs is unknown.
        let changed = String::from_utf8(signed("6@h.example", from, "six", &ana, &ana)).expect("text");
        let changed = changed.replace("The text", "Another text");
        assert_eq!(bring(house, &office, changed.as_bytes(), later(7)).await.signature, "bad");
        // A stranger does not fill the list.
        for at in 0..8 {
            let more = OwnKey::generate("Ana <ana@harbour.example>", 730, NOON).expect("made");
            bring(house, &office, &signed(&format!("m{at}@h.example"), from, "more", &more, &more), later(8 + at))
                .await;
        }
        let keys = list_keys(&house.db, 100).await.expect("listed");
        let count = |standing| keys.iter().filter(|key| key.standing == standing).count();
        assert_eq!(
            (count(KeyStanding::Unverified), count(KeyStanding::Accepted), count(KeyStanding::Rejected)),
            (5, 1, 1)
        );
        // Switched off, nothing is looked at.
        let mut off = self::office(house, &Keyring::default()).await;
        off.pgp.on = false;
        assert_eq!(
            bring(house, &off, &signed("7@h.example", from, "seven", &ana, &ana), later(20)).await.signature,
            ""
        );
    });
}

#[test]
fn the_answer_to_what_came_encrypted_leaves_encrypted_and_keys_are_renewed() {
    on_both(|house| async move {
        let house = &house;
        let folder = tempfile::tempdir().expect("a folder");
        let keyring = Keyring::of(folder.path().join("keys"));
        assert!(matches!(rotate_key(&house.db, "duty", &keyring, 730, NOON).await, Err(KeyProblem::NoOwn)));
        let ours = make_key(&house.db, "duty", &keyring, ("CIRT <cirt@cirt.example>", 730), NOON).await.expect("made");
        let office = office(house, &keyring).await;
        let ana = ana();
        let text = b"From: Ana <ana@harbour.example>\r\nTo: cirt@cirt.example\r\nSubject: TLP:GREEN hidden\r\n\
            Message-ID: <1@h.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nWe see 192.0.2.7.\r\n";
        let mail = protect(text, Some(&ana), &[&ours.certificate], NOON).expect("sealed");
        let came = bring(house, &office, &mail, NOON).await;
        assert!(came.decrypted && came.signature == "unknown-key" && came.seen[0].value == "192.0.2.7", "{came:?}");
        let number = came.ticket.expect("a number");
        assert!(read_again(&office, &mail).expect("read").text.contains("192.0.2.7"));
        let brought =
            bring_keys(&house.db, "duty", &keyring, (ana.certificate().armored().as_bytes(), true), later(1)).await;
        assert_eq!(brought.expect("brought").new, [ana.fingerprint()]);
        let draft =
            Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Thank you for it.".into() };
        let (ticket, message) =
            write_message(&house.db, &duty(), &office, &number, &draft, later(2)).await.expect("written");
        let mailer = Mailer::new(&MailConfig { from: "CIRT <cirt@cirt.example>".into(), ..MailConfig::default() })
            .expect("made");
        let jobs = due(&house.db, later(3)).await.expect("asked");
        send(&house.db, &house.blobs, &mailer, &office, &jobs, later(3)).await.expect("sent");
        let deliveries = deliveries_of(&house.db, std::slice::from_ref(&message.id)).await.expect("read");
        assert_eq!(deliveries[0].state, DeliveryState::Sent, "{deliveries:?}");
        let all = messages_of(&house.db, &ticket.id, ("", ""), 10).await.expect("read");
        let sent = all.iter().find(|one| one.id == message.id).expect("there");
        let print = ours.certificate.fingerprint();
        assert_eq!((sent.security.as_str(), sent.signed_by.as_str()), ("pgp-mime-encrypted", print.as_str()));
        let bytes = house.blobs.read(&sent.sha256, 1 << 20).expect("kept");
        assert!(!String::from_utf8_lossy(&bytes).contains("Thank you"));
        // She reads it, and so do we; a new key of ours signs from now on, the old one still opens.
        let limits = manara_crypt::OpenLimits::default();
        let certificates = [ours.certificate.clone()];
        let hers =
            manara_crypt::open(&bytes, &[ana], &certificates, &limits, later(4)).expect("opened").expect("sealed");
        assert_eq!(hers.signatures[0].state, manara_crypt::SignatureState::Good);
        let next = rotate_key(&house.db, "duty", &keyring, 730, later(5)).await.expect("rotated");
        assert_eq!(keyring.current(later(6)).map(|own| own.fingerprint()), Some(next.certificate.fingerprint()));
        assert!(read_again(&office, &bytes).expect("read").text.contains("Thank you for it."));
        // A file that is none of a key is left out.
        std::fs::write(folder.path().join("keys/broken.secret.pgp"), b"nothing").expect("written");
        assert_eq!(keyring.own().len(), 2);
    });
}
