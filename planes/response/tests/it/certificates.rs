//! Mail with S/MIME: what it is worth by whom we trust, what is opened with ours, and what leaves signed. The other side is
//! OpenSSL.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use axum::http::StatusCode;
use manara_model::Micros;
use manara_net::{MailConfig, Mailer};
use manara_response::mail::{Keyring, MailHouse, Outcome, due, read, send, take};
use manara_response::{
    CertificateProblem, CertificateStanding, Config, Draft, MailDesk, bring_certificates, list_certificates,
    messages_of, shelve_certificate, write_message,
};
use manara_web::Role;

use crate::house::{House, duty, on_both};
use crate::pages::{desk, door_with};

/// A folder with an authority, and people with certificates of it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().expect("a folder"));
        let authority = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n";
        let request = format!("[req]\ndistinguished_name=dn\nx509_extensions=ca\n[dn]\n[ca]\n{authority}");
        std::fs::write(folder.path("req.cnf"), request).expect("written");
        folder.key("root");
        folder.run("req -x509 -new -key root.key -config req.cnf -subj /O=Harbour/CN=Root -days 400 -out root.pem");
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("read")
    }

    fn run(&self, command: &str) -> Vec<u8> {
        let output = Command::new("openssl").args(command.split(' ')).current_dir(self.0.path()).output();
        let output = output.expect("openssl");
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    fn key(&self, name: &str) {
        self.run(&format!("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out {name}.key"));
    }

    fn person(&self, name: &str, mail: &str) {
        self.key(name);
        let extensions = format!("extendedKeyUsage=emailProtection\nsubjectAltName=email:{mail}\n");
        std::fs::write(self.path(&format!("{name}.cnf")), extensions).expect("written");
        self.run(&format!("req -new -config req.cnf -key {name}.key -subj /CN={name} -out {name}.csr"));
        self.run(&format!(
            "x509 -req -in {name}.csr -CA root.pem -CAkey root.key -CAcreateserial -days 400 -extfile {name}.cnf \
             -out {name}.pem"
        ));
    }

    /// A mail of somebody, signed.
    fn signed(&self, by: &str, id: &str, from: &str, text: &str) -> Vec<u8> {
        std::fs::write(self.path("text"), format!("Content-Type: text/plain\r\n\r\n{text}\r\n")).expect("written");
        let sealed = self.run(&format!("cms -sign -in text -signer {by}.pem -inkey {by}.key"));
        with_head(id, from, &sealed)
    }
}

fn with_head(id: &str, from: &str, rest: &[u8]) -> Vec<u8> {
    let head =
        format!("From: {from}\r\nTo: cirt@cirt.example\r\nSubject: {id}\r\nMessage-ID: <{id}@harbour.example>\r\n");
    [head.as_bytes(), rest].concat()
}

async fn office(house: &House, keyring: &Keyring, sign: bool) -> MailHouse {
    let mut config = Config::default();
    config.mail.smime.sign = sign;
    let office = MailHouse::open(&house.db, &config, ("CIRT", "cirt@cirt.example"), "en").await;
    office.expect("mail").with_keyring(keyring.clone())
}

async fn bring(house: &House, office: &MailHouse, bytes: &[u8]) -> Outcome {
    let one = read(office, &house.blobs, bytes, &[]).expect("read");
    take(&house.db, office, &[one], Micros::now()).await.expect("taken").remove(0)
}

#[test]
fn a_signature_is_verified_when_somebody_we_trust_vouches_for_it() {
    on_both(|house| async move {
        let (house, now) = (&house, Micros::now());
        let folder = Folder::new();
        folder.person("ana", "ana@harbour.example");
        let keyring = Keyring::of(folder.path("keys"));
        let office = office(house, &keyring, false).await;
        let (ana, eve) = ("Ana <ana@harbour.example>", "Eve <eve@harbour.example>");
        let first = bring(house, &office, &folder.signed("ana", "one", ana, "We see 192.0.2.7.")).await;
        assert_eq!((first.signature.as_str(), first.signed_by), ("unknown-issuer", None));
        assert_eq!(first.seen[0].value, "192.0.2.7");
        let root = folder.read("root.pem");
        let refused = bring_certificates(&house.db, "admin", &keyring, (&root, false), now).await;
        assert!(matches!(refused, Err(CertificateProblem::NotTrusted)), "{refused:?}");
        let brought = bring_certificates(&house.db, "admin", &keyring, (&root, true), now).await.expect("brought");
        assert_eq!((brought.len(), brought[0].standing), (1, CertificateStanding::Trusted));
        let good = bring(house, &office, &folder.signed("ana", "two", ana, "text")).await;
        assert_eq!((good.signature.as_str(), good.signed_by.map_or(0, |by| by.len())), ("good", 64));
        let other = bring(house, &office, &folder.signed("ana", "three", eve, "text")).await;
        assert_eq!(other.signature, "other-sender");
        let changed = String::from_utf8(folder.signed("ana", "four", ana, "text")).expect("text");
        let changed = changed.replace("\ntext", "\nTEXT");
        assert_eq!(bring(house, &office, changed.as_bytes()).await.signature, "bad");
        // Whom we trust no more vouches for nobody.
        let print = brought[0].certificate.fingerprint();
        shelve_certificate(&house.db, "admin", &print, true, now).await.expect("removed");
        let again = bring(house, &office, &folder.signed("ana", "five", ana, "text")).await;
        assert_eq!(again.signature, "unknown-issuer");
        shelve_certificate(&house.db, "admin", &print, false, now).await.expect("restored");
        assert_eq!(bring(house, &office, &folder.signed("ana", "six", ana, "text")).await.signature, "good");
    });
}

