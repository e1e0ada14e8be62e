//! Complaints in the abuse reporting format: the fields of the report.

#![no_main]

use libfuzzer_sys::fuzz_target;
use manara_formats::mail::{FeedbackReport, Mail, MailLimits};

fuzz_target!(|data: &[u8]| {
    let head = b"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail\nContent-Type: message/feedback-report\n\n";
    let Ok(mail) = Mail::read(&[&head[..], data].concat(), &MailLimits::default()) else { return };
    if let Some(Ok(report)) = FeedbackReport::of(&mail) {
        assert!(!report.feedback_type.is_empty() && !report.rsit().0.is_empty());
    }
});
