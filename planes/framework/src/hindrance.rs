//! Why something is not done to a kept design or a programme.

use manara_store::StoreError;

use crate::assessment::NAME_CHARS;

/// Why something was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Hindrance {
    /// It is not there, or may not be seen.
    #[error("there is no such record")]
    NotFound,
    /// A name is empty or too long.
    #[error("a name has 1 to {NAME_CHARS} characters on one line")]
    Name,
    /// A text is empty or too long.
    #[error("the text is empty, too long or not plain")]
    Text,
    /// The day cannot be read.
    #[error("a day is written as 2027-01-04")]
    Day,
    /// There is no design for this aim.
    #[error("the solver gave no design for this aim; expected first-year, yearly or effort")]
    Aim,
    /// A design without a block.
    #[error("the design has no block, so there is nothing to keep")]
    NoBlocks,
    /// There are as many as there may be.
    #[error("there are as many as there may be")]
    TooMany,
    /// The design was withdrawn.
    #[error("the design is withdrawn; put it back first")]
    Withdrawn,
    /// A weekend that nobody has.
    #[error("the weekend is one of sat,sun fri,sat thu,fri fri sun")]
    Weekend,
    /// A limit of people that is not one.
    #[error("a limit of people is a whole number from 1 to 1000")]
    People,
    /// A limit for a role that the design does not have.
    #[error("the design has no such role")]
    Role,
    /// The programme would last too long.
    #[error("with these people the programme would last longer than 30 years")]
    TooLong,
    /// The programme is closed.
    #[error("the programme is closed; open it again first")]
    Closed,
    /// A task does not go from where it stands to where it is wanted.
    #[error("the task does not stand where this can be done")]
    Step,
    /// A task would begin before what it needs is done, or end after what needs it begins.
    #[error("a task begins after what it needs and ends before what needs it")]
    Order,
    /// A task that is accepted without saying what proves it.
    #[error("say what proves that the task is done")]
    Proof,
    /// Somebody else changed it.
    #[error("somebody else changed it since; look at it again")]
    Stale,
    /// Somebody else changed a line beside the tasks.
    #[error("somebody else changed this line since; look at it again")]
    StaleLine,
    /// The programme is closed with something open.
    #[error("a task is not accepted, or a line of handover or closure is open")]
    Unfinished,
    /// A need that is no task of the programme.
    #[error("a task waits for other tasks of the same programme, by their numbers")]
    Need,
    /// A task that is begun would have to wait for another.
    #[error("a task that is begun cannot wait for another")]
    Begun,
    /// Days of work, length or money that make no sense.
    #[error(
        "days of work are 0 to 10000, working days 1 to 2000, money 0 to 1000000000000, and the lower end comes first"
    )]
    Amount,
    /// A task that the team did not add.
    #[error("only a task that the team added is changed or removed; what comes from the design stays")]
    NotOwn,
    /// A task on which work was done is removed without a reason.
    #[error("work was done on this task, or it is proven; say why it is removed")]
    Why,
}

impl Hindrance {
    /// All of them.
    pub const ALL: [Hindrance; 24] = [
        Self::NotFound,
        Self::Name,
        Self::Text,
        Self::Day,
        Self::Aim,
        Self::NoBlocks,
        Self::TooMany,
        Self::Withdrawn,
        Self::Weekend,
        Self::People,
        Self::Role,
        Self::TooLong,
        Self::Closed,
        Self::Step,
        Self::Order,
        Self::Proof,
        Self::Stale,
        Self::StaleLine,
        Self::Unfinished,
        Self::Need,
        Self::Begun,
        Self::Amount,
        Self::NotOwn,
        Self::Why,
    ];

    /// The last part of the message key: `programme-refused-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Name => "name",
            Self::Text => "text",
            Self::Day => "day",
            Self::Aim => "aim",
            Self::NoBlocks => "no-blocks",
            Self::TooMany => "too-many",
            Self::Withdrawn => "withdrawn",
            Self::Weekend => "weekend",
            Self::People => "people",
            Self::Role => "role",
            Self::TooLong => "too-long",
            Self::Closed => "closed",
            Self::Step => "step",
            Self::Order => "order",
            Self::Proof => "proof",
            Self::Stale => "stale",
            Self::StaleLine => "stale-line",
            Self::Unfinished => "unfinished",
            Self::Need => "need",
            Self::Begun => "begun",
            Self::Amount => "amount",
            Self::NotOwn => "not-own",
            Self::Why => "why",
        }
    }
}

/// A task by its number and name; a task that comes from the design has a name of its own only in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its number.
    pub number: i64,
    /// What the team calls it, the block it builds, or the part it is.
    pub name: String,
}

fn circle_text(circle: &[Named]) -> String {
    let all = circle.iter().chain(circle.first()).map(|task| format!("{} {}", task.number, task.name));
    all.collect::<Vec<_>>().join(" → ")
}

/// Why a design was not kept, or a programme not changed.
#[derive(Debug, thiserror::Error)]
pub enum ProgrammeError {
    /// It may not be.
    #[error("{0}")]
    Refused(#[from] Hindrance),
    /// Tasks would wait for each other in a circle: their numbers and names, each before the one that waits for it.
    #[error("these tasks would wait for each other in a circle: {}", circle_text(.0))]
    Circle(Vec<Named>),
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
}
