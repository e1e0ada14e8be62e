//! ASN.1 as it comes (BER): lengths that are known and lengths that are not, texts in pieces. Nothing is copied but joined texts.

/// How deep values without a known length may be inside each other.
const DEPTH: usize = 12;
/// Most values of one list that are looked at.
const VALUES: usize = 2_000;

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BITS: u8 = 0x03;
pub(crate) const OCTETS: u8 = 0x04;
pub(crate) const NULL: u8 = 0x05;
pub(crate) const OID: u8 = 0x06;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// A value: its tag, all its bytes, and those of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Value<'a> {
    pub tag: u8,
    pub raw: &'a [u8],
    pub content: &'a [u8],
}

impl<'a> Value<'a> {
    /// The first value of some bytes; what follows it is left.
    pub(crate) fn first(bytes: &'a [u8]) -> Option<Value<'a>> {
        read(bytes, DEPTH).map(|(value, _)| value)
    }

    /// The same, when it has a tag.
    pub(crate) fn tagged(bytes: &'a [u8], tag: u8) -> Option<Value<'a>> {
        Self::first(bytes).filter(|value| value.tag == tag)
    }

    /// The values inside; `None` when its content is not whole values, or they are too many.
    pub(crate) fn inside(&self) -> Option<List<'a>> {
        let mut values = Vec::new();
        let mut rest = self.content;
        while !rest.is_empty() {
            if values.len() >= VALUES {
                return None;
            }
            let (value, after) = read(rest, DEPTH)?;
            values.push(value);
            rest = after;
        }
        Some(List { values, at: 0 })
    }

    /// A text of bytes, joined when it came in pieces. `tag` is that of the text in one piece.
    pub(crate) fn octets(&self, tag: u8) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        self.join(tag, DEPTH, &mut out)?;
        Some(out)
    }

    fn join(&self, tag: u8, depth: usize, out: &mut Vec<u8>) -> Option<()> {
        if self.tag == tag {
            out.extend_from_slice(self.content);
            return Some(());
        }
        if self.tag != (tag | 0x20) || depth == 0 {
            return None;
        }
        let mut rest = self.content;
        while !rest.is_empty() {
            let (piece, after) = read(rest, depth - 1)?;
            piece.join(OCTETS, depth - 1, out)?;
            rest = after;
        }
        Some(())
    }

    /// The bytes of a bit string that is whole bytes.
    pub(crate) fn bits(&self) -> Option<&'a [u8]> {
        let (unused, bytes) = self.content.split_first()?;
        (self.tag == BITS && *unused == 0).then_some(bytes)
    }

    /// A small number that is not negative.
    pub(crate) fn small(&self) -> Option<u32> {
        if self.tag != INTEGER || self.content.is_empty() || self.content.len() > 4 {
            return None;
        }
        let number = self.content.iter().fold(0_u32, |number, byte| (number << 8) | u32::from(*byte));
        (self.content.first()? & 0x80 == 0).then_some(number)
    }
}

/// Values that are taken one after the other.
#[derive(Debug, Clone)]
pub(crate) struct List<'a> {
    values: Vec<Value<'a>>,
    at: usize,
}

impl<'a> List<'a> {
    /// The next value.
    pub(crate) fn any(&mut self) -> Option<Value<'a>> {
        let value = self.values.get(self.at).copied()?;
        self.at += 1;
        Some(value)
    }

    /// The next value, which has to have a tag.
    pub(crate) fn take(&mut self, tag: u8) -> Option<Value<'a>> {
        self.any().filter(|value| value.tag == tag)
    }

    /// The next value, if it has a tag.
    pub(crate) fn maybe(&mut self, tag: u8) -> Option<Value<'a>> {
        let value = self.values.get(self.at).copied().filter(|value| value.tag == tag)?;
        self.at += 1;
        Some(value)
    }

    /// What is left.
    pub(crate) fn rest(self) -> impl Iterator<Item = Value<'a>> {
        self.values.into_iter().skip(self.at)
    }
}

fn read(bytes: &[u8], depth: usize) -> Option<(Value<'_>, &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    // Nothing that is read here has a tag of several bytes.
    if tag & 0x1f == 0x1f {
        return None;
    }
    let (first, rest) = rest.split_first()?;
    let (content, after) = match *first {
        0x80 => {
            if tag & 0x20 == 0 || depth == 0 {
                return None;
            }
            let mut at = rest;
            let after = loop {
                if let Some(after) = at.strip_prefix(&[0, 0]) {
                    break after;
                }
                at = read(at, depth - 1)?.1;
            };
            (rest.get(..rest.len() - at.len())?, after)
        }
        short if short < 0x80 => rest.split_at_checked(usize::from(short))?,
        long => {
            let (length, rest) =
                rest.split_at_checked(usize::from(long & 0x7f)).filter(|(length, _)| length.len() <= 4)?;
            let length = length.iter().fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte));
            rest.split_at_checked(length)?
        }
    };
    let raw = bytes.get(..bytes.len() - after.len())?;
    Some((Value { tag: *tag, raw, content }, after))
}

/// Writes a value.
pub(crate) fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = content.len();
    if length < 0x80 {
        out.push(u8::try_from(length).unwrap_or(0x7f));
    } else {
        let bytes: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
        out.push(0x80 | u8::try_from(bytes.len()).unwrap_or(0x7f));
        out.extend(bytes);
    }
    out.extend_from_slice(content);
    out
}

/// Writes values inside another.
pub(crate) fn around(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    value(tag, &parts.concat())
}

/// Writes a number that is not negative.
pub(crate) fn number(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let mut content = bytes.get(start..).unwrap_or_default().to_vec();
    if content.first().is_none_or(|first| first & 0x80 != 0) {
        content.insert(0, 0);
    }
    value(INTEGER, &content)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{OCTETS, SEQUENCE, Value, number, value};

    #[test]
    fn lengths_that_are_known_and_lengths_that_are_not_are_read() {
        let known = [0x30, 0x05, 0x04, 0x03, b'a', b'b', b'c', 0xff];
        let one = Value::tagged(&known, SEQUENCE).unwrap();
        assert_eq!(one.raw, &known[..7]);
        assert_eq!(one.inside().unwrap().take(OCTETS).unwrap().content, b"abc");
        let open = [0x30, 0x80, 0x24, 0x80, 0x04, 0x01, b'a', 0x04, 0x02, b'b', b'c', 0, 0, 0, 0, 0xff];
        let one = Value::first(&open).unwrap();
        assert_eq!(one.raw, &open[..15]);
        assert_eq!(one.inside().unwrap().any().unwrap().octets(OCTETS).unwrap(), b"abc");
        for bad in [&[][..], &[0x30], &[0x30, 0x80], &[0x04, 0x80, 0, 0], &[0x30, 5, 0], &[0x1f, 1, 0], &[0x30, 0x89]] {
            assert_eq!(Value::first(bad), None, "{bad:?}");
        }
        assert_eq!(Value::first(&[0x30, 0x80].repeat(1_000)), None, "too deep");
        assert_eq!((number(&[0, 0x80]), number(&[])), (vec![2, 2, 0, 0x80], vec![2, 1, 0]));
    }

    proptest! {
        #[test]
        fn whatever_comes_is_a_value_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Some(one) = Value::first(&bytes) {
                prop_assert!(one.raw.len() >= one.content.len() + 2);
                let _ = one.inside().map(|list| list.rest().count());
                let _ = one.octets(OCTETS);
            }
            let written = value(OCTETS, &bytes);
            prop_assert_eq!(Value::first(&written).unwrap().content, &bytes[..]);
        }
    }
}
