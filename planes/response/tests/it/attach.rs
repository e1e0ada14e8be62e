//! Files leave with the messages of tickets: brought, made, taken from other messages; plain and encrypted alike.

use axum::http::StatusCode;
use manara_crypt::OwnKey;
use manara_model::Micros;
use manara_net::{MailConfig, Mailer};
use manara_response::mail::{Keyring, MailHouse, due, read, read_again, send, take};
use manara_response::{
    Config, DeliveryState, Draft, Export, FILES, FILES_BYTES, FileError, Message, MessageKind, NewFile, Refusal,
    ResponseError, Ticket, bring_keys, deliveries_of, files_of, get_message, get_ticket, keep_files, make_key,
    messages_of, write_with_files,
};
use manara_web::Role;

use crate::house::{House, MINUTE, NOON, duty, on_both};
use crate::pages::door;

fn later(minutes: i64) -> Micros {
    Micros(NOON.0 + minutes * MINUTE)
}

async fn office(house: &House, keyring: &Keyring) -> MailHouse {
    let office = MailHouse::open(&house.db, &Config::default(), ("CIRT", "cirt@cirt.example"), "en").await;
    office.expect("mail").with_keyring(keyring.clone())
}

async fn report(house: &House, office: &MailHouse) -> Ticket {
    let bytes = b"From: Ana <ana@harbour.example>\r\nTo: cirt@cirt.example\r\nSubject: Phishing\r\nMessage-ID: <1@h.example>\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=edge\r\n\r\n--edge\r\nContent-Type: text/plain\r\n\r\n\
        See hxxp://login[.]bank.example/a\r\n--edge\r\nContent-Type: text/plain\r\n\
        Content-Disposition: attachment; filename=\"proof.log\"\r\n\r\nline of proof\r\n--edge--\r\n";
    let one = read(office, &house.blobs, bytes, &["cirt@cirt.example".into()]).expect("read");
    let outcome = take(&house.db, office, &[one], NOON).await.expect("taken").remove(0);
    get_ticket(&house.db, &duty(), &outcome.ticket.expect("a number")).await.expect("asked").expect("there")
}

fn file(name: &str, bytes: &[u8]) -> NewFile {
    NewFile { name: name.into(), media_type: "text/plain".into(), bytes: bytes.to_vec() }
}

async fn post(house: &House, office: &MailHouse, at: i64) -> usize {
    let mailer = Mailer::new(&MailConfig { from: "CIRT <cirt@cirt.example>".into(), ..MailConfig::default() });
    let jobs = due(&house.db, later(at)).await.expect("asked");
    send(&house.db, &house.blobs, &mailer.expect("made"), office, &jobs, later(at)).await.expect("sent").sent
}

/// The files of a message as its recipient gets them: names and bytes.
async fn arrived(house: &House, office: &MailHouse, id: &str) -> (Message, Vec<(String, Vec<u8>)>) {
    let sent = get_message(&house.db, id).await.expect("read").expect("there");
    let bytes = house.blobs.read(&sent.sha256, 1 << 24).expect("kept");
    let mail = read_again(office, &bytes).expect("read");
    (sent, mail.parts.into_iter().map(|part| (part.name, part.bytes)).collect())
}

#[test]
fn files_leave_plain_and_encrypted_with_the_bytes_that_were_kept() {
    on_both(|house| async move {
        let house = &house;
        let folder = tempfile::tempdir().expect("a folder");
        let keyring = Keyring::of(folder.path().join("keys"));
        make_key(&house.db, "duty", &keyring, ("CIRT <cirt@cirt.example>", 730), NOON).await.expect("made");
        let office = office(house, &keyring).await;
        let ticket = report(house, &office).await;
        let new = vec![file("../proof.txt", b"first\r\n.\r\nlast"), file("proof.txt", &[0, 255, 10])];
        let files = keep_files(&house.blobs, Vec::new(), new).await.expect("kept");
        let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "See both.".into() };
        let what = (&draft, files.as_slice());
        let (_, message) =
            write_with_files(&house.db, &duty(), &office, &ticket.id, what, later(1)).await.expect("written");
        assert_eq!(files_of(&house.db, &message.id).await.expect("read"), files, "seen before it leaves");
        assert!(post(house, &office, 2).await > 0);
        let want =
            [("proof.txt".to_string(), b"first\r\n.\r\nlast".to_vec()), ("2-proof.txt".to_string(), vec![0, 255, 10])];
        let (sent, got) = arrived(house, &office, &message.id).await;
        assert_eq!((sent.security.as_str(), got.as_slice()), ("pgp-mime-signed", want.as_slice()));

        // The same to somebody who wrote encrypted.
        let ana = OwnKey::generate("Ana <ana@harbour.example>", 730, NOON).expect("made");
        bring_keys(&house.db, "duty", &keyring, (ana.certificate().armored().as_bytes(), true), later(3))
            .await
            .expect("brought");
        let ours = keyring.current(later(3)).expect("ours").certificate().clone();
        let text = b"From: Ana <ana@harbour.example>\r\nTo: cirt@cirt.example\r\nSubject: more\r\nMessage-ID: <2@h.example>\r\n\
            Content-Type: text/plain; charset=utf-8\r\n\r\nSealed.\r\n";
        let sealed = manara_crypt::protect(text, Some(&ana), &[&ours], NOON).expect("sealed");
        let one = read(&office, &house.blobs, &sealed, &["cirt@cirt.example".into()]).expect("read");
        let number = take(&house.db, &office, &[one], later(3)).await.expect("taken").remove(0).ticket.expect("new");
        let (_, message) =
            write_with_files(&house.db, &duty(), &office, &number, what, later(4)).await.expect("written");
        post(house, &office, 5).await;
        let (sent, got) = arrived(house, &office, &message.id).await;
        assert_eq!((sent.security.as_str(), got.as_slice()), ("pgp-mime-encrypted", want.as_slice()));

        // More than may go is refused as a whole, and what is lost does not stop the rest.
        let most = usize::try_from(FILES_BYTES).expect("a size");
        for new in [vec![file("a", &vec![0; most + 1])], vec![file("a", b"a"); FILES + 1]] {
            let refused = keep_files(&house.blobs, Vec::new(), new).await;
            assert!(matches!(refused, Err(FileError::Refused(Refusal::Files))), "{refused:?}");
        }
        let mut gone = files.clone();
        gone[0].sha256 = "0".repeat(64);
        let (_, lost) =
            write_with_files(&house.db, &duty(), &office, &number, (&draft, &gone), later(6)).await.expect("written");
        let (_, whole) = write_with_files(&house.db, &duty(), &office, &number, what, later(6)).await.expect("written");
        post(house, &office, 7).await;
        let states =
            async |id: &String| deliveries_of(&house.db, std::slice::from_ref(id)).await.expect("read").remove(0).state;
        assert_eq!((states(&lost.id).await, states(&whole.id).await), (DeliveryState::Failed, DeliveryState::Sent));
        let many = vec![gone[0].clone(); FILES + 1];
        let refused = write_with_files(&house.db, &duty(), &office, &number, (&draft, &many), later(8)).await;
        assert!(matches!(refused, Err(ResponseError::Refused(Refusal::Files))), "{refused:?}");
    });
}

