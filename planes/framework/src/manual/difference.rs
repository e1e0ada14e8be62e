//! What changed between two versions of a document, part by part.

use super::markdown::{Chunk, chunk, parts};

/// Parts of a document that are compared; what follows is taken as new.
const PARTS: usize = 400;

/// How a part stands to the version that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It was there.
    Same,
    /// It is new, or another than before.
    New,
    /// It is no longer there.
    Gone,
}

/// A part with its mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// How it stands.
    pub mark: Mark,
    /// The part.
    pub chunk: Chunk,
}

/// The parts of both versions in one row: those of the new one, and where parts are gone, these before what stands there now.
pub fn compare_texts(before: &str, after: &str) -> Vec<Marked> {
    let old: Vec<&str> = parts(before).take(PARTS).collect();
    let new: Vec<&str> = parts(after).take(PARTS).collect();
    // common[i][j]: how many parts the rests from i and from j have in common, in order.
    let mut common = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    let at = |table: &[Vec<usize>], i: usize, j: usize| table.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0);
    for (i, was) in old.iter().enumerate().rev() {
        for (j, is) in new.iter().enumerate().rev() {
            let best = match was == is {
                true => at(&common, i + 1, j + 1) + 1,
                false => at(&common, i + 1, j).max(at(&common, i, j + 1)),
            };
            if let Some(cell) = common.get_mut(i).and_then(|row| row.get_mut(j)) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    loop {
        let (mark, part) = match (old.get(i), new.get(j)) {
            (None, None) => break,
            (Some(was), Some(is)) if was == is => (Mark::Same, *is),
            (Some(was), is) if is.is_none() || at(&common, i + 1, j) >= at(&common, i, j + 1) => (Mark::Gone, *was),
            (_, Some(is)) => (Mark::New, *is),
            (Some(was), None) => (Mark::Gone, *was),
        };
        i += usize::from(mark != Mark::New);
        j += usize::from(mark != Mark::Gone);
        found.push(Marked { mark, chunk: chunk(part) });
    }
    found.extend(parts(after).skip(PARTS).map(|part| Marked { mark: Mark::New, chunk: chunk(part) }));
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Mark, chunk, compare_texts};

    fn marks(before: &str, after: &str) -> String {
        let sign = |mark| match mark {
            Mark::Same => '=',
            Mark::New => '+',
            Mark::Gone => '-',
        };
        compare_texts(before, after).into_iter().map(|one| sign(one.mark)).collect()
    }

    #[test]
    fn what_changed_is_marked_where_it_stands() {
        for (before, after, want) in [
            ("a\n\nb\n\nc", "a\n\nb\n\nc", "==="),
            ("a\n\nb\n\nc", "a\n\nB\n\nc", "=-+="),
            ("a\n\nc", "a\n\nb\n\nc", "=+="),
            ("a\n\nb\n\nc", "c", "--="),
            ("", "a", "+"),
            ("a", "", "-"),
        ] {
            assert_eq!(marks(before, after), want, "{before:?} {after:?}");
        }
    }

    proptest! {
        #[test]
        fn the_new_text_is_whole_and_the_old_too(before in proptest::collection::vec("[a-c]", 0..12), after in proptest::collection::vec("[a-c]", 0..12)) {
            let all = compare_texts(&before.join("\n\n"), &after.join("\n\n"));
            let with = |other: Mark| all.iter().filter(|one| one.mark != other).map(|one| one.chunk.clone()).collect::<Vec<_>>();
            prop_assert_eq!(with(Mark::Gone), after.iter().map(|part| chunk(part)).collect::<Vec<_>>());
            prop_assert_eq!(with(Mark::New), before.iter().map(|part| chunk(part)).collect::<Vec<_>>());
        }
    }
}
