//! A notice: what we tell one constituent about one class of findings on one day.

use manara_model::{Micros, Severity, Tlp};
use manara_net::Addressee;

/// Where a notice stands. The order is the order of a usual life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeState {
    /// Made by the machine; findings of the day may still join.
    Draft,
    /// It is marked so strictly that two people must say it may go; at most one of them has.
    Waiting,
    /// Somebody, or a rule, said it may go; it waits for its attachments.
    Approved,
    /// It is complete and waits for the mail server.
    Queued,
    /// The mail server has it.
    Sent,
    /// The mail server will never take it.
    Failed,
    /// Somebody said it shall not go.
    Cancelled,
}

impl NoticeState {
    /// All, in the order of a usual life.
    pub const ALL: [NoticeState; 7] =
        [Self::Draft, Self::Waiting, Self::Approved, Self::Queued, Self::Sent, Self::Failed, Self::Cancelled];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The state after a step, or why the step is not for this state. A step that was taken before changes nothing, so a
    /// form may be sent twice.
    pub fn after(self, step: Step) -> Result<Self, StepError> {
        match (self, step) {
            (Self::Draft | Self::Waiting, Step::Approve) | (Self::Waiting, Step::Second) => Ok(Self::Approved),
            (Self::Draft | Self::Waiting, Step::First) | (Self::Queued, Step::Hold) => Ok(Self::Waiting),
            (Self::Approved | Self::Queued, Step::Approve) => Ok(self),
            (Self::Approved | Self::Failed, Step::Queue) => Ok(Self::Queued),
            (Self::Queued, Step::Queue) => Ok(self),
            (Self::Queued | Self::Sent, Step::Send) => Ok(Self::Sent),
            (Self::Queued | Self::Failed, Step::Fail) | (Self::Sent | Self::Failed, Step::Return) => Ok(Self::Failed),
            (Self::Failed, Step::Retry) => Ok(Self::Queued),
            (Self::Queued, Step::Retry) => Ok(self),
            (Self::Sent, Step::Cancel | Step::Redraft | Step::Approve | Step::Retry) => Err(StepError::AlreadySent),
            (_, Step::Cancel) => Ok(Self::Cancelled),
            (_, Step::Redraft) => Ok(Self::Draft),
            (state, step) => Err(StepError::NotFrom { state, step }),
        }
    }
}

/// What can be done to a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// It may go.
    Approve,
    /// The first of the two people it needs says that it may go.
    First,
    /// The second of them says so.
    Second,
    /// It lacks the second of them and may not leave.
    Hold,
    /// It is complete and handed to the sending job.
    Queue,
    /// The mail server took it.
    Send,
    /// The mail server will never take it.
    Fail,
    /// It came back from everybody it was sent to.
    Return,
    /// It shall not go.
    Cancel,
    /// It shall be tried again after it failed.
    Retry,
    /// The decision is taken back.
    Redraft,
}

impl Step {
    /// The word used in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::First => "approve first",
            Self::Second => "approve second",
            Self::Hold => "hold",
            Self::Queue => "queue",
            Self::Send => "send",
            Self::Fail => "fail",
            Self::Return => "return",
            Self::Cancel => "cancel",
            Self::Retry => "retry",
            Self::Redraft => "redraft",
        }
    }
}

/// Why a step was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// What has left cannot be called back.
    #[error("it was sent already")]
    AlreadySent,
    /// The mail server is being talked to right now.
    #[error("it is being sent at this moment")]
    BeingSent,
    /// There is nobody to send it to.
    #[error("the constituent has no contact with a mail address")]
    NoRecipient,
    /// Two different people must approve it, and this one has.
    #[error("the same name approved it first; its marking needs somebody else (everybody at the terminal is `cli`)")]
    OwnApproval,
    /// The day has a newer draft for the same constituent and class.
    #[error("there is another draft for the same constituent, class and day")]
    OtherDraft,
    /// It is not there, or may not be seen.
    #[error("there is no such notice")]
    NotFound,
    /// The step does not follow from the state.
    #[error("a notice that is {} cannot take the step {}", state.as_str(), step.as_str())]
    NotFrom {
        /// The state it is in.
        state: NoticeState,
        /// The step asked for.
        step: Step,
    },
}

