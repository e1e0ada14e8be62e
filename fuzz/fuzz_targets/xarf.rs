//! Abuse reports as JSON.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_formats::mail::Xarf;

fuzz_target!(|data: &[u8]| match Xarf::read(data) {
    Ok(report) => assert!(!report.source.is_empty() && report.evidence.len() <= 50),
    Err(why) => assert!(!why.path.is_empty() && why.found.chars().count() <= 120),
});
