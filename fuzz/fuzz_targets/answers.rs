//! Tables of answers, as constituents send them back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_warning::{COMMENT_CHARS, read_sheet};

fuzz_target!(|data: &[u8]| {
    let Ok(sheet) = read_sheet(data, |finding| finding.starts_with('f')) else { return };
    for (_, given) in &sheet.given {
        assert!(given.finding_id.starts_with('f') && given.comment.chars().count() <= COMMENT_CHARS);
    }
    for refused in &sheet.refused {
        assert!(refused.found.chars().count() <= 81 && !refused.found.contains('\0'));
    }
});
