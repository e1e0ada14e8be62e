//! What a mail of ours carries so that its answer is known: a token nobody can guess, and a number people can read.
//!
//! The token is in the Message-ID and in the address for answers. It proves that whoever answers had a mail of ours. The number
//! in the subject proves nothing, because numbers can be counted up.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use manara_store::{Db, Settings, StoreError};
use ring::hmac;
use uuid::Uuid;

/// Where the key is kept: with the state, and so in every backup.
const KEY_SETTING: &str = "response.mail_key";
/// Says what the key is used for, so that a tag of one use is none of another.
const TICKET_USE: &[u8] = b"manara ticket token 1\0";
const DELIVERY_USE: &[u8] = b"manara bounce address 1\0";
/// The name of this house in the header that stops loops.
const LOOP_USE: &[u8] = b"manara loop mark 1\0";
const FORM_USE: &[u8] = b"manara public form 1\0";
const RECEIPT_USE: &[u8] = b"manara receipt 1\0";
/// Letters and digits of a receipt's secret: 100 bits, without those that look alike.
const RECEIPT_CHARS: usize = 20;
/// Hex digits of the tag: 64 bits. Whoever guesses has to send a mail for each guess.
const TAG_DIGITS: usize = 16;

/// Makes and knows the tokens of a house.
pub struct Tokens {
    key: hmac::Key,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").finish_non_exhaustive()
    }
}

impl Tokens {
    /// The tokens of a house: its key is made at the first use and kept with the state.
    pub async fn open(db: &Db) -> Result<Self, StoreError> {
        let known = match Settings::get(db, KEY_SETTING).await? {
            Some(known) => known,
            None => {
                let fresh: [u8; 32] = rand::random();
                let mut tx = db.begin().await?;
                let kept = Settings::set_once(&mut tx, KEY_SETTING, &URL_SAFE_NO_PAD.encode(fresh)).await?;
                tx.commit().await?;
                kept
            }
        };
        let bytes = URL_SAFE_NO_PAD.decode(&known).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let unknown = || StoreError::Unknown { column: KEY_SETTING, found: "something that is no key".into() };
        Ok(Tokens::with_key(&bytes.ok_or_else(unknown)?))
    }

    /// Tokens by a key of the caller's.
    pub fn with_key(key: &[u8; 32]) -> Self {
        Tokens { key: hmac::Key::new(hmac::HMAC_SHA256, key) }
    }

    /// The part before the `@` of the Message-ID of a message: `<id of the message>.<number of the ticket>.<tag>`.
    pub fn message_id(&self, message: &str, number: &str) -> String {
        format!("{}.{}", message.replace('-', ""), self.token(TICKET_USE, number))
    }

    /// The address that answers to a ticket go to: `cirt+2026-0001234.<tag>@…`; the address itself when it has no `@`.
    pub fn reply_address(&self, address: &str, number: &str) -> String {
        with_detail(address, &self.token(TICKET_USE, number))
    }

    /// The address that a bounce of one delivery goes to: `cirt+b-<delivery>.<tag>@…` (VERP).
    pub fn bounce_address(&self, address: &str, delivery: &str) -> String {
        let short = Uuid::try_parse(delivery).map(|id| base_36(id.as_u128())).unwrap_or_default();
        with_detail(address, &format!("b-{}", self.token(DELIVERY_USE, &short)))
    }

    /// The number of the ticket that a Message-ID or an address speaks of, if the token in it is ours.
    pub fn ticket_of(&self, text: &str) -> Option<String> {
        pieces(text).find_map(|(number, tag)| self.known(TICKET_USE, number, tag)).filter(|number| is_number(number))
    }

    /// The id of the delivery that an address speaks of, if the token in it is ours.
    pub fn delivery_of(&self, address: &str) -> Option<String> {
        let short = pieces(address).find_map(|(id, tag)| self.known(DELIVERY_USE, id.strip_prefix("b-")?, tag))?;
        Some(Uuid::from_u128(u128::from_str_radix(&short, 36).ok()?).hyphenated().to_string())
    }

