//! Training: courses whose lessons are the procedures of the house, questions with answers, certificates.

mod course;
mod sql;

pub use course::{Asked, AskedQuestion, Course, Courses, Marked, QUESTIONS, mark};
pub use sql::{Attempt, attempt, attempts_of, best_of_all, certificate, keep_attempt};
