//! What the other side says, line by line, read as RFC 5321 and RFC 2033 write it.

use super::reply::{
    BAD_BYTES, BAD_PARAMETER, BAD_RECIPIENT, BAD_SENDER, FOREIGN, NO_ARGUMENT, NO_NAME, NOT_OFFERED, Reply, UNKNOWN,
    UNKNOWN_PARAMETER,
};

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// Greetings, with the name the other side gives itself.
    Lhlo(String),
    Ehlo(String),
    Helo(String),
    Mail(MailFrom),
    /// A recipient.
    Rcpt(String),
    Data,
    Rset,
    Noop,
    Vrfy,
    Help,
    Quit,
    StartTls,
}

/// The sender, and what is said about the message that follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MailFrom {
    /// `None` for the empty sender of reports on delivery.
    pub(super) from: Option<String>,
    /// How many bytes are announced.
    pub(super) size: Option<u64>,
    /// Whether addresses and headers may be UTF-8.
    pub(super) is_utf8: bool,
}

/// The longest command, and the longest address: more than RFC 5321 demands, for its extensions.
pub(super) const LINE_BYTES: usize = 2048;
const ADDRESS_BYTES: usize = 320;

/// Reads a line without its end.
pub(super) fn parse(line: &[u8]) -> Result<Command, Reply> {
    let text = std::str::from_utf8(line).map_err(|_| BAD_BYTES)?;
    if text.chars().any(|c| c.is_control() && c != '\t') {
        return Err(BAD_BYTES);
    }
    let text = text.trim_end();
    let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
    let rest = rest.trim_start();
    let alone = |command| if rest.is_empty() { Ok(command) } else { Err(NO_ARGUMENT) };
    match verb.to_ascii_uppercase().as_str() {
        "LHLO" => name(rest).map(Command::Lhlo),
        "EHLO" => name(rest).map(Command::Ehlo),
        "HELO" => name(rest).map(Command::Helo),
        "MAIL" => from(rest).map(Command::Mail),
        "RCPT" => to(rest).map(Command::Rcpt),
        "DATA" => alone(Command::Data),
        "RSET" => alone(Command::Rset),
        "NOOP" => Ok(Command::Noop),
        "VRFY" => Ok(Command::Vrfy),
        "HELP" => Ok(Command::Help),
        "QUIT" => alone(Command::Quit),
        "STARTTLS" => alone(Command::StartTls),
        "EXPN" | "TURN" | "ETRN" | "BDAT" | "AUTH" | "SEND" | "SOML" | "SAML" => Err(NOT_OFFERED),
        // A browser was led here: what stands in its request must not be obeyed.
        "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "CONNECT" | "HOST:" => Err(FOREIGN),
        _ => Err(UNKNOWN),
    }
}

/// The name of a greeting: whatever the other side says, as long as it is one short word.
fn name(text: &str) -> Result<String, Reply> {
    let word = text.split(' ').next().unwrap_or_default();
    if word.is_empty() || word.len() > ADDRESS_BYTES { Err(NO_NAME) } else { Ok(word.to_string()) }
}

fn from(text: &str) -> Result<MailFrom, Reply> {
    let (path, parameters) = path(text, "FROM:").ok_or(BAD_SENDER)?;
    let from = match path {
        "" => None,
        path => Some(address(path).ok_or(BAD_SENDER)?),
    };
    let mut read = MailFrom { from, size: None, is_utf8: false };
    for parameter in parameters.split(' ').filter(|word| !word.is_empty()) {
        let (key, value) = parameter.split_once('=').map_or((parameter, None), |(key, value)| (key, Some(value)));
        match (key.to_ascii_uppercase().as_str(), value) {
            ("SIZE", Some(value)) if !value.is_empty() && value.len() <= 20 => {
                let is_number = value.bytes().all(|b| b.is_ascii_digit());
                // Twenty figures may be more than fit; that is too large in any case.
                let size = if is_number { value.parse().unwrap_or(u64::MAX) } else { return Err(BAD_PARAMETER) };
                read.size = Some(size);
            }
            ("BODY", Some(value)) if ["7BIT", "8BITMIME"].contains(&value.to_ascii_uppercase().as_str()) => {}
            ("SMTPUTF8", None) => read.is_utf8 = true,
            ("SIZE" | "BODY" | "SMTPUTF8", _) => return Err(BAD_PARAMETER),
            _ => return Err(UNKNOWN_PARAMETER),
        }
    }
    Ok(read)
}

fn to(text: &str) -> Result<String, Reply> {
    let (path, parameters) = path(text, "TO:").ok_or(BAD_RECIPIENT)?;
    if !parameters.trim().is_empty() {
        return Err(UNKNOWN_PARAMETER);
    }
    if path.eq_ignore_ascii_case("postmaster") {
        return Ok(path.to_string());
    }
    address(path).ok_or(BAD_RECIPIENT)
}