    /// What the header against loops says in our mail.
    pub fn loop_mark(&self) -> String {
        hex(hmac::sign(&self.key, LOOP_USE).as_ref()).chars().take(32).collect()
    }

    /// The proof that a public form is one of ours.
    pub fn form_tag(&self, said: &str) -> String {
        self.tag(FORM_USE, said)
    }

    /// Whether that proof is right.
    pub fn is_form_tag(&self, said: &str, tag: &str) -> bool {
        self.known(FORM_USE, said, tag).is_some()
    }

    /// The secret of the receipt that a public form is given, by the form's name.
    pub fn receipt(&self, name: &str) -> String {
        const DIGITS: [char; 32] = [
            '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm',
            'n', 'p', 'q', 'r', 's', 't', 'v', 'w', 'x', 'y', 'z',
        ];
        let mut context = hmac::Context::with_key(&self.key);
        context.update(RECEIPT_USE);
        context.update(name.as_bytes());
        let bytes = context.sign();
        bytes.as_ref().iter().take(RECEIPT_CHARS).filter_map(|byte| DIGITS.get(usize::from(byte % 32))).collect()
    }

    fn token(&self, what: &[u8], name: &str) -> String {
        format!("{name}.{}", self.tag(what, name))
    }

    fn tag(&self, what: &[u8], name: &str) -> String {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(what);
        context.update(name.as_bytes());
        hex(context.sign().as_ref()).chars().take(TAG_DIGITS).collect()
    }

    /// Compares in constant time. Case may have been lost on the way.
    fn known(&self, what: &[u8], name: &str, tag: &str) -> Option<String> {
        let (name, tag) = (name.to_ascii_lowercase(), tag.to_ascii_lowercase());
        if tag.len() != TAG_DIGITS {
            return None;
        }
        let ours = self.tag(what, &name);
        bool::from(subtle::ConstantTimeEq::ct_eq(ours.as_bytes(), tag.as_bytes())).then_some(name)
    }
}

/// Neighbouring pieces of the part before the `@`: each may be a name and its tag.
fn pieces(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let local = text.rsplit_once('@').map_or(text, |(local, _)| local);
    // Longer than any of ours: not looked at.
    let local = if local.len() <= 200 { local.trim_start_matches('<') } else { "" };
    local.char_indices().filter(|(_, c)| *c == '.').filter_map(move |(dot, _)| {
        let (before, after) = (local.get(..dot)?, local.get(dot + 1..)?);
        Some((before.rsplit(['.', '+']).next()?, after.split(['.', '+']).next()?))
    })
}

/// Short enough for the part before an `@`, which has 64 octets (RFC 5321 section 4.5.3.1.1).
fn base_36(mut number: u128) -> String {
    let mut digits = Vec::with_capacity(25);
    while number > 0 || digits.is_empty() {
        let digit = u32::try_from(number % 36).unwrap_or_default();
        digits.extend(char::from_digit(digit, 36));
        number /= 36;
    }
    digits.iter().rev().collect()
}

/// Bytes as small hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn with_detail(address: &str, detail: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => format!("{local}+{detail}@{domain}"),
        None => address.to_string(),
    }
}

/// The tag of a subject: `[NAME #2026-0001234]`.
pub fn tag(name: &str, number: &str) -> String {
    format!("[{name} #{number}]")
}

/// A subject with the tag of a ticket, which it has once.
pub fn tagged(name: &str, number: &str, subject: &str) -> String {
    let tag = tag(name, number);
    if subject.contains(&tag) { subject.to_string() } else { format!("{tag} {subject}") }
}

