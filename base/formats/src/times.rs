//! Times as feeds write them, to UTC.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone};
use chrono_tz::Tz;
use manara_model::Micros;

/// The zone of times that do not say theirs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SourceZone {
    /// UTC: Shadowserver, Zeek, most of the world.
    Utc,
    /// A zone of the IANA database.
    Named(Tz),
}

impl SourceZone {
    /// Reads `UTC` or an IANA name such as `Africa/Tunis`.
    pub fn parse(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("utc") || name == "Z" {
            return Some(Self::Utc);
        }
        name.parse::<Tz>().ok().map(Self::Named)
    }

    fn to_utc(self, local: NaiveDateTime) -> Option<Micros> {
        match self {
            Self::Utc => Some(Micros(local.and_utc().timestamp_micros())),
            // A time that a clock change makes double is the earlier; one that it skips is read with the offset before.
            Self::Named(zone) => match zone.from_local_datetime(&local).earliest() {
                Some(moment) => Some(Micros(moment.timestamp_micros())),
                None => {
                    let day_before = local.checked_sub_days(chrono::Days::new(1))?;
                    let offset = zone.offset_from_utc_datetime(&day_before).fix();
                    Some(Micros(offset.from_local_datetime(&local).earliest()?.timestamp_micros()))
                }
            },
        }
    }
}

fn digits(bytes: &[u8]) -> Option<i64> {
    if bytes.is_empty() || bytes.len() > 18 {
        return None;
    }
    bytes.iter().try_fold(0i64, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
}

/// Days since 1970 of a proleptic Gregorian date (the civil-from-days arithmetic, inverted).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The form nearly every row has, `YYYY-MM-DD HH:MM:SS` (19 bytes, blank or T between), without chrono's cost.
fn fast(bytes: &[u8]) -> Option<i64> {
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b' ' | b'T', h0, h1, b':', n0, n1, b':', s0, s1] = bytes else {
        return None;
    };
    let year = digits(&[y0, y1, y2, y3])?;
    let (month, day) = (digits(&[m0, m1])?, digits(&[d0, d1])?);
    let (hour, minute, second) = (digits(&[h0, h1])?, digits(&[n0, n1])?, digits(&[s0, s1])?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if day < 1 || day > last || hour > 23 || minute > 59 || second > 59 || year < 1 {
        return None;
    }
    Some((((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000)
}

/// Reads a time as feeds write it: `YYYY-MM-DD HH:MM:SS` (with T, fraction, `Z`, `UTC` or offset), a date alone, seconds
/// or milliseconds or microseconds since 1970, RFC 2822. A time without zone is in `zone`.
pub fn parse_time(text: &str, zone: SourceZone) -> Option<Micros> {
    let text = text.trim();
    if zone == SourceZone::Utc
        && let Some(micros) = fast(text.as_bytes())
    {
        return Some(Micros(micros));
    }
    if let Some(micros) = epoch(text) {
        return Some(Micros(micros));
    }
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return in_range(Micros(moment.timestamp_micros()));
    }
    let (body, zone) =
        match text.strip_suffix("UTC").or_else(|| text.strip_suffix("GMT")).or_else(|| text.strip_suffix('Z')) {
            Some(body) => (body.trim_end(), SourceZone::Utc),
            None => (text, zone),
        };
    for form in
        ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f", "%Y/%m/%d %H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
    {
        if let Ok(local) = NaiveDateTime::parse_from_str(body, form) {
            return zone.to_utc(local).and_then(in_range);
        }
    }
    for form in ["%Y-%m-%d %H:%M:%S%.f %z", "%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f%z"] {
        if let Ok(moment) = DateTime::<FixedOffset>::parse_from_str(text, form) {
            return in_range(Micros(moment.timestamp_micros()));
        }
    }
    if let Ok(date) = NaiveDate::parse_from_str(body, "%Y-%m-%d") {
        return zone.to_utc(date.and_time(NaiveTime::MIN)).and_then(in_range);
    }
    DateTime::parse_from_rfc2822(text).ok().map(|moment| Micros(moment.timestamp_micros())).and_then(in_range)
}

/// Years 1 to 9999 only: beyond, RFC 3339 has no text.
fn in_range(moment: Micros) -> Option<Micros> {
    (-62_135_596_800_000_000..=253_402_300_799_999_999).contains(&moment.0).then_some(moment)
}

/// Seconds since 1970 with up to nine places, or milliseconds (13 digits), or microseconds (16 digits).
fn epoch(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let number = digits(whole.as_bytes())?;
    if fraction.is_empty() && text.contains('.') {
        return None;
    }
    match whole.len() {
        9..=10 => {
            let mut micros = 0;
            for (at, byte) in fraction.bytes().enumerate() {
                if !byte.is_ascii_digit() || at > 8 {
                    return None;
                }
                if at < 6 {
                    micros += i64::from(byte - b'0') * 10_i64.pow(5 - at as u32);
                }
            }
            Some(number * 1_000_000 + micros)
        }
        13 if fraction.is_empty() => Some(number * 1_000),
        16 if fraction.is_empty() => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{SourceZone, parse_time};

    #[test]
    fn times_of_every_form_come_to_utc() {
        let tunis = SourceZone::parse("Africa/Tunis").expect("a zone of the database");
        let paris = SourceZone::parse("Europe/Paris").expect("a zone of the database");
        let utc = SourceZone::Utc;
        for (text, zone, want) in [
            ("2026-01-15 00:00:01", utc, Some("2026-01-15T00:00:01.000000Z")),
            ("2024-02-29T23:59:59", utc, Some("2024-02-29T23:59:59.000000Z")),
            ("2026-01-15T10:00:00.521730Z", utc, Some("2026-01-15T10:00:00.521730Z")),
            ("2026-01-15T10:00:00.5+0100", utc, Some("2026-01-15T09:00:00.500000Z")),
            ("2026-01-15 10:00:00 UTC", tunis, Some("2026-01-15T10:00:00.000000Z")),
            ("2026-01-15 10:00:00", tunis, Some("2026-01-15T09:00:00.000000Z")),
            ("2026-07-15 10:00:00", paris, Some("2026-07-15T08:00:00.000000Z")),
            ("2026-03-29 02:30:00", paris, Some("2026-03-29T01:30:00.000000Z")),
            ("1768435200.123456", utc, Some("2026-01-15T00:00:00.123456Z")),
            ("1768435200", utc, Some("2026-01-15T00:00:00.000000Z")),
            ("1768435200000", utc, Some("2026-01-15T00:00:00.000000Z")),
            ("2026-01-15", utc, Some("2026-01-15T00:00:00.000000Z")),
            ("Thu, 15 Jan 2026 00:01:44 GMT", utc, Some("2026-01-15T00:01:44.000000Z")),
            ("2025-02-29 00:00:00", utc, None),
            ("2026-01-15 24:00:00", utc, None),
            ("0000-01-15 00:00:00", utc, None),
            ("not-a-time", utc, None),
            ("", utc, None),
            ("12345", utc, None),
        ] {
            assert_eq!(parse_time(text, zone).map(|t| t.rfc3339()).as_deref(), want, "{text}");
        }
    }
}
