//! A clock: by when who has to be told what of one incident, by one rule.

use manara_model::{Micros, Severity};

use crate::clock_rule::{RuleStage, Trigger};
use crate::hours::{Hours, Span, Time};
use crate::texts::Texts;

/// Of the time between the beginning of a stage and its end, the part that is left when it is due soon: a quarter, a day at most.
const SOON_PART: i64 = 4;

/// A clock with its stages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// UUIDv7.
    pub id: String,
    /// The incident.
    pub incident_id: String,
    /// The id of its rule.
    pub rule: String,
    /// What the rule is called.
    pub title: Texts,
    /// Where it is written.
    pub source: String,
    /// Whether somebody compared it with its source.
    pub verified: bool,
    /// From which moments its stages are counted.
    pub from: Moments,
    /// Who started it, and when.
    pub started: (String, Micros),
    /// Counts its changes.
    pub version: i64,
    /// Who stopped it, and when.
    pub stopped: Option<(String, Micros)>,
    /// Why.
    pub reason: String,
    /// Its stages.
    pub stages: Vec<ClockStage>,
}

/// The moments a clock is counted from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moments {
    /// Whoever has the duty became aware.
    pub aware: Option<Micros>,
    /// It was reported.
    pub reported: Option<Micros>,
    /// It was decided what it is.
    pub classified: Option<Micros>,
}

/// A stage of a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockStage {
    /// Its id in the rule.
    pub stage: String,
    /// What it is called.
    pub title: Texts,
    /// Who has to be told.
    pub recipient: Texts,
    /// What.
    pub contents: Vec<Texts>,
    /// From when it is counted.
    pub trigger: Trigger,
    /// How long.
    pub span: Span,
    /// By which time.
    pub time: Time,
    /// Of which incidents; empty for all.
    pub severities: Vec<Severity>,
    /// The stages it comes before.
    pub before: Vec<String>,
    /// Since when it is counted.
    pub since: Option<Micros>,
    /// Until when.
    pub due: Option<Micros>,
    /// Whether it runs.
    pub running: bool,
    /// When it was met, who recorded that, and when.
    pub met: Option<Met>,
    /// When it was told that it is due soon.
    pub told_soon: Option<Micros>,
    /// When it was told that it is late.
    pub told_late: Option<Micros>,
}

/// That a stage was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// When.
    pub at: Micros,
    /// Who recorded it.
    pub who: String,
    /// When.
    pub recorded: Micros,
    /// What was said about it.
    pub remark: String,
}

/// Where a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It is not for this incident, or its clock was stopped.
    Off,
    /// What it is counted from has not happened.
    Waiting,
    /// It runs.
    Running,
    /// It runs, and not much is left.
    Soon,
    /// Its time is over.
    Late,
    /// It was met in time.
    Met,
    /// It was met too late.
    MetLate,
}

impl Standing {
    /// All, in the order of a usual life.
    pub const ALL: [Standing; 7] =
        [Self::Off, Self::Waiting, Self::Running, Self::Soon, Self::Late, Self::Met, Self::MetLate];

    /// The word of message keys and programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Soon => "soon",
            Self::Late => "late",
            Self::Met => "met",
            Self::MetLate => "met-late",
        }
    }

    /// The tone of its badge.
    pub(crate) fn tone(self) -> &'static str {
        match self {
            Self::Off | Self::Waiting => "mute",
            Self::Running => "info",
            Self::Soon => "warn",
            Self::Late | Self::MetLate => "bad",
            Self::Met => "good",
        }
    }
}

impl ClockStage {
    /// A stage of a rule, as it begins: with the words the rule has now, not counted yet.
    pub fn of(stage: &RuleStage) -> ClockStage {
        ClockStage {
            stage: stage.id.clone(),
            title: stage.title.clone(),
            recipient: stage.recipient.clone(),
            contents: stage.contents.clone(),
            trigger: stage.trigger.clone(),
            span: stage.offset,
            time: stage.time,
            severities: stage.severities.clone(),
            before: stage.before.clone(),
            since: None,
            due: None,
            running: false,
            met: None,
            told_soon: None,
            told_late: None,
        }
    }

    /// Where it stands at a moment.
    pub fn standing(&self, now: Micros) -> Standing {
        match (&self.met, self.due) {
            (Some(met), due) => {
                if due.is_some_and(|due| met.at > due) {
                    Standing::MetLate
                } else {
                    Standing::Met
                }
            }
            (None, Some(due)) if self.running && due < now => Standing::Late,
            (None, Some(_)) if self.running && self.soon().is_some_and(|soon| soon <= now) => Standing::Soon,
            (None, Some(_)) if self.running => Standing::Running,
            (None, Some(_)) => Standing::Off,
            (None, None) => Standing::Waiting,
        }
    }

    /// From when on it is due soon.
    pub fn soon(&self) -> Option<Micros> {
        let (since, due) = (self.since?, self.due?);
        Some(Micros(due.0 - ((due.0 - since.0) / SOON_PART).clamp(0, Micros::DAY)))
    }

    fn is_for(&self, severity: Severity) -> bool {
        self.severities.is_empty() || self.severities.contains(&severity)
    }
}