/// The number that the tag of this house's name says in a subject; the last one, as the others were quoted.
pub fn number_in(name: &str, subject: &str) -> Option<String> {
    let mut found = None;
    for opened in subject.split('[').skip(1) {
        let Some((inside, _)) = opened.split_once(']') else { continue };
        let Some((said, number)) = inside.rsplit_once('#') else { continue };
        if said.trim().to_lowercase() == name.trim().to_lowercase() && is_number(number.trim()) {
            found = Some(number.trim().to_string());
        }
    }
    found
}

/// Whether a text has the form of a ticket's number.
pub fn is_number(text: &str) -> bool {
    let Some((year, count)) = text.split_once('-') else { return false };
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    year.len() == 4 && (7..=12).contains(&count.len()) && all_digits(year) && all_digits(count)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Tokens, number_in, tag, tagged};

    const TICKET: &str = "2026-0001234";
    const OTHER: &str = "0190a8c2-0000-7000-8000-000000000002";

    #[test]
    fn a_token_leads_back_and_no_other_does() {
        let (ours, theirs) = (Tokens::with_key(&[1; 32]), Tokens::with_key(&[2; 32]));
        let message_id = format!("{}@cirt.example", ours.message_id(OTHER, TICKET));
        let address = ours.reply_address("cirt@cirt.example", TICKET);
        for text in [message_id.clone(), format!("<{message_id}>"), address.clone(), address.to_uppercase()] {
            assert_eq!(ours.ticket_of(&text).as_deref(), Some(TICKET), "{text}");
            assert_eq!(theirs.ticket_of(&text), None, "{text}");
        }
        let bounce = ours.bounce_address("incident-response@cirt.example", OTHER);
        assert!(bounce.split('@').next().is_some_and(|local| local.len() <= 64), "{bounce}");
        assert_eq!(ours.delivery_of(&bounce).as_deref(), Some(OTHER));
        assert_eq!(ours.ticket_of(&bounce), None, "a bounce address is no way into a ticket");
        assert_eq!(ours.delivery_of(&address), None);
        assert_eq!(ours.reply_address("nobody", TICKET), "nobody");
        assert_ne!(ours.loop_mark(), theirs.loop_mark());
    }

    #[test]
    fn only_the_tag_of_this_house_counts() {
        for (subject, want) in [
            ("Re: [CIRT #2026-0001234] phishing", Some("2026-0001234")),
            ("AW: [cirt #2026-0001234]", Some("2026-0001234")),
            ("[ CIRT  # 2026-0001234 ] x", Some("2026-0001234")),
            ("[OTHER #2026-0000007] [CIRT #2026-0000008]", Some("2026-0000008")),
            ("[OTHER #2026-0000007]", None),
            ("[CIRT #12]", None),
            ("[CIRT 2026-0001234]", None),
            ("CIRT #2026-0001234", None),
            ("رد: [CIRT #2026-0001234] تصيّد", Some("2026-0001234")),
            ("[[[[", None),
            ("", None),
        ] {
            assert_eq!(number_in("CIRT", subject).as_deref(), want, "{subject}");
        }
        assert_eq!(tagged("CIRT", "2026-0000001", "x"), "[CIRT #2026-0000001] x");
        assert_eq!(tagged("CIRT", "2026-0000001", "Re: [CIRT #2026-0000001] x"), "Re: [CIRT #2026-0000001] x");
    }

    proptest! {
        #[test]
        fn nothing_made_up_is_a_token(text in "\\PC{0,200}|[0-9a-f.+@<>-]{0,200}") {
            prop_assert_eq!(Tokens::with_key(&[1; 32]).ticket_of(&text), None);
            prop_assert_eq!(Tokens::with_key(&[1; 32]).delivery_of(&text), None);
        }

        #[test]
        fn every_tag_is_read_again(name in "[A-Za-z -]{1,20}", count in 0i64..9_999_999_999, rest in "[^\\[\\]]{0,50}") {
            let number = crate::ticket::ticket_number("2026", count);
            prop_assert_eq!(number_in(&name, &format!("{rest}{} {rest}", tag(&name, &number))), Some(number));
        }
    }
}
