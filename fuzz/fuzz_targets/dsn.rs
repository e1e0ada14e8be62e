//! Reports of delivery, in the standard form and as text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_formats::mail::{Bounce, Mail, MailLimits};

fuzz_target!(|data: &[u8]| {
    for kind in ["message/delivery-status", "text/plain"] {
        let head = format!("Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail\nContent-Type: {kind}\n\n");
        let Ok(mail) = Mail::read(&[head.as_bytes(), data].concat(), &MailLimits::default()) else { continue };
        let Some(bounce) = Bounce::of(&mail) else { continue };
        assert!(bounce.recipients.len() <= 500 && (!bounce.recipients.is_empty() || bounce.original_message_id.is_some()));
        assert!(bounce.recipients.iter().all(|one| one.address.contains('@') && one.reason.len() <= 600));
    }
});
