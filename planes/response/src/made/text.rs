//! What made records say: words of three languages, few of them often and most of them seldom, as people write. Each text comes
//! with the form in which its words are compared, put together from those of its words.

use manara_model::Micros;
use uuid::{NoContext, Timestamp, Uuid};

use crate::words;

/// What a header of a mail weighs, about.
pub(super) const HEADER_BYTES: usize = 1_200;
/// Words of each language.
const WORDS: usize = 12_000;
/// Places of the table from which words are drawn.
const DRAWN: usize = 1 << 16;

/// A word that one message of two thousand says, and one that two of a hundred thousand do; the common one every second says.
pub const MIDDLE_WORD: &str = "quarantaine";
/// See [`MIDDLE_WORD`].
pub const RARE_WORD: &str = "zephyrlock";
/// See [`MIDDLE_WORD`].
pub const COMMON_WORD: &str = "incident";
/// An Arabic word that one Arabic message of three says.
pub const ARABIC_WORD: &str = "تصيد";

/// A small, fast source of numbers (xorshift64*), the same every time.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new() -> Dice {
        Dice(0x9E37_79B9_7F4A_7C15)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below a limit.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        (self.next() >> 16) % limit.max(1)
    }

    /// An id as the house makes them, of a moment.
    pub(super) fn id(&mut self, at: Micros) -> String {
        let seconds = at.0.div_euclid(1_000_000).max(0).unsigned_abs();
        let nanos = u32::try_from(at.0.rem_euclid(1_000_000) * 1_000).unwrap_or_default();
        let plain = Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, nanos)).as_u128();
        // The time stands in front, then the version and the variant; the rest is ours.
        let random = (u128::from(self.next()) << 64) | u128::from(self.next());
        let kept: u128 = 0xFFFF_FFFF_FFFF_F000_C000_0000_0000_0000;
        Uuid::from_u128((plain & kept) | (random & !kept)).to_string()
    }
}

/// A text, and the form of its words.
pub(super) struct Written {
    pub text: String,
    pub formed: String,
}

struct Language {
    words: Vec<(String, String)>,
    drawn: Vec<u16>,
}

/// What is said.
pub(super) struct Speech {
    languages: [Language; 3],
    body_bytes: usize,
}

impl Speech {
    pub(super) fn new(message_bytes: usize) -> Speech {
        let latin =
            ["ba", "re", "ti", "no", "su", "mar", "len", "do", "ki", "vo", "pra", "ser", "tol", "gan", "mi", "fed"];
        let french =
            ["é", "ca", "rou", "lis", "ment", "ai", "té", "bou", "pré", "ni", "sou", "vre", "gar", "où", "ce", "la"];
        let arabic = ["با", "را", "سي", "مو", "نا", "دا", "كي", "فو", "حا", "تي", "جم", "قر", "شه", "زن", "عب", "صل"];
        let language = |syllables: &[&str; 16], first: &[&str]| {
            let mut words: Vec<String> = first.iter().map(|word| (*word).to_string()).collect();
            let mut number = 0;
            while words.len() < WORDS {
                number += 1;
                let (mut rest, mut word) = (number, String::new());
                while rest > 0 {
                    word.push_str(syllables.get(rest % 16).unwrap_or(&""));
                    rest /= 16;
                }
                words.push(word);
            }
            Language { words: words.into_iter().map(|word| (words::form(&word), word)).collect(), drawn: drawn() }
        };
        let english =
            ["the", "a", "we", COMMON_WORD, "from", "address", "report", "phishing", "server", "please", "see", "mail"];
        let frenchwords =
            ["le", "la", "nous", COMMON_WORD, "depuis", "adresse", "signalement", "serveur", "merci", "voir"];
        let arabicwords = ["من", "في", "نحن", ARABIC_WORD, "عنوان", "بلاغ", "خادم", "شكرا", "بريد", "رساله"];
        Speech {
            languages: [language(&latin, &english), language(&french, &frenchwords), language(&arabic, &arabicwords)],
            body_bytes: message_bytes.saturating_sub(HEADER_BYTES).max(40),
        }
    }

