//! What can be typed about the public description of the team.

use clap::Args;

use super::{Place, Print};

/// `rfc2350`.
#[derive(Debug, Args)]
pub struct Rfc2350 {
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub print: Print,
    /// Write security.txt (RFC 9116) instead of the page.
    #[arg(long)]
    pub security_txt: bool,
    /// Say only what is missing, in JSON.
    #[arg(long, conflicts_with = "security_txt")]
    pub json: bool,
}
