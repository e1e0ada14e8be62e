//! Counts of several kinds over days: stacked bars told apart by pattern as well as colour, with a table behind them.

use manara_model::escaped;
use std::fmt::Write as _;

use crate::charts::linked;
use crate::markup::Markup;
use crate::visit::Page;

/// Kinds that have a pattern of their own; further ones share the last.
pub const KINDS: usize = 6;
/// What is drawn over each kind's colour, in a square of eight.
const PATTERNS: [&str; KINDS] =
    ["", "M0 8L8 0", "M0 2H8M0 6H8", "M0 0L8 8M0 8L8 0", "M2 0V8M6 0V8", "M2 2h1v1h-1zM6 6h1v1h-1z"];

/// One kind.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its words.
    pub label: String,
    /// How many on each day.
    pub counts: Vec<i64>,
    /// The list behind a number of the table, with `DAY` for its day; may be empty.
    pub href: String,
}

/// The chart and its table. `id` makes the names of the patterns unique in the page; `days` are the oldest first; the newest
/// stands where reading ends.
pub fn stacked(page: &Page, id: &str, caption: &str, days: &[String], series: &[Series]) -> Markup {
    let count = |one: &Series, at: usize| one.counts.get(at).copied().unwrap_or(0).max(0);
    let totals: Vec<i64> = (0..days.len()).map(|at| series.iter().map(|one| count(one, at)).sum()).collect();
    let most = totals.iter().copied().max().unwrap_or(0).max(1);
    let mut html = format!(r#"<figure class="stack"><figcaption>{}</figcaption>"#, escaped(caption));
    let _ = write!(
        html,
        r#"<p class="axis"><span>{}</span></p><svg class="flip" viewBox="0 0 {} 100" preserveAspectRatio="none" aria-hidden="true"><defs>"#,
        page.n(most),
        days.len().max(1) * 8
    );
    for (kind, path) in PATTERNS.iter().enumerate().take(series.len()) {
        let _ = write!(
            html,
            r#"<pattern id="{id}-{kind}" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="k{kind}" width="8" height="8"/><path d="{path}"/></pattern>"#,
            id = escaped(id),
        );
    }
    html.push_str("</defs>");
    for at in 0..days.len() {
        let mut top = 100.0;
        for (kind, one) in series.iter().enumerate() {
            let height = count(one, at) as f64 / most as f64 * 100.0;
            if height > 0.0 {
                top -= height;
                let _ = write!(
                    html,
                    r#"<rect x="{x}" y="{top:.2}" width="7" height="{height:.2}" fill="url(#{id}-{kind})"/>"#,
                    x = at * 8,
                    id = escaped(id),
                    kind = kind.min(KINDS - 1),
                );
            }
        }
    }
    html.push_str("</svg>");
    if let (Some(first), Some(last)) = (days.first(), days.last()) {
        let _ = write!(
            html,
            r#"<p class="axis"><bdi dir="ltr">{}</bdi><bdi dir="ltr">{}</bdi></p>"#,
            escaped(first),
            escaped(last)
        );
    }
    html.push_str(r#"<ul class="legend">"#);
    for (kind, one) in series.iter().enumerate() {
        let _ = write!(
            html,
            r#"<li><svg viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" fill="url(#{id}-{kind})"/></svg>{label}</li>"#,
            id = escaped(id),
            kind = kind.min(KINDS - 1),
            label = escaped(&one.label),
        );
    }
    let _ = write!(html, "</ul><details><summary>{}</summary>", escaped(&page.t("web-chart-as-table")));
    let _ = write!(
        html,
        r#"<div class="scroll" role="region" tabindex="0" aria-label="{caption}"><table class="list"><caption class="unseen">{caption}</caption><thead><tr><th scope="col">{day}</th>"#,
        caption = escaped(caption),
        day = escaped(&page.t("web-chart-day")),
    );
    for one in series {
        let _ = write!(html, r#"<th scope="col" class="n">{}</th>"#, escaped(&one.label));
    }
    html.push_str("</tr></thead><tbody>");
    for (at, day) in days.iter().enumerate() {
        let _ = write!(html, r#"<tr><th scope="row"><bdi dir="ltr" class="mono">{}</bdi></th>"#, escaped(day));
        for one in series {
            let of_day = count(one, at);
            let to = if of_day > 0 { one.href.replace("DAY", day) } else { String::new() };
            let _ = write!(html, r#"<td class="n">{}</td>"#, linked(&to, page.n(of_day)));
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table></div></details></figure>");
    Markup(html)
}
