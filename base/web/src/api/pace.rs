//! How fast a token may ask: so many requests a minute, in memory.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use manara_model::Micros;

const MINUTE: i64 = 60 * 1_000_000;

/// What each token has left. There are no more of them than tokens that are valid.
#[derive(Debug)]
pub(crate) struct Pace {
    per_minute: i64,
    left: Mutex<HashMap<String, (i64, i64)>>,
}

impl Pace {
    /// So many requests a minute for each token; as many may come at once.
    pub(crate) fn new(per_minute: u32) -> Pace {
        Pace { per_minute: i64::from(per_minute.max(1)), left: Mutex::default() }
    }

    /// Counts a request; the seconds to wait when it is one too many.
    pub(crate) fn count(&self, token: &str, now: Micros) -> Option<u32> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        // What is left is counted in microseconds of waiting, so that nothing is lost by rounding.
        let cost = (MINUTE / self.per_minute).max(1);
        let (credit, at) = left.entry(token.to_string()).or_insert((MINUTE, now.0));
        *credit = (*credit + (now.0 - *at).max(0)).min(MINUTE);
        *at = now.0.max(*at);
        if *credit < cost {
            return u32::try_from((cost - *credit) / 1_000_000 + 1).ok();
        }
        *credit -= cost;
        None
    }
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;

    use super::{MINUTE, Pace};

    #[test]
    fn a_token_may_ask_so_often_and_again_when_it_waited() {
        let pace = Pace::new(60);
        assert!((0..60).all(|_| pace.count("a", Micros(0)).is_none()));
        assert_eq!(pace.count("a", Micros(0)), Some(2));
        assert_eq!(pace.count("b", Micros(0)), None, "another token has its own");
        assert_eq!(pace.count("a", Micros(MINUTE / 60)), None);
        assert!(pace.count("a", Micros(MINUTE / 60)).is_some());
        assert!((0..60).all(|_| pace.count("a", Micros(10 * MINUTE)).is_none()));
        assert!(pace.count("a", Micros(10 * MINUTE)).is_some(), "waiting longer gives no more");
    }
}
