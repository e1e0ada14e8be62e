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
    let special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    if !value.as_bytes().iter().any(special) {
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

#[cfg(test)]
mod tests {
    use super::ExtraJson;

    #[test]
    fn what_is_written_reads_back_the_same() {
        let mut extra = ExtraJson::default();
        assert_eq!(extra.finish(), "");
        extra.clear();
        let hostile = "q\"uote \\ back \n\r\t \u{1} \u{7f} منارة \u{2028}";
        extra.text("a", hostile);
        extra.text("b\"c", "");
        extra.json("n", "[1,2]");
        let read: serde_json::Value = serde_json::from_str(extra.finish()).expect("valid JSON");
        assert_eq!(read["a"], hostile);
        assert_eq!(read["b\"c"], "");
        assert_eq!(read["n"][1], 2);
    }
}
