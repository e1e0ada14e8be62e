//! Microsoft Project's XML for data interchange (MSPDI, mspdi_pj12.xsd): elements in the order of the schema, which is a sequence;
//! of Project the schema wants SaveVersion and CurrencyCode. Days are worked from 08:00 to 16:00.

use std::fmt::Write as _;

use super::super::chart::{Resources, load};
use super::super::{DayOff, Task, TaskLine, TaskState};
use super::Sheet;
use crate::plan::Day;

/// A programme's calendar, by its number.
const CALENDAR: i64 = 1;
/// Hours of a working day.
const HOURS: i64 = 8;
/// Characters of a name (the schema's limit).
const NAME: usize = 255;

/// The plan.
pub(super) fn written(sheet: &Sheet<'_>) -> String {
    let programme = sheet.programme;
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    xml.push_str("<Project xmlns=\"http://schemas.microsoft.com/project\">\n");
    let week_hours = programme.week.days() * HOURS;
    let currency = if programme.currency.len() == 3 { programme.currency.as_str() } else { "XXX" };
    for (name, value) in [
        ("SaveVersion", "12".to_string()),
        ("Name", short(&programme.name)),
        ("Title", short(&programme.name)),
        ("Category", programme.tlp.label().to_string()),
        ("CreationDate", programme.made.utc().format("%Y-%m-%dT%H:%M:%S").to_string()),
        ("ScheduleFromStart", "1".into()),
        ("StartDate", morning(programme.calendar().day(0))),
        ("FinishDate", evening(sheet.status.planned_end)),
        ("CurrencyDigits", "0".into()),
        ("CurrencyCode", currency.to_string()),
        ("CalendarUID", CALENDAR.to_string()),
        ("DefaultStartTime", "08:00:00".into()),
        ("DefaultFinishTime", "16:00:00".into()),
        ("MinutesPerDay", (HOURS * 60).to_string()),
        ("MinutesPerWeek", (week_hours * 60).to_string()),
    ] {
        member(&mut xml, 1, name, &value);
    }
    calendar(&mut xml, sheet);
    xml.push_str("  <Tasks>\n");
    for (task, line) in sheet.tasks.iter().zip(&sheet.status.lines) {
        one_task(&mut xml, sheet, task, line);
    }
    xml.push_str("  </Tasks>\n");
    let resources = Resources::of(sheet.tasks, &programme.people);
    people(&mut xml, sheet, &resources);
    xml.push_str("</Project>\n");
    xml
}

fn calendar(xml: &mut String, sheet: &Sheet<'_>) {
    xml.push_str("  <Calendars>\n    <Calendar>\n");
    member(xml, 3, "UID", &CALENDAR.to_string());
    member(xml, 3, "Name", &sheet.programme.week.as_text());
    member(xml, 3, "IsBaseCalendar", "1");
    xml.push_str("      <WeekDays>\n");
    // The schema counts from Sunday, which is 1; 1970-01-04 was one.
    for (kind, day) in (1_i64..=7).zip((3..).map(Day)) {
        let is_worked = sheet.programme.week.is_worked(day);
        xml.push_str("        <WeekDay>\n");
        member(xml, 5, "DayType", &kind.to_string());
        member(xml, 5, "DayWorking", if is_worked { "1" } else { "0" });
        if is_worked {
            xml.push_str("          <WorkingTimes>\n            <WorkingTime>\n");
            member(xml, 7, "FromTime", "08:00:00");
            member(xml, 7, "ToTime", "16:00:00");
            xml.push_str("            </WorkingTime>\n          </WorkingTimes>\n");
        }
        xml.push_str("        </WeekDay>\n");
    }
    xml.push_str("      </WeekDays>\n");
    if !sheet.programme.off.is_empty() {
        xml.push_str("      <Exceptions>\n");
        sheet.programme.off.iter().for_each(|off| exception(xml, off));
        xml.push_str("      </Exceptions>\n");
    }
    xml.push_str("    </Calendar>\n  </Calendars>\n");
}

/// A day off.
fn exception(xml: &mut String, off: &DayOff) {
    xml.push_str("        <Exception>\n");
    member(xml, 5, "EnteredByOccurrences", "0");
    xml.push_str("          <TimePeriod>\n");
    member(xml, 6, "FromDate", &format!("{}T00:00:00", off.day));
    member(xml, 6, "ToDate", &format!("{}T23:59:00", off.day));
    xml.push_str("          </TimePeriod>\n");
    member(xml, 5, "Occurrences", "1");
    member(xml, 5, "Name", &short(&off.name));
    // 1 is daily.
    member(xml, 5, "Type", "1");
    member(xml, 5, "DayWorking", "0");
    xml.push_str("        </Exception>\n");
}