impl StepError {
    /// The last part of the message key: `warning-refused-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::AlreadySent => "already-sent",
            Self::BeingSent => "being-sent",
            Self::NoRecipient => "no-recipient",
            Self::OwnApproval => "own-approval",
            Self::OtherDraft => "other-draft",
            Self::NotFound => "not-found",
            Self::NotFrom { .. } => "not-from",
        }
    }
}

/// What a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LetterKind {
    /// It tells a constituent of findings.
    Notice,
    /// It reminds a constituent of a notice it did not answer.
    Reminder,
    /// It tells those above a constituent that a notice was not answered.
    Escalation,
}

impl LetterKind {
    /// All.
    pub const ALL: [LetterKind; 3] = [Self::Notice, Self::Reminder, Self::Escalation];

    /// The word used in SQL, policies, names of letters and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Reminder => "reminder",
            Self::Escalation => "escalation",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Which attachments a contact wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A table for spreadsheets.
    Csv,
    /// For programs.
    Json,
    /// Both.
    Both,
    /// Pages to read and to print, and the table, which holds all rows.
    Pdf,
    /// All three.
    All,
}

impl Format {
    /// The word used in SQL.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Both => "both",
            Self::Pdf => "pdf",
            Self::All => "all",
        }
    }

    /// Whether it has a table for spreadsheets.
    pub fn has_csv(self) -> bool {
        self != Self::Json
    }

    /// Whether it has objects for programs.
    pub fn has_json(self) -> bool {
        matches!(self, Self::Json | Self::Both | Self::All)
    }

    /// Whether it has pages to read.
    pub fn has_pdf(self) -> bool {
        matches!(self, Self::Pdf | Self::All)
    }

    /// Reads the word; whatever is none of the others is both.
    pub fn parse(text: &str) -> Self {
        match text.trim().to_ascii_lowercase().as_str() {
            "csv" => Self::Csv,
            "json" => Self::Json,
            "pdf" => Self::Pdf,
            "all" => Self::All,
            _ => Self::Both,
        }
    }
}

/// A notice, without its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// UUIDv7.
    pub id: String,
    /// What people call it: `N-2026-000123`.
    pub number: String,
    /// Who is told.
    pub constituent_id: String,
    /// Their name, as it was when the notice was made.
    pub constituent: String,
    /// Taxonomy and type: `malicious-code/infected-system`.
    pub class: String,
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// Language of the letter.
    pub language: String,
    /// What is attached.
    pub format: Format,
    /// How far it may travel.
    pub tlp: Tlp,
    /// Where it stands.
    pub state: NoticeState,
    /// Who gets it.
    pub recipients: Vec<Addressee>,
    /// The subject of the letter.
    pub subject: String,
    /// The worst severity of its findings.
    pub severity: Severity,
    /// The confidence of its least certain finding.
    pub confidence: f64,
    /// How many findings.
    pub findings: i64,
    /// How many different assets.
    pub assets: i64,
    /// How many events.
    pub events: i64,
    /// How many of the events are attached.
    pub attached: i64,
    /// Whether the attachments are there.
    pub filled: bool,
    /// How many days the constituent has to answer.
    pub answer_days: i64,
    /// When it was made.
    pub created: Micros,
    /// When it was approved.
    pub approved: Option<Micros>,
    /// By whom; `manara` when a rule did.
    pub approved_by: String,
    /// When a second person approved it, where its marking needs two.
    pub seconded: Option<Micros>,
    /// By whom; empty where one was enough, or as long as nobody did.
    pub seconded_by: String,
    /// The rule that decided about it; empty when none matched.
    pub rule: String,
    /// When it was handed to the sending job.
    pub queued: Option<Micros>,
    /// When the mail server took it.
    pub sent: Option<Micros>,
    /// How often sending was tried.
    pub attempts: i64,
    /// Whether the mail server is being talked to, or was when the program ended.
    pub sending: bool,
    /// Why the last try did not work.
    pub error: String,
    /// How often it was queued; part of the key of its job.
    pub rounds: i64,
    /// What it is.
    pub letter: LetterKind,
    /// The notice that a reminder or an escalation is about; empty for a notice.
    pub about: String,
    /// The generation of links that opens it; of a reminder, that of the notice it is about.
    pub link_generation: i64,
    /// How many of its findings have an answer.
    pub answered: i64,
    /// How many of its findings want help that was not given yet.
    pub helps: i64,
    /// How many reminders were made.
    pub reminders: i64,
    /// When the last reminder was made, or left.
    pub followed: Option<Micros>,
    /// When it was taken to those above; or when there was nobody to take it to.
    pub escalated: Option<Micros>,
}

