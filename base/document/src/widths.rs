//! How wide the columns of a table are, when the printer cannot ask the words.

use crate::document::{Cell, Table};

/// The least and the most a column gets.
const LEAST: usize = 5;
const MOST: usize = 40;

/// Shares of the width, one for each column: about as many as its cells have characters in the upper middle, at least its longest word.
pub fn shares(table: &Table) -> Vec<usize> {
    let of = |column: usize| {
        let mut lengths: Vec<usize> =
            table.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.text().chars().count()).collect();
        lengths.sort_unstable();
        let usual = lengths.get(lengths.len() * 3 / 4).copied().unwrap_or(0);
        let words = table.rows.iter().filter_map(|row| row.get(column)).map(Cell::text);
        let head = table.head.get(column).map(String::as_str);
        let longest = words.chain(head).flat_map(str::split_whitespace).map(|word| word.chars().count()).max();
        usual.max(longest.unwrap_or(0).min(16)).clamp(LEAST, MOST) + 2
    };
    (0..table.head.len()).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::shares;
    use crate::document::{Cell, Table};

    #[test]
    fn long_texts_get_more_and_ids_get_enough() {
        let row = || vec![Cell::Id("SIM3-O-11".into()), Cell::Text("word ".repeat(60)), Cell::Absent];
        let table = Table {
            head: ["Id", "Words", "n"].map(String::from).to_vec(),
            rows: vec![row(), row()],
            ..Table::default()
        };
        assert_eq!(shares(&table), [11, 42, 7]);
        assert!(shares(&Table::default()).is_empty());
    }
}
