//! IntelMQ events.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_formats::read_intelmq;

include!("sink.rs");

fuzz_target!(|data: &[u8]| {
    let _ = read_intelmq(data, &limits(), &mut Checked);
});
