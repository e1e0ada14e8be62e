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

/// A packet in the form of today, with four bytes for its length.
fn packet(tag: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&[0xc0 | tag, 0xff][..], &length, body].concat()
}

/// A mail that says it is encrypted, with these packets.
fn mail_of(packets: &[u8]) -> Vec<u8> {
    let packets = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, packets);
    format!(
        "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\n\nVersion: 1\n\
         --b\nContent-Transfer-Encoding: base64\n\n{packets}\n--b--\n"
    )
    .into_bytes()
}

#[test]
fn a_small_message_that_unfolds_into_much_is_not_opened() {
    let text_of = |bytes: usize| packet(11, &[b"b\0\0\0\0\0".to_vec(), vec![b'x'; bytes]].concat());
    let compressed = |inside: &[u8]| packet(8, &[&b"\0"[..], inside].concat());
    let deep = |times: usize| (0..times).fold(text_of(4), |inside, _| compressed(&inside));
    let (announced, marker) = (packet(4, &[3, 0, 8, 22, 1, 2, 3, 4, 5, 6, 7, 8, 0]), packet(10, b"PGP"));
    let after = |many: Vec<u8>| [many, text_of(4)].concat();
    let limits = OpenLimits { opened_bytes: 1_000, ..OpenLimits::default() };
    // What is read to its end was not encrypted after all.
    let read = OpenError::Broken("it says that it is encrypted, and is not".into());
    for (name, packets, want) in [
        ("a text", text_of(4), read.clone()),
        ("a text as long as may be", compressed(&text_of(1_000)), read.clone()),
        ("a longer one", compressed(&text_of(1_001)), OpenError::TooMuch("bytes")),
        ("a far longer one", compressed(&text_of(3 << 20)), OpenError::TooMuch("bytes")),
        ("one in another", deep(7), read.clone()),
        ("too often", deep(8), OpenError::TooMuch("packets inside each other")),
        ("markers", compressed(&after(marker.repeat(200))), read.clone()),
        ("too many", compressed(&after(marker.repeat(10_000))), OpenError::TooMuch("packets before its content")),
        ("signatures", after(announced.repeat(17)), OpenError::TooMuch("signatures")),
        ("a flood", compressed(&after(announced.repeat(50_000))), OpenError::TooMuch("packets before its content")),
        ("more after it", compressed(&[text_of(4), text_of(4)].concat()), OpenError::Broken(String::new())),
    ] {
        let refused = open(&mail_of(&packets), &[], &[], &limits, NOW).expect_err(name);
        match (&refused, &want) {
            (OpenError::Broken(_), OpenError::Broken(words)) if words.is_empty() => {}
            _ => assert_eq!(refused, want, "{name}"),
        }
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
