//! Shadowserver reports, of a known and of an unknown type.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_formats::Shadowserver;

include!("sink.rs");

fuzz_target!(|data: &[u8]| {
    let _ = Shadowserver::of_type("scan_telnet").read(data, &limits(), &mut Checked);
    let _ = Shadowserver::of_type("brand_new").read(data, &limits(), &mut Checked);
});
