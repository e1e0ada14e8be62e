//! Which reader a file is for.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_formats::guess;

fuzz_target!(|data: &[u8]| {
    let (name, head) = data.split_at(data.len().min(20));
    guess(std::str::from_utf8(name).ok(), head);
});
