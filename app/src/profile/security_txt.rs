//! `security.txt`, RFC 9116.

use std::fmt::Write as _;

use manara_model::Micros;

use super::config::is_https;
use super::{Facts, PAGE, SECURITY_TXT};

/// After so many days what was read through counts no more; the standard asks for less than a year.
pub const DAYS: i64 = 364;

/// The file; nothing without a contact and a day, both of which the standard wants.
pub fn security_txt(facts: &Facts) -> Option<String> {
    let config = &facts.config;
    let reviewed = Micros::parse_rfc3339(&format!("{}T00:00:00Z", config.reviewed))?;
    let mut out = String::new();
    let mut line = |name: &str, value: &str| _ = writeln!(out, "{name}: {value}");
    let is_mail = facts.mail.contains('@') && facts.mail.chars().all(|c| c.is_ascii_graphic() && !"<>\"%".contains(c));
    if is_mail {
        line("Contact", &format!("mailto:{}", facts.mail));
    }
    let phone: String = facts.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let is_phone = phone.starts_with('+') && phone.len() > 4 && phone.matches('+').count() == 1;
    if is_phone {
        line("Contact", &format!("tel:{phone}"));
    }
    if !is_mail && !is_phone {
        return None;
    }
    line("Expires", &format!("{}T00:00:00Z", reviewed.plus_days(DAYS).day()));
    if is_https(&config.key_url) {
        line("Encryption", &config.key_url);
    }
    if !facts.languages.is_empty() {
        line("Preferred-Languages", &facts.languages.join(", "));
    }
    if is_https(&facts.address) {
        line("Canonical", &format!("{}{SECURITY_TXT}", facts.address));
        line("Policy", &format!("{}{PAGE}", facts.address));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::tests::full;
    use super::security_txt;

    #[test]
    fn it_says_what_the_standard_wants_and_only_what_is_known() {
        let wanted = "Contact: mailto:cirt@cirt.example\nContact: tel:+9992222\nExpires: 2027-10-31T00:00:00Z\n\
                      Encryption: https://cirt.example/key.asc\nPreferred-Languages: ar, en\n\
                      Canonical: https://cirt.example/.well-known/security.txt\nPolicy: https://cirt.example/rfc2350\n";
        let mut facts = full();
        facts.phone = "+999 (22) 22".into();
        assert_eq!(security_txt(&facts).as_deref(), Some(wanted));
        facts.mail = "a@b.example\nContact: mailto:x@y.example".into();
        assert!(!security_txt(&facts).expect("by telephone").contains('@'), "no line can be slipped in");
        facts.phone.clear();
        assert_eq!(security_txt(&facts), None, "without a contact there is no file");
        facts = full();
        facts.config.reviewed.clear();
        assert_eq!(security_txt(&facts), None, "without a day there is no file");
    }
}
