//! The pages of keys, and keys that domains give out.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use manara_crypt::{Key, KeyLimits, OwnKey, key_place, read_keys};
use manara_model::Micros;
use manara_response::mail::{Keyring, MailHouse};
use manara_response::{
    Config, KeyProblem, KeySource, KeyStanding, MailDesk, decide_key, find_keys, list_keys, make_key, remove_key,
    restore_key,
};
use manara_web::Role;

use crate::house::{House, NOON, on_both};
use crate::pages::{desk, door_with};

async fn office(house: &House, keyring: &Keyring, instead: &str, accept: bool) -> MailHouse {
    let mut config = Config::default();
    let directory = &mut config.mail.pgp.directory;
    (directory.on, directory.accept, directory.instead) = (!instead.is_empty(), accept, instead.into());
    let office = MailHouse::open(&house.db, &config, ("CIRT", "cirt@cirt.example"), "en").await;
    office.expect("mail").with_keyring(keyring.clone())
}

/// A domain: what it has at which path. It answers until the test ends, and says what it was asked.
fn domain(files: Vec<(String, Vec<u8>)>) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    std::thread::spawn(move || {
        for line in listener.incoming() {
            let Ok(mut line) = line else { break };
            let (mut text, mut step) = (Vec::new(), [0; 4096]);
            while !text.ends_with(b"\r\n\r\n") {
                match line.read(&mut step) {
                    Ok(read) if read > 0 => text.extend_from_slice(&step[..read]),
                    _ => break,
                }
            }
            let text = String::from_utf8_lossy(&text).into_owned();
            let path = text.split(' ').nth(1).unwrap_or_default().to_string();
            let answer = match files.iter().find(|(known, _)| *known == path) {
                Some((_, bytes)) => {
                    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", bytes.len());
                    [head.as_bytes(), bytes].concat()
                }
                None => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec(),
            };
            heard.lock().expect("whole").push(text);
            let _ = line.write_all(&answer);
        }
    });
    (address, asked)
}

fn place(local: &str) -> String {
    format!("/.well-known/openpgpkey/hu/{}?l={local}", key_place(local))
}

#[test]
fn a_domain_gives_a_key_out_and_a_person_decides() {
    on_both(|house| async move {
        let house = &house;
        let keyring = Keyring::default();
        let ana = OwnKey::generate("Ana <ana@harbour.example>", 730, NOON).expect("made");
        let eve = OwnKey::generate("Eve <eve@harbour.example>", 730, NOON).expect("made");
        let advanced = place("bob").replace("openpgpkey/hu", "openpgpkey/harbour.example/hu");
        let bob = OwnKey::generate("Bob <bob@harbour.example>", 730, NOON).expect("made");
        let files = vec![
            (place("ana"), ana.certificate().bytes()),
            (place("carl"), eve.certificate().bytes()),
            (place("dora"), b"no key".to_vec()),
            (advanced, bob.certificate().armored().into_bytes()),
        ];
        let (address, asked) = domain(files);
        let off = office(house, &keyring, "", false).await;
        let refused = find_keys(&house.db, "duty", &off, "ana@harbour.example", NOON).await;
        assert!(matches!(refused, Err(KeyProblem::DirectoryOff)), "{refused:?}");
        let office = office(house, &keyring, &address, false).await;
        let found = find_keys(&house.db, "duty", &office, " Ana@Harbour.example ", NOON).await.expect("found");
        assert_eq!(found.new, [ana.fingerprint()]);
        let heard = asked.lock().expect("whole").clone();
        assert!(heard[0].contains("host: openpgpkey.harbour.example\r\n"), "{heard:?}");
        assert!(heard[1].contains("host: harbour.example\r\n"), "the second place is asked: {heard:?}");
        let keys = list_keys(&house.db, 10).await.expect("read");
        assert_eq!((keys[0].standing, keys[0].source), (KeyStanding::Unverified, KeySource::Directory));
        let again = find_keys(&house.db, "duty", &office, "ana@harbour.example", NOON).await.expect("found");
        assert_eq!((again.same.len(), again.new.len()), (1, 0));
        let bobs = find_keys(&house.db, "duty", &office, "bob@harbour.example", NOON).await.expect("found");
        assert_eq!(bobs.new, [bob.fingerprint()]);
        for (mail, why) in [("carl@harbour.example", "of another"), ("dora@harbour.example", "no key")] {
            let refused = find_keys(&house.db, "duty", &office, mail, NOON).await;
            assert!(matches!(refused, Err(KeyProblem::NotOfAddress(_))), "{why}: {refused:?}");
        }
        let nowhere = find_keys(&house.db, "duty", &office, "nobody@harbour.example", NOON).await;
        assert!(matches!(nowhere, Err(KeyProblem::NotGivenOut(..))), "{nowhere:?}");
        let bad = find_keys(&house.db, "duty", &office, "ana@[127.0.0.1]", NOON).await;
        assert!(matches!(bad, Err(KeyProblem::Address(_))), "{bad:?}");
        // Where the configuration says so, a domain's word is enough; what a person refused stays refused.
        let trusting = self::office(house, &keyring, &address, true).await;
        decide_key(&house.db, "duty", &bob.fingerprint(), false, NOON).await.expect("refused");
        for mail in ["ana@harbour.example", "bob@harbour.example"] {
            find_keys(&house.db, "duty", &trusting, mail, NOON).await.expect("found");
        }
        let keys = list_keys(&house.db, 10).await.expect("read");
        let of = |own: &OwnKey| {
            let key = keys.iter().find(|key| key.certificate.fingerprint() == own.fingerprint());
            key.map(|key| key.standing)
        };
        assert_eq!((of(&ana), of(&bob)), (Some(KeyStanding::Accepted), Some(KeyStanding::Rejected)));
    });
}

