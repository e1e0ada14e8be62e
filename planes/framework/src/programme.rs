//! A programme: how a kept design is carried out, task by task.

mod chart;
mod days_off;
mod draft;
mod export;
mod jobs;
mod lay;
mod line_changes;
mod lines;
mod names;
mod own;
mod proofs;
mod sql;
mod status;
mod tasks;
mod told;

use std::collections::BTreeMap;

use manara_model::{Micros, Tlp};

use crate::plan::{Calendar, Day, Week};

pub use chart::{Resources, working};
pub use days_off::{
    BadLine, DAYS_OFF, DayOff, OFF_BYTES, OFF_CHARS, days_off_text, nation_days_off, read_days_off, set_days_off,
    set_nation_days_off,
};
pub(crate) use draft::draft_like;
pub use draft::{Setup, draft};
pub use export::{ProgrammeForm, Sheet as ProgrammeSheet, programme_file};
pub use jobs::{NewProgramme, plan_programme, set_programme_state};
pub use line_changes::{
    LineChange, PastLine, RemovedLine, change_line, past_line_json, past_lines, remove_line, removed_line_json,
    removed_lines, restore_line,
};
pub use lines::{NewLine, add_line, set_line_done};
pub use names::Names;
pub use own::{
    EFFORT, MONEY, OwnTask, PAYERS, Removed, add_own_task, change_own_task, own_roles, remove_own_task, removed_tasks,
    restore_own_task,
};
pub use proofs::{PastProof, past_proof_json, past_proofs};
pub(crate) use sql::read as read_programme;
pub use sql::{lines_of, programme, programmes, programmes_of, task_of, tasks_of};
pub use status::{Late, Progress, Status, TaskLine, status};
pub(crate) use tasks::accept_block;
pub use tasks::{Change, Proof, accept_task, change_task, step_task};
pub use told::{line_json, programme_json, status_json, task_json};

/// Tasks a programme has at most: as many as a shelf has blocks, what is not a block, and the team's own.
pub const TASKS: usize = 2_203;
/// People of a limit.
pub const PEOPLE: i64 = 1_000;
/// Lines beside the tasks of a programme.
pub const LINES: i64 = 500;
/// Working days a programme lasts at most: thirty years.
pub const WORKING_DAYS: i64 = 7_830;

/// What a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A building block is built.
    Block,
    /// All of it is tried under real work.
    Trial,
    /// It is handed over to whoever runs it.
    Handover,
    /// The programme is closed.
    Closure,
    /// The team added it.
    Own,
}

impl Part {
    /// All of them; what is not a block comes in this order after the blocks.
    pub const ALL: [Part; 5] = [Self::Block, Self::Trial, Self::Handover, Self::Closure, Self::Own];

    /// The word in SQL and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Trial => "trial",
            Self::Handover => "handover",
            Self::Closure => "closure",
            Self::Own => "own",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.as_str() == text)
    }
}

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    /// Not begun.
    Open,
    /// Begun.
    Started,
    /// Done, and waiting for whoever accepts it.
    Finished,
    /// Done and proven.
    Accepted,
}

impl TaskState {
    /// All of them.
    pub const ALL: [TaskState; 4] = [Self::Open, Self::Started, Self::Finished, Self::Accepted];

    /// The word in SQL and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Started => "started",
            Self::Finished => "finished",
            Self::Accepted => "accepted",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// What a line beside the tasks is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// What may go wrong.
    Risk,
    /// What is handed over.
    Handover,
    /// What closing takes.
    Closure,
}

impl LineKind {
    /// All of them.
    pub const ALL: [LineKind; 3] = [Self::Risk, Self::Handover, Self::Closure];

    /// The word in SQL and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Risk => "risk",
            Self::Handover => "handover",
            Self::Closure => "closure",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The lines every programme has from its first day; their words are `programme-item-…`.
    pub fn usual(self) -> &'static [&'static str] {
        match self {
            Self::Risk => &[],
            Self::Handover => &["owners", "documents", "accounts", "training", "support"],
            Self::Closure => &["accepted", "money", "lessons", "report"],
        }
    }
}

