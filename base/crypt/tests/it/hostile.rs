//! What nobody should send: it is refused or read in part, and nothing panics.

use std::sync::OnceLock;

use manara_crypt::{
    Certificate, KeyLimits, OpenError, OpenLimits, OwnKey, autocrypt, key_places, open, protect, read_keys,
};
use manara_model::Micros;
use proptest::prelude::*;

const NOW: Micros = Micros(1_768_435_200_000_000);

fn ours() -> &'static OwnKey {
    static OURS: OnceLock<OwnKey> = OnceLock::new();
    OURS.get_or_init(|| OwnKey::generate("CIRT <cirt@cirt.example>", 730, NOW).expect("made"))
}

fn sealed() -> Vec<u8> {
    let mail = b"From: a@b.example\r\nSubject: x\r\n\r\nthe text\r\n";
    protect(mail, Some(ours()), &[ours().certificate()], NOW).expect("protected")
}

#[test]
fn a_mail_that_was_changed_on_its_way_is_not_opened() {
    let mail = sealed();
    let own = std::slice::from_ref(ours());
    let certificates: [Certificate; 1] = [ours().certificate().clone()];
    let limits = OpenLimits::default();
    assert!(open(&mail, own, &certificates, &limits, NOW).unwrap().unwrap().decrypted_by.is_some());
    let start = mail
        .windows(30)
        .position(|window| window == b"-----BEGIN PGP MESSAGE-----\r\n\r\n".get(..30).unwrap())
        .unwrap()
        + 200;
    for at in (start..mail.len() - 60).step_by(37) {
        let mut changed = mail.clone();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        if let Ok(Some(found)) = open(&changed, own, &certificates, &limits, NOW) {
            assert_eq!(
                found.payload,
                open(&mail, own, &certificates, &limits, NOW).unwrap().unwrap().payload,
                "at {at}"
            );
        }
    }
    let small = OpenLimits { opened_bytes: 10, ..OpenLimits::default() };
    assert_eq!(open(&mail, own, &certificates, &small, NOW), Err(OpenError::TooMuch("bytes")));
    let short = OpenLimits { bytes: 10, ..OpenLimits::default() };
    assert_eq!(open(&mail, own, &certificates, &short, NOW), Err(OpenError::TooMuch("bytes")));
    let alone = OpenLimits { recipients: 0, ..OpenLimits::default() };
    assert_eq!(open(&mail, own, &certificates, &alone, NOW), Err(OpenError::TooMuch("recipients")));
}

#[test]
fn a_mail_that_only_says_that_it_is_encrypted_is_not_believed() {
    let signed = "-----BEGIN PGP MESSAGE-----\n\nyxJiBm5vYm9keQAAAAB0ZXh0\n-----END PGP MESSAGE-----\n";
    let mail = format!(
        "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\n{signed}\n--b--\n"
    );
    assert!(matches!(
        open(mail.as_bytes(), std::slice::from_ref(ours()), &[], &OpenLimits::default(), NOW),
        Err(OpenError::Broken(_))
    ));
    for plain in [
        "",
        "From: a\n\nb",
        "Content-Type: multipart/signed; boundary=b\n\n--b--",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--",
    ] {
        assert_eq!(open(plain.as_bytes(), &[], &[], &OpenLimits::default(), NOW), Ok(None), "{plain}");
    }
}

#[test]
fn a_certificate_is_kept_without_what_others_added() {
    let bytes = ours().certificate().bytes();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x01;
        if let Ok((keys, _)) = read_keys(&changed, &KeyLimits::default()) {
            assert!(keys.len() <= 1);
        }
    }
    assert!(read_keys(&vec![0x99; 2 << 20], &KeyLimits::default()).is_err());
}

proptest! {
    #[test]
    fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..2000), at in 0_usize..3000, text in "\\PC*") {
        let limits = OpenLimits::default();
        let own = std::slice::from_ref(ours());
        let _ = open(&bytes, own, &[], &limits, NOW);
        let _ = read_keys(&bytes, &KeyLimits::default());
        let _ = Certificate::stored(&bytes);
        let _ = (autocrypt(&text), key_places(&text));
        let mut mail = sealed();
        let at = at.min(mail.len());
        mail.splice(at..at, bytes.iter().copied().take(5));
        let _ = open(&mail, own, &[], &limits, NOW);
        let armored = format!("\n\n-----BEGIN PGP MESSAGE-----\n\n{}\n-----END PGP MESSAGE-----\n", base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &bytes));
        let _ = open(armored.as_bytes(), own, &[], &limits, NOW);
    }
}

/// The seeds of the fuzz targets `pgp_mail` and `pgp_keys`, as those read them.
#[test]
fn every_seed_of_the_fuzzers_is_read() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    let now = manara_model::Micros(1_768_435_200_000_000);
    let mut seeds = 0;
    for name in ["pgp_mail", "pgp_keys"] {
        for seed in std::fs::read_dir(root.join(name)).expect("the seeds").flatten() {
            let bytes = std::fs::read(seed.path()).expect("a seed");
            seeds += 1;
            if name == "pgp_mail" {
                drop(manara_crypt::open(&bytes, &[], &[], &manara_crypt::OpenLimits::default(), now));
                continue;
            }
            let keys = manara_crypt::read_keys(&bytes, &manara_crypt::KeyLimits::default());
            for key in keys.map(|(keys, _)| keys).unwrap_or_default() {
                let certificate = match key {
                    manara_crypt::Key::Own(own) => own.certificate().clone(),
                    manara_crypt::Key::Certificate(certificate) => certificate,
                };
                assert_eq!(certificate.merged(&certificate).facts(now), certificate.facts(now), "{seed:?}");
            }
        }
    }
    assert!(seeds > 2, "{seeds}");
}
