//! The little of Markdown that documents are written in: headings, paragraphs, lists, tables; strong words, code, links to
//! pages of ours. Everything else is text.

/// A part of a document, between empty lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chunk {
    /// A heading.
    Heading(Vec<Piece>),
    /// A paragraph.
    Paragraph(Vec<Piece>),
    /// Lines of a list, in order of their numbers or without.
    List {
        /// Whether they have numbers.
        ordered: bool,
        /// The lines.
        items: Vec<Vec<Piece>>,
    },
    /// A table, its first row the head.
    Table {
        /// The names of the columns.
        head: Vec<Vec<Piece>>,
        /// The rows.
        rows: Vec<Vec<Vec<Piece>>>,
    },
}

/// Words of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text.
    Text(String),
    /// Important words.
    Strong(String),
    /// What a button says.
    Button(String),
    /// A name, an address, a command.
    Code(String),
    /// A link to a page of ours.
    Link {
        /// Its words.
        words: String,
        /// Its address.
        href: String,
    },
}

/// The parts of a text, as they are written: what versions are compared by.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").map(str::trim).filter(|part| !part.is_empty())
}

/// The parts of a text.
pub fn chunks(text: &str) -> Vec<Chunk> {
    parts(text).map(chunk).collect()
}

/// One part.
pub(crate) fn chunk(part: &str) -> Chunk {
    if let Some(heading) = part.strip_prefix("## ") {
        return Chunk::Heading(pieces(heading));
    }
    let lines: Vec<&str> = part.lines().collect();
    if lines.iter().all(|line| line.starts_with("- ")) {
        let items = lines.iter().filter_map(|line| line.strip_prefix("- ")).map(pieces).collect();
        return Chunk::List { ordered: false, items };
    }
    if lines.iter().all(|line| numbered(line).is_some()) {
        return Chunk::List {
            ordered: true,
            items: lines.iter().filter_map(|line| numbered(line)).map(pieces).collect(),
        };
    }
    if lines.iter().all(|line| line.starts_with('|')) {
        let mut rows = lines.iter().filter(|line| !line.starts_with("|--")).map(|line| cells(line));
        return Chunk::Table { head: rows.next().unwrap_or_default(), rows: rows.collect() };
    }
    Chunk::Paragraph(pieces(&lines.join(" ")))
}

/// The words after `12. `.
fn numbered(line: &str) -> Option<&str> {
    let (number, rest) = line.split_once(". ")?;
    ((1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(rest)
}

fn cells(line: &str) -> Vec<Vec<Piece>> {
    line.trim_matches('|').split('|').take(20).map(|cell| pieces(cell.trim())).collect()
}

/// The words of a line.
fn pieces(line: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let (mut rest, mut text) = (line, String::new());
    while let Some(c) = rest.chars().next() {
        if let Some((piece, after)) = special(rest) {
            if !text.is_empty() {
                found.push(Piece::Text(std::mem::take(&mut text)));
            }
            found.push(piece);
            rest = after;
        } else {
            text.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    if !text.is_empty() {
        found.push(Piece::Text(text));
    }
    found
}

/// What begins a text with a sign of ours, and the rest.
fn special(text: &str) -> Option<(Piece, &str)> {
    if let Some(after) = text.strip_prefix('`') {
        let (code, rest) = after.split_once('`')?;
        return Some((Piece::Code(code.to_string()), rest));
    }
    if let Some(after) = text.strip_prefix("**") {
        let (strong, rest) = after.split_once("**")?;
        return Some((Piece::Strong(strong.to_string()), rest));
    }
    if let Some(after) = text.strip_prefix('*') {
        let (button, rest) = after.split_once('*').filter(|(button, _)| !button.is_empty())?;
        return Some((Piece::Button(button.to_string()), rest));
    }
    let (words, after) = text.strip_prefix('[')?.split_once("](")?;
    let (href, rest) = after.split_once(')')?;
    let href = manara_web::local_path(href)?;
    (!words.contains('[')).then(|| (Piece::Link { words: words.to_string(), href: href.to_string() }, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Chunk, Piece, chunks, pieces};

    fn text(text: &str) -> Piece {
        Piece::Text(text.into())
    }

    #[test]
    fn the_signs_that_documents_use_are_read() {
        let all = chunks("## A `b`\n\nOne\ntwo.\n\n- a\n- b\n\n1. c\n2. d\n\n| h | i |\n|--|--|\n| 1 | 2 |\n");
        assert_eq!(all[0], Chunk::Heading(vec![text("A "), Piece::Code("b".into())]));
        assert_eq!(all[1], Chunk::Paragraph(vec![text("One two.")]));
        assert_eq!(all[2], Chunk::List { ordered: false, items: vec![vec![text("a")], vec![text("b")]] });
        assert!(matches!(&all[3], Chunk::List { ordered: true, items } if items.len() == 2));
        assert!(matches!(&all[4], Chunk::Table { head, rows } if head.len() == 2 && rows.len() == 1));
    }

    #[test]
    fn links_lead_to_pages_of_ours_only() {
        let link = Piece::Link { words: "Feeds".into(), href: "/feeds".into() };
        assert_eq!(pieces("See [Feeds](/feeds)."), [text("See "), link, text(".")]);
        for bad in ["[x](https://evil.example)", "[x](//evil.example)", "[x](javascript:y)", "[x](/a b)", "a ` b * c ["]
        {
            assert_eq!(pieces(bad), [text(bad)], "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_lost_or_makes_it_fail(line in "[a-c`*\\[\\]()|/ .\u{627}\u{1F600}-]{0,60}") {
            let shown: String = pieces(&line).into_iter().map(|piece| match piece {
                Piece::Text(text) | Piece::Strong(text) | Piece::Button(text) | Piece::Code(text) => text,
                Piece::Link { words, href } => words + &href,
            }).collect();
            let letters = |text: &str| text.chars().filter(|c| !"`*[]()".contains(*c)).collect::<String>();
            prop_assert_eq!(letters(&shown), letters(&line));
            chunks(&line);
        }
    }
}
