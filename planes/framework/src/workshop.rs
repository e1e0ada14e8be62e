//! A workshop: one item at a time, for whoever is in the room.

use manara_model::Micros;
use ring::rand::{SecureRandom as _, SystemRandom};

/// The signs of a code: none that is taken for another when it is read aloud or from afar.
const SIGNS: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
/// Signs of a code.
pub const CODE_CHARS: usize = 6;
/// How long a code lets people in.
pub const HOURS: i64 = 10;
/// Bytes of the secret in the address of a seat.
const SEAT_BYTES: usize = 18;

/// A workshop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workshop {
    /// Its id.
    pub id: String,
    /// The assessment.
    pub assessment_id: String,
    /// What lets people in.
    pub code: String,
    /// Whether it goes on.
    pub is_open: bool,
    /// The item that is asked.
    pub item: String,
    /// Whether the answers to it are shown.
    pub revealed: bool,
    /// Until when it goes on at most.
    pub expires: Micros,
    /// Who leads it.
    pub made_by: String,
    /// Grows with every step.
    pub version: i64,
}

impl Workshop {
    /// Whether it goes on at a moment.
    pub fn is_on(&self, now: Micros) -> bool {
        self.is_open && now < self.expires
    }

    /// The code as it is read from a wall: in two groups.
    pub fn shown_code(&self) -> String {
        let (first, second) = self.code.split_at_checked(CODE_CHARS / 2).unwrap_or((&self.code, ""));
        format!("{first} {second}")
    }
}

/// A code as people write it: in any case, with blanks or dashes; nothing when it can be none.
pub fn read_code(text: &str) -> Option<String> {
    let code: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .take(CODE_CHARS + 1)
        .collect::<String>()
        .to_uppercase();
    (code.len() == CODE_CHARS && code.bytes().all(|sign| SIGNS.contains(&sign))).then_some(code)
}

/// A code nobody can foresee; nothing when the system has no randomness.
pub(crate) fn new_code() -> Option<String> {
    let mut code = String::with_capacity(CODE_CHARS);
    while code.len() < CODE_CHARS {
        let mut byte = [0];
        SystemRandom::new().fill(&mut byte).ok()?;
        // Signs beyond the last whole round are thrown again, so that all are equally likely.
        let [byte] = byte;
        let sign =
            SIGNS.get(usize::from(byte) % SIGNS.len()).filter(|_| usize::from(byte) < 256 / SIGNS.len() * SIGNS.len());
        code.extend(sign.map(|sign| char::from(*sign)));
    }
    Some(code)
}

/// The secret of a seat, as it stands in its address.
pub(crate) fn new_seat() -> Option<String> {
    use base64::Engine as _;
    let mut bytes = [0; SEAT_BYTES];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::{CODE_CHARS, new_code, new_seat, read_code};

    #[test]
    fn a_code_is_read_as_people_write_it() {
        for text in ["ABC234", "abc 234", " a b c-2-3-4 ", "Abc234"] {
            assert_eq!(read_code(text).as_deref(), Some("ABC234"), "{text}");
        }
        for text in ["", "ABC23", "ABC2345", "ABC23O", "ABC231", "ابجدهو", "ABC23\u{301}"] {
            assert_eq!(read_code(text), None, "{text}");
        }
    }

    #[test]
    fn codes_and_seats_are_new_every_time() {
        let code = new_code().unwrap();
        assert_eq!((code.len(), read_code(&code)), (CODE_CHARS, Some(code.clone())));
        assert_ne!(new_seat().unwrap(), new_seat().unwrap());
        assert_eq!(new_seat().unwrap().len(), 24);
    }
}
