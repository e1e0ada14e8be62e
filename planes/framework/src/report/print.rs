//! The parts of a report as text.

use std::fmt::Write as _;

use manara_web::{foreign, mono};

use super::{Part, Report, Value};

/// The look of a report that stands alone: no other file is needed to read or print it.
const STYLE: &str = "body{font:11pt/1.5 system-ui,'Noto Sans','Noto Sans Arabic',sans-serif;max-inline-size:60rem;margin:2rem auto;\
padding-inline:1rem;color:#17222d;background:#fff}h1{font-size:1.6rem}h2{font-size:1.15rem;margin-block:1.75rem .5rem}\
table{border-collapse:collapse;inline-size:100%}th,td{text-align:start;vertical-align:top;padding:.3rem .6rem;\
border-block-end:1px solid #d5dce3}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.25rem}dd{margin:0}\
dt,caption{color:#536170}.mono{font-family:ui-monospace,monospace;unicode-bidi:isolate}.wide{overflow-x:auto}\
svg{inline-size:12rem;block-size:.9rem;background:#eaeef2}[dir=rtl] svg{transform:scaleX(-1)}.claimed{fill:#8fbdd6}\
.supported{fill:#0b6484}@media print{body{margin:0;font-size:9pt}tr{break-inside:avoid}thead{display:table-header-group}}";

pub(super) fn html(of: &Report<'_>, title: &str, parts: &[Part]) -> String {
    let tlp = of.assessment.tlp.label();
    let name = foreign(title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{plain}</title>\
         <style>{STYLE}</style></head><body><main><p><strong><bdi dir=\"ltr\">{tlp}</bdi></strong></p><h1>{name}</h1>\n",
        lang = of.lang.tag(),
        dir = of.lang.dir(),
        plain = manara_web::Markup::text(title),
    );
    for part in parts {
        let _ = match part {
            Part::Heading(words) => writeln!(out, "<h2>{}</h2>", foreign(words)),
            Part::Words(words) => writeln!(out, "<p>{}</p>", foreign(words)),
            Part::Pairs(pairs) => {
                out.push_str("<dl>");
                for (label, value) in pairs {
                    let _ = write!(out, "<dt>{}</dt><dd>{}</dd>", foreign(label), foreign(value));
                }
                writeln!(out, "</dl>")
            }
            Part::Table { head, rows } => {
                out.push_str("<div class=\"wide\"><table><thead><tr>");
                for cell in head {
                    let _ = write!(out, "<th scope=\"col\">{}</th>", foreign(cell));
                }
                out.push_str("</tr></thead><tbody>");
                for row in rows {
                    out.push_str("<tr>");
                    for cell in row {
                        let _ = match cell {
                            Value::Text(text) => write!(out, "<td>{}</td>", foreign(text)),
                            Value::Id(id) => write!(out, "<td>{}</td>", mono(id)),
                            Value::Number(None) => write!(out, "<td>–</td>"),
                            Value::Number(Some(number)) => write!(out, "<td>{}</td>", of.number(*number)),
                        };
                    }
                    out.push_str("</tr>\n");
                }
                writeln!(out, "</tbody></table></div>")
            }
            Part::List(lines) => {
                out.push_str("<ul>");
                for line in lines {
                    let _ = write!(out, "<li>{}</li>", foreign(line));
                }
                writeln!(out, "</ul>")
            }
            Part::Bars { head, rows } => {
                let [claimed, supported] = head;
                let _ = write!(
                    out,
                    "<table><thead><tr><th></th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>",
                    foreign(claimed),
                    foreign(supported)
                );
                for (label, claimed, supported) in rows {
                    let _ = write!(out, "<tr><th scope=\"row\">{}</th>", foreign(label));
                    for (part, class) in [(claimed, "claimed"), (supported, "supported")] {
                        let width = (part.clamp(0.0, 1.0) * 1000.0).round() / 10.0;
                        let _ = write!(
                            out,
                            "<td><svg viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
                             <rect class=\"{class}\" width=\"{width}\" height=\"8\"/></svg> {}</td>",
                            percent(of, *part)
                        );
                    }
                    out.push_str("</tr>\n");
                }
                writeln!(out, "</tbody></table>")
            }
        };
    }
    out.push_str("</main></body></html>\n");
    out
}

pub(super) fn markdown(of: &Report<'_>, title: &str, parts: &[Part]) -> String {
    let mut out = format!("{}\n\n# {}\n", of.assessment.tlp.label(), plain(title));
    for part in parts {
        out.push('\n');
        let _ = match part {
            Part::Heading(words) => writeln!(out, "## {}", plain(words)),
            Part::Words(words) => writeln!(out, "{}", plain(words)),
            Part::Pairs(pairs) => {
                pairs.iter().try_for_each(|(label, value)| writeln!(out, "- {}: {}", plain(label), plain(value)))
            }
            Part::List(lines) => lines.iter().try_for_each(|line| writeln!(out, "- {}", plain(line))),
            Part::Table { head, rows } => {
                line(&mut out, head.iter().map(|cell| plain(cell)));
                line(&mut out, head.iter().map(|_| "---".to_string()));
                for row in rows {
                    line(
                        &mut out,
                        row.iter().map(|cell| match cell {
                            Value::Text(text) | Value::Id(text) => plain(text),
                            Value::Number(number) => number.map_or("–".into(), |number| of.number(number)),
                        }),
                    );
                }
                Ok(())
            }
            Part::Bars { head: [claimed, supported], rows } => {
                line(&mut out, [String::new(), plain(claimed), plain(supported)].into_iter());
                line(&mut out, ["---"; 3].map(String::from).into_iter());
                for (label, claimed, supported) in rows {
                    line(&mut out, [plain(label), percent(of, *claimed), percent(of, *supported)].into_iter());
                }
                Ok(())
            }
        };
    }
    out
}

fn percent(of: &Report<'_>, part: f64) -> String {
    of.locale().numbers.percent(part)
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for cell in cells {
        let _ = write!(out, "| {cell} ");
    }
    out.push_str("|\n");
}

/// A text that cannot become markup: on one line, with the signs of Markdown escaped.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in manara_web::visible_controls(text).chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
