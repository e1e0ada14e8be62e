//! The colours of the style sheet, read from the sheet itself, and how well they can be told apart.

use std::collections::BTreeMap;

/// Looks, each with the beginnings of the blocks that set its colours as they are sent, later ones over earlier ones.
pub(super) const LOOKS: [(&str, &[&str]); 4] = [
    ("light", &[":root{"]),
    ("dark", &[":root{", ":root:where([data-theme=dark]){"]),
    ("contrast", &[":root{", "@media screen{[data-theme=contrast]{"]),
    (
        "contrast-dark",
        &[
            ":root{",
            "@media screen{[data-theme=contrast]{",
            "@media screen and (prefers-color-scheme:dark){[data-theme=contrast]{",
        ],
    ),
];

/// What is read on what, and the least contrast it needs (WCAG 2.2: 1.4.3 for text, 1.4.11 for what surrounds a thing).
pub(super) const PAIRS: [(&str, &str, f64); 22] = [
    ("ink", "ground", 4.5),
    ("ink", "paper", 4.5),
    ("ink", "sunken", 4.5),
    ("ink", "row", 4.5),
    ("mute", "ground", 4.5),
    ("mute", "paper", 4.5),
    ("mute", "sunken", 4.5),
    ("link", "ground", 4.5),
    ("link", "paper", 4.5),
    ("link", "row", 4.5),
    ("go-ink", "go", 4.5),
    ("good", "good-b", 4.5),
    ("warn", "warn-b", 4.5),
    ("bad", "bad-b", 4.5),
    ("crit", "crit-b", 4.5),
    ("info", "info-b", 4.5),
    ("dim", "dim-b", 4.5),
    ("bad", "paper", 4.5),
    ("sea-ink", "sea", 4.5),
    ("sea-mute", "sea", 4.5),
    ("focus", "ground", 3.0),
    ("lamp", "sea", 3.0),
];

/// The colours of a look by name, as `#rrggbb`.
pub(super) fn colours(css: &str, blocks: &[&str]) -> BTreeMap<String, String> {
    let mut said = BTreeMap::new();
    for begin in blocks {
        let Some((_, rest)) = css.split_once(begin) else { continue };
        let block = rest.split('}').next().unwrap_or_default();
        for (name, value) in block.split(';').filter_map(|line| line.split_once(':')) {
            if let Some(name) = name.trim().strip_prefix("--") {
                said.insert(name, value.trim());
            }
        }
    }
    // One colour may be another: `var(--ink)`.
    let other = |value: &str| said.get(value.strip_prefix("var(--")?.strip_suffix(')')?).copied();
    let colour = |value| whole(other(value).unwrap_or(value));
    said.iter().filter_map(|(name, value)| Some((name.to_string(), colour(value)?))).collect()
}

/// A colour in six digits; `None` for what is no plain colour.
fn whole(value: &str) -> Option<String> {
    let digits = value.strip_prefix('#').filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    match digits.len() {
        3 => Some(format!("#{}", digits.chars().flat_map(|c| [c, c]).collect::<String>())),
        6 => Some(value.to_string()),
        _ => None,
    }
}

/// How much lighter the lighter of two colours is: 1 (the same) to 21 (black and white).
pub(super) fn contrast(a: &str, b: &str) -> Option<f64> {
    let (a, b) = (luminance(a)?, luminance(b)?);
    Some((a.max(b) + 0.05) / (a.min(b) + 0.05))
}

/// Relative luminance by WCAG 2.
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#')?;
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * part(0)? + 0.7152 * part(2)? + 0.0722 * part(4)?)
}

#[cfg(test)]
mod tests {
    use super::{LOOKS, PAIRS, colours, contrast};
    use crate::assets::Assets;

    fn sheet() -> String {
        Assets::new().text("manara.css").to_string()
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        for (a, b, ratio) in [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59)]
        {
            assert!((contrast(a, b).unwrap() - ratio).abs() < 0.01, "{a} {b}");
            assert_eq!(contrast(a, b), contrast(b, a));
        }
        assert_eq!(contrast("red", "#fff"), None);
    }

    #[test]
    fn every_pair_of_every_look_can_be_read() {
        let css = sheet();
        for (look, blocks) in LOOKS {
            assert!(blocks.iter().all(|block| css.contains(block)), "{look}");
            let all = colours(&css, blocks);
            for (ink, ground, least) in PAIRS {
                let ratio = contrast(&all[ink], &all[ground]).unwrap();
                assert!(ratio >= least, "{look}: {ink} on {ground} is {ratio:.2}, wanted {least}");
            }
        }
    }

    #[test]
    fn dark_has_one_set_of_colours_whether_chosen_or_of_the_machine() {
        let css = sheet();
        let system = colours(&css, &[":root:where([data-theme=system],:not([data-theme])){"]);
        assert!(system.len() > 20);
        assert_eq!(system, colours(&css, &[":root:where([data-theme=dark]){"]));
    }
}