fn one_task(xml: &mut String, sheet: &Sheet<'_>, task: &Task, line: &TaskLine) {
    let [_, effort] = task.effort;
    let [_, cost] = task.money;
    let (is_begun, is_done) =
        (task.state != TaskState::Open, matches!(task.state, TaskState::Finished | TaskState::Accepted));
    let actual_start = task.actual_start.filter(|_| is_begun);
    let actual_end = task.actual_end.filter(|_| is_done);
    let members = [
        ("UID", Some(task.number.to_string())),
        ("ID", Some(task.number.to_string())),
        ("Name", Some(short(&sheet.names.task(task)))),
        ("Type", Some("1".into())),
        ("IsNull", Some("0".into())),
        ("WBS", Some(task.number.to_string())),
        ("OutlineNumber", Some(task.number.to_string())),
        ("OutlineLevel", Some("1".into())),
        ("Priority", Some("500".into())),
        ("Start", Some(morning(line.forecast_start))),
        ("Finish", Some(evening(line.forecast_end))),
        ("Duration", Some(hours(task.days * HOURS))),
        ("DurationFormat", Some("7".into())),
        ("Work", Some(hours(effort * HOURS))),
        ("EffortDriven", Some("0".into())),
        ("Estimated", Some("0".into())),
        ("Milestone", Some("0".into())),
        ("Summary", Some("0".into())),
        ("Critical", Some(if line.is_critical() { "1" } else { "0" }.into())),
        ("FixedCost", Some(cost.to_string())),
        ("FixedCostAccrual", Some("2".into())),
        ("PercentComplete", Some(if is_done { "100" } else { "0" }.into())),
        ("ActualStart", actual_start.map(morning)),
        ("ActualFinish", actual_end.map(evening)),
        // Begin no earlier than planned: planners that level differently keep the plan.
        ("ConstraintType", Some("4".into())),
        ("CalendarUID", Some(CALENDAR.to_string())),
        ("ConstraintDate", Some(morning(task.planned_start))),
        ("Notes", Some(sheet.names.deliverable(task)).filter(|text| !text.is_empty())),
    ];
    xml.push_str("    <Task>\n");
    for (name, value) in members {
        if let Some(value) = value {
            member(xml, 3, name, &value);
        }
    }
    for need in &task.needs {
        xml.push_str("      <PredecessorLink>\n");
        member(xml, 4, "PredecessorUID", &need.to_string());
        // 1 is finish to start.
        member(xml, 4, "Type", "1");
        member(xml, 4, "CrossProject", "0");
        member(xml, 4, "LinkLag", "0");
        member(xml, 4, "LagFormat", "7");
        xml.push_str("      </PredecessorLink>\n");
    }
    xml.push_str("    </Task>\n");
}

/// Roles as resources, and who works on what.
fn people(xml: &mut String, sheet: &Sheet<'_>, resources: &Resources) {
    let units = |thousandths: i64| format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000);
    xml.push_str("  <Resources>\n");
    for (uid, (role, limit)) in (1_i64..).zip(resources.roles.iter().zip(resources.limits.iter().skip(1))) {
        xml.push_str("    <Resource>\n");
        member(xml, 3, "UID", &uid.to_string());
        member(xml, 3, "ID", &uid.to_string());
        member(xml, 3, "Name", &short(&sheet.names.role(role)));
        member(xml, 3, "Type", "1");
        member(xml, 3, "IsNull", "0");
        if let Some(limit) = limit {
            member(xml, 3, "MaxUnits", &units(*limit));
        }
        member(xml, 3, "CalendarUID", &CALENDAR.to_string());
        xml.push_str("    </Resource>\n");
    }
    xml.push_str("  </Resources>\n  <Assignments>\n");
    let all = sheet.tasks.iter().flat_map(|task| task.roles.iter().map(move |role| (task, role)));
    for (uid, (task, role)) in (1_i64..).zip(all) {
        let Some(at) = resources.roles.iter().position(|known| known == role) else { continue };
        let [_, effort] = task.effort;
        xml.push_str("    <Assignment>\n");
        member(xml, 3, "UID", &uid.to_string());
        member(xml, 3, "TaskUID", &task.number.to_string());
        member(xml, 3, "ResourceUID", &(at + 1).to_string());
        member(xml, 3, "Start", &morning(task.planned_start));
        member(xml, 3, "Units", &units(load(effort, task.roles.len(), task.days)));
        member(xml, 3, "Work", &hours(effort * HOURS / i64::try_from(task.roles.len()).unwrap_or(1).max(1)));
        xml.push_str("    </Assignment>\n");
    }
    xml.push_str("  </Assignments>\n");
}

fn member(xml: &mut String, depth: usize, name: &str, value: &str) {
    let _ = writeln!(xml, "{:depth$}<{name}>{}</{name}>", "", escaped(value), depth = depth * 2);
}

fn short(text: &str) -> String {
    text.chars().take(NAME).collect()
}

fn morning(day: Day) -> String {
    format!("{day}T08:00:00")
}

fn evening(day: Day) -> String {
    format!("{day}T16:00:00")
}

fn hours(hours: i64) -> String {
    format!("PT{hours}H0M0S")
}

/// A text in XML; what no XML may hold (XML 1.0, section 2.2) is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, hours};

    #[test]
    fn nothing_written_can_end_its_element() {
        assert_eq!(escaped("</Name><x a=\"&\">\u{0}\u{ffff}"), "&lt;/Name&gt;&lt;x a=&quot;&amp;&quot;&gt;");
        assert_eq!(hours(80), "PT80H0M0S");
    }
}
