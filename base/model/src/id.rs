//! Ids of records: UUIDs of version 7 (RFC 9562), which sort by the moment they name.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use uuid::{Builder, Uuid};

use crate::time::Micros;

/// Counts on from somewhere, so that two programs do not count alike.
static NEXT: LazyLock<AtomicU32> = LazyLock::new(|| AtomicU32::new(random() as u32));

/// Thirty bits that nobody guesses.
fn random() -> u64 {
    Uuid::new_v4().as_u64_pair().1 & 0x3fff_ffff
}

/// A new id of a moment. Ids that this program makes of one moment sort in the order in which they are made.
pub fn new_id(now: Micros) -> String {
    let micros = now.0.max(0).unsigned_abs();
    let place = u64::from(NEXT.fetch_add(1, Ordering::Relaxed));
    let [a, b] = ((micros % 1_000) as u16).to_be_bytes();
    let [c, d, e, f, g, h, i, j] = (place << 30 | random()).to_be_bytes();
    Builder::from_unix_timestamp_millis(micros / 1_000, &[a, b, c, d, e, f, g, h, i, j]).into_uuid().to_string()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::new_id;
    use crate::time::Micros;

    #[test]
    fn ids_sort_by_their_moment_then_by_the_order_in_which_they_were_made() {
        let noon = 1_768_478_400_000_000;
        let moments = [-1, 0, noon, noon + 1, noon + 999, noon + 1_000];
        let ids: Vec<String> = moments.into_iter().flat_map(|at| (0..300).map(move |_| new_id(Micros(at)))).collect();
        // What lies before 1970 is as old as it.
        assert!(ids.is_sorted());
        for id in &ids {
            assert_eq!(Uuid::try_parse(id).map(|id| id.get_version_num()), Ok(7), "{id}");
        }
        let mut once = ids.clone();
        once.dedup();
        assert_eq!(once.len(), ids.len());
        assert!(new_id(Micros(noon)).starts_with("019bc186-de00-7000-"), "{}", new_id(Micros(noon)));
    }
}
