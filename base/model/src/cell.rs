//! Cells of tables that other people's spreadsheets will open.

use std::borrow::Cow;

/// The text so that no spreadsheet takes it for a formula: what would begin one gets an apostrophe before it.
///
/// Spreadsheets look at the first sign, some after dropping spaces and signs that do not show, some at full-width twins.
pub fn neutral_cell(text: &str) -> Cow<'_, str> {
    if matches!(text.chars().next(), Some('\t' | '\r' | '\n')) {
        return Cow::Owned(format!("'{text}"));
    }
    let unseen =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}');
    match text.chars().find(|c| !unseen(*c)) {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹢' | '﹣' | '﹦' | '﹫' | '−') => {
            Cow::Owned(format!("'{text}"))
        }
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::neutral_cell;

    #[test]
    fn what_would_be_a_formula_is_text() {
        for bad in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\tx",
            "\r=1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "  =1",
            "\u{feff}=1",
            "\u{200b}@x",
            "−1",
        ] {
            assert_eq!(neutral_cell(bad), format!("'{bad}"), "{bad:?}");
        }
        for good in ["", "a=b", "10.0.0.1", "2001:db8::1", "x-y", "'=1", "https://example.org/?a=1"] {
            assert_eq!(neutral_cell(good), good);
        }
    }
}
