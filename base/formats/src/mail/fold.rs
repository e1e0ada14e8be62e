//! A text in passages: what its writer wrote, what is quoted, what is signature.

mod words;

use words::{ADDED, ENDS, FORWARDS, INTRODUCTIONS, ORIGINALS, OTHERS, SENDERS, SUBJECTS};

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassageKind {
    /// What the sender wrote.
    Own,
    /// An older message, with the line that introduces it.
    Quoted,
    /// The signature.
    Signature,
    /// The fields above a message that was forwarded. What follows is [`PassageKind::Own`]: it is what was sent.
    Forwarded,
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage<'x> {
    /// What it is.
    pub kind: PassageKind,
    /// The piece as it stands, with its line ends.
    pub text: &'x str,
}

/// Most lines that an introduction such as “On …, Ana wrote:” is folded into, and most bytes of it.
const INTRODUCTION_LINES: usize = 3;
const INTRODUCTION_BYTES: usize = 400;
/// Most lines of a signature; a longer one is text.
const SIGNATURE_LINES: usize = 20;

/// Takes a text apart. The passages put together again are the text; neighbours differ in kind.
#[must_use]
pub fn fold(text: &str) -> Vec<Passage<'_>> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut kinds = Vec::with_capacity(lines.len());
    let mut is_alone = true;
    while kinds.len() < lines.len() {
        let rest = lines.get(kinds.len()..).unwrap_or_default();
        let (kind, count) = next(rest, is_alone);
        // A line of underscores says nothing.
        is_alone &= kind != PassageKind::Own || rest.first().is_none_or(|line| !line.contains(char::is_alphanumeric));
        kinds.extend(std::iter::repeat_n(kind, count.clamp(1, rest.len())));
    }
    settle_blank_lines(&lines, &mut kinds);
    let mut passages = Vec::new();
    let (mut begin, mut end) = (0, 0);
    let mut before: Option<PassageKind> = None;
    for (line, kind) in lines.iter().zip(&kinds) {
        if let Some(before) = before.filter(|before| before != kind) {
            passages.push(Passage { kind: before, text: text.get(begin..end).unwrap_or_default() });
            begin = end;
        }
        before = Some(*kind);
        end += line.len();
    }
    if let Some(kind) = before {
        passages.push(Passage { kind, text: text.get(begin..).unwrap_or_default() });
    }
    passages
}

/// The kind of the first of the lines that are left, and of how many it is. What has nothing above it (`is_alone`) was sent on,
/// whatever its mark says.
fn next(rest: &[&str], is_alone: bool) -> (PassageKind, usize) {
    let line = rest.first().map(|line| line.trim()).unwrap_or_default();
    if line.is_empty() {
        return (PassageKind::Own, 1);
    }
    if line.starts_with('>') {
        return (PassageKind::Quoted, 1);
    }
    if let Some(count) = introduction(rest) {
        return (PassageKind::Quoted, count);
    }
    let is_forward = is_mark(line, FORWARDS);
    if is_forward || is_mark(line, ORIGINALS) {
        let head = 1 + blank(rest.get(1..)) + fields(rest.get(1 + blank(rest.get(1..))..).unwrap_or_default());
        return if is_forward || is_alone { (PassageKind::Forwarded, head) } else { (PassageKind::Quoted, rest.len()) };
    }
    let count = fields(rest);
    if count >= 3 && has_sender_and_subject(rest.get(..count).unwrap_or_default()) {
        return if is_alone { (PassageKind::Forwarded, count) } else { (PassageKind::Quoted, rest.len()) };
    }
    if let Some(count) = signature(rest) {
        return (PassageKind::Signature, count);
    }
    (PassageKind::Own, 1)
}

/// An empty line belongs to what stands on both its sides, else to what stands before it.
fn settle_blank_lines(lines: &[&str], kinds: &mut [PassageKind]) {
    let mut before = None;
    for (line, kind) in lines.iter().zip(kinds.iter_mut()) {
        if line.trim().is_empty() && *kind == PassageKind::Own {
            *kind = before.unwrap_or(PassageKind::Own);
        }
        before = Some(*kind);
    }
    // After quoted text an empty line introduces what the writer says next, and belongs there.
    let mut after = None;
    for (line, kind) in lines.iter().zip(kinds.iter_mut()).rev() {
        if line.trim().is_empty()
            && after == Some(PassageKind::Own)
            && matches!(*kind, PassageKind::Quoted | PassageKind::Forwarded)
        {
            *kind = PassageKind::Own;
        }
        after = Some(*kind);
    }
}

fn blank(lines: Option<&[&str]>) -> usize {
    lines.unwrap_or_default().iter().take_while(|line| line.trim().is_empty()).count()
}

