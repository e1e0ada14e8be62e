//! Mapping files.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_formats::Feed;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = Feed::from_yaml("fuzz", text);
    }
});
