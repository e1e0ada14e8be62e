//! Whether an address is dead: by its status code, then by what is said.

use super::BounceKind;

/// The enhanced status code in a text; a bare reply code such as `550` gives its class: `5.0.0`.
pub(super) fn status_in(text: &str) -> Option<String> {
    let mut bare = None;
    let edges = |c: char| !(c.is_ascii_digit() || c == '.');
    for word in text.split(edges).filter(|word| !word.is_empty()).take(200) {
        let word = word.trim_matches('.');
        let parts: Vec<&str> = word.split('.').collect();
        match parts.as_slice() {
            [class @ ("2" | "4" | "5"), subject, detail] => {
                let is_number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
                if is_number(subject) && is_number(detail) {
                    return Some(format!("{class}.{subject}.{detail}"));
                }
            }
            [code] if bare.is_none() && code.len() == 3 => {
                bare = match code.as_bytes() {
                    [b'4', b'2'..=b'5', _] => Some("4.0.0".to_owned()),
                    [b'5', b'0'..=b'5', _] => Some("5.0.0".to_owned()),
                    _ => None,
                };
            }
            _ => {}
        }
    }
    bare
}

/// Codes that leave no doubt: begin and kind. Longer begins come first.
const CODES: &[(&str, BounceKind)] = &[
    ("4.", BounceKind::Soft),
    // Our address was refused, not theirs.
    ("5.1.7", BounceKind::Soft),
    ("5.1.8", BounceKind::Soft),
    ("5.1.", BounceKind::Hard),
    ("5.2.1", BounceKind::Hard),
    ("5.2.", BounceKind::Soft),
    ("5.3.", BounceKind::Soft),
    ("5.4.310", BounceKind::Hard),
    ("5.4.4", BounceKind::Hard),
    ("5.4.6", BounceKind::Soft),
    ("5.4.7", BounceKind::Soft),
    ("5.6.", BounceKind::Soft),
];

/// What mail systems say, in small letters, in the order in which it counts.
const PHRASES: &[(&str, BounceKind)] = &[
    // Full.
    ("mailbox full", BounceKind::Soft),
    ("mailbox is full", BounceKind::Soft),
    ("mailbox for user is full", BounceKind::Soft),
    ("over quota", BounceKind::Soft),
    ("overquota", BounceKind::Soft),
    ("out of storage", BounceKind::Soft),
    ("quota exceeded", BounceKind::Soft),
    ("exceeded storage", BounceKind::Soft),
    ("exceeds the quota", BounceKind::Soft),
    ("inbox is full", BounceKind::Soft),
    ("insufficient system storage", BounceKind::Soft),
    ("not enough storage", BounceKind::Soft),
    // Nobody there.
    ("user unknown", BounceKind::Hard),
    ("unknown user", BounceKind::Hard),
    ("unknown recipient", BounceKind::Hard),
    ("unknown address", BounceKind::Hard),
    ("recipient unknown", BounceKind::Hard),
    ("unknown local", BounceKind::Hard),
    ("unknown mailbox", BounceKind::Hard),
    ("no such user", BounceKind::Hard),
    ("no such recipient", BounceKind::Hard),
    ("no such mailbox", BounceKind::Hard),
    ("no such person", BounceKind::Hard),
    ("no such address", BounceKind::Hard),
    ("no mailbox here by that name", BounceKind::Hard),
    ("no mailbox by that name", BounceKind::Hard),
    ("user not found", BounceKind::Hard),
    ("user not listed", BounceKind::Hard),
    ("not listed in", BounceKind::Hard),
    ("address not found", BounceKind::Hard),
    ("recipnotfound", BounceKind::Hard),
    ("recipient not found", BounceKind::Hard),
    ("recipient address rejected: access denied", BounceKind::Hard),
    ("could not be found", BounceKind::Hard),
    ("couldn't be found", BounceKind::Hard),
    ("couldn’t be found", BounceKind::Hard),
    ("wasn't found at", BounceKind::Hard),
    ("wasn’t found at", BounceKind::Hard),
    ("does not exist", BounceKind::Hard),
    ("doesn't exist", BounceKind::Hard),
    ("doesn’t exist", BounceKind::Hard),
    ("doesn't have an account", BounceKind::Hard),
    ("does not have an account", BounceKind::Hard),
    ("unrouteable address", BounceKind::Hard),
    ("unroutable address", BounceKind::Hard),
    ("invalid recipient", BounceKind::Hard),
    ("invalid mailbox", BounceKind::Hard),
    ("mailbox not found", BounceKind::Hard),
    ("mailbox unavailable", BounceKind::Hard),
    ("mailbox disabled", BounceKind::Hard),
    ("account disabled", BounceKind::Hard),
    ("account has been disabled", BounceKind::Hard),
    ("account is disabled", BounceKind::Hard),
    ("account that you tried to reach is disabled", BounceKind::Hard),
    ("account inactive", BounceKind::Hard),
    ("account is inactive", BounceKind::Hard),
    ("not a valid mailbox", BounceKind::Hard),
    ("not a known user", BounceKind::Hard),
    ("is unknown", BounceKind::Hard),
    ("no longer on server", BounceKind::Hard),
    ("no longer valid", BounceKind::Hard),
    ("n'existe pas", BounceKind::Hard),
    ("utilisateur inconnu", BounceKind::Hard),
    ("غير موجود", BounceKind::Hard),
    // No such domain.
    ("host unknown", BounceKind::Hard),
    ("unknown host", BounceKind::Hard),
    ("host not found", BounceKind::Hard),
    ("host or domain name not found", BounceKind::Hard),
    ("domain not found", BounceKind::Hard),
    ("name service error", BounceKind::Hard),
    ("couldn't find any host", BounceKind::Hard),
    ("all relevant mx records point to non-existent hosts", BounceKind::Hard),
    ("cannot find your hostname", BounceKind::Soft),
    // Not this message.
    ("spam", BounceKind::Soft),
    ("virus", BounceKind::Soft),
    ("blacklist", BounceKind::Soft),
    ("blocklist", BounceKind::Soft),
    ("block list", BounceKind::Soft),
    ("blocked", BounceKind::Soft),
    ("banned", BounceKind::Soft),
    ("policy", BounceKind::Soft),
    ("dmarc", BounceKind::Soft),
    ("dkim", BounceKind::Soft),
    ("spf", BounceKind::Soft),
    ("reputation", BounceKind::Soft),
    ("too large", BounceKind::Soft),
    ("too big", BounceKind::Soft),
    ("size limit", BounceKind::Soft),
    ("exceeds size", BounceKind::Soft),
    ("too many hops", BounceKind::Soft),
    ("mail loop", BounceKind::Soft),
    ("not authorized", BounceKind::Soft),
    ("relay", BounceKind::Soft),
    ("content rejected", BounceKind::Soft),
    // Not yet.
    ("try again", BounceKind::Soft),
    ("temporar", BounceKind::Soft),
    ("greylist", BounceKind::Soft),
    ("graylist", BounceKind::Soft),
    ("deferred", BounceKind::Soft),
    ("timed out", BounceKind::Soft),
    ("timeout", BounceKind::Soft),
    ("connection refused", BounceKind::Soft),
    ("too many connections", BounceKind::Soft),
    ("rate limit", BounceKind::Soft),
    ("delivery time expired", BounceKind::Soft),
    ("retry time not reached", BounceKind::Soft),
    ("i'm not going to try again", BounceKind::Soft),
];

