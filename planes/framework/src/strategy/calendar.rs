//! Reviews as a calendar other programs take: iCalendar, RFC 5545.

use std::fmt::Write as _;

use manara_model::Micros;

use super::Review;

/// Octets of a line before it is folded (section 3.1).
const FOLD: usize = 75;

/// The reviews as all-day events; `title` says in the reader's words of what kind each is.
pub fn calendar(reviews: &[Review], title: impl Fn(&Review) -> String, now: Micros) -> String {
    let stamp: String = now.utc().format("%Y%m%dT%H%M%SZ").to_string();
    let mut text = String::new();
    let mut line = |content: &str| fold(&mut text, content);
    for head in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Manara//Strategy//EN", "CALSCALE:GREGORIAN"] {
        line(head);
    }
    for one in reviews {
        line("BEGIN:VEVENT");
        line(&format!("UID:{}@manara", one.id));
        line(&format!("DTSTAMP:{stamp}"));
        line(&format!("DTSTART;VALUE=DATE:{}", one.next.replace('-', "")));
        if one.every_months > 0 {
            line(&format!("RRULE:FREQ=MONTHLY;INTERVAL={}", one.every_months));
        }
        line(&format!("SUMMARY:{}", escaped(&title(one))));
        if !one.owner.is_empty() {
            line(&format!("DESCRIPTION:{}", escaped(&one.owner)));
        }
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    text
}

/// A value as section 3.3.11 wants it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => _ = write!(out, "\\{c}"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Ends a line, broken where it is too long, never inside a letter.
fn fold(text: &mut String, content: &str) {
    let mut octets = 0;
    for c in content.chars() {
        if octets + c.len_utf8() > FOLD {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(c);
        octets += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;
    use proptest::prelude::*;

    use super::{Review, calendar};

    const NOON: Micros = Micros(1_768_478_400_000_000);

    fn review(title: &str) -> Review {
        Review {
            id: "r1".into(),
            title: title.into(),
            next: "2026-03-01".into(),
            every_months: 12,
            owner: "Office; of, the PM".into(),
            ..Review::default()
        }
    }

    #[test]
    fn a_review_is_an_event_of_a_day_that_comes_again() {
        let text = calendar(&[review("Strategy, 2026")], |one| one.title.clone(), NOON);
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Manara//Strategy//EN\r\nCALSCALE:GREGORIAN\r\n\
            BEGIN:VEVENT\r\nUID:r1@manara\r\nDTSTAMP:20260115T120000Z\r\nDTSTART;VALUE=DATE:20260301\r\n\
            RRULE:FREQ=MONTHLY;INTERVAL=12\r\nSUMMARY:Strategy\\, 2026\r\nDESCRIPTION:Office\\; of\\, the PM\r\n\
            TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(text, expected);
    }

    proptest! {
        #[test]
        fn no_title_breaks_a_line_or_makes_another(title in "\\PC{0,300}|[\\r\\n:;,\\\\]{0,40}|[ء-ي]{0,200}") {
            let text = calendar(&[review(&title)], |one| one.title.clone(), NOON);
            prop_assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
            let whole = text.replace("\r\n ", "");
            prop_assert_eq!(whole.matches("\r\n").count(), 14);
        }
    }
}
