//! IDEA messages.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_formats::read_idea;

include!("sink.rs");

fuzz_target!(|data: &[u8]| {
    let _ = read_idea(data, &limits(), &mut Checked);
});
