//! The columns of a list: which are shown says the address, and so a view.

use crate::list::ListView;
use crate::visit::Visit;

/// Columns that are asked for at most.
const COLUMNS_MOST: usize = 16;

/// A column the reader may leave out.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// Its name in the query string.
    pub name: &'static str,
    /// Its words.
    pub label: String,
    /// Whether it is shown.
    pub shown: bool,
}

/// The names of columns asked for: `col=owner&col=due`. None: all.
pub(crate) fn asked(pairs: &[(String, String)]) -> Vec<String> {
    let fits = |name: &str| (1..=40).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let mut names: Vec<String> =
        pairs.iter().filter(|(name, value)| name == "col" && fits(value)).map(|(_, value)| value.clone()).collect();
    names.dedup();
    names.truncate(COLUMNS_MOST);
    names
}

impl ListView {
    /// Lets the reader leave columns out: name and words of each in the order of the table, without those that always stay
    /// (boxes to tick, the name of the row). The template writes `{% if list.shows("due") %}<td>…</td>{% endif %}`.
    #[must_use]
    pub fn with_columns(mut self, visit: &Visit, columns: &[(&'static str, &str)]) -> ListView {
        let wanted = |name: &str| self.asked_columns.iter().any(|asked| asked == name);
        let all = !columns.iter().any(|(name, _)| wanted(name));
        let columns =
            columns.iter().map(|(name, key)| Column { name, label: visit.t(key), shown: all || wanted(name) });
        self.columns = columns.collect();
        self
    }

    /// Whether a column is shown. One that is left out is not sent at all.
    pub fn shows(&self, name: &str) -> bool {
        !self.columns.iter().any(|column| column.name == name && !column.shown)
    }

    /// The view that is shown, when it is one of those saved.
    pub(crate) fn is_shown(&self, view: &crate::views::View) -> bool {
        view.query == self.query
    }
}

#[cfg(test)]
mod tests {
    use super::asked;

    #[test]
    fn only_names_of_columns_are_taken_from_the_address() {
        let pairs: Vec<(String, String)> = ["owner", "due", "due", "<b>", "", "TLP"]
            .iter()
            .map(|value| ("col".to_string(), (*value).to_string()))
            .chain([("q".to_string(), "x".to_string())])
            .collect();
        assert_eq!(asked(&pairs), ["owner", "due"]);
    }
}
