//! How many people it takes to keep seats filled.
//!
//! A person works 40 hours a week, and handles incidents in at most four fifths of them (the handbook of CERT/CC): 32 hours. The rest is
//! leave, training and everything else. A seat that is filled around the clock takes 168 hours, so 5.25 posts.

/// Hours of a working week.
pub const WEEK: u32 = 40;
/// How much of them goes into handling at most, in hundredths.
pub const SHARE: u32 = 80;
/// The least people of a team, whatever the arithmetic says: leave and sickness, and four eyes.
pub const LEAST: u32 = 3;

/// When the team is on duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    /// Hours a week in which a seat is filled. Being called is no sitting; it is paid otherwise.
    pub fn a_week(self) -> u32 {
        match self {
            Self::Office | Self::OnCall => 40,
            Self::TwoShifts => 80,
            Self::Always => 168,
        }
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
    use super::{Hours, LEAST, people, posts};

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
    fn more_hours_or_seats_never_take_fewer_people() {
        for seats in 0..20 {
            for pair in Hours::ALL.windows(2) {
                assert!(posts(seats, pair[0]) <= posts(seats, pair[1]));
            }
            assert!(posts(seats, Hours::Office) <= posts(seats + 1, Hours::Office));
        }
    }
}
