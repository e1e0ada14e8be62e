//! What we answer. These are words of a protocol, read by servers and their logs.

/// An answer: three figures, the enhanced code of RFC 3463 (empty for none), and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    pub(super) status: &'static str,
    pub(super) text: &'static str,
}

const fn reply(code: u16, status: &'static str, text: &'static str) -> Reply {
    Reply { code, status, text }
}

/// The line of an answer. Whatever could end it, or is not ASCII, becomes something harmless.
pub(super) fn line(code: u16, status: &str, text: &str) -> String {
    let space = if status.is_empty() { "" } else { " " };
    let text: String = crate::one_line(text).chars().take(TEXT_CHARS).collect();
    let text = text.replace(|c: char| !c.is_ascii(), "?");
    format!("{code}{space}{status} {text}\r\n")
}

/// How much of what an intake says is passed on.
const TEXT_CHARS: usize = 200;

pub(super) const OK: Reply = reply(250, "2.0.0", "ok");
pub(super) const HELLO: Reply = reply(250, "", "Manara");
/// The last line of what is offered.
pub(super) const OFFERED: Reply = reply(250, "", "ENHANCEDSTATUSCODES");
pub(super) const SENDER_OK: Reply = reply(250, "2.1.0", "sender ok");
pub(super) const RECIPIENT_OK: Reply = reply(250, "2.1.5", "recipient ok");
pub(super) const GO_AHEAD: Reply = reply(354, "", "end with a dot on a line of its own");
pub(super) const GOODBYE: Reply = reply(221, "2.0.0", "goodbye");
pub(super) const UNVERIFIED: Reply = reply(252, "2.1.5", "send the message and see");
pub(super) const HELP: Reply = reply(214, "2.0.0", "see RFC 5321 and RFC 2033");
pub(super) const START_TLS: Reply = reply(220, "2.0.0", "begin the handshake");

pub(super) const NOT_NOW: Reply = reply(503, "5.5.1", "command out of order");
pub(super) const GREET_FIRST: Reply = reply(503, "5.5.1", "greet first");
pub(super) const SAY_LHLO: Reply = reply(500, "5.5.1", "this is LMTP: greet with LHLO");
pub(super) const SAY_EHLO: Reply = reply(500, "5.5.1", "this is SMTP: greet with EHLO");
pub(super) const NO_RECIPIENT: Reply = reply(503, "5.5.1", "no valid recipients");
pub(super) const NO_SUCH_RECIPIENT: Reply = reply(550, "5.1.1", "no such recipient here");
pub(super) const TOO_MANY_RECIPIENTS: Reply = reply(452, "4.5.3", "too many recipients");
pub(super) const NEEDS_UTF8: Reply = reply(553, "5.6.7", "an address that is not ASCII needs SMTPUTF8");
pub(super) const TOO_LARGE: Reply = reply(552, "5.3.4", "the message is too large");
pub(super) const NO_ROOM: Reply = reply(452, "4.3.1", "too much mail at once, try again later");
pub(super) const BAD_ENDS: Reply = reply(554, "5.5.2", "lines of a message end with CR LF and nothing else");

pub(super) const BAD_BYTES: Reply = reply(500, "5.5.2", "a command is one line of UTF-8 that ends with CR LF");
pub(super) const UNKNOWN: Reply = reply(500, "5.5.2", "command not recognised");
pub(super) const NOT_OFFERED: Reply = reply(502, "5.5.1", "command not offered");
pub(super) const NO_NAME: Reply = reply(501, "5.5.4", "a greeting needs a name");
pub(super) const NO_ARGUMENT: Reply = reply(501, "5.5.4", "this command takes nothing");
pub(super) const BAD_SENDER: Reply = reply(501, "5.1.7", "expected MAIL FROM:<address>");
pub(super) const BAD_RECIPIENT: Reply = reply(501, "5.1.3", "expected RCPT TO:<address>");
pub(super) const BAD_PARAMETER: Reply = reply(501, "5.5.4", "a parameter has a value it cannot have");
pub(super) const UNKNOWN_PARAMETER: Reply = reply(555, "5.5.4", "parameter not offered");

// After these the conversation is over.
pub(super) const TOO_LONG: Reply = reply(500, "5.5.2", "line too long");
pub(super) const STOPPING: Reply = reply(421, "4.3.2", "going down, try again later");
pub(super) const SLOW: Reply = reply(421, "4.4.2", "took too long");
pub(super) const TOO_MANY_COMMANDS: Reply = reply(421, "4.7.0", "too many commands");
pub(super) const TOO_MANY_MISTAKES: Reply = reply(421, "4.7.0", "too many mistakes");
pub(super) const SPOKE_AHEAD: Reply = reply(421, "4.7.0", "nothing may follow STARTTLS before the handshake");
pub(super) const FOREIGN: Reply = reply(421, "4.7.0", "this is a mail server");

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn no_answer_can_be_smuggled_in() {
        assert_eq!(line(250, "2.0.0", "ok"), "250 2.0.0 ok\r\n");
        assert_eq!(line(354, "", "go"), "354 go\r\n");
        assert_eq!(line(451, "4.3.0", "later\r\n250 ok\u{2028}é"), "451 4.3.0 later 250 ok ?\r\n");
        assert!(line(250, "", &"x".repeat(1000)).len() < 250);
    }
}
