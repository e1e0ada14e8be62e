//! Both directions with GnuPG: what it writes is read here, what is written here it reads.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use manara_crypt::{
    Certificate, Key, KeyLimits, KeyState, OpenError, OpenLimits, OwnKey, SignatureState, open, protect, read_keys,
};
use manara_model::Micros;

const PLAIN: &str = "From: Ana <ana@harbour.example>\r\nTo: cirt@cirt.example\r\nSubject: Détails [CIRT #2026-0000001]\r\n\
    Message-ID: <1@harbour.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\r\nWe see 192.0.2.7 again. =C3=A9\r\n-- \r\nAna\r\n";

fn now() -> Micros {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    Micros(i64::try_from(passed.as_micros()).expect("a moment"))
}

/// GnuPG with a folder of its own.
struct Gpg {
    folder: tempfile::TempDir,
}

impl Drop for Gpg {
    fn drop(&mut self) {
        let _ = Command::new("gpgconf").args(["--kill", "all"]).env("GNUPGHOME", self.folder.path()).output();
    }
}

impl Gpg {
    fn new() -> Gpg {
        let folder = tempfile::tempdir().expect("a folder");
        Gpg { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, args: &[&str], input: &[u8]) -> (bool, Vec<u8>, String) {
        let mut child = Command::new("gpg")
            .args([
                "--batch",
                "--yes",
                "--quiet",
                "--no-tty",
                "--trust-model",
                "always",
                "--passphrase",
                "",
                "--pinentry-mode",
                "loopback",
            ])
            .args(["--status-fd", "2"])
            .args(args)
            .env("GNUPGHOME", self.path())
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("gpg starts");
        let mut stdin = child.stdin.take().expect("its input");
        let input = input.to_vec();
        let writing = std::thread::spawn(move || {
            let _ = stdin.write_all(&input);
        });
        let ended = child.wait_with_output().expect("an end");
        writing.join().expect("written");
        (ended.status.success(), ended.stdout, String::from_utf8_lossy(&ended.stderr).into_owned())
    }

    fn done(&self, args: &[&str], input: &[u8]) -> Vec<u8> {
        let (good, out, said) = self.run(args, input);
        assert!(good, "gpg {args:?}: {said}");
        out
    }

    fn generate(&self, user_id: &str, algorithm: &str, expire: &str) {
        self.done(&["--quick-generate-key", user_id, algorithm, "default", expire], b"");
        if algorithm != "default" && algorithm != "future-default" {
            let listed = String::from_utf8(self.done(&["--with-colons", "--list-keys", user_id], b"")).expect("text");
            let print = listed.lines().find_map(|line| line.strip_prefix("fpr:::::::::")).expect("a fingerprint");
            let sub = if algorithm.starts_with("rsa") { algorithm } else { "cv25519" };
            self.done(&["--quick-add-key", print.trim_end_matches(':'), sub, "encr", expire], b"");
        }
    }

    fn certificate(&self, user_id: &str) -> Certificate {
        let exported = self.done(&["--armor", "--export", user_id], b"");
        certificate(&exported)
    }
}

fn certificate(bytes: &[u8]) -> Certificate {
    let (mut keys, refused) = read_keys(bytes, &KeyLimits::default()).expect("keys");
    assert_eq!((keys.len(), refused), (1, 0));
    match keys.remove(0) {
        Key::Certificate(one) => one,
        Key::Own(own) => panic!("{own:?} has its secret"),
    }
}

fn opened(mail: &[u8], own: &[OwnKey], certificates: &[Certificate]) -> manara_crypt::Opened {
    open(mail, own, certificates, &OpenLimits::default(), now()).expect("opened").expect("protected")
}

/// A mail with a part that GnuPG made.
fn encrypted_mail(armored: &[u8]) -> Vec<u8> {
    let mut mail = b"From: ana@harbour.example\nSubject: [...]\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n\
        --b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n--b\nContent-Type: application/octet-stream\n\n"
        .to_vec();
    mail.extend_from_slice(armored);
    mail.extend_from_slice(b"\n--b--\n");
    mail
}

#[test]
fn what_gnupg_signs_and_encrypts_is_opened_and_checked() {
    for algorithm in ["ed25519", "rsa3072", "nistp256"] {
        let gpg = Gpg::new();
        gpg.generate("Ana <ana@harbour.example>", algorithm, "2y");
        let ana = gpg.certificate("ana@harbour.example");
        let facts = ana.facts(now());
        assert_eq!(facts.mails, ["ana@harbour.example"], "{facts:?}");
        assert!(
            facts.state == KeyState::Good && facts.can_sign && facts.can_encrypt && facts.expires.is_some(),
            "{facts:?}"
        );
        assert!(facts.algorithms.starts_with(algorithm), "{facts:?}");
        let ours = OwnKey::generate("CIRT <cirt@cirt.example>", 730, now()).expect("made");
        gpg.done(&["--import"], ours.certificate().armored().as_bytes());
        let sealed = gpg.done(&["--armor", "--sign", "--encrypt", "-r", &ours.fingerprint()], PLAIN.as_bytes());
        let found = opened(&encrypted_mail(&sealed), std::slice::from_ref(&ours), std::slice::from_ref(&ana));
        assert_eq!(found.decrypted_by.as_deref(), Some(ours.fingerprint().as_str()));
        assert_eq!(found.payload.as_deref(), Some(PLAIN.as_bytes()));
        assert_eq!(found.signatures.len(), 1);
        assert_eq!(
            (found.signatures[0].key.as_str(), found.signatures[0].state),
            (facts.fingerprint.as_str(), SignatureState::Good)
        );
        // The same without the certificate, in lines of a pipe, and for other keys.
        let found = opened(&encrypted_mail(&sealed), std::slice::from_ref(&ours), &[]);
        assert_eq!(found.signatures[0].state, SignatureState::UnknownKey);
        let other = OwnKey::generate("Other <other@cirt.example>", 730, now()).expect("made");
        let refused = open(&encrypted_mail(&sealed), std::slice::from_ref(&other), &[], &OpenLimits::default(), now());
        assert!(matches!(refused, Err(OpenError::NoKey(ids)) if ids.len() == 1));
        // In the text, and hidden in what a server made of the mail.
        let text = [b"From: a@b.example\n\n".as_slice(), &sealed].concat();
        let found = opened(&text, std::slice::from_ref(&ours), std::slice::from_ref(&ana));
        assert_eq!(found.signatures[0].state, SignatureState::Good);
        assert!(String::from_utf8(found.payload.unwrap()).unwrap().contains(PLAIN));
        let mangled = String::from_utf8(encrypted_mail(&sealed))
            .unwrap()
            .replace("multipart/encrypted; protocol=\"application/pgp-encrypted\"", "multipart/mixed");
        assert!(opened(mangled.as_bytes(), std::slice::from_ref(&ours), &[]).decrypted_by.is_some());
        // Nobody's name on it: each of our keys is tried.
        let to_us = ["--armor", "--throw-keyids", "--encrypt", "-r", &ours.fingerprint()];
        let hidden = gpg.done(&to_us, PLAIN.as_bytes());
        let found = opened(&encrypted_mail(&hidden), &[other, ours.clone()], &[]);
        assert_eq!(found.decrypted_by, Some(ours.fingerprint()));
        assert_eq!(found.payload.as_deref(), Some(PLAIN.as_bytes()));
    }
}

#[test]
fn what_grows_a_thousandfold_is_read_up_to_the_limit() {
    let gpg = Gpg::new();
    let ours = OwnKey::generate("CIRT <cirt@cirt.example>", 730, now()).expect("made");
    gpg.done(&["--import"], ours.certificate().armored().as_bytes());
    let zeros = gpg.path().join("zeros");
    std::fs::File::create(&zeros).expect("a file").set_len(256 << 20).expect("as long as that");
    let (zeros, print) = (zeros.to_str().expect("a path"), ours.fingerprint());
    let to_us = ["--armor", "--compress-algo", "zlib", "-r", &print, "--output", "-", "--encrypt", zeros];
    let sealed = gpg.done(&to_us, b"");
    assert!(sealed.len() < 1 << 20, "{} bytes for 256 MB", sealed.len());
    let refused = open(&encrypted_mail(&sealed), std::slice::from_ref(&ours), &[], &OpenLimits::default(), now());
    assert_eq!(refused, Err(OpenError::TooMuch("bytes")));
    // The same by the same way, and small enough.
    let sealed = gpg.done(&to_us[..8], &vec![b'0'; 1 << 20]);
    assert_eq!(opened(&encrypted_mail(&sealed), &[ours], &[]).payload.map(|inside| inside.len()), Some(1 << 20));
}

#[test]
fn what_gnupg_signed_is_checked_and_a_change_is_seen() {
    let gpg = Gpg::new();
    gpg.generate("Ana <ana@harbour.example>", "ed25519", "1y");
    let ana = gpg.certificate("ana@harbour.example");
    let part = "Content-Type: text/plain; charset=utf-8\r\n\r\nWe see 192.0.2.7 again.\r\n";
    let signature =
        String::from_utf8(gpg.done(&["--armor", "--detach-sign", "--digest-algo", "SHA256"], part.as_bytes())).unwrap();
    let mail = format!(
        "From: ana@harbour.example\r\nContent-Type: multipart/signed; micalg=pgp-sha256;\r\n protocol=\"application/pgp-signature\"; boundary=\"b\"\r\n\r\n\
         --b\r\n{part}\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\n{signature}\r\n--b--\r\n"
    );
    let state = |mail: &str| opened(mail.as_bytes(), &[], std::slice::from_ref(&ana)).signatures[0].state;
    assert_eq!(state(&mail), SignatureState::Good);
    assert_eq!(state(&mail.replace("\r\n", "\n")), SignatureState::Good, "as a pipe brings it");
    assert_eq!(state(&mail.replace("192.0.2.7", "192.0.2.8")), SignatureState::Bad);
    let below = format!(
        "From: list@x.example\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n{}\r\n--c\r\n\r\nfooter\r\n--c--\r\n",
        mail.split_once("\r\n").unwrap().1
    );
    assert_eq!(state(&below), SignatureState::Part);
    // Clear text, and with something around it.
    let clear = String::from_utf8(gpg.done(&["--clear-sign"], "- dashes\nfrom Ana  \n".as_bytes())).unwrap();
    let clear = format!("From: ana@harbour.example\n\n{clear}");
    let found = opened(clear.as_bytes(), &[], std::slice::from_ref(&ana));
    assert_eq!(found.signatures[0].state, SignatureState::Good);
    assert!(String::from_utf8(found.payload.unwrap()).unwrap().contains("- dashes\r\nfrom Ana"));
    assert_eq!(state(&clear.replace("from Ana", "from Bob")), SignatureState::Bad);
    assert_eq!(state(&format!("{clear}\npay to this account")), SignatureState::Part);
    // A weak hash proves nothing.
    let weak = gpg.done(
        &["--armor", "--detach-sign", "--digest-algo", "SHA1", "--weak-digest", "MD5", "--allow-weak-digest-algos"],
        part.as_bytes(),
    );
    assert_eq!(state(&mail.replace(&signature, &String::from_utf8(weak).unwrap())), SignatureState::Bad);
    // A key that ended, and one that was taken back.
    let later = Micros(now().0 + 2 * 365 * 86_400_000_000);
    let found = open(mail.as_bytes(), &[], std::slice::from_ref(&ana), &OpenLimits::default(), later).unwrap().unwrap();
    assert_eq!(found.signatures[0].state, SignatureState::ExpiredKey);
    let print = ana.fingerprint();
    let revocation = gpg.path().join("openpgp-revocs.d").join(format!("{print}.rev"));
    let revocation = std::fs::read_to_string(revocation).unwrap().replace(":-----BEGIN", "-----BEGIN");
    gpg.done(&["--import"], revocation.as_bytes());
    let revoked = gpg.certificate("ana@harbour.example");
    assert_eq!(revoked.facts(now()).state, KeyState::Revoked);
    let merged = ana.merged(&revoked);
    assert_eq!(merged.facts(now()).state, KeyState::Revoked);
    assert_eq!(merged.merged(&ana).facts(now()).state, KeyState::Revoked, "an old copy brings no key back");
    let found = opened(mail.as_bytes(), &[], &[merged]);
    assert_eq!(found.signatures[0].state, SignatureState::RevokedKey);
}

#[test]
fn what_is_made_here_gnupg_reads_and_believes() {
    let gpg = Gpg::new();
    gpg.generate("Ana <ana@harbour.example>", "ed25519", "1y");
    let ana = gpg.certificate("ana@harbour.example");
    let ours = OwnKey::generate("CIRT <cirt@cirt.example>", 730, now()).expect("made");
    gpg.done(&["--import"], ours.certificate().armored().as_bytes());
    let good = format!("VALIDSIG {}", ours.fingerprint());
    // Signed and encrypted.
    let mail = protect(PLAIN.as_bytes(), Some(&ours), &[&ana, ours.certificate()], now()).expect("protected");
    let text = String::from_utf8(mail.clone()).unwrap();
    assert!(
        text.contains("\r\nSubject: [...]\r\n") && !text.contains("Détails") && !text.contains("2026-0000001"),
        "{text}"
    );
    let start = text.find("-----BEGIN PGP MESSAGE").unwrap();
    let (right, out, said) = gpg.run(&["--decrypt"], &text.as_bytes()[start..]);
    assert!(right && said.contains(&good), "{said}");
    let inner = String::from_utf8(out).unwrap();
    for line in [
        "Subject: Détails [CIRT #2026-0000001]",
        "HP-Outer: Subject: [...]",
        " hp=\"cipher\"",
        "We see 192.0.2.7 again. =C3=A9",
    ] {
        assert!(inner.lines().any(|one| one == line), "{line} is missing in\n{inner}");
    }
    // We read it, too.
    let found = opened(&mail, std::slice::from_ref(&ours), std::slice::from_ref(ours.certificate()));
    assert_eq!(found.payload, Some(inner.into_bytes()));
    assert_eq!(found.signatures[0].state, SignatureState::Good);
    // Only signed.
    let mail = protect(PLAIN.as_bytes(), Some(&ours), &[], now()).expect("protected");
    let found = opened(&mail, &[], std::slice::from_ref(ours.certificate()));
    assert_eq!(found.signatures[0].state, SignatureState::Good);
    let text = String::from_utf8(mail).unwrap();
    let boundary = text.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap().to_string();
    let parts: Vec<&str> = text.split(&format!("--{boundary}")).collect();
    let signed = parts[1].strip_prefix("\r\n").unwrap().strip_suffix("\r\n").unwrap();
    assert!(signed.contains("hp=\"clear\"") && signed.contains("Subject: Détails"));
    let (data, signature) = (gpg.path().join("data"), gpg.path().join("data.asc"));
    std::fs::write(&data, signed).unwrap();
    std::fs::write(&signature, &parts[2][parts[2].find("-----BEGIN").unwrap()..]).unwrap();
    let (right, _, said) = gpg.run(&["--verify", signature.to_str().unwrap(), data.to_str().unwrap()], b"");
    assert!(right && said.contains(&good), "{said}");
    // Only encrypted.
    let mail = protect(PLAIN.as_bytes(), None, &[&ana], now()).expect("protected");
    let text = String::from_utf8(mail).unwrap();
    let (right, _, said) = gpg.run(&["--decrypt"], &text.as_bytes()[text.find("-----BEGIN").unwrap()..]);
    assert!(right && !said.contains("GOODSIG"), "{said}");
}

#[test]
fn keys_of_ours_come_and_go() {
    let gpg = Gpg::new();
    gpg.generate("CIRT <cirt@cirt.example>", "ed25519", "2y");
    let exported = gpg.done(&["--armor", "--export-secret-keys", "cirt@cirt.example"], b"");
    let (keys, _) = read_keys(&exported, &KeyLimits::default()).expect("keys");
    let [Key::Own(ours)] = keys.as_slice() else { panic!("{keys:?}") };
    let again = OwnKey::stored(&ours.bytes()).expect("stored");
    assert_eq!(again.fingerprint(), ours.fingerprint());
    let mail = protect(PLAIN.as_bytes(), Some(&again), &[again.certificate()], now()).expect("protected");
    assert_eq!(
        opened(&mail, std::slice::from_ref(&again), std::slice::from_ref(again.certificate())).signatures[0].state,
        SignatureState::Good
    );
    // One of ours goes to GnuPG with its secret.
    let made = OwnKey::generate("CIRT <cirt@cirt.example>", 30, now()).expect("made");
    let other = Gpg::new();
    other.done(&["--import"], made.armored().as_bytes());
    let signed = other.done(&["--armor", "--sign", "--local-user", &made.fingerprint()], b"x");
    assert!(!signed.is_empty());
    let facts = made.facts(now());
    let days = (facts.expires.expect("an end").0 - facts.created.0) / 86_400_000_000;
    assert_eq!((days, facts.algorithms.as_str()), (30, "ed25519, cv25519"));
    assert_eq!(made.facts(Micros(now().0 + 31 * 86_400_000_000)).state, KeyState::Expired);
    assert!(protect(PLAIN.as_bytes(), Some(&made), &[], Micros(now().0 + 31 * 86_400_000_000)).is_err());
    // One behind a passphrase is refused with what to do.
    let locked = Gpg::new();
    locked
        .done(&["--passphrase", "secret", "--quick-generate-key", "L <l@l.example>", "ed25519", "default", "1y"], b"");
    let exported = locked.done(&["--passphrase", "secret", "--armor", "--export-secret-keys"], b"");
    assert!(read_keys(&exported, &KeyLimits::default()).unwrap_err().to_string().contains("passphrase"));
    // Several in one text, and stored ones, are the same.
    let both = format!("keys of us:\n{}\n{}", gpg.certificate("cirt").armored(), made.certificate().armored());
    let (keys, _) = read_keys(both.as_bytes(), &KeyLimits::default()).expect("keys");
    assert_eq!(keys.len(), 2);
    let stored = Certificate::stored(&made.certificate().bytes()).expect("stored");
    assert_eq!(&stored, made.certificate());
}
