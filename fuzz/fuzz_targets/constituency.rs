//! Files of organisations, as CSV and as JSON: a header alone gives no row, and no file ends the reader.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_constituency::{ImportFormat, check_sheet};

fuzz_target!(|data: &[u8]| {
    for format in [ImportFormat::Auto, ImportFormat::Csv, ImportFormat::Json] {
        if let Ok((rows, refused)) = check_sheet(data, format) {
            assert!(rows + refused <= data.len(), "{rows} rows and {refused} refused of {} bytes", data.len());
        }
    }
});
