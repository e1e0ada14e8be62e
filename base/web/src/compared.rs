//! A bar chart that is a table, with the span before beside each number.

use manara_model::escaped;
use std::fmt::Write as _;

use crate::charts::linked;
use crate::markup::Markup;
use crate::visit::Page;

/// One line: what is counted, now and in the span before.
#[derive(Debug, Clone)]
pub struct Compared {
    /// What is counted, as it is shown.
    pub label: Markup,
    /// The list behind the number of now; may be empty.
    pub href: String,
    /// How many now.
    pub now: i64,
    /// How many in the span before.
    pub before: i64,
}

/// The words over the columns.
#[derive(Debug, Clone, Copy)]
pub struct Heads<'a> {
    /// Over what is counted.
    pub label: &'a str,
    /// Over the numbers of now.
    pub now: &'a str,
    /// Over those of before.
    pub before: &'a str,
    /// Over the differences.
    pub change: &'a str,
}

/// Label, bar, number of now, number of before, difference. The thin line below a bar is the span before.
pub fn compared(page: &Page, caption: &str, heads: Heads<'_>, lines: &[Compared]) -> Markup {
    let most = lines.iter().map(|line| line.now.max(line.before)).max().unwrap_or(0).max(1);
    let width = |count: i64| (count.max(0) as f64 / most as f64 * 1000.0).round() / 10.0;
    let mut html = format!(
        r#"<table class="bars compared"><caption>{}</caption><thead><tr><th scope="col">{}</th><td class="track"></td><th scope="col" class="n">{}</th><th scope="col" class="n">{}</th><th scope="col" class="n">{}</th></tr></thead><tbody>"#,
        escaped(caption),
        escaped(heads.label),
        escaped(heads.now),
        escaped(heads.before),
        escaped(heads.change)
    );
    for line in lines {
        let now = linked(&line.href, page.n(line.now));
        let _ = write!(
            html,
            r#"<tr><th scope="row">{label}</th><td class="track"><svg class="bar two" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="{wide}" height="7"/><rect class="was" y="8" width="{was}" height="2"/></svg></td><td class="n">{now}</td><td class="n was">{before}</td><td class="n">{change}</td></tr>"#,
            label = line.label,
            wide = width(line.now),
            was = width(line.before),
            before = page.n(line.before),
            change = change(page, line.now - line.before),
        );
    }
    html.push_str("</tbody></table>");
    Markup(html)
}

/// A difference with its sign, from left to right in every language.
pub fn change(page: &Page, difference: i64) -> Markup {
    let sign = match difference.signum() {
        1 => "+",
        -1 => "\u{2212}",
        _ => "",
    };
    let count = i64::try_from(difference.unsigned_abs()).unwrap_or(i64::MAX);
    Markup(format!(r#"<bdi dir="ltr" class="num">{sign}{}</bdi>"#, page.lang.number(count)))
}