/// What stands between `<` and `>` after the keyword, and what follows.
fn path<'a>(text: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let (head, rest) = text.split_at_checked(keyword.len())?;
    if !head.eq_ignore_ascii_case(keyword) {
        return None;
    }
    // A space before the address is wrong, and usual.
    let inner = rest.trim_start_matches(' ').strip_prefix('<')?;
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '>' if !is_quoted => {
                let (path, rest) = inner.split_at_checked(at)?;
                let rest = rest.strip_prefix('>')?;
                return (rest.is_empty() || rest.starts_with(' ')).then_some((path, rest));
            }
            _ => {}
        }
    }
    None
}

/// An address as it is kept; a route before it, as people wrote it forty years ago, is passed over.
fn address(path: &str) -> Option<String> {
    let address = match path.strip_prefix('@') {
        Some(route) => route.split_once(':')?.1,
        None => path,
    };
    let (local, domain) = address.rsplit_once('@')?;
    let is_literal = domain.starts_with('[') && domain.ends_with(']');
    let inner = domain.trim_start_matches('[').trim_end_matches(']');
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_') || (is_literal && c == ':');
    let is_domain = !inner.is_empty() && inner.chars().all(|c| !c.is_ascii() || fits(c));
    let is_local = match local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => !quoted.is_empty(),
        None => {
            !local.is_empty()
                && !local.contains([' ', '\t', '<', '>', '(', ')', '[', ']', ',', ';', ':', '"', '\\', '@'])
        }
    };
    (address.len() <= ADDRESS_BYTES && is_domain && is_local).then(|| address.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, proptest};

    use super::{Command, MailFrom, parse};

    fn mail(from: Option<&str>, size: Option<u64>, is_utf8: bool) -> Command {
        Command::Mail(MailFrom { from: from.map(Into::into), size, is_utf8 })
    }

    #[test]
    fn commands_are_read() {
        for (line, command) in [
            ("LHLO mail.example.org", Command::Lhlo("mail.example.org".into())),
            ("ehlo [192.0.2.1] extra", Command::Ehlo("[192.0.2.1]".into())),
            ("HELO a", Command::Helo("a".into())),
            ("MAIL FROM:<>", mail(None, None, false)),
            ("mail from:<A.b+c@Example.org> size=100 body=8bitmime", mail(Some("A.b+c@Example.org"), Some(100), false)),
            ("MAIL FROM: <a@b> SIZE=99999999999999999999 SMTPUTF8", mail(Some("a@b"), Some(u64::MAX), true)),
            ("MAIL FROM:<مكتب@مثال.إختبار> SMTPUTF8", mail(Some("مكتب@مثال.إختبار"), None, true)),
            ("MAIL FROM:<\"a> b\\\"\"@b.example>", mail(Some("\"a> b\\\"\"@b.example"), None, false)),
            ("RCPT TO:<@relay,@two:a@[IPv6:2001:db8::1]>", Command::Rcpt("a@[IPv6:2001:db8::1]".into())),
            ("RCPT TO:<Postmaster>", Command::Rcpt("Postmaster".into())),
            ("DATA ", Command::Data),
            ("NOOP whatever", Command::Noop),
            ("vrfy a", Command::Vrfy),
            ("HELP", Command::Help),
            ("RSET", Command::Rset),
            ("QUIT", Command::Quit),
            ("StartTLS", Command::StartTls),
        ] {
            assert_eq!(parse(line.as_bytes()), Ok(command), "{line}");
        }
    }

    #[test]
    fn what_is_wrong_has_its_code() {
        for (line, code) in [
            (&b""[..], 500),
            (b"HELLO you", 500),
            (b"MAIL FROM:<a@b>\nRCPT TO:<c@d>", 500),
            (b"NOOP \x00", 500),
            (b"NOOP \xff", 500),
            (b"POST / HTTP/1.1", 421),
            (b"BDAT 10 LAST", 502),
            (b"AUTH PLAIN AAAA", 502),
            (b"EHLO", 501),
            (b"DATA now", 501),
            (b"MAIL", 501),
            (b"MAIL FROM:a@b", 501),
            (b"MAIL FROM:<a@b", 501),
            (b"MAIL FROM:<a@b>SIZE=1", 501),
            (b"MAIL FROM:<a b@c>", 501),
            (b"MAIL FROM:<a@b@c d>", 501),
            (b"MAIL FROM:<a@b> SIZE=x", 501),
            (b"MAIL FROM:<a@b> SIZE", 501),
            (b"MAIL FROM:<a@b> BODY=BINARYMIME", 501),
            (b"MAIL FROM:<a@b> RET=FULL", 555),
            (b"RCPT TO:<>", 501),
            (b"RCPT TO:<nobody>", 501),
            (b"RCPT TO:<a@b> NOTIFY=NEVER", 555),
        ] {
            assert_eq!(parse(line).expect_err("refused").code, code, "{}", String::from_utf8_lossy(line));
        }
        let long = format!("RCPT TO:<{}@b>", "a".repeat(400));
        assert_eq!(parse(long.as_bytes()).expect_err("too long").code, 501);
    }

    proptest! {
        #[test]
        fn no_line_is_too_strange(line in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = parse(&line);
        }

        #[test]
        fn no_path_is_too_strange(rest in "[<>@:\"\\\\a. =é]{0,30}") {
            let _ = parse(format!("MAIL FROM:{rest}").as_bytes());
            let _ = parse(format!("RCPT TO:{rest}").as_bytes());
        }
    }
}
