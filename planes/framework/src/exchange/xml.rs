//! The little of XML that workbooks are written in.

/// A piece of XML, named without its prefix.
pub(super) enum Token<'x> {
    Open { name: &'x str, tag: &'x str, empty: bool },
    Close(&'x str),
    Text(String),
}

/// Reads XML from the beginning to its end; `None` among the pieces where it is broken. Document types are taken for broken: no
/// spreadsheet writes them, and entities of one's own are how XML grows without end.
pub(super) struct Xml<'x> {
    rest: &'x str,
    /// Tags that are open.
    depth: usize,
    ended: bool,
}

impl<'x> Xml<'x> {
    pub(super) fn new(text: &'x str) -> Self {
        Xml { rest: text, depth: 0, ended: false }
    }

    /// The next piece; nothing at the end or where it breaks.
    fn piece(&mut self) -> Option<Token<'x>> {
        loop {
            let Some(markup) = self.rest.strip_prefix('<') else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at_checked(end)?;
                self.rest = rest;
                return Some(Token::Text(unescaped(text)?));
            };
            if let Some(comment) = markup.strip_prefix("!--") {
                self.rest = comment.split_once("-->")?.1;
            } else if let Some(data) = markup.strip_prefix("![CDATA[") {
                let (text, rest) = data.split_once("]]>")?;
                self.rest = rest;
                return Some(Token::Text(text.to_string()));
            } else if let Some(order) = markup.strip_prefix('?') {
                self.rest = order.split_once("?>")?.1;
            } else if markup.starts_with('!') {
                return None;
            } else {
                let (tag, rest) = split_tag(markup)?;
                self.rest = rest;
                return Some(named(tag));
            }
            if self.rest.is_empty() {
                return None;
            }
        }
    }
}

impl<'x> Iterator for Xml<'x> {
    type Item = Option<Token<'x>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let is_over = self.rest.trim().is_empty();
        let piece = if is_over { None } else { self.piece() };
        match &piece {
            Some(Token::Open { empty: false, .. }) => self.depth += 1,
            Some(Token::Close(_)) => self.depth = self.depth.saturating_sub(1),
            Some(_) => {}
            None => {
                self.ended = true;
                // At the very end, with nothing open, it is whole; a comment may stand there.
                return (!self.rest.trim().is_empty() || self.depth > 0).then_some(None);
            }
        }
        Some(piece)
    }
}

/// The inside of a tag, and what follows it; a `>` inside quotes does not end it.
fn split_tag(markup: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    for (at, sign) in markup.char_indices() {
        match (quote, sign) {
            (None, '"' | '\'') => quote = Some(sign),
            (Some(open), sign) if open == sign => quote = None,
            (None, '>') => return Some((markup.get(..at)?, markup.get(at + 1..)?)),
            _ => {}
        }
    }
    None
}

fn named(tag: &str) -> Token<'_> {
    let local = |name: &'_ str| -> usize { name.rfind(':').map_or(0, |at| at + 1) };
    if let Some(name) = tag.strip_prefix('/') {
        let name = name.trim();
        return Token::Close(name.get(local(name)..).unwrap_or(name));
    }
    let inside = tag.strip_suffix('/').unwrap_or(tag);
    let (name, tag_rest) = inside.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((inside, ""));
    Token::Open { name: name.get(local(name)..).unwrap_or(name), tag: tag_rest, empty: inside.len() < tag.len() }
}

/// The value of an attribute, named without its prefix.
pub(super) fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut rest = tag;
    while let Some((name, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, next) = after.strip_prefix(quote)?.split_once(quote)?;
        let name = name.trim();
        if name.rsplit(':').next() == Some(wanted) {
            return unescaped(value);
        }
        rest = next;
    }
    None
}

/// A text with its entities written out; nothing when one is unknown.
fn unescaped(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, next) = after.split_once(';')?;
        let sign = match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            code => {
                let code = code.strip_prefix('#')?;
                let number = match code.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => code.parse().ok()?,
                };
                char::from_u32(number)?
            }
        };
        out.push(sign);
        rest = next;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{Token, Xml, attribute};

    fn pieces(text: &str) -> Option<Vec<String>> {
        let shown = |token: Token<'_>| match token {
            Token::Open { name, tag, empty } => format!("<{name}|{}|{empty}", tag.trim()),
            Token::Close(name) => format!("/{name}"),
            Token::Text(text) => text,
        };
        Xml::new(text).map(|piece| piece.map(shown)).collect()
    }

    #[test]
    fn pieces_come_without_their_prefix_and_entities_are_written_out() {
        let text = "<?xml?><x:a b='1>2' ><!-- <no> --><c/>&lt;&#233;&#x627;<![CDATA[<&]]></x:a><!-- end -->";
        let expected = ["<a|b='1>2'|false", "<c||true", "<\u{e9}\u{627}", "<&", "/a"].map(String::from);
        assert_eq!(pieces(text), Some(expected.to_vec()));
        assert_eq!(attribute("r:id='x' n=\"a&amp;b\"", "n").as_deref(), Some("a&b"));
        assert_eq!((attribute("n=a", "n"), attribute("x='1'", "n")), (None, None));
    }

    #[test]
    fn what_is_broken_is_told() {
        for text in ["<a>", "<a", "<a></a><!-- ", "<!DOCTYPE a><a/>", "<a>&b;</a>", "<a>&#xD800;</a>", "<a b='>"] {
            assert_eq!(pieces(text), None, "{text}");
        }
        assert_eq!(pieces(" "), Some(Vec::new()));
    }
}
