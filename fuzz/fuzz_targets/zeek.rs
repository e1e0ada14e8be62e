//! Zeek's logs.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_formats::read_zeek;

include!("sink.rs");

fuzz_target!(|data: &[u8]| {
    let _ = read_zeek(data, None, &limits(), &mut Checked);
});
