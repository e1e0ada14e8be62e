//! Reports of delivery in the standard form (RFC 3464).

use super::kind::{kind_of, status_in};
use super::{Failed, add, reason};
use crate::mail::fault::Faults;
use crate::mail::head::Head;
use crate::mail::{Mail, MailLimits};

/// Most blocks of fields of one report.
const BLOCKS: usize = 600;

/// The addresses that were not reached, none where all were; `None` where no block speaks of a recipient.
pub(super) fn recipients(bytes: &[u8], mail: &Mail) -> Option<Vec<Failed>> {
    let mut found = Vec::new();
    let mut is_about_somebody = false;
    let mut rest = bytes;
    for _ in 0..BLOCKS {
        rest = rest.trim_ascii_start();
        if rest.is_empty() {
            break;
        }
        let head = Head::read(rest, &MailLimits::default(), &mut Faults::default());
        if head.fields.is_empty() {
            break;
        }
        rest = head.body;
        let Some(address) = address(&head) else { continue };
        is_about_somebody = true;
        let action = head.line("action").unwrap_or_default().to_ascii_lowercase();
        if matches!(action.as_str(), "delivered" | "relayed" | "expanded") {
            continue;
        }
        let diagnostic = head.line("diagnostic-code").unwrap_or_default();
        let said = diagnostic
            .split_once(';')
            .filter(|(kind, _)| kind.len() < 20)
            .map_or(diagnostic.as_str(), |(_, said)| said);
        let status =
            head.line("status").and_then(|status| status_in(&status)).filter(|status| !status.ends_with(".0.0"));
        let status =
            status.or_else(|| status_in(said)).or_else(|| head.line("status").and_then(|status| status_in(&status)));
        let is_delayed = action == "delayed";
        let said = if said.trim().is_empty() { mail.text.as_str() } else { said };
        let kind = kind_of(status.as_deref(), said, is_delayed);
        let about = if diagnostic.is_empty() { "" } else { said };
        add(&mut found, Failed { address, status, kind, is_delayed, reason: reason(about) });
    }
    is_about_somebody.then_some(found)
}

/// Whom we wrote to, where the report says so, else where it ended.
fn address(head: &Head<'_>) -> Option<String> {
    ["original-recipient", "final-recipient", "x-actual-recipient"].iter().find_map(|name| {
        let line = head.line(name)?;
        let address = line.split_once(';').map_or(line.as_str(), |(_, address)| address);
        let address = address.trim().trim_matches(['<', '>']).trim();
        let is_address = address.contains('@') && address.len() <= 320 && !address.contains(char::is_whitespace);
        is_address.then(|| address.to_owned())
    })
}