#[test]
fn mail_is_opened_with_our_certificate_and_leaves_signed_with_it() {
    on_both(|house| async move {
        let house = &house;
        let folder = Folder::new();
        folder.person("cirt", "cirt@cirt.example");
        // A certificate of now signs from now on.
        let now = Micros::now();
        let keyring = Keyring::of(folder.path("keys"));
        let both = [folder.read("cirt.pem"), folder.read("cirt.key")].concat();
        let ours = bring_certificates(&house.db, "admin", &keyring, (&both, false), now).await.expect("brought");
        assert_eq!(ours[0].standing, CertificateStanding::Own);
        let stays = shelve_certificate(&house.db, "admin", &ours[0].certificate.fingerprint(), true, now).await;
        assert!(matches!(stays, Err(CertificateProblem::Own(_))), "{stays:?}");
        let office = office(house, &keyring, true).await;
        std::fs::write(folder.path("text"), "Content-Type: text/plain\r\n\r\nWe see 192.0.2.7.\r\n").expect("written");
        let sealed = folder.run("cms -encrypt -aes256 -in text cirt.pem");
        let mail = with_head("one", "Ana <ana@harbour.example>", &sealed);
        let came = bring(house, &office, &mail).await;
        assert!(came.decrypted && came.seen[0].value == "192.0.2.7", "{came:?}");
        let kept = list_certificates(&house.db, 10).await.expect("read");
        assert!(kept[0].used.is_some());
        let nobody = self::office(house, &Keyring::default(), false).await;
        let closed = read(&nobody, &house.blobs, &mail, &[]).expect("read");
        assert_eq!(closed.sealed_fault, "sealed-no-key");
        // What came by S/MIME came encrypted, and there is no OpenPGP key to answer with: it leaves signed.
        let number = came.ticket.expect("a number");
        let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Thank you.".into() };
        let (ticket, message) =
            write_message(&house.db, &duty(), &office, &number, &draft, now).await.expect("written");
        let mailer = Mailer::new(&MailConfig { from: "CIRT <cirt@cirt.example>".into(), ..MailConfig::default() });
        let jobs = due(&house.db, now.plus_days(1)).await.expect("asked");
        send(&house.db, &house.blobs, &mailer.expect("made"), &office, &jobs, now).await.expect("sent");
        let all = messages_of(&house.db, &ticket.id, ("", ""), 10).await.expect("read");
        let sent = all.iter().find(|one| one.id == message.id).expect("there");
        let print = ours[0].certificate.fingerprint();
        assert_eq!((sent.security.as_str(), sent.signed_by.as_str()), ("smime-signed", print.as_str()));
        std::fs::write(folder.path("sent"), house.blobs.read(&sent.sha256, 1 << 20).expect("kept")).expect("written");
        let verified = String::from_utf8(folder.run("cms -verify -in sent -CAfile root.pem")).expect("text");
        assert!(verified.contains("Thank you."), "{verified}");
    });
}

#[test]
fn an_administrator_brings_certificates_on_the_page_of_keys() {
    on_both(|house| async move {
        let house = &house;
        let folder = Folder::new();
        folder.person("cirt", "cirt@cirt.example");
        let office = office(house, &Keyring::of(folder.path("keys")), false).await;
        let sign_in = door_with(house, MailDesk { office: Arc::new(office), ..desk(house).await }).await;
        let (mut admin, mut duty) = (sign_in(Role::Admin).await, sign_in(Role::Duty).await);
        assert!(duty.page("/mail/keys").await.body.contains("There are no certificates"));
        let root = folder.read("root.pem");
        let denied = duty.upload("/mail/certificates", "/mail/keys", &[("accept", "1")], &root).await;
        assert_eq!(denied.status, StatusCode::FORBIDDEN);
        admin.upload("/mail/certificates", "/mail/keys", &[], &root).await;
        assert!(admin.page("/mail/keys").await.body.contains("The file has no secret key"));
        admin.upload("/mail/certificates", "/mail/keys", &[("accept", "1")], &root).await;
        let both = [folder.read("cirt.pem"), folder.read("cirt.key")].concat();
        admin.upload("/mail/certificates", "/mail/keys", &[], &both).await;
        let page = admin.page("/mail/keys").await.body;
        assert!(page.contains("Vouches for others") && page.contains("cirt@cirt.example") && page.contains("Root"));
        let all = list_certificates(&house.db, 10).await.expect("read");
        let root = all.iter().find(|one| one.standing == CertificateStanding::Trusted).expect("there");
        let path = format!("/mail/certificates/{}", root.certificate.fingerprint());
        assert_eq!(duty.get(&path).await.bytes, root.certificate.bytes());
        admin.post(&format!("{path}/remove"), "/mail/keys", &[]).await;
        let page = admin.page("/mail/keys").await.body;
        assert!(page.contains("vouches for nobody any more") && page.contains("Undo"), "{page}");
        admin.post(&format!("{path}/restore"), "/mail/keys", &[]).await;
        assert!(admin.page("/mail/keys").await.body.contains("The certificate is back"));
    });
}
