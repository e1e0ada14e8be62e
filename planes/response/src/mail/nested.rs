//! What hangs on a mail and can be read: messages inside of it, and files of plain text. A phishing mail that somebody sends on
//! as a file tells as much as one that they paste.

use std::collections::HashMap;
use std::net::IpAddr;

use manara_formats::mail::{Mail, MailLimits, Part, PassageKind, Tlds, Xarf, fold, observables};

use super::read::clean;

/// Messages that are looked into, and how deep they may lie in each other.
const MESSAGES: usize = 20;
const DEPTH: usize = 3;
/// The largest of them.
const MESSAGE_BYTES: usize = 10 << 20;
/// The largest file of text that is looked into.
const TEXT_BYTES: usize = 512 << 10;
/// Characters of each that are shown, and of all that are looked through.
const SHOWN_CHARS: usize = 20_000;
const SAID_CHARS: usize = 400_000;

/// What was read of the parts of a mail.
#[derive(Debug, Default)]
pub(super) struct Inside {
    /// The text of those that are messages, by their place.
    pub texts: HashMap<usize, String>,
    /// All that observables are looked for in.
    pub said: String,
}

/// What a sender says by themselves: neither what they quote nor their signature.
pub(super) fn own_words(text: &str) -> String {
    let is_own = |kind| matches!(kind, PassageKind::Own | PassageKind::Forwarded);
    fold(text).into_iter().filter(|passage| is_own(passage.kind)).map(|passage| passage.text).collect()
}

/// Looks into the parts of a mail.
pub(super) fn inside(mail: &Mail) -> Inside {
    inside_of(mail.parts.iter().enumerate(), &[])
}

/// Looks into what a complaint brings: the messages it is about, as parts of its mail or as evidence. Its other parts are its fields
/// and the words of a machine.
pub(super) fn inside_complaint(mail: &Mail, xarf: Option<&Xarf>) -> Inside {
    let headers = |part: &Part| part.mime.ends_with("rfc822-headers");
    let messages = mail.parts.iter().enumerate().filter(|(_, part)| part.nested || headers(part));
    let evidence = xarf.map(|xarf| xarf.evidence.as_slice()).unwrap_or_default().iter().map(|piece| Part {
        name: String::new(),
        mime: piece.mime.clone(),
        bytes: piece.bytes.clone(),
        inline: false,
        nested: piece.mime.starts_with("message/rfc822"),
    });
    inside_of(messages, &evidence.collect::<Vec<_>>())
}

/// Looks into parts that have their place, and into some that have none.
fn inside_of<'a>(parts: impl Iterator<Item = (usize, &'a Part)>, loose: &[Part]) -> Inside {
    let (mut found, mut left) = (Inside::default(), MESSAGES);
    for (place, part) in parts {
        if let Some(text) = look(part, 1, &mut left, &mut found.said) {
            found.texts.insert(place, clean(text.trim(), SHOWN_CHARS));
        }
    }
    for part in loose {
        look(part, 1, &mut left, &mut found.said);
    }
    found.said = clean(&found.said, SAID_CHARS);
    found
}

/// Looks into a part; gives the text of a message.
fn look(part: &Part, depth: usize, left: &mut usize, said: &mut String) -> Option<String> {
    let name = part.name.to_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if !(part.nested || ends(&[".eml"]) || part.mime.ends_with("rfc822-headers")) {
        let is_text = matches!(part.mime.as_str(), "text/plain" | "text/csv" | "application/csv")
            || (part.mime == "application/octet-stream" && ends(&[".csv", ".txt", ".log"]));
        if is_text && part.bytes.len() <= TEXT_BYTES && said.len() < SAID_CHARS {
            said.push('\n');
            said.push_str(&String::from_utf8_lossy(&part.bytes));
        }
        return None;
    }
    if depth > DEPTH || *left == 0 || part.bytes.len() > MESSAGE_BYTES || said.len() >= SAID_CHARS {
        return None;
    }
    *left -= 1;
    let limits =
        MailLimits { bytes: MESSAGE_BYTES, depth: 6, parts: 50, text_bytes: 400 << 10, ..MailLimits::default() };
    let mail = Mail::read(&part.bytes, &limits).ok()?;
    for line in tells(&mail) {
        said.push('\n');
        said.push_str(&line);
    }
    said.push('\n');
    said.push_str(&own_words(&mail.text));
    let mut text = String::new();
    for field in ["From", "Reply-To", "To", "Date", "Subject"] {
        let value = if field == "Subject" { Some(mail.subject.as_str()) } else { mail.header(field) };
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            text.push_str(&format!("{field}: {value}\n"));
        }
    }
    text.push('\n');
    text.push_str(&mail.text);
    for part in &mail.parts {
        if let Some(inner) = look(part, depth + 1, left, said) {
            text.push_str(&format!("\n\n{}\n{}", part.name, inner.trim()));
        }
    }
    Some(text)
}

