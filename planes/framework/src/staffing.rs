//! How many people it takes to keep seats filled.
//!
//! A person works 40 hours a week, and handles incidents in at most four fifths of them (the handbook of CERT/CC): 32 hours. The rest is
//! leave, training and everything else. A seat that is filled around the clock takes 168 hours, so 5.25 posts.

use serde::{Deserialize, Serialize};

/// Hours of a working week.
pub const WEEK: u32 = 40;
/// How much of them goes into handling at most, in hundredths.
pub const SHARE: u32 = 80;
/// The least people of a team, whatever the arithmetic says: leave and sickness, and four eyes.
pub const LEAST: u32 = 3;

/// Organisations for each of which a seat is reckoned with, begun ones whole. A planning assumption of ours, as the costs of the
/// blocks are: the handling times of the country say it better.
pub const EACH_SEAT: i64 = 250;
/// Seats that are reckoned with at most.
pub const SEATS: i64 = 12;
/// Organisations a constituency is asked for with at most.
pub const CONSTITUENTS: i64 = 1_000_000;

/// How many people a team has at most with each capability of its size, the smallest first. Those who sit at night come besides.
const TEAMS: [(u32, &str); 5] =
    [(3, "staff"), (7, "staff-several"), (15, "staff-depth"), (30, "staff-thirty"), (60, "staff-sixty")];
/// People whom seats filled at night bring along: the block of the shift team.
const AT_NIGHT: u32 = 12;

/// When the team is on duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hours {
    /// Five days of eight hours.
    Office,
    /// Five days of eight hours; somebody can be called at other times.
    OnCall,
    /// Two shifts on five days.
    TwoShifts,
    /// Day and night, every day.
    Always,
}

impl Hours {
    /// All, the shortest first.
    pub const ALL: [Hours; 4] = [Self::Office, Self::OnCall, Self::TwoShifts, Self::Always];

    /// The last part of its message key: `document-hours-<name>`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::OnCall => "on-call",
            Self::TwoShifts => "two-shifts",
            Self::Always => "always",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hours| hours.as_str() == text)
    }

    /// The capability a design needs for them. A second shift is people alone, whom [`Staffing::capability`] asks for.
    pub fn capability(self) -> Option<&'static str> {
        match self {
            Self::Office | Self::TwoShifts => None,
            Self::OnCall => Some("out-of-hours-cover"),
            Self::Always => Some("staffed-nights"),
        }
    }

    /// The hours of a team that has some capabilities, as far as they allow what was asked for.
    pub fn of(asked: Option<Hours>, has: impl Fn(&str) -> bool) -> Hours {
        let is_there = |hours: &Hours| hours.capability().is_some_and(&has);
        match [Self::Always, Self::OnCall].into_iter().find(is_there) {
            Some(Self::Always) => Self::Always,
            _ if asked == Some(Self::TwoShifts) => Self::TwoShifts,
            found => found.unwrap_or(Self::Office),
        }
    }

    /// Hours a week in which a seat is filled. Being called is no sitting; it is paid otherwise.
    pub fn a_week(self) -> u32 {
        match self {
            Self::Office | Self::OnCall => 40,
            Self::TwoShifts => 80,
            Self::Always => 168,
        }
    }
}

/// The seats of a constituency: one for every begun [`EACH_SEAT`] organisations; one when nobody said how many there are.
pub fn seats(constituents: Option<i64>) -> u32 {
    let wanted = constituents.unwrap_or(1).clamp(1, CONSTITUENTS);
    u32::try_from((wanted + EACH_SEAT - 1) / EACH_SEAT).unwrap_or(1).min(SEATS as u32)
}

/// How many people a design takes on duty.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Staffing {
    /// When they are on duty.
    pub hours: Hours,
    /// Seats that are filled in those hours.
    pub seats: u32,
    /// The posts they take.
    pub posts: f64,
    /// The people.
    pub people: u32,
}

impl Staffing {
    /// The arithmetic of hours and seats.
    pub fn of(hours: Hours, seats: u32) -> Staffing {
        let wanted = posts(seats, hours);
        Staffing { hours, seats, posts: f64::from(wanted) / 100.0, people: people(wanted) }
    }

    /// The size of the team these people take, as a capability; nothing where the smallest will do.
    pub fn capability(&self) -> Option<&'static str> {
        let at_night = if self.hours == Hours::Always { AT_NIGHT } else { 0 };
        let by_day = self.people.saturating_sub(at_night);
        let found = TEAMS.iter().find(|(most, _)| by_day <= *most).or(TEAMS.last());
        found.map(|(_, capability)| *capability).filter(|_| by_day > LEAST)
    }
}

