//! Mail, with everything that is read from it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_formats::mail::{Bounce, FeedbackReport, Mail, MailLimits, Tlds, Xarf, fold, observables};

fuzz_target!(|data: &[u8]| {
    let limits = MailLimits { bytes: 1 << 20, parts: 20, depth: 5, text_bytes: 64 << 10, ..MailLimits::default() };
    let Ok(mail) = Mail::read(data, &limits) else { return };
    assert!(mail.text.len() <= limits.text_bytes && mail.parts.len() <= limits.parts && mail.headers.len() <= limits.fields);
    assert!(!mail.subject.chars().any(char::is_control));
    assert_eq!(fold(&mail.text).iter().map(|passage| passage.text).collect::<String>(), mail.text);
    for one in observables(&mail.text, Tlds::built_in()) {
        assert!(mail.text.get(one.at).is_some());
    }
    let _ = (Bounce::of(&mail), FeedbackReport::of(&mail), Xarf::of(&mail));
    let _ = mail.clone().opened(mail);
});
