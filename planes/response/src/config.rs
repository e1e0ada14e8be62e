//! The section `[response]` of the configuration.

use std::path::PathBuf;

use serde::Deserialize;

/// The section `[response]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// A policy of incidents instead of the built-in one.
    pub policy_file: Option<PathBuf>,
}