#[test]
fn a_form_keeps_files_from_the_preview_until_the_message_is_sent() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let mut reader = sign_in(Role::Duty).await;
        let ticket = report(&house, &office(&house, &Keyring::default()).await).await;
        let path = format!("/tickets/{}", ticket.number);
        let write = format!("{path}/write");
        let form = reader.page(&write).await.body;
        assert!(form.contains("observables-csv") && form.contains("proof.log"), "{form}");
        assert!(!form.contains("report-pdf"), "it has no incident: {form}");
        let came = messages_of(&house.db, &ticket.id, ("", ""), 10).await.expect("read");
        let came = came.into_iter().find(|one| one.kind == MessageKind::Report).expect("the report");
        let (proof, mail) = (format!("{}/0", came.id), format!("{}/mail", came.id));
        let fields = [
            ("to", "abuse@isp.example"),
            ("body", "Please look."),
            ("do", "preview"),
            ("export", "observables-csv"),
            ("from", proof.as_str()),
            ("from", mail.as_str()),
        ];
        let seen = reader.upload(&write, &write, &fields, b"from my disk").await;
        assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
        let table = format!("{}-observables.csv", ticket.number);
        let eml = format!("{}-{}.eml", ticket.number, came.id);
        for there in ["f", "proof.log", eml.as_str(), table.as_str()] {
            assert!(seen.body.contains(&format!("name=\"keep\" value=\"{there}\"")), "{there}: {}", seen.body);
        }
        let id = seen.value("id");
        // What is no longer ticked stays here; what is ticked leaves.
        let fields = [
            ("id", id.as_str()),
            ("to", "abuse@isp.example"),
            ("body", "Please look."),
            ("keep", "f"),
            ("keep", "proof.log"),
            ("keep", table.as_str()),
            ("keep", "nowhere"),
            ("do", "send"),
        ];
        for _ in 0..2 {
            let sent = reader.post(&write, &write, &fields).await;
            assert_eq!(sent.header("location"), path, "{}", sent.body);
        }
        let files = files_of(&house.db, &id).await.expect("read");
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["f", "proof.log", table.as_str()]);
        let page = reader.page(&path).await.body;
        assert!(page.contains(&format!("/messages/{id}/files/1")), "{page}");
        for (position, want) in [(0, "from my disk"), (1, "line of proof"), (2, "kind,value\r\n")] {
            let got = reader.get(&format!("{path}/messages/{id}/files/{position}")).await;
            assert!(got.status == StatusCode::OK && got.body.starts_with(want), "{position}: {}", got.body);
            assert_eq!(got.header("content-type"), "application/octet-stream");
        }
        assert_eq!(reader.get(&format!("{path}/messages/{id}/files/3")).await.status, StatusCode::NOT_FOUND);
        // A message of another ticket gives nothing, and too many files are named without losing the text.
        let strange = [("to", "abuse@isp.example"), ("body", "Text stays."), ("do", "preview"), ("from", "x/mail")];
        let seen = reader.post(&write, &write, &strange).await;
        assert!(seen.status == StatusCode::OK && !seen.body.contains("name=\"keep\""), "{}", seen.body);
        let much = vec![b'x'; usize::try_from(FILES_BYTES).expect("a size") + 1];
        let fields = [("to", "abuse@isp.example"), ("body", "Text stays."), ("do", "preview")];
        let seen = reader.upload(&write, &write, &fields, &much).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains("Text stays.") && seen.body.contains("20 files"), "{}", seen.body);
        assert!(Export::ALL.iter().all(|what| Export::parse(what.as_str()).is_some()));
    });
}