/// How many lines an introduction takes.
fn introduction(rest: &[&str]) -> Option<usize> {
    let first = plain(rest.first()?);
    if first.is_empty() || first.len() > INTRODUCTION_BYTES {
        return None;
    }
    let begins = INTRODUCTIONS.iter().filter(|(begin, _)| first.starts_with(begin));
    let verbs: Vec<&str> = begins.flat_map(|(_, verbs)| verbs.iter().copied()).collect();
    let has_digit = |text: &str| text.chars().any(char::is_numeric);
    if first.contains(['@', ':']) && ENDS.iter().any(|end| first.ends_with(end)) && has_digit(&first) {
        return Some(1);
    }
    if verbs.is_empty() {
        return None;
    }
    let mut whole = String::new();
    for (at, line) in rest.iter().take(INTRODUCTION_LINES).enumerate() {
        let line = plain(line);
        if line.is_empty() || whole.len() + line.len() > INTRODUCTION_BYTES {
            return None;
        }
        whole.push_str(&line);
        // A date or an address stands in every introduction, in hardly any sentence that ends so.
        if whole.ends_with([':', '：']) && verbs.iter().any(|verb| whole.contains(verb)) {
            return (has_digit(&whole) || whole.contains('@')).then_some(at + 1);
        }
        whole.push(' ');
    }
    None
}

/// A line in small letters without what only turns its direction.
fn plain(line: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let kept: String =
        line.chars().take(INTRODUCTION_BYTES).filter(|c| !turns(*c)).flat_map(char::to_lowercase).collect();
    kept.trim().to_owned()
}

/// Words alone on a line, between dashes or before a colon.
fn is_mark(line: &str, words: &[&str]) -> bool {
    if line.len() > 120 || !(line.starts_with('-') || line.starts_with('_') || line.ends_with(':')) {
        return false;
    }
    let plain = plain(line);
    let inner = plain.trim_matches(|c: char| c == '-' || c == '_' || c == ':' || c.is_whitespace());
    words.contains(&inner)
}

/// How many lines are fields such as `From: Ana`, with the lines they go on in.
fn fields(rest: &[&str]) -> usize {
    let mut count = 0;
    for line in rest.iter().take(15) {
        let is_more = count > 0 && (line.starts_with(' ') || line.starts_with('\t')) && !line.trim().is_empty();
        if field_name(line).is_none() && !is_more {
            break;
        }
        count += 1;
    }
    count
}

fn field_name(line: &str) -> Option<String> {
    let (name, _) = line.split_once([':', '：'])?;
    if name.len() > 60 {
        return None;
    }
    let plain = plain(name);
    let name = plain.trim_matches(|c: char| c == '*' || c.is_whitespace()).to_owned();
    [SENDERS, SUBJECTS, OTHERS].iter().any(|names| names.contains(&name.as_str())).then_some(name)
}

fn has_sender_and_subject(lines: &[&str]) -> bool {
    let names: Vec<String> = lines.iter().filter_map(|line| field_name(line)).collect();
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
    has(SENDERS) && has(SUBJECTS)
}

/// How many lines a signature takes: what stands after `-- `, or a line that a telephone adds at the end.
fn signature(rest: &[&str]) -> Option<usize> {
    let line = rest.first()?.trim_end_matches(['\r', '\n']);
    if matches!(line, "-- " | "--" | "— " | "—") {
        let quoted = rest
            .iter()
            .take(SIGNATURE_LINES + 1)
            .position(|line| line.starts_with('>') || introduction(&[*line]).is_some());
        let count = quoted.unwrap_or(rest.len());
        return (count <= SIGNATURE_LINES).then_some(count);
    }
    if line.len() > 100 {
        return None;
    }
    let plain = plain(line);
    let is_last = rest.get(1).is_none_or(|next| next.trim().is_empty());
    (is_last && ADDED.iter().any(|begin| plain.starts_with(begin))).then_some(1)
}

#[cfg(test)]
mod tests {
    use super::{PassageKind, fold};
    use PassageKind::{Forwarded, Own, Quoted, Signature};
    use proptest::prelude::*;

    fn kinds(text: &str) -> Vec<(PassageKind, String)> {
        fold(text).into_iter().map(|passage| (passage.kind, passage.text.replace('\n', "/"))).collect()
    }

