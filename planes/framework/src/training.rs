//! Training: courses whose lessons are the procedures of the house, questions with answers, certificates.

mod course;
mod readers;
mod sql;

pub use course::{ANSWERS, Asked, AskedQuestion, Course, Courses, Marked, QUESTIONS, mark};
pub use readers::{Knowing, Known, Reader, VALID_DAYS, current_versions, knowing, readers, readers_json};
pub use sql::{Attempt, attempt, attempts_before, attempts_of, certificate, keep_attempt};
