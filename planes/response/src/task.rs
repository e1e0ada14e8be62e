//! A task: what is to be done for an incident, out of a playbook or of its own.

use std::collections::BTreeSet;

use manara_model::Micros;

use crate::hours::{Hours, Span, Time};
use crate::playbook::StepDecision;
use crate::texts::Texts;

/// Characters of what a task says besides its title.
pub const TASK_CHARS: usize = 4_000;

/// What a task came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskKind {
    /// A step of a playbook.
    Step,
    /// A closing check of a playbook.
    Check,
    /// Somebody of the team.
    Own,
    /// The review of the incident.
    Lesson,
}

impl TaskKind {
    /// All, in the order of the page.
    pub const ALL: [TaskKind; 4] = [Self::Step, Self::Own, Self::Check, Self::Lesson];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Step => "step",
            Self::Check => "check",
            Self::Own => "own",
            Self::Lesson => "lesson",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether a person wrote it, and may take it away alone.
    pub fn is_written(self) -> bool {
        matches!(self, Self::Own | Self::Lesson)
    }
}

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskState {
    /// A decision has to make it needed first.
    Waiting,
    /// It is to be done.
    Open,
    /// It was done.
    Done,
    /// It was passed over, with a reason.
    Skipped,
}

impl TaskState {
    /// All, in the order of a usual life.
    pub const ALL: [TaskState; 4] = [Self::Waiting, Self::Open, Self::Done, Self::Skipped];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Open => "open",
            Self::Done => "done",
            Self::Skipped => "skipped",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// UUIDv7.
    pub id: String,
    /// The incident.
    pub incident_id: String,
    /// The playbook it came from; empty for none.
    pub playbook: String,
    /// Its step or closing check.
    pub step: String,
    /// What it came from.
    pub kind: TaskKind,
    /// Its place among the tasks of the incident.
    pub position: i64,
    /// One line.
    pub title: Texts,
    /// What to do, and why.
    pub body: Texts,
    /// Who does it, as the playbook says; may be empty.
    pub role: String,
    /// The letter it sends; may be empty.
    pub letter: String,
    /// Steps that come before.
    pub needs: Vec<String>,
    /// Within which span, from when it became needed.
    pub span: Option<Span>,
    /// What is decided by it.
    pub decision: Option<StepDecision>,
    /// What was decided; empty as long as nothing was.
    pub decided: String,
    /// Where it stands.
    pub state: TaskState,
    /// Why it was passed over.
    pub reason: String,
    /// Login name of whoever does it; empty for nobody.
    pub owner: String,
    /// Until when.
    pub due: Option<Micros>,
    /// What was noted about it.
    pub note: String,
    /// Counts its changes.
    pub version: i64,
    /// Who made it, and when.
    pub created: (String, Micros),
    /// Who changed it last, and when.
    pub changed: (String, Micros),
    /// Who did it or passed it over, and when.
    pub done: Option<(String, Micros)>,
    /// When it was taken away.
    pub removed: Option<Micros>,
}

impl Task {
    /// Whether its time is over.
    pub fn is_late(&self, now: Micros) -> bool {
        self.state == TaskState::Open && self.due.is_some_and(|due| due < now)
    }

    /// Whether it was done later than it was due.
    pub fn was_late(&self) -> bool {
        matches!((self.state, &self.done, self.due), (TaskState::Done, Some((_, at)), Some(due)) if *at > due)
    }

    /// The words of what was decided.
    pub fn answer(&self) -> Option<&Texts> {
        let answers = self.decision.as_ref().map(|decision| decision.answers.as_slice()).unwrap_or_default();
        answers.iter().find(|answer| answer.id == self.decided).map(|answer| &answer.title)
    }

    /// Whether it counts: it is there, and no decision made it needless.
    pub fn counts(&self) -> bool {
        self.removed.is_none() && self.state != TaskState::Waiting
    }
}

/// How far the tasks of an incident are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// That count.
    pub all: i64,
    /// Of them done or passed over.
    pub ended: i64,
    /// Of them open, and late.
    pub late: i64,
    /// Closing checks that are open.
    pub checks: i64,
}

impl Progress {
    /// Of so many tasks.
    pub fn of(tasks: &[Task], now: Micros) -> Progress {
        let mut progress = Progress::default();
        for task in tasks.iter().filter(|task| task.counts() && task.kind != TaskKind::Lesson) {
            let is_open = task.state == TaskState::Open;
            progress.all += 1;
            progress.ended += i64::from(!is_open);
            progress.late += i64::from(task.is_late(now));
            progress.checks += i64::from(is_open && task.kind == TaskKind::Check);
        }
        progress
    }
}

