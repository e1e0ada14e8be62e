//! How numbers and moments are written for one reader: language, region, calendar and time zone.

use chrono::{DateTime, Datelike as _, Offset as _};
use chrono_tz::Tz;
use fluent_bundle::FluentValue;
use manara_model::Micros;

use crate::words::Lang;

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Numbers {
    /// `1,234.5`
    Comma,
    /// `1.234,5`
    Point,
    /// `1 234,5`
    Space,
    /// `١٬٢٣٤٫٥`
    Arabic,
}

impl Numbers {
    /// What stands between thousands, and before decimals.
    fn separators(self) -> (char, char) {
        match self {
            Self::Comma => (',', '.'),
            Self::Point => ('.', ','),
            Self::Space => ('\u{202f}', ','),
            Self::Arabic => ('٬', '٫'),
        }
    }

    /// A whole number with its thousands apart.
    pub fn whole(self, number: i64) -> String {
        self.plain(&number.to_string())
    }

    /// A number with so many decimals.
    pub fn decimal(self, number: f64, decimals: usize) -> String {
        self.plain(&format!("{number:.decimals$}"))
    }

    /// A part of a whole, 0 to 1, in hundredths.
    pub fn percent(self, part: f64) -> String {
        let text = self.decimal(part * 100.0, 0);
        match self {
            Self::Space => format!("{text}\u{202f}%"),
            Self::Comma | Self::Point => format!("{text}%"),
            Self::Arabic => format!("{text}٪"),
        }
    }

    /// A text of our own, such as a clock's, in the digits of the reader. Never for an address, an id or a hash.
    pub fn digits(self, text: &str) -> String {
        if self != Self::Arabic {
            return text.to_string();
        }
        text.chars()
            .map(|c| match c.to_digit(10) {
                Some(digit) => char::from_u32(u32::from('٠') + digit).unwrap_or(c),
                None => c,
            })
            .collect()
    }

    /// A number written plainly (`-1234.5`), as this way writes it.
    pub(crate) fn plain(self, plain: &str) -> String {
        let (thousand, decimal) = self.separators();
        let (sign, rest) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
        let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(w, f)| (w, Some(f)));
        let mut text = String::from(sign);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                text.push(thousand);
            }
            text.push(digit);
        }
        if let Some(fraction) = fraction {
            text.push(decimal);
            text.push_str(fraction);
        }
        self.digits(&text)
    }

    /// What stands inside messages where they name a number; for Fluent.
    pub(crate) fn in_messages(
        self,
    ) -> fn(&FluentValue<'_>, &intl_memoizer::concurrent::IntlLangMemoizer) -> Option<String> {
        match self {
            Self::Comma => |value, _| Numbers::Comma.shown(value),
            Self::Point => |value, _| Numbers::Point.shown(value),
            Self::Space => |value, _| Numbers::Space.shown(value),
            Self::Arabic => |value, _| Numbers::Arabic.shown(value),
        }
    }

    fn shown(self, value: &FluentValue<'_>) -> Option<String> {
        match value {
            FluentValue::Number(number) => Some(self.plain(&number.as_string())),
            _ => None,
        }
    }
}

/// Where a reader is at home, as far as that changes what numbers and months look like: numbers and month names as CLDR has
/// them for Arabic there.
#[derive(Debug, PartialEq, Eq)]
pub struct Region {
    /// Two letters of ISO 3166-1.
    pub code: &'static str,
    numbers: Numbers,
    months: &'static str,
}

const fn region(code: &'static str, numbers: Numbers, months: &'static str) -> Region {
    Region { code, numbers, months }
}

/// The regions that write Arabic, by their code.
pub const REGIONS: [Region; 22] = [
    region("AE", Numbers::Comma, "usual"),
    region("BH", Numbers::Arabic, "usual"),
    region("DJ", Numbers::Arabic, "usual"),
    region("DZ", Numbers::Point, "maghreb"),
    region("EG", Numbers::Arabic, "usual"),
    region("IQ", Numbers::Arabic, "levant"),
    region("JO", Numbers::Arabic, "levant"),
    region("KM", Numbers::Arabic, "usual"),
    region("KW", Numbers::Arabic, "usual"),
    region("LB", Numbers::Arabic, "levant"),
    region("LY", Numbers::Point, "usual"),
    region("MA", Numbers::Point, "morocco"),
    region("MR", Numbers::Arabic, "mauritania"),
    region("OM", Numbers::Arabic, "usual"),
    region("PS", Numbers::Arabic, "levant"),
    region("QA", Numbers::Arabic, "usual"),
    region("SA", Numbers::Arabic, "usual"),
    region("SD", Numbers::Arabic, "usual"),
    region("SO", Numbers::Arabic, "usual"),
    region("SY", Numbers::Arabic, "levant"),
    region("TN", Numbers::Point, "maghreb"),
    region("YE", Numbers::Arabic, "usual"),
];

