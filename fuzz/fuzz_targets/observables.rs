//! Observables of a text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_formats::mail::{Tlds, observables};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    for one in observables(&text, Tlds::built_in()) {
        assert!(!one.value.is_empty() && text.get(one.at).is_some_and(|part| !part.is_empty()));
    }
});