    #[test]
    fn an_answer_is_told_from_what_it_answers() {
        for introduction in [
            "On Mon, 12 Jan 2026 at 10:00, Ana Ben <ana@example.org> wrote:",
            "On Mon, Jan 12, 2026, Ana Ben\n<ana@example.org> wrote:",
            "Le lun. 12 janv. 2026 à 10:00, Ana <ana@example.org> a écrit :",
            "Am 12.01.2026 um 10:00 schrieb Ana <ana@example.org>:",
            "Op ma 12 jan 2026 om 10:00 schreef Ana <ana@example.org>:",
            "El lun, 12 ene 2026 a las 10:00, Ana (<ana@example.org>) escribió:",
            "في الاثنين، 12 يناير 2026 في 10:00 ص تمت كتابة ما يلي بواسطة Ana <ana@example.org>:",
            "\u{200f}في الاثنين، ١٢ يناير ٢٠٢٦ الساعة ١٠:٠٠، كتب:",
            "بتاريخ 12/01/2026، كتب:",
            "Il giorno lun 12 gen 2026 alle ore 10:00 Ana <ana@example.org> ha scritto:",
            "В пн, 12 янв. 2026 г. в 10:00, Ana <ana@example.org> написал:",
            "2026-01-12 10:00, Ana wrote:",
        ] {
            let text = format!("My answer.\n\n{introduction}\n> first\n>\n> second\n");
            let found = kinds(&text);
            assert_eq!(found.first().map(|one| one.0), Some(Own), "{text}\n{found:?}");
            assert_eq!(found.get(1).map(|one| one.0), Some(Quoted), "{text}\n{found:?}");
            assert_eq!(found.len(), 2, "{text}\n{found:?}");
        }
    }

    #[test]
    fn what_is_written_between_quotations_is_own() {
        let found = kinds("> a\n\n> b\n\nYes.\n> c\nNo.\n");
        let expected = [(Quoted, "> a//> b/"), (Own, "/Yes./"), (Quoted, "> c/"), (Own, "No./")];
        assert_eq!(found, expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn a_signature_is_told_by_its_mark() {
        let found = kinds("Hello\n-- \nAna\nTel. 1\n");
        assert_eq!(found, [(Own, "Hello/".to_owned()), (Signature, "-- /Ana/Tel. 1/".to_owned())]);
        let found = kinds("Hello\n\nSent from my phone\n\nOn 1 Jan 2026 Ana wrote:\n> x\n");
        assert_eq!(found.iter().map(|one| one.0).collect::<Vec<_>>(), [Own, Signature, Quoted]);
        assert_eq!(kinds(&format!("a\n--\n{}", "row\n".repeat(40))).len(), 1, "a table is no signature");
    }

    #[test]
    fn what_was_sent_on_is_shown_and_its_fields_are_told() {
        let found = kinds(
            "Please see.\n\n---------- Forwarded message ---------\nFrom: X <x@example.org>\nDate: now\nSubject: Win\nTo: me\n\nClick here\n",
        );
        assert_eq!(found.iter().map(|one| one.0).collect::<Vec<_>>(), [Own, Forwarded, Own]);
        assert!(found[2].1.contains("Click here"));
        let found = kinds("Début du message transféré :\n\nDe: x\nObjet: y\nDate: z\n\ncorps\n");
        assert_eq!(found.iter().map(|one| one.0).collect::<Vec<_>>(), [Forwarded, Own]);
    }

    #[test]
    fn the_fields_of_an_older_message_begin_a_quotation() {
        for head in [
            "-----Original Message-----\nFrom: Ana\nSent: now\nTo: me\nSubject: x\n",
            "________________________________\nFrom: Ana\nSent: now\nTo: me\nSubject: x\n",
            "De : Ana\nEnvoyé : lundi\nÀ : moi\nObjet : x\n",
            "من: Ana\nتاريخ الإرسال: الآن\nإلى: أنا\nالموضوع: س\n",
            "Von: Ana\nGesendet: jetzt\nAn: mich\nBetreff: x\n",
        ] {
            let found = kinds(&format!("My answer.\n\n{head}\nold text\nmore\n"));
            assert_eq!(found.last().map(|one| one.0), Some(Quoted), "{head}: {found:?}");
            assert!(found[0].1.starts_with("My answer."));
            let alone = kinds(&format!("{head}\nold text\n"));
            assert_eq!(alone.last().map(|one| one.0), Some(Own), "{head}: {alone:?}");
        }
    }

    #[test]
    fn prose_is_own() {
        for text in ["On Monday we wrote:\nnothing\n", "From: there it went on\n", "It was > 3\n", "a -- b\n", ""] {
            assert!(fold(text).iter().all(|passage| passage.kind == Own), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "(> |\n|-- |On 1 Jan Ana wrote:|From: a|Subject: b|To: c|-----Original Message-----|word|كتب:|\r){0,60}") {
            let passages = fold(&text);
            prop_assert_eq!(&passages.iter().map(|passage| passage.text).collect::<String>(), &text);
            prop_assert!(passages.windows(2).all(|pair| pair[0].kind != pair[1].kind));
            prop_assert!(passages.iter().all(|passage| !passage.text.is_empty()));
        }
    }
}
