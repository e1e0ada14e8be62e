//! Keys as they come, with what is said of them, kept and made one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_crypt::{Certificate, Key, KeyLimits, autocrypt, key_places, read_keys};
use manara_model::Micros;

const NOW: Micros = Micros(1_768_435_200_000_000);

fuzz_target!(|data: &[u8]| {
    let limits = KeyLimits { keys: 10, signatures: 50, ..KeyLimits::default() };
    for key in read_keys(data, &limits).map(|(keys, _)| keys).unwrap_or_default() {
        let certificate = match key {
            Key::Own(own) => own.certificate().clone(),
            Key::Certificate(certificate) => certificate,
        };
        let facts = certificate.facts(NOW);
        assert_eq!(certificate.merged(&certificate).facts(NOW), facts);
        let stored = Certificate::stored(&certificate.bytes()).expect("what was kept is read again");
        assert_eq!(stored.facts(NOW), facts);
        let _ = (certificate.armored(), certificate.key_ids());
    }
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = (autocrypt(text), key_places(text));
    }
});
