//! A document as Markdown, for a text editor, a wiki or a repository.

use std::fmt::Write as _;

use crate::document::{Cell, Document, Part};
use crate::html::caption_of;
use crate::text::{line, without_marks};

/// The whole text.
pub fn markdown(document: &Document) -> String {
    let mut out = String::new();
    if let Some(tlp) = document.tlp {
        let _ = writeln!(out, "{}\n", tlp.label());
    }
    let _ = writeln!(out, "# {}\n\n{}", plain(&document.title), plain(&document.day_words));
    for part in &document.parts {
        out.push('\n');
        one(&mut out, part);
    }
    out
}

fn one(out: &mut String, part: &Part) {
    let _ = match part {
        Part::Heading(level, words) => {
            writeln!(out, "{} {}", "#".repeat(usize::from(level.clamp(&1, &4) + 1)), plain(words))
        }
        Part::Words(words) => words.split('\n').try_for_each(|words| writeln!(out, "{}  ", plain(words))),
        Part::Note(words) => writeln!(out, "> {}", plain(words)),
        Part::NewPage => writeln!(out, "---"),
        Part::List { numbered, items } => items.iter().enumerate().try_for_each(|(at, item)| match numbered {
            true => writeln!(out, "{}. {}", at + 1, plain(item)),
            false => writeln!(out, "- {}", plain(item)),
        }),
        Part::Pairs(pairs) => {
            pairs.iter().try_for_each(|(label, value)| writeln!(out, "- {}: {}", plain(label), cell(value)))
        }
        Part::Table(table) => {
            if !table.caption.is_empty() {
                let _ = writeln!(out, "{}\n", plain(&table.caption));
            }
            row(out, table.head.iter().map(|head| plain(head)));
            row(out, table.head.iter().map(|_| "---".to_string()));
            table.rows.iter().for_each(|cells| row(out, cells.iter().map(cell)));
            Ok(())
        }
        Part::Bars(bars) => {
            let [claimed, supported] = &bars.heads;
            let _ = writeln!(out, "{}\n", plain(&bars.caption));
            row(out, [String::new(), plain(claimed), plain(supported)].into_iter());
            row(out, ["---"; 3].map(String::from).into_iter());
            for bar in &bars.rows {
                let [claimed, supported] = &bar.words;
                row(out, [plain(&bar.label), plain(claimed), plain(supported)].into_iter());
            }
            Ok(())
        }
        // Its numbers stand in the table beside it.
        Part::Radar(_) => Ok(()),
        Part::HeatMap(map) => {
            let _ = writeln!(out, "{}\n", plain(&caption_of(map)));
            map.rows.iter().try_for_each(|group| {
                let step = |step: &Option<usize>| step.map_or("–".to_string(), |step| step.to_string());
                let items: Vec<String> =
                    group.items.iter().map(|(id, at)| format!("{}: {}", plain(id), step(at))).collect();
                writeln!(out, "- {}: {}", plain(&group.id), items.join(", "))
            })
        }
    };
}

fn row(out: &mut String, cells: impl Iterator<Item = String>) {
    for cell in cells {
        let _ = write!(out, "| {cell} ");
    }
    out.push_str("|\n");
}

fn cell(cell: &Cell) -> String {
    plain(cell.text())
}

/// A text that cannot become markup: on one line, with the signs of Markdown escaped.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = without_marks(&line(text));
    if begins_markup(&text) {
        return guarded(&text);
    }
    escape(&mut out, &text);
    out
}

/// Whether a line would begin a list, a heading or a rule.
fn begins_markup(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = rest.len() < text.len() && rest.starts_with(['.', ')']);
    let is_marker = rest.chars().nth(1).is_none_or(|next| next == ' ');
    text.starts_with(['-', '+', '=']) || (is_numbered && is_marker)
}

/// The first sign that is not a digit gets a backslash.
fn guarded(text: &str) -> String {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let rest = text.get(digits.len()..).unwrap_or_default();
    let mut out = format!("{digits}\\");
    escape(&mut out, rest);
    out
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(plain("a|b *c* <d> [e](f) #g"), "a\\|b \\*c\\* \\<d\\> \\[e\\](f) \\#g");
        assert_eq!(plain("- a\n- b"), "\\- a - b");
        assert_eq!(plain("12. a"), "12\\. a");
        assert_eq!((plain("6.1").as_str(), plain("6.").as_str()), ("6.1", "6\\."));
        assert_eq!(plain("\u{2068}منارة\u{2069}"), "منارة");
    }
}
