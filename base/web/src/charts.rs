//! Pictures drawn by the server. Each is a table, or stands beside its table; numbers always read from left to right.

use manara_model::escaped;
use std::fmt::Write as _;

use crate::markup::Markup;
use crate::visit::Page;

/// One line of a bar chart.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// How many.
    pub value: i64,
    /// The list behind the number; may be empty.
    pub href: String,
    /// `plain good warn bad crit mute info`.
    pub tone: &'static str,
}

/// A bar chart that is a table: label, bar, number. `caption` names it.
pub fn bars(page: &Page, caption: &str, bars: &[Bar]) -> Markup {
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
    let mut html = format!(r#"<table class="bars"><caption>{}</caption><tbody>"#, escaped(caption));
    for bar in bars {
        let width = (bar.value.max(0) as f64 / most as f64 * 1000.0).round() / 10.0;
        let label = match bar.href.as_str() {
            "" => format!("<bdi>{}</bdi>", escaped(&bar.label)),
            href => format!(r#"<a href="{}"><bdi>{}</bdi></a>"#, escaped(href), escaped(&bar.label)),
        };
        let _ = write!(
            html,
            r#"<tr><th scope="row">{label}</th><td class="track"><svg class="bar {tone}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="{width}" height="8"/></svg></td><td class="n">{n}</td></tr>"#,
            tone = escaped(bar.tone),
            n = page.n(bar.value),
        );
    }
    html.push_str("</tbody></table>");
    Markup(html)
}

/// A small line of counts over days, the newest where reading ends, with a table behind it. `points` are day and count.
pub fn sparkline(page: &Page, caption: &str, points: &[(String, i64)]) -> Markup {
    sparkline_to(page, caption, points, |_| String::new())
}

/// The same with the list behind each count of the table: where its day leads.
pub fn sparkline_to(page: &Page, caption: &str, points: &[(String, i64)], href: impl Fn(&str) -> String) -> Markup {
    let most = points.iter().map(|point| point.1).max().unwrap_or(0).max(1);
    let step = 300.0 / points.len().max(1) as f64;
    let mut html = format!(
        r#"<figure class="spark"><figcaption>{}</figcaption><svg class="flip" viewBox="0 0 300 60" preserveAspectRatio="none" aria-hidden="true">"#,
        escaped(caption)
    );
    for (at, (day, count)) in points.iter().enumerate() {
        let height = (*count).max(0) as f64 / most as f64 * 56.0;
        let height = if *count > 0 { height.max(1.5) } else { 0.5 };
        let _ = write!(
            html,
            r#"<rect x="{x:.2}" y="{y:.2}" width="{width:.2}" height="{height:.2}"><title>{day}: {count}</title></rect>"#,
            x = at as f64 * step + step * 0.1,
            y = 60.0 - height,
            width = step * 0.8,
            day = escaped(day),
        );
    }
    html.push_str("</svg>");
    if let (Some(first), Some(last)) = (points.first(), points.last()) {
        let _ = write!(
            html,
            r#"<div class="axis"><bdi dir="ltr">{}</bdi><bdi dir="ltr">{}</bdi></div>"#,
            escaped(&first.0),
            escaped(&last.0)
        );
    }
    let _ = write!(html, "<details><summary>{}</summary><table><tbody>", escaped(&page.t("web-chart-as-table")));
    for (day, count) in points {
        let to = if *count > 0 { href(day) } else { String::new() };
        let number = linked(&to, page.n(*count));
        let _ = write!(
            html,
            r#"<tr><th scope="row"><bdi dir="ltr" class="mono">{}</bdi></th><td class="n">{number}</td></tr>"#,
            escaped(day),
        );
    }
    html.push_str("</tbody></table></details></figure>");
    Markup(html)
}

/// A number that leads to the list behind it, where there is one.
pub(crate) fn linked(href: &str, number: Markup) -> Markup {
    if href.is_empty() { number } else { Markup(format!(r#"<a href="{}">{number}</a>"#, escaped(href))) }
}

/// How far something is, 0 to 1, with its words.
pub fn progress(page: &Page, label: &str, part: f64) -> Markup {
    let percent = (part.clamp(0.0, 1.0) * 100.0).round();
    Markup(format!(
        r#"<label class="progress"><span>{}</span><progress max="100" value="{percent}"></progress><span>{}</span></label>"#,
        escaped(label),
        page.percent(&part.clamp(0.0, 1.0))
    ))
}
