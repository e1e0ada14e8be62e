//! A calendar of the tasks: one all-day event each.

use manara_model::Tlp;

use super::super::{Task, TaskState};
use super::Sheet;
use crate::ical::Ical;

/// The calendar.
pub(super) fn written(sheet: &Sheet<'_>) -> String {
    let mut calendar = Ical::begin("Programme");
    calendar.line("METHOD", "PUBLISH");
    calendar.text("X-WR-CALNAME", &sheet.programme.name);
    calendar.text("X-MANARA-TLP", sheet.programme.tlp.label());
    for (task, line) in sheet.tasks.iter().zip(&sheet.status.lines) {
        calendar.event(&task.id, sheet.now, |event| {
            event.line("SEQUENCE", &(task.version.clamp(1, i64::from(i32::MAX)) - 1).to_string());
            // As things stand: what is late has moved. The end of an event of whole days is the day after its last.
            event.day("DTSTART", &line.forecast_start.to_string());
            event.day("DTEND", &line.forecast_end.max(line.forecast_start).plus(1).to_string());
            event.text("SUMMARY", &format!("{}. {}", task.number, sheet.names.task(task)));
            event.text("DESCRIPTION", &described(sheet, task));
            event.text("CATEGORIES", &sheet.names.t(&format!("programme-task-{}", task.state.as_str())));
            event.line("CLASS", class(sheet.programme.tlp));
            event.line("STATUS", if task.state == TaskState::Open { "TENTATIVE" } else { "CONFIRMED" });
        });
    }
    calendar.end()
}

/// How calendars are told that an event is not for everybody (RFC 5545, section 3.8.1.3).
fn class(tlp: Tlp) -> &'static str {
    if tlp == Tlp::Clear { "PUBLIC" } else { "CONFIDENTIAL" }
}

fn described(sheet: &Sheet<'_>, task: &Task) -> String {
    let marking = sheet.programme.tlp.label().to_string();
    let roles = sheet.names.roles(task).join(" · ");
    let mut parts = vec![marking, sheet.names.deliverable(task), roles, task.owner.clone()];
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}
