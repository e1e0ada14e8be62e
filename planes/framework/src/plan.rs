//! When work can be done: a calendar of working days, the critical path, people's limits, money by month. Rules alone, no store.

mod calendar;
mod level;
mod money;
mod network;

pub use calendar::{Calendar, Day, WEEKENDS, Week};
pub use level::level;
pub use money::{Due, Month, by_month};
pub use network::{Fixed, Times, Work, critical};

/// A person's whole day, in the thousandths in which loads are counted.
pub const WHOLE: i64 = 1_000;