/// Posts that keep a number of seats filled, in hundredths: hours ÷ (40 × 80 %), rounded up.
pub fn posts(seats: u32, hours: Hours) -> u32 {
    (u64::from(seats) * u64::from(hours.a_week()) * 10_000)
        .div_ceil(u64::from(WEEK * SHARE))
        .try_into()
        .unwrap_or(u32::MAX)
}

/// Whole people for that many posts: what is begun counts whole, and never fewer than [`LEAST`].
pub fn people(posts: u32) -> u32 {
    posts.div_ceil(100).max(LEAST)
}

/// People who can be called in turn: a week each in at least three weeks, so that nobody is on call more often.
pub fn on_call(hours: Hours) -> u32 {
    if hours == Hours::OnCall { LEAST } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{AT_NIGHT, CONSTITUENTS, Hours, LEAST, SEATS, Staffing, TEAMS, people, posts, seats};

    #[test]
    fn a_larger_constituency_takes_more_seats_to_a_limit() {
        for (constituents, wanted) in
            [(None, 1), (Some(0), 1), (Some(250), 1), (Some(251), 2), (Some(1_000), 4), (Some(i64::MAX), 12)]
        {
            assert_eq!(seats(constituents), wanted, "{constituents:?}");
        }
        assert_eq!(i64::from(seats(Some(CONSTITUENTS))), SEATS);
        let staffing = Staffing::of(Hours::Always, 2);
        assert_eq!((staffing.posts, staffing.people), (10.5, 11));
    }

    #[test]
    fn the_hours_are_those_the_blocks_allow() {
        let night = |name: &str| name == "staffed-nights" || name == "out-of-hours-cover";
        let call = |name: &str| name == "out-of-hours-cover";
        assert_eq!(Hours::of(None, |_| false), Hours::Office);
        assert_eq!(Hours::of(Some(Hours::Always), |_| false), Hours::Office, "what was not found is not promised");
        assert_eq!(Hours::of(Some(Hours::Always), call), Hours::OnCall);
        assert_eq!(Hours::of(Some(Hours::Office), night), Hours::Always);
        assert_eq!(Hours::of(Some(Hours::TwoShifts), call), Hours::TwoShifts);
        for hours in Hours::ALL {
            assert_eq!(Hours::parse(hours.as_str()), Some(hours));
            assert_eq!(serde_json::to_string(&hours).unwrap(), format!("\"{}\"", hours.as_str()));
        }
    }

    #[test]
    fn a_seat_takes_what_the_rule_of_eighty_hundredths_says() {
        let table =
            [(Hours::Office, 125, 3), (Hours::OnCall, 125, 3), (Hours::TwoShifts, 250, 3), (Hours::Always, 525, 6)];
        for (hours, wanted, whole) in table {
            assert_eq!((posts(1, hours), people(posts(1, hours))), (wanted, whole), "{hours:?}");
        }
        assert_eq!((posts(2, Hours::Always), people(posts(2, Hours::Always))), (1_050, 11));
        assert_eq!((posts(0, Hours::Always), people(0)), (0, LEAST));
        assert_eq!(posts(u32::MAX, Hours::Always), u32::MAX, "no overflow");
    }

    #[test]
    fn more_people_take_a_larger_team_and_the_largest_is_enough_for_all() {
        for (hours, seats, wanted) in [
            (Hours::Office, 1, None),
            (Hours::OnCall, 1, None),
            (Hours::Office, 3, Some("staff-several")),
            (Hours::TwoShifts, 2, Some("staff-several")),
            (Hours::TwoShifts, 4, Some("staff-depth")),
            (Hours::TwoShifts, 12, Some("staff-thirty")),
            (Hours::Always, 1, None),
            (Hours::Always, 3, Some("staff-several")),
            (Hours::Always, 12, Some("staff-sixty")),
        ] {
            assert_eq!(Staffing::of(hours, seats).capability(), wanted, "{hours:?} {seats}");
        }
        let most = Staffing::of(Hours::Always, SEATS as u32).people;
        assert!(most - AT_NIGHT <= TEAMS[TEAMS.len() - 1].0, "{most}");
    }

    #[test]
    fn more_hours_or_seats_never_take_fewer_people() {
        for seats in 0..20 {
            for pair in Hours::ALL.windows(2) {
                assert!(posts(seats, pair[0]) <= posts(seats, pair[1]));
            }
            assert!(posts(seats, Hours::Office) <= posts(seats + 1, Hours::Office));
        }
    }
}