impl Notice {
    /// An empty draft with a new id.
    pub(crate) fn draft(number: String, day: String, now: Micros) -> Self {
        Notice {
            id: uuid::Uuid::now_v7().to_string(),
            number,
            constituent_id: String::new(),
            constituent: String::new(),
            class: String::new(),
            day,
            language: String::new(),
            format: Format::Both,
            tlp: Tlp::Clear,
            state: NoticeState::Draft,
            recipients: Vec::new(),
            subject: String::new(),
            severity: Severity::Info,
            confidence: 1.0,
            findings: 0,
            assets: 0,
            events: 0,
            attached: 0,
            filled: false,
            answer_days: 0,
            created: now,
            approved: None,
            approved_by: String::new(),
            seconded: None,
            seconded_by: String::new(),
            rule: String::new(),
            queued: None,
            sent: None,
            attempts: 0,
            sending: false,
            error: String::new(),
            rounds: 0,
            letter: LetterKind::Notice,
            about: String::new(),
            link_generation: 0,
            answered: 0,
            helps: 0,
            reminders: 0,
            followed: None,
            escalated: None,
        }
    }
}

/// A finding as a notice tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeFinding {
    /// Id of the finding in the watch plane.
    pub finding_id: String,
    /// The address, name or URL it is about.
    pub asset: String,
    /// What it is: a malware family, a CVE, a service.
    pub subject: String,
    /// How bad.
    pub severity: Severity,
    /// First seen.
    pub first_seen: Micros,
    /// Last seen.
    pub last_seen: Micros,
    /// How many events.
    pub count: i64,
}

/// A file that goes with a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeFile {
    /// The notice.
    pub notice_id: String,
    /// The file name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// The blob.
    pub sha256: String,
    /// Its size.
    pub bytes: i64,
    /// How many events it holds.
    pub rows: i64,
}

/// The number of a notice: `N-2026-000123`.
pub fn number(year: &str, count: i64) -> String {
    format!("N-{year}-{count:06}")
}

/// The class of a notice: taxonomy and type.
pub fn class(taxonomy: &str, kind: &str) -> String {
    format!("{taxonomy}/{kind}")
}