/// What the head of a message tells of where it came from: its senders, and the hosts that handed it over. Never to whom it was
/// written.
fn tells(mail: &Mail) -> Vec<String> {
    let mut lines = vec![mail.subject.clone()];
    lines.extend(mail.from.iter().chain(&mail.reply_to).map(|one| one.address.clone()));
    lines.extend(mail.return_path.clone());
    lines.extend(mail.header("Sender").map(String::from));
    for received in mail.headers_of("Received") {
        // `from` says who gave it; what follows `by` is who took it.
        let from = received.split(" by ").next().unwrap_or_default();
        if !from.trim_start().to_ascii_lowercase().starts_with("from ") {
            continue;
        }
        let seen = observables(from, Tlds::built_in()).into_iter().map(|one| one.value);
        lines.extend(seen.filter(|value| value.parse().map_or(true, is_public)));
    }
    lines
}

/// Whether an address means the same host everywhere.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => !(v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_unspecified()),
        IpAddr::V6(v6) => {
            let first = v6.segments().first().copied().unwrap_or_default();
            !(v6.is_loopback() || v6.is_unspecified() || first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80)
        }
    }
}

#[cfg(test)]
mod tests {
    use manara_formats::mail::{Mail, MailLimits};

    use super::{inside, own_words};

    #[test]
    fn quoted_text_and_signatures_are_not_ones_own() {
        let text = "It is gone.\n\nOn Monday, CIRT wrote:\n> see 192.0.2.7\n-- \nAna\nwww.theirs.example\n";
        let own = own_words(text);
        assert!(own.contains("It is gone.") && !own.contains("192.0.2.7") && !own.contains("theirs"), "{own}");
    }

    #[test]
    fn a_mail_sent_on_as_a_file_tells_its_text_its_senders_and_the_hosts_that_gave_it() {
        let inner = "Received: from evil.example (unknown [198.51.100.7]) by mx.ours.example with SMTP\r\n\
            Received: from localhost (127.0.0.1) by evil.example\r\n\
            From: Bank <alert@evil.example>\r\nReply-To: drop@collect.example\r\nTo: victim@ours.example\r\n\
            Subject: Pay now\r\n\r\nGo to hxxp://login[.]evil.example/a\r\n";
        for (mime, name) in [("message/rfc822", "mail"), ("application/octet-stream", "proof.EML")] {
            let outer = format!(
                "From: ana@ours.example\r\nSubject: fwd\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=e\r\n\r\n\
                 --e\r\nContent-Type: text/plain\r\n\r\nSee this.\r\n--e\r\nContent-Type: {mime}; name=\"{name}\"\r\n\
                 Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n{inner}\r\n--e--\r\n"
            );
            let mail = Mail::read(outer.as_bytes(), &MailLimits::default()).unwrap();
            let found = inside(&mail);
            let text = found.texts.values().next().unwrap_or_else(|| panic!("{mime}: {mail:?}"));
            assert!(text.contains("Subject: Pay now") && text.contains("login[.]evil"), "{text}");
            for there in ["198.51.100.7", "alert@evil.example", "drop@collect.example", "login[.]evil.example"] {
                assert!(found.said.contains(there), "{there}: {}", found.said);
            }
            for not in ["victim@", "mx.ours", "127.0.0.1"] {
                assert!(!found.said.contains(not), "{not}: {}", found.said);
            }
        }
    }
}