#[test]
fn what_was_removed_counts_for_nothing_and_comes_back_as_it_was() {
    on_both(|house| async move {
        let house = &house;
        let ana = OwnKey::generate("Ana <ana@harbour.example>", 730, NOON).expect("made");
        let print = ana.fingerprint();
        let bytes = ana.certificate().bytes();
        let keyring = Keyring::default();
        manara_response::bring_keys(&house.db, "duty", &keyring, (&bytes, true), NOON).await.expect("brought");
        let hers = ["ana@harbour.example".to_string()];
        let removed = remove_key(&house.db, "duty", &print, NOON).await.expect("removed");
        assert_eq!((removed.mark(), removed.standing), ("removed", KeyStanding::Accepted));
        assert_eq!(manara_response::keyless(&house.db, &hers, NOON).await.expect("asked"), hers);
        let refused = decide_key(&house.db, "duty", &print[24..], false, NOON).await;
        assert!(matches!(refused, Err(KeyProblem::Removed(_))), "{refused:?}");
        let back = restore_key(&house.db, "duty", &print, NOON).await.expect("restored");
        assert_eq!((back.mark(), back.decided_by.as_str()), ("accepted", "duty"));
        assert!(manara_response::keyless(&house.db, &hers, NOON).await.expect("asked").is_empty());
    });
}

