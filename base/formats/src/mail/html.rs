//! HTML as text that is safe to show: nothing runs, nothing is loaded, and where a link leads is written out.

mod writer;

use mail_parser::decoders::html::add_html_token;

use writer::Writer;

/// Longest text that is made.
const TEXT_BYTES: usize = 2 << 20;
/// Longest value of an attribute.
const VALUE_BYTES: usize = 2_000;
/// How often a tag that never ends is taken as text.
const OPEN_TAGS: u32 = 3;

/// The text of an HTML document: scripts, styles and comments are left out, links carry their address, lists and tables are
/// readable, quotations begin with `>`.
#[must_use]
pub fn html_to_text(html: &str) -> String {
    let mut writer = Writer::default();
    let mut open_tags = 0;
    let mut rest = html;
    while writer.out.len() < TEXT_BYTES {
        let (text, markup) = rest.split_at(memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len()));
        writer.text(text);
        if markup.is_empty() {
            break;
        }
        rest = if let Some(comment) = markup.strip_prefix("<!--") {
            comment.split_once("-->").map_or("", |(_, after)| after)
        } else if markup.starts_with("<!") || markup.starts_with("<?") {
            markup.split_once('>').map_or("", |(_, after)| after)
        } else {
            match Tag::read(markup) {
                Read::Tag(tag, after) => {
                    let after = if tag.is_hidden() { after_close(after, &tag.name) } else { after };
                    writer.tag(&tag);
                    after
                }
                Read::Open if open_tags >= OPEN_TAGS => "",
                read => {
                    open_tags += u32::from(matches!(read, Read::Open));
                    writer.text("<");
                    markup.get(1..).unwrap_or_default()
                }
            }
        };
    }
    writer.finish()
}

/// A tag.
struct Tag<'x> {
    /// In small letters.
    name: String,
    is_close: bool,
    attributes: &'x str,
}

/// What stands behind a `<`.
enum Read<'x> {
    Tag(Tag<'x>, &'x str),
    /// A tag that has no end.
    Open,
    /// No tag.
    Text,
}

impl<'x> Tag<'x> {
    fn read(markup: &'x str) -> Read<'x> {
        let inner = markup.get(1..).unwrap_or_default();
        let (is_close, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let len = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-')).count();
        let (name, attributes) = inner.split_at(len);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Read::Text;
        }
        // A quotation mark counts behind an equals sign only.
        let (mut quote, mut before) = (None, b' ');
        for (at, byte) in attributes.bytes().enumerate() {
            match (quote, byte) {
                (Some(open), byte) if open == byte => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
                (None, b'>') => {
                    let (attributes, after) = attributes.split_at(at);
                    let tag = Tag { name: name.to_ascii_lowercase(), is_close, attributes };
                    return Read::Tag(tag, after.get(1..).unwrap_or_default());
                }
                (None, _) => {}
            }
            if !byte.is_ascii_whitespace() {
                before = byte;
            }
        }
        Read::Open
    }

    /// Whether what stands inside is never shown.
    fn is_hidden(&self) -> bool {
        const HIDDEN: &[&str] =
            &["script", "style", "title", "template", "svg", "math", "iframe", "noembed", "noframes", "select"];
        !self.is_close && HIDDEN.contains(&self.name.as_str()) && !self.attributes.ends_with('/')
    }

    /// The value of an attribute, its entities resolved.
    fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.attributes.trim_start();
        while !rest.is_empty() {
            let len = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
            let (name, after) = rest.split_at(len);
            let after = after.trim_start();
            let (value, next) = match after.strip_prefix('=').map(str::trim_start) {
                None => ("", after),
                Some(value) => match value.chars().next() {
                    Some(quote @ ('"' | '\'')) => {
                        let inner = value.get(1..).unwrap_or_default();
                        inner.split_once(quote).unwrap_or((inner, ""))
                    }
                    _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
                },
            };
            if name.eq_ignore_ascii_case(wanted) {
                let mut resolved = String::new();
                entities(value.get(..value.floor_char_boundary(VALUE_BYTES)).unwrap_or_default(), &mut resolved);
                return Some(resolved);
            }
            rest = if name.is_empty() && next.len() == rest.len() { rest.get(1..).unwrap_or_default() } else { next };
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        }
        None
    }
}