/// Which digits a reader wants in Arabic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Digits {
    /// Those of the region.
    #[default]
    Region,
    /// `0123456789`
    Latin,
    /// `٠١٢٣٤٥٦٧٨٩`
    Arabic,
}

impl Digits {
    /// All, in the order of the form.
    pub const ALL: [Digits; 3] = [Self::Region, Self::Latin, Self::Arabic];

    /// The word kept in the database and used in message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Latin => "latin",
            Self::Arabic => "arabic",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|digits| digits.as_str() == text)
    }
}

/// Language, region, calendar and time zone of a reader: all that decides how a number or a moment is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locale {
    /// The language of the words.
    pub lang: Lang,
    /// How numbers are written.
    pub numbers: Numbers,
    /// Which names of months the language uses there.
    pub(crate) months: &'static str,
    /// Whether days have their date in the tabular Islamic calendar beside them.
    pub islamic: bool,
    /// The time zone moments are shown in.
    pub zone: Tz,
}

impl From<Lang> for Locale {
    /// The language as it is written where nothing is known of the reader, in UTC.
    fn from(lang: Lang) -> Locale {
        let numbers = match lang {
            Lang::Fr => Numbers::Space,
            Lang::En | Lang::Ar => Numbers::Comma,
        };
        Locale { lang, numbers, months: "usual", islamic: false, zone: Tz::UTC }
    }
}

impl Locale {
    /// How many minutes the clock is before UTC's at a moment.
    pub fn minutes_east(self, moment: Micros) -> i64 {
        i64::from(self.local(moment).offset().fix().local_minus_utc() / 60)
    }

    /// The language as it is written in a region, with the digits asked for. Region and digits change Arabic only.
    #[must_use]
    pub fn in_region(self, code: &str, digits: Digits) -> Locale {
        if self.lang != Lang::Ar {
            return self;
        }
        let region = REGIONS.iter().find(|region| region.code == code);
        let usual = region.map_or(self.numbers, |region| region.numbers);
        let numbers = match (digits, usual) {
            (Digits::Region, usual) => usual,
            (Digits::Arabic, _) => Numbers::Arabic,
            (Digits::Latin, Numbers::Arabic) => Numbers::Comma,
            (Digits::Latin, latin) => latin,
        };
        Locale { numbers, months: region.map_or(self.months, |region| region.months), ..self }
    }

    /// The moment on the reader's clock.
    pub fn local(self, moment: Micros) -> DateTime<Tz> {
        moment.utc().with_timezone(&self.zone)
    }

    /// The first moment of a day (`YYYY-MM-DD`, some days later) on the reader's clock.
    pub fn day_start(self, day: &str, plus_days: i64) -> Option<Micros> {
        let whole = day.len() == 10;
        let day = chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d").ok().filter(|_| whole)?;
        let day = day.checked_add_signed(chrono::Duration::try_days(plus_days)?)?;
        // Where clocks are put forward at midnight the day begins an hour later.
        let found = (0..3).find_map(|hour| day.and_hms_opt(hour, 0, 0)?.and_local_timezone(self.zone).earliest())?;
        Some(Micros(found.timestamp_micros()))
    }

    /// The zone's name with its distance from UTC at a moment: `Africa/Cairo (UTC+02:00)`; of UTC the name alone.
    pub fn zone_at(self, moment: Micros) -> String {
        if self.zone == Tz::UTC {
            return "UTC".to_string();
        }
        let seconds = self.local(moment).offset().fix().local_minus_utc();
        let (sign, ahead) = if seconds < 0 { ('-', -seconds) } else { ('+', seconds) };
        format!("{} (UTC{sign}{:02}:{:02})", self.zone.name(), ahead / 3600, ahead / 60 % 60)
    }

    /// The day of a moment in the tabular Islamic calendar: year, month, day.
    pub(crate) fn islamic_day(self, moment: Micros) -> (i64, i64, i64) {
        islamic(i64::from(self.local(moment).date_naive().num_days_from_ce()))
    }
}

/// Days before 1 Muharram 1 (Friday, 16 July 622 of the Julian calendar), counted from 1 January 1 of the Gregorian one.
const ISLAMIC_EPOCH: i64 = 227_015;

/// Days from the epoch to the first of a year: of thirty years, eleven have a day more (2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29).
fn islamic_year_start(year: i64) -> i64 {
    (year - 1) * 354 + (11 * year + 3).div_euclid(30)
}

