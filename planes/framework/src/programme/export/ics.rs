//! A calendar of the tasks (RFC 5545): one all-day event each, with a UID that stays.

use manara_model::Micros;

use super::super::{Task, TaskState};
use super::Sheet;

/// Octets of a line, without its end (section 3.1).
const OCTETS: usize = 75;

/// The calendar.
pub(super) fn written(sheet: &Sheet<'_>) -> String {
    let mut out = String::new();
    let mut say = |text: &str| folded(text, &mut out);
    say("BEGIN:VCALENDAR");
    say("VERSION:2.0");
    say("PRODID:-//Manara//Programme//EN");
    say("CALSCALE:GREGORIAN");
    say("METHOD:PUBLISH");
    say(&format!("X-WR-CALNAME:{}", escaped(&sheet.programme.name)));
    for (task, line) in sheet.tasks.iter().zip(&sheet.status.lines) {
        say("BEGIN:VEVENT");
        say(&format!("UID:{}@manara", task.id));
        say(&format!("DTSTAMP:{}", moment(sheet.now)));
        say(&format!("SEQUENCE:{}", task.version.clamp(1, i64::from(i32::MAX)) - 1));
        // As things stand: what is late has moved. The end of an event of whole days is the day after its last.
        say(&format!("DTSTART;VALUE=DATE:{}", date(&line.forecast_start.to_string())));
        say(&format!("DTEND;VALUE=DATE:{}", date(&line.forecast_end.max(line.forecast_start).plus(1).to_string())));
        say(&format!("SUMMARY:{}", escaped(&format!("{}. {}", task.number, sheet.names.task(task)))));
        say(&format!("DESCRIPTION:{}", escaped(&described(sheet, task))));
        say(&format!("CATEGORIES:{}", escaped(&sheet.names.t(&format!("programme-task-{}", task.state.as_str())))));
        say("TRANSP:TRANSPARENT");
        say(if task.state == TaskState::Open { "STATUS:TENTATIVE" } else { "STATUS:CONFIRMED" });
        say("END:VEVENT");
    }
    say("END:VCALENDAR");
    out
}

fn described(sheet: &Sheet<'_>, task: &Task) -> String {
    let mut parts = vec![sheet.names.deliverable(task), sheet.names.roles(task).join(" · "), task.owner.clone()];
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn date(day: &str) -> String {
    day.replace('-', "")
}

fn moment(at: Micros) -> String {
    at.utc().format("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as a value (section 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
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