/// What stands after the end of an element whose inside is not shown.
fn after_close<'x>(rest: &'x str, name: &str) -> &'x str {
    let bytes = rest.as_bytes();
    for at in memchr::memmem::find_iter(bytes, b"</") {
        let end = at + 2 + name.len();
        if bytes.get(at + 2..end).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            return rest.get(end..).and_then(|after| after.split_once('>')).map_or("", |(_, after)| after);
        }
    }
    ""
}

/// Resolves entities; what is none stays.
fn entities(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let len = here.bytes().skip(1).take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count() + 1;
        if len > 1 && here.as_bytes().get(len) == Some(&b';') {
            let (entity, after) = here.split_at(len + 1);
            let mut resolved = String::new();
            add_html_token(&mut resolved, entity.as_bytes(), false);
            out.extend(
                resolved.chars().map(|c| if c == '\u{a0}' { ' ' } else { c }).filter(|c| !c.is_control() || *c == '\n'),
            );
            rest = after;
        } else {
            out.push('&');
            rest = here.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::html_to_text;
    use proptest::prelude::*;

    #[test]
    fn what_a_reader_sees_becomes_text() {
        for (html, expected) in [
            ("<p>Hello <b>you</b></p><p>Bye</p>", "Hello you\n\nBye"),
            ("a<br>b<br/><br>c", "a\nb\n\nc"),
            ("  a \n b&nbsp;&amp;&#233;&#x1F600; ", "a b &é😀"),
            ("<a href=\"https://x.example/a?b=1&amp;c=2\">here</a>.", "here (https://x.example/a?b=1&c=2)."),
            ("<a href='https://x.example/'>https://x.example</a>", "https://x.example"),
            ("<a href=mailto:a@b.example>a@b.example</a>", "a@b.example"),
            ("<a href=\"https://bank.example.evil.example/\">https://bank.example</a>", {
                "https://bank.example (https://bank.example.evil.example)"
            }),
            ("<a href=\"javascript:alert(1)\">x</a><a href=\"data:text/html,1\">y</a>", "xy"),
            ("<ul><li>one<li>two</ul><ol><li>a</li><li>b</li></ol>", "- one\n- two\n1. a\n2. b"),
            (
                "<table><tr><td>IP</td><td>Port</td></tr><tr><td>192.0.2.1</td><td>23</td></tr></table>",
                "IP | Port\n192.0.2.1 | 23",
            ),
            ("me<blockquote>you<blockquote>me</blockquote></blockquote>me", "me\n\n> you\n\n> > me\n\nme"),
            ("<pre>a  b\n  c</pre>", "a  b\n  c"),
            ("<img src=\"http://t.example/1.gif\" alt=\"A seal\"><img src=x>", "[A seal]"),
            ("2 < 3 & 4 > 1", "2 < 3 & 4 > 1"),
            ("مرحبا <b>بكم</b>", "مرحبا بكم"),
            ("a<span title=\"x>y\">b</span>", "ab"),
            ("", ""),
        ] {
            assert_eq!(html_to_text(html), expected, "{html}");
        }
    }

    #[test]
    fn what_runs_or_loads_is_left_out() {
        for html in [
            "ok<script>alert('</p>')</script>",
            "ok<SCRIPT src=x>a</ScRiPt >",
            "ok<style>p{}</style><title>t</title>",
            "ok<!-- <p>no -->",
            "ok<svg><text>no</text></svg>",
            "ok<script>never closed <p>no",
            "ok<iframe src=x>no</iframe><!doctype html><?xml a?>",
            "o&#0;&#7;k",
        ] {
            assert_eq!(html_to_text(html), "ok", "{html}");
        }
    }

    #[test]
    fn a_tag_without_end_is_text_and_costs_one_pass_a_few_times() {
        assert_eq!(html_to_text("a <b c"), "a <b c");
        let hostile = "<a href=\"".repeat(200_000);
        assert!(html_to_text(&hostile).len() <= hostile.len());
    }

    proptest! {
        #[test]
        fn anything_becomes_bounded_text(html in "(<|>|/|!|--|a|p|td|li|blockquote|script| href=|\"|'|&|#|;|é|م|\\n| ){0,200}") {
            let text = html_to_text(&html);
            prop_assert!(text.len() <= html.len() * 20 + 100);
            prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
        }
    }
}
