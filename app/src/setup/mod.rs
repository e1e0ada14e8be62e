//! Setting a house up: what is left to be done, and the settings a person enters instead of writing `cirt.toml`.

mod mail;
mod nation;
mod steps;
mod write;

pub use mail::{MailForm, MailTrouble, WAYS as MAIL_WAYS, test_letter};
pub use nation::{Nation, NationTrouble};
pub use steps::{STEPS, Step, dismiss, is_dismissed, steps};
pub use write::{SetError, hold, secret_login, store, written};