/// Taxonomy and type of a class.
pub fn class_parts(class: &str) -> (&str, &str) {
    class.split_once('/').unwrap_or((class, ""))
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;
    use manara_net::next_try;

    use super::{NoticeState as S, Step, StepError, number};

    #[test]
    fn a_notice_takes_only_the_steps_of_its_state() {
        use Step::{Approve, Cancel, Fail, First, Hold, Queue, Redraft, Retry, Return, Second, Send};
        let not = |state, step| Err(StepError::NotFrom { state, step });
        for (state, step, want) in [
            (S::Draft, Approve, Ok(S::Approved)),
            (S::Draft, First, Ok(S::Waiting)),
            (S::Draft, Second, not(S::Draft, Second)),
            (S::Waiting, First, Ok(S::Waiting)),
            (S::Waiting, Second, Ok(S::Approved)),
            (S::Waiting, Approve, Ok(S::Approved)),
            (S::Waiting, Queue, not(S::Waiting, Queue)),
            (S::Waiting, Send, not(S::Waiting, Send)),
            (S::Waiting, Retry, not(S::Waiting, Retry)),
            (S::Waiting, Cancel, Ok(S::Cancelled)),
            (S::Waiting, Redraft, Ok(S::Draft)),
            (S::Approved, Second, not(S::Approved, Second)),
            (S::Queued, Hold, Ok(S::Waiting)),
            (S::Sent, Hold, not(S::Sent, Hold)),
            (S::Draft, Queue, not(S::Draft, Queue)),
            (S::Draft, Send, not(S::Draft, Send)),
            (S::Draft, Fail, not(S::Draft, Fail)),
            (S::Draft, Retry, not(S::Draft, Retry)),
            (S::Draft, Cancel, Ok(S::Cancelled)),
            (S::Draft, Redraft, Ok(S::Draft)),
            (S::Approved, Approve, Ok(S::Approved)),
            (S::Approved, Queue, Ok(S::Queued)),
            (S::Approved, Send, not(S::Approved, Send)),
            (S::Approved, Redraft, Ok(S::Draft)),
            (S::Approved, Cancel, Ok(S::Cancelled)),
            (S::Queued, Approve, Ok(S::Queued)),
            (S::Queued, Send, Ok(S::Sent)),
            (S::Queued, Fail, Ok(S::Failed)),
            (S::Queued, Cancel, Ok(S::Cancelled)),
            (S::Queued, Redraft, Ok(S::Draft)),
            (S::Sent, Send, Ok(S::Sent)),
            (S::Sent, Cancel, Err(StepError::AlreadySent)),
            (S::Sent, Redraft, Err(StepError::AlreadySent)),
            (S::Sent, Approve, Err(StepError::AlreadySent)),
            (S::Sent, Retry, Err(StepError::AlreadySent)),
            (S::Sent, Queue, not(S::Sent, Queue)),
            (S::Sent, Return, Ok(S::Failed)),
            (S::Queued, Return, not(S::Queued, Return)),
            (S::Failed, Return, Ok(S::Failed)),
            (S::Failed, Retry, Ok(S::Queued)),
            (S::Failed, Approve, not(S::Failed, Approve)),
            (S::Failed, Cancel, Ok(S::Cancelled)),
            (S::Failed, Redraft, Ok(S::Draft)),
            (S::Cancelled, Cancel, Ok(S::Cancelled)),
            (S::Cancelled, Redraft, Ok(S::Draft)),
            (S::Cancelled, Approve, not(S::Cancelled, Approve)),
            (S::Cancelled, Retry, not(S::Cancelled, Retry)),
        ] {
            assert_eq!(state.after(step), want, "{state:?} {step:?}");
        }
        for state in S::ALL {
            assert_eq!(S::parse(state.as_str()), Some(state));
        }
    }

    #[test]
    fn a_failed_try_is_repeated_more_and_more_slowly_for_five_days() {
        let queued = Micros(0);
        let minute = 60_000_000;
        for (attempts, minutes) in [(1, 1), (2, 5), (3, 15), (4, 60), (5, 240), (9, 240)] {
            assert_eq!(next_try(attempts, queued, Micros(0)), Some(Micros(minutes * minute)), "{attempts}");
        }
        let mut now = queued;
        let mut attempts = 1;
        while let Some(at) = next_try(attempts, queued, now) {
            now = at;
            attempts += 1;
        }
        assert!(now > queued.plus_days(4) && now <= queued.plus_days(5), "{now}");
        assert!((30..=36).contains(&attempts), "{attempts}");
        assert_eq!(number("2026", 123), "N-2026-000123");
    }
}
