//! Signed and encrypted mail: as it comes, and as what a mail that is encrypted to us says inside.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use manara_crypt::{OpenLimits, OwnKey, open, protect};
use manara_model::Micros;

const NOW: Micros = Micros(1_768_435_200_000_000);

fn ours() -> &'static OwnKey {
    static OURS: OnceLock<OwnKey> = OnceLock::new();
    OURS.get_or_init(|| OwnKey::generate("CIRT <cirt@cirt.example>", 730, NOW).expect("made"))
}

fuzz_target!(|data: &[u8]| {
    let limits = OpenLimits { bytes: 1 << 20, opened_bytes: 1 << 20, ..OpenLimits::default() };
    let own = std::slice::from_ref(ours());
    let certificates = [ours().certificate().clone()];
    if let Ok(Some(opened)) = open(data, own, &certificates, &limits, NOW) {
        assert!(opened.signatures.len() <= limits.signatures);
    }
    let sealed = protect(data, Some(ours()), &[ours().certificate()], NOW).expect("sealed");
    if let Ok(opened) = open(&sealed, own, &certificates, &limits, NOW) {
        assert!(opened.is_some_and(|opened| opened.decrypted_by.is_some()));
    }
});
