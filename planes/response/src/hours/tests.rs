use manara_model::Micros;
use proptest::prelude::*;

use super::{Hours, Span, Time, Unit};

/// Zone, week, beginning, span, time, end: worked out apart from this program, with another library of time zones. Rest is on
/// 2026-12-24, 2026-12-25, 2027-01-01 and every first of May; work goes from eight to four.
const CASES: &str = include_str!("cases.tsv");

fn hours(zone: &str, days: &str) -> Hours {
    let text = format!(
        "zone: {zone}\ndays: {days}\nfrom: \"08:00\"\nuntil: \"16:00\"\n\
         holidays: [2026-12-24, \"2026-12-25\", \"2027-01-01\", \"05-01\"]\n"
    );
    Hours::read(&text, chrono_tz::Tz::UTC).expect("hours")
}

fn at(text: &str) -> Micros {
    Micros::parse_rfc3339(text).expect("a moment")
}

#[test]
fn as_much_work_lies_before_a_due_time_as_its_span_says() {
    let mut compared = 0;
    for line in CASES.lines() {
        let [zone, week, since, span, time, _] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let days = if week == "mon-fri" { "[mon, tue, wed, thu, fri]" } else { "[sun, mon, tue, wed, thu]" };
        let (span, time) = (Span::parse(span).expect("a span"), Time::parse(time).expect("a time"));
        let seconds = match (span.unit, time) {
            (Unit::Minutes, Time::Business) => 60,
            (Unit::Hours, Time::Business) => 3_600,
            _ => continue,
        };
        let (hours, since) = (hours(zone, days), at(since));
        assert_eq!(hours.worked(since, hours.due(since, span, time)), span.count * seconds, "{line}");
        compared += 1;
    }
    assert!(compared > 20, "{compared}");
    let hours = Hours::default();
    assert_eq!(hours.worked(at("2026-01-15T12:00:00Z"), at("2026-01-15T11:00:00Z")), 0);
    assert_eq!(hours.worked(at("2026-01-16T15:00:00Z"), at("2026-01-19T09:00:00Z")), 7_200, "over a weekend");
}

#[test]
fn six_hundred_cases_end_when_another_library_says() {
    for line in CASES.lines() {
        let [zone, week, since, span, time, want] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let days = if week == "mon-fri" { "[mon, tue, wed, thu, fri]" } else { "[sun, mon, tue, wed, thu]" };
        let (span, time) = (Span::parse(span).expect("a span"), Time::parse(time).expect("a time"));
        let found = hours(zone, days).due(at(since), span, time);
        assert_eq!(found.rfc3339(), at(want).rfc3339(), "{line}");
    }
}

#[test]
fn clocks_that_are_put_forward_and_back_and_short_months() {
    for (zone, since, span, want) in [
        ("Europe/Paris", "2026-03-28T01:30:00Z", "24h", "2026-03-29T01:30:00Z"),
        // Half past two is not there on that day: the next moment that is.
        ("Europe/Paris", "2026-03-28T01:30:00Z", "1d", "2026-03-29T01:00:00Z"),
        // Half past two is there twice: the first.
        ("Europe/Paris", "2026-10-24T00:30:00Z", "1d", "2026-10-25T00:30:00Z"),
        ("Europe/Paris", "2026-10-24T10:00:00Z", "72h", "2026-10-27T10:00:00Z"),
        ("Europe/Paris", "2026-10-24T10:00:00Z", "3d", "2026-10-27T11:00:00Z"),
        ("UTC", "2026-01-31T12:00:00Z", "1mo", "2026-02-28T12:00:00Z"),
        ("UTC", "2028-01-31T12:00:00Z", "1mo", "2028-02-29T12:00:00Z"),
        ("America/New_York", "2026-10-01T05:30:00Z", "1mo", "2026-11-01T05:30:00Z"),
        ("America/Santiago", "2026-09-05T04:30:00Z", "1d", "2026-09-06T04:00:00Z"),
        ("UTC", "2026-12-01T00:00:00Z", "30d", "2026-12-31T00:00:00Z"),
        ("UTC", "2026-12-01T00:00:00Z", "90min", "2026-12-01T01:30:00Z"),
        // Christmas week: Thursday and Friday are days of rest, then the weekend.
        ("UTC", "2026-12-23T12:00:00Z", "1bd", "2026-12-28T16:00:00Z"),
        ("UTC", "2026-12-23T12:00:00Z", "4bd", "2026-12-31T16:00:00Z"),
    ] {
        let hours = hours(zone, "[mon, tue, wed, thu, fri]");
        let span = Span::parse(span).expect("a span");
        assert_eq!(hours.due(at(since), span, Time::Calendar).rfc3339(), at(want).rfc3339(), "{zone} {since} {span}");
    }
}

