//! Libraries of CISO Assistant: what is taken comes out as a catalogue that is read again, with the same hash.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_framework::catalogues::read_catalogue;
use manara_framework::exchanges::{read_library, write_library};

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match read_library("fuzz.yaml", text) {
        Ok(imported) => {
            let name = format!("{}.yaml", imported.catalogue.id());
            let back = read_catalogue(&name, &imported.yaml).expect("what was made is a catalogue");
            assert_eq!(back.hash, imported.catalogue.hash);
            assert!(read_library("again.yaml", &write_library(&back)).is_ok());
        }
        Err(troubles) => assert!(!troubles.is_empty()),
    }
});
