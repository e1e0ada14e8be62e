//! The tables that fill what sources do not say: prefix to AS, delegated ranges, names of AS numbers. Every line is an entry, passed
//! over or refused.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_watch::{TableKind, check_table};

fuzz_target!(|data: &[u8]| {
    for kind in TableKind::ALL {
        let report = check_table(kind, &mut &data[..]).expect("bytes in memory can be read");
        assert!(report.entries + report.refused_count <= data.len() as u64);
        assert!(report.refused.len() <= 100 && report.sha256.len() == 64);
        assert!(report.refused.iter().all(|(line, text)| *line > 0 && text.chars().count() <= 120));
    }
});
