//! When every stage of every rule that is built in is due: reckoned by hand, with the clock on the wall of the place.

use std::collections::BTreeSet;

use chrono_tz::Tz;
use manara_model::{Micros, Severity};

use super::{Clock, ClockStage, Followed, Met, Moments};
use crate::clock_rule::{ClockRule, Trigger};
use crate::content::WorkContent;
use crate::hours::Hours;

/// Places by name: zone, days of work, days of rest. Work goes from eight to four everywhere.
const PLACES: [(&str, &str, &str, &str); 6] = [
    ("paris", "Europe/Paris", "mon, tue, wed, thu, fri", "'2026-04-06', '05-01', '12-25'"),
    ("cairo", "Africa/Cairo", "sun, mon, tue, wed, thu", "'2026-03-22', '04-25'"),
    ("kolkata", "Asia/Kolkata", "mon, tue, wed, thu, fri", "'08-15'"),
    ("new-york", "America/New_York", "mon, tue, wed, thu, fri", "'2026-07-03', '2026-11-26'"),
    ("singapore", "Asia/Singapore", "mon, tue, wed, thu, fri", "'2026-02-17', '2026-02-18'"),
    ("sydney", "Australia/Sydney", "mon, tue, wed, thu, fri", "'12-25', '12-26'"),
];

