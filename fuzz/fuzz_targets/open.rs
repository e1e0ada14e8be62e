//! What lies around a file: gzip, zip.

#![no_main]

use std::io::{Cursor, Read};

use libfuzzer_sys::fuzz_target;
use manara_formats::{Limits, open};

fuzz_target!(|data: &[u8]| {
    let limits = Limits { decompressed_bytes: 4 << 20, ..Limits::default() };
    if let Ok(mut opened) = open(Cursor::new(data.to_vec()), &limits) {
        let mut out = Vec::new();
        let _ = opened.read_to_end(&mut out);
        assert!(out.len() <= data.len().max(8 << 20));
    }
});