/// Brings the steps of a playbook in line with what was decided: a step that only decisions make needed is open when one does, and
/// waits when none does. What was done or passed over stays. Gives the ids of those that changed.
pub(crate) fn follow_decisions(tasks: &mut [Task], playbook: &str, hours: &Hours, now: Micros) -> Vec<String> {
    let (mut asked, mut wanted) = (BTreeSet::new(), BTreeSet::new());
    for task in tasks.iter().filter(|task| task.playbook == playbook && task.removed.is_none()) {
        for answer in task.decision.iter().flat_map(|decision| &decision.answers) {
            asked.extend(answer.then.iter().cloned());
            if task.state == TaskState::Done && task.decided == answer.id {
                wanted.extend(answer.then.iter().cloned());
            }
        }
    }
    let mut changed = Vec::new();
    let of = |task: &&mut Task| task.playbook == playbook && task.kind == TaskKind::Step && asked.contains(&task.step);
    for task in tasks.iter_mut().filter(of) {
        match (task.state, wanted.contains(&task.step)) {
            (TaskState::Waiting, true) => {
                task.state = TaskState::Open;
                task.due = task.span.map(|span| hours.due(now, span, Time::Calendar));
            }
            (TaskState::Open, false) => (task.state, task.due) = (TaskState::Waiting, None),
            _ => continue,
        }
        changed.push(task.id.clone());
    }
    changed
}

/// The names a text calls with `@`, of those that are known.
pub(crate) fn called<'n>(text: &str, known: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let mut words = BTreeSet::new();
    for (at, _) in text.match_indices('@') {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        // A mail address calls nobody.
        if before.is_some_and(|c| in_name(c) || c == '@') {
            continue;
        }
        let rest = text.get(at + 1..).unwrap_or_default();
        let word = rest.split(|c: char| !in_name(c)).next().unwrap_or_default();
        words.insert(word.trim_end_matches(['.', '-', '_']).to_lowercase());
        words.insert(word.to_lowercase());
    }
    known.into_iter().filter(|name| words.contains(&name.to_lowercase())).collect()
}

/// The techniques of MITRE ATT&CK that have words in our languages: those that incidents of a national team name most.
pub(crate) const NAMED_TECHNIQUES: [&str; 40] = [
    "T1003", "T1005", "T1021", "T1027", "T1041", "T1046", "T1047", "T1048", "T1053", "T1055", "T1056", "T1059",
    "T1068", "T1070", "T1071", "T1078", "T1082", "T1083", "T1090", "T1098", "T1105", "T1110", "T1114", "T1133",
    "T1136", "T1140", "T1189", "T1190", "T1195", "T1204", "T1486", "T1489", "T1490", "T1498", "T1505", "T1543",
    "T1562", "T1566", "T1583", "T1595",
];

/// The key of what a technique is called, or the one it is a kind of; nothing where we have no words for it.
pub(crate) fn technique_key(id: &str) -> Option<String> {
    let of = id.split('.').next().unwrap_or_default();
    NAMED_TECHNIQUES.contains(&of).then(|| format!("attack-{}", of.to_lowercase()))
}

/// A technique of MITRE ATT&CK as people write it: `T1566` or `t1566.002`; `None` for anything else.
pub fn technique(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_uppercase();
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let rest = text.strip_prefix('T')?;
    let good = match rest.split_once('.') {
        Some((main, part)) => digits(main, 4) && digits(part, 3),
        None => digits(rest, 4),
    };
    good.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{TaskKind, TaskState, called, technique};

    #[test]
    fn words_are_read_as_they_are_written() {
        for kind in TaskKind::ALL {
            assert_eq!(TaskKind::parse(kind.as_str()), Some(kind));
        }
        for state in TaskState::ALL {
            assert_eq!(TaskState::parse(state.as_str()), Some(state));
        }
    }

    #[test]
    fn a_name_after_the_sign_is_called_and_a_mail_address_is_not() {
        let team = ["duty", "anna.b", "omar", "عمر"];
        for (text, want) in [
            ("@duty please call", vec!["duty"]),
            ("ask @Duty, @omar.", vec!["duty", "omar"]),
            ("(@anna.b) and @anna.b.", vec!["anna.b"]),
            ("mail duty@duty.example", vec![]),
            ("@@duty", vec![]),
            ("@dutyfree @nobody @", vec![]),
            ("يا @عمر", vec!["عمر"]),
        ] {
            assert_eq!(called(text, team), want, "{text}");
        }
    }

    #[test]
    fn a_technique_is_known_by_its_form() {
        for (text, want) in [("T1566", "T1566"), (" t1566.002 ", "T1566.002")] {
            assert_eq!(technique(text).as_deref(), Some(want));
        }
        for bad in ["", "T", "T156", "T15666", "T1566.2", "T1566.0022", "1566", "T1566.", "T１566", "TA0001"] {
            assert_eq!(technique(bad), None, "{bad}");
        }
    }
}
