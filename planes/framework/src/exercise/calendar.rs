//! Exercises as a calendar other programs take.

use manara_model::Micros;

use super::Exercise;
use crate::ical::Ical;

/// The exercises as events of whole days; `title` says in the reader's words of what kind each is.
pub fn exercise_calendar(all: &[Exercise], title: impl Fn(&Exercise) -> String, now: Micros) -> String {
    let mut calendar = Ical::begin("Exercises");
    for one in all {
        calendar.event(&one.id, now, |event| {
            event.day("DTSTART", &one.day);
            // The end of an event of days is the first day that is no longer in it (RFC 5545, section 3.6.1).
            if let Some(last) = Micros::parse_rfc3339(&format!("{}T00:00:00Z", one.last)) {
                event.day("DTEND", &last.plus_days(1).day());
            }
            event.text("SUMMARY", &title(one));
            let names: Vec<&str> = one.organisations.iter().map(|one| one.name.as_str()).collect();
            if !names.is_empty() {
                event.text("DESCRIPTION", &names.join("\n"));
            }
        });
    }
    calendar.end()
}

#[cfg(test)]
mod tests {
    use manara_model::{Micros, Tlp};
    use proptest::prelude::*;

    use super::exercise_calendar;
    use crate::exercise::{Exercise, TakingPart};

    const NOON: Micros = Micros(1_768_478_400_000_000);

    fn storm(title: &str) -> Exercise {
        let grid = TakingPart { constituent: "c1".into(), name: "Grid, north".into() };
        Exercise {
            id: "x1".into(),
            title: title.into(),
            last: "2026-02-28".into(),
            organisations: vec![grid],
            ..Exercise::blank("2026-02-27", Tlp::Green)
        }
    }

    #[test]
    fn an_exercise_is_an_event_that_ends_with_its_last_day() {
        let text = exercise_calendar(&[storm("Storm")], |one| format!("Tabletop: {}", one.title), NOON);
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Manara//Exercises//EN\r\nCALSCALE:GREGORIAN\r\n\
            BEGIN:VEVENT\r\nUID:x1@manara\r\nDTSTAMP:20260115T120000Z\r\nDTSTART;VALUE=DATE:20260227\r\n\
            DTEND;VALUE=DATE:20260301\r\nSUMMARY:Tabletop: Storm\r\nDESCRIPTION:Grid\\, north\r\n\
            TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(text, expected);
    }

    proptest! {
        #[test]
        fn no_title_breaks_a_line_or_makes_another(title in "\\PC{0,300}|[\\r\\n:;,\\\\]{0,40}|[ء-ي]{0,200}") {
            let text = exercise_calendar(&[storm(&title)], |one| one.title.clone(), NOON);
            prop_assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
            prop_assert_eq!(text.replace("\r\n ", "").matches("\r\n").count(), 14);
        }
    }
}