/// Rule and stage, what it is counted from, severity, place, the moment of that, when it is due. Above a row stands why, where a
/// glance at the calendar does not tell.
const ROWS: &str = "\
# Twelve hours, 84 hours and 72 hours pass as they pass: clocks go back on Sunday 5 April and forward on Sunday 4 October.
australia-soci/significant aware critical sydney 2026-04-04T20:00:00+11:00 2026-04-05T07:00:00+10:00
australia-soci/significant-written stage:significant critical sydney 2026-10-02T18:00:00+10:00 2026-10-06T07:00:00+11:00
australia-soci/relevant aware high sydney 2026-12-30T17:00:00+11:00 2027-01-02T17:00:00+11:00
# Two days from Friday 27 February: the first of March.
australia-soci/relevant-written stage:relevant medium sydney 2026-02-27T15:00:00+11:00 2026-03-01T15:00:00+11:00
# Into a day of rest: hours of the calendar do not know it.
cert-in/report aware high kolkata 2026-08-14T21:30:00+05:30 2026-08-15T03:30:00+05:30
# Clocks go forward on Sunday 8 March: 72 hours later it is an hour later on the wall; back on Sunday 1 November: an hour earlier.
circia/report aware high new-york 2026-03-06T20:00:00-05:00 2026-03-09T21:00:00-04:00
circia-ransom/payment aware high new-york 2026-10-31T12:00:00-04:00 2026-11-01T11:00:00-05:00
# Christmas counts.
cra-incident/early-warning aware high paris 2026-12-24T20:00:00+01:00 2026-12-25T20:00:00+01:00
# February 2027 has 28 days.
cra-incident/notification aware high paris 2027-02-26T09:15:00+01:00 2027-03-01T09:15:00+01:00
# November has no 31st: its last day.
cra-incident/final stage:notification high paris 2026-10-31T09:00:00+01:00 2026-11-30T09:00:00+01:00
# 2028 is a leap year.
cra-vulnerability/early-warning aware high paris 2028-02-28T23:59:59+01:00 2028-02-29T23:59:59+01:00
cra-vulnerability/notification aware high paris 2026-12-30T08:00:00+01:00 2027-01-02T08:00:00+01:00
# Days keep the time on the wall, though clocks go back on 25 October: fourteen days and an hour.
cra-vulnerability-fix/final aware high paris 2026-10-20T14:00:00+02:00 2026-11-03T14:00:00+01:00
# The hour from two to three is there twice that night.
dora/initial classified high paris 2026-10-25T00:30:00+02:00 2026-10-25T03:30:00+01:00
# Friday to Saturday: no weekend in hours.
dora/initial-limit aware high paris 2026-07-31T16:00:00+02:00 2026-08-01T16:00:00+02:00
# Over the weekend on which clocks go forward.
dora/intermediate stage:initial high paris 2026-03-27T16:00:00+01:00 2026-03-30T17:00:00+02:00
# June has no 31st.
dora/final stage:intermediate high paris 2026-05-31T17:00:00+02:00 2026-06-30T17:00:00+02:00
# From Friday to Easter Monday, a day of rest.
gdpr/notification aware high paris 2026-04-03T17:00:00+02:00 2026-04-06T17:00:00+02:00
# Clocks go from midnight of Thursday 23 April to one o'clock.
internal/acknowledge-critical reported critical cairo 2026-04-23T23:30:00+02:00 2026-04-24T01:30:00+03:00
internal/acknowledge-high reported high cairo 2026-05-01T22:00:00+03:00 2026-05-02T02:00:00+03:00
# The day it begins is not counted, nor the weekend: Thursday to Sunday in Cairo; Friday to Monday in Paris.
internal/acknowledge reported medium cairo 2026-05-07T15:59:00+03:00 2026-05-10T16:00:00+03:00
internal/acknowledge reported low paris 2026-05-08T10:00:00+02:00 2026-05-11T16:00:00+02:00
# Christmas is a Friday: then the weekend, then Monday.
internal/acknowledge reported info paris 2026-12-24T09:00:00+01:00 2026-12-28T16:00:00+01:00
# On a day of rest, and before work begins on a working day: the next working day all the same.
internal/acknowledge reported medium paris 2026-05-01T09:00:00+02:00 2026-05-04T16:00:00+02:00
internal/acknowledge reported medium paris 2026-06-10T06:00:00+02:00 2026-06-11T16:00:00+02:00
# Late on Wednesday in UTC it is Thursday in Cairo already: so Sunday, not Thursday.
internal/acknowledge reported medium cairo 2026-06-11T00:30:00+03:00 2026-06-14T16:00:00+03:00
# There is no hour from two to three that night.
internal/triage-critical reported critical paris 2026-03-29T01:15:00+01:00 2026-03-29T04:15:00+02:00
internal/triage-high reported high paris 2026-10-25T01:00:00+02:00 2026-10-25T08:00:00+01:00
# Thursday is the first; Friday and Saturday are weekend, Sunday is a day of rest; Monday is the second.
internal/triage-medium reported medium cairo 2026-03-18T12:00:00+02:00 2026-03-23T16:00:00+02:00
# Friday is the first; then the weekend and Easter Monday; Tuesday is the second.
internal/triage-medium reported medium paris 2026-04-02T12:00:00+02:00 2026-04-07T16:00:00+02:00
# Clocks go back at midnight of Thursday: Sunday, Monday, Tuesday, by the clock of winter.
internal/triage reported low cairo 2026-10-29T10:00:00+03:00 2026-11-03T16:00:00+02:00
# Clocks go back on Sunday: Monday, Tuesday, Wednesday.
internal/triage reported info paris 2026-10-23T10:00:00+02:00 2026-10-28T16:00:00+01:00
internal/notify-critical classified critical cairo 2026-12-31T22:00:00+02:00 2027-01-01T02:00:00+02:00
internal/notify-high classified high paris 2026-03-28T12:00:00+01:00 2026-03-29T13:00:00+02:00
# A Friday: in Cairo Sunday, Monday, Tuesday; in Paris Monday, Tuesday, Wednesday.
internal/notify-medium classified medium cairo 2026-05-08T11:00:00+03:00 2026-05-12T16:00:00+03:00
internal/notify-medium classified medium paris 2026-05-08T11:00:00+02:00 2026-05-13T16:00:00+02:00
# The first of May is a Friday of rest: Monday to Friday of the week after.
internal/notify classified low paris 2026-04-30T09:00:00+02:00 2026-05-08T16:00:00+02:00
# The day of rest is a Saturday, on which nobody works anyway: Sunday to Thursday, an hour earlier by the sun.
internal/notify classified info cairo 2026-04-23T09:00:00+02:00 2026-04-30T16:00:00+03:00
# Seven days keep the time on the wall.
internal/review closed high paris 2026-10-21T17:30:00+02:00 2026-10-28T17:30:00+01:00
internal/review closed critical cairo 2026-03-18T12:00:00+02:00 2026-03-25T12:00:00+02:00
# Clocks go forward on Sunday 29 March and back on Sunday 25 October.
nis2/early-warning aware high paris 2026-03-28T18:00:00+01:00 2026-03-29T19:00:00+02:00
nis2/notification aware high paris 2026-10-24T10:00:00+02:00 2026-10-27T09:00:00+01:00
# The last of January and a month: the last of February, in a leap year too. The last of February and a month: the 28th.
nis2/final stage:notification high paris 2026-01-31T18:30:00+01:00 2026-02-28T18:30:00+01:00
nis2/final stage:notification high paris 2028-01-31T18:30:00+01:00 2028-02-29T18:30:00+01:00
nis2/final stage:notification high paris 2026-02-28T18:30:00+01:00 2026-03-28T18:30:00+01:00
# A month keeps the time on the wall; half past two is not there on 26 March 2028: when clocks went on.
nis2/final stage:notification high paris 2026-03-15T10:00:00+01:00 2026-04-15T10:00:00+02:00
nis2/final stage:notification high paris 2028-02-26T02:30:00+01:00 2028-03-26T03:00:00+02:00
# In UTC it is the 30th still: the month is that of the place, where it is the 31st, and April has no such day.
nis2/final-after-progress closed high paris 2026-03-31T00:30:00+02:00 2026-04-30T00:30:00+02:00
nis2/final-after-progress closed high paris 2026-12-31T23:30:00+01:00 2027-01-31T23:30:00+01:00
# Into a day of rest.
nis2-csirt/answer reported high paris 2026-04-30T17:00:00+02:00 2026-05-01T17:00:00+02:00
nis2-trust-services/notification aware high paris 2026-10-24T12:00:00+02:00 2026-10-25T11:00:00+01:00
# Tuesday, Wednesday, then Thursday of rest, Friday, Monday.
sec-8k/form-8k classified high new-york 2026-11-23T10:00:00-05:00 2026-11-30T16:00:00-05:00
# In the evening before a Friday of rest: Monday to Thursday.
sec-8k/form-8k classified high new-york 2026-07-02T18:00:00-04:00 2026-07-09T16:00:00-04:00
# On a Saturday, clocks go forward that night: Monday to Thursday.
sec-8k/form-8k classified high new-york 2026-03-07T11:00:00-05:00 2026-03-12T16:00:00-04:00
# Into the New Year of the moon.
singapore-cii/first aware high singapore 2026-02-16T23:15:00+08:00 2026-02-17T01:15:00+08:00
singapore-cii/supplement aware high singapore 2026-02-13T09:00:00+08:00 2026-02-16T09:00:00+08:00
# Thirty days are no month: one day to the end of January, 28 of February, one more.
singapore-cii/final aware high singapore 2026-01-30T10:00:00+08:00 2026-03-01T10:00:00+08:00
";