/// Longest text that is searched, in bytes.
const SAID_BYTES: usize = 8 << 10;

/// What a failure means for the address.
pub(super) fn kind_of(status: Option<&str>, said: &str, is_delayed: bool) -> BounceKind {
    if is_delayed {
        return BounceKind::Soft;
    }
    let by_code = CODES.iter().find(|(begin, _)| status.is_some_and(|status| status.starts_with(begin)));
    // A general code of an address says less than the words beside it.
    if let Some((_, kind)) = by_code.filter(|_| status != Some("5.1.0")) {
        return *kind;
    }
    let said = said.get(..said.floor_char_boundary(SAID_BYTES)).unwrap_or_default().to_lowercase();
    let by_phrase = PHRASES.iter().find(|(phrase, _)| said.contains(phrase)).map(|(_, kind)| *kind);
    by_phrase.unwrap_or(match status {
        // Refused for good by a rule of theirs: the address may live.
        Some(status) if status.starts_with("5.7.") => BounceKind::Soft,
        Some(status) if status.starts_with("5.") => BounceKind::Hard,
        _ => BounceKind::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::super::BounceKind::{self, Hard, Soft, Unknown};
    use super::{kind_of, status_in};

    #[test]
    fn a_status_is_found_in_what_is_said() {
        for (text, expected) in [
            ("550 5.1.1 <x@example.org>: Recipient address rejected", Some("5.1.1")),
            ("host mx.example.org[192.0.2.25] said: 452 4.2.2 full", Some("4.2.2")),
            ("#5.4.310 #SMTP#", Some("5.4.310")),
            ("550 No such user", Some("5.0.0")),
            ("451 try later", Some("4.0.0")),
            ("host 192.0.2.5 did not answer", None),
            ("version 5.1.1.2", None),
            ("", None),
        ] {
            assert_eq!(status_in(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_address_is_dead_or_not() {
        let cases: &[(Option<&str>, &str, BounceKind)] = &[
            (Some("5.1.1"), "", Hard),
            (Some("5.1.10"), "RecipNotFound", Hard),
            (Some("5.2.1"), "", Hard),
            (Some("5.2.2"), "", Soft),
            (Some("5.1.8"), "sender rejected", Soft),
            (Some("4.4.1"), "", Soft),
            (Some("5.0.0"), "550 User unknown", Hard),
            (Some("5.0.0"), "552 Mailbox full", Soft),
            (Some("5.0.0"), "554 rejected", Hard),
            (Some("5.7.1"), "554 Denied", Soft),
            (Some("5.7.1"), "550 5.7.1 No such user here", Hard),
            (Some("5.4.1"), "Recipient address rejected: Access denied", Hard),
            (Some("5.5.0"), "Requested action not taken: mailbox unavailable", Hard),
            (None, "The address could not be found", Hard),
            (None, "Your message looked like spam", Soft),
            (None, "something", Unknown),
        ];
        for (status, said, expected) in cases {
            assert_eq!(kind_of(*status, said, false), *expected, "{status:?} {said}");
        }
        assert_eq!(kind_of(Some("5.1.1"), "", true), Soft, "late is not lost");
    }
}
