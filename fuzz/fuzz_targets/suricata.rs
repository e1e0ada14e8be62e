//! Suricata's EVE.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_formats::read_suricata;

include!("sink.rs");

fuzz_target!(|data: &[u8]| {
    let _ = read_suricata(data, &limits(), &mut Checked);
});
