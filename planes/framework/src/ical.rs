//! Calendars other programs take: iCalendar, RFC 5545.

use manara_model::Micros;

/// Octets of a line, without its end (section 3.1).
const OCTETS: usize = 75;

/// A calendar that is being written.
pub(crate) struct Ical(String);

impl Ical {
    /// A calendar by a part of Manara.
    pub fn begin(part: &str) -> Ical {
        let mut calendar = Ical(String::new());
        calendar.line("BEGIN", "VCALENDAR");
        calendar.line("VERSION", "2.0");
        calendar.line("PRODID", &format!("-//Manara//{part}//EN"));
        calendar.line("CALSCALE", "GREGORIAN");
        calendar
    }

    /// A property whose value is written as it is.
    pub fn line(&mut self, name: &str, value: &str) {
        folded(&format!("{name}:{value}"), &mut self.0);
    }

    /// A property whose value is a text (section 3.3.11).
    pub fn text(&mut self, name: &str, value: &str) {
        self.line(name, &escaped(value));
    }

    /// A property whose value is a day, `2026-11-22` (section 3.3.4).
    pub fn day(&mut self, name: &str, day: &str) {
        self.line(&format!("{name};VALUE=DATE"), &day.replace('-', ""));
    }

    /// An event of whole days, under an id that stays.
    pub fn event(&mut self, id: &str, now: Micros, properties: impl FnOnce(&mut Ical)) {
        self.line("BEGIN", "VEVENT");
        self.line("UID", &format!("{id}@manara"));
        self.line("DTSTAMP", &now.utc().format("%Y%m%dT%H%M%SZ").to_string());
        properties(self);
        self.line("TRANSP", "TRANSPARENT");
        self.line("END", "VEVENT");
    }

    /// The whole calendar.
    pub fn end(mut self) -> String {
        self.line("END", "VCALENDAR");
        self.0
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Writes a content line, folded where it is longer than a line may be, never within a character.
fn folded(text: &str, out: &mut String) {
    let mut octets = 0;
    for c in text.chars() {
        if octets + c.len_utf8() > OCTETS {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{OCTETS, escaped, folded};

    #[test]
    fn what_means_something_in_a_calendar_is_escaped() {
        assert_eq!(escaped("a,b;c\\d\r\ne\u{7}"), "a\\,b\\;c\\\\d\\ne");
    }

    proptest! {
        #[test]
        fn folded_lines_are_short_and_lose_nothing(text in "[a-z,; éمنارة]{0,400}") {
            let mut out = String::new();
            folded(&text, &mut out);
            let lines: Vec<&str> = out.strip_suffix("\r\n").unwrap().split("\r\n").collect();
            prop_assert!(lines.iter().all(|line| line.len() <= OCTETS));
            prop_assert!(lines.iter().skip(1).all(|line| line.starts_with(' ')));
            prop_assert_eq!(out.replace("\r\n ", "").replace("\r\n", ""), text);
        }
    }
}
