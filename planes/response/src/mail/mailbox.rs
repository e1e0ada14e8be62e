//! An address of ours that serves a part of the constituency under a name of its own.

use crate::MailboxConfig;

use super::{LANGUAGES, mail_key};

/// What stands wrong in the configuration: the key, what was found, what was expected.
type Wrong<'a> = (&'static str, &'a str, &'static str);

/// A mailbox: mail that comes to it is answered from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Its address in lower case.
    pub address: String,
    /// Who writes.
    pub name: String,
    /// The name in the tag of its subjects.
    pub tag: String,
    /// The language of whom nothing is known.
    pub language: String,
}

impl Mailbox {
    /// A mailbox as it is configured; what is left out is as for the house: name and tag, and the language.
    pub(super) fn of<'a>(
        one: &'a MailboxConfig,
        (team, tag): (&str, &str),
        language: &str,
    ) -> Result<Mailbox, Wrong<'a>> {
        let or =
            |own: &str, usual: &str| if own.trim().is_empty() { usual.to_string() } else { own.trim().to_string() };
        let address = mail_key(&one.address);
        let is_address = address.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
        if !is_address || address.contains(char::is_whitespace) || address.contains('+') {
            return Err((
                "mailboxes.address",
                one.address.as_str(),
                "a mail address without a plus, such as gov@cirt.example",
            ));
        }
        if one.name.chars().any(char::is_control) || one.name.chars().count() > 100 {
            return Err(("mailboxes.name", one.name.as_str(), "a name of at most 100 characters"));
        }
        let tag = or(&one.tag, tag);
        if tag.chars().any(|c| matches!(c, '[' | ']' | '#') || c.is_control()) || tag.chars().count() > 40 {
            return Err(("mailboxes.tag", one.tag.as_str(), "a short name without brackets and #"));
        }
        if !one.language.is_empty() && !LANGUAGES.contains(&one.language.as_str()) {
            return Err(("mailboxes.language", one.language.as_str(), "en, ar or fr"));
        }
        let language = or(&one.language, if language.is_empty() { "en" } else { language });
        Ok(Mailbox { address, name: or(&one.name, team), tag, language })
    }
}

#[cfg(test)]
mod tests {
    use super::Mailbox;
    use crate::MailboxConfig;

    #[test]
    fn what_is_left_out_is_as_for_the_house_and_what_makes_no_sense_is_named() {
        let with = |address: &str, tag: &str, language: &str| MailboxConfig {
            address: address.into(),
            tag: tag.into(),
            language: language.into(),
            ..MailboxConfig::default()
        };
        let usual = with(" Gov@cirt.example ", "", "");
        let one = Mailbox::of(&usual, ("CIRT", "TAG"), "ar").unwrap();
        assert_eq!((one.address.as_str(), one.name.as_str()), ("gov@cirt.example", "CIRT"));
        assert_eq!((one.tag.as_str(), one.language.as_str()), ("TAG", "ar"));
        for (address, tag, language, key) in [
            ("nobody", "", "", "mailboxes.address"),
            ("a+b@cirt.example", "", "", "mailboxes.address"),
            ("gov@cirt.example", "[GOV]", "", "mailboxes.tag"),
            ("gov@cirt.example", "GOV", "xx", "mailboxes.language"),
        ] {
            let given = with(address, tag, language);
            assert_eq!(Mailbox::of(&given, ("CIRT", "TAG"), "en").unwrap_err().0, key, "{address}");
        }
    }
}
