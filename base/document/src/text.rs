//! Texts of people and of the world outside, made harmless for each form.

/// Sets a piece of text apart, with the direction of its first letter.
const APART: char = '\u{2068}';
/// Ends it.
const END: char = '\u{2069}';

/// The text with everything that does not show or turns the line made visible, as `⟨202E⟩`. Pieces set apart (as messages set apart
/// what they are given) stay so, and end where the text ends.
pub fn shown(text: &str) -> String {
    let hidden = |c: char| {
        matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
            || (c.is_control() && !matches!(c, '\n' | '\t'))
            || is_no_character(c)
    };
    let mut out = String::with_capacity(text.len() + 8);
    let mut apart = 0usize;
    for c in text.chars() {
        match c {
            APART => {
                apart += 1;
                out.push(c);
            }
            END if apart > 0 => {
                apart -= 1;
                out.push(c);
            }
            '\r' => {}
            c if hidden(c) => out.push_str(&format!("⟨{:04X}⟩", u32::from(c))),
            c => out.push(c),
        }
    }
    out.extend(std::iter::repeat_n(END, apart));
    out
}

/// Code points that no text has and XML does not take.
fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// The text on one line.
pub fn line(text: &str) -> String {
    shown(text).replace(['\n', '\t'], " ")
}

/// Whether a character sets pieces apart or ends them.
pub fn is_mark(c: char) -> bool {
    matches!(c, APART | END)
}

/// The same without the marks that set pieces apart, for forms that know their own.
pub fn without_marks(text: &str) -> String {
    text.replace([APART, END], "")
}

/// Whether a letter is written from right to left.
pub fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
        && !matches!(c, '\u{660}'..='\u{66c}' | '\u{6f0}'..='\u{6f9}')
}

#[cfg(test)]
mod tests {
    use super::{line, shown};

    #[test]
    fn what_turns_the_line_is_seen() {
        assert_eq!(shown("abc\u{202e}exe\0"), "abc⟨202E⟩exe⟨0000⟩");
        assert_eq!(shown("a\u{2068}b"), "a\u{2068}b\u{2069}", "set apart to its end");
        assert_eq!(shown("a\u{2069}b"), "a⟨2069⟩b", "an end without a beginning is no end");
        assert_eq!(line("a\r\nb\tc"), "a b c");
        assert_eq!(shown("منارة — é"), "منارة — é");
    }
}
