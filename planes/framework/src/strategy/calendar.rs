//! Reviews as a calendar other programs take.

use manara_model::Micros;

use super::Review;
use crate::ical::Ical;

/// The reviews as all-day events; `title` says in the reader's words of what kind each is.
pub fn calendar(reviews: &[Review], title: impl Fn(&Review) -> String, now: Micros) -> String {
    let mut calendar = Ical::begin("Strategy");
    for one in reviews {
        calendar.event(&one.id, now, |event| {
            event.day("DTSTART", &one.next);
            if one.every_months > 0 {
                event.line("RRULE", &format!("FREQ=MONTHLY;INTERVAL={}", one.every_months));
            }
            event.text("SUMMARY", &title(one));
            if !one.owner.is_empty() {
                event.text("DESCRIPTION", &one.owner);
            }
        });
    }
    calendar.end()
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
