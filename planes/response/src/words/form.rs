//! The one form in which words are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of a word; what is longer is no word.
const WORD_CHARS: usize = 64;
/// Words of a text that are looked at: the index of PostgreSQL holds no more places.
const WORDS: usize = 16_000;

/// The words of a text in the form in which they are compared, with spaces between: small letters without marks, Arabic letters
/// without their variants and without the article, numbers in Arabic digits, Chinese and Japanese cut into threes.
pub fn form(text: &str) -> String {
    words(text).into_iter().take(WORDS).collect::<Vec<_>>().join(" ")
}

/// What somebody looks for, as terms: each a row of words that follow each other, as `192.0.2.1` is four. The last word of the
/// last term may be the beginning of one, and so may the last of each that [`may_go_on`] says so of.
pub fn terms(text: &str) -> Vec<Vec<String>> {
    text.split_whitespace().map(term).filter(|term| !term.is_empty()).take(20).collect()
}

/// A term, without the pieces at its end that are shorter than three: in a text something may follow them.
fn term(text: &str) -> Vec<String> {
    let mut term = words(text);
    while let [.., before, last] = term.as_slice()
        && may_go_on(last)
        && before.chars().skip(1).eq(last.chars().take(2))
        && before.chars().all(is_ideograph)
    {
        term.pop();
    }
    term
}

/// Whether a word is a piece of fewer than three characters of what is written without blanks.
pub(super) fn may_go_on(word: &str) -> bool {
    word.chars().count() < 3 && word.chars().all(is_ideograph)
}

fn words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut word = String::new();
    let mut ideographs: Vec<char> = Vec::new();
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(letter) {
        // The tatweel only makes a word longer.
        if c == '\u{640}' {
            continue;
        }
        if is_ideograph(c) {
            end(&mut all, &mut word);
            ideographs.push(c);
            continue;
        }
        threes(&mut all, &mut ideographs);
        if c.is_alphanumeric() { word.push(c) } else { end(&mut all, &mut word) }
    }
    threes(&mut all, &mut ideographs);
    end(&mut all, &mut word);
    all
}

fn end(all: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() && word.chars().count() <= WORD_CHARS {
        all.push(without_article(word).to_string());
    }
    word.clear();
}

/// From each character on the next three, so that a beginning of any place is found.
fn threes(all: &mut Vec<String>, run: &mut Vec<char>) {
    for at in 0..run.len() {
        all.extend(run.get(at..run.len().min(at + 3)).map(|three| three.iter().collect::<String>()));
    }
    run.clear();
}

/// A letter for all its variants; a digit for that of every script of ours.
fn letter(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ئ' | 'ی' => 'ي',
        'ؤ' => 'و',
        'ة' => 'ه',
        'ک' => 'ك',
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        _ => c,
    }
}

fn digit(c: char, zero: char) -> char {
    (c as u32).checked_sub(zero as u32).and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

/// A word without the Arabic article, and without the prepositions that grow together with it.
fn without_article(word: &str) -> &str {
    for begin in ["وال", "بال", "كال", "فال", "ال", "لل"] {
        if let Some(rest) = word.strip_prefix(begin)
            && rest.chars().count() >= 2
        {
            return rest;
        }
    }
    word
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{1100}'..='\u{11ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{form, terms};

    #[test]
    fn what_means_the_same_has_one_form() {
        for (one, other) in [
            ("Élève", "eleve"),
            ("STRASSE", "strasse"),
            ("مُحَمَّد", "محمد"),
            ("الأمن", "امن"),
            ("والأمن", "الامن"),
            ("مدرسة", "مدرسه"),
            ("مـــدرسة", "مدرسة"),
            ("على", "علي"),
            ("٢٠٢٦", "2026"),
            ("ﬁle", "file"),
            ("Ёлка", "елка"),
            ("ｆｕｌｌ", "full"),
        ] {
            assert_eq!(form(one), form(other), "{one} {other}");
        }
        assert_ne!(form("علم"), form("عمل"));
        assert_eq!(form("hxxp://a.example/x?y=1"), "hxxp a example x y 1");
        assert_eq!(form("東京大学"), "東京大 京大学 大学 学");
        assert_eq!(terms("192.0.2.1  phish"), [vec!["192", "0", "2", "1"], vec!["phish"]]);
        assert_eq!(terms(" -- "), Vec::<Vec<String>>::new());
        for (text, want) in [
            ("東京大学", &["東京大", "京大学"][..]),
            ("東京大", &["東京大"]),
            ("大学", &["大学"]),
            ("学", &["学"]),
            ("東京abc", &["東京", "京", "abc"]),
            ("abc東京", &["abc", "東京"]),
            ("ああああ", &["あああ", "あああ"]),
        ] {
            assert_eq!(terms(text), [want], "{text}");
        }
        assert_eq!(form(&"x".repeat(100)), "", "no word is so long");
    }

    proptest! {
        #[test]
        fn a_form_is_its_own_form_for_texts_without_articles(text in "[a-zéA-Z0-9 .,ا-غ]{0,200}") {
            // The article is taken off once: a word may begin with its letters all the same.
            let once = form(&text);
            prop_assert!(once.split(' ').all(|word| word.chars().all(char::is_alphanumeric)));
            prop_assert_eq!(form(&text.to_uppercase()), once);
        }
    }
}