/// How much people there are: all together, and by role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// All together; nothing says nothing.
    pub all: Option<i64>,
    /// By role.
    pub roles: BTreeMap<String, i64>,
}

/// A programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Its id.
    pub id: String,
    /// The design it carries out.
    pub design_id: String,
    /// Of which assessment.
    pub assessment_id: String,
    /// What is assessed there.
    pub subject: String,
    /// Who may see it: whoever may see its assessment.
    pub tlp: Tlp,
    /// How it is called.
    pub name: String,
    /// The day it begins.
    pub start: Day,
    /// Which days are worked.
    pub week: Week,
    /// The days off beside the weekends, in their order.
    pub off: Vec<DayOff>,
    /// Who there is.
    pub people: People,
    /// In which money.
    pub currency: String,
    /// Whether it is closed.
    pub is_closed: bool,
    /// Who planned it.
    pub made_by: String,
    /// When.
    pub made: Micros,
    /// When something was done last.
    pub changed: Micros,
    /// Grows with every change.
    pub version: i64,
}

impl Programme {
    /// Its working days.
    pub fn calendar(&self) -> Calendar {
        let off: Vec<Day> = self.off.iter().map(|off| off.day).collect();
        Calendar::without(self.start, self.week, &off)
    }
}

/// One task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its id.
    pub id: String,
    /// Its place, from 1.
    pub number: i64,
    /// What it is.
    pub part: Part,
    /// The block that is built; empty for what is not a block.
    pub block: String,
    /// How the team calls its own task; empty for what is not.
    pub name: String,
    /// What is there when the team's own task is done; empty for what is not.
    pub deliverable: String,
    /// The numbers of the tasks that must be done before.
    pub needs: Vec<i64>,
    /// Whom it takes.
    pub roles: Vec<String>,
    /// Days of work, from and to.
    pub effort: [i64; 2],
    /// Weeks until it is there, from and to.
    pub weeks: [i64; 2],
    /// Working days it is planned to last.
    pub days: i64,
    /// What it costs, from and to.
    pub money: [i64; 2],
    /// Who pays.
    pub payer: String,
    /// Who sees to it; empty for nobody.
    pub owner: String,
    /// Its first day as planned.
    pub planned_start: Day,
    /// Its last day as planned.
    pub planned_end: Day,
    /// The day it was begun.
    pub actual_start: Option<Day>,
    /// The day it was done.
    pub actual_end: Option<Day>,
    /// Where it stands.
    pub state: TaskState,
    /// What proves that it is done.
    pub proof: String,
    /// A document by name or address; empty for none.
    pub evidence: String,
    /// The file of it; empty for none.
    pub sha256: String,
    /// Who accepted it.
    pub accepted_by: String,
    /// When.
    pub accepted: Option<Micros>,
    /// Grows with every change.
    pub version: i64,
}

/// A line beside the tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: LineKind,
    /// Which of the usual ones; empty for one that somebody wrote.
    pub code: String,
    /// What somebody wrote; of a usual one, instead of its usual words.
    pub text: String,
    /// How likely a risk is: 1 to 3.
    pub likelihood: i64,
    /// How much it would cost: 1 to 3.
    pub impact: i64,
    /// What is done about it.
    pub answer: String,
    /// Who sees to it.
    pub owner: String,
    /// Who did it.
    pub done_by: String,
    /// When.
    pub done: Option<Micros>,
    /// Grows when it says something else, is removed or brought back.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::{LineKind, Part, TaskState};

    #[test]
    fn the_words_of_the_state_database_are_read_again() {
        assert!(Part::ALL.iter().all(|part| Part::parse(part.as_str()) == Some(*part)));
        assert!(TaskState::ALL.iter().all(|state| TaskState::parse(state.as_str()) == Some(*state)));
        assert!(LineKind::ALL.iter().all(|kind| LineKind::parse(kind.as_str()) == Some(*kind)));
        assert_eq!((Part::parse(""), TaskState::parse("done"), LineKind::parse("?")), (None, None, None));
    }
}
