//! What a form sent.

/// Values a form of ours has at most.
const MOST: usize = 20_000;

/// The names and values of a form.
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads a form; what is more than any form of ours has is left out.
    pub fn read(form: &[u8]) -> Fields {
        let pairs = form_urlencoded::parse(form).take(MOST);
        Fields(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// Names and values as they are.
    pub fn of(pairs: Vec<(String, String)>) -> Fields {
        Fields(pairs)
    }

    /// The first value of a name; empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.as_str())
    }

    /// Whether a name is there at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(found, _)| found == name)
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn a_form_is_read_by_its_names() {
        let fields = Fields::read(b"level-O-1=2&comment-O-1=A%20b&level-O-1=3");
        assert_eq!((fields.text("level-O-1"), fields.text("comment-O-1"), fields.text("none")), ("2", "A b", ""));
        assert!(fields.has("level-O-1") && !fields.has("none"));
    }
}