fn at(text: &str) -> Micros {
    Micros::parse_rfc3339(text).expect("a moment")
}

fn hours(place: &str) -> Hours {
    let (_, zone, days, rest) = PLACES.into_iter().find(|(name, ..)| *name == place).expect("a place");
    let text = format!("zone: {zone}\ndays: [{days}]\nfrom: '08:00'\nuntil: '16:00'\nholidays: [{rest}]\n");
    Hours::read(&text, Tz::UTC).expect("hours")
}

/// A clock of a rule of which nothing has happened yet.
fn clock(rule: &ClockRule) -> Clock {
    Clock {
        id: "c".into(),
        incident_id: "i".into(),
        rule: rule.id.clone(),
        title: rule.title.clone(),
        source: rule.source.clone(),
        verified: rule.verified,
        from: Moments::default(),
        started: ("duty".into(), Micros(0)),
        version: 1,
        stopped: None,
        reason: String::new(),
        stages: rule.stages.iter().map(ClockStage::of).collect(),
    }
}

/// A clock of a rule of which one thing happened, and nothing else.
fn since(rule: &ClockRule, trigger: &str, (severity, since): (Severity, Micros), hours: &Hours) -> Clock {
    let mut clock = clock(rule);
    let mut one = Followed { severity, closed: None, is_merged: false };
    match Trigger::parse(trigger).expect("a trigger") {
        Trigger::Aware => clock.from.aware = Some(since),
        Trigger::Reported => clock.from.reported = Some(since),
        Trigger::Classified => clock.from.classified = Some(since),
        Trigger::Closed => one.closed = Some(since),
        Trigger::Stage(name) => {
            let before = clock.stages.iter_mut().find(|stage| stage.stage == name).expect("a stage before");
            before.met = Some(Met { at: since, who: "duty".into(), recorded: since, remark: String::new() });
        }
    }
    clock.follow(one, hours);
    clock
}

#[test]
fn every_stage_of_every_built_in_rule_is_due_when_it_was_reckoned_by_hand() {
    let content = WorkContent::load(None, Tz::UTC);
    let name = |rule: &ClockRule, stage: &str| format!("{}/{stage}", rule.id);
    let mut without: BTreeSet<String> = BTreeSet::new();
    for rule in content.rules.values() {
        without.extend(rule.stages.iter().map(|stage| name(rule, &stage.id)));
    }
    assert!(without.len() > 30, "{without:?}");
    for line in ROWS.lines().filter(|line| !line.starts_with('#')) {
        let [stage, trigger, severity, place, from, want] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let severity = Severity::parse(severity).expect("a severity");
        let (rule, _) = stage.split_once('/').expect("a rule and its stage");
        let rule = content.rules.get(rule).expect("a rule");
        let clock = since(rule, trigger, (severity, at(from)), &hours(place));
        let one = clock.stages.iter().find(|one| name(rule, &one.stage) == stage).expect("a stage");
        assert_eq!(one.due.map(Micros::rfc3339), Some(at(want).rfc3339()), "{line}");
        assert!(one.running && one.since == Some(at(from)) && !one.contents.is_empty(), "{line}");
        // What has nothing to do with what happened waits.
        for other in clock.stages.iter().filter(|other| other.trigger.to_string() != trigger) {
            assert_eq!(other.due, None, "{line}: {}", other.stage);
        }
        without.remove(stage);
    }
    assert_eq!(without, BTreeSet::new(), "every stage has a row in ROWS");
}
