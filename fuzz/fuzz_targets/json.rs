//! JSON objects by a mapping.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_formats::{Feed, read_feed};

include!("sink.rs");

fuzz_target!(|data: &[u8]| {
    static FEED: std::sync::OnceLock<Feed> = std::sync::OnceLock::new();
    let feed = FEED.get_or_init(|| Feed::from_yaml("fuzz", "name: fuzz\ntitle: Fuzz\nformat: json\ncolumns:\n  time: time.source\n  ip: source.ip\n  port: source.port\n  what: source.any\nconstants:\n  classification.type: scanner\n").expect("good"));
    let _ = read_feed(data, feed, None, OBSERVED, &limits(), &mut Checked);
});