/// What of an incident its clocks follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Followed {
    pub severity: Severity,
    pub closed: Option<Micros>,
    pub is_merged: bool,
}

impl Clock {
    /// Brings the stages in line with the incident, with what was met, and with the moments they are counted from. A stage that was
    /// met keeps its time. Says whether anything changed.
    pub(crate) fn follow(&mut self, one: Followed, hours: &Hours) -> bool {
        let before = self.stages.clone();
        let is_off = self.stopped.is_some() || one.is_merged;
        for at in 0..self.stages.len() {
            let Some(stage) = self.stages.get(at) else { break };
            let since = match &stage.trigger {
                Trigger::Aware => self.from.aware,
                Trigger::Reported => self.from.reported,
                Trigger::Classified => self.from.classified,
                Trigger::Closed => one.closed,
                Trigger::Stage(name) => {
                    let other = self.stages.iter().find(|other| other.stage == *name);
                    other.and_then(|other| other.met.as_ref()).map(|met| met.at)
                }
            };
            let Some(stage) = self.stages.get_mut(at) else { break };
            if stage.met.is_none() && stage.since != since {
                stage.since = since;
                stage.due = since.map(|since| hours.due(since, stage.span, stage.time));
                (stage.told_soon, stage.told_late) = (None, None);
            }
            stage.running = !is_off && stage.met.is_none() && stage.due.is_some() && stage.is_for(one.severity);
        }
        before != self.stages
    }
}

#[cfg(test)]
mod due_times;
#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use manara_model::{Micros, Severity};

    use super::{Clock, ClockStage, Followed, Met, Moments, Standing};
    use crate::content::WorkContent;

    const HOUR: i64 = 3_600_000_000;

    fn clock(rule: &str, at: Micros) -> (Clock, WorkContent) {
        let content = WorkContent::load(None, Tz::UTC);
        let rule = content.rules.get(rule).expect("a rule");
        let mut clock = Clock {
            id: "c".into(),
            incident_id: "i".into(),
            rule: rule.id.clone(),
            title: rule.title.clone(),
            source: rule.source.clone(),
            verified: rule.verified,
            from: Moments { aware: Some(at), reported: Some(at), classified: Some(at) },
            started: ("duty".into(), at),
            version: 1,
            stopped: None,
            reason: String::new(),
            stages: Vec::new(),
        };
        clock.stages = rule.stages.iter().map(ClockStage::of).collect();
        (clock, content)
    }

    fn met(at: Micros) -> Option<Met> {
        Some(Met { at, who: "duty".into(), recorded: at, remark: String::new() })
    }

    #[test]
    fn a_stage_begins_when_the_one_before_it_is_met_and_what_is_late_stays_late() {
        let noon = Micros::parse_rfc3339("2026-01-31T12:00:00Z").expect("a moment");
        let (mut clock, content) = clock("nis2", noon);
        let open = Followed { severity: Severity::High, closed: None, is_merged: false };
        assert!(clock.follow(open, &content.hours) && !clock.follow(open, &content.hours), "twice is once");
        let at = |hours: i64| Micros(noon.0 + hours * HOUR);
        let standings = |clock: &Clock, now: Micros| -> Vec<&'static str> {
            clock.stages.iter().map(|stage| stage.standing(now).as_str()).collect()
        };
        assert_eq!(standings(&clock, at(17)), ["running", "running", "waiting", "waiting"]);
        assert_eq!(standings(&clock, at(18)), ["soon", "running", "waiting", "waiting"]);
        assert_eq!(standings(&clock, at(49)), ["late", "running", "waiting", "waiting"]);
        clock.stages[0].met = met(at(25));
        clock.stages[1].met = met(Micros::parse_rfc3339("2026-01-31T18:00:00Z").expect("a moment"));
        clock.follow(open, &content.hours);
        assert_eq!(standings(&clock, at(49)), ["met-late", "met", "running", "waiting"]);
        // A month after the last of January is the last of February.
        assert_eq!(clock.stages[2].due, Micros::parse_rfc3339("2026-02-28T18:00:00Z"));
        let closed = Followed { closed: Some(at(100)), ..open };
        clock.follow(closed, &content.hours);
        assert!(clock.stages[3].running);
        clock.follow(Followed { is_merged: true, ..closed }, &content.hours);
        assert_eq!(standings(&clock, at(49)), ["met-late", "met", "off", "off"]);
    }

    #[test]
    fn stages_are_for_the_severity_the_incident_has() {
        let (mut clock, content) = clock("internal", Micros(1_768_478_400_000_000));
        let of = |severity| Followed { severity, closed: None, is_merged: false };
        clock.follow(of(Severity::Critical), &content.hours);
        let running = |clock: &Clock| -> Vec<String> {
            clock.stages.iter().filter(|stage| stage.running).map(|stage| stage.stage.clone()).collect()
        };
        assert_eq!(running(&clock), ["acknowledge-critical", "triage-critical", "notify-critical"]);
        clock.follow(of(Severity::Low), &content.hours);
        assert_eq!(running(&clock), ["acknowledge", "triage", "notify"]);
        for standing in Standing::ALL {
            assert!(!standing.as_str().is_empty() && !standing.tone().is_empty());
        }
    }
}
