//! Plain lists.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_formats::read_list;

include!("sink.rs");

fuzz_target!(|data: &[u8]| {
    let _ = read_list(data, OBSERVED, &[], &limits(), &mut Checked);
});