#[test]
fn a_span_is_a_number_and_a_unit() {
    for (text, count, unit) in [
        ("72h", 72, Unit::Hours),
        ("1mo", 1, Unit::Months),
        ("15min", 15, Unit::Minutes),
        ("4bd", 4, Unit::BusinessDays),
        ("30d", 30, Unit::Days),
    ] {
        let span = Span::parse(text).expect("a span");
        assert_eq!((span.count, span.unit, span.to_string().as_str()), (count, unit, text));
    }
    for bad in ["", "h", "0h", "-1h", "1", "1y", "+1h", "99999h", "1.5h", "１h", "1 h"] {
        assert_eq!(Span::parse(bad), None, "{bad}");
    }
}

#[test]
fn mistakes_in_the_hours_are_named() {
    let good = "days: [mon]\nfrom: \"08:00\"\nuntil: \"16:00\"\nholidays: [\"12-25\"]\n";
    for (from, to, want) in [
        ("[mon]", "[moon]", "\"moon\" is none"),
        ("[mon]", "[]", "one day of the week"),
        ("08:00", "8", "no time of day"),
        ("16:00", "08:00", "later than from"),
        ("12-25", "25-12", "no day"),
        ("days", "day", "day"),
    ] {
        let text = good.replacen(from, to, 1);
        let error = Hours::read(&text, chrono_tz::Tz::UTC).expect_err(to).to_string();
        assert!(error.contains(want), "{error}");
    }
    let error = Hours::read(&format!("zone: Mars/Olympus\n{good}"), chrono_tz::Tz::UTC).expect_err("no zone");
    assert!(error.to_string().contains("Africa/Cairo"), "{error}");
}

#[test]
fn what_counts_is_told_as_it_is() {
    let hours =
        hours("Africa/Cairo", "[sun, mon, tue, wed, thu]").with_holidays(["2026-12-23", "2026-12-26", "2028-01-03"]);
    assert_eq!(hours.week(), ["mon", "tue", "wed", "thu", "sun"]);
    assert_eq!(hours.span(), ["08:00", "16:00"]);
    // The 25th and the first of January are Fridays, the first of May is a Saturday: nobody works then anyway.
    assert_eq!(hours.rests(at("2026-12-01T00:00:00Z")), ["2026-12-23", "2026-12-24"]);
    assert_eq!(hours.rests(at("2026-12-23T22:30:00Z")), ["2026-12-24"], "it is the next day there");
    assert_eq!(hours.rests(at("2026-12-24T22:30:00Z")), Vec::<String>::new());
}

proptest! {
    /// Whatever is asked, the end is later than the beginning, and a longer span ends no earlier.
    #[test]
    fn a_longer_span_ends_no_earlier(seconds in 0i64..4_000_000_000, count in 1i64..400, unit in 0usize..5, business in any::<bool>()) {
        let hours = hours("America/Havana", "[sun, mon, tue]").with_holidays(["01-01", "nonsense"]);
        let unit = ["min", "h", "d", "bd", "mo"][unit];
        let time = if business { Time::Business } else { Time::Calendar };
        let span = |count: i64| Span::parse(&format!("{count}{unit}")).expect("a span");
        let since = Micros(seconds * 1_000_000);
        let (short, long) = (hours.due(since, span(count), time), hours.due(since, span(count + 1), time));
        prop_assert!(since < short && short <= long, "{since} {short} {long}");
    }
}
