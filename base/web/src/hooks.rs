//! Webhooks: what happens, told to an address outside. Made and looked after by an administrator.
//!
//! What is to be told is taken from the journal, one delivery for each line, webhook by webhook; a delivery has the same id at
//! every try. How it leaves is the caller's: this crate calls nobody.

mod operations;
mod pages;
mod sql;
mod work;

pub(crate) use pages::site;
pub use sql::{
    Delivery, Hook, HookError, NewHook, add_hook, deliveries, hooks, remove_hook, restore_hook, send_again,
    set_hook_disabled,
};
pub use work::{HookReport, Outgoing, send_hooks};

/// What a person who makes a webhook may choose from, and how its address is checked.
#[derive(Clone)]
pub struct HookRules {
    /// The kinds of events there are.
    pub kinds: &'static [crate::api::Happening],
    /// Whether an address may be called; the error says why not.
    pub check: fn(&str) -> Result<(), String>,
}
