//! Figures of the work on reports and incidents: what is measured, and what is made of it.
//!
//! A *case* is one thing that was measured. It counts at the moment at which it was over, so a month that has passed changes
//! only when something is put right. A *figure* is made of the cases of a period: the median and what 90 and 95 of a hundred stay
//! under by the nearest rank, the share, and always how many cases. There is no mean.

mod case;
mod contacts;
mod course;
mod measure;
mod notices;
mod period;
mod report;
mod summary;
mod table;
mod value;

pub use case::{Case, Origins, Traits};
pub(crate) use case::{
    Holding, IncidentFacts, Life, StageFacts, TicketFacts, holdings, incident_cases, life, ticket_cases,
};
pub use contacts::ContactQuality;
pub(crate) use contacts::{KnownMails, contact_quality};
pub(crate) use course::{Course, course};
pub(crate) use measure::BACKLOG;
pub use measure::{By, Counts, MEASURES, Measure, measure_of};
pub use notices::{NOTICE_DAYS, NoticeQuality, NoticeSum};
pub use period::{Every, Period};
pub(crate) use report::{COURSE, DAY_HEADS, DAYS, Say};
pub use report::{FigurePaper, figure_paper};
pub use summary::{Figure, percentile};
pub(crate) use summary::{Pile, Summed};
pub use table::{Aside, Change, DayLine, FigureEyes, FigureLine, FigureTable, StageLine};
pub use value::value_words;
