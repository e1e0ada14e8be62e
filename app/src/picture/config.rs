//! Who gets the daily digest, and when.

use manara_model::{Mailboxes, Micros, Tlp};
use manara_web::Lang;
use serde::Deserialize;

/// The daily digest. Nobody gets it until somebody is named.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DigestConfig {
    /// When it is sent, in UTC: `06:00`. It tells of the day before.
    pub at: Clock,
    /// Who gets it.
    pub to: Vec<DigestReader>,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Clock {
    minutes: i64,
}

impl Default for Clock {
    fn default() -> Self {
        Clock { minutes: 6 * 60 }
    }
}

impl TryFrom<String> for Clock {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let two = |text: &str| (text.len() == 2).then(|| text.parse::<i64>().ok()).flatten();
        text.split_once(':')
            .and_then(|(hours, minutes)| Some((two(hours)?, two(minutes)?)))
            .filter(|(hours, minutes)| (0..24).contains(hours) && (0..60).contains(minutes))
            .map(|(hours, minutes)| Clock { minutes: hours * 60 + minutes })
            .ok_or_else(|| format!("{text:?} is no time of day; expected hours and minutes in UTC, such as \"06:00\""))
    }
}

impl Clock {
    /// Hours and minutes in UTC: `06:00`.
    pub fn text(self) -> String {
        format!("{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }

    /// A full hour on a clock that is so many minutes before UTC's, as UTC has it.
    pub fn local(hour: i64, minutes_east: i64) -> Clock {
        Clock { minutes: (hour * 60 - minutes_east).rem_euclid(24 * 60) }
    }

    /// The day the digest that is due tells of: yesterday, once the time has come.
    pub fn day_due(self, now: Micros) -> Option<Micros> {
        let since_midnight = now.0.rem_euclid(Micros::DAY);
        (since_midnight >= self.minutes * 60_000_000).then(|| Micros(now.0 - since_midnight).plus_days(-1))
    }
}

/// Somebody who asked for the digest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RawReader")]
pub struct DigestReader {
    /// The mail address.
    pub mail: String,
    /// The language it is written in.
    pub lang: Lang,
    /// What is marked more strictly is not counted.
    pub clearance: Tlp,
    /// What is of other mailboxes is not counted.
    pub mailboxes: Mailboxes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReader {
    mail: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    marking: String,
}

impl TryFrom<RawReader> for DigestReader {
    type Error = String;

    fn try_from(raw: RawReader) -> Result<Self, String> {
        let mail = raw.mail.trim().to_string();
        if !is_mail_address(&mail) {
            return Err(format!("{mail:?} is no mail address; expected one such as \"head@cirt.example\""));
        }
        let lang = match raw.language.as_str() {
            "" => Lang::En,
            tag => Lang::parse(tag).ok_or_else(|| format!("{tag:?} is no language; expected en, ar or fr"))?,
        };
        let clearance = match raw.marking.as_str() {
            "" => Tlp::Amber,
            word => Tlp::parse(word)
                .ok_or_else(|| format!("{word:?} is no marking; expected CLEAR, GREEN, AMBER, AMBER+STRICT or RED"))?,
        };
        Ok(DigestReader { mail, lang, clearance, mailboxes: Mailboxes::all() })
    }
}

/// Whether a text is one mail address and nothing else.
pub fn is_mail_address(mail: &str) -> bool {
    let plain = |c: char| c.is_ascii_graphic() && !"\"<>,;()[]\\".contains(c);
    mail.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && !domain.is_empty() && !domain.contains('@') && mail.chars().all(plain) && mail.len() <= 254
    })
}

#[cfg(test)]
mod tests {
    use manara_model::{Micros, Tlp};
    use manara_web::Lang;

    use super::{Clock, DigestConfig};

    #[test]
    fn the_configuration_says_what_is_wrong_with_it() {
        let read = |text: &str| toml::from_str::<DigestConfig>(text).map_err(|error| error.to_string());
        let good = read("at = \"05:30\"\n[[to]]\nmail = \"a@b.example\"\nlanguage = \"ar\"\nmarking = \"green\"")
            .expect("good");
        assert_eq!((good.at, good.to[0].lang, good.to[0].clearance), (Clock { minutes: 330 }, Lang::Ar, Tlp::Green));
        assert!(read("").expect("nothing").to.is_empty());
        for (text, want) in [
            ("at = \"6:00\"", "no time of day"),
            ("at = \"24:00\"", "no time of day"),
            ("at = \"-1:00\"", "no time of day"),
            ("[[to]]\nmail = \"a\"", "no mail address"),
            ("[[to]]\nmail = \"a@b.example, c@d.example\"", "no mail address"),
            ("[[to]]\nmail = \"a@b.example\"\nlanguage = \"de\"", "expected en, ar or fr"),
            ("[[to]]\nmail = \"a@b.example\"\nmarking = \"PINK\"", "expected CLEAR"),
            ("[[to]]\nmail = \"a@b.example\"\nmore = 1", "unknown field"),
        ] {
            let said = read(text).expect_err(text);
            assert!(said.contains(want), "{text}: {said}");
        }
    }

    #[test]
    fn the_digest_of_yesterday_is_due_when_its_time_has_come() {
        let at = |text: &str| Micros::parse_rfc3339(text).expect("a moment");
        let six = Clock::default();
        assert_eq!(six.day_due(at("2026-01-15T05:59:59Z")), None);
        assert_eq!(six.day_due(at("2026-01-15T06:00:00Z")), Some(at("2026-01-14T00:00:00Z")));
        assert_eq!(six.day_due(at("2026-01-15T23:59:59Z")), Some(at("2026-01-14T00:00:00Z")));
        // Somebody else's six o'clock, once in each day of UTC: in Cairo, in New York, in Auckland.
        for (east, minutes) in [(120, 4 * 60), (-300, 11 * 60), (13 * 60, 17 * 60)] {
            assert_eq!(Clock::local(6, east), Clock { minutes }, "{east}");
        }
    }
}
