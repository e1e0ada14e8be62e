//! Bounces as mail systems write them for people.

use super::kind::{kind_of, status_in};
use super::{BounceKind, Failed, add, original, reason};
use crate::mail::Mail;

/// Most lines that are looked at.
const LINES: usize = 400;
/// Most lines of one reason.
const REASON_LINES: usize = 12;

/// The addresses that were not reached; `None` if this is no bounce.
pub(super) fn recipients(mail: &Mail) -> Option<Vec<Failed>> {
    let said = before_copy(&mail.text);
    let lower = format!("{}\n{}", mail.subject, said.get(..said.floor_char_boundary(8 << 10)).unwrap_or_default())
        .to_lowercase();
    let is_from_system = mail.header("x-failed-recipients").is_some() || mail.return_path.as_deref() == Some("") || {
        let local = mail.from.as_ref().map(crate::mail::Address::local).unwrap_or_default();
        ["mailer-daemon", "postmaster", "mailerdaemon", "mail-daemon", "mailer_daemon", "microsoftexchange"]
            .iter()
            .any(|name| local.starts_with(name))
    };
    if !is_from_system || !FAILURES.iter().any(|phrase| lower.contains(phrase)) {
        return None;
    }
    let is_delayed =
        DELAYS.iter().any(|phrase| lower.contains(phrase)) && !FINAL.iter().any(|phrase| lower.contains(phrase));
    let own: Vec<String> = mail.from.iter().chain(&mail.to).map(|one| one.address.to_ascii_lowercase()).collect();
    let mut found = Vec::new();
    let lines: Vec<&str> = said.lines().take(LINES).collect();
    for (at, line) in lines.iter().enumerate() {
        for (address, rest) in introduced(line) {
            if own.contains(&address.to_ascii_lowercase()) {
                continue;
            }
            let about = about(rest, lines.get(at + 1..).unwrap_or_default());
            let status = status_in(&about);
            let kind = match kind_of(status.as_deref(), &about, is_delayed) {
                BounceKind::Unknown => kind_of(status.as_deref(), &lower, is_delayed),
                kind => kind,
            };
            add(&mut found, Failed { address, status, kind, is_delayed, reason: reason(&about) });
        }
    }
    for address in mail.headers_of("x-failed-recipients").flat_map(|value| value.split(',')) {
        if let Some((address, _)) = first_address(address) {
            add(&mut found, general(address, said, &lower, is_delayed));
        }
    }
    // Nothing but the copy says to whom it was.
    if found.is_empty()
        && let Some(copy) = original(mail)
    {
        let to = copy.0.addresses("to", 2, &mut Default::default());
        if let [only] = to.as_slice() {
            add(&mut found, general(only.address.clone(), said, &lower, is_delayed));
        }
    }
    Some(found)
}

/// A failure of which only the whole text speaks.
fn general(address: String, said: &str, lower: &str, is_delayed: bool) -> Failed {
    let line = said.lines().take(LINES).find(|line| status_in(line).is_some()).unwrap_or_default();
    let status = status_in(line);
    let kind = kind_of(status.as_deref(), lower, is_delayed);
    Failed { address, status, kind, is_delayed, reason: reason(line) }
}

/// Words of which at least one stands in every bounce, in small letters.
const FAILURES: &[&str] = &[
    "undeliver",
    "delivery status notification",
    "delivery failure",
    "delivery failed",
    "delivery has failed",
    "delivery to the following",
    "mail delivery",
    "message could not be delivered",
    "could not be delivered",
    "couldn't be delivered",
    "couldn’t be delivered",
    "wasn't delivered",
    "wasn’t delivered",
    "was not delivered",
    "not been delivered",
    "unable to deliver",
    "wasn't able to deliver",
    "did not reach",
    "returned mail",
    "returned to sender",
    "failure notice",
    "nondeliverable",
    "non remis",
    "non-distribution",
    "n'a pas pu être remis",
    "unzustellbar",
    "nicht zugestellt",
    "no se puede entregar",
    "não foi possível entregar",
    "تعذر التسليم",
    "لم يتم تسليم",
    "تعذر تسليم",
    "недоставлен",
    "mail system error",
    "delayed",
];

/// Words of a message that is only late.
const DELAYS: &[&str] = &[
    "delayed",
    "warning message only",
    "will be retried",
    "not yet been delivered",
    "still trying",
    "will keep trying",
    "do not need to resend",
    "retard",
    "تأخر",
];

/// Words after which it is too late all the same.
const FINAL: &[&str] = &[
    "giving up",
    "gave up",
    "permanent fatal errors",
    "failed permanently",
    "permanent error",
    "could not be delivered for",
];