#[test]
fn keys_are_brought_decided_and_put_away_on_their_pages() {
    on_both(|house| async move {
        let house = &house;
        let folder = tempfile::tempdir().expect("a folder");
        let keyring = Keyring::of(folder.path().join("keys"));
        let office = office(house, &keyring, "", false).await;
        let sign_in = door_with(house, MailDesk { office: Arc::new(office), ..desk(house).await }).await;
        let (mut admin, mut duty) = (sign_in(Role::Admin).await, sign_in(Role::Duty).await);
        let page = duty.page("/mail/keys").await.body;
        assert!(page.contains("no key of ours yet") && page.contains("There are no keys of others yet"), "{page}");
        assert!(page.contains("is switched off") && page.contains("[response.mail.pgp.directory]"));
        assert!(!page.contains("/mail/keys/generate") && duty.page("/mail").await.body.contains("/mail/keys"));
        let missing = duty.page("/mail/keys/missing").await.body;
        assert!(missing.contains("2 of 2 contacts") && missing.contains("bob@harbour.example"), "{missing}");

        // A key of ours is an administrator's matter.
        let form = [("user_id", "CIRT <cirt@cirt.example>"), ("days", "20")];
        let denied = duty.post("/mail/keys/generate", "/mail/keys", &form).await;
        assert_eq!(denied.status, StatusCode::FORBIDDEN);
        let secret = OwnKey::generate("CIRT <cirt@cirt.example>", 30, Micros::now()).expect("made");
        let denied = duty.upload("/mail/keys", "/mail/keys", &[], secret.armored().as_bytes()).await;
        assert_eq!(denied.status, StatusCode::SEE_OTHER);
        assert!(duty.page("/mail/keys").await.body.contains("only administrators import those"));
        assert!(keyring.own().is_empty());
        let made = admin.post("/mail/keys/generate", "/mail/keys", &form).await;
        let path = made.header("location").to_string();
        let page = admin.page(&path).await.body;
        assert!(page.contains("Signs now") && page.contains("Expires in 19 days"), "{page}");
        let current = keyring.own()[0].fingerprint();
        let rotate = format!("/mail/keys/rotate?was={current}");
        let next = admin.post(&rotate, &path, &[("days", "")]).await.header("location").to_string();
        assert_ne!(next, path);
        admin.post(&rotate, &path, &[("days", "")]).await;
        assert_eq!(keyring.own().len(), 2, "the form was sent twice, the key rotated once");
        assert!(admin.page(&path).await.body.contains("does not sign any more"));
        let refused = admin.post(&format!("{path}/remove"), &path, &[]).await;
        assert_eq!(refused.status, StatusCode::SEE_OTHER);
        assert!(admin.page(&path).await.body.contains("it stays"));

        // One of others.
        let ana = OwnKey::generate("Ana <at> <ana@harbour.example>", 730, Micros::now()).expect("made");
        let path = format!("/mail/keys/{}", ana.fingerprint());
        let armored = ana.certificate().armored();
        let brought = duty.upload("/mail/keys", "/mail/keys", &[], armored.as_bytes()).await;
        assert_eq!(brought.header("location"), path);
        let page = duty.page(&path).await.body;
        let groups = manara_response::grouped(&ana.fingerprint());
        assert!(page.contains(&groups) && page.contains("Waiting for a decision") && page.contains("Ana &lt;at&gt;"));
        duty.post(&format!("{path}/accept?was=unverified"), &path, &[]).await;
        assert!(duty.page(&path).await.body.contains("its signatures are trusted"));
        // Who read of it before that overwrites nothing.
        duty.post(&format!("{path}/reject?was=unverified"), &path, &[]).await;
        assert!(duty.page(&path).await.body.contains("Somebody changed the record"), "{}", duty.page(&path).await.body);
        assert!(duty.page("/mail/keys/missing").await.body.contains("1 of 2 contacts"));
        for (query, is_there) in [
            ("", true),
            ("?show=waiting", false),
            ("?show=accepted", true),
            ("?show=ended", false),
            ("?show=ending", false),
            ("?q=HARBOUR", true),
            ("?q=nobody", false),
            ("?q=100%25", false),
            ("?source=imported&sort=ends", true),
            ("?source=directory", false),
        ] {
            let page = duty.page(&format!("/mail/keys{query}")).await.body;
            assert_eq!(page.contains(&path), is_there, "{query}");
        }
        let csv = duty.get("/mail/keys?format=csv").await.body;
        assert!(csv.contains(&ana.fingerprint()) && csv.contains("user_ids"), "{csv}");
        let file = duty.get(&format!("{path}/certificate")).await;
        assert!(file.header("content-disposition").contains(".asc") && file.body == armored);
        let away = duty.post(&format!("{path}/remove?was=accepted"), &path, &[]).await;
        assert_eq!(away.header("location"), path);
        let page = duty.page(&path).await.body;
        assert!(page.contains("Undo") && page.contains(&format!("{path}/restore")), "{page}");
        assert!(!duty.page("/mail/keys").await.body.contains(&path));
        assert!(duty.page("/mail/keys?show=removed").await.body.contains(&path));
        duty.post(&format!("{path}/restore?was=removed"), &path, &[]).await;
        assert!(duty.page(&path).await.body.contains("The key was restored"));
        let none = duty.get("/mail/keys/0123456789ABCDEF0123456789ABCDEF01234567").await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
        let nothing = duty.upload("/mail/keys", "/mail/keys", &[("accept", "1")], b"no key at all").await;
        assert_eq!(nothing.status, StatusCode::SEE_OTHER);
        assert!(duty.page("/mail/keys").await.body.contains("could not be imported"));
        let mut handler = sign_in(Role::Handler).await;
        assert!(handler.page("/mail/keys").await.body.contains("dir=\"rtl\""));
        let mut viewer = sign_in(Role::Viewer).await;
        assert_eq!(viewer.get("/mail/keys").await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn our_key_is_given_out_to_whoever_looks_it_up() {
    on_both(|house| async move {
        let house = &house;
        let folder = tempfile::tempdir().expect("a folder");
        let keyring = Keyring::of(folder.path().join("keys"));
        let office = office(house, &keyring, "", false).await;
        let now = Micros::now();
        let ours = make_key(&house.db, "duty", &keyring, ("CIRT <cirt@cirt.example>", 30), now).await.expect("made");
        let sign_in = door_with(house, MailDesk { office: Arc::new(office), ..desk(house).await }).await;
        let mut anyone = sign_in(Role::Viewer).await.stranger();
        let direct = place("cirt");
        let advanced = direct.replace("openpgpkey/hu", "openpgpkey/cirt.example/hu");
        for path in [&direct, &advanced] {
            let got = anyone.get(path).await;
            assert_eq!((got.status, got.header("content-type")), (StatusCode::OK, "application/octet-stream"));
            let (keys, _) = read_keys(&got.bytes, &KeyLimits::default()).expect("a key");
            let Key::Certificate(found) = &keys[0] else { panic!("a secret") };
            assert_eq!(found.fingerprint(), ours.certificate.fingerprint());
            let head = anyone.send("HEAD", path, None).await;
            assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
        }
        for path in ["/.well-known/openpgpkey/policy", "/.well-known/openpgpkey/cirt.example/policy"] {
            let got = anyone.get(path).await;
            assert_eq!((got.status, got.bytes.len()), (StatusCode::OK, 0), "{path}");
        }
        for path in [place("somebody"), advanced.replace("cirt.example", "harbour.example")] {
            assert_eq!(anyone.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    });
}