/// Year, month and day of a day counted from 1 January 1, by the tabular calendar: months of 30 and 29 days by turns.
fn islamic(day: i64) -> (i64, i64, i64) {
    let since = day - ISLAMIC_EPOCH;
    let year = (30 * since + 10_646).div_euclid(10_631);
    let of_year = since - islamic_year_start(year);
    let month = (of_year * 2 / 59 + 1).min(12);
    (year, month, of_year - (59 * (month - 1) + 1) / 2 + 1)
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike as _, NaiveDate};
    use manara_model::Micros;
    use proptest::prelude::*;

    use super::{Digits, Locale, Numbers, REGIONS, islamic};
    use crate::words::Lang;

    #[test]
    fn arabic_is_written_as_its_region_writes_it() {
        for (code, digits, want) in [
            ("", Digits::Region, "1,234,567.8"),
            ("", Digits::Arabic, "١٬٢٣٤٬٥٦٧٫٨"),
            ("EG", Digits::Region, "١٬٢٣٤٬٥٦٧٫٨"),
            ("EG", Digits::Latin, "1,234,567.8"),
            ("MA", Digits::Region, "1.234.567,8"),
            ("MA", Digits::Latin, "1.234.567,8"),
            ("AE", Digits::Region, "1,234,567.8"),
            ("XX", Digits::Region, "1,234,567.8"),
        ] {
            let locale = Locale::from(Lang::Ar).in_region(code, digits);
            assert_eq!(locale.numbers.decimal(1_234_567.8, 1), want, "{code} {digits:?}");
        }
        let french = Locale::from(Lang::Fr).in_region("EG", Digits::Arabic);
        assert_eq!(french.numbers.percent(0.5), "50\u{202f}%", "other languages keep their own way");
        assert_eq!(Numbers::Arabic.percent(0.07), "٧٪");
        assert!(REGIONS.windows(2).all(|pair| pair[0].code < pair[1].code), "by code, each once");
    }

    #[test]
    fn days_of_the_tabular_calendar_are_those_of_the_tables() {
        // From the tables of Calendrical Calculations and CLDR's `islamic-civil`.
        for (day, want) in [
            ("0622-07-19", (1, 1, 1)),
            ("0861-10-12", (247, 7, 29)),
            ("0861-10-13", (247, 7, 30)),
            ("1945-11-12", (1364, 12, 6)),
            ("1970-01-01", (1389, 10, 22)),
            ("1992-03-17", (1412, 9, 13)),
            ("2000-01-01", (1420, 9, 24)),
            ("2024-07-07", (1445, 12, 30)),
            ("2024-07-08", (1446, 1, 1)),
            ("2026-11-21", (1448, 6, 10)),
            ("2094-07-18", (1518, 3, 5)),
        ] {
            let date: NaiveDate = day.parse().unwrap();
            assert_eq!(islamic(i64::from(date.num_days_from_ce())), want, "{day}");
        }
    }

    proptest! {
        #[test]
        fn every_day_of_the_tabular_calendar_follows_the_one_before(day in 227_015_i64..1_500_000) {
            let ((year, month, of_month), next) = (islamic(day), islamic(day + 1));
            prop_assert!((1..=12).contains(&month) && (1..=30).contains(&of_month));
            let goes_on = next == (year, month, of_month + 1);
            let new_month = of_month >= 29 && next == (year, month + 1, 1);
            let new_year = of_month >= 29 && month == 12 && next == (year + 1, 1, 1);
            prop_assert!(goes_on || new_month || new_year, "{:?} then {:?}", (year, month, of_month), next);
        }

        #[test]
        fn a_day_begins_on_the_reader_s_clock(days in 0_i64..40_000, at in 0..chrono_tz::TZ_VARIANTS.len()) {
            let zone = chrono_tz::TZ_VARIANTS[at];
            let locale = Locale { zone, ..Lang::En.into() };
            let day = Micros(days * Micros::DAY).day();
            if let Some(start) = locale.day_start(&day, 0) {
                prop_assert_eq!(locale.local(start).format("%Y-%m-%d").to_string(), day.clone(), "{}", zone);
                let before = Micros(start.0 - 1);
                prop_assert_ne!(locale.local(before).format("%Y-%m-%d").to_string(), day, "{}", zone);
            }
        }
    }

    #[test]
    fn a_zone_is_named_with_its_distance() {
        let summer = Micros::parse_rfc3339("2026-07-01T12:00:00Z").unwrap();
        for (zone, want) in [
            (chrono_tz::UTC, "UTC"),
            (chrono_tz::Africa::Casablanca, "Africa/Casablanca (UTC+01:00)"),
            (chrono_tz::Asia::Kathmandu, "Asia/Kathmandu (UTC+05:45)"),
            (chrono_tz::America::St_Johns, "America/St_Johns (UTC-02:30)"),
        ] {
            assert_eq!(Locale { zone, ..Lang::En.into() }.zone_at(summer), want);
        }
        let cairo = Locale { zone: chrono_tz::Africa::Cairo, ..Lang::En.into() };
        assert_eq!(cairo.day_start("2026-01-15", 1).unwrap().rfc3339(), "2026-01-15T22:00:00.000000Z");
        assert_eq!((cairo.day_start("2026-1-15", 0), cairo.day_start("2026-02-30", 0)), (None, None));
    }
}