/// Where the copy of the message begins, in small letters. What stands there is not about the failure.
const COPIES: &[&str] = &[
    "--- below this line is a copy of the message",
    "------ this is a copy of the message",
    "----- original message",
    "----- message header",
    "----- unsent message follows",
    "------ this is a copy of your message",
    "--- the header of the original message is following",
    "--- attached is a copy",
    "original message headers:",
    "----- message headers follow",
    "--- included message ---",
    "----- returned message",
];

fn before_copy(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n').take(LINES) {
        let lower = line.trim().to_lowercase();
        if COPIES.iter().any(|begin| lower.starts_with(begin)) {
            break;
        }
        at += line.len();
    }
    text.get(..at).unwrap_or(text)
}

/// Words before an address in a sentence that says it was not reached, in small letters.
const SENTENCES: &[&str] = &[
    "wasn't delivered to ",
    "wasn’t delivered to ",
    "was not delivered to ",
    "couldn't be delivered to ",
    "couldn’t be delivered to ",
    "could not be delivered to ",
    "delivering your message to ",
    "unable to deliver your message to ",
    "unable to deliver mail to ",
    "delivery to ",
    "n'a pas pu être remis à ",
    "n’a pas pu être remis à ",
    "لم يتم تسليم رسالتك إلى ",
    "تعذر تسليم رسالتك إلى ",
];

/// The addresses that a line is about, and what follows them on it.
fn introduced(line: &str) -> Vec<(String, &str)> {
    let trimmed = line.trim();
    if trimmed.len() > 1_000 || !trimmed.contains('@') {
        return Vec::new();
    }
    let lower = trimmed.to_lowercase();
    let is_sentence = SENTENCES.iter().any(|words| lower.contains(words));
    let Some((address, rest)) = first_address(trimmed) else { return Vec::new() };
    let before = trimmed.split_once(address.as_str()).map_or("", |(before, _)| before);
    // Above an address alone stands nothing but brackets, or the name of whoever has it.
    let is_begin = before.chars().all(|c| matches!(c, '<' | '"' | '\'' | '(' | '*' | '-' | ' ' | '\t'))
        || (before.ends_with(['(', '<'])
            && before.len() <= 60
            && !before.contains(':')
            && !before.to_lowercase().starts_with("to "));
    // “host mx.example.org said” begins no line about an address, and neither does “From: …”.
    if !(is_begin || is_sentence) {
        return Vec::new();
    }
    let mut found = vec![(address.clone(), rest)];
    let only_addresses = trimmed
        .split([',', ';'])
        .filter_map(|piece| first_address(piece).filter(|(_, rest)| rest.trim_matches(['>', ' ']).is_empty()));
    let others: Vec<_> = only_addresses.collect();
    if others.len() > 1 {
        found = others;
    }
    found
}

/// The first address of a text, and what follows it and its bracket.
fn first_address(text: &str) -> Option<(String, &str)> {
    let is_inner = |c: char| c.is_alphanumeric() || ".!#$%&*+-/=?^_`{|}~".contains(c);
    let at = text.find('@')?;
    let (before, after) = (text.get(..at)?, text.get(at + 1..)?);
    let begin = before.char_indices().rev().take_while(|(_, c)| is_inner(*c)).last()?.0;
    let is_domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let end = after.find(|c| !is_domain(c)).unwrap_or(after.len());
    let local = before.get(begin..)?.trim_start_matches(['=', '\'', '`']);
    let domain = after.get(..end)?.trim_end_matches(['.', '-']);
    if local.is_empty() || !domain.contains('.') || local.len() + domain.len() > 318 {
        return None;
    }
    let rest = after.get(domain.len()..).unwrap_or_default();
    Some((format!("{local}@{domain}"), rest.trim_start_matches(['>', ')', '\'', '"', ':', ' ', '.'])))
}

/// Whether a line is an address and nothing else.
fn is_address(line: &str) -> bool {
    let inner = line.trim().trim_matches(['<', '>', ':']);
    first_address(inner).is_some_and(|(address, _)| address == inner)
}

/// What is said about an address: the rest of its line and the lines up to an empty one; where nothing is, the next paragraph
/// that speaks of an error.
fn about(rest: &str, after: &[&str]) -> String {
    let mut about = rest.trim().to_owned();
    let mut lines = after.iter().copied();
    for line in lines.by_ref().take(REASON_LINES) {
        // Some indent both the address and what they say about it.
        let is_next = !introduced(line).is_empty() && (!line.starts_with([' ', '\t']) || is_address(line));
        if line.trim().is_empty() || is_next {
            break;
        }
        about.push(' ');
        about.push_str(line.trim());
    }
    if about.chars().filter(|c| c.is_alphabetic()).count() >= 10 {
        return about;
    }
    for line in lines.take(REASON_LINES) {
        let is_error = status_in(line).is_some() || kind_of(None, line, false) != BounceKind::Unknown;
        if is_error {
            return format!("{about} {}", line.trim()).trim().to_owned();
        }
    }
    about
}
