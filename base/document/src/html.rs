//! A document as HTML: one file that needs no other, for a browser or paper.

use manara_model::escaped;
use std::fmt::Write as _;

use crate::document::{Bars, Cell, Document, HeatMap, Part, Table};
use crate::figure::{self, Picture};
use crate::text::{line, shown};

/// The look of a file that stands alone.
const STYLE: &str = "body{font:11pt/1.5 system-ui,'Noto Sans','Noto Sans Arabic',sans-serif;max-inline-size:60rem;margin:2rem auto;\
padding-inline:1rem;color:#17222d;background:#fff}h1{font-size:1.6rem}h2{font-size:1.25rem;margin-block:1.75rem .5rem}h3{font-size:1.05rem}\
h4,h5{font-size:1rem}table{border-collapse:collapse;inline-size:100%}th,td{text-align:start;vertical-align:top;padding:.3rem .6rem;\
border-block-end:1px solid #d5dce3}td.n{text-align:end}dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.2rem 1.25rem}\
dd{margin:0;overflow-wrap:anywhere}dt,caption,figcaption,footer{color:#536170}caption{text-align:start}.mono{font-family:ui-monospace,monospace;\
unicode-bidi:isolate}.scroll{overflow-x:auto}svg.bar{inline-size:12rem;max-inline-size:100%;block-size:.9rem;background:#eaeef2}\
[dir=rtl] svg.bar{transform:scaleX(-1)}.claimed{fill:#8fbdd6}.supported{fill:#0b6484}figure{margin:1rem 0}figure svg{max-inline-size:100%;\
block-size:auto}figure.radar svg{inline-size:22rem}.note{border-inline-start:4px solid #b7791f;background:#fdf6e7;padding:.5rem 1rem}\
.marking{display:flex;justify-content:space-between;gap:1rem;font-weight:bold}@media print{body{margin:0;font-size:9pt}\
tr,figure{break-inside:avoid}thead{display:table-header-group}.new-page{break-before:page}}";

/// The whole file.
pub fn html(document: &Document) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
         <style>{STYLE}</style></head><body>\n",
        lang = escaped(&document.lang),
        dir = document.direction.as_str(),
        title = escaped(&line(&document.title)),
    );
    let marking = document.tlp.map(|tlp| format!("<bdi dir=\"ltr\">{}</bdi>", escaped(tlp.label())));
    if let Some(marking) = &marking {
        let _ = writeln!(out, "<header class=\"marking\">{marking}</header>");
    }
    let _ = writeln!(out, "<main><h1>{}</h1>", foreign(&document.title));
    out.push_str(&html_parts(document));
    let day = foreign(&document.day_words);
    let _ =
        writeln!(out, "</main><footer class=\"marking\"><span>{day}</span>{}</footer>", marking.unwrap_or_default());
    out.push_str("</body></html>\n");
    out
}

/// The parts alone, for a page that has a title and a look of its own.
pub fn html_parts(document: &Document) -> String {
    let mut out = String::new();
    for part in &document.parts {
        one(&mut out, part);
    }
    out
}

fn one(out: &mut String, part: &Part) {
    let _ = match part {
        Part::Heading(level, words) => {
            let level = (level + 1).clamp(2, 5);
            writeln!(out, "<h{level}>{}</h{level}>", foreign(words))
        }
        Part::Words(words) => writeln!(out, "<p>{}</p>", foreign(words).replace('\n', "<br>")),
        Part::Note(words) => writeln!(out, "<p class=\"note\" role=\"note\">{}</p>", foreign(words)),
        Part::NewPage => writeln!(out, "<div class=\"new-page\"></div>"),
        Part::List { numbered, items } => {
            let tag = if *numbered { "ol" } else { "ul" };
            let _ = write!(out, "<{tag}>");
            for item in items {
                let _ = write!(out, "<li>{}</li>", foreign(item));
            }
            writeln!(out, "</{tag}>")
        }
        Part::Pairs(pairs) => {
            out.push_str("<dl>");
            for (label, value) in pairs {
                let _ = write!(out, "<dt>{}</dt><dd>{}</dd>", foreign(label), cell(value));
            }
            writeln!(out, "</dl>")
        }
        Part::Table(table) => {
            rows(out, table);
            Ok(())
        }
        Part::Bars(bars) => {
            drawn(out, bars);
            Ok(())
        }
        Part::Radar(bars) => picture(out, "radar", figure::radar(bars), &bars.caption),
        Part::HeatMap(map) => picture(out, "heat", figure::heat_map(map), &caption_of(map)),
    };
}

fn picture(out: &mut String, class: &str, picture: Option<Picture>, caption: &str) -> std::fmt::Result {
    let Some(picture) = picture else { return Ok(()) };
    let label = escaped(&line(caption));
    let svg = picture.svg().replacen("<svg ", &format!("<svg role=\"img\" aria-label=\"{label}\" "), 1);
    writeln!(
        out,
        "<figure class=\"{class}\"><div dir=\"ltr\">{svg}</div><figcaption>{}</figcaption></figure>",
        foreign(caption)
    )
}

/// The caption of a heat map with what its numbers mean.
pub fn caption_of(map: &HeatMap) -> String {
    let mut words = line(&map.caption);
    for (step, name) in map.steps.iter().enumerate() {
        words.push_str(&format!(" {step} = {};", line(name)));
    }
    words.push_str(&format!(" – = {}.", line(&map.without)));
    words
}

fn rows(out: &mut String, table: &Table) {
    out.push_str("<div class=\"scroll\" role=\"group\" tabindex=\"0\"><table>");
    if !table.caption.is_empty() {
        let _ = write!(out, "<caption>{}</caption>", foreign(&table.caption));
    }
    out.push_str("<thead><tr>");
    for head in &table.head {
        let _ = write!(out, "<th scope=\"col\">{}</th>", foreign(head));
    }
    out.push_str("</tr></thead><tbody>");
    for row in &table.rows {
        out.push_str("<tr>");
        for value in row {
            let class = if matches!(value, Cell::Number(_)) { " class=\"n\"" } else { "" };
            let _ = write!(out, "<td{class}>{}</td>", cell(value));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
}

fn drawn(out: &mut String, bars: &Bars) {
    let [claimed, supported] = &bars.heads;
    let _ = write!(
        out,
        "<div class=\"scroll\" role=\"group\" tabindex=\"0\"><table><caption>{}</caption><thead><tr><td></td><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>",
        foreign(&bars.caption),
        foreign(claimed),
        foreign(supported)
    );
    for bar in &bars.rows {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", foreign(&bar.label));
        for ((part, words), class) in bar.parts.iter().zip(&bar.words).zip(["claimed", "supported"]) {
            let width = (figure::bounded(*part) * 1000.0).round() / 10.0;
            let _ = write!(
                out,
                "<td><svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
                 <rect class=\"{class}\" width=\"{width}\" height=\"8\"/></svg> {}</td>",
                foreign(words)
            );
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Id(id) => format!("<bdi dir=\"ltr\" class=\"mono\">{}</bdi>", escaped(&line(id))),
        other => foreign(other.text()),
    }
}

/// Words of whoever wrote them: escaped, with their own direction.
fn foreign(text: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(&shown(text)))
}
