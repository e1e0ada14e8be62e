//! The JSON object of everything that has no column, written without a tree.

/// Writes a flat JSON object into a buffer that is used again for every row.
#[derive(Debug, Default)]
pub struct ExtraJson {
    text: String,
}

impl ExtraJson {
    /// Forgets the last row.
    pub fn clear(&mut self) {
        self.text.clear();
    }

    /// Adds a name with a text value.
    pub fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.text.push('"');
        escape(&mut self.text, value);
        self.text.push('"');
    }

    /// A name as [`ExtraJson::text_of`] takes it: written once, used for every row.
    pub(crate) fn key(name: &str) -> String {
        let mut key = String::from("\"");
        escape(&mut key, name);
        key.push_str("\":\"");
        key
    }

    /// Adds a name, as [`ExtraJson::key`] wrote it, with a text value.
    pub(crate) fn text_of(&mut self, key: &str, value: &str) {
        self.text.push(if self.text.is_empty() { '{' } else { ',' });
        self.text.push_str(key);
        escape(&mut self.text, value);
        self.text.push('"');
    }

    /// Adds a name with a value that is JSON already.
    pub fn json(&mut self, name: &str, value: &str) {
        self.name(name);
        self.text.push_str(value);
    }

    fn name(&mut self, name: &str) {
        self.text.push(if self.text.is_empty() { '{' } else { ',' });
        self.text.push('"');
        escape(&mut self.text, name);
        self.text.push_str("\":");
    }

    /// Ends the object and gives its text; empty when nothing was added.
    pub fn finish(&mut self) -> &str {
        if !self.text.is_empty() {
            self.text.push('}');
        }
        &self.text
    }
}

/// Escapes for a JSON string (RFC 8259 section 7).
fn escape(out: &mut String, value: &str) {
    if !has_special(value.as_bytes()) {
        out.push_str(value);
        return;
    }
    for letter in value.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other if (other as u32) < 0x20 => {
                out.push_str("\\u00");
                for shift in [4, 0] {
                    out.push(char::from_digit((other as u32 >> shift) & 15, 16).unwrap_or('0'));
                }
            }
            other => out.push(other),
        }
    }
}

/// Whether a byte is among those that JSON escapes: eight bytes at a time, as most texts are short and have none.
fn has_special(bytes: &[u8]) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    // The high bit of every byte that is less than `limit`, exact as long as no byte below it borrows: good for "any".
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & HIGH;
    let special = |word: u64| {
        let without = |byte: u8| word ^ (ONES * u64::from(byte));
        below(word, 0x20) | below(without(b'"'), 1) | below(without(b'\\'), 1)
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [b' '; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    words.iter().any(|word| special(u64::from_ne_bytes(*word)) != 0) || special(u64::from_ne_bytes(last)) != 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ExtraJson, has_special};

    proptest! {
        #[test]
        fn eight_at_a_time_finds_what_one_at_a_time_does(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let plain: Vec<u8> = bytes.iter().map(|byte| byte % 64 + b'0').filter(|byte| *byte != b'\\').collect();
            for bytes in [bytes, plain] {
                let one = bytes.iter().any(|byte| *byte < 0x20 || *byte == b'"' || *byte == b'\\');
                prop_assert_eq!(has_special(&bytes), one);
            }
        }
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let mut extra = ExtraJson::default();
        assert_eq!(extra.finish(), "");
        extra.clear();
        let hostile = "q\"uote \\ back \n\r\t \u{1} \u{7f} منارة \u{2028}";
        extra.text("a", hostile);
        extra.text_of(&ExtraJson::key("b\"c"), "");
        extra.json("n", "[1,2]");
        let read: serde_json::Value = serde_json::from_str(extra.finish()).expect("valid JSON");
        assert_eq!(read["a"], hostile);
        assert_eq!(read["b\"c"], "");
        assert_eq!(read["n"][1], 2);
    }
}