    fn language(&self, dice: &mut Dice) -> &Language {
        let [english, french, arabic] = &self.languages;
        match dice.below(10) {
            0..6 => english,
            6..8 => french,
            _ => arabic,
        }
    }

    /// A line of four to nine words.
    pub(super) fn title(&self, dice: &mut Dice) -> Written {
        let (language, count) = (self.language(dice), 4 + dice.below(6));
        let mut written = Written { text: String::new(), formed: String::new() };
        for _ in 0..count {
            language.say(dice, &mut written, ' ');
        }
        written
    }

    /// A text whose middle length is that of the speech: half are shorter, a few are ten times as long.
    pub(super) fn body(&self, dice: &mut Dice, number: usize) -> Written {
        let tenths = match dice.below(10) {
            0 => 2,
            1 | 2 => 5,
            3 | 4 => 8,
            5 | 6 => 12,
            7 | 8 => 18,
            _ => 10 + dice.below(90),
        };
        let most = self.body_bytes * usize::try_from(tenths).unwrap_or(10) / 10;
        let language = self.language(dice);
        let mut written = Written { text: String::with_capacity(most + 40), formed: String::with_capacity(most + 40) };
        let mut words = 0;
        while written.text.len() < most {
            words += 1;
            language.say(dice, &mut written, if words % 12 == 0 { '\n' } else { ' ' });
        }
        for (every, word) in [(2_000, MIDDLE_WORD), (50_000, RARE_WORD)] {
            if number % every == 7 {
                written.add(word, word, ' ');
            }
        }
        if number.is_multiple_of(3) {
            let address =
                std::net::Ipv4Addr::from(0x1000_0000_u32.wrapping_add(dice.below(1 << 20) as u32)).to_string();
            let formed = words::form(&address);
            written.add(&address, &formed, ' ');
        }
        written
    }
}

impl Written {
    fn add(&mut self, word: &str, formed: &str, between: char) {
        if !self.text.is_empty() {
            self.text.push(between);
            self.formed.push(' ');
        }
        self.text.push_str(word);
        self.formed.push_str(formed);
    }
}

impl Language {
    fn say(&self, dice: &mut Dice, written: &mut Written, between: char) {
        let place = self.drawn.get(dice.below(DRAWN as u64) as usize).copied().unwrap_or_default();
        if let Some((formed, word)) = self.words.get(usize::from(place)) {
            written.add(word, formed, between);
        }
    }
}

/// Which word stands at each place of the table: the n-th as often as one over n says (Zipf).
fn drawn() -> Vec<u16> {
    let whole: f64 = (1..=WORDS).map(|rank| 1.0 / rank as f64).sum();
    let mut table = Vec::with_capacity(DRAWN);
    for rank in 1..=WORDS {
        let share = (DRAWN as f64 / (rank as f64 * whole)).round().max(1.0) as usize;
        let place = u16::try_from(rank - 1).unwrap_or_default();
        table.extend(std::iter::repeat_n(place, share.min(DRAWN - table.len().min(DRAWN))));
    }
    // The rare end may not fill it: the last places go round again.
    while table.len() < DRAWN {
        table.push(u16::try_from(table.len() % WORDS).unwrap_or_default());
    }
    table.truncate(DRAWN);
    table
}

#[cfg(test)]
mod tests {
    use super::{Dice, Speech, drawn};
    use crate::words::form;

    #[test]
    fn what_is_made_has_the_form_that_intake_would_give_it() {
        let (mut dice, speech) = (Dice::new(), Speech::new(2_000));
        for number in 0..60 {
            let one = speech.body(&mut dice, number);
            assert_eq!(form(&one.text), one.formed);
            let one = speech.title(&mut dice);
            assert_eq!(form(&one.text), one.formed);
        }
        assert_eq!(drawn().len(), 1 << 16);
    }

    #[test]
    fn ids_sort_by_their_time() {
        let mut dice = Dice::new();
        let at = manara_model::Micros(1_768_478_400_000_000);
        let (one, other) = (dice.id(at), dice.id(at.plus_days(1)));
        assert!(one < other && one.len() == 36 && one.get(14..15) == Some("7"), "{one} {other}");
    }
}
